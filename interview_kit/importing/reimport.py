"""A tracker that came in before: what of it is new, what is there already, and what has changed since."""

import itertools
from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, Protocol

from interview_kit import schema
from interview_kit.importing.ids import made_id
from interview_kit.importing.words import APPLIED, INTERVIEW
from interview_kit.words import plural

if TYPE_CHECKING:
    import pandas as pd

# What a change of a field is counted as; any other is one of a value.
COUNTED_AS = {
    **{"outcome": "outcome", "stage": "stage", "interviewed_on": "date", "outcome_on": "date"},
    **{"starts_at": "time", "place": "place", "notes": "note"},
}
OWN_WORDS = ("went_well", "issues", "answer_better", "still_needed", "documents_given", "focus")  # never written over
MOST_ROUNDS, OTHER = 40, "other value"
NOT_COMPARED = ("id", "company", "role", "person")


class Records(Protocol):
    """What takes the records: a journal."""

    def transaction(self, title: str) -> AbstractContextManager[None]:
        """Make the changes inside one."""
        ...

    def add_all(self, table: str, rows: "pd.DataFrame", *, new_columns: bool = False) -> object:
        """Add the records that are not there."""
        ...

    def update_all(self, table: str, changes: Mapping[str, Mapping], *, new_columns: bool = False) -> None:
        """Change some columns of records, given by their ids."""
        ...


class Change(NamedTuple):
    """A record that is there with other values: its id, whose it is, and by field the value before and the newer."""

    id: str
    company: str
    role: str
    values: dict[str, tuple[str, str]]

    @property
    def newer(self) -> dict[str, str]:
        """The newer values by field."""
        return {field: new for field, (_, new) in self.values.items()}

    @property
    def in_words(self) -> str:
        """Whose record it is, and each value before and since."""
        return f"{', '.join(filter(None, (self.company, self.role)))}: {self.what}"

    @property
    def what(self) -> str:
        """Each value before and since, in words."""
        return "; ".join(value_words(name, *pair) for name, pair in self.values.items())


def value_words(name: str, before: str, newer: str) -> str:
    """Return one changed value in words; of the notes only what is added."""
    if name == "notes":
        return f"notes, added: {newer.removeprefix(before).strip()[:80]}"
    return f"{schema.label(name).lower()} {before or 'blank'} -> {newer or 'blank'}"


class Brought(NamedTuple):
    """What an import did, by ids: what it added, what was there alike, what it took over, and what it left alone."""

    added: list[str]
    unchanged: list[str]
    taken: list[str]
    left: list[str]


@dataclass(frozen=True, repr=False)
class Since:
    """What a file brings beside the records that are there: new ones, ids of those that are alike, and changes."""

    new: "pd.DataFrame"
    unchanged: list[str]
    changes: list[Change]

    @property
    def counts(self) -> str:
        """What the changes are of, as in "9 outcomes, 3 dates"; nothing where there are none."""
        found: dict[str, int] = {}
        for change in self.changes:
            for name in dict.fromkeys(COUNTED_AS.get(field, OTHER) for field in change.values):
                found[name] = found.get(name, 0) + 1
        order = [*dict.fromkeys(COUNTED_AS.values()), OTHER]
        return ", ".join(plural(found[name], name) for name in order if name in found)

    @property
    def question(self) -> str:
        """Whether to take what has changed since, as a question; nothing where nothing has."""
        if not self.changes:
            return ""
        return f"{len(self.changes):,} changed since: {self.counts}; take {'them' if len(self.changes) > 1 else 'it'}?"

    def bring(self, journal: Records, *, take: bool = False) -> Brought:
        """Add what is new and, with `take`, take over what has changed; one operation, and one Undo.

        Raises what the journal raises; then nothing is changed.
        """
        added, ids = self.new["id"].tolist(), [change.id for change in self.changes]
        with journal.transaction("the import"):
            if added:
                journal.add_all("interviews", self.new, new_columns=True)
            if take and self.changes:
                changes = {change.id: change.newer for change in self.changes}
                journal.update_all("interviews", changes, new_columns=True)
        return Brought(added, list(self.unchanged), ids if take else [], [] if take else ids)


def since(records: "pd.DataFrame", alike: Mapping[str, int], there: "pd.DataFrame") -> Since:
    """Return what records bring beside those that are there.

    `alike` counts the rows that say the same: which of them was there before is told by their values. Of rows that
    said the same when they came in, one may be left.
    """
    ids, known = set(records["id"]), set(there["id"])
    several = {base: count for base, count in alike.items() if count > 1 or id_at(base, 2, 0) in known}
    groups = {base: rows_alike(base, count, ids, known) for base, count in several.items()}
    groups = {base: group for base, group in groups.items() if known.intersection(slots_of(base, group))}
    wanted = {key for base, group in groups.items() for key in slots_of(base, group)}
    of_groups = {key for group in groups.values() for _, own in group for key in own}
    kept = {row["id"]: row for row in texts_in(there[there["id"].isin({*ids, *wanted})])}
    rows = texts_in(records[records["id"].isin({*kept, *of_groups})])
    renamed = matched(rows, groups, kept)
    named = [{**row, "id": renamed.get(row["id"], row["id"])} for row in rows]
    later = later_rounds(named, kept, alike, known)
    kept |= {row["id"]: row for row in texts_in(there[there["id"].isin(set(later.values()) - {*kept})])}
    names = [later.get(key, key) for key in (renamed.get(key, key) for key in records["id"])]
    led_on = [led_to_next(kept[key]) for key, after in later.items() if after not in kept]
    named = [{**row, "id": later.get(row["id"], row["id"])} for row in named]
    changes = [changed(row, kept[row["id"]]) for row in named if row["id"] in kept]
    changes += [change for change in led_on if change.values]
    new = records.assign(id=names)[[key not in kept for key in names]].reset_index(drop=True)
    return Since(new, [one.id for one in changes if not one.values], [one for one in changes if one.values])


def later_rounds(
    rows: Sequence[Mapping[str, str]],
    kept: Mapping[str, Mapping[str, str]],
    alike: Mapping[str, int],
    known: Container[str],
) -> dict[str, str]:
    """Return the ids of the rounds after interviews that were written down, where a tracker tells only the latest.

    What was written of a screen is not of the onsite after it: that one is a record of its own.
    """
    told = {row["id"] for row in rows}
    written = [row for row in rows if row["id"] in kept and is_written_down(kept[row["id"]])]
    if not any(row["stage"] != kept[row["id"]]["stage"] for row in written):
        return {}
    after = {id_at(base, slot, 0): id_at(base, slot, 1) for base, n in alike.items() for slot in range(1, n + 1)}
    pairs = [(row, kept[row["id"]], after.get(row["id"], "")) for row in written]
    return {
        row["id"]: next_id
        for row, there, next_id in pairs
        if next_id and next_id not in told and row["stage"] != there["stage"]
        if next_id in known or not {APPLIED, INTERVIEW} & {row["stage"], there["stage"]}
    }


def is_written_down(there: Mapping[str, str]) -> bool:
    """Say whether somebody wrote of an interview how it went, or that it led on."""
    own = [name for name in there if name in OWN_WORDS or schema.kind_by_prefix(name) != "text"]
    return there["outcome"] == "callback" or any(there[name] for name in own)


def led_to_next(there: Mapping[str, str]) -> Change:
    """Return what a later round tells of the one before: that it led on, where nothing else is noted of it."""
    values = {"outcome": ("pending", "callback")} if there["outcome"] == "pending" else {}
    return Change(there["id"], there["company"], there["role"], values)


def rows_alike(base: str, count: int, ids: Container[str], known: Container[str]) -> list[tuple[int, list[str]]]:
    """Return the rows that say the same: of each its number, and the ids of its records; of one that is gone none."""
    found = []
    for slot in range(1, count + 1):
        own = list(takewhile(ids.__contains__, (id_at(base, slot, n) for n in range(MOST_ROUNDS))))
        found += [(slot, own)] * bool(own)
    gone = takewhile(lambda slot: id_at(base, slot, 0) in known, itertools.count(count + 1))
    return found + [(slot, []) for slot in gone]


def slots_of(base: str, group: Sequence[tuple[int, list[str]]]) -> list[str]:
    """Return the ids that the records of rows which are alike can have."""
    most = max((len(own) for _, own in group), default=0)
    return [id_at(base, slot, n) for slot, _ in group for n in range(most)]


def texts_in(frame: "pd.DataFrame") -> list[dict[str, str]]:
    """Return records as the texts that a file has."""
    columns = {str(name): column_texts(str(name), values.tolist()) for name, values in frame.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def column_texts(name: str, values: Sequence) -> list[str]:
    """Return the values of a column as texts, each worked out once; an outcome that is not told is pending."""
    kind, nothing = schema.INTERVIEWS.column(name).kind, "pending" if name == "outcome" else ""
    texts: dict[object, str] = {}
    for value in values:
        if value not in texts:
            is_blank = schema.is_missing(value) or value == ""
            texts[value] = nothing if is_blank else schema.to_text(kind, value)
    return [texts[value] for value in values]


def id_at(base: str, slot: int, number: int) -> str:
    """Return the id of a round of the row that is the `slot`-th of those that say the same."""
    return made_id(f"{base}\x1f{slot}\x1f{number}")


def matched(
    rows: Sequence[Mapping[str, str]],
    alike: Mapping[str, Sequence[tuple[int, list[str]]]],
    kept: Mapping[str, Mapping[str, str]],
) -> dict[str, str]:
    """Return the ids that rows which say the same get instead of their own, so that each meets its own record."""
    by_id, renamed = {row["id"]: row for row in rows}, {}
    for base, group in alike.items():
        free, waiting = [slot for slot, _ in group], [one for one in group if one[1]]
        for test in (is_same, has_nothing_newer, lambda row, there: True):
            for slot, ids in list(waiting):
                places = [
                    at
                    for at in sorted(free, key=lambda at, own=slot: at != own)
                    if fits([by_id[key] for key in ids], base, at, kept, test)
                ]
                if places:
                    free.remove(places[0])
                    waiting.remove((slot, ids))
                    renamed |= {old: id_at(base, places[0], n) for n, old in enumerate(ids)}
    return renamed


def fits(rows: Sequence[Mapping[str, str]], base: str, slot: int, kept: Mapping, test: Callable) -> bool:
    """Say whether a row's records pass a test beside those that are there in a place of rows that are alike."""
    there = [kept.get(id_at(base, slot, n), {}) for n in range(len(rows))]
    return all(test(row, one) for row, one in zip(rows, there, strict=True))


def is_same(row: Mapping[str, str], there: Mapping[str, str]) -> bool:
    """Say whether a record is there with the same stage, day and outcome, and nothing that is newer."""
    same = all(row[name] == there.get(name) for name in ("stage", "interviewed_on", "outcome"))
    return same and has_nothing_newer(row, there)


def has_nothing_newer(row: Mapping[str, str], there: Mapping[str, str]) -> bool:
    """Say whether a record is there, and a row says nothing that it does not say."""
    return bool(there) and not changed(row, there).values


def changed(row: Mapping[str, str], there: Mapping[str, str]) -> Change:
    """Return what a row says otherwise than the record that is there: what it leaves blank is no other value."""
    other = {field: text for field, text in row.items() if text != there.get(field, "")}
    if not other:
        return Change(row["id"], row["company"], row["role"], {})
    to_interview = there["stage"] == APPLIED and row["stage"] != APPLIED
    # "Rejected" where "Phone screen" stood: the tracker tells the interview no longer, and there was one all the same.
    was_interview = there["stage"] != APPLIED and row["stage"] == APPLIED
    untold = {*NOT_COMPARED, *(("stage", "format", "interviewed_on") if was_interview else ())}
    values = {}
    for field, text in other.items():
        before = there.get(field, "")
        newer = before if field in untold else newer_value(field, before, text)
        if field == "interviewed_on" and not text and to_interview:
            newer = ""
        if newer != before:
            values[field] = (before, newer)
    return Change(row["id"], row["company"], row["role"], values)


def newer_value(field: str, before: str, text: str) -> str:
    """Return a value as it is after a row: notes are only added to, and what the person wrote stays."""
    if field == "notes":
        more = [line for line in text.splitlines() if line not in before.splitlines()]
        return "\n".join(filter(None, [before, *more])) if more else before
    if field in OWN_WORDS or (field == "outcome" and text == "pending"):
        return before or text
    return text or before

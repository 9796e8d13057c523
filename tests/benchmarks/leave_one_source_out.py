"""How well a tracker comes in that nobody has seen: each source is read without the words that it alone needs.

`uv run python -m tests.benchmarks.leave_one_source_out` reads the trackers in `tests/imports` and those in
`tests/test_import_cases.py` with all words and rules; that is the truth, which a person has read. Then each is read
again, and what no other source hits is taken away: names of columns, words and patterns of the TOML files, rows of the
table of rules, and whole passes over the columns. What stays is general: the layouts, the spelling, the forms of dates.

A cell is a company, the day of an interview or an application, or an outcome. It is right, or wrong; a wrong one is
reported where the preview says so of its row or asks about its column, and silent elsewhere. Then the questions of the
preview are answered as the truth says, the first three of them, and the cells are counted anew.
"""

import argparse
import difflib
import importlib
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

FILES = Path(__file__).resolve().parent.parent / "imports"
TODAY, ANSWERS = "2026-11-20", 3
RIGHT, REPORTED, SILENT = "right", "asked or reported", "silently wrong"
CELLS = {"company": "company", "interviewed_on": "date", "outcome": "outcome"}
DATE_KINDS = {"day order", "no year", "no date", "same date", "bound", "passed", "not told", "bad value"}
WORD_KINDS = {"word", "guessed word", "contradicts", "passed", "not told", "bad value"}
KINDS = {
    "interviewed_on": DATE_KINDS | {"guessed word"},
    "outcome": WORD_KINDS,
    "stage": WORD_KINDS | DATE_KINDS,
    "company": set(),
}
ANSWERS_THERE = {"applied", "not applied", "screen", "technical", "take-home", "onsite", "final", "interview"}
STEPS = {"round", "history", "interviews", "from_stage", "to_stage"}
TOLD_BY = {
    "company": {"company"},
    "interviewed_on": {"applied_on", "interviewed_on", "date", "status", "stage", *STEPS},
    "outcome": {"status", "outcome", "stage", *STEPS},
    "stage": {"status", "outcome", "stage", "interviewed_on", *STEPS},
}
PASSES = ("two_states", "find_texts")
ASKED_COLUMNS = ("column", "second status", "date column", "round column", "no round")


# The words and rules, one by one: which are hit, and which are taken away.

HIT: set[tuple] = set()
AWAY: set[tuple] = set()
TABLES: list[object] = []


class Either:
    """A pattern of several parts of which some can be taken away, and those that are found are noted."""

    def __init__(self, parts: Iterable[str], form: str = "{}"):
        self.parts, self.form, self.number = list(parts), form, len(TABLES)
        self.single = {part: re.compile(form.format(part)) for part in self.parts}
        self.compiled: dict[frozenset, re.Pattern] = {}
        TABLES.append(self)

    @property
    def pattern(self) -> re.Pattern:
        """The pattern of the parts that are left; one that is taken away never matches, and keeps its groups."""
        away = frozenset(part for part in self.parts if (self.number, part) in AWAY)
        if away not in self.compiled:
            left = [f"(?!)(?:{part})" if part in away else part for part in self.parts]
            self.compiled[away] = re.compile(self.form.format("|".join(left)))
        return self.compiled[away]

    def _noted(self, how: str, text: str):
        found = getattr(self.pattern, how)(text)
        if found:
            HIT.update((self.number, part) for part, one in self.single.items() if getattr(one, how)(text))
        return found

    def search(self, text: str):
        return self._noted("search", text)

    def match(self, text: str):
        return self._noted("match", text)

    def fullmatch(self, text: str):
        return self._noted("fullmatch", text)

    def finditer(self, text: str):
        return self.pattern.finditer(text)

    def sub(self, by, text: str) -> str:
        self._noted("search", text)
        return self.pattern.sub(by, text)


class Keyed:
    """A dictionary of words, or a set of them, of which some can be taken away, and those that are found are noted."""

    def __init__(self, pairs: Iterable):
        pairs = list(pairs)
        self.values = dict(pairs) if pairs and isinstance(pairs[0], tuple) else dict.fromkeys(pairs)
        self.number = len(TABLES)
        TABLES.append(self)

    def __iter__(self) -> Iterator[str]:
        return (word for word in self.values if (self.number, word) not in AWAY)

    def __contains__(self, word: str) -> bool:
        if word not in self.values or (self.number, word) in AWAY:
            return False
        HIT.add((self.number, word))
        return True

    def __rand__(self, words: set[str]) -> set[str]:
        return {word for word in words if word in self}

    def __getitem__(self, word: str):
        if word not in self:
            raise KeyError(word)
        return self.values[word]

    def get(self, word: str, default=None):
        return self.values[word] if word in self else default


def watched() -> Callable:
    """Return the import with all its tables watched."""
    from interview_kit.importing import tables

    tables.either, tables.members, tables.keyed = Either, Keyed, Keyed
    for name in [name for name in sys.modules if name.startswith("interview_kit.importing")]:
        if name != tables.__name__:
            del sys.modules[name]
    importing = importlib.import_module("interview_kit.importing")
    rules, matching = (importlib.import_module(f"{importing.__name__}.{name}") for name in ("rules", "matching"))
    watch_rules(rules, matching)
    assembled = importing.assembled

    def kept(parts, seen):
        preview = assembled(parts, seen)
        object.__setattr__(preview, "parts", parts)
        return preview

    importing.assembled = kept
    return importing


def watch_rules(rules, matching) -> None:
    """Note the rules about columns that decide, and the passes that change a column."""

    def rule(number: int, one):
        def then(column, values):
            HIT.add(("rule", number))
            return one.then(column, values)

        return one._replace(test=lambda value: ("rule", number) not in AWAY and one.test(value), then=then)

    seen = {one: rule(number, one) for number, one in enumerate(rules.RULES)}
    rules.RULES_OF = {field: [seen[one] for one in found] for field, found in rules.RULES_OF.items()}
    for name in PASSES:
        setattr(matching, name, watched_pass(name, getattr(matching, name)))
    matching.FINDS = [watched_find(one) for one in matching.FINDS]


def watched_find(find):
    """Return a field that is found by its cells, which can be taken away, and is noted where it fits."""

    def fits(column, values) -> bool:
        if ("find", find.field) in AWAY or not find.fits(column, values):
            return False
        HIT.add(("find", find.field))
        return True

    return find._replace(fits=fits)


def watched_pass(name: str, find: Callable) -> Callable:
    """Return a pass over the columns that can be taken away, and is noted where it changes one."""

    def found(columns, samples):
        if ("pass", name) in AWAY:
            return columns
        before = list(columns)
        after = find(columns, samples)
        if after != before:
            HIT.add(("pass", name))
        return after

    return found


def forget(importing) -> None:
    """Forget what was worked out with other words."""
    for name, module in list(sys.modules.items()):
        if name.startswith(importing.__name__):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


# A source, and what comes of it.


class Outcome(NamedTuple):
    """What a source becomes: by file and line its records and its fate, what is said, and how it was understood."""

    records: dict[tuple[str, int], list[dict]]
    fates: dict[tuple[str, int], str]
    unread: dict[tuple[str, int], set[str]]
    problems: list[dict]
    fields: dict[str, str]
    parts: list
    meanings: dict[tuple[str, str], str]
    ends: dict[str, str]


def sources(folder: Path, importing) -> dict[str, list]:
    """Return the files of every source, by its name."""
    from tests import test_import_cases, test_importing

    found: dict[str, list] = {name: test_importing.paths_of(name) for name in test_importing.NAMES}
    found |= test_import_cases.write_all(folder)
    return {name: one if isinstance(one, list) else [one] for name, one in found.items()}


def outcome(importing, files: list[Path], **said) -> Outcome | None:
    """Return what files become, None where they are refused."""
    forget(importing)
    try:
        sheets = [sheet for file in files for sheet in importing.read_sheets(file)]
        forget(importing)
        HIT.clear()
        preview = importing.preview_sheets(sheets, as_of=TODAY, **said)
    except importing.SpreadsheetError:
        return None
    records, fates, unread = {}, {}, {}
    for part in preview.parts:
        made = iter(part.result.records)
        for fate in part.result.fates:
            key = part.sheet.name, fate.line
            fates[key] = str(fate.fate)
            records[key] = [next(made) for _ in range(fate.parts)]
        for one in part.result.unread:
            unread.setdefault((part.sheet.name, one.line), set()).add(str(one.kind))
    fields = {row["source"]: row["field"] for row in preview.mapping.to_dict("records")}
    return Outcome(records, fates, unread, preview.problems.to_dict("records"), fields, preview.parts,
                   meanings_of(preview.parts), ends_of(importing, preview.parts))  # fmt: skip


# Right, reported, or silent.


def judged(truth: Outcome, made: Outcome | None) -> Iterator[tuple[str, str, tuple]]:
    """Yield each cell as its name, how it came out, and where it stands with what was wanted and what was found."""
    for key in truth.fates if made is None else {**truth.fates, **made.fates}:
        wanted = truth.records.get(key, [])
        found = made.records.get(key, []) if made else []
        for n, (want, have) in enumerate(paired(wanted, found)):
            for cell in (*CELLS, "stage"):
                pair = value(cell, want), value(cell, have)
                again = n > 0 and cell == "company"  # of a row with several rounds it counts once
                if again or (pair[0] is None and pair[1] is None):
                    continue
                how = RIGHT if pair[0] == pair[1] else REPORTED if is_said(key, cell, truth, made) else SILENT
                yield cell, how, (*key, *pair)


def paired(wanted: list[dict], found: list[dict]) -> list[tuple[dict, dict]]:
    """Return the rounds that were wanted of a row beside those that were found, those of one stage together."""
    stages = [[one["stage"] for one in records] for records in (wanted, found)]
    pairs: list[tuple[dict, dict]] = []
    for _, first, last, begin, end in difflib.SequenceMatcher(None, *stages, autojunk=False).get_opcodes():
        pairs += zip_longest(wanted[first:last], found[begin:end], fillvalue={})
    return sorted(pairs, key=lambda pair: not (pair[0] and pair[1]))


def value(cell: str, record: Mapping) -> object:
    """Return a record's cell: an outcome that is not told is pending; None where there is no such cell."""
    if not record:
        return None
    return (record[cell] or "pending") if cell == "outcome" else record[cell]


def is_said(key: tuple, cell: str, truth: Outcome, made: Outcome | None) -> bool:
    """Say whether the preview says that a cell is in doubt: by the fate of its row, by its value, by its column."""
    if made is None or made.fates.get(key) in ("needs attention", "waits for your word"):
        return True
    if made.unread.get(key, set()) & KINDS[cell]:
        return True
    for problem in made.problems:
        names = {truth.fields.get(problem["column"], ""), made.fields.get(problem["column"], "")}
        if problem["kind"] in ASKED_COLUMNS and names & TOLD_BY[cell]:
            return True
        if problem["kind"] == "file" and problem["rows"]:
            return cell != "company"
    return False


# The answers of a person.


def answered(importing, files: list[Path], truth: Outcome) -> Outcome | None:
    """Return what files become once the first questions are answered as the truth says."""
    said: dict = {"mapping": {}, "words": {}}
    made = outcome(importing, files)
    for _ in range(ANSWERS):
        if made is None or not (more := next(answers(made, truth, said), None)):
            break
        said = {**said, **more, "mapping": said["mapping"] | more.get("mapping", {}),
                "words": said["words"] | more.get("words", {})}  # fmt: skip
        made = outcome(importing, files, **said)
    return made


def answers(made: Outcome, truth: Outcome, said: Mapping) -> Iterator[dict]:
    """Yield the answers to what is asked, in the order in which the preview asks, those that the truth has."""
    company = next((name for name, field in truth.fields.items() if field == "company"), "")
    for problem in sorted(
        made.problems, key=lambda one: -one["rows"] if one["kind"] in ("word", "guessed word") else -(10**9)
    ):
        kind, column, word = problem["kind"], problem["column"], problem["value"]
        first = next((part.calendar.order.day_first for part in truth.parts), None)
        year = next((part.calendar.year for part in truth.parts), None)
        if kind == "day order" and first is not None and "day_first" not in said:
            yield {"day_first": first}
        if kind == "no year" and year and "year" not in said:
            yield {"year": year}
        if kind in ("column", "row") and company and "company" not in made.fields.values():
            yield {"mapping": {company: "company"}}
        field = truth.fields.get(column, "")
        if field == "round" and truth.ends.get(column, "") != made.ends.get(column, ""):
            continue  # no answer says that it is of an outcome which its name does not tell
        if kind in ASKED_COLUMNS and field != made.fields.get(column) and column not in said["mapping"]:
            yield {"mapping": {column: field}}
        if kind in ("word", "guessed word") and word not in said["words"] and (column, word) in truth.meanings:
            yield {"words": {word: truth.meanings[column, word]}}


def meanings_of(parts: list) -> dict[tuple[str, str], str]:
    """Return what each word of each column means, as an answer can say it, of those that are understood."""
    found = {}
    for part in parts:
        for column, counts in zip(part.columns, part.counts, strict=True):
            for word in counts:
                meaning = part.meaning(column.field, word)
                named = meaning.stage if meaning.stage in ANSWERS_THERE else "interview" if meaning.stage else ""
                if meaning.known:
                    found[column.source, word] = meaning.outcome or named or "nothing"
    return found


def ends_of(importing, parts: list) -> dict[str, str]:
    """Return the outcome that the name of a column tells, of those that tell one and no round."""
    names = [column.source for part in parts for column in part.columns]
    read = {name: importing.words.read(importing.aliases.bare(name)) for name in names}
    return {name: one.outcome for name, one in read.items() if one.outcome and not one.is_interview}


# All of them.


def measure(importing, folder: Path) -> tuple[dict[str, Counter], list[str]]:
    """Return how the cells come out unaided and after the answers, and a line for each that is silently wrong."""
    files = sources(folder, importing)
    truths, hit = {}, {}
    for name, paths in files.items():
        truths[name], hit[name] = outcome(importing, paths), set(HIT)
    counted: dict[str, Counter] = {"unaided": Counter(), "after answers": Counter()}
    lines = []
    by_how_many = Counter(entry for entries in hit.values() for entry in entries)
    for name, paths in files.items():
        if truths[name] is None:
            continue
        AWAY.clear()
        AWAY.update(entry for entry in hit[name] if by_how_many[entry] == 1)
        for title, made in (
            ("unaided", outcome(importing, paths)),
            ("after answers", answered(importing, paths, truths[name])),
        ):
            for cell, how, where in judged(truths[name], made):
                counted[title][cell, how] += 1
                lines += [f"{name}, {title}: {how}: {cell} {where}"] * (how != RIGHT)
        lines.append(f"{name}: {len(AWAY)} taken away: {sorted(map(shown, AWAY))}")
        AWAY.clear()
    return counted, lines


def shown(entry: tuple) -> str:
    """Return a word or rule that was taken away, in words."""
    return f"{entry[0]} {entry[1]}" if isinstance(entry[0], str) else str(entry[1])


def table_of(counted: Mapping[str, Counter]) -> str:
    """Return the table of the result, as Markdown."""
    rows = [["", "cells", RIGHT, REPORTED, SILENT], ["---", "---:", "---:", "---:", "---:"]]
    for title, found in counted.items():
        for cells, name in ((tuple(CELLS), "company, date, outcome"), *(((cell,), cell) for cell in (*CELLS, "stage"))):
            count = Counter()
            for cell in cells:
                count.update({how: found[cell, how] for how in (RIGHT, REPORTED, SILENT)})
            whole = count.total() or 1
            shares = [f"{100 * count[how] / whole:.1f} %" for how in (RIGHT, REPORTED, SILENT)]
            rows.append([f"{title}: {CELLS.get(name, name)}", str(whole), *shares])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> None:
    """Print the table, and with `--cells` every cell that is not right and what was taken away."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--cells", action="store_true", help="also name the cells that are not right")
    given = parser.parse_args()
    importing = watched()
    with tempfile.TemporaryDirectory() as folder:
        counted, lines = measure(importing, Path(folder))
    print("\n".join([*(lines if given.cells else ()), table_of(counted)]))


if __name__ == "__main__":
    main()

"""What a table leaves to ask or to look at: columns in doubt, values that could not be read, rows put aside."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from interview_kit.importing import aliases, evidence, matching
from interview_kit.importing.aliases import By, Column
from interview_kit.importing.companies import NO_COMPANY_COLUMN, NO_COMPANY_NAMED
from interview_kit.importing.problems import Kind
from interview_kit.importing.reading import SAMPLE_VALUES, Reading, titles_without_company
from interview_kit.importing.rows import TELLING
from interview_kit.importing.sources import Fate
from interview_kit.importing.words import GUESS, LIKELY

Key = TypeVar("Key", bound=Hashable)
SHOWN_CELLS = 3
TELLS_NOTHING = "no column says whether or when they were applied for; they come in as applications without a day"


class Finding(NamedTuple):
    """What needs an answer or a look: where it stands first, in how many rows, and of which kind it is."""

    file: str
    line: int
    column: str
    value: str
    problem: str
    rows: int
    kind: Kind


class Doubt(NamedTuple):
    """What is asked of a column: which are in doubt, by their name and kind and by more than a share of their cells."""

    kind: Kind
    applies: Callable[[Column, Reading], bool]
    test: Callable[[str], bool]
    share: float
    why: str


def findings(reading: Reading) -> list[Finding]:
    """Return what needs an answer, what could not be read and which rows need a look, each once."""
    file = reading.sheet.name
    notes = [Finding(file, 0, "", "", note, 0, Kind.FILE) for note in reading.sheet.notes]
    if reading.is_aside:
        return notes if reading.sheet.header_line else []
    if tells_nothing(reading):
        notes.append(Finding(file, 0, "", "", TELLS_NOTHING, len(reading.sheet.rows), Kind.FILE))
    asked = [*day_order(reading), *doubtful_columns(reading), *companies(reading)]
    notes += other_events(reading)
    return [*notes, *asked, *unread_values(reading), *rows_aside(reading)]


def tells_nothing(reading: Reading) -> bool:
    """Say whether no column tells when or whether there was an application, as in a list of wishes."""
    fields = {column.field for column in reading.columns}
    return bool(reading.result.records) and not fields & {"id", "person", *TELLING} and not reading.sheet.fields


def day_order(reading: Reading) -> list[Finding]:
    """Return the question which comes first in this table's dates, where only a person can tell."""
    calendar = reading.calendar
    if not calendar.asks_order:
        return []
    example = next(text for text, seen in calendar.seen.items() if any(day.order == "?" for day in seen.days))
    asked = sum(one.kind is Kind.DAY_ORDER for one in reading.result.unread)
    why = f"can have the day or the month first ({calendar.order.why}); say which"
    return [Finding(reading.sheet.name, 0, "", example, why, asked, Kind.DAY_ORDER)]


# Columns.


def is_guess(*fields: str) -> Callable[[Column, Reading], bool]:
    """Return the test whether a column is one of some fields by a guess."""
    return lambda column, _: column.field in fields and column.sure == GUESS


def is_unknown(column: Column, _: Reading | None = None) -> bool:
    """Say whether nobody and nothing has told what a column is, and its name is of nothing that never tells it."""
    name = aliases.folded(column.source)
    return matching.is_open(column) and not any(other.search(name) for other in NEVER_ASKED)


def may_be_round(column: Column, reading: Reading) -> bool:
    """Say whether a column may be one of a round: in a table of rounds, and in one that tells no interview at all."""
    if reading.has("round"):
        return is_unknown(column) or (column.by is By.CONTACT and column.field == "notes")
    return is_unknown(column) and not any(map(reading.has, INTERVIEWS))


def status_by_name(reading: Reading) -> bool:
    """Say whether the whole name of a column says that it is the status."""
    return any(column.field == "status" and column.by is By.NAME for column in reading.columns)


def may_be_status(column: Column, reading: Reading) -> bool:
    """Say whether a column may be the status, in a table in which none is by its name."""
    return is_unknown(column) and not status_by_name(reading) and not reading.has("outcome")


def is_beside_status(column: Column, reading: Reading) -> bool:
    """Say whether a column whose words read like a status is none, beside another that is."""
    if not reading.has("status") or column.by is By.NAME:
        return False
    return matching.tells_states(column, reading.samples(column.source), only_ends=status_by_name(reading))


def may_be_stage(column: Column, reading: Reading) -> bool:
    """Say whether a column of several words may tell the stages of a table that has none beside its status."""
    return is_unknown(column) and reading.has("status") and len(reading.samples(column.source)) > 1


def may_be_codes(column: Column, reading: Reading) -> bool:
    """Say whether the few values of a column may say how it went, in codes or colors, where no other column does."""
    rows = sum(reading.counts[reading.sheet.header.index(column.source)].values())
    few = 1 < len(reading.samples(column.source)) <= min(MOST_CODES, 0.75 * rows)
    return few and is_unknown(column) and not any(map(reading.has, SAYS_HOW))


def is_round_by_name(column: Column, reading: Reading) -> bool:
    """Say whether a column is a round by its name, and has values enough to tell against it."""
    return column.field == "round" and column.sure == LIKELY and len(reading.samples(column.source)) > 2


def is_no_event(value: str) -> bool:
    """Say whether a cell says neither whether nor when nor with what result there was a round."""
    return not evidence.is_event(value)


MOST_CODES = 9
SAYS_HOW = ("status", "outcome", "stage", "history", "to_stage")
INTERVIEWS = ("interviewed_on", "interviews", "history", "stage", "to_stage")  # where a table tells them
NEVER_ASKED = (aliases.REMINDERS, aliases.ACTS, aliases.COUNTS, aliases.OTHER_DATES, aliases.STAMPS, aliases.FLAGS)
KEPT_SO = "; it is kept in the notes"
ALSO = "reads like a status too, beside {status}; is this the one? It is kept in the notes"
DOUBTS = (
    Doubt(
        Kind.COLUMN,
        is_guess("company"),
        evidence.always,
        0,
        "is taken for the company, which is a guess ({cells})",
    ),
    Doubt(
        Kind.DATE_COLUMN,
        is_guess("applied_on", "interviewed_on"),
        evidence.always,
        0,
        "is taken for the day of the application, which is a guess ({cells})",
    ),
    Doubt(Kind.NO_ROUND, is_round_by_name, is_no_event, 0.3, "is taken for a round by its name ({cells})"),
    Doubt(
        Kind.DATE_COLUMN, is_unknown, evidence.is_day, 0.5, "holds days ({cells}), and of what is not known" + KEPT_SO
    ),
    Doubt(Kind.ROUND_COLUMN, may_be_round, evidence.says_whether, 0.6, "says yes and no ({cells})" + KEPT_SO),
    Doubt(Kind.SECOND_STATUS, is_beside_status, evidence.always, 0, ALSO),
    Doubt(
        Kind.SECOND_STATUS, may_be_stage, evidence.is_state, 0.8, "tells stages ({cells}), beside {status}" + KEPT_SO
    ),
    Doubt(
        Kind.SECOND_STATUS,
        may_be_codes,
        evidence.always,
        0,
        "has few values ({cells}), and no column says how it went" + KEPT_SO,
    ),
    Doubt(
        Kind.SECOND_STATUS, may_be_status, evidence.tells_end, 0.2, "reads in part like a status ({cells})" + KEPT_SO
    ),
)


def doubtful_columns(reading: Reading) -> Iterator[Finding]:
    """Yield what is asked of each column that is in doubt: the first doubt that there is."""
    if not reading.has("company"):
        return  # which one it is comes first
    status = next((column.source for column in reading.columns if column.field == "status"), "")
    for column, counts in zip(reading.columns, reading.counts, strict=True):
        values = list(counts)[:SAMPLE_VALUES]
        doubt = next((one for one in DOUBTS if values and is_in_doubt(one, column, reading)), None)
        if doubt:
            why = doubt.why.format(cells=shown_cells(counts), status=repr(status))
            shown = "" if "{cells}" in doubt.why else values[0]
            yield Finding(reading.sheet.name, 0, column.source, shown, why, sum(counts.values()), doubt.kind)


def is_in_doubt(doubt: Doubt, column: Column, reading: Reading) -> bool:
    """Say whether a column is in this doubt."""
    if column.is_said or not doubt.applies(column, reading):
        return False
    return evidence.fraction(reading.samples(column.source), doubt.test) > doubt.share


def perhaps_company(reading: Reading) -> str:
    """Return the column that is most like one of companies: names, mostly another in each row."""
    told = [
        (len(counts) * evidence.fraction(list(counts)[:SAMPLE_VALUES], evidence.is_name), -at)
        for at, (column, counts) in enumerate(zip(reading.columns, reading.counts, strict=True))
        if counts and matching.is_open(column)
    ]
    return reading.columns[-max(told)[1]].source if told and max(told)[0] else ""


def shown_cells(counts: Mapping[str, int]) -> str:
    """Return some cells of a column as examples."""
    return ", ".join(repr(text[:40]) for text in list(counts)[:SHOWN_CELLS])


# Values and rows.


def grouped(pairs: Iterable[tuple[Key, int]]) -> dict[Key, list[int]]:
    """Return what is to be said once, each with its lines."""
    once: dict[Key, list[int]] = {}
    for key, line in pairs:
        once.setdefault(key, []).append(line)
    return once


def unread_values(reading: Reading) -> Iterator[Finding]:
    """Yield the values that could not be read: each once, with its first line and how many rows have it."""
    examples: dict[tuple[str, Kind], str] = {}
    told = []
    for one in reading.result.unread:
        of_all = one.kind in (Kind.NO_YEAR, Kind.CONTRADICTS)
        value = examples.setdefault((one.column, one.kind), one.value) if of_all else one.value
        why = "is not understood; say what it means" if one.kind is Kind.WORD else one.problem
        if one.kind is not Kind.DAY_ORDER:
            told.append(((one.column, value, why, one.kind), one.line))
    for (column, value, why, kind), lines in grouped(told).items():
        yield Finding(reading.sheet.name, lines[0], column, value, why, len(lines), kind)


def companies(reading: Reading) -> Iterator[Finding]:
    """Yield the question which company an event is of: once for each title, with the one that may be meant."""
    waiting = {fate.line for fate in reading.result.fates if fate.fate is Fate.ATTENTION}
    asked = [one for one in titles_without_company(reading.sheet) if one[1] in waiting]
    for title, lines in grouped(asked).items():
        guess = reading.sheet.guesses.get(lines[0], "")
        why = NO_COMPANY_NAMED[1] + (f" (perhaps {guess!r})" if guess else "")
        yield Finding(reading.sheet.name, lines[0], "Title", title, why, len(lines), Kind.COMPANY)


def other_events(reading: Reading) -> list[Finding]:
    """Return that events of a calendar are left out by their titles, with the first of them."""
    left = {fate.line for fate in reading.result.fates if fate.fate is Fate.SKIPPED}
    others = [title for title, events in reading.sheet.others.items() if title and events[0].line in left]
    if not others:
        return []
    shown = ", ".join(repr(title[:40]) for title in others[:SHOWN_CELLS])
    why = f"events of other titles are left out, since they read like no interview of yours ({shown})"
    return [Finding(reading.sheet.name, 0, "", "", why, len(others), Kind.OTHER_EVENTS)]


def rows_aside(reading: Reading) -> list[Finding]:
    """Return why rows need attention: each reason once, with its first line and how many rows have it."""
    asked = {line for _, line in titles_without_company(reading.sheet)}
    aside = [fate for fate in reading.result.fates if fate.fate is Fate.ATTENTION and fate.line not in asked]
    reasons = grouped((fate.why, fate.line) for fate in aside)
    return [row_aside(reading, why, lines) for why, lines in reasons.items()]


def row_aside(reading: Reading, why: str, lines: Sequence[int]) -> Finding:
    """Return why some rows need attention; where no column is the company, with the one that may be it."""
    perhaps = perhaps_company(reading) if why == NO_COMPANY_COLUMN[1] else ""
    if perhaps:
        cells = shown_cells(reading.counts[reading.sheet.header.index(perhaps)])
        why = f"{why.partition(';')[0]}; perhaps {perhaps!r} is ({cells})"
    kind = Kind.COLUMN if perhaps else Kind.ROW
    return Finding(reading.sheet.name, lines[0], perhaps, "", why, len(lines), kind)

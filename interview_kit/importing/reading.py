"""One table of a file, from its columns to its records and what it leaves to ask."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from interview_kit.importing import aliases
from interview_kit.importing.days import Calendar, Order
from interview_kit.importing.events import logged
from interview_kit.importing.layouts import (
    DATED,
    NO_COMPANY_COLUMN,
    NO_COMPANY_NAMED,
    TELLING,
    WORDED,
    Kind,
    Layout,
    Result,
)
from interview_kit.importing.sources import Fate, RowOutcome, Sheet
from interview_kit.importing.words import GUESS, SURE, Meaning

SAMPLE_VALUES, SHOWN_CELLS = 400, 3
LINKEDIN = {"application date", "company name", "job title", "job url", "question and answers"}


PIVOT = re.compile(
    r"(count|sum|average|max|min|total|anzahl|summe) (of|von) |row labels$|column labels$|grand total$", re.IGNORECASE
)
TELLS_NOTHING = "no column says whether or when they were applied for; they come in as applications without a day"


class Asked(NamedTuple):
    """What someone said about a file: where columns go, whether the day comes first, the year, what words mean.

    `today` is the day that tells which interviews are still to come.
    """

    mapping: Mapping[str, str]
    day_first: bool | None
    year: int | None
    words: Mapping[str, Meaning]
    today: date


class Problem(NamedTuple):
    """What could not be read, or needs an answer: where it stands first, in how many rows, and of which kind it is."""

    file: str
    line: int
    column: str
    value: str
    problem: str
    rows: int
    kind: Kind


class Reading:
    """A table with its columns understood and its rows read; `seen` counts rows that are alike, over all tables."""

    def __init__(self, sheet: Sheet, asked: Asked, seen: dict[str, int], progress: Callable[[int], None]):
        self.sheet = sheet
        self.counts = [sheet.distinct(at) for at in range(len(sheet.header))]
        samples = {name: list(counts)[:SAMPLE_VALUES] for name, counts in zip(sheet.header, self.counts, strict=True)}
        if sheet.fields:
            columns = [certain(name, field, asked.mapping) for name, field in sheet.fields.items()]
            self.columns = aliases.one_each(columns)
        else:
            self.columns = aliases.understand(
                sheet.header, samples, asked.mapping, file=sheet.name, nameless=not sheet.header_line
            )
            self.columns = logged(sheet, self.columns)
        texts = [text for at, column in enumerate(self.columns) if is_dated(column) for text in self.counts[at]]
        hint = re.search(r"(?<!\d)20\d\d(?!\d)", sheet.name)
        self.calendar = Calendar(
            texts,
            order=known_order(sheet, asked.day_first),
            year=asked.year,
            hint=int(hint[0]) if hint else None,
        )
        self.layout = Layout(sheet, self.columns, self.calendar, asked.words, seen)
        self.layout.today = asked.today
        self.result: Result = self.layout.result(progress)
        self.is_aside = False

    @property
    def lists_applications(self) -> bool:
        """Say whether the table has a company and anything of an application: a role, a day, a state."""
        fields = {column.field for column in self.columns}
        is_pivot = any(PIVOT.match(name) for name in self.sheet.header)
        return "company" in fields and not is_pivot and bool(fields & {"role", *TELLING})

    def set_aside(self) -> None:
        """Leave a sheet out of everything but the report: it is no table of applications, such as a dashboard."""
        lines = sorted({*self.sheet.lines, *(one.line for one in self.sheet.left)})
        fates = [RowOutcome(line, Fate.ASIDE, "no row of a table of applications") for line in lines]
        self.result, self.is_aside = Result([], fates, []), True

    def mapping_rows(self) -> list[tuple]:
        """Return a row for each column: how it was understood, and one of its values."""
        examples = [next(iter(counts), "")[:80] for counts in self.counts]
        return [(self.sheet.name, *column[:4], example) for column, example in zip(self.columns, examples, strict=True)]

    def report_rows(self) -> list[tuple]:
        """Return a row for each row of the table: its outcome, and why."""
        return [(self.sheet.name, row.line, row.what, row.why, str(row.fate)) for row in self.result.fates]

    def word_rows(self) -> list[tuple]:
        """Return a row for each word of a status: in how many rows it stands, and what it was taken for."""
        found = []
        for at, column in enumerate(self.columns):
            for word, rows in self.counts[at].items() if column.field in WORDED else ():
                meaning = self.layout.understood.get((column.field, word)) or self.layout.state(column.field, word)
                found.append((word, column.source, rows, str(meaning), meaning.sure))
        return found

    def problems(self) -> list[Problem]:
        """Return what needs an answer, what could not be read and which rows need a look, each once."""
        notes = [Problem(self.sheet.name, 0, "", "", note, 0, Kind.FILE) for note in self.sheet.notes]
        if not self.is_aside and self.tells_nothing():
            notes.append(Problem(self.sheet.name, 0, "", "", TELLS_NOTHING, len(self.sheet.rows), Kind.FILE))
        if self.is_aside:
            return notes[:0] if not self.sheet.header_line else notes
        asked = [*self.order_problem(), *self.guessed_columns(), *self.second_states(), *self.company_problems()]
        found = [*asked, *self.unread_problems(), *self.row_problems()]
        return [*notes, *found]

    def tells_nothing(self) -> bool:
        """Say whether no column tells when or whether there was an application, as in a list of wishes."""
        fields = {column.field for column in self.columns}
        return bool(self.result.records) and not fields & {"id", "person", *TELLING} and not self.sheet.fields

    def second_states(self) -> list[Problem]:
        """Return the question which column is the status, for each that reads like one beside the one that is."""
        by_column = list(zip(self.columns, self.counts, strict=True))
        samples = {column.source: list(counts)[:SAMPLE_VALUES] for column, counts in by_column}
        taken = next((column.source for column in self.columns if column.field == "status"), "")
        found = [
            (column, counts)
            for column, counts in by_column
            if taken and column.by is not aliases.By.NAME and aliases.tells_states(column, samples, only_ends=True)
        ]
        why = f"reads like a status too, beside {taken!r}; is this the one? It is kept in the notes"
        kind = Kind.SECOND_STATUS
        return [
            Problem(self.sheet.name, 0, column.source, next(iter(counts)), why, sum(counts.values()), kind)
            for column, counts in found
        ]

    def guessed_columns(self) -> list[Problem]:
        """Return the question whether a column is the company that is taken for it by a guess."""
        return [
            Problem(self.sheet.name, 0, column.source, "", guessed(counts), sum(counts.values()), Kind.COLUMN)
            for column, counts in zip(self.columns, self.counts, strict=True)
            if column.field == "company" and column.sure == GUESS and counts
        ]

    def order_problem(self) -> list[Problem]:
        """Return the question which comes first in this table's dates, where only a person can tell."""
        if not self.calendar.asks_order:
            return []
        example = next(text for text, seen in self.calendar.seen.items() if any(day.order == "?" for day in seen.days))
        asked = sum(one.kind is Kind.DAY_ORDER for one in self.result.unread)
        why = f"can have the day or the month first ({self.calendar.order.why}); say which"
        return [Problem(self.sheet.name, 0, "", example, why, asked, Kind.DAY_ORDER)]

    def unread_problems(self) -> list[Problem]:
        """Return the values that could not be read: each once, with its first line and how many rows have it."""
        once: dict[tuple, list[int]] = {}
        examples: dict[tuple[str, Kind], str] = {}
        for one in self.result.unread:
            of_all = one.kind in (Kind.NO_YEAR, Kind.CONTRADICTS)
            value = examples.setdefault((one.column, one.kind), one.value) if of_all else one.value
            why = "is not understood; say what it means" if one.kind is Kind.WORD else one.problem
            if one.kind is not Kind.DAY_ORDER:
                once.setdefault((one.column, value, why, one.kind), []).append(one.line)
        return [
            Problem(self.sheet.name, lines[0], column, value, why, len(lines), kind)
            for (column, value, why, kind), lines in once.items()
        ]

    def company_problems(self) -> list[Problem]:
        """Return the question which company an event is of: once for each title, with the one that may be meant."""
        once: dict[str, list[int]] = {}
        waiting = {fate.line for fate in self.result.fates if fate.fate is Fate.ATTENTION}
        for title, line in titles_without_company(self.sheet):
            if line in waiting:
                once.setdefault(title, []).append(line)
        problems = []
        for title, lines in once.items():
            guess = self.sheet.guesses.get(lines[0], "")
            why = NO_COMPANY_NAMED[1] + (f" (perhaps {guess!r})" if guess else "")
            problems.append(Problem(self.sheet.name, lines[0], "Title", title, why, len(lines), Kind.COMPANY))
        return problems

    def row_problems(self) -> list[Problem]:
        """Return why rows need attention: each reason once, with its first line and how many rows have it."""
        reasons: dict[str, list[int]] = {}
        asked = {line for _, line in titles_without_company(self.sheet)}
        for fate in self.result.fates:
            if fate.fate is Fate.ATTENTION and fate.line not in asked:
                reasons.setdefault(fate.why, []).append(fate.line)
        problems = []
        for why, lines in reasons.items():
            perhaps = self.perhaps_company() if why == NO_COMPANY_COLUMN[1] else ""
            more = (
                f": perhaps {perhaps!r} ({shown_cells(self.counts[self.sheet.header.index(perhaps)])})"
                if perhaps
                else ""
            )
            kind = Kind.COLUMN if perhaps else Kind.ROW
            problems.append(Problem(self.sheet.name, lines[0], perhaps, "", f"{why}{more}", len(lines), kind))
        return problems

    def perhaps_company(self) -> str:
        """Return the column that is most like one of companies: names, mostly another in each row."""
        told = [
            (len(counts) * aliases.fraction(list(counts)[:SAMPLE_VALUES], aliases.is_name), -at)
            for at, (column, counts) in enumerate(zip(self.columns, self.counts, strict=True))
            if counts and aliases.is_open(column)
        ]
        return self.columns[-max(told)[1]].source if told and max(told)[0] else ""


def shown_cells(counts: Mapping[str, int]) -> str:
    """Return some cells of a column as examples."""
    return ", ".join(repr(text[:40]) for text in list(counts)[:SHOWN_CELLS])


def guessed(counts: Mapping[str, int]) -> str:
    """Return the doubt whether a column is the company, with some of its cells."""
    return f"is taken for the company, which is a guess ({shown_cells(counts)}); say which column it is if not this one"


def certain(name: str, field: str, mapping: Mapping[str, str]) -> aliases.Column:
    """Return a column of a kind of file in which it is certain what each column is."""
    if name in mapping:
        return aliases.Column(name, mapping[name], SURE, "as you said", aliases.By.SAID)
    return aliases.Column(name, field, SURE, "every calendar file has it")


def titles_without_company(sheet: Sheet) -> list[tuple[str, int]]:
    """Return the title and the line of each event that names no company for sure; none of other files."""
    if not sheet.fields:
        return []
    at = {name: place for place, name in enumerate(sheet.header)}
    rows = zip(sheet.rows, sheet.lines, strict=True)
    return [(row[at["Title"]], line) for row, line in rows if not row[at["Company"]]]


def is_dated(column: aliases.Column) -> bool:
    """Say whether a column can hold dates that tell the order of day and month."""
    return column.field in (*DATED, "round", "history")


def known_order(sheet: Sheet, day_first: bool | None) -> Order | None:
    """Return the order of day and month that was given, or that LinkedIn's own file always has."""
    if day_first is not None:
        return Order(day_first, "as you said")
    names = {aliases.folded(name) for name in sheet.header}
    return Order(False, "LinkedIn writes the month first") if names >= LINKEDIN else None

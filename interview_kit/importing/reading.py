"""One table of a file, from its columns to its records."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from interview_kit.importing import aliases, matching
from interview_kit.importing.days import Calendar, Order
from interview_kit.importing.events import logged
from interview_kit.importing.results import Result, result_of
from interview_kit.importing.rows import TELLING, Layout
from interview_kit.importing.sources import Fate, RowOutcome, Sheet
from interview_kit.importing.states import state
from interview_kit.importing.words import SURE, Meaning, is_blank

SAMPLE_VALUES = 400
DAYS, DATED = ("applied_on", "interviewed_on", "outcome_on"), ("round", "history")  # tell the order of day and month
WORDED = ("status", "outcome", "from_stage", "to_stage")
KEEPING_SIGNS = ("company", "notes", "extra", "ignore", "round")
LINKEDIN = {"application date", "company name", "job title", "job url", "question and answers"}


PIVOT = re.compile(
    r"(count|sum|average|max|min|total|anzahl|summe) (of|von) |row labels$|column labels$|grand total$", re.IGNORECASE
)


class Asked(NamedTuple):
    """What someone said about a file: where columns go, whether the day comes first, the year, what words mean.

    `today` is the day that tells which interviews are still to come.
    """

    mapping: Mapping[str, str]
    day_first: bool | None
    year: int | None
    words: Mapping[str, Meaning]
    today: date


class Reading:
    """A table with its columns understood, and what its rows say once they are read."""

    def __init__(self, sheet: Sheet, asked: Asked):
        self.sheet = sheet
        self.counts = [Counter(filter(None, cells)) for cells in zip(*sheet.rows, strict=True)] or [
            {} for _ in sheet.header
        ]
        samples = {
            name: list(islice(counts, SAMPLE_VALUES)) for name, counts in zip(sheet.header, self.counts, strict=True)
        }
        if sheet.fields:
            columns = [certain(name, field, asked.mapping) for name, field in sheet.fields.items()]
            self.columns = matching.one_each(columns)
        else:
            self.columns = matching.understand(
                sheet.header, samples, asked.mapping, file=sheet.name, nameless=not sheet.header_line
            )
            self.columns = logged(sheet, self.columns)
        texts = {True: [], False: []}
        for column, counts in zip(self.columns, self.counts, strict=True):
            if column.field in (*DAYS, *DATED):
                texts[column.field in DAYS or aliases.says_when(column.source)] += counts
        hint = re.search(r"(?<!\d)20\d\d(?!\d)", sheet.name)
        self.calendar = Calendar(
            texts[True],
            others=texts[False],
            order=known_order(sheet, asked.day_first),
            year=asked.year,
            hint=int(hint[0]) if hint else None,
        )
        empty_signs_for_nothing(sheet, self.columns, self.counts)
        at = {column.field: place for place, column in enumerate(self.columns)}
        self.layout = Layout(sheet, self.columns, samples, self.calendar, asked.words, asked.today, at)
        self.result = Result([], [], [], {})
        self.is_aside = False

    def read(self, seen: dict[str, int], progress: Callable[[int], None]) -> None:
        """Read the rows; `seen` counts those that are alike, over all tables."""
        self.result = result_of(self.layout, seen, progress)

    def has(self, field: str) -> bool:
        """Say whether one of the columns is this field."""
        return matching.has(self.columns, field)

    def samples(self, name: str) -> list[str]:
        """Return some distinct values of a column."""
        return list(self.counts[self.sheet.header.index(name)])[:SAMPLE_VALUES]

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
        self.result, self.is_aside = Result([], fates, [], {}), True

    def mapping_rows(self) -> list[tuple]:
        """Return a row for each column: how it was understood, and one of its values."""
        examples = [next(iter(counts), "")[:80] for counts in self.counts]
        return [(self.sheet.name, *column[:4], example) for column, example in zip(self.columns, examples, strict=True)]

    def report_rows(self) -> list[tuple]:
        """Return a row for each row of the table: its outcome, and why."""
        what = {(row.fate, row.parts): (row.what, str(row.fate)) for row in self.result.fates}
        name, fates = self.sheet.name, self.result.fates
        return [(name, row.line, what[row.fate, row.parts][0], row.why, what[row.fate, row.parts][1]) for row in fates]

    def meaning(self, field: str, word: str) -> Meaning:
        """Return what a word of a column is taken for, without the names of companies and roles in it."""
        return state(self.layout, field, self.result.said.get((field, word), word))

    def word_rows(self) -> list[tuple]:
        """Return a row for each word of a status: in how many rows it stands, and what it was taken for."""
        found = []
        for at, column in enumerate(self.columns):
            for word, rows in self.counts[at].items() if column.field in WORDED else ():
                meaning = self.meaning(column.field, word)
                found.append((word, column.source, rows, str(meaning), meaning.sure))
        return found


def empty_signs_for_nothing(sheet: Sheet, columns: Sequence[aliases.Column], counts: Sequence[Iterable[str]]) -> None:
    """Empty the cells that hold "n/a", "null" and the like, in the columns that are worked with."""
    for at, column in enumerate(columns):
        signs = set(filter(is_blank, counts[at])) if column.field not in KEEPING_SIGNS else ()
        for row in sheet.rows if signs else ():
            if row[at] in signs:
                row[at] = ""


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


def known_order(sheet: Sheet, day_first: bool | None) -> Order | None:
    """Return the order of day and month that was given, or that LinkedIn's own file always has."""
    if day_first is not None:
        return Order(day_first, "as you said")
    names = {aliases.folded(name) for name in sheet.header}
    return Order(False, "LinkedIn writes the month first") if names >= LINKEDIN else None

"""A table of text as someone's file holds it, with the line of each row and what becomes of it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

SAMPLE_VALUES = 400  # of a column, by which it is told what it is


class SpreadsheetError(ValueError):
    """A file that cannot be imported as it is; the message says why and what helps."""


@contextmanager
def as_spreadsheet_error(message: str) -> Generator[None]:
    """Raise whatever an odd file makes its readers raise as a `SpreadsheetError` with this message."""
    try:
        yield
    except Exception as error:
        if isinstance(error, ValueError) and not isinstance(error, UnicodeError):
            raise  # it says already what is wrong
        raise SpreadsheetError(message) from error


class Fate(StrEnum):
    """The outcome of a row of the source."""

    IMPORTED = "imported"
    SPLIT = "split"
    SKIPPED = "skipped"
    HEADER = "header"
    ATTENTION = "needs attention"
    WAITING = "waits for your word"
    ASIDE = "aside"  # of a sheet that is no table of applications, such as a dashboard


class RowOutcome(NamedTuple):
    """What became of a row of the source: its line, the fate, why, and how many records it made."""

    line: int
    fate: Fate
    why: str
    parts: int = 0

    @property
    def what(self) -> str:
        """The fate in words."""
        named = {Fate.SPLIT: f"split into {self.parts}", Fate.HEADER: "skipped", Fate.ASIDE: "skipped"}
        return named.get(self.fate, str(self.fate))


class RawRow(NamedTuple):
    """One row as it stands in a file, and why it is no record of the table, where its file says so."""

    line: int
    cells: list[str]
    why: str = ""
    fate: Fate = Fate.ATTENTION


@dataclass
class Sheet:
    """A table of text: its file's name, its header, its rows, and the line of each; rows left out are in `left`."""

    name: str
    header: list[str]
    header_line: int
    rows: list[list[str]]
    lines: list[int]
    left: list[RowOutcome] = field(default_factory=list)
    remarks: dict[int, str] = field(default_factory=dict)  # by line: what to say of a row that is imported
    odd: dict[int, str] = field(default_factory=dict)  # by line: more or fewer cells than the header has
    notes: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)  # of each column, in a kind of file where that is certain
    guesses: dict[int, str] = field(default_factory=dict)  # by line: the company that may be meant
    others: dict[str, list[RowOutcome]] = field(default_factory=dict)  # by title: events that were left out by it
    bring_in: "Callable[[Sheet, str], None] | None" = None  # puts the events of such a title among the rows
    book: str = ""  # the workbook that it is one of several sheets of

    def sample(self, at: int) -> list[str]:
        """Return some distinct values of a column."""
        found: dict[str, None] = {}
        for row in self.rows:
            if row[at]:
                found[row[at]] = None
                if len(found) == SAMPLE_VALUES:
                    break
        return list(found)

"""Values that could not be read, or are to be asked about: of which kind, and what is wrong with each."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What is to be asked or said of a file, a value or a row."""

    FILE = "file"
    DAY_ORDER = "day order"
    SECOND_STATUS = "second status"
    WORD = "word"
    GUESSED_WORD = "guessed word"
    NO_YEAR = "no year"
    NO_DATE = "no date"
    SAME_DATE = "same date"
    BAD_VALUE = "bad value"
    PASSED = "passed"
    COMPANY = "company"
    OTHER_EVENTS = "other events"
    COLUMN = "column"
    DATE_COLUMN = "date column"
    ROUND_COLUMN = "round column"
    NO_ROUND = "no round"
    BOUND = "bound"
    NOT_TOLD = "not told"
    CONTRADICTS = "contradicts"
    ROW = "row"


WRONG = {
    Kind.WORD: "is not understood",
    Kind.DAY_ORDER: "can have the day or the month first; say which",
    Kind.NO_YEAR: "has no year, and nothing near it tells one",
    Kind.NO_DATE: "is no date that can be read",
    Kind.SAME_DATE: "is the one day of the whole column, as a form fills it in; it is taken for no interview",
    Kind.BOUND: "says before or after which day it was, and not the day",
    Kind.PASSED: "is of a day that is past; it comes in as waiting for an answer, unless you say what it means",
    Kind.NOT_TOLD: "says neither when nor whether it was applied for, nor what came of it",
}
NOT_KEPT = (Kind.GUESSED_WORD, Kind.DAY_ORDER, Kind.PASSED, Kind.CONTRADICTS, Kind.NOT_TOLD)
BLANK = "blank"  # what stands for an empty cell where words are answered


class Unread(NamedTuple):
    """A value that could not be read, and stays in the notes: its line, its column, and what is wrong with it."""

    line: int
    column: str
    value: str
    kind: Kind
    error: str = ""

    @property
    def problem(self) -> str:
        """What is wrong, in words."""
        kept = "" if self.kind in NOT_KEPT else "; it is kept in the notes"
        return (self.error or WRONG[self.kind]) + kept

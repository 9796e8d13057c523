"""What is wrong with a file, in sentences that say where, what was found and what to do."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

ProblemKind = Literal["bad_value", "missing", "duplicate_id", "lost_id", "date_order", "structure", "missing_column"]


class Problem(NamedTuple):
    """Something in a file that needs mending: where it stands, what was found, what is accepted, and of what kind."""

    line: int
    column: str
    value: str
    problem: str
    kind: ProblemKind = "bad_value"

    def __str__(self) -> str:
        """Return it as one sentence: "line 7, outcome: 'callbck' is not one of …"."""
        where = ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.column)))
        shown = repr(self.value if len(self.value) <= 80 else self.value[:79] + "…") if self.value else ""
        found = f"{shown} {self.problem}".strip()
        return f"{where}: {found}" if where else found


class RecordsError(ValueError):
    """Records that cannot be read or written as they are; `.problems` lists each `Problem` with its line."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()):
        super().__init__(message)
        self.problems = list(problems)


class ConflictError(RecordsError):
    """A record is not what the caller saw: `.mine` holds the caller's values, `.theirs` those in the file."""

    def __init__(self, message: str, mine: Mapping, theirs: Mapping):
        super().__init__(message)
        self.mine, self.theirs = dict(mine), dict(theirs)


class ChangedMeanwhileError(RecordsError):
    """A file that another program changed between the reading and the replacing; it stands as that program left it."""


class LostFileError(RecordsError):
    """A file that was there and is gone: `.table` is its name, `.backup` that of the newest copy, if there is any.

    It `.can_begin_anew` unless it lies in the cloud.
    """

    def __init__(self, message: str, table: str, backup: str, *, can_begin_anew: bool = True):
        super().__init__(message)
        self.table, self.backup, self.can_begin_anew = table, backup, can_begin_anew


def records_error(name: str, problems: list[Problem]) -> RecordsError:
    """Return the error for a file whose text cannot be taken apart and so stays as it is, all its problems at once."""
    problems = [problem._replace(kind="structure") for problem in problems]
    return RecordsError("\n".join(f"{name}: {problem}" for problem in problems), problems)


HELD_OPEN_CODES = (5, 32)  # Windows: access denied, and in use by another process
HELD_OPEN = ". If it is open in another program, such as Excel, close it there and try again"


@contextmanager
def as_records_error(what: str, end: str = "") -> Generator[None]:
    """Raise what the disk refuses as a `RecordsError`: what could not be done, the reason, and what that means."""
    try:
        yield
    except OSError as error:
        held = HELD_OPEN if getattr(error, "winerror", None) in HELD_OPEN_CODES else ""
        raise RecordsError(f"{what}: {error.strerror or error}{end}{held}") from None

"""The interviews of a frame as the trends read them."""

import difflib
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from interview_kit import schema
from interview_kit.schema import frames, window
from interview_kit.schema.frames import (
    NOT_CALLED,
    PENDING,
    Days,
    casefolded,
    check_frame,
    checked_date,
    coded,
    dates,
    objects,
)
from interview_kit.trends.elsewhere import STATE_CODES
from interview_kit.trends.tables import Counts, Flags, Floats

if TYPE_CHECKING:
    import pandas as pd


def check_column(frame: "pd.DataFrame", argument: str, name: str) -> None:
    """Raise ValueError with the closest name where the frame lacks a column."""
    if name in frame.columns:
        return
    columns = [str(column) for column in frame.columns]
    behaviors = [column for column in columns if schema.kind_by_prefix(column) != "text"]
    close = difflib.get_close_matches(str(name), columns, n=1)
    offered = f"did you mean {close[0]!r}?" if close else f"it has {', '.join(behaviors[:8] or columns[:8]) or 'none'}"
    raise ValueError(f"{argument} names {name!r}, but the frame has no such column; {offered}")


class Records(NamedTuple):
    """The outcome of each row, when it was, and when it became known."""

    status: NDArray[np.uint8]
    applied: Flags
    day: Days
    answered: Days
    today: date

    @property
    def not_yet(self) -> Flags:
        """Which interviews are still to come on the day that counts as today."""
        return self.day > np.datetime64(self.today, "D")

    def of(self, rows: Flags) -> "Records":
        """Return the records of some rows."""
        return Records(self.status[rows], self.applied[rows], self.day[rows], self.answered[rows], self.today)

    def spans(self, until: "Days | date") -> Floats:
        """Return whole days from each interview to a day; NaN where one is missing."""
        return span(self.day, np.asarray(until, "M8[D]"))


def read_records(frame: "pd.DataFrame", as_of: object) -> Records:
    """Return the outcomes of a frame and their days."""
    check_frame(frame)
    if len(frame.columns):
        check_column(frame, "outcome", "outcome")
    today, answered = checked_date(as_of), dates(frame, "outcome_on")
    status = frames.outcomes(frame)
    status[answered > np.datetime64(today, "D")] = PENDING  # on that day it was not known yet
    applied = frames.applications(frame)
    return Records(status, applied, dates(frame, "interviewed_on"), answered, today)


def read_chance(value: object) -> float:
    """Return a guess in percent."""
    chance = schema.parse("chance", schema.plain_text(value))
    return np.nan if chance is None else chance


def seconds_of_day(value: object) -> float:
    """Return a time of day in seconds."""
    moment = value if isinstance(value, time) else schema.parse("time", schema.plain_text(value))
    return np.nan if moment is None else 3600 * moment.hour + 60 * moment.minute + moment.second


def is_rating(behavior: str) -> bool:
    """Say whether a behavior is rated from 1 to 5."""
    return schema.kind_by_prefix(str(behavior)) == "rating"


def behavior_levels(frame: "pd.DataFrame", behavior: str) -> Floats:
    """Return a behavior's answers, 0 and 1 or 1 to 5, NaN where it was not noted."""
    check_column(frame, "behavior", behavior)
    kind = "rating" if is_rating(behavior) else "yes/no"

    def level(value: object) -> float:
        answer = schema.parse(kind, schema.plain_text(value))
        return np.nan if answer is None else answer

    return coded(frame, behavior, level, np.nan)


def span(start: Days, end: Days) -> Floats:
    """Return the time from start to end in their finer unit, NaN where one is missing."""
    length = end - start
    return np.where(np.isnat(length), np.nan, length.astype(np.int64))


def people(frame: "pd.DataFrame") -> Counts:
    """Return a number for each row's person, in the order of their names; nobody named is one of them.

    Sums over people then do not depend on the order of the rows.
    """
    import pandas as pd

    if "person" not in frame.columns:
        return np.zeros(len(frame), np.int64)
    places, distinct = pd.factorize(frame["person"])
    words = objects([*map(casefolded, distinct), ""])  # a missing value is at place -1
    return np.unique(words, return_inverse=True)[1][places]


def folded(frame: "pd.DataFrame", name: str) -> tuple[Counts, int]:
    """Return a code for each value, upper and lower case alike, and the code of nothing, which is the largest."""
    import pandas as pd

    if name not in frame.columns:
        return np.zeros(len(frame), np.int64), 0
    places, distinct = pd.factorize(frame[name])
    codes, nothing = folded_words(tuple(map(str, np.asarray(distinct, object))))
    return codes[places], nothing  # a missing value is at place -1


@lru_cache(maxsize=4)  # several questions are asked of the same companies
def folded_words(words: tuple[str, ...]) -> tuple[Counts, int]:
    """Return a code for each word, then that of nothing, which is the largest."""
    found = [*map(casefolded, words)]
    code = {word: place for place, word in enumerate(dict.fromkeys(filter(None, found)))}
    code[""] = len(code)
    return np.array([*map(code.__getitem__, found), code[""]]), code[""]


def texts(frame: "pd.DataFrame", name: str) -> NDArray[np.object_]:
    """Return a column as text, empty where there is nothing."""
    return np.asarray(text_column(frame, name), object)


def text_column(frame: "pd.DataFrame", name: str) -> Any:
    """Return the same as a frame holds it, without an object for each row."""
    import pandas as pd

    if name not in frame.columns:
        return objects([""] * len(frame))
    kind = frame[name].dtype
    if isinstance(kind, pd.CategoricalDtype) and kind.categories.dtype == "str":
        return frame[name].astype("str").fillna("").array
    if isinstance(kind, pd.StringDtype):
        return frame[name].fillna("").array
    return objects(["" if schema.is_missing(value) else str(value) for value in frame[name]])


def keep(size: int, reasons: dict[str, Flags]) -> tuple[Flags, dict[str, int]]:
    """Return which rows no reason takes away, and how many each does; a row counts for the first."""
    kept, left_out = np.ones(size, bool), {}
    for reason, applies in reasons.items():
        left_out[reason] = int(np.count_nonzero(applies & kept))
        kept &= ~applies
    return kept, left_out


def states(records: Records, within_days: int) -> NDArray[np.int64]:
    """Return what each row counts as: pending where too young, or neither dated nor decided."""
    facts = window.facts(records.status, records.day, records.answered, within_days, records.today)
    rule = window.window_rule_as_told(facts)
    return np.select([*rule.values()], [STATE_CODES[name] for name in rule], NOT_CALLED)

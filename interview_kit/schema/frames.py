"""A frame's columns as arrays, whoever made the frame: each distinct value is read once, by its kind."""

import difflib
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from interview_kit import schema

if TYPE_CHECKING:
    import pandas as pd

Days = NDArray[np.datetime64]

PENDING, CALLED, NOT_CALLED, WITHDRAWN = range(4)
MICROSECONDS_A_DAY = 24 * 60 * 60 * 10**6
NOT_A_TIME = np.iinfo(np.int64).min  # as NumPy stores it


# The arguments


def check_frame(frame: object) -> None:
    """Raise ValueError where the frame is none."""
    if not hasattr(frame, "columns"):
        raise ValueError(f"frame is a {type(frame).__name__}; it must be a pandas DataFrame, one row per interview")


def checked_days(within_days: int) -> int:
    """Return the window; ValueError where it is no number of days."""
    if isinstance(within_days, bool) or not isinstance(within_days, (int, np.integer)) or within_days < 0:
        raise ValueError(f"within_days is {within_days!r}; it must be a whole number of days, 0 or more, such as 30")
    return int(within_days)


def checked_date(as_of: object) -> date:
    """Return the day that counts as today; ValueError where it is none."""
    return checked_day("as_of", as_of) or date.today()


def checked_day(name: str, day: object) -> date | None:
    """Return an argument as a day, None where it is left out; ValueError where it is none."""
    if day is None:
        return None
    try:
        if isinstance(day, date):  # a Timestamp is one, too
            return date(day.year, day.month, day.day)
        return schema.parse_date(str(day))
    except (ValueError, TypeError):
        message = f"{name} is {day!r}; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'"
        raise ValueError(message) from None


def suggestion(name: object, columns: Iterable) -> str:
    """Return the words that offer the closest column, or the first few."""
    columns = [str(column) for column in columns]
    close = difflib.get_close_matches(str(name), columns, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    more = f" and {len(columns) - 8} more" if len(columns) > 8 else ""
    return f"it has {', '.join(columns[:8])}{more}" if columns else "it has none"


# The columns


def coded(frame: "pd.DataFrame", name: str, code: Callable[[object], float], missing: float, dtype=float) -> NDArray:
    """Return a number for each value of a column, `missing` where there is none."""
    import pandas as pd

    if name not in frame.columns:
        return np.full(len(frame), missing, dtype)
    places, distinct = pd.factorize(frame[name])
    codes = [*(read_value(code, name, value) for value in distinct), missing]
    return np.array(codes, dtype)[places]  # a missing value is at place -1


def read_value(read: Callable, name: str, value: object):
    """Return a value as it is read; ValueError names the column."""
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"{name} holds {shown_value(value)}, which {error}") from None


def shown_value(value: object) -> str:
    """Return a value as an error shows it."""
    text = repr(value) if isinstance(value, str) else schema.plain_text(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def dates(frame: "pd.DataFrame", name: str) -> Days:
    """Return a column's days, NaT where there is none."""
    found = moments(frame, name, "date").view(np.int64)
    whole = found // MICROSECONDS_A_DAY  # NumPy's own rounding takes five times as long
    whole[found == NOT_A_TIME] = NOT_A_TIME
    return whole.view("M8[D]")


def moments(frame: "pd.DataFrame", name: str, kind: str = "datetime") -> Days:
    """Return a column's moments to the microsecond, without a time zone, NaT where there is none."""
    import pandas as pd

    if name not in frame.columns:
        return np.full(len(frame), "NaT", "M8[us]")
    values = frame[name]
    if values.dtype.kind == "M":
        return (values.dt.tz_localize(None) if values.dt.tz is not None else values).to_numpy("M8[us]")
    places, distinct = pd.factorize(values)
    found = [read_value(lambda value: schema.parse(kind, schema.plain_text(value)), name, one) for one in distinct]
    return np.array([*found, None], "M8[us]")[places]


def outcomes(frame: "pd.DataFrame") -> NDArray[np.uint8]:
    """Return what each outcome means for a rate: PENDING, CALLED, NOT_CALLED or WITHDRAWN."""
    return coded(frame, "outcome", outcome_status, PENDING, np.uint8)


def outcome_status(value: object) -> int:
    """Return what an outcome means for a rate."""
    outcome = schema.parse("outcome", schema.plain_text(value))
    if outcome in schema.CALLBACK_OUTCOMES:
        return CALLED
    return {"pending": PENDING, "withdrawn": WITHDRAWN}.get(outcome, NOT_CALLED)


def applications(frame: "pd.DataFrame") -> NDArray[np.bool_]:
    """Return which rows are applications that led to no interview."""
    return coded(frame, "stage", is_applied, 0, bool)


def is_applied(value: object) -> bool:
    """Say whether a stage is that of an application that led to no interview."""
    return schema.parse("stage", schema.plain_text(value)) == "applied"


def is_offer(value: object) -> bool:
    """Say whether an outcome is an offer."""
    return schema.parse("outcome", schema.plain_text(value)) == "offer"


def casefolded(value: object) -> str:
    """Return a name as names are compared: upper and lower case alike, words apart by one space."""
    return " ".join(str(value).casefold().split())


# Tables


def objects(values: Iterable) -> NDArray[np.object_]:
    """Return values as an array of objects, whatever they are."""
    values = list(values)
    array = np.empty(len(values), object)
    array[:] = values
    return array


def framed(columns: dict, attrs: dict) -> "pd.DataFrame":
    """Return columns as a frame with attributes; words are text also where there is no row."""
    import pandas as pd

    words = [name for name, values in columns.items() if values.dtype == object]
    return with_attrs(pd.DataFrame(columns | {name: pd.array(columns[name], dtype="str") for name in words}), attrs)


def with_attrs(table: "pd.DataFrame", attrs: dict) -> "pd.DataFrame":
    """Return a table with attributes that files keep: what JSON has no word for, in words that it has."""
    table.attrs = as_json(attrs)
    return table


def as_json(value):
    """Return a value as it comes back from JSON: days as ISO text, tuples as lists, NumPy's numbers as Python's."""
    if isinstance(value, dict):
        return {str(name): as_json(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value

"""What a study is given, checked: the frame, its columns, days and windows."""

import difflib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from interview_kit import schema

DayLike: TypeAlias = date | str | None  # a Timestamp is a date, too; a text such as "2026-04-03"


KNOWN = {name for table in schema.TABLES.values() for name in table.names}


def check_frame(frame: object) -> None:
    """Raise ValueError where the frame is none, or has one of the records' columns twice."""
    if not hasattr(frame, "columns"):
        raise ValueError(f"frame is a {type(frame).__name__}; it must be a pandas DataFrame, one row per interview")
    check_unique(frame, "the frame")


def check_unique(frame: Any, where: str) -> None:
    """Raise ValueError where a pandas frame has one of the records' columns twice."""
    columns = frame.columns
    twice = [] if getattr(columns, "is_unique", True) else columns[columns.duplicated()]
    for name in twice:
        if name in KNOWN:
            raise ValueError(f"{where} has the column {name!r} twice; each column needs its own name")


def check_column(frame: pd.DataFrame, name: str, what: str) -> None:
    """Raise ValueError where a frame has columns, and none of them is the one that says what a study asks."""
    if len(frame.columns) and name not in frame.columns:
        close = suggestion(name, frame.columns)
        raise ValueError(f"the frame has no column {name!r}, which says {what}; {close}")


def checked_days(within_days: int) -> int:
    """Return the window; ValueError where it is no number of days."""
    if isinstance(within_days, bool) or not isinstance(within_days, (int, np.integer)) or within_days < 0:
        raise ValueError(f"within_days is {within_days!r}; it must be a whole number of days, 0 or more, such as 30")
    return int(within_days)


def day_after(today: date, within_days: int) -> date:
    """Return the day so many days later, at most the last of the calendar; ValueError where it is no number of days."""
    return today + timedelta(days=min(checked_days(within_days), (date.max - today).days))


def checked_date(as_of: DayLike) -> date:
    """Return the day that counts as today; ValueError where it is none."""
    return checked_day("as_of", as_of) or date.today()


def checked_day(name: str, day: DayLike) -> date | None:
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


def suggestion(name: object, columns: Iterable, *, behaviors: bool = False) -> str:
    """Return the words that offer the closest column, or the first few; of behaviors, where it is to be one."""
    columns = [str(column) for column in columns]
    if behaviors:
        columns = [column for column in columns if schema.kind_by_prefix(column) != "text"] or columns
    close = difflib.get_close_matches(str(name), columns, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    more = f" and {len(columns) - 8} more" if len(columns) > 8 else ""
    return f"it has {', '.join(columns[:8])}{more}" if columns else "it has none"


def shown_value(value: object) -> str:
    """Return a value as an error shows it."""
    text = repr(value) if isinstance(value, str) else schema.plain_text(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def checked_columns(frame: pd.DataFrame, argument: str, names: Iterable[str]) -> list[str]:
    """Return the names, each once; ValueError where one is not exactly one column of the frame."""
    names, columns = list(dict.fromkeys(names)), frame.columns
    for name in names:
        if name not in columns:
            close = suggestion(name, columns, behaviors=argument in ("behavior", "behaviors"))
            raise ValueError(f"{argument} names {name!r}, but the frame has no such column; {close}")
        if not columns.is_unique and list(columns).count(name) > 1:
            raise ValueError(f"{argument} names {name!r}, but the frame has it twice; each column needs its own name")
    return names

"""The interviews that something is still to come of: that day, its debrief, or an answer."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd

from interview_kit import schema
from interview_kit.frame.arguments import DayLike, checked_date
from interview_kit.frame.tables import with_attrs
from interview_kit.next_steps.records import RecordsLike, Row, days_since, read_records, table_of
from interview_kit.words import day, listed, near, plural

LENGTH = timedelta(hours=1)  # of an interview whose end is not noted
SHOWN = ("id", "company", "role", "stage", "interviewed_on", "starts_at", "place")


def upcoming(records: RecordsLike, *, as_of: DayLike = None) -> pd.DataFrame:
    """Return the interviews that are planned: those to be written down first, then those to come, the next first.

    Parameters
    ----------
    records : Journal or mapping of str to pandas.DataFrame
        A Journal, or frames by name: "interviews"; others may be there.
    as_of : datetime, date or str, optional
        The moment that counts as now, by default now; of a date, its beginning.

    Returns
    -------
    pandas.DataFrame
        One row per interview that is planned, or that has a day to come and no outcome:

        - `id`, `company`, `role`, `stage`, `place`: as noted
        - `interviewed_on`, `starts_at`: its day, and the time of day; missing where not noted
        - `days_until`: whole days from the day of `as_of`; negative where it is past, missing without a day
        - `overdue_debrief`: whether it is over and was not written down yet

        `attrs`: `sentence`, `as_of` and `overdue`, how many are to be written down.

    Raises
    ------
    ValueError
        For records of several people, and for days and times that cannot be read.

    Notes
    -----
    An interview is over at `ended_at`, else an hour after `starts_at`, else at the end of its day. A planned interview
    stays planned until it is written down or cancelled, and counts in no study.

    Examples
    --------
    >>> import pandas as pd
    >>> import interview_kit as ik
    >>> row = {"company": "Acme", "interviewed_on": "2026-04-03", "starts_at": "14:30", "outcome": "planned"}
    >>> table = ik.upcoming({"interviews": pd.DataFrame([row])}, as_of="2026-04-01")
    >>> print(table[["company", "starts_at", "days_until", "overdue_debrief"]].to_string(index=False))
    company starts_at  days_until  overdue_debrief
       Acme  14:30:00           2            False
    >>> print(table.attrs["sentence"])
    1 interview is coming.
    """
    now = checked_moment(as_of)
    planned = [row for row in read_records(records).interviews if is_planned(row, now.date())]
    rows = sorted(planned, key=lambda row: coming_order(row, now))
    table = table_of(rows, SHOWN, ("interviewed_on",), starts_at="object")
    table["days_until"] = -days_since((row["interviewed_on"] for row in rows), now.date())
    table["overdue_debrief"] = np.array([is_over(row, now) for row in rows], bool)
    overdue = int(table["overdue_debrief"].sum())
    attrs = {"sentence": sentence(overdue, len(table) - overdue), "as_of": now.date(), "overdue": overdue}
    return with_attrs(table, attrs)


def checked_moment(as_of: DayLike) -> datetime:
    """Return the moment that counts as now, by the clock of this machine."""
    if as_of is None:
        return datetime.now()
    if isinstance(as_of, datetime):
        return as_of.astimezone().replace(tzinfo=None) if as_of.tzinfo else as_of
    return datetime.combine(checked_date(as_of), time())


def is_planned(interview: Row, today: date) -> bool:
    """Say whether an interview is planned: by its outcome, or by a day to come."""
    on = interview["interviewed_on"]
    to_come = interview["outcome"] == "pending" and on is not None and on > today
    return interview["outcome"] == "planned" or to_come


def begin_of(interview: Row) -> datetime:
    """Return the moment at which an interview begins; without a time that of its day, without a day the last of all."""
    return datetime.combine(interview["interviewed_on"] or date.max, interview["starts_at"] or time())


def end_of(interview: Row) -> datetime:
    """Return the moment at which an interview is over; past midnight, where it ends earlier than it begins."""
    on, starts, ends = (interview[name] for name in ("interviewed_on", "starts_at", "ended_at"))
    if on is None or on == date.max:
        return datetime.max
    if ends is not None:
        return datetime.combine(on + timedelta(days=starts is not None and ends < starts), ends)
    return begin_of(interview) + LENGTH if starts is not None else datetime.combine(on + timedelta(days=1), time())


def is_over(interview: Row, now: datetime) -> bool:
    """Say whether an interview is over at a moment."""
    return end_of(interview) <= now


def coming_order(interview: Row, now: datetime) -> tuple:
    """Return the sort key of the list: those to be written down, the latest first, then those to come."""
    begin = begin_of(interview)
    ended = is_over(interview, now)
    return not ended, now - begin if ended else begin - now, interview["company"].casefold()


def planned_words(row: Mapping) -> str:
    """Return the words for when a row of `upcoming` is: "tomorrow, Fri 3 Apr 2026, 14:30"."""
    if schema.is_missing(row["interviewed_on"]):
        return "no day yet"
    return f"{near(int(row['days_until']))}, {moment_words(row['interviewed_on'], row['starts_at'])}"


def moment_words(on: date, starts: object) -> str:
    """Return a day, and the time where there is one: "Fri 3 Apr 2026, 14:30"."""
    at = f", {starts:%H:%M}" if isinstance(starts, time) else ""
    return f"{on:%a} {day(on)}{at}"


def sentence(overdue: int, coming: int) -> str:
    """Return the sentence that counts the interviews to be written down, and those that are coming."""
    counts = ((overdue, "to be written down"), (coming, "coming"))
    told = [f"{plural(n, 'interview')} {'is' if n == 1 else 'are'} {what}" for n, what in counts if n]
    return f"{listed(told)}." if told else "No interview is planned."

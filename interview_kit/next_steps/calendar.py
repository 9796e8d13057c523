"""What is due, as a calendar file that other programs take in."""

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from interview_kit import schema
from interview_kit.frame.arguments import DayLike
from interview_kit.next_steps.files import clean, escaped, minutes, moment, write_whole
from interview_kit.next_steps.records import rows_of
from interview_kit.words import one_line

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("follow_up_id", "what", "due_on")


def calendar_file(
    table: "pd.DataFrame",
    path: str | os.PathLike | None = None,
    *,
    interviews: "pd.DataFrame | None" = None,
    as_of: DayLike = None,
) -> bytes:
    """Return a table of `due_follow_ups` as an iCalendar file.

    Parameters
    ----------
    table : pandas.DataFrame
        As `due_follow_ups` returns it.
    path : str or path, optional
        Where to write the file; by default it is not written.
    interviews : pandas.DataFrame, optional
        Interviews; adds an entry for each that has a date.
    as_of : datetime, date or str, optional
        The moment that counts as now, by default now; a date means its midnight in UTC.

    Returns
    -------
    bytes
        The file, as it is written to `path` where one is given.

    Raises
    ------
    ValueError
        For a table without the columns it takes, or without anything that has a date.
    OSError
        Where the file cannot be written, an earlier one then being as it was.

    Notes
    -----
    The format is RFC 5545. Each thing with a due date is an entry of that whole day: a date without a time, so that it
    is the same day in every time zone. An entry's UID comes from the record's id, and SEQUENCE (the minutes since 2020)
    grows with `as_of`: taking in a newer file updates the entries instead of doubling them.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> due = ik.due_follow_ups(ik.Journal(SAMPLE.parent), as_of="2026-11-20")
    >>> calendar = ik.calendar_file(due, as_of="2026-11-20")
    >>> calendar.count(b"BEGIN:VEVENT"), len(due)
    (9, 9)
    """
    made = moment(as_of)
    rows = [*due_rows(table), *interview_rows(interviews)]
    if not rows:
        raise ValueError("nothing here has a date; a calendar needs at least one follow-up with a due date")
    content = as_calendar(rows, made)
    if path is not None:
        write_whole(path, content)
    return content


def due_rows(table: "pd.DataFrame") -> Iterator[dict]:
    """Yield an entry for each thing to do that has a due date."""
    missing = [name for name in NEEDED if name not in getattr(table, "columns", ())]
    if missing:
        raise ValueError(f"the table has no column {missing[0]!r}; give the one that due_follow_ups returns")
    for row in table.to_dict("records"):
        if not schema.is_missing(row["due_on"]):
            why = "" if schema.is_missing(row.get("why")) else row.get("why")
            yield entry(row["follow_up_id"], row["what"], row["due_on"], why)


def interview_rows(interviews: "pd.DataFrame | None") -> Iterator[dict]:
    """Yield an entry for each interview that has a date."""
    for row in rows_of("interviews", interviews):
        if row["interviewed_on"] and schema.fold(row["stage"]) != "applied":
            named = ", ".join(one_line(row[name]) for name in ("company", "stage") if row[name])
            yield entry(row["id"], f"Interview: {named}", row["interviewed_on"], row["role"])


def entry(key: object, what: object, day: Any, why: object) -> dict:
    """Return one entry of a calendar."""
    whole_day = day.date() if isinstance(day, datetime) else schema.parse("date", str(day))
    return {"uid": f"{key}@interview-kit", "what": str(what), "day": whole_day, "why": str(why or "")}


def as_calendar(rows: list[dict], made: datetime) -> bytes:
    """Return entries as the bytes of a calendar."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Interview Kit//Next steps//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for row in rows:
        calendar.add_component(as_event(row, made))
    return calendar.to_ical()


def as_event(row: Mapping, made: datetime):
    """Return one entry as an event of the whole day, during which one is free."""
    from icalendar import Event

    event, day = Event(), row["day"]
    dates: dict[str, date | datetime] = {"dtstart": day, "dtend": day + timedelta(days=1)}
    for name, when in (dates | {"dtstamp": made, "last-modified": made}).items():
        event.add(name, when)
    event.add("sequence", minutes(made))
    event.add("transp", "TRANSPARENT")
    for name in ("uid", "summary", "description"):
        event.add(name, as_text({"summary": row["what"], "description": row["why"]}.get(name, row["uid"])))
    return event


def as_text(text: str):
    """Return a text value that keeps a backslash before a capital N, which the library takes for a line break."""
    from icalendar import vText

    class Text(vText):
        def to_ical(self) -> bytes:
            return escaped(self).encode()

    return Text(clean(text))

"""What is due, and the interviews to come, as a calendar file that other programs take in."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from interview_kit import schema
from interview_kit.frame.arguments import DayLike
from interview_kit.next_steps.files import escape_value, minutes_since_2020, moment, printable, write_whole
from interview_kit.next_steps.records import RecordsLike, Row, columns_of, read_records, rows_of
from interview_kit.next_steps.upcoming import LENGTH, begin_of, checked_moment, end_of, is_planned
from interview_kit.next_steps.zones import Clock, local_clock, zone_rules
from interview_kit.words import one_line

NEEDED = ("follow_up_id", "what", "due_on")
PRODUCT = "-//Interview Kit//Next steps//EN"
EVENING, SHORTLY_BEFORE = time(18), timedelta(hours=1)
PAUSE, DEBRIEF = timedelta(minutes=10), timedelta(minutes=15)
CLOCK_YEARS = range(1970, 2100)  # for which the rules of clocks are known; in others the day alone counts
LAST_SEQUENCE, MOST_READ = 2**31 - 1, 1 << 24
WEB_ADDRESS = re.compile(r"https?://[!-~]+")
DEBRIEF_TEXT = (
    "Open Interview Kit and write it down while it is fresh: what you gave them, what came up, what you could have "
    "answered better, what they still need."
)


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar: of a whole `day`, or from the moment `begin` to `end`.

    `alarms` says how long before it begins to ring, and with which words; `status` is a word of the standard.
    """

    uid: str
    what: str
    why: str
    day: date | None = None
    begin: datetime | None = None
    end: datetime | None = None
    place: str = ""
    status: str = ""
    alarms: tuple[tuple[timedelta, str], ...] = ()


def calendar_file(
    table: pd.DataFrame,
    path: str | os.PathLike | None = None,
    *,
    interviews: pd.DataFrame | None = None,
    as_of: DayLike = None,
) -> bytes:
    """Return the iCalendar file of what is due, or of the interviews to come.

    Parameters
    ----------
    table : pandas.DataFrame
        As `due_follow_ups` or `upcoming` returns it.
    path : str or path, optional
        Where to write the file; by default it is not written.
    interviews : pandas.DataFrame, optional
        Interviews, or a table of `upcoming`, to be in it too: an entry for each that has a day.
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
    The format is RFC 5545. What has a date without a time is an entry of that whole day, the same day in every time
    zone. An interview with a time stands in the time zone of this machine, whose rules are in the file; in UTC, where
    the zone has no name, or where a clock that is put back shows the time twice. It ends at `ended_at`, else after an
    hour. One that is planned rings at 18:00 of the evening before and an hour before it begins, and a second entry,
    ten minutes after it ends, says to write it down; one without a time rings the evening before. One that was
    cancelled and whose day is not past is written as cancelled, which takes it out of a calendar that has it.

    An entry's UID comes from the record's id, so that taking in a newer file updates the entries instead of doubling
    them. SEQUENCE tells which is newer: the minutes since 2020, and always more than in any calendar of the kit that
    lies in the folder of `path`, so that it never falls where the clock of the machine goes back.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> due = ik.due_follow_ups(ik.Journal(SAMPLE.parent), as_of="2026-11-20")
    >>> calendar = ik.calendar_file(due, as_of="2026-11-20")
    >>> calendar.count(b"BEGIN:VEVENT"), len(due)
    (9, 9)
    """
    made, now, clock = moment(as_of), checked_moment(as_of), local_clock()
    planned, due = (table, None) if lists_upcoming(table) else (None, table)
    entries = [*(due_entries(due) if planned is None else ()), *interview_entries(planned, now, clock)]
    entries += interview_entries(interviews, now, clock)
    if not entries:
        raise ValueError("nothing here has a date; a calendar needs at least one follow-up or interview with a date")
    return write_whole(path, as_calendar(entries, made, newest_sequence(made, path), clock))


def coming_interviews(records: RecordsLike, *, as_of: DayLike = None) -> pd.DataFrame:
    """Return the interviews for a calendar: those that are planned, and those cancelled whose day is not past."""
    today = checked_moment(as_of).date()
    rows = [row for row in read_records(records).interviews if is_planned(row, today) or is_called_off(row, today)]
    return pd.DataFrame([row for row in rows if row["interviewed_on"]], columns=columns_of("interviews"))


# What stands in it.


def lists_upcoming(table: object) -> bool:
    """Say whether a table is one that `upcoming` returns."""
    return {"interviewed_on", "overdue_debrief"} <= set(getattr(table, "columns", ()))


def due_entries(table: pd.DataFrame | None) -> Iterator[Entry]:
    """Yield an entry for each thing to do that has a due date."""
    missing = [name for name in NEEDED if name not in getattr(table, "columns", ())]
    if table is None or missing:
        raise ValueError(
            f"the table has no column {missing[0]!r}; give the one that due_follow_ups or upcoming returns"
        )
    for row in table.to_dict("records"):
        if not schema.is_missing(row["due_on"]):
            why = "" if schema.is_missing(row.get("why")) else row.get("why")
            yield Entry(uid_of(row["follow_up_id"]), str(row["what"]), str(why or ""), whole_day(row["due_on"]))


def interview_entries(interviews: pd.DataFrame | None, now: datetime, clock: Clock) -> Iterator[Entry]:
    """Yield the entries of each interview that has a day, but of one that was cancelled only till that day."""
    all_planned = lists_upcoming(interviews)
    for row in rows_of("interviews", interviews):
        if all_planned:
            row["outcome"] = "planned"
        planned, called_off = is_planned(row, now.date()), row["outcome"] == "cancelled"
        if not row["interviewed_on"] or (schema.fold(row["stage"]) == "applied" and row["outcome"] != "planned"):
            continue
        if called_off and not is_called_off(row, now.date()):
            continue
        status = "CANCELLED" if called_off else "CONFIRMED" if planned else ""
        has_time = row["starts_at"] is not None and row["interviewed_on"].year in CLOCK_YEARS
        yield from timed(row, status, now, clock) if has_time else [untimed(row, status, now)]


def is_called_off(interview: Row, today: date) -> bool:
    """Say whether an interview was cancelled that would not be past yet."""
    day = interview["interviewed_on"]
    return interview["outcome"] == "cancelled" and day is not None and day >= today


def untimed(interview: Row, status: str, now: datetime) -> Entry:
    """Return the entry of an interview without a time."""
    day, named = interview["interviewed_on"], named_interview(interview)
    before = timedelta(days=1) - timedelta(hours=EVENING.hour)
    rings = status == "CONFIRMED" and date.min < day and now < datetime.combine(day, time()) - before
    alarms = ((before, f"Tomorrow: {named}"),) if rings else ()
    place, what = interview["place"], f"Interview: {named}"
    return Entry(uid_of(interview["id"]), what, interview["role"], day, place=place, status=status, alarms=alarms)


def timed(interview: Row, status: str, now: datetime, clock: Clock) -> Iterator[Entry]:
    """Yield the entry of an interview with a time, and the one right after it in which to write it down."""
    named, key = named_interview(interview), interview["id"]
    begin, end, reached = clock.moment(begin_of(interview)), end_in(interview, clock), clock.moment(now)
    eve = clock.moment(datetime.combine(interview["interviewed_on"] - timedelta(days=1), EVENING))
    rings = [(begin - eve, f"Tomorrow: {named}"), (SHORTLY_BEFORE, f"In an hour: {named}")]
    alarms = tuple((early, text) for early, text in rings if status == "CONFIRMED" and begin - early > reached)
    entry = Entry(uid_of(key), f"Interview: {named}", interview["role"], begin=begin, end=end)
    yield replace(entry, place=interview["place"], status=status, alarms=alarms)
    after = end + PAUSE
    if status == "CANCELLED" or (status and after + DEBRIEF > reached):
        what, ring = f"Write it down: {named}", ((timedelta(), f"Write it down: {named}"),)
        debrief = Entry(uid_of(f"{key}-debrief"), what, DEBRIEF_TEXT, begin=after, end=after + DEBRIEF)
        yield replace(debrief, status=status, alarms=ring if status == "CONFIRMED" else ())


def end_in(interview: Row, clock: Clock) -> datetime:
    """Return the moment at which an interview is over: an hour after it begins where no later time is noted."""
    begin, end = clock.moment(begin_of(interview)), clock.moment(end_of(interview))
    return end if interview["ended_at"] is not None and end > begin else begin + LENGTH


def named_interview(interview: Row) -> str:
    """Return the name of an interview: its company and its stage."""
    return ", ".join(one_line(interview[name]) for name in ("company", "stage") if interview[name])


def uid_of(key: object) -> str:
    """Return the name that an entry always has, whatever changes in it."""
    return f"{key}@interview-kit"


def whole_day(day: Any) -> date:
    """Return the day of a table's date."""
    return day.date() if isinstance(day, datetime) else schema.parse("date", str(day))


# The file.


def newest_sequence(made: datetime, path: str | os.PathLike | None) -> int:
    """Return a number that is larger than in any calendar of the kit in the folder that a file goes to."""
    earlier = Path(path).expanduser().parent.glob("*.ics") if path is not None else ()
    return max([minutes_since_2020(made), *(largest_sequence(file) + 1 for file in earlier)])


def largest_sequence(path: Path) -> int:
    """Return the largest SEQUENCE of a calendar that the kit made, -1 where it is none or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_READ:
            return -1
        content = path.read_bytes()
    except OSError:
        return -1
    if f"PRODID:{PRODUCT}".encode() not in content[:1000]:
        return -1
    found = map(int, re.findall(rb"^SEQUENCE:(\d{1,10})\r?$", content, re.MULTILINE))
    return max((number for number in found if number < LAST_SEQUENCE), default=-1)


def as_calendar(entries: list[Entry], made: datetime, sequence: int, clock: Clock) -> bytes:
    """Return entries as the bytes of a calendar."""
    from icalendar import Calendar

    calendar = Calendar()
    for name, value in {"prodid": PRODUCT, "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH"}.items():
        calendar.add(name, value)
    days = [entry.begin.date() for entry in entries if entry.begin]
    if clock.zone and days:
        calendar.add_component(zone_rules(clock.zone, min(days), max(days)))
    for entry in entries:
        calendar.add_component(as_event(entry, made, sequence, clock))
    return calendar.to_ical()


def as_event(entry: Entry, made: datetime, sequence: int, clock: Clock):
    """Return an entry as an event: during one of the whole day one is free, during one with a time busy."""
    from icalendar import Event

    event = Event()
    for name, when in (times_of(entry, clock) | {"dtstamp": made, "last-modified": made}).items():
        event.add(name, when)
    event.add("sequence", sequence)
    event.add("transp", "OPAQUE" if entry.begin and entry.status != "CANCELLED" else "TRANSPARENT")
    texts = {"uid": entry.uid, "summary": entry.what, "description": entry.why}
    for name, text in (texts | {"location": entry.place, "status": entry.status}).items():
        if text or name in texts:
            event.add(name, as_text(text))
    if WEB_ADDRESS.fullmatch(entry.place):
        event.add("url", entry.place)
    for early, text in entry.alarms:
        event.add_component(as_alarm(early, text))
    return event


def times_of(entry: Entry, clock: Clock) -> dict[str, date | datetime]:
    """Return the times at which an event begins and ends."""
    if entry.begin and entry.end:
        return {"dtstart": clock.written(entry.begin), "dtend": clock.written(entry.end)}
    if entry.day is None:
        raise ValueError(f"{entry.uid} has neither a day nor a time; an entry of a calendar needs one")
    if entry.day == date.max:  # no day comes after it; a day without an end is that whole day
        return {"dtstart": entry.day}
    return {"dtstart": entry.day, "dtend": entry.day + timedelta(days=1)}


def as_alarm(early: timedelta, text: str):
    """Return a reminder that shows a text so long before an event begins."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -early)
    alarm.add("description", as_text(text))
    return alarm


def as_text(text: str):
    """Return a text value that keeps a backslash before a capital N, which the library takes for a line break."""
    from icalendar import vText

    class Text(vText):
        def to_ical(self) -> bytes:
            return escape_value(self).encode()

    return Text(printable(text))

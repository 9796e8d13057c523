"""The days and the times of day that a cell tells, and what of it stays in the notes."""

from collections.abc import Sequence
from datetime import date, time

from interview_kit.importing import appointments
from interview_kit.importing.days import Calendar, Written
from interview_kit.importing.problems import Kind
from interview_kit.importing.rows import Row


def one_day(row: Row, field: str, near: date | None = None, *, after: bool = False) -> date | None:
    """Return a row's date; what cannot be read, or says more than a date, stays in the notes."""
    text = row.value(field)
    if not text:
        return None
    days = row.layout.calendar.days(text, near, after=after)
    if not days:
        row.doubt(row.layout.name_of(field), text, why_no_date(row.layout.calendar, text))
    if not days or says_more(row, field):
        row.note_field(field)
    return days[0] if days else None


def says_more(row: Row, field: str) -> bool:
    """Say whether a cell holds more than one plain date."""
    written = row.layout.calendar.read(row.value(field))
    return len(written.days) > 1 or has_words(written)


def has_words(written: Written) -> bool:
    """Say whether words stand beside the dates of a cell."""
    return bool(written.rough or written.words)


def why_no_date(calendar: Calendar, text: str) -> Kind:
    """Return why a cell's date cannot be told."""
    written = calendar.read(text)
    if written.is_bound:
        return Kind.BOUND
    if any(day.order == "?" for day in written.days) and calendar.order.day_first is None:
        return Kind.DAY_ORDER
    return Kind.NO_YEAR if written.days else Kind.NO_DATE


def time_of(row: Row, at: int, days: Sequence[date]) -> time | None:
    """Return the time of day beside an interview's only date; what is no time for sure stays in the notes."""
    text, name = row.cells[at], row.layout.columns[at].source
    if not days:
        return None
    found = appointments.time_beside(text) if len(days) == 1 and not appointments.is_stamp(name.casefold()) else None
    unread = appointments.has_unread_time(text) if found is None else appointments.tells_end(text)
    if unread and not has_words(row.layout.calendar.read(text)):
        row.note(name, text)
    return found

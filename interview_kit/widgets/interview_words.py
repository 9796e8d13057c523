"""An interview in words: its title, how long after it that was written down, what is asked of the focus."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from interview_kit import schema
from interview_kit.words import plural


def title_of(interview: Mapping) -> str:
    """Return the words for an interview: "Acme, onsite"."""
    named = [interview.get("company"), interview.get("stage")]
    return ", ".join(str(word) for word in named if word and not schema.is_missing(word))


def focus_words(focus: str) -> str:
    """Return what the form asks about the behavior that was chosen: "You set out to ask questions at the end…"."""
    doing = schema.INTERVIEWS.column(focus).doing
    return f"You set out to {doing or f'work on this: {schema.label(focus).lower()}'}. Did you?"


def lies_before(written: datetime | str | None, on: date | None) -> bool:
    """Say whether a moment, as text or not, lies before a day; not where one of them is not noted."""
    return written is not None and on is not None and str(written)[:10] < on.isoformat()


def delay_words(interview: Mapping) -> str:
    """Return how long after the interview it was written down, as exactly as the noted times allow."""
    written = datetime.fromisoformat(interview["debriefed_at"])
    on, ended = interview["interviewed_on"], interview.get("ended_at")
    days = (written.date() - on).days
    if isinstance(ended, time) and days <= 1:
        passed = written - datetime.combine(on, ended)
        if timedelta(0) <= passed < timedelta(hours=36):
            return span_words(passed)
    if days <= 0:
        return "on the day of the interview"
    return f"{plural(days, 'day')} after the interview"


def span_words(passed: timedelta) -> str:
    """Return "20 minutes after the interview" or "3 hours after the interview"."""
    minutes = int(passed.total_seconds() // 60)
    count, unit = (minutes, "minute") if minutes < 60 else (round(minutes / 60), "hour")
    return f"{plural(count, unit)} after the interview"

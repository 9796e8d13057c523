"""Whether an interview that is written down is still a plan: its day is to come, or it was planned and is not over."""

from collections.abc import Mapping
from datetime import date, datetime

from interview_kit import next_steps
from interview_kit.journal import Journal, RecordsError
from interview_kit.widgets.interview_words import delay_words, title_of
from interview_kit.words import day

TIMES = ("interviewed_on", "starts_at", "ended_at")
PLAN = ("starts_at", "place")  # shown where the day is still to come, or something of it is noted
# What may be noted of an interview before it takes place.
KNOWN_BEFORE = {"company", "role", "stage", "format", "source", "link", *TIMES, *PLAN, "notes", "focus"}
BLANK_OUTCOMES = ("", "pending", "planned")
ANSWERS = ("callback", "offer", "rejected", "no reply")
TO_COME = "That day is still to come: Save notes a plan."
WRITTEN_LATE = " Written after the answer: it is left out of Patterns unless you tick it in."
KEYS = "Keys: y, n, 1–5 answer; arrows move; Ctrl+Enter saves."


def is_to_come(on: date | None) -> bool:
    """Say whether a day is still to come."""
    return on is not None and on > date.today()


def is_over(interview: Mapping) -> bool:
    """Say whether an interview is over by now, as far as its times are noted."""
    return next_steps.is_over({name: interview.get(name) for name in TIMES}, datetime.now())


def noted(values: Mapping) -> set[str]:
    """Return the columns in which something is noted; an outcome that says nothing yet is nothing."""
    return {name for name, value in values.items() if not (name == "outcome" and value in BLANK_OUTCOMES)}


def is_known_afterwards(values: Mapping) -> bool:
    """Say whether something is noted that is only known after an interview."""
    return not noted(values) <= KNOWN_BEFORE


def delay(values: Mapping) -> str:
    """Return how long after the interview it is written down now, and that this is late where it is."""
    now = datetime.now().replace(microsecond=0)
    answered = values.get("outcome_on")
    is_late = values.get("outcome") in ANSWERS and answered is not None and answered < now.date()
    words = delay_words({**values, "debriefed_at": now.isoformat(sep=" ")})
    return f"You write this {words}.{WRITTEN_LATE if is_late else ''}"


def is_to_be_written_down(record: Mapping) -> bool:
    """Say whether a record is a planned interview that is over."""
    on = record.get("interviewed_on")
    return record.get("outcome") == "planned" and on is not None and is_over({**record, "interviewed_on": on.date()})


def overdue(journal: Journal) -> list[dict]:
    """Return the planned interviews that are over, the latest first; none where the file cannot be read."""
    try:
        table = next_steps.upcoming({"interviews": journal.interviews()})
    except (RecordsError, ValueError):
        return []
    return table[table["overdue_debrief"]].to_dict("records")


def overdue_words(row: Mapping) -> str:
    """Return a planned interview that is over, and of which day it is."""
    return f"{title_of(row)}, {day(row['interviewed_on'])}"


def title_words(record: Mapping) -> tuple[str, str, str]:
    """Return the title for a record that is there already, the line below it, and what Save is called."""
    if not is_to_be_written_down(record):
        return f"Change {title_of(record)}", "Save writes just what you changed.", "Save changes"
    when = next_steps.moment_words(record["interviewed_on"], record.get("starts_at"))
    below = f"Planned for {when}; what was known then is filled in. {KEYS}"
    return f"Write down {title_of(record)}", below, "Save"

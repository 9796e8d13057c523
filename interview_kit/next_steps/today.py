"""The list of what to do, as lines of text for a terminal."""

from collections.abc import Iterator, Mapping

import pandas as pd

from interview_kit import schema, words
from interview_kit.frame.arguments import DayLike, checked_date
from interview_kit.next_steps.follow_ups import NOTHING_ELSE, due_follow_ups
from interview_kit.next_steps.practice import practice_queue
from interview_kit.next_steps.records import RecordsLike, read_records
from interview_kit.next_steps.upcoming import planned_words, upcoming
from interview_kit.words import one_line, plural

SHOWN_QUESTIONS = 2
NOTHING_YET = "Nothing is written down yet. Write an interview down, and what to do next is listed here."


def today_lines(records: RecordsLike, *, as_of: DayLike = None, chances: pd.DataFrame | None = None) -> list[str]:
    """Return the lines of what to do: what is to be written down and what is coming, the follow-ups, practice."""
    day = checked_date(as_of)
    whole = read_records(records)
    if not any(vars(whole).values()):
        return [NOTHING_YET]
    table = due_follow_ups(records, as_of=day, chances=chances)
    queue = practice_queue(records, as_of=day)
    planned = [*planned_lines(upcoming(records, as_of=as_of))]
    lines = [*planned, NOTHING_ELSE if planned and table.empty and not whole.ids_are_lost else table.attrs["sentence"]]
    lines[0] = f"{words.day(day)}. {lines[0]}"
    lines += [line for row in table.to_dict("records") for line in item_lines(row)]
    lines += ["", queue.attrs["sentence"]]
    return lines + [question_line(row) for row in queue.head(SHOWN_QUESTIONS).to_dict("records")]


def planned_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield what `upcoming` returns: how many there are, and each; nothing where none is planned."""
    if table.empty:
        return
    yield table.attrs["sentence"]
    for row in table.to_dict("records"):
        begin = "To be written down" if row["overdue_debrief"] else "Coming"
        told = (row["company"], row["stage"], planned_words(row), row["place"])
        yield f"- {begin}: {', '.join(one_line(word) for word in told if not schema.is_missing(word) and word)}"
    yield ""


def item_lines(row: dict) -> Iterator[str]:
    """Yield one thing to do, and why."""
    yield f"- {row['what']}: {when_words(row)}"
    yield f"  {row['why']}"


def question_line(row: dict) -> str:
    """Return one question to practice."""
    from_whom = f" ({one_line(row['company'])})" if row["company"] else ""
    return f"- {one_line(row['question'])}{from_whom}"


def when_words(row: Mapping) -> str:
    """Return the words for when a row of `due_follow_ups` is due; what nobody planned is not called overdue."""
    when = due_words(row["days_overdue"])
    if not row["suggested"]:
        return when
    return f"suggested since {words.day(row['due_on'])}" if row["days_overdue"] > 0 else f"{when}, suggested"


def due_words(days_overdue: object) -> str:
    """Return the words for when something is due."""
    if schema.is_missing(days_overdue):
        return "no date"
    days = int(days_overdue)  # ty: ignore[invalid-argument-type]
    return f"{plural(days, 'day')} overdue" if days > 0 else words.near(-days)

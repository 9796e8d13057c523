"""Tables that hold one row for each thing that happened, so that several rows are one application."""

from collections.abc import Sequence

from interview_kit.importing import aliases, words
from interview_kit.importing.aliases import By, Column
from interview_kit.importing.sources import Sheet

SAYS_MORE = ("stage", "outcome", "outcome_on", "round", "history", "interviews", "from_stage", "to_stage", "id")
WHO = ("person", "company", "role")


def logged(sheet: Sheet, columns: list[Column]) -> list[Column]:
    """Return the columns with the status as a step, where the rows of a company tell its steps one by one."""
    at = {column.field: place for place, column in enumerate(columns)}
    date = at.get("applied_on", at.get("interviewed_on"))
    if not {"company", "status"} <= set(at) or date is None or aliases.has(columns, *SAYS_MORE):
        return columns
    status = columns[at["status"]]
    if status.is_said or columns[date].by is not By.GENERAL_DATE:
        return columns
    if not is_log(sheet, [at[name] for name in WHO if name in at], at["status"]):
        return columns
    step = status.taken(field="to_stage", sure=words.LIKELY, why="each row is one step of an application")
    return [step if column is status else column for column in columns]


def is_log(sheet: Sheet, who: Sequence[int], status: int) -> bool:
    """Say whether most rows belong to applications of several rows, each with one that says it was applied for."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in sheet.rows:
        groups.setdefault(tuple(row[place].casefold() for place in who), []).append(row[status])
    several = [texts for texts in groups.values() if len(texts) > 1]
    steps = [texts for texts in several if tells_steps(texts)]
    return (
        len(several) > 1
        and sum(map(len, several)) >= 0.5 * len(sheet.rows)
        and len(steps) >= 0.8 * len(several)
        and any(len(texts) > 2 for texts in steps)
    )


def tells_steps(texts: Sequence[str]) -> bool:
    """Say whether words are the steps of one application: it was sent once, at the first or the last row."""
    sent = [words.read(text).stage == words.APPLIED and not words.read(text).outcome for text in texts]
    return sum(sent) == 1 and (sent[0] or sent[-1])

"""Tables that hold one row for each thing that happened, so that several rows are one application."""

from collections.abc import Mapping, Sequence
from itertools import pairwise, permutations

from interview_kit.importing import evidence, matching, words
from interview_kit.importing.aliases import By, Column
from interview_kit.importing.sources import Sheet

SAYS_MORE = ("stage", "outcome", "outcome_on", "round", "history", "interviews", "from_stage", "to_stage", "id")
WHO = ("person", "company", "role")


def logged(sheet: Sheet, columns: list[Column]) -> list[Column]:
    """Return the columns with those that hold steps, where the rows of a company tell its steps one by one."""
    at = {column.field: place for place, column in enumerate(columns)}
    who = [at[name] for name in WHO if name in at]
    if "company" not in at:
        return columns
    if pair := linked_steps(sheet, columns, who):
        return with_steps(columns, dict(zip(pair, ("from_stage", "to_stage"), strict=True)))
    columns = [without_other_end(column, at) for column in columns]
    date = at.get("applied_on", at.get("interviewed_on"))
    if "status" not in at or date is None or matching.has(columns, *SAYS_MORE):
        return columns
    if columns[at["status"]].is_said or columns[date].by is not By.GENERAL_DATE:
        return columns
    return with_steps(columns, {at["status"]: "to_stage"}) if is_log(sheet, who, at["status"]) else columns


def without_other_end(column: Column, at: Mapping[str, int]) -> Column:
    """Return a column that is one end of a step by its name as notes, where none is the other end."""
    other = {"from_stage": "to_stage", "to_stage": "from_stage"}.get(column.field)
    if other is None or other in at or column.is_said:
        return column
    return column.taken(field="notes", sure="", why="not recognized: kept in the notes")


def with_steps(columns: Sequence[Column], fields: Mapping[int, str]) -> list[Column]:
    """Return the columns with some as steps."""
    why = "each row is one step of an application"
    return [
        column.taken(field=fields[at], sure=words.LIKELY, why=why) if at in fields else column
        for at, column in enumerate(columns)
    ]


def linked_steps(sheet: Sheet, columns: Sequence[Column], who: Sequence[int]) -> tuple[int, int] | None:
    """Return two columns of stages of which one begins, in most rows of a company, where the other ended before."""
    states = [
        at
        for at, column in enumerate(columns)
        if not column.is_said and evidence.fraction(sheet.sample(at), evidence.is_state) >= 0.6
    ]
    pairs = pairwise(sheet.rows if len(states) > 1 else ())
    follows = [(one, other) for one, other in pairs if all(one[at].casefold() == other[at].casefold() for at in who)]
    for first, last in permutations(states, 2):
        linked = sum(bool(one[last]) and words.plain(one[last]) == words.plain(other[first]) for one, other in follows)
        if linked >= max(2, 0.8 * len(follows)):
            return first, last
    return None


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

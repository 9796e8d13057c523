"""A frame's columns as what a comparison counts: outcomes by the window rule, answers as levels, groups as codes."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from interview_kit import schema
from interview_kit.frame.arguments import DayLike, check_frame, checked_columns
from interview_kit.frame.arrays import Flags
from interview_kit.frame.groups import grouped


class Asked(NamedTuple):
    """What `compare_behaviors` is asked, as it was given."""

    outcome: str | None
    behaviors: Iterable[str] | str | None
    by: Iterable[str] | str | None
    within_days: int
    as_of: DayLike
    confidence: float
    looks: Iterable[int] | None
    late: str


def behavior_columns(frame: pd.DataFrame, behaviors: Iterable[str] | str | None, outcome: str | None) -> list[str]:
    """Return the columns to compare; by default those that begin with did_ or rated_."""
    check_frame(frame)
    if behaviors is not None:
        names = checked_columns(frame, "behaviors", [behaviors] if isinstance(behaviors, str) else behaviors)
    else:
        found = [name for name in frame.columns if schema.kind_by_prefix(str(name)) != "text" and name != outcome]
        names = checked_columns(frame, "behaviors", found)
    if outcome is not None and behaviors is None and not names:
        raise ValueError("no column begins with did_ or rated_; name the behaviors, such as behaviors=['smiled']")
    if outcome is not None and outcome in names:
        raise ValueError(f"behaviors names {outcome!r}, which is the outcome; a behavior must be another column")
    return names


def strata_columns(frame: pd.DataFrame, asked: Asked, known: Flags) -> tuple[list[str], bool]:
    """Return the columns within whose groups to compare, and whether what counts is of several people."""
    compared = [asked.behaviors] if isinstance(asked.behaviors, str) else asked.behaviors or ()
    names_people = "person" in frame.columns and "person" not in compared  # one that is compared names nobody
    several = names_people and has_several(frame["person"], known)
    names = by_columns(frame, asked)
    return [*names, "person"] if several and "person" not in names else names, several


def by_columns(frame: pd.DataFrame, asked: Asked) -> list[str]:
    """Return the columns of `by`, checked."""
    return checked_columns(frame, "by", [asked.by] if isinstance(asked.by, str) else asked.by or ())


def has_several(people: pd.Series, known: Flags) -> bool:
    """Say whether the interviews that count are of more than one person; nobody named is one of them."""
    if not len(people) or bool((people == people.iloc[0]).fillna(False).all()):
        return False
    return len(grouped(people[known])[1]) > 1

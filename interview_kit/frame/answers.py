"""Answers as levels: yes and no, ratings from 1 to 5, and what was not noted."""

from collections.abc import Sequence
from datetime import time
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit import schema
from interview_kit.frame.arguments import checked_columns, shown_value
from interview_kit.frame.arrays import Flags, Floats, Levels
from interview_kit.words import listed

# A column's answers as one byte each: 0 no, 1 yes, or the rating from 1 to 5; then what is missing.
LEVELS, NOT_NOTED = np.arange(6), 6
NONE_MISSING = np.zeros(1, bool)  # stands for as many as there are numbers
KINDS = ("yes/no", "rating")
RATED_WELL = 4  # a rating of 4 or 5 is "with" the behavior, or "done"
ACCEPTED = {
    "yes/no": "a yes/no column may hold yes and no, True and False, 1 and 0, or nothing",
    "rating": "a rating may be a whole number from 1 to 5, or nothing",
    "text": "a behavior may hold yes and no, True and False, 1 and 0, ratings from 1 to 5, or nothing",
}


def read_levels(values: pd.Series, name: str, unprefixed: str = "text") -> tuple[Levels, str]:
    """Return a behavior's answers as levels, and its kind; ValueError says what it holds instead.

    The prefix says the kind where there is one, else `unprefixed`, else the values do.
    """
    prefixed = schema.kind_by_prefix(str(name))
    prefixed = unprefixed if prefixed == "text" else prefixed
    try:
        return read_as(values, KINDS if prefixed == "text" else [prefixed])
    except ValueError as error:
        found = shown_values(values) if prefixed == "text" else error
        raise ValueError(f"{name} holds {found}; {ACCEPTED[prefixed]}") from None


def yes_no_levels(values: pd.Series, name: str) -> Levels:
    """Return the levels of an outcome column; ValueError where it is not one of yes and no."""
    try:
        return read_as(values, ["yes/no"])[0]
    except ValueError:
        found = shown_values(values)
    hint = "leave outcome out for the kit's own outcomes" if name == "outcome" else ""
    hint = hint or "it must hold yes and no, True and False, or 1 and 0, and nothing where it is not known"
    raise ValueError(f"the outcome column {name!r} holds {found}; {hint}")


def read_as(values: pd.Series, kinds: Sequence[str]) -> tuple[Levels, str]:
    """Return the levels by the first of the kinds that fits; ValueError shows a value that does not."""
    levels = number_levels(values) if values.dtype.kind in "biuf" else None
    for kind in kinds:
        if levels is not None and fits(levels, kind, is_bool=values.dtype.kind == "b"):
            return levels, kind
    return text_levels(values, kinds)


def number_levels(values: pd.Series) -> Levels | None:
    """Return the levels of a column of numbers or of True and False; None where they are others."""
    numbers, missing = numbers_and_missing(values)
    with np.errstate(invalid="ignore"):
        levels = numbers.view(np.uint8) if numbers.dtype == bool else numbers.astype(np.uint8)
    if not are_levels(numbers) and not ((levels == numbers) & (levels < NOT_NOTED) | missing).all():
        return None
    if missing is NONE_MISSING or not missing.any():
        return levels
    missing = missing.view(np.uint8)
    return levels * (1 - missing) | NOT_NOTED * missing  # faster than `where`


def are_levels(numbers: NDArray) -> bool:
    """Say whether all numbers are levels, those under a gap too; False where only a closer look can tell."""
    if numbers.dtype.kind == "f" or not numbers.size:
        return False
    unsigned = numbers.view(f"u{numbers.itemsize}")  # what is below zero becomes very large
    return numbers.dtype == bool or bool((unsigned < NOT_NOTED).all())


def numbers_and_missing(values: pd.Series) -> tuple[NDArray, Flags]:
    """Return a column's numbers or truths, and which of them are missing."""
    nullable: Any = values.array
    if hasattr(nullable, "_mask"):  # its own parts: filling the gaps would take most of the time
        return nullable._data, nullable._mask
    numbers = values.to_numpy() if isinstance(values.dtype, np.dtype) else values.to_numpy(float, na_value=np.nan)
    return numbers, np.isnan(numbers) if numbers.dtype.kind == "f" else NONE_MISSING


def fits(levels: Levels, kind: str, *, is_bool: bool) -> bool:
    """Say whether levels can be of a kind: without a 0 ratings, without a 2 to 5 yes and no."""
    if kind == "rating":
        return not is_bool and not (levels == 0).any()
    return is_bool or not (levels - np.uint8(2) < NOT_NOTED - 2).any()  # 0 and 1 wrap around to 254 and 255


def text_levels(values: pd.Series, kinds: Sequence[str]) -> tuple[Levels, str]:
    """Return the levels of any column, each distinct value read once; ValueError shows the first that is no answer."""
    places, distinct = pd.factorize(values)
    wrong: list[object] = []
    for kind in kinds:
        answers = [level(value, kind) for value in distinct]
        if None not in answers:
            return np.array([*answers, NOT_NOTED], np.uint8)[places], kind
        wrong.append(distinct[answers.index(None)])
    raise ValueError(shown_value(wrong[0]))


def level(value: object, kind: str) -> int | None:
    """Return one answer's level, None where it is no answer."""
    try:
        answer = schema.parse_value(kind, value)
    except ValueError:
        return None
    return NOT_NOTED if answer is None else int(answer)


def shown_values(values: pd.Series) -> str:
    """Return the distinct values of a column in words, no more than three."""
    distinct = values.dropna().unique()
    words = [shown_value(value) for value in distinct[:3]]
    return listed(words, len(distinct))


def is_rating(behavior: str) -> bool:
    """Say whether a behavior is rated from 1 to 5."""
    return schema.kind_by_prefix(str(behavior)) == "rating"


def behavior_levels(frame: pd.DataFrame, behavior: str) -> Floats:
    """Return a behavior's answers, 0 and 1 or 1 to 5, NaN where it was not noted."""
    [behavior] = checked_columns(frame, "behavior", [behavior])
    levels, _ = read_levels(frame[behavior], behavior, "yes/no")
    return np.where(levels == NOT_NOTED, np.nan, levels)


def seconds_of_day(value: object) -> float:
    """Return a time of day in seconds."""
    moment = value if isinstance(value, time) else schema.parse_value("time", value)
    return np.nan if moment is None else 3600 * moment.hour + 60 * moment.minute + moment.second

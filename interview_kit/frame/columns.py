"""A frame's columns as arrays, whoever made the frame: each distinct value is read once, by its kind."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import DTypeLike, NDArray

from interview_kit import schema
from interview_kit.frame.arguments import shown_value
from interview_kit.frame.arrays import Counts, Days, Floats
from interview_kit.frame.tables import objects
from interview_kit.words import casefolded


def coded(frame: pd.DataFrame, name: str, code: Callable[[object], Any], missing: Any, dtype: DTypeLike) -> NDArray:
    """Return the values of a column as `code` reads them, each distinct one once; `missing` where there is none."""
    if name not in frame.columns:
        return np.full(len(frame), missing, dtype)
    places, distinct = pd.factorize(frame[name])
    codes = [*(read_value(code, name, value) for value in distinct), missing]
    return np.array(codes, dtype)[places]  # a missing value is at place -1


def read_value(read: Callable, name: str, value: object):
    """Return a value as it is read; ValueError names the column."""
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"{name} holds {shown_value(value)}, which {error}") from None


def dates(frame: pd.DataFrame, name: str) -> Days:
    """Return a column's days, NaT where there is none."""
    return moments(frame, name, "date").astype("M8[D]")


def moments(frame: pd.DataFrame, name: str, kind: str = "datetime") -> Days:
    """Return a column's moments to the microsecond, without a time zone, NaT where there is none."""
    if name in frame.columns and frame[name].dtype.kind == "M":
        values = frame[name]
        return (values.dt.tz_localize(None) if values.dt.tz is not None else values).to_numpy("M8[us]")
    return coded(frame, name, lambda value: schema.parse_value(kind, value), None, "M8[us]")


def span(start: Days, end: Days) -> Floats:
    """Return the time from start to end in their finer unit, NaN where one is missing."""
    length = end - start
    return np.where(np.isnat(length), np.nan, length.astype(np.int64))


def texts(frame: pd.DataFrame, name: str) -> NDArray[np.object_]:
    """Return a column as text, empty where there is nothing."""
    return np.asarray(text_column(frame, name), object)


def text_column(frame: pd.DataFrame, name: str) -> Any:
    """Return a column as text in the way a frame holds it, without an object for each row."""
    if name not in frame.columns:
        return objects([""] * len(frame))
    return frame[name].astype("str").fillna("").array


def folded(frame: pd.DataFrame, name: str) -> tuple[Counts, int]:
    """Return a code for each value, other spellings of a name alike, and the code of nothing, which is the largest.

    Names are compared without case; those of companies, roles and the like also without hyphens, "Coca-Cola" is one.
    """
    if name not in frame.columns:
        return np.zeros(len(frame), np.int64), 0
    places, distinct = pd.factorize(frame[name])
    fold = casefolded if name == "person" else schema.fold
    codes, nothing = folded_words(tuple(map(str, np.asarray(distinct, object))), fold)
    return codes[places], nothing  # a missing value is at place -1


@lru_cache(maxsize=4)  # several questions are asked of the same companies
def folded_words(words: tuple[str, ...], fold: Callable[[str], str]) -> tuple[Counts, int]:
    """Return a code for each word, then that of nothing, which is the largest."""
    found = [*map(fold, words)]
    code = {word: place for place, word in enumerate(dict.fromkeys(filter(None, found)))}
    code[""] = len(code)
    return np.array([*map(code.__getitem__, found), code[""]]), code[""]

"""Counts and rates as columns of the tables."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit import stats

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


def count(places: Counts, size: int) -> Counts:
    """Return how often each place occurs."""
    return np.bincount(places, minlength=size)


def summed(places: Counts, values: NDArray, size: int) -> Counts:
    """Return the sum of the whole numbers at each place."""
    return np.bincount(places, values, minlength=size).astype(np.int64)


def rates(x: Counts, n: Counts, confidence: float) -> dict[str, Floats]:
    """Return x / n and its range."""
    low, high = stats.wilson(x, n, confidence)
    return {"rate": np.where(n > 0, x / np.maximum(n, 1), np.nan), "ci_low": low, "ci_high": high}


def whole_numbers(values: Floats) -> pd.arrays.IntegerArray:
    """Return whole numbers, some of them missing."""
    missing = np.isnan(values)
    return pd.arrays.IntegerArray(np.where(missing, 0, values).astype(np.int64), missing)

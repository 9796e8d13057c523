"""What numbers are worked out of, checked: counts, rates, confidence."""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def checked_fraction(name: str, value: float, example: str) -> float:
    """Return the value; raise ValueError where it is not strictly between 0 and 1."""
    if not 0 < value < 1:
        raise ValueError(f"{name} is {value:g}; it must lie between 0 and 1, such as {example}")
    return float(value)


def checked_rates(name: str, values: ArrayLike) -> Floats:
    """Return the values as floats; raise ValueError where one is neither NaN nor from 0 to 1."""
    values = np.asarray(values, float)
    wrong = (values < 0) | (values > 1)
    if wrong.any():
        raise ValueError(f"{name} is {values[wrong].flat[0]:g}; it must lie between 0 and 1")
    return values


def quantile(confidence: float) -> float:
    """Return the number of standard errors that an interval of this confidence reaches to each side."""
    return NormalDist().inv_cdf((1 + checked_fraction("confidence", confidence, "0.95")) / 2)


def checked_counts(*pairs: ArrayLike) -> list[Floats]:
    """Return successes and group sizes, in turn, as floats of one shape; raise ValueError where they are no counts."""
    counts = list(np.broadcast_arrays(*(np.asarray(count, float) for count in pairs)))
    for x, n in zip(counts[::2], counts[1::2], strict=True):
        wrong = ~((x >= 0) & (x <= n) & (x == np.floor(x)) & (n == np.floor(n)) & np.isfinite(n))
        if wrong.any():
            found = f"{x[wrong].flat[0]:g} of {n[wrong].flat[0]:g}"
            raise ValueError(f"a count is {found}; counts must be whole numbers with 0 <= successes <= n")
    return counts


def ratio(numerator: ArrayLike, denominator: ArrayLike) -> Floats:
    """Divide, NaN where the denominator is 0."""
    numerator, denominator = np.asarray(numerator, float), np.asarray(denominator, float)
    nothing = denominator == 0
    return np.where(nothing, np.nan, numerator / np.where(nothing, 1, denominator))[()]

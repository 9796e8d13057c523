"""What may be said of each behavior: the verdict, how many more interviews it takes, and what luck alone would flag."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from interview_kit import stats
from interview_kit.frame.arrays import Flags, Floats
from interview_kit.patterns.numbers import Counted, direction, fraction, trend_sums, two_by_two

if TYPE_CHECKING:
    import pandas as pd

SIZEABLE = 0.15  # points of callback rate, as a fraction
SMALLEST_GROUP, SMALLEST_OUTCOME, SMALLEST_EXPECTED = 5, 3, 1
SKEWED_BELOW = 10  # expected count

NOT_ENOUGH, TOO_EARLY, NOT_SIZEABLE = "not enough to compare", "too early to tell", "no sizeable difference"
LINES_UP, LINES_UP_WITH_NONE = "lines up with callbacks", "lines up with no callback"
EXPLAINED = "mostly explained by stage"


def judged_columns(counted: Counted, columns: dict[str, NDArray], *, several: bool) -> dict[str, Any]:
    """Return what is made of the numbers: adjusted p-values, verdicts, interviews needed."""
    adjusted = stats.benjamini_hochberg(columns["p_value"])
    enough = enough_evidence(counted.within if several else columns)
    flagged = enough & at_most(adjusted, stats.LEVEL) & (several | beyond_skew(columns, counted.rating))
    way = counted.within["direction"] if several else direction(trend_sums(counted.cells[:, None]))
    small = within_sizeable(columns, "adjusted_low", "adjusted_high") if several else within_sizeable(columns)
    explained = flagged & mostly_explained(columns) & (not several)
    verdicts = np.select(
        [~enough, explained, flagged & (way > 0), flagged & (way < 0), small],
        [NOT_ENOUGH, EXPLAINED, LINES_UP, LINES_UP_WITH_NONE, NOT_SIZEABLE],
        TOO_EARLY,
    )
    needed = needed_column(columns, flagged)
    return {"p_adjusted": adjusted, "needed": needed, "verdict": verdicts.astype(object), "direction": way}


def at_most(p: Floats, level: float) -> Flags:
    """Say which p-values are there and at most this large."""
    return np.nan_to_num(p, nan=1) <= level


def beyond_skew(columns: dict[str, NDArray], rating: Flags) -> Flags:
    """Say which small p-values stay small where rare behaviors and callbacks are tested exactly.

    Far out in a skewed table the chi-square p-value is too small: of 12 behaviors done in 3 to 10% of interviews, with
    callbacks in 5 to 15%, luck alone would single out one in up to 10 of 100 records; so, in at most 5.
    """
    p, table = columns["p_value"].copy(), two_by_two(columns)
    skewed = ~rating & (stats.smallest_expected(*table) < SKEWED_BELOW) & at_most(p, stats.LEVEL)
    if np.count_nonzero(~np.isnan(p)) == 1 or not skewed.any():
        return np.ones(p.size, bool)
    p[skewed] = stats.mid_p(*(count[skewed] for count in table))
    return at_most(stats.benjamini_hochberg(p), stats.LEVEL)


def enough_evidence(counts: dict[str, NDArray]) -> Flags:
    """Say which comparisons have enough in every group and outcome."""
    x1, n1, x2, n2 = two_by_two(counts)
    expected = counts.get("smallest_expected")
    expected = stats.smallest_expected(x1, n1, x2, n2) if expected is None else expected
    called, others = x1 + x2, n1 + n2 - x1 - x2
    return (
        (np.minimum(n1, n2) >= SMALLEST_GROUP)
        & (np.minimum(called, others) >= SMALLEST_OUTCOME)
        & (expected >= SMALLEST_EXPECTED)
    )


def within_sizeable(columns: dict[str, NDArray], low: str = "ci_low", high: str = "ci_high") -> Flags:
    """Say which intervals hold no sizeable difference."""
    return (columns[low] >= -SIZEABLE) & (columns[high] <= SIZEABLE)


def mostly_explained(columns: dict[str, NDArray]) -> Flags:
    """Say which differences are less than half as large within strata, and no longer stand out there."""
    silent = columns["p_stratified"] > stats.LEVEL
    return silent & (np.abs(columns["adjusted_difference"]) < np.abs(columns["difference"]) / 2)


def needed_column(columns: dict[str, NDArray], flagged: Flags) -> "pd.arrays.IntegerArray":
    """Return how many interviews in all show a difference as large as the observed one."""
    import pandas as pd

    compared = max(1, np.count_nonzero(~np.isnan(columns["p_value"])))
    share = fraction(columns["n_with"], columns["n_with"] + columns["n_without"])
    needed = stats.sample_size(columns["difference"], columns["rate_without"], share, alpha=stats.LEVEL / compared)
    known = np.isfinite(needed) & ~flagged
    return pd.arrays.IntegerArray(np.where(known, needed, 0).astype(np.int64), ~known)


def luck(columns: dict[str, NDArray]) -> dict[str, float]:
    """Return how many behaviors were compared, how many stand out, and how many p-values luck alone makes small."""
    compared = int(np.count_nonzero(~np.isnan(columns["p_value"])))
    flagged = np.isin(columns["verdict"], (LINES_UP, LINES_UP_WITH_NONE, EXPLAINED))
    return {"compared": compared, "flagged": int(np.count_nonzero(flagged)), "by_luck": stats.LEVEL * compared}

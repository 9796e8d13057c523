"""What may be said of each behavior: the verdict, how many more interviews it takes, and what luck alone would flag."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit import stats
from interview_kit.frame.arrays import Flags, Floats
from interview_kit.frame.tables import whole_numbers
from interview_kit.patterns.numbers import Counted, smallest_counts, trend_sums, two_by_two

YARDSTICK, YARDSTICK_RATE = 0.2, 0.25  # the difference that `needed` is for, and the callback rate without it
SMALLEST_GROUP, SMALLEST_OUTCOME, SMALLEST_EXPECTED = 5, 3, 1
SKEWED_BELOW = 10  # expected count

NOT_ENOUGH, TOO_EARLY, NOT_SIZEABLE = "not enough to compare", "too early to tell", "no sizeable difference"
LINES_UP, LINES_UP_WITH_NONE = "lines up with callbacks", "lines up with no callback"
LINING_UP = (LINES_UP, LINES_UP_WITH_NONE)
EXPLAINED, EXPLAINED_BY_SOURCE = "mostly explained by stage", "mostly explained by source"
EXPLAINING = (EXPLAINED, EXPLAINED_BY_SOURCE)


def judged_columns(columns: dict[str, NDArray], evidence: dict[str, NDArray], flags: NDArray) -> dict[str, Any]:
    """Return verdicts and interviews needed: what is flagged, and for the rest what its numbers allow."""
    is_flagged = flags != ""
    rest = np.select([~enough_evidence(evidence), evidence["small"]], [NOT_ENOUGH, NOT_SIZEABLE], TOO_EARLY)
    verdicts = np.where(is_flagged, flags, rest)
    return {"needed": needed_column(columns, is_flagged), "verdict": verdicts.astype(object)}


def flags_of(
    counted: Counted, columns: dict[str, NDArray], level: float, *, several: bool, by: Sequence[str] = ()
) -> NDArray[np.object_]:
    """Return the verdict of each behavior that stands out at a level, and empty text for the others."""
    strata = counted.within
    way = way_of(counted)
    flagged = stands_out(columns["p_adjusted"], strata or columns, level)
    if not strata:
        flagged &= beyond_skew(columns, counted.rating, level)
    explained = np.zeros(flagged.size, bool)
    if strata and not several:
        explained = enough_evidence(strata) & explained_by_strata(columns, counted.rating, level) & ~flagged
    found = [explained, flagged & (way > 0), flagged & (way < 0)]
    return np.select(found, [explained_by(by), LINES_UP, LINES_UP_WITH_NONE], "").astype(object)


def explained_by(by: Sequence[str]) -> str:
    """Return the verdict of what is explained by these groups; of others than the source it names the stage."""
    return EXPLAINED_BY_SOURCE if list(by) == ["source"] else EXPLAINED


def way_of(counted: Counted) -> Floats:
    """Return 1 where higher answers come with more callbacks, -1 where with fewer; within strata, if any."""
    return counted.within["direction"] if counted.within else np.sign(trend_sums(counted.cells[:, None]).surplus)


def stands_out(p_adjusted: Floats, evidence: dict[str, NDArray], level: float) -> Flags:
    """Return the mask of adjusted p-values that are small where there is enough evidence."""
    return enough_evidence(evidence) & at_most(p_adjusted, level)


def explained_by_strata(columns: dict[str, NDArray], rating: Flags, level: float) -> Flags:
    """Return the mask of behaviors that stand out in all interviews together, and no longer within strata."""
    crude = stands_out(stats.benjamini_hochberg(columns["p_value"]), columns, level)
    return crude & beyond_skew(columns, rating, level) & mostly_explained(columns, level)


def at_most(p: Floats, level: float) -> Flags:
    """Return the mask of p-values that are there and at most this large."""
    return np.nan_to_num(p, nan=1) <= level


def beyond_skew(columns: dict[str, NDArray], rating: Flags, level: float = stats.LEVEL) -> Flags:
    """Return the mask of small p-values that stay small where rare behaviors and callbacks are tested exactly.

    Far out in a skewed table the chi-square p-value is too small: of 12 behaviors done in 3 to 10% of interviews, with
    callbacks in 5 to 15%, luck alone would single out one in up to 10 of 100 records; so, in at most 5.
    """
    p, table = columns["p_value"].copy(), two_by_two(columns)
    skewed = ~rating & (stats.smallest_expected(*table) < SKEWED_BELOW) & at_most(p, level)
    if np.count_nonzero(~np.isnan(p)) == 1 or not skewed.any():
        return np.ones(p.size, bool)
    p[skewed] = stats.discounted_p(stats.mid_p(*(count[skewed] for count in table)), columns["design_effect"][skewed])
    return at_most(stats.benjamini_hochberg(p), level)


def enough_evidence(counts: dict[str, NDArray]) -> Flags:
    """Return the mask of comparisons with enough in every group and outcome."""
    group, outcome = smallest_counts(counts)
    expected = counts.get("smallest_expected")
    expected = stats.smallest_expected(*two_by_two(counts)) if expected is None else expected
    return (group >= SMALLEST_GROUP) & (outcome >= SMALLEST_OUTCOME) & (expected >= SMALLEST_EXPECTED)


def mostly_explained(columns: dict[str, NDArray], level: float = stats.LEVEL) -> Flags:
    """Return the mask of differences that are less than half as large within strata, and no longer stand out there."""
    silent = columns["p_stratified"] > level
    return silent & (np.abs(columns["adjusted_difference"]) < np.abs(columns["difference"]) / 2)


def needed_column(columns: dict[str, NDArray], flagged: Flags) -> pd.arrays.IntegerArray:
    """Return the numbers of interviews that show a difference of 20 points; missing where one is flagged."""
    needed = stats.sample_size(YARDSTICK, YARDSTICK_RATE, alpha=stats.LEVEL / max(1, compared(columns)))
    return whole_numbers(np.where(flagged, np.nan, needed))


def compared(columns: dict[str, NDArray]) -> int:
    """Return the number of behaviors with a p-value."""
    return int(np.count_nonzero(~np.isnan(columns["p_adjusted"])))


def luck(columns: dict[str, NDArray]) -> dict[str, float]:
    """Return the numbers of behaviors that were compared, that stand out, and that luck alone would make stand out."""
    size = compared(columns)
    flagged = np.isin(columns["verdict"], (*LINING_UP, *EXPLAINING))
    return {"compared": size, "flagged": int(np.count_nonzero(flagged)), "by_luck": stats.LEVEL * size}

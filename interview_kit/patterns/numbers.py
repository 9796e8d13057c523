"""The numbers of each behavior, one array per column: counts, rates, intervals, tests; unadjusted and by stratum."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from interview_kit import schema, stats
from interview_kit.frame.answers import LEVELS, NOT_NOTED, RATED_WELL
from interview_kit.frame.arrays import Counts, Flags, Floats
from interview_kit.frame.tables import objects

SIZEABLE = 0.15  # points of callback rate, as a fraction

# Cells are interviews by level (6 for not noted) and by outcome (1 for called back).


class Counted(NamedTuple):
    """All that is known of the behaviors: cells over all interviews, design effects, and numbers within strata."""

    names: Sequence[str]
    rating: Flags
    cells: Counts
    effect: Floats
    within: dict[str, NDArray]


def counts_with_and_without(cells: Counts, rating: Flags) -> dict[str, Counts]:
    """Return the counts of each behavior; the last axes of the cells are level and outcome."""
    done = is_with(rating)[:, :NOT_NOTED].reshape(-1, *(1,) * (cells.ndim - 3), NOT_NOTED)
    n, callbacks = cells[..., :NOT_NOTED, :].sum(axis=-1), cells[..., :NOT_NOTED, 1]
    return {
        "n_with": (n * done).sum(axis=-1),
        "n_without": (n * ~done).sum(axis=-1),
        "n_not_noted": cells[..., NOT_NOTED, :].sum(axis=-1),
        "callbacks_with": (callbacks * done).sum(axis=-1),
        "callbacks_without": (callbacks * ~done).sum(axis=-1),
    }


def is_with(rating: ArrayLike) -> Flags:
    """Return the mask of levels that are "with" a behavior, the last, not noted, never; a row for each of several."""
    levels = np.append(LEVELS, -1)
    return levels >= np.where(rating, RATED_WELL, 1)[..., None]


def doubtful_ratings(counted: Counted) -> list[str]:
    """Return the ratings of which only 1 and 2 occur and whose name does not say that they are some."""
    low = counted.cells[:, 3:NOT_NOTED].sum(axis=(1, 2)) == 0
    doubtful = counted.rating & low & (counted.cells[:, 1:3].sum(axis=2) > 0).all(axis=1)
    names = [name for name, is_doubtful in zip(counted.names, doubtful, strict=True) if is_doubtful]
    return [name for name in names if schema.kind_by_prefix(str(name)) == "text"]


def two_by_two(counts: Mapping[str, Any]) -> tuple[Counts, Counts, Counts, Counts]:
    """Return the counts in the order in which `stats` takes them."""
    return counts["callbacks_with"], counts["n_with"], counts["callbacks_without"], counts["n_without"]


def smallest_counts(counts: Mapping[str, Any]) -> tuple[Counts, Counts]:
    """Return the sizes of the smaller group and of the rarer outcome."""
    x1, n1, x2, n2 = two_by_two(counts)
    return np.minimum(n1, n2), np.minimum(x1 + x2, n1 + n2 - x1 - x2)


def rates_with_and_without(counts: dict[str, NDArray], confidence: float, effect: ArrayLike = 1) -> dict[str, Floats]:
    """Return the two rates and their difference with its interval."""
    x1, n1, x2, n2 = two_by_two(counts)
    low, high = stats.miettinen_nurminen(x1, n1, x2, n2, confidence, effect=effect)
    rate_with, rate_without = stats.ratio(x1, n1), stats.ratio(x2, n2)
    difference = rate_with - rate_without
    return {
        **{"rate_with": rate_with, "rate_without": rate_without},
        **{"difference": difference, "ci_low": low, "ci_high": high},
    }


def unadjusted_columns(counted: Counted, confidence: float) -> dict[str, NDArray]:
    """Return the columns that look at all interviews together."""
    counts = counts_with_and_without(counted.cells, counted.rating)
    table, callbacks = two_by_two(counts), counted.cells[:, :NOT_NOTED, 1]
    rates = rates_with_and_without(counts, confidence, counted.effect)
    at_95 = rates if confidence == 0.95 else rates_with_and_without(counts, 0.95, counted.effect)
    p = np.asarray(stats.trend(trend_sums(counted.cells))[1])
    yes_no = ~counted.rating
    p[yes_no] = stats.two_by_two_p(*(count[yes_no] for count in table))
    return {
        "behavior": objects(counted.names),
        "kind": np.where(counted.rating, "rating", "yes/no").astype(object),
        **counts,
        **rates,
        "small": within_sizeable(at_95["ci_low"], at_95["ci_high"]),
        "p_value": stats.discounted_p(p, counted.effect),
        "design_effect": counted.effect,
        "auc": stats.auc(callbacks, counted.cells[:, :NOT_NOTED, 0]),
    }


def guess_columns(counted: Counted, columns: dict[str, NDArray]) -> dict[str, Floats]:
    """Return the best guesses, and the chances that more callbacks come with a behavior than without; within strata."""
    if counted.within:
        difference, variance = counted.within["adjusted_difference"], counted.within["variance"]
    else:
        difference = columns["difference"]
        variance = stats.pooled_variance(*(count[:, None] for count in two_by_two(columns)))
    guess, probability = stats.best_guess(difference, variance * counted.effect)
    return {"best_guess": guess, "probability": probability}


def trend_sums(cells: Counts) -> stats.Sums:
    """Return the sums over answers (x) and callbacks (y) that a trend is made of."""
    n, callbacks = cells[..., :NOT_NOTED, :].sum(axis=-1), cells[..., :NOT_NOTED, 1]
    called = callbacks.sum(axis=-1)
    return stats.Sums(n.sum(axis=-1), n @ LEVELS, n @ LEVELS**2, called, called, callbacks @ LEVELS)


def numbers_within(cells: Counts, rating: Flags, effect: Floats, confidence: float) -> dict[str, NDArray]:
    """Return the numbers within strata, and the evidence they rest on: strata where answer and outcome both vary."""
    counts, sums = counts_with_and_without(cells, rating), trend_sums(cells)
    x1, n1, x2, n2 = table = two_by_two(counts)
    difference, low, high = stats.mantel_haenszel_difference(*table, confidence, effect=effect)
    speaks = (n1 > 0) & (n2 > 0) & (x1 + x2 > 0) & (x1 + x2 < n1 + n2)
    return {
        **{"adjusted_difference": difference, "adjusted_low": low, "adjusted_high": high},
        "p_stratified": stats.discounted_p(stats.stratified_trend(sums)[1], effect),
        "direction": np.sign(sums.surplus),
        "variance": stats.pooled_variance(*table),
        "small": within_sizeable(*stats.mantel_haenszel_difference(*table, effect=effect)[1:]),
        **{name: (count * speaks).sum(axis=-1) for name, count in counts.items()},
        "smallest_expected": smallest_expected(*(count * speaks for count in table)),
    }


def within_sizeable(low: Floats, high: Floats) -> Flags:
    """Return the mask of intervals without a sizeable difference; always of 95%, whatever confidence is shown."""
    return (low >= -SIZEABLE) & (high <= SIZEABLE)


def smallest_expected(x1: Counts, n1: Counts, x2: Counts, n2: Counts) -> Floats:
    """Return the smallest of the four counts expected over all strata together where the groups do not differ."""
    called, total = x1 + x2, np.maximum(n1 + n2, 1)
    cells = [n * part / total for n in (n1, n2) for part in (called, n1 + n2 - called)]
    return np.min([cell.sum(axis=-1) for cell in cells], axis=0)


def within_columns(counted: Counted) -> dict[str, Floats]:
    """Return the columns that look within strata, missing where there are none."""
    nothing = np.full(len(counted.names), np.nan)
    names = ("adjusted_difference", "adjusted_low", "adjusted_high", "p_stratified")
    return {name: counted.within.get(name, nothing) for name in names}

"""Numbers only: intervals, tests, shrinkage, time to event.

Arrays in, arrays out, broadcast against each other. A two-by-two table is `x1` of `n1` with and `x2` of `n2` without.
A number is NaN only where there is nothing to compare.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from interview_kit.stats.arguments import Floats, checked_counts, checked_fraction, checked_rates, quantile, ratio
from interview_kit.stats.events import Incidence, aalen_johansen, incidence_after, log_log_interval, snapped

_erfc = np.vectorize(math.erfc, otypes=[float])  # the complementary error function, which NumPy lacks
LEVEL = 0.05  # of a test, at which something is said to stand out


# One rate, two rates


def wilson(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Return the score interval of one rate, as low and high.

    NaN where n is 0. Wilson (1927).
    """
    z = quantile(confidence)
    x, n = checked_counts(successes, n)
    return _wilson_low(x, n, z), 1 - _wilson_low(n - x, n, z)


def rates(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> dict[str, Floats]:
    """Return rates with the limits of their score intervals, by the names that tables give them."""
    low, high = wilson(successes, n, confidence)
    return {"rate": ratio(successes, n), "ci_low": low, "ci_high": high}


def _wilson_low(x: Floats, n: Floats, z: float) -> Floats:
    # The usual formula times its conjugate: no cancellation, and exactly 0 for no success.
    spread = z * np.sqrt(x * ratio(n - x, n) + z**2 / 4)
    return ratio(x, n) * x / (x + z**2 / 2 + spread)


def miettinen_nurminen(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, confidence: float = 0.95, *, effect: ArrayLike = 1
) -> tuple[Floats, Floats]:
    """Return the score interval of the difference x1/n1 - x2/n2, as low and high.

    With the factor N/(N-1); NaN where a group is empty. Counts are divided by a design effect. Miettinen & Nurminen
    (1985); method 6 of Newcombe (1998).
    """
    z = quantile(confidence)
    x1, n1, x2, n2 = (count / np.asarray(effect) for count in checked_counts(x1, n1, x2, n2))
    turned, high = _score_high(*np.stack([(x2, x1), (n2, n1), (x1, x2), (n1, n2)]), z)
    return -turned, high


def _score_high(x1: Floats, n1: Floats, x2: Floats, n2: Floats, z: float) -> Floats:
    # The likeliest rates under p1 - p2 = delta, by a Lagrange multiplier s, lie s of their variances from the observed:
    # p1 = rate1 + s p1 (1 - p1) / n1, and p2 below rate2 likewise. That is a quadratic for each instead of one cubic,
    # and the squared score statistic, s² (variance of p1 + variance of p2), rises with s: bisection cannot miss.
    rate1, rate2, total = ratio(x1, n1), ratio(x2, n2), n1 + n2
    room = 1 - (rate1 - rate2)
    room = np.where((room == 0) | np.isnan(room), 1, room)  # the limit is 1 at once, or there is none
    total = np.maximum(total, 2)
    target = z**2 * total / (total - 1)
    low, high = np.log(target / room), np.log((target + total) / room)
    rates, n = np.stack([rate1, 1 - rate2]), np.stack([n1, n2])
    n = np.where(n > 0, n, 1)
    for _ in range(58):  # at most 2e7 interviews: 17 / 2**58 is below the rounding of a float
        middle = (low + high) / 2
        s = np.exp(middle)
        p1, q2 = p = _moved_up(rates, s / n)
        variance1, variance2 = p * (1 - p) / n
        enough = s**2 * (variance1 + variance2) >= target
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.clip(p1 + q2 - 1, rate1 - rate2, 1)[()]


def _moved_up(rate: Floats, pull: Floats) -> Floats:
    """Return the p from rate to 1 with p = rate + pull p (1 - p)."""
    root = np.abs(1 - pull) + np.sqrt((1 - pull) ** 2 + 4 * pull * rate)
    return np.where(pull < 1, 2 * rate / np.where(root == 0, 1, root), root / (2 * pull))


def smallest_expected(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Return the smallest of the four counts expected where the groups do not differ; 0 where a group is empty."""
    x1, n1, x2, n2 = checked_counts(x1, n1, x2, n2)
    total, called = n1 + n2, x1 + x2
    return np.minimum(n1, n2) * np.minimum(called, total - called) / np.maximum(total, 1)


def two_by_two_p(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Return the p-value of no difference: N-1 chi-square where the smallest expected count is at least 1, else Fisher.

    1 where nobody or everybody succeeded, NaN where a group is empty. Campbell (2007).
    """
    counts = checked_counts(x1, n1, x2, n2)
    sparse = smallest_expected(*counts) < 1
    p = np.empty(sparse.shape)
    p[sparse] = fisher_p(*(count[sparse] for count in counts))
    p[~sparse] = n_minus_1_p(*(count[~sparse] for count in counts))
    return p[()]


def n_minus_1_p(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Return the p-value of the chi-square test with N-1 in the place of N.

    1 where nobody or everybody succeeded, NaN where a group is empty. E. S. Pearson (1947).
    """
    x1, n1, x2, n2 = checked_counts(x1, n1, x2, n2)
    return cochran_mantel_haenszel(*(count[..., None] for count in (x1, n1, x2, n2)))[1]


def fisher_p(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Return the two-sided p-value of Fisher's exact test: all tables at most as probable as the observed one.

    Irwin's rule with the tolerance of R's fisher.test; NaN where a group is empty. Irwin (1935).
    """
    return _exact_p(x1, n1, x2, n2, 1)


def mid_p(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Return Fisher's p-value with tables as probable as the observed one counted half: on average not too large.

    NaN where a group is empty. Lancaster (1961); two-sided as in Hirji (2006).
    """
    return _exact_p(x1, n1, x2, n2, 0.5)


def _exact_p(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, equals: float) -> Floats:
    x1, n1, x2, n2 = checked_counts(x1, n1, x2, n2)
    total, called = n1 + n2, x1 + x2
    # Seen from the smaller group and the rarer outcome, the cell runs from 0 to the smaller of the two margins.
    group, rare = np.minimum(n1, n2), np.minimum(called, total - called)
    cell = np.where(n1 <= n2, x1, x2)
    cell = np.where(called <= total - called, cell, group - cell)
    p = _irwin_p(*(count.reshape(-1, 1) for count in (cell, group, rare, total)), equals=equals).reshape(cell.shape)
    return np.where(group == 0, np.nan, p)[()]


def _irwin_p(cell: Floats, group: Floats, rare: Floats, total: Floats, *, equals: float) -> Floats:
    # Each probability from the one before; the sum, not gamma functions, scales them: exact also for millions.
    width = int(np.minimum(group, rare).max(initial=0))
    k = np.arange(width)
    left = np.maximum(group - k, 0) * np.maximum(rare - k, 0)
    step = np.log(np.maximum(left, 1)) - np.log((k + 1) * (total - group - rare + k + 1))
    log_weight = np.zeros((cell.size, width + 1))
    np.cumsum(np.where(left > 0, step, -np.inf), axis=1, out=log_weight[:, 1:])
    observed = np.take_along_axis(log_weight, cell.astype(int), axis=1)
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    tolerance = np.log1p(1e-7)
    counted = np.where(np.abs(log_weight - observed) <= tolerance, equals, log_weight < observed)
    return np.minimum((weight * counted).sum(axis=1) / weight.sum(axis=1), 1)


# Trends and strata


class Sums(NamedTuple):
    """How many pairs there are, and the sums of x, of y, of their squares and products; of strata on the last axis."""

    n: NDArray
    x: NDArray
    xx: NDArray
    y: NDArray
    yy: NDArray
    xy: NDArray

    @property
    def surplus(self) -> Floats:
        """By how much the products are above what they were without a trend; over all strata together."""
        return (self.xy - self.x * self.y / np.maximum(self.n, 1)).sum(axis=-1)


def trend(sums: Sums) -> tuple[Floats, Floats]:
    """Return M² = (n-1) r² and its p-value, from the sums of n pairs.

    0 and 1 where y does not vary, NaN where x does not. Subtract a typical x first where x is large, as a date is:
    the sums then stay exact. Mantel (1963).
    """
    return stratified_trend(Sums(*(np.asarray(values, float)[..., None] for values in sums)))


def stratified_trend(sums: Sums) -> tuple[Floats, Floats]:
    """Return M² over strata and its p-value, from the sums of the pairs of each stratum; strata on the last axis.

    0 and 1 where no stratum says anything, NaN where x varies neither within strata nor between them. Mantel (1963).
    """
    sums = Sums(*(np.asarray(values, float) for values in sums))
    n, x, xx, y, yy, _ = sums
    variance = _spread(n, x, xx) * _spread(n, y, yy) / (np.maximum(n, 1) ** 2 * np.maximum(n - 1, 1))
    variance = variance.sum(axis=-1)
    constant = _spread(n.sum(axis=-1), x.sum(axis=-1), xx.sum(axis=-1)) == 0
    m2 = np.where(variance > 0, sums.surplus**2 / np.where(variance > 0, variance, 1), 0)
    m2 = np.where(constant, np.nan, m2)[()]
    return m2, _chi_square_p(m2)


def _spread(n: Floats, total: Floats, squares: Floats) -> Floats:
    """Return n times the sum of squares about the mean, exactly 0 where it is only rounding."""
    spread = n * squares - total**2
    return np.where(spread > 1e-12 * n * squares, spread, 0)


def _chi_square_p(statistic: Floats) -> Floats:
    """Return the chance of a larger chi-square with one degree of freedom."""
    return _erfc(np.sqrt(np.asarray(statistic, float) / 2))[()]


def cochran_mantel_haenszel(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> tuple[Floats, Floats]:
    """Return the Cochran-Mantel-Haenszel statistic and its p-value; strata on the last axis.

    Without continuity correction. 0 and 1 where no stratum says anything, NaN where a group is empty in all of them.
    Mantel & Haenszel (1959).
    """
    x1, n1, x2, n2 = checked_counts(x1, n1, x2, n2)
    return stratified_trend(Sums(n1 + n2, n1, n1, x1 + x2, x1 + x2, x1))


def mantel_haenszel_difference(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, confidence: float = 0.95, *, effect: ArrayLike = 1
) -> tuple[Floats, Floats, Floats]:
    """Return the Mantel-Haenszel difference of two rates with its low and high; strata on the last axis.

    NaN where no stratum holds both groups; only the limits where nobody or everybody succeeded in each that does.
    Counts are divided by a design effect.
    Klingenberg (2014) inverts the score of Sato, Greenland & Robins (1989), whose variance is good for a few large
    strata and for many small ones.
    """
    z = quantile(confidence)
    x1, n1, x2, n2 = checked_counts(x1, n1, x2, n2)
    total = np.maximum(n1 + n2, 1)
    share1, share2 = n1 / total, n2 / total
    weight = (n1 * share2).sum(axis=-1)
    difference = ratio((x1 * share2 - x2 * share1).sum(axis=-1), weight)
    tilt = (x2 * share1**2 - x1 * share2**2 + share1 * share2 * (n2 - n1) / 2).sum(axis=-1)
    discordant = (x1 * (n2 - x2) / total + x2 * (n1 - x1) / total).sum(axis=-1) / 2
    # The limits solve (difference - limit)² = effect z² (limit * tilt + discordant) / weight²
    squares = np.asarray(effect) * z**2
    shift = squares * ratio(tilt, 2 * weight**2)
    reach = np.sqrt(np.maximum(shift**2 + squares * ratio(difference * tilt + discordant, weight**2), 0))
    reach = np.where(discordant > 0, reach, np.nan)
    low, high = (np.clip(difference + shift + side * reach, -1, 1)[()] for side in (-1, 1))
    return difference, low, high


def auc(callbacks: ArrayLike, others: ArrayLike) -> Floats:
    """Return the chance that a callback's rating beats another's, ties half, from the counts per level.

    Levels on the last axis, rising. NaN where either has none. The Mann-Whitney statistic as an area: Bamber (1975).
    """
    callbacks, others = np.asarray(callbacks, float), np.asarray(others, float)
    beaten = np.cumsum(others, axis=-1) - others / 2
    return ratio((callbacks * beaten).sum(axis=-1), callbacks.sum(axis=-1) * others.sum(axis=-1))


# Many groups at once


def homogeneity_p(x: ArrayLike, n: ArrayLike, draws: int = 1999) -> float:
    """Return the p-value of no difference between many groups, from each one's successes and size.

    Pearson's chi-square among random tables with the same margins, so that it holds with the smallest groups, too; 1
    where fewer than two groups have anyone. Hope (1968).
    """
    x, n = checked_counts(x, n)
    x, n = x[n > 0], n[n > 0]
    rate = x.sum() / max(n.sum(), 1)
    if n.size < 2 or rate in (0, 1):
        return 1.0
    generator = np.random.default_rng(1968)
    tables = generator.multivariate_hypergeometric(n.astype(np.int64), int(x.sum()), size=draws, method="marginals")
    found, drawn = (((cells - n * rate) ** 2 / (n * rate * (1 - rate))).sum(axis=-1) for cells in (x, tables))
    as_far = np.count_nonzero(drawn >= found * (1 - 1e-9))  # a table that is as likely may differ in the last digit
    return float((1 + as_far) / (1 + draws))


# Clusters: rounds of one application


def intraclass_correlation(x: ArrayLike, n: ArrayLike) -> float:
    """Return the correlation of successes within clusters, from each cluster's successes and size.

    0 where no cluster has two or there is one alone; below 0 where they differ more than by chance. From the analysis
    of variance: Fisher (1925), as Donner (1986) has it for unequal sizes.
    """
    x, n = checked_counts(x, n)
    x, n = x[n > 0], n[n > 0]
    size, clusters = n.sum(), n.size
    if clusters < 2 or size == clusters:
        return 0.0
    explained = math.fsum(x**2 / n)  # exact, whatever the order of the clusters
    between, within = (explained - x.sum() ** 2 / size) / (clusters - 1), (x.sum() - explained) / (size - clusters)
    typical = (size - (n**2).sum() / size) / (clusters - 1)
    return float(np.nan_to_num(ratio(between - within, between + (typical - 1) * within)))


def design_effect(correlation: float, cluster: ArrayLike, stratum: ArrayLike, x: ArrayLike, n: ArrayLike) -> float:
    """Return the factor by which the variance of a difference exceeds that of independent observations, at least 1.

    A cell for each cluster (-1 for observations of none) and stratum, in this order: how many of its `n` observations
    are in the one group, `x`. `correlation` is that of outcomes within a cluster. Moulton (1986).
    """
    cluster, stratum = np.asarray(cluster), np.asarray(stratum)
    x, n = checked_counts(x, n)
    size = np.bincount(stratum, n)
    mean = np.nan_to_num(ratio(np.bincount(stratum, x), size))
    spread = (size * mean * (1 - mean)).sum()
    is_in = cluster >= 0
    x, n, mean = x[is_in], n[is_in], mean[stratum[is_in]]
    together = np.bincount(cluster[is_in], x - mean * n) ** 2
    alone = x * (1 - mean) ** 2 + (n - x) * mean**2
    grown = math.fsum(together) - math.fsum(alone)
    return max(1.0, float(1 + correlation * grown / spread)) if spread else 1.0


def discounted_p(p: ArrayLike, effect: ArrayLike) -> Floats:
    """Return p-values, exact ones too, as if the chi-square behind them were divided by a design effect.

    Rao & Scott (1992).
    """
    p, effect = np.broadcast_arrays(checked_rates("a p-value", p), np.asarray(effect, float))
    discounted = p.copy()
    counts = (effect > 1) & (p > 0) & (p < 1)
    z = np.array([NormalDist().inv_cdf(one / 2) for one in p[counts]])
    discounted[counts] = _chi_square_p(z**2 / effect[counts])
    return discounted[()]


# Many behaviors at once


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Return the p-values adjusted for how many there are; NaN stays NaN and is not counted.

    Benjamini & Hochberg (1995).
    """
    adjusted = checked_rates("a p-value", p).copy()
    largest_first = np.argsort(-adjusted)[: np.count_nonzero(~np.isnan(adjusted))]  # NaN is sorted to the end
    ranks = np.arange(len(largest_first), 0, -1)
    adjusted[largest_first] = np.minimum.accumulate(adjusted[largest_first] * len(largest_first) / ranks)
    return adjusted


def pooled_variance(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Return the variance of the Mantel-Haenszel difference where the two rates are equal; strata on the last axis.

    That of the Cochran-Mantel-Haenszel test, with one success and one failure added to the pooled rate, so that few
    successes do not claim to be sure. Infinite where no stratum says anything, NaN where none holds both groups.
    """
    x1, n1, x2, n2 = checked_counts(x1, n1, x2, n2)
    total, called = n1 + n2, x1 + x2
    weight = n1 * n2 / np.maximum(total, 1)
    within = weight * called * (total - called) / np.maximum(total * (total - 1), 1)
    size, successes = (np.where(weight > 0, part, 0).sum(axis=-1) for part in (total, called))
    padding = ratio(
        (successes + 1) * (size - successes + 1) * size**2, successes * (size - successes) * (size + 2) ** 2
    )
    within, weight = within.sum(axis=-1), weight.sum(axis=-1)
    variance = ratio(np.where(within > 0, within * padding, np.inf), weight**2)
    return np.where(weight > 0, variance, np.nan)[()]


def best_guess(difference: ArrayLike, variance: ArrayLike, scale: float = 0.15) -> tuple[Floats, Floats]:
    """Return each difference shrunk toward 0, as far as all together suggest, and the chance that it is above 0.

    Posterior means, and posterior masses above 0, where true differences are normal about 0 with one common sd, itself
    half-normal with this scale and integrated on a grid. NaN where the difference is; 0 and 0.5 where the variance is
    infinite. Efron & Morris (1975).
    """
    difference, variance = np.broadcast_arrays(np.asarray(difference, float), np.asarray(variance, float))
    guess, chance = np.where(np.isnan(difference), np.nan, 0.0), np.where(np.isnan(difference), np.nan, 0.5)
    known = np.isfinite(variance) & ~np.isnan(difference)
    d, variance = difference[known], variance[known]
    # Evenly spaced logarithms: as fine for true differences of 0.01 points among millions as for 50 points among 20.
    sd = np.geomspace(1e-5, 10, 500)[:, None] * scale
    spread = sd**2 + variance
    log_weight = np.log(sd[:, 0]) - (sd[:, 0] / scale) ** 2 / 2 - (np.log(spread) + d**2 / spread).sum(axis=1) / 2
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    kept = weight @ (sd**2 / spread)
    guess[known], chance[known] = d * kept, weight @ _erfc(-d * sd / np.sqrt(2 * variance * spread)) / 2
    return guess[()], chance[()]


def sample_size(
    difference: ArrayLike,
    rate: ArrayLike,
    share_with: ArrayLike = 0.5,
    power: float = 0.8,
    alpha: float = LEVEL,
) -> Floats:
    """Return the number of observations, both groups together, that show a difference of two rates; whole, as floats.

    `rate` is the rate without, `rate + difference` the one with, `share_with` the part of all that is with; `alpha` is
    two-sided. Infinite for a difference of 0 or an empty group; NaN in, NaN out. ValueError where a rate leaves 0 to 1.
    Normal approximation, pooled variance under no difference, no continuity correction: Fleiss, Levin & Paik (2003).
    """
    z_alpha = NormalDist().inv_cdf(1 - checked_fraction("alpha", alpha, "0.05") / 2)
    z_power = NormalDist().inv_cdf(checked_fraction("power", power, "0.8"))
    difference, share = np.asarray(difference, float), checked_rates("share_with", share_with)
    without = checked_rates("rate", rate)
    with_it = checked_rates("rate + difference", np.round(without + difference, 12))  # 0.7 + 0.3 may come out above 1
    pooled = share * with_it + (1 - share) * without
    null = ratio(pooled * (1 - pooled), share * (1 - share))
    true = ratio(with_it * (1 - with_it), share) + ratio(without * (1 - without), 1 - share)
    needed = np.ceil(ratio(z_alpha * np.sqrt(null) + z_power * np.sqrt(true), difference) ** 2)
    return np.where((difference == 0) | (share == 0) | (share == 1), np.inf, needed)[()]

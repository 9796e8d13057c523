"""Time to event: how waits end that can end in two ways."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from interview_kit.stats.arguments import Floats, quantile, ratio

ROUNDING = 1e-12  # by which adding up steps may miss a whole chance


class Incidence(NamedTuple):
    """Cumulative incidence on each of `days`; `events`, `incidence` and `variance` have a row for each cause."""

    days: NDArray[np.int64]
    at_risk: Floats
    events: Floats
    survival: Floats
    incidence: Floats
    variance: Floats


def aalen_johansen(times: ArrayLike, causes: ArrayLike, weights: ArrayLike = (1, 1, 1)) -> Incidence:
    """Return the cumulative incidence of causes 1 and 2, which end the wait for each other, at the end of each day.

    `times` are whole days, `causes` 0 (still waiting), 1 or 2; whoever stops waiting on a day was at risk that day.
    Each counts with the weight of its cause.
    Variance by the delta method, as R's survfit prints it. ValueError for other times or causes.
    Aalen & Johansen (1978).
    """
    days, counts = _counts_by_day(times, causes)
    counts = counts * np.asarray(weights, float)
    at_risk = counts[::-1].sum(axis=1).cumsum()[::-1]
    events = counts[:, 1:].T
    survival = np.cumprod(1 - events.sum(axis=0) / at_risk)
    incidence = np.cumsum(_before(survival) * events / at_risk, axis=1)
    # The sum over days d so far of a + b (F - F(d)) + c (F - F(d))², multiplied out so that running sums do.
    a, b, c = _variance_terms(at_risk, events, survival)
    variance = np.cumsum(a - b * incidence + c * incidence**2, axis=1)
    variance += incidence * np.cumsum(b - 2 * c * incidence, axis=1) + incidence**2 * np.cumsum(c)
    return Incidence(days, at_risk, events, survival, incidence, np.maximum(variance, 0))


def _counts_by_day(times: ArrayLike, causes: ArrayLike) -> tuple[NDArray[np.int64], Floats]:
    times, causes = np.asarray(times, float), np.asarray(causes, float)
    wrong = ~((times >= 0) & (times == np.floor(times)) & np.isfinite(times))
    if wrong.any():
        raise ValueError(f"a time is {times[wrong][0]:g}; times must be whole days, 0 or more")
    wrong = ~np.isin(causes, (0, 1, 2))
    if wrong.any():
        raise ValueError(f"a cause is {causes[wrong][0]:g}; causes must be 0 (still waiting), 1 or 2")
    cells = np.bincount((3 * times + causes).astype(np.int64))
    counts = np.pad(cells, (0, -cells.size % 3)).reshape(-1, 3)
    days = np.flatnonzero(counts.any(axis=1))
    return days, counts[days].astype(float)


def _before(survival: Floats) -> Floats:
    """Return the survival up to the day before."""
    return np.concatenate(([1.0], survival[:-1]))[: survival.size]


def _variance_terms(at_risk: Floats, events: Floats, survival: Floats) -> tuple[Floats, Floats, Floats]:
    """Return a, b, c: a day's multinomial hazards add a + b r + c r², where r is the incidence still to come."""
    hazard, before = events / at_risk, _before(survival)
    ended = hazard.sum(axis=0)
    a = before**2 * hazard * (1 - hazard) / at_risk
    b = -2 * before * hazard / at_risk
    c = np.where(ended < 1, ended / np.where(ended < 1, 1 - ended, 1), 0) / at_risk  # after the last wait r is 0
    return a, b, c


def incidence_after(curve: Incidence) -> tuple[Floats, Floats]:
    """Return the chance that each cause still comes after waiting this long in silence, and its variance.

    (F(inf) - F(t)) / S(t), a row for each cause; the same as the last incidence among those who waited longer than t.
    NaN where nobody waits on.
    """
    rest = curve.incidence[:, -1:] - curve.incidence
    a, b, c = _variance_terms(curve.at_risk, curve.events, curve.survival)
    terms = a + b * rest + c * rest**2
    later = terms[:, ::-1].cumsum(axis=1)[:, ::-1] - terms
    waiting = np.append(curve.at_risk[1:], 0)[: curve.at_risk.size] > 0
    survival = np.where(waiting, curve.survival, 0)
    return ratio(rest, survival), ratio(np.maximum(later, 0), survival**2)


def snapped(chance: Floats) -> Floats:
    """Return chances, those at 0 or 1 that adding up steps left just beside it."""
    ends = np.round(chance)
    return np.where(np.abs(chance - ends) < ROUNDING, ends, chance)


def log_log_interval(chance: ArrayLike, variance: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Return low and high of a cumulative incidence, from its variance on the scale log(-log F).

    Only the chance itself where it is 0 or 1, to within the error of adding up steps. Choudhury (2002).
    """
    z = quantile(confidence)
    chance, variance = np.broadcast_arrays(np.asarray(chance, float), np.asarray(variance, float))
    inside = (chance > ROUNDING) & (chance < 1 - ROUNDING)
    p = np.where(inside, chance, 0.5)
    reach = np.exp(z * np.sqrt(variance) / (-p * np.log(p)))
    return np.where(inside, p**reach, chance)[()], np.where(inside, p ** (1 / reach), chance)[()]

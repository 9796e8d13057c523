"""Parts of time: of equal counts, or months, quarters and weeks."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit.frame.arrays import Counts, Days

SMALLEST_BIN, MOST_BINS = 8, 12
PERIODS = {"MS": ("months", "M"), "QS": ("quarters", "Q"), "W": ("weeks", "W-SUN")}  # in words, and as pandas has them


def check_freq(freq: str | None) -> None:
    """Raise ValueError where the period is none of ours."""
    if freq is not None and freq not in PERIODS:
        accepted = ", ".join(f"{name!r} ({words})" for name, (words, _) in PERIODS.items())
        raise ValueError(f"freq is {freq!r}; it must be one of {accepted}, or None for periods of equal counts")


class Periods(NamedTuple):
    """The period of each day, and each period's first and last day."""

    place: Counts
    start: Days
    end: Days

    @classmethod
    def of(cls, day: Days, n: Counts, freq: str | None) -> "Periods":
        """Return calendar periods, or periods in which equally many count; the days are in order, each once."""
        if freq is None:
            return cls.of_equal_counts(day, n)
        place, found = pd.factorize(pd.DatetimeIndex(day).to_period(PERIODS[freq][1]))
        start, end = (pd.PeriodIndex(found).asfreq("D", how).asi8.astype("M8[D]") for how in ("start", "end"))
        return cls(place, start, end)

    @classmethod
    def of_equal_counts(cls, day: Days, n: Counts) -> "Periods":
        """Return periods in which equally many count; what does not count yet goes with its neighbors."""
        cuts = equal_cuts(day, n, MOST_BINS)
        place = np.searchsorted(cuts, day, side="right")
        edges = np.searchsorted(place, np.arange(cuts.size + 1)) if day.size else np.array([], int)
        ends = np.append(edges[1:], day.size)[: edges.size] - 1
        return cls(place, day[edges], day[ends])

    def columns(self) -> dict[str, NDArray]:
        """Return the first and last days."""
        return {"start": self.start, "end": self.end}

    def sums(self, counts: Counts) -> Counts:
        """Return the sum of the days' counts in each period."""
        return summed(self.place, counts, self.start.size)


def summed(places: Counts, values: NDArray, size: int) -> Counts:
    """Return the sum of the whole numbers at each place."""
    return np.bincount(places, values, minlength=size).astype(np.int64)


def by_day(day: Days, *counts: NDArray) -> tuple[Days, list[Counts]]:
    """Return the days that occur, in order, and the sums of their rows' counts."""
    if not day.size:
        return day, [np.zeros(0, np.int64) for _ in counts]
    place = (day - day.min()).astype(np.int64)
    occurs = np.flatnonzero(np.bincount(place))
    return day.min() + occurs, [summed(place, values, occurs[-1] + 1)[occurs] for values in counts]


def equal_cuts(day: Days, n: Counts, most: int) -> Days:
    """Return the days that begin a new period: equal counts, no day split, at least 8 in each."""
    until = np.cumsum(n)
    size = int(n.sum())
    parts = min(most, size // SMALLEST_BIN)
    cuts, last = [], 0
    for part in range(1, parts):
        at = np.searchsorted(until, part * size // parts, side="right")
        cut = int(until[at] - n[at])
        if min(cut - last, size - cut) >= SMALLEST_BIN:
            cuts.append(day[at])
            last = cut
    return np.array(cuts, "M8[D]")

"""Whether something changes with the days, and how that is said."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from interview_kit import schema, stats
from interview_kit.frame.answers import is_rating
from interview_kit.frame.arrays import Counts, Days, Flags
from interview_kit.frame.columns import span
from interview_kit.trends.periods import SMALLEST_BIN, by_day
from interview_kit.words import percent, plural

SMALLEST_OUTCOME = 3  # of each kind, before a trend is called clear


class Trend(NamedTuple):
    """The trend test, which way it goes, and whether there is enough to call it clear."""

    statistic: float
    p_value: float
    direction: float
    n: int
    enough: bool
    several: bool

    @property
    def clear(self) -> bool:
        """Whether the trend stands out from luck."""
        return self.enough and self.p_value <= stats.LEVEL

    @property
    def note(self) -> str:
        """What to add where there are several people."""
        return " Each person is compared only with themselves." if self.several else ""

    def attrs(self, sentence: str) -> dict:
        """Return the attributes of a table that describe its trend."""
        return {"statistic": self.statistic, "p_value": self.p_value, "sentence": sentence}


def is_clear(table: pd.DataFrame) -> bool:
    """Say whether the trend of a table stands out from luck."""
    trend = table.attrs["trend"]
    return table.attrs["used"] >= 2 * SMALLEST_BIN and trend["p_value"] <= stats.LEVEL


def sums_of(day: Days, y: ArrayLike, person: Counts) -> stats.Sums:
    """Return the sums of each person, of days since the first of all as x."""
    y = np.asarray(y, float)
    place = np.unique(person, return_inverse=True)[1] if person.size else np.zeros(0, np.int64)
    x = span(day.min(), day) if day.size else np.zeros(0)  # small numbers keep the sums exact
    ones = np.ones(x.size)
    return stats.Sums(*(np.bincount(place, values, minlength=1) for values in (ones, x, x * x, y, y * y, x * y)))


def trend_test(day: Days, y: ArrayLike, person: Counts) -> Trend:
    """Return the trend of y over the date, within people."""
    return trend_from_sums(sums_of(day, y, person))


def trend_from_sums(sums: stats.Sums) -> Trend:
    """Return the trend that the sums of each person make."""
    m2, p = stats.stratified_trend(sums)
    size = int(sums.n.sum())
    enough = size >= 2 * SMALLEST_BIN and not np.isnan(p)
    return Trend(float(m2), float(p), float(sums.surplus), size, enough, sums.n.size > 1)


def thirds(day: Days, n: Counts) -> tuple[Flags, Flags, str]:
    """Return the masks of the first third and of the last; they are "part" where a day that counts much shifts them."""
    days, (counts,) = by_day(day, n)
    until, size = np.cumsum(counts), int(counts.sum())
    cuts = np.unique(days[np.searchsorted(until, [size // 3, 2 * size // 3], side="right")])
    cuts = cuts[cuts > days[counts > 0][0]]
    if not cuts.size:
        return np.ones(day.size, bool), np.ones(day.size, bool), "part"
    return day < cuts[0], day >= cuts[-1], "third" if cuts.size == 2 else "part"


def enough_of_both(yes: Counts, n: Counts) -> bool:
    """Say whether there are enough of both kinds to call a trend clear."""
    return min(yes.sum(), n.sum() - yes.sum()) >= SMALLEST_OUTCOME


def rate_sentence(trend: Trend, day: Days, called: Counts, n: Counts, within_days: int) -> str:
    """Return the sentence about callbacks over time, given their counts day by day."""
    if not trend.n:
        return f"There is no trend to see yet: no dated interview that counts is {within_days} days old."
    if not trend.enough:
        so_far = f"of {those_over(trend.n, within_days)}, {called.sum():,} {was(called.sum())} called back within them"
        return f"It is too early for a trend: {so_far}{still_to_come(trend.n)}."
    words = "No clear trend"
    if trend.clear and enough_of_both(called, n):
        words = f"Callbacks come {'more' if trend.direction > 0 else 'less'} often than before"
    return f"{words}: {first_and_last(day, called, n)}, called back within {within_days} days.{trend.note}"


def those_over(n: int, within_days: int) -> str:
    """Return so many interviews that count, and why they do."""
    return f"{plural(n, 'interview')} whose {within_days} days are over"


def what_counts(within_days: int) -> str:
    """Return the sentences about the interviews that the rates over time and by stage count."""
    return (
        f"An interview counts once its {within_days} days are over: called back within them, or not, which is also what"
        " silence means. Until then it is pending, answered or not."
    )


def was(count: int) -> str:
    """Return the verb for so many."""
    return "was" if count == 1 else "were"


def still_to_come(n: int) -> str:
    """Return the words for how many interviews a first trend still lacks, empty where it lacks other things."""
    more = 2 * SMALLEST_BIN - n
    return f"; a first trend takes {2 * SMALLEST_BIN}, so {more} more" if more > 0 else ""


def first_and_last(day: Days, yes: Counts, n: Counts) -> str:
    """Return the rates of the first third and the last in words."""
    first, last, part = thirds(day, n)
    shares = [share_in_words(int(yes[third].sum()), int(n[third].sum())) for third in (first, last)]
    return f"{shares[0]} in the first {part}, {shares[1]} in the last"


def share_in_words(yes: int, n: int) -> str:
    """Return a rate with its counts."""
    return f"{percent(yes / n)} ({yes:,} of {n:,})"


def habit_sentence(behavior: str, trend: Trend, day: Days, done: Counts, n: Counts) -> str:
    """Return the sentence about a habit over time, given its counts day by day."""
    label = schema.label(str(behavior)) + (", rated 4 or 5" if is_rating(behavior) else "")
    if not trend.n:
        return f"{label}: not noted in any dated interview yet."
    if not trend.enough:
        so_far = f"{done.sum():,} of the {trend.n:,} in which it is noted so far"
        return f"{label}: {so_far}. It is too early for a trend{still_to_come(trend.n)}."
    words = "no clear trend"
    if trend.clear and (enough_of_both(done, n) or is_rating(behavior)):
        more, less = ("higher", "lower") if is_rating(behavior) else ("more often", "less often")
        words = f"{more if trend.direction > 0 else less} than before"
    return f"{label}: {words}, {first_and_last(day, done, n)}.{trend.note}"

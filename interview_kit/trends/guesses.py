"""Whether one's guesses of a callback come true."""

from functools import partial

import numpy as np
import pandas as pd

from interview_kit import schema, stats
from interview_kit.frame.arguments import DayLike, checked_days
from interview_kit.frame.arrays import Flags, Floats
from interview_kit.frame.columns import coded
from interview_kit.frame.groups import people
from interview_kit.frame.outcomes import keep, read_records, written_late
from interview_kit.frame.tables import framed
from interview_kit.trends.dated import held_in_memory
from interview_kit.words import percent


def chance_calibration(
    frame: pd.DataFrame,
    *,
    bins: int = 5,
    within_days: int = 30,
    as_of: DayLike = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return the callback rates by one's own guess of a callback, one row per range of guesses, the lowest first.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    bins : int, default 5
        How many ranges of equal width the guesses are put into; those with a guess have a row.
    within_days, as_of, confidence : int, date or str, float; optional
        As in `compare_behaviors`, of which the rule for what counts is, too.

    Returns
    -------
    pandas.DataFrame
        One row per range of guesses:

        - `low`, `high`: guesses in percent, from low up to but without high; 100 is in the last
        - `n`: interviews with a guess that count
        - `mean_guess`: the mean guess, in percent
        - `callbacks`: how many of them were called back
        - `rate`, `ci_low`, `ci_high`: callbacks / n and its interval, as fractions

        `attrs`: `brier` (mean squared distance of guess and outcome, 0 is best and 0.25 is always saying 50; missing
        without a guess), `sentence`, `interviews`, `used`, `left_out` (why: how many), `within_days`, `as_of`,
        `confidence`, and where they are several people's `people`, how many made a guess.

    Raises
    ------
    ValueError
        For `bins` that are none, and for values that cannot be read.

    Notes
    -----
    The rule for what counts is that of `compare_behaviors`: those who never answered did not call back. A guess that
    was written down on a day after that of the answer is left out. Interval: Wilson (1927). `brier`: Brier (1950).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> guesses = ik.chance_calibration(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> print(guesses[["low", "high", "n", "mean_guess", "rate"]].to_string(index=False, float_format="%.2f"))
      low   high  n  mean_guess  rate
    20.00  40.00  4       31.25  0.75
    40.00  60.00 20       49.50  0.30
    60.00  80.00 25       67.60  0.36
    80.00 100.00  6       85.00  0.33
    >>> print(guesses.attrs["sentence"])
    The average guess was 60%; of 55 that count, 36% (20) called back within 30 days: too hopeful by 24 points.
    """
    if isinstance(bins, bool) or not isinstance(bins, (int, np.integer)) or not 1 <= bins <= 100:
        raise ValueError(f"bins is {bins!r}; it must be a whole number from 1 to 100, such as 5")
    frame = held_in_memory("chance_calibration", frame)
    within_days, records = checked_days(within_days), read_records(frame, as_of)
    guess = coded(frame, "chance", partial(schema.parse_value, "chance"), np.nan, float)
    reasons, is_called = records.left_out(within_days)
    no_guess = {"no_guess": np.isnan(guess) & ~records.applied}
    kept, left_out = keep(len(frame), no_guess | reasons | {"late": written_late(frame, records)})
    guess, called = guess[kept], is_called[kept]
    several = np.unique(people(frame)[kept]).size
    place = np.minimum((guess * bins / 100 + 1e-9).astype(np.int64), bins - 1)
    n, callbacks = np.bincount(place, minlength=bins), np.bincount(place[called], minlength=bins)
    edges = 100 * np.arange(bins + 1) / bins
    mean = np.bincount(place, guess, bins) / np.maximum(n, 1)
    columns: dict = {"low": edges[:-1], "high": edges[1:], "n": n, "mean_guess": mean, "callbacks": callbacks}
    columns |= stats.rates(callbacks, n, confidence)
    columns = {name: values[n > 0] for name, values in columns.items()}
    attrs: dict = {"brier": float(((guess / 100 - called) ** 2).mean()) if guess.size else np.nan}
    attrs |= {"sentence": guess_sentence(guess, called, within_days), "interviews": len(frame), "used": guess.size}
    attrs |= {"left_out": left_out, "within_days": within_days, "as_of": records.today, "confidence": confidence}
    return framed(columns, attrs | ({"people": several} if several > 1 else {}))


def guess_sentence(guess: Floats, called: Flags, within_days: int) -> str:
    """Return guess and outcome side by side."""
    if not guess.size:
        return f"There is no guess to check yet: it takes an interview with a guess whose {within_days} days are over."
    callbacks = int(called.sum())
    share = f"{percent(callbacks / called.size)} ({callbacks:,})"
    sentence = f"The average guess was {guess.mean():.0f}%; of {called.size:,} that count, {share} called back"
    sentence = f"{sentence} within {within_days} days"
    return f"{sentence}{leaning(float(guess.mean()), callbacks, called.size)}."


def leaning(guess: float, callbacks: int, n: int) -> str:
    """Return the words for how far a mean guess (percent) is off; empty where it lies within the range of the rate."""
    low, high = (100 * float(limit) for limit in stats.wilson(callbacks, n, 0.95))
    if low <= guess <= high:
        return ""
    off = round(guess) - round(100 * callbacks / n)
    return f": too {'hopeful' if off > 0 else 'doubtful'} by {abs(off)} points"

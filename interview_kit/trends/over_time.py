"""Rates over time: of callbacks, and of a habit."""

import numpy as np
import pandas as pd

from interview_kit import stats
from interview_kit.engines import AnyFrame
from interview_kit.frame.answers import RATED_WELL, behavior_levels, is_rating
from interview_kit.frame.arguments import DayLike, checked_date, checked_days
from interview_kit.frame.columns import dates
from interview_kit.frame.groups import people
from interview_kit.frame.held import held
from interview_kit.frame.outcomes import applications, keep
from interview_kit.frame.tables import framed
from interview_kit.trends.changes import habit_sentence, rate_sentence, trend_from_sums, trend_test
from interview_kit.trends.dated import dated_interviews, held_in_memory
from interview_kit.trends.periods import Periods, by_day, check_freq


def outcome_trend(
    frame: AnyFrame,
    *,
    freq: str | None = None,
    within_days: int = 30,
    as_of: DayLike = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return the callback rate over time, one row per period, the earliest first.

    Parameters
    ----------
    frame : pandas.DataFrame, or a table of another engine
        Interviews, as `load_interviews` returns them, or a table of another engine as in `compare_behaviors`.
    freq : {"MS", "QS", "W"}, optional
        Periods of months, quarters or weeks from Monday, without a row where there was no interview. By default up to
        12 periods of equal counts, at least 8 interviews that count in each, days never split, from the first interview
        in it to the last.
    within_days, as_of, confidence : int, date or str, float; optional
        The window (30 days), today, and the coverage of the intervals (0.95), as in `compare_behaviors`.

    Returns
    -------
    pandas.DataFrame
        One row per period:

        - `start`, `end`: its days
        - `n`: interviews that count; `callbacks`: how many of them were called back
        - `pending`: interviews besides that are less than `within_days` days old on `as_of`
        - `rate`, `ci_low`, `ci_high`: callbacks / n and its interval, as fractions, missing where n is 0

        `attrs`: `trend` (`statistic` and `p_value` of the trend test, `sentence`), `interviews`, `used`, `callbacks`,
        `pending`, `left_out` (why: how many), `within_days`, `as_of`, `confidence`.

    Raises
    ------
    ValueError
        For an unknown `freq`, and for values that cannot be read.

    Notes
    -----
    A callback counts where it came within `within_days` of the interview, or on no known day. Interval: Wilson (1927).
    Trend test: with the date as score, within people where there are several, Mantel (1963).

    Of a table of another engine, one row for each day and state, and one for each person where there are people, is all
    that leaves the engine.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> trend = ik.outcome_trend(ik.load_interviews(SAMPLE), freq="QS", as_of="2026-11-20")
    >>> print(trend[["start", "n", "callbacks", "pending", "rate"]].to_string(index=False, float_format="%.2f"))
         start  n  callbacks  pending  rate
    2026-01-01 20          6        0  0.30
    2026-04-01 23          9        0  0.39
    2026-07-01 14          6        0  0.43
    2026-10-01  4          3        3  0.75
    >>> print(trend.attrs["trend"]["sentence"])
    No clear trend: 30% (6 of 20) in the first third, 52% (11 of 21) in the last, called back within 30 days.
    """
    check_freq(freq)
    within_days, today = checked_days(within_days), checked_date(as_of)
    dated = dated_interviews(held(frame), within_days, today)
    days, n = dated.days, dated.called + dated.not_called
    periods = Periods.of(days, n, freq)
    columns: dict = periods.columns() | {"n": periods.sums(n), "callbacks": periods.sums(dated.called)}
    columns |= {"pending": periods.sums(dated.pending)} | stats.rates(columns["callbacks"], columns["n"], confidence)
    trend = trend_from_sums(dated.sums)
    attrs: dict = {"trend": trend.attrs(rate_sentence(trend, days, dated.called, n, within_days)), **dated.attrs}
    return framed(columns, attrs | {"within_days": within_days, "as_of": today, "confidence": confidence})


def habit_trend(
    frame: pd.DataFrame, behavior: str, *, freq: str | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Return the rates at which a behavior was done over time, one row per period, the earliest first.

    Parameters
    ----------
    frame, behavior : pandas.DataFrame, str
        Interviews, as `load_interviews` returns them, and the column of what was done; a rating is "done" at 4 or 5.
    freq : {"MS", "QS", "W"}, optional
        Periods of months, quarters or weeks; by default of equal counts. All as in `outcome_trend`.
    confidence : float, default 0.95
        Coverage of the intervals, as in `compare_behaviors`.

    Returns
    -------
    pandas.DataFrame
        One row per period:

        - `start`, `end`: its days
        - `n`: dated interviews in which the behavior was noted; `done`: in how many of them it was done
        - `rate`, `ci_low`, `ci_high`: done / n and its interval, as fractions

        `attrs`: `behavior`, `trend` (`statistic` and `p_value` of the trend test, `sentence`), `sentence` (the same),
        `interviews`, `used`, `left_out`, `confidence`.

    Raises
    ------
    ValueError
        For a column that the frame lacks, an unknown `freq`, and values that cannot be read.

    Notes
    -----
    Interval: Wilson (1927). Trend test: for a rating over the whole scale, within people where there are several,
    Mantel (1963).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> trend = ik.habit_trend(ik.load_interviews(SAMPLE), "did_prepare", freq="QS")
    >>> print(trend[["start", "n", "done", "rate"]].to_string(index=False, float_format="%.2f"))
         start  n  done  rate
    2026-01-01 17    10  0.59
    2026-04-01 20    15  0.75
    2026-07-01 12    10  0.83
    2026-10-01  7     6  0.86
    >>> print(trend.attrs["sentence"])
    Prepared: no clear trend, 61% (11 of 18) in the first third, 84% (16 of 19) in the last.
    """
    check_freq(freq)
    frame = held_in_memory("habit_trend", frame)
    level = behavior_levels(frame, behavior)
    day, applied = dates(frame, "interviewed_on"), applications(frame)
    reasons = {"applied": applied, "undated": np.isnat(day), "not_noted": np.isnan(level)}
    kept, left_out = keep(len(frame), reasons)
    day, level = day[kept], level[kept]
    done = level >= (RATED_WELL if is_rating(behavior) else 1)
    days, (n, times_done) = by_day(day, np.ones(day.size, np.int64), done)
    periods = Periods.of(days, n, freq)
    columns: dict = periods.columns() | {"n": periods.sums(n), "done": periods.sums(times_done)}
    columns |= stats.rates(columns["done"], columns["n"], confidence)
    trend = trend_test(day, level, people(frame)[kept])
    sentence = habit_sentence(behavior, trend, days, times_done, n)
    attrs: dict = {"behavior": behavior, "trend": trend.attrs(sentence), "sentence": sentence}
    attrs |= {"interviews": len(frame), "used": day.size, "left_out": left_out, "confidence": confidence}
    return framed(columns, attrs)

"""How outcomes change over time, by stage, and while waiting, as tidy tables."""

import numpy as np
import pandas as pd

from interview_kit import stats
from interview_kit.engines import AnyFrame, is_non_pandas
from interview_kit.frame.answers import RATED_WELL, behavior_levels, is_rating, read_chance, seconds_of_day
from interview_kit.frame.arguments import DayLike, check_frame, checked_date, checked_days
from interview_kit.frame.columns import coded, dates, moments, span, text_column
from interview_kit.frame.groups import people
from interview_kit.frame.held import held
from interview_kit.frame.outcomes import applications, keep, read_records, written_late
from interview_kit.frame.tables import framed, objects
from interview_kit.frame.window import CALLED, NOT_CALLED, PENDING
from interview_kit.trends.changes import (
    delay_sentence,
    habit_sentence,
    is_clear as is_clear,
    rate_sentence,
    trend_from_sums,
    trend_test,
    what_counts as what_counts,
)
from interview_kit.trends.conversion import paths, stage_sentence, steps_of
from interview_kit.trends.dated import counts_of, dated_interviews
from interview_kit.trends.periods import Periods, by_day, check_freq
from interview_kit.trends.tables import Flags, Floats, count, rates, whole_numbers
from interview_kit.trends.waiting import (
    Waits,
    chance_sentence,
    chances_after,
    chances_on,
    open_sentence,
    still_open,
    waiting_sentence,
)
from interview_kit.words import percent

IN_MEMORY = (
    "stage_conversion puts the rounds of each application in order, for which they must be in this computer's memory; "
    "take the columns person, company, role, stage, interviewed_on, outcome and outcome_on into a pandas frame first"
)
PANDAS_ONLY = "{name} takes a pandas frame; turn the table into one first, as many do with .to_pandas()"
START = {"waiting": 1}  # on day 0 everyone waits


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
    within_days : int, default 30
        Days within which a callback must come.
    as_of : date or str, optional
        The day that counts as today; by default today.
    confidence : float, default 0.95
        Coverage of the intervals, a fraction.

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
        For arguments and values that cannot be read.

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
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> trend = ik.outcome_trend(interviews, freq="QS", as_of="2026-11-20")
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
    columns |= {"pending": periods.sums(dated.pending)} | rates(columns["callbacks"], columns["n"], confidence)
    trend = trend_from_sums(dated.sums)
    attrs: dict = {"trend": trend.attrs(rate_sentence(trend, days, dated.called, n, within_days)), **dated.attrs}
    return framed(columns, attrs | {"within_days": within_days, "as_of": today, "confidence": confidence})


def habit_trend(
    frame: pd.DataFrame, behavior: str, *, freq: str | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Return how often a behavior was done over time, one row per period, the earliest first.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    behavior : str
        The column of the behavior. A rating is "done" at 4 or 5.
    freq : {"MS", "QS", "W"}, optional
        Periods of months, quarters or weeks; by default of equal counts. All as in `outcome_trend`.
    confidence : float, default 0.95
        Coverage of the intervals, a fraction.

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
        For arguments and values that cannot be read.

    Notes
    -----
    Interval: Wilson (1927). Trend test: for a rating over the whole scale, within people where there are several,
    Mantel (1963).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> trend = ik.habit_trend(interviews, "did_prepare", freq="QS")
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
    check_in_memory("habit_trend", frame)
    check_frame(frame)
    frame = held(frame)
    level = behavior_levels(frame, behavior)
    day, applied = dates(frame, "interviewed_on"), applications(frame)
    reasons = {"applied": applied, "undated": np.isnat(day), "not_noted": np.isnan(level)}
    kept, left_out = keep(len(frame), reasons)
    day, level = day[kept], level[kept]
    done = level >= (RATED_WELL if is_rating(behavior) else 1)
    days, (n, times_done) = by_day(day, np.ones(day.size, np.int64), done)
    periods = Periods.of(days, n, freq)
    columns: dict = periods.columns() | {"n": periods.sums(n), "done": periods.sums(times_done)}
    columns |= rates(columns["done"], columns["n"], confidence)
    trend = trend_test(day, level, people(frame)[kept])
    sentence = habit_sentence(behavior, trend, days, times_done, n)
    attrs: dict = {"behavior": behavior, "trend": trend.attrs(sentence), "sentence": sentence}
    attrs |= {"interviews": len(frame), "used": day.size, "left_out": left_out, "confidence": confidence}
    return framed(columns, attrs)


def stage_conversion(
    frame: pd.DataFrame, *, within_days: int = 30, as_of: DayLike = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Return how many go on from each stage: one row per stage that occurs, in order, then unknown ones by name.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    within_days : int, default 30
        Days within which a callback must come.
    as_of : date or str, optional
        The day that counts as today; by default today.
    confidence : float, default 0.95
        Coverage of the intervals, a fraction.

    Returns
    -------
    pandas.DataFrame
        One row per stage. Applications that led to no interview are the row `applied`; withdrawn ones are left out and
        counted.

        - `stage`: its name
        - `n`: interviews that count, `callbacks` + `not_called_back`
        - `callbacks`, `not_called_back`: how many of them were called back, and how many were not
        - `pending`: interviews besides that are too young, or neither dated nor decided
        - `rate`, `ci_low`, `ci_high`: callbacks / n and its interval, as fractions

        `attrs`: `sentence`, `paths` (a list of `source, target, count`: each interview leads once, to the round after
        it or to "offer", "callback", "no callback", "pending" or "withdrawn"; a stage that comes again in a chain is
        "technical 2"), `applications` (`chains`, and how many of them `reached_interview`), `interviews`, `used`,
        `callbacks`, `pending`, `left_out`, `within_days`, `as_of`, `confidence`.

    Raises
    ------
    ValueError
        For arguments and values that cannot be read, and for a table of another engine, which cannot put rounds in
        order where it is: the error says which columns to take into memory first.

    Notes
    -----
    The rule for what counts is that of `outcome_trend`; interviews without a date count once decided. Interval: Wilson
    (1927).

    Rounds of one person at one company for one role, upper and lower case alike, are a chain in the order of their
    dates; after a no or a withdrawal the next round begins another. Of one day they come by stage, then those that went
    on before those that ended, then by the day of the answer. A round noted as pending that a later one follows was
    called back.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> stages = ik.stage_conversion(interviews, as_of="2026-11-20")
    >>> shown = stages[["stage", "n", "callbacks", "pending", "rate"]].head(3)
    >>> print(shown.to_string(index=False, float_format="%.2f"))
        stage  n  callbacks  pending  rate
      applied  6          0        0  0.00
       screen 41         14        2  0.34
    technical 10          4        1  0.40
    >>> stages.attrs["applications"]
    {'chains': 51, 'reached_interview': 45}
    """
    if is_non_pandas(frame):
        raise ValueError(IN_MEMORY)
    within_days, today = checked_days(within_days), checked_date(as_of)
    steps = steps_of(held(frame), within_days, today)
    counts = {code: steps.of_stages(steps.state == code) for code in (CALLED, NOT_CALLED, PENDING)}
    n = counts[CALLED] + counts[NOT_CALLED]
    columns: dict = {
        "stage": objects(steps.names),
        "n": n,
        "callbacks": counts[CALLED],
        "not_called_back": counts[NOT_CALLED],
    }
    columns |= {"pending": counts[PENDING]} | rates(counts[CALLED], n, confidence)
    occurs = n + counts[PENDING] > 0
    columns = {name: values[occurs] for name, values in columns.items()}
    sentence = stage_sentence(columns, within_days)
    attrs: dict = {"sentence": sentence, "paths": paths(steps), "applications": steps.applications}
    attrs |= counts_of(steps.state, steps.n, steps.left_out)
    return framed(columns, attrs | {"within_days": within_days, "as_of": today, "confidence": confidence})


def waiting_curve(frame: pd.DataFrame, *, as_of: DayLike = None, confidence: float = 0.95) -> pd.DataFrame:
    """Return how the wait for an answer ended, day by day after the interview, from day 0.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    as_of : date or str, optional
        The day that counts as today; by default today.
    confidence : float, default 0.95
        Coverage of the interval, a fraction.

    Returns
    -------
    pandas.DataFrame
        From day 0 on, one row per day on which someone stopped waiting. `callback`, `closed` and `waiting` are
        fractions of all at the end of the day, together 1.

        - `day`: whole days since the interview
        - `at_risk`: interviews still without an answer as the day begins
        - `callback`, `closed`, `waiting`: called back; rejected or no reply; still without an answer
        - `callback_low`, `callback_high`: the interval of `callback`
        - `still_possible`: the chance that a callback still comes after so many silent days, a fraction, missing where
          nobody was answered later

        `attrs`: `sentence`, `interviews`, `used`, `left_out` (`applied`; `not_yet`: after `as_of`; `undated`: a date is
        missing; `backwards`: the outcome before the interview), `as_of`, `confidence`.

    Raises
    ------
    ValueError
        For arguments and values that cannot be read.

    Notes
    -----
    Aalen & Johansen (1978), a callback and an end without one ending the wait for each other. What is pending on
    `as_of` is observed until then, a withdrawn one until the day of withdrawal. Answers without a day are not dropped
    while those who still wait are kept: dated answers of the same kind weigh as much more as there are. The interval is
    log-log, Choudhury (2002).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> curve = ik.waiting_curve(interviews, as_of="2026-11-20")
    >>> shown = curve[["day", "at_risk", "callback", "closed", "waiting"]].head(3)
    >>> print(shown.to_string(index=False, float_format="%.2f"))
     day  at_risk  callback  closed  waiting
       0       66      0.00    0.00     1.00
       3       66      0.02    0.03     0.95
       4       62      0.02    0.05     0.94
    """
    check_in_memory("waiting_curve", frame)
    frame = held(frame)
    records = read_records(frame, as_of)
    waits = Waits.of(records)
    curve, (after, _, _) = waits.curve, chances_after(waits)
    low, high = stats.log_log_interval(curve.incidence[0], curve.variance[0], confidence)
    columns: dict = {"day": curve.days, "at_risk": waits.at_risk, "callback": curve.incidence[0]}
    columns |= {"closed": curve.incidence[1], "waiting": curve.survival, "callback_low": low, "callback_high": high}
    if waits.used and (not curve.days.size or curve.days[0] > 0):
        columns = {name: np.concatenate(([START.get(name, 0)], values)) for name, values in columns.items()}
        columns["at_risk"][0] = waits.used
    else:
        after = after[1:]
    attrs: dict = {
        "sentence": waiting_sentence(waits),
        "interviews": len(frame),
        "used": waits.used,
        "left_out": waits.left_out,
    }
    return framed(
        columns | {"still_possible": after[: columns["day"].size]},
        attrs | {"as_of": records.today, "confidence": confidence},
    )


def pending_chances(frame: pd.DataFrame, *, as_of: DayLike = None, confidence: float = 0.95) -> pd.DataFrame:
    """Return whether a callback may still come, one row per interview still open on `as_of`, in the frame's order.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    as_of : date or str, optional
        The day that counts as today; by default today.
    confidence : float, default 0.95
        Coverage of the interval, a fraction.

    Returns
    -------
    pandas.DataFrame
        One row per open interview:

        - `id`, `company`, `stage`: of the interview
        - `days_silent`: whole days since the interview, missing without a date
        - `chance`: in how many of those in the same records that were silent as long a callback still came, a fraction:
          the `still_possible` of `waiting_curve`
        - `ci_low`, `ci_high`: its interval, as fractions
        - `sentence`: the same in words

        Chance and interval are missing where nobody in the records was answered later.

        `attrs`: `sentence`, `interviews`, `left_out` (`applied`, `not_yet`: after `as_of`; `went_on`: a later round at
        the company followed), `as_of`, `confidence`.

    Raises
    ------
    ValueError
        For arguments and values that cannot be read.

    Notes
    -----
    The interval is log-log, Choudhury (2002); where the chance is 0 or 1 it is that of Wilson (1927) over those that
    were answered later; who only waits on is no trial that failed.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> chances = ik.pending_chances(interviews, as_of="2026-11-20")
    >>> print(chances[["company", "stage", "days_silent"]].head(3).to_string(index=False, float_format="%.2f"))
              company     stage  days_silent
       Ashlark Relief    screen           45
       Tarnwick Bikes technical           29
    Orsolane Textiles    screen           24
    >>> print(chances.attrs["sentence"])
    4 interviews are waiting for an answer, the longest for 45 days.
    """
    check_in_memory("pending_chances", frame)
    frame = held(frame)
    records = read_records(frame, as_of)
    open_rows, left_out = still_open(frame, records)
    waits = Waits.of(records)
    silent = records.spans(records.today)[open_rows]
    lengths, place = np.unique(silent, return_inverse=True)  # those silent as long are told the same
    told = chances_on(waits, lengths, confidence)
    chance, low, high, _ = (values[place] for values in told)
    named = frame[[name for name in ("id", "company", "stage") if name in frame.columns]][open_rows]
    columns: dict = {name: text_column(named, name) for name in ("id", "company", "stage")}
    columns |= {"days_silent": whole_numbers(silent), "chance": chance, "ci_low": low, "ci_high": high}
    answers = bool(waits.answered.any())
    sentences = [chance_sentence(*row, answers=answers) for row in zip(lengths, *told, strict=True)]
    columns["sentence"] = objects(sentences)[place]
    attrs: dict = {"sentence": open_sentence(silent), "interviews": len(frame), "left_out": left_out}
    return framed(columns, attrs | {"as_of": records.today, "confidence": confidence})


def chance_calibration(
    frame: pd.DataFrame,
    *,
    bins: int = 5,
    within_days: int = 30,
    as_of: DayLike = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return whether one's guesses of a callback come true, one row per range of guesses, the lowest first.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    bins : int, default 5
        How many ranges of equal width the guesses are put into; those with a guess have a row.
    within_days : int, default 30
        Days within which a callback must come.
    as_of : date or str, optional
        The day that counts as today; by default today.
    confidence : float, default 0.95
        Coverage of the intervals, a fraction.

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
        `confidence`.

    Raises
    ------
    ValueError
        For arguments and values that cannot be read.

    Notes
    -----
    The rule for what counts is that of `compare_behaviors`: those who never answered did not call back. A guess that
    was written down on a day after that of the answer is left out. Interval: Wilson (1927). `brier`: Brier (1950).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> guesses = ik.chance_calibration(interviews, as_of="2026-11-20")
    >>> print(guesses[["low", "high", "n", "mean_guess", "rate"]].to_string(index=False, float_format="%.2f"))
      low   high  n  mean_guess  rate
    20.00  40.00  4       31.25  0.75
    40.00  60.00 20       49.50  0.30
    60.00  80.00 25       67.60  0.36
    80.00 100.00  6       85.00  0.33
    >>> print(guesses.attrs["sentence"])
    You said 60% on average; of 55 that count, 36% (20) called back within 30 days: you are too hopeful by 24 points.
    """
    if isinstance(bins, bool) or not isinstance(bins, (int, np.integer)) or not 1 <= bins <= 100:
        raise ValueError(f"bins is {bins!r}; it must be a whole number from 1 to 100, such as 5")
    check_in_memory("chance_calibration", frame)
    frame = held(frame)
    within_days, records = checked_days(within_days), read_records(frame, as_of)
    guess, (reasons, is_called) = coded(frame, "chance", read_chance, np.nan), records.left_out(within_days)
    kept, left_out = keep(
        len(frame), {"no_guess": np.isnan(guess) & ~records.applied, **reasons, "late": written_late(frame, records)}
    )
    guess, called = guess[kept], is_called[kept]
    place = np.minimum((guess * bins / 100 + 1e-9).astype(np.int64), bins - 1)
    n, callbacks = count(place, bins), count(place[called], bins)
    edges = 100 * np.arange(bins + 1) / bins
    mean = np.bincount(place, guess, bins) / np.maximum(n, 1)
    columns: dict = {"low": edges[:-1], "high": edges[1:], "n": n, "mean_guess": mean, "callbacks": callbacks}
    columns |= rates(callbacks, n, confidence)
    columns = {name: values[n > 0] for name, values in columns.items()}
    attrs: dict = {"brier": float(((guess / 100 - called) ** 2).mean()) if guess.size else np.nan}
    attrs |= {"sentence": guess_sentence(guess, called, within_days), "interviews": len(frame), "used": guess.size}
    attrs |= {"left_out": left_out, "within_days": within_days, "as_of": records.today, "confidence": confidence}
    return framed(columns, attrs)


def check_in_memory(name: str, frame: object) -> None:
    """Raise ValueError where a study is given another engine's table."""
    if is_non_pandas(frame):
        raise ValueError(PANDAS_ONLY.format(name=name))


def debrief_delay(frame: pd.DataFrame) -> pd.DataFrame:
    """Return how long after each interview it was written down, one row per interview, in the frame's order.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.

    Returns
    -------
    pandas.DataFrame
        One row per interview; applications without an interview have none.

        - `id`, `interviewed_on`, `debriefed_at`: of the interview
        - `hours`: since the end of the interview where `ended_at` is noted, else 24 times the days
        - `days`: calendar days, whole

        Both are missing where a date is, or where it was written down before the interview; only `hours` where before
        its end.

        `attrs`: `sentence`, `better` (True where it clearly comes sooner now, False where later, None where it is not
        clear), `median_hours`, `trend` (`statistic` and `p_value` of the trend test, `sentence`), `interviews`, `used`,
        `left_out`.

    Raises
    ------
    ValueError
        For values that cannot be read.

    Notes
    -----
    Trend test: the logarithm of 1 + hours over the date, within people where there are several, Mantel (1963).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> delays = ik.debrief_delay(interviews)
    >>> print(delays[["interviewed_on", "hours", "days"]].head(3).to_string(index=False))
    interviewed_on  hours  days
        2026-01-07   24.0     1
        2026-01-13   72.0     3
        2026-01-15   96.0     4
    >>> round(delays.attrs["median_hours"], 1), delays.attrs["better"]
    (23.9, True)
    """
    check_in_memory("debrief_delay", frame)
    check_frame(frame)
    frame = held(frame)
    kept = ~applications(frame)
    day, written = dates(frame, "interviewed_on")[kept], moments(frame, "debriefed_at")[kept].astype("M8[s]")
    ended = coded(frame, "ended_at", seconds_of_day, np.nan)[kept]
    days = span(day, written.astype("M8[D]"))
    hours = np.where(np.isnan(ended), days * 24, span(day.astype("M8[s]"), written) / 3600 - ended / 3600)
    backwards = (days < 0) | (hours < 0)
    hours, days = np.where(backwards, np.nan, hours), np.where(days < 0, np.nan, days)
    known = ~np.isnan(hours)
    trend = trend_test(day[known], np.log1p(hours[known]), people(frame)[kept][known])
    sentence = delay_sentence(trend, day[known], hours[known])
    left_out = {"applied": int(np.count_nonzero(~kept)), "undated": int(np.count_nonzero(~known & ~backwards))}
    attrs: dict = {"sentence": sentence, "better": trend.direction < 0 if trend.clear else None}
    attrs |= {"median_hours": float(np.median(hours[known])) if known.any() else np.nan}
    attrs |= {"trend": trend.attrs(sentence), "interviews": len(frame), "used": int(np.count_nonzero(known))}
    columns: dict = {"id": text_column(frame, "id")[kept], "interviewed_on": day.astype("M8[us]")}
    columns |= {"debriefed_at": written.astype("M8[us]"), "hours": hours, "days": whole_numbers(days)}
    return framed(columns, attrs | {"left_out": left_out | {"backwards": int(np.count_nonzero(backwards))}})


def guess_sentence(guess: Floats, called: Flags, within_days: int) -> str:
    """Return guess and outcome side by side."""
    if not guess.size:
        return f"There is no guess to check yet: it takes an interview with a guess whose {within_days} days are over."
    callbacks = int(called.sum())
    share = f"{percent(callbacks / called.size)} ({callbacks:,})"
    sentence = f"You said {guess.mean():.0f}% on average; of {called.size:,} that count, {share} called back"
    sentence = f"{sentence} within {within_days} days"
    return f"{sentence}{leaning(float(guess.mean()), callbacks, called.size)}."


def leaning(guess: float, callbacks: int, n: int) -> str:
    """Return which way a mean guess (percent) is off, where it lies outside of the range of the rate; else nothing."""
    low, high = (100 * float(limit) for limit in stats.wilson(callbacks, n, 0.95))
    if low <= guess <= high:
        return ""
    off = round(guess) - round(100 * callbacks / n)
    return f": you are too {'hopeful' if off > 0 else 'doubtful'} by {abs(off)} points"

"""How long after each interview it was written down."""

import numpy as np
import pandas as pd

from interview_kit.frame.answers import seconds_of_day
from interview_kit.frame.arrays import Days, Floats
from interview_kit.frame.columns import coded, dates, moments, span, text_column
from interview_kit.frame.groups import people
from interview_kit.frame.outcomes import applications
from interview_kit.frame.tables import framed, whole_numbers
from interview_kit.trends.changes import Trend, still_to_come, thirds, trend_test
from interview_kit.trends.dated import held_in_memory


def debrief_delay(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the delay after which each interview was written down, one row per interview, in the frame's order.

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
        For days and times that cannot be read.

    Notes
    -----
    Trend test: the logarithm of 1 + hours over the date, within people where there are several, Mantel (1963).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> delays = ik.debrief_delay(ik.load_interviews(SAMPLE))
    >>> print(delays[["interviewed_on", "hours", "days"]].head(3).to_string(index=False))
    interviewed_on  hours  days
        2026-01-07   24.0     1
        2026-01-13   72.0     3
        2026-01-15   96.0     4
    >>> round(delays.attrs["median_hours"], 1), delays.attrs["better"]
    (23.9, True)
    """
    frame = held_in_memory("debrief_delay", frame)
    kept = ~applications(frame)
    day, written = dates(frame, "interviewed_on")[kept], moments(frame, "debriefed_at")[kept].astype("M8[s]")
    ended = coded(frame, "ended_at", seconds_of_day, np.nan, float)[kept]
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
    columns: dict = {"id": text_column(frame, "id")[kept], "interviewed_on": day}
    columns |= {"debriefed_at": written, "hours": hours, "days": whole_numbers(days)}
    return framed(columns, attrs | {"left_out": left_out | {"backwards": int(np.count_nonzero(backwards))}})


def delay_sentence(trend: Trend, day: Days, hours: Floats) -> str:
    """Return the sentence about how soon interviews are written down."""
    if not trend.n:
        return "No interview has both its date and the time it was written down yet."
    half = f"Half of the interviews were written down within {duration(float(np.median(hours)))}."
    if not trend.enough:
        return f"{half} It is too early for a trend{still_to_come(trend.n)}."
    first_third, last_third, part = thirds(day, np.ones(day.size, np.int64))
    first, last = (float(np.median(hours[third])) for third in (first_third, last_third))
    words = ("Sooner than before" if trend.direction < 0 else "Later than before") if trend.clear else "No clear trend"
    compared = f"typically {duration(first)} in the first {part}, {duration(last)} in the last"
    return f"{half} {words}: {compared}.{trend.note}"


def duration(hours: float) -> str:
    """Return hours in words, as days from two days on."""
    count, unit = (hours / 24, "day") if hours >= 48 else (hours, "hour")
    if round(hours) < 1:
        return "the same day" if hours == 0 else "an hour"
    return f"{count:.0f} {unit}{'' if round(count) == 1 else 's'}"

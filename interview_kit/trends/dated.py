"""How many interviews of each day were called back or not, and which are left out, and why."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from interview_kit import stats
from interview_kit.engines import is_non_pandas
from interview_kit.frame.arguments import check_frame
from interview_kit.frame.arrays import Counts, Days
from interview_kit.frame.groups import people
from interview_kit.frame.held import held
from interview_kit.frame.outcomes import keep, read_records, states
from interview_kit.frame.window import CALLED, NOT_CALLED, PENDING, STATE_CODES, WITHDRAWN
from interview_kit.trends.changes import sums_of
from interview_kit.trends.periods import by_day

IN_MEMORY = (
    "stage_conversion puts the rounds of each application in order, for which they must be in this computer's memory; "
    "take the columns person, company, role, stage, interviewed_on, outcome and outcome_on into a pandas frame first"
)
PANDAS_ONLY = "{name} takes a pandas frame; turn the table into one first, as many do with .to_pandas()"
DAY_0 = date(1970, 1, 1).toordinal()


class Dated(NamedTuple):
    """Dated interviews: how many of each day are in which state, the sums of the trend, and what the table says."""

    days: Days
    pending: Counts
    called: Counts
    not_called: Counts
    sums: stats.Sums
    attrs: dict


def dated_interviews(frame: Any, within_days: int, today: date) -> Dated:
    """Return the interviews that are shown over time, of a frame or of a table that another engine holds."""
    return (dated_engine if is_non_pandas(frame) else dated_pandas)(frame, within_days, today)


def dated_pandas(frame: pd.DataFrame, within_days: int, today: date) -> Dated:
    """Return the dated interviews of a frame."""
    records = read_records(frame, today)
    state = states(records, within_days)
    undated, not_yet = np.isnat(records.day), records.not_yet
    reasons = {"applied": records.applied, "withdrawn": state == WITHDRAWN, "undated": undated, "not_yet": not_yet}
    kept, left_out = keep(state.size, reasons)
    state, day, person = state[kept], records.day[kept], people(frame)[kept]
    days, counts = by_day(day, *(state == code for code in (PENDING, CALLED, NOT_CALLED)))
    counted = state != PENDING
    sums = sums_of(day[counted], state[counted] == CALLED, person[counted])
    return Dated(days, *counts, sums, counts_of(*counts, left_out))


def dated_engine(frame: object, within_days: int, today: date) -> Dated:
    """Return the dated interviews of a table that another engine holds."""
    from interview_kit.engines.trend import over_time

    counts, by_person = over_time(frame, within_days, today)
    total = counts.groupby("state")["n"].sum()
    left_out = {reason: int(total.get(reason, 0)) for reason in ("applied", "withdrawn", "undated", "not_yet")}
    counts = counts[~counts["state"].isin(left_out)]
    state, n = counts["state"].map(STATE_CODES).to_numpy(np.int64), counts["n"].to_numpy(np.int64)
    day = (counts["day"].to_numpy(np.int64) - DAY_0).astype("M8[D]")
    days, by_state = by_day(day, *(n * (state == code) for code in (PENDING, CALLED, NOT_CALLED)))
    place = np.unique(people(by_person), return_inverse=True)[1]
    n, x, xx, y, xy = (np.bincount(place, by_person[name], minlength=1) for name in ("counted", "x", "xx", "y", "xy"))
    return Dated(days, *by_state, stats.Sums(n, x, xx, y, y, xy), counts_of(*by_state, left_out))


def counts_of(pending: Counts, called: Counts, not_called: Counts, left_out: dict[str, int]) -> dict:
    """Return the attributes of a table that count the interviews behind it, and those left out."""
    waiting, callbacks, others = (int(counts.sum()) for counts in (pending, called, not_called))
    counts = {"interviews": waiting + callbacks + others + sum(left_out.values()), "used": callbacks + others}
    return counts | {"callbacks": callbacks, "pending": waiting, "left_out": left_out}


def held_in_memory(study: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the interviews of a frame that took place; ValueError for another engine's table says what to do."""
    if is_non_pandas(frame):
        raise ValueError(IN_MEMORY if study == "stage_conversion" else PANDAS_ONLY.format(name=study))
    check_frame(frame)
    return held(frame)

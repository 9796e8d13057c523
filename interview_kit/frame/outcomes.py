"""What came of each interview: which count on a day, and which of them were called back."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit import schema
from interview_kit.frame import window
from interview_kit.frame.answers import NOT_NOTED, yes_no_levels
from interview_kit.frame.arguments import (
    DayLike,
    check_column,
    check_frame,
    checked_columns,
    checked_date,
    checked_days,
)
from interview_kit.frame.arrays import Days, Flags, Floats
from interview_kit.frame.columns import coded, dates, moments, span
from interview_kit.frame.window import CALLED, NOT_CALLED, PENDING, STATE_CODES, WITHDRAWN

LEAVE_OUT, INCLUDE = "leave out", "include"  # debriefs that were written down after the answer came


def outcome_status(value: object) -> int:
    """Return the status of an outcome for a rate; an interview that was not held is none that was not called back."""
    outcome = schema.parse_value("outcome", value)
    if outcome in schema.CALLBACK_OUTCOMES:
        return CALLED
    if outcome in ("withdrawn", *schema.NOT_HELD):
        return WITHDRAWN
    return PENDING if outcome == "pending" else NOT_CALLED


def applications(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Return the mask of rows that are applications that led to no interview."""
    return coded(frame, "stage", is_applied, 0, bool)


def is_applied(value: object) -> bool:
    """Say whether a stage is that of an application that led to no interview."""
    return schema.parse_value("stage", value) == "applied"


def is_offer(value: object) -> bool:
    """Say whether an outcome is an offer."""
    return schema.parse_value("outcome", value) == "offer"


class Outcomes(NamedTuple):
    """Which interviews count, which of them were called back, and from which day on each counts."""

    known: Flags
    called: Flags
    closed: Days
    left_out: dict[str, int]
    within_days: int | None = None
    as_of: date | None = None
    late_included: int = 0

    def attrs(self) -> dict:
        """Return the attributes of a table that say which interviews are behind it."""
        return {
            "interviews": int(self.known.size),
            "used": int(np.count_nonzero(self.known)),
            "callbacks": int(np.count_nonzero(self.called)),
            "left_out": self.left_out,
            "late_included": self.late_included,
            "within_days": self.within_days,
            "as_of": self.as_of,
        }


def read_outcomes(
    frame: pd.DataFrame, outcome: str | None, within_days: int, as_of: DayLike, late: str = LEAVE_OUT
) -> Outcomes:
    """Return the outcomes by the window rule, or of a column of yes and no, which no debrief can come too late for."""
    within_days, as_of, late = checked_days(within_days), checked_date(as_of), checked_late(late)
    if outcome is None:
        return own_outcomes(frame, within_days, as_of, late)
    [name] = checked_columns(frame, "outcome", [outcome])
    levels = yes_no_levels(frame[name], name)
    known = levels != NOT_NOTED
    left_out = {"no_outcome": int(levels.size - np.count_nonzero(known))}
    return Outcomes(known, levels == 1, np.full(levels.size, "NaT", "M8[D]"), left_out)


def own_outcomes(frame: pd.DataFrame, within_days: int, as_of: date, late: str = LEAVE_OUT) -> Outcomes:
    """Return the outcomes on a day: which interviews count, and which of them were called back within the window."""
    records = read_records(frame, as_of)
    reasons, called, is_late = *records.left_out(within_days), written_late(frame, records)
    known, left_out = keep(len(frame), reasons | {"late": is_late & (late == LEAVE_OUT)})
    closed = np.where(np.isnat(records.day), records.answered, records.day + np.timedelta64(within_days, "D"))
    included = int(np.count_nonzero(known & is_late))
    return Outcomes(known, known & called, closed, left_out, within_days, as_of, included)


def written_late(frame: pd.DataFrame, records: "Records") -> Flags:
    """Return the mask of interviews written down on a day after that of the answer; what is not known is not late."""
    return moments(frame, "debriefed_at").astype("M8[D]") > records.answered


def checked_late(late: str) -> str:
    """Return the option for late debriefs; ValueError where it is neither."""
    if late not in (LEAVE_OUT, INCLUDE):
        raise ValueError(f"late is {late!r}; it must be {LEAVE_OUT!r} or {INCLUDE!r}")
    return late


class Records(NamedTuple):
    """The outcome of each row, when it was, and when it became known."""

    status: NDArray[np.uint8]
    applied: Flags
    day: Days
    answered: Days
    today: date

    @property
    def not_yet(self) -> Flags:
        """Which interviews are still to come on the day that counts as today."""
        return self.day > np.datetime64(self.today, "D")

    def rule(self, within_days: int) -> dict[str, Flags]:
        """Return the mask of the rows in each state of the window rule."""
        return window.window_rule(window.facts(self.status, self.day, self.answered, within_days, self.today))

    def left_out(self, within_days: int) -> tuple[dict[str, Flags], Flags]:
        """Return the masks of rows that do not count, by reason, and that of others that were called back."""
        rule = self.rule(within_days)
        called = rule.pop("called")
        return {"applied": self.applied, "withdrawn": rule.pop("withdrawn"), "not_yet": self.not_yet, **rule}, called

    def spans(self, until: "Days | date") -> Floats:
        """Return whole days from each interview to a day; NaN where one is missing."""
        return span(self.day, np.asarray(until, "M8[D]"))


def read_records(frame: pd.DataFrame, as_of: DayLike) -> Records:
    """Return the outcomes of a frame and their days."""
    check_frame(frame)
    check_outcome(frame)
    today, answered = checked_date(as_of), dates(frame, "outcome_on")
    status = coded(frame, "outcome", outcome_status, PENDING, np.uint8)
    status[answered > np.datetime64(today, "D")] = PENDING  # on that day it was not known yet
    return Records(status, applications(frame), dates(frame, "interviewed_on"), answered, today)


def check_outcome(frame: pd.DataFrame) -> None:
    """Raise ValueError where a frame has columns, and none of them is the outcome."""
    check_column(frame, "outcome", "what came of each interview")


def keep(size: int, reasons: dict[str, Flags]) -> tuple[Flags, dict[str, int]]:
    """Return the mask of rows that no reason takes away, and how many each does; a row counts for the first."""
    kept, left_out = np.ones(size, bool), {}
    for reason, applies in reasons.items():
        left_out[reason] = int(np.count_nonzero(applies & kept))
        kept &= ~applies
    return kept, left_out


def states(records: Records, within_days: int) -> NDArray[np.int64]:
    """Return the state that each row counts as: pending where too young, or neither dated nor decided."""
    rule = records.rule(within_days)
    return np.select([*rule.values()], [STATE_CODES[name] for name in rule], NOT_CALLED)

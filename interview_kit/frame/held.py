"""The interviews that took place: those that are only planned, or were cancelled, count nowhere."""

from typing import TypeVar

import pandas as pd

from interview_kit import schema
from interview_kit.frame.arguments import check_unique
from interview_kit.frame.columns import coded

Frame = TypeVar("Frame")  # a pandas frame, or a table of another engine


def held(frame: Frame) -> Frame:
    """Return a frame without the interviews that are planned or were cancelled; the frame itself where there are none.

    Whoever counts interviews asks this first. Anything but a pandas frame with outcomes comes back as it is.
    """
    if not isinstance(frame, pd.DataFrame) or "outcome" not in frame.columns:
        return frame
    check_unique(frame, "the frame")
    absent = coded(frame, "outcome", is_not_held, 0, bool)
    return frame[~absent] if absent.any() else frame


def is_not_held(outcome: object) -> bool:
    """Say whether an outcome says that the interview did not take place; one that cannot be read says nothing."""
    try:
        return schema.parse_value("outcome", outcome) in schema.NOT_HELD
    except ValueError:
        return False

"""Since when a behavior is worked on, as the interviews tell it."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit.frame.arrays import Counts, Days
from interview_kit.frame.columns import texts

NO_DAY = np.datetime64("NaT", "D")


def focuses(frame: pd.DataFrame) -> NDArray[np.object_]:
    """Return the behavior that each interview names as its focus, "" for none."""
    return np.array([text.strip() for text in texts(frame, "focus")], object)


def chosen_on(behavior: str, focus: NDArray[np.object_], day: Days, person: Counts) -> Days:
    """Return for each interview the day on which its person chose a behavior, NaT where never.

    It is that of the first interview whose focus names it, after the last one that names another: who chooses another
    begins anew.
    """
    rows: Any = pd.DataFrame({"person": person, "day": day.astype("M8[us]")})
    other = rows["day"].where((focus != "") & (focus != behavior)).groupby(rows["person"]).transform("max")
    named = rows["day"].where((focus == behavior) & ~(rows["day"] <= other))
    return named.groupby(rows["person"]).transform("min").to_numpy("M8[D]")

"""The behavior that is worked on: as it was chosen, else as the interviews name it."""

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

TODAY, FOCUS_SINCE = "today", "focus_since"


def day_of_focus(settings: dict) -> date | None:
    """Return the day on which the focus was chosen; None where none is kept, or none that can be read."""
    with suppress(ValueError):
        return date.fromisoformat(str(settings.get(FOCUS_SINCE))) if settings.get("focus") else None
    return None


def chosen_focus(settings: dict, behavior: str, since: date | str | None) -> dict:
    """Return what is kept of a focus: with the day that is given, or today's, where it is not the one there is."""
    if since == TODAY:
        since = (settings.get("focus") == behavior and day_of_focus(settings)) or date.today()
    return {"focus": behavior, FOCUS_SINCE: str(since) if behavior and since else None}


def latest_focus(focus: "np.ndarray", days: "np.ndarray") -> str:
    """Return the focus of the latest interview that names one, "" for none; of one day, the last of them.

    An interview without a day may be the oldest of all, and does not say what is worked on.
    """
    import numpy as np

    at = np.flatnonzero((focus != "") & ~np.isnat(days))
    return str(focus[at[np.argsort(days[at], kind="stable")[-1]]]) if at.size else ""


def noted_focus(interviews: "pd.DataFrame") -> str:
    """Return the latest focus that the interviews of a typed frame name, "" for none."""
    named = interviews.loc[interviews["focus"] != "", ["focus", "interviewed_on"]]
    return latest_focus(named["focus"].to_numpy(object), named["interviewed_on"].to_numpy())

"""What an interview counts as on a day: the window rule, for arrays and for another engine's columns alike."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from interview_kit.frame.arrays import Days

PENDING, CALLED, NOT_CALLED, WITHDRAWN = range(4)


class Facts(NamedTuple):
    """Masks of the rows on a day, which `&`, `|` and `~` combine."""

    withdrawn: Any
    called: Any
    pending: Any
    undated: Any
    young: Any  # less than the window ago
    after_window: Any
    answered_after_as_of: Any


def facts(status: NDArray[np.uint8], day: Days, answered: Days, within_days: int, today: date) -> Facts:
    """Return the masks of interviews whose outcomes and days are arrays."""
    now, window = np.datetime64(today, "D"), np.timedelta64(within_days, "D")
    is_status = (status == code for code in (WITHDRAWN, CALLED, PENDING))
    return Facts(*is_status, np.isnat(day), day > now - window, answered - day > window, answered > now)


def window_rule(known: Facts) -> dict[str, Any]:
    """Return the mask of each state, of which the first that holds counts; all other rows were not called back.

    Only what was known on the day counts: a withdrawal, too, is none before the day on which it became known.
    """
    return {
        "withdrawn": known.withdrawn & ~known.answered_after_as_of,
        "too_young": known.young,
        "undecided": known.undated & (known.pending | known.answered_after_as_of),
        "called": known.called & ~known.after_window,
    }


STATE_CODES = {
    "withdrawn": WITHDRAWN,
    "too_young": PENDING,
    "undecided": PENDING,
    "called": CALLED,
    "not_called": NOT_CALLED,
}

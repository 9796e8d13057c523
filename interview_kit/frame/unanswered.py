"""Which interviews still wait for an answer: one rule, whoever asks."""

import numpy as np
import pandas as pd

from interview_kit.frame.arrays import Flags
from interview_kit.frame.columns import coded
from interview_kit.frame.groups import application_keys
from interview_kit.frame.held import is_not_held
from interview_kit.frame.outcomes import Records, keep
from interview_kit.frame.window import PENDING


def unanswered(frame: pd.DataFrame, records: Records) -> tuple[Flags, dict[str, int]]:
    """Return the mask of interviews that wait for an answer, and why other open ones do not, with how many.

    Mere applications wait for none, nor does what is still to come, nor a round that a later one for the same person,
    company and role followed. One that is only planned ends no wait: that they called is still to be noted.
    """
    reasons = {"applied": records.applied, "not_yet": records.not_yet, "went_on": went_on(frame, records)}
    kept, left_out = keep(len(frame), {"closed": records.status != PENDING} | reasons)
    return kept, {reason: left_out[reason] for reason in reasons}


def went_on(frame: pd.DataFrame, records: Records) -> Flags:
    """Return the mask of rounds after whose day the same application has another that took place."""
    key, is_named = application_keys(frame)
    counts = is_named & ~(records.not_yet | coded(frame, "outcome", is_not_held, 0, bool))
    latest = np.full(key.max(initial=0) + 1, np.iinfo(np.int64).min)  # as NaT, which no day is before
    np.maximum.at(latest, key[counts], records.day[counts].view(np.int64))
    return is_named & (records.day < latest.view("M8[D]")[key])

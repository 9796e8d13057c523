"""Which interviews still wait for an answer: one rule, whoever asks."""

import numpy as np
import pandas as pd

from interview_kit import schema
from interview_kit.frame.arrays import Flags
from interview_kit.frame.columns import coded
from interview_kit.frame.groups import application_keys
from interview_kit.frame.outcomes import Records, keep
from interview_kit.frame.window import PENDING

CANCELLED, DECIDED, OPEN = range(3)


def unanswered(frame: pd.DataFrame, records: Records) -> tuple[Flags, dict[str, int]]:
    """Return the mask of interviews that wait for an answer, and why other open ones do not, with how many.

    Mere applications wait for none, nor does what is still to come, nor a round after which there was a later one for
    the same person, company and role, or is one planned.
    """
    reasons = {"applied": records.applied, "not_yet": records.not_yet, "went_on": went_on(frame, records)}
    kept, left_out = keep(len(frame), {"closed": records.status != PENDING} | reasons)
    return kept, {reason: left_out[reason] for reason in reasons}


def went_on(frame: pd.DataFrame, records: Records) -> Flags:
    """Return the mask of rounds after whose day the same application has another; of those to come, one not decided."""
    key, is_named = application_keys(frame)
    noted = coded(frame, "outcome", as_round, OPEN, np.uint8)
    counts = is_named & ~np.isnat(records.day) & (noted > records.not_yet)
    latest = np.full(key.max(initial=0) + 1, np.iinfo(np.int64).min)  # as NaT, which no day is before
    np.maximum.at(latest, key[counts], records.day[counts].view(np.int64))
    return is_named & (records.day < latest.view("M8[D]")[key])


def as_round(outcome: object) -> int:
    """Return whether a round with an outcome was cancelled, is decided, or is open: planned, or without an answer."""
    found = schema.parse_value("outcome", outcome) or "pending"
    return CANCELLED if found == "cancelled" else OPEN if found in ("pending", "planned") else DECIDED

"""A frame of interviews without anything that names someone."""

import string
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from interview_kit.frame.columns import dates, folded, texts
from interview_kit.frame.tables import objects
from interview_kit.trends import conversion

if TYPE_CHECKING:
    import pandas as pd

# What may be shown as it is. Anything else, also a column that a later version brings, is left out or becomes a code.
BEHAVIORS = (
    *("did_prepare", "did_arrive_early", "did_drink_coffee", "did_keep_good_posture", "did_make_eye_contact"),
    *("did_listen_before_answering", "did_give_examples", "did_ask_questions_at_end", "did_ask_next_steps"),
    *("rated_calm", "rated_clarity", "rated_rapport"),
)
STAGES = ("applied", "screen", "technical", "take-home", "onsite", "final", "other")
FORMATS = ("phone", "video", "in person")
SOURCES = ("referral", "recruiter", "own application", "event")
DATES = ("interviewed_on", "outcome_on")
UNSHOWN = ("ended_at", "debriefed_at", "chance", "outcome")  # read as times, numbers and outcomes, never shown as typed


def redacted(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return a frame in which companies, people and own words are codes, and all free text is missing.

    Codes ("Company A", "Client A", "Stage A", "Behavior A") are given in order of first appearance. Every number that
    a report counts is the same as without redaction.
    """
    import pandas as pd

    renamed = behavior_codes(frame.columns)
    columns: dict = {
        "person": coded(frame, "person", "Client", letters),
        "company": coded(frame, "company", "Company", letters),
        "role": coded(frame, "role", "Role", letters),
        "stage": stages(frame),
        "source": sources(frame),
        "format": [value if value in FORMATS else "" for value in texts(frame, "format")],
        "focus": [renamed.get(value, "") for value in texts(frame, "focus")],
    }
    columns |= {name: dates(frame, name).astype("M8[us]") for name in DATES}
    columns |= {name: frame[name].to_numpy() for name in UNSHOWN if name in frame.columns}
    columns |= {code: frame[name].array for name, code in renamed.items()}
    return pd.DataFrame(columns)


def is_behavior(name: object) -> bool:
    """Say whether a column is a behavior or a rating."""
    return str(name).startswith(("did_", "rated_"))


def behavior_codes(columns: Iterable) -> dict:
    """Return the name under which each behavior of a frame is shown: its own where the kit brought it."""
    names = [name for name in columns if is_behavior(name)]
    own = [name for name in names if name not in BEHAVIORS]
    codes = {name: f"{name.partition('_')[0]}_Behavior_{letters(place)}" for place, name in enumerate(own)}
    return {name: codes.get(name, name) for name in names}


def coded(frame: "pd.DataFrame", name: str, word: str, code) -> NDArray[np.object_]:
    """Return a column as codes, upper and lower case alike; empty where there was nothing."""
    places, nothing = folded(frame, name)
    codes = [f"{word} {code(place)}" for place in range(nothing)]
    return objects([*codes, ""])[places]


def stages(frame: "pd.DataFrame") -> NDArray[np.object_]:
    """Return the stages, the kit's own as they are, others as codes."""
    places, names = conversion.stages(frame)
    own = [name for name in names if name not in STAGES and name != conversion.NOT_NOTED]
    codes = {name: f"Stage {letters(place)}" for place, name in enumerate(own)}
    return objects([codes.get(name, "" if name == conversion.NOT_NOTED else name) for name in names])[places]


def sources(frame: "pd.DataFrame") -> list[str]:
    """Return where leads came from, the kit's own words as they are, others as codes."""
    codes = coded(frame, "source", "Source", letters)
    return [word if word in SOURCES else code for word, code in zip(texts(frame, "source"), codes, strict=True)]


def letters(place: int) -> str:
    """Return A to Z, then AA, AB …"""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + string.ascii_uppercase[last]

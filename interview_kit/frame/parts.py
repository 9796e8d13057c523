"""The part of very many interviews that a panel works on: the columns that count, a sample, or the newest."""

import numpy as np
import pandas as pd

from interview_kit import schema

FEW_VALUES = ("person", "company", "role", "stage", "format", "source", "focus", "outcome")
COUNTED = (*FEW_VALUES, "id", "interviewed_on", "ended_at", "debriefed_at", "chance", "outcome_on")


def counted_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame's columns that a study counts, without the free text.

    Columns in which the same words come again are categories: what occurs is then found once, and not at each question.
    """
    names = [name for name in frame if name in COUNTED or schema.kind_by_prefix(str(name)) != "text"]
    few = [name for name in names if name in FEW_VALUES and frame[name].dtype == "str"]
    part = frame[names].astype(dict.fromkeys(few, "category"))
    part.attrs = dict(frame.attrs)
    return part


def sample_companies(frame: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return about `most` interviews: all of some companies, drawn at random, the same ones each time; all, if few."""
    if len(frame) <= most:
        return frame
    company, names = pd.factorize(frame["company"], use_na_sentinel=False)
    drawn = np.random.default_rng(len(frame)).permutation(len(names))
    enough = np.searchsorted(np.cumsum(np.bincount(company)[drawn]), most, side="right")
    is_drawn = np.zeros(len(names), bool)
    is_drawn[drawn[: max(enough, 1)]] = True
    return frame[is_drawn[company]]

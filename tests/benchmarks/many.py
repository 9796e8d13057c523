"""A journal of many invented interviews: the sample's, again and again, each with an id and days of its own."""

from pathlib import Path

import numpy as np
import pandas as pd

from interview_kit import Journal
from interview_kit.journal import SAMPLE

LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz234567"))
A_COMPANY = 4  # interviews


def many_interviews(folder: Path, rows: int) -> Journal:
    """Return a journal in `folder` that holds so many interviews."""
    folder.mkdir()
    rng = np.random.default_rng(8)
    sample = pd.read_csv(SAMPLE, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    many = sample.iloc[rng.integers(0, len(sample), rows)].reset_index(drop=True)
    many["id"] = ["i-" + "".join(drawn) for drawn in LETTERS[rng.integers(0, LETTERS.size, (rows, 10))]]
    many["company"] = [f"Firm {number}" for number in rng.integers(0, max(rows // A_COMPANY, 1), rows)]
    earlier = pd.to_timedelta(rng.integers(0, 400, rows), unit="D")
    for name in ("interviewed_on", "outcome_on"):
        many[name] = (pd.to_datetime(many[name], errors="coerce") - earlier).dt.strftime("%Y-%m-%d").fillna("")
    many.to_csv(folder / "interviews.csv", index=False, encoding="utf-8-sig")
    return Journal(folder)

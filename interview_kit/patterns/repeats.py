"""Rows that repeat another one: the same interview, written down or brought in again."""

import pandas as pd

from interview_kit import schema

SAME = ("person", "company", "role", "stage", "format", "interviewed_on", "outcome", "outcome_on", "chance")


def repeats_sentence(frame: pd.DataFrame) -> str:
    """Return the sentence that counts the rows that repeat another one; empty where none does."""
    count = repeated_rows(frame)
    rows = "1 row repeats" if count == 1 else f"{count:,} rows repeat"
    return f"{rows} another one, day, company and answers alike; each counts." if count else ""


def repeated_rows(frame: pd.DataFrame) -> int:
    """Return the number of rows that are like one before them in all that counts, of those with a company and a day."""
    if not {"company", "interviewed_on"} <= set(frame.columns):
        return 0
    named = frame[frame["interviewed_on"].notna() & frame["company"].notna() & (frame["company"] != "")]
    close = named[named.duplicated(["company", "interviewed_on"], keep=False)]  # few, and found at once
    same = [name for name in frame if name in SAME or schema.kind_by_prefix(str(name)) != "text"]
    return int(close.duplicated(same).sum())

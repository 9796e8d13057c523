"""One question, chosen before the interviews that answer it: which ones they are, and what they say."""

from datetime import date

import numpy as np
import pandas as pd

from interview_kit import schema
from interview_kit.frame.arguments import checked_columns
from interview_kit.frame.arrays import Flags
from interview_kit.frame.columns import dates, texts
from interview_kit.patterns.verdicts import LINING_UP
from interview_kit.words import day

ASKED = "Your one question since {since}."
NEVER_ASKED = "{label}: no interview names it as what you set out to work on, so there is no question yet."
NONE_YET = "{label}: not noted yet in an interview since then that counts."
BEFOREHAND = "Asked beforehand and judged by itself, luck alone would say so in at most 5 of 100 such records."
JUDGED = "Judged next at {next_look:,} interviews; {used:,} so far."
MORE = "A difference of 20 points takes about {more:,} more to show."


def asked_since(frame: pd.DataFrame, behavior: str, since: date | None, today: date) -> tuple[date | None, Flags]:
    """Return the day on which a question was chosen, and which interviews it is asked of; None where it never was.

    Where no day is given, it is that of the first interview whose focus is this one, after the last with another.
    """
    checked_columns(frame, "since", ["interviewed_on"])
    held_on = dates(frame, "interviewed_on").astype("M8[D]")
    if since is None:
        focus = np.array([text.strip() for text in texts(frame, "focus")], object)
        held = ~np.isnat(held_on) & (held_on <= np.datetime64(today))
        other = held_on[held & (focus != "") & (focus != behavior)]
        named = held_on[held & (focus == behavior)]
        named = named[named > other.max()] if other.size else named
        since = named.min().item() if named.size else None
    inside = np.zeros(held_on.size, bool) if since is None else held_on >= np.datetime64(since)
    return since, inside


def still_to_come(table: pd.DataFrame) -> int | None:
    """Return how many more interviews it takes until a difference of 20 points shows; None where one shows already."""
    row = table.iloc[0]
    if schema.is_missing(row["needed"]):
        return None
    return max(0, int(row["needed"]) - int(row["n_with"] + row["n_without"]))


def question_sentence(table: pd.DataFrame, since: date | None) -> str:
    """Return the question with its answer so far, and what it still takes."""
    row, attrs = table.iloc[0], {str(name): value for name, value in table.attrs.items()}
    label, more = schema.label(row["behavior"]), still_to_come(table)
    if since is None:
        return NEVER_ASKED.format(label=label)
    is_noted = row["n_with"] + row["n_without"] > 0
    parts = [ASKED.format(since=day(since)), row["sentence"] if is_noted else NONE_YET.format(label=label)]
    if row["verdict"] in LINING_UP:
        return " ".join([*parts, BEFOREHAND])
    parts += [JUDGED.format(**attrs)] if attrs["next_look"] else []
    parts += [MORE.format(more=more)] if more else []
    return " ".join(parts)

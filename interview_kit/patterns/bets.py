"""The best bet so far: of all behaviors the one with the greatest odds either way, and how these odds are said."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit.patterns.numbers import smallest_counts

FEWEST_INTERVIEWS, FEWEST_ON_A_SIDE, FEWEST_OF_AN_OUTCOME = 8, 3, 2
ODDS = (20, 10, 5, 3, 2)  # to 1; no more is ever said, and nothing below


def best_bet(columns: dict[str, NDArray], counts: dict[str, NDArray], used: int) -> str | None:
    """Return the behavior with the greatest odds, of those with enough of every kind; None where it is no bet yet.

    `counts` are those that the odds rest on: of strata those in which behavior and outcome vary.
    """
    group, outcome = smallest_counts(counts)
    enough = (group >= FEWEST_ON_A_SIDE) & (outcome >= FEWEST_OF_AN_OUTCOME)
    chance = np.where(enough & (used >= FEWEST_INTERVIEWS), sure(columns["probability"]), 0)
    if not chance.size or not odds_to_one(chance.max()):
        return None
    return str(columns["behavior"][chance.argmax()])


def sure(probability: NDArray) -> NDArray:
    """Return the chance that a behavior goes the way it seems to go; 0 where it is not known."""
    return np.nan_to_num(np.maximum(probability, 1 - probability))


def odds_to_one(chance: float) -> int:
    """Return a chance as odds to 1 in plain steps; 0 below 2 to 1."""
    return next((odds for odds in ODDS if chance * (odds + 1) >= odds - 1e-9), 0)


def bet_row(table: pd.DataFrame) -> dict | None:
    """Return the row of a table's best bet."""
    name = table.attrs.get("best_bet")
    return None if name is None else table[table["behavior"] == name].iloc[0].to_dict()

"""Every behavior of a frame counted by outcome, and by stratum where there are strata."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from interview_kit import stats
from interview_kit.frame.answers import NOT_NOTED, read_levels
from interview_kit.frame.arguments import checked_columns
from interview_kit.frame.arrays import Counts, Flags, Levels
from interview_kit.frame.columns import dates
from interview_kit.frame.groups import APPLICATION, joint_groups
from interview_kit.frame.outcomes import Outcomes, read_outcomes
from interview_kit.patterns.asked import Asked, behavior_columns, strata_columns
from interview_kit.patterns.looks import LOOK_LEVEL, LOOK_LEVEL_ALONE, Look, checked_looks, first_to_close
from interview_kit.patterns.numbers import Counted, is_with, numbers_within
from interview_kit.patterns.rounds import Rounds

BLOCK_CELLS = 2**20  # counts held at once: 8 MB


class Counting(NamedTuple):
    """The counts of all interviews, those that are judged (None where nothing is), and what a table says of them."""

    counted: Counted
    judged: Counted | None
    by: list[str]
    several: bool
    confidence: float
    attrs: dict
    level: float = stats.LEVEL


def count_pandas(frame: pd.DataFrame, asked: Asked) -> Counting:
    """Return the counts of a frame."""
    names = behavior_columns(frame, asked.behaviors, asked.outcome)
    outcomes = read_outcomes(frame, asked.outcome, asked.within_days, asked.as_of, asked.late)
    by, several = strata_columns(frame, asked, outcomes.known)
    counted = count_all(frame, names, outcomes, by, asked.confidence)
    look, judged = Look.at(checked_looks(asked.looks), int(np.count_nonzero(outcomes.known))), counted
    if look.reached:
        part = first_to_close(outcomes if asked.outcome is None else dated(frame, outcomes), look.reached)
        judged = count_all(frame, names, part, by, asked.confidence)
    return counting(Counting(counted, judged, by, several, asked.confidence, outcomes.attrs()), look)


def dated(frame: pd.DataFrame, outcomes: Outcomes) -> Outcomes:
    """Return outcomes that a column of their own holds, with the day of each interview as that from which it counts."""
    checked_columns(frame, "looks", ["interviewed_on"])
    return outcomes._replace(closed=dates(frame, "interviewed_on"))


def counting(found: Counting, look: Look) -> Counting:
    """Return the counts with why they are not judged, where they are not, and when they are."""
    late, part, early = found.attrs["late_included"] > 0, look.looks == (), look.looks is not None and not look.reached
    at_each = LOOK_LEVEL if len(found.counted.names) > 1 else LOOK_LEVEL_ALONE
    reason = "late" if late else "part" if part else "early" if early else None
    return found._replace(
        judged=None if reason else found.judged,
        level=stats.LEVEL if look.looks is None else at_each,
        attrs=found.attrs | look.attrs() | {"not_judged": reason},
    )


class Strata(NamedTuple):
    """Where each known interview is counted: the first cell of its stratum, plus 1 where it was called back."""

    rows: Flags | slice
    places: Counts
    size: int

    @classmethod
    def of(cls, codes: Counts, size: int, outcomes: Outcomes) -> "Strata":
        """Return the strata of these codes."""
        rows = slice(None) if outcomes.known.all() else outcomes.known
        return cls(rows, codes * 14 + outcomes.called[rows], max(size, 1))

    def cells(self, levels: Levels) -> Counts:
        """Return one behavior's cells in each stratum."""
        places = self.places + 2 * levels[self.rows]
        return np.bincount(places, minlength=self.size * 14).reshape(self.size, 7, 2)


def count_all(
    frame: pd.DataFrame, names: Sequence[str], outcomes: Outcomes, by: Sequence[str], confidence: float
) -> Counted:
    """Count every behavior, of strata a block of behaviors at a time so that many fit."""
    codes, size = joint_groups(frame, by, outcomes.known)
    strata = Strata.of(codes, size, outcomes) if by else None
    rounds = rounds_of(frame, codes, outcomes)
    block = max(1, BLOCK_CELLS // (14 * strata.size)) if strata else max(1, len(names))
    blocks = [
        count_block(frame, names[start : start + block], outcomes, strata, rounds=rounds, confidence=confidence)
        for start in range(0, max(1, len(names)), block)
    ]
    within = {name: np.concatenate([one.within[name] for one in blocks]) for name in blocks[0].within}
    parts = (np.concatenate([getattr(one, part) for one in blocks]) for part in ("rating", "cells", "effect"))
    return Counted(names, *parts, within)


def rounds_of(frame: pd.DataFrame, codes: Counts, outcomes: Outcomes) -> Rounds | None:
    """Return the rounds of applications among the interviews that count; None where no company is noted."""
    if "company" not in frame.columns:
        return None
    names = [name for name in APPLICATION if name in frame.columns]
    called = outcomes.called[outcomes.known]
    return Rounds.of(frame[names][outcomes.known], codes, called, np.ones(called.size, np.int64))


def count_block(
    frame: pd.DataFrame,
    names: Sequence[str],
    outcomes: Outcomes,
    strata: Strata | None,
    *,
    rounds: Rounds | None,
    confidence: float,
) -> Counted:
    """Count some behaviors."""
    rating, size, effect = np.zeros(len(names), bool), strata.size if strata else 1, np.ones(len(names))
    totals = np.array([np.count_nonzero(outcomes.known), np.count_nonzero(outcomes.called)])
    cells = np.zeros((len(names), size, 7, 2), np.int64)
    for at, name in enumerate(names):
        levels, kind = read_levels(frame[name], name)
        rating[at] = kind == "rating"
        cells[at] = strata.cells(levels) if strata else unadjusted_cells(levels, kind, outcomes, totals)
        if rounds:
            known = levels[outcomes.known]
            effect[at] = rounds.effect(is_with(kind == "rating")[known], known < NOT_NOTED)
    within = numbers_within(cells, rating, effect, confidence) if strata else {}
    return Counted(names, rating, cells.sum(axis=1), effect, within)


def unadjusted_cells(levels: Levels, kind: str, outcomes: Outcomes, totals: Counts) -> Counts:
    """Return one behavior's cells: all levels but one are counted, and that one is what is left of the totals."""
    *counted, rest = (NOT_NOTED, 1, 0) if kind == "yes/no" else (1, 2, 3, 4, 5, NOT_NOTED)
    all_known = totals[0] == levels.size
    cells = np.zeros((7, 2), np.int64)
    for answer in counted:
        here = levels == answer
        cells[answer, 0] = np.count_nonzero(here if all_known else here & outcomes.known)
        if cells[answer, 0]:
            cells[answer, 1] = np.count_nonzero(here & outcomes.called)
    cells[rest] = totals - cells.sum(axis=0)
    cells[:, 0] -= cells[:, 1]
    return cells

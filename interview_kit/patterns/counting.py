"""Every behavior of a frame counted by outcome, and by stratum where there are strata."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from interview_kit.engines import GroupCounts, columns_of, count_groups
from interview_kit.frame.answers import NOT_NOTED, read_levels
from interview_kit.frame.arguments import checked_columns, checked_date, checked_days
from interview_kit.frame.arrays import Counts, Flags, Levels
from interview_kit.frame.groups import grouped, joint_groups
from interview_kit.frame.outcomes import Outcomes, read_outcomes
from interview_kit.patterns.asked import Asked, behavior_columns, strata_columns
from interview_kit.patterns.numbers import Counted, numbers_within

if TYPE_CHECKING:
    import pandas as pd

BLOCK_CELLS = 2**20  # counts held at once: 8 MB


def count_pandas(frame: "pd.DataFrame", asked: Asked) -> tuple[Counted, dict, list[str], bool]:
    """Return the counts of a frame, what they were counted from, the strata, and whether of several people."""
    names = behavior_columns(frame, asked.behaviors, asked.outcome)
    outcomes = read_outcomes(frame, asked.outcome, asked.within_days, asked.as_of)
    by, several = strata_columns(frame, asked.by, outcomes)
    return count_all(frame, names, outcomes, by, asked.confidence), outcomes.attrs(), by, several


def count_engine(frame: object, asked: Asked) -> tuple[Counted, dict, list[str], bool]:
    """Return the same of a table that another engine holds, reduced where it is."""
    shape, outcome = columns_of(frame), asked.outcome
    names = behavior_columns(shape, asked.behaviors, outcome)
    by = checked_columns(shape, "by", [asked.by] if isinstance(asked.by, str) else asked.by or ())
    window = checked_days(asked.within_days), checked_date(asked.as_of)
    counts = count_groups(frame, names, by, outcome, window)
    several = "person" in counts.rows and len(grouped(counts.rows["person"][counts.known])[1]) > 1
    by = [*by, "person"] if several and "person" not in by else by
    rating = np.array([kind == "rating" for kind in counts.kinds], bool)
    cells = cells_of(counts, by)
    within = numbers_within(cells, rating, asked.confidence) if by else {}
    attrs = about(counts.states(), None if outcome else window)
    return Counted(names, rating, cells.sum(axis=1), within), attrs, by, several


def cells_of(counts: GroupCounts, by: list[str]) -> Counts:
    """Return the cells of every behavior in every stratum."""
    known, called = counts.known, counts.called[counts.known]
    codes, size = joint_groups(counts.rows, by, known) if by else (np.zeros(called.size, np.int64), 1)
    cells = np.zeros((len(counts.kinds), max(size, 1), 7, 2), np.int64)
    for at in range(len(counts.kinds)):
        levels = counts.levels(at)[known]
        np.add.at(cells[at], (codes[:, None], np.arange(7)[None, :], called[:, None]), levels)
    return cells


def about(states: Mapping[str, int], window: tuple[int, date] | None) -> dict:
    """Return what a table says about the interviews behind it, as `Outcomes.attrs` does."""
    reasons = ("applied", "withdrawn", "too_young", "undecided") if window else ("no_outcome",)
    return {
        "interviews": sum(states.values()),
        "used": states.get("called", 0) + states.get("not_called", 0),
        "callbacks": states.get("called", 0),
        "left_out": {reason: states.get(reason, 0) for reason in reasons},
        "within_days": window[0] if window else None,
        "as_of": window[1] if window else None,
    }


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
    frame: "pd.DataFrame", names: Sequence[str], outcomes: Outcomes, by: Sequence[str], confidence: float
) -> Counted:
    """Count every behavior, of strata a block of behaviors at a time so that many fit."""
    strata = Strata.of(*joint_groups(frame, by, outcomes.known), outcomes) if by else None
    block = max(1, BLOCK_CELLS // (14 * strata.size)) if strata else max(1, len(names))
    blocks = [
        count_block(frame, names[start : start + block], outcomes, strata, confidence)
        for start in range(0, max(1, len(names)), block)
    ]
    within = {name: np.concatenate([one.within[name] for one in blocks]) for name in blocks[0].within}
    rating, cells = (np.concatenate([getattr(one, part) for one in blocks]) for part in ("rating", "cells"))
    return Counted(names, rating, cells, within)


def count_block(
    frame: "pd.DataFrame", names: Sequence[str], outcomes: Outcomes, strata: Strata | None, confidence: float
) -> Counted:
    """Count some behaviors."""
    rating, size = np.zeros(len(names), bool), strata.size if strata else 1
    totals = np.array([np.count_nonzero(outcomes.known), np.count_nonzero(outcomes.called)])
    cells = np.zeros((len(names), size, 7, 2), np.int64)
    for at, name in enumerate(names):
        levels, kind = read_levels(frame[name], name)
        rating[at] = kind == "rating"
        cells[at] = strata.cells(levels) if strata else unadjusted_cells(levels, kind, outcomes, totals)
    within = numbers_within(cells, rating, confidence) if strata else {}
    return Counted(names, rating, cells.sum(axis=1), within)


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

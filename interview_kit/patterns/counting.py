"""Every behavior of a frame counted by outcome, and by stratum where there are strata."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from interview_kit import stats
from interview_kit.engines import GroupCounts, columns_of, count_groups
from interview_kit.frame.answers import NOT_NOTED, read_levels
from interview_kit.frame.arguments import checked_columns, checked_date, checked_days
from interview_kit.frame.arrays import Counts, Flags, Floats, Levels
from interview_kit.frame.columns import dates
from interview_kit.frame.groups import grouped, joint_groups
from interview_kit.frame.outcomes import LEAVE_OUT, Outcomes, checked_late, read_outcomes
from interview_kit.patterns.asked import Asked, behavior_columns, by_columns, names_people, strata_columns
from interview_kit.patterns.looks import LOOK_LEVEL, LOOK_LEVEL_ALONE, Look, checked_looks, first_to_close
from interview_kit.patterns.numbers import Counted, is_with, numbers_within
from interview_kit.patterns.rounds import Rounds

if TYPE_CHECKING:
    import pandas as pd

BLOCK_CELLS = 2**20  # counts held at once: 8 MB
IN_ORDER = (
    "looks goes by the order in which interviews closed, for which they must be in this computer's memory; leave looks "
    "out, or take the interviews into a pandas frame first"
)


class Counting(NamedTuple):
    """The counts of all interviews, those that are judged (None where nothing is), and what a table says of them."""

    counted: Counted
    judged: Counted | None
    by: list[str]
    several: bool
    confidence: float
    attrs: dict
    level: float = stats.LEVEL


def count_pandas(frame: "pd.DataFrame", asked: Asked) -> Counting:
    """Return the counts of a frame."""
    names = behavior_columns(frame, asked.behaviors, asked.outcome)
    outcomes = read_outcomes(frame, asked.outcome, asked.within_days, asked.as_of, asked.late)
    by, several = strata_columns(frame, asked, outcomes)
    counted = count_all(frame, names, outcomes, by, asked.confidence)
    look, judged = Look.at(checked_looks(asked.looks), int(np.count_nonzero(outcomes.known))), counted
    if look.reached:
        part = first_to_close(outcomes if asked.outcome is None else dated(frame, outcomes), look.reached)
        judged = count_all(frame, names, part, by, asked.confidence)
    return counting(Counting(counted, judged, by, several, asked.confidence, outcomes.attrs()), look)


def dated(frame: "pd.DataFrame", outcomes: Outcomes) -> Outcomes:
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


def count_engine(frame: object, asked: Asked) -> Counting:
    """Return the same of a table that another engine holds, reduced where it is."""
    if asked.looks is not None:
        raise ValueError(IN_ORDER)
    shape, outcome = columns_of(frame), asked.outcome
    names = behavior_columns(shape, asked.behaviors, outcome)
    by = by_columns(shape, asked)
    window = checked_days(asked.within_days), checked_date(asked.as_of)
    counts = count_groups(frame, names, by, outcome, window)
    counts = counts.without_late() if checked_late(asked.late) == LEAVE_OUT else counts
    several = names_people(counts.rows, asked) and len(grouped(counts.rows["person"][counts.known])[1]) > 1
    by = [*by, "person"] if several and "person" not in by else by
    rating = np.array([kind == "rating" for kind in counts.kinds], bool)
    codes, size = joint_groups(counts.rows, by, counts.known)
    cells, effect = cells_of(counts, codes, size), effects_of(counts, codes, rating)
    within = numbers_within(cells, rating, effect, asked.confidence) if by else {}
    counted = Counted(names, rating, cells.sum(axis=1), effect, within)
    attrs = about(counts, None if outcome else window)
    return counting(Counting(counted, counted, by, several, asked.confidence, attrs), Look.at(None, attrs["used"]))


def effects_of(counts: GroupCounts, codes: Counts, rating: Flags) -> Floats:
    """Return the design effect of every behavior."""
    known, effect = counts.known, np.ones(rating.size)
    if "company" not in counts.rows:
        return effect
    n = counts.rows["n"].to_numpy()[known]
    rounds = Rounds.of(counts.rows[known], codes, n * counts.called[known], n)
    for at, is_rating in enumerate(rating):
        levels = counts.levels(at)[known, :NOT_NOTED]
        effect[at] = rounds.effect(levels @ is_with(is_rating)[:NOT_NOTED], levels.sum(axis=1))
    return effect


def cells_of(counts: GroupCounts, codes: Counts, size: int) -> Counts:
    """Return the cells of every behavior in every stratum."""
    known, called = counts.known, counts.called[counts.known]
    cells = np.zeros((len(counts.kinds), max(size, 1), 7, 2), np.int64)
    for at in range(len(counts.kinds)):
        levels = counts.levels(at)[known]
        np.add.at(cells[at], (codes[:, None], np.arange(7)[None, :], called[:, None]), levels)
    return cells


def about(counts: GroupCounts, window: tuple[int, date] | None) -> dict:
    """Return what a table says about the interviews behind it, as `Outcomes.attrs` does."""
    reasons, states = (
        ("applied", "withdrawn", "not_yet", "too_young", "undecided", "late") if window else ("no_outcome",),
        counts.states(),
    )
    return {
        "interviews": sum(states.values()),
        "used": states.get("called", 0) + states.get("not_called", 0),
        "callbacks": states.get("called", 0),
        "left_out": {reason: states.get(reason, 0) for reason in reasons},
        "late_included": int(counts.rows["n"].to_numpy()[counts.late].sum()),
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
    codes, size = joint_groups(frame, by, outcomes.known)
    strata = Strata.of(codes, size, outcomes) if by else None
    rounds = rounds_of(frame, codes, outcomes)
    block = max(1, BLOCK_CELLS // (14 * strata.size)) if strata else max(1, len(names))
    blocks = [
        count_block(
            [(frame[name], name) for name in names[start : start + block]], outcomes, strata, rounds, confidence
        )
        for start in range(0, max(1, len(names)), block)
    ]
    within = {name: np.concatenate([one.within[name] for one in blocks]) for name in blocks[0].within}
    parts = (np.concatenate([getattr(one, part) for one in blocks]) for part in ("rating", "cells", "effect"))
    return Counted(names, *parts, within)


def rounds_of(frame: "pd.DataFrame", codes: Counts, outcomes: Outcomes) -> Rounds | None:
    """Return which of the interviews that count are rounds of one application; None where no company is noted."""
    if "company" not in frame.columns:
        return None
    names = [name for name in ("person", "company", "role") if name in frame.columns]
    called = outcomes.called[outcomes.known]
    return Rounds.of(frame[names][outcomes.known], codes, called, np.ones(called.size, np.int64))


def count_block(
    columns: "Sequence[tuple[pd.Series, str]]",
    outcomes: Outcomes,
    strata: Strata | None,
    rounds: Rounds | None,
    confidence: float,
) -> Counted:
    """Count some behaviors."""
    rating, size, effect = np.zeros(len(columns), bool), strata.size if strata else 1, np.ones(len(columns))
    totals = np.array([np.count_nonzero(outcomes.known), np.count_nonzero(outcomes.called)])
    cells = np.zeros((len(columns), size, 7, 2), np.int64)
    for at, (values, name) in enumerate(columns):
        levels, kind = read_levels(values, name)
        rating[at] = kind == "rating"
        cells[at] = strata.cells(levels) if strata else unadjusted_cells(levels, kind, outcomes, totals)
        if rounds:
            known = levels[outcomes.known]
            effect[at] = rounds.effect(is_with(kind == "rating")[known], known < NOT_NOTED)
    within = numbers_within(cells, rating, effect, confidence) if strata else {}
    return Counted([name for _, name in columns], rating, cells.sum(axis=1), effect, within)


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

"""Every behavior counted by outcome and stratum where another engine holds the interviews."""

from datetime import date

import numpy as np

from interview_kit.engines.behaviors import GroupCounts, count_groups
from interview_kit.engines.table import Table
from interview_kit.frame.answers import NOT_NOTED
from interview_kit.frame.arguments import checked_date, checked_days
from interview_kit.frame.arrays import Counts, Flags, Floats
from interview_kit.frame.groups import joint_groups
from interview_kit.frame.outcomes import LEAVE_OUT, checked_late
from interview_kit.patterns.asked import Asked, behavior_columns, by_columns, strata_columns
from interview_kit.patterns.counting import Counting, counting
from interview_kit.patterns.looks import Look
from interview_kit.patterns.numbers import Counted, is_with, numbers_within
from interview_kit.patterns.rounds import Rounds

IN_ORDER = (
    "looks goes by the order in which interviews closed, for which they must be in this computer's memory; leave looks "
    "out, or take the interviews into a pandas frame first"
)


def count_engine(frame: object, asked: Asked) -> Counting:
    """Return the counts of a table that another engine holds, reduced where it is."""
    if asked.looks is not None:
        raise ValueError(IN_ORDER)
    shape, outcome = Table(frame).shape, asked.outcome
    names = behavior_columns(shape, asked.behaviors, outcome)
    window = checked_days(asked.within_days), checked_date(asked.as_of)
    counts = count_groups(frame, names, by_columns(shape, asked), outcome, window)
    counts = counts.without_late() if checked_late(asked.late) == LEAVE_OUT else counts
    by, several = strata_columns(counts.rows, asked, counts.known)
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
    """Return the attributes of a table that say which interviews are behind it, as `Outcomes.attrs` does."""
    states = counts.states()
    reasons = ("applied", "withdrawn", "not_yet", "too_young", "undecided", "late") if window else ("no_outcome",)
    return {
        "interviews": sum(states.values()),
        "used": states.get("called", 0) + states.get("not_called", 0),
        "callbacks": states.get("called", 0),
        "left_out": {reason: states.get(reason, 0) for reason in reasons},
        "late_included": int(counts.rows["n"].to_numpy()[counts.late].sum()),
        "within_days": window[0] if window else None,
        "as_of": window[1] if window else None,
    }

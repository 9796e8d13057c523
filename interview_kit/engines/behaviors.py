"""Behaviors counted by outcome where another engine holds the interviews."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from interview_kit.engines.table import Table, first_of
from interview_kit.frame.answers import NOT_NOTED, read_levels, yes_no_levels
from interview_kit.frame.arguments import checked_columns
from interview_kit.frame.arrays import Counts, Flags
from interview_kit.frame.groups import APPLICATION
from interview_kit.frame.outcomes import check_outcome, is_applied
from interview_kit.frame.window import window_rule

STATE, LATE, WRITTEN = "__state", "__late", "debriefed_at"
CALLED, NOT_CALLED = "called", "not_called"


class GroupCounts(NamedTuple):
    """How many interviews each group and state has, and with which answers; a row for each group and state.

    `rows` holds the columns of the groups by their names, person, company and role among them, and `n`; `kinds` says of
    each behavior whether it is yes/no or a rating.
    """

    rows: pd.DataFrame
    kinds: list[str]

    @property
    def known(self) -> Flags:
        """The mask of the rows that count."""
        return self.rows[STATE].isin([CALLED, NOT_CALLED]).to_numpy()

    def without_late(self) -> "GroupCounts":
        """Return the counts with those that would count, but were written down late, as a state of their own."""
        return self._replace(rows=self.rows.assign(**{STATE: self.rows[STATE].mask(self.late, "late")}))

    @property
    def late(self) -> Flags:
        """The mask of the rows that count and were written down after the answer."""
        return self.known & self.rows[LATE].to_numpy(bool) if LATE in self.rows else np.zeros(len(self.rows), bool)

    @property
    def called(self) -> Counts:
        """1 for each row that was called back, else 0."""
        return (self.rows[STATE] == CALLED).to_numpy(np.int64)

    def levels(self, behavior: int) -> Counts:
        """Return the counts of interviews of each row by level of a behavior; the last column is what is missing."""
        n = self.rows["n"].to_numpy()
        found = np.zeros((n.size, NOT_NOTED + 1), np.int64)
        for level in range(NOT_NOTED):
            if (name := level_name(behavior, level)) in self.rows:
                found[:, level] = self.rows[name]
        found[:, NOT_NOTED] = n - found.sum(axis=1)
        return found

    def states(self) -> dict[str, int]:
        """Return the number of interviews in each state."""
        return {state: int(n) for state, n in self.rows.groupby(STATE)["n"].sum().items()}


def count_groups(
    frame: object, behaviors: list[str], by: list[str], outcome: str | None, window: tuple[int, date]
) -> GroupCounts:
    """Return the counts of some behaviors by the columns of `by`, application and outcome; `window` is days, today.

    The outcome is the kit's own by the window rule, or the column of yes and no that `outcome` names.
    """
    table = Table(frame).held()
    kinds, flags = level_flags(table, behaviors)
    table = table.with_days(WRITTEN) if outcome is None else table
    state = own_state(table, *window) if outcome is None else named_state(table, outcome)
    late = {LATE: is_late(table)} if outcome is None else {}
    names = [*dict.fromkeys([*by, *(name for name in APPLICATION if name in table.shape)])]
    groups = {f"__by{at}": table.column(name) for at, name in enumerate(names)}
    counts = table.counts(groups | late | {STATE: state}, flags)
    names = {f"__by{at}": name for at, name in enumerate(names)}
    return GroupCounts(counts.rename(columns=names), kinds)


def level_name(behavior: int, level: int) -> str:
    """Return the name of the column that counts one level of one behavior."""
    return f"__{behavior}_{level}"


def level_flags(table: Table, names: list[str]) -> tuple[list[str], dict[str, Any]]:
    """Return each behavior's kind, and a flag for each of its levels: which rows have it."""
    kinds, flags = [], {}
    for at, name in enumerate(names):
        distinct = table.distinct(name)
        levels, kind = read_levels(distinct, name)
        kinds.append(kind)
        for level in range(NOT_NOTED):
            values = distinct[levels == level].tolist()
            flags |= {level_name(at, level): table.holds(name, values)} if values else {}
    return kinds, flags


def named_state(table: Table, outcome: str) -> Any:
    """Return the state of each row by a column of yes and no."""
    checked_columns(table.shape, "outcome", [outcome])
    distinct = table.distinct(outcome)
    levels = yes_no_levels(distinct, outcome)
    yes, no = (table.holds(outcome, distinct[levels == level].tolist()) for level in (1, 0))
    return first_of({CALLED: yes, NOT_CALLED: no}, "no_outcome")


def is_late(table: Table) -> Any:
    """Return the mask of rows written down on a day after that of the answer, of a table with these days."""
    answered = table.day("outcome_on")
    return (answered > 0) & (table.day(WRITTEN) > answered)


def own_state(table: Table, within_days: int, today: date, *, by_day: bool = False) -> Any:
    """Return the state of each row by the window rule; `by_day` sets those without a day apart."""
    check_outcome(table.shape)
    known = table.facts(within_days, today)
    rule = window_rule(known)
    before = {"applied": table.means("stage", is_applied, True), "withdrawn": rule["withdrawn"]}
    before |= {"undated": known.undated} if by_day else {}
    return first_of(before | {"not_yet": table.day("interviewed_on") > today.toordinal()} | rule, NOT_CALLED)

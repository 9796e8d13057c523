"""The counts of interviews that another engine holds, by the same rules, reduced where they are."""

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from interview_kit.patterns.numbers import Counted, numbers_within
from interview_kit.patterns.reading import (
    NOT_NOTED,
    Asked,
    behavior_columns,
    checked_columns,
    grouped,
    joint_groups,
    read_levels,
    yes_no_levels,
)
from interview_kit.schema import frames
from interview_kit.schema.tally import Table, first_of
from interview_kit.schema.window import window_rule

if TYPE_CHECKING:
    import pandas as pd

STATE, PERSON = "__state", "__person"
LEFT_OUT = ("applied", "withdrawn", "too_young", "undecided", "no_outcome")
CALLED, NOT_CALLED = "called", "not_called"


def count_elsewhere(frame: object, asked: Asked) -> tuple[Counted, dict, list[str], bool]:
    """Return the counts, what they were counted from, the columns of the strata, and whether of several people."""
    table, outcome = Table(frame), asked.outcome
    within_days, today = frames.checked_days(asked.within_days), frames.checked_date(asked.as_of)
    names = behavior_columns(table.shape, asked.behaviors, outcome)
    by = checked_columns(table.shape, "by", [asked.by] if isinstance(asked.by, str) else asked.by or ())
    kinds, flags = level_flags(table, names)
    table = table.with_days() if outcome is None else table
    state = own_state(table, within_days, today) if outcome is None else named_state(table, outcome)
    counts = table.counts(groups_of(table, by) | {STATE: state}, flags)
    known = counts[STATE].isin([CALLED, NOT_CALLED]).to_numpy()
    several = PERSON in counts and len(grouped(counts[PERSON][known])[1]) > 1
    counts = counts.rename(columns={f"__by{at}": name for at, name in enumerate(by)})
    if several and "person" not in by:
        by, counts = [*by, "person"], counts.rename(columns={PERSON: "person"})
    rating = np.array([kind == "rating" for kind in kinds], bool)
    cells = cells_of(counts, len(names), by, known)
    within = numbers_within(cells, rating, asked.confidence) if by else {}
    attrs = about(counts, None if outcome else within_days, None if outcome else today)
    return Counted(names, rating, cells.sum(axis=1), within), attrs, by, several


def groups_of(table: Table, by: list[str]) -> dict[str, Any]:
    """Return the columns to group by: those asked for, and the person where there is one."""
    person = {PERSON: table.column("person")} if "person" in table.shape else {}
    return {f"__by{at}": table.column(name) for at, name in enumerate(by)} | person


def level_flags(table: Table, names: list[str]) -> tuple[list[str], dict[str, Any]]:
    """Return each behavior's kind, and a flag for each of its levels: which rows have it."""
    kinds, flags = [], {}
    for at, name in enumerate(names):
        distinct = table.distinct(name)
        levels, kind = read_levels(distinct, name)
        kinds.append(kind)
        for level in range(NOT_NOTED):
            values = distinct[levels == level].tolist()
            flags |= {f"__{at}_{level}": table.holds(name, values)} if values else {}
    return kinds, flags


def named_state(table: Table, outcome: str) -> Any:
    """Return what each row counts as by a column of yes and no."""
    checked_columns(table.shape, "outcome", [outcome])
    distinct = table.distinct(outcome)
    levels = yes_no_levels(distinct, outcome)
    yes, no = (table.holds(outcome, distinct[levels == level].tolist()) for level in (1, 0))
    return first_of({CALLED: yes, NOT_CALLED: no}, "no_outcome")


def own_state(table: Table, within_days: int, today: date) -> Any:
    """Return what each row counts as by the kit's own outcomes and the window rule."""
    checked_columns(table.shape, "outcome", ["outcome"])
    applied = {"applied": table.means("stage", frames.is_applied, True)}
    return first_of(applied | window_rule(table.facts(within_days, today)), NOT_CALLED)


def cells_of(counts: "pd.DataFrame", behaviors: int, by: list[str], known: np.ndarray) -> np.ndarray:
    """Return the cells of every behavior in every stratum; what has no level was not noted."""
    used = counts[known]
    codes, size = joint_groups(counts, by, known) if by else (np.zeros(len(used), np.int64), 1)
    called = (used[STATE] == CALLED).to_numpy(np.int64)
    cells = np.zeros((behaviors, max(size, 1), NOT_NOTED + 1, 2), np.int64)
    for at in range(behaviors):
        rest, flat = used["n"].to_numpy().copy(), cells[at].reshape(-1)
        for level in range(NOT_NOTED):
            here = used[name].to_numpy() if (name := f"__{at}_{level}") in used else np.zeros(len(used), np.int64)
            np.add.at(flat, (codes * 7 + level) * 2 + called, here)
            rest -= here
        np.add.at(flat, (codes * 7 + NOT_NOTED) * 2 + called, rest)
    return cells


def about(counts: "pd.DataFrame", within_days: int | None, today: date | None) -> dict:
    """Return what a table says about the interviews behind it, as `Outcomes.attrs` does."""
    rows = counts.groupby(STATE)["n"].sum()
    total = {state: int(rows.get(state, 0)) for state in (*LEFT_OUT, CALLED, NOT_CALLED)}
    reasons = [reason for reason in LEFT_OUT if (reason == "no_outcome") == (within_days is None)]
    return {
        "interviews": int(rows.sum()),
        "used": total[CALLED] + total[NOT_CALLED],
        "callbacks": total[CALLED],
        "left_out": {reason: total[reason] for reason in reasons},
        "within_days": within_days,
        "as_of": today,
    }

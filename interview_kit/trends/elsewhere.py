"""The interviews that another engine holds, over time and from stage to stage, counted where they are."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from interview_kit.schema import frames
from interview_kit.schema.frames import CALLED, NOT_CALLED, PENDING
from interview_kit.schema.tally import Table, constant, first_of, where
from interview_kit.schema.window import window_rule_as_told

if TYPE_CHECKING:
    import pandas as pd

NOT_YET = -1
STATE_CODES = {
    "withdrawn": frames.WITHDRAWN,
    "too_young": PENDING,
    "undecided": PENDING,
    "called": CALLED,
    "not_called": NOT_CALLED,
    "not_yet": NOT_YET,
}
APPLIED = 0  # the first of the stages
UNTOLD = date.max.toordinal() + 1  # comes after every day on which an answer came

# Whose turn it is among rounds of one day and stage: those that went on come before those that ended a chain.
WENT_ON, OFFER, OPEN, CLOSED, WITHDRAWN = range(5)


# Over time


def over_time(table: Table, within_days: int, today: date) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Return how many interviews of each day are in which state, and of what each person's trend is made.

    Columns of the first: `day` (0 where there is none), `state`, `n`; of the second: `person`, how many of their
    interviews `counted`, and of these the sums `x` (days since the first of them all), `xx`, `y` (1 for a callback)
    and `xy`. One row for each day and state, and one for each person.
    """
    table = table.with_days()
    day, known = table.day("interviewed_on"), table.facts(within_days, today)
    rule = window_rule_as_told(known)
    before = {"applied": table.means("stage", frames.is_applied, True), "withdrawn": rule["withdrawn"]}
    before |= {"undated": known.undated, "not_yet": day > today.toordinal()}
    columns: dict = {"day": day, "state": first_of(before | rule, "not_called")}
    columns["person"] = table.column("person") if "person" in table.schema else constant("")
    rows = table.select(columns)
    day, state, person = (rows.column(name) for name in ("day", "state", "person"))
    days = rows.counts({"day": day, "state": state}, {})
    of_counted = days["day"][days["state"].isin(["called", "not_called"])]
    called, counted = state == "called", (state == "called") | (state == "not_called")
    x = where(counted, day - int(of_counted.min() if len(of_counted) else 0))
    sums = {"counted": counted, "x": x, "xx": x * x, "y": called, "xy": where(called, x)}
    people = rows.counts({"person": person}, sums)
    return days, people[people["counted"] > 0].reset_index(drop=True)


# From stage to stage


def steps(table: Table, places: Mapping[Any, int], rest: int, within_days: int, today: date) -> "pd.DataFrame":
    """Return how many interviews take each step: to the next of their chain, or to their end.

    Columns: `stage` by `places`, else `rest`; `nth` of that stage in its chain; `state` (its code, `NOT_YET` for one
    still to come); `offered`; `next_stage` and `next_nth`, -1 at the end of a chain; `n`; and `first`, how many of them
    are the first interview of a chain. One row for each kind of step, however many interviews take it.
    """
    import pandas as pd

    table = table.with_days()
    columns = round_columns(table, within_days, today) | {"stage": table.places("stage", places, rest)}
    key = [name for name in ("person", "company", "role") if name in table.schema]
    rows = table.select(columns | {name: table.folded(name) for name in key})
    rows = rows.select(rows.all_columns() | {"interview": where(rows.column("stage") != APPLIED, constant(1))})
    if "company" in key:
        can_link = (rows.column("day") > 0) & (rows.column("state") != "not_yet") & (rows.column("company") != "")
        alone, linked = (rows.select(rows.all_columns(), flag) for flag in (~can_link, can_link))
        found = pd.concat([steps_alone(alone), steps_in_chains(linked, key)], ignore_index=True)
    else:
        found = steps_alone(rows)
    found["state"] = found["state"].map(STATE_CODES).astype("int64")
    whole = [name for name in found if name != "state"]
    found[whole] = found[whole].astype("int64")
    went_on = (found["later"] == 1) & (found["turn"] == OPEN) & (found["state"] == NOT_CALLED)
    found["state"] = found["state"].mask(went_on, CALLED)  # a pending round that a later one follows
    return found.assign(offered=(found["turn"] == OFFER) & (found["state"] == CALLED))


def round_columns(table: Table, within_days: int, today: date) -> dict[str, Any]:
    """Return what each interview counts as, what puts it in order, and whether it `ended` its chain."""
    known, day, answered = table.facts(within_days, today), table.day("interviewed_on"), table.day("outcome_on")
    state = first_of({"not_yet": day > today.toordinal()} | window_rule_as_told(known), "not_called")
    is_open, offered = known.pending | known.untold, table.means("outcome", frames.is_offer, True)
    turns = {OPEN: is_open, OFFER: offered, WENT_ON: known.called, WITHDRAWN: known.withdrawn}
    ended = where(~(is_open | known.called), constant(1))
    columns = {"day": day, "state": state, "turn": first_of(turns, CLOSED), "ended": ended}
    return columns | {"answered": where(answered > 0, answered, UNTOLD)}


def steps_alone(rows: Table) -> "pd.DataFrame":
    """Return the steps of interviews that are in no chain with others."""
    groups = {name: rows.column(name) for name in ("stage", "state", "turn")}
    found = rows.counts(groups, {"first": rows.column("interview")})
    return found.assign(nth=0, next_stage=-1, next_nth=-1, later=0)


def steps_in_chains(rows: Table, key: list[str]) -> "pd.DataFrame":
    """Return the steps of interviews that others with the same key may follow."""
    order, see = ["day", "stage", "turn", "answered"], ["stage", "nth", "day"]
    linked = rows.linked(key, order, kind="stage", ended="ended", noted="interview", see=see)
    names = ("stage", "nth", "state", "turn", "next_stage", "next_nth")
    groups = {name: linked.column(name) for name in names}
    groups["later"] = where(linked.column("next_day") > linked.column("day"), constant(1))
    return linked.counts(groups, {"first": linked.column("first")})

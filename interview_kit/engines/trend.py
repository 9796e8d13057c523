"""The interviews that another engine holds, over time, counted where they are."""

from datetime import date

import pandas as pd

from interview_kit.engines.table import Table, constant, first_of, where
from interview_kit.frame.outcomes import is_applied
from interview_kit.frame.window import window_rule


def over_time(frame: object, within_days: int, today: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how many interviews of each day are in which state, and of what each person's trend is made.

    Columns of the first: `day` (0 where there is none), `state`, `n`; of the second: `person`, how many of their
    interviews `counted`, and of these the sums `x` (days since the first of them all), `xx`, `y` (1 for a callback)
    and `xy`. One row for each day and state, and one for each person.
    """
    table = Table(frame).held().with_days()
    day, known = table.day("interviewed_on"), table.facts(within_days, today)
    rule = window_rule(known)
    before = {"applied": table.means("stage", is_applied, True), "withdrawn": rule["withdrawn"]}
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

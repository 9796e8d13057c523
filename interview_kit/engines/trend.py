"""The interviews that another engine holds, over time, counted where they are."""

from datetime import date

import pandas as pd

from interview_kit.engines.behaviors import CALLED, NOT_CALLED, own_state
from interview_kit.engines.table import Table, constant, where


def over_time(frame: object, within_days: int, today: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the counts of interviews by day and state, and the sums that each person's trend is made of.

    Columns of the first: `day` (0 where there is none), `state`, `n`; of the second: `person`, how many of their
    interviews `counted`, and of these the sums `x` (days since the first of them all), `xx`, `y` (1 for a callback)
    and `xy`. One row for each day and state, and one for each person.
    """
    table = Table(frame).held().with_days()
    columns: dict = {"day": table.day("interviewed_on"), "state": own_state(table, within_days, today, by_day=True)}
    columns["person"] = table.column("person") if "person" in table.schema else constant("")
    rows = table.select(columns)
    day, state, person = (rows.column(name) for name in ("day", "state", "person"))
    days = rows.counts({"day": day, "state": state}, {})
    of_counted = days["day"][days["state"].isin([CALLED, NOT_CALLED])]
    called, counted = state == CALLED, (state == CALLED) | (state == NOT_CALLED)
    x = where(counted, day - int(of_counted.min() if len(of_counted) else 0))
    sums = {"counted": counted, "x": x, "xx": x * x, "y": called, "xy": where(called, x)}
    people = rows.counts({"person": person}, sums)
    return days, people[people["counted"] > 0].reset_index(drop=True)

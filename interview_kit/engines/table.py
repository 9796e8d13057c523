"""Tables of other engines, counted where they are: the one place that knows of engines."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from interview_kit.frame.columns import read_value
from interview_kit.frame.held import is_not_held
from interview_kit.frame.outcomes import outcome_status
from interview_kit.frame.window import CALLED, NOT_CALLED, WITHDRAWN, Facts

Foreign: TypeAlias = IntoFrame
Column: TypeAlias = nw.Expr  # an engine's column, which `==`, `>`, `&`, `|` and `~` combine
DAYS = ("interviewed_on", "outcome_on")
MOST_VALUES = 1_000  # different values of a column whose values have a meaning


def is_readable(frame: Any) -> bool:
    """Say whether a frame is one of an engine that is known."""
    try:
        nw.from_native(frame)
    except TypeError:
        return False
    return True


class Table:
    """A table of any engine, whose rows stay there; what is asked of it comes back small."""

    def __init__(self, frame: Any):
        self.rows = nw.from_native(frame).lazy()
        self.schema = self.rows.collect_schema()
        self.found: dict[str, pd.Series] = {}  # distinct values, each asked for once

    def held(self) -> "Table":
        """Return the table without the interviews that are planned or were cancelled."""
        absent = [value for value in self.distinct("outcome").tolist() if is_not_held(value)]
        return Table(self.rows.filter(~self.holds("outcome", absent))) if absent else self

    @property
    def shape(self) -> pd.DataFrame:
        """A pandas frame of the same columns without rows, to check arguments by."""
        return pd.DataFrame(columns=self.schema.names())

    def distinct(self, name: str) -> pd.Series:
        """Return the distinct values of a column, without what is missing; ValueError where they are too many."""
        if name not in self.found:
            self.found[name] = self.ask_distinct(name)
        return self.found[name]

    def ask_distinct(self, name: str) -> pd.Series:
        """Return the distinct values of a column, asked of the engine."""
        if name not in self.schema:
            return pd.Series([], dtype=object)
        if self.schema[name] == nw.Boolean:
            return pd.Series([False, True])
        found = self.rows.select(name).unique().head(MOST_VALUES + 2).collect("pandas").to_pandas()[name].dropna()
        if len(found) > MOST_VALUES:
            raise ValueError(f"{name} holds more than {MOST_VALUES:,} different values, such as {found.iloc[0]!r}")
        return found.astype("int64") if self.schema[name].is_integer() else found  # gaps make them fractions

    def counts(self, groups: Mapping[str, Column], sums: Mapping[str, Column]) -> pd.DataFrame:
        """Return one row per group of rows: the values of `groups`, how many rows (`n`), and `sums` of whole numbers.

        A flag counts as 1. This is all that leaves an engine, besides distinct values and the letters of names.
        """
        named = [column.alias(name) for name, column in groups.items()]
        ones = [column.cast(nw.Int64).alias(name) for name, column in sums.items()]
        rows = self.rows.select(*named, nw.lit(1).cast(nw.Int64).alias("n"), *ones)
        table = rows.group_by(*groups).agg(nw.col("n", *sums).sum()).collect("pandas").to_pandas()
        return table.astype(dict.fromkeys(["n", *sums], "int64"))

    def select(self, columns: Mapping[str, Column], flag: Column | None = None) -> "Table":
        """Return the table of these columns, of all rows or of those with a flag; it stays where it is."""
        rows = self.rows if flag is None else self.rows.filter(flag)
        return Table(rows.select(*(column.alias(name) for name, column in columns.items())))

    # What a row is, as a column that the engine works out

    def column(self, name: str) -> Column:
        """Return a column as it is."""
        return nw.col(name)

    def holds(self, name: str, values: Sequence) -> Column:
        """Return the mask of rows that hold one of these values."""
        return nw.col(name).is_in(values).fill_null(False) if len(values) else nw.lit(False)

    def means(self, name: str, read: Callable, *wanted: object) -> Column:
        """Return the mask of rows with a value that means one of these; none where there is no such column."""
        values = [value for value in self.distinct(name).tolist() if read_value(read, name, value) in wanted]
        return self.holds(name, values)

    def with_days(self, *more: str) -> "Table":
        """Return the table with its days as numbers beside, worked out once for all that is asked of them."""
        return Table(self.rows.with_columns(self.ordinals(name).alias(f"__{name}") for name in (*DAYS, *more)))

    def day(self, name: str) -> Column:
        """Return a column's days as `date.toordinal` counts them, 0 where there is none; of a table `with_days`."""
        return self.column(f"__{name}")

    def ordinals(self, name: str) -> Column:
        """Return a column's days as ordinals; ValueError where the engine does not hold them as dates."""
        if name not in self.schema:
            return nw.lit(0).cast(nw.Int64)
        if not isinstance(self.schema[name], (nw.Date, nw.Datetime, nw.Unknown)):  # Dask's America/New_York is unknown
            raise ValueError(f"{name} holds {self.schema[name]}; cast it to a date where the table is")
        moment = nw.col(name).dt  # the calendar of the place where a moment has a time zone
        years = moment.year().fill_null(1).cast(nw.Int64) - 1
        every_4, every_100, every_400 = ((years * part).floor().cast(nw.Int64) for part in (0.25, 0.01, 0.0025))
        return years * 365 + every_4 - every_100 + every_400 + moment.ordinal_day().fill_null(0).cast(nw.Int64)

    def facts(self, within_days: int, today: date) -> Facts:
        """Return the facts that the window rule asks of each row, of a table `with_days`."""
        (day, answered), now = (self.day(name) for name in DAYS), today.toordinal()
        withdrawn, called, not_called = (
            self.means("outcome", outcome_status, status) for status in (WITHDRAWN, CALLED, NOT_CALLED)
        )
        pending = ~(withdrawn | called | not_called)
        late = (day > 0) & (answered > day + within_days)
        return Facts(withdrawn, called, pending, day == 0, day > now - within_days, late, answered > now)


# Columns out of columns


def first_of(states: Mapping[Any, Column], rest: Any) -> Column:
    """Return the name of the first state that a row is in."""
    chosen: Any = nw.lit(rest)
    for name, applies in reversed([*states.items()]):
        chosen = nw.when(applies).then(nw.lit(name)).otherwise(chosen)
    return chosen


def where(flag: Column, number: Column, rest: int = 0) -> Column:
    """Return a whole number where a flag is set, else the rest."""
    return nw.when(flag).then(number).otherwise(nw.lit(rest)).cast(nw.Int64)


def constant(value: str | int | bool) -> Column:
    """Return a column that holds one value everywhere."""
    return nw.lit(value)

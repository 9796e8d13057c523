"""The one place that knows of other engines: a table that lives in one of them, counted where it is."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from interview_kit.schema import frames

if TYPE_CHECKING:
    import pandas as pd

MOST_VALUES = 1_000  # different values of a column whose values have a meaning


def is_elsewhere(frame: Any) -> bool:
    """Say whether a frame is a table of another engine: polars, pyarrow, DuckDB, Dask, PySpark, Ibis."""
    if type(frame).__module__.partition(".")[0] == "pandas" or not hasattr(type(frame), "columns"):
        return False
    import narwhals as nw

    try:
        nw.from_native(frame)
    except TypeError:
        return False
    return True


class Table:
    """A table of any engine, whose rows stay there: its columns, a column's distinct values, and counts of its rows."""

    def __init__(self, frame: Any):
        import narwhals as nw

        self.rows = nw.from_native(frame).lazy()
        self.schema = self.rows.collect_schema()

    @property
    def shape(self) -> "pd.DataFrame":
        """A pandas frame of the same columns without rows, to check arguments by."""
        import pandas as pd

        return pd.DataFrame(columns=self.schema.names())

    def distinct(self, name: str) -> "pd.Series":
        """Return the distinct values of a column, without what is missing; ValueError where they are too many."""
        import narwhals as nw

        if self.schema[name] == nw.Boolean:
            import pandas as pd

            return pd.Series([False, True])
        found = self.rows.select(name).unique().head(MOST_VALUES + 2).collect("pandas").to_pandas()[name].dropna()
        if len(found) > MOST_VALUES:
            raise ValueError(f"{name} holds more than {MOST_VALUES:,} different values, such as {found.iloc[0]!r}")
        return found.astype("int64") if self.schema[name].is_integer() else found  # gaps make them fractions

    def counts(self, groups: Mapping[str, Any], flags: Mapping[str, Any]) -> "pd.DataFrame":
        """Return one row per group of rows: the values of `groups`, how many rows (`n`), and how many have each flag.

        Both are narwhals expressions by the name of their column in the result.
        """
        import narwhals as nw

        named = [expression.alias(name) for name, expression in groups.items()]
        ones = [flag.fill_null(False).cast(nw.Int64).alias(name) for name, flag in flags.items()]
        rows = self.rows.select(*named, nw.lit(1).cast(nw.Int64).alias("n"), *ones)
        table = rows.group_by(*groups).agg(nw.col("n", *flags).sum()).collect("pandas").to_pandas()
        return table.astype(dict.fromkeys(["n", *flags], "int64"))


# What a row is, as an expression that the engine works out


def first_of(states: dict[str, Any], rest: str) -> Any:
    """Return the name of the first state that a row is in."""
    import narwhals as nw

    chosen: Any = nw.lit(rest)
    for name, applies in reversed(states.items()):
        chosen = nw.when(applies).then(nw.lit(name)).otherwise(chosen)
    return chosen


def meaning(table: Table, name: str, read, *wanted: object) -> Any:
    """Return which rows hold a value that means one of these; none where there is no such column."""
    import narwhals as nw

    if name not in table.shape:
        return nw.lit(False)
    values = [value for value in table.distinct(name) if frames.read_value(read, name, value) in wanted]
    return nw.col(name).is_in(values).fill_null(False) if values else nw.lit(False)


def day(table: Table, name: str) -> Any:
    """Return a column's days; ValueError where the engine does not hold it as dates."""
    import narwhals as nw

    if name not in table.shape:
        return nw.lit(None).cast(nw.Datetime("us"))
    if table.schema[name] != nw.Date and not isinstance(table.schema[name], nw.Datetime):
        raise ValueError(f"{name} holds {table.schema[name]}; cast it to a date where the table is")
    return nw.col(name).cast(nw.Datetime("us")).dt.truncate("1d")

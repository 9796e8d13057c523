"""The counts of a study where another engine holds the table: polars, pyarrow, DuckDB, Dask, PySpark, Ibis."""

from interview_kit.engines.behaviors import GroupCounts, count_groups
from interview_kit.engines.table import columns_of, is_non_pandas
from interview_kit.engines.trend import over_time

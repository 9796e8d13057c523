"""The counts of a study where another engine holds the table: polars, pyarrow, DuckDB, Dask, PySpark, Ibis."""

from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

if TYPE_CHECKING:
    from interview_kit.engines.table import Foreign

AnyFrame: TypeAlias = "pd.DataFrame | Foreign"


def is_non_pandas(frame: Any) -> bool:
    """Say whether a frame is a table of another engine; only then is the library loaded that reads them all."""
    if isinstance(frame, pd.DataFrame) or not hasattr(type(frame), "columns"):
        return False
    from interview_kit.engines.table import is_readable

    return is_readable(frame)

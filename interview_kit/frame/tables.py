"""Arrays as a tidy table, with attributes that files keep."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def objects(values: Iterable) -> NDArray[np.object_]:
    """Return values as an array of objects, whatever they are."""
    values = list(values)
    array = np.empty(len(values), object)
    array[:] = values
    return array


def row_dicts(columns: Mapping[str, NDArray]) -> Iterator[dict]:
    """Yield the rows of columns as dictionaries of Python's own values."""
    for row in zip(*(values.tolist() for values in columns.values()), strict=True):
        yield dict(zip(columns, row, strict=True))


def framed(columns: Mapping[str, Any], attrs: dict) -> pd.DataFrame:
    """Return arrays as a frame with attributes: words as text also where there is no row, days as files keep them."""
    return with_attrs(pd.DataFrame({name: typed(values) for name, values in columns.items()}), attrs)


def typed(values: Any) -> Any:
    """Return an array as a column holds it."""
    if values.dtype.kind == "M":
        return values.astype("M8[us]")
    return pd.array(values, dtype="str") if values.dtype == object else values


def whole_numbers(values: NDArray[np.float64]) -> pd.arrays.IntegerArray:
    """Return whole numbers, some of them missing."""
    missing = np.isnan(values)
    return pd.arrays.IntegerArray(np.where(missing, 0, values).astype(np.int64), missing)


def with_attrs(table: pd.DataFrame, attrs: dict) -> pd.DataFrame:
    """Return a table with attributes that files keep: what JSON has no word for, in words that it has."""
    table.attrs = as_json(attrs)
    return table


def as_json(value):
    """Return a value as it comes back from JSON: days as ISO text, tuples as lists, NumPy's numbers as Python's."""
    if isinstance(value, dict):
        return {str(name): as_json(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value

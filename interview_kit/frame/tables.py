"""Arrays as a tidy table, with attributes that files keep."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def objects(values: Iterable) -> NDArray[np.object_]:
    """Return values as an array of objects, whatever they are."""
    values = list(values)
    array = np.empty(len(values), object)
    array[:] = values
    return array


def framed(columns: dict, attrs: dict) -> pd.DataFrame:
    """Return columns as a frame with attributes; words are text also where there is no row."""
    words = [name for name, values in columns.items() if values.dtype == object]
    return with_attrs(pd.DataFrame(columns | {name: pd.array(columns[name], dtype="str") for name in words}), attrs)


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

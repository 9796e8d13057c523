"""A file's cells as typed columns."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from interview_kit import schema
from interview_kit.journal.cells import FREE_KINDS, Coded
from interview_kit.schema import spreadsheets
from interview_kit.schema.spreadsheets import Order, order_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


PANDAS_TYPES = {
    "yes/no": "boolean",
    "rating": "Int64",
    "chance": "Float64",
    "date": "datetime64[us]",
    "datetime": "datetime64[us]",
    "time": "object",
}  # all others are text


def coded(values: Sequence[str]) -> Coded:
    """Return a column with each distinct text once."""
    places: dict[str, int] = {}
    codes = [places.setdefault(text, len(places)) for text in values]
    return Coded({code: text for text, code in places.items()}, [np.array(codes, np.int64)])


def encoded(texts: "pa.ChunkedArray") -> Coded:
    """Return a column of free text with each distinct text once."""
    whole = texts.combine_chunks().dictionary_encode()
    return Coded(dict(enumerate(whole.dictionary.to_pylist())), [whole.indices.to_numpy()])


def empty_column(kind: str, length: int):
    """Return a typed column of empty cells; text takes no memory until it is looked at."""
    import pandas as pd
    import pyarrow as pa

    value = schema.parse(kind, "")
    if masked := masked_type(PANDAS_TYPES.get(kind)):
        array, plain = masked
        return array(np.zeros(length, plain), np.ones(length, bool))
    if kind in FREE_KINDS or (kind in schema.CHOICES and value is None):
        missing = pa.py_buffer(np.zeros(length // 8 + 1, np.uint8)) if value is None else None
        edges = pa.py_buffer(np.zeros(length + 1, np.int64))
        return pd.array(pa.Array.from_buffers(pa.large_string(), length, [missing, edges, pa.py_buffer(b"")]), "str")
    return pd.Series(value, index=range(length), dtype=PANDAS_TYPES.get(kind, "str")).array


class Helped(NamedTuple):
    """What was read with help in a column: one of the texts, its value, how many cells, and the order of its dates."""

    text: str
    value: Any
    cells: int
    order: Order


class ReadColumn(NamedTuple):
    """A typed column; what could not be read: its place, the text and what is accepted; what was read with help."""

    values: Any
    bad: list[tuple[int, str, str]]
    helped: Helped | None = None


def typed_column(kind: str, cells: "pa.ChunkedArray | Coded") -> ReadColumn:
    """Return a column typed. Each distinct text is parsed once, however often it stands in the column."""
    if kind in FREE_KINDS:
        return ReadColumn(free_text(unescaped(cells)).array, [])
    if is_typed(cells):
        return ReadColumn(from_arrow(cells, PANDAS_TYPES[kind]), [])
    cells = cells if isinstance(cells, Coded) else encoded(cells)
    values, bad, helped = read_each(kind, cells.texts)
    column = decode_dictionary(values, cells, PANDAS_TYPES.get(kind, "str"))
    if not bad and not helped:
        return ReadColumn(column, [])
    codes = cells.codes
    places = np.isin(codes, list(bad)).nonzero()[0]
    found = zip(places.tolist(), codes[places].tolist(), strict=True)
    unread = [(at, cells.texts[code], bad[code]) for at, code in found]
    return ReadColumn(column, unread, what_helped(helped, cells, values))


def what_helped(helped: Sequence[int], cells: Coded, values: dict) -> Helped | None:
    """Return how many values were read with help, and the first of them as an example; None where none was."""
    if not helped:
        return None
    count = int(np.isin(cells.codes, helped).sum())
    return Helped(cells.texts[helped[0]], values[helped[0]], count, order_of(cells.texts.values()))


def is_typed(cells: "pa.ChunkedArray | Coded") -> bool:
    """Say whether pyarrow read a column's values, and not only its texts."""
    import pyarrow as pa

    return not isinstance(cells, Coded) and not pa.types.is_large_string(cells.type)


def from_arrow(cells: "pa.ChunkedArray", dtype: str):
    """Return a column that pyarrow read, as pandas holds it."""
    import pandas as pd
    import pyarrow as pa

    if dtype == "boolean":
        return pd.BooleanDtype().__from_arrow__(cells)
    return pd.array(cells.cast(pa.timestamp("us")).to_numpy(), dtype=dtype, copy=False)


def read_each(kind: str, texts: dict[int, str]) -> tuple[dict, dict[int, str], list[int]]:
    """Return the value of each code's text, None where it cannot be read; why by its code; the codes read with help."""
    values, bad, helped = {}, {}, []
    for code, text in texts.items():
        try:
            values[code] = schema.parse(kind, text)
        except ValueError as error:
            values[code] = None
            bad[code] = str(error)
    if not bad:
        return values, bad, helped
    order = order_of(texts.values())
    for code in [*bad]:
        with suppress(ValueError):
            values[code] = spreadsheets.parse(kind, texts[code], order)
            helped.append(code)
            del bad[code]
    return values, bad, helped


def decode_dictionary(values: dict, cells: Coded, dtype: str):
    """Return the value of each code, as a typed column."""
    import pandas as pd

    each = pd.array([values.get(code) for code in range(max(values, default=-1) + 1)], dtype=dtype)
    if masked := masked_type(dtype):
        array, plain = masked
        return array(each.to_numpy(plain, na_value=0)[cells.codes], np.asarray(each.isna())[cells.codes])
    return each.take(cells.codes)


def masked_type(dtype: str | None) -> tuple | None:
    """Return how pandas and how NumPy hold a column of values and of what is missing, None for any other."""
    import pandas as pd

    masked: dict[str | None, tuple] = {
        "boolean": (pd.arrays.BooleanArray, bool),
        "Int64": (pd.arrays.IntegerArray, np.int64),
        "Float64": (pd.arrays.FloatingArray, np.float64),
    }
    return masked.get(dtype)


def unescaped(texts: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Return free text without the apostrophes that protect it from spreadsheets."""
    import pyarrow as pa
    import pyarrow.compute as pc

    quoted = pc.call_function("match_substring", [texts], pc.MatchSubstringOptions("'"))
    if not quoted.to_numpy().any():
        return texts
    plain = pa.array(map(schema.unescape, texts.filter(quoted).to_pylist()), pa.large_string())
    return pc.call_function("replace_with_mask", [texts, quoted.combine_chunks(), plain])


def free_text(texts: "pa.ChunkedArray") -> "pd.Series":
    """Return a column of free text as pandas has it."""
    import pandas as pd

    return pd.Series(pd.array(texts, dtype="str"))


def unsearched(values):
    """Return a column so that pandas does not search objects for days: a series of objects is taken as it is."""
    import pandas as pd

    return pd.Series(np.asarray(values), dtype=object, copy=False) if str(values.dtype) == "object" else values

"""The cells of a file's records, a column at a time."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

FREE_KINDS = ("text", "id", "focus")


class InDoubtError(ValueError):
    """Bytes of which only the strict reader can tell what they mean, or what is wrong with them."""


class Coded(NamedTuple):
    """A column of few different texts: each text by its code, and the code of each cell's."""

    texts: dict[int, str]
    codes: np.ndarray


class Cells(NamedTuple):
    """The cells: free text as it is, all else mostly coded.

    `lines` are the lines that the records begin on, `filled` says which hold something in any column, `ids_differ`
    whether no two of their ids are surely the same.
    """

    header: tuple[str, ...]
    columns: "dict[str, pa.ChunkedArray | Coded]"
    lines: np.ndarray
    filled: np.ndarray
    ids_differ: bool = False

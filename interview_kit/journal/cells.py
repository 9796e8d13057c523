"""The cells of a file's records, a column at a time."""

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

FREE_KINDS = ("text", "id", "focus")


class InDoubtError(ValueError):
    """Bytes of which only the strict reader can tell what they mean, or what is wrong with them."""


class Coded(NamedTuple):
    """A column of few different texts: each text by its code, and the codes of the cells, part after part."""

    texts: dict[int, str]
    parts: list[np.ndarray]

    @property
    def codes(self) -> np.ndarray:
        """The code of each cell."""
        return np.concatenate(self.parts)

    def spread(self, values: np.ndarray) -> np.ndarray:
        """Return the value of each cell, from the values by code."""
        return values[self.codes]


class Cells(NamedTuple):
    """The cells: free text as it is, all else mostly coded.

    `lines` are the lines that the records begin on, `filled` says which hold something in any column. `id_prints` are
    a number for each id that is not empty, the same for the same id, where they are known. `unmarked` are columns in
    which surely no text begins with an apostrophe, `worded` those in which surely each holds more than space.
    """

    header: tuple[str, ...]
    columns: "dict[str, pa.ChunkedArray | Coded]"
    lines: np.ndarray
    filled: np.ndarray
    id_prints: np.ndarray | None = None
    unmarked: Collection[str] = ()
    worded: Collection[str] = ()

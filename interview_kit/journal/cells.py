"""The cells of a file's records, a column at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

FREE_KINDS = ("text", "id", "focus")


class NeedsStrictParser(ValueError):  # noqa: N818 - no fault of the file: another reader takes it
    """Bytes of which only the strict reader can tell what they mean, or what is wrong with them."""


class Coded(NamedTuple):
    """A dictionary-encoded column: each distinct text by its code, and the codes of the cells, chunk after chunk."""

    texts: dict[int, str]
    chunks: list[np.ndarray]

    @property
    def codes(self) -> np.ndarray:
        """The code of each cell."""
        return np.concatenate(self.chunks)


@dataclass(frozen=True)
class Cells:
    """The cells by column: free text as it is, all else dictionary-encoded, or typed already where it is an Arrow type.

    `filled` is the mask of the records that hold something in any column; `find_lines` returns the lines that the
    records begin on.
    """

    header: tuple[str, ...]
    written_header: tuple[str, ...]
    columns: "dict[str, pa.ChunkedArray | Coded]"
    filled: np.ndarray
    find_lines: Callable[[], np.ndarray]

    @cached_property
    def lines(self) -> np.ndarray:
        """The line that each record begins on; worked out only where a problem names one."""
        return self.find_lines()

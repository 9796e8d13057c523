"""The different short texts of a file, each with a code of its own."""

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from interview_kit.journal import scanning
from interview_kit.journal.scanning import ROOM

MOST = 30_000  # texts; of a column with more it is of no use to read each once
SMALLEST = 1 << 10  # slots


class CrowdedError(ValueError):
    """More different texts than can be told apart, or an odd one; `column` is the coded column to blame."""

    def __init__(self, column: int):
        super().__init__(f"column {column} holds too many different texts, or odd ones")
        self.column = column


def table_of(texts: list[bytes]) -> NDArray[np.uint64]:
    """Return a table that tells the codes of these texts."""
    slots = SMALLEST
    while slots < 4 * len(texts):
        slots *= 4
    return with_texts(scanning.no_texts(slots), texts, 0)


def with_texts(table: NDArray[np.uint64], texts: list[bytes], first_code: int) -> NDArray[np.uint64]:
    """Add texts to a table that is not in use yet."""
    data = np.frombuffer(bytearray(b"".join(texts) + bytes(ROOM)), np.uint8)
    scanning.add_texts(data, np.cumsum([0, *map(len, texts)]), first_code, table)
    return table


class Vocabulary:
    """Texts with their codes, also as a table, never changed, so that several readers may add to it at once."""

    def __init__(self):
        self.lock = Lock()
        self.code: dict[bytes, int] = {}
        self.table = table_of([])

    def learn(self, texts: list[bytes], columns: NDArray[np.int64]) -> list[int]:
        """Return the codes of texts, new ones where they have none; `CrowdedError` where they are too many.

        `columns` are the coded columns that they stand in.
        """
        with self.lock:
            before = len(self.code)
            codes = [self.code.setdefault(text, len(self.code)) for text in texts]
            if len(self.code) > MOST:
                raise CrowdedError(int(np.bincount(columns).argmax()))
            if len(self.code) > before:
                self.table = self.extended(before)
            return codes

    def extended(self, before: int) -> NDArray[np.uint64]:
        """Return a table that holds the texts that are new, too."""
        texts = list(self.code)
        if 8 * len(texts) > len(self.table):  # half of its slots
            return table_of(texts)
        return with_texts(self.table.copy(), texts[before:], before)

    def texts(self) -> list[str]:
        """Return the texts by their codes."""
        return [text.decode() for text in self.code]

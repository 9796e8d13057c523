"""The different short texts of a file, each with a code of its own."""

from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from interview_kit.journal.scanning import ROOM, UNKNOWN, add_text, eights

MOST = 30_000  # texts; of a column with more it is of no use to read each once
SMALLEST = 1 << 10  # slots


class CrowdedError(ValueError):
    """More different texts than can be told apart, or an odd one; `column` is the coded column to blame."""

    def __init__(self, column: int):
        super().__init__(f"column {column} holds too many different texts, or odd ones")
        self.column = column


class Known(NamedTuple):
    """The texts that have a code, in a table with a slot for each; never changed, so that any reader may use it."""

    table: NDArray[np.uint64]
    codes: NDArray[np.uint16]

    @classmethod
    def of(cls, texts: list[bytes]) -> "Known":
        """Return the table of these texts."""
        slots = SMALLEST
        while slots < 4 * len(texts):
            slots *= 4
        known = cls(np.zeros((slots, 2), np.uint64), np.full(slots, UNKNOWN, np.uint16))
        return known.with_texts(texts, 0)

    def with_texts(self, texts: list[bytes], first_code: int) -> "Known":
        """Add texts to a table that is not in use yet."""
        for code, text in enumerate(texts, first_code):
            data = np.frombuffer(bytearray(text + bytes(ROOM)), np.uint8)
            add_text(eights(data), len(text), code, self.table, self.codes)
        return self


class Vocabulary:
    """Texts with their codes; several readers may add to it at once."""

    def __init__(self):
        self.lock = Lock()
        self.code: dict[bytes, int] = {}
        self.known = Known.of([])

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
                self.known = self.extended(before)
            return codes

    def extended(self, before: int) -> Known:
        """Return a table that holds the texts that are new, too."""
        texts = list(self.code)
        if 2 * len(texts) > len(self.known.codes):
            return Known.of(texts)
        return Known(self.known.table.copy(), self.known.codes.copy()).with_texts(texts[before:], before)

    def texts(self) -> list[str]:
        """Return the texts by their codes."""
        return [text.decode() for text in self.code]

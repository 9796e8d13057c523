"""A large CSV's cells, read in pieces side by side, where nothing in them is in doubt."""

import io
import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from interview_kit import csv_file, schema
from interview_kit.csv_file import CR, LF, QUOTE
from interview_kit.journal import scanning
from interview_kit.journal.cells import FREE_KINDS, Cells, Coded, InDoubtError
from interview_kit.journal.scanning import AT_ONCE, CODED, FULL, IN_DOUBT, KEPT, LEFT_OUT, ROOM, TOO_ODD, UNKNOWN
from interview_kit.journal.vocabulary import CrowdedError, Vocabulary

if TYPE_CHECKING:
    import pyarrow as pa

PIECE = 1 << 21  # bytes
TAIL = 1 << 12  # bytes of a piece in which its last line end is looked for first
BLOCK = 1 << 22  # bytes of memory for texts that are asked for at once; NumPy asks for such in large pages
UNKNOWN_AT_ONCE = 1 << 9  # cells
READERS = min(4, os.cpu_count() or 1)
SHORT_KINDS = ("yes/no", "rating", "chance")  # of which eight bytes hold several cells
MANY_KINDS = (*FREE_KINDS, "datetime")  # of which a file holds too many different ones to code them


def cells_of_file(path: Path, table: schema.Table, wanted: Collection[str] | None) -> Cells:
    """Return the wanted columns of a file in UTF-8, all for None; `InDoubtError` where it is not as plain as that."""
    try:
        with path.open("rb") as file:
            return cells_of(file, table, wanted)
    except OSError as error:
        raise InDoubtError(str(error)) from error


def cells_of_content(content: bytes, table: schema.Table, wanted: Collection[str] | None) -> Cells:
    """Return the same of what is in memory already."""
    return cells_of(io.BytesIO(content), table, wanted)


def cells_of(file: BinaryIO, table: schema.Table, wanted: Collection[str] | None) -> Cells:
    """Return the same of an open file; a column that turns out to hold many different texts is read as free text."""
    crowded: set[str] = set()
    while True:
        file.seek(0)
        source = Source(file)
        reading = Reading(source.head, table, wanted, crowded)
        try:
            pieces, used = read_side_by_side(source, reading)
        except CrowdedError as error:
            crowded.add(reading.coded[error.column])
        else:
            return reading.cells(pieces, used, source.first_line)


class Source:
    """A file's records, handed out in pieces to the readers, whoever comes next."""

    def __init__(self, file: BinaryIO):
        start = file.read(PIECE)
        start = (start + file.read(1) if start.endswith(CR) else start).removeprefix(b"\xef\xbb\xbf")
        head = csv_file.head_of(start)
        if head is None or start.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
            raise InDoubtError("the header is not plain")
        self.file, self.head = file, head
        body = head.body + len(CR + LF if start.startswith(CR + LF, head.body) else LF)
        self.rest = start[body:]
        self.first_line = 1 + len(csv_file.line_ends(start[:body]))
        self.lock, self.pieces = Lock(), 0

    def fill(self, data: NDArray[np.uint8]) -> tuple[int, int]:
        """Put whole records into `data`; return the number of the piece and its bytes, none at the end."""
        with self.lock:
            length = len(self.rest)
            data[:length] = np.frombuffer(self.rest, np.uint8)
            for size in (PIECE, 2 * PIECE):
                length, is_last = self.read_on(data, length, size)
                cut = length if is_last else end_of_records(data[:length])
                if cut or is_last:
                    break
            else:
                raise InDoubtError("a record is too long")
            self.rest = data[cut:length].tobytes()
            self.pieces += 1
            return self.pieces, with_line_end(data, cut)

    def read_on(self, data: NDArray[np.uint8], length: int, size: int) -> tuple[int, bool]:
        """Read until there are as many bytes as `size`; return how many there are, and whether they are the last."""
        while length < size:
            read = self.file.readinto(data[length:size])  # ty: ignore[missing-attribute]
            if not read:
                return length, True
            length += read
        return length, False

    def stop(self) -> None:
        """Let the readers find nothing more."""
        with self.lock:
            self.rest, self.file = b"", io.BytesIO()


def end_of_records(data: NDArray[np.uint8]) -> int:
    """Return where the last record that surely ends does, line end included; 0 where none does."""
    is_inside = scanning.count_of(data, QUOTE[0]) % 2
    size = min(TAIL, len(data))
    while True:
        tail = data[len(data) - size :]
        ends, quotes = np.flatnonzero(tail == LF[0]), np.flatnonzero(tail == QUOTE[0])
        quotes_after = len(quotes) - np.searchsorted(quotes, ends)
        outside = ends[quotes_after % 2 == is_inside]
        if len(outside):
            return len(data) - size + int(outside[-1]) + 1
        if size == len(data):
            return 0
        size = min(16 * size, len(data))


def with_line_end(data: NDArray[np.uint8], length: int) -> int:
    """Return the length of some records after the last has got a line end, where it has none."""
    if not length or data[length - 1] in (*LF, *CR):
        return length
    data[length] = LF[0]
    return length + 1


def read_side_by_side(source: Source, reading: "Reading") -> tuple[list["Piece"], NDArray[np.bool_]]:
    """Return what is read of each piece, in order, and which codes each coded column has."""
    readers = [Reader(reading) for _ in range(READERS)]
    with ThreadPoolExecutor(READERS) as threads:
        found = list(threads.map(lambda reader: reader.pieces(source), readers))
    pieces = sorted((piece for some in found for piece in some), key=lambda piece: piece.number)
    return pieces, np.any([reader.used for reader in readers], axis=0)


class Texts(NamedTuple):
    """Texts of a column; whether any begins with an apostrophe, and whether any may hold only space."""

    values: "pa.Array"
    is_marked: bool
    is_blank: bool


class Piece(NamedTuple):
    """Some records: their cells by column, the line ends before each and in all, and which hold something."""

    number: int
    codes: NDArray[np.uint16]
    texts: list[Texts]
    ends_before: NDArray[np.int32]
    line_ends: int
    filled: NDArray[np.bool_]
    id_prints: NDArray[np.uint64]


class Spread(Coded):
    """The same, its values looked up by machine code."""

    def spread(self, values: NDArray) -> NDArray:
        """Return the value of each cell, from the values by code."""
        found, at = np.empty(sum(map(len, self.parts)), values.dtype), 0
        for part in self.parts:
            scanning.look_up(part, values, found[at : at + len(part)])
            at += len(part)
        return found


class Reading:
    """What is read of one file: the columns, by what becomes of their cells."""

    def __init__(
        self, head: csv_file.Head, table: schema.Table, wanted: Collection[str] | None, crowded: Collection[str]
    ):
        self.head, self.vocabulary = head, Vocabulary()
        self.names = [name for name in head.names if wanted is None or name in wanted]
        self.kept = [name for name in self.names if table.column(name).kind in MANY_KINDS or name in crowded]
        self.coded = [name for name in self.names if name not in self.kept]
        self.reads_ids = "id" in self.kept
        self.columns = np.array([self.column(name, table) for name in head.names]).T.copy()
        actions, _, runs = self.columns
        runs *= runs_of(actions[:-1] == CODED)

    def column(self, name: str, table: schema.Table) -> tuple[int, int, bool]:
        """Return what becomes of a column's cells, its place among such columns, and whether they are short."""
        if name in self.kept:
            return KEPT, self.kept.index(name), False
        if name in self.coded:
            return CODED, self.coded.index(name), table.column(name).kind in SHORT_KINDS
        return LEFT_OUT, 0, False

    def cells(self, pieces: list[Piece], used: NDArray[np.bool_], first_line: int) -> Cells:
        """Return the pieces as one; `InDoubtError` where they hold no record."""
        import pyarrow as pa

        if not any(len(piece.filled) for piece in pieces):
            raise InDoubtError("there are no records")
        texts = self.vocabulary.texts()
        columns: dict = {}
        for at, name in enumerate(self.coded):
            codes = np.flatnonzero(used[at]).tolist()
            columns[name] = Spread({code: texts[code] for code in codes}, [piece.codes[at] for piece in pieces])
        kept = {name: [piece.texts[at] for piece in pieces] for at, name in enumerate(self.kept)}
        for name, parts in kept.items():
            columns[name] = pa.chunked_array([part.values for part in parts])
        before = np.cumsum([first_line, *(piece.line_ends for piece in pieces)]).astype(np.int32)
        lines = np.concatenate([piece.ends_before + line for piece, line in zip(pieces, before, strict=False)])
        filled = np.concatenate([piece.filled for piece in pieces])
        id_prints = np.concatenate([piece.id_prints for piece in pieces]) if self.reads_ids else None
        in_order = {name: columns[name] for name in self.names}
        unmarked = [name for name, parts in kept.items() if not any(part.is_marked for part in parts)]
        worded = [name for name, parts in kept.items() if not any(part.is_blank for part in parts)]
        return Cells(self.head.names, in_order, lines, filled, id_prints, unmarked, worded)


def runs_of(which: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return of each place, and of one more, how many from there on are without a gap among these."""
    runs = np.zeros(len(which) + 1, np.int64)
    for at in reversed(range(len(which))):
        runs[at] = runs[at + 1] + 1 if which[at] else 0
    return runs


class Memory:
    """Memory for what stays, asked for in large blocks: the system gives few large pages sooner than many small."""

    def __init__(self):
        self.block = np.empty(0, np.uint8)

    def take(self, size: int) -> NDArray[np.uint8]:
        """Return so many bytes."""
        rounded = size + -size % 8
        if len(self.block) < rounded:
            self.block = np.empty(max(rounded, BLOCK), np.uint8)
        taken, self.block = self.block[:size], self.block[rounded:]
        return taken


class Reader:
    """One of several who read the pieces of a file side by side, with the memory that it uses again for each."""

    def __init__(self, reading: Reading):
        most = 2 * PIECE // len(reading.head.names) + 2  # records: each has a delimiter or a line end for each cell
        self.reading, self.memory = reading, Memory()
        self.data = np.zeros(2 * PIECE + 1 + ROOM, np.uint8)
        self.codes = np.empty((len(reading.coded) + AT_ONCE, most), np.uint16)
        self.used = np.zeros((len(reading.coded), UNKNOWN), bool)
        self.recent = scanning.nothing_recent()
        self.kept = np.empty((len(reading.kept), most, 2), np.int32)
        self.lines, self.filled = np.empty(most, np.int32), np.empty(most, bool)
        self.unknown = np.empty((UNKNOWN_AT_ONCE + len(reading.head.names), 4), np.int64)

    def pieces(self, source: Source) -> list[Piece]:
        """Return what is read of each piece that the source still has."""
        found = []
        try:
            while (filled := source.fill(self.data))[1]:
                found.append(self.piece(*filled))
        except BaseException:
            source.stop()
            raise
        return found

    def piece(self, number: int, length: int) -> Piece:
        """Return the cells of a piece; `InDoubtError` where the strict reader might read or refuse it otherwise."""
        refuse_other_encodings(self.data[:length])
        records, line_ends = self.scanned(length)
        texts = [self.texts(kept[:records]) for kept in self.kept]
        lines, filled = self.lines[:records].copy(), self.filled[:records].copy()
        for column, used in enumerate(self.used):
            scanning.mark_used(self.codes[column, :records], used)
        codes = self.codes[: len(self.used), :records].copy()
        return Piece(number, codes, texts, lines, line_ends, filled, self.prints(records))

    def scanned(self, length: int) -> tuple[int, int]:
        """Find the cells of a piece; return how many records and line ends there are."""
        reading, delimiter = self.reading, ord(self.reading.head.delimiter)
        state, at, how = np.zeros(3, np.int64), 0, FULL
        while how == FULL:
            how, at = scanning.scan(
                *(self.data, at, length, delimiter, *reading.columns, reading.vocabulary.table, self.recent),
                *(self.codes.ravel(), self.kept, self.lines, self.filled, self.unknown, state),
            )
            if how == IN_DOUBT:
                raise InDoubtError("a record is not plain")
            if how == TOO_ODD:
                raise CrowdedError(int(reading.columns[1, at]))
            self.learn(int(state[2]))
            state[2] = 0
        return int(state[0]), int(state[1])

    def learn(self, cells: int) -> None:
        """Give the texts that had no code one, and their cells with them."""
        if cells:
            unknown = self.unknown[:cells]
            texts = [self.data[start:stop].tobytes() for start, stop in unknown[:, 2:].tolist()]
            codes = self.reading.vocabulary.learn(texts, unknown[:, 0])
            self.codes[unknown[:, 0], unknown[:, 1]] = codes

    def texts(self, kept: NDArray[np.int32]) -> Texts:
        """Return the texts of a column."""
        import pyarrow as pa

        edges = self.memory.take(8 * len(kept) + 8).view(np.int64)
        size = np.abs(kept[:, 1]).sum(dtype=np.int64) - kept[:, 0].sum(dtype=np.int64)
        texts = self.memory.take(int(size) + 8)
        signs = scanning.copy_texts(self.data, kept, texts, edges)
        return Texts(pa.LargeStringArray.from_buffers(len(kept), pa.py_buffer(edges), pa.py_buffer(texts)), *signs)

    def prints(self, records: int) -> NDArray[np.uint64]:
        """Return a number for each id that is not empty, the same for the same id; none where they are not read."""
        if not self.reading.reads_ids:
            return np.empty(0, np.uint64)
        ids = self.kept[self.reading.kept.index("id"), :records]
        prints = np.empty(records, np.uint64)
        scanning.print_texts(self.data, ids, prints)
        return prints[ids[:, 0] != ids[:, 1]]


def refuse_other_encodings(data: NDArray[np.uint8]) -> None:
    """Raise `InDoubtError` where the bytes are not UTF-8."""
    import pyarrow as pa

    if data.max(initial=0) < 128:
        return
    edges = pa.py_buffer(np.array([0, len(data)]))
    try:
        pa.LargeStringArray.from_buffers(1, edges, pa.py_buffer(data)).validate(full=True)
    except pa.ArrowInvalid as error:
        raise InDoubtError(str(error)) from error

"""A large CSV's cells, read in pieces side by side, where nothing in them is in doubt."""

import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from interview_kit import csv_file, schema
from interview_kit.csv_file import CR, LF, QUOTE, RecordsError

if TYPE_CHECKING:
    import pyarrow as pa

PIECE = 1 << 21  # bytes; also the longest record that is read here
READERS = min(4, os.cpu_count() or 1)
TEXT_KINDS = ("text", "id", "focus")


class InDoubtError(ValueError):
    """Bytes of which only the strict reader can tell what they mean, or what is wrong with them."""


class Coded(NamedTuple):
    """A column of few different texts: each of them once, and the place of each cell's text among them."""

    texts: list[str]
    codes: np.ndarray


class Cells(NamedTuple):
    """The cells of a file's records, a column at a time: free text as it is, all else coded.

    `lines` are the lines that the records begin on.
    """

    header: tuple[str, ...]
    columns: "dict[str, pa.ChunkedArray | Coded]"
    lines: np.ndarray


def cells_of_file(path: Path, table: schema.Table, wanted: Collection[str] | None) -> Cells:
    """Return the wanted columns of a file in UTF-8, all for None; `InDoubtError` where it is not as plain as that."""
    try:
        with path.open("rb") as file:
            start = file.read(PIECE).removeprefix(b"\xef\xbb\xbf")
            return cells_of(start, iter(lambda: file.read(PIECE), b""), table, wanted)
    except OSError as error:
        raise InDoubtError(str(error)) from error


def cells_of_content(content: bytes, table: schema.Table, wanted: Collection[str] | None) -> Cells:
    """Return the same of what is in memory already."""
    chunks = (content[at : at + PIECE] for at in range(PIECE, len(content), PIECE))
    return cells_of(content[:PIECE], chunks, table, wanted)


def cells_of(start: bytes, chunks: Iterable[bytes], table: schema.Table, wanted: Collection[str] | None) -> Cells:
    """Return the same of a file's start and the rest of it."""
    head = csv_file.head_of(start)
    if head is None or start.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        raise InDoubtError("the header is not plain")
    reading = Reading(head, table, wanted)
    columns = {name: Column() for name in reading.places}
    lines: list[np.ndarray] = []
    line = 1 + len(csv_file.line_ends(start[: head.body]))
    for piece in side_by_side(reading.piece, pieces(start[head.body :], chunks)):
        for name, place in reading.places.items():
            columns[name].add(piece.cells.column(place))
        lines.append(piece.ends_before + line)
        line += piece.ends
    if not any(map(len, lines)):
        raise InDoubtError("there are no records")
    return Cells(head.names, {name: column.whole() for name, column in columns.items()}, np.concatenate(lines))


class Column:
    """A column that grows by pieces; its codes take no more room than they need."""

    def __init__(self):
        self.chunks: list = []
        self.places: dict[str, int] = {}

    def add(self, cells: "pa.ChunkedArray") -> None:
        """Add the cells of a piece."""
        import pyarrow as pa

        for chunk in cells.chunks:
            self.chunks.append(self.coded(chunk) if pa.types.is_dictionary(chunk.type) else chunk)

    def coded(self, chunk: "pa.DictionaryArray") -> np.ndarray:
        """Return the codes of some cells, by the texts of the whole column."""
        texts = chunk.dictionary.to_pylist()
        places = [self.places.setdefault(text, len(self.places)) for text in texts]
        return np.array(places, np.min_scalar_type(len(self.places)))[chunk.indices.to_numpy()]

    def whole(self) -> "pa.ChunkedArray | Coded":
        """Return the column."""
        import pyarrow as pa

        if self.places:
            return Coded(list(self.places), np.concatenate(self.chunks))
        return pa.chunked_array(self.chunks)


def side_by_side(read, pieces: Iterator[bytes]) -> Iterator["Piece"]:
    """Yield what is read of each piece, in order; only a few are in memory at a time."""
    with ThreadPoolExecutor(READERS) as readers:
        waiting: deque = deque()
        for piece in pieces:
            waiting.append(readers.submit(read, piece))
            if len(waiting) > READERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def pieces(rest: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield whole records in pieces, each with the line end before its first record."""
    for chunk in chunks:
        rest += chunk
        cut = end_of_records(rest)
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > 2 * PIECE:
            raise InDoubtError("a record is too long")
    if rest:
        yield rest


def end_of_records(content: bytes) -> int:
    """Return where the line end of the last record that surely ends begins, 0 or less where there is none."""
    at = content.rfind(LF)
    inside = at > 0 and content.count(QUOTE, 0, at) % 2
    while inside and at > 0:
        before = content.rfind(LF, 0, at)
        inside ^= content.count(QUOTE, max(before, 0), at) % 2
        at = before
    return at - 1 if content[at - 1 : at] == CR else at


class Piece(NamedTuple):
    """Some records: their cells, the line ends before each, counted in the piece, and how many there are in all."""

    cells: "pa.Table"
    ends_before: np.ndarray
    ends: int


class Reading:
    """How the pieces of one file are read."""

    def __init__(self, head: csv_file.Head, table: schema.Table, wanted: Collection[str] | None):
        import pyarrow as pa
        from pyarrow import csv as arrow_csv

        self.head = head
        free, coded = pa.large_string(), pa.dictionary(pa.int32(), pa.string())
        is_free = {name: table.column(name).kind in TEXT_KINDS for name in head.names}
        self.types = {str(at): free if is_free[name] else coded for at, name in enumerate(head.names)}
        self.places = {name: str(at) for at, name in enumerate(head.names) if wanted is None or name in wanted}
        self.convert = arrow_csv.ConvertOptions(
            column_types=self.types, strings_can_be_null=False, include_columns=list(self.places.values())
        )

    def piece(self, content: bytes) -> Piece:
        """Return the cells of a piece; `InDoubtError` where the strict reader might read or refuse it otherwise."""
        stops = csv_file.line_stops(content)
        bounds = csv_file.regular_bounds(content, self.head.delimiter, stops)
        if bounds is None:
            raise InDoubtError("a quote stands inside a cell")
        starts, _ = bounds
        try:
            csv_file.refuse_markers(content, starts, "")
            cells = self.cells(content)
        except (RecordsError, ValueError) as error:  # pyarrow's errors are ValueErrors
            raise InDoubtError(str(error)) from error
        if len(cells) != len(starts):
            raise InDoubtError("the readers differ")
        ends = csv_file.line_ends(content, stops)
        return Piece(cells, np.searchsorted(ends, starts, side="right"), len(ends))

    def cells(self, content: bytes) -> "pa.Table":
        """Return the cells of a piece; ValueError where records are ragged or too long, or not UTF-8."""
        import pyarrow as pa
        from pyarrow import csv as arrow_csv

        # With the line end before it, a U+FEFF that begins the first record is not taken for a byte order mark.
        return arrow_csv.read_csv(
            pa.BufferReader(content),
            read_options=arrow_csv.ReadOptions(column_names=list(self.types), block_size=PIECE, use_threads=False),
            parse_options=arrow_csv.ParseOptions(
                delimiter=self.head.delimiter, newlines_in_values=QUOTE in content, ignore_empty_lines=True
            ),
            convert_options=self.convert,
            memory_pool=pa.system_memory_pool(),  # gives back what a reader no longer needs
        )

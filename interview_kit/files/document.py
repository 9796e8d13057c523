"""A CSV's records: where each begins and ends, found without interpreting a single value."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from interview_kit.files.encodings import MOST_COLUMNS, UTF_8_MARK, decode
from interview_kit.files.lines import CR, LF, PIECE, QUOTE, byte_offsets, line_numbers, line_of, line_stops
from interview_kit.files.problems import Problem, records_error
from interview_kit.words import plural

DELIMITERS = ",;\t"
MARKERS = ("<<<<<<<", ">>>>>>>", "=======", "|||||||")
MARKER_BYTES = tuple(marker.encode() for marker in MARKERS)
FIRST_RECORD = re.compile(rb'[\r\n]*((?:[^"\r\n]|"(?:[^"]|"")*+")*+)')
HeaderReader = Callable[[Sequence[str]], Sequence[str]]  # a header's cells to the columns that they name
SEPARATOR_LINE = re.compile(rb'[\r\n]*"?sep=([,;\t])"?[\r\n]+(?=[^\r\n])', re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """A CSV as it stands on disk: its bytes, and where each record lies in them.

    `content` is UTF-8 without a byte order mark, whatever the file's own encoding; `spans` holds one row per record
    after the header, its first byte and the byte after its last, line end not included; `lines` their first lines.
    `header` names the columns, `written_header` as they stand in the file, from and to `header_span`; `short` are the
    records that lack cells at their end, which are empty.
    """

    content: bytes
    encoding: str
    mark: bytes
    delimiter: str
    header: tuple[str, ...]
    written_header: tuple[str, ...]
    header_span: tuple[int, int]
    spans: np.ndarray
    short: np.ndarray
    raw: bytes
    read_header: HeaderReader

    def __len__(self) -> int:
        return len(self.spans)

    @property
    def body(self) -> int:
        """Where the line end before the first record begins, the end of the content where there is none."""
        return int(self.spans[0, 0]) - 1 if len(self.spans) else len(self.content)

    @cached_property
    def lines(self) -> np.ndarray:
        """The line each record begins on, counted as an editor counts: 1 is the file's first."""
        return line_numbers(self.content, self.spans[:, 0])

    def record(self, index: int) -> bytes:
        """The bytes of one record, without its line end."""
        start, end = self.spans[index]
        return self.content[start:end]

    def run(self, start: int, stop: int) -> bytes:
        """The bytes of the records from one place to before another, with what lies between them."""
        return self.content[self.spans[start, 0] : self.spans[stop - 1, 1]] if stop > start else b""

    def cells(self, index: int) -> list[str]:
        """The cells of one record."""
        return self.padded(split_record(self.record(index), self.delimiter))

    def rows(self) -> Iterator[list[str]]:
        """The cells of each record in turn, by the strict reader."""
        content = self.content
        texts = (content[start:end].decode() for start, end in self.spans.tolist())
        rows = read_cells(texts, self.delimiter)
        return map(self.padded, rows) if len(self.short) else rows

    def columns(self) -> dict[str, Sequence[str]]:
        """The texts of each column, by its name."""
        texts = list(zip(*self.rows(), strict=True)) or [()] * len(self.header)
        return dict(zip(self.header, texts, strict=True))

    def padded(self, cells: list[str]) -> list[str]:
        """Return a record's cells with empty ones for those that it lacks at its end."""
        return cells + [""] * (len(self.header) - len(cells))

    @cached_property
    def newline(self) -> bytes:
        """The line end that the last record has, or the one before it, else a line feed."""
        start, end = self.spans[-1].tolist() if len(self.spans) else self.header_span
        before = self.content[max(0, start - 2) : start]
        found = re.match(rb"\r\n|\r|\n", self.content[end : end + 2]) or re.search(rb"(\r\n|\r|\n)\Z", before)
        return found[0] if found else LF

    def encoded(self, content: bytes) -> bytes:
        """New content in this file's own encoding, or as UTF-8 with its mark where it would not read back the same."""
        if self.encoding == "utf-8":
            return self.mark + content
        with suppress(UnicodeEncodeError):
            raw = self.mark + content.decode().encode(self.encoding)
            if decode(raw, "")[0] == content:
                return raw
        return UTF_8_MARK + content


def read_cells(texts: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the cells of each record; one text is one record, line ends inside quotes included."""
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield from csv.reader(texts, delimiter=delimiter, strict=True)
    finally:
        csv.field_size_limit(limit)


def split_record(record: bytes, delimiter: str) -> list[str]:
    """Return the cells of one record."""
    return next(read_cells(iter([record.decode()]), delimiter), [""])


def as_written(cells: Sequence[str]) -> Sequence[str]:
    """Return a header's cells as they are."""
    return cells


def parse_document(raw: bytes, name: str, read_header: HeaderReader = as_written) -> Document:
    """Return the parse of a file's bytes; `name` stands in the errors, and `read_header` says what a header means.

    Raises `RecordsError` with the line of an unclosed or stray quote, of a record with more cells than the header, of
    a merge marker, of a byte that the encoding does not have, and of a line or a header without end. Nothing is
    repaired and nothing is skipped.
    """
    content, encoding, mark = decode(raw, name)
    delimiter, first = choose_delimiter(content)
    starts, ends = record_bounds(content, delimiter, name)
    refuse_markers(content, starts, name)
    header_span = int(starts[first]), int(ends[first])
    written = header_cells(content, *header_span, delimiter, name)
    header = unique_names(read_header(written))
    spans = np.column_stack([starts[first + 1 :], ends[first + 1 :]])
    widths = cell_counts(content, spans, delimiter)
    short = np.flatnonzero(widths < len(header))
    parsed = Document(content, encoding, mark, delimiter, header, written, header_span, spans, short, raw, read_header)
    refuse_too_long(parsed, widths, name)
    refuse_cut_off(parsed, name)
    return parsed


class Head(NamedTuple):
    """The header of a CSV: its delimiter, its names, and where the line end before the first record begins."""

    delimiter: str
    names: tuple[str, ...]
    written: tuple[str, ...]
    body: int


def head_of(content: bytes, read_header: HeaderReader = as_written) -> Head | None:
    """Return the head of a file's first bytes, None where they hold no whole header."""
    delimiter, _ = choose_delimiter(content)
    separator = SEPARATOR_LINE.match(content)
    header = FIRST_RECORD.match(content, separator.end() if separator else 0)
    if not header or not header[1] or header.end() == len(content) or header[1].startswith(MARKER_BYTES):
        return None
    try:
        written = header_cells(content, header.start(1), header.end(1), delimiter, "")
    except (ValueError, csv.Error):
        return None
    return Head(delimiter, unique_names(read_header(written)), written, header.end())


def choose_delimiter(content: bytes) -> tuple[str, int]:
    """Return the delimiter and which record is the header, told by a `sep=;` line or by the header itself."""
    if match := SEPARATOR_LINE.match(content):
        return match[1].decode(), 1
    header = FIRST_RECORD.match(content)
    outside_quotes = re.sub(rb'"(?:[^"]|"")*+"', b"", header[1] if header else b"")
    return max(DELIMITERS, key=lambda mark: outside_quotes.count(mark.encode())), 0


def record_bounds(content: bytes, delimiter: str, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return where each record begins and ends; blank lines are no records, and stay where they are."""
    bounds = regular_bounds(content, delimiter)
    return scan_bounds(content, delimiter, name) if bounds is None else bounds


def regular_bounds(content: bytes, delimiter: str) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the same bounds without looking at each cell, None where a quote stands inside an unquoted one."""
    data = np.frombuffer(content, np.uint8)
    if not quotes_are_regular(data, delimiter):
        return None
    quotes, stops = byte_offsets(data, QUOTE), line_stops(content)
    stops = stops[np.searchsorted(quotes, stops) % 2 == 0]
    starts = np.concatenate([[0], stops + 1])
    ends = np.append(stops, len(content))
    filled = ends > starts
    return starts[filled], ends[filled]


def quotes_are_regular(data: np.ndarray, delimiter: str) -> bool:
    """Say whether each opening quote begins a cell and each closing one ends it, in pairs.

    A doubled quote inside a cell reads as one that closes and one that opens, side by side: both rules allow it.
    """
    edges = np.zeros(256, bool)
    edges[[*b'"\r\n', ord(delimiter)]] = True
    is_inside = 0
    for start in range(0, len(data), PIECE):
        quotes = np.flatnonzero(data[start : start + PIECE] == QUOTE[0]) + start
        opening, closing = quotes[is_inside::2], quotes[1 - is_inside :: 2]
        before = data[opening[opening > 0] - 1]
        after = data[closing[closing < len(data) - 1] + 1]
        if not (edges[before].all() and edges[after].all()):
            return False
        is_inside ^= len(quotes) % 2
    return not is_inside


def scan_bounds(content: bytes, delimiter: str, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the same bounds cell by cell, for a file with quotes inside unquoted cells; refuse an unclosed quote."""
    mark = re.escape(delimiter.encode())
    quoted = re.compile(rb'"(?:[^"]|"")*+"')
    plain = re.compile(rb"[^%b\r\n]*+" % mark)
    bounds, at, start = [], 0, 0
    while at <= len(content):
        cell = quoted.match(content, at) if content[at : at + 1] == QUOTE else plain.match(content, at)
        if cell is None:
            raise records_error(
                name, [Problem(line_of(content, at), "", "", "a quote is opened here and never closed")]
            )
        at = cell.end()
        stop = content[at : at + 1]
        if stop not in (delimiter.encode(), CR, LF, b""):
            raise records_error(name, [Problem(line_of(content, at), "", "", "text follows a closing quote")])
        if stop != delimiter.encode():
            bounds += [(start, at)] if at > start else []
            start = at + 1
        at += 1
    starts, ends = np.array(bounds, np.int64).reshape(-1, 2).T
    return starts, ends


def refuse_markers(content: bytes, starts: np.ndarray, name: str) -> None:
    """Refuse a file that holds the markers of an unfinished merge."""
    suspects = np.isin(np.frombuffer(content, np.uint8)[starts], [marker[0] for marker in MARKER_BYTES])
    found = [start for start in starts[suspects].tolist() if content.startswith(MARKER_BYTES, start)]
    if found:
        problem = "is the mark of an unfinished merge; choose one of the two versions, and delete the marks"
        raise records_error(
            name, [Problem(line_of(content, at), "", content[at : at + 7].decode(), problem) for at in found]
        )


def header_cells(content: bytes, start: int, end: int, delimiter: str, name: str) -> tuple[str, ...]:
    """Return the cells of a header; refuse one with more of them than any table has columns."""
    cells = split_record(content[start:end], delimiter)
    if len(cells) > MOST_COLUMNS:
        problem = f"has {len(cells):,} columns, where {MOST_COLUMNS:,} are the most; is it another file?"
        raise records_error(name, [Problem(line_of(content[:start], start), "", "", problem)])
    return tuple(cells)


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the column names, each once: a nameless column is called by its place, a second "notes" "notes (2)"."""
    names: dict[str, None] = {}
    times: dict[str, int] = {}
    for place, cell in enumerate(cells, start=1):
        plain = name = cell.strip() or f"column {place}"
        while name in names:
            times[plain] = times.get(plain, 1) + 1
            name = f"{plain} ({times[plain]})"
        names[name] = None
    return tuple(names)


def refuse_too_long(document: Document, widths: np.ndarray, name: str) -> None:
    """Refuse records that have more cells than the header; those that have fewer lack cells at their end."""
    width = len(document.header)
    too_long = np.flatnonzero(widths > width)
    if not len(too_long):
        return
    if title := title_above(document.written_header, widths):
        problem = "stands above the line with the columns' names, as a title; delete its line"
        line = line_of(document.content, document.header_span[0])
        raise records_error(name, [Problem(line, "", title, problem)])
    problems = [
        Problem(int(line), "", "", f"has {plural(int(count), 'cell')} where the header has {width}")
        for line, count in zip(document.lines[too_long[:100]], widths[too_long[:100]], strict=True)
    ]
    raise records_error(name, problems)


def title_above(header: Sequence[str], widths: np.ndarray) -> str:
    """Return the one filled cell of a first row where the row below it is the header by its width, else nothing.

    A title that stands alone may be the name of the only column: all rows have to be wider than it alike.
    """
    told = [cell for cell in header if cell.strip()]
    is_padded = len(header) > 1 and widths[0] == widths.max()
    is_alone = len(header) == 1 and len(widths) > 1 and widths.min() == widths.max() > 2
    return told[0] if len(told) == 1 and (is_padded or is_alone) else ""


def refuse_cut_off(document: Document, name: str) -> None:
    """Refuse a file that stops within its last record, as where a program was stopped while it wrote it.

    A program that leaves empty cells out at the end of records does so in others too.
    """
    content, last = document.content, len(document) - 1
    if document.short.tolist() == [last] and not content.endswith((LF, CR)):
        problem = "the file stops within this record; restore a backup, or complete the line"
        raise records_error(name, [Problem(line_of(content, int(document.spans[-1, 0])), "", "", problem)])


def cell_counts(content: bytes, spans: np.ndarray, delimiter: str) -> np.ndarray:
    """Return how many cells each record has."""
    data = np.frombuffer(content, np.uint8)
    if not quotes_are_regular(data, delimiter):
        records = (content[start:end] for start, end in spans.tolist())
        return np.array([len(split_record(record, delimiter)) for record in records], np.int64)
    marks, quotes = byte_offsets(data, delimiter.encode()), byte_offsets(data, QUOTE)
    opening, closing = quotes[0::2], quotes[1::2]
    quoted = np.searchsorted(marks, closing) - np.searchsorted(marks, opening)
    records = np.searchsorted(spans[:, 0], opening, side="right")  # 0 is the header
    between = np.diff(np.searchsorted(marks, np.append(spans[:1, 0], spans[:, 1])))  # none stands between records
    return 1 + between - np.bincount(records, quoted, len(spans) + 1)[1:].astype(np.int64)

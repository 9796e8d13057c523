"""One CSV on disk: strict parse, one operation at a time, atomic replace, backups."""

import csv
import errno
import glob
import os
import re
import secrets
import stat
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

LOCK_SECONDS = 20
REPLACE_TRIES = 5
MOST_TRIES = 20  # while another program changes the file
KEEP_LAST, KEEP_DAYS = 20, 30
STAMP, SOON = "%Y%m%d-%H%M%S-%f", timedelta(microseconds=1)
LONGEST_LINE, MOST_COLUMNS = 20_000_000, 2_000
QUOTE, LF, CR = b'"', b"\n", b"\r"
DELIMITERS = ",;\t"
PIECE = 1 << 20  # bytes
MARKERS = ("<<<<<<<", ">>>>>>>", "=======", "|||||||")
MARKER_BYTES = tuple(marker.encode() for marker in MARKERS)
# What a folder answers that cannot be opened (Windows) or made durable (some network drives).
NO_FOLDER_SYNC = (errno.EACCES, errno.EPERM, errno.EISDIR, errno.EINVAL, errno.ENOTSUP)
# A byte order mark says the encoding; the longer marks come first, since one begins like another.
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class Problem(NamedTuple):
    """Something in a file that needs mending: where it stands, what was found, what is accepted."""

    line: int
    column: str
    value: str
    problem: str

    def __str__(self) -> str:
        """Return it as one sentence: "line 7, outcome: 'callbck' is not one of …"."""
        where = ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.column)))
        shown = repr(self.value if len(self.value) <= 80 else self.value[:79] + "…") if self.value else ""
        found = f"{shown} {self.problem}".strip()
        return f"{where}: {found}" if where else found


class RecordsError(ValueError):
    """Records that cannot be read or written as they are; `.problems` lists each `Problem` with its line."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()):
        super().__init__(message)
        self.problems = list(problems)


class ConflictError(RecordsError):
    """A record is not what the caller saw: `.mine` holds the caller's values, `.theirs` those in the file."""

    def __init__(self, message: str, mine: Mapping, theirs: Mapping):
        super().__init__(message)
        self.mine, self.theirs = dict(mine), dict(theirs)


class ChangedMeanwhileError(RecordsError):
    """A file that another program changed between the reading and the replacing; it stands as that program left it."""


class LostFileError(RecordsError):
    """A file that is gone while there are copies of it: `.table` is its name, `.backup` the newest copy's, if any."""

    def __init__(self, message: str, table: str, backup: str):
        super().__init__(message)
        self.table, self.backup = table, backup


# The parse: where each record begins and ends, found without interpreting a single value.


@dataclass(frozen=True)
class Document:
    """A CSV as it stands on disk: its bytes, and where each record lies in them.

    `content` is UTF-8 without a byte order mark, whatever the file's own encoding; `spans` holds one row per record
    after the header, its first byte and the byte after its last, line end not included; `lines` their first lines.
    """

    content: bytes
    encoding: str
    mark: bytes
    delimiter: str
    header: tuple[str, ...]
    spans: np.ndarray
    raw: bytes

    def __len__(self) -> int:
        return len(self.spans)

    @property
    def body(self) -> int:
        """Where the line end before the first record begins, the end of the content where there is none."""
        return int(self.spans[0, 0]) - 1 if len(self.spans) else len(self.content)

    @property
    def lines_in_cells(self) -> bool:
        """Whether a cell may hold more than one line."""
        return QUOTE in self.content

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
        return split_record(self.record(index), self.delimiter)

    def rows(self) -> Iterator[list[str]]:
        """The cells of each record in turn, by the strict reader."""
        content = self.content
        texts = (content[start:end].decode() for start, end in self.spans.tolist())
        return read_cells(texts, self.delimiter)

    @cached_property
    def newline(self) -> bytes:
        """The line end that the last record has, else the header's, else a line feed."""
        if len(self.spans):
            after = self.content[self.spans[-1, 1] : self.spans[-1, 1] + 2]
            before = self.content[: self.spans[-1, 0]][-2:]
        else:
            after, before = self.content[-2:], b""
        for ends in (after, before):
            if CR + LF in ends:
                return CR + LF
            if ends[:1] == CR or ends[-1:] == CR:
                return CR
            if LF in ends:
                return LF
        return LF

    def encoded(self, content: bytes) -> bytes:
        """New content in this file's own encoding, or as UTF-8 with its mark where it would not read back the same."""
        if self.encoding == "utf-8":
            return self.mark + content
        with suppress(UnicodeEncodeError):
            raw = self.mark + content.decode().encode(self.encoding)
            if decode(raw, "")[0] == content:
                return raw
        return b"\xef\xbb\xbf" + content


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


def line_numbers(content: bytes, offsets: np.ndarray) -> np.ndarray:
    """Return the 1-based line of each byte offset; CRLF, LF and a lone CR each end a line."""
    return 1 + np.searchsorted(line_ends(content), offsets, side="right")


def line_ends(content: bytes) -> np.ndarray:
    """Return the offset after each line end."""
    stops = line_stops(content)
    if CR in content:
        data = np.frombuffer(content + b" ", np.uint8)
        stops = stops[(data[stops] != CR[0]) | (data[stops + 1] != LF[0])]
    return stops + 1


def line_stops(content: bytes) -> np.ndarray:
    """Return where each line feed and each carriage return stands."""
    data = np.frombuffer(content, np.uint8)
    stops = places_of(data, LF)
    return np.sort(np.concatenate([stops, places_of(data, CR)])) if CR in content else stops


def parse_document(raw: bytes, name: str) -> Document:
    """Return the parse of a file's bytes; `name` stands in the errors.

    Raises `RecordsError` with the line of an unclosed or stray quote, of a record with too few or too many cells, of
    a merge marker, of a byte that the encoding does not have, and of a line or a header without end. Nothing is
    repaired and nothing is skipped.
    """
    content, encoding, mark = decode(raw, name)
    delimiter, first = choose_delimiter(content)
    starts, ends = record_bounds(content, delimiter, name)
    refuse_markers(content, starts, name)
    header = header_names(content, int(starts[first]), int(ends[first]), delimiter, name)
    spans = np.column_stack([starts[first + 1 :], ends[first + 1 :]])
    refuse_ragged(content, spans, delimiter, len(header), name)
    return Document(content, encoding, mark, delimiter, header, spans, raw)


class Head(NamedTuple):
    """The header of a CSV: its delimiter, its names, and where the line end before the first record begins."""

    delimiter: str
    names: tuple[str, ...]
    body: int


def head_of(content: bytes) -> Head | None:
    """Return the head of a file's first bytes, None where they hold no whole header."""
    delimiter, _ = choose_delimiter(content)
    separator = SEPARATOR_LINE.match(content)
    header = FIRST_RECORD.match(content, separator.end() if separator else 0)
    if not header or not header[1] or header.end() == len(content) or header[1].startswith(MARKER_BYTES):
        return None
    try:
        return Head(delimiter, header_names(content, header.start(1), header.end(1), delimiter, ""), header.end())
    except (ValueError, csv.Error):
        return None


def refuse(name: str, problems: list[Problem]) -> RecordsError:
    """Return the error for a file that stays as it is, all its problems at once."""
    return RecordsError("\n".join(f"{name}: {problem}" for problem in problems), problems)


SOMETHING = re.compile(rb"[^\xef\xbb\xbf\xff\xfe \r\n\t\0]")


def decode(raw: bytes, name: str) -> tuple[bytes, str, bytes]:
    """Return the content as UTF-8, the encoding the file is in, and its byte order mark."""
    refuse_endless(raw, name)
    if not SOMETHING.search(raw):
        raise refuse(name, [Problem(0, "", "", "is empty: restore a backup, or delete the file to begin anew")])
    mark, encoding = next(((mark, enc) for mark, enc in BYTE_ORDER_MARKS if raw.startswith(mark)), (b"", "utf-8"))
    body = raw[len(mark) :]
    if encoding == "utf-32":
        raise refuse(name, [Problem(1, "", "", "is in UTF-32; save it as UTF-8")])
    for attempt in (encoding,) if mark else ("utf-8", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = body.decode(attempt)
            return (body if attempt == "utf-8" else text.encode()), attempt, mark
    raise refuse(name, [undecodable(body, encoding if mark else "cp1252")])


def refuse_endless(raw: bytes, name: str) -> None:
    """Refuse a file with a line that goes on for ever, before anything is made of it."""
    at = 0
    while len(raw) - at > LONGEST_LINE:
        end = raw.rfind(LF, at, at + LONGEST_LINE)
        end = raw.rfind(CR, at, at + LONGEST_LINE) if end < 0 else end
        if end < 0:
            most = f"{LONGEST_LINE // 10**6} million bytes"
            problem = f"is longer than {most}, which no interview is; is it another file?"
            raise refuse(name, [Problem(line_of(raw[:at], at), "", "", problem)])
        at = end + 1


def undecodable(body: bytes, encoding: str) -> Problem:
    """Return the problem of the first byte that an encoding does not have."""
    try:
        body.decode(encoding)
    except UnicodeDecodeError as error:
        line = line_of(body, error.start)
        names = {"cp1252": "neither UTF-8 nor Windows-1252"}.get(encoding, f"not {encoding.upper()}")
        return Problem(line, "", "", f"the byte 0x{body[error.start]:02X} is {names}; save the file as UTF-8")
    raise AssertionError("the bytes can be decoded")


FIRST_RECORD = re.compile(rb'[\r\n]*((?:[^"\r\n]|"(?:[^"]|"")*+")*+)')
SEPARATOR_LINE = re.compile(rb'[\r\n]*"?sep=([,;\t])"?[\r\n]+(?=[^\r\n])', re.IGNORECASE)


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
    quotes, stops = places_of(data, QUOTE), line_stops(content)
    stops = stops[np.searchsorted(quotes, stops) % 2 == 0]
    starts = np.concatenate([[0], stops + 1])
    ends = np.append(stops, len(content))
    filled = ends > starts
    return starts[filled], ends[filled]


def places_of(data: np.ndarray, byte: bytes) -> np.ndarray:
    """Return where a byte stands, a piece at a time, which stays in the processor's cache."""
    pieces = [np.flatnonzero(data[at : at + PIECE] == byte[0]) + at for at in range(0, len(data), PIECE)]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)


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
            raise refuse(name, [Problem(line_of(content, at), "", "", "a quote is opened here and never closed")])
        at = cell.end()
        stop = content[at : at + 1]
        if stop not in (delimiter.encode(), CR, LF, b""):
            raise refuse(name, [Problem(line_of(content, at), "", "", "text follows a closing quote")])
        if stop != delimiter.encode():
            bounds += [(start, at)] if at > start else []
            start = at + 1
        at += 1
    starts, ends = np.array(bounds, np.int64).reshape(-1, 2).T
    return starts, ends


def line_of(content: bytes, offset: int) -> int:
    """Return the line of one byte."""
    return int(line_numbers(content, np.array([offset]))[0])


def refuse_markers(content: bytes, starts: np.ndarray, name: str) -> None:
    """Refuse a file that holds the markers of an unfinished merge."""
    suspects = np.isin(np.frombuffer(content, np.uint8)[starts], [marker[0] for marker in MARKER_BYTES])
    found = [start for start in starts[suspects].tolist() if content.startswith(MARKER_BYTES, start)]
    if found:
        problem = "is the mark of an unfinished merge; choose one of the two versions, and delete the marks"
        raise refuse(name, [Problem(line_of(content, at), "", content[at : at + 7].decode(), problem) for at in found])


def header_names(content: bytes, start: int, end: int, delimiter: str, name: str) -> tuple[str, ...]:
    """Return the names of the columns; refuse a header with more of them than any table has."""
    cells = split_record(content[start:end], delimiter)
    if len(cells) > MOST_COLUMNS:
        problem = f"has {len(cells):,} columns, where {MOST_COLUMNS:,} are the most; is it another file?"
        raise refuse(name, [Problem(line_of(content[:start], start), "", "", problem)])
    return unique_names(cells)


def unique_names(cells: list[str]) -> tuple[str, ...]:
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


def refuse_ragged(content: bytes, spans: np.ndarray, delimiter: str, width: int, name: str) -> None:
    """Refuse records that have not as many cells as the header."""
    widths = cell_counts(content, spans, delimiter)
    ragged = np.flatnonzero(widths != width)
    if len(ragged):
        lines = line_numbers(content, spans[ragged[:100], 0])
        problems = [
            Problem(int(line), "", "", f"has {plural(int(count), 'cell')} where the header has {width}")
            for line, count in zip(lines, widths[ragged[:100]], strict=True)
        ]
        raise refuse(name, problems)


def plural(count: int, noun: str) -> str:
    """Return "1 cell" or "2 cells"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def cell_counts(content: bytes, spans: np.ndarray, delimiter: str) -> np.ndarray:
    """Return how many cells each record has."""
    data = np.frombuffer(content, np.uint8)
    if not quotes_are_regular(data, delimiter):
        records = (content[start:end] for start, end in spans.tolist())
        return np.array([len(split_record(record, delimiter)) for record in records], np.int64)
    marks, quotes = places_of(data, delimiter.encode()), places_of(data, QUOTE)
    opening, closing = quotes[0::2], quotes[1::2]
    quoted = np.searchsorted(marks, closing) - np.searchsorted(marks, opening)
    records = np.searchsorted(spans[:, 0], opening, side="right")  # 0 is the header
    between = np.diff(np.searchsorted(marks, np.append(spans[:1, 0], spans[:, 1])))  # none stands between records
    return 1 + between - np.bincount(records, quoted, len(spans) + 1)[1:].astype(np.int64)


# Writing one record.


def quote(cell: str, delimiter: str, *, first: bool = False) -> str:
    """Return a cell as the file holds it, in quotes where it needs them (a lone CR among the reasons)."""
    risky = any(mark in cell for mark in (delimiter, '"', "\n", "\r"))
    odd_edge = cell != cell.strip() or (first and (not cell or cell.startswith(MARKERS)))
    return '"' + cell.replace('"', '""') + '"' if risky or odd_edge else cell


def join_names(names: Sequence[str], delimiter: str) -> bytes:
    """Return the cells of a header; a name that holds any delimiter is quoted, since the header tells which it is."""
    return delimiter.encode().join(join_cells([name], foreign(name) or delimiter) for name in names)


def foreign(name: str) -> str:
    """Return the first delimiter of any file that a name holds, empty for none."""
    return next((delimiter for delimiter in DELIMITERS if delimiter in name), "")


def join_cells(cells: Sequence[str], delimiter: str) -> bytes:
    """Return one record; `RecordsError` where a cell holds half of a character, which no file can keep."""
    text = delimiter.join(quote(cell, delimiter, first=not place) for place, cell in enumerate(cells))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(text[error.start]):04X}"
        message = f"the text holds half of a character ({half}), which no file can keep; delete it and save again"
        raise RecordsError(message) from None


@dataclass(frozen=True)
class Splice:
    """One change of the records: what stands at place `at` now (`old`), and what shall stand there (`new`).

    `old` None adds, `new` None deletes; `index` is the record's place, `len(document)` for one at the end.
    """

    index: int
    old: bytes | None
    new: bytes | None


def spliced(document: Document, splices: Sequence[Splice]) -> bytes:
    """Return the content with each splice made and every other byte as it was; of several at one place in order."""
    content, at, made = document.content, 0, bytearray()
    for splice in sorted(splices, key=lambda splice: splice.index):
        start, end = place_in(document, splice)
        made += content[at:start]
        if splice.old is None and made and not made.endswith((LF, CR)):
            made += document.newline
        made += splice.new or b""
        made += document.newline if splice.old is None else b""
        at = end + (newline_length(content, end) if splice.new is None else 0)
    made += content[at:]
    return bytes(made)


def place_in(document: Document, splice: Splice) -> tuple[int, int]:
    """Return where the bytes of a splice's record begin and end; nothing stands yet where one is added."""
    if splice.index == len(document):
        return len(document.content), len(document.content)
    start, end = document.spans[splice.index].tolist()
    return start, start if splice.old is None else end


def newline_length(content: bytes, at: int) -> int:
    """Return how many bytes the end of the line takes that stands here, 0 for none."""
    return len(CR + LF) if content.startswith(CR + LF, at) else int(content.startswith((LF, CR), at))


def with_columns(document: Document, names: Sequence[str]) -> Document:
    """Return the document with new columns at the right; each record gains a delimiter and is else as it was."""
    mark = document.delimiter.encode()
    header_end = document.spans[0, 0] if len(document) else len(document.content)
    head = document.content[:header_end]
    kept = head.rstrip(b"\r\n")
    added = mark + join_names(names, document.delimiter)
    pieces, at = [kept, added], len(kept)
    for end in document.spans[:, 1].tolist():
        pieces += [document.content[at:end], mark * len(names)]
        at = end
    content = b"".join([*pieces, document.content[at:]])
    wide = parse_document(document.encoded(content), "the file with its new columns")
    if (wide.delimiter, *wide.header) != (document.delimiter, *document.header, *names):
        raise RecordsError(f"{', '.join(map(repr, names))} cannot be the name of a column here; nothing was saved")
    return wide


# The file.


class Lock(threading.local):
    """A lock that one program at a time holds; who holds it may take it once more within."""

    def __init__(self, path: Path):
        self.path, self.lock = path, None

    @contextmanager
    def held(self, what: str) -> Generator[None]:
        """Hold the lock; `RecordsError` says that `what` is in use where another program does not let it go."""
        from filelock import FileLock, Timeout

        if self.lock is not None:
            yield
            return
        make_private_folder(self.path.parent)
        lock = FileLock(self.path, timeout=LOCK_SECONDS, mode=0o600)
        with worded(f"nothing can be saved in {self.path.parent}"):
            try:
                lock.acquire()
            except Timeout:
                message = f"{what} has been in use by another program for {LOCK_SECONDS} seconds; try again"
                raise RecordsError(message) from None
        self.lock = lock
        try:
            yield
        finally:
            self.lock = None
            lock.release()


class CsvFile:
    """One CSV on disk, changed one operation at a time and never replaced by a table from memory."""

    def __init__(self, path: Path, backups: Path | None = None, lock: "Lock | None" = None):
        self.path = Path(os.path.realpath(path))
        self.backups = backups or self.path.parent / ".backups"
        self.lock = lock or Lock(self.path.parent / f".{self.path.name}.lock")
        self.rows_seen: int | None = None
        self.last: Document | None = None
        self.begins_anew = False
        self.kept_aside = ""

    def read(self) -> Document | None:
        """Return the file as it is now, None where there is none; what is seen here is what the gates compare with."""
        document = self.load()
        if document is None:
            self.refuse_if_lost()
        self.rows_seen = None if document is None else len(document)
        return document

    def load(self) -> Document | None:
        """Return the parse of the file as it is now; bytes that were parsed before are not parsed again."""
        raw = read_bytes(self.path)
        if raw is None:
            return None
        if self.last is None or self.last.raw != raw:
            self.last = parse_document(raw, self.path.name)
        return self.last

    def differs(self) -> bool:
        """Say whether the file is other than when it was last read or written here."""
        raw = read_bytes(self.path)
        return raw != (self.last.raw if self.last else None)

    def change(
        self,
        plan: Callable[[Document], tuple[Document, list[Splice]]],
        *,
        header: Sequence[str],
        backup: str = "",
        before_replace: Callable[[], None] | None = None,
    ) -> Document:
        """Carry out one operation under the lock, and return the file as it is afterwards.

        `plan` sees the file as it is now and returns it, with new columns where it needs them, and the splices to
        make; no splice leaves the file untouched. `header` begins a file that is not there yet. `backup` names the
        reason to keep the bytes that are replaced; the first change of a day is always kept. `before_replace` runs
        last, just before the file is replaced.
        """
        with self.locked():
            for _ in range(MOST_TRIES - 1):
                with suppress(ChangedMeanwhileError):
                    return self.change_once(plan, header, backup, before_replace)
            return self.change_once(plan, header, backup, before_replace)

    def change_once(
        self,
        plan: Callable[[Document], tuple[Document, list[Splice]]],
        header: Sequence[str],
        backup: str,
        before_replace: Callable[[], None] | None,
    ) -> Document:
        """Carry out one operation on the file as it is now; the lock is held."""
        current = self.gated()
        widened, splices = plan(new_document(header) if current is None else current)
        if not splices:
            return widened
        return self.put(current, self.made(widened, splices), backup=backup, before_replace=before_replace)

    def made(self, document: Document, splices: Sequence[Splice]) -> Document:
        """Return the document that splices make of another, once it is seen to be that and nothing else."""
        after = parse_document(document.encoded(spliced(document, splices)), self.path.name)
        check_gates(document, splices, after, self.path.name)
        return after

    def put(
        self,
        current: Document | None,
        after: Document,
        *,
        backup: str = "",
        before_replace: Callable[[], None] | None = None,
    ) -> Document:
        """Put a document in the place of the current one, which is kept as `backup` says; the lock is held."""
        if current is not None:
            self.back_up(current.raw, backup)
        if before_replace:
            before_replace()
        return self.replace(after, None if current is None else current.raw)

    def put_back(self, document: Document | None, written: Document) -> None:
        """Put back what stood there before, None for no file, in the place of what was written; the lock is held."""
        if document is not None:
            self.replace(document, written.raw)
            return
        with worded(f"{self.path.name} could not be taken away again"):
            self.path.unlink(missing_ok=True)
        self.last, self.rows_seen = None, None

    def gated(self) -> Document | None:
        """Return the file as it is now, refused where records have gone missing since this session last looked."""
        document = self.load()
        if document is None:
            self.refuse_if_lost()
        if document is not None and len(document) < (self.rows_seen or 0):
            raise RecordsError(
                f"{self.path.name} has {plural(len(document), 'record')}, and had {self.rows_seen:,} when last read "
                "here; nothing was saved. Read it again and look whether that is meant, or restore a backup"
            )
        return document

    def begin_anew(self) -> None:
        """Agree that the file, which is gone, begins anew at the next change."""
        self.begins_anew, self.rows_seen = True, None

    def refuse_if_lost(self) -> None:
        """Raise `RecordsError` where the file, which is not there, was there before, as session or traces say."""
        if self.rows_seen is not None:
            raise self.vanished()
        if self.begins_anew:
            return
        stubs = [name for name in (f".{self.path.name}.icloud", f"{self.path.name}.icloud") if self.beside(name)]
        if stubs:
            message = f"{self.path.name} is in the cloud only, as {stubs[0]} says; let it be fetched, and try again"
            raise LostFileError(message, self.path.stem, "")
        newest = next((name for name in reversed(self.backup_names()) if self.records_in(name)), "")
        if newest:
            held = f"The newest has {plural(self.records_in(newest), 'record')}: {newest}"
            ways = "Put it back (Journal.restore), or begin anew (Journal.begin_anew)"
            message = f"{self.path.name} is gone, and there are backups of it. {held}. {ways}"
            raise LostFileError(message, self.path.stem, newest)

    def beside(self, name: str) -> bool:
        """Say whether there is a file of this name beside the own one."""
        return (self.path.parent / name).exists()

    def records_in(self, name: str) -> int:
        """Return how many records a backup holds, 0 where it cannot be read."""
        try:
            return len(parse_document(self.backup_bytes(name), name))
        except RecordsError:
            return 0

    def vanished(self) -> RecordsError:
        """Return the error for a file that was there and is gone."""
        return RecordsError(
            f"{self.path.name} was here and is gone from {self.path.parent}; nothing was saved. "
            "Put it back, or restore a backup"
        )

    def restore(self, name: str, *, before_replace: Callable[[str], None] | None = None) -> Document:
        """Put a backup's bytes in the file's place; the bytes it replaces are kept as a backup too.

        `before_replace` is given the name of that backup, empty where there was no file.
        """
        raw = self.backup_bytes(name)
        document = parse_document(raw, name)
        with self.locked():
            current = read_bytes(self.path)
            kept = self.back_up(current, "before-restore") if current else ""
            if before_replace:
                before_replace(kept)
            return self.replace(document, current)

    def replace(self, document: Document, expected: bytes | None) -> Document:
        """Write the bytes beside the file, durable, put them in the place of those expected, and read them back."""
        with worded(f"{self.path.name} could not be saved", "; it is as it was"):
            try:
                self.exchange_bytes(document.raw, expected)
            except OSError:
                if read_bytes(self.path) != document.raw:  # some network drives report a failure and have done it
                    raise
        with worded(f"{self.path.name} was written, but the disk does not confirm it", "; look at it before you go on"):
            sync_folder(self.path.parent)
        if read_bytes(self.path) != document.raw:
            raise RecordsError(f"{self.path.name} does not hold what was written to it; the backups do")
        self.last, self.rows_seen, self.begins_anew = document, len(document), False
        return document

    def exchange_bytes(self, raw: bytes, expected: bytes | None) -> None:
        """Put bytes in the file's place, where they are on the disk before, and make sure of what they replaced.

        Raises `ChangedMeanwhileError` where another program changed the file since it was read; its version stays.
        Where the file system cannot exchange two files, a link to the old file is compared afterwards, and what
        differs is kept as a backup.
        """
        with written_beside(self.path, raw) as temporary:
            if read_bytes(self.path) != expected:
                raise self.changed_meanwhile()
            if expected is None:
                replace_patiently(temporary, self.path)
            elif exchange(temporary, self.path):
                self.keep_theirs(temporary, raw, expected)
            else:
                self.replace_and_compare(temporary, expected)

    def keep_theirs(self, temporary: Path, raw: bytes, expected: bytes) -> None:
        """Exchange the two once more where what was replaced is not what was expected.

        What would be gone with the temporary file is kept as a backup: their version where it cannot be put back, or a
        still newer one that came in between.
        """
        theirs = read_bytes(temporary)
        if theirs == expected:
            return
        exchange(temporary, self.path)
        if (displaced := read_bytes(temporary)) != raw:
            self.keep_aside(displaced)
        raise self.changed_meanwhile()

    def keep_aside(self, theirs: bytes | None) -> None:
        """Keep what another program saved as a backup, and its name for those who tell of it."""
        if theirs:
            self.kept_aside = self.back_up(theirs, "changed-meanwhile")

    def replace_and_compare(self, temporary: Path, expected: bytes) -> None:
        """Replace the file, and keep what was replaced as a backup where it is not what was expected."""
        old = temporary.with_suffix(".old.tmp")
        try:
            with suppress(OSError):  # no links here: what was compared before has to do
                os.link(self.path, old)
            replace_patiently(temporary, self.path)
            if (replaced := read_bytes(old)) != expected:
                self.keep_aside(replaced)
        finally:
            unlink_surely(old)

    def changed_meanwhile(self) -> ChangedMeanwhileError:
        """Return the error for a file that another program goes on changing."""
        return ChangedMeanwhileError(
            f"{self.path.name} is being changed by another program; nothing was saved. Close it there, and save again"
        )

    @contextmanager
    def locked(self) -> Generator[None]:
        """Hold the lock, so that one program at a time changes the file."""
        make_private_folder(self.path.parent)
        with self.lock.held(self.path.name):
            self.clear_leftovers()
            yield

    def clear_leftovers(self) -> None:
        """Delete what a program that was killed in the middle of saving left beside the file; the lock is held."""
        for leftover in self.path.parent.glob(f".{glob.escape(self.path.name)}.*.tmp"):
            with suppress(OSError):
                leftover.unlink()

    # Backups: `interviews.20261123-101500-123456.update.csv`.

    def back_up(self, raw: bytes, reason: str) -> str:
        """Keep bytes that are about to be replaced: where there is a reason, and before the first change of a day.

        Returns the backup's name, empty where none was due.
        """
        names, now = self.backup_names(), datetime.now()
        if not reason and any(stamp_of(name).date() == now.date() for name in names):
            return ""
        # A clock or a time zone may have gone back: the newest backup sorts last all the same.
        moment = max([now, *(stamp_of(name) + SOON for name in names[-1:])])
        make_private_folder(self.backups)
        name = f"{self.path.stem}.{moment.strftime(STAMP)}.{reason or 'first-of-day'}.csv"
        with worded(f"no backup of {self.path.name} could be kept", "; nothing was saved"):
            replace_bytes(self.backups / name, raw)
            sync_folder(self.backups)
        for old in superseded([*names, name]):
            with suppress(OSError):
                (self.backups / old).unlink()
        return name

    def backup_names(self) -> list[str]:
        """Return the names of this file's backups, oldest first."""
        pattern = re.compile(re.escape(self.path.stem) + r"\.\d{8}-\d{6}-\d{6}\.[a-z-]+\.csv")
        with suppress(FileNotFoundError):
            names = (name for name in os.listdir(self.backups) if pattern.fullmatch(name))
            return sorted(name for name in names if has_stamp(name))
        return []

    def backup_bytes(self, name: str) -> bytes:
        """Return the bytes of a backup; `RecordsError` names those there are."""
        if name not in self.backup_names():
            known = ", ".join(self.backup_names()[-5:]) or "none yet"
            raise RecordsError(f"{name!r} is no backup of {self.path.name}; the newest are: {known}")
        return read_bytes(self.backups / name) or b""


def stamp_of(name: str) -> datetime:
    """Return the moment in a backup's name; `ValueError` where the calendar has no such moment."""
    return datetime.strptime(name.split(".")[-3], STAMP)


def has_stamp(name: str) -> bool:
    """Say whether a backup's name holds a moment, which one that was named by hand may not."""
    with suppress(ValueError, OverflowError):
        return stamp_of(name) + SOON > datetime.min
    return False


def superseded(names: Sequence[str]) -> list[str]:
    """Return the backups to let go: all but the last 20, the last of each of 30 days, and the last of each month."""
    stamps = {name: name.split(".")[-3] for name in sorted(names)}
    last_of_day = {stamp[:8]: name for name, stamp in stamps.items()}
    last_of_month = {stamp[:6]: name for name, stamp in stamps.items()}
    days = sorted(last_of_day)[-KEEP_DAYS:]
    kept = {*list(stamps)[-KEEP_LAST:], *(last_of_day[day] for day in days), *last_of_month.values()}
    return [name for name in stamps if name not in kept]


def check_gates(before: Document, splices: Sequence[Splice], after: Document, name: str) -> None:
    """Refuse to write where the new bytes are not the old records with just the planned change."""
    gained = sum((splice.old is None) - (splice.new is None) for splice in splices)
    same_layout = (after.delimiter, after.header) == (before.delimiter, before.header)
    if len(after) != len(before) + gained or not same_layout or others_differ(before, splices, after):
        raise RecordsError(f"{name}: the change would have touched other records too; nothing was saved")


def others_differ(before: Document, splices: Sequence[Splice], after: Document) -> bool:
    """Say whether the records differ by anything but the splices, record by record, each to the byte."""
    old_at = new_at = 0
    for splice in sorted(splices, key=lambda splice: splice.index):
        untouched = splice.index - old_at
        if before.run(old_at, old_at + untouched) != after.run(new_at, new_at + untouched):
            return True
        old_at, new_at = splice.index, new_at + untouched
        if splice.old is not None:
            old_at += 1
        if splice.new is not None:
            if after.record(new_at) != splice.new:
                return True
            new_at += 1
    return before.run(old_at, len(before)) != after.run(new_at, len(after))


def new_document(header: Sequence[str]) -> Document:
    """Return the document of a new file: its header, UTF-8 with a mark so that spreadsheets read it right, LF."""
    return parse_document(b"\xef\xbb\xbf" + join_names(header, ",") + LF, "a new file")


# The file system.


@contextmanager
def worded(what: str, end: str = "") -> Generator[None]:
    """Raise what the disk refuses as a `RecordsError`: what could not be done, the reason, and what that means."""
    try:
        yield
    except OSError as error:
        raise RecordsError(f"{what}: {error.strerror or error}{end}") from error


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into; one that is there stays as it is."""
    if not folder.is_dir():
        with worded(f"the folder {folder} cannot be made", "; nothing was saved"):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)


def read_bytes(path: Path) -> bytes | None:
    """Return a regular file's bytes, None where there is none; a folder, a pipe or a device is refused unread."""
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISREG(mode):
            return Path(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordsError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise RecordsError(f"{path} cannot be read: no file has a NUL in its name") from error
    kind = "a folder; name the CSV in it" if stat.S_ISDIR(mode) else "not a regular file; name a CSV"
    raise RecordsError(f"{path} is {kind}")


def replace_bytes(path: Path, raw: bytes, *, durable: bool = True) -> None:
    """Put bytes in a file's place, whole or not at all; durable means that they are on the disk before they are there.

    The folder is for the caller to sync. Raises `OSError`, the file being as it was.
    """
    with written_beside(path, raw, durable=durable) as temporary:
        replace_patiently(temporary, path)


@contextmanager
def written_beside(path: Path, raw: bytes, *, durable: bool = True) -> Generator[Path]:
    """Yield a file beside another, with its permissions, that holds the bytes; it is gone at the end."""
    before = path.stat() if path.exists() else None
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        write_new(temporary, raw, durable=durable)
        if before is not None:
            keep_owner(temporary, before)
            os.chmod(temporary, stat.S_IMODE(before.st_mode))
        yield temporary
    finally:
        unlink_surely(temporary)


def keep_owner(path: Path, before: os.stat_result) -> None:
    """Give a new file the owner and the group of the one that it replaces, as where an administrator saves for them."""
    now = path.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        with suppress(OSError):
            os.chown(path, before.st_uid, before.st_gid)


def unlink_surely(path: Path) -> None:
    """Delete a file that need not be there, and try again where that fails or is stopped."""
    try:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


AT_WORKING_FOLDER, EXCHANGE = -100, 2  # as Linux and macOS number them


def exchange(one: Path, other: Path) -> bool:
    """Exchange two files in one step, and say whether that could be done: not every system and file system can."""
    import ctypes

    names = (os.fsencode(one), os.fsencode(other))
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return library.renamex_np(*names, EXCHANGE) == 0
        return library.renameat2(AT_WORKING_FOLDER, names[0], AT_WORKING_FOLDER, names[1], EXCHANGE) == 0
    except (OSError, AttributeError, TypeError):  # Windows, or a C library without it
        return False


def write_new(path: Path, raw: bytes, *, durable: bool) -> None:
    """Write a private file that must not be there yet."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        view = memoryview(raw)
        while view:
            view = view[os.write(descriptor, view) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_patiently(source: Path, target: Path) -> None:
    """Rename over the target; again after a moment where a virus scanner or a sync program holds it (Windows)."""
    for attempt in range(REPLACE_TRIES):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if attempt == REPLACE_TRIES - 1:
                raise
            time.sleep(0.05 * 2**attempt)


def sync_folder(folder: Path) -> None:
    """Make a rename durable; a no-op where the system does not do that for folders."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise

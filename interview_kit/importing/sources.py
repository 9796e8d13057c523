"""Files of any tracker as tables of text, each row with its line, within bounds of size and time."""

import csv
import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from interview_kit.importing import days, kinds
from interview_kit.importing.aliases import by_name, is_step

MEGABYTE = 1 << 20
MAX_BYTES, MAX_UNPACKED = 64 * MEGABYTE, 128 * MEGABYTE
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 400_000, 1_000, 100_000
MAX_LETTERS = 131_072  # of a cell, at which the reader stops
MAX_RATIO, MAX_ENTRIES, BLANK_ROWS = 60, 3_000, 2_000
SAMPLE_VALUES = 400  # of a column, by which it is told what it is
HEADER_ROWS = 40
DELIMITERS = (",", ";", "\t", "|")
MERGE_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
VALUE = re.compile(r"^[\d.,%$€£ ]+$|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|https?:|www\.|\S@\S")
HEADINGS = re.compile(
    r"(grand )?total\b.{0,30}|sum|average|count|week \d+|(january|february|march|april|may|june|july|august|september"
    r"|october|november|december)( \d{4})?|(19|20)\d\d|q[1-4]( \d{4})?",
    re.IGNORECASE,
)


class SpreadsheetError(ValueError):
    """A file that cannot be imported as it is; the message says why and what helps."""


class Fate(StrEnum):
    """The outcome of a row of the source."""

    IMPORTED = "imported"
    SPLIT = "split"
    SKIPPED = "skipped"
    HEADER = "header"
    ATTENTION = "needs attention"
    WAITING = "waits for your word"
    ASIDE = "aside"  # of a sheet that is no table of applications, such as a dashboard


class RowOutcome(NamedTuple):
    """What became of a row of the source: its line, the fate, why, and how many records it made."""

    line: int
    fate: Fate
    why: str
    parts: int = 0

    @property
    def what(self) -> str:
        """The fate in words."""
        named = {Fate.SPLIT: f"split into {self.parts}", Fate.HEADER: "skipped", Fate.ASIDE: "skipped"}
        return named.get(self.fate, str(self.fate))


@dataclass
class Sheet:
    """A table of text: its file's name, its header, its rows, and the line of each; rows left out are in `left`."""

    name: str
    header: list[str]
    header_line: int
    rows: list[list[str]]
    lines: list[int]
    left: list[RowOutcome] = field(default_factory=list)
    remarks: dict[int, str] = field(default_factory=dict)  # by line: what to say of a row that is imported
    odd: dict[int, str] = field(default_factory=dict)  # by line: more or fewer cells than the header has
    notes: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)  # of each column, in a kind of file where that is certain
    guesses: dict[int, str] = field(default_factory=dict)  # by line: the company that may be meant
    others: dict[str, list[RowOutcome]] = field(default_factory=dict)  # by title: events that were left out by it
    bring_in: "Callable[[Sheet, str], None] | None" = None  # puts the events of such a title among the rows
    book: str = ""  # the workbook that it is one of several sheets of

    def sample(self, at: int) -> list[str]:
        """Return some distinct values of a column."""
        found: dict[str, None] = {}
        for row in self.rows:
            if row[at]:
                found[row[at]] = None
                if len(found) == SAMPLE_VALUES:
                    break
        return list(found)


class Row(NamedTuple):
    """One row as it stands in a file."""

    line: int
    cells: list[str]
    why: str = ""
    is_text: bool = False  # beside the table


def read_sheets(path: str | os.PathLike) -> list[Sheet]:
    """Return the tables of a CSV or XLSX; `SpreadsheetError` where it is neither, or too large to be a tracker's."""
    path = Path(path).expanduser()
    return sheets_of(path.name, read_bytes(path))


def sheets_of(name: str, raw: bytes) -> list[Sheet]:
    """Return the tables that a file's bytes hold."""
    if len(raw) > MAX_BYTES:
        raise too_large(name, f"{len(raw) / MEGABYTE:.0f} MB", f"up to {MAX_BYTES // MEGABYTE} MB")
    if not raw.strip():
        raise SpreadsheetError(f"{name} is empty; name the CSV or XLSX of your tracker")
    if raw.startswith(b"PK\x03\x04"):
        return workbook_sheets(raw, name)
    refuse(kinds.by_bytes(raw), name)
    text, notes = decoded(raw, name)
    if kinds.looks_like_json(text):
        return [json_sheet(text, name)]
    refuse(kinds.by_text(text), name)
    if kinds.is_markdown(text):
        rows = (Row(*line) for line in kinds.markdown_lines(text, recognized))
        return [with_notes(sheet(name, bounded(rows, name)), notes)]
    delimiter, text, first = delimiter_of(text)
    rows = bounded(csv_rows(text, delimiter, first, name), name)
    has_names = any(recognized(row.cells) > 0 for row in rows[:HEADER_ROWS])
    if not has_names and kinds.is_prose([row.cells for row in rows]):
        raise SpreadsheetError(
            f"{name} is a text and no table; put what it tells into a spreadsheet, a row for each "
            "application, and save that as CSV"
        )
    made = with_notes(sheet(name, rows), notes)
    if first > 1:
        made.left.append(RowOutcome(1, Fate.SKIPPED, "says which sign stands between the cells"))
    return [made]


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; only of a regular file, and only of one that is not too large."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "not a path"
        raise SpreadsheetError(f"{path} cannot be opened ({reason}); name the CSV or XLSX of your tracker") from None
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "not an ordinary file"
        raise SpreadsheetError(f"{path} is {kind}; name the CSV or XLSX of your tracker")
    if found.st_size > MAX_BYTES:
        raise too_large(path.name, f"{found.st_size / MEGABYTE:.0f} MB", f"up to {MAX_BYTES // MEGABYTE} MB")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SpreadsheetError(f"{path} cannot be read ({(error.strerror or str(error)).lower()})") from None
    return raw


def too_large(name: str, found: str, accepted: str) -> SpreadsheetError:
    """Return the refusal of a file that is larger than any tracker's."""
    return SpreadsheetError(f"{name} has {found}; {accepted} can be imported. Split it, or export fewer columns")


def refuse(other: kinds.Other | None, name: str) -> None:
    """Refuse what holds no table, as what it is and with what helps."""
    if other:
        raise SpreadsheetError(f"{name} is {other.what}; {other.remedy}")


def with_notes(made: Sheet, notes: list[str]) -> Sheet:
    """Return a table with remarks on its file."""
    made.notes += notes
    return made


def json_sheet(text: str, name: str) -> Sheet:
    """Return a list of flat JSON objects as a table; refuse any other JSON."""
    found = kinds.json_rows(text)
    if found is None:
        what = "JSON, and no list of records whose values are texts, numbers and dates"
        raise SpreadsheetError(f"{name} is {what}; save it as CSV or XLSX and import that")
    names, values = found
    rows = bounded([Row(1, names), *(Row(at, cells) for at, cells in enumerate(values, 2))], name)
    made = Sheet(
        name, unique([key or "?" for key in names]), 1, [], [], notes=[f"{name} is JSON; line 2 is its first record"]
    )
    made.left.append(RowOutcome(1, Fate.HEADER, "the names of its values"))
    fill(made, rows[1:])
    return made


# CSV.


def decoded(raw: bytes, name: str) -> tuple[str, list[str]]:
    """Return a file's text, and a remark on an encoding that had to be guessed."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if raw.startswith(mark):
            try:
                return raw.decode(encoding).lstrip("\ufeff"), []
            except UnicodeDecodeError:
                break
    if encoding := without_mark(raw[:4096]):
        return raw.decode(encoding, "replace"), []
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise SpreadsheetError(f"{name} line {line} holds a NUL byte, so it is no text; save it as CSV or XLSX again")
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        said = f"{name} is read as Windows-1252, since it is not UTF-8; look whether letters such as é and ü are right"
        return raw.decode("cp1252", "replace"), [said]


def without_mark(start: bytes) -> str:
    """Return UTF-16 where every other byte is zero, as in plain text without a byte order mark."""
    half = len(start) // 2
    if half < 8:
        return ""
    if start[1::2].count(0) > 0.9 * half and start[0::2].count(0) == 0:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > 0.9 * half and start[1::2].count(0) == 0 else ""


def delimiter_of(text: str) -> tuple[str, str, int]:
    """Return the delimiter, the text of the table, and the number of its first line.

    A leading `sep=` line says it; else it is the sign that gives the most columns that trackers have.
    """
    if match := re.match(r"(?i)\"?sep=(.)\"?[ \t]*(?:\r\n|\r|\n)", text[:20]):
        return match[1], text[match.end() :], 2
    start = text[: 256 * 1024]

    def merit(delimiter: str) -> tuple[int, int]:
        rows = [row.cells for row, _ in zip(csv_rows(start, delimiter, 1, ""), range(HEADER_ROWS), strict=False)]
        known = max((recognized(cells) for cells in rows), default=0)
        known = max(known, 0)
        return known, max((len(cells) for cells in rows[:5]), default=0)

    return max(DELIMITERS, key=merit), text, 1


def recognized(cells: Sequence[str]) -> int:
    """Return how many cells of a row are names of columns that trackers have; values among them tell against it."""
    short = {cell.strip() for cell in cells[:MAX_COLUMNS] if 0 < len(cell.strip()) <= 60}
    values = sum(bool(VALUE.search(cell)) for cell in short)
    return len({name for name in short if by_name(name).field or is_step(name)}) - 2 * values


def csv_rows(text: str, delimiter: str, first: int, name: str) -> Iterator[Row]:
    """Yield the rows of a CSV with their lines; a quote that never closes is taken for an ordinary sign."""
    csv.field_size_limit(MAX_LETTERS)  # a limit for all readers of the program, which another may have left higher
    reader = csv.reader(lines_of(text), delimiter=delimiter, strict=False)
    before, last = 0, None
    try:
        for cells in reader:
            if last:
                yield last
            last, before = Row(before + first, cells), reader.line_num
    except csv.Error as error:
        if last:
            yield last
        last = Row(before + first, [""])
        if name and not is_unclosed(text, delimiter, before):
            raise SpreadsheetError(
                f"{name} line {last.line} cannot be read ({error}); a cell can hold up to {MAX_LETTERS:,} characters"
            ) from None
    if last and is_long(last, before + first) and (rest := is_unclosed(text, delimiter, last.line - first)):
        yield from unquoted(rest, delimiter, last.line)
    elif last:
        yield last


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends, whichever of the three they are."""
    return (match[0] for match in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text))


def is_long(row: Row, end: int) -> bool:
    """Say whether a file's last row may be several that a quote holds together."""
    return end - row.line > 1 or row.cells == [""]


def is_unclosed(text: str, delimiter: str, lines_before: int) -> str:
    """Return the text from a line on where a quote opens in it that never closes, else nothing."""
    rest = "".join(list(lines_of(text))[lines_before:])
    try:
        for _ in csv.reader(lines_of(rest), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return rest if "end of data" in str(error) else ""
    return ""


def unquoted(text: str, delimiter: str, line: int) -> Iterator[Row]:
    """Yield rows that are read without regard to quotes, each with the reason why it needs a look."""
    why = f"a quote opens in line {line} and never closes; close it, and import the file again"
    for at, cells in enumerate(csv.reader(lines_of(text), delimiter=delimiter, quoting=csv.QUOTE_NONE)):
        yield Row(line + at, cells, why)


def bounded(rows: Iterable[Row], name: str) -> list[Row]:
    """Return the rows; refuse more rows, columns or longer cells than a tracker has."""
    kept: list[Row] = []
    for row in rows:
        if len(row.cells) > MAX_COLUMNS:
            raise too_large(name, f"{len(row.cells):,} columns in line {row.line}", f"up to {MAX_COLUMNS:,}")
        if len(kept) >= MAX_ROWS:
            raise too_large(name, f"more than {MAX_ROWS:,} rows", "fewer")
        kept.append(row)
    while kept and not any(map(str.strip, kept[-1].cells)):
        kept.pop()
    return kept


# A table out of rows: its header, and rows that are none.


def sheet(name: str, rows: Sequence[Row]) -> Sheet:
    """Return rows as a table: the header found, and each row that is none set aside with its reason."""
    if a_day_per_column(rows):
        why = "stands below a day for each column, which cannot be read; write a row for each application, with its day"
        left = [RowOutcome(row.line, Fate.ATTENTION, why) for row in rows]
        return Sheet(name, [f"column {n}" for n in range(1, widest(rows) + 1)], 0, [], [], left)
    at = header_at(rows)
    header = unique(rows[at].cells) if at is not None else [f"column {n}" for n in range(1, widest(rows) + 1)]
    made = Sheet(name, header, rows[at].line if at is not None else 0, [], [])
    if at is None:
        made.notes.append(f"{name} has no header that is recognized; say which column is which")
    for row in rows[: at or 0]:
        blank = not any(map(str.strip, row.cells))
        made.left.append(RowOutcome(row.line, Fate.SKIPPED, "a blank row" if blank else "above the header"))
    if at is not None:
        made.left.append(RowOutcome(rows[at].line, Fate.HEADER, "the header"))
    fill(made, rows[at + 1 :] if at is not None else rows)
    return made


def a_day_per_column(rows: Sequence[Row]) -> bool:
    """Say whether the first row holds nothing but days, each for what stands below it."""
    first = next(([cell.strip() for cell in row.cells if cell.strip()] for row in rows if any(row.cells)), [])
    dates = [cell for cell in first if len(cell) < 40 and (found := days.read(cell)).days and not found.words]
    return len(first) > 1 and len(dates) >= max(2, 0.8 * len(first)) and len(rows) > 1


def header_at(rows: Sequence[Row]) -> int | None:
    """Return the place of the header: the row with the most names that trackers use; None where there is none."""
    merits = [recognized(row.cells) for row in rows[:HEADER_ROWS]]
    best = max(merits, default=0)
    if best >= 2:
        return merits.index(best)
    filled = next((at for at, row in enumerate(rows) if any(map(str.strip, row.cells))), None)
    if filled is None:
        return None
    cells = [cell.strip() for cell in rows[filled].cells]
    told = [cell for cell in cells if cell]
    is_names = len(set(told)) == len(told) and all(
        len(cell) <= 60 and not re.search(r"\d{2}|https?:|www\.|@", cell) for cell in told
    )
    return (
        filled
        if (best == 1 or len(told) > 1) and is_names and (best or not looks_like_data(rows[filled + 1 :], told))
        else None
    )


def looks_like_data(rows: Sequence[Row], told: Sequence[str]) -> bool:
    """Say whether the values of a first row come again below, as those of records do and names of columns do not."""
    return any(set(map(str.strip, row.cells)) & set(told) for row in rows[:200])


def widest(rows: Sequence[Row]) -> int:
    """Return the most cells that a row has."""
    return max((len(row.cells) for row in rows), default=0)


def unique(names: Sequence[str]) -> list[str]:
    """Return the names of columns, each once; a nameless one is called by its place."""
    while names and not names[-1].strip():
        names = names[:-1]
    seen: dict[str, int] = {}
    header = []
    for at, name in enumerate(names, 1):
        called = " ".join(name.split()) or f"column {at}"
        seen[called] = seen.get(called, 0) + 1
        header.append(called if seen[called] == 1 else f"{called} ({seen[called]})")
    return header


def fill(made: Sheet, rows: Sequence[Row]) -> None:
    """Put each row into the table, or aside with the reason why it is none."""
    width, title, merging = len(made.header), {name.casefold() for name in made.header}, False
    for row in rows:
        cells = [cell.strip() for cell in row.cells]
        first = cells[0][:7] if cells else ""
        merging = merging or first == MERGE_MARKS[0]
        reason = not_a_record(cells, title, width)
        if merging or first in MERGE_MARKS:
            made.left.append(
                RowOutcome(row.line, Fate.ATTENTION, "between the marks of a merge; settle which version is right")
            )
        elif reason:
            made.left.append(RowOutcome(row.line, *reason))
        elif row.is_text:
            made.left.append(RowOutcome(row.line, Fate.SKIPPED, "text beside the table"))
        elif row.why:
            made.left.append(RowOutcome(row.line, Fate.ATTENTION, row.why))
        else:
            if len(cells) != width:
                made.odd[row.line] = odd_words(len(cells) - width)
            if len(cells) < width:
                made.remarks[row.line] = made.odd[row.line]
                cells += [""] * (width - len(cells))
            made.rows.append(cells[:width])
            made.lines.append(row.line)
        merging = merging and first != MERGE_MARKS[3]


def heading(told: list[str]) -> str:
    """Return what a row is whose first cell names a month or a total and whose others are numbers, if anything."""
    if not HEADINGS.fullmatch(told[0]) or not all(re.fullmatch(r"[\d.,%$€£ -]+", cell) for cell in told[1:]):
        return ""
    return "a heading" if len(told) == 1 else "a sum"


def odd_words(more: int) -> str:
    """Return the remark on a row that has more or fewer cells than the header."""
    many = "a cell" if abs(more) == 1 else f"{abs(more)} cells"
    return f"has {many} {'more' if more > 0 else 'less'} than the header"


def not_a_record(cells: list[str], title: set[str], width: int) -> tuple[Fate, str] | None:
    """Return the outcome of a row that is no record, and why; None where it is one."""
    told = [cell for cell in cells if cell]
    if skipped := why_skipped(told, title, width):
        return Fate.SKIPPED, skipped
    if any(cells[width:]):
        return Fate.ATTENTION, f"{odd_words(len(cells) - width)}; a comma inside a cell may lack its quotes"
    long = max(map(len, told))
    return (Fate.ATTENTION, f"has a cell of {long:,} characters; shorten it") if long > MAX_CELL else None


def why_skipped(told: list[str], title: set[str], width: int) -> str:
    """Return why the filled cells of a row make no record that anyone would miss, nothing where they may."""
    if not told:
        return "a blank row"
    if told[0].casefold() in title and len(told) > 1 and all(cell.casefold() in title for cell in told):
        return "the header again"
    if told[0][0] in "-=_*#:" and all(re.fullmatch(r"[-=_*#:\s]+", cell) for cell in told):
        return "a line between rows"
    if width > 1 and told[0][0] in "#/" and re.match(r"#\s*[^\W\d]|//", told[0]):
        return "a comment"
    kind = heading(told) if width > 2 else ""
    return f"{kind}: {told[0]!r}" if kind else ""


# XLSX.


def workbook_sheets(raw: bytes, name: str) -> list[Sheet]:
    """Return the tables of an XLSX, values only, once its size and parts are known to be harmless."""
    formulas = refuse_harmful(raw, name)
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that values do not need
        try:
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            tabs = [tab for tab in book.worksheets if tab.sheet_state == "visible"]
            read = [(tab.title, bounded(tab_rows(tab), name)) for tab in tabs]
            book.close()
        except SpreadsheetError:
            raise
        except Exception as error:
            raise SpreadsheetError(f"{name} cannot be read as XLSX ({type(error).__name__}); save it as CSV") from None
    filled = [(title, as_wide(rows)) for title, rows in read if rows]
    if not filled:
        raise SpreadsheetError(f"{name} has no filled sheet; name the CSV or XLSX of your tracker")
    sheets = [sheet(f"{name}, {title}" if len(filled) > 1 else name, rows) for title, rows in filled]
    for one in sheets if len(sheets) > 1 else ():
        one.book = name
    if formulas:
        sheets[0].notes.append(
            f"{name} has formulas; their last values are read, and a formula that was never worked out is empty"
        )
    return sheets


def as_wide(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a sheet with their last cells, which a workbook leaves out where they are empty."""
    width = max((at for row in rows for at, cell in enumerate(row.cells, 1) if cell), default=0)
    return [
        row._replace(cells=[*row.cells[:width], *[""] * (width - len(row.cells))]) if row.cells else row for row in rows
    ]


def refuse_harmful(raw: bytes, name: str) -> bool:
    """Refuse a workbook that unpacks to more than it should or names outside entities; say if it has formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            entries = packed.infolist()
            if "xl/workbook.xml" not in packed.namelist():
                refuse(kinds.by_members(packed.namelist()[:MAX_ENTRIES]), name)
                raise SpreadsheetError(f"{name} is no XLSX workbook; save it as CSV or XLSX and import that")
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > MAX_UNPACKED or len(entries) > MAX_ENTRIES or unpacked > MAX_RATIO * len(raw) + MEGABYTE:
                raise too_large(
                    name, f"{unpacked / MEGABYTE:,.0f} MB packed into {len(raw) / MEGABYTE:,.1f} MB", "less"
                )
            return sum(look_through(packed, entry, name) for entry in entries) > 0
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, SpreadsheetError):
            raise
        raise SpreadsheetError(f"{name} is a damaged XLSX ({error}); save it as CSV or XLSX again") from None


def look_through(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bool:
    """Unpack one part piece by piece, no more of it than it said; refuse entities; say if it has formulas."""
    formulas, tail, size = False, b"", 0
    with packed.open(entry) as part:
        while piece := part.read(MEGABYTE):
            size += len(piece)
            if size > entry.file_size:
                raise too_large(name, "more inside than it says", "less")
            seen = (tail + piece).replace(b"\0", b"")
            if entry.filename.endswith((".xml", ".rels")) and re.search(rb"<!(DOCTYPE|ENTITY)", seen, re.IGNORECASE):
                raise SpreadsheetError(f"{name} names outside entities, which no tracker needs; save it as CSV")
            formulas = formulas or (entry.filename.startswith("xl/worksheets/") and b"<f" in seen)
            tail = piece[-16:]
    return formulas


def tab_rows(tab) -> Iterator[Row]:
    """Yield the rows of a sheet as text; of a long stretch of blank rows only so many are kept."""
    tab.reset_dimensions()
    blank: list[Row] = []
    for line, values in enumerate(tab.iter_rows(values_only=True), 1):
        cells = [as_text(value) for value in values] if any(value is not None for value in values) else []
        if len(cells) > MAX_COLUMNS and not any(cells[MAX_COLUMNS:]):
            cells = cells[:MAX_COLUMNS]
        if any(cells):
            yield from blank
            blank = []
            yield Row(line, cells)
        elif len(blank) < BLANK_ROWS:
            blank.append(Row(line, []))


def as_text(value: object) -> str:
    """Return a cell's value as text: a date as it is written in ISO, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

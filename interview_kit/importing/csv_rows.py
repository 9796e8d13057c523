"""The rows of a CSV, whatever sign stands between its cells, and whether or not its quotes close."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from interview_kit.importing.headers import HEADER_ROWS, recognized
from interview_kit.importing.sources import RawRow, SpreadsheetError

MAX_LETTERS = 131_072  # of a cell, at which the reader stops
DELIMITERS = (",", ";", "\t", "|")
SEPARATOR_LINE = re.compile(r"\"?sep=([^\r\n]?)\"?[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
SIGN = re.compile(r"[^\w\" ]")  # that can stand between cells


def delimiter_of(text: str) -> tuple[str, str, int]:
    """Return the delimiter, the text of the table, and the number of its first line.

    A leading `sep=` line says it; else it is the sign that gives the most columns that trackers have.
    """
    first = 1
    if match := SEPARATOR_LINE.match(text):
        text, first = text[match.end() :], 2
        if SIGN.fullmatch(match[1]):
            return match[1], text, first
    start = text[: 256 * 1024]

    def merit(delimiter: str) -> tuple[int, int]:
        rows = [row.cells for row in islice(csv_rows(start, delimiter, 1, ""), HEADER_ROWS)]
        known = max(map(recognized, rows), default=0)
        return max(known, 0), max(map(len, rows[:5]), default=0)

    return max(DELIMITERS, key=merit), text, first


def csv_rows(text: str, delimiter: str, first: int, name: str) -> Iterator[RawRow]:
    """Yield the rows of a CSV with their lines; a quote that never closes is taken for an ordinary sign."""
    reader = csv.reader(lines_of(text), delimiter=delimiter)
    before, last = 0, None
    try:
        for cells in records_of(reader):
            if last:
                yield last
            last, before = RawRow(before + first, cells), reader.line_num
    except csv.Error as error:
        if last:
            yield last
        last = RawRow(before + first, [""])
        if name and not unclosed(text, delimiter, before):
            raise unreadable(name, last.line, error) from None
    is_long = last and (before + first - last.line > 1 or last.cells == [""])
    if last and is_long and (rest := unclosed(text, delimiter, last.line - first)):
        yield from unquoted(rest, delimiter, last.line, name)
    elif last:
        yield last


def records_of(reader: Any) -> Iterator[list[str]]:
    """Yield what a reader of a CSV reads; its limit is one for all readers of the program, and left as it was."""
    while True:
        before = csv.field_size_limit(MAX_LETTERS)
        try:
            cells = next(reader, None)
        finally:
            csv.field_size_limit(before)
        if cells is None:
            return
        yield cells


def unreadable(name: str, line: int, error: csv.Error) -> SpreadsheetError:
    """Return the refusal of a CSV of which a line cannot be read."""
    return SpreadsheetError(
        f"{name} line {line} cannot be read ({error}); a cell can hold up to {MAX_LETTERS:,} characters"
    )


def lines_of(text: str) -> io.StringIO:
    """Return an iterator of the lines of a text with their ends, whichever of the three they are."""
    return io.StringIO(text, newline="")


def unclosed(text: str, delimiter: str, lines_before: int) -> str:
    """Return the text from a line on where a quote opens in it that never closes, else nothing."""
    rest = "".join(islice(lines_of(text), lines_before, None))
    try:
        for _ in records_of(csv.reader(lines_of(rest), delimiter=delimiter, strict=True)):
            pass
    except csv.Error as error:
        return rest if "end of data" in str(error) else ""
    return ""


def unquoted(text: str, delimiter: str, line: int, name: str) -> Iterator[RawRow]:
    """Yield rows that are read without regard to quotes, each with the reason why it needs a look."""
    why = f"a quote opens in line {line} and never closes; close it, and import the file again"
    reader = csv.reader(lines_of(text), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    try:
        for at, cells in enumerate(records_of(reader), line):
            yield RawRow(at, cells, why)
    except csv.Error as error:
        if name:
            raise unreadable(name, line + reader.line_num - 1, error) from None

"""A large CSV's cells by pyarrow, where nothing in its bytes is in doubt."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from interview_kit import schema
from interview_kit.files import encodings
from interview_kit.files.disk import read_bytes, version_of
from interview_kit.files.document import MARKERS, Document, Head, head_of, quotes_are_regular, record_bounds
from interview_kit.files.encodings import BYTE_ORDER_MARKS, UTF_8_MARK
from interview_kit.files.lines import CR, LF, line_numbers
from interview_kit.files.problems import RecordsError
from interview_kit.journal.cells import FREE_KINDS, Cells, Coded, NeedsStrictParser

if TYPE_CHECKING:
    import pyarrow as pa

FAST_READER_BYTES = 1_000_000  # below, nobody waits for the strict reader
HEAD_BYTES = 1 << 20  # in which the header must end
BLOCK_BYTES = 1 << 21  # that pyarrow parses at once; no record may be longer
OTHER_MARKS = tuple(mark for mark, _ in BYTE_ORDER_MARKS if mark != UTF_8_MARK)
SECONDS_A_DAY = 24 * 60 * 60
YEAR_1 = -719_162  # the first day of Python's calendar, in days since 1970


def cells_of_file(path: Path, table: schema.Table, selected: Collection[str]) -> Cells:
    """Return the selected columns of a file; `NeedsStrictParser` where it is small, or anything in it is in doubt.

    pyarrow lets pass an unclosed quote, text after a closing quote, merge markers, and other encodings in a column
    that is left out; these are looked for here.
    """
    version = version_of(path)
    if version is None or version.size < FAST_READER_BYTES:
        raise NeedsStrictParser("the file is small, or not there")
    raw = read_bytes(path) or b""
    refuse_endless(raw)
    content = without_mark(raw)
    first_bytes = bytes(content[:HEAD_BYTES])
    is_other = first_bytes.startswith(OTHER_MARKS) or encodings.other_kind(first_bytes)
    head = None if is_other else head_of(first_bytes, table.read_header)
    if head is None:
        raise NeedsStrictParser("the header is not plain")
    refuse_other_encodings(content)
    refuse_odd_quotes(content, head.delimiter)
    columns, filled = columns_of(content, head, table, selected)

    def find_lines() -> np.ndarray:
        """Read the file again: to keep its bytes would take as much memory as all that was made of them."""
        content = without_mark(read_bytes(path) or b"")
        if version_of(path) != version:
            raise NeedsStrictParser("the file has changed since")
        return lines_of(content, head, len(filled))

    return Cells(head.names, head.written, columns, filled, find_lines)


def without_mark(raw: bytes) -> memoryview:
    """Return bytes without a mark of UTF-8."""
    return memoryview(raw)[len(UTF_8_MARK) if raw.startswith(UTF_8_MARK) else 0 :]


def cells_of_document(document: Document, table: schema.Table) -> Cells:
    """Return the cells of bytes that the strict parser has looked at already."""
    if len(document.content) < FAST_READER_BYTES:
        raise NeedsStrictParser("the file is small")
    head = Head(document.delimiter, document.header, document.written_header, document.body)
    columns, filled = columns_of(memoryview(document.content), head, table, document.header)
    if len(filled) != len(document):
        raise NeedsStrictParser("the two parsers count other records")
    return Cells(head.names, head.written, columns, filled, lambda: document.lines)


def refuse_endless(raw: bytes) -> None:
    """Raise `NeedsStrictParser` where a line goes on for ever, before anything is made of it."""
    try:
        encodings.refuse_endless(raw, "")
    except RecordsError as error:
        raise NeedsStrictParser(str(error)) from error


def refuse_other_encodings(content: memoryview) -> None:
    """Raise `NeedsStrictParser` where the bytes are not UTF-8."""
    import pyarrow as pa

    offsets = pa.py_buffer(np.array([0, len(content)]))
    try:
        pa.LargeStringArray.from_buffers(1, offsets, pa.py_buffer(content)).validate(full=True)
    except pa.ArrowInvalid as error:
        raise NeedsStrictParser(str(error)) from error


def refuse_odd_quotes(content: memoryview, delimiter: str) -> None:
    """Raise `NeedsStrictParser` where a quote neither opens nor closes a cell."""
    if not quotes_are_regular(np.frombuffer(content, np.uint8), delimiter):
        raise NeedsStrictParser("a quote stands inside a cell, or is not closed")


def columns_of(
    content: memoryview, head: Head, table: schema.Table, selected: Collection[str]
) -> "tuple[dict[str, pa.ChunkedArray | Coded], np.ndarray]":
    """Return the selected columns of the records below a header, and the mask of the records that hold something."""
    import pyarrow as pa

    # The first column may hold a merge marker, and with `id` it mostly tells whether a record is empty.
    names = [name for name in head.names if name in selected or name in (head.names[0], "id")]
    arrow = arrow_table(content[head.body :], head, {name: table.column(name).kind for name in names})
    columns = {name: dictionary_or_values(column) for name, column in zip(names, arrow.columns, strict=True)}
    pa.system_memory_pool().release_unused()
    refuse_merge_markers(columns[names[0]])
    filled = holds_text_anywhere(columns.values(), arrow.num_rows)
    if not filled.all() and len(names) < len(head.names):
        return columns_of(content, head, table, head.names)
    return columns, filled


def arrow_table(body: memoryview, head: Head, kinds: dict[str, str]) -> "pa.Table":
    """Return the columns typed by pyarrow; dictionary-encoded where a value is not of its type as pyarrow spells it."""
    import pyarrow as pa

    body = body[len(CR + LF) if body[:2] == CR + LF else 1 :]
    if body[:3] == UTF_8_MARK:
        raise NeedsStrictParser("pyarrow would take the first record's first character for a mark")
    try:
        typed = read(body, head, {name: arrow_type(kind) for name, kind in kinds.items()})
        if all(map(is_beyond_doubt, typed.columns)):
            return typed
    except pa.ArrowInvalid:
        pass
    try:
        return read(body, head, {name: text_type(kind) for name, kind in kinds.items()})
    except pa.ArrowInvalid as error:
        raise NeedsStrictParser(str(error)) from error


def read(body: memoryview, head: Head, types: "dict[str, pa.DataType]") -> "pa.Table":
    """Return some columns in these types, an empty cell of a typed one missing; `ArrowInvalid` where one is not."""
    import pyarrow as pa
    from pyarrow import csv

    return csv.read_csv(
        pa.BufferReader(body),
        csv.ReadOptions(column_names=head.names, block_size=BLOCK_BYTES),
        csv.ParseOptions(delimiter=head.delimiter, newlines_in_values=True),
        csv.ConvertOptions(
            column_types=types,
            include_columns=list(types),
            null_values=[""],
            strings_can_be_null=False,
            true_values=spellings(schema.YES),
            false_values=spellings(schema.NO),
        ),
        memory_pool=pa.system_memory_pool(),
    )


def spellings(words: Collection[str]) -> list[str]:
    """Return the words as people mostly write them; any other spelling is looked at in the second reading."""
    return sorted({form for word in words for form in (word, word.capitalize(), word.upper())})


def arrow_type(kind: str) -> "pa.DataType":
    """Return the type that a column is read in first: pyarrow reads no number as strictly as this kit."""
    import pyarrow as pa

    return {"yes/no": pa.bool_(), "date": pa.date32(), "datetime": pa.timestamp("s")}.get(kind) or text_type(kind)


def text_type(kind: str) -> "pa.DataType":
    """Return the type that holds a column's texts: a dictionary where few are distinct."""
    import pyarrow as pa

    return pa.large_string() if kind in (*FREE_KINDS, "datetime") else pa.dictionary(pa.int32(), pa.string())


def is_beyond_doubt(column: "pa.ChunkedArray") -> bool:
    """Say whether pyarrow read days and moments as the kit does: no year 0, and no day for its midnight."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_timestamp(column.type):
        seconds = column.cast(pa.int64()).drop_null().to_numpy()
        return bool((seconds % SECONDS_A_DAY != 0).all() and (seconds >= YEAR_1 * SECONDS_A_DAY).all())
    if pa.types.is_date(column.type):
        first = pc.call_function("min", [column.cast(pa.int32())]).as_py()
        return first is None or first >= YEAR_1
    return True


def dictionary_or_values(column: "pa.ChunkedArray") -> "pa.ChunkedArray | Coded":
    """Return a column with one dictionary for all of its chunks, where it has any."""
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type) or not column.num_chunks:
        return column
    chunks = column.unify_dictionaries().chunks
    return Coded(dict(enumerate(chunks[0].dictionary.to_pylist())), [chunk.indices.to_numpy() for chunk in chunks])


def refuse_merge_markers(first_column: "pa.ChunkedArray | Coded") -> None:
    """Raise `NeedsStrictParser` where a record begins like the marker of an unfinished merge."""
    import pyarrow as pa

    if isinstance(first_column, Coded):
        is_marked = any(text.startswith(MARKERS) for text in first_column.texts.values())
    elif pa.types.is_large_string(first_column.type):
        is_marked = any(starts_with(first_column, marker).to_numpy().any() for marker in MARKERS)
    else:
        return
    if is_marked:
        raise NeedsStrictParser("a record may be the marker of an unfinished merge")


def starts_with(texts: "pa.ChunkedArray", start: str) -> "pa.ChunkedArray":
    """Return the mask of the texts that begin so."""
    import pyarrow.compute as pc

    return pc.call_function("starts_with", [texts], pc.MatchSubstringOptions(start))


def holds_text_anywhere(columns: "Collection[pa.ChunkedArray | Coded]", length: int) -> np.ndarray:
    """Return the mask of the records that hold something in any of these columns."""
    filled = np.zeros(length, bool)
    for column in columns:
        if filled.all():
            break
        filled |= holds_text(column)
    return filled


def holds_text(column: "pa.ChunkedArray | Coded") -> np.ndarray:
    """Return the mask of the cells that hold something."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(column, Coded):
        empty = [code for code, text in column.texts.items() if not text]
        return ~np.isin(column.codes, empty)
    if pa.types.is_large_string(column.type):
        return pc.call_function("binary_length", [column]).to_numpy() > 0
    return column.is_valid().to_numpy()


def lines_of(content: memoryview, head: Head, records: int) -> np.ndarray:
    """Return the line that each record begins on."""
    whole = bytes(content)
    starts, _ = record_bounds(whole, head.delimiter, "")
    return line_numbers(whole, starts[len(starts) - records :])

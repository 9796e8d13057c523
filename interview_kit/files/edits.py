"""Edits of a CSV's records that leave every other byte as it was, and the proof that they do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from interview_kit.files.document import DELIMITERS, MARKERS, Document, parse_document
from interview_kit.files.encodings import UTF_8_MARK
from interview_kit.files.lines import CR, LF
from interview_kit.files.problems import RecordsError


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
class Edit:
    """One change of the records: what stands at place `at` now (`old`), and what shall stand there (`new`).

    `old` None adds, `new` None deletes; `index` is the record's place, `len(document)` for one at the end.
    """

    index: int
    old: bytes | None
    new: bytes | None


Plan = tuple[Document, list[Edit]]  # a document, with the columns that the edits need, and the edits


def apply_edits(document: Document, edits: Sequence[Edit]) -> bytes:
    """Return the content with each edit made and every other byte as it was; of several at one place in order."""
    content, at, made = document.content, 0, bytearray()
    for edit in sorted(edits, key=lambda edit: edit.index):
        start, end = place_in(document, edit)
        made += content[at:start]
        if edit.old is None and made and not made.endswith((LF, CR)):
            made += document.newline
        made += edit.new or b""
        made += document.newline if edit.old is None else b""
        at = end + (newline_length(content, end) if edit.new is None else 0)
    made += content[at:]
    return bytes(made)


def place_in(document: Document, edit: Edit) -> tuple[int, int]:
    """Return where the bytes of a edit's record begin and end; nothing stands yet where one is added."""
    if edit.index == len(document):
        return len(document.content), len(document.content)
    start, end = document.spans[edit.index].tolist()
    return start, start if edit.old is None else end


def newline_length(content: bytes, at: int) -> int:
    """Return how many bytes the end of the line takes that stands here, 0 for none."""
    return len(CR + LF) if content.startswith(CR + LF, at) else int(content.startswith((LF, CR), at))


def with_columns(document: Document, names: Sequence[str]) -> Document:
    """Return the document with new columns at the right; each record gains a delimiter and is else as it was.

    A record that lacks cells at its end stays so: the new ones are empty like them.
    """
    mark = document.delimiter.encode()
    header_end = document.spans[0, 0] if len(document) else len(document.content)
    head = document.content[:header_end]
    kept = head.rstrip(b"\r\n")
    added = mark + join_names(names, document.delimiter)
    pieces, at = [kept, added], len(kept)
    for end in np.delete(document.spans[:, 1], document.short).tolist():
        pieces += [document.content[at:end], mark * len(names)]
        at = end
    content = b"".join([*pieces, document.content[at:]])
    wide = parse_document(document.encoded(content), "the file with its new columns", document.read_header)
    if (wide.delimiter, *wide.header) != (document.delimiter, *document.header, *names):
        raise RecordsError(f"{', '.join(map(repr, names))} cannot be the name of a column here; nothing was saved")
    return wide


def new_document(header: Sequence[str]) -> Document:
    """Return the document of a new file: its header, UTF-8 with a mark so that spreadsheets read it right, LF."""
    return parse_document(UTF_8_MARK + join_names(header, ",") + LF, "a new file")


def check_gates(before: Document, edits: Sequence[Edit], after: Document, name: str) -> None:
    """Refuse to write where the new bytes are not the old records with just the planned change."""
    gained = sum((edit.old is None) - (edit.new is None) for edit in edits)
    same_layout = (after.delimiter, after.header) == (before.delimiter, before.header)
    if len(after) != len(before) + gained or not same_layout or others_differ(before, edits, after):
        raise RecordsError(f"{name}: the change would have touched other records too; nothing was saved")


def others_differ(before: Document, edits: Sequence[Edit], after: Document) -> bool:
    """Say whether the records differ by anything but the edits, record by record, each to the byte."""
    old_at = new_at = 0
    for edit in sorted(edits, key=lambda edit: edit.index):
        untouched = edit.index - old_at
        if before.run(old_at, old_at + untouched) != after.run(new_at, new_at + untouched):
            return True
        old_at, new_at = edit.index, new_at + untouched
        if edit.old is not None:
            old_at += 1
        if edit.new is not None:
            if after.record(new_at) != edit.new:
                return True
            new_at += 1
    return before.run(old_at, len(before)) != after.run(new_at, len(after))

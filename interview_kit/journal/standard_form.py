"""A file that another program rewrote, in the form that the kit writes again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from interview_kit import schema
from interview_kit.files.document import Document, parse_document, split_record
from interview_kit.files.edits import join_cells, join_names
from interview_kit.files.encodings import UTF_8_MARK
from interview_kit.files.problems import RecordsError
from interview_kit.journal.inspection import cells_of_renamed
from interview_kit.journal.notes import document_notes
from interview_kit.journal.reading import typed_frame
from interview_kit.schema import spreadsheets
from interview_kit.schema.spreadsheets import Order, order_of

if TYPE_CHECKING:
    import pandas as pd


class Deviations(NamedTuple):
    """How a file differs from the form that the kit writes.

    `notes` say what was read with help; `open_date` is a date that can be two days, of a column that does not tell
    which, empty for none; `renamed` are the columns that have another name, by that name.
    """

    notes: list[str]
    open_date: str
    renamed: dict[str, str]

    def __bool__(self) -> bool:
        return bool(self.notes or self.open_date or self.renamed)


def deviations(document: Document, table: schema.Table) -> Deviations:
    """Return how a file differs from the form that the kit writes."""
    notes = document_notes(document, f"{table.name}.csv") + typed_frame(document, table).notes
    renamed = {cell: column for column, cell in cells_of_renamed(document.written_header, table).items()}
    return Deviations(notes, next(open_dates(document, table), ""), renamed)


def open_dates(document: Document, table: schema.Table) -> Iterator[str]:
    """Yield the dates that can be two days, of columns that do not tell which."""
    columns = document.columns().items()
    for texts in [texts for name, texts in columns if table.column(name).kind in ("date", "datetime")]:
        order = order_of(texts)
        yield from (text.strip() for text in texts if spreadsheets.is_open(text, order))


def in_standard_form(
    document: Document, table: schema.Table, *, day_first: bool | None = None, renamed: Mapping[str, str] | None = None
) -> Document:
    """Return the document as the kit would have written it: names, dates, numbers, yes and no, and whole records.

    `day_first` is what a person said of the dates that can be two days; `renamed` are columns and the names they are
    to have. What cannot be read stays as it is, and so does every record in which nothing was read with help. Raises
    `RecordsError` where the new file would not say the same.
    """
    given = renamed or {}
    names = [given.get(cell, name) for cell, name in zip(document.written_header, document.header, strict=True)]
    columns = zip(names, document.columns().values(), strict=True)
    readings = [Reading(table.column(name).kind, order_of(texts), day_first) for name, texts in columns]
    pieces, at = [header_bytes(document, names)], document.header_span[1]
    for place, (start, end) in enumerate(document.spans.tolist()):
        pieces += [document.content[at:start], standard_record(document, place, readings)]
        at = end
    content = b"".join([*pieces, document.content[at:]])
    raw = UTF_8_MARK + content if document.encoding == "cp1252" else document.encoded(content)
    after = parse_document(raw, f"{table.name}.csv", table.read_header)
    refuse_other_meaning(document, after, table, known=day_first is None and not renamed)
    return after


def header_bytes(document: Document, names: list[str]) -> bytes:
    """Return the bytes up to the end of the header, with these names where it spells them in another way."""
    start, end = document.header_span
    cells = [
        name if cell.strip() and cell.strip() != name and not name.endswith(" (2)") else cell
        for cell, name in zip(document.written_header, names, strict=True)
    ]
    if tuple(cells) == document.written_header:
        return document.content[:end]
    return document.content[:start] + join_names(cells, document.delimiter)


def standard_record(document: Document, place: int, readings: "Sequence[Reading]") -> bytes:
    """Return one record in the kit's form, to the byte as it was where it is so already."""
    written = document.record(place)
    cells = zip(readings, document.cells(place), strict=True)
    standard = [reading.standard_text(text) for reading, text in cells]
    as_it_was = standard == split_record(written, document.delimiter)
    return written if as_it_was else join_cells(standard, document.delimiter)


class Reading(NamedTuple):
    """How a column's cells are read: their kind, the order that its dates show, and what a person said of them."""

    kind: str
    order: Order
    day_first: bool | None

    def standard_text(self, text: str) -> str:
        """Return a cell in the kit's form; as it is where that would lose a word, or where it cannot be read."""
        with suppress(ValueError):
            schema.parse(self.kind, text)
            return self.standard_day(text)
        with suppress(ValueError):
            value = spreadsheets.parse(self.kind, text, self.order, self.day_first)
            lost_time = self.kind == "date" and spreadsheets.time_beside(text)
            return text if lost_time else schema.plain_text(value)
        return text

    def standard_day(self, text: str) -> str:
        """Return a day of three numbers as the kit writes it, and every other text as it is."""
        is_numbered = self.kind == "date" and spreadsheets.NUMBERED_DAY.fullmatch(text.strip())
        return schema.plain_text(schema.parse_date(text.strip())) if is_numbered else text


def refuse_other_meaning(before: Document, after: Document, table: schema.Table, *, known: bool) -> None:
    """Raise `RecordsError` where a document does not say what another does.

    Where all that is `known` stands in the file, it must say all the same; else what it did not tell may be told now.
    """
    old, new = typed_frame(before, table).frame, typed_frame(after, table).frame
    names = [name for name in before.header if name in new] if not known else before.header
    same = len(before) == len(after) and len(old) == len(new) and set(names) <= set(new)
    if not same or any(say_other_things(old[name], new[name], known=known) for name in names):
        raise RecordsError(f"{table.name}.csv would not say the same in the kit's form; nothing was changed")


def say_other_things(old: "pd.Series", new: "pd.Series", *, known: bool) -> bool:
    """Say whether two versions of a column differ, of what both tell where not all is known."""
    told = slice(None) if known else old.notna() & new.notna()
    return not old[told].equals(new[told])

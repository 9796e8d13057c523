"""One record in a document: where it stands, and what it says."""

import base64
import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import count

from interview_kit import schema
from interview_kit.files.document import Document, split_record
from interview_kit.files.edits import Edit, Plan, join_cells, with_columns
from interview_kit.files.problems import RecordsError
from interview_kit.journal.inspection import GIVE_ANOTHER_ID, refuse_second_column


def title(row: Mapping[str, str]) -> str:
    """Return the words for a record: "Acme, onsite", a name, or what else says which one it is."""
    words = [row.get(name, "") for name in ("company", "stage")] if row.get("company") else []
    words = words or [row.get(name, "") for name in ("name", "question", "title", "kind", "id") if row.get(name)][:1]
    return ", ".join(schema.unescape(word)[:60] for word in words if word) or "a record"


def cells_by_name(document: Document, record: bytes | None) -> dict[str, str]:
    """Return a record's cells by column, empty for no record."""
    if not record:
        return {}
    return dict(zip(document.header, document.padded(split_record(record, document.delimiter)), strict=False))


def row_of(document: Document, at: int) -> dict[str, str]:
    """Return the text of one record by column."""
    return cells_by_name(document, document.record(at))


def record_ids(document: Document, table: schema.Table) -> list[str]:
    """Return each record's id; one written by hand without an id is named by its own bytes."""
    ids = written_ids(document)
    taken = set(ids)
    for at, written in enumerate(ids):
        if not written:
            ids[at] = derived_id(document, table, at, taken)
            taken.add(ids[at])
    return ids


def rows_by_id(document: Document, table: schema.Table, name: str) -> dict[str, dict[str, str]]:
    """Return the texts of each record that holds something, by its id; `RecordsError` where two have one id."""
    rows: dict[str, dict[str, str]] = {}
    for at, key in enumerate(record_ids(document, table)):
        if key in rows:
            line = document.lines[at]
            raise RecordsError(f"the id {key!r} stands twice in {name}, again on line {line}; {GIVE_ANOTHER_ID}")
        row = row_of(document, at)
        if any(row.values()):
            rows[key] = row
    return rows


def written_ids(document: Document) -> list[str]:
    """Return each record's id as it stands in the file, empty where none does."""
    if "id" not in document.header:
        return [""] * len(document)
    column = document.header.index("id")
    return [schema.unescape(cells[column]) for cells in document.rows()]


def derived_id(document: Document, table: schema.Table, at: int, taken: Collection[str]) -> str:
    """Return an id made of a record's own bytes, and of how many of them have been seen where others are the same."""
    record = document.record(at).rstrip(document.delimiter.encode())  # columns that come later change no id
    digests = (hashlib.blake2b(record + b"%d" % times, digest_size=10).digest() for times in count(1))
    keys = (f"{table.letter}-row-{base64.b32encode(digest).decode().lower()[:10]}" for digest in digests)
    return next(key for key in keys if key not in taken)


def is_derived_id(key: object, table: schema.Table) -> bool:
    """Say whether an id was made of a record's bytes, since none was written."""
    return isinstance(key, str) and key.startswith(f"{table.letter}-row-")


def with_written_id(document: Document, table: schema.Table, key: str) -> Plan:
    """Return the edit that writes down the id of a record that was named by its bytes, none where it is written."""
    at = find(document, table, key)
    if at is None or row_of(document, at).get("id"):
        return document, []
    wide = widened(document, table, {"id": key})
    return wide, [Edit(at, wide.record(at), changed_record(wide, at, {"id": key}))]


def find(document: Document, table: schema.Table, key: object) -> int | None:
    """Return the place of the record with this id, None where there is none; `RecordsError` where there are two.

    An empty cell is no id, and names no record.
    """
    if not isinstance(key, str) or not key:
        return None
    if is_derived_id(key, table):
        places = [at for at, found in enumerate(record_ids(document, table)) if found == key]
    elif "id" in document.header:
        column = document.header.index("id")
        maybe = places_holding(document, max(key.split('"'), key=len).encode(errors="replace"))
        places = [at for at in maybe if schema.unescape(document.cells(at)[column]) == key]
    else:
        places = []
    if len(places) > 1:
        lines = " and ".join(str(document.lines[at]) for at in places)
        raise RecordsError(f"the id {key!r} stands on lines {lines}; give one of them another id")
    return places[0] if places else None


def places_of(document: Document, table: schema.Table, keys: Collection[str]) -> dict[str, int | None]:
    """Return the place of each record that is asked for, by its id, as `find` does; many are found in one reading."""
    if len(keys) < 10:
        return {key: find(document, table, key) for key in keys}
    times, places = Counter(record_ids(document, table)), places_by_id(document, table)
    return {key: find(document, table, key) if times[key] > 1 else places.get(key) for key in keys}


def places_by_id(document: Document, table: schema.Table) -> dict[str, int]:
    """Return where each record stands, by its id; of several with one id the last."""
    return {key: at for at, key in enumerate(record_ids(document, table))}


def at_the_end(document: Document, table: schema.Table, rows: Sequence[Mapping[str, str]]) -> Plan:
    """Return the edits that put records at the end, with new columns where they hold something in them."""
    wide = widened(document, table, {name: text for texts in rows for name, text in texts.items() if text})
    records = [join_cells([texts.get(name, "") for name in wide.header], wide.delimiter) for texts in rows]
    return wide, [Edit(len(wide), None, record) for record in records]


def places_holding(document: Document, word: bytes) -> list[int]:
    """Return the records whose bytes hold a word, all of them for none."""
    if not word:
        return list(range(len(document)))
    offsets, at = [], document.content.find(word)
    while at >= 0:
        offsets.append(at)
        at = document.content.find(word, at + 1)
    places = document.spans[:, 0].searchsorted(offsets, side="right") - 1
    return sorted({int(place) for place in places if place >= 0})


def located(document: Document, table: schema.Table, key: object) -> int:
    """Return the place of a record that must be there."""
    at = find(document, table, key)
    if at is None:
        raise RecordsError(f"{table.name}.csv has no record with the id {key!r}; it may have been deleted elsewhere")
    return at


def widened(document: Document, table: schema.Table, texts: Mapping[str, str]) -> Document:
    """Return the document with a new column for each that holds something and is not there yet."""
    refuse_second_column(document, table, texts)
    new = [name for name, text in texts.items() if text and name not in document.header]
    return with_columns(document, new) if new else document


def changed_record(document: Document, at: int, texts: Mapping[str, str]) -> bytes:
    """Return a record with some cells changed."""
    row = row_of(document, at)
    return join_cells([texts.get(name, row[name]) for name in document.header], document.delimiter)


def changed_records(document: Document, table: schema.Table, wanted: Mapping[str, Mapping[str, str]]) -> Plan:
    """Return the edits that change some cells of records, given by their ids; all of these must be there, once."""
    wide = widened(document, table, {name: text for texts in wanted.values() for name, text in texts.items() if text})
    found = places_of(document, table, wanted)
    places = {key: located(document, table, key) if at is None else at for key, at in found.items()}
    edits = [Edit(at, wide.record(at), changed_record(wide, at, wanted[key])) for key, at in places.items()]
    return wide, sorted((edit for edit in edits if edit.new != edit.old), key=lambda edit: edit.index)

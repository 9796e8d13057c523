"""The last operation of a folder, and how to take it back."""

import hashlib
import json
import os
import secrets
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from interview_kit import schema
from interview_kit.files.disk import make_private_folder, read_bytes, read_json_object, replace_bytes
from interview_kit.files.document import Document, split_record
from interview_kit.files.edits import Edit, Plan
from interview_kit.files.problems import ConflictError, RecordsError, as_records_error
from interview_kit.journal.records import cells_by_name, places_of, row_of, title


def new_note(title: str) -> dict:
    """Return the note of an operation, which no other has."""
    return {"id": secrets.token_hex(8), "title": title, "undone": False, "steps": []}


def root_of(note: Mapping) -> str:
    """Return the id of the operation that a note, of it or of its taking back, is about; empty for none."""
    return str(note.get("root") or note.get("id") or "")


class UndoLog:
    """The last operation of a folder, written just before the file is replaced.

    Where the replacing fails, or the machine stops in between, the note is of no use and does no harm: `undo` looks
    whether the file holds what the note says. Beside it is noted what a transaction of several files has begun.
    """

    def __init__(self, folder: Path):
        self.path = folder / ".backups" / "last_operation.json"
        self.begun = folder / ".backups" / "unfinished.json"

    def read(self) -> dict:
        """Return the last operation, empty where there is none or it cannot be read."""
        return read_note(self.path)

    def write(self, noted: dict) -> None:
        """Note an operation."""
        self._write(self.path, noted)

    def begin(self, noted: dict) -> None:
        """Note an operation on several files before the first of them is replaced."""
        self._write(self.begun, noted, durable=True)

    def finish(self) -> None:
        """Forget that an operation was begun: it is done, or taken back."""
        with suppress(OSError):
            self.begun.unlink(missing_ok=True)

    @property
    def is_unfinished(self) -> bool:
        """Whether an operation was begun and neither finished nor taken back; or is at work right now."""
        return os.path.exists(self.begun)

    def unfinished(self) -> dict:
        """Return the operation that was begun, empty where it is done by now."""
        return read_note(self.begun)

    def _write(self, path: Path, noted: dict, *, durable: bool = False) -> None:
        make_private_folder(path.parent)
        with as_records_error("the note for undo could not be written", "; nothing was saved"):
            content = {"note": noted, "digest": digest(json.dumps(noted).encode())}
            replace_bytes(path, json.dumps(content).encode(), durable=durable)

    @contextmanager
    def kept_if_fails(self, paths: Sequence[Path], note: Mapping) -> Generator[None]:
        """Put the earlier note back where the operation that wrote this one fails and the files are as they were."""
        before, raw = self.read(), [read_bytes(path) for path in paths]
        try:
            yield
        except BaseException:
            with suppress(RecordsError):
                is_ours = self.read().get("id") == note["id"]
                if is_ours and raw == [read_bytes(path) for path in paths]:
                    self.write(before)
            raise


def read_note(path: Path) -> dict:
    """Return a note, empty where there is none, or it is not as it was written."""
    found = read_json_object(path)
    noted = found.get("note")
    return noted if isinstance(noted, dict) and found.get("digest") == digest(json.dumps(noted).encode()) else {}


def operation_title(document: Document, edits: Sequence[Edit]) -> str:
    """Return the words for an operation: "the change to Acme, onsite"."""
    first = edits[0]
    if len(edits) > 1 and all(edit.old is None for edit in edits):
        return f"the {len(edits)} new records"
    verb = "the new record" if first.old is None else "the deletion of" if first.new is None else "the change to"
    return f"{verb} {title(cells_by_name(document, first.new or first.old or b''))}"


def step(table: schema.Table, document: Document, edits: Sequence[Edit]) -> dict:
    """Return the note of one step: the table, how its records were laid out, and the edits."""
    return {"table": table.name, "layout": layout(document), "edits": as_json(edits)}


def layout(document: Document) -> list[str]:
    """Return what the bytes of a record need to keep their meaning: the delimiter and the columns."""
    return [document.delimiter, *document.header]


def as_json(edits: Sequence[Edit]) -> list:
    """Return edits as lists of a place and two texts."""
    return [[int(s.index), *(None if side is None else side.decode() for side in (s.old, s.new))] for s in edits]


def reversed_edits(document: Document, noted: Mapping, title: str) -> Plan:
    """Return the edits that take one step of an operation back, at the places where its records are now."""
    edits, table, shift = [], schema.table(noted["table"]), 0
    moved = layout(document)[: len(noted["layout"])] != noted["layout"]
    width = len(noted["layout"]) - 1
    steps = [(index, *(fitted(side, document, width) for side in sides)) for index, *sides in noted["edits"]]
    keys = {after or before: cells_by_name(document, after or before).get("id", "") for _, before, after in steps}
    places = {} if moved else places_of(document, table, keys.values())
    for index, before, after in steps:
        there = places.get(keys[after or before])
        if after is None:
            at = None if moved or there is not None else min(index + shift, len(document))
        else:
            at = place_of(document, after, index + shift)
        if at is None:
            changed = f"the columns of {table.name}.csv have" if moved else "the record has"
            message = f"{title} cannot be taken back: {changed} been changed since"
            theirs = {} if there is None else row_of(document, there)
            raise ConflictError(message, cells_by_name(document, before or b""), theirs)
        edits.append(Edit(at, after, before))
        shift += (before is None) - (after is None)
    return document, edits


def fitted(text: str | None, document: Document, width: int) -> bytes | None:
    """Return a noted record with empty cells for the columns that have come since there were `width`, None for none.

    One that lacked cells at its end still does.
    """
    if text is None:
        return None
    record = text.encode()
    is_whole = len(split_record(record, document.delimiter)) == width
    return record + document.delimiter.encode() * ((len(document.header) - width) * is_whole)


def place_of(document: Document, record: bytes, expected: int) -> int | None:
    """Return where a record stands, to the byte, looking first where it was."""
    if expected < len(document) and document.record(expected) == record:
        return expected
    return next((at for at in range(len(document)) if document.record(at) == record), None)


def digest(raw: bytes) -> str:
    """Return a hash of a version of a file."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()

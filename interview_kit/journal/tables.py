"""The tables of a folder: typed frames out, one change at a time in, the last one taken back."""

import os
import warnings
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interview_kit import schema
from interview_kit.files.csv_file import CsvFile
from interview_kit.files.disk import read_bytes, size_of
from interview_kit.files.document import Document
from interview_kit.files.edits import Edit, Plan, new_document
from interview_kit.files.lock import Lock
from interview_kit.files.problems import ConflictError, RecordsError
from interview_kit.journal.by_table import ByTable
from interview_kit.journal.checks import (
    Added,
    checked_rows,
    checked_texts,
    id_of,
    new_names,
    records_of,
    references,
    refuse_conflict,
    refuse_other_values,
)
from interview_kit.journal.contents import LOCK
from interview_kit.journal.copies import copies_beside, copy_notes
from interview_kit.journal.drafts import Drafts
from interview_kit.journal.inspection import lack_notes, lost_id_problems, refuse_unreadable
from interview_kit.journal.listeners import Listeners
from interview_kit.journal.notes import document_notes
from interview_kit.journal.reading import Problems, typed_frame
from interview_kit.journal.records import (
    at_the_end,
    changed_record,
    changed_records,
    find,
    located,
    places_of,
    record_ids,
    row_of,
    widened,
    with_written_id,
)
from interview_kit.journal.settings import Settings
from interview_kit.journal.transactions import Transaction
from interview_kit.journal.undo import UndoLog, digest, new_note, root_of
from interview_kit.places import default_folder

if TYPE_CHECKING:
    import pandas as pd


class UndoStep(NamedTuple):
    """What `undo` would do: of which operation, by its id, whether it brings it back, and the words for it."""

    operation: str
    brings_back: bool
    title: str

    def __str__(self) -> str:
        return f"{'bring' if self.brings_back else 'take'} back {self.title}"


class Tables(ByTable):
    """The tables of a folder; what else the folder holds, a `Journal` knows."""

    def __init__(self, folder: str | os.PathLike | None = None):
        self.folder = default_folder() if folder is None else Path(folder).expanduser()
        self.notes: dict[str, str] = {}
        self._lock = Lock(self.folder / LOCK)
        backups = self.folder / ".backups"
        self._files = {
            name: CsvFile(self.folder / f"{name}.csv", backups, self._lock, table.read_header)
            for name, table in schema.TABLES.items()
        }
        self._drafts, self._settings = Drafts(self.folder / ".drafts"), Settings(self.folder, self._lock)
        self._listeners = Listeners()
        self._open: Transaction | None = None
        self._own_last: dict = {}
        self._frames: dict[str, tuple[Document | None, pd.DataFrame]] = {}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r})"

    # Reading.

    def read(self, table: str) -> "pd.DataFrame":
        """Return one table as a typed frame; no rows where there is no file yet."""
        listed = schema.table(table)
        self._recover()
        document = self._files[table].read()
        if table not in self._frames or self._frames[table][0] is not document:
            self._frames[table] = document, identified_frame(listed, document)
        frame = self._frames[table][1].copy()
        if document is not None:
            path, attrs = self._files[table].path, frame.attrs
            attrs["notes"] = attrs["notes"] + copy_notes(copies_beside(path, document, listed))
            attrs["problems"] = Problems(lost_id_problems(path, listed, document.header) + attrs["problems"])
        return frame

    @property
    def interviews_size(self) -> int:
        """How many bytes the interviews have; 0 where there is no file, or none that can be looked at."""
        return size_of(self._files["interviews"].path)

    def begin_anew(self, table: str) -> None:
        """Agree that a table whose file is gone begins anew at the next save, though there are backups of it."""
        self._files[schema.table(table).name].begin_anew()

    def changed_outside(self, table: str = "interviews") -> bool:
        """Say whether a table's file is other than when this journal last read or wrote it."""
        return self._files[schema.table(table).name].differs()

    # Changing.

    def add(self, table: str, values: Mapping) -> str:
        """Add one record and return its id, made here unless `values` has one.

        A record that is there already with the same values is left alone, so that a retry makes no second row; with
        other values it raises `ConflictError`. `RecordsError` lists every value that its column does not take.
        """
        listed = schema.table(table)
        key = id_of(listed, values)
        texts = checked_texts(listed, {**values, "id": key}, self._files[table].load(), adding=True)

        def plan(document: Document) -> Plan:
            at = find(document, listed, key)
            if at is not None:
                refuse_other_values(listed, texts, row_of(document, at))
                return document, []
            return at_the_end(document, listed, [texts])

        self._change(listed, plan, refers_to=references([texts]))
        return key

    def add_all(self, table: str, rows: "Iterable[Mapping] | pd.DataFrame", *, new_columns: bool = False) -> "Added":
        """Add many records in one operation that one `undo` takes back, as an import does.

        A record whose id is there already is left as it is, so that adding the same again adds nothing twice; the
        returned lists say which were `added`, which were there with the same values (`unchanged`), and which were there
        with other values, which stay (`conflicting`). `new_columns` says that columns which the table lacks are meant:
        they are added to the file as text. Raises `RecordsError` with every value that its column does not take, by the
        number of its record; then nothing is added.
        """
        listed, records = schema.table(table), records_of(rows)
        meant = new_names(records) if new_columns else set()
        return self._add_missing(listed, checked_rows(listed, records, self._files[table].load(), meant))

    def _add_missing(self, listed: schema.Table, wanted: Mapping[str, Mapping[str, str]]) -> Added:
        """Add the records, given as texts by their ids, that are not there yet."""
        made = Added([], [], [])

        def plan(document: Document) -> Plan:
            for found in made:
                found.clear()
            places = places_of(document, listed, wanted)
            for key, texts in wanted.items():
                made.place_for(listed, texts, places[key], document).append(key)
            return at_the_end(document, listed, [{**wanted[key], "id": key} for key in made.added])

        self._change(listed, plan, refers_to=references(wanted.values()))
        return made

    def update(self, table: str, id: str, changes: Mapping, *, seen: Mapping | None = None) -> None:
        """Change some columns of one record.

        `seen` is the record as the caller saw it, whole or in part: where the file says otherwise by now,
        `ConflictError` is raised with `.mine` and `.theirs`, and nothing is changed.
        """
        listed = schema.table(table)
        texts = checked_texts(listed, {**changes, "id": id}, self._files[table].load(), adding=False)

        def plan(document: Document) -> Plan:
            at = located(document, listed, id)
            refuse_conflict(listed, seen, document, at, changes)
            wide = widened(document, listed, texts)
            old, new = wide.record(at), changed_record(wide, at, texts)
            return wide, [] if new == old else [Edit(at, old, new)]

        self._change(listed, plan, backup="before-update", refers_to=references([texts]))

    def update_all(self, table: str, changes: Mapping[str, Mapping], *, new_columns: bool = False) -> None:
        """Change some columns of many records, given by their ids, in one operation that one `undo` takes back.

        `new_columns` is as in `add_all`. Raises what `update` raises for any of them; then nothing is changed.
        """
        listed, known = schema.table(table), self._files[table].load()
        meant = new_names(list(changes.values())) if new_columns else set()
        wanted = {
            key: checked_texts(listed, {**values, "id": key}, known, adding=False, meant=meant)
            for key, values in changes.items()
        }

        def plan(document: Document) -> Plan:
            return changed_records(document, listed, wanted)

        self._change(listed, plan, backup="before-update", refers_to=references(wanted.values()))

    def delete(self, table: str, id: str, *, seen: Mapping | None = None) -> None:
        """Delete one record; `seen` guards it as in `update`, and `undo` brings it back to its place."""
        listed = schema.table(table)

        def plan(document: Document) -> Plan:
            at = located(document, listed, id)
            refuse_conflict(listed, seen, document, at, {})
            return document, [Edit(at, document.record(at), None)]

        self._change(listed, plan, backup="before-delete")

    @contextmanager
    def transaction(self, title: str) -> Generator[None]:
        """Make the changes inside one: all are saved, or none; `undo` takes them back as a whole.

        They are written at the end, under one lock from the beginning on; what is read inside is what was there
        before. `title` says what was done, as in "the debrief of Acme". Raises what the changes inside raise, and
        `RecordsError` where a file cannot be written: nothing is saved then. One inside of another is part of it.
        """
        if self._open is not None:
            yield
            return
        self._recover()
        with self._lock.held("The folder of the records"):
            self._open = Transaction(self._files)
            try:
                yield
                done = self._open
            finally:
                self._open = None
            self._commit(done, new_note(title))

    @contextmanager
    def as_one(self, title: str) -> Generator[None]:
        """Do as `transaction` does; the former name of it."""
        warnings.warn("Journal.as_one is called Journal.transaction now", DeprecationWarning, stacklevel=3)
        with self.transaction(title):
            yield

    def _change(
        self,
        table: schema.Table,
        plan: Callable[[Document], Plan],
        *,
        backup: str = "",
        refers_to: "Collection[tuple[schema.Table, str]]" = (),
    ) -> None:
        """Carry out one change, note how to take it back, and tell those who show the table; or keep it for the end.

        The records that it `refers_to` by ids that are not written down yet get them written down with it.
        """
        if self._open is not None:
            self._stage(self._open, table, plan, backup, refers_to)
            return
        self._recover()
        with self._lock.held(f"{table.name}.csv"):
            change = Transaction(self._files)
            self._stage(change, table, plan, backup, refers_to)
            self._commit(change, new_note(change.title))

    def _stage(
        self,
        change: Transaction,
        table: schema.Table,
        plan: Callable[[Document], Plan],
        backup: str,
        refers_to: "Collection[tuple[schema.Table, str]]",
    ) -> None:
        """Carry out one change in memory, once its file is seen to be readable."""

        def checked_plan(document: Document) -> Plan:
            refuse_unreadable(document, table, f"{table.name}.csv")
            return plan(document)

        change.stage(table, checked_plan, backup)
        for other, key in refers_to:
            if self._files[other.name].load() is not None:
                change.stage(other, partial(with_written_id, table=other, key=key), "before-update")

    def _commit(self, change: "Transaction", note: dict) -> None:
        """Write what a transaction holds, all or nothing, with a note of how to take it back; the lock is held."""
        if not change.steps:
            return
        log, tables = UndoLog(self.folder), list(change.staged)
        note["steps"] = change.steps
        encodings = {name: self._encoding(name) for name in tables}
        with log.kept_if_fails([self._files[name].path for name in tables], note):
            change.write_with_retries(log, note)
        self._noted(note, encodings)

    def _noted(self, note: dict, encodings: Mapping[str, str]) -> None:
        """Keep what was done as what `undo` takes back, and tell those who show the tables."""
        self._own_last = note
        for name, encoding in encodings.items():
            if encoding and self._encoding(name) != encoding:
                self.notes[name] = f"{name}.csv is now UTF-8, so that it can hold every character"
            if self._files[name].left_behind:
                other = "the file has another name too (a hard link), which keeps what stood there before"
                self.notes[name] = f"{name}.csv is saved; {other}"
                self._files[name].left_behind = False
            if kept := self._files[name].kept_aside:
                self.notes[name] = f"{name}.csv was saved by another program at that moment; its version is in {kept}"
                self._files[name].kept_aside = ""
        for name in encodings:
            self._listeners.tell(name)

    def _recover(self) -> None:
        """Take back what a transaction wrote that was stopped between two of its tables.

        Where that cannot be done now, as in a folder that is read-only, it is tried again another time.
        """
        log = UndoLog(self.folder)
        if self._open is not None or not log.is_unfinished:
            return
        with suppress(RecordsError), self._lock.held("The folder of the records"):
            note = log.unfinished()
            back, taken = Transaction(self._files), 0
            for noted in reversed(note.get("steps", [])):
                with suppress(ConflictError):
                    back.stage_reverse(noted, note["title"])
                    taken += 1
            if 0 < taken < len(note["steps"]):
                back.put_all(log, new_note(note["title"]) | {"steps": back.steps, "undone": True})
                self.notes["interviews"] = f"The saving of {note['title']} was interrupted, and nothing of it is kept"
            log.finish()

    def _encoding(self, table: str) -> str:
        document = self._files[table].last
        return "" if document is None else document.encoding

    # Taking back.

    def undo(self) -> str:
        """Take the last change back that was made through this object, and say so in a sentence; again to redo it.

        Where this object made none, it is the last one of the folder, whichever table it changed. Raises
        `ConflictError` where the record has been changed since by other means; then nothing is taken back.
        """
        if not self._last_note():
            return "There is nothing to take back yet."
        self._recover()
        with self._lock.held("The folder of the records"):
            last = self._last_note()
            note = new_note(last["title"]) | {"undone": not last["undone"], "root": root_of(last)}
            if last.get("backup") == "":
                raise RecordsError(f"{last['title']} cannot be taken back: there was no file before it")
            if "backup" in last:
                now, before = self._unchanged_since(last), self._files[last["table"]].backup(last["backup"])
                self._put_whole(last["table"], now, before, "before-restore", note)
            else:
                back = Transaction(self._files)
                for noted in reversed(last["steps"]):
                    back.stage_reverse(noted, last["title"])
                self._commit(back, note)
        return f"{'Brought back' if last['undone'] else 'Took back'} {last['title']}."

    def _unchanged_since(self, last: dict) -> bytes | None:
        """Return the bytes of a file that was replaced as a whole; `ConflictError` where they are not those of then."""
        raw = read_bytes(self._files[last["table"]].path)
        now = digest(raw or b"")
        if last.get("left", now) != now:
            changed = f"{last['table']}.csv has been changed since"
            raise ConflictError(f"{last['title']} cannot be taken back: {changed}; restore a backup instead", {}, {})
        return raw

    @property
    def last_change(self) -> object:
        """What tells whether this object has changed anything since: another one after each change and each undo."""
        return self._own_last

    def next_undo(self) -> str:
        """Return what `undo` would do, such as "take back the new record Acme"; empty where it cannot do anything."""
        return str(self.undo_step() or "")

    def undo_step(self) -> UndoStep | None:
        """Return what `undo` would do, None where it cannot do anything; two that read the same differ."""
        last = self._last_note()
        has_way_back = last and last.get("backup") != ""  # a table was restored where there was no file
        return UndoStep(root_of(last), last["undone"], last["title"]) if has_way_back else None

    def _last_note(self) -> dict:
        """Return the note of the change that `undo` takes back, empty where there is none."""
        last = UndoLog(self.folder).read()
        if not self._own_last or root_of(last) == root_of(self._own_last):  # taken back or brought back elsewhere
            return last
        return self._own_last

    def _put_whole(self, table: str, current: bytes | None, after: Document, backup: str, note: dict) -> None:
        """Put a whole file in place of the bytes that were read; the backup of these is noted as the way back."""
        log, file, encoding = UndoLog(self.folder), self._files[table], self._encoding(table)

        def note_previous(previous: str) -> None:
            note.update(table=table, backup=previous, left=digest(after.raw))
            log.write(note)

        file.clear_leftovers()
        with log.kept_if_fails([file.path], note):
            file.put(current, after, backup=backup, before_replace=note_previous)
        self._noted(note, {table: encoding})

    # Telling those who show a table.

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Call a bound method after each change with the name of the table, or "settings"; it goes with its object."""
        self._listeners.add(listener)

    def _tell_all(self) -> None:
        """Tell the listeners that each table may have changed."""
        for table in self._files:
            self._listeners.tell(table)

    def told_at_the_end(self) -> AbstractContextManager[None]:
        """Tell the listeners of what is changed in this block behind it: what is to be said of it comes first."""
        return self._listeners.told_at_the_end()


def identified_frame(listed: schema.Table, document: Document | None, name: str = "") -> "pd.DataFrame":
    """Return a document, None for no file, as a frame in which each record has an id; errors say `name` for it."""
    name = name or f"{listed.name}.csv"
    if document is None:
        document = new_document(listed.names)
    refuse_unreadable(document, listed, name)
    frame, problems, filled, notes = typed_frame(document, listed)
    if (frame["id"] == "").any():
        frame["id"] = [key for key, kept in zip(record_ids(document, listed), filled, strict=True) if kept]
    notes = document_notes(document, name) + notes + lack_notes(frame, document.written_header, listed)
    frame.attrs.update(problems=Problems(problems), notes=notes)
    return frame

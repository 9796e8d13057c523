"""The user's folder of records: typed frames out, one change at a time in."""

import os
import warnings
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from interview_kit import schema
from interview_kit.files.backups import stamp_of
from interview_kit.files.csv_file import CsvFile
from interview_kit.files.disk import make_private_folder, read_bytes
from interview_kit.files.document import Document
from interview_kit.files.edits import Edit, Plan, new_document
from interview_kit.files.lock import Lock
from interview_kit.files.problems import ConflictError, RecordsError
from interview_kit.journal import archive
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
from interview_kit.journal.contents import LOCK, Contents, contents_of, erase, exports_in
from interview_kit.journal.copies import Copy, Differences, copies_beside, copy_notes, copy_of, differences
from interview_kit.journal.drafts import Drafts
from interview_kit.journal.inspection import lost_id_problems, refuse_unreadable
from interview_kit.journal.listeners import Listeners
from interview_kit.journal.loading import load_interviews
from interview_kit.journal.notes import document_notes
from interview_kit.journal.reading import Problems, typed_frame
from interview_kit.journal.recent import Choices, Recent
from interview_kit.journal.records import (
    at_the_end,
    changed_record,
    changed_records,
    find,
    located,
    places_of,
    record_ids,
    row_of,
    rows_by_id,
    widened,
    with_written_id,
)
from interview_kit.journal.settings import TODAY, Settings, chosen_focus, day_of_focus
from interview_kit.journal.standard_form import Deviations, deviations, in_standard_form
from interview_kit.journal.transactions import Transaction
from interview_kit.journal.undo import UndoLog, digest, new_note, root_of
from interview_kit.journal.wording import restoring
from interview_kit.places import SAMPLE, default_folder

if TYPE_CHECKING:
    import pandas as pd


class Journal:
    """A folder of records: the tables as typed frames, and one operation at a time that changes one of them.

    Every operation is on the disk when it returns, and can be taken back with `undo`.

    Parameters
    ----------
    folder : str or path, optional
        The folder, which is made at the first save; by default `places.default_folder()`.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     journal = ik.Journal(folder)
    ...     key = journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-03-02"})
    ...     journal.update("interviews", key, {"outcome": "callback"})
    ...     print(journal.interviews()[["company", "outcome"]].to_string(index=False))
    company  outcome
       Acme callback
    """

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
        return f"Journal({str(self.folder)!r})"

    # Reading.

    def interviews(self) -> "pd.DataFrame":
        """Return the interviews, typed as by `load_interviews`; `attrs["problems"]` lists what could not be read."""
        return self.read("interviews")

    def questions(self) -> "pd.DataFrame":
        """Return what they asked, by `interview_id`."""
        return self.read("questions")

    def contacts(self) -> "pd.DataFrame":
        """Return the people met, by `interview_id`."""
        return self.read("contacts")

    def follow_ups(self) -> "pd.DataFrame":
        """Return what was planned to do, by `interview_id` and `contact_id`."""
        return self.read("follow_ups")

    def stories(self) -> "pd.DataFrame":
        """Return what they tell of their work; a question names the one that was told by `story_id`."""
        return self.read("stories")

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

    def recent(self, most: int) -> Recent:
        """Return the newest records, at most so many a table, with what belongs to them; read like a Journal."""
        frames = {name: self.read(name) for name in schema.TABLES}
        return Recent(frames, most, Choices(self.folder, self.dismissed, self.focus, self.focus_since))

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
        return document.encoding if document else ""

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
                self._refuse_changed_since(last)
                before = self._files[last["table"]].backup(last["backup"])
                self._put_whole(schema.table(last["table"]), before, "before-restore", note)
            else:
                back = Transaction(self._files)
                for noted in reversed(last["steps"]):
                    back.stage_reverse(noted, last["title"])
                self._commit(back, note)
        return f"{'Brought back' if last['undone'] else 'Took back'} {last['title']}."

    def _refuse_changed_since(self, last: dict) -> None:
        """Raise `ConflictError` where a file that was replaced as a whole is not as it was left then."""
        raw = read_bytes(self._files[last["table"]].path) or b""
        if last.get("left", digest(raw)) != digest(raw):
            changed = f"{last['table']}.csv has been changed since"
            raise ConflictError(f"{last['title']} cannot be taken back: {changed}; restore a backup instead", {}, {})

    @property
    def last_change(self) -> object:
        """What tells whether this object has changed anything since: another one after each change and each undo."""
        return self._own_last

    def next_undo(self) -> str:
        """Return what `undo` would do, such as "take back the new record Acme"; empty where it cannot do anything."""
        last = self._last_note()
        has_way_back = last and last.get("backup") != ""  # a table was restored where there was no file
        return f"{'bring back' if last['undone'] else 'take back'} {last['title']}" if has_way_back else ""

    def _last_note(self) -> dict:
        """Return the note of the change that `undo` takes back, empty where there is none."""
        last = UndoLog(self.folder).read()
        if not self._own_last or root_of(last) == root_of(self._own_last):  # taken back or brought back elsewhere
            return last
        return self._own_last

    # What other programs did to a file.

    def deviations(self, table: str = "interviews") -> Deviations:
        """Return how a table's file differs from the form that the kit writes; falsy where it does not."""
        document = self._files[schema.table(table).name].load()
        return Deviations([], "", {}) if document is None else deviations(document, schema.table(table))

    def standardize(
        self, table: str = "interviews", *, day_first: bool | None = None, renamed: Mapping[str, str] | None = None
    ) -> str:
        """Write a table's file in the kit's form again, in one operation that one `undo` takes back.

        What a spreadsheet changed and was read with help is written as the kit writes it: the names of the columns,
        dates, times, numbers, yes and no, records without their last cells, Windows-1252. `day_first` says which comes
        first in dates that can be two days, where the file does not tell; `renamed` names columns that have another
        name, by that name, such as {"Date": "interviewed_on"}. What cannot be read stays as it is. Returns a sentence.

        Raises `RecordsError` where the file cannot be read, or where it would not say the same.
        """
        listed = schema.table(table)
        self._recover()
        with self._lock.held(f"{table}.csv"):
            document = self._files[table].gated()
            if document is None:
                return f"There is no {table}.csv yet."
            refuse_unreadable(document, listed, f"{table}.csv")
            after = in_standard_form(document, listed, day_first=day_first, renamed=renamed)
            if after.raw == document.raw:
                return f"{table}.csv is in the kit's form."
            self._put_whole(listed, after, "before-standardize", new_note(f"the rewriting of {table}.csv"))
        return f"{table}.csv is in the kit's form again."

    def copies(self, table: str = "interviews") -> list[Copy]:
        """Return the copies beside a table's file, as sync programs make them, that hold something it does not."""
        file = self._files[schema.table(table).name]
        document = file.load()
        return [] if document is None else copies_beside(file.path, document, schema.table(table))

    def bring_in(self, name: str, table: str = "interviews") -> Added:
        """Add the records of a copy beside a table's file that stand nowhere else, as they are written there.

        Records that are in both stay as they are in the table's file; the copy stays where it is. Raises
        `RecordsError` where there is no such copy, or it cannot be read.
        """
        listed, file = schema.table(table), self._files[schema.table(table).name]
        return self._add_those_of(copy_of(file.path, name, listed), listed, name)

    def _add_those_of(self, copy: Document, listed: schema.Table, name: str) -> Added:
        """Add the records of another version of a table that stand nowhere else, as they are written there."""
        return self._add_missing(listed, rows_by_id(copy, listed, name))

    # Copies of earlier versions.

    def backups(self, table: str | None = None, *, newest: int | None = None) -> "pd.DataFrame":
        """Return the backups, newest first: `name`, `table`, `made_at`, `reason`, `rows`, `size` in bytes.

        Those of one `table` only, and of each table only the `newest` so many, where these are given.
        """
        import pandas as pd

        files = self._files if table is None else {table: self._files[schema.table(table).name]}
        names = {table: file.backups.names()[::-1][:newest] for table, file in files.items()}
        rows = [describe_backup(table, files[table], name) for table, listed in names.items() for name in listed]
        columns = ["name", "table", "made_at", "reason", "rows", "size"]
        return pd.DataFrame(rows, columns=columns).sort_values("made_at", ascending=False, ignore_index=True)

    def restore(self, name: str) -> str:
        """Put a backup in the place of its table; what it replaces is kept as a backup, and `undo` brings it back.

        Returns the name of the backup that is kept of what was there, empty where there was no file, as then nothing
        can be brought back.
        """
        table = self._table_of_backup(name)
        self._recover()
        document = self._files[table.name].backup(name)
        note = new_note(restoring(name, table.name))
        self._put_whole(table, document, "before-restore", note)
        return note["backup"]

    def compare_backup(self, name: str) -> Differences:
        """Return what became of the records of a backup since: the ids of those `added`, `removed` and `changed`.

        Where the table's file is gone, all of them are `removed`. Raises `RecordsError` where there is no such backup,
        or where it or the file cannot be read.
        """
        table = self._table_of_backup(name)
        file = self._files[table.name]
        now, before = file.load(), file.backup(name)
        now = new_document(table.names) if now is None else now
        for document, called in ((before, name), (now, f"{table.name}.csv")):
            refuse_unreadable(document, table, called)
        return differences(before, now, table)

    def _table_of_backup(self, name: str) -> schema.Table:
        """Return the table that a backup is of; `RecordsError` where there is none of that name."""
        tables = [table for table, file in self._files.items() if name in file.backups.names()]
        tables += [table for table in self._files if name.startswith(f"{table}.")]
        if not tables:
            raise RecordsError(f"{name!r} is no backup; Journal.backups() lists them")
        return schema.table(tables[0])

    def _put_whole(self, table: schema.Table, document: Document, reason: str, note: dict) -> None:
        """Put a whole file in place, and note the backup of what it replaces as the way back."""
        log, file = UndoLog(self.folder), self._files[table.name]

        def note_previous(previous: str) -> None:
            note.update(table=table.name, backup=previous, left=digest(document.raw))
            log.write(note)

        with self._lock.held(f"{table.name}.csv"):
            encoding = self._encoding(table.name)
            with log.kept_if_fails([file.path], note):
                file.put_whole(document, reason, before_replace=note_previous)
            self._noted(note, {table.name: encoding})

    # The folder as a whole.

    @property
    def place(self) -> Path:
        """Where the folder really lies, every link followed."""
        return self.folder.resolve()

    def counts(self) -> dict[str, int | None]:
        """Return how many records each table has whose file is there, None for one that cannot be read."""
        found: dict[str, int | None] = {}
        for name, file in self._files.items():
            if os.path.lexists(file.path):
                found[name] = None
                with suppress(RecordsError):
                    found[name] = len(self.read(name))
        return found

    def pack(
        self, path: str | os.PathLike | None = None, *, backups: bool = False, overwrite: bool = False
    ) -> archive.Packed:
        """Put the records, drafts, settings and templates, and `backups` where asked for, into one ZIP to take along.

        Without a `path` it goes into the folder for exports, named by the day, beside those that are there.
        The ZIP is there whole or not at all, for its owner alone to read. Raises `RecordsError` where there are no
        records, where a file of that name is there and `overwrite` is not given, or where the disk refuses.
        """
        self._recover()
        alone = self._lock.held("The folder of the records") if os.access(self.folder, os.W_OK) else nullcontext()
        with alone:
            target = Path(path).expanduser() if path else None
            return archive.pack(self.folder, target, backups=backups, overwrite=overwrite)

    def unpack(self, path: str | os.PathLike | bytes, *, name: str = "") -> archive.Unpacked:
        """Bring in what `pack` put into a ZIP, with no record overwritten.

        `path` is where it lies, or all of its bytes; `name` is then what it is called.

        A folder without records gets the files as they are, all or none. Where there are records already, those that
        are not here come in by their ids, in one operation that one `undo` takes back; one that is here with other
        values stays as it is. Drafts, templates and settings that are here already stay, too, and the backups in the
        ZIP are left there. Raises `RecordsError`, with nothing changed, for a ZIP that is not the kit's, is damaged,
        or holds a table that cannot be read.
        """
        source = path if isinstance(path, bytes) else Path(path).expanduser()
        with archive.opened(source, name) as packed:
            self._recover()
            with self._lock.held("The folder of the records"):
                if not any(os.path.lexists(file.path) for file in self._files.values()):
                    for file in self._files.values():
                        file.refuse_if_lost()
                    done = archive.put_in_place(packed, self.folder)
                    self._tell_all()
                    return done
                found = [(table, in_standard_form(text, table)) for table, text in packed.documents().items()]
                with self.transaction(f"the unpacking of {packed.name}"):
                    made = {table.name: self._add_those_of(text, table, f"{table.name}.csv") for table, text in found}
                return archive.put_beside(packed, self.folder, made)

    def contents(self) -> Contents:
        """Return the kit's files in the folder by kind, and the files of others."""
        return contents_of(self.folder)

    def erase(self, names: Collection[str]) -> list[str]:
        """Delete files of the folder for good, those that `contents` names; return what could not be deleted, and why.

        There is no way back, and copies that were made elsewhere stay.
        """
        with self._lock.held("The folder of the records"):
            kept = erase(self.folder, [name for name in names if name != LOCK])
            for file in self._files.values():
                file.begin_anew()
                file.last = None
        self._own_last = {}
        kept += erase(self.folder, [LOCK])
        self._tell_all()
        return kept

    # Drafts: what is typed and not saved yet.

    def save_draft(self, key: str, values: Mapping) -> None:
        """Keep what is typed in a form, under the id of its record, until `discard_draft`."""
        make_private_folder(self.folder)
        self._drafts.save(key, values)

    def drafts(self) -> list[dict]:
        """Return the drafts, newest first, each with its `key` and when it was `saved_at`."""
        return self._drafts.all()

    def discard_draft(self, key: str) -> None:
        """Let a draft go, once its record is saved."""
        self._drafts.discard(key)

    # What to work on next, and other choices that are no records.

    def focus(self) -> str:
        """Return the behavior that the next debrief asks about: the one chosen, else the latest one noted, else ""."""
        chosen = self._settings.read().get("focus")
        if isinstance(chosen, str):
            return chosen
        noted = self.interviews()[["interviewed_on", "focus"]]
        noted = noted[noted["focus"] != ""].sort_values("interviewed_on", kind="stable")
        return str(noted["focus"].iloc[-1]) if len(noted) else ""

    def choose_focus(self, behavior: str, *, since: date | str | None = TODAY) -> None:
        """Keep the behavior that the next debrief asks about, with the day on which it was chosen; "" for none.

        Choosing another one begins anew today; choosing the same again keeps its day. `since` brings back another day,
        None that it is not known.
        """
        self._choose(lambda settings: chosen_focus(settings, behavior, since))

    def focus_since(self) -> date | None:
        """Return the day on which the behavior was chosen that is worked on; None where it is not known."""
        return day_of_focus(self._settings.read())

    def dismissed(self) -> list[str]:
        """Return the keys of the suggestions that are not to be made again."""
        kept = self._settings.read().get("dismissed")
        return [str(key) for key in kept] if isinstance(kept, list) else []

    def dismiss(self, key: str) -> None:
        """Keep that a suggestion is not to be made again."""
        self._choose(lambda _: {"dismissed": [*self._dismissed_but(key), key]})

    def undismiss(self, key: str) -> None:
        """Let a suggestion be made again."""
        self._choose(lambda _: {"dismissed": self._dismissed_but(key)})

    def _choose(self, change: Callable[[dict], dict]) -> None:
        self._settings.change(change)
        self._listeners.tell("settings")

    def _dismissed_but(self, key: str) -> list[str]:
        return [other for other in self.dismissed() if other != key]

    def exports(self) -> Path:
        """Return the folder for files made from the records, which is made where it is missing."""
        make_private_folder(self.folder)
        return exports_in(self.folder)

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
    notes = document_notes(document, name) + notes
    frame.attrs.update(problems=Problems(problems), notes=notes)
    return frame


def describe_backup(table: str, file: CsvFile, name: str) -> dict:
    """Return a backup's row in `Journal.backups`."""
    row = {"name": name, "table": table, "made_at": stamp_of(name), "reason": name.split(".")[-2]}
    return {**row, "rows": file.backups.records_in(name), "size": len(file.backups.bytes_of(name))}


def sample_interviews() -> "pd.DataFrame":
    """Return the invented interviews that come with the project, none where they were left behind."""
    if SAMPLE.is_file():
        return load_interviews(SAMPLE)
    return typed_frame(new_document(schema.INTERVIEWS.names), schema.INTERVIEWS)[0]

"""The user's folder of records: typed frames out, one record at a time in."""

import base64
import difflib
import hashlib
import json
import os
import secrets
import warnings
import weakref
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interview_kit import csv_file, schema
from interview_kit.csv_file import (
    ChangedMeanwhileError,
    ConflictError,
    CsvFile,
    Document,
    LostFileError as LostFileError,
    Problem,
    RecordsError,
    Splice,
)
from interview_kit.journal.reading import (
    Problems,
    RecordsWarning,
    check_interviews as check_interviews,
    encoding_notes,
    load_interviews,
    refuse_other_table,
    typed_frame,
)
from interview_kit.places import SAMPLE, SAMPLE_DAY as SAMPLE_DAY, default_folder

if TYPE_CHECKING:
    import pandas as pd

Plan = tuple[Document, list[Splice]]

# The folder.


def sample_interviews() -> "pd.DataFrame":
    """Return the invented interviews that come with the project, none where they were left behind."""
    if SAMPLE.is_file():
        return load_interviews(SAMPLE)
    return typed_frame(csv_file.new_document(schema.INTERVIEWS.names), schema.INTERVIEWS)[0]


def new_id(letter: str) -> str:
    """Return a new record's id: the table's letter and 10 random base32 characters."""
    return f"{letter}-{''.join(secrets.choice('abcdefghijklmnopqrstuvwxyz234567') for _ in range(10))}"


class Journal:
    """A folder of records: the four tables as typed frames, and one operation at a time that changes one of them.

    `folder` None means `places.default_folder()`; the folder is made at the first save. Every operation is on the disk
    when it returns, and can be taken back with `undo`.
    """

    def __init__(self, folder: str | os.PathLike | None = None):
        self.folder = default_folder() if folder is None else Path(folder).expanduser()
        self.notes: dict[str, str] = {}
        self._lock = csv_file.Lock(self.folder / ".journal.lock")
        backups = self.folder / ".backups"
        self._files = {name: CsvFile(self.folder / f"{name}.csv", backups, self._lock) for name in schema.TABLES}
        self._listeners: list[weakref.WeakMethod] = []
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

    def read(self, table: str) -> "pd.DataFrame":
        """Return one table as a typed frame; no rows where there is no file yet."""
        listed = schema.table(table)
        self._recover()
        document = self._files[table].read()
        if table not in self._frames or self._frames[table][0] is not document:
            self._frames[table] = document, self._typed(listed, document)
        return self._frames[table][1].copy()

    def _typed(self, listed: schema.Table, document: Document | None) -> "pd.DataFrame":
        """Return a document as a frame in which each record has an id."""
        if document is None:
            document = csv_file.new_document(listed.names)
        refuse_other_table(document.header, listed, f"{listed.name}.csv")
        frame, problems, filled = typed_frame(document, listed)
        if (frame["id"] == "").any():
            frame["id"] = [key for key, kept in zip(record_ids(document, listed), filled, strict=True) if kept]
        frame.attrs.update(problems=Problems(problems), notes=encoding_notes(document, f"{listed.name}.csv"))
        return frame

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
            return at_the_end(document, [texts])

        self._change(listed, plan)
        return key

    def add_all(self, table: str, rows: "Iterable[Mapping] | pd.DataFrame", *, new_columns: bool = False) -> "Added":
        """Add many records in one operation that one `undo` takes back, as an import does.

        A record whose id is there already is left as it is, so that adding the same again adds nothing twice; the
        returned lists say which were `added`, which were `there` with the same values, and which were there with
        other values and are `kept`. `new_columns` says that columns which the table lacks are meant: they are added
        to the file as text. Raises `RecordsError` with every value that its column does not take, by the number of
        its record; then nothing is added.
        """
        listed, made, records = schema.table(table), Added([], [], []), records_of(rows)
        meant = new_names(records) if new_columns else set()
        wanted = checked_rows(listed, records, self._files[table].load(), meant)

        def plan(document: Document) -> Plan:
            for found in made:
                found.clear()
            places = places_of(document, listed, wanted)
            for key, texts in wanted.items():
                made.place_for(listed, texts, places[key], document).append(key)
            return at_the_end(document, [wanted[key] for key in made.added])

        self._change(listed, plan)
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
            refuse_conflict(listed, seen, row_of(document, at), changes)
            wide = widened(document, texts)
            old, new = wide.record(at), changed_record(wide, at, texts)
            return wide, [] if new == old else [Splice(at, old, new)]

        self._change(listed, plan, backup="before-update")

    def delete(self, table: str, id: str, *, seen: Mapping | None = None) -> None:
        """Delete one record; `seen` guards it as in `update`, and `undo` brings it back to its place."""
        listed = schema.table(table)

        def plan(document: Document) -> Plan:
            at = located(document, listed, id)
            refuse_conflict(listed, seen, row_of(document, at), {})
            return document, [Splice(at, document.record(at), None)]

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

    def _change(self, table: schema.Table, plan: Callable[[Document], Plan], *, backup: str = "") -> None:
        """Carry out one change, note how to take it back, and tell those who show the table; or keep it for the end."""

        def checked_plan(document: Document) -> Plan:
            refuse_other_table(document.header, table, f"{table.name}.csv")
            return plan(document)

        if self._open is not None:
            self._open.stage(table, checked_plan, backup)
            return
        self._recover()
        with self._lock.held(f"{table.name}.csv"):
            change = Transaction(self._files)
            change.stage(table, checked_plan, backup)
            self._commit(change, new_note(change.title))

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
            if kept := self._files[name].kept_aside:
                self.notes[name] = f"{name}.csv was saved by another program at that moment; its version is in {kept}"
                self._files[name].kept_aside = ""
        for name in encodings:
            self._tell(name)

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
                self._restore(schema.table(last["table"]), last["backup"], note)
            else:
                back = Transaction(self._files)
                for noted in reversed(last["steps"]):
                    back.stage_reverse(noted, last["title"])
                self._commit(back, note)
        return f"{'Brought back' if last['undone'] else 'Took back'} {last['title']}."

    def next_undo(self) -> str:
        """Return what `undo` would do, such as "take back the new record Acme"; empty where there is nothing."""
        last = self._last_note()
        return f"{'bring back' if last['undone'] else 'take back'} {last['title']}" if last else ""

    def _last_note(self) -> dict:
        """Return the note of the change that `undo` takes back, empty where there is none."""
        last = UndoLog(self.folder).read()
        if not self._own_last or root_of(last) == root_of(self._own_last):  # taken back or brought back elsewhere
            return last
        return self._own_last

    def backups(self) -> "pd.DataFrame":
        """Return the backups, newest first: `name`, `table`, `made_at`, `reason`, `rows`, `size` in bytes."""
        import pandas as pd

        rows = [describe_backup(file, name) for file in self._files.values() for name in file.backup_names()]
        columns = ["name", "table", "made_at", "reason", "rows", "size"]
        return pd.DataFrame(rows, columns=columns).sort_values("made_at", ascending=False, ignore_index=True)

    def restore(self, name: str) -> None:
        """Put a backup in the place of its table; what it replaces is kept as a backup, and `undo` brings it back."""
        table = name.split(".", maxsplit=1)[0]
        if table not in schema.TABLES:
            raise RecordsError(f"{name!r} is no backup; Journal.backups() lists them")
        self._recover()
        self._restore(schema.table(table), name, new_note(f"the restoring of {name}"))

    def _restore(self, table: schema.Table, name: str, note: dict) -> None:
        """Put a backup in place, and note the backup of what it replaces as the way back."""
        log, file = UndoLog(self.folder), self._files[table.name]

        def note_previous(previous: str) -> None:
            note.update(table=table.name, backup=previous)
            log.write(note)

        with self._lock.held(f"{table.name}.csv"):
            encoding = self._encoding(table.name)
            with log.kept_if_fails([file.path], note):
                file.restore(name, before_replace=note_previous)
            self._noted(note, {table.name: encoding})

    # Drafts: what is typed and not saved yet.

    def save_draft(self, key: str, values: Mapping) -> None:
        """Keep what is typed in a form, under the id of its record, until `discard_draft`."""
        csv_file.make_private_folder(self.folder)
        csv_file.make_private_folder(self.folder / ".drafts")
        content = {**values, "key": key, "saved_at": datetime.now().isoformat()}
        raw = json.dumps(content, default=schema.plain_text).encode()
        with csv_file.worded("the draft could not be kept"):
            csv_file.replace_bytes(self._draft_path(key), raw, durable=False)

    def drafts(self) -> list[dict]:
        """Return the drafts, newest first, each with its `key` and when it was `saved_at`."""
        found = []
        for path in (self.folder / ".drafts").glob("*.json"):
            with suppress(ValueError, TypeError, KeyError, RecursionError):
                draft = json.loads(csv_file.read_bytes(path) or b"")
                found.append((str(draft["saved_at"]), str(draft["key"]), draft))
        return [draft for *_, draft in sorted(found, key=lambda item: item[:2], reverse=True)]

    def discard_draft(self, key: str) -> None:
        """Let a draft go, once its record is saved."""
        self._draft_path(key).unlink(missing_ok=True)

    def _draft_path(self, key: str) -> Path:
        plain = key.isascii() and len(key) <= 40 and key.replace("-", "").isalnum()
        digest = hashlib.blake2b(key.encode(errors="backslashreplace"), digest_size=10).hexdigest()
        return self.folder / ".drafts" / f"{key if plain else digest}.json"

    # What to work on next, and other choices that are no records.

    def focus(self) -> str:
        """Return the behavior that the next debrief asks about: the one chosen, else the latest one noted, else ""."""
        chosen = self._settings().get("focus")
        if isinstance(chosen, str):
            return chosen
        noted = self.interviews()[["interviewed_on", "focus"]]
        noted = noted[noted["focus"] != ""].sort_values("interviewed_on", kind="stable")
        return str(noted["focus"].iloc[-1]) if len(noted) else ""

    def choose_focus(self, behavior: str) -> None:
        """Keep the behavior that the next debrief asks about; "" for none."""
        self._change_settings(lambda settings: {"focus": behavior})

    def dismissed(self) -> list[str]:
        """Return the keys of the suggestions that are not to be made again."""
        kept = self._settings().get("dismissed")
        return [str(key) for key in kept] if isinstance(kept, list) else []

    def dismiss(self, key: str) -> None:
        """Keep that a suggestion is not to be made again."""
        self._change_settings(lambda _: {"dismissed": [*(other for other in self.dismissed() if other != key), key]})

    def undismiss(self, key: str) -> None:
        """Let a suggestion be made again."""
        self._change_settings(lambda _: {"dismissed": [other for other in self.dismissed() if other != key]})

    def _settings(self) -> dict:
        """Return what was chosen, nothing where the file is not there or cannot be read."""
        with suppress(ValueError, RecursionError):
            settings = json.loads(csv_file.read_bytes(self.folder / ".settings.json") or b"{}")
            return settings if isinstance(settings, dict) else {}
        return {}

    def _change_settings(self, change: Callable[[dict], dict]) -> None:
        """Change some of what was chosen; all else stays, and a file that cannot be read is set aside."""
        path = self.folder / ".settings.json"
        with self._files["interviews"].locked(), csv_file.worded("your choice could not be kept"):
            settings = self._settings()
            if not settings and path.is_file():
                csv_file.replace_patiently(path, path.with_name(".settings.set-aside.json"))
            raw = json.dumps({**settings, **change(settings)}).encode()
            csv_file.replace_bytes(path, raw)

    def exports(self) -> Path:
        """Return the folder for files made from the records, which is made where it is missing."""
        csv_file.make_private_folder(self.folder)
        csv_file.make_private_folder(self.folder / "exports")
        return self.folder / "exports"

    # Telling those who show a table.

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Call a bound method with the table's name after each change; it is forgotten with its object."""
        self._listeners.append(weakref.WeakMethod(listener))

    def _tell(self, table: str) -> None:
        """Tell the listeners of a change that is on the disk already: none of them can make it fail."""
        self._listeners = [listener for listener in self._listeners if listener()]
        for listener in [found for found in (listener() for listener in self._listeners) if found]:
            try:
                listener(table)
            except Exception as error:  # noqa: BLE001, RUF100
                warnings.warn(f"{table} is saved, but could not be shown: {error!r}", RecordsWarning, stacklevel=4)


class Added(NamedTuple):
    """The ids that `Journal.add_all` added, found with the same values, and found with other values and kept."""

    added: list[str]
    there: list[str]
    kept: list[str]

    def place_for(self, table: schema.Table, texts: Mapping, at: int | None, document: Document) -> list[str]:
        """Return the list that a record belongs to, by what stands in the file under its id."""
        if at is None:
            return self.added
        return self.kept if other_values(table, texts, row_of(document, at)) else self.there


# One operation, and how to take it back.


class Staged(NamedTuple):
    """What a transaction makes of one file: what stands there, None for no file, what shall, and why to keep a copy."""

    current: Document | None
    after: Document
    backup: str


class Transaction:
    """Changes of one or several tables, made in memory first, and written all or not at all; the lock is held."""

    def __init__(self, files: Mapping[str, CsvFile]):
        self.files = files
        self.plans: list[tuple[schema.Table, Callable[[Document], Plan], str]] = []
        self.staged: dict[str, Staged] = {}
        self.steps: list[dict] = []
        self.title = ""

    def stage(self, table: schema.Table, plan: Callable[[Document], Plan], backup: str) -> None:
        """Carry out a change in memory; nothing of it is kept where it is refused."""
        file, earlier = self.files[table.name], self.staged.get(table.name)
        file.clear_leftovers()
        current = earlier.current if earlier else file.gated()
        before = earlier.after if earlier else current
        wide, splices = plan(csv_file.new_document(table.names) if before is None else before)
        if splices:
            kept = backup or (earlier.backup if earlier else "")
            self.staged[table.name] = Staged(current, file.made(wide, splices), kept)
            self.title = self.title or operation_title(wide, splices)
            self.steps.append(step(table, wide, splices))
            self.plans.append((table, plan, backup))

    def stage_anew(self) -> None:
        """Carry out the same changes on the files as they are now."""
        plans, self.plans, self.staged, self.steps = self.plans, [], {}, []
        for table, plan, backup in plans:
            self.stage(table, plan, backup)

    def stage_reverse(self, noted: Mapping, title: str) -> None:
        """Carry out the reverse of a noted step in memory; `ConflictError` where it does not fit any more."""
        table = schema.table(noted["table"])
        self.stage(table, lambda document: reversed_splices(document, noted, title), "before-undo")

    def write_with_retries(self, log: "UndoLog", note: dict) -> None:
        """Write, and where another program changed a file meanwhile, carry the changes out on what it left."""
        for _ in range(csv_file.MOST_TRIES - 1):
            with suppress(ChangedMeanwhileError):
                self.write(log, note)
                return
            self.stage_anew()
            note["steps"] = self.steps
        self.write(log, note)

    def write(self, log: "UndoLog", note: dict) -> None:
        """Write, and note before that this was begun where it is of several files."""
        if len(self.staged) > 1:
            log.begin(note)
        try:
            self.put_all(log, note)
        finally:
            log.finish()

    def put_all(self, log: "UndoLog", note: dict) -> None:
        """Put each file in its place; where one cannot be, those before it are put back and nothing is saved."""
        written: list[str] = []
        try:
            for name, (current, after, backup) in self.staged.items():
                before_replace = None if written else (lambda: log.write(note))
                written.append(name)
                self.files[name].put(current, after, backup=backup, before_replace=before_replace)
        except BaseException:
            for name in reversed(written):
                self.put_back(name)
            raise

    def put_back(self, name: str) -> None:
        """Put a file back as it was, where it has been written."""
        file, staged = self.files[name], self.staged[name]
        if csv_file.read_bytes(file.path) == staged.after.raw and len(self.staged) > 1:
            file.put_back(staged.current, staged.after)


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
        csv_file.make_private_folder(path.parent)
        with csv_file.worded("the note for undo could not be written", "; nothing was saved"):
            csv_file.replace_bytes(path, json.dumps(noted).encode(), durable=durable)

    @contextmanager
    def kept_if_fails(self, paths: Sequence[Path], note: Mapping) -> Generator[None]:
        """Put the earlier note back where the operation that wrote this one fails and the files are as they were."""
        before, raw = self.read(), [csv_file.read_bytes(path) for path in paths]
        try:
            yield
        except BaseException:
            with suppress(RecordsError):
                is_ours = self.read().get("id") == note["id"]
                if is_ours and raw == [csv_file.read_bytes(path) for path in paths]:
                    self.write(before)
            raise


def read_note(path: Path) -> dict:
    """Return a note, empty where there is none or it is not one."""
    with suppress(ValueError, RecursionError):
        noted = json.loads(csv_file.read_bytes(path) or b"{}")
        return noted if is_note(noted) else {}
    return {}


def is_note(noted: object) -> bool:
    """Say whether what was read is the note of an operation, with all that taking it back needs."""
    if not isinstance(noted, dict) or not isinstance(noted.get("title"), str) or "undone" not in noted:
        return False
    if "backup" in noted:
        return isinstance(noted["backup"], str) and noted.get("table") in schema.TABLES
    steps = noted.get("steps")
    return isinstance(steps, list) and all(map(is_step, steps))


def is_step(noted: object) -> bool:
    """Say whether what was read is a step of an operation: a table, how its records were laid out, and splices."""
    if not isinstance(noted, dict) or noted.get("table") not in schema.TABLES:
        return False
    layout, splices = noted.get("layout"), noted.get("splices")
    return isinstance(layout, list) and isinstance(splices, list) and all(map(is_splice, splices))


def is_splice(noted: object) -> bool:
    """Say whether what was read is a place, and the texts of a record before and after, None for none."""
    if not isinstance(noted, list) or len(noted) != 3:
        return False
    at, *sides = noted
    return isinstance(at, int) and all(side is None or isinstance(side, str) for side in sides) and any(sides)


def operation_title(document: Document, splices: Sequence[Splice]) -> str:
    """Return the words for an operation: "the change to Acme, onsite"."""
    first = splices[0]
    if len(splices) > 1 and all(splice.old is None for splice in splices):
        return f"the {len(splices)} new records"
    verb = "the new record" if first.old is None else "the deletion of" if first.new is None else "the change to"
    return f"{verb} {title(cells_by_name(document, first.new or first.old or b''))}"


def step(table: schema.Table, document: Document, splices: Sequence[Splice]) -> dict:
    """Return the note of one step: the table, how its records were laid out, and the splices."""
    return {"table": table.name, "layout": layout(document), "splices": as_json(splices)}


def layout(document: Document) -> list[str]:
    """Return what the bytes of a record need to keep their meaning: the delimiter and the columns."""
    return [document.delimiter, *document.header]


def as_json(splices: Sequence[Splice]) -> list:
    """Return splices as lists of a place and two texts."""
    return [[int(s.index), *(None if side is None else side.decode() for side in (s.old, s.new))] for s in splices]


def title(row: Mapping[str, str]) -> str:
    """Return the words for a record: "Acme, onsite", a name, or what else says which one it is."""
    words = [row.get(name, "") for name in ("company", "stage")] if row.get("company") else []
    words = words or [row.get(name, "") for name in ("name", "question", "kind", "id") if row.get(name)][:1]
    return ", ".join(schema.unescape(word)[:60] for word in words if word) or "a record"


def reversed_splices(document: Document, noted: Mapping, title: str) -> Plan:
    """Return the splices that take one step of an operation back, at the places where its records are now."""
    splices, table, shift = [], schema.table(noted["table"]), 0
    moved = layout(document)[: len(noted["layout"])] != noted["layout"]
    steps = [(index, *(fitted(side, document) for side in sides)) for index, *sides in noted["splices"]]
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
        splices.append(Splice(at, after, before))
        shift += (before is None) - (after is None)
    return document, splices


def fitted(text: str | None, document: Document) -> bytes | None:
    """Return a noted record with empty cells for the columns that have come since, None for none."""
    if text is None:
        return None
    record = text.encode()
    lacking = len(document.header) - len(csv_file.split_record(record, document.delimiter))
    return record + document.delimiter.encode() * max(lacking, 0)


def place_of(document: Document, record: bytes, expected: int) -> int | None:
    """Return where a record stands, to the byte, looking first where it was."""
    if expected < len(document) and document.record(expected) == record:
        return expected
    return next((at for at in range(len(document)) if document.record(at) == record), None)


def cells_by_name(document: Document, record: bytes | None) -> dict[str, str]:
    """Return a record's cells by column, empty for no record."""
    if not record:
        return {}
    return dict(zip(document.header, csv_file.split_record(record, document.delimiter), strict=False))


def describe_backup(file: CsvFile, name: str) -> dict:
    """Return a backup's row in `Journal.backups`."""
    table, _, reason, _ = name.split(".")
    row = {"name": name, "table": table, "made_at": csv_file.stamp_of(name), "reason": reason}
    return {**row, "rows": file.records_in(name), "size": len(file.backup_bytes(name))}


# Records in a document.


def row_of(document: Document, at: int) -> dict[str, str]:
    """Return the text of one record by column."""
    return cells_by_name(document, document.record(at))


def record_ids(document: Document, table: schema.Table) -> list[str]:
    """Return each record's id; one written by hand without an id is named by its own bytes."""
    column = document.header.index("id") if "id" in document.header else None
    times: dict[bytes, int] = {}
    ids = []
    for at, cells in enumerate(document.rows()):
        key = "" if column is None else schema.unescape(cells[column])
        if not key:
            record = document.record(at).rstrip(document.delimiter.encode())  # columns that come later change no id
            times[record] = times.get(record, 0) + 1
            digest = hashlib.blake2b(record + b"%d" % times[record], digest_size=10).digest()
            key = f"{table.letter}-row-{base64.b32encode(digest).decode().lower()[:10]}"
        ids.append(key)
    return ids


def find(document: Document, table: schema.Table, key: str) -> int | None:
    """Return the place of the record with this id, None where there is none; `RecordsError` where there are two."""
    if key.startswith(f"{table.letter}-row-"):
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
    """Return the place of each record that is asked for, by its id; many are found in one reading."""
    if len(keys) < 10:
        return {key: find(document, table, key) if key else None for key in keys}
    found = {key: at for at, key in enumerate(record_ids(document, table))}
    return {key: found.get(key) for key in keys}


def at_the_end(document: Document, rows: Sequence[Mapping[str, str]]) -> Plan:
    """Return the splices that put records at the end, with new columns where they hold something in them."""
    wide = widened(document, {name: text for texts in rows for name, text in texts.items() if text})
    records = [csv_file.join_cells([texts.get(name, "") for name in wide.header], wide.delimiter) for texts in rows]
    return wide, [Splice(len(wide), None, record) for record in records]


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


def located(document: Document, table: schema.Table, key: str) -> int:
    """Return the place of a record that must be there."""
    at = find(document, table, key)
    if at is None:
        raise RecordsError(f"{table.name}.csv has no record with the id {key!r}; it may have been deleted elsewhere")
    return at


def widened(document: Document, texts: Mapping[str, str]) -> Document:
    """Return the document with a new column for each that holds something and is not there yet."""
    new = [name for name, text in texts.items() if text and name not in document.header]
    return csv_file.with_columns(document, new) if new else document


def changed_record(document: Document, at: int, texts: Mapping[str, str]) -> bytes:
    """Return a record with some cells changed."""
    row = row_of(document, at)
    return csv_file.join_cells([texts.get(name, row[name]) for name in document.header], document.delimiter)


# What may be written, and whether it still fits what is there.


def checked_texts(
    table: schema.Table, values: Mapping, document: Document | None, *, adding: bool, meant: Collection[str] = ()
) -> dict[str, str]:
    """Return the CSV text of each value; `RecordsError` lists all that their columns do not take.

    `meant` are columns that the table lacks and is to get.
    """
    problems, texts = [], {}
    known = {*table.names, *(document.header if document else ()), *meant}
    for name, value in values.items():
        behavior = table is schema.INTERVIEWS and name.startswith(("did_", "rated_")) and name == name.strip()
        if name not in known and not behavior:
            problems.append(unknown_column(name, sorted(known)))
            continue
        try:
            texts[name] = schema.to_text(table.column(name).kind, value)
        except ValueError as error:
            problems.append(Problem(0, name, str(value), str(error)))
    for column in table.columns:
        asked = column.required and (adding or column.name in values)
        if asked and not texts.get(column.name, "").strip() and column.name not in {p.column for p in problems}:
            problems.append(Problem(0, column.name, "", f"is empty; {column.label.lower()} is needed"))
    if problems:
        raise RecordsError("\n".join(map(str, problems)), problems)
    return texts


def records_of(rows: "Iterable[Mapping] | pd.DataFrame") -> list[Mapping]:
    """Return the records of a frame, or of anything that yields them."""
    return rows.to_dict("records") if hasattr(rows, "to_dict") else list(rows)  # ty: ignore[not-callable]


def new_names(rows: Sequence[Mapping]) -> set[str]:
    """Return the names that may stand in a header: one line, no space around it, nothing that a spreadsheet runs."""
    names = {str(name) for row in rows for name in row}
    return {name for name in names if name == " ".join(name.split()) and schema.escape(name) == name and name}


def checked_rows(
    table: schema.Table, rows: Sequence[Mapping], document: Document | None, meant: Collection[str] = ()
) -> dict[str, dict[str, str]]:
    """Return the texts of many new records by id; `RecordsError` lists what is wrong by the number of its record."""
    wanted, problems, lines = {}, [], []
    for number, values in enumerate(rows, start=1):
        key = id_of(table, values)
        try:
            texts = checked_texts(table, {**values, "id": key}, document, adding=True, meant=meant)
            if key in wanted:
                refuse_other_values(table, texts, wanted[key])
            wanted[key] = texts
        except ConflictError:
            lines.append(f"record {number}, id: {key!r} is the id of an earlier one; give it another")
        except RecordsError as error:
            problems += error.problems
            lines += [f"record {number}, {problem}" for problem in error.problems]
    if lines:
        raise RecordsError("\n".join(lines), problems)
    return wanted


def id_of(table: schema.Table, values: Mapping) -> str:
    """Return the id that a new record has, or one made for it."""
    given = values.get("id")
    return new_id(table.letter) if schema.is_missing(given) or given == "" else str(given)


def unknown_column(name: str, known: Sequence[str]) -> Problem:
    """Return the problem of a column that the table does not have."""
    close = difflib.get_close_matches(name, known, n=1)
    close = [name.strip()] if name != name.strip() else close
    hint = f"is it {close[0]!r}?" if close else "a behavior begins with did_, a rating with rated_"
    return Problem(0, name, "", f"the table has no such column; {hint}")


def typed_row(table: schema.Table, row: Mapping) -> dict:
    """Return a row's values as frames have them: what cannot be read, or is before the interview, is missing."""
    values = {}
    for name, value in row.items():
        kind = table.column(name).kind
        try:
            values[name] = schema.parse(kind, value if isinstance(value, str) else schema.to_text(kind, value))
        except ValueError:
            values[name] = None
    interviewed = values.get("interviewed_on")
    for name in ("outcome_on", "debriefed_at"):
        if interviewed and values.get(name) and str(values[name])[:10] < str(interviewed):
            values[name] = None
    return values


def refuse_conflict(table: schema.Table, seen: Mapping | None, row: Mapping[str, str], changes: Mapping) -> None:
    """Raise `ConflictError` where the record is not what the caller saw."""
    if seen is None:
        return
    written = {name: as_written(table, name, value) for name, value in seen.items() if name != "id"}
    saw, theirs = typed_row(table, written), typed_row(table, {**dict.fromkeys(written, ""), **row})
    # A frame shows a value that cannot be read as missing: whoever saw nothing there saw that.
    differing = [name for name in saw if saw[name] != theirs[name] and (written[name] or theirs[name] is not None)]
    if differing:
        raise conflict(row, differing, {**seen, **changes})


def as_written(table: schema.Table, name: str, value: object) -> str:
    """Return a value that a caller saw as its CSV text."""
    try:
        return schema.to_text(table.column(name).kind, value)
    except ValueError:
        return ""


def refuse_other_values(table: schema.Table, texts: Mapping[str, str], row: Mapping[str, str]) -> None:
    """Raise `ConflictError` where a record with this id holds other values."""
    differing = other_values(table, texts, row)
    if differing:
        raise conflict(row, differing, texts)


def other_values(table: schema.Table, texts: Mapping[str, str], row: Mapping[str, str]) -> list[str]:
    """Return the columns in which a record in the file differs from another version of it."""
    if all(row.get(name, "") == text for name, text in texts.items()):
        return []
    mine, theirs = typed_row(table, texts), typed_row(table, row)
    return [name for name in mine if mine[name] != theirs.get(name) and (texts[name] or row.get(name))]


def conflict(row: Mapping[str, str], differing: Sequence[str], mine: Mapping) -> ConflictError:
    """Return the error that shows both versions."""
    words = f"{title(row)} was changed elsewhere in the meantime ({', '.join(map(schema.label, differing))})"
    return ConflictError(f"{words}; nothing was saved. Look at both versions, and save again", mine, row)

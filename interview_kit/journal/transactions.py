"""Changes of one or several tables, all or nothing."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import NamedTuple

from interview_kit import schema
from interview_kit.files.csv_file import CsvFile
from interview_kit.files.disk import read_bytes
from interview_kit.files.document import Document
from interview_kit.files.edits import Plan, new_document
from interview_kit.files.problems import ChangedMeanwhileError, RecordsError
from interview_kit.journal.undo import UndoLog, operation_title, reversed_edits, step

MOST_TRIES = 20  # while another program changes the file


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
        self.title, self.half_written = "", False

    def stage(self, table: schema.Table, plan: Callable[[Document], Plan], backup: str) -> None:
        """Carry out a change in memory; nothing of it is kept where it is refused."""
        file, earlier = self.files[table.name], self.staged.get(table.name)
        file.clear_leftovers()
        current = earlier.current if earlier else file.gated()
        before = earlier.after if earlier else current
        wide, edits = plan(new_document(table.names) if before is None else before)
        if edits:
            kept = backup or (earlier.backup if earlier else "")
            self.staged[table.name] = Staged(current, file.made(wide, edits), kept)
            self.title = self.title or operation_title(wide, edits)
            self.steps.append(step(table, wide, edits))
            self.plans.append((table, plan, backup))

    def stage_anew(self) -> None:
        """Carry out the same changes on the files as they are now."""
        plans, self.plans, self.staged, self.steps = self.plans, [], {}, []
        for table, plan, backup in plans:
            self.stage(table, plan, backup)

    def stage_reverse(self, noted: Mapping, title: str) -> None:
        """Carry out the reverse of a noted step in memory; `ConflictError` where it does not fit any more."""
        table = schema.table(noted["table"])
        self.stage(table, lambda document: reversed_edits(document, noted, title), "before-undo")

    def write_with_retries(self, log: "UndoLog", note: dict) -> None:
        """Write, and where another program changed a file meanwhile, carry the changes out on what it left."""
        for _ in range(MOST_TRIES - 1):
            try:
                self.write(log, note)
                return
            except ChangedMeanwhileError:
                if self.half_written:
                    raise
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
            if not self.half_written:
                log.finish()

    def put_all(self, log: "UndoLog", note: dict) -> None:
        """Put each file in its place; where one cannot be, those before it are put back and nothing is saved.

        Where they cannot be put back either, as on a disk that is full, the files are half written, and it stays noted
        that this was begun: it is taken back as soon as that can be done.
        """
        written: list[str] = []
        try:
            for name, (current, after, backup) in self.staged.items():
                before_replace = None if written else (lambda _: log.write(note))
                written.append(name)
                raw = None if current is None else current.raw
                self.files[name].put(raw, after, backup=backup, before_replace=before_replace)
        except BaseException:
            self.half_written = True
            with suppress(RecordsError):
                for name in reversed(written):
                    self.put_back(name)
                self.half_written = False
            raise

    def put_back(self, name: str) -> None:
        """Put a file back as it was, where it has been written."""
        file, staged = self.files[name], self.staged[name]
        if read_bytes(file.path) == staged.after.raw and len(self.staged) > 1:
            file.put_back(staged.current, staged.after)

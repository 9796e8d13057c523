"""Other versions of the tables: what other programs made of them, copies beside them, and backups."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from interview_kit import schema
from interview_kit.files.backups import stamp_of
from interview_kit.files.csv_file import CsvFile
from interview_kit.files.disk import read_bytes
from interview_kit.files.document import Document
from interview_kit.files.edits import new_document
from interview_kit.files.problems import RecordsError
from interview_kit.journal.checks import Added
from interview_kit.journal.copies import Copy, Differences, copies_beside, copy_of, differences
from interview_kit.journal.inspection import refuse_unreadable
from interview_kit.journal.records import rows_by_id
from interview_kit.journal.standard_form import Deviations, deviations, in_standard_form
from interview_kit.journal.tables import Tables
from interview_kit.journal.undo import new_note
from interview_kit.journal.wording import restoring

if TYPE_CHECKING:
    import pandas as pd


class Versions(Tables):
    """Tables whose other versions can be compared, brought in and put back."""

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
            note = new_note(f"the rewriting of {table}.csv")
            self._put_whole(table, document.raw, after, "before-standardize", note)
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

    @property
    def has_backups(self) -> bool:
        """Whether something was changed here before: what it was, or the note of it for Undo, lies in `.backups`."""
        return os.path.isdir(self.folder / ".backups")

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
        table = self._table_of_backup(name).name
        self._recover()
        with self._lock.held(f"{table}.csv"):
            now, document = read_bytes(self._files[table].path), self._files[table].backup(name)
            note = new_note(restoring(name, table))
            self._put_whole(table, now, document, "before-restore", note)
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


def describe_backup(table: str, file: CsvFile, name: str) -> dict:
    """Return a backup's row in `Journal.backups`."""
    row = {"name": name, "table": table, "made_at": stamp_of(name), "reason": name.split(".")[-2]}
    return {**row, "rows": file.backups.records_in(name), "size": len(file.backups.bytes_of(name))}

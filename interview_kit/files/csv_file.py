"""One CSV on disk, changed one operation at a time."""

import glob
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from interview_kit.files.backups import Backups
from interview_kit.files.disk import (
    clear_leftovers,
    exchange,
    other_names,
    read_bytes,
    replace_with_retries,
    sync_folder,
    unlink_surely,
    written_beside,
)
from interview_kit.files.document import Document, HeaderReader, as_written, parse_document
from interview_kit.files.edits import Edit, apply_edits, check_gates
from interview_kit.files.lock import Lock
from interview_kit.files.problems import ChangedMeanwhileError, LostFileError, RecordsError, as_records_error
from interview_kit.words import plural


class CsvFile:
    """One CSV on disk, changed one operation at a time and never replaced by a table from memory."""

    def __init__(
        self,
        path: Path,
        backups: Path | None = None,
        lock: "Lock | None" = None,
        read_header: HeaderReader = as_written,
    ):
        self.path = Path(os.path.realpath(path))
        self.backups = Backups(backups or self.path.parent / ".backups", Path(path).stem, also=self.path.stem)
        self.lock = lock or Lock(self.path.parent / f".{self.path.name}.lock")
        self.read_header = read_header
        self.rows_seen: int | None = None
        self.last: Document | None = None
        self.begins_anew = False
        self.kept_aside, self.left_behind = "", False

    def read(self) -> Document | None:
        """Return the file as it is now, None where there is none; what is seen here is what the gates compare with."""
        document = self.load()
        if document is None:
            self.refuse_if_lost()
        self.rows_seen = None if document is None else len(document)
        return document

    def load(self) -> Document | None:
        """Return the parse of the file as it is now; bytes that were parsed before are not parsed again."""
        raw = read_bytes(self.path)
        if raw is None:
            return None
        if self.last is None or self.last.raw != raw:
            self.last = parse_document(raw, self.path.name, self.read_header)
        return self.last

    def differs(self) -> bool:
        """Say whether the file is other than when it was last read or written here."""
        raw = read_bytes(self.path)
        return raw != (None if self.last is None else self.last.raw)

    def made(self, document: Document, edits: Sequence[Edit]) -> Document:
        """Return the document that edits make of another, once it is seen to be that and nothing else."""
        after = parse_document(document.encoded(apply_edits(document, edits)), self.path.name, self.read_header)
        check_gates(document, edits, after, self.path.name)
        return after

    def put(
        self,
        current: bytes | None,
        after: Document,
        *,
        backup: str = "",
        before_replace: Callable[[str], object] | None = None,
    ) -> Document:
        """Put a document in the place of the bytes that were read, None for no file, once they are kept.

        `backup` is why they are; `before_replace` is given the name of that backup, empty where none was due. The lock
        is held. Raises `ChangedMeanwhileError` where the file holds other bytes by now.
        """
        kept = self.backups.keep(current, backup) if current else ""
        if before_replace:
            before_replace(kept)
        return self.replace(after, current)

    def put_back(self, document: Document | None, written: Document) -> None:
        """Put back what stood there before, None for no file, in the place of what was written; the lock is held."""
        if document is not None:
            self.replace(document, written.raw)
            return
        with as_records_error(f"{self.path.name} could not be taken away again"):
            self.path.unlink(missing_ok=True)
        self.last, self.rows_seen = None, None

    def gated(self) -> Document | None:
        """Return the file as it is now, refused where records have gone missing since this session last looked."""
        document = self.load()
        if document is None:
            self.refuse_if_lost()
        if document is not None and len(document) < (self.rows_seen or 0):
            raise RecordsError(
                f"{self.path.name} has {plural(len(document), 'record')}, and had {self.rows_seen:,} when last read "
                "here; nothing was saved. Read it again and look whether that is meant, or restore a backup"
            )
        return document

    def begin_anew(self) -> None:
        """Agree that the file, which is gone, begins anew at the next change."""
        self.begins_anew, self.rows_seen = True, None

    def refuse_if_lost(self) -> None:
        """Raise `RecordsError` where the file, which is not there, was there before, as session or traces say."""
        if self.rows_seen is not None:
            raise self.vanished()
        if self.begins_anew:
            return
        stubs = [name for name in (f".{self.path.name}.icloud", f"{self.path.name}.icloud") if self.beside(name)]
        if stubs:
            message = f"{self.path.name} is in the cloud only, as {stubs[0]} says; let it be fetched, and try again"
            raise LostFileError(message, self.backups.stem, "", can_begin_anew=False)
        if newest := self.newest_backup():
            held = f"The newest has {plural(self.backups.records_in(newest), 'record')}: {newest}"
            ways = "Put it back (Journal.restore), or begin anew (Journal.begin_anew)"
            message = f"{self.path.name} is gone, and there are backups of it. {held}. {ways}"
            raise LostFileError(message, self.backups.stem, newest)

    def newest_backup(self) -> str:
        """Return the name of the newest backup that holds records, empty for none."""
        return next((name for name in reversed(self.backups.names()) if self.backups.records_in(name)), "")

    def beside(self, name: str) -> bool:
        """Say whether there is a file of this name beside the own one."""
        return (self.path.parent / name).exists()

    def vanished(self) -> LostFileError:
        """Return the error for a file that was there and is gone."""
        message = (
            f"{self.path.name} was here and is gone from {self.path.parent}; nothing was saved. "
            "Put it back, or restore a backup"
        )
        return LostFileError(message, self.backups.stem, self.newest_backup())

    def backup(self, name: str) -> Document:
        """Return the parse of a backup."""
        return parse_document(self.backups.bytes_of(name), name, self.read_header)

    def replace(self, document: Document, expected: bytes | None) -> Document:
        """Write the bytes beside the file, durable, put them in the place of those expected, and read them back."""
        self.left_behind = self.left_behind or other_names(self.path) > 0
        with as_records_error(f"{self.path.name} could not be saved", "; it is as it was"):
            try:
                self.exchange_bytes(document.raw, expected)
            except OSError:
                if read_bytes(self.path) != document.raw:  # some network drives report a failure and have done it
                    raise
        with as_records_error(
            f"{self.path.name} was written, but the disk does not confirm it", "; look at it before you go on"
        ):
            sync_folder(self.path.parent)
        if read_bytes(self.path) != document.raw:
            raise RecordsError(f"{self.path.name} does not hold what was written to it; the backups do")
        self.last, self.rows_seen, self.begins_anew = document, len(document), False
        return document

    def exchange_bytes(self, raw: bytes, expected: bytes | None) -> None:
        """Put bytes in the file's place, where they are on the disk before, and make sure of what they replaced.

        Raises `ChangedMeanwhileError` where another program changed the file since it was read; its version stays.
        Where the file system cannot exchange two files, a link to the old file is compared afterwards, and what
        differs is kept as a backup.
        """
        with written_beside(self.path, raw) as temporary:
            if read_bytes(self.path) != expected:
                raise self.changed_meanwhile()
            if expected is None:
                replace_with_retries(temporary, self.path)
            elif exchange(temporary, self.path):
                self.keep_theirs(temporary, raw, expected)
            else:
                self.replace_and_compare(temporary, expected)

    def keep_theirs(self, temporary: Path, raw: bytes, expected: bytes) -> None:
        """Exchange the two once more where what was replaced is not what was expected.

        What would be gone with the temporary file is kept as a backup: their version where it cannot be put back, or a
        still newer one that came in between.
        """
        theirs = read_bytes(temporary)
        if theirs == expected:
            return
        exchange(temporary, self.path)
        if (displaced := read_bytes(temporary)) != raw:
            self.keep_aside(displaced)
        raise self.changed_meanwhile()

    def keep_aside(self, theirs: bytes | None) -> None:
        """Keep what another program saved as a backup, and its name for those who tell of it."""
        if theirs:
            self.kept_aside = self.backups.keep(theirs, "changed-meanwhile")

    def replace_and_compare(self, temporary: Path, expected: bytes) -> None:
        """Replace the file, and keep what was replaced as a backup where it is not what was expected."""
        old = temporary.with_suffix(".old.tmp")
        try:
            with suppress(OSError):  # no links here: what was compared before has to do
                os.link(self.path, old)
            replace_with_retries(temporary, self.path)
            if (replaced := read_bytes(old)) != expected:
                self.keep_aside(replaced)
        finally:
            unlink_surely(old)

    def changed_meanwhile(self) -> ChangedMeanwhileError:
        """Return the error for a file that another program goes on changing."""
        return ChangedMeanwhileError(
            f"{self.path.name} is being changed by another program; nothing was saved. Close it there, and save again"
        )

    def clear_leftovers(self) -> None:
        """Delete what a program that was killed in the middle of saving left; the lock is held."""
        clear_leftovers(self.path.parent, f".{glob.escape(self.path.name)}.*.tmp")
        clear_leftovers(self.backups.folder)

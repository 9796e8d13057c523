"""A disk that fails: at the Nth call that reaches it, with each of the errors that disks have."""

import errno
import os
from itertools import product

import pytest

from interview_kit.files import csv_file

CALLS = ("open", "write", "fsync", "replace", "rename", "unlink", "chmod", "close", "mkdir", "rmdir")
LETTING_GO = ("close", "unlink", "rmdir")
FAULTS = {
    **{name: OSError(getattr(errno, name), os.strerror(getattr(errno, name))) for name in ("EIO", "ENOSPC", "EACCES")},
    "EDQUOT": OSError(getattr(errno, "EDQUOT", errno.ENOSPC), "Disk quota exceeded"),
    "stopped": KeyboardInterrupt(),
}
SHORT = [("EIO", "once"), ("EACCES", "once"), ("stopped", "once"), ("stopped", "after"), ("ENOSPC", "from then on")]


def failures(*more):
    """Return each error with each way to fail, those of the short version and some more unmarked."""
    short = (*SHORT, *more)
    all_of_them = product(FAULTS, ["once", "after", "from then on"])
    return [pytest.param(failure, marks=[] if failure in short else pytest.mark.long) for failure in all_of_them]


real_close = os.close


class Disk:
    """Counts the calls that reach the disk, and fails the Nth: once, once after having done it, or from then on."""

    def __init__(self, monkeypatch, nth, fault, how):
        self.nth, self.fault, self.how, self.calls, self.failed_at = nth, fault, how, 0, ""
        for name in CALLS:
            monkeypatch.setattr(os, name, self.faulty(name, getattr(os, name)))
        monkeypatch.setattr(csv_file, "exchange", self.faulty("replace", csv_file.exchange))

    def faulty(self, name, real):
        def call(*arguments, **options):
            self.calls += 1
            if not self.fails(name, arguments):
                return real(*arguments, **options)
            self.failed_at = self.failed_at or name
            if name == "close" or self.how == "after":
                done = real(*arguments, **options)
                if name == "open":
                    real_close(done)
            raise self.fault

        return call

    def fails(self, name, arguments):
        # A disk that stays full or broken still closes files and lets go of them, for which it opens their folders.
        reads = name == "open" and not arguments[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        kind = "letting go" if name in LETTING_GO or reads else "changing"
        onward = self.how == "from then on" and self.calls > self.nth and kind == "changing"
        return self.calls == self.nth or onward


def failing(monkeypatch, failure, operation, reset):
    """Yield what became of an operation for each call that fails in turn: its number, the disk, and the error."""
    fault, how = failure
    for nth in range(1, 200):
        reset()
        error = None
        with monkeypatch.context() as patched:
            disk = Disk(patched, nth, FAULTS[fault], how)
            try:
                operation()
            except (Exception, KeyboardInterrupt) as raised:
                error = raised
        if disk.calls < nth:
            assert error is None
            assert nth > 4
            return
        yield error, f"call {nth} ({disk.failed_at}) {how}: {error!r}"


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lay(folder, files):
    for path in list(folder.rglob("*")):
        if path.is_file():
            path.unlink()
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)

"""A lock that keeps two programs from changing one folder at the same time."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from interview_kit.files.disk import make_private_folder
from interview_kit.files.problems import RecordsError, as_records_error

LOCK_SECONDS = 20


class Lock(threading.local):
    """A lock that one program at a time holds; who holds it may take it once more within."""

    def __init__(self, path: Path):
        self.path, self.lock = path, None

    @contextmanager
    def held(self, what: str) -> Generator[None]:
        """Hold the lock; `RecordsError` says that `what` is in use where another program does not let it go."""
        from filelock import FileLock, Timeout

        if self.lock is not None:
            yield
            return
        make_private_folder(self.path.parent)
        lock = FileLock(self.path, timeout=LOCK_SECONDS, mode=0o600)
        with as_records_error(f"nothing can be saved in {self.path.parent}"):
            try:
                lock.acquire()
            except Timeout:
                message = f"{what} has been in use by another program for {LOCK_SECONDS} seconds; try again"
                raise RecordsError(message) from None
        self.lock = lock
        try:
            yield
        finally:
            self.lock = None
            lock.release()

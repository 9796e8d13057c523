"""Bytes on the disk: whole or not at all, private, and durable."""

import errno
import json
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from interview_kit.files.problems import RecordsError, as_records_error

REPLACE_TRIES = 5
ONE_HOUR = 60 * 60
# What a folder answers that cannot be opened (Windows) or made durable (some network drives).
NO_FOLDER_SYNC = (errno.EACCES, errno.EPERM, errno.EISDIR, errno.EINVAL, errno.ENOTSUP)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into; one that is there stays as it is."""
    if not folder.is_dir():
        with as_records_error(f"the folder {folder} cannot be made", "; nothing was saved"):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)


class Version(NamedTuple):
    """What changes with a file's bytes."""

    size: int
    modified_ns: int
    inode: int


def version_of(path: Path) -> Version | None:
    """Return a file's size, time and inode, by which its versions differ; None where there is no file."""
    with suppress(OSError, ValueError):
        found = path.stat()
        return Version(found.st_size, found.st_mtime_ns, found.st_ino)
    return None


def size_of(path: Path) -> int:
    """Return how many bytes a file has; 0 where there is none, or none that can be looked at."""
    version = version_of(path)
    return version.size if version else 0


def read_bytes(path: Path) -> bytes | None:
    """Return a regular file's bytes, None where there is none; a folder, a pipe or a device is refused unread."""
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISREG(mode):
            return Path(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordsError(f"{path} cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise RecordsError(f"{path} cannot be read: no file has a NUL in its name") from None
    kind = "a folder; name the CSV in it" if stat.S_ISDIR(mode) else "not a regular file; name a CSV"
    raise RecordsError(f"{path} is {kind}")


def read_json_object(path: Path) -> dict:
    """Return the object that a file of JSON holds, empty where there is none, or none that can be read."""
    with suppress(ValueError, RecursionError):
        found = json.loads(read_bytes(path) or b"{}")
        return found if isinstance(found, dict) else {}
    return {}


def replace_bytes(path: Path, raw: bytes, *, durable: bool = True) -> None:
    """Put bytes in a file's place, whole or not at all; durable means that they are on the disk before they are there.

    The folder is for the caller to sync. Raises `OSError`, the file being as it was.
    """
    with written_beside(path, raw, durable=durable) as temporary:
        replace_with_retries(temporary, path)


@contextmanager
def written_beside(path: Path, raw: bytes, *, durable: bool = True) -> Generator[Path]:
    """Yield a file beside another, with its owner, permissions and tags, that holds the bytes; gone at the end."""
    before = path.stat() if path.exists() else None
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        write_new(temporary, raw, durable=durable)
        if before is not None:
            keep_owner(temporary, before)
            os.chmod(temporary, stat.S_IMODE(before.st_mode))
            copy_extended_attributes(path, temporary)
        yield temporary
    finally:
        unlink_surely(temporary)


def keep_owner(path: Path, before: os.stat_result) -> None:
    """Give a new file the owner and the group of the one that it replaces, as where an administrator saves for them."""
    now = path.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        with suppress(OSError):
            os.chown(path, before.st_uid, before.st_gid)


def copy_extended_attributes(source: Path, target: Path) -> None:
    """Give a new file the extended attributes of the one that it replaces: tags, and the access lists of Linux."""
    if not hasattr(os, "listxattr"):  # macOS and Windows: Python has no way to them
        return
    with suppress(OSError):
        for name in os.listxattr(source):
            with suppress(OSError):
                os.setxattr(target, name, os.getxattr(source, name))


def other_names(path: Path) -> int:
    """Return how many other names a file has, which will not follow where another takes its place (hard links)."""
    with suppress(OSError):
        return os.stat(path).st_nlink - 1
    return 0


def clear_leftovers(folder: Path, pattern: str = ".*.tmp", *, older_than: float = 0) -> None:
    """Delete what a program that was killed in the middle of saving left; `older_than` is in seconds."""
    for leftover in folder.glob(pattern):
        with suppress(OSError):
            if time.time() - leftover.lstat().st_mtime >= older_than:
                if leftover.is_dir() and not leftover.is_symlink():
                    shutil.rmtree(leftover, ignore_errors=True)
                else:
                    leftover.unlink()


def unlink_surely(path: Path) -> None:
    """Delete a file that need not be there, and try again where that fails or is stopped."""
    try:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


AT_WORKING_FOLDER, EXCHANGE = -100, 2  # as Linux and macOS number them


def exchange(one: Path, other: Path) -> bool:
    """Exchange two files in one step, and say whether that could be done: not every system and file system can."""
    import ctypes

    names = (os.fsencode(one), os.fsencode(other))
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return library.renamex_np(*names, EXCHANGE) == 0
        return library.renameat2(AT_WORKING_FOLDER, names[0], AT_WORKING_FOLDER, names[1], EXCHANGE) == 0
    except (OSError, AttributeError, TypeError):  # Windows, or a C library without it
        return False


def write_new(path: Path, raw: bytes, *, durable: bool) -> None:
    """Write a private file that must not be there yet."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        view = memoryview(raw)
        while view:
            view = view[os.write(descriptor, view) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_with_retries(source: Path, target: Path) -> None:
    """Rename over the target; again after a moment where a virus scanner or a sync program holds it (Windows)."""
    for attempt in range(REPLACE_TRIES):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if attempt == REPLACE_TRIES - 1:
                raise
            time.sleep(0.05 * 2**attempt)


def move(source: Path, target: Path) -> None:
    """Rename a file or folder over the target; some network drives report a failure and have done it."""
    try:
        replace_with_retries(source, target)
    except OSError:
        if source.exists() or not target.exists():
            raise


def put_private(target: Path, raw: bytes, *, overwrite: bool = False) -> None:
    """Put a file in its place, whole or not at all, readable by its owner alone whoever could read an earlier one.

    `FileExistsError` where there is one that is not to be overwritten. The folder is for the caller to sync.
    """
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.tmp")
    try:
        write_new(temporary, raw, durable=True)
        (move if overwrite else put_new)(temporary, target)
    finally:
        unlink_surely(temporary)


def put_new(temporary: Path, target: Path) -> None:
    """Give a file its name, which no other may have; `FileExistsError` where one has."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # no links here
        if os.path.lexists(target):
            raise FileExistsError(f"{target.name} is there already") from None
        replace_with_retries(temporary, target)


def sync_folder(folder: Path) -> None:
    """Make a rename durable; a no-op where the system does not do that for folders."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise

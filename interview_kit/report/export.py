"""Files that are written whole or not at all, and never over others."""

import re
import secrets
import shutil
import unicodedata
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from interview_kit import schema
from interview_kit.files.disk import move, put_private, write_new

DEVICES = re.compile(r"(con|prn|aux|nul|(com|lpt)[\d¹²³]|conin|conout)", re.IGNORECASE)
LONGEST = 60


def slug(text: str) -> str:
    """Return a name for a file or folder: letters and digits of any script, hyphens, nothing that leads elsewhere."""
    words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", text)).strip("-_")
    words = words.encode("utf-8", "ignore")[: 3 * LONGEST].decode("utf-8", "ignore")[:LONGEST].strip("-_")
    return f"{words}-report" if DEVICES.fullmatch(words) else words or "report"


def free_place(folder: Path) -> Path:
    """Return where an export goes: `folder`, the next number beside an earlier export, or a new folder among others."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return folder
    if not folder.is_dir():
        raise ValueError(f"{folder} is a file; name a folder for the report, such as {folder.with_suffix('')}-report")
    if not is_export(folder):
        return free_place(folder / "report")
    beside = (folder.with_name(f"{folder.name}-{number}") for number in range(2, 10**6))
    return next(place for place in beside if not place.exists())


def is_export(folder: Path) -> bool:
    """Say whether a folder holds an earlier report."""
    return (folder / "report.html").is_file() or any((folder / "tables").glob("*.csv"))


@contextmanager
def atomic_folder(folder: Path) -> Generator[Path]:
    """Yield a private folder to write into; it becomes `folder` at the end, and is gone where anything failed."""
    made = folder.is_dir()
    make_private(folder.parent)
    temporary = (folder if made else folder.parent) / f".{folder.name[:40]}.{secrets.token_hex(4)}.tmp"
    try:
        temporary.mkdir(mode=0o700)
        yield temporary
        if made:
            move_in(temporary, folder)
        else:
            move(temporary, folder)
    finally:
        discard(temporary)


def discard(folder: Path) -> None:
    """Delete a folder, and try again where that is stopped halfway."""
    try:
        with suppress(OSError):  # it closes what it cannot close without asking what to ignore
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        with suppress(OSError):
            shutil.rmtree(folder, ignore_errors=True)


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, that only the owner can look into."""
    for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def move_in(source: Path, folder: Path) -> None:
    """Move all that a folder holds into an empty one; nothing stays there where one of them cannot go."""
    begun: list[tuple[Path, Path]] = []
    try:
        for path in sorted(source.iterdir()):
            begun.append((path, folder / path.name))
            move(path, folder / path.name)
    except BaseException:
        for place in (place for path, place in begun if not path.exists()):
            if place.is_dir():
                discard(place)
            else:
                place.unlink(missing_ok=True)
        raise


def write(path: Path, raw: bytes) -> None:
    """Write a private file that is not there yet, in a private folder."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_new(path, raw, durable=True)


def replace(path: Path, raw: bytes) -> None:
    """Put a private file in its place, whole or not at all."""
    make_private(path.parent)
    put_private(path, raw, overwrite=True)


def csv_bytes(table) -> bytes:
    """Return a frame as a CSV that spreadsheets open without running any of its text."""
    import pandas as pd

    safe = table.rename(columns=harmless)
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]) and not pd.api.types.is_datetime64_dtype(safe[name]):
            safe[name] = safe[name].map(harmless, na_action="ignore")
    # Up to Python 3.12 a lone carriage return is put into quotes only where line ends have one, too.
    return safe.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n").encode("utf-8-sig", "replace")


def harmless(value: object) -> object:
    """Return text with an apostrophe before what a spreadsheet would take for a formula."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith("\n") else schema.escape(value)

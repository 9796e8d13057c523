"""How much a tracker's file can hold: what is larger is refused before anything is made of it."""

import stat
from collections.abc import Iterable
from pathlib import Path

from interview_kit.importing.sources import RawRow, SpreadsheetError

MEGABYTE = 1 << 20
MAX_BYTES, MAX_ROWS, MAX_COLUMNS = 64 * MEGABYTE, 400_000, 1_000
NAME_IT = "name the CSV or XLSX of your tracker"


def too_large(name: str, found: str, accepted: str) -> SpreadsheetError:
    """Return the refusal of a file that is larger than any tracker's."""
    return SpreadsheetError(f"{name} has {found}; {accepted} can be imported. Split it, or export fewer columns")


def refuse_large(name: str, size: int, most: int = MAX_BYTES, kind: str = "") -> None:
    """Refuse a file of more bytes than files of its kind have."""
    if size > most:
        raise too_large(name, f"{size / MEGABYTE:.0f} MB", f"{kind}up to {most // MEGABYTE} MB")


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; only of a regular file, and only of one that is not too large."""
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode):
            refuse_large(path.name, found.st_size)
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
    except SpreadsheetError:
        raise
    except (OSError, ValueError) as error:
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "not a path"
        raise SpreadsheetError(f"{path} cannot be opened ({reason}); {NAME_IT}") from None
    kind = "a folder" if stat.S_ISDIR(found.st_mode) else "not an ordinary file"
    raise SpreadsheetError(f"{path} is {kind}; {NAME_IT}")


def bounded(rows: Iterable[RawRow], name: str) -> list[RawRow]:
    """Return the rows without blank ones at the end; refuse more rows or columns than a tracker has."""
    kept: list[RawRow] = []
    for row in rows:
        if len(row.cells) > MAX_COLUMNS:
            raise too_large(name, f"{len(row.cells):,} columns in line {row.line}", f"up to {MAX_COLUMNS:,}")
        if len(kept) >= MAX_ROWS:
            raise too_large(name, f"more than {MAX_ROWS:,} rows", "fewer")
        kept.append(row)
    while kept and not any(map(str.strip, kept[-1].cells)):
        kept.pop()
    return kept

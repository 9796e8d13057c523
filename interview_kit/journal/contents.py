"""What a folder of records holds: the kit's own files by kind, and those of others."""

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from interview_kit.files.disk import ONE_HOUR, clear_leftovers, make_private_folder, read_bytes, read_json_object
from interview_kit.files.document import parse_document
from interview_kit.files.problems import RecordsError
from interview_kit.places import EXPORTS
from interview_kit.schema import TABLES, Table

LOCK = ".journal.lock"
TABLE = f"(?:{'|'.join(TABLES)})"
LEFT = r"\.[0-9a-f]{8}(?:\.old)?\.tmp"  # what a program that was killed while it saved leaves behind
# The names that the kit gives its files, from the folder on. What is not among them is somebody else's.
NAMES = {
    "records": rf"{TABLE}\.csv",
    "backups": rf"\.backups/{TABLE}\.\d{{8}}-\d{{6}}-\d{{6}}\.[a-z-]+\.csv",
    "undo": r"\.backups/(?:last_operation|unfinished)\.json",
    "drafts": r"\.drafts/[a-z0-9-]{1,40}\.json",
    "settings": r"\.settings(?:\.set-aside)?\.json",
    "templates": r"notes/[A-Za-z0-9_][A-Za-z0-9_. -]{0,60}\.txt",
    "exports": r"exports/(?:[^/]+\.(?:ics|vcf)|interview-kit-\d{4}-\d\d-\d\d(?:-\d+)?\.zip"
    r"|(?:[^/]+/){1,4}(?:report\.html|tables/[a-z_]+\.csv|charts/[a-z_]+\.(?:png|svg|pdf)))",
    "traces": rf"{re.escape(LOCK)}|\.{TABLE}\.csv\.lock|\.{TABLE}\.csv{LEFT}|\.\.settings\.json{LEFT}"
    rf"|\.(?:backups|drafts)/\.[^/]+{LEFT}|exports/(?:[^/]+/)*\.[^/]+{LEFT}(?:/.*)?",
}
PATTERNS = {kind: re.compile(pattern) for kind, pattern in NAMES.items()}
OWN_FOLDERS = (".backups", ".drafts", "notes", EXPORTS)
TELLING = {"interviews": {"company", "interviewed_on"}, "stories": {"title", "situation"}}  # else the interview's id
FEWEST = 2  # columns that a table written by hand has


class Contents(NamedTuple):
    """The kit's files of a folder by kind, and the others, each by its path from the folder on.

    Others are also the links that lead to a folder: what is there is not the kit's to go through.
    """

    own: dict[str, list[str]]
    others: list[str]

    @property
    def is_of_the_kit(self) -> bool:
        """Whether anything in the folder shows that the kit keeps records there."""
        return LOCK in self.own["traces"] or any(self.own[kind] for kind in ("records", "backups", "undo", "drafts"))

    def to_erase(self, *, templates: bool) -> dict[str, list[str]]:
        """Return the files that erasing deletes, by kind; templates of one's own only where that is asked for."""
        return {kind: names for kind, names in self.own.items() if names and (kind != "templates" or templates)}


def kind_of(name: str) -> str:
    """Return the kind of file that the kit calls so, empty where it calls none so."""
    return next((kind for kind, pattern in PATTERNS.items() if pattern.fullmatch(name)), "")


def contents_of(folder: Path) -> Contents:
    """Return what a folder holds; a CSV of another program is no record of the kit, whatever its name."""
    found: Contents = Contents({kind: [] for kind in NAMES}, [])
    for name in sorted(names_in(folder)):
        kind = kind_of(name)
        is_own = kind and not is_linked_folder(folder / name) and not is_foreign(folder, name, kind)
        (found.own[kind] if is_own else found.others).append(name)
    return found


def is_foreign(folder: Path, name: str, kind: str) -> bool:
    """Say whether a file that is called like one of the kit's is another program's, by what is in it."""
    if kind == "drafts":
        return not {"key", "saved_at"} <= read_json_object(folder / name).keys()
    return kind == "records" and not may_be_table(folder, TABLES[name.removesuffix(".csv")])


def names_in(folder: Path) -> Iterator[str]:
    """Yield the files of a folder, and the links to folders: all in the kit's own folders, of others only the name."""
    for above, folders, files in os.walk(folder):
        here = Path(above).relative_to(folder)
        for name in [*files, *(name for name in folders if is_linked_folder(Path(above, name)))]:
            yield (here / name).as_posix()
        if not here.parts:
            yield from (
                f"{name}/" for name in folders if name not in OWN_FOLDERS and not Path(above, name).is_symlink()
            )
            folders[:] = [name for name in folders if name in OWN_FOLDERS]


def is_linked_folder(path: Path) -> bool:
    """Say whether a path is a link that leads to a folder."""
    return path.is_symlink() and path.is_dir()


def may_be_table(folder: Path, table: Table) -> bool:
    """Say whether the file that is called like a table is one: it has backups, or columns that only a table has."""
    backups = re.compile(rf"{table.name}\.\d{{8}}-.*\.csv")
    with suppress(OSError):
        if any(backups.fullmatch(name) for name in os.listdir(folder / ".backups")):
            return True
    try:
        raw = read_bytes(folder / f"{table.name}.csv")
        header = parse_document(raw, table.name, table.read_header).header if raw else ()
    except RecordsError:  # torn, or merged halfway: it is the kit's where the folder is
        return os.path.exists(folder / LOCK)
    return not raw or looks_like(header, table)


def looks_like(header: Collection[str], table: Table) -> bool:
    """Say whether a header is that of a table, and not of another program's file with a column or two of that name."""
    known = set(table.names) & set(header)
    telling = TELLING.get(table.name, {"interview_id"})
    return len(known) >= FEWEST and (telling <= known or known == set(header))


def exports_in(folder: Path) -> Path:
    """Return the folder for files made from the records, made where it is missing, without what was left half made."""
    exports = folder / EXPORTS
    make_private_folder(exports)
    clear_leftovers(exports, older_than=ONE_HOUR)  # another window may be writing one now
    return exports


def erase(folder: Path, names: Collection[str]) -> list[str]:
    """Delete files of a folder, and the kit's own folders that are empty then; return those that could not be.

    A link is deleted itself; what it leads to stays.
    """
    kept = []
    for name in names:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            if os.path.lexists(folder / name):  # some network drives report a failure and have done it
                kept.append(f"{name}: {error.strerror or error}")
    for name in OWN_FOLDERS:
        remove_empty(folder / name)
    return kept


def remove_empty(folder: Path) -> None:
    """Delete a folder and those in it as far as they hold nothing."""
    if folder.is_symlink():
        return
    for above, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            os.rmdir(above)

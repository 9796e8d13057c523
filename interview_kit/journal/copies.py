"""Copies beside a table's file, as sync programs and file managers make them, that hold records of their own."""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from interview_kit import schema
from interview_kit.files.disk import read_bytes
from interview_kit.files.document import Document, parse_document
from interview_kit.files.problems import RecordsError
from interview_kit.journal.checks import other_values
from interview_kit.journal.inspection import refuse_unreadable
from interview_kit.journal.records import places_by_id, row_of
from interview_kit.words import plural

# How a copy of NAME.csv is called: by browsers and Google Drive, Dropbox and Nextcloud, Finder and iCloud, Windows
# Explorer, Syncthing, OneDrive (with the name of the computer).
PATTERNS = (
    r"{name} ?\(.+\)\.csv",
    r"{name} \d{{1,3}}\.csv",
    r"{name}[ _–-]+(?i:copy|kopie|copie|copia|cópia|kopia|kopi|kopio|副本|コピー)(?: ?\(?\d+\)?)?\.csv",
    r"{name}のコピー(?: ?\d+)?\.csv",
    r"(?i:copy of|kopie von|copie de|copia de) {name}.*\.csv",
    r"{name}[._ -].*(?i:conflict).*\.csv",
    r"{name}-[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*\.csv",
)


class Copy(NamedTuple):
    """A copy of a table's file: its name, how many of its records stand nowhere else, and how many differ."""

    name: str
    new: int
    differing: int


def copies_beside(path: Path, document: Document, table: schema.Table) -> list[Copy]:
    """Return the copies beside a table's file that hold records which it lacks, or other versions of them."""
    found = (compared(name, other, document, table) for name, other in readable_copies(path, table))
    return [copy for copy in found if copy.new or copy.differing]


def readable_copies(path: Path, table: schema.Table) -> Iterator[tuple[str, Document]]:
    """Yield the name and the parse of each copy beside a table's file that is this table too."""
    for name in copy_names(path):
        with suppress(RecordsError):
            yield name, copy_of(path, name, table)


def copy_names(path: Path) -> list[str]:
    """Return the names of the files beside another that are called as its copies are."""
    try:
        names = sorted(os.listdir(path.parent))
    except OSError:
        return []
    return copies_among(names, path.stem)


def copies_among(names: Sequence[str], stem: str) -> list[str]:
    """Return the names that a file's copies have, by the name of that file without its ending."""
    near = [name for name in names if stem in name and len(name) > len(stem) + len(".csv")]
    patterns = [re.compile(pattern.format(name=re.escape(stem))) for pattern in PATTERNS] if near else []
    return [name for name in near if any(pattern.fullmatch(name) for pattern in patterns)]


def copy_of(path: Path, name: str, table: schema.Table) -> Document:
    """Return the parse of a copy beside a table's file; `RecordsError` where it is none, or cannot be read."""
    if name not in copy_names(path):
        raise RecordsError(f"{name!r} is no copy of {path.name} beside it")
    document = parse_document(read_bytes(path.with_name(name)) or b"", name, table.read_header)
    refuse_unreadable(document, table, name)
    return document


class Differences(NamedTuple):
    """The ids of the records that one version of a table has gained since another, has lost, and tells otherwise."""

    added: list[str]
    removed: list[str]
    changed: list[str]


def differences(
    before: Document, after: Document, table: schema.Table, columns: Collection[str] | None = None
) -> Differences:
    """Return what became of the records of one version of a table in another, by id.

    Compared are these columns, those of both versions for None. A record in which nothing stands is none.
    """
    if before.raw == after.raw:
        return Differences([], [], [])
    old, new = places_by_id(before, table), places_by_id(after, table)
    names = dict.fromkeys([*before.header, *after.header]) if columns is None else columns
    added = [key for key, at in new.items() if key not in old and any(row_of(after, at).values())]
    removed = [key for key, at in old.items() if key not in new and any(row_of(before, at).values())]
    changed = [key for key in new if key in old and differs(after, new[key], before, old[key], table, columns=names)]
    return Differences(added, removed, changed)


def compared(name: str, copy: Document, document: Document, table: schema.Table) -> Copy:
    """Return what a copy holds that a table does not; a column that only one of them has is no difference."""
    found = differences(document, copy, table, [name for name in copy.header if name in document.header])
    return Copy(name, len(found.added), len(found.changed))


def differs(
    one: Document, at: int, other: Document, there: int, table: schema.Table, *, columns: Collection[str]
) -> bool:
    """Say whether two versions of a record say other things in some columns."""
    same_layout = (one.delimiter, one.header) == (other.delimiter, other.header)
    if same_layout and one.record(at) == other.record(there):
        return False
    row = row_of(one, at)
    return bool(other_values(table, {name: row.get(name, "") for name in columns}, row_of(other, there)))


def copy_notes(copies: Sequence[Copy]) -> list[str]:
    """Return a sentence for each copy that holds records of its own or other versions."""
    return [copy_note(copy) for copy in copies]


def copy_note(copy: Copy) -> str:
    """Return a copy's other records and versions in words."""
    has = [f"{plural(copy.new, 'record')} that {'is' if copy.new == 1 else 'are'} not here"] if copy.new else []
    others = f"{copy.differing} that say other things" if copy.differing > 1 else "1 that says other things"
    has += [others] if copy.differing else []
    return f"a copy beside the file, {copy.name!r}, has {' and '.join(has)}"

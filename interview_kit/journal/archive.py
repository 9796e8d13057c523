"""A folder of records in one ZIP, to take along to another computer."""

import io
import json
import os
import stat
import zipfile
import zlib
from collections.abc import Collection, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, NoReturn

from interview_kit.files.disk import (
    make_private_folder,
    put_private,
    read_bytes,
    size_of,
    sync_folder,
    unlink_surely,
)
from interview_kit.files.document import Document, parse_document
from interview_kit.files.problems import RecordsError, as_records_error
from interview_kit.journal.checks import Added
from interview_kit.journal.contents import contents_of, exports_in, kind_of
from interview_kit.journal.inspection import refuse_unreadable
from interview_kit.journal.records import record_ids
from interview_kit.schema import TABLES, Table

MANIFEST, KIT, FORMAT = "interview-kit.json", "interview-kit", 1
OTHERS = ("templates", "settings", "drafts")
PACKED = ("records", *OTHERS)  # the kinds of files that are; backups where they are asked for
MOST_FILES, MOST_BYTES, MOST_OF_A_SMALL_ONE = 20_000, 2_000_000_000, 20_000_000
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Packed(NamedTuple):
    """What was packed: where, how many records of each table (None: it cannot be read), how many files of each kind."""

    path: Path
    records: dict[str, int | None]
    files: dict[str, int]


class Unpacked(NamedTuple):
    """What became of a ZIP: of the records of each table, and of its other files.

    `in_place` says that the folder had no records, so that the files are there as they were packed; of a table in
    `unreadable` nobody can tell its records. `added` are the other files that came, `kept` those that were here already
    and say other things, `left` those left in the ZIP.
    """

    records: dict[str, Added]
    in_place: bool
    unreadable: list[str]
    added: list[str]
    kept: list[str]
    left: list[str]


# Packing.


def pack(folder: Path, target: Path | None, *, backups: bool, overwrite: bool) -> Packed:
    """Put the kit's files of a folder into one ZIP, there whole or not at all, for its owner alone to read.

    Where no `target` is named, it is a new file in the folder for exports, called by the day.
    """
    wanted = [*PACKED, "backups"] if backups else PACKED
    tables = [f"{name}.csv" for name in TABLES if os.path.lexists(folder / f"{name}.csv")]  # whatever is in them
    own = contents_of(folder).own | {"records": tables}
    names = {kind: [name for name in own[kind] if is_packed(folder, name)] for kind in wanted}
    if not names["records"]:
        raise RecordsError(f"no records are in {folder}, so there is nothing to pack")
    listed = [name for kind in wanted for name in names[kind]]
    refuse_too_much([(name, size_of(folder / name)) for name in listed], "this folder")
    texts = {name: read_bytes(folder / name) or b"" for name in listed}
    ids = {name: ids_in(name, texts[f"{name}.csv"]) for name in TABLES if f"{name}.csv" in texts}
    records = {name: None if found is None else len(found) for name, found in ids.items()}
    with as_records_error(f"{target or 'the ZIP'} could not be written", "; nothing was packed"):
        target = target or free_name(exports_in(folder), name_of_today())
        put_private(target, zipped(texts, records), overwrite=overwrite)
    with as_records_error(f"{target} was written, but the disk does not confirm it", "; look at it before you go on"):
        sync_folder(target.parent)
    return Packed(target, records, {kind: len(found) for kind, found in names.items() if kind != "records"})


def name_of_today() -> str:
    """Return what a ZIP is called that nobody gave a name: by its day."""
    return f"interview-kit-{date.today():%Y-%m-%d}.zip"


def free_name(folder: Path, name: str) -> Path:
    """Return the place of a file by this name, or the next number beside those that are there."""
    first = folder / name
    places = (first if at == 1 else first.with_stem(f"{first.stem}-{at}") for at in range(1, 10**6))
    return next(place for place in places if not os.path.lexists(place))


def is_packed(folder: Path, name: str) -> bool:
    """Say whether a file goes along: settings that were set aside do not, nor a template that is a link."""
    is_link = kind_of(name) == "templates" and (folder / name).is_symlink()
    return name != ".settings.set-aside.json" and not is_link


def zipped(texts: Mapping[str, bytes], records: Mapping[str, int | None]) -> bytes:
    """Return a ZIP of some files, with a note of what it is first."""
    now = datetime.now()
    note = {"kit": KIT, "format": FORMAT, "packed_at": now.isoformat(timespec="seconds"), "records": records}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in {MANIFEST: json.dumps(note, indent=1).encode(), **texts}.items():
            entry = zipfile.ZipInfo(name, now.timetuple()[:6])
            entry.external_attr = (stat.S_IFREG | 0o600) << 16
            archive.writestr(entry, raw, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


# Reading a ZIP, which anybody may have made.


class Archive(NamedTuple):
    """A ZIP that was seen to be the kit's: its name, what it says of itself, and its files by name."""

    name: str
    note: dict
    entries: dict[str, zipfile.ZipInfo]
    archive: zipfile.ZipFile

    def raw(self, name: str) -> bytes:
        """Return a file's bytes; `RecordsError` where they are damaged."""
        try:
            return bounded(self.archive, self.entries[name])
        except DAMAGED as error:
            refuse_to_unpack(self.name, f"{name} in it is damaged ({error})")

    def names(self, *kinds: str) -> list[str]:
        """Return the names of the files of some kinds, in their order."""
        tables = [f"{table}.csv" for table in TABLES]
        listed = [*(name for name in tables if name in self.entries), *sorted(self.entries.keys() - tables)]
        return [name for kind in kinds for name in listed if kind_of(name) == kind]

    def documents(self) -> dict[Table, Document]:
        """Return the parse of each table's file; `RecordsError` where one cannot be read."""
        found = {}
        for name in self.names("records"):
            table = TABLES[name.removesuffix(".csv")]
            found[table] = parse_document(self.raw(name), f"{name} in {self.name}", table.read_header)
            refuse_unreadable(found[table], table, f"{name} in {self.name}")
        return found


def bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a file's bytes, no more than it is said to have: asked for all, zipfile unpacks before it counts."""
    with archive.open(entry) as file:
        return file.read(max(entry.file_size, 1))


@contextmanager
def opened(source: Path | bytes, name: str = "") -> Generator[Archive]:
    """Yield a ZIP that `pack` made, once all in it is seen to be what it may be; `RecordsError` says what is not."""
    name = name or getattr(source, "name", "the ZIP")
    if isinstance(source, Path) and not source.is_file():
        raise RecordsError(f"{source} is not there; name the ZIP that interview-kit pack made")
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except DAMAGED:
        refuse_to_unpack(name, "it is no ZIP, or a damaged one")
    with archive:
        refuse_too_much([(entry.filename, entry.file_size) for entry in archive.infolist()], name)
        note = note_of(name, archive)
        entries = {entry.filename: entry for entry in archive.infolist() if is_wanted(name, entry)}
        found = Archive(name, note, entries, archive)
        refuse_twice(name, archive.infolist())
        if not found.names("records"):
            refuse_to_unpack(name, "it holds no records")
        for entry in entries:
            found.raw(entry)  # each is whole, before the first is put anywhere
        yield found


def note_of(name: str, archive: zipfile.ZipFile) -> dict:
    """Return what a ZIP says of itself; `RecordsError` where it is not the kit's, or of a later version."""
    try:
        note = json.loads(bounded(archive, archive.getinfo(MANIFEST)))
    except (KeyError, RecursionError, *DAMAGED):
        refuse_to_unpack(name, f"it holds no readable {MANIFEST}, as a ZIP that interview-kit pack made does")
    if not isinstance(note, dict) or note.get("kit") != KIT:
        refuse_to_unpack(name, f"its {MANIFEST} is not the kit's")
    if note.get("format") != FORMAT:
        refuse_to_unpack(name, "another version of Interview Kit packed it; unpack it with that one, or a newer one")
    return note


def is_wanted(name: str, entry: zipfile.ZipInfo) -> bool:
    """Say whether a file of a ZIP is one to take; `RecordsError` where it is none that the kit packs.

    Only names that the kit gives are taken, so that none leads out of the folder.
    """
    mode = entry.external_attr >> 16
    if entry.flag_bits & 1:
        refuse_to_unpack(name, f"{entry.filename!r} in it is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        refuse_to_unpack(name, f"{entry.filename!r} in it is compressed in a way that the kit does not use")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        refuse_to_unpack(name, f"{entry.filename!r} in it is a link or a device, and no plain file")
    if entry.filename == MANIFEST or entry.filename in (".backups/", ".drafts/", "notes/"):
        return False
    if kind_of(entry.filename) not in (*PACKED, "backups"):
        refuse_to_unpack(name, f"{entry.filename!r} in it is none of the kit's files")
    return True


def refuse_twice(name: str, entries: Iterable[zipfile.ZipInfo]) -> None:
    """Raise `RecordsError` where two files of a ZIP have one name, also on systems that take capitals for the same."""
    seen = set()
    for entry in entries:
        if entry.filename.casefold() in seen:
            refuse_to_unpack(name, f"{entry.filename!r} is in it twice")
        seen.add(entry.filename.casefold())


def refuse_too_much(sizes: Collection[tuple[str, int]], name: str) -> None:
    """Raise `RecordsError` where files are more, or larger, than any person's: packing refuses it as unpacking does."""
    most = f"{MOST_BYTES / 10**9:.0f} GB"
    if len(sizes) > MOST_FILES:
        raise RecordsError(f"{name} holds {len(sizes):,} files, and at most {MOST_FILES:,} can be packed in a ZIP")
    if sum(size for _, size in sizes) > MOST_BYTES:
        raise RecordsError(f"{name} holds more than {most}, the most that can be packed in a ZIP")
    for one, size in sizes:
        if not one.endswith(".csv") and size > MOST_OF_A_SMALL_ONE:
            most = f"{MOST_OF_A_SMALL_ONE // 10**6} MB"
            raise RecordsError(f"{name} holds {one!r} of more than {most}, which is none of the kit's files")


def refuse_to_unpack(name: str, why: str) -> NoReturn:
    """Raise `RecordsError` for a ZIP that is not taken."""
    raise RecordsError(f"{name} cannot be unpacked: {why}; nothing was changed") from None


# Putting its files into a folder.


def put_in_place(packed: Archive, folder: Path) -> Unpacked:
    """Put all files into a folder that has no records, as they are, all or none of them, and none over another."""
    with as_records_error(f"{packed.name} could not be unpacked", "; nothing was changed"), all_or_none() as made:
        added, kept = put_new_ones(packed, folder, ("records", *OTHERS, "backups"), made)
    ids = {name: ids_in(name, packed.raw(f"{name}.csv")) for name in TABLES if f"{name}.csv" in added}
    records = {name: Added(found, [], []) for name, found in ids.items() if found is not None}
    unreadable = [name for name, found in ids.items() if found is None]
    return Unpacked(records, True, unreadable, [name for name in added if kind_of(name) != "records"], kept, [])


def ids_in(name: str, raw: bytes) -> list[str] | None:
    """Return the ids of the records of a table's file, None where it cannot be read."""
    with suppress(RecordsError):
        return record_ids(parse_document(raw, name, TABLES[name].read_header), TABLES[name])
    return None


def put_beside(packed: Archive, folder: Path, records: dict[str, Added]) -> Unpacked:
    """Put the files that are no records into a folder whose records are in already; its backups stay its own."""
    told = f"the records of {packed.name} are here now, but not all of its drafts, templates and settings"
    with as_records_error(told, "; unpack it again"):
        added, kept = put_new_ones(packed, folder, OTHERS, [])
    return Unpacked(records, False, [], added, kept, packed.names("backups"))


def put_new_ones(
    packed: Archive, folder: Path, kinds: Collection[str], made: list[Path]
) -> tuple[list[str], list[str]]:
    """Put files of some kinds into a folder, never over another; return those that came, and those that differ here."""
    added, kept = [], []
    for name in packed.names(*kinds):
        raw, here = packed.raw(name), read_bytes(folder / name)
        if here is None:
            make_private_folder((folder / name).parent)
            put_and_list(folder / name, raw, made)
            added.append(name)
        elif here != raw:
            kept.append(name)
    for place in dict.fromkeys((folder / name).parent for name in added):
        sync_folder(place)
    return added, kept


def put_and_list(target: Path, raw: bytes, made: list[Path]) -> None:
    """Put a file in its place and list it as made, also where that is stopped; not where another was quicker."""
    made.append(target)
    try:
        put_private(target, raw)
    except FileExistsError:
        made.remove(target)
        raise


@contextmanager
def all_or_none() -> Generator[list[Path]]:
    """Yield a list for what is made, which is deleted again where anything fails."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in made:
            unlink_surely(path)
        raise

"""`interview-kit pack` and `unpack`: the records in one ZIP, and out of it on another computer."""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from interview_kit.commands.arguments import add_records, folder_named
from interview_kit.commands.terminal import add_yes, fail, quoted, refusal, refused, say, way_back, working

WORDS = {"backups": "backup", "drafts": "draft", "settings": "file of settings", "templates": "template"}


def add_pack(commands) -> None:
    """Describe the command `pack`."""
    packing = commands.add_parser(
        "pack",
        help="put your records into one ZIP, to take them along",
        description="Put the records, drafts, settings and your own templates into one ZIP; only you can read it.",
    )
    packing.add_argument("file", nargs="?", metavar="FILE", help="the ZIP, or its folder; named by the day if left out")
    packing.add_argument("--with-backups", action="store_true", help="with the backups as well")
    add_records(packing)
    add_yes(packing, "replace a ZIP of that name")
    packing.set_defaults(run=pack)


def add_unpack(commands) -> None:
    """Describe the command `unpack`."""
    unpacking = commands.add_parser(
        "unpack",
        help="bring in what pack put into a ZIP",
        description="Bring in what pack put into a ZIP; a record that is here already is never overwritten.",
    )
    unpacking.add_argument("file", metavar="FILE", help="the ZIP")
    add_records(unpacking)
    unpacking.set_defaults(run=unpack)


def pack(given: argparse.Namespace) -> int:
    """Put the records into one ZIP; 1 where there are none, or it cannot be written."""
    from interview_kit.journal import Journal

    target, journal = place_for(given.file), Journal(folder_named(given))
    if target.exists() and (no := not_replaced(target, yes=given.yes)):
        return fail(no)
    try:
        with working("Packing"):
            packed = journal.pack(target, backups=given.with_backups, overwrite=target.exists())
    except ValueError as error:
        return refused(error, target)
    say(f"Packed: {packed.path}")
    for line in [*records_packed(packed.records), *files_packed(packed.files)]:
        say(f"  {line}")
    say(f"On the other computer: interview-kit unpack {quoted(packed.path.name)}")
    say("It is not encrypted: who can read it can read your records.")
    return 0


def not_replaced(target: Path, *, yes: bool) -> str:
    """Return why an earlier ZIP is not replaced, empty where the person agrees."""
    nothing = f"{target} is there already, and nothing is packed"
    return refusal(f"{target} is there already. Replace it?", nothing, yes=yes, purpose="replace it")


def place_for(named: str | None) -> Path:
    """Return where the ZIP goes: the file that was named, or a file by the day in the folder that was, or here."""
    place = Path(named).expanduser() if named else Path()
    return place / f"interview-kit-{date.today():%Y-%m-%d}.zip" if place.is_dir() else place


def records_packed(records: Mapping[str, int | None]) -> list[str]:
    """Return a line for each table."""
    from interview_kit.words import plural

    cannot = "cannot be read, and is packed as it is; interview-kit check says more"
    return [f"{name}.csv: {cannot if count is None else plural(count, 'record')}" for name, count in records.items()]


def files_packed(files: Mapping[str, int]) -> list[str]:
    """Return a line that counts the other files, none where there are none."""
    from interview_kit.words import plural

    told = [plural(count, WORDS[kind]) for kind, count in files.items() if count]
    return [", ".join(told)] if told else []


def unpack(given: argparse.Namespace) -> int:
    """Bring in what a ZIP holds and say what became of it; 1 where nothing is brought in."""
    from interview_kit.journal import Journal

    journal = Journal(folder_named(given))
    try:
        with working("Unpacking"):
            done = journal.unpack(given.file)
    except ValueError as error:
        return refused(error, given.records)
    say(f"Unpacked into {journal.folder}:")
    for line in [*records_unpacked(done), *files_unpacked(done)]:
        say(f"  {line}")
    if any(added.added for added in done.records.values()) and not done.in_place:
        say(f"To take it back: {way_back(journal.folder)}.")
    return 0


def records_unpacked(done: Any) -> list[str]:
    """Return what became of the records of each table."""
    told = [f"{name}.csv: {', '.join(counts(added))}" for name, added in done.records.items()]
    cannot = "is there as it was packed, and cannot be read; interview-kit check says more"
    return [*told, *(f"{name}.csv {cannot}" for name in done.unreadable)]


def counts(added: Any) -> list[str]:
    """Return how many records of a table came in, were there already, and differ from those that are here."""
    many = len(added.conflicting)
    differ = f"{many:,} different here and left as {'it is' if many == 1 else 'they are'}"
    there = [f"{len(added.unchanged):,} already there"] if added.unchanged else []
    return [f"{len(added.added):,} added", *there, *([differ] if many else [])]


def files_unpacked(done: Any) -> list[str]:
    """Return what became of the files that are no records."""
    from interview_kit.words import plural

    came = [plural(len(done.added), "other file")] if done.added else []
    left = f"{plural(len(done.left), 'backup')} left in the ZIP, since the records here have backups of their own"
    return [
        *(f"{count} added" for count in came),
        *(f"{name} is here already with other contents, and is left as it is" for name in done.kept),
        *([left] if done.left else []),
    ]

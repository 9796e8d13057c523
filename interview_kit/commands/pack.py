"""`interview-kit pack` and `unpack`: the records in one ZIP, and out of it on another computer."""

import argparse
from pathlib import Path

from interview_kit.commands.arguments import add_records, journal_named
from interview_kit.commands.terminal import add_yes, fail, quoted, refusal, refused, say, undo_hint, working


def add_pack(commands) -> None:
    """Describe the command `pack`."""
    packing = commands.add_parser(
        "pack",
        run=pack,
        help="put your records into one ZIP, to take them along",
        description="Put the records, drafts, settings and your own templates into one ZIP; only you can read it.",
    )
    packing.add_argument("file", nargs="?", metavar="FILE", help="the ZIP, or its folder; named by the day if left out")
    packing.add_argument("--with-backups", action="store_true", help="with the backups as well")
    add_records(packing)
    add_yes(packing, "replace a ZIP of that name")


def add_unpack(commands) -> None:
    """Describe the command `unpack`."""
    unpacking = commands.add_parser(
        "unpack",
        run=unpack,
        help="bring in what pack put into a ZIP",
        description="Bring in what pack put into a ZIP; a record that is here already is never overwritten.",
    )
    unpacking.add_argument("file", metavar="FILE", help="the ZIP")
    add_records(unpacking)


def pack(given: argparse.Namespace) -> int:
    """Put the records into one ZIP; 1 where there are none, or it cannot be written."""
    from interview_kit.journal.wording import files_packed, records_packed

    target, journal = place_for(given.file), journal_named(given)
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
    from interview_kit.journal.archive import name_of_today

    place = Path(named).expanduser() if named else Path()
    return place / name_of_today() if place.is_dir() else place


def unpack(given: argparse.Namespace) -> int:
    """Bring in what a ZIP holds and say what became of it; 1 where nothing is brought in."""
    from interview_kit.journal.wording import unpacked

    journal = journal_named(given)
    with working("Unpacking"):
        done = journal.unpack(given.file)
    say(f"Unpacked into {journal.folder}:")
    for line in unpacked(done):
        say(f"  {line}")
    if any(added.added for added in done.records.values()) and not done.in_place:
        say(f"To take it back: {undo_hint(journal.folder)}.")
    return 0

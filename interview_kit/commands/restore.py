"""`interview-kit restore` and `undo`: back to an earlier state."""

import argparse
from collections.abc import Mapping
from typing import Any

from interview_kit.commands.arguments import add_records, journal_named
from interview_kit.commands.terminal import add_yes, command, fail, refusal, say, undo_hint, working
from interview_kit.files.problems import RecordsError
from interview_kit.words import plural

SHOWN = 20


def add_restore(commands) -> None:
    """Describe the command `restore`."""
    restoring = commands.add_parser(
        "restore",
        run=restore,
        help="list the backups of your records, or put one back",
        description="List the backups, newest first, and what differs from now; with a name or number, put one back.",
    )
    which = "the backup to put back: its number in the list, or its name"
    restoring.add_argument("backup", nargs="?", metavar="BACKUP", help=which)
    restoring.add_argument("--all", action="store_true", help=f"list all of them, and not the newest {SHOWN} only")
    add_records(restoring)
    add_yes(restoring, "put it back")


def add_undo(commands) -> None:
    """Describe the command `undo`."""
    undoing = commands.add_parser(
        "undo",
        run=undo,
        help="take the last change to your records back; again, and it is done again",
        description="Take the last change to the records back, whichever window made it; again, and it is done again.",
    )
    add_records(undoing)


def restore(given: argparse.Namespace) -> int:
    """List the backups, or put the one that was named in the place of its table; 1 where there is no such backup."""
    journal = journal_named(given)
    with working("Looking through the backups"):
        backups = journal.backups()
    if given.backup:
        return put_back(given, journal, backups)
    with working("Comparing the backups with what is there now"):
        lines = listing(journal, backups, everything=given.all)
    for line in lines:
        say(line)
    return 0


def listing(journal: Any, backups: Any, *, everything: bool) -> list[str]:
    """Return the lines that list the backups, newest first, each with its number."""
    if backups.empty:
        return [f"There is no backup in {journal.folder} yet; one is kept before the first change of a day."]
    shown = backups if everything else backups.head(SHOWN)
    rows = [(str(at + 1), *cells(journal, row)) for at, row in enumerate(shown.to_dict("records"))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    older = len(backups) - len(shown)
    more = [f"{older} older: {command('restore --all', journal.folder)} lists them."] if older else []
    example = f"To put the newest back: {command('restore 1', journal.folder)}"
    return [f"Backups in {journal.folder}, newest first:", *lines, *more, example]


def cells(journal: Any, row: Mapping) -> tuple[str, ...]:
    """Return what the list says of a backup: when, of what, how many records, why, and what differs from now."""
    from interview_kit.journal.wording import when, why

    return (when(row), row["table"], plural(row["rows"], "record"), why(row), differing(journal, row["name"]))


def differing(journal: Any, name: str) -> str:
    """Return how a backup differs from what is there now: "2 records fewer, 1 changed"."""
    from interview_kit.journal import wording

    try:
        return wording.differing(journal.compare_backup(name))
    except RecordsError:
        return "cannot be compared"


def put_back(given: argparse.Namespace, journal: Any, backups: Any) -> int:
    """Put the backup that was named in the place of its table, once the person agrees, and say how to undo that."""
    from interview_kit.journal.wording import when, why

    row = chosen(given.backup, backups)
    if row is None:
        return fail(f"{given.backup!r} is no backup in {journal.folder}; interview-kit restore lists them.")
    say(f"{row['table']}.csv as of {when(row)}, {why(row)}: {differing(journal, row['name'])}.")
    if no := refusal("Put it back?", "Nothing is put back", yes=given.yes):
        return fail(no)
    is_kept = journal.restore(row["name"])
    say(f"{row['table']}.csv is as it was on {when(row)}.")
    if is_kept:
        say(f"What it replaced is kept as a backup. To take it back: {undo_hint(journal.folder)}.")
    return 0


def chosen(named: str, backups: Any) -> Mapping | None:
    """Return the row of the backup that is meant by a number in the list or by its name, None where there is none."""
    by_name = {row["name"]: row for row in backups.to_dict("records")}
    if named.isdecimal() and 0 < int(named) <= len(by_name):
        return list(by_name.values())[int(named) - 1]
    return by_name.get(named)


def undo(given: argparse.Namespace) -> int:
    """Take the last change of the folder back; 1 where it cannot be taken back."""
    say(journal_named(given).undo())
    return 0

"""`interview-kit standardize`: a file that a spreadsheet re-saved in the kit's form again."""

import argparse
from pathlib import Path

from interview_kit.commands.arguments import add_day_order, add_records, records_named, two_parts
from interview_kit.commands.terminal import fail, say, undo_hint, working
from interview_kit.places import default_folder
from interview_kit.schema import TABLES


def add_standardize(commands) -> None:
    """Describe the command `standardize`."""
    writing = commands.add_parser(
        "standardize",
        run=standardize,
        help="write a file that a spreadsheet re-saved in the kit's form again",
        description="Write dates, numbers, yes and no, and the columns as the kit does; undo takes it back.",
    )
    add_records(writing, path=True, yours="your own interviews")
    add_day_order(writing)
    writing.add_argument(
        "--column",
        metavar="NAME=COLUMN",
        help='which column another name stands for, such as "Date=interviewed_on"',
        action="append",
        default=[],
        type=two_parts,
    )


def standardize(given: argparse.Namespace) -> int:
    """Write a table's file in the kit's form again; 1 where it cannot be."""
    from interview_kit.files.disk import read_bytes
    from interview_kit.journal import Journal

    chosen = csv_named(given)
    if chosen.name not in [f"{name}.csv" for name in TABLES]:
        return fail(f"{chosen} is none of the kit's own files: {', '.join(f'{name}.csv' for name in TABLES)}")
    journal, before = Journal(chosen.parent), read_bytes(chosen)
    with working(f"Rewriting {chosen.name}"):
        said = journal.standardize(chosen.stem, day_first=given.day_first, renamed=dict(given.column))
        left = journal.deviations(chosen.stem)
    say(said)
    if left.open_date:
        say(f"{left.open_date!r} can be two days: add --day-first or --month-first.")
    if read_bytes(chosen) != before:
        say(f"To take it back: {undo_hint(chosen.parent)}.")
    return 0


def csv_named(given: argparse.Namespace) -> Path:
    """Return the CSV that the arguments name: the file, that of a folder, or one's own interviews."""
    chosen = records_named(given) or default_folder()
    return chosen / "interviews.csv" if chosen.is_dir() or chosen == default_folder() else chosen

"""`interview-kit standardize`: a file that a spreadsheet re-saved in the kit's form again."""

import argparse

from interview_kit.commands.arguments import add_day_order, two_parts
from interview_kit.commands.check import csv_named
from interview_kit.commands.terminal import fail, say, way_back


def add_standardize(commands) -> None:
    """Describe the command `standardize`."""
    writing = commands.add_parser(
        "standardize",
        help="write a file that a spreadsheet re-saved in the kit's form again",
        description="Write dates, numbers, yes and no, and the columns as the kit does; undo takes it back.",
    )
    writing.add_argument(
        "path", nargs="?", metavar="PATH", help="the CSV, or its folder; your own interviews where it is left out"
    )
    add_day_order(writing)
    writing.add_argument(
        "--column",
        metavar="NAME=COLUMN",
        help='which column another name stands for, such as "Date=interviewed_on"',
        action="append",
        default=[],
        type=two_parts,
    )
    writing.set_defaults(run=standardize)


def standardize(given: argparse.Namespace) -> int:
    """Write a table's file in the kit's form again; 1 where it cannot be."""
    from interview_kit.journal import Journal
    from interview_kit.schema import TABLES

    chosen = csv_named(given.path)
    if chosen.name not in [f"{name}.csv" for name in TABLES]:
        return fail(f"{chosen} is none of the kit's own files: {', '.join(f'{name}.csv' for name in TABLES)}")
    journal = Journal(chosen.parent)
    try:
        say(journal.standardize(chosen.stem, day_first=given.day_first, renamed=dict(given.column)))
        left = journal.deviations(chosen.stem)
        undo = way_back(str(chosen.parent))
    except ValueError as error:
        return fail(str(error))
    if left.open_date:
        say(f"{left.open_date!r} can be two days: add --day-first or --month-first.")
    if journal.next_undo():
        say(f"To take it back: {undo}.")
    return 0

"""`interview-kit check`: every problem of the records."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from interview_kit.commands.arguments import add_records, records_named
from interview_kit.commands.clients import clients_of
from interview_kit.commands.terminal import quoted, refused, say, working
from interview_kit.files.problems import Problem, RecordsError
from interview_kit.places import default_folder
from interview_kit.schema import INTERVIEWS, TABLES
from interview_kit.words import listed, plural

if TYPE_CHECKING:
    from interview_kit.clients import Clients


def add_check(commands) -> None:
    """Describe the command `check`."""
    checking = commands.add_parser(
        "check",
        run=check,
        help="list every problem of your records, with its line",
        description="List every problem of a folder's tables, or of one CSV; the exit status is 1 if there is any.",
    )
    add_records(checking, path=True)


def check(given: argparse.Namespace) -> int:
    """Print every problem of the tables of a folder, or of one CSV; 1 where there is any."""
    named = given.path or given.records
    place = records_named(given) or default_folder()
    if clients := clients_of(place):
        return checked_all(clients, named)
    paths = [place] if place.is_file() else [place / f"{name}.csv" for name in TABLES]
    status = max([checked(path, named) for path in paths])
    missing = [path.name for path in paths if not path.exists()]
    if len(missing) == len(paths) and not status:
        say(f"Nothing is written down yet{f' in {place}' if named else ''}, so there is nothing to check.")
        say("To begin, interview-kit opens the form, and interview-kit import FILE brings your spreadsheet along.")
    elif missing:
        say(f"Not there: {listed(missing)}")
    return status


def checked_all(clients: "Clients", named: str | None) -> int:
    """Print the problems of every file of many people, and which files are left out; 1 where there is any problem."""
    from interview_kit.journal.people import people_in

    people, status = people_in(clients.folder), 0
    for one in people.owned:
        tables = [one.folder / f"{name}.csv" for name in TABLES] if one.folder else [one.path]
        for path in filter(Path.exists, tables):
            status = max(status, checked(path, named, f"{path.relative_to(clients.folder).as_posix()}: "))
    for note in people.notes:
        say(f"Note: {note}")
    return status


def checked(path: Path, named: str | None, begin: str = "") -> int:
    """Print every problem of a CSV, and what was read with help; 1 where there is any problem.

    Nothing is printed of one that never was there. `named` is how the person called the records; `begin` stands before
    each line.
    """
    try:
        with working(f"Checking {path.name}"):
            problems, lines = findings(path, named)
    except RecordsError as error:
        return refused(error, named)
    for line in [*problems, *lines]:
        say(begin + line)
    return 1 if problems else 0


def findings(path: Path, named: str | None) -> tuple[list[str], list[str]]:
    """Return a line for each problem of a CSV, and those for the rest; `RecordsError` where it was there and is gone.

    One that has the name of a table is read as that table, any other as interviews.
    """
    from interview_kit.journal import Journal
    from interview_kit.journal.loading import check_table
    from interview_kit.journal.wording import records_of

    table = TABLES.get(path.stem, INTERVIEWS)
    if not path.exists():
        Journal(path.parent).read(table.name)
        return [], []
    found = check_table(path, table)
    problems = [str(Problem(*row)) for row in found.itertuples(index=False)]
    notes = [f"Note: {note}" for note in found.attrs["notes"]]
    if notes and path.stem in TABLES:
        place = named if table is INTERVIEWS else str(path)
        again = f"interview-kit standardize {quoted(place) if place else ''}".rstrip()
        notes.append(f"To write the file in the kit's form again: {again}")
    count = f"{plural(len(problems), 'problem')} in {path}" if problems else ""
    return problems, [*notes, count or f"No problems in {records_of(table.name, found.attrs['records'])}"]

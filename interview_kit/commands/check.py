"""`interview-kit check`: every problem of a file."""

import argparse
from pathlib import Path

from interview_kit.commands.arguments import add_records, records_named
from interview_kit.commands.terminal import quoted, refused, say, working


def add_check(commands) -> None:
    """Describe the command `check`."""
    checking = commands.add_parser(
        "check",
        help="list every problem of a CSV of interviews, with its line",
        description="List every problem of a CSV of interviews, with its line; the exit status is 1 if there is any.",
    )
    add_records(checking, path=True)
    checking.set_defaults(run=check)


def check(given: argparse.Namespace) -> int:
    """Print every problem of a CSV of interviews, and what was read with help; 1 where there is any problem."""
    from interview_kit.files.problems import RecordsError

    try:
        chosen = csv_named(given)
        with working(f"Checking {chosen.name}"):
            problems, lines = findings(chosen, given.path or given.records)
    except RecordsError as error:
        return refused(error, given.path or given.records)
    for line in [*problems, *lines]:
        say(line)
    return 1 if problems else 0


def findings(chosen: Path, named: str | None) -> tuple[list[str], list[str]]:
    """Return a line for each problem of a CSV, and those for the rest; `named` is how the person called it."""
    from interview_kit.files.problems import Problem
    from interview_kit.journal import check_interviews, load_interviews
    from interview_kit.words import plural

    if chosen.name == "interviews.csv" and not chosen.exists():
        return [], nothing_yet(chosen.parent, named)
    checked = check_interviews(chosen)
    problems = [str(Problem(*row)) for row in checked.itertuples(index=False)]
    notes = [f"Note: {note}" for note in checked.attrs["notes"]]
    if notes and chosen.stem == "interviews":
        again = f"interview-kit standardize {quoted(named) if named else ''}".rstrip()
        notes.append(f"To write the file in the kit's form again: {again}")
    if problems:
        return problems, [*notes, f"{plural(len(problems), 'problem')} in {chosen}"]
    return [], [*notes, f"No problems in {plural(len(load_interviews(chosen, on_problem='ignore')), 'interview')}"]


def nothing_yet(folder: Path, named: str | None) -> list[str]:
    """Return how to begin where no interview is written down; `RecordsError` where the file was there and is gone."""
    from interview_kit.journal import Journal

    Journal(folder).interviews()
    return [
        f"Nothing is written down yet{f' in {folder}' if named else ''}, so there is nothing to check.",
        "To begin, interview-kit opens the form, and interview-kit import FILE brings your spreadsheet along.",
    ]


def csv_named(given: argparse.Namespace) -> Path:
    """Return the CSV that the arguments name: the file, that of a folder, or one's own interviews."""
    from interview_kit.places import default_folder

    chosen = records_named(given) or default_folder()
    return chosen / "interviews.csv" if chosen.is_dir() or chosen == default_folder() else chosen

"""`interview-kit check`: every problem of a file."""

from pathlib import Path

from interview_kit.commands.terminal import fail, say


def add_check(commands) -> None:
    """Describe the command `check`."""
    checking = commands.add_parser(
        "check",
        help="list every problem of a CSV of interviews, with its line",
        description="List every problem of a CSV of interviews, with its line; the exit status is 1 if there is any.",
    )
    checking.add_argument(
        "path", nargs="?", metavar="PATH", help="the CSV, or its folder; your own records where it is left out"
    )
    checking.set_defaults(run=lambda given: check(given.path))


def check(path: str | None) -> int:
    """Print every problem of a CSV of interviews, and what was read with help; 1 where there is any problem."""
    from interview_kit.files.problems import RecordsError

    try:
        problems, lines = findings(path)
    except RecordsError as error:
        return fail(str(error))
    for line in [*problems, *lines]:
        say(line)
    return 1 if problems else 0


def findings(path: str | None) -> tuple[list[str], list[str]]:
    """Return a line for each problem of a CSV, of one's own interviews where `path` is None, and those for the rest."""
    from interview_kit.files.problems import Problem, plural
    from interview_kit.journal import check_interviews, load_interviews

    chosen = csv_named(path)
    checked = check_interviews(chosen)
    problems = [str(Problem(*row)) for row in checked.itertuples(index=False)]
    notes = [f"Note: {note}" for note in checked.attrs["notes"]]
    if notes and chosen.stem == "interviews":
        notes.append(f"To write the file in the kit's form again: interview-kit standardize {path or ''}".rstrip())
    if problems:
        return problems, [*notes, f"{plural(len(problems), 'problem')} in {chosen}"]
    return [], [*notes, f"No problems in {plural(len(load_interviews(chosen, on_problem='ignore')), 'interview')}"]


def csv_named(path: str | None) -> Path:
    """Return the CSV that an argument names: the file, that of a folder, or one's own interviews."""
    from interview_kit.places import default_folder

    chosen = Path(path).expanduser() if path else default_folder()
    return chosen if path and not chosen.is_dir() else chosen / "interviews.csv"

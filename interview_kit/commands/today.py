"""`interview-kit today`: what to do now."""

from datetime import date
from pathlib import Path

from interview_kit.commands.arguments import day
from interview_kit.commands.terminal import fail, say


def add_today(commands) -> None:
    """Describe the command `today`."""
    listing = commands.add_parser(
        "today",
        help="list what to do now: follow-ups, and questions to practice",
        description="List the follow-ups that are due or missing, with why, and the questions to practice today.",
    )
    listing.add_argument("--records", metavar="FOLDER", help="the folder of the records; your own if left out")
    listing.add_argument(
        "--as-of", metavar="DATE", type=day, help="the day to list it for, such as 2026-04-03; today if left out"
    )
    listing.set_defaults(run=lambda given: today(given.records, given.as_of))


def today(folder: str | None, as_of: date | None) -> int:
    """Print what to do now; 1 where the records cannot be read."""
    from interview_kit.journal import Journal
    from interview_kit.next_steps import today_lines
    from interview_kit.trends import pending_chances

    where = Path(folder).expanduser() if folder else None
    if where and not where.exists():
        return fail(f"{folder} is not there; name the folder of your records")
    try:
        journal = Journal(where.parent if where and where.is_file() else where)
        lines = today_lines(journal, as_of=as_of, chances=pending_chances(journal.interviews(), as_of=as_of))
        lines += unread(journal)
    except ValueError as error:
        return fail(str(error))
    for line in lines:
        say(line)
    return 0


def unread(journal) -> list[str]:
    """Return a line for each value of a folder's four files that cannot be read, and so is left out."""
    from interview_kit.schema import TABLES

    problems = [f"- {name}.csv, {problem}" for name in TABLES for problem in journal.read(name).attrs["problems"]]
    return ["", "Left out, since it cannot be read:", *problems] if problems else []

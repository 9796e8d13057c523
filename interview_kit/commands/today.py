"""`interview-kit today`: what to do now."""

import argparse
from pathlib import Path
from typing import Any

from interview_kit.commands.arguments import add_records, day, records_named
from interview_kit.commands.terminal import say, working


def add_today(commands) -> None:
    """Describe the command `today`."""
    listing = commands.add_parser(
        "today",
        help="list what to do now: follow-ups, and questions to practice",
        description="List the follow-ups that are due or missing, with why, and the questions to practice today.",
    )
    add_records(listing, path=True)
    listing.add_argument(
        "--as-of", metavar="DATE", type=day, help="the day to list it for, such as 2026-04-03; today if left out"
    )
    listing.set_defaults(run=today)


def today(given: argparse.Namespace) -> int:
    """Print what to do now; 1 where the records cannot be read."""
    from interview_kit.next_steps import today_lines
    from interview_kit.trends import pending_chances

    with working("Reading the records"):
        records, frames = tables_of(records_named(given))
        chances = pending_chances(frames["interviews"], as_of=given.as_of)
        lines = today_lines(records, as_of=given.as_of, chances=chances) + unread(frames)
    for line in lines:
        say(line)
    return 0


def tables_of(named: Path | None) -> tuple[Any, dict]:
    """Return the records of a folder, or of a file among the others of its folder, and the frames of all tables."""
    from interview_kit.journal import Journal, load_interviews
    from interview_kit.schema import TABLES

    is_file = named is not None and named.is_file()
    journal = Journal(named.parent if named and is_file else named)
    frames = {name: journal.read(name) for name in TABLES if not is_file or name != "interviews"}
    if not named or not is_file or named.name == "interviews.csv":
        return journal, {"interviews": journal.interviews(), **frames}
    frames = {"interviews": load_interviews(named, on_problem="ignore"), **frames}
    return frames, frames


def unread(frames: dict) -> list[str]:
    """Return a line for each value of the tables that cannot be read, and so is left out."""
    problems = [f"- {name}.csv, {problem}" for name, frame in frames.items() for problem in frame.attrs["problems"]]
    return ["", "Left out, since it cannot be read:", *problems] if problems else []

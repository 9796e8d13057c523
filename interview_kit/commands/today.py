"""`interview-kit today`: what to do now."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interview_kit.commands.arguments import add_as_of, add_records, journal_named, records_named
from interview_kit.commands.clients import clients_of, unread_files
from interview_kit.commands.terminal import say, working
from interview_kit.schema import TABLES
from interview_kit.words import listed

if TYPE_CHECKING:
    from interview_kit.clients import Clients


def add_today(commands) -> None:
    """Describe the command `today`."""
    listing = commands.add_parser(
        "today",
        run=today,
        help="list what to do now: follow-ups, and questions to practice",
        description="List the follow-ups that are due or missing, with why, and the questions to practice today.",
    )
    add_records(listing, path=True)
    add_as_of(listing, "the day to list it for")


def today(given: argparse.Namespace) -> int:
    """Print what to do now; 1 where the records cannot be read."""
    with working("Reading the records") as told:
        named = records_named(given)
        clients = clients_of(named)
        if clients is None:
            lines = lines_of(*tables_of(given), given.as_of) + lacking(named)
        else:
            lines = lines_of_all(clients, given.as_of, told)
    for line in lines:
        say(line)
    return 0


def lines_of(records: Any, frames: dict, as_of: Any) -> list[str]:
    """Return what one person has to do, and what of it cannot be read."""
    from interview_kit.next_steps import today_lines
    from interview_kit.trends import pending_chances

    chances = pending_chances(frames["interviews"], as_of=as_of)
    return today_lines(records, as_of=as_of, chances=chances) + unread(frames)


def lines_of_all(clients: "Clients", as_of: Any, told: Callable[[str], None]) -> list[str]:
    """Return what each of many people has to do, below their name, who is most behind first; then who has nothing."""
    from interview_kit.next_steps import due_follow_ups, upcoming

    lines, people = [], clients.people
    due = due_follow_ups(clients, as_of=as_of)
    behind = due["person"][(due["days_overdue"] > 0) & ~due["suggested"]].value_counts()
    busy = due["person"].value_counts()
    people.sort(key=lambda name: (-behind.get(name, 0), -busy.get(name, 0)))
    idle = [name for name in people if name not in busy and upcoming(clients.of(name), as_of=as_of).empty]
    for place, name in enumerate((name for name in people if name not in idle), start=1):
        told(f"Reading the records: {place} of {len(people) - len(idle)}, {name}")
        one = clients.of(name)
        frames = {table: one.read(table) for table in TABLES}
        lines += [name, *(f"  {line}".rstrip() for line in lines_of(frames, frames, as_of)), ""]
    lines += [f"Nothing is due for {listed(sorted(idle, key=str.casefold))}."] if idle else []
    return lines + unread_files(clients)


def lacking(named: Path | None) -> list[str]:
    """Return what is not beside a CSV that was named, and so cannot be listed; nothing where all of it is."""
    if named is None or not named.is_file():
        return []
    tables = {"follow_ups": "follow-ups", "questions": "questions to practice", "contacts": "people met"}
    names = [words for table, words in tables.items() if not (named.parent / f"{table}.csv").is_file()]
    return ["", f"{named.name} comes without {listed(names)}; the above follows from the rest."] if names else []


def tables_of(given: argparse.Namespace) -> tuple[Any, dict]:
    """Return the records of a folder, or of a file among the others of its folder, and the frames of all tables."""
    from interview_kit.journal import load_interviews

    named, journal = records_named(given), journal_named(given)
    is_file = named is not None and named.is_file()
    frames = {name: journal.read(name) for name in TABLES if not is_file or name != "interviews"}
    if not named or not is_file or named.name == "interviews.csv":
        return journal, {"interviews": journal.interviews(), **frames}
    frames = {"interviews": load_interviews(named, on_problem="ignore"), **frames}
    return frames, frames


def unread(frames: dict) -> list[str]:
    """Return a line for each value of the tables that cannot be read, and so is left out."""
    problems = [f"- {name}.csv, {problem}" for name, frame in frames.items() for problem in frame.attrs["problems"]]
    return ["", "Left out, since it cannot be read:", *problems] if problems else []

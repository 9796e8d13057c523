"""`interview-kit brief`: what to read before an interview."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from interview_kit.commands.arguments import add_as_of, add_records, records_named
from interview_kit.commands.clients import clients_of
from interview_kit.commands.terminal import fail, say, working
from interview_kit.commands.today import tables_of, unread

if TYPE_CHECKING:
    from interview_kit.clients import Clients

NONE_COMING = "No interview is coming. Plan one on Home, or name one by its id: interview-kit brief ID."


def add_brief(commands) -> None:
    """Describe the command `brief`."""
    reading = commands.add_parser(
        "brief",
        run=brief,
        help="print what to read before the next interview",
        description="Print what the records know before an interview, as Markdown: the company so far, what went badly "
        "elsewhere, what to ask, what to work on and which stories fit.",
    )
    reading.add_argument("id", nargs="?", metavar="ID", help="the id of an interview; the next one if left out")
    add_records(reading)
    add_as_of(reading, "the day that counts as today")


def brief(given: argparse.Namespace) -> int:
    """Print the brief of an interview; 1 where none is coming."""
    from interview_kit import next_steps

    if clients := clients_of(records_named(given)):
        return briefs(clients, given)
    with working("Reading the records"):
        records, frames = tables_of(given)
        key = given.id or next_coming(records, given.as_of)
        text = next_steps.brief(records, key, as_of=given.as_of) if key else ""
    if not key:
        return fail(NONE_COMING)
    for line in [*shown(text).splitlines(), *unread(frames)]:
        say(line)
    return 0


def briefs(clients: "Clients", given: argparse.Namespace) -> int:
    """Print the brief of each person's next interview, or of the one that is named; 1 where there is none."""
    from interview_kit import next_steps

    with working("Reading the records"):
        coming = {}
        for name in clients.people:
            one = clients.of(name)
            key = named_interview(one, given.id) if given.id else next_coming(one, given.as_of)
            coming |= {name: next_steps.brief(one, key, as_of=given.as_of)} if key else {}
    for name, text in coming.items():
        say(f"# {name}\n\n{shown(text)}")
    if coming:
        return 0
    return fail(f"No interview of theirs has the id {given.id!r}." if given.id else "No interview of theirs is coming.")


def shown(text: str) -> str:
    """Return a brief as Markdown for a file or a program, and on a terminal as it is read."""
    from interview_kit.next_steps.markdown import unescaped

    return unescaped(text) if sys.stdout.isatty() else text


def named_interview(one: "Clients", key: str) -> str:
    """Return an id where the interview is one person's, else nothing."""
    return key if key in set(one.interviews()["id"]) else ""


def next_coming(records: Any, as_of: Any) -> str:
    """Return the id of the interview that comes next, empty where none does."""
    from interview_kit.next_steps import upcoming

    table = upcoming(records, as_of=as_of)
    coming = table[~table["overdue_debrief"]]
    return "" if coming.empty else str(coming["id"].iloc[0])

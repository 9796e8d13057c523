"""`interview-kit brief`: what to read before an interview."""

import argparse

from interview_kit.commands.arguments import add_as_of, add_records, records_named
from interview_kit.commands.terminal import fail, say, working
from interview_kit.commands.today import tables_of, unread

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

    with working("Reading the records"):
        records, frames = tables_of(records_named(given))
        planned = next_steps.upcoming(records, as_of=given.as_of)
        key = given.id or next(iter(planned["id"][~planned["overdue_debrief"]]), "")
        text = next_steps.brief(records, key, as_of=given.as_of) if key else ""
    if not key:
        return fail(NONE_COMING)
    for line in [*text.splitlines(), *unread(frames)]:
        say(line)
    return 0

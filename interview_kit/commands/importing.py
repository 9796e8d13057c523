"""`interview-kit import`: the spreadsheet of any tracker, or a calendar."""

import argparse

from interview_kit.commands.arguments import add_day_order, add_records, journal_named, two_parts
from interview_kit.commands.terminal import add_yes, fail, misuse, refusal, say, undo_hint, working

SHOWN_CHANGES = 20
NOTHING_NEWER = "Of what came in before, nothing has changed since."


def add_import(commands) -> None:
    """Describe the command `import`."""
    importing = commands.add_parser(
        "import",
        run=run_import,
        help="bring along the spreadsheet of any tracker, or a calendar",
        description="Show how the CSV or XLSX of a tracker, or a calendar's .ics, would come in, and import it once "
        "you say so.",
    )
    importing.add_argument(
        "files", nargs="+", metavar="FILE", help="the CSV, XLSX or .ics; several that an id holds together"
    )
    importing.add_argument("--newer", action="store_true", help="take over what has changed since it came in before")
    importing.add_argument("--preview", action="store_true", help="only show how it would come in")
    add_day_order(importing)
    importing.add_argument("--year", type=int, help="the year of dates that have none")
    said = {"action": "append", "default": [], "type": two_parts}
    importing.add_argument("--map", metavar="COLUMN=FIELD", help='where a column goes, such as "Firm=company"', **said)
    importing.add_argument("--word", metavar="WORD=MEANING", help='what a word means, such as "Out=rejected"', **said)
    at = 'at which company an event is, such as "Call with Ana=Acme"'
    importing.add_argument("--company", metavar="TITLE=COMPANY", help=at, **said)
    add_records(importing)
    add_yes(importing, "import")


def run_import(given: argparse.Namespace) -> int:
    """Show how files would come in and import them once that is wanted; 1 where it cannot be done."""
    try:
        preview = preview_of(given)
    except ValueError as error:
        option = option_of(error, given)
        return misuse(f"{option}: {error}") if option else fail(str(error))
    for line in preview.lines():
        say(line)
    journal = journal_named(given)
    since = preview.since(journal.interviews())
    if given.preview:
        say(since.question or NOTHING_NEWER) if since.changes or since.unchanged else None
        return 0
    if why := why_not_import(preview, asking=not given.yes):
        return fail(why)
    take = bool(since.changes) and takes_newer(since, given)
    with working("Importing"):
        brought = since.bring(journal, take=take)
    say(preview.outcome(brought, "import it again with --newer"))
    if brought.added or brought.taken:
        say(f"To take it back: {undo_hint(journal.folder)}.")
    return 0


def takes_newer(since, given: argparse.Namespace) -> bool:
    """Say whether the person wants what has changed since an earlier import: by `--newer`, or when asked."""
    for change in since.changes[:SHOWN_CHANGES]:
        say(f"  {change.in_words}")
    if len(since.changes) > SHOWN_CHANGES:
        say(f"  and {len(since.changes) - SHOWN_CHANGES:,} more")
    return given.newer or (not given.yes and not refusal(since.question, "", yes=False))


def preview_of(given: argparse.Namespace):
    """Return how the files would come in."""
    from interview_kit.importing import preview_import

    with working("Reading the spreadsheet"):
        return preview_import(
            given.files,
            mapping=dict(given.map),
            words=dict(given.word),
            companies=dict(given.company),
            day_first=given.day_first,
            year=given.year,
        )


def option_of(error: Exception, given: argparse.Namespace) -> str:
    """Return the option, as it was typed, that an error is about, empty where it is about the files."""
    from interview_kit.importing import ChoiceError

    if not isinstance(error, ChoiceError):
        return ""
    options = {
        "mapping": ("--map", given.map),
        "words": ("--word", given.word),
        "companies": ("--company", given.company),
    }
    option, chosen = options[error.parameter]
    return f'{option} "{error.key}={dict(chosen)[error.key]}"'


def why_not_import(preview, *, asking: bool) -> str:
    """Return why nothing is imported, empty where all is told and the person agrees."""
    if preview.asks_day_order:
        return "Nothing is imported yet: add --day-first or --month-first, since the dates can be read both ways."
    if preview.records.empty and preview.waiting:
        return "Nothing is imported yet: all rows wait for your word. Add the options that are named above."
    if preview.records.empty:
        return "Nothing is imported: no row has what an interview or an application needs."
    return refusal("Import this?", "Nothing is imported", yes=not asking, purpose="import this")

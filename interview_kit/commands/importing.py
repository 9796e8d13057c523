"""`interview-kit import`: the spreadsheet of any tracker, or a calendar."""

import argparse

from interview_kit.commands.arguments import add_day_order, add_records, journal_named, two_parts
from interview_kit.commands.terminal import add_yes, fail, misuse, refusal, say, undo_hint, working

SHOWN_CHANGES = 20


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
    journal = journal_named(given)
    since = preview.since(journal.interviews())
    for line in (*preview.lines(), *change_lines(since)):
        say(line)
    if given.preview:
        say(newer_words(since)) if since.changes or since.unchanged else None
        return 0
    if why := why_not_import(preview, asking=not given.yes):
        return fail(why)
    take = given.newer or bool(since.changes and not given.yes and not refusal(since.question, "", yes=False))
    with working("Importing"):
        brought = since.bring(journal, take=take)
    say(preview.outcome(brought, "import it again with --newer"))
    if brought.added or brought.taken:
        say(f"To take it back: {undo_hint(journal.folder)}.")
    return 0


def change_lines(since) -> list[str]:
    """Return what has changed since an earlier import, a line for each record."""
    shown = [f"  {change.in_words}" for change in since.changes[:SHOWN_CHANGES]]
    more = len(since.changes) - SHOWN_CHANGES
    return [*shown, f"  and {more:,} more"] if more > 0 else shown


def newer_words(since) -> str:
    """Return what has changed since an earlier import, counted, with the option that takes it over."""
    if not since.changes:
        return "Of what came in before, nothing has changed since."
    it = "it" if len(since.changes) == 1 else "them"
    return f"{len(since.changes):,} changed since: {since.counts}. To take {it} over, add --newer."


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
    option, chosen = {
        "mapping": ("--map", given.map),
        "words": ("--word", given.word),
        "companies": ("--company", given.company),
    }[error.parameter]
    return f'{option} "{error.key}={dict(chosen)[error.key]}"'


def why_not_import(preview, *, asking: bool) -> str:
    """Return why nothing is imported, empty where all is told and the person agrees."""
    from interview_kit.importing.readiness import Lack, lack_of

    lacks = {
        Lack.DAY_ORDER: " yet: add --day-first or --month-first, since the dates can be read both ways.",
        Lack.ANSWERS: " yet: all rows wait for your word. Add the options that are named above.",
        Lack.RECORDS: ": no row has what an interview or an application needs.",
    }
    if lack := lack_of(preview):
        return f"Nothing is imported{lacks[lack]}"
    return refusal("Import this?", "Nothing is imported", yes=not asking, purpose="import this")

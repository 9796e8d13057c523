"""`interview-kit import`: the spreadsheet of any tracker."""

import argparse
import sys

from interview_kit.commands.arguments import add_day_order, two_parts
from interview_kit.commands.terminal import fail, say, way_back


def add_import(commands) -> None:
    """Describe the command `import`."""
    bringing = commands.add_parser(
        "import",
        help="bring along the spreadsheet of any tracker",
        description="Show how a CSV or XLSX of any tracker would come in, and import it once you say so.",
    )
    bringing.add_argument("files", nargs="+", metavar="FILE", help="the CSV or XLSX; several that an id holds together")
    bringing.add_argument("--preview", action="store_true", help="only show how it would come in")
    add_day_order(bringing)
    bringing.add_argument("--year", type=int, help="the year of dates that have none")
    said = {"action": "append", "default": [], "type": two_parts}
    bringing.add_argument("--map", metavar="COLUMN=FIELD", help='where a column goes, such as "Firm=company"', **said)
    bringing.add_argument("--word", metavar="WORD=MEANING", help='what a word means, such as "Out=rejected"', **said)
    bringing.add_argument("--records", metavar="FOLDER", help="the folder of the records; your own if left out")
    bringing.add_argument("--yes", action="store_true", help="import without asking")
    bringing.set_defaults(run=bring)


def bring(given: argparse.Namespace) -> int:
    """Show how files would come in and import them once that is wanted; 1 where it cannot be done."""
    from interview_kit.importing import preview_import
    from interview_kit.journal import Journal

    try:
        preview = preview_import(
            given.files, mapping=dict(given.map), words=dict(given.word), day_first=given.day_first, year=given.year
        )
        for line in preview.lines():
            say(line)
        if given.preview:
            return 0
        if why := why_not_import(preview, asking=not given.yes):
            return fail(why)
        journal = Journal(given.records)
        added = journal.add_all("interviews", preview.records, new_columns=True)
    except ValueError as error:
        return fail(str(error))
    say(preview.outcome(added, undo := way_back(given.records)))
    if added.added:
        say(f"To take it back: {undo}.")
    return 0


def why_not_import(preview, *, asking: bool) -> str:
    """Return why nothing is imported, empty where all is told and the person agrees."""
    if preview.asks_day_order:
        return "Nothing is imported yet: add --day-first or --month-first, since the dates can be read both ways."
    if preview.records.empty:
        return "Nothing is imported: no row has what an interview or an application needs."
    if asking and not sys.stdin.isatty():
        return "Nothing is imported yet: add --yes to import this."
    if asking and input("Import this? [y/N] ").strip().casefold() not in ("y", "yes"):
        return "Nothing is imported."
    return ""

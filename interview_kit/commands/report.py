"""`interview-kit report`: what the records say, as files to hand on."""

import argparse
import os
from pathlib import Path
from typing import Any

from interview_kit.commands.arguments import day
from interview_kit.commands.terminal import fail, say


def add_report(commands) -> None:
    """Describe the command `report`."""
    sharing = commands.add_parser(
        "report",
        help="write a report that you can hand on",
        description="Write what the records say into a page that stands alone, with its tables; nothing is sent.",
    )
    dated = {"metavar": "DATE", "type": day}
    sharing.add_argument("--records", metavar="PATH", help="the folder of the records, or a CSV; your own if left out")
    sharing.add_argument("--out", metavar="FOLDER", help="where it goes; exports/report beside the records if left out")
    sharing.add_argument(
        "--format", metavar="LIST", default="html", help="html, png, svg or pdf, several with commas; html if left out"
    )
    sharing.add_argument("--redact", action="store_true", help="codes for names, and no free text")
    sharing.add_argument("--with-notes", action="store_true", help="with your notes, questions and contacts")
    listed = "adds the list of activities from this day on; charts and notes are of all interviews even so"
    sharing.add_argument("--from", dest="start", help=listed, **dated)
    sharing.add_argument("--to", dest="end", help="the last day of that list", **dated)
    sharing.add_argument("--only-period", action="store_true", help="charts and notes are of those days alone, too")
    sharing.add_argument("--as-of", help="the day that counts as today", **dated)
    sharing.set_defaults(run=report)


SHARING = ("redact", "with_notes", "start", "end", "only_period", "as_of")


def report(given: argparse.Namespace) -> int:
    """Write a report and say where it is; 1 where something is in the way or missing."""
    from interview_kit.report import ReportError, save_report

    options: dict[str, Any] = {name: getattr(given, name) for name in SHARING}
    try:
        folder, frame, linked = tables_to_share(given.records, with_notes=given.with_notes)
        options |= invented(folder, given.as_of)
        out = Path(given.out) if given.out else folder / "exports" / "report"
        formats = given.format.replace(" ", "").split(",")
        written = save_report(frame, out, formats=formats, progress=tell_images, **options, **linked)
    except (ReportError, ValueError) as error:
        return fail(str(error))
    page = next((path for path in written if path.name == "report.html"), None)
    say(f"Written: {page or Path(os.path.commonpath(written))}")
    say("Look it through before you hand it on; nothing was sent anywhere.")
    return 0


def invented(folder: Path, as_of: Any) -> dict:
    """Return what a report on the sample says of it, and its day unless another is given; nothing for other records."""
    from interview_kit.places import SAMPLE, SAMPLE_DAY
    from interview_kit.report.contents import INVENTED

    return {"remark": INVENTED, "as_of": as_of or SAMPLE_DAY} if folder.resolve() == SAMPLE.parent else {}


def tables_to_share(records: str | None, *, with_notes: bool) -> tuple[Path, Any, dict]:
    """Return the folder of the records, the interviews and what goes with them; `RecordsError` where there is none."""
    from interview_kit.files.problems import RecordsError, plural
    from interview_kit.journal import Journal, load_interviews

    path = Path(records).expanduser() if records else Journal().folder
    journal = Journal(path.parent if path.is_file() else path)
    frame = load_interviews(path, on_problem="ignore") if path.is_file() else journal.interviews()
    if frame.empty:
        raise RecordsError(f"no interview is in {path}; name the folder of your records, or write one down first")
    if frame.attrs["problems"]:
        unread = plural(len(frame.attrs["problems"]), "value")
        say(f"Left out: {unread} that could not be read; interview-kit check lists what is wrong")
    names = ("questions", "contacts", "follow_ups") if with_notes else ()
    return journal.folder, frame, {name: journal.read(name) for name in names}


def tell_images(done: int, total: int, what: str) -> None:
    """Print how far the images are."""
    if total > 1:
        say(f"{done} of {total}: {what}")

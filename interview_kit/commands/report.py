"""`interview-kit report`: what the records say, as files to hand on."""

import argparse
import os
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from interview_kit.commands.arguments import add_records, day, journal_named, place_named, records_named
from interview_kit.commands.clients import clients_of
from interview_kit.commands.terminal import fail, misuse, refused, say, working
from interview_kit.files.problems import RecordsError
from interview_kit.places import EXPORTS, SAMPLE, SAMPLE_DAY
from interview_kit.words import listed, plural

SHARING = ("redact", "with_notes", "with_interviews", "start", "end", "only_period", "as_of")


def add_report(commands) -> None:
    """Describe the command `report`."""
    sharing = commands.add_parser(
        "report",
        run=report,
        help="write a report that you can hand on",
        description="Write what the records say into a page that stands alone, with its tables; nothing is sent.",
    )
    dated = {"metavar": "DATE", "type": day}
    add_records(sharing, path=True)
    sharing.add_argument("--out", metavar="FOLDER", help="where it goes; exports/report beside the records if left out")
    listed = "html, png, svg or pdf, several with commas; html if left out"
    sharing.add_argument("--format", metavar="LIST", default=["html"], type=formats, help=listed)
    sharing.add_argument("--redact", action="store_true", help="codes for names, and no free text")
    sharing.add_argument("--with-notes", action="store_true", help="with your notes, questions and contacts")
    listed = "adds the list of activities from this day on; charts and notes are of all interviews even so"
    sharing.add_argument("--from", dest="start", help=listed, **dated)
    sharing.add_argument("--to", dest="end", help="the last day of that list", **dated)
    sharing.add_argument("--only-period", action="store_true", help="charts and notes are of those days alone, too")
    whose = sharing.add_mutually_exclusive_group()
    whose.add_argument("--person", metavar="NAME", help="of several people, the one whose report it is")
    whose.add_argument("--each", action="store_true", help="a report for each of several people, with the name on it")
    handed = "with the interviews themselves in codes, for a coach's own kit; only with --redact"
    sharing.add_argument("--with-interviews", action="store_true", help=handed)
    sharing.add_argument("--as-of", help="the day that counts as today", **dated)


def formats(text: str) -> list[str]:
    """Return an argument as a list of formats; `ArgumentTypeError` says which there are."""
    from interview_kit.report import FORMATS

    kinds = [kind.strip() for kind in text.split(",")]
    wrong = next((kind for kind in kinds if kind not in FORMATS), None)
    if wrong is not None:
        raise argparse.ArgumentTypeError(f"{wrong!r} is no format; a report can be {', '.join(FORMATS)}")
    return kinds


def report(given: argparse.Namespace) -> int:
    """Write a report and say where it is; 1 where something is in the way or missing."""
    from interview_kit.report import ReportError, save_report
    from interview_kit.report.contents import title_of
    from interview_kit.report.each import of_person

    if wrong := against_each_other(given):
        return misuse(wrong)
    options: dict[str, Any] = {name: getattr(given, name) for name in SHARING}
    with working("Reading the records"):
        folder, frame, linked = tables_to_share(given)
    tell_unread(frame)
    options |= invented(folder, given.as_of)
    if given.each:
        return reports(given, folder, frame, linked | options)
    if given.person is not None:
        person = reported_person(frame, given.person)
        frame, options["title"] = of_person(frame, person), title_of("Client A" if given.redact else person)
    out = Path(given.out or folder / EXPORTS / "report")
    with working("Writing the report") as told:
        progress = lambda done, total, what: told(f"Writing the report: {done} of {total}, {what}")  # noqa: E731
        try:
            with fonts_told():
                written = save_report(frame, out, formats=given.format, progress=progress, **options, **linked)
        except ReportError as error:
            return refused(error, place_named(given))
    page = next((path for path in written if path.name == "report.html"), None)
    say(f"Written: {page or Path(os.path.commonpath(written))}")
    say("Look it through before you hand it on; nothing was sent anywhere.")
    return 0


def reported_person(frame: Any, person: str) -> str:
    """Return how the name of one of several people is written; `RecordsError` names those there are."""
    from interview_kit.next_steps import named_people
    from interview_kit.report.each import of_person

    found = of_person(frame, person)
    if found.empty:
        names = named_people(frame)
        there = f"there are {listed(names)}" if names else "no interview names a person"
        raise RecordsError(f"nobody is called {person!r} in these records; {there}")
    return str(found["person"].iloc[0])


def reports(given: argparse.Namespace, folder: Path, frame: Any, options: dict) -> int:
    """Write a report for each of several people and say where they are; 1 where one of them could not be written."""
    from interview_kit.clients import client_overview
    from interview_kit.next_steps import due_follow_ups, named_people
    from interview_kit.report.each import before_meeting, none_yet, save_reports

    if not named_people(frame):
        return misuse("--each is for the records of several people, and no interview here names a person.")
    out, clients = Path(given.out or folder / EXPORTS / "reports"), clients_of(records_named(given))
    with working("Writing the reports") as told, fonts_told():
        progress = lambda done, total, name: told(  # noqa: E731
            f"Writing the reports {bar(done, total)} {done} of {total}, {name}"
        )
        if clients and given.with_notes:
            due = due_follow_ups(clients, as_of=given.as_of)
            options["remarks"] = before_meeting(client_overview(clients, as_of=given.as_of), due)
        each = save_reports(frame, out, formats=given.format, progress=progress, **options)
    of_all = f" of {len(each.called)}" if each.failed else ""
    say(f"Written: {len(each.files)}{of_all} reports, in {each.folder}")
    if said := none_yet([name for name in (clients.people if clients else ()) if name not in each.called]):
        say(f"No report: {said}")
    for name, shown in each.called.items():
        if name != shown:
            say(f"{shown} is {name}")
    say("Look them through before you hand them on; nothing was sent anywhere.")
    return max([0, *(fail(why) for why in each.failed)])


def bar(done: int, total: int) -> str:
    """Return how much is done as a bar of 20 characters.

    Examples
    --------
    >>> bar(5, 20)
    '[#####...............]'
    """
    filled = 20 * done // max(total, 1)
    return f"[{'#' * filled}{'.' * (20 - filled)}]"


@contextmanager
def fonts_told() -> Generator[None]:
    """Say what letters cannot be drawn as a sentence, and any other warning as ever."""
    from interview_kit.report import FontWarning

    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", FontWarning)
        yield
    for one in heard:
        if issubclass(one.category, FontWarning):
            fail(str(one.message))
        else:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)


def against_each_other(given: argparse.Namespace) -> str:
    """Return which options do not go together, as they are typed, empty where all do."""
    if given.redact and given.with_notes:
        return "--redact leaves notes and contacts out, --with-notes asks for them; choose one of the two"
    if given.with_interviews and not given.redact:
        return "--with-interviews hands the interviews over in codes; add --redact"
    if given.only_period and not (given.start or given.end):
        return "--only-period keeps to the days of a period; add its first day with --from, its last with --to, or both"
    if given.start and given.end and given.start > given.end:
        return f"--from is {given.start}, which is after --to, {given.end}; the first day must not come after the last"
    return ""


def invented(folder: Path, as_of: Any) -> dict:
    """Return what a report on the sample says of it, and its day unless another is given; nothing for other records."""
    from interview_kit.report.contents import INVENTED

    return {"remark": INVENTED, "as_of": as_of or SAMPLE_DAY} if folder.resolve() == SAMPLE.parent else {}


def tables_to_share(given: argparse.Namespace) -> tuple[Path, Any, dict]:
    """Return the folder of the records, the interviews and what goes with them; `RecordsError` where there is none."""
    from interview_kit.journal import load_interviews
    from interview_kit.journal.loading import one_spelling

    names = ("questions", "contacts", "follow_ups") if given.with_notes else ()
    named, journal = records_named(given), journal_named(given)
    if clients := clients_of(named):
        return clients.folder, clients.interviews(), {name: clients.read(name) for name in names}
    path = named or journal.folder
    frame = one_spelling(load_interviews(path, on_problem="ignore")) if path.is_file() else journal.interviews()
    if frame.empty:
        raise RecordsError(f"no interview is in {path}; name the folder of your records, or write one down first")
    is_own = not path.is_file() and frame["person"].nunique() < 2
    chosen = {"focus": journal.focus() or None, "focus_since": journal.focus_since()} if is_own else {}
    return journal.folder, frame, {name: journal.read(name) for name in names} | chosen


def tell_unread(frame: Any) -> None:
    """Say how many values of a frame could not be read."""
    for said in frame.attrs.get("unread", ()):
        say(f"Left out: {said}")
    if frame.attrs["problems"]:
        unread = plural(len(frame.attrs["problems"]), "value")
        say(f"Left out: {unread} that could not be read; interview-kit check lists what is wrong")

"""The command line: `interview-kit [lab|app|today|report|import|check]`."""

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

FIRST_NOTEBOOK = "notebooks/1_debrief.ipynb"
FIRST_PAGE = "/voila/render/notebooks/0_home.ipynb"
LOOPBACK = "127.0.0.1"
HELP = {"-h", "--help"}
QUIET_LAB = Path(__file__).parent / "jupyter"  # asks nothing about news; only JupyterLab runs notebooks
ROOT_NAMES = ("--ServerApp.root_dir", "--ServerApp.notebook_dir", "--notebook-dir")
# What JupyterLab is told, by the spellings that a user may say otherwise with: this computer only, its own token,
# nothing fetched from outside, and no log that would bury the address.
SETTINGS = {
    ("--ServerApp.ip", "--ip"): LOOPBACK,
    ("--LabApp.default_url",): f"/lab/tree/{FIRST_NOTEBOOK}",
    ("--LabApp.check_for_updates_class",): "jupyterlab.NeverCheckForUpdate",
    ("--LabApp.news_url",): "None",
    ("--LabApp.extension_manager",): "readonly",
    ("--LanguageServerManager.autodetect",): "False",  # it would run npm, and an early Ctrl+C would show in its midst
    ("--ServerApp.log_level", "--log-level", "--debug"): "WARN",
    ("--LabApp.log_level", "--log-level", "--debug"): "WARN",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 1 where something is amiss and was said.

    Without a command it is `lab`, which hands every further argument to JupyterLab. Raises `SystemExit` for `--help`,
    `--version` and, with status 2, for a word that is no command.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in {*HELP, "--version"}):
        arguments.insert(0, "lab")
    if arguments[0] == "lab" and not HELP & set(arguments):
        return lab(arguments[1:])
    if arguments[0] == "app" and not HELP & set(arguments):
        return lab([f"--LabApp.default_url={FIRST_PAGE}", *arguments[1:]], shown="Interview Kit")
    given = parser().parse_args(arguments)
    return given.run(given)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the commands."""
    top = argparse.ArgumentParser(
        prog="interview-kit",
        description="Write job interviews down while they are fresh, and see what lines up with callbacks.",
        epilog="Without a command it is lab: interview-kit --port 9999 is interview-kit lab --port 9999.",
    )
    top.add_argument("--version", action=ShowVersion, nargs=0, help="show the version of Interview Kit")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands.add_parser(
        "lab",
        help="open the notebooks in JupyterLab",
        usage="interview-kit [lab] [OPTION ...]",
        description="Open the notebooks in JupyterLab, on this computer only.",
        epilog="Every option goes to JupyterLab, as in --port 9999; interview-kit lab --help-all lists them.",
    )
    commands.add_parser(
        "app",
        help="open the notebooks as plain pages without code",
        usage="interview-kit app [OPTION ...]",
        description="Open the notebooks as plain pages without code, on this computer only.",
        epilog="It takes the options of lab, and the same address shows JupyterLab under /lab.",
    )
    add_check(commands)
    add_standardize(commands)
    add_today(commands)
    add_report(commands)
    add_import(commands)
    return top


def add_check(commands) -> None:
    """Describe the command `check`."""
    checking = commands.add_parser(
        "check",
        help="list every problem of a CSV of interviews, with its line",
        description="List every problem of a CSV of interviews, with its line; the exit status is 1 if there is any.",
    )
    checking.add_argument(
        "path", nargs="?", metavar="PATH", help="the CSV, or its folder; your own records where it is left out"
    )
    checking.set_defaults(run=lambda given: check(given.path))


def add_standardize(commands) -> None:
    """Describe the command `standardize`."""
    writing = commands.add_parser(
        "standardize",
        help="write a file that a spreadsheet re-saved in the kit's form again",
        description="Write dates, numbers, yes and no, and the columns as the kit does; undo takes it back.",
    )
    writing.add_argument(
        "path", nargs="?", metavar="PATH", help="the CSV, or its folder; your own interviews where it is left out"
    )
    add_day_order(writing)
    writing.add_argument(
        "--column",
        metavar="NAME=COLUMN",
        help='which column another name stands for, such as "Date=interviewed_on"',
        action="append",
        default=[],
        type=two_parts,
    )
    writing.set_defaults(run=standardize)


def add_day_order(command) -> None:
    """Describe the options that say what comes first in a date."""
    order = command.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_true", default=None, help="03/04/2026 is in April")
    order.add_argument("--month-first", dest="day_first", action="store_false", help="03/04/2026 is in March")


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


def two_parts(text: str) -> tuple[str, str]:
    """Return the two sides of an argument's last equals sign; `ArgumentTypeError` says how to write it."""
    name, equals, value = text.rpartition("=")
    if not equals or not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"{text!r} has no two sides; write it as NAME=VALUE")
    return name.strip(), value.strip()


def day(text: str) -> date:
    """Return an argument as a day; `ArgumentTypeError` says how to write it."""
    from interview_kit.schema import parse_date

    try:
        return parse_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} {error}") from None


class ShowVersion(argparse.Action):
    """An option that looks the version up only when it is asked for."""

    def __call__(self, parser, namespace, values, option_string=None):
        """Print the version and leave."""
        from importlib.metadata import version

        print(f"interview-kit {version('interview-kit')}")
        parser.exit()


# lab: JupyterLab on this computer only, open on the first notebook.


def lab(arguments: Sequence[str], shown: str = "JupyterLab") -> int:
    """Run JupyterLab, and the pages beside it, until it ends, and return its exit status; `shown` is what is opened."""
    refusal = port_refusal(arguments)
    if refusal:
        return fail(refusal)
    try:
        root, told = lab_root(arguments)
    except ValueError as error:
        return fail(str(error))
    notices, extra = surroundings()
    for notice in [*told, *notices, f"{shown} is starting. Keep this window open; Ctrl+C here stops it."]:
        print(notice, flush=True)
    return run(lab_command([*extra, *arguments], root))


def lab_root(arguments: Sequence[str]) -> tuple[Path, list[str]]:
    """Return the folder that JupyterLab opens, and what to say of it.

    It is the checkout; of an installed package the one that `arguments` name, else the user's own, with the notebooks
    in it. Raises `RecordsError` where the notebooks are not there, or cannot be put there.
    """
    from interview_kit import places
    from interview_kit.files.problems import RecordsError
    from interview_kit.user_notebooks import place_notebooks

    if not (places.OWN / FIRST_NOTEBOOK).is_file():
        raise RecordsError(
            f"{places.OWN / FIRST_NOTEBOOK} is not there; get the whole project, notebooks included, and run "
            "`uv run --no-dev interview-kit` in its folder."
        )
    if places.PACKAGE.parent == places.OWN:
        return places.OWN, []
    named = last_value(arguments, *ROOT_NAMES)
    root = Path(named).expanduser().resolve() if named else places.user_folder()
    told = place_notebooks(places.NOTEBOOKS, root / "notebooks")
    return root, [f"Your notebooks are in {root / 'notebooks'}, your records go to {places.default_folder()}.", *told]


def lab_command(arguments: Sequence[str], root: Path) -> list[str]:
    """Return the command that starts JupyterLab with our settings, less those that `arguments` give themselves."""
    given = {argument.partition("=")[0] for argument in arguments}
    settings = SETTINGS | {ROOT_NAMES: str(root)}
    told = [f"{names[0]}={value}" for names, value in settings.items() if not given & set(names)]
    return [sys.executable, "-m", "jupyterlab", "-y", *told, *arguments]  # -y: Ctrl+C asks nothing


def surroundings(environ: Mapping[str, str] = os.environ) -> tuple[list[str], list[str]]:
    """Return what the user must know about where this runs, and the options that go with it."""
    notices, extra = [], []
    if is_root():
        notices.append("You are root, so JupyterLab is started with --allow-root.")
        extra.append("--allow-root")
    if not has_screen(environ):
        notices.append("No browser can be opened from here: open the address below, token included, in yours.")
        extra.append("--no-browser")
    return notices, extra


def is_root() -> bool:
    """Say whether this runs as the administrator of a Unix system."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_screen(environ: Mapping[str, str]) -> bool:
    """Say whether a browser can be shown to the person who typed the command."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return False
    return not sys.platform.startswith("linux") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def run(command: Sequence[str]) -> int:
    """Run a command to its end and return its exit status.

    Ctrl+C reaches it from the terminal itself, so it is only waited for; a request to end is handed on.
    """
    configured = os.pathsep.join(filter(None, [str(QUIET_LAB), os.environ.get("JUPYTER_CONFIG_PATH")]))
    process = subprocess.Popen(command, env={**os.environ, "JUPYTER_CONFIG_PATH": configured})  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        with suppress(KeyboardInterrupt):
            return max(process.wait(), 0)


# The port.


def port_refusal(arguments: Sequence[str]) -> str:
    """Return why the port that was asked for cannot be used, empty where it can or none was asked for."""
    asked = last_value(arguments, "--port", "--ServerApp.port")
    if asked is None:
        return ""
    if not asked.isdecimal() or int(asked) > 65535:
        return f"--port is {asked!r}; it must be a whole number up to 65535, such as --port 8890."
    address = last_value(arguments, "--ip", "--ServerApp.ip") or LOOPBACK
    why = why_not_free(int(asked), address)
    example = free_port(int(asked), address) if why else 0
    return why and f"Port {asked} {why}; try another, such as --port {example}, or leave --port out to get a free one."


def last_value(arguments: Sequence[str], *names: str) -> str | None:
    """Return the value that an option was given last, spelled `--name value` or `--name=value`."""
    found = None
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name in names and equals:
            found = value
        elif name in names and place + 1 < len(arguments):
            found = arguments[place + 1]
    return found


def why_not_free(port: int, address: str = LOOPBACK) -> str:
    """Return why nothing can listen on a port, empty where something can."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as JupyterLab does
        try:
            probe.bind(("" if address == "*" else address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return "is taken by another program"
            return f"cannot be used ({(error.strerror or str(error)).lower()})"
    return ""


def free_port(near: int, address: str = LOOPBACK) -> int:
    """Return a free port: the next one, or any."""
    candidates = [port for port in (*range(near + 1, near + 50), *range(8890, 8990)) if 1024 <= port <= 65535]
    return next((port for port in candidates if not why_not_free(port, address)), 8890)


# check: every problem of a file.


def check(path: str | None) -> int:
    """Print every problem of a CSV of interviews, and what was read with help; 1 where there is any problem."""
    from interview_kit.files.problems import RecordsError

    try:
        problems, lines = findings(path)
    except RecordsError as error:
        return fail(str(error))
    for line in [*problems, *lines]:
        say(line)
    return 1 if problems else 0


def findings(path: str | None) -> tuple[list[str], list[str]]:
    """Return a line for each problem of a CSV, of one's own interviews where `path` is None, and those for the rest."""
    from interview_kit.files.problems import Problem, plural
    from interview_kit.journal import check_interviews, load_interviews

    chosen = csv_named(path)
    checked = check_interviews(chosen)
    problems = [str(Problem(*row)) for row in checked.itertuples(index=False)]
    notes = [f"Note: {note}" for note in checked.attrs["notes"]]
    if notes and chosen.stem == "interviews":
        notes.append(f"To write the file in the kit's form again: interview-kit standardize {path or ''}".rstrip())
    if problems:
        return problems, [*notes, f"{plural(len(problems), 'problem')} in {chosen}"]
    return [], [*notes, f"No problems in {plural(len(load_interviews(chosen, on_problem='ignore')), 'interview')}"]


def csv_named(path: str | None) -> Path:
    """Return the CSV that an argument names: the file, that of a folder, or one's own interviews."""
    from interview_kit.places import default_folder

    chosen = Path(path).expanduser() if path else default_folder()
    return chosen if path and not chosen.is_dir() else chosen / "interviews.csv"


def standardize(given: argparse.Namespace) -> int:
    """Write a table's file in the kit's form again; 1 where it cannot be."""
    from interview_kit.journal import Journal
    from interview_kit.schema import TABLES

    chosen = csv_named(given.path)
    if chosen.name not in [f"{name}.csv" for name in TABLES]:
        return fail(f"{chosen} is none of the kit's own files: {', '.join(f'{name}.csv' for name in TABLES)}")
    journal = Journal(chosen.parent)
    try:
        say(journal.standardize(chosen.stem, day_first=given.day_first, renamed=dict(given.column)))
        left = journal.deviations(chosen.stem)
        undo = way_back(str(chosen.parent))
    except ValueError as error:
        return fail(str(error))
    if left.open_date:
        say(f"{left.open_date!r} can be two days: add --day-first or --month-first.")
    if journal.next_undo():
        say(f"To take it back: {undo}.")
    return 0


# today: what to do now.


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


# import: the spreadsheet of any tracker.


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


def way_back(records: str | None) -> str:
    """Return how the last change to a folder is taken back: the notebooks show only the records of their own."""
    from interview_kit.places import default_folder

    if not records or Path(records).expanduser().resolve() == default_folder().resolve():
        return '"Undo the last change" in notebook 1, or ik.Journal().undo() in any'
    return f"ik.Journal({str(Path(records).expanduser().resolve())!r}).undo() in any notebook"


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


# report: what the records say, as files to hand on.
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


def unread(journal) -> list[str]:
    """Return a line for each value of a folder's four files that cannot be read, and so is left out."""
    from interview_kit.schema import TABLES

    problems = [f"- {name}.csv, {problem}" for name in TABLES for problem in journal.read(name).attrs["problems"]]
    return ["", "Left out, since it cannot be read:", *problems] if problems else []


def say(line: str) -> None:
    """Print a line, with escapes for what the terminal's encoding lacks."""
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, "backslashreplace").decode(encoding))


def fail(sentence: str) -> int:
    """Print what went wrong where errors go, and return the exit status that says so."""
    print(sentence, file=sys.stderr)
    return 1

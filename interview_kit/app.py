"""The command line: `interview-kit [COMMAND]`; without one it opens the notebooks in JupyterLab."""

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from interview_kit.commands import brief, check, erase, importing, pack, report, restore, standardize, today
from interview_kit.commands.arguments import EXIT_CODES, Parser, ShowVersion, misspelled_lab_option, place_named
from interview_kit.commands.terminal import fail, misuse, refused

FIRST_NOTEBOOK = "notebooks/0_home.ipynb"
FIRST_PAGE = f"/voila/render/{FIRST_NOTEBOOK}"
LOOPBACK = "127.0.0.1"
HELP = {"-h", "--help"}
# What JupyterLab is set to: no questions about news or kernels, and the kit's own notebooks run by themselves.
QUIET_LAB = Path(__file__).resolve().parent / "jupyter"
ROOT_NAMES = ("--ServerApp.root_dir", "--ServerApp.notebook_dir", "--notebook-dir")
# What JupyterLab is told, by the spellings that a user may say otherwise with: this computer only, its own token,
# nothing fetched from outside, and no log that would bury the address.
SETTINGS = {
    ("--ServerApp.ip", "--ip"): LOOPBACK,
    ("--LabApp.default_url",): f"/lab/tree/{FIRST_NOTEBOOK}",
    ("--LabApp.check_for_updates_class",): "jupyterlab.NeverCheckForUpdate",
    ("--LabApp.news_url",): "None",
    ("--LabApp.extension_manager",): "readonly",
    ("--LabApp.extra_labextensions_path",): str(QUIET_LAB / "labextensions"),
    ("--LanguageServerManager.autodetect",): "False",  # it would run npm, and an early Ctrl+C would show in its midst
    ("--ServerApp.log_level", "--log-level", "--debug"): "WARN",
    ("--LabApp.log_level", "--log-level", "--debug"): "WARN",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 1 where something is amiss and was said.

    Without a command it is `lab`, which hands every further argument to JupyterLab. Raises `SystemExit` for `--help`,
    `--version` and, with status 2, for a word that is no command and an option that is none.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in {*HELP, "--version"}):
        arguments.insert(0, "lab")
    top = parser()
    faces = {"lab": lab, "app": pages}
    if arguments[0] in faces:
        if HELP & set(arguments):
            top.parse_args([arguments[0], "--help"])
        if wrong := misspelled_lab_option(top, arguments[1:]):
            top.error(wrong)
        return faces[arguments[0]](arguments[1:])
    return carried_out(top.parsed(arguments))


def carried_out(given: argparse.Namespace) -> int:
    """Run the command that was given and return its exit status, also where it cannot be done, or was stopped."""
    try:
        status = given.run(given)
        sys.stdout.flush()
        return status
    except ValueError as error:
        return refused(error, place_named(given))
    except KeyboardInterrupt:
        return fail("\nStopped before it was done.")
    except BrokenPipeError:  # as in `interview-kit check | head`; Python would complain once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def parser() -> Parser:
    """Return the parser of the commands."""
    top = Parser(
        prog="interview-kit",
        description="Write job interviews down while they are fresh, and see what lines up with callbacks.",
        epilog="Without a command it is lab: interview-kit --port 9999 is interview-kit lab --port 9999.\n"
        f"interview-kit COMMAND --help says what a command takes.\n\n{EXIT_CODES}",
    )
    top.add_argument("--version", action=ShowVersion, nargs=0, help="show the version of Interview Kit")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands.add_parser(
        "lab",
        help="open the notebooks in JupyterLab",
        usage="interview-kit [lab] [OPTION ...]",
        description="Open the notebooks in JupyterLab, on this computer only.",
        epilog="Every option goes to JupyterLab, as in --port 9999; interview-kit lab --help-all lists them.\n"
        "One that is nearly --port, --no-browser, --notebook-dir or --ip, and none of its own, is asked about.",
    )
    commands.add_parser(
        "app",
        help="open the notebooks as plain pages without code",
        usage="interview-kit app [OPTION ...]",
        description="Open the notebooks as plain pages without code, on this computer only.",
        epilog="It takes the options of lab, and the same address shows JupyterLab under /lab.",
    )
    today.add_today(commands)
    brief.add_brief(commands)
    report.add_report(commands)
    importing.add_import(commands)
    check.add_check(commands)
    standardize.add_standardize(commands)
    restore.add_undo(commands)
    restore.add_restore(commands)
    pack.add_pack(commands)
    pack.add_unpack(commands)
    erase.add_erase(commands)
    top.commands = commands.choices
    return top


# lab: JupyterLab on this computer only, open on the first notebook.


def lab(arguments: Sequence[str], shown: str = "JupyterLab") -> int:
    """Run JupyterLab, and the pages beside it, until it ends, and return its exit status; `shown` is what is opened."""
    asked = last_value(arguments, "--port", "--ServerApp.port")
    if asked is not None and (not asked.isdecimal() or int(asked) > 65535):
        return misuse(f"--port is {asked!r}; it must be a whole number up to 65535, such as --port 8890.")
    if asked and (refusal := port_refusal(int(asked), last_value(arguments, "--ip", "--ServerApp.ip") or LOOPBACK)):
        return fail(refusal)
    try:
        root, told = lab_root(arguments)
    except ValueError as error:
        return fail(str(error))
    notices, extra = surroundings()
    for notice in [*told, *notices, f"{shown} is starting. Keep this window open; Ctrl+C here stops it."]:
        print(notice, flush=True)
    return run(lab_command([*extra, *arguments], root))


def pages(arguments: Sequence[str]) -> int:
    """Run the same server, open on Home's page, until it ends, and return its exit status."""
    return lab([f"--LabApp.default_url={FIRST_PAGE}", *arguments], shown="Interview Kit")


def lab_root(arguments: Sequence[str]) -> tuple[Path, list[str]]:
    """Return the folder that JupyterLab opens, and the notices about it.

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
    from interview_kit.places import user_folder

    given = {argument.partition("=")[0] for argument in arguments}
    layouts = user_folder() / "workspaces"  # our own, so that our folded list and open notebooks are in no other's
    settings = SETTINGS | {("--LabApp.workspaces_dir",): str(layouts), ROOT_NAMES: str(root)}
    told = [f"{names[0]}={value}" for names, value in settings.items() if not given & set(names)]
    return [sys.executable, "-m", "jupyterlab", "-y", *told, *arguments]  # -y: Ctrl+C asks nothing


def surroundings() -> tuple[list[str], list[str]]:
    """Return what the user must know about where this runs, and the options that go with it."""
    notices, extra = [], []
    if is_root():
        notices.append("You are root, so JupyterLab is started with --allow-root.")
        extra.append("--allow-root")
    if not has_screen(os.environ):
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


def port_refusal(port: int, address: str) -> str:
    """Return why a port cannot be used, and one that can; empty where it can."""
    why = why_not_free(port, address)
    example = free_port(port, address) if why else 0
    return why and f"Port {port} {why}; try another, such as --port {example}, or leave --port out to get a free one."


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

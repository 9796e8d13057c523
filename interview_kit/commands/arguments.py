"""The words after a command: its options, what they take, and the nearest one to what was mistyped."""

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from interview_kit.files.problems import RecordsError
from interview_kit.places import default_folder
from interview_kit.schema import parse_date

if TYPE_CHECKING:
    from interview_kit.journal import Journal

NUMBER = re.compile(r"-\d+|-\d*\.\d+")  # a value that begins like an option, as argparse has it
EXIT_CODES = """\
exit status:
  0  done, and nothing is amiss
  1  problems were found, or it could not be done; the reason is printed
  2  the command or an option was written wrong"""
# What JupyterLab takes beside options with a dot, such as --ServerApp.port; a test compares with JupyterLab itself.
LAB_OPTIONS = (
    *("allow-root", "app-dir", "autoreload", "browser", "certfile", "client-ca", "collaborative", "config"),
    *("core-mode", "custom-css", "debug", "dev-mode", "expose-app-in-browser", "extensions-in-dev-mode"),
    *("generate-config", "help", "help-all", "ip", "keyfile", "log-level", "no-browser", "no-script", "notebook-dir"),
    *("port", "port-retries", "pylab", "script", "show-config", "show-config-json", "skip-dev-build"),
    *("splice-source", "version", "watch", "y"),
)
OFTEN_MEANT = ("port", "no-browser", "notebook-dir", "ip", "help", "version")


class Layout(argparse.RawDescriptionHelpFormatter):
    """Lays a help text out: the lines of its last part as they are, and room for the longest name of a command."""

    def __init__(self, prog: str, **options):
        super().__init__(prog, **options)
        self._action_max_length = 16


class Parser(argparse.ArgumentParser):
    """A parser that takes no abbreviations, and says of what was written wrong what was perhaps meant."""

    def __init__(self, run: Callable[[argparse.Namespace], int] | None = None, **options):
        super().__init__(allow_abbrev=False, formatter_class=Layout, **options)
        self.set_defaults(run=run)
        self.commands: dict[str, Parser] = {}

    def error(self, message: str):
        """Say in one line what is wrong, and where more is said, and leave with status 2."""
        self.exit(2, f"{self.prog}: {message}\n{self.prog} --help says what it takes.\n")

    def refuse_unknown(self, words: Sequence[str]) -> None:
        """Leave with status 2 where a command, or an option of it, is none, naming what is nearest."""
        if words and not words[0].startswith("-") and words[0] not in self.commands:
            known = ", ".join(self.commands)
            self.error(f"{words[0]!r} is no command; {meant(words[0], self.commands) or f'the commands are {known}'}")
        command = self.commands.get(words[0], self) if words else self
        for word in options_among(words):
            if word not in command._option_string_actions:
                hint = meant(word, command._option_string_actions)
                command.error(f"{word} is no option{hint and '; '}{hint}")

    def parsed(self, words: Sequence[str]) -> argparse.Namespace:
        """Return the arguments of a command; leave with status 2 where one is none, or one too many."""
        self.refuse_unknown(words)
        given, left = self.parse_known_args(words)
        if left:
            self.commands[words[0]].error(f"{left[0]!r} is one word too many")
        return given

    def of_commands(self, option: str) -> list[str]:
        """Return the commands that take an option."""
        return [name for name, command in self.commands.items() if option in command._option_string_actions]


def options_among(words: Iterable[str]) -> list[str]:
    """Return the options as they were typed, less their values; what comes after `--` is none."""
    found = []
    for word in words:
        if word == "--":
            break
        name = word.partition("=")[0]
        if name.startswith("-") and name != "-" and not NUMBER.fullmatch(word) and " " not in name:
            found.append(name)
    return found


def meant(typed: str, known: Iterable[str]) -> str:
    """Return the question whether the nearest of some words was meant, empty where none is near."""
    names = {name.lstrip("-"): name for name in known}
    bare = typed.lstrip("-").casefold()
    begun = [name for name in names if len(bare) > 1 and name.startswith(bare)]
    close = begun[:1] or difflib.get_close_matches(bare, names, n=1, cutoff=0.6)
    return f"did you mean {names[close[0]]}?" if close else ""


def misspelled_lab_option(top: Parser, words: Sequence[str]) -> str:
    """Return what is wrong with an option that JupyterLab would swallow without a word, empty where nothing is.

    JupyterLab takes any option and does nothing with one that it does not know. So one that is near to those that
    people mostly give is asked about, and one of another command is told where it belongs; all others go on to it.
    """
    for name in (word for word in options_among(words) if word.startswith("--") and "." not in word):
        if name.removeprefix("--") in LAB_OPTIONS:
            continue
        if takers := top.of_commands(name):
            return f"{name} is an option of {', '.join(takers)}; write the command first: {top.prog} {takers[0]} {name}"
        if close := difflib.get_close_matches(name.removeprefix("--").casefold(), OFTEN_MEANT, n=1, cutoff=0.7):
            return f"{name} is no option; did you mean --{close[0]}?"
    return ""


def place_named(given: argparse.Namespace) -> str | None:
    """Return the folder or the file that the person named, None for one's own."""
    return next(filter(None, (getattr(given, name, None) for name in ("path", "records", "out"))), None)


def add_records(command: argparse.ArgumentParser, *, path: bool = False, yours: str = "your own") -> None:
    """Describe how the records are named: with `--records`, and where `path` is so also without it."""
    said = f"the folder of the records, or a CSV; {yours} where it is left out"
    where = command.add_mutually_exclusive_group()
    if path:
        where.add_argument("path", nargs="?", metavar="PATH", help=said)
    where.add_argument("--records", metavar="PATH", help="the same" if path else said)


def records_named(given: argparse.Namespace) -> Path | None:
    """Return the folder or the file that was named, None for one's own; `RecordsError` where it is not there."""
    named = getattr(given, "path", None) or given.records
    path = Path(named).expanduser() if named else None
    if path and not path.exists():
        raise RecordsError(f"{named} is not there; name the folder of your records, or a CSV of interviews")
    return path


def folder_named(given: argparse.Namespace) -> Path:
    """Return the folder of the records that were named, which need not be there; one's own where none was."""
    named = getattr(given, "path", None) or given.records
    path = Path(named).expanduser() if named else default_folder()
    return path.parent if path.is_file() else path


def journal_named(given: argparse.Namespace) -> "Journal":
    """Return the journal of the folder of the records that were named, or of one's own."""
    from interview_kit.journal import Journal

    return Journal(folder_named(given))


def add_as_of(command: argparse.ArgumentParser, what: str) -> None:
    """Describe the option that says which day counts as today."""
    said = f"{what}, such as 2026-04-03; today if left out"
    command.add_argument("--as-of", metavar="DATE", type=day, help=said)


def add_day_order(command: argparse.ArgumentParser) -> None:
    """Describe the options that say what comes first in a date."""
    order = command.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_true", default=None, help="03/04/2026 is in April")
    order.add_argument("--month-first", dest="day_first", action="store_false", help="03/04/2026 is in March")


def two_parts(text: str) -> tuple[str, str]:
    """Return the two sides of an argument's last equals sign; `ArgumentTypeError` says how to write it."""
    name, equals, value = text.rpartition("=")
    if not equals or not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"{text!r} has no two sides; write it as NAME=VALUE")
    return name.strip(), value.strip()


def day(text: str) -> date:
    """Return an argument as a day; `ArgumentTypeError` says how to write it."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} {error}") from None


class ShowVersion(argparse.Action):
    """An option that looks the version up only when it is asked for."""

    def __call__(self, parser, namespace, values, option_string=None):
        """Print the version and leave."""
        from importlib.metadata import version

        sys.stdout.write(f"interview-kit {version('interview-kit')}\n")
        parser.exit()

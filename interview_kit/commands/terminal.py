"""What commands say on the screen, what they ask, and how they say that they are still at work."""

import argparse
import errno
import os
import shlex
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from interview_kit.places import default_folder

FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
PATIENCE = 1.0  # seconds after which a person wonders
WIDTH = 78


def say(line: str) -> None:
    """Print a line, with escapes for what the terminal's encoding lacks."""
    print(writable(line, sys.stdout))


def writable(text: str, stream) -> str:
    """Return a text with escapes for what a stream's encoding lacks."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def fail(sentence: str) -> int:
    """Print what went wrong where errors go, and return the exit status that says so."""
    print(writable(sentence, sys.stderr), file=sys.stderr)
    return 1


def misuse(sentence: str) -> int:
    """Print what was written wrong where errors go, and return the exit status that says so."""
    fail(sentence)
    return 2


def refused(error: Exception, named: object = None) -> int:
    """Print an error, and what to do: which folder could be set where the disk forbids it, where backups are listed.

    `named` is the folder or the file that the person named.
    """
    if getattr(error, "backup", ""):
        return fail(f"{error}\nOn the command line, interview-kit restore lists the backups and puts one back.")
    cause = error.__cause__ or error.__context__ or error
    if not isinstance(cause, OSError) or cause.errno not in FORBIDDEN:
        return fail(str(error))
    if named:
        return fail(f"{error}\nName a folder that you may write to.")
    return fail(
        f"{error}\nTo keep your records in another folder, set INTERVIEW_KIT_DATA=FOLDER to one that you may write to."
    )


def refusal(question: str, nothing: str, *, yes: bool, purpose: str = "do it", word: str = "") -> str:
    """Return why something is not done, empty where the person agrees: by `--yes`, when asked, or with a `word`."""
    if yes:
        return ""
    if not sys.stdin.isatty():
        return f"{nothing} yet: add --yes to {purpose}."
    typed = answer(question if word else f"{question} [y/N] ")
    return "" if typed in ([word] if word else ["y", "yes"]) else f"{nothing}."


def answer(question: str) -> str:
    """Return what the person types, empty where the input ends."""
    try:
        return input(writable(question, sys.stdout)).strip().casefold()
    except EOFError:
        return ""


def add_yes(command: argparse.ArgumentParser, what: str) -> None:
    """Describe the option that answers the question beforehand."""
    command.add_argument("--yes", action="store_true", help=f"{what} without asking")


@contextmanager
def working(what: str) -> Generator[Callable[[str], None]]:
    """Say on the screen what is at work once that takes longer, and for how long; nothing where nobody looks.

    What is yielded changes the words.
    """
    if not sys.stderr.isatty():
        yield lambda words: None
        return
    words, done = [what], threading.Event()
    teller = threading.Thread(target=tell, args=(words, done), daemon=True)
    teller.start()
    try:
        yield lambda newer: words.__setitem__(0, newer)
    finally:
        done.set()
        teller.join()


def tell(words: list[str], done: threading.Event) -> None:
    """Write the words and the seconds over one another until it is done, and then nothing in their place."""
    began = time.monotonic()
    if done.wait(PATIENCE):
        return
    while True:
        line = f"{words[0]} … {time.monotonic() - began:.0f} s"[:WIDTH]
        sys.stderr.write(f"\r{writable(line, sys.stderr):<{WIDTH}}")
        sys.stderr.flush()
        if done.wait(0.5):
            break
    sys.stderr.write(f"\r{'':<{WIDTH}}\r")
    sys.stderr.flush()


def undo_hint(folder: Path) -> str:
    """Return the command that takes the last change to a folder back."""
    return command("undo", folder)


def command(words: str, folder: Path) -> str:
    """Return a command as it is typed for the records of a folder, which one's own need not name."""
    place = folder.expanduser().resolve()
    named = "" if place == default_folder().expanduser().resolve() else f" --records {quoted(str(place))}"
    return f"interview-kit {words}{named}"


def quoted(path: str) -> str:
    """Return a path as the person's own shell takes it."""
    return f'"{path}"' if os.name == "nt" and " " in path else path if os.name == "nt" else shlex.quote(path)

"""What commands say on the screen, and what they ask."""

import sys
from pathlib import Path


def say(line: str) -> None:
    """Print a line, with escapes for what the terminal's encoding lacks."""
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, "backslashreplace").decode(encoding))


def fail(sentence: str) -> int:
    """Print what went wrong where errors go, and return the exit status that says so."""
    print(sentence, file=sys.stderr)
    return 1


def way_back(records: str | None) -> str:
    """Return how the last change to a folder is taken back: the notebooks show only the records of their own."""
    from interview_kit.places import default_folder

    if not records or Path(records).expanduser().resolve() == default_folder().resolve():
        return '"Undo the last change" in notebook 1, or ik.Journal().undo() in any'
    return f"ik.Journal({str(Path(records).expanduser().resolve())!r}).undo() in any notebook"

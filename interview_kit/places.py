"""Where the kit's own notebooks and sample lie, and where a person's records go."""

import os
from datetime import date
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# What an installed package carries inside, a checkout has at its top.
OWN = PACKAGE / "shipped" if (PACKAGE / "shipped").is_dir() else PACKAGE.parent
NOTEBOOKS = OWN / "notebooks"
SAMPLE = OWN / "data" / "sample" / "interviews.csv"
EXPORTS = "exports"  # the folder, beside the records, of what is made of them
SAMPLE_DAY = date(2026, 11, 3)  # the sample ends in these days; later nobody would be waiting any more


def default_folder() -> Path:
    """Return the folder of a person's records.

    It is the one that INTERVIEW_KIT_DATA names, else `data/mine` of the checkout that the notebook or the working
    folder lies in, else `mine` in `user_folder()`.
    """
    named = os.environ.get("INTERVIEW_KIT_DATA")
    return Path(named).expanduser() if named else home_of_records() / "mine"


def clients_folder() -> Path:
    """Return the folder of the people whom a coach helps: INTERVIEW_KIT_CLIENTS, else `clients` beside one's own."""
    named = os.environ.get("INTERVIEW_KIT_CLIENTS")
    return Path(named).expanduser() if named else home_of_records() / "clients"


def has_clients() -> bool:
    """Say whether someone helps others here: only then is anything of it shown."""
    return bool(os.environ.get("INTERVIEW_KIT_CLIENTS")) or clients_folder().is_dir()


def home_of_records() -> Path:
    """Return `data` of the checkout that the notebook or the working folder lies in, else `user_folder()`."""
    starts = [Path(os.environ.get("JPY_SESSION_NAME", "")).parent, Path.cwd()]
    for start in (start.resolve() for start in starts if start.is_absolute()):
        for folder in (start, *start.parents):
            if (folder / "notebooks").is_dir() and (folder / "interview_kit").is_dir():
                return folder / "data"
    return user_folder()


def user_folder() -> Path:
    """Return the platform's folder for what a person keeps in this program, such as ~/.local/share/interview-kit."""
    from platformdirs import user_data_path

    return user_data_path("interview-kit", appauthor=False)

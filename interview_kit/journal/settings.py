"""Choices of the user that are no records."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from interview_kit.files.disk import clear_leftovers, read_bytes, replace_bytes, replace_with_retries
from interview_kit.files.lock import Lock
from interview_kit.files.problems import as_records_error

TODAY, FOCUS_SINCE = "today", "focus_since"


def day_of_focus(settings: dict) -> date | None:
    """Return the day on which the focus was chosen; None where none is kept, or none that can be read."""
    with suppress(ValueError):
        return date.fromisoformat(str(settings.get(FOCUS_SINCE))) if settings.get("focus") else None
    return None


def chosen_focus(settings: dict, behavior: str, since: date | str | None) -> dict:
    """Return what is kept of a focus: with the day that is given, or today's, where it is not the one there is."""
    if since == TODAY:
        since = (settings.get("focus") == behavior and day_of_focus(settings)) or date.today()
    return {"focus": behavior, FOCUS_SINCE: str(since) if behavior and since else None}


class Settings:
    """The choices that a folder keeps, as one JSON object."""

    def __init__(self, folder: Path, lock: Lock):
        self.path, self.lock = folder / ".settings.json", lock

    def read(self) -> dict:
        """Return what was chosen, nothing where the file is not there or cannot be read."""
        with suppress(ValueError, RecursionError):
            settings = json.loads(read_bytes(self.path) or b"{}")
            return settings if isinstance(settings, dict) else {}
        return {}

    def change(self, change: Callable[[dict], dict]) -> None:
        """Change some of what was chosen; all else stays, and a file that cannot be read is set aside."""
        with self.lock.held("The folder of the records"), as_records_error("your choice could not be kept"):
            clear_leftovers(self.path.parent, f".{self.path.name}.*.tmp")
            settings = self.read()
            if not settings and self.path.is_file():
                replace_with_retries(self.path, self.path.with_name(".settings.set-aside.json"))
            replace_bytes(self.path, json.dumps({**settings, **change(settings)}).encode())

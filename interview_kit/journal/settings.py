"""Choices of the user that are no records."""

import json
from collections.abc import Callable
from pathlib import Path

from interview_kit.files.disk import clear_leftovers, read_json_object, replace_bytes, replace_with_retries
from interview_kit.files.lock import Lock
from interview_kit.files.problems import as_records_error


class Settings:
    """The choices that a folder keeps, as one JSON object."""

    def __init__(self, folder: Path, lock: Lock):
        self.path, self.lock = folder / ".settings.json", lock

    def read(self) -> dict:
        """Return what was chosen, nothing where the file is not there or cannot be read."""
        return read_json_object(self.path)

    def change(self, change: Callable[[dict], dict]) -> None:
        """Change some of what was chosen; all else stays, and a file that cannot be read is set aside."""
        with self.lock.held("The folder of the records"), as_records_error("your choice could not be kept"):
            clear_leftovers(self.path.parent, f".{self.path.name}.*.tmp")
            settings = self.read()
            if not settings and self.path.is_file():
                replace_with_retries(self.path, self.path.with_name(".settings.set-aside.json"))
            replace_bytes(self.path, json.dumps({**settings, **change(settings)}).encode())

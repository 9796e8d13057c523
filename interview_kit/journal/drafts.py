"""What is typed in a form and not saved yet."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from interview_kit import schema
from interview_kit.files.disk import ONE_HOUR, clear_leftovers, make_private_folder, read_json_object, replace_bytes
from interview_kit.files.problems import as_records_error


class Drafts:
    """A folder of drafts, one file each."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.undeletable: set[str] = set()  # the keys of those that are let go, and that another program holds

    def save(self, key: str, values: Mapping) -> None:
        """Keep what is typed in a form, under the id of its record, until `discard`."""
        self.undeletable -= {key}
        make_private_folder(self.folder)
        clear_leftovers(self.folder, older_than=ONE_HOUR)  # another window may be writing one now
        content = {**values, "key": key, "saved_at": datetime.now().isoformat()}
        raw = json.dumps(content, default=schema.plain_text).encode()
        with as_records_error("the draft could not be kept"):
            replace_bytes(self._path(key), raw, durable=False)

    def all(self) -> list[dict]:
        """Return the drafts, newest first, each with its `key` and when it was `saved_at`."""
        for key in [*self.undeletable]:
            self.discard(key)
        found = []
        for path in self.folder.glob("*.json"):
            draft = read_json_object(path)
            with suppress(KeyError):
                found.append((str(draft["saved_at"]), str(draft["key"]), draft))
        kept = [item for item in found if item[1] not in self.undeletable]
        return [draft for *_, draft in sorted(kept, key=lambda item: item[:2], reverse=True)]

    def discard(self, key: str) -> None:
        """Let a draft go; one that another program holds is not shown any more, and goes once it can be deleted."""
        self.undeletable -= {key}
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError:
            self.undeletable |= {key}

    def _path(self, key: str) -> Path:
        # Some systems take names that differ in case alone for one.
        plain = key.isascii() and key == key.lower() and len(key) <= 40 and key.replace("-", "").isalnum()
        digest = hashlib.blake2b(key.encode(errors="backslashreplace"), digest_size=10).hexdigest()
        return self.folder / f"{key if plain else digest}.json"

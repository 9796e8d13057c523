"""Copies of a file's earlier versions: how they are named, and which are let go.

A name tells what it is a copy of, when it was made and why: `interviews.20261123-101500-123456.before-update.csv`.
"""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from interview_kit.files.disk import make_private_folder, read_bytes, replace_bytes, sync_folder
from interview_kit.files.document import parse_document
from interview_kit.files.problems import RecordsError, as_records_error

KEEP_LAST, KEEP_DAYS = 20, 30
STAMP, SOON = "%Y%m%d-%H%M%S-%f", timedelta(microseconds=1)


class Backups:
    """The copies of one file's earlier versions, in a folder that may hold those of others too.

    `also` is another name that the file has, as where it is a link to one: there may be copies by that name.
    """

    def __init__(self, folder: Path, stem: str, *, also: str = ""):
        self.folder, self.stem = folder, stem
        stems = "|".join(re.escape(name) for name in {stem: 0, also or stem: 0})
        self.pattern = re.compile(rf"(?:{stems})\.\d{{8}}-\d{{6}}-\d{{6}}\.[a-z-]+\.csv")

    def keep(self, raw: bytes, reason: str) -> str:
        """Keep bytes that are about to be replaced: where there is a reason, and before the first change of a day.

        Returns the backup's name, empty where none was due.
        """
        names, now = self.names(), datetime.now()
        if not reason and any(stamp_of(name).date() == now.date() for name in names):
            return ""
        # A clock or a time zone may have gone back: the newest backup sorts last all the same.
        moment = max([now, *(stamp_of(name) + SOON for name in names[-1:])])
        make_private_folder(self.folder)
        name = f"{self.stem}.{moment.strftime(STAMP)}.{reason or 'first-of-day'}.csv"
        with as_records_error(f"no backup of {self.stem}.csv could be kept", "; nothing was saved"):
            replace_bytes(self.folder / name, raw)
            sync_folder(self.folder)
        for old in expired_backups([*names, name]):
            with suppress(OSError):
                (self.folder / old).unlink()
        return name

    def names(self) -> list[str]:
        """Return the names of this file's backups, oldest first."""
        with suppress(FileNotFoundError):
            names = (name for name in os.listdir(self.folder) if self.pattern.fullmatch(name))
            return sorted((name for name in names if has_stamp(name)), key=stamp_of)
        return []

    def bytes_of(self, name: str) -> bytes:
        """Return the bytes of a backup; `RecordsError` names those there are."""
        if name not in self.names():
            known = ", ".join(self.names()[-5:]) or "none yet"
            raise RecordsError(f"{name!r} is no backup of {self.stem}.csv; the newest are: {known}")
        return read_bytes(self.folder / name) or b""

    def records_in(self, name: str) -> int:
        """Return how many records a backup holds, 0 where it cannot be read."""
        try:
            return len(parse_document(self.bytes_of(name), name))
        except RecordsError:
            return 0


def stamp_of(name: str) -> datetime:
    """Return the moment in a backup's name; `ValueError` where the calendar has no such moment."""
    return datetime.strptime(name.split(".")[-3], STAMP)


def has_stamp(name: str) -> bool:
    """Say whether a backup's name holds a moment, which one that was named by hand may not."""
    with suppress(ValueError, OverflowError):
        return stamp_of(name) + SOON > datetime.min
    return False


def expired_backups(names: Sequence[str]) -> list[str]:
    """Return the backups to let go: all but the last 20, the last of each of 30 days, and the last of each month."""
    stamps = dict(sorted(((name, name.split(".")[-3]) for name in names), key=lambda pair: pair[1]))
    last_of_day = {stamp[:8]: name for name, stamp in stamps.items()}
    last_of_month = {stamp[:6]: name for name, stamp in stamps.items()}
    days = sorted(last_of_day)[-KEEP_DAYS:]
    kept = {*list(stamps)[-KEEP_LAST:], *(last_of_day[day] for day in days), *last_of_month.values()}
    return [name for name in stamps if name not in kept]

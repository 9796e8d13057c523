"""What calendar and contact files share: their text, and how they are written."""

import os
import re
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from interview_kit.schema.frames import checked_date

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def moment(as_of: object) -> datetime:
    """Return when a file is made, in UTC: now, or the moment or the midnight that is given."""
    if as_of is None:
        return datetime.now(UTC).replace(microsecond=0)
    if isinstance(as_of, datetime):
        return as_of.replace(microsecond=0, tzinfo=as_of.tzinfo or UTC).astimezone(UTC)
    day = checked_date(as_of)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def minutes(when: datetime) -> int:
    """Return a number that grows with each version of a file that is made later."""
    return max(0, int((when - BEGIN).total_seconds() // 60))


def clean(text: str) -> str:
    """Return a text without the characters that these files cannot hold; each line break is a line feed."""
    lines = re.sub("\r\n|[\r\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "", lines)


def escaped(text: str) -> str:
    """Return a text as a value of these files: its own backslashes, commas, semicolons and line breaks kept."""
    for found, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(found, written)
    return text


def write_whole(path: str | os.PathLike, content: bytes) -> None:
    """Put a file in its place, whole or not at all, readable by its owner alone."""
    target = Path(path).expanduser()
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        with suppress(OSError):
            temporary.unlink()

"""What calendar and contact files share: their text, and how they are written."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from interview_kit.files.disk import put_private
from interview_kit.frame.arguments import DayLike, checked_date

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def moment(as_of: DayLike) -> datetime:
    """Return the moment at which a file is made, in UTC: now, or the moment or the midnight that is given."""
    if as_of is None:
        return datetime.now(UTC).replace(microsecond=0)
    if isinstance(as_of, datetime):
        return as_of.replace(microsecond=0, tzinfo=as_of.tzinfo or UTC).astimezone(UTC)
    day = checked_date(as_of)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def minutes_since_2020(when: datetime) -> int:
    """Return a number that grows with each version of a file that is made later."""
    return max(0, int((when - BEGIN).total_seconds() // 60))


def printable(text: str) -> str:
    """Return a text without the characters that these files cannot hold; each line break is a line feed."""
    lines = re.sub("\r\n|[\r\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]", "", lines)


def escape_value(text: str) -> str:
    """Return a text as a value of these files: its own backslashes, commas, semicolons and line breaks kept."""
    for found, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(found, written)
    return text


def write_whole(path: str | os.PathLike | None, content: bytes) -> bytes:
    """Put a file in its place, where one is given; of a disk that refuses say which file and what became of it."""
    if path is None:
        return content
    target = Path(path).expanduser()
    try:
        put_private(target, content, overwrite=True)
    except OSError as error:
        why = f"{error.strerror or error}; nothing was written, and an earlier file is as it was"
        raise OSError(error.errno, why, str(target)) from error
    return content

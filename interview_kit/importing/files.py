"""A file of any kind that can be imported, as tables."""

import os
from pathlib import Path

from interview_kit.importing import calendars, sources
from interview_kit.importing.sources import Sheet


def read_sheets(path: str | os.PathLike) -> list[Sheet]:
    """Return the tables of a CSV, an XLSX or a calendar; `SpreadsheetError` where it is none of these, or too large."""
    path = Path(path).expanduser()
    return sheets_of(path.name, sources.read_bytes(path))


def sheets_of(name: str, raw: bytes) -> list[Sheet]:
    """Return the tables that a file's bytes hold."""
    if raw.strip() and calendars.is_calendar(name, raw):
        return [calendars.calendar_sheet(name, raw)]
    return sources.sheets_of(name, raw)

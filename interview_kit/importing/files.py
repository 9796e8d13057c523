"""A file of any kind that can be imported, as tables."""

import os
from pathlib import Path

from interview_kit.importing import file_kinds
from interview_kit.importing.calendars import calendar_sheet, is_calendar
from interview_kit.importing.csv_rows import csv_rows, delimiter_of
from interview_kit.importing.encodings import decoded, without_halves
from interview_kit.importing.headers import HEADER_ROWS, headed, recognized, sheet
from interview_kit.importing.json_rows import json_rows, looks_like_json
from interview_kit.importing.limits import NAME_IT, bounded, read_bytes, refuse_large
from interview_kit.importing.markdown import is_markdown, markdown_rows
from interview_kit.importing.sources import Fate, RowOutcome, Sheet, SpreadsheetError
from interview_kit.importing.workbooks import workbook_sheets


def read_sheets(path: str | os.PathLike) -> list[Sheet]:
    """Return the tables of a CSV, an XLSX or a calendar; `SpreadsheetError` where it is none of these, or too large."""
    path = Path(path).expanduser()
    return sheets_of(path.name, read_bytes(path))


def sheets_of(name: str, raw: bytes) -> list[Sheet]:
    """Return the tables that a file's bytes hold."""
    name = without_halves(name)
    if not raw.strip():
        raise SpreadsheetError(f"{name} is empty; {NAME_IT}")
    if is_calendar(name, raw):
        return [calendar_sheet(name, raw)]
    refuse_large(name, len(raw))
    if raw.startswith(b"PK\x03\x04"):
        return workbook_sheets(raw, name)
    file_kinds.refuse(name, file_kinds.by_bytes(raw))
    text, notes = decoded(raw, name)
    made = text_sheet(name, text)
    made.notes += notes
    return [made]


def text_sheet(name: str, text: str) -> Sheet:
    """Return the table that a text holds, be it JSON, Markdown or CSV."""
    if looks_like_json(text):
        made = headed(name, bounded(json_rows(text, name), name), 0)
        made.notes.append(f"{name} is JSON; line 2 is its first record")
        return made
    file_kinds.refuse(name, file_kinds.by_text(text))
    if is_markdown(text):
        return sheet(name, bounded(markdown_rows(text, recognized), name))
    delimiter, text, first = delimiter_of(text)
    rows = bounded(csv_rows(text, delimiter, first, name), name)
    has_names = any(recognized(row.cells) > 0 for row in rows[:HEADER_ROWS])
    if not has_names and file_kinds.is_prose([row.cells for row in rows]):
        file_kinds.refuse(name, file_kinds.PROSE)
    made = sheet(name, rows)
    if first > 1:
        made.left.append(RowOutcome(1, Fate.SKIPPED, "says which sign stands between the cells"))
    return made

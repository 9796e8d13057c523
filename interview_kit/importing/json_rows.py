"""A list of flat JSON objects as the rows of a table."""

import json
import re
from typing import Any

from interview_kit.importing.encodings import without_halves
from interview_kit.importing.file_kinds import SAVE_AS
from interview_kit.importing.sources import RawRow, SpreadsheetError


def looks_like_json(text: str) -> bool:
    """Say whether a text is JSON by how it begins."""
    return bool(re.match(r"\s*(\{\s*[\"}]|\[\s*[\{\]])", text[:200]))


def json_rows(text: str, name: str) -> list[RawRow]:
    """Return the names and the rows of a list of flat objects, also one a line; refuse any other JSON."""
    found = loaded(text)
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list) and value]
        found = lists[0] if len(lists) == 1 else [found]
    if isinstance(found, list) and found and all(isinstance(one, dict) for one in found):
        names = list(dict.fromkeys(key for one in found for key in one))
        rows = [[cell_of(one.get(key)) for key in names] for one in found]
        if names and all(cell is not None for row in rows for cell in row):
            texts = [[without_halves(cell or "") for cell in row] for row in (names, *rows)]
            return [RawRow(line, cells) for line, cells in enumerate(texts, 1)]
    what = "JSON, and no list of records whose values are texts, numbers and dates"
    raise SpreadsheetError(f"{name} is {what}; {SAVE_AS}")


def loaded(text: str) -> Any:
    """Return what a JSON text holds, of one with an object a line the list of them; None where it cannot be read."""
    for whole in (text, f"[{','.join(line for line in text.splitlines() if line.strip())}]"):
        try:
            return json.loads(whole)
        except (ValueError, RecursionError):
            continue
    return None


def cell_of(value: object) -> str | None:
    """Return a value as the text of a cell, None where it holds objects of its own."""
    if isinstance(value, list):
        parts = [None if isinstance(one, list) else cell_of(one) for one in value]
        return None if None in parts else ", ".join(filter(None, parts))
    if isinstance(value, dict):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)

"""Records, drafts, the focus and what differs between two versions, as the values that fields take."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from interview_kit import schema
from interview_kit.journal import ConflictError, Journal, RecordsError


def records_of(frame, column: str, key: str) -> list[dict]:
    """Return the records with a key in a column, as dictionaries with None for what is missing."""
    found = frame[frame[column] == key]
    return [
        {name: None if schema.is_missing(value) else value for name, value in record.items()}
        for record in found.to_dict("records")
    ]


def without_none(values: Mapping) -> dict:
    """Return the values that are noted."""
    return {name: value for name, value in values.items() if value is not None}


def changed_values(table: schema.Table, values: Mapping, before: Mapping) -> dict:
    """Return the values that differ from a record as it was read."""
    written = {name: (schema.to_text(table.column(name).kind, value), value) for name, value in values.items()}
    return {
        name: value
        for name, (text, value) in written.items()
        if name != "id" and text != schema.to_text(table.column(name).kind, before.get(name))
    }


def focus_of(journal: Journal) -> str:
    """Return the behavior that is worked on, none where the records cannot be read."""
    try:
        return journal.focus()
    except RecordsError:
        return ""


def unsaved_drafts(journal: Journal, form: str = "") -> list[dict[str, Any]]:
    """Return what was typed in a form and not saved, the newest first; in the debrief form for ""."""
    return [draft for draft in journal.drafts() if draft.get("form", "") == form]


def draft_notice(draft: Mapping) -> str:
    """Return what is said above a form that shows what was typed before."""
    when = f"{datetime.fromisoformat(draft['saved_at']):%d %b, %H:%M}"
    return f"Here is what you had typed on {when}; it is not saved yet."


def draft_error(error: Exception) -> str:
    """Return what is said where what is typed cannot be kept."""
    return f"The draft cannot be kept: {error}. Leave this page open until you have saved."


def as_texts(row: Mapping) -> dict:
    """Return a row's values as plain text, without what is not noted."""
    return {name: schema.plain_text(value) for name, value in row.items() if value is not None}


def differences(error: ConflictError) -> list[tuple[str, str, str]]:
    """Return the columns in which two versions really differ, with both as the form shows them."""
    found = []
    for name, theirs in error.theirs.items():
        kind = schema.INTERVIEWS.column(name).kind
        mine = as_text(kind, error.mine.get(name, theirs))
        if as_value(kind, mine) != as_value(kind, theirs):
            found.append((name, schema.unescape(mine), schema.unescape(theirs)))
    return found


def as_text(kind: str, value: object) -> str:
    """Return a value as the file would hold it, or as it was typed where its column does not take it."""
    try:
        return schema.to_text(kind, value)
    except ValueError:
        return schema.plain_text(value)


def as_value(kind: str, text: str) -> object:
    """Return what a text of the file stands for, or the text where it cannot be read."""
    try:
        return schema.parse(kind, text)
    except ValueError:
        return text

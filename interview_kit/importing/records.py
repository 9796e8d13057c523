"""What a row says as records: its rounds, each with its id, and what else stands in the row."""

import re
from collections.abc import Sequence
from datetime import time

from interview_kit import schema
from interview_kit.importing import aliases, appointments, words
from interview_kit.importing.aliases import By, Column
from interview_kit.importing.applications import Application
from interview_kit.importing.ids import made_id
from interview_kit.importing.problems import Kind
from interview_kit.importing.rows import Row, is_notes


def records_of(row: Row, application: Application, seen: dict[str, int]) -> list[dict]:
    """Return the records of a row, none where it waits; `seen` counts the rows that say the same."""
    who = {"person": row.value("person"), "company": row.value("company"), "role": row.value("role")}
    content = "\x1f".join((*who.values(), application.when, row.value("stage"))).casefold()
    seen[content] = seen.get(content, 0) + 1
    if not application.rounds:
        return []
    own_id, format_cell = row.value("id"), row.value("format")
    held = words.read_format(format_cell) if format_cell else ""
    last, made = len(application.rounds) - 1, []
    for number, one in enumerate(application.rounds):
        decided_on = application.known_on if number == last and one.outcome in words.DECIDED else None
        made.append(
            {
                **who,
                "id": (own_id if number == 0 else "") or made_id(f"{content}\x1f{seen[content]}\x1f{number}"),
                "stage": one.stage,
                "format": held if format_cell else one.format,
                "interviewed_on": one.on,
                "notes": "",
                "outcome": one.outcome,
                "outcome_on": decided_on,
                "starts_at": one.at,
            }
        )
    if row.layout.keeps_more:
        add_appointment(row, made)
        add_lead(row, made)
        add_own(row, made[0])
    if format_cell and words.plain(format_cell) != held:
        row.note_field("format")
    made[0]["notes"] = notes_of(row)
    return made


def add_appointment(row: Row, made: Sequence[dict]) -> None:
    """Put the time and the place that a row has in columns of their own into the interview that they are of."""
    for field in ("starts_at", "place"):
        if text := row.value(field):
            of = appointments.appointment(made)
            value = text if field == "place" else start_of(row, text)
            fits = of is not None and value is not None and of.get(field) in (None, value)
            if of is not None and fits:
                of[field] = value
            if not fits or (field == "starts_at" and appointments.tells_end(text)):
                row.note_field(field)


def start_of(row: Row, text: str) -> time | None:
    """Return the time of day that a cell tells, None where it cannot be told for sure."""
    at = schema.parse("time", text) if "id" in row.layout.at and re.fullmatch(r"\d\d:\d\d(:\d\d)?", text) else None
    at = at or appointments.read_time(text)
    at = at or (appointments.time_beside(text) if row.layout.calendar.read(text).days else None)
    if at is None:
        error = "is no time of day that can be told for sure; write it as 14:30"
        row.doubt(row.layout.name_of("starts_at"), text, Kind.BAD_VALUE, error)
    return at


def add_lead(row: Row, made: Sequence[dict]) -> None:
    """Put where the lead and the posting came from into every round of a row; what is neither into the notes."""
    for field in ("source", "link"):
        if text := row.value(field):
            value = lead_value(row.layout.columns[row.layout.at[field]], text)
            if not value or (field == "link" and value != text):
                row.note_field(field)
            for record in made:
                record[field] = value


def lead_value(column: Column, text: str) -> str:
    """Return where a lead or a posting came from as a record has it, blank where a cell tells neither."""
    if column.by is not By.NAME:
        return text
    if column.field == "link":
        return appointments.address_in(text)
    return appointments.lead(text, asks_whether=aliases.asks_whether_referred(column.source)) or ""


def add_own(row: Row, record: dict) -> None:
    """Put the columns of ours, and those that are kept as they are, into a row's first record."""
    for at, field, kind in row.layout.own:
        name, text = row.layout.columns[at].source, row.cells[at]
        try:
            record[field] = schema.parse(kind, text) if text else None
        except ValueError as error:
            row.note(name, text)
            row.doubt(name, text, Kind.BAD_VALUE, str(error))
    for at, name in row.layout.extras:
        record[name] = row.cells[at]


def notes_of(row: Row) -> str:
    """Return the notes of a row's first record: the notes themselves, what was kept of its cells, other columns."""
    noted = [(name, row.cells[at]) for at, name in row.layout.named("notes") if not is_programs_blank(row.cells[at])]
    plain = [text for name, text in noted if is_notes(name)]
    return "\n".join([*plain, *row.notes, *(f"{name}: {text}" for name, text in noted if not is_notes(name))])


def is_programs_blank(text: str) -> bool:
    """Say whether a cell is empty, or what a program writes for nothing."""
    return not text or (len(text) < 12 and text.casefold() in words.PROGRAMS_BLANKS)

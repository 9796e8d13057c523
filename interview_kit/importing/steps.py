"""Steps that the cells of one row tell: rounds in columns, histories in cells, dates and counts of interviews."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import NamedTuple

from interview_kit.importing import aliases, histories, words
from interview_kit.importing.cells import has_words, time_of, why_no_date
from interview_kit.importing.problems import Kind
from interview_kit.importing.rows import Layout, Row
from interview_kit.importing.states import NUMBER, doubt_word, is_plain, state
from interview_kit.importing.words import APPLIED, INTERVIEW, NOT_APPLIED, SURE, UNKNOWN, Meaning

NO_STAGE = ("", APPLIED, NOT_APPLIED)


class Step(NamedTuple):
    """One thing that happened in an application: what, on which day, the words for it, and at what time."""

    meaning: Meaning
    on: date | None = None
    text: str = ""
    at: time | None = None


def word(row: Row, field: str, said: Mapping[str, str]) -> Meaning:
    """Return what a row's status or outcome says; what is not plain as day stays in the notes too.

    `said` is its text without the names of the company and the role, where it holds them.
    """
    text = row.value(field)
    if not text:
        return UNKNOWN
    key = field, text, said.get(field, text)
    if key not in row.layout.words:
        meaning = state(row.layout, field, key[2])
        if not meaning.known and len(walked := history(row.layout, text)) > 1:
            meaning = walked[-1].meaning
        row.layout.words[key] = meaning, is_plain(text, meaning)
    meaning, is_whole = row.layout.words[key]
    doubt_word(row, field, text, meaning)
    if not is_whole:
        row.note_field(field)
    return meaning


def steps_of(row: Row, applied: date | None) -> tuple[list[Step], list[Step]]:
    """Return the steps that a row tells in its history or in its rounds, and what its outcome columns say."""
    steps, ends, near = told_steps(row, applied), [], applied
    in_history = any(step.meaning.is_interview for step in steps)
    for at, meaning in row.layout.rounds:
        if words.is_blank(row.cells[at]):
            continue
        found = round_steps(row, at, meaning, near)
        ends += [step for step in found if not step.meaning.is_interview]
        if not in_history:
            steps += [step for step in found if step.meaning.is_interview]
        near = next((step.on for step in reversed(found) if step.on), near)
    dated = {step.meaning.stage for step in steps if step.on}  # whether and when, in a column each
    return [step for step in steps if step.on or step.meaning.stage not in dated], ends


def told_steps(row: Row, applied: date | None) -> list[Step]:
    """Return the steps of a row's history; a status may hold one too, as in "Applied → Interview → Rejected"."""
    if "history" not in row.layout.at:
        return [] if is_one_state(row) else history(row.layout, row.value("status"), applied)
    row.note_field("history")
    steps = history(row.layout, row.value("history"), applied)
    for step in steps:
        if step.meaning.known:
            doubt_word(row, "history", step.text, step.meaning)
    return steps


def is_one_state(row: Row) -> bool:
    """Say whether a row's status tells one state, and not the steps up to it."""
    text = row.value("status")
    is_list = histories.has_arrows(text) or histories.lists_rounds(text)
    return not text or (row.layout.read(text).known and not is_list)


def round_steps(row: Row, at: int, meaning: Meaning, near: date | None) -> list[Step]:
    """Return what the cell of a round's or an outcome's column says: nothing, or one step for each date in it."""
    name, text, layout = row.layout.columns[at].source, row.cells[at], row.layout
    if aliases.is_numbered(name) and names_step(layout, step := piece(layout, text, near)):
        if not is_plain(text, step.meaning):
            row.note(name, text)
        return [step]
    did, told = words.happened(text), f"{name}: {text}"
    if did is True:
        return [] if meaning.stage == APPLIED and not meaning.outcome else [Step(meaning, None, told)]
    if did is False:
        if words.plain(text) not in words.DID_NOT:
            row.note(name, text)
        return [] if meaning.is_interview else [Step(negated(meaning, name), None, told)]
    written, days = layout.calendar.read(text), layout.calendar.days(text, near, after=True)
    said = layout.read(written.words if days else text) if written.words or not days else UNKNOWN
    if not days or has_words(written) or not meaning.is_interview:
        row.note(name, text)
    is_declined = meaning.outcome == "offer" and words.is_declined(text)
    meaning_here = meaning._replace(outcome=meaning.outcome if is_declined else said.outcome or meaning.outcome)
    if days:
        clock = time_of(row, at, days) if meaning.is_interview else None
        return [Step(meaning_here, on, told if has_words(written) else name, clock) for on in days]
    if (written.days or not said.known) and len(text) <= 40:
        row.doubt(name, text, why_no_date(layout.calendar, text) if written.days else Kind.WORD)
    unclear = not said.known and len(text) <= 3
    return [] if unclear or said.stage == NOT_APPLIED else [Step(meaning_here, None, told)]


def negated(meaning: Meaning, name: str) -> Meaning:
    """Return what "no" says in the column of an outcome: never sent, decided, no offer, not passed; else nothing."""
    if meaning.outcome == "callback" and aliases.ASKS_WHETHER_PASSED.search(aliases.folded(name)):
        return Meaning("", "rejected", SURE)
    if meaning.stage == APPLIED and not meaning.outcome:
        return Meaning(NOT_APPLIED, "", SURE)
    return Meaning("", f"not {meaning.outcome}", SURE) if meaning.outcome in ("pending", "offer") else words.NOTHING


def names_step(layout: Layout, step: Step) -> bool:
    """Say whether the cell of a numbered column names the step, or the end where its neighbors name steps."""
    return bool(step.meaning.stage) or (step.meaning.known and layout.steps_are_named)


def history(layout: Layout, text: str, near: date | None = None) -> list[Step]:
    """Return the steps that are packed into one cell, none where it reads like no history."""
    if not text or len(text) > histories.MAX_HISTORY:
        return []
    if pieces := histories.steps_of_list(text):
        steps = [Step(layout.read(name), first_day(layout, on, near), name) for name, on in pieces]
        return [step for step in steps if step.meaning.known]
    for parts in histories.splits(text):
        steps = [piece(layout, part, near) for part in parts]
        if steps and sum(step.meaning.known for step in steps) >= histories.MOSTLY * len(steps):
            return steps
    return []


def piece(layout: Layout, text: str, near: date | None) -> Step:
    """Return one step of a history: its words, and the date beside them."""
    written = layout.calendar.read(text)
    return Step(layout.read(written.words or text), first_day(layout, text, near), text)


def first_day(layout: Layout, text: str, near: date | None) -> date | None:
    """Return the first day that a text tells, not before another."""
    return next(iter(layout.calendar.days(text, near, after=True)), None)


def dated_interviews(row: Row, stage: str, status: Meaning, applied: date | None) -> list[Step]:
    """Return an interview for each date of a row's interview, and as many as its count of interviews says."""
    layout, text, at = row.layout, row.value("interviewed_on"), row.layout.at.get("interviewed_on")
    meaning = Meaning(INTERVIEW if stage in NO_STAGE else stage, "", SURE)
    if at is None or not text:
        count = row.value("interviews")
        return so_many(int(float(count)) if NUMBER.fullmatch(count) else 0, meaning.stage)
    column = layout.columns[at].source
    if layout.is_one_date and not status.is_interview:
        row.note(column, text)
        row.doubt(column, text, Kind.SAME_DATE)
        return []
    written, did = layout.calendar.read(text), words.happened(text)
    days = layout.calendar.days(text, applied, after=True) if did is None else []
    clock = time_of(row, at, days)
    if not days or has_words(written):
        row.note(column, text)
    if did is None and not days:
        row.doubt(column, text, why_no_date(layout.calendar, text))
    return [Step(meaning, on, "", clock) for on in days] or [Step(meaning)] * (did or bool(written.days))


def so_many(count: int, name: str) -> list[Step]:
    """Return so many interviews; a single one has a name."""
    if count < 2:
        return [Step(Meaning(name, "", SURE))] * count
    return [Step(Meaning(f"round {n}", "", SURE)) for n in range(1, min(count, histories.MAX_STEPS) + 1)]


def merged(steps: Sequence[Step]) -> list[Step]:
    """Return the rounds without a mere appointment for the next: "scheduled" and then held is one interview."""
    kept: list[Step] = []
    for step in steps:
        before = kept[-1] if kept else None
        arranged = before and re.search(r"schedul|invit|upcoming|booked|request", before.text, re.IGNORECASE)
        if before and arranged and before.meaning.stage in (INTERVIEW, step.meaning.stage):
            kept[-1] = step._replace(on=step.on or before.on, at=step.at or before.at)
        else:
            kept.append(step)
    return kept

"""Rows that are a step each from one stage to the next, put together to applications."""

from collections.abc import Sequence
from datetime import date

from interview_kit.importing import words
from interview_kit.importing.applications import Application, final_outcome, of_rounds, only_step, without_rounds
from interview_kit.importing.cells import one_day
from interview_kit.importing.problems import Kind
from interview_kit.importing.rows import Row, is_notes
from interview_kit.importing.sources import Fate
from interview_kit.importing.states import doubt_word
from interview_kit.importing.steps import Step, merged
from interview_kit.importing.words import DECIDED, UNKNOWN


def chains_of(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the steps of each application: those of one company and role, each from where the one before led."""
    chains: list[list[Row]] = []
    latest: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        key = (row.value("company").casefold(), row.value("role").casefold())
        chain = latest.get(key)
        if not chain or begins(row, chain[-1]):
            chains.append(chain := [])
            latest[key] = chain
        chain.append(row)
    return chains


def begins(row: Row, before: Row) -> bool:
    """Say whether a step begins another application than the step before: it comes from elsewhere."""
    stages = before.value("to_stage"), row.value("from_stage")
    return "from_stage" in row.layout.at and len(set(map(words.plain, stages))) > 1


def application_of_steps(chain: Sequence[Row]) -> Application:
    """Return what the steps of one application say; all that goes to the notes goes to those of the first."""
    first, is_ordered = chain[0], "from_stage" in chain[0].layout.at
    field = "applied_on" if "applied_on" in first.layout.at else "interviewed_on"
    steps = [step_of(first, "from_stage", None)] if first.value("from_stage") else []
    for row in chain:
        on = one_day(row, field)
        if row.value("to_stage"):
            steps.append(step_of(row, "to_stage", on))
        if row is not first:
            noted = [(name, row.cells[at]) for at, name in row.layout.named("notes") if row.cells[at]]
            first.notes.extend([*row.notes, *(text if is_notes(name) else f"{name}: {text}" for name, text in noted)])
    unknown = [one.value for row in chain for one in row.unread if one.kind is Kind.WORD]
    if not is_ordered:
        steps.sort(key=lambda step: step.on or date.min)
    if unknown:
        why = "; ".join(f"{text!r} is not understood" for text in dict.fromkeys(unknown))
        return without_rounds(first, Fate.WAITING, None, why)
    days = ["" if step.on is None or is_ordered else f" ({step.on})" for step in steps]
    first.notes.insert(0, " → ".join(step.text + day for step, day in zip(steps, days, strict=True)))
    applied = next((step.on for step in steps if step.on), None)
    rounds = merged([step for step in steps if step.meaning.is_interview]) or [only_step("", applied)]
    final = final_outcome(UNKNOWN, UNKNOWN, [], steps)
    ends = [step.on for step in steps if step.on and final in DECIDED and step.meaning.outcome == final]
    return of_rounds(first, rounds, final, ends[-1] if ends and not is_ordered else None, applied)


def step_of(row: Row, field: str, on: date | None) -> Step:
    """Return the step that a row names in one of its two columns of stages."""
    text = row.value(field)
    meaning = row.layout.read(text)
    if meaning.known or field == "to_stage":
        doubt_word(row, field, text, meaning)
    return Step(meaning, on, text)

"""What one row says of an application: its rounds, what came of each, and the days of both."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing import appointments, words
from interview_kit.importing.cells import one_day, says_more
from interview_kit.importing.problems import BLANK, WRONG, Kind, Unread
from interview_kit.importing.rows import STATES, Row
from interview_kit.importing.sources import Fate
from interview_kit.importing.states import compare_ends, is_plain, stage_of, state
from interview_kit.importing.steps import (
    NO_STAGE,
    Step,
    dated_interviews,
    is_one_state,
    merged,
    so_many,
    steps_of,
    word,
)
from interview_kit.importing.words import APPLIED, DECIDED, INTERVIEW, NOT_APPLIED, SURE, UNKNOWN, Meaning

OF_ROUNDS = DECIDED | {*schema.NOT_HELD}


class Round(NamedTuple):
    """One interview, or the application where there was none: its stage, day, time, format and outcome."""

    stage: str
    on: date | None
    at: time | None
    format: str
    outcome: str


class Application(NamedTuple):
    """What a row says: its rounds, what came of the last and when that was known, and when it was applied for.

    It has no rounds where it was not applied for, or where it waits for an answer; `why` says which. `when` is the day
    that tells it from others, in words: one without a year as it is written, so that the year can still be told later.
    """

    fate: Fate
    rounds: Sequence[Round]
    final: str
    known_on: date | None
    applied: date | None
    when: str
    why: str
    notes: Sequence[str]
    unread: Sequence[Unread]


class Course(NamedTuple):
    """How an application went by the cells of its row, each by itself: `ends` are those that tell no interview."""

    status: Meaning
    outcome: Meaning
    stage: str
    applied: date | None
    steps: Sequence[Step]
    ends: Sequence[Step]
    rounds: Sequence[Step]


def application_of(row: Row, said: Mapping[str, str], near: date | None) -> Application:
    """Return what a row says; a day without a year is the one next to `near`.

    `said` are its status and its outcome without the names of the company and the role.
    """
    status, outcome = word(row, "status", said), word(row, "outcome", said)
    if not status.known and not outcome.known and tells_nothing(row):
        status = row.layout.answers.get(BLANK, UNKNOWN)
        if not status.known:
            row.doubt("", "", Kind.NOT_TOLD)
            return without_rounds(row, Fate.WAITING, None, WRONG[Kind.NOT_TOLD])
    course = course_of(row, status, outcome, near)
    if is_unclear(row, course):
        return without_rounds(row, Fate.WAITING, course.applied, "")
    return decided(row, course)


def course_of(row: Row, status: Meaning, outcome: Meaning, near: date | None) -> Course:
    """Return how an application went by its cells, each by itself."""
    applied = one_day(row, "applied_on", near)
    steps, ends = steps_of(row, applied)
    stage = stage_of(row, status, outcome)
    held = [step for step in steps if step.meaning.is_interview]
    if not held:
        steps += dated_interviews(row, stage, status, applied)
    elif not any(step.on for step in held):
        steps = with_days(row, steps, held, dated_interviews(row, stage, status, applied))
    rounds = merged([step for step in steps if step.meaning.is_interview])
    if not rounds and (status.is_interview or outcome.is_interview):
        rounds = so_many(words.count_of(row.value("status") or row.value("outcome")) or 0, stage or INTERVIEW)
    return Course(status, outcome, stage, applied, steps, ends, rounds)


def with_days(row: Row, steps: list[Step], held: Sequence[Step], dated: Sequence[Step]) -> list[Step]:
    """Return the steps, the only interview with its day where it has that in a column of its own."""
    days = [step for step in dated if step.on]
    if len(held) > 1 and days:
        row.note_field("interviewed_on")
    if len(held) != 1 or not days:
        return steps
    own = [held[0]._replace(on=step.on, at=held[0].at or step.at) for step in days]
    return [other for step in steps for other in (own if step is held[0] else [step])]


def is_unclear(row: Row, course: Course) -> bool:
    """Say whether a row has a word of how it goes and none that is understood."""
    is_told = course.rounds or course.ends or course.stage or course.status.known or course.outcome.known
    unclear = any(one.kind is Kind.WORD for one in row.unread)
    return unclear and not is_told and not any(step.meaning.known for step in course.steps)


def decided(row: Row, course: Course) -> Application:
    """Return what a row says whose words are understood: what came of it in the end, and when that was known."""
    status, outcome, ends, steps, rounds = course.status, course.outcome, course.ends, course.steps, course.rounds
    sent = (step.on for step in (*steps, *ends) if step.meaning.stage == APPLIED and step.on)
    applied = course.applied or next(sent, None)
    brief = len(row.value("outcome").split()) <= 4 and status.outcome not in DECIDED
    if rounds and outcome.is_interview and not outcome.outcome and brief:
        outcome = outcome._replace(outcome="callback")  # what came of this interview is another one
    final = final_outcome(outcome, status, ends, steps, of_interview=row.layout.is_of_interviews)
    never = NOT_APPLIED in (status.stage, outcome.stage, *(end.meaning.stage for end in ends))
    if never and not rounds and final in ("", "pending") and course.stage in NO_STAGE:
        return without_rounds(row, Fate.SKIPPED, course.applied, f"not applied for: {why_not(row, ends)}")
    rounds = rounds or [only_step(course.stage, applied)]
    if final == "cancelled" and len(rounds) > 1 and rounds[-1].meaning.outcome != final:
        final = called_off_somewhere(row)
    if applied and all(step.on != applied for step in rounds):
        row.note(row.layout.name_of("applied_on") or "Applied on", as_read(row.value("applied_on"), applied))
    if outcome.known and status.known:
        compare_ends(row, outcome, status)
    last = max((step.on for step in rounds if step.on), default=applied)
    known_on = outcome_day(row, last, [*ends, *steps], final)
    return of_rounds(row, rounds, final, known_on, applied)


def without_rounds(row: Row, fate: Fate, applied: date | None, why: str) -> Application:
    """Return that a row makes no record, or none yet."""
    return Application(fate, (), "", None, applied, when_words(row, applied), why, row.notes, row.unread)


def of_rounds(row: Row, steps: Sequence[Step], final: str, known_on: date | None, applied: date | None) -> Application:
    """Return what a row says whose rounds are known: each but the last led to the next."""
    rounds = []
    for number, step in enumerate(steps, 1):
        last = number == len(steps)
        own = step.meaning.outcome if step.meaning.outcome in OF_ROUNDS or last else "callback"
        outcome = by_today(row, step, (final or own) if last else own)
        rounds.append(Round(step.meaning.stage, step.on, step.at, format_of(row, step), outcome))
    why = f"rounds: {', '.join(one.stage for one in rounds)}" if len(rounds) > 1 else ""
    fate = Fate.SPLIT if why else Fate.IMPORTED
    when = when_words(row, applied or steps[0].on)
    return Application(fate, rounds, final, known_on, applied, when, why, row.notes, row.unread)


def when_words(row: Row, on: date | None) -> str:
    """Return the day of a row in words: one without a year as it is written."""
    written = row.value("applied_on") or row.value("interviewed_on")
    is_yearless = written and any(day.year is None for day in row.layout.calendar.read(written).days)
    return written if is_yearless else str(on or "")


def tells_nothing(row: Row) -> bool:
    """Say whether nothing in a row says that there was an application, in a file that has columns to say it in."""
    asks = {"applied_on", "status", "outcome"} & set(row.layout.at) and "id" not in row.layout.at
    return bool(asks) and not row.layout.sheet.fields and not any(row.cells[at] for at in row.layout.telling)


def only_step(stage: str, applied: date | None) -> Step:
    """Return the one thing that a row without rounds is about: an interview without a date, or the application."""
    return Step(Meaning(APPLIED, "", SURE), applied) if stage in NO_STAGE else Step(Meaning(stage, "", SURE))


def called_off_somewhere(row: Row) -> str:
    """Return no outcome for a row of which one round was cancelled, and say that it does not tell which."""
    field = "outcome" if row.value("outcome") else "status"
    text, error = row.value(field), "does not say which of the rounds was cancelled"
    row.doubt(row.layout.name_of(field), text, Kind.BAD_VALUE, error)
    if is_plain(text, state(row.layout, field, text)):
        row.note_field(field)
    return ""


def why_not(row: Row, ends: Sequence[Step]) -> str:
    """Return the words that say that there was no application."""
    said = row.value("status") or row.value("outcome")
    return repr(said) if said else next((repr(end.text) for end in ends if end.meaning.stage == NOT_APPLIED), "")


def as_read(text: str, day: date) -> str:
    """Return a date as it was written, with how it was read where that looks different."""
    return text if str(day) in text else f"{text} ({day})".strip() if text else str(day)


def final_outcome(
    outcome: Meaning, status: Meaning, ends: Sequence[Step], steps: Sequence[Step], *, of_interview: bool = False
) -> str:
    """Return what came of the application in the end: what is decided before what is pending, an end before a pass.

    Where each row is an interview, `of_interview`, its own outcome is that of the interview, whatever came later.
    """
    said = [outcome.outcome, status.outcome, *(end.meaning.outcome for end in ends)]
    said += [outcome_of_steps(steps)]
    decided = [word for word in said if word in DECIDED]
    ended = next((word for word in decided if word != "callback"), "")
    called_off = next((word for word in said if word in schema.NOT_HELD), "")
    if not decided and called_off:
        return called_off
    if {"offer", "withdrawn"} <= set(decided):
        return "offer"  # one that was declined
    if decided:
        passed = decided[0] == "callback" and not (of_interview and outcome.outcome == "callback")
        return ended if passed and ended else decided[0]
    if {"not offer", "not pending"} <= set(said):
        return "rejected"
    return "pending" if "pending" in said else ""


def outcome_of_steps(steps: Sequence[Step]) -> str:
    """Return what came of the last step that tells it; an offer that was declined after it came is one."""
    told = [step for step in steps if step.meaning.outcome]
    if not told:
        return ""
    last = told[-1].meaning.outcome
    was_declined = last == "withdrawn" or (last == "rejected" and words.is_declined(told[-1].text))
    return "offer" if was_declined and any(step.meaning.outcome == "offer" for step in told) else last


def outcome_day(row: Row, last: date | None, others: Sequence[Step], final: str) -> date | None:
    """Return the day on which the outcome became known; one before the last interview stays in the notes."""
    given = one_day(row, "outcome_on", last, after=True)
    same = [step.on for step in others if step.on and step.meaning.outcome == final]
    known = given or (same[-1] if same else None)
    fits = known and final in DECIDED and (last is None or known >= last)
    if given and not fits and not says_more(row, "outcome_on"):
        row.note(row.layout.name_of("outcome_on"), as_read(row.value("outcome_on"), given))
    return known if fits else None


def by_today(row: Row, step: Step, outcome: str) -> str:
    """Return an outcome as it can be by today: of an interview still to come there is none yet, it is planned.

    One whose day is past while it is only said to be arranged is told apart by no one but the person.
    """
    if not step.meaning.is_interview or step.on is None or outcome not in ("", "pending", "callback"):
        return outcome
    if step.on > row.layout.today:
        return "planned"
    said = [name for name in STATES if appointments.is_arranged(row.value(name))] if outcome != "callback" else []
    if said and step.on == row.layout.today:
        return "planned"
    if said:
        row.doubt(row.layout.name_of(said[0]), row.value(said[0]), Kind.PASSED)
    return outcome


def format_of(row: Row, step: Step) -> str:
    """Return how an interview was held, where its words or those of its row say so."""
    if step.meaning.stage == APPLIED:
        return ""
    texts = (step.text, row.value("stage"), row.value("status") if is_one_state(row) else "")
    return next(filter(None, (words.read_format(text[:100], strictly=True) for text in texts if text)), "")

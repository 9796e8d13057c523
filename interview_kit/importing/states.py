"""What the status, the outcome and the stage of a row say, and what of it is in doubt."""

import re

from interview_kit.importing import aliases, appointments, evidence, words
from interview_kit.importing.aliases import By
from interview_kit.importing.problems import Kind
from interview_kit.importing.rows import Layout, Row
from interview_kit.importing.words import GUESS, INTERVIEW, SURE, UNKNOWN, Meaning

NUMBER = re.compile(r"\d{1,2}(\.0)?")
SHORTEST_END = 7  # the letters of a note that can tell an end


def state(layout: Layout, field: str, text: str) -> Meaning:
    """Return what a status or an outcome says; in a column of answers, yes and no speak of an answer."""
    if field in layout.ask_for_answers and words.plain(text) != "ok" and (did := words.happened(text)) is not None:
        return words.NOTHING if did else Meaning("", "no reply", SURE)
    plain = words.plain(text)
    if field in layout.say_yes_or_no and evidence.says_whether(text):
        return layout.answers.get(plain, UNKNOWN)
    if field == "outcome" and plain == "selected":
        return Meaning("", "offer", SURE)
    if plain in appointments.CALLED_OFF and tells_of_interviews(layout, field):
        return Meaning(INTERVIEW, "cancelled", SURE)
    if field == "outcome" and plain == "planned" and "id" in layout.at:  # in records of ours
        return Meaning(INTERVIEW, "planned", SURE)
    return layout.read(text)


def tells_of_interviews(layout: Layout, field: str) -> bool:
    """Say whether a column tells how interviews go, and not how an application or a job does."""
    one_each = field == "outcome" and layout.is_of_interviews
    return one_each or "id" in layout.at or "interview" in aliases.folded(layout.name_of(field))


def is_sentence(layout: Layout, text: str) -> bool:
    """Say whether a text is none of the whole cells that are known, and may hold names that decide nothing."""
    plain = words.plain(text)
    return " " in text and plain not in layout.answers and plain not in words.TABLE


def without_names(layout: Layout, cells: list[str], text: str) -> str:
    """Return a text without the row's own company and role."""
    bare = text
    for field in ("company", "role"):
        name = cells[layout.at[field]] if field in layout.at else ""
        if len(name) > 2 and name.casefold() in text.casefold():
            bare = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", bare, flags=re.IGNORECASE)
    return bare if bare.strip() else text


def doubt_word(row: Row, field: str, text: str, meaning: Meaning) -> None:
    """Note a word that is not understood, or by a guess."""
    if not meaning.known:
        row.doubt(row.layout.name_of(field), text, Kind.WORD)
    elif meaning.sure == GUESS and words.is_doubtful(text):
        error = f"is taken for {str(meaning)!r}, which is a guess"
        row.doubt(row.layout.name_of(field), text, Kind.GUESSED_WORD, error)


def is_plain(text: str, meaning: Meaning) -> bool:
    """Say whether a word means no more than what it is taken for, so that the notes need not repeat it."""
    plain = words.plain(text)
    return meaning.sure == SURE and (" " not in plain or words.spelling(plain).known or plain == meaning.stage)


def stage_of(row: Row, status: Meaning, outcome: Meaning) -> str:
    """Return the stage that a row says it is about, "" where it says none."""
    text, layout = row.value("stage"), row.layout
    meaning = layout.read(text) if text else UNKNOWN
    if text and NUMBER.fullmatch(text):
        return f"round {int(float(text))}"
    if meaning.stage and meaning.stage != INTERVIEW:
        return meaning.stage
    # A name of a round that is not known is one in a list of interviews; elsewhere it may be any state.
    if text and not meaning.known and not {"id", "interviewed_on", "status"} & set(layout.at):
        row.doubt(layout.name_of("stage"), text, Kind.WORD)
        row.note_field("stage")
        text = ""
    is_name = not meaning.outcome or (meaning.outcome == "pending" and layout.is_of_interviews)  # "code review"
    named = text.casefold() if text and len(text) <= 60 and is_name else ""
    if outcome.outcome == "callback" and "interview" in aliases.folded(layout.name_of("outcome")):
        return named or status.stage or INTERVIEW  # one that was passed was held
    next_one = not outcome.outcome and row.value("interviewed_on")  # then it is what came of this one
    return named or status.stage or ("" if next_one else outcome.stage) or meaning.stage


def compare_ends(row: Row, outcome: Meaning, status: Meaning) -> None:
    """Say where the outcome and the status of a row tell two ends of one application."""
    ends = {outcome.outcome, status.outcome}
    if len(ends) == 2 and ends <= words.ENDS and ends != {"offer", "withdrawn"}:  # one can decline an offer
        name, said = row.layout.name_of("status"), row.value("status")
        error = f"reads like {outcome.outcome!r}, where {name!r} is {said!r}"
        row.doubt(row.layout.name_of("outcome"), row.value("outcome")[:80], Kind.CONTRADICTS, error)


def compare_notes(row: Row, final: str) -> None:
    """Say where a note tells an end of an application of which the status tells none."""
    if final in words.ENDS:
        return
    for at, name in row.layout.named("notes"):
        text = row.cells[at]
        is_note = row.layout.columns[at].by is By.NAME
        if is_note and len(text) > SHORTEST_END and (found := words.end_in_note(text[:2_000])):
            said = row.value("status") or row.value("outcome") or "open"
            error = f"reads like {found!r}, where the status is {said!r}"
            row.doubt(name, text[:80], Kind.CONTRADICTS, error)
            return

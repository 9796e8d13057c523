"""What a column is by its name and its cells: one table of rules, of which the first that holds decides."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from interview_kit.importing import aliases, appointments, evidence, histories, words
from interview_kit.importing.aliases import By, Column

UNKNOWN = "unknown"  # until its cells are looked at


def column_of(name: str, values: list[str], mapping: Mapping[str, str]) -> Column:
    """Return what a column's name and values say of it."""
    if name in mapping:
        return Column(name, mapping[name], words.SURE, "as you said", By.SAID)
    if own := evidence.behavior_of(name, values):
        return Column(name, own, words.LIKELY, "a behavior of yours, by its name")
    named = aliases.by_name(name)
    if named.field in ("", "notes") and (what := round_by_name(named, values)):
        named = Column(name, "round", words.LIKELY, what)
    if not named.field:
        named = unknown(name)
    found = by_rules(named, values) if values else named
    return found.taken(field="notes", why=found.why) if found.field == UNKNOWN else found


def unknown(name: str) -> Column:
    """Return a column whose name tells nothing, until its cells are looked at."""
    return Column(name, UNKNOWN, "", "not recognized: kept in the notes")


def round_by_name(column: Column, values: list[str]) -> str:
    """Return why a column is one of a round or an outcome by its name, nothing where it is none."""
    if not column.field and aliases.is_numbered(column.source) and evidence.fraction(values, evidence.is_state) >= 0.6:
        return "a step by its name; its cells say which"
    strictly = column.by in (By.KEPT, By.ID, *aliases.STATELESS)
    if is_round(column.source, values, strictly=strictly):
        return f"a round or an outcome by its name: {words.read(aliases.bare(column.source))}"
    return ""


def is_round(name: str, values: list[str], *, strictly: bool = False) -> bool:
    """Say whether a column stands for one round or outcome: its name says which, its cells whether or when.

    `strictly` asks for cells that say it in so many words, where the name alone would mean something else.
    """
    meaning = words.read(aliases.bare(name))
    if not aliases.names_a_round(aliases.folded(name), meaning):
        return False
    if strictly and meaning.outcome == "pending":
        return False
    is_asked = strictly and not (meaning.is_interview and meaning.sure == words.SURE)
    test, says_when = evidence.is_yes_no_or_date if is_asked else evidence.is_event, aliases.says_when(name)
    told = evidence.fraction(values, lambda cell: test(cell) or (says_when and evidence.is_counted_day(cell)))
    return told >= 0.5 or not (values or is_asked)


# What the cells of a column say of it, where its name has taken it for something: the first rule that holds decides.


class Rule(NamedTuple):
    """Of a column taken for one of these fields, what it is where more than a share of its cells pass a test.

    `only` asks for a name, too.
    """

    fields: str
    test: Callable[[str], bool]
    share: float
    then: Callable[[Column, list[str]], Column]
    only: Callable[[Column], bool] = lambda _: True


def by_rules(column: Column, values: list[str]) -> Column:
    """Return a column as the first rule that holds says; without one as its name says."""
    for rule in RULES_OF.get(column.field, ()):
        if rule.only(column) and evidence.fraction(values, rule.test) > rule.share:
            return rule.then(column, values)
    return column


def as_named(column: Column, _: list[str]) -> Column:
    """Return the column as its name says."""
    return column


def other(field: str, sure: str, why: str, by: By = By.OTHER) -> Callable[[Column, list[str]], Column]:
    """Return what takes a column for another field."""
    return lambda column, _: column.taken(field=field, sure=sure, why=why, by=by)


def kept(why: str, sure: str = "", by: By = By.OTHER) -> Callable[[Column, list[str]], Column]:
    """Return what keeps a column in the notes."""
    return other("notes", sure, f"{why}: kept in the notes", by)


def because(why: str, field: str | None = None) -> Callable[[Column, list[str]], Column]:
    """Return what takes a column for a field as surely as before, for another reason."""
    return lambda column, _: column.taken(field=field, why=why)


def moved(field: str) -> Callable[[Column, list[str]], Column]:
    """Return what takes a column for another field and looks at its cells anew, by the reason that it has."""
    return lambda column, values: by_rules(column.taken(field=field, why=column.why, by=column.by), values)


def dated_status(column: Column, values: list[str]) -> Column:
    """Return a column of states that holds dates: with words beside them it is a history, else a date."""
    if evidence.fraction(values, lambda value: evidence.dated(value) and words.read(value).known) > 0.3:
        return column.taken(field="history", sure=words.LIKELY, why="its cells tell what happened when")
    if is_round(column.source, values):
        return column.taken(field="round", sure=words.LIKELY, why="its cells say when there was one")
    field = "interviewed_on" if "interview" in aliases.folded(column.source) else "outcome_on"
    return column.taken(field=field, sure=words.LIKELY, why="it holds dates")


def classify_yes_no(column: Column, values: list[str]) -> Column:
    """Return a column of yes and no as what it is about: a round, an answer that came, or nothing we know."""
    if is_round(column.source, values):
        return column.taken(field="round", sure=words.LIKELY, why="its cells say whether it happened")
    if aliases.ANSWERS_WHETHER.search(aliases.folded(column.source)):
        return column.taken(field="status", sure=words.LIKELY, why="its cells say whether there was an answer")
    return column.taken(field="notes", sure="", why="yes and no, but of what is unclear: kept in the notes")


def is_by_name(column: Column) -> bool:
    """Say whether the whole name of a column is one that trackers use."""
    return column.by is By.NAME


def is_not_by_name(column: Column) -> bool:
    """Say whether a column's name only holds words that trackers use."""
    return column.by is not By.NAME


def asks_for_an_answer(column: Column) -> bool:
    """Say whether a column's name asks for an answer, and not for something that one did."""
    name = aliases.folded(column.source)
    return bool(aliases.ANSWERS_WHETHER.search(name)) and not aliases.ACTS.search(name)


def of_interviews(column: Column) -> bool:
    """Say whether a column's name speaks of interviews."""
    return "interview" in aliases.folded(column.source)


def is_of_no_round(column: Column) -> bool:
    """Say whether a column's name does not say that it names rounds, which may be called by how they are held."""
    return not re.search(r"\b(round|stage|step|phase)\b", aliases.folded(column.source))


def is_weak(column: Column) -> bool:
    """Say whether a column's name is a weak one of a status."""
    return aliases.folded(column.source) in aliases.WHOLE["weak"]


def is_one(column: Column) -> bool:
    """Say whether a column is not one of several steps by its name."""
    return not aliases.is_numbered(column.source)


def asks_whether_referred(column: Column) -> bool:
    """Say whether a column asks for a referral by its whole name."""
    return is_by_name(column) and aliases.asks_whether_referred(column.source)


def is_unsure_date(column: Column) -> bool:
    """Say whether a column's name alone does not make it a date."""
    return column.sure != words.SURE or column.field == "date"


STATES, DATES = "status outcome stage", "applied_on outcome_on date interviewed_on"
NEARLY_HALF, NEARLY_THIRD = 0.499, 0.299  # "at least", where others ask for more than that
COUNT, TELLS_STATES = "the number of interviews", "its words tell stages and outcomes"
stepwise = other("history", words.LIKELY, "its cells tell what happened, step by step")
held = other("format", words.LIKELY, "its words tell how it was held")
found = kept("how it was found", words.SURE, By.KEPT)
RULES = (
    # a column taken for ...  whose cells ...   in more than   is ...
    Rule(f"{UNKNOWN} round stage", histories.is_history, NEARLY_THIRD, stepwise),
    Rule("company role", evidence.says_whether, 0.6, lambda column, values: by_rules(unknown(column.source), values)),
    Rule(UNKNOWN, evidence.says_whether, 0.6, classify_yes_no, asks_for_an_answer),
    Rule("round", evidence.is_count, 0.2, other("interviews", words.LIKELY, COUNT), of_interviews),
    Rule("round", evidence.tells_stage, 0.6, other("stage", words.LIKELY, "its cells say which round it was"), is_one),
    Rule(STATES, evidence.says_whether, 0.6, classify_yes_no),
    Rule(STATES, evidence.dated, 0.6, dated_status),
    Rule("status", histories.is_history, NEARLY_THIRD, stepwise, is_not_by_name),  # a status may hold its steps, too
    Rule("stage", evidence.numbered, 0.9, because("the number of the round")),
    Rule("stage", evidence.is_format_alone, NEARLY_THIRD, held),
    Rule("stage", evidence.is_format, 0.6, held, is_of_no_round),
    Rule("stage", evidence.tells_application, 0.0, other("status", words.LIKELY, TELLS_STATES)),
    Rule("status outcome", evidence.is_known, NEARLY_THIRD, as_named),
    Rule("status outcome", evidence.always, 0.0, kept("nothing in it reads like a status"), is_weak),
    Rule("interviewed_on", appointments.is_time, 0.599, moved("starts_at")),
    Rule(DATES, evidence.is_date_of_days, NEARLY_THIRD, as_named),
    Rule(DATES, evidence.says_whether, 0.6, classify_yes_no),
    Rule(DATES, evidence.is_known, 0.6, other("status", words.GUESS, TELLS_STATES)),
    Rule(DATES, evidence.always, 0.0, kept("it holds no dates"), is_unsure_date),
    Rule("starts_at", evidence.is_date_of_days, NEARLY_THIRD, moved("interviewed_on")),
    Rule("starts_at", appointments.is_time, NEARLY_HALF, as_named),
    Rule("starts_at", evidence.always, 0.0, kept("it holds no times")),
    Rule("place", evidence.is_format, 0.6, held, is_by_name),
    Rule("link", appointments.is_address, NEARLY_HALF, as_named),
    Rule("link", evidence.always, 0.0, kept("a link", words.SURE, By.STATELESS), is_by_name),
    Rule("source", appointments.is_address, NEARLY_THIRD, found, is_by_name),
    Rule("source", evidence.is_lead, 0.599, as_named),
    Rule("source", evidence.always, 0.0, found, asks_whether_referred),
    Rule("interviews", evidence.numbered, 0.5, as_named),
    Rule("interviews", evidence.always, 0.0, moved("history")),
    Rule("history", evidence.numbered, 0.9, because(COUNT, "interviews")),
    Rule("history", evidence.says_whether, 0.6, classify_yes_no),
    Rule("history", evidence.is_day, 0.6, moved("interviewed_on"), of_interviews),
    Rule("format", lambda value: bool(words.read_format(value)), NEARLY_THIRD, as_named),
    Rule("format", evidence.always, 0.0, kept("no format we know")),
    Rule("id", evidence.is_other_id, 0.0, kept("an id", words.SURE, By.ID)),
)
RULES_OF = {
    field: [rule for rule in RULES if field in rule.fields.split()]
    for field in dict.fromkeys(" ".join(rule.fields for rule in RULES).split())
}

"""What a column is by its name and its cells: one table of rules, of which the first that holds decides."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from interview_kit.importing import appointments, histories, words
from interview_kit.importing.aliases import (
    ACTS,
    ANSWERS_WHETHER,
    STATELESS,
    WHOLE,
    By,
    Column,
    asks_whether_referred,
    bare,
    by_name,
    folded,
    is_numbered,
    names_a_round,
)
from interview_kit.importing.evidence import (
    SOURCE_WORDS,
    always,
    dated,
    fraction,
    is_count,
    is_event,
    is_format,
    is_known,
    is_other_id,
    is_state,
    numbered,
    says_whether,
    tells_application,
    tells_stage,
)

UNKNOWN = "unknown"  # until its cells are looked at


def column_of(name: str, values: list[str], mapping: Mapping[str, str]) -> Column:
    """Return what a column's name and values say of it."""
    if name in mapping:
        return Column(name, mapping[name], words.SURE, "as you said", By.SAID)
    named = by_name(name)
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
    if not column.field and is_numbered(column.source) and fraction(values, is_state) >= 0.6:
        return "a step by its name; its cells say which"
    strictly = column.by in (By.KEPT, By.ID, *STATELESS)
    if is_round(column.source, values, strictly=strictly):
        return f"a round or an outcome by its name: {words.read(bare(column.source))}"
    return ""


def is_round(name: str, values: list[str], *, strictly: bool = False) -> bool:
    """Say whether a column stands for one round or outcome: its name says which, its cells whether or when.

    `strictly` asks for cells that say it in so many words, where the name alone would mean something else.
    """
    meaning = words.read(bare(name))
    if not names_a_round(folded(name), meaning):
        return False
    if strictly and meaning.outcome == "pending":
        return False
    if strictly and not (meaning.is_interview and meaning.sure == words.SURE):
        return bool(values) and fraction(values, lambda value: words.happened(value) is not None or dated(value)) >= 0.5
    return not values or fraction(values, is_event) >= 0.5


# What the cells of a column say of it, where its name has taken it for something: the first rule that holds decides.


class Rule(NamedTuple):
    """Of a column taken for one of these fields, what it is where more than a share of its cells pass a test."""

    fields: str
    test: Callable[[str], bool]
    share: float
    then: Callable[["Column", list[str]], "Column"]


def by_rules(column: Column, values: list[str]) -> Column:
    """Return a column as the first rule that holds says; without one as its name says."""
    for rule in RULES_OF.get(column.field, ()):
        if fraction(values, rule.test) > rule.share:
            return rule.then(column, values)
    return column


def as_named(column: Column, _: list[str]) -> Column:
    """Return the column as its name says."""
    return column


def other(field: str, sure: str, why: str, by: By = By.OTHER) -> Callable[[Column, list[str]], Column]:
    """Return what takes a column for another field."""
    return lambda column, _: column.taken(field=field, sure=sure, why=why, by=by)


def moved(field: str) -> Callable[[Column, list[str]], Column]:
    """Return what takes a column for another field and looks at its cells anew, by the reason that it has."""
    return lambda column, values: by_rules(column.taken(field=field, why=column.why, by=column.by), values)


def by_name_only(then: Callable[[Column, list[str]], Column]) -> Callable[[Column, list[str]], Column]:
    """Return what leaves a column alone whose name only holds words that trackers use."""
    return lambda column, values: then(column, values) if column.by is By.NAME else column


def dated_status(column: Column, values: list[str]) -> Column:
    """Return a column of states that holds dates: with words beside them it is a history, else a date."""
    if fraction(values, lambda value: dated(value) and words.read(value).known) > 0.3:
        return column.taken(field="history", sure=words.LIKELY, why="its cells tell what happened when")
    if is_round(column.source, values):
        return column.taken(field="round", sure=words.LIKELY, why="its cells say when there was one")
    field = "interviewed_on" if "interview" in folded(column.source) else "outcome_on"
    return column.taken(field=field, sure=words.LIKELY, why="it holds dates")


def classify_yes_no(column: Column, values: list[str]) -> Column:
    """Return a column of yes and no as what it is about: a round, an answer that came, or nothing we know."""
    if is_round(column.source, values):
        return column.taken(field="round", sure=words.LIKELY, why="its cells say whether it happened")
    if ANSWERS_WHETHER.search(folded(column.source)):
        return column.taken(field="status", sure=words.LIKELY, why="its cells say whether there was an answer")
    return column.taken(field="notes", sure="", why="yes and no, but of what is unclear: kept in the notes")


def without_dates(column: Column, _: list[str]) -> Column:
    """Return a column of dates that holds none: its name alone says what it is, where that is sure."""
    if column.sure == words.SURE and column.field != "date":
        return column
    return column.taken(field="notes", sure="", why="it holds no dates: kept in the notes")


def without_states(column: Column, values: list[str]) -> Column:
    """Return a column whose name is a weak one of a status, and of whose cells hardly any reads like one."""
    weak = folded(column.source) in WHOLE["weak"] and fraction(values, is_known) < 0.3
    return (
        column.taken(field="notes", sure="", why="nothing in it reads like a status: kept in the notes")
        if weak
        else column
    )


def of_leads(column: Column, values: list[str]) -> Column:
    """Return where the leads came from; a column that asks for a referral and holds names tells something else."""
    known = fraction(values, lambda value: says_whether(value) or words.plain(value) in SOURCE_WORDS)
    if not asks_whether_referred(column.source) or known >= 0.6:
        return column
    return column.taken(field="notes", why="how it was found: kept in the notes", by=By.KEPT)


def asks_whether_answered(column: Column, values: list[str]) -> Column:
    """Return a column of yes and no that asks for an answer as the status; any other as it is."""
    name = folded(column.source)
    is_asked = ANSWERS_WHETHER.search(name) and not ACTS.search(name)
    return classify_yes_no(column, values) if is_asked else column


def counted(column: Column, _: list[str]) -> Column:
    """Return a column of numbers as the count of interviews, where its name speaks of them."""
    if "interview" not in folded(column.source):
        return column
    return column.taken(field="interviews", sure=words.LIKELY, why="the number of interviews")


def of_several_steps(column: Column, _: list[str]) -> Column:
    """Return a column of states that holds histories as one, where its whole name is not that of a status."""
    if column.by is By.NAME:
        return column  # a status may hold its steps, too
    return column.taken(field="history", sure=words.LIKELY, why=STEPWISE)


def as_unknown(column: Column, values: list[str]) -> Column:
    """Return a column as one whose name tells nothing, since its cells cannot be what it says."""
    return by_rules(unknown(column.source), values)


def by_stages(column: Column, _: list[str]) -> Column:
    """Return a column whose cells name stages as that of the stage, where it is not one of several steps."""
    if is_numbered(column.source):
        return column
    return column.taken(field="stage", sure=words.LIKELY, why="its cells say which round it was")


STATES, DATES = "status outcome stage", "applied_on outcome_on date interviewed_on"
STEPWISE = "its cells tell what happened, step by step"
NEARLY_HALF, NEARLY_THIRD = 0.499, 0.299  # "at least", where others ask for more than that
RULES = (
    # a column taken for ...  whose cells ...   in more than   is ...
    Rule(f"{UNKNOWN} round stage", histories.is_history, NEARLY_THIRD, other("history", words.LIKELY, STEPWISE)),
    Rule("company role", says_whether, 0.6, as_unknown),
    Rule(UNKNOWN, says_whether, 0.6, asks_whether_answered),
    Rule("round", is_count, 0.2, counted),
    Rule("round", tells_stage, 0.6, by_stages),
    Rule(STATES, says_whether, 0.6, classify_yes_no),
    Rule(STATES, dated, 0.6, dated_status),
    Rule("status", histories.is_history, NEARLY_THIRD, of_several_steps),
    Rule("stage", numbered, 0.9, lambda column, _: column.taken(why="the number of the round")),
    Rule("stage", is_format, 0.6, other("format", words.LIKELY, "its words tell how it was held")),
    Rule("stage", tells_application, 0.0, other("status", words.LIKELY, "its words tell stages and outcomes")),
    Rule("status outcome", always, 0.0, without_states),
    Rule("interviewed_on", appointments.is_time, 0.599, moved("starts_at")),
    Rule(DATES, dated, NEARLY_THIRD, as_named),
    Rule(DATES, says_whether, 0.6, classify_yes_no),
    Rule(DATES, is_known, 0.6, other("status", words.GUESS, "its words tell stages and outcomes")),
    Rule(DATES, always, 0.0, without_dates),
    Rule("starts_at", dated, NEARLY_THIRD, moved("interviewed_on")),
    Rule("starts_at", appointments.is_time, NEARLY_HALF, lambda column, _: column.taken(why=column.why, by=column.by)),
    Rule("starts_at", always, 0.0, other("notes", "", "it holds no times: kept in the notes")),
    Rule("place", is_format, 0.6, by_name_only(other("format", words.LIKELY, "its words tell how it was held"))),
    Rule("link", appointments.is_address, NEARLY_HALF, as_named),
    Rule("link", always, 0.0, by_name_only(other("notes", words.SURE, "a link: kept in the notes", By.STATELESS))),
    Rule(
        "source",
        appointments.is_address,
        NEARLY_THIRD,
        by_name_only(other("notes", words.SURE, "how it was found: kept in the notes", By.KEPT)),
    ),
    Rule("source", always, 0.0, by_name_only(of_leads)),
    Rule("interviews", numbered, 0.5, as_named),
    Rule("interviews", always, 0.0, moved("history")),
    Rule("history", numbered, 0.9, lambda column, _: column.taken(field="interviews", why="the number of interviews")),
    Rule("history", says_whether, 0.6, classify_yes_no),
    Rule("format", lambda value: bool(words.read_format(value)), NEARLY_THIRD, as_named),
    Rule("format", always, 0.0, other("notes", "", "no format we know: kept in the notes")),
    Rule("id", is_other_id, 0.0, other("notes", words.SURE, "an id: kept in the notes", By.ID)),
)
RULES_OF = {
    field: [rule for rule in RULES if field in rule.fields.split()]
    for field in dict.fromkeys(" ".join(rule.fields for rule in RULES).split())
}

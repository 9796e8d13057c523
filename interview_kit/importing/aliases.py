"""What trackers call their columns: one table of names, and what to make of a name that is not in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing import appointments, histories, words
from interview_kit.importing.days import without_accents
from interview_kit.importing.tables import either, keyed, members, table


class Pointer(NamedTuple):
    """The field that words in a name point to, `unless` others stand there; a dated one beside the name of a time."""

    field: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    is_dated: bool


class By(StrEnum):
    """The code of the reason why a column is understood as it is; `why` says it in words."""

    SAID = "said"  # by the person
    NAME = "name"  # one that trackers use
    ID = "id"
    STATELESS = "stateless"  # its name is that of something that never says how it goes: a link, pay
    CONTACT = "contact"  # stateless, too: whom to write to
    KEPT = "kept"  # known by its name, and kept in the notes
    GENERAL_DATE = "general date"  # called "date", and taken for that of the rows
    OTHER = "other"


COLUMNS = table("columns")
NAMES: dict[str, list[str]] = COLUMNS["names"]  # where a column can go, by what trackers call it
PARTS: dict[str, list[str]] = COLUMNS["parts"]
# Recognized, and kept in the notes: nothing is worked out from them.
KEPT = [(kind["what"], By(kind["by"]), either(kind["patterns"])) for kind in COLUMNS["kept"]]
WORDS = r"\b({})\b"
FILLERS, OTHER_DATES = either(PARTS["fillers"], WORDS), either(PARTS["other_dates"], WORDS)
ANSWERS_WHETHER = either(PARTS["answers_whether"], WORDS)
TRADES = either(PARTS["trades"], r"(?i)\b({})s?\b")
REMINDERS, COUNTS = either(PARTS["reminders"], WORDS), either(PARTS["counts"], WORDS)
STAMPS, FLAGS = either(PARTS["stamps"], WORDS), either(PARTS["flags"], WORDS)
TIMES, STEP_NAME = either(PARTS["times"], WORDS), either(PARTS["steps"], r"^({}) \d{{1,2}}$")
POINTERS = [
    Pointer(
        row["field"],
        either(row["words"]),
        either(PARTS[row["unless"]], WORDS) if "unless" in row else None,
        row.get("is_dated", False),
    )
    for row in COLUMNS["pointers"]
]
ACTS = either(PARTS["acts"], r"^(i |have i |did i |have you |did you )?({})\b")
NOT_A_ROUND = re.compile(r"\b(id|no|details?|feedback|questions?|interviewers?|notes?|link|prep)$|(abschluss|schluss)$")
WHOLE = {kind: members(names) for kind, names in COLUMNS["whole"].items()}
TARGETS = (
    *("company", "role", "status", "stage", "outcome", "outcome_on", "applied_on", "interviewed_on", "date"),
    *("format", "history", "interviews", "round", "from_stage", "to_stage", "person", "notes"),
    *("starts_at", "place", "link", "source"),
    *("went_well", "issues", "answer_better", "still_needed", "documents_given", "chance", "extra", "ignore"),
)


def can_be(field: str) -> bool:
    """Say whether a column can be this: a field of ours, a behavior, or one that rows are worked out from."""
    return field in TARGETS or field in schema.INTERVIEWS.names or schema.kind_by_prefix(field) != "text"


MANY = frozenset(["notes", "round", "extra", "ignore"])
UNKNOWN = "unknown"  # until its cells are looked at
STATELESS = (By.STATELESS, By.CONTACT)


class Column(NamedTuple):
    """How one column of a file is understood: where it goes, how sure that is, and why; `by` is the reason's code."""

    source: str
    field: str
    sure: str
    why: str
    by: By = By.OTHER

    @property
    def is_said(self) -> bool:
        """Say whether the person said where it goes."""
        return self.by is By.SAID

    def taken(self, *, why: str, field: str | None = None, sure: str | None = None, by: By = By.OTHER) -> "Column":
        """Return the column understood otherwise, for another reason."""
        kept = self.field if field is None else field
        return Column(self.source, kept, self.sure if sure is None else sure, why, by)


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """Return a column's name as names are compared: words in lower case, "jobTitle" as two, no signs."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    text = re.sub(r"[\W_]+", " ", without_accents(split).casefold())
    return " ".join(FILLERS.sub(" ", text).split()) or " ".join(text.split())


FIELD_OF = keyed((folded(alias), field) for field, aliases in NAMES.items() for alias in aliases)


@lru_cache(maxsize=5_000)
def by_name(name: str) -> Column:
    """Return what a column's name stands for, how sure that is, and why; no field where it tells nothing."""
    exact = schema.INTERVIEWS.column(name.strip())
    if name.strip() == "id":
        return Column(name, "id", words.SURE, "an id", By.ID)
    if name.strip() in schema.INTERVIEWS.names or exact.kind in ("yes/no", "rating"):
        return Column(name, name.strip(), words.SURE, "a column of ours")
    return by_other_name(name, folded(name))


def by_other_name(name: str, text: str) -> Column:
    """Return what a name says that is none of ours: `text` is what is compared of it."""
    if COUNTS.search(text):
        return Column(name, "notes", words.SURE, "a count of days or of other things: kept in the notes", By.STATELESS)
    for alias in (text, text.removesuffix("s"), text.removeprefix("job "), text.removeprefix("application ")):
        if alias in FIELD_OF:
            return Column(name, FIELD_OF[alias], words.SURE, "trackers call it so", By.NAME)
    if found := by_words(text):
        return Column(name, found, words.LIKELY, "by the words in its name")
    if (field := FIELD_OF.get(outside := outside_brackets(name))) in ("company", "role"):
        return Column(name, field, words.LIKELY, f"trackers call it so: {outside}")
    for kind, by, pattern in KEPT:
        if pattern.search(text):
            return Column(name, "notes", words.SURE, f"{kind}: kept in the notes", by)
    return Column(name, "", "", "")


def outside_brackets(name: str) -> str:
    """Return a column's name without what stands in brackets behind it: "Company Name (website)" is one."""
    return folded(name.split("(", 1)[0].split("[", 1)[0]) if name[-1:] in ")]" else ""


def by_words(text: str) -> str:
    """Return the field that a name's words point to, where they do."""
    is_dated = TIMES.search(text) and not REMINDERS.search(text)
    for pointer in POINTERS:
        may_be = is_dated or not pointer.is_dated
        if may_be and pointer.words.search(text) and not (pointer.unless and pointer.unless.search(text)):
            return "round" if pointer.field == "interviewed_on" and names_a_stage(text) else pointer.field
    return ""


def names_a_stage(text: str) -> bool:
    """Say whether the name of an interview's date says which round it was."""
    return words.read(bare(text)).stage not in ("", words.INTERVIEW, words.APPLIED)


# Which column is which, by names first and then by what stands in them.


def understand(
    header: Sequence[str],
    samples: Mapping[str, list[str]],
    mapping: Mapping[str, str],
    *,
    file: str = "",
    nameless=False,
) -> list[Column]:
    """Return how each column is understood; `samples` holds some distinct values of each, `mapping` what was said.

    `file` is the file's name: of one called "interviews" the date is that of the interview. `nameless` says that the
    file has no names of columns, so that even the company has to be found by what stands there.
    """
    columns = [column_of(name, samples.get(name, []), mapping) for name in header]
    columns = one_each(two_states(columns, samples))
    for find in (find_company, find_status, find_date, *([find_texts] if nameless else [])):
        columns = find(columns, samples)
    return find_time([general_date(column, columns, file) for column in columns], samples)


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


def is_step(name: str) -> bool:
    """Say whether a column's name is that of one step of several, such as "Stage 2"."""
    return bool(STEP_NAME.search(folded(name)))


def is_numbered(name: str) -> bool:
    """Say whether a column's name ends in a number, as those of several of one kind do."""
    return bool(re.fullmatch(r"(?!column )[^\W\d_]{4,}( [^\W\d_]+)? \d{1,2}", folded(name)))


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


def names_a_round(name: str, meaning: words.Meaning) -> bool:
    """Say whether a column's name is that of a round or an outcome; of the application only where it says whether."""
    if meaning.sure == words.GUESS or any(is_other.search(name) for is_other in (NOT_A_ROUND, REMINDERS, ACTS, COUNTS)):
        return False
    if meaning.stage == words.APPLIED and not meaning.outcome:
        return name in WHOLE["applied_or_not"]
    return meaning.is_interview or meaning.outcome in schema.OUTCOMES


def bare(name: str) -> str:
    """Return a round's name without what its cells hold: "Onsite Date" is "onsite"."""
    text = folded(name)
    return (
        re.sub(
            r"\s+(date|on|at|done|completed|happened|scheduled|time|yes no)$|(时间|日期)$|^date (of|for)\s+|^date\s+",
            "",
            text,
        )
        or text
    )


def is_event(value: str) -> bool:
    """Say whether a cell reads like one of a round's column: yes, no, a date, or a result."""
    return words.happened(value) is not None or bool(dated(value)) or (len(value) < 40 and words.read(value).known)


def dated(value: str) -> bool:
    """Say whether a cell holds a date."""
    from interview_kit.importing import days

    return bool(len(value) < 120 and days.read(value).days)


def is_day(value: str) -> bool:
    """Say whether a cell holds a date and no words."""
    from interview_kit.importing import days

    return dated(value) and not days.read(value).words


def fraction(values: Sequence[str], test) -> float:
    """Return the share of values that pass a test, of those that are not blank."""
    told = [value for value in values if words.plain(value) not in words.BLANKS]
    return sum(map(test, told)) / len(told) if told else 0.0


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


def asks_whether_referred(name: str) -> bool:
    """Say whether a column asks if there was a referral, so that yes is one."""
    return bool(re.search(r"\brefer+al\b", folded(name)))


def says_whether(value: str) -> bool:
    """Say whether a value is yes or no, or a sign for it, and nothing more."""
    return words.happened(value) is not None and len(value) <= 12


def answers_yes_or_no(values: Sequence[str]) -> bool:
    """Say whether a column's values are yes and no, a plain yes among them, and so no states."""
    yes = any(words.happened(value) and not words.read(value).known for value in values)
    return yes and fraction(values, says_whether) > 0.6


def numbered(value: str) -> bool:
    """Say whether a value is the number of a round."""
    return bool(re.fullmatch(r"\d{1,2}(\.0)?", value.strip()))


SOURCE_WORDS = frozenset(
    word for choice, spelled in schema.SPELLINGS["source"].items() for word in (choice, *spelled.split("|"))
)


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


def is_known(value: str) -> bool:
    """Say whether a value is understood as a state."""
    return words.read(value).known


def is_format(value: str) -> bool:
    """Say whether a value is a word for how an interview is held, and nothing more."""
    return words.plain(value) in words.WHOLE_FORMATS


def tells_application(value: str) -> bool:
    """Say whether a value tells an outcome, or that there was an application, and so no round alone."""
    meaning = words.read(value)
    return bool(meaning.outcome) or meaning.stage in (words.APPLIED, words.NOT_APPLIED)


def tells_end(value: str) -> bool:
    """Say whether a value says in a few words how an application ended."""
    return is_state(value) and words.read(value).outcome in words.ENDS


def is_other_id(value: str) -> bool:
    """Say whether a value is no id of ours."""
    return not re.fullmatch(r"i-[a-z2-7]{10}", value)


def always(_: str) -> bool:
    """Hold for any cell."""
    return True


def asks_whether_answered(column: Column, values: list[str]) -> Column:
    """Return a column of yes and no that asks for an answer as the status; any other as it is."""
    name = folded(column.source)
    is_asked = ANSWERS_WHETHER.search(name) and not ACTS.search(name)
    return classify_yes_no(column, values) if is_asked else column


def is_count(value: str) -> bool:
    """Say whether a value is a number other than 0 and 1, which may be no and yes."""
    return numbered(value) and float(value) > 1


def counted(column: Column, _: list[str]) -> Column:
    """Return a column of numbers as the count of interviews, where its name speaks of them."""
    if "interview" not in folded(column.source):
        return column
    return column.taken(field="interviews", sure=words.LIKELY, why="the number of interviews")


def tells_stage(value: str) -> bool:
    """Say whether a value names a stage, and neither whether nor when nor with what result there was one."""
    meaning = words.read(value)
    return meaning.is_interview and not meaning.outcome and not says_whether(value) and not dated(value)


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
RANKS = {words.SURE: 0, words.LIKELY: 1, words.GUESS: 2, "": 3}


def two_states(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with two that say how it goes as a status and an outcome, where none is the outcome yet."""
    both = [at for at, column in enumerate(columns) if column.field == "status"]
    places = [at for at in both if not columns[at].is_said]
    if len(both) < 2 or not places or has(columns, "outcome"):
        return columns

    def tells(at: int) -> float:
        return fraction(samples.get(columns[at].source, []), lambda value: bool(words.read(value).outcome))

    best = max(places, key=tells)
    if tells(best) > 0:
        columns[best] = columns[best].taken(field="outcome", why="it tells outcomes, beside another that tells stages")
    return columns


def one_each(columns: list[Column]) -> list[Column]:
    """Return the columns with each field given once, to the surest; what was said comes before all."""
    taken: dict[str, int] = {}
    order = sorted(range(len(columns)), key=lambda at: (not columns[at].is_said, RANKS.get(columns[at].sure, 3), at))
    kept = list(columns)
    for at in order:
        column = columns[at]
        if column.field in MANY:
            continue
        if column.field in taken and not column.is_said:
            other = columns[taken[column.field]].source
            kept[at] = column.taken(field="notes", why=f"{other!r} is that already: kept in the notes")
        taken.setdefault(column.field, at)
    return kept


def has(columns: Sequence[Column], *fields: str) -> bool:
    """Say whether one of the fields has a column."""
    return any(column.field in fields for column in columns)


def named_name(columns: Sequence[Column]) -> list[int]:
    """Return the places of columns that are called "name" and are nothing else yet."""
    return [at for at, column in enumerate(columns) if folded(column.source) in WHOLE["called"] and is_open(column)]


def find_company(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with a company: "Name" is one where nothing else is, and nothing says it is a person."""
    names = {folded(column.source) for column in columns}
    likely = named_name(columns) or nameless(columns, samples)
    if has(columns, "company") and not has(columns, "role") and likely:
        why = "the company has a column of its own, and these name trades"
        if fraction(samples.get(columns[likely[0]].source, []), lambda value: bool(TRADES.search(value))) >= 0.3:
            columns[likely[0]] = Column(columns[likely[0]].source, "role", words.LIKELY, why)
        return columns
    if has(columns, "company") or names & WHOLE["people"]:
        return columns
    if not has(columns, "role", "status", "outcome", "applied_on", "interviewed_on", "date", "round", "history"):
        return columns
    numbers = [at for at, column in enumerate(columns) if folded(column.source) in WHOLE["company_numbers"]]
    if likely:
        why = "no other column is the company"
        sure = words.LIKELY if named_name(columns) else words.GUESS
        columns[likely[0]] = Column(columns[likely[0]].source, "company", sure, why)
    elif numbers and columns[numbers[0]].by is By.ID:
        why = "only the company's number is here; bring the file with its name along too"
        columns[numbers[0]] = Column(columns[numbers[0]].source, "company", words.GUESS, why)
    return columns


def nameless(columns: Sequence[Column], samples: Mapping[str, list[str]]) -> list[int]:
    """Return the places of columns without a name that hold names, beside others that have one."""
    places = [at for at, column in enumerate(columns) if column.source == f"column {at + 1}" and is_open(column)]
    if len(places) == len(columns):
        return []
    return [at for at in places if fraction(samples.get(columns[at].source, []), is_name) > 0.8]


def find_status(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with a status, found by its words where no name tells."""
    if has(columns, "status", "outcome", "to_stage"):
        return columns
    staged = has(columns, "stage", "round", "history")
    found = [at for at, column in enumerate(columns) if tells_states(column, samples, only_ends=staged)]
    if found:
        best = min(found, key=lambda at: (not is_open(columns[at]), at))
        columns[best] = columns[best].taken(field="status", sure=words.LIKELY, why="its words tell stages and outcomes")
    return columns


def tells_states(column: Column, samples: Mapping[str, list[str]], *, only_ends: bool = False) -> bool:
    """Say whether a column that goes to the notes mostly holds words of how an application goes.

    Of one whose name is something else already, and with `only_ends` of any, some words have to be how it ended.
    """
    values = samples.get(column.source, [])
    if column.field != "notes" or column.by in (By.SAID, By.ID, *STATELESS) or len(values) > 40:
        return False
    meanings = [words.read(value) for value in values if is_state(value)]
    ends = len([meaning for meaning in meanings if meaning.outcome in words.ENDS])
    if not is_open(column) or only_ends:
        return fraction(values, is_state) >= 0.6 and ends >= (1 if is_open(column) else 2)
    return fraction(values, is_state) > 0.5 and (len(values) > 1 or ends > 0)


def is_state(value: str) -> bool:
    """Say whether a value says in a few words how an application goes, and is more than yes, no or a date."""
    return len(value) <= 60 and words.read(value).known and not says_whether(value) and not dated(value)


def is_open(column: Column) -> bool:
    """Say whether nobody and nothing has told yet what a column is."""
    return column.field == "notes" and column.sure == "" and not column.is_said


def find_texts(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return nameless columns with a role, known by the names of trades, and a company: the names beside it."""
    texts = [
        at for at, column in enumerate(columns) if is_open(column) and fraction(samples[column.source], is_name) > 0.8
    ]
    trades = {at: fraction(samples[columns[at].source], lambda value: bool(TRADES.search(value))) for at in texts}
    role = max(trades, key=lambda at: trades[at], default=None)
    if role is None or trades[role] < 0.4 or has(columns, "company", "role"):
        return columns
    company = min((at for at in texts if at != role), key=lambda at: (abs(at - role), at), default=None)
    for at, field in ((role, "role"), (company, "company")):
        if at is not None:
            columns[at] = Column(
                columns[at].source, field, words.GUESS, "the file names no column; by what stands there"
            )
    return columns


def is_name(value: str) -> bool:
    """Say whether a value may be a name: short, with letters, and no address, number or date."""
    return bool(
        len(value) <= 80
        and re.search(r"[^\W\d_]{2}", value)
        and not re.search(r"://|www\.|@", value)
        and not dated(value)
    )


def find_date(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with a date, found by its cells where no name tells."""
    if has(columns, "applied_on", "interviewed_on", "date"):
        return columns
    for at, column in enumerate(columns):
        values = samples.get(column.source, [])
        if (
            is_open(column)
            and not OTHER_DATES.search(folded(column.source))
            and values
            and fraction(values, is_day) >= 0.6
            and fraction(values, numbered) < 0.2
        ):
            columns[at] = column.taken(field="date", sure=words.GUESS, why="it holds dates")
            return columns
    return columns


def find_time(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with "Time" as that of the interviews, where they have a day and the applications none."""
    if not has(columns, "interviewed_on") or has(columns, "starts_at", "applied_on"):
        return columns
    for at, column in enumerate(columns):
        values = samples.get(column.source, [])
        if (
            is_open(column)
            and folded(column.source) in WHOLE["times"]
            and fraction(values, appointments.is_time) >= 0.6
        ):
            columns[at] = column.taken(field="starts_at", sure=words.LIKELY, why="it holds times, beside the date")
            break
    return columns


def general_date(column: Column, columns: Sequence[Column], file: str) -> Column:
    """Return a column called "date" as the date of the interviews in a file of interviews, else of the application."""
    if column.field != "date":
        return column
    interviews = has(columns, "stage", "format") or "interview" in folded(file)
    field = "interviewed_on" if interviews else "applied_on"
    if has(columns, field) and not column.is_said:
        return column.taken(field="notes", why="another column is the date: kept in the notes")
    of_what = "the interview" if interviews else "the application"
    return column.taken(field=field, why=f"{column.why}; taken for the date of {of_what}", by=By.GENERAL_DATE)

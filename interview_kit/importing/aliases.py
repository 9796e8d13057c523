"""What trackers call their columns: one table of names, and what to make of a name that is not in it."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing import appointments, words
from interview_kit.importing.days import without_accents
from interview_kit.importing.tables import either, table


class By(StrEnum):
    """The code of the reason why a column is understood as it is; `why` says it in words."""

    SAID = "said"  # by the person
    NAME = "name"  # one that trackers use
    ID = "id"
    STATELESS = "stateless"  # its name is that of something that never says how it goes: a link, pay
    KEPT = "kept"  # known by its name, and kept in the notes
    GENERAL_DATE = "general date"  # called "date", and taken for that of the rows
    OTHER = "other"


COLUMNS = table("columns")
NAMES: dict[str, list[str]] = COLUMNS["names"]  # where a column can go, by what trackers call it
PARTS: dict[str, list[str]] = COLUMNS["parts"]
# Recognized, and kept in the notes: nothing is worked out from them.
KEPT = [(kind["what"], By(kind["by"]), either(kind["patterns"])) for kind in COLUMNS["kept"]]
WORDS = r"\b({})\b"
NOT_THE_COMPANY, NOT_THE_ROLE = either(PARTS["not_the_company"], WORDS), either(PARTS["not_the_role"], WORDS)
FILLERS, OTHER_DATES = either(PARTS["fillers"], WORDS), either(PARTS["other_dates"], WORDS)
ANSWERS_WHETHER = either(PARTS["answers_whether"], WORDS)
TRADES = either(PARTS["trades"], r"(?i)\b({})s?\b")
REMINDERS, COUNTS = either(PARTS["reminders"], WORDS), either(PARTS["counts"], WORDS)
ACTS = either(PARTS["acts"], r"^(i |have i |did i |have you |did you )?({})\b")
NOT_A_ROUND = re.compile(r"\b(id|no|details?|feedback|questions?|interviewers?|notes?|link|prep)$|(abschluss|schluss)$")
WHOLE: dict[str, list[str]] = COLUMNS["whole"]
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


FIELD_OF = {folded(alias): field for field, aliases in NAMES.items() for alias in aliases}


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
    if re.search(r"\b(date|day|when|time|on|at)\b|datum|fecha", text) and (found := date_by_words(text)):
        return found
    if re.search(r"\b(compan(y|ies)|employer|organi[sz]ation|firma|unternehmen|empresa|entreprise)\b", text):
        return "" if NOT_THE_COMPANY.search(text) else "company"
    if re.search(r"\b(position|role|job|title|stelle|vacancy)\b", text) and not NOT_THE_ROLE.search(text):
        return "role" if len(text.split()) <= 4 else ""
    if re.search(r"\b(status|stand)\b", text) and not re.search(r"follow|referr|visa|link|marital|update date", text):
        return "status"
    return "outcome" if re.search(r"\b(outcome|result|decision)\b", text) else ""


def date_by_words(text: str) -> str:
    """Return whose date a column is, by the words beside "date" in its name; nobody's where it is a reminder."""
    if REMINDERS.search(text):
        return ""
    if re.search(r"interview|round|screen|gesprach|onsite", text):
        return "round" if words.read(bare(text)).stage not in ("", words.INTERVIEW, words.APPLIED) else "interviewed_on"
    if re.search(r"appl(y|ied|ication)|submi|sent\b|bewerb", text):
        return "applied_on"
    if re.search(r"reject|offer|withdr|ghost", text):
        return "round"
    return "outcome_on" if re.search(r"outcome|decision|result|respon[sd]|repl(y|ied)|close|heard", text) else ""


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
    columns = transitions(columns, samples)
    for find in (find_company, find_status, find_date, *([find_texts] if nameless else [])):
        columns = find(columns, samples)
    return find_time([general_date(column, columns, file) for column in columns], samples)


def column_of(name: str, values: list[str], mapping: Mapping[str, str]) -> Column:
    """Return what a column's name and values say of it."""
    if name in mapping:
        return Column(name, mapping[name], words.SURE, "as you said", By.SAID)
    named = by_name(name)
    field = named.field
    if field in CHECKS and values:
        return CHECKS[field](named, values)
    if not field and is_step(name) and fraction(values, is_state) >= 0.6:
        return Column(name, "round", words.LIKELY, "a step by its name; its cells say which")
    if field in ("", "notes") and is_round(name, values, strictly=named.by in (By.KEPT, By.ID, By.STATELESS)):
        return Column(name, "round", words.LIKELY, f"a round or an outcome by its name: {words.read(bare(name))}")
    if not field:
        asks = ANSWERS_WHETHER.search(folded(name)) and not ACTS.search(folded(name))
        answers = asks and fraction(values, says_whether) > 0.6
        unknown = Column(name, "notes", "", "not recognized: kept in the notes")
        return classify_yes_no(unknown, values) if answers else unknown
    return named


def is_step(name: str) -> bool:
    """Say whether a column's name is that of one step of several, such as "Stage 2"."""
    return bool(re.fullmatch(r"(stage|step|status|phase|state|etapa|etape|stufe) \d{1,2}", folded(name)))


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


def fraction(values: Sequence[str], test) -> float:
    """Return the share of values that pass a test, of those that are not blank."""
    told = [value for value in values if words.plain(value) not in words.BLANKS]
    return sum(map(test, told)) / len(told) if told else 0.0


def checked_status(column: Column, values: list[str]) -> Column:
    """Return a column of states; where nothing in it reads like one, what it may be instead."""
    name = folded(column.source)
    if fraction(values, says_whether) > 0.6:
        return classify_yes_no(column, values)
    if fraction(values, dated) > 0.6:
        return dated_status(column, values)
    if column.field == "stage":
        return checked_stage(column, values)
    if name in WHOLE["weak"] and fraction(values, lambda value: words.read(value).known) < 0.3:
        return column.taken(field="notes", sure="", why="nothing in it reads like a status: kept in the notes")
    return column


def dated_status(column: Column, values: list[str]) -> Column:
    """Return a column of states that holds dates: with words beside them it is a history, else a date."""
    if fraction(values, lambda value: dated(value) and words.read(value).known) > 0.3:
        return column.taken(field="history", sure=words.LIKELY, why="its cells tell what happened when")
    if is_round(column.source, values):
        return column.taken(field="round", sure=words.LIKELY, why="its cells say when there was one")
    field = "interviewed_on" if "interview" in folded(column.source) else "outcome_on"
    return column.taken(field=field, sure=words.LIKELY, why="it holds dates")


def checked_stage(column: Column, values: list[str]) -> Column:
    """Return a column of stages; one of formats or of outcomes is that instead."""
    if fraction(values, numbered) > 0.9:
        return column.taken(why="the number of the round")
    if fraction(values, lambda value: words.plain(value) in words.FORMATS["whole"]) > 0.6:
        return column.taken(field="format", sure=words.LIKELY, why="its words tell how it was held")
    meanings = [words.read(value) for value in values]
    if any(m.outcome or m.stage in (words.APPLIED, words.NOT_APPLIED) for m in meanings):
        return column.taken(field="status", sure=words.LIKELY, why="its words tell stages and outcomes")
    return column


def says_whether(value: str) -> bool:
    """Say whether a value is yes or no, or a sign for it, and nothing more."""
    return words.happened(value) is not None and len(value) <= 12


def numbered(value: str) -> bool:
    """Say whether a value is the number of a round."""
    return bool(re.fullmatch(r"\d{1,2}(\.0)?", value.strip()))


def checked_date(column: Column, values: list[str]) -> Column:
    """Return a column of dates; one that answers yes and no instead says whether it happened."""
    if fraction(values, dated) >= 0.3:
        return column
    if fraction(values, says_whether) > 0.6:
        return classify_yes_no(column, values)
    if fraction(values, lambda value: words.read(value).known) > 0.6:
        return column.taken(field="status", sure=words.GUESS, why="its words tell stages and outcomes")
    if column.sure == words.SURE and column.field != "date":
        return column
    return column.taken(field="notes", sure="", why="it holds no dates: kept in the notes")


def checked_interview_date(column: Column, values: list[str]) -> Column:
    """Return the date of an interview; of one whose cells hold times alone, the time at which it begins."""
    return (
        checked_time(column, values) if fraction(values, appointments.is_time) >= 0.6 else checked_date(column, values)
    )


def checked_time(column: Column, values: list[str]) -> Column:
    """Return the time of day of an interview, or its date where the cells hold dates."""
    if fraction(values, dated) >= 0.3:
        return checked_date(column.taken(field="interviewed_on", why=column.why, by=column.by), values)
    if fraction(values, appointments.is_time) >= 0.5:
        return column.taken(field="starts_at", why=column.why, by=column.by)
    return column.taken(field="notes", sure="", why="it holds no times: kept in the notes")


def checked_place(column: Column, values: list[str]) -> Column:
    """Return the place of an interview; "phone" and "video" tell how it is held."""
    formats = fraction(values, lambda value: words.plain(value) in words.FORMATS["whole"])
    if column.by is By.NAME and formats > 0.6:
        return column.taken(field="format", sure=words.LIKELY, why="its words tell how it was held")
    return column


def checked_link(column: Column, values: list[str]) -> Column:
    """Return the address of the posting, where the cells hold addresses."""
    if column.by is not By.NAME or fraction(values, appointments.is_address) >= 0.5:
        return column
    return column.taken(field="notes", why="a link: kept in the notes", by=By.STATELESS)


def checked_source(column: Column, values: list[str]) -> Column:
    """Return where the leads came from, in words; a column of addresses, or of names, tells something else."""
    if column.by is not By.NAME:
        return column
    asks = asks_whether_referred(column.source)
    known = fraction(values, lambda value: says_whether(value) or words.plain(value) in SOURCE_WORDS)
    if fraction(values, appointments.is_address) >= 0.3 or (asks and known < 0.6):
        return column.taken(field="notes", why="how it was found: kept in the notes", by=By.KEPT)
    return column


def asks_whether_referred(name: str) -> bool:
    """Say whether a column asks if there was a referral, so that yes is one."""
    return bool(re.search(r"\brefer+al\b", folded(name)))


SOURCE_WORDS = frozenset(
    word for choice, spelled in schema.SPELLINGS["source"].items() for word in (choice, *spelled.split("|"))
)


def checked_history(column: Column, values: list[str]) -> Column:
    """Return a history, or the count of interviews, or what else such a column turns out to be."""
    if fraction(values, numbered) > 0.9:
        return column.taken(field="interviews", why="the number of interviews")
    return classify_yes_no(column, values) if fraction(values, says_whether) > 0.6 else column


def classify_yes_no(column: Column, values: list[str]) -> Column:
    """Return a column of yes and no as what it is about: a round, an answer that came, or nothing we know."""
    if is_round(column.source, values):
        return column.taken(field="round", sure=words.LIKELY, why="its cells say whether it happened")
    if ANSWERS_WHETHER.search(folded(column.source)):
        return column.taken(field="status", sure=words.LIKELY, why="its cells say whether there was an answer")
    return column.taken(field="notes", sure="", why="yes and no, but of what is unclear: kept in the notes")


def checked_count(column: Column, values: list[str]) -> Column:
    """Return the number of interviews where the column holds numbers."""
    return column if fraction(values, numbered) > 0.5 else checked_history(column._replace(field="history"), values)


def checked_format(column: Column, values: list[str]) -> Column:
    """Return a format where the words are phone, video and the like."""
    if fraction(values, lambda value: bool(words.read_format(value))) >= 0.3:
        return column
    return column.taken(field="notes", sure="", why="no format we know: kept in the notes")


def checked_id(column: Column, values: list[str]) -> Column:
    """Return our own ids as ids, any other as a note."""
    if all(re.fullmatch(r"i-[a-z2-7]{10}", value) for value in values):
        return column
    return column.taken(field="notes", why="an id: kept in the notes", by=By.ID)


CHECKS = {
    **dict.fromkeys(["status", "stage", "outcome"], checked_status),
    **dict.fromkeys(["applied_on", "outcome_on", "date"], checked_date),
    "interviewed_on": checked_interview_date,
    "starts_at": checked_time,
    "place": checked_place,
    "link": checked_link,
    "source": checked_source,
    "history": checked_history,
    "interviews": checked_count,
    "id": checked_id,
    "format": checked_format,
}
RANKS = {words.SURE: 0, words.LIKELY: 1, words.GUESS: 2, "": 3}


def two_states(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with two that say how it goes as a status and an outcome, where none is the outcome yet."""
    places = [at for at, column in enumerate(columns) if column.field == "status" and not column.is_said]
    if len(places) < 2 or has(columns, "outcome"):
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


STEP_PAIRS = (("source", "target"), ("from", "to"), ("from stage", "to stage"), ("from status", "to status"))


def transitions(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return "source" and "target" as a step from one stage to the next, where both hold stages."""
    names = [folded(column.source) for column in columns]
    for pair in STEP_PAIRS:
        places = [names.index(name) for name in pair if name in names]
        told = [fraction(samples.get(columns[at].source, []), lambda value: words.read(value).known) for at in places]
        if len(places) == 2 and min(told) >= 0.6:
            for at, field in zip(places, ("from_stage", "to_stage"), strict=True):
                columns[at] = Column(columns[at].source, field, words.LIKELY, "a step from one stage to the next")
            return columns
    lonely = [at for at, column in enumerate(columns) if column.field in ("from_stage", "to_stage")]
    for at in lonely:
        if not columns[at].is_said:
            columns[at] = Column(columns[at].source, "notes", "", "not recognized: kept in the notes")
    return columns


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
    if has(columns, "company") or names & {"email", "age", "first name", "last name", "phone number", "gender"}:
        return columns
    if not has(columns, "role", "status", "outcome", "applied_on", "interviewed_on", "date", "round", "history"):
        return columns
    numbers = [at for at, column in enumerate(columns) if folded(column.source) in ("company id", "employer id")]
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
    if column.field != "notes" or column.by in (By.SAID, By.ID, By.STATELESS) or len(values) > 40:
        return False
    meanings = [words.read(value) for value in values if is_state(value)]
    ends = len([meaning for meaning in meanings if meaning.outcome in ENDS])
    if not is_open(column) or only_ends:
        return fraction(values, is_state) >= 0.6 and ends >= (1 if is_open(column) else 2)
    return fraction(values, is_state) > 0.5 and (len(values) > 1 or ends > 0)


def is_state(value: str) -> bool:
    """Say whether a value says in a few words how an application goes, and is more than yes, no or a date."""
    return len(value) <= 60 and words.read(value).known and not says_whether(value) and not dated(value)


ENDS = frozenset(["offer", "rejected", "withdrawn", "no reply"])


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
            and fraction(values, dated) >= 0.8
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
        if is_open(column) and folded(column.source) in TIMES and fraction(values, appointments.is_time) >= 0.6:
            columns[at] = column.taken(field="starts_at", sure=words.LIKELY, why="it holds times, beside the date")
            break
    return columns


TIMES = frozenset(["time", "start", "at", "hour", "uhrzeit", "heure", "hora", "ora", "tijd"])


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

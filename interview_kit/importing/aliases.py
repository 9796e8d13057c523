"""What trackers call their columns, and what to make of a name that is not in the table of names."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing import words
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
ASKS_WHETHER_PASSED = either(PARTS["passed"], WORDS)
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
SAYS_WHEN = re.compile(r"^(date|when|fecha)\b|^day$|(?<!\bper)(?<!\ba) (day|date|on|at|time|when)$|datum$")
NOT_A_ROUND = re.compile(r"\b(id|no|details?|feedback|questions?|interviewers?|notes?|link|prep)$|(abschluss|schluss)$")
LED_ON = re.compile(r"\b(invited|moved|advanced|made it|asked)( on| back)? to (the )?next\b")
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
    return " ".join(FILLERS.sub(" ", text).split()) or " ".join(text.split()) or words.plain(name)  # one of signs


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


def says_when(name: str) -> bool:
    """Say whether a column's name says that its cells are days: "Sent on" does, "Pay on target" does not."""
    return bool(SAYS_WHEN.search(folded(name)))


def is_step(name: str) -> bool:
    """Say whether a column's name is that of one step of several, such as "Stage 2"."""
    return bool(STEP_NAME.search(folded(name)))


def is_numbered(name: str) -> bool:
    """Say whether a column's name ends in a number, as those of several of one kind do."""
    return bool(re.fullmatch(r"(?!column )[^\W\d_]{4,}( [^\W\d_]+)? \d{1,2}", folded(name)))


def names_a_round(name: str, meaning: words.Meaning) -> bool:
    """Say whether a column's name is that of a round or an outcome; of the application only where it says whether."""
    others = (NOT_A_ROUND, ACTS, COUNTS) if LED_ON.search(name) else (NOT_A_ROUND, REMINDERS, ACTS, COUNTS)
    if meaning.sure == words.GUESS or any(is_other.search(name) for is_other in others):
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


@lru_cache(maxsize=5_000)
def asks_whether_referred(name: str) -> bool:
    """Say whether a column asks if there was a referral, so that yes is one."""
    return bool(re.search(r"\brefer+al\b", folded(name)))

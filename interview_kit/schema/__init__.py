"""What a record is: its tables and columns, with the words that the form shows for them; its values are beside."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from interview_kit.schema.values import (
    ANSWERED,
    CALLBACK_OUTCOMES,
    CHOICES,
    FOLLOW_UP_KINDS,
    FORMATS,
    MONTHS,
    NO,
    NOT_HELD,
    OUTCOMES,
    PARSERS,
    SOURCES,
    SPELLINGS,
    STAGES,
    YES,
    escape,
    fold,
    is_missing,
    is_value,
    one_of,
    parse,
    parse_date,
    parse_value,
    plain_text,
    to_text,
    unescape,
)


@dataclass(frozen=True)
class Column:
    """One column: its name in the CSV, its kind, and the words the form shows for it."""

    name: str
    kind: str = "text"
    label: str = ""
    prompt: str = ""
    required: bool = False
    doing: str = ""  # of a behavior, as in "Did you …?"
    optional: bool = False  # files need not have it, under whatever name


@dataclass(frozen=True)
class Table:
    """One table: its name, and its columns in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def letter(self) -> str:
        """The letter that the ids of its records begin with."""
        return self.name[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in the order of a new file."""
        return tuple(column.name for column in self.columns)

    @property
    def usual_names(self) -> tuple[str, ...]:
        """The columns that every file has, in order."""
        return tuple(column.name for column in self.columns if not column.optional)

    def column(self, name: str) -> Column:
        """Return the column called `name`, described by its prefix or as text where the table does not list it."""
        return self._by_name.get(name) or Column(name, kind_by_prefix(name), label(name))

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        return {fold_header(name): name for name in self.names}

    def read_header(self, cells: Sequence[str]) -> list[str]:
        """Return the columns that a header's cells name, whatever their case, blanks, underscores, hyphens and dots.

        Of two cells that name one column, the one that is spelled like it is the column, else the first; the other
        is called "outcome (2)". A cell that names no column of the table is left as it is.
        """
        spelled = {cell.strip() for cell in cells}
        with_blanks = any(" " in cell.strip() and fold_header(cell) in self._by_folded for cell in cells)
        found: list[str] = []
        for cell in cells:
            name = self._by_folded.get(fold_header(cell)) or self._behavior_in(cell, with_blanks=with_blanks)
            is_second = name != cell.strip() and (name in spelled or name in found)
            found.append(f"{name} (2)" if is_second else name)
        return found

    def is_unknown(self, name: str) -> bool:
        """Say whether a column is neither of this table nor a behavior of the user's own."""
        return name not in self._by_name and kind_by_prefix(name) == "text"

    def _behavior_in(self, cell: str, *, with_blanks: bool) -> str:
        """Return the name of the user's own behavior that a cell spells, the cell itself where it spells none.

        Blanks stand for underscores only in a header that has them in other names too: "Did they call" may be a note.
        """
        plain = cell.strip()
        between = r"[\s_-]" if with_blanks else "[_-]"
        is_one = re.match(rf"(did|rated){between}", plain, re.IGNORECASE) and not plain.startswith(("did_", "rated_"))
        return re.sub(r"[\s_-]+", "_", plain.lower()) if is_one and self.name == "interviews" else plain


def fold_header(cell: str) -> str:
    """Return a header's cell as names are compared: without case, blanks, underscores, hyphens and dots."""
    return re.sub(r"[\s_.-]+", "", cell.casefold())


def kind_by_prefix(name: str) -> str:
    """Return the kind that a column's prefix gives it: a new behavior is a new column, no code."""
    if name.startswith("did_"):
        return "yes/no"
    return "rating" if name.startswith("rated_") else "text"


def behavior(name: str, label: str, doing: str, prompt: str = "") -> Column:
    """Return the column of a behavior, and what is asked about it: "Did you …?", unless other words are given."""
    return Column(name, "yes/no", label, prompt or f"Did you {doing}?", doing=doing, optional=True)


BEHAVIORS = (
    behavior("did_prepare", "Prepared", "prepare for this company"),
    behavior(
        "did_arrive_early",
        "Arrived early",
        "be there, or online, with time to spare",
        "Were you there, or online, with time to spare?",
    ),
    behavior("did_drink_coffee", "Drank coffee", "drink coffee shortly before"),
    behavior("did_keep_good_posture", "Kept good posture", "sit or stand upright and open"),
    behavior("did_make_eye_contact", "Made eye contact", "look at them, or into the camera"),
    behavior("did_listen_before_answering", "Listened before answering", "let them finish first"),
    behavior("did_give_examples", "Gave examples", "tell real examples of your work"),
    behavior("did_ask_questions_at_end", "Asked questions at the end", "ask questions at the end"),
    behavior("did_ask_next_steps", "Asked about next steps", "ask what happens next"),
)
RATINGS = (
    Column("rated_calm", "rating", "Calm", "How calm were you?", optional=True),
    Column("rated_clarity", "rating", "Clarity", "How clear were your answers?", optional=True),
    Column("rated_rapport", "rating", "Rapport", "How well did you get on with them?", optional=True),
)

INTERVIEWS = Table(
    "interviews",
    (
        Column("id", "id"),
        Column("person", label="Person"),
        Column("company", label="Company", required=True),
        Column("role", label="Role"),
        Column("stage", "stage", "Stage"),
        Column("format", "format", "Format"),
        Column("source", "source", "Where the lead came from", optional=True),
        Column("link", label="The posting's address", optional=True),
        Column("interviewed_on", "date", "Date of the interview"),
        Column("starts_at", "time", "It starts at", optional=True),
        Column("ended_at", "time", "It ended at"),
        Column("place", label="Place or link", prompt="An address, or the link of the call", optional=True),
        Column("debriefed_at", "datetime", "Written down at"),
        *BEHAVIORS,
        *RATINGS,
        Column("chance", "chance", "Your guess of a callback", "In how many of 100 such interviews would they call?"),
        Column("documents_given", label="Documents you gave", prompt="CV, references, work samples …"),
        Column("issues", label="Issues that came up", prompt="What was difficult, odd or unclear?"),
        Column("answer_better", label="Questions you could have answered better", prompt="What would you say now?"),
        Column("still_needed", label="Information the application still needs", prompt="What did you promise to send?"),
        Column("went_well", label="What went well", prompt="Keep doing this"),
        Column("notes", label="Anything else"),
        Column("focus", "focus", "What you set out to work on"),
        Column("outcome", "outcome", "Outcome"),
        Column("outcome_on", "date", "Outcome known on"),
        Column("answer_by", "date", "They said they would answer by", optional=True),
    ),
)
QUESTIONS = Table(
    "questions",
    (
        Column("id", "id"),
        Column("interview_id", "id"),
        Column("question", label="Their question", required=True),
        Column("topic", label="Topic"),
        Column("answered", "answered", "How you answered"),
        Column("better_answer", label="A better answer"),
        Column("story_id", "id", "The story you told", optional=True),
        Column("last_practiced_on", "date", "Last practiced on"),
        Column("next_practice_on", "date", "Next practice on"),
    ),
)
CONTACTS = Table(
    "contacts",
    (
        Column("id", "id"),
        Column("interview_id", "id"),
        Column("name", label="Name"),
        Column("role", label="Their role"),
        Column("company", label="Company"),
        Column("email", label="Email"),
        Column("phone", label="Phone"),
        Column("met_on", "date", "Met on"),
        Column("notes", label="What you talked about"),
    ),
)
FOLLOW_UPS = Table(
    "follow_ups",
    (
        Column("id", "id"),
        Column("interview_id", "id"),
        Column("contact_id", "id"),
        Column("kind", "follow_up", "What to do"),
        Column("due_on", "date", "Due on"),
        Column("done_on", "date", "Done on"),
        Column("note", label="Note"),
    ),
)
STORIES = Table(
    "stories",
    (
        Column("id", "id"),
        Column("title", label="Title", prompt="A few words by which you know it", required=True),
        Column("topics", label="Topics", prompt="What it answers, such as: conflict, deadline"),
        Column("situation", label="Situation", prompt="Where and when was it?"),
        Column("task", label="Task", prompt="What was yours to do?"),
        Column("action", label="Action", prompt="What did you do?"),
        Column("result", label="Result", prompt="What came of it?"),
    ),
)
OTHER_NAMES = {  # that people give a column, as `fold_header` has them
    "company": ("employer", "organization", "organisation"),
    "interviewed_on": ("date", "interviewdate", "dateofinterview", "interviewed", "day", "when", "on"),
    "outcome": ("result", "status", "answer"),
    "outcome_on": ("outcomedate", "answeron", "answerdate", "resultdate", "heardon", "outcomeknownon"),
    "stage": ("round",),
    "role": ("position", "jobtitle", "title", "job"),
    "met_on": ("metdate", "datemet", "met"),
    "due_on": ("duedate", "due", "deadline"),
    "done_on": ("donedate", "done"),
}
# Columns that hold the id of another table's record.
REFERENCES = {"interview_id": INTERVIEWS, "contact_id": CONTACTS, "story_id": STORIES}
TABLES = {table.name: table for table in (INTERVIEWS, QUESTIONS, CONTACTS, FOLLOW_UPS, STORIES)}
LABELS = {column.name: column.label for column in INTERVIEWS.columns}


def table(name: str) -> Table:
    """Return the table called `name`; `ValueError` names the tables there are."""
    if name not in TABLES:
        raise ValueError(f"{name!r} is not a table; the tables are {', '.join(TABLES)}")
    return TABLES[name]


def label(name: str) -> str:
    """Return the words for a column: its own, or its name without the prefix ("did_smile_more" is "Smile more")."""
    words = re.sub(r"^(did|rated)_", "", name).replace("_", " ").strip()
    return LABELS.get(name) or words[:1].upper() + words[1:] or name


def behavior_name(words: str, prefix: str = "did_") -> str:
    """Return the column name for a behavior in the user's own words; `ValueError` where no letter is left."""
    slug = re.sub(r"\W+", "_", unicodedata.normalize("NFC", words).lower()).strip("_")
    slug = re.sub(r"^(did|rated)_", "", slug)[:60].strip("_")
    if not slug:
        raise ValueError(f"{words!r} has no letters; name the behavior in a few words, such as 'smiled more'")
    return prefix + slug

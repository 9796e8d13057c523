"""What a record is: tables, columns, kinds, prompts and accepted spellings."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

OUTCOMES = ("pending", "callback", "offer", "rejected", "no reply", "withdrawn", "planned", "cancelled")
NOT_HELD = ("planned", "cancelled")  # no interview took place yet, or none will: they count nowhere
CALLBACK_OUTCOMES = ("callback", "offer")
SOURCES = ("referral", "recruiter", "own application", "event")
STAGES = ("applied", "screen", "technical", "take-home", "onsite", "final", "other")
FORMATS = ("phone", "video", "in person")
ANSWERED = ("well", "okay", "badly")
FOLLOW_UP_KINDS = ("thank-you", "send information", "ask status", "stay in touch")

# Spellings people use, by the value they mean. Compared in lower case, with "-" and "_" read as spaces.
SPELLINGS = {
    "stage": {
        "applied": "application|apply|submitted",
        "screen": "phone screen|phone screening|recruiter screen|recruiter call|recruiter|screening|hr screen|hr",
        "technical": "tech|technical interview|technical round|tech interview|coding|coding interview|tech screen",
        "take-home": "take home|takehome|take home test|take home assignment|assignment|homework|case study",
        "onsite": "on site|on site interview|onsite interview|in house|office visit|superday",
        "final": "final round|final interview|last round|executive|final stage",
        "other": "",
    },
    "format": {
        "phone": "telephone|call|phone call",
        "video": "video call|zoom|teams|online|remote|virtual|meet|google meet|skype",
        "in person": "inperson|on site|onsite|face to face|f2f|office",
    },
    "outcome": {
        "pending": "waiting|open|awaiting|in progress",
        "callback": "call back|called back|next round|advanced|moved on|passed",
        "offer": "offered|job offer|accepted|hired",
        "rejected": "reject|rejection|declined|turned down|not selected|no",
        "no reply": "noreply|no response|ghosted|no answer|silence",
        "withdrawn": "withdrew|withdraw|i withdrew",
        "planned": "scheduled|upcoming|to come|booked",
        "cancelled": "canceled|cancel|called off",
    },
    "source": {
        "referral": "referred|friend|colleague|employee referral",
        "recruiter": "headhunter|agency|recruiting agency",
        "own application": "applied|application|job board|cold application",
        "event": "fair|job fair|meetup|conference",
    },
    "answered": {"well": "good|great", "okay": "ok|so so|fair", "badly": "bad|poorly|poor"},
    "follow_up": {
        "thank-you": "thank you|thanks|thank you note",
        "send information": "send info|information|send documents",
        "ask status": "status|ask for status|check in",
        "stay in touch": "keep in touch|touch|networking",
    },
}
YES = frozenset(["yes", "y", "true", "t", "1", "x", "✓", "✔"])
NO = frozenset(["no", "n", "false", "f", "0"])

MONTH_NAMES = (
    *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
    *("jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december"),
)
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, start=1) for name in names.split()}


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
    """One table: its name, the letter its ids begin with, and its columns in order."""

    name: str
    letter: str
    columns: tuple[Column, ...]

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
        if (
            self.name != "interviews"
            or plain.startswith(("did_", "rated_"))
            or not re.match(rf"(did|rated){between}", plain, re.IGNORECASE)
        ):
            return plain
        return re.sub(r"[\s_-]+", "_", plain.lower())


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
    "i",
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
    "q",
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
    "c",
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
    "f",
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
    "s",
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
REFERENCES = {
    "interview_id": INTERVIEWS,
    "contact_id": CONTACTS,
    "story_id": STORIES,
}  # columns that hold the id of another table's record
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


# Reading one value: text in, a Python value out, `ValueError` with the end of a sentence where it cannot be read.


def parse(kind: str, text: str):
    """Return the value that `text` stands for, or None where it is empty.

    Text kinds come back as `str` with a protecting apostrophe removed; "yes/no" as bool, "rating" as int, "chance"
    as float, "date" as `date`, "datetime" as `datetime`, "time" as `time`, choices in their first spelling.
    Raises `ValueError` whose message continues the sentence "'callbck' …".
    """
    if kind in ("text", "id", "focus"):
        return unescape(text)
    stripped = text.strip()
    if not stripped:
        return "pending" if kind == "outcome" else None
    return PARSERS[kind](stripped)


def one_of(kind: str, choices: tuple[str, ...], *, keep_unknown: bool = False) -> Callable[[str], str]:
    """Return a parser of the spellings of `choices`."""
    accepted = {fold(choice): choice for choice in choices}
    accepted |= {word: choice for choice, words in SPELLINGS[kind].items() for word in words.split("|") if word}

    def parse_choice(text: str) -> str:
        found = accepted.get(fold(text))
        if found is None and keep_unknown:
            return unescape(text)
        if found is None:
            raise ValueError(f"is not one of {', '.join(choices)}")
        return found

    return parse_choice


def fold(text: str) -> str:
    """Return `text` as spellings are compared: lower case, hyphens and underscores as single spaces."""
    return " ".join(re.sub(r"[-_]", " ", text.casefold()).split())


def parse_yes_no(text: str) -> bool:
    """Return True or False for the spellings of yes and no."""
    folded = text.casefold()
    if folded in YES or folded in NO:
        return folded in YES
    raise ValueError("is not yes or no")


def parse_rating(text: str) -> int:
    """Return a whole number from 1 to 5."""
    if re.fullmatch(r"[1-5](\.0+)?", text):
        return int(text[0])
    raise ValueError("is not a whole number from 1 to 5")


def parse_chance(text: str) -> float:
    """Return a number from 0 to 100; a share below 1 is refused, since 0.7 may mean 70."""
    match = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*%?", text)
    if not match or float(match[1]) > 100:
        raise ValueError("is not a number from 0 to 100")
    if 0 < float(match[1]) < 1:
        raise ValueError(f"reads as less than 1 in 100; write {float(match[1]) * 100:g} if that is what you mean")
    return float(match[1])


def parse_date(text: str) -> date:
    """Return an ISO date or an unambiguous one; a day and a month that could be swapped are not guessed."""
    if len(text) == 10 and text[4] == text[7] == "-":
        with suppress(ValueError):  # what is no day is looked at again below, where the error says why
            return date.fromisoformat(text)
    day_text = re.sub(r"[T ][0-2]?\d:[0-5]\d(:[0-5]\d(\.\d+)?)?$", "", text)
    if match := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})(\d\d)(\d\d)", day_text):
        return whole_date(*(int(match[group]) for group in ((1, 3, 4) if match[1] else (5, 6, 7))))
    if match := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", text):
        return day_and_month(int(match[1]), int(match[3]), int(match[4]))
    words = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [word for word in words if word.isdecimal()]
    if len(words) == 3 and len(months) == 1 and sorted(map(len, numbers)) in ([1, 4], [2, 4]):
        day, year = sorted(numbers, key=len)
        return whole_date(int(year), months[0], int(day))
    raise ValueError("is not a date; write it as year-month-day, such as 2026-04-03")


def whole_date(year: int, month: int, day: int) -> date:
    """Return the date, or say that the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("is not a day of the calendar; write it as year-month-day, such as 2026-04-03") from None


def day_and_month(first: int, second: int, year: int) -> date:
    """Return the only date that two numbers can mean, or name both."""
    readings = [reading for reading in ((second, first), (first, second)) if reading[0] <= 12]
    dates = sorted({whole_date(year, month, day) for month, day in readings})
    if len(dates) == 2:
        raise ValueError(f"can be {' or '.join(map(str, dates))}; write the one you mean")
    return dates[0] if dates else whole_date(year, 0, 0)


def parse_datetime(text: str) -> datetime:
    """Return a local ISO date and time to the second, without a time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo or len(text) <= len("2026-04-03"):
        raise ValueError("is not a local date and time, such as 2026-04-03 14:30")
    return moment.replace(microsecond=0)


def parse_time(text: str) -> time:
    """Return a time of day on the 24 hour clock."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?", text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        raise ValueError("is not a time of day, such as 14:30")
    return time(int(match[1]), int(match[2]), int(match[3] or 0))


OWN_WORDS = ("stage", "source")  # kinds that take a word of the person's own, too
CHOICES = {
    "stage": STAGES,
    "source": SOURCES,
    "format": FORMATS,
    "outcome": OUTCOMES,
    "answered": ANSWERED,
    "follow_up": FOLLOW_UP_KINDS,
}
PARSERS: dict[str, Callable] = {
    "yes/no": parse_yes_no,
    "rating": parse_rating,
    "chance": parse_chance,
    "date": parse_date,
    "datetime": parse_datetime,
    "time": parse_time,
    **{kind: one_of(kind, choices, keep_unknown=kind in OWN_WORDS) for kind, choices in CHOICES.items()},
}

# Writing one value: what the CSV holds for it.

# What a spreadsheet runs, and the numbers that it writes back in its own way: 007 as 7, 1e5 as 100000.
RUN_BY_SPREADSHEETS = r"[=+\-@＝＋－＠]"
CHANGED_BY_SPREADSHEETS = rf"(?:{RUN_BY_SPREADSHEETS}|[\t\r]|0\d+$|\d+(?:\.\d+)?[eE][+-]?\d+$|\d{{16,}}$)"
FORMULA = re.compile("'*" + CHANGED_BY_SPREADSHEETS)
ESCAPED_FORMULA = re.compile("'+" + CHANGED_BY_SPREADSHEETS)
# Within a text, a formula begins a cell of its own where the file is opened with another separator, which also takes
# the quotes for text and so ends a row at each line feed. The dash before a point of a list stays as it is.
WITHIN = rf"(?:(?<=[;,|\r])(?=['\"]*{RUN_BY_SPREADSHEETS})|(?<=\n)(?=['\"]*(?:[=+@＝＋＠]|[-－](?! ))))"
INNER_FORMULA = re.compile(WITHIN)
ESCAPED_INNER_FORMULA = re.compile(rf"{WITHIN}'")


def escape(text: str) -> str:
    """Return free text as it is written: a spreadsheet neither runs nor changes what stands behind an apostrophe."""
    text = INNER_FORMULA.sub("'", text)
    return "'" + text if FORMULA.match(text) else text


def unescape(text: str) -> str:
    """Return free text as it was before `escape`."""
    if "'" not in text:
        return text
    text = text[1:] if ESCAPED_FORMULA.match(text) else text
    return ESCAPED_INNER_FORMULA.sub("", text)


def is_missing(value: object) -> bool:
    """Say whether a value of a frame or a form stands for nothing: None, pandas.NA, or a NaN or NaT of any library."""
    if value is None or type(value).__name__ == "NAType":
        return True
    return bool(value != value)  # noqa: PLR0124 - only NaN and NaT differ from themselves


def to_text(kind: str, value: object) -> str:
    """Return the CSV text of a value from a frame, a form or a person; the reverse of `parse`.

    Raises `ValueError`, worded like those of `parse`, where the value is not of this kind.
    """
    text = "" if is_missing(value) else plain_text(value)
    if kind in ("text", "id", "focus"):
        return escape(text)
    if not text.strip():
        return ""
    parsed = parse(kind, text)
    return escape(plain_text(parsed)) if kind in OWN_WORDS else plain_text(parsed)


def plain_text(value: object) -> str:
    """Return a value in the way the CSV spells its type."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, time):
        return value.isoformat("minutes" if not value.second else "seconds")
    if type(value).__name__ in ("bool", "bool_"):
        return "yes" if value else "no"
    if type(value).__name__ in ("float", "float64"):
        return repr(float(value)).removesuffix(".0")  # ty: ignore[invalid-argument-type]
    return str(value)

"""The values of the records: how people spell them, what they mean, and how a file holds them."""

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, datetime, time

# Spellings people use, by the value they mean, in the order of a list; compared in lower case, "-" and "_" as spaces.
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
    "source": {
        "referral": "referred|friend|colleague|employee referral",
        "recruiter": "headhunter|agency|recruiting agency",
        "own application": "applied|application|job board|cold application",
        "event": "fair|job fair|meetup|conference",
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
    "answered": {"well": "good|great", "okay": "ok|so so|fair", "badly": "bad|poorly|poor"},
    "follow_up": {
        "thank-you": "thank you|thanks|thank you note",
        "send information": "send info|information|send documents",
        "ask status": "status|ask for status|check in",
        "stay in touch": "keep in touch|touch|networking",
    },
}
CHOICES = {kind: tuple(spellings) for kind, spellings in SPELLINGS.items()}
STAGES, SOURCES, FORMATS, OUTCOMES, ANSWERED, FOLLOW_UP_KINDS = CHOICES.values()
OWN_WORDS = ("stage", "source")  # kinds that take a word of the person's own, too
NOT_HELD = ("planned", "cancelled")  # no interview took place yet, or none will: they count nowhere
CALLBACK_OUTCOMES = ("callback", "offer")
YES = frozenset(["yes", "y", "true", "t", "1", "x", "✓", "✔"])
NO = frozenset(["no", "n", "false", "f", "0"])


MONTH_NAMES = (
    *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
    *("jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december"),
)
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, start=1) for name in names.split()}


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


def is_value(kind: str, text: str) -> bool:
    """Say whether a text is a value of this kind."""
    try:
        return parse(kind, text) is not None
    except ValueError:
        return False


def parse_value(kind: str, value: object):
    """Return the value that a frame's own value stands for, in whatever way it holds it."""
    return parse(kind, plain_text(value))


def one_of(kind: str, *, keep_unknown: bool = False) -> Callable[[str], str]:
    """Return a parser of the choices of a kind, in any spelling."""
    accepted = {fold(choice): choice for choice in CHOICES[kind]}
    accepted |= {word: choice for choice, words in SPELLINGS[kind].items() for word in words.split("|") if word}

    def parse_choice(text: str) -> str:
        found = accepted.get(fold(text))
        if found is None and not keep_unknown:
            raise ValueError(f"is not one of {', '.join(CHOICES[kind])}")
        return unescape(text) if found is None else found

    return parse_choice


def fold(text: str) -> str:
    """Return `text` as spellings are compared: lower case, hyphens and underscores as single spaces."""
    return " ".join(re.sub(r"[-_]", " ", text.casefold()).split())


def parse_yes_no(text: str, yes: Collection[str] = YES, no: Collection[str] = NO) -> bool:
    """Return True or False for the spellings of yes and no."""
    folded = text.casefold()
    if folded in yes or folded in no:
        return folded in yes
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


PARSERS: dict[str, Callable] = {
    "yes/no": parse_yes_no,
    "rating": parse_rating,
    "chance": parse_chance,
    "date": parse_date,
    "datetime": parse_datetime,
    "time": parse_time,
    **{kind: one_of(kind, keep_unknown=kind in OWN_WORDS) for kind in CHOICES},
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

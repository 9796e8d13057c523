"""Drafts of notes, made of the records and of templates that people can edit."""

import os
import re
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from interview_kit import schema
from interview_kit.frame.arguments import DayLike, checked_date
from interview_kit.next_steps.follow_ups import SEND, TOUCH
from interview_kit.next_steps.records import Records, RecordsLike, Row, read_records
from interview_kit.next_steps.template import filled
from interview_kit.words import listed, one_line

TONES = ("warm", "plain", "formal")
TEMPLATES = Path(__file__).parent / "templates"
PERSONAL = "about me|motivation|salary|failure|conflict|experience|strengths|weaknesses|case|other"  # topics
TITLES = frozenset(["dr", "prof", "professor", "mr", "mrs", "ms", "mx", "miss", "sir", "dame", "herr", "frau"])
SHOWN_TOPICS = 3


def thank_you_note(
    records: RecordsLike, interview_id: str = "", *, contact_id: str = "", tone: str = "warm", as_of: DayLike = None
) -> str:
    """Return a thank-you for an interview as plain text: whom they met, what was asked about, what they promised.

    Parameters
    ----------
    records : Journal or mapping of str to pandas.DataFrame
        A Journal, or frames by name, as in `due_follow_ups`.
    interview_id : str, optional
        The interview. Give it, or the contact who was met in it, or both.
    contact_id : str, optional
        The contact; without one the note is for everyone met.
    tone : {"warm", "plain", "formal"}, default "warm"
        The tone of the note.
    as_of : date or str, optional
        The day that counts as today, by default today; it decides between "yesterday" and a date.

    Returns
    -------
    str
        The note. What the records do not say stands in square brackets, to be filled in, and so do one's own notes, to
        be said in better words: "[your name]".

    Raises
    ------
    ValueError
        For arguments that cannot be read, and for a template that cannot be used, with its file and line.

    Notes
    -----
    The templates lie in the kit's folder `next_steps/templates`; a file of the same name in the folder `notes` of a
    Journal's folder is used instead.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> journal = ik.Journal(SAMPLE.parent)
    >>> note = ik.thank_you_note(journal, "i-6bfgsmtn5q", tone="plain", as_of="2026-11-20")
    >>> print(note.splitlines()[0])
    Subject: Thank you for your time
    """
    occasion = Occasion.of(records, interview_id, contact_id, as_of)
    return draft(records, "thank_you", tone, occasion, promised=occasion.promised(still_open=True))


def status_note(
    records: RecordsLike, interview_id: str = "", *, contact_id: str = "", tone: str = "warm", as_of: DayLike = None
) -> str:
    """Return a short note that asks where things stand, as plain text.

    Parameters
    ----------
    records, tone, as_of : Journal or mapping, str, date or str
        As in `thank_you_note`.
    interview_id, contact_id : str, optional
        The interview, the contact or both, as there. Without a contact the note is for someone met in the interview,
        or else for whom they met last at that company.

    Returns
    -------
    str
        The note, with what the records do not say in square brackets.

    Raises
    ------
    ValueError
        As in `thank_you_note`.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> journal = ik.Journal(SAMPLE.parent)
    >>> print(ik.status_note(journal, "i-6bfgsmtn5q", as_of="2026-11-20").splitlines()[0])
    Subject: The Audience Analyst role at Plinth & Heron Museums
    """
    return draft(records, "status", tone, Occasion.of(records, interview_id, contact_id, as_of, one=True))


def information_note(
    records: RecordsLike, interview_id: str = "", *, contact_id: str = "", tone: str = "warm", as_of: DayLike = None
) -> str:
    """Return the note that goes with what they still need, as plain text.

    Parameters
    ----------
    records, interview_id, contact_id, tone, as_of : optional but for the first
        As in `status_note`.

    Returns
    -------
    str
        The note. Of what they still need it names what the interview notes, else what a follow-up does.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> journal = ik.Journal(SAMPLE.parent)
    >>> print(ik.information_note(journal, "i-6bfgsmtn5q", as_of="2026-11-20").splitlines()[0])
    Subject: What I still owed you
    """
    occasion = Occasion.of(records, interview_id, contact_id, as_of, one=True)
    planned = "".join(f"; you noted: {quoted(note)}" for note in occasion.planned(SEND))
    promised = occasion.promised(still_open=False) or f"[what you promised to send{planned}]"
    return draft(records, "information", tone, occasion, promised=promised)


def keep_in_touch_note(
    records: RecordsLike,
    contact_id: str = "",
    *,
    interview_id: str = "",
    question: str = "",
    tone: str = "warm",
    as_of: DayLike = None,
) -> str:
    """Return a note to someone met earlier, with a question about how their industry works, as plain text.

    Parameters
    ----------
    records, contact_id, interview_id, tone, as_of : optional but for the first
        As in `status_note`.
    question : str, optional
        The question; by default the first of `industry_questions`.

    Returns
    -------
    str
        The note, as of `status_note`.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> journal = ik.Journal(SAMPLE.parent)
    >>> first = journal.contacts()["id"].iloc[0]
    >>> print(ik.keep_in_touch_note(journal, first, as_of="2026-11-20").splitlines()[0])
    Subject: A question, if you have a minute
    """
    occasion = Occasion.of(records, interview_id, contact_id, as_of, one=True)
    asked = one_line(question) or next(iter(occasion.questions(records)), "[your question]")
    return draft(records, "keep_in_touch", tone, occasion, question=asked)


def industry_questions(records: RecordsLike, contact_id: str = "", *, interview_id: str = "") -> list[str]:
    """Return questions about the practice of their industry, filled with the role and what was talked about.

    Parameters
    ----------
    records, contact_id, interview_id : optional but for the first
        As in `status_note`.

    Returns
    -------
    list of str
        The questions. They come from the template `industry_questions.txt`, one on each line.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> journal = ik.Journal(SAMPLE.parent)
    >>> questions = ik.industry_questions(journal, journal.contacts()["id"].iloc[0])
    >>> print(questions[-1])
    Who else in the field thinks about this well, and would be worth listening to?
    """
    return Occasion.of(records, interview_id, contact_id, None, one=True).questions(records)


class Occasion(NamedTuple):
    """What a note is about: an interview, the people it is for, what was asked, and today."""

    records: Records
    interview: Row
    people: list[Row]
    today: date

    @classmethod
    def of(
        cls, records: RecordsLike, interview_id: str, contact_id: str, as_of: DayLike, *, one: bool = False
    ) -> "Occasion":
        """Return the occasion of an interview, of a contact, or of both; `ValueError` where there is no such record."""
        today, whole = checked_date(as_of), read_records(records)
        if not interview_id and not contact_id:
            raise ValueError("a note needs an interview_id or a contact_id; give one of them")
        person, interview = whole.contact(contact_id), whole.interview(interview_id)
        for name, key, found in (("interview", interview_id, interview), ("contact", contact_id, person)):
            if key and not found["id"]:
                raise ValueError(f"{name}_id is {key!r}, but no {name} has that id")
        interview = interview if interview["id"] else whole.interview(person["interview_id"])
        met = [person] if person["id"] else whole.people_at(interview)
        if one and not person["id"]:
            met = [whole.last_person(interview)]
        return cls(whole, interview, met, today)

    def names(self) -> list[str]:
        """Return the names of those that the note is for."""
        return [one_line(person["name"]) for person in self.people if one_line(person["name"])]

    def topics(self) -> list[str]:
        """Return the topics that they asked about, each once, without what is personal."""
        key = self.interview["id"]
        asked = [one_line(row["topic"]) for row in self.records.questions if key and row["interview_id"] == key]
        told = {schema.fold(topic): topic for topic in reversed(asked) if topic}
        return [topic for folded, topic in reversed(told.items()) if folded not in PERSONAL.split("|")][:SHOWN_TOPICS]

    def remembered(self) -> str:
        """Return one's own notes as something to put into words."""
        noted = [one_line(row["notes"]) for row in self.people] + self.planned(TOUCH)
        noted = [quoted(text) for text in noted if text]
        if not noted:
            return "[one thing you talked about]"
        return f"[say in your own words, from your notes: {' '.join(noted)}]"

    def planned(self, kind: str) -> list[str]:
        """Return the notes of the follow-ups of a kind that are still to be done."""
        key, people = self.interview["id"], {person["id"] for person in self.people}
        waiting = [row for row in self.records.follow_ups if row["kind"] == kind and row["done_on"] is None]
        mine = [row for row in waiting if (key and row["interview_id"] == key) or row["contact_id"] in people - {""}]
        return [one_line(row["note"]) for row in mine if one_line(row["note"])]

    def promised(self, *, still_open: bool) -> str:
        """Return the information that they still need, empty where it was sent and `still_open` asks for the rest."""
        done = any(row["done_on"] for row in self.records.follow_ups_of(self.interview, SEND))
        needed = one_line(self.interview["still_needed"]).rstrip(" .;,")
        return "" if still_open and done else needed

    def when(self) -> str:
        """Return the day of the interview as people say it."""
        day = self.interview["interviewed_on"] or next((person["met_on"] for person in self.people), None)
        if day is None:
            return "[on which day]"
        past = (self.today - day).days
        if past in (0, 1):
            return ("today", "yesterday")[past]
        if 1 < past < 7:
            return f"on {day:%A}"
        return f"on {day.day} {day:%B}" + (f" {day.year}" if abs(past) > 300 else "")

    def values(self) -> dict[str, object]:
        """Return the values that templates may name."""
        names, role = self.names(), one_line(self.interview["role"])
        company = self.interview["company"] or next((person["company"] for person in self.people), "")
        return {
            "name": listed(names) or "[the interviewer's name]",
            "first_name": listed(map(first_name, names)) or "[the interviewer's name]",
            "company": one_line(company) or "[the company]",
            "role": role_words(role),
            "when": self.when(),
            "topics": listed(self.topics()),
            "topic_list": self.topics(),
            "remembered": self.remembered(),
            "promised": "",
            "question": "[your question]",
            "sender": one_line(self.interview["person"]) or "[your name]",
        }

    def questions(self, records: RecordsLike) -> list[str]:
        """Return the questions of the template, filled in."""
        lines = rendered(records, "industry_questions.txt", self.values()).splitlines()
        return list(dict.fromkeys(one_line(line) for line in lines if line.strip()))


def quoted(text: str) -> str:
    """Return one's own words as a quotation that cannot close the brackets around it."""
    return "“" + text.replace("[", "(").replace("]", ")") + "”"


def role_words(role: str) -> str:
    """Return a role so that it reads well in a sentence: "Data Analyst role"."""
    if not role:
        return "[job title] role"
    return role if re.search(r"\b(role|position|job|internship)$", role, re.I) else f"{role} role"


def first_name(name: str) -> str:
    """Return the first name, the whole name where that is not plain."""
    begin = name.split(maxsplit=1)[0] if name else ""
    plain = "," not in name and begin.rstrip(".").casefold() not in TITLES and len(begin.rstrip(".")) > 1
    return begin if plain else name


# Templates


def draft(records: RecordsLike, kind: str, tone: str, occasion: Occasion, **more: str) -> str:
    """Return a note: its template filled with what it is about, without doubled empty lines."""
    if tone not in TONES:
        raise ValueError(f"tone is {tone!r}; it must be 'warm', 'plain' or 'formal'")
    text = rendered(records, f"{kind}.{tone}.txt", occasion.values() | more)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"


def rendered(records: RecordsLike, name: str, values: dict) -> str:
    """Return a template filled in; `ValueError` names the file and the line of one that cannot be used."""
    path = next(folder / name for folder in (*own_folder(records), TEMPLATES) if (folder / name).is_file())
    with template_errors(path, values):
        if path.is_symlink() and path.parent != TEMPLATES:  # those of the kit may be links that an installer made
            raise ValueError(f"{name} is a link; a template is a file of the folder itself")
        return filled(path, values)


def own_folder(records: RecordsLike) -> list[Path]:
    """Return the folder of templates that a Journal has of its own."""
    folder = getattr(records, "folder", None)
    return [Path(folder) / "notes"] if isinstance(folder, (str, os.PathLike)) else []


@contextmanager
def template_errors(path: Path, values: dict) -> Generator[None]:
    """Raise whatever stands in a template's way as a `ValueError` that says where."""
    from jinja2 import TemplateSyntaxError

    try:
        yield
    except Exception as error:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else line_of(error)
        what = (
            "it is not UTF-8"
            if isinstance(error, UnicodeDecodeError)
            else getattr(error, "message", str(error)).rstrip(".")
        )
        message = f"{path}{f', line {line}' if line else ''}: {what}. A note may name {', '.join(values)}"
        raise ValueError(f"{message}; mend the file, or delete it to have the kit's own back") from error


def line_of(error: BaseException) -> int:
    """Return the line of a template at which it failed, 0 where that is not known."""
    steps = traceback.walk_tb(error.__traceback__)
    return [0, *(line for frame, line in steps if frame.f_code.co_filename == "<template>")][-1]

"""What to read before an interview: all that the records know about it, each line with where it comes from."""

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

import pandas as pd

from interview_kit import schema, words
from interview_kit.frame.arguments import DayLike
from interview_kit.next_steps.files import write_whole
from interview_kit.next_steps.focus import focus_so_far
from interview_kit.next_steps.follow_ups import SEND, THANKS, what_words
from interview_kit.next_steps.markdown import as_markdown
from interview_kit.next_steps.notes import industry_questions
from interview_kit.next_steps.outline import Line, Page, Part
from interview_kit.next_steps.records import Records, RecordsLike, Row, read_records, same_text
from interview_kit.next_steps.stories import stories_for, topics_in
from interview_kit.next_steps.upcoming import checked_moment, planned_words, upcoming
from interview_kit.words import listed, one_line

SHOWN_QUESTIONS, SHOWN_STORIES, SHOWN_IDS = 8, 3, 5
STORY_PARTS = ("situation", "task", "action", "result")


def brief(records: RecordsLike, interview_id: str, *, as_of: DayLike = None) -> str:
    r"""Return the brief of an interview as Markdown: nothing but what the records say, and where.

    Parameters
    ----------
    records : Journal or mapping of str to pandas.DataFrame
        A Journal, or frames by name: "interviews", "questions", "contacts", "follow_ups" and "stories".
    interview_id : str
        The interview, as `upcoming` names it in `id`; one that took place has a brief, too.
    as_of : datetime, date or str, optional
        The moment that counts as now; by default now.

    Returns
    -------
    str
        Markdown. First the company, role, stage, day and place and how many days are left. Then, as far as there is
        something to say:

        - the company so far: rounds, people, what they asked, what is still owed, and what they were given
        - what was answered badly elsewhere on the topics that they asked about; where they asked nothing yet, in other
          interviews of the same stage
        - questions worth asking them, from the template of `industry_questions`
        - the behavior that is worked on: that of a Journal, else the latest that an interview names
        - the stories with these topics, or all where none has one; what was told at the company already comes last

        Each line says from which day and round it is. The words of the records are shown as they are: what looks like
        Markdown or HTML in them is escaped.

    Raises
    ------
    ValueError
        For an id that no interview has, and for what cannot be read.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> journal = ik.Journal(SAMPLE.parent)
    >>> coming = ik.upcoming(journal, as_of="2026-11-20")
    >>> text = ik.brief(journal, coming["id"].iloc[1], as_of="2026-11-20")
    >>> print(*text.splitlines()[:5], sep="\n")
    # Quenbury Maps, Geodata Analyst
    <BLANKLINE>
    - **Stage:** technical, video
    - **When:** in 4 days, Tue 24 Nov 2026, 14:30
    - **Where:** https\://meet.quenbury.example/maps
    >>> [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")][:3]
    ['Quenbury Maps so far', 'Whom you met there', 'What they asked']
    """
    return as_markdown(brief_page(records, interview_id, as_of=as_of))


def save_brief(records: RecordsLike, interview_id: str, path: str | os.PathLike, *, as_of: DayLike = None) -> None:
    """Write the brief of an interview as a Markdown file, readable by its owner alone; an earlier one is replaced."""
    write_whole(path, brief(records, interview_id, as_of=as_of).encode(errors="replace"))


def brief_page(records: RecordsLike, interview_id: str, *, as_of: DayLike = None) -> Page:
    """Return the brief of an interview as an outline; ValueError names the interviews that are coming."""
    briefing = Briefing.of(records, interview_id, checked_moment(as_of))
    parts = [
        Part(f"{briefing.company} so far", tuple(map(briefing.round_line, briefing.before))),
        Part("Whom you met there", tuple(briefing.people())),
        Part("What they asked", tuple(briefing.asked_there())),
        Part("What you still owe them", tuple(briefing.owed())),
        Part("What you gave them", tuple(briefing.documents_given())),
        briefing.badly_elsewhere(),
        briefing.worth_asking(records),
        Part("What you work on", tuple(focus_lines(records, briefing))),
        briefing.stories(),
    ]
    return Page(briefing.title, tuple(briefing.facts()), tuple(part for part in parts if part.lines))


class Briefing(NamedTuple):
    """An interview, the rounds at its company before it, and now."""

    records: Records
    interview: Row
    before: list[Row]
    now: datetime

    @classmethod
    def of(cls, records: RecordsLike, interview_id: str, now: datetime) -> "Briefing":
        """Return the briefing on an interview; ValueError names what is there where it is not."""
        whole = read_records(records)
        interview = whole.interview(interview_id)
        if not interview["id"]:
            raise ValueError(f"interview_id is {interview_id!r}, but no interview has that id; {ids_there(whole, now)}")
        rounds = whole.rounds_at(interview["company"])
        before = [row for row in rounds if row["id"] != interview["id"] and took_place(row, now.date())]
        return cls(whole, interview, sorted(before, key=lambda row: row["interviewed_on"] or date.min), now)

    @property
    def company(self) -> str:
        """The company as it is shown."""
        return one_line(self.interview["company"]) or "The company"

    @property
    def title(self) -> str:
        """The company and the role."""
        return ", ".join(filter(None, [self.company, one_line(self.interview["role"])]))

    # What is known of it.

    def facts(self) -> Iterator[Line]:
        """Yield the stage, the day, the place and what was noted for it."""
        row = self.interview
        on = row["interviewed_on"]
        when = planned_words({**row, "days_until": on and (on - self.now.date()).days})
        told = {
            "Stage": ", ".join(filter(None, [one_line(row["stage"]), row["format"]])),
            "When": when,
            "Where": row["place"],
            "The posting": row["link"],
            "The lead came from": row["source"],
            "Your notes": row["notes"],
        }
        if row["outcome"] not in ("planned", "pending"):
            told["Outcome"] = outcome_words(row)
        yield from (Line(f"{name}:", text) for name, text in told.items() if text)

    def round_line(self, row: Row) -> Line:
        """Return one round that took place, with its outcome and what was noted of it."""
        role = "" if same_text(row["role"], self.interview["role"]) else one_line(row["role"])
        about = ", ".join(filter(None, [row["format"], role, outcome_words(row)]))
        noted = {"Went well": row["went_well"], "Was difficult": row["issues"], "Your notes": row["notes"]}
        below = tuple(Line(f"{name}:", text) for name, text in noted.items() if text)
        return Line(f"{round_words(row)}:", f"{about}.", below=below)

    def people(self) -> Iterator[Line]:
        """Yield whom they met there, and what they talked about."""
        linked = [person for row in [*self.before, self.interview] for person in self.records.people_at(row)]
        there = self.records.people_by_company.get(schema.fold(self.interview["company"]), [])
        for person in {row["id"]: row for row in [*linked, *there]}.values():
            name = one_line(person["name"]) or "Name not noted"
            lead = ", ".join(filter(None, [name, one_line(person["role"])]))
            yield Line(f"{lead}:" if person["notes"] else lead, person["notes"], self.where_met(person))

    def where_met(self, person: Row) -> str:
        """Return the words for where and when they met someone."""
        interview = self.records.interview(person["interview_id"])
        if interview["id"] == self.interview["id"]:
            return "noted for this interview"
        if interview["id"]:
            return round_words(interview)
        return f"met on {words.day(person['met_on'])}" if person["met_on"] else "no date"

    def asked_there(self) -> Iterator[Line]:
        """Yield what they asked in earlier rounds, with the better answers."""
        rounds = {row["id"]: row for row in self.before}
        asked = [row for row in self.records.questions if row["interview_id"] in rounds]
        yield from (question_line(row, rounds[row["interview_id"]]) for row in asked)
        for row in self.before:
            if row["answer_better"]:
                yield Line("What you could have answered better:", row["answer_better"], round_words(row))

    def owed(self) -> Iterator[Line]:
        """Yield what is planned and not done for them, and what they still need where nothing was planned."""
        for row in self.before:
            for kind in (SEND, THANKS):
                waiting = [plan for plan in self.records.follow_ups_of(row, kind) if plan["done_on"] is None]
                yield from (self.plan_line(plan, row) for plan in waiting)
            if row["still_needed"] and not self.records.follow_ups_of(row, SEND):
                yield Line("They still need:", row["still_needed"], round_words(row))

    def plan_line(self, plan: Row, row: Row) -> Line:
        """Return one thing that is planned and not done."""
        contact = self.records.contact(plan["contact_id"])
        what = what_words(plan["kind"], contact["name"], row["company"])
        text = plan["note"] or (row["still_needed"] if plan["kind"] == SEND else "")
        due = f", due on {words.day(plan['due_on'])}" if plan["due_on"] else ""
        return Line(f"{what}{':' if text else ''}", text, f"planned after {round_words(row)}{due}")

    def documents_given(self) -> Iterator[Line]:
        """Yield the documents that they were given."""
        yield from (Line("", row["documents_given"], round_words(row)) for row in self.before if row["documents_given"])

    # What goes with it from elsewhere.

    def likely(self) -> "Likely":
        """Return the topics to be ready for: those of the company, else those of other interviews of the stage."""
        if asked := self.topics_of([self.interview, *self.before]):
            everywhere = {row["id"] for row in self.records.held}
            return Likely(asked, everywhere, f"{self.company} asked about {listed(asked.values())}.")
        stage = schema.fold(self.interview["stage"])
        alike = [row for row in self.records.held if stage and schema.fold(row["stage"]) == stage]
        note = f"It is not noted what {self.company} asks. This came up in other interviews of this stage ({stage})."
        return Likely(self.topics_of(alike), {row["id"] for row in alike}, note)

    def topics_of(self, interviews: list[Row]) -> dict[str, str]:
        """Return the topics that were asked about in some interviews."""
        ids = {row["id"] for row in interviews}
        return topics_in(row["topic"] for row in self.records.questions if row["interview_id"] in ids)

    def badly_elsewhere(self) -> Part:
        """Return the questions answered badly at other companies on what to be ready for, the latest first."""
        likely = self.likely()
        asked = [(row, self.records.interview(row["interview_id"])) for row in self.records.questions]
        found = [(row, interview) for row, interview in asked if row["answered"] == "badly" and self.fits(row, likely)]
        found.sort(key=lambda pair: pair[1]["interviewed_on"] or date.min, reverse=True)
        lines = tuple(question_line(row, interview, elsewhere=True) for row, interview in found[:SHOWN_QUESTIONS])
        more = f" These are the latest {SHOWN_QUESTIONS} of {len(found):,}." if len(found) > SHOWN_QUESTIONS else ""
        return Part("Answered badly elsewhere", lines, likely.note + more)

    def fits(self, question: Row, likely: "Likely") -> bool:
        """Say whether a question was asked elsewhere, on what to be ready for."""
        interview = self.records.interview(question["interview_id"])
        elsewhere = interview["id"] in likely.interviews and took_place(interview, self.now.date())
        other = not same_text(interview["company"], self.interview["company"])
        return elsewhere and other and bool(likely.topics.keys() & topics_in(question["topic"]).keys())

    def worth_asking(self, records: RecordsLike) -> Part:
        """Return questions worth asking them."""
        asked = industry_questions(records, interview_id=self.interview["id"])
        note = "From the template industry_questions.txt, filled with the role."
        return Part("Questions worth asking", tuple(Line("", text) for text in asked), note)

    def stories(self) -> Part:
        """Return the stories to tell, those that fit first, and those that the company has heard last."""
        likely, company = self.likely(), self.interview["company"]
        table = stories_for(self.records, company=company, topics=likely.topics.values(), as_of=self.now.date())
        fit = table[table["fits"] != ""]
        chosen = table if fit.empty else fit
        note = "None has a topic that came up." if fit.empty else likely.note
        hidden = len(chosen) - SHOWN_STORIES
        more = f" {hidden:,} more {'is' if hidden == 1 else 'are'} in Next steps." if hidden > 0 else ""
        lines = tuple(map(story_line, chosen.head(SHOWN_STORIES).to_dict("records")))
        return Part("Stories that fit" if len(fit) else "Stories", lines, note + more)


class Likely(NamedTuple):
    """What to be ready for: topics, as they are compared and written; the interviews to look at; and whose they are."""

    topics: dict[str, str]
    interviews: set[str]
    note: str


def focus_lines(records: RecordsLike, briefing: Briefing) -> Iterator[Line]:
    """Yield the behavior that is worked on, and how it goes."""
    if focus := focus_of(records, briefing.records):
        frame, since = interviews_of(records), getattr(records, "focus_since", lambda: None)()
        yield Line("", focus_so_far(frame, focus, since=since, as_of=briefing.now.date())[0])


def focus_of(records: RecordsLike, whole: Records) -> str:
    """Return the behavior that a Journal works on, of frames the latest that an interview names as its focus."""
    if hasattr(records, "focus") and callable(records.focus):
        return str(records.focus())
    named = [row for row in whole.held if row["focus"] and row["interviewed_on"]]
    latest = sorted(named, key=lambda row: row["interviewed_on"])
    return latest[-1]["focus"] if latest else ""


def interviews_of(records: RecordsLike) -> pd.DataFrame | None:
    """Return the interviews as a frame, None where the records are plain ones."""
    if isinstance(records, Records):
        return None
    return records.get("interviews") if isinstance(records, Mapping) else records.interviews()


def took_place(row: Row, today: date) -> bool:
    """Say whether an interview took place by a day; a day that is not noted may be any."""
    return row["outcome"] not in schema.NOT_HELD and (row["interviewed_on"] or today) <= today


def ids_there(records: Records, now: datetime) -> str:
    """Return the words that name interviews that a brief can be of: those that are planned, else the latest ones."""
    rows = upcoming(records, as_of=now).to_dict("records")
    dated = sorted(records.interviews, key=lambda row: row["interviewed_on"] or date.min, reverse=True)
    named = [f"{row['id']} ({one_line(row['company'])})" for row in (rows or dated)[:SHOWN_IDS]]
    if not named:
        return "there are no interviews"
    return f"{'planned' if rows else 'the latest'} are {listed(named)}"


# Words


def round_words(row: Row) -> str:
    """Return the name of a round: "technical, 17 Feb 2026"."""
    return f"{one_line(row['stage']) or 'interview'}, {words.day(row['interviewed_on'])}"


def outcome_words(row: Row) -> str:
    """Return the outcome of a round in words."""
    if row["outcome"] == "pending":
        return "no answer yet"
    return row["outcome"] + (f" on {words.day(row['outcome_on'])}" if row["outcome_on"] else "")


def question_line(row: Row, interview: Row, *, elsewhere: bool = False) -> Line:
    """Return a question with how it was answered, and the better answer."""
    asked = [one_line(row["topic"]), f"answered {row['answered']}" if row["answered"] else ""]
    where = [one_line(interview["company"]) if elsewhere else "", round_words(interview)]
    below = (Line("A better answer:", row["better_answer"]),) if row["better_answer"] else ()
    return Line("", row["question"], ", ".join(filter(None, [*asked, *where])), below)


def story_line(row: Mapping) -> Line:
    """Return a story with how it was told, and its parts."""
    parts = tuple(Line(f"{schema.STORIES.column(name).label}:", row[name]) for name in STORY_PARTS if row[name])
    fits = f"Fits: {row['fits']}. " if row["fits"] else ""
    return Line(f"{one_line(row['title'])}.", f"{fits}{row['sentence']}", below=parts)

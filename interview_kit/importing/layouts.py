"""Rows of any layout into interviews: one row an application, one an interview, or one with all its rounds."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing import aliases, appointments, evidence, histories, words
from interview_kit.importing.aliases import By, Column, bare
from interview_kit.importing.days import Calendar
from interview_kit.importing.ids import made_id
from interview_kit.importing.sources import Fate, RowOutcome, Sheet
from interview_kit.importing.words import APPLIED, GUESS, INTERVIEW, NOT_APPLIED, UNKNOWN, Meaning

DATED = ("applied_on", "interviewed_on", "outcome_on")
WORDED = ("status", "outcome", "from_stage", "to_stage")
OWN_TEXTS = ("went_well", "issues", "answer_better", "still_needed", "documents_given")
PROGRESS_ROWS = 5_000
NUMBER = re.compile(r"\d{1,2}(\.0)?")
DECIDED = ("offer", "rejected", "withdrawn", "no reply", "callback")


class Step(NamedTuple):
    """One thing that happened in an application: what, on which day, the words for it, and at what time."""

    meaning: Meaning
    on: date | None
    text: str
    at: time | None = None


class Kind(StrEnum):
    """What is to be asked or said of a file, a value or a row."""

    FILE = "file"
    DAY_ORDER = "day order"
    SECOND_STATUS = "second status"
    WORD = "word"
    GUESSED_WORD = "guessed word"
    NO_YEAR = "no year"
    NO_DATE = "no date"
    SAME_DATE = "same date"
    BAD_VALUE = "bad value"
    PASSED = "passed"
    COMPANY = "company"
    OTHER_EVENTS = "other events"
    COLUMN = "column"
    DATE_COLUMN = "date column"
    ROUND_COLUMN = "round column"
    NO_ROUND = "no round"
    BOUND = "bound"
    NOT_TOLD = "not told"
    CONTRADICTS = "contradicts"
    ROW = "row"


UNREAD = {
    Kind.WORD: "is not understood",
    Kind.DAY_ORDER: "can have the day or the month first; say which",
    Kind.NO_YEAR: "has no year, and nothing near it tells one",
    Kind.NO_DATE: "is no date that can be read",
    Kind.SAME_DATE: "is the one day of the whole column, as a form fills it in; it is taken for no interview",
    Kind.BOUND: "says before or after which day it was, and not the day",
    Kind.PASSED: "is of a day that is past; it comes in as waiting for an answer, unless you say what it means",
}
NOT_KEPT = (Kind.GUESSED_WORD, Kind.DAY_ORDER, Kind.PASSED, Kind.CONTRADICTS, Kind.NOT_TOLD)
BLANK = "blank"  # what stands for an empty cell where words are answered
# Columns that say whether, when or with what result there was an application.
TELLING = (
    *("status", "outcome", "stage", "applied_on", "interviewed_on", "outcome_on", "history", "interviews"),
    *("from_stage", "to_stage", "round", "starts_at"),
)


class Unread(NamedTuple):
    """A value that could not be read, and stays in the notes: its line, its column, and what is wrong with it."""

    line: int
    column: str
    value: str
    kind: Kind
    error: str = ""

    @property
    def problem(self) -> str:
        """What is wrong, in words."""
        kept = "" if self.kind in NOT_KEPT else "; it is kept in the notes"
        return (self.error or UNREAD[self.kind]) + kept


class Result(NamedTuple):
    """What the rows of a table become: records, the outcome of each row, and the values that stay in the notes."""

    records: list[dict]
    fates: list[RowOutcome]
    unread: list[Unread]


class Layout:
    """A table whose columns are understood, and how its rows are read; `today` tells what is still to come."""

    today: date = date.max

    def __init__(
        self,
        sheet: Sheet,
        columns: Sequence[Column],
        calendar: Calendar,
        *,
        counts: Sequence[Mapping[str, int]],
        answers: Mapping[str, Meaning],
        seen: dict[str, int],
    ):
        self.sheet, self.columns, self.calendar, self.answers = sheet, columns, calendar, answers
        without_signs_for_nothing(sheet, columns, counts)
        self.linked = [at for at, column in enumerate(columns) if column.field in ("company", "role")]
        self.company_before = ""
        self.at = {column.field: at for at, column in enumerate(columns)}
        self.state_fields = [name for name in ("status", "outcome", "stage") if name in self.at]
        self.appointment_fields = [name for name in ("starts_at", "place") if name in self.at]
        self.leads = [(at, column) for at, column in enumerate(columns) if column.field in ("source", "link")]
        self.asks_whether_answered = {
            name for name in self.state_fields if aliases.ANSWERS_WHETHER.search(aliases.folded(self.name_of(name)))
        }
        self.plain_words: dict[tuple[str, str], Meaning] = {}  # those that leave no note
        self.rounds = [(at, self.round_meaning(column)) for at, column in enumerate(columns) if column.field == "round"]
        self.steps_are_named = any(
            self.read(text).is_interview
            for at, _ in self.rounds
            if aliases.is_numbered(columns[at].source)
            for text in sheet.sample(at)
        )
        self.extras = [(at, column.source) for at, column in enumerate(columns) if column.field == "extra"]
        self.noted = [
            (at, "" if is_notes(column.source) else f"{column.source}: ")
            for at, column in enumerate(columns)
            if column.field == "notes"
        ]
        self.own = [
            (at, column.field, schema.INTERVIEWS.column(column.field).kind)
            for at, column in enumerate(columns)
            if column.field in OWN_TEXTS or is_ours(column.field)
        ]
        # A name of a round that is not known is one in a list of interviews; elsewhere it may be any state.
        self.lists_interviews = "id" in self.at or "interviewed_on" in self.at or "status" in self.at
        self.dates_interviews = "interviewed_on" in self.at or "interviews" in self.at
        self.asks_whether = bool({"applied_on", "status", "outcome"} & set(self.at)) and "id" not in self.at
        self.yes_no_fields = {
            name for name in self.state_fields if evidence.answers_yes_or_no(sheet.sample(self.at[name]))
        }
        self.telling = [at for at, column in enumerate(columns) if column.field in TELLING]
        self.notes_columns = [
            (at, column.source) for at, column in enumerate(columns) if column.field == "notes" and column.by is By.NAME
        ]
        self.understood: dict[tuple[str, str], Meaning] = {}
        self.ignored = [(at, column.source) for at, column in enumerate(columns) if column.field == "ignore"]
        self.false_dates = self.same_date_everywhere()
        self.seen: dict[str, int] = seen
        self.whole_states: dict[str, bool] = {}
        self.same_rounds: dict[tuple[int, str], tuple[list[Step], list[str]]] = {}
        self.unread: list[Unread] = []
        self.days: dict[tuple[str, date | None], list[date]] = {}
        self.near = self.first_date()

    @staticmethod
    def round_meaning(column: Column) -> Meaning:
        """Return what a round's column stands for; its own name where the name tells no stage."""
        meaning = words.read(bare(column.source))
        if meaning.known and (meaning.stage or meaning.outcome):
            spelled = (
                words.spelled(column.source, meaning.stage) if meaning.stage == bare(column.source) else meaning.stage
            )
            return meaning._replace(stage=spelled)
        return Meaning(words.plain(column.source), "", words.SURE)

    def first_date(self) -> date | None:
        """Return the first whole date of an application, near which the first dates without a year lie."""
        at = self.at.get("applied_on")
        texts = (row[at] for row in self.sheet.rows if row[at]) if at is not None else ()
        whole = (text for text in texts if all(day.year for day in self.calendar.read(text).days))
        return next((days[0] for text in whole if (days := self.calendar.days(text))), None)

    def same_date_everywhere(self) -> bool:
        """Say whether all interviews have one and the same date, as forms that fill in a date leave it."""
        at = self.at.get("interviewed_on")
        if at is None or self.columns[at].is_said or {"id", "stage"} & set(self.at):
            return False  # a list of interviews may well be of one day
        filled = [row[at] for row in self.sheet.rows if row[at]]
        return len(filled) > 1 and len(self.sheet.rows) > 2 and len(set(filled)) == 1

    def value(self, row: "Source", field: str) -> str:
        """Return a row's value of a field, blank where no column is that field."""
        at = self.at.get(field)
        return "" if at is None else row.cells[at]

    def read(self, text: str) -> Meaning:
        """Return what a word means: what was said of it, or what it is understood as."""
        return self.answers.get(text) or self.answers.get(words.plain(text)) or words.read(text)

    # The whole table.

    def result(self, progress: Callable[[int], None] = lambda _: None) -> Result:
        """Return what every row becomes; `progress` hears now and then how many are done."""
        self.fates: list[RowOutcome] = list(self.sheet.left)
        self.records: list[dict] = []
        rows = [Source(cells, line, []) for cells, line in zip(self.sheet.rows, self.sheet.lines, strict=True)]
        if "company" not in self.at:
            self.fates += [RowOutcome(row.line, *NO_COMPANY_COLUMN) for row in rows]
        elif "to_stage" in self.at:
            self.walk_transitions([row for row in rows if self.has_company(row)])
        else:
            for done, row in enumerate(rows):
                if done % PROGRESS_ROWS == 0:
                    progress(done)
                if self.has_company(row):
                    self.take(row)
        return Result(self.records, sorted(self.fates, key=lambda fate: fate.line), self.unread)

    def has_company(self, row: "Source") -> bool:
        """Say whether a row has a company; set it aside where not. A ditto sign stands for the one above."""
        at = self.at["company"]
        for place in self.linked:
            if row.cells[place][:1] in LINK_SIGNS and (shown := shown_text(row.cells[place])) != row.cells[place]:
                row.note(self.columns[place].source, row.cells[place])
                row.cells[place] = shown
        if row.cells[at] in DITTO and self.company_before:
            self.sheet.remarks[row.line] = f"{row.cells[at]!r} stands for the company above"
            row.cells[at] = self.company_before
        for place in self.linked:
            if row.cells[place][:1] in OPENING_QUOTES:
                row.cells[place] = without_quotes(row.cells[place])
        if row.cells[at].strip("-–— ."):
            self.company_before = row.cells[at]
            return True
        if self.sheet.fields:
            self.fates.append(RowOutcome(row.line, *NO_COMPANY_NAMED))
            return False
        told = [cell for cell in row.cells if cell]
        unfilled = all(map(UNFILLED.fullmatch, told))  # a template's row that was numbered, and never used
        filled_in = (Fate.SKIPPED, f"nothing is filled in but {', '.join(map(repr, told[:4]))}")
        self.fates.append(RowOutcome(row.line, *(filled_in if unfilled else NO_COMPANY)))
        return False

    def take(self, row: "Source") -> None:
        """Put a row's interviews among the records, and note its outcome."""
        before = len(self.unread)
        made, why = self.interviews(row)
        if row.line in self.sheet.odd and any(one.kind in MISFITS for one in self.unread[before:]):
            del self.unread[before:]
            self.fates.append(
                RowOutcome(row.line, Fate.ATTENTION, f"{self.sheet.odd[row.line]}, and what it holds does not fit")
            )
            return
        if is_placeholder(company := self.value(row, "company")) and made != []:
            del self.unread[before:]
            why = f"{company!r} is the name of no company; write one, or a name of your own, and import it again"
            self.fates.append(RowOutcome(row.line, Fate.ATTENTION, why))
            return
        if made is None:
            asked = [one for one in self.unread[before:] if one.kind in (Kind.WORD, Kind.NOT_TOLD)]
            self.unread[before:] = asked
            said = "; ".join(dict.fromkeys(f"{one.value!r} is not understood" for one in asked if one.value))
            self.fates.append(RowOutcome(row.line, Fate.WAITING, said or why))
            return
        if not made:
            del self.unread[before:]
        unread = [f"{one.value!r} {one.problem}" for one in self.unread[before:]]
        ignored = [f"leaves out {name!r}, as you said" for at, name in self.ignored if row.cells[at]]
        remark = self.sheet.remarks.get(row.line, "")
        told = (
            "; ".join(dict.fromkeys(filter(None, [why, remark, *unread, *ignored])))
            if unread or ignored or remark
            else why
        )
        self.records += made
        self.fates.append(row_outcome(row.line, made, told))

    # One row.

    def interviews(self, row: "Source") -> tuple[list[dict] | None, str]:
        """Return the interviews of a row, and why there is none or more than one; None where an answer is needed."""
        status, outcome = self.word(row, "status"), self.word(row, "outcome")
        if not status.known and not outcome.known and self.tells_nothing(row):
            status = self.answers.get(BLANK, UNKNOWN)
            if not status.known:
                self.content(row, None)
                self.unread.append(Unread(row.line, "", "", Kind.NOT_TOLD, NOT_TOLD))
                return None, NOT_TOLD
        applied = self.one_day(row, "applied_on", self.near)
        self.near = applied or self.near
        steps, ends = self.steps(row, applied)
        stage = self.stage(row, status, outcome)
        if self.dates_interviews and not any(step.meaning.is_interview for step in steps):
            steps += self.dated_interviews(row, stage, status, applied)
        rounds = merged([step for step in steps if step.meaning.is_interview])
        counted = not rounds and (status.is_interview or outcome.is_interview)
        if counted and (count := words.count_of(self.value(row, "status") or self.value(row, "outcome"))):
            rounds = self.so_many(count, stage or INTERVIEW)
        if not rounds and not ends and not stage and self.is_unclear(row, status, outcome, steps):
            self.content(row, applied)
            return None, ""
        applied = applied or next((s.on for s in (*steps, *ends) if s.meaning.stage == APPLIED and s.on), None)
        brief = len(self.value(row, "outcome").split()) <= 4 and status.outcome not in DECIDED
        if rounds and outcome.is_interview and not outcome.outcome and brief:
            outcome = outcome._replace(outcome="callback")  # what came of this interview is another one
        final = final_outcome(
            outcome, status, ends, steps, of_interview="stage" in self.at and "applied_on" not in self.at
        )
        never = NOT_APPLIED in (status.stage, outcome.stage, *(end.meaning.stage for end in ends))
        if never and not rounds and final in ("", "pending") and stage in ("", APPLIED, NOT_APPLIED):
            return [], f"not applied for: {self.why_not(row, ends)}"
        rounds = rounds or [self.only_step(stage, applied)]
        if final == "cancelled" and len(rounds) > 1 and rounds[-1].meaning.outcome != final:
            final = self.called_off_somewhere(row)
        if applied and all(step.on != applied for step in rounds):
            row.note(self.name_of("applied_on") or "Applied on", as_read(self.value(row, "applied_on"), applied))
        if outcome.known and status.known:
            self.compare_ends(row, outcome, status)
        self.compare_notes(row, final)
        last = max((step.on for step in rounds if step.on), default=applied)
        known_on = self.known_on(row, last, [*ends, *steps], final)
        return self.records_of(row, rounds, final, known_on, applied)

    def tells_nothing(self, row: "Source") -> bool:
        """Say whether nothing in a row says that there was an application, in a file that has columns to say it in."""
        return self.asks_whether and not self.sheet.fields and not any(row.cells[at] for at in self.telling)

    def is_unclear(self, row: "Source", status: Meaning, outcome: Meaning, steps: list[Step]) -> bool:
        """Say whether a row has a word of how it goes and none that is understood."""
        if status.known or outcome.known or not any(self.value(row, name) for name in ("status", "outcome", "stage")):
            return False
        unclear = any(one.kind is Kind.WORD and one.line == row.line for one in self.unread[-3:])
        return unclear and not any(step.meaning.known for step in steps)

    def compare_ends(self, row: "Source", outcome: Meaning, status: Meaning) -> None:
        """Say where the outcome and the status of a row tell two ends of one application."""
        if outcome.outcome != status.outcome and {outcome.outcome, status.outcome} <= words.ENDS:
            said = self.value(row, "status")
            error = f"reads like {outcome.outcome!r}, where {self.name_of('status')!r} is {said!r}; {SET_RIGHT}"
            text = self.value(row, "outcome")
            self.unread.append(Unread(row.line, self.name_of("outcome"), text[:80], Kind.CONTRADICTS, error))

    def compare_notes(self, row: "Source", final: str) -> None:
        """Say where a note tells an end of an application of which the status tells none."""
        if final in DECIDED and final != "callback":
            return
        for at, name in self.notes_columns:
            if len(row.cells[at]) > SHORTEST_END and (found := words.end_in_note(row.cells[at][:2_000])):
                said = self.value(row, "status") or self.value(row, "outcome") or "open"
                error = f"reads like {found!r}, where the status is {said!r}; {SET_RIGHT}"
                self.unread.append(Unread(row.line, name, row.cells[at][:80], Kind.CONTRADICTS, error))
                return

    @staticmethod
    def only_step(stage: str, applied: date | None) -> Step:
        """Return the one thing that a row without rounds is about: an interview without a date, or the application."""
        if stage not in ("", APPLIED, NOT_APPLIED):
            return Step(Meaning(stage, "", words.SURE), None, "")
        return Step(Meaning(APPLIED, "", words.SURE), applied, "")

    def called_off_somewhere(self, row: "Source") -> str:
        """Return no outcome for a row of which one round was cancelled, and say that it does not tell which."""
        field = "outcome" if self.value(row, "outcome") else "status"
        text, error = self.value(row, field), "does not say which of the rounds was cancelled"
        self.unread.append(Unread(row.line, self.name_of(field), text, Kind.BAD_VALUE, error))
        if is_plain(text, self.state(field, text)):
            row.note(self.name_of(field), text)
        return ""

    def why_not(self, row: "Source", ends: list[Step]) -> str:
        """Return the words that say that there was no application."""
        said = self.value(row, "status") or self.value(row, "outcome")
        return repr(said) if said else next((repr(end.text) for end in ends if end.meaning.stage == NOT_APPLIED), "")

    def name_of(self, field: str) -> str:
        """Return the name of a field's column."""
        return self.columns[self.at[field]].source if field in self.at else ""

    def word(self, row: "Source", field: str) -> Meaning:
        """Return what a row's status or outcome says; what is not plain as day stays in the notes too."""
        text = self.value(row, field) if field in self.at else ""
        if not text:
            return UNKNOWN
        if (field, text) in self.plain_words:
            return self.plain_words[field, text]
        said = self.without_names(row, text) if " " in text else text
        meaning = self.state(field, said)
        if said is not text:
            self.understood[field, text] = meaning
        if not meaning.known and len(walked := self.history(text)) > 1:
            meaning = walked[-1].meaning
        self.doubt_word(row.line, self.name_of(field), text, meaning)
        if not is_plain(text, meaning):
            row.note(self.name_of(field), text)
        elif said is text and " " not in text:
            self.plain_words[field, text] = meaning
        return meaning

    def doubt_word(self, line: int, column: str, text: str, meaning: Meaning) -> None:
        """Note a word that is not understood, or by a guess."""
        if not meaning.known:
            self.unread.append(Unread(line, column, text, Kind.WORD))
        elif meaning.sure == GUESS and words.is_doubtful(text):
            error = f"is taken for {str(meaning)!r}, which is a guess"
            self.unread.append(Unread(line, column, text, Kind.GUESSED_WORD, error))

    def without_names(self, row: "Source", text: str) -> str:
        """Return a text of several words without the row's own company and role, whose names decide nothing."""
        if text in self.answers or words.plain(text) in words.TABLE:
            return text
        bare_text = text
        for field in ("company", "role"):
            name = self.value(row, field)
            if len(name) > 2 and name.casefold() in bare_text.casefold():
                bare_text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", bare_text, flags=re.IGNORECASE)
        return bare_text if bare_text.strip() else text

    def state(self, field: str, text: str) -> Meaning:
        """Return what a status or an outcome says; in a column of answers, yes and no speak of an answer."""
        if field in self.asks_whether_answered and (did := words.happened(text)) is not None:
            return words.NOTHING if did else Meaning("", "no reply", words.SURE)
        if field in self.yes_no_fields and evidence.says_whether(text):
            return self.answers.get(text) or self.answers.get(words.plain(text)) or UNKNOWN
        if field == "outcome" and words.plain(text) == "selected":
            return Meaning("", "offer", words.SURE)
        if words.plain(text) in appointments.CALLED_OFF and self.tells_of_interviews(field):
            return Meaning(INTERVIEW, "cancelled", words.SURE)
        if field == "outcome" and words.plain(text) == "planned" and "id" in self.at:  # in records of ours
            return Meaning(INTERVIEW, "planned", words.SURE)
        return self.read(text)

    def tells_of_interviews(self, field: str) -> bool:
        """Say whether a column tells how interviews go, and not how an application or a job does."""
        one_each = field == "outcome" and "stage" in self.at and "applied_on" not in self.at
        return one_each or "id" in self.at or "interview" in aliases.folded(self.name_of(field))

    def one_day(self, row: "Source", field: str, near: date | None = None, *, after: bool = False) -> date | None:
        """Return a row's date; what cannot be read, or says more than a date, stays in the notes."""
        text = self.value(row, field) if field in self.at else ""
        if not text:
            return None
        days = self.days_of(text, near, after=after)
        if not days:
            self.unread.append(Unread(row.line, self.name_of(field), text, self.why_no_date(text)))
        if not days or self.says_more(text):
            row.note(self.name_of(field), text)
        return days[0] if days else None

    def says_more(self, text: str) -> bool:
        """Say whether a cell holds more than one plain date."""
        written = self.calendar.read(text)
        return bool(len(written.days) > 1 or written.rough or written.words)

    def days_of(self, text: str, near: date | None, *, after: bool = False) -> list[date]:
        """Return the dates of a cell; a missing year is that of a date nearby."""
        written = self.calendar.read(text)
        return self.calendar.days(text, near if any(day.year is None for day in written.days) else None, after=after)

    def why_no_date(self, text: str) -> Kind:
        """Return why a cell's date cannot be told."""
        if self.calendar.read(text).is_bound:
            return Kind.BOUND
        days = self.calendar.read(text).days
        if any(day.order == "?" for day in days) and self.calendar.order.day_first is None:
            return Kind.DAY_ORDER
        return Kind.NO_YEAR if days else Kind.NO_DATE

    def stage(self, row: "Source", status: Meaning, outcome: Meaning) -> str:
        """Return the stage that a row says it is about, "" where it says none."""
        text = self.value(row, "stage")
        meaning = self.read(text) if text else UNKNOWN
        if text and NUMBER.fullmatch(text):
            return f"round {int(float(text))}"
        if meaning.stage and meaning.stage != INTERVIEW:
            return meaning.stage
        if text and not meaning.known and not self.lists_interviews:
            self.unread.append(Unread(row.line, self.name_of("stage"), text, Kind.WORD))
            row.note(self.name_of("stage"), text)
            text = ""
        named = text.casefold() if text and len(text) <= 60 and not meaning.outcome else ""
        if outcome.outcome == "callback" and "interview" in aliases.folded(self.name_of("outcome")):
            return named or status.stage or INTERVIEW  # one that was passed was held
        next_one = not outcome.outcome and self.value(row, "interviewed_on")  # then it is what came of this one
        return named or status.stage or ("" if next_one else outcome.stage) or meaning.stage

    def dated_interviews(self, row: "Source", stage: str, status: Meaning, applied: date | None) -> list[Step]:
        """Return an interview for each date of a row's interview, and as many as its count of interviews says."""
        text, column = self.value(row, "interviewed_on"), self.name_of("interviewed_on")
        meaning = Meaning(stage if stage not in ("", APPLIED, NOT_APPLIED) else INTERVIEW, "", words.SURE)
        if not text:
            return self.counted(row, meaning.stage)
        if self.false_dates and not status.is_interview:
            row.note(column, text)
            self.unread.append(Unread(row.line, column, text, Kind.SAME_DATE))
            return []
        did = words.happened(text)
        days = [] if did is not None else self.days_of(text, applied, after=True)
        at = self.time_of(row, text, days, column)
        if not days or self.calendar.read(text).words or self.calendar.read(text).rough:
            row.note(column, text)
        if did is None and not days:
            self.unread.append(Unread(row.line, column, text, self.why_no_date(text)))
        told = did or bool(self.calendar.read(text).days)
        return [Step(meaning, on, "", at) for on in days] or [Step(meaning, None, "")] * told

    def time_of(self, row: "Source", text: str, days: Sequence[date], column: str) -> time | None:
        """Return the time of day beside an interview's only date; what is no time for sure stays in the notes."""
        at = appointments.time_beside(text) if len(days) == 1 and not appointments.is_stamp(column.casefold()) else None
        says_more = self.calendar.read(text).words or self.calendar.read(text).rough
        unread = appointments.has_unread_time(text) if at is None else appointments.tells_end(text)
        if days and not says_more and unread:
            row.note(column, text)
        return at

    def counted(self, row: "Source", name: str) -> list[Step]:
        """Return as many interviews as a row's count of them says."""
        text = self.value(row, "interviews")
        return self.so_many(int(float(text)) if NUMBER.fullmatch(text) else 0, name)

    @staticmethod
    def so_many(count: int, name: str) -> list[Step]:
        """Return so many interviews; a single one has a name."""
        if count < 2:
            return [Step(Meaning(name, "", words.SURE), None, "")] * count
        numbers = range(1, min(count, histories.MAX_STEPS) + 1)
        return [Step(Meaning(f"round {n}", "", words.SURE), None, "") for n in numbers]

    # Rounds in columns, and histories in cells.

    def steps(self, row: "Source", applied: date | None) -> tuple[list[Step], list[Step]]:
        """Return the steps that a row tells in its history or in its rounds, and what its outcome columns say."""
        steps, ends, near = self.told_steps(row, applied), [], applied
        in_history = any(step.meaning.is_interview for step in steps)
        for at, meaning in self.rounds:
            if is_blank(row.cells[at]):
                continue
            found = self.known_round(row, at, meaning, near)
            ends += [step for step in found if not step.meaning.is_interview]
            if not in_history:
                steps += [step for step in found if step.meaning.is_interview]
            near = next((step.on for step in reversed(found) if step.on), near)
        return steps, ends

    def told_steps(self, row: "Source", applied: date | None) -> list[Step]:
        """Return the steps of a row's history; a status may hold one too, as in "Applied → Interview → Rejected"."""
        if "history" in self.at:
            text = self.value(row, "history")
            row.note(self.name_of("history"), text)
            steps = self.history(text, applied) if text else []
            for step in steps:
                if step.meaning.known:
                    self.doubt_word(row.line, self.name_of("history"), step.text, step.meaning)
            return steps
        text = self.value(row, "status")
        if text not in self.whole_states:
            self.whole_states[text] = bool(not text or (self.read(text).known and not histories.ARROWS.search(text)))
        return [] if self.whole_states[text] else self.history(text, applied)

    def known_round(self, row: "Source", at: int, meaning: Meaning, near: date | None) -> list[Step]:
        """Return what a round's cell says; a cell that says the same in every row is read once."""
        text = row.cells[at]
        if (at, text) in self.same_rounds:
            found, notes = self.same_rounds[at, text]
            row.notes.extend(notes)
            return found
        noted, unread = len(row.notes), len(self.unread)
        found = self.round(row, at, meaning, near)
        if len(self.unread) == unread and all(day.year for day in self.calendar.read(text).days):
            self.same_rounds[at, text] = found, row.notes[noted:]
        return found

    def round(self, row: "Source", at: int, meaning: Meaning, near: date | None) -> list[Step]:
        """Return what the cell of a round's or an outcome's column says: nothing, or one step for each date in it."""
        name, text = self.columns[at].source, row.cells[at]
        if aliases.is_numbered(name) and self.names_step(step := self.piece(text, near)):
            if not is_plain(text, step.meaning):
                row.note(name, text)
            return [step]
        did, told = words.happened(text), f"{name}: {text}"
        if did is True:
            return [] if meaning.stage == APPLIED and not meaning.outcome else [Step(meaning, None, told)]
        if did is False:
            if words.plain(text) not in words.DID_NOT:
                row.note(name, text)
            return [] if meaning.is_interview else [Step(negated(meaning), None, told)]
        written, days = self.calendar.read(text), self.days_of(text, near, after=True)
        said = self.read(written.words if days else text) if written.words or not days else UNKNOWN
        if not days or written.words or written.rough or not meaning.is_interview:
            row.note(name, text)
        if days:
            clock = self.time_of(row, text, days, name) if meaning.is_interview else None
            return [Step(with_outcome(meaning, said), on, told, clock) for on in days]
        if written.days or not said.known:
            problem = self.why_no_date(text) if written.days else Kind.WORD
            self.unread += [Unread(row.line, name, text, problem)] if len(text) <= 40 else []
        unclear = not said.known and len(text) <= 3
        return [] if unclear or said.stage == NOT_APPLIED else [Step(with_outcome(meaning, said), None, told)]

    def names_step(self, step: Step) -> bool:
        """Say whether the cell of a numbered column names the step, or the end where its neighbors name steps."""
        return bool(step.meaning.stage) or (step.meaning.known and self.steps_are_named)

    def history(self, text: str, near: date | None = None) -> list[Step]:
        """Return the steps that are packed into one cell, none where it reads like no history."""
        if len(text) > histories.MAX_HISTORY:
            return []
        if pieces := histories.steps_of_list(text):
            return [step for name, on in pieces if (step := self.step(name, on, near)).meaning.known]
        for parts in histories.splits(text):
            steps = [self.piece(part, near) for part in parts]
            if steps and sum(step.meaning.known for step in steps) >= histories.MOSTLY * len(steps):
                return steps
        return []

    def piece(self, text: str, near: date | None) -> Step:
        """Return one step of a history: its words, and the date beside them."""
        written = self.calendar.read(text)
        days = self.days_of(text, near, after=True)
        return Step(self.read(written.words or text), days[0] if days else None, text)

    def step(self, name: str, on: str, near: date | None) -> Step:
        """Return one step of a list: its name and its date."""
        days = self.days_of(on, near, after=True) if on else []
        return Step(self.read(name), days[0] if days else None, name)

    # What came of it.

    def known_on(self, row: "Source", last: date | None, others: list[Step], final: str) -> date | None:
        """Return the day on which the outcome became known; one before the last interview stays in the notes."""
        given = self.one_day(row, "outcome_on", last, after=True)
        same = [step.on for step in others if step.on and step.meaning.outcome == final]
        known = given or (same[-1] if same else None)
        fits = known and final in DECIDED and (last is None or known >= last)
        if given and not fits and not self.says_more(self.value(row, "outcome_on")):
            row.note(self.name_of("outcome_on"), as_read(self.value(row, "outcome_on"), given))
        return known if fits else None

    def records_of(
        self, row: "Source", rounds: list[Step], final: str, known_on: date | None, applied: date | None
    ) -> tuple[list[dict], str]:
        """Return the records of a row, and their rounds in words: each round but the last led to the next."""
        content, made = self.content(row, applied or rounds[0].on), []
        who = {name: self.value(row, name) for name in ("person", "company", "role")}
        for number, step in enumerate(rounds):
            last = step is rounds[-1] and number == len(rounds) - 1
            own = step.meaning.outcome if step.meaning.outcome in (*DECIDED, *schema.NOT_HELD) or last else "callback"
            outcome = self.by_today(row, step, (final or own) if last else own)
            decided_on = known_on if last and outcome in DECIDED else None
            made.append(
                {
                    **who,
                    "id": self.id_of(row, content, number),
                    "stage": step.meaning.stage,
                    "format": self.format(row, step),
                    "interviewed_on": step.on,
                    "notes": "",
                    "outcome": outcome,
                    "outcome_on": decided_on,
                    "starts_at": step.at,
                    "place": "",
                    "link": "",
                    "source": None,
                }
            )
        if self.appointment_fields:
            self.add_appointment(row, made)
        if self.leads:
            self.add_lead(row, made)
        self.add_texts(row, made[0])
        return made, "" if len(made) == 1 else f"rounds: {', '.join(step.meaning.stage for step in rounds)}"

    def by_today(self, row: "Source", step: Step, outcome: str) -> str:
        """Return an outcome as it can be by today: of an interview still to come there is none yet, it is planned.

        One whose day is past while it is only said to be arranged is told apart by no one but the person.
        """
        if not step.meaning.is_interview or step.on is None or outcome not in ("", "pending", "callback"):
            return outcome
        if step.on > self.today:
            return "planned"
        texts = ((field, self.value(row, field)) for field in self.state_fields) if outcome != "callback" else ()
        field, text = next((said for said in texts if said[1] and appointments.is_arranged(said[1])), ("", ""))
        if field and step.on == self.today:
            return "planned"
        if field:
            self.unread.append(Unread(row.line, self.name_of(field), text, Kind.PASSED))
        return outcome

    def add_appointment(self, row: "Source", made: list[dict]) -> None:
        """Put the time and the place that a row has in columns of their own into the interview that they are of."""
        of = appointments.appointment(made)
        for field in self.appointment_fields:
            if text := self.value(row, field):
                value = self.appointed(row, field, text)
                fits = of is not None and value is not None and of[field] in (None, "", value)
                if of is not None and fits:
                    of[field] = value
                if not fits or (field == "starts_at" and appointments.tells_end(text)):
                    row.note(self.name_of(field), text)

    def appointed(self, row: "Source", field: str, text: str) -> time | str | None:
        """Return a time or a place as a record has it, None where a time cannot be told for sure."""
        if field == "place":
            return text
        at = schema.parse("time", text) if "id" in self.at and re.fullmatch(r"\d\d:\d\d(:\d\d)?", text) else None
        at = at or appointments.read_time(text)
        at = at or (appointments.time_beside(text) if self.calendar.read(text).days else None)
        if at is None:
            error = "is no time of day that can be told for sure; write it as 14:30"
            self.unread.append(Unread(row.line, self.name_of(field), text, Kind.BAD_VALUE, error))
        return at

    def add_lead(self, row: "Source", made: list[dict]) -> None:
        """Put where the lead and the posting came from into every round of a row; what is neither into the notes."""
        for at, column in self.leads:
            if text := row.cells[at]:
                value = lead_value(column, text) if column.by is By.NAME else text
                if not value or (column.field == "link" and value != text):
                    row.note(column.source, text)
                for record in made:
                    record[column.field] = value

    def content(self, row: "Source", on: date | None) -> str:
        """Return what tells a row from every other whatever its status is by now: who, where, what and when.

        A date without a year counts as it is written, so that the year can still be told later.
        """
        written = self.value(row, "applied_on") or self.value(row, "interviewed_on")
        bare = written and any(day.year is None for day in self.calendar.read(written).days)
        when = written if bare else str(on or "")
        parts = [self.value(row, "person"), self.value(row, "company"), self.value(row, "role"), when]
        content = "\x1f".join([*parts, self.value(row, "stage")]).casefold()
        number = self.seen[content] = self.seen.get(content, 0) + 1
        return f"{content}\x1f{number}"

    def id_of(self, row: "Source", content: str, number: int) -> str:
        """Return a record's id: its own where it comes from records of ours, else one made from what it says."""
        return (self.value(row, "id") if number == 0 else "") or made_id(f"{content}\x1f{number}")

    def format(self, row: "Source", step: Step) -> str:
        """Return how an interview was held, where its column or its words say so."""
        if text := self.value(row, "format"):
            return words.read_format(text)
        if step.meaning.stage == APPLIED:
            return ""
        for text in (step.text, self.value(row, "stage"), self.whole_status(row)):
            if text and (found := words.read_format(text[:100], strictly=True)):
                return found
        return ""

    def whole_status(self, row: "Source") -> str:
        """Return a row's status where it tells one state, and not the steps up to it."""
        text = self.value(row, "status")
        return text if self.whole_states.get(text, True) else ""

    def add_texts(self, row: "Source", record: dict) -> None:
        """Put a row's notes, its own columns and its extra ones into its first record."""
        for at, field, kind in self.own:
            try:
                record[field] = schema.parse(kind, row.cells[at]) if row.cells[at] else None
            except ValueError as error:
                row.note(self.columns[at].source, row.cells[at])
                self.unread.append(Unread(row.line, self.columns[at].source, row.cells[at], Kind.BAD_VALUE, str(error)))
        if (text := self.value(row, "format")) and words.plain(text) != words.read_format(text):
            row.note(self.name_of("format"), text)
        noted = [
            (name, row.cells[at]) for at, name in self.noted if row.cells[at] and not is_programs_blank(row.cells[at])
        ]
        plain = [text for name, text in noted if not name]
        named = [name + text for name, text in noted if name]
        record["notes"] = "\n".join([*plain, *row.notes, *named])
        for at, name in self.extras:
            record[name] = row.cells[at]

    # One row a step from one stage to the next.

    def walk_transitions(self, rows: Sequence["Source"]) -> None:
        """Put together the steps of each application, and make its interviews of them."""
        chains: list[list[Source]] = []
        latest: dict[tuple[str, str], list[Source]] = {}
        for row in rows:
            key = (self.value(row, "company").casefold(), self.value(row, "role").casefold())
            chain = latest.get(key)
            if not chain or self.begins(row, chain[-1]):
                chains.append(chain := [])
                latest[key] = chain
            chain.append(row)
        for chain in chains:
            self.take_chain(chain)

    def begins(self, row: "Source", before: "Source") -> bool:
        """Say whether a step begins another application than the step before: it comes from elsewhere."""
        if "from_stage" not in self.at:
            return False
        return not same_stage(self.value(before, "to_stage"), self.value(row, "from_stage"))

    def take_chain(self, chain: Sequence["Source"]) -> None:
        """Make the interviews of one application's steps; every row of it is accounted for."""
        first, field = chain[0], "applied_on" if "applied_on" in self.at else "interviewed_on"
        begun = self.value(first, "from_stage")
        steps = [Step(self.read(begun), None, begun)] if begun else []
        if begun and self.read(begun).known:
            self.doubt_word(first.line, self.name_of("from_stage"), begun, self.read(begun))
        unknown = []
        for row in chain:
            text, on = self.value(row, "to_stage"), self.one_day(row, field)
            steps += [Step(self.read(text), on, text)] if text else []
            if text:
                self.doubt_word(row.line, self.name_of("to_stage"), text, self.read(text))
            unknown += [text] if text and not self.read(text).known else []
            first.notes.extend(row.notes if row is not first else [])
            told = [(name, row.cells[at]) for at, name in self.noted if row is not first and row.cells[at]]
            first.notes.extend(name + text for name, text in told)
        if "from_stage" not in self.at:
            steps.sort(key=lambda step: step.on or date.min)
        if unknown:
            self.content(first, None)
            why = "; ".join(f"{text!r} is not understood" for text in dict.fromkeys(unknown))
            self.fates += [RowOutcome(row.line, Fate.WAITING, why) for row in chain]
            return
        days = ["" if step.on is None or "from_stage" in self.at else f" ({step.on})" for step in steps]
        first.notes.insert(0, " → ".join(step.text + day for step, day in zip(steps, days, strict=True)))
        applied = next((step.on for step in steps if step.on), None)
        rounds = merged([step for step in steps if step.meaning.is_interview]) or [self.only_step("", applied)]
        final = final_outcome(UNKNOWN, UNKNOWN, [], steps)
        ends = [step.on for step in steps if step.on and final in DECIDED and step.meaning.outcome == final]
        known_on = ends[-1] if ends and "from_stage" not in self.at else None
        made, why = self.records_of(first, rounds, final, known_on, applied)
        self.records += made
        self.fates.append(row_outcome(first.line, made, why))
        part = f"a step of the application in line {first.line}"
        self.fates += [RowOutcome(row.line, Fate.IMPORTED, part) for row in chain[1:]]


class Source(NamedTuple):
    """A row of a file: its cells, its line, and what of it goes to the notes."""

    cells: list[str]
    line: int
    notes: list[str]

    def note(self, name: str, text: str) -> None:
        """Keep a value in the notes, word for word."""
        if text:
            self.notes.append(f"{name}: {text}")


def final_outcome(
    outcome: Meaning, status: Meaning, ends: list[Step], steps: list[Step], *, of_interview: bool = False
) -> str:
    """Return what came of the application in the end: what is decided before what is pending, an end before a pass.

    Where each row is an interview, `of_interview`, its own outcome is that of the interview, whatever came later.
    """
    said = [outcome.outcome, status.outcome, *(end.meaning.outcome for end in ends)]
    said += [step.meaning.outcome for step in reversed(steps) if step.meaning.outcome][:1]
    decided = [word for word in said if word in DECIDED]
    ended = next((word for word in decided if word != "callback"), "")
    called_off = next((word for word in said if word in schema.NOT_HELD), "")
    if not decided and called_off:
        return called_off
    if ended or decided:
        passed = decided[0] == "callback" and not (of_interview and outcome.outcome == "callback")
        return ended if passed and ended else decided[0]
    if {"not offer", "not pending"} <= set(said):
        return "rejected"
    return "pending" if "pending" in said else ""


@lru_cache(maxsize=5_000)
def lead_value(column: Column, text: str) -> str:
    """Return where a lead or a posting came from as a record has it, blank where a cell tells neither."""
    if column.field == "link":
        return appointments.address_in(text)
    return appointments.lead(text, asks_whether=aliases.asks_whether_referred(column.source)) or ""


def row_outcome(line: int, made: Sequence[dict], why: str) -> RowOutcome:
    """Return the outcome of a row that made these records."""
    fate = Fate.SKIPPED if not made else Fate.IMPORTED if len(made) == 1 else Fate.SPLIT
    return RowOutcome(line, fate, why, len(made))


UNFILLED = re.compile(r"\d{1,6}[.)]?|false|falsch|faux|falso|☐|\[ ?\]|[-–—.]|n/?a", re.IGNORECASE)
LINK_SIGNS = ("=", "[")
OPENING_QUOTES = frozenset("\"'“„«‘`")
QUOTES = ('""', "''", "“”", "„“", "„”", "«»", "‘’", "``")
TEMPLATE = re.compile(r"[\[<({]+ ?(?P<inside>[^\[\]<>(){}]*)[\])>}]+|\W+")
SHORTEST_END = 7  # the letters of a note that can tell an end
MISFITS = (Kind.NO_DATE, Kind.BAD_VALUE)
DITTO = frozenset(["↳", "〃", '"', "''", ",,", "^", "ditto", "Ditto", "same", "Same", "same as above", "⤷", "└"])
LINKED = re.compile(
    r"""=\s*HYPERLINK\(\s*"[^"]*"\s*[,;]\s*"(?P<formula>[^"]+)"\s*\)|\[(?P<mark>[^\[\]]+)\]\([^)\s]*\)"""
    r"""|\[\[(?:[^\[\]|]*\|)?(?P<wiki>[^\[\]|]+)\]\]""",
    re.IGNORECASE,
)
NO_COMPANY = (Fate.ATTENTION, "has no company; fill it in and import the file again")
NO_COMPANY_NAMED = (Fate.ATTENTION, "names no company for sure; say which")
NO_COMPANY_COLUMN = (Fate.ATTENTION, "no column is the company; say which one is")
SET_RIGHT = "set right which of the two is wrong"
NOT_TOLD = "says neither when nor whether it was applied for, nor what came of it"


@lru_cache(maxsize=50_000)
def without_quotes(text: str) -> str:
    """Return a name without the quotation marks around it."""
    return text[1:-1].strip() if len(text) > 2 and text[0] + text[-1] in QUOTES else text


@lru_cache(maxsize=50_000)
def is_placeholder(text: str) -> bool:
    """Say whether a cell stands for a company and names none: "N/A", "Confidential", "[company]"."""
    match = TEMPLATE.fullmatch(text)
    named = (match["inside"] or "") if match else text
    return bool(text) and words.plain(named) in words.NO_COMPANIES


@lru_cache(maxsize=50_000)
def is_programs_blank(text: str) -> bool:
    """Say whether a cell is what a program writes for nothing."""
    return len(text) < 12 and text.casefold() in words.PROGRAMS_BLANKS


def as_read(text: str, day: date) -> str:
    """Return a date as it was written, with how it was read where that looks different."""
    return text if str(day) in text else f"{text} ({day})".strip() if text else str(day)


def shown_text(text: str) -> str:
    """Return what a linked cell shows: a spreadsheet's HYPERLINK, a link as Markdown or a wiki writes it."""
    match = LINKED.fullmatch(text)
    return (match["formula"] or match["mark"] or match["wiki"]).strip() if match else text


def is_ours(field: str) -> bool:
    """Say whether a field is a column of ours that is taken as it is."""
    kind = schema.INTERVIEWS.column(field).kind
    own = kind in ("yes/no", "rating", "chance", "time", "datetime") and field != "starts_at"
    return own or field in ("focus", "answer_by")


def without_signs_for_nothing(sheet: Sheet, columns: Sequence[Column], counts: Sequence[Mapping[str, int]]) -> None:
    """Empty the cells that hold "n/a", "null" and the like, in the columns that are worked with."""
    for at, column in enumerate(columns):
        if column.field in ("company", "notes", "extra", "ignore", "round"):
            continue
        signs = {text for text in counts[at] if is_blank(text)}
        for row in sheet.rows if signs else ():
            if row[at] in signs:
                row[at] = ""


@lru_cache(maxsize=50_000)
def is_blank(text: str) -> bool:
    """Say whether a cell holds nothing, or a sign for nothing."""
    return not text or (len(text) <= 14 and words.plain(text) in words.BLANKS)


def is_notes(name: str) -> bool:
    """Say whether a column is the notes themselves, whose name need not stand before each of them."""
    return bool(re.fullmatch(r"(my |additional )?(notes?|comments?|remarks?)", name.casefold().strip()))


@lru_cache(maxsize=50_000)
def is_plain(text: str, meaning: Meaning) -> bool:
    """Say whether a word means no more than what it is taken for, so that the notes need not repeat it."""
    plain = words.plain(text)
    return meaning.sure == words.SURE and (
        len(plain.split()) == 1 or words.spelling(plain).known or plain == meaning.stage
    )


def with_outcome(meaning: Meaning, said: Meaning) -> Meaning:
    """Return a round with the outcome that its cell names."""
    return meaning._replace(outcome=said.outcome or meaning.outcome)


def negated(meaning: Meaning) -> Meaning:
    """Return what "no" says in the column of an outcome: not applied, not pending, no offer; else nothing."""
    if meaning.stage == APPLIED and not meaning.outcome:
        return Meaning(NOT_APPLIED, "", words.SURE)
    return (
        Meaning("", f"not {meaning.outcome}", words.SURE) if meaning.outcome in ("pending", "offer") else words.NOTHING
    )


def merged(steps: list[Step]) -> list[Step]:
    """Return the rounds without a mere appointment for the next: "scheduled" and then held is one interview."""
    kept: list[Step] = []
    for step in steps:
        before = kept[-1] if kept else None
        arranged = before and re.search(r"schedul|invit|upcoming|booked|request", before.text, re.IGNORECASE)
        if before and arranged and before.meaning.stage in (INTERVIEW, step.meaning.stage):
            kept[-1] = step._replace(on=step.on or before.on, at=step.at or before.at)
        else:
            kept.append(step)
    return kept


def same_stage(left: str, right: str) -> bool:
    """Say whether two cells name the same stage."""
    return words.plain(left) == words.plain(right)

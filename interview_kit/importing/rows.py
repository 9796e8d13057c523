"""A table whose columns are understood, and a row of it while it is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field as dataclass_field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing import aliases, evidence, words
from interview_kit.importing.aliases import Column, bare
from interview_kit.importing.days import Calendar
from interview_kit.importing.problems import Kind, Unread
from interview_kit.importing.sources import Sheet
from interview_kit.importing.words import Meaning

# Columns that say whether, when or with what result there was an application.
TELLING = (
    *("status", "outcome", "stage", "applied_on", "interviewed_on", "outcome_on", "history", "interviews"),
    *("from_stage", "to_stage", "round", "starts_at"),
)
STATES = ("status", "outcome", "stage")
OWN_TEXTS = ("went_well", "issues", "answer_better", "still_needed", "documents_given", "focus", "answer_by")
OWN_KINDS = ("yes/no", "rating", "chance", "time", "datetime")


@dataclass(frozen=True)
class Layout:
    """A table whose columns are understood: values of each, its dates, what was said of its words, and today."""

    sheet: Sheet
    columns: Sequence[Column]
    samples: Mapping[str, Sequence[str]]
    calendar: Calendar
    answers: Mapping[str, Meaning]
    today: date
    at: Mapping[str, int]  # the place of each field
    words: dict[tuple[str, str, str], tuple[Meaning, bool]] = dataclass_field(default_factory=dict)  # read already

    def name_of(self, field: str) -> str:
        """Return the name of a field's column."""
        return self.columns[self.at[field]].source if field in self.at else ""

    @cached_property
    def by_field(self) -> dict[str, list[tuple[int, str]]]:
        """The columns of each field: place and name."""
        found: dict[str, list[tuple[int, str]]] = {}
        for at, column in enumerate(self.columns):
            found.setdefault(column.field, []).append((at, column.source))
        return found

    def named(self, field: str) -> Sequence[tuple[int, str]]:
        """Return the columns of a field: place and name."""
        return self.by_field.get(field, ())

    def read(self, text: str) -> Meaning:
        """Return what a word means: what was said of it, or what it is understood as."""
        return (self.answers.get(words.plain(text)) if self.answers else None) or words.read(text)

    @cached_property
    def telling(self) -> list[int]:
        """The places of the columns that say how an application goes."""
        return [at for at, column in enumerate(self.columns) if column.field in TELLING]

    @cached_property
    def rounds(self) -> list[tuple[int, Meaning]]:
        """The columns that stand for a round or an outcome, and for which."""
        return [(at, round_meaning(name)) for at, name in self.named("round")]

    @cached_property
    def steps_are_named(self) -> bool:
        """Whether the cells of the numbered columns name steps."""
        numbered = [name for _, name in self.named("round") if aliases.is_numbered(name)]
        return any(self.read(text).is_interview for name in numbered for text in self.samples[name])

    @cached_property
    def own(self) -> list[tuple[int, str, str]]:
        """The columns that are taken as they are: the place, the field and the kind of each."""
        kinds = [(at, field, schema.INTERVIEWS.column(field).kind) for field, at in self.at.items()]
        return [one for one in kinds if one[1] in OWN_TEXTS or (one[2] in OWN_KINDS and one[1] != "starts_at")]

    @cached_property
    def extras(self) -> list[tuple[int, str]]:
        """The columns that are kept as they are: the place, and a name that none of ours has."""
        return [(at, self.free_name(name)) for at, name in self.named("extra")]

    @staticmethod
    def free_name(name: str) -> str:
        """Return the name of a column, "imported Notes" where one of ours is called so."""
        [read] = schema.INTERVIEWS.read_header([name])
        return name if schema.INTERVIEWS.is_unknown(read) else f"imported {name}"

    @cached_property
    def keeps_more(self) -> bool:
        """Whether there are columns that a record takes as they are, or an appointment or a lead."""
        return bool(self.own or {"starts_at", "place", "source", "link", "extra"} & set(self.at))

    @cached_property
    def ask_for_answers(self) -> set[str]:
        """The fields whose columns ask whether an answer came."""
        return {name for name in STATES if aliases.ANSWERS_WHETHER.search(aliases.folded(self.name_of(name)))}

    @cached_property
    def say_yes_or_no(self) -> set[str]:
        """The fields whose cells are yes and no, and so no states."""
        return {name for name in STATES if evidence.answers_yes_or_no(self.samples.get(self.name_of(name), ()))}

    @cached_property
    def is_one_date(self) -> bool:
        """Whether all interviews have one and the same date, as forms that fill in a date leave it."""
        at = self.at.get("interviewed_on")
        if at is None or self.columns[at].is_said or {"id", "stage"} & set(self.at):
            return False  # a list of interviews may well be of one day
        filled = [row[at] for row in self.sheet.rows if row[at]]
        return len(filled) > 1 and len(self.sheet.rows) > 2 and len(set(filled)) == 1

    @cached_property
    def is_of_interviews(self) -> bool:
        """Whether each row is an interview, so that its outcome is that of the interview."""
        return "stage" in self.at and "applied_on" not in self.at


class Row(NamedTuple):
    """A row of a table: its line, its cells, what of it goes to the notes, and what of it could not be read."""

    layout: Layout
    line: int
    cells: list[str]
    notes: list[str]
    unread: list[Unread]

    def value(self, field: str) -> str:
        """Return the cell of a field, blank where no column is that field."""
        at = self.layout.at.get(field)
        return "" if at is None else self.cells[at]

    def note(self, name: str, text: str) -> None:
        """Keep a value in the notes, word for word."""
        if text:
            self.notes.append(f"{name}: {text}")

    def note_field(self, field: str) -> None:
        """Keep the cell of a field in the notes."""
        self.note(self.layout.name_of(field), self.value(field))

    def doubt(self, column: str, value: str, kind: Kind, error: str = "") -> None:
        """Say of a value that it could not be read."""
        self.unread.append(Unread(self.line, column, value, kind, error))


def round_meaning(name: str) -> Meaning:
    """Return what a round's column stands for; its own name where the name tells no stage."""
    meaning = words.read(bare(name))
    if not meaning.known or not (meaning.stage or meaning.outcome):
        return Meaning(words.plain(name), "", words.SURE)
    return meaning._replace(stage=words.spelled(name, meaning.stage)) if meaning.stage == bare(name) else meaning


@lru_cache(maxsize=1_000)
def is_notes(name: str) -> bool:
    """Say whether a column is the notes themselves, whose name need not stand before each of them."""
    return bool(re.fullmatch(r"(my |additional )?(notes?|comments?|remarks?)", name.casefold().strip()))

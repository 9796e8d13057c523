"""The tables as plain records, whoever brings them."""

import base64
import difflib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeAlias

import numpy as np
import pandas as pd

from interview_kit import schema
from interview_kit.frame.arguments import check_unique
from interview_kit.frame.columns import coded, read_value
from interview_kit.frame.tables import objects, whole_numbers

SKIPPED_KINDS = ("yes/no", "rating", "chance", "datetime")
Row = dict  # one record: text, "" where nothing is noted; dates and times as such, None where nothing is noted


@dataclass(frozen=True)
class Records:
    """The records of one person: one list of rows for each table, in the order of the file."""

    interviews: list[Row]
    questions: list[Row]
    contacts: list[Row]
    follow_ups: list[Row]
    stories: list[Row]
    ids_are_lost: bool = False  # those of the interviews, by which the others would be joined to them

    @cached_property
    def held(self) -> list[Row]:
        """The interviews that took place: not those that are planned or were cancelled."""
        return [row for row in self.interviews if row["outcome"] not in schema.NOT_HELD]

    @cached_property
    def by_id(self) -> dict[tuple[str, str], Row]:
        """The interviews and the contacts by table and id, the first of several."""
        tables = {"interviews": self.interviews, "contacts": self.contacts}
        return {(name, row["id"]): row for name, rows in tables.items() for row in reversed(rows)}

    @cached_property
    def met_in(self) -> dict[object, list[Row]]:
        """The contacts by interview; those that name none, by company and day."""
        return grouped(self.contacts, lambda row: row["interview_id"] or (schema.fold(row["company"]), row["met_on"]))

    @cached_property
    def people_by_company(self) -> dict[object, list[Row]]:
        """The contacts by company."""
        return grouped(self.contacts, lambda row: schema.fold(row["company"]))

    @cached_property
    def rounds(self) -> dict[object, list[Row]]:
        """The interviews by company, those that are planned too."""
        there = (row for row in self.interviews if row["outcome"] != "cancelled")
        return grouped(there, lambda row: schema.fold(row["company"]))

    @cached_property
    def planned_with(self) -> dict[object, list[Row]]:
        """The follow-ups by contact; those that name none, under ""."""
        return grouped(self.follow_ups, lambda row: row["contact_id"])

    @cached_property
    def planned_for(self) -> dict[object, list[Row]]:
        """The follow-ups by interview; those that name none, under ""."""
        return grouped(self.follow_ups, lambda row: row["interview_id"])

    def interview(self, key: str) -> Row:
        """Return the interview with an id, one without anything noted where there is none."""
        return self.by_id.get(("interviews", key)) or blank_record("interviews")

    def contact(self, key: str) -> Row:
        """Return the contact with an id, one without anything noted where there is none."""
        return self.by_id.get(("contacts", key)) or blank_record("contacts")

    def rounds_at(self, company: str) -> list[Row]:
        """Return the interviews at a company, none where it is not noted."""
        return self.rounds.get(schema.fold(company), []) if company else []

    def last_interview(self, company: str) -> Row:
        """Return the latest interview that took place at a company, one without anything noted where there is none."""
        there = [row for row in self.rounds_at(company) if row["outcome"] not in schema.NOT_HELD]
        return max(there, key=lambda row: row["interviewed_on"] or date.min, default=blank_record("interviews"))

    def people_at(self, interview: Row) -> list[Row]:
        """Return the people met in an interview: by its id, or at that company on that day where it is not noted."""
        if not interview["id"]:
            return []
        place = schema.fold(interview["company"]), interview["interviewed_on"]
        return self.met_in.get(interview["id"]) or (self.met_in.get(place, []) if all(place) else [])

    def last_person(self, interview: Row) -> Row:
        """Return the person to write to: someone met in an interview, else the one met last at that company."""
        if met := self.people_at(interview):
            return met[0]
        there = self.people_by_company.get(schema.fold(interview["company"]), []) if interview["company"] else []
        return max(there, key=lambda person: person["met_on"] or date.min, default=blank_record("contacts"))

    def last_people(self, interview: Row) -> list[Row]:
        """Return the person to write to as a list, empty where there is nobody."""
        return [person for person in [self.last_person(interview)] if person["id"]]

    def follow_ups_of(self, interview: Row, kind: str) -> list[Row]:
        """Return the follow-ups of a kind, planned or done, after an interview."""
        people = {person["id"] for person in self.people_at(interview)}
        unlinked = [row for row in self.planned_for.get("", []) if is_about(row, interview, people)]
        return [row for row in [*self.planned_for.get(interview["id"], []), *unlinked] if row["kind"] == kind]


class TablesOfRecords(Protocol):
    """What a Journal has: a method for each table."""

    def interviews(self) -> pd.DataFrame:
        """Return the interviews."""

    def questions(self) -> pd.DataFrame:
        """Return the questions that were asked."""

    def contacts(self) -> pd.DataFrame:
        """Return the people met."""

    def follow_ups(self) -> pd.DataFrame:
        """Return the follow-ups."""


class JournalLike(TablesOfRecords, Protocol):
    """What a Journal does beside: changes, several of them as one step that `undo` takes back."""

    def transaction(self, title: str) -> AbstractContextManager[None]:
        """Make the changes inside one."""

    def update(self, table: str, id: str, changes: Mapping) -> None:
        """Change some columns of a record."""

    def delete(self, table: str, id: str) -> None:
        """Delete a record."""


RecordsLike: TypeAlias = TablesOfRecords | Mapping[str, pd.DataFrame | None] | Records
TABLES = tuple(schema.TABLES)


def held_on(interview: Row) -> date | None:
    """Return the day of an interview, None where it did not take place."""
    return None if interview["outcome"] in schema.NOT_HELD else interview["interviewed_on"]


def have_lost_ids(interviews: Any) -> bool:
    """Say whether a frame of interviews was read from a file whose ids were taken out."""
    problems = getattr(interviews, "attrs", {}).get("problems", ())
    return any(getattr(problem, "kind", "") == "lost_id" for problem in problems)


def grouped(rows: Iterable[Row], key: Callable[[Row], object]) -> dict[object, list[Row]]:
    """Return the rows by a key, each group in their order."""
    groups: dict[object, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def read_records(records: RecordsLike) -> Records:
    """Return the records of a Journal, or of a mapping of frames; `ValueError` says what is accepted.

    Records that were read before come back as they are: whoever asks several questions reads them once.
    """
    if isinstance(records, Records):
        return records
    frames = frames_of(records)
    require_one_person(records, frames["interviews"])
    rows = [rows_of(name, frame) for name, frame in frames.items()]
    return Records(*rows, ids_are_lost=have_lost_ids(frames["interviews"]))


def require_one_person(records: Any, interviews: pd.DataFrame | None) -> None:
    """Raise `ValueError` for records of several people: what is next for one follows from their own companies alone."""
    is_read_together = isinstance(records, Mapping) or bool(getattr(records, "people", None))
    people = named_people(interviews) if is_read_together else []
    if len(people) > 1:
        raise ValueError(
            f"these are the records of {len(people)} people, and what is next is asked of one: of a folder by "
            f"Clients(folder).of({people[0]!r}), of a frame by those rows whose person is {people[0]!r}"
        )


def each_person(records: Any) -> "dict[str, RecordsLike] | None":
    """Return the records of each of several people by their names, None where they are one person's.

    What belongs to nobody's interview is that of "".
    """
    if getattr(records, "people", None) is not None:
        return None if records.person else {name: records.of(name) for name in records.people}
    if not isinstance(records, Mapping):
        return None
    tables = {name: frame for name, frame in records.items() if frame is not None}
    if len(named_people(tables.get("interviews"))) < 2:
        return None
    owners = {name: objects(owners_of(frame, tables)) for name, frame in tables.items()}
    people = sorted({person for found in owners.values() for person in found})
    return {person: {name: tables[name][found == person] for name, found in owners.items()} for person in people}


def named_people(interviews: "pd.DataFrame | None") -> list[str]:
    """Return who is named in interviews, in the order of the names."""
    if interviews is None or "person" not in getattr(interviews, "columns", ()):
        return []
    return sorted({str(name) for name in interviews["person"].dropna().unique()} - {""}, key=str.casefold)


def owners_of(frame: "pd.DataFrame", tables: "Mapping[str, pd.DataFrame]") -> list[str]:
    """Return whose each record of a table is: by its own person, by its interview, or by the person who was met."""
    if "person" in frame.columns:
        return [*frame["person"].fillna("")]
    owners = [""] * len(frame)
    for column, table in (("interview_id", "interviews"), ("contact_id", "contacts")):
        other = tables.get(table)
        if other is not None and column in frame.columns and "id" in other.columns:
            of_other = dict(zip(other["id"], owners_of(other, tables), strict=True))
            owners = [owner or of_other.get(key, "") for owner, key in zip(owners, frame[column], strict=True)]
    return owners


def dismissed_keys(records: Any) -> set[str]:
    """Return the keys of what a Journal was told not to suggest again, none for frames."""
    return set(records.dismissed()) if hasattr(records, "dismissed") else set()


def frames_of(records: RecordsLike) -> dict:
    """Return a frame, or None, for each table."""
    if hasattr(records, "follow_ups") and callable(records.follow_ups):
        return {name: getattr(records, name)() if hasattr(records, name) else None for name in TABLES}
    if not isinstance(records, Mapping):
        accepted = "a Journal, or frames by name, such as {'interviews': frame}"
        raise ValueError(f"records is a {type(records).__name__}; it must be {accepted}")
    for name in records:
        if name not in TABLES:
            close = difflib.get_close_matches(str(name), TABLES, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"the tables are {', '.join(TABLES)}"
            raise ValueError(f"records holds {name!r}, which is no table; {hint}")
    return {name: records.get(name) for name in TABLES}


def rows_of(name: str, frame) -> list[Row]:
    """Return a frame as records, each with an id; `ValueError` shows a value that cannot be read."""
    if frame is None:
        return []
    if not hasattr(frame, "columns"):
        raise ValueError(f"records[{name!r}] is a {type(frame).__name__}; it must be a pandas DataFrame")
    check_unique(frame, f"records[{name!r}]")
    columns = {column: read_column(name, column, frame) for column in columns_of(name)}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return with_ids(schema.table(name).letter, rows)


def columns_of(name: str) -> list[str]:
    """Return the columns of a table that say what to do next; a follow-up noted by hand may name its company."""
    listed = [column.name for column in schema.table(name).columns if column.kind not in SKIPPED_KINDS]
    return [*listed, "company"] if name == "follow_ups" else listed


def table_of(rows: list[Row], columns: Sequence[str], days: Sequence[str], **dtypes: str) -> pd.DataFrame:
    """Return some columns of rows as a tidy table: days typed, those of other dtypes as these, all others as text."""
    table = pd.DataFrame([{name: row[name] for name in columns} for row in rows], columns=list(columns))
    for name in days:
        table[name] = np.array([row[name] for row in rows], "M8[D]").astype("M8[us]")
    return table.astype({name: dtypes.get(name, "str") for name in columns if name not in days})


def days_since(days: Iterable[date | None], today: date) -> pd.arrays.IntegerArray:
    """Return whole days from each day to today, missing where there is none."""
    return whole_numbers(np.array([np.nan if day is None else (today - day).days for day in days], float))


def record_with_id(table: str, frame: pd.DataFrame, key: str) -> Row:
    """Return the record of a frame that has an id; `ValueError` where there is none."""
    found = rows_of(table, frame[frame["id"] == key])
    if not found:
        raise ValueError(f"no record of {table} has the id {key!r}")
    return found[0]


def read_column(table: str, name: str, frame) -> list:
    """Return one column's values; of one that the frame lacks, nothing noted."""
    kind = schema.table(table).column(name).kind
    return coded(frame, name, lambda value: parse_cell(kind, value), blank_value(kind), object).tolist()


def read_cell(name: str, kind: str, value: object) -> Any:
    """Return one value as a record has it; `ValueError` names the column."""
    return read_value(lambda one: parse_cell(kind, one), name, value)


def parse_cell(kind: str, value: object) -> Any:
    """Return one value as a record has it; `ValueError` says what it is not."""
    if schema.is_missing(value):
        return blank_value(kind)
    if kind not in ("date", "time", *schema.CHOICES):
        return str(value).strip()
    return schema.parse_value(kind, value) or blank_value(kind)


def blank_value(kind: str) -> object:
    """Return the value that stands for nothing noted."""
    return {"date": None, "time": None, "outcome": "pending"}.get(kind, "")


def blank_record(table: str) -> Row:
    """Return a record in which nothing is noted."""
    return {name: blank_value(schema.table(table).column(name).kind) for name in columns_of(table)}


def with_ids(letter: str, rows: list[Row]) -> list[Row]:
    """Return the rows, those without an id named by what they hold."""
    times: Counter[str] = Counter()
    for row in rows:
        if not row["id"]:
            held = repr(row)
            times[held] += 1
            row["id"] = derived_id(f"{letter}-row-", f"{held} {times[held]}")
    return rows


def derived_id(begin: str, text: str) -> str:
    """Return an id that is the same for the same text."""
    digest = hashlib.blake2b(text.encode(errors="backslashreplace"), digest_size=10).digest()
    return begin + base64.b32encode(digest).decode().lower()[:10]


def is_about(row: Row, interview: Row, people: set[str]) -> bool:
    """Say whether a follow-up that names no interview is about one: by whom it is for, or by company and day."""
    if row["contact_id"]:
        return row["contact_id"] in people
    later = (row["done_on"] or row["due_on"] or date.max) >= (interview["interviewed_on"] or date.max)
    return later and same_text(row["company"], interview["company"])


def same_text(one: str, other: str) -> bool:
    """Say whether two texts are the same for a reader; nothing is the same as nothing."""
    return bool(one) and schema.fold(one) == schema.fold(other)

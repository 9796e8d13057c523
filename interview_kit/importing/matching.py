"""Columns of a table as what they are: each by itself first, and then beside the others."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from interview_kit.importing import appointments, evidence, words
from interview_kit.importing.aliases import OTHER_DATES, STATELESS, TRADES, WHOLE, By, Column, folded, says_when
from interview_kit.importing.evidence import fraction, is_counted_day, is_day, is_name, is_state, numbered
from interview_kit.importing.rules import column_of

MANY = frozenset(["notes", "round", "extra", "ignore"])
Samples = Mapping[str, Sequence[str]]


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
    columns = one_each(two_states(two_outcomes(columns, samples), samples))
    is_of_people = any(folded(name) in WHOLE["people"] for name in header)
    for find in FINDS:
        if not (is_of_people and find.field == "company"):
            columns = with_found(find, columns, samples)
        columns = [general_date(column, columns, file) for column in columns]
    return find_texts(columns, samples) if nameless else columns


RANKS = {words.SURE: 0, words.LIKELY: 1, words.GUESS: 2, "": 3}


def two_outcomes(columns: list[Column], samples: Samples) -> list[Column]:
    """Return the columns with one outcome, that of the most ends; another is the status, where there is none."""
    places = [at for at, column in enumerate(columns) if column.field == "outcome" and not column.is_said]
    if len(places) < 2:
        return columns
    best = max(places, key=lambda at: sum(map(evidence.tells_end, samples.get(columns[at].source, []))))
    for at in places:
        if at != best:
            field = "notes" if has(columns, "status") else "status"
            kept = ": kept in the notes" if field == "notes" else ""
            columns[at] = columns[at].taken(field=field, why=f"{columns[best].source!r} says how it ended{kept}")
    return columns


def two_states(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with two that say how it goes as a status and an outcome, where none is the outcome yet."""
    both = [at for at, column in enumerate(columns) if column.field == "status"]
    places = [at for at in both if not columns[at].is_said]
    if len(both) < 2 or not places or has(columns, "outcome"):
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


def has(columns: Sequence[Column], *fields: str) -> bool:
    """Say whether one of the fields has a column."""
    return any(column.field in fields for column in columns)


def is_open(column: Column) -> bool:
    """Say whether nobody and nothing has told yet what a column is."""
    return column.field == "notes" and column.sure == "" and not column.is_said


def tells_states(column: Column, values: Sequence[str], *, only_ends: bool = False) -> bool:
    """Say whether a column that goes to the notes mostly holds words of how an application goes.

    Of one whose name is something else already, and with `only_ends` of any, some words have to be how it ended.
    """
    if column.field != "notes" or column.by in (By.SAID, By.ID, *STATELESS) or len(values) > 40:
        return False
    meanings = [words.read(value) for value in values if is_state(value)]
    ends = len([meaning for meaning in meanings if meaning.outcome in words.ENDS])
    if not is_open(column) or only_ends:
        return fraction(values, is_state) >= 0.6 and ends >= (1 if is_open(column) else 2)
    return fraction(values, is_state) > 0.5 and (len(values) > 1 or ends > 0)


# What is found beside the other columns, where no name tells: by the first rule, in the first column that fits.


class Find(NamedTuple):
    """A field that a column is taken for which fits, beside one of some fields, unless one of others is there."""

    field: str
    beside: Sequence[str]
    unless: Sequence[str]
    fits: Callable[[Column, Sequence[str]], bool]
    sure: str
    why: str


def with_found(find: Find, columns: list[Column], samples: Samples) -> list[Column]:
    """Return the columns with the first that fits as what was looked for."""
    if has(columns, *find.unless) or (find.beside and not has(columns, *find.beside)):
        return columns
    for at, column in enumerate(columns):
        if find.fits(column, samples.get(column.source, ())):
            taken = column.taken(field=find.field, sure=find.sure, why=find.why)
            return [*columns[:at], taken, *columns[at + 1 :]]
    return columns


def is_called(column: Column, _: Sequence[str] = ()) -> bool:
    """Say whether an open column is called "name"."""
    return is_open(column) and folded(column.source) in WHOLE["called"]


def is_nameless(column: Column, values: Sequence[str]) -> bool:
    """Say whether an open column has no name, and holds names."""
    return is_open(column) and bool(NAMELESS.fullmatch(column.source)) and fraction(values, is_name) > 0.8


def is_of_trades(column: Column, values: Sequence[str]) -> bool:
    """Say whether a column that may be one of names holds the names of trades."""
    return (is_called(column) or is_nameless(column, values)) and fraction(values, is_trade) >= 0.3


def is_trade(value: str) -> bool:
    """Say whether a value is the name of a trade."""
    return bool(TRADES.search(value))


def is_number_of_company(column: Column, _: Sequence[str]) -> bool:
    """Say whether a column tells only the number of the company."""
    return column.by is By.ID and folded(column.source) in WHOLE["company_numbers"]


def is_open_state(column: Column, values: Sequence[str]) -> bool:
    """Say whether an open column tells states."""
    return is_open(column) and tells_states(column, values)


def is_open_end(column: Column, values: Sequence[str]) -> bool:
    """Say whether an open column tells states, and some ends among them."""
    return is_open(column) and tells_end(column, values)


def tells_end(column: Column, values: Sequence[str]) -> bool:
    """Say whether a column that goes to the notes tells states, and some ends among them."""
    return tells_states(column, values, only_ends=True)


def is_of_days(column: Column, values: Sequence[str]) -> bool:
    """Say whether an open column holds days, and its name is that of no other date."""
    is_other = OTHER_DATES.search(folded(column.source))
    counts = says_when(column.source)
    days = fraction(values, lambda value: is_day(value) or (counts and is_counted_day(value)))
    return is_open(column) and not is_other and days >= 0.6 and fraction(values, numbered) < 0.2


def is_of_times(column: Column, values: Sequence[str]) -> bool:
    """Say whether an open column is called "time" and holds times."""
    is_named = is_open(column) and folded(column.source) in WHOLE["times"]
    return is_named and fraction(values, appointments.is_time) >= 0.6


NAMELESS = re.compile(r"column \d+")
STATED, STAGED = ("status", "outcome", "to_stage"), ("stage", "round", "history")
DATED = ("applied_on", "interviewed_on", "date")
APPLICATIONS = ("role", "status", "outcome", *DATED, "round", "history")
ALONE, TRADE = "no other column is the company", "the company has a column of its own, and these name trades"
ONLY_NUMBER = "only the company's number is here; bring the file with its name along too"
TIMES, TELLS_STATES = "it holds times, beside the date", "its words tell stages and outcomes"
FINDS = (
    Find("role", ["company"], ["role"], is_of_trades, words.LIKELY, TRADE),
    Find("company", APPLICATIONS, ["company"], is_called, words.LIKELY, ALONE),
    Find("company", APPLICATIONS, ["company"], is_nameless, words.GUESS, ALONE),
    Find("company", APPLICATIONS, ["company"], is_number_of_company, words.GUESS, ONLY_NUMBER),
    Find("status", [], [*STATED, *STAGED], is_open_state, words.LIKELY, TELLS_STATES),
    Find("status", [], STATED, is_open_end, words.LIKELY, TELLS_STATES),
    Find("status", [], STATED, tells_end, words.LIKELY, TELLS_STATES),
    Find("date", [], DATED, is_of_days, words.GUESS, "it holds dates"),
    Find("starts_at", ["interviewed_on"], ["starts_at", "applied_on"], is_of_times, words.LIKELY, TIMES),
)


def find_texts(columns: list[Column], samples: Samples) -> list[Column]:
    """Return nameless columns with a role, known by the names of trades, and a company: the names beside it."""
    texts = [at for at, column in enumerate(columns) if is_nameless(column, samples[column.source])]
    trades = {at: fraction(samples[columns[at].source], is_trade) for at in texts}
    role = max(trades, key=lambda at: trades[at], default=None)
    if role is None or trades[role] < 0.4 or has(columns, "company", "role"):
        return columns
    company = min((at for at in texts if at != role), key=lambda at: (abs(at - role), at), default=None)
    for at, field in ((role, "role"), (company, "company")):
        if at is not None:
            columns[at] = columns[at].taken(
                field=field, sure=words.GUESS, why="the file names no column; by what stands there"
            )
    return columns


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

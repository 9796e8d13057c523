"""Which column of a table is which: each by itself first, and then beside the others."""

from collections.abc import Mapping, Sequence

from interview_kit.importing import appointments, words
from interview_kit.importing.aliases import OTHER_DATES, STATELESS, TRADES, WHOLE, By, Column, folded
from interview_kit.importing.evidence import fraction, is_day, is_name, is_state, numbered
from interview_kit.importing.rules import column_of

MANY = frozenset(["notes", "round", "extra", "ignore"])


# Which column is which, by names first and then by what stands in them.


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
    columns = one_each(two_states(columns, samples))
    for find in (find_company, find_status, find_date, *([find_texts] if nameless else [])):
        columns = find(columns, samples)
    return find_time([general_date(column, columns, file) for column in columns], samples)


RANKS = {words.SURE: 0, words.LIKELY: 1, words.GUESS: 2, "": 3}


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


def named_name(columns: Sequence[Column]) -> list[int]:
    """Return the places of columns that are called "name" and are nothing else yet."""
    return [at for at, column in enumerate(columns) if folded(column.source) in WHOLE["called"] and is_open(column)]


def find_company(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with a company: "Name" is one where nothing else is, and nothing says it is a person."""
    names = {folded(column.source) for column in columns}
    likely = named_name(columns) or nameless(columns, samples)
    if has(columns, "company") and not has(columns, "role") and likely:
        why = "the company has a column of its own, and these name trades"
        if fraction(samples.get(columns[likely[0]].source, []), lambda value: bool(TRADES.search(value))) >= 0.3:
            columns[likely[0]] = Column(columns[likely[0]].source, "role", words.LIKELY, why)
        return columns
    if has(columns, "company") or names & WHOLE["people"]:
        return columns
    if not has(columns, "role", "status", "outcome", "applied_on", "interviewed_on", "date", "round", "history"):
        return columns
    numbers = [at for at, column in enumerate(columns) if folded(column.source) in WHOLE["company_numbers"]]
    if likely:
        why = "no other column is the company"
        sure = words.LIKELY if named_name(columns) else words.GUESS
        columns[likely[0]] = Column(columns[likely[0]].source, "company", sure, why)
    elif numbers and columns[numbers[0]].by is By.ID:
        why = "only the company's number is here; bring the file with its name along too"
        columns[numbers[0]] = Column(columns[numbers[0]].source, "company", words.GUESS, why)
    return columns


def nameless(columns: Sequence[Column], samples: Mapping[str, list[str]]) -> list[int]:
    """Return the places of columns without a name that hold names, beside others that have one."""
    places = [at for at, column in enumerate(columns) if column.source == f"column {at + 1}" and is_open(column)]
    if len(places) == len(columns):
        return []
    return [at for at in places if fraction(samples.get(columns[at].source, []), is_name) > 0.8]


def find_status(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with a status, found by its words where no name tells."""
    if has(columns, "status", "outcome", "to_stage"):
        return columns
    staged = has(columns, "stage", "round", "history")
    found = [at for at, column in enumerate(columns) if tells_states(column, samples, only_ends=staged)]
    if found:
        best = min(found, key=lambda at: (not is_open(columns[at]), at))
        columns[best] = columns[best].taken(field="status", sure=words.LIKELY, why="its words tell stages and outcomes")
    return columns


def tells_states(column: Column, samples: Mapping[str, list[str]], *, only_ends: bool = False) -> bool:
    """Say whether a column that goes to the notes mostly holds words of how an application goes.

    Of one whose name is something else already, and with `only_ends` of any, some words have to be how it ended.
    """
    values = samples.get(column.source, [])
    if column.field != "notes" or column.by in (By.SAID, By.ID, *STATELESS) or len(values) > 40:
        return False
    meanings = [words.read(value) for value in values if is_state(value)]
    ends = len([meaning for meaning in meanings if meaning.outcome in words.ENDS])
    if not is_open(column) or only_ends:
        return fraction(values, is_state) >= 0.6 and ends >= (1 if is_open(column) else 2)
    return fraction(values, is_state) > 0.5 and (len(values) > 1 or ends > 0)


def is_open(column: Column) -> bool:
    """Say whether nobody and nothing has told yet what a column is."""
    return column.field == "notes" and column.sure == "" and not column.is_said


def find_texts(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return nameless columns with a role, known by the names of trades, and a company: the names beside it."""
    texts = [
        at for at, column in enumerate(columns) if is_open(column) and fraction(samples[column.source], is_name) > 0.8
    ]
    trades = {at: fraction(samples[columns[at].source], lambda value: bool(TRADES.search(value))) for at in texts}
    role = max(trades, key=lambda at: trades[at], default=None)
    if role is None or trades[role] < 0.4 or has(columns, "company", "role"):
        return columns
    company = min((at for at in texts if at != role), key=lambda at: (abs(at - role), at), default=None)
    for at, field in ((role, "role"), (company, "company")):
        if at is not None:
            columns[at] = Column(
                columns[at].source, field, words.GUESS, "the file names no column; by what stands there"
            )
    return columns


def find_date(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with a date, found by its cells where no name tells."""
    if has(columns, "applied_on", "interviewed_on", "date"):
        return columns
    for at, column in enumerate(columns):
        values = samples.get(column.source, [])
        if (
            is_open(column)
            and not OTHER_DATES.search(folded(column.source))
            and values
            and fraction(values, is_day) >= 0.6
            and fraction(values, numbered) < 0.2
        ):
            columns[at] = column.taken(field="date", sure=words.GUESS, why="it holds dates")
            return columns
    return columns


def find_time(columns: list[Column], samples: Mapping[str, list[str]]) -> list[Column]:
    """Return the columns with "Time" as that of the interviews, where they have a day and the applications none."""
    if not has(columns, "interviewed_on") or has(columns, "starts_at", "applied_on"):
        return columns
    for at, column in enumerate(columns):
        values = samples.get(column.source, [])
        if (
            is_open(column)
            and folded(column.source) in WHOLE["times"]
            and fraction(values, appointments.is_time) >= 0.6
        ):
            columns[at] = column.taken(field="starts_at", sure=words.LIKELY, why="it holds times, beside the date")
            break
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

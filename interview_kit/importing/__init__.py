"""Other people's spreadsheets and calendars into our records, with a preview."""

import gc
import os
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field as dataclass_field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from interview_kit import schema
from interview_kit.importing import aliases, said, words as meanings
from interview_kit.importing.again import Brought, Since, since
from interview_kit.importing.calendars import leave_out_doubles
from interview_kit.importing.files import read_sheets, sheets_of
from interview_kit.importing.ids import made_id
from interview_kit.importing.joins import joined
from interview_kit.importing.matching import MANY
from interview_kit.importing.names import with_roles_apart
from interview_kit.importing.questions import Finding, findings
from interview_kit.importing.reading import Asked, Reading, titles_without_company
from interview_kit.importing.sources import Fate, Sheet, SpreadsheetError
from interview_kit.words import plural

if TYPE_CHECKING:
    import pandas as pd

MAX_FILES, SHOWN_REASONS = 8, 3
DTYPES = {
    **dict.fromkeys(["date", "datetime"], "datetime64[us]"),
    **{"chance": "Float64", "rating": "Int64", "yes/no": "boolean", "time": "object"},
}


@dataclass(frozen=True, repr=False)
class ImportPreview:
    """A preview of how a file comes in; nothing is written before `journal.add_all("interviews", preview.records)`.

    Attributes
    ----------
    mapping : pandas.DataFrame
        A row for each column of the source: `file, source, field, sure, why, example`.
    records : pandas.DataFrame
        The interviews in our columns.
    report : pandas.DataFrame
        A row for each row of the source: `file, line, what, why, fate`; `what` is imported, split into n, skipped or
        needs attention.
    problems : pandas.DataFrame
        What could not be read or needs an answer: `file, line, column, value, problem, rows, kind`.
    words : pandas.DataFrame
        What each word of a status was taken for: `word, column, rows, meaning, sure`.
    asks_day_order : bool
        Whether only you can tell which comes first in the file's dates, the day or the month.
    day_order : str
        What told it.
    alike : mapping
        What rows say of who, where, what and when, and how many of them say the same.
    """

    mapping: "pd.DataFrame"
    records: "pd.DataFrame"
    report: "pd.DataFrame"
    problems: "pd.DataFrame"
    words: "pd.DataFrame"
    asks_day_order: bool = False
    day_order: str = ""
    alike: Mapping[str, int] = dataclass_field(default_factory=dict)

    def __str__(self) -> str:
        """Return what becomes of the rows, what they make, and what came of it."""
        return said.total(self.report, self.records)

    @property
    def waiting(self) -> int:
        """How many rows wait for your word: they come in once it is told what they mean."""
        return int((self.report["fate"] == Fate.WAITING).sum())

    def lines(self) -> list[str]:
        """Return the preview as lines of text: what to look at, the columns, the words, three records, and the sum."""
        found = said.lines(self.mapping, self.words, self.problems, several=self.report["file"].nunique() > 1)
        shown = said.examples(self.records)
        return [*found, *(["Such records come in:", *shown] if shown else []), str(self)]

    def since(self, there: "pd.DataFrame") -> Since:
        """Return what the file brings beside the interviews that are there, as `Journal.interviews` returns them."""
        return since(self.records, self.alike, there)

    def outcome(self, brought: Brought, newer: str = "bring them again with take=True") -> str:
        """Return what `Since.bring` did, in words; `newer` says how to take over what has changed."""
        parts = [f"Imported {plural(len(brought.added), 'record')}."]
        if brought.taken:
            parts.append(f"Took over what changed in {plural(len(brought.taken), 'record')}.")
        if there := len(brought.unchanged):
            parts.append(f"{plural(there, 'record')} {'was' if there == 1 else 'were'} there already.")
        if left := len(brought.left):
            stays = "has changed since and stays" if left == 1 else "have changed since and stay"
            parts.append(f"{plural(left, 'record')} {stays} as before: to take over the newer values, {newer}.")
        left_out = self.report.loc[self.report["fate"] == Fate.ATTENTION, "why"]
        if len(left_out):
            reasons = dict.fromkeys(why.partition(";")[0] for why in left_out)
            parts.append(f"{plural(len(left_out), 'row')} left out: {'; '.join(list(reasons)[:SHOWN_REASONS])}.")
        if self.waiting:
            waits = "row waits" if self.waiting == 1 else "rows wait"
            parts.append(f"{self.waiting:,} {waits} for your word, and did not come in.")
        return " ".join(parts)


def preview_import(
    path: str | os.PathLike | Iterable[str | os.PathLike],
    *,
    mapping: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    words: Mapping[str, str] | None = None,
    year: int | None = None,
    companies: Mapping[str, str] | None = None,
    as_of: date | str | None = None,
) -> ImportPreview:
    r"""Return a preview of how a tracker's CSV or XLSX, or a calendar's .ics, would come in, nothing left out unsaid.

    Parameters
    ----------
    path : str, path or iterable of these
        The file, or several files that belong together by an id.
    mapping : mapping of str to str, optional
        Where columns go that were understood wrongly: the name of one of our columns, or "status", "applied_on",
        "history", "round" (a column that stands for one round), "extra" (kept as a column; one that is called as one of
        ours is, as "imported NAME"), "notes" or "ignore".
    day_first : bool, optional
        Whether the day comes first in dates such as 03/04/2026, or the month.
    words : mapping of str to str, optional
        What words mean that are not understood: an outcome, a stage, "interview", "not applied" or "nothing".
    year : int, optional
        Which year dates without one are of; but what came of an application is not before it.
    companies : mapping of str to str, optional
        Of a calendar, by the title of an event: the company of an interview whose title names none for sure.
    as_of : date or str, optional
        The day that counts as today, by default today: an interview with a later day is planned.

    Returns
    -------
    ImportPreview
        The records that would come in, and all that was understood and not understood on the way.

    Raises
    ------
    SpreadsheetError
        A `ValueError`, for a file that is no table, or larger than any tracker's.
    ValueError
        For a mapping or a meaning that does not exist.

    Notes
    -----
    An application that led to no interview has the stage "applied" and the date of the application; of one that did,
    that date stays in the notes. An interview with a day to come is planned, whatever its status says of others; one
    whose day is past and that is only said to be scheduled comes in as waiting for an answer, and is named among the
    problems.

    Of a calendar, events come in whose titles say that they are interviews; all others are listed with the reason why
    they are left out. Times are those of this machine's clock. Of an event that repeats the first day counts, and the
    entries of the kit's own calendar do not come back. The same event has the same id each time it is imported.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     tracker = Path(folder, "tracker.csv")
    ...     _ = tracker.write_text("Company,Date,Status\nAcme,2026-03-02,Rejected\n", encoding="utf-8")
    ...     preview = ik.preview_import(tracker)
    >>> print(preview.mapping[["source", "field"]].to_string(index=False))
     source      field
    Company    company
       Date applied_on
     Status     status
    """
    paths = [Path(path)] if isinstance(path, (str, os.PathLike)) else [Path(one) for one in path]
    if not 0 < len(paths) <= MAX_FILES:
        raise ValueError(f"path names {len(paths)} files; it must be one, or up to {MAX_FILES} that belong together")
    with gc_paused():
        sheets = [sheet for one in paths for sheet in read_sheets(one)]
    return preview_sheets(
        sheets, mapping=mapping, day_first=day_first, words=words, year=year, companies=companies, as_of=as_of
    )


def preview_sheets(
    sheets: Iterable[Sheet],
    *,
    mapping: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    words: Mapping[str, str] | None = None,
    year: int | None = None,
    companies: Mapping[str, str] | None = None,
    as_of: date | str | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> ImportPreview:
    """Return the preview of tables that are read already, as `preview_import` does of files.

    `progress` is called with the share that is done, from 0 to 1.
    """
    answers = {meanings.plain(word): checked_answer(word, answer) for word, answer in (words or {}).items()}
    own = [copied(sheet) for sheet in sheets]
    calendars = [sheet for sheet in own if sheet.fields]
    name_companies(calendars, companies or {})
    leave_out_doubles(calendars)
    others = joined([sheet for sheet in own if not sheet.fields])
    asked = Asked(checked_mapping(mapping or {}, [*others, *calendars]), day_first, year, answers, checked_today(as_of))
    tables = [*(with_roles_apart(sheet, asked.mapping) for sheet in others), *calendars]
    seen: dict[str, int] = {}
    rows = sum(len(sheet.rows) for sheet in tables) or 1
    with gc_paused():
        done, parts = 0, [Reading(sheet, asked) for sheet in tables]
        put_aside(parts)
        for part in parts:
            if not part.is_aside:
                part.read(seen, lambda n, before=done: progress(0.9 * (before + n) / rows))
            done += len(part.sheet.rows)
        made = assembled(parts, seen)
    progress(1.0)
    return made


def put_aside(parts: Sequence[Reading]) -> None:
    """Leave out the sheets of a workbook that are no tables of applications, where another one of it is."""
    books = {part.sheet.book for part in parts if part.lists_applications}
    for part in parts:
        if part.sheet.book and part.sheet.book in books and not part.lists_applications:
            part.set_aside()


def copied(sheet: Sheet) -> Sheet:
    """Return a table that can be worked with while the one that was read stays as it is."""
    lists = {name: list(getattr(sheet, name)) for name in ("left", "notes", "lines")}
    by_line = {name: dict(getattr(sheet, name)) for name in ("remarks", "odd", "guesses")}
    return replace(sheet, rows=[list(row) for row in sheet.rows], **lists, **by_line)


def name_companies(calendars: Sequence[Sheet], companies: Mapping[str, str]) -> None:
    """Write the companies that were said beside the titles of events; `ChoiceError` for one that no event has.

    An event that was left out, since its title reads like no interview, comes in once its company is said.
    """
    asked = {title for sheet in calendars for title, _ in titles_without_company(sheet)}
    others = {title for sheet in calendars for title in sheet.others}
    if unknown := [title for title in companies if title not in asked | others]:
        accepted = ", ".join(map(repr, sorted(asked))) or "of none"
        message = f"{unknown[0]!r} is no event whose company is asked for; it is asked for {accepted}"
        raise ChoiceError(message, "companies", unknown[0])
    for sheet in calendars:
        for title in companies:
            if sheet.bring_in and title in sheet.others and companies[title].strip():
                sheet.bring_in(sheet, title)
        title, company = sheet.header.index("Title"), sheet.header.index("Company")
        for row in sheet.rows:
            row[company] = row[company] or companies.get(row[title], "").strip()


@contextmanager
def gc_paused() -> Generator[None]:
    """Keep Python from looking for garbage among many rows again and again: there is none, and it takes a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class ChoiceError(ValueError):
    """A choice that cannot be: `parameter` says of which mapping, and `key` which of its choices."""

    def __init__(self, message: str, parameter: str, key: str):
        super().__init__(message)
        self.parameter, self.key = parameter, key


def checked_answer(word: str, answer: str) -> meanings.Meaning:
    """Return the meaning that was chosen for a word; `ChoiceError` says what there is."""
    try:
        return meanings.answered(answer)
    except ValueError as error:
        raise ChoiceError(str(error), "words", word) from None


def checked_today(as_of: date | str | None) -> date:
    """Return the day that counts as today; `ValueError` where it is none."""
    if as_of is None:
        return date.today()
    if isinstance(as_of, date):  # a moment is one, too
        return date(as_of.year, as_of.month, as_of.day)
    try:
        return schema.parse_date(as_of)
    except (ValueError, TypeError):
        raise ValueError(f"as_of is {as_of!r}; it must be a date, such as '2026-04-03'") from None


def checked_mapping(mapping: Mapping[str, str], sheets: Sequence[Sheet]) -> dict[str, str]:
    """Return the mapping with its columns named as the files name them; `ChoiceError` says what there is."""
    names = [name for sheet in sheets for name in sheet.header]
    alike = {aliases.folded(name): name for name in names}
    chosen = {}
    for source, field in mapping.items():
        known = source if source in names else alike.get(aliases.folded(source))
        if known is None:
            there = ", ".join(dict.fromkeys(names))
            raise ChoiceError(f"{source!r} is no column of the file; its columns are {there}", "mapping", source)
        if not aliases.can_be(field):
            there = ", ".join(aliases.TARGETS)
            raise ChoiceError(f"{field!r} is nothing that a column can be; it can be {there}", "mapping", source)
        chosen[known] = field
    for sheet in sheets:
        refuse_twice_said(sheet, chosen)
    return chosen


def refuse_twice_said(sheet: Sheet, chosen: Mapping[str, str]) -> None:
    """Refuse two columns of a table that were said to be the same, of which one would go unseen."""
    said: dict[str, str] = {}
    for name in sheet.header:
        field = chosen.get(name, "notes")
        other = name if field in MANY else said.setdefault(field, name)
        if other != name:
            keep = "keep one of them in the notes, or as a column of its own"
            raise ChoiceError(f"{other!r} and {name!r} cannot both be {field}; {keep}", "mapping", name)


def assembled(parts: Sequence[Reading], seen: Mapping[str, int]) -> ImportPreview:
    """Return the preview of all tables; `seen` counts the rows that say the same."""
    import pandas as pd

    def frame(rows: Iterable[tuple], columns: str) -> pd.DataFrame:
        return pd.DataFrame(list(rows), columns=columns.split())

    shown = [part for part in parts if not part.is_aside]
    orders = [part.calendar.order for part in shown]
    filled = [part for part in shown if part.sheet.rows] or shown  # what another table looked up is told there
    mapped = [row for part in filled for row in part.mapping_rows()]
    return ImportPreview(
        mapping=frame(mapped, "file source field sure why example"),
        records=records_frame(shown),
        report=frame((row for part in parts for row in part.report_rows()), "file line what why fate"),
        problems=frame((row for part in parts for row in findings(part)), " ".join(Finding._fields)),
        words=frame((row for part in shown for row in part.word_rows()), "word column rows meaning sure"),
        asks_day_order=any(part.calendar.asks_order for part in shown),
        day_order=next((order.why for order in orders if order.day_first is not None), ""),
        alike=seen,
    )


def records_frame(parts: Sequence[Reading]) -> "pd.DataFrame":
    """Return the records as a frame in our columns: the behaviors and extra columns that the files have, typed."""
    import pandas as pd

    rows = with_own_ids([record for part in parts for record in part.result.records])
    own = {field for part in parts for _, field, _ in part.layout.own}
    extra = dict.fromkeys(name for part in parts for _, name in part.layout.extras)
    behaviors = {column.name for column in (*schema.BEHAVIORS, *schema.RATINGS)} - own
    names = [name for name in schema.INTERVIEWS.names if name not in behaviors]
    names += [name for name in (*sorted(own), *extra) if name not in names]
    filled = {*own, *extra, *(rows[0] if rows else ()), *(field for part in parts for field in part.layout.at)}
    values = {name: [row.get(name) for row in rows] if name in filled else len(rows) for name in names}
    return pd.DataFrame({name: typed(schema.INTERVIEWS.column(name).kind, found) for name, found in values.items()})


def with_own_ids(records: list[dict]) -> list[dict]:
    """Return the records, each with an id of its own: a row that was copied with its id gets another."""
    counts: dict[str, int] = {}
    for record in records:
        key = record["id"]
        counts[key] = counts.get(key, 0) + 1
        if counts[key] > 1:
            record["id"] = made_id(f"{key}\x1f{counts[key]}")
    return records


def typed(kind: str, values: "list | int") -> "pd.Series":
    """Return values as a column of their kind, or so many missing ones; text that is missing is empty."""
    import pandas as pd

    if kind not in DTYPES:
        texts = [""] * values if isinstance(values, int) else ["" if value is None else value for value in values]
        return pd.Series(texts, dtype="str")
    found = [None] * values if isinstance(values, int) else values
    return pd.Series(found, dtype=DTYPES[kind])

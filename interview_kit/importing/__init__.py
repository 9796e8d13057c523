"""Other people's spreadsheets and calendars into our records, with a preview."""

import gc
import os
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from interview_kit.importing import words as meanings
from interview_kit.importing.calendars import leave_out_doubles
from interview_kit.importing.choices import ChoiceError, checked_answer, checked_mapping, checked_today, name_companies
from interview_kit.importing.company_and_role import with_roles_apart
from interview_kit.importing.files import read_sheets, sheets_of
from interview_kit.importing.joins import joined
from interview_kit.importing.preview import ImportPreview, assembled
from interview_kit.importing.reading import Asked, Reading
from interview_kit.importing.sources import Sheet, SpreadsheetError, as_spreadsheet_error

MAX_FILES = 8


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
    names = " and ".join(one.name for one in paths)
    unread = f"{names} cannot be read as it is, and nothing was imported; save its table as CSV, and import that"
    with gc_paused(), as_spreadsheet_error(unread):
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

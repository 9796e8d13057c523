"""What is wrong with a file's header, its ids, its days, and what must not be empty."""

import difflib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from interview_kit import schema
from interview_kit.files.document import Document
from interview_kit.files.problems import Problem, records_error
from interview_kit.journal.cells import Cells
from interview_kit.journal.columns import free_text

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


OTHER_TABLE = "is it another table?"
TITLE_ABOVE = "does a title stand above the line with the columns' names? Then delete its line"
OTHER_FILES = {  # by what their first line begins with
    "<": "it is a web page, as a sync service shows it to whoever is not logged in: get the file itself",
    "version https://git-lfs": "it only says where Git keeps the file: fetch it with git lfs pull",
    "bplist": "it is a program's own file: save the table as CSV",
    "pk": "it is a spreadsheet or an archive: save the table as CSV",
}
GIVE_ANOTHER_ID = "give one of them another id"
SAVED_MARK = re.compile("^(ï»¿|\ufeff)+")  # a byte order mark as Windows-1252 reads it, or a second one


def refuse_other_table(header: Sequence[str], table: schema.Table, name: str) -> None:
    """Raise `RecordsError` where no column is one of the table's; reading and saving refuse alike."""
    if set(table.names) & set(header):
        return
    known = f"none of its columns is one of {', '.join(table.names[:7])} …"
    nameless = any(name == f"column {place}" for place, name in enumerate(header, start=1))
    otherwise = TITLE_ABOVE if nameless else OTHER_TABLE
    hint = next((hint for start, hint in OTHER_FILES.items() if header[0].casefold().startswith(start)), otherwise)
    raise records_error(name, [Problem(0, "", "", f"{known}; {hint}")])


def encoding_notes(document: Document, name: str) -> list[str]:
    """Return what to say of an encoding that no mark in the file tells."""
    guessed = f"{name} is read as Windows-1252, since it is not UTF-8; look whether letters such as é and ü are right"
    return [guessed] if document.encoding == "cp1252" else []


def header_problems(cells: Cells, table: schema.Table) -> list[Problem]:
    """Return the problems of the header: a mark that is part of it, a column that stands twice, one that is missing."""
    marked = re.sub(SAVED_MARK, "", cells.header[0])
    twice = [name for name in cells.header if name.endswith(" (2)") and name[:-4] in cells.header]
    problems = [] if marked == cells.header[0] else [saved_mark(cells.header[0], marked)]
    second = "the column stands twice; the second is read as"
    problems += [Problem(1, name[:-4], "", f"{second} {name!r}") for name in twice]
    there = (*cells.header, marked)
    missing = [column.name for column in table.columns if column.required and column.name not in there]
    for name in missing:
        close = difflib.get_close_matches(name, [other.lower() for other in cells.header], n=1)
        found = f"; is it {close[0]!r}?" if close else ""
        problems.append(Problem(1, name, "", f"the file has no such column{found}"))
    return problems


def saved_mark(found: str, name: str) -> Problem:
    """Return the problem of a first column whose name begins with a byte order mark that became text."""
    problem = (
        "begins with a byte order mark that another program saved as text, so that the column is not recognised; "
        f"delete what stands before {name!r} there, look whether letters such as é and ü are right, and save the file "
        "as UTF-8"
    )
    return Problem(1, name, found, problem)


def required_problems(cells: Cells, column: schema.Column) -> list[Problem]:
    """Return the records in which a required column is empty."""
    why = f"is empty; {column.label.lower()} is needed"
    places = (cells.filled & is_blank(cells.columns[column.name])).nonzero()[0]
    return [Problem(int(cells.lines[at]), column.name, "", why) for at in places]


def is_blank(texts: "pa.ChunkedArray") -> np.ndarray:
    """Return the mask of the texts that are empty or only space."""
    import pyarrow.compute as pc

    lengths, is_space = (pc.call_function(name, [texts]).to_numpy() for name in ("binary_length", "utf8_is_space"))
    return (lengths == 0) | is_space


def date_order_problems(frame: "pd.DataFrame", cells: Cells) -> list[Problem]:
    """Blank what became known before the interview took place, and return it as problems."""
    import pandas as pd

    problems = []
    for name in ("outcome_on", "debriefed_at"):
        if name not in frame or "interviewed_on" not in frame:
            continue
        backwards = frame[name].to_numpy() < frame["interviewed_on"].to_numpy()
        for at in backwards.nonzero()[0]:
            found, interviewed = frame[name].iat[at], frame["interviewed_on"].iat[at]
            why = f"is before the interview on {interviewed:%Y-%m-%d}"
            problems.append(Problem(int(cells.lines[at]), name, schema.plain_text(found)[:10], why))
        if backwards.any():
            frame[name] = frame[name].where(~backwards, pd.NaT)
    return problems


def same_id_problems(cells: Cells) -> list[Problem]:
    """Return the records whose id an earlier record has."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column = cells.columns["id"]
    if len(pc.call_function("unique", [column], memory_pool=pa.system_memory_pool())) == len(cells.filled):
        return []
    ids = free_text(column)
    first = {key: at for at, key in ids[~ids.duplicated()].items()}
    return [
        Problem(int(cells.lines[at]), "id", key, f"stands on line {cells.lines[first[key]]} too; {GIVE_ANOTHER_ID}")
        for at, key in ids[ids.duplicated() & (ids != "")].items()
    ]

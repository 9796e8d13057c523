"""A CSV as a typed frame, with every problem."""

from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from interview_kit import schema
from interview_kit.files.disk import read_bytes
from interview_kit.files.document import Document, parse_document
from interview_kit.files.problems import Problem, RecordsError
from interview_kit.journal import arrow
from interview_kit.journal.cells import FREE_KINDS, Cells, NeedsStrictParser
from interview_kit.journal.columns import Helped, coded, empty_column, typed_column, unsearched
from interview_kit.journal.inspection import (
    date_order_problems,
    header_problems,
    lack_notes,
    lost_id_problems,
    refuse_broken_records,
    refuse_other_table,
    required_problems,
    same_id_problems,
)
from interview_kit.journal.notes import document_notes, header_notes, help_notes

if TYPE_CHECKING:
    import pandas as pd


LATER_KINDS = {"missing": 1, "date_order": 2, "duplicate_id": 3}  # of problems on one line, those of others first


class Problems(list):
    """The problems of a frame; not copied when pandas copies `attrs`, as it does at every step."""

    def __deepcopy__(self, memo: dict) -> "Problems":
        return self


class Typed(NamedTuple):
    """A typed frame, its problems in the order of lines, and which of the file's records hold something."""

    frame: "pd.DataFrame"
    problems: list[Problem]
    filled: np.ndarray
    notes: list[str]


class TypedColumn(NamedTuple):
    """A column's values, and the problems: what cannot be read, is needed but missing, or is an id twice."""

    values: Any
    problems: list[Problem]
    helped: Helped | None = None


class ColumnSelector(list):
    """Names and patterns of columns, which hold a name that fits one of them."""

    def __contains__(self, name: object) -> bool:
        return any(name == pattern or fnmatchcase(str(name), pattern) for pattern in self)


EVERY_COLUMN = ColumnSelector(["*"])


def read_table(
    path: Path, table: schema.Table, name: str = "", wanted: ColumnSelector = EVERY_COLUMN
) -> tuple["pd.DataFrame", list[Problem]]:
    """Return the typed frame of one CSV, and what could not be read; `RecordsError` where there is no such file.

    `name` stands in the errors for the file, else its own name; `wanted` are names and patterns of columns.
    """
    name = name or path.name
    with suppress(NeedsStrictParser):  # and then, its bytes let go of, it is read anew
        cells = arrow.cells_of_file(path, table, wanted)
        return frame_of(cells, table, wanted, name, path)
    document = parsed_file(path, table, name)
    refuse_broken_records(document, table, name)
    frame, problems = frame_of(strict_cells(document, table), table, wanted, name, path)
    frame.attrs["notes"] = document_notes(document, name) + frame.attrs["notes"]
    return frame, problems


def frame_of(
    cells: Cells, table: schema.Table, wanted: ColumnSelector, name: str, path: Path
) -> tuple["pd.DataFrame", list[Problem]]:
    """Return a file's cells as a typed frame, and its problems; `RecordsError` where no column is one of the table."""
    refuse_other_table(cells.header, table, name)
    read = typed(cells, table, wanted)
    read.frame.attrs["notes"] = read.notes + lack_notes(read.frame, cells.written_header, table)
    return read.frame, lost_id_problems(path, table, cells.header) + read.problems


def parsed_file(path: Path, table: schema.Table, name: str) -> Document:
    """Return the strict parse of a file; `RecordsError` where there is none."""
    raw = read_bytes(path)
    if raw is None:
        raise RecordsError(f"{path} is not there; name the CSV of your interviews")
    return parse_document(raw, name, table.read_header)


def typed_frame(document: Document, table: schema.Table) -> Typed:
    """Return a document as a typed frame, columns in the order of the file, and the problems in the order of lines.

    Rows in which every cell is empty, as spreadsheets leave them, are no records.
    """
    return typed(cells_of(document, table), table, EVERY_COLUMN)


def cells_of(document: Document, table: schema.Table) -> Cells:
    """Return a document's cells, by pyarrow where it is large."""
    with suppress(NeedsStrictParser):
        return arrow.cells_of_document(document, table)
    return strict_cells(document, table)


def strict_cells(document: Document, table: schema.Table) -> Cells:
    """Return a document's cells by the strict reader."""
    import pyarrow as pa

    columns = {}
    for name, values in document.columns().items():
        is_free = table.column(name).kind in FREE_KINDS
        columns[name] = pa.chunked_array([pa.array(values, pa.large_string())]) if is_free else coded(values)
    filled = arrow.holds_text_anywhere(columns.values(), len(document))
    return Cells(document.header, document.written_header, columns, filled, lambda: document.lines)


def typed(cells: Cells, table: schema.Table, asked: ColumnSelector) -> Typed:
    """Return cells as a typed frame of the columns that are asked for."""
    import pandas as pd

    names = [*(name for name in cells.columns if name in asked), *absent_names(cells, table, asked)]
    read = {name: column_of(cells, table.column(name)) for name in names}
    frame = pd.DataFrame({name: unsearched(column.values) for name, column in read.items()}, copy=False)
    problems = header_problems(cells, table) + [problem for column in read.values() for problem in column.problems]
    problems += date_order_problems(frame, cells)
    if not cells.filled.all():
        frame = frame[cells.filled].reset_index(drop=True)
    found = [problem for problem in problems if problem.column in asked]
    helped = {name: column.helped for name, column in read.items() if column.helped}
    notes = header_notes(cells.written_header, cells.header) + help_notes(table, helped)
    in_order = sorted(found, key=lambda problem: (problem.line, LATER_KINDS.get(problem.kind, 0)))
    return Typed(frame, in_order, cells.filled, notes)


def column_of(cells: Cells, column: schema.Column) -> TypedColumn:
    """Return a column typed, of empty cells where the file lacks it."""
    if column.name not in cells.columns:
        return TypedColumn(empty_column(column.kind, len(cells.filled)), [])
    read = typed_column(column.kind, cells.columns[column.name])
    problems = [Problem(int(cells.lines[at]), column.name, text, why) for at, text, why in read.bad]
    problems += required_problems(cells, column) if column.required else []
    problems += same_id_problems(cells) if column.name == "id" else []
    return TypedColumn(read.values, problems, read.helped)


def absent_names(cells: Cells, table: schema.Table, asked: ColumnSelector) -> list[str]:
    """Return the columns that a file lacks; it need not have the behaviors, and a frame then lacks them."""
    behaviors = (*schema.BEHAVIORS, *schema.RATINGS)
    absent = [column.name for column in table.columns if column not in behaviors and column.name not in cells.columns]
    return [name for name in absent if name in asked]

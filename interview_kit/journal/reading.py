"""A CSV as a typed frame, with every problem."""

import difflib
import os
import re
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from interview_kit import csv_file, schema
from interview_kit.csv_file import Document, Problem, RecordsError
from interview_kit.journal import arrow
from interview_kit.journal.cells import FREE_KINDS, Cells, Coded, NeedsStrictParser

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SHOWN_PROBLEMS = 20
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
PANDAS_TYPES = {
    "yes/no": "boolean",
    "rating": "Int64",
    "chance": "Float64",
    "date": "datetime64[us]",
    "datetime": "datetime64[us]",
}


class RecordsWarning(UserWarning):
    """Values of a file that became missing, each named with its line, or an encoding that had to be guessed."""


class Problems(list):
    """The problems of a frame; not copied when pandas copies `attrs`, as it does at every step."""

    def __deepcopy__(self, memo: dict) -> "Problems":
        return self


class Typed(NamedTuple):
    """A typed frame, its problems in the order of lines, and which of the file's records hold something."""

    frame: "pd.DataFrame"
    problems: list[Problem]
    filled: np.ndarray


# Files.


def load_interviews(
    path_or_paths: str | os.PathLike | Iterable,
    *,
    columns: Iterable[str] | None = None,
    on_problem: str = "warn",
) -> "pd.DataFrame":
    """Return the interviews of one CSV, or of many as one frame.

    The columns are those of `interviews.csv`, typed: dates as datetime64, `did_*` as nullable booleans, `rated_*` as
    nullable integers from 1 to 5, `chance` from 0 to 100, an empty `outcome` as "pending", all else as text, then the
    file's own further columns as text. A value that cannot be read is missing in the frame and stays in the file;
    `on_problem` says what happens: "warn" (`RecordsWarning`), "raise" (`RecordsError`) or "ignore"; the list is in
    `frame.attrs["problems"]` either way, and `frame.attrs["notes"]` names each file read as Windows-1252. Of many
    files, an empty `person` is filled with the file's name, or with its folder's where the files have one name.

    `columns` names those that are wanted, also by a pattern such as "did_*"; of the others nothing is read, and
    nothing said. With `["did_*", "interviewed_on", "outcome", "outcome_on"]` a large file takes less time and much
    less memory.

    Raises `RecordsError` for a file that cannot be parsed: an unclosed quote, a record of too few cells, the marks of
    a merge, each with its line. Raises ValueError where no file has a column called as in `columns`.
    """
    if on_problem not in ("warn", "raise", "ignore"):
        raise ValueError(f"on_problem is {on_problem!r}; it must be 'warn', 'raise' or 'ignore'")
    wanted = checked_patterns(columns)
    if isinstance(path_or_paths, (str, os.PathLike)):
        frame, problems = read_table(Path(path_or_paths), schema.INTERVIEWS, wanted=wanted)
    else:
        frame, problems = read_many([Path(path) for path in path_or_paths], wanted)
    refuse_unknown(wanted, frame)
    if on_problem != "ignore" and frame.attrs["notes"]:
        warnings.warn("\n".join(frame.attrs["notes"]), RecordsWarning, stacklevel=2)
    report(problems, on_problem)
    frame.attrs["problems"] = Problems(problems)
    return frame


def checked_patterns(columns: Iterable[str] | None) -> list[str] | None:
    """Return the names and patterns of the columns that are wanted, None for all."""
    if isinstance(columns, str):
        raise ValueError(f"columns is {columns!r}; it must be a list of names, such as [{columns!r}]")
    return None if columns is None else [str(name) for name in columns]


def refuse_unknown(wanted: list[str] | None, frame: "pd.DataFrame") -> None:
    """Raise ValueError for the names that no column has."""
    for pattern in wanted or ():
        if not any(name in ColumnSelector([pattern]) for name in frame.columns):
            close = difflib.get_close_matches(pattern, schema.INTERVIEWS.names, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise ValueError(f"columns names {pattern!r}, but the file has no such column{hint}")


def check_interviews(path: str | os.PathLike) -> "pd.DataFrame":
    """Return every problem of a CSV of interviews: one row each, with `line`, `column`, `value` and `problem`.

    A file that cannot be parsed gives the problems that stand in the way; only one that cannot be opened raises
    `RecordsError`.
    """
    import pandas as pd

    try:
        problems = read_table(Path(path), schema.INTERVIEWS)[1]
    except RecordsError as error:
        problems = error.problems
        if not problems:
            raise
    return pd.DataFrame(problems, columns=list(Problem._fields)).astype({"line": "int64"})


def report(problems: Sequence[Problem], on_problem: str) -> None:
    """Warn of problems or raise them, all at once."""
    if not problems or on_problem == "ignore":
        return
    lines = [str(problem) for problem in problems[:SHOWN_PROBLEMS]]
    more = len(problems) - len(lines)
    message = "\n".join(lines + ([f"and {csv_file.plural(more, 'problem')} more"] if more else []))
    if on_problem == "raise":
        raise RecordsError(message, problems)
    warnings.warn(message, RecordsWarning, stacklevel=3)


def read_many(paths: list[Path], wanted: list[str] | None) -> tuple["pd.DataFrame", list[Problem]]:
    """Return the interviews of many files as one frame, each row with a person."""
    import pandas as pd

    if not paths:
        raise RecordsError("no file was named; name at least one CSV of interviews")
    refuse_twice(paths)
    told_apart_by_name = len({path.name for path in paths}) == len(paths)
    asked = None if wanted is None else [*wanted, "person"]
    frames, problems = [], []
    for path, person in zip(paths, person_names(paths), strict=True):
        name = path.name if told_apart_by_name else str(path)
        frame, found = read_table(path, schema.INTERVIEWS, name, asked)
        frame["person"] = frame["person"].where(frame["person"] != "", person)
        frames.append(frame)
        problems += [found_one._replace(column=f"{name}, {found_one.column}") for found_one in found]
    whole = fill_text(pd.concat(frames, ignore_index=True), schema.INTERVIEWS)
    whole.attrs["notes"] = [note for frame in frames for note in frame.attrs["notes"]]
    return whole, problems


def refuse_twice(paths: list[Path]) -> None:
    """Refuse a file that is named twice, by whatever way."""
    places: dict[Path, int] = {}
    for place, path in enumerate(paths):
        if places.setdefault(path.resolve(), place) != place:
            raise RecordsError(f"{path} is named twice; its interviews would count double")


def person_names(paths: list[Path]) -> list[str]:
    """Return one name per file: its own, with as many folders before it as tell the files apart."""
    resolved = [path.resolve().with_suffix("") for path in paths]
    for depth in range(1, max(len(path.parts) for path in resolved) + 1):
        names = ["/".join(path.parts[-depth:]) for path in resolved]
        if len(set(names)) == len(names):
            return [name.removesuffix("/interviews") for name in names]
    return [str(path) for path in paths]


def fill_text(frame: "pd.DataFrame", table: schema.Table) -> "pd.DataFrame":
    """Return the frame with text that one of several files lacks as empty text, as in a single file."""
    texts = [name for name in frame.columns if table.column(name).kind not in (*PANDAS_TYPES, *schema.CHOICES, "time")]
    return frame.fillna(dict.fromkeys(texts, ""))


def read_table(
    path: Path, table: schema.Table, name: str = "", wanted: list[str] | None = None
) -> tuple["pd.DataFrame", list[Problem]]:
    """Return the typed frame of one CSV, and what could not be read; `RecordsError` where there is no such file.

    `name` stands in the errors for the file, else its own name; `wanted` are names and patterns of columns.
    """
    name = name or path.name
    with suppress(NeedsStrictParser):  # and then, its bytes let go of, it is read anew
        return frame_of(
            arrow.cells_of_file(path, table, ColumnSelector(["*"] if wanted is None else wanted)),
            table,
            wanted,
            name,
            [],
        )
    document = parsed_file(path, name)
    return frame_of(strict_cells(document, table), table, wanted, name, encoding_notes(document, name))


def frame_of(
    cells: Cells, table: schema.Table, wanted: list[str] | None, name: str, notes: list[str]
) -> tuple["pd.DataFrame", list[Problem]]:
    """Return a file's cells as a typed frame, and its problems; `RecordsError` where no column is one of the table."""
    refuse_other_table(cells.header, table, name)
    frame, problems, _ = typed(cells, table, wanted)
    frame.attrs["notes"] = notes
    return frame, problems


def refuse_other_table(header: Sequence[str], table: schema.Table, name: str) -> None:
    """Raise `RecordsError` where no column is one of the table's; reading and saving refuse alike."""
    if set(table.names) & set(header):
        return
    known = f"none of its columns is one of {', '.join(table.names[:7])} …"
    nameless = any(name == f"column {place}" for place, name in enumerate(header, start=1))
    otherwise = TITLE_ABOVE if nameless else OTHER_TABLE
    hint = next((hint for start, hint in OTHER_FILES.items() if header[0].casefold().startswith(start)), otherwise)
    raise csv_file.refuse(name, [Problem(0, "", "", f"{known}; {hint}")])


def parsed_file(path: Path, name: str) -> Document:
    """Return the strict parse of a file; `RecordsError` where there is none."""
    raw = csv_file.read_bytes(path)
    if raw is None:
        raise RecordsError(f"{path} is not there; name the CSV of your interviews")
    return csv_file.parse_document(raw, name)


def encoding_notes(document: Document, name: str) -> list[str]:
    """Return what to say of an encoding that no mark in the file tells."""
    guessed = f"{name} is read as Windows-1252, since it is not UTF-8; look whether letters such as é and ü are right"
    return [guessed] if document.encoding == "cp1252" else []


# Cells as a frame.


def typed_frame(document: Document, table: schema.Table) -> Typed:
    """Return a document as a typed frame, columns in the order of the file, and the problems in the order of lines.

    Rows in which every cell is empty, as spreadsheets leave them, are no records.
    """
    return typed(cells_of(document, table), table, None)


def cells_of(document: Document, table: schema.Table) -> Cells:
    """Return a document's cells, by pyarrow where it is large."""
    with suppress(NeedsStrictParser):
        return arrow.cells_of_document(document, table)
    return strict_cells(document, table)


def strict_cells(document: Document, table: schema.Table) -> Cells:
    """Return a document's cells by the strict reader."""
    import pyarrow as pa

    rows = list(zip(*document.rows(), strict=True)) or [()] * len(document.header)
    columns = {}
    for name, values in zip(document.header, rows, strict=True):
        is_free = table.column(name).kind in FREE_KINDS
        columns[name] = pa.chunked_array([pa.array(values, pa.large_string())]) if is_free else coded(values)
    filled = arrow.holds_text_anywhere(columns.values(), len(document))
    return Cells(document.header, columns, filled, lambda: document.lines)


def coded(values: Sequence[str]) -> Coded:
    """Return a column with each distinct text once."""
    places: dict[str, int] = {}
    codes = [places.setdefault(text, len(places)) for text in values]
    return Coded({code: text for text, code in places.items()}, [np.array(codes, np.int64)])


def encoded(texts: "pa.ChunkedArray") -> Coded:
    """Return a column of free text with each distinct text once."""
    whole = texts.combine_chunks().dictionary_encode()
    return Coded(dict(enumerate(whole.dictionary.to_pylist())), [whole.indices.to_numpy()])


class ColumnSelector(list):
    """Names and patterns of columns, which hold a name that fits one of them."""

    def __contains__(self, name: object) -> bool:
        return any(name == pattern or fnmatchcase(str(name), pattern) for pattern in self)


def typed(cells: Cells, table: schema.Table, wanted: list[str] | None) -> Typed:
    """Return cells as a typed frame of the columns that are wanted, all for None."""
    import pandas as pd

    asked = ColumnSelector(["*"] if wanted is None else wanted)
    names = [*(name for name in cells.columns if name in asked), *absent_names(cells, table, asked)]
    read = {name: column_of(cells, table.column(name)) for name in names}
    frame = pd.DataFrame({name: unsearched(column.values) for name, column in read.items()}, copy=False)
    problems = header_problems(cells, table) + [problem for column in read.values() for problem in column.unreadable]
    problems += [problem for column in read.values() for problem in column.missing]
    problems += date_order_problems(frame, cells)
    problems += [problem for column in read.values() for problem in column.repeated]
    if not cells.filled.all():
        frame = frame[cells.filled].reset_index(drop=True)
    found = [problem for problem in problems if problem.column in asked]
    return Typed(frame, sorted(found, key=lambda problem: problem.line), cells.filled)


def unsearched(values):
    """Return a column so that pandas does not search objects for days: a series of objects is taken as it is."""
    import pandas as pd

    return pd.Series(np.asarray(values), dtype=object, copy=False) if str(values.dtype) == "object" else values


class TypedColumn(NamedTuple):
    """A column's values, and the problems: what cannot be read, is needed but missing, or is an id twice."""

    values: Any
    unreadable: list[Problem]
    missing: list[Problem]
    repeated: list[Problem]


def column_of(cells: Cells, column: schema.Column) -> TypedColumn:
    """Return a column typed, of empty cells where the file lacks it."""
    if column.name not in cells.columns:
        return TypedColumn(empty_column(column.kind, len(cells.filled)), [], [], [])
    values, bad = typed_column(column.kind, cells.columns[column.name])
    unreadable = [Problem(int(cells.lines[at]), column.name, text, why) for at, text, why in bad]
    missing = required_problems(cells, column) if column.required else []
    return TypedColumn(values, unreadable, missing, same_id_problems(cells) if column.name == "id" else [])


def absent_names(cells: Cells, table: schema.Table, asked: ColumnSelector) -> list[str]:
    """Return the columns that a file lacks; it need not have the behaviors, and a frame then lacks them."""
    optional = (*schema.BEHAVIORS, *schema.RATINGS)
    absent = [column.name for column in table.columns if column not in optional and column.name not in cells.columns]
    return [name for name in absent if name in asked]


def empty_column(kind: str, length: int):
    """Return a typed column of empty cells; text takes no memory until it is looked at."""
    import pandas as pd
    import pyarrow as pa

    value = schema.parse(kind, "")
    if masked := masked_type(PANDAS_TYPES.get(kind)):
        array, plain = masked
        return array(np.zeros(length, plain), np.ones(length, bool))
    if kind in FREE_KINDS or (kind in schema.CHOICES and value is None):
        missing = pa.py_buffer(np.zeros(length // 8 + 1, np.uint8)) if value is None else None
        edges = pa.py_buffer(np.zeros(length + 1, np.int64))
        return pd.array(pa.Array.from_buffers(pa.large_string(), length, [missing, edges, pa.py_buffer(b"")]), "str")
    dtype = PANDAS_TYPES.get(kind, "object" if kind == "time" else "str")
    return pd.Series(value, index=range(length), dtype=dtype).array


def typed_column(kind: str, cells: "pa.ChunkedArray | Coded") -> tuple:
    """Return a column typed, and what could not be read: its place, the value found and what is accepted.

    Each distinct text is parsed once, however often it stands in the column.
    """
    if kind in FREE_KINDS:
        return free_text(unescaped(cells)).array, []
    if is_typed(cells):
        return from_arrow(cells, PANDAS_TYPES[kind]), []
    cells = cells if isinstance(cells, Coded) else encoded(cells)
    values, bad = read_each(kind, cells.texts)
    column = decode_dictionary(values, cells, PANDAS_TYPES.get(kind, "object" if kind == "time" else "str"))
    if not bad:
        return column, []
    codes = cells.codes
    places = np.isin(codes, list(bad)).nonzero()[0]
    found = zip(places.tolist(), codes[places].tolist(), strict=True)
    return column, [(at, cells.texts[code], bad[code]) for at, code in found]


def is_typed(cells: "pa.ChunkedArray | Coded") -> bool:
    """Say whether pyarrow read a column's values, and not only its texts."""
    import pyarrow as pa

    return not isinstance(cells, Coded) and not pa.types.is_large_string(cells.type)


def from_arrow(cells: "pa.ChunkedArray", dtype: str):
    """Return a column that pyarrow read, as pandas holds it."""
    import pandas as pd
    import pyarrow as pa

    if dtype == "boolean":
        return pd.BooleanDtype().__from_arrow__(cells)
    return pd.array(cells.cast(pa.timestamp("us")).to_numpy(), dtype=dtype, copy=False)


def read_each(kind: str, texts: dict[int, str]) -> tuple[dict, dict[int, str]]:
    """Return the value of each code's text, None where it cannot be read, and why by its code."""
    values, bad = {}, {}
    for code, text in texts.items():
        try:
            values[code] = schema.parse(kind, text)
        except ValueError as error:
            values[code] = None
            bad[code] = str(error)
    return values, bad


def decode_dictionary(values: dict, cells: Coded, dtype: str):
    """Return the value of each code, as a typed column."""
    import pandas as pd

    each = pd.array([values.get(code) for code in range(max(values, default=-1) + 1)], dtype=dtype)
    if masked := masked_type(dtype):
        array, plain = masked
        return array(each.to_numpy(plain, na_value=0)[cells.codes], np.asarray(each.isna())[cells.codes])
    return each.take(cells.codes)


def masked_type(dtype: str | None) -> tuple | None:
    """Return how pandas and how NumPy hold a column of values and of what is missing, None for any other."""
    import pandas as pd

    masked: dict[str | None, tuple] = {
        "boolean": (pd.arrays.BooleanArray, bool),
        "Int64": (pd.arrays.IntegerArray, np.int64),
        "Float64": (pd.arrays.FloatingArray, np.float64),
    }
    return masked.get(dtype)


def unescaped(texts: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Return free text without the apostrophes that protect it from spreadsheets."""
    import pyarrow as pa
    import pyarrow.compute as pc

    quoted = pc.call_function("match_substring", [texts], pc.MatchSubstringOptions("'"))
    if not quoted.to_numpy().any():
        return texts
    plain = pa.array(map(schema.unescape, texts.filter(quoted).to_pylist()), pa.large_string())
    return pc.call_function("replace_with_mask", [texts, quoted.combine_chunks(), plain])


def free_text(texts: "pa.ChunkedArray") -> "pd.Series":
    """Return a column of free text as pandas has it."""
    import pandas as pd

    return pd.Series(pd.array(texts, dtype="str"))


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

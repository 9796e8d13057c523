"""What is wrong with a file's header, its ids, its days, and what must not be empty."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from interview_kit import schema
from interview_kit.files.backups import Backups
from interview_kit.files.disk import read_bytes
from interview_kit.files.document import Document, parse_document, split_record
from interview_kit.files.problems import Problem, RecordsError, records_error
from interview_kit.journal.cells import Cells
from interview_kit.journal.columns import free_text
from interview_kit.schema import REFERENCES, TABLES, spreadsheets
from interview_kit.words import listed, plural

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


OTHER_TABLE = "is it another table?"
TITLE_ABOVE = "does a title stand above the line with the columns' names? Then delete its line"
BROKEN = "a line end within a text has broken this record; put the text in quotes, or join the lines"
GIVE_ANOTHER_ID = "give one of them another id"
WORDS_BEHIND = re.compile(r"\s*\(.*|[\W\d]+$")  # a name, as in "outcome (old)" and "Outcome 2"
SAYS_MOST = ("interviewed_on", "outcome")  # not required, but without them an interview counts nowhere
NAMED = 3  # headers that a problem names
LOOKED_AT = 20  # values of a column that may be another
WRITTEN_DATE = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}\b")
SAVED_MARK = re.compile("^(ï»¿|\ufeff)+")  # a byte order mark as Windows-1252 reads it, or a second one


class OtherTableError(RecordsError):
    """A file in which no column is one of the table's, though all of them have names."""


def refuse_other_table(header: Sequence[str], table: schema.Table, name: str) -> None:
    """Raise `RecordsError` where no column is one of the table's; reading and saving refuse alike."""
    if set(table.names) & set(header):
        return
    known = f"none of its columns is one of {', '.join(table.usual_names[:7])} …"
    nameless = any(name == f"column {place}" for place, name in enumerate(header, start=1))
    said = records_error(name, [Problem(0, "", "", f"{known}; {TITLE_ABOVE if nameless else OTHER_TABLE}")])
    raise said if nameless else OtherTableError(str(said), said.problems)


def refuse_unreadable(document: Document, table: schema.Table, name: str) -> None:
    """Raise `RecordsError` where a file is not this table, or its records are in pieces; saving refuses it as well."""
    refuse_other_table(document.header, table, name)
    refuse_broken_records(document, table, name)


def refuse_broken_records(document: Document, table: schema.Table, name: str) -> None:
    """Raise `RecordsError` where records that lack cells are pieces of one, broken by a line end outside of quotes."""
    if not len(document.short):
        return
    runs = [(int(document.lines[run[0]]), document.lines[run[-1]]) for run in broken_runs(document, table)]
    problems = [Problem(first, "", "", f"{BROKEN} (lines {first} to {last})") for first, last in runs]
    if problems:
        raise records_error(name, problems)


def broken_runs(document: Document, table: schema.Table) -> Iterator[list[int]]:
    """Yield the neighbouring records that together have the cells of one, of which the later ones make no sense."""
    cells = {at: split_record(document.record(at), document.delimiter) for at in document.short.tolist()}
    after_last = 0
    for first, own in cells.items():
        run, count = [first], len(own)
        while first >= after_last and run[-1] + 1 in cells and count < len(document.header):
            run.append(run[-1] + 1)
            count += len(cells[run[-1]]) - 1
        if (
            len(run) > 1
            and count == len(document.header)
            and all(makes_no_sense(document.padded(cells[at]), document, table) for at in run[1:])
        ):
            after_last = run[-1] + 1
            yield run


def makes_no_sense(cells: Sequence[str], document: Document, table: schema.Table) -> bool:
    """Say whether cells are no record: an id of several words or none, or a value that its column does not take."""
    row = dict(zip(document.header, cells, strict=True))
    return len(row.get("id", "one").split()) != 1 or any(not is_readable(table, *item) for item in row.items())


def is_readable(table: schema.Table, name: str, text: str) -> bool:
    """Say whether a column takes a text."""
    try:
        spreadsheets.parse(table.column(name).kind, text, spreadsheets.order_of([text]), day_first=True)
    except ValueError:
        return False
    return True


def header_problems(cells: Cells, table: schema.Table) -> list[Problem]:
    """Return the problems of the header: a mark that is part of it, a column that stands twice, one that is missing."""
    marked = re.sub(SAVED_MARK, "", cells.header[0])
    twice = [name for name in cells.header if name.endswith(" (2)") and name[:-4] in cells.header]
    problems = [] if marked == cells.header[0] else [saved_mark(cells.header[0], marked)]
    second = "the column stands twice; the second is read as"
    problems += [Problem(1, name[:-4], "", f"{second} {name!r}", "structure") for name in twice]
    return problems + missing_columns((*cells.header, marked), table)


def missing_columns(header: Sequence[str], table: schema.Table) -> list[Problem]:
    """Return the columns that a file lacks and should not: those needed, and those that seem to have another name."""
    renamed = cells_of_renamed(header, table)
    may_be = any_of(unnamed_cells(header, table))
    problems = []
    for column in table.columns:
        if column.name in renamed or (column.required and column.name not in header):
            is_it = repr(renamed[column.name]) if column.name in renamed else may_be
            hint = f"; is it {is_it}?" if is_it else ""
            problems.append(Problem(1, column.name, "", f"the file has no such column{hint}", "missing_column"))
    return problems


def lack_notes(frame: "pd.DataFrame", header: Sequence[str], table: schema.Table) -> list[str]:
    """Return a note on each of the columns that say most and are not there, where the values of another may be its."""
    there, renamed = table.read_header(header), cells_of_renamed(header, table)
    unnamed = unnamed_cells(header, table)
    notes = []
    for name in [name for name in SAYS_MOST if name in table.names and name not in (*there, *renamed)]:
        kind = table.column(name).kind
        names = {cell: named for cell, named in zip(header, there, strict=True) if cell in unnamed and named in frame}
        if may_be := any_of([cell for cell, named in names.items() if holds(kind, frame[named])]):
            notes.append(lack_words(name, may_be))
    return notes


def lack_words(name: str, may_be: str) -> str:
    """Return the note on a column that is not there, where another may be it."""
    return f"the file has no column {name}; if {may_be} is it, call it {name} there"


def lacking(frame: "pd.DataFrame", header: Sequence[str], table: schema.Table) -> list[str]:
    """Return a note on each column that seems to have another name, and on those that say most and are not there."""
    renamed = cells_of_renamed(header, table).items()
    return [lack_words(name, repr(cell)) for name, cell in renamed] + lack_notes(frame, header, table)


def holds(kind: str, values: "pd.Series") -> bool:
    """Say whether the first values of a column of texts are all such that a column of this kind may hold them."""
    texts = values[values != ""].head(LOOKED_AT)
    return len(texts) > 0 and all(is_value_or_date(kind, text) for text in texts)


def is_value_or_date(kind: str, text: str) -> bool:
    """Say whether a text is a value of this kind, or a date of which only its order is open."""
    return (kind == "date" and bool(WRITTEN_DATE.match(text))) or schema.is_value(kind, text)


def any_of(cells: Sequence[str]) -> str:
    """Return the words for one of some headers, the first of many; empty for none."""
    return f"{'one of ' if len(cells) > 1 else ''}{listed(map(repr, cells[:NAMED]), len(cells))}"


def unnamed_cells(header: Sequence[str], table: schema.Table) -> list[str]:
    """Return the cells of a header that the table does not know, less those that seem to be one of its columns."""
    others = set(unknown_cells(header, table)).difference(cells_of_renamed(header, table).values())
    return [cell for cell in header if cell in others and cell.strip() and not re.match(SAVED_MARK, cell)]


def unknown_cells(header: Sequence[str], table: schema.Table) -> list[str]:
    """Return the cells of a header that name neither a column of the table nor a behavior."""
    there = table.read_header(header)
    return [cell for cell, name in zip(header, there, strict=True) if table.is_unknown(name)]


def cells_of_renamed(header: Sequence[str], table: schema.Table) -> dict[str, str]:
    """Return for each column that seems to have another name the cell of the header that holds that name."""
    there, unknown = table.read_header(header), unknown_cells(header, table)
    found: dict[str, str] = {}
    for column in table.columns:
        is_absent = column.name not in there and not column.optional
        nearest = nearest_name(column.name, unknown, table) if is_absent else ""
        if nearest and nearest not in found.values():
            found[column.name] = nearest
    return found


def refuse_second_column(document: Document, table: schema.Table, texts: Mapping[str, str]) -> None:
    """Raise `RecordsError` where a new column would stand beside one that seems to be the same by another name."""
    renamed = cells_of_renamed(document.written_header, table)
    for name in texts:
        if texts[name] and name in renamed:
            raise RecordsError(
                f"{table.name}.csv has no column {name}, and seems to call it {renamed[name]!r}; nothing was saved, "
                f"so that it does not stand there twice. Call that column {name}, and save again"
            )


def nearest_name(name: str, candidates: Sequence[str], table: schema.Table) -> str:
    """Return the header that a column of a table seems to have instead of its own, empty for none."""
    folded = {schema.fold_header(re.sub(WORDS_BEHIND, "", candidate)): candidate for candidate in candidates}
    for usual in (schema.fold_header(name), *schema.OTHER_NAMES.get(name, ())):
        if usual in folded:
            return folded[usual]
    of_others = set(map(schema.fold_header, table.names))
    others = [cell for cell in folded if cell not in of_others]
    close = difflib.get_close_matches(schema.fold_header(name), others, n=1, cutoff=0.75)
    return folded[close[0]] if close else ""


def saved_mark(found: str, name: str) -> Problem:
    """Return the problem of a first column whose name begins with a byte order mark that became text."""
    problem = (
        "begins with a byte order mark that another program saved as text, so that the column is not recognised; "
        f"delete what stands before {name!r} there, look whether letters such as é and ü are right, and save the file "
        "as UTF-8"
    )
    return Problem(1, name, found, problem, "missing_column")


def required_problems(cells: Cells, column: schema.Column) -> list[Problem]:
    """Return the records in which a required column is empty."""
    why = f"is empty; {column.label.lower()} is needed"
    places = (cells.filled & is_blank(cells.columns[column.name])).nonzero()[0]
    return [Problem(int(cells.lines[at]), column.name, "", why, "missing") for at in places]


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
            value = schema.plain_text(found)[:10]
            problems.append(Problem(int(cells.lines[at]), name, value, why, "date_order"))
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
        Problem(
            *(int(cells.lines[at]), "id", key, f"stands on line {cells.lines[first[key]]} too; {GIVE_ANOTHER_ID}"),
            kind="duplicate_id",
        )
        for at, key in ids[ids.duplicated() & (ids != "")].items()
    ]


def lost_id_problems(path: Path, table: schema.Table, header: Sequence[str]) -> list[Problem]:
    """Return the problem of a table without ids to which records of the other tables, or its backups, point."""
    if "id" in header or path.stem != table.name:
        return []
    pointing = {other.name: pointers(path.with_name(f"{other.name}.csv"), other, table) for other in TABLES.values()}
    told = [f"{plural(count, 'record')} of {name}.csv" for name, count in pointing.items() if count]
    backup = backup_with_ids(path, table)
    if not told and not backup:
        return []
    why = "the column is gone"
    why += f", and {listed(told)} cannot be joined" if told else ", which the backups have"
    why += f"; Journal.restore({backup!r}) brings the last version back that had it" if backup else ""
    return [Problem(1, "id", "", why, "lost_id")]


def pointers(path: Path, other: schema.Table, table: schema.Table) -> int:
    """Return how many records of another table hold an id of this one that was written down."""
    names = [name for name, target in REFERENCES.items() if target is table and name in other.names]
    with suppress(RecordsError):
        document = parse_document(read_bytes(path) or b"", path.name, other.read_header)
        places = [document.header.index(name) for name in names if name in document.header]
        return sum(any(cells[place] for place in places) for cells in document.rows())
    return 0


def backup_with_ids(path: Path, table: schema.Table) -> str:
    """Return the newest backup of a table that has the ids, empty for none."""
    backups = Backups(path.parent / ".backups", table.name)
    for name in reversed(backups.names()):
        with suppress(RecordsError):
            if "id" in parse_document(backups.bytes_of(name), name, table.read_header).header:
                return name
    return ""

"""What may be written, and whether it still fits what is there."""

import difflib
import secrets
import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from interview_kit import schema
from interview_kit.files.document import Document
from interview_kit.files.problems import ConflictError, Problem, RecordsError
from interview_kit.journal.records import is_derived_id, row_of, title
from interview_kit.schema import spreadsheets

if TYPE_CHECKING:
    import pandas as pd


def checked_texts(
    table: schema.Table, values: Mapping, document: Document | None, *, adding: bool, meant: Collection[str] = ()
) -> dict[str, str]:
    """Return the CSV text of each value; `RecordsError` lists all that their columns do not take.

    `meant` are columns that the table lacks and is to get.
    """
    problems, texts = [], {}
    known = {*table.names, *(() if document is None else document.header), *meant}
    for name, value in values.items():
        behavior = table is schema.INTERVIEWS and name.startswith(("did_", "rated_")) and name == name.strip()
        if name not in known and not behavior:
            problems.append(unknown_column(name, sorted(known)))
            continue
        try:
            texts[name] = schema.to_text(table.column(name).kind, value)
        except ValueError as error:
            problems.append(Problem(0, name, str(value), str(error)))
    for column in table.columns:
        asked = column.required and (adding or column.name in values)
        if asked and not texts.get(column.name, "").strip() and column.name not in {p.column for p in problems}:
            problems.append(Problem(0, column.name, "", f"is empty; {column.label.lower()} is needed"))
    if problems:
        raise RecordsError("\n".join(map(str, problems)), problems)
    return texts


def records_of(rows: "Iterable[Mapping] | pd.DataFrame") -> list[Mapping]:
    """Return the records of a frame, or of anything that yields them."""
    return rows.to_dict("records") if hasattr(rows, "to_dict") else list(rows)  # ty: ignore[not-callable]


def new_names(rows: Sequence[Mapping]) -> set[str]:
    """Return the names that may stand in a header: one line, no space around it, nothing that a spreadsheet runs."""
    names = {str(name) for row in rows for name in row}
    return {name for name in names if name == " ".join(name.split()) and schema.escape(name) == name and name}


def checked_rows(
    table: schema.Table, rows: Sequence[Mapping], document: Document | None, meant: Collection[str] = ()
) -> dict[str, dict[str, str]]:
    """Return the texts of many new records by id; `RecordsError` lists what is wrong by the number of its record."""
    wanted, problems, lines = {}, [], []
    for number, values in enumerate(rows, start=1):
        key = id_of(table, values)
        try:
            texts = checked_texts(table, {**values, "id": key}, document, adding=True, meant=meant)
            if key in wanted:
                refuse_other_values(table, texts, wanted[key])
            wanted[key] = texts
        except ConflictError:
            lines.append(f"record {number}, id: {key!r} is the id of an earlier one; give it another")
        except RecordsError as error:
            problems += error.problems
            lines += [f"record {number}, {problem}" for problem in error.problems]
    if lines:
        raise RecordsError("\n".join(lines), problems)
    return wanted


def id_of(table: schema.Table, values: Mapping) -> str:
    """Return the id that a new record has, or one made for it."""
    given = values.get("id")
    return new_id(table.letter) if schema.is_missing(given) or given == "" else str(given)


def new_id(letter: str) -> str:
    """Return a new record's id: the table's letter and 10 random base32 characters."""
    return f"{letter}-{''.join(secrets.choice('abcdefghijklmnopqrstuvwxyz234567') for _ in range(10))}"


def unknown_column(name: str, known: Sequence[str]) -> Problem:
    """Return the problem of a column that the table does not have."""
    close = difflib.get_close_matches(name, known, n=1)
    close = [name.strip()] if name != name.strip() else close
    hint = f"is it {close[0]!r}?" if close else "a behavior begins with did_, a rating with rated_"
    return Problem(0, name, "", f"the table has no such column; {hint}")


def typed_row(table: schema.Table, row: Mapping[str, str], document: Document | None = None) -> dict:
    """Return a row's values as frames have them: what cannot be read, or is before the interview, is missing.

    `document` is the one that the row stands in, whose other dates may tell what its own mean.
    """
    values = {name: typed_value(table.column(name), text, document) for name, text in row.items()}
    interviewed = values.get("interviewed_on")
    for name in ("outcome_on", "debriefed_at"):
        if interviewed and values.get(name) and str(values[name])[:10] < str(interviewed):
            values[name] = None
    return values


def typed_value(column: schema.Column, text: str, document: Document | None) -> object:
    """Return a cell's value as frames have it, None for one that cannot be read."""
    with suppress(ValueError):
        return schema.parse(column.kind, text)
    with suppress(ValueError):
        beside = () if document is None else document.columns().get(column.name, ())
        return spreadsheets.parse(column.kind, text, spreadsheets.order_of(beside))
    return None


def refuse_conflict(table: schema.Table, seen: Mapping | None, document: Document, at: int, changes: Mapping) -> None:
    """Raise `ConflictError` where the record at a place is not what the caller saw."""
    if seen is None:
        return
    row = row_of(document, at)
    written = {name: as_written(table, name, value) for name, value in seen.items() if name != "id"}
    saw, theirs = typed_row(table, written), typed_row(table, {**dict.fromkeys(written, ""), **row}, document)
    # A frame shows a value that cannot be read as missing: whoever saw nothing there saw that.
    differing = [name for name in saw if saw[name] != theirs[name] and (written[name] or theirs[name] is not None)]
    if differing:
        raise conflict(row, differing, {**seen, **changes})


def as_written(table: schema.Table, name: str, value: object) -> str:
    """Return a value that a caller saw as its CSV text."""
    try:
        return schema.to_text(table.column(name).kind, value)
    except ValueError:
        return ""


def refuse_other_values(table: schema.Table, texts: Mapping[str, str], row: Mapping[str, str]) -> None:
    """Raise `ConflictError` where a record with this id holds other values."""
    differing = other_values(table, texts, row)
    if differing:
        raise conflict(row, differing, texts)


def other_values(table: schema.Table, texts: Mapping[str, str], row: Mapping[str, str]) -> list[str]:
    """Return the columns in which a record in the file differs from another version of it."""
    if all(row.get(name, "") == text for name, text in texts.items()):
        return []
    mine, theirs = typed_row(table, texts), typed_row(table, row)
    return [name for name in mine if mine[name] != theirs.get(name) and (texts[name] or row.get(name))]


def conflict(row: Mapping[str, str], differing: Sequence[str], mine: Mapping) -> ConflictError:
    """Return the error that shows both versions."""
    words = f"{title(row)} was changed elsewhere in the meantime ({', '.join(map(schema.label, differing))})"
    return ConflictError(f"{words}; nothing was saved. Look at both versions, and save again", mine, row)


class Added(NamedTuple):
    """The ids that `Journal.add_all` added, found unchanged, and found with other values, which stay."""

    added: list[str]
    unchanged: list[str]
    conflicting: list[str]

    @property
    def there(self) -> list[str]:
        """The former name of `unchanged`."""
        warnings.warn("Added.there is called Added.unchanged now", DeprecationWarning, stacklevel=2)
        return self.unchanged

    @property
    def kept(self) -> list[str]:
        """The former name of `conflicting`."""
        warnings.warn("Added.kept is called Added.conflicting now", DeprecationWarning, stacklevel=2)
        return self.conflicting

    def place_for(self, table: schema.Table, texts: Mapping, at: int | None, document: Document) -> list[str]:
        """Return the list that a record belongs to, by what stands in the file under its id."""
        if at is None:
            return self.added
        return self.conflicting if other_values(table, texts, row_of(document, at)) else self.unchanged


def references(rows: Iterable[Mapping[str, str]]) -> list[tuple[schema.Table, str]]:
    """Return the records of other tables that rows point to by ids that may not be written down: table and id."""
    keys = {(name, text) for row in rows for name, text in row.items() if name in schema.REFERENCES}
    tables = [(schema.REFERENCES[name], key) for name, key in sorted(keys)]
    return [(table, key) for table, key in tables if is_derived_id(key, table)]

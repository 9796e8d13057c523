"""An XLSX's sheets as tables of values, once its size and its parts are known to be harmless."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from interview_kit.importing import file_kinds
from interview_kit.importing.headers import sheet
from interview_kit.importing.limits import MEGABYTE, NAME_IT, bounded, too_large
from interview_kit.importing.sources import RawRow, Sheet, SpreadsheetError

MAX_UNPACKED, MAX_RATIO, MAX_ENTRIES, BLANK_ROWS = 128 * MEGABYTE, 60, 3_000, 2_000
FORMULA = re.compile(rb"<(?:x:)?f[\s/>]")  # of a cell; a drop-down list and a rule for colors have formula1 and xm:f
FORMULAS = "has formulas; their last values are read, and a formula that was never worked out is empty"


def workbook_sheets(raw: bytes, name: str) -> list[Sheet]:
    """Return the tables of an XLSX, values only, once its size and parts are known to be harmless."""
    formulas = refuse_harmful(raw, name)
    filled = [(title, as_wide(rows)) for title, rows in visible_tabs(raw, name) if rows]
    if not filled:
        raise SpreadsheetError(f"{name} has no filled sheet; {NAME_IT}")
    if len(filled) == 1:
        sheets = [sheet(name, filled[0][1])]
    else:
        sheets = [replace(sheet(f"{name}, {title}", rows), book=name) for title, rows in filled]
    sheets[0].notes += [f"{name} {FORMULAS}"] * formulas
    return sheets


def visible_tabs(raw: bytes, name: str) -> list[tuple[str, list[RawRow]]]:
    """Return the rows of each sheet that is not hidden, with its title."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that values do not need
        try:
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            tabs = [tab for tab in book.worksheets if tab.sheet_state == "visible"]
            return [(tab.title, bounded(tab_rows(tab), name)) for tab in tabs]
        except SpreadsheetError:
            raise
        except Exception as error:
            raise SpreadsheetError(f"{name} cannot be read as XLSX; save it as CSV, and import that") from error


def as_wide(rows: Sequence[RawRow]) -> list[RawRow]:
    """Return the rows of a sheet with their last cells, which a workbook leaves out where they are empty."""
    width = max(len(row.cells) for row in rows)
    return [row._replace(cells=row.cells + [""] * (width - len(row.cells))) if row.cells else row for row in rows]


def refuse_harmful(raw: bytes, name: str) -> bool:
    """Refuse a workbook that unpacks to more than it should or names outside entities; say if it has formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            entries, names = packed.infolist(), packed.namelist()
            if "xl/workbook.xml" not in names:
                file_kinds.refuse(name, file_kinds.by_members(names[:MAX_ENTRIES]))
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > MAX_UNPACKED or len(entries) > MAX_ENTRIES or unpacked > MAX_RATIO * len(raw) + MEGABYTE:
                packing = f"{unpacked / MEGABYTE:,.0f} MB packed into {len(raw) / MEGABYTE:,.1f} MB"
                raise too_large(name, packing, "less")
            return sum(look_through(packed, entry, name) for entry in entries) > 0
    except SpreadsheetError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise SpreadsheetError(f"{name} is a damaged XLSX ({error}); save it as CSV or XLSX again") from None


def look_through(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bool:
    """Unpack one part piece by piece, no more of it than it said; refuse entities; say if it has formulas."""
    formulas, tail, size = False, b"", 0
    with packed.open(entry) as part:
        while piece := part.read(MEGABYTE):
            size += len(piece)
            if size > entry.file_size:
                raise too_large(name, "more inside than it says", "less")
            seen = (tail + piece).replace(b"\0", b"")
            if entry.filename.endswith((".xml", ".rels")) and re.search(rb"<!(DOCTYPE|ENTITY)", seen, re.IGNORECASE):
                raise SpreadsheetError(f"{name} names outside entities, which no tracker needs; save it as CSV")
            formulas = formulas or (entry.filename.startswith("xl/worksheets/") and bool(FORMULA.search(seen)))
            tail = piece[-16:]
    return formulas


def tab_rows(tab) -> Iterator[RawRow]:
    """Yield the rows of a sheet as text; of a long stretch of blank rows only so many are kept."""
    tab.reset_dimensions()
    blank: list[RawRow] = []
    for line, values in enumerate(tab.iter_rows(values_only=True), 1):
        cells = [as_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield from blank
            blank = []
            yield RawRow(line, cells)
        elif len(blank) < BLANK_ROWS:
            blank.append(RawRow(line, []))


def as_text(value: object) -> str:
    """Return a cell's value as text: a date as it is written in ISO, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

"""The tables of an import's preview: how the rows come in, what to look at, what changed, what becomes of each line."""

from collections.abc import Iterable, Mapping

import ipywidgets as widgets

from interview_kit.importing import ImportPreview, preview_text
from interview_kit.importing.problems import Kind
from interview_kit.importing.reimport import Since
from interview_kit.importing.remedies import REMEDIES, About, kinds_about
from interview_kit.widgets import panel
from interview_kit.words import capitalized, plural

SHOWN_ROWS, FIRST_ROWS, SHOWN_CHANGES, SHOWN_LINES = 40, 3, 40, 400
ROW_COLUMNS = ("Company", "Role", "Stage", "Date", "Outcome", "Where")
LOOK_COLUMNS = ("Line", "What to look at", "Rows")
LINE_COLUMNS = ("Line", "What became of it", "Why")
CHANGE_COLUMNS = ("Company", "Role", "Before and now")
ASKED = kinds_about(About.COLUMN, About.WORD, About.EVENT, About.DATES)


def preview_tables(preview: ImportPreview) -> list[widgets.Widget]:
    """Return how the rows come in, which need a look, and what becomes of each line."""
    lines, several = preview.report, preview.report["file"].nunique() > 1
    every = [
        (f"{row['file']}, {row['line']}" if several else row["line"], row["what"], row["why"])
        for row in lines[:SHOWN_LINES].to_dict("records")
    ]
    title = f"What becomes of each line of the file ({first_of(len(lines), 'line', SHOWN_LINES)})"
    return [*rows_section(preview), *look_section(preview), panel.folded(title, table(LINE_COLUMNS, every))]


def rows_section(preview: ImportPreview) -> list[widgets.Widget]:
    """Return how the first rows come in, and folded how the others do; nothing where none does."""
    records = preview.records
    if records.empty:
        return []
    rows = [record_row(row) for row in records[:SHOWN_ROWS].to_dict("records")]
    names = ROW_COLUMNS if any(row[-1] for row in rows) else ROW_COLUMNS[:-1]  # where it is, if that is told
    whole = [panel.folded(first_of(len(records), "record"), table(names, rows))] if len(rows) > FIRST_ROWS else []
    return [panel.section("How the rows come in", table(names, rows[:FIRST_ROWS]), *whole)]


def look_section(preview: ImportPreview) -> list[widgets.Widget]:
    """Return what needs a look and is not asked about; nothing where nothing does."""
    look = preview.problems[~preview.problems["kind"].isin(ASKED)]
    if look.empty:
        return []
    several = preview.report["file"].nunique() > 1
    rows = [
        (row["line"] or "", problem_words(row, named=several), row["rows"] or "")
        for row in look[:SHOWN_ROWS].to_dict("records")
    ]
    below = first_of(len(look), "thing") if len(look) > SHOWN_ROWS else ""
    return [panel.section("To look at", table(LOOK_COLUMNS, rows), below=below)]


def changes_section(since: Since, tick: widgets.Checkbox) -> list[widgets.Widget]:
    """Return what has changed since an earlier import, with the box by which it is taken over; nothing for nothing."""
    if not since.changes:
        return []
    tick.description = f"Take over what changed: {since.counts}"
    rows = [(one.company, one.role, one.what.replace(" -> ", " → ")) for one in since.changes[:SHOWN_CHANGES]]
    below = f"{plural(len(since.changes), 'record')} came in before with other values. Unticked, they stay so."
    return [panel.section("Changed since the last import", table(CHANGE_COLUMNS, rows), tick, below=below)]


def record_row(record: dict) -> tuple:
    """Return a record's row of the table, in words."""
    when = " ".join(filter(None, preview_text.when_words(record)))
    return record["company"], record["role"], record["stage"], when, record["outcome"] or "pending", record["place"]


def problem_words(row: Mapping, *, named: bool = False) -> str:
    """Return a problem in words: of several files its file, its column, what was found, what to do."""
    found = f"{row['value'][:80]!r} {row['problem']}" if row["value"] else row["problem"]
    where = ", ".join(filter(None, [row["file"] if named else "", row["column"]]))
    begin = f"{where}: {found}" if where else found
    remedy = REMEDIES.get(Kind(row["kind"]))
    return ". ".join(filter(None, [begin, capitalized(remedy.shown) if remedy else ""]))


def first_of(count: int, noun: str, shown: int = SHOWN_ROWS) -> str:
    """Return how many there are, and that only the first are shown where there are many."""
    whole = plural(count, noun)
    return f"{whole}; the first {shown} are shown" if count > shown else whole


def table(columns: Iterable[str], rows: Iterable[tuple]) -> widgets.HTML:
    """Return a table as a widget."""
    names = list(columns)
    return widgets.HTML(panel.html_table(names, [row[: len(names)] for row in rows]))

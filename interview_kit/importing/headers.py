"""A table out of rows: its header found, and each row that is no record set aside with its reason."""

import re
from collections.abc import Sequence

from interview_kit.importing import days
from interview_kit.importing.aliases import by_name, is_step
from interview_kit.importing.limits import MAX_COLUMNS
from interview_kit.importing.sources import Fate, RawRow, RowOutcome, Sheet

HEADER_ROWS, MAX_CELL = 40, 100_000
MERGE_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
MERGING = (Fate.ATTENTION, "between the marks of a merge; settle which version is right")
VALUE = re.compile(r"^[\d.,%$€£ ]+$|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|https?:|www\.|\S@\S")
NUMBER_OR_LINK = re.compile(r"\d{2}|https?:|www\.|@")
DAY_ABOVE = "stands below a day for each column, which cannot be read; write a row for each application, with its day"
HEADINGS = re.compile(
    r"(grand )?total\b.{0,30}|sum|average|count|week \d+|(january|february|march|april|may|june|july|august|september"
    r"|october|november|december)( \d{4})?|(19|20)\d\d|q[1-4]( \d{4})?",
    re.IGNORECASE,
)


def recognized(cells: Sequence[str]) -> int:
    """Return how many cells of a row are names of columns that trackers have; values among them tell against it."""
    short = {cell.strip() for cell in cells[:MAX_COLUMNS] if 0 < len(cell.strip()) <= 60}
    values = sum(bool(VALUE.search(cell)) for cell in short)
    return len({name for name in short if by_name(name).field or is_step(name)}) - 2 * values


def sheet(name: str, rows: Sequence[RawRow]) -> Sheet:
    """Return rows as a table: the header found, and each row that is none set aside with its reason."""
    at, numbered = header_at(rows), unique([""] * max((len(row.cells) for row in rows), default=0))
    if a_day_per_column(rows):
        return Sheet(name, numbered, 0, [], [], [RowOutcome(row.line, Fate.ATTENTION, DAY_ABOVE) for row in rows])
    if at is not None:
        return headed(name, rows, at)
    made = Sheet(name, numbered, 0, [], [])
    made.notes.append(f"{name} has no header that is recognized; say which column is which")
    fill(made, rows)
    return made


def headed(name: str, rows: Sequence[RawRow], at: int) -> Sheet:
    """Return rows as a table whose header stands at a place among them."""
    header, line = list(rows[at].cells), rows[at].line
    while header and not header[-1].strip():
        header.pop()
    made = Sheet(name, unique(with_groups(header, rows[at - 1].cells if at else [])), line, [], [])
    for row in rows[:at]:
        why = "above the header" if any(map(str.strip, row.cells)) else "a blank row"
        made.left.append(RowOutcome(row.line, Fate.SKIPPED, why))
    made.left.append(RowOutcome(line, Fate.HEADER, "the header"))
    fill(made, rows[at + 1 :])
    return made


def a_day_per_column(rows: Sequence[RawRow]) -> bool:
    """Say whether the first row holds nothing but days, each for what stands below it."""
    first = next(([cell.strip() for cell in row.cells if cell.strip()] for row in rows if any(row.cells)), [])
    dates = [cell for cell in first if len(cell) < 40 and (found := days.read(cell)).days and not found.words]
    return len(dates) >= max(2, 0.8 * len(first))


def header_at(rows: Sequence[RawRow]) -> int | None:
    """Return the place of the header: the row with the most names that trackers use; None where there is none."""
    merits = [recognized(row.cells) for row in rows[:HEADER_ROWS]]
    best = max(merits, default=0)
    if best >= 2:
        return merits.index(best)
    for at, row in enumerate(rows):
        if told := [cell.strip() for cell in row.cells if cell.strip()]:
            is_header = are_names(told) and (best == 1 or (len(told) > 1 and not come_again(told, rows[at + 1 :])))
            return at if is_header else None
    return None


def are_names(told: Sequence[str]) -> bool:
    """Say whether the filled cells of a row can be names of columns: short, each once, and no values."""
    return len(set(told)) == len(told) and all(len(cell) <= 60 and not NUMBER_OR_LINK.search(cell) for cell in told)


def come_again(told: Sequence[str], rows: Sequence[RawRow]) -> bool:
    """Say whether the cells of a first row come again below, as those of records do and names of columns do not."""
    return any(set(map(str.strip, row.cells)) & set(told) for row in rows[:200])


def with_groups(names: Sequence[str], above: Sequence[str]) -> list[str]:
    """Return the names of columns, those that come again behind the name of their group in the row above."""
    group, told = "", []
    for at, name in enumerate(names):
        group = above[at].strip() if at < len(above) and above[at].strip() else group
        told.append(f"{group} {name}" if group and name.strip() and names.count(name) > 1 else name)
    return told


def unique(names: Sequence[str]) -> list[str]:
    """Return the names of columns, each once; a nameless one is called by its place."""
    seen: dict[str, int] = {}
    header = []
    for at, name in enumerate(names, 1):
        called = " ".join(name.split()) or f"column {at}"
        seen[called] = seen.get(called, 0) + 1
        header.append(called if seen[called] == 1 else f"{called} ({seen[called]})")
    return header


def fill(made: Sheet, rows: Sequence[RawRow]) -> None:
    """Put each row into the table, or aside with the reason why it is none."""
    width, title, merging = len(made.header), {name.casefold() for name in made.header}, False
    for row in rows:
        cells = [cell.strip() for cell in row.cells]
        mark = cells[0][:7] if cells else ""
        merging = merging or mark == MERGE_MARKS[0]
        aside = MERGING if merging or mark in MERGE_MARKS else not_a_record(row, cells, title, width)
        merging = merging and mark != MERGE_MARKS[3]
        if aside:
            made.left.append(RowOutcome(row.line, *aside))
            continue
        if len(cells) != width:
            made.odd[row.line] = odd_words(len(cells) - width)
        if len(cells) < width:
            made.remarks[row.line] = made.odd[row.line]
        made.rows.append((cells + [""] * (width - len(cells)))[:width])
        made.lines.append(row.line)


def heading(told: list[str]) -> str:
    """Return what a row is whose first cell names a month or a total and whose others are numbers, if anything.

    With a day in it the row is an application, to an employer of that name.
    """
    if not HEADINGS.fullmatch(told[0]):
        return ""
    if not all(re.fullmatch(r"[\d.,%$€£ -]+", cell) and not days.read(cell).days for cell in told[1:]):
        return ""
    return "a heading" if len(told) == 1 else "a sum"


def odd_words(more: int) -> str:
    """Return the remark on a row that has more or fewer cells than the header."""
    many = "a cell" if abs(more) == 1 else f"{abs(more)} cells"
    return f"has {many} {'more' if more > 0 else 'less'} than the header"


def not_a_record(row: RawRow, cells: list[str], title: set[str], width: int) -> tuple[Fate, str] | None:
    """Return the outcome of a row that is no record, and why; None where it is one."""
    told = [cell for cell in cells if cell]
    if skipped := why_skipped(told, title, width):
        return Fate.SKIPPED, skipped
    if any(cells[width:]):
        return Fate.ATTENTION, f"{odd_words(len(cells) - width)}; a comma inside a cell may lack its quotes"
    if (long := max(map(len, told))) > MAX_CELL:
        return Fate.ATTENTION, f"has a cell of {long:,} characters; shorten it"
    return (row.fate, row.why) if row.why else None


def why_skipped(told: list[str], title: set[str], width: int) -> str:
    """Return why the filled cells of a row make no record that anyone would miss, nothing where they may.

    The first cell is looked at first: in most rows it settles the matter.
    """
    if not told:
        return "a blank row"
    if len(told) > 1 and told[0].casefold() in title and all(cell.casefold() in title for cell in told):
        return "the header again"
    if told[0][0] in "-=_*#:" and all(re.fullmatch(r"[-=_*#:\s]+", cell) for cell in told):
        return "a line between rows"
    if len(told) == 1 and width > 1 and re.match(r"#\s*[^\W\d]|//", told[0]):
        return "a comment"
    if re.match(r"(legende?a?|leyenda|key|colou?r code)\s*:", told[0], re.IGNORECASE):
        return "a legend"
    kind = heading(told) if width > 2 else ""
    return f"{kind}: {told[0]!r}" if kind else ""

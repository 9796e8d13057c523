"""What was read with help, in sentences."""

from collections.abc import Mapping, Sequence

from interview_kit import schema
from interview_kit.files.document import Document
from interview_kit.journal.columns import Helped
from interview_kit.schema.spreadsheets import NUMBERED_DAY
from interview_kit.words import listed, plural

NAMED = 3  # columns or lines that a sentence names


def document_notes(document: Document, name: str) -> list[str]:
    """Return the notes on an encoding that no mark gives, and on records that lack cells."""
    guessed = f"{name} is read as Windows-1252, since it is not UTF-8; look whether letters such as é and ü are right"
    return ([guessed] if document.encoding == "cp1252" else []) + short_notes(document)


def short_notes(document: Document) -> list[str]:
    """Return the note on records that lack cells at their end."""
    count = len(document.short)
    if not count:
        return []
    lines = [str(line) for line in document.lines[document.short[:NAMED]]]
    where = f"line{'s' * (count > 1)} {listed(lines, count)}"
    lack = "lacks its last cells" if count == 1 else "lack their last cells"
    return [f"{plural(count, 'record')} {lack}, read as empty: {where}"]


def header_notes(written: Sequence[str], header: Sequence[str]) -> list[str]:
    """Return the note on columns that were known by a name spelled in another way."""
    pairs = [
        f"{cell.strip()!r} as {name}"
        for cell, name in zip(written, header, strict=True)
        if cell.strip() and cell.strip() != name and schema.fold_header(cell) == schema.fold_header(name)
    ]
    return [f"columns are known by another spelling: {listed(pairs[:NAMED], len(pairs))}"] if pairs else []


def help_notes(table: schema.Table, helped: Mapping[str, Helped]) -> list[str]:
    """Return a sentence for each way in which columns were read with help."""
    ways: dict[str, dict[str, str]] = {}
    for name, help in helped.items():
        way, shown = way_and_example(table.column(name).kind, help)
        ways.setdefault(way, {})[name] = shown
    return [f"{listed(list(shown)[:NAMED], len(shown))}: {next(iter(shown.values()))}" for shown in ways.values()]


def way_and_example(kind: str, help: Helped) -> tuple[str, str]:
    """Return the way in which a column was read, which several may share, and its words with an example."""
    match = NUMBERED_DAY.fullmatch(help.text.strip())
    if match and match[2] in help.order.day_first:
        first = "day" if help.order.day_first[match[2]] else "month"
        return first, f"dates are read with the {first} first, as {help.order.shown_by[match[2]]!r} shows"
    return kind, f"{help.text!r} is read as {schema.plain_text(help.value)}"

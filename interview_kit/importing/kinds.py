"""What a file is that is no table of cells: read where it holds one all the same, else named with the way to a CSV."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

SHOWN_FILES, PROSE_LINES = 3, 200
# The first bytes of kinds of files, what they are, and what helps.
SAVE_AS = "save it as CSV or XLSX and import that"
STARTS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)", SAVE_AS),
    (b"%PDF", "a PDF", SAVE_AS),
    (b"\x89PNG", "a picture", SAVE_AS),
    (b"\xff\xd8\xff", "a picture", SAVE_AS),
    (b"GIF8", "a picture", SAVE_AS),
    (b"\x1f\x8b", "a compressed file", SAVE_AS),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and import the CSV or XLSX inside"),
    (b"Rar!", "a RAR archive", "unpack it and import the CSV or XLSX inside"),
    (b"SQLite format 3", "a database (SQLite)", "export its table as CSV and import that"),
    (b"{\\rtf", "a text document (RTF)", "put its table into a spreadsheet, save that as CSV and import it"),
    (b"PAR1", "a Parquet file", SAVE_AS),
)
# Packed files, by a file that only they hold.
PACKED = (
    ("content.xml", "an OpenDocument file (.ods)", "in LibreOffice choose File, Save As, Text CSV, and import that"),
    ("Index/Document.iwa", "a Numbers file", "in Numbers choose File, Export To, CSV, and import that"),
    ("word/document.xml", "a Word document", "put its table into a spreadsheet, save that as CSV and import it"),
    ("ppt/presentation.xml", "a presentation", "put its table into a spreadsheet, save that as CSV and import it"),
    ("xl/workbook.bin", "an Excel file in binary (.xlsb)", "in Excel choose File, Save As, CSV UTF-8, and import that"),
)
PAGE = re.compile(
    r"\s*(<!doctype|<html|<\?xml|<!--|</?(table|body|head|div|p|ul|section|main|svg|style)\b)", re.IGNORECASE
)
MAIL = re.compile(r"(?m)^(From|To|Subject|Date|Message-ID|Received|Delivered-To|MIME-Version|Return-Path): ")
YAML_LINE = re.compile(r"\s*(- +)?[\"']?[\w .-]{1,40}[\"']?:( .*|$)|\s*- +\S.*|---|\s*#.*")
YAML_KEY = re.compile(r"\s*(- +)?[\"']?[\w .-]{1,40}[\"']?:( |$)")
RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-{2,}:?[ \t]*(\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
PIPE = re.compile(r"(?<!\\)\|")


class Other(NamedTuple):
    """A kind of file that is no table: what it is, and what helps."""

    what: str
    remedy: str


class Line(NamedTuple):
    """A line of a Markdown file: its number, its cells, why it needs a look, and whether it is text beside a table."""

    number: int
    cells: list[str]
    why: str = ""
    is_text: bool = False


def by_bytes(raw: bytes) -> Other | None:
    """Return what a file is by its first bytes, None where they tell nothing."""
    return next((Other(what, remedy) for start, what, remedy in STARTS if raw.startswith(start)), None)


def by_members(names: Sequence[str]) -> Other | None:
    """Return what a packed file is by the names of the files in it, None where they are of none that is known."""
    for member, what, remedy in PACKED:
        if member in names:
            return Other(what, remedy)
    tables = [name for name in names if re.search(r"\.(csv|xlsx|tsv|ics)$", name, re.IGNORECASE)]
    tables.sort(key=lambda name: not re.search(r"appl|job|track|bewerb", name, re.IGNORECASE))
    if not tables:
        return None
    shown = ", ".join(map(repr, tables[:SHOWN_FILES]))
    return Other(f"a ZIP that holds {shown}", f"unpack it and import {tables[0].rsplit('/', 1)[-1]!r}")


def by_text(text: str) -> Other | None:
    """Return what a text is that is no table, None where it may be one."""
    start = text[:64_000].lstrip("\ufeff")
    if PAGE.match(start):
        return Other("a web page", SAVE_AS)
    if re.match(r"\s*BEGIN:VCARD", start, re.IGNORECASE):
        return Other("a list of contacts (vCard)", "import the CSV or XLSX of your tracker")
    if re.match(r"From \S+.*\d{4}\s*$", start.split("\n", 1)[0]) or is_mail(start):
        return Other("a mailbox", "import the CSV or XLSX of your tracker; mails are not read")
    return (
        Other("YAML", "put its records into a spreadsheet, a row for each, and save that as CSV")
        if is_yaml(start)
        else None
    )


def is_mail(text: str) -> bool:
    """Say whether a text begins with the lines that a mail begins with."""
    head = "\n".join(text.lstrip().splitlines()[:30])
    return bool(MAIL.match(head)) and len({match[1] for match in MAIL.finditer(head)}) >= 3


def is_yaml(text: str) -> bool:
    """Say whether nearly all lines are those of YAML: a name, a colon, a value."""
    lines = [line for line in text.splitlines()[:PROSE_LINES] if line.strip()]
    keys = sum(bool(YAML_KEY.match(line)) for line in lines)
    whole = sum(bool(YAML_LINE.fullmatch(line)) for line in lines)
    return keys >= 2 and keys >= 0.4 * len(lines) and whole >= 0.9 * len(lines)


def is_prose(cells: Sequence[Sequence[str]]) -> bool:
    """Say whether rows are sentences of a text and not rows of a table."""
    told = [row for row in ([cell for cell in row if cell.strip()] for row in cells[:PROSE_LINES]) if row]
    sentences = [row for row in told if len(" ".join(row).split()) > 6 or re.search(r"\w[.!?:]$", row[-1].strip())]
    return len(told) > 1 and len({len(row) for row in told}) > 1 and len(sentences) >= 0.6 * len(told)


# JSON.


def looks_like_json(text: str) -> bool:
    """Say whether a text is JSON by how it begins."""
    return bool(re.match(r"\s*(\{\s*[\"}]|\[\s*[\{\]])", text[:200]))


def json_rows(text: str) -> tuple[list[str], list[list[str]]] | None:
    """Return the names and the rows of a list of flat objects, also one a line; None where it is none."""
    found = loaded(text)
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list) and value]
        found = lists[0] if len(lists) == 1 else [found]
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        return None
    names = list(dict.fromkeys(name for one in found for name in one))
    rows = [[cell_of(one.get(name)) for name in names] for one in found]
    if not names or any(cell is None for row in rows for cell in row):
        return None
    return names, [[cell or "" for cell in row] for row in rows]


def loaded(text: str) -> Any:
    """Return what a JSON text holds, of one with an object a line the list of them; None where it cannot be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def cell_of(value: object) -> str | None:
    """Return a value as the text of a cell, None where it holds objects of its own."""
    if isinstance(value, list):
        parts = [cell_of(one) for one in value]
        return None if None in parts or any(isinstance(one, list) for one in value) else ", ".join(filter(None, parts))
    if isinstance(value, dict):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


# Tables in Markdown.


def is_markdown(text: str) -> bool:
    """Say whether a text holds a table as Markdown writes it: dashes below the names, or pipes at both ends."""
    lines = [line.strip() for line in text[: 256 * 1024].splitlines() if line.strip()]
    ruled = any("|" in above and "|" in line and RULE.fullmatch(line) for above, line in pairwise(lines))
    piped = [line for line in lines[:PROSE_LINES] if line.startswith("|") and line.endswith("|") and len(line) > 2]
    return ruled or len(piped) >= max(2, 0.8 * min(len(lines), PROSE_LINES))


def markdown_lines(text: str, merit) -> Iterator[Line]:
    """Yield the lines of a Markdown file as rows; of several tables the one whose header has the highest `merit`.

    Text beside the table is marked as such, and so are the rows of other tables.
    """
    lines = text.splitlines()
    cells = [cells_of(line) for line in lines]
    heads = {at - 1 for at, line in enumerate(lines) if at and "|" in line and RULE.fullmatch(line) and cells[at - 1]}
    best = max(sorted(heads), key=lambda at: merit(cells[at]), default=None)
    title = None if best is None else [cell.casefold() for cell in cells[best]]
    is_other = False
    for at, line in enumerate(lines):
        if at in heads:
            is_other = [cell.casefold() for cell in cells[at]] != title
        if not cells[at]:
            yield Line(at + 1, [line.strip()], is_text=True)
        elif is_other:
            yield Line(at + 1, cells[at], why="belongs to another table of the file; import that one by itself")
        else:
            yield Line(at + 1, cells[at])


def cells_of(line: str) -> list[str]:
    """Return the cells of a line of a Markdown table, whichever of its outer pipes it lacks; none of other text."""
    text = line.strip().lstrip("> ")
    if not PIPE.search(text):
        return []
    text = re.sub(r"^[-*+] +(?!\|?[-:| ]*$)", "", text).removeprefix("|")
    parts = PIPE.split(text)
    if len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    return [plain_cell(part) for part in parts]


def plain_cell(text: str) -> str:
    """Return a cell without the signs by which Markdown makes it bold, slanted or code."""
    text = re.sub(r"<br\s*/?>", "\n", text.replace("\\|", "|"), flags=re.IGNORECASE).strip()
    match = re.fullmatch(r"(\*\*|__|\*|_|`|~~)(?P<text>[^*_`~]+)\1", text)
    return match["text"].strip() if match else text

"""What a file is that holds no table of cells, with the way to one that does."""

import re
from collections.abc import Sequence

from interview_kit.importing.sources import SpreadsheetError

SHOWN_FILES, PROSE_LINES = 3, 200
SAVE_AS = "save it as CSV or XLSX and import that"
UNPACK = "unpack it and import the CSV or XLSX inside"
AS_SPREADSHEET = "put its table into a spreadsheet, save that as CSV and import it"
# The first bytes of kinds of files, what they are, and what helps.
STARTS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)", SAVE_AS),
    (b"%PDF", "a PDF", SAVE_AS),
    (b"\x89PNG", "a picture", SAVE_AS),
    (b"\xff\xd8\xff", "a picture", SAVE_AS),
    (b"GIF8", "a picture", SAVE_AS),
    (b"\x1f\x8b", "a compressed file", SAVE_AS),
    (b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"SQLite format 3", "a database (SQLite)", "export its table as CSV and import that"),
    (b"{\\rtf", "a text document (RTF)", AS_SPREADSHEET),
    (b"PAR1", "a Parquet file", SAVE_AS),
)
# Packed files, by a file that only they hold.
PACKED = (
    ("content.xml", "an OpenDocument file (.ods)", "in LibreOffice choose File, Save As, Text CSV, and import that"),
    ("Index/Document.iwa", "a Numbers file", "in Numbers choose File, Export To, CSV, and import that"),
    ("word/document.xml", "a Word document", AS_SPREADSHEET),
    ("ppt/presentation.xml", "a presentation", AS_SPREADSHEET),
    ("xl/workbook.bin", "an Excel file in binary (.xlsb)", "in Excel choose File, Save As, CSV UTF-8, and import that"),
)
PAGE = re.compile(
    r"\s*(<!doctype|<html|<\?xml|<!--|</?(table|body|head|div|p|ul|section|main|svg|style)\b)", re.IGNORECASE
)
CONTACTS = re.compile(r"\s*BEGIN:VCARD", re.IGNORECASE)
MAILBOX = re.compile(r"From \S+.*\d{4}\s*$", re.MULTILINE)
MAIL = re.compile(r"(?m)^(From|To|Subject|Date|Message-ID|Received|Delivered-To|MIME-Version|Return-Path): ")
YAML_LINE = re.compile(r"\s*(- +)?[\"']?[\w .-]{1,40}[\"']?:( .*|$)|\s*- +\S.*|---|\s*#.*")
YAML_KEY = re.compile(r"\s*(- +)?[\"']?[\w .-]{1,40}[\"']?:( |$)")
PROSE = "a text and no table; put what it tells into a spreadsheet, a row for each application, and save that as CSV"


def refuse(name: str, kind: str) -> None:
    """Refuse a file of a kind that holds no table, nothing where it is of none of these."""
    if kind:
        raise SpreadsheetError(f"{name} is {kind}")


def by_bytes(raw: bytes) -> str:
    """Return what a file is by its first bytes and what helps, nothing where they tell nothing."""
    return next((f"{what}; {remedy}" for start, what, remedy in STARTS if raw.startswith(start)), "")


def by_members(names: Sequence[str]) -> str:
    """Return what a packed file is by the names of the files in it, and what helps."""
    for member, what, remedy in PACKED:
        if member in names:
            return f"{what}; {remedy}"
    tables = [name for name in names if re.search(r"\.(csv|xlsx|tsv|ics)$", name, re.IGNORECASE)]
    tables.sort(key=lambda name: not re.search(r"appl|job|track|bewerb", name, re.IGNORECASE))
    if not tables:
        return f"no XLSX workbook; {SAVE_AS}"
    shown = ", ".join(map(repr, tables[:SHOWN_FILES]))
    return f"a ZIP that holds {shown}; unpack it and import {tables[0].rsplit('/', 1)[-1]!r}"


def by_text(text: str) -> str:
    """Return what a text is that is no table, and what helps; nothing where it may be one."""
    start = text[:64_000]
    if PAGE.match(start):
        return f"a web page; {SAVE_AS}"
    if CONTACTS.match(start):
        return "a list of contacts (vCard); import the CSV or XLSX of your tracker"
    if MAILBOX.match(start) or is_mail(start):
        return "a mailbox; import the CSV or XLSX of your tracker; mails are not read"
    return "YAML; put its records into a spreadsheet, a row for each, and save that as CSV" if is_yaml(start) else ""


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

"""A file's bytes as UTF-8, whatever encoding it is in."""

import re

from interview_kit.files.lines import CR, LF, line_of
from interview_kit.files.problems import Problem, records_error

LONGEST_LINE, MOST_COLUMNS = 20_000_000, 2_000
UTF_8_MARK = b"\xef\xbb\xbf"
# A byte order mark says the encoding; the longer marks come first, since one begins like another.
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (UTF_8_MARK, "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Files of other kinds, by how they begin; each is refused before it is taken for a table.
OTHER_KINDS = (
    (
        re.compile(rb"\s*<(?:!doctype|\?xml|html|head|body)\b", re.IGNORECASE),
        "is a web page, as a sync service shows it to whoever is not logged in: get the file itself",
    ),
    (
        re.compile(rb"version https://git-lfs\b"),
        "is only a note of where Git keeps the file: fetch it with git lfs pull",
    ),
    (re.compile(rb"bplist\d\d"), "is a program's own file: save the table as CSV"),
    (re.compile(rb"PK\x03\x04"), "is a spreadsheet or an archive: save the table as CSV"),
    (
        re.compile(rb"(?:\0[^\0]){4}|(?:[^\0]\0){4}"),
        "is in UTF-16 without a mark that says so; save it as UTF-8",
    ),
)
SOMETHING = re.compile(rb"[^\xef\xbb\xbf\xff\xfe \r\n\t\0]")


def decode(raw: bytes, name: str) -> tuple[bytes, str, bytes]:
    """Return the content as UTF-8, the encoding the file is in, and its byte order mark."""
    refuse_endless(raw, name)
    if not SOMETHING.search(raw):
        raise records_error(name, [Problem(0, "", "", "is empty: restore a backup, or delete the file to begin anew")])
    mark, encoding = next(((mark, enc) for mark, enc in BYTE_ORDER_MARKS if raw.startswith(mark)), (b"", "utf-8"))
    body = raw[len(mark) :]
    if encoding == "utf-32":
        raise records_error(name, [Problem(1, "", "", "is in UTF-32; save it as UTF-8")])
    if other := other_kind(body) if encoding == "utf-8" else "":
        raise records_error(name, [Problem(0, "", "", other)])
    attempts, wrong_at = [encoding] if mark else ["utf-8", "cp1252"], 0
    for attempt in attempts:
        try:
            text = body.decode(attempt)
            return (body if attempt == "utf-8" else text.encode()), attempt, mark
        except UnicodeDecodeError as error:
            wrong_at = error.start
    raise records_error(name, [undecodable(body, wrong_at, attempts[-1])])


def other_kind(body: bytes) -> str:
    """Return what a file is that is none of text in cells, by how it begins; empty for a table."""
    return next((kind for begin, kind in OTHER_KINDS if begin.match(body)), "")


def refuse_endless(raw: bytes, name: str) -> None:
    """Refuse a file with a line that goes on for ever, before anything is made of it."""
    at = 0
    while len(raw) - at > LONGEST_LINE:
        end = raw.rfind(LF, at, at + LONGEST_LINE)
        end = raw.rfind(CR, at, at + LONGEST_LINE) if end < 0 else end
        if end < 0:
            most = f"{LONGEST_LINE // 10**6} million bytes"
            problem = f"is longer than {most}, which no interview is; is it another file?"
            raise records_error(name, [Problem(line_of(raw[:at], at), "", "", problem)])
        at = end + 1


def undecodable(body: bytes, at: int, encoding: str) -> Problem:
    """Return the problem of a byte that an encoding does not have."""
    names = {"cp1252": "neither UTF-8 nor Windows-1252"}.get(encoding, f"not {encoding.upper()}")
    return Problem(line_of(body, at), "", "", f"the byte 0x{body[at]:02X} is {names}; save the file as UTF-8")

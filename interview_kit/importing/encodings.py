"""A file's bytes as text, whatever encoding they are in."""

import codecs
import re

from interview_kit.importing.sources import SpreadsheetError


def decoded(raw: bytes, name: str) -> tuple[str, list[str]]:
    """Return a file's text, and a remark on an encoding that had to be guessed."""
    if wide := wide_encoding(raw):
        return raw.decode(wide, "replace").lstrip("\ufeff"), []
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise SpreadsheetError(f"{name} line {line} holds a NUL byte, so it is no text; save it as CSV or XLSX again")
    try:
        return raw.decode("utf-8").lstrip("\ufeff"), []
    except UnicodeDecodeError:
        said = f"{name} is read as Windows-1252, since it is not UTF-8; look whether letters such as é and ü are right"
        return raw.decode("cp1252", "replace"), [said]


def without_halves(text: str) -> str:
    """Return a text with the sign for what cannot be shown in place of each half of a sign, which no file can hold."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def wide_encoding(raw: bytes) -> str:
    """Return UTF-32 or UTF-16 by the mark before it, UTF-16 also where every other byte is zero, as in plain text."""
    if raw.startswith(codecs.BOM_UTF32_LE):
        return "utf-32"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = raw[:4096:2], raw[1:4096:2]
    if len(odd) < 8 or (0 in even and 0 in odd):
        return ""
    is_little, is_big = odd.count(0) > 0.9 * len(odd), even.count(0) > 0.9 * len(odd)
    return "utf-16-le" if is_little else "utf-16-be" if is_big else ""

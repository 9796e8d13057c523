"""The rows of a table in Markdown, among the text around it."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from interview_kit.importing.sources import Fate, RawRow

FIRST_LINES = 200
RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-{2,}:?[ \t]*(\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
PIPE = re.compile(r"(?<!\\)\|")
OTHER_TABLE = "belongs to another table of the file; import that one by itself"


def is_markdown(text: str) -> bool:
    """Say whether a text holds a table as Markdown writes it: dashes below the names, or pipes at both ends."""
    lines = [line.strip() for line in text[: 256 * 1024].splitlines() if line.strip()]
    ruled = any("|" in above and "|" in line and RULE.fullmatch(line) for above, line in pairwise(lines))
    piped = [line for line in lines[:FIRST_LINES] if line.startswith("|") and line.endswith("|") and len(line) > 2]
    return ruled or len(piped) >= max(2, 0.8 * min(len(lines), FIRST_LINES))


def markdown_rows(text: str, merit: Callable[[Sequence[str]], int]) -> Iterator[RawRow]:
    """Yield the lines of a Markdown file as rows; of several tables the one whose header has the highest `merit`.

    Text beside the table and the rows of other tables are marked as such.
    """
    lines = text.splitlines()
    cells = [cells_of(line) for line in lines]
    ruled = [at for at, line in enumerate(lines) if at and "|" in line and RULE.fullmatch(line)]
    heads = dict.fromkeys(at - 1 for at in ruled if cells[at - 1])
    best = max(heads, key=lambda at: merit(cells[at]), default=0)
    why = ""
    for at, line in enumerate(lines):
        if at in heads:
            why = "" if folded(cells[at]) == folded(cells[best]) else OTHER_TABLE
        if cells[at]:
            yield RawRow(at + 1, cells[at], why)
        else:
            yield RawRow(at + 1, [line.strip()], "text beside the table", Fate.SKIPPED)


def folded(cells: Sequence[str]) -> list[str]:
    """Return the cells of a header without regard to capitals."""
    return [cell.casefold() for cell in cells]


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

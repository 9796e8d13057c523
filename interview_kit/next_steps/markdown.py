"""Anyone's words as Markdown: nothing in them is taken for a link, a heading, formatting, a formula or HTML."""

import html
import re
from collections.abc import Iterable, Iterator

from interview_kit.next_steps.files import printable
from interview_kit.next_steps.outline import Line, Page, Part
from interview_kit.words import one_line

# An entity for what a backslash does not make plain everywhere: JupyterLab takes \\( for the begin of a formula.
ENTITIES = {"\\": "&#92;", "<": "&lt;"}
ALWAYS = re.compile(r"[`*\[|~$^@]|==+")
# An underscore inside a word is none of Markdown's; of "www." and "://" some programs make links by themselves.
SOMETIMES = re.compile(r"(?<![^\W_])_|_(?![^\W_])|(?<!\S)#|:(?=//)|(?<=www)\.", re.IGNORECASE)
AT_BEGIN = re.compile(r"^([-+=>:])|^(\d{1,9})([.)])")
BREAK = "  \n"  # a line break that stays within the paragraph
INDENT = "    "


def escaped_markdown(text: str) -> str:
    """Return a text so that Markdown shows its very letters; each of its lines stays one, empty ones go."""
    return BREAK.join(escaped_line(line) for line in printable(text).split("\n") if line.strip())


def escaped_line(text: str) -> str:
    """Return one line so that Markdown shows its very letters, wherever the line stands."""
    plain = re.sub(r"&(?=#?\w+;)", "&amp;", one_line(printable(text)))
    plain = "".join(ENTITIES.get(letter, letter) for letter in plain)
    plain = ALWAYS.sub(lambda found: "".join(f"\\{letter}" for letter in found[0]), plain)
    plain = SOMETIMES.sub(r"\\\g<0>", plain)
    return AT_BEGIN.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", plain)


def unescaped(markdown: str) -> str:
    """Return Markdown as it is read on a terminal: without what keeps its letters from being taken for signs."""
    return html.unescape(re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", markdown))


def as_markdown(page: Page) -> str:
    """Return a page as Markdown."""
    blocks = [f"# {escaped_line(page.title)}", listed_lines(page.facts), *map(part_markdown, page.parts)]
    return "\n\n".join(filter(None, blocks)) + "\n"


def part_markdown(part: Part) -> str:
    """Return a part of a page under its heading."""
    blocks = [f"## {escaped_line(part.title)}", escaped_markdown(part.note), listed_lines(part.lines)]
    return "\n\n".join(filter(None, blocks))


def listed_lines(lines: Iterable[Line]) -> str:
    """Return lines as a list."""
    return "\n".join(text for line in lines for text in items(line, 0))


def items(line: Line, depth: int) -> Iterator[str]:
    """Yield a line as an item of a list, and what hangs on it below."""
    lead = f"**{escaped_line(line.lead)}**" if line.lead.strip() else ""
    said = " ".join(filter(None, [lead, escaped_markdown(line.text)]))
    said += f" ({escaped_line(line.source)})" if line.source else ""
    yield f"{INDENT * depth}- {said}".replace("\n", f"\n{INDENT * depth}  ")
    for below in line.below:
        yield from items(below, depth + 1)

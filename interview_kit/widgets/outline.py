"""An outline as HTML: its lines as lists, each word made safe, what it comes from beside it."""

from collections.abc import Iterable

from interview_kit.next_steps.outline import Line, Part
from interview_kit.widgets.markup import markup


def part_markup(part: Part) -> str:
    """Return a part of a page under its heading."""
    note = markup("<p>{note}</p>", note=part.note) if part.note else ""
    return markup("<h4>{title}</h4>", title=part.title) + note + lines_markup(part.lines)


def lines_markup(lines: Iterable[Line]) -> str:
    """Return lines as a list, what hangs on one as a list within it."""
    found = "".join(map(line_markup, lines))
    return f'<ul class="ik-lines">{found}</ul>' if found else ""


def line_markup(line: Line) -> str:
    """Return one line as an item of a list."""
    said = [
        markup("<strong>{text}</strong>", text=line.lead) if line.lead else "",
        markup("<span>{text}</span>", text=line.text.strip()) if line.text else "",
        markup('<span class="ik-source">{text}</span>', text=line.source) if line.source else "",
    ]
    return f"<li>{' '.join(filter(None, said))}{lines_markup(line.below)}</li>"

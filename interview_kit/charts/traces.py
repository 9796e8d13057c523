"""What charts draw: lines, marks and ranges, as Plotly takes them."""

from collections.abc import Iterable, Sequence


def scatter_trace(name: str, mode: str, x: Sequence[float | None], y: Sequence[float | None], **more) -> dict:
    """Return points at x and y, lines or marks by their mode; without hover unless `more` says otherwise."""
    return {"type": "scatter", "name": name, "mode": mode, "x": list(x), "y": list(y), "hoverinfo": "skip"} | more


def line_trace(name: str, x: Sequence[float | None], y: Sequence[float | None], **line) -> dict:
    """Return a line without hover; `line` says how it is drawn."""
    return scatter_trace(name, "lines", x, y, line=line)


def gapped(pairs: Iterable[tuple[float | None, float | None]]) -> list[float | None]:
    """Return the ends of several lines as one, with a gap after each."""
    return [end for pair in pairs for end in (*pair, None)]

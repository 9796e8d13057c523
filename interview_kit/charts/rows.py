"""Rows below each other: each with its name, its counts, a mark and a range."""

import html
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from interview_kit.charts.theme import Look, Theme, base_axis, left_edge, note, wrapped

NAME_WIDTH, NAME_LINES = 26, 4  # characters a line, lines
BOLD_WIDTH, ABOVE_WIDTH = 36, 40  # characters a line of what stands above the marks: of the name, of the counts
LINE, ROW = 17, 46  # px
EDGE, BAND = 6, 34  # px above the words that stand above the marks, and for the marks below them
UNDECIDED = ("undecided", "circle")  # the color of the theme, and a symbol


class Row(NamedTuple):
    """One row as it is drawn: texts escaped, numbers in points or None, its color and symbol.

    Where it is narrow, its words stand `above` its marks, else its name to the left and its counts to the right.
    """

    name: str
    counts: str
    sentence: str
    difference: float | None
    low: float | None
    high: float | None
    best_guess: float | None
    tone: str
    symbol: str
    above: str = ""
    band: int = BAND

    @property
    def height(self) -> int:
        """The pixels it needs: below each other for its words and marks, or for the longer of its texts."""
        if self.above:
            return EDGE + LINE * (1 + self.above.count("<br>")) + self.band
        return max(ROW, LINE * (1 + max(self.name.count("<br>"), self.counts.count("<br>"))) + 12)

    @property
    def middle(self) -> float:
        """Where its marks are, in pixels from its top."""
        return self.height - (self.band if self.above else self.height) / 2


def row_words(name: object, counts: Sequence[str], *, look: Look) -> tuple[str, str, str]:
    """Return the name, the counts, and what stands above the marks; the lines of `counts` are escaped."""
    stacked = above(wrapped(name, BOLD_WIDTH, NAME_LINES), counts) if look.narrow else ""
    return wrapped(name, NAME_WIDTH, NAME_LINES), "<br>".join(counts), stacked


def above(name: str, counts: Sequence[str]) -> str:
    """Return a name, where there is one, with its counts below it, several in a line where they have room."""
    lines = [counts[0]]
    for text in counts[1:]:
        both = f"{lines[-1]} · {text}"
        lines[-1:] = [both] if letters(both) <= ABOVE_WIDTH else [lines[-1], text]
    small = f'<span style="font-size:12px">{"<br>".join(lines)}</span>'
    return f"<b>{name}</b><br>{small}" if name else small


def letters(text: str) -> int:
    """Return how many characters of a text are seen."""
    return len(html.unescape(re.sub("<[^>]*>", "", text)))


def edges(rows: Sequence[Row]) -> list[int]:
    """Return where the rows begin, and where the last one ends, in pixels from the top."""
    return list(itertools.accumulate((row.height for row in rows), initial=0))


def centers(rows: Sequence[Row]) -> list[float]:
    """Return where the marks of each row are, in pixels from the top."""
    return [edge + row.middle for edge, row in zip(edges(rows)[:-1], rows, strict=True)]


def range_trace(rows: Sequence[Row], tone: str, theme: Theme) -> dict:
    """Return the plausible ranges of one color: pairs of points with a gap after each."""
    drawn = [
        (center, row)
        for center, row in zip(centers(rows), rows, strict=True)
        if row.tone == tone and row.low is not None
    ]
    return {
        "type": "scatter",
        "name": f"range, {tone}",
        "mode": "lines",
        "x": [x for _, row in drawn for x in (row.low, row.high, None)],
        "y": [y for center, _ in drawn for y in (center, center, None)],
        "line": {"color": getattr(theme, tone), "width": 2.5},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def best_guess_trace(rows: Sequence[Row], theme: Theme) -> dict:
    """Return the best guesses: light ticks across the ranges."""
    return marks("best guess", [row.best_guess for row in rows], rows) | {
        "marker": {
            "symbol": "line-ns-open",
            "size": 14,
            "opacity": 0.75,
            "color": [getattr(theme, row.tone) for row in rows],
            "line": {"width": 2},
        },
        "hoverinfo": "skip",
    }


def difference_trace(rows: Sequence[Row], theme: Theme) -> dict:
    """Return the differences, with color and symbol by verdict."""
    return marks("difference", [row.difference for row in rows], rows) | {
        "marker": {
            "symbol": [row.symbol for row in rows],
            "size": [14 if row.symbol.startswith("triangle") else 10 for row in rows],
            "opacity": 1,
            "color": [getattr(theme, row.tone) for row in rows],
            "line": {"color": theme.paper, "width": 1},
        },
        "hoverinfo": "skip",
    }


def sentence_trace(rows: Sequence[Row]) -> dict:
    """Return unseen marks that hold the sentences, one for each row, also where nothing is drawn."""
    return marks("sentence", [row.difference or 0 for row in rows], rows) | {
        "marker": {"opacity": 0},
        "hovertext": [row.sentence for row in rows],
        "hoverinfo": "text",
        "xaxis": "x2",
        "yaxis": "y2",
    }


def marks(name: str, x: Sequence[float | None], rows: Sequence[Row]) -> dict:
    """Return a trace with one mark for each row."""
    return {
        "type": "scatter",
        "name": name,
        "mode": "markers",
        "x": list(x),
        "y": centers(rows),
        "cliponaxis": False,
        "showlegend": False,
    }


def row_rules(rows: Sequence[Row], *, look: Look) -> list[dict]:
    """Return faint lines between the rows, from edge to edge of the scale."""
    theme = look.theme
    line = {
        "type": "line",
        "layer": "below",
        "line": {"color": theme.grid, "width": 1},
        "xref": "x domain",
        "yref": "y",
    }
    return [line | {"x0": 0, "x1": 1, "y0": edge, "y1": edge} for edge in edges(rows)[1:-1]]


def row_axes(rows: Sequence[Row], *, look: Look) -> dict:
    """Return the axes that hold the names, left, and the counts and verdicts, right; without words where narrow."""
    theme = look.theme
    if look.narrow:
        bare = base_axis(look=look, range=[edges(rows)[-1], 0], showticklabels=False)
        return {"yaxis": bare, "yaxis2": bare | {"overlaying": "y"}}
    height = {"tickvals": centers(rows), "range": [edges(rows)[-1], 0]}
    places = height | {"ticks": "outside", "ticklen": 8, "tickcolor": "rgba(0,0,0,0)"}
    names, figures = [row.name for row in rows], [row.counts for row in rows]
    name_font, figure_font = {"size": 13, "color": theme.ink}, {"size": 12, "color": theme.ink}
    return {
        "yaxis": base_axis(look=look, ticktext=names, **places) | {"tickfont": name_font},
        "yaxis2": base_axis(look=look, ticktext=figures, overlaying="y", side="right", **places)
        | {"tickfont": figure_font},
    }


def words_above(rows: Sequence[Row], *, look: Look) -> list[dict]:
    """Return the words that stand above the marks, on the paper's own color, where it is narrow."""
    if not look.narrow:
        return []
    place = {"yref": "y", "yanchor": "top", "yshift": 2 - EDGE} | left_edge(look=look)
    ink = {"align": "left", "font": {"size": 13, "color": look.theme.ink}, "bgcolor": look.theme.paper, "borderpad": 0}
    return [note(row.above, look=look, y=edge, **place, **ink) for edge, row in zip(edges(rows), rows, strict=False)]

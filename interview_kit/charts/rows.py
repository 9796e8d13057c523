"""Rows below each other: each with its name, its counts, a mark and a range."""

import html
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from interview_kit.charts.theme import Look, wrapped
from interview_kit.charts.traces import gapped, line_trace, scatter_trace

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
    """Return the number of characters of a text that are seen."""
    return len(html.unescape(re.sub("<[^>]*>", "", text)))


class Rows(NamedTuple):
    """Rows below each other, and how they are drawn."""

    rows: Sequence[Row]
    look: Look

    @property
    def edges(self) -> list[int]:
        """Where the rows begin, and where the last one ends, in pixels from the top."""
        return list(itertools.accumulate((row.height for row in self.rows), initial=0))

    @property
    def centers(self) -> list[float]:
        """Where the marks of each row are, in pixels from the top."""
        return [edge + row.middle for edge, row in zip(self.edges[:-1], self.rows, strict=True)]

    @property
    def height(self) -> int:
        """The pixels that all of them need."""
        return self.edges[-1]

    @property
    def differences(self) -> list[float | None]:
        """The number of each row at which its main mark stands."""
        return [row.difference for row in self.rows]

    # Traces

    def ranges(self, tone: str, name: str = "", width: float = 2.5) -> dict:
        """Return the plausible ranges of one color."""
        placed = zip(self.centers, self.rows, strict=True)
        drawn = [(center, row) for center, row in placed if row.tone == tone and row.low is not None]
        x, y = gapped((row.low, row.high) for _, row in drawn), gapped((center, center) for center, _ in drawn)
        color = self.look.color(tone)
        return line_trace(name or f"range, {tone}", x, y, color=color, width=width) | {"showlegend": False}

    def marks(self, name: str, x: Sequence[float | None], **more) -> dict:
        """Return a trace with one mark for each row."""
        return scatter_trace(name, "markers", x, self.centers, cliponaxis=False, showlegend=False, **more)

    def colors(self) -> list[str]:
        """Return the color of each row."""
        return [self.look.color(row.tone) for row in self.rows]

    def best_guesses(self, name: str = "best guess") -> dict:
        """Return the best guesses: light ticks across the ranges."""
        marker = {"symbol": "line-ns-open", "size": 14, "opacity": 0.75, "color": self.colors(), "line": {"width": 2}}
        return self.marks(name, [row.best_guess for row in self.rows], marker=marker)

    def main_marks(self) -> dict:
        """Return the differences, with color and symbol by verdict."""
        marker = {
            "symbol": [row.symbol for row in self.rows],
            "size": [14 if row.symbol.startswith("triangle") else 10 for row in self.rows],
            "opacity": 1,
            "color": self.colors(),
            "line": {"color": self.look.theme.paper, "width": 1},
        }
        return self.marks("difference", self.differences, marker=marker)

    def sentences(self) -> dict:
        """Return unseen marks that hold the sentences, one for each row, also where nothing is drawn."""
        hover = {"hovertext": [row.sentence for row in self.rows], "hoverinfo": "text"}
        x = [difference or 0 for difference in self.differences]
        return self.marks("sentence", x, marker={"opacity": 0}, xaxis="x2", yaxis="y2", **hover)

    # Layout

    def rules(self) -> list[dict]:
        """Return faint lines between the rows, from edge to edge of the scale."""
        line = {"type": "line", "layer": "below", "line": {"color": self.look.theme.grid, "width": 1}}
        place = {"xref": "x domain", "yref": "y", "x0": 0, "x1": 1}
        return [line | place | {"y0": edge, "y1": edge} for edge in self.edges[1:-1]]

    def axes(self) -> dict:
        """Return the axes that hold the names, left, and the counts and verdicts, right; without words where narrow."""
        look, down = self.look, [self.height, 0]
        if look.narrow:
            bare = look.axis(range=down, showticklabels=False)
            return {"yaxis": bare, "yaxis2": bare | {"overlaying": "y"}}
        ticks = {"ticks": "outside", "ticklen": 8, "tickcolor": "rgba(0,0,0,0)", "tickvals": self.centers}
        names, counts = [row.name for row in self.rows], [row.counts for row in self.rows]
        right = {"overlaying": "y", "side": "right"}
        return {
            "yaxis": look.axis(range=down, ticktext=names, tickfont=look.font(13), **ticks),
            "yaxis2": look.axis(range=down, ticktext=counts, tickfont=look.font(), **ticks, **right),
        }

    def words_above(self) -> list[dict]:
        """Return the words that stand above the marks, on the paper's own color, where it is narrow."""
        look = self.look
        if not look.narrow:
            return []
        place = {"yref": "y", "yanchor": "top", "yshift": 2 - EDGE, "align": "left"} | look.left_edge()
        paper = {"font": look.font(13), "bgcolor": look.theme.paper, "borderpad": 0}
        tops = zip(self.edges, self.rows, strict=False)
        return [look.note(row.above, y=edge, **place, **paper) for edge, row in tops]

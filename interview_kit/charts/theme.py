"""The frame of every chart: its colors, its fonts, its words made safe, and the width it is laid out for."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

# What charts take and give, so that neither library is loaded before a chart is drawn.
Table: TypeAlias = "pd.DataFrame"
Figure: TypeAlias = "go.Figure"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
# Plotly 7 has a button that uploads the chart: a person's records stay where they are. The others do nothing here.
NO_BUTTONS = ("sendChartToCloud", "select2d", "lasso2d")
MARGIN, SIDE, SCALE = 8, 20, 46  # px: around words; where it is narrow, beside marks, and for the words of a scale
GAP = " " * 5  # between two parts of a key
NARROW_BELOW = 660  # px of room: where there is less, the narrow layout is the one to draw
POINTS = 100  # a table holds fractions, people read points
HOVER_WIDTHS = 46, 24  # characters a line


class Theme(NamedTuple):
    """The colors of one background: text on it has a contrast of at least 4.5, marks of at least 3."""

    paper: str
    ink: str
    muted: str
    grid: str
    zero: str
    callback: str
    against: str
    undecided: str


LIGHT = Theme("#ffffff", "#1f2328", "#59636e", "#e7eaee", "#59636e", "#0072B2", "#D55E00", "#767676")
DARK = Theme("#111111", "#ececec", "#b4b4b4", "#2e2e2e", "#b4b4b4", "#56B4E9", "#FF8B3D", "#A6A6A6")


class Look(NamedTuple):
    """How a chart is drawn: for a dark page or a light one, and as wide as a page (736 px) or as a phone (320 px)."""

    dark: bool = False
    narrow: bool = False

    @property
    def theme(self) -> Theme:
        """The colors."""
        return DARK if self.dark else LIGHT

    def color(self, tone: str) -> str:
        """Return a color of the theme by its name."""
        return getattr(self.theme, tone)

    def fit(self, wide: int, narrow: int) -> int:
        """Return the one of two numbers that is for this width."""
        return narrow if self.narrow else wide

    def font(self, size: int = 12, tone: str = "ink") -> dict:
        """Return a font of the page's own family."""
        return {"size": size, "color": self.color(tone)}

    # Words

    def key(self, *parts: str) -> str:
        """Return the key to the marks: side by side, or below each other where that has no room."""
        return ("<br>" if self.narrow else GAP).join(parts)

    def hover(self, text: object) -> str:
        """Return text as it shows on hover, beside a mark in the middle."""
        return wrapped(text, self.fit(*HOVER_WIDTHS))

    def square(self, tone: str) -> str:
        """Return a small square of a color, for use in words."""
        return f'<span style="color:{self.color(tone)}">■</span>'

    def note(self, text: str, **place) -> dict:
        """Return words on a chart, small and muted unless `place` says otherwise."""
        return {"text": text, "showarrow": False, "font": self.font(tone="muted")} | place

    def left_edge(self, side: int = SIDE) -> dict:
        """Return the place of words that begin where the marks do, or at the edge of a narrow chart."""
        return {"xref": "paper", "x": 0, "xanchor": "left"} | ({"xshift": MARGIN - side} if self.narrow else {})

    # The figure around them

    def axis(self, **more) -> dict:
        """Return an axis without lines that stays where it is; `more` are its other properties."""
        quiet = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True, "automargin": True}
        return quiet | {"gridcolor": self.theme.grid, "tickfont": self.font(tone="muted")} | more

    def percent_axis(self, step: int = 25, **more) -> dict:
        """Return a scale from 0 to 100 percent, whose words take the room that a narrow chart's margin leaves them."""
        ticks = list(range(0, POINTS + 1, step))
        words = {"tickvals": ticks, "ticktext": [f"{tick}%" for tick in ticks], "range": [0, POINTS]}
        zero = {"zeroline": True, "zerolinecolor": self.theme.grid, "zerolinewidth": 1}
        margin = {"automargin": False} if self.narrow else {}
        return self.axis(showgrid=True, **words, **zero, **margin, **more)

    def away(self) -> dict:
        """Return the ticks that keep the words of an axis away from the marks at its edge."""
        return {"ticks": "outside", "ticklen": 9, "tickcolor": "rgba(0,0,0,0)", "tickfont": self.font()}

    def layout(self, height: int) -> dict:
        """Return the layout that all charts share: fonts, colors, margins, and no zoom to get lost in.

        The width is left open: a chart fills its column. `height` is in pixels.
        """
        theme, side, font = self.theme, self.fit(MARGIN, SIDE), {"family": FONT} | self.font(13)
        return {
            "height": height,
            "autosize": True,
            "font": font,
            "paper_bgcolor": theme.paper,
            "plot_bgcolor": theme.paper,
            "margin": {"l": side, "r": side, "t": MARGIN, "b": MARGIN, "pad": 0},
            "dragmode": False,
            "hoverlabel": {"align": "left", "bgcolor": theme.paper, "bordercolor": theme.muted, "font": font},
            "modebar": {"remove": NO_BUTTONS, "bgcolor": theme.paper, "color": theme.muted, "activecolor": theme.ink},
            "template": {},
        }

    def figure(self, traces: Sequence[dict], layout: dict) -> Figure:
        """Return a figure; Plotly is loaded here, where the first one is drawn."""
        import plotly.graph_objects as go

        return go.Figure(traces, layout)

    def message(self, text: object) -> Figure:
        """Return a figure that holds a message in words and nothing else."""
        middle = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "font": self.font(14, "muted")}
        words, hidden = self.note(wrapped(text, self.fit(70, 38)), **middle), {"visible": False, "fixedrange": True}
        return self.figure([], self.layout(160) | {"annotations": [words], "xaxis": hidden, "yaxis": hidden})


def escape(text: object) -> str:
    """Return text that Plotly shows as it is: no tag, no entity, no formula."""
    # Entities, since Plotly looks for $…$ before it decodes them: a zero-width character would still leave two dollars.
    marks = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
    return str(text).translate(str.maketrans(marks))


def wrapped(text: object, width: int, lines: int | None = None) -> str:
    """Return escaped text in lines of at most `width` characters; beyond so many `lines` it ends with "…"."""
    return "<br>".join(map(escape, textwrap.wrap(str(text), width, max_lines=lines, placeholder=" …")))


def stripes(color: str) -> dict:
    """Return the pattern of what came to nothing."""
    return {"shape": "/", "fgcolor": faint(color, 0.7), "bgcolor": faint(color, 0.1), "size": 7, "solidity": 0.25}


def faint(color: str, opacity: float) -> str:
    """Return a color of a theme that lets through what is behind it."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return f"rgba({red},{green},{blue},{opacity:g})"

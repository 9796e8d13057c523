"""The frame of every chart: its colors, its fonts, its words made safe, and the width it is laid out for."""

import textwrap
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import plotly.graph_objects as go

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
# Plotly 7 has a button that uploads the chart: a person's records stay where they are. The others do nothing here.
NO_BUTTONS = ("sendChartToCloud", "select2d", "lasso2d")
MARGIN, SIDE, SCALE = 8, 20, 46  # px: around words; where it is narrow, beside marks, and for the words of a scale
GAP = " " * 5  # between two parts of a key
NARROW_BELOW = 660  # px of room: where there is less, the narrow layout is the one to draw
POINTS = 100  # a table holds fractions, people read points


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

    def fit(self, wide: int, narrow: int) -> int:
        """Return the one of two numbers that is for this width."""
        return narrow if self.narrow else wide

    def key(self, *parts: str) -> str:
        """Return what the marks stand for: side by side, or below each other where that has no room."""
        return ("<br>" if self.narrow else GAP).join(parts)


PLAIN = Look()


def escape(text: object) -> str:
    """Return text that Plotly shows as it is: no tag, no entity, no formula."""
    # Entities, since Plotly looks for $…$ before it decodes them: a zero-width character would still leave two dollars.
    marks = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
    return str(text).translate(str.maketrans(marks))


def wrapped(text: object, width: int, lines: int | None = None) -> str:
    """Return escaped text in lines of at most `width` characters; beyond so many `lines` it ends with "…"."""
    found = quickly_wrapped(str(text), width) if lines is None else []
    found = found or textwrap.wrap(str(text), width, max_lines=lines, placeholder=" …")
    return "<br>".join(escape(line) for line in found)


def quickly_wrapped(text: str, width: int) -> list[str]:
    """Return the lines of plain words as `textwrap.wrap` breaks them, slow for hundreds of them; none for others."""
    words = text.split(" ")
    if "-" in text or not text.isprintable() or not all(0 < len(word) <= width for word in words):
        return []
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def base_layout(*, height: int, look: Look = PLAIN) -> dict:
    """Return the layout that all charts share: fonts, colors, margins, and no zoom to get lost in.

    The width is left open: a chart fills its column. `height` is in pixels.
    """
    theme, side = look.theme, look.fit(MARGIN, SIDE)
    return {
        "height": height,
        "autosize": True,
        "font": {"family": FONT, "size": 13, "color": theme.ink},
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "margin": {"l": side, "r": side, "t": MARGIN, "b": MARGIN, "pad": 0},
        "dragmode": False,
        "hoverlabel": {
            "align": "left",
            "bgcolor": theme.paper,
            "bordercolor": theme.muted,
            "font": {"family": FONT, "size": 13, "color": theme.ink},
        },
        "modebar": {"remove": NO_BUTTONS, "bgcolor": theme.paper, "color": theme.muted, "activecolor": theme.ink},
        "template": {},
    }


def base_axis(*, look: Look = PLAIN, **more) -> dict:
    """Return an axis without lines that stays where it is; `more` are its other properties."""
    theme = look.theme
    quiet = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True, "automargin": True}
    return quiet | {"gridcolor": theme.grid, "tickfont": {"size": 12, "color": theme.muted}} | more


def empty_figure(message: object, *, look: Look = PLAIN) -> "go.Figure":
    """Return a figure that holds a message in words and nothing else."""
    import plotly.graph_objects as go

    theme = look.theme
    note = {"text": wrapped(message, look.fit(70, 38)), "showarrow": False, "font": {"size": 14, "color": theme.muted}}
    place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    hidden = {"visible": False, "fixedrange": True}
    return go.Figure(
        layout=base_layout(height=160, look=look) | {"annotations": [note | place], "xaxis": hidden, "yaxis": hidden}
    )


def note(text: str, *, look: Look, **place) -> dict:
    """Return words on a chart, small and muted unless `place` says otherwise."""
    return {"text": text, "showarrow": False, "font": {"size": 12, "color": look.theme.muted}} | place


def left_edge(*, look: Look, side: int = SIDE) -> dict:
    """Return the place of words that begin where the marks do, or at the edge of a narrow chart."""
    return {"xref": "paper", "x": 0, "xanchor": "left"} | ({"xshift": MARGIN - side} if look.narrow else {})


def square(color: str) -> str:
    """Return a small square of a color, for use in words."""
    return f'<span style="color:{color}">■</span>'


def stripes(color: str) -> dict:
    """Return the pattern of what came to nothing."""
    return {"shape": "/", "fgcolor": faint(color, 0.7), "bgcolor": faint(color, 0.1), "size": 7, "solidity": 0.25}


def faint(color: str, opacity: float) -> str:
    """Return a color of a theme that lets through what is behind it."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return f"rgba({red},{green},{blue},{opacity:g})"

"""The tidy tables as Plotly figures; draws, never computes."""

import itertools
import math
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
NAME_WIDTH, COUNTS_WIDTH, HOVER_WIDTH = 26, 34, 46  # characters a line
NAME_LINES = 4
LINE, ROW = 17, 46  # px
# Plotly 7 has a button that uploads the chart: a person's records stay where they are. The others do nothing here.
NO_BUTTONS = ("sendChartToCloud", "select2d", "lasso2d")
TALL = 12  # rows from which the scale stands above as well as below
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

# How a verdict looks: the color of the theme, and a symbol that tells it without color.
UNDECIDED = ("undecided", "circle")
LOOKS = {
    "lines up with callbacks": ("callback", "triangle-right"),
    "lines up with no callback": ("against", "triangle-left"),
    "mostly explained by stage": ("undecided", "diamond"),
    "no sizeable difference": ("undecided", "square"),
    "too early to tell": UNDECIDED,
    "not enough to compare": ("undecided", "x"),
}
NOT_ENOUGH = "not enough to compare"
TONES = ("callback", "against", "undecided")

NUMBERS = (
    *("n_with", "n_without", "callbacks_with", "callbacks_without"),
    *("difference", "ci_low", "ci_high", "best_guess"),
)
BEHAVIOR_COLUMNS = ("behavior", "kind", *NUMBERS, "verdict", "sentence")
ADJUSTED = {"difference": "adjusted_difference", "ci_low": "adjusted_low", "ci_high": "adjusted_high"}
GROUPS = {"rating": ("at 4–5", "at 1–3")}
WITH_OR_WITHOUT = ("with", "without")


# For every chart


def escape(text: object) -> str:
    """Return text that Plotly shows as it is: no tag, no entity, no formula."""
    # Entities, since Plotly looks for $…$ before it decodes them: a zero-width character would still leave two dollars.
    marks = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
    return str(text).translate(str.maketrans(marks))


def wrapped(text: object, width: int, lines: int | None = None) -> str:
    """Return escaped text in lines of at most `width` characters; beyond so many `lines` it ends with "…"."""
    found = textwrap.wrap(str(text), width, max_lines=lines, placeholder=" …")
    return "<br>".join(escape(line) for line in found)


def base_layout(*, height: int, dark: bool = False) -> dict:
    """Return the layout that all charts share: fonts, colors, margins, and no zoom to get lost in.

    The width is left open: a chart fills its column. `height` is in pixels.
    """
    theme = DARK if dark else LIGHT
    return {
        "height": height,
        "autosize": True,
        "font": {"family": FONT, "size": 13, "color": theme.ink},
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 0},
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


def base_axis(*, dark: bool = False, **more) -> dict:
    """Return an axis without lines that stays where it is; `more` are its other properties."""
    theme = DARK if dark else LIGHT
    quiet = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True, "automargin": True}
    return quiet | {"gridcolor": theme.grid, "tickfont": {"size": 12, "color": theme.muted}} | more


def empty_figure(message: object, *, dark: bool = False) -> "go.Figure":
    """Return a figure that holds a message in words and nothing else."""
    import plotly.graph_objects as go

    theme = DARK if dark else LIGHT
    note = {"text": wrapped(message, 70), "showarrow": False, "font": {"size": 14, "color": theme.muted}}
    place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    hidden = {"visible": False, "fixedrange": True}
    return go.Figure(
        layout=base_layout(height=160, dark=dark) | {"annotations": [note | place], "xaxis": hidden, "yaxis": hidden}
    )


# Behaviors


def plot_behaviors(table: "pd.DataFrame", *, dark: bool = False) -> "go.Figure":
    """Return a forest plot of the table of `compare_behaviors`, its first row on top.

    One row per behavior: its name, a mark at the difference in callback rate on a line for the plausible range, a
    second, lighter mark at the best guess, and the counts with the verdict; the sentence shows on hover. Of a table
    that was compared `by` something, the differences within it are drawn. The axis is in percentage points and as long
    to both sides. Color and symbol follow the verdict. `dark` is for dark pages. A column `label` names the behaviors,
    else what their sentences begin with. The figure is as wide as its place, made for 736 px, and as high as it needs;
    the traces are always the same, in the same order. ValueError names a column that the table lacks.
    """
    import plotly.graph_objects as go

    rows = behavior_rows(table)
    if not rows:
        return empty_figure(nothing_to_compare(table.attrs), dark=dark)
    theme = DARK if dark else LIGHT
    traces = [range_trace(rows, tone, theme) for tone in TONES]
    traces += [best_guess_trace(rows, theme), difference_trace(rows, theme), sentence_trace(rows)]
    return go.Figure(traces, behaviors_layout(rows, key(table), dark=dark))


class Row(NamedTuple):
    """One behavior as it is drawn: texts escaped, numbers in points or None, its color and symbol."""

    name: str
    counts: str
    sentence: str
    difference: float | None
    low: float | None
    high: float | None
    best_guess: float | None
    tone: str
    symbol: str

    @property
    def height(self) -> int:
        """The pixels it needs for the longer of its texts."""
        return max(ROW, LINE * (1 + max(self.name.count("<br>"), self.counts.count("<br>"))) + 12)


def behavior_rows(table: "pd.DataFrame") -> list[Row]:
    """Return the rows of a table of behaviors; ValueError where it is none."""
    missing = [name for name in BEHAVIOR_COLUMNS if name not in table.columns]
    if missing:
        raise ValueError(
            f"the table has no column {missing[0]!r}; plot_behaviors draws the table that compare_behaviors returns"
        )
    drawn = dict(zip(NUMBERS, NUMBERS, strict=True)) | (ADJUSTED if is_adjusted(table) else {})
    numbers = {name: table[source].to_numpy(float, na_value=math.nan) for name, source in drawn.items()}
    return [behavior_row(record) for record in table.assign(**numbers).to_dict("records")]


def is_adjusted(table: "pd.DataFrame") -> bool:
    """Say whether behaviors were compared within groups: what is drawn are then the differences within them."""
    return bool(table.attrs.get("by")) and set(ADJUSTED.values()) <= set(table.columns)


def behavior_row(record: dict) -> Row:
    """Return one record as a row."""
    verdict = record["verdict"] if isinstance(record["verdict"], str) else NOT_ENOUGH
    tone, symbol = LOOKS.get(verdict, UNDECIDED)
    shown = escape(verdict) if tone == "undecided" else f"<b>{escape(verdict)}</b>"
    return Row(
        wrapped(label(record), NAME_WIDTH, NAME_LINES),
        f"{counts(record)}<br>{shown}",
        wrapped(record["sentence"], HOVER_WIDTH),
        *(points(record[name]) for name in ("difference", "ci_low", "ci_high", "best_guess")),
        tone,
        symbol,
    )


def label(record: dict) -> str:
    """Return the words for a behavior: its `label`, else what its sentence begins with, else its column's name."""
    if isinstance(record.get("label"), str):
        return record["label"]
    name = str(record["behavior"])
    begin, colon, _ = str(record["sentence"]).partition(": ")
    if colon and ":" not in name:
        return begin
    words = name.removeprefix("did_").removeprefix("rated_").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or name


def counts(record: dict) -> str:
    """Return how often a callback came with it and without, in one line or two."""
    groups = GROUPS.get(record["kind"], WITH_OR_WITHOUT)
    parts = [
        f"{int(called):,} of {int(n):,} {group}" if n else f"none {group}"
        for called, n, group in (
            (record["callbacks_with"], record["n_with"], groups[0]),
            (record["callbacks_without"], record["n_without"], groups[1]),
        )
    ]
    short = " · ".join(parts)
    return short if len(short) <= COUNTS_WIDTH else "<br>".join(parts)


def points(fraction: float) -> float | None:
    """Return a fraction in percentage points, None where there is none."""
    return POINTS * min(max(float(fraction), -1.0), 1.0) if math.isfinite(fraction) else None


def nothing_to_compare(attrs: dict) -> str:
    """Return what is missing where a table of behaviors is empty."""
    if attrs.get("interviews") == 0:
        return "No interviews yet. Write the first one down, and the behaviors show up here."
    return "No behaviors to compare yet. Note in a debrief what you did, and it shows up here."


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


def edges(rows: Sequence[Row]) -> list[int]:
    """Return where the rows begin, and where the last one ends, in pixels from the top."""
    return list(itertools.accumulate((row.height for row in rows), initial=0))


def centers(rows: Sequence[Row]) -> list[float]:
    """Return the middle of each row, in pixels from the top."""
    return [edge - row.height / 2 for edge, row in zip(edges(rows)[1:], rows, strict=True)]


def behaviors_layout(rows: Sequence[Row], key: str, *, dark: bool) -> dict:
    """Return the layout of the forest plot: names left, counts right, words for both directions above."""
    tall = len(rows) > TALL
    top, bottom = (94 if tall else 74), 46
    layout = base_layout(height=top + edges(rows)[-1] + bottom, dark=dark)
    return layout | {
        "margin": layout["margin"] | {"t": top, "b": bottom},
        "showlegend": False,
        "hovermode": "y",
        "hoverdistance": ROW // 2,
        "annotations": [key_words(key, dark=dark, shift=top - 8), *direction_words(dark=dark, shift=top - 70)],
        "shapes": row_rules(rows, dark=dark),
        **points_axes(rows, tall=tall, dark=dark),
        **row_axes(rows, dark=dark),
    }


def key(table: "pd.DataFrame") -> str:
    """Return what each kind of mark stands for, in one line."""
    confidence = table.attrs.get("confidence")
    level = f" ({confidence * 100:g}%)" if confidence else ""
    groups = " and ".join(escape(str(name).replace("_", " ")) for name in table.attrs.get("by") or [])
    seen = f"within the same {groups}" if is_adjusted(table) else "seen"
    return f"<b>●</b> difference {seen}     <b>━</b> plausible range{level}     <b>|</b> best guess, allowing for luck"


def key_words(text: str, *, dark: bool, shift: int) -> dict:
    """Return the key at the very top."""
    theme = DARK if dark else LIGHT
    place = {"xref": "x domain", "x": 0.5, "yref": "y domain", "y": 1, "yanchor": "top", "yshift": shift}
    return place | {"text": text, "showarrow": False, "font": {"size": 12, "color": theme.muted}}


def direction_words(*, dark: bool, shift: int) -> list[dict]:
    """Return what left, zero and right mean, above the rows."""
    theme = DARK if dark else LIGHT
    above = {"yref": "y domain", "y": 1, "yanchor": "bottom", "yshift": shift, "showarrow": False}
    font = {"font": {"size": 12, "color": theme.ink}}
    words = (
        ("◀ fewer callbacks<br>with it", {"xref": "x domain", "x": 0, "xanchor": "left", "align": "left"}),
        ("no<br>difference", {"xref": "x", "x": 0, "xanchor": "center", "align": "center"}),
        ("more callbacks ▶<br>with it", {"xref": "x domain", "x": 1, "xanchor": "right", "align": "right"}),
    )
    return [above | font | {"text": text} | place for text, place in words]


def row_rules(rows: Sequence[Row], *, dark: bool) -> list[dict]:
    """Return faint lines between the rows, from edge to edge of the scale."""
    theme = DARK if dark else LIGHT
    line = {
        "type": "line",
        "layer": "below",
        "line": {"color": theme.grid, "width": 1},
        "xref": "x domain",
        "yref": "y",
    }
    return [line | {"x0": 0, "x1": 1, "y0": edge, "y1": edge} for edge in edges(rows)[1:-1]]


def points_axes(rows: Sequence[Row], *, tall: bool, dark: bool) -> dict:
    """Return the scale below the rows, and above them too where they are many."""
    theme = DARK if dark else LIGHT
    reach, ticks = scale(x for row in rows for x in (row.low, row.high, row.difference, row.best_guess))
    words = {"tickvals": ticks, "ticktext": [signed(tick) for tick in ticks], "range": [-reach, reach]}
    zero = {"zeroline": True, "zerolinecolor": theme.zero, "zerolinewidth": 1.5}
    title = {"text": "difference in callback rate, percentage points", "font": {"size": 12, "color": theme.muted}}
    return {
        "xaxis": base_axis(dark=dark, showgrid=True, title=title | {"standoff": 6}, **zero, **words),
        "xaxis2": base_axis(dark=dark, overlaying="x", side="top", showticklabels=tall, **words),
    }


def row_axes(rows: Sequence[Row], *, dark: bool) -> dict:
    """Return the axes that hold the names, left, and the counts and verdicts, right."""
    theme = DARK if dark else LIGHT
    height = {"tickvals": centers(rows), "range": [edges(rows)[-1], 0]}
    places = height | {"ticks": "outside", "ticklen": 8, "tickcolor": "rgba(0,0,0,0)"}
    names, figures = [row.name for row in rows], [row.counts for row in rows]
    name_font, figure_font = {"size": 13, "color": theme.ink}, {"size": 12, "color": theme.ink}
    return {
        "yaxis": base_axis(dark=dark, ticktext=names, **places) | {"tickfont": name_font},
        "yaxis2": base_axis(dark=dark, ticktext=figures, overlaying="y", side="right", **places)
        | {"tickfont": figure_font},
    }


def scale(values: Iterable[float | None]) -> tuple[float, list[int]]:
    """Return how far an axis reaches to both sides of 0, in points, and its ticks, 3 to 9 of them."""
    farthest = max((abs(value) for value in values if value is not None), default=50)
    reach = 1.06 * max(farthest, 5)
    step = next((step for step in (2, 5, 10, 20, 25) if reach < 4.5 * step), 50)
    last = int(reach // step) * step
    return reach, list(range(-last, last + 1, step))


def signed(number: int) -> str:
    """Return a whole number with its sign, zero without."""
    return f"{number:+d}".replace("-", "−") if number else "0"

"""The tidy tables as Plotly figures; draws, never computes."""

import bisect
import itertools
import math
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
THIN = 200  # a band of one part in so many is too thin to follow
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
    top, bottom = (110 if tall else 90), 46
    layout = base_layout(height=top + edges(rows)[-1] + bottom, dark=dark)
    return layout | {
        "margin": layout["margin"] | {"t": top, "b": bottom},
        "showlegend": False,
        "hovermode": "y",
        "hoverdistance": ROW // 2,
        "annotations": [key_words(key, dark=dark, shift=top - 8), *direction_words(dark=dark, shift=top - 86)],
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
        ("◀ fewer<br>callbacks<br>with it", {"xref": "x domain", "x": 0, "xanchor": "left", "align": "left"}),
        ("no<br>difference", {"xref": "x", "x": 0, "xanchor": "center", "align": "center"}),
        ("more ▶<br>callbacks<br>with it", {"xref": "x domain", "x": 1, "xanchor": "right", "align": "right"}),
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


# Rates with their counts: over time, by stage, while waiting, by guess

RATES = ("rate", "ci_low", "ci_high")
HEADING_WIDTH = 92
WIDE, SIDEWAYS = 8, 44  # periods whose words have room side by side; turned by 90 degrees
APART = 8  # percent between two words beside a stack
WAITING_COLUMNS = ("day", "at_risk", "callback", "closed", "waiting", "callback_low", "callback_high", "still_possible")
PARTS = (("callback", "called back", "callback"), ("waiting", "waiting", "undecided"), ("closed", "closed", "against"))
PLACES = {
    **dict.fromkeys(("callback", "offer"), "callback"),
    **dict.fromkeys(("no callback", "rejected", "no reply", "closed"), "against"),
    **dict.fromkeys(("pending", "waiting", "withdrawn"), "undecided"),
}


class Counted(NamedTuple):
    """What a rate over time counts: its column and words, and how it looks."""

    column: str
    words: str
    tone: str
    symbol: str
    glyph: str


def plot_trend(table: "pd.DataFrame", *, dark: bool = False) -> "go.Figure":
    """Return the callback rate of each period in the table of `outcome_trend`, in percent.

    A mark at the rate on a line for the plausible range; below it the period and the counts. Periods stand side by side
    at equal distance, however long they are. The sentence of the trend stands above. `dark` is for dark pages.
    """
    records = records_of(table, ("start", "end", "n", "callbacks", "pending", *RATES), "plot_trend", "outcome_trend")
    if not records:
        nothing = "No dated interviews yet. Note the day of an interview, and callbacks over time show up here."
        return empty_figure(nothing, dark=dark)
    return over_time(table, records, Counted("callbacks", "called back", "callback", "circle", "●"), dark=dark)


def plot_habit(table: "pd.DataFrame", *, dark: bool = False) -> "go.Figure":
    """Return how often a habit was done in each period in the table of `habit_trend`, drawn as in `plot_trend`."""
    records = records_of(table, ("start", "end", "n", "done", *RATES), "plot_habit", "habit_trend")
    if not records:
        nothing = "This habit is in no dated debrief yet. Note it in a few, and how often you did it shows up here."
        return empty_figure(nothing, dark=dark)
    return over_time(table, records, Counted("done", "did it", "ink", "square", "■"), dark=dark)


def over_time(table: "pd.DataFrame", records: list[dict], counted: Counted, *, dark: bool) -> "go.Figure":
    """Return a rate for each period of a table."""
    import plotly.graph_objects as go

    color, places, rates = getattr(theme_of(dark), counted.tone), list(range(len(records))), percents(records, "rate")
    upright = len(records) <= WIDE
    hover = [rate_sentence(period(record), record, counted.column, counted.words) for record in records]
    traces = [
        line_trace("way", places, rates, color=faint(color, 0.4), width=1.5, dash="dot"),
        upright_ranges(places, records, color),
        rate_marks(places, rates, hover, {"symbol": counted.symbol, "color": color}, dark=dark),
    ]
    key = f"<b>{counted.glyph}</b> {counted.words}     <b>┃</b> plausible range{level(table)}"
    layout = rate_layout(table, key, height=340 if upright else 500, dark=dark)
    beside = {"xanchor": "left", "xshift": 7, "font": {"size": 13, "color": theme_of(dark).ink}}
    shown = zip(places, rates, strict=True) if upright else ()
    layout["annotations"] += [
        note(f"<b>{y:.0f}%</b>", dark=dark, x=x, y=y, **beside) for x, y in shown if y is not None
    ]
    axes = {"xaxis": period_axis(records, counted.column, upright=upright, dark=dark), "yaxis": percent_axis(dark=dark)}
    return go.Figure(traces, layout | axes)


def period_axis(records: Sequence[dict], column: str, *, upright: bool, dark: bool) -> dict:
    """Return the axis that holds periods and counts: upright while there is room, else sideways, else not all."""
    step = math.ceil(len(records) / SIDEWAYS)
    told = [[period(record), f"<b>{of(record, column)}</b>", *pending(record)] for record in records[::step]]
    texts = ["<br>".join(parts).replace(" – ", " –<br>") if upright else " · ".join(parts) for parts in told]
    words = {"tickvals": list(range(0, len(records), step)), "ticktext": texts, "tickangle": 0 if upright else -90}
    return base_axis(dark=dark, range=[-0.5, len(records) - 0.5], **words, **away(dark))


def period(record: dict) -> str:
    """Return from when to when, as short as it can be said."""
    start, end = record["start"], record["end"]
    if "NaT" in (str(start), str(end)):
        return "no date"
    begin, year, last = f"{start.day} {start:%b}", f" {start.year}", f"{end.day} {end:%b} {end.year}"
    if start.date() == end.date():
        return last
    return f"{begin}{year if start.year != end.year else ''} – {last}"


def plot_stages(table: "pd.DataFrame", *, dark: bool = False) -> "go.Figure":
    """Return how many went on from each stage in the table of `stage_conversion`, in percent, its first row on top.

    A bar for each stage: the part called back, then the part not called back; a mark on a line for the plausible range;
    right of it the counts and what is pending.
    """
    import plotly.graph_objects as go

    columns = ("stage", "n", "callbacks", "not_called_back", "pending", *RATES)
    rows = [stage_row(record) for record in records_of(table, columns, "plot_stages", "stage_conversion")]
    if not rows:
        return empty_figure("No stages yet. Note the stage of an interview, and it shows up here.", dark=dark)
    theme = theme_of(dark)
    dot = {"symbol": "circle", "size": 10, "opacity": 1, "color": theme.ink, "line": {"color": theme.paper, "width": 1}}
    traces = [
        *(stage_bars(rows, tone, theme) for tone in ("callback", "against")),
        range_trace(rows, "undecided", theme) | {"name": "range", "line": {"color": theme.ink, "width": 2}},
        marks("rate", [row.difference for row in rows], rows) | {"marker": dot, "hoverinfo": "skip"},
        sentence_trace(rows),
    ]
    key = f"<b>●</b> rate     <b>━</b> plausible range{level(table)}<br> "  # the last line is for the words of the bars
    layout = rate_layout(table, key, height=edges(rows)[-1] + 34, dark=dark)
    layout["margin"] |= {"b": 34}
    layout["annotations"] += bar_words(dark=dark)
    axis = percent_axis(dark=dark)
    layout |= {"xaxis": axis, "xaxis2": axis | {"overlaying": "x", "showticklabels": False, "showgrid": False}}
    layout |= {"hovermode": "y", "hoverdistance": ROW // 2, "barmode": "overlay"}
    return go.Figure(traces, layout | row_axes(rows, dark=dark))


def stage_row(record: dict) -> Row:
    """Return one stage as a row, its rate where a behavior has its difference."""
    rate, low, high = (percent(record[name]) for name in RATES)
    name = record["stage"] if isinstance(record["stage"], str) else "no stage noted"
    counts = f"{'' if rate is None else f'<b>{rate:.0f}%</b> · '}{of(record, 'callbacks')}"
    sentence = rate_sentence(name, record, "callbacks", "called back")
    counts = "<br>".join([counts, *pending(record)])
    return Row(wrapped(name, NAME_WIDTH, NAME_LINES), counts, sentence, rate, low, high, None, *UNDECIDED)


def stage_bars(rows: Sequence[Row], tone: str, theme: Theme) -> dict:
    """Return the parts called back, from 0 on, or those not called back, which fill up to 100."""
    color, back, rates = getattr(theme, tone), tone == "callback", [row.difference for row in rows]
    return {
        "type": "bar",
        "name": "called back" if back else "not called back",
        "orientation": "h",
        "x": [rate if back or rate is None else POINTS - rate for rate in rates],
        "base": [0 if back else rate for rate in rates],
        "y": centers(rows),
        "width": 24,
        "marker": {"color": faint(color, 0.55), "pattern": {} if back else stripes(color), "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def bar_words(*, dark: bool) -> list[dict]:
    """Return what the two parts of a bar are, above them."""
    theme = theme_of(dark)
    above = {"xref": "x domain", "yref": "y domain", "y": 1, "yanchor": "bottom", "yshift": 1}
    back, other = f"{square(theme.callback)} called back", f"not called back {square(theme.against)}"
    font = {"font": {"size": 12, "color": theme.ink}}
    places = ((back, {"x": 0, "xanchor": "left"}), (other, {"x": 1, "xanchor": "right"}))
    return [note(text, dark=dark, **place, **above, **font) for text, place in places]


def plot_paths(table: "pd.DataFrame", *, dark: bool = False) -> "go.Figure":
    """Return the ways from stage to stage that the table of `stage_conversion` holds in `attrs["paths"]`.

    A band is as thick as the interviews that went that way; a place has its name and how many came to it, or left it
    where those are more. Ways that less than one in 200 of very many went are not drawn, as a line says.
    """
    import plotly.graph_objects as go

    every = [path for path in table.attrs.get("paths") or [] if path["count"]]
    least = sum(path["count"] for path in every) // THIN
    paths = [path for path in every if path["count"] >= least]
    if not paths:
        nothing = "No ways from stage to stage yet. Note stages and outcomes, and they show up here."
        return empty_figure(nothing, dark=dark)
    names = list(dict.fromkeys(path[end] for path in paths for end in ("source", "target")))
    labels = [f"{wrapped(name, NAME_WIDTH, 2)} · {passing(name, every):,}" for name in names]
    layout = base_layout(height=max(220, 60 + 42 * len(names)), dark=dark)
    if len(paths) < len(every):
        above = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 8}
        layout["annotations"] = [note(f"only the ways that {least:,} interviews or more went", dark=dark, **above)]
        layout["margin"] |= {"t": 40}
    layout["dragmode"] = "pan"  # any other makes Plotly stumble over a Sankey's background
    return go.Figure(paths_trace(paths, names, labels, theme_of(dark)), layout)


def paths_trace(paths: Sequence[dict], names: Sequence[str], labels: Sequence[str], theme: Theme) -> dict:
    """Return bands between places."""
    link = {
        **{end: [names.index(path[end]) for path in paths] for end in ("source", "target")},
        "value": [path["count"] for path in paths],
        "color": [faint(getattr(theme, PLACES.get(path["target"], "ink")), 0.3) for path in paths],
        "customdata": [f"{escape(path['source'])} → {escape(path['target'])}: {path['count']:,}" for path in paths],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    colors = [getattr(theme, PLACES.get(name, "ink")) for name in names]
    node = {"label": labels, "color": colors, "pad": 22, "thickness": 14, "line": {"width": 0}, "hoverinfo": "skip"}
    font = {"size": 13, "color": theme.ink, "shadow": "none"}
    return {"type": "sankey", "name": "paths", "arrangement": "fixed", "node": node, "link": link, "textfont": font}


def passing(name: str, paths: Sequence[dict]) -> int:
    """Return how many came to a place or left it, whichever is more."""
    return max(sum(path["count"] for path in paths if path[end] == name) for end in ("source", "target"))


def plot_waiting(table: "pd.DataFrame", *, dark: bool = False) -> "go.Figure":
    """Return what came of the interviews by day in the table of `waiting_curve`, in percent.

    Above, the parts called back, still waiting and closed, with the plausible range of the first as dotted lines.
    Below, the chance that a callback still comes after so many silent days, and how many were open on some of them.
    """
    import plotly.graph_objects as go

    records = records_of(table, WAITING_COLUMNS, "plot_waiting", "waiting_curve")
    if not records:
        nothing = "No dated interviews yet. Note their days and answers, and how long answers take shows up here."
        return empty_figure(nothing, dark=dark)
    theme = theme_of(dark)
    last = records[-1]
    drawn = [*records, last | {"day": last["day"] + max(1, last["day"] // 30)}]  # so that the last step is seen
    days = [float(record["day"]) for record in drawn]
    ticks = day_ticks(days[-2])
    traces = [area_trace(days, percents(drawn, name), name, getattr(theme, tone)) for name, _, tone in PARTS]
    for name in ("callback_low", "callback_high"):
        traces.append(line_trace(name, days, percents(drawn, name), color=theme.ink, dash="dot", width=1.5, shape="hv"))
    traces += possible_traces(days, drawn, ticks, theme)
    key = f"what came of the interviews, day by day     <b>┄┄</b> plausible range of the callbacks{level(table)}"
    layout = rate_layout(table, key, height=500, dark=dark)
    layout["margin"] |= {"r": 150}
    below = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "y2 domain", "y": 1, "yanchor": "bottom", "yshift": 12}
    words = "<b>━</b> chance that a callback still comes, after so many days without an answer"
    layout["annotations"] += [*part_words(drawn[-1], dark=dark), note(words, dark=dark, **below)]
    at_risk = [drawn[min(bisect.bisect_left(days, tick), len(days) - 1)]["at_risk"] for tick in ticks]
    texts = [f"day {tick}<br><b>{whole(n)}</b> open" for tick, n in zip(ticks, at_risk, strict=True)]
    axis = {"tickvals": ticks, "ticktext": texts, "range": [0, days[-1]], "anchor": "y2"}
    return go.Figure(
        traces,
        layout
        | {"xaxis": base_axis(dark=dark, **axis, **away(dark)), "yaxis": percent_axis(dark=dark, domain=[0.44, 1])}
        | {"yaxis2": percent_axis(50, dark=dark, domain=[0, 0.3])},
    )


def area_trace(days: Sequence[float], y: Sequence[float | None], name: str, color: str) -> dict:
    """Return one of the parts that stack to 100: the callbacks full, what waits faint, what is closed striped."""
    outline = {"color": color, "width": 2.5 if name == "callback" else 1, "shape": "hv"}
    fill = {"fillcolor": faint(color, 0.15 if name == "waiting" else 0.5), "stackgroup": "parts"}
    pattern = {"fillpattern": stripes(color)} if name == "closed" else {}
    return line_trace(name, days, y, **outline) | fill | pattern


def possible_traces(days: Sequence[float], records: Sequence[dict], ticks: Sequence[int], theme: Theme) -> list[dict]:
    """Return the chance of a callback still to come, and its words above some of the days."""
    rates = percents(records, "still_possible")
    held = [rates[max(bisect.bisect_right(days, tick) - 1, 0)] for tick in ticks]
    line = {"color": theme.callback, "width": 2.5, "shape": "hv"}
    words = {
        "mode": "text",
        "text": ["" if rate is None else f"<b>{rate:.0f}%</b>" for rate in held],
        "textposition": "top right",
        "textfont": {"size": 12, "color": theme.ink},
    }
    hover = {"hovertext": [day_sentence(record) for record in records], "hoverinfo": "text"}
    below = {"cliponaxis": False, "yaxis": "y2"}
    return [
        line_trace("still possible", days, rates, **line) | hover | below,
        line_trace("in words", ticks, held) | words | below,
    ]


def day_sentence(record: dict) -> str:
    """Return one day in words, as it shows on hover."""
    named = [(percent(record[name]), words) for name, words, _ in PARTS]
    named.append((percent(record["still_possible"]), "chance that a callback still comes"))
    told = ", ".join(f"{rate:.0f}% {words}" for rate, words in named if rate is not None)
    return wrapped(f"Day {whole(record['day'])}, {whole(record['at_risk'])} still open: {told}", HOVER_WIDTH)


def day_ticks(last: float) -> list[int]:
    """Return at most 8 days, by days, weeks or months."""
    step = next((step for step in (1, 2, 7, 14, 30, 60, 90, 180) if last <= 7 * step), 10 * math.ceil(last / 70))
    return list(range(0, int(last) + 1, step))


def part_words(last: dict, *, dark: bool) -> list[dict]:
    """Return what each part of the stack is called, beside its end, apart from each other."""
    theme = theme_of(dark)
    sizes = [percent(last[name]) or 0 for name, *_ in PARTS]
    middles = [top - size / 2 for top, size in zip(itertools.accumulate(sizes), sizes, strict=True)]
    place = {"xref": "x domain", "x": 1, "xanchor": "left", "xshift": 4, "font": {"size": 13, "color": theme.ink}}
    return [
        note(f"{square(getattr(theme, tone))} <b>{size:.0f}%</b> {words}", dark=dark, yref="y", y=y, **place)
        for (_, words, tone), size, y in zip(PARTS, sizes, spread(middles), strict=True)
    ]


def spread(heights: Sequence[float]) -> list[float]:
    """Return rising heights moved as little as it takes to stand apart from each other, within 4 and 96."""
    found = list(heights)
    for at in range(len(found)):
        found[at] = max(found[at], found[at - 1] + APART if at else 4)
    for at in reversed(range(len(found))):
        found[at] = min(found[at], found[at + 1] - APART if at + 1 < len(found) else 96)
    return found


def plot_calibration(table: "pd.DataFrame", *, dark: bool = False) -> "go.Figure":
    """Return how often a callback came against the chance that was guessed, from the table of `chance_calibration`.

    Both in percent: a mark for each group of guesses on a line for the plausible range, with its counts; on the dashed
    line guesses come true. The sentence of the table stands above.
    """
    import plotly.graph_objects as go

    columns = ("low", "high", "n", "said", "callbacks", *RATES)
    records = records_of(table, columns, "plot_calibration", "chance_calibration")
    if not records:
        nothing = "No guesses to look back on yet. Note your chance in a debrief and the outcome once you know it."
        return empty_figure(nothing, dark=dark)
    theme = theme_of(dark)
    # A group that nobody guessed has no mean: its count stands in its middle.
    middles = [(record["low"] + record["high"]) / 2 for record in records]
    said = [x if (x := number(record["said"])) is not None else y for record, y in zip(records, middles, strict=True)]
    hover = [
        rate_sentence(f"Said {x:.0f}%", record, "callbacks", "called back")
        for x, record in zip(said, records, strict=True)
    ]
    traces = [
        line_trace("as said", [0, POINTS], [0, POINTS], color=theme.muted, width=1.5, dash="dash"),
        upright_ranges(said, records, theme.callback),
        rate_marks(said, percents(records, "rate"), hover, {"symbol": "circle", "color": theme.callback}, dark=dark),
    ]
    key = f"<b>●</b> how often a callback came     <b>┃</b> plausible range{level(table)}     <b>┄┄</b> as you said"
    layout = rate_layout(table, key, height=430, dark=dark)
    layout["margin"] |= {"r": 24}
    layout["annotations"] += [*guess_words(dark=dark), *guess_counts(said, records, dark=dark)]
    title = {"font": {"size": 12, "color": theme.muted}, "standoff": 6}
    x = percent_axis(dark=dark, title=title | {"text": "the chance you gave"}) | {"showgrid": False} | away(dark)
    return go.Figure(
        traces, layout | {"xaxis": x, "yaxis": percent_axis(dark=dark, title=title | {"text": "called back"})}
    )


def guess_words(*, dark: bool) -> list[dict]:
    """Return what it means to stand above or below the dashed line."""
    high, low = {"x": 1, "y": 99, "xanchor": "left", "yanchor": "top"}, {"x": 99, "y": 1, "yanchor": "bottom"}
    return [
        note("▲ more callbacks than you said", dark=dark, **high),
        note("▼ fewer callbacks than you said", dark=dark, xanchor="right", **low),
    ]


def guess_counts(said: Sequence[float], records: Sequence[dict], *, dark: bool) -> list[dict]:
    """Return the counts beside the marks, left where the right has no room; at 10 where there is no mark."""
    right = {"xanchor": "left", "xshift": 8, "font": {"size": 12, "color": theme_of(dark).ink}}
    left = right | {"xanchor": "right", "xshift": -8}
    rates = [10 if rate is None else rate for rate in percents(records, "rate")]
    spots = list(zip(said, rates, [*said[1:], POINTS], records, strict=True))
    return [
        note(f"<b>{of(record, 'callbacks')}</b>", dark=dark, x=x, y=y, **(left if following - x < 9 else right))
        for x, y, following, record in spots
    ]


def records_of(table: "pd.DataFrame", columns: Sequence[str], chart: str, source: str) -> list[dict]:
    """Return the rows of a table; ValueError names a column that it lacks."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ValueError(f"the table has no column {missing[0]!r}; {chart} draws the table that {source} returns")
    return table.to_dict("records")


def number(value: object) -> float | None:
    """Return a finite number, None where it is missing in any way."""
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def percent(value: object) -> float | None:
    """Return a fraction in percent, None where it is missing in any way."""
    fraction = number(value)
    return None if fraction is None else points(fraction)


def percents(records: Sequence[dict], name: str) -> list[float | None]:
    """Return a column of fractions in percent."""
    return [percent(record[name]) for record in records]


def whole(value: object) -> str:
    """Return a count in words, 0 where it is missing."""
    return f"{int(number(value) or 0):,}"


def of(record: dict, column: str) -> str:
    """Return "8 of 21"."""
    return f"{whole(record[column])} of {whole(record['n'])}"


def pending(record: dict) -> list[str]:
    """Return how many are pending, nothing where none is."""
    return [f"{whole(record['pending'])} pending"] if number(record.get("pending")) else []


def rate_sentence(begin: str, record: dict, column: str, words: str) -> str:
    """Return one rate in words, as it shows on hover."""
    rate, low, high = (percent(record[name]) for name in RATES)
    parts = [f"{of(record, column)} {words}" if rate is None else f"{rate:.0f}% {words} ({of(record, column)})"]
    parts += [] if low is None or high is None else [f"plausibly {low:.0f}% to {high:.0f}%"]
    return wrapped(f"{begin}: {', '.join(parts + pending(record))}", HOVER_WIDTH)


def line_trace(name: str, x: Sequence[float | None], y: Sequence[float | None], **line) -> dict:
    """Return a line without hover."""
    return {"type": "scatter", "name": name, "mode": "lines", "x": list(x), "y": list(y)} | {
        "line": line,
        "hoverinfo": "skip",
    }


def upright_ranges(x: Sequence[float], records: Sequence[dict], color: str) -> dict:
    """Return the plausible ranges as upright lines, with a gap after each."""
    ranges = zip(x, percents(records, "ci_low"), percents(records, "ci_high"), strict=True)
    drawn = [(place, low, high) for place, low, high in ranges if low is not None and high is not None]
    ends = [y for _, low, high in drawn for y in (low, high, None)]
    return line_trace("range", [place for x, *_ in drawn for place in (x, x, None)], ends, color=color, width=2.5)


def rate_marks(x: Sequence[float], rates: Sequence[float | None], hover: list[str], look: dict, *, dark: bool) -> dict:
    """Return a mark at each rate, with a sentence on hover; `look` is symbol and color."""
    outline = {"line": {"color": theme_of(dark).paper, "width": 1.5}}
    marker = {"mode": "markers", "marker": look | outline | {"size": 12, "opacity": 1}}
    return line_trace("rate", x, rates) | marker | {"hovertext": hover, "hoverinfo": "text", "cliponaxis": False}


def rate_layout(table: "pd.DataFrame", key: str, *, height: int, dark: bool) -> dict:
    """Return a layout with the table's sentence and a key above; `height` is what the rest needs, in pixels."""
    sentence = (table.attrs.get("trend") or table.attrs).get("sentence")
    text = f"{wrapped(sentence, HEADING_WIDTH)}<br>" if isinstance(sentence, str) else ""
    text += f'<span style="font-size:12px;color:{theme_of(dark).muted}">{key}</span>'
    top = 42 + 18 * text.count("<br>")
    above = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "top", "yshift": top - 4}
    font = {"align": "left", "font": {"size": 13, "color": theme_of(dark).ink}}
    layout = base_layout(height=height + top, dark=dark)
    layout["margin"] |= {"t": top}
    words = {"annotations": [note(text, dark=dark, **above, **font)]}
    return layout | words | {"showlegend": False, "hovermode": "closest"}


def percent_axis(step: int = 25, *, dark: bool, **more) -> dict:
    """Return a scale from 0 to 100 percent."""
    ticks = list(range(0, POINTS + 1, step))
    words = {"tickvals": ticks, "ticktext": [f"{tick}%" for tick in ticks], "range": [0, POINTS]}
    zero = {"zeroline": True, "zerolinecolor": theme_of(dark).grid, "zerolinewidth": 1}
    return base_axis(dark=dark, showgrid=True, **words, **zero, **more)


def away(dark: bool) -> dict:
    """Return what keeps the words of an axis away from the marks at its edge."""
    tickfont = {"size": 12, "color": theme_of(dark).ink}
    return {"ticks": "outside", "ticklen": 9, "tickcolor": "rgba(0,0,0,0)", "tickfont": tickfont}


def note(text: str, *, dark: bool, **place) -> dict:
    """Return words on a chart, small and muted unless `place` says otherwise."""
    return {"text": text, "showarrow": False, "font": {"size": 12, "color": theme_of(dark).muted}} | place


def theme_of(dark: bool) -> Theme:
    """Return the colors of a dark or a light page."""
    return DARK if dark else LIGHT


def level(table: "pd.DataFrame") -> str:
    """Return the confidence of the ranges, where the table tells it."""
    confidence = table.attrs.get("confidence")
    return f" ({confidence * 100:g}%)" if confidence else ""


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

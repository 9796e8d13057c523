"""The ways from stage to stage."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from interview_kit.charts.rates import NARROW_HOVER
from interview_kit.charts.rows import (
    ABOVE_WIDTH,
    BOLD_WIDTH,
    NAME_WIDTH,
    UNDECIDED,
    Row,
    above,
    centers,
    edges,
    row_axes,
    words_above,
)
from interview_kit.charts.theme import (
    Look,
    Theme,
    base_axis,
    base_layout,
    empty_figure,
    escape,
    faint,
    left_edge,
    note,
    wrapped,
)

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

THIN = 200  # a band of one part in so many is too thin to follow
BAR, BAND = 10, 16  # px, where it is narrow
PLACES = {
    **dict.fromkeys(("callback", "offer"), "callback"),
    **dict.fromkeys(("no callback", "rejected", "no reply", "closed"), "against"),
    **dict.fromkeys(("pending", "waiting", "withdrawn"), "undecided"),
}


def plot_paths(table: "pd.DataFrame", *, dark: bool = False, narrow: bool = False) -> "go.Figure":
    """Return a chart of the ways from stage to stage that the table of `stage_conversion` holds in `attrs["paths"]`.

    Parameters
    ----------
    table : pandas.DataFrame
        As `stage_conversion` returns it.
    dark : bool, default False
        Whether the colors are for dark pages.
    narrow : bool, default False
        Whether the figure is made for the 320 px of a phone: each way is a bar, below the place that it leads from.

    Returns
    -------
    plotly.graph_objects.Figure
        A band is as thick as the interviews that went that way; a place has its name and how many came to it, or left
        it where those are more. Ways that less than one in 200 of very many went are not drawn, as a line says.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> table = ik.stage_conversion(interviews, as_of="2026-11-20")
    >>> figure = ik.plot_paths(table)
    >>> [trace.name for trace in figure.data]
    ['paths']
    """
    import plotly.graph_objects as go

    look = Look(dark, narrow)
    every = [path for path in table.attrs.get("paths") or [] if path["count"]]
    least = sum(path["count"] for path in every) // THIN
    paths = [path for path in every if path["count"] >= least]
    if not paths:
        nothing = "No ways from stage to stage yet. Note stages and outcomes, and they show up here."
        return empty_figure(nothing, look=look)
    traces, layout = (as_bars if narrow else as_bands)(paths, every, look=look)
    if len(paths) < len(every):
        above = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 8} | left_edge(look=look)
        words = note(f"only the ways that {least:,} interviews or more went", look=look, **above)
        layout["annotations"] = [words, *layout.get("annotations", ())]
        layout["margin"] |= {"t": 40}
    return go.Figure(traces, layout)


def as_bands(paths: Sequence[dict], every: Sequence[dict], *, look: Look) -> tuple[list[dict], dict]:
    """Return the ways as bands from place to place, and their layout."""
    names = list(dict.fromkeys(path[end] for path in paths for end in ("source", "target")))
    labels = [f"{wrapped(name, NAME_WIDTH, 2)} · {passing(name, every):,}" for name in names]
    layout = base_layout(height=max(220, 60 + 42 * len(names)), look=look)
    layout["dragmode"] = "pan"  # any other makes Plotly stumble over a Sankey's background
    return [paths_trace(paths, names, labels, look.theme)], layout


def as_bars(paths: Sequence[dict], every: Sequence[dict], *, look: Look) -> tuple[list[dict], dict]:
    """Return the ways as bars, place by place, and their layout."""
    rows = way_rows(paths, every)
    layout = base_layout(height=edges(rows)[-1] + 56, look=look)
    across = base_axis(look=look, showticklabels=False, range=[0, max(row.difference or 0 for row in rows)])
    layout |= {"xaxis": across, "annotations": words_above(rows, look=look), "showlegend": False}
    return [way_bars(rows, look.theme)], layout | row_axes(rows, look=look)


def way_rows(paths: Sequence[dict], every: Sequence[dict]) -> list[Row]:
    """Return a row for each way, below its place, then one for each end."""
    found, sources = [], list(dict.fromkeys(path["source"] for path in paths))
    for source in sources:
        place = f"{wrapped(source, BOLD_WIDTH - 8, 2)} · {passing(source, every):,}"
        ways = [path for path in paths if path["source"] == source]
        found += [way_row(place if at == 0 else "", "→ ", path) for at, path in enumerate(ways)]
    ends = list(dict.fromkeys(path["target"] for path in paths if path["target"] not in sources))
    whole = [{"source": "all", "target": name, "count": passing(name, every)} for name in ends]
    return found + [way_row("" if at else "what came of all of them", "", path) for at, path in enumerate(whole)]


def way_row(place: str, arrow: str, path: dict) -> Row:
    """Return one way as a row, its count where a behavior has its difference; `place` is said above the first of it."""
    words = f"{arrow}{wrapped(path['target'], ABOVE_WIDTH - 8, 2)}   <b>{path['count']:,}</b>"
    sentence = wrapped(f"{path['source']} → {path['target']}: {path['count']:,}", NARROW_HOVER)
    tone = PLACES.get(path["target"], "ink")
    return Row("", "", sentence, path["count"], None, None, None, tone, UNDECIDED[1], above(place, [words]), BAND)


def way_bars(rows: Sequence[Row], theme: Theme) -> dict:
    """Return bars as long as the interviews that went each way."""
    return {
        "type": "bar",
        "name": "paths",
        "orientation": "h",
        "x": [row.difference for row in rows],
        "y": centers(rows),
        "width": BAR,
        "marker": {"color": [faint(getattr(theme, row.tone), 0.55) for row in rows], "line": {"width": 0}},
        "hovertext": [row.sentence for row in rows],
        "hoverinfo": "text",
    }


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

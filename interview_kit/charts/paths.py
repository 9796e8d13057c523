"""The ways from stage to stage."""

from collections.abc import Sequence

from interview_kit.charts.rows import ABOVE_WIDTH, BOLD_WIDTH, NAME_WIDTH, UNDECIDED, Row, Rows, above
from interview_kit.charts.theme import Figure, Look, Table, escape, faint, wrapped

THIN = 200  # a band of one part in so many is too thin to follow
BAR, BAND = 10, 16  # px, where it is narrow
PLACES = {
    **dict.fromkeys(("callback", "offer"), "callback"),
    **dict.fromkeys(("no callback", "rejected", "no reply", "closed"), "against"),
    **dict.fromkeys(("pending", "waiting", "withdrawn"), "undecided"),
}


def plot_paths(table: Table, *, dark: bool = False, narrow: bool = False) -> Figure:
    """Return a chart of the ways from stage to stage that the table of `stage_conversion` holds in `attrs["paths"]`.

    Parameters
    ----------
    table : pandas.DataFrame
        As `stage_conversion` returns it.
    dark, narrow : bool, default False
        Whether it is for a dark page, and for a phone, where each way is a bar below the place that it leads from.

    Returns
    -------
    plotly.graph_objects.Figure
        A band is as thick as the interviews that went that way; a place has its name and how many came to it, or left
        it where those are more. Ways that less than one in 200 of very many went are not drawn, as a line says.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.stage_conversion(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> figure = ik.plot_paths(table)
    >>> [trace.name for trace in figure.data]
    ['paths']
    """
    look = Look(dark, narrow)
    every = [path for path in table.attrs.get("paths") or [] if path["count"]]
    least = sum(path["count"] for path in every) // THIN
    paths = [path for path in every if path["count"] >= least]
    if not paths:
        return look.message("No ways from stage to stage yet. Note stages and outcomes, and they show up here.")
    traces, layout = (as_bars if narrow else as_bands)(paths, every, look=look)
    if len(paths) < len(every):
        above = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 8} | look.left_edge()
        words = look.note(f"only the ways that {least:,} interviews or more went", **above)
        layout["annotations"] = [words, *layout.get("annotations", ())]
        layout["margin"] |= {"t": 40}
    return look.figure(traces, layout)


def as_bands(paths: Sequence[dict], every: Sequence[dict], *, look: Look) -> tuple[list[dict], dict]:
    """Return the ways as bands from place to place, and their layout."""
    names = list(dict.fromkeys(path[end] for path in paths for end in ("source", "target")))
    labels = [f"{wrapped(name, NAME_WIDTH, 2)} · {passing(name, every):,}" for name in names]
    layout = look.layout(max(220, 60 + 42 * len(names)))
    layout["dragmode"] = "pan"  # any other makes Plotly stumble over a Sankey's background
    return [paths_trace(paths, names, labels, look=look)], layout


def as_bars(paths: Sequence[dict], every: Sequence[dict], *, look: Look) -> tuple[list[dict], dict]:
    """Return the ways as bars, place by place, and their layout."""
    drawn = Rows(way_rows(paths, every, look), look)
    layout = look.layout(drawn.height + 56) | {"annotations": drawn.words_above(), "showlegend": False}
    across = look.axis(showticklabels=False, range=[0, max(row.difference or 0 for row in drawn.rows)])
    return [way_bars(drawn)], layout | {"xaxis": across} | drawn.axes()


def way_rows(paths: Sequence[dict], every: Sequence[dict], look: Look) -> list[Row]:
    """Return a row for each way, below its place, then one for each end."""
    found, sources = [], list(dict.fromkeys(path["source"] for path in paths))
    for source in sources:
        place = f"{wrapped(source, BOLD_WIDTH - 8, 2)} · {passing(source, every):,}"
        ways = [path for path in paths if path["source"] == source]
        found += [way_row(place if at == 0 else "", "→ ", path, look) for at, path in enumerate(ways)]
    ends = list(dict.fromkeys(path["target"] for path in paths if path["target"] not in sources))
    whole = [{"source": "all", "target": name, "count": passing(name, every)} for name in ends]
    return found + [way_row("" if at else "what came of all of them", "", path, look) for at, path in enumerate(whole)]


def way_row(place: str, arrow: str, path: dict, look: Look) -> Row:
    """Return one way as a row, its count where a behavior has its difference; `place` is said above the first of it."""
    words = f"{arrow}{wrapped(path['target'], ABOVE_WIDTH - 8, 2)}   <b>{path['count']:,}</b>"
    sentence = look.hover(f"{path['source']} → {path['target']}: {path['count']:,}")
    tone = PLACES.get(path["target"], "ink")
    return Row("", "", sentence, path["count"], None, None, None, tone, UNDECIDED[1], above(place, [words]), BAND)


def way_bars(drawn: Rows) -> dict:
    """Return bars as long as the interviews that went each way."""
    return {
        "type": "bar",
        "name": "paths",
        "orientation": "h",
        "x": drawn.differences,
        "y": drawn.centers,
        "width": BAR,
        "marker": {"color": [faint(color, 0.55) for color in drawn.colors()], "line": {"width": 0}},
        "hovertext": [row.sentence for row in drawn.rows],
        "hoverinfo": "text",
    }


def paths_trace(paths: Sequence[dict], names: Sequence[str], labels: Sequence[str], *, look: Look) -> dict:
    """Return bands between places."""
    colors = {name: look.color(PLACES.get(name, "ink")) for name in names}
    link = {
        **{end: [names.index(path[end]) for path in paths] for end in ("source", "target")},
        "value": [path["count"] for path in paths],
        "color": [faint(colors[path["target"]], 0.3) for path in paths],
        "customdata": [f"{escape(path['source'])} → {escape(path['target'])}: {path['count']:,}" for path in paths],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    node = {"label": labels, "color": [*colors.values()], "pad": 22, "thickness": 14, "line": {"width": 0}}
    font, skip = look.font(13) | {"shadow": "none"}, {"hoverinfo": "skip"}
    drawn = {"arrangement": "fixed", "node": node | skip, "link": link, "textfont": font}
    return {"type": "sankey", "name": "paths"} | drawn


def passing(name: str, paths: Sequence[dict]) -> int:
    """Return the number of interviews that came to a place or left it, whichever is more."""
    return max(sum(path["count"] for path in paths if path[end] == name) for end in ("source", "target"))

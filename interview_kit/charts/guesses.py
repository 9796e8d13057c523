"""Guesses of a callback against what came of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from interview_kit.charts.rate_rows import Counted, rate_row, rate_rows_layout, rate_traces
from interview_kit.charts.rates import (
    RATES,
    away,
    level,
    line_trace,
    number,
    of,
    percent_axis,
    percents,
    rate_layout,
    rate_marks,
    rate_sentence,
    records_of,
    upright_ranges,
)
from interview_kit.charts.rows import best_guess_trace
from interview_kit.charts.theme import POINTS, Look, empty_figure, note

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

CAME = Counted("callbacks", "called back", "callback", "circle", "●")


def plot_calibration(table: "pd.DataFrame", *, dark: bool = False, narrow: bool = False) -> "go.Figure":
    """Return a chart of how often a callback came against the chance guessed, from the table of `chance_calibration`.

    Parameters
    ----------
    table : pandas.DataFrame
        As `chance_calibration` returns it.
    dark : bool, default False
        Whether the colors are for dark pages.
    narrow : bool, default False
        Whether the figure is made for the 320 px of a phone: each group is a row, with a tick at what was said.

    Returns
    -------
    plotly.graph_objects.Figure
        Both in percent: a mark for each group of guesses on a line for the plausible range, with its counts; on the
        dashed line guesses come true. The sentence of the table stands above.

    Raises
    ------
    ValueError
        For a table that lacks a column; the error names it.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> table = ik.chance_calibration(interviews)
    >>> figure = ik.plot_calibration(table)
    >>> [trace.name for trace in figure.data]
    ['as said', 'range', 'rate']
    """
    look = Look(dark, narrow)
    columns = ("low", "high", "n", "mean_guess", "callbacks", *RATES)
    records = records_of(table, columns, "plot_calibration", "chance_calibration")
    if not records:
        nothing = "No guesses to look back on yet. Note your chance in a debrief and the outcome once you know it."
        return empty_figure(nothing, look=look)
    return (in_rows if narrow else against_said)(table, records, look=look)


def in_rows(table: "pd.DataFrame", records: list[dict], *, look: Look) -> "go.Figure":
    """Return a row for each group of guesses: how often a callback came, and what was said."""
    import plotly.graph_objects as go

    rows = [rate_row(guess(record), record, CAME, look=look, said=number(record["mean_guess"])) for record in records]
    parts = ("<b>●</b> how often a callback came", f"<b>━</b> plausible range{level(table)}")
    layout = rate_rows_layout(table, rows, look.key(*parts, "<b>|</b> as you said, on average"), look=look)
    said = best_guess_trace(rows, look.theme) | {"name": "as said"}
    return go.Figure([said, *rate_traces(rows, look=look)], layout)


def guess(record: dict) -> str:
    """Return what was guessed in a group."""
    average = "" if (said := number(record["mean_guess"])) is None else f", on average {said:.0f}%"
    return f"You said {record['low']:.0f} to {record['high']:.0f}%{average}"


def against_said(table: "pd.DataFrame", records: list[dict], *, look: Look) -> "go.Figure":
    """Return how often a callback came by what was said."""
    import plotly.graph_objects as go

    theme = look.theme
    # A group that nobody guessed has no mean: its count stands in its middle.
    middles = [(record["low"] + record["high"]) / 2 for record in records]
    means = [number(record["mean_guess"]) for record in records]
    said = [y if x is None else x for x, y in zip(means, middles, strict=True)]
    hover = [
        rate_sentence(f"Said {x:.0f}%", record, "callbacks", "called back", look=look)
        for x, record in zip(said, records, strict=True)
    ]
    traces = [
        line_trace("as said", [0, POINTS], [0, POINTS], color=theme.muted, width=1.5, dash="dash"),
        upright_ranges(said, records, theme.callback),
        rate_marks(said, percents(records, "rate"), hover, {"symbol": "circle", "color": theme.callback}, look=look),
    ]
    parts = ("<b>●</b> how often a callback came", f"<b>┃</b> plausible range{level(table)}")
    layout = rate_layout(table, look.key(*parts, "<b>┄┄</b> as you said"), height=430, look=look)
    layout["margin"] |= {"r": 24}
    layout["annotations"] += [*guess_words(look=look), *guess_counts(said, records, look=look)]
    title = {"font": {"size": 12, "color": theme.muted}, "standoff": 6}
    x = percent_axis(look=look, title=title | {"text": "the chance you gave"}) | {"showgrid": False} | away(look)
    y = percent_axis(look=look, title=title | {"text": "called back"})
    return go.Figure(traces, layout | {"xaxis": x, "yaxis": y})


def guess_words(*, look: Look) -> list[dict]:
    """Return what it means to stand above or below the dashed line."""
    high, low = {"x": 1, "y": 99, "xanchor": "left", "yanchor": "top"}, {"x": 99, "y": 1, "yanchor": "bottom"}
    return [
        note("▲ more callbacks than you said", look=look, **high),
        note("▼ fewer callbacks than you said", look=look, xanchor="right", **low),
    ]


def guess_counts(said: Sequence[float], records: Sequence[dict], *, look: Look) -> list[dict]:
    """Return the counts beside the marks, left where the right has no room; at 10 where there is no mark."""
    right = {"xanchor": "left", "xshift": 8, "font": {"size": 12, "color": look.theme.ink}}
    left = right | {"xanchor": "right", "xshift": -8}
    rates = [10 if rate is None else rate for rate in percents(records, "rate")]
    spots = list(zip(said, rates, [*said[1:], POINTS], records, strict=True))
    return [
        note(f"<b>{of(record, 'callbacks')}</b>", look=look, x=x, y=y, **(left if following - x < 9 else right))
        for x, y, following, record in spots
    ]

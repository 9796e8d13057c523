"""Rates over time: callbacks, and a habit."""

import math
from collections.abc import Sequence

from interview_kit.charts.rate_rows import rate_row, rate_rows_layout, rate_traces
from interview_kit.charts.rates import (
    RATES,
    Counted,
    pending,
    percents,
    range_key,
    rate_layout,
    rate_points,
    records_of,
)
from interview_kit.charts.rows import Rows
from interview_kit.charts.theme import SCALE, Figure, Look, Table, faint
from interview_kit.charts.traces import line_trace

WIDE, SIDEWAYS = 8, 44  # periods whose words have room side by side; turned by 90 degrees
DOWN, NARROW_SIDEWAYS = 16, 14  # where it is narrow: below each other; turned by 90 degrees
CALLBACKS = Counted("callbacks", "called back", "callback", "circle", "●")
HABIT = Counted("done", "did it", "ink", "square", "■")


def plot_trend(table: Table, *, dark: bool = False, narrow: bool = False) -> Figure:
    """Return a chart of the callback rate of each period in the table of `outcome_trend`, in percent.

    Parameters
    ----------
    table : pandas.DataFrame
        As `outcome_trend` returns it.
    dark, narrow : bool, default False
        Whether it is for a dark page, and for a phone, where up to 16 periods are rows from the first down to the last.

    Returns
    -------
    plotly.graph_objects.Figure
        A mark at the rate on a line for the plausible range; below it the period and the counts. Periods stand side by
        side at equal distance, however long they are. The sentence of the trend stands above.

    Raises
    ------
    ValueError
        For a table that lacks a column of `outcome_trend`; the error names it.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.outcome_trend(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> figure = ik.plot_trend(table)
    >>> [trace.name for trace in figure.data]
    ['way', 'range', 'rate']
    """
    look = Look(dark, narrow)
    records = records_of(table, ("start", "end", "n", "callbacks", "pending", *RATES), "plot_trend", "outcome_trend")
    if not records:
        nothing = "No dated interviews yet. Note the day of an interview, and callbacks over time show up here."
        return look.message(nothing)
    return over_time(table, records, CALLBACKS, look=look)


def plot_habit(table: Table, *, dark: bool = False, narrow: bool = False) -> Figure:
    """Return a chart of how often a habit was done in each period in the table of `habit_trend`, as in `plot_trend`.

    Parameters
    ----------
    table : pandas.DataFrame
        As `habit_trend` returns it.
    dark, narrow : bool, default False
        As in `plot_trend`.

    Returns
    -------
    plotly.graph_objects.Figure
        A mark at the rate, in percent, on a line for the plausible range; below it the period and the counts.

    Raises
    ------
    ValueError
        For a table that lacks a column of `habit_trend`; the error names it.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.habit_trend(ik.load_interviews(SAMPLE), "did_prepare")
    >>> figure = ik.plot_habit(table)
    >>> [trace.name for trace in figure.data]
    ['way', 'range', 'rate']
    """
    look = Look(dark, narrow)
    records = records_of(table, ("start", "end", "n", "done", *RATES), "plot_habit", "habit_trend")
    if not records:
        nothing = "This habit is in no dated debrief yet. Note it in a few, and how often it was done shows up here."
        return look.message(nothing)
    return over_time(table, records, HABIT, look=look)


def over_time(table: Table, records: list[dict], counted: Counted, *, look: Look) -> Figure:
    """Return a rate for each period of a table."""
    draw = down_the_page if look.narrow and len(records) <= DOWN else side_by_side
    return draw(table, records, counted, look=look)


def down_the_page(table: Table, records: list[dict], counted: Counted, *, look: Look) -> Figure:
    """Return a row for each period, the first on top."""
    drawn = Rows([rate_row(period(record), record, counted, look=look) for record in records], look)
    color = faint(look.color(counted.tone), 0.4)
    way = line_trace("way", drawn.differences, drawn.centers, color=color, width=1.5, dash="dot")
    key = look.key(f"<b>{counted.glyph}</b> {counted.words}", range_key(table))
    return look.figure([way, *rate_traces(drawn)], rate_rows_layout(table, drawn, key))


def side_by_side(table: Table, records: list[dict], counted: Counted, *, look: Look) -> Figure:
    """Return the periods from left to right."""
    color, places, rates = look.color(counted.tone), list(range(len(records))), percents(records, "rate")
    upright = len(records) <= WIDE
    traces = [
        line_trace("way", places, rates, color=faint(color, 0.4), width=1.5, dash="dot"),
        *rate_points(places, records, [*map(period, records)], counted, look),
    ]
    key = look.key(f"<b>{counted.glyph}</b> {counted.words}", range_key(table, "┃"))
    layout = rate_layout(table, key, height=340 if upright else 500, look=look, side=SCALE)
    layout["annotations"] += rate_words(rates, look) if upright else []
    axes = {"xaxis": period_axis(records, counted, upright=upright, look=look), "yaxis": look.percent_axis()}
    return look.figure(traces, layout | axes)


def rate_words(rates: Sequence[float | None], look: Look) -> list[dict]:
    """Return each rate in percent, beside its mark."""
    beside = {"xanchor": "left", "xshift": 7, "font": look.font(13)}
    return [look.note(f"<b>{y:.0f}%</b>", x=x, y=y, **beside) for x, y in enumerate(rates) if y is not None]


def period_axis(records: Sequence[dict], counted: Counted, *, upright: bool, look: Look) -> dict:
    """Return the axis that holds periods and counts: upright while there is room, else sideways, else not all."""
    step = math.ceil(len(records) / look.fit(SIDEWAYS, NARROW_SIDEWAYS))
    told = [[period(record), f"<b>{counted.of(record)}</b>", *pending(record)] for record in records[::step]]
    texts = ["<br>".join(parts).replace(" – ", " –<br>") if upright else " · ".join(parts) for parts in told]
    words = {"tickvals": list(range(0, len(records), step)), "ticktext": texts, "tickangle": 0 if upright else -90}
    return look.axis(range=[-0.5, len(records) - 0.5], **words, **look.away())


def period(record: dict) -> str:
    """Return from when to when, as short as it can be said."""
    start, end = record["start"], record["end"]
    if "NaT" in (str(start), str(end)):
        return "no date"
    begin, year, last = f"{start.day} {start:%b}", f" {start.year}", f"{end.day} {end:%b} {end.year}"
    if start.date() == end.date():
        return last
    return f"{begin}{year if start.year != end.year else ''} – {last}"

"""Guesses of a callback against what came of them."""

from collections.abc import Sequence

from interview_kit.charts.rate_rows import rate_row, rate_rows_layout, rate_traces
from interview_kit.charts.rates import RATES, Counted, percents, range_key, rate_layout, rate_points, records_of
from interview_kit.charts.rows import Rows
from interview_kit.charts.theme import POINTS, Figure, Look, Table
from interview_kit.charts.traces import line_trace
from interview_kit.words import number

CAME = Counted("callbacks", "called back", "callback", "circle", "●")


def plot_calibration(table: Table, *, dark: bool = False, narrow: bool = False) -> Figure:
    """Return a chart of how often a callback came against the chance guessed, from the table of `chance_calibration`.

    Parameters
    ----------
    table : pandas.DataFrame
        As `chance_calibration` returns it.
    dark, narrow : bool, default False
        Whether it is for a dark page, and for a phone, where each group is a row with a tick at what was said.

    Returns
    -------
    plotly.graph_objects.Figure
        Both in percent: a mark for each group of guesses on a line for the plausible range, with its counts; on the
        dashed line guesses come true. The sentence of the table stands above.

    Raises
    ------
    ValueError
        For a table that lacks a column of `chance_calibration`; the error names it.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.chance_calibration(ik.load_interviews(SAMPLE))
    >>> figure = ik.plot_calibration(table)
    >>> [trace.name for trace in figure.data]
    ['as said', 'range', 'rate']
    """
    look = Look(dark, narrow)
    columns = ("low", "high", "n", "mean_guess", "callbacks", *RATES)
    records = records_of(table, columns, "plot_calibration", "chance_calibration")
    if not records:
        nothing = "No guesses to look back on yet. Note the chance in a debrief, and the outcome once it is known."
        return look.message(nothing)
    return (in_rows if narrow else against_said)(table, records, look=look)


def in_rows(table: Table, records: list[dict], *, look: Look) -> Figure:
    """Return a row for each group of guesses: how often a callback came, and what was said."""
    rows = [rate_row(guess(record), record, CAME, look=look, said=number(record["mean_guess"])) for record in records]
    parts = ("<b>●</b> how often a callback came", range_key(table))
    drawn = Rows(rows, look)
    layout = rate_rows_layout(table, drawn, look.key(*parts, "<b>|</b> as guessed, on average"))
    return look.figure([drawn.best_guesses("as said"), *rate_traces(drawn)], layout)


def guess(record: dict) -> str:
    """Return the words for what was guessed in a group."""
    average = "" if (said := number(record["mean_guess"])) is None else f", on average {said:.0f}%"
    return f"Guessed {record['low']:.0f} to {record['high']:.0f}%{average}"


def against_said(table: Table, records: list[dict], *, look: Look) -> Figure:
    """Return the chart of callback rates by what was said."""
    # A group that nobody guessed has no mean: its count stands in its middle.
    middles = [(record["low"] + record["high"]) / 2 for record in records]
    means = [number(record["mean_guess"]) for record in records]
    said = [y if x is None else x for x, y in zip(means, middles, strict=True)]
    traces = [
        line_trace("as said", [0, POINTS], [0, POINTS], color=look.theme.muted, width=1.5, dash="dash"),
        *rate_points(said, records, [f"Said {x:.0f}%" for x in said], CAME, look),
    ]
    parts = ("<b>●</b> how often a callback came", range_key(table, "┃"))
    layout = rate_layout(table, look.key(*parts, "<b>┄┄</b> as guessed"), height=430, look=look)
    layout["margin"] |= {"r": 24}
    layout["annotations"] += [*guess_words(look), *guess_counts(said, records, look=look)]
    title = {"font": look.font(tone="muted"), "standoff": 6}
    x = look.percent_axis(title=title | {"text": "the chance that was guessed"}) | {"showgrid": False} | look.away()
    y = look.percent_axis(title=title | {"text": "called back"})
    return look.figure(traces, layout | {"xaxis": x, "yaxis": y})


def guess_words(look: Look) -> list[dict]:
    """Return the words for what it means to stand above or below the dashed line."""
    return [
        look.note("▲ more callbacks than guessed", x=1, y=99, xanchor="left", yanchor="top"),
        look.note("▼ fewer callbacks than guessed", x=99, y=1, xanchor="right", yanchor="bottom"),
    ]


def guess_counts(said: Sequence[float], records: Sequence[dict], *, look: Look) -> list[dict]:
    """Return the counts beside the marks, left where the right has no room; at 10 where there is no mark."""
    right = {"xanchor": "left", "xshift": 8, "font": look.font()}
    left = right | {"xanchor": "right", "xshift": -8}
    rates = [10 if rate is None else rate for rate in percents(records, "rate")]
    spots = list(zip(said, rates, [*said[1:], POINTS], records, strict=True))
    return [
        look.note(f"<b>{CAME.of(record)}</b>", x=x, y=y, **(left if following - x < 9 else right))
        for x, y, following, record in spots
    ]

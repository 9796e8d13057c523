"""How many go on from each stage."""

from interview_kit.charts.rate_rows import rate_row, rate_rows_layout, rate_traces
from interview_kit.charts.rates import RATES, Counted, range_key, records_of
from interview_kit.charts.rows import Rows
from interview_kit.charts.theme import POINTS, Figure, Look, Table, faint, stripes

WENT_ON = Counted("callbacks", "called back", "ink", "circle", "●")


def plot_stages(table: Table, *, dark: bool = False, narrow: bool = False) -> Figure:
    """Return a chart of how many went on from each stage, in percent, from the table of `stage_conversion`.

    Parameters
    ----------
    table : pandas.DataFrame
        As `stage_conversion` returns it.
    dark, narrow : bool, default False
        Whether it is for a dark page, and for a phone, where the counts stand above the bars.

    Returns
    -------
    plotly.graph_objects.Figure
        A bar for each stage, the first row on top: the part called back, then the part not called back; a mark on a
        line for the plausible range; right of it, or above it where it is `narrow`, the counts and what is pending.

    Raises
    ------
    ValueError
        For a table that lacks a column of `stage_conversion`; the error names it.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.stage_conversion(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> figure = ik.plot_stages(table)
    >>> [trace.name for trace in figure.data]
    ['called back', 'not called back', 'range', 'rate', 'sentence']
    """
    look = Look(dark, narrow)
    columns = ("stage", "n", "callbacks", "not_called_back", "pending", *RATES)
    records = records_of(table, columns, "plot_stages", "stage_conversion")
    if not records:
        return look.message("No stages yet. Note the stage of an interview, and it shows up here.")
    drawn = Rows([rate_row(stage_name(record), record, WENT_ON, look=look) for record in records], look)
    bars = [stage_bars(drawn, tone) for tone in ("callback", "against")]
    key = look.key("<b>●</b> rate", range_key(table))
    layout = rate_rows_layout(table, drawn, f"{key}<br> ")  # the last line is for the words of the bars
    layout["annotations"] += bar_words(look)
    return look.figure([*bars, *rate_traces(drawn, width=2, size=10)], layout | {"barmode": "overlay"})


def stage_name(record: dict) -> str:
    """Return the name of a stage."""
    return record["stage"] if isinstance(record["stage"], str) else "no stage noted"


def stage_bars(drawn: Rows, tone: str) -> dict:
    """Return the parts called back, from 0 on, or those not called back, which fill up to 100."""
    color, back, rates = drawn.look.color(tone), tone == "callback", drawn.differences
    return {
        "type": "bar",
        "name": "called back" if back else "not called back",
        "orientation": "h",
        "x": [rate if back or rate is None else POINTS - rate for rate in rates],
        "base": [0 if back else rate for rate in rates],
        "y": drawn.centers,
        "width": 24,
        "marker": {"color": faint(color, 0.55), "pattern": {} if back else stripes(color), "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def bar_words(look: Look) -> list[dict]:
    """Return the names of the two parts of a bar, above them."""
    above = {"xref": "x domain", "yref": "y domain", "y": 1, "yanchor": "bottom", "yshift": 1, "font": look.font()}
    back, other = f"{look.square('callback')} called back", f"not called back {look.square('against')}"
    return [look.note(back, x=0, xanchor="left", **above), look.note(other, x=1, xanchor="right", **above)]

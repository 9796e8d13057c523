"""Rates as rows on a scale from 0 to 100 percent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from interview_kit.charts.rates import RATES, of, pending, percent, percent_axis, rate_layout, rate_sentence
from interview_kit.charts.rows import (
    ROW,
    Row,
    edges,
    marks,
    range_trace,
    row_axes,
    row_words,
    sentence_trace,
    words_above,
)
from interview_kit.charts.theme import Look

if TYPE_CHECKING:
    import pandas as pd

BELOW = 34  # px for the scale


class Counted(NamedTuple):
    """What a rate counts: its column and words, and how it looks."""

    column: str
    words: str
    tone: str
    symbol: str
    glyph: str


def rate_row(name: str, record: dict, counted: Counted, *, look: Look, said: float | None = None) -> Row:
    """Return one rate as a row; `said` is a second number on the same scale."""
    rate, low, high = (percent(record[column]) for column in RATES)
    sentence = rate_sentence(name, record, counted.column, counted.words, look=look)
    counts = f"{'' if rate is None else f'<b>{rate:.0f}%</b> · '}{of(record, counted.column)}"
    name, counts, above = row_words(name, [counts, *pending(record)], look=look)
    return Row(name, counts, sentence, rate, low, high, said, counted.tone, counted.symbol, above)


def rate_traces(rows: Sequence[Row], *, look: Look, width: float = 2.5, size: int = 12) -> list[dict]:
    """Return a mark at each rate on its plausible range, and the sentences."""
    theme, tone = look.theme, rows[0].tone
    mark = {"symbol": rows[0].symbol, "size": size, "opacity": 1, "color": getattr(theme, tone)}
    return [
        range_trace(rows, tone, theme) | {"name": "range", "line": {"color": getattr(theme, tone), "width": width}},
        marks("rate", [row.difference for row in rows], rows)
        | {"marker": mark | {"line": {"color": theme.paper, "width": 1}}, "hoverinfo": "skip"},
        sentence_trace(rows),
    ]


def rate_rows_layout(table: "pd.DataFrame", rows: Sequence[Row], key: str, *, look: Look) -> dict:
    """Return the layout of rows below the table's sentence and a key, with the scale below them."""
    layout = rate_layout(table, key, height=edges(rows)[-1] + BELOW, look=look)
    layout["margin"] |= {"b": BELOW}
    layout["annotations"] += words_above(rows, look=look)
    axis = percent_axis(look=look)
    layout |= {"xaxis": axis, "xaxis2": axis | {"overlaying": "x", "showticklabels": False, "showgrid": False}}
    return layout | {"hovermode": "y", "hoverdistance": ROW // 2} | row_axes(rows, look=look)

"""Rates as rows on a scale from 0 to 100 percent."""

from interview_kit.charts.rates import RATES, Counted, pending, points, rate_layout
from interview_kit.charts.rows import ROW, Row, Rows, row_words
from interview_kit.charts.theme import Look, Table

BELOW = 34  # px for the scale


def rate_row(name: str, record: dict, counted: Counted, *, look: Look, said: float | None = None) -> Row:
    """Return one rate as a row; `said` is a second number on the same scale."""
    rate, low, high = (points(record[column]) for column in RATES)
    sentence = counted.sentence(name, record, look)
    counts = f"{'' if rate is None else f'<b>{rate:.0f}%</b> · '}{counted.of(record)}"
    name, counts, above = row_words(name, [counts, *pending(record)], look=look)
    return Row(name, counts, sentence, rate, low, high, said, counted.tone, counted.symbol, above)


def rate_traces(drawn: Rows, *, width: float = 2.5, size: int = 12) -> list[dict]:
    """Return a mark at each rate on its plausible range, and the sentences."""
    first, outline = drawn.rows[0], {"color": drawn.look.theme.paper, "width": 1}
    marker = {
        "symbol": first.symbol,
        "size": size,
        "opacity": 1,
        "color": drawn.look.color(first.tone),
        "line": outline,
    }
    return [
        drawn.ranges(first.tone, "range", width),
        drawn.marks("rate", drawn.differences, marker=marker),
        drawn.sentences(),
    ]


def rate_rows_layout(table: Table, drawn: Rows, key: str) -> dict:
    """Return the layout of rows below the table's sentence and a key, with the scale below them."""
    layout = rate_layout(table, key, height=drawn.height + BELOW, look=drawn.look)
    layout["margin"] |= {"b": BELOW}
    layout["annotations"] += drawn.words_above()
    axis = drawn.look.percent_axis()
    layout |= {"xaxis": axis, "xaxis2": axis | {"overlaying": "x", "showticklabels": False, "showgrid": False}}
    return layout | {"hovermode": "y", "hoverdistance": ROW // 2} | drawn.axes()

"""Rates with their counts, as numbers and words of a chart."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from interview_kit.charts.theme import POINTS, SIDE, Look, base_axis, base_layout, left_edge, note, wrapped

if TYPE_CHECKING:
    import pandas as pd

RATES = ("rate", "ci_low", "ci_high")
HEADING_WIDTH, NARROW_HEADING = 92, 40  # characters a line
HOVER_WIDTH, NARROW_HOVER = 46, 24  # characters a line: beside a mark in the middle


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


def points(fraction: float) -> float | None:
    """Return a fraction in percentage points, None where there is none."""
    return POINTS * min(max(float(fraction), -1.0), 1.0) if math.isfinite(fraction) else None


def count_text(value: object) -> str:
    """Return a count in words, 0 where it is missing."""
    return f"{int(number(value) or 0):,}"


def of(record: dict, column: str) -> str:
    """Return "8 of 21"."""
    return f"{count_text(record[column])} of {count_text(record['n'])}"


def pending(record: dict) -> list[str]:
    """Return how many are pending, nothing where none is."""
    return [f"{count_text(record['pending'])} pending"] if number(record.get("pending")) else []


def rate_sentence(begin: str, record: dict, column: str, words: str, *, look: Look) -> str:
    """Return one rate in words, as it shows on hover."""
    rate, low, high = (percent(record[name]) for name in RATES)
    parts = [f"{of(record, column)} {words}" if rate is None else f"{rate:.0f}% {words} ({of(record, column)})"]
    parts += [] if low is None or high is None else [f"plausibly {low:.0f}% to {high:.0f}%"]
    return wrapped(f"{begin}: {', '.join(parts + pending(record))}", look.fit(HOVER_WIDTH, NARROW_HOVER))


def level(table: "pd.DataFrame") -> str:
    """Return the confidence of the ranges, where the table tells it."""
    confidence = table.attrs.get("confidence")
    return f" ({confidence * 100:g}%)" if confidence else ""


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


def rate_marks(x: Sequence[float], rates: Sequence[float | None], hover: list[str], mark: dict, *, look: Look) -> dict:
    """Return a mark at each rate, with a sentence on hover; `mark` is symbol and color."""
    outline = {"line": {"color": look.theme.paper, "width": 1.5}}
    marker = {"mode": "markers", "marker": mark | outline | {"size": 12, "opacity": 1}}
    return line_trace("rate", x, rates) | marker | {"hovertext": hover, "hoverinfo": "text", "cliponaxis": False}


def rate_layout(table: "pd.DataFrame", key: str, *, height: int, look: Look, side: int = SIDE) -> dict:
    """Return a layout with the table's sentence and a key above.

    `height` is what the rest needs, in pixels, `side` what is left of the marks where it is narrow.
    """
    sentence = (table.attrs.get("trend") or table.attrs).get("sentence")
    text = f"{wrapped(sentence, look.fit(HEADING_WIDTH, NARROW_HEADING))}<br>" if isinstance(sentence, str) else ""
    text += f'<span style="font-size:12px;color:{look.theme.muted}">{key}</span>'
    top = 42 + 18 * text.count("<br>")
    above = {"yref": "paper", "y": 1, "yanchor": "top", "yshift": top - 4} | left_edge(look=look, side=side)
    font = {"align": "left", "font": {"size": 13, "color": look.theme.ink}}
    layout = base_layout(height=height + top, look=look)
    layout["margin"] |= {"t": top} | ({"l": side} if look.narrow else {})
    words = {"annotations": [note(text, look=look, **above, **font)]}
    return layout | words | {"showlegend": False, "hovermode": "closest"}


def percent_axis(step: int = 25, *, look: Look, **more) -> dict:
    """Return a scale from 0 to 100 percent, whose words take the room that a narrow chart's margin leaves them."""
    ticks = list(range(0, POINTS + 1, step))
    words = {"tickvals": ticks, "ticktext": [f"{tick}%" for tick in ticks], "range": [0, POINTS]}
    zero = {"zeroline": True, "zerolinecolor": look.theme.grid, "zerolinewidth": 1}
    return base_axis(look=look, showgrid=True, **words, **zero, **more) | ({"automargin": False} if look.narrow else {})


def away(look: Look) -> dict:
    """Return what keeps the words of an axis away from the marks at its edge."""
    tickfont = {"size": 12, "color": look.theme.ink}
    return {"ticks": "outside", "ticklen": 9, "tickcolor": "rgba(0,0,0,0)", "tickfont": tickfont}

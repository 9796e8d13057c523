"""Rates with their counts, as numbers and words of a chart."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from interview_kit.charts.theme import POINTS, SIDE, Look, Table, wrapped
from interview_kit.charts.traces import gapped, line_trace, scatter_trace
from interview_kit.words import number

RATES = ("rate", "ci_low", "ci_high")
HEADING_WIDTHS = 92, 40  # characters a line


class Counted(NamedTuple):
    """What a rate counts: its column and words, and how it looks."""

    column: str
    words: str
    tone: str
    symbol: str
    glyph: str

    def of(self, record: dict) -> str:
        """Return "8 of 21"."""
        return f"{count_text(record[self.column])} of {count_text(record['n'])}"

    def sentence(self, begin: str, record: dict, look: Look) -> str:
        """Return one rate in words, as it shows on hover."""
        rate, low, high = (points(record[name]) for name in RATES)
        counts = self.of(record)
        parts = [f"{counts} {self.words}" if rate is None else f"{rate:.0f}% {self.words} ({counts})"]
        parts += [] if low is None or high is None else [f"plausibly {low:.0f}% to {high:.0f}%"]
        return look.hover(f"{begin}: {', '.join(parts + pending(record))}")


def check_columns(table: Table, columns: Sequence[str], chart: str, source: str) -> None:
    """Raise ValueError that names a column that a table lacks."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ValueError(f"the table has no column {missing[0]!r}; {chart} draws the table that {source} returns")


def records_of(table: Table, columns: Sequence[str], chart: str, source: str) -> list[dict]:
    """Return the rows of a table; ValueError names a column that it lacks."""
    check_columns(table, columns, chart, source)
    return table.to_dict("records")


def points(value: object) -> float | None:
    """Return a fraction in points, None where it is missing in any way."""
    fraction = number(value)
    return POINTS * min(max(fraction, -1.0), 1.0) if fraction is not None and math.isfinite(fraction) else None


def percents(records: Sequence[dict], name: str) -> list[float | None]:
    """Return a column of fractions in percent."""
    return [points(record[name]) for record in records]


def count_text(value: object) -> str:
    """Return a count in words, 0 where it is missing."""
    return f"{int(number(value) or 0):,}"


def pending(record: dict) -> list[str]:
    """Return the words for how many are pending, none where none is."""
    return [f"{count_text(record['pending'])} pending"] if number(record.get("pending")) else []


def range_key(table: Table, glyph: str = "━", of: str = "") -> str:
    """Return the part of a key that is for the plausible ranges, with their confidence, where the table tells it."""
    confidence = table.attrs.get("confidence")
    return f"<b>{glyph}</b> plausible range{of}" + (f" ({confidence * 100:g}%)" if confidence else "")


def rate_points(
    x: Sequence[float], records: Sequence[dict], begins: Sequence[str], counted: Counted, look: Look
) -> list[dict]:
    """Return the plausible ranges as upright lines, and a mark at each rate, with a sentence on hover."""
    rates, lows, highs = (percents(records, name) for name in RATES)
    ranges = [pair for pair in zip(x, zip(lows, highs, strict=True), strict=True) if None not in pair[1]]
    places, ends = gapped((place, place) for place, _ in ranges), gapped(limits for _, limits in ranges)
    color, outline = look.color(counted.tone), {"color": look.theme.paper, "width": 1.5}
    marker = {"symbol": counted.symbol, "color": color, "size": 12, "opacity": 1, "line": outline}
    told = [counted.sentence(begin, record, look) for begin, record in zip(begins, records, strict=True)]
    return [
        line_trace("range", places, ends, color=color, width=2.5),
        scatter_trace("rate", "markers", x, rates, marker=marker, cliponaxis=False, hovertext=told, hoverinfo="text"),
    ]


def rate_layout(table: Table, key: str, *, height: int, look: Look, side: int = SIDE) -> dict:
    """Return a layout with the table's sentence and a key above.

    `height` is what the rest needs, in pixels, `side` what is left of the marks where it is narrow.
    """
    sentence = (table.attrs.get("trend") or table.attrs).get("sentence")
    text = f"{wrapped(sentence, look.fit(*HEADING_WIDTHS))}<br>" if isinstance(sentence, str) else ""
    text += f'<span style="font-size:12px;color:{look.theme.muted}">{key}</span>'
    top = 42 + 18 * text.count("<br>")
    above = {"yref": "paper", "y": 1, "yanchor": "top", "yshift": top - 4, "align": "left"} | look.left_edge(side)
    layout = look.layout(height + top)
    layout["margin"] |= {"t": top} | ({"l": side} if look.narrow else {})
    words = {"annotations": [look.note(text, font=look.font(13), **above)]}
    return layout | words | {"showlegend": False, "hovermode": "closest"}

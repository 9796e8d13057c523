"""What came of the interviews, day by day."""

import bisect
import itertools
import math
from collections.abc import Sequence

from interview_kit.charts.rates import count_text, percents, points, range_key, rate_layout, records_of
from interview_kit.charts.theme import SCALE, Figure, Look, Table, faint, stripes
from interview_kit.charts.traces import line_trace, scatter_trace

MOST_DAYS, NARROW_DAYS = 8, 5  # that are named
APART = 8  # percent between two words beside a stack
WAITING_COLUMNS = ("day", "at_risk", "callback", "closed", "waiting", "callback_low", "callback_high", "still_possible")
PARTS = (("callback", "called back", "callback"), ("waiting", "waiting", "undecided"), ("closed", "closed", "against"))


def plot_waiting(table: Table, *, dark: bool = False, narrow: bool = False) -> Figure:
    """Return a chart of how the wait for an answer ended, by day, from the table of `waiting_curve`, in percent.

    Parameters
    ----------
    table : pandas.DataFrame
        As `waiting_curve` returns it.
    dark, narrow : bool, default False
        Whether it is for a dark page, and for a phone, where the key names the parts.

    Returns
    -------
    plotly.graph_objects.Figure
        Above, the parts called back, still waiting and closed, with the plausible range of the first as dotted lines.
        Below, the chance that a callback still comes after so many silent days, and how many were open on some of them.
        The parts are named beside their ends, or in the key where it is `narrow`.

    Raises
    ------
    ValueError
        For a table that lacks a column of `waiting_curve`; the error names it.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.waiting_curve(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> figure = ik.plot_waiting(table)
    >>> [trace.name for trace in figure.data]
    ['callback', 'waiting', 'closed', 'callback_low', 'callback_high', 'still possible', 'in words']
    """
    look = Look(dark, narrow)
    records = records_of(table, WAITING_COLUMNS, "plot_waiting", "waiting_curve")
    if not records:
        nothing = "No dated interviews yet. Note their days and answers, and how long answers take shows up here."
        return look.message(nothing)
    last = records[-1]
    drawn = [*records, last | {"day": last["day"] + max(1, last["day"] // 30)}]  # so that the last step is seen
    days = [float(record["day"]) for record in drawn]
    ticks = day_ticks(days[-2], look.fit(MOST_DAYS, NARROW_DAYS))
    traces = part_traces(days, drawn, look) + possible_traces(days, drawn, ticks, look=look)
    layout = rate_layout(table, waiting_key(table, last, look), height=500, look=look, side=SCALE)
    layout["margin"] |= {"r": look.fit(150, 30)}
    layout["annotations"] += [*([] if narrow else part_words(last, look)), chance_words(look)]
    axes = {"yaxis": look.percent_axis(domain=[0.44, 1]), "yaxis2": look.percent_axis(50, domain=[0, 0.3])}
    return look.figure(traces, layout | {"xaxis": day_axis(days, drawn, ticks, look=look)} | axes)


def waiting_key(table: Table, last: dict, look: Look) -> str:
    """Return the key of the upper part, with the names of its parts from top to bottom where it is narrow."""
    named = [text for text, _ in reversed(named_parts(last, look))] if look.narrow else []
    limits = range_key(table, "┄┄", " of the callbacks")
    return look.key("what came of the interviews, day by day", *named, limits)


def chance_words(look: Look) -> dict:
    """Return the title of the lower part."""
    below = {"yref": "y2 domain", "y": 1, "yanchor": "bottom", "yshift": 12} | look.left_edge(SCALE)
    between, align = ("<br>", {"align": "left"}) if look.narrow else (" ", {})
    words = f"<b>━</b> chance that a callback still comes,{between}after so many days without an answer"
    return look.note(words, **below, **align)


def day_axis(days: Sequence[float], records: Sequence[dict], ticks: Sequence[int], *, look: Look) -> dict:
    """Return the axis of days, with how many were open on some of them."""
    at_risk = [records[min(bisect.bisect_left(days, tick), len(days) - 1)]["at_risk"] for tick in ticks]
    texts = [f"day {tick}<br><b>{count_text(n)}</b> open" for tick, n in zip(ticks, at_risk, strict=True)]
    return look.axis(tickvals=ticks, ticktext=texts, range=[0, days[-1]], anchor="y2", **look.away())


def part_traces(days: Sequence[float], records: Sequence[dict], look: Look) -> list[dict]:
    """Return the parts that stack to 100, and the limits of the first."""
    traces = [area_trace(days, percents(records, name), name, look.color(tone)) for name, _, tone in PARTS]
    line = {"color": look.theme.ink, "dash": "dot", "width": 1.5, "shape": "hv"}
    limits = ("callback_low", "callback_high")
    return traces + [line_trace(name, days, percents(records, name), **line) for name in limits]


def area_trace(days: Sequence[float], y: Sequence[float | None], name: str, color: str) -> dict:
    """Return one of the parts that stack to 100: the callbacks full, what waits faint, what is closed striped."""
    outline = {"color": color, "width": 2.5 if name == "callback" else 1, "shape": "hv"}
    fill = {"fillcolor": faint(color, 0.15 if name == "waiting" else 0.5), "stackgroup": "parts"}
    pattern = {"fillpattern": stripes(color)} if name == "closed" else {}
    return line_trace(name, days, y, **outline) | fill | pattern


def possible_traces(days: Sequence[float], records: Sequence[dict], ticks: Sequence[int], *, look: Look) -> list[dict]:
    """Return the chance of a callback still to come, and its words above some of the days."""
    rates = percents(records, "still_possible")
    held = [rates[max(bisect.bisect_right(days, tick) - 1, 0)] for tick in ticks]
    texts = ["" if rate is None else f"<b>{rate:.0f}%</b>" for rate in held]
    line = {"color": look.theme.callback, "width": 2.5, "shape": "hv"}
    hover = {"hovertext": [day_sentence(record, look) for record in records], "hoverinfo": "text"}
    words = {"text": texts, "textposition": "top right", "textfont": look.font()}
    below = {"cliponaxis": False, "yaxis": "y2"}
    return [
        line_trace("still possible", days, rates, **line) | hover | below,
        scatter_trace("in words", "text", ticks, held, **words, **below),
    ]


def day_sentence(record: dict, look: Look) -> str:
    """Return one day in words, as it shows on hover."""
    named = [(points(record[name]), words) for name, words, _ in PARTS]
    named.append((points(record["still_possible"]), "chance that a callback still comes"))
    told = ", ".join(f"{rate:.0f}% {words}" for rate, words in named if rate is not None)
    return look.hover(f"Day {count_text(record['day'])}, {count_text(record['at_risk'])} still open: {told}")


def day_ticks(last: float, most: int = MOST_DAYS) -> list[int]:
    """Return at most so many days, by days, weeks or months."""
    steps = (1, 2, 7, 14, 30, 60, 90, 180)
    step = next((step for step in steps if last <= (most - 1) * step), 10 * math.ceil(last / (10 * (most - 1))))
    return list(range(0, int(last) + 1, step))


def named_parts(last: dict, look: Look) -> list[tuple[str, float]]:
    """Return the name of each part of the stack, with its color and percent, and its percent."""
    sizes = [(points(last[name]) or 0, words, tone) for name, words, tone in PARTS]
    return [(f"{look.square(tone)} <b>{size:.0f}%</b> {words}", size) for size, words, tone in sizes]


def part_words(last: dict, look: Look) -> list[dict]:
    """Return the names of the parts of the stack, beside their ends, apart from each other."""
    texts, sizes = zip(*named_parts(last, look), strict=True)
    middles = [top - size / 2 for top, size in zip(itertools.accumulate(sizes), sizes, strict=True)]
    place = {"xref": "x domain", "x": 1, "xanchor": "left", "xshift": 4, "yref": "y", "font": look.font(13)}
    return [look.note(text, y=y, **place) for text, y in zip(texts, spread(middles), strict=True)]


def spread(heights: Sequence[float]) -> list[float]:
    """Return rising heights moved as little as it takes to stand apart from each other, within 4 and 96."""
    found = list(heights)
    for at in range(len(found)):
        found[at] = max(found[at], found[at - 1] + APART if at else 4)
    for at in reversed(range(len(found))):
        found[at] = min(found[at], found[at + 1] - APART if at + 1 < len(found) else 96)
    return found

"""Which behaviors line up with callbacks: a forest plot."""

import math
from collections.abc import Iterable

from interview_kit import schema, words
from interview_kit.charts.rates import check_columns, points, range_key
from interview_kit.charts.rows import ROW, UNDECIDED, Row, Rows, row_words
from interview_kit.charts.theme import POINTS, Figure, Look, Table, escape

COUNTS_WIDTH = 34  # characters a line
KEY_LINE = 17  # px
MOST_TICKS = 7  # side by side where it is narrow
TALL = 12  # rows from which the scale stands above as well as below
# How a verdict looks: the color of the theme, and a symbol that tells it without color.
LOOKS = {
    "lines up with callbacks": ("callback", "triangle-right"),
    "lines up with no callback": ("against", "triangle-left"),
    "mostly explained by stage": ("undecided", "diamond"),
    "mostly explained by source": ("undecided", "diamond"),
    "no sizeable difference": ("undecided", "square"),
    "too early to tell": UNDECIDED,
    "not enough to compare": ("undecided", "x"),
}
NOT_ENOUGH = "not enough to compare"
TONES = ("callback", "against", "undecided")
NUMBERS = (
    *("n_with", "n_without", "callbacks_with", "callbacks_without"),
    *("difference", "ci_low", "ci_high", "best_guess"),
)
BEHAVIOR_COLUMNS = ("behavior", "kind", *NUMBERS, "verdict", "sentence")
ADJUSTED = {"difference": "adjusted_difference", "ci_low": "adjusted_low", "ci_high": "adjusted_high"}
GROUPS = {"rating": ("at 4–5", "at 1–3")}
WITH_OR_WITHOUT = ("with", "without")


def plot_behaviors(table: Table, *, dark: bool = False, narrow: bool = False) -> Figure:
    """Return a forest plot of the table of `compare_behaviors`, its first row on top.

    Parameters
    ----------
    table : pandas.DataFrame
        As `compare_behaviors` returns it. A column `label` names the behaviors, else what their sentences begin with.
    dark, narrow : bool, default False
        Whether it is for a dark page, and for the 320 px of a phone, where names and counts stand above the marks.

    Returns
    -------
    plotly.graph_objects.Figure
        One row per behavior that is noted: its name, a mark at the difference in callback rate on a line for the
        plausible range, a second, lighter mark at the best guess, and the counts with the verdict; the sentence shows
        on hover. Where nothing is flagged, the best guess is the main mark. Color and symbol follow the
        verdict. The axis is in percentage points and as long to both sides.

    Raises
    ------
    ValueError
        For a table that lacks a column of `compare_behaviors`; the error names it.

    Notes
    -----
    Of a table that was compared `by` something, the differences within it are drawn. The figure is as wide as its
    place, made for 736 px, and as high as it needs. The traces are always the same, in the same order.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.compare_behaviors(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> figure = ik.plot_behaviors(table)
    >>> figure.layout.xaxis.title.text
    'difference in callback rate, percentage points'
    """
    look = Look(dark, narrow)
    drawn = Rows(behavior_rows(table, look), look)
    if not drawn.rows:
        return look.message(nothing_to_compare(table.attrs))
    traces = [*map(drawn.ranges, TONES), *marked(drawn, guess_first=shows_guess_first(table)), drawn.sentences()]
    return look.figure(traces, behaviors_layout(drawn, key(table, look)))


def behavior_rows(table: Table, look: Look) -> list[Row]:
    """Return a row for each behavior of a table that an interview has noted; ValueError where it is no such table."""
    check_columns(table, BEHAVIOR_COLUMNS, "plot_behaviors", "compare_behaviors")
    drawn = dict(zip(NUMBERS, NUMBERS, strict=True)) | (ADJUSTED if is_adjusted(table) else {})
    numbers = {name: table[source].to_numpy(float, na_value=math.nan) for name, source in drawn.items()}
    noted = table.assign(**numbers)[numbers["n_with"] + numbers["n_without"] > 0]
    return [behavior_row(record, look) for record in noted.to_dict("records")]


def is_adjusted(table: Table) -> bool:
    """Say whether behaviors were compared within groups: what is drawn are then the differences within them."""
    return bool(table.attrs.get("by")) and set(ADJUSTED.values()) <= set(table.columns)


def marked(drawn: Rows, *, guess_first: bool) -> tuple[dict, dict]:
    """Return the light marks and the main ones: the best guesses and the differences, or the other way round."""
    light, main = drawn.best_guesses(), drawn.main_marks()
    if guess_first:
        for name in ("name", "x"):
            light[name], main[name] = main[name], light[name]
    return light, main


def shows_guess_first(table: Table) -> bool:
    """Say whether nothing is flagged, so that the best guess is the main mark."""
    return table.attrs.get("flagged") == 0


def behavior_row(record: dict, look: Look) -> Row:
    """Return one record as a row."""
    verdict = record["verdict"] if isinstance(record["verdict"], str) else NOT_ENOUGH
    tone, symbol = LOOKS.get(verdict, UNDECIDED)
    shown = escape(verdict) if tone == "undecided" else f"<b>{escape(verdict)}</b>"
    difference, low, high, guess = (points(record[name]) for name in ("difference", "ci_low", "ci_high", "best_guess"))
    sentence = look.hover(record["sentence"])
    name, shown, above = row_words(label(record), [*counts(record), shown], look=look)
    return Row(name, shown, sentence, difference, low, high, guess, tone, symbol, above)


def label(record: dict) -> str:
    """Return the words for a behavior: its `label`, where the table has one, else those of its column."""
    own = record.get("label")
    return own if isinstance(own, str) else schema.label(str(record["behavior"]))


def counts(record: dict) -> list[str]:
    """Return the counts of callbacks with it and without, in one line or two."""
    sides = zip(WITH_OR_WITHOUT, GROUPS.get(record["kind"], WITH_OR_WITHOUT), strict=True)
    told = [(record[f"callbacks_{side}"], record[f"n_{side}"], group) for side, group in sides]
    parts = [f"{int(called):,} of {int(n):,} {group}" if n else f"none {group}" for called, n, group in told]
    short = " · ".join(parts)
    return [short] if len(short) <= COUNTS_WIDTH else parts


def nothing_to_compare(attrs: dict) -> str:
    """Return the message for a table of behaviors that is empty."""
    if attrs.get("interviews") == 0:
        return "No interviews yet. Write the first one down, and the behaviors show up here."
    return "No behaviors to compare yet. Note in a debrief what was done, and it shows up here."


def behaviors_layout(drawn: Rows, key: str) -> dict:
    """Return the layout of the forest plot: names left, counts right, words for both directions above."""
    look, tall = drawn.look, len(drawn.rows) > TALL
    above = KEY_LINE * key.count("<br>")
    top, bottom = (110 if tall else 90) + above, 46
    told = [key_words(key, look, shift=top - 8), *direction_words(look, shift=top - above - 86)]
    layout = look.layout(top + drawn.height + bottom)
    return layout | {
        "margin": layout["margin"] | {"t": top, "b": bottom},
        "showlegend": False,
        "hovermode": "y",
        "hoverdistance": ROW // 2,
        "annotations": [*told, *drawn.words_above()],
        "shapes": drawn.rules(),
        **points_axes(drawn, tall=tall),
        **drawn.axes(),
    }


def key(table: Table, look: Look) -> str:
    """Return the key to each kind of mark."""
    groups = " and ".join(escape(str(name).replace("_", " ")) for name in table.attrs.get("by") or [])
    seen = f"within the same {groups}" if is_adjusted(table) else "seen"
    marks = [f"difference {seen}", "best guess, allowing for luck"]
    main, second = marks[::-1] if shows_guess_first(table) else marks
    return look.key(f"<b>●</b> {main}", range_key(table), f"<b>|</b> {second}")


def key_words(text: str, look: Look, *, shift: int) -> dict:
    """Return the key at the very top."""
    across = look.left_edge() | {"align": "left"} if look.narrow else {"xref": "x domain", "x": 0.5}
    return look.note(text, yref="y domain", y=1, yanchor="top", yshift=shift, **across)


def direction_words(look: Look, *, shift: int) -> list[dict]:
    """Return the words for what left, zero and right mean, above the rows."""
    above = {"yref": "y domain", "y": 1, "yanchor": "bottom", "yshift": shift, "font": look.font()}
    told = (
        ("◀ fewer<br>callbacks<br>with it", "x domain", 0, "left"),
        ("no<br>difference", "x", 0, "center"),
        ("more ▶<br>callbacks<br>with it", "x domain", 1, "right"),
    )
    return [look.note(text, xref=xref, x=x, xanchor=side, align=side, **above) for text, xref, x, side in told]


def points_axes(drawn: Rows, *, tall: bool) -> dict:
    """Return the scale below the rows, and above them too where they are many."""
    look = drawn.look
    reach, ticks = scale(x for row in drawn.rows for x in (row.low, row.high, row.difference, row.best_guess))
    ticks = ticks[::2] if look.narrow and len(ticks) > MOST_TICKS else ticks
    marked = {"tickvals": ticks, "ticktext": [words.points(tick / POINTS) for tick in ticks], "range": [-reach, reach]}
    zero = {"zeroline": True, "zerolinecolor": look.theme.zero, "zerolinewidth": 1.5}
    title = {"text": "difference in callback rate, percentage points", "font": look.font(tone="muted"), "standoff": 6}
    return {
        "xaxis": look.axis(showgrid=True, title=title, **zero, **marked),
        "xaxis2": look.axis(overlaying="x", side="top", showticklabels=tall, **marked),
    }


def scale(values: Iterable[float | None]) -> tuple[float, list[int]]:
    """Return the reach of an axis to both sides of 0, in points, and its ticks, 3 to 9 of them."""
    farthest = max((abs(value) for value in values if value is not None), default=50)
    reach = 1.06 * max(farthest, 5)
    step = next((step for step in (2, 5, 10, 20, 25) if reach < 4.5 * step), 50)
    last = int(reach // step) * step
    return reach, list(range(-last, last + 1, step))

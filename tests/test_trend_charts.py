"""The figures of trends, stages, waiting and guesses as data: what is drawn where, in which words and colors."""

import html
import re

import pandas as pd
import pytest

from interview_kit import charts

NAN = float("nan")
RATE = {"rate": 0.25, "ci_low": 0.1, "ci_high": 0.5}
NO_RATE = dict.fromkeys(RATE, NAN)
SENTENCE = "No clear trend: 31% in the first third, 38% in the last."


def period(start, end, n, callbacks, pending=0, **rate):
    days = {"start": pd.Timestamp(start), "end": pd.Timestamp(end)}
    return days | {"n": n, "callbacks": callbacks, "pending": pending} | RATE | rate


def framed(records, **attrs):
    frame = pd.DataFrame(records)
    frame.attrs.update(attrs)
    return frame


def trend(count=3):
    records = [
        period("2026-11-03", "2026-12-02", 21, 8, rate=0.38, ci_low=0.2, ci_high=0.6),
        period("2026-12-05", "2027-01-09", 0, 0, 3, **NO_RATE),
        period("2027-02-01", "2027-02-01", 8, 2),
    ]
    told = {"statistic": 0.5, "p_value": 0.6, "sentence": SENTENCE}
    return framed((records * count)[:count], trend=told, confidence=0.95)


def habit():
    return trend().rename(columns={"callbacks": "done"}).drop(columns="pending")


def stages(name="screen"):
    counts = ("stage", "n", "callbacks", "not_called_back", "pending")
    rows = [("applied", 8, 2, 6, 3), (name, 4, 1, 3, 0), ("onsite", 0, 0, 0, 1)]
    records = [dict(zip(counts, row, strict=True)) | (RATE if row[1] else NO_RATE) for row in rows]
    paths = [("applied", name, 4), ("applied", "no callback", 4), (name, "callback", 1), (name, "pending", 3)]
    return framed(records, paths=[dict(zip(("source", "target", "count"), path, strict=True)) for path in paths])


def waiting(last=30):
    days = range(last + 1)
    parts = [(0.01 * day, 0.02 * day, 1 - 0.03 * day) for day in days]
    columns = {name: [part[at] for part in parts] for at, name in enumerate(("callback", "closed", "waiting"))}
    limits = {"callback_low": [part[0] / 2 for part in parts], "callback_high": [part[0] * 2 for part in parts]}
    return pd.DataFrame(
        {"day": days, "at_risk": [50 - day for day in days]} | columns | limits | {"still_possible": 0.3}
    )


def guesses():
    counts = ("low", "high", "n", "mean_guess", "callbacks")
    rows = [(0, 20, 9, 12.0, 1), (20, 40, 0, NAN, 0), (80, 100, 9, 95.0, 5)]
    records = [dict(zip(counts, row, strict=True)) | (RATE if row[2] else NO_RATE) for row in rows]
    return framed(records, brier=0.2, sentence="Your guesses run high.")


CHARTS = {
    charts.plot_trend: trend,
    charts.plot_habit: habit,
    charts.plot_stages: stages,
    charts.plot_paths: stages,
    charts.plot_waiting: waiting,
    charts.plot_calibration: guesses,
}
EACH = pytest.mark.parametrize(("plot", "make"), CHARTS.items(), ids=[plot.__name__ for plot in CHARTS])


def trace(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def words(figure):
    return [note.text for note in figure.layout.annotations]


# Trend and habit


def test_a_trend_has_a_mark_and_a_range_for_each_period():
    figure = charts.plot_trend(trend())
    assert [trace.name for trace in figure.data] == ["way", "range", "rate"]
    assert trace(figure, "rate").x == (0, 1, 2)
    assert trace(figure, "rate").y == (38, None, 25)
    assert trace(figure, "range").x == (0, 0, None, 2, 2, None)
    assert trace(figure, "range").y == (20, 60, None, 10, 50, None)
    assert (trace(figure, "rate").marker.color, trace(figure, "rate").marker.symbol) == ("#0072B2", "circle")


def test_periods_and_counts_stand_below_also_without_a_rate():
    axis = charts.plot_trend(trend()).layout.xaxis
    assert axis.ticktext == (
        "3 Nov –<br>2 Dec 2026<br><b>8 of 21</b>",
        "5 Dec 2026 –<br>9 Jan 2027<br><b>0 of 0</b><br>3 pending",
        "1 Feb 2027<br><b>2 of 8</b>",
    )
    assert (axis.tickvals, axis.range, axis.tickangle) == ((0, 1, 2), (-0.5, 2.5), 0)


def test_the_sentence_the_key_and_the_rates_are_words_on_the_chart():
    head, *rates = words(charts.plot_trend(trend()))
    assert head.startswith(f"{SENTENCE}<br>")
    assert "<b>●</b> called back" in head
    assert "plausible range (95%)" in head
    assert rates == ["<b>38%</b>", "<b>25%</b>"]


def test_a_period_is_a_sentence_on_hover():
    hover = [text.replace("<br>", " ") for text in trace(charts.plot_trend(trend()), "rate").hovertext]
    assert hover == [
        "3 Nov – 2 Dec 2026: 38% called back (8 of 21), plausibly 20% to 60%",
        "5 Dec 2026 – 9 Jan 2027: 0 of 0 called back, 3 pending",
        "1 Feb 2027: 25% called back (2 of 8), plausibly 10% to 50%",
    ]


@pytest.mark.parametrize(("count", "told", "angle"), [(1, 1, 0), (8, 8, 0), (9, 9, -90), (44, 44, -90), (100, 34, -90)])
def test_many_periods_turn_their_words_and_then_skip_some(count, told, angle):
    figure = charts.plot_trend(trend(count))
    axis = figure.layout.xaxis
    assert (len(axis.ticktext), axis.tickangle) == (told, angle)
    assert len(trace(figure, "rate").x) == count
    assert (len(figure.layout.annotations) == 1) == (count > 8)


def test_a_period_without_dates_says_so():
    frame = trend(1).assign(start=pd.NaT, end=pd.NaT)
    assert charts.plot_trend(frame).layout.xaxis.ticktext == ("no date<br><b>8 of 21</b>",)


def test_a_habit_looks_different_from_callbacks():
    figure = charts.plot_habit(habit())
    assert (trace(figure, "rate").marker.symbol, trace(figure, "rate").marker.color) == ("square", "#1f2328")
    assert "<b>■</b> did it" in words(figure)[0]
    assert figure.layout.xaxis.ticktext[0] == "3 Nov –<br>2 Dec 2026<br><b>8 of 21</b>"


# Stages


def test_a_stage_is_a_bar_in_two_parts_with_a_range():
    figure = charts.plot_stages(stages())
    assert [trace.name for trace in figure.data] == ["called back", "not called back", "range", "rate", "sentence"]
    back, other = figure.data[:2]
    assert (back.x, back.base) == ((25, 25, None), (0, 0, 0))
    assert (other.x, other.base) == ((75, 75, None), (25, 25, None))
    assert (back.marker.pattern.shape, other.marker.pattern.shape) == (None, "/")
    assert (back.marker.color, other.marker.color) == ("rgba(0,114,178,0.55)", "rgba(213,94,0,0.55)")
    assert trace(figure, "range").x == (10, 50, None, 10, 50, None)
    assert all(trace.y == (23, 69, 115) for trace in (back, other, trace(figure, "rate")))


def test_stages_stand_left_and_counts_right_in_the_order_of_the_table():
    layout = charts.plot_stages(stages()).layout
    assert layout.yaxis.ticktext == ("applied", "screen", "onsite")
    assert layout.yaxis2.ticktext == (
        "<b>25%</b> · 2 of 8<br>3 pending",
        "<b>25%</b> · 1 of 4",
        "0 of 0<br>1 pending",
    )
    assert layout.yaxis.range == (138, 0)


def test_the_parts_of_a_bar_are_named_above():
    _, back, other = words(charts.plot_stages(stages()))
    assert back.endswith("</span> called back")
    assert other.startswith("not called back <span")


def test_paths_are_bands_between_places_with_counts():
    [drawn] = charts.plot_paths(stages()).data
    assert drawn.node.label == ("applied · 8", "screen · 4", "no callback · 4", "callback · 1", "pending · 3")
    assert drawn.node.color == ("#1f2328", "#1f2328", "#D55E00", "#0072B2", "#767676")
    assert (drawn.link.source, drawn.link.target) == ((0, 0, 1, 1), (1, 2, 3, 4))
    assert drawn.link.value == (4, 4, 1, 3)
    assert drawn.link.customdata[0] == "applied → screen: 4"


# Waiting


def test_what_came_of_interviews_stacks_to_100():
    figure = charts.plot_waiting(waiting())
    names = ["callback", "waiting", "closed", "callback_low", "callback_high", "still possible", "in words"]
    assert [trace.name for trace in figure.data] == names
    parts = figure.data[:3]
    assert {part.stackgroup for part in parts} == {"parts"}
    assert [part.line.color for part in parts] == ["#0072B2", "#767676", "#D55E00"]
    assert [part.fillpattern.shape for part in parts] == [None, None, "/"]
    whole = [sum(at) for at in zip(*(part.y for part in parts), strict=True)]
    assert whole == pytest.approx([100] * 32)  # what the last day brings goes on for a day, so that it is seen
    assert all(line.line.shape == "hv" for line in figure.data[:6])


def test_the_parts_are_named_beside_their_ends():
    figure = charts.plot_waiting(waiting())
    named = [re.sub("<[^>]*>", "", note.text) for note in figure.layout.annotations[1:4]]
    assert named == ["■ 30% called back", "■ 10% waiting", "■ 60% closed"]
    assert [note.y for note in figure.layout.annotations[1:4]] == pytest.approx([15, 35, 70])


@pytest.mark.parametrize(
    ("heights", "found"),
    [([0, 0, 50], [4, 12, 50]), ([50, 100, 100], [50, 88, 96]), ([99, 99, 99], [80, 88, 96]), ([0, 1, 2], [4, 12, 20])],
)
def test_words_that_would_touch_stand_apart(heights, found):
    assert charts.waiting.spread(heights) == found


def test_the_days_tell_how_many_were_open_and_what_is_still_possible():
    figure = charts.plot_waiting(waiting())
    assert figure.layout.xaxis.tickvals == (0, 7, 14, 21, 28)
    assert figure.layout.xaxis.ticktext[1] == "day 7<br><b>43</b> open"
    told, chance = trace(figure, "in words"), trace(figure, "still possible")
    assert (told.x, told.text) == ((0, 7, 14, 21, 28), ("<b>30%</b>",) * 5)
    assert chance.hovertext[10].replace("<br>", " ") == (
        "Day 10, 40 still open: 10% called back, 70% waiting, 20% closed, 30% chance that a callback still comes"
    )


def test_days_without_a_row_take_what_held_then():
    figure = charts.plot_waiting(waiting().iloc[[0, 5, 9]])
    assert figure.layout.xaxis.tickvals == (0, 2, 4, 6, 8)
    assert figure.layout.xaxis.ticktext[1] == "day 2<br><b>45</b> open"
    assert trace(figure, "in words").x == (0, 2, 4, 6, 8)


@pytest.mark.parametrize(
    ("last", "ticks"),
    [(0, [0]), (1, [0, 1]), (40, [0, 7, 14, 21, 28, 35]), (5000, [0, 720, 1440, 2160, 2880, 3600, 4320])],
)
def test_a_scale_of_days_has_at_most_8(last, ticks):
    found = charts.waiting.day_ticks(last)
    assert found == ticks
    assert len(found) <= 8


def test_a_single_day_is_drawn():
    figure = charts.plot_waiting(waiting(0))
    assert figure.layout.xaxis.range == (0, 1)
    assert trace(figure, "waiting").y == (100, 100)


# Guesses


def test_guesses_stand_against_what_came_of_them():
    figure = charts.plot_calibration(guesses())
    assert [trace.name for trace in figure.data] == ["as said", "range", "rate"]
    assert (trace(figure, "as said").x, trace(figure, "as said").line.dash) == ((0, 100), "dash")
    assert trace(figure, "rate").x == (12, 30, 95)
    assert trace(figure, "rate").y == (25, None, 25)
    assert words(figure)[0].startswith("Your guesses run high.<br>")


def test_counts_stand_beside_the_marks_where_there_is_room():
    counts = charts.plot_calibration(guesses()).layout.annotations[3:]
    found = [(note.text, note.x, note.y, note.xanchor) for note in counts]
    assert found == [
        ("<b>1 of 9</b>", 12, 25, "left"),
        ("<b>0 of 0</b>", 30, 10, "left"),
        ("<b>5 of 9</b>", 95, 25, "right"),
    ]


def test_above_and_below_the_line_are_in_words():
    found = words(charts.plot_calibration(guesses()))[1:3]
    assert found == ["▲ more callbacks than guessed", "▼ fewer callbacks than guessed"]


# For each chart


EMPTY = {
    charts.plot_trend: "No dated interviews yet. Note the day of an interview, and callbacks over time show up here.",
    charts.plot_habit: "This habit is in no dated debrief yet. Note it in a few, and how often it was done"
    " shows up here.",
    charts.plot_stages: "No stages yet. Note the stage of an interview, and it shows up here.",
    charts.plot_paths: "No ways from stage to stage yet. Note stages and outcomes, and they show up here.",
    charts.plot_waiting: "No dated interviews yet. Note their days and answers, and how long answers take"
    " shows up here.",
    charts.plot_calibration: "No guesses to look back on yet. Note the chance in a debrief, and the outcome once it is"
    " known.",
}


@EACH
def test_an_empty_table_says_what_is_missing(plot, make):
    nothing = make().iloc[:0]
    nothing.attrs.clear()
    figure = plot(nothing)
    assert words(figure)[0].replace("<br>", " ") == EMPTY[plot]
    assert not figure.data


@EACH
def test_a_single_row_and_missing_numbers_of_any_kind_are_drawn(plot, make):
    plot(make().iloc[:1])
    gaps = [name for name in ("rate", "ci_low", "ci_high", "still_possible") if name in make()]
    for missing in (None, NAN, pd.NA):
        plot(make().astype(dict.fromkeys(gaps, object)).assign(**dict.fromkeys(gaps, missing)))


@EACH
def test_the_table_stays_as_it_was(plot, make):
    before, after = make(), make()
    plot(after)
    pd.testing.assert_frame_equal(after, before)
    assert after.attrs == before.attrs


@EACH
@pytest.mark.parametrize(("dark", "theme"), [(False, charts.theme.LIGHT), (True, charts.theme.DARK)])
def test_only_colors_of_the_theme_are_used(plot, make, dark, theme):
    figure = plot(make(), dark=dark)
    assert set(re.findall("#[0-9a-fA-F]{6}", figure.to_json())) <= set(theme)
    through = {f"#{bytes(map(int, found)).hex()}" for found in re.findall(r"rgba\((\d+),(\d+),(\d+)", figure.to_json())}
    assert through <= {color.lower() for color in theme} | {"#000000"}
    assert figure.layout.paper_bgcolor == theme.paper


@EACH
def test_no_chart_uploads_itself_zooms_or_needs_a_legend(plot, make):
    layout = plot(make()).layout
    assert "sendChartToCloud" in layout.modebar.remove
    assert layout.dragmode in (False, "pan")
    assert layout.width is None
    axes = [layout[name] for name in layout.to_plotly_json() if re.fullmatch(r"[xy]axis\d?", name)]
    assert all(axis.fixedrange for axis in axes)
    assert not layout.showlegend


@pytest.mark.parametrize("plot", [plot for plot in CHARTS if plot is not charts.plot_paths])
def test_a_scale_in_percent_runs_from_0_to_100(plot):
    layout = plot(CHARTS[plot]()).layout
    axis = layout.xaxis if plot is charts.plot_stages else layout.yaxis
    assert axis.range == (0, 100)
    assert (axis.ticktext[0], axis.ticktext[-1]) == ("0%", "100%")


@pytest.mark.parametrize(
    ("plot", "source"),
    [
        (charts.plot_trend, "outcome_trend"),
        (charts.plot_habit, "habit_trend"),
        (charts.plot_stages, "stage_conversion"),
        (charts.plot_waiting, "waiting_curve"),
        (charts.plot_calibration, "chance_calibration"),
    ],
)
def test_another_table_is_refused_by_what_it_lacks(plot, source):
    table = CHARTS[plot]()
    name = "callback_low" if plot is charts.plot_waiting else "ci_low"
    message = f"the table has no column '{name}'; {plot.__name__} draws the table that {source} returns"
    with pytest.raises(ValueError, match=f"^{message}$"):
        plot(table.drop(columns=name))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "<b>bold</b>", "R&D &lt; &amp;", "$x^2$", "😀 %{x}"])
def test_what_people_wrote_is_shown_as_it_is(name):
    figure, paths = charts.plot_stages(stages(name)), charts.plot_paths(stages(name))
    told = framed(trend().to_dict("records"), trend={"sentence": name})
    texts = [
        *(figure.layout.yaxis.ticktext[1], trace(figure, "sentence").hovertext[1]),
        *(paths.data[0].node.label[1], paths.data[0].link.customdata[0]),
        words(charts.plot_trend(told))[0],
    ]
    for text in texts:
        assert "$" not in text
        assert not re.search(r"<(?!/?b>|br>|/?span)", text)
        assert name[:8] in html.unescape(text.replace("<br>", " "))


def test_the_paths_leave_plotly_a_drag_mode_that_it_can_draw():
    # Plotly looks for a Sankey's background where the mode is neither pan nor zoom, and finds none.
    paths = [{"source": "screen", "target": "callback", "count": 2}]
    table = pd.DataFrame({"stage": ["screen"]})
    table.attrs["paths"] = paths
    assert charts.plot_paths(table).layout.dragmode == "pan"


def test_ways_that_hardly_anyone_of_very_many_went_are_not_drawn_and_said_not_to_be():
    table = stages()
    table.attrs["paths"] = [
        {"source": "screen", "target": "onsite", "count": 1_000},
        {"source": "onsite", "target": "offer", "count": 995},
        {"source": "onsite", "target": "screen 4", "count": 5},
    ]
    figure = charts.plot_paths(table)
    assert list(figure.data[0].link.value) == [1_000, 995]
    assert figure.data[0].node.label[1] == "onsite · 1,000"
    assert figure.layout.annotations[0].text == "only the ways that 10 interviews or more went"
    table.attrs["paths"] = [{**path, "count": path["count"] // 5} for path in table.attrs["paths"]]
    assert len(charts.plot_paths(table).data[0].link.value) == 2

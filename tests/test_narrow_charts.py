"""The narrow layout of each chart as data: what stands where on the 320 px of a phone."""

import html
import re

import pandas as pd
import pytest

from interview_kit import charts
from interview_kit.charts.paths import THIN
from interview_kit.charts.rows import LINE
from tests.test_charts import ASKED, CALM, COFFEE, NEVER, many, table
from tests.test_trend_charts import CHARTS as RATE_CHARTS, EMPTY, stages, trend, waiting

WIDTH = 320  # px
LETTER = 0.6  # of a font's size, on average
LONG = "Told a story that took far too long for the little time that was left"


def behaviors():
    frame = table(ASKED, CALM, COFFEE, NEVER, ASKED | {"behavior": "did_tell", "label": LONG, "sentence": f"{LONG}: x"})
    frame.attrs["by"] = ["stage", "role"]
    return frame


CHARTS = {charts.plot_behaviors: behaviors, **RATE_CHARTS}
EACH = pytest.mark.parametrize(("plot", "make"), CHARTS.items(), ids=[plot.__name__ for plot in CHARTS])
ROWS = [plot for plot in CHARTS if plot is not charts.plot_waiting]


def narrow(plot, dark=False):
    return plot(CHARTS[plot](), dark=dark, narrow=True)


def lines(text):
    """Return the lines of a text as they are seen."""
    return [html.unescape(re.sub("<[^>]*>", "", line)) for line in text.split("<br>")]


def row_notes(figure):
    """Return what stands above the marks of rows."""
    return [note for note in figure.layout.annotations if note.yref == "y" and note.yanchor == "top"]


@EACH
def test_the_marks_have_the_room_that_names_took(plot, make):
    margin = narrow(plot).layout.margin
    assert max(margin.l, margin.r) <= 46
    assert narrow(plot).layout.width is None


@EACH
def test_no_words_reach_over_the_edge(plot, make):
    figure = narrow(plot)
    margin, height = figure.layout.margin, figure.layout.height
    for note in figure.layout.annotations:
        wide = max(map(len, lines(note.text))) * LETTER * note.font.size
        starts_left = note.xanchor == "left" and note.x in (0, None)
        begin = margin.l + (note.xshift or 0) if starts_left else 8
        assert begin >= 8
        assert begin + wide <= WIDTH, note.text
        if note.yref in ("paper", "y domain") and note.yanchor == "top":
            assert note.yshift <= margin.t
        if note.yref == "y" and note.yanchor == "top":
            assert 0 <= note.y < height - margin.t


@pytest.mark.parametrize("plot", ROWS)
def test_words_stand_above_the_marks_of_their_row(plot):
    figure = narrow(plot)
    marks = next(trace.y for trace in figure.data if trace.name in ("difference", "rate", "paths"))
    notes = row_notes(figure)
    assert len(notes) == len(marks)
    ends = [*(note.y for note in notes[1:]), figure.layout.yaxis.range[0]]
    for note, mark, following in zip(notes, marks, ends, strict=True):
        assert note.y + LINE * len(lines(note.text)) <= mark < following
        assert note.bgcolor == figure.layout.paper_bgcolor  # the lines of the scale do not go through words


@pytest.mark.parametrize("plot", ROWS)
def test_the_names_are_no_ticks_any_more(plot):
    layout = narrow(plot).layout
    assert not layout.yaxis.showticklabels
    assert layout.yaxis.ticktext is None
    assert not layout.yaxis2.showticklabels


def test_each_behavior_has_its_name_its_counts_and_its_verdict_once():
    said = [lines(note.text) for note in row_notes(narrow(charts.plot_behaviors))]
    assert said[0] == ["Asked questions at the end", "12 of 25 with · 6 of 28 without", "lines up with callbacks"]
    assert said[3] == ["Smile more", "none with · 6 of 28 without", "not enough to compare"]
    assert " ".join(said[4][:-2]) == LONG
    assert len({name for name, *_ in said}) == len(said)


def test_large_counts_take_a_line_each():
    large = ASKED | {"n_with": 1234567, "callbacks_with": 234567, "n_without": 7654321, "callbacks_without": 654321}
    [note] = row_notes(charts.plot_behaviors(table(large), narrow=True))
    assert lines(note.text)[1:3] == ["234,567 of 1,234,567 with", "654,321 of 7,654,321 without"]


def test_a_click_finds_the_same_trace_and_the_same_row():
    wide, small = charts.plot_behaviors(behaviors()), narrow(charts.plot_behaviors)
    assert [(trace.name, trace.mode, trace.x) for trace in wide.data] == [
        (trace.name, trace.mode, trace.x) for trace in small.data
    ]


@pytest.mark.parametrize("farthest", [5, 45, 90, 100])
def test_a_scale_has_at_most_7_numbers_and_0_is_one_of_them(farthest):
    frame = table(ASKED | {"ci_high": farthest / 100, "difference": farthest / 100})
    ticks = charts.plot_behaviors(frame, narrow=True).layout.xaxis.ticktext
    assert 3 <= len(ticks) <= 7
    assert "0" in ticks


def test_60_behaviors_are_drawn():
    figure = charts.plot_behaviors(many(60), narrow=True)
    assert len(row_notes(figure)) == 60
    assert figure.layout.xaxis2.showticklabels


def test_the_key_has_a_line_for_each_mark():
    key = narrow(charts.plot_behaviors).layout.annotations[0]
    within = "● difference within the same stage and role"
    assert lines(key.text) == [within, "━ plausible range (95%)", "| best guess, allowing for luck"]


# Over time


def test_a_period_is_a_row():
    said = [lines(note.text) for note in row_notes(charts.plot_trend(trend(), narrow=True))]
    assert said == [
        ["3 Nov – 2 Dec 2026", "38% · 8 of 21"],
        ["5 Dec 2026 – 9 Jan 2027", "0 of 0 · 3 pending"],
        ["1 Feb 2027", "25% · 2 of 8"],
    ]


@pytest.mark.parametrize(("count", "rows", "told"), [(1, 1, 0), (16, 16, 0), (17, 0, 9), (100, 0, 13)])
def test_many_periods_stand_side_by_side_and_fewer_are_told(count, rows, told):
    figure = charts.plot_trend(trend(count), narrow=True)
    assert len(row_notes(figure)) == rows
    if told:
        assert (len(figure.layout.xaxis.ticktext), figure.layout.xaxis.tickangle) == (told, -90)


# Paths, waiting and guesses


def test_a_way_is_a_bar_below_its_place():
    figure = narrow(charts.plot_paths)
    assert [lines(note.text) for note in row_notes(figure)] == [
        ["applied · 8", "→ screen   4"],
        ["→ no callback   4"],
        ["screen · 4", "→ callback   1"],
        ["→ pending   3"],
        ["what came of all of them", "no callback   4"],
        ["callback   1"],
        ["pending   3"],
    ]
    assert figure.data[0].x == (4, 4, 1, 3, 4, 1, 3)
    assert figure.data[0].hovertext[0] == "applied → screen: 4"


def test_a_way_of_long_names_shows_on_hover_in_short_lines():
    [bars] = charts.plot_paths(stages("a conversation with the whole team"), narrow=True).data
    assert max(len(line) for text in bars.hovertext for line in lines(text)) <= 24


def test_a_place_of_many_words_takes_two_lines():
    first, *_ = row_notes(charts.plot_paths(stages("a conversation with the whole team and their dog"), narrow=True))[
        2:
    ]
    assert lines(first.text)[:2] == ["a conversation with the", "whole team and their dog · 4"]


def test_ways_that_hardly_anyone_went_are_not_drawn_here_either():
    frame = stages()
    few = {"source": "screen", "target": "onsite", "count": 1}
    frame.attrs["paths"] = [{"source": "screen", "target": "callback", "count": 2 * THIN}, few]
    figure = charts.plot_paths(frame, narrow=True)
    assert figure.layout.annotations[0].text == "only the ways that 2 interviews or more went"
    assert len(row_notes(figure)) == 2


def test_the_parts_of_what_came_of_interviews_are_named_in_the_key_in_their_order():
    figure = narrow(charts.plot_waiting)
    assert lines(figure.layout.annotations[0].text)[1:4] == ["■ 60% closed", "■ 10% waiting", "■ 30% called back"]
    assert not any(note.yref == "y" for note in figure.layout.annotations)


@pytest.mark.parametrize("last", [0, 1, 40, 5000])
def test_at_most_5_days_are_named(last):
    assert len(charts.plot_waiting(waiting(last), narrow=True).layout.xaxis.tickvals) <= 5


def test_a_group_of_guesses_is_a_row_with_what_was_said():
    figure = narrow(charts.plot_calibration)
    assert [lines(note.text) for note in row_notes(figure)] == [
        ["Guessed 0 to 20%, on average 12%", "25% · 1 of 9"],
        ["Guessed 20 to 40%", "0 of 0"],
        ["Guessed 80 to 100%, on average 95%", "25% · 5 of 9"],
    ]
    said = next(trace for trace in figure.data if trace.name == "as said")
    assert said.x == (12, None, 95)


# For each chart


@EACH
def test_without_asking_a_chart_is_wide(plot, make):
    assert plot(make(), narrow=False).to_json() == plot(make()).to_json() != narrow(plot).to_json()


@EACH
@pytest.mark.parametrize(("dark", "theme"), [(False, charts.theme.LIGHT), (True, charts.theme.DARK)])
def test_only_colors_of_the_theme_are_used(plot, make, dark, theme):
    figure = narrow(plot, dark)
    assert set(re.findall("#[0-9a-fA-F]{6}", figure.to_json())) <= set(theme)
    assert figure.layout.paper_bgcolor == theme.paper


@EACH
def test_no_chart_zooms_uploads_itself_or_needs_a_legend(plot, make):
    layout = narrow(plot).layout
    assert "sendChartToCloud" in layout.modebar.remove
    assert (layout.dragmode, layout.showlegend) == (False, False)
    axes = [layout[name] for name in layout.to_plotly_json() if re.fullmatch(r"[xy]axis\d?", name)]
    assert all(axis.fixedrange for axis in axes)


@EACH
def test_what_shows_on_hover_fits_beside_a_mark(plot, make):
    told = [text for trace in narrow(plot).data if trace.hovertext is not None for text in trace.hovertext]
    assert told
    assert max(len(line) for text in told for line in lines(text)) <= 24


@pytest.mark.parametrize(("plot", "words"), EMPTY.items())
def test_an_empty_table_says_what_is_missing_in_short_lines(plot, words):
    nothing = RATE_CHARTS[plot]().iloc[:0]
    nothing.attrs.clear()
    [note] = plot(nothing, narrow=True).layout.annotations
    assert " ".join(lines(note.text)) == words
    assert max(map(len, lines(note.text))) <= 38


@EACH
def test_the_table_stays_as_it_was(plot, make):
    before, after = make(), make()
    plot(after, narrow=True)
    pd.testing.assert_frame_equal(after, before)
    assert after.attrs == before.attrs


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "<b>bold</b>", "R&D &lt; &amp;", "$x^2$", "😀 %{x}"])
def test_what_people_wrote_is_shown_as_it_is(name):
    frames = [(charts.plot_stages, stages(name)), (charts.plot_paths, stages(name))]
    frames.append((charts.plot_behaviors, pd.DataFrame([ASKED | {"label": name, "verdict": name}])))
    for plot, frame in frames:
        said = [note.text for note in row_notes(plot(frame, narrow=True))]
        assert any(name[:8] in line for text in said for line in lines(text))
        for text in said:
            assert "$" not in text
            assert not re.search(r"<(?!/?b>|br>|/?span)", text)

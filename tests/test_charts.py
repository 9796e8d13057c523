"""The figures as data: what is drawn where, in which words, colors and sizes."""

import html
import re
import subprocess
import sys

import pandas as pd
import pytest

from interview_kit import charts

ASKED = {
    **{"behavior": "did_ask_questions_at_end", "kind": "yes/no", "n_with": 25, "n_without": 28, "n_not_noted": 0},
    **{"callbacks_with": 12, "callbacks_without": 6, "rate_with": 0.48, "rate_without": 6 / 28, "difference": 0.27},
    **{"ci_low": 0.02, "ci_high": 0.49, "p_value": 0.04, "p_adjusted": 0.04, "best_guess": 0.12, "auc": 0.6},
    **{"adjusted_difference": None, "adjusted_low": None, "adjusted_high": None, "p_stratified": None, "needed": None},
    "verdict": "lines up with callbacks",
    "sentence": "Asked questions at the end: 48% called back with it (12 of 25), 21% without (6 of 28), +27 points,"
    " plausibly +2 to +49. This does not show that it causes callbacks.",
}
COFFEE = ASKED | {
    **{"behavior": "did_drink_coffee", "difference": -0.3, "ci_low": -0.5, "ci_high": -0.05, "best_guess": -0.1},
    **{"verdict": "lines up with no callback", "sentence": "Drank coffee: fewer."},
}
CALM = ASKED | {
    **{"behavior": "rated_calm", "kind": "rating", "difference": 0.05, "ci_low": -0.2, "ci_high": 0.3},
    **{"best_guess": 0.01, "verdict": "too early to tell", "sentence": "Calm: too early."},
}
NEVER = ASKED | {
    **{"behavior": "did_smile_more", "n_with": 0, "callbacks_with": 0},
    **dict.fromkeys(["rate_with", "difference", "ci_low", "ci_high", "best_guess", "p_value", "p_adjusted"]),
    **{"verdict": "not enough to compare", "sentence": "Smile more: 21% called back without it (6 of 28)."},
}
RANGES, GUESS, DIFFERENCE, SENTENCE = slice(0, 3), 3, 4, 5


def table(*records, confidence=0.95):
    labelled = ["label"] if any("label" in record for record in records) else []
    frame = pd.DataFrame(list(records), columns=[*ASKED, *labelled])
    frame.attrs["confidence"] = confidence
    return frame


@pytest.fixture
def figure():
    return charts.plot_behaviors(table(ASKED, CALM, COFFEE, NEVER))


def test_each_trace_is_where_it_is_expected(figure):
    names = ["range, callback", "range, against", "range, undecided", "best guess", "difference", "sentence"]
    assert [trace.name for trace in figure.data] == names
    ranges = [([round(x) for x in trace.x if x is not None], list(trace.y)) for trace in figure.data[RANGES]]
    assert ranges == [([2, 49], [23, 23, None]), ([-50, -5], [115, 115, None]), ([-20, 30], [69, 69, None])]
    assert list(figure.data[DIFFERENCE].x) == pytest.approx([27, 5, -30, None])
    assert list(figure.data[GUESS].x) == pytest.approx([12, 1, -10, None])
    assert all(list(figure.data[place].y) == [23, 69, 115, 161] for place in (GUESS, DIFFERENCE, SENTENCE))


def test_color_and_symbol_follow_the_verdict(figure):
    marker = figure.data[DIFFERENCE].marker
    assert marker.symbol == ("triangle-right", "circle", "triangle-left", "x")
    assert marker.color == ("#0072B2", "#767676", "#D55E00", "#767676")
    assert [trace.line.color for trace in figure.data[RANGES]] == ["#0072B2", "#D55E00", "#767676"]
    assert figure.data[GUESS].marker.color == marker.color
    assert figure.data[GUESS].marker.opacity < 1


def test_names_stand_left_counts_and_verdict_right(figure):
    axis, other = figure.layout.yaxis, figure.layout.yaxis2
    assert axis.ticktext == ("Asked questions at the end", "Calm", "Drank coffee", "Smile more")
    assert other.ticktext == (
        "12 of 25 with · 6 of 28 without<br><b>lines up with callbacks</b>",
        "12 of 25 at 4–5 · 6 of 28 at 1–3<br>too early to tell",
        "12 of 25 with · 6 of 28 without<br><b>lines up with no callback</b>",
        "none with · 6 of 28 without<br>not enough to compare",
    )
    assert axis.tickvals == other.tickvals == (23, 69, 115, 161)
    assert axis.range == other.range == (184, 0)
    assert (other.side, other.overlaying) == ("right", "y")
    assert axis.automargin
    assert other.automargin


def test_the_scale_is_in_points_and_the_directions_in_words(figure):
    axis = figure.layout.xaxis
    assert axis.range == pytest.approx((-53, 53))
    assert axis.ticktext == ("−40", "−20", "0", "+20", "+40")
    assert axis.title.text == "difference in callback rate, percentage points"
    assert axis.zeroline
    key, left, zero, right = figure.layout.annotations
    assert "difference seen" in key.text
    assert "plausible range (95%)" in key.text
    assert "best guess" in key.text
    assert (left.text, left.x) == ("◀ fewer<br>callbacks<br>with it", 0)
    assert (zero.text, zero.xref, zero.x) == ("no<br>difference", "x", 0)
    assert (right.text, right.x) == ("more ▶<br>callbacks<br>with it", 1)


def test_the_sentence_shows_on_hover_also_where_nothing_is_drawn(figure):
    trace = figure.data[SENTENCE]
    assert trace.hovertext[0].replace("<br>", " ") == ASKED["sentence"]
    assert max(map(len, trace.hovertext[0].split("<br>"))) <= 46
    assert list(trace.x) == pytest.approx([27, 5, -30, 0])
    assert trace.marker.opacity == 0
    assert figure.layout.hovermode == "y"
    assert all(other.hoverinfo == "skip" for other in figure.data[:SENTENCE])


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_missing_numbers_of_any_kind_and_a_missing_verdict_leave_the_row(missing):
    gaps = dict.fromkeys(["difference", "ci_low", "ci_high", "best_guess", "verdict"], missing)
    figure = charts.plot_behaviors(table(NEVER | gaps))
    assert figure.data[DIFFERENCE].x == (None,)
    assert figure.layout.yaxis2.ticktext[0].endswith("<br>not enough to compare")
    assert not any(trace.x for trace in figure.data[RANGES])
    assert figure.layout.xaxis.range == (-53, 53)


def test_the_table_stays_as_it_was():
    before = table(ASKED, NEVER)
    after = before.copy(deep=True)
    charts.plot_behaviors(after)
    pd.testing.assert_frame_equal(after, before)


# Names


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"label": "My own words"}, "My own words"),
        ({"label": None}, "Asked questions at the end"),
        ({"sentence": "nothing said"}, "Asked questions at the end"),
        ({"behavior": "did_smile_more"}, "Smile more"),
        ({"behavior": "ratio 1: 2", "sentence": "Ratio 1: 2: 48% called back"}, "Ratio 1: 2"),
        ({"behavior": "did_", "sentence": None}, "did_"),
    ],
)
def test_a_behavior_is_called_by_its_label_or_its_column(change, shown):
    figure = charts.plot_behaviors(pd.DataFrame([ASKED | change]))
    assert figure.layout.yaxis.ticktext == (shown,)


HOSTILE = ["<script>alert(1)</script>", "<b>bold</b>", "R&D &lt; &amp;", "$x^2$ or $5", "😀 smile", "%{x} {y}"]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_people_wrote_is_shown_as_it_is(name):
    record = ASKED | {"label": name, "verdict": name, "sentence": f"{name}: {name}"}
    figure = charts.plot_behaviors(pd.DataFrame([record]))
    texts = [*figure.layout.yaxis.ticktext, *figure.layout.yaxis2.ticktext, *figure.data[SENTENCE].hovertext]
    for text in texts:
        plain = re.sub("<br>|</?b>", "", text) if "&lt;b" not in text else text
        assert not re.search(r"<(?!br>|b>|/b>)", text)
        assert "$" not in text
        assert name[:8] in html.unescape(plain)


def test_escape_leaves_no_tag_entity_or_formula():
    assert charts.theme.escape("a < b & c > $d$") == "a &lt; b &amp; c &gt; &#36;d&#36;"
    assert charts.wrapped("<a> <b> <c>", 7) == "&lt;a&gt; &lt;b&gt;<br>&lt;c&gt;"
    assert charts.wrapped("one two three four", 8, 2) == "one two<br>three …"


# Sizes


def many(count):
    return table(*(ASKED | {"behavior": f"did_{n}", "sentence": f"Thing {n}: x"} for n in range(count)))


@pytest.mark.parametrize(("count", "height"), [(1, 182), (3, 274), (12, 688), (60, 2916)])
def test_the_height_grows_with_the_rows_and_the_fonts_stay(count, height):
    layout = charts.plot_behaviors(many(count)).layout
    assert (layout.height, layout.width) == (height, None)
    assert layout.height - layout.margin.t - layout.margin.b == 46 * count == layout.yaxis.range[0]
    assert (layout.yaxis.tickfont.size, layout.yaxis2.tickfont.size) == (13, 12)
    assert len(layout.shapes) == count - 1


def test_a_long_chart_has_its_scale_at_both_ends():
    assert not charts.plot_behaviors(many(12)).layout.xaxis2.showticklabels
    assert charts.plot_behaviors(many(13)).layout.xaxis2.showticklabels


def test_a_long_name_takes_more_lines_and_room():
    name = "Told a story that took far too long for the little time that was left"
    figure = charts.plot_behaviors(table(ASKED | {"label": name, "sentence": f"{name}: x"}, CALM))
    assert figure.layout.yaxis.ticktext[0].replace("<br>", " ") == name
    assert max(map(len, figure.layout.yaxis.ticktext[0].split("<br>"))) <= 26
    assert figure.layout.yaxis.tickvals == (31.5, 86)
    assert figure.layout.shapes[0].y0 == 63


def test_large_counts_stand_in_two_lines():
    large = ASKED | {"n_with": 1234567, "callbacks_with": 234567, "n_without": 7654321, "callbacks_without": 654321}
    [text] = charts.plot_behaviors(table(large)).layout.yaxis2.ticktext
    assert text.startswith("234,567 of 1,234,567 with<br>654,321 of 7,654,321 without<br>")


@pytest.mark.parametrize(
    ("farthest", "ticks"),
    [
        (0.1, [-4, 0, 4]),
        (8.4, [-8, 0, 8]),
        (8.6, [-5, 0, 5]),
        (45, [-40, 0, 40]),
        (90, [-75, 0, 75]),
        (100, [-100, 0, 100]),
    ],
)
def test_a_scale_has_3_to_9_ticks(farthest, ticks):
    reach, found = charts.behaviors.scale([farthest, None])
    assert reach >= farthest
    assert 3 <= len(found) <= 9
    assert [found[0], 0, found[-1]] == ticks


# Light and dark


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [charts.theme.LIGHT, charts.theme.DARK])
def test_text_and_marks_stand_out(theme):
    assert min(contrast(color, theme.paper) for color in (theme.ink, theme.muted)) >= 4.5
    assert min(contrast(color, theme.paper) for color in (theme.callback, theme.against, theme.undecided)) >= 3


@pytest.mark.parametrize(("dark", "theme"), [(False, charts.theme.LIGHT), (True, charts.theme.DARK)])
def test_only_colors_of_the_theme_are_used(dark, theme):
    figure = charts.plot_behaviors(table(ASKED, CALM, COFFEE), dark=dark)
    used = set(re.findall(r"#[0-9a-fA-F]{6}", figure.to_json()))
    assert used <= set(theme)
    assert (figure.layout.paper_bgcolor, figure.layout.font.color) == (theme.paper, theme.ink)


# Nothing to draw, and what every chart shares


@pytest.mark.parametrize(
    ("interviews", "words"),
    [
        (0, "No interviews yet. Write the first one down, and the behaviors show up here."),
        (7, "No behaviors to compare yet. Note in a debrief what was done, and it shows up here."),
    ],
)
def test_an_empty_table_says_what_is_missing(interviews, words):
    nothing = table()
    nothing.attrs["interviews"] = interviews
    figure = charts.plot_behaviors(nothing)
    assert figure.layout.annotations[0].text.replace("<br>", " ") == words
    assert not figure.data
    assert not figure.layout.xaxis.visible


def test_another_table_is_refused_by_what_it_lacks():
    message = "the table has no column 'difference'; plot_behaviors draws the table that compare_behaviors returns"
    with pytest.raises(ValueError, match=f"^{message}$"):
        charts.plot_behaviors(table(ASKED).drop(columns=["difference", "sentence"]))


def test_no_chart_offers_to_upload_itself_or_to_zoom(figure):
    assert "sendChartToCloud" in figure.layout.modebar.remove
    assert figure.layout.dragmode is False
    assert all(figure.layout[axis].fixedrange for axis in ("xaxis", "xaxis2", "yaxis", "yaxis2"))


def test_plotly_waits_until_a_chart_is_drawn():
    code = "import sys, interview_kit.charts; sys.exit('plotly' in sys.modules or 'pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_comparison_within_groups_draws_the_differences_within_them():
    frame = compared_by_stage()
    row = frame.iloc[0]
    figure = charts.plot_behaviors(frame)
    drawn = next(trace for trace in figure.data if trace.name == "difference")
    assert drawn.x[0] == pytest.approx(100 * row["adjusted_difference"])
    assert drawn.x[0] != pytest.approx(100 * row["difference"])
    assert "difference within the same stage" in figure.layout.annotations[0].text


def compared_by_stage():
    from interview_kit.journal import sample_interviews
    from interview_kit.patterns import compare_behaviors

    return compare_behaviors(sample_interviews(), by="stage", as_of="2027-01-01")

"""Someone with three answers and two interviews that wait: what is missing, and what each number counts."""

import re

import pandas as pd
import pytest

import interview_kit as ik
from interview_kit import patterns, trends
from interview_kit.report import contents, page

TODAY = "2026-11-26"
ROWS = [
    ("Velin Works", "screen", "2026-10-09", "callback", "2026-10-16", True, 60),
    ("Acme", "screen", "2026-10-21", "rejected", "2026-11-06", True, 50),
    ("Velin Works", "technical", "2026-11-08", "rejected", "2026-11-17", False, 70),
    ("Orsolane", "screen", "2026-10-24", "pending", None, True, 40),
    ("Tarnwick", "onsite", "2026-11-22", "pending", None, True, 80),
]
NAMES = ("company", "stage", "interviewed_on", "outcome", "outcome_on", "did_prepare", "chance")


@pytest.fixture
def interviews(tmp_path):
    journal = ik.Journal(tmp_path)
    for row in ROWS:
        journal.add("interviews", dict(zip(NAMES, row, strict=True)))
    return journal.interviews()


def test_each_rate_says_what_it_counts_and_what_is_missing(interviews):
    assert trends.outcome_trend(interviews, as_of=TODAY).attrs["trend"]["sentence"] == (
        "It is too early for a trend: of 3 interviews whose 30 days are over, 1 was called back within them; "
        "a first trend takes 16, so 13 more."
    )
    assert trends.stage_conversion(interviews, as_of=TODAY).attrs["sentence"] == (
        "It is too early to compare stages: of 3 interviews whose 30 days are over, 1 moved on within them; "
        "it takes 5 at each of two stages."
    )
    assert trends.waiting_curve(interviews, as_of=TODAY).attrs["sentence"] == (
        "Of all 5 interviews, each counted for as long as it waited, 25% led to a callback and 50% ended without one "
        "within 33 days; half of the callbacks came by day 7."
    )
    assert trends.chance_calibration(interviews, as_of=TODAY).attrs["sentence"] == (
        "The average guess was 50%; of 3 that count, 33% (1) called back within 30 days."
    )
    assert trends.habit_trend(interviews, "did_prepare").attrs["sentence"] == (
        "Prepared: 4 of the 5 in which it is noted so far. "
        "It is too early for a trend; a first trend takes 16, so 11 more."
    )


def test_one_interview_is_told_of_as_one(interviews):
    first = interviews.head(1)
    assert (
        "of 1 interview whose 30 days are over, 1 was called back"
        in (trends.outcome_trend(first, as_of=TODAY).attrs["trend"]["sentence"])
    )
    assert trends.waiting_curve(first, as_of=TODAY).attrs["sentence"].startswith("Of one interview, ")


def test_where_no_30_days_are_over_it_says_so(interviews):
    table = trends.outcome_trend(interviews.tail(1), as_of=TODAY)
    assert table.attrs["trend"]["sentence"] == (
        "There is no trend to see yet: no dated interview that counts is 30 days old."
    )


def test_enough_on_one_day_lack_no_number():
    frame = pd.DataFrame({"outcome": ["callback", "rejected"] * 8, "interviewed_on": ["2026-01-02"] * 16})
    sentence = trends.outcome_trend(frame, as_of=TODAY).attrs["trend"]["sentence"]
    assert sentence == (
        "It is too early for a trend: of 16 interviews whose 30 days are over, 8 were called back within them."
    )


def test_another_window_is_named_by_its_days(interviews):
    table = trends.outcome_trend(interviews, as_of=TODAY, within_days=14)
    assert "of 4 interviews whose 14 days are over" in table.attrs["trend"]["sentence"]
    assert trends.what_counts(14).startswith("An interview counts once its 14 days are over")


def test_what_luck_does_is_not_told_where_nothing_can_be_compared(interviews):
    table = patterns.compare_behaviors(interviews, as_of=TODAY)
    assert patterns.too_few(table)
    assert patterns.fine_print(table) == (
        "3 of 5 interviews count: 2 are less than 30 days old. No answer within 30 days counts as not called back."
    )


def test_the_report_says_what_is_missing_in_place_of_a_chart_of_nothing(interviews):
    report = contents.compose(interviews, as_of=TODAY)
    behaviors = report.sections[0]
    assert (behaviors.name, behaviors.plot) == ("behaviors", None)
    assert behaviors.columns[-1] == "Still missing"
    assert behaviors.rows == [("Prepared", "1 of 3", "0 of 0", "2 with it and 5 without it")]
    assert behaviors.remarks[-1].startswith("Not noted yet in an interview that counts: arrived early, ")
    html = page.page(report)
    assert 'id="chart-behaviors"' not in html
    assert 'id="chart-trend"' in html
    assert len(re.findall("An interview counts once its 30 days are over", html)) == 2


def test_a_report_of_nothing_to_draw_needs_no_plotly(interviews):
    html = page.page(contents.compose(interviews, as_of=TODAY, charts=["behaviors"]))
    assert len(html) < 100_000
    assert "JavaScript" not in html


def test_its_pictures_are_of_the_charts_that_there_are(interviews, tmp_path):
    written = ik.save_report(interviews, tmp_path / "report", formats="svg", as_of=TODAY, charts="behaviors")
    assert [path.name for path in written] == ["behaviors.csv"]

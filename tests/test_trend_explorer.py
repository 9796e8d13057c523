"""The trends in their panel, without a browser."""

from datetime import date

import interview_kit as ik
from interview_kit.widgets import filtered
from interview_kit.widgets.filtered import SAMPLE_NOTICE
from tests.panels import HOSTILE
from tests.test_pattern_explorer import words_on


def test_without_records_it_shows_the_sample_and_says_so(journal):
    explorer = ik.TrendExplorer(journal)
    assert explorer.news.text == f"{SAMPLE_NOTICE} It is shown as of 3 Nov 2026."
    assert all(view.picture.figure.data for view in explorer.views.values())


def test_each_question_has_its_answer_above_its_picture(own):
    explorer = ik.TrendExplorer(own)
    assert "No clear trend: " in explorer.views["trend"].answer.value
    assert " led to a callback and " in explorer.views["waiting"].answer.value
    assert "The average guess was 60%" in explorer.views["calibration"].answer.value
    assert all("<table" in view.table.value for view in explorer.views.values())
    assert "Ashlark Relief" in explorer.waiting_list.value


def test_a_period_of_the_calendar_can_be_chosen(own):
    explorer = ik.TrendExplorer(own)
    explorer.period.value = "QS"
    assert explorer.views["trend"].study.table["start"].dt.month.isin([1, 4, 7, 10]).all()


def test_the_paths_stand_below_the_stages(own):
    explorer = ik.TrendExplorer(own)
    (sankey,) = explorer.views["paths"].picture.figure.data
    assert sum(sankey.link.value) >= 66


def test_a_habit_can_be_chosen_and_the_focus_comes_first(own):
    explorer = ik.TrendExplorer(own)
    assert explorer.habit.value == "did_ask_questions_at_end"
    explorer.habit.value = "did_keep_good_posture"
    assert "Kept good posture" in explorer.views["habit"].answer.value


def test_of_very_many_interviews_a_sample_of_whole_companies_is_shown_and_said_to_be_one(own, monkeypatch):
    monkeypatch.setattr(filtered, "MOST_DRAWN", 20)
    explorer = ik.TrendExplorer(own)
    whole, shown = explorer.records, explorer.frame
    assert 10 <= len(shown) <= 20
    assert len(shown) == whole["company"].isin(shown["company"]).sum()
    assert f"all {len(shown)} interviews at some of the companies, drawn at random from {len(whole)}." in (
        explorer.extent.value
    )
    assert ik.TrendExplorer(own).frame["id"].tolist() == shown["id"].tolist()
    explorer.filters["stage"].value = "final"
    assert len(explorer.frame) == (whole["stage"] == "final").sum()
    assert explorer.extent.value == ""


def test_one_company_of_very_many_interviews_is_shown_whole(own):
    assert len(filtered.sample_companies(own.interviews().assign(company="Acme"), 5)) == len(own.interviews())


def test_filters_that_leave_nothing_leave_sentences(own):
    explorer = ik.TrendExplorer(own)
    explorer.first_day.value = date(2030, 1, 1)
    assert len(explorer.frame) == 0
    assert explorer.waiting_list.value == "<p>No answer is outstanding.</p>"
    assert all(view.answer.value for view in explorer.views.values())


def test_a_single_interview_is_enough_to_open_it(journal):
    journal.add("interviews", {"company": HOSTILE, "interviewed_on": "2026-05-01", "stage": HOSTILE})
    explorer = ik.TrendExplorer(journal)
    assert "<script>" not in words_on(explorer)
    assert "&lt;script&gt;" in explorer.waiting_list.value


def test_the_theme_of_the_page_colors_the_pictures(own):
    explorer = ik.TrendExplorer(own)
    light = explorer.views["stages"].picture.figure.layout.font.color
    explorer.guard._handle_custom_msg({"kind": "theme", "dark": True}, [])
    assert explorer.views["stages"].picture.figure.layout.font.color != light

"""The pattern study in its panel, without a browser."""

import re
from datetime import date

import pandas as pd
import pytest

import interview_kit as ik
from interview_kit.frame.held import held
from interview_kit.journal import sample_interviews
from interview_kit.widgets.filtered import SAMPLE_NOTICE
from tests.panels import HOSTILE, words_on

ASKED = "did_ask_questions_at_end"


def test_without_records_it_shows_the_sample_and_says_so(journal):
    explorer = ik.PatternExplorer(journal)
    assert explorer.news.text == f"{SAMPLE_NOTICE} It is shown as of 3 Nov 2026."
    assert len(explorer.frame) == len(sample_interviews())


def test_with_records_the_answer_stands_above_the_picture(own):
    explorer = ik.PatternExplorer(own)
    assert explorer.news.text == ""
    assert "asking questions at the end, about 10 to 1 that it goes with more callbacks" in explorer.view.answer.value
    assert "Of 12 behaviors, none lines up with callbacks so far." in explorer.view.answer.value
    assert "Judged at 40, next at 80; " in explorer.view.remarks.value
    assert len(explorer.view.picture.figure.data) == 6


def test_what_was_never_noted_is_named_below_the_picture_and_no_row_in_it(own):
    path = own.folder / "interviews.csv"
    pd.read_csv(path, dtype=str, keep_default_na=False).assign(rated_calm="").to_csv(path, index=False)
    explorer = ik.PatternExplorer(own)
    names = explorer.view.picture.figure.layout.yaxis.ticktext
    assert ("Clarity" in names, "Calm" in names) == (True, False)
    assert "Not noted yet in an interview that counts: calm." in explorer.view.remarks.value


def test_filters_narrow_what_is_compared(own):
    explorer = ik.PatternExplorer(own)
    explorer.filters["stage"].value = "screen"
    assert set(explorer.frame["stage"]) == {"screen"}
    assert explorer.table.attrs["interviews"] == len(held(explorer.frame))
    explorer.filters["stage"].value = "all"
    explorer.first_day.value, explorer.last_day.value = date(2026, 3, 1), date(2026, 3, 31)
    assert explorer.frame["interviewed_on"].dt.month.unique().tolist() == [3]


def test_a_part_of_the_interviews_is_not_judged_and_that_is_said(own):
    explorer = ik.PatternExplorer(own)
    explorer.first_day.value = date(2026, 3, 1)
    assert (
        "Nothing is singled out in a part of the interviews that is chosen while looking." in explorer.view.answer.value
    )
    explorer.first_day.value = None
    assert "Nothing is singled out" not in explorer.view.answer.value


def late_journal(journal, early):
    """A journal with fifteen interviews typed in today, long after their answers, and some written down in time."""
    for n in range(15 + early):
        outcome = "callback" if n % 3 == 0 else "rejected"
        written = "2026-01-02T10:00:00" if n >= 15 else "2026-11-01T10:00:00"
        days = {"interviewed_on": "2026-01-02", "outcome_on": "2026-01-20", "debriefed_at": written}
        journal.add("interviews", {"company": f"c{n}", "outcome": outcome, "did_prepare": n % 2 == 0, **days})
    return ik.PatternExplorer(journal)


def test_fifteen_old_interviews_typed_in_today_are_shown_with_a_tick_that_leaves_them_out(journal):
    explorer = late_journal(journal, 0)
    assert explorer.with_late.description == "Bring in the 15 written down after the answer came"
    assert (explorer.with_late.value, explorer.with_late.layout.display) == (True, "")
    assert explorer.table.attrs["used"] == 15
    assert explorer.view.picture.layout.display == ""
    assert "Nothing is singled out, since these include 15 written down after" in explorer.view.answer.value
    explorer.behavior.value = "did_prepare"
    assert "left out" not in explorer.story.value
    explorer.with_late.value = False
    assert explorer.table.attrs["left_out"]["late"] == 15
    assert explorer.with_late.layout.display == ""
    assert "left out" in explorer.story.value


def test_where_others_were_written_in_time_late_ones_wait_for_the_tick(journal):
    explorer = late_journal(journal, 14)
    assert (explorer.with_late.value, explorer.table.attrs["used"]) == (False, 14)
    assert "15 were written down after their answer came" in explorer.view.remarks.value
    explorer.with_late.value = True
    assert explorer.table.attrs["used"] == 29
    explorer.with_late.value = False
    assert explorer.table.attrs["used"] == 14


def test_where_nothing_is_late_there_is_no_tick(own):
    assert ik.PatternExplorer(own).with_late.layout.display == "none"


def test_within_the_same_source_is_offered_where_two_kinds_are_noted(journal):
    journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01", "source": "referral"})
    explorer = ik.PatternExplorer(journal)
    assert [value for _, value in explorer.within.options] == ["", "stage"]
    key = journal.add("interviews", {"company": "Bolt", "interviewed_on": "2026-05-02", "source": "a pal"})
    assert explorer.within.options[-1] == ("within a source", "source")
    explorer.within.value = "source"
    assert explorer.table.attrs["by"] == ["source"]
    journal.update("interviews", key, {"source": "referral"})
    assert (explorer.within.value, explorer.table.attrs["by"]) == ("", [])


def test_within_the_same_stage_compares_by_stage(own):
    explorer = ik.PatternExplorer(own)
    assert explorer.table["p_stratified"].isna().all()
    explorer.within.value = "stage"
    assert explorer.table.attrs["by"] == ["stage"]
    assert explorer.table["p_stratified"].notna().any()


def test_a_behavior_tells_its_story(own):
    explorer = ik.PatternExplorer(own)
    explorer.behavior.value = ASKED
    story = explorer.story.value
    for part in (
        "It is judged next at 80 interviews",
        "about 310 interviews among 12 behaviors",
        "Stage by stage",
        "What travels with it",
        "Marlstone",
    ):
        assert part in story


def test_a_behavior_that_is_not_noted_yet_says_what_to_do_and_shows_no_table_of_nothing(journal):
    journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01", "outcome": "rejected"})
    explorer = ik.PatternExplorer(journal)
    explorer.behavior.value = "did_prepare"
    story = explorer.story.value
    assert "Note it in the next debriefs: once 5 interviews with it and 5 without it count, 3 of them called" in story
    assert "It is noted in 0 of 1." in story
    for nothing in ("0 behaviors", "0 of 0", "<table", "Stage by stage", "What travels with it"):
        assert nothing not in story


def test_a_rating_tells_its_story_in_its_own_words(own):
    explorer = ik.PatternExplorer(own)
    explorer.behavior.value = "rated_calm"
    for heading in ("Rated 4 or 5", "Rated 1 to 3", "Rated"):
        assert f'<th scope="col">{heading}</th>' in explorer.story.value
    assert "Did it" not in explorer.story.value


def test_a_first_day_after_the_last_is_named_and_changes_nothing(own):
    explorer = ik.PatternExplorer(own)
    shown = explorer.view.answer.value
    explorer.last_day.value = date(2026, 3, 1)
    narrowed = explorer.view.answer.value
    explorer.first_day.value = date(2026, 4, 1)
    assert explorer.news.text == "From is 2026-04-01, which is after To, 2026-03-01. Choose another day."
    assert explorer.view.answer.value == narrowed
    explorer.first_day.value = explorer.last_day.value = None
    assert (explorer.news.text, explorer.view.answer.value) == ("", shown)


def test_stages_are_offered_in_their_order(own):
    stages = [value for _, value in ik.PatternExplorer(own).filters["stage"].options]
    assert stages[:5] == ["all", "applied", "screen", "technical", "take-home"]


def test_a_click_in_the_picture_chooses_the_behavior(own):
    explorer = ik.PatternExplorer(own)
    names = [trace.name for trace in explorer.view.picture.figure.data]
    explorer.view.picture._handle_custom_msg({"kind": "click", "trace": names.index("sentence"), "point": 2}, [])
    assert explorer.behavior.value == explorer.table["behavior"].iloc[2]


def test_the_focus_that_is_chosen_is_asked_about_in_the_next_debrief(own):
    explorer = ik.PatternExplorer(own)
    explorer.behavior.value = "did_keep_good_posture"
    explorer.focus_button.click()
    assert explorer.message.text == (
        "The next debrief asks about it first: kept good posture. Your one question starts anew today: only interviews "
        "from now on count for it."
    )
    assert "The one question since" in explorer.question.value
    planned = own.interviews().query("outcome == 'planned'")["id"]
    for key in planned:  # what is over would be opened
        own.update("interviews", key, {"outcome": "cancelled"})
    form = ik.DebriefForm(own)
    assert form.fields["focus"].value == "did_keep_good_posture"
    first = form.answers.rows[0]
    assert (first["name"], first["asked"]) == ("did_keep_good_posture", True)
    assert first["label"] == "You set out to sit or stand upright and open. Did you?"
    assert form.is_blank()


def test_the_choice_of_a_focus_can_be_taken_back(own):
    own.choose_focus("did_prepare", since=date(2026, 6, 1))
    explorer = ik.PatternExplorer(own)
    explorer.behavior.value = "did_keep_good_posture"
    explorer.focus_button.click()
    (undo,) = explorer.message.buttons.children
    undo.click()
    assert (explorer.message.text, own.focus()) == ("Taken back.", "did_prepare")
    assert own.focus_since() == date(2026, 6, 1)
    assert explorer.focus_button.layout.display == ""


def test_a_new_record_shows_at_once(own):
    explorer = ik.PatternExplorer(own)
    before = len(explorer.frame)
    own.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01", "did_whistle": True})
    assert len(explorer.frame) == before + 1
    assert "did_whistle" in list(explorer.table["behavior"])


def test_a_single_record_says_what_a_first_comparison_takes(journal):
    journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01", "did_prepare": True})
    explorer = ik.PatternExplorer(journal)
    assert "There is not enough to compare yet" in explorer.view.answer.value
    assert "more interviews" in explorer.view.answer.value


def test_no_filter_leaves_an_error_behind(own):
    explorer = ik.PatternExplorer(own)
    explorer.behavior.value = ASKED
    explorer.first_day.value = date(2030, 1, 1)
    assert len(explorer.frame) == 0
    assert "There is nothing to compare yet" in explorer.view.answer.value
    explorer.first_day.value = None
    assert "Best bet so far" in explorer.view.answer.value


def test_a_file_that_cannot_be_read_is_named(own):
    (own.folder / "interviews.csv").write_bytes(b'id,company\ni-1,"Acme\n')
    explorer = ik.PatternExplorer(ik.Journal(own.folder))
    assert explorer.news.text == (
        "The file cannot be read. Nothing in it was changed.\n"
        "interviews.csv: line 2: a quote is opened here and never closed\n"
        "Until it can be read, what is shown below is the invented sample, not yours."
    )


UNREAD = """\
The file cannot be read. Nothing in it was changed.
interviews.csv: line 2: a quote is opened here and never closed
Until it can be read, what is shown below is what was read before."""


@pytest.mark.parametrize("name", ["PatternExplorer", "TrendExplorer"])
def test_what_was_read_before_stays_where_the_file_cannot_be_read_any_more(journal, name):
    path = journal.folder / "interviews.csv"
    for n in range(6):
        values = {"company": f"c{n}", "interviewed_on": "2026-05-01", "stage": "screen" if n < 2 else "onsite"}
        journal.add("interviews", {**values, "did_prepare": True})
    explorer, good = getattr(ik, name)(journal), path.read_bytes()
    path.write_bytes(b'id,company\ni-1,"Acme\n')
    explorer.reload()
    assert explorer.news.text == UNREAD
    assert len(explorer.records) == len(explorer.frame) == 6
    assert explorer.as_of is None
    explorer.filters["stage"].value = "screen"
    assert explorer.frame["company"].tolist() == ["c0", "c1"]
    explorer.first_day.value, explorer.last_day.value = date(2026, 6, 1), date(2026, 5, 1)
    explorer.last_day.value = None
    assert explorer.news.text == UNREAD
    path.write_bytes(good)
    explorer.reload()
    assert explorer.news.text == ""


def test_hostile_names_are_shown_as_text(journal):
    for n in range(20):
        values = {"company": HOSTILE, "interviewed_on": "2026-05-01", "stage": HOSTILE, "role": HOSTILE}
        journal.add("interviews", {**values, f"did_{HOSTILE}": n % 2 == 0, "outcome": "callback"})
    explorer = ik.PatternExplorer(journal)
    explorer.behavior.value = explorer.table["behavior"].iloc[0]
    assert "<script>" not in words_on(explorer)
    assert "<script>" not in explorer.view.picture.figure.to_json().replace("\\u003c", "<")


def test_the_theme_of_the_page_colors_the_picture(own):
    explorer = ik.PatternExplorer(own)
    light = explorer.view.picture.figure.layout.font.color
    explorer.guard._handle_custom_msg({"kind": "theme", "dark": True}, [])
    assert explorer.view.picture.figure.layout.font.color != light


def test_plotly_comes_with_the_package_when_a_page_asks(own, monkeypatch):
    explorer, sent = ik.PatternExplorer(own), []
    monkeypatch.setattr(explorer.view.picture, "send", lambda content, buffers: sent.append((content, buffers)))
    explorer.view.picture._handle_custom_msg({"kind": "plotly"}, [])
    ((content, (source,)),) = sent
    assert content == {"kind": "plotly"}
    assert b"plotly.js v" in source[:200]


def test_with_few_interviews_it_is_said_what_is_missing_instead_of_drawing_nothing(tmp_path):
    journal = ik.Journal(tmp_path)
    for place, outcome in enumerate(("callback", "rejected", "no reply")):
        did = {"did_prepare": place < 2, "did_drink_coffee": True}
        journal.add(
            "interviews", {"company": "Acme", "interviewed_on": f"2026-01-0{place + 1}", "outcome": outcome, **did}
        )
    explorer = ik.PatternExplorer(journal)
    assert explorer.view.picture.layout.display == "none"
    assert explorer.view.folded.layout.display == "none"
    shown = re.sub("<[^>]+>", "|", explorer.view.in_full.value)
    assert "Called back within 30 days, of the interviews with it and without it." in shown
    assert "|Prepared||1 of 2||0 of 1||3 with it and 4 without it|" in shown
    assert "|Drank coffee||1 of 3||0 of 0||2 with it and 5 without it|" in shown
    assert "Not noted yet in an interview that counts: arrived early, kept good posture" in shown
    assert "luck" not in explorer.view.remarks.value
    assert "Choose one above." in explorer.story.value
    own = ik.Journal(tmp_path / "none")
    sample = ik.PatternExplorer(own)
    assert (sample.view.picture.layout.display, sample.view.in_full.value) == ("", "")


def test_a_change_by_other_hands_is_shown_once_someone_comes_back_and_the_filters_stay(own):
    explorer = ik.PatternExplorer(own)
    explorer.filters["stage"].value, explorer.first_day.value = "screen", date(2026, 3, 1)
    before = len(explorer.frame)
    added = {"company": "Bo", "stage": "screen", "interviewed_on": "2026-10-01", "outcome": "rejected"}
    ik.Journal(own.folder).add("interviews", added)
    explorer.on_return()
    assert (len(explorer.frame), explorer.news.text) == (before + 1, "")

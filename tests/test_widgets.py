"""The form and the list, driven as a person would, without a browser."""

import json
import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

import ipywidgets
import pandas as pd
import pytest

import interview_kit as ik
from interview_kit.widgets import panel
from tests.panels import HOSTILE, all_widgets


@pytest.fixture
def form(journal):
    return ik.DebriefForm(journal)


def fill(form, company="Acme", on=date(2026, 5, 1), stage="onsite"):
    form.fields["company"].value = company
    form.fields["interviewed_on"].value = on
    form.fields["stage"].value = stage


def saved(journal, **values):
    return journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01", **values})


# Opening.


@pytest.mark.parametrize("name", ["DebriefForm", "RecordsBrowser", "PatternExplorer", "TrendExplorer", "NextSteps"])
def test_while_many_interviews_are_opened_a_line_says_so(journal, monkeypatch, name):
    saved(journal)
    told = []

    class Line:
        update = staticmethod(lambda html: told.append(html.data))

    def display(html, display_id):
        told.append(html.data)
        return Line()

    monkeypatch.setattr(panel, "get_ipython", object)
    monkeypatch.setattr(panel, "display", display)
    getattr(ik, name)(journal)
    assert told == []
    monkeypatch.setattr(panel, "AT_ONCE_BYTES", 0)
    getattr(ik, name)(journal)
    begun = '<p role="status">Opening 0 MB of interviews takes a few seconds <progress></progress></p>'
    assert told == [begun, ""]


@pytest.mark.parametrize("name", ["RecordsBrowser", "PatternExplorer", "TrendExplorer", "NextSteps", "SharePanel"])
@pytest.mark.parametrize("is_there", [True, False], ids=["unclosed quote", "no such folder can be"])
def test_records_that_cannot_be_read_are_told_of_in_the_panel(tmp_path, name, is_there):
    folder = tmp_path / "mine" if is_there else tmp_path / ("x" * 300)
    if is_there:
        folder.mkdir()
        (folder / "interviews.csv").write_text('company\n"Acme\n')
    opened = getattr(ik, name)(ik.Journal(folder))
    assert any("cannot be read. Nothing in" in getattr(widget, "text", "") for widget in all_widgets(opened))
    if name in ("PatternExplorer", "TrendExplorer"):
        assert opened.news.text.endswith("what is shown below is the invented sample, not yours.")
    if name == "PatternExplorer":
        opened.behavior.value = "did_prepare"
        assert "Prepared" in opened.story.value


# Saving.


def test_a_filled_form_becomes_a_row(journal, form):
    fill(form)
    form.fields["did_prepare"].value = True
    form.fields["rated_calm"].value = 4
    form.fields["chance"].value = 60.0
    form.fields["notes"].value = "They were kind.\nTwo of them."
    form.save_button.click()
    row = journal.interviews().iloc[0]
    assert (row["company"], row["stage"], row["did_prepare"], row["rated_calm"]) == ("Acme", "onsite", True, 4)
    assert (row["chance"], row["notes"], row["outcome"]) == (60, "They were kind.\nTwo of them.", "pending")
    assert datetime.now() - row["debriefed_at"] < timedelta(minutes=1)


def test_the_message_says_how_long_after_the_interview_it_was(form, monkeypatch):
    ended = datetime.now() - timedelta(hours=3)
    fill(form, on=ended.date())
    form.fields["ended_at"].value = ended.time()
    form.save_button.click()
    assert form.message.text == "Saved: Acme, onsite, 3 hours after the interview"


def test_without_a_time_the_message_speaks_of_days(form):
    fill(form, on=date.today() - timedelta(days=2))
    form.save_button.click()
    assert form.message.text == "Saved: Acme, onsite, 2 days after the interview"


@pytest.mark.parametrize(
    ("outcome", "ago", "is_said"),
    [
        ("rejected", 1, True),
        ("callback", 1, True),
        ("rejected", 0, False),
        ("withdrawn", 1, False),
        ("pending", 1, False),
    ],
)
def test_what_is_written_after_the_answer_is_said_to_be(form, outcome, ago, is_said):
    fill(form, on=date.today() - timedelta(days=5))
    assert "Written after the answer" not in form.delay.value
    form.fields["outcome_on"].value = date.today() - timedelta(days=ago)
    form.fields["outcome"].value = outcome
    said = "Written after the answer: it is left out of Patterns unless you tick it in."
    assert (said in form.delay.value) == is_said


def test_company_and_date_are_required_and_said_beside_the_field(journal, form):
    form.fields["notes"].value = "x"
    form.save_button.click()
    assert form.fields["company"].error.value == "Which company was it?"
    assert form.fields["interviewed_on"].error.value == "On which day was the interview?"
    assert form.message.text == (
        "Not saved yet: the company and date of the interview are missing, at the top. Your draft is kept."
    )
    assert journal.interviews().empty


def test_a_day_to_come_is_a_plan_and_not_asked_about(journal, form):
    fill(form, on=date(2999, 5, 1))
    assert form.delay in form.fields["interviewed_on"].children
    assert "That day is still to come: Save notes a plan." in form.delay.value
    assert form.plan.layout.display == ""
    form.fields["starts_at"].value = time(14, 30)
    form.save_button.click()
    assert form.message.text == "Planned: Acme, onsite, Wed 1 May 2999, 14:30"
    row = journal.interviews().iloc[0]
    assert (str(row["interviewed_on"].date()), pd.isna(row["debriefed_at"])) == ("2999-05-01", True)
    assert (row["outcome"], row["starts_at"]) == ("planned", time(14, 30))
    assert journal.interviews().attrs["problems"] == []


def test_a_day_to_come_is_asked_about_once_where_more_than_a_plan_is_noted(journal, form):
    fill(form, on=date(2999, 5, 1))
    form.fields["did_prepare"].value = True
    form.save_button.click()
    assert form.message.text == (
        "The interview is on 1 May 2999, which is still to come. Save it as planned? "
        "If not, set the date right, at the top."
    )
    assert journal.interviews().empty
    form.message.buttons.children[0].click()
    assert form.message.text == "Planned: Acme, onsite, Wed 1 May 2999"


def test_the_answer_is_for_that_day_alone(journal, form):
    fill(form, on=date(2999, 5, 1))
    form.fields["issues"].value = "They were late"
    form.save_button.click()
    yes = form.message.buttons.children[0]
    form.fields["interviewed_on"].value = date(2999, 5, 2)
    yes.click()
    assert form.message.text.startswith("The interview is on 2 May 2999, which is still to come.")
    form.fields["interviewed_on"].value = date.today()
    form.save_button.click()
    assert form.message.text == "Saved: Acme, onsite, on the day of the interview"
    assert journal.interviews()["outcome"].tolist() == ["pending"]


def test_a_change_asks_about_the_day_only_where_it_is_another(journal):
    key = saved(journal, interviewed_on="2999-05-01", did_prepare=True)
    form = ik.DebriefForm(journal)
    form.edit(key)
    form.fields["notes"].value = "by phone"
    form.save_button.click()
    assert form.message.text == "Planned: Acme, Wed 1 May 2999"
    form.edit(key)
    form.fields["interviewed_on"].value = date(2999, 5, 2)
    form.save_button.click()
    assert form.message.text.startswith("The interview is on 2 May 2999, which is still to come.")


def test_a_later_day_takes_away_when_it_was_written_down(journal):
    key = saved(journal, debriefed_at="2026-05-01 18:00:00")
    form = ik.DebriefForm(journal)
    form.edit(key)
    form.fields["interviewed_on"].value = date(2026, 5, 3)
    form.save_button.click()
    row = journal.interviews().iloc[0]
    assert (str(row["interviewed_on"].date()), pd.isna(row["debriefed_at"])) == ("2026-05-03", True)
    assert journal.interviews().attrs["problems"] == []


def test_the_form_says_which_questions_come_back(form):
    shown = " ".join(w.value for w in all_widgets(form) if isinstance(w, ipywidgets.HTML))
    assert "Those you answered badly or okay come back to practice, in Next steps" in shown


def test_the_date_never_starts_at_today(form):
    assert form.fields["interviewed_on"].value is None


def test_a_double_click_on_save_makes_one_row(journal, form):
    fill(form)
    form.save_button.click()
    form.save_button.click()
    assert len(journal.interviews()) == 1
    assert form.message.text.startswith("Saved: Acme, onsite")


def test_an_empty_form_says_where_to_begin(form):
    form.save_button.click()
    assert form.message.text == "Nothing is typed yet. Begin with the company and the date."


def test_two_windows_with_one_draft_make_one_row(journal, form):
    fill(form)
    other = ik.DebriefForm(ik.Journal(journal.folder))
    form.save_button.click()
    other.save_button.click()
    assert len(journal.interviews()) == 1
    assert other.message.text.startswith("Saved: Acme, onsite")


def test_two_windows_with_different_words_show_both(journal, form):
    fill(form)
    other = ik.DebriefForm(ik.Journal(journal.folder))
    other.fields["notes"].value = "theirs"
    form.fields["notes"].value = "mine"
    other.save_button.click()
    form.save_button.click()
    assert "here 'mine', in the file 'theirs'" in form.message.text
    keep, _take = form.message.buttons.children
    keep.click()
    assert journal.interviews()["notes"].tolist() == ["mine"]


def test_what_belongs_to_an_interview_is_saved_and_undone_with_it(journal, form):
    fill(form)
    form.rows["contacts"].add_card({"name": "Ann"})
    form.rows["questions"].add_card({"question": "Why us?", "answered": "badly"})
    form.rows["follow_ups"].add_card({"kind": "thank-you", "due_on": date(2026, 5, 2)})
    form.save_button.click()
    key = journal.interviews()["id"][0]
    tables = [journal.contacts(), journal.questions(), journal.follow_ups()]
    assert [frame["interview_id"].tolist() for frame in tables] == [[key]] * 3
    assert journal.contacts()[["name", "company"]].values.tolist() == [["Ann", "Acme"]]
    assert journal.undo() == "Took back the debrief of Acme, onsite."
    assert [len(journal.read(name)) for name in ("interviews", "contacts", "questions", "follow_ups")] == [0] * 4
    assert journal.undo() == "Brought back the debrief of Acme, onsite."
    assert [len(journal.read(name)) for name in ("interviews", "contacts", "questions", "follow_ups")] == [1] * 4


def test_an_own_behavior_becomes_a_column(journal, form):
    fill(form)
    form.own_behavior.value = "Smiled a lot!"
    form.own_button.click()
    form.save_button.click()
    assert journal.interviews()["did_smiled_a_lot"].tolist() == [True]
    assert "did_smiled_a_lot" in ik.DebriefForm(journal).fields


def test_an_own_behavior_that_was_typed_and_not_added_is_saved_with_its_interview(journal, form):
    fill(form)
    form.own_behavior.value = "Smiled a lot"
    form.save_button.click()
    assert journal.interviews()["did_smiled_a_lot"].tolist() == [True]
    assert form.own_behavior.value == ""


@pytest.mark.parametrize(
    ("button", "companies"), [("Put the backup back, then save", ["Acme", "Bolt"]), ("Begin anew, and save", ["Bolt"])]
)
def test_a_lost_file_is_put_back_or_begun_anew_as_the_person_says(journal, button, companies):
    key = saved(journal)
    journal.update("interviews", key, {"role": "Cook"})
    (journal.folder / "interviews.csv").unlink()
    form = ik.DebriefForm(ik.Journal(journal.folder))
    fill(form, "Bolt")
    form.save_button.click()
    assert form.message.text.startswith("Not saved. Your draft is kept.\ninterviews.csv is gone, and")
    (found,) = [one for one in all_widgets(form.message) if getattr(one, "description", "") == button]
    found.click()
    assert form.message.text.startswith("Saved: Bolt, onsite")
    assert ik.Journal(journal.folder).interviews()["company"].tolist() == companies


@pytest.mark.parametrize("has_backup", [True, False])
def test_a_file_that_goes_while_the_form_is_open_leaves_a_way_on(journal, form, has_backup):
    key = saved(journal)
    if has_backup:
        journal.update("interviews", key, {"role": "Cook"})
    journal.interviews()
    (journal.folder / "interviews.csv").unlink()
    fill(form, "Bolt")
    form.save_button.click()
    assert form.message.text.startswith("Not saved. Your draft is kept.\ninterviews.csv was here and is gone from")
    ways = [button.description for button in form.message.buttons.children]
    assert ways == ["Put the backup back, then save", "Begin anew, and save"][not has_backup :]
    form.message.buttons.children[0].click()
    assert form.message.text.startswith("Saved: Bolt, onsite")
    assert journal.interviews()["company"].tolist() == ["Acme", "Bolt"][not has_backup :]


def test_a_file_that_lies_in_the_cloud_is_not_begun_anew_in_the_form(journal, form):
    saved(journal)
    stub = journal.folder / ".interviews.csv.icloud"
    (journal.folder / "interviews.csv").rename(stub)
    form = ik.DebriefForm(ik.Journal(journal.folder))
    fill(form, "Bolt")
    form.save_button.click()
    assert [button.description for button in form.message.buttons.children] == ["Read the file again, then save"]
    stub.rename(journal.folder / "interviews.csv")
    form.message.buttons.children[0].click()
    assert journal.interviews()["company"].tolist() == ["Acme", "Bolt"]


def test_where_one_table_cannot_be_read_nothing_of_a_debrief_is_saved_and_it_says_so(journal, form):
    saved(journal)
    (journal.folder / "questions.csv").write_text('id,question\nq-1,"Why\n')
    fill(form, "Bolt")
    form.rows["questions"].add_card({"question": "Why us?"})
    form.save_button.click()
    assert form.message.text.startswith("Not saved. Your draft is kept.\nquestions.csv: line 2: a quote is opened")
    assert journal.interviews()["company"].tolist() == ["Acme"]
    assert [draft["values"]["company"] for draft in journal.drafts()] == ["Bolt"]


LINKED = "is saved; the file has another name too (a hard link), which keeps what stood there before"


def link(journal, table):
    (journal.folder / f"{table}.txt").hardlink_to(journal.folder / f"{table}.csv")


def test_a_note_on_a_save_is_told_with_that_save_and_not_with_another(journal, form):
    key, browser = saved(journal), ik.RecordsBrowser(journal)
    link(journal, "interviews")
    browser.select(key)
    browser.set_outcome("callback")
    assert browser.message.text.endswith(f"\ninterviews.csv {LINKED}")
    fill(form, company="Bolt")
    form.save_button.click()
    assert form.message.text.startswith("Saved: Bolt, onsite")
    assert LINKED not in form.message.text


def test_notes_on_any_table_are_told(journal, form):
    journal.add("contacts", {"name": "Ada"})
    saved(journal)
    for table in ("interviews", "contacts"):
        link(journal, table)
    fill(form, company="Bolt")
    form.rows["contacts"].add_card({"name": "Ann"})
    form.save_button.click()
    assert form.message.text.endswith(f"\ninterviews.csv {LINKED}\ncontacts.csv {LINKED}")
    form.message.undo_button.click()
    assert LINKED not in form.message.text


def test_the_button_for_the_last_change_says_what_it_takes_back(journal):
    browser = ik.RecordsBrowser(journal)
    assert browser.undo_button.description == "Undo the last change"
    saved(journal)
    assert browser.undo_button.description == "Undo the last change: take back the new record Acme"
    browser.undo_button.click()
    assert browser.undo_button.description == "Undo the last change: bring back the new record Acme"
    saved(journal, company="A company with a name that is far too long for a button")
    assert len(browser.undo_button.description) == 70


def test_a_conflict_names_only_what_really_differs(journal, form):
    key = saved(journal, notes="=old", debriefed_at="2026-05-01 18:30", chance=75, did_prepare=True)
    form.edit(key)
    form.fields["outcome"].value = "offer"
    journal.update("interviews", key, {"outcome": "rejected"})
    form.save_button.click()
    assert form.message.text.splitlines()[1:] == ["Outcome: here 'offer', in the file 'rejected'"]


# What was deleted, or changed, elsewhere.


def ways_of(form):
    return {one.description: one for one in form.message.buttons.children}


def with_question(journal, **values):
    """Return the ids of an interview and of a question in it."""
    key = saved(journal, notes="Long talk", debriefed_at="2026-05-01 18:30", did_own_thing=True, **values)
    asked = {"interview_id": key, "question": "Why us?", "answered": "badly"}
    return key, journal.add("questions", asked)


def test_an_interview_that_was_deleted_elsewhere_is_saved_as_new_whole(journal, form):
    key, question = with_question(journal)
    form.edit(key)
    form.fields["role"].value = "Cook"
    ik.Journal(journal.folder).delete("interviews", key)
    form.save_button.click()
    assert form.message.text == "Not saved. Your draft is kept.\nThe interview was deleted elsewhere in the meantime."
    assert [draft["values"]["role"] for draft in journal.drafts()] == ["Cook"]
    assert list(ways_of(form)) == ["Save as new"]
    ways_of(form)["Save as new"].click()
    assert form.message.text == "Saved: Acme"
    row = journal.interviews().iloc[0]
    assert (row["id"], row["role"], row["notes"], row["did_own_thing"]) == (key, "Cook", "Long talk", True)
    assert row["debriefed_at"] == datetime(2026, 5, 1, 18, 30)
    assert journal.questions()["id"].tolist() == [question]
    assert journal.drafts() == []
    assert form.seen is None


def test_where_nothing_was_changed_a_deleted_interview_is_not_said_to_be_saved(journal, form):
    key, _ = with_question(journal)
    form.edit(key)
    ik.Journal(journal.folder).delete("interviews", key)
    form.save_button.click()
    assert form.message.text.endswith("The interview was deleted elsewhere in the meantime.")
    ways_of(form)["Save as new"].click()
    assert journal.interviews()["id"].tolist() == [key]


def test_a_question_that_was_deleted_elsewhere_is_saved_as_new_too(journal, form):
    key, question = with_question(journal)
    form.edit(key)
    form.rows["questions"].cards[0].fields["question"].value = "Why them?"
    ik.Journal(journal.folder).delete("questions", question)
    form.save_button.click()
    assert form.message.text.endswith("A part of it was deleted elsewhere in the meantime.")
    ways_of(form)["Save as new"].click()
    assert form.message.text == "Saved: Acme"
    asked = journal.questions()[["id", "interview_id", "question", "answered"]].to_numpy().tolist()
    assert asked == [[question, key, "Why them?", "badly"]]


def test_a_question_that_was_removed_here_and_deleted_elsewhere_is_simply_gone(journal, form):
    key, question = with_question(journal)
    form.edit(key)
    form.rows["questions"].cards[0].remove_button.click()
    ik.Journal(journal.folder).delete("questions", question)
    form.save_button.click()
    assert form.message.text == "Saved: Acme"


def test_what_is_removed_goes_also_where_the_first_attempt_to_save_failed(journal, form):
    key, _ = with_question(journal)
    form.edit(key)
    form.rows["questions"].cards[0].remove_button.click()
    form.rows["follow_ups"].add_card({"what": "Write", "kind": "thank you"})
    path = journal.folder / "follow_ups.csv"
    path.write_text('id,kind\nf-1,"thank\n')
    form.save_button.click()
    assert form.message.text.startswith("Not saved.")
    path.unlink()
    form.save_button.click()
    assert form.message.text == "Saved: Acme"
    assert journal.questions().empty


def test_an_interview_that_came_back_by_then_is_not_overwritten(journal, form):
    key, _ = with_question(journal)
    form.edit(key)
    form.fields["role"].value = "Cook"
    other = ik.Journal(journal.folder)
    other.delete("interviews", key)
    form.save_button.click()
    other.undo()
    other.update("interviews", key, {"role": "Chef"})
    ways_of(form)["Save as new"].click()
    assert "Role: here 'Cook', in the file 'Chef'" in form.message.text
    ways_of(form)["Save mine"].click()
    assert journal.interviews()["role"].tolist() == ["Cook"]


@pytest.mark.parametrize("way", ["Save mine", "Take what is in the file"])
def test_a_record_that_goes_while_both_versions_are_shown_leaves_a_way_on(journal, form, way):
    key, _ = with_question(journal)
    form.edit(key)
    form.fields["role"].value = "Cook"
    other = ik.Journal(journal.folder)
    other.update("interviews", key, {"role": "Chef"})
    form.save_button.click()
    other.delete("interviews", key)
    ways_of(form)[way].click()
    if way != "Save mine":
        assert form.message.text.endswith("The interview was deleted elsewhere in the meantime.")
        assert [draft["values"]["role"] for draft in journal.drafts()] == ["Cook"]
        ways_of(form)["Save as new"].click()
    assert journal.interviews()["role"].tolist() == ["Cook"]


def test_ones_own_version_of_a_question_that_was_changed_elsewhere_can_be_saved(journal, form):
    key, question = with_question(journal)
    form.edit(key)
    form.rows["questions"].cards[0].fields["question"].value = "Mine?"
    ik.Journal(journal.folder).update("questions", question, {"question": "Theirs?"})
    form.save_button.click()
    ways_of(form)["Save mine"].click()
    assert journal.questions()["question"].tolist() == ["Mine?"]


def test_going_on_with_a_new_interview_while_another_is_changed_saves_a_new_one(journal, form):
    key, _ = with_question(journal)
    fill(form, "Bolt")
    form.edit(key)
    (way,) = [one for one in form.banner.buttons.children if one.description == "Go on with Bolt"]
    way.click()
    form.save_button.click()
    assert form.message.text.startswith("Saved: Bolt, onsite")
    assert journal.interviews()["company"].tolist() == ["Acme", "Bolt"]


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("panel", [ik.RecordsBrowser, ik.Home, ik.NextSteps])
@pytest.mark.parametrize(("button", "companies"), [("Put the newest backup back", ["Acme"]), ("Begin anew", [])])
def test_each_panel_offers_what_can_be_done_about_a_lost_file(journal, panel, button, companies, is_open):
    key = saved(journal)
    journal.update("interviews", key, {"role": "Cook"})
    opened = panel(journal) if is_open else None
    (journal.folder / "interviews.csv").unlink()
    opened = opened or panel(ik.Journal(journal.folder))
    opened.reload()
    (found,) = [one for one in all_widgets(opened.news) if getattr(one, "description", "") == button]
    found.click()
    assert "gone" not in opened.news.text
    assert opened.journal.interviews()["company"].tolist() == companies


@pytest.mark.parametrize("link", [False, True])
@pytest.mark.parametrize("table", ["questions", "contacts", "follow_ups", "stories"])
def test_home_puts_any_other_table_back_too(journal, tmp_path, table, link):
    record = {"questions": {"question": "Why?"}, "contacts": {"name": "Ana"}, "stories": {"title": "A"}}.get(table, {})
    place = tmp_path / "elsewhere.csv" if link else journal.folder / f"{table}.csv"
    saved(journal)
    if link:
        (journal.folder / f"{table}.csv").symlink_to(place)
    mine = ik.Journal(journal.folder)
    mine.delete(table, mine.add(table, record | ({"kind": "thank-you"} if table == "follow_ups" else {})))
    place.unlink()
    home = ik.Home(ik.Journal(journal.folder))
    (found,) = [one for one in all_widgets(home.news) if getattr(one, "description", "").startswith("Put the newest")]
    found.click()
    assert (home.news.text, len(ik.Journal(journal.folder).read(table))) == ("", 1)


def test_enter_adds_an_own_behavior(form):
    form.own_behavior.value = "Smiled"
    form.own_behavior._handle_custom_msg({"event": "submit"}, [])
    assert (form.fields["did_smiled"].value, form.own_behavior.value) == (True, "")


def test_an_own_behavior_without_a_letter_is_not_saved_and_not_lost(journal, form):
    fill(form)
    form.own_behavior.value = "?!"
    form.save_button.click()
    assert "'?!' has no letters" in form.message.text
    assert journal.interviews().empty
    assert ik.DebriefForm(journal).own_behavior.value == "?!"
    form.start_over()
    assert form.own_behavior.value == ""


def test_an_own_behavior_needs_a_letter(form):
    form.own_behavior.value = "?!"
    form.own_button.click()
    assert form.own_error.value == "'?!' has no letters; name the behavior in a few words, such as 'smiled more'"


def test_a_save_that_fails_keeps_the_draft(journal, form, monkeypatch):
    fill(form)
    full = OSError(28, "No space left on device")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(full))
    form.save_button.click()
    assert form.message.text == (
        "Not saved. Your draft is kept.\ninterviews.csv could not be saved: No space left on device; it is as it was"
    )
    monkeypatch.undo()
    assert ik.DebriefForm(journal).values()["company"] == "Acme"


def test_after_a_deletion_in_another_window_one_click_reads_again_and_saves(journal, form):
    key = saved(journal)
    other = ik.Journal(journal.folder)
    other.delete("interviews", key)
    fill(form)
    form.save_button.click()
    assert "had 1 when last read here; nothing was saved" in form.message.text
    form.message.buttons.children[0].click()
    assert form.message.text.startswith("Saved: Acme, onsite")
    assert len(journal.interviews()) == 1


def test_what_cannot_be_shown_is_saved_all_the_same(journal):
    class Broken:
        def show(self, table):
            raise KeyError(table)

    broken = Broken()
    journal.subscribe(broken.show)
    with pytest.warns(ik.RecordsWarning, match="interviews is saved, but could not be shown: KeyError"):
        saved(journal)
    assert len(journal.interviews()) == 1


# Drafts.


def test_what_is_typed_is_on_the_disk_at_once_and_comes_back(journal, form):
    fill(form)
    form.fields["did_prepare"].value = False
    form.fields["rated_calm"].value = 2
    form.fields["chance"].value = 35.0
    form.rows["contacts"].add_card({"name": "Ann"})
    again = ik.DebriefForm(ik.Journal(journal.folder))
    assert again.values() == form.values()
    assert again.rows["contacts"].values() == form.rows["contacts"].values()
    assert again.banner.text.startswith("Here is what you had typed on ")
    assert again.key == form.key


def test_a_draft_goes_only_when_it_is_saved(journal, form):
    fill(form)
    assert len(journal.drafts()) == 1
    form.save_button.click()
    assert journal.drafts() == []


@pytest.fixture
def held_drafts(monkeypatch):
    """Drafts that a sync program holds, as on Windows: they cannot be deleted."""
    unlink = Path.unlink

    def refuse(path, *given, **options):
        if path.parent.name == ".drafts":
            raise PermissionError(13, "in use by another process", str(path))
        unlink(path, *given, **options)

    monkeypatch.setattr(Path, "unlink", refuse)


@pytest.mark.usefixtures("held_drafts")
def test_a_draft_that_another_program_holds_is_no_hindrance_and_is_not_offered_again(journal, form, monkeypatch):
    fill(form)
    form.save_button.click()
    assert form.message.text.startswith("Saved: Acme, onsite")
    assert form.is_blank()
    assert form.banner.text == ""
    fill(form, company="Bolt")
    form.clear_button.click()
    assert form.message.text == "The form is empty again."
    assert journal.interviews()["company"].tolist() == ["Acme"]
    monkeypatch.undo()
    assert journal.drafts() == []
    assert ik.Journal(journal.folder).drafts() == []


def test_what_is_brought_back_and_cannot_be_kept_is_shown_and_said(form, monkeypatch):
    fill(form)
    form.clear_button.click()
    monkeypatch.setattr(os, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    form.message.buttons.children[0].click()
    assert form.values()["company"] == "Acme"
    assert form.message.text.startswith("The draft cannot be kept: the draft could not be kept: No space left")


def test_start_over_can_be_taken_back(journal, form):
    fill(form)
    form.clear_button.click()
    assert form.is_blank()
    form.message.buttons.children[0].click()
    assert form.values()["company"] == "Acme"


def test_the_draft_of_a_change_stays_a_change(journal):
    key = saved(journal, notes="old")
    form = ik.DebriefForm(journal)
    form.edit(key)
    form.fields["notes"].value = "new"
    again = ik.DebriefForm(ik.Journal(journal.folder))
    again.save_button.click()
    assert again.message.text == "Saved: Acme"
    assert journal.interviews()["notes"].tolist() == ["new"]


# Privacy and hostile text.


def test_the_saved_output_of_a_form_holds_nothing_typed(form):
    fill(form, company="Secret Corp")
    bundle = json.dumps(form._repr_mimebundle_()) + repr(form)
    assert "Secret" not in bundle
    assert "<DebriefForm>" in bundle


def test_text_of_anyone_is_escaped_wherever_html_is_shown(journal):
    key = saved(journal, company=HOSTILE, role=HOSTILE, stage=HOSTILE, notes=HOSTILE)
    form = ik.DebriefForm(journal)
    browser = ik.RecordsBrowser(journal, form=form)
    browser.select(key)
    browser.edit()
    browser.set_outcome("callback")
    shown = [w.value for w in (*all_widgets(form), *all_widgets(browser)) if isinstance(w, ipywidgets.HTML)]
    assert any("&lt;script&gt;" in text for text in shown)
    assert not any("<script>" in text for text in shown)


def test_markup_escapes_quotes_too():
    assert panel.markup("<p title='{a}'>{b}</p>", a="'x", b="<&") == "<p title='&#x27;x'>&lt;&amp;</p>"


# The list.


@pytest.fixture
def browser(journal):
    saved(journal, company="Old Ltd", interviewed_on="2026-01-05", stage="screen", outcome="rejected")
    saved(journal, company="New Ltd", interviewed_on="2026-05-05", stage="onsite", notes="blue door")
    saved(journal, company="Dateless", interviewed_on=None)
    return ik.RecordsBrowser(journal)


def test_the_newest_stands_first(browser):
    assert browser.frame["company"].tolist() == ["New Ltd", "Old Ltd", "Dateless"]


def test_text_stage_and_outcome_narrow_the_list(browser):
    browser.search.value = "DOOR blue"
    assert browser.frame["company"].tolist() == ["New Ltd"]
    browser.search.value = ""
    browser.filters["stage"].value = "screen"
    assert browser.frame["company"].tolist() == ["Old Ltd"]
    browser.filters["stage"].value, browser.filters["outcome"].value = "all", "pending"
    assert browser.frame["company"].tolist() == ["New Ltd", "Dateless"]
    browser.search.value = "nowhere"
    assert "No matches. Clear the fields above to see all." in browser.count.value


def test_the_filters_stay_as_they_are_when_an_answer_is_noted(browser):
    browser.filters["stage"].value = "screen"
    browser.select(browser.frame["id"].iat[0])
    browser.set_outcome("offer")
    assert browser.filters["stage"].value == "screen"
    assert browser.frame["company"].tolist() == ["Old Ltd"]


def test_of_very_many_the_newest_are_listed_and_the_others_can_be_found(journal, monkeypatch):
    monkeypatch.setattr("interview_kit.widgets.browser.LISTED", 2)
    days = pd.date_range("2026-01-01", periods=5).strftime("%Y-%m-%d")
    journal.add_all("interviews", [{"company": f"Corp {at}", "interviewed_on": day} for at, day in enumerate(days)])
    browser = ik.RecordsBrowser(journal)
    assert browser.frame["company"].tolist() == ["Corp 4", "Corp 3"]
    listed = "The newest 2 are listed; find others with the fields above."
    assert browser.count.value == f"<p>5 interviews, the newest first. {listed}</p>"
    browser.search.value = "corp 1"
    assert browser.frame["company"].tolist() == ["Corp 1"]


def test_an_outcome_takes_two_clicks_and_can_be_undone(journal, browser):
    browser.table.selected_rows = [0]
    browser.heard_on.value = date(2026, 5, 9)
    browser.outcome_buttons["callback"].click()
    assert browser.message.text == "New Ltd, onsite: callback, heard on 9 May 2026"
    row = journal.interviews().set_index("company").loc["New Ltd"]
    assert (row["outcome"], row["outcome_on"].date()) == ("callback", date(2026, 5, 9))
    browser.message.buttons.children[0].click()
    assert browser.message.text == "Took back the change to New Ltd, onsite."
    assert "callback" not in journal.interviews()["outcome"].tolist()


def test_what_the_keyboard_may_be_on_stays_when_the_list_is_drawn_anew(browser):
    browser.table.selected_rows = [0]
    before = browser.children, browser.drawer.children
    browser.outcome_buttons["callback"].click()
    assert (browser.children, browser.drawer.children) == before
    browser.search.value = "old"
    assert (browser.selected, browser.drawer.children) == ("", ())
    assert browser.children == before[0]


def test_deleting_can_be_undone(journal, browser):
    browser.table.selected_rows = [1]
    browser.delete_button.click()
    assert browser.message.text == "Deleted: Old Ltd, screen"
    assert len(journal.interviews()) == 2
    browser.undo_button.click()
    assert len(browser.frame) == 3


def test_a_record_is_changed_in_the_same_form(journal):
    key = saved(journal, notes="a wrod")
    form = ik.DebriefForm(journal)
    browser = ik.RecordsBrowser(journal, form=form)
    browser.select(key)
    browser.edit_button.click()
    form.fields["notes"].value = "a word"
    form.save_button.click()
    assert journal.interviews()["notes"].tolist() == ["a word"]
    assert browser.frame["notes"].tolist() == ["a word"]
    browser.undo_button.click()
    assert browser.frame["notes"].tolist() == ["a wrod"]


def test_a_file_changed_outside_is_noticed(journal, browser):
    path = journal.folder / "interviews.csv"
    path.write_bytes(path.read_bytes().replace(b"Old Ltd", b"Elder Ltd"))
    browser.guard._handle_custom_msg({"kind": "look"}, [])
    assert "Elder Ltd" in browser.frame["company"].tolist()


def test_a_change_of_what_someone_else_changed_is_refused(journal, browser):
    browser.table.selected_rows = [0]
    other = ik.Journal(journal.folder)
    other.update("interviews", browser.selected, {"outcome": "rejected"})
    browser.outcome_buttons["callback"].click()
    assert browser.message.text == (
        "New Ltd, onsite was changed elsewhere in the meantime (Outcome); nothing was saved. "
        "Look at both versions, and save again"
    )


def test_an_empty_list_says_what_to_do(journal):
    browser = ik.RecordsBrowser(journal)
    shown = " ".join(w.value for w in all_widgets(browser) if isinstance(w, ipywidgets.HTML))
    assert "Fill in the form and press Save; each interview is then listed here." in shown


def test_a_file_that_cannot_be_read_says_where_and_stays(journal):
    journal.folder.mkdir()
    path = journal.folder / "interviews.csv"
    path.write_bytes(b'id,company\ni-1,"Acme\n')
    browser, form = ik.RecordsBrowser(journal), ik.DebriefForm(journal)
    assert browser.news.text == (
        "The file cannot be read. Nothing in it was changed.\n"
        "interviews.csv: line 2: a quote is opened here and never closed"
    )
    fill(form)
    form.save_button.click()
    assert form.message.text.startswith("Not saved. Your draft is kept.")
    assert path.read_bytes() == b'id,company\ni-1,"Acme\n'


def test_values_that_cannot_be_read_are_named(journal):
    saved(journal)
    path = journal.folder / "interviews.csv"
    path.write_bytes(path.read_bytes().replace(b"2026-05-01", b"03/04/2026"))
    assert (
        "line 2, interviewed_on: '03/04/2026' can be 2026-03-04 or 2026-04-03" in ik.RecordsBrowser(journal).news.text
    )


def test_a_thousand_rows_need_no_patience(journal):
    for_file = "id,company,interviewed_on\n" + "".join(f"i-{n:010d},Acme {n},2026-01-01\n" for n in range(1000))
    journal.folder.mkdir()
    (journal.folder / "interviews.csv").write_text(for_file)
    browser = ik.RecordsBrowser(journal)
    assert len(browser.frame) == 1000
    assert len(json.loads(browser.table._dt_args["data_json"])) == 1000


def test_very_many_interviews_are_searched_once_the_word_is_finished(journal, monkeypatch):
    monkeypatch.setattr("interview_kit.widgets.browser.AT_ONCE", 2)
    for n in range(3):
        journal.add("interviews", {"company": f"Corp {n}", "interviewed_on": "2026-05-01"})
    browser = ik.RecordsBrowser(journal)
    assert not browser.search.continuous_update
    assert browser.search.placeholder.endswith("; then press Enter")


def test_among_very_many_records_it_is_said_that_saving_takes_a_while(journal, monkeypatch):
    journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01"})
    browser, said = ik.RecordsBrowser(journal), []
    monkeypatch.setattr("interview_kit.widgets.panel.AT_ONCE_BYTES", 10)
    browser.message.line.observe(lambda change: said.append(change["new"]), "value")
    browser.select(browser.frame["id"].iat[0])
    browser.set_outcome("callback")
    assert "Saving … Among so many records this takes a while." in said[0]
    assert "callback" in browser.message.text


def test_the_list_offers_to_write_a_file_of_a_spreadsheet_in_the_kits_form(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text("id,company,interviewed_on\ni-1,Acme,1/13/2026\ni-2,Bolt,3/4/2026\n")
    before, browser = path.read_bytes(), ik.RecordsBrowser(ik.Journal(tmp_path))
    assert browser.news.text == "interviewed_on: dates are read with the month first, as '1/13/2026' shows"
    assert [button.description for button in browser.news.buttons.children] == [
        "Write this file in the kit's form again"
    ]
    browser.news.buttons.children[0].click()
    assert path.read_text().splitlines()[1:] == ["i-1,Acme,2026-01-13", "i-2,Bolt,2026-03-04"]
    assert (browser.message.text, browser.news.text) == ("interviews.csv is in the kit's form again.", "")
    browser.message.buttons.children[0].click()
    assert path.read_bytes() == before
    assert browser.news.text


@pytest.mark.parametrize(("answer", "day"), [(0, "2026-04-03"), (1, "2026-03-04")])
def test_the_list_asks_once_what_comes_first_in_a_date(tmp_path, answer, day):
    path = tmp_path / "interviews.csv"
    path.write_text("id,company,interviewed_on\ni-1,Acme,3/4/2026\ni-2,Bolt,5/6/2026\n")
    browser = ik.RecordsBrowser(ik.Journal(tmp_path))
    assert browser.news.text.splitlines()[-1] == "Which day is 3/4/2026? All dates of the file are then read like it."
    names = [button.description for button in browser.news.buttons.children]
    assert names == ["3/4/2026 is 3 April 2026", "3/4/2026 is 4 March 2026"]
    browser.news.buttons.children[answer].click()
    assert path.read_text().splitlines()[1] == f"i-1,Acme,{day}"
    assert browser.news.text == ""


def test_the_list_offers_a_column_of_another_name_and_the_records_of_a_copy(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text("id,company,Result\ni-1,Acme,offer\n")
    (tmp_path / "interviews (1).csv").write_text("id,company,Result\ni-1,Acme,offer\ni-2,Bolt,rejected\n")
    browser = ik.RecordsBrowser(ik.Journal(tmp_path))
    buttons = {button.description: button for button in browser.news.buttons.children}
    assert list(buttons) == ["'Result' is: Outcome", "Bring in the 1 of 'interviews (1).csv'"]
    buttons["Bring in the 1 of 'interviews (1).csv'"].click()
    assert browser.message.text == "1 brought in from 'interviews (1).csv', which stays where it is."
    {button.description: button for button in browser.news.buttons.children}["'Result' is: Outcome"].click()
    assert path.read_text().splitlines() == ["id,company,outcome", "i-1,Acme,offer", "i-2,Bolt,rejected"]


def test_what_the_file_does_not_take_is_said_and_the_buttons_stay(tmp_path, monkeypatch):
    path = tmp_path / "interviews.csv"
    path.write_text("id,company,interviewed_on\ni-1,Acme,1/13/2026\ni-2,Bolt,3/4/2026\n")
    browser = ik.RecordsBrowser(ik.Journal(tmp_path))
    path.write_text('id,company,interviewed_on\n"i-1,Acme,1/13/2026\n')
    browser.news.buttons.children[0].click()
    assert browser.news.text.endswith("line 2: a quote is opened here and never closed")
    assert len(browser.news.buttons.children) == 1


# The grid of answers.


def test_answers_are_read_and_written_like_fields(journal, form):
    fill(form)
    form.answers.values = {**form.answers.values, "did_prepare": True, "rated_calm": 4}
    assert (form.fields["did_prepare"].value, form.fields["rated_calm"].value) == (True, 4)
    assert journal.drafts()[0]["values"]["did_prepare"] == "yes"
    form.fields["did_prepare"].value = None
    form.fields["rated_clarity"].value = 1
    assert (form.answers.values["did_prepare"], form.answers.values["rated_clarity"]) == (None, 1)
    form.save_button.click()
    row = journal.interviews().iloc[0]
    assert (row["rated_calm"], row["rated_clarity"], pd.isna(row["did_prepare"])) == (4, 1, True)
    assert set(form.answers.values.values()) == {None}


def test_each_question_of_the_grid_has_words_and_a_kind(form):
    assert form.answers.rows[0] == {
        "name": "did_prepare",
        "label": "Prepared",
        "prompt": "Did you prepare for this company?",
        "kind": "yes/no",
        "asked": False,
    }
    assert [row["kind"] for row in form.answers.rows] == ["yes/no"] * 9 + ["rating"] * 3
    form.own_behavior.value = "smiled more"
    form.own_button.click()
    assert form.answers.rows[-1]["label"] == "Smiled more"
    assert form.fields["did_smiled_more"].value is True


def test_what_few_need_is_folded_away_until_it_is_wanted_or_noted(journal, form):
    assert form.more.layout.display == "none"
    form.more_button.click()
    assert (form.more.layout.display, form.more_button.description) == ("", "Less")
    form.more_button.click()
    key = saved(journal, outcome="callback")
    form.edit(key)
    assert form.more.layout.display == ""
    form.save_button.click()
    assert form.more.layout.display == "none"


def test_today_and_yesterday_are_one_click(form):
    today, yesterday = form.day_buttons
    today.click()
    assert form.fields["interviewed_on"].value == date.today()
    yesterday.click()
    assert form.fields["interviewed_on"].value == date.today() - timedelta(days=1)


def test_what_is_missing_is_named_with_a_way_to_it(form):
    form.fields["company"].value = "Acme"
    form.save_button.click()
    (way,) = form.message.buttons.children
    assert way.description == "Date of the interview"


def test_a_saved_card_is_one_line_until_it_is_to_change(journal, form):
    key = saved(journal)
    journal.add("contacts", {"interview_id": key, "name": "Ada Lind", "role": "Head of Data"})
    form.edit(key)
    (card,) = form.rows["contacts"].cards
    assert "Ada Lind · Head of Data" in card.children[0].children[0].value
    card.children[0].children[1].click()
    assert card.fields["name"] in card.children[0].children
    card.fields["name"].value = "Ada Linde"
    form.save_button.click()
    assert journal.contacts()["name"].tolist() == ["Ada Linde"]


def test_a_half_written_debrief_is_never_put_away_without_a_word(journal, form):
    key = saved(journal, company="Bolt")
    fill(form)
    form.edit(key)
    assert form.banner.text == "What you had typed is kept as a draft; it is not saved yet."
    form.fields["role"].value = "Analyst"
    form.save_button.click()
    assert form.message.text.startswith("Saved: Bolt")
    assert form.banner.text == "There is still a draft that is not saved."
    (back,) = form.banner.buttons.children
    assert back.description == "Go on with Acme"
    back.click()
    assert form.fields["company"].value == "Acme"
    form.save_button.click()
    assert sorted(journal.interviews()["company"]) == ["Acme", "Bolt"]


def test_that_the_draft_is_kept_is_said_beside_save(form):
    assert form.kept.value == ""
    fill(form)
    assert "Draft kept" in form.kept.value
    form.save_button.click()
    assert form.kept.value == ""


def test_what_was_typed_has_arrived_once_the_page_is_answered(form, monkeypatch):
    sent = []
    monkeypatch.setattr(form.guard, "send", sent.append)
    form.guard._handle_custom_msg({"kind": "flush", "id": "x1"}, [])
    assert sent == [{"kind": "flushed", "id": "x1"}]
    fill(form)
    form.save_button.click()
    assert sent[-1] == {"kind": "come to message"}


def test_of_one_day_the_interview_written_down_last_stands_first(journal):
    for name in ("First", "Second"):
        saved(journal, company=name)
    saved(journal, company="Undated", interviewed_on=None)
    saved(journal, company="Newer", interviewed_on="2026-05-02")
    browser = ik.RecordsBrowser(journal)
    assert browser.frame["company"].tolist() == ["Newer", "Second", "First", "Undated"]
    assert str(journal.folder) in browser.where.value


def test_what_was_missing_is_not_said_any_more_once_it_is_there(form):
    form.fields["issues"].value = "the door"
    form.save_button.click()
    assert form.message.text.startswith("Not saved yet: the company and date of the interview are missing")
    form.fields["company"].value = "Acme"
    assert form.message.text.startswith("Not saved yet: the date of the interview is missing")
    assert form.fields["company"].error.value == ""
    assert form.fields["interviewed_on"].error.value == "On which day was the interview?"
    form.day_buttons[1].click()
    assert (form.message.text, form.fields["interviewed_on"].error.value) == ("", "")


# The story that was told at a question.


@pytest.fixture
def told(journal):
    """Two stories of one title, in the file."""
    for key in ("s-one", "s-two"):
        journal.add("stories", {"id": key, "title": f"The  counters{HOSTILE}"})
    return journal


def question_with_story(form, story):
    """Return the card of a question at which a story is chosen."""
    form.fields["company"].value, form.fields["interviewed_on"].value = "Acme", date(2026, 4, 3)
    card = form.rows["questions"].add_card({"question": "Why?"})
    card.fields["story_id"].value = story
    return card


def test_without_stories_a_question_does_not_ask_for_one(form):
    card = form.rows["questions"].add_card()
    assert card.fields["story_id"] not in list(all_widgets(card))


def test_a_story_is_chosen_by_its_title_none_first_and_saved_by_its_id(told):
    form = ik.DebriefForm(told)
    card = question_with_story(form, "s-two")
    control = card.fields["story_id"].control
    assert card.fields["story_id"] in list(all_widgets(card))
    assert control.description == "The story you told"
    assert control.options == (("none", ""), (f"The counters{HOSTILE}", "s-one"), (f"The counters{HOSTILE}", "s-two"))
    form.save()
    assert told.questions()["story_id"].tolist() == ["s-two"]
    assert told.undo().startswith("Took back the debrief of Acme")
    assert told.questions().empty


def test_a_story_that_was_chosen_stays_while_another_is_written_and_comes_back_with_the_draft(told):
    form = ik.DebriefForm(told)
    card = question_with_story(form, "s-two")
    told.add("stories", {"id": "s-three", "title": "Another"})
    form.on_return()
    assert card.fields["story_id"].value == "s-two"
    assert [key for _, key in card.fields["story_id"].control.options] == ["", "s-one", "s-two", "s-three"]
    again = ik.DebriefForm(told)
    assert again.rows["questions"].values()[0]["story_id"] == "s-two"


def test_the_first_story_shows_the_choice_in_a_card_that_is_open(journal, form):
    card = form.rows["questions"].add_card()
    journal.add("stories", {"id": "s-one", "title": "The counters"})
    form.on_return()
    assert card.fields["story_id"] in list(all_widgets(card))
    assert form.is_blank()


def test_a_saved_question_names_its_story_and_one_that_is_gone_stays_as_it_is(told):
    form = ik.DebriefForm(told)
    question_with_story(form, "s-one")
    form.save()
    key = told.interviews()["id"].iloc[0]
    form.edit(key)
    assert form.rows["questions"].cards[0].summary() == f"Why? · The counters{HOSTILE}"
    told.delete("stories", "s-one")
    form.edit(key)
    assert form.rows["questions"].cards[0].summary() == "Why? · one that is gone"
    form.fields["role"].value = "Analyst"
    form.save()
    assert told.questions()["story_id"].tolist() == ["s-one"]
    form.edit(key)
    form.rows["questions"].cards[0].fields["story_id"].value = None
    form.save()
    assert told.questions()["story_id"].tolist() == [""]


def test_a_file_of_questions_gets_the_column_once_it_is_used(journal):
    (journal.folder).mkdir(parents=True, exist_ok=True)
    journal.add("interviews", {"id": "i-1", "company": "Acme", "interviewed_on": date(2026, 4, 3)})
    (journal.folder / "questions.csv").write_text("id,interview_id,question\nq-1,i-1,Why?\n")
    form = ik.DebriefForm(journal)
    form.edit("i-1")
    form.rows["questions"].cards[0].fields["topic"].value = ""
    form.fields["role"].value = "Analyst"
    form.save()
    assert (journal.folder / "questions.csv").read_text() == "id,interview_id,question\nq-1,i-1,Why?\n"
    journal.add("stories", {"id": "s-1", "title": "One"})
    form.edit("i-1")
    form.rows["questions"].cards[0].fields["story_id"].value = "s-1"
    form.save()
    assert journal.questions()["story_id"].tolist() == ["s-1"]


def test_undo_takes_back_nothing_where_another_change_reads_the_same_as_the_one_that_its_button_names(journal):
    key = saved(journal)
    journal.update("interviews", key, {"notes": "one"})
    other = ik.Journal(journal.folder)
    browser = ik.RecordsBrowser(other)
    named = browser.undo_button.tooltip
    journal.update("interviews", key, {"outcome": "offer"})
    browser.undo_button.click()
    assert browser.message.text.startswith("Something else was changed in the meantime, so nothing was taken back.")
    assert browser.undo_button.tooltip == named
    assert other.interviews().loc[0, ["notes", "outcome"]].tolist() == ["one", "offer"]
    journal.undo()
    journal.undo()
    browser.undo_button.click()
    assert other.interviews().loc[0, "outcome"] != "offer"
    assert browser.message.undo_button.description == "Redo"


def test_undo_takes_back_what_its_button_names_or_nothing(journal, tmp_path):
    saved(journal, company="Mine")
    other = ik.Journal(journal.folder)
    browser = ik.RecordsBrowser(other)
    assert "Mine" in browser.undo_button.tooltip
    saved(ik.Journal(journal.folder), company="Theirs")
    browser.undo_button.click()
    assert browser.message.text.startswith("Something else was changed in the meantime, so nothing was taken back.")
    assert set(other.interviews()["company"]) == {"Mine", "Theirs"}
    assert "Theirs" in browser.undo_button.tooltip
    browser.undo_button.click()
    assert set(other.interviews()["company"]) == {"Mine"}

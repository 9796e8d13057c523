"""Planned interviews in Home and in the form, driven as a person would, without a browser."""

from datetime import date, datetime, time, timedelta

import pytest

import interview_kit as ik
from interview_kit.next_steps import today_lines
from interview_kit.widgets.snapshot import Snapshot
from tests.panels import buttons, words_on

TODAY = date.today()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def plan(journal, company="Acme", on=YESTERDAY, **values):
    return journal.add("interviews", {"company": company, "interviewed_on": on, "outcome": "planned", **values})


def press(widget, text):
    """Press the first button with these words."""
    buttons(widget, text)[0].click()


def row_of(journal, key):
    return journal.interviews().set_index("id").loc[key]


# Home.


def test_an_interview_is_planned_from_home_and_taken_back(journal):
    home = ik.Home(journal)
    press(home, "Plan an interview")
    form = home.planned.form
    form.save_button.click()
    assert form.fields["company"].error.value == "Which company is it?"
    assert form.fields["interviewed_on"].error.value == "On which day is it?"
    for name, value in {
        "company": "Acme",
        "interviewed_on": TOMORROW,
        "starts_at": time(14, 30),
        "place": "https://meet.example/x",
    }.items():
        form.fields[name].value = value
    form.save_button.click()
    [row] = journal.interviews().to_dict("records")
    assert (row["outcome"], row["starts_at"], row["place"]) == ("planned", time(14, 30), "https://meet.example/x")
    assert home.planned.message.text.startswith("Planned: Acme, ")
    assert "tomorrow" in words_on(home.planned.coming)
    assert 'href="https://meet.example/x"' in words_on(home.planned.coming)
    assert not form.place.children
    press(home, "Undo")
    assert journal.interviews().empty


def test_a_planned_interview_is_moved_and_cancelled(journal):
    key = plan(journal, on=TOMORROW, starts_at=time(9))
    home = ik.Home(journal)
    press(home.planned.rows[key], "Move")
    assert home.planned.form.fields["starts_at"].value == time(9)
    home.planned.form.fields["interviewed_on"].value = TOMORROW + timedelta(days=7)
    home.planned.form.save_button.click()
    assert home.planned.message.text.startswith("Changed: Acme, ")
    assert row_of(journal, key)["interviewed_on"].date() == TOMORROW + timedelta(days=7)
    press(home.planned.rows[key], "Cancel it")
    assert home.planned.message.text == "Cancelled: Acme. It stays in your records and counts nowhere."
    assert row_of(journal, key)["outcome"] == "cancelled"
    assert home.planned.rows == {}
    press(home, "Undo")
    assert list(home.planned.rows) == [key]


def test_a_plan_that_something_else_has_changed_is_not_overwritten(journal, tmp_path):
    key = plan(journal, on=TOMORROW)
    home = ik.Home(journal)
    press(home.planned.rows[key], "Move")
    ik.Journal(tmp_path / "mine").update("interviews", key, {"place": "Room 3"})
    home.planned.form.fields["place"].value = "Room 4"
    home.planned.form.save_button.click()
    assert "was changed elsewhere" in home.planned.message.text
    assert row_of(ik.Journal(tmp_path / "mine"), key)["place"] == "Room 3"


def test_a_plan_that_was_deleted_elsewhere_is_saved_as_new_whole(journal, tmp_path):
    key = plan(journal, on=TOMORROW, notes="Ask for Samir", did_prepare=True)
    home = ik.Home(journal)
    home.planned.move(key)
    home.planned.form.fields["place"].value = "Room 4"
    ik.Journal(tmp_path / "mine").delete("interviews", key)
    home.planned.form.save_button.click()
    press(home.planned, "Save as new")
    assert home.planned.message.text.startswith("Planned: Acme")
    row = row_of(journal, key)
    assert (row["place"], row["notes"], row["outcome"], row["did_prepare"]) == (
        *("Room 4", "Ask for Samir", "planned"),
        True,
    )


def test_a_half_typed_plan_is_on_the_disk_at_once_and_comes_back(journal, tmp_path):
    home = ik.Home(journal)
    press(home, "Plan an interview")
    values = {"company": "Acme", "interviewed_on": TOMORROW, "starts_at": time(14, 30), "stage": "onsite"}
    for name, value in values.items():
        home.planned.form.fields[name].value = value
    again = ik.Home(ik.Journal(tmp_path / "mine"))
    form = again.planned.form
    assert {name: form.fields[name].value for name in values} == values
    assert "Here is what you had typed on " in form.kept.text
    assert ik.DebriefForm(journal).is_blank()  # it is no debrief
    form.save_button.click()
    assert again.planned.message.text.startswith("Planned: Acme, ")
    home.planned.form.save_button.click()  # the same plan, once more
    assert len(journal.interviews()) == 1
    assert journal.drafts() == []


def test_a_half_typed_move_comes_back_as_a_move_and_goes_with_its_draft(journal, tmp_path):
    key = plan(journal, on=TOMORROW)
    home = ik.Home(journal)
    press(home.planned.rows[key], "Move")
    home.planned.form.fields["place"].value = "Room 3"
    again = ik.Home(ik.Journal(tmp_path / "mine"))
    assert "Move Acme" in words_on(again.planned.form)
    again.planned.form.fields["place"].value = None  # as it was: nothing is left to keep
    assert journal.drafts() == []
    again.planned.form.fields["place"].value = "Room 4"
    again.planned.form.save_button.click()
    assert row_of(ik.Journal(tmp_path / "mine"), key)["place"] == "Room 4"
    assert ik.Journal(tmp_path / "mine").drafts() == []


def test_a_half_typed_move_of_what_was_answered_since_overwrites_nothing(journal, tmp_path):
    key = plan(journal, on=TOMORROW)
    home = ik.Home(journal)
    press(home.planned.rows[key], "Move")
    home.planned.form.fields["place"].value = "Room 3"
    journal.update("interviews", key, {"outcome": "callback", "outcome_on": TODAY})
    again = ik.Home(ik.Journal(tmp_path / "mine"))
    again.planned.form.save_button.click()
    assert row_of(ik.Journal(tmp_path / "mine"), key)["outcome"] == "callback"


def test_a_plan_that_is_put_away_can_be_brought_back(journal):
    home = ik.Home(journal)
    press(home, "Plan an interview")
    press(home, "Close")
    assert home.planned.message.text == ""
    press(home, "Plan an interview")
    home.planned.form.fields["company"].value = "Acme"
    press(home, "Close")
    assert not home.planned.form.place.children
    assert journal.drafts() == []
    press(home, "Bring it back")
    assert home.planned.form.fields["company"].value == "Acme"
    assert len(journal.drafts()) == 1


def test_home_asks_first_for_what_was_not_written_down(journal):
    plan(journal, "Late", TODAY - timedelta(days=3))
    plan(journal, "Coming", TOMORROW)
    home = ik.Home(journal)
    assert "Write these down first" in words_on(home.planned.overdue)
    assert "3 days ago" in words_on(home.planned.overdue)
    assert "Coming" in words_on(home.planned.coming)
    assert home.waiting == []


def test_only_the_one_that_the_form_opens_with_leads_to_it(journal):
    plan(journal, "Earlier", TODAY - timedelta(days=3))
    latest = plan(journal, "Latest", TODAY - timedelta(days=2))
    rows = ik.Home(journal).planned.rows
    assert [key for key in rows if "Write it down" in words_on(rows[key])] == [latest]
    assert ik.DebriefForm(journal).key == latest


def test_only_home_leads_to_what_to_read_before_the_next_one(journal):
    assert "Read up" not in words_on(ik.Home(journal).planned)
    plan(journal, on=TOMORROW)
    assert "Read up on the next one" in words_on(ik.Home(journal).planned)
    assert "Read up" not in words_on(ik.NextSteps(journal).planned_section)


def test_home_asks_for_what_has_ended_while_it_was_open(journal, monkeypatch):
    soon = datetime.now() + timedelta(seconds=1)
    ends = {"starts_at": time(), "ended_at": soon.time().replace(microsecond=0)}
    key = plan(journal, on=soon.date(), **ends)
    moment = datetime.combine(soon.date(), time())
    monkeypatch.setattr(Snapshot, "now", property(lambda _: moment))
    home = ik.Home(journal)
    assert not home.planned.overdue.children
    moment += timedelta(days=1)
    home.on_return()
    assert home.planned.rows[key] in home.planned.overdue.children


def test_of_very_many_the_first_are_shown(journal):
    for days in range(1, 9):
        plan(journal, f"C{days}", TODAY + timedelta(days=days))
    home = ik.Home(journal)
    assert "C5" in words_on(home.planned.coming)
    assert "C6" not in words_on(home.planned.coming)
    assert "and 3 more" in words_on(home.planned.coming)


def test_a_place_runs_nothing(journal):
    plan(journal, on=TOMORROW, place='https://x"onmouseover="alert(1)')
    plan(journal, on=TOMORROW, place="javascript:alert(1)")
    shown = words_on(ik.Home(journal).planned)
    assert 'onmouseover="' not in shown
    assert 'href="javascript' not in shown


def test_a_silence_says_what_they_promised(journal):
    row = {"company": "Acme", "interviewed_on": TODAY - timedelta(days=9), "answer_by": TODAY - timedelta(days=2)}
    journal.add("interviews", row)
    home = ik.Home(journal)
    assert f"they said by {(TODAY - timedelta(days=2)).day} " in words_on(home)
    assert "2 days ago" in words_on(home)


@pytest.mark.parametrize(("promised", "asked"), [(1, False), (0, False), (-1, True)])
def test_the_status_question_waits_for_the_day_they_named(journal, promised, asked):
    days = {"interviewed_on": TODAY - timedelta(days=30), "answer_by": TODAY + timedelta(days=promised)}
    journal.add("interviews", {"company": "Acme", **days})
    kinds = ik.due_follow_ups(journal)["kind"].tolist()
    assert ("ask status" in kinds) is asked


# The form.


def test_the_form_opens_the_planned_interview_that_is_over_half_filled_in(journal):
    older = plan(journal, "Older", TODAY - timedelta(days=4))
    key = plan(journal, "Acme", YESTERDAY, stage="onsite", starts_at=time(14, 30))
    form = ik.DebriefForm(journal)
    assert form.key == key
    assert (form.fields["company"].value, form.fields["stage"].value) == ("Acme", "onsite")
    assert "Write down Acme, onsite" in form.title.value
    form.fields["did_prepare"].value = True
    form.save_button.click()
    assert form.message.text == "Saved: Acme, onsite, 1 day after the interview"
    row = row_of(journal, key)
    assert (row["outcome"], row["did_prepare"]) == ("pending", True)
    assert row["debriefed_at"].date() == TODAY
    assert len(journal.interviews()) == 2
    [go_on] = form.banner.buttons.children
    assert go_on.description.startswith("Older, ")
    go_on.click()
    assert form.key == older


def test_writing_a_planned_interview_down_is_one_step_back(journal):
    key = plan(journal)
    form = ik.DebriefForm(journal)
    form.rows["contacts"].add_card({"name": "Yuki"})
    form.save_button.click()
    press(form.message, "Undo")
    assert row_of(journal, key)["outcome"] == "planned"
    assert journal.contacts().empty


def test_the_draft_of_a_planned_interview_comes_back_as_its_debrief(journal):
    key = plan(journal)
    ik.DebriefForm(journal).fields["issues"].value = "They were late"
    form = ik.DebriefForm(journal)
    assert (form.key, form.fields["issues"].value) == (key, "They were late")
    form.save_button.click()
    assert row_of(journal, key)["outcome"] == "pending"


def test_one_of_a_day_to_come_is_changed_and_stays_planned(journal):
    key = plan(journal, on=TOMORROW)
    form = ik.DebriefForm(journal)
    assert form.key != key
    form.edit(key)
    form.fields["place"].value = "Room 3"
    form.save_button.click()
    assert form.message.text.startswith("Planned: Acme, ")
    assert (row_of(journal, key)["outcome"], row_of(journal, key)["place"]) == ("planned", "Room 3")


def test_the_form_asks_for_what_has_ended_while_it_was_open(journal, tmp_path):
    form = ik.DebriefForm(journal)
    key = plan(ik.Journal(tmp_path / "mine"))
    form.on_return()
    assert form.key == key


def test_what_is_typed_is_not_taken_away_by_an_interview_that_is_over(journal, tmp_path):
    form = ik.DebriefForm(journal)
    form.fields["company"].value = "Beta"
    plan(ik.Journal(tmp_path / "mine"))
    form.on_return()
    assert form.fields["company"].value == "Beta"


def test_an_outcome_that_is_known_at_once_is_kept(journal):
    key = plan(journal)
    form = ik.DebriefForm(journal)
    form.fields["outcome"].value = "callback"
    form.save_button.click()
    assert row_of(journal, key)["outcome"] == "callback"


def test_one_of_later_today_stays_planned_until_it_is_over(journal):
    moment = datetime.combine(TODAY, time(23, 59))
    if datetime.now() >= moment:
        pytest.skip("it is midnight")
    key = plan(journal, on=TODAY, starts_at=time(23, 58), ended_at=time(23, 59))
    form = ik.DebriefForm(journal)
    form.edit(key)
    form.fields["place"].value = "Room 3"
    form.save_button.click()
    assert (row_of(journal, key)["outcome"], row_of(journal, key)["place"]) == ("planned", "Room 3")
    form.edit(key)
    form.fields["did_prepare"].value = True  # known afterwards alone: it ended early
    form.save_button.click()
    assert row_of(journal, key)["outcome"] == "pending"


def test_an_answer_that_came_in_another_window_is_not_overwritten(journal, tmp_path):
    keys = [plan(journal, company, TOMORROW) for company in ("Acme", "Borg")]
    home, other = ik.Home(journal), ik.Journal(tmp_path / "mine")
    for key in keys:
        other.update("interviews", key, {"outcome": "callback", "outcome_on": TODAY})
    press(home.planned.rows[keys[0]], "Cancel it")
    assert "was changed elsewhere" in home.planned.message.text
    press(home.planned.rows[keys[1]], "Move")
    home.planned.form.save_button.click()
    assert "was changed elsewhere" in home.planned.message.text
    assert set(ik.Journal(tmp_path / "mine").interviews()["outcome"]) == {"callback"}


def test_nor_by_a_move_that_was_begun_before_it_came(journal, tmp_path):
    key = plan(journal, on=TOMORROW)
    home = ik.Home(journal)
    press(home.planned.rows[key], "Move")
    ik.Journal(tmp_path / "mine").update("interviews", key, {"outcome": "callback", "outcome_on": TODAY})
    home.on_return()  # what is shown is drawn anew, the form stays
    home.planned.form.save_button.click()
    assert "was changed elsewhere" in home.planned.message.text
    assert row_of(ik.Journal(tmp_path / "mine"), key)["outcome"] == "callback"


# The terminal.


def test_today_begins_with_what_is_to_be_written_down_and_what_is_coming(journal):
    plan(journal, "Late", date(2026, 4, 1))
    plan(journal, "Coming", date(2026, 4, 3), starts_at=time(14, 30), place="Room 3")
    lines = today_lines(journal, as_of=datetime(2026, 4, 2, 9))
    assert lines[:4] == [
        "2 Apr 2026. 1 interview is to be written down and 1 interview is coming.",
        "- To be written down: Late, yesterday, Wed 1 Apr 2026",
        "- Coming: Coming, tomorrow, Fri 3 Apr 2026, 14:30, Room 3",
        "",
    ]
    assert "Nothing else is due." in lines


def test_that_the_ids_are_lost_is_said_also_where_something_is_planned(tmp_path):
    rows = ["company,interviewed_on,outcome,notes", "Acme,2026-03-30,pending,x", "Bolt,2026-04-03,planned,"]
    (tmp_path / "interviews.csv").write_text("\n".join([*rows, ""]))
    (tmp_path / "questions.csv").write_text("id,interview_id,question\nq-1,i-1,Why?\n")
    journal, moment = ik.Journal(tmp_path), datetime(2026, 4, 2, 9)
    assert any("lost their ids" in line for line in today_lines(journal, as_of=moment))


# What belongs to a planned interview.


def test_whom_one_is_to_meet_was_not_met_yet(journal):
    form = ik.DebriefForm(journal)
    form.fields["company"].value, form.fields["interviewed_on"].value = "Acme", TOMORROW
    form.rows["contacts"].add_card({"name": "Yuki"})
    form.rows["follow_ups"].add_card({"kind": "send information", "due_on": TODAY})
    form.save_button.click()
    assert form.message.text.startswith("Planned: Acme")
    [person] = ik.contact_list(journal).to_dict("records")
    assert str(person["met_on"]) == "NaT"
    [to_do] = ik.due_follow_ups(journal).to_dict("records")
    assert to_do["why"] == "You planned it."
    [key] = journal.interviews()["id"]
    journal.update("interviews", key, {"interviewed_on": YESTERDAY, "outcome": "pending"})
    assert ik.contact_list(journal)["met_on"].iloc[0].date() == YESTERDAY


def test_a_planned_interview_alone_leaves_the_studies_with_the_sample(journal):
    plan(journal)
    assert "invented" in ik.PatternExplorer(journal).news.text
    assert "invented" in ik.TrendExplorer(journal).news.text


def test_a_file_of_before_opens_unchanged_and_grows_a_column_once_it_is_used(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    before = b"id,company,interviewed_on,outcome\r\ni-aaaaaaaaaa,Acme,2026-04-01,rejected\r\n"
    (folder / "interviews.csv").write_bytes(before)
    journal = ik.Journal(folder)
    frame = journal.interviews()
    assert frame.attrs["problems"] == frame.attrs["notes"] == []
    journal.update("interviews", "i-aaaaaaaaaa", {"outcome": "callback", "starts_at": None, "place": ""})
    assert (folder / "interviews.csv").read_bytes() == before.replace(b"rejected", b"callback")
    journal.add(
        "interviews", {"company": "Beta", "interviewed_on": TOMORROW, "outcome": "planned", "starts_at": "14:30"}
    )
    header = (folder / "interviews.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == "id,company,interviewed_on,outcome,starts_at"


@pytest.mark.parametrize("header", ["sources", "places", "links", "answered_by", "start"])
def test_a_column_of_ones_own_is_not_taken_for_a_new_one(tmp_path, header):
    path = tmp_path / "interviews.csv"
    path.write_text(f"company,interviewed_on,outcome,{header}\nAcme,2026-04-01,callback,x\n", encoding="utf-8")
    assert ik.check_interviews(path).empty

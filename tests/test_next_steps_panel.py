"""What to do now, as a panel, without a browser."""

from datetime import date, time, timedelta

import icalendar
import pytest
import vobject

import interview_kit as ik
from interview_kit import words
from interview_kit.journal import SAMPLE
from interview_kit.widgets.filtered import SAMPLE_NOTICE
from interview_kit.widgets.focus import NO_FOCUS
from interview_kit.widgets.panel import CHANGED_ON_DISK
from interview_kit.widgets.people import NO_PEOPLE
from interview_kit.widgets.snapshot import NOT_SAVED
from tests.panels import HOSTILE, all_widgets, click, words_on

TODAY = date(2026, 5, 20)
TABLES = ("interviews", "questions", "contacts", "follow_ups")


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def acme(journal):
    """An interview of yesterday at Acme, with one person, one question and one plan."""
    values = {"company": "Acme", "role": "Analyst", "interviewed_on": ago(1), "still_needed": "Two references"}
    journal.add("interviews", {"id": "i-acme"} | values)
    journal.add("contacts", {"id": "c-ada", "interview_id": "i-acme", "name": "Ada Lind", "company": "Acme"})
    question = {"question": "Why us?", "topic": "SQL", "answered": "badly", "better_answer": "The maps."}
    journal.add("questions", {"id": "q-why", "interview_id": "i-acme"} | question)
    plan = {"kind": "stay in touch", "due_on": ago(3), "note": "The atlas"}
    journal.add("follow_ups", {"id": "f-ada", "interview_id": "i-acme", "contact_id": "c-ada"} | plan)
    return journal


@pytest.fixture
def steps(acme):
    return ik.NextSteps(acme, as_of=TODAY)


# The sample, and nothing at all


def test_without_records_it_shows_the_sample_and_saves_nothing(journal):
    before = {path.name: path.read_bytes() for path in SAMPLE.parent.iterdir() if path.is_file()}
    steps = ik.NextSteps(journal)
    assert steps.news.text == f"{SAMPLE_NOTICE} It is shown as of 3 Nov 2026; nothing you do here is saved."
    assert "8 things to do: 3 overdue, 2 due today, 2 coming up and 1 suggested." in steps.to_do_section.answer.value
    next(iter(steps.cards.values())).done.click()
    steps.to_do_section.calendar_button.click()
    assert steps.to_do_section.foot_message.text == NOT_SAVED
    next(iter(steps.questions.values())).grades["well"].click()
    steps.people_section.cards_button.click()
    assert steps.practice_section.message.text == steps.people_section.message.text == NOT_SAVED
    assert {path.name: path.read_bytes() for path in SAMPLE.parent.iterdir() if path.is_file()} == before
    assert not journal.folder.exists()


def test_ones_own_records_without_anything_due_say_what_to_do(journal):
    journal.add("interviews", {"company": "Acme", "interviewed_on": ago(90), "outcome": "rejected"})
    steps = ik.NextSteps(journal, as_of=TODAY)
    words = words_on(steps)
    for sentence in ("Nothing is due.", NO_PEOPLE, "Nothing to practice today.", "No topics yet."):
        assert sentence in words
    assert "Work on this one next" in NO_FOCUS
    assert "Nothing is chosen." in words


def test_what_is_to_be_written_down_is_something_to_do(journal):
    journal.add("interviews", {"company": "Acme", "interviewed_on": ago(2), "outcome": "planned"})
    for opened in (ik.NextSteps(journal, as_of=TODAY), ik.Home(journal, as_of=TODAY)):
        words = words_on(opened)
        assert "Write these down first" in words
        assert "Nothing is due" not in words
        assert "Nothing else is due" in words


# To do


def test_the_list_holds_what_is_planned_and_what_is_missing(steps):
    assert list(steps.cards) == ["f-ada", "send information:i-acme", "thank-you:i-acme"]
    assert "Stay in touch with Ada Lind at Acme" in words_on(steps.cards["f-ada"])
    assert "tomorrow, suggested" in words_on(steps.cards["thank-you:i-acme"])


def test_what_nobody_planned_is_not_called_overdue(journal):
    journal.add("interviews", {"company": "Acme", "interviewed_on": ago(14)})
    steps = ik.NextSteps(journal, as_of=TODAY)
    (card,) = steps.cards.values()
    assert "suggested since 16 May 2026" in words_on(card)
    assert "overdue" not in words_on(steps)
    assert "after 10 it is fair to ask." in words_on(card)


def test_after_midnight_today_is_the_new_day_once_someone_comes_back(journal, monkeypatch):
    class Today(date):
        shows = date(2026, 5, 20)

        @classmethod
        def today(cls):
            return cls.shows

    journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-19"})
    for module in ("next_steps", "snapshot"):
        monkeypatch.setattr(f"interview_kit.widgets.{module}.date", Today)
    steps = ik.NextSteps(journal)
    assert "20 May 2026" in steps.title.value
    Today.shows = date(2026, 5, 21)
    steps.on_return()
    assert "21 May 2026" in steps.title.value


def test_ticking_a_plan_off_can_be_undone(acme, steps):
    steps.cards["f-ada"].done.click()
    assert acme.follow_ups()["done_on"].dt.date.tolist() == [TODAY]
    assert "f-ada" not in steps.cards
    assert steps.to_do_section.message.text == "Done: Stay in touch with Ada Lind at Acme."
    click(steps.to_do_section.message, "Undo")
    assert steps.to_do_section.message.text == "Took back the tick at “Stay in touch with Ada Lind at Acme”."
    assert "f-ada" in steps.cards


def test_a_suggestion_that_was_done_becomes_a_follow_up_once(acme, steps):
    card = steps.cards["thank-you:i-acme"]
    card.done.click()
    card.done.click()
    (row,) = acme.follow_ups().query("kind == 'thank-you'").to_dict("records")
    assert (row["interview_id"], row["contact_id"], row["done_on"].date()) == ("i-acme", "c-ada", TODAY)
    assert "thank-you:i-acme" not in steps.cards


def test_a_date_is_moved_and_a_moved_suggestion_is_a_plan(acme, steps):
    for key in ("f-ada", "thank-you:i-acme"):
        card = steps.cards[key]
        card.move.click()
        card.move_it.click()
        assert card.message.text == "On which day? Choose a date above."
        card.new_date.value = ago(1)
        card.move_it.click()
        assert card.message.text == "19 May 2026 is past. Choose today or a later day."
        card.new_date.value = ago(-4)
        card.move_it.click()
    assert acme.follow_ups()["due_on"].dt.date.tolist() == [ago(-4)] * 2
    assert acme.follow_ups()["done_on"].isna().all()
    assert steps.to_do_section.message.text == "Moved to 24 May 2026: Thank Ada Lind at Acme."
    assert sorted(steps.to_do_section.table["days_overdue"]) == [-4, -4, -1]


def test_a_suggestion_is_dismissed_for_good_and_a_plan_is_dropped(acme, steps):
    steps.cards["thank-you:i-acme"].drop.click()
    assert "thank-you:i-acme" not in ik.NextSteps(acme, as_of=TODAY).cards
    click(steps.to_do_section.message, "Undo")
    assert "thank-you:i-acme" in steps.cards
    steps.cards["f-ada"].drop.click()
    assert acme.follow_ups().empty
    click(steps.to_do_section.message, "Undo")
    assert acme.follow_ups()["note"].tolist() == ["The atlas"]


def test_what_happened_is_said_where_the_card_was(steps):
    steps.cards["send information:i-acme"].done.click()
    message = steps.to_do_section.message
    assert steps.to_do_section.list.children == (steps.cards["f-ada"], message, steps.cards["thank-you:i-acme"])
    at_the_foot = steps.to_do_section.foot_message
    for button in (steps.to_do_section.calendar_button, steps.to_do_section.undo_button):
        button.click()
        assert message.text == ""
        assert steps.to_do_section.children[-1] is at_the_foot
    assert at_the_foot.text == "Took back the tick at “Send information to Ada Lind at Acme”."
    steps.cards["f-ada"].done.click()
    assert at_the_foot.text == ""


def test_a_message_is_used_again_for_each_thing_that_is_done(acme, steps):
    message, listening = steps.to_do_section.message, len(acme._listeners._methods)
    steps.cards["send information:i-acme"].done.click()
    steps.cards["thank-you:i-acme"].drop.click()
    assert steps.to_do_section.message is message
    assert len(acme._listeners._methods) == listening


def test_what_was_dismissed_can_be_suggested_again(acme, steps):
    assert steps.to_do_section.again_button.layout.display == "none"
    steps.cards["thank-you:i-acme"].drop.click()
    assert (steps.to_do_section.again_button.description, steps.to_do_section.again_button.layout.display) == (
        "Suggest 1 dismissed again",
        "",
    )
    steps.to_do_section.again_button.click()
    assert "thank-you:i-acme" in steps.cards
    click(steps.to_do_section.foot_message, "Undo")
    assert acme.dismissed() == ["thank-you:i-acme"]


def test_records_made_by_hand_keep_what_was_done_for_them(journal):
    journal.folder.mkdir()
    (journal.folder / "interviews.csv").write_text(f"company,interviewed_on\nAcme,{ago(1)}\nBolt,{ago(1)}\n")
    (journal.folder / "contacts.csv").write_text(f"name,company,met_on\nAda,Acme,{ago(1)}\n")
    steps = ik.NextSteps(journal, as_of=TODAY)
    acme, bolt = steps.cards.values()
    acme.done.click()
    bolt.drop.click()
    for key in journal.interviews()["id"]:
        journal.update("interviews", key, {"role": "Analyst"})
    assert journal.follow_ups()["contact_id"].tolist() == journal.contacts()["id"].tolist()
    assert steps.cards == {}


def test_a_follow_up_for_records_that_are_gone_is_still_listed(acme):
    acme.delete("interviews", "i-acme")
    acme.delete("contacts", "c-ada")
    (card,) = ik.NextSteps(acme, as_of=TODAY).cards.values()
    assert "Stay in touch with them" in words_on(card)
    assert card.draft not in all_widgets(card)


def test_a_plan_that_was_changed_elsewhere_is_not_overwritten(acme, steps):
    card = steps.cards["f-ada"]
    ik.Journal(acme.folder).update("follow_ups", "f-ada", {"done_on": ago(1)})
    card.done.click()
    assert "was changed elsewhere in the meantime" in steps.to_do_section.message.text
    assert steps.to_do_section.list.children[:2] == (steps.to_do_section.message, card)
    click(steps.to_do_section.message, "Read it again")
    assert "f-ada" not in steps.cards


def test_each_kind_has_its_draft_in_three_tones(steps):
    begins = {
        "f-ada": "Subject: A question, if you have a minute",
        "send information:i-acme": "Subject: What I still owed you",
        "thank-you:i-acme": "Subject: Thank you for our talk",
    }
    for key, begin in begins.items():
        card = steps.cards[key]
        card.draft.click()
        (draft,) = card.drawer.children
        assert draft.text.value.startswith(f"{begin}\n\nDear Ada,\n")
        draft.tone.value = "formal"
        assert "\nDear Ada Lind,\n" in draft.text.value
        card.draft.click()
        assert card.drawer.children == ()


def test_an_open_draft_stays_while_another_thing_is_ticked_off(steps):
    card = steps.cards["thank-you:i-acme"]
    card.draft.click()
    card.drawer.children[0].text.value = "My own words"
    steps.cards["f-ada"].done.click()
    assert steps.cards["thank-you:i-acme"].drawer.children[0].text.value == "My own words"


def test_ones_own_words_in_a_draft_are_replaced_only_when_asked_to(steps):
    card, other = steps.cards["thank-you:i-acme"], steps.cards["f-ada"]
    card.draft.click()
    (draft,) = card.drawer.children
    draft.text.value = "My own words"
    draft.tone.value = "formal"
    assert draft.text.value == "My own words"
    assert draft.message.text == ("You changed this draft, so your words stay as they are. Rewriting it replaces them.")
    other.draft.click()
    card.draft.click()
    card.draft.click()
    assert card.drawer.children[0].text.value == "My own words"
    click(draft.message, "Rewrite the draft")
    assert "\nDear Ada Lind,\n" in draft.text.value
    assert (draft.message.text, draft.message.buttons.children) == ("", ())
    draft.tone.value = "plain"
    assert "\nDear Ada Lind,\n" not in draft.text.value


def test_a_draft_outlives_its_card(steps):
    steps.cards["thank-you:i-acme"].draft.click()
    steps.cards["thank-you:i-acme"].drawer.children[0].text.value = "My own words"
    steps.cards["thank-you:i-acme"].done.click()
    click(steps.to_do_section.message, "Undo")
    steps.cards["thank-you:i-acme"].draft.click()
    assert steps.cards["thank-you:i-acme"].drawer.children[0].text.value == "My own words"


def test_a_draft_that_was_not_changed_follows_the_records(acme, steps):
    card = steps.cards["f-ada"]
    card.draft.click()
    card.draft.click()
    acme.update("contacts", "c-ada", {"name": "Bo Dahl"})
    steps.cards["f-ada"].draft.click()
    assert "Dear Bo," in steps.cards["f-ada"].drawer.children[0].text.value


def test_a_draft_to_a_person_stays_while_another_is_looked_at(acme):
    acme.add("contacts", {"id": "c-bo", "name": "Bo Dahl", "company": "Bolt"})
    steps = ik.NextSteps(acme, as_of=TODAY)
    steps.people_section.person.value = "c-ada"
    steps.people_section.note.children[0].text.value = "My own words"
    steps.people_section.person.value = "c-bo"
    assert "Dear Bo," in steps.people_section.note.children[0].text.value
    steps.people_section.person.value = "c-ada"
    assert steps.people_section.note.children[0].text.value == "My own words"


def test_another_question_can_be_asked(steps):
    card = steps.cards["f-ada"]
    card.draft.click()
    (draft,) = card.drawer.children
    draft.question.value = draft.question.options[-1]
    assert draft.question.options[-1] in draft.text.value


def test_a_broken_template_is_said_beside_the_draft(acme, steps):
    (acme.folder / "notes").mkdir()
    (acme.folder / "notes" / "thank_you.warm.txt").write_text("{{ nobody }}")
    steps.cards["thank-you:i-acme"].draft.click()
    (draft,) = steps.cards["thank-you:i-acme"].drawer.children
    assert "thank_you.warm.txt, line 1: 'nobody' is undefined" in draft.error.value
    draft.tone.value = "plain"
    assert (draft.error.value, draft.text.value[:8]) == ("", "Subject:")


def test_the_calendar_lies_where_it_says(acme, steps):
    steps.to_do_section.calendar_button.click()
    path = acme.folder / "exports" / "to_do.ics"
    assert steps.to_do_section.foot_message.text.startswith(f"Written: {path}\n")
    assert len(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")) == 3
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_calendar_holds_what_is_planned_even_where_nothing_is_due(journal):
    times = {"interviewed_on": date.today() + timedelta(days=2), "starts_at": time(14, 30)}
    journal.add("interviews", {"id": "i-next", "company": "Acme", "outcome": "planned", **times})
    journal.add("interviews", {"id": "i-off", "company": "Bolt", "outcome": "cancelled", **times})
    steps = ik.NextSteps(journal)
    steps.to_do_section.calendar_button.click()
    found = icalendar.Calendar.from_ical((journal.folder / "exports" / "to_do.ics").read_bytes()).walk("VEVENT")
    assert {str(event["UID"]).partition("@")[0]: str(event["STATUS"]) for event in found} == {
        **{"i-next": "CONFIRMED", "i-next-debrief": "CONFIRMED"},
        **{"i-off": "CANCELLED", "i-off-debrief": "CANCELLED"},
    }
    assert steps.to_do_section.calendar_button.layout.display != "none"


def test_a_long_list_shows_its_beginning_until_asked(acme):
    for number in range(9):
        acme.add("follow_ups", {"kind": "stay in touch", "due_on": ago(number), "note": f"no {number}"})
    steps = ik.NextSteps(acme, as_of=TODAY)
    assert (len(steps.cards), steps.to_do_section.more_button.description) == (8, "Show 4 more")
    steps.to_do_section.more_button.click()
    assert (len(steps.cards), steps.to_do_section.more_button.layout.display) == (12, "none")


def test_a_very_long_list_is_shown_a_part_at_a_time(acme, monkeypatch):
    monkeypatch.setattr("interview_kit.widgets.to_do.SHOWN_MORE", 3)
    for number in range(9):
        acme.add("follow_ups", {"kind": "stay in touch", "due_on": ago(number), "note": f"no {number}"})
    steps = ik.NextSteps(acme, as_of=TODAY)
    assert steps.to_do_section.more_button.description == "Show 3 more of 4"
    steps.to_do_section.more_button.click()
    assert (len(steps.cards), steps.to_do_section.more_button.description) == (11, "Show 1 more")


# People


def test_people_stand_by_company_with_what_is_next(steps):
    assert (
        "Stay in touch with Ada Lind, 17\xa0May\xa02026" in steps.people_section.table.value
    )  # a date stays on one line
    steps.people_section.person.value = "c-ada"
    (draft, _) = steps.people_section.note.children
    assert "How do good teams in your field handle SQL today" in draft.text.value


def test_a_note_to_someone_can_be_planned(acme, steps):
    steps.people_section.person.value = "c-ada"
    steps.people_section.remind_button.click()
    assert steps.people_section.message.text == "On which day? Choose a date above."
    steps.people_section.remind_on.value = ago(1)
    steps.people_section.remind_button.click()
    assert steps.people_section.message.text == "19 May 2026 is past. Choose today or a later day."
    steps.people_section.remind_on.value = ago(-5)
    steps.people_section.remind_button.click()
    assert steps.people_section.message.text == "Planned for 25 May 2026: write to Ada Lind."
    assert len(acme.follow_ups()) == 2
    assert len(steps.cards) == 4


def test_the_same_person_twice_becomes_one_and_two_again(acme):
    acme.add("contacts", {"id": "c-twin", "name": "ada lind", "company": "ACME", "email": "ada@acme.example"})
    acme.add("follow_ups", {"id": "f-twin", "contact_id": "c-twin", "kind": "stay in touch", "due_on": ago(1)})
    steps = ik.NextSteps(acme, as_of=TODAY)
    before = {name: acme.read(name) for name in TABLES}
    assert "is listed twice: the same name at the same company. Same person?" in words_on(steps.people_section.twice)
    click(steps.people_section.twice, "Merge")
    assert (len(acme.contacts()), set(acme.follow_ups()["contact_id"])) == (1, {"c-ada"})
    assert acme.contacts()["email"].tolist() == ["ada@acme.example"]
    assert steps.people_section.twice.children == ()
    click(steps.people_section.message, "Undo")
    assert all(acme.read(name).equals(frame) for name, frame in before.items())
    click(steps.people_section.twice, "Keep both")
    assert steps.people_section.twice.children == ()
    assert ik.NextSteps(acme, as_of=TODAY).people_section.twice.children == ()


def test_contact_cards_lie_where_it_says(acme, steps):
    steps.people_section.cards_button.click()
    path = acme.folder / "exports" / "people.vcf"
    assert steps.people_section.message.text == f"Written: {path}\nYour notes on them are not in it."
    assert vobject.readOne(path.read_text(encoding="utf-8")).fn.value == "Ada Lind"


# Practice


def test_the_better_answer_is_hidden_until_asked_for(steps):
    card = steps.questions["q-why"]
    assert "The maps." not in words_on(steps)
    card.show_button.click()
    assert "The maps." in words_on(card)
    card.show_button.click()
    assert "The maps." not in words_on(card)


def test_a_better_answer_can_be_written_on_the_spot(acme, steps):
    acme.update("questions", "q-why", {"better_answer": ""})
    card = steps.questions["q-why"]
    assert card.show_button.description == "Write a better answer"
    card.show_button.click()
    card.written.value = "The maps, and the people."
    card.keep_button.click()
    assert acme.questions()["better_answer"].tolist() == ["The maps, and the people."]
    assert steps.questions["q-why"].show_button.description == "Show my better answer"
    click(steps.practice_section.message, "Undo")
    assert acme.questions()["better_answer"].tolist() == [""]


def test_grading_moves_the_date_and_can_be_undone(acme, steps):
    steps.questions["q-why"].grades["okay"].click()
    (row,) = acme.questions().to_dict("records")
    assert (row["answered"], row["last_practiced_on"].date()) == ("okay", TODAY)
    following = row["next_practice_on"].date()
    assert steps.practice_section.message.text == f"Noted: okay. It comes back on {following.day} {following:%b %Y}."
    assert steps.questions == {}
    click(steps.practice_section.message, "Undo")
    assert list(steps.questions) == ["q-why"]
    assert acme.questions()["answered"].tolist() == ["badly"]


def test_two_questions_a_day_are_enough_unless_more_are_asked_for(acme):
    for number in range(4):
        acme.add("questions", {"interview_id": "i-acme", "question": f"No {number}?", "answered": "badly"})
    steps = ik.NextSteps(acme, as_of=TODAY)
    assert len(steps.questions) == 2
    for _ in range(2):
        next(iter(steps.questions.values())).grades["well"].click()
    assert "2 practiced today. That is enough for one day." in steps.practice_section.answer.value
    assert steps.questions == {}
    steps.practice_section.two_more.click()
    assert len(steps.questions) == 2


# The one thing


def held(journal, times):
    for number in range(times):
        values = {"company": f"No {number}", "interviewed_on": ago(200 - number), "did_prepare": True}
        journal.add("interviews", values | {"focus": "did_prepare", "outcome": "rejected"})
    return ik.NextSteps(journal, as_of=TODAY)


def test_a_focus_that_held_five_times_can_be_finished(journal):
    steps = held(journal, 5)
    assert "It has held for 5 interviews in a row. Time to finish it" in steps.focus_section.answer.value
    assert ">since</td>" in steps.focus_section.table.value
    steps.focus_section.finish_button.click()
    assert journal.focus() == ""
    assert "Nothing is chosen." in steps.focus_section.answer.value
    assert steps.focus_section.message.text == "Finished: prepared. Well done. Choose the next one in Patterns."
    click(steps.focus_section.message, "Undo")
    assert journal.focus() == "did_prepare"


def test_before_that_it_is_not_suggested(journal):
    steps = held(journal, 4)
    assert "4 of 4 since it was chosen" in steps.focus_section.answer.value
    assert steps.focus_section.finish_button.layout.display == "none"


def test_a_focus_just_chosen_says_how_it_begins(acme):
    acme.update("interviews", "i-acme", {"did_prepare": True})
    acme.choose_focus("did_prepare", since=TODAY)
    assert ik.NextSteps(acme, as_of=TODAY).focus_section.answer.value == (
        f"<p>Prepared: 1 of 1 before; not noted in an interview since {words.day(TODAY)} yet.</p>"
    )
    acme.choose_focus("did_prepare", since=None)  # as where an older version kept no day
    assert ik.NextSteps(acme, as_of=TODAY).focus_section.answer.value == (
        "<p>Prepared: no dated interview names it as what to practice yet. Choose it under “What you set out to work "
        "on” in the next debrief, and from there on it is compared with before.</p>"
    )


def test_a_focus_that_no_interview_has_noted_yet_breaks_nothing(acme):
    acme.choose_focus("did_smile_more")
    assert "Smile more: not noted in an interview yet." in words_on(ik.NextSteps(acme, as_of=TODAY).focus_section)


def test_the_focus_stands_on_top_of_the_next_debrief_and_not_of_a_change(acme):
    acme.choose_focus("did_ask_questions_at_end")
    form = ik.DebriefForm(acme)
    first = form.answers.rows[0]
    assert (first["name"], first["asked"]) == ("did_ask_questions_at_end", True)
    assert first["label"] == "You set out to ask questions at the end. Did you?"
    form.edit("i-acme")
    asked = {row["name"]: row for row in form.answers.rows}
    assert [row["asked"] for row in form.answers.rows] == [False] * len(asked)
    assert form.answers.rows[0]["name"] == "did_prepare"
    assert asked["did_ask_questions_at_end"]["label"] == "Asked questions at the end"


def test_a_focus_in_ones_own_words_is_asked_about_too(acme):
    acme.choose_focus("did_smile_more")
    form = ik.DebriefForm(acme)
    assert form.answers.rows[0]["label"] == "You set out to work on this: smile more. Did you?"
    assert form.fields["focus"].control.label == "Smile more"
    acme.choose_focus("company")
    assert "You set out to work on this: company. Did you?" in words_on(ik.DebriefForm(acme).focus_box)


# Every panel


def test_text_of_anyone_is_escaped_wherever_html_is_shown(journal):
    key = journal.add("interviews", {"company": HOSTILE, "interviewed_on": ago(1), "still_needed": HOSTILE})
    about = {"interview_id": key, "name": HOSTILE, "company": HOSTILE, "role": HOSTILE}
    contact = journal.add("contacts", about)
    journal.add("contacts", about)
    journal.add("questions", {"interview_id": key, "question": HOSTILE, "topic": HOSTILE, "answered": "badly"})
    journal.add("follow_ups", {"contact_id": contact, "kind": "stay in touch", "due_on": TODAY, "note": HOSTILE})
    steps = ik.NextSteps(journal, as_of=TODAY)
    steps.people_section.person.value = contact
    for card in steps.cards.values():
        card.draft.click()
    assert "<script" not in words_on(steps)
    assert "&lt;script&gt;" in words_on(steps)


def test_the_saved_output_holds_nothing_private(steps):
    assert steps._repr_mimebundle_()["text/plain"] == "<NextSteps>"


def test_a_change_by_other_hands_is_shown_once_someone_comes_back(acme, steps):
    ik.Journal(acme.folder).update("follow_ups", "f-ada", {"done_on": TODAY})
    steps.on_return()
    assert (steps.news.text, "f-ada" in steps.cards) == ("", False)


def test_a_change_by_other_hands_is_asked_about_beside_what_is_half_typed(acme, steps):
    steps.planned_section.form.open_button.click()
    steps.planned_section.form.fields["company"].value = "Bo"
    ik.Journal(acme.folder).update("follow_ups", "f-ada", {"done_on": TODAY})
    steps.on_return()
    assert steps.news.text == CHANGED_ON_DISK
    assert "f-ada" in steps.cards
    click(steps.news, "Show it")
    assert "f-ada" not in steps.cards


def test_a_change_through_the_same_journal_shows_at_once(acme, steps):
    acme.update("interviews", "i-acme", {"outcome": "withdrawn"})
    assert list(steps.cards) == ["f-ada"]


def test_files_that_cannot_be_read_are_said_and_read_again(acme, steps):
    path = acme.folder / "follow_ups.csv"
    good = path.read_bytes()
    path.write_bytes(good + b'"unclosed')
    steps.reload()
    assert steps.news.text.startswith("The records cannot be read. Nothing in them was changed.\n")
    path.write_bytes(good)
    click(steps.news, "Read it again")
    assert len(steps.cards) == 3


def test_what_could_not_be_read_is_named(acme):
    path = acme.folder / "follow_ups.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("2026-05-17", "soon"), encoding="utf-8-sig")
    steps = ik.NextSteps(acme, as_of=TODAY)
    assert steps.news.text == (
        "Some values cannot be read; the files keep them as they are.\n"
        "follow_ups.csv, line 2, due_on: 'soon' is not a date; write it as year-month-day, such as 2026-04-03"
    )
    assert "no date" in words_on(steps.cards["f-ada"])


def test_of_very_many_records_the_newest_are_gone_by_and_said_to_be(steps, acme, monkeypatch):
    assert steps.extent.value == ""
    for days in range(2, 6):
        acme.add("interviews", {"id": f"i-old{days}", "company": f"Old {days}", "interviewed_on": ago(days)})
    acme.add("contacts", {"id": "c-old", "interview_id": "i-old5", "name": "Old Friend"})
    acme.add("follow_ups", {"id": "f-old", "interview_id": "i-old4", "kind": "ask status", "due_on": ago(1)})
    monkeypatch.setattr("interview_kit.widgets.snapshot.MOST_READ", 2)
    steps.reload()
    assert "the newest 2 interviews, people and follow-ups of very many (5 interviews)." in steps.extent.value
    assert steps.extent in steps.children
    assert sorted(steps.shown.records.interviews()["id"]) == ["i-acme", "i-old2", "i-old4", "i-old5"]
    assert {"f-ada", "f-old"} <= set(steps.cards)
    assert len(steps.people_section.person.options) == 3
    steps.cards["f-old"].done.click()
    assert acme.follow_ups()["done_on"].notna().sum() == 1


def test_a_draft_can_be_copied_and_a_written_file_opened(acme):
    steps = ik.NextSteps(acme, as_of=TODAY)
    card = next(iter(steps.cards.values()))
    card.toggle_draft()
    (draft,) = card.drawer.children
    draft.copy.click()
    assert draft.copy.description == "Copied"
    draft.text.value += "."
    assert draft.copy.description == "Copy"
    steps.to_do_section.calendar_button.click()
    (link,) = steps.to_do_section.foot_message.buttons.children
    assert 'class="ik-file"' in link.value
    assert link.value.endswith(">Download to_do.ics</a>")

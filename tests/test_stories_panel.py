"""Writing stories, reading the brief and practicing with a story, as panels without a browser."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

import interview_kit as ik
from interview_kit.journal import SAMPLE
from interview_kit.widgets.snapshot import NOT_SAVED
from tests.panels import HOSTILE, all_widgets, click, words_on

TODAY = date(2026, 5, 20)


@pytest.fixture
def journal(tmp_path):
    journal = ik.Journal(tmp_path / "mine")
    values = {"company": "Acme", "interviewed_on": "2026-05-04", "stage": "screen", "outcome": "callback"}
    journal.add("interviews", {"id": "i-1", **values})
    return journal


@pytest.fixture
def planned(journal):
    """A round at Acme in two days, and one at Blue in ten."""
    for key, company, day in (("i-2", "Acme", "2026-05-22"), ("i-3", "Blue", "2026-05-30")):
        values = {"company": company, "interviewed_on": day, "outcome": "planned", "notes": f"{company}, {HOSTILE}"}
        journal.add("interviews", {"id": key, **values})
    return journal


def steps_of(journal):
    return ik.NextSteps(journal, as_of=TODAY)


def section_of(journal):
    return steps_of(journal).stories_section


def is_shown(widget):
    return widget.layout.display != "none"


def write(section, **values):
    section.write_button.click()
    for name, value in values.items():
        section.form.fields[name].value = value
    section.form.save_button.click()


# Stories


def test_a_story_whose_draft_another_program_holds_is_saved_and_said(journal, monkeypatch):
    section, unlink = section_of(journal), Path.unlink

    def refuse(path, *given, **options):
        if path.parent.name == ".drafts":
            raise PermissionError(13, "in use by another process", str(path))
        unlink(path, *given, **options)

    monkeypatch.setattr(Path, "unlink", refuse)
    write(section, title="The counters")
    assert journal.stories()["title"].tolist() == ["The counters"]
    assert not section.place.children
    assert journal.drafts() == []


def test_without_stories_it_says_what_one_is_for_and_how_to_begin(journal):
    section = section_of(journal)
    assert "Begin with one that you have told before." in words_on(section.answer)
    assert section.write_button.description == "Write your first story"
    assert not is_shown(section.choice)
    assert not section.place.children
    assert section.table.value == ""


def test_a_story_is_written_changed_and_deleted_each_with_a_way_back(journal):
    section = section_of(journal)
    write(section, title="The counters", topics="pride, data", situation="In the city", result="Maps")
    (row,) = journal.stories().to_dict("records")
    assert row | {"id": ""} == {
        **{"id": "", "title": "The counters", "topics": "pride, data", "situation": "In the city"},
        **{"task": "", "action": "", "result": "Maps"},
    }
    assert section.message.text == "Kept: “The counters”. Choose it at a question in the debrief."
    assert not section.place.children
    assert "1 story, not told yet." in section.answer.value

    section.choice.value = row["id"]
    assert section.form.fields["topics"].value == "pride, data"
    section.form.fields["topics"].value = "pride"
    section.form.save_button.click()
    assert journal.stories()["topics"].tolist() == ["pride"]
    click(section, "Undo")
    assert journal.stories()["topics"].tolist() == ["pride, data"]

    section.choice.value = row["id"]
    section.form.delete_button.click()
    assert journal.stories().empty
    assert section.message.text == "Deleted: “The counters”. The questions at which you told it stay as they are."
    click(section, "Undo")
    assert section.message.text == "Took back the deletion of the story “The counters”."
    assert journal.stories()["id"].tolist() == [row["id"]]


def test_a_story_needs_a_title_and_nothing_typed_is_lost_without_one(journal):
    section = section_of(journal)
    write(section, title="  ", action="I asked.")
    assert section.form.fields["title"].error.value == "Give it a title by which you know it."
    assert section.place.children
    assert section.form.fields["action"].value == "I asked."
    assert journal.stories().empty
    section.form.fields["title"].value = "Asking"
    section.form.save_button.click()
    assert journal.stories()["action"].tolist() == ["I asked."]


def test_what_is_being_typed_stays_while_something_else_is_changed(journal):
    steps = steps_of(journal)
    section = steps.stories_section
    section.write_button.click()
    section.form.fields["title"].value = "Half written"
    journal.add("stories", {"title": "From elsewhere"})
    assert (section.form.fields["title"].value, len(section.place.children)) == ("Half written", 1)
    section.form.children[-1].children[-1].click()  # Close
    assert not section.place.children
    section.write_button.click()
    assert section.form.fields["title"].value is None


def test_a_half_written_story_is_on_the_disk_at_once_and_comes_back(journal):
    section = section_of(journal)
    section.write_button.click()
    for name, text in (("title", "Half written"), ("situation", "In the city,\nat night")):
        section.form.fields[name].value = text
    again = section_of(ik.Journal(journal.folder))
    assert [again.form.fields[name].value for name in ("title", "situation")] == [
        "Half written",
        "In the city,\nat night",
    ]
    assert "Here is what you had typed on " in again.form.kept.text
    again.form.save_button.click()
    assert again.message.text.startswith("Kept: “Half written”.")
    assert journal.drafts() == []


def test_a_half_changed_story_comes_back_and_stays_while_something_else_is_changed(journal):
    key = journal.add("stories", {"title": "The counters"})
    section = section_of(journal)
    section.choice.value = key
    section.form.fields["result"].value = "Maps"
    again = section_of(journal)
    assert (again.choice.value, again.form.fields["result"].value) == (key, "Maps")
    journal.add("stories", {"title": "From elsewhere"})
    assert (again.choice.value, again.form.fields["result"].value) == (key, "Maps")
    again.form.save_button.click()
    assert journal.stories().set_index("id").loc[key, "result"] == "Maps"
    assert journal.drafts() == []


def test_a_story_that_is_half_changed_is_not_lost_where_another_is_chosen(journal):
    keys = [journal.add("stories", {"title": title}) for title in ("One", "Two")]
    section = section_of(journal)
    section.choice.value = keys[0]
    section.form.fields["result"].value = "Maps"
    section.choice.value = keys[1]
    assert section.form.fields["title"].value == "Two"
    click(section, "Bring it back")
    assert (section.choice.value, section.form.fields["result"].value) == (keys[0], "Maps")


def test_a_story_that_was_changed_elsewhere_is_not_overwritten(journal):
    key = journal.add("stories", {"title": "The counters"})
    section = section_of(journal)
    section.choice.value = key
    ik.Journal(journal.folder).update("stories", key, {"topics": "theirs"})
    section.form.fields["topics"].value = "mine"
    section.form.save_button.click()
    assert section.message.text.startswith("The counters was changed elsewhere in the meantime (Topics); nothing was")
    assert section.place.children
    assert journal.stories()["topics"].tolist() == ["theirs"]
    click(section, "Read it again")
    assert section.form.fields["topics"].value == "mine"
    section.form.save_button.click()
    assert journal.stories()["topics"].tolist() == ["mine"]


def saved_after_a_deletion(journal):
    """Change a story that is deleted elsewhere, and press Save; return the part, the other journal, and the id."""
    key = journal.add("stories", {"title": "The counters", "result": "Maps"})
    section, other = section_of(journal), ik.Journal(journal.folder)
    section.choice.value = key
    section.form.fields["topics"].value = "mine"
    other.delete("stories", key)
    section.form.save_button.click()
    return section, other, key


def test_a_story_that_was_deleted_elsewhere_is_saved_as_new(journal):
    section, _, key = saved_after_a_deletion(journal)
    assert section.message.text == "Not saved: it was deleted elsewhere in the meantime. What you typed is kept."
    assert [draft["values"]["topics"] for draft in journal.drafts()] == ["mine"]
    click(section, "Save as new")
    assert section.message.text.startswith("Kept: “The counters”.")
    assert journal.stories()[["id", "topics", "result"]].to_numpy().tolist() == [[key, "mine", "Maps"]]
    assert journal.drafts() == []
    assert not section.place.children


def test_a_story_that_came_back_by_then_is_not_overwritten(journal):
    section, other, _ = saved_after_a_deletion(journal)
    other.undo()
    click(section, "Save as new")
    assert journal.stories()["topics"].tolist() == [""]
    click(section, "Read it again")
    section.form.save_button.click()
    assert journal.stories()["topics"].tolist() == ["mine"]


def test_the_table_says_how_each_landed_and_whether_the_next_company_has_heard_it(planned):
    for key, title in (("s-1", "The counters"), ("s-2", "The director")):
        planned.add("stories", {"id": key, "title": title})
    for number, answered in enumerate(("well", "well", "well", "okay")):
        question = {"id": f"q-{number}", "interview_id": "i-1", "question": "Why?", "answered": answered}
        planned.add("questions", {**question, "story_id": "s-1"})
    section = section_of(planned)
    assert ">At Acme, next<" in section.table.value
    told_on = "4\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2026"
    cells = [cell.split("</td>")[0].split(">")[-1] for cell in section.table.value.split("<td")[1:]]
    assert cells == [
        *("The counters", "", "4\N{NO-BREAK SPACE}times", "3 of 4, plausibly 30% to 95%"),
        *(f"Acme, {told_on}", f"told on {told_on}"),
        *("The director", "", "never", "", "", "not told yet"),
    ]


def test_two_stories_of_one_title_stay_two(journal):
    for key in ("s-1", "s-2"):
        journal.add("stories", {"id": key, "title": "Twice", "topics": key})
    section = section_of(journal)
    section.choice.value = "s-2"
    assert section.form.fields["topics"].value == "s-2"
    section.form.delete_button.click()
    assert journal.stories()["id"].tolist() == ["s-1"]


def test_the_sample_shows_its_stories_and_saves_nothing(tmp_path):
    before = {path.name: path.read_bytes() for path in SAMPLE.parent.iterdir() if path.is_file()}
    journal = ik.Journal(tmp_path / "mine")
    section = ik.NextSteps(journal).stories_section
    assert "6 stories, told 13 times in all. Never told yet: “Two departments, one number”." in section.answer.value
    write(section, title="Mine")
    assert section.message.text == NOT_SAVED
    assert section.form.fields["title"].value == "Mine"
    section.choice.value = section.choice.options[1][1]
    section.form.delete_button.click()
    assert section.message.text == NOT_SAVED
    assert {path.name: path.read_bytes() for path in SAMPLE.parent.iterdir() if path.is_file()} == before
    assert not journal.folder.exists()


def test_a_clients_story_is_looked_at_and_put_away_and_nothing_is_kept(journal):
    journal.add("stories", {"title": "The counters"})
    for name in ("Ann", "Bo"):
        shutil.copytree(journal.folder, journal.folder.parent / "clients" / name)
    one = ik.Clients(journal.folder.parent / "clients").of("Ann")
    before = sorted(path.name for path in (journal.folder.parent / "clients" / "Ann").iterdir())
    section = section_of(one)
    section.choice.value = next(value for _, value in section.choice.options if value)
    assert section.form.fields["title"].value == "The counters"
    section.form.fields["result"].value = "Maps"
    section.choice.value = ""
    assert not section.place.children
    assert sorted(path.name for path in (journal.folder.parent / "clients" / "Ann").iterdir()) == before


def test_words_of_anyone_are_shown_and_never_run(planned):
    planned.add("stories", {"id": "s-1", "title": HOSTILE, "topics": HOSTILE, "situation": HOSTILE})
    question = {"interview_id": "i-1", "question": HOSTILE, "topic": HOSTILE, "answered": "badly", "story_id": "s-1"}
    planned.add("questions", question | {"better_answer": HOSTILE})
    planned.add("contacts", {"interview_id": "i-1", "name": HOSTILE, "company": "Acme", "notes": HOSTILE})
    steps = steps_of(planned)
    steps.stories_section.choice.value = "s-1"
    for card in steps.questions.values():
        card.story_button.click()
        assert "&lt;script&gt;" in card.story.value
    steps.brief_section.save_button.click()
    shown = words_on(steps)
    assert "<script>" not in shown
    assert "&lt;script&gt;" in steps.brief_section.text.value
    assert HOSTILE not in repr(steps._repr_mimebundle_())


# Practice


def test_a_question_offers_the_stories_that_have_its_topic(journal):
    for key, topics in (("s-1", "conflict"), ("s-2", "SQL; Conflict"), ("s-3", "pride")):
        journal.add("stories", {"id": key, "title": f"Story {key}", "topics": topics, "result": "It worked."})
    for key, topic in (("q-1", "conflict"), ("q-2", "Python")):
        question = {"id": key, "interview_id": "i-1", "question": f"Why {key}?", "answered": "badly"}
        journal.add("questions", question | {"topic": topic})
    steps = steps_of(journal)
    with_story, without = steps.questions["q-1"], steps.questions["q-2"]
    assert with_story.story_button in list(all_widgets(with_story))
    assert without.story_button not in list(all_widgets(without))
    assert not is_shown(with_story.story)
    with_story.story_button.click()
    text = with_story.story.value
    assert text.index("Story s-1.") < text.index("Result:") < text.index("It worked.") < text.index("Story s-2.")
    assert "Story s-3" not in text
    assert with_story.story_button.description == "Hide the story"
    with_story.story_button.click()
    assert not is_shown(with_story.story)
    journal.update("stories", "s-1", {"title": "Another title"})
    assert steps.questions["q-1"] is not with_story


# The brief


def test_where_nothing_is_coming_there_is_no_brief(journal):
    assert not is_shown(steps_of(journal).brief_section)


def test_the_brief_is_of_the_next_interview_and_open_where_it_is_near(planned):
    steps = steps_of(planned)
    section = steps.brief_section
    assert list(steps.children).index(section) < list(steps.children).index(steps.to_do_section)
    assert is_shown(section)
    assert section.choice.value == "i-2"
    assert [label for label, _ in section.choice.options] == [
        "Acme, in 2 days, Fri 22 May 2026",
        "Blue, in 10 days, Sat 30 May 2026",
    ]
    assert "Acme, &lt;script&gt;" in section.facts.value
    assert "Acme so far" in section.text.value
    section.choice.value = "i-3"
    assert "Blue, &lt;script&gt;" in section.facts.value
    assert "Questions worth asking" in section.text.value
    section.folded.selected_index = None
    assert section.text.value == section.facts.value == ""


def test_the_interview_that_was_chosen_stays_and_one_that_is_cancelled_goes(planned):
    section = steps_of(planned).brief_section
    section.choice.value = "i-3"
    planned.update("interviews", "i-2", {"place": "1 High Street"})
    assert section.choice.value == "i-3"
    planned.update("interviews", "i-3", {"outcome": "cancelled"})
    assert section.choice.value == "i-2"
    assert not is_shown(section.choice)
    planned.update("interviews", "i-2", {"outcome": "cancelled"})
    assert not is_shown(section)


def test_the_brief_is_saved_as_a_file_of_ones_own(planned):
    section = steps_of(planned).brief_section
    section.save_button.click()
    path = planned.folder / "exports" / "brief-acme-2026-05-22.md"
    assert section.message.text.startswith(f"Written: {path}\n")
    assert "Download brief-acme-2026-05-22.md" in words_on(section.message)
    assert path.read_text(encoding="utf-8") == ik.brief(planned, "i-2", as_of=datetime(2026, 5, 20))
    assert path.stat().st_mode & 0o077 == 0


def test_no_company_leads_the_file_out_of_its_folder(planned):
    planned.update("interviews", "i-2", {"company": "../../Äcme / CON: <b>" + "x" * 300})
    section = steps_of(planned).brief_section
    section.save_button.click()
    (path,) = (planned.folder / "exports").iterdir()
    assert path.name.startswith("brief-äcme-con-b-xxx")
    assert len(path.name) < 70


def test_a_template_that_cannot_be_used_is_named_and_all_else_is_shown(planned):
    folder = planned.folder / "notes"
    folder.mkdir()
    (folder / "industry_questions.txt").write_text("{{ nothing_of_the_kind }}\n")
    steps = steps_of(planned)
    assert "industry_questions.txt, line 1" in steps.brief_section.message.text
    assert "Today, 20 May 2026" in steps.title.value

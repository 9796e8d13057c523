"""The one question that was chosen beforehand: kept with its day, judged by itself, and said apart from the table."""

import json
from datetime import date, timedelta

import numpy as np
import pytest

import interview_kit as ik
from interview_kit import app, patterns, studies
from interview_kit.report import contents
from tests.test_looks import FEW, TODAY, history

SINCE = date(2026, 2, 1)


def asked(frame, **options):
    return ik.focus_question(frame, "did_prepare", as_of=TODAY, **options)


# The day on which it was chosen


def test_a_focus_is_kept_with_its_day_and_another_one_begins_anew(tmp_path):
    journal = ik.Journal(tmp_path)
    assert journal.focus_since() is None
    journal.choose_focus("did_prepare")
    assert ik.Journal(tmp_path).focus_since() == date.today()
    journal.choose_focus("did_prepare", since=SINCE)
    journal.choose_focus("did_prepare")
    assert journal.focus_since() == SINCE
    journal.choose_focus("did_give_examples")
    assert journal.focus_since() == date.today()
    journal.choose_focus("")
    assert (journal.focus(), journal.focus_since()) == ("", None)


@pytest.mark.parametrize("more", [{}, {"focus_since": "soon"}, {"focus_since": 7}, {"focus_since": None}])
def test_older_settings_without_a_day_still_read(tmp_path, more):
    (tmp_path / ".settings.json").write_text(json.dumps({"focus": "did_prepare"} | more))
    journal = ik.Journal(tmp_path)
    assert (journal.focus(), journal.focus_since()) == ("did_prepare", None)
    journal.choose_focus("did_prepare", since=None)
    assert journal.focus_since() is None
    journal.choose_focus("did_prepare")
    assert journal.focus_since() == date.today()


# What it says


def test_only_interviews_since_it_was_chosen_count_and_it_is_judged_by_itself():
    frame = history([1, 0] * 40, did_nod=[True, True, False] * 26 + [True, False])
    table, since = asked(frame, since=SINCE), frame[frame["interviewed_on"] >= str(SINCE)]
    alone = ik.compare_behaviors(since, behaviors="did_prepare", as_of=TODAY)
    assert table.drop(columns="sentence").equals(alone.drop(columns="sentence"))
    assert len(table) == 1
    assert (table.attrs["used"], table.attrs["since"], table.attrs["compared"]) == (49, str(SINCE), 1)
    assert table["p_adjusted"][0] == table["p_value"][0]


def test_it_is_judged_by_the_same_looks_at_the_level_of_one_question():
    # 20 interviews, 8 of 10 called back with it and 3 of 10 without: p is 0.028 at once, more than 0.017.
    frame = history([1] * 8 + [0] * 2 + [1] * 3 + [0] * 7, np.repeat([True, False], 10))
    assert asked(frame, since="2026-01-01")["verdict"][0] == "lines up with callbacks"
    table = asked(frame, since="2026-01-01", looks=FEW)
    assert (table.attrs["judged_at"], table["verdict"][0]) == (20, "too early to tell")
    assert asked(frame, since="2026-01-02", looks=FEW).attrs["not_judged"] == "early"


def test_the_sentence_says_since_when_and_what_it_still_takes():
    table = asked(history([1, 0, 0, 1, 1, 0, 0] * 3, [True, True, False] * 7), since="2026-01-11", looks=FEW)
    assert table.attrs["more"] == ik.interviews_needed(0.2) - 11
    sentence = table.attrs["sentence"]
    assert sentence.startswith("The one question since 11 Jan 2026. Prepared: ")
    assert sentence.endswith(
        "Judged next at 20 interviews; 11 so far. A difference of 20 points takes about 166 more to show."
    )


def test_what_lines_up_says_that_it_was_asked_beforehand():
    table = asked(history([1, 0] * 20), since="2026-01-01", looks=FEW)
    assert table.attrs["more"] is None
    assert table.attrs["sentence"].endswith(
        "This does not show that it causes callbacks. Asked beforehand and judged by itself, luck alone would say so "
        "in at most 5 of 100 such records."
    )


def test_without_a_day_it_begins_with_the_first_focus_after_the_last_other_one():
    focus = np.array(["did_prepare"] * 5 + ["did_nod"] * 5 + [""] * 5 + ["did_prepare"] * 5, object)
    table = asked(history([1, 0] * 10, focus=focus))
    assert (table.attrs["since"], table.attrs["used"]) == ("2026-01-16", 5)
    never = asked(history([1, 0] * 10))
    assert (never.attrs["since"], never.attrs["used"]) == (None, 0)
    assert never.attrs["sentence"].startswith("Prepared: no interview names it")


def test_nothing_noted_since_says_so():
    table = asked(history([1, 0] * 10), since="2026-06-01", looks=FEW)
    assert (
        "since 1 Jun 2026. Prepared: not noted yet in an interview since then that counts." in table.attrs["sentence"]
    )


def test_late_debriefs_and_young_interviews_are_left_out_as_everywhere():
    frame = history([1, 0] * 10)
    late = frame.assign(debriefed_at=frame["outcome_on"] + timedelta(days=1))
    assert asked(late, since="2026-01-01").attrs["left_out"]["late"] == 20
    young = ik.focus_question(frame, "did_prepare", since="2026-01-01", as_of="2026-02-05")
    assert young.attrs["left_out"]["too_young"] > 0


def test_a_column_that_is_not_there_and_a_day_that_is_none_are_named():
    with pytest.raises(ValueError, match="did_prepar'"):
        ik.focus_question(history([1, 0]), "did_prepar", since="2026-01-01")
    with pytest.raises(ValueError, match="since"):
        asked(history([1, 0]), since="soon")


# Where it is shown


def kept_in(folder, calls, **more):
    frame = history(calls, company=[f"No {number}" for number in range(len(calls))], **more)
    journal = ik.Journal(folder)
    journal.add_all("interviews", frame.assign(debriefed_at=frame["interviewed_on"]).to_dict("records"))
    return journal


def test_a_behavior_that_was_never_noted_is_no_question_yet():
    assert studies.question(history([1, 0]), "did_smile", None, date(2026, 12, 31)) == ""
    assert studies.question(history([1, 0]), "company", None, date(2026, 12, 31)) == ""
    assert studies.question(history([1, 0]), "", None, date(2026, 12, 31)) == ""
    assert patterns.LOOKS[0] == 20


def test_the_patterns_show_it_by_all_interviews_apart_from_the_table(tmp_path):
    journal = kept_in(tmp_path, [1, 0] * 12)
    explorer = ik.PatternExplorer(journal)
    assert explorer.question_section.layout.display == "none"
    journal.choose_focus("did_prepare", since=date(2026, 1, 5))
    assert "The one question since 5 Jan 2026. Prepared: " in explorer.question.value
    shown = explorer.question.value
    explorer.first_day.value = date(2026, 1, 15)
    assert explorer.is_filtered
    assert explorer.question.value == shown
    journal.choose_focus("")
    assert explorer.question_section.layout.display == "none"


def test_the_next_steps_show_it_and_finishing_can_be_taken_back_with_its_day(tmp_path):
    journal = kept_in(tmp_path, [1, 1, 1, 1, 1, 1], focus="did_prepare")
    journal.choose_focus("did_prepare", since=date(2026, 1, 2))
    section = ik.NextSteps(journal, as_of=date(2026, 6, 1)).focus_section
    assert "The one question since 2 Jan 2026. Prepared: " in section.question.value
    section.finish()
    assert (journal.focus(), section.question.value) == ("", "")
    section.message.undo_button.click()
    assert (journal.focus(), journal.focus_since()) == ("did_prepare", date(2026, 1, 2))


def test_a_report_says_it_with_the_habit(tmp_path):
    frame = history([1, 0] * 12, focus="did_prepare", company="Acme")
    (section,) = studies.studies(frame, date(2026, 12, 31), ["habit"])
    assert section.remarks[1].startswith("The one question since 1 Jan 2026. Prepared: ")
    of_two = frame.assign(person=["Ada", "Bo"] * 12)
    (section,) = studies.studies(of_two, date(2026, 12, 31), ["habit"])
    assert len(section.remarks) == 1


def test_a_report_begins_with_the_day_that_is_kept(tmp_path):
    journal = kept_in(tmp_path, [1, 0] * 12, focus="did_prepare", did_nod=True)
    journal.choose_focus("did_nod", since=date(2026, 1, 7))
    chosen = {"focus": journal.focus(), "focus_since": journal.focus_since(), "as_of": "2026-12-31"}
    plain = contents.compose(journal.interviews(), **chosen, charts="habit")
    assert plain.sections[0].remarks[-1].startswith("The one question since 7 Jan 2026. Nod: ")
    coded = contents.compose(journal.interviews(), **chosen, charts="habit", redact=True)
    assert coded.sections[0].remarks[-1].startswith("The one question since 7 Jan 2026. Behavior A: ")


def test_the_share_panel_and_the_command_hand_the_kept_day_on(tmp_path):
    journal = kept_in(tmp_path / "mine", [1, 0] * 12, focus="did_prepare")
    journal.choose_focus("did_prepare", since=date(2026, 1, 7))
    panel = ik.SharePanel(journal)
    (section,) = (one for one in panel.composed.sections if one.name == "habit")
    assert "since 7 Jan 2026" in section.remarks[-1]
    assert app.main(["report", "--records", str(journal.folder), "--out", str(tmp_path / "out")]) == 0
    assert "since 7 Jan 2026" in (tmp_path / "out" / "report.html").read_text()

"""What `help` says of each public name: all of it is there, and its examples give what they show."""

import doctest
import inspect
import itertools
import re
from pathlib import Path

import pytest

import interview_kit as ik
from interview_kit.places import SAMPLE

DAY = "2026-11-20"
FUNCTIONS = [name for name in ik.__all__ if inspect.isfunction(getattr(ik, name))]
# What they return that is no table: all other functions are in TABLES.
OTHERS = {
    *(
        "brief",
        "calendar_file",
        "contact_cards",
        "focus_streak",
        "industry_questions",
        "information_note",
        "record_practice",
    ),
    *("interviews_needed", "keep_in_touch_note", "merge_contacts", "preview_import", "save_chart", "save_report"),
    *("status_note", "thank_you_note", "load_interviews"),  # the last returns the columns of the file
}
TABLES = {
    "behavior_pairs": lambda: ik.behavior_pairs(sample(), at_least=0.2),
    "by_group": lambda: ik.by_group(sample(), "did_prepare", as_of=DAY),
    "chance_calibration": lambda: ik.chance_calibration(sample()),
    "check_interviews": lambda: ik.check_interviews(SAMPLE),
    "client_overview": lambda: ik.client_overview(sample(), as_of=DAY),
    "compare_behaviors": lambda: ik.compare_behaviors(sample(), by="stage", as_of=DAY),
    "contact_list": lambda: ik.contact_list(journal(), as_of=DAY),
    "debrief_delay": lambda: ik.debrief_delay(sample()),
    "due_follow_ups": lambda: ik.due_follow_ups(journal(), as_of=DAY),
    "focus_question": lambda: ik.focus_question(sample(), "did_ask_questions_at_end", as_of=DAY),
    "focus_progress": lambda: ik.focus_progress(sample(), as_of=DAY),
    "habit_trend": lambda: ik.habit_trend(sample(), "did_prepare"),
    "outcome_trend": lambda: ik.outcome_trend(sample(), as_of=DAY),
    "pending_chances": lambda: ik.pending_chances(sample(), as_of=DAY),
    "practice_queue": lambda: ik.practice_queue(journal(), as_of=DAY),
    "same_people": lambda: ik.same_people(journal()),
    "stage_conversion": lambda: ik.stage_conversion(sample(), as_of=DAY),
    "story_results": lambda: ik.story_results(journal(), as_of=DAY),
    "upcoming": lambda: ik.upcoming(journal(), as_of=DAY),
    "waiting_curve": lambda: ik.waiting_curve(sample(), as_of=DAY),
    "weak_topics": lambda: ik.weak_topics(journal()),
}


def sample():
    """Return the invented interviews."""
    return ik.load_interviews(SAMPLE)


def journal():
    """Return the invented records as a journal."""
    return ik.Journal(Path(SAMPLE).parent)


def sections(name):
    """Return the sections of a public name's docstring by heading; the one before the first heading is ""."""
    parts = re.split(r"^(\w+)\n-+\n", inspect.getdoc(getattr(ik, name)) or "", flags=re.MULTILINE)
    return {"": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))


def documented_parameters(name):
    """Return the parameters that the section Parameters lists, in its order; "start, end : date" lists two."""
    listed = re.findall(r"^(\w[\w, ]*) : ", sections(name)["Parameters"], flags=re.MULTILINE)
    return [parameter for names in listed for parameter in names.split(", ")]


@pytest.mark.parametrize("name", ik.__all__)
def test_the_examples_give_what_they_show(name):
    said, runner = [], doctest.DocTestRunner(verbose=False)
    for example in doctest.DocTestFinder().find(getattr(ik, name), name, module=False, globs={}):
        runner.run(example, out=said.append)
    assert not runner.summarize(verbose=False).failed, "".join(said)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_takes_and_gives_in_a_sentence_and_sections(name):
    found = sections(name)
    first = found[""].split("\n\n")[0]
    assert first.endswith(".")
    assert "\n" not in first.strip()
    assert {"Parameters", "Returns", "Examples"} <= found.keys()
    assert ">>> " in found["Examples"]


@pytest.mark.parametrize("name", ik.__all__)
def test_each_underline_is_that_of_a_section(name):
    lines = (inspect.getdoc(getattr(ik, name)) or "").splitlines()
    underlined = [before for before, line in itertools.pairwise(lines) if re.fullmatch("-+", line)]
    assert set(underlined) <= {"Parameters", "Returns", "Raises", "Notes", "Examples", "Attributes", "Warns"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_parameter_of_a_function_is_listed_and_no_other(name):
    assert sorted(documented_parameters(name)) == sorted(inspect.signature(getattr(ik, name)).parameters)


@pytest.mark.parametrize("name", ["Journal", "Home", "DebriefForm", "RecordsBrowser", "NextSteps", "SharePanel"])
def test_each_parameter_of_a_class_is_listed(name):
    assert documented_parameters(name) == list(inspect.signature(getattr(ik, name)).parameters)


@pytest.mark.parametrize("name", TABLES)
def test_each_column_of_a_table_is_named_where_it_is_returned(name):
    returned = sections(name)["Returns"]
    assert [column for column in TABLES[name]().columns if f"`{column}`" not in returned] == []


def test_every_function_that_returns_a_table_is_looked_at():
    charts = {name for name in FUNCTIONS if name.startswith("plot_")}
    assert {*TABLES} | OTHERS | charts == {*FUNCTIONS}

"""Tables that travel: each study's table goes through Parquet and comes back the same, attributes included."""

import inspect
import io
import json
from datetime import date

import pandas as pd
import pytest

import interview_kit as ik
from interview_kit.journal import SAMPLE

DAY = date(2026, 11, 3)
ASKED = "did_ask_questions_at_end"
OF_FRAMES = {
    "compare_behaviors": lambda frame: ik.compare_behaviors(frame, as_of=DAY),
    "compare_behaviors by stage": lambda frame: ik.compare_behaviors(frame, by="stage", as_of=DAY),
    "compare_behaviors of an outcome": lambda frame: ik.compare_behaviors(frame, outcome="did_prepare"),
    "focus_question": lambda frame: ik.focus_question(frame, ASKED, as_of=DAY),
    "focus_question since a day": lambda frame: ik.focus_question(frame, ASKED, since=DAY, as_of=DAY),
    "behavior_pairs": ik.behavior_pairs,
    "by_group": lambda frame: ik.by_group(frame, ASKED, as_of=DAY),
    "by_group of numbers": lambda frame: ik.by_group(frame, ASKED, "rated_calm", as_of=DAY),
    "by_group of days": lambda frame: ik.by_group(frame, ASKED, "interviewed_on", as_of=DAY),
    "outcome_trend": lambda frame: ik.outcome_trend(frame, as_of=DAY),
    "habit_trend": lambda frame: ik.habit_trend(frame, ASKED),
    "stage_conversion": lambda frame: ik.stage_conversion(frame, as_of=DAY),
    "waiting_curve": lambda frame: ik.waiting_curve(frame, as_of=DAY),
    "pending_chances": lambda frame: ik.pending_chances(frame, as_of=DAY),
    "chance_calibration": ik.chance_calibration,
    "debrief_delay": ik.debrief_delay,
    "focus_progress": lambda frame: ik.focus_progress(frame, as_of=DAY),
    "focus_progress since a day": lambda frame: ik.focus_progress(frame, behavior=ASKED, since=DAY, as_of=DAY),
}
OF_RECORDS = {
    "due_follow_ups": lambda records: ik.due_follow_ups(records, as_of=DAY, within_days=30),
    "contact_list": lambda records: ik.contact_list(records, as_of=DAY),
    "same_people": ik.same_people,
    "practice_queue": lambda records: ik.practice_queue(records, as_of=DAY),
    "weak_topics": ik.weak_topics,
    "upcoming": lambda records: ik.upcoming(records, as_of=DAY),
    "story_results": lambda records: ik.story_results(records, as_of=DAY),
}
ELSEWHERE = {"load_interviews", "check_interviews", "client_overview"}  # tables of other tests


def travelled(table):
    file = io.BytesIO()
    table.to_parquet(file)
    return pd.read_parquet(file)


def assert_it_travels(table):
    back = travelled(table)
    pd.testing.assert_frame_equal(back, table)
    assert json.dumps(back.attrs, sort_keys=True) == json.dumps(table.attrs, sort_keys=True)  # a NaN equals no other


@pytest.mark.parametrize("rows", [None, 3, 0], ids=["sample", "three rows", "no row"])
@pytest.mark.parametrize("study", OF_FRAMES.values(), ids=OF_FRAMES)
def test_a_study_of_interviews_travels(study, rows):
    assert_it_travels(study(ik.load_interviews(SAMPLE).head(rows)))


@pytest.mark.parametrize("records", ["sample", "none"])
@pytest.mark.parametrize("study", OF_RECORDS.values(), ids=OF_RECORDS)
def test_a_study_of_records_travels(study, records, tmp_path):
    assert_it_travels(study(ik.Journal(SAMPLE.parent if records == "sample" else tmp_path)))


def test_each_public_table_is_among_them():
    functions = {name: getattr(ik, name) for name in ik.__all__ if inspect.isfunction(getattr(ik, name))}
    tables = {name for name, function in functions.items() if "DataFrame" in str(function.__annotations__["return"])}
    assert tables - ELSEWHERE == {name.partition(" ")[0] for name in [*OF_FRAMES, *OF_RECORDS]}


def test_days_in_attributes_are_iso_text():
    table = ik.stage_conversion(ik.load_interviews(SAMPLE), as_of=DAY)
    assert table.attrs["as_of"] == "2026-11-03"
    assert date.fromisoformat(table.attrs["as_of"]) == DAY

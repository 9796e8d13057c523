"""The part of very many interviews that a panel works on."""

import pandas as pd
import pytest

from interview_kit import patterns, trends
from interview_kit.frame.held import held
from interview_kit.frame.parts import counted_columns
from interview_kit.journal import sample_interviews

QUESTIONS = {
    "behaviors": lambda frame: patterns.compare_behaviors(frame, by="stage", as_of="2026-11-03"),
    "stage by stage": lambda frame: patterns.by_group(frame, "did_prepare", as_of="2026-11-03"),
    "called back": lambda frame: patterns.called_back(frame, as_of="2026-11-03").to_frame(),
    "travel": patterns.behavior_pairs,
    "trend": lambda frame: trends.outcome_trend(frame, as_of="2026-11-03"),
    "habit": lambda frame: trends.habit_trend(frame, "rated_calm"),
    "stages": lambda frame: trends.stage_conversion(frame, as_of="2026-11-03"),
    "waiting": lambda frame: trends.waiting_curve(frame, as_of="2026-11-03"),
    "pending": lambda frame: trends.pending_chances(frame, as_of="2026-11-03"),
    "guesses": trends.chance_calibration,
    "delay": trends.debrief_delay,
}


@pytest.fixture
def whole():
    """Interviews with gaps, other spellings and a behavior of one's own."""
    frame = held(sample_interviews()).copy()
    frame.loc[3, ["company", "stage", "role"]] = None
    frame.loc[4, "company"] = f"  {frame['company'][5].upper()} "
    return frame.assign(person=["", "Ann", "ann", None] * 18, did_whistle=True)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_study_of_the_columns_that_count_gives_the_same(whole, question):
    ask = QUESTIONS[question]
    pd.testing.assert_frame_equal(ask(counted_columns(whole)), ask(whole))


def test_free_text_is_left_out_and_the_argument_stays_as_it_is(whole):
    before = whole.copy()
    part = counted_columns(whole)
    assert {"notes", "issues", "went_well"}.isdisjoint(part)
    assert {"did_whistle", "rated_calm", "outcome_on", "id"} <= set(part)
    pd.testing.assert_frame_equal(whole, before)

"""Practice: when a question comes back, and which topics go badly."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import fsrs
import numpy as np
import pandas as pd
import pytest

import interview_kit as ik
from interview_kit import stats
from interview_kit.journal import Journal
from interview_kit.next_steps import practice

TODAY = date(2026, 5, 20)
INTERVIEWS = pd.DataFrame([{"id": "i-1", "company": "Acme", "interviewed_on": "2026-05-01"}])


def queue(*rows, **more):
    questions = pd.DataFrame(
        [{"id": f"q-{place}", "interview_id": "i-1", "question": "Why?"} | row for place, row in enumerate(rows)]
    )
    return ik.practice_queue({"interviews": INTERVIEWS, "questions": questions}, as_of=TODAY, **more)


def test_what_went_badly_or_okay_is_due_the_day_after_the_interview():
    table = queue({"answered": "okay"}, {"answered": "badly", "better_answer": "Because."}, {"answered": "well"}, {})
    assert list(table["id"]) == ["q-1", "q-0"]
    row = table.iloc[0]
    assert (row["company"], row["better_answer"]) == ("Acme", "Because.")
    assert (row["asked_on"].date(), row["due_on"].date(), row["days_overdue"]) == (
        date(2026, 5, 1),
        date(2026, 5, 2),
        18,
    )
    assert table.attrs["sentence"] == "2 questions to practice, 1 of them answered badly."


def test_a_practiced_question_waits_for_its_day_however_it_went():
    table = queue(
        {"answered": "well", "last_practiced_on": "2026-05-10", "next_practice_on": "2026-05-20"},
        {"answered": "badly", "last_practiced_on": "2026-05-10", "next_practice_on": "2026-05-21"},
    )
    assert list(table["id"]) == ["q-0"]
    assert (table.attrs["later"], table.attrs["next_on"]) == (1, "2026-05-21")
    later = queue({"answered": "okay", "next_practice_on": "2026-06-05"})
    assert later.attrs["sentence"] == "Nothing to practice today; the next comes back on 5 Jun 2026."
    assert len(queue({"answered": "okay", "next_practice_on": "2026-06-05"}, within_days=16)) == 1


def test_without_dates_or_questions_nothing_breaks():
    assert list(
        ik.practice_queue({"questions": pd.DataFrame({"answered": ["badly"]})}, as_of=TODAY)["days_overdue"]
    ) == [pd.NA]
    assert ik.practice_queue({}, as_of=TODAY).attrs["sentence"] == "Nothing to practice today."


# Grading


def practiced(*grades, asked=date(2026, 1, 1)):
    """Return the days between practices of a question that is practiced on the very day it comes back."""
    row, day, gaps = {"answered": "badly", "asked_on": asked}, asked + timedelta(days=1), []
    for grade in grades:
        row |= practice.grade_practice(row, grade, as_of=day)
        gaps.append((row["next_practice_on"] - day).days)
        day = row["next_practice_on"]
    return gaps


def test_intervals_grow_while_it_goes_well_and_shrink_when_it_does_not():
    well = practiced(*["well"] * 6)
    assert well == sorted(well)
    assert well[-1] == 180
    okay = practiced(*["okay"] * 6)
    assert all(before < after for before, after in pairwise(okay))
    assert all(before >= after for before, after in zip(well, okay, strict=True))
    assert practiced("well", "well", "badly")[-1] == 2
    assert practiced(*["badly"] * 3) == [1, 1, 1]


@pytest.mark.parametrize(("answered", "grade"), [("badly", fsrs.Rating.Again), ("okay", fsrs.Rating.Hard)])
def test_the_first_practice_is_the_schedulers_second_review(answered, grade):
    plain = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, _ = plain.review_card(fsrs.Card(), grade, datetime(2026, 5, 1, tzinfo=UTC))
    card, _ = plain.review_card(card, fsrs.Rating.Good, datetime(2026, 5, 20, tzinfo=UTC))
    changes = practice.grade_practice({"answered": answered, "asked_on": "2026-05-01"}, "well", as_of=TODAY)
    assert changes == {"answered": "well", "last_practiced_on": TODAY, "next_practice_on": card.due.date()}


def test_a_later_one_goes_by_the_interval_in_the_columns():
    plain = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    day = datetime(2026, 5, 10, tzinfo=UTC)
    difficulty = plain.review_card(fsrs.Card(), fsrs.Rating.Hard, day)[0].difficulty
    card = fsrs.Card(1, fsrs.State.Review, None, 10.0, difficulty, day, day)
    card, _ = plain.review_card(card, fsrs.Rating.Good, datetime(2026, 5, 20, tzinfo=UTC))
    row = {"answered": "okay", "last_practiced_on": "2026-05-10", "next_practice_on": "2026-05-20"}
    changes = practice.grade_practice(row, "well", as_of=TODAY)
    assert changes["next_practice_on"] == card.due.date()
    early = practice.grade_practice(row, "well", as_of=date(2026, 5, 12))
    assert early["next_practice_on"] - date(2026, 5, 12) < changes["next_practice_on"] - TODAY


def test_a_grade_of_a_row_of_the_queue_moves_its_date():
    row = queue({"answered": "badly"}).iloc[0].to_dict()
    first, second = (practice.grade_practice(row, "good", as_of="2026-05-20") for _ in range(2))
    assert first == second
    assert first["answered"] == "well"
    assert first["next_practice_on"] > TODAY
    assert practice.grade_practice({}, "okay", as_of=TODAY)["next_practice_on"] == date(2026, 5, 21)


@pytest.mark.parametrize(
    ("answered", "message"),
    [
        ("", "answered is ''; it must be 'well', 'okay' or 'badly'"),
        ("meh", "answered holds 'meh', which is not one of well, okay, badly"),
    ],
)
def test_a_grade_must_be_one_of_three(answered, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        practice.grade_practice({}, answered)
    assert str(error.value) == message


def test_a_practice_is_noted_and_one_undo_takes_it_back(tmp_path):
    mine = Journal(tmp_path)
    asked = mine.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01"})
    key = mine.add("questions", {"interview_id": asked, "question": "Why?", "answered": "badly"})
    row = ik.practice_queue(mine, as_of=TODAY).iloc[0]
    expected = practice.grade_practice(row, "well", as_of=TODAY)
    assert ik.record_practice(mine, key, "well", as_of=TODAY) == expected["next_practice_on"]
    noted = mine.questions().iloc[0]
    assert [noted["answered"], *(noted[name].date() for name in ("last_practiced_on", "next_practice_on"))] == [
        *expected.values()
    ]
    assert mine.undo() == "Took back the practice of “Why?”."
    assert mine.questions()["answered"].tolist() == ["badly"]


def test_a_practice_of_no_question_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no record of questions has the id 'q-9'"):
        ik.record_practice(Journal(tmp_path), "q-9", "well")


# Topics


def topics(**counts):
    rows = [
        {"topic": topic, "answered": "badly" if place < badly else "well"}
        for topic, (badly, n) in counts.items()
        for place in range(n)
    ]
    return ik.weak_topics({"questions": pd.DataFrame(rows)})


def test_a_topic_that_goes_badly_more_often_is_named_with_its_counts():
    table = topics(SQL=(9, 10), story=(3, 20), tools=(2, 15))
    row = table.iloc[0]
    assert (row["topic"], row["n"], row["badly"], row["others_n"], row["others_badly"]) == ("SQL", 10, 9, 35, 5)
    assert (row["ci_low"], row["ci_high"]) == tuple(map(float, stats.wilson(9, 10)))
    assert (row["low"], row["high"]) == pytest.approx(tuple(map(float, stats.miettinen_nurminen(9, 10, 5, 35))))
    assert table["p_adjusted"].to_numpy() == pytest.approx(stats.benjamini_hochberg(table["p_value"].to_numpy()))
    assert list(table["flagged"]) == [True, False, False]
    assert table.attrs["sentence"] == "Answered badly more often than the others: SQL."
    assert row["sentence"] == "SQL: 9 of 10 answered badly (90%, plausibly 60% to 98%); all other topics 5 of 35."


def test_nothing_is_flagged_on_tiny_numbers_or_for_going_well():
    assert not topics(SQL=(4, 4), story=(0, 40))["flagged"].any()
    assert not topics(SQL=(2, 5), story=(0, 60))["flagged"].any()
    table = topics(SQL=(0, 30), story=(20, 30))
    assert list(table["topic"][table["flagged"]]) == ["story"]
    words = "Too few answers of any topic went badly to say that one goes worse than the others."
    assert topics(SQL=(1, 4)).attrs["sentence"] == words
    words = "No topic goes badly more often than the others, beyond what luck does."
    assert topics(SQL=(3, 8), story=(5, 12)).attrs["sentence"] == words


def test_spellings_of_a_topic_are_one_and_gaps_are_left_out():
    rows = [("SQL", "badly"), ("sql ", "well"), ("", "badly"), ("story", None)]
    table = ik.weak_topics({"questions": pd.DataFrame(rows, columns=["topic", "answered"])})
    assert table[["topic", "n", "badly"]].values.tolist() == [["SQL", 2, 1]]
    assert table.attrs["left_out"] == 2
    assert np.isnan(table["difference"][0])
    words = "No topics yet. Note one for each question in a debrief, and this counts which of them go badly."
    assert ik.weak_topics({}).attrs["sentence"] == words


# The focus


def held(*answers, chosen=2):
    rows = [
        {
            "interviewed_on": date(2026, 1, 1) + timedelta(days=place),
            "did_prepare": answer,
            "focus": "did_prepare" * (place >= chosen),
        }
        for place, answer in enumerate(answers)
    ]
    return ik.focus_streak(pd.DataFrame(rows), "did_prepare", as_of=TODAY)


@pytest.mark.parametrize(
    ("answers", "streak"),
    [
        ([True] * 7, 5),
        ([True, True, False, True, True, True], 3),
        ([True, True, True, None, True], 2),
        ([True, True, True, False], 0),
        ([True, True], 0),
    ],
)
def test_the_latest_interviews_in_a_row_are_counted_since_it_was_chosen(answers, streak):
    assert held(*answers) == streak


def test_a_question_of_which_it_is_not_noted_how_it_went_is_counted(tmp_path):
    journal = ik.Journal(tmp_path)
    journal.add("questions", {"question": "Why us?"})
    sentence = ik.practice_queue(journal, as_of="2026-05-20").attrs["sentence"]
    assert sentence == "Nothing to practice today. Of 1 question it is not noted how you answered."

"""Interviews that are planned: the list of them, and that they count in no study."""

from datetime import date, datetime, time

import pandas as pd
import pytest

import interview_kit as ik
from interview_kit.places import SAMPLE

TODAY = date(2026, 11, 20)


def frame(*rows: dict) -> pd.DataFrame:
    """Return interviews of one company unless a row says otherwise."""
    return pd.DataFrame([{"id": f"i-{at}", "company": "Acme", **row} for at, row in enumerate(rows)])


def planned(**row) -> pd.DataFrame:
    """Return `upcoming` of one planned interview at noon on the day that counts as today."""
    return ik.upcoming({"interviews": frame({"outcome": "planned", **row})}, as_of=datetime(2026, 11, 20, 12))


def test_columns_are_those_of_the_design():
    table = planned(interviewed_on="2026-11-21", starts_at="9:30", place="https://meet.example")
    names = ["id", "company", "role", "stage", "interviewed_on", "starts_at", "place", "days_until", "overdue_debrief"]
    assert list(table) == names
    row = table.iloc[0]
    assert (row["starts_at"], row["place"], row["days_until"]) == (time(9, 30), "https://meet.example", 1)
    assert not row["overdue_debrief"]


@pytest.mark.parametrize(
    ("row", "overdue"),
    [
        ({"interviewed_on": "2026-11-19"}, True),
        ({"interviewed_on": "2026-11-20"}, False),
        ({"interviewed_on": "2026-11-20", "starts_at": "11:00"}, True),
        ({"interviewed_on": "2026-11-20", "starts_at": "11:01"}, False),
        ({"interviewed_on": "2026-11-20", "starts_at": "11:01", "ended_at": "11:50"}, True),
        ({"interviewed_on": "2026-11-19", "starts_at": "23:30", "ended_at": "0:15"}, True),
        ({"interviewed_on": "2026-11-20", "starts_at": "23:30", "ended_at": "0:15"}, False),
        ({"interviewed_on": None}, False),
    ],
)
def test_an_interview_is_to_be_written_down_once_it_is_over(row, overdue):
    assert planned(**row)["overdue_debrief"].tolist() == [overdue]


def test_those_to_be_written_down_come_first_the_latest_of_them_first():
    days = ["2026-12-01", "2026-11-10", "2026-11-21", "2026-11-18", None]
    rows = frame(*({"company": str(day), "interviewed_on": day, "outcome": "planned"} for day in days))
    table = ik.upcoming({"interviews": rows}, as_of=TODAY)
    assert table["company"].tolist() == ["2026-11-18", "2026-11-10", "2026-11-21", "2026-12-01", "None"]
    assert table["days_until"].fillna(999).tolist() == [-2, -10, 1, 11, 999]
    assert table.attrs["sentence"] == "2 interviews are to be written down and 3 interviews are coming."


def test_a_day_to_come_without_an_outcome_is_planned_and_cancelled_is_not():
    rows = frame(
        {"company": "A", "interviewed_on": "2026-11-25", "outcome": ""},
        {"company": "B", "interviewed_on": "2026-11-25", "outcome": "cancelled"},
        {"company": "C", "interviewed_on": "2026-11-25", "outcome": "rejected"},
        {"company": "D", "interviewed_on": "2026-11-19", "outcome": "pending"},
    )
    assert ik.upcoming({"interviews": rows}, as_of=TODAY)["company"].tolist() == ["A"]


def test_nothing_planned_has_its_sentence():
    assert ik.upcoming({}, as_of=TODAY).attrs["sentence"] == "No interview is planned."


# They count nowhere.

STUDIES = {
    "compare_behaviors": lambda frame: ik.compare_behaviors(frame, as_of=TODAY),
    "compare_behaviors by stage": lambda frame: ik.compare_behaviors(frame, by="stage", as_of=TODAY),
    "by_group": lambda frame: ik.by_group(frame, "did_prepare", as_of=TODAY),
    "behavior_pairs": lambda frame: ik.behavior_pairs(frame, at_least=0),
    "outcome_trend": lambda frame: ik.outcome_trend(frame, as_of=TODAY),
    "habit_trend": lambda frame: ik.habit_trend(frame, "did_prepare"),
    "stage_conversion": lambda frame: ik.stage_conversion(frame, as_of=TODAY),
    "waiting_curve": lambda frame: ik.waiting_curve(frame, as_of=TODAY),
    "pending_chances": lambda frame: ik.pending_chances(frame, as_of=TODAY),
    "chance_calibration": ik.chance_calibration,
    "debrief_delay": ik.debrief_delay,
    "focus_progress": lambda frame: ik.focus_progress(frame, "did_prepare", as_of=TODAY),
    "focus_streak": lambda frame: ik.focus_streak(frame, "did_prepare", as_of=TODAY),
    "due_follow_ups": lambda frame: ik.due_follow_ups({"interviews": frame}, as_of=TODAY),
    "weak_topics": lambda frame: ik.weak_topics({"interviews": frame}),
}


def with_planned(outcome: str, day: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the sample, and the sample with interviews of each company that are planned or cancelled."""
    sample = ik.load_interviews(SAMPLE)
    more = sample.head(30).assign(
        outcome=outcome,
        interviewed_on=pd.Timestamp(day),
        outcome_on=pd.NaT,
        id=[f"i-planned{at:02}" for at in range(30)],
        chance=90.0,
    )
    return sample, pd.concat([sample, more], ignore_index=True)


@pytest.mark.parametrize("outcome", ["planned", "cancelled", "Scheduled", "called off"])
@pytest.mark.parametrize(
    "day", ["2026-12-15", *(pytest.param(day, marks=pytest.mark.full) for day in ("2026-10-11", "2026-11-20"))]
)
@pytest.mark.parametrize("name", STUDIES)
def test_a_planned_or_cancelled_interview_counts_in_no_study(name, outcome, day):
    without, with_them = map(STUDIES[name], with_planned(outcome, day))
    if isinstance(without, int):
        assert with_them == without
        return
    pd.testing.assert_frame_equal(with_them, without)
    assert with_them.attrs == without.attrs


@pytest.mark.parametrize("outcome", ["planned", "cancelled"])
@pytest.mark.parametrize("study", ["compare_behaviors", "outcome_trend"])
def test_nor_in_another_engine(study, outcome):
    duckdb = pytest.importorskip("duckdb")
    without, with_them = with_planned(outcome, "2026-10-11")
    names = ["company", "stage", "interviewed_on", "outcome", "outcome_on", "did_prepare", "rated_calm"]
    asked = {"as_of": TODAY} if study == "outcome_trend" else {"as_of": TODAY, "behaviors": ["did_prepare"]}
    plain, counted = (
        getattr(ik, study)(duckdb.from_df(rows[names].astype({"did_prepare": bool})), **asked)
        for rows in (without.fillna({"did_prepare": False}), with_them.fillna({"did_prepare": False}))
    )
    pd.testing.assert_frame_equal(counted, plain)
    assert counted.attrs == plain.attrs


def test_a_report_is_the_same_with_and_without_them(tmp_path):
    for place, rows in zip("ab", with_planned("planned", "2026-10-11"), strict=True):
        ik.save_report(rows, tmp_path / place, as_of=TODAY)
    pages = [(tmp_path / place / "report.html").read_bytes() for place in "ab"]
    assert pages[0] == pages[1]

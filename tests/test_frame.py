"""A frame as arrays, whoever made it: the one reader that every study uses."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from interview_kit.frame import answers, columns, groups, outcomes

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    "values",
    [
        pd.Series([1, 0, None]),
        pd.Series([True, False, None], dtype="boolean"),
        pd.Series([1, 0, None], dtype="Int8"),
        pd.Series(["yes", "No", ""]),
        pd.Series(["y", "n", None], dtype="string"),
        pd.Series(["yes", "no", None], dtype="category"),
        pd.Series([True, "no", np.nan], dtype=object),
    ],
    ids=lambda values: str(values.dtype),
)
def test_yes_and_no_are_levels_whatever_holds_them(values):
    levels, kind = answers.read_levels(values, "did_smile")
    assert (levels.tolist(), kind) == ([1, 0, answers.NOT_NOTED], "yes/no")


@pytest.mark.parametrize("dtype", ["float64", "Int64", "object", "string"])
def test_ratings_are_levels_whatever_holds_them(dtype):
    values = pd.Series([1, 5, None], dtype="object").astype(dtype)
    assert answers.read_levels(values, "rated_calm")[0].tolist() == [1, 5, answers.NOT_NOTED]


@pytest.mark.parametrize("value", [6, -1, 2.5, "perhaps", np.inf, 300])
def test_what_is_no_answer_is_named_with_its_column(value):
    with pytest.raises(ValueError, match=r"rated_calm holds .*a rating may be a whole number from 1 to 5, or nothing"):
        answers.read_levels(pd.Series([3, value]), "rated_calm")


@pytest.mark.parametrize(
    ("outcome", "day", "answered", "state"),
    [
        ("callback", 60, 50, "CALLED"),
        ("offer", 60, 30, "CALLED"),  # on the last day of the window
        ("callback", 60, 29, "NOT_CALLED"),  # a day after it
        ("callback", 60, None, "CALLED"),
        ("rejected", 60, 55, "NOT_CALLED"),
        ("no reply", 60, None, "NOT_CALLED"),
        ("pending", 60, None, "NOT_CALLED"),
        ("pending", 30, None, "NOT_CALLED"),
        ("pending", 29, None, "PENDING"),
        ("callback", 29, 20, "PENDING"),  # as all that are young, or the quick answers would count for more
        ("withdrawn", 60, 55, "WITHDRAWN"),
        ("withdrawn", 60, -1, "NOT_CALLED"),  # which is not known yet
        ("callback", None, None, "CALLED"),
        ("pending", None, None, "PENDING"),
    ],
)
def test_the_window_rule(outcome, day, answered, state):
    days = [None if ago is None else TODAY - timedelta(days=ago) for ago in (day, answered)]
    frame = pd.DataFrame({"outcome": [outcome], "interviewed_on": [days[0]], "outcome_on": [days[1]]})
    found = outcomes.states(outcomes.read_records(frame, TODAY), 30)
    assert found.tolist() == [getattr(outcomes, state)]


@pytest.mark.parametrize(
    "days",
    [
        [date(2026, 3, 9), None],
        [datetime(2026, 3, 9, 23, 59), None],
        ["2026-03-09", ""],
        pd.to_datetime(["2026-03-09 10:00", None]),
        pd.to_datetime(["2026-03-09 10:00", None]).tz_localize("Asia/Tokyo"),
    ],
)
def test_days_are_days_whatever_holds_them(days):
    found = columns.dates(pd.DataFrame({"interviewed_on": days}), "interviewed_on")
    assert found.dtype == "M8[D]"
    assert [str(day) for day in found] == ["2026-03-09", "NaT"]


def test_what_is_no_day_is_named_with_its_column():
    with pytest.raises(ValueError, match="interviewed_on holds 'soon'"):
        columns.dates(pd.DataFrame({"interviewed_on": ["soon"]}), "interviewed_on")


def test_a_column_that_is_not_there_is_missing_everywhere():
    frame = pd.DataFrame({"company": ["A", "B"]})
    assert np.isnat(columns.dates(frame, "interviewed_on")).all()
    assert columns.texts(frame, "role").tolist() == ["", ""]


def test_rounds_of_one_application_have_one_number_however_its_names_are_spelled():
    frame = pd.DataFrame(
        {"company": ["Coca-Cola", "COCA COLA ", "Other", None], "role": ["Cook", "cook", "Cook", "Cook"]}
    )
    key, is_named = groups.application_keys(frame)
    assert key[0] == key[1]
    assert len(set(key)) == 3
    assert is_named.tolist() == [True, True, True, False]


def test_groups_are_codes_in_an_order_that_the_rows_do_not_change():
    frame = pd.DataFrame(
        {"stage": ["onsite", "screen", None, "screen"], "format": ["video", "phone", "phone", "video"]}
    )
    known = np.ones(4, bool)
    codes, size = groups.joint_groups(frame, ["stage", "format"], known)
    back, _ = groups.joint_groups(frame[::-1], ["stage", "format"], known)
    assert (size, codes.tolist()) == (4, back[::-1].tolist())
    assert groups.group_names(groups.grouped(frame["stage"])[1]).tolist() == ["onsite", "screen", "not noted"]

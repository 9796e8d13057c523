"""Looking again and again, and debriefs that were written down after the answer: what is judged, and when."""

import numpy as np
import pandas as pd
import pytest

from interview_kit import patterns, studies
from interview_kit.patterns import compare_behaviors

TODAY = "2026-12-31"
FEW = (20, 40, 80, 160)


def history(calls, did=None, start="2026-01-01", **more):
    """Interviews of one day after another, called back (1) or not (0); by default the behavior goes with callbacks."""
    calls = np.asarray(calls)
    day = np.datetime64(start) + np.arange(calls.size)
    frame = {
        "interviewed_on": day.astype("M8[us]"),
        "outcome": np.where(calls == 1, "callback", "rejected"),
        "outcome_on": (day + 5).astype("M8[us]"),
        "did_prepare": calls == 1 if did is None else did,
    }
    return pd.DataFrame(frame | more)


def judged(frame, **options):
    return compare_behaviors(frame, as_of=TODAY, looks=FEW, **options)


# Looks


def test_before_the_first_look_nothing_is_flagged_and_it_says_when_it_is_judged():
    table = judged(history([1, 0] * 9 + [1]))
    assert (table.attrs["used"], table.attrs["judged_at"], table.attrs["next_look"]) == (19, None, 20)
    assert (table.attrs["not_judged"], table.attrs["flagged"]) == ("early", 0)
    assert table.attrs["sentence"].startswith(
        "Too early to be sure. Best bet so far, if habits matter at all: preparing"
    )
    assert table.attrs["sentence"].endswith("Behaviors are first judged at 20 interviews; 19 so far.")
    assert table["sentence"][0].endswith("It is judged next at 20 interviews; until then it is too early to tell.")
    assert "udged" not in patterns.fine_print(table)


def test_the_verdict_is_that_of_the_last_look_that_is_reached():
    # The first 20 line up; all 39 together do not.
    calls = [1, 0] * 10 + [1, 0] * 9 + [1]
    did = np.array([1, 0] * 10 + [0, 1] * 9 + [0], bool)
    assert compare_behaviors(history(calls, did), as_of=TODAY)["verdict"][0] == "too early to tell"
    table = judged(history(calls, did))
    assert (table.attrs["judged_at"], table.attrs["next_look"]) == (20, 40)
    assert table["verdict"][0] == "lines up with callbacks"
    at_40 = judged(history([*calls, 0], [*did, True]))
    assert (at_40.attrs["judged_at"], at_40["verdict"][0]) == (40, "too early to tell")
    two = judged(history([1, 0, 0] * 9, [True, False] * 13 + [True]).assign(did_nod=[True, True, False] * 9))
    assert two.attrs["sentence"].endswith(
        "Of two behaviors, none lines up with callbacks so far. Next judged at 40 interviews; 27 so far."
    )


def test_a_look_counts_interviews_whose_window_is_closed_by_date():
    frame = history([1, 0] * 20)
    shuffled = frame.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(judged(frame.iloc[:30]), judged(shuffled[shuffled.index < 30]))
    day = "2026-02-18"  # 30 days after the 19th interview
    table = compare_behaviors(shuffled, as_of=day, looks=FEW)
    assert (table.attrs["used"], table.attrs["not_judged"]) == (19, "early")


def test_each_look_is_at_two_percent():
    # p = 0.033 of the 20, below 5 % and above 2 %
    calls, did = [1] * 6 + [0] * 4 + [1, 0, 0, 0, 0] * 2, np.repeat([True, False], 10)
    alone = compare_behaviors(history(calls, did), as_of=TODAY)
    assert 0.02 < alone["p_adjusted"][0] < 0.1
    assert judged(history(calls, did))["verdict"][0] == "too early to tell"


def test_interviews_of_one_day_stay_together_and_undated_ones_come_by_their_answer():
    frame = history([1, 0] * 11)
    frame["interviewed_on"] = frame["interviewed_on"].mask(frame.index == 0)
    frame["outcome_on"] = frame["outcome_on"].mask(frame.index == 0, pd.Timestamp("2026-12-30"))
    table = judged(frame)
    assert (table.attrs["used"], table.attrs["judged_at"]) == (22, 20)
    assert table["verdict"][0] == "lines up with callbacks"


def test_no_look_at_all_flags_nothing():
    table = compare_behaviors(history([1, 0] * 20), as_of=TODAY, looks=())
    assert (table.attrs["not_judged"], table.attrs["flagged"], table.attrs["looks"]) == ("part", 0, [])
    assert "Nothing is singled out in a part of the interviews that is chosen while looking." in table.attrs["sentence"]
    assert "In a part that is chosen while looking, this may well be luck" in table["sentence"][0]


def test_at_one_look_luck_is_told_and_at_several_it_is_not():
    frame = history([1, 0] * 20).assign(did_nod=[True, False, False, True] * 10)
    assert "taken together, as here, it singles out any in at most 5 of 100" in patterns.fine_print(
        compare_behaviors(frame, as_of=TODAY)
    )
    assert patterns.fine_print(judged(frame)).endswith(
        "Two behaviors were compared. However often one looks, up to 160 interviews luck alone singles out any in at"
        " most 5 of 100 such records. Judged at 40, next at 80; 40 interviews so far."
    )


def test_a_range_that_says_more_than_the_verdict_says_why():
    rng = np.random.default_rng(2)
    frame = history([1] * 14 + [0] * 11 + [1] * 8 + [0] * 20, np.repeat([True, False], [25, 28]))
    for at in range(11):
        frame[f"did_{at}"] = rng.random(53) < 0.5
    row = compare_behaviors(frame, as_of=TODAY).set_index("behavior").loc["did_prepare"]
    assert row["ci_low"] > 0
    assert row["sentence"].endswith(
        "12 were compared, and among so many one looks like this by luck alone: it is too early to tell."
    )


@pytest.mark.parametrize("looks", [20, (40, 20), (20, 20), (0, 20), (1.5,), ("20",)])
def test_looks_that_cannot_be(looks):
    with pytest.raises(ValueError, match=r"^looks is .*; it must be rising whole numbers, such as \(20, 40, 80, 160\)"):
        compare_behaviors(history([1, 0] * 3), looks=looks)


def test_looks_of_a_column_of_ones_own_need_the_day_of_each():
    frame = history([1, 0] * 20).assign(call=[1, 0] * 20)
    assert compare_behaviors(frame, outcome="call", looks=FEW).attrs["judged_at"] == 40
    with pytest.raises(ValueError, match="looks names 'interviewed_on', but the frame has no such column"):
        compare_behaviors(frame[["did_prepare", "call"]], outcome="call", looks=FEW)


def test_another_engine_has_no_order_to_look_in():
    import polars

    with pytest.raises(
        ValueError, match=r"^looks goes by the order in which interviews closed, for which they must be"
    ):
        compare_behaviors(polars.from_pandas(history([1, 0] * 20)), as_of=TODAY, looks=FEW)


def test_panels_and_reports_go_by_one_rule():
    assert patterns.LOOKS[:4] == FEW
    table = studies.behaviors(history([1, 0] * 20), TODAY).table
    assert (table.attrs["judged_at"], table.attrs["next_look"]) == (40, 80)
    assert studies.behaviors_sentence(history([1, 0] * 20), TODAY) == table.attrs["sentence"]
    assert studies.behaviors(history([1, 0] * 20), TODAY, is_part=True).table.attrs["not_judged"] == "part"


# Late debriefs


def written(frame, days):
    """The same frame, each written down so many days after the answer."""
    return frame.assign(debriefed_at=frame["outcome_on"] + pd.to_timedelta(days, unit="D") + pd.Timedelta(hours=20))


def test_what_was_written_down_on_a_day_after_the_answer_is_left_out_and_counted():
    frame = written(history([1, 0] * 10), [1] * 6 + [0] * 14)
    table = compare_behaviors(frame, as_of=TODAY)
    assert (table.attrs["left_out"]["late"], table.attrs["used"], table.attrs["late_included"]) == (6, 14, 0)
    assert "6 were written down after their answer came" in patterns.fine_print(table)
    assert patterns.called_back(frame, as_of=TODAY).isna().sum() == 6
    assert patterns.by_group(frame.assign(stage="final"), "did_prepare", as_of=TODAY)["n_with"].sum() == 7


def test_a_missing_day_is_unknown_and_counts():
    frame = written(history([1, 0] * 10), 3)
    for name in ("debriefed_at", "outcome_on"):
        assert compare_behaviors(frame.assign(**{name: pd.NaT}), as_of=TODAY).attrs["left_out"]["late"] == 0
        assert compare_behaviors(frame.drop(columns=name), as_of=TODAY).attrs["left_out"]["late"] == 0


def test_with_late_ones_nothing_is_flagged_and_a_sentence_says_why():
    frame = written(history([1, 0] * 20), [1] + [0] * 39)
    assert compare_behaviors(frame, as_of=TODAY).attrs["flagged"] == 1
    table = compare_behaviors(frame, as_of=TODAY, late="include")
    assert (table.attrs["used"], table.attrs["flagged"], table.attrs["not_judged"]) == (40, 0, "late")
    assert table.attrs["best_bet"] is None
    assert table.attrs["sentence"] == (
        "Nothing is singled out, since these include 1 written down after the answer came, which bends what one"
        " remembers."
    )
    assert "What is written down after the answer is bent by it" in table["sentence"][0]
    assert "at most 5 of 100" not in patterns.fine_print(table)


def test_where_none_is_late_including_them_changes_nothing():
    frame = written(history([1, 0] * 20), 0)
    pd.testing.assert_frame_equal(
        compare_behaviors(frame, as_of=TODAY), compare_behaviors(frame, as_of=TODAY, late="include")
    )


def test_late_debriefs_with_another_engine_are_the_same():
    import polars

    frame = written(history([1, 0] * 20), [1, 0, 0, 2] * 10)
    for late in ("leave out", "include"):
        found = compare_behaviors(polars.from_pandas(frame), as_of=TODAY, late=late)
        expected = compare_behaviors(frame, as_of=TODAY, late=late)
        pd.testing.assert_frame_equal(found, expected, check_exact=True)
        assert found.attrs == expected.attrs


def test_late_is_one_of_two():
    with pytest.raises(ValueError, match=r"^late is 'drop'; it must be 'leave out' or 'include'$"):
        compare_behaviors(history([1, 0]), late="drop")


def test_where_all_is_late_it_is_shown_all_the_same_unless_it_was_asked_to_be_left_out():
    frame = written(history([1, 0, 0] * 5), 100)
    assert studies.behaviors(frame, TODAY).table.attrs["late_included"] == 15
    assert studies.behaviors(frame, TODAY, late=patterns.LEAVE_OUT).table.attrs["left_out"]["late"] == 15

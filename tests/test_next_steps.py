"""What to do now: each number by hand or from stats, each sentence whole."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from interview_kit import stats
from interview_kit.next_steps import focus_progress

ASKED, POSTURE = "did_ask_questions_at_end", "did_keep_good_posture"
COLUMNS = ["behavior", "period", "start", "end", "n", "done", "rate", "ci_low", "ci_high"]
TODAY = date(2026, 12, 31)


def interviews(*periods, focus=ASKED, behavior=ASKED, **more):
    """Return a frame with one interview a day: for each period its first day, how many did it, did not, and silent."""
    rows = []
    for place, (first, done, not_done, silent) in enumerate(periods):
        for number, answer in enumerate([True] * done + [False] * not_done + [pd.NA] * silent):
            day = pd.Timestamp(first) + pd.Timedelta(days=number)
            rows.append({"interviewed_on": day, behavior: answer, "focus": focus if place else ""} | more)
    return pd.DataFrame(rows).astype({behavior: "boolean"})


@pytest.fixture
def frame():
    return interviews(("2026-01-01", 12, 8, 1), ("2026-06-01", 9, 1, 0))


def test_before_and_since_are_counted_with_their_intervals(frame):
    table = focus_progress(frame, as_of=TODAY)
    low, high = stats.wilson([12, 9], [20, 10])
    expected = pd.DataFrame(
        {
            "behavior": pd.Series([ASKED] * 2, dtype="str"),
            "period": pd.Series(["before", "since"], dtype="str"),
            "start": np.array(["2026-01-01", "2026-06-01"], "M8[us]"),
            "end": np.array(["2026-01-21", "2026-06-10"], "M8[us]"),
            "n": [20, 10],
            "done": [12, 9],
            "rate": [0.6, 0.9],
            "ci_low": low,
            "ci_high": high,
        }
    )
    pd.testing.assert_frame_equal(table, expected)


def test_the_attributes_hold_the_difference_and_a_sentence(frame):
    attrs = focus_progress(frame, as_of=TODAY).attrs
    low, high = stats.miettinen_nurminen(9, 10, 12, 20)
    assert attrs == {
        "difference": pytest.approx(0.3),
        "low": low,
        "high": high,
        "behavior": ASKED,
        "since": "2026-06-01",
        "as_of": TODAY.isoformat(),
        "confidence": 0.95,
        "people": 1,
        "left_out": {"applied": 0, "undated": 0, "later": 0, "never_chosen": 0, "not_noted": 1},
        "sentence": "Asked questions at the end: 12 of 20 before, 9 of 10 since it was chosen"
        " (+30 points, plausibly −6 to +55).",
    }


def test_the_argument_stays_as_it_was(frame):
    copy = frame.copy(deep=True)
    focus_progress(frame)
    pd.testing.assert_frame_equal(frame, copy)


def test_the_latest_focus_is_taken_by_date_and_then_by_place(frame):
    later = interviews(("2026-01-01", 0, 0, 0), ("2026-07-01", 1, 0, 0), focus=POSTURE, behavior=POSTURE)
    both = pd.concat([later, frame], ignore_index=True)
    assert focus_progress(both, as_of=TODAY).attrs["behavior"] == POSTURE
    assert focus_progress(both, as_of="2026-06-30").attrs["behavior"] == ASKED
    same_day = both.assign(interviewed_on=pd.Timestamp("2026-06-01"))
    assert focus_progress(same_day, as_of=TODAY).attrs["behavior"] == ASKED


def test_a_focus_that_comes_again_after_another_one_begins_anew(frame):
    frame.loc[frame.index[-3], "focus"] = POSTURE
    assert focus_progress(frame, ASKED, as_of=TODAY)["n"].tolist() == [28, 2]
    frame.loc[frame.index[-1], "focus"] = POSTURE
    assert focus_progress(frame, ASKED, as_of=TODAY).empty


@pytest.mark.parametrize(
    "since", ["2026-01-11", date(2026, 1, 11), datetime(2026, 1, 11, 9), pd.Timestamp("2026-01-11")]
)
def test_since_overrules_the_focus_and_is_named(frame, since):
    table = focus_progress(frame, ASKED, since=since, as_of=TODAY)
    assert table[["n", "done"]].values.tolist() == [[10, 10], [20, 11]]
    assert table.attrs["since"] == "2026-01-11"
    assert table.attrs["sentence"].startswith(
        "Asked questions at the end: 10 of 10 before, 11 of 20 since 11 Jan 2026 (−45"
    )


def test_what_does_not_count_is_left_out_and_counted(frame):
    frame["stage"] = "screen"
    frame.loc[0, "stage"] = "Application"
    frame.loc[1, "interviewed_on"] = pd.NaT
    table = focus_progress(frame, as_of="2026-06-05")
    assert table[["n", "done"]].values.tolist() == [[18, 10], [5, 5]]
    assert table.attrs["left_out"] == {"applied": 1, "undated": 1, "later": 5, "never_chosen": 0, "not_noted": 1}


def test_a_rating_counts_from_4(frame):
    ratings = frame.assign(rated_calm=pd.array([1, 2, 3, 4, 5, None, 3] * 4 + [4, 4, 5], dtype="Int64"), focus="")
    table = focus_progress(ratings, "rated_calm", since="2026-06-01", as_of=TODAY)
    assert table[["n", "done"]].values.tolist() == [[18, 6], [9, 5]]
    assert table.attrs["sentence"].startswith("Calm: rated 4 or 5 in 6 of 18 before, 5 of 9 since 1 Jun 2026 (+22 ")


def test_text_and_numbers_are_read_like_booleans(frame):
    expected = focus_progress(frame, as_of=TODAY)
    words = {True: "yes", False: "No", pd.NA: " "}
    text = frame.assign(
        **{ASKED: [words[value] for value in frame[ASKED]]},
        interviewed_on=frame["interviewed_on"].dt.strftime("%Y-%m-%d"),
    )
    numbers = frame.assign(**{ASKED: frame[ASKED].astype("Float64").astype(float)})
    objects = frame.assign(**{ASKED: frame[ASKED].astype(object)})
    for other in (text, numbers, objects):
        pd.testing.assert_frame_equal(focus_progress(other, as_of=TODAY), expected)


@pytest.mark.parametrize(
    ("before", "since", "sentence"),
    [
        ((0, 0, 1), (9, 1, 0), "9 of 10 since it was chosen; not noted before."),
        ((12, 8, 0), (0, 0, 1), "12 of 20 before; not noted in an interview since it was chosen yet."),
        ((0, 0, 1), (0, 0, 1), "not noted before or since it was chosen yet."),
        ((1, 1, 0), (1, 1, 0), "1 of 2 before, 1 of 2 since it was chosen (0 points, plausibly −75 to +75)."),
    ],
)
def test_periods_without_an_answer_are_said_so(before, since, sentence):
    table = focus_progress(interviews(("2026-01-01", *before), ("2026-06-01", *since)), as_of=TODAY)
    assert table["period"].tolist() == ["before", "since"]
    assert table.attrs["sentence"] == f"Asked questions at the end: {sentence}"
    assert np.isnan(table.attrs["difference"]) == ("points" not in sentence)


def test_a_focus_that_no_column_notes_is_no_error(frame):
    table = focus_progress(frame.drop(columns=ASKED), as_of=TODAY)
    assert table["n"].tolist() == [0, 0]
    assert table.attrs["sentence"] == "Asked questions at the end: not noted before or since it was chosen yet."


NOTHING = (
    "No behavior is chosen to practice yet. Choose one from the patterns, or under “What you set out to work on” "
    "in a debrief."
)


@pytest.mark.parametrize("change", [pd.DataFrame.copy, lambda frame: frame.iloc[:0], lambda _: pd.DataFrame()])
@pytest.mark.parametrize("since", [None, "2026-06-01"])
def test_nothing_chosen_gives_no_rows_and_says_what_to_do(frame, change, since):
    table = focus_progress(change(frame.assign(focus="")), since=since)
    assert (list(table.columns), len(table)) == (COLUMNS, 0)
    assert table.attrs["sentence"] == NOTHING
    assert table.dtypes.equals(focus_progress(frame).dtypes)


def test_a_behavior_never_chosen_says_what_to_do(frame):
    table = focus_progress(frame.assign(focus=""), ASKED)
    assert table.empty
    assert table.attrs["sentence"] == (
        "Asked questions at the end: no dated interview names it as what to practice yet. Choose it under “What you "
        "set out to work on” in the next debrief, and from there on it is compared with before."
    )


# Several people


def several():
    ada = interviews(("2026-01-01", 2, 6, 0), ("2026-03-01", 6, 2, 0), person="Ada")
    bo = interviews(("2026-05-01", 6, 4, 0), ("2026-07-01", 9, 1, 0), person="Bo")
    cy = interviews(("2026-01-01", 5, 5, 0), person="Cy")
    return pd.concat([ada, bo, cy], ignore_index=True)


def test_each_persons_own_choice_divides_theirs():
    table = focus_progress(several(), as_of=TODAY)
    assert table[["n", "done"]].values.tolist() == [[18, 8], [18, 15]]
    found, low, high = stats.mantel_haenszel_difference([6, 9], [8, 10], [2, 6], [8, 10])
    assert [table.attrs[name] for name in ("difference", "low", "high")] == pytest.approx([found, low, high])
    assert table.attrs["left_out"]["never_chosen"] == 10
    assert table.attrs["sentence"] == (
        "Asked questions at the end, 2 people: 8 of 18 before, 15 of 18 since it was chosen"
        " (+39 points within the same person, plausibly +7 to +63)."
    )


def test_several_people_who_all_changed_have_a_range_all_the_same():
    frame = several()
    frame[ASKED] = frame["focus"] != ""
    assert focus_progress(frame, as_of=TODAY).attrs["sentence"] == (
        "Asked questions at the end, 2 people: 0 of 18 before, 18 of 18 since it was chosen"
        " (+100 points within the same person, plausibly +79 to +100)."
    )


# Arguments that cannot be


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"behavior": "did_ask_question_at_end"},
            "behavior is 'did_ask_question_at_end', but the frame has no such column;"
            " did you mean 'did_ask_questions_at_end'?",
        ),
        ({"behavior": ""}, "behavior is '', but the frame has no such column; it has did_ask_questions_at_end"),
        (
            {"behavior": "focus"},
            "focus holds 'did_ask_questions_at_end'; a yes/no column may hold yes and no, True and False, 1 and 0, or "
            "nothing",
        ),
        ({"since": "soon"}, "since is 'soon'; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'"),
        ({"as_of": 3}, "as_of is 3; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'"),
        ({"as_of": pd.NaT}, "as_of is NaT; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'"),
        ({"confidence": 95}, "confidence is 95; it must lie between 0 and 1, such as 0.95"),
    ],
)
def test_wrong_arguments_are_named_with_what_is_accepted(frame, arguments, message):
    frame["focus"] = frame["focus"].where(frame["focus"] != "", ASKED)
    with pytest.raises(ValueError) as error:  # noqa: PT011
        focus_progress(frame, **arguments)
    assert str(error.value) == message


def test_a_frame_without_days_or_with_unreadable_ones_is_refused(frame):
    with pytest.raises(ValueError, match=r"^the frame has no column 'interviewed_on', which says .*; did you mean"):
        focus_progress(frame.rename(columns={"interviewed_on": "interviewed"}))
    with pytest.raises(ValueError, match=r"^interviewed_on holds 'soon', which is not a date; write it"):
        focus_progress(frame.assign(interviewed_on="soon"))
    with pytest.raises(ValueError, match=r"^frame is a list; it must be a pandas DataFrame, one row per interview$"):
        focus_progress([])  # ty: ignore[invalid-argument-type]

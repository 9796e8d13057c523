"""Numbers, days, lists and plurals in words: said once, for every sentence of the kit."""

import math
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies

from interview_kit import words


@pytest.mark.parametrize("missing", [None, math.nan, np.nan, pd.NA, pd.NaT])
def test_what_is_missing_in_any_way_is_no_number(missing):
    assert words.number(missing) is None
    assert (words.percent(missing), words.points(missing)) == ("", "")
    assert words.plausible({"ci_low": missing, "ci_high": missing}) == ""


@pytest.mark.parametrize("fraction", [0.374, np.float64(0.374), pd.array([0.374], "Float64")[0]])
def test_a_fraction_is_said_in_percent_whoever_holds_it(fraction):
    assert words.percent(fraction) == "37%"
    assert words.points(fraction, 1) == "+37.4"


@pytest.mark.parametrize(("fraction", "said"), [(-0.304, f"{words.MINUS}30"), (-0.004, "0"), (0.0, "0"), (1, "+100")])
def test_a_difference_has_a_sign_unless_it_rounds_to_zero(fraction, said):
    assert words.points(fraction) == said


@given(strategies.floats(-1, 1), strategies.integers(0, 3))
def test_a_difference_reads_back_as_the_number_that_was_rounded(fraction, digits):
    said = words.points(fraction, digits).replace(words.MINUS, "-")
    assert float(said) == pytest.approx(round(100 * fraction, digits), abs=1e-9)


@pytest.mark.parametrize("when", [date(2026, 5, 3), datetime(2026, 5, 3, 14, 30), pd.Timestamp("2026-05-03")])
def test_a_day_is_said_as_people_write_it(when):
    assert words.day(when) == "3 May 2026"


@pytest.mark.parametrize("when", [None, pd.NaT, "", "2026-05-03"])
def test_what_is_no_day_is_no_date(when):
    assert words.day(when) == "no date"


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (-9, "9 days ago")]
)
def test_how_far_a_day_is(days, said):
    assert words.near(days) == said


@pytest.mark.parametrize(
    ("found", "total", "said"),
    [([], 0, ""), (["a"], 0, "a"), (["a"], 3, "a and 2 more"), (["a", "b"], 2, "a and b"), ([], 4, "4 more")],
)
def test_a_list_ends_with_how_many_more_there_are(found, total, said):
    assert words.listed(found, total) == said


def test_a_count_goes_with_its_noun():
    assert [words.plural(count, "reply", "replies") for count in (0, 1, 1200)] == [
        *("0 replies", "1 reply", "1,200 replies"),
    ]


@given(strategies.text())
def test_a_name_is_compared_by_its_words(text):
    folded = words.casefolded(text)
    assert folded == words.casefolded(f"  {text.casefold()}\n")
    assert words.one_line(folded) == folded


@given(strategies.text(min_size=1))
def test_only_the_first_letter_of_a_sentence_changes(text):
    assert words.capitalized(text)[len(text[:1].upper()) :] == text[1:]
    assert words.capitalized("") == ""

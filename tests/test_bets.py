"""The best bet so far: when there is one, which it is, how its odds are said, and where it is shown."""

import numpy as np
import pandas as pd
import pytest

import interview_kit as ik
from interview_kit import charts, patterns, studies
from interview_kit.patterns import bets, compare_behaviors
from tests.test_patterns import called, people


def bet_of(*counts, name="did_prepare", **options):
    return compare_behaviors(called(*counts, name), outcome="call", **options)


@pytest.mark.parametrize(
    ("counts", "is_bet"),
    [
        ((3, 3, 1, 5), True),
        ((3, 3, 1, 4), False),  # seven interviews
        ((2, 2, 1, 9), False),  # two with it
        ((9, 9, 1, 2), False),  # two without
        ((1, 3, 0, 9), False),  # one callback
        ((9, 9, 2, 3), False),  # one without a callback
        ((4, 8, 4, 9), False),  # odds below 2 to 1
    ],
)
def test_a_bet_takes_some_of_every_kind_and_odds(counts, is_bet):
    table = bet_of(*counts)
    assert table.attrs["best_bet"] == ("did_prepare" if is_bet else None)
    assert ("Best bet so far" in table.attrs["sentence"]) is is_bet


@pytest.mark.parametrize(
    ("chance", "odds"),
    [
        (0.5, 0),
        (0.66, 0),
        (2 / 3, 2),
        (0.74, 2),
        (0.75, 3),
        (5 / 6, 5),
        (0.9, 5),
        (10 / 11, 10),
        (20 / 21, 20),
        (1, 20),
    ],
)
def test_odds_are_said_in_plain_steps_and_never_beyond_20_to_1(chance, odds):
    assert bets.odds_to_one(chance) == odds


def test_the_bet_is_the_greatest_odds_in_either_direction():
    frame = called(9, 14, 4, 13, "did_prepare")
    frame["did_drink_coffee"] = [*[False] * 9, *[True] * 5, *[False] * 3, *[True] * 10]
    table = compare_behaviors(frame, outcome="call").set_index("behavior")
    assert table.loc["did_drink_coffee", "probability"] < 1 - table.loc["did_prepare", "probability"]
    assert table.attrs["best_bet"] == "did_drink_coffee"
    assert table.index[0] == "did_prepare"


@pytest.mark.parametrize(
    ("name", "counts", "words"),
    [
        ("did_drink_coffee", (2, 11, 6, 11), "leaving out the coffee, about 3 to 1"),
        ("did_prepare", (2, 11, 6, 11), "not preparing, about 3 to 1"),
        ("did_smile", (2, 11, 6, 11), "not “Smile”, about 3 to 1"),
        ("did_prepare", (6, 11, 2, 11), "preparing, about 3 to 1"),
    ],
)
def test_the_bet_in_words(name, counts, words):
    table = bet_of(*counts, name=name)
    gain = round(100 * abs(table["best_guess"][0]))
    lead = "Too early to be sure. Best bet so far, if habits matter at all"
    assert table.attrs["sentence"].startswith(
        f"{lead}: {words} that it goes with more callbacks, perhaps +{gain} points. "
    )


def test_a_rating_is_a_bet_by_high_and_low_ratings():
    rating, call = [1, 2, 3, 1, 2, 4, 5, 4, 5, 4], [1, 1, 1, 0, 1, 0, 0, 1, 0, 0]
    table = compare_behaviors(pd.DataFrame({"rated_calm": rating, "call": call}), outcome="call")
    assert ": low ratings for calm, about " in table.attrs["sentence"]


def test_once_something_lines_up_it_is_no_longer_too_early():
    table = bet_of(15, 25, 3, 28)
    assert table.attrs["flagged"] == 1
    assert table.attrs["sentence"].startswith("Best bet so far: preparing, about 20 to 1 that it goes with more callb")


def test_a_bet_may_come_before_a_first_verdict():
    table = bet_of(3, 3, 1, 6)
    assert patterns.too_few(table)
    assert table.attrs["sentence"].endswith(
        "points. A first verdict takes 5 interviews with a behavior and 5 without it, 3 of them called back and 3 "
        "not: at least two more interviews."
    )


def test_of_several_people_the_bet_looks_within_each():
    # Ada does it often and is called back often, Ben neither: within each of them it makes no difference.
    table = compare_behaviors(people({"Ada": (16, 20, 4, 5), "Ben": (1, 5, 4, 20)}), outcome="call")
    assert table["difference"][0] > 0.3
    assert table["best_guess"][0] == pytest.approx(0, abs=1e-12)
    assert table["probability"][0] == pytest.approx(0.5)
    assert table.attrs["best_bet"] is None
    pooled = compare_behaviors(
        people({"Ada": (16, 20, 4, 5), "Ben": (1, 5, 4, 20)}).drop(columns="person"), outcome="call"
    )
    assert pooled.attrs["best_bet"] == "did_prepare"


def test_of_strata_only_those_that_say_something_count_as_evidence():
    frame = people({"Ada": (2, 2, 0, 2), "Ben": (0, 20, 0, 20)})
    assert compare_behaviors(frame, outcome="call").attrs["best_bet"] is None


def test_what_nothing_is_known_of_is_even():
    table = bet_of(0, 10, 0, 20)
    assert (table["best_guess"][0], table["probability"][0]) == (0, 0.5)
    assert np.isnan(bet_of(3, 10, 0, 0)["probability"][0])


def test_where_nothing_is_flagged_the_best_guess_is_the_main_mark():
    table = bet_of(5, 9, 2, 9)
    figure = charts.plot_behaviors(table)
    light, main = figure.data[3:5]
    assert (light.name, main.name) == ("difference", "best guess")
    assert list(main.x) == pytest.approx([100 * table["best_guess"][0]])
    assert list(light.x) == pytest.approx([100 * table["difference"][0]])
    assert main.marker.size[0] > 0
    assert "<b>●</b> best guess, allowing for luck" in figure.layout.annotations[0].text
    flagged = charts.plot_behaviors(bet_of(15, 25, 3, 28))
    assert [trace.name for trace in flagged.data[3:5]] == ["best guess", "difference"]


def test_the_bet_leads_the_answer_of_the_panel_and_the_report():
    frame = ik.load_interviews(ik.journal.SAMPLE).sort_values("interviewed_on").head(25)
    study = studies.behaviors(frame, "2026-11-20")
    assert study.sentence == study.table.attrs["sentence"]
    assert study.sentence.startswith("Too early to be sure. Best bet so far, if habits matter at all: ")


# What else could explain what lines up


def flagged_frame(**columns):
    """Forty interviews of as many days in which a behavior lines up."""
    day = np.datetime64("2026-01-01") + np.arange(40)
    did, call = np.arange(40) % 2 == 0, np.arange(40) % 4 != 1
    call = np.where(did, call, np.arange(40) % 8 == 1)
    frame = {
        "interviewed_on": day.astype("M8[us]"),
        "did_prepare": did,
        "outcome": np.where(call, "callback", "rejected"),
    }
    return pd.DataFrame(frame | columns)


def remarks_of(frame):
    study = studies.behaviors(frame, "2026-06-01")
    assert study.table["verdict"][0] == "lines up with callbacks"
    return study.remarks[1:]


def test_a_stage_that_explains_what_lines_up_is_named():
    frame = flagged_frame()
    assert remarks_of(frame) == ()
    frame["stage"] = np.where(frame["did_prepare"], "final", "screen")
    assert remarks_of(frame) == ("Within the same stage it no longer stands out: prepared.",)
    frame["stage"] = ["final", "final", "screen", "screen"] * 10
    assert remarks_of(frame) == ()


def test_a_source_that_explains_what_lines_up_is_named_and_then_said():
    frame = flagged_frame(source="referral")
    assert remarks_of(frame) == ()
    frame["source"] = np.where(frame["did_prepare"], "referral", "event")
    assert remarks_of(frame) == ("Within the same source it no longer stands out: prepared.",)
    frame["stage"] = frame["source"]
    assert len(remarks_of(frame)) == 2


def test_which_groups_are_offered_to_compare_within():
    assert studies.groups_offered(flagged_frame()) == []
    assert studies.groups_offered(flagged_frame(stage="screen")) == ["stage"]
    assert studies.groups_offered(flagged_frame(stage="screen", source=["referral", ""] * 20)) == ["stage"]
    assert studies.groups_offered(flagged_frame(stage="", source=["referral", "a pal"] * 20)) == ["stage", "source"]


def test_a_time_in_which_both_changed_is_named():
    late = np.arange(40) >= 20
    frame = flagged_frame(did_prepare=late, outcome=np.where(late, "callback", "rejected"))
    assert remarks_of(frame) == ("Both callbacks and this changed over time, which may explain it: prepared.",)

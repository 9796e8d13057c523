"""Published numbers through the public tables, every verdict and word, the window rule, and what frames may hold."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from interview_kit import patterns, studies
from interview_kit.patterns import answers, compare_behaviors, counting, verdicts, words

COLUMNS = [
    *("behavior", "kind", "n_with", "n_without", "n_not_noted", "callbacks_with", "callbacks_without"),
    *("rate_with", "rate_without", "difference", "ci_low", "ci_high", "p_value", "p_adjusted"),
    *("best_guess", "probability", "auc"),
    *("adjusted_difference", "adjusted_low", "adjusted_high", "p_stratified", "design_effect", "needed", "verdict"),
    "sentence",
]
# UCBAdmissions (Bickel, Hammel & O'Connell 1975): men admitted, men, women admitted, women, by department.
UCB = {
    "A": (512, 825, 89, 108),
    "B": (353, 560, 17, 25),
    "C": (120, 325, 202, 593),
    "D": (138, 417, 131, 375),
    "E": (53, 191, 94, 393),
    "F": (22, 373, 24, 341),
}
AS_OF = dt.date(2026, 4, 1)
TOO_LARGE = "and what first stands out usually looks too large."


def close(expected, within=1e-10):
    return pytest.approx(expected, rel=0, abs=within, nan_ok=True)


def called(x1, n1, x2, n2, name="did_prepare", **more):
    """A frame of n1 interviews with a behavior, x1 of them called back, and n2 without, x2 called back."""
    done = np.repeat([True, False], [n1, n2])
    call = np.concatenate([np.arange(n1) < x1, np.arange(n2) < x2])
    return pd.DataFrame({name: done, "call": call, **more})


def admissions(column="stage"):
    parts = [called(*counts, "male", **{column: department}) for department, counts in UCB.items()]
    return pd.concat(parts, ignore_index=True)


def only_row(frame, **options):
    [row] = compare_behaviors(frame, outcome="call", **options).to_dict("records")
    return row


def interviews(rows, columns=("interviewed_on", "outcome", "outcome_on")):
    frame = pd.DataFrame(rows, columns=list(columns))
    for name in ("interviewed_on", "outcome_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    return frame.assign(did_prepare=pd.array([True] * len(frame), dtype="boolean"))


# Published numbers


def test_bertrand_and_mullainathan_2004():
    frame = called(235, 2435, 157, 2435, "white_name")
    row = only_row(frame, behaviors=["white_name"])
    assert [round(100 * row[name], 2) for name in ("rate_with", "rate_without", "difference")] == [9.65, 6.45, 3.2]
    assert 100 * np.array([row["ci_low"], row["ci_high"]]) == close([1.68206, 4.74329], 1e-5)
    assert row["verdict"] == "lines up with callbacks"
    assert row["sentence"] == (
        "White name: 9.7% called back with it (235 of 2,435), 6.4% without (157 of 2,435), +3.2 points, plausibly +1.7"
        " to +4.7. This does not show that it causes callbacks."
    )


def test_admissions_at_berkeley_turn_within_departments():
    row = only_row(admissions(), behaviors=["male"], by="stage")
    odds = [row[f"callbacks_{g}"] / (row[f"n_{g}"] - row[f"callbacks_{g}"]) for g in ("with", "without")]
    assert odds[0] / odds[1] == close(1.84108003718)
    # R: mantelhaen.test(UCBAdmissions, correct = FALSE); metafor::rma.mh(measure = "RD"); epiR:::zMHRD.Sato0
    assert row["p_stratified"] == close(0.216923697056)
    adjusted = [row[name] for name in ("adjusted_difference", "adjusted_low", "adjusted_high")]
    assert adjusted == close([-0.01842519619085252, -0.04736688134532019, 0.01074805833267030], 1e-13)
    assert row["p_value"] < 1e-20
    assert row["verdict"] == "mostly explained by stage"


def test_admissions_by_department_have_the_common_odds_ratio_0_905():
    table = patterns.by_group(admissions(), "male", outcome="call")
    x1, n1, x2, n2 = (table[f"{name}"] for name in ("callbacks_with", "n_with", "callbacks_without", "n_without"))
    odds = (x1 * (n2 - x2) / (n1 + n2)).sum() / (x2 * (n1 - x1) / (n1 + n2)).sum()
    assert round(odds, 3) == 0.905
    assert dict(zip(table["group"], zip(x1, n1, x2, n2, strict=True), strict=True)) == UCB


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0528, 0.3382),
        ((9, 10, 3, 10), 0.1700, 0.8406),
        ((0, 10, 0, 20), -0.1658, 0.2844),
        ((10, 10, 0, 10), 0.6636, 1.0000),
    ],
)
def test_newcombe_1998_table_2_method_6(counts, low, high):
    row = only_row(called(*counts))
    assert (round(row["ci_low"], 4), round(row["ci_high"], 4)) == (low, high)


def test_nobody_called_back_has_numbers_all_the_same():
    row = only_row(called(0, 10, 0, 20))
    assert (row["difference"], row["p_value"], row["best_guess"]) == (0, 1, 0)
    assert row["verdict"] == "not enough to compare"


# The table


def test_columns_and_their_types():
    table = compare_behaviors(called(12, 25, 6, 28), outcome="call")
    assert list(table.columns) == COLUMNS
    words = ("behavior", "kind", "verdict", "sentence")
    counts = [name for name in COLUMNS if name.startswith(("n_", "callbacks_"))]
    types = {**dict.fromkeys(COLUMNS, "float64"), **dict.fromkeys(counts, "int64"), "needed": "Int64"}
    types |= dict.fromkeys(words, "str")
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == types
    empty = compare_behaviors(called(12, 25, 6, 28).iloc[:0], outcome="call")
    assert {name: str(dtype) for name, dtype in empty.dtypes.items()} == types


def test_best_guess_first_and_what_cannot_be_guessed_last():
    frame = called(12, 25, 6, 28, "did_prepare")
    frame = frame.assign(did_drink_coffee=~frame["did_prepare"], did_smile=None, did_nod=frame.index % 2 == 0)
    table = compare_behaviors(frame, outcome="call")
    assert table["behavior"].tolist() == ["did_prepare", "did_nod", "did_drink_coffee", "did_smile"]
    assert table["best_guess"].tolist()[:3] == sorted(table["best_guess"][:3], reverse=True)
    assert 0 < table["best_guess"][0] < table["difference"][0]


def test_p_values_are_adjusted_for_all_that_have_one():
    frame = called(12, 25, 6, 28).assign(did_smile=None)
    frame["rated_calm"] = np.where(frame["call"], 4, 2)
    table = compare_behaviors(frame, outcome="call").set_index("behavior")
    assert table.loc["did_prepare", "p_adjusted"] == table.loc["did_prepare", "p_value"]
    assert table.loc["rated_calm", "p_adjusted"] == close(2 * table.loc["rated_calm", "p_value"], 1e-15)
    assert table.attrs["compared"] == 2
    assert np.isnan(table.loc["did_smile", "p_adjusted"])


def test_attrs_say_what_was_compared_and_how():
    frame = called(12, 25, 6, 28)
    frame["call"] = frame["call"].astype(object).where(frame.index != 3, None)
    table = compare_behaviors(frame, outcome="call", confidence=0.9)
    assert table.attrs == {
        "interviews": 53,
        "used": 52,
        "callbacks": 17,
        "left_out": {"no_outcome": 1},
        "late_included": 0,
        "within_days": None,
        "as_of": None,
        "looks": None,
        "judged_at": None,
        "next_look": None,
        "not_judged": None,
        "compared": 1,
        "flagged": 0,
        "by_luck": 0.05,
        "best_bet": "did_prepare",
        "read_as_ratings": [],
        "by": [],
        "confidence": 0.9,
        "sentence": patterns.headline(table),
    }


def test_the_frame_stays_as_it_is():
    frame = admissions().assign(person="a", did_smile=["yes", None] * 2263)
    before = frame.copy(deep=True)
    compare_behaviors(frame, outcome="call", by=["stage", "person"])
    patterns.behavior_pairs(frame, behaviors=["male", "did_smile"])
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == {}


def test_a_rating_is_with_at_4_and_its_p_value_is_the_trend():
    # 30 ratings by hand: r² of rating and callback times n - 1
    rating, call = (
        np.repeat([1, 2, 3, 4, 5], 6),
        np.array([0, 0, 0, 0, 0, 1] * 2 + [0, 0, 1] * 2 + [0, 1] * 3 + [1] * 6),
    )
    frame = pd.DataFrame({"rated_calm": pd.array(rating, dtype="Int64"), "call": call})
    row = only_row(frame)
    assert (row["kind"], row["n_with"], row["callbacks_with"], row["n_without"], row["callbacks_without"]) == (
        *("rating", 12, 9),
        *(18, 4),
    )
    m2 = 29 * np.corrcoef(rating, call)[0, 1] ** 2
    from scipy.special import chdtrc
    from scipy.stats import mannwhitneyu

    assert row["p_value"] == close(chdtrc(1, m2), 1e-14)
    pairs = mannwhitneyu(rating[call == 1], rating[call == 0]).statistic
    assert row["auc"] == close(pairs / (call.sum() * (30 - call.sum())), 1e-14)
    assert row["sentence"] == (
        f"Calm: perhaps +24 points; it looks like +53 now, {TOO_LARGE} 75% called back when rated 4 or 5 (9 of 12), 22%"
        " when rated 1 to 3 (4 of 18), +53 points, plausibly +16 to +77. This does not show that it causes callbacks."
    )


def test_needed_is_a_yardstick_and_no_multiple_of_what_was_found():
    assert only_row(called(5, 12, 3, 12))["needed"] == only_row(called(3, 12, 3, 12))["needed"] == 177
    frame = called(5, 12, 3, 12).assign(did_nod=[True, False] * 12)
    two = compare_behaviors(frame, outcome="call")
    assert set(two["needed"]) == {patterns.interviews_needed(0.2, behaviors=2)}
    assert pd.isna(only_row(called(12, 25, 6, 28))["needed"])


# Verdicts and words


@pytest.mark.parametrize(
    ("counts", "verdict", "sentence"),
    [
        (
            (12, 25, 6, 28),
            "lines up with callbacks",
            f"Asked questions at the end: perhaps +12 points; it looks like +27 now, {TOO_LARGE} 48%"
            " called back with it (12 of 25), 21% without (6 of 28), +27 points, plausibly +1 to +50."
            " This does not show that it causes callbacks.",
        ),
        (
            (6, 28, 12, 25),
            "lines up with no callback",
            f"Asked questions at the end: perhaps −12 points; it looks like −27 now, {TOO_LARGE} 21%"
            " called back with it (6 of 28), 48% without (12 of 25), −27 points, plausibly −50 to −1."
            " This does not show that it prevents callbacks.",
        ),
        (
            (5, 12, 3, 12),
            "too early to tell",
            "Asked questions at the end: 42% called back with it (5 of 12), 25% without (3 of 12), +17 points,"
            " plausibly −22 to +51. It is too early to tell.",
        ),
        (
            (150, 500, 145, 500),
            "no sizeable difference",
            "Asked questions at the end: 30% called back with it (150 of 500), 29% without (145 of 500), +1 points,"
            " plausibly −5 to +7. If there is a difference, it is likely smaller than 15 points.",
        ),
        (
            (4, 4, 1, 30),
            "not enough to compare",
            "Asked questions at the end: 100% called back with it (4 of 4), 3% without (1 of 30), +97 points, plausibly"
            " +46 to +99. That is not enough to compare yet.",
        ),
        (
            (12, 25, 0, 0),
            "not enough to compare",
            "Asked questions at the end: 48% called back with it (12 of 25); no interview without it yet. That is not"
            " enough to compare yet.",
        ),
        (
            (0, 0, 6, 28),
            "not enough to compare",
            "Asked questions at the end: 21% called back without it (6 of 28); no interview with it yet. That is not"
            " enough to compare yet.",
        ),
        (
            (0, 0, 0, 0),
            "not enough to compare",
            "Asked questions at the end: not noted in any interview that counts.",
        ),
    ],
)
def test_verdicts_and_sentences(counts, verdict, sentence):
    row = only_row(called(*counts, "did_ask_questions_at_end"))
    assert (row["verdict"], row["sentence"]) == (verdict, sentence)


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((5, 5, 5, 30), "lines up with callbacks"),
        ((4, 4, 5, 30), "not enough to compare"),  # fewer than 5 with
        ((5, 30, 4, 4), "not enough to compare"),  # fewer than 5 without
        ((3, 5, 0, 10), "lines up with callbacks"),
        ((2, 5, 0, 10), "not enough to compare"),  # fewer than 3 callbacks
        ((3, 5, 10, 10), "not enough to compare"),  # fewer than 3 without
        ((3, 5, 0, 11), "not enough to compare"),  # smallest expected count 15/16
        ((40, 100, 35, 100), "too early to tell"),  # half-width below 15 points, but not within 15
        ((160, 400, 140, 400), "no sizeable difference"),
    ],
)
def test_where_one_verdict_ends_and_the_next_begins(counts, verdict):
    assert only_row(called(*counts))["verdict"] == verdict


def test_a_small_difference_that_is_certain_lines_up():
    row = only_row(called(31_000, 100_000, 30_000, 100_000))
    assert row["verdict"] == "lines up with callbacks"
    assert "+1.00 points, plausibly +0.60 to +1.40." in row["sentence"]


def test_what_the_source_explains_is_said_to_be():
    frame = admissions("source")
    table = compare_behaviors(frame, outcome="call", behaviors="male", by="source")
    assert table["verdict"][0] == "mostly explained by source"
    assert table["sentence"][0].endswith("Most of the difference is explained by the source.")
    assert table.attrs["flagged"] == 1
    two = frame.assign(nods=frame["male"])
    two = compare_behaviors(two, outcome="call", behaviors=["male", "nods"], by="source")
    assert "two are mostly explained by the source: “Male” and “Nods”" in two.attrs["sentence"]


def test_mostly_explained_in_words():
    row = only_row(admissions("role"), behaviors="male", by="role")
    assert row["verdict"] == "mostly explained by stage"
    assert row["sentence"] == (
        "Male: 44.5% called back with it (1,198 of 2,691), 30.4% without (557 of 1,835), +14.2 points, plausibly +11.3"
        " to +17.0. Within the same role: −1.8 points, plausibly −4.7 to +1.1. Most of the difference is explained by"
        " the role."
    )


def in_two_stages(final, screen):
    return pd.concat([called(*final, stage="final"), called(*screen, stage="screen")])


def test_a_difference_of_which_stages_explain_less_than_half_is_not_mostly_explained():
    row = only_row(in_two_stages((34, 39, 12, 17), (11, 26, 6, 23)), by="stage")
    assert row["adjusted_difference"] / row["difference"] == close(0.677, 1e-3)  # two thirds of it are left
    assert row["p_stratified"] > 0.05
    assert row["verdict"] == "too early to tell"


def test_within_stages_the_stratified_test_decides():
    frame = pd.concat([called(19, 44, 3, 8, stage="screen"), called(2, 6, 3, 26, stage="onsite")], ignore_index=True)
    row = only_row(frame, by="stage")
    assert row["p_stratified"] == row["p_adjusted"] == close(0.34, 0.005)
    assert only_row(frame)["verdict"] == "lines up with callbacks"
    assert row["verdict"] != "lines up with callbacks"
    two = compare_behaviors(frame.assign(did_nod=frame.index % 2 == 0), outcome="call", by="stage").set_index(
        "behavior"
    )
    from scipy.stats import false_discovery_control

    assert two["p_adjusted"].tolist() == close(false_discovery_control(two["p_stratified"]), 1e-14)


def test_the_verdict_does_not_depend_on_the_confidence_that_is_shown():
    for counts in ((160, 400, 140, 400), (150, 500, 145, 500), (40, 100, 35, 100)):
        assert len({only_row(called(*counts), confidence=shown)["verdict"] for shown in (0.5, 0.95, 0.999)}) == 1
        strata = pd.concat([called(*counts, stage=stage) for stage in ("screen", "final")])
        assert len({only_row(strata, by="stage", confidence=shown)["verdict"] for shown in (0.5, 0.95, 0.999)}) == 1


def test_a_difference_of_which_stages_explain_a_little_more_than_half_is_mostly_explained():
    row = only_row(in_two_stages((24, 28, 8, 11), (8, 36, 5, 45)), by="stage")
    assert row["adjusted_difference"] / row["difference"] == close(0.435, 1e-3)
    assert row["verdict"] == "mostly explained by stage"


@pytest.mark.parametrize(
    ("difference", "adjusted", "p", "explained"),
    [
        (0.4, 0.2, 0.5, False),
        (0.4, 0.199, 0.5, True),
        (-0.4, 0.199, 0.5, True),
        (-0.4, -0.201, 0.5, False),
        (0.4, 0.1, 0.05, False),
        (0.4, 0.1, 0.051, True),
        (0.4, np.nan, 1, False),
    ],
)
def test_less_than_half_is_left_and_no_longer_stands_out_where_it_is_mostly_explained(
    difference, adjusted, p, explained
):
    columns = {"difference": difference, "adjusted_difference": adjusted, "p_stratified": p}
    found = verdicts.mostly_explained({name: np.array([value], float) for name, value in columns.items()})
    assert found.tolist() == [explained]


def test_a_difference_that_stays_within_stages_is_not_explained():
    frame = called(60, 100, 30, 100, stage=["screen", "final"] * 100)
    row = only_row(frame, by="stage")
    assert row["verdict"] == "lines up with callbacks"
    assert "Within the same stage: +30 points, plausibly +16 to +43. This does not show" in row["sentence"]


def test_a_behavior_that_only_one_stage_has_cannot_be_compared_within_stages():
    frame = called(60, 100, 30, 100)
    frame["stage"] = np.where(frame["did_prepare"], "final", "screen")
    row = only_row(frame, by="stage")
    assert np.isnan(row["adjusted_difference"])
    assert row["p_stratified"] == 1
    assert row["verdict"] == "not enough to compare"
    assert "Within the same stage there is nothing to compare." in row["sentence"]


def test_a_range_within_stages_claims_no_certainty():
    nobody = pd.concat([called(0, 3, 0, 3, stage="screen"), called(0, 4, 0, 4, stage="final")])
    row = only_row(nobody, by="stage")
    assert row["adjusted_difference"] == 0
    assert np.isnan([row["adjusted_low"], row["adjusted_high"]]).all()
    assert "Within the same stage either all were called back or none: there is nothing to compare." in row["sentence"]
    pairs = pd.concat([called(1, 1, 0, 1, stage=f"{k}") for k in range(5)])
    assert "Within the same stage: +100 points, plausibly +23 to +100." in only_row(pairs, by="stage")["sentence"]


def test_a_rating_that_stands_out_against_its_difference_says_so():
    levels = np.repeat([1, 3, 4, 5], [40, 40, 40, 40])
    call = np.concatenate([np.arange(40) < k for k in (4, 34, 18, 20)])
    row = only_row(pd.DataFrame({"rated_calm": levels, "call": call}))
    assert row["difference"] == 0
    assert row["verdict"] == "lines up with callbacks"
    assert row["sentence"].endswith(
        "Over the whole scale, higher ratings go with more callbacks. This does not show that it causes callbacks."
    )


def test_a_rare_behavior_with_rare_callbacks_is_not_singled_out_by_skew():
    # The chi-square p-value is 0.0012, the exact mid-p 0.0058; times the 12 compared, 0.015 and 0.069.
    frame = called(4, 10, 16, 190)
    assert only_row(frame)["verdict"] == "lines up with callbacks"
    others = {f"did_{k}": np.arange(200) % (k + 2) == 0 for k in range(11)}
    table = compare_behaviors(frame.assign(**others), outcome="call").set_index("behavior")
    assert table.loc["did_prepare", "p_adjusted"] < 0.05
    assert table.loc["did_prepare", "verdict"] == "too early to tell"


def test_no_words_say_more_than_the_numbers():
    every = str([words.WORDS, answers.BET, answers.BET_LEADS, answers.NOT_JUDGED])
    assert not any(word in every for word in ("significant", "predict", "prove"))


# The answer in a sentence


def headline_of(verdicts, names=None, kinds=None, **attrs):
    names = names or [f"did_{k}" for k in range(len(verdicts))]
    names = names[: len(verdicts)]
    table = pd.DataFrame({"behavior": names, "verdict": verdicts, "kind": kinds or ["yes/no"] * len(names)})
    table = table.assign(best_guess=np.linspace(0.2, -0.2, len(names)), sentence="A sentence.")
    table = table.assign(n_with=3, n_without=2, callbacks_with=1, callbacks_without=0)
    table.attrs.update(attrs)
    return patterns.headline(table)


UP, DOWN, EARLY = "lines up with callbacks", "lines up with no callback", "too early to tell"
SMALL, FEW, EXPLAINED = "no sizeable difference", "not enough to compare", "mostly explained by stage"


@pytest.mark.parametrize(
    ("verdicts", "answer"),
    [
        (
            [UP, *[EARLY] * 6, *[FEW] * 5],
            "Of 12 behaviors, one lines up with callbacks: asking questions at the end. For the other 11 it is too"
            " early to tell.",
        ),
        (
            [UP, "x", *[EARLY]],
            "Of three behaviors, one lines up with callbacks: asking questions at the end. For the other one it is too"
            " early to tell.",
        ),
        ([EARLY] * 9, "Of nine behaviors, none lines up with callbacks so far. For all nine it is too early to tell."),
        (
            [UP, SMALL, SMALL],
            "Of three behaviors, one lines up with callbacks: asking questions at the end. The other two show no"
            " sizeable difference.",
        ),
        (
            [SMALL] * 2,
            "Of two behaviors, none lines up with callbacks so far. All two show no sizeable difference.",
        ),
        (
            [UP, SMALL, EARLY, EARLY],
            "Of four behaviors, one lines up with callbacks: asking questions at the end. Of the other three, one shows"
            " no sizeable difference; for two it is too early to tell.",
        ),
        (
            [SMALL, SMALL, EARLY],
            "Of three behaviors, none lines up with callbacks so far. Of them, two show no sizeable difference; for one"
            " it is too early to tell.",
        ),
    ],
)
def test_headline(verdicts, answer):
    names = ["did_ask_questions_at_end", *(f"did_{k}" for k in range(1, len(verdicts)))]
    assert headline_of(verdicts, names) == answer


def test_headline_names_the_strongest_first_and_both_directions():
    names = ["did_prepare", "rated_calm", "did_smile", "rated_pace", "did_ask_next_steps", "did_drink_coffee"]
    kinds = ["yes/no", "rating", "yes/no", "rating", "yes/no", "yes/no"]
    assert headline_of([UP, UP, UP, EXPLAINED, DOWN, DOWN], names, kinds, by=["stage", "role"]) == (
        "Of six behaviors, three line up with callbacks: preparing, high ratings for calm and “Smile”; two line up with"
        " no callback: drinking coffee and asking about next steps; one is mostly explained by the stage and role: high"
        " ratings for “Pace”."
    )
    assert headline_of([UP] * 8).startswith(
        "Of eight behaviors, eight line up with callbacks: “0”, “7”, “1”, “6”, “5” and 3 more."
    )


def test_headline_with_little_or_nothing():
    assert headline_of([]) == "There is no behavior to compare yet."
    assert headline_of([FEW], used=0) == "There is nothing to compare yet: no interview counts so far."
    assert headline_of([FEW, FEW], used=5, callbacks=1) == (
        "There is not enough to compare yet. A first best bet takes 8 interviews that count; so far 5. A first verdict"
        " takes 5 interviews with a behavior and 5 without it, 3 of them called back and 3 not: at least five more"
        " interviews."
    )
    assert headline_of([FEW], used=5) == (
        "There is not enough to compare yet: it takes 5 interviews with a behavior and 5 without it, 3 of them called"
        " back and 3 not: at least five more interviews."
    )
    assert headline_of([EARLY, FEW], used=12, callbacks=4) == (
        "No best bet yet: nothing stands out so far. Of two behaviors, none lines up with callbacks so far."
        " For all two it is too early to tell."
    )
    assert headline_of([FEW, FEW], used=12, callbacks=1).startswith(
        "No best bet yet: it takes 2 callbacks and 2 interviews without one. A first verdict takes 5"
    )
    assert headline_of([UP]) == "A sentence."


def test_fine_print():
    attrs = {"used": 53, "interviews": 60, "within_days": 30, "compared": 12, "by_luck": 0.6}
    attrs |= {"looks": None, "judged_at": None, "not_judged": None}
    attrs["left_out"] = {"applied": 2, "withdrawn": 1, "too_young": 3, "undecided": 1}
    table = pd.DataFrame()
    table.attrs.update(attrs)
    assert patterns.fine_print(table) == (
        "53 of 60 interviews count: 2 are applications without an interview, 1 was withdrawn, 3 are less than 30 days"
        " old and 1 has neither a date nor an answer. No answer within 30 days counts as not called back. 12 behaviors"
        " were compared. If none mattered, luck alone would single out about 0.6 of them taken one by one; taken"
        " together, as here, it singles out any in at most 5 of 100 such records."
    )
    table.attrs.update({"used": 1, "interviews": 1, "left_out": {"no_outcome": 0}, "within_days": None, "compared": 1})
    assert patterns.fine_print(table) == (
        "1 of 1 interview counts. One behavior was compared; if it did not matter, luck alone would single it out in 5"
        " of 100 such records."
    )
    table.attrs["compared"] = 0
    assert patterns.fine_print(table) == "1 of 1 interview counts."


# The window rule


@pytest.mark.parametrize(
    ("interviewed_on", "outcome", "outcome_on", "counts_as"),
    [
        ("2026-03-02", "callback", "2026-03-20", True),  # 30 days old
        ("2026-03-03", "callback", "2026-03-20", None),  # 29 days old: too young, though decided
        ("2026-01-01", "callback", "2026-01-31", True),  # on the last day of the window
        ("2026-01-01", "callback", "2026-02-01", False),  # a day later
        ("2026-01-01", "offer", None, True),  # no day known
        ("2026-01-01", "rejected", "2026-03-31", False),
        ("2026-01-01", "no reply", None, False),
        ("2026-01-01", "pending", None, False),  # no callback within the window
        ("2026-01-01", "", None, False),  # empty means pending
        ("2026-01-01", None, None, False),
        ("2026-03-20", "pending", None, None),
        ("2026-01-01", "withdrawn", None, None),
        (None, "offer", None, True),  # without a date once decided
        (None, "rejected", "2026-01-05", False),
        (None, "pending", None, None),
        (None, "callback", "2026-04-02", None),  # not decided by then
        ("2026-04-09", "callback", None, None),  # after the day that counts as today
    ],
)
def test_window_rule(interviewed_on, outcome, outcome_on, counts_as):
    frame = interviews([(interviewed_on, outcome, outcome_on)])
    [found] = patterns.called_back(frame, as_of=AS_OF)
    assert (None if found is pd.NA else bool(found)) is counts_as
    table = compare_behaviors(frame, as_of=AS_OF)
    assert (table.attrs["used"], table.attrs["callbacks"]) == (counts_as is not None, counts_as is True)


def test_what_is_left_out_is_counted_once_and_with_its_reason():
    rows = [
        ("2026-03-20", "withdrawn", None, "screen"),
        ("2026-03-20", "withdrawn", None, "applied"),
        ("2026-01-01", "rejected", None, "Application"),
        ("2026-03-20", "callback", None, "screen"),
        ("2026-03-20", "pending", None, ""),
        (None, "pending", None, None),
        ("2026-01-01", "pending", None, "final"),
    ]
    table = compare_behaviors(interviews(rows, ("interviewed_on", "outcome", "outcome_on", "stage")), as_of=AS_OF)
    assert table.attrs["left_out"] == {
        "applied": 2,
        "withdrawn": 1,
        "not_yet": 0,
        "too_young": 2,
        "undecided": 1,
        "late": 0,
    }
    assert (table.attrs["interviews"], table.attrs["used"], table["n_with"][0]) == (7, 1, 1)


def test_an_interview_that_is_still_to_come_is_not_told_of_as_a_young_one():
    frame = interviews(
        [("2027-01-01", "pending", None), ("2026-03-20", "pending", None), ("2026-04-02", "withdrawn", None)]
    )
    table = compare_behaviors(frame, as_of=AS_OF)
    assert patterns.fine_print(table) == (
        "0 of 3 interviews count: 1 was withdrawn, 1 is still to come and 1 is less than 30 days old."
    )


def test_within_days_moves_the_window():
    frame = interviews([("2026-03-25", "callback", "2026-03-31"), ("2026-03-25", "callback", "2026-04-01")])
    assert patterns.called_back(frame, as_of=AS_OF).isna().all()
    assert patterns.called_back(frame, as_of=AS_OF, within_days=7).tolist() == [True, True]
    assert patterns.called_back(frame, as_of=AS_OF, within_days=6).tolist() == [True, False]
    assert patterns.called_back(frame, as_of=AS_OF, within_days=0).tolist() == [False, False]


def test_the_time_of_day_does_not_matter():
    frame = interviews([("2026-03-02 17:30", "callback", "2026-04-01 09:00")])
    assert patterns.called_back(frame, as_of=AS_OF).tolist() == [True]
    assert patterns.called_back(frame, as_of=AS_OF - dt.timedelta(1)).isna().all()


@pytest.mark.parametrize(
    "as_of",
    [AS_OF, "2026-04-01", pd.Timestamp("2026-04-01 23:59"), dt.datetime(2026, 4, 1), np.datetime64("2026-04-01")],
)
def test_as_of_in_any_form(as_of):
    table = compare_behaviors(interviews([("2026-01-01", "offer", None)]), as_of=as_of)
    assert table.attrs["as_of"] == AS_OF.isoformat()


def test_as_of_is_today_by_default():
    today = dt.date.today()
    frame = interviews([(today - dt.timedelta(29), "offer", None), (today - dt.timedelta(30), "offer", None)])
    assert compare_behaviors(frame).attrs["left_out"]["too_young"] == 1


@pytest.mark.parametrize("form", [str, lambda day: day.date(), lambda day: day.tz_localize("Europe/Berlin")])
def test_dates_in_any_form(form):
    frame = interviews([("2026-01-01", "callback", "2026-01-31"), ("2026-01-01", "callback", "2026-02-01")])
    for name in ("interviewed_on", "outcome_on"):
        frame[name] = frame[name].map(form)
    assert patterns.called_back(frame, as_of=AS_OF).tolist() == [True, False]


def test_other_spellings_of_outcomes():
    frame = pd.DataFrame({"outcome": ["Ghosted", "called back", "HIRED", "withdrew", None]})
    assert patterns.called_back(frame).tolist() == [False, True, True, pd.NA, pd.NA]


# Several people


def people(counts):
    parts = [called(*table, person=person) for person, table in counts.items()]
    return pd.concat(parts, ignore_index=True)


def test_several_people_are_compared_each_with_themselves():
    frame = people({"Ada": (9, 30, 1, 10), "Ben": (1, 5, 25, 60), "Eve": (10, 20, 9, 20)})
    table = compare_behaviors(frame, outcome="call")
    row = table.iloc[0]
    assert table.attrs["by"] == ["person"]
    assert row["p_value"] == row["p_stratified"] == row["p_adjusted"]
    alone = compare_behaviors(frame.rename(columns={"person": "who"}), outcome="call", by="who").iloc[0]
    same = [name for name in COLUMNS if name not in ("p_value", "p_adjusted", "verdict", "sentence")]
    assert row[same].equals(alone[same])
    assert alone["p_value"] != alone["p_stratified"]
    assert "Within the same person: " in row["sentence"]


def test_the_verdict_of_several_people_looks_within_each():
    # Ada always does it and is called back often, Ben never: pooled 80 % against 10 %, and nothing to compare.
    frame = people({"Ada": (80, 100, 0, 0), "Ben": (0, 0, 10, 100)})
    row = only_row(frame)
    assert row["difference"] == close(0.7)
    assert (row["p_value"], row["verdict"]) == (1, "not enough to compare")
    assert "Within the same person there is nothing to compare." in row["sentence"]
    frame = people({"Ada": (160, 200, 40, 50), "Ben": (5, 50, 20, 200)})
    row = only_row(frame)
    assert row["difference"] == close(0.42)
    assert row["verdict"] == "no sizeable difference"


def test_groups_in_which_nothing_varies_are_no_evidence():
    frame = people({"Ada": (2, 3, 1, 3), "Ben": (0, 50, 0, 50), "Eve": (40, 40, 40, 40)})
    assert only_row(frame)["verdict"] == "not enough to compare"


def test_person_joins_the_other_groups_and_missing_is_a_group():
    frame = people({"Ada": (9, 30, 1, 10), "": (1, 5, 25, 60)})
    frame["stage"] = np.where(frame.index % 3 == 0, "final", None)
    table = compare_behaviors(frame, outcome="call", by=["stage", "stage"])
    assert table.attrs["by"] == ["stage", "person"]
    joined = frame.assign(who=frame["person"] + "/" + frame["stage"].fillna("")).drop(columns="person")
    expected = compare_behaviors(joined, outcome="call", by="who").iloc[0]
    names = ["adjusted_difference", "adjusted_low", "adjusted_high", "p_stratified"]
    assert table.iloc[0][names].tolist() == [close(number) for number in expected[names]]  # summed in another order


@pytest.mark.parametrize("person", ["Ada", "", None, np.nan])
def test_one_person_is_not_several(person):
    frame = called(12, 25, 6, 28, person=person)
    assert compare_behaviors(frame, outcome="call").attrs["by"] == []


def test_people_whose_interviews_do_not_count_do_not_count():
    frame = called(12, 25, 6, 28, person="Ada")
    frame = pd.concat([frame, frame.assign(person="Ben", call=None)], ignore_index=True)
    assert compare_behaviors(frame, outcome="call").attrs["by"] == []


def test_many_people_a_few_behaviors_at_a_time(monkeypatch):
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.random((3000, 7)) < 0.4, columns=[f"did_{k}" for k in range(7)])
    frame = frame.assign(rated_calm=rng.integers(1, 6, 3000), call=rng.random(3000) < 0.3)
    frame["person"] = rng.integers(0, 900, 3000)
    table = compare_behaviors(frame, outcome="call")
    monkeypatch.setattr(counting, "BLOCK_CELLS", 1)
    pd.testing.assert_frame_equal(table, compare_behaviors(frame, outcome="call"))


def test_a_behavior_called_person_is_not_compared_within_itself():
    import polars

    frame = called(12, 25, 6, 28, "person")
    for options in ({"behaviors": "person"}, {"behaviors": iter(["person"])}):
        table = compare_behaviors(frame, outcome="call", **options)
        assert table.attrs["by"] == []
        assert table["verdict"][0] == "lines up with callbacks"
    found = compare_behaviors(polars.from_pandas(frame), outcome="call", behaviors=["person"])
    pd.testing.assert_frame_equal(found, table, check_exact=True)


# Rows that are there twice


def test_rows_that_repeat_another_one_are_told_of():
    frame = interviews([(f"2026-01-{day:02d}", "callback", "2026-01-20") for day in range(1, 11)])
    frame = frame.assign(company=[f"c{day}" for day in range(10)])
    assert patterns.repeats_sentence(frame) == ""
    assert patterns.repeats_sentence(frame.assign(company="Acme")) == ""  # of other days
    assert patterns.repeats_sentence(frame.drop(columns="company")) == ""
    thrice = pd.concat([frame] * 3).assign(id=[f"i-{at}" for at in range(30)])
    sentence = "20 rows repeat another one, day, company and answers alike; each counts."
    assert patterns.repeats_sentence(thrice) == sentence
    study = studies.behaviors(thrice.assign(did_nod=[True, False] * 15), "2026-03-01")
    assert study.remarks[0].endswith(sentence)
    again = pd.concat([frame, frame.head(1).assign(did_prepare=False)])
    assert patterns.repeats_sentence(again) == ""
    assert patterns.repeats_sentence(pd.concat([frame, frame.head(1)])).startswith("1 row repeats another one")


# Rounds of one application


def test_rounds_that_are_alike_count_as_one():
    once = called(12, 25, 6, 28).assign(company=[f"c{k}" for k in range(53)])
    twice = pd.concat([once, once], ignore_index=True)
    row, alone = only_row(twice), only_row(once)
    assert alone["design_effect"] == 1
    assert row["design_effect"] == close(2, 1e-12)
    for name in ("difference", "ci_low", "ci_high"):
        assert row[name] == close(alone[name], 1e-12)
    assert row["p_value"] == pytest.approx(alone["p_value"], rel=0.05)  # but for N-1 in the place of N
    assert row["best_guess"] == pytest.approx(alone["best_guess"], rel=0.05)
    assert only_row(twice.drop(columns="company"))["p_value"] < 0.01 < row["p_value"]
    assert "Rounds of one application share its luck" in patterns.fine_print(compare_behaviors(twice, outcome="call"))


def test_rounds_count_as_one_within_strata_and_by_company_role_and_person():
    once = called(12, 25, 6, 28).assign(stage=["screen", "final", "other"] * 17 + ["final"] * 2)
    once["company"] = [f"Company {k // 3}" for k in range(53)]
    once["role"] = [f"role {k}" for k in range(53)]
    twice = pd.concat([once, once.assign(company=once["company"].str.upper() + " ")], ignore_index=True)
    row, alone = only_row(twice, by="stage"), only_row(once, by="stage")
    assert (alone["design_effect"], row["design_effect"]) == (1, close(2, 1e-12))
    for name in ("adjusted_difference", "adjusted_low", "adjusted_high"):
        assert row[name] == close(alone[name], 1e-12)
    assert row["p_stratified"] == pytest.approx(alone["p_stratified"], rel=0.1)
    others = pd.concat([once.assign(person="Ada"), once.assign(person="Ben")], ignore_index=True)
    assert only_row(others)["design_effect"] == 1


def test_without_companies_every_interview_counts_alone():
    frame = called(12, 25, 6, 28)
    for company in (None, "", ["", None] * 26 + [""]):
        assert only_row(frame.assign(company=company))["design_effect"] == 1
    assert only_row(frame.assign(company="Acme"))["design_effect"] == 1  # one application says nothing of others


def test_habits_that_differ_between_rounds_weigh_in_full():
    frame = pd.DataFrame({"did_prepare": [True, False] * 20, "call": [True, True, False, False] * 10})
    frame["company"] = [f"c{k // 2}" for k in range(40)]
    assert only_row(frame)["design_effect"] == 1


# What frames may hold

ANSWERS = [True, False, None, True, False, True]
FORMS = {
    "object": lambda: pd.Series(ANSWERS, dtype=object),
    "nullable": lambda: pd.Series(ANSWERS, dtype="boolean"),
    "arrow": lambda: pd.Series(ANSWERS, dtype="bool[pyarrow]"),
    "float": lambda: pd.Series([1.0, 0.0, np.nan, 1.0, 0.0, 1.0]),
    "nullable number": lambda: pd.Series([1, 0, None, 1, 0, 1], dtype="Int64"),
    "text": lambda: pd.Series(["Yes", "no", " ", "y", "FALSE", "✓"]),
    "digits": lambda: pd.Series(["1", "0", "", "1", "0", "1"]),
    "category": lambda: pd.Series(["yes", "no", None, "yes", "no", "yes"], dtype="category"),
    "mixed": lambda: pd.Series(["yes", 0, None, 1.0, False, np.True_], dtype=object),
}


@pytest.mark.parametrize("form", FORMS)
def test_yes_and_no_in_any_form(form):
    values = FORMS[form]()
    frame = pd.DataFrame({"smiled": values, "did_smile": values, "call": [True, False, True, False, False, True]})
    table = compare_behaviors(frame, outcome="call", behaviors=["smiled", "did_smile"])
    assert table["kind"].tolist() == ["yes/no"] * 2
    assert table["n_with"].tolist() == [3, 3]
    assert table["n_without"].tolist() == [2, 2]
    assert table["n_not_noted"].tolist() == [1, 1]
    assert table["callbacks_with"].tolist() == [2, 2]
    assert patterns.called_back(pd.DataFrame({"call": values}), outcome="call").tolist() == [
        *(True, False, pd.NA),
        *(True, False, True),
    ]


@pytest.mark.parametrize(
    "values",
    [
        pd.Series([1, 2, 3, 4, 5, None], dtype="Int64"),
        pd.Series([1.0, 2, 3, 4, 5, np.nan]),
        pd.Series(["1", "2", "3", "4", "5.0", ""]),
        pd.Series([1, 2, 3, 4, 5, None], dtype=object),
        pd.Series([1, 2, 3, 4, 5, None], dtype="int64[pyarrow]"),
    ],
)
@pytest.mark.parametrize("name", ["rated_calm", "mood"])
def test_ratings_in_any_form(values, name):
    frame = pd.DataFrame({name: values, "call": [0, 0, 0, 0, 1, 1]})
    row = only_row(frame, behaviors=name)
    assert [row[part] for part in ("kind", "n_with", "n_without", "n_not_noted", "callbacks_with", "auc")] == [
        *("rating", 2, 3, 1),
        *(1, 1.0),
    ]


def test_a_column_of_1_and_2_is_said_to_be_read_as_a_rating():
    frame = pd.DataFrame(
        {"call": [True, False] * 10, "smiled": [1, 2] * 10, "pace": [1, 2, 3, 4] * 5, "sat": [1, 0] * 10}
    )
    frame = frame.assign(rated_calm=[1, 2] * 10)
    table = compare_behaviors(frame, outcome="call", behaviors=["smiled", "pace", "sat", "rated_calm"])
    assert table.attrs["read_as_ratings"] == ["smiled"]
    said = "“Smiled” holds nothing but 1 and 2, which are read as ratings; yes and no are 1 and 0."
    assert table.attrs["sentence"].endswith(said)
    plain = compare_behaviors(frame, outcome="call", behaviors=["pace", "sat", "rated_calm"])
    assert (plain.attrs["read_as_ratings"], "are read as ratings" in plain.attrs["sentence"]) == ([], False)
    two = compare_behaviors(frame.assign(nods=frame["smiled"]), outcome="call", behaviors=["smiled", "nods"])
    assert "“Smiled” and “Nods” hold nothing but 1 and 2" in two.attrs["sentence"]


def test_a_rating_of_1_only_is_a_rating_where_its_name_says_so():
    frame = pd.DataFrame({"rated_calm": [1, 1], "did_smile": [1, 1], "call": [0, 1]})
    table = compare_behaviors(frame, outcome="call").set_index("behavior")
    assert table["kind"].to_dict() == {"rated_calm": "rating", "did_smile": "yes/no"}
    assert table["n_with"].to_dict() == {"rated_calm": 0, "did_smile": 2}


def test_rows_may_have_any_index():
    frame = called(12, 25, 6, 28)
    frame.index = [7] * 53
    assert only_row(frame)["n_with"] == 25
    assert patterns.called_back(frame, outcome="call").index.tolist() == [7] * 53


def test_names_of_any_kind():
    names = ["did_<script>alert(1)</script>", "did_😀", "did_{0}%s", 3, "did_"]
    frame = pd.DataFrame({name: [True, False] * 20 for name in names} | {"call": [True, False, False, True] * 10})
    table = compare_behaviors(frame, outcome="call", behaviors=names)
    assert {sentence.split(": ")[0] for sentence in table["sentence"]} == {
        *("<script>alert(1)</script>", "😀", "{0}%s", "3", "did_"),
    }
    assert "Of five behaviors, none lines up" in patterns.headline(table)
    assert len(patterns.behavior_pairs(frame, behaviors=names)) == 10


@pytest.mark.parametrize("rows", [0, 1, 2, 12])
@pytest.mark.parametrize("outcome", ["callback", "rejected", "pending", "withdrawn"])
@pytest.mark.parametrize("by", [None, "stage", ["stage", "person"]])
def test_few_interviews_and_one_sided_outcomes(rows, outcome, by):
    frame = interviews([("2026-01-01", outcome, None)] * rows)
    frame = frame.assign(stage="final", person="", did_smile=pd.array([None] * rows, dtype="boolean"))
    frame["rated_calm"] = pd.array(np.arange(rows) % 5 + 1, dtype="Int64")
    table = compare_behaviors(frame, by=by, as_of=AS_OF)
    assert set(table["verdict"]) == {"not enough to compare"}
    assert table["sentence"].str.endswith(("yet.", "counts.")).all()
    one_sided = table.attrs["used"] and rows == 12
    lead = "No best bet yet: it takes 2 callbacks and 2 interviews without one." if one_sided else "There is not"
    assert patterns.headline(table).startswith(lead)
    assert patterns.fine_print(table).startswith(f"{table.attrs['used']} of {rows} interview")
    assert len(patterns.behavior_pairs(frame)) == 0
    assert patterns.by_group(frame, "rated_calm", as_of=AS_OF)["n_not_noted"].sum() == 0


def test_no_records_at_all():
    for frame in (pd.DataFrame(), pd.DataFrame({"outcome": []}), interviews([])[["outcome"]]):
        table = compare_behaviors(frame)
        assert list(table.columns) == COLUMNS
        assert patterns.headline(table) == "There is no behavior to compare yet."
        assert patterns.fine_print(table) == "0 of 0 interviews count."
        assert len(patterns.behavior_pairs(frame)) == 0


def test_sixty_behaviors_without_an_effect():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame(rng.random((80, 60)) < 0.5, columns=[f"did_{k}" for k in range(60)])
    table = compare_behaviors(frame.assign(call=rng.random(80) < 0.3), outcome="call")
    assert (len(table), table.attrs["flagged"], table.attrs["by_luck"]) == (60, 0, 3)
    answer = "Of 60 behaviors, none lines up with callbacks so far. For all 60 it is too early to tell."
    assert table.attrs["sentence"].endswith(f" {answer}")


def test_twelve_behaviors_without_an_effect_are_rarely_singled_out():
    rng, flagged = np.random.default_rng(3), 0
    for _ in range(100):
        frame = pd.DataFrame(rng.random((60, 12)) < rng.uniform(0.05, 0.8, 12), columns=[f"did_{k}" for k in range(12)])
        table = compare_behaviors(frame.assign(call=rng.random(60) < 0.25), outcome="call")
        flagged += table.attrs["flagged"] > 0
    assert flagged <= 10


# One behavior, pairs, and how many interviews it takes


def test_by_group_in_the_order_of_stages():
    rows = [
        *(("final", True, True), ("screen", True, False), ("screen", False, False), ("", True, True)),
        *(("panel", False, True), ("panel", None, False), (None, True, True)),
    ]
    frame = pd.DataFrame(rows, columns=["stage", "did_prepare", "call"])
    table = patterns.by_group(frame, "did_prepare", outcome="call")
    assert list(table.columns) == ["group", *COLUMNS[2:12]]
    assert table.iloc[:, :6].to_numpy().tolist() == [
        ["screen", 1, 1, 0, 0, 0],
        ["final", 1, 0, 0, 1, 0],
        ["panel", 0, 1, 1, 0, 1],
        ["not noted", 2, 0, 0, 2, 0],
    ]
    assert table.attrs["used"] == 7


def test_by_group_puts_the_largest_first_elsewhere():
    frame = called(3, 4, 1, 5).assign(role=[*"aab", *"bbbccc"])
    assert patterns.by_group(frame, "did_prepare", "role", outcome="call")["group"].tolist() == ["b", "c", "a"]


def test_travel_together():
    frame = pd.DataFrame(
        {
            "did_prepare": [1, 1, 1, 1, 0, 0, 0, 0, 1, None],
            "did_ask_next_steps": [1, 1, 1, 1, 0, 0, 0, 0, 0, 1],
            "rated_calm": [1, 2, 1, 2, 5, 5, 4, 5, 2, 3],
            "did_nod": [1, 0] * 5,
            "did_always": [1] * 10,
        }
    )
    table = patterns.behavior_pairs(frame)
    columns = ["behavior", "other", "n", "both", "only_behavior", "only_other", "neither", "correlation", "sentence"]
    assert list(table.columns) == columns
    assert table.iloc[:, :7].to_numpy().tolist() == [
        ["did_prepare", "rated_calm", 9, 0, 5, 4, 0],
        ["did_prepare", "did_ask_next_steps", 9, 4, 1, 0, 4],
        ["did_ask_next_steps", "rated_calm", 10, 0, 5, 4, 1],
    ]
    for behavior, other, correlation in table[["behavior", "other", "correlation"]].itertuples(index=False):
        assert correlation == close(frame[behavior].corr(frame[other]), 1e-12)
    assert table["sentence"].tolist()[1:] == [
        "“Prepared” and “Asked about next steps” go together: both in 4 of 9 interviews, neither in 4, only one in 1.",
        "“Asked about next steps” and “Calm” replace each other: only one in 9 of 10 interviews, both in 0, neither in"
        " 1.",
    ]
    assert len(patterns.behavior_pairs(frame, at_least=0.9)) == 1
    assert len(patterns.behavior_pairs(frame.iloc[:4], at_least=0)) == 0


def test_travel_together_over_many_rows_is_exact():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"did_a": rng.random(150_000) < 0.6, "rated_b": rng.integers(1, 6, 150_000)})
    [pair] = patterns.behavior_pairs(frame, at_least=0).to_dict("records")
    assert pair["both"] == (frame["did_a"] & (frame["rated_b"] >= 4)).sum()
    assert pair["correlation"] == close(frame["did_a"].astype(float).corr(frame["rated_b"]), 1e-12)


def test_interviews_needed():
    # statsmodels: samplesize_proportions_2indep_onetail(0.2, 0.25, 0.8, alpha=0.05, alternative="two-sided") * 2
    assert patterns.interviews_needed(0.2) == 177
    assert patterns.interviews_needed(0.2, share_with=0.2) == 264
    assert patterns.interviews_needed(-0.1, rate=0.3, share_with=0.7, behaviors=12, power=0.9) == 1495
    assert isinstance(patterns.interviews_needed(0.2), int)


# Wrong arguments


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "stge"}, "by names 'stge', but the frame has no such column; did you mean 'stage'?"),
        (
            {"by": ["stage", "zz"]},
            "by names 'zz', but the frame has no such column; it has stage, did_smile, rated_calm, call, maybe",
        ),
        ({"confidence": 95}, "confidence is 95; it must lie between 0 and 1, such as 0.95"),
        ({"outcome": "cal"}, "outcome names 'cal', but the frame has no such column; did you mean 'call'?"),
        (
            {"outcome": "maybe"},
            "the outcome column 'maybe' holds 'yes', 'no' and 'maybe'; it must hold yes and no, True and False, or 1"
            " and 0, and nothing where it is not known",
        ),
        (
            {"behaviors": ["did_smle"]},
            "behaviors names 'did_smle', but the frame has no such column; did you mean 'did_smile'?",
        ),
        ({"behaviors": ["call"]}, "behaviors names 'call', which is the outcome; a behavior must be another column"),
        (
            {"behaviors": "maybe"},
            "maybe holds 'yes', 'no' and 'maybe'; a behavior may hold yes and no, True and False, 1 and 0, ratings from"
            " 1 to 5, or nothing",
        ),
        ({"within_days": -1}, "within_days is -1; it must be a whole number of days, 0 or more, such as 30"),
        ({"within_days": True}, "within_days is True; it must be a whole number of days, 0 or more, such as 30"),
        (
            {"as_of": "03/04/2026"},
            "as_of is '03/04/2026'; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'",
        ),
        ({"as_of": pd.NaT}, "as_of is NaT; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'"),
        (
            {"outcome": None},
            "the frame has no column 'outcome', which says what came of each interview; it has stage, did_smile, "
            "rated_calm, call, maybe",
        ),
    ],
)
def test_wrong_arguments(options, message):
    frame = pd.DataFrame(
        {
            "stage": ["final"] * 3,
            "did_smile": [True, False, None],
            "rated_calm": [1, 5, 3],
            "call": [1, 0, 1],
            "maybe": ["yes", "no", "maybe"],
        }
    )
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        compare_behaviors(frame, **{"outcome": "call", **options})
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (
            {"did_smile": ["yes", "perhaps"]},
            "did_smile holds 'perhaps'; a yes/no column may hold yes and no, True and False, 1 and 0, or nothing",
        ),
        (
            {"did_smile": [1, 2]},
            "did_smile holds 2; a yes/no column may hold yes and no, True and False, 1 and 0, or nothing",
        ),
        ({"rated_calm": [7, 5]}, "rated_calm holds 7; a rating may be a whole number from 1 to 5, or nothing"),
        ({"rated_calm": [2.5, 5]}, "rated_calm holds 2.5; a rating may be a whole number from 1 to 5, or nothing"),
        ({"rated_calm": [np.inf, 5]}, "rated_calm holds inf; a rating may be a whole number from 1 to 5, or nothing"),
        ({"rated_calm": [True, False]}, "rated_calm holds yes; a rating may be a whole number from 1 to 5, or nothing"),
        (
            {"outcome": ["callbck", "offer"]},
            "outcome holds 'callbck', which is not one of "
            "pending, callback, offer, rejected, no reply, withdrawn, planned, cancelled",
        ),
        (
            {"interviewed_on": ["soon", ""]},
            "interviewed_on holds 'soon', which is not a date; write it as year-month-day, such as 2026-04-03",
        ),
    ],
)
def test_values_that_cannot_be_read(column, message):
    frame = pd.DataFrame({"outcome": ["offer", "rejected"]} | column)
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        compare_behaviors(frame)
    assert str(error.value) == message


def test_wrong_frames():
    def message(frame, **options):
        with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
            compare_behaviors(frame, **options)
        return str(error.value)

    assert message([1, 2]) == "frame is a list; it must be a pandas DataFrame, one row per interview"
    assert message(pd.DataFrame({"call": [1]}), outcome="call") == (
        "no column begins with did_ or rated_; name the behaviors, such as behaviors=['smiled']"
    )
    twice = pd.DataFrame([[True, True, 1]], columns=["did_a", "did_a", "call"])
    assert message(twice, outcome="call") == (
        "behaviors names 'did_a', but the frame has it twice; each column needs its own name"
    )
    assert message(pd.DataFrame({"outcome": ["offer", "rejected"]}), outcome="outcome", behaviors=[]) == (
        "the outcome column 'outcome' holds 'offer' and 'rejected'; leave outcome out for the kit's own outcomes"
    )


@pytest.mark.parametrize(
    ("difference", "options", "message"),
    [
        (0, {}, "difference is 0; it must lie between -1 and 1 and not be 0: 0.2 for 20 points"),
        (20, {}, "difference is 20; it must lie between -1 and 1 and not be 0: 0.2 for 20 points"),
        (0.2, {"rate": 0.9}, "rate + difference is 1.1; it must lie between 0 and 1"),
        (0.2, {"share_with": 1}, "share_with is 1; it must lie between 0 and 1, such as 0.5"),
        (0.2, {"behaviors": 0}, "behaviors is 0; it must be a whole number, 1 or more"),
        (0.2, {"power": 80}, "power is 80; it must lie between 0 and 1, such as 0.8"),
    ],
)
def test_wrong_arguments_of_interviews_needed(difference, options, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        patterns.interviews_needed(difference, **options)
    assert str(error.value) == message


def test_wrong_arguments_of_travel_together():
    with pytest.raises(ValueError, match=r"^at_least is 50; it must lie between 0 and 1, such as 0\.5$"):
        patterns.behavior_pairs(pd.DataFrame(), at_least=50)


def test_two_behaviors_that_the_records_cannot_tell_apart_are_both_named():
    answers = [True] * 6 + [False] * 6
    outcomes = ["callback"] * 5 + ["rejected"] + ["callback"] + ["rejected"] * 5
    frame = pd.DataFrame(
        {"interviewed_on": "2026-01-05", "outcome": outcomes, "did_drink_coffee": answers, "did_prepare": answers}
    )
    sentence = compare_behaviors(frame, as_of="2026-06-01").attrs["sentence"]
    assert "Just as good in these records: “" in sentence

"""Trends, stages and waiting: against another program, by hand, and where the records have holes."""

import re
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import chdtrc

import interview_kit
from interview_kit import compare_behaviors, load_interviews, schema, stats, studies, trends
from interview_kit.frame.held import held
from interview_kit.trends.waiting import up_to
from tests.test_stats import MELANOMA

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample" / "interviews.csv"
AS_OF = date(2026, 6, 30)


def frame_of(*rows, **columns):
    """Return a frame as the journal types it."""
    frame = pd.DataFrame(list(rows)) if rows else pd.DataFrame(columns)
    for name in ("interviewed_on", "outcome_on", "debriefed_at"):
        if name in frame.columns:
            frame[name] = pd.to_datetime(frame[name], format="ISO8601").astype("datetime64[us]")
    for name in frame.columns.intersection(["company", "stage", "outcome", "id", "role", "person"]):
        frame[name] = frame[name].astype("str")
    return frame


def row(day, outcome="pending", known=None, stage="screen", company="A", **more):
    return {"interviewed_on": day, "outcome": outcome, "outcome_on": known, "stage": stage, "company": company, **more}


def days_before(count, of=AS_OF):
    return (np.datetime64(of) - np.asarray(count)).astype("M8[us]")


def waited(times, causes):
    """Return a frame whose waits are these, in days; cause 0 is pending on AS_OF."""
    times, causes = np.asarray(times), np.asarray(causes)
    start = np.datetime64(AS_OF) - times
    known = np.where(causes == 0, np.datetime64("NaT", "D"), np.datetime64(AS_OF))
    outcome = np.array(["pending", "callback", "rejected"])[causes]
    return frame_of(interviewed_on=start, outcome_on=known, outcome=outcome, stage=["screen"] * len(times))


def every_function(frame, as_of=AS_OF):
    return [
        trends.outcome_trend(frame, as_of=as_of),
        trends.outcome_trend(frame, as_of=as_of, freq="QS"),
        trends.stage_conversion(frame, as_of=as_of),
        trends.waiting_curve(frame, as_of=as_of),
        trends.pending_chances(frame, as_of=as_of),
        trends.chance_calibration(frame, as_of=as_of),
        trends.debrief_delay(frame),
        *([trends.habit_trend(frame, "did_prepare")] if "did_prepare" in frame else []),
    ]


def close(expected):
    return pytest.approx(expected, rel=0, abs=1e-10, nan_ok=True)


# Against R


def test_waiting_agrees_with_survfit():
    # R: d <- MASS::Melanoma; w <- d$time %/% 100; s <- factor(c(1, 0, 2)[d$status], 0:2); survival 3.5-3
    #    summary(survfit(Surv(w, s) ~ 1, conf.type = "log-log"), times = c(4, 10, 20, 33))
    # day, n.risk, pstate of 1, 2 and (s0), lower and upper of 1
    expected = [
        (4, 192, 0.044120859119038958, 0.029341099381143064, 0.926538041499818, 0.021717610824787754, 0.0786141388849),
        (10, 171, 0.14706953039679652, 0.034243417061036278, 0.81868705254216712, 0.10253762487715412, 0.199230704726),
        (20, 103, 0.24250670189561882, 0.057001618019289428, 0.70049168008509155, 0.18481212502957745, 0.304600257701),
        (33, 37, 0.33308816750920917, 0.082558444673248146, 0.58435338781754254, 0.25619054576227596, 0.41170222021542),
    ]
    table = trends.waiting_curve(waited(MELANOMA[0] // 100, MELANOMA[1]), as_of=AS_OF).set_index("day", drop=False)
    found = table.loc[[4, 10, 20, 33]].iloc[:, :7].to_numpy()
    assert found[:, :-1] == close(np.array(expected)[:, :-1])
    assert found[:, -1] == close([0.078614138911873369, 0.19923070472625057, 0.30460025770107341, 0.41170222021541497])


def test_the_chance_that_is_left_agrees_with_survfit_of_those_who_waited_longer():
    # R: z <- summary(survfit(Surv(w[w > 20], s[w > 20]) ~ 1, conf.type = "log-log"), times = 55); z$pstate[2],
    #    z$lower[2], z$upper[2]
    frame = waited(MELANOMA[0] // 100, MELANOMA[1])
    assert trends.waiting_curve(frame, as_of=AS_OF).set_index("day").still_possible[20] == close(0.12931126548510477)
    chances = trends.pending_chances(frame, as_of=AS_OF)
    found = chances[chances.days_silent == 20].iloc[0]
    assert found[["chance", "ci_low", "ci_high"]].tolist() == close(
        [0.12931126548510477, 0.061355464621841681, 0.22332225575280742]
    )
    assert found.sentence == (
        "After 20 days of silence, a callback still came in 13%, plausibly 6 to 22%; 12 were answered later."
    )


def test_the_trend_agrees_with_prop_trend_test():
    # R: prop.trend.test(c(3, 5, 9, 14), c(20, 20, 20, 20)): X-squared, which is n r² where ours is (n - 1) r²
    day = np.repeat(np.datetime64("2025-01-01") + 10 * np.arange(4), 20)
    called = np.concatenate([np.arange(20) < x for x in (3, 5, 9, 14)])
    frame = frame_of(interviewed_on=day, outcome=np.where(called, "callback", "rejected"))
    table = trends.outcome_trend(frame, as_of=AS_OF)
    trend = table.attrs["trend"]
    assert trend["statistic"] * 80 / 79 == close(14.420013166556942)
    assert table.n.tolist() == [20] * 4
    assert table.callbacks.tolist() == [3, 5, 9, 14]
    assert chdtrc(1, trend["statistic"] * 80 / 79) == close(0.0001462398726545144)
    assert trend["p_value"] == close(chdtrc(1, trend["statistic"]))
    assert trend["sentence"].startswith("Callbacks come more often than before: ")


# Never answering


@pytest.mark.full
def test_a_third_that_never_answers_does_not_shift_the_rate():
    rng = np.random.default_rng(20260630)
    estimates = []
    for _ in range(250):
        age, answer = rng.integers(0, 365, 400), rng.random(400)
        delay = rng.integers(1, 29, 400)
        outcome = np.where(answer < 0.3, "callback", np.where(answer < 0.65, "rejected", "pending"))
        outcome = np.where(delay > age, "pending", outcome)
        known = np.where(outcome == "pending", np.datetime64("NaT", "D"), np.datetime64(AS_OF) - age + delay)
        frame = frame_of(interviewed_on=days_before(age), outcome=outcome, outcome_on=known)
        trend, curve = trends.outcome_trend(frame, as_of=AS_OF), trends.waiting_curve(frame, as_of=AS_OF)
        answered = np.mean(outcome[outcome != "pending"] == "callback")
        estimates.append((trend.callbacks.sum() / trend.n.sum(), curve.callback.iloc[-1], answered))
    over_time, waiting, answered_only = np.mean(estimates, axis=0) - 0.3
    assert abs(over_time) <= 0.005
    assert abs(waiting) <= 0.005
    assert answered_only > 0.15


# Over time


def test_young_interviews_are_pending_and_nothing_is_dropped():
    day = np.concatenate([days_before(np.arange(31, 31 + 17)), days_before([0, 29, 30])])
    frame = frame_of(interviewed_on=day, outcome=["callback"] * 20)
    table = trends.outcome_trend(frame, as_of=AS_OF)
    assert list(table) == ["start", "end", "n", "callbacks", "pending", "rate", "ci_low", "ci_high"]
    assert table.n.tolist() == [9, 9]
    assert table.pending.tolist() == [0, 2]
    assert table.attrs["pending"] == 2
    assert table.end.iloc[-1] == pd.Timestamp(AS_OF)


def test_a_late_callback_did_not_come_within_the_window():
    frame = frame_of(row("2026-01-01", "callback", "2026-02-01"), row("2026-01-01", "callback", "2026-01-31"))
    assert trends.outcome_trend(frame, as_of=AS_OF).callbacks.tolist() == [1]
    assert trends.outcome_trend(frame, as_of=AS_OF, within_days=31).callbacks.tolist() == [2]


@pytest.mark.parametrize(
    ("freq", "start", "end"),
    [("MS", "2024-02-01", "2024-02-29"), ("QS", "2024-01-01", "2024-03-31"), ("W", "2024-02-26", "2024-03-03")],
)
def test_calendar_periods_also_in_a_leap_year(freq, start, end):
    table = trends.outcome_trend(frame_of(row("2024-02-29", "rejected")), freq=freq, as_of=AS_OF)
    assert table[["start", "end"]].astype(str).iloc[0].tolist() == [start, end]


def test_no_day_is_split_and_no_period_is_small():
    rng = np.random.default_rng(5)
    frame = frame_of(interviewed_on=np.datetime64("2025-01-01") + rng.integers(0, 30, 100), outcome=["rejected"] * 100)
    table = trends.outcome_trend(frame, as_of=AS_OF)
    assert table.n.min() >= 8
    assert table.n.sum() == 100
    assert (table.start.iloc[1:].to_numpy() > table.end.iloc[:-1].to_numpy()).all()


def test_the_trend_is_within_people_where_there_are_several():
    # Each of them stays the same; the one with more callbacks came later.
    day = np.datetime64("2025-01-01") + np.arange(80)
    called = np.concatenate([np.arange(40) % 4 == 0, np.arange(40) % 4 != 0])
    frame = frame_of(interviewed_on=day, outcome=np.where(called, "callback", "rejected"))
    assert trends.outcome_trend(frame, as_of=AS_OF).attrs["trend"]["p_value"] < 0.01
    frame["person"] = ["Ada"] * 40 + ["Ben"] * 40
    trend = trends.outcome_trend(frame, as_of=AS_OF).attrs["trend"]
    assert trend["p_value"] > 0.5
    assert trend["sentence"].startswith("No clear trend: ")
    assert trend["sentence"].endswith(" Each person is compared only with themselves.")


def test_the_sample_shows_a_habit_that_changed():
    table = trends.habit_trend(load_interviews(SAMPLE), "did_ask_questions_at_end")
    words = "Asked questions at the end: more often than before, 29% (6 of 21) in the first third, 82% (18 of 22)"
    words += " in the last."
    assert table.attrs["sentence"] == table.attrs["trend"]["sentence"] == words
    assert list(table) == ["start", "end", "n", "done", "rate", "ci_low", "ci_high"]
    trend = trends.outcome_trend(load_interviews(SAMPLE), as_of="2026-12-31").attrs["trend"]
    share = r"\d+% \(\d+ of \d+\)"
    assert re.fullmatch(
        rf"No clear trend: {share} in the first third, {share} in the last, called back within 30 days\.",
        trend["sentence"],
    )


# Stages


def test_stages_in_order_then_unknown_ones():
    rows = [row("2026-01-01", "rejected", stage=stage) for stage in ("chat", "final", "", "applied", "screen")]
    table = trends.stage_conversion(frame_of(*rows), as_of=AS_OF)
    assert table.stage.tolist() == ["applied", "screen", "final", "chat", "not noted"]
    names = ["stage", "n", "callbacks", "not_called_back", "pending", "rate", "ci_low", "ci_high"]
    assert list(table) == names
    assert (table.n == table.callbacks + table.not_called_back).all()


def test_rounds_at_one_company_are_a_chain():
    frame = frame_of(
        row("2026-02-01", "pending", stage="technical", company="ACME "),
        row("2026-01-01", "pending", company="Acme"),
        row("2026-03-01", "rejected", stage="technical", company="acme"),
        row("2026-04-01", "offer", company="acme"),
        row("2026-01-01", "rejected", company="Other"),
    )
    table = trends.stage_conversion(frame, as_of=AS_OF)
    assert table.set_index("stage").callbacks.to_dict() == {"screen": 2, "technical": 1}
    found = {(path["source"], path["target"]): path["count"] for path in table.attrs["paths"]}
    assert found == {
        ("screen", "technical"): 1,
        ("technical", "technical 2"): 1,
        ("technical 2", "no callback"): 1,
        ("screen", "offer"): 1,
        ("screen", "no callback"): 1,
    }
    assert table.attrs["applications"] == {"chains": 3, "reached_interview": 3}


def test_each_interview_leads_once():
    frame = held(load_interviews(SAMPLE))
    table = trends.stage_conversion(frame, as_of="2026-12-31")
    assert sum(path["count"] for path in table.attrs["paths"]) == len(frame)
    assert table.n.sum() + table.pending.sum() + table.attrs["left_out"]["withdrawn"] == len(frame)


# Waiting


def test_waits_without_dates_or_backwards_are_left_out_and_counted():
    frame = frame_of(
        row(None, "rejected", "2026-01-09"),
        row("2026-01-10", "rejected", "2026-01-09"),
        row("2026-01-10", "callback"),
        row("2026-12-01"),
        row("2026-01-01", "rejected", "2026-01-09", stage="applied"),
        row("2026-01-01", "no reply", "2026-01-31"),
        row("2026-01-01", "callback", "2026-01-05"),
    )
    table = trends.waiting_curve(frame, as_of=AS_OF)
    assert table.attrs["left_out"] == {"applied": 1, "not_yet": 1, "undated": 2, "backwards": 1}
    assert table.day.tolist() == [0, 4, 30]
    assert table.at_risk.tolist() == [2, 2, 1]
    assert table.callback.tolist() == close([0, 2 / 3, 2 / 3])  # one stands for another without a day
    assert table.still_possible.tolist() == close([2 / 3, 0, np.nan])


def test_an_outcome_known_later_was_pending_then():
    frame = frame_of(row("2026-06-20", "callback", "2026-07-05", id="i-1"), row("2026-05-01", "callback", "2026-05-09"))
    table = trends.pending_chances(frame, as_of=AS_OF)
    assert table.id.tolist() == ["i-1"]
    assert "records do not reach that far" in table.sentence[0]
    assert table.days_silent.tolist() == [10]


def test_no_callback_after_long_silence_is_not_said_to_be_impossible():
    frame = frame_of(
        row("2026-06-01", company="B"), *[row("2026-01-01", "rejected", "2026-03-01", company=c) for c in "CDEFGH"]
    )
    found = trends.pending_chances(frame, as_of=AS_OF).iloc[0]
    assert (found.chance, found.ci_low) == (0, 0)
    assert found.ci_high == stats.wilson(0, 6)[1]
    assert found.sentence.endswith("6 were answered later, so it may still come in up to 39%.")
    assert up_to(0.004) == "so it may still come in less than 1%"


@pytest.mark.parametrize(("callbacks", "silent"), [(5, 0), (5, 2), (4, 2), (6, 3), (7, 1)])
def test_where_each_who_waited_as_long_was_called_the_range_is_that_of_so_few(callbacks, silent):
    rows = [row("2026-01-01", "callback", f"2026-01-{2 + day:02d}", company=f"C{day}") for day in range(callbacks)]
    chances = trends.pending_chances(frame_of(*rows, row(days_before(silent), company="E")), as_of=AS_OF)
    followed = sum(day > silent for day in range(1, callbacks + 1))
    low, high = stats.wilson(followed, followed)
    assert chances[["chance", "ci_low", "ci_high"]].iloc[0].tolist() == close([1, low, high])


def test_who_only_waits_on_is_no_trial_that_failed():
    waiting = [row(f"2026-05-{day:02d}", company=f"W{day}") for day in range(1, 21)]
    ended = [row("2026-01-01", "rejected", "2026-04-01", company=c) for c in "CD"]
    frame = frame_of(row("2026-05-30", company="B"), *waiting, *ended)
    found = trends.pending_chances(frame, as_of=AS_OF).set_index("company").loc["B"]
    assert (found.chance, found.ci_high) == (0, stats.wilson(0, 2)[1])
    assert found.sentence.endswith("2 were answered later, so it may still come in up to 66%.")
    early = frame_of(*waiting, row("2026-01-01", "callback", "2026-01-02", company="E"))
    found = trends.pending_chances(early, as_of=AS_OF)
    assert found.chance.isna().all()
    assert trends.waiting_curve(early, as_of=AS_OF).still_possible[1:].isna().all()


def test_answers_without_a_day_do_not_make_callbacks_look_rarer():
    answers = ["callback"] * 30 + ["rejected"] * 40 + ["pending"] * 30
    days = [None] * 15 + ["2026-01-15"] * 15 + ["2026-01-20"] * 30 + [None] * 40
    frame = frame_of(outcome=answers, interviewed_on=["2026-01-05"] * 100, outcome_on=days)
    table = trends.waiting_curve(frame, as_of=AS_OF)
    assert table.iloc[-1][["callback", "closed", "waiting"]].tolist() == close([0.3, 0.4, 0.3])
    assert (table.attrs["used"], table.attrs["left_out"]["undated"]) == (75, 25)
    assert table.at_risk.tolist() == [75, 75, 60, 30]
    all_dated = trends.waiting_curve(frame.assign(outcome_on=pd.Timestamp("2026-01-15")), as_of=AS_OF)
    assert all_dated.callback.iloc[-1] == close(0.3)
    assert table.callback_high.iloc[-1] > all_dated.callback_high.iloc[-1]


def test_answers_without_a_day_are_counted_in_words_with_what_to_do():
    dated, undated = row("2026-01-05", "rejected", "2026-01-20"), row("2026-01-05", "rejected")
    said = trends.waiting_curve(frame_of(*[dated] * 9, undated, undated), as_of=AS_OF).attrs["sentence"]
    assert said.startswith("Of the 9 interviews with the days it takes, each counted for as long as it waited, 0% led")
    assert said.endswith(
        "2 others have no day of their answer, so those that have one stand for them; note it as “Outcome known on”."
    )


def test_of_callbacks_that_all_lack_their_day_no_rate_is_given():
    dated, undated = row("2026-01-05", "rejected", "2026-01-20"), row("2026-01-05", "callback")
    table = trends.waiting_curve(frame_of(*[dated] * 9, undated), as_of=AS_OF)
    assert table.attrs["sentence"] == (
        "Only 9 interviews have the days it takes, and no callback is among them, so how long answers take cannot be "
        "told yet. 1 other has no day of its answer, so it cannot be counted here; note it as “Outcome known on”."
    )
    assert (table.attrs["callbacks_without_day"], trends.shows_little(table)) == (1, True)
    study = studies.waiting(frame_of(*[dated] * 9, undated), AS_OF)
    assert (study.plot, study.rows) == (None, [])


@pytest.mark.parametrize(("count", "is_little"), [(7, True), (8, False)])
def test_a_chart_of_waits_takes_eight(count, is_little):
    table = trends.waiting_curve(frame_of(*[row("2026-01-05", "callback", "2026-01-20")] * count), as_of=AS_OF)
    assert trends.shows_little(table) == is_little


def test_a_round_that_another_followed_is_no_longer_waiting():
    frame = frame_of(row("2026-05-01"), row("2026-06-01", stage="onsite"))
    table = trends.pending_chances(frame, as_of=AS_OF)
    assert table.stage.tolist() == ["onsite"]
    assert table.attrs["left_out"]["went_on"] == 1


def test_the_curve_keeps_pace_with_many_interviews(benchmark):
    rng = np.random.default_rng(3)
    frame = waited(rng.integers(0, 90, 10_000), rng.integers(0, 3, 10_000))
    table = benchmark(trends.waiting_curve, frame, as_of=AS_OF)
    assert table[["callback", "closed", "waiting"]].sum(axis=1).to_numpy() == close(np.ones(len(table)))


# Guesses


def test_guesses_against_outcomes():
    frame = frame_of(outcome=["callback", "rejected", "no reply", "offer", "pending"], chance=[100, 80, 20, 40, 60])
    table = trends.chance_calibration(frame)
    assert table.low.tolist() == [20, 40, 80]
    assert table.mean_guess.tolist() == [20, 40, 90]
    assert table.callbacks.tolist() == [0, 1, 1]
    assert table.attrs["brier"] == pytest.approx((0 + 0.64 + 0.04 + 0.36) / 4)
    assert table.attrs["sentence"] == (
        "The average guess was 60%; of 4 that count, 50% (2) called back within 30 days."
    )
    assert table.attrs["left_out"] == {
        **{"applied": 0, "no_guess": 0, "withdrawn": 0, "not_yet": 0, "too_young": 0, "undecided": 1, "late": 0},
    }


def test_guesses_count_those_who_never_answered_once_their_window_is_over():
    # Of 100 guesses of 30 %, 30 come true; 32 never hear. Of those with an answer 44 % came true.
    frame = frame_of(
        outcome=["callback"] * 30 + ["rejected"] * 38 + ["pending"] * 32,
        interviewed_on=["2026-01-05"] * 100,
        outcome_on=["2026-01-15"] * 68 + [None] * 32,
        chance=[30] * 100,
    )
    table = trends.chance_calibration(frame, as_of="2026-03-01")
    assert (
        table.attrs["sentence"] == "The average guess was 30%; of 100 that count, 30% (30) called back within 30 days."
    )
    assert trends.chance_calibration(frame, as_of="2026-02-01").attrs["left_out"]["too_young"] == 100
    assert trends.chance_calibration(frame, as_of="2026-02-01", within_days=20).attrs["used"] == 100
    assert trends.chance_calibration(frame, as_of="2026-03-01", within_days=9).callbacks.tolist() == [0]
    late = frame.assign(debriefed_at=pd.to_datetime(["2026-01-15 23:59"] * 60 + ["2026-01-16 00:01"] * 40))
    assert trends.chance_calibration(late, as_of="2026-03-01").attrs["left_out"]["late"] == 8


def test_a_withdrawal_that_is_not_known_yet_counts_alike_everywhere():
    frame = frame_of(outcome=["withdrawn"], interviewed_on=["2026-01-05"], outcome_on=["2026-03-05"], chance=[50])
    frame = frame.assign(did_prepare=True)
    for as_of, used in (("2026-03-01", 1), ("2026-03-05", 0)):
        tables = (
            compare_behaviors(frame, as_of=as_of),
            trends.outcome_trend(frame, as_of=as_of),
            trends.stage_conversion(frame, as_of=as_of),
            trends.chance_calibration(frame, as_of=as_of),
        )
        assert [table.attrs["used"] for table in tables] == [used] * 4


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("waiting_curve", trends.waiting_curve),
        ("pending_chances", trends.pending_chances),
        ("chance_calibration", trends.chance_calibration),
        ("habit_trend", lambda frame: trends.habit_trend(frame, "did_prepare")),
        ("debrief_delay", trends.debrief_delay),
    ],
)
def test_what_takes_a_pandas_frame_says_so(name, ask):
    import polars

    sentence = f"{name} takes a pandas frame; turn the table into one first, as many do with .to_pandas()"
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        ask(polars.DataFrame({"outcome": ["callback"], "did_prepare": [True]}))


@pytest.mark.parametrize(
    ("guess", "callbacks", "leaning"),
    [
        # Wilson's range of 23 of 62 is 26 to 50 (SciPy 1.17, binomtest(23, 62).proportion_ci(method="wilson")).
        (61, 23, ": too hopeful by 24 points."),
        (49, 23, "."),
        (10, 23, ": too doubtful by 27 points."),
    ],
)
def test_guesses_that_lie_outside_of_the_range_of_the_rate_are_said_to_lean(guess, callbacks, leaning):
    outcomes = ["callback"] * callbacks + ["rejected"] * (62 - callbacks)
    sentence = f"The average guess was {guess}%; of 62 that count, 37% (23) called back within 30 days{leaning}"
    table = trends.chance_calibration(frame_of(outcome=outcomes, chance=[guess] * 62))
    assert table.attrs["sentence"] == sentence


# Writing down


def test_delay_from_the_end_where_it_is_noted():
    frame = frame_of(
        interviewed_on=["2024-02-28", "2024-02-28", "2024-02-28", "2024-02-28", None],
        debriefed_at=[
            "2024-03-01 10:00",
            "2024-02-28 15:30",
            "2024-02-28 13:00",
            "2024-02-27 09:00",
            "2024-01-01 10:00",
        ],
        ended_at=[None, time(14, 0), time(14, 0), None, None],
    )
    table = trends.debrief_delay(frame)
    assert list(table) == ["id", "interviewed_on", "debriefed_at", "hours", "days"]
    assert table.hours.tolist() == close([48, 1.5, np.nan, np.nan, np.nan])
    assert table.days.tolist() == [2, 0, 0, pd.NA, pd.NA]
    assert table.attrs["left_out"] == {"applied": 0, "undated": 1, "backwards": 2}
    assert table.attrs["better"] is None


def test_the_sample_is_written_down_sooner():
    assert trends.debrief_delay(load_interviews(SAMPLE)).attrs["better"] is True


# Holes


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(),
        load_interviews(SAMPLE).iloc[:0],
        load_interviews(SAMPLE).iloc[:1],
        load_interviews(SAMPLE).assign(outcome="pending", outcome_on=pd.NaT),
        load_interviews(SAMPLE).assign(interviewed_on=pd.NaT, outcome_on=pd.NaT),
        load_interviews(SAMPLE).assign(interviewed_on=pd.Timestamp("2026-02-01")),
        load_interviews(SAMPLE).assign(interviewed_on=pd.Timestamp("2027-02-01")),
        load_interviews(SAMPLE).assign(stage="applied"),
        load_interviews(SAMPLE).assign(outcome="withdrawn"),
        frame_of(row("2024-02-29", "callback", "2024-02-28", did_prepare=True)),
    ],
    ids=["no columns", "zero", "one", "pending", "no dates", "one day", "future", "applied", "withdrawn", "backwards"],
)
def test_holes_give_sensible_tables(frame):
    before = frame.copy(deep=True)
    for table in every_function(frame):
        assert not re.search(r"nan|inf\b|signific|predict|prove", " ".join(map(str, words(table))))
        for name in table.columns.intersection(["rate", "chance", "callback", "ci_low", "ci_high"]):
            assert table[name].dropna().between(0, 1).all()
    pd.testing.assert_frame_equal(frame, before)


def words(table):
    trend = table.attrs.get("trend", {}).get("sentence", "")
    return [trend, table.attrs.get("sentence", ""), *table.get("sentence", [])]


def test_all_pending_says_that_there_is_nothing_to_go_by():
    frame = load_interviews(SAMPLE).assign(outcome="pending", outcome_on=pd.NaT, company="")
    table = trends.pending_chances(frame, as_of="2027-01-01")
    assert table.chance.isna().all()
    nothing = "no answer with its day is in these records, so there is nothing to go by."
    assert table.sentence.str.endswith(nothing).all()
    assert trends.waiting_curve(frame, as_of="2027-01-01").still_possible.isna().all()


@pytest.mark.parametrize("as_of", ["2026-06-30", pd.Timestamp("2026-06-30 12:00"), datetime(2026, 6, 30)])
def test_the_day_may_be_given_in_any_way(as_of):
    frame = load_interviews(SAMPLE)
    for given, expected in zip(every_function(frame, as_of), every_function(frame), strict=True):
        pd.testing.assert_frame_equal(given, expected)


# Arguments


STUDIES = (
    *("outcome_trend", "stage_conversion", "waiting_curve", "pending_chances", "chance_calibration", "debrief_delay"),
    *("compare_behaviors", "behavior_pairs", "focus_progress", "client_overview"),
)


@pytest.mark.parametrize("twice", ["company", "outcome"])
@pytest.mark.parametrize("study", STUDIES)
def test_a_column_that_stands_twice_is_refused(study, twice):
    values = {"company": "Acme", "outcome": "callback", "interviewed_on": "2026-01-02"}
    frame = pd.DataFrame([[*values.values(), "callback"]], columns=[*values, twice])
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        getattr(interview_kit, study)(frame)
    assert str(error.value) == f"the frame has the column {twice!r} twice; each column needs its own name"


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda f: trends.outcome_trend(f, freq="M"),
            "freq is 'M'; it must be one of 'MS' (months), 'QS' (quarters), 'W' (weeks), or None for periods of equal"
            " counts",
        ),
        (
            lambda f: trends.habit_trend(f, "did_prepar"),
            "behavior names 'did_prepar', but the frame has no such column; did you mean 'did_prepare'?",
        ),
        (
            lambda f: trends.outcome_trend(f, confidence=95),
            "confidence is 95; it must lie between 0 and 1, such as 0.95",
        ),
        (
            lambda f: trends.pending_chances(f, confidence=95),
            "confidence is 95; it must lie between 0 and 1, such as 0.95",
        ),
        (
            lambda f: trends.chance_calibration(f, bins=0),
            "bins is 0; it must be a whole number from 1 to 100, such as 5",
        ),
        (
            lambda f: trends.stage_conversion(f, within_days=-1),
            "within_days is -1; it must be a whole number of days, 0 or more, such as 30",
        ),
        (
            lambda f: trends.waiting_curve(f, as_of="someday"),
            "as_of is 'someday'; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'",
        ),
        (
            lambda f: trends.waiting_curve(f["outcome"].tolist()),
            "frame is a list; it must be a pandas DataFrame, one row per interview",
        ),
        (
            lambda f: trends.waiting_curve(f.assign(outcome="callbck")),
            f"outcome holds 'callbck', which is not one of {', '.join(schema.OUTCOMES)}",
        ),
    ],
)
def test_what_cannot_be_read_is_said(call, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        call(load_interviews(SAMPLE))


def test_rounds_that_follow_each_other():
    """By hand: a chain of three and the one after its no; a day with two rounds; one without a company."""
    rows = [
        ("Acme", "2026-01-01", "phone screen", "pending"),  # the next is later, so it led on
        ("ACME ", "2026-01-08", "technical", "callback"),
        ("acme", "2026-01-15", "technical", "rejected"),
        ("acme", "2026-02-01", "screen", "offer"),
        ("Bolt", "2026-01-02", "applied", "callback"),
        ("Bolt", "2026-01-02", "screen", "ghosted"),
        (None, "2026-01-02", "screen", "callback"),
        ("Cora", "2026-01-02", "applied", "rejected"),
    ]
    frame = pd.DataFrame(rows, columns=["company", "interviewed_on", "stage", "outcome"])
    frame["interviewed_on"] = pd.to_datetime(frame["interviewed_on"]).astype("M8[us]")
    found = trends.stage_conversion(frame.astype({"company": "str"}), as_of="2026-06-01")
    assert found.attrs["applications"] == {"chains": 5, "reached_interview": 4}
    steps = {(path["source"], path["target"]): path["count"] for path in found.attrs["paths"]}
    assert steps == {
        ("screen", "technical"): 1,
        ("technical", "technical 2"): 1,
        ("technical 2", "no callback"): 1,
        ("screen", "offer"): 1,
        ("applied", "screen"): 1,
        ("screen", "no callback"): 1,
        ("screen", "callback"): 1,
        ("applied", "no callback"): 1,
    }
    assert found.set_index("stage")["callbacks"].to_dict() == {"applied": 1, "screen": 3, "technical": 1}

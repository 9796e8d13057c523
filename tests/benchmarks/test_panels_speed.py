"""How long the panels take over 100,000 interviews, up to what they hand to the page.

Run `uv run pytest tests/benchmarks/test_panels_speed.py --benchmark-enable -s`: it takes the real size and holds the
targets. Without the option each runs once on a few hundred, and only what it shows is looked at.
"""

from datetime import date

import pytest

import interview_kit as ik
from tests.benchmarks.many import many_interviews

AT_ONCE, A_MOMENT = 0.3, 1.0  # seconds


@pytest.fixture
def journal(benchmark, tmp_path):
    return many_interviews(tmp_path / "mine", 300 if benchmark.disabled else 100_000)


def timed(benchmark, change, words: str, limit: float) -> None:
    """Time a change, and hold the best of its rounds to a limit: whatever else the machine does only adds to it."""
    benchmark.pedantic(change, rounds=1 if benchmark.disabled else 12, warmup_rounds=2)
    if benchmark.disabled:
        return
    times = benchmark.stats.stats
    print(f"\n{words}: at best {1000 * times.min:.0f} ms, median {1000 * times.median:.0f} ms")
    assert times.min <= limit


def setting(control, *values):
    """Return a change that sets a control to one value after the other, round and round."""
    turns = list(values)

    def change():
        turns.append(turns.pop(0))
        control.value = turns[-1]

    return change


@pytest.mark.parametrize("story", ["", "did_prepare"], ids=["no story", "with a story"])
@pytest.mark.parametrize("by_stage", [False, True], ids=["unadjusted", "within a stage"])
def test_a_filter_change_of_the_patterns(benchmark, journal, story, by_stage):
    explorer = ik.PatternExplorer(journal)
    explorer.within.value, explorer.behavior.value = "stage" if by_stage else "", story
    change = setting(explorer.first_day, date(2001, 1, 1), date(2000, 1, 1))  # all interviews stay
    timed(benchmark, change, f"patterns, {'a' if story else 'no'} story, by stage: {by_stage}", AT_ONCE)
    assert len(explorer.frame) == len(explorer.records)
    assert bool(story) == ("The interviews behind it" in explorer.story.value)


def test_a_filter_change_of_the_trends(benchmark, journal):
    explorer = ik.TrendExplorer(journal)
    timed(benchmark, setting(explorer.first_day, date(2001, 1, 1), date(2000, 1, 1)), "trends, all questions", AT_ONCE)
    assert len(explorer.frame) == len(explorer.records)


def test_a_period_and_a_habit_of_the_trends(benchmark, journal):
    explorer = ik.TrendExplorer(journal)
    timed(benchmark, setting(explorer.period, "MS", "QS", "W", "equal"), "trends, another period", AT_ONCE)
    explorer.habit.value = "did_prepare"
    assert "Prepared" in explorer.views["habit"].answer.value


@pytest.mark.parametrize("words", [("firm 1", "firm 22"), ("", "onsite")], ids=["two words", "one word and none"])
def test_a_search_among_the_records(benchmark, journal, words):
    browser = ik.RecordsBrowser(journal)
    timed(benchmark, setting(browser.search, *words), f"the list, a search for {words}", A_MOMENT)
    browser.search.value = "firm onsite"
    assert set(browser.frame["stage"]) == {"onsite"}


def test_a_choice_and_a_pick_among_the_records(benchmark, journal):
    browser = ik.RecordsBrowser(journal)
    choose = setting(browser.filters["outcome"], "callback", "rejected", "all")
    timed(benchmark, choose, "the list, another outcome", AT_ONCE)
    browser.select(browser.frame["id"].iat[1])
    assert browser.frame["company"].iat[1] in browser.whose.value


def test_the_boxes_of_a_report(benchmark, journal):
    share = ik.SharePanel(journal)
    timed(benchmark, setting(share.charts["calibration"], False, True), "the report, a box ticked", A_MOMENT)
    assert "It will be one page" in share.preview.value

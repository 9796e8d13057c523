"""How long the pattern study takes, beside the loop one would write without it, timed in the same run.

Run `uv run pytest tests/benchmarks/test_patterns_speed.py --benchmark-enable -s`: it times the real sizes and holds the
targets. Without the option the same comparisons run once each on small sizes, and only their numbers are compared.
"""

import gc
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

import interview_kit as ik
from interview_kit import patterns, stats
from interview_kit.journal import SAMPLE
from interview_kit.patterns import numbers, verdicts
from tests.benchmarks import simulate

YES_NO, RATINGS = 9, 3


def records(rows: int, *, nullable: bool) -> pd.DataFrame:
    """Return invented interviews; `nullable` as the journal reads them, else plain NumPy columns."""
    rng = np.random.default_rng(12)
    columns: dict = {f"did_{at}": rng.random(rows) < 0.2 + 0.06 * at for at in range(YES_NO)}
    columns |= {f"rated_{at}": rng.integers(1, 6, rows) for at in range(RATINGS)}
    frame = pd.DataFrame(columns)
    called = rng.random(rows) < 0.2 + 0.1 * frame["did_3"]
    if not nullable:
        return frame.assign(call=called)
    frame = frame.astype({name: "boolean" if name.startswith("did_") else "Int64" for name in frame})
    frame = frame.mask(rng.random(frame.shape) < 0.05)
    day = np.datetime64("2025-01-01") + rng.integers(0, 365, rows)
    return frame.assign(
        interviewed_on=day.astype("M8[us]"),
        outcome=pd.Series(np.where(called, "callback", "rejected"), dtype="str"),
        outcome_on=(day + rng.integers(1, 40, rows)).astype("M8[us]"),
    )


def behaviors(frame: pd.DataFrame) -> list[str]:
    return [name for name in frame if name.startswith(("did_", "rated_"))]


def by_crosstab(frame: pd.DataFrame, called: pd.Series) -> dict[str, float]:
    """Return p-values by the loop that one would write."""
    return {name: chi2_contingency(pd.crosstab(frame[name], called)).pvalue for name in behaviors(frame)}


def seconds(call: Callable, rounds: int = 1) -> float:
    """Return the median time of a few calls."""
    taken = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return float(np.median(taken))


def size(benchmark, full: int, small: int) -> int:
    """Return the real size where this run times, else a small one."""
    return small if benchmark.disabled else full


def report(benchmark, peer: float, words: str) -> tuple[float, float]:
    """Print and keep the median and how many times longer the peer took; return both."""
    median = benchmark.stats.stats.median
    benchmark.extra_info.update(peer_seconds=peer, times_longer=peer / median)
    print(f"\n{words}: {1000 * median:.1f} ms; the peer {peer:.2f} s, {peer / median:.0f} times as long")
    return median, peer / median


# A rating has five levels to count. As the journal reads them, the kit also reads a million outcomes and two million
# dates, which the loop is given.
@pytest.mark.parametrize(
    ("kind", "times"),
    [("yes/no", 50), ("with ratings", 25), ("as the journal reads them", 8)],
    ids=["yes or no", "with ratings", "as the journal reads them"],
)
def test_a_million_interviews_take_a_fiftieth_of_the_loop(benchmark, kind, times):
    nullable = kind == "as the journal reads them"
    frame = records(size(benchmark, 1_000_000, 2_000), nullable=nullable)
    if kind == "yes/no":
        frame = frame.assign(**{f"rated_{at}": frame[f"rated_{at}"] > 3 for at in range(RATINGS)})
        frame = frame.rename(columns={f"rated_{at}": f"did_{YES_NO + at}" for at in range(RATINGS)})
    options = {"as_of": "2026-04-01"} if nullable else {"outcome": "call"}
    called = patterns.called_back(frame, **options)
    table = benchmark.pedantic(
        patterns.compare_behaviors, (frame,), options, rounds=size(benchmark, 7, 1), warmup_rounds=1
    )
    counts = table.set_index("behavior")
    for name in behaviors(frame):
        cross = pd.crosstab(frame[name], called)
        above = cross.index.to_numpy(int) >= (4 if name.startswith("rated_") else 1)
        assert cross[True].to_numpy()[above].sum() == counts.loc[name, "callbacks_with"]
    if not benchmark.disabled:
        peer = seconds(lambda: by_crosstab(frame, called), 3)
        assert report(benchmark, peer, f"1,000,000 interviews x 12 behaviors, {kind}")[1] >= times


def test_a_thousand_behaviors_take_a_second(benchmark):
    rows, columns = size(benchmark, 100_000, 500), size(benchmark, 1_000, 30)
    done = np.random.default_rng(5).random((rows, columns)) < 0.4
    frame = pd.DataFrame(done, columns=[f"did_{at}" for at in range(columns)])
    frame["call"] = np.random.default_rng(6).random(rows) < 0.25
    table = benchmark.pedantic(
        patterns.compare_behaviors, (frame,), {"outcome": "call"}, rounds=size(benchmark, 5, 1), warmup_rounds=1
    )
    assert len(table) == columns
    if not benchmark.disabled:
        few = frame[[f"did_{at}" for at in range(20)]]
        peer = 50 * seconds(lambda: by_crosstab(few, frame["call"]))
        assert report(benchmark, peer, "1,000 behaviors x 100,000 rows (peer: 20 of them, times 50)")[0] <= 1


@pytest.fixture
def explorer(benchmark, tmp_path):
    """The explorer over many interviews: the sample's, again and again, each with an id and a role of its own."""
    journal = ik.Journal(tmp_path / "mine")
    journal.folder.mkdir()
    sample = pd.read_csv(SAMPLE, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    rng = np.random.default_rng(8)
    rows = size(benchmark, 10_000, 300)
    many = sample.iloc[rng.integers(0, len(sample), rows)].reset_index(drop=True)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz234567"))
    many["id"] = ["i-" + "".join(letters[rng.integers(0, 32, 10)]) for _ in range(rows)]
    many.to_csv(journal.folder / "interviews.csv", index=False, encoding="utf-8-sig")
    explorer = ik.PatternExplorer(journal)
    assert len(explorer.frame) == rows - many["outcome"].isin(["planned", "cancelled"]).sum()
    return explorer


@pytest.mark.parametrize("story", ["", "did_prepare"], ids=["no story", "with a story"])
def test_a_filter_change_is_felt_at_once(benchmark, explorer, story):
    explorer.behavior.value = story
    stages = ["screen", "onsite"]

    def change():
        stages.reverse()
        explorer.filters["stage"].value = stages[0]

    benchmark.pedantic(change, rounds=size(benchmark, 20, 1), warmup_rounds=2)
    assert set(explorer.frame["stage"]) == {stages[0]}
    if not benchmark.disabled:
        called = patterns.called_back(explorer.frame)
        with_behaviors = explorer.frame[behaviors(explorer.frame)]
        peer = seconds(lambda: by_crosstab(with_behaviors, called), 3)
        words = f"a filter change at 10,000 interviews, {story or 'no'} story (peer: the loop over what is left)"
        assert report(benchmark, peer, words)[0] <= 0.15


def test_the_simulation_flags_what_the_kit_flags():
    rng = np.random.default_rng(9)
    cells, rating = simulate.null_cells(rng, (60, 60), 0.3, (0.2, 0.8), 3)
    cells[:30, 0] = 0
    cells[:30, 0, :2] = [[27, 8], [7, 18]]  # the first behavior of half of them matters
    expected = [any_flag_of_the_kit(history, rating) for history in cells]
    assert simulate.any_flag(cells, rating).tolist() == expected


def any_flag_of_the_kit(history: np.ndarray, rating: np.ndarray) -> bool:
    """Say whether the kit flags anything, one behavior's answers and outcomes after the other's."""
    counted = numbers.Counted([f"b{at}" for at in range(len(rating))], rating, history, np.ones(rating.size), {})
    columns = numbers.unadjusted_columns(counted, 0.95)
    columns["p_adjusted"] = stats.benjamini_hochberg(columns["p_value"])
    return (verdicts.flags_of(counted, columns, 0.05, several=False) != "").any()

"""What loading a large CSV costs beside pandas alone, measured side by side: `pytest --benchmark-enable -s` prints it.

`pandas.read_csv` (the C engine) tells apart neither yes from no nor a day from a word, and says nothing of what it
cannot read; it is the measure because nobody would wait much longer than that. Memory is read in a program of its own.
"""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import interview_kit as ik
from interview_kit import schema
from tests.benchmarks.test_saving import seconds
from tests.trust.memory import PEAK

STUDY = ["did_*", "rated_*", "interviewed_on", "outcome", "outcome_on"]
MEMORY = f"""{PEAK}
import sys
import pandas, pyarrow.csv, interview_kit
from interview_kit.journal import reading
before = peak()
interview_kit.load_interviews(sys.argv[1], on_problem="ignore")
print(peak() - before)
"""


@pytest.fixture(scope="module")
def is_timed(request):
    """Whether benchmarks are on."""
    return request.config.getoption("benchmark_enable")


@pytest.fixture(scope="module")
def large(tmp_path_factory, is_timed):
    """A CSV of invented interviews, about 170 MB where benchmarks are on: 12 yes/no, 3 ratings, 2 dates, notes."""
    rows = 1_000_000 if is_timed else 2_000
    rng = np.random.default_rng(1)
    words = np.array(["they", "asked", "about", "my", "last", "project", "calm", "unsure", "notice", "remote", "team"])
    yes_no = [*(column.name for column in schema.BEHAVIORS), "did_smile", "did_stand", "did_wave"]
    days = np.datetime64("2023-01-01") + rng.integers(0, 1200, rows)
    outcome = rng.choice(schema.OUTCOMES[:5], rows)
    columns = {"id": [f"i-{number:010}" for number in range(rows)], "company": rng.integers(0, 5000, rows)}
    columns |= {name: rng.choice(["yes", "no", ""], rows, p=[0.5, 0.4, 0.1]) for name in yes_no}
    columns |= {column.name: rng.choice(["1", "2", "3", "4", "5", ""], rows) for column in schema.RATINGS}
    columns |= {"interviewed_on": days.astype(str), "outcome": outcome}
    columns["outcome_on"] = np.where(outcome == "pending", "", (days + rng.integers(1, 40, rows)).astype(str))
    columns["notes"] = [
        " ".join(row) + (',\n"so"' if row[0] == "they" else "") for row in rng.choice(words, (rows, 14))
    ]
    path = tmp_path_factory.mktemp("large") / "interviews.csv"
    pd.DataFrame(columns).assign(company=lambda frame: "Firm " + frame["company"].astype(str)).to_csv(path, index=False)
    return path


def test_the_columns_of_a_study_are_those_of_the_whole(large):
    whole = ik.load_interviews(large)
    asked = [name for name in whole.columns if name.startswith(("did_", "rated_")) or name in STUDY]
    pd.testing.assert_frame_equal(ik.load_interviews(large, columns=STUDY), whole[asked])


def test_loading_beside_pandas_alone(large, is_timed):
    if not is_timed:
        pytest.skip("timed with --benchmark-enable only")
    size = large.stat().st_size
    ways = {
        "read_csv": lambda: pd.read_csv(large, engine="c"),
        "load_interviews": lambda: ik.load_interviews(large),
        "with the columns of a study": lambda: ik.load_interviews(large, columns=STUDY),
        "and compare_behaviors": lambda: ik.compare_behaviors(ik.load_interviews(large, columns=STUDY)),
    }
    turns = [{name: seconds(way, rounds=1) for name, way in ways.items()} for _ in range(10)]
    taken = {name: min(turn[name] for turn in turns) for name in ways}  # what else the machine does only adds to it
    times = {name: time / taken["read_csv"] for name, time in taken.items()}
    memory = (1 << 20) * float(
        subprocess.run([sys.executable, "-c", MEMORY, large], capture_output=True, check=True).stdout
    )
    print(f"\n{size / 1e6:,.0f} MB; peak of load_interviews {memory / size:.2f} file sizes")
    print("\n".join(f"{name}: {taken[name]:.2f} s, {times[name]:.2f} times read_csv" for name in ways))
    assert memory < 3 * size
    assert times["load_interviews"] < 0.6
    assert times["and compare_behaviors"] < 0.7

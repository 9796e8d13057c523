"""What loading a CSV costs beside pandas alone, each in a new program, by turns: `pytest -n 0 --benchmark-enable -s`.

`pandas.read_csv` (the C engine) tells apart neither yes from no nor a day from a word, and says nothing of what it
cannot read; it is the measure because nobody would wait much longer than that. A program loads a file once, so each
time is that of a program's first call, imports of what only the call needs included; pandas itself is there before.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import interview_kit as ik
from interview_kit import schema
from tests.trust.memory import PEAK

TURNS = 7
STUDY = ["did_*", "rated_*", "interviewed_on", "outcome", "outcome_on"]
FILES = {"60,000 rows": (60_000, 14), "1,000,000 rows": (1_000_000, 14), "1,000,000 rows, short notes": (1_000_000, 2)}
PROGRAM = f"""{PEAK}
import json, sys, time
import pandas, interview_kit as ik
before, start = peak(), time.perf_counter()
{{call}}
print(json.dumps([time.perf_counter() - start, peak() - before]))
"""
WAYS = {
    "read_csv": "pandas.read_csv(sys.argv[1], engine='c')",
    "load_interviews": "ik.load_interviews(sys.argv[1], on_problem='ignore')",
    "with the columns of a study": f"ik.load_interviews(sys.argv[1], columns={STUDY})",
    "and compare_behaviors": f"ik.compare_behaviors(ik.load_interviews(sys.argv[1], columns={STUDY}))",
}


@pytest.fixture(scope="module")
def is_timed(request):
    """Whether benchmarks are on."""
    return request.config.getoption("benchmark_enable")


def write_interviews(path: Path, rows: int, words_each: int) -> Path:
    """Write a CSV of invented interviews: 12 yes/no, 3 ratings, 2 dates, notes of so many words."""
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
        " ".join(row) + (',\n"so"' if row[0] == "they" else "") for row in rng.choice(words, (rows, words_each))
    ]
    pd.DataFrame(columns).assign(company=lambda frame: "Firm " + frame["company"].astype(str)).to_csv(path, index=False)
    return path


def measured(way: str, path: Path) -> list[float]:
    """Return the seconds and the megabytes that a call takes in a program of its own."""
    command = [sys.executable, "-c", PROGRAM.replace("{call}", WAYS[way]), path]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def test_the_columns_of_a_study_are_those_of_the_whole(tmp_path):
    path = write_interviews(tmp_path / "interviews.csv", 9_000, 14)
    whole = ik.load_interviews(path)
    asked = [name for name in whole.columns if name.startswith(("did_", "rated_")) or name in STUDY]
    pd.testing.assert_frame_equal(ik.load_interviews(path, columns=STUDY), whole[asked])


@pytest.mark.parametrize("rows_and_words", FILES.values(), ids=FILES)
def test_loading_beside_pandas_alone(tmp_path, is_timed, rows_and_words):
    if not is_timed:
        pytest.skip("timed with --benchmark-enable only")
    rows, words_each = rows_and_words
    path = write_interviews(tmp_path / "interviews.csv", rows, words_each)
    turns = np.array([[measured(way, path) for way in WAYS] for _ in range(TURNS + 1)])[
        1:
    ]  # the first fills the caches
    seconds, megabytes = np.median(turns[:, :, 0], axis=0), turns[:, :, 1].max(axis=0)
    ratios = np.median(turns[:, :, 0] / turns[:, :1, 0], axis=0)
    sizes = megabytes * (1 << 20) / path.stat().st_size
    print(f"\n{rows:,} rows, {path.stat().st_size / 1e6:,.1f} MB")
    for way, time, ratio, size in zip(WAYS, seconds, ratios, sizes, strict=True):
        print(f"{way}: {time:.2f} s, {ratio:.2f} times read_csv, peak {size:.1f} file sizes")
    assert ratios[1] <= (4 if rows < 1_000_000 else 3.5)
    assert words_each < 14 or rows < 1_000_000 or sizes[1] <= 3

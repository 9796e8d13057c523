"""What starting the kit costs beside pandas alone, in processes of their own, by turns.

Run `uv run pytest tests/benchmarks/test_startup.py --benchmark-enable -s`; without the option nothing is timed.
"""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

SAMPLE_FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"
TURNS = 15
PANDAS, KIT = ((sys.executable, "-c", f"import {name}") for name in ("pandas", "interview_kit"))
CHECK = (str(Path(sys.executable).with_name("interview-kit")), "check", str(SAMPLE_FOLDER))


@pytest.fixture(autouse=True)
def _only_where_times_are_asked_for(request, monkeypatch):
    if not request.config.getoption("--benchmark-enable"):
        pytest.skip("times are taken with --benchmark-enable only")
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # else each start compiles pandas anew


def medians(*commands: tuple[str, ...]) -> list[float]:
    """Return the median time of each command, run by turns so that what else goes on here falls on all alike."""
    times = [[seconds(command) for command in commands] for _ in range(TURNS + 1)]
    return np.median(times[1:], axis=0).tolist()  # the first fills the caches


def seconds(command: tuple[str, ...]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def test_importing_the_kit_takes_little_more_than_pandas():
    pandas, kit = medians(PANDAS, KIT)
    print(f"\nimport pandas {pandas:.3f} s, import interview_kit {kit:.3f} s: {kit / pandas:.2f} times")
    assert kit <= 1.2 * pandas


def test_checking_the_sample_takes_less_than_a_second_more_than_pandas():
    pandas, check = medians(PANDAS, CHECK)
    print(f"\nimport pandas {pandas:.3f} s, interview-kit check {check:.3f} s: {check - pandas:+.3f} s")
    assert check - pandas < 1

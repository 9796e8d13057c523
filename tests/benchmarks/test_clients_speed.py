"""How long a coach waits for thirty clients of thirty interviews, in processes of their own beside pandas alone.

Run `uv run pytest tests/benchmarks/test_clients_speed.py --benchmark-enable -s`; without the option nothing is timed.
"""

import csv
import sys
from pathlib import Path

import pytest

from interview_kit.journal import SAMPLE
from tests.benchmarks.test_startup import medians

CLIENTS, INTERVIEWS = 30, 30
PANDAS = (sys.executable, "-c", "import pandas, pyarrow")
READ = "import interview_kit as ik; found = {what}; assert len(found) == {count}, len(found)"
SECONDS = 1.0


@pytest.fixture(autouse=True)
def _only_where_times_are_asked_for(request, monkeypatch):
    if not request.config.getoption("--benchmark-enable"):
        pytest.skip("times are taken with --benchmark-enable only")
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # else each start compiles pandas anew


def thirty(folder: Path) -> Path:
    """Write thirty files of thirty interviews of the sample."""
    with SAMPLE.open(encoding="utf-8-sig", newline="") as source:
        head, *rows = csv.reader(source)
    for client in range(CLIENTS):
        with (folder / f"client{client:02d}.csv").open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows([head, *(rows[client:] + rows[:client])[:INTERVIEWS]])
    return folder


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("ik.load_interviews({folder!r}, on_problem='ignore')", CLIENTS * INTERVIEWS),
        ("ik.Clients({folder!r}).interviews()", CLIENTS * INTERVIEWS),
        ("ik.client_overview(ik.Clients({folder!r}))", CLIENTS),
    ],
    ids=["load_interviews", "Clients", "client_overview"],
)
def test_thirty_clients_take_at_most_a_second(tmp_path, what, count):
    program = READ.format(what=what.format(folder=str(thirty(tmp_path))), count=count)
    pandas, kit = medians(PANDAS, (sys.executable, "-c", program))
    print(f"\nimport pandas {pandas:.3f} s, with thirty clients read {kit:.3f} s: {kit - pandas:+.3f} s")
    assert kit <= SECONDS

"""What a save costs beside what people would do instead, measured side by side on the same machine.

Times differ from machine to machine, so that each limit is a ratio to the peer.
"""

import subprocess
import sys
import time

import pandas as pd
import pytest

from interview_kit import Journal, load_interviews, schema

ROWS = 5_000
RECORD = {
    "company": "Acme",
    "role": "Analyst",
    "stage": "onsite",
    "interviewed_on": "2026-04-03",
    "notes": "Two\nlines.",
}


@pytest.fixture
def journal(tmp_path):
    """A journal of 5,000 interviews as people write them."""
    text = "They asked about the last project, and why I left. " * 3
    row = {**dict.fromkeys(schema.INTERVIEWS.names, ""), "issues": text, "went_well": text, "outcome": "no reply"}
    rows = [{**row, "id": f"i-{number:010}", "company": f"Firm {number % 300}"} for number in range(ROWS)]
    pd.DataFrame(rows).to_csv(tmp_path / "interviews.csv", index=False)
    return Journal(tmp_path)


def seconds(function, rounds=15):
    """Return the shortest time of a call: whatever else the machine does only adds to it."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        function()
        times.append(time.perf_counter() - started)
    return min(times)


def with_pandas(path):
    """Add one record as a script would: the whole table read and written, neither durable nor guarded."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    pd.concat([table, pd.DataFrame([RECORD])]).to_csv(path, index=False)


def test_a_save_beside_pandas_reading_and_writing_the_file(journal, tmp_path):
    path = tmp_path / "interviews.csv"
    peer = tmp_path / "peer.csv"
    peer.write_bytes(path.read_bytes())
    journal.add("interviews", RECORD)
    ours = seconds(lambda: journal.add("interviews", RECORD))
    theirs = seconds(lambda: with_pandas(peer), rounds=5)
    assert ours < 0.5 * theirs


def test_reading_beside_pandas(tmp_path, journal):
    path = tmp_path / "interviews.csv"
    ours = seconds(lambda: load_interviews(path), rounds=5)
    theirs = seconds(lambda: pd.read_csv(path, dtype=str, keep_default_na=False), rounds=5)
    assert ours < 20 * theirs  # theirs is all text: no dates, no problems by line


def test_import_beside_pandas():
    def importing(name):
        return lambda: subprocess.run([sys.executable, "-c", f"import {name}"], check=True)

    assert seconds(importing("interview_kit"), rounds=3) < 1.3 * seconds(importing("pandas"), rounds=3)


def test_a_save(benchmark, journal):
    benchmark(journal.add, "interviews", RECORD)


def test_a_change(benchmark, journal):
    numbers = iter(range(10**9))
    benchmark(lambda: journal.update("interviews", "i-0000002500", {"notes": f"change {next(numbers)}"}))


def test_a_save_by_pandas(benchmark, journal, tmp_path):
    benchmark(with_pandas, tmp_path / "interviews.csv")

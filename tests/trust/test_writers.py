"""Many programs at once, and programs killed at any moment: what was acknowledged is there, exactly once."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from interview_kit import Journal

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def run(what, folder, writers, times):
    """Return the acknowledged operations, and the rows that an independent reader finds afterwards."""
    command = [sys.executable, "-m", "tests.trust.writers", what, str(folder), str(writers), str(times)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=550)
    assert done.returncode == 0, done.stderr
    with (folder / "mine" / "interviews.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    return [line.split() for line in json.loads(done.stdout)["lines"]], {row["id"]: row for row in rows}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_every_acknowledged_operation_outlives_kills_of_four_writers(quick_path, long, counted):
    kills = 200 if long else 40
    lines, rows = run("kill", quick_path, 4, kills)
    added = [key for what, key, *_ in lines if what == "add"]
    assert len(added) > kills
    assert [key for key in added if key not in rows] == []
    assert len(rows) - len(added) <= kills + 4  # at most the one that each killed program had in hand
    roles = {key: int(number) for what, key, *rest in lines if what == "role" for number in rest}
    assert [key for key, number in roles.items() if int(rows[key]["role"]) not in (number, number + 1)] == []
    assert {row["notes"] for row in rows.values()} <= {"", "two\nlines"}
    counted["kills of a writer"] += kills + 4
    counted["acknowledged operations before a kill"] += len(lines)
    kept = Journal(quick_path / "mine")
    key = kept.add("interviews", {"company": "After"})
    assert list((quick_path / "mine").glob(".interviews.csv.*.tmp")) == []
    assert kept.undo() == "Took back the new record After."
    assert key not in set(kept.interviews()["id"])


def test_each_operation_of_eight_programs_is_done_once_or_refused(quick_path, long, counted):
    operations = 125 if long else 15
    lines, rows = run("together", quick_path, 8, operations)
    told = Counter(what for what, *_ in lines)
    added = [key for what, key in lines if what == "add"]
    assert sorted(rows) == sorted(added)
    assert told["add"] - 2 + told["count"] == 8 * operations
    counts = Counter(key for what, key in lines if what == "count")
    assert {key: int(rows[key]["role"]) for key in counts} == dict(counts)
    assert told["conflict"] > 0
    counted["operations of eight programs at once"] += 8 * operations
    counted["conflicts refused and seen"] += told["conflict"]

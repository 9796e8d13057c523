"""How long an import takes beside the script one would write for one's own tracker, each in a new program, by turns.

The script knows the names of the columns, reads each date by `dateutil` and looks each status up in a dictionary; it
tells no rounds, keeps no notes of what it cannot read, and says nothing of what it did. Times are of the processor.
"""

import csv
import json
import random
import subprocess
import sys
from datetime import date, timedelta

import numpy as np
import pytest

import interview_kit as ik

ROWS, TURNS = 100_000, 3
STATUSES = {
    **{"Applied": "pending", "Rejected": "rejected", "rejected after phone screen": "rejected", "Ghosted": "no reply"},
    **{"No response": "no reply", "Offer!": "offer", "Withdrawn": "withdrawn", "Phone Screen": "pending"},
    **{"Interviewing": "pending", "Final round": "pending", "Declined by them": "rejected", "Not selected": "rejected"},
}
PROGRAM = """
import csv, json, sys, time
import pandas, interview_kit as ik
from dateutil import parser
statuses, path = json.loads(sys.argv[2]), sys.argv[1]

def import_it():
    return ik.preview_import(path, as_of="2026-11-20").records

def script():
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for name in ("Date Applied", "Phone Screen"):
            row[name] = parser.parse(row[name]) if row[name] else None
        row["outcome"] = statuses[row["Status"].strip()]
    return pandas.DataFrame(rows)

start = time.process_time()
frame = {call}()
print(json.dumps(time.process_time() - start))
"""


def write_tracker(path, rows):
    """Write an invented tracker: company, role, two dates, a dozen statuses, notes that are mostly blank."""
    draw = random.Random(5)
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["Company", "Position", "Date Applied", "Status", "Phone Screen", "Notes"])
        for at in range(rows):
            applied = date(2023, 1, 1) + timedelta(days=draw.randrange(1200))
            screen = applied + timedelta(days=draw.randrange(3, 30)) if draw.random() < 0.15 else ""
            role = draw.choice(["Data Analyst", "Engineer II", "Nurse", "Product Manager"])
            note = draw.choice(["", "", "", f"spoke with team {at}"])
            table.writerow([f"Firm {at % 30_000}", role, applied, draw.choice(list(STATUSES)), screen, note])
    return path


def seconds(call, path):
    """Return the processor time of a call in a program of its own."""
    command = [sys.executable, "-c", PROGRAM.replace("{call}", call), str(path), json.dumps(STATUSES)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def test_each_row_of_the_tracker_comes_in(tmp_path):
    preview = ik.preview_import(write_tracker(tmp_path / "tracker.csv", 500), as_of="2026-11-20")
    assert set(preview.report["fate"]) == {"header", "imported"}
    assert preview.problems.empty


def test_an_import_beside_a_script_for_one_tracker(tmp_path, request):
    if not request.config.getoption("benchmark_enable"):
        pytest.skip("timed with --benchmark-enable only")
    path = write_tracker(tmp_path / "tracker.csv", ROWS)
    turns = np.array([[seconds(call, path) for call in ("import_it", "script")] for _ in range(TURNS)])
    ours, theirs = turns.min(axis=0)
    print(f"\n{ROWS:,} rows: the import {ours:.2f} s, the script {theirs:.2f} s, {ours / theirs:.2f} times")
    assert ours <= 2.5 * theirs

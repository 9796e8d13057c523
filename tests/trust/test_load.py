"""A million rows, and a form that is left open all day: the time and the memory that they take."""

import json
import subprocess
import sys
import tracemalloc

import ipywidgets as widgets
import pytest

import interview_kit as ik
from tests.trust.memory import PEAK

WORK = (
    PEAK
    + """
import json, sys, time
from interview_kit import Journal
import numpy, pandas, pyarrow.csv

kept, told = Journal(sys.argv[1]), {}

def timed(name, do):
    start = time.perf_counter()
    done = do()
    told[name] = time.perf_counter() - start
    return done

rows = len(timed("open", kept.interviews))
timed("save", lambda: kept.add("interviews", {"company": "Acme"}))
timed("change", lambda: kept.update("interviews", "i-0000000007", {"outcome": "offer"}))
timed("undo", kept.undo)
print(json.dumps({"rows": rows, **told, "megabytes": peak()}))
"""
)
LIMITS = {"open": 30, "save": 15, "change": 20, "undo": 20}  # seconds for a million rows, on a machine that is busy


@pytest.mark.parametrize("rows", [50_000, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_a_large_file_opens_saves_and_is_undone(tmp_path, noted, rows):
    with (tmp_path / "interviews.csv").open("w") as file:
        file.write("id,company,role,stage,interviewed_on,did_prepare,rated_calm,notes,outcome\n")
        file.writelines(
            f"i-{at:010},Firm {at % 5000},Engineer,onsite,2026-{1 + at % 9:02}-01,yes,{1 + at % 5},"
            '"said, and done",rejected\n'
            for at in range(rows)
        )
    megabytes = (tmp_path / "interviews.csv").stat().st_size / 1e6
    command = [sys.executable, "-c", WORK, str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stdout)
    assert found["rows"] == rows
    share = rows / 1_000_000
    assert [name for name, most in LIMITS.items() if found[name] > 2 + most * share] == [], found
    assert found["megabytes"] < 300 + 4_000 * share
    seconds = ", ".join(f"{name} {found[name]:.1f} s" for name in LIMITS)
    noted[f"{rows:,} rows ({megabytes:.0f} MB)"] = f"{seconds}, at most {found['megabytes']:,.0f} MB of memory"


@pytest.mark.parametrize("edits", [400, pytest.param(5_000, marks=pytest.mark.long)])
def test_a_form_that_is_left_open_does_not_grow(quick_path, noted, edits):
    form = ik.DebriefForm(ik.Journal(quick_path / "mine"))
    form.fields["company"].value = "Acme"

    def type_on(start, stop):
        for number in range(start, stop):
            form.fields["notes"].value = f"{'word ' * 50}{number}"
            form.fields["stage"].value = ("screen", "onsite")[number % 2]

    type_on(0, 100)
    before = len(widgets.widget._instances)
    tracemalloc.start()
    type_on(0, 20)
    base = tracemalloc.get_traced_memory()[0]
    type_on(20, edits)
    grown = tracemalloc.get_traced_memory()[0] - base
    tracemalloc.stop()
    after = len(widgets.widget._instances)
    assert after == before
    assert grown < 300_000
    assert len(form.journal.drafts()) == 1
    assert len(list((quick_path / "mine").rglob("*"))) < 10
    noted[f"a form after {edits:,} edits has grown by"] = f"{grown / 1000:.0f} kB"

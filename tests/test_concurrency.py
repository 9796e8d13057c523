"""Several programs at once, and programs that are killed: every acknowledged record is there, exactly once."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from interview_kit import ConflictError, Journal
from interview_kit.files import disk
from interview_kit.files.document import parse_document

ADDS = """
import sys
from interview_kit import Journal

journal = Journal(sys.argv[1])
for number in range(int(sys.argv[3])):
    print(journal.add("interviews", {"company": f"{sys.argv[2]} {number}", "notes": "two\\nlines"}), flush=True)
"""
CHANGES = """
import sys
from interview_kit import ConflictError, Journal

journal = Journal(sys.argv[1])
keys = journal.interviews()["id"].tolist()
won = 0
while won < int(sys.argv[3]):
    row = journal.interviews().set_index("id").loc[keys[0]]
    try:
        journal.update("interviews", keys[0], {"role": str(int(row["role"] or 0) + 1)}, seen=row.to_dict())
        won += 1
    except ConflictError:
        print("conflict", flush=True)
"""


def start(script, folder, name, count):
    command = [sys.executable, "-c", script, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(processes):
    """Return the lines each process printed, once all have ended well."""
    lines = [process.communicate(timeout=60)[0].split("\n")[:-1] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return lines


@pytest.mark.full
def test_four_programs_add_a_hundred_records_each(tmp_path):
    acknowledged = finish([start(ADDS, tmp_path, f"firm {name}", 100) for name in "abcd"])
    frame = Journal(tmp_path).interviews()
    assert frame["id"].is_unique
    assert sorted(frame["id"]) == sorted(key for keys in acknowledged for key in keys)
    assert sorted(frame["company"]) == sorted(f"firm {name} {number}" for name in "abcd" for number in range(100))
    assert set(frame["notes"]) == {"two\nlines"}
    assert list(tmp_path.rglob("*.tmp")) == []


def test_changes_of_one_record_by_two_programs_are_made_or_refused(tmp_path):
    key = Journal(tmp_path).add("interviews", {"company": "Acme", "role": "0"})
    finish([start(CHANGES, tmp_path, name, 10) for name in "ab"])
    frame = Journal(tmp_path).interviews()
    assert frame.loc[0, ["id", "role"]].tolist() == [key, "20"]


def test_threads_of_one_program_do_not_lose_records(tmp_path):
    def add(name):
        kept = Journal(tmp_path)
        for number in range(25):
            kept.add("interviews", {"company": f"{name} {number}"})

    threads = [threading.Thread(target=add, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    frame = Journal(tmp_path).interviews()
    assert sorted(frame["company"]) == sorted(f"{name} {number}" for name in "ab" for number in range(25))


def test_the_same_record_saved_in_two_tabs_is_one_row(tmp_path):
    values = {"id": "i-abcdefghij", "company": "Acme"}
    first, second = Journal(tmp_path), Journal(tmp_path)
    assert first.add("interviews", values) == second.add("interviews", values)
    with pytest.raises(ConflictError):
        second.add("interviews", {**values, "company": "Bolt"})
    assert len(first.interviews()) == 1


@pytest.mark.full
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_every_acknowledged_record_outlives_a_kill(tmp_path):
    chance = random.Random(7)
    acknowledged = []
    for kill in range(15):
        process = start(ADDS, tmp_path, f"kill {kill}", 10_000)
        assert process.stdout is not None
        acknowledged.append(process.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.05))
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
        process.stdout.close()
        raw = disk.read_bytes(tmp_path / "interviews.csv")
        document = parse_document(raw or b"", "interviews.csv")
        ids = [cells[0] for cells in document.rows()]
        assert len(set(ids)) == len(ids)
        assert set(acknowledged) <= set(ids)
        assert len(ids) - len(acknowledged) <= kill + 1  # at most the one in hand at each kill
    kept = Journal(tmp_path)
    with suppress(ConflictError):  # where the last kill came between the note and the replacing
        assert kept.undo().startswith("Took back the new record kill 14")
        ids.pop()
    assert kept.interviews()["id"].tolist() == ids
    kept.add("interviews", {"company": "Acme"})
    assert kept.undo() == "Took back the new record Acme."
    assert kept.interviews()["id"].tolist() == ids

"""What is no table, or far too large a one: a clear sentence, in bounded time and memory."""

import json
import os
import subprocess
import sys

import pytest

from interview_kit import Journal, RecordsError, check_interviews, load_interviews
from interview_kit.files.disk import read_bytes
from tests.trust.memory import PEAK

OPEN = (
    PEAK
    + """
import json, sys, time
from interview_kit import RecordsError, load_interviews
import numpy, pandas, pyarrow.csv
before, start, said = peak(), time.perf_counter(), ""
try:
    load_interviews(sys.argv[1], on_problem="ignore")
except RecordsError as error:
    said = str(error)
print(json.dumps({"said": said, "seconds": time.perf_counter() - start, "megabytes": peak() - before}))
"""
)
MB = 1_000_000


def opened(path, seconds=60):
    """Return what a fresh program says of a file, in how many seconds and further megabytes."""
    done = subprocess.run([sys.executable, "-c", OPEN, str(path)], check=True, capture_output=True, timeout=seconds)
    return json.loads(done.stdout)


def line(path, size, start=b"", fill=b"x"):
    """Write a file that is one long line."""
    with path.open("wb") as file:
        file.write(start)
        for _ in range(size // MB):
            file.write(fill * (MB // len(fill)))


@pytest.mark.parametrize(
    ("fill", "megabytes"),
    [
        (b"x", 100),
        *(pytest.param(fill, 1000, marks=pytest.mark.long) for fill in (b"x", b",", b'"', b'""', b"\xe9", b"\0")),
    ],
    ids=repr,
)
def test_an_endless_line_is_refused(tmp_path, noted, fill, megabytes):
    path = tmp_path / "interviews.csv"
    line(path, megabytes * MB, b"id,company\ni-1,", fill)
    found = opened(path)
    path.unlink()
    assert found["said"] == (
        "interviews.csv: line 2: is longer than 20 million bytes, which no interview is; is it another file?"
    )
    assert found["seconds"] < 2 + megabytes / 50
    assert found["megabytes"] < 100 + 2.2 * megabytes
    noted[f"a line of {megabytes} MB of {fill!r} is refused in"] = (
        f"{found['seconds']:.1f} s and {found['megabytes']:.0f} MB"
    )


def test_a_million_columns_are_refused(tmp_path, noted):
    columns = 1_000_000
    path = tmp_path / "interviews.csv"
    path.write_text("company," + ",".join(f"c{n}" for n in range(columns - 1)) + "\n" + "," * (columns - 1) + "\n")
    found = opened(path)
    assert found["said"] == (
        f"interviews.csv: line 1: has {columns:,} columns, where 2,000 are the most; is it another file?"
    )
    assert found["seconds"] < 10
    assert found["megabytes"] < 500
    noted[f"{columns:,} columns are refused in"] = f"{found['seconds']:.1f} s and {found['megabytes']:.0f} MB"


def test_two_thousand_columns_are_read_and_one_more_refused(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text("\ncompany," + ",".join(f"c{n}" for n in range(2_000)) + "\n")
    with pytest.raises(RecordsError, match=r"^interviews.csv: line 2: has 2,001 columns, where 2,000 are the most"):
        load_interviews(path)
    path.write_text("company," + ",".join(f"c{n}" for n in range(1_999)) + "\nAcme" + ",x" * 1_999 + "\n")
    assert load_interviews(path, on_problem="ignore").loc[0, ["company", "c1998"]].tolist() == ["Acme", "x"]


def test_a_million_quotes_in_the_wrong_places_are_judged_soon(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_bytes(b"id,company\n" + b'i-1,a "b" c\n' * 200_000 + b'i-2,"')
    found = opened(path)
    assert found["said"] == "interviews.csv: line 200002: a quote is opened here and never closed"
    assert found["seconds"] < 30


def no_file(tmp_path, kind):
    """Return a path that is no regular file."""
    path = tmp_path / "interviews.csv"
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a loop of links":
        path.symlink_to(path)
    elif kind == "two links in a circle":
        (tmp_path / "other.csv").symlink_to(path)
        path.symlink_to(tmp_path / "other.csv")
    else:
        path.symlink_to(kind)
    return path


KINDS = ["a folder", "a pipe", "a loop of links", "two links in a circle", "/dev/zero", "/dev/full"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_refused_unread_and_left_as_it_is(tmp_path, kind):
    path = no_file(tmp_path, kind)
    before = os.lstat(path)
    ways = {
        "load": lambda: load_interviews(path),
        "check": lambda: check_interviews(path),
        "read": lambda: Journal(tmp_path).interviews(),
        "add": lambda: Journal(tmp_path).add("interviews", {"company": "Acme"}),
    }
    for way, open_it in ways.items():
        with pytest.raises(
            RecordsError, match=r"is a folder|no interviews are in|is not a regular file|Too many levels of symbolic"
        ):
            open_it()
        now = os.lstat(path)
        assert (now.st_ino, now.st_mode) == (before.st_ino, before.st_mode), way


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text("company\nAcme\n")
    path.chmod(0)
    with pytest.raises(RecordsError, match="cannot be read: Permission denied"):
        load_interviews(path)


def test_a_file_without_permission_says_so_to_another_user(tmp_path):
    """As root, who may read everything, look as somebody else."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can become somebody else; for others the test above holds")
    path = tmp_path / "interviews.csv"
    path.write_text("company\nAcme\n")
    path.chmod(0)
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.setuid(65534)
        try:
            read_bytes(path)
        except RecordsError as error:
            os.write(theirs, str(error).encode())
        os._exit(0)
    os.close(theirs)
    os.waitpid(child, 0)
    with os.fdopen(ours) as said:
        assert said.read() == f"{path} cannot be read: Permission denied"

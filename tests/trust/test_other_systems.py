"""What Windows, macOS and poorer file systems do otherwise, simulated: these tests run on Linux alone."""

import os
from datetime import date

import pytest

from interview_kit import Journal, RecordsError, load_interviews
from interview_kit.files import csv_file, disk

THREE = b"id,company,outcome\ni-1,Acme,\ni-2,Bolt,offer\ni-3,Corp,\n"


def refuse_folders(path, flags, *rest, real=os.open, **options):
    """Open a file as ever; a folder cannot be opened on Windows."""
    if os.path.isdir(path):
        raise PermissionError(13, "Permission denied", str(path))
    return real(path, flags, *rest, **options)


@pytest.fixture(params=["Windows", "macOS", "no links"])
def system(request, monkeypatch):
    """Make this system do what another does: no exchange and no folder to make durable, or only no way to tags."""
    monkeypatch.delattr(os, "listxattr", raising=False)
    if request.param != "macOS":
        monkeypatch.setattr(csv_file, "exchange", lambda one, other: False)
    if request.param == "Windows":
        monkeypatch.delattr(os, "chown", raising=False)
        monkeypatch.setattr(os, "open", refuse_folders)
    if request.param == "no links":
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(95, "not supported")))
    return request.param


def test_each_operation_works_there(tmp_path, system):
    path, mine = tmp_path / "interviews.csv", Journal(tmp_path)
    path.write_bytes(THREE)
    key = mine.add("interviews", {"company": "Dust", "interviewed_on": date(2026, 1, 7)})
    mine.update("interviews", "i-1", {"outcome": "rejected"})
    mine.delete("interviews", "i-2")
    assert mine.undo() == "Took back the deletion of Bolt."
    with mine.transaction("a debrief"):
        mine.add("interviews", {"company": "Ember"})
        mine.add("questions", {"interview_id": key, "question": "Why?"})
    mine.undo()
    assert mine.questions().empty
    mine.restore(mine.backups()["name"].iloc[-1])
    assert path.read_bytes() == THREE
    mine.standardize()
    mine.save_draft("i-9", {"company": "Zed"})
    mine.choose_focus("did_prepare")
    assert (mine.drafts()[0]["company"], mine.focus()) == ("Zed", "did_prepare")
    assert [file.name for file in tmp_path.rglob("*.tmp")] == []


def test_what_another_program_saves_in_the_midst_is_kept_there(tmp_path, system, monkeypatch):
    path, mine = tmp_path / "interviews.csv", Journal(tmp_path)
    path.write_bytes(THREE)
    mine.interviews()
    real, times = disk.read_bytes, []

    def read(found):
        raw = real(found)
        if found == path and len(times) < 3:
            times.append(1)
            if len(times) == 2:  # between the plan and the comparison right before the replacing
                path.write_bytes(THREE + b"i-4,Theirs,\n")
        return raw

    monkeypatch.setattr(csv_file, "read_bytes", read)
    mine.add("interviews", {"company": "Mine"})
    kept = b"".join(file.read_bytes() for file in (tmp_path / ".backups").glob("*.csv")) + path.read_bytes()
    assert b"i-4,Theirs,\n" in kept
    assert b"Mine" in path.read_bytes()


@pytest.mark.parametrize("code", [5, 32])
def test_a_file_that_excel_holds_open_is_said_to_be(tmp_path, monkeypatch, code):
    """Windows replaces no file that another program has open; it is tried for a moment, and then said."""
    path, mine = tmp_path / "interviews.csv", Journal(tmp_path)
    path.write_bytes(THREE)
    mine.save_draft("i-9", {"company": "Zed"})
    real = os.replace

    def held(source, target):
        if os.fspath(target) == os.fspath(path):
            error = PermissionError(13, "The process cannot access the file")
            error.winerror = code
            raise error
        real(source, target)

    monkeypatch.setattr(csv_file, "exchange", lambda one, other: False)
    monkeypatch.setattr(disk.time, "sleep", lambda _: None)
    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(RecordsError) as error:
        mine.add("interviews", {"company": "Zed"})
    assert str(error.value) == (
        "interviews.csv could not be saved: The process cannot access the file; it is as it was. "
        "If it is open in another program, such as Excel, close it there and try again"
    )
    assert (path.read_bytes(), mine.drafts()[0]["company"]) == (THREE, "Zed")
    monkeypatch.setattr(os, "replace", real)
    mine.add("interviews", {"company": "Zed"})
    assert path.read_bytes().startswith(THREE)


def test_a_file_that_is_held_for_a_moment_is_replaced_then(tmp_path, monkeypatch):
    path, mine = tmp_path / "interviews.csv", Journal(tmp_path)
    path.write_bytes(THREE)
    real, times = os.replace, []

    def held_at_first(source, target):
        times.append(os.fspath(target) == os.fspath(path))
        if sum(times) in (1, 2) and times[-1]:
            raise PermissionError(13, "Permission denied")
        real(source, target)

    monkeypatch.setattr(csv_file, "exchange", lambda one, other: False)
    monkeypatch.setattr(disk.time, "sleep", lambda _: None)
    monkeypatch.setattr(os, "replace", held_at_first)
    mine.add("interviews", {"company": "Zed"})
    assert b"Zed" in path.read_bytes()


def test_names_that_differ_in_case_alone_are_kept_apart(tmp_path):
    """Windows and macOS take two such names for one file."""
    mine = Journal(tmp_path)
    mine.save_draft("a-1", {"company": "Acme"})
    mine.save_draft("A-1", {"company": "Bolt"})
    names = [path.name.casefold() for path in (tmp_path / ".drafts").iterdir()]
    assert len(set(names)) == 2
    assert {draft["key"]: draft["company"] for draft in mine.drafts()} == {"a-1": "Acme", "A-1": "Bolt"}


def test_one_file_by_two_names_is_no_second_person(tmp_path):
    """Ana.csv and ana.csv are one file there; by what tells files apart they are one here too."""
    (tmp_path / "Ana.csv").write_bytes(THREE)
    os.link(tmp_path / "Ana.csv", tmp_path / "ana.csv")
    with pytest.raises(RecordsError, match="is named twice; its interviews would count double"):
        load_interviews([tmp_path / "Ana.csv", tmp_path / "ana.csv"])

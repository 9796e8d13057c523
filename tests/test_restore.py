"""Going back: which backups there are, what differs from now, and one of them put back."""

import io
import os
from datetime import datetime
from pathlib import Path

import pytest

from interview_kit import Journal, RecordsError, app
from interview_kit.files import backups
from tests.test_commands import Terminal


@pytest.fixture
def journal(tmp_path, monkeypatch):
    """Records that were changed: a record came, one changed, and one was deleted."""
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path / "mine"))
    kept = Journal()
    kept.add("interviews", {"id": "i-aaaaaaaaaa", "company": "Acme"})
    kept.add("interviews", {"id": "i-bbbbbbbbbb", "company": "Bolt"})
    kept.update("interviews", "i-aaaaaaaaaa", {"outcome": "offer"})
    kept.delete("interviews", "i-bbbbbbbbbb")
    kept.add("interviews", {"id": "i-cccccccccc", "company": "Corp"})
    return kept


def newest(journal, reason):
    listed = journal.backups()
    return listed.loc[listed["reason"] == reason, "name"].iloc[0]


# What differs from now.


def test_a_backup_is_compared_with_what_is_there_now(journal):
    before_update, before_delete = newest(journal, "before-update"), newest(journal, "before-delete")
    assert journal.compare_backup(before_update) == (["i-cccccccccc"], ["i-bbbbbbbbbb"], ["i-aaaaaaaaaa"])
    assert journal.compare_backup(before_delete) == (["i-cccccccccc"], ["i-bbbbbbbbbb"], [])
    journal.restore(before_delete)
    assert journal.compare_backup(before_delete) == ([], [], [])


def test_a_new_column_is_a_change_of_the_records_that_hold_something_in_it(journal):
    journal.update("interviews", "i-cccccccccc", {"did_sing": True})
    assert journal.compare_backup(newest(journal, "before-update")) == ([], [], ["i-cccccccccc"])
    journal.restore(newest(journal, "before-update"))
    assert journal.compare_backup(newest(journal, "before-restore")) == ([], [], ["i-cccccccccc"])


def test_the_same_records_in_another_order_of_columns_are_no_change(tmp_path):
    journal = Journal(tmp_path)
    path, other = tmp_path / "interviews.csv", tmp_path / ".backups"
    path.write_text("company,role,id\nAcme,Cook,i-1\nBolt,,i-2\n")
    other.mkdir()
    name = "interviews.20260403-101500-000000.first-of-day.csv"
    (other / name).write_text("id;role;company\ni-1;Acme;Cook\ni-2;;Bolt\n")
    assert journal.compare_backup(name) == ([], [], ["i-1"])


def test_of_a_file_that_is_gone_all_records_are(journal):
    (journal.folder / "interviews.csv").unlink()
    assert journal.compare_backup(newest(journal, "before-update")).removed == ["i-aaaaaaaaaa", "i-bbbbbbbbbb"]


def test_what_is_no_backup_or_cannot_be_read_is_refused(journal):
    with pytest.raises(RecordsError, match=r"'none\.csv' is no backup; Journal\.backups\(\) lists them"):
        journal.compare_backup("none.csv")
    (journal.folder / "interviews.csv").write_text("<html>\n")
    with pytest.raises(RecordsError, match=r"interviews\.csv: is a web page"):
        journal.compare_backup(newest(journal, "before-update"))


# The list.


@pytest.fixture
def at_noon(monkeypatch, tmp_path):
    """Records whose backups are all of one noon, a second apart."""
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path / "mine"))
    clock = iter(range(60))

    class Noon(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 4, 3, 12, 0, next(clock))

    monkeypatch.setattr(backups, "datetime", Noon)
    kept = Journal()
    key = kept.add("interviews", {"company": "Acme"})
    kept.add("interviews", {"company": "Bolt"})
    kept.add("questions", {"question": "Why?"})
    kept.add("questions", {"question": "How?"})
    kept.update("interviews", key, {"outcome": "offer"})
    kept.delete("interviews", key)
    return kept


def test_the_list_says_when_of_what_why_and_what_differs_newest_first(at_noon, capsys):
    assert app.main(["restore"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Backups in {at_noon.folder}, newest first:",
        f"1  3 Apr 2026, 12:00:03  interviews  2 records  {'before a deletion':35}  1 record more",
        f"2  3 Apr 2026, 12:00:02  interviews  2 records  {'before a change':35}  1 record more",
        "3  3 Apr 2026, 12:00:01  questions   1 record   before the first change of that day  1 record fewer",
        "4  3 Apr 2026, 12:00:00  interviews  1 record   before the first change of that day  1 record fewer, 1 more",
        "To put the newest back: interview-kit restore 1",
    ]


def test_a_long_list_is_cut_and_says_how_to_see_the_rest(at_noon, capsys):
    for number in range(20):
        at_noon.update("questions", at_noon.questions()["id"].iloc[0], {"topic": str(number)})
    assert app.main(["restore", "--records", str(at_noon.folder)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 23
    assert shown[1].startswith("1   3 Apr 2026, 12:00:")
    assert shown[-2:] == [
        "3 older: interview-kit restore --all lists them.",
        "To put the newest back: interview-kit restore 1",
    ]
    assert app.main(["restore", "--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 25


def test_a_backup_that_cannot_be_read_is_listed_all_the_same(at_noon, capsys):
    (at_noon.folder / ".backups" / at_noon.backups()["name"].iloc[0]).write_text("<html>\n")
    assert app.main(["restore"]) == 0
    assert capsys.readouterr().out.splitlines()[1].endswith("cannot be compared")


def test_without_a_backup_it_is_said_when_there_will_be_one(tmp_path, capsys):
    assert app.main(["restore", "--records", str(tmp_path)]) == 0
    said = f"There is no backup in {tmp_path} yet; one is kept before the first change of a day.\n"
    assert capsys.readouterr().out == said


# Putting one back.


def test_a_backup_is_put_back_by_its_number_once_the_person_agrees(at_noon, capsys, monkeypatch):
    before = (at_noon.folder / "interviews.csv").read_bytes()
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert app.main(["restore", "1"]) == 1
    assert capsys.readouterr().err == "Nothing is put back.\n"
    assert (at_noon.folder / "interviews.csv").read_bytes() == before
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert app.main(["restore", "1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "interviews.csv as of 3 Apr 2026, 12:00:03, before a deletion: 1 record more.",
        "Put it back? [y/N] interviews.csv is as it was on 3 Apr 2026, 12:00:03.",
        "What it replaced is kept as a backup. To take it back: interview-kit undo.",
    ]
    assert Journal().interviews()["company"].tolist() == ["Acme", "Bolt"]
    assert app.main(["undo"]) == 0
    assert (at_noon.folder / "interviews.csv").read_bytes() == before


def test_a_backup_is_put_back_by_its_name(at_noon, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    name = at_noon.backups()["name"].iloc[-1]
    assert app.main(["restore", name]) == 1
    assert capsys.readouterr().err == "Nothing is put back yet: add --yes to do it.\n"
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path / "elsewhere"))
    assert app.main(["restore", name, "--yes", "--records", str(at_noon.folder)]) == 0
    undo = f"interview-kit undo --records {at_noon.folder}"
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"What it replaced is kept as a backup. To take it back: {undo}."
    )
    assert at_noon.interviews()["company"].tolist() == ["Acme"]


def test_a_file_that_is_gone_comes_back(at_noon, capsys):
    (at_noon.folder / "interviews.csv").unlink()
    assert app.main(["restore", "1", "--yes"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "interviews.csv as of 3 Apr 2026, 12:00:03, before a deletion: 2 records more.",
        "interviews.csv is as it was on 3 Apr 2026, 12:00:03.",
    ]
    assert Journal().interviews()["company"].tolist() == ["Acme", "Bolt"]


@pytest.mark.parametrize("named", ["0", "5", "99999999999999999999", "none.csv", "-1", "²"])
def test_what_is_no_backup_is_refused(at_noon, capsys, named):
    assert app.main(["restore", named, "--yes"]) == 1
    assert capsys.readouterr().err == f"{named!r} is no backup in {at_noon.folder}; interview-kit restore lists them.\n"


def test_a_disk_that_refuses_is_named(at_noon, capsys, monkeypatch):
    def full(*_):
        raise OSError(28, os.strerror(28))

    before = (at_noon.folder / "interviews.csv").read_bytes()
    monkeypatch.setattr(os, "write", full)
    assert app.main(["restore", "1", "--yes"]) == 1
    assert capsys.readouterr().err == (
        "no backup of interviews.csv could be kept: No space left on device; nothing was saved\n"
    )
    assert Path(at_noon.folder / "interviews.csv").read_bytes() == before


def test_the_newest_backups_of_one_table_are_listed_without_reading_the_others(journal, monkeypatch):
    journal.add("questions", {"interview_id": "i-aaaaaaaaaa", "question": "Why?"})
    journal.update("questions", journal.questions()["id"][0], {"topic": "motives"})
    read = []
    counted = backups.Backups.records_in
    monkeypatch.setattr(backups.Backups, "records_in", lambda kept, name: (read.append(name), counted(kept, name))[1])
    listed = journal.backups("interviews", newest=2)
    assert read == listed["name"].tolist()
    assert listed["reason"].tolist() == ["before-delete", "before-update"]
    assert journal.backups("questions")["table"].tolist() == ["questions"]


def test_what_is_replaced_is_named_and_kept(journal):
    kept = journal.restore(newest(journal, "before-update"))
    assert kept == newest(journal, "before-restore")

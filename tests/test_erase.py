"""Erasing: what the kit made goes, what it did not make stays, and a folder that is not the kit's is left alone."""

import io
import os

import pytest

from interview_kit import Journal, app
from interview_kit.journal import SAMPLE, contents, wording
from tests.test_archive import Listener
from tests.test_commands import Terminal
from tests.trust.disk import files_of

ELSEWHERE = "Copies elsewhere stay: in a sync folder, in ZIPs of interview-kit pack, in reports that you handed on."


@pytest.fixture
def journal(tmp_path, monkeypatch):
    """Records with all that the kit makes beside them, and some that it did not make."""
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path / "mine"))
    kept = Journal()
    kept.add("interviews", {"id": "i-aaaaaaaaaa", "company": "Acme"})
    kept.update("interviews", "i-aaaaaaaaaa", {"outcome": "offer"})
    kept.save_draft("i-bbbbbbbbbb", {"company": "Bo"})
    kept.choose_focus("did_sing")
    for name in (
        *("notes/thank_you.plain.txt", "notes/photo.jpg", "exports/to_do.ics", "exports/report/report.html"),
        *("exports/report/tables/trend.csv", "exports/report/charts/trend.png", "exports/letter.pdf"),
        *("exports/Ada/report/report.html", "cv.pdf", "interviews (1).csv", "clients/interviews.csv"),
        *(".interviews.csv.0123abcd.tmp", ".drafts/letter.json", ".backups/old.zip"),
    ):
        (kept.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (kept.folder / name).write_bytes(b"{}")
    return kept


FOREIGN = {
    *("notes/photo.jpg", "exports/letter.pdf", "cv.pdf", "interviews (1).csv", "clients/interviews.csv"),
    *(".drafts/letter.json", ".backups/old.zip"),
}


def test_all_that_the_kit_made_goes_and_nothing_else(journal, capsys):
    backups = [f".backups/{name}" for name in sorted(journal.backups()["name"])]
    assert app.main(["erase", "--yes"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"This would erase, from {journal.folder}:",
        "  1 file of records: interviews.csv",
        f"  1 backup: {backups[0]}",
        "  1 note of the last change: .backups/last_operation.json",
        "  1 draft: .drafts/i-bbbbbbbbbb.json",
        "  1 file of settings: .settings.json",
        "  5 files made to hand on or take along: exports/Ada/report/report.html, "
        "exports/report/charts/trend.png, exports/report/report.html, exports/report/tables/trend.csv, "
        "exports/to_do.ics",
        "Your templates stay; --with-templates erases them as well:",
        "  notes/thank_you.plain.txt",
        "What the kit did not make stays:",
        "  .backups/old.zip, .drafts/letter.json, clients/, cv.pdf, exports/letter.pdf, interviews (1).csv, "
        "notes/photo.jpg",
        ELSEWHERE,
        "There is no way back.",
        "Erased.",
    ]
    assert set(files_of(journal.folder)) == {*FOREIGN, "notes/thank_you.plain.txt"}
    assert not (journal.folder / "exports" / "report").exists()


def test_templates_go_where_that_is_asked_for(journal):
    assert app.main(["erase", "--yes", "--with-templates", "--records", str(journal.folder / "interviews.csv")]) == 0
    assert set(files_of(journal.folder)) == FOREIGN


def test_a_folder_that_holds_nothing_else_is_empty_afterwards_and_can_be_begun_anew(tmp_path):
    kept = Journal(tmp_path / "mine")
    kept.add("interviews", {"company": "Acme"})
    names = [name for listed in kept.contents().own.values() for name in listed]
    assert kept.erase(names) == []
    assert list(kept.folder.iterdir()) == []
    assert kept.interviews().empty
    kept.add("interviews", {"company": "Bolt"})
    assert Journal(kept.folder).interviews()["company"].tolist() == ["Bolt"]
    assert kept.undo() == "Took back the new record Bolt."


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (None, "Nothing is erased yet: add --yes to erase this.\n"),
        ("y\n", "Nothing is erased.\n"),
        ("yes\n", "Nothing is erased.\n"),
        ("", "Nothing is erased.\n"),
        ("erase\n", ""),
    ],
)
def test_the_word_must_be_typed(journal, capsys, monkeypatch, typed, told):
    status = 1 if told else 0
    before = files_of(journal.folder)
    monkeypatch.setattr("sys.stdin", io.StringIO() if typed is None else Terminal(typed))
    assert app.main(["erase"]) == status
    printed = capsys.readouterr()
    assert printed.err == told
    assert ("Type erase to erase all of this: " in printed.out) == (typed is not None)
    assert (files_of(journal.folder) == before) == (status == 1)


# What is not the kit's.


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"letter.txt": "x", "notes/thank_you.plain.txt": "x", "exports/to_do.ics": "x"},
        {"contacts.csv": "First Name,Last Name,E-mail Address,Notes\nAda,B,a@b.c,x\n"},
        {"contacts.csv": "name,email,phone,birthday\nAda,a@b.c,1,x\n"},
        {"interviews.csv": "journalist,company,notes\nAda,BBC,x\n"},
        {"questions.csv": "question,answer\nWhy?,So\n"},
        {".drafts/x.json": "{}", ".settings.json": "{}"},
        {".backups/interviews.csv": "company,outcome\nAcme,offer\n"},
    ],
)
def test_a_folder_that_is_not_the_kits_is_left_alone(tmp_path, capsys, files):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    before = files_of(tmp_path)
    assert app.main(["erase", str(tmp_path), "--yes"]) == 1
    assert capsys.readouterr() == ("", f"{tmp_path} holds no records of Interview Kit; nothing is erased.\n")
    assert files_of(tmp_path) == before


def test_a_csv_of_another_program_among_the_records_stays(journal, capsys):
    (journal.folder / "contacts.csv").write_text("First Name,Last Name,E-mail Address\nAda,B,a@b.c\n")
    assert app.main(["erase", "--yes"]) == 0
    assert "contacts.csv" in capsys.readouterr().out.split("did not make stays:")[1]
    assert (journal.folder / "contacts.csv").exists()


@pytest.mark.parametrize(
    "text",
    ["company,interviewed_on\nAcme,2026-04-03\n", "Company;Interviewed On\nAcme;1\n", "company,outcome\nA,offer\n"],
)
def test_records_written_by_hand_are_the_kits(tmp_path, text):
    (tmp_path / "interviews.csv").write_text(text)
    assert app.main(["erase", str(tmp_path), "--yes"]) == 0
    assert files_of(tmp_path) == {}


@pytest.mark.parametrize("raw", [b"", b'company\n"open\n', b"<<<<<<< mine\n"])
def test_a_file_of_records_that_is_torn_goes_with_the_others(journal, raw):
    (journal.folder / "interviews.csv").write_bytes(raw)
    assert app.main(["erase", "--yes"]) == 0
    assert not (journal.folder / "interviews.csv").exists()


def test_the_sample_is_not_erased_nor_a_folder_that_is_not_there(tmp_path, capsys):
    before = files_of(SAMPLE.parent)
    assert app.main(["erase", str(SAMPLE.parent), "--yes"]) == 1
    invented = f"{SAMPLE.parent} holds the invented records that come with Interview Kit; nothing is erased.\n"
    assert capsys.readouterr().err == invented
    assert files_of(SAMPLE.parent) == before
    assert app.main(["erase", str(tmp_path / "none"), "--yes"]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none'} is not there; there is nothing to erase.\n"
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_links_go_and_what_they_lead_to_stays(journal, tmp_path, capsys):
    away = tmp_path / "away"
    away.mkdir()
    (away / "table.csv").write_bytes((journal.folder / "interviews.csv").read_bytes())
    (away / "i-cccccccccc.json").write_text('{"key": "i-cccccccccc", "saved_at": "2026"}')
    (journal.folder / "interviews.csv").unlink()
    (journal.folder / "interviews.csv").symlink_to(away / "table.csv")
    (journal.folder / ".drafts" / "letter.json").unlink()
    (journal.folder / ".drafts" / "i-bbbbbbbbbb.json").unlink()
    (journal.folder / ".drafts").rmdir()
    (journal.folder / ".drafts").symlink_to(away)
    before = files_of(away)
    assert app.main(["erase", "--yes"]) == 0
    printed = capsys.readouterr().out
    assert f"interviews.csv is a link, and {away / 'table.csv'}, where it leads, stays.\n" in printed
    assert "\n  .backups/old.zip, .drafts, clients/" in printed
    assert not (journal.folder / "interviews.csv").exists()
    assert files_of(away) == before


def test_what_cannot_be_erased_is_named(journal, capsys, monkeypatch):
    real = os.unlink

    def unlink(path, **options):
        if str(path).endswith("interviews.csv"):
            raise PermissionError(13, "Permission denied")
        real(path, **options)

    monkeypatch.setattr(os, "unlink", unlink)
    assert app.main(["erase", "--yes"]) == 1
    assert capsys.readouterr().err == "Not everything could be erased:\n  interviews.csv: Permission denied\n"


def test_each_kind_of_file_has_words_for_the_list():
    assert {*wording.KINDS, "traces"} == {*contents.NAMES}


def test_those_who_show_the_records_hear_that_they_are_gone(journal):
    shown = Listener(journal)
    journal.erase(journal.contents().own["records"])
    assert shown.heard == ["interviews", "questions", "contacts", "follow_ups", "stories"]
    assert journal.interviews().empty


def test_stories_with_a_column_of_ones_own_are_records_and_a_file_of_another_program_is_none(tmp_path):
    mine, other = Journal(tmp_path / "mine"), Journal(tmp_path / "other")
    for journal, header in ((mine, "id,title,situation,mood"), (other, "id,title,artist,year")):
        journal.folder.mkdir()
        (journal.folder / "stories.csv").write_text(f"{header}\ns-1,One,Two,Three\n")
    assert [*mine.contents().own["records"]] == ["stories.csv"]
    assert other.contents().others == ["stories.csv"]

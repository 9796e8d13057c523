"""One ZIP to take along: what goes in, what comes out, and what is refused whoever made it."""

import errno
import io
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest

from interview_kit import Journal, RecordsError, app, places
from interview_kit.journal import SAMPLE, archive
from interview_kit.schema import TABLES
from tests.test_commands import Terminal
from tests.trust.disk import files_of

NOTE = {"kit": "interview-kit", "format": 1, "packed_at": "2026-04-03T10:00:00", "records": {"interviews": 1}}
ACME = b"id,company,outcome\ni-aaaaaaaaaa,Acme,offer\n"


@pytest.fixture
def journal(tmp_path):
    """Records with a draft, a choice, a template and a backup."""
    kept = Journal(tmp_path / "mine")
    kept.add("interviews", {"id": "i-aaaaaaaaaa", "company": "Acme", "did_sing": True})
    kept.add("questions", {"id": "q-aaaaaaaaaa", "interview_id": "i-aaaaaaaaaa", "question": "Why?"})
    kept.update("interviews", "i-aaaaaaaaaa", {"outcome": "offer"})
    kept.save_draft("i-bbbbbbbbbb", {"company": "Bo"})
    kept.choose_focus("did_sing")
    (kept.folder / "notes").mkdir()
    (kept.folder / "notes" / "thank_you.plain.txt").write_text("Dear {{ name }}")
    return kept


@pytest.fixture
def packed(journal, tmp_path):
    return journal.pack(tmp_path / "kit.zip").path


@pytest.fixture
def other(tmp_path):
    return Journal(tmp_path / "other")


@pytest.fixture
def zip_of(tmp_path):
    """Make a ZIP of files by name, as someone else may have done."""

    def make(files, note=NOTE, name="odd.zip", **options):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", **options) as made:
            for entry, raw in {**({archive.MANIFEST: json.dumps(note)} if note else {}), **files}.items():
                made.writestr(entry, raw)
        return path

    return make


def names_in(path):
    with zipfile.ZipFile(path) as opened:
        return sorted(opened.namelist())


# Packing.


def test_a_zip_holds_the_records_drafts_settings_and_templates(journal, tmp_path):
    done = journal.pack(tmp_path / "kit.zip")
    assert done == (
        *(tmp_path / "kit.zip", {"interviews": 1, "questions": 1}),
        {"templates": 1, "settings": 1, "drafts": 1},
    )
    assert names_in(done.path) == [
        *(".drafts/i-bbbbbbbbbb.json", ".settings.json", "interview-kit.json", "interviews.csv"),
        *("notes/thank_you.plain.txt", "questions.csv"),
    ]
    with zipfile.ZipFile(done.path) as opened:
        assert opened.read("interviews.csv") == (journal.folder / "interviews.csv").read_bytes()
        assert json.loads(opened.read("interview-kit.json"))["records"] == {"interviews": 1, "questions": 1}


def test_backups_go_along_where_they_are_asked_for_and_never_the_note_for_undo(journal, tmp_path):
    done = journal.pack(tmp_path / "kit.zip", backups=True)
    backups = [name for name in names_in(done.path) if name.startswith(".backups/")]
    assert [name.removeprefix(".backups/") for name in backups] == sorted(journal.backups()["name"])
    assert done.files["backups"] == len(backups) > 0


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have modes")
def test_a_zip_is_for_its_owner_alone_also_where_an_earlier_one_was_not(journal, tmp_path):
    path = tmp_path / "kit.zip"
    assert stat.S_IMODE(journal.pack(path).path.stat().st_mode) == 0o600
    path.chmod(0o644)
    assert stat.S_IMODE(journal.pack(path, overwrite=True).path.stat().st_mode) == 0o600


def test_a_file_of_that_name_is_not_overwritten(journal, tmp_path):
    path = tmp_path / "kit.zip"
    path.write_bytes(b"a letter")
    with pytest.raises(RecordsError) as refused:
        journal.pack(path)
    assert str(refused.value) == f"{path} could not be written: File exists; nothing was packed"
    assert path.read_bytes() == b"a letter"
    assert [name for name in os.listdir(tmp_path) if name.endswith(".tmp")] == []


def test_where_there_are_no_links_a_file_of_that_name_is_not_overwritten_either(journal, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    path = tmp_path / "kit.zip"
    assert journal.pack(path).path.is_file()
    with pytest.raises(RecordsError, match=r"kit\.zip is there already; nothing was packed"):
        journal.pack(path)


def test_a_template_that_is_a_link_and_files_of_others_stay_behind(journal, tmp_path):
    (tmp_path / "secret.txt").write_text("key")
    (journal.folder / "notes" / "warm.txt").symlink_to(tmp_path / "secret.txt")
    (journal.folder / "cv.pdf").write_text("me")
    (journal.folder / "interviews (1).csv").write_text("company\nAcme\n")
    assert not {"notes/warm.txt", "cv.pdf", "interviews (1).csv"} & {*names_in(journal.pack(tmp_path / "kit.zip").path)}


def test_a_file_that_cannot_be_read_is_packed_as_it_is(journal, other, tmp_path):
    (journal.folder / "questions.csv").write_bytes(b'id,question\nq-1,"open\n')
    done = journal.pack(tmp_path / "kit.zip")
    assert done.records == {"interviews": 1, "questions": None}
    came = other.unpack(done.path)
    assert came.unreadable == ["questions"]
    assert (other.folder / "questions.csv").read_bytes() == b'id,question\nq-1,"open\n'


def test_a_file_written_by_hand_that_is_torn_is_packed_too(tmp_path):
    (tmp_path / "interviews.csv").write_bytes(b'company\n"open\n')
    assert Journal(tmp_path).pack(tmp_path / "kit.zip").records == {"interviews": None}


def test_without_records_there_is_nothing_to_pack(other, tmp_path):
    with pytest.raises(RecordsError) as refused:
        other.pack(tmp_path / "kit.zip")
    assert str(refused.value) == f"no records are in {other.folder}, so there is nothing to pack"
    assert not (tmp_path / "kit.zip").exists()
    assert not other.folder.exists()


def test_what_could_not_be_unpacked_is_not_packed(journal, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_OF_A_SMALL_ONE", 10)
    with pytest.raises(RecordsError, match=r"this folder holds 'notes/thank_you\.plain\.txt' of more than 0 MB"):
        journal.pack(tmp_path / "kit.zip")
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    with pytest.raises(RecordsError, match="this folder holds more than 0 GB"):
        journal.pack(tmp_path / "kit.zip")
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    with pytest.raises(RecordsError, match="this folder holds 5 files, and at most 2 can be packed"):
        journal.pack(tmp_path / "kit.zip")


# Unpacking.


def test_an_empty_folder_gets_the_files_as_they_are(journal, other, tmp_path):
    done = other.unpack(journal.pack(tmp_path / "kit.zip", backups=True).path)
    here, there = files_of(journal.folder), files_of(other.folder)
    gone = {".journal.lock", ".backups/last_operation.json"}
    assert {name: raw for name, raw in there.items() if name not in gone} == {
        name: raw for name, raw in here.items() if name not in gone
    }
    assert done.in_place
    assert done.records["interviews"] == (["i-aaaaaaaaaa"], [], [])
    assert (done.kept, done.left) == ([], [])
    assert other.focus() == "did_sing"
    assert other.drafts()[0]["company"] == "Bo"
    assert other.backups()["name"].tolist() == journal.backups()["name"].tolist()
    if os.name == "posix":
        modes = {path.stat().st_mode & 0o777 for path in other.folder.rglob("*") if path.is_file()}
        assert modes == {0o600}
        assert {path.stat().st_mode & 0o777 for path in other.folder.rglob("*") if path.is_dir()} == {0o700}


def test_the_sample_there_and_back_is_the_same_to_the_byte(tmp_path):
    path = Journal(SAMPLE.parent).pack(tmp_path / "kit.zip").path
    other = Journal(tmp_path / "other")
    other.unpack(path)
    for name in TABLES:
        assert (other.folder / f"{name}.csv").read_bytes() == (SAMPLE.parent / f"{name}.csv").read_bytes()


def test_records_that_are_here_stay_and_those_that_are_not_come_in_as_one_change(journal, packed, other):
    other.add("interviews", {"id": "i-aaaaaaaaaa", "company": "Acme", "outcome": "rejected"})
    other.add("interviews", {"id": "i-cccccccccc", "company": "Corp"})
    journal.add("interviews", {"id": "i-dddddddddd", "company": "Dune"})
    before = files_of(other.folder)
    path = journal.pack(packed, overwrite=True).path
    done = other.unpack(path)
    assert done.records["interviews"] == (["i-dddddddddd"], [], ["i-aaaaaaaaaa"])
    assert done.records["questions"] == (["q-aaaaaaaaaa"], [], [])
    assert not done.in_place
    assert other.interviews()["company"].tolist() == ["Acme", "Corp", "Dune"]
    assert other.interviews()["outcome"].tolist() == ["rejected", "pending", "pending"]
    assert (other.folder / "interviews.csv").read_bytes().startswith(before["interviews.csv"])
    again = other.unpack(path)
    assert again.records["interviews"] == ([], ["i-dddddddddd"], ["i-aaaaaaaaaa"])
    assert other.next_undo() == "take back the unpacking of kit.zip"
    assert other.undo() == "Took back the unpacking of kit.zip."
    assert (other.folder / "interviews.csv").read_bytes() == before["interviews.csv"]
    assert other.questions().empty


def test_choices_drafts_and_templates_that_are_here_stay(journal, other, tmp_path):
    other.add("interviews", {"company": "Corp"})
    other.choose_focus("did_prepare")
    other.save_draft("i-cccccccccc", {"company": "Co"})
    (other.folder / "notes").mkdir()
    (other.folder / "notes" / "thank_you.plain.txt").write_text("Hi")
    done = other.unpack(journal.pack(tmp_path / "kit.zip", backups=True).path)
    assert done.added == [".drafts/i-bbbbbbbbbb.json"]
    assert done.kept == ["notes/thank_you.plain.txt", ".settings.json"]
    assert [name for name in done.left if not name.startswith(".backups/interviews.")] == []
    assert other.focus() == "did_prepare"
    assert (other.folder / "notes" / "thank_you.plain.txt").read_text() == "Hi"
    assert {draft["company"] for draft in other.drafts()} == {"Bo", "Co"}


def test_records_written_by_hand_and_saved_by_a_spreadsheet_come_in_as_they_are_meant(other, zip_of):
    rows = b"Company;Interviewed On;Did Prepare\nBolt;13.04.2026;WAHR\nCorp;02.04.2026;FALSCH\n"
    path = zip_of({"interviews.csv": rows})
    other.add("interviews", {"company": "Acme", "interviewed_on": "2026-04-01"})
    for expected in (2, 0):
        assert len(other.unpack(path).records["interviews"].added) == expected
    frame = other.interviews()
    assert frame["interviewed_on"].dt.strftime("%d %b").tolist() == ["01 Apr", "13 Apr", "02 Apr"]
    assert frame["did_prepare"].tolist()[1:] == [True, False]
    assert frame["id"].is_unique


def test_a_zip_that_was_packed_anew_by_another_program_is_taken(journal, other, packed, zip_of):
    with zipfile.ZipFile(packed) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    note = json.loads(files.pop(archive.MANIFEST))
    path = zip_of({"notes/": b"", ".drafts/": b"", **files}, note)
    assert other.unpack(path).in_place
    assert other.interviews()["company"].tolist() == ["Acme"]


def test_a_table_whose_file_is_gone_is_asked_about_first(packed, other):
    key = other.add("interviews", {"company": "Corp"})
    other.update("interviews", key, {"outcome": "offer"})
    (other.folder / "interviews.csv").unlink()
    with pytest.raises(RecordsError, match=r"interviews\.csv is gone, and there are backups of it"):
        Journal(other.folder).unpack(packed)
    assert not (other.folder / "questions.csv").exists()


# What anybody may have put into a ZIP.

HOSTILE = {
    "a path that leads out": ("../interviews.csv", "'../interviews.csv' in it is none of the kit's files"),
    "a path from the root": ("/etc/cron.d/x", "'/etc/cron.d/x' in it is none of the kit's files"),
    "a path of Windows": ("C:\\x.csv", "'C:\\\\x.csv' in it is none of the kit's files"),
    "a path out of a folder": ("notes/../../x.txt", "'notes/../../x.txt' in it is none of the kit's files"),
    "a program": ("notes/run.py", "'notes/run.py' in it is none of the kit's files"),
    "a note for undo": (".backups/last_operation.json", "'.backups/last_operation.json' in it is none of the kit's"),
    "what was begun": (".backups/unfinished.json", "'.backups/unfinished.json' in it is none of the kit's files"),
    "a lock": (".journal.lock", "'.journal.lock' in it is none of the kit's files"),
    "an export": ("exports/x.ics", "'exports/x.ics' in it is none of the kit's files"),
    "the name in capitals": ("INTERVIEWS.CSV", "'INTERVIEWS.CSV' in it is none of the kit's files"),
    "a name with a line end": ("notes/a\n.txt", "'notes/a\\n.txt' in it is none of the kit's files"),
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("filled", [False, True])
def test_names_that_the_kit_does_not_give_are_refused(other, zip_of, tmp_path, case, filled):
    name, why = HOSTILE[case]
    if filled:
        other.add("interviews", {"company": "Corp"})
    path = zip_of({"interviews.csv": ACME, name: b"x"})
    before = files_of(tmp_path)
    with pytest.raises(RecordsError) as refused:
        other.unpack(path)
    assert str(refused.value).startswith(f"odd.zip cannot be unpacked: {why}")
    assert str(refused.value).endswith("; nothing was changed")
    assert files_of(tmp_path) == before


def entry(name, mode=stat.S_IFREG | 0o600):
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFIFO | 0o600, stat.S_IFCHR | 0o600])
def test_links_and_devices_are_refused(other, zip_of, mode):
    path = zip_of({entry("interviews.csv", mode): b"/etc/passwd"})
    with pytest.raises(RecordsError) as refused:
        other.unpack(path)
    why = "'interviews.csv' in it is a link or a device, and no plain file"
    assert str(refused.value) == f"odd.zip cannot be unpacked: {why}; nothing was changed"
    assert not other.folder.exists()


@pytest.mark.parametrize("twin", ["notes/a.txt", "notes/A.txt"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(other, zip_of, twin):
    path = zip_of({"interviews.csv": ACME, entry("notes/a.txt"): b"1", entry(twin): b"2"})
    with pytest.raises(RecordsError, match=rf"'{twin}' in it is in it twice|'{twin}' is in it twice"):
        other.unpack(path)
    assert not other.folder.exists()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "it is no ZIP, or a damaged one"),
        (b"id,company\n", "it is no ZIP, or a damaged one"),
        (b"PK\x03\x04" + b"\0" * 100, "it is no ZIP, or a damaged one"),
    ],
)
def test_what_is_no_zip_is_refused(other, tmp_path, raw, why):
    (tmp_path / "odd.zip").write_bytes(raw)
    with pytest.raises(RecordsError) as refused:
        other.unpack(tmp_path / "odd.zip")
    assert str(refused.value) == f"odd.zip cannot be unpacked: {why}; nothing was changed"


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (None, "it holds no readable interview-kit.json, as a ZIP that interview-kit pack made does"),
        ("[" * 100_000, "it holds no readable interview-kit.json, as a ZIP that interview-kit pack made does"),
        (["interview-kit"], "its interview-kit.json is not the kit's"),
        ({"kit": "another"}, "its interview-kit.json is not the kit's"),
        (NOTE | {"format": 2}, "another version of Interview Kit packed it; unpack it with that one, or a newer one"),
    ],
)
def test_a_zip_that_is_not_the_kits_is_refused(other, zip_of, note, why):
    files = {"interviews.csv": ACME}
    deep = isinstance(note, str)
    path = zip_of(files | {archive.MANIFEST: note} if deep else files, None if deep else note)
    with pytest.raises(RecordsError) as refused:
        other.unpack(path)
    assert str(refused.value) == f"odd.zip cannot be unpacked: {why}; nothing was changed"


def test_a_zip_without_records_is_refused(other, zip_of):
    with pytest.raises(RecordsError, match=r"odd\.zip cannot be unpacked: it holds no records; nothing was changed"):
        other.unpack(zip_of({"notes/a.txt": b"x"}))


def test_a_zip_that_is_not_there_or_is_a_folder_is_named(other, tmp_path):
    for path in (tmp_path / "none.zip", tmp_path):
        with pytest.raises(RecordsError) as refused:
            other.unpack(path)
        assert str(refused.value) == f"{path} is not there; name the ZIP that interview-kit pack made"


def test_a_file_that_is_damaged_is_refused_before_anything_is_put_anywhere(other, packed):
    raw = bytearray(packed.read_bytes())
    at = raw.index(b"questions.csv") + 60
    raw[at : at + 20] = bytes(20)
    packed.write_bytes(raw)
    with pytest.raises(RecordsError, match=r"kit\.zip cannot be unpacked: questions\.csv in it is damaged"):
        other.unpack(packed)
    assert not other.folder.exists()


def test_an_encrypted_or_oddly_compressed_file_is_refused(other, zip_of):
    path = zip_of({"interviews.csv": ACME})
    raw = path.read_bytes()
    at = raw.rindex(b"PK\x01\x02")
    path.write_bytes(raw[: at + 8] + b"\x01" + raw[at + 9 :])
    with pytest.raises(RecordsError, match=r"'interviews\.csv' in it is encrypted"):
        other.unpack(path)
    with pytest.raises(RecordsError, match="in it is compressed in a way that the kit does not use"):
        other.unpack(zip_of({"interviews.csv": ACME}, compression=zipfile.ZIP_LZMA))


def test_bombs_are_refused_by_the_size_they_declare(other, zip_of, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 5_000_000)
    packed = {"compression": zipfile.ZIP_DEFLATED}
    path = zip_of({"interviews.csv": b"company\n" + b"A\n" * 3_000_000}, **packed)
    assert path.stat().st_size < 50_000
    with pytest.raises(RecordsError, match=r"odd\.zip holds more than 0 GB, the most that can be packed in a ZIP"):
        other.unpack(path)
    monkeypatch.setattr(archive, "MOST_OF_A_SMALL_ONE", 1_000_000)
    path = zip_of({"interviews.csv": ACME, ".settings.json": b" " * 2_000_000}, **packed)
    with pytest.raises(RecordsError, match=r"odd\.zip holds '\.settings\.json' of more than 1 MB"):
        other.unpack(path)
    monkeypatch.setattr(archive, "MOST_FILES", 100)
    many = {f"notes/{number}.txt": b"" for number in range(100)}
    with pytest.raises(RecordsError, match=r"odd\.zip holds 102 files, and at most 100"):
        other.unpack(zip_of({"interviews.csv": ACME, **many}))
    assert not other.folder.exists()


def test_bombs_that_lie_about_their_size_are_read_no_further_than_that(other, zip_of):
    path = zip_of({"interviews.csv": b"company\n" + b"A\n" * 20_000_000}, compression=zipfile.ZIP_DEFLATED)
    raw = path.read_bytes()
    at = raw.rindex(b"PK\x01\x02")
    path.write_bytes(raw[: at + 24] + (1000).to_bytes(4, "little") + raw[at + 28 :])
    with pytest.raises(RecordsError, match=r"interviews\.csv in it is damaged \(Bad CRC-32"):
        other.unpack(path)
    assert not other.folder.exists()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"<html>\n", "interviews.csv in odd.zip: is a web page"),
        (b'company\n"Acme\n', "interviews.csv in odd.zip: line 2"),
        (b"id,company\ni-1,A\ni-1,B\n", "the id 'i-1' stands twice in interviews.csv, again on line 3"),
    ],
)
def test_a_table_that_cannot_be_brought_in_is_named_and_nothing_comes_in(other, zip_of, raw, why):
    other.add("interviews", {"company": "Corp"})
    before = files_of(other.folder)
    questions = b"id,interview_id,question\nq-1,i-1,Why?\n"
    with pytest.raises(RecordsError) as refused:
        other.unpack(zip_of({"interviews.csv": raw, "questions.csv": questions}))
    assert str(refused.value).startswith(why)
    assert files_of(other.folder) == before


# The commands.


@pytest.fixture
def mine(journal, monkeypatch):
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(journal.folder))
    return journal.folder


def test_the_command_packs_and_says_what_it_packed(mine, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert app.main(["pack", "kit.zip"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Packed: kit.zip",
        "  interviews.csv: 1 record",
        "  questions.csv: 1 record",
        "  1 template, 1 file of settings, 1 draft",
        "On the other computer: interview-kit unpack kit.zip",
        "It is not encrypted: who can read it can read your records.",
    ]
    assert app.main(["pack", str(tmp_path), "--with-backups"]) == 0
    (named,) = tmp_path.glob("interview-kit-????-??-??.zip")
    assert [name for name in names_in(named) if name.startswith(".backups/")] != []
    assert f"Packed: {named}\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        (None, 1, "kit.zip is there already, and nothing is packed yet: add --yes to replace it.\n"),
        ("n\n", 1, "kit.zip is there already, and nothing is packed.\n"),
        ("y\n", 0, ""),
    ],
)
@pytest.mark.usefixtures("mine")
def test_the_command_asks_before_it_replaces_a_zip(capsys, monkeypatch, typed, status, told):
    monkeypatch.chdir(places.default_folder().parent)
    Path("kit.zip").write_bytes(b"a letter")
    monkeypatch.setattr("sys.stdin", io.StringIO() if typed is None else Terminal(typed))
    assert app.main(["pack", "kit.zip"]) == status
    assert capsys.readouterr().err == told
    assert zipfile.is_zipfile("kit.zip") == (status == 0)
    assert app.main(["pack", "kit.zip", "--yes"]) == 0
    assert zipfile.is_zipfile("kit.zip")


def test_the_command_says_what_became_of_the_records(mine, packed, other, capsys):
    folder = str(other.folder)
    assert app.main(["unpack", str(packed), "--records", folder]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Unpacked into {folder}:",
        "  interviews.csv: 1 added",
        "  questions.csv: 1 added",
        "  3 other files added",
    ]
    other.update("interviews", "i-aaaaaaaaaa", {"outcome": "rejected"})
    other.delete("questions", "q-aaaaaaaaaa")
    (other.folder / "notes" / "thank_you.plain.txt").write_text("Hi")
    assert app.main(["unpack", str(packed), "--records", folder]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Unpacked into {folder}:",
        "  interviews.csv: 0 added, 1 different here and left as it is",
        "  questions.csv: 1 added",
        "  notes/thank_you.plain.txt is here already with other contents, and is left as it is",
        f"To take it back: interview-kit undo --records {folder}.",
    ]
    assert app.main(["undo", "--records", folder]) == 0
    assert capsys.readouterr().out == "Took back the unpacking of kit.zip.\n"
    assert other.questions().empty


def test_the_command_refuses_what_is_not_the_kits(mine, capsys, tmp_path):
    (tmp_path / "odd.zip").write_bytes(b"PK")
    assert app.main(["unpack", str(tmp_path / "odd.zip")]) == 1
    said = "odd.zip cannot be unpacked: it is no ZIP, or a damaged one; nothing was changed\n"
    assert capsys.readouterr() == ("", said)


# Without a file to name, as on a screen.


class Listener:
    def __init__(self, journal):
        self.heard = []
        journal.subscribe(self.hear)

    def hear(self, table):
        self.heard.append(table)


def test_without_a_name_the_zip_lies_among_the_exports_beside_those_that_are_there(journal):
    first, second = journal.pack().path, journal.pack().path
    name = archive.name_of_today()
    assert [first.name, second.name] == [name, name.replace(".zip", "-2.zip")]
    assert {first.parent, second.parent} == {journal.folder / "exports"}
    assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700
    assert journal.contents().own["exports"] == [f"exports/{second.name}", f"exports/{first.name}"]


def test_without_records_and_without_a_name_nothing_is_made(other):
    with pytest.raises(RecordsError, match="so there is nothing to pack"):
        other.pack()
    assert not other.folder.exists()


def test_a_zip_comes_in_by_its_bytes_and_those_who_show_the_records_hear_of_it(packed, other):
    shown = Listener(other)
    done = other.unpack(packed.read_bytes(), name="kit.zip")
    assert done.in_place
    assert other.counts() == {"interviews": 1, "questions": 1}
    assert shown.heard == list(TABLES)


def test_bytes_that_are_no_zip_are_refused_by_the_name_they_have(other):
    expected = "cv.zip cannot be unpacked: it is no ZIP, or a damaged one; nothing was changed"
    with pytest.raises(RecordsError, match=f"^{expected}$"):
        other.unpack(b"nothing", name="cv.zip")


def test_a_table_that_cannot_be_read_has_no_count(journal):
    (journal.folder / "questions.csv").write_bytes(b'id,question\n"q-1,Why?\n')
    assert journal.counts() == {"interviews": 1, "questions": None}

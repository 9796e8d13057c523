"""Text of any kind, in any kind of file, there and back: by both readers, by changes around it, by a spreadsheet."""

import os
import shutil
import subprocess
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from interview_kit import Journal, RecordsError, load_interviews
from interview_kit.journal import arrow

TEXTS = [
    *("=1+1", "+49 30 1234", "-", "@home", "\t=1+1", "\r=1+1", "'", "'=1+1", "''quoted", "\n", "\r", "\r\n", "a\rb\nc"),
    *(
        '"',
        '""',
        'a "b" c',
        ",",
        ";",
        "a;b,c\td",
        "NA",
        "null",
        "None",
        "nan",
        "007",
        "0301234567",
        "1e5",
        "12345678901234567890",
        "1.5E-3",
        "TRUE",
        "2026-05-01",
    ),
    *(" padded ", "\u2028line\u2029", "\ufeff", "a\ufeffb", "\0", "a\0b", "\x1b[31m", "é", "e\u0301", "\u202etxt"),
    *(
        "🙂",
        "𝕏",
        "漢字",
        "ﷺ",
        "\\n",
        "%s{}",
        "<script>alert(1)</script>",
        "sep=;",
        "<<<<<<< HEAD",
        "=======",
        "x" * 300_000,
    ),
]
ENCODINGS = {"utf-8": b"", "utf-8-sig": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "cp1252": b""}
ANY_TEXT = st.text(
    st.one_of(st.sampled_from("=+-@\t\r\n'\",; é€\0\u2028\ufeff"), st.characters(exclude_categories=["Cs"]))
)


def begun(folder, encoding, delimiter, newline):
    """Return a journal on a file of this kind with one record in it."""
    folder.mkdir(exist_ok=True)
    text = newline.join([delimiter.join(["id", "company", "notes"]), delimiter.join(["i-0", "Été", "first"]), ""])
    (folder / "interviews.csv").write_bytes(ENCODINGS[encoding] + text.encode(encoding))
    return Journal(folder)


def by_each_reader(folder, monkeypatch):
    """Return what the strict and the fast reader make of a folder's interviews."""
    found = []
    for size in (1 << 40, 0):
        with monkeypatch.context() as patched:
            patched.setattr(arrow, "FAST_READER_BYTES", size)
            found.append(load_interviews(folder / "interviews.csv", on_problem="ignore"))
    return found


@pytest.mark.parametrize("kind", [*product(ENCODINGS, [",", ";", "\t"], ["\n", "\r\n", "\r"])], ids=repr)
def test_each_text_comes_back_from_each_kind_of_file(quick_path, monkeypatch, counted, kind):
    kept = begun(quick_path / "mine", *kind)
    rows = [
        {"id": f"i-{at + 1}", "company": text if text.strip() else "x", "notes": text} for at, text in enumerate(TEXTS)
    ]
    kept.add_all("interviews", rows[:-2])
    for row in rows[-2:]:
        kept.add("interviews", row)
    kept.update("interviews", "i-3", {"notes": TEXTS[0]}, seen=rows[2])
    kept.undo()
    expected = ["first", *TEXTS]
    for frame in by_each_reader(kept.folder, monkeypatch):
        assert frame["notes"].tolist() == expected
        assert frame["company"].tolist() == ["Été", *(row["company"] for row in rows)]
    counted["texts taken there and back"] += len(TEXTS)


@given(
    texts=st.lists(ANY_TEXT, min_size=1, max_size=4),
    kind=st.sampled_from(list(ENCODINGS)),
    mark=st.sampled_from(",;\t"),
)
@settings(max_examples=2000 if os.environ.get("INTERVIEW_KIT_TRUST") == "long" else 60, deadline=None)
def test_any_text_comes_back(tmp_path_factory, texts, kind, mark):
    folder = tmp_path_factory.mktemp("any")
    kept = begun(folder, kind, mark, "\n")
    for at, text in enumerate(texts):
        kept.add("interviews", {"id": f"i-{at + 1}", "company": "x", "notes": text})
    with pytest.MonkeyPatch.context() as monkeypatch:
        for frame in by_each_reader(folder, monkeypatch):
            assert frame["notes"].tolist() == ["first", *texts]
    shutil.rmtree(folder)


@pytest.mark.parametrize("half", ["\ud800", "a\udfffb"], ids=ascii)
def test_half_a_character_is_refused_in_a_sentence(tmp_path, half):
    kept = begun(tmp_path, "utf-8", ",", "\n")
    before = (tmp_path / "interviews.csv").read_bytes()
    for write in (
        lambda: kept.add("interviews", {"company": half}),
        lambda: kept.update("interviews", "i-0", {"notes": half}),
    ):
        with pytest.raises(RecordsError, match=r"^the text holds half of a character"):
            write()
    assert (tmp_path / "interviews.csv").read_bytes() == before


# Through a spreadsheet: opened and saved by LibreOffice, as CSV and as its own kind of file in between.

SAID = [text for text in TEXTS if not set(text) & set("\0\x1b\r\ufeff") and len(text) < 1000]


def calc(folder, *arguments):
    """Let LibreOffice convert a file, with settings of its own."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    done = subprocess.run([*command, *arguments], check=False, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_keeps_what_a_file_says(tmp_path, counted):
    kept = Journal(tmp_path / "mine")
    for at, text in enumerate(SAID):
        more = {
            "interviewed_on": "2026-05-01",
            "debriefed_at": "2026-05-01 18:30",
            "did_prepare": True,
            "rated_calm": 4,
        }
        kept.add("interviews", {"company": f"Firm {at}", "notes": text, "outcome": "offer", **more})
    shutil.copy(kept.folder / "interviews.csv", tmp_path / "interviews.csv")
    calc(tmp_path, "ods", "--infilter=CSV:44,34,76,1", "interviews.csv")  # as its dialog offers for our files
    (tmp_path / "interviews.csv").unlink()
    calc(tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "interviews.ods")
    before, after = kept.interviews(), load_interviews(tmp_path / "interviews.csv", on_problem="raise")
    for name in before.columns.drop("notes"):
        assert after[name].tolist() == before[name].tolist(), name
    assert after["notes"].tolist() == [text.replace("\t", "") for text in SAID]  # it drops tabs inside of cells
    counted["records taken through LibreOffice"] += len(SAID)

"""The user's folder of records: typed frames out, one record at a time in, and every way back."""

import errno
import gc
import io
import json
import os
import pickle
import re
import stat
import sys
import tempfile
import traceback
import warnings
import weakref
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pandas as pd
import platformdirs
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings, strategies as st

import interview_kit as ik
from interview_kit import (
    ConflictError,
    Journal,
    RecordsError,
    RecordsWarning,
    check_interviews,
    load_interviews,
    schema,
)
from interview_kit.files import csv_file, disk, problems
from interview_kit.files.backups import stamp_of
from interview_kit.files.document import parse_document
from interview_kit.files.edits import Edit
from interview_kit.journal import LostFileError, arrow, reading, records, transactions, undo
from interview_kit.schema import INTERVIEWS
from tests.trust.disk import failing

UTF8_MARK = b"\xef\xbb\xbf"
OUTCOMES = "pending, callback, offer, rejected, no reply, withdrawn, planned, cancelled"
TWO = "id,company,outcome\ni-1,Acme,pending\ni-2,Bolt,rejected\n"


def write(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def refusal(operation, *arguments, error=RecordsError, **options):
    with pytest.raises(error) as caught:
        operation(*arguments, **options)
    assert isinstance(caught.value, ConflictError) == issubclass(error, ConflictError)
    return str(caught.value)


def files_of(folder):
    """Return every file below a folder with its bytes, locks left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


@pytest.fixture
def csv(tmp_path):
    return tmp_path / "mine" / "interviews.csv"


@pytest.fixture
def mine(csv):
    """A journal of two interviews."""
    write(csv, TWO)
    return Journal(csv.parent)


# Reading


def test_columns_are_typed(tmp_path):
    path = write(
        tmp_path / "a.csv",
        "id,company,stage,interviewed_on,ended_at,debriefed_at,did_prepare,rated_calm,chance,outcome,color\n"
        "i-1,Acme,Phone Screen,2026-04-03,14:30,2026-04-03 15:00,yes,4,70,,red\n"
        "i-2,Bolt,,,,,,,,Ghosted,\n",
    )
    frame = load_interviews(path)
    assert frame.iloc[0][["stage", "outcome", "color"]].tolist() == ["screen", "pending", "red"]
    assert frame["interviewed_on"].tolist() == [pd.Timestamp("2026-04-03"), pd.NaT]
    assert frame["ended_at"].tolist() == [time(14, 30), None]
    assert frame["did_prepare"].tolist() == [True, pd.NA]
    assert frame["outcome"].tolist() == ["pending", "no reply"]
    assert {name: str(frame[name].dtype) for name in ("interviewed_on", "debriefed_at", "did_prepare")} == {
        "interviewed_on": "datetime64[us]",
        "debriefed_at": "datetime64[us]",
        "did_prepare": "boolean",
    }
    assert {name: str(frame[name].dtype) for name in ("rated_calm", "chance", "stage", "color", "notes")} == {
        "rated_calm": "Int64",
        "chance": "Float64",
        "stage": "str",
        "color": "str",
        "notes": "str",
    }
    assert frame["notes"].tolist() == ["", ""]
    assert "did_drink_coffee" not in frame


def test_a_new_behavior_is_a_new_column(tmp_path):
    frame = load_interviews(write(tmp_path / "a.csv", "company,did_smile,rated_energy\nAcme,no,5\n"))
    assert (frame["did_smile"].tolist(), frame["rated_energy"].tolist()) == ([False], [5])


def test_companies_stay_what_they_are(tmp_path):
    names = ["NA", "null", "007", "None", "nan", "-", "TRUE", "1e5", "2026-04-03", " Acme "]
    path = write(tmp_path / "a.csv", "company\n" + "\n".join(names) + "\n")
    assert load_interviews(path)["company"].tolist() == names


def test_all_problems_at_once_each_with_its_line(tmp_path):
    path = write(
        tmp_path / "a.csv",
        "id,company,interviewed_on,debriefed_at,did_prepare,rated_calm,chance,outcome,outcome_on,outcome\n"
        'i-1,"Acme\n\nInc",03/04/2026,,maybe,7,0.7,pending,,\n'
        "i-2,,2026-04-03,2026-04-02 10:00,,,,callbck,2026-04-01,\n"
        "i-1,Bolt,,,,,,,,\n",
    )
    sentences = [
        "line 1, outcome: the column stands twice; the second is read as 'outcome (2)'",
        "line 2, interviewed_on: '03/04/2026' can be 2026-03-04 or 2026-04-03; write the one you mean",
        "line 2, did_prepare: 'maybe' is not yes or no",
        "line 2, rated_calm: '7' is not a whole number from 1 to 5",
        "line 2, chance: '0.7' reads as less than 1 in 100; write 70 if that is what you mean",
        f"line 5, outcome: 'callbck' is not one of {OUTCOMES}",
        "line 5, company: is empty; company is needed",
        "line 5, outcome_on: '2026-04-01' is before the interview on 2026-04-03",
        "line 5, debriefed_at: '2026-04-02' is before the interview on 2026-04-03",
        "line 6, id: 'i-1' stands on line 2 too; give one of them another id",
    ]
    with pytest.warns(RecordsWarning) as warned:
        frame = load_interviews(path)
    assert str(warned[0].message) == "\n".join(sentences)
    assert warned[0].filename == __file__
    assert [str(problem) for problem in frame.attrs["problems"]] == sentences
    assert frame[["interviewed_on", "did_prepare", "rated_calm", "chance"]].iloc[0].isna().all()
    assert frame[["outcome", "outcome_on", "debriefed_at"]].iloc[1].isna().all()
    assert refusal(load_interviews, path, on_problem="raise") == "\n".join(sentences)
    assert load_interviews(path, on_problem="ignore").equals(frame)
    checked = check_interviews(path)
    assert checked.columns.tolist() == ["line", "column", "value", "problem", "kind"]
    assert [str(problems.Problem(*row)) for row in checked.itertuples(index=False)] == sentences


def test_the_line_of_a_misspelled_outcome(tmp_path):
    rows = "".join(f"i-{line},Acme,{'callbck' if line == 7 else 'offer'}\n" for line in range(2, 9))
    path = write(tmp_path / "a.csv", "id,company,outcome\n" + rows)
    words = "pending, callback, offer, rejected, no reply, withdrawn, planned, cancelled"
    sentence = f"line 7, outcome: 'callbck' is not one of {words}"
    assert refusal(load_interviews, path, on_problem="raise") == sentence


def test_many_problems_are_counted_and_all_kept(tmp_path):
    path = write(tmp_path / "a.csv", "company,rated_calm\n" + "Acme,9\n" * 25)
    with pytest.warns(RecordsWarning) as warned:
        frame = load_interviews(path)
    lines = str(warned[0].message).splitlines()
    assert (len(lines), lines[-1]) == (21, "and 5 problems more")
    assert len(frame.attrs["problems"]) == 25


@pytest.mark.filterwarnings("ignore::interview_kit.RecordsWarning")
@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("id,employer,outcome", "line 1, company: the file has no such column; is it 'employer'?"),
        ("id,compny,outcome", "line 1, company: the file has no such column; is it 'compny'?"),
        ("id,firm,outcome", "line 1, company: the file has no such column; is it 'firm'?"),
    ],
)
def test_a_missing_required_column_is_named(tmp_path, header, sentence):
    path = write(tmp_path / "a.csv", header + "\ni-1,Acme,offer\n")
    assert refusal(load_interviews, path, on_problem="raise") == sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize(("mark", "shown"), [("ï»¿", "ï»¿"), ("\ufeff", "\\ufeff")], ids=ascii)
@pytest.mark.parametrize("first", ["id", "company"])
def test_a_byte_order_mark_that_was_saved_as_text_is_named(tmp_path, encoding, mark, shown, first):
    text = f'"{mark}{first}",{"company" if first == "id" else "id"},outcome\nAcme,Acme,offer\n'
    path = write(tmp_path / "a.csv", text, encoding)
    sentence = (
        f"line 1, {first}: '{shown}{first}' begins with a byte order mark that another program saved as text, so that "
        f"the column is not recognised; delete what stands before {first!r} there, look whether letters such as é and "
        "ü are right, and save the file as UTF-8"
    )
    assert refusal(load_interviews, path, on_problem="raise") == sentence
    assert check_interviews(path).iloc[:, :3].to_numpy().tolist() == [[1, first, mark + first]]
    kept = Journal(tmp_path)
    (tmp_path / "interviews.csv").write_bytes(path.read_bytes())
    assert [str(problem) for problem in kept.interviews().attrs["problems"]] == [sentence]
    write(path, text.replace(mark, ""), encoding)
    assert check_interviews(path).empty


def test_another_table_is_refused(tmp_path):
    path = write(tmp_path / "a.csv", "x,y\n1,2\n")
    sentence = (
        "a.csv: none of its columns is one of id, person, company, role, stage, format, interviewed_on …; "
        "is it another table?"
    )
    assert refusal(load_interviews, path) == sentence
    assert check_interviews(path)["problem"].tolist() == [sentence.removeprefix("a.csv: ")]


def test_nothing_but_columns_is_no_rows(tmp_path):
    frame = load_interviews(write(tmp_path / "a.csv", "id,company,did_x,interviewed_on\n"))
    assert len(frame) == 0
    assert str(frame["did_x"].dtype) == "boolean"
    assert str(frame["interviewed_on"].dtype) == "datetime64[us]"


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_empty_rows_of_spreadsheets_are_no_records(tmp_path, newline):
    lines = ["id;company;outcome;did_x;notes", "i-1;Acme;;yes;", ";;;;", "", "i-2;Bolt;offer;;", ";;;;", ";;;;"]
    path = write(tmp_path / "a.csv", newline.join(lines) + newline)
    frame = load_interviews(path)
    assert frame["company"].tolist() == ["Acme", "Bolt"]
    assert frame.index.tolist() == [0, 1]
    assert len(check_interviews(path)) == 0
    kept = Journal(write(tmp_path / "mine" / "interviews.csv", path.read_bytes()).parent)
    assert kept.interviews()["id"].tolist() == ["i-1", "i-2"]
    kept.update("interviews", "i-2", {"notes": "x"})
    assert (kept.folder / "interviews.csv").read_bytes() == path.read_bytes().replace(b"offer;;", b"offer;;x")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_every_encoding_that_says_so_are_read_without_a_word(tmp_path, encoding):
    frame = load_interviews(write(tmp_path / "a.csv", "company;notes\nCafé;☕\n", encoding))
    assert frame.loc[0, ["company", "notes"]].tolist() == ["Café", "☕"]
    assert frame.attrs["notes"] == []


def test_windows_1252_is_read_with_a_note(tmp_path):
    path = write(tmp_path / "interviews.csv", "company,notes\nCafé,5 €\n", "cp1252")
    note = (
        "interviews.csv is read as Windows-1252, since it is not UTF-8; look whether letters such as é and ü are right"
    )
    with pytest.warns(RecordsWarning) as warned:
        frame = load_interviews(path, on_problem="raise")
    assert [str(warning.message) for warning in warned] == [note]
    assert warned[0].filename == __file__
    assert frame.loc[0, ["company", "notes"]].tolist() == ["Café", "5 €"]
    assert (frame.attrs["notes"], frame.attrs["problems"]) == ([note], [])
    assert load_interviews(path, on_problem="ignore").attrs["notes"] == [note]
    assert Journal(tmp_path).interviews().attrs["notes"] == [note]
    assert len(check_interviews(path)) == 0


@pytest.mark.parametrize("on_problem", ["warn", "raise", "ignore"])
def test_a_file_that_cannot_be_parsed_is_refused_and_checked_by_line(tmp_path, on_problem):
    path = write(tmp_path / "a.csv", "id,company\ni-1,Acme,,\ni-2,Bolt,x\n")
    lines = ["line 2: has 4 cells where the header has 2", "line 3: has 3 cells where the header has 2"]
    assert refusal(load_interviews, path, on_problem=on_problem) == "\n".join(f"a.csv: {line}" for line in lines)
    assert check_interviews(path)["line"].tolist() == [2, 3]


def test_what_cannot_be_opened_raises_everywhere(tmp_path):
    for function in (load_interviews, check_interviews):
        missing = tmp_path / "none.csv"
        assert refusal(function, missing) == f"{missing} is not there; name the CSV of your interviews"
    assert refusal(check_interviews, str(tmp_path)) == f"{tmp_path} is a folder; name the CSV in it"
    into = "put each person's CSV into it, named as the person, or their folder of records"
    assert refusal(load_interviews, str(tmp_path)) == f"no interviews are in {tmp_path}; {into}"


def test_on_problem_takes_three_words(tmp_path):
    sentence = "on_problem is 'shout'; it must be 'warn', 'raise' or 'ignore'"
    assert refusal(load_interviews, tmp_path, on_problem="shout", error=ValueError) == sentence


def test_problems_do_not_get_in_the_way_of_pandas(tmp_path):
    path = write(tmp_path / "a.csv", "id,company,outcome\ni-1,Acme,callbck\ni-2,Bolt,offer\n")
    frame = load_interviews(path, on_problem="ignore")
    other = load_interviews(write(tmp_path / "b.csv", TWO))
    assert len(pd.concat([frame, frame, other])) == 6
    assert frame.merge(other, on="id")["id"].tolist() == ["i-1", "i-2"]
    assert frame[frame["company"] == "Acme"].attrs["problems"] is frame.attrs["problems"]
    assert frame.copy().equals(frame)
    assert pickle.loads(pickle.dumps(frame)).attrs == frame.attrs  # noqa: S301
    assert "Acme" in repr(frame)
    frame.to_parquet(io.BytesIO())


# Many files


def test_many_files_are_one_frame_with_a_person_each(tmp_path):
    ana = write(tmp_path / "ana.csv", "id,person,company,did_x,color\ni-1,,Acme,yes,red\ni-2,Eve,Bolt,,\n")
    bob = write(tmp_path / "bob.csv", "id,company,outcome\ni-3,Corp,offer\n")
    frame = load_interviews(path for path in (ana, str(bob)))
    assert frame["person"].tolist() == ["ana", "Eve", "bob"]
    assert frame["color"].tolist() == ["red", "", ""]
    assert frame["did_x"].tolist() == [True, pd.NA, pd.NA]
    assert frame["outcome"].tolist() == ["pending", "pending", "offer"]
    assert str(frame["did_x"].dtype) == "boolean"
    assert (frame.attrs["problems"], frame.attrs["notes"]) == ([], [])


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    paths = [write(tmp_path / person / "interviews.csv", "company,outcome\nAcme,x\n") for person in ("ana", "bob")]
    frame = load_interviews(paths, on_problem="ignore")
    assert frame["person"].tolist() == ["ana", "bob"]
    assert [str(problem) for problem in frame.attrs["problems"]] == [
        f"line 2, {path}, outcome: 'x' is not one of {OUTCOMES}" for path in paths
    ]
    paths[1].write_bytes(b"company\nA,B\n")
    assert refusal(load_interviews, paths) == f"{paths[1]}: line 2: has 2 cells where the header has 1"


def test_files_that_differ_by_their_ending_alone_are_two_people(tmp_path):
    paths = [write(tmp_path / name, "company\nAcme\n") for name in ("ana.csv", "ana.txt")]
    assert load_interviews(paths)["person"].nunique() == 2


def test_problems_and_notes_of_many_files_name_theirs(tmp_path):
    ana = write(tmp_path / "ana.csv", "company,outcome\nAcme,x\n")
    bob = write(tmp_path / "bob.csv", "company,outcome\nÉtoile,y\n", "cp1252")
    frame = load_interviews([ana, bob], on_problem="ignore")
    assert [str(problem) for problem in frame.attrs["problems"]] == [
        f"line 2, ana.csv, outcome: 'x' is not one of {OUTCOMES}",
        f"line 2, bob.csv, outcome: 'y' is not one of {OUTCOMES}",
    ]
    assert frame.attrs["notes"][0].startswith("bob.csv is read as Windows-1252")


def test_no_file_and_a_file_twice_are_refused(tmp_path):
    path = write(tmp_path / "ana.csv", "company\nAcme\n")
    again = tmp_path / "x" / ".." / "ana.csv"
    (tmp_path / "x").mkdir()
    assert refusal(load_interviews, []) == "no file was named; name at least one CSV of interviews"
    assert refusal(load_interviews, [path, again]) == f"{again} is named twice; its interviews would count double"


# The fast and the strict reader


def read_by(reader, raw, *, at_least):
    """Return the typed frame and the problems that a reader finds where the fast one takes files of some size."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(arrow, "FAST_READER_BYTES", at_least)
        try:
            return reader(raw)
        except RecordsError as error:
            return str(error)


def from_file(path):
    """Return a reader that takes the bytes from a file."""

    def read(raw):
        path.write_bytes(raw)
        return reading.read_table(path, INTERVIEWS)

    return read


def from_content(raw):
    """Return the same of bytes that are in memory."""
    return reading.typed_frame(parse_document(raw, "x.csv"), INTERVIEWS)[:2]


def agree(read, raw, block=1 << 21):
    expected = read_by(read, raw, at_least=1 << 60)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(arrow, "BLOCK_BYTES", block)
        found = read_by(read, raw, at_least=0)
    if isinstance(expected, str):
        assert found == expected
        return
    pd.testing.assert_frame_equal(found[0], expected[0])
    assert found[1] == expected[1]


@pytest.mark.parametrize(
    "raw",
    [
        b"a,b\n",
        b"a,b\nNA,null\n007,\n",
        b'a,b\n5" disk,"x ""y"""\nit"s,\n',
        b"a,b\r1,2\r\r3,4\r",
        b"a,b\r\n\r\n1,2\r\n\r\n\n3,4",
        b'a,b\n"x\r\ny\rz\n",\0\n',
        "a,b\n\ufeffx,\ufeff\n".encode(),
        "a;b\n\u2028;é,\t\n".encode("utf-16"),
        b"sep=\t\na\tb\n1,5\t2\n",
        b"a,b\n" + b"x" * 300_000 + b",y\n",
        b'a\n""\n"  "\n',
        b"a,a\n1,2\n,\n",
        b"a,b\n#,\\\n\\\",'\n",
        b"a,b\n1\n",
        b"a,b\n1,2,3\n\n4\n",
        b'a,b\n1,"2\n',
        b'a,b\n1,"2"x\n',
        b"a,b\n<<<<<<< mine\n1,2\n",
        b'a,b\n1,"x\n=======\ny"\n',
        b'a,b\n"a""",a""\n',
        b"\xff\x81,b\n",
        b"\n \n",
        b"\xef\xbb\xbf",
    ],
    ids=lambda raw: repr(raw[:20]),
)
@pytest.mark.parametrize("block", [7, 64, 1 << 21])
def test_the_readers_agree(raw, block, tmp_path):
    agree(from_content, raw, block)
    agree(from_file(tmp_path / "x.csv"), b"id,company\n" + raw.removeprefix(b"a,b\n"), block)


@pytest.mark.full
@pytest.mark.parametrize(
    "cells",
    [
        ["rejected after a very long wait", "rejected", "no reply", "rejected, I think"],
        ['"on ""hold"""', 'on "hold"', '"rejected"', "'=offer"],
        ["withdrawn", "Withdrawn ", "  offer", "offer\0", "öffer", "öffer öffer ö", "no reply\0no reply"],
        [f"word {number}" for number in range(40_000)],
        [f"{year}-{month:02}-{day:02}" for year in range(1900, 2030) for month in range(1, 13) for day in (1, 28)],
    ],
    ids=["long", "quoted", "odd bytes", "very many", "many days"],
)
def test_the_readers_agree_on_columns_of_any_words(cells, tmp_path):
    rows = "".join(f"i-{at},{cell},{cell},{cell},Acme\n" for at, cell in enumerate(cells))
    raw = f"id,outcome,stage,interviewed_on,company\n{rows}".encode()
    agree(from_file(tmp_path / "x.csv"), raw, 1 << 16)
    agree(from_content, raw)


@pytest.mark.full
@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["id", "id,company", '"did_h";k', "company\tstage", "did_h,k", "outcome,id"]),
    st.lists(
        st.sampled_from(
            [*"ab\",;\t\n\r \ufeffé\0#'\\", "\r\n", '""', '"a,b"', '"c\nd"', '"e\rf"', 'x"y', "NA", "a,b\n", "a;b\r\n"]
        ),
        max_size=14,
    ),
    st.sampled_from([5, 12, 1 << 21]),
)
def test_the_readers_agree_on_whatever_they_are_given(header, texts, block):
    raw = f"{header}\n{''.join(texts)}".encode()
    agree(from_content, raw, block)
    with tempfile.TemporaryDirectory() as folder:
        agree(from_file(Path(folder) / "x.csv"), raw, block)


SHORT = [
    "yes",
    "no",
    "",
    "1",
    "5",
    "y",
    "70",
    "x",
    '""',
    '"yes"',
    '"a,b"',
    "offer",
    "a longer word",
    "é",
    "no\0",
]
ROW = st.one_of(st.lists(st.sampled_from(SHORT), min_size=7, max_size=7).map(",".join), st.just(",,,,,,"))


@pytest.mark.full
@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(ROW, st.sampled_from(["\n", "\r\n"])).map("".join), min_size=1),
    st.integers(1, 3),
    st.sampled_from([120, 1 << 21]),
    st.sampled_from([["*"], ["did_a", "did_b", "did_c"], ["rated_*", "outcome"]]),
)
def test_many_short_cells_are_in_no_doubt_for_the_fast_reader(rows, times, block, wanted):
    asked = reading.ColumnSelector(wanted)
    raw = f"did_a,rated_calm,did_b,chance,did_c,outcome,did_d\n{''.join(rows) * times}".encode()
    document = parse_document(raw, "x.csv")
    expected = reading.typed(reading.strict_cells(document, INTERVIEWS), INTERVIEWS, asked)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(arrow, "BLOCK_BYTES", block)
        patched.setattr(arrow, "FAST_READER_BYTES", 0)
        path = write(Path(folder) / "x.csv", raw)
        cells = arrow.cells_of_file(path, INTERVIEWS, asked)
        frame, problems, filled, _ = reading.typed(cells, INTERVIEWS, asked)
    pd.testing.assert_frame_equal(frame, expected.frame)
    assert problems == expected.problems
    assert filled.tolist() == expected.filled.tolist()


DAYS = ["2026-04-03", "0000-01-01", "0001-01-01", "9999-12-31", " 2026-04-03", "2026-02-30", "3 April 2026", "2026-04"]
MOMENTS = ["2026-04-03 10:00", "2026-04-03", "2026-04-03 00:00", "2026-04-03T10:00:07.9", "2026-04-03 10:00Z", "10:00"]
NUMBERS = ["3", "03", "0x3", "3.0", "+3", "6", "-1", "1e0", " 5 ", "50", "1", "0.5", "99.5", "70%", "nan", "inf"]


@pytest.mark.full
@pytest.mark.parametrize(
    ("column", "values"),
    [("interviewed_on", DAYS), ("debriefed_at", MOMENTS), ("rated_calm", NUMBERS), ("chance", NUMBERS)],
)
def test_the_readers_agree_on_each_value_alone(column, values, tmp_path):
    for value in values:
        for raw in (f"id,{column}\ni-1,{value}\n", f'{column}\n"{value}"\n'):
            agree(from_file(tmp_path / "x.csv"), raw.encode())


@pytest.mark.parametrize(
    "raw",
    [
        b"notes\nx\n<<<<<<< mine\n",
        b'notes\n"<<<<<<< mine"\n',
        b"notes,id\nx,\n>>>>>>> a,b\n",
        b"outcome\noffer\n=======\n",
        b"did_x\n||||||| no\n",
        b"company\n\xef\xbb\xbfAcme\n",
        b"\xef\xbb\xbfcompany\n\xef\xbb\xbfAcme\n",
        b"did_x,notes\nyes,\xff\n",
        b"did_x,notes\nyes,\n,\n,x\n",
        b"notes,did_x,id\n,yes,\n,,\n,,i-1\n",
        b"\xff\xfei\0d\0\n\0",
    ],
)
def test_what_pyarrow_lets_pass_is_seen(raw, tmp_path):
    agree(from_file(tmp_path / "x.csv"), raw)
    for reader in (from_file(tmp_path / "x.csv"), lambda raw: some_columns(tmp_path / "x.csv", raw)):
        agree(reader, raw)


def some_columns(path, raw):
    path.write_bytes(raw)
    return reading.read_table(path, INTERVIEWS, wanted=reading.ColumnSelector(["did_*", "company"]))


def test_lines_are_of_the_bytes_that_were_read_even_where_the_file_changes_meanwhile(tmp_path, monkeypatch):
    path = write(tmp_path / "a.csv", "company,outcome\nAcme,offer\nBolt,callbck\n")
    monkeypatch.setattr(arrow, "FAST_READER_BYTES", 0)
    columns_of = arrow.columns_of

    def and_then_the_file_changes(*arguments):
        columns = columns_of(*arguments)
        write(path, "company,outcome\n\n\nCorp,callbck\n")
        return columns

    monkeypatch.setattr(arrow, "columns_of", and_then_the_file_changes)
    frame = load_interviews(path, on_problem="ignore")
    assert frame["company"].tolist() == ["Corp"]
    assert [str(problem) for problem in frame.attrs["problems"]] == [
        f"line 4, outcome: 'callbck' is not one of {OUTCOMES}"
    ]


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\xa0 ", '" "', "'=1", "''"])
def test_the_readers_agree_on_space_and_apostrophes(text):
    agree(from_content, f"company,id\nAcme,i-1\n{text},i-2\nAcme,i-3\n".encode())


def test_a_large_file_is_read_by_the_fast_reader_with_the_same_problems(tmp_path, monkeypatch):
    path = write(tmp_path / "a.csv", 'id,company,outcome\ni-1,"A\nB",callbck\n\ni-2,,offer\n,,\n')
    strict = load_interviews(path, on_problem="ignore")
    monkeypatch.setattr(arrow, "FAST_READER_BYTES", 0)
    fast = load_interviews(path, on_problem="ignore")
    pd.testing.assert_frame_equal(fast, strict)
    assert [str(problem) for problem in fast.attrs["problems"]] == [
        f"line 2, outcome: 'callbck' is not one of {OUTCOMES}",
        "line 5, company: is empty; company is needed",
    ]


# Only some columns


def test_only_the_columns_that_are_asked_for_are_read_and_spoken_of(tmp_path, monkeypatch):
    path = write(
        tmp_path / "a.csv", "id,company,did_smile,rated_calm,outcome,notes\ni-1,Acme,maybe,9,offer,x\ni-1,,yes,4,,y\n"
    )
    for at_least in (1 << 60, 0):
        monkeypatch.setattr(arrow, "FAST_READER_BYTES", at_least)
        with pytest.warns(RecordsWarning, match="^line 2, did_smile: 'maybe' is not yes or no$"):
            frame = load_interviews(path, columns=["outcome", "did_*", "outcome_on"])
        assert list(frame.columns) == ["did_smile", "outcome", "outcome_on"]
        whole = load_interviews(path, on_problem="ignore")
        pd.testing.assert_frame_equal(frame, whole[["did_smile", "outcome", "outcome_on"]])


def test_a_record_that_is_empty_but_for_a_column_not_read_is_still_a_record(tmp_path, monkeypatch):
    path = write(tmp_path / "a.csv", "company,outcome,notes\nAcme,offer,\n,,only a note\n,,\n")
    for at_least in (1 << 60, 0):
        monkeypatch.setattr(arrow, "FAST_READER_BYTES", at_least)
        frame = load_interviews(path, columns=["outcome"], on_problem="ignore")
        assert frame["outcome"].tolist() == ["offer", "pending"]


def test_columns_of_several_files_come_with_their_person(tmp_path):
    paths = [write(tmp_path / f"{name}.csv", "company,outcome\nAcme,offer\n") for name in ("ada", "ben")]
    frame = load_interviews(paths, columns=["outcome"])
    assert frame.to_dict("list") == {"outcome": ["offer", "offer"], "person": ["ada", "ben"]}


def test_a_column_that_no_file_has_is_named(tmp_path):
    path = write(tmp_path / "a.csv", "company,outcome\nAcme,offer\n")
    with pytest.raises(
        ValueError, match=r"^columns names 'outcom', but the file has no such column; did you mean 'outcome'\?$"
    ):
        load_interviews(path, columns=["outcom"])
    with pytest.raises(ValueError, match=r"^columns is 'outcome'; it must be a list of names, such as \['outcome'\]$"):
        load_interviews(path, columns="outcome")


@pytest.mark.full
def test_a_large_file_in_windows_1252_is_read_as_a_small_one_is(tmp_path):
    rows = "".join(f"i-{number},Café {number},yes,{'n' * 80}\n" for number in range(90_000))
    path = write(tmp_path / "a.csv", "id,company,did_smile,notes\n" + rows, "cp1252")
    assert path.stat().st_size > arrow.FAST_READER_BYTES
    with pytest.warns(RecordsWarning, match="a.csv is read as Windows-1252"):
        frame = load_interviews(path)
    assert frame["company"].iloc[-1] == "Café 89999"
    assert frame["did_smile"].all()


# Adding


def test_the_folder_is_made_at_the_first_save_and_private(tmp_path):
    kept = Journal(tmp_path / "data" / "mine")
    assert len(kept.interviews()) == len(kept.questions()) == len(kept.contacts()) == len(kept.follow_ups()) == 0
    assert not (tmp_path / "data").exists()
    key = kept.add("interviews", {"company": "Acme"})
    assert key.startswith("i-")
    assert len(key) == 12
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((kept.folder / "interviews.csv").stat().st_mode) == 0o600
    header = ",".join(INTERVIEWS.names)
    raw = (kept.folder / "interviews.csv").read_bytes()
    assert raw == UTF8_MARK + f"{header}\n{key},,Acme{',' * (len(INTERVIEWS.names) - 3)}\n".encode()


def test_a_whole_debrief_comes_back(tmp_path):
    values = {
        "company": "=Acme, Inc",
        "stage": "Phone Screen",
        "format": "zoom",
        "interviewed_on": date(2026, 4, 3),
        "ended_at": time(14, 30),
        "debriefed_at": datetime(2026, 4, 3, 15, 0, 9),
        "did_prepare": True,
        "did_drink_coffee": False,
        "rated_calm": 4,
        "chance": 70,
        "notes": 'line\r\none\rtwo "q" \u2028 ' + "x" * 300_000,
        "focus": "did_prepare",
        "outcome": "pending",
    }
    kept = Journal(tmp_path)
    key = kept.add("interviews", values)
    row = Journal(tmp_path).interviews().iloc[0]
    assert row["id"] == key
    expected = values | {"stage": "screen", "format": "video", "interviewed_on": pd.Timestamp("2026-04-03")}
    assert {name: row[name] for name in values} == expected
    assert pd.isna(row["did_give_examples"])


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_comes_back(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("text")
    kept = Journal(folder)
    kept.add("interviews", {"company": "Acme", "notes": text, "role": f"={text}"})
    row = Journal(folder).interviews().iloc[0]
    assert (row["notes"], row["role"]) == (text, f"={text}")


def test_half_a_character_is_refused_and_nothing_is_saved(tmp_path):
    kept = Journal(tmp_path / "mine")
    sentence = "the text holds half of a character (U+D800), which no file can keep; delete it and save again"
    for values in ({"notes": "\ud800"}, {"id": "i-\ud800"}, {"did_\ud800": True}):
        assert refusal(kept.add, "interviews", {"company": "Acme", **values}) == sentence
    assert not (kept.folder / "interviews.csv").exists()


def test_every_value_that_is_refused_is_named_at_once(mine, csv):
    values = {
        "compny": "Acme",
        "interviewed_on": "03/04/2026",
        "rated_calm": 9,
        "did_smile ": True,
        "shoe_size": 43,
        "outcome": "callbck",
    }
    assert refusal(mine.add, "interviews", values) == "\n".join(
        [
            "compny: the table has no such column; is it 'company'?",
            "interviewed_on: '03/04/2026' can be 2026-03-04 or 2026-04-03; write the one you mean",
            "rated_calm: '9' is not a whole number from 1 to 5",
            "did_smile : the table has no such column; is it 'did_smile'?",
            "shoe_size: the table has no such column; a behavior begins with did_, a rating with rated_",
            f"outcome: 'callbck' is not one of {OUTCOMES}",
            "company: is empty; company is needed",
        ]
    )
    assert refusal(mine.update, "interviews", "i-1", {"company": " "}) == "company: is empty; company is needed"
    assert refusal(mine.add, "jobs", {}, error=ValueError) == (
        "'jobs' is not a table; the tables are interviews, questions, contacts, follow_ups, stories"
    )
    assert csv.read_text() == TWO


def test_a_space_for_a_number_is_nothing(mine, csv):
    mine.update("interviews", "i-1", {"chance": " ", "rated_calm": "", "interviewed_on": " "})
    assert csv.read_text() == TWO


@pytest.mark.parametrize("key", ["i-abc", 'a"b', '"', '""', "=1+1", "x,y", "é", " x "])
def test_an_add_that_is_tried_again_makes_no_second_row(mine, csv, key):
    values = {"id": key, "company": "Corp", "did_new": True, "interviewed_on": date(2026, 4, 3), "chance": None}
    assert mine.add("interviews", values) == key
    raw = csv.read_bytes()
    assert Journal(mine.folder).add("interviews", values) == key
    assert csv.read_bytes() == raw
    assert mine.interviews()["id"].tolist() == ["i-1", "i-2", key]
    mine.update("interviews", key, {"outcome": "offer"})
    assert mine.add("interviews", values) == key
    theirs = {"company": "Corp", "outcome": "offer"}
    with pytest.raises(ConflictError) as error:
        mine.add("interviews", {**values, "outcome": "rejected"})
    assert str(error.value) == (
        "Corp was changed elsewhere in the meantime (Outcome); nothing was saved. Look at both versions, and save again"
    )
    assert error.value.mine["outcome"] == "rejected"
    assert {name: error.value.theirs[name] for name in theirs} == theirs


@pytest.mark.parametrize("missing", [None, "", float("nan"), pd.NA])
def test_a_missing_id_is_made(tmp_path, missing):
    assert Journal(tmp_path).add("interviews", {"id": missing, "company": "Acme"}).startswith("i-")


def test_a_new_behavior_is_added_on_the_fly(mine, csv):
    key = mine.add("interviews", {"company": "Corp", "did_smile": True, "rated_energy": pd.NA, "did_nod": None})
    assert csv.read_text() == (
        "id,company,outcome,did_smile\ni-1,Acme,pending,\ni-2,Bolt,rejected,\n" + f"{key},Corp,,yes\n"
    )
    mine.undo()
    assert mine.interviews()["did_smile"].isna().all()


def test_other_tables_are_kept_too(tmp_path):
    kept = Journal(tmp_path)
    interview = kept.add("interviews", {"company": "Acme"})
    asked = kept.add("questions", {"interview_id": interview, "question": "Why us?", "answered": "ok"})
    met = kept.add("contacts", {"interview_id": interview, "name": "Eve", "email": "-eve@acme.example"})
    due = kept.add(
        "follow_ups", {"interview_id": interview, "contact_id": met, "kind": "thanks", "due_on": "2026-04-04"}
    )
    assert [key[:2] for key in (asked, met, due)] == ["q-", "c-", "f-"]
    assert kept.questions().loc[0, ["interview_id", "answered"]].tolist() == [interview, "okay"]
    assert kept.contacts().loc[0, ["name", "email"]].tolist() == ["Eve", "-eve@acme.example"]
    assert kept.follow_ups().loc[0, ["kind", "due_on"]].tolist() == ["thank-you", pd.Timestamp("2026-04-04")]
    assert refusal(kept.add, "questions", {"topic": "x"}) == "question: is empty; their question is needed"
    assert refusal(kept.add, "contacts", {"did_nod": True}).startswith("did_nod: the table has no such column")


def test_an_emoji_makes_a_windows_1252_file_utf_8_and_loses_nothing(mine, csv):
    write(csv, "id,company,notes\ni-1,Café,5 €\n", "cp1252")
    mine.update("interviews", "i-1", {"notes": "6 €"})
    assert csv.read_bytes() == "id,company,notes\ni-1,Café,6 €\n".encode("cp1252")
    assert mine.notes == {}
    mine.update("interviews", "i-1", {"notes": "😀"})
    assert csv.read_bytes() == UTF8_MARK + "id,company,notes\ni-1,Café,😀\n".encode()
    assert mine.notes == {"interviews": "interviews.csv is now UTF-8, so that it can hold every character"}
    mine.undo()
    assert mine.interviews().loc[0, ["company", "notes"]].tolist() == ["Café", "6 €"]


def test_a_file_without_records_has_an_encoding_a_version_and_columns_of_its_own(tmp_path):
    mine = Journal(tmp_path)
    write(tmp_path / "contacts.csv", "id,name,birthday\nc-1,Ada,1815\n")
    mine.contacts()
    mine.delete("contacts", "c-1")
    assert mine.notes == {}
    assert not mine.changed_outside("contacts")
    mine.add("contacts", {"name": "Bea", "birthday": "1816"})
    assert mine.contacts()["birthday"].tolist() == ["1816"]


@pytest.mark.parametrize("key", ["", None, 7, " "])
def test_what_is_no_id_names_no_record(mine, csv, key):
    write(csv, "id,company,interviewed_on\n,Acme,2026-04-03\n")
    before, said = csv.read_bytes(), f"interviews.csv has no record with the id {key!r}; it may have been deleted"
    assert refusal(mine.delete, "interviews", key).startswith(said)
    assert refusal(mine.update, "interviews", key, {"notes": "x"}).startswith(said)
    assert refusal(mine.update_all, "interviews", {key: {"notes": "x"}}).startswith(said)
    assert csv.read_bytes() == before


@pytest.mark.parametrize("count", [1, 9, 10, 20])
def test_an_id_that_stands_twice_is_refused_among_few_and_many(mine, csv, count):
    write(
        csv,
        "id,company,interviewed_on\n"
        + "".join(f"i-{at},Acme,2026-04-03\ni-{at},Bolt,2026-04-03\n" for at in range(20)),
    )
    rows = {f"i-{at}": {"company": "Acme", "interviewed_on": "2026-04-03"} for at in range(count)}
    said = "the id 'i-0' stands on lines 2 and 3; give one of them another id"
    assert refusal(mine.add_all, "interviews", [{"id": key, **row} for key, row in rows.items()]) == said
    assert refusal(mine.update_all, "interviews", rows) == said


# Every other record to the byte


def stranger(rows=6):
    """Return a CSV as another program writes it: 20 columns of its own, quotes, line ends in cells, CRLF, a mark."""
    header = ["id", "company", "outcome", *(f"their {place}" for place in range(20))]
    lines = [";".join(header)]
    for row in range(rows):
        cells = ['"a ""quoted"" word"', '"two\r\nlines"', " spaced ", "'", "=SUM(A1)", '""', "☕", '"x;y"', "", "7,5"]
        lines.append(";".join([f"i-{row}", f'"Firm {row}"', "Ghosted", *cells, *cells]))
    return UTF8_MARK + ("\r\n".join(lines) + "\r\n").encode()


def test_untouched_records_of_a_strange_file_stay_as_they_are(csv):
    raw = stranger()
    write(csv, raw)
    kept = Journal(csv.parent)
    key = kept.add("interviews", {"company": 'New; "one"', "their 3": "x"})
    added = f'{key};"New; ""one""";;' + ";;;x" + ";" * 16 + "\r\n"
    assert csv.read_bytes() == raw + added.encode()
    kept.undo()
    assert csv.read_bytes() == raw
    kept.undo()
    assert csv.read_bytes() == raw + added.encode()
    kept.undo()

    lines = raw.split(b"\r\ni-")
    kept.update("interviews", "i-2", {"outcome": "offer"})
    after = csv.read_bytes().split(b"\r\ni-")
    assert after[:3] + after[4:] == lines[:3] + lines[4:]
    assert kept.interviews().loc[2, [f"their {place}" for place in range(20)]].tolist() == (
        load_interviews(write(csv.parent / "x.csv", raw)).loc[2, [f"their {place}" for place in range(20)]].tolist()
    )
    kept.undo()
    assert csv.read_bytes() == raw

    kept.delete("interviews", "i-4")
    assert csv.read_bytes().split(b"\r\ni-") == lines[:5] + lines[6:]
    assert kept.undo() == "Took back the deletion of Firm 4, ."[:-3] + "."
    assert csv.read_bytes() == raw

    kept.update("interviews", "i-0", {"did_smile": True})
    for old, new in zip(lines[2:], csv.read_bytes().split(b"\r\ni-")[2:], strict=True):
        assert new.rstrip(b"\r\n") == old.rstrip(b"\r\n") + b";"


# What the caller saw


def test_a_change_to_what_somebody_else_changed_is_refused_with_both_versions(mine, csv):
    seen = mine.interviews().iloc[0].to_dict()
    Journal(mine.folder).update("interviews", "i-1", {"outcome": "offer"})
    raw = csv.read_bytes()
    with pytest.raises(ConflictError) as error:
        mine.update("interviews", "i-1", {"company": "Acme Inc"}, seen=seen)
    assert str(error.value) == (
        "Acme was changed elsewhere in the meantime (Outcome); nothing was saved. Look at both versions, and save again"
    )
    assert (error.value.mine["company"], error.value.mine["outcome"]) == ("Acme Inc", "pending")
    assert error.value.theirs == {"id": "i-1", "company": "Acme", "outcome": "offer"}
    refusal(mine.delete, "interviews", "i-1", seen=seen, error=ConflictError)
    assert csv.read_bytes() == raw
    mine.update("interviews", "i-1", {"company": "Acme Inc"}, seen=mine.interviews().iloc[0])
    assert mine.interviews()["company"].tolist() == ["Acme Inc", "Bolt"]


EVERY_KIND = (
    "id,company,stage,interviewed_on,ended_at,debriefed_at,did_x,did_y,did_z,rated_calm,chance,outcome,outcome_on,notes\n"
    "i-1,Acme,Recruiter,3 April 2026,9:05,2026-04-03T15:00:09.123456,yes,no,,4,0,Ghosted,2026-04-09,'=1\n"
    "i-2,Bolt,,03/04/2026,late,soon,maybe,,,9,0.7,callbck,?,\n"
    "i-3,Corp,,2026-04-03,,2026-04-01 10:00,,,,,,,2026-04-01,\n"
    ",Dust,,,,,,,,,,,,\n"
    ",Dust,,,,,,,,,,,,\n"
)


@pytest.mark.parametrize("row", range(5))
@pytest.mark.parametrize(
    "as_seen", [dict, pd.Series, lambda row: {**row, "their_own": ""}], ids=["row", "series", "more"]
)
def test_a_row_as_the_frame_shows_it_is_no_conflict(csv, row, as_seen):
    write(csv, EVERY_KIND)
    kept = Journal(csv.parent)
    seen = kept.interviews().iloc[row]
    kept.update("interviews", seen["id"], {"notes": "new"}, seen=as_seen(seen.to_dict()))
    after = csv.read_text().splitlines()
    assert after[row + 1].endswith(",new")
    assert (
        after[: row + 1] + after[row + 2 :] == EVERY_KIND.splitlines()[: row + 1] + EVERY_KIND.splitlines()[row + 2 :]
    )


@pytest.mark.parametrize("row", range(3))
def test_a_row_of_a_file_that_lacks_columns_is_no_conflict(csv, row):
    write(csv, "company,color\nAcme,red\nBolt,\nBolt,blue\n")
    kept = Journal(csv.parent)
    frame = kept.interviews()
    assert frame["id"].str.match(r"i-row-[a-z2-7]{10}$").all()
    assert frame["id"].is_unique
    for place in (row, (row + 1) % 3):
        kept.update("interviews", frame["id"][place], {"outcome": "offer"}, seen=frame.iloc[place])
    assert kept.interviews()["id"].tolist() == frame["id"].tolist()
    assert kept.interviews()["outcome"].tolist().count("offer") == 2
    kept.undo()
    kept.delete("interviews", frame["id"][row])
    assert len(kept.interviews()) == 2


@pytest.mark.parametrize(
    ("column", "seen", "text"),
    [
        ("did_x", False, ""),
        ("did_x", pd.NA, "no"),
        ("did_x", True, "no"),
        ("did_x", False, "maybe"),
        ("chance", 0.0, ""),
        ("chance", pd.NA, "0"),
        ("rated_calm", 4, "5"),
        ("interviewed_on", pd.NaT, "2026-04-03"),
        ("interviewed_on", pd.Timestamp("2026-04-03"), "2026-04-04"),
        ("outcome", "pending", "offer"),
        ("outcome", None, "offer"),
        ("stage", float("nan"), "final"),
        ("notes", "", "x"),
        ("notes", "=1", "=2"),
        ("their_own", "x", "y"),
    ],
)
def test_any_difference_is_a_conflict(csv, column, seen, text):
    raw = f"id,company,{column}\ni-1,Acme,{text}\n"
    kept = Journal(write(csv, raw).parent)
    words = schema.label(column)
    title = "Acme, final" if column == "stage" else "Acme"
    assert refusal(kept.update, "interviews", "i-1", {"role": "x"}, seen={column: seen}, error=ConflictError) == (
        f"{title} was changed elsewhere in the meantime ({words}); nothing was saved. "
        "Look at both versions, and save again"
    )
    assert csv.read_text() == raw


def test_a_record_that_is_gone_or_there_twice_is_named(mine, csv):
    sentence = "interviews.csv has no record with the id 'i-9'; it may have been deleted elsewhere"
    assert refusal(mine.update, "interviews", "i-9", {"notes": "x"}) == sentence
    assert refusal(mine.delete, "interviews", "i-9") == sentence
    assert refusal(mine.delete, "questions", "i-9") == sentence.replace("interviews", "questions")
    write(csv, TWO + "i-1,Corp,\n")
    assert refusal(mine.delete, "interviews", "i-1") == (
        "the id 'i-1' stands on lines 2 and 4; give one of them another id"
    )


def test_two_journals_of_one_folder_see_each_other(mine, csv):
    tab = Journal(mine.folder)
    assert len(tab.interviews()) == 2
    mine.add("interviews", {"id": "i-3", "company": "Corp"})
    assert tab.changed_outside()
    tab.add("interviews", {"id": "i-4", "company": "Dust"})
    assert tab.interviews()["id"].tolist() == mine.interviews()["id"].tolist() == ["i-1", "i-2", "i-3", "i-4"]
    assert not tab.changed_outside()
    assert not mine.changed_outside()
    assert tab.undo() == "Took back the new record Dust."
    mine.interviews()
    assert mine.undo() == "Took back the new record Corp."  # its own last change, not that of the other
    assert mine.undo() == "Brought back the new record Corp."
    tab.interviews()
    tab.delete("interviews", "i-1")
    assert refusal(mine.add, "interviews", {"company": "Echo"}) == (
        "interviews.csv has 2 records, and had 3 when last read here; nothing was saved. "
        "Read it again and look whether that is meant, or restore a backup"
    )
    mine.interviews()
    mine.add("interviews", {"company": "Echo"})


def test_no_operation_stops_a_retry_after_a_reload(mine, csv):
    csv.unlink()
    mine.add("interviews", {"company": "Corp"})  # never read here: begins anew
    csv.unlink()
    sentence = (
        f"interviews.csv was here and is gone from {mine.folder}; nothing was saved. Put it back, or restore a backup"
    )
    assert refusal(mine.add, "interviews", {"company": "Dust"}, error=LostFileError) == sentence
    assert refusal(mine.interviews, error=LostFileError) == sentence


# Taking back


def test_nothing_to_take_back(tmp_path):
    assert Journal(tmp_path / "mine").undo() == "There is nothing to take back yet."
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"null", b'"x"', b"\xff"])
def test_a_broken_note_is_nothing_to_take_back(mine, broken):
    write(mine.folder / ".backups" / "last_operation.json", broken)
    assert mine.undo() == "There is nothing to take back yet."
    mine.delete("interviews", "i-1")
    assert mine.undo() == "Took back the deletion of Acme."


@pytest.mark.parametrize(
    ("operate", "title"),
    [
        (
            lambda kept: kept.add("interviews", {"id": "i-3", "company": "Corp", "stage": "final"}),
            "the new record Corp, final",
        ),
        (lambda kept: kept.update("interviews", "i-1", {"company": "=Acme"}), "the change to =Acme"),
        (lambda kept: kept.delete("interviews", "i-1"), "the deletion of Acme"),
        (lambda kept: kept.delete("interviews", "i-2"), "the deletion of Bolt"),
    ],
)
def test_undo_takes_back_and_brings_back(csv, operate, title):
    raw = "id,company,stage\ni-1,Acme,\ni-2,Bolt,\n"
    kept = Journal(write(csv, raw).parent)
    operate(kept)
    after = csv.read_text()
    for _ in range(2):
        assert Journal(kept.folder).undo() == f"Took back {title}."
        assert csv.read_text() == raw
        kept.interviews()
        assert kept.undo() == f"Brought back {title}."
        assert csv.read_text() == after


def test_undo_of_a_delete_puts_the_row_back_in_its_place(mine, csv):
    mine.add("interviews", {"id": "i-3", "company": "Corp"})
    mine.delete("interviews", "i-2")
    write(csv, csv.read_text() + "i-4,Dust,\n")
    mine.undo()
    assert mine.interviews()["id"].tolist() == ["i-1", "i-2", "i-3", "i-4"]


@pytest.mark.parametrize(
    ("operate", "edit", "sentence"),
    [
        (
            lambda kept: kept.update("interviews", "i-1", {"outcome": "offer"}),
            ("offer", "rejected"),
            "the change to Acme cannot be taken back: the record has been changed since",
        ),
        (
            lambda kept: kept.add("interviews", {"id": "i-3", "company": "Corp"}),
            ("Corp", "Corp Ltd"),
            "the new record Corp cannot be taken back: the record has been changed since",
        ),
        (
            lambda kept: kept.delete("interviews", "i-1"),
            ("i-2,Bolt", "i-1,Acme Inc,\ni-2,Bolt"),
            "the deletion of Acme cannot be taken back: the record has been changed since",
        ),
        (
            lambda kept: kept.delete("interviews", "i-1"),
            ("id,company,outcome", "id,outcome,company"),
            "the deletion of Acme cannot be taken back: the columns of interviews.csv have been changed since",
        ),
    ],
)
def test_undo_after_somebody_elses_change_is_refused(mine, csv, operate, edit, sentence):
    operate(mine)
    raw = write(csv, csv.read_text().replace(*edit)).read_bytes()
    assert refusal(mine.undo, error=ConflictError) == sentence
    assert csv.read_bytes() == raw


def test_undo_fits_a_record_to_columns_that_came_since(mine, csv):
    mine.delete("interviews", "i-1")
    write(csv, "id,company,outcome,did_x\ni-2,Bolt,rejected,no\n")
    mine.undo()
    assert csv.read_text() == "id,company,outcome,did_x\ni-1,Acme,pending,\ni-2,Bolt,rejected,no\n"


def test_a_note_whose_operation_never_happened_does_no_harm(mine, csv):
    mine.delete("interviews", "i-1")
    write(csv, TWO)  # as after a crash between the note and the replacing
    assert refusal(mine.undo, error=ConflictError) == (
        "the deletion of Acme cannot be taken back: the record has been changed since"
    )
    assert csv.read_text() == TWO


THREE = [{"id": f"i-{name}", "company": name.title(), "stage": "screen"} for name in ("aaa", "bbb", "ccc")]


def test_many_records_come_in_as_one_operation_that_one_undo_takes_back(mine, csv):
    assert mine.add_all("interviews", THREE) == (["i-aaa", "i-bbb", "i-ccc"], [], [])
    after = csv.read_bytes()
    assert list(mine.interviews()["company"]) == ["Acme", "Bolt", "Aaa", "Bbb", "Ccc"]
    assert mine.undo() == "Took back the 3 new records."
    assert list(mine.interviews()["company"]) == ["Acme", "Bolt"]
    assert mine.undo() == "Brought back the 3 new records."
    assert csv.read_bytes() == after


def test_the_same_records_again_add_nothing_and_what_was_changed_since_is_kept(mine, csv):
    mine.add_all("interviews", pd.DataFrame(THREE))
    mine.update("interviews", "i-bbb", {"stage": "final"})
    before = csv.read_bytes()
    assert mine.add_all("interviews", THREE) == ([], ["i-aaa", "i-ccc"], ["i-bbb"])
    assert csv.read_bytes() == before


def test_columns_that_are_meant_come_with_many_records(mine):
    rows = [{"company": "Corp", "Salary": "55k", "Where I heard of it": ""}, {"company": "Corp 2", "Salary": "=1+1"}]
    assert refusal(mine.add_all, "interviews", rows).startswith("record 1, Salary: the table has no such column")
    mine.add_all("interviews", pd.DataFrame(rows), new_columns=True)
    assert mine.interviews()["Salary"].tolist() == ["", "", "55k", "=1+1"]
    for name in ("=cmd", "two\nlines", " space", ""):
        with pytest.raises(RecordsError, match="the table has no such column"):
            mine.add_all("interviews", [{"company": "Corp", name: "x"}], new_columns=True)


def test_many_records_are_taken_back_by_another_session(mine):
    many = [{"id": f"i-{number:03}", "company": f"Corp {number}"} for number in range(40)]
    mine.add_all("interviews", many)
    other = Journal(mine.folder)
    other.undo()
    assert len(other.interviews()) == 2
    other.add("interviews", {"id": "i-new", "company": "New"})
    other.undo()
    assert len(other.interviews()) == 2


def test_many_records_with_problems_are_refused_whole_by_their_numbers(mine, csv):
    rows = [*THREE, {"company": "", "stage": "screen"}, {"company": "D", "chance": 101}, {**THREE[0], "company": "E"}]
    with pytest.raises(RecordsError) as error:
        mine.add_all("interviews", rows)
    lines = str(error.value).splitlines()
    assert lines[0] == "record 4, company: is empty; company is needed"
    assert lines[1].startswith("record 5, chance: '101'")
    assert lines[2] == "record 6, id: 'i-aaa' is the id of an earlier one; give it another"
    assert list(mine.interviews()["company"]) == ["Acme", "Bolt"]


def test_a_transaction_is_taken_back_as_one(mine, csv):
    with mine.transaction("the debrief of Corp"):
        key = mine.add("interviews", {"company": "Corp"})
        mine.add("questions", {"interview_id": key, "question": "Why us?"})
        mine.add("questions", {"interview_id": key, "question": "Why now?"})
        mine.update("interviews", key, {"outcome": "offer"})
        mine.delete("interviews", "i-1")
        refusal(mine.delete, "interviews", "i-9")
    after = files_of(mine.folder)
    assert mine.undo() == "Took back the debrief of Corp."
    assert csv.read_text() == TWO
    assert len(mine.questions()) == 0
    assert mine.undo() == "Brought back the debrief of Corp."
    assert {
        name: raw for name, raw in files_of(mine.folder).items() if name in ("interviews.csv", "questions.csv")
    } == {name: after[name] for name in ("interviews.csv", "questions.csv")}
    write(mine.folder / "questions.csv", (mine.folder / "questions.csv").read_text().replace("now", "then"))
    before = csv.read_bytes()
    assert refusal(mine.undo, error=ConflictError) == (
        "the debrief of Corp cannot be taken back: the record has been changed since"
    )
    assert csv.read_bytes() == before


def a_debrief(kept):
    """Save an interview with what belongs to it, as the form does."""
    with kept.transaction("the debrief of Corp"):
        kept.add("interviews", {"id": "i-3", "company": "Corp"})
        kept.add("questions", {"interview_id": "i-3", "question": "Why us?"})
        kept.add("questions", {"interview_id": "i-3", "question": "Why now?"})
        kept.add("contacts", {"interview_id": "i-3", "name": "Kim"})


def saved_of_the_debrief(folder):
    """Return how many records of the debrief are there, by table, as a new session finds them."""
    kept = Journal(folder)
    return [int((kept.interviews()["id"] == "i-3").sum()), len(kept.questions()), len(kept.contacts())]


def test_a_transaction_with_a_table_that_cannot_be_read_saves_nothing(mine, csv):
    write(mine.folder / "questions.csv", 'id,question\nq-1,"Why\n')
    assert "a quote is opened here and never closed" in refusal(a_debrief, mine)
    assert csv.read_text() == TWO
    assert not (mine.folder / "contacts.csv").exists()


@pytest.mark.full
@pytest.mark.parametrize("fault", ["EIO", "ENOSPC", "EACCES", "stopped"])
def test_whichever_call_of_a_transaction_fails_it_is_all_or_nothing(mine, csv, monkeypatch, fault):
    monkeypatch.setattr(disk.time, "sleep", lambda seconds: None)
    mine.add("questions", {"id": "q-0", "question": "Where?"})
    start = {name: raw for name, raw in files_of(mine.folder).items() if ".backups" not in name}

    def reset():
        for path in mine.folder.rglob("*"):
            if path.is_file():
                path.unlink()
        for name, raw in start.items():
            write(mine.folder / name, raw)

    found = set()
    for error, said in failing(monkeypatch, (fault, "once"), lambda: a_debrief(Journal(mine.folder)), reset):
        after = saved_of_the_debrief(mine.folder)
        assert after in ([0, 1, 0], [1, 3, 1]), said
        assert not isinstance(error, RecordsError) or after == [0, 1, 0], said
        assert [path for path in mine.folder.rglob("*.tmp") if path.is_file()] == [], said
        found.add(after[0])
    assert found == {0, 1}


def test_where_the_second_table_is_refused_the_first_is_put_back_and_the_second_left_alone(mine, csv, monkeypatch):
    put, times = csv_file.CsvFile.put, []

    def refused(file, *arguments, **options):
        times.append(file.path.name)
        if file.path.name == "questions.csv":
            write(file.path, "id,question\nq-9,Theirs?\n")
            raise RecordsError("refused")
        return put(file, *arguments, **options)

    mine.add("questions", {"id": "q-0", "question": "Where?"})
    monkeypatch.setattr(csv_file.CsvFile, "put", refused)
    assert refusal(a_debrief, mine) == "refused"
    assert times == ["interviews.csv", "questions.csv"]
    assert csv.read_text() == TWO
    assert (mine.folder / "questions.csv").read_text() == "id,question\nq-9,Theirs?\n"


@pytest.mark.parametrize("tables", [1, 2, 3])
def test_a_transaction_that_was_killed_in_its_midst_is_taken_back_in_the_next_session(mine, csv, monkeypatch, tables):
    put, times = csv_file.CsvFile.put, []

    def killed(file, *arguments, **options):
        times.append(file)
        if len(times) > tables:
            raise KeyboardInterrupt
        return put(file, *arguments, **options)

    with monkeypatch.context() as dead:  # a program that was killed does nothing any more
        dead.setattr(csv_file.CsvFile, "put", killed)
        dead.setattr(transactions.Transaction, "put_back", lambda *_: None)
        dead.setattr(undo.UndoLog, "finish", lambda *_: None)
        with suppress(KeyboardInterrupt):
            a_debrief(mine)
    after = Journal(mine.folder)
    assert [len(after.interviews()), len(after.questions()), len(after.contacts())] == (
        [3, 2, 1] if tables == 3 else [2, 0, 0]
    )
    interrupted = {"interviews": "The saving of the debrief of Corp was interrupted, and nothing of it is kept"}
    assert after.notes == ({} if tables == 3 else interrupted)
    assert not (mine.folder / ".backups" / "unfinished.json").exists()


def test_a_transaction_inside_of_another_is_part_of_it(mine, csv):
    with mine.transaction("all of it"):
        a_debrief(mine)
        mine.add("contacts", {"name": "Ada"})
    assert mine.undo() == "Took back all of it."
    assert csv.read_text() == TWO
    with suppress(ZeroDivisionError), mine.transaction("all of it"):
        a_debrief(mine)
        raise ZeroDivisionError
    assert csv.read_text() == TWO


def test_what_was_begun_and_cannot_be_taken_back_now_keeps_nobody_from_reading(mine):
    note = {
        "title": "x",
        "undone": False,
        "steps": [{"table": "contacts", "layout": [","], "edits": [[0, None, "a"]]}],
    }
    undo.UndoLog(mine.folder).begin(note)
    write(mine.folder / "contacts.csv", 'id,name\nc-1,"open\n')
    assert len(mine.interviews()) == 2
    assert (mine.folder / ".backups" / "unfinished.json").exists()


def test_undo_takes_back_what_this_window_did_and_what_another_did_stays(mine):
    other = Journal(mine.folder)
    mine.update("interviews", "i-1", {"outcome": "offer"})
    key = other.add("contacts", {"name": "Kim"})
    assert mine.next_undo() == "take back the change to Acme"
    assert mine.undo() == "Took back the change to Acme."
    assert mine.next_undo() == "bring back the change to Acme"
    assert other.contacts()["id"].tolist() == [key]
    assert other.undo() == "Took back the new record Kim."
    assert Journal(mine.folder).next_undo() == "bring back the new record Kim"


def test_many_records_are_changed_at_once_or_none_and_one_undo_takes_all_back(mine):
    keys = [mine.add("contacts", {"name": name, "company": "Acme"}) for name in ("Ada", "Bo", "Cy")]
    mine.update_all("contacts", {keys[0]: {"company": "Birch"}, keys[2]: {"company": "Cedar", "role": "Lead"}})
    assert mine.contacts()["company"].tolist() == ["Birch", "Acme", "Cedar"]
    assert mine.contacts()["role"].tolist() == ["", "", "Lead"]
    with pytest.raises(RecordsError, match="c-nobody"):
        mine.update_all("contacts", {keys[1]: {"company": "Dune"}, "c-nobody": {"company": "Dune"}})
    assert mine.contacts()["company"].tolist() == ["Birch", "Acme", "Cedar"]
    mine.undo()
    assert mine.contacts()["company"].tolist() == ["Acme"] * 3


A_RECORD_OF_EACH = {
    "interviews": {"company": "Birch"},
    "questions": {"interview_id": "i-1", "question": "Why us?"},
    "contacts": {"name": "Kim"},
    "follow_ups": {"interview_id": "i-1", "kind": "thank-you note"},
    "stories": {"title": "The move"},
}


@pytest.mark.parametrize("theirs", A_RECORD_OF_EACH)
@pytest.mark.parametrize("own", A_RECORD_OF_EACH)
def test_undo_takes_back_what_this_window_added_whatever_tables_both_changed(mine, own, theirs):
    other = Journal(mine.folder)
    kept = other.add(theirs, A_RECORD_OF_EACH[theirs])
    key = mine.add(own, A_RECORD_OF_EACH[own])
    last = other.add(theirs, A_RECORD_OF_EACH[theirs])
    mine.undo()
    there = {name: set(Journal(mine.folder).read(name)["id"]) for name in A_RECORD_OF_EACH}
    assert key not in there[own]
    assert {kept, last} <= set(other.read(theirs)["id"]) == there[theirs]
    other.undo()
    assert there[theirs] - set(other.read(theirs)["id"]) == {last}


def test_an_operation_that_is_refused_leaves_the_note_of_another_window_alone(mine, monkeypatch):
    other, change = Journal(mine.folder), csv_file.CsvFile.put

    def while_another_saves(file, *arguments, **options):
        if file.path.name == "interviews.csv":
            raise RecordsError("refused")
        return change(file, *arguments, **options)

    mine.add("contacts", {"name": "Ada"})
    other.add("contacts", {"name": "Kim"})
    monkeypatch.setattr(csv_file.CsvFile, "put", while_another_saves)
    refusal(mine.update, "interviews", "i-1", {"outcome": "offer"})
    monkeypatch.undo()
    assert other.undo() == "Took back the new record Kim."
    assert other.contacts()["name"].tolist() == ["Ada"]


def test_undo_goes_by_the_places_in_the_file_that_another_program_saved_in_between(mine, csv, monkeypatch):
    put, theirs = csv_file.CsvFile.put, TWO.replace("i-1", "i-8,Echo,offer\ni-9,Fig,offer\ni-1")

    def after_theirs(file, *arguments, **options):
        if csv.read_text() == TWO:
            csv.write_text(theirs)
        return put(file, *arguments, **options)

    monkeypatch.setattr(csv_file.CsvFile, "put", after_theirs)
    mine.delete("interviews", "i-1")
    assert csv.read_text() == theirs.replace("i-1,Acme,pending\n", "")
    assert mine.undo() == "Took back the deletion of Acme."
    assert csv.read_text() == theirs


@pytest.mark.parametrize(("name", "time"), [("outcome_on", ""), ("debriefed_at", " 10:00:00")])
def test_a_day_that_somebody_else_changed_is_a_conflict_and_one_before_the_interview_is_none(tmp_path, name, time):
    row = f"i-1,Acme,2026-04-02,2026-04-05{time}"
    path = write(tmp_path / "interviews.csv", f"id,company,interviewed_on,{name}\n{row}\n")
    kept = Journal(tmp_path)
    seen = {"interviewed_on": "2026-04-02", name: f"2026-04-05{time}"}
    kept.update("interviews", "i-1", {"notes": "one"}, seen=seen)
    for other in (f"2026-04-06{time}", f"2026-04-02{time}", ""):
        refusal(kept.update, "interviews", "i-1", {"notes": "two"}, seen={**seen, name: other}, error=ConflictError)
    path.write_text(path.read_text().replace("2026-04-05", "2026-04-01"))
    kept.update("interviews", "i-1", {"notes": "three"}, seen={**seen, name: None})
    assert ",three" in path.read_text()


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: kept.add("interviews", {"id": "i-3", "company": "Corp"}),
        lambda kept: kept.update("interviews", "i-1", {"company": "Corp"}),
    ],
)
def test_what_cannot_be_taken_back_shows_what_stands_there_now(mine, csv, change):
    change(mine)
    csv.write_text(csv.read_text().replace("Corp", "Corp Ltd"))
    with pytest.raises(ConflictError) as error:
        mine.undo()
    assert error.value.theirs["company"] == "Corp Ltd"
    csv.write_text(TWO.replace("i-1,Acme,pending\n", ""))
    mine.interviews()  # it is meant
    with pytest.raises(ConflictError) as error:
        mine.undo()
    assert error.value.theirs == {}


def test_all_tables_of_a_folder_have_one_lock(mine):
    mine.delete("interviews", "i-1")
    mine.add("contacts", {"name": "Kim"})
    mine.restore(mine.backups()["name"][0])
    assert [path.name for path in mine.folder.glob(".*.lock")] == [".journal.lock"]


def test_many_records_that_are_brought_back_stand_where_they_stood(mine, csv):
    mine.add_all("interviews", [{"id": f"i-{number}", "company": "Corp"} for number in range(3, 6)])
    csv.write_text(csv.read_text() + "i-6,Dust,\ni-7,Echo,\ni-8,Fig,\ni-9,Gold,\n")
    there = csv.read_text()
    assert mine.undo() == "Took back the 3 new records."
    assert csv.read_text() == "".join(line for line in there.splitlines(keepends=True) if "Corp" not in line)
    assert mine.undo() == "Brought back the 3 new records."
    assert csv.read_text() == there


def test_records_are_not_compared_with_one_whose_id_stands_twice(mine, csv):
    csv.write_text(TWO + "i-1,Acme,offer\n")
    said = refusal(mine.add_all, "interviews", [{"id": "i-1", "company": "Acme"}])
    assert said == "the id 'i-1' stands on lines 2 and 4; give one of them another id"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"company": "Acme", "stage": "onsite", "name": "Kim"}, "Acme, onsite"),
        ({"company": "Acme", "stage": ""}, "Acme"),
        ({"company": "", "stage": "onsite", "name": "", "question": "Why us?", "id": "q-1"}, "Why us?"),
        ({"kind": "thank-you", "id": "f-1"}, "thank-you"),
        ({"id": "f-1"}, "f-1"),
        ({"notes": "x"}, "a record"),
    ],
)
def test_a_record_is_called_by_what_says_most_of_it(row, words):
    assert records.title(row) == words


def test_as_one_is_the_former_name_of_transaction(mine):
    with pytest.warns(DeprecationWarning, match="is called Journal.transaction now"), mine.as_one("two"):
        mine.add("contacts", {"name": "Ada"})
    assert mine.undo() == "Took back two."


def test_a_note_that_is_not_as_it_was_written_is_nothing_to_take_back(mine):
    mine.update("interviews", "i-1", {"notes": "x"})
    path = mine.folder / ".backups" / "last_operation.json"
    assert Journal(mine.folder).next_undo() == "take back the change to Acme"
    path.write_bytes(path.read_bytes().replace(b"interviews", b"interview5"))
    assert Journal(mine.folder).undo() == "There is nothing to take back yet."
    assert mine.interviews().loc[0, "notes"] == "x"


@pytest.mark.parametrize(
    "note",
    [
        {"title": "x", "undone": False, "steps": [{"table": "prices", "layout": [], "edits": []}]},
        {"title": "x", "undone": False, "steps": [{"table": "contacts", "layout": [], "edits": [[0, None, None]]}]},
        {"title": "x", "undone": False, "backup": 3},
        {"title": 1, "undone": False, "steps": []},
        {"title": "x", "undone": False, "steps": [{"table": [], "layout": [], "edits": []}]},
        {"title": "x", "undone": False, "backup": "x", "table": {}},
        {
            "title": "x",
            "undone": False,
            "steps": [{"table": "contacts", "layout": [], "edits": [[0, "\ud800", "a"]]}],
        },
    ],
    ids=str,
)
def test_a_note_of_a_wrong_shape_is_nothing_to_take_back(mine, note):
    write(mine.folder / ".backups" / "last_operation.json", json.dumps(note))
    for unfinished in ("[" * 100_000, json.dumps(note)):
        write(mine.folder / ".backups" / "unfinished.json", unfinished)
        assert len(mine.interviews()) == 2
    assert mine.undo() == "There is nothing to take back yet."
    assert len(mine.interviews()) == 2


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ([Edit(2, None, b"i-3,Corp,offer")], "the new record Corp"),
        ([Edit(2, None, b"i-3,Corp,offer"), Edit(2, None, b"i-4,Dust,offer")], "the 2 new records"),
        ([Edit(0, b"i-1,Acme,pending", None)], "the deletion of Acme"),
        ([Edit(0, b"i-1,Acme,pending", None), Edit(1, b"i-2,Bolt,rejected", None)], "the deletion of Acme"),
        ([Edit(0, b"i-1,Acme,pending", b"i-1,Acme,offer"), Edit(2, None, b"i-3,Corp,offer")], "the change to Acme"),
    ],
    ids=range(5),
)
def test_an_operation_is_named_by_its_first_record_or_by_how_many_are_new(edits, words):
    assert undo.operation_title(parse_document(TWO.encode(), "x.csv"), edits) == words


def test_restoring_a_backup_can_be_taken_back(mine, csv):
    mine.delete("interviews", "i-1")
    short = csv.read_bytes()
    listed = mine.backups()
    assert listed.columns.tolist() == ["name", "table", "made_at", "reason", "rows", "size"]
    assert listed.loc[0, ["table", "reason", "rows", "size"]].tolist() == ["interviews", "before-delete", 2, len(TWO)]
    assert abs(listed["made_at"][0] - datetime.now()) < timedelta(minutes=1)
    name = listed["name"][0]
    mine.restore(name)
    assert csv.read_text() == TWO
    made = stamp_of(name)
    restoring = f"the restoring of interviews.csv as of {made.day} {made:%b %Y, %H:%M:%S}"
    assert mine.undo() == f"Took back {restoring}."
    assert csv.read_bytes() == short
    assert mine.undo() == f"Brought back {restoring}."
    assert csv.read_text() == TWO
    assert len(mine.backups()) == 4
    assert mine.backups()["made_at"].is_monotonic_decreasing


def test_what_is_no_backup_is_refused(mine):
    assert refusal(mine.restore, "../x.csv") == "'../x.csv' is no backup; Journal.backups() lists them"
    assert refusal(mine.restore, "interviews.csv") == (
        "'interviews.csv' is no backup of interviews.csv; the newest are: none yet"
    )


def test_restoring_where_there_is_no_file_cannot_be_taken_back(mine, csv):
    mine.delete("interviews", "i-1")
    name = mine.backups()["name"][0]
    csv.unlink()
    assert mine.restore(name) == ""
    assert csv.read_text() == TWO
    assert re.fullmatch(
        r"the restoring of interviews\.csv as of .* cannot be taken back: there was no file before it",
        refusal(mine.undo),
    )


# A disk that fails

OPERATIONS = {
    "add": lambda kept: kept.add("interviews", {"id": "i-3", "company": "Corp", "did_x": True}),
    "update": lambda kept: kept.update("interviews", "i-1", {"outcome": "offer"}),
    "delete": lambda kept: kept.delete("interviews", "i-1"),
    "undo": lambda kept: kept.undo(),
    "restore": lambda kept: kept.restore(kept.backups()["name"].iloc[-1]),
}


@pytest.mark.full
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize(
    "fault",
    [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()],
    ids=["full", "stopped"],
)
def test_whichever_call_fails_the_file_is_whole_and_undo_still_fits(mine, monkeypatch, operation, call, fault):
    csv = mine.folder / "interviews.csv"
    mine.update("interviews", "i-2", {"outcome": "offer"})
    start = files_of(mine.folder)
    for nth in range(1, 12):
        real, calls = getattr(os, call), []

        def counted(*arguments, real=real, calls=calls, nth=nth, **options):
            calls.append(arguments)
            if len(calls) == nth:
                raise fault
            return real(*arguments, **options)

        with monkeypatch.context() as patched:
            patched.setattr(os, call, counted)
            failed = False
            try:
                OPERATIONS[operation](Journal(mine.folder))
            except (RecordsError, KeyboardInterrupt):
                failed = True
        assert [path for path in mine.folder.rglob("*.tmp") if path.is_file()] == []
        if len(calls) < nth:
            break
        after = files_of(mine.folder)
        done = after["interviews.csv"] != start["interviews.csv"]
        assert failed or done or call == "open"
        note = ".backups/last_operation.json"
        assert done or after[note] == start[note]
        Journal(mine.folder).undo()
        Journal(mine.folder).undo()
        assert csv.read_bytes() == after["interviews.csv"]
        for name in files_of(mine.folder):
            (mine.folder / name).unlink()
        for name, raw in start.items():
            (mine.folder / name).write_bytes(raw)
    assert nth < 11
    assert csv.read_bytes() != start["interviews.csv"]


def test_what_the_disk_refuses_is_said(mine, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    calls = []
    real = os.replace

    def second(*paths):
        calls.append(paths)
        return full() if len(calls) == 2 else real(*paths)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        assert refusal(mine.save_draft, "i-9", {}) == "the draft could not be kept: No space left on device"
        assert refusal(mine.add, "interviews", {"company": "Corp"}) == (
            "no backup of interviews.csv could be kept: No space left on device; nothing was saved"
        )
    monkeypatch.setattr(os, "replace", second)
    assert refusal(mine.add, "interviews", {"company": "Corp"}) == (
        "the note for undo could not be written: No space left on device; nothing was saved"
    )


def test_a_linked_csv_stays_linked(mine, csv, tmp_path):
    elsewhere = tmp_path / "synced" / "all.csv"
    elsewhere.parent.mkdir()
    csv.rename(elsewhere)
    csv.symlink_to(elsewhere)
    kept = Journal(mine.folder)
    kept.add("interviews", {"id": "i-3", "company": "Corp"})
    assert csv.is_symlink()
    assert elsewhere.read_text() == TWO + "i-3,Corp,\n"
    assert kept.undo() == "Took back the new record Corp."
    assert elsewhere.read_text() == TWO


def test_a_journal_on_a_file_is_refused(tmp_path):
    path = write(tmp_path / "a.csv", TWO)
    kept = Journal(path)
    assert refusal(kept.add, "interviews", {"company": "Corp"}) == (
        f"{path}/interviews.csv cannot be read: Not a directory"
    )
    refusal(kept.save_draft, "x", {})
    assert path.read_text() == TWO


# Drafts


def test_drafts_come_back_newest_first_until_they_are_let_go(tmp_path):
    kept = Journal(tmp_path / "mine")
    assert kept.drafts() == []
    kept.save_draft("i-a", {"company": "Acme", "interviewed_on": date(2026, 4, 3), "notes": "\ud800"})
    kept.save_draft("i-b", {"company": "Bolt"})
    kept.save_draft("i-a", {**kept.drafts()[-1], "company": "Acme Inc"})
    drafts = Journal(kept.folder).drafts()
    assert [draft["key"] for draft in drafts] == ["i-a", "i-b"]
    assert {**drafts[0], "saved_at": ""} == {
        "key": "i-a",
        "saved_at": "",
        "company": "Acme Inc",
        "interviewed_on": "2026-04-03",
        "notes": "\ud800",
    }
    assert datetime.fromisoformat(drafts[0]["saved_at"]) <= datetime.now()
    assert stat.S_IMODE((kept.folder / ".drafts").stat().st_mode) == 0o700
    assert stat.S_IMODE((kept.folder / ".drafts" / "i-a.json").stat().st_mode) == 0o600
    kept.discard_draft("i-a")
    kept.discard_draft("i-a")
    assert [draft["key"] for draft in kept.drafts()] == ["i-b"]


@pytest.mark.parametrize(
    "key", ["../../x", "/etc/passwd", "..", "", "a/b", "a\\b", "n" * 300, "nul\0", "é", "\ud800", "-", "a.b", "con:"]
)
def test_hostile_keys_stay_in_the_folder(tmp_path, key):
    kept = Journal(tmp_path / "mine")
    kept.save_draft(key, {"company": "Acme"})
    assert [path.parent for path in tmp_path.rglob("*.json")] == [tmp_path / "mine" / ".drafts"]
    assert kept.drafts()[0]["key"] == key
    kept.discard_draft(key)
    assert kept.drafts() == []


def test_broken_drafts_are_skipped(tmp_path):
    kept = Journal(tmp_path)
    kept.save_draft("i-a", {})
    folder = tmp_path / ".drafts"
    for place, raw in enumerate([b"", b"{", b"[]", b"7", b"null", b"{}", b'{"key": "x"}', b"\xff", b"[" * 100_000]):
        (folder / f"{place}.json").write_bytes(raw)
    (folder / "odd.json").write_text(json.dumps({"key": ["x"], "saved_at": 5}))
    (folder / "folder.json").mkdir()
    os.mkfifo(folder / "pipe.json")
    assert [draft["key"] for draft in kept.drafts()] == [["x"], "i-a"]


# The folder


def checkout(path):
    for name in ("notebooks", "interview_kit"):
        (path / name).mkdir(parents=True)
    return path


def test_the_folder_is_the_one_that_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(checkout(tmp_path / "kit"))
    monkeypatch.setenv("INTERVIEW_KIT_DATA", "~/records")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Journal().folder == tmp_path / "records"
    assert Journal("~/mine").folder == tmp_path / "mine"
    assert repr(Journal(tmp_path)) == f"Journal({str(tmp_path)!r})"


def test_the_folder_is_that_of_the_checkout(tmp_path, monkeypatch):
    first, second = checkout(tmp_path / "first"), checkout(tmp_path / "second")
    monkeypatch.delenv("INTERVIEW_KIT_DATA", raising=False)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.chdir(first / "notebooks")
    assert Journal().folder == first / "data" / "mine"
    monkeypatch.setenv("JPY_SESSION_NAME", str(second / "notebooks" / "1_debrief.ipynb"))
    assert Journal().folder == second / "data" / "mine"
    monkeypatch.setenv("JPY_SESSION_NAME", "1_debrief.ipynb")
    assert Journal().folder == first / "data" / "mine"


def test_the_folder_is_that_of_the_platform_where_there_is_no_checkout(tmp_path, monkeypatch):
    monkeypatch.delenv("INTERVIEW_KIT_DATA", raising=False)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert Journal().folder == platformdirs.user_data_path("interview-kit", appauthor=False) / "mine"


# Another program that saves at the same moment


def saves_in_between(monkeypatch, saves):
    """Let another program save the file right before it is replaced, so many times."""
    exchange, times = csv_file.exchange, []

    def late(one, other):
        times.append(other)
        if len(times) <= saves:
            other.write_bytes(other.read_bytes() + f"i-9{len(times)},Theirs\n".encode())
        return exchange(one, other)

    monkeypatch.setattr(csv_file, "exchange", late)


@pytest.mark.skipif(sys.platform != "linux", reason="exchanges two files by the kernel")
def test_a_change_is_made_on_what_another_program_just_saved(tmp_path, monkeypatch):
    path = write(tmp_path / "interviews.csv", "id,company\ni-1,Acme\n")
    saves_in_between(monkeypatch, 1)
    Journal(tmp_path).add("interviews", {"id": "i-2", "company": "Bolt"})
    assert path.read_text().splitlines()[1:] == ["i-1,Acme", "i-91,Theirs", "i-2,Bolt"]


@pytest.mark.skipif(sys.platform != "linux", reason="exchanges two files by the kernel")
def test_where_another_program_saves_without_an_end_nothing_is_saved(tmp_path, monkeypatch):
    path = write(tmp_path / "interviews.csv", "id,company\ni-1,Acme\n")
    saves_in_between(monkeypatch, 10**6)
    said = refusal(Journal(tmp_path).add, "interviews", {"company": "Bolt"}, error=problems.ChangedMeanwhileError)
    assert said == (
        "interviews.csv is being changed by another program; nothing was saved. Close it there, and save again"
    )
    assert "Bolt" not in path.read_text()
    assert path.read_text().count("Theirs") >= transactions.MOST_TRIES


# Those who show a table


class Listener:
    def __init__(self):
        self.heard = []

    def hear(self, table):
        self.heard.append(table)


def test_listeners_hear_of_each_change_and_are_forgotten_with_their_objects(mine):
    listener, gone = Listener(), Listener()
    heard, kept_alive = gone.heard, weakref.ref(gone)
    mine.subscribe(listener.hear)
    mine.subscribe(gone.hear)
    del gone
    gc.collect()
    mine.add("questions", {"question": "Why?"})
    mine.update("interviews", "i-1", {"outcome": "offer"})
    mine.undo()
    mine.restore(mine.backups().query("table == 'interviews'")["name"].iloc[-1])
    refusal(mine.delete, "interviews", "i-9")
    assert listener.heard == ["questions", "interviews", "interviews", "interviews"]
    mine.choose_focus("did_prepare")
    mine.dismiss("thank-you:i-1")
    assert listener.heard[-2:] == ["settings", "settings"]
    assert heard == []
    assert kept_alive() is None


def test_listeners_hear_of_several_changes_once_behind_them(mine):
    listener = Listener()
    mine.subscribe(listener.hear)
    with mine.told_at_the_end():
        mine.add("interviews", {"company": "Bolt"})
        with mine.told_at_the_end():
            mine.update("interviews", "i-1", {"outcome": "offer"})
        mine.add("questions", {"question": "Why?"})
        assert listener.heard == []
    assert listener.heard == ["interviews", "questions"]


def test_listeners_hear_of_what_was_done_before_a_change_was_refused(mine):
    listener = Listener()
    mine.subscribe(listener.hear)

    def add_and_fail():
        with mine.told_at_the_end():
            mine.add("interviews", {"company": "Bolt"})
            mine.delete("interviews", "i-9")

    refusal(add_and_fail)
    assert listener.heard == ["interviews"]
    mine.add("questions", {"question": "Why?"})
    assert listener.heard == ["interviews", "questions"]


def test_reading_never_warns_of_anything_but_the_records(mine):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mine.interviews()
        mine.backups()


def test_what_a_killed_program_left_behind_goes_with_the_next_save(tmp_path):
    journal = Journal(tmp_path / "mine")
    journal.add("interviews", {"company": "Acme"})
    leftover = tmp_path / "mine" / ".interviews.csv.0badf00d.tmp"
    leftover.write_bytes(b"half")
    journal.add("interviews", {"company": "Bolt"})
    assert not leftover.exists()


# What another program left there


@pytest.mark.parametrize("name", ["did_a,b,c,d", "did_a\tb", "did_a;b", "rated_x,y"])
@pytest.mark.parametrize(
    "header", ["id;company;interviewed_on", "id\tcompany\tinterviewed_on", "id,company,interviewed_on"]
)
def test_a_behavior_that_holds_delimiters_leaves_the_file_as_it_is_read(tmp_path, header, name):
    mark = header[2]
    path = write(tmp_path / "interviews.csv", f"{header}\ni-1{mark}Acme{mark}2026-05-01\n")
    key = Journal(tmp_path).add("interviews", {"company": "Bolt", name: 4 if name.startswith("rated") else True})
    frame = Journal(tmp_path).interviews()
    assert frame["company"].tolist() == ["Acme", "Bolt"]
    assert frame.loc[1, ["id", name]].tolist() == [key, 4 if name.startswith("rated") else True]
    assert path.read_bytes().startswith(f"{header}{mark}".encode())


OTHER_FILES = {
    "a title row": b"Table 1,,\nid,company,outcome\ni-1,Acme,\n",
    "one padded to some columns": b"Table 1,\nid,company,outcome\ni-1,Acme,\n",
    "a login page": b"<!DOCTYPE html>\n<html><body>Log in</body></html>\n",
    "a Git LFS pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
    "another table": b"name;price\nApple;1\n",
}


@pytest.mark.parametrize("raw", OTHER_FILES.values(), ids=OTHER_FILES)
def test_what_is_no_table_of_ours_is_refused_by_reading_and_by_saving_alike(tmp_path, raw):
    path = write(tmp_path / "interviews.csv", raw)
    said = refusal(Journal(tmp_path).interviews)
    begin = "interviews.csv: none of its columns is one of id, person, company, role"
    others = {f"interviews.csv: is {kind}" for kind in (WEB_PAGE, POINTER)} | {f"interviews.csv: line 1: {TITLE}"}
    assert said.startswith(begin) or said in others
    assert refusal(Journal(tmp_path).add, "interviews", {"company": "Bolt"}) == said
    assert refusal(load_interviews, path) == said
    assert path.read_bytes() == raw


TITLE = "'Table 1' stands above the line with the columns' names, as a title; delete its line"
WEB_PAGE = "a web page, as a sync service shows it to whoever is not logged in: get the file itself"
POINTER = "only a note of where Git keeps the file: fetch it with git lfs pull"
UTF_16 = "in UTF-16 without a mark that says so; save it as UTF-8"
OTHER_KINDS = {
    "a login page": (OTHER_FILES["a login page"], WEB_PAGE),
    "one with commas": (b'\n <html lang="en">\n<p>Sign in, or register, here</p>\n<p class="a" id="b>\n', WEB_PAGE),
    "one with a mark": (b"\xef\xbb\xbf<?xml version='1.0'?><html>\na,b,c\n", WEB_PAGE),
    "a Git LFS pointer": (OTHER_FILES["a Git LFS pointer"], POINTER),
    "one of another table": (OTHER_FILES["a Git LFS pointer"] + b"ext-0-x a,b,c\n", POINTER),
    "an Excel file": (b'PK\x03\x04\x14\0,"\r\n', "a spreadsheet or an archive: save the table as CSV"),
    "a property list": (b'bplist00,"\n', "a program's own file: save the table as CSV"),
    "UTF-16, high byte first": ("id,company\ni-1,Acme\n".encode("utf-16-be"), UTF_16),
    "UTF-16, low byte first": ("id;company;x\ni-1;Acme\n".encode("utf-16-le"), UTF_16),
}


@pytest.mark.parametrize(("raw", "kind"), OTHER_KINDS.values(), ids=OTHER_KINDS)
@pytest.mark.parametrize("table", ["interviews", "stories"])
def test_a_file_of_another_kind_is_called_one_whatever_else_is_wrong_with_it(tmp_path, raw, kind, table):
    path, record = (
        write(tmp_path / f"{table}.csv", raw),
        {"company": "Bolt"} if table == "interviews" else {"title": "x"},
    )
    assert refusal(Journal(tmp_path).read, table) == f"{table}.csv: is {kind}"
    assert refusal(Journal(tmp_path).add, table, record) == f"{table}.csv: is {kind}"
    assert path.read_bytes() == raw


def test_a_column_may_be_called_like_the_beginning_of_another_kind_of_file(tmp_path):
    write(tmp_path / "interviews.csv", b"pk,company,<b>\n1,Acme\0,2\n")
    assert Journal(tmp_path).interviews()[["pk", "company", "<b>"]].to_numpy().tolist() == [["1", "Acme\0", "2"]]


def lost(folder):
    """Return a journal of records whose file is gone, as in a new session, and the name of its newest backup."""
    kept = Journal(folder)
    kept.add("interviews", {"id": "i-1", "company": "Acme"})
    kept.update("interviews", "i-1", {"company": "Acme Ltd"})
    kept.update("interviews", "i-1", {"company": "Acme Inc"})
    (folder / "interviews.csv").unlink()
    return Journal(folder), kept.backups()["name"].iat[0]


def test_a_file_that_is_gone_while_its_backups_are_there_is_asked_about_and_not_begun_anew(tmp_path):
    kept, newest = lost(tmp_path)
    said = refusal(kept.add, "interviews", {"company": "Bolt"}, error=LostFileError)
    assert said == (
        f"interviews.csv is gone, and there are backups of it. The newest has 1 record: {newest}. "
        "Put it back (Journal.restore), or begin anew (Journal.begin_anew)"
    )
    assert refusal(kept.interviews, error=LostFileError) == said
    assert not (tmp_path / "interviews.csv").exists()
    kept.restore(newest)
    kept.add("interviews", {"company": "Bolt"})
    assert kept.interviews()["company"].tolist() == ["Acme Ltd", "Bolt"]


def test_a_file_that_is_gone_begins_anew_once_that_is_agreed(tmp_path):
    kept, _ = lost(tmp_path)
    kept.begin_anew("interviews")
    assert kept.interviews().empty
    kept.add("interviews", {"company": "Bolt"})
    assert Journal(tmp_path).interviews()["company"].tolist() == ["Bolt"]
    (tmp_path / "interviews.csv").unlink()
    assert refusal(kept.add, "interviews", {"company": "C"}, error=LostFileError).startswith("interviews.csv was here")


@pytest.mark.parametrize("stub", [".interviews.csv.icloud", "interviews.csv.icloud"])
def test_a_file_that_lies_in_the_cloud_is_waited_for(tmp_path, stub):
    (tmp_path / stub).write_bytes(b"bplist00")
    sentence = f"interviews.csv is in the cloud only, as {stub} says; let it be fetched, and try again"
    assert refusal(Journal(tmp_path).add, "interviews", {"company": "Bolt"}, error=LostFileError) == sentence
    assert not (tmp_path / "interviews.csv").exists()


def test_the_former_names_of_what_was_added_still_say_it(mine):
    added = mine.add_all("interviews", [{"id": "i-1", "company": "Acme"}, {"id": "i-7", "company": "Bolt"}])
    with pytest.warns(DeprecationWarning, match="Added.there is called Added.unchanged now"):
        assert added.there == added.unchanged
    with pytest.warns(DeprecationWarning, match="Added.kept is called Added.conflicting now"):
        assert added.kept == added.conflicting


@pytest.mark.parametrize("refused", ["a name", "a disk", "a chart", "a ZIP"])
def test_no_traceback_of_an_inner_error_stands_above_the_sentence(refused, tmp_path, monkeypatch):
    def full(*_given, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    journal = Journal(tmp_path / "mine")
    actions = {
        "a name": lambda: load_interviews("a\0b.csv"),
        "a disk": lambda: journal.add("interviews", {"company": "Acme"}),
        "a chart": lambda: ik.save_chart(go.Figure(), tmp_path / "chart.html"),
        "a ZIP": lambda: journal.unpack(tmp_path / "broken.zip"),
    }
    (tmp_path / "broken.zip").write_bytes(b"PK\3\4 and no more")
    if refused != "a ZIP":
        monkeypatch.setattr(os, "write", full)
    with pytest.raises((RecordsError, ik.ReportError)) as error:
        actions[refused]()
    assert "".join(traceback.format_exception(error.value)).count("Traceback") == 1

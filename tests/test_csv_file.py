"""One CSV on disk: what is parsed, what is refused with its line, and that a change touches nothing but its record."""

import csv
import errno
import os
import re
import stat
import sys
import time
from contextlib import nullcontext, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

from interview_kit.files import backups, csv_file, disk, document, edits, encodings, lock
from interview_kit.files.csv_file import CsvFile
from interview_kit.files.disk import version_of
from interview_kit.files.document import parse_document
from interview_kit.files.edits import Edit, new_document
from interview_kit.files.problems import ChangedMeanwhileError, LostFileError, Problem, RecordsError

UTF8_MARK = b"\xef\xbb\xbf"
TEXT = st.text(
    st.one_of(st.sampled_from(",;\t\"'\r\n =é€\x00\u2028\ufeff"), st.characters(exclude_categories=["Cs"])), max_size=12
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=5)
)
DELIMITERS = st.sampled_from([",", ";", "\t"])
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = {
    "utf-8": b"",
    "utf-8 with its mark": UTF8_MARK,
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "cp1252": b"",
}


def rows_of(raw):
    return list(parse_document(raw, "x.csv").rows())


def refusal(raw, name="interviews.csv"):
    with pytest.raises(RecordsError) as error:
        parse_document(raw, name)
    return str(error.value)


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def written(rows, delimiter, newline, encoding):
    """Return rows as bytes, each cell in quotes, under a header of plain names."""
    header = delimiter.join(f"h{place}" for place in range(len(rows[0])))
    lines = [header, *(delimiter.join(map(quoted, row)) for row in rows)]
    text = newline.join(lines) + newline
    return ENCODINGS[encoding] + text.encode(encoding.split()[0])


def records(document):
    return [document.record(at) for at in range(len(document))]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "records.csv"
    path.write_bytes(b"id,company\ni-1,Acme\ni-2,Bolt\n")
    return CsvFile(path)


def added(record=b"i-3,Corp"):
    return lambda document: (document, [Edit(len(document), None, record)])


def changed(at, record):
    return lambda document: (document, [Edit(at, document.record(at), record)])


def deleted(at):
    return lambda document: (document, [Edit(at, document.record(at), None)])


def change(file, plan, **options):
    """Make one change as a transaction does: once more where another program has changed the file meanwhile."""
    with suppress(ChangedMeanwhileError):
        return change_once(file, plan, **options)
    return change(file, plan, **options)


def change_once(file, plan, **options):
    with file.lock.held(file.path.name):
        file.clear_leftovers()
        current = file.gated()
        widened, edits = plan(new_document(["id", "company"]) if current is None else current)
        raw = None if current is None else current.raw
        return file.put(raw, file.made(widened, edits), **options) if edits else widened


# What is parsed


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        (b"a,b\n1,2\n", [["1", "2"]]),
        (b"a,b\n1,2", [["1", "2"]]),
        (b"a,b", []),
        (b"a,b\r\n1,2\r\n", [["1", "2"]]),
        (b"a,b\r1,2\r3,4\r", [["1", "2"], ["3", "4"]]),
        (b"a,b\r\n1,2\n3,4\r5,6", [["1", "2"], ["3", "4"], ["5", "6"]]),
        (b"\n\na,b\n\n1,2\n\n\n3,4\n\n", [["1", "2"], ["3", "4"]]),
        (b"a;b\n1,5;2\n", [["1,5", "2"]]),
        (b"a\tb\n1,5\t2\n", [["1,5", "2"]]),
        (b"sep=;\na;b\n1;2\n", [["1", "2"]]),
        (b'"sep=,"\r\na,b\r\n1,2\r\n', [["1", "2"]]),
        (b"SEP=\t\na\tb\n1\t2\n", [["1", "2"]]),
        (b'"a,b,c";d\n1;2\n', [["1", "2"]]),
        (b"a\nx;y\n", [["x;y"]]),
        (b'a,b\n"x\r\ny","say ""hi"""\n', [["x\r\ny", 'say "hi"']]),
        (b'a,b\n5" disk,"a,b"\nit"s,""\n', [['5" disk', "a,b"], ['it"s', ""]]),
        (b"a,b\n,\n", [["", ""]]),
        (b"a,b\n\0,x\0y\n", [["\0", "x\0y"]]),
        ("a,b\nx\u2028y,\u0085\n".encode(), [["x\u2028y", "\u0085"]]),
        ("a,b\n\ufeffx,y\n".encode(), [["\ufeffx", "y"]]),
        (b"a,b\n" + b"x" * 300_000 + b",y\n", [["x" * 300_000, "y"]]),
    ],
)
def test_what_is_parsed(raw, rows):
    assert rows_of(raw) == rows


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_encoding_with_each_delimiter_and_line_end(encoding, newline, delimiter):
    raw = written([["é", "naïve; €5,\t"], ['"', "x\ny"]], delimiter, newline, encoding)
    document = parse_document(raw, "x.csv")
    assert list(document.rows()) == [["é", "naïve; €5,\t"], ['"', "x\ny"]]
    assert (document.encoding, document.mark) == (encoding.split()[0], ENCODINGS[encoding])
    assert (document.delimiter, document.newline) == (delimiter, newline.encode())
    assert document.encoded(document.content) == raw


@given(TABLES, DELIMITERS, NEWLINES, st.sampled_from(sorted(ENCODINGS)))
def test_any_table_is_parsed_and_its_bytes_come_back(rows, delimiter, newline, encoding):
    try:
        raw = written(rows, delimiter, newline, encoding)
    except UnicodeEncodeError:
        assume(False)
    document = parse_document(raw, "x.csv")
    assume(document.encoding == encoding.split()[0])  # a few Windows-1252 texts are good UTF-8 too
    assert list(document.rows()) == rows
    assert document.encoded(document.content) == raw
    assert [document.cells(at) for at in range(len(document))] == rows


@given(TABLES, DELIMITERS, NEWLINES, st.sampled_from(sorted(ENCODINGS)), st.data())
def test_a_change_to_any_table_keeps_every_other_record_to_the_byte(rows, delimiter, newline, encoding, data):
    try:
        raw = written(rows, delimiter, newline, encoding)
    except UnicodeEncodeError:
        assume(False)
    before = parse_document(raw, "x.csv")
    cells = data.draw(st.lists(TEXT, min_size=len(rows[0]), max_size=len(rows[0])))
    new = edits.join_cells(cells, before.delimiter)
    at = data.draw(st.integers(0, len(before)))
    old = before.record(at) if at < len(before) and data.draw(st.booleans()) else None
    edit = Edit(at, old, None if old is not None and data.draw(st.booleans()) else new)
    after = parse_document(before.encoded(edits.apply_edits(before, [edit])), "x.csv")
    edits.check_gates(before, [edit], after, "x.csv")
    expected = records(before)
    expected[at : at + (old is not None)] = [] if edit.new is None else [edit.new]
    assert records(after) == expected
    if edit.new is not None:
        assert after.cells(at) == cells


@given(st.lists(TEXT, min_size=1, max_size=5), DELIMITERS)
def test_any_cells_come_back_from_a_record(cells, delimiter):
    assert document.split_record(edits.join_cells(cells, delimiter), delimiter) == cells


def test_a_lone_carriage_return_is_quoted():
    assert edits.join_cells(["a\rb", "\r"], ",") == b'"a\rb","\r"'


def test_half_a_character_is_refused_wherever_it_stands():
    sentence = "the text holds half of a character (U+D83D), which no file can keep; delete it and save again"
    for cells in (["\ud83d", "x"], ["x", "y\ud83d"]):
        with pytest.raises(RecordsError) as error:
            edits.join_cells(cells, ",")
        assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (b"id, company ,notes", ("id", "company", "notes")),
        (b"id,,notes,", ("id", "column 2", "notes", "column 4")),
        (b"notes,notes,notes", ("notes", "notes (2)", "notes (3)")),
        (b'"a,b","say ""hi"""', ("a,b", 'say "hi"')),
    ],
)
def test_every_column_has_a_name_of_its_own(header, names):
    assert parse_document(header + b"\n", "x.csv").header == names


def test_lines_are_counted_as_an_editor_counts_them():
    raw = b'sep=,\r\na,b\r\n\r\n"x\ny\rz",1\r\n2,3\r4,5\n6,7'
    assert parse_document(raw, "x.csv").lines.tolist() == [4, 7, 8, 9]


# What is refused


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "interviews.csv: is empty: restore a backup, or delete the file to begin anew"),
        (UTF8_MARK + b" \r\n", "interviews.csv: is empty: restore a backup, or delete the file to begin anew"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "interviews.csv: line 3: a quote is opened here and never closed"),
        (b'a,b\n1,2\n"3"x,4\n', "interviews.csv: line 3: text follows a closing quote"),
        (
            b"a,b\n1,2,3\n4,5\n\n6,7,8,9\n10\n",
            "interviews.csv: line 2: has 3 cells where the header has 2\n"
            "interviews.csv: line 5: has 4 cells where the header has 2",
        ),
        (b'a,b\n1,2\nx"y,z,\n', "interviews.csv: line 3: has 3 cells where the header has 2"),
        (
            b"Table 1\nid,company,outcome\ni-1,Acme,offer\n",
            "interviews.csv: line 1: 'Table 1' stands above the line with the columns' names, as a title; "
            "delete its line",
        ),
        (
            b"Table 1,,,\nid,company,outcome,role,stage,person,notes\ni-1,Acme,offer,Cook\n",
            "interviews.csv: line 1: 'Table 1' stands above the line with the columns' names, as a title; "
            "delete its line",
        ),
        (
            b"\n,Jobs of 2026,\nid,company,outcome,role\n",
            "interviews.csv: line 2: 'Jobs of 2026' stands above the line with the columns' names, as a title; "
            "delete its line",
        ),
        (b"company,,\nAcme,x,y\nBolt,x,y,z\n", "interviews.csv: line 3: has 4 cells where the header has 3"),
        (
            b"a,b\n<<<<<<< HEAD\n1,2\n=======\n1,3\n>>>>>>> theirs\n",
            "\n".join(
                f"interviews.csv: line {line}: '{mark * 7}' is the mark of an unfinished merge; "
                "choose one of the two versions, and delete the marks"
                for line, mark in ((2, "<"), (4, "="), (6, ">"))
            ),
        ),
        (
            b"a,b\n1,\x81\xe9\n",
            "interviews.csv: line 2: the byte 0x81 is neither UTF-8 nor Windows-1252; save the file as UTF-8",
        ),
        (
            b"a,b\r1,\x81\xe9\r",
            "interviews.csv: line 2: the byte 0x81 is neither UTF-8 nor Windows-1252; save the file as UTF-8",
        ),
        (UTF8_MARK + b"a,b\n1,\xe9\n", "interviews.csv: line 2: the byte 0xE9 is not UTF-8; save the file as UTF-8"),
        (b"\xff\xfea\x00\n\x00x", "interviews.csv: line 2: the byte 0x78 is not UTF-16-LE; save the file as UTF-8"),
        ("a,b".encode("utf-32"), "interviews.csv: line 1: is in UTF-32; save it as UTF-8"),
    ],
)
def test_what_is_refused_says_where_and_why(raw, sentence):
    assert refusal(raw) == sentence


def test_a_refused_file_names_each_problem_with_its_line():
    with pytest.raises(RecordsError) as error:
        parse_document(b"a,b\n1,2,3\n", "x.csv")
    assert error.value.problems == [Problem(2, "", "", "has 3 cells where the header has 2", "structure")]


def test_a_record_of_several_lines_is_refused_by_its_first():
    sentence = "interviews.csv: line 3: has 3 cells where the header has 2"
    assert refusal(b'id,company\ni-1,Acme\n"i\n2",Bolt,x\ni-3,Corp\n') == sentence


def test_a_refused_file_keeps_its_bytes(file):
    for raw in (b'id,company\n"i-1,Acme\n', b"id,company\n<<<<<<< HEAD\n", b"id,company\ni-1,Acme,x\n", b"\n"):
        file.path.write_bytes(raw)
        with pytest.raises(RecordsError):
            change(file, added())
        assert file.path.read_bytes() == raw
        assert [path.name for path in file.path.parent.iterdir() if path.suffix == ".tmp"] == []


def test_text_behind_a_closing_quote_is_in_no_record_and_in_no_header():
    with pytest.raises(csv.Error):
        document.split_record(b'"a"b,c', ",")
    assert document.head_of(b'"a"b,c\n1,2\n') is None
    assert document.head_of(b'"ab",c\n1,2\n').names == ("ab", "c")


@pytest.mark.parametrize("piece", range(1, 9))
def test_quotes_are_judged_alike_in_pieces_of_any_size(monkeypatch, piece):
    monkeypatch.setattr(document, "PIECE", piece)
    for text in ('"a",b', 'a,"b"\n"c",d', 'a,"b""c"\n""', '"a\n,b"\r"c"', "abcdefgh", ""):
        assert document.quotes_are_regular(np.frombuffer(text.encode(), np.uint8), ",")
    for text in ('a,b\nc,d"e"', 'a,"b"\n"c"d,e', 'a,b\nc,"d', '"a"\nb"c",d', 'ab"', '"a"b'):
        assert not document.quotes_are_regular(np.frombuffer(text.encode(), np.uint8), ",")


def test_the_slow_way_to_the_records_finds_what_the_quick_one_finds():
    for text in ("id,company\ni-1,Acme\n", '\n\na,"b\n"\r\n\r\nc,d', 'a\r"b",""\n', "a", ""):
        slow, quick = (
            [found.tolist() for found in bounds]
            for bounds in (document.scan_bounds(text.encode(), ",", ""), document.regular_bounds(text.encode(), ","))
        )
        assert slow == quick
    odd = parse_document(b'id,company\ni-1,5" disks\n', "x.csv")
    assert odd.header == ("id", "company")
    assert odd.record(0) == b'i-1,5" disks'


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_line_is_refused_where_it_is_longer_than_any_by_its_number(monkeypatch, end):
    monkeypatch.setattr(encodings, "LONGEST_LINE", 10)
    longest = "x" * 9
    for before in ("", "a", f"a{end}b", f"{longest}{end}{longest}"):
        lines = [before, longest] if before else [longest]
        encodings.refuse_endless((end.join(lines) + end).encode(), "x.csv")
        line = end.join(lines).count(end) + 2
        for more in ("y" * 12, f"{'y' * 12}{end}z{end}"):
            with pytest.raises(RecordsError, match=rf"^x.csv: line {line}: is longer than 0 million bytes"):
                encodings.refuse_endless((end.join([*lines, more])).encode(), "x.csv")


def test_merge_marks_inside_quotes_are_text():
    assert rows_of(b'a,b\n1,"x\n=======\ny"\n') == [["1", "x\n=======\ny"]]
    first = edits.join_cells(["=======", ""], ",")
    assert rows_of(b"a,b\n" + first) == [["=======", ""]]


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Problem(7, "outcome", "callbck", "is not a date"), "line 7, outcome: 'callbck' is not a date"),
        (Problem(0, "company", "", "is empty"), "company: is empty"),
        (Problem(3, "", "", "has 1 cell"), "line 3: has 1 cell"),
        (Problem(0, "", "", "is empty"), "is empty"),
        (Problem(2, "notes", "x" * 99, "is long"), f"line 2, notes: '{'x' * 79}…' is long"),
    ],
)
def test_a_problem_is_one_sentence(problem, sentence):
    assert str(problem) == sentence


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder", "is a folder; name the CSV in it"),
        ("pipe", "is not a regular file; name a CSV"),
        ("plain.csv/below", "cannot be read: Not a directory"),
        ("loop", "cannot be read: Too many levels of symbolic links"),
        ("n" * 300, "cannot be read: File name too long"),
        ("nul\0", "cannot be read: no file has a NUL in its name"),
    ],
)
def test_what_is_no_file_is_refused_unread(tmp_path, name, words):
    (tmp_path / "folder").mkdir()
    (tmp_path / "plain.csv").write_bytes(b"a")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(RecordsError) as error:
        disk.read_bytes(tmp_path / name)
    assert str(error.value) == f"{tmp_path / name} {words}"


def test_a_device_is_refused_unread():
    with pytest.raises(RecordsError, match=r"^/dev/zero is not a regular file; name a CSV$"):
        disk.read_bytes(Path("/dev/zero"))


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "stat", refuse)
    with pytest.raises(RecordsError) as error:
        disk.read_bytes(tmp_path / "x.csv")
    monkeypatch.undo()
    assert str(error.value) == f"{tmp_path / 'x.csv'} cannot be read: Permission denied"


# One change, and nothing else


def test_add_change_and_delete_touch_one_record(file):
    change(file, added())
    assert file.path.read_bytes() == b"id,company\ni-1,Acme\ni-2,Bolt\ni-3,Corp\n"
    change(file, changed(0, b'i-1,"Acme, Inc"'))
    assert file.path.read_bytes() == b'id,company\ni-1,"Acme, Inc"\ni-2,Bolt\ni-3,Corp\n'
    change(file, deleted(1))
    assert file.path.read_bytes() == b'id,company\ni-1,"Acme, Inc"\ni-3,Corp\n'


@pytest.mark.parametrize(
    ("raw", "after"),
    [
        (b"id,company", b"id,company\ni-3,Corp\n"),
        (b"id,company\r\ni-1,Acme", b"id,company\r\ni-1,Acme\r\ni-3,Corp\r\n"),
        (b"id,company\ri-1,Acme\r", b"id,company\ri-1,Acme\ri-3,Corp\r"),
        (b"id,company\n\ni-1,Acme\n\n\n", b"id,company\n\ni-1,Acme\n\n\ni-3,Corp\n"),
        (UTF8_MARK + b"id,company\n", UTF8_MARK + b"id,company\ni-3,Corp\n"),
        (b"sep=,\r\nid,company\r\n", b"sep=,\r\nid,company\r\ni-3,Corp\r\n"),
    ],
)
def test_a_new_record_is_written_as_the_file_is(file, raw, after):
    file.path.write_bytes(raw)
    change(file, added())
    assert file.path.read_bytes() == after


class Clock(datetime):
    """A clock that can be set."""

    shows = datetime(2026, 10, 25, 2, 30)

    @classmethod
    def now(cls, tz=None):
        return cls.shows


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(hours=5), timedelta(days=400)], ids=str)
def test_where_the_clock_goes_back_the_newest_backup_is_still_the_last_and_stays(file, monkeypatch, back):
    monkeypatch.setattr(backups, "datetime", Clock)
    for at in range(25):
        Clock.shows = datetime(2026, 10, 25, 2, 30) + timedelta(seconds=at)
        change(file, added(f"i-{at},Firm {at}".encode()), backup="before-update")
    newest, before = file.path.read_bytes(), file.backups.names()
    Clock.shows = datetime(2026, 10, 25, 2, 30) - back
    file.put(file.path.read_bytes(), file.backup(before[-3]), backup="before-restore")
    assert file.backups.names()[-1] not in before
    assert file.backups.bytes_of(file.backups.names()[-1]) == newest
    change(file, lambda document: (document, [Edit(0, document.record(0), None)]), backup="before-delete")
    assert file.backups.names()[-1].endswith(".before-delete.csv")
    assert len(file.backups.names()) >= 20


def test_a_backup_with_a_moment_that_no_calendar_has_is_none(file):
    change(file, added(), backup="before-update")
    (file.backups.folder / "records.20261399-101500-000000.update.csv").write_bytes(b"x")
    (file.backups.folder / "records.99991231-235959-999999.update.csv").write_bytes(b"x")
    assert len(file.backups.names()) == 1
    change(file, added(), backup="before-update")


def test_a_plan_without_splices_leaves_the_file_alone(file):
    before = version_of(file.path)
    assert change(file, lambda document: (document, []), backup="before-update").raw == file.path.read_bytes()
    assert version_of(file.path) == before
    assert file.backups.names() == []


def test_new_columns_come_at_the_right_and_touch_nothing_else():
    raw = b'sep=;\r\nid;"company"\r\n\r\ni-1;"A;""x\r\ny"\r\ni-2;B'
    document = edits.with_columns(parse_document(raw, "x.csv"), ["did_a", "did b;c"])
    assert document.raw == b'sep=;\r\nid;"company";did_a;"did b;c"\r\n\r\ni-1;"A;""x\r\ny";;\r\ni-2;B;;'
    assert document.header == ("id", "company", "did_a", "did b;c")


@pytest.mark.parametrize("names", [["id"], ["note", "note"], [" note"], [""]])
def test_a_new_column_that_would_not_be_read_under_its_name_is_refused(names):
    with pytest.raises(RecordsError) as error:
        edits.with_columns(parse_document(b"id,company\ni-1,Acme\n", "x.csv"), names)
    listed = ", ".join(map(repr, names))
    assert str(error.value) == f"{listed} cannot be the name of a column here; nothing was saved"


def test_a_character_that_the_encoding_lacks_makes_the_file_utf_8(file):
    file.path.write_bytes("id,company\ni-1,Café €\n".encode("cp1252"))
    assert change(file, changed(0, "i-1,Café £".encode())).encoding == "cp1252"
    assert file.path.read_bytes() == "id,company\ni-1,Café £\n".encode("cp1252")
    assert change(file, added("i-3,☕ 😀".encode())).encoding == "utf-8"
    assert file.path.read_bytes() == UTF8_MARK + "id,company\ni-1,Café £\ni-3,☕ 😀\n".encode()


def test_windows_1252_that_would_read_as_utf_8_becomes_utf_8(file):
    file.path.write_bytes("id,company\ni-1,é\ni-2,Ã©\n".encode("cp1252"))
    change(file, deleted(0))
    assert file.path.read_bytes() == UTF8_MARK + "id,company\ni-2,Ã©\n".encode()


@pytest.mark.parametrize(
    "splices",
    [
        [Edit(2, None, b"i-3,Corp\ni-4,Dust")],
        [Edit(0, b"i-1,Acme", b"")],
        [Edit(0, b"i-1,Acme", b"i-1,Acme\n")],
        [Edit(2, None, b"i-3,Corp"), Edit(2, None, b"")],
    ],
)
def test_a_change_that_would_touch_more_is_refused(file, splices):
    before = file.path.read_bytes()
    with pytest.raises(RecordsError) as error:
        change(file, lambda document: (document, splices))
    assert str(error.value) == "records.csv: the change would have touched other records too; nothing was saved"
    assert file.path.read_bytes() == before


FOUR = "id,company\ni-1,Acme\ni-2,Bolt\ni-3,Corp\ni-4,Dust\n"
SECOND_CHANGED = Edit(1, b"i-2,Bolt", b"i-2,Bell")
SECOND_GONE = Edit(1, b"i-2,Bolt", None)
ONE_MORE = Edit(2, None, b"i-5,Echo")


@pytest.mark.parametrize(
    ("planned", "there", "instead"),
    [
        ([SECOND_CHANGED], "i-2,Bolt", "i-2,Bell"),
        ([SECOND_CHANGED, ONE_MORE], "i-2,Bolt", "i-2,Bell\ni-5,Echo"),
        ([ONE_MORE, SECOND_CHANGED], "i-2,Bolt", "i-2,Bell\ni-5,Echo"),
        ([SECOND_GONE], "i-2,Bolt\n", ""),
        ([SECOND_GONE, ONE_MORE], "i-2,Bolt", "i-5,Echo"),
        ([SECOND_GONE, Edit(3, b"i-4,Dust", b"i-4,Dune")], "i-2,Bolt\ni-3,Corp\ni-4,Dust", "i-3,Corp\ni-4,Dune"),
        ([Edit(0, None, b"i-0,Zero"), Edit(4, None, b"i-5,Echo")], FOUR[11:], f"i-0,Zero\n{FOUR[11:]}i-5,Echo\n"),
    ],
)
def test_the_gates_let_through_what_was_planned_and_refuse_one_byte_elsewhere(planned, there, instead):
    before = parse_document(FOUR.encode(), "x.csv")
    after = FOUR.replace(there, instead)
    edits.check_gates(before, planned, parse_document(after.encode(), "x.csv"), "x.csv")
    assert edits.apply_edits(before, planned) == after.encode()
    for at, letter in enumerate(after):
        if letter.isalpha():  # in the header, before, between and behind the edits, and in what they write
            touched = parse_document((after[:at] + "x" + after[at + 1 :]).encode(), "x.csv")
            with pytest.raises(RecordsError, match="would have touched other records"):
                edits.check_gates(before, planned, touched, "x.csv")


@pytest.mark.parametrize(
    ("planned", "after"),
    [
        ([SECOND_CHANGED], "i-1,Acme\ni-2,Bell\ni-3,Corp"),
        ([SECOND_CHANGED], "i-1,Acme\ni-2,Bell\ni-3,Corp\ni-4,Dust\ni-5,Echo"),
        ([SECOND_GONE], "i-1,Acme\ni-3,Corp"),
        ([SECOND_GONE], "i-1,Acme\ni-2,Bolt\ni-3,Corp\ni-4,Dust"),
        ([ONE_MORE], "i-1,Acme\ni-2,Bolt\ni-5,Echo\ni-4,Dust"),
        ([], "i-1,Acme\ni-2,Bolt\ni-3,Corp"),
        ([Edit(3, b"i-4,Dust", b"i-4,Dune")], "i-1,Acme"),
    ],
)
def test_the_gates_refuse_a_record_too_few_or_too_many(planned, after):
    after = parse_document(f"id,company\n{after}\n".encode(), "x.csv")
    with pytest.raises(RecordsError, match="would have touched other records"):
        edits.check_gates(parse_document(FOUR.encode(), "x.csv"), planned, after, "x.csv")


def test_the_gates_refuse_another_header_or_delimiter_over_the_same_records():
    before = parse_document(b"id,company\n1;2,3\n", "x.csv")
    for head in (b"id,firm", b"company,id", b"id;company"):
        after = parse_document(head + b"\n1;2,3\n", "x.csv")
        assert after.record(0) == before.record(0)
        with pytest.raises(RecordsError, match="would have touched other records"):
            edits.check_gates(before, [], after, "x.csv")


def test_a_record_that_would_be_ragged_is_refused(file):
    with pytest.raises(RecordsError, match=r"^records.csv: line 4: has 3 cells where the header has 2$"):
        change(file, added(b"i-3,Corp,more"))
    assert file.path.read_bytes() == b"id,company\ni-1,Acme\ni-2,Bolt\n"


def test_a_new_file_is_utf_8_with_its_mark_and_private(tmp_path):
    file = CsvFile(tmp_path / "mine" / "records.csv")
    change(file, added())
    assert file.path.read_bytes() == UTF8_MARK + b"id,company\ni-3,Corp\n"
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o664, 0o600, 0o640])
def test_a_file_keeps_its_mode(file, mode):
    file.path.chmod(mode)
    mask = os.umask(0o022)
    try:
        change(file, added())
    finally:
        os.umask(mask)
    assert stat.S_IMODE(file.path.stat().st_mode) == mode


def test_a_link_stays_a_link(tmp_path, file):
    link = tmp_path / "link" / "records.csv"
    link.parent.mkdir()
    link.symlink_to(file.path)
    change(CsvFile(link), added())
    assert link.is_symlink()
    assert file.path.read_bytes().endswith(b"i-3,Corp\n")


# Gates


def test_a_file_that_vanished_is_not_begun_anew(file):
    file.read()
    file.path.unlink()
    sentence = (
        f"records.csv was here and is gone from {file.path.parent}; nothing was saved. Put it back, or restore a backup"
    )
    for operation in (file.read, lambda: change(file, added())):
        with pytest.raises(RecordsError) as error:
            operation()
        assert str(error.value) == sentence
    assert not file.path.exists()


def test_a_file_with_fewer_records_is_not_written_to(file):
    file.read()
    file.path.write_bytes(b"id,company\ni-1,Acme\n")
    with pytest.raises(RecordsError) as error:
        change(file, added())
    assert str(error.value) == (
        "records.csv has 1 record, and had 2 when last read here; nothing was saved. "
        "Read it again and look whether that is meant, or restore a backup"
    )
    assert file.path.read_bytes() == b"id,company\ni-1,Acme\n"
    file.read()
    change(file, added())
    assert file.path.read_bytes() == b"id,company\ni-1,Acme\ni-3,Corp\n"


def test_a_file_that_was_emptied_is_not_written_to(file):
    file.read()
    file.path.write_bytes(b"")
    with pytest.raises(RecordsError) as error:
        change(file, added())
    assert str(error.value) == "records.csv: is empty: restore a backup, or delete the file to begin anew"
    assert file.path.read_bytes() == b""


def test_bytes_that_do_not_read_back_are_reported(file, monkeypatch):
    monkeypatch.setattr(CsvFile, "exchange_bytes", lambda self, raw, expected: self.path.write_bytes(raw[:-1]))
    with pytest.raises(RecordsError) as error:
        file.replace(parse_document(b"id,company\ni-9,Zeta\n", "x.csv"), file.path.read_bytes())
    assert str(error.value) == "records.csv does not hold what was written to it; the backups do"


def test_a_change_outside_is_noticed(file):
    assert file.differs()  # nobody has looked yet
    assert not CsvFile(file.path.with_name("none.csv")).differs()
    file.read()
    assert not file.differs()
    file.path.write_bytes(file.path.read_bytes() + b"i-3,Corp\n")
    assert file.differs()
    file.read()
    assert not file.differs()
    file.path.unlink()
    assert file.differs()


def test_a_lock_held_elsewhere_is_named(file, monkeypatch):
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0)
    other = CsvFile(file.path)
    with other.lock.held(file.path.name), pytest.raises(RecordsError) as error:
        change(file, added())
    assert str(error.value) == "records.csv has been in use by another program for 0 seconds; try again"
    change(file, added())


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    with pytest.raises(RecordsError) as error:
        disk.make_private_folder(tmp_path / "plain" / "mine")
    assert str(error.value) == (
        f"the folder {tmp_path / 'plain' / 'mine'} cannot be made: File exists; nothing was saved"
    )


def test_a_lock_that_cannot_be_made_says_so(file):
    (file.path.parent / ".records.csv.lock").mkdir()
    with pytest.raises(RecordsError) as error:
        change(file, added())
    assert str(error.value) == f"nothing can be saved in {file.path.parent}: Is a directory"


# A disk that fails


FAULTS = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EIO, "Input/output error"),
    KeyboardInterrupt(),
]


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close", "chmod", "replace"])
@pytest.mark.parametrize("fault", FAULTS, ids=["full", "broken", "stopped"])
def test_a_write_that_fails_leaves_the_old_bytes_and_nothing_else(tmp_path, monkeypatch, call, fault):
    path = tmp_path / "records.csv"
    path.write_bytes(b"old")
    real = getattr(os, call)

    def fail(*arguments, **options):
        if call in ("close", "write"):
            real(*arguments, **options)
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail)
        with pytest.raises((OSError, KeyboardInterrupt)):
            disk.replace_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["records.csv"]


def fail_on(monkeypatch, call, fault, *, nth):
    """Make the nth call fail; return the list that counts the calls."""
    real, calls = getattr(os, call), []

    def counted(*arguments, **options):
        calls.append(arguments)
        if len(calls) == nth:
            raise fault
        return real(*arguments, **options)

    monkeypatch.setattr(os, call, counted)
    return calls


@pytest.fixture
def _no_exchange(monkeypatch):
    """Let the file system have no way to exchange two files in one step."""
    monkeypatch.setattr(csv_file, "exchange", lambda one, other: False)


@pytest.mark.usefixtures("_no_exchange")
@pytest.mark.parametrize("fault", FAULTS[:2], ids=["full", "broken"])
def test_each_step_that_fails_is_told_apart(file, monkeypatch, fault):
    why = fault.strerror
    sentences = {
        ("write", 1): f"no backup of records.csv could be kept: {why}; nothing was saved",
        ("fsync", 2): f"no backup of records.csv could be kept: {why}; nothing was saved",
        ("write", 2): f"records.csv could not be saved: {why}; it is as it was",
        ("fsync", 3): f"records.csv could not be saved: {why}; it is as it was",
        ("replace", 2): f"records.csv could not be saved: {why}; it is as it was",
        ("fsync", 4): f"records.csv was written, but the disk does not confirm it: {why}; look at it before you go on",
    }
    for (call, nth), sentence in sentences.items():
        before = file.path.read_bytes()
        with monkeypatch.context() as patched:
            fail_on(patched, call, fault, nth=nth)
            with pytest.raises(RecordsError) as error:
                change(file, changed(0, f"i-1,{call} {nth}".encode()), backup="before-update")
        assert str(error.value) == sentence
        assert (file.path.read_bytes() == before) == ("could" in sentence)
        assert [path for path in file.path.parent.rglob("*.tmp") if path.is_file()] == []
    change(file, added())


@pytest.mark.parametrize("error", disk.NO_FOLDER_SYNC)
def test_a_folder_that_cannot_be_synced_does_not_stop_a_save(file, monkeypatch, error):
    real = os.fsync

    def no_folders(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(error, "not for folders")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", no_folders)
    change(file, added())
    assert file.path.read_bytes().endswith(b"i-3,Corp\n")


@pytest.mark.usefixtures("_no_exchange")
def test_a_file_held_by_a_scanner_is_tried_again(file, monkeypatch):
    monkeypatch.setattr(disk.time, "sleep", lambda seconds: None)
    held = PermissionError(errno.EACCES, "Permission denied")
    with monkeypatch.context() as patched:
        calls = fail_on(patched, "replace", held, nth=1)
        disk.replace_bytes(file.path, b"id,company\n")
    assert len(calls) == 2
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", lambda *paths: (_ for _ in ()).throw(held))
        with pytest.raises(RecordsError, match=r"^records.csv could not be saved: Permission denied; it is as it was$"):
            file.replace(parse_document(b"id,company\ni-9,Dust\n", "x.csv"), file.path.read_bytes())


@pytest.mark.parametrize("held", range(disk.REPLACE_TRIES + 1))
def test_a_file_that_is_held_too_long_is_told(tmp_path, monkeypatch, held):
    replace, times, waits = os.replace, [], []

    def refused(source, target):
        times.append(source)
        if len(times) <= held:
            raise PermissionError(errno.EACCES, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refused)
    monkeypatch.setattr(disk.time, "sleep", waits.append)
    (tmp_path / "new").write_bytes(b"new")
    with pytest.raises(PermissionError) if held == disk.REPLACE_TRIES else nullcontext():
        disk.replace_with_retries(tmp_path / "new", tmp_path / "old")
    assert len(times) == min(held + 1, 5)
    assert (tmp_path / "old").exists() == (held < 5)
    assert waits == [0.05, 0.1, 0.2, 0.4][:held]


@pytest.mark.usefixtures("_no_exchange")
def test_a_replacing_that_is_done_and_reported_as_failed_is_a_save(file, monkeypatch):
    real = os.replace

    def done_and_failed(source, target):
        real(source, target)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "replace", done_and_failed)
    document = parse_document(b"id,company\ni-9,Dust\n", "x.csv")
    assert file.replace(document, file.path.read_bytes()) is document
    assert file.path.read_bytes() == document.raw


def test_a_write_in_pieces_is_whole(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, view: real(descriptor, view[:7]))
    disk.replace_bytes(tmp_path / "x.csv", b"0123456789" * 9)
    assert (tmp_path / "x.csv").read_bytes() == b"0123456789" * 9


def test_a_save_is_on_the_disk_before_it_is_in_place(file, monkeypatch):
    steps = []
    change(file, added())
    for module, call in ((os, "write"), (os, "fsync"), (csv_file, "exchange")):
        real = getattr(module, call)
        monkeypatch.setattr(module, call, lambda *args, call=call, real=real: (steps.append(call), real(*args))[1])
    change(file, added(b"i-4,Dust"))
    assert steps == ["write", "fsync", "exchange", "fsync"]


def saved_in_between(file, monkeypatch, saves):
    """Let another program save the file right before it is exchanged, so many times."""
    exchange, times = csv_file.exchange, []

    def late(one, other):
        times.append(other)
        if len(times) <= saves:
            other.with_name("theirs").write_bytes(other.read_bytes() + f"i-9{len(times)},Theirs\n".encode())
            os.replace(other.with_name("theirs"), other)
        return exchange(one, other)

    monkeypatch.setattr(csv_file, "exchange", late)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_a_file_that_root_saves_stays_its_owners(file):
    os.chown(file.path, 1234, 2345)
    file.path.chmod(0o640)
    change(file, added())
    found = file.path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (1234, 2345, 0o640)


def test_a_system_whose_files_have_no_owners_saves_as_well(file, monkeypatch):
    monkeypatch.delattr(os, "chown", raising=False)
    change(file, added())
    assert file.path.read_bytes().endswith(b"i-3,Corp\n")


def test_what_was_left_and_cannot_be_deleted_stops_no_save(file, monkeypatch):
    leftover, real = file.path.parent / ".records.csv.0a1b.tmp", Path.unlink
    leftover.touch()

    def unlink(path, **options):
        if path == leftover:
            raise PermissionError(13, "Permission denied")
        real(path, **options)

    monkeypatch.setattr(Path, "unlink", unlink)
    change(file, added())
    assert file.path.read_bytes().endswith(b"i-3,Corp\n")
    assert leftover.is_file()


def test_what_another_program_saves_right_before_is_kept_and_the_change_made_on_it(file, monkeypatch):
    saved_in_between(file, monkeypatch, 1)
    change(file, added())
    assert file.path.read_bytes().endswith(b"i-2,Bolt\ni-91,Theirs\ni-3,Corp\n")
    assert [path.name for path in file.path.parent.glob(".*.tmp")] == []


@pytest.mark.parametrize("back", ["fails", "meets a newer version"])
def test_what_cannot_be_put_back_is_in_a_backup(file, monkeypatch, back):
    exchange, times = csv_file.exchange, []

    def late(one, other):
        times.append(other)
        if len(times) == 2 and back == "fails":
            return False
        if len(times) < 3:
            other.write_bytes(b"id,company\ni-9,Theirs %d\n" % len(times))
        return exchange(one, other)

    monkeypatch.setattr(csv_file, "exchange", late)
    change(file, added())
    newest = b"Theirs 1" if back == "fails" else b"Theirs 2"
    assert newest in file.backups.bytes_of(file.kept_aside)
    assert file.path.read_bytes().endswith(b"i-3,Corp\n")


def test_where_another_program_goes_on_saving_nothing_is_saved_and_it_says_so(file, monkeypatch):
    saved_in_between(file, monkeypatch, 10**6)
    with pytest.raises(RecordsError) as error:
        change_once(file, added())
    assert str(error.value) == (
        "records.csv is being changed by another program; nothing was saved. Close it there, and save again"
    )
    assert b"Corp" not in file.path.read_bytes()
    assert file.path.read_bytes().count(b"Theirs") == 1


@pytest.mark.usefixtures("_no_exchange")
def test_without_an_exchange_what_was_replaced_unseen_is_in_a_backup(file, monkeypatch):
    replace = os.replace

    def late(source, target):
        if Path(target) == file.path:
            with file.path.open("ab") as theirs:  # in place, so that the link shows it
                theirs.write(b"i-9,Theirs\n")
        replace(source, target)

    change(file, added())
    monkeypatch.setattr(os, "replace", late)
    change(file, added(b"i-4,Dust"))
    assert file.backups.names()[-1].endswith(".changed-meanwhile.csv")
    assert file.backups.bytes_of(file.backups.names()[-1]).endswith(b"i-3,Corp\ni-9,Theirs\n")


@pytest.mark.skipif(not sys.platform.startswith(("linux", "darwin")), reason="this system exchanges no files")
def test_two_files_are_exchanged_and_what_cannot_be_is_said(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other é"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    assert csv_file.exchange(one, other)
    assert (one.read_bytes(), other.read_bytes()) == (b"2", b"1")
    assert not csv_file.exchange(one, tmp_path / "none")


# Backups


def stamped(moment, reason="before-update"):
    return f"records.{moment:%Y%m%d-%H%M%S-%f}.{reason}.csv"


def test_the_last_twenty_stay_and_one_a_day_for_thirty_days_and_one_a_month():
    noon = datetime(2026, 6, 30, 12)
    hourly = [stamped(noon - timedelta(hours=hours)) for hours in range(24 * 400)]
    gone = set(backups.expired_backups(hourly))
    kept = sorted(set(hourly) - gone)
    days = {name.split(".")[1][:8] for name in kept}
    last_days = {f"{date(2026, 6, 30) - timedelta(days=day):%Y%m%d}" for day in range(30)}
    months = {name.split(".")[1][:6] for name in hourly}
    assert set(sorted(hourly)[-20:]) <= set(kept)
    assert last_days <= days
    assert {name.split(".")[1][:6] for name in kept} == months
    assert len(kept) == 20 + 28 + len(months) - 1  # today, yesterday and this month are among the last 20
    assert all(name.split(".")[1][9:11] == "23" for name in kept[: len(months) - 1])


def test_few_backups_all_stay():
    assert backups.expired_backups([stamped(datetime(2026, 1, 1, 12, minute)) for minute in range(20)]) == []


def test_backups_are_kept_before_the_first_change_of_a_day_and_for_a_reason(file):
    raws = [file.path.read_bytes()]
    change(file, added())
    change(file, added(b"i-4,Dust"))
    assert [name.split(".")[2] for name in file.backups.names()] == ["first-of-day"]
    raws.append(file.path.read_bytes())
    change(file, deleted(0), backup="before-delete")
    assert [name.split(".")[2] for name in file.backups.names()] == ["first-of-day", "before-delete"]
    assert [file.backups.bytes_of(name) for name in file.backups.names()] == raws
    assert stat.S_IMODE(file.backups.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in file.backups.folder.iterdir()} == {0o600}


def test_a_backup_that_cannot_be_read_holds_no_record_and_is_not_the_one_to_put_back(file):
    change(file, added())
    change(file, added(b"i-4,Dust"), backup="before-update")
    good, bad = file.backups.names()
    (file.backups.folder / bad).write_bytes(b'id,company\ni-1,"Acme\n')
    assert [file.backups.records_in(name) for name in (good, bad)] == [2, 0]
    file.path.unlink()
    with pytest.raises(LostFileError) as error:
        CsvFile(file.path).read()
    assert error.value.backup == good


def test_old_backups_are_let_go(file):
    for number in range(30):
        change(file, changed(0, f"i-1,Acme {number}".encode()), backup="before-update")
    assert len(file.backups.names()) == 20
    assert b"Acme 28" in file.backups.bytes_of(file.backups.names()[-1])


def test_a_backup_that_is_put_back_is_the_same_bytes_and_what_it_replaces_is_kept(file):
    old = file.path.read_bytes()
    change(file, deleted(0), backup="before-delete")
    short = file.path.read_bytes()
    file.put(file.path.read_bytes(), file.backup(file.backups.names()[0]), backup="before-restore")
    assert file.path.read_bytes() == old
    assert file.backups.names()[-1].endswith(".before-restore.csv")
    assert file.backups.bytes_of(file.backups.names()[-1]) == short


def test_a_backup_comes_back_over_a_file_that_cannot_be_parsed(file):
    old = file.path.read_bytes()
    change(file, deleted(0), backup="before-delete")
    file.path.write_bytes(b'"broken')
    file.put(file.path.read_bytes(), file.backup(file.backups.names()[0]), backup="before-restore")
    assert file.path.read_bytes() == old
    assert file.backups.bytes_of(file.backups.names()[-1]) == b'"broken'


def test_what_is_no_backup_is_named_with_those_there_are(file):
    with pytest.raises(RecordsError) as error:
        file.backups.bytes_of("../../secret")
    assert str(error.value) == "'../../secret' is no backup of records.csv; the newest are: none yet"
    change(file, added())
    with pytest.raises(RecordsError) as error:
        file.put(file.path.read_bytes(), file.backup("yesterday"), backup="before-restore")
    assert str(error.value) == f"'yesterday' is no backup of records.csv; the newest are: {file.backups.names()[0]}"


# Hostile shapes, in bounded time


@pytest.mark.parametrize(
    "raw",
    [
        b"a" * 3_000_000,
        b"," * 200_000 + b"\n",
        b'"' * 1_000_001,
        b'a\n"' + b'""' * 500_000,
        b"a,b\n" + b'"x"y,' * 200_000,
        b"\n" * 2_000_000,
        b"\0" * 2_000_000,
        b'a,b\nx"y,z\n' * 50_000,
    ],
    ids=lambda raw: re.sub(r"\W", ".", repr(raw[:6])),
)
def test_hostile_bytes_are_parsed_or_refused_soon(raw):
    started = time.process_time()
    try:
        parse_document(raw, "x.csv")
    except RecordsError as error:
        assert len(str(error)) < 20_000  # noqa: PT017
    assert time.process_time() - started < 5


@settings(max_examples=200)
@given(st.binary(max_size=60).map(lambda raw: b"id,b\n" + raw) | st.binary(max_size=60))
def test_any_bytes_are_parsed_or_refused_in_a_sentence(raw):
    try:
        document = parse_document(raw, "x.csv")
    except RecordsError as error:
        assert str(error).startswith("x.csv: ")  # noqa: PT017
    else:
        assert document.encoded(document.content) == raw or document.encoding != "utf-8"
        assert all(len(row) == len(document.header) for row in document.rows())

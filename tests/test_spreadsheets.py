"""What spreadsheets and sync programs do to a file: it is read, said, and can be written in the kit's form again."""

import csv
import io
import os
import re
import shutil
from datetime import date, datetime, time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from interview_kit import Journal, RecordsError, check_interviews, due_follow_ups, load_interviews
from interview_kit.files.csv_file import CsvFile
from interview_kit.files.document import parse_document
from interview_kit.journal import SAMPLE, SAMPLE_DAY, standard_form, versions
from interview_kit.schema import INTERVIEWS, TABLES, spreadsheets
from interview_kit.schema.spreadsheets import order_of

pytestmark = pytest.mark.filterwarnings("ignore::interview_kit.RecordsWarning")
DAY, MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def rows_of(raw, delimiter=","):
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True))


def resaved(folder, change, *, header=lambda cell: cell, delimiter=",", drop_empty=False):
    """Return a folder with the sample's tables, each cell changed as a spreadsheet would when it saves them."""
    folder.mkdir()
    for name in TABLES:
        first, *rows = rows_of((SAMPLE.parent / f"{name}.csv").read_bytes())
        rows = [[change(cell) for cell in row] for row in rows]
        rows = [row[: max(at for at, cell in enumerate(row) if cell) + 1] for row in rows] if drop_empty else rows
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows([[header(cell) for cell in first], *rows])
        (folder / f"{name}.csv").write_bytes(out.getvalue().encode("utf-8-sig"))
    return folder


def american(cell):
    if DAY.fullmatch(cell):
        return "{0.month}/{0.day}/{0.year}".format(date.fromisoformat(cell))
    if MOMENT.fullmatch(cell):
        return "{0.month}/{0.day}/{0.year} {0:%H:%M}".format(datetime.fromisoformat(cell))
    return cell


def british(cell):
    if DAY.fullmatch(cell):
        return f"{date.fromisoformat(cell):%d/%m/%Y}"
    return f"{datetime.fromisoformat(cell):%d/%m/%Y %H:%M:%S}" if MOMENT.fullmatch(cell) else cell


def german(cell):
    if DAY.fullmatch(cell):
        return f"{date.fromisoformat(cell):%d.%m.%Y}"
    if MOMENT.fullmatch(cell):
        return f"{datetime.fromisoformat(cell):%d.%m.%Y %H:%M}"
    return {"yes": "WAHR", "no": "FALSCH"}.get(cell, f"{cell},0" if re.fullmatch(r"\d\d?", cell) else cell)


def with_clock(cell):
    return f"{time.fromisoformat(cell):%I:%M:%S %p}" if re.fullmatch(r"\d\d:\d\d", cell) else cell


def boxes(cell):
    return {"yes": "☑", "no": "☐"}.get(cell, cell)


def titled(cell):
    return cell.replace("_", " ").title()


RESAVED = {
    "Excel in the US": (american, {"drop_empty": True}),
    "Excel in Britain": (british, {}),
    "Excel in Germany": (german, {"delimiter": ";"}),
    "LibreOffice": (with_clock, {}),
    "check boxes": (boxes, {}),
    "other headers": (str, {"header": titled}),
    "headers in capitals": (str, {"header": lambda cell: cell.upper().replace("_", "-")}),
    "empty cells dropped": (str, {"drop_empty": True}),
}


def same_to_the_minute(mine, theirs):
    """Say whether two frames say the same; spreadsheets show moments without their seconds."""
    for frame in (mine, theirs):
        for name in frame.select_dtypes("datetime"):
            frame[name] = frame[name].dt.floor("min")
    return mine.equals(theirs)


@pytest.mark.parametrize(("change", "how"), RESAVED.values(), ids=RESAVED)
def test_a_file_that_a_spreadsheet_saved_again_says_what_it_said(tmp_path, change, how):
    folder = resaved(tmp_path / "mine", change, **how)
    for name in TABLES:
        frame = Journal(folder).read(name)
        assert frame.attrs["problems"] == []
        assert same_to_the_minute(frame, Journal(SAMPLE.parent).read(name))
    loaded = load_interviews(folder / "interviews.csv")
    assert loaded.attrs["notes"]
    assert check_interviews(folder / "interviews.csv").empty


@pytest.mark.parametrize(("change", "how"), RESAVED.values(), ids=RESAVED)
def test_one_operation_writes_it_in_the_kits_form_and_one_undo_takes_that_back(tmp_path, change, how):
    folder = resaved(tmp_path / "mine", change, **how)
    mine = Journal(folder)
    for name in TABLES:
        path, before, frame = folder / f"{name}.csv", (folder / f"{name}.csv").read_bytes(), mine.read(name)
        mine.standardize(name)
        assert mine.read(name).equals(frame)
        assert mine.read(name).attrs["notes"] == []
        assert not mine.deviations(name)
        sample = rows_of((SAMPLE.parent / f"{name}.csv").read_bytes())
        written = rows_of(path.read_bytes(), how.get("delimiter", ","))
        assert [cell[:16] for row in written for cell in row] == [cell[:16] for row in sample for cell in row]
        if path.read_bytes() != before:
            assert mine.next_undo() == f"take back the rewriting of {name}.csv"
            assert mine.undo() == f"Took back the rewriting of {name}.csv."
        assert path.read_bytes() == before


@pytest.mark.parametrize(("change", "how"), RESAVED.values(), ids=RESAVED)
def test_records_can_be_added_changed_and_deleted_in_it(tmp_path, change, how):
    mine = Journal(resaved(tmp_path / "mine", change, **how))
    before, header = mine.interviews(), (mine.folder / "interviews.csv").read_bytes().split(b"\n")[0]
    row = {name: value for name, value in before.iloc[3].items() if not pd.isna(value)}
    mine.update("interviews", row["id"], {"outcome": "offer", "outcome_on": date(2026, 11, 20)}, seen=row)
    key = mine.add("interviews", {"company": "Acme", "interviewed_on": date(2026, 11, 19), "did_give_examples": True})
    mine.delete("interviews", before["id"][5], seen=before.iloc[5].to_dict())
    after = mine.interviews().set_index("id")
    assert (mine.folder / "interviews.csv").read_bytes().split(b"\n")[0] == header
    assert after.loc[row["id"], ["outcome", "outcome_on"]].tolist() == ["offer", pd.Timestamp(2026, 11, 20)]
    assert after.loc[key, ["interviewed_on", "did_give_examples"]].tolist() == [pd.Timestamp(2026, 11, 19), True]
    untouched = before.set_index("id").drop([row["id"], before["id"][5]])
    assert after.loc[untouched.index].equals(untouched)
    for _ in range(1):
        mine.undo()
    assert before["id"][5] in set(mine.interviews()["id"])


def test_what_is_read_with_help_is_said_once_a_kind(tmp_path, capsys):
    folder = resaved(tmp_path / "mine", american, drop_empty=True)
    assert load_interviews(folder / "interviews.csv").attrs["notes"] == [
        "76 records lack their last cells, read as empty: lines 2, 3, 4 and 73 more",
        "interviewed_on, debriefed_at and outcome_on: dates are read with the month first, as '1/13/2026' shows",
    ]
    folder = resaved(tmp_path / "german", german, delimiter=";")
    assert load_interviews(folder / "interviews.csv").attrs["notes"] == [
        "interviewed_on, debriefed_at and outcome_on: dates are read with the day first, as '13.01.2026' shows",
        "did_prepare, did_arrive_early, did_drink_coffee and 6 more: 'WAHR' is read as yes",
        "rated_calm, rated_clarity and rated_rapport: '1,0' is read as 1",
        "chance: '75,0' is read as 75",
    ]
    folder = resaved(tmp_path / "titled", str, header=titled)
    assert load_interviews(folder / "interviews.csv").attrs["notes"] == [
        "columns are known by another spelling: 'Id' as id, 'Person' as person, 'Company' as company and 33 more"
    ]


def test_notes_are_no_failure_of_check_and_problems_are(tmp_path, capsys):
    from interview_kit.app import main

    folder = resaved(tmp_path / "mine", with_clock)
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "Note: starts_at and ended_at: '01:00:00 PM' is read as 13:00",
        f"To write the file in the kit's form again: interview-kit standardize {folder}",
        "No problems in 76 interviews",
    ]
    assert main(["standardize", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "interviews.csv is in the kit's form again.",
        f"To take it back: interview-kit undo --records {folder}.",
    ]
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("No problems in 76 interviews\n")
    (folder / "interviews.csv").write_text("company,outcome\nAcme,callbck\n")
    assert main(["check", str(folder)]) == 1
    assert main(["standardize", str(tmp_path / "other.csv")]) == 1


# Values


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("time", "03:10:00 PM", time(15, 10)),
        ("time", "3:10 p.m.", time(15, 10)),
        ("time", "12:05 AM", time(0, 5)),
        ("time", "12:05 pm", time(12, 5)),
        ("chance", "75,0", 75.0),
        ("chance", "62,5 %", 62.5),
        ("rating", "4,0", 4),
        ("date", "11/25/2026 0:00", date(2026, 11, 25)),
        ("date", "25.11.2026 15:10", date(2026, 11, 25)),
        ("date", "1/13/26", date(2026, 1, 13)),
        ("date", "12-31-99", date(1999, 12, 31)),
        ("datetime", "1/13/26 8:04", datetime(2026, 1, 13, 8, 4)),
        ("datetime", "11/25/2026 15:10", datetime(2026, 11, 25, 15, 10)),
        ("datetime", "2026-11-25 03:10:07 PM", datetime(2026, 11, 25, 15, 10, 7)),
        *(("yes/no", text, True) for text in ("WAHR", "ja", "Oui", "VERDADERO", "vero", "Sí", "☑", "✅", "ИСТИНА")),
        *(("yes/no", text, False) for text in ("FALSCH", "nein", "Non", "FALSO", "não", "☐", "❌", "ЛОЖЬ")),
    ],
)
def test_what_has_one_meaning_is_read(kind, text, value):
    assert spreadsheets.parse(kind, text, order_of([text])) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("time", "13:00 PM"),
        ("time", "0:30 AM"),
        ("time", "3"),
        ("time", "25:00"),
        ("chance", "0,75"),
        ("chance", "7,5,0"),
        ("chance", "101,0"),
        ("rating", "4,5"),
        ("date", "03/04/2026"),
        ("date", "3.4.2026 10:00"),
        ("date", "13/13/2026"),
        ("date", "2/30/2026"),
        *(("date", text) for text in ("13/1/26", "3/4/26", "5/5/26", "13.01.26", "3/4/202", "1/13/20261", "26/1/13")),
        ("datetime", "11/25/2026"),
        ("datetime", "03/04/2026 10:00"),
        ("yes/no", "☒"),
        ("yes/no", "vielleicht"),
    ],
)
def test_what_can_mean_two_things_or_none_is_not_guessed(kind, text):
    with pytest.raises(ValueError, match=r"^(is not|can be|reads as)"):
        spreadsheets.parse(kind, text, order_of([text]))


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (["3/4/2026", "1/13/2026"], ["2026-03-04", "2026-01-13"]),
        (["3/4/2026", "13/1/2026"], ["2026-04-03", "2026-01-13"]),
        (["3/4/2026", "5/5/2026"], [None, "2026-05-05"]),
        (["3/4/2026", "1/13/2026", "13/1/2026"], [None, "2026-01-13", "2026-01-13"]),
        (["3/4/2026", "13.1.2026"], [None, "2026-01-13"]),
        (["3/4/2026", "2026-01-13"], [None, "2026-01-13"]),
        (["3/4/26", "1/13/26", "5/5/26"], ["2026-03-04", "2026-01-13", "2026-05-05"]),
        (["3/4/26", "13/1/26"], [None, None]),
        (["3/4/26", "13/1/2026"], ["2026-04-03", "2026-01-13"]),
        (["3/4/26", "1/13/26", "13/1/26"], ["2026-03-04", "2026-01-13", None]),
    ],
)
def test_the_order_of_dates_is_proved_by_their_own_column_and_sign(tmp_path, texts, read):
    path = tmp_path / "a.csv"
    path.write_text("company,interviewed_on\n" + "".join(f"Acme,{text}\n" for text in texts))
    frame = load_interviews(path, on_problem="ignore")
    assert [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in frame["interviewed_on"]] == read
    assert [problem.kind for problem in frame.attrs["problems"]] == ["bad_value"] * read.count(None)


def test_dates_that_can_be_two_days_are_asked_about_once(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text(
        "id,company,interviewed_on,outcome,outcome_on\ni-1,Acme,3/4/2026,offer,5/6/2026\ni-2,Bolt,2/5/2026,,\n"
    )
    before, mine = path.read_bytes(), Journal(tmp_path)
    assert mine.deviations().open_date == "3/4/2026"
    assert spreadsheets.both_days("3/4/2026") == (date(2026, 4, 3), date(2026, 3, 4))
    mine.standardize(day_first=False)
    assert path.read_text().splitlines()[1:] == ["i-1,Acme,2026-03-04,offer,2026-05-06", "i-2,Bolt,2026-02-05,,"]
    mine.undo()
    assert path.read_bytes() == before
    mine.standardize(day_first=True)
    assert path.read_text().splitlines()[1:] == ["i-1,Acme,2026-04-03,offer,2026-06-05", "i-2,Bolt,2026-05-02,,"]
    assert not mine.deviations()


def test_years_of_two_digits_are_asked_about_as_well(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text("id,company,interviewed_on,debriefed_at\ni-1,Acme,3/4/26,3/4/26 10:00\ni-2,Bolt,13/5/26,\n")
    mine = Journal(tmp_path)
    assert mine.deviations().open_date == "3/4/26"
    assert spreadsheets.both_days("3/4/26") == (date(2026, 4, 3), date(2026, 3, 4))
    mine.standardize(day_first=True)
    assert path.read_text().splitlines()[1:] == ["i-1,Acme,2026-04-03,2026-04-03 10:00:00", "i-2,Bolt,2026-05-13,"]


def test_what_was_rewritten_and_changed_since_is_not_taken_back(tmp_path):
    mine = Journal(resaved(tmp_path / "mine", american))
    mine.standardize()
    path = mine.folder / "interviews.csv"
    path.write_bytes(path.read_bytes() + b"i-theirs,,Theirs\n")
    changed = path.read_bytes()
    with pytest.raises(RecordsError, match="has been changed since; restore a backup instead"):
        mine.undo()
    assert path.read_bytes() == changed


def test_what_another_program_saves_while_a_file_is_rewritten_stays(tmp_path, monkeypatch):
    path = tmp_path / "interviews.csv"
    path.write_text("id,company,interviewed_on\ni-1,Acme,13/03/2026\n")
    mine, theirs = Journal(tmp_path), b"id,company,interviewed_on\ni-1,Acme,13/03/2026\ni-2,Theirs,14/03/2026\n"

    def slow(*given, **options):
        path.write_bytes(theirs)
        return standard_form.in_standard_form(*given, **options)

    monkeypatch.setattr(versions, "in_standard_form", slow)
    with pytest.raises(RecordsError, match="is being changed by another program; nothing was saved"):
        mine.standardize()
    assert path.read_bytes() == theirs
    monkeypatch.undo()
    mine.standardize()
    assert path.read_text().splitlines()[1:] == ["i-1,Acme,2026-03-13", "i-2,Theirs,2026-03-14"]
    mine.undo()
    assert path.read_bytes() == theirs


def test_what_another_program_saves_while_a_rewriting_is_taken_back_stays(tmp_path, monkeypatch):
    mine = Journal(resaved(tmp_path / "mine", american))
    mine.standardize()
    path, backup = mine.folder / "interviews.csv", CsvFile.backup
    theirs = path.read_bytes() + b"i-theirs,,Theirs\n"

    def slow(file, name):
        path.write_bytes(theirs)
        return backup(file, name)

    monkeypatch.setattr(CsvFile, "backup", slow)
    with pytest.raises(RecordsError, match="is being changed by another program; nothing was saved"):
        mine.undo()
    assert path.read_bytes() == theirs


def test_windows_1252_and_what_cannot_be_read(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_bytes("company,interviewed_on,notes\nCafé,sometime,5 €\n".encode("cp1252"))
    mine = Journal(tmp_path)
    mine.standardize()
    assert path.read_bytes() == b"\xef\xbb\xbf" + "company,interviewed_on,notes\nCafé,sometime,5 €\n".encode()
    assert [problem.value for problem in mine.interviews().attrs["problems"]] == ["sometime"]


def test_a_time_of_day_beside_a_date_is_kept(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text("company,interviewed_on\nAcme,1/13/2026 15:10\nBolt,1/14/2026 0:00\nCorp,1/15/2026\n")
    Journal(tmp_path).standardize()
    assert path.read_text().split()[1:] == ["Acme,1/13/2026", "15:10", "Bolt,2026-01-14", "Corp,2026-01-15"]


CELLS = st.sampled_from(["", "x", "3/4/2026", "1/13/2026", "13.1.2026", "75,0", "WAHR", "03:10 PM", "2026-01-01 10:00"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=5), st.sampled_from([None, True, False]))
def test_writing_in_the_kits_form_never_changes_what_could_be_read(rows, day_first):
    text = "Company,Interviewed On,did_x,chance,ended_at,debriefed_at\n"
    text += "".join(f"{','.join(cell and chr(34) + cell + chr(34) for cell in row)}\n" for row in rows)
    document = parse_document(text.encode(), "interviews.csv", INTERVIEWS.read_header)
    after = standard_form.in_standard_form(document, INTERVIEWS, day_first=day_first)
    again = standard_form.in_standard_form(after, INTERVIEWS, day_first=day_first)
    assert again.raw == after.raw
    for old, new in zip(document.rows(), after.rows(), strict=True):
        assert [bool(cell) for cell in old] == [bool(cell) for cell in new]


# Headers


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (["ID", " Company ", "Interviewed On", "OUTCOME_ON", "Did-Drink Coffee"], None),
        (["Did Smile More", "Interviewed On"], ["did_smile_more", "interviewed_on"]),
        (["Did they call?", "company"], ["Did they call?", "company"]),
        (["DID_SMILE", "Rated-Calmness"], ["did_smile", "rated_calmness"]),
        (["Interviewed.On", "outcome.on", "No.", "did.smile"], ["interviewed_on", "outcome_on", "No.", "did.smile"]),
        (["did_a-b", "rated_X y"], ["did_a-b", "rated_X y"]),
        (["Outcome", "outcome"], ["outcome (2)", "outcome"]),
        (["Outcome", "OUTCOME"], ["outcome", "outcome (2)"]),
        (["Salary", "Company size"], ["Salary", "Company size"]),
    ],
)
def test_headers_are_known_whatever_their_case_and_blanks(cells, names):
    expected = names or ["id", "company", "interviewed_on", "outcome_on", "did_drink_coffee"]
    assert INTERVIEWS.read_header(cells) == expected


def test_answers_under_a_header_of_two_spellings_are_a_problem(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("company,Outcome,outcome\nAcme,offer,\n")
    assert check_interviews(path)[["column", "problem", "kind"]].to_numpy().tolist() == [
        ["outcome", "the column stands twice; the second is read as 'outcome (2)'", "structure"]
    ]


@pytest.mark.parametrize(
    ("header", "row", "notes"),
    [
        (
            "company,Datum,Ergebnis,Salary",
            "Acme,2026-03-02,rejected,50",
            [
                "the file has no column interviewed_on; if 'Datum' is it, call it interviewed_on there",
                "the file has no column outcome; if 'Ergebnis' is it, call it outcome there",
            ],
        ),
        (
            "company,Wann,Frist,outcome",
            "Acme,03/04/2026,2026-03-09,offer",
            ["the file has no column interviewed_on; if one of 'Wann' and 'Frist' is it, call it interviewed_on there"],
        ),
        ("company,interviewed_on,Fin", "Acme,2026-03-02,", []),
        ("company,color,size", "Acme,red,40", []),
        ("company,interviewed_on,outcome,Salary", "Acme,2026-03-02,offer,50", []),
    ],
)
def test_a_column_that_says_most_and_is_not_there_is_named_with_what_may_be_it(tmp_path, header, row, notes):
    path = tmp_path / "interviews.csv"
    path.write_text(f"{header}\n{row}\n")
    for frame in (load_interviews(path, on_problem="ignore"), Journal(tmp_path).interviews()):
        assert [note for note in frame.attrs["notes"] if note.startswith("the file has no column")] == notes


@pytest.mark.parametrize("table", TABLES)
def test_a_file_that_the_kit_made_long_ago_lacks_nothing(tmp_path, table):
    (tmp_path / f"{table}.csv").write_text(",".join([*TABLES[table].usual_names, "Salary"]) + "\n")
    attrs = Journal(tmp_path).read(table).attrs
    assert (attrs["problems"], attrs["notes"]) == ([], [])


def test_a_core_column_by_another_name_is_named_and_not_doubled(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text("id,company,Date,Result,Salary\ni-1,Acme,2026-01-07,offer,50\n")
    before, mine = path.read_bytes(), Journal(tmp_path)
    assert check_interviews(path)[["column", "problem", "kind"]].to_numpy().tolist() == [
        ["interviewed_on", "the file has no such column; is it 'Date'?", "missing_column"],
        ["outcome", "the file has no such column; is it 'Result'?", "missing_column"],
    ]
    for change in (
        lambda: mine.add("interviews", {"company": "Bolt", "interviewed_on": date(2026, 2, 3)}),
        lambda: mine.update("interviews", "i-1", {"outcome": "rejected"}),
    ):
        with pytest.raises(RecordsError, match=r"seems to call it '(Date|Result)'; nothing was saved"):
            change()
        assert path.read_bytes() == before
    mine.update("interviews", "i-1", {"notes": "x"})
    mine.undo()
    assert mine.deviations().renamed == {"Date": "interviewed_on", "Result": "outcome"}
    mine.standardize(renamed=mine.deviations().renamed)
    assert path.read_text() == ("id,company,interviewed_on,outcome,Salary,notes\ni-1,Acme,2026-01-07,offer,50,\n")


@pytest.mark.parametrize(
    ("table", "column", "called"),
    [
        *(("interviews", name, f"{name} (old)") for name in ("outcome", "role", "stage", "chance", "notes")),
        ("interviews", "outcome", "Outcome 2"),
        ("contacts", "met_on", "Met date"),
        ("contacts", "name", "name (from Numbers)"),
        ("follow_ups", "due_on", "Due"),
        ("follow_ups", "done_on", "done_date"),
    ],
)
def test_a_column_of_any_table_with_words_behind_its_name_is_named(tmp_path, table, column, called):
    path, mine = tmp_path / f"{table}.csv", Journal(tmp_path)
    company = "" if column == "company" else ",company"
    path.write_text(f"id,{called}{company}\nx-1,,Acme\n")
    found = mine.read(table).attrs["problems"]
    assert (column, f"the file has no such column; is it {called!r}?") in [(p.column, p.problem) for p in found]
    path.write_text(f"id,{column},{called}{company}\nx-1,,,Acme\n")
    assert mine.read(table).attrs["problems"] == []


# Records that lack cells


def test_a_record_without_its_last_cells_is_read_and_kept_to_the_byte(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_bytes(b"id,company,notes,outcome\r\ni-1,Acme\r\ni-2,Bolt,x,offer\r\ni-3,Corp,y\r\n")
    mine = Journal(tmp_path)
    assert mine.interviews()["outcome"].tolist() == ["pending", "offer", "pending"]
    assert mine.interviews().attrs["notes"] == ["2 records lack their last cells, read as empty: lines 2 and 4"]
    mine.add("interviews", {"id": "i-4", "company": "Dust", "stage": "onsite"})
    lines = path.read_bytes().split(b"\r\n")
    assert lines[:5] == [
        b"id,company,notes,outcome,stage",
        b"i-1,Acme",
        b"i-2,Bolt,x,offer,",
        b"i-3,Corp,y",
        b"i-4,Dust,,,onsite",
    ]
    mine.undo()
    mine.update("interviews", "i-1", {"outcome": "offer"})
    assert path.read_bytes().split(b"\r\n")[1] == b"i-1,Acme,,offer,"
    mine.undo()
    assert path.read_bytes().split(b"\r\n")[1] == b"i-1,Acme"
    mine.delete("interviews", "i-3")
    mine.undo()
    assert path.read_bytes().split(b"\r\n")[3] == b"i-3,Corp,y"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"id,company,outcome\ni-1,Acme,offer,x\n", "has 4 cells where the header has 3"),
        (b"id,company,notes,outcome\ni-1,Acme,first line\nsecond line,offer\n", "a line end within a text has broken"),
        (b"id,company,notes,outcome\ni-1,Acme,one\ntwo words\nor three,offer\n", "a line end within a text has broken"),
        (b"company,notes,outcome,chance\nAcme,one\ntwo,offer,50\n", "a line end within a text has broken"),
        (b"id,company,notes,outcome\ni-1,Acme,x,offer\ni-2,Bol", "the file stops within this record"),
    ],
)
def test_a_record_that_is_too_long_in_pieces_or_cut_off_is_refused(tmp_path, raw, problem):
    path = tmp_path / "interviews.csv"
    path.write_bytes(raw)
    checked = check_interviews(path)
    assert checked["kind"].tolist() == ["structure"]
    assert checked["problem"][0].startswith(problem)
    for operation in (Journal(tmp_path).interviews, lambda: Journal(tmp_path).add("interviews", {"company": "Zed"})):
        with pytest.raises(RecordsError, match=re.escape(problem)):
            operation()
    assert path.read_bytes() == raw


# Lost ids


def test_an_id_column_that_was_taken_out_is_named(tmp_path):
    folder = resaved(tmp_path / "mine", str)
    path = folder / "interviews.csv"
    Journal(folder).update("interviews", Journal(folder).interviews()["id"][0], {"notes": "x"})
    backup = Journal(folder).backups()["name"][0]
    out = io.StringIO()
    csv.writer(out).writerows(row[1:] for row in rows_of(path.read_bytes()))
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    checked = check_interviews(path)
    assert checked[["line", "column", "kind"]].to_numpy().tolist() == [[1, "id", "lost_id"]]
    assert checked["problem"][0] == (
        "the column is gone, and 84 records of questions.csv, 27 records of contacts.csv and 47 records of "
        f"follow_ups.csv cannot be joined; Journal.restore({backup!r}) brings the last version back that had it"
    )
    assert Journal(folder).interviews().attrs["problems"] == load_interviews(path).attrs["problems"]


def test_what_to_do_does_not_guess_what_was_done_for_interviews_without_ids(tmp_path):
    folder = resaved(tmp_path / "mine", str)
    Journal(folder).add("interviews", {"company": "Acme", "interviewed_on": SAMPLE_DAY, "stage": "onsite"})
    before = due_follow_ups(Journal(folder), as_of=SAMPLE_DAY)
    rows = rows_of((folder / "interviews.csv").read_bytes())
    out = io.StringIO()
    csv.writer(out).writerows(row[1:] for row in rows)
    (folder / "interviews.csv").write_bytes(out.getvalue().encode("utf-8-sig"))
    after = due_follow_ups(Journal(folder), as_of=SAMPLE_DAY)
    assert before["suggested"].any()
    assert not after["suggested"].any()
    assert set(after["key"]) <= set(before["key"])
    assert after.attrs["sentence"].endswith("have lost their ids, so it is unknown what was done for them.")


def test_a_file_that_never_had_ids_is_in_no_need_of_them(tmp_path):
    (tmp_path / "interviews.csv").write_text("company,outcome\nAcme,offer\n")
    assert check_interviews(tmp_path / "interviews.csv").empty
    assert Journal(tmp_path).interviews().attrs["problems"] == []


def test_a_question_of_a_record_without_a_written_id_is_no_orphan(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_bytes(b"company,outcome\nAcme,\nAcme,\nBolt,offer\n")
    mine = Journal(tmp_path)
    first, second, third = mine.interviews()["id"]
    key = mine.add("questions", {"interview_id": second, "question": "Why?"})
    assert path.read_bytes().splitlines() == [
        b"company,outcome,id",
        b"Acme,,",
        f"Acme,,{second}".encode(),
        b"Bolt,offer,",
    ]
    assert mine.interviews()["id"].tolist() == [first, second, third]
    mine.update("interviews", second, {"outcome": "rejected", "notes": "changed"})
    assert mine.questions().set_index("id").loc[key, "interview_id"] in set(mine.interviews()["id"])
    mine.undo()
    assert mine.undo() == "Brought back the change to Acme."
    with mine.transaction("a person"):
        mine.add("contacts", {"interview_id": third, "name": "Ada"})
    assert mine.interviews()["id"].tolist() == [first, second, third]
    assert mine.undo() == "Took back a person."
    assert (mine.contacts().empty, path.read_bytes().splitlines()[3]) == (True, b"Bolt,offer,,")


# Copies beside the file


NAMES = [
    "interviews (1).csv",
    "interviews (Ana's conflicted copy 2026-11-25).csv",
    "interviews (conflicted copy 2026-11-25 101010).csv",
    "interviews 2.csv",
    "interviews - Copy.csv",
    "interviews copy.csv",
    "Copy of interviews.csv",
    "interviews.sync-conflict-20261125-101010-ABCDEF.csv",
    "interviews-LAPTOP-7Q2.csv",
    "interviews – kopie.csv",
    "interviews - Kopia (2).csv",
    "interviews cópia.csv",
    "interviewsのコピー.csv",
    "interviews 副本.csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_with_a_record_of_its_own_is_named_and_brought_in(tmp_path, name):
    here = b"id,company,interviewed_on,outcome\ni-1,Acme,,\n"
    theirs = b"id,Company,interviewed_on,outcome,Extra\ni-1,Acme,,,\ni-2,Bolt,,callbck,=1\n"
    (tmp_path / "interviews.csv").write_bytes(here)
    (tmp_path / name).write_bytes(theirs)
    note, mine = f"a copy beside the file, {name!r}, has 1 record that is not here", Journal(tmp_path)
    assert mine.interviews().attrs["notes"] == [note]
    assert check_interviews(tmp_path / "interviews.csv").attrs["notes"] == [note]
    assert [tuple(copy) for copy in mine.copies()] == [(name, 1, 0)]
    assert mine.bring_in(name).added == ["i-2"]
    expected = b"id,company,interviewed_on,outcome,Extra\ni-1,Acme,,,\ni-2,Bolt,,callbck,=1\n"
    assert ((tmp_path / "interviews.csv").read_bytes(), (tmp_path / name).read_bytes()) == (expected, theirs)
    assert (mine.copies(), mine.interviews().attrs["notes"]) == ([], [])
    mine.undo()
    assert mine.interviews()["id"].tolist() == ["i-1"]


def test_other_versions_are_counted_and_files_of_other_names_are_left_alone(tmp_path):
    (tmp_path / "interviews.csv").write_bytes(b"id,company,outcome\ni-1,Acme,\ni-2,Bolt,offer\n")
    (tmp_path / "interviews (1).csv").write_bytes(b"id,company,outcome\ni-1,Acme,pending\ni-2,Bolt,rejected\n")
    (tmp_path / "interviews (2).csv").write_bytes(b"<html>\n")
    (tmp_path / "interviews-2025.csv").write_bytes(b"id,company\ni-9,Zed\n")
    mine = Journal(tmp_path)
    assert [tuple(copy) for copy in mine.copies()] == [("interviews (1).csv", 0, 1)]
    for name in ("interviews-2025.csv", "../interviews (1).csv", "interviews.csv"):
        with pytest.raises(RecordsError, match=r"is no copy of interviews\.csv beside it"):
            mine.bring_in(name)


# Owners, links and leftovers


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has no extended attributes that Python can set")
def test_extended_attributes_stay(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_bytes(b"id,company\ni-1,Acme\n")
    try:
        os.setxattr(path, "user.tag", b"blue")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    Journal(tmp_path).update("interviews", "i-1", {"notes": "x"})
    assert os.getxattr(path, "user.tag") == b"blue"


def test_another_name_of_the_file_is_told_of(tmp_path):
    path, other = tmp_path / "interviews.csv", tmp_path / "elsewhere.txt"
    path.write_bytes(b"id,company\ni-1,Acme\n")
    os.link(path, other)
    mine = Journal(tmp_path)
    mine.add("interviews", {"company": "Bolt"})
    assert mine.notes == {
        "interviews": "interviews.csv is saved; the file has another name too (a hard link), which keeps what stood "
        "there before"
    }
    assert other.read_bytes() == b"id,company\ni-1,Acme\n"


@pytest.mark.parametrize("target", ["my-interviews.csv", "my.interviews.csv"])
def test_a_linked_csv_of_another_name_is_restored(tmp_path, target):
    folder, real = tmp_path / "mine", tmp_path / "cloud" / target
    folder.mkdir(), real.parent.mkdir()
    real.write_bytes(b"id,company\ni-1,Acme\n")
    (folder / "interviews.csv").symlink_to(real)
    mine = Journal(folder)
    mine.update("interviews", "i-1", {"notes": "x"})
    former = folder / ".backups" / f"{real.stem}.20260101-101010-000000.first-of-day.csv"  # as they were named once
    former.write_bytes(b"id,company\ni-1,Former\n")
    assert mine.backups()[["table", "rows"]].to_numpy().tolist() == [["interviews", 1]] * 2
    mine.restore(mine.backups()["name"][0])
    assert real.read_bytes() == b"id,company\ni-1,Acme\n"
    assert (folder / "interviews.csv").is_symlink()
    mine.restore(former.name)
    assert mine.interviews()["company"].tolist() == ["Former"]


def test_what_a_killed_program_left_is_cleared(tmp_path):
    mine = Journal(tmp_path)
    mine.add("interviews", {"company": "Acme"})
    mine.choose_focus("did_prepare")
    mine.save_draft("i-1", {"company": "Bolt"})
    left = [
        tmp_path / ".interviews.csv.0123abcd.tmp",
        tmp_path / ".backups" / ".last_operation.json.0123abcd.tmp",
        tmp_path / "..settings.json.0123abcd.tmp",
        tmp_path / ".drafts" / ".i-1.json.0123abcd.tmp",
    ]
    fresh = tmp_path / ".drafts" / ".i-2.json.0123abcd.tmp"
    for path in (*left, fresh):
        path.write_bytes(b"secret")
    os.utime(left[-1], (0, 0))
    mine.add("interviews", {"company": "Corp"})
    mine.choose_focus("")
    mine.save_draft("i-1", {"company": "Bolt"})
    assert [path.exists() for path in left] == [False] * 4
    assert fresh.exists()


@pytest.mark.parametrize("export", [Journal.exports, Journal.pack])
def test_what_a_killed_export_left_is_cleared_with_the_next_one(tmp_path, export):
    mine = Journal(tmp_path)
    mine.add("interviews", {"company": "Acme"})
    names = (".interview-kit-2026-11-26.zip.0123abcd.tmp", ".report.89abcdef.tmp", ".report.fresh.tmp")
    zipped, report, fresh = (mine.exports() / name for name in names)
    zipped.write_bytes(b"secret")
    for folder in (report, fresh):
        folder.mkdir()
        (folder / "report.html").write_bytes(b"secret")
    for old in (zipped, report):
        os.utime(old, (0, 0))
    export(mine)
    assert [path.exists() for path in (zipped, report, fresh)] == [False, False, True]
    shutil.rmtree(tmp_path)


def test_each_problem_has_a_kind(tmp_path):
    path = Path(tmp_path / "a.csv")
    path.write_text(
        "id,company,Date,outcome,outcome,outcome_on,debriefed_at\ni-1,,2026-02-01,callbck,,2026-01-01,\ni-1,Acme,,,,,\n"
    )
    assert check_interviews(path)["kind"].tolist() == [
        *("structure", "missing_column", "bad_value", "missing", "duplicate_id")
    ]
    path.write_text("company,interviewed_on,outcome_on\nAcme,2026-02-02,2026-02-01\n")
    assert check_interviews(path)["kind"].tolist() == ["date_order"]


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        *(("3/4/2026", True), ("12/11/2026", True), ("12/12/2026", False), ("3/13/2026", False), ("13/3/2026", False)),
        *(("0/4/2026", False), ("4/0/2026", False), ("2026-03-04", False), ("soon", False)),
    ],
)
def test_a_date_is_open_where_both_numbers_can_be_a_month(text, is_open):
    assert spreadsheets.is_open(text, order_of([text])) is is_open


def test_a_file_that_would_not_say_the_same_is_not_written(tmp_path):
    before = parse_document(b"id,company,notes\ni-1,Acme,x\ni-2,Bolt,y\n", "x.csv", INTERVIEWS.read_header)
    for raw in (
        b"id,company,notes\ni-1,Acme,x\n",
        b"id,company,notes\ni-1,Acme,x\n,,\n",
        b"id,company,notes\ni-1,Acme,x\ni-2,Bolt,z\n",
        b"id,company,note\ni-1,Acme,x\ni-2,Bolt,y\n",
    ):
        after = parse_document(raw, "x.csv", INTERVIEWS.read_header)
        with pytest.raises(RecordsError, match="would not say the same in the kit's form; nothing was changed"):
            standard_form.refuse_other_meaning(before, after, INTERVIEWS, known=True)
    standard_form.refuse_other_meaning(before, before, INTERVIEWS, known=True)


def test_a_note_of_a_table_that_there_is_not_takes_nothing_back(tmp_path):
    mine = Journal(tmp_path)
    mine.add("interviews", {"company": "Acme"})
    log = tmp_path / ".backups" / "last_operation.json"
    log.write_text('{"id": "1", "title": "x", "undone": false, "table": "secrets", "backup": "secrets.1.csv"}')
    assert Journal(tmp_path).undo() == "There is nothing to take back yet."

"""Bringing a spreadsheet along in its panel, without a browser."""

from datetime import datetime
from pathlib import Path

import ipywidgets
import openpyxl
import pytest

import interview_kit as ik
from interview_kit.importing.readiness import Lack
from interview_kit.widgets import import_panel
from tests.panels import all_widgets, words_on

FILES = Path(__file__).parent / "imports"


@pytest.fixture
def bringing(journal):
    return ik.ImportPanel(journal)


def upload(bringing, *paths):
    """Hand files over as the browser does."""
    about = {"type": "text/csv", "size": 1, "last_modified": datetime(2026, 3, 3)}
    files = [{**about, "name": path.name, "content": memoryview(path.read_bytes())} for path in paths]
    bringing.upload.value = tuple(files)


def test_at_first_it_says_what_to_do_and_holds_nothing(bringing, journal):
    assert import_panel.BEGIN in words_on(bringing)
    assert bringing.found.children == ()
    bringing.look()
    assert bringing.news.text == "Choose a file, or enter its path."
    assert not journal.folder.exists()


def test_an_uploaded_file_is_shown_and_only_then_imported(bringing, journal):
    upload(bringing, FILES / "huntr.csv")
    says = "5 rows: 4 to import, 1 skipped. They make 1 interview and 3 applications without an interview."
    assert says in words_on(bringing)
    assert bringing.mapping["Employer"].value == "company"
    assert "Such as &#x27;Ostra&#x27;: trackers call it so." in bringing.mapping["Employer"].why.value
    assert not journal.folder.exists()
    bringing.import_button.click()
    assert bringing.message.text == "Imported 4 records."
    assert len(journal.interviews()) == 4
    assert bringing.import_button.disabled
    bringing.message.buttons.children[0].click()
    assert journal.interviews().empty
    assert bringing.message.text.startswith("Took back")
    assert not bringing.import_button.disabled


def test_a_typed_path_does_the_same_and_again_adds_nothing(bringing, journal):
    bringing.path.value = f'"{FILES / "huntr.csv"}"'
    bringing.look()
    bringing.bring()
    bringing.look()
    bringing.bring()
    assert bringing.message.text == "Imported 0 records. 4 records were there already."
    assert bringing.message.buttons.children == ()


def test_several_files_are_joined(bringing):
    upload(bringing, *(FILES / "joined" / f"{name}.csv" for name in ("applications", "interviews", "companies")))
    assert bringing.preview.records["company"].tolist() == ["Ostra", "Velin", "Velin", "Marn"]


def test_a_note_on_the_file_that_is_imported_into_is_told(bringing, journal):
    journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01"})
    (journal.folder / "elsewhere").hardlink_to(journal.folder / "interviews.csv")
    upload(bringing, FILES / "huntr.csv")
    bringing.import_button.click()
    said, note = bringing.message.text.split("\n")
    assert said == "Imported 4 records."
    assert note.startswith("interviews.csv is saved; the file has another name too")
    assert journal.notes == {}


def test_the_day_order_is_asked_for_before_anything_is_imported(bringing):
    upload(bringing, FILES / "ambiguous_days.csv")
    assert bringing.answers.day_order.description == "In '03/04/2025', which number is the day?"
    assert bringing.import_button.disabled
    bringing.answers.day_order.value = "day"
    assert not bringing.import_button.disabled
    assert bringing.preview.records["interviewed_on"].dt.month.tolist() == [4, 6]


def test_an_unknown_word_and_a_known_one_can_be_told_otherwise(bringing):
    upload(bringing, FILES / "ambiguous_days.csv")
    bringing.answers.day_order.value = "day"
    assert bringing.words["Talent pool"].description == "What does “Talent pool” mean? (1 row)"
    assert bringing.words["Talent pool"].options[0] == ("not told yet: left out", "")
    assert bringing.words["Closed?"].options[0] == ("rejected", "")
    bringing.words["Talent pool"].value = "no reply"
    bringing.words["Closed?"].value = "withdrawn"
    assert bringing.preview.records["outcome"].tolist() == ["", "withdrawn", "no reply"]
    assert bringing.words["Talent pool"].value == "no reply"


def test_a_column_can_be_sent_elsewhere_and_back(bringing):
    upload(bringing, FILES / "huntr.csv")
    bringing.mapping["Date Saved"].value = "ignore"
    assert bringing.preview.records["interviewed_on"].isna().all()
    bringing.mapping["Date Saved"].value = "applied_on"
    assert bringing.preview.records["interviewed_on"].notna().any()
    bringing.mapping["Employer"].value = "notes"
    assert "no column is the company; say which one is" in words_on(bringing)
    assert bringing.import_button.disabled


def test_a_column_of_its_own_is_kept_as_one(bringing, journal, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Company,Status,Salary\nOstra,Rejected,55k\nVelin,Applied,\n")
    upload(bringing, path)
    bringing.mapping["Salary"].value = "extra"
    bringing.import_button.click()
    assert bringing.message.text == "Imported 2 records."
    assert journal.interviews()["Salary"].tolist() == ["55k", ""]


def test_a_file_without_a_header_shows_what_was_guessed(bringing):
    upload(bringing, FILES / "no_header.csv")
    assert bringing.mapping["column 1"].value == "company"
    assert (
        "aken for the company, which is a guess (&#x27;Ostra&#x27;, &#x27;Velin&#x27;)"
        in bringing.mapping["column 1"].why.value
    )
    bringing.mapping["column 2"].value = "company"
    assert bringing.preview.records["company"].tolist() == ["Engineer", "Engineer"]


def test_the_year_is_asked_for_where_dates_have_none(bringing, tmp_path):
    (tmp_path / "t.csv").write_text("Company,Date Applied\nOstra,8-Jul\n")
    upload(bringing, tmp_path / "t.csv")
    assert bringing.answers.year in all_widgets(bringing)
    bringing.answers.year.value = "20"
    assert bringing.message.text == "The year is '20'; write it with four digits, such as 2025."
    bringing.answers.year.value = "2025"
    assert bringing.message.text == ""
    assert bringing.preview.records["interviewed_on"].dt.year.tolist() == [2025]


def test_what_cannot_be_imported_is_said_and_the_next_file_works(bringing, tmp_path):
    (tmp_path / "t.pdf").write_bytes(b"%PDF-1.7")
    upload(bringing, tmp_path / "t.pdf")
    assert bringing.news.text == "t.pdf is a PDF; save it as CSV or XLSX and import that"
    assert bringing.found.children == ()
    assert bringing.progress.layout.display == "none"
    upload(bringing, FILES / "huntr.csv")
    assert bringing.news.text == ""
    assert len(bringing.preview.records) == 4


ODD = [
    OverflowError("date value out of range"),
    AttributeError("'list' object has no attribute 'dt'"),
    RecursionError("maximum recursion depth exceeded"),
    KeyError("Title"),
    UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
    MemoryError(),
]
HELP = "Save its table as CSV, and choose that."


def raising(error):
    def fails(*_, **__):
        raise error

    return fails


@pytest.mark.parametrize("error", ODD, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("where", ["sheets_of", "preview_sheets", "summary", "readiness"])
def test_whatever_a_file_makes_the_kit_raise_is_said_and_the_next_file_works(bringing, error, where, monkeypatch):
    monkeypatch.setattr(f"interview_kit.widgets.import_panel.{where}", raising(error))
    upload(bringing, FILES / "huntr.csv")
    said = f"This file cannot be read, and nothing was imported. {HELP}"
    assert bringing.news.text == said
    assert (bringing.preview, bringing.sheets, bringing.found.children) == (None, [], ())
    assert bringing.foot.layout.display == "none"
    assert bringing.progress.layout.display == "none"
    monkeypatch.undo()
    upload(bringing, FILES / "linkedin.csv")
    assert bringing.news.text == ""
    assert len(bringing.preview.records)


@pytest.mark.parametrize("error", [OSError("no space left"), ValueError("no such outcome")])
def test_an_import_that_fails_is_told_and_can_be_tried_again(bringing, error, monkeypatch):
    upload(bringing, FILES / "linkedin.csv")
    monkeypatch.setattr(type(bringing.journal), "add_all", raising(error))
    bringing.bring()
    assert bringing.message.text == f"Nothing was imported.\n{error}"
    assert not bringing.import_button.disabled
    monkeypatch.undo()
    bringing.bring()
    assert len(bringing.journal.interviews())


@pytest.mark.parametrize("error", ODD, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("where", ["preview_sheets", "summary"])
def test_an_answer_with_which_a_file_cannot_be_read_leaves_the_preview_as_it_was(bringing, error, where, monkeypatch):
    upload(bringing, FILES / "huntr.csv")
    before, shown = bringing.preview, words_on(bringing)
    monkeypatch.setattr(f"interview_kit.widgets.import_panel.{where}", raising(error))
    name = next(iter(bringing.mapping))
    bringing.mapping[name].value = "ignore"
    said = "With this answer the file cannot be read. Take it back, or choose another."
    assert bringing.message.text == said
    assert bringing.preview is before
    assert bringing.foot.layout.display != "none"
    monkeypatch.undo()
    bringing.mapping[name].value = bringing.mapping[name].understood
    assert bringing.message.text == ""
    assert words_on(bringing) == shown


def test_answers_are_filled_in_when_the_same_tracker_comes_again_and_of_no_other(bringing, journal, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Company,Applied,Zebra,Status\nVelin,3/4/2026,x,Talent pool\n")
    upload(bringing, path)
    bringing.answers.day_order.value = "month"
    bringing.mapping["Zebra"].value = "ignore"
    bringing.words["Talent pool"].value = "no reply"
    bringing.bring()
    path.write_text("Company,Applied,Zebra,Status\nVelin,3/4/2026,x,Talent pool\nOstra,3/5/2026,y,Talent pool\n")
    later = ik.ImportPanel(journal)
    upload(later, path)
    assert later.news.text == import_panel.RECALLED
    assert later.answers.given() == {
        **{"mapping": {"Zebra": "ignore"}, "words": {"Talent pool": "no reply"}, "companies": {}},
        **{"day_first": False, "year": None},
    }
    assert later.preview.records["outcome"].tolist() == ["no reply", "no reply"]
    assert len(later.since.new) == 1
    path.write_text("Company,Applied,Other,Status\nVelin,3/4/2026,x,Talent pool\n")
    upload(later, path)
    assert later.news.text == ""
    assert later.answers.given()["words"] == {}


def test_answers_to_what_is_not_asked_any_more_are_not_said_to_be_filled_in(bringing, journal, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Company,Applied,Status\nVelin,2026-03-04,Talent pool\n")
    upload(bringing, path)
    bringing.words["Talent pool"].value = "no reply"
    bringing.bring()
    path.write_text("Company,Applied,Status\nVelin,2026-03-04,Rejected\n")
    later = ik.ImportPanel(journal)
    upload(later, path)
    assert later.news.text == ""


@pytest.mark.parametrize("imports", [[], {"i-aaaaaaaaaa": []}, "x"])
def test_a_damaged_memory_of_answers_is_none(journal, imports):
    journal.keep_answers("i-bbbbbbbbbb", {"year": 2026})
    journal._choose(lambda _: {"imports": imports})
    assert journal.answers_for("i-aaaaaaaaaa") == {}
    journal.keep_answers("i-aaaaaaaaaa", {"year": 2026})
    assert journal.answers_for("i-aaaaaaaaaa") == {"year": 2026}


def test_progress_is_shown_while_rows_are_read(bringing, tmp_path):
    (tmp_path / "t.csv").write_text("Company\n" + "Ostra\n" * 20_000)
    seen = []
    bringing.progress.observe(lambda change: seen.append(change["new"]), "value")
    upload(bringing, tmp_path / "t.csv")
    assert len(seen) >= 5
    assert sorted(seen[:-1]) == seen[:-1]
    assert bringing.progress.layout.display == "none"


def test_hostile_text_is_shown_as_text_and_saved_nowhere(bringing, tmp_path):
    hostile = "<img src=x onerror=alert(1)>"
    (tmp_path / "t.csv").write_text(f"Company,{hostile},Status\n{hostile},{hostile},{hostile}\n")
    upload(bringing, tmp_path / "t.csv")
    assert "<img" not in words_on(bringing)
    assert "onerror" not in str(bringing._repr_mimebundle_())


def test_every_control_has_a_label(bringing):
    upload(bringing, FILES / "ambiguous_days.csv")
    controls = (ipywidgets.Dropdown, ipywidgets.Text, ipywidgets.RadioButtons, ipywidgets.FloatProgress)
    assert all(w.description for w in all_widgets(bringing) if isinstance(w, controls))


def test_enter_in_the_path_shows_the_file_and_its_name(bringing):
    bringing.path.value = str(FILES / "huntr.csv")
    bringing.path._handle_custom_msg({"event": "submit"}, [])
    assert "This is how huntr.csv would come in." in words_on(bringing)
    upload(bringing, FILES / "ambiguous_days.csv")
    assert "This is how ambiguous_days.csv would come in." in words_on(bringing)
    assert bringing.path.value == ""
    bringing.path.value = str(FILES / "huntr.csv")
    bringing.look()
    assert bringing.upload.value == ()
    assert ">pending</td>" in words_on(bringing)


def test_what_is_imported_is_said_on_the_button_until_something_is_changed(bringing):
    upload(bringing, FILES / "huntr.csv")
    bringing.import_button.click()
    assert (bringing.import_button.description, bringing.import_button.disabled) == ("Already imported", True)
    bringing.mapping["Date Saved"].value = "ignore"
    assert (bringing.import_button.description, bringing.import_button.disabled) == ("Import", False)


def test_what_changed_since_is_shown_and_taken_over_once_it_is_ticked(bringing, journal, tmp_path):
    (tmp_path / "t.csv").write_text("Company,Role,Status\nOstra,Clerk,Phone screen\n")
    upload(bringing, tmp_path / "t.csv")
    bringing.import_button.click()
    (tmp_path / "t.csv").write_text("Company,Role,Status\nOstra,Clerk,Rejected\nVelin,Clerk,Applied\n")
    bringing.path.value = str(tmp_path / "t.csv")
    bringing.look()
    assert bringing.newer.description == "Take over what changed: 1 outcome"
    assert "outcome pending → rejected" in words_on(bringing)
    bringing.import_button.click()
    assert bringing.message.text == (
        "Imported 1 record. 1 record has changed since and stays as before: to take over the newer values, tick what "
        "changed since, above, and press the button once more."
    )
    bringing.newer.value = True
    bringing.import_button.click()
    assert bringing.message.text == (
        "Imported 0 records. Took over what changed in 1 record. 1 record was there already."
    )
    assert journal.interviews()["outcome"].tolist() == ["rejected", "pending"]
    (undo,) = bringing.message.buttons.children
    undo.click()
    assert journal.interviews()["outcome"].tolist() == ["pending", "pending"]


def test_rows_that_say_nothing_are_asked_about_and_the_answer_says_what_it_changed(bringing, tmp_path):
    (tmp_path / "t.csv").write_text("Company,Role,Date applied\nOstra,Clerk,\nVelin,Clerk,2026-03-03\nMarn,Cook,\n")
    upload(bringing, tmp_path / "t.csv")
    assert bringing.words["blank"].description.endswith("(2 rows)")
    bringing.words["blank"].value = "applied"
    assert "Your answer: 3 rows to import instead of 1, 0 rows waiting for your word instead of 2" in words_on(bringing)
    assert len(bringing.preview.records) == 3


def test_only_columns_that_may_be_wrong_are_shown_open(bringing):
    upload(bringing, FILES / "no_header.csv")
    shown = [box for box in all_widgets(bringing) if isinstance(box, ipywidgets.Accordion)]
    folded = {widget for box in shown for widget in all_widgets(box)}
    assert bringing.mapping["column 1"] not in folded
    upload(bringing, FILES / "huntr.csv")
    shown = [box for box in all_widgets(bringing) if isinstance(box, ipywidgets.Accordion)]
    folded = {widget for box in shown for widget in all_widgets(box)}
    assert bringing.mapping["Employer"] in folded


CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Lunch with Ana\r\nDTSTART:20301203T123000\r\n"
    "LOCATION:12 High Street\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_an_event_that_was_left_out_can_be_brought_in_with_its_time_and_place(bringing, tmp_path):
    path = tmp_path / "mine.ics"
    path.write_text(CALENDAR)
    bringing.path.value = str(path)
    bringing.look()
    assert bringing.preview.records.empty
    bringing.answers.other_event.value = "Lunch with Ana"
    bringing.companies["Lunch with Ana"].value = "Acme"
    assert bringing.preview.records["company"].tolist() == ["Acme"]
    for shown in ("2030-12-03 12:30", "12 High Street"):
        assert shown in words_on(bringing)


def test_a_word_that_was_guessed_is_asked_about_with_what_it_is_taken_for(bringing, tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_text("Company,Date,Status\nVelin,2026-03-02,Offer evaporated\n")
    bringing.path.value = str(path)
    bringing.look()
    field = bringing.words["Offer evaporated"]
    assert (field.is_asked, field.options[0]) == (True, ("offer (a guess)", ""))
    field.value = "rejected"
    assert bringing.preview.records["outcome"].tolist() == ["rejected"]


def test_a_question_shows_the_row_that_it_comes_from(bringing):
    upload(bringing, FILES / "ambiguous_days.csv")
    assert "Line 4: Marn, Analyst" in bringing.words["Talent pool"].why.value


def test_the_fields_stay_where_they_are_while_they_are_answered(bringing):
    upload(bringing, FILES / "ambiguous_days.csv")
    boxes = [widget for widget in all_widgets(bringing.answers.questions) if hasattr(widget, "children")]
    before = [box.children for box in boxes]
    bringing.answers.day_order.value = "day"
    bringing.words["Talent pool"].value = "no reply"
    assert [box.children for box in boxes] == before
    assert bringing.answers.questions in bringing.found.children


def test_one_day_throughout_is_kept_in_the_notes_until_it_is_said_that_these_were_interviews(bringing, tmp_path):
    rows = "Ostra,2026-06-29,Submitted,2026-07-01\nVelin,2026-06-30,Submitted,2026-07-01\nMarn,2026-06-19,Submitted,\n"
    (tmp_path / "t.csv").write_text(f"Company,Date Applied,Status,Interview Date\n{rows}")
    upload(bringing, tmp_path / "t.csv")
    field = bringing.mapping["Interview Date"]
    assert (field.value, set(bringing.preview.records["stage"])) == ("notes", {"applied"})
    assert "If these were interviews, choose so." in field.why.value
    assert field in all_widgets(bringing.answers.questions)
    field.value = "interviewed_on"
    assert set(bringing.preview.records["stage"]) == {"interview", "applied"}


def test_beside_the_button_stands_what_it_would_do(bringing, tmp_path):
    (tmp_path / "t.csv").write_text("Company,Role,Status\nOstra,Clerk,Applied\nVelin,Clerk,Hibernating\n")
    upload(bringing, tmp_path / "t.csv")
    assert "1 record will come in. 1 row waits for your answer." in bringing.ready.value
    bringing.import_button.click()
    (tmp_path / "t.csv").write_text(
        "Company,Role,Status\nOstra,Clerk,Rejected\nVelin,Cook,Applied\nMarn,Cook,Applied\n"
    )
    upload(bringing, tmp_path / "t.csv")
    assert "2 records will come in. 1 that changed stays as it is." in bringing.ready.value
    bringing.newer.value = True
    assert "2 records will come in. 1 that changed is taken over." in bringing.ready.value
    bringing.newer.value = False
    bringing.import_button.click()
    assert (bringing.import_button.description, bringing.import_button.disabled) == ("Take over what changed", True)
    bringing.newer.value = True
    assert not bringing.import_button.disabled


def test_where_nothing_can_come_in_it_is_said_why(bringing, tmp_path):
    (tmp_path / "mine.ics").write_text(CALENDAR.replace("Lunch with Ana", "Phone screen"))
    upload(bringing, tmp_path / "mine.ics")
    assert "Nothing can come in before you answer the questions above." in bringing.ready.value
    assert "2030-12-03, 12:30" in bringing.companies["Phone screen"].why.value
    assert bringing.mapping == {}  # a calendar's columns are the kit's own
    assert bringing.answers.sure_columns.fold.layout.display == "none"
    (tmp_path / "t.csv").write_text("2026-03-01,2026-03-02\nVelin,Ostra\n")
    upload(bringing, tmp_path / "t.csv")
    assert import_panel.LACKS[Lack.RECORDS] in bringing.ready.value
    assert bringing.answers.columns.layout.display == "none"


def test_a_sheet_that_lists_no_applications_is_named(bringing, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Dashboard"
    book.active.append(["Applications sent", 12])
    for row in (["Company", "Status"], ["Ostra", "Applied"]):
        (book["Data"] if "Data" in book.sheetnames else book.create_sheet("Data")).append(row)
    book.save(tmp_path / "t.xlsx")
    upload(bringing, tmp_path / "t.xlsx")
    assert "This is how t.xlsx would come in." in words_on(bringing)
    assert "The sheet &#x27;t.xlsx, Dashboard&#x27; lists no applications, and is left out." in words_on(bringing)


def test_a_column_of_yes_and_no_can_be_a_behavior(bringing, tmp_path):
    path = tmp_path / "jobs.csv"
    header = "Company,Interview date,Round,Wore a tie\n"
    path.write_text(f"{header}Velin,2026-03-01,onsite,yes\nOstra,2026-03-02,onsite,no\n")
    upload(bringing, path)
    field = bringing.mapping["Wore a tie"]
    assert ("Behavior: Prepared", "did_prepare") in field.options
    assert ("Behavior: Wore a tie", "did_wore_a_tie") in field.options
    assert not [label for label, _ in bringing.mapping["Company"].options if label.startswith("Behavior")]
    field.value = "did_wore_a_tie"
    assert bringing.preview.records["did_wore_a_tie"].tolist() == [True, False]

"""Where columns, rows or sheets of a tracker get into each other's way, nothing is lost and nothing is made up."""

import openpyxl
import pytest

import interview_kit as ik
from interview_kit.importing import ChoiceError, preview_import
from interview_kit.importing.choices import KEEP_ONE


@pytest.fixture
def preview(tmp_path):
    """Return a function that writes a tracker and previews it."""

    def previewed(text, **options):
        path = tmp_path / "jobs.csv"
        path.write_text(text)
        return preview_import(path, as_of="2026-11-20", **options)

    return previewed


@pytest.mark.parametrize("name", ["notes", "Notes", "stage", "Stage", "id", "company", "Outcome", "Interviewed On"])
def test_a_column_that_is_kept_as_it_is_takes_no_column_of_ours(preview, tmp_path, name):
    made = preview(
        f"Employer,Job,Applied,Remark,{name}\nAcme,Cook,2026-03-02,was kind,theirs\n",
        mapping={"Employer": "company", "Remark": "notes", name: "extra"},
    )
    [record] = made.records.to_dict("records")
    assert (record["company"], record["stage"], record["outcome"]) == ("Acme", "applied", "")
    assert "was kind" in record["notes"]
    assert record["id"].startswith("i-")
    assert record[f"imported {name}"] == "theirs"
    journal = ik.Journal(tmp_path / "mine")
    journal.add_all("interviews", made.records, new_columns=True)
    assert journal.interviews()[f"imported {name}"].tolist() == ["theirs"]


@pytest.mark.parametrize("field", ["company", "interviewed_on", "status", "went_well"])
def test_two_columns_that_are_said_to_be_one_are_refused(preview, field):
    with pytest.raises(ChoiceError) as refused:
        preview("A,B,Company\nx,y,Acme\n", mapping={"A": field, "B": field})
    assert str(refused.value) == (
        f"'A' and 'B' cannot both be {field}; "
        + ("say of each that it is a round" if field == "interviewed_on" else KEEP_ONE)
    )


@pytest.mark.parametrize("field", ["notes", "round", "extra", "ignore"])
def test_several_columns_can_be_notes_rounds_or_kept(preview, field):
    assert len(preview("A,B,Company,Date\nx,y,Acme,2026-03-02\n", mapping={"A": field, "B": field}).mapping) == 4


def book(path, sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        tab = made.create_sheet(title)
        for row in rows:
            tab.append(row)
    made.save(path)
    return path


def test_a_sheet_that_is_put_aside_takes_no_place_of_a_row_elsewhere(tmp_path):
    rows = [["Company", "Role", "Date Applied", "Status"], ["Acme", "Cook", "2026-03-02", "Applied"]]
    aside = [["Row Labels", "Company", "Role", "Date Applied"], ["", "Acme", "Cook", "2026-03-02"]]
    alone = preview_import(book(tmp_path / "alone.xlsx", {"Jobs": rows}), as_of="2026-11-20")
    both = preview_import(book(tmp_path / "both.xlsx", {"Pivot": aside, "Jobs": rows}), as_of="2026-11-20")
    assert both.records["id"].tolist() == alone.records["id"].tolist()
    assert both.alike == alone.alike


def test_a_row_that_was_like_another_meets_its_own_record_once_the_other_is_gone(preview, tmp_path):
    journal = ik.Journal(tmp_path / "mine")
    head, first, second = (
        "Company,Role,Date Applied,Status\n",
        *(f"Acme,Cook,2026-03-02,{status}\n" for status in ("Applied", "Rejected")),
    )
    preview(head + first + second).since(journal.interviews()).bring(journal)
    since = preview(head + second).since(journal.interviews())
    assert (len(since.new), len(since.unchanged), since.changes) == (0, 1, [])
    grown = preview(head + second + "Bolt,Cook,2026-03-03,Applied\n").since(journal.interviews())
    assert (grown.new["company"].tolist(), grown.changes) == (["Bolt"], [])


@pytest.mark.parametrize(
    ("before", "more", "after"),
    [("Annual plan", "Ann", "Annual plan\nAnn"), ("Ann", "Ann", None), ("A\nB", "B\nC", "A\nB\nC")],
)
def test_a_new_line_of_the_notes_is_new_though_an_older_one_holds_its_letters(preview, tmp_path, before, more, after):
    journal, head = ik.Journal(tmp_path / "mine"), "Company,Role,Date Applied,Notes\n"
    preview(f'{head}Acme,Cook,2026-03-02,"{before}"\n').since(journal.interviews()).bring(journal)
    since = preview(f'{head}Acme,Cook,2026-03-02,"{more}"\n').since(journal.interviews())
    assert [change.newer.get("notes") for change in since.changes] == ([after] if after else [])


@pytest.mark.parametrize("word", ["Not rejected yet", "hasn't rejected me yet", "not withdrawn", "no rejection yet"])
def test_an_end_that_is_denied_is_asked_about(preview, word):
    made = preview(f"Company,Date Applied,Status\nAcme,2026-03-02,Applied\nBolt,2026-03-03,{word}\n")
    assert made.waiting == 1
    assert made.records["company"].tolist() == ["Acme"]


APPLICATIONS = "App ID,Company,Role,Status\n1,Acme,Cook,Rejected\n2,Bolt,Clerk,Offer\n"


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_status_of_an_application_is_that_of_its_latest_interview(tmp_path, newest_first):
    (tmp_path / "applications.csv").write_text(APPLICATIONS)
    held = ["1,screen,2026-03-02", "1,onsite,2026-03-20", "2,screen,2026-03-05"]
    lines = held[::-1] if newest_first else held
    (tmp_path / "interviews.csv").write_text("App ID,Stage,Interview Date\n" + "".join(f"{one}\n" for one in lines))
    made = preview_import([tmp_path / "applications.csv", tmp_path / "interviews.csv"], as_of="2026-11-20")
    outcomes = made.records.set_index(["company", "stage"])["outcome"].to_dict()
    assert outcomes == {("Acme", "screen"): "callback", ("Acme", "onsite"): "rejected", ("Bolt", "screen"): "offer"}


def test_interviews_that_refer_to_nothing_lead_nowhere(tmp_path):
    (tmp_path / "applications.csv").write_text(APPLICATIONS)
    (tmp_path / "interviews.csv").write_text(
        "App ID,Company,Stage,Interview Date\n1,Acme,screen,2026-03-02\n2,Bolt,screen,2026-03-05\n"
        ",Gamma,screen,2026-03-06\n,Delta,screen,2026-03-07\n"
    )
    made = preview_import([tmp_path / "applications.csv", tmp_path / "interviews.csv"], as_of="2026-11-20")
    outcomes = made.records.set_index("company")["outcome"].to_dict()
    assert outcomes == {"Acme": "rejected", "Bolt": "offer", "Gamma": "", "Delta": ""}


def test_each_record_of_a_preview_has_an_id_of_its_own(preview, tmp_path):
    made = preview(
        "id,company,stage,interviewed_on\ni-aaaaaaaaaa,Acme,screen,2026-03-02\ni-aaaaaaaaaa,Bolt,final,2026-03-09\n"
    )
    assert made.records["id"].is_unique
    assert made.records["id"][0] == "i-aaaaaaaaaa"
    added = ik.Journal(tmp_path / "mine").add_all("interviews", made.records)
    assert len(added.added) == 2


def test_of_two_tables_with_a_row_each_the_interviews_refer_to_the_applications(tmp_path):
    (tmp_path / "applications.csv").write_text(APPLICATIONS)
    (tmp_path / "interviews.csv").write_text("App ID,Stage,Interview Date\n2,screen,2026-03-05\n1,final,2026-03-02\n")
    paths = [tmp_path / "applications.csv", tmp_path / "interviews.csv"]
    for order in (paths, paths[::-1]):
        made = preview_import(order, as_of="2026-11-20")
        outcomes = made.records.set_index(["company", "stage"])["outcome"].to_dict()
        assert outcomes == {("Acme", "final"): "rejected", ("Bolt", "screen"): "offer"}
        assert (made.report["what"] == "imported").sum() == 4


@pytest.mark.parametrize(
    "word", ["hired someone internal", "hired internally", "They hired an internal candidate", "promoted from within"]
)
def test_one_that_somebody_else_got_is_no_offer(preview, word):
    made = preview(f"Company,Date Applied,Status\nAcme,2026-03-02,{word}\n")
    assert made.records["outcome"].tolist() == ["rejected"]


@pytest.mark.parametrize("word", ["Hired!", "I was hired", "Got hired"])
def test_one_that_was_hired_has_an_offer(preview, word):
    assert preview(f"Company,Date Applied,Status\nAcme,2026-03-02,{word}\n").records["outcome"].tolist() == ["offer"]

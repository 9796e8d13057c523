"""Small trackers of one awkward kind each, with what a careful person would make of them."""

import csv
import os

import openpyxl
import pytest

from interview_kit import Journal
from interview_kit.importing import SpreadsheetError, preview_import, words

TODAY = "2026-11-20"
SHOWN = ["company", "role", "stage", "interviewed_on", "outcome", "outcome_on"]


def lines_of(records):
    """Return records as lines: the company, the role, the stage, the day, what came of it and when that was known."""
    days = records[SHOWN].copy()
    for name in ("interviewed_on", "outcome_on"):
        days[name] = days[name].dt.strftime("%Y-%m-%d").fillna("")
    return [" | ".join(row).rstrip(" |") for row in days.itertuples(index=False)]


# The file, the records, what became of its rows (not of the header), and the kinds of what is to look at.
CASES = {
    "a form's default date": (
        "Company,Role,Date Applied,Status,Follow-Up Date,Interview Date\n"
        "Velin,Cook,2026-06-30,Submitted,2026-07-01,2026-07-01\n"
        "Ostra,Clerk,2026-06-29,Submitted,2026-07-01,2026-07-01\n"
        "Marn,Nurse,2026-06-19,Submitted,,\n",
        [
            "Velin | Cook | applied | 2026-06-30",
            "Ostra | Clerk | applied | 2026-06-29",
            "Marn | Nurse | applied | 2026-06-19",
        ],
        ["imported"] * 3,
        ["same date"],
    ),
    "before a day": (
        "Company,Role,Date Applied,Status\nVelin,Cook,15/01/2026,Applied\nOstra,Clerk,Before 2026-01-24,Applied\n",
        ["Velin | Cook | applied | 2026-01-15", "Ostra | Clerk | applied"],
        ["imported"] * 2,
        ["bound"],
    ),
    "no day anywhere": (
        "Company Name,Job Title,Date applied\nVelin,Cook,N/A\nOstra,Clerk,N/A\n",
        [],
        ["waits for your word"] * 2,
        ["not told"],
    ),
    "a day per column": (
        "2026-03-01,2026-03-02,2026-03-03\n1. Velin,1. Nolo,1. Baro\n"
        "2. The Job Agency,2. stealth company,2. Status Forward\n3. Quay,3. Marn,3. Pell\n",
        [],
        ["needs attention"] * 4,
        ["row"],
    ),
    "did not apply": (
        "Company,Role,Date,Status\nVelin,Cook,,Didn't apply before it closed\nOstra,Clerk,,Didn't apply\n"
        "Marn,Nurse,2026-03-03,Applied\n",
        ["Marn | Nurse | applied | 2026-03-03"],
        ["skipped", "skipped", "imported"],
        [],
    ),
    "offered is not always an offer": (
        "Company,Role,Date,Status,Steps\n"
        "Velin,Cook,2026-08-01,Active,6 Aug 2026|INTERVIEW #1 INVITED;13 Aug 2026|CALL DID NOT PROCEED - 17 AUG "
        "OFFERED;17 Aug 2026|INTERVIEW #1 COMPLETED\n"
        "Ostra,Clerk,2026-08-02,Active,12 Aug 2026|CEO OFFERED LUNCH;17 Aug 2026|ANNA ACCEPTED LUNCH\n",
        ["Velin | Cook | interview | 2026-08-17 | pending", "Ostra | Clerk | applied | 2026-08-02 | pending"],
        ["imported"] * 2,
        [],
    ),
    "in Bearbeitung": (
        "Firma;Stelle;Datum;Status\nVelin;Koch;03.07.2026;In Bearbeitung\nOstra;Pfleger;04.07.2026;abgesagt\n",
        ["Velin | Koch | applied | 2026-07-03 | pending", "Ostra | Pfleger | applied | 2026-07-04 | rejected"],
        ["imported"] * 2,
        [],
    ),
    "whether there was a job offer": (
        "Company,Position,Date,Interview,Job Offer\nVelin,Cook,2026-03-01,Yes,Yes\nOstra,Clerk,2026-03-02,No,No\n",
        ["Velin | Cook | interview |  | offer", "Ostra | Clerk | applied | 2026-03-02"],
        ["imported"] * 2,
        [],
    ),
    "a Markdown table": (
        "| Date | Company | Role | Status |\n|---|---|---|---|\n| 2026-03-01 | Velin | Cook | Left out; too far |\n"
        "| 2026-03-02 | Ostra | Clerk | Submitted |\n- 2026-03-03 | Marn | Nurse | Submitted |\n",
        ["Ostra | Clerk | applied | 2026-03-02", "Marn | Nurse | applied | 2026-03-03"],
        ["skipped", "waits for your word", "imported", "imported"],
        ["word"],
    ),
    "what the applicant did": (
        "Company,Position,Date,Status,Messaged Recruiter,Interviews\nVelin,Cook,2026-03-01,Applied,True,0\n"
        "Ostra,Clerk,2026-03-02,Denied,False,0\nMarn,Nurse,2026-03-03,Denied,True,1\n",
        [
            "Velin | Cook | applied | 2026-03-01",
            "Ostra | Clerk | applied | 2026-03-02 | rejected",
            "Marn | Nurse | interview |  | rejected",
        ],
        ["imported"] * 3,
        [],
    ),
    "a reminder": (
        "Date,Company,Role,Status,Next Step,Next Step Due\n2026-03-01,Velin,Cook,Applied,Wait,2026-03-20\n"
        "2026-03-02,Ostra,Clerk,Ready to Apply,Write letter,2026-03-21\n2026-03-03,Marn,Nurse,Rejected,,\n",
        ["Velin | Cook | applied | 2026-03-01", "Marn | Nurse | applied | 2026-03-03 | rejected"],
        ["imported", "skipped", "imported"],
        [],
    ),
    "nothing says that it was applied for": (
        "Company,Role,Date Applied,Result\nVelin,Cook,2026-03-01,\nOstra,,,\nMarn,,,\nNolo,Baker,2026-03-04,Rejected\n",
        ["Velin | Cook | applied | 2026-03-01", "Nolo | Baker | applied | 2026-03-04 | rejected"],
        ["imported", "waits for your word", "waits for your word", "imported"],
        ["not told"],
    ),
    "not contacted": (
        "Company,Role,Date,Status\nVelin,Cook,2026-03-01,Not Contacted\nOstra,Clerk,2026-03-02,Delivery Failed\n"
        "Marn,Nurse,2026-03-03,Blocked\nNolo,Baker,2026-03-04,Opportunity\n",
        [],
        ["skipped", *["waits for your word"] * 3],
        ["word"] * 3,
    ),
    "not responded": (
        "Company,Role,Date,Status\nVelin,Cook,2026-03-01,Not Responded\nOstra,Clerk,2026-03-02,I Denied\n"
        "Marn,Nurse,2026-03-03,2 Interviews + Denied\n",
        [
            "Velin | Cook | applied | 2026-03-01 | no reply",
            "Ostra | Clerk | applied | 2026-03-02 | withdrawn",
            "Marn | Nurse | round 1 |  | callback",
            "Marn | Nurse | round 2 |  | rejected",
        ],
        ["imported", "imported", "split into 2"],
        [],
    ),
    "a note that says otherwise": (
        'Company,Role,Date,Status,Details\nVelin,Cook,2026-03-01,Interviewing,"Final round, but ultimately rejected"\n'
        "Ostra,Clerk,2026-03-02,Interviewing,\n",
        ["Velin | Cook | interview", "Ostra | Clerk | interview"],
        ["imported"] * 2,
        ["contradicts"],
    ),
    "an offer after four interviews": (
        "Company,Role,Date,Status\nVelin,Cook,2026-03-01,Offer 4 Interviews\n"
        "Ostra,Clerk,2026-03-02,Denied 2 Interviews\n",
        [
            "Velin | Cook | round 1 |  | callback",
            "Velin | Cook | round 2 |  | callback",
            "Velin | Cook | round 3 |  | callback",
            "Velin | Cook | round 4 |  | offer",
            "Ostra | Clerk | round 1 |  | callback",
            "Ostra | Clerk | round 2 |  | rejected",
        ],
        ["split into 4", "split into 2"],
        [],
    ),
    "a company in quotation marks": (
        'Job Title,Company,Applied Date,Status\nCook,"""Velin""",2026-03-01,Pending\nClerk,Velin,2026-03-02,Pending\n',
        ["Velin | Cook | applied | 2026-03-01 | pending", "Velin | Clerk | applied | 2026-03-02 | pending"],
        ["imported"] * 2,
        [],
    ),
    "the end of the talks": (
        "Firma;Jobtitel;Datum;Gesprächsabschluss;Status;Zweitgespräch\nVelin;Koch;03.07.2026;09.07.2026;abgesagt;nein\n"
        "Ostra;Pfleger;04.07.2026;31.07.2026;abgesagt;ja\n",
        [
            "Velin | Koch | applied | 2026-07-03 | rejected | 2026-07-09",
            "Ostra | Pfleger | zweitgespräch |  | rejected | 2026-07-31",
        ],
        ["imported"] * 2,
        [],
    ),
    "a short row with an unknown word": (
        "Company,Role,Date,Status,Second talk\nVelin,Cook,2026-03-01,Rejected,no\n"
        "Ostra,Clerk,2026-03-02,Being looked at\n"
        "Marn,Nurse,2026-03-03,Applied\n",
        ["Velin | Cook | applied | 2026-03-01 | rejected", "Marn | Nurse | applied | 2026-03-03"],
        ["imported", "waits for your word", "imported"],
        ["word"],
    ),
    "sorry and selected": (
        "Company,Role,Date,Status\nVelin,Cook,2026-03-01,Sorry\nOstra,Clerk,2026-03-02,Selected\n",
        ["Velin | Cook | applied | 2026-03-01 | rejected"],
        ["imported", "waits for your word"],
        ["word"],
    ),
    "a first column without a name": (
        ",City,Position,Day Sent,Status\nVelin,Lund,Cook,09-10-2026,Denied\n"
        "Ostra,Oslo,Clerk,13-10-2026,Not Responded\n",
        ["Velin | Cook | applied | 2026-10-09 | rejected", "Ostra | Clerk | applied | 2026-10-13 | no reply"],
        ["imported"] * 2,
        ["column"],
    ),
    "a word that looks like another": (
        "Company,Role,Date Added,Status\nVelin,Cook,2026-03-01,White Whale - Watching\n"
        "Ostra,Clerk,2026-03-02,Applied\n",
        ["Ostra | Clerk | applied | 2026-03-02"],
        ["waits for your word", "imported"],
        ["word"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_of_an_awkward_kind_is_read_with_care(name, tmp_path):
    text, records, fates, kinds = CASES[name]
    path = tmp_path / "tracker.csv"
    path.write_text(text, encoding="utf-8")
    preview = preview_import(path, as_of=TODAY)
    assert lines_of(preview.records) == records
    assert preview.report.loc[preview.report["fate"] != "header", "what"].tolist() == fates
    assert [str(kind) for kind in preview.problems["kind"]] == kinds


NULLS = "company,role,date,status,notes\nVelin,null,2026-03-01,Pending,null\n"
YAML = "- company: Velin\n  role: Cook\n  date: 2026-03-01\n  status: Applied\n"
LATER = "Company,Role,Status\nVelin,Cook,Rejected\nVelin,Cook,Applied\n"
SHEETS = {
    "Dashboard": [["My dashboard", None, None], [None, None, "Applications"], [None, None, 2]],
    "Raw data": [
        ["Company", "Role", "Date", "Status", "Second talk"],
        ["Velin", "Cook", "2026-03-01", "Rejected", "no"],
        ["Ostra", "Clerk", "2026-03-02", "Being looked at", None],
    ],
}


def write_sheets(path):
    """Write a workbook with a dashboard before its data."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in SHEETS.items():
        tab = book.create_sheet(title)
        for row in rows:
            tab.append(row)
    book.save(path)
    return path


def write_all(folder):
    """Write every case into a folder, and return the files by the names of the cases."""
    texts = {name: text for name, (text, *_) in CASES.items()}
    texts |= {"signs for nothing": NULLS, "YAML": YAML, "the same once more": LATER}
    paths = {name: folder / f"case_{at}.csv" for at, name in enumerate(texts)}
    for name, path in paths.items():
        path.write_text(texts[name], encoding="utf-8")
    return paths | {"a dashboard": write_sheets(folder / "two.xlsx")}


def test_a_sign_for_nothing_is_no_note(tmp_path):
    path = tmp_path / "tracker.csv"
    path.write_text(NULLS)
    (record,) = preview_import(path).records.to_dict("records")
    assert (record["role"], record["notes"], record["outcome"]) == ("", "", "pending")


def test_yaml_is_refused_as_what_it_is(tmp_path):
    path = tmp_path / "tracker.csv"
    path.write_text(YAML)
    with pytest.raises(SpreadsheetError, match=r"tracker\.csv is YAML; "):
        preview_import(path)


def test_a_dashboard_counts_in_no_sum_and_each_line_names_its_sheet(tmp_path):
    write_sheets(tmp_path / "two.xlsx")
    preview = preview_import(tmp_path / "two.xlsx", as_of=TODAY)
    assert lines_of(preview.records) == ["Velin | Cook | applied | 2026-03-01 | rejected"]
    assert str(preview).startswith("2 rows: ")
    assert len(preview.report) == 6
    assert [(row.file, row.value, str(row.kind)) for row in preview.problems.itertuples()] == [
        ("two.xlsx, Raw data", "Being looked at", "word")
    ]
    assert any("two.xlsx, Raw data" in line and "Being looked at" in line for line in preview.lines())


def previewed(tmp_path, text, name="tracker.csv", **more):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return preview_import(path, as_of=TODAY, **more)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *((name, "2026-05-01") for name in ("Next interview deadline", "Offer deadline", "Interview follow-up")),
        *((name, "2026-05-01") for name in ("Follow up by", "Respond by", "Next Action Date", "Rückmeldung bis Frist")),
        *((name, "1") for name in ("Days to response", "Response time", "Days since applied", "How many days")),
        *((name, "yes") for name in ("Emailed recruiter", "Contacted HR", "Prepared for interview", "Interview prep")),
        *((name, "yes") for name in ("Sent thank you", "Thank you note after interview", "Connected on LinkedIn")),
    ],
)
def test_what_is_no_round_and_no_answer_stays_in_the_notes(column, cell, tmp_path):
    preview = previewed(tmp_path, f"Company,Role,Date,Status,{column}\nVelin,Cook,2026-03-01,Applied,{cell}\n")
    assert lines_of(preview.records) == ["Velin | Cook | applied | 2026-03-01"]
    assert preview.records["notes"].tolist() == [f"{column}: {cell}"]


@pytest.mark.parametrize(
    ("text", "stage", "outcome"),
    [
        ("Turned them down", "", "withdrawn"),
        ("Declined by me", "", "withdrawn"),
        ("Not a fit for me", "", "withdrawn"),
        ("Withdrawn by company", "", "rejected"),
        ("Rejected pre-interview", "applied", "rejected"),
        ("Not selected for interview", "applied", "rejected"),
        ("Offer pending", "", "pending"),
        ("No offer yet", "", "pending"),
        ("Interview postponed", "", "pending"),
        ("Failed to hear back", "", "no reply"),
        ("Rejeitado após entrevista", "interview", "rejected"),
        ("Rifiutata dopo colloquio", "interview", "rejected"),
        ("Afgewezen na gesprek", "interview", "rejected"),
        ("Warte auf Rückmeldung", "", "pending"),
        ("Em análise", "", "pending"),
        ("Telefongespräch", "screen", ""),
        ("Didn't apply, closed", "not applied", ""),
        ("Two interviews, ghosted", "interview", "no reply"),
        ("Rejected, no interviews", "applied", "rejected"),
    ],
)
def test_a_status_means_what_people_mean_by_it(text, stage, outcome):
    assert words.read(text)[:2] == (stage, outcome)


@pytest.mark.parametrize(
    "text", ["Selected", "Blocked", "Passed on", "I passed", "Message failed", "CEO offered lunch"]
)
def test_what_can_mean_a_thing_or_its_contrary_is_asked(text):
    assert words.read(text) == words.UNKNOWN


def test_names_of_companies_and_roles_decide_nothing(tmp_path):
    rows = [
        "Offer Technologies,Cook,2026-03-01,Rejected by Offer Technologies",
        "Interview Street,Cook,2026-03-01,Applied through Interview Street",
        "Ostra,Technical Writer,2026-03-02,Emailed about Technical Writer job",
        "Marn,Clerk,2026-03-02,Applied for Test Engineer",
    ]
    records = previewed(tmp_path, "Company,Role,Date,Status\n" + "\n".join(rows)).records
    assert records["stage"].tolist() == ["applied"] * 4
    assert records["outcome"].tolist() == ["rejected", "", "", ""]


def test_the_end_of_an_application_beats_a_passed_round(tmp_path):
    text = "Company,Role,Date,Status,Interview result\nVelin,Cook,2026-03-01,Rejected,Passed\n"
    assert lines_of(previewed(tmp_path, text).records) == ["Velin | Cook | interview |  | rejected"]


@pytest.mark.parametrize("name", ["N/A", "Confidential", "[Company]", "Company name", "unbekannt"])
def test_what_stands_for_a_company_is_none(name, tmp_path):
    preview = previewed(tmp_path, f"Company,Role,Date,Status\n{name},Cook,2026-03-01,Applied\n")
    assert preview.records.empty
    assert preview.report["what"].tolist() == ["skipped", "needs attention"]


def test_steps_that_are_not_understood_wait(tmp_path):
    rows = "Velin,Cook,2026-03-01,Talent pool,Blue\nOstra,Cook,2026-03-01,Applied,Screen\n"
    text = f"Company,Role,Date,From stage,To stage\n{rows}"
    preview = previewed(tmp_path, text, mapping={"From stage": "from_stage", "To stage": "to_stage"})
    assert preview.records["company"].tolist() == ["Ostra"]
    assert preview.waiting == 1


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Stage", "Talent pool"),
        ("Status", "Will call them on Monday to ask about the application and the interview process there"),
    ],
)
def test_an_unknown_stage_and_a_sentence_make_no_interview(column, cell, tmp_path):
    text = f"Company,Position,Applied date,{column}\nVelin,Cook,2026-03-01,{cell}\nOstra,Cook,2026-03-01,Phone screen\n"
    preview = previewed(tmp_path, text)
    assert (preview.records["company"].tolist(), preview.waiting) == (["Ostra"], 1)


def test_a_list_of_wishes_without_a_day_is_told(tmp_path):
    preview = previewed(tmp_path, "Company,Role,Link\nVelin,Cook,https://x.example\n")
    assert [str(kind) for kind in preview.problems["kind"]] == ["file"]


def test_rows_that_wait_come_in_once_they_are_answered(tmp_path):
    text = "Company,Role,Date applied,Status\nVelin,Cook,2026-03-01,Talent pool\nOstra,Clerk,,\nMarn,Nurse,,Applied\n"
    preview = previewed(tmp_path, text)
    assert preview.waiting == 2
    assert str(preview).startswith("3 rows: 1 to import, 2 waiting for your word.")
    told = previewed(tmp_path, text, words={"Talent pool": "nothing", "blank": "applied"})
    assert (told.waiting, len(told.records), told.problems.empty) == (0, 3, True)
    assert told.records["notes"].tolist()[0] == "Status: Talent pool"
    assert previewed(tmp_path, text, words={"blank": "not applied"}).report["what"].tolist()[2] == "skipped"
    ids = dict(zip(told.records["company"], told.records["id"], strict=True))
    assert preview.records["id"].tolist() == [ids["Marn"]]


# Formats that people have.


JSON = '[{"company": "Velin", "status": "Rejected", "tags": ["a", "b"]}, {"company": "Ostra", "status": null}]'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jobs.json", JSON),
        ("jobs.jsonl", '{"company": "Velin", "status": "Rejected"}\n{"company": "Ostra", "status": null}\n'),
        ("jobs.json", f'{{"applications": {JSON}}}'),
        ("jobs.tsv", "Company\tStatus\nVelin\tRejected\nOstra\t\n"),
        ("jobs.md", "# Hunt\n\n| Company | Status |\n|:--|--:|\n| **Velin** | Rejected\nOstra | |\n\nMore, to come.\n"),
        ("jobs.csv", "# mine, since March\nCompany,Status\n# older ones\nVelin,Rejected\n// to do, soon\nOstra,\n"),
    ],
)
def test_a_table_in_another_format_is_read(name, text, tmp_path):
    preview = previewed(tmp_path, text, name, words={"blank": "applied"})
    assert preview.records["company"].tolist() == ["Velin", "Ostra"]
    assert preview.records["outcome"].tolist() == ["rejected", ""]


def test_another_table_of_a_markdown_file_is_not_read_as_its_rows(tmp_path):
    text = "| Company | Status |\n|---|---|\n| Velin | Rejected |\n\n| Thing | When |\n|---|---|\n| x | y |\n"
    preview = previewed(tmp_path, text, "jobs.md")
    assert preview.records["company"].tolist() == ["Velin"]
    assert preview.report.loc[preview.report["line"] == 7, "what"].tolist() == ["needs attention"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("company: Velin\nstatus: Applied\n---\ncompany: Ostra\nstatus: Applied\n", "is YAML; "),
        ("From ana@x.example Thu Mar 5 10:00:00 2026\nSubject: hi, there\n\nDear, we, regret\n", "is a mailbox; "),
        ("From: a@x.example\nTo: b@x.example\nSubject: hello\n\nWe regret, sorry\n", "is a mailbox; "),
        ("<div><table><tr><td>Company</td></tr></table></div>", "is a web page; "),
        ("BEGIN:VCARD\nFN:Velin\nEND:VCARD\n", "is a list of contacts"),
        (
            "Dear diary, today I wrote to Velin, Ostra and Marn.\nIt went well, I hope.\nI will, too, try Nolo.\n",
            "is a text and no table; ",
        ),
    ],
)
def test_what_is_no_table_is_refused_as_what_it_is(text, said, tmp_path):
    with pytest.raises(SpreadsheetError, match=said):
        previewed(tmp_path, text)


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("content.xml", r"is an OpenDocument file \(\.ods\); in LibreOffice choose File, Save As, Text CSV"),
        (
            "Jobs/Job Applications.csv",
            r"is a ZIP that holds 'Jobs/Job Applications\.csv'; unpack it and import 'Job App",
        ),
        ("word/document.xml", "is a Word document; "),
        ("Index/Document.iwa", "is a Numbers file; "),
    ],
)
def test_a_packed_file_says_what_is_in_it(member, said, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "any.zip", "w") as packed:
        packed.writestr(member, "x")
    with pytest.raises(SpreadsheetError, match=said):
        preview_import(tmp_path / "any.zip")


@pytest.mark.parametrize(
    "row", ["Total,2026-03-02,", "May,,2026-03-02", "Total Wine,02.03.2026,", "#paid,Rejected,2026-03-02", "//Acme,,x"]
)
def test_an_employer_is_no_sum_and_no_comment_where_another_cell_says_more(row, tmp_path):
    header = "Company,Status,Date" if "Rejected" in row else "Company,Date,Last update"
    preview = previewed(tmp_path, f"{header}\n{row}\n")
    assert preview.report["fate"].tolist()[-1] in ("imported", "waits for your word")
    assert preview.report["why"].tolist()[-1] not in ("a comment", "a sum")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Total,12,3", "a sum: 'Total'"),
        ("May,12.5,", "a sum: 'May'"),
        ("May,,", "a heading: 'May'"),
        ("# closed,,", "a comment"),
        ("// closed,,", "a comment"),
    ],
)
def test_a_sum_a_heading_and_a_comment_are_left_out(row, why, tmp_path):
    preview = previewed(tmp_path, f"Company,Role,Date\nAcme,Cook,2026-03-02\n{row}\n")
    assert preview.report["why"].tolist()[-1] == why


def test_lists_within_lists_are_no_table_however_deep(tmp_path):
    for depth in (3, 200, 960, 9_000):
        with pytest.raises(SpreadsheetError, match="is JSON, and no list of records"):
            previewed(tmp_path, f'[{{"Company": {"[" * depth}{"]" * depth}}}]', "deep.json")
        steps = f'"{"[" * depth}{"]" * depth}"'
        preview = previewed(tmp_path, f"Company,Status,Activity\nAcme,Rejected,{steps}\n")
        assert len(preview.records) == 1


def test_half_a_sign_of_a_json_text_comes_in_as_the_sign_for_one_that_cannot_be_shown(tmp_path):
    preview = previewed(
        tmp_path, r'[{"Company": "Acme\ud800", "Status\udc00": "Rejected", "Role": "Cook \ud83d\ude00"}]', "half.json"
    )
    assert preview.records["company"].tolist() == ["Acme\ufffd"]
    assert preview.mapping["source"].tolist() == ["Company", "Status\ufffd", "Role"]
    assert preview.records["role"].tolist() == ["Cook \U0001f600"]
    Journal(tmp_path / "mine").add_all("interviews", preview.records)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sep", ["sep=", '"sep="', "sep= ", 'sep="', "sep=a"])
def test_a_line_that_says_no_sign_tells_none(sep, end, tmp_path):
    path = tmp_path / "tracker.csv"
    path.write_bytes(f"{sep}{end}Company,Date,Status{end}Acme,2026-03-02,Rejected{end}".encode())
    preview = preview_import(path, as_of=TODAY)
    assert preview.records["company"].tolist() == ["Acme"]
    assert preview.report["line"].tolist() == [1, 2, 3]


@pytest.mark.parametrize("text", ["Company,Status\nAcme,Rejected\n", 'Company,Status\n"Acme,Rejected\n'])
def test_the_largest_cell_of_other_readers_of_the_program_stays_as_it_was(text, tmp_path):
    before = csv.field_size_limit(400_000)
    try:
        previewed(tmp_path, text)
        assert csv.field_size_limit() == 400_000
        with pytest.raises(SpreadsheetError, match="a cell can hold up to 131,072 characters"):
            previewed(tmp_path, f"Company,Status\n{'A' * 200_000},Rejected\n")
        assert csv.field_size_limit() == 400_000
    finally:
        csv.field_size_limit(before)


def test_a_cell_of_quotes_that_never_closes_and_is_too_long_is_refused(tmp_path):
    with pytest.raises(SpreadsheetError, match="line 2 cannot be read"):
        previewed(tmp_path, 'Company,Status\n"' + '""' * 100_000 + "\nBolt,Rejected\n" * 3)


def test_a_file_whose_name_is_no_text_is_read(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.csv"
    try:
        with open(path, "wb") as file:
            file.write(b"Company,Status\nAcme,Rejected\n")
    except OSError:
        pytest.skip("the disk takes no such name")
    preview = preview_import(os.fsdecode(path))
    assert preview.report["file"].unique().tolist() == ["caf\ufffd.csv"]


def test_half_a_sign_in_a_history_is_no_harm(tmp_path):
    steps = r'"[{""stage"": ""Onsite \ud800"", ""date"": ""2026-03-02""}, {""stage"": ""Rejected""}]"'
    preview = previewed(tmp_path, f"Company,Activity\nAcme,{steps}\n")
    assert preview.records["interviewed_on"].astype(str).tolist() == ["2026-03-02"]
    Journal(tmp_path / "mine").add_all("interviews", preview.records)

"""Other people's spreadsheets: each shape of file with what it becomes, row by row."""

import csv
import io
import json
import time
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import interview_kit as ik
from interview_kit import schema
from interview_kit.importing import SpreadsheetError, aliases, appointments, days, files, preview_import, words

FILES = Path(__file__).parent / "imports"
SHOWN = ["company", "role", "stage", "format", "interviewed_on", "outcome", "outcome_on", "notes"]
ALSO = ["starts_at", "place", "source", "link"]  # named where something stands in them
TODAY = "2026-11-20"
JOINED = [FILES / "joined" / f"{name}.csv" for name in ("applications", "interviews", "companies")]


def paths_of(name):
    return JOINED if name == "joined" else FILES / f"{name}.csv"


def as_expected(preview):
    """Return a preview as the expectations are written: its records and the fates of its rows, as text."""
    records = preview.records[SHOWN].copy()
    for name in ("interviewed_on", "outcome_on"):
        records[name] = records[name].dt.strftime("%Y-%m-%d").fillna("")
    more = [
        "".join(f" | {name}={value}" for name, value in row.items() if value)
        for row in preview.records[ALSO].astype("object").where(preview.records[ALSO].notna(), "").to_dict("records")
    ]
    fates = [f"{row.line} {row.what}: {row.why}".removesuffix(": ") for row in preview.report.itertuples()]
    return {
        "says": str(preview),
        "asks_day_order": bool(preview.asks_day_order),
        "columns": {row.source: row.field for row in preview.mapping.itertuples()},
        "records": [
            " | ".join(row).rstrip(" |") + beside
            for row, beside in zip(records.itertuples(index=False), more, strict=True)
        ],
        "rows": fates,
        "problems": [f"{row.line} {row.column} {row.value} {row.problem}" for row in preview.problems.itertuples()],
    }


NAMES = sorted(path.stem for path in FILES.glob("*.json"))


def test_there_are_enough_shapes():
    assert len(NAMES) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_every_shape_becomes_what_a_careful_person_would_make_of_it(name):
    expected = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))
    assert as_expected(preview_import(paths_of(name), as_of=TODAY)) == expected


def lines_of(path):
    """Return the first line of each row of a CSV."""
    text, before, lines = path.read_text(encoding="utf-8"), 0, []
    quoting = csv.QUOTE_NONE if path.stem == "unclosed_quote" else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text), quoting=quoting)
    for _ in reader:
        lines.append(before + 1)
        before = reader.line_num
    return lines


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_every_file_is_accounted_for_once(name):
    found = paths_of(name)
    report = preview_import(found).report
    for path in found if isinstance(found, list) else [found]:
        lines = report.loc[report["file"] == path.name, "line"].tolist()
        assert lines == ([1, 2, 3, 4, 6, 7] if name == "semicolons_german" else lines_of(path))


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"joined"}))
def test_no_cell_of_a_row_that_goes_to_the_notes_is_lost(name):
    preview = preview_import(paths_of(name))
    whole = "\n".join(preview.records["notes"])
    kept = preview.mapping.loc[preview.mapping["field"] == "notes", "source"].tolist()
    (sheet,) = files.read_sheets(paths_of(name))
    what = dict(zip(preview.report["line"], preview.report["what"], strict=True))
    cells = [
        dict(zip(sheet.header, row, strict=True))[column]
        for row, line in zip(sheet.rows, sheet.lines, strict=True)
        for column in kept
        if what[line] not in ("skipped", "needs attention", "waits for your word")
    ]
    assert [cell for cell in cells if cell and cell not in whole] == []


# Words.


@pytest.mark.parametrize(
    ("text", "stage", "outcome"),
    [
        ("Rejection :(", "", "rejected"),
        ("reeejected", "", "rejected"),
        ("rejcted", "", "rejected"),
        ("Rejected ❌", "", "rejected"),
        ("Accepted!", "", "offer"),
        ("Inter + Rejec", "interview", "rejected"),
        ("Ghosted (no reply)", "", "no reply"),
        ("Ghosted after assessment", "take-home", "no reply"),
        ("Not Selected", "", "rejected"),
        ("Closed", "", "rejected"),
        ("Unsuccesful", "", "rejected"),
        ("Offer Declined", "", "offer"),
        ("No offer", "", "rejected"),
        ("I declined", "", "withdrawn"),
        ("Declined interview", "applied", "withdrawn"),
        ("No response yet", "", "pending"),
        ("No Response", "", "no reply"),
        ("haven't heard back", "", "no reply"),
        ("Auto-Rejected", "applied", "rejected"),
        ("Rejected w/o interview", "applied", "rejected"),
        ("HR/ Hiring Manager Interview", "screen", ""),
        ("Technical Interview/ Assessment", "technical", ""),
        ("Panel Interview", "panel interview", ""),
        ("Offered interview", "interview", ""),
        ("Accepted for Initial Interview", "screen", ""),
        ("Moved to next round", "interview", "callback"),
        ("Third interview", "third interview", ""),
        ("Accepted offer elsewhere", "", "withdrawn"),
        ("Interview invite declined", "applied", "withdrawn"),
        ("Onsite Completed - Waiting", "onsite", "pending"),
        ("Did not clear", "", "rejected"),
        ("Not a good fit", "", "rejected"),
        ("Under evaluation", "", "pending"),
        ("Wishlist", "not applied", ""),
        ("Absage", "", "rejected"),
        ("entretien", "interview", ""),
        ("已投递", "applied", ""),
    ],
)
def test_a_word_is_understood_by_its_meaning(text, stage, outcome):
    meaning = words.read(text)
    assert (meaning.stage, meaning.outcome) == (stage, outcome)
    assert meaning.known


@pytest.mark.parametrize(
    "text", ["Talent pool", "Suspected Ghost Job", "LinkedIn Connect Request", "Full-time", "Lund"]
)
def test_a_word_that_is_not_understood_is_not_guessed(text):
    assert words.read(text) == words.UNKNOWN


def test_every_spelling_of_the_records_means_the_same_here():
    for kind in ("outcome", "stage"):
        for choice, spellings in schema.SPELLINGS[kind].items():
            for spelling in filter(None, [choice, *spellings.split("|")]):
                meaning = words.read(spelling)
                if choice not in schema.NOT_HELD:  # of what, a word alone does not tell: an interview, or a job
                    assert choice in (meaning.outcome, meaning.stage) or (kind, spelling) == ("outcome", "open"), (
                        spelling
                    )


def test_an_unknown_word_is_asked_about_once_and_can_be_answered():
    path = FILES / "ambiguous_days.csv"
    asked = preview_import(path, day_first=True).problems
    assert asked.to_dict("records") == [
        {
            "file": "ambiguous_days.csv",
            "line": 4,
            "column": "Status",
            "value": "Talent pool",
            "problem": "is not understood; say what it means",
            "rows": 1,
            "kind": "word",
        }
    ]
    answered = preview_import(path, day_first=True, words={"Talent pool": "no reply", "Wishlist": "applied"})
    assert answered.problems.empty
    assert answered.records["outcome"].tolist() == ["", "rejected", "no reply", ""]
    with pytest.raises(ValueError, match="'maybe' is no meaning; a word can mean one of pending, callback, offer,"):
        preview_import(path, words={"Talent pool": "maybe"})


# Dates.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-01-15", "2025-01-15"),
        ("2025-09-8", "2025-09-08"),
        ("9/19/24", "2024-09-19"),
        ("11/13/23, 9:42 AM", "2023-11-13"),
        ("14 Jan 2026", "2026-01-14"),
        ("15/01/2025", "2025-01-15"),
        ("8/82019 ", "2019-08-08"),
        ("around 2025-01-24", "2025-01-24"),
        ("Thu, Jul 16, 2026", "2026-07-16"),
        ("2021-11-12 12:00:00 UTC", "2021-11-12"),
        ("2026-02-14T18:12:00Z", "2026-02-14"),
        ("January 15, 2025 2:30 PM (EST)", "2025-01-15"),
        ("January 15, 2025 → January 20, 2025", "2025-01-15"),
        ("Wed Jan 15 2025 14:30:00 GMT+0100 (CET)", "2025-01-15"),
        ("45231", "2023-11-01"),
        ("03.04.2026", "2026-04-03"),
        ("14. März 2025", "2025-03-14"),
        ("2026年6月23日", "2026-06-23"),
        ("3rd of Feb '25", "2025-02-03"),
        ("20240105", "2024-01-05"),
        ("24-01-09", "2024-01-09"),
        ("19-09-24", "2024-09-19"),
    ],
)
def test_a_date_is_read_in_the_style_people_write_it(text, found):
    assert [str(day) for day in days.Calendar([text]).days(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        *("2 weeks ago", "last week", "Nov 2025", "Jan-14", "2025-13-01", "30/02/2025", "n/a", "1.5"),
        *("Before 2025-01-24", "by 24 January 2025", "nach dem 24.01.2025", "antes del 24/01/2025"),
    ],
)
def test_what_is_no_date_is_not_made_one(text):
    assert days.read(text).days == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5-7 March 2026", "2026-03-05"),
        ("5 – 7 March 2026", "2026-03-05"),
        ("Thu, 5 - 7 March 2026", "2026-03-05"),
        ("Onsite 5-7 March 2026", "2026-03-05"),
        ("5th to 7th of March 2026", "2026-03-05"),
        ("5.-7. März 2026", "2026-03-05"),
        ("05.-07.03.2026", "2026-03-05"),
        ("5-7/3/2026", "2026-03-05"),
        ("March 5-7, 2026", "2026-03-05"),
        ("March 5th – 17th, 2026", "2026-03-05"),
        ("5 March - 7 March 2026", "2026-03-05"),
        ("5 March - 17 March 2026", "2026-03-05"),
        ("28 Dec - 3 Jan 2026", "2025-12-28"),
        ("Dec 28 → Jan 3, 2026", "2025-12-28"),
        ("28/12 - 03/01/2026", "2025-12-28"),
        ("2026-03-05 - 2026-03-07", "2026-03-05"),
        ("Round 2 - 5 March 2026", "2026-03-05"),
        ("7-5 March 2026", "2026-03-05"),
        ("5 March '26", "2026-03-05"),
        ("5 March 26, Mar", "2026-03-05"),
    ],
)
def test_a_span_counts_from_its_first_day(text, found):
    assert [str(day) for day in days.Calendar([text]).days(text)] == [found]


def test_the_end_of_a_span_is_kept_and_tells_no_order_of_day_and_month():
    assert days.read("5-17 March 2026").words == "17"
    assert days.order_of(["5-17 March 2026", "5.-17. März 2026", "March 5-17"]).day_first is None


def test_two_dates_in_a_cell_are_two():
    found = days.Calendar(["8/5/2019 & 8/14/2019"]).days("8/5/2019 & 8/14/2019")
    assert [str(day) for day in found] == ["2019-08-05", "2019-08-14"]


def test_day_and_month_are_told_by_the_dates_that_can_only_be_read_one_way():
    assert days.Calendar(["03/04/2025", "15/04/2025"]).days("03/04/2025")[0].isoformat() == "2025-04-03"
    assert days.Calendar(["03/04/2025", "04/15/2025"]).days("03/04/2025")[0].isoformat() == "2025-03-04"
    torn = days.Calendar(["03/04/2025", "04/15/2025", "15/04/2025"])
    assert torn.days("03/04/2025") == []
    assert torn.asks_order
    assert torn.order.why == "'15/04/2025' has the day first and '04/15/2025' the month"


def test_where_nothing_tells_day_from_month_the_file_is_asked_about_once():
    preview = preview_import(FILES / "ambiguous_days.csv")
    assert preview.asks_day_order
    assert preview.records["interviewed_on"].isna().all()
    assert preview.problems["problem"].str.contains("day or the month first").sum() == 1
    for day_first, month in ((True, 4), (False, 3)):
        told = preview_import(FILES / "ambiguous_days.csv", day_first=day_first)
        assert not told.asks_day_order
        assert told.records["interviewed_on"].dt.month.iloc[0] == month


def test_a_missing_year_is_that_of_the_file_or_of_its_name_or_given(tmp_path):
    rows = "Company,Date Applied\nOstra,8-Jul\nVelin,9/19\n"
    (tmp_path / "hunt.csv").write_text(rows)
    (tmp_path / "hunt 2024.csv").write_text(rows)
    assert preview_import(tmp_path / "hunt.csv").records["interviewed_on"].isna().all()
    why = "'8-Jul' has no year, and nothing near it tells one; it is kept in the notes"
    assert preview_import(tmp_path / "hunt.csv").report["why"].tolist()[1] == why
    named = preview_import(tmp_path / "hunt 2024.csv").records["interviewed_on"]
    given = preview_import(tmp_path / "hunt.csv", year=2023).records["interviewed_on"]
    told_later = preview_import(tmp_path / "hunt.csv", year=2023).records["id"].tolist()
    assert told_later == preview_import(tmp_path / "hunt.csv").records["id"].tolist()
    assert (named.dt.year.tolist(), given.dt.year.tolist()) == ([2024, 2024], [2023, 2023])


def test_the_year_that_was_given_is_that_of_all_dates_without_one(tmp_path):
    path = tmp_path / "hunt.csv"
    path.write_text("Company,Date Applied,Reply on,Status\nOstra,Dec 20,Jan 5,Rejected\nVelin,Jan 5,Jan 9,Rejected\n")
    preview = preview_import(path, year=2026, as_of="2026-11-20")
    assert preview.records["interviewed_on"].astype(str).tolist() == ["2026-12-20", "2026-01-05"]
    assert preview.records["outcome_on"].astype(str).tolist() == ["2027-01-05", "2026-01-09"]  # no reply comes before
    path.write_text("Company,Date Applied,Status\nOstra,2024-12-20,Rejected\nVelin,Jan 5,Rejected\n")
    for year, said in ((2026, "2026-01-05"), (None, "2025-01-05")):
        assert str(preview_import(path, year=year).records["interviewed_on"][1].date()) == said


# Columns.


def test_every_name_in_the_table_of_columns_is_its_own():
    found = [(aliases.folded(alias), field) for field, names in aliases.NAMES.items() for alias in names]
    assert [alias for alias, field in found if aliases.FIELD_OF[alias] != field] == []


def test_columns_go_where_they_are_sent(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Bedrift,Link,Tag,Stilling\nOstra,https://x.example,blue,Clerk\n")
    lost = preview_import(path)
    assert lost.report["what"].tolist() == ["skipped", "needs attention"]
    assert lost.report["why"].tolist()[1] == "no column is the company; say which one is"
    told = preview_import(path, mapping={"Bedrift": "company", "stilling": "role", "Tag": "extra", "Link": "ignore"})
    assert told.records[["company", "role", "Tag", "notes"]].to_numpy().tolist() == [["Ostra", "Clerk", "blue", ""]]
    assert told.report["why"].tolist()[1] == "leaves out 'Link', as you said"


def test_a_wrong_mapping_says_what_there_is(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Company,Role\nOstra,Clerk\n")
    with pytest.raises(ValueError, match="'Firm' is no column of the file; its columns are Company, Role"):
        preview_import(path, mapping={"Firm": "company"})
    with pytest.raises(ValueError, match="'boss' is nothing that a column can be; it can be company, role, status,"):
        preview_import(path, mapping={"Role": "boss"})


def test_our_own_file_comes_back_as_it_is(tmp_path):
    journal = ik.Journal(tmp_path / "mine")
    key = journal.add(
        "interviews",
        {"company": "Ostra", "role": "Clerk", "stage": "screen", "interviewed_on": "2026-03-03", "did_prepare": True},
    )
    preview = preview_import(tmp_path / "mine" / "interviews.csv")
    assert preview.records["id"].tolist() == [key]
    assert preview.records["did_prepare"].tolist() == [True]
    assert journal.add_all("interviews", preview.records).unchanged == [key]


# Interviews to come.


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("14:30", "14:30"),
        ("2:30 PM", "14:30"),
        ("2.30 p.m.", "14:30"),
        ("2pm", "14:00"),
        ("at 9:00", "09:00"),
        ("09:00:00", "09:00"),
        ("12:15 am", "00:15"),
        ("12 pm", "12:00"),
        ("14h30", "14:30"),
        ("14.30 Uhr", "14:30"),
        ("10:00 - 10:45", "10:00"),
        ("1:00 pm to 2:00 pm", "13:00"),
        ("02:30", "02:30"),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(text, at):
    assert f"{appointments.read_time(text):%H:%M}" == at


@pytest.mark.parametrize(
    "text", ["2:30", "5", "25:00", "13 pm", "14:30:17", "2-3pm", "2:00 - 3:00 pm", "9:00-10:00 PM", "noon", "14:61", ""]
)
def test_a_time_that_is_not_sure_is_not_guessed(text):
    assert appointments.read_time(text) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-12-03 14:30", "14:30"),
        ("2026-12-03T14:30:00", "14:30"),
        ("Thu, Dec 3, 2026 at 2:30 PM", "14:30"),
        ("12/03/2026 10:00", "10:00"),
        ("January 20, 2026 2:30 PM → January 20, 2026 3:30 PM", "14:30"),
        ("2026-12-03 10:00 – 11:00", "10:00"),
        ("2026-12-03 00:00:00", None),
        ("2026-12-03T14:30:00Z", None),
        ("2026-12-03T14:30:17", None),
        ("2026-12-03 14:30 EST", None),
        ("2026-12-03 14:30 +02:00", None),
        ("Dec 3 9:00 – 10:00 PM", None),
        ("2026-12-03 10:00 or 15:00", None),
        ("2026-12-03", None),
    ],
)
def test_a_time_beside_a_date_is_taken_where_it_is_sure_and_local(text, at):
    found = appointments.time_beside(text)
    assert (None if found is None else f"{found:%H:%M}") == at


@pytest.mark.parametrize(
    ("text", "stage", "outcome"),
    [
        ("Interview cancelled", "interview", "cancelled"),
        ("Interview Canceled by company", "interview", "cancelled"),
        ("cancelled the interview", "interview", "cancelled"),
        ("Phone screen was cancelled", "screen", "cancelled"),
        ("Cancelled onsite", "onsite", "cancelled"),
        ("Final round called off", "final", "cancelled"),
        ("Interview cancelled by me", "applied", "withdrawn"),
        ("Interview cancelled, position filled", "applied", "rejected"),
        ("position cancelled", "", "rejected"),
        ("Cancelled", "", ""),
    ],
)
def test_an_interview_that_was_cancelled_is_told_from_a_job_that_was(text, stage, outcome):
    assert words.read(text)[:2] == (stage, outcome)


def statuses(tmp_path, *rows, **more):
    path = tmp_path / "t.csv"
    path.write_text(
        "Company,Date applied,Status,Interview date\n" + "".join(f"Ostra,2026-01-02,{row}\n" for row in rows)
    )
    return preview_import(path, **more)


def test_a_day_to_come_makes_an_interview_planned_and_a_past_one_is_told(tmp_path):
    row = "Interview scheduled,2026-06-03"
    before, on_it, after = (statuses(tmp_path, row, as_of=f"2026-06-0{day}") for day in (2, 3, 4))
    found = [preview.records["outcome"].tolist() for preview in (before, on_it, after)]
    assert found == [["planned"], ["planned"], [""]]
    assert [preview.problems["kind"].tolist() for preview in (before, on_it, after)] == [[], [], ["passed"]]
    said = statuses(tmp_path, row, as_of="2026-06-04", words={"Interview scheduled": "planned"})
    assert (said.records["outcome"].tolist(), said.problems.empty) == (["planned"], True)
    assert len({preview.records["id"][0] for preview in (before, after, said)}) == 1


def test_what_is_decided_stays_whatever_the_day(tmp_path):
    rows = [f"{word},2026-06-03" for word in ("Rejected", "Withdrawn", "Offer", "Ghosted")]
    found = statuses(tmp_path, *rows, as_of="2026-05-01").records["outcome"].tolist()
    assert found == ["rejected", "withdrawn", "offer", "no reply"]


def test_to_be_scheduled_is_no_appointment(tmp_path):
    assert statuses(tmp_path, "Interview to be scheduled,2026-05-03", as_of="2026-06-04").problems.empty
    with pytest.raises(ValueError, match="as_of is 'soon'; it must be a date, such as '2026-04-03'"):
        statuses(tmp_path, "Applied,", as_of="soon")


def test_a_word_that_is_asked_about_can_be_a_cancelled_interview(tmp_path):
    preview = statuses(tmp_path, "Cancelled,", "Rejected,", words={"Cancelled": "cancelled"})
    assert preview.records["stage"].tolist() == ["interview", "applied"]
    assert preview.records["outcome"].tolist() == ["cancelled", "rejected"]


@pytest.mark.parametrize("name", ["planned_interviews", "planned_rounds", "interviews_to_come"])
def test_no_cell_of_a_time_a_place_a_link_or_a_source_is_lost(name):
    path = FILES / f"{name}.csv"
    preview = preview_import(path, as_of=TODAY)
    whole = preview.records.astype("str").to_csv()
    (sheet,) = files.read_sheets(path)
    fields = dict(zip(preview.mapping["source"], preview.mapping["field"], strict=True))
    waiting = set(preview.report.loc[preview.report["fate"] == "waits for your word", "line"])
    rows = [row for row, line in zip(sheet.rows, sheet.lines, strict=True) if line not in waiting]
    cells = [(name, cell) for row in rows for name, cell in zip(sheet.header, row, strict=True) if cell]
    known = {"2:30 PM": "14:30", "9:30 am": "09:30", "9:00": "09:00", "Job fair": "event", "Yes": "referral"}
    kept = [known.get(cell, cell).lower() for name, cell in cells if fields[name] in ("starts_at", *ALSO)]
    assert [cell for cell in kept if cell not in whole.lower()] == []


def test_the_towns_of_jobs_are_no_places_of_interviews(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "Company,Location,Website,Interview Location,URL\nOstra,Lund,https://ostra.example,Video,none yet\n"
    )
    columns = as_expected(preview_import(path))["columns"]
    assert list(columns.values()) == ["company", "notes", "notes", "format", "notes"]


def test_planned_interviews_of_ours_come_back_as_they_are(tmp_path):
    journal = ik.Journal(tmp_path / "mine")
    more = {"starts_at": "2:30", "place": "Video", "source": "a friend", "link": "by post", "answer_by": "2026-03-09"}
    rows = [
        {"company": "Ostra", "stage": "screen", "interviewed_on": "2026-03-03", "outcome": outcome, **more}
        for outcome in ("planned", "cancelled", "pending")
    ]
    keys = [journal.add("interviews", row) for row in rows]
    preview = preview_import(tmp_path / "mine" / "interviews.csv", as_of="2026-06-01")
    assert journal.add_all("interviews", preview.records).unchanged == keys
    assert preview.problems.empty


# Into the journal.


@pytest.mark.full
def test_importing_again_adds_nothing_and_one_undo_takes_all_back(tmp_path):
    journal = ik.Journal(tmp_path / "mine")
    for name in NAMES:
        records = preview_import(paths_of(name), day_first=True).records
        if records.empty:
            continue
        assert records["id"].is_unique
        assert records["id"].str.fullmatch(r"i-[a-z2-7]{10}").all()
        first = journal.add_all("interviews", records)
        assert len(first.added) == len(records)
        again = journal.add_all("interviews", preview_import(paths_of(name), day_first=True).records)
        assert (again.added, len(again.unchanged), again.conflicting) == ([], len(records), []), name
        journal.undo()
        assert journal.interviews().empty


def test_a_later_export_with_another_status_doubles_nothing(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "Company,Role,Date Applied,Status\nOstra,Clerk,2026-03-03,Applied\nOstra,Clerk,2026-03-03,Applied\n"
    )
    before = preview_import(path).records
    path.write_text(
        "Company,Role,Date Applied,Status\nOstra,Clerk,2026-03-03,Phone screen\nOstra,Clerk,2026-03-03,Applied\n"
    )
    after = preview_import(path).records
    assert before["id"].tolist() == after["id"].tolist()
    assert after["stage"].tolist() == ["screen", "applied"]
    journal = ik.Journal(tmp_path / "mine")
    journal.add_all("interviews", before)
    assert journal.add_all("interviews", after).conflicting == [before["id"][0]]


def test_a_formula_and_hostile_text_arrive_as_text(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('Company,Role,Notes\n"=HYPERLINK(""http://x.example"")",<script>,@SUM(1)\n')
    journal = ik.Journal(tmp_path / "mine")
    journal.add_all("interviews", preview_import(path).records)
    row = journal.interviews().iloc[0]
    assert (row["company"], row["role"], row["notes"]) == ('=HYPERLINK("http://x.example")', "<script>", "@SUM(1)")
    assert "'=HYPERLINK" in (tmp_path / "mine" / "interviews.csv").read_text("utf-8-sig")


# XLSX.


def workbook(path, rows, **more):
    book = openpyxl.Workbook()
    book.active.title = "Tracker"
    for row in rows:
        book.active.append(row)
    for title, others in more.items():
        for row in others:
            (book[title] if title in book.sheetnames else book.create_sheet(title)).append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_as_values(tmp_path):
    from datetime import datetime

    rows = [
        ["My hunt", None, None, None],
        ["Company", "Position", "Date Applied", "Status"],
        ["Ostra", "Clerk", datetime(2026, 3, 3), "Applied"],
        ["Velin", "Clerk", datetime(2026, 3, 4, 9, 30), "Onsite"],
        ["Marn", "Clerk", "=TODAY()", "Rejected"],
    ]
    preview = preview_import(workbook(tmp_path / "t.xlsx", rows))
    assert preview.records["company"].tolist() == ["Ostra", "Velin", "Marn"]
    assert preview.records["stage"].tolist() == ["applied", "onsite", "applied"]
    assert str(preview.records["interviewed_on"][0].date()) == "2026-03-03"
    assert preview.records["notes"].tolist()[1] == "Date Applied: 2026-03-04 09:30:00"
    assert preview.problems["problem"].tolist() == [
        "t.xlsx has formulas; their last values are read, and a formula that was never worked out is empty"
    ]


FORMULA1 = '<dataValidation sqref="B2" type="list"><formula1>"Applied,Rejected"</formula1></dataValidation>'
RULE = '<cfRule type="expression" priority="1"><formula>B2="Rejected"</formula></cfRule>'
OTHER_FORMULAS = [
    '<dataValidations count="1">' + FORMULA1 + "</dataValidations>",
    '<conditionalFormatting sqref="B2">' + RULE + "</conditionalFormatting>",
    '<extLst><ext xmlns:xm="u:b" uri="u"><xm:f>Lists!A1</xm:f></ext></extLst>',
    '<tableParts count="0"/><fFoo/>',
]
CELL_FORMULAS = [
    "<f>1+1</f>",
    '<f t="shared" si="0"/>',
    "<f/>",
    '<x:f xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">1+1</x:f>',
]


@pytest.mark.parametrize("part", [*OTHER_FORMULAS, *CELL_FORMULAS])
def test_a_formula_is_one_of_a_cell_and_not_of_a_drop_down_list(part, tmp_path):
    import zipfile

    path = workbook(tmp_path / "plain.xlsx", [["Company", "Status"], ["Ostra", "Applied"]])
    with zipfile.ZipFile(path) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    sheet = held["xl/worksheets/sheet1.xml"].decode()
    before = "</c></row></sheetData>" if part in CELL_FORMULAS else "<pageMargins"
    assert before in sheet
    held["xl/worksheets/sheet1.xml"] = sheet.replace(before, part + before, 1).encode()
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as packed:
        for name, content in held.items():
            packed.writestr(name, content)
    preview = preview_import(tmp_path / "t.xlsx")
    assert preview.records["company"].tolist() == ["Ostra"]
    assert preview.problems["problem"].str.contains("formula").any() == (part in CELL_FORMULAS)


def test_each_sheet_of_a_workbook_is_accounted_for(tmp_path):
    first = [["Company", "Status"], ["Ostra", "Applied"]]
    second = [["Company", "Status"], ["Velin", "Rejected"]]
    preview = preview_import(
        workbook(tmp_path / "t.xlsx", first, Older=second, Sums=[["Applied", 12], ["Rejected", 3]])
    )
    assert preview.records["company"].tolist() == ["Ostra", "Velin"]
    assert sorted(set(preview.report["file"])) == ["t.xlsx, Older", "t.xlsx, Sums", "t.xlsx, Tracker"]
    sums = preview.report[preview.report["file"] == "t.xlsx, Sums"]
    assert "imported" not in sums["what"].tolist()


# What cannot be imported.


def zipped(path, **parts):
    import zipfile

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return path


TOO_WIDE = b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n1\n"
LONG_CELL = b'Company,Role\nOstra,"' + b"x" * 50_000_000 + b'"\n'
FEWER = "Split it, or export fewer columns"
REFUSALS = {
    "wide.csv": (TOO_WIDE, f"wide.csv has 1,000,000 columns in line 1; up to 1,000 can be imported. {FEWER}"),
    "nul.csv": (b"A,B\n\0,x\n", "nul.csv line 2 holds a NUL byte, so it is no text; save it as CSV or XLSX again"),
    "cell.csv": (
        LONG_CELL,
        "cell.csv line 2 cannot be read (field larger than field limit (131072)); "
        "a cell can hold up to 131,072 characters",
    ),
    "large.csv": (b"Ostra,b\n" * 8_500_000, f"large.csv has 65 MB; up to 64 MB can be imported. {FEWER}"),
    "empty.csv": (b" \n", "empty.csv is empty; name the CSV or XLSX of your tracker"),
    "old.xls": (b"\xd0\xcf\x11\xe0abc", "old.xls is an old Excel file (.xls); save it as CSV or XLSX and import that"),
    "page.csv": (b"<html><table>", "page.csv is a web page; save it as CSV or XLSX and import that"),
    "tree.csv": (
        b'[{"company": {"name": "Ostra"}}]',
        "tree.csv is JSON, and no list of records whose values are texts, numbers and dates; "
        "save it as CSV or XLSX and import that",
    ),
    "broken.xlsx": (
        b"PK\x03\x04a",
        "broken.xlsx is a damaged XLSX (File is not a zip file); save it as CSV or XLSX again",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_hostile_file_is_refused_quickly_and_clearly(name, tmp_path):
    raw, sentence = REFUSALS[name]
    (tmp_path / name).write_bytes(raw)
    started = time.process_time()
    with pytest.raises(SpreadsheetError) as refused:
        preview_import(tmp_path / name)
    assert str(refused.value) == sentence
    assert time.process_time() - started < 5


def test_a_workbook_that_would_burst_is_refused_before_it_is_unpacked(tmp_path):
    bomb = zipped(tmp_path / "bomb.xlsx", xl__workbook="<a/>", xl__worksheets__sheet1=b"0" * 300_000_000)
    with pytest.raises(SpreadsheetError, match=r"bomb\.xlsx has 286 MB packed into 0\.3 MB; less can be imported"):
        preview_import(bomb)
    outside = zipped(tmp_path / "out.xlsx", xl__workbook='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><a/>')
    with pytest.raises(SpreadsheetError) as refused:
        preview_import(outside)
    assert str(refused.value) == "out.xlsx names outside entities, which no tracker needs; save it as CSV"


def test_only_an_ordinary_file_is_opened(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe.csv")
    for path, kind in ((tmp_path, "a folder"), (tmp_path / "pipe.csv", "not an ordinary file")):
        with pytest.raises(SpreadsheetError) as refused:
            preview_import(path)
        assert str(refused.value) == f"{path} is {kind}; name the CSV or XLSX of your tracker"
    with pytest.raises(SpreadsheetError, match=r"cannot be opened \(no such file or directory\)"):
        preview_import(tmp_path / "none.csv")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends(encoding, sign, end, tmp_path):
    rows = [["Company", "Role", "Status"], ["Östra", "Clerk", "Rejected"], ["Velin", '"a\nb"', "Applied"]]
    text = end.join(sign.join(row) for row in rows) + end
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    preview = preview_import(tmp_path / "t.csv")
    assert preview.records["company"].tolist() == ["Östra", "Velin"]
    assert preview.records["role"].tolist() == ["Clerk", "a\nb"]
    assert preview.records["outcome"].tolist() == ["rejected", ""]
    assert preview.problems["problem"].str.contains("Windows-1252").tolist() == [True] * (encoding == "cp1252")


def test_a_hundred_thousand_rows_are_previewed_in_five_seconds(tmp_path, request):
    states = ["Applied", "Rejected", "Ghosted", "Phone Screen", "Offer", "Rejected after phone screen"]
    count = 100_000 if request.config.getoption("benchmark_enable") else 5_000
    rows = [
        f"Firm {n % 5000},Job {n % 97},2025-{n % 12 + 1:02d}-{n % 28 + 1:02d},{states[n % 6]},https://x.example/{n},{n}"
        for n in range(count)
    ]
    (tmp_path / "t.csv").write_text("Company,Position,Date Applied,Status,Link,Notes\n" + "\n".join(rows))
    preview_import(FILES / "huntr.csv")
    started = time.process_time()
    preview = preview_import(tmp_path / "t.csv")
    if request.config.getoption("benchmark_enable"):
        assert time.process_time() - started < 5
    assert len(preview.records) == len(preview.report) - 1 == count
    assert preview.records["id"].is_unique
    assert isinstance(preview.records, pd.DataFrame)


# The command.


def run(*arguments):
    from interview_kit.app import main

    return main(["import", *map(str, arguments)])


def test_the_command_shows_how_a_file_comes_in(capsys, tmp_path):
    assert run(FILES / "words_of_people.csv", "--preview", "--records", tmp_path / "mine") == 0
    shown = capsys.readouterr().out
    assert "  sure: " in shown
    assert "Position -> role" in shown
    assert "  'Inter + Rejec' -> interview, rejected (a guess, 1 row)\n" in shown
    assert (
        "  line 7, Applied: '2 weeks ago' is no date that can be read; it is kept in the notes. "
        "To have a day, write one as 2026-03-09 in the file.\n"
    ) in shown
    assert "8 rows: 8 to import. They make 3 interviews and 5 applications without an interview. What came" in shown
    assert not (tmp_path / "mine").exists()


def test_the_command_imports_once_all_is_told(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    records = ("--records", tmp_path / "mine")
    path = FILES / "ambiguous_days.csv"
    assert run(path, *records, "--yes") == 1
    assert capsys.readouterr().err.startswith("Nothing is imported yet: add --day-first or --month-first")
    assert run(path, *records, "--day-first") == 1
    assert capsys.readouterr().err == "Nothing is imported yet: add --yes to import this.\n"
    assert not (tmp_path / "mine").exists()
    told = ("--day-first", "--word", "Talent pool=no reply", "--map", "Notes=went_well")
    assert run(path, *records, *told, "--yes") == 0
    assert "Imported 3 records.\n" in capsys.readouterr().out
    frame = ik.Journal(tmp_path / "mine").interviews()
    assert frame["outcome"].tolist() == ["pending", "rejected", "no reply"]
    assert frame["went_well"].tolist() == ["", "x", "x"]
    assert frame["interviewed_on"].dt.month.tolist() == [4, 6, 7]
    assert run(path, *records, *told, "--yes") == 0
    assert "Imported 0 records. 3 records were there already.\n" in capsys.readouterr().out


@pytest.mark.parametrize("error", [AttributeError("no dt"), UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogate")])
def test_whatever_a_file_makes_its_readers_raise_is_told_without_a_word_of_programs(
    error, capsys, tmp_path, monkeypatch
):
    def fails(*_):
        raise error

    monkeypatch.setattr("interview_kit.importing.assembled", fails)
    assert run(FILES / "huntr.csv", "--preview", "--records", tmp_path / "mine") == 1
    assert capsys.readouterr().err == (
        "huntr.csv cannot be read as it is, and nothing was imported; save its table as CSV, and import that\n"
    )


def test_the_command_says_where_all_rows_wait(capsys, tmp_path):
    (tmp_path / "t.csv").write_text("Company,Role,Status\nOstra,Clerk,Talent pool\n")
    records = ("--records", tmp_path / "mine")
    assert run(tmp_path / "t.csv", "--yes", *records) == 1
    said = capsys.readouterr()
    assert 'Add --word "Talent pool=rejected", or another meaning.\n' in said.out
    assert said.err.startswith("Nothing is imported yet: all rows wait for your word.")
    assert run(tmp_path / "t.csv", "--yes", "--word", "Talent pool=nothing", *records) == 0
    event = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Phone screen\r\nDTSTART:20301203T123000\r\nEND:VEVENT\r\n"
    (tmp_path / "t.ics").write_text(f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n")
    assert run(tmp_path / "t.ics", "--yes", *records) == 1
    assert capsys.readouterr().err.startswith("Nothing is imported yet: all rows wait for your word.")
    assert run(tmp_path / "t.ics", "--yes", "--company", "Phone screen=Acme", *records) == 0


def test_the_command_says_what_is_wrong(capsys, tmp_path):
    assert run(tmp_path / "none.csv") == 1
    assert "none.csv cannot be opened (no such file or directory); name the CSV" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(FILES / "huntr.csv", "--map", "Employer")
    assert "'Employer' has no two sides; write it as NAME=VALUE" in capsys.readouterr().err
    assert run(FILES / "unclosed_quote.csv", "--yes", "--records", tmp_path / "mine") == 1
    assert "Nothing is imported: no row has what an interview or an application needs.\n" in capsys.readouterr().err


# Files nobody has seen.

CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            *("", "Ostra", "Applied", "Rejected :(", "3/4/25", "8-Jul", "2025-13-40", "[{'a': 1}]", "a;b|c", "x", "12"),
            *("2078-12-03 14:30", "2:30", "9 am", "Scheduled", "Interview cancelled", "planned", "https://x.example"),
        ]
    ),
    st.sampled_from([*aliases.NAMES["status"], "Company", "Onsite", "Offer?", "Date", "History", "id", "Applied"]),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    header=st.lists(
        st.sampled_from(
            [
                *("Company", "Role", "Status", "Round", "Date", "Onsite", "History", "Notes", "", "To"),
                *("Interview date", "Interview time", "Meeting link", "Job URL", "Source", "Referral", "id"),
            ]
        )
    ),
    rows=st.lists(st.lists(CELLS, max_size=9), max_size=12),
    quoted=st.booleans(),
)
def test_whatever_stands_in_a_file_each_row_is_accounted_for(tmp_path, header, rows, quoted):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows([header, *rows])
    raw = text.getvalue() if quoted else "\n".join(",".join(row) for row in [header, *rows])
    path = tmp_path / "any.csv"
    path.write_bytes(raw.encode("utf-8", "surrogatepass"))
    try:
        preview = preview_import(path, day_first=True)
    except SpreadsheetError:
        return
    (sheet,) = files.read_sheets(path)
    assert preview.report["line"].is_unique
    assert len(preview.report) == len(sheet.lines) + len(sheet.left)
    assert preview.records["id"].is_unique
    assert (preview.records["company"].str.strip() != "").all()
    assert set(preview.records["outcome"]) <= {"", *schema.OUTCOMES}
    for record in preview.records.to_dict("records"):
        for name, value in record.items():
            schema.to_text(schema.INTERVIEWS.column(name).kind, value)


def test_a_row_of_a_template_that_was_never_used_needs_no_attention(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("#,Company,Role,Referral,Status\n1,Ostra,Clerk,TRUE,Applied\n2,,,FALSE,\n3,,Clerk,FALSE,\n")
    report = preview_import(path).report
    assert report["what"].tolist() == ["skipped", "imported", "skipped", "needs attention"]
    assert report["why"].tolist()[2] == "nothing is filled in but '2', 'FALSE'"
    assert report["why"].tolist()[3] == "has no company; fill it in and import the file again"


# A status under another name, and what was imported before.


STANDS = [
    "Firm,When I applied,Phone screen,Where it stands\n",
    "Ostra,2025-03-01,2025-03-05,Rejected :(\n",
    "Velin,2025-03-02,2025-03-08,OFFER!!\n",
    "Marn,2025-03-03,,ghosted\n",
    "Tolk,2025-03-04,,wishlist\n",
    "Abel,2025-03-05,2025-03-09,withdrew\n",
]


@pytest.mark.parametrize("name", ["Where it stands", "How did it go?", "Next step", "Zzz"])
def test_words_of_a_status_are_understood_whatever_the_column_is_called(name, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("".join(STANDS).replace("Where it stands", name))
    preview = preview_import(path)
    (column,) = preview.mapping[preview.mapping["source"] == name].to_dict("records")
    assert (column["field"], column["sure"], column["why"]) == (
        "status",
        "likely",
        "its words tell stages and outcomes",
    )
    assert preview.records["outcome"].tolist() == ["rejected", "offer", "no reply", "withdrawn"]
    assert preview.problems.empty


def test_words_of_a_status_beside_the_status_are_asked_about(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(STANDS[0].replace("\n", ",Status\n") + "".join(STANDS[1:]).replace("\n", ",Applied\n"))
    preview = preview_import(path)
    assert as_expected(preview)["columns"]["Where it stands"] == "notes"
    (asked,) = preview.problems.to_dict("records")
    assert (asked["column"], asked["value"], asked["rows"]) == ("Where it stands", "Rejected :(", 5)
    assert asked["problem"] == "reads like a status too, beside 'Status'; is this the one? It is kept in the notes"
    told = preview_import(path, mapping={"Where it stands": "status"})
    assert told.records["outcome"].tolist() == ["rejected", "offer", "no reply", "withdrawn"]
    assert told.problems.empty


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Referral", ["Ana", "a friend", "No"]),
        ("Follow up", ["Sent", "Sent", "Followed up"]),
        ("City", ["Ostra", "Onsite", "Remote"]),
        ("Offer link", ["rejected", "offer", "ghosted"]),
        ("Zzz", ["2025-03-03 applied", "2025-03-04 rejected", "x"]),
    ],
)
def test_words_that_only_look_like_a_status_are_left_in_the_notes(name, values, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(f"Company,Role,{name}\n" + "".join(f"Ostra,Clerk,{value}\n" for value in values))
    assert as_expected(preview_import(path))["columns"][name] == "notes"


def test_newer_values_come_in_where_they_are_wanted(capsys, tmp_path, monkeypatch):
    path, mine = tmp_path / "t.csv", tmp_path / "mine"
    path.write_text("Company,Role,Status\nOstra,Clerk,Applied\n")
    undo = f"interview-kit undo --records {mine.resolve()}"
    assert run(path, "--yes", "--records", mine) == 0
    assert capsys.readouterr().out.endswith(f"Imported 1 record.\nTo take it back: {undo}.\n")
    path.write_text("Company,Role,Status\nOstra,Clerk,Rejected\nVelin,Clerk,Applied\n")
    assert run(path, "--preview", "--records", mine) == 0
    assert capsys.readouterr().out.endswith(
        "\n  Ostra, Clerk: outcome pending -> rejected\n1 changed since: 1 outcome. To take it over, add --newer.\n"
    )
    assert run(path, "--yes", "--records", mine) == 0
    assert capsys.readouterr().out.endswith(
        "\n  Ostra, Clerk: outcome pending -> rejected\nImported 1 record. 1 record has changed since and stays as "
        f"before: to take over the newer values, import it again with --newer.\nTo take it back: {undo}.\n"
    )
    assert run(path, "--yes", "--newer", "--records", mine) == 0
    assert "Took over what changed in 1 record. 1 record was there already.\n" in capsys.readouterr().out
    assert ik.Journal(mine).interviews()["outcome"].tolist() == ["rejected", "pending"]
    ik.Journal(mine).undo()
    assert ik.Journal(mine).interviews()["outcome"].tolist() == ["pending", "pending"]
    assert run(path, "--preview", "--records", tmp_path / "other") == 0
    assert "changed since" not in capsys.readouterr().out


# Layouts and languages of boards, diaries and templates.


@pytest.mark.parametrize(
    ("text", "stage", "outcome"),
    [
        ("Aangenomen", "", "offer"),
        ("Uitgenodigd", "interview", ""),
        ("Scartato", "", "rejected"),
        ("Aprovado", "", "offer"),
        ("Sem retorno", "", "no reply"),
        ("Odmowa", "", "rejected"),
        ("CV wysłane", "applied", ""),
        ("Fick jobbet", "", "offer"),
        ("Väntar", "", "pending"),
        ("不採用", "", "rejected"),
        ("选考中", "", "pending"),
        ("简历挂", "", "rejected"),
        ("Relancé", "", "pending"),
        ("Eerste gesprek", "eerste gesprek", ""),
    ],
)
def test_a_word_of_another_language_is_understood(text, stage, outcome):
    meaning = words.read(text)
    assert (meaning.stage, meaning.outcome) == (stage, outcome)


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        (["Ostra - Clerk", "Velin – Cook"], [("Ostra", "Clerk"), ("Velin", "Cook")]),
        (["Clerk at Ostra", "Cook @ Velin"], [("Ostra", "Clerk"), ("Velin", "Cook")]),
        (["Ostra (Clerk)", "Velin (Cook)"], [("Ostra", "Clerk"), ("Velin", "Cook")]),
        (["Clerk | Ostra", "Cook | Velin"], [("Ostra", "Clerk"), ("Velin", "Cook")]),
        (["Ostra - North", "Velin - South"], [("Ostra - North", ""), ("Velin - South", "")]),
        (["Ostra (Clerk)", "Velin", "Marn"], [("Ostra (Clerk)", ""), ("Velin", ""), ("Marn", "")]),
    ],
)
def test_a_company_and_a_role_in_one_cell_are_told_apart_by_the_trades(cells, parts, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Card Name,List Name\n" + "".join(f"{cell},Applied\n" for cell in cells))
    records = preview_import(path).records
    assert list(zip(records["company"], records["role"], strict=True)) == parts


def test_a_second_application_to_a_company_is_no_step_of_the_first(tmp_path):
    path = tmp_path / "t.csv"
    rows = [
        f"{name},{day},{status}\n"
        for name in ("Ostra", "Velin")
        for day, status in (("2025-03-01", "Applied"), ("2025-05-01", "Applied"), ("2025-06-01", "Rejected"))
    ]
    path.write_text("Company,Date,Status\n" + "".join(rows))
    assert len(preview_import(path).records) == 6
    path.write_text("Company,Date,Status\n" + "".join(row for row in rows if "05-01" not in row))
    assert len(preview_import(path).records) == 4
    path.write_text("Company,Date,Status\n" + "".join(rows).replace("05-01,Applied", "05-01,Phone screen"))
    merged = preview_import(path).records
    assert merged["stage"].tolist() == ["screen", "screen"]
    assert merged["interviewed_on"].dt.month.tolist() == [5, 5]

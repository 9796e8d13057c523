"""Trackers in other words than any that were seen: what their cells tell is taken, and what they may tell is asked."""

import pytest

from interview_kit.importing import words
from tests.test_import_cases import lines_of


def asked(preview):
    return [(str(row.kind), row.column or row.value) for row in preview.problems.itertuples()]


# What a column is, by what stands in it.


@pytest.mark.parametrize(
    "cell",
    [
        "Applied → Phone screen → Rejected",
        "2026-03-02 applied; 2026-03-09 phone screen; 2026-03-12 rejected",
        '"[{""stage"": ""Phone screen"", ""date"": ""2026-03-09""}, {""stage"": ""Rejected""}]"',
    ],
)
def test_a_column_of_histories_is_one_whatever_it_is_called(cell, previewed):
    preview = previewed(f"Company,Role,Date,Zzz\nVelin,Cook,2026-03-01,{cell}\n")
    assert preview.mapping["field"].tolist()[3] == "history"
    assert preview.records[["stage", "outcome"]].values.tolist() == [["screen", "rejected"]]


@pytest.mark.parametrize("names", ["Source,Target", "Before,Now", "Zzz,Yyy"])
def test_two_columns_of_which_one_goes_on_where_the_other_ended_are_steps(names, previewed):
    rows = "Velin,Applied,Phone screen\nVelin,Phone screen,Onsite\nVelin,Onsite,Rejected\nOstra,Applied,Offer\n"
    preview = previewed(f"Company,{names}\n{rows}")
    assert preview.mapping["field"].tolist()[1:] == ["from_stage", "to_stage"]
    assert preview.records["stage"].tolist() == ["screen", "onsite", "applied"]


def test_numbered_columns_of_results_are_rounds_whatever_they_are_called(previewed):
    text = "Company,Date,Etage 1,Etage 2\nVelin,2026-03-01,Cleared,Rejected\nOstra,2026-03-02,Rejected,\n"
    assert lines_of(previewed(text).records) == [
        "Velin |  | etage 1 |  | callback",
        "Velin |  | etage 2 |  | rejected",
        "Ostra |  | etage 1 |  | rejected",
    ]


def test_a_column_of_rounds_that_names_stages_is_the_stage_and_takes_no_day_away(previewed):
    text = (
        "Company,Role,Interview date,Interview kind\nVelin,Cook,2026-03-09,Technical\n"
        "Ostra,Cook,2026-03-10,Recruiter screen\nMarn,Cook,2026-03-11,Onsite\n"
    )
    preview = previewed(text)
    assert preview.records["stage"].tolist() == ["technical", "screen", "onsite"]
    assert preview.records["interviewed_on"].notna().all()


def test_a_column_of_numbers_counts_interviews_and_is_no_round(previewed):
    text = "Company,Date,Status,Interviews so far\nVelin,2026-03-01,Rejected,2\nOstra,2026-03-02,Rejected,0\n"
    assert previewed(text).records["stage"].tolist() == ["round 1", "round 2", "applied"]


# What is asked.


@pytest.mark.parametrize(
    ("columns", "rows", "kind", "column"),
    [
        ("Company,Date applied,Zzz", ["Velin,2026-03-01,2026-03-09"], "date column", "Zzz"),
        ("Company,Role,Zzz", ["Velin,Cook,2026-03-09"], "date column", "Zzz"),
        ("Company,Date,Onsite,Zzz", ["Velin,2026-03-01,yes,yes"], "round column", "Zzz"),
        ("Company,Date,Zzz", ["Velin,2026-03-01,yes"], "round column", "Zzz"),
        ("Company,Date,Onsite,Flagged recruiter", ["Velin,2026-03-01,yes,yes"], "round column", "Flagged recruiter"),
        ("Company,Date,Panel", [f"Velin,2026-03-0{n},{cell}" for n, cell in enumerate("pqyn", 1)], "no round", "Panel"),
        (
            "Company,Date,Zzz",
            ["Velin,2026-03-01,Absage", "Ostra,2026-03-02,q", "Nolo,2026-03-02,r"],
            "second status",
            "Zzz",
        ),
        (
            "Company,Date,Status,Zzz",
            ["Velin,2026-03-01,Applied,Onsite", "Ostra,2026-03-02,,Screen"],
            "second status",
            "Zzz",
        ),
    ],
)
def test_a_column_in_doubt_is_asked_about(columns, rows, kind, column, previewed):
    assert (kind, column) in asked(previewed("\n".join([columns, *rows, ""])))


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        *((name, "2026-05-01") for name in ("Date saved", "Last edited", "Created at", "Follow up by", "Deadline")),
        *((name, "yes") for name in ("Archived", "Messaged them", "Cover letter", "Remote")),
    ],
)
def test_a_column_of_something_else_is_not_asked_about(name, cell, previewed):
    assert asked(previewed(f"Company,Role,Date applied,Status,{name}\nVelin,Cook,2026-03-01,Applied,{cell}\n")) == []


@pytest.mark.parametrize(
    ("text", "is_doubtful"),
    [
        *((text, True) for text in ("Recruiter vanished", "Offer evaporated")),
        *(
            (text, False)
            for text in ("Phone screen", "Video interview", "Interview with the owner", "Rejected by robots")
        ),
    ],
)
def test_a_word_that_is_understood_by_a_part_of_it_is_asked_about_where_the_rest_may_say_the_contrary(
    text, is_doubtful, previewed
):
    preview = previewed(f'Company,Role,Date,Status\nVelin,Cook,2026-03-01,"{text}"\n')
    assert asked(preview) == ([("guessed word", "Status")] if is_doubtful else [])
    assert len(preview.records) == 1


@pytest.mark.parametrize("text", ["Not exactly called back", "Never passed", "No real offer made", "Selected"])
def test_the_contrary_of_what_is_good_is_not_understood_as_good(text):
    assert words.read(text).outcome not in ("callback", "offer")


def test_yes_and_no_in_a_status_say_nothing_until_they_are_explained(previewed):
    text = "Company,Role,Date,Zzz\nVelin,Cook,2026-03-01,Yes\nOstra,Cook,2026-03-02,No\n"
    said = {"mapping": {"Zzz": "status"}}
    assert previewed(text, **said).waiting == 2
    told = previewed(text, **said, words={"No": "no reply", "Yes": "nothing"})
    assert told.records["outcome"].tolist() == ["", "no reply"]


def test_an_application_with_a_step_that_is_not_understood_waits(previewed):
    text = "Company,Before,Now\nVelin,Applied,Phone screen\nVelin,Phone screen,Limbo\nOstra,Applied,Phone screen\n"
    preview = previewed(text, mapping={"Before": "from_stage", "Now": "to_stage"})
    assert preview.records["company"].tolist() == ["Ostra"]
    assert preview.waiting == 2


def test_a_company_and_a_role_in_one_cell_come_apart_where_the_column_was_named(previewed):
    text = "Zzz,Date,Status\nVelin - Cook,2026-03-01,Applied\nOstra - Engineer,2026-03-02,Applied\n"
    preview = previewed(text, mapping={"Zzz": "company"})
    assert preview.records[["company", "role"]].values.tolist() == [["Velin", "Cook"], ["Ostra", "Engineer"]]


def test_two_ends_of_one_application_are_told(previewed):
    rows = "Velin,Cook,2026-03-01,I withdrew,Rejected\nOstra,Cook,2026-03-02,Closed,Rejected\n"
    assert asked(previewed(f"Company,Role,Date,Status,Outcome\n{rows}")) == [("contradicts", "Outcome")]


# Rows that say the same.


def test_a_day_without_a_year_is_of_the_year_of_the_row_above_also_where_the_same_row_stood_before(previewed):
    rows = "Velin,2024-12-20,Applied\nOstra,3 Jan,Applied\nMarn,2025-12-20,Applied\nQuay,3 Jan,Applied\n"
    days = previewed(f"Company,Date applied,Status\n{rows}").records["interviewed_on"]
    assert days.dt.strftime("%Y-%m-%d").tolist() == ["2024-12-20", "2025-01-03", "2025-12-20", "2026-01-03"]


def test_a_name_in_a_status_is_left_out_only_of_the_row_that_has_it(previewed):
    rows = "Onsite,Cook,2026-03-01,Rejected by Onsite\nVelin,Cook,2026-03-01,Rejected by Onsite\n"
    preview = previewed(f"Company,Role,Date,Status\n{rows}")
    assert preview.records[["company", "stage"]].values.tolist() == [["Onsite", "applied"], ["Velin", "onsite"]]


def test_the_same_row_twice_leaves_its_own_line_with_each_value_that_is_not_read(previewed):
    text = "Company,Date applied,Status\nVelin,soon,Applied\nOstra,soon,Applied\nMarn,2026-03-01,Applied\n"
    preview = previewed(text)
    (problem,) = preview.problems.to_dict("records")
    assert (problem["line"], problem["value"], problem["rows"]) == (2, "soon", 2)
    assert [note.count("soon") for note in preview.records["notes"]] == [1, 1, 0]


def test_no_in_a_column_that_asks_whether_one_applied_is_no_application(previewed):
    preview = previewed("Company,Role,Applied?\nVelin,Cook,no\nOstra,Cook,yes\n")
    assert preview.records["company"].tolist() == ["Ostra"]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Comp", ("75000", "55000")),
        ("Comp", ("45000", "46000")),
        ("Offer", ("45000", "46000")),
        ("TC at offer", ("45000", "46000")),
        ("On-target earnings", ("45000", "46000")),
        ("Rate per day", ("45000", "46000")),
        ("Offer", ("45000", "no", "", "yes")),
        ("Status", ("45000", "46000")),
        ("Ref", ("1767225600000", "1767312000000")),
    ],
)
def test_a_bare_number_is_no_day_where_no_name_says_that_it_is(name, cells, previewed):
    rows = [f"{company},{cell}" for company, cell in zip("ABCD", cells, strict=False)]
    preview = previewed("\n".join([f"Company,{name}", *rows]), words={"": "applied"})
    assert preview.records[["interviewed_on", "outcome_on"]].isna().all(axis=None)
    assert "date column" not in preview.problems["kind"].tolist()
    assert cells[0] in "".join([*preview.records["notes"], *preview.problems["value"]])


@pytest.mark.parametrize("name", ["Date", "Date Applied", "Sent on", "Sent off when", "Onsite Date", "Interview date"])
@pytest.mark.parametrize("cell", ["46023", "46023.5", "1767225600000"])
def test_a_bare_number_is_a_day_in_a_column_of_days(name, cell, previewed):
    preview = previewed(f"Company,{name},Status\nA,{cell},Rejected\nB,{cell},Rejected\n")
    assert preview.records["interviewed_on"].astype(str).tolist() == ["2026-01-01", "2026-01-01"]


@pytest.mark.parametrize("cell", ["20000", "75000", "55000", "1000000000000000"])
def test_a_number_of_a_year_that_no_application_is_of_is_no_day(cell, previewed):
    preview = previewed(f"Company,Date Applied,Status\nA,{cell},Rejected\nB,2026-03-02,Rejected\n")
    assert preview.records["interviewed_on"].isna().tolist() == [True, False]
    assert cell in preview.records["notes"][0]


def test_the_clock_of_a_computer_is_a_day_in_a_history_that_a_program_wrote(previewed):
    steps = '[{""stage"": ""Phone screen"", ""date"": 1767225600000}, {""stage"": ""Onsite"", ""date"": ""46054""}]'
    preview = previewed(f'Company,Activity\nA,"{steps}"\n')
    assert preview.records["interviewed_on"].astype(str).tolist() == ["2026-01-01", "2026-02-01"]


# What one did in an interview.


def test_a_column_called_as_a_behavior_on_screen_is_that_behavior(previewed):
    preview = previewed(
        "Company,Interview date,Round,Result,Prepared?,Drank coffee,Calm,Arrived early\n"
        "Velin,2026-03-01,onsite,Rejected,yes,no,4,\nOstra,2026-03-02,onsite,Offer,no,x,2,on time\n"
    )
    fields = dict(zip(preview.mapping["source"], preview.mapping["field"], strict=True))
    assert (fields["Prepared?"], fields["Drank coffee"], fields["Calm"]) == (
        "did_prepare",
        "did_drink_coffee",
        "rated_calm",
    )
    assert fields["Arrived early"] == "notes"
    assert preview.records["did_prepare"].tolist() == [True, False]
    assert preview.records["rated_calm"].tolist() == [4, 2]


@pytest.mark.parametrize("name", ["Prepared", "Calm"])
def test_a_column_of_that_name_with_other_values_is_kept_in_the_notes(previewed, name):
    preview = previewed(f"Company,Date,{name}\nVelin,2026-03-01,the slides\n")
    assert preview.mapping["field"].tolist()[-1] == "notes"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "1,Ostra,Senior Clerk,2026-03-01\n2,Velin,Data Analyst,2026-03-02\n",
            "column 2: is taken for the company, which is a guess ('Ostra', 'Velin') (2 rows). "
            'If it is, add --map "column 2=company"; if another column is, name that one instead.',
        ),
        (
            "Zzz,Role,Date\nOstra,Clerk,2026-03-01\n",
            "line 2, Zzz: no column is the company; perhaps 'Zzz' is ('Ostra'). If it is, add "
            '--map "Zzz=company"; if another column is, name that one instead.',
        ),
        (
            "Company,Date,Status,Outcome\nOstra,2026-03-01,Rejected,Offer\n",
            "line 2, Outcome: 'Offer' reads like 'offer', where 'Status' is 'Rejected'. "
            "Correct whichever of the two is wrong, and import the file again.",
        ),
    ],
)
def test_what_is_in_doubt_is_said_once_with_what_helps(text, line, previewed):
    assert f"  {line}" in previewed(text).lines()

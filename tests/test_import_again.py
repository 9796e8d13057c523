"""The same tracker some weeks later: what is new is added, what has changed is offered, and one Undo takes all back."""

import pytest

from interview_kit.importing import preview_import

HEADER = "Company,Role,Date Applied,Status,Notes\n"


@pytest.fixture
def tracker(tmp_path):
    """Return a function that writes the tracker anew and previews it."""

    def preview(*rows, header=HEADER):
        path = tmp_path / "jobs.csv"
        path.write_text(header + "".join(f"{row}\n" for row in rows))
        return preview_import(path, as_of="2026-11-20")

    return preview


def brought(journal, preview, **more):
    return preview.since(journal.interviews()).bring(journal, **more)


def test_the_first_time_all_is_new(journal, tracker):
    since = tracker("Ostra,Clerk,2026-03-03,Applied,").since(journal.interviews())
    assert (len(since.new), since.unchanged, since.changes, since.question) == (1, [], [], "")
    assert since.bring(journal).added == since.new["id"].tolist()


def test_newer_values_are_offered_and_taken_in_one_operation_with_one_undo(journal, tracker):
    brought(
        journal,
        tracker("Ostra,Clerk,2026-03-03,Applied,", "Velin,Cook,2026-03-04,Applied,", "Marn,Cook,2026-03-05,Applied,"),
    )
    before = journal.interviews()
    later = tracker(
        "Ostra,Clerk,2026-03-03,Rejected,",
        "Velin,Cook,2026-03-04,Phone screen,called on Monday",
        "Marn,Cook,2026-03-05,Applied,",
        "Nolo,Cook,2026-03-06,Applied,",
    )
    since = later.since(before)
    assert since.question == "2 changed since: 1 outcome, 1 stage, 1 date, 1 note, 1 other value; take them?"
    assert (len(since.new), len(since.unchanged)) == (1, 1)
    made = since.bring(journal, take=True)
    assert (len(made.added), len(made.taken)) == (1, 2)
    after = journal.interviews().set_index("company")
    assert after["outcome"].tolist() == ["rejected", "pending", "pending", "pending"]
    assert after.loc["Velin", "stage"] == "screen"
    assert "called on Monday" in after.loc["Velin", "notes"]
    assert after["interviewed_on"].isna().tolist() == [False, True, False, False]  # the screen's own day is not told
    journal.undo()
    assert journal.interviews().astype("str").to_dict() == before.astype("str").to_dict()


def test_left_alone_they_stay_and_the_rest_comes_in(journal, tracker):
    brought(journal, tracker("Ostra,Clerk,2026-03-03,Applied,"))
    made = brought(journal, tracker("Ostra,Clerk,2026-03-03,Rejected,", "Velin,Cook,2026-03-04,Applied,"))
    assert (len(made.added), made.taken, len(made.left)) == (1, [], 1)
    assert journal.interviews()["outcome"].tolist() == ["pending", "pending"]


def test_what_the_person_wrote_since_is_not_taken_back(journal, tracker):
    brought(journal, tracker("Ostra,Clerk,2026-03-03,Phone screen,"))
    (key,) = journal.interviews()["id"]
    journal.update("interviews", key, {"outcome": "offer", "interviewed_on": "2026-03-09", "went_well": "all"})
    since = tracker("Ostra,Clerk,2026-03-03,Phone screen,").since(journal.interviews())
    assert (since.changes, since.unchanged) == ([], [key])


@pytest.mark.parametrize("later", [["Rejected", "Applied"], ["Applied", "Rejected"]])
def test_two_rows_for_one_company_and_role_stay_two(later, journal, tracker):
    header = "Company,Role,Status\n"
    brought(journal, tracker("Velin,Cook,Applied", header=header))
    made = brought(journal, tracker(*(f"Velin,Cook,{status}" for status in later), header=header))
    assert (len(made.added), made.left) == (1, [])
    assert sorted(journal.interviews()["outcome"]) == ["pending", "rejected"]
    again = brought(journal, tracker(*(f"Velin,Cook,{status}" for status in reversed(later)), header=header))
    assert (again.added, again.left, len(again.unchanged)) == ([], [], 2)


def test_of_two_alike_the_one_that_changed_is_offered(journal, tracker):
    row = "Velin,Cook,2026-03-03,{},"
    brought(journal, tracker(row.format("Applied"), row.format("Phone screen")))
    since = tracker(row.format("Rejected"), row.format("Phone screen")).since(journal.interviews())
    assert (len(since.new), len(since.unchanged), len(since.changes)) == (0, 1, 1)
    assert since.changes[0].values == {"outcome": ("pending", "rejected")}


def test_a_status_that_was_written_over_does_not_undo_the_interview_before_it(journal, tracker):
    brought(journal, tracker("Velin,Cook,2026-03-03,Phone screen,"))
    made = brought(journal, tracker("Velin,Cook,2026-03-03,Rejected,"), take=True)
    (record,) = journal.interviews().to_dict("records")
    assert (len(made.taken), record["stage"], record["outcome"]) == (1, "screen", "rejected")


def test_another_round_is_new_and_the_one_before_it_has_passed(journal, tracker):
    header = "Company,Role,Date Applied,Phone screen,Onsite\n"
    brought(journal, tracker("Velin,Cook,2026-03-03,2026-03-09,", header=header))
    since = tracker("Velin,Cook,2026-03-03,2026-03-09,2026-03-20", header=header).since(journal.interviews())
    assert len(since.new) == 1
    assert [change.values for change in since.changes] == [{"outcome": ("pending", "callback")}]


def test_a_column_that_the_file_has_since_comes_into_the_records_that_are_there(journal, tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_text("Company,Role,Date Applied,Status\nVelin,Cook,2026-03-03,Applied\n")
    brought(journal, preview_import(path))
    path.write_text("Company,Role,Date Applied,Status,Wage\nVelin,Cook,2026-03-03,Applied,20\n")
    brought(journal, preview_import(path, mapping={"Wage": "extra"}), take=True)
    assert journal.interviews()["Wage"].tolist() == ["20"]


def test_what_is_left_out_is_told_at_the_end(journal, tracker):
    preview = tracker("Velin,Cook,2026-03-03,Applied,", ",Clerk,2026-03-04,Applied,", ",Nurse,2026-03-04,Applied,")
    said = preview.outcome(brought(journal, preview))
    assert said == "Imported 1 record. 2 rows left out (line 3: has no company)."


def test_a_preview_shows_when_and_where_an_interview_is_to_be(tracker):
    header = "Company,Interview Date,Interview time,Meeting link\n"
    preview = tracker("Velin,2026-12-03,14:30,https://x.example/a", header=header)
    assert "  Velin: interview on 2026-12-03 14:30, https://x.example/a, planned" in preview.lines()


def test_a_later_round_leaves_an_interview_that_was_written_down_as_it_is_and_comes_in_beside_it(journal, tracker):
    brought(journal, tracker("Velin,Cook,2026-03-03,Phone screen,"))
    first = journal.interviews()["id"][0]
    journal.update("interviews", first, {"interviewed_on": "2026-03-09", "went_well": "calm", "outcome": "callback"})
    later = tracker("Velin,Cook,2026-03-03,Onsite,")
    since = later.since(journal.interviews())
    assert (since.new["stage"].tolist(), since.changes) == (["onsite"], [])
    since.bring(journal)
    assert journal.interviews()[["stage", "outcome", "went_well"]].values.tolist() == [
        ["screen", "callback", "calm"],
        ["onsite", "pending", ""],
    ]
    again = later.since(journal.interviews())
    assert (len(again.new), len(again.unchanged), again.changes) == (0, 1, [])
    ended = tracker("Velin,Cook,2026-03-03,Rejected after onsite,").since(journal.interviews())
    assert [(one.id != first, one.newer["outcome"]) for one in ended.changes] == [(True, "rejected")]
    ended.bring(journal, take=True)
    assert journal.interviews()["outcome"].tolist() == ["callback", "rejected"]
    journal.undo()
    assert journal.interviews()["outcome"].tolist() == ["callback", "pending"]


def test_a_later_round_says_that_the_one_before_led_on(journal, tracker):
    brought(journal, tracker("Velin,Cook,2026-03-03,Phone screen,"))
    first = journal.interviews()["id"][0]
    journal.update("interviews", first, {"interviewed_on": "2026-03-09", "went_well": "calm"})
    since = tracker("Velin,Cook,2026-03-03,Onsite,").since(journal.interviews())
    assert [(one.id, one.newer) for one in since.changes] == [(first, {"outcome": "callback"})]
    assert since.new["stage"].tolist() == ["onsite"]

"""The people met: one list, and the same person twice."""

from datetime import date

import pandas as pd
import pytest

import interview_kit as ik
from interview_kit.journal import SAMPLE, Journal
from interview_kit.next_steps import contacts


def people(*rows, **more):
    return {"contacts": pd.DataFrame([{"id": f"c-{place}"} | row for place, row in enumerate(rows)]), **more}


def test_each_person_has_a_last_contact_and_a_next_step():
    records = people(
        {"name": "Bo", "company": "Zeta", "met_on": "2026-05-01"},
        {"name": "Ada", "interview_id": "i-1"},
        interviews=pd.DataFrame([{"id": "i-1", "company": "Acme", "interviewed_on": "2026-04-01"}]),
        follow_ups=pd.DataFrame(
            [
                {"contact_id": "c-1", "kind": "thank-you", "due_on": "2026-04-03", "done_on": "2026-04-02"},
                {"contact_id": "c-1", "kind": "ask status", "due_on": "2026-06-09", "done_on": "2026-06-09"},
                {"contact_id": "c-1", "kind": "stay in touch", "due_on": "2026-07-01"},
                {"contact_id": "c-1", "kind": "ask status", "due_on": "2026-06-01"},
            ]
        ),
    )
    table = ik.contact_list(records, as_of="2026-05-20")
    assert list(table["name"]) == ["Ada", "Bo"]
    ada = table.iloc[0]
    assert (ada["company"], ada["met_on"].date()) == ("Acme", date(2026, 4, 1))
    assert ada["last_contact_on"].date() == date(2026, 4, 2)
    assert (ada["next_step"], ada["next_on"].date()) == ("Ask Ada where things stand", date(2026, 6, 1))
    assert table.iloc[1][["next_step", "next_on"]].isna().tolist() == [False, True]


def test_ids_that_two_tables_share_are_told_apart():
    records = {
        "interviews": pd.DataFrame([{"id": "1", "company": "Acme", "interviewed_on": "2026-04-01"}]),
        "contacts": pd.DataFrame([{"id": 1, "interview_id": 1, "name": "Ada"}]),
    }
    assert ik.contact_list(records)["company"].tolist() == ["Acme"]
    assert "Dear Ada," in ik.status_note(records, "1", contact_id="1")


def test_the_sample_lists_everyone():
    table = ik.contact_list(Journal(SAMPLE.parent), as_of="2026-11-03")
    assert len(table) == 27
    assert table["company"].str.casefold().is_monotonic_increasing


def test_nobody_met_is_an_empty_list():
    table = ik.contact_list({})
    assert table.empty
    assert str(table["met_on"].dtype) == "datetime64[us]"
    assert ik.same_people({}).empty


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"name": "Ada", "company": "Acme"}, {"name": "ADA", "company": "acme"}, "the same name at the same company"),
        ({"name": "Ada", "email": "a@x.example"}, {"name": "Mae", "email": "A@x.example"}, "the same mail address"),
        ({"name": "Ada", "company": "Acme"}, {"name": "Ada", "company": "Bolt"}, None),
        ({"name": "", "company": "Acme"}, {"name": "", "company": "Acme"}, None),
    ],
)
def test_the_same_person_twice_is_offered_once(one, other, why):
    table = ik.same_people(people(one | {"met_on": "2026-01-01"}, other | {"met_on": "2026-02-01"}))
    assert list(table["why"]) == ([why] if why else [])
    if why:
        assert table.iloc[0][["key", "keep", "other"]].tolist() == ["same:c-0:c-1", "c-1", "c-0"]


def test_two_reasons_are_one_offer_and_a_refused_one_stays_away():
    row = {"name": "Ada", "company": "Acme", "email": "a@x.example"}
    assert len(ik.same_people(people(row, row, row))) == 2
    assert ik.same_people(people(row, row), dismissed=["same:c-0:c-1"]).empty


def test_merging_fills_the_gaps_and_moves_the_follow_ups():
    records = people(
        {"name": "Ada Lind", "company": "Acme", "met_on": "2026-05-01", "notes": "Second talk."},
        {"name": "Ada", "email": "a@x.example", "interview_id": "i-1", "met_on": "2026-04-01", "notes": "Runs."},
        follow_ups=pd.DataFrame([{"id": "f-1", "contact_id": "c-1"}, {"id": "f-2", "contact_id": "c-0"}]),
    )
    assert contacts.merged_contact(records, "c-0", "c-1") == {
        "contacts": {
            "c-0": {
                "interview_id": "i-1",
                "email": "a@x.example",
                "notes": "Second talk.\nAlso met on 1 Apr 2026. Runs.",
            }
        },
        "follow_ups": {"f-1": {"contact_id": "c-0"}},
    }
    with pytest.raises(ValueError) as error:  # noqa: PT011
        contacts.merged_contact(records, "c-0", "c-9")
    assert str(error.value) == "no contact has the id 'c-9'; contact_list shows the ids there are"


def test_a_merge_is_one_step_and_one_undo(tmp_path):
    mine = Journal(tmp_path)
    keep = mine.add("contacts", {"name": "Ada Lind", "company": "Acme"})
    other = mine.add("contacts", {"name": "Ada", "email": "a@x.example"})
    mine.add("follow_ups", {"contact_id": other, "kind": "stay in touch", "due_on": "2026-05-20"})
    ik.merge_contacts(mine, keep, other)
    assert mine.contacts()[["id", "name", "email"]].values.tolist() == [[keep, "Ada Lind", "a@x.example"]]
    assert mine.follow_ups()["contact_id"].tolist() == [keep]
    assert mine.undo() == "Took back the merging of Ada Lind."
    assert mine.contacts()["id"].tolist() == [keep, other]
    assert mine.follow_ups()["contact_id"].tolist() == [other]


def test_a_record_is_not_merged_with_itself(tmp_path):
    mine = Journal(tmp_path)
    key = mine.add("contacts", {"name": "Ada"})
    mine.add("follow_ups", {"contact_id": key, "kind": "stay in touch"})
    with pytest.raises(ValueError) as error:  # noqa: PT011
        ik.merge_contacts(mine, key, key)
    assert str(error.value) == f"{key!r} is given twice; two records are merged, each with an id of its own"
    assert mine.contacts()["id"].tolist() == mine.follow_ups()["contact_id"].tolist() == [key]


@pytest.mark.parametrize("ids", [("c-8", "c-1"), ("c-1", "c-8")])
def test_a_merge_of_a_person_who_is_not_there_changes_nothing(tmp_path, ids):
    mine = Journal(tmp_path)
    mine.add("contacts", {"id": "c-1", "name": "Ada"})
    before = (tmp_path / "contacts.csv").read_bytes()
    with pytest.raises(ValueError, match="no contact has the id 'c-8'"):
        ik.merge_contacts(mine, *ids)
    assert (tmp_path / "contacts.csv").read_bytes() == before

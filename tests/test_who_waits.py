"""Who waits for an answer: one rule, whoever asks."""

from datetime import date

import pytest

import interview_kit as ik
from interview_kit import schema
from interview_kit.widgets.waiting import Waiting

TODAY, ASKED = date(2026, 11, 20), schema.FOLLOW_UP_KINDS[2]
SCREEN = {"company": "Acme", "role": "Dev", "stage": "screen", "interviewed_on": "2026-11-01"}
ONSITE = SCREEN | {"stage": "onsite", "interviewed_on": "2026-11-08", "outcome": "rejected", "outcome_on": "2026-11-10"}
CASES = {
    "alone": ([SCREEN], ["screen"]),
    "a later round followed": ([SCREEN, ONSITE], []),
    "a later round is planned": ([SCREEN, ONSITE | {"interviewed_on": "2026-11-25", "outcome": "planned"}], ["screen"]),
    "a later round is to come": ([SCREEN, ONSITE | {"interviewed_on": "2026-11-25", "outcome": "pending"}], ["screen"]),
    "a planned round is not written down": ([SCREEN, ONSITE | {"outcome": "planned"}], ["screen"]),
    "a later round was cancelled": ([SCREEN, ONSITE | {"outcome": "cancelled"}], ["screen"]),
    "a round for another role": ([SCREEN, ONSITE | {"role": "Lead"}], ["screen"]),
    "a round at another company": ([SCREEN, ONSITE | {"company": "Bolt"}], ["screen"]),
    "written with a hyphen": (
        [SCREEN | {"company": "Coca-Cola"}, ONSITE | {"company": "coca cola", "role": "dev"}],
        [],
    ),
    "a round of the same day": ([SCREEN, ONSITE | {"interviewed_on": "2026-11-01"}], ["screen"]),
    "two of one day, then a later one": ([SCREEN, SCREEN | {"stage": "technical"}, ONSITE], []),
    "without a day": ([SCREEN | {"interviewed_on": ""}, ONSITE], ["screen"]),
    "an application": ([SCREEN | {"stage": "applied"}], []),
    "answered": ([SCREEN | {"outcome": "no reply"}], []),
}


@pytest.fixture(params=CASES)
def case(request, tmp_path):
    rows, waiting = CASES[request.param]
    journal = ik.Journal(tmp_path)
    journal.add_all("interviews", rows)
    return journal, waiting


def test_trends_home_next_steps_and_clients_agree(case):
    journal, waiting = case
    frame = journal.interviews()
    stage = dict(zip(frame["id"], frame["stage"], strict=True))
    assert ik.pending_chances(frame, as_of=TODAY)["stage"].tolist() == waiting
    assert [stage[key] for key in ik.Home(journal, as_of=TODAY).waiting] == waiting
    [section] = [part for part in ik.NextSteps(journal, as_of=TODAY).sections if isinstance(part, Waiting)]
    assert len(section.list.children) == len(waiting)
    assert ik.client_overview(frame, as_of=TODAY)["waiting"].tolist() == [len(waiting)]


def test_only_who_waits_is_asked_where_things_stand_unless_a_round_is_planned(case):
    journal, waiting = case
    frame = journal.interviews()
    asked = [
        ik.due_follow_ups(journal, as_of=TODAY, chances=chances).query("kind == @ASKED")["interview_id"]
        for chances in (None, ik.pending_chances(frame, as_of=TODAY))
    ]
    dated = frame[frame["interviewed_on"].notna()].set_index("id")["stage"]
    has_more = frame["outcome"].eq("planned").any() or (frame["interviewed_on"] > str(TODAY)).any()
    expected = [] if has_more else [stage for stage in waiting if stage in set(dated)]
    assert [dated[list(ids)].tolist() for ids in asked] == [expected, expected]


def test_what_was_not_known_on_a_day_does_not_count_on_it(tmp_path):
    journal = ik.Journal(tmp_path)
    journal.add_all("interviews", [SCREEN, ONSITE])
    frame = journal.interviews()
    assert ik.pending_chances(frame, as_of="2026-11-05")["stage"].tolist() == ["screen"]
    assert ik.pending_chances(frame, as_of="2026-11-08")["stage"].tolist() == ["onsite"]

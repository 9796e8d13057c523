"""The invented sample: made again byte for byte, sound in every cell, and showing what its README says it shows."""

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import mean, median

import pytest
from scipy.stats import chi2, false_discovery_control

from interview_kit import schema

FOLDER = Path(__file__).parent.parent / "data" / "sample"
LAST_DAY = date(2026, 10, 31)
BEHAVIORS = [column.name for column in (*schema.BEHAVIORS, *schema.RATINGS)]


def cells(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def parsed(name):
    table = schema.table(name)
    return [{key: schema.parse(table.column(key).kind, text) for key, text in row.items()} for row in cells(name)]


ROWS = {name: parsed(name) for name in schema.TABLES}
HELD = [row for row in ROWS["interviews"] if row["outcome"] not in schema.NOT_HELD]
NOT_HELD = [row for row in ROWS["interviews"] if row["outcome"] in schema.NOT_HELD]
INTERVIEWS = [row for row in HELD if row["stage"] != "applied"]
APPLIED = [row for row in HELD if row["stage"] == "applied"]
DECIDED = [row for row in INTERVIEWS if row["outcome"] not in ("pending", "withdrawn")]
EARLY, LATE = INTERVIEWS[: len(INTERVIEWS) // 2], INTERVIEWS[len(INTERVIEWS) // 2 :]
BY_ID = {row["id"]: row for rows in ROWS.values() for row in rows}


def called_back(row):
    return row["outcome"] in schema.CALLBACK_OUTCOMES


def within_30_days(row):
    return called_back(row) and (row["outcome_on"] - row["interviewed_on"]).days <= 30


def counts(behavior, rows, counted=called_back):
    return [
        count
        for value in (True, False)
        for group in [[row for row in rows if row[behavior] is value]]
        for count in (sum(map(counted, group)), len(group))
    ]


def p_value(behavior, rows, counted=called_back):
    pairs = [(float(row[behavior]), float(counted(row))) for row in rows if row[behavior] is not None]
    scores, outcomes = zip(*pairs, strict=True)
    covariance = sum((x - mean(scores)) * (y - mean(outcomes)) for x, y in pairs)
    squares = sum((x - mean(scores)) ** 2 for x in scores) * sum((y - mean(outcomes)) ** 2 for y in outcomes)
    return chi2.sf((len(pairs) - 1) * covariance**2 / squares, 1)


def adjusted_p_values(rows, counted=called_back):
    p = [p_value(behavior, rows, counted) for behavior in BEHAVIORS]
    return dict(zip(BEHAVIORS, false_discovery_control(p), strict=True))


def chains():
    companies = {}
    for row in INTERVIEWS:
        companies.setdefault((row["company"], row["role"]), []).append(row)
    return list(companies.values())


def yes_share(behavior, rows):
    return mean(row[behavior] for row in rows if row[behavior] is not None)


# The files


def test_the_script_makes_the_tracked_files_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, FOLDER / "make_sample.py", tmp_path], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {f"{name}.csv": (FOLDER / f"{name}.csv").read_bytes() for name in schema.TABLES}


@pytest.mark.parametrize("name", schema.TABLES)
def test_a_file_has_a_bom_line_feeds_and_the_columns_of_its_table(name):
    raw = (FOLDER / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert raw.decode("utf-8-sig").splitlines()[0] == ",".join(schema.table(name).names)


@pytest.mark.parametrize("name", schema.TABLES)
def test_every_cell_is_spelled_as_the_kit_writes_it(name):
    table = schema.table(name)
    for text_row, row in zip(cells(name), ROWS[name], strict=True):
        written = {key: schema.to_text(table.column(key).kind, value) for key, value in row.items()}
        assert written == text_row
        assert all(row[column.name] for column in table.columns if column.required)


@pytest.mark.parametrize("name", schema.TABLES)
def test_the_readme_describes_every_column_in_order(name):
    section = (FOLDER / "README.md").read_text(encoding="utf-8").split(f"### {name}.csv")[1].split("###")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == schema.table(name).names


def test_the_readme_counts_what_is_there():
    readme = " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())
    for name, rows in ROWS.items():
        assert re.search(rf"`{name}\.csv` \|[^|]+\| {len(rows)} \|", readme)
    assert f"{len(INTERVIEWS)} interviews with {len(chains())} companies, and {len(APPLIED)} applications" in readme
    tally = Counter(row["outcome"] for row in NOT_HELD)
    assert f"{tally['planned']} interviews that are planned and {tally['cancelled']} that was cancelled" in readme
    assert f"{sum(map(called_back, DECIDED))} of {len(DECIDED)} led to a callback" in readme
    tally = Counter(row["outcome"] for row in INTERVIEWS)
    assert (tally["pending"], tally["no reply"], tally["withdrawn"]) == (4, 12, 2)
    assert "Four interviews are still open, twelve were never answered, two were withdrawn." in readme
    for behavior, words in (
        ("did_ask_questions_at_end", "called back in {} of {} with it, in {} of {} without"),
        ("did_drink_coffee", "{} of {} with it, {} of {} without"),
    ):
        assert words.format(*counts(behavior, DECIDED)) in readme


# The rows


def test_sizes():
    assert 55 <= len(INTERVIEWS) <= 70
    assert 3 <= len(APPLIED) <= 8
    assert 60 <= len(ROWS["questions"]) <= 90
    assert 25 <= len(ROWS["contacts"]) <= 35
    assert 35 <= len(ROWS["follow_ups"]) <= 50


def test_ids_are_unique_and_of_their_table():
    assert len(BY_ID) == sum(map(len, ROWS.values()))
    for name, rows in ROWS.items():
        assert all(re.fullmatch(rf"{schema.table(name).letter}-[a-z2-7]{{10}}", row["id"]) for row in rows)


def test_references_lead_to_a_row_of_the_right_table():
    held = {row["id"]: row for row in INTERVIEWS}
    contacts = {row["id"]: row for row in ROWS["contacts"]}
    assert all(row["interview_id"] in held for name in ("questions", "contacts", "follow_ups") for row in ROWS[name])
    assert all(row["contact_id"] in ("", *contacts) for row in ROWS["follow_ups"])
    for contact in contacts.values():
        interview = held[contact["interview_id"]]
        assert (contact["company"], contact["met_on"]) == (interview["company"], interview["interviewed_on"])
    for row in ROWS["follow_ups"]:
        interview = held[row["interview_id"]]
        contact = contacts.get(row["contact_id"])
        assert contact is None or contact["company"] == interview["company"]
        assert contact is None or contact["met_on"] <= interview["interviewed_on"]


def test_rows_are_in_order_of_time():
    for name, day in (("interviews", "interviewed_on"), ("contacts", "met_on"), ("follow_ups", "due_on")):
        days = [row[day] for row in ROWS[name]]
        assert days == sorted(days)
    asked = [BY_ID[row["interview_id"]]["interviewed_on"] for row in ROWS["questions"]]
    assert asked == sorted(asked)


def test_ten_months_of_working_days():
    days = [row["interviewed_on"] for row in HELD]
    assert 280 <= (max(days) - min(days)).days <= 310
    assert max(days) <= LAST_DAY
    assert all(day.weekday() < 5 for day in days)
    decisions = [row["outcome_on"] for row in DECIDED if row["outcome"] != "no reply"]
    assert all(day.weekday() < 5 for day in decisions)


def test_what_is_known_is_known_after_the_interview():
    for row in HELD:
        assert (row["outcome_on"] is None) == (row["outcome"] == "pending")
        if row["outcome_on"]:
            days = (row["outcome_on"] - row["interviewed_on"]).days
            assert 28 <= days <= 45 if row["outcome"] == "no reply" else 1 <= days <= 21
            assert row["outcome_on"] <= LAST_DAY
    for row in INTERVIEWS:
        assert row["interviewed_on"] <= row["debriefed_at"].date() <= LAST_DAY
        assert row["outcome_on"] is None or row["debriefed_at"].date() < row["outcome_on"]
        if row["ended_at"] and row["debriefed_at"].date() == row["interviewed_on"]:
            assert row["ended_at"] < row["debriefed_at"].time()


def test_a_further_round_follows_a_callback_and_nothing_else():
    order = {stage: place for place, stage in enumerate(("screen", "technical", "onsite", "final"))}
    order |= {"take-home": 1, "other": 0}
    unfollowed = []
    for chain in chains():
        for before, after in pairwise(chain):
            assert before["outcome"] == "callback"
            assert 2 <= (after["interviewed_on"] - before["outcome_on"]).days <= 15
            assert order[before["stage"]] < order[after["stage"]]
        assert order[chain[0]["stage"]] == 0
        unfollowed += [chain[-1]] * (chain[-1]["outcome"] == "callback")
    assert [row["company"] for row in unfollowed] == ["Quenbury Maps"], "its next round is still to come"
    assert max(map(len, chains())) == 4


def test_outcomes_of_every_kind():
    tally = Counter(row["outcome"] for row in INTERVIEWS)
    assert tally["offer"] == tally["withdrawn"] == 2
    assert 3 <= tally["pending"] <= 6
    assert tally["no reply"] >= 8
    assert all(row["interviewed_on"] >= date(2026, 10, 1) for row in INTERVIEWS if row["outcome"] == "pending")
    assert {row["outcome"] for row in APPLIED} == {"rejected", "no reply", "pending"}
    assert {row["format"] for row in INTERVIEWS} == set(schema.FORMATS)
    assert {row["stage"] for row in ROWS["interviews"]} == set(schema.STAGES)


def test_an_application_holds_no_behavior():
    for row in APPLIED:
        assert [row[name] for name in (*BEHAVIORS, "chance", "debriefed_at", "ended_at")] == [None] * 15
    assert not {row["company"] for row in APPLIED} & {row["company"] for row in INTERVIEWS}


def test_one_person():
    assert {row["person"] for row in ROWS["interviews"]} == {""}


# The effects


def test_questions_at_the_end_line_up_with_callbacks():
    with_them, n_with, without, n_without = counts("did_ask_questions_at_end", DECIDED)
    assert 0.45 <= with_them / n_with <= 0.60
    assert 0.15 <= without / n_without <= 0.20
    adjusted = adjusted_p_values(DECIDED)
    assert [behavior for behavior in BEHAVIORS if adjusted[behavior] <= 0.05] == ["did_ask_questions_at_end"]


@pytest.mark.parametrize("as_of", [date(2026, 10, 31), date(2026, 12, 31)], ids=str)
def test_so_they_do_within_thirty_days(as_of):
    old = [row for row in INTERVIEWS if row["outcome"] != "withdrawn" and (as_of - row["interviewed_on"]).days >= 30]
    adjusted = adjusted_p_values(old, within_30_days)
    assert [behavior for behavior in BEHAVIORS if adjusted[behavior] <= 0.05] == ["did_ask_questions_at_end"]


def test_coffee_has_an_effect_that_sixty_interviews_cannot_show():
    with_it, n_with, without, n_without = counts("did_drink_coffee", DECIDED)
    assert -0.25 <= with_it / n_with - without / n_without <= -0.10
    assert p_value("did_drink_coffee", DECIDED) > 0.1


def test_calm_goes_along_with_callbacks_a_little():
    rated = [row for row in DECIDED if row["rated_calm"]]
    calm, others = ([row["rated_calm"] for row in rated if called_back(row) is won] for won in (True, False))
    assert 0.2 <= mean(calm) - mean(others) <= 1.0
    assert p_value("rated_calm", DECIDED) < 0.1


def test_luck_makes_nothing_else_stand_out():
    others = set(BEHAVIORS) - {"did_ask_questions_at_end", "rated_calm"}
    assert min(p_value(behavior, DECIDED) for behavior in others) > 0.1


@pytest.mark.parametrize("behavior", ["did_ask_questions_at_end", "did_keep_good_posture"])
def test_habits_that_change(behavior):
    assert yes_share(behavior, LATE) - yes_share(behavior, EARLY) >= 0.3


def test_behaviors_are_yes_no_or_not_noted():
    for behavior in (column.name for column in schema.BEHAVIORS):
        assert {row[behavior] for row in INTERVIEWS} == {True, False, None}
    for rating in (column.name for column in schema.RATINGS):
        assert {row[rating] for row in INTERVIEWS} >= {2, 3, 4, 5, None}


def test_their_guesses_are_too_hopeful():
    guessed = [row for row in DECIDED if row["chance"] is not None]
    assert len(guessed) >= 50
    assert mean(row["chance"] for row in guessed) / 100 - mean(map(called_back, guessed)) >= 0.15


def test_debriefs_come_sooner_in_time():
    def days(rows):
        return [(row["debriefed_at"].date() - row["interviewed_on"]).days for row in rows]

    assert median(days(EARLY)) >= 1
    assert median(days(LATE)) == 0
    assert max(days(EARLY)) >= 4
    assert 20 <= sum(row["ended_at"] is not None for row in INTERVIEWS) < len(INTERVIEWS)


def test_the_focus_is_a_behavior_and_begins_in_june():
    focused = [row for row in INTERVIEWS if row["focus"]]
    assert {row["focus"] for row in focused} == {"did_ask_questions_at_end", "did_keep_good_posture"}
    assert min(row["interviewed_on"] for row in focused) >= date(2026, 6, 15)
    assert len(focused) >= 15


# What is planned, and what they tell


def test_two_interviews_are_coming_one_was_never_written_down_and_one_was_cancelled():
    days = [(row["outcome"], row["interviewed_on"]) for row in NOT_HELD]
    assert [outcome for outcome, _ in days] == ["cancelled", "planned", "planned", "planned"]
    assert days[1] == ("planned", date(2026, 11, 18))
    assert all(day > date(2026, 11, 20) for _, day in days[2:])
    assert all(row["starts_at"] and row["place"] and row["interviewed_on"].weekday() < 5 for row in NOT_HELD)
    noted = (*BEHAVIORS, "chance", "debriefed_at", "ended_at", "outcome_on")
    assert all(row[name] is None for row in NOT_HELD for name in noted)
    assert not {row["interview_id"] for name in ("questions", "contacts") for row in ROWS[name]} & {
        row["id"] for row in NOT_HELD
    }


def test_a_time_of_day_and_a_lead_are_noted_for_some():
    begun = [row for row in INTERVIEWS if row["starts_at"]]
    assert 10 <= len(begun) < len(INTERVIEWS) / 2
    assert all(row["starts_at"] < row["ended_at"] for row in begun)
    leads = Counter(row["source"] for row in HELD)
    assert {"referral", "recruiter", "own application", "bike fair", None} == {*leads}
    for chain in chains():
        assert len({row["source"] for row in chain}) == 1


def test_stories_are_whole_and_one_has_never_been_told():
    stories = {row["id"]: row for row in ROWS["stories"]}
    assert 5 <= len(stories) <= 6
    assert all(all(row.values()) for row in stories.values())
    told = Counter(row["story_id"] for row in ROWS["questions"] if row["story_id"])
    assert told.keys() < stories.keys()
    assert [stories[key]["title"] for key in stories.keys() - told.keys()] == ["Two departments, one number"]
    assert max(told.values()) >= 3


# Questions, contacts, follow-ups, words


def test_a_bad_answer_has_a_better_one():
    assert Counter(row["answered"] for row in ROWS["questions"]).keys() == set(schema.ANSWERED)
    assert all(bool(row["better_answer"]) == (row["answered"] == "badly") for row in ROWS["questions"])
    assert len({row["topic"] for row in ROWS["questions"]}) >= 8


def test_practice_comes_after_the_question_and_comes_again():
    practiced = [row for row in ROWS["questions"] if row["last_practiced_on"]]
    assert len(practiced) >= 8
    for row in practiced:
        assert BY_ID[row["interview_id"]]["interviewed_on"] < row["last_practiced_on"] <= LAST_DAY
        assert row["last_practiced_on"] < row["next_practice_on"]
    upcoming = [row["next_practice_on"] > LAST_DAY for row in practiced]
    assert any(upcoming)
    assert not all(upcoming)


def test_contacts_can_belong_to_nobody():
    assert len({row["name"] for row in ROWS["contacts"]}) == len(ROWS["contacts"])
    for row in ROWS["contacts"]:
        assert row["email"] or row["phone"]
        assert re.fullmatch(r"([a-z.]+@([a-z]+\.example|example\.com))?", row["email"])
        assert re.fullmatch(r"((\+1 )?\d{3}-555-01\d\d)?", row["phone"])
    phones = [row["phone"] for row in cells("contacts") if row["phone"]]
    assert len(set(phones)) == len(phones)
    assert any(phone.startswith("'+") for phone in phones)


def test_follow_ups_of_every_kind_some_still_open():
    rows = ROWS["follow_ups"]
    assert {row["kind"] for row in rows} == set(schema.FOLLOW_UP_KINDS)
    for row in rows:
        held = BY_ID[row["interview_id"]]["interviewed_on"]
        assert held < row["due_on"]
        assert row["done_on"] is None or held <= row["done_on"] <= LAST_DAY
    still_open = [row["due_on"] for row in rows if not row["done_on"]]
    assert len(still_open) >= 5
    assert min(still_open) <= LAST_DAY < max(still_open)


def test_a_note_that_names_a_contact_is_for_that_contact():
    for row in ROWS["follow_ups"]:
        company = BY_ID[row["interview_id"]]["company"]
        there = [contact for contact in ROWS["contacts"] if contact["company"] == company]
        named = [contact["id"] for contact in there if contact["name"].split()[0] in row["note"]]
        assert not named or row["contact_id"] in named


def test_the_words_are_not_always_the_same():
    fields = ("issues", "answer_better", "still_needed", "went_well", "notes")
    texts = [row[field] for row in ROWS["interviews"] for field in fields if row[field]]
    texts += [row[field] for name, field in (("contacts", "notes"), ("follow_ups", "note")) for row in ROWS[name]]
    repeated = Counter(text for text in texts if text)
    assert max(repeated.values()) <= 3
    assert len(repeated) >= 150
    assert max(Counter(row["documents_given"] for row in INTERVIEWS if row["documents_given"]).values()) <= 10
    assert sum(not row["notes"] for row in INTERVIEWS) > len(INTERVIEWS) / 2


def test_the_words_hold_what_a_csv_must_quote():
    text = "".join((FOLDER / f"{name}.csv").read_text(encoding="utf-8-sig") for name in schema.TABLES)
    assert any("\n" in row["notes"] for row in INTERVIEWS)
    assert any('"' in row["issues"] and "," in row["issues"] for row in INTERVIEWS)
    assert any("ö" in row["company"] for row in INTERVIEWS)
    assert "ü" in text

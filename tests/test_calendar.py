"""Calendar files and contact cards, read again by a second program."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
import pandas as pd
import pytest
import vobject
from hypothesis import example, given, settings, strategies as st

import interview_kit as ik
from interview_kit.frame.held import held
from interview_kit.journal import SAMPLE, Journal
from interview_kit.next_steps.files import printable

ODD = 'O\'Hara, "Bo"; Ünïcode 🦉👩‍👩‍👧\\New\nsecond line: ' + "long " * 30
NOW = datetime(2026, 5, 20, 12, 30, tzinfo=UTC)


def table(**more):
    row = {"follow_up_id": "f-1", "what": "Thank Ada", "due_on": pd.Timestamp("2026-05-21"), "why": "She was kind."}
    return pd.DataFrame([row | more])


def events(content):
    return list(vobject.readOne(content.decode()).vevent_list)


def test_an_entry_is_a_whole_day_with_the_records_id():
    (event,) = events(ik.calendar_file(table(), as_of=NOW))
    assert event.uid.value == "f-1@interview-kit"
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 5, 21), date(2026, 5, 22))
    assert (event.summary.value, event.description.value) == ("Thank Ada", "She was kind.")
    assert event.dtstamp.value == event.last_modified.value == NOW
    assert event.transp.value == "TRANSPARENT"


def test_no_time_and_no_zone_can_shift_a_day():
    raw = ik.calendar_file(table(), as_of=NOW).decode()
    assert "DTSTART;VALUE=DATE:20260521\r\nDTEND;VALUE=DATE:20260522\r\n" in raw
    assert "TZID" not in raw


def test_names_of_any_letters_survive_in_both_readers():
    content = ik.calendar_file(table(what=ODD, why=ODD), as_of=NOW)
    (event,) = events(content)
    assert event.summary.value == event.description.value == ODD
    (second,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(second["SUMMARY"]) == ODD
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


@pytest.mark.full
@settings(max_examples=100, deadline=None)
@given(st.text(), st.text(min_size=1))
@example(what="\ufeff", who="0")  # a byte order mark, which readers drop
def test_any_text_survives_in_both_files(what, who):
    content = ik.calendar_file(table(what=what, why=who), as_of=NOW)
    assert [event.summary.value for event in events(content)] == [printable(what)]
    name = printable(" ".join(who.split()))
    people = contacts(name=who, company=what)
    if name:
        assert vobject.readOne(ik.contact_cards(people, as_of=NOW).decode()).fn.value == name
    else:
        with pytest.raises(ValueError, match=r"^nobody here has a name"):
            ik.contact_cards(people, as_of=NOW)


def test_what_no_calendar_can_hold_is_left_out_and_line_ends_are_one_kind():
    (event,) = events(ik.calendar_file(table(what="a\x00b\x07c\r\nd\re\u2028f"), as_of=NOW))
    assert event.summary.value == "abc\nd\ne\nf"


def test_a_later_file_updates_the_same_entries():
    first, second = (
        events(ik.calendar_file(table(due_on=day), as_of=when))[0]
        for day, when in ((date(2026, 5, 21), NOW), (date(2026, 6, 1), NOW.replace(minute=31)))
    )
    assert first.uid.value == second.uid.value
    assert int(second.sequence.value) == int(first.sequence.value) + 1 == (2331 * 24 + 12) * 60 + 31
    assert 0 < int(second.sequence.value) < 2**31


def test_the_same_moment_gives_the_same_bytes():
    assert ik.calendar_file(table(), as_of="2026-05-20") == ik.calendar_file(table(), as_of=date(2026, 5, 20))
    in_utc = ik.calendar_file(table(), as_of=NOW)
    for when in (NOW.replace(tzinfo=None), NOW.replace(microsecond=999), NOW.astimezone(timezone(timedelta(hours=-5)))):
        assert ik.calendar_file(table(), as_of=when) == in_utc
    assert b"DTSTAMP:20260520T000000Z" in ik.calendar_file(table(), as_of="2026-05-20")


def test_a_suggestion_and_the_follow_up_noted_for_it_are_one_entry(tmp_path):
    journal = Journal(tmp_path)
    journal.add("interviews", {"id": "i-1", "company": "Acme", "interviewed_on": "2026-05-19"})
    row = ik.due_follow_ups(journal, as_of="2026-05-20")
    before = events(ik.calendar_file(row, as_of=NOW))[0].uid.value
    journal.add(
        "follow_ups",
        {"id": row["follow_up_id"][0], "interview_id": "i-1", "kind": "thank-you", "due_on": date(2026, 5, 22)},
    )
    after = ik.due_follow_ups(journal, as_of="2026-05-20")
    assert list(after["suggested"]) == [False]
    assert events(ik.calendar_file(after, as_of=NOW))[0].uid.value == before


def test_interviews_can_stand_in_it_too_and_what_has_no_date_does_not():
    interviews = pd.DataFrame(
        {
            "id": ["i-1", "i-2", "i-3"],
            "company": ["Acme, Inc.", "Bolt", "Cy"],
            "stage": ["final", "onsite", "applied"],
            "interviewed_on": ["2026-05-30", None, "2026-05-30"],
        }
    )
    found = events(ik.calendar_file(table(due_on=pd.NaT), interviews=interviews, as_of=NOW))
    assert [(event.uid.value, event.summary.value) for event in found] == [
        ("i-1@interview-kit", "Interview: Acme, Inc., final")
    ]


def test_it_is_written_whole_and_private(tmp_path):
    path = tmp_path / "to do.ics"
    path.write_text("earlier")
    content = ik.calendar_file(table(), path, as_of=NOW)
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["to do.ics"]
    with pytest.raises(FileNotFoundError):
        ik.calendar_file(table(), tmp_path / "nowhere" / "to do.ics")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            table(due_on=pd.NaT),
            "nothing here has a date; a calendar needs at least one follow-up or interview with a date",
        ),
        (
            table().drop(columns="what"),
            "the table has no column 'what'; give the one that due_follow_ups or upcoming returns",
        ),
        (None, "the table has no column 'follow_up_id'; give the one that due_follow_ups or upcoming returns"),
    ],
)
def test_what_is_no_list_of_things_to_do_is_refused(given, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        ik.calendar_file(given)
    assert str(error.value) == message


def test_the_whole_sample_is_read_by_both():
    journal = Journal(SAMPLE.parent)
    due = ik.due_follow_ups(journal, as_of="2026-11-03")
    content = ik.calendar_file(due, interviews=held(journal.interviews()), as_of="2026-11-20")
    found = events(content)
    assert len(found) == len(due) + 66
    assert len({event.uid.value for event in found}) == len(found)
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == len(found)


# Contact cards


def contacts(**more):
    row = {
        "id": "c-1",
        "name": "Ada Mae Lind",
        "role": "Head, Data",
        "company": "Acme; Sons",
        "email": "ada@acme.example",
    }
    return {"contacts": pd.DataFrame([row | {"phone": "+1 555-0100", "met_on": "2026-05-19", "notes": "Runs."} | more])}


def test_a_card_holds_who_it_is_and_not_what_was_noted():
    card = vobject.readOne(ik.contact_cards(contacts(), as_of=NOW).decode())
    assert card.version.value == "3.0"
    assert (card.fn.value, card.n.value.family, card.n.value.given) == ("Ada Mae Lind", "Lind", "Ada Mae")
    assert (card.org.value, card.title.value) == (["Acme; Sons"], "Head, Data")
    assert (card.email.value, card.tel.value) == ("ada@acme.example", "+1 555-0100")
    assert (card.note.value, card.uid.value) == ("Met on 19 May 2026.", "c-1@interview-kit")
    with_notes = vobject.readOne(ik.contact_cards(contacts(), notes=True, as_of=NOW).decode())
    assert with_notes.note.value == "Met on 19 May 2026.\nRuns."


@pytest.mark.parametrize("name", ['O\'Hara "Bo" 🦉', "Lind; Ada", "Back\\New slash", "名前", "x" * 200, "é" * 90])
def test_odd_names_survive(name):
    content = ik.contact_cards(contacts(name=name, notes=ODD, company=name), notes=True, as_of=NOW)
    card = vobject.readOne(content.decode())
    assert (card.fn.value, card.org.value) == (name, [name])
    assert card.note.value == f"Met on 19 May 2026.\n{ODD}".strip()
    assert " ".join(part for part in (card.n.value.given, card.n.value.family) if part) == name
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_name_with_a_comma_has_its_family_name_first():
    card = vobject.readOne(ik.contact_cards(contacts(name="Lind, Ada"), as_of=NOW).decode())
    assert (card.fn.value, card.n.value.family, card.n.value.given) == ("Lind, Ada", "Lind", "Ada")


def test_a_line_of_anyones_cannot_become_a_line_of_the_card():
    content = ik.contact_cards(contacts(company="Acme\r\nEND:VCARD\r\nBEGIN:VCARD"), as_of=NOW).decode()
    assert len(re.findall(r"^BEGIN:VCARD", content, re.M)) == 1


def test_all_cards_of_the_sample_are_read_and_those_without_a_name_left_out(tmp_path):
    path = tmp_path / "people.vcf"
    content = ik.contact_cards(Journal(SAMPLE.parent), path, as_of=NOW)
    assert path.read_bytes() == content
    assert len(list(vobject.readComponents(content.decode()))) == 27
    with pytest.raises(ValueError) as error:  # noqa: PT011
        ik.contact_cards(contacts(name=" "))
    assert str(error.value) == "nobody here has a name; contact cards need at least one person with a name"

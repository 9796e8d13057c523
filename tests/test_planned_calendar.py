"""Planned interviews in a calendar file: their moments, reminders and hostile text, read again by a second program."""

import io
import re
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pandas as pd
import pytest
import vobject
from dateutil import tz

import interview_kit as ik
from interview_kit import next_steps
from interview_kit.next_steps import zones

NO_FOLLOW_UPS = pd.DataFrame(columns=["follow_up_id", "what", "due_on"])
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
ZONES = ["America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe"]


@pytest.fixture
def machine_in(monkeypatch):
    """Put this machine into a time zone."""

    def move(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def planned(**more):
    row = {"id": "i-1", "company": "Acme", "stage": "final", "interviewed_on": "2026-06-03", "starts_at": "14:30"}
    return pd.DataFrame([row | {"outcome": "planned"} | more])


def calendar(interviews, as_of=NOW, **more):
    return ik.calendar_file(NO_FOLLOW_UPS, interviews=interviews, as_of=as_of, **more)


def events(content):
    zones = vars(vobject.icalendar)["__tzidMap"]  # those of calendars that were read before, by name
    for name in {*zones} - {"UTC"}:
        del zones[name]
    return {event.uid.value: event for event in vobject.readOne(content.decode()).vevent_list}


def spans(content):
    """Return when each entry begins and ends, in UTC, after both programs agreed on it."""
    first = {
        str(event["UID"]): (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC))
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    }
    second = {
        uid: (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
        for uid, event in events(content).items()
    }
    assert first == second
    return {uid: [f"{moment:%Y-%m-%d %H:%M}" for moment in span] for uid, span in first.items()}


@pytest.mark.parametrize(
    ("zone", "day", "times", "span"),
    [
        ("America/New_York", "2026-06-03", ("14:30", None), ["2026-06-03 18:30", "2026-06-03 19:30"]),
        ("America/New_York", "2026-12-03", ("14:30", "15:15"), ["2026-12-03 19:30", "2026-12-03 20:15"]),
        # The clock goes from 2:00 to 3:00, so that 2:30 is an hour and a half after 1:00.
        ("America/New_York", "2026-03-08", ("01:59", None), ["2026-03-08 06:59", "2026-03-08 07:59"]),
        ("America/New_York", "2026-03-08", ("02:30", None), ["2026-03-08 07:30", "2026-03-08 08:30"]),
        ("America/New_York", "2026-03-08", ("03:15", None), ["2026-03-08 07:15", "2026-03-08 08:15"]),
        ("America/New_York", "2026-03-08", ("02:30", "03:00"), ["2026-03-08 07:30", "2026-03-08 08:30"]),
        # The clock goes from 2:00 back to 1:00: of two times the first is meant, and an hour stays an hour.
        ("America/New_York", "2026-11-01", ("00:45", None), ["2026-11-01 04:45", "2026-11-01 05:45"]),
        ("America/New_York", "2026-11-01", ("01:30", None), ["2026-11-01 05:30", "2026-11-01 06:30"]),
        ("America/New_York", "2026-11-01", ("02:30", None), ["2026-11-01 07:30", "2026-11-01 08:30"]),
        ("America/New_York", "2026-12-31", ("23:30", None), ["2027-01-01 04:30", "2027-01-01 05:30"]),
        ("Pacific/Auckland", "2027-01-01", ("00:15", None), ["2026-12-31 11:15", "2026-12-31 12:15"]),
        ("Pacific/Auckland", "2026-04-05", ("02:30", None), ["2026-04-04 13:30", "2026-04-04 14:30"]),
        ("Pacific/Auckland", "2026-09-27", ("02:30", None), ["2026-09-26 14:30", "2026-09-26 15:30"]),
        ("Pacific/Auckland", "2026-06-03", ("23:30", "00:15"), ["2026-06-03 11:30", "2026-06-03 12:15"]),
        ("Asia/Kathmandu", "2026-06-03", ("09:00", None), ["2026-06-03 03:15", "2026-06-03 04:15"]),
        ("Asia/Kathmandu", "2026-06-03", ("00:00", None), ["2026-06-02 18:15", "2026-06-02 19:15"]),
        ("Europe/Berlin", "2026-03-29", ("02:15", None), ["2026-03-29 01:15", "2026-03-29 02:15"]),
        ("Australia/Lord_Howe", "2026-04-05", ("01:45", None), ["2026-04-04 14:45", "2026-04-04 15:45"]),
        ("UTC", "2026-06-03", ("09:00", None), ["2026-06-03 09:00", "2026-06-03 10:00"]),
        ("XYZ-3", "2026-06-03", ("09:00", None), ["2026-06-03 06:00", "2026-06-03 07:00"]),
    ],
)
def test_both_programs_read_the_moment_that_is_meant(zone, day, times, span, machine_in):
    machine_in(zone)
    content = calendar(planned(interviewed_on=day, starts_at=times[0], ended_at=times[1]))
    found = spans(content)
    assert found["i-1@interview-kit"] == span
    after = [datetime.fromisoformat(span[1]) + timedelta(minutes=minutes) for minutes in (10, 25)]
    assert found["i-1-debrief@interview-kit"] == [f"{moment:%Y-%m-%d %H:%M}" for moment in after]


@pytest.mark.parametrize("zone", [*ZONES, "Africa/Casablanca", "America/Sao_Paulo"])
def test_the_rules_in_the_file_are_those_of_the_zone_every_quarter_of_an_hour(zone):
    known = ZoneInfo(zone)
    text = zones.zone_rules(known, date(2026, 1, 1), date(2026, 12, 31)).to_ical().decode()
    read = tz.tzical(io.StringIO(text)).get()
    moment, differing = datetime(2026, 1, 1, tzinfo=UTC), []
    while moment.year == 2026:
        shown = moment.astimezone(known)
        if not shown.fold and shown.replace(tzinfo=read).utcoffset() != shown.utcoffset():
            differing.append(shown)
        moment += timedelta(minutes=15)
    assert differing == []


def test_the_zone_is_named_and_its_rules_are_in_the_file_once(machine_in):
    machine_in("America/New_York")
    raw = calendar(planned()).decode()
    assert "DTSTART;TZID=America/New_York:20260603T143000\r\nDTEND;TZID=America/New_York:20260603T153000\r\n" in raw
    assert raw.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:America/New_York\r\n" in raw
    only_days = calendar(planned(starts_at=None)).decode()
    assert "TZID" not in only_days
    assert "DTSTART;VALUE=DATE:20260603\r\n" in only_days


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "XYZ-3", "XYZ-3ABC"])
def test_without_a_name_that_others_know_times_are_in_utc(zone, machine_in):
    machine_in(zone)
    raw = calendar(planned()).decode()
    assert "TZID" not in raw
    assert re.search(r"DTSTART:20260603T1[014]3000Z", raw)


def test_a_zone_that_is_only_a_file_is_followed_and_not_named(machine_in, tmp_path):
    rules = Path("/usr/share/zoneinfo/America/New_York")
    if not rules.exists():
        pytest.skip("this system has no files of time zones")
    (tmp_path / "localtime").write_bytes(rules.read_bytes())
    machine_in(f":{tmp_path / 'localtime'}")
    raw = calendar(planned()).decode()
    assert "TZID" not in raw
    assert "DTSTART:20260603T183000Z\r\n" in raw


def test_a_time_that_the_clock_shows_twice_is_written_in_utc(machine_in):
    machine_in("America/New_York")
    raw = calendar(planned(interviewed_on="2026-11-01", starts_at="01:30")).decode()
    assert "DTSTART;TZID=America/New_York:20261101T013000\r\nDTEND:20261101T063000Z\r\n" in raw


def alarms(event):
    return [(alarm.trigger.value, alarm.action.value) for alarm in getattr(event, "valarm_list", [])]


@pytest.mark.parametrize(
    ("zone", "day", "starts", "evening"),
    [
        ("America/New_York", "2026-06-03", "14:30", timedelta(hours=20, minutes=30)),
        ("America/New_York", "2026-03-08", "14:30", timedelta(hours=19, minutes=30)),
        ("America/New_York", "2026-11-01", "14:30", timedelta(hours=21, minutes=30)),
        ("Pacific/Auckland", "2026-06-03", "00:15", timedelta(hours=6, minutes=15)),
    ],
)
def test_it_rings_at_six_of_the_evening_before_and_an_hour_before(zone, day, starts, evening, machine_in):
    machine_in(zone)
    found = events(calendar(planned(interviewed_on=day, starts_at=starts)))
    assert alarms(found["i-1@interview-kit"]) == [(-evening, "DISPLAY"), (-timedelta(hours=1), "DISPLAY")]
    assert alarms(found["i-1-debrief@interview-kit"]) == [(timedelta(), "DISPLAY")]
    rung = found["i-1@interview-kit"].dtstart.value.astimezone(UTC) - evening
    assert rung.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "18:00"


def test_one_without_a_time_rings_the_evening_before(machine_in):
    machine_in("America/New_York")
    (event,) = events(calendar(planned(starts_at=None))).values()
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 6, 3), date(2026, 6, 4))
    assert alarms(event) == [(-timedelta(hours=6), "DISPLAY")]
    assert event.transp.value == "TRANSPARENT"


def test_what_is_past_does_not_ring(machine_in):
    machine_in("America/New_York")
    at = {hour: events(calendar(planned(), as_of=datetime(2026, 6, 3, hour, 0, tzinfo=UTC))) for hour in (12, 18, 20)}
    assert [len(alarms(found["i-1@interview-kit"])) for found in at.values()] == [1, 0, 0]
    assert ["i-1-debrief@interview-kit" in found for found in at.values()] == [True, True, False]


def test_the_entry_says_where_and_the_one_after_it_what_to_do(machine_in):
    machine_in("America/New_York")
    found = events(calendar(planned(role="Cook", place="https://meet.example/a,b;c?d=1")))
    event, debrief = found.values()
    assert event.summary.value == "Interview: Acme, final"
    assert event.description.value == "Cook"
    assert event.location.value == event.url.value == "https://meet.example/a,b;c?d=1"
    assert (event.transp.value, event.status.value) == ("OPAQUE", "CONFIRMED")
    assert debrief.summary.value == "Write it down: Acme, final"
    assert debrief.description.value.startswith("Open Interview Kit and write it down while it is fresh")


@pytest.mark.parametrize(
    "place", ["12 High Street", "Zoom: https://x.example", "https://x.example/\r\nX:1", "https://é.example", "ftp://x"]
)
def test_what_is_no_address_of_the_web_is_only_a_place(place):
    event = events(calendar(planned(place=place)))["i-1@interview-kit"]
    assert event.location.value == place.replace("\r\n", "\n")
    assert not hasattr(event, "url")


@pytest.mark.parametrize("field", ["company", "role", "place", "stage"])
@pytest.mark.parametrize(
    "text",
    ["A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x", "a\nb, c; d\\n\\", "\u2028UID:x\x85y", "DTSTART:19700101", "🦉" * 90],
)
def test_a_line_of_anyones_cannot_become_a_line_of_the_file(field, text):
    content = calendar(planned(**{field: text}))
    assert sorted(events(content)) == ["i-1-debrief@interview-kit", "i-1@interview-kit"]
    assert len(re.findall(rb"^BEGIN:VEVENT\r$", content, re.MULTILINE)) == 2
    assert len(re.findall(rb"^DTSTART", content, re.MULTILINE)) == 2 + len(re.findall(rb"BEGIN:(STAND|DAYL)", content))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_table_of_upcoming_is_taken_alone_or_beside_what_is_due(machine_in):
    machine_in("Asia/Kathmandu")
    rows = pd.concat([planned(), planned(id="i-2", interviewed_on="2026-05-01", starts_at=None)], ignore_index=True)
    table = ik.upcoming({"interviews": rows}, as_of="2026-05-20")
    alone = ik.calendar_file(table, as_of="2026-05-20")
    assert sorted(events(alone)) == ["i-1-debrief@interview-kit", "i-1@interview-kit", "i-2@interview-kit"]
    due = pd.DataFrame([{"follow_up_id": "f-1", "what": "Thank Ada", "due_on": "2026-05-21"}])
    both = ik.calendar_file(due, interviews=table, as_of="2026-05-20")
    assert sorted({*events(both)} - {*events(alone)}) == ["f-1@interview-kit"]
    with pytest.raises(ValueError, match=r"at least one follow-up or interview with a date$"):
        ik.calendar_file(table.head(0), as_of="2026-05-20")


def test_a_cancelled_interview_takes_its_entries_out_of_a_calendar_until_its_day_is_past(machine_in):
    machine_in("Europe/Berlin")
    found = events(calendar(planned(outcome="cancelled"), as_of="2026-06-03"))
    assert {uid: event.status.value for uid, event in found.items()} == {
        "i-1@interview-kit": "CANCELLED",
        "i-1-debrief@interview-kit": "CANCELLED",
    }
    assert {event.transp.value for event in found.values()} == {"TRANSPARENT"}
    assert [alarms(event) for event in found.values()] == [[], []]
    whole_day = events(calendar(planned(outcome="cancelled", starts_at=None), as_of="2026-06-03"))
    assert [event.status.value for event in whole_day.values()] == ["CANCELLED"]
    with pytest.raises(ValueError, match=r"^nothing here has a date"):
        calendar(planned(outcome="cancelled"), as_of="2026-06-04")


def test_an_interview_that_was_held_keeps_a_plain_entry(machine_in):
    machine_in("Europe/Berlin")
    (event,) = events(calendar(planned(outcome="rejected"), as_of="2026-07-01")).values()
    assert not hasattr(event, "status")
    assert alarms(event) == []


def test_a_year_of_no_clock_is_a_whole_day():
    (event,) = events(calendar(planned(interviewed_on="1066-10-14"))).values()
    assert event.dtstart.value == date(1066, 10, 14)


# SEQUENCE


def sequence(content):
    (found,) = {int(number) for number in re.findall(rb"^SEQUENCE:(\d+)\r$", content, re.MULTILINE)}
    return found


def test_the_sequence_never_falls_where_the_clock_goes_back(tmp_path):
    path = tmp_path / "to_do.ics"
    first = sequence(calendar(planned(), path=path))
    assert first == sequence(calendar(planned()))
    earlier = datetime(2024, 1, 1, tzinfo=UTC)
    assert sequence(calendar(planned(), earlier, path=path)) == first + 1
    assert sequence(calendar(planned(), earlier, path=tmp_path / "other.ics")) == first + 2
    later = NOW + timedelta(days=400)
    assert sequence(calendar(planned(), later, path=path)) == sequence(calendar(planned(), later))


@pytest.mark.parametrize(
    "content",
    [
        "BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nSEQUENCE:99999999\r\n",
        "PRODID:-//Interview Kit//Next steps//EN\r\nSEQUENCE:99999999999\r\nSEQUENCE:2147483647\r\nSEQUENCE:x\r\n",
        "PRODID:-//Interview Kit//Next steps//EN\r\nDESCRIPTION:a\r\n SEQUENCE:99999999\r\nX-SEQUENCE:99999999\r\n",
        "",
    ],
)
def test_only_numbers_of_the_kits_own_calendars_count(content, tmp_path):
    (tmp_path / "other.ics").write_text(content, newline="")
    (tmp_path / "folder.ics").mkdir()
    assert sequence(calendar(planned(), path=tmp_path / "to_do.ics")) == sequence(calendar(planned()))


# What the button writes.


def test_the_button_writes_what_is_planned_and_what_was_called_off():
    rows = pd.concat(
        [
            planned(id="i-past", interviewed_on="2026-05-01"),
            planned(id="i-next"),
            planned(id="i-off", outcome="cancelled"),
            planned(id="i-gone", outcome="cancelled", interviewed_on="2026-05-01"),
            planned(id="i-held", outcome="pending", interviewed_on="2026-05-01"),
            planned(id="i-some-day", interviewed_on=None),
        ],
        ignore_index=True,
    )
    coming = next_steps.coming_interviews({"interviews": rows}, as_of="2026-05-20")
    assert coming["id"].tolist() == ["i-past", "i-next", "i-off"]
    assert next_steps.coming_interviews({}, as_of="2026-05-20").empty
    found = events(calendar(coming, as_of="2026-05-20"))
    assert sorted(uid.removesuffix("@interview-kit") for uid in found) == [
        *("i-next", "i-next-debrief", "i-off", "i-off-debrief", "i-past"),
    ]

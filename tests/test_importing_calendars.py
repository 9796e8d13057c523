"""Calendars of other programs: which events are interviews, at which company, when by this machine, and where."""

import io
import time
from datetime import datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import interview_kit as ik
from interview_kit import schema
from interview_kit.importing import SpreadsheetError, preview_import, sheets_of, titles
from interview_kit.widgets.import_panel import ImportPanel

TODAY = "2026-11-20"


@pytest.fixture(autouse=True)
def machine_in_berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def calendar(*events, around=""):
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Other//EN\n{around}{body}END:VCALENDAR\n".replace("\n", "\r\n")


def event(title="Interview at Acme", start=":20261203T143000", *more, uid="1@other"):
    return "\n".join([f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART{start}", *more])


@pytest.fixture
def bring(tmp_path):
    """Return the preview of a calendar of some events."""

    def preview(*events, around="", as_of=TODAY, **more):
        path = tmp_path / "calendar.ics"
        path.write_text(calendar(*events, around=around), encoding="utf-8", newline="")
        return preview_import(path, as_of=as_of, **more)

    return preview


def only(preview):
    (record,) = preview.records.astype(object).where(preview.records.notna(), None).to_dict("records")
    return record


def why(preview):
    return preview.report["why"].tolist()


# When.


@pytest.mark.parametrize(
    ("start", "day", "at", "said"),
    [
        (":20261203T143000", "2026-12-03", "14:30", ""),
        (";TZID=Europe/Berlin:20261203T143000", "2026-12-03", "14:30", ""),
        (";TZID=America/New_York:20261203T143000", "2026-12-03", "20:30", "14:30 in America/New_York is 20:30 here"),
        (":20261203T133000Z", "2026-12-03", "14:30", "13:30 UTC is 14:30 here"),
        (":20260603T133000Z", "2026-06-03", "15:30", "13:30 UTC is 15:30 here"),
        (":20261203T233000Z", "2026-12-04", "00:30", "23:30 UTC is 00:30 on 2026-12-04 here"),
        (
            ";TZID=Asia/Kathmandu:20261203T010000",
            "2026-12-02",
            "20:15",
            "01:00 in Asia/Kathmandu is 20:15 on 2026-12-02 here",
        ),
        (
            ";TZID=Eastern Standard Time:20261203T143000",
            "2026-12-03",
            "20:30",
            "14:30 in Eastern Standard Time is 20:30 here",
        ),
        (";VALUE=DATE:20261203", "2026-12-03", None, ""),
        # The clock of Berlin goes back at 3:00, so that 2:30 comes twice; both are half past two.
        (":20261025T003000Z", "2026-10-25", "02:30", "00:30 UTC is 02:30 here"),
        (":20261025T013000Z", "2026-10-25", "02:30", "01:30 UTC is 02:30 here"),
        (":20260329T010000Z", "2026-03-29", "03:00", "01:00 UTC is 03:00 here"),
    ],
)
def test_a_moment_is_that_of_this_machines_clock_and_that_is_said(start, day, at, said, bring):
    preview = bring(event(start=start), as_of="2026-01-01")
    record = only(preview)
    assert f"{record['interviewed_on']:%Y-%m-%d}" == day
    assert (record["starts_at"] and f"{record['starts_at']:%H:%M}") == at
    assert why(preview) == [said]
    assert record["outcome"] == "planned"


CUSTOM = (
    "BEGIN:VTIMEZONE\nTZID:Custom\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0530\n"
    "RRULE:FREQ={}\nEND:STANDARD\nEND:VTIMEZONE\n"
)


def test_a_zone_of_the_files_own_is_read_by_its_rules(bring):
    preview = bring(event(start=";TZID=Custom:20261203T143000"), around=CUSTOM.format("YEARLY"))
    assert f"{only(preview)['starts_at']:%H:%M}" == "10:00"
    assert why(preview) == ["14:30 in Custom is 10:00 here"]


@pytest.mark.parametrize("around", ["", CUSTOM.format("SECONDLY")])
def test_of_a_zone_that_nothing_tells_only_the_day_is_taken(around, bring):
    started = time.process_time()
    preview = bring(event(start=";TZID=Custom:20261203T143000"), around=around)
    record = only(preview)
    assert (f"{record['interviewed_on']:%Y-%m-%d}", record["starts_at"]) == ("2026-12-03", None)
    assert "Starts: 14:30 in Custom" in record["notes"]
    assert preview.problems["value"].tolist() == ["14:30 in Custom"]
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("more", "ends"),
    [
        ("DTEND:20261203T151500", "15:15"),
        ("DURATION:PT45M", "15:15"),
        ("DTEND:20261204T003000", "00:30"),
        ("DTEND:20261205T143000", None),
        ("DTEND:20261203T143000", None),
        ("X-A:1", None),
    ],
)
def test_an_event_ends_when_it_says(more, ends, bring):
    found = only(bring(event("Interview at Acme", ":20261203T143000", more)))["ended_at"]
    assert (found and f"{found:%H:%M}") == ends


# Which events are interviews.

INTERVIEWS = {
    "Interview at Acme": "interview",
    "Technical interview with Ana": "technical",
    "Phone screen - Acme": "screen",
    "Acme recruiter call": "screen",
    "Call with recruiter (Acme)": "screen",
    "Onsite @ Acme": "onsite",
    "Final round, Acme": "final",
    "Vorstellungsgespräch bei Acme": "interview",
    "Coding challenge Acme": "take-home",
    "INTERVIEW: ACME": "interview",
}
OTHERS = [
    *("Dentist", "Prep for interview at Acme", "Mock interview", "Thank-you note for the interview", "Movie screening"),
    *(
        "Interview candidate: Jo",
        "Team meeting",
        "Call with Ana",
        "Cancer screening",
        "Exit interview",
        "User interviews",
    ),
    *("Interviewer training", "Screen printing course", "Lunch", ""),
]


@pytest.mark.parametrize("title", INTERVIEWS)
def test_an_interview_is_known_by_its_title_and_so_is_its_stage(title, bring):
    preview = bring(event(title), companies=None if titles.company_of(title, []).sure else {title: "Acme"})
    assert only(preview)["stage"] == INTERVIEWS[title]


def test_all_other_events_are_listed_with_their_reason(bring):
    preview = bring(*(event(title, uid=f"{at}@other") for at, title in enumerate(OTHERS)))
    assert preview.records.empty
    assert preview.report["fate"].tolist() == ["skipped"] * len(OTHERS)
    assert why(preview) == [f"{title!r} reads like no interview of yours" for title in OTHERS[:-1]] + [
        "has no title that says what it is"
    ]
    assert preview.report["line"].is_monotonic_increasing
    assert preview.report["line"][0] == 4


def test_the_entries_of_the_kits_own_calendar_do_not_come_back(tmp_path):
    row = {"id": "i-1", "company": "Acme", "interviewed_on": "2026-12-03", "starts_at": "14:30", "outcome": "planned"}
    table = ik.upcoming({"interviews": pd.DataFrame([row])}, as_of=TODAY)
    ik.calendar_file(table, tmp_path / "to_do.ics", as_of=TODAY)
    preview = preview_import(tmp_path / "to_do.ics", as_of=TODAY)
    assert preview.records.empty
    assert why(preview) == ["an entry of the kit's own calendar"] * 2


def test_of_an_event_that_repeats_the_first_day_counts(bring):
    preview = bring(
        event("Interview at Acme", ":20261203T143000", "RRULE:FREQ=SECONDLY"),
        event("Interview at Acme", ":20261210T150000", "RECURRENCE-ID:20261210T143000"),
    )
    assert f"{only(preview)['interviewed_on']:%Y-%m-%d}" == "2026-12-03"
    assert why(preview) == [
        "it repeats; only the first day is taken",
        "another day of an event that repeats; only the first is taken",
    ]


def test_the_newest_version_of_an_event_counts(bring):
    preview = bring(
        event("Interview at Acme", ":20261203T143000", "SEQUENCE:2"),
        event("Interview at Acme", ":20261201T143000", "SEQUENCE:1"),
    )
    assert f"{only(preview)['interviewed_on']:%Y-%m-%d}" == "2026-12-03"
    assert why(preview) == ["", "an older version of the event in line 4"]


# At which company, and where.

ZOOM = "https://us02.zoom.us/j/1?p=a"


@pytest.mark.parametrize(
    ("title", "address", "company"),
    [
        ("Interview at Acme", "", "Acme"),
        ("Technical interview @ Acme Ünited (Zoom)", "", "Acme Ünited"),
        ("Interview at Acme - round 2", "", "Acme"),
        ("Phone screen with Ana from Acme", "", "Acme"),
        ("Acme GmbH interview", "", "Acme GmbH"),
        ("Interview with Acme", "ana@acme.example", "Acme"),
        ("Interview: Acme Corp", "jobs@mail.acme.co.uk", "Acme Corp"),
        ("Ana (Acme) phone screen", "ana@acme.example", "Acme"),
        ("Interview with Acme", "ana@gmail.com", ""),
        ("Interview with Ana Lind", "ana@acme.example", ""),
        ("Interview - Software Engineer", "", ""),
        ("Acme interview", "", ""),
        ("Interview at 10", "", ""),
        ("Interview at home", "", ""),
        ("Interview at Lund office", "", ""),
        ("Interview @ Zoom", "", ""),
        ("Interview with Ana from HR", "", ""),
        ("Interview with Ana of HR at Acme", "", "Acme"),
        ("Interview for Cook at Acme", "", "Acme"),
        ("Interview: Product Manager @ Acme", "", "Acme"),
        ("Interview at 12 High Street", "", ""),
        ("Coffee with recruiter at Starbucks", "", ""),
        ("Interview", "me@work.example", ""),
    ],
)
def test_a_company_is_taken_where_it_is_sure_and_else_asked_for(title, address, company, bring):
    preview = bring(event(title, ":20261203T143000", *([f"ORGANIZER:mailto:{address}"] if address else [])))
    assert preview.records["company"].tolist() == ([company] if company else [])
    assert preview.problems["kind"].tolist() == ([] if company else ["company"])
    if not company:
        assert preview.report["fate"].tolist() == ["needs attention"]
        assert only(bring(event(title), companies={title: "Said"}))["company"] == "Said"


def test_what_may_be_the_company_is_said_and_a_wrong_title_refused(bring):
    (asked,) = bring(event("Interview with Acme")).problems.to_dict("records")
    assert (asked["line"], asked["value"]) == (4, "Interview with Acme")
    assert asked["problem"] == "names no company for sure; say which (perhaps 'Acme')"
    with pytest.raises(
        ValueError, match=r"^'Lunch' is no event whose company is asked for; it is asked for 'Interview'$"
    ):
        bring(event("Interview"), companies={"Lunch": "Acme"})


@pytest.mark.parametrize(
    ("more", "place", "besides"),
    [
        (["LOCATION:12 High Street\\, Lund"], "12 High Street, Lund", ""),
        (["LOCATION:Zoom Meeting", "DESCRIPTION:Join: https://us02.zoom.us/j/1?p=a."], ZOOM, "Address: Zoom Meeting"),
        (["X-GOOGLE-CONFERENCE:https://meet.google.com/a-b"], "https://meet.google.com/a-b", ""),
        (["LOCATION:12 High Street", "DESCRIPTION:https://meet.google.com/a"], "12 High Street", "Address: https://meet.google.com/a"),
        (["URL:https://acme.example/visit"], "https://acme.example/visit", ""),
        (["URL:https://calendar.google.com/event?eid=1"], "", ""),
        (["LOCATION:phone"], "phone", ""),
        (["DESCRIPTION:See https://acme.example/jobs"], "", ""),
    ],
)  # fmt: skip
def test_the_place_is_an_address_or_the_link_of_the_call(more, place, besides, bring):
    record = only(bring(event("Interview at Acme", ":20261203T143000", *more)))
    assert record["place"] == place
    assert besides in record["notes"]


def test_what_else_an_event_says_stays_in_the_notes(bring):
    more = ['ORGANIZER;CN="Lind, Ada":mailto:ada@acme.example', "DESCRIPTION:Bring\\na CV\\, please"]
    notes = only(bring(event("Interview at Acme", ":20261203T143000", *more)))["notes"]
    assert notes == (
        "Title: Interview at Acme\nInvited by: Lind, Ada, ada@acme.example\nDescription: Bring\na CV, please"
    )


# What becomes of them.


def test_a_cancelled_event_is_a_cancelled_interview_and_a_past_one_is_asked_about(bring):
    assert only(bring(event("Interview at Acme", ":20261203T143000", "STATUS:CANCELLED")))["outcome"] == "cancelled"
    assert only(bring(event(), around="METHOD:CANCEL\n"))["outcome"] == "cancelled"
    past = bring(event(start=":20261103T143000"))
    assert (only(past)["outcome"], past.problems["kind"].tolist()) == ("pending", ["passed"])
    said = bring(event(start=":20261103T143000"), words={"Scheduled": "planned"})
    assert (only(said)["outcome"], said.problems.empty) == ("planned", True)


def test_importing_the_same_calendar_again_adds_nothing(tmp_path, bring):
    journal = ik.Journal(tmp_path / "mine")
    first = bring(event(), event("Onsite at Bolt", ":20261204T090000", uid="2@other"))
    assert len(journal.add_all("interviews", first.records).added) == 2
    again = bring(event("Onsite at Bolt", ":20261204T090000", uid="2@other"), event())
    assert len(journal.add_all("interviews", again.records).unchanged) == 2
    moved = bring(event(start=":20261205T143000"))
    assert journal.add_all("interviews", moved.records).conflicting == [first.records["id"][0]]
    assert ik.upcoming(journal, as_of=TODAY)["company"].tolist() == ["Acme", "Bolt"]


def test_events_without_a_uid_are_told_apart_by_what_they_say(bring):
    bare = [event(start=start).partition("\n")[2] for start in (":20261203T143000", ":20261204T143000")]
    assert bring(*bare).records["id"].nunique() == 2


# Files that are broken, hostile or large.

FINE = calendar(event())
BROKEN = {
    "half": (
        FINE[: FINE.index("END:VEVENT")],
        "half.ics breaks off within what begins in line 4, as where a download stops early",
    ),
    "no end": (FINE.replace("END:VCALENDAR\r\n", ""), "no end.ics breaks off before its last line"),
    "within": (
        FINE.replace("SUMMARY", "BEGIN:VEVENT\r\nSUMMARY"),
        "within.ics line 6 begins within another entry",
    ),
    "ends": (FINE.replace("END:VEVENT", "END:VTODO"), "ends.ics line 8 ends what does not begin before it"),
    "page": ("<html></html>", "page.ics is no calendar: line 1 stands outside of one"),
    "empty": ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "empty.ics holds no event"),
    "deep": ("BEGIN:VCALENDAR\r\n" + "BEGIN:A\r\n" * 9, "deep.ics line 9 begins within another entry"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_where_and_how_to_mend_it(name, tmp_path):
    content, sentence = BROKEN[name]
    path = tmp_path / f"{name}.ics"
    path.write_text(content, newline="")
    with pytest.raises(SpreadsheetError) as refused:
        preview_import(path)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith("; export the calendar as .ics again, and import that")


def test_one_broken_event_does_no_harm_to_the_others(bring):
    preview = bring(event(start=":2026"), event(uid="2@other"), "SUMMARY:Interview at Bolt")
    assert preview.report["fate"].tolist() == ["needs attention", "imported", "needs attention"]
    assert why(preview)[0].startswith("cannot be read; ")
    assert why(preview)[2] == "has no day that can be read; export the calendar as .ics again, and import that"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles"])
@pytest.mark.parametrize(
    ("start", "line"),
    [
        (":20261203T143000", "DTEND:20261203T150000\nDTEND:20261203T160000"),
        (":20261203T143000", "DURATION:P9999999D"),
        (":20261203T143000", "DURATION:PT1H\nDURATION:PT2H"),
        (":20261203T143000", "DURATION:soon"),
        (":20261203T143000", "DTEND:soon"),
        (":20261203T143000", "DTSTART:20261203T150000"),
        (";VALUE=PERIOD:20261203T143000/PT1H", "X-A:1"),
        (";VALUE=TIME:143000", "X-A:1"),
        (":99991231T235959", "DURATION:PT2H"),
    ],
)
def test_an_odd_event_needs_attention_and_the_others_come_in(start, line, zone, bring, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    preview = bring(event("Interview at Bolt", start, line), event(uid="2@other"))
    assert preview.report["fate"].tolist() == ["needs attention", "imported"]
    assert why(preview)[0].startswith(("cannot be read; ", "has no day that can be read; "))
    assert only(preview)["company"] == "Acme"


@pytest.mark.parametrize("line", ["DTEND:99991231T235959Z", "DTEND;TZID=Asia/Tokyo:00010101T000000"])
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_an_event_that_ends_at_the_end_of_time_stops_nothing(line, zone, bring, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    preview = bring(event("Interview at Bolt", ":20261203T143000", line), event(uid="2@other"))
    assert preview.report["fate"].isin(["needs attention", "imported"]).tolist() == [True, True]
    assert preview.report["fate"][1] == "imported"


def test_hostile_text_is_only_text(tmp_path, bring):
    more = ["LOCATION:=cmd()\\nEND:VEVENT", "DESCRIPTION:<script>\\nBEGIN:VEVENT"]
    title = "Interview at =HYPERLINK Acme <b>"
    preview = bring(event(title, ":20261203T143000", *more), companies={title: "=Acme"})
    journal = ik.Journal(tmp_path / "mine")
    journal.add_all("interviews", preview.records)
    assert journal.interviews()["place"].tolist() == ["=cmd()\nEND:VEVENT"]
    assert "'=cmd()" in (tmp_path / "mine" / "interviews.csv").read_text("utf-8-sig")


def test_a_calendar_of_years_is_read_in_seconds(tmp_path):
    start = datetime(2016, 1, 1, 9)
    many = [
        event(
            "Stand-up" if at % 50 else "Interview at Acme", f":{start + timedelta(hours=at):%Y%m%dT%H%M%S}", uid=f"{at}"
        )
        for at in range(20_000)
    ]
    path = tmp_path / "years.ics"
    path.write_text(calendar(*many), newline="")
    started = time.process_time()
    preview = preview_import(path, as_of=TODAY)
    assert (len(preview.records), len(preview.report)) == (400, 20_000)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "line",
    [
        "DESCRIPTION:" + "https://" * 400_000,
        "X;" + '"a' * 400_000,
        "LOCATION:" + "zoom " * 400_000,
        "ATTENDEE:mailto:" + "@a." * 400_000,
        "X" * 2_000_000,
    ],
    ids=["links", "quotes", "words", "hosts", "name"],
)
def test_a_line_that_never_ends_takes_no_time(line, bring):
    started = time.process_time()
    bring(event("Interview at Acme", ":20261203T143000", line), event("Interview with " + "at A " * 100_000, uid="2"))
    assert time.process_time() - started < 10


def test_other_entries_are_said_to_be_left_out(bring):
    preview = bring(event(), around="BEGIN:VTODO\nSUMMARY:Interview at Bolt\nEND:VTODO\n")
    assert preview.problems["problem"].tolist() == [
        "calendar.ics also holds 1 to-do or the like; only its events are looked at"
    ]


@settings(max_examples=100, deadline=None)
@given(lines=st.lists(st.one_of(st.text(max_size=30), st.sampled_from(calendar(event()).split("\r\n"))), max_size=25))
def test_whatever_stands_in_a_calendar_each_event_is_accounted_for(lines):
    raw = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode("utf-8", "surrogatepass")
    try:
        (sheet,) = sheets_of("any.ics", raw)
    except SpreadsheetError:
        return
    preview = ik.importing.preview_sheets([sheet], as_of=TODAY)
    assert len(preview.report) == len(sheet.lines) + len(sheet.left)
    for record in preview.records.to_dict("records"):
        for name, value in record.items():
            schema.to_text(schema.INTERVIEWS.column(name).kind, value)


# In the panel, and by the command.


def test_the_panel_asks_for_the_company_and_imports(tmp_path):
    journal, path = ik.Journal(tmp_path / "mine"), tmp_path / "calendar.ics"
    path.write_text(calendar(event("Interview with Acme", ":20781203T143000")), newline="")
    bringing = ImportPanel(journal)
    bringing.path.value = str(path)
    bringing.look()
    assert bringing.import_button.disabled
    (field,) = bringing.companies.values()
    assert (field.description, field.placeholder) == ("Which company is “Interview with Acme” at?", "Perhaps Acme")
    field.value = "Acme"
    assert bringing.preview.records["company"].tolist() == ["Acme"]
    bringing.import_button.click()
    assert bringing.message.text == "Imported 1 record."
    assert journal.interviews()["outcome"].tolist() == ["planned"]
    bringing.look()
    assert list(bringing.companies) == ["Interview with Acme"]
    assert bringing.companies["Interview with Acme"].value == ""


def run(*arguments):
    from interview_kit.app import main

    return main(["import", *map(str, arguments)])


def test_the_command_takes_a_calendar_and_the_companies_of_its_events(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    path, records = tmp_path / "calendar.ics", ("--records", tmp_path / "mine")
    path.write_text(calendar(event("Interview with Acme", ":20781203T143000")), newline="")
    assert run(path, *records, "--yes") == 1
    assert "'Interview with Acme' names no company for sure; say which (perhaps 'Acme')" in capsys.readouterr().out
    assert run(path, *records, "--yes", "--company", "Interview with Acme=Acme") == 0
    assert "Imported 1 record.\n" in capsys.readouterr().out
    assert run(path, *records, "--yes", "--company", "Lunch=Acme") == 2
    assert '--company "Lunch=Acme": ' in capsys.readouterr().err


@pytest.mark.parametrize(
    "title",
    [
        "Interview: Customer Success Manager at Acme",
        "User Researcher interview at Acme",
        "Research Engineer interview at Acme",
        "Interview at School of Acme",
        "Job interview: Training Coordinator, Acme",
        "Technical interview, Health Data Analyst at Acme",
        "Dental nurse interview at Acme",
    ],
)
def test_a_job_that_sounds_like_something_else_is_an_interview(title):
    assert titles.is_interview(title)


def test_an_event_that_was_left_out_comes_in_once_its_company_is_told(bring):
    entries = [event("Lunch with Ana", ":20261203T123000", uid="1"), event("Dentist", uid="2")]
    preview = bring(*entries)
    assert preview.records.empty
    (left,) = preview.problems.to_dict("records")
    assert (str(left["kind"]), left["rows"]) == ("other events", 2)
    assert "'Lunch with Ana', 'Dentist'" in left["problem"]
    told = bring(*entries, companies={"Lunch with Ana": "Acme"})
    assert (only(told)["company"], only(told)["stage"]) == ("Acme", "interview")
    assert told.report["fate"].tolist() == ["imported", "skipped"]
    assert told.problems["rows"].tolist() == [1]
    assert bring(*entries, companies={"Lunch with Ana": " "}).records.empty


def test_of_an_event_that_comes_in_by_its_title_the_newest_version_and_the_first_day_count(tmp_path, bring):
    title = "Lunch with Ana"
    entries = [
        event(title, ":20261203T123000", "SEQUENCE:1"),
        event(title, ":20261204T123000", "SEQUENCE:2", "RRULE:FREQ=WEEKLY"),
        event(title, ":20261212T123000", "RECURRENCE-ID:20261211T123000"),
    ]
    preview = bring(*entries, companies={title: "Acme"})
    assert f"{only(preview)['interviewed_on']:%Y-%m-%d}" == "2026-12-04"
    assert why(preview) == [
        "an older version of the event in line 10",
        "it repeats; only the first day is taken",
        "another day of an event that repeats; only the first is taken",
    ]
    assert len(ik.Journal(tmp_path / "mine").add_all("interviews", preview.records).added) == 1
    assert why(bring(*entries))[0] == "an older version of the event in line 10"


@pytest.mark.parametrize("title", ["Interview at Acme", "Lunch with Ana"])
def test_an_event_without_a_uid_that_stands_there_twice_is_one(title, tmp_path, bring):
    one = event(title, ":20261203T143000").partition("\n")[2]
    here = event(title, ":20261203T133000Z").partition("\n")[2]
    preview = bring(one, one, here, companies={title: "Acme"} if title != "Interview at Acme" else None)
    assert preview.report["fate"].tolist() == ["imported", "skipped", "skipped"]
    assert why(preview)[1:] == ["the event in line 4 again"] * 2
    assert len(ik.Journal(tmp_path / "mine").add_all("interviews", preview.records).added) == 1


def test_an_event_of_two_calendars_comes_in_once(tmp_path):
    one, other = tmp_path / "one.ics", tmp_path / "other.ics"
    one.write_text(calendar(event(), event("Lunch with Ana", uid="2@other")), newline="")
    other.write_text(calendar(event("Lunch with Ana", uid="2@other"), event(), event(uid="3@other")), newline="")
    preview = preview_import([one, other], companies={"Lunch with Ana": "Bolt"}, as_of=TODAY)
    assert preview.records["id"].is_unique
    assert sorted(preview.records["company"]) == ["Acme", "Acme", "Bolt"]
    assert sum("again" in one for one in why(preview)) == 2
    assert "the event in line 4 of one.ics again" in why(preview)
    assert len(ik.Journal(tmp_path / "mine").add_all("interviews", preview.records).added) == 3

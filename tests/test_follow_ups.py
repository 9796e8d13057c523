"""What is due: planned and suggested, to the day."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import interview_kit as ik
from interview_kit import app
from interview_kit.journal import SAMPLE, Journal
from interview_kit.next_steps import today_lines, when_words

TODAY = date(2026, 5, 20)


def ago(days):
    return TODAY - timedelta(days=days)


def interviews(**columns):
    given = {"id": "i-1", "company": "Acme", "interviewed_on": ago(1), "outcome": "pending", "stage": "screen"}
    return pd.DataFrame([given | columns])


def follow_ups(*rows):
    return pd.DataFrame([{"id": f"f-{place}", "interview_id": "i-1"} | row for place, row in enumerate(rows)])


def due(table, **more):
    frames = {
        "interviews": table,
        **{name: more.pop(name) for name in list(more) if name in ("follow_ups", "contacts")},
    }
    return ik.due_follow_ups(frames, as_of=TODAY, **more)


def kinds(table):
    return list(table["kind"])


def chances(chance, low, high, key="i-1"):
    return pd.DataFrame([{"id": key, "chance": chance, "ci_low": low, "ci_high": high}])


# What was planned


def test_a_planned_follow_up_says_what_why_and_since_when():
    contacts = pd.DataFrame([{"id": "c-1", "name": "Ada Lind", "company": "Acme"}])
    planned = follow_ups({"kind": "thank-you", "due_on": ago(3), "contact_id": "c-1", "note": "Mention\nthe maps"})
    row = due(interviews(interviewed_on=ago(9)), follow_ups=planned, contacts=contacts).iloc[0]
    assert row.to_dict() == {
        "key": "f-0",
        "what": "Thank Ada Lind at Acme",
        "kind": "thank-you",
        "company": "Acme",
        "contact": "Ada Lind",
        "due_on": pd.Timestamp(ago(3)),
        "days_overdue": 3,
        "why": "Mention the maps",
        "since": pd.Timestamp(ago(9)),
        "suggested": False,
        "follow_up_id": "f-0",
        "interview_id": "i-1",
        "contact_id": "c-1",
    }


def test_what_is_done_is_gone_and_what_is_later_waits():
    planned = follow_ups(
        {"kind": "thank-you", "due_on": ago(3), "done_on": ago(2)},
        {"kind": "stay in touch", "due_on": ago(-8)},
        {"kind": "stay in touch", "due_on": ago(-7)},
        {"kind": "send information", "due_on": None},
    )
    table = due(interviews(), follow_ups=planned)
    assert list(table["key"]) == ["f-2", "f-3"]
    assert list(table["days_overdue"].fillna(99)) == [-7, 99]
    assert table.attrs["left_out"] == {"later": 1, "answered": 0, "dismissed": 0}
    assert table.attrs["sentence"] == "2 things to do: 1 coming up and 1 without a date."
    assert list(due(interviews(), follow_ups=planned, within_days=8)["key"]) == ["f-2", "f-1", "f-3"]


def test_a_status_question_is_left_out_once_the_answer_is_known():
    planned = follow_ups({"kind": "ask status", "due_on": ago(0)}, {"kind": "thank-you", "due_on": ago(0)})
    table = due(interviews(outcome="rejected"), follow_ups=planned)
    assert kinds(table) == ["thank-you"]
    assert table.attrs["left_out"]["answered"] == 1
    assert table.attrs["sentence"] == "1 thing to do, due today."


def test_a_follow_up_written_by_hand_shows_up(tmp_path):
    (tmp_path / "follow_ups.csv").write_text("company,kind,due_on\nAcme,thanks,2026-05-19\n,,\nBolt,call,\n")
    table = ik.due_follow_ups(Journal(tmp_path), as_of=TODAY)
    assert list(table["what"]) == ["Thank Acme", "Follow up with Bolt"]
    assert table["key"].str.startswith("f-row-").all()
    assert list(table["why"]) == ["You planned it."] * 2


def test_a_company_named_by_hand_leads_to_its_latest_interview():
    both = pd.concat([interviews(interviewed_on=ago(40)), interviews(id="i-2", interviewed_on=ago(20))])
    by_hand = pd.DataFrame([{"company": "ACME", "kind": "stay in touch"}])
    row = due(both.assign(outcome="callback"), follow_ups=by_hand).iloc[0]
    assert (row["interview_id"], row["since"].date()) == ("i-2", ago(20))


# What is suggested


@pytest.mark.parametrize(("days", "suggested"), [(0, True), (2, True), (7, True), (8, False), (-1, False)])
def test_a_thank_you_is_suggested_for_a_week_and_due_after_two_days(days, suggested):
    table = due(interviews(interviewed_on=ago(days), outcome="callback"))
    assert kinds(table) == ["thank-you"] * suggested
    if suggested:
        row = table.iloc[0]
        assert (row["due_on"].date(), row["days_overdue"]) == (ago(days - 2), days - 2)
        assert row["key"] == "thank-you:i-1"
        day = ago(days)
        assert row["why"] == f"No thank-you is noted for the interview on {day.day} {day:%b %Y}."


@pytest.mark.parametrize("row", [{"due_on": ago(-30)}, {"due_on": ago(1), "done_on": ago(1)}])
def test_nothing_is_suggested_where_it_was_planned_or_done(row):
    assert "thank-you:i-1" not in set(due(interviews(), follow_ups=follow_ups({"kind": "thank-you"} | row))["key"])


def test_a_thank_you_noted_for_a_person_they_met_counts():
    contacts = pd.DataFrame([{"id": "c-1", "name": "Ada", "company": "ACME", "met_on": ago(1)}])
    sent = pd.DataFrame([{"contact_id": "c-1", "kind": "thank-you", "done_on": ago(0)}])
    assert due(interviews(), follow_ups=sent, contacts=contacts).empty
    by_hand = pd.DataFrame([{"company": "acme", "kind": "thank-you", "done_on": ago(0)}])
    assert due(interviews(), follow_ups=by_hand).empty


def test_a_suggestion_names_all_whom_they_met():
    contacts = pd.DataFrame([{"interview_id": "i-1", "name": name} for name in ("Ada", "Bo", "")])
    row = due(interviews(), contacts=contacts).iloc[0]
    assert (row["what"], row["contact"], row["contact_id"]) == ("Thank Ada and Bo at Acme", "Ada and Bo", "")


@pytest.mark.parametrize("more", [{"stage": "applied"}, {"outcome": "withdrawn"}, {"interviewed_on": None}])
def test_applications_withdrawn_and_undated_interviews_bring_nothing(more):
    assert due(interviews(**{"interviewed_on": ago(12), "still_needed": "CV"} | more)).empty


@pytest.mark.parametrize(
    ("days", "outcome", "suggested"),
    [(1, "pending", True), (30, "callback", True), (31, "callback", False), (3, "rejected", False)],
)
def test_what_they_still_need_is_suggested_for_a_month(days, outcome, suggested):
    table = due(interviews(interviewed_on=ago(days), outcome=outcome, still_needed="Two\nreferences"))
    found = table[table["kind"] == "send information"]
    assert list(found["why"]) == ["They still need: Two references"] * suggested
    assert list(found["due_on"]) == [pd.Timestamp(ago(days - 2))] * suggested


@pytest.mark.parametrize(("days", "suggested"), [(9, False), (10, True), (60, True), (61, False)])
def test_ten_days_of_silence_without_records_to_go_by(days, suggested):
    table = due(interviews(interviewed_on=ago(days)))
    assert kinds(table) == ["ask status"] * suggested
    if suggested:
        day = ago(days)
        begin = f"{days} days of silence since the interview on {day.day} {day:%b %Y}"
        assert table["why"][0] == f"{begin}; after 10 it is fair to ask."
        assert table["due_on"][0] == pd.Timestamp(ago(days - 10))


@pytest.mark.parametrize(
    ("days", "found", "due_after"),
    [
        (4, (0.1, 0.0, 0.4), None),  # unlikely by now, but too soon to ask
        (6, (0.1, 0.0, 0.4), 6),
        (15, (0.1, 0.0, 0.4), 10),
        (15, (0.6, 0.4, 0.8), None),  # their own records: callbacks still come
        (21, (0.6, 0.4, 0.8), 21),
        (9, (0.1, 0.0, 0.9), None),  # too few answers to go by: ten days
        (12, (0.9, 0.1, 1.0), 10),
        (12, (float("nan"),) * 3, 10),
    ],
)
def test_their_own_records_say_when_silence_is_long(days, found, due_after):
    table = due(interviews(interviewed_on=ago(days)), chances=chances(*found))
    asked = table[table["kind"] == "ask status"]
    expected = [] if due_after is None else [pd.Timestamp(ago(days - due_after))]
    assert list(asked["due_on"]) == expected


def test_the_reason_tells_what_the_records_say():
    table = due(interviews(interviewed_on=ago(12)), chances=chances(0.1, 0.02, 0.31))
    assert table["why"][0].endswith("In your records a callback still came in 10% of such cases (2% to 31%).")


@pytest.mark.parametrize(
    ("found", "asked"),
    [((0.0, 0.0, 0.2), False), ((0.004, 0.0, 0.01), False), ((0.0, 0.0, 0.21), True), ((0.02, 0.0, 0.1), True)],
)
def test_asking_ends_where_nobody_silent_as_long_still_called(found, asked):
    table = due(interviews(interviewed_on=ago(40)), chances=chances(*found))
    assert kinds(table) == ["ask status"] * asked


def test_no_callback_among_few_is_said_with_how_little_it_means():
    table = due(interviews(interviewed_on=ago(40)), chances=chances(0.0, 0.0, 0.39))
    assert table["why"][0].endswith(
        " In your records no callback came after so long, but they are few (plausibly 0% to 39%)."
    )


def test_a_range_without_width_is_no_range():
    table = due(interviews(interviewed_on=ago(40)), chances=chances(0.999, 0.996, 1.0))
    assert table["why"][0].endswith(" In your records a callback still came in 100% of such cases.")


def test_sixteen_who_waited_longer_without_a_call_are_enough():
    answered = [
        {"id": f"i-{n}", "company": f"No {n}", "interviewed_on": ago(90), "outcome_on": ago(30)} for n in range(20)
    ]
    early = {
        "id": "i-early",
        "company": "Early",
        "interviewed_on": ago(90),
        "outcome_on": ago(85),
        "outcome": "callback",
    }
    open_one = {"id": "i-open", "company": "Open", "interviewed_on": ago(40), "outcome": "pending"}

    def suggested(count):
        rows = [row | {"outcome": "rejected"} for row in answered[:count]]
        frame = pd.DataFrame([*rows, early, open_one])
        return kinds(due(frame, chances=ik.pending_chances(frame, as_of=TODAY)))

    assert (suggested(15), suggested(16)) == (["ask status"], [])


def test_a_suggestion_is_counted_as_one_and_never_as_overdue():
    table = due(interviews(interviewed_on=ago(20)), follow_ups=follow_ups({"kind": "stay in touch", "due_on": ago(1)}))
    assert table.attrs["sentence"] == "2 things to do: 1 overdue and 1 suggested."
    assert [when_words(row) for row in table.to_dict("records")] == ["suggested since 10 May 2026", "1 day overdue"]


def test_an_interview_that_is_not_open_in_the_chances_is_not_asked_about():
    assert due(interviews(interviewed_on=ago(12)), chances=chances(0.1, 0.0, 0.2, "i-2")).empty


def test_no_status_question_once_asked_or_gone_on():
    asked = follow_ups({"kind": "ask status", "due_on": ago(3), "done_on": ago(3)})
    assert due(interviews(interviewed_on=ago(20)), follow_ups=asked).empty
    rounds = pd.concat(
        [interviews(interviewed_on=ago(30)), interviews(id="i-2", company="acme", interviewed_on=ago(9))]
    )
    assert due(rounds).empty


def test_a_dismissed_suggestion_stays_away_and_is_counted():
    table = due(interviews(), dismissed=["thank-you:i-1"])
    assert table.empty
    assert table.attrs["left_out"]["dismissed"] == 1


def test_a_journal_remembers_what_was_dismissed_and_keeps_the_focus(tmp_path):
    journal = Journal(tmp_path)
    journal.add("interviews", {"id": "i-1", "company": "Acme", "interviewed_on": ago(1)})
    journal.choose_focus("did_prepare")
    journal.dismiss("thank-you:i-1")
    assert ik.due_follow_ups(Journal(tmp_path), as_of=TODAY).empty
    journal.choose_focus("did_give_examples")
    assert journal.dismissed() == ["thank-you:i-1"]
    journal.undismiss("thank-you:i-1")
    assert len(ik.due_follow_ups(journal, as_of=TODAY)) == 1
    assert journal.focus() == "did_give_examples"


def test_settings_that_cannot_be_read_are_set_aside_and_not_lost(tmp_path):
    journal = Journal(tmp_path)
    (tmp_path / ".settings.json").write_text("{broken")
    assert journal.dismissed() == []
    journal.dismiss("thank-you:i-1")
    assert journal.dismissed() == ["thank-you:i-1"]
    assert (tmp_path / ".settings.set-aside.json").read_text() == "{broken"


def test_two_journals_that_dismiss_at_once_lose_nothing(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    keys = [f"thank-you:i-{number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda key: Journal(tmp_path).dismiss(key), keys))
    assert sorted(Journal(tmp_path).dismissed()) == sorted(keys)


def test_a_suggestion_has_an_id_to_be_noted_with():
    first, second = (due(interviews())["follow_up_id"][0] for _ in range(2))
    assert first == second
    assert first.startswith("f-")
    assert len(first) == 12


# Every shape


def test_without_records_there_is_nothing_to_do():
    table = ik.due_follow_ups({}, as_of=TODAY)
    assert (len(table), table.attrs["sentence"]) == (0, "Nothing is due.")
    assert str(table["due_on"].dtype) == "datetime64[us]"


def test_a_frame_with_few_columns_and_its_own_spellings_works_and_stays_as_it_is():
    frame = pd.DataFrame(
        {"company": ["Acme", "Acme"], "interviewed_on": ["2026-05-19"] * 2, "outcome": [None, "ghosted"]}
    )
    before = frame.copy(deep=True)
    table = ik.due_follow_ups({"interviews": frame}, as_of="2026-05-20")
    assert table["key"].is_unique
    assert kinds(table) == ["thank-you"] * 2
    pd.testing.assert_frame_equal(frame, before)


def test_the_sample_gives_the_list_of_its_last_days():
    journal = Journal(SAMPLE.parent)
    waiting = ik.pending_chances(journal.interviews(), as_of="2026-11-03")
    table = ik.due_follow_ups(journal, as_of="2026-11-03", chances=waiting)
    assert table.attrs["sentence"] == "8 things to do: 3 overdue, 2 due today, 2 coming up and 1 suggested."
    assert list(table["kind"][table["suggested"]]) == ["ask status"]


@pytest.mark.parametrize(
    ("records", "arguments", "message"),
    [
        ({}, {"within_days": -1}, "within_days is -1; it must be a whole number of days, 0 or more, such as 30"),
        (
            {"interviews": pd.DataFrame([["Acme", "Bolt"]], columns=["company", "company"])},
            {},
            "records['interviews'] has the column 'company' twice; each column needs its own name",
        ),
        (
            {},
            {"as_of": "soon"},
            "as_of is 'soon'; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'",
        ),
        ([], {}, "records is a list; it must be a Journal, or frames by name, such as {'interviews': frame}"),
        ({"followups": None}, {}, "records holds 'followups', which is no table; did you mean 'follow_ups'?"),
        ({"contacts": []}, {}, "records['contacts'] is a list; it must be a pandas DataFrame"),
        (
            {"interviews": pd.DataFrame({"outcome": ["maybe"]})},
            {},
            "outcome holds 'maybe', which is not one of "
            "pending, callback, offer, rejected, no reply, withdrawn, planned, cancelled",
        ),
        (
            {"follow_ups": pd.DataFrame({"due_on": ["soon"]})},
            {},
            "due_on holds 'soon', which is not a date; write it as year-month-day, such as 2026-04-03",
        ),
    ],
)
def test_wrong_arguments_are_named_with_what_is_accepted(records, arguments, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        ik.due_follow_ups(records, **arguments)
    assert str(error.value) == message


@pytest.mark.parametrize("ask", [ik.due_follow_ups, ik.practice_queue])
def test_days_to_look_ahead_are_any_whole_number(ask):
    mine = Journal(SAMPLE.parent)
    days = np.int64(7)
    assert ask(mine, as_of="2026-11-03", within_days=days).equals(ask(mine, as_of="2026-11-03", within_days=7))
    far = ask(mine, as_of="2026-11-03", within_days=10**12)
    assert far.equals(ask(mine, as_of="2026-11-03", within_days=10_000))
    for wrong in ("7", None, 1.5, True):
        with pytest.raises(ValueError, match=f"within_days is {wrong!r}; it must be a whole number of days"):
            ask(mine, within_days=wrong)


# The command line


def test_today_prints_the_same_list(capsys):
    assert app.main(["today", "--records", str(SAMPLE.parent), "--as-of", "2026-11-03"]) == 0
    printed = capsys.readouterr().out.splitlines()
    journal = Journal(SAMPLE.parent)
    waiting = ik.pending_chances(journal.interviews(), as_of="2026-11-03")
    assert printed == today_lines(journal, as_of="2026-11-03", chances=waiting)
    assert printed[0] == "3 Nov 2026. 3 interviews are coming."
    begin = printed.index("") + 1
    assert printed[begin : begin + 3] == [
        "8 things to do: 3 overdue, 2 due today, 2 coming up and 1 suggested.",
        "- Stay in touch with Yuki Tanemori at Perrigold Sports: 9 days overdue",
        "  Ask whether the spring plan still stands.",
    ]
    assert "- Ask Bram Osterhoudt at Orsolane Textiles where things stand: today, suggested" in printed
    assert printed[-3] == "54 questions to practice, 13 of them answered badly."


def test_today_without_records_says_what_to_do(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path / "mine"))
    assert app.main(["today"]) == 0
    assert capsys.readouterr().out == (
        "Nothing is written down yet. Write an interview down, and what to do next is listed here.\n"
    )
    assert not (tmp_path / "mine").exists()


def test_today_names_what_it_could_not_read(capsys, tmp_path):
    (tmp_path / "follow_ups.csv").write_text("company,kind,due_on\nAcme,thank-you,soon\n")
    app.main(["today", "--records", str(tmp_path), "--as-of", "2026-05-20"])
    assert capsys.readouterr().out == (
        "20 May 2026. 1 thing to do, without a date.\n- Thank Acme: no date\n  You planned it.\n\n"
        "Nothing to practice today.\n\nLeft out, since it cannot be read:\n"
        "- follow_ups.csv, line 2, due_on: 'soon' is not a date; write it as year-month-day, such as 2026-04-03\n"
    )


def test_today_refuses_a_folder_that_is_not_there_and_a_date_it_cannot_read(capsys):
    assert app.main(["today", "--records", "nowhere"]) == 1
    assert capsys.readouterr().err == "nowhere is not there; name the folder of your records, or a CSV of interviews\n"
    with pytest.raises(SystemExit):
        app.main(["today", "--as-of", "03/04/2026"])
    assert "argument --as-of: '03/04/2026' can be 2026-03-04 or 2026-04-03; write the one you mean" in (
        capsys.readouterr().err
    )

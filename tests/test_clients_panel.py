"""The table of people and the panels that take many people's records, driven without a browser."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import interview_kit as ik
from interview_kit import next_steps
from interview_kit.journal import SAMPLE
from interview_kit.widgets import clients_panel, navigation, people_table
from interview_kit.widgets.panel import CHANGED_ON_DISK
from tests.test_clients import bytes_in
from tests.test_people import row, write

TODAY = "2026-11-03"


@pytest.fixture
def folder(tmp_path) -> Path:
    """Three clients: two with the sample, as a CSV and as a folder of records, one with a single interview."""
    own = tmp_path / "client02"
    own.mkdir()
    for name in ("interviews", "questions", "contacts", "follow_ups", "stories"):
        (own / f"{name}.csv").write_bytes((SAMPLE.parent / f"{name}.csv").read_bytes())
    (tmp_path / "client01.csv").write_bytes(SAMPLE.read_bytes().replace(b"i-", b"i-1"))
    write(tmp_path / "client03.csv", row("x", day="2026-10-30", outcome="pending"))
    return tmp_path


@pytest.fixture
def clients(folder) -> ik.Clients:
    return ik.Clients(folder)


def text_of(panel) -> str:
    """Return the HTML of everything in a panel."""
    found = [getattr(panel, "value", "")] if isinstance(getattr(panel, "value", ""), str) else []
    return " ".join([*found, *(text_of(child) for child in getattr(panel, "children", ()))])


def test_the_table_names_everyone_and_what_is_overdue_first(folder):
    before = bytes_in(folder)
    panel = ik.ClientsPanel(folder)
    assert set(panel.overview["person"]) == {"client01", "client02", "client03"}
    assert panel.overview["overdue"].is_monotonic_decreasing
    assert panel.overview.attrs["sentence"] in panel.answer.value
    assert [value for _, value in panel.whose.options] == ["", "client01", "client02", "client03"]
    assert bytes_in(folder) == before


def test_a_rate_stands_with_its_range_and_what_they_work_on_as_one_says_it(folder):
    panel = ik.ClientsPanel(folder, as_of=date.fromisoformat(TODAY))
    shown = people_table.shown_rows(panel.overview, [""] * 3).set_index("Person")
    rate = shown["Called back (range)"].str.replace("\N{NO-BREAK SPACE}", " ")
    assert rate["client02"] == "21 of 57: 37% (26% to 50%)"
    assert rate["client03"] == ""
    assert shown["Works on"].to_dict() == {
        "client01": "asking questions at the end",
        "client02": "asking questions at the end",
        "client03": "",
    }
    assert people_table.works_on_words("rated_calm") == "high ratings for calm"


def bets_in(panel) -> dict[str, str]:
    """Return the best bets that a panel shows by person."""
    shown = panel.table.df
    return dict(zip(shown["Person"], shown["Best bet so far"], strict=True))


def hear(panel, kind: str, **more) -> None:
    """Tell a panel what the page would tell it."""
    panel._hear(panel.guard, {"kind": kind, **more}, [])


def test_the_table_is_there_before_the_best_bets_which_come_once_it_is_on_screen(folder, monkeypatch):
    asked, told, short_bet = [], [], clients_panel.patterns.short_bet
    monkeypatch.setattr(clients_panel.patterns, "short_bet", lambda table: asked.append(table) or short_bet(table))
    panel = ik.ClientsPanel(folder)
    monkeypatch.setattr(panel.guard, "send", told.append)
    assert asked == []
    assert bets_in(panel) == dict.fromkeys(("client01", "client02", "client03"), "…")
    hear(panel, "theme", dark=True)
    assert told == [{"kind": "when left", "where": ".ik-people"}]
    assert bets_in(panel)["client02"] == "…", "nobody is to lose what they search for"
    panel.table.selected_rows = [1]
    hear(panel, "left")
    bets = dict.fromkeys(("client01", "client02"), "asking questions at the end, 10 to 1") | {"client03": ""}
    assert bets_in(panel) == bets
    assert panel.table.selected_rows == [1]
    hear(panel, "theme", dark=False)
    write(folder / "client04.csv", row("y"))
    panel.reload()
    assert [message["kind"] for message in told].count("when left") == 2
    hear(panel, "left")
    assert bets_in(panel) == bets | {"client04": ""}


def test_a_row_chooses_a_person_and_each_panel_is_theirs(folder):
    before = bytes_in(folder)
    panel = ik.ClientsPanel(folder)
    panel.table.selected_rows = [int(panel.overview.index[panel.overview["person"] == "client02"][0])]
    assert panel.whose.value == "client02"
    assert "<h3>client02</h3>" in panel.card.value
    for name, kind in (("Patterns", ik.PatternExplorer), ("Trends", ik.TrendExplorer), ("Next steps", ik.NextSteps)):
        panel.what.value = name
        [shown] = panel.below.children
        assert isinstance(shown, kind)
        assert "ik-nav" not in text_of(shown)
    panel.what.value = "Interviews"
    [browser] = panel.below.children
    assert set(browser.records["person"]) == {"client02"}
    assert "The interviews of client02" in text_of(browser)
    panel.whose.value = ""
    [browser] = panel.below.children
    assert set(browser.records["person"]) == {"client01", "client02", "client03"}
    assert bytes_in(folder) == before


def test_who_has_no_clients_is_told_how_to_begin_and_no_folder_is_made(tmp_path):
    panel = ik.ClientsPanel(tmp_path / "none")
    assert "No client is here yet" in text_of(panel)
    assert not (tmp_path / "none").exists()
    write(tmp_path / "none" / "client01.csv", row("a"))
    panel.reload()
    assert panel.overview["person"].tolist() == ["client01"]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_shown(folder):
    write(folder / "client00.csv", 'i-x,"open')
    panel = ik.ClientsPanel(folder)
    assert panel.news.text.startswith("client00.csv is left out, since it cannot be read")
    assert len(panel.overview) == 3


def test_follow_ups_that_cannot_be_read_are_named_since_nothing_of_them_is_counted_as_overdue(folder):
    write(folder / "client02" / "follow_ups.csv", 'f-x,"open', header="id,note")
    panel = ik.ClientsPanel(folder)
    assert panel.news.text.startswith("client02/follow_ups.csv is left out, since it cannot be read: line 2")


def test_of_many_files_with_something_to_say_the_first_are_told_and_all_stand_with_their_files(folder):
    for number in range(5, 10):
        write(folder / f"client{number:02d}.csv", 'i-x,"open')
    write(folder / "client01 (1).csv", row("a"))
    panel = ik.ClientsPanel(folder)
    lines = panel.news.text.splitlines()
    assert [line.partition(" is ")[0] for line in lines[:-1]] == ["client05.csv", "client06.csv", "client07.csv"]
    assert lines[-1] == "2 more files cannot be read; see “Their files” below."
    assert f"<code>{folder}</code>" in text_of(panel.files)
    assert text_of(panel.files).count(" is left out, since it cannot be read") == 5
    assert "client01 (1).csv is named like a copy of client01.csv" in text_of(panel.files)


def test_nothing_is_said_above_the_table_where_every_file_can_be_read(folder):
    write(folder / "client01 (1).csv", row("a"))
    panel = ik.ClientsPanel(folder)
    assert panel.news.text == ""
    assert panel.files.titles == ("Their files, and 1 note on them",)


def test_a_column_of_days_by_another_name_is_named_above_the_table_for_each_file(tmp_path):
    for name in ("client01", "client02"):
        write(tmp_path / f"{name}.csv", "Acme,2026-03-02,pending,yes", header="company,date,outcome,prepared")
    write(tmp_path / "client03.csv", "Acme,2026-03-02,callback", header="company,Wann,outcome")
    write(tmp_path / "client04.csv", row("a"))
    panel = ik.ClientsPanel(tmp_path)
    assert panel.news.text.splitlines() == [
        "client01.csv and client02.csv: the file has no column interviewed_on; if 'date' is it, call it interviewed_on "
        "there",
        "client03.csv: the file has no column interviewed_on; if 'Wann' is it, call it interviewed_on there",
    ]
    assert "cannot be read" not in text_of(panel.files)


def test_who_has_no_dated_interview_is_not_told_that_nothing_is_overdue(tmp_path):
    write(tmp_path / "client01.csv", "Acme,pending", header="company,outcome")
    write(tmp_path / "client02.csv", row("a"))
    panel = ik.ClientsPanel(tmp_path)
    assert "No interview of client01 has a date, so what is overdue there cannot be told" in panel.answer.value
    assert "Nothing is overdue" not in panel.answer.value
    shown = people_table.shown_rows(panel.overview, [""] * 2).set_index("Person")
    assert shown["Overdue"].to_dict() == {"client01": "", "client02": 0}
    assert shown["Last interview"].to_dict() == {"client01": "no dates", "client02": "2026-03-02"}
    panel.whose.value = "client01"
    assert "No interview has a date." in panel.card.value


def test_a_spreadsheet_of_a_clients_own_is_left_out_with_the_way_to_bring_it_in(folder):
    write(folder / "client00.csv", "Acme,rejected", header="Firm,Result")
    panel = ik.ClientsPanel(folder)
    command = f'interview-kit import "{folder / "client00.csv"}" --records "{folder / "client00"}"'
    assert f"In a terminal: {command}." in panel.news.text
    assert "Then take client00.csv out of this folder" in panel.news.text


@pytest.mark.parametrize("what", clients_panel.PANELS)
@pytest.mark.parametrize("whose", ["", "client02"])
def test_what_is_said_of_the_files_is_said_once_on_top(folder, what, whose):
    write(folder / "client00.csv", 'i-x,"open')
    write(folder / "client02" / "follow_ups.csv", 'f-x,"open', header="id,note")
    write(folder / "client02" / "contacts.csv", 'c-x,"open', header="id,name")
    panel = ik.ClientsPanel(folder)
    panel.whose.value, panel.what.value = whose, what
    [below] = panel.below.children
    below.reload()
    names = ["client00.csv", "client02/follow_ups.csv", *["client02/contacts.csv"] * (what == "Next steps")]
    for name in names:
        assert f"{name} is left out" in panel.news.text
        assert f"{name} is left out" not in text_of(panel.below)


@pytest.mark.parametrize("kind", [*clients_panel.PANELS.values()], ids=lambda one: one.__name__)
def test_a_panel_of_its_own_names_the_files_that_it_leaves_out(kind, folder):
    write(folder / "client00.csv", 'i-x,"open')
    assert "client00.csv is left out" in text_of(kind(ik.Clients(folder)))


@pytest.mark.full
def test_a_page_for_each_is_made_with_all_notes_and_a_way_to_each(folder):
    write(folder / "client04.csv")
    panel, told = ik.ClientsPanel(folder), []
    panel.for_each.making.message.line.observe(lambda change: told.append(panel.for_each.making.message.text), "value")
    panel.for_each.pages_button.click()
    pages = sorted(folder.glob("exports/pages/*/report.html"))
    assert [page.parent.name for page in pages] == ["client01", "client02", "client03"]
    text = pages[1].read_text(encoding="utf-8")
    assert "<h1>What the interviews of client02 say</h1>" in text
    assert "Mara Ellingworth" in text
    first = next_steps.due_follow_ups(ik.Clients(folder).of("client02")).iloc[0]
    assert f"To do: {first['what']} ({next_steps.when_words(first)});" in text.partition("<h2")[0]
    assert "Making the pages … 1 of 3: client02" in told
    assert (
        panel.for_each.making.message.text
        == "3 pages are made, one for each. Nothing was sent anywhere. client04 has no interview yet."
    )
    ways = text_of(panel.for_each.making.message)
    assert all(page.as_posix() in ways for page in pages)
    assert panel.for_each.making.progress.layout.display == "none"
    assert not panel.for_each.pages_button.disabled


@pytest.mark.full
def test_reports_to_hand_on_are_made_without_notes(folder):
    panel = ik.ClientsPanel(folder)
    panel.for_each.reports_button.click()
    page = (folder / "exports" / "reports" / "client02" / "report.html").read_text(encoding="utf-8")
    assert "Mara Ellingworth" not in page
    assert (
        panel.for_each.making.message.text
        == "3 reports are made, one for each. Look them through before you hand them on. Nothing was sent anywhere."
    )


def test_what_cannot_be_written_is_said(folder, monkeypatch):
    (folder / "exports").write_text("a file in the way", encoding="utf-8")
    panel = ik.ClientsPanel(folder)
    panel.for_each.pages_button.click()
    lines = panel.for_each.making.message.text.splitlines()
    assert lines[0] == "No page is made."
    assert [line.partition(":")[0] for line in lines[1:]] == ["client01", "client02", "client03"]
    assert not panel.for_each.pages_button.disabled


def test_of_who_has_no_interview_yet_no_panel_is_shown_and_least_of_all_the_sample(folder):
    write(folder / "client04.csv")
    panel = ik.ClientsPanel(folder)
    panel.whose.value = "client04"
    assert "No interview yet." in panel.card.value
    assert "too early" not in panel.card.value
    for name in ("Patterns", "Trends", "Next steps", "Interviews", "A report"):
        panel.what.value = name
        assert text_of(panel.below) == " <p>client04 has no interview yet, so there is nothing to see here.</p>"


def test_a_new_file_is_offered_to_be_shown(folder):
    panel = ik.ClientsPanel(folder)
    write(folder / "client04.csv", row("y"))
    panel.on_return()
    [button] = panel.news.buttons.children
    button.click()
    assert "client04" in set(panel.overview["person"])


def test_the_panel_below_leaves_it_to_the_table_to_look_for_changes(folder):
    panel = ik.ClientsPanel(folder)
    panel.what.value = "Patterns"
    write(folder / "client04.csv", row("y"))
    hear(panel.below.children[0], "look")
    hear(panel, "look")
    assert panel.news.text == CHANGED_ON_DISK


def test_who_has_no_clients_sees_nothing_of_them(monkeypatch, tmp_path):
    monkeypatch.delenv("INTERVIEW_KIT_CLIENTS", raising=False)
    monkeypatch.setattr("interview_kit.places.home_of_records", lambda: tmp_path)
    assert "7_clients" not in navigation.navigation("2_patterns").value
    assert "7_clients" not in navigation.navigation("0_home").value
    assert "Clients" in navigation.navigation("7_clients").value
    (tmp_path / "clients").mkdir()
    assert "7_clients" in navigation.navigation("2_patterns").value


def test_patterns_of_many_are_within_the_person_and_filtered_by_one(clients):
    panel = ik.PatternExplorer(clients)
    assert panel.table.attrs["by"] == ["person"]
    panel.behavior.value = "did_prepare"
    assert '<th scope="col">Person</th>' in panel.story.value
    assert "<h4>Person by person</h4>" in panel.story.value
    assert panel.focus_button.layout.display == "none"
    panel.filters["person"].value = "client02"
    assert set(panel.frame["person"]) == {"client02"}
    assert panel.table.attrs["by"] == []
    assert "<h4>Stage by stage</h4>" in panel.story.value


def test_the_filter_for_a_person_is_only_there_where_there_are_several(clients, tmp_path):
    for records, shown in ((clients, ""), (clients.of("client02"), "none"), (ik.Journal(tmp_path / "mine"), "none")):
        assert ik.PatternExplorer(records).filters["person"].layout.display == shown
        assert ik.RecordsBrowser(records).filters["person"].layout.display == shown
        assert ik.SharePanel(records).whose.layout.display == shown


def test_trends_of_many_name_who_waits(clients):
    panel = ik.TrendExplorer(clients)
    assert '<th scope="col">Person</th>' in panel.waiting_list.value
    assert "client03" in panel.waiting_list.value
    assert "Are they getting better?" in text_of(panel)


def test_what_is_due_for_everyone_is_what_is_due_for_each(clients):
    panel = ik.NextSteps(clients, as_of=date.fromisoformat(TODAY))
    each = [next_steps.due_follow_ups(clients.of(name), as_of=TODAY) for name in clients.people]
    assert f"{sum(map(len, each))} things to do this week." in panel.everyones.answer.value
    panel.everyones.whose.value = "client02"
    [one] = panel.everyones.shown.children
    assert one.journal.person == "client02"
    assert one.cards


def test_the_steps_of_one_are_not_ticked_off_from_here(clients, folder):
    before = bytes_in(folder)
    panel = ik.NextSteps(clients.of("client02"))
    for section in panel.sections:
        assert section.message.refusal.startswith("Nothing is changed here. Open client02's own folder instead")
    assert bytes_in(folder) == before


def test_an_interview_of_a_client_is_read_and_has_no_buttons_that_change_it(clients):
    browser = ik.RecordsBrowser(clients)
    browser.filters["person"].value = "client03"
    assert browser.frame["company"].tolist() == ["Acme"]
    browser.select(browser.frame["id"].iat[0])
    assert "pending" in browser.details.value
    assert browser.delete_button not in browser.card.children
    assert browser.undo_bar not in browser.children


def test_what_is_noted_of_an_interview_is_shown_as_people_write_it(tmp_path):
    values = {"company": "Acme", "interviewed_on": "2026-05-01", "answer_by": "2026-05-08", "chance": 40}
    journal = ik.Journal(tmp_path / "ann")
    key = journal.add("interviews", {**values, "rated_calm": 4, "did_prepare": True, "did_research": False})
    browser = ik.RecordsBrowser(ik.Clients(tmp_path))
    browser.select(key)
    shown = re.findall(r'data-name="Noted">(.*?)</td>', browser.details.value)
    assert shown == ["pending", "8 May 2026", "40%", "4", "yes", "no"]


def test_a_folder_that_cannot_be_read_is_said_to_be_unchanged(folder, monkeypatch):
    def refuse(_clients):
        raise ik.RecordsError("no way in")

    monkeypatch.setattr(ik.Clients, "interviews", refuse)
    panel = ik.ClientsPanel(folder)
    assert panel.news.text == "The folder cannot be read. Nothing in it was changed.\nno way in"


def test_a_report_of_one_has_their_name_and_a_redacted_one_does_not(clients, folder):
    panel = ik.SharePanel(clients)
    assert panel.composed.title == ""
    panel.whose.value = "client02"
    assert panel.composed.title == "What the interviews of client02 say"
    assert panel.name.value == "report-client02"
    assert ik.SharePanel(clients.of("client02")).name.value == "report-client02"
    panel.redact.value = True
    assert panel.composed.title == "What the interviews of Client A say"
    panel.redact.value = False
    for name, box in panel.charts.items():
        box.value = name == "trend"
    panel.button.click()
    [page] = folder.glob("exports/*/report.html")
    assert "<h1>What the interviews of client02 say</h1>" in page.read_text(encoding="utf-8")
    assert ik.Clients(folder).people == ["client01", "client02", "client03"]


@pytest.mark.parametrize(
    "kind",
    [ik.PatternExplorer, ik.TrendExplorer, ik.NextSteps, ik.RecordsBrowser, ik.SharePanel],
    ids=lambda one: one.__name__,
)
def test_a_panel_that_is_given_a_frame_says_what_it_takes(kind):
    name = kind.__name__
    how = f'ik.{name}(ik.Journal()), ik.{name}(ik.Clients("data/clients"))'
    with pytest.raises(TypeError) as error:
        getattr(ik, name)(ik.load_interviews(SAMPLE))
    assert str(error.value) == f"{name} takes a Journal, or the Clients of a folder, not a DataFrame: {how}"


def test_the_table_of_clients_says_what_it_takes():
    with pytest.raises(TypeError) as error:
        ik.ClientsPanel(ik.load_interviews(SAMPLE))
    how = 'ik.ClientsPanel("data/clients")'
    assert str(error.value) == f"ClientsPanel takes a folder, or its Clients, not a DataFrame: {how}"


@pytest.mark.parametrize("kind", [ik.Home, ik.DebriefForm], ids=lambda one: one.__name__)
def test_what_is_for_ones_own_records_says_what_shows_those_of_clients(kind, clients):
    name = kind.__name__
    for records in (clients, clients.of("client02")):
        with pytest.raises(TypeError) as error:
            kind(records)
        instead = f"of clients ik.ClientsPanel({str(clients.folder)!r}) shows all, and every panel for one"
        assert str(error.value) == f"{name} is for your own records, in which it writes; {instead}"
    with pytest.raises(TypeError) as error:
        kind(ik.load_interviews(SAMPLE))
    assert str(error.value) == f"{name} takes a Journal, not a DataFrame: ik.{name}(ik.Journal())"


def test_a_streak_is_one_persons():
    days = [f"2026-01-{day:02d}" for day in range(1, 13)]
    own = {
        "interviewed_on": days[:6],
        "did_prepare": [False] + [True] * 5,
        "focus": "did_prepare",
        "outcome": "pending",
    }
    broken = {**own, "interviewed_on": days[6:], "did_prepare": [True] * 4 + [False, True]}
    one, other = (pd.DataFrame({"person": name, **rows}) for name, rows in (("client01", own), ("client02", broken)))
    assert ik.focus_streak(one, "did_prepare", as_of="2026-02-01") == 5
    assert ik.focus_streak(pd.concat([one, other]), "did_prepare", as_of="2026-02-01") == 1
    never_chosen = other.assign(focus="")
    assert ik.focus_streak(pd.concat([one, never_chosen]), "did_prepare", as_of="2026-02-01") == 5

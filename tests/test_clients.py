"""Many people's records read like one journal, and the table of people."""

import inspect
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from interview_kit import (
    Clients,
    Journal,
    RecordsError,
    client_overview,
    compare_behaviors,
    due_follow_ups,
    focus_progress,
    focus_streak,
    load_interviews,
    practice_queue,
    save_report,
    schema,
    stage_conversion,
    stats,
)
from interview_kit.next_steps.brief import focus_of
from interview_kit.next_steps.records import read_records
from interview_kit.places import SAMPLE, clients_folder, has_clients
from tests.test_people import row, write

TODAY = "2026-05-01"
READING = {  # of a Journal, what only reads
    *("interviews", "questions", "contacts", "follow_ups", "stories", "read", "recent", "focus", "dismissed", "drafts"),
    *(
        "changed_outside",
        "next_undo",
        "undo_step",
        "last_change",
        "deviations",
        "copies",
        "subscribe",
        "told_at_the_end",
    ),
    "focus_since",
    *("exports", "place"),  # beside the records of people, never among them
    *("has_backups", "interviews_size"),
}


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two people: one with a CSV, one with a folder of records."""
    write(tmp_path / "client01.csv", row("a"), row("b", outcome="rejected"))
    journal = Journal(tmp_path / "client02")
    key = journal.add("interviews", {"company": "Bolt", "interviewed_on": "2026-03-09", "focus": "did_prepare"})
    journal.add("questions", {"interview_id": key, "question": "Why us?"})
    journal.add("follow_ups", {"interview_id": key, "kind": "thank you", "due_on": "2026-03-10"})
    journal.choose_focus("did_listen_before_answering")
    return tmp_path


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_tables_of_all_have_a_person_and_no_file_is_touched(folder):
    before, clients = bytes_in(folder), Clients(folder)
    for name in schema.TABLES:
        assert "person" in clients.read(name)
    assert clients.interviews()["person"].tolist() == ["client01", "client01", "client02"]
    assert clients.questions()[["person", "question"]].to_numpy().tolist() == [["client02", "Why us?"]]
    assert clients.contacts().empty
    assert clients.recent(10).total == 3
    assert clients.people == ["client01", "client02"]
    assert bytes_in(folder) == before


def test_one_persons_records_are_theirs_alone(folder):
    clients = Clients(folder)
    one = clients.of("client02")
    assert one.interviews()["company"].tolist() == ["Bolt"]
    assert one.focus() == "did_listen_before_answering"
    assert one.focus_since() == date.today()
    assert clients.focus() == clients.of("client01").focus() == ""
    assert clients.focus_since() is clients.of("client01").focus_since() is None
    assert clients.of("client01").follow_ups().empty
    with pytest.raises(RecordsError, match=r"nobody is called 'client09' in .*; there are client01 and client02"):
        clients.of("client09")


def test_every_change_is_refused_and_says_where_it_can_be_made(folder):
    before, clients = bytes_in(folder), Clients(folder)
    changing = {name for name, _ in inspect.getmembers(Journal) if not name.startswith("_")} - READING
    assert len(changing) > 15
    for name in changing:
        with pytest.raises(RecordsError, match="Open one's own folder instead"):
            getattr(clients, name)("interviews", {"company": "Acme"})
    with pytest.raises(RecordsError, match=r"Open client02's own folder instead: .*client02"):
        clients.of("client02").add("interviews", {"company": "Acme"})
    with pytest.raises(RecordsError, match=r"client01's records stay as they are in client01.csv"):
        clients.of("client01").undo()
    assert bytes_in(folder) == before


def test_the_own_folder_of_one_is_opened_to_write_and_those_who_show_all_are_told(folder):
    clients, heard = Clients(folder), []

    class Listener:
        def hear(self, what: str) -> None:
            heard.append(what)

    listener = Listener()
    clients.subscribe(listener.hear)
    clients.journal("client02").add("interviews", {"company": "Cobalt", "interviewed_on": "2026-03-20"})
    assert heard == ["interviews"]
    assert len(clients.of("client02").interviews()) == 2
    with pytest.raises(RecordsError, match=r"client01 has no folder of records but client01.csv"):
        clients.journal("client01")


def test_what_changes_or_comes_is_noticed_and_read(folder):
    clients = Clients(folder)
    assert not clients.changed_outside()
    assert len(clients.interviews()) == 3
    assert not clients.changed_outside()
    write(folder / "client03.csv", row("c"))
    assert clients.changed_outside()
    assert clients.interviews()["person"].tolist()[-1] == "client03"
    write(folder / "client03.csv", row("c"), row("d"))
    assert clients.changed_outside()
    assert len(clients.of("client03").interviews()) == 2


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(folder):
    write(folder / "client00.csv", 'i-x,"open')
    frame = Clients(folder).interviews()
    assert len(frame) == 3
    assert frame.attrs["unread"][0].startswith("client00.csv is left out, since it cannot be read: line 2: a quote")


def test_one_id_of_two_people_is_two_records(tmp_path):
    for client in ("client01", "client02"):
        write(tmp_path / client / "interviews.csv", row("a", client))
        write(tmp_path / client / "questions.csv", f"q-1,i-a,Why {client}?", header="id,interview_id,question")
    clients = Clients(tmp_path)
    assert clients.interviews()["id"].tolist() == ["client01/i-a", "client02/i-a"]
    joined = clients.questions().merge(clients.interviews(), left_on="interview_id", right_on="id")
    assert joined[["question", "company"]].to_numpy().tolist() == [[f"Why {one}?", one] for one in clients.people]


def test_what_a_client_hands_over_in_codes_is_read_and_says_the_same(tmp_path):
    sample = load_interviews(SAMPLE)
    for client in ("client01", "client02"):
        files = save_report(sample, tmp_path / client, redact=True, with_interviews=True, charts="trend", as_of=TODAY)
        assert "interviews.csv" in [file.name for file in files]
    clients = Clients(tmp_path)
    assert clients.people == ["client01", "client02"]
    frame = clients.of("client02").interviews()
    assert frame.attrs["problems"] == []
    assert set(frame["company"].str.split().str[0]) == {"Company"}
    known = ["n_with", "callbacks_with", "p_value", "best_guess"]
    tables = [compare_behaviors(one, as_of=TODAY)[known] for one in (sample, frame)]
    pd.testing.assert_frame_equal(*tables)
    with pytest.raises(ValueError, match="hands the interviews themselves over in codes"):
        save_report(sample, tmp_path / "open", with_interviews=True)


def test_what_is_next_is_asked_of_one_person(folder):
    clients = Clients(folder)
    frame = load_interviews(folder, on_problem="ignore")
    for records in (clients, {"interviews": frame}):
        with pytest.raises(
            ValueError, match=r"records of 2 people, and what is next is asked of one: .*of\('client01'\)"
        ):
            practice_queue(records, as_of=TODAY)
    practice_queue(clients.of("client01"), as_of=TODAY)
    practice_queue({"interviews": frame[frame["person"] == "client01"]}, as_of=TODAY)


def test_what_is_due_of_several_people_is_what_is_due_of_each_with_their_name(folder):
    own = Journal(folder / "client03")
    for name in ("client03", "client02"):  # one company, one role, and a thank-you that only one of them wrote
        key = Journal(folder / name).add(
            "interviews", {"company": "Acme", "role": "Analyst", "interviewed_on": "2026-04-29", "outcome": "pending"}
        )
    Journal(folder / "client02").add("follow_ups", {"interview_id": key, "kind": "thank-you", "done_on": "2026-04-30"})
    Journal(folder / "client02").add("follow_ups", {"kind": "status", "due_on": "2026-05-01", "note": "of nobody"})
    assert len(own.interviews()) == 1
    clients = Clients(folder)
    of_each = {name: due_follow_ups(clients.of(name), as_of=TODAY) for name in clients.people}
    frames = {name: clients.read(name) for name in schema.TABLES}
    for records in (clients, frames):
        table = due_follow_ups(records, as_of=TODAY)
        assert table.columns[0] == "person"
        for name, alone in of_each.items():
            found = table[table["person"] == name].drop(columns="person").reset_index(drop=True)
            pd.testing.assert_frame_equal(found, alone, check_like=True)
        assert len(table) == sum(map(len, of_each.values()))
        assert "Thank Acme" in set(table["what"][table["person"] == "client03"])
        assert "Thank Acme" not in set(table["what"][table["person"] == "client02"])
        assert table["due_on"].dropna().is_monotonic_increasing
        assert table.attrs["sentence"].startswith(f"{len(table)} things to do: ")
    unowned = {name: frame.drop(columns="person") for name, frame in frames.items() if name != "interviews"}
    table = due_follow_ups({**unowned, "interviews": frames["interviews"]}, as_of=TODAY)
    assert table["person"][table["why"] == "of nobody"].tolist() == [""]
    assert set(table["person"]) == {"", "client02", "client03"}


def test_no_folder_is_nobody(tmp_path):
    clients = Clients(tmp_path / "none")
    assert clients.people == []
    assert client_overview(clients).attrs["sentence"] == "Nobody's interviews are here yet."
    assert not (tmp_path / "none").exists()


def test_clients_are_where_the_variable_says_and_only_then_anything_of_them_is_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("INTERVIEW_KIT_CLIENTS", str(tmp_path))
    assert clients_folder() == tmp_path
    assert has_clients()
    monkeypatch.delenv("INTERVIEW_KIT_CLIENTS")
    monkeypatch.setattr("interview_kit.places.home_of_records", lambda: tmp_path)
    assert clients_folder() == tmp_path / "clients"
    assert not has_clients()
    (tmp_path / "clients").mkdir()
    assert has_clients()


def test_a_name_in_two_cases_is_one_person_in_every_table(tmp_path):
    write(tmp_path / "own" / "interviews.csv", row("a", person="client one"), row("b", person="Client One"))
    write(tmp_path / "own" / "questions.csv", "q-1,i-a,Why us?", header="id,interview_id,question")
    write(tmp_path / "other.csv", row("c", person="Client One"), row("d", person="client02"))
    clients = Clients(tmp_path)
    assert clients.people == ["Client One", "client02"]
    assert clients.of("CLIENT ONE").person == "Client One"
    assert len(clients.of("client one").interviews()) == 3
    assert clients.questions()["person"].tolist() == ["Client One"]
    said = "'Client One' and 'client one' are read as one person, 'Client One'; give two people two names"
    assert said in clients.interviews().attrs["notes"]
    assert client_overview(clients, as_of=TODAY)["interviews"].tolist() == [3, 1]


def test_who_has_no_interview_yet_is_a_person_all_the_same(folder):
    write(folder / "client03.csv")
    clients = Clients(folder)
    assert clients.people == ["client01", "client02", "client03"]
    assert clients.of("client03").interviews().empty
    last = client_overview(clients, as_of=TODAY).to_dict("records")[-1]
    assert (last["person"], last["interviews"], last["sentence"]) == ("client03", 0, "No interview yet.")
    assert np.isnan(last["rate"])


def test_two_people_at_one_company_for_one_role_are_two_applications_with_a_focus_each(tmp_path):
    header = "id,company,role,stage,interviewed_on,did_prepare,focus,outcome"
    rounds = (
        "screen,2026-01-{},yes,{},callback",
        "technical,2026-01-{},no,{},callback",
        "onsite,2026-01-{},yes,,pending",
    )
    for place, name in enumerate(("client01", "client02", "client03")):
        focus = ("did_prepare", "did_give_examples", "")[place]
        rows = (
            f"i-{place}{at},Acme,Analyst,{rest.format(10 + 5 * at + place, focus)}" for at, rest in enumerate(rounds)
        )
        write(tmp_path / f"{name}.csv", *rows, header=header)
    clients = Clients(tmp_path)
    each = [clients.of(name).interviews() for name in clients.people]
    alone = [stage_conversion(frame, as_of=TODAY).attrs for frame in each]
    together = stage_conversion(clients.interviews(), as_of=TODAY).attrs
    assert together["applications"] == {"chains": 3, "reached_interview": 3}
    for path in together["paths"]:
        own = [one["count"] for attrs in alone for one in attrs["paths"] if one | {"count": 0} == path | {"count": 0}]
        assert path["count"] == sum(own) == 3
    assert focus_streak(clients.interviews(), "did_prepare", as_of=TODAY) == 1
    overview = client_overview(clients, as_of=TODAY).set_index("person")
    assert overview["focus"].to_dict() == {"client01": "did_prepare", "client02": "did_give_examples", "client03": ""}
    assert [clients.of(name).focus() for name in clients.people] == ["did_prepare", "did_give_examples", ""]


@pytest.mark.parametrize(
    ("noted", "focus"),
    [
        ({"2026-03-02": "did_ask_questions", "": "did_research"}, "did_ask_questions"),
        ({"": "did_research"}, ""),
        ({"2026-03-09": "did_research", "2026-03-02": "did_ask_questions"}, "did_research"),
    ],
    ids=["an undated one last", "only an undated one", "the latest written first"],
)
def test_the_focus_is_the_same_wherever_it_is_asked_for(tmp_path, noted, focus):
    rows = [f"i-{at},Acme,{day},{named}" for at, (day, named) in enumerate(noted.items())]
    write(tmp_path / "ann" / "interviews.csv", *rows, header="id,company,interviewed_on,focus")
    clients, journal = Clients(tmp_path), Journal(tmp_path / "ann")
    assert client_overview(clients, as_of=TODAY)["focus"].tolist() == [focus]
    assert client_overview(clients.interviews(), as_of=TODAY)["focus"].tolist() == [focus]
    assert clients.of("ann").focus() == journal.focus() == focus
    assert (focus_progress(journal.interviews(), as_of=TODAY).attrs["behavior"] or "") == focus
    assert focus_of({"interviews": journal.interviews()}, read_records(journal)) == focus


def test_asking_for_the_folder_of_exports_makes_nothing(folder, tmp_path):
    assert Clients(folder).exports() == Clients(folder).of("client01").exports() == folder / "exports"
    assert not (folder / "exports").exists()
    assert not Clients(tmp_path / "nobody").exports().parent.exists()


def test_how_large_the_interviews_of_all_are_is_told_without_reading_them(folder):
    sizes = [(folder / name).stat().st_size for name in ("client01.csv", "client02/interviews.csv")]
    assert Clients(folder).interviews_size == sum(sizes)
    assert Journal(folder / "client02").interviews_size == sizes[1]
    assert Journal(folder / "client03").interviews_size == 0


def test_a_journal_has_backups_from_its_first_change_on_and_clients_never(folder):
    assert Journal(folder / "client02").has_backups
    assert not Journal(folder / "client03").has_backups
    assert not Clients(folder).has_backups


# The table of people


def interviews(**called: tuple[int, int]) -> pd.DataFrame:
    """Return interviews of people: how many were called back, of how many."""
    rows = [
        {"person": person, "company": "Acme", "interviewed_on": "2026-01-05", "outcome": outcome}
        for person, (yes, n) in called.items()
        for outcome in ["callback"] * yes + ["rejected"] * (n - yes)
    ]
    return pd.DataFrame(rows)


def test_a_rate_has_its_wilson_range_and_what_is_planned_or_cancelled_is_no_interview():
    frame = interviews(client01=(2, 10))
    absent = [{"person": "client01", "interviewed_on": "2026-02-05", "outcome": name} for name in schema.NOT_HELD]
    table = client_overview(pd.concat([frame, pd.DataFrame(absent)]), as_of=TODAY)
    [found] = table.to_dict("records")
    assert (found["interviews"], found["callbacks"], found["rate"]) == (10, 2, 0.2)
    assert (found["ci_low"], found["ci_high"]) == pytest.approx(stats.wilson(2, 10))
    assert (
        found["sentence"] == "2 of 10 called back: 20%, plausibly 6% to 51%. 1 overdue. Last interview on 5 Jan 2026."
    )


def test_what_waits_and_what_is_overdue():
    frame = pd.DataFrame(
        {
            "person": "client01",
            "interviewed_on": ["2026-04-20", "2026-04-20", "2026-04-25", "2026-05-09", "2026-04-20"],
            "stage": ["screen", "screen", "screen", "screen", "applied"],
            "outcome": ["pending", "pending", "planned", "planned", "pending"],
            "answer_by": ["2026-04-28", "2026-05-28", None, None, None],
        }
    )
    [found] = client_overview(frame, as_of=TODAY).to_dict("records")
    assert (found["interviews"], found["waiting"], found["overdue"]) == (2, 2, 2)  # one promised, one not written down
    assert np.isnan(found["rate"])
    late = "2 interviews, none decided yet. 2 wait for an answer, 2 overdue. Last interview on 20 Apr 2026."
    assert found["sentence"] == late


def test_follow_ups_and_the_chosen_focus_count_of_a_folder(folder):
    table = client_overview(Clients(folder), as_of=TODAY).set_index("person")
    assert table["overdue"].to_dict() == {"client02": 1, "client01": 0}
    assert table["focus"]["client02"] == "did_listen_before_answering"
    assert table.attrs["sentence"].startswith("2 people, 3 interviews. Overdue: client02.")
    frame = load_interviews(folder, on_problem="ignore")
    assert client_overview(frame, as_of=TODAY).set_index("person")["focus"]["client02"] == "did_prepare"


def test_people_are_in_no_order_by_luck():
    lucky = {f"client{place:02d}": (place % 4, 9) for place in range(12)}
    table = client_overview(interviews(**lucky), as_of=TODAY)
    assert table["person"].tolist() == sorted(lucky)
    assert not table.attrs["differ"]
    assert max(table.attrs["shrunken"]) - min(table.attrs["shrunken"]) < 0.03  # of rates from 0 to a third
    luck = "Luck alone can explain why the rates differ: they do not say who does better."
    assert table.attrs["sentence"].endswith(luck)


def test_a_rate_of_whoever_has_no_answer_noted_is_not_taken_at_its_word():
    frame = interviews(one=(3, 9), two=(0, 9))
    assert "No answer is noted" not in client_overview(frame, as_of=TODAY).attrs["sentence"]
    frame["outcome"] = frame["outcome"].where(frame["person"] == "one", None)
    said = "No answer is noted for two, so a rate of 0% there may only mean that nobody wrote the answers down."
    assert said in client_overview(frame, as_of=TODAY).attrs["sentence"]


def test_rates_that_differ_are_said_to_and_shrunken_ones_keep_those_of_few_in_the_middle():
    table = client_overview(interviews(one=(28, 30), two=(3, 30), three=(1, 1)), as_of=TODAY)
    shrunken = dict(zip(table["person"], table.attrs["shrunken"], strict=True))
    assert table.attrs["differ"]
    assert shrunken["two"] < shrunken["three"] < shrunken["one"] < 28 / 30


def test_attrs_hold_only_what_json_can(folder, tmp_path):
    client_overview(Clients(folder), as_of=TODAY).to_parquet(tmp_path / "overview.parquet")


def test_a_frame_without_people_is_one_row():
    assert client_overview(interviews(x=(1, 2)).drop(columns="person"), as_of=TODAY)["person"].tolist() == [""]


def test_false_differences_are_at_most_seven_in_a_hundred():
    generator = np.random.default_rng(7)
    n = generator.integers(3, 40, size=(400, 30))
    x = generator.binomial(n, 0.25)
    flagged = [stats.homogeneity_p(*pair, draws=399) <= 0.05 for pair in zip(x, n, strict=True)]
    assert 0.02 <= np.mean(flagged) <= 0.07


def test_the_test_of_many_rates_agrees_with_scipy():
    from scipy.stats import chi2_contingency, fisher_exact

    x, n = np.array([12, 30, 22, 41]), np.array([60, 80, 70, 90])
    assert stats.homogeneity_p(x, n, draws=20_000) == pytest.approx(chi2_contingency([x, n - x])[1], abs=0.01)
    assert stats.homogeneity_p([1, 9], [10, 10], draws=20_000) == pytest.approx(
        fisher_exact([[1, 9], [9, 1]]).pvalue, abs=5e-4
    )
    assert stats.homogeneity_p([3], [5]) == stats.homogeneity_p([0, 0], [5, 4]) == stats.homogeneity_p([], []) == 1

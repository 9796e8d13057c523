"""Home: what to do first, driven as a person would, without a browser."""

import shutil
from datetime import date, timedelta

import pandas as pd
import pytest

import interview_kit as ik
from interview_kit.journal import SAMPLE, SAMPLE_DAY
from interview_kit.widgets import snapshot
from tests.panels import buttons, words_on

TODAY = date(2026, 5, 20)


def ago(days):
    return TODAY - timedelta(days=days)


def test_without_records_there_are_three_doors(journal):
    home = ik.Home(journal, as_of=TODAY)
    shown = words_on(home)
    for notebook, text in (("1_debrief", "Write the first one down"), ("6_import", "Bring a spreadsheet")):
        assert f'data-notebook="{notebook}">{text}</a>' in shown
    assert "Look around in the sample" in shown
    assert home.waiting == []


def test_who_waits_is_listed_the_newest_first_with_one_click_for_each_answer(journal):
    for company, days, more in (("Old", 30, {}), ("New", 2, {}), ("Done", 5, {"outcome": "offer"})):
        journal.add("interviews", {"id": f"i-{company}", "company": company, "interviewed_on": ago(days), **more})
    journal.add("interviews", {"company": "Applied", "stage": "applied", "interviewed_on": ago(1)})
    journal.add("interviews", {"company": "Coming", "interviewed_on": TODAY + timedelta(days=1)})
    home = ik.Home(journal, as_of=TODAY)
    assert home.waiting == ["i-New", "i-Old"]
    assert "2 days ago" in words_on(home)
    buttons(home, "callback")[0].click()
    row = journal.interviews().set_index("id").loc["i-New"]
    assert (row["outcome"], row["outcome_on"].date()) == ("callback", TODAY)
    assert home.message.text == "New: callback, heard today"
    assert home.waiting == ["i-Old"]
    buttons(home, "Undo")[0].click()
    assert journal.interviews().set_index("id").loc["i-New", "outcome"] == "pending"
    assert home.waiting == ["i-New", "i-Old"]


def test_what_is_due_and_what_the_records_say_stand_beside_it(tmp_path):
    shutil.copytree(SAMPLE.parent, tmp_path / "mine")
    journal = ik.Journal(tmp_path / "mine")
    journal.choose_focus("did_ask_questions_at_end")
    shown = words_on(ik.Home(journal, as_of=SAMPLE_DAY))
    table = ik.due_follow_ups(journal, as_of=SAMPLE_DAY, within_days=0)
    assert table["what"].iloc[0] in shown
    assert "asking questions at the end, about 10 to 1 that it goes with more callbacks" in shown
    assert "Working on: Asked questions at the end" in shown


@pytest.mark.parametrize(("answered", "is_said"), [(7, False), (8, True)])
def test_what_ones_own_records_say_of_a_wait_takes_eight_that_were_answered_later(journal, answered, is_said):
    for number in range(answered):
        early = {"company": f"Acme {number}", "interviewed_on": ago(90), "outcome": "rejected", "outcome_on": ago(60)}
        journal.add("interviews", early)
    journal.add("interviews", {"company": "Bolt", "interviewed_on": ago(10)})
    shown = words_on(ik.Home(journal, as_of=TODAY))
    assert ("after so long, 0% to " in shown) == is_said
    assert ("still got a call" in shown) == is_said


def test_a_record_that_was_changed_elsewhere_is_not_overwritten(journal, tmp_path):
    key = journal.add("interviews", {"company": "Acme", "interviewed_on": ago(2)})
    home = ik.Home(journal, as_of=TODAY)
    answer = buttons(home, "rejected")[0]
    path = tmp_path / "mine" / "interviews.csv"
    path.write_bytes(path.read_bytes().replace(key.encode(), b"i-other"))
    answer.click()
    assert "no record" in home.message.text or "not there" in home.message.text
    assert "rejected" not in path.read_text()


def test_files_that_cannot_be_read_are_said_and_read_again(journal, tmp_path):
    journal.add("interviews", {"company": "Acme", "interviewed_on": ago(2)})
    path = tmp_path / "mine" / "interviews.csv"
    good = path.read_bytes()
    path.write_bytes(b'id,company\n"i-1,Acme\n')
    home = ik.Home(journal, as_of=TODAY)
    assert "The records cannot be read. Nothing in them was changed." in home.news.text
    path.write_bytes(good)
    buttons(home, "Read it again")[0].click()
    assert "Acme" in words_on(home)


def test_what_something_else_changed_is_shown_once_someone_comes_back(journal):
    journal.add("interviews", {"company": "Acme", "interviewed_on": ago(2)})
    home = ik.Home(journal, as_of=TODAY)
    ik.Journal(journal.folder).add("interviews", {"company": "Bolt", "interviewed_on": ago(1)})
    home.on_return()
    assert "Bolt" in words_on(home)


def test_the_way_to_all_interviews_leads_to_their_list(journal):
    journal.add("interviews", {"company": "Acme", "interviewed_on": ago(2)})
    browser = ik.RecordsBrowser(journal)
    shown = words_on(ik.Home(journal, as_of=TODAY))
    assert "ik-records" in browser._dom_classes
    assert 'href="1_debrief.ipynb#ik-records" data-part="ik-records" data-notebook="1_debrief">All interviews' in shown


def test_text_of_anyone_is_escaped(journal):
    hostile = "<script>bad()</script>{x}"
    journal.add("interviews", {"company": hostile, "interviewed_on": ago(2), "still_needed": hostile})
    home = ik.Home(journal, as_of=TODAY)
    shown = words_on(home)
    assert "<script>" not in shown
    assert "&lt;script&gt;bad()&lt;/script&gt;{x}" in shown


@pytest.mark.parametrize(
    ("name", "notebook"),
    [
        *(("Home", "0_home"), ("DebriefForm", "1_debrief"), ("PatternExplorer", "2_patterns")),
        *(("TrendExplorer", "3_trends"), ("NextSteps", "4_next_steps"), ("SharePanel", "5_share")),
        ("ImportPanel", "6_import"),
    ],
)
def test_each_panel_leads_to_all_others(journal, name, notebook):
    shown = words_on(getattr(ik, name)(journal))
    assert shown.count('<nav class="ik-nav"') == 1
    assert shown.count("data-notebook=") >= 6
    assert f'href="{notebook}.ipynb" data-notebook="{notebook}"' not in shown.split("</nav>")[0]


def test_home_says_of_behaviors_what_patterns_says_though_there_are_very_many(tmp_path):
    count, old = snapshot.MOST_READ + 1_000, 1_000
    rows = [
        {
            "company": f"C{at}",
            "interviewed_on": f"{2020 + at // 600}-{at // 50 % 12 + 1:02}-{at % 28 + 1:02}",
            "did_prepare": "yes" if at % 2 else "no",
            "did_smile": "yes" if at % 3 else "no",
            "focus": "did_prepare" if at > 10 else "",
            "outcome": "callback" if (at % 20 < 16 if at < old and at % 2 else at % 10 == 0) else "rejected",
        }
        for at in range(count)
    ]
    rows.append({"company": "D", "interviewed_on": "2026-11-30", "outcome": "planned"})
    pd.DataFrame(rows).to_csv(tmp_path / "interviews.csv", index=False)
    journal, today = ik.Journal(tmp_path), date(2026, 11, 20)
    home, patterns = ik.Home(journal, as_of=today), ik.PatternExplorer(journal)
    patterns.behavior.value = "did_prepare"
    sentence = patterns.table.attrs["sentence"]
    assert "lines up" in sentence
    assert sentence in words_on(home)
    progress = ik.focus_progress(journal.interviews(), "did_prepare", as_of=today).attrs["sentence"]
    steps = ik.NextSteps(journal, as_of=today)
    assert progress in words_on(patterns)
    assert progress in words_on(home)
    assert progress in words_on(steps.focus_section)

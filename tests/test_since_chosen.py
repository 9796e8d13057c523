"""Since when a behavior is worked on: one day, whoever tells of it."""

from datetime import date

import pandas as pd
import pytest

import interview_kit as ik
from interview_kit import studies

TODAY, DID = date(2026, 6, 1), "did_prepare"
# One focus, another one, and the first again: the day, what was worked on, and whether it was done.
AGAIN = [("01-05", DID, "yes"), ("01-12", DID, "no"), ("02-03", "did_smile", "no"), ("02-10", "", "no")]
AGAIN += [("02-20", DID, "yes"), ("03-02", DID, "yes")]


def journal_of(folder, rows):
    journal = ik.Journal(folder)
    journal.add_all(
        "interviews",
        [
            {"company": f"C{at}", "interviewed_on": f"2026-{day}", "focus": focus, DID: done, "outcome": "rejected"}
            for at, (day, focus, done) in enumerate(rows)
        ],
    )
    return journal


def told_by_all(journal, since):
    """Return how often it was done since, as each of those who tell it says it, without what they say around it."""
    frame = journal.interviews()
    patterns = ik.PatternExplorer(journal)
    patterns.behavior.value = DID
    steps = ik.NextSteps(journal, as_of=TODAY)
    report = studies.worked_on(frame, TODAY, DID, since)
    coming = journal.add("interviews", {"company": "D", "interviewed_on": "2026-06-02", "outcome": "planned"})
    return {
        "the table": ik.focus_progress(frame, DID, since=since, as_of=TODAY).attrs["sentence"],
        "the question": ik.focus_question(frame, DID, since=since, as_of=TODAY).attrs["since"],
        "the streak": ik.focus_streak(frame, DID, since=since, as_of=TODAY),
        "next steps": steps.focus_section.answer.value,
        "its question": steps.focus_section.question.value,
        "home": str([child.value for child in all_of(ik.Home(journal, as_of=TODAY)) if hasattr(child, "value")]),
        "patterns": patterns.story.value,
        "the report": " ".join(report.remarks),
        "a brief": ik.brief(journal, coming, as_of=TODAY),
    }


def all_of(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from all_of(child)


@pytest.mark.parametrize("rows", [AGAIN, [(day, "", done) for day, _, done in AGAIN]])
@pytest.mark.parametrize("since", [date(2026, 2, 20), None])
def test_all_tell_of_the_same_interviews_since_the_same_day(tmp_path, rows, since):
    journal = journal_of(tmp_path, rows)
    if since is None and rows is not AGAIN:
        pytest.skip("nothing says when it was chosen")
    journal.choose_focus(DID, since=since)
    told = told_by_all(journal, since)
    said = "1 of 4 before, 2 of 2 since "
    assert (told.pop("the question"), told.pop("the streak")) == ("2026-02-20", 2)
    assert "The one question since 20 Feb 2026" in told.pop("its question")
    assert [who for who, text in told.items() if said not in text] == []
    assert "The one question since 20 Feb 2026" in told["the report"]


def test_each_of_several_people_begins_anew_after_another_focus(tmp_path):
    frame = journal_of(tmp_path, AGAIN).interviews()
    other = frame.assign(person="B", focus=frame["focus"].where(frame["interviewed_on"] < "2026-01-10", ""))
    both = ik.focus_progress(pd.concat([frame.assign(person="A"), other]), DID, as_of=TODAY)
    assert both["n"].tolist() == [4, 8]

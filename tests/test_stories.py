"""The stories that are told: how they landed, and which to tell where."""

from datetime import date

import pandas as pd
import pytest
from scipy.stats import binomtest

import interview_kit as ik
from interview_kit.next_steps import stories_for

TODAY = date(2026, 11, 20)
COLUMNS = [
    *("title", "told", "well", "okay", "badly", "rate_well", "ci_low", "ci_high", "last_told_on", "last_company"),
]


def records(stories, tellings=(), interviews=()):
    """Return frames of stories (id, title, topics), of questions (story, interview, answered) and of interviews."""
    return {
        "stories": pd.DataFrame(stories, columns=["id", "title", "topics"]),
        "questions": pd.DataFrame(tellings, columns=["story_id", "interview_id", "answered"]).assign(question="Why?"),
        "interviews": pd.DataFrame(interviews, columns=["id", "company", "interviewed_on", "outcome"]),
    }


STORIES = [("s-1", "The counters", "pride, data"), ("s-2", "The old report", "Conflict; team-work")]
HELD = [
    ("i-1", "Acme", "2026-03-04", "rejected"),
    ("i-2", "Blue", "2026-04-05", "callback"),
    ("i-3", "ACME", "2026-04-05", "pending"),
    ("i-4", "Acme", None, "pending"),
    ("i-5", "Acme", "2026-11-18", "planned"),
    ("i-6", "Acme", "2026-12-01", "pending"),
    ("i-7", "Acme", "2026-11-18", "cancelled"),
]


def results(*tellings, stories=STORIES):
    return ik.story_results(records(stories, tellings, HELD), as_of=TODAY)


def test_columns_are_those_of_the_design_and_a_row_is_a_story_also_one_never_told():
    table = results(("s-1", "i-1", "well"))
    assert list(table) == COLUMNS
    assert table["title"].tolist() == ["The counters", "The old report"]
    assert table["told"].tolist() == [1, 0]
    assert table.loc[1, ["rate_well", "ci_low", "ci_high", "last_told_on"]].isna().all()
    assert table.loc[1, "last_company"] == ""


@pytest.mark.parametrize(("well", "noted"), [(0, 1), (1, 1), (3, 4), (7, 12)])
def test_the_interval_is_wilsons_as_another_program_has_it(well, noted):
    answers = ["well"] * well + ["okay"] * (noted - well)
    row = results(*(("s-1", "i-1", answer) for answer in answers)).iloc[0]
    assert (row["told"], row["well"], row["okay"], row["badly"]) == (noted, well, noted - well, 0)
    low, high = binomtest(well, noted).proportion_ci(method="wilson")
    assert row[["rate_well", "ci_low", "ci_high"]].tolist() == pytest.approx([well / noted, low, high])


def test_an_answer_that_is_not_noted_counts_as_told_alone():
    row = results(("s-1", "i-1", ""), ("s-1", "i-1", "badly")).iloc[0]
    assert (row["told"], row["badly"], row["rate_well"]) == (2, 1, 0)


def test_the_last_telling_is_that_of_the_latest_day_of_one_day_the_last_in_the_file():
    row = results(("s-1", "i-2", "well"), ("s-1", "i-3", "well"), ("s-1", "i-1", "well"), ("s-1", "i-4", "")).iloc[0]
    assert (row["last_told_on"], row["last_company"]) == (pd.Timestamp("2026-04-05"), "ACME")
    undated = results(("s-1", "i-gone", "well"), ("s-1", "i-4", "well")).iloc[0]
    assert pd.isna(undated["last_told_on"])
    assert (undated["told"], undated["last_company"]) == (2, "Acme")


def test_what_is_planned_cancelled_or_later_and_a_story_that_is_not_there_do_not_count():
    table = results(("s-1", "i-5", "well"), ("s-1", "i-6", "well"), ("s-1", "i-7", "well"), ("s-9", "i-1", "well"))
    assert table["told"].tolist() == [0, 0]
    assert table.attrs["left_out"] == {"unknown": 1, "not_held": 2, "later": 1}
    assert table.attrs["as_of"] == "2026-11-20"


def test_two_stories_of_one_title_stay_two():
    table = results(("s-2", "i-1", "well"), stories=[("s-1", "Twice", ""), ("s-2", "Twice", "")])
    assert table[["title", "told"]].values.tolist() == [["Twice", 0], ["Twice", 1]]


def test_of_two_stories_with_one_id_the_first_was_told():
    table = results(("s-1", "i-1", "well"), stories=[("s-1", "One", ""), ("s-1", "Other", "")])
    assert table["told"].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("stories", "tellings", "sentence"),
    [
        (
            [],
            [],
            "No stories yet. Write down one that you tell of your work, and choose it at the question it answered.",
        ),
        (STORIES[:1], [], "1 story, not told yet."),
        (STORIES, [], "2 stories, none of them told yet."),
        (STORIES[:1], [("s-1", "i-1", "well")], "1 story, told once."),
        (
            STORIES,
            [("s-1", "i-1", "well")] * 4,
            "2 stories, told 4 times in all. Never told yet: “The old report”. Too few answers of each to say which "
            "lands best.",
        ),
        (STORIES, [("s-1", "i-1", "well"), ("s-2", "i-1", "okay")] * 5, "2 stories, told 10 times in all."),
        (
            [(f"s-{at}", f"No {at}", "") for at in range(7)],
            [("s-6", "i-1", "well")],
            "7 stories, told once in all. Never told yet: “No 0”, “No 1”, “No 2” and 3 more. Too few answers of each "
            "to say which lands best.",
        ),
    ],
)
def test_the_sentence(stories, tellings, sentence):
    assert results(*tellings, stories=stories).attrs["sentence"] == sentence


def test_records_without_any_of_the_tables_have_no_rows():
    assert list(ik.story_results({})) == COLUMNS
    assert ik.story_results({}).empty
    assert ik.story_results({"stories": pd.DataFrame({"title": ["One"]})})["told"].tolist() == [0]


# Which to tell where


def order(*tellings, stories=STORIES, **asked):
    return stories_for(records(stories, tellings, HELD), as_of=TODAY, **asked)


@pytest.mark.parametrize("topics", ["conflict", " CONFLICT ", "team work", "Team_Work; salary", ["x", "conflict,y"]])
def test_a_topic_is_found_whatever_its_case_and_between_commas_and_semicolons(topics):
    table = order(topics=topics)
    assert table["title"].tolist() == ["The old report", "The counters"]
    assert table["fits"].iloc[0] != ""
    assert table["fits"].iloc[1] == ""
    assert table.attrs["sentence"] == "1 story fits."


def test_a_topic_is_a_whole_one_and_no_part_of_one():
    assert order(topics="team")["fits"].tolist() == ["", ""]
    assert order(topics="team").attrs["sentence"] == "None of the stories has these topics."


def test_what_a_company_has_heard_in_any_round_comes_last_and_is_said():
    table = order(
        ("s-2", "i-1", "well"), ("s-2", "i-3", "badly"), ("s-1", "i-2", ""), company="acme", topics="conflict"
    )
    assert table["title"].tolist() == ["The counters", "The old report"]
    assert table["told_here"].tolist() == [0, 2]
    assert table["last_told_here_on"].iloc[1] == pd.Timestamp("2026-04-05")
    assert table["sentence"].tolist() == [
        "Told once; never at acme.",
        "Told twice, 1 well, 1 badly; already at acme.",
    ]
    assert table.attrs["sentence"] == "1 story fits; 1 of them told there already."


def test_the_story_with_most_of_the_topics_comes_first_else_the_order_of_the_file():
    stories = [("s-1", "A", "x"), ("s-2", "B", "x, y"), ("s-3", "C", "x"), ("s-4", "D", "")]
    assert order(stories=stories, topics="y, x")["title"].tolist() == ["B", "A", "C", "D"]
    assert order(stories=stories)["title"].tolist() == ["A", "B", "C", "D"]


def test_no_stories_have_the_columns_and_the_sentence():
    table = stories_for({}, company="Acme")
    assert table.empty
    assert {"id", "title", "fits", "told_here", "sentence"} <= {*table}


# In the file


@pytest.mark.parametrize(
    "text", ["=1+1", "007", "a;b,c", 'He said "no"', "two\nlines", "née Ö\N{NO-BREAK SPACE}漢字", "'", "-"]
)
def test_a_story_comes_back_as_it_was_written_and_undo_takes_it_away_byte_for_byte(tmp_path, text):
    journal = ik.Journal(tmp_path)
    journal.add("stories", {"title": "First"})
    before = (tmp_path / "stories.csv").read_bytes()
    parts = dict.fromkeys(("title", "topics", "situation", "task", "action", "result"), text)
    key = journal.add("stories", parts)
    (row,) = ik.Journal(tmp_path).stories().query("id == @key").to_dict("records")
    assert row == parts | {"id": key}
    assert ik.story_results(journal)["title"].tolist() == ["First", " ".join(text.split())]
    journal.undo()
    assert (tmp_path / "stories.csv").read_bytes() == before


def test_a_story_that_cannot_be_read_says_where(tmp_path):
    (tmp_path / "stories.csv").write_text("id,title\ns-1,One,Two,Three\n")
    with pytest.raises(ik.RecordsError, match=r"stories\.csv"):
        ik.story_results(ik.Journal(tmp_path))

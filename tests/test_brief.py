"""What to read before an interview: all of it from the records, each line with where it comes from, nothing run."""

import re
from datetime import date, datetime

import mistune
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings, strategies

import interview_kit as ik
from interview_kit import app, schema
from interview_kit.commands.brief import NONE_COMING
from interview_kit.next_steps.brief import brief_page
from interview_kit.next_steps.markdown import listed_lines
from interview_kit.next_steps.outline import Line
from interview_kit.places import SAMPLE

TODAY = date(2026, 11, 20)
BREAK = "  \n"
OWN_TAGS = {"h1", "h2", "ul", "li", "strong", "p", "br"}
PLUGINS = ["strikethrough", "footnotes", "table", "url", "task_lists", "def_list", "abbr", "mark", "insert"]
PLUGINS += ["superscript", "subscript", "math", "ruby", "spoiler"]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "<http://evil.example>",
    "http://evil.example and https://evil.example/a_b_c?x=1&amp;y=2",
    "www.evil.example, WWW.evil.example",
    "me@evil.example and mailto:me@evil.example",
    "# a heading",
    "Acme ##",
    "- a list\n- of two\n+ more\n* and more",
    "1. one\n2) two",
    "> quoted",
    "a title\n===\nanother\n---",
    "***bold*** __bold__ _italic_ *italic* ~~gone~~ ~gone~ ==mark== ^up^ `code`",
    "```\ncode\n```",
    "    indented code",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a | b\n:-- | --:\n1 | 2",
    "[x]: http://evil.example\n[x]",
    "[^1] [^1]: note",
    "- [ ] to do",
    "&lt;script&gt; &#60; &copy; AT&T R&D;",
    "back\\slash \\* \\(x\\) \\[x\\] \\begin{x}",
    "$x$ $$y$$ @@0@@",
    "term\n: definition",
    "one\r\ntwo\rthree\u2028four\x0bfive\n\n\n   six",
    "snake_case_name stays",
    "\x00\x1b[31mred",
    "*",
    "\\",
    "-",
]


def tables(**tables):
    return {name: pd.DataFrame(rows) for name, rows in tables.items()}


def rendered(markdown: str):
    """Return Markdown as a tree of HTML, with each extension that might take something for more than text."""
    return BeautifulSoup(mistune.create_markdown(plugins=PLUGINS, escape=False)(markdown), "html.parser")


def tags_in(tree) -> set[str]:
    """Return the names of the tags in a tree."""
    return {tag.name for tag in tree.find_all(True)}


def items_of(tree) -> list[str]:
    """Return what the items of a list say."""
    return [" ".join(item.get_text().split()) for item in tree.find("ul").find_all("li", recursive=False)]


def plain(text: str) -> str:
    """Return what of a text can be seen, its blanks and line breaks as one."""
    lines = re.sub("[\r\u2028]", " ", text)
    return " ".join(re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", lines).split())


# What stands in it


@pytest.fixture
def acme():
    """A planned interview at Acme after two rounds, with an answer that went badly elsewhere, and three stories."""
    held = {"role": "Analyst", "format": "video"}
    return tables(
        interviews=[
            {"id": "i-1", "company": "Acme", "interviewed_on": "2026-10-01", "stage": "screen", **held}
            | {"outcome": "callback", "outcome_on": "2026-10-08", "documents_given": "CV", "issues": "Too long."},
            {"id": "i-2", "company": "acme", "interviewed_on": "2026-10-20", "stage": "technical", "outcome": "pending"}
            | {"still_needed": "Two references", "answer_better": "The joins.", "role": "Senior Analyst"},
            {"id": "i-3", "company": "Blue", "interviewed_on": "2026-09-01", "stage": "technical"}
            | {"outcome": "rejected"},
            {"id": "i-4", "company": "Acme", "interviewed_on": "2026-11-24", "stage": "onsite", "outcome": "planned"}
            | {"role": "Analyst", "starts_at": "14:30", "place": "1 High Street", "notes": "Ask for Ada", **held},
            {"id": "i-5", "company": "Acme", "interviewed_on": "2026-11-02", "stage": "other", "outcome": "cancelled"},
            {"id": "i-6", "company": "Acme", "interviewed_on": "2026-12-02", "stage": "final", "outcome": "pending"},
        ],
        questions=[
            {"id": "q-1", "interview_id": "i-1", "question": "Why us?", "topic": "motivation", "answered": "well"}
            | {"story_id": "s-1"},
            {"id": "q-2", "interview_id": "i-2", "question": "What is a join?", "topic": "SQL", "answered": "badly"}
            | {"better_answer": "Rows that belong\ntogether."},
            {"id": "q-3", "interview_id": "i-3", "question": "Write a join.", "topic": "sql", "answered": "badly"},
            {"id": "q-4", "interview_id": "i-3", "question": "What is Python?", "topic": "Python", "answered": "badly"},
            {"id": "q-5", "interview_id": "i-6", "question": "Later?", "topic": "SQL", "answered": "badly"},
        ],
        contacts=[
            {"id": "c-1", "interview_id": "i-1", "name": "Ada Lind", "role": "Head", "company": "Acme"}
            | {"met_on": "2026-10-01", "notes": "Runs marathons."},
            {"id": "c-2", "interview_id": "", "name": "Bo Ek", "company": "ACME", "met_on": "2026-05-06"},
            {"id": "c-3", "interview_id": "i-3", "name": "Not here", "company": "Blue"},
        ],
        follow_ups=[
            {"id": "f-1", "interview_id": "i-1", "contact_id": "c-1", "kind": "thank-you", "due_on": "2026-10-03"},
            {"id": "f-2", "interview_id": "i-1", "kind": "thank-you", "due_on": "2026-10-03", "done_on": "2026-10-03"},
        ],
        stories=[
            {"id": "s-1", "title": "The counters", "topics": "motivation, SQL", "situation": "In the city."},
            {"id": "s-2", "title": "The joins", "topics": "sql", "result": "It was fast."},
            {"id": "s-3", "title": "The director", "topics": "conflict"},
        ],
    )


def test_it_says_what_the_records_know_and_where(acme):
    text = ik.brief(acme, "i-4", as_of=TODAY)
    before_asking, after_asking = text.split("\n## Questions worth asking\n")
    assert (
        before_asking
        == f"""\
# Acme, Analyst

- **Stage:** onsite, video
- **When:** in 4 days, Tue 24 Nov 2026, 14:30
- **Where:** 1 High Street
- **Your notes:** Ask for Ada

## Acme so far

- **screen, 1 Oct 2026:** video, callback on 8 Oct 2026.
    - **Was difficult:** Too long.
- **technical, 20 Oct 2026:** Senior Analyst, no answer yet.

## Whom you met there

- **Ada Lind, Head:** Runs marathons. (screen, 1 Oct 2026)
- **Bo Ek** (met on 6 May 2026)

## What they asked

- Why us? (motivation, answered well, screen, 1 Oct 2026)
- What is a join? (SQL, answered badly, technical, 20 Oct 2026)
    - **A better answer:** Rows that belong{BREAK}      together.
- **What you could have answered better:** The joins. (technical, 20 Oct 2026)

## What you still owe them

- **Thank Ada Lind at Acme** (planned after screen, 1 Oct 2026, due on 3 Oct 2026)
- **They still need:** Two references (technical, 20 Oct 2026)

## What you gave them

- CV (screen, 1 Oct 2026)

## Answered badly elsewhere

Acme asked about motivation and SQL.

- Write a join. (sql, answered badly, Blue, technical, 1 Sep 2026)
"""
    )
    assert (
        after_asking.split("\n## ")[-1]
        == """\
Stories that fit

Acme asked about motivation and SQL.

- **The joins.** Fits: sql. Never told yet.
    - **Result:** It was fast.
- **The counters.** Fits: motivation, SQL. Told once, 1 well; already at Acme.
    - **Situation:** In the city.
"""
    )


def test_questions_worth_asking_come_from_the_template(acme):
    (part,) = (part for part in brief_page(acme, "i-4", as_of=TODAY).parts if part.title == "Questions worth asking")
    assert [line.text for line in part.lines] == ik.industry_questions(acme, interview_id="i-4")


def test_where_a_company_asked_nothing_other_interviews_of_the_stage_say_what_to_be_ready_for(acme):
    new = {"id": "i-7", "company": "New", "interviewed_on": "2026-11-25", "stage": "Technical", "outcome": "planned"}
    acme["interviews"] = pd.concat([acme["interviews"], pd.DataFrame([new])])
    page = brief_page(acme, "i-7", as_of=TODAY)
    elsewhere = {part.title: part for part in page.parts}["Answered badly elsewhere"]
    assert elsewhere.note == (
        "It is not noted what New asks. This came up in other interviews of this stage (technical)."
    )
    assert [line.text for line in elsewhere.lines] == ["What is a join?", "Write a join.", "What is Python?"]
    assert not [part for part in page.parts if part.title.endswith("so far")]


def test_with_nothing_else_noted_only_the_facts_and_the_questions_are_there():
    text = ik.brief(tables(interviews=[{"id": "i-1", "company": "Acme"}]), "i-1", as_of=TODAY)
    assert text.startswith("# Acme\n\n- **When:** no day yet\n\n## Questions worth asking\n")
    assert text.count("## ") == 1


@pytest.mark.parametrize(
    ("day", "when"),
    [("2026-11-20", "today, Fri 20 Nov 2026"), ("2026-11-21", "tomorrow, "), ("2026-11-10", "10 days ago, ")],
)
def test_days_until_are_counted_from_the_day_of_the_moment(day, when):
    records = tables(interviews=[{"id": "i-1", "company": "Acme", "interviewed_on": day, "outcome": "planned"}])
    assert f"- **When:** {when}" in ik.brief(records, "i-1", as_of=datetime(2026, 11, 20, 23, 59))


def test_the_focus_is_that_of_a_journal_else_the_latest_one_noted(tmp_path):
    journal = ik.Journal(tmp_path)
    for day, focus in (("2026-10-01", "did_prepare"), ("2026-09-01", "did_drink_coffee")):
        journal.add("interviews", {"company": "Blue", "interviewed_on": day, "focus": focus, "did_prepare": True})
    key = journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-11-24", "outcome": "planned"})
    text = ik.brief(journal, key, as_of=TODAY)
    assert "- Prepared: 1 of 1 before, 1 of 1 since it was chosen (0 points, plausibly" in text
    frames = {"interviews": journal.interviews()}
    assert ik.brief(frames, key, as_of=TODAY) == ik.brief(journal, key, as_of=TODAY)
    journal.choose_focus("did_smile")
    assert "- Smile: not noted in an interview yet.\n" in ik.brief(journal, key, as_of=TODAY)
    journal.choose_focus("")
    assert "What you work on" not in ik.brief(journal, key, as_of=TODAY)


def test_an_id_that_is_not_there_is_answered_with_those_that_are(acme):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        ik.brief(acme, "i-9", as_of=TODAY)
    expected = "interview_id is 'i-9', but no interview has that id; planned are i-4 (Acme) and i-6 (Acme)"
    assert str(error.value) == expected
    with pytest.raises(ValueError, match=r"no interview has that id; there are no interviews$"):
        ik.brief({}, "", as_of=TODAY)
    with pytest.raises(ValueError, match=r"the latest are i-3 \(Blue\)$"):
        ik.brief({"interviews": acme["interviews"].iloc[2:3]}, "i-9", as_of=TODAY)


def test_every_interview_of_the_sample_has_one_and_nothing_is_changed():
    journal = ik.Journal(SAMPLE.parent)
    before = {path.name: path.read_bytes() for path in SAMPLE.parent.iterdir() if path.is_file()}
    for key in journal.interviews()["id"][::6]:
        assert tags_in(rendered(ik.brief(journal, key, as_of=TODAY))) <= OWN_TAGS
    assert {path.name: path.read_bytes() for path in SAMPLE.parent.iterdir() if path.is_file()} == before


# Hostile words


def hostile_records(text: str) -> dict:
    """Return records with a text wherever there can be one."""
    frames = {}
    for name, table in schema.TABLES.items():
        row = {column.name: text for column in table.columns if column.kind == "text"}
        frames[name] = [row | {"id": f"{table.letter}-1", "interview_id": "i-1"}]
    planned = {**frames["interviews"][0], "id": "i-2", "interviewed_on": "2026-11-24", "outcome": "planned"}
    frames["interviews"] += [planned]
    frames["questions"][0] |= {"answered": "badly", "story_id": "s-1"}
    return tables(**frames)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_and_nothing_in_them_runs(text):
    markdown = ik.brief(hostile_records(text), "i-2", as_of=TODAY)
    tree = rendered(markdown)
    assert tags_in(tree) <= OWN_TAGS
    assert not [tag for tag in tree.find_all(True) if tag.attrs]
    assert plain(text) in " ".join(tree.get_text().split())
    assert len(tree.find_all("h1")) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_within_one_item_of_its_list(text):
    assert items_of(rendered(listed_lines([Line("", text), Line("next")]))) == [plain(text), "next"]


LETTERS = strategies.text(alphabet="\\`*_{}[]()<>#+-.!|~^=&;:@$/\"'% \n\t0x1aw.", max_size=40)


@settings(deadline=None)
@given(LETTERS)
def test_any_punctuation_is_shown_as_it_is(text):
    tree = rendered(listed_lines([Line("", text), Line("next")]))
    assert tags_in(tree) <= OWN_TAGS
    assert items_of(tree) == [plain(text), "next"]


@settings(deadline=None)
@given(LETTERS)
def test_so_does_another_program(text):
    markdown_it = pytest.importorskip("markdown_it")
    parser = markdown_it.MarkdownIt("commonmark").enable(["strikethrough", "table"])
    tree = BeautifulSoup(parser.render(listed_lines([Line("", text), Line("next")])), "html.parser")
    assert tags_in(tree) <= OWN_TAGS
    assert items_of(tree) == [plain(text), "next"]


# The command line


def test_the_command_prints_the_brief_of_the_next_interview_that_is_coming(capsys):
    journal = ik.Journal(SAMPLE.parent)
    coming = ik.upcoming(journal, as_of=TODAY)
    assert coming["overdue_debrief"].tolist() == [True, False, False]
    for asked, place in ([], 1), ([coming["id"].iloc[2]], 2):
        assert app.main(["brief", *asked, "--records", str(SAMPLE.parent), "--as-of", "2026-11-20"]) == 0
        assert capsys.readouterr().out == ik.brief(journal, coming["id"].iloc[place], as_of=TODAY)


@pytest.mark.parametrize("is_read", [True, False])
def test_on_a_terminal_a_link_can_be_copied_and_a_file_gets_markdown(is_read, capsys, tmp_path, monkeypatch):
    link = "https://acme.example/jobs_[1]?a=1&amp;b=<2>"
    ik.Journal(tmp_path).add(
        "interviews", {"company": "Acme", "interviewed_on": "2026-11-24", "outcome": "planned", "place": link}
    )
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_read, raising=False)
    assert app.main(["brief", "--records", str(tmp_path), "--as-of", "2026-11-20"]) == 0
    assert (link in capsys.readouterr().out) is is_read


def test_the_command_says_so_where_none_is_coming_or_there_is_no_such_id(capsys, tmp_path):
    ik.Journal(tmp_path).add("interviews", {"id": "i-1", "company": "Acme", "interviewed_on": "2026-11-01"})
    assert app.main(["brief", "--records", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{NONE_COMING}\n"
    assert app.main(["brief", "i-2", "--records", str(tmp_path)]) == 1
    assert "no interview has that id; the latest are i-1 (Acme)" in capsys.readouterr().err


def test_nothing_in_the_records_reaches_the_terminal_as_a_command_to_it(capsys, tmp_path):
    values = {"company": "A\x1b]0;owned\x07", "interviewed_on": "2099-01-01", "outcome": "planned", "notes": "\x1b[2J"}
    ik.Journal(tmp_path).add("interviews", {"id": "i-1", **values})
    assert app.main(["brief", "--records", str(tmp_path)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_brief_tells_of_one_person_alone(tmp_path):
    for name in ("ann", "ben"):
        journal = ik.Journal(tmp_path / name)
        row = {"id": f"i-{name}1", "company": "Acme", "interviewed_on": "2026-04-01", "notes": f"secret of {name}"}
        journal.add("interviews", row)
        journal.add("interviews", {"id": f"i-{name}2", "company": "Acme", "interviewed_on": "2026-06-01"})
    clients = ik.Clients(tmp_path)
    with pytest.raises(ValueError, match=r"^these are the records of 2 people, and what is next is asked of one"):
        ik.brief(clients, "i-ben2", as_of="2026-05-01")
    text = ik.brief(clients.of("ben"), "i-ben2", as_of="2026-05-01")
    assert "secret of ben" in text
    assert "secret of ann" not in text

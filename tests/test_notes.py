"""The drafts: made of the records, whole sentences, nothing raw left in them."""

import re
from datetime import date

import pandas as pd
import pytest
from jinja2 import nodes

import interview_kit as ik
from interview_kit.journal import SAMPLE, Journal
from interview_kit.next_steps import template
from interview_kit.next_steps.notes import TEMPLATES, TONES

TODAY = date(2026, 5, 20)
NOTES = {
    "thank_you": ik.thank_you_note,
    "status": ik.status_note,
    "information": ik.information_note,
    "keep_in_touch": lambda records, key, **more: ik.keep_in_touch_note(records, interview_id=key, **more),
}
RAW = re.compile(r"\{\{|\}\}|\{%|\bNone\b|\bnan\b|\bNaN\b|\bNaT\b|<NA>|  |\n\n\n")


def frames(contact=None, **interview):
    given = {"id": "i-1", "company": "Acme", "role": "Analyst", "interviewed_on": date(2026, 5, 19)}
    people = [{"id": "c-1", "interview_id": "i-1"} | one for one in ([] if contact is None else [contact])]
    questions = [{"interview_id": "i-1", "topic": topic} for topic in ("SQL", "salary", "sql", "Forecasts")]
    return {
        "interviews": pd.DataFrame([given | interview]),
        "contacts": pd.DataFrame(people),
        "questions": pd.DataFrame(questions),
    }


def test_a_thank_you_holds_whom_what_and_the_promise():
    records = frames({"name": "Ada Lind", "notes": "Loves\nold maps"}, still_needed="Two references.", person="Kim")
    assert ik.thank_you_note(records, "i-1", as_of=TODAY) == (
        "Subject: Thank you for our talk\n\n"
        "Dear Ada,\n\n"
        "Thank you for taking the time to talk with me yesterday. I enjoyed it, and I left with a clearer picture of "
        "the Analyst role at Acme.\n\n"
        "Our talk about SQL and Forecasts has stayed with me.\n\n"
        "[say in your own words, from your notes: “Loves old maps”]\n\n"
        "As promised, here is what you still need from me: Two references.\n\n"
        "I would be glad to go on from here. If anything else would help you, just write.\n\n"
        "Warm regards\nKim\n"
    )


def test_gaps_are_marked_in_words():
    note = ik.thank_you_note({"interviews": pd.DataFrame({"id": ["i-1"], "company": ["Acme"]})}, "i-1", tone="formal")
    assert re.findall(r"\[[^]]*\]", note) == [
        "[on which day]",
        "[the interviewer's name]",
        "[on which day]",
        "[job title]",
        "[one thing you talked about]",
        "[your name]",
    ]


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("kind", NOTES)
def test_no_draft_of_the_sample_has_anything_raw_in_it(kind, tone):
    journal = Journal(SAMPLE.parent)
    whole = {name: getattr(journal, name)() for name in ("interviews", "contacts", "questions", "follow_ups")}
    for key in list(whole["interviews"]["id"])[::9]:
        note = NOTES[kind](whole, key, tone=tone, as_of=date(2026, 11, 3))
        assert note.startswith("Subject: ")
        assert RAW.findall(note) == []
        assert note.endswith("\n[your name]\n")


@pytest.mark.parametrize("kind", NOTES)
def test_the_tones_differ(kind):
    assert len({NOTES[kind](frames({"name": "Ada Lind"}), "i-1", tone=tone, as_of=TODAY) for tone in TONES}) == 3


@pytest.mark.parametrize("text", ["{{ name }}", "{% if %}", 'O\'Hara, "Bo" 🦉', "<b>x</b>", "a]b[c"])
def test_what_people_wrote_is_never_read_as_a_template(text):
    records = frames({"name": text, "notes": text}, still_needed=text, company=text)
    note = ik.thank_you_note(records, "i-1", tone="formal", as_of=TODAY)
    assert f"Dear {text}," in note
    assert f"at {text}." in note
    assert note.count("[") == note.count("]")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-05-20", "talk with me today."),
        ("2026-05-16", "talk with me on Saturday."),
        ("2026-05-13", "talk with me on 13 May."),
        ("2025-05-13", "talk with me on 13 May 2025."),
        (None, "talk with me [on which day]."),
    ],
)
def test_the_day_is_said_as_people_say_it(day, words):
    assert words in ik.thank_you_note(frames(interviewed_on=day), "i-1", as_of=TODAY)


@pytest.mark.parametrize(
    ("name", "greeting"),
    [("Ada Lind", "Ada"), ("Dr. Ada Lind", "Dr. Ada Lind"), ("Lind, Ada", "Lind, Ada"), ("J. Lind", "J. Lind")],
)
def test_a_first_name_is_used_where_it_is_plain(name, greeting):
    assert f"\nDear {greeting},\n" in ik.thank_you_note(frames({"name": name}), "i-1", as_of=TODAY)


def test_a_thank_you_is_for_everyone_met_and_a_question_for_one():
    records = frames()
    records["contacts"] = pd.DataFrame([{"interview_id": "i-1", "name": name} for name in ("Ada Lind", "Bo Ek")])
    assert "Dear Ada and Bo," in ik.thank_you_note(records, "i-1", as_of=TODAY)
    assert "Dear Ada," in ik.status_note(records, "i-1", as_of=TODAY)


def test_a_status_question_goes_to_whom_they_met_last_at_the_company():
    records = frames()
    records["contacts"] = pd.DataFrame(
        [
            {"company": "acme", "name": name, "met_on": day}
            for name, day in (("Bo Ek", "2026-03-01"), ("Ada", "2026-04-01"))
        ]
    )
    assert "Dear Ada," in ik.status_note(records, "i-1", as_of=TODAY)


def test_what_was_sent_already_is_not_promised_again():
    records = frames(still_needed="Two references")
    assert "Two references" in ik.thank_you_note(records, "i-1", as_of=TODAY)
    records["follow_ups"] = pd.DataFrame([{"interview_id": "i-1", "kind": "send information", "done_on": TODAY}])
    assert "Two references" not in ik.thank_you_note(records, "i-1", as_of=TODAY)


def test_a_contact_is_enough():
    note = ik.keep_in_touch_note(frames({"name": "Ada"}), "c-1", question="How do you test maps?", as_of=TODAY)
    assert "We met yesterday, when I talked with Acme about the Analyst role." in note
    assert "How do you test maps?" in note


def test_questions_about_the_practice_are_filled_with_role_and_topics():
    questions = ik.industry_questions(frames({"name": "Ada"}), "c-1")
    assert questions[0] == "How do good teams in your field handle SQL today, and what do they still get wrong?"
    assert "What do people in their first Analyst role most often underestimate?" in questions
    assert len(questions) == len(set(questions)) == 9
    assert not any(RAW.search(question) or "[" in question for question in questions)
    assert questions[0] in ik.keep_in_touch_note(frames({"name": "Ada"}), "c-1", as_of=TODAY)


# Templates that people edit


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path)
    journal.add("interviews", {"id": "i-1", "company": "Acme", "interviewed_on": date(2026, 5, 19)})
    (tmp_path / "notes").mkdir()
    return journal


def own(journal, text):
    path = journal.folder / "notes" / "thank_you.warm.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_ones_own_template_is_used_before_the_kits(journal):
    own(journal, "\ufeffHi {{ company }}!\r\n")
    assert ik.thank_you_note(journal, "i-1") == "Hi Acme!\n"
    assert ik.thank_you_note(journal, "i-1", tone="plain").startswith("Subject: ")


MAY_NAME = (
    "A note may name name, first_name, company, role, when, topics, topic_list, remembered, promised, question, sender;"
    " mend the file, or delete it to have the kit's own back"
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Hi\n{{ nmae }}", ", line 2: 'nmae' is undefined"),
        ("Hi\n\n{% if name %}", ", line 3: Unexpected end of template."),
        ("{% for topic in topic_list %}{% endfor %}\n{{ topic }}", ", line 2: 'topic' is undefined"),
        ("{{ range }}", ", line 1: 'range' is undefined"),
        (b"caf\xe9", ": it is not UTF-8"),
    ],
)
def test_a_broken_template_is_named_with_its_line(journal, text, problem):
    path = own(journal, text)
    with pytest.raises(ValueError) as error:  # noqa: PT011
        ik.thank_you_note(journal, "i-1")
    message = str(error.value)
    assert message.startswith(f"{path}{problem}")
    assert message.endswith(MAY_NAME)


def refused(journal):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        ik.thank_you_note(journal, "i-1")
    return str(error.value)


def test_a_template_that_is_a_link_is_not_read(journal, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    path = journal.folder / "notes" / "thank_you.warm.txt"
    path.symlink_to(secret)
    words = "thank_you.warm.txt is a link; a template is a file of the folder itself. A note may name"
    assert refused(journal).startswith(f"{path}: {words}")


def test_the_kits_own_templates_may_be_links_that_an_installer_made(journal, tmp_path, monkeypatch):
    (tmp_path / "linked").mkdir()
    for path in TEMPLATES.iterdir():
        (tmp_path / "linked" / path.name).symlink_to(path)
    expected = ik.thank_you_note(journal, "i-1")
    monkeypatch.setattr("interview_kit.next_steps.notes.TEMPLATES", tmp_path / "linked")
    assert ik.thank_you_note(journal, "i-1") == expected


def test_a_template_asks_compares_and_lists(journal):
    journal.add("questions", {"interview_id": "i-1", "question": "Why a view?", "topic": "SQL"})
    own(
        journal,
        "{{ company|upper }} {{ ' an aside '|trim|capitalize }}{# nothing #}{% raw %}{{ raw }}{% endraw %}\n"
        "{% if not promised and (topics or name) %}\nyes\n{% else %}\nno\n{% endif %}\n"
        "{% if company == 'Acme' %}\nA\n{% elif company != 'Bolt' %}\nB\n{% endif %}\n"
        "{% for topic in topic_list if topic != 'salary' %}{{ topic|lower }}.{% else %}none{% endfor %}\n",
    )
    assert ik.thank_you_note(journal, "i-1") == "ACME An aside{{ raw }}yes\nA\nsql.\n"


USABLE = (
    "; a template can use {{ name }}, {% if name %}, {% for topic in topic_list %} without a loop inside, and, or, not,"
    " == and !=, and the filters upper, lower, title, capitalize and trim. A note may name"
)
# What could run or grow without end, read other files, or get at Python; each is refused before anything runs.
BEYOND = {
    "{% include 'greeting.txt' %}": "Include",
    "{% extends 'greeting.txt' %}": "Extends",
    "{% import 'greeting.txt' as it %}": "Import",
    "{% from 'greeting.txt' import it %}": "FromImport",
    "{% block it %}{% endblock %}": "Block",
    "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}": "Macro",
    "{% call m() %}{% endcall %}": "CallBlock",
    "{% filter upper %}x{% endfilter %}": "FilterBlock",
    "{% set x = 'ab' %}": "Assign",
    "{% set x %}ab{% endset %}": "AssignBlock",
    "{% with %}x{% endwith %}": "With",
    "{{ name() }}": "Call",
    "{{ name.center }}": "Getattr",
    "{{ name['center'] }}": "Getitem",
    "{{ name ~ name }}": "Concat",
    "{{ name + name }}": "Add",
    "{{ 'x' * 1000000000 }}": "Mul",
    "{{ 9 ** 99999999 }}": "Pow",
    "{{ '%1000000000d' % 1 }}": "Mod",
    "{{ company / 2 }}": "Div",
    "{{ [1] }}": "List",
    "{{ (1, 2) }}": "Tuple",
    "{{ {1: 2} }}": "Dict",
    "{{ name is defined }}": "Test",
    "{{ name if name }}": "CondExpr",
    "{{ name > 'x' }}": "comparison gt",
    "{{ name in 'x' }}": "comparison in",
    "{{ 'x'|center(1000000000) }}": "filter center",
    "{{ name|trim('x') }}": "filter trim",
    "{{ name|trim(chars='x') }}": "filter trim",
    "{{ name|upper(*topic_list) }}": "filter upper",
    "{{ name|pprint }}": "filter pprint",
    "{% for a in topic_list %}{% for b in topic_list %}{% endfor %}{% endfor %}": "loop over topic_list",
    "{% for a in topic_list %}{% else %}{% if a %}{% for b in topic_list %}{% endfor %}{% endif %}{% endfor %}": (
        "loop over topic_list"
    ),
    "{% for letter in name %}{% endfor %}": "loop over name",
    "{% for a in range %}{% endfor %}": "loop over range",
    "{% for a in 'text' %}{% endfor %}": "loop over Const",
}


@pytest.mark.parametrize("text", BEYOND)
def test_a_template_that_wants_more_than_a_note_needs_is_refused(journal, text):
    path = own(journal, f"{{% if name %}}\n{text}{{% endif %}}" if "extends" not in text else f"\n{text}")
    assert refused(journal).startswith(f"{path}, line 2: Jinja's {BEYOND[text]} is more than a note needs{USABLE}")


def test_every_node_of_jinja_is_either_used_or_refused():
    names = {name for name, node in vars(nodes).items() if isinstance(node, type) and issubclass(node, nodes.Node)}
    assert names >= template.USED
    assert len(names - template.USED) > 40


def test_a_template_that_is_nested_too_deep_is_named(journal):
    path = own(journal, "{{ " + "(" * 9999 + "name" + ")" * 9999 + " }}")
    assert refused(journal).startswith(f"{path}: maximum recursion depth exceeded")


def test_the_page_beside_the_templates_says_what_they_can_use():
    page = " ".join((TEMPLATES / "README.md").read_text(encoding="utf-8").replace("`", "").split())
    assert USABLE.removeprefix("; a template ").partition(".")[0] in page.replace("A template can", "can")


def test_the_table_beside_the_templates_lists_every_value_they_may_name():
    listed = re.findall(r"^\| `\{\{ (\w+) \}\}`", (TEMPLATES / "README.md").read_text(encoding="utf-8"), re.M)
    assert ", ".join(listed) == MAY_NAME.removeprefix("A note may name ").split(";")[0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda r: ik.thank_you_note(r, "i-1", tone="rude"), "tone is 'rude'; it must be 'warm', 'plain' or 'formal'"),
        (lambda r: ik.thank_you_note(r, "i-9"), "interview_id is 'i-9', but no interview has that id"),
        (lambda r: ik.status_note(r, contact_id="c-9"), "contact_id is 'c-9', but no contact has that id"),
        (ik.status_note, "a note needs an interview_id or a contact_id; give one of them"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call(frames())
    assert str(error.value) == message

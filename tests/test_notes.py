"""The drafts: made of the records, whole sentences, nothing raw left in them."""

import re
from datetime import date

import pandas as pd
import pytest

import interview_kit as ik
from interview_kit.journal import SAMPLE, Journal
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
        ("{{ company / 2 }}", ", line 1: unsupported operand type(s) for /: 'str' and 'int'"),
        ("{{ ''.__class__ }}", ", line 1: access to attribute '__class__' of 'str' object is unsafe"),
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


def test_a_template_reads_no_file_outside_its_folder(journal, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    (journal.folder / "notes" / "linked.txt").symlink_to(secret)
    (journal.folder / "notes" / "away").symlink_to(tmp_path)
    path = own(journal, "Hi\n{% include 'linked.txt' %}")
    words = "is a link; a template is a file of the folder itself. A note may name"
    assert refused(journal).startswith(f"{path}, line 2: linked.txt {words}")
    own(journal, "{% include 'away/secret.txt' %}")
    assert f"away/secret.txt {words}" in refused(journal)
    own(journal, "{% include '../secret.txt' %}")
    assert "../secret.txt" in refused(journal)
    path.unlink()
    path.symlink_to(secret)
    assert f"thank_you.warm.txt {words}" in refused(journal)


def test_the_kits_own_templates_may_be_links_that_an_installer_made(journal, tmp_path, monkeypatch):
    (tmp_path / "linked").mkdir()
    for path in TEMPLATES.iterdir():
        (tmp_path / "linked" / path.name).symlink_to(path)
    expected = ik.thank_you_note(journal, "i-1")
    monkeypatch.setattr("interview_kit.next_steps.notes.TEMPLATES", tmp_path / "linked")
    assert ik.thank_you_note(journal, "i-1") == expected


def test_a_plain_file_of_the_folder_is_included(journal):
    (journal.folder / "notes" / "greeting.txt").write_text("Dear {{ company }}")
    own(journal, "{% include 'greeting.txt' %},\n{% for word in ['a', 'b'] %}{{ word }}{% endfor %}")
    assert ik.thank_you_note(journal, "i-1") == "Dear Acme,\nab\n"


SIXTY = "{% set n = namespace(x='ab', y=[1]) %}{% for i in range(60) %}DOUBLE{% endfor %}{{ n.y|string|length }}"
GROWING = [  # each makes gigabytes of a few characters
    *(
        SIXTY.replace("DOUBLE", double)
        for double in (
            "{% set n.x = n.x ~ n.x %}",
            "{% set n.x = n.x + n.x %}",
            "{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}",
            "{% set n.y = n.y + n.y %}",
            "{% set n.y = [n.y, n.y] %}",
        )
    ),
    "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "m(" * 40 + "'ab'" + ")" * 40 + " }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ 'x'.center(1000000000) }}",
    "{{ 'x'.ljust(1000000000) }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{{ '{:>{}}'.format(1, 1000000000) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ ('x' * 9999)|replace('x', 'y' * 9999) }}",
    "{{ ('x' * 9999).replace('x', 'y' * 9999) }}",
    "{{ ('y' * 9999).join(['x'] * 9999) }}",
    "{{ (['x'] * 9999)|join('y' * 9999) }}",
    "{{ ('x\n' * 9999)|indent(99999) }}",
    "{{ [1]|slice(1000000000)|list|length }}",
    "{{ [1]|batch(1000000000, 2)|list|length }}",
    "{{ (['x'] * 9999)|map('center', 99999)|list|length }}",
    "{{ 1.5|round(1000000000) }}",
]


@pytest.mark.parametrize("text", GROWING)
def test_a_template_makes_no_gigabytes_of_a_few_characters(journal, text):
    own(journal, text)
    assert re.search(r"thank_you\.warm\.txt, line [12]: \S+( \w+)? makes something too large here\.", refused(journal))


def test_a_note_may_do_what_notes_do(journal):
    own(
        journal,
        "{{ company.replace('A', 'a').center(10) ~ '|' }}{{ ('one two three ' * 200)|truncate(20) }}{{ 7 % 4 + 2026 }}"
        "{{ ['a', 'b']|join(', ') }}{% set greeting %}Dear {{ company }}{% endset %}{{ greeting|indent(4) }}",
    )
    assert ik.thank_you_note(journal, "i-1") == "acme   |one two three...2029a, bDear Acme\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
            ", line 1: its loops take more than 20,000",
        ),
        (
            "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
            ", line 1: its loops take",
        ),
        ("{% for a in range(19999) %}{{ '0123456789' }}{% endfor %}", ": it makes more than 100,000 characters"),
        ("{{ 'x' * 1000000000 }}", ", line 1: * makes something too large here"),
        ("{{ 9 ** 99999999 }}", ", line 1: ** makes something too large here"),
        ("{% include 'thank_you.warm.txt' %}", ": it includes or calls itself without end"),
    ],
)
def test_a_template_without_end_is_stopped_and_named(journal, text, problem):
    path = own(journal, text)
    assert refused(journal).startswith(f"{path}{problem}")


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

"""One value at a time: what is read, what is refused and in which words, and that writing is the reverse of reading."""

import re
from datetime import date, datetime, time

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, strategies as st

from interview_kit import schema

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
TYPED_KINDS = sorted(schema.PARSERS)
NOT_A_DATE = "is not a date; write it as year-month-day, such as 2026-04-03"
NO_SUCH_DAY = "is not a day of the calendar; write it as year-month-day, such as 2026-04-03"
NOT_A_MOMENT = "is not a local date and time, such as 2026-04-03 14:30"
NOT_A_CHANCE = "is not a number from 0 to 100"


def refusal(kind, text):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - every sentence is compared whole
        schema.parse(kind, text)
    return str(error.value)


# Reading


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (
            "outcome",
            "callbck",
            "is not one of pending, callback, offer, rejected, no reply, withdrawn, planned, cancelled",
        ),
        ("format", "pigeon", "is not one of phone, video, in person"),
        ("answered", "so-la-la", "is not one of well, okay, badly"),
        ("follow_up", "flowers", "is not one of thank-you, send information, ask status, stay in touch"),
        ("yes/no", "maybe", "is not yes or no"),
        ("rating", "6", "is not a whole number from 1 to 5"),
        ("rating", "3.5", "is not a whole number from 1 to 5"),
        ("rating", "yes", "is not a whole number from 1 to 5"),
        ("chance", "101", NOT_A_CHANCE),
        ("chance", "-1", NOT_A_CHANCE),
        ("chance", "1e2", NOT_A_CHANCE),
        ("chance", "50,5", NOT_A_CHANCE),
        ("chance", "0.7", "reads as less than 1 in 100; write 70 if that is what you mean"),
        ("chance", "0.25%", "reads as less than 1 in 100; write 25 if that is what you mean"),
        ("date", "03/04/2026", "can be 2026-03-04 or 2026-04-03; write the one you mean"),
        ("date", "3.4.2026", "can be 2026-03-04 or 2026-04-03; write the one you mean"),
        ("date", "yesterday", NOT_A_DATE),
        ("date", "03-04-26", NOT_A_DATE),
        ("date", "3 Apr 26", NOT_A_DATE),
        ("date", "3 apr ²²²²", NOT_A_DATE),
        ("date", "2026111", NOT_A_DATE),
        ("date", "2026-04/03", NOT_A_DATE),
        ("date", "2026-04-03 99:99", NOT_A_DATE),
        ("date", "2026-02-29", NO_SUCH_DAY),
        ("date", "13/13/2026", NO_SUCH_DAY),
        ("date", "02/30/2026", NO_SUCH_DAY),
        ("date", "31 April 2026", NO_SUCH_DAY),
        ("date", "0000-01-01", NO_SUCH_DAY),
        ("datetime", "2026-04-03", NOT_A_MOMENT),
        ("datetime", "2026-04-03 14:30+02:00", NOT_A_MOMENT),
        ("datetime", "half past two", NOT_A_MOMENT),
        ("time", "24:00", "is not a time of day, such as 14:30"),
        ("time", "2 pm", "is not a time of day, such as 14:30"),
    ],
)
def test_what_cannot_be_read_says_what_is_accepted(kind, text, sentence):
    assert refusal(kind, text) == sentence


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("outcome", "Call-Back", "callback"),
        ("outcome", " no_reply ", "no reply"),
        ("outcome", "ghosted", "no reply"),
        ("outcome", "", "pending"),
        ("outcome", "  ", "pending"),
        ("stage", "Phone  Screen", "screen"),
        ("stage", "On-Site", "onsite"),
        ("stage", "Pair programming", "Pair programming"),
        ("stage", "", None),
        ("format", "On-site", "in person"),
        ("format", "ZOOM", "video"),
        ("answered", "ok", "okay"),
        ("follow_up", "thank you", "thank-you"),
        ("yes/no", "TRUE", True),
        ("yes/no", "✓", True),
        ("yes/no", "0", False),
        ("yes/no", " ", None),
        ("rating", "4", 4),
        ("rating", "4.0", 4),
        ("chance", "70 %", 70.0),
        ("chance", "0", 0.0),
        ("chance", "100", 100.0),
        ("date", "2026-04-03", date(2026, 4, 3)),
        ("date", "2026/4/3", date(2026, 4, 3)),
        ("date", "20260403", date(2026, 4, 3)),
        ("date", "2026-04-03T09:15", date(2026, 4, 3)),
        ("date", "2026-04-03 00:00:00", date(2026, 4, 3)),
        ("date", "13/04/2026", date(2026, 4, 13)),
        ("date", "04/13/2026", date(2026, 4, 13)),
        ("date", "05.05.2026", date(2026, 5, 5)),
        ("date", "3 April 2026", date(2026, 4, 3)),
        ("date", "Apr 3, 2026", date(2026, 4, 3)),
        ("datetime", "2026-04-03 14:30", datetime(2026, 4, 3, 14, 30)),
        ("datetime", "2026-04-03T14:30:12.123456", datetime(2026, 4, 3, 14, 30, 12)),
        ("time", "9:05", time(9, 5)),
        ("time", "14:30:10", time(14, 30, 10)),
        *[("text", text, text) for text in ("NA", "null", "007", "None", "nan", " spaced ", "it's")],
        ("text", "'=1+1", "=1+1"),
        ("text", "''=1+1", "'=1+1"),
        ("text", "'tis", "'tis"),
    ],
)
def test_what_is_read(kind, text, value):
    assert schema.parse(kind, text) == value
    assert type(schema.parse(kind, text)) is type(value)


@given(st.sampled_from(TYPED_KINDS), st.one_of(TEXT, st.text("0123456789²٣-/.: TaprmyAPRMY%", max_size=14)))
@example("date", "3 apr ²²²²")
@example("date", "٣/٤/٢٠٢٦")
def test_any_text_is_read_or_refused_in_a_sentence_of_ours(kind, text):
    try:
        schema.parse(kind, text)
    except ValueError as error:
        assert str(error).startswith(("is not ", "can be ", "reads as "))  # noqa: PT017


@given(st.dates())
def test_every_spelling_of_a_date_that_is_read_means_that_date(day):
    spellings = [
        day.isoformat(),
        f"{day:%Y%m%d}".zfill(8),
        f"{day.day} {day:%B} {day.year:04}",
        f"{day.day}/{day.month}/{day.year:04}",
    ]
    for text in spellings:
        try:
            assert schema.parse("date", text) == day
        except ValueError as error:
            assert re.fullmatch(rf"can be .*{day}.*; write the one you mean", str(error))  # noqa: PT017


# Writing


@given(TEXT)
@example("=1+1")
@example("'=1+1")
@example("\t")
@example("\r")
@example("'")
@example("-5")
@example("＝1+1")
@example("x;=1+1")
@example("x;'=1+1")
@example("\t=1")
@example("a,b\r=1\t''@x|+")
@example("x\n=1+1")
@example("x\n'=1\n'- a\n-1")
@example("\t=1\t=2")
@example('x;"=1;"\'=2\n\'"=3')
def test_free_text_comes_back_and_no_spreadsheet_runs_it(text):
    written = schema.to_text("text", text)
    assert schema.parse("text", written) == text
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert not re.search(r"[;,|\r]\"*[=+\-@＝＋－＠]|\n\"*([=+@＝＋＠]|[-－][^ ])", written)


@pytest.mark.parametrize("text", ["They asked:\n- why\n- when", "well-known, and more", "it's fine", "2 + 2; = 4"])
def test_plain_words_are_written_as_they_are(text):
    assert schema.escape(text) == text


@given(st.sampled_from(TYPED_KINDS), TEXT)
def test_what_is_written_is_read_as_the_same_value(kind, text):
    try:
        value = schema.parse(kind, text)
        written = schema.to_text(kind, text)
    except ValueError:
        return
    assert schema.parse(kind, written) == value
    assert schema.to_text(kind, written) == written


@given(st.dates(), st.times(), st.integers(1, 5), st.one_of(st.just(0), st.floats(1, 100)), st.booleans())
def test_values_are_written_as_they_are_read(day, clock, rating, chance, answer):
    clock = clock.replace(microsecond=0)
    for kind, value in {
        "date": day,
        "time": clock,
        "datetime": datetime.combine(day, clock),
        "rating": rating,
        "chance": chance,
        "yes/no": answer,
    }.items():
        assert schema.parse(kind, schema.to_text(kind, value)) == value


@pytest.mark.parametrize(
    "nothing", [None, "", float("nan"), np.nan, pd.NA, pd.NaT, np.float32("nan"), np.datetime64("NaT", "us")]
)
@pytest.mark.parametrize("kind", ["text", "id", *TYPED_KINDS])
def test_nothing_is_written_as_nothing(kind, nothing):
    assert schema.to_text(kind, nothing) == ""


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("date", pd.Timestamp("2026-04-03"), "2026-04-03"),
        ("date", np.datetime64("2026-04-03"), "2026-04-03"),
        ("datetime", pd.Timestamp("2026-04-03 14:30:12.5"), "2026-04-03 14:30:12"),
        ("time", time(14, 30), "14:30"),
        ("yes/no", np.True_, "yes"),
        ("yes/no", False, "no"),
        ("yes/no", 1.0, "yes"),
        ("rating", np.int64(4), "4"),
        ("rating", 4.0, "4"),
        ("chance", np.float64(70), "70"),
        ("chance", np.float32(62.5), "62.5"),
        ("outcome", "Ghosted", "no reply"),
        ("stage", "=HYPERLINK()", "'=HYPERLINK()"),
        ("text", 7, "7"),
    ],
)
def test_values_of_frames_and_forms_are_written_plainly(kind, value, text):
    assert schema.to_text(kind, value) == text


def test_writing_refuses_in_the_words_of_reading():
    with pytest.raises(ValueError, match=r"^is not a whole number from 1 to 5$"):
        schema.to_text("rating", True)


# The tables


def test_a_table_that_is_not_there_names_those_that_are():
    with pytest.raises(ValueError) as error:  # noqa: PT011
        schema.table("jobs")
    assert (
        str(error.value) == "'jobs' is not a table; the tables are interviews, questions, contacts, follow_ups, stories"
    )


def test_each_table_has_each_column_once_and_begins_with_its_id():
    for table in schema.TABLES.values():
        assert table.names[0] == "id"
        assert len(set(table.names)) == len(table.names)
    assert len({table.letter for table in schema.TABLES.values()}) == len(schema.TABLES)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("did_smile_more", "yes/no", "Smile more"),
        ("rated_energy", "rating", "Energy"),
        ("color", "text", "Color"),
        ("did_", "yes/no", "did_"),
        ("did_prepare", "yes/no", "Prepared"),
    ],
)
def test_a_column_is_described_by_its_prefix(name, kind, words):
    column = schema.INTERVIEWS.column(name)
    assert (column.kind, column.label) == (kind, words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Smiled more!", "did_smiled_more"),
        ("did_smile", "did_smile"),
        ("  Größe gezeigt ", "did_größe_gezeigt"),
        ("x" * 99, "did_" + "x" * 60),
    ],
)
def test_a_behavior_in_plain_words_becomes_a_column(words, name):
    assert schema.behavior_name(words) == name
    assert schema.behavior_name(words, "rated_") == name.replace("did_", "rated_", 1)


@pytest.mark.parametrize("words", ["", " ?! ", "__"])
def test_a_behavior_without_letters_is_refused(words):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        schema.behavior_name(words)
    assert str(error.value) == f"{words!r} has no letters; name the behavior in a few words, such as 'smiled more'"


def test_every_spelling_means_what_it_is_listed_under():
    for kind, choices in schema.SPELLINGS.items():
        for choice, words in choices.items():
            for word in filter(None, [choice, *words.split("|")]):
                assert schema.parse(kind, word.upper()) == choice

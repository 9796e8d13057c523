"""Reports and charts as files: what they say, what they never say, and what happens when something is in the way."""

import csv
import io
import json
import os
import re
import stat
import struct
import zlib
from datetime import date
from html import escape, unescape

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

import interview_kit as ik
from interview_kit import app, charts, patterns, report, schema, studies, trends
from interview_kit.frame.held import held
from interview_kit.journal import SAMPLE
from interview_kit.report import contents, export, images, page, redaction
from interview_kit.words import percent, points
from tests.browser import lab

TODAY = "2026-11-20"
NUMBERED = ("n_with", "n_without", "callbacks_with", "callbacks_without", "difference", "ci_low", "p_adjusted")


@pytest.fixture(scope="module")
def sample():
    """Return the sample without what is planned, which counts in no report."""
    return held(ik.load_interviews(SAMPLE))


@pytest.fixture(scope="module")
def composed(sample):
    return contents.compose(sample, as_of=TODAY)


@pytest.fixture
def journal():
    return ik.Journal(SAMPLE.parent)


@pytest.fixture
def chrome(monkeypatch):
    """The browser of this machine, as images are drawn by it."""
    found = lab.find_chromium()
    if found is None:
        if os.environ.get("INTERVIEW_KIT_BROWSER") == "required":
            pytest.fail("no Chromium on this machine")
        pytest.skip("no Chromium on this machine; install the system's chromium package to draw images")
    monkeypatch.setenv("BROWSER_PATH", found)


def read_csv(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def words(html):
    """Return what a page shows, less its scripts and styles."""
    return re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S)


def names(paths, folder):
    return [path.relative_to(folder).as_posix() for path in paths]


# What is written.


def test_a_report_is_a_page_with_its_tables_beside_it(sample, tmp_path):
    folder = tmp_path / "report"
    written = ik.save_report(sample, folder, as_of=TODAY)
    tables = ["behaviors", "calibration", "habit", "paths", "stages", "trend", "waiting"]
    assert names(written, folder) == ["report.html", *(f"tables/{name}.csv" for name in tables)]
    assert sorted(tmp_path.iterdir()) == [folder]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have these permissions")
def test_only_the_owner_can_look_into_a_report(sample, tmp_path):
    written = ik.save_report(sample, tmp_path / "a" / "report", as_of=TODAY, charts="stages")
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    folders = (tmp_path / "a" / "report", tmp_path / "a" / "report" / "tables", tmp_path / "a")
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_the_page_says_from_how_many_interviews_it_is_and_when_it_was_made(sample, composed):
    html = page.page(composed)
    about = "From 66 interviews and 6 applications, 7 January 2026 to 30 October 2026. As known on 20 November 2026."
    assert about in html
    assert "<title>What the interviews say, 2026-11-20</title>" in html
    assert "</a> No clear trend: " in html[: html.index("</nav>")]  # the answers come first, and then what they rest on
    assert patterns.compare_behaviors(sample, looks=patterns.LOOKS, as_of=TODAY).attrs["sentence"] in html


def test_without_javascript_each_section_has_its_sentence_and_its_table(composed):
    html = words(page.page(composed))
    assert len(composed.sections) == 7
    for section in composed.sections:
        assert f'<p class="answer" dir="auto">{section.sentence}</p>' in html
        assert f"<caption>{section.label}, in numbers</caption>" in html
    assert html.count("<table>") == html.count("<caption>") == 7


def test_the_numbers_of_the_page_are_those_of_the_tables(sample, composed):
    row = patterns.compare_behaviors(sample, as_of=TODAY).iloc[0]
    shown = composed.sections[0].rows[0]
    assert shown[:3] == ("Asked questions at the end", "20 of 34", "4 of 26")
    assert (row["n_with"], row["callbacks_with"], row["n_without"], row["callbacks_without"]) == (34, 20, 26, 4)
    assert shown[3:] == ("+43", "+19 to +62", "too early to tell")
    assert composed.sections[2].rows[1] == ("screen", "41", "14", "27", "34%", "22% to 49%", "2")


def test_numbers_are_said_in_whole_points_and_percents():
    assert [points(value) for value in (0.125, -0.126, -0.003, float("nan"), pd.NA, None)] == [
        *("+12", "−13", "0", "", "", ""),
    ]
    assert [percent(value) for value in (0.5, 1.0, float("nan"), pd.NA)] == ["50%", "100%", "", ""]


def test_the_library_is_in_the_page_once_and_nothing_in_it_points_elsewhere(composed):
    html = unescape(page.page(composed))
    assert html.count("plotly.js v") == 1
    assert not re.findall(r"""\s(?:src|href)=["'](?!#|data:,)""", words(html))
    assert "default-src 'none'; script-src 'sha256-" in html


def test_a_page_without_charts_is_small_and_has_no_script(sample):
    html = page.page(contents.compose(sample, as_of=TODAY, charts=[]))
    assert "<script" not in html
    assert len(html) < 20_000


def test_charts_can_be_chosen_and_keep_their_order(sample):
    chosen = contents.compose(sample, as_of=TODAY, charts=["waiting", "trend"])
    assert [section.name for section in chosen.sections] == ["trend", "waiting"]


def test_each_chart_is_drawn_for_light_and_for_dark_and_for_a_page_and_a_phone(composed):
    looks = json.loads(page.chart(composed.sections[2])["json"])
    assert looks.pop("below") == charts.NARROW_BELOW
    assert list(looks) == ["light wide", "light narrow", "dark wide", "dark narrow"]
    for width in ("wide", "narrow"):
        light, dark = looks[f"light {width}"], looks[f"dark {width}"]
        assert light["layout"]["paper_bgcolor"] != dark["layout"]["paper_bgcolor"]
        assert light["data"][0]["type"] == dark["data"][0]["type"]
        assert light["layout"]["height"] == dark["layout"]["height"]


@pytest.mark.parametrize("options", [{}, {"focus": "did_x", "focus_since": "2026-01-01"}])
def test_a_frame_without_days_has_a_report_without_what_was_before_and_since(tmp_path, options):
    frame = pd.DataFrame({"company": ["A", "B"], "outcome": ["callback", "rejected"], "did_x": ["yes", "no"]})
    written = ik.save_report(frame, tmp_path / "report", as_of=TODAY, **options)
    assert "behaviors.csv" in {path.name for path in written}


def test_an_empty_frame_makes_a_report_that_says_so(tmp_path):
    written = ik.save_report(ik.Journal(tmp_path / "none").interviews(), tmp_path / "report", as_of=TODAY)
    html = written[0].read_text(encoding="utf-8")
    assert "From 0 interviews. As known on 20 November 2026." in html
    assert "There is nothing to compare yet: no interview counts so far." in html


def test_a_frame_made_by_hand_needs_few_columns(tmp_path):
    frame = pd.DataFrame({"company": ["Acme", "Beta"], "interviewed_on": ["2026-01-02", "2026-01-05"]})
    before = frame.copy()
    written = ik.save_report(frame, tmp_path / "report", as_of=TODAY, start="2026-01-01")
    assert "From 2 interviews, 2 January 2026 to 5 January 2026." in written[0].read_text(encoding="utf-8")
    pd.testing.assert_frame_equal(frame, before)


# A period, and the list of activities.


def test_a_period_adds_the_list_of_activities_and_leaves_the_charts_as_they_are(sample, composed, tmp_path):
    folder = tmp_path / "report"
    ik.save_report(sample, folder, as_of=TODAY, start="2026-03-01", end=date(2026, 3, 31))
    head, *rows = read_csv(folder / "tables" / "activities.csv")
    inside = sample[sample["interviewed_on"].between("2026-03-01", "2026-03-31")]
    assert head == ["date", "what", "company", "role", "format", "outcome"]
    assert len(rows) == len(inside) > 3
    assert rows == sorted(rows, key=lambda row: row[0])
    assert [row[2] for row in rows] == inside.sort_values("interviewed_on", kind="stable")["company"].tolist()
    html = words((folder / "report.html").read_text(encoding="utf-8"))
    assert "From 66 interviews and 6 applications, 7 January 2026 to 30 October 2026." in html
    known = "The list of activities at the end holds those between 1 March 2026 and 31 March 2026"
    assert f"{known}; the charts are of all interviews." in html
    assert "<caption>Applications and interviews between 1 March 2026 and 31 March 2026, the earliest first</" in html
    assert all(section.sentence in html for section in composed.sections)
    assert all(escape(row[2]) in html for row in rows)


def test_the_charts_are_of_the_period_alone_when_asked(sample):
    period = {"start": "2026-03-01", "end": "2026-03-31"}
    made = contents.compose(sample, as_of=TODAY, charts="trend", only_period=True, **period)
    inside = sample[sample["interviewed_on"].between("2026-03-01", "2026-03-31")]
    pd.testing.assert_frame_equal(made.sections[0].table, trends.outcome_trend(inside, as_of=TODAY))
    assert made.interviews + made.applications == len(inside) == len(made.activities)
    assert page.about(made)[1:] == ["Only interviews between 1 March 2026 and 31 March 2026."]


def test_a_list_and_nothing_else_is_counted_by_itself(sample):
    made = contents.compose(sample, as_of=TODAY, charts=[], start="2026-03-01", end="2026-03-31")
    assert made.interviews + made.applications == len(made.activities)
    assert page.about(made)[1:] == ["Only interviews between 1 March 2026 and 31 March 2026."]


def test_the_list_has_the_codes_of_the_whole_report(sample):
    whole = contents.compose(sample, as_of=TODAY, redact=True, start="2026-01-01").activities
    part = contents.compose(sample, as_of=TODAY, redact=True, start="2026-03-01").activities
    pd.testing.assert_frame_equal(part, whole[whole["date"] >= "2026-03-01"].reset_index(drop=True))


def test_notes_are_of_all_interviews_too_and_the_head_says_so(sample):
    made = contents.compose(sample, as_of=TODAY, charts=[], with_notes=True, end="2026-01-31")
    assert page.about(made)[1:] == [
        "The list of activities at the end holds those on or before 31 January 2026; "
        "the charts and the notes are of all interviews.",
    ]
    assert len(made.notes) > len(made.activities)


def test_an_activity_says_what_was_done_and_what_came_of_it():
    frame = pd.DataFrame(
        {
            "company": ["Acme", "Beta", "Gamma", "Later", "No day"],
            "stage": ["Application", "phone screen", None, "screen", "screen"],
            "format": [None, "phone", "video", "video", "video"],
            "interviewed_on": ["2026-02-02", "2026-02-01", "2026-02-03", "2026-12-01", None],
            "outcome": ["", "rejected", "callback", "", ""],
            "outcome_on": [None, "2026-02-05", "2026-12-01", None, None],
        }
    )
    made = contents.activities(frame, date(2026, 11, 20))
    assert made[["what", "company", "outcome"]].to_numpy().tolist() == [
        ["interview, screen", "Beta", "rejected"],
        ["application", "Acme", "applied"],
        ["interview", "Gamma", "pending"],
    ]


def test_several_people_are_named_in_the_list(sample):
    frame = sample.assign(person=["Ann", "Bo"] * 36)
    assert "person" in contents.activities(frame, date(2026, 11, 20)).columns
    assert "person" not in contents.activities(sample, date(2026, 11, 20)).columns


def test_interviews_without_a_date_are_counted_where_a_period_leaves_them_out(sample):
    frame = sample.copy()
    frame.loc[[3, 4], "interviewed_on"] = pd.NaT
    made = contents.compose(frame, as_of=TODAY, start="2026-01-01", charts=[])
    assert made.interviews + made.applications == 70
    assert "2 interviews have no date and are left out." in page.about(made)
    made = contents.compose(frame, as_of=TODAY, start="2026-01-01", charts=["trend"])
    assert (made.interviews + made.applications, len(made.activities)) == (72, 70)
    assert "2 interviews have no date and are not in that list." in page.about(made)


# Several people.


def test_the_head_says_of_how_many_people_the_interviews_are(sample):
    def head(people):
        return page.about(contents.compose(sample.assign(person=people), as_of=TODAY, charts=[]))[0].split(",")[0]

    assert head(["Ann", "Bo", "ann"] * 24) == "From 66 interviews and 6 applications of 2 people"
    assert head(["Ann"] * 72) == head([""] * 72) == "From 66 interviews and 6 applications"


def test_interviews_that_name_nobody_among_those_that_do_are_counted(sample):
    made = contents.compose(sample.assign(person=["Ann", "", "Bo"] * 24), as_of=TODAY, charts=[])
    assert (made.people, made.nameless) == (2, 24)
    assert " of 2 people, 24 of them without a name, 7 January 2026 to" in page.about(made)[0]


def test_a_difference_within_person_is_called_so_beside_the_table(sample, composed):
    frame = sample.assign(person=["Ann", "Bo", "Cy"] * 24)
    made = contents.compose(frame, as_of=TODAY, charts="behaviors")
    (section,) = made.sections
    table = patterns.compare_behaviors(frame, as_of=TODAY)
    assert section.rows[0][:4] == ("Asked questions at the end", "20 of 34", "4 of 26", "+44")
    assert round(100 * table["adjusted_difference"].iloc[0]) == 44
    html = words(page.page(made))
    said = (
        "The differences are within the same person: only interviews of the same person are compared with each other. "
        "So they need not be what the counts beside them give, which are of all interviews together."
    )
    assert f'<p class="note">{said}</p>' in html
    assert '<th scope="col">Difference within person</th>' in html
    assert "from the records of several people, on one computer" in html
    alone = words(page.page(composed))
    assert "within the same person" not in alone
    assert "within person" not in alone
    assert "from the person’s own records, on their own computer" in alone


def test_no_difference_is_shown_where_there_is_none_within_anyone(sample):
    frame = sample.assign(person=np.where(sample["did_prepare"].fillna(False).astype(bool), "Ann", "Bo"))
    (section,) = contents.compose(frame, as_of=TODAY, charts="behaviors").sections
    (row,) = [row for row in section.rows if row[0] == "Prepared"]
    assert row[3:5] == ("", "")


# Notes and contacts, only when asked for.


def test_notes_and_contacts_are_there_only_when_asked_for(journal, tmp_path):
    tables = {name: journal.read(name) for name in ("questions", "contacts", "follow_ups")}
    frame = journal.interviews()
    without = ik.save_report(frame, tmp_path / "a", as_of=TODAY, **tables)
    told = ik.save_report(frame, tmp_path / "b", as_of=TODAY, with_notes=True, **tables)
    plain, full = (paths[0].read_text(encoding="utf-8") for paths in (without, told))
    for private in ("Tobias Fenn", "tobias.fenn@ostermoor.example", "Third coffee was a mistake", "Ashlark Relief"):
        assert private not in plain
        assert private in full
    assert "Walk me through your CV in two minutes. · okay" in full
    assert "thank-you · due 2026-01-16 · done 2026-01-16</dd>" in full
    assert names(told, tmp_path / "b")[-3:] == ["tables/still_open.csv", "tables/trend.csv", "tables/waiting.csv"]


def test_a_column_of_ones_own_is_among_the_notes(sample):
    frame = sample.head(3).assign(parking=["", "behind the house", ""])
    (note,) = [note for note in contents.notes(frame, {}) if ("parking", "behind the house") in note.entries]
    assert note.title == "2026-01-13, Brindlecove Travel, screen"


# Redaction.


def secret_frame(sample):
    """The sample with a sentinel in every text, and in names of columns."""
    frame = sample.copy()
    for name in ("id", "person", "company", "role", "format"):
        frame[name] = [f"Sentinel {place % 7}" for place in range(len(frame))]
    for column in schema.INTERVIEWS.columns:
        if column.kind == "text" and column.name not in ("person", "company", "role"):
            frame[column.name] = "sentinel text"
    frame["stage"] = frame["stage"].where(frame["stage"] != "screen", "SENTINEL round")
    frame["did_meet_sentinel"] = frame["did_prepare"]
    frame["rated_sentinel"] = frame["rated_calm"]
    frame["sentinel_column"] = "sentinel"
    frame["focus"] = "did_meet_sentinel"
    frame.attrs["notes"] = ["sentinel.csv"]
    return frame


def bytes_of(paths):
    """Return all that files hold, also what is compressed in images."""
    for path in paths:
        raw = path.read_bytes()
        yield raw
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", raw, re.S):
            yield zlib.decompressobj().decompress(stream) if stream[:1] == b"x" else stream


def test_a_redacted_report_holds_no_name_and_no_text(sample, journal, tmp_path):
    frame, folder = secret_frame(sample), tmp_path / "sentinel"
    linked = {name: journal.read(name).map(lambda _: "sentinel") for name in ("questions", "contacts", "follow_ups")}
    written = ik.save_report(frame, folder, as_of=TODAY, redact=True, start="2026-01-01", **linked)
    assert not [name for name in names(written, folder) if "sentinel" in name.casefold()]
    assert not [path for path in written if b"sentinel" in path.read_bytes().lower()]
    html = words(written[0].read_text(encoding="utf-8"))
    for code in ("Company A", "Company G", "Client A", "Stage A", "Behavior A", "Behavior B"):
        assert code in html
    assert "Role A" not in html
    assert read_csv(folder / "tables" / "activities.csv")[1][:3] == ["Client A", "2026-01-07", "interview, Stage A"]


@pytest.mark.full
@pytest.mark.browser
@pytest.mark.usefixtures("chrome")
def test_redacted_images_hold_no_name(sample, tmp_path):
    frame, charts = secret_frame(sample), ("stages", "habit")
    written = ik.save_report(frame, tmp_path / "sentinel", redact=True, charts=charts, formats=("svg", "pdf", "png"))
    assert len([path for path in written if path.parent.name == "charts"]) == 6
    assert not [raw for raw in bytes_of(written) if b"sentinel" in raw.lower()]
    assert "Stage A" in (tmp_path / "sentinel" / "charts" / "stages.svg").read_text(encoding="utf-8")
    told = ik.save_report(frame, tmp_path / "told", charts="stages", formats="svg")
    assert "SENTINEL round" in told[0].read_text(encoding="utf-8")


def test_redaction_changes_no_number(sample):
    frame = secret_frame(sample)
    open_one, coded_one = (contents.compose(frame, as_of=TODAY, redact=redact) for redact in (False, True))
    for plain, coded in zip(open_one.sections, coded_one.sections, strict=True):
        numbers = plain.table.select_dtypes("number")
        assert len(numbers.columns) >= 1
        pd.testing.assert_frame_equal(numbers, coded.table[numbers.columns])


def test_codes_follow_the_first_appearance_whatever_the_case():
    frame = pd.DataFrame({"company": ["Beta", "acme", "BETA ", None], "person": ["Z", "", "A", "z"]})
    coded = redaction.redacted(frame)
    assert coded["company"].tolist() == ["Company A", "Company B", "Company A", ""]
    assert coded["person"].tolist() == ["Client A", "", "Client B", "Client A"]


def test_codes_go_on_after_z():
    assert [redaction.letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"),
    ]


def test_what_is_shown_as_it_is_is_what_the_kit_starts_with():
    assert set(redaction.BEHAVIORS) == {column.name for column in (*schema.BEHAVIORS, *schema.RATINGS)}
    assert (redaction.STAGES, redaction.FORMATS) == (schema.STAGES, schema.FORMATS)
    assert redaction.SOURCES == schema.SOURCES
    known = {column.name for column in schema.INTERVIEWS.columns if column.kind != "text"} | {
        *("person", "company", "role", "place", "link"),
    }
    assert known - {column.name for column in (*schema.BEHAVIORS, *schema.RATINGS)} == contents.OWN_COLUMNS


def test_notes_and_redaction_exclude_each_other(sample, tmp_path):
    with pytest.raises(
        ValueError, match=r"^redact leaves notes and contacts out, with_notes asks for them; choose one"
    ):
        ik.save_report(sample, tmp_path / "report", redact=True, with_notes=True)
    assert list(tmp_path.iterdir()) == []


# Hostile text.

HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    r"$\href{javascript:alert(1)}{x}$",
    "=cmd|' /C calc'!A0",
    "../../x",
    "CON",
    "w" * 300,
    "🦊 " * 20,
    "\u202eمرحبا بالعالم",
)


def hostile_frame(sample):
    frame = sample.copy()
    for column in schema.INTERVIEWS.columns:
        if column.kind == "text" or column.name == "stage":
            frame[column.name] = [HOSTILE[place % len(HOSTILE)] for place in range(len(frame))]
    for place, text in enumerate(HOSTILE):
        frame[f"did_{text}"] = frame["did_prepare"] if place % 2 else frame["did_drink_coffee"]
    frame[HOSTILE[0]] = HOSTILE[2]
    frame["focus"] = f"did_{HOSTILE[3]}"
    return frame


def test_hostile_text_is_only_text(sample, tmp_path):
    frame, folder = hostile_frame(sample), tmp_path / "in" / "report"
    written = ik.save_report(frame, folder, as_of=TODAY, start="2026-01-01", with_notes=True)
    html = written[0].read_text(encoding="utf-8")
    assert "<img" not in words(html)
    assert "<img src=x" not in html
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in html
    assert html.count("</script>") == html.count("<script")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert all(path.resolve().is_relative_to(folder) for path in written)


def test_words_from_right_to_left_do_not_turn_the_others_around(sample):
    frame = sample.assign(stage=HOSTILE[-1])
    html = page.page(contents.compose(frame, as_of=TODAY, charts=["paths"]))
    assert 'dir="auto">مرحبا بالعالم</th>' in html
    assert "\u202e" not in words(html)


def test_many_pairs_that_travel_together_are_summed_up(sample):
    frame = sample.assign(**{f"did_{name}": sample["did_prepare"] for name in "abcd"})
    section = contents.compose(frame, as_of=TODAY, charts="behaviors").sections[0]
    assert section.remarks[1:][-1] == "5 more pairs like these."
    assert len(section.remarks) == 7


def test_no_table_begins_a_formula_in_a_spreadsheet(sample, tmp_path):
    frame = hostile_frame(sample).rename(columns={f"did_{HOSTILE[3]}": "did_=1+1"})
    folder = tmp_path / "report"
    ik.save_report(frame, folder, as_of=TODAY, start="2026-01-01", with_notes=True)
    cells = [cell for path in folder.rglob("*.csv") for row in read_csv(path) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell) and not re.fullmatch(r"-?[\d.e-]+", cell)]


@pytest.mark.parametrize("separator", [",", ";"])
def test_no_separator_makes_a_part_of_a_text_a_formula(separator):
    table = pd.DataFrame({"notes": ["x\r=1+1", "x;=1+1", 'a"b\r@sum', "x|-1"]})
    text = export.csv_bytes(table).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_table_keeps_its_numbers_and_its_apostrophes():
    table = pd.DataFrame(
        {"=x": ["'=1", "＝1", None], "n": [-1.5, np.nan, 2], "day": pd.to_datetime(["2026-01-02"] * 3)}
    )
    raw = export.csv_bytes(table)
    assert raw.decode("utf-8-sig") == "'=x,n,day\r\n''=1,-1.5,2026-01-02\r\n'＝1,,2026-01-02\r\n,2.0,2026-01-02\r\n"
    assert raw.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Autumn, for Kim", "Autumn-for-Kim"),
        ("../../x", "x"),
        ("/etc/passwd", "etc-passwd"),
        ("C:\\temp", "C-temp"),
        ("CON", "CON-report"),
        ("com1", "com1-report"),
        ("LPT²", "LPT²-report"),
        ("con.txt", "con-txt"),
        (". ", "report"),
        ("🦊", "report"),
        ("", "report"),
        ("w" * 300, "w" * 60),
        ("أ" * 300, "أ" * 60),
        ("a\0b\nc", "a-b-c"),
        ("\u202eabc", "abc"),
    ],
)
def test_a_name_of_a_folder_leads_nowhere_else(text, name, tmp_path):
    assert export.slug(text) == name
    (tmp_path / export.slug(text)).mkdir()


# Whole or not at all, and never over anything.


@pytest.mark.full
def test_a_report_never_replaces_another(sample, tmp_path):
    places = [ik.save_report(sample, tmp_path / "share", charts="trend")[0].parent for _ in range(3)]
    assert [place.name for place in places] == ["share", "share-2", "share-3"]


def test_among_other_things_a_report_gets_a_folder_of_its_own(sample, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Kim")
    places = [ik.save_report(sample, tmp_path, charts="trend")[0].parent for _ in range(2)]
    assert places == [tmp_path / "report", tmp_path / "report-2"]
    assert (tmp_path / "letter.txt").read_text() == "Dear Kim"


def test_an_empty_folder_is_filled(sample, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    written = ik.save_report(sample, folder, charts="trend")
    assert names(written, folder) == ["report.html", "tables/trend.csv"]
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "tables"]


def test_what_is_no_text_among_texts_is_left_as_it_is():
    table = pd.DataFrame({"=mixed": ["=1+1", 2, None, 0.5, date(2026, 4, 3), "\n=1", "plain"]}, dtype=object)
    written = list(csv.reader(io.StringIO(export.csv_bytes(table).decode("utf-8-sig"), newline="")))
    assert [row[0] if row else "" for row in written] == [
        *("'=mixed", "'=1+1", "2", "", "0.5", "2026-04-03", "'\n=1", "plain")
    ]


def test_a_folder_that_is_there_is_written_into_and_nothing_beside_it(tmp_path):
    folder = tmp_path / "another disk"
    folder.mkdir()
    for place, beside in ((folder, folder), (tmp_path / "new", tmp_path)):
        with export.atomic_folder(place) as temporary:
            assert temporary.parent == beside
            assert temporary.name.startswith(".")
            assert stat.S_IMODE(temporary.stat().st_mode) == 0o700
        assert list(place.iterdir()) == []


def test_a_file_in_the_way_is_named(sample, tmp_path):
    path = tmp_path / "notes.txt"
    path.touch()
    with pytest.raises(ValueError, match="is a file") as refused:
        ik.save_report(sample, path)
    assert str(refused.value) == f"{path} is a file; name a folder for the report, such as {tmp_path / 'notes'}-report"


@pytest.mark.parametrize("made", [False, True], ids=["new", "empty"])
def test_a_full_disk_leaves_nothing_behind(sample, tmp_path, monkeypatch, made):
    folder = tmp_path / "report"
    if made:
        folder.mkdir()

    def full(table):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "csv_bytes", full)
    with pytest.raises(report.ReportError) as refused:
        ik.save_report(sample, folder)
    expected = f"The report cannot be written to {folder}: No space left on device; nothing was written."
    assert str(refused.value) == expected
    assert [path.name for path in tmp_path.rglob("*")] == (["report"] if made else [])


def test_where_one_part_cannot_go_into_place_none_does(tmp_path, monkeypatch):
    source, folder = tmp_path / "source", tmp_path / "folder"
    folder.mkdir()
    for name in ("a", "b"):
        export.write(source / name, b"x")
    replace = os.replace

    def refuse_b(old, new):
        if new == folder / "b":
            raise PermissionError(13, "Permission denied")
        replace(old, new)

    monkeypatch.setattr(os, "replace", refuse_b)
    with pytest.raises(PermissionError):
        export.move_in(source, folder)
    assert list(folder.iterdir()) == []


# Wrong arguments.


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"formats": "gif"}, "formats names 'gif'; a report can be html, png, svg, pdf"),
        ({"formats": []}, "formats is empty; name at least one of html, png, svg, pdf"),
        (
            {"charts": ["trends"]},
            "charts names 'trends'; a report has behaviors, trend, stages, paths, waiting, habit, calibration",
        ),
        (
            {"start": "2026-05-01", "end": "2026-04-01"},
            "start is 2026-05-01, which is after the end, 2026-04-01; the first day must not come after the last",
        ),
        (
            {"only_period": True},
            "only_period keeps to the days of a period; name its first day, its last day or both as well",
        ),
        (
            {"end": "soon"},
            "end is 'soon'; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'",
        ),
        (
            {"as_of": "03/04/2026"},
            "as_of is '03/04/2026'; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'",
        ),
    ],
)
def test_a_wrong_argument_is_named_and_nothing_is_written(sample, tmp_path, options, sentence):
    with pytest.raises(ValueError, match=" ") as refused:
        ik.save_report(sample, tmp_path / "report", **options)
    assert str(refused.value) == sentence
    assert list(tmp_path.iterdir()) == []


def test_another_table_is_no_interviews(tmp_path):
    frame = pd.DataFrame({"name": ["Kim"], "email": ["kim@example.org"]})
    with pytest.raises(ValueError, match="none of the columns") as refused:
        ik.save_report(frame, tmp_path / "report")
    assert str(refused.value) == (
        "the frame has none of the columns company, interviewed_on and outcome, so these are no interviews; "
        "it has name, email"
    )


def test_a_column_that_is_there_twice_is_named(sample, tmp_path):
    frame = pd.concat([sample, sample[["role"]]], axis=1)
    with pytest.raises(ValueError, match="twice") as refused:
        ik.save_report(frame, tmp_path / "report", redact=True)
    assert str(refused.value) == "the frame has the column 'role' twice; each column needs its own name"


# Charts as files, and images.


def figure():
    return go.Figure(go.Scatter(y=[1, 3, 2]))


def test_a_picture_of_a_report_has_its_title_and_its_sentence(composed, sample, tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr(images, "images", lambda figures: (drawn.extend(figures), [b"x"] * len(figures))[1])
    ik.save_report(sample, tmp_path / "report", as_of=TODAY, formats=["png"])
    assert len(drawn) == 7
    for (fig, _), section in zip(drawn, composed.sections, strict=True):
        plain = section.plot(studies.without_sentence(section.table))
        text = fig.layout.title.text
        assert text.startswith(f"<b>{section.title}</b><br>")
        assert unescape(re.sub(r"<[^>]*>", "", text.replace("<br>", " "))) == f"{section.title} {section.sentence}"
        grown = fig.layout.height - plain.layout.height
        assert grown == fig.layout.margin.t - plain.layout.margin.t >= 60
        assert section.sentence not in str(plain.layout.annotations)


def test_a_chart_gets_the_title_that_it_is_given(tmp_path):
    fig = figure()
    path = ik.save_chart(fig, tmp_path / "chart.html", title="<b>Calls & $x$</b>", sentence="Few so far.")
    html = path.read_text(encoding="utf-8")
    assert "<title>&lt;b&gt;Calls &amp; $x$&lt;/b&gt;</title>" in html
    made = report.titled(fig, "<b>Calls & $x$</b>", "Few so far.").layout.title.text
    assert made == (
        '<b>&lt;b&gt;Calls &amp; &#36;x&#36;&lt;/b&gt;</b><br><span style="font-size:13px">Few so far.</span>'
    )
    assert fig.layout.title.text is None
    assert report.titled(fig, "") is fig


def test_a_chart_is_a_page_of_its_own(tmp_path):
    path = ik.save_chart(figure(), tmp_path / "new" / "chart.html")
    html = path.read_text(encoding="utf-8")
    assert html.count("plotly.js v") == 1
    assert not re.findall(r"""<(?:script|link)[^>]*(?:src|href)=(?!"data:,")""", html)
    assert "<title>chart</title>" in html
    assert '"modeBarButtonsToRemove": ["sendChartToCloud"]' in html
    assert [entry.name for entry in path.parent.iterdir()] == ["chart.html"]


def test_a_chart_is_not_overwritten_unless_asked(tmp_path):
    path = tmp_path / "chart.html"
    path.write_text("mine")
    with pytest.raises(ValueError, match="there already") as refused:
        ik.save_chart(figure(), path)
    assert str(refused.value) == f"{path} is there already; choose another name, or give overwrite=True"
    assert path.read_text() == "mine"
    assert ik.save_chart(figure(), str(path), overwrite=True) == path
    assert path.read_text(encoding="utf-8") != "mine"


@pytest.mark.skipif(os.name != "posix", reason="other systems word it in their own way")
def test_a_folder_in_place_of_a_chart_is_left_alone(tmp_path):
    path = tmp_path / "chart.html"
    path.mkdir()
    with pytest.raises(report.ReportError) as refused:
        ik.save_chart(figure(), path, overwrite=True)
    assert str(refused.value) == f"The chart cannot be written to {path}: Is a directory; nothing was changed."
    assert list(tmp_path.iterdir()) == [path]


def test_a_chart_of_another_kind_is_refused(tmp_path):
    with pytest.raises(ValueError, match="ends in") as refused:
        ik.save_chart(figure(), tmp_path / "chart.gif")
    assert str(refused.value) == "chart.gif ends in '.gif'; a chart can be .html, .png, .svg or .pdf"


def test_without_a_browser_everything_else_is_written(sample, tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "nothing"))
    folder = tmp_path / "report"
    with pytest.raises(report.ReportError) as refused:
        ik.save_report(sample, folder, formats=("html", "png"), charts=("trend", "stages"))
    assert str(refused.value) == (
        f"No images were made, because no Chrome or Chromium was found at BROWSER_PATH={tmp_path / 'nothing'}. Install "
        "one of them, or name its program in the variable BROWSER_PATH, and try again. "
        f"Everything else is in {folder}."
    )
    assert names(refused.value.written, folder) == ["report.html", "tables/stages.csv", "tables/trend.csv"]
    with pytest.raises(report.ReportError, match="No images were made, because no Chrome or Chromium"):
        ik.save_chart(figure(), tmp_path / "chart.png")
    assert not (tmp_path / "chart.png").exists()


def test_a_browser_that_breaks_is_told_in_words():
    assert images.reason(RuntimeError("pipe closed\nlong trace")) == (
        "no images were made, because the browser did not work: pipe closed. Close other programs and try again"
    )
    assert "did not work: TimeoutError." in images.reason(TimeoutError())


@pytest.mark.full
@pytest.mark.browser
@pytest.mark.usefixtures("chrome")
def test_all_images_take_one_start_of_the_browser(sample, tmp_path, monkeypatch):
    import kaleido

    starts, steps = [], []
    kept = kaleido.Kaleido

    def counted(**options):
        starts.append(options)
        return kept(**options)

    monkeypatch.setattr(kaleido, "Kaleido", counted)
    written = ik.save_report(
        sample, tmp_path / "report", as_of=TODAY, formats=["png"], progress=lambda *step: steps.append(step)
    )
    pictures = [path for path in written if path.suffix == ".png"]
    assert [path.stem for path in pictures] == sorted(studies.QUESTIONS)
    assert {struct.unpack(">I", path.read_bytes()[16:20])[0] for path in pictures} == {736 * 3}
    assert [options["mathjax"] for options in starts] == [False]
    assert [step[:2] for step in steps] == [(done, 8) for done in range(1, 9)]
    assert [step[2] for step in steps[:2]] == ["the tables", "behaviors.png"]


def test_the_library_that_draws_would_fetch_mathjax_if_it_were_let(sample):
    import kaleido

    assert "https://" in kaleido.PageGenerator().generate_index()
    assert "https://" not in kaleido.PageGenerator(mathjax=False).generate_index()


def test_stages_of_the_report_count_as_the_library_does(sample):
    made = contents.compose(sample, as_of=TODAY, charts="stages").sections[0]
    pd.testing.assert_frame_equal(made.table, trends.stage_conversion(sample, as_of=TODAY))


# The command.


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A copy of the sample as one's own records."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in schema.TABLES:
        (folder / f"{name}.csv").write_bytes((SAMPLE.parent / f"{name}.csv").read_bytes())
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(folder))
    return folder


def test_the_command_writes_beside_the_records_and_says_where(mine, capsys):
    assert app.main(["report", "--as-of", TODAY]) == 0
    written = mine / "exports" / "report" / "report.html"
    assert "As known on 20 November 2026." in written.read_text(encoding="utf-8")
    assert capsys.readouterr().out.splitlines() == [
        f"Written: {written}",
        "Look it through before you hand it on; nothing was sent anywhere.",
    ]


def test_the_command_takes_a_period_notes_and_a_place(mine, tmp_path):
    period = ["--from", "2026-01-01", "--to", "2026-01-31"]
    out = tmp_path / "out"
    records = str(mine / "interviews.csv")
    assert app.main(["report", "--records", records, "--out", str(out), "--with-notes", *period]) == 0
    html = (out / "report.html").read_text(encoding="utf-8")
    assert "holds those between 1 January 2026 and 31 January 2026; the charts and the notes are of all inter" in html
    assert "Tobias Fenn" in html
    assert len(read_csv(out / "tables" / "activities.csv")) == 7


def test_the_command_keeps_all_to_the_period_when_asked(mine, capsys):
    assert app.main(["report", "--from", "2026-03-01", "--to", "2026-03-31", "--only-period"]) == 0
    html = (mine / "exports" / "report" / "report.html").read_text(encoding="utf-8")
    assert "Only interviews between 1 March 2026 and 31 March 2026." in html
    assert "invented" not in html
    with pytest.raises(SystemExit):
        app.main(["report", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "adds the list of activities from this day on; charts and notes are of all interviews even so" in told


def test_the_command_says_that_the_sample_is_invented(tmp_path):
    for number, records in enumerate((SAMPLE, SAMPLE.parent)):
        out = tmp_path / str(number)
        assert app.main(["report", "--records", str(records), "--out", str(out)]) == 0
        html = (out / "report.html").read_text(encoding="utf-8")
        assert "<p>These are the invented records that come with Interview Kit, nobody&#39;s own.</p>" in html
        assert "As known on 3 November 2026." in html


def test_the_command_can_redact(mine):
    assert app.main(["report", "--redact", "--from", "2026-01-01"]) == 0
    html = (mine / "exports" / "report" / "report.html").read_text(encoding="utf-8")
    assert "Company A" in html
    assert "Brindlecove" not in html


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--redact", "--with-notes"],
            "--redact leaves notes and contacts out, --with-notes asks for them; choose one of the two\n",
        ),
        (
            ["--only-period"],
            "--only-period keeps to the days of a period; add its first day with --from, its last with --to, or both\n",
        ),
        (
            ["--from", "2026-04-02", "--to", "2026-04-01"],
            "--from is 2026-04-02, which is after --to, 2026-04-01; the first day must not come after the last\n",
        ),
    ],
)
def test_the_command_says_what_is_wrong_by_the_options_as_they_are_typed(mine, capsys, options, sentence):
    assert app.main(["report", *options]) == 2
    assert capsys.readouterr() == ("", sentence)
    assert not (mine / "exports").exists()


def test_the_command_names_the_formats_that_there_are(mine, capsys):
    with pytest.raises(SystemExit) as stopped:
        app.main(["report", "--format", "html,gif"])
    assert stopped.value.code == 2
    said = "argument --format: 'gif' is no format; a report can be html, png, svg, pdf\n"
    assert said in capsys.readouterr().err
    assert not (mine / "exports").exists()


def test_without_interviews_the_command_says_what_to_do(tmp_path, capsys):
    assert app.main(["report", "--records", str(tmp_path)]) == 1
    expected = f"no interview is in {tmp_path}; name the folder of your records, or write one down first\n"
    assert capsys.readouterr() == ("", expected)


def test_the_command_tells_of_values_that_could_not_be_read(tmp_path, capsys):
    path = tmp_path / "interviews.csv"
    path.write_text("company,interviewed_on,outcome\nAcme,2026-04-03,callbck\n", encoding="utf-8")
    assert app.main(["report", "--records", str(path)]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "Left out: 1 value that could not be read; interview-kit check lists what is wrong"

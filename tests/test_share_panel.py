"""The sharing panel, driven as a person would, without a browser."""

import re
from datetime import date

import pytest

import interview_kit as ik
from interview_kit import report, studies
from interview_kit.widgets import share_panel
from interview_kit.widgets.filtered import SAMPLE_NOTICE
from interview_kit.widgets.share_panel import DONE
from tests.panels import HOSTILE


def ways(panel):
    (links,) = panel.message.buttons.children
    return links.value


def exported(journal):
    return sorted(path.relative_to(journal.folder).as_posix() for path in journal.folder.glob("exports/*/*"))


def choose_only(panel, *names):
    for name, box in panel.charts.items():
        box.value = name in names


def test_the_preview_says_what_the_report_will_say(own):
    panel = ik.SharePanel(own)
    assert "From 66 interviews and 6 applications, 7 January 2026 to 30 October 2026." in panel.preview.value
    assert all(section.sentence in panel.preview.value for section in panel.composed.sections)
    assert panel.preview.value.count("<li>") == len(studies.QUESTIONS)
    assert "It will be one page and 7 tables for a spreadsheet." in panel.preview.value
    assert exported(own) == []


def test_one_click_makes_the_page_and_says_where_it_is(own):
    panel = ik.SharePanel(own)
    panel.button.click()
    assert panel.message.text == DONE
    page = own.folder / "exports" / "report" / "report.html"
    assert page.is_file()
    shown = ways(panel)
    assert f'<a class="ik-file" download="report.html" data-path="{page.as_posix()}"' in shown
    assert ">Open report.html</a>" in shown
    assert f"<code>{page.parent}</code>: 8 files." in shown
    assert shown.count("download=") == 1 + 8
    assert ">tables/trend.csv</a>" in shown
    assert (panel.making.progress.layout.display, panel.button.disabled) == ("none", False)


@pytest.mark.full
def test_a_second_click_makes_a_second_report(own):
    panel = ik.SharePanel(own)
    choose_only(panel, "trend")
    panel.button.click()
    panel.button.click()
    made = [name for name in exported(own) if name.endswith(".html")]
    assert made == ["exports/report-2/report.html", "exports/report/report.html"]


def test_a_period_lists_activities_and_restricts_the_rest_only_when_asked(own):
    panel = ik.SharePanel(own)
    assert panel.only_period.disabled
    panel.first_day.value, panel.last_day.value = date(2026, 3, 1), date(2026, 3, 31)
    known = "The list of activities at the end holds those between 1 March 2026 and 31 March 2026"
    assert f"{known}; the charts are of all interviews." in panel.preview.value
    assert "From 66 interviews" in panel.preview.value
    assert not panel.only_period.disabled
    panel.only_period.value = True
    assert "Only interviews between 1 March 2026 and 31 March 2026." in panel.preview.value
    assert re.search(
        r"It will be one page and 7 tables for a spreadsheet, with a list of \d+ activities\.", panel.preview.value
    )
    panel.button.click()
    assert (own.folder / "exports/report/tables/activities.csv").is_file()
    panel.first_day.value = panel.last_day.value = None
    assert (panel.only_period.disabled, panel.trouble.text) == (True, "")
    assert "From 66 interviews" in panel.preview.value


def test_a_period_that_ends_before_it_begins_is_said_and_nothing_can_be_made(own):
    panel = ik.SharePanel(own)
    panel.last_day.value, panel.first_day.value = date(2026, 4, 1), date(2026, 5, 1)
    expected = "From is 2026-05-01, which is after To, 2026-04-01. Choose another day."
    assert (panel.trouble.text, panel.preview.value, panel.button.disabled) == (expected, "", True)
    panel.make()
    assert exported(own) == []
    panel.first_day.value = None
    assert (panel.trouble.text, panel.button.disabled) == ("", False)


def test_codes_and_notes_exclude_each_other(own):
    panel = ik.SharePanel(own)
    panel.redact.value = True
    assert panel.with_notes.disabled
    assert "Names are replaced by codes; roles and all free text are left out." in panel.preview.value
    panel.redact.value = False
    panel.with_notes.value = True
    assert panel.redact.disabled
    assert re.search(r", with notes on \d+ interviews\.", panel.preview.value)
    panel.button.click()
    assert "Tobias Fenn" in (own.folder / "exports/report/report.html").read_text(encoding="utf-8")


def test_without_a_kind_of_file_or_anything_in_it_there_is_nothing_to_make(own):
    panel = ik.SharePanel(own)
    panel.formats["html"].value = False
    assert panel.trouble.text == "Choose at least one of the kinds of file above."
    assert panel.button.disabled
    panel.formats["html"].value = True
    choose_only(panel)
    assert panel.trouble.text == "Choose a chart, a first or last day or your notes, so that there is something in it."
    panel.with_notes.value = True
    assert (panel.trouble.text, panel.button.disabled) == ("", False)


def test_the_name_of_the_folder_leads_nowhere_else(own):
    panel = ik.SharePanel(own)
    choose_only(panel, "trend")
    panel.name.value = "../../x <b>"
    panel.button.click()
    assert exported(own) == ["exports/x-b/report.html", "exports/x-b/tables"]


def test_without_a_browser_the_page_is_there_and_the_fix_is_said(own, tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "nothing"))
    panel = ik.SharePanel(own)
    choose_only(panel, "trend")
    panel.formats["png"].value = True
    panel.button.click()
    assert panel.message.text.startswith("No images were made, because no Chrome or Chromium was found")
    assert "Open report.html" in ways(panel)
    assert exported(own) == ["exports/report/report.html", "exports/report/tables"]


def test_a_disk_that_refuses_is_told(own, monkeypatch):
    panel = ik.SharePanel(own)

    def refuse(*_):
        raise report.ReportError("The report cannot be written.")

    monkeypatch.setattr(report, "write_report", refuse)
    panel.button.click()
    assert (panel.message.text, panel.message.buttons.children) == ("The report cannot be written.", ())
    assert not panel.button.disabled


def test_without_records_it_shows_the_sample_and_says_so(journal):
    panel = ik.SharePanel(journal)
    assert panel.news.text == SAMPLE_NOTICE
    assert "From 66 interviews" in panel.preview.value
    assert "As known on 3 November 2026." in panel.preview.value
    panel.button.click()
    html = (journal.folder / "exports/report/report.html").read_text(encoding="utf-8")
    assert "These are the invented records that come with Interview Kit, nobody&#39;s own." in html


def test_a_new_interview_is_in_the_preview_at_once(own):
    panel = ik.SharePanel(own)
    own.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01"})
    assert "From 67 interviews" in panel.preview.value


def test_a_change_from_outside_is_in_the_preview_when_someone_comes_back(own):
    panel = ik.SharePanel(own)
    ik.Journal(own.folder).add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01"})
    panel.guard._handle_custom_msg({"kind": "look"}, [])
    assert "From 67 interviews" in panel.preview.value


def test_a_file_that_cannot_be_read_is_said_with_its_line(own):
    (own.folder / "interviews.csv").write_text('id,company\ni-aaaaaaaaaa,"Acme\n', encoding="utf-8")
    panel = ik.SharePanel(own)
    assert panel.trouble.text.startswith("The file cannot be read. Nothing in it was changed.\ninterviews.csv")
    assert panel.button.disabled


def test_hostile_words_are_only_words(journal):
    journal.add("interviews", {"company": HOSTILE, "interviewed_on": "2026-05-01", "stage": HOSTILE})
    panel = ik.SharePanel(journal)
    panel.button.click()
    shown = panel.preview.value + ways(panel)
    assert "<script>" not in shown
    assert HOSTILE not in repr(panel._repr_mimebundle_())


def test_of_very_many_interviews_the_report_is_worked_out_when_the_button_is_pressed(own, monkeypatch):
    monkeypatch.setattr(share_panel, "MOST_DRAWN", 20)
    panel = ik.SharePanel(own)
    assert panel.composed is None
    assert "These are 72 interviews, and the report counts every one. Of more than 20" in panel.preview.value
    choose_only(panel, "trend")
    panel.button.click()
    assert panel.message.text == DONE
    assert [section.name for section in panel.composed.sections] == ["trend"]
    assert "exports" not in panel.trouble.text


def test_of_very_many_interviews_what_stands_in_the_way_is_said_when_the_button_is_pressed(own, monkeypatch):
    monkeypatch.setattr(share_panel, "MOST_DRAWN", 20)
    panel = ik.SharePanel(own)
    choose_only(panel)
    panel.button.click()
    assert panel.trouble.text.startswith("Choose a chart")
    panel.first_day.value, panel.last_day.value = date(2026, 4, 1), date(2026, 3, 1)
    panel.button.click()
    assert panel.trouble.text.startswith("From is 2026-04-01")
    assert (panel.message.text, exported(own)) == ("", [])

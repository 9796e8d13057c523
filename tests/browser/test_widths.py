"""The charts at the widths that people have: half a screen, a phone, and a window made narrower."""

import shutil

import pytest

import interview_kit as ik
from interview_kit.journal import SAMPLE
from tests.browser import lab
from tests.browser.test_pages import visit, visiting
from tests.browser.widths import faults, scroll_through

pytestmark = pytest.mark.browser
CHARTS = {"2_patterns": 1, "3_trends": 6}
NAMES = {"2_patterns": "Asked questions at the end", "3_trends": "technical"}


@pytest.fixture
def sample(folder):
    shutil.copytree(SAMPLE.parent, folder / "mine")


@pytest.mark.parametrize("screen", ["phone", "half"])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_whole_and_legible_at_the_width_it_has(chromium, address, sample, name, screen):
    with visiting(chromium, screen) as page:
        visit(page, address, name)
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
        scroll_through(page)
        assert page.locator(".js-plotly-plot").count() == CHARTS[name]
        assert faults(page) == []
        assert page.locator(".js-plotly-plot").get_by_text(NAMES[name], exact=False).first.is_visible()
        assert page.errors == []


@pytest.mark.parametrize("screen", ["phone", "half"])
@pytest.mark.parametrize("name", ["4_next_steps", "5_share"])
def test_a_page_without_charts_is_whole_too(chromium, address, sample, name, screen):
    with visiting(chromium, screen) as page:
        visit(page, address, name)
        page.locator("#ik-progress").wait_for(state="hidden")
        page.wait_for_timeout(1000)
        assert faults(page) == []


def test_a_table_is_read_on_a_phone_cell_below_cell(chromium, address, sample):
    with visiting(chromium, "phone") as page:
        visit(page, address, "3_trends")
        cells = page.locator(".ik-table:visible tbody tr").first.locator("td")
        cells.first.wait_for()
        places = [cells.nth(at).bounding_box() for at in range(4)]
        assert len({place["x"] for place in places}) == 1
        assert all(place["width"] > 300 for place in places)
        assert cells.nth(3).evaluate("cell => getComputedStyle(cell, '::before').content") == '"What your records say"'


def test_in_jupyterlab_the_button_for_the_code_lies_on_no_link(chromium, address, sample):
    with lab.open_notebook(chromium, address, "3_trends.ipynb", size=(800, 900)) as page:
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
        button = page.locator(".ik-code-button").bounding_box()
        for link in page.locator(".ik-nav").first.locator("a:visible").all():
            place = link.bounding_box()
            beside = place["x"] + place["width"] <= button["x"]
            assert beside or place["y"] >= button["y"] + button["height"], link.inner_text()
        assert faults(page) == []


def test_a_chart_is_laid_out_anew_when_the_window_becomes_narrow_and_wide_again(chromium, address, sample):
    with visiting(chromium) as page:
        visit(page, address, "2_patterns")
        page.locator(".js-plotly-plot .yaxislayer-above text, .js-plotly-plot .ytick text").first.wait_for()
        page.set_viewport_size({"width": 390, "height": 844})
        above = page.locator(".js-plotly-plot .annotation-text", has_text="Asked questions at the end")
        above.wait_for()
        assert faults(page) == []
        page.set_viewport_size({"width": 1280, "height": 800})
        page.locator(".js-plotly-plot .annotation-text", has_text="Asked questions at the end").wait_for(
            state="detached"
        )
        page.wait_for_timeout(300)
        assert faults(page) == []


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_a_report_is_whole_on_a_phone_and_on_a_screen(chromium, tmp_path, width):
    path = ik.save_report(ik.load_interviews(SAMPLE), tmp_path / "report", as_of="2026-11-20")[0]
    context = chromium.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator(".js-plotly-plot").nth(6).wait_for()
    page.wait_for_timeout(500)
    assert faults(page) == []
    for other in (1280, 390):
        page.set_viewport_size({"width": other, "height": 844})
        page.wait_for_timeout(700)
        assert faults(page) == []
    context.close()

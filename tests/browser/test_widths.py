"""The charts at the widths that people have: half a screen, a phone, and a window made narrower."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

import interview_kit as ik
from interview_kit.journal import SAMPLE
from tests.browser import lab
from tests.browser.test_pages import SCREENS, visit, visiting
from tests.browser.widths import faults, scroll_through

pytestmark = pytest.mark.browser
NOTEBOOKS = {
    # name: how many charts it has, and what they name
    **dict.fromkeys(["0_home", "1_debrief", "4_next_steps", "5_share", "6_import"], (0, "")),
    **{"2_patterns": (1, "Asked questions at the end"), "3_trends": (6, "technical")},
}


@pytest.fixture
def sample(folder):
    shutil.copytree(SAMPLE.parent, folder / "mine")


@pytest.mark.full
@pytest.mark.parametrize("name", list(NOTEBOOKS))
def test_a_page_is_whole_and_legible_on_a_phone_and_in_half_a_window(chromium, address, sample, name):
    with visiting(chromium, "phone") as page:
        print(f"\n{name}: its panel stood after {visit(page, address, name):.1f} s")
        page.locator("#ik-progress").wait_for(state="hidden")
        page.wait_for_timeout(1000)  # what is drawn after the panel stands
        assert Axe().run(page).generate_report().startswith("Found 0"), Axe().run(page).generate_report()
        for screen in ("phone", "half"):
            page.set_viewport_size(dict(zip(("width", "height"), SCREENS[screen], strict=True)))
            page.wait_for_timeout(500)
            look_at_charts(page, name)
            assert faults(page) == []
        assert (page.errors, page.left) == ([], [])


def look_at_charts(page, name):
    """Scroll through a page that has charts, each of which names what it shows."""
    charts, shown = NOTEBOOKS[name]
    if charts:
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
        scroll_through(page)
        page.locator(".js-plotly-plot").get_by_text(shown, exact=False).first.wait_for()
    assert page.locator(".js-plotly-plot").count() == charts


@pytest.mark.full
def test_a_table_is_read_on_a_phone_cell_below_cell(chromium, address, sample):
    with visiting(chromium, "phone") as page:
        visit(page, address, "3_trends")
        cells = page.locator(".ik-table:visible tbody tr").first.locator("td")
        cells.first.wait_for()
        places = [cells.nth(at).bounding_box() for at in range(4)]
        assert len({place["x"] for place in places}) == 1
        assert all(place["width"] > 300 for place in places)
        assert cells.nth(3).evaluate("cell => getComputedStyle(cell, '::before').content") == '"What the records say"'


@pytest.mark.full
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


def test_a_report_is_whole_on_a_phone_and_on_a_screen(chromium, tmp_path):
    path = ik.save_report(ik.load_interviews(SAMPLE), tmp_path / "report", as_of="2026-11-20")[0]
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator(".js-plotly-plot").nth(6).wait_for()
    for width in (390, 800, 1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(700)
        assert faults(page) == []
    context.close()

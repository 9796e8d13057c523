"""The report as people make it and as others open it."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

import interview_kit as ik
from interview_kit.journal import SAMPLE
from tests.browser import lab
from tests.test_report import HOSTILE, hostile_frame

pytestmark = pytest.mark.browser


def test_make_a_report_and_open_it(chromium, address, folder):
    shutil.copytree(lab.ROOT / "data" / "sample", folder / "mine")
    with lab.open_notebook(chromium, address, "5_share.ipynb") as page:
        page.get_by_text("Of 12 behaviors, none lines up with callbacks so far").wait_for()
        page.get_by_label("From", exact=True).fill("2026-01-01")
        page.get_by_label("Codes for names").check()
        page.get_by_text("Names are replaced by codes").wait_for()
        page.get_by_role("button", name="Make the report").click()
        page.get_by_text("Look it through before you hand it on.").wait_for()
        page.get_by_role("link", name="Open report.html").wait_for()
        for theme in ("JupyterLab Light", "JupyterLab Dark"):
            page.evaluate(f"jupyterapp.commands.execute('apputils:change-theme', {{theme: '{theme}'}})")
            page.wait_for_selector(f"[data-jp-theme-name='{theme}']", state="attached")
            page.wait_for_timeout(500)
            found = Axe().run(page, context={"include": [[".ik-panel"]]})
            assert found.violations_count == 0, found.generate_report()
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Open report.html").click()
        shown = opened.value
        shown.locator(".js-plotly-plot").first.get_by_text("Asked questions at the end").wait_for()
        assert shown.get_by_text("Company A", exact=True).count() == 1
        assert page.left == []
        assert page.errors == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    frame = hostile_frame(ik.load_interviews(SAMPLE))
    folder = tmp_path_factory.mktemp("hostile") / "report"
    return ik.save_report(frame, folder, as_of="2026-11-20", start="2026-01-01", with_notes=True)[0]


@pytest.mark.full
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_a_report_full_of_hostile_text_runs_nothing_and_asks_for_nothing(chromium, hostile, scheme):
    """Its policy is switched off, so that the escaping alone has to hold."""
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": 1000, "height": 900})
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(hostile.as_uri())
    page.locator(".js-plotly-plot").nth(6).wait_for()
    assert page.locator("img, a[href^=javascript], object, iframe").count() == 0
    assert page.locator("#activities ~ .scroll").get_by_text(HOSTILE[0]).count() > 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1000
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert (asked, said) == ([hostile.as_uri()], [])
    context.close()


@pytest.mark.full
def test_on_a_phone_nothing_scrolls_sideways_and_a_wide_table_has_its_cells_below_each_other(chromium, tmp_path):
    sample = ik.load_interviews(SAMPLE)
    path = ik.save_report(sample, tmp_path / "report", as_of="2026-11-20", start="2026-01-01", with_notes=True)[0]
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator(".js-plotly-plot").nth(6).wait_for()
    boxes = page.locator(".scroll")
    sideways = "box => box.scrollWidth > box.clientWidth && box.getAttribute('aria-label')"
    assert not any(boxes.nth(at).evaluate(sideways) for at in range(boxes.count()))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    row = page.get_by_role("region", name="Stages, in numbers").locator("tbody tr").nth(1).locator("> *")
    places = [row.nth(at).bounding_box() for at in range(3)]
    assert places[0]["y"] < places[1]["y"] < places[2]["y"]
    assert len({place["x"] for place in places}) == 1
    assert row.nth(1).evaluate("cell => getComputedStyle(cell, '::before').content") == '"Interviews"'
    short = page.get_by_role("region", name="Paths from stage to stage, in numbers").locator("tbody tr").first
    assert short.evaluate("row => getComputedStyle(row).display") == "table-row"
    assert Axe().run(page).violations_count == 0
    page.set_viewport_size({"width": 1000, "height": 844})
    assert row.nth(0).bounding_box()["y"] == row.nth(1).bounding_box()["y"]
    context.close()


@pytest.mark.full
def test_the_page_reads_well_under_its_own_policy_without_scripts_and_on_paper(chromium, tmp_path):
    sample = ik.load_interviews(SAMPLE)
    path = ik.save_report(sample, tmp_path / "report", as_of="2026-11-20", charts=["trend", "paths"])[0]
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(path.as_uri())
    page.locator(".js-plotly-plot").nth(1).wait_for()
    background = "getComputedStyle(document.querySelector('#chart-trend .main-svg')).backgroundColor"
    assert page.evaluate(background) == "rgb(17, 17, 17)"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    assert page.locator("#chart-paths .sankey-link").count() == 17
    assert refused == []
    context.close()
    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto(path.as_uri())
    assert plain.get_by_text("No clear trend: 30%").last.is_visible()
    assert plain.get_by_role("table").count() == 2
    assert plain.get_by_text("The charts need JavaScript.").is_visible()
    plain.context.close()

"""The pattern study as people see it."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

import interview_kit as ik
from tests.browser import lab

pytestmark = pytest.mark.browser


def counts_of(stage: str = "") -> str:
    """Return the counts of the first behavior at a stage, which depend on the day: the youngest interviews wait."""
    sample = ik.load_interviews(lab.ROOT / "data/sample/interviews.csv")
    table = ik.compare_behaviors(sample[sample["stage"] == stage] if stage else sample)
    return f"{table['callbacks_with'].iat[0]} of {table['n_with'].iat[0]} with"


@lab.in_both_themes
def test_the_answer_the_picture_and_a_story(chromium, address, folder, dark):
    shutil.copytree(lab.ROOT / "data" / "sample", folder / "mine")
    with lab.open_notebook(chromium, address, "2_patterns.ipynb", dark=dark) as page:
        page.get_by_text("asking questions at the end, about 10 to 1 that it goes with more callbacks").wait_for()
        page.locator(".js-plotly-plot .annotation-text", has_text="best guess").wait_for()
        page.get_by_label("Stage", exact=True).select_option("screen")
        page.locator(".js-plotly-plot").get_by_text(counts_of("screen")).wait_for()
        page.get_by_label("Stage", exact=True).select_option("all")
        page.locator(".js-plotly-plot").get_by_text(counts_of()).wait_for()
        page.get_by_label("Compare", exact=True).select_option("within a stage")
        page.locator(".js-plotly-plot .annotation-text", has_text="difference within the same stage").wait_for()
        point = page.locator(".js-plotly-plot .points path").last.bounding_box()
        page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
        page.get_by_text("The interviews behind it").wait_for()
        page.get_by_label("Tell me more about").select_option(label="Asked questions at the end")
        page.get_by_text("Stage by stage").wait_for()
        page.get_by_label("Tell me more about").select_option(label="Gave examples")
        page.get_by_role("button", name="Work on this one next").press("Enter")
        said = "document.activeElement.textContent.includes('The next debrief asks about it first: gave examples')"
        page.wait_for_function(said)
        page.wait_for_timeout(500)
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()
        assert page.left == []
        assert page.errors == []

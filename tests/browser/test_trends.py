"""The trends as people see them."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import lab

pytestmark = pytest.mark.browser


@pytest.mark.full
@lab.in_both_themes
def test_each_question_is_answered(chromium, address, folder, dark):
    shutil.copytree(lab.ROOT / "data" / "sample", folder / "mine")
    with lab.open_notebook(chromium, address, "3_trends.ipynb", dark=dark) as page:
        page.get_by_text("How soon do I write it down?").wait_for()
        page.locator(".js-plotly-plot .main-svg").nth(4).wait_for()
        page.get_by_label("Over time, in").select_option(label="quarters")
        page.locator(".js-plotly-plot").first.get_by_text("2026").first.wait_for()
        page.wait_for_timeout(500)
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()
        assert page.left == []
        assert page.errors == []

"""Bringing a spreadsheet along as people do it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

import interview_kit as ik
from tests.browser import lab

pytestmark = pytest.mark.browser
TRACKER = lab.ROOT / "tests" / "imports" / "ambiguous_days.csv"


@lab.in_both_themes
def test_choose_a_file_answer_import_and_undo(chromium, address, folder, dark):
    with lab.open_notebook(chromium, address, "6_import.ipynb", dark=dark) as page:
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Choose a file").click()
        chooser.value.set_files(TRACKER)
        page.get_by_text("4 rows: 2 to import, 1 skipped, 1 waiting for your word.").wait_for()
        assert page.get_by_role("button", name="Import", exact=True).is_disabled()
        page.get_by_label("not told yet", exact=True).focus()
        page.keyboard.press("ArrowRight")
        page.get_by_role("cell", name="2025-04-03").wait_for()
        page.wait_for_timeout(600)
        assert page.get_by_label("the first", exact=True).evaluate("it => it === document.activeElement")
        page.get_by_label("What does “Talent pool” mean? (1 row)").select_option(label="no reply")
        page.get_by_role("cell", name="no reply").wait_for()
        page.wait_for_timeout(300)
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()
        page.get_by_role("button", name="Import", exact=True).click()
        page.get_by_text("Imported 3 records.").wait_for()
        page.wait_for_function("document.activeElement.textContent === 'Imported 3 records.'")
        outcomes = ik.Journal(folder / "mine").interviews()["outcome"].tolist()
        assert outcomes == ["pending", "rejected", "no reply"]
        page.get_by_role("button", name="Undo the import").click()
        page.get_by_text("Took back").wait_for()
        assert ik.Journal(folder / "mine").interviews().empty
        page.get_by_label("Or enter its path").fill(str(TRACKER.with_name("huntr.csv")))
        page.get_by_label("Or enter its path").press("Enter")
        page.get_by_text("This is how huntr.csv would come in.").wait_for()
        assert page.left == []
        assert page.errors == []

"""A story as people use it: written, chosen at a question in the form, and found in the brief of the next interview."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from interview_kit import Journal
from tests.browser import lab

pytestmark = pytest.mark.browser
SIZE = (1280, 800)
HOSTILE = "<img src=x onerror=\"document.title='ran'\">"


@pytest.fixture
def journal(folder):
    """A round at Acme, and another one there that is planned for the day after tomorrow."""
    journal = Journal(folder / "mine")
    before, coming = date.today() - timedelta(days=9), date.today() + timedelta(days=2)
    held = {"company": "Acme", "stage": "screen", "interviewed_on": before, "outcome": "callback"}
    journal.add("interviews", {"id": "i-held", **held})
    planned = {"company": "Acme", "stage": "onsite", "interviewed_on": coming, "outcome": "planned", "notes": HOSTILE}
    journal.add("interviews", {"id": "i-next", **planned})
    return journal


@pytest.mark.full
def test_a_story_is_written_chosen_at_a_question_and_read_in_the_brief(chromium, address, journal):
    with lab.open_notebook(chromium, address, "4_next_steps.ipynb", size=SIZE) as page:
        panel = page.locator(".ik-panel")
        panel.get_by_text("Begin with one that you have told before.").wait_for()
        panel.get_by_role("button", name="Write your first story").click()
        page.locator(".ik-story .ik-column-title input:focus").wait_for()
        page.keyboard.type("The bike counters")
        panel.get_by_label("Topics", exact=True).fill("pride, data")
        panel.get_by_label("Situation").fill("Forty corners\nof the city.")
        panel.get_by_label("Result").fill(HOSTILE)
        panel.get_by_role("button", name="Keep it", exact=True).click()
        said = panel.locator(".ik-message:focus", has_text="Kept: “The bike counters”.")
        said.wait_for()
        assert 0 < page.evaluate("document.activeElement.getBoundingClientRect().bottom") <= SIZE[1]
        panel.get_by_role("cell", name="never", exact=True).wait_for()
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()
        assert (page.left, page.errors) == ([], [])

    with lab.open_notebook(chromium, address, "1_debrief.ipynb", size=SIZE) as page:
        form = page.locator(".ik-panel").first
        form.get_by_label("Company", exact=True).fill("Acme")
        form.get_by_role("button", name="Yesterday").click()
        form.get_by_role("button", name="Add a question").click()
        form.get_by_label("Their question").fill("What are you proud of?")
        form.get_by_label("Topic", exact=True).fill("Pride")
        form.get_by_label("How you answered").select_option(label="badly")
        form.get_by_label("The story you told").select_option(label="The bike counters")
        form.get_by_role("button", name="Save", exact=True).click()
        form.get_by_text("Saved: Acme").wait_for()
        assert (page.left, page.errors) == ([], [])
    assert journal.questions()["story_id"].tolist() == journal.stories()["id"].tolist()

    with lab.open_notebook(chromium, address, "4_next_steps.ipynb", size=SIZE) as page:
        panel = page.locator(".ik-panel")
        panel.get_by_role("button", name="Before Acme").wait_for()
        panel.get_by_role("heading", name="Stories that fit").wait_for()
        brief = panel.locator(".ik-brief")
        assert "Told once, 1 badly; already at Acme." in brief.inner_text()
        assert "Forty corners\nof the city." in brief.inner_text()
        assert HOSTILE in brief.inner_text()
        panel.get_by_role("button", name="A story that fits").click()
        panel.locator(".ik-card", has_text="What are you proud of?").get_by_text("Forty corners").wait_for()
        panel.get_by_role("button", name="Save it to print").click()
        panel.get_by_role("link", name="Download brief-acme-").wait_for()
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()
        assert page.title() != "ran"
        assert (page.left, page.errors) == ([], [])
    (path,) = (journal.folder / "exports").iterdir()
    assert path.read_text(encoding="utf-8").startswith("# Acme\n")

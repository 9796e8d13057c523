"""What to do now, as people use it: tick off, draft, move, practice, with the keyboard too."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from interview_kit import Journal
from tests.browser import lab

pytestmark = pytest.mark.browser


@pytest.fixture
def journal(folder):
    """An interview of today, with one person and one question."""
    journal = Journal(folder / "mine")
    journal.add("interviews", {"id": "i-acme", "company": "Acme", "role": "Analyst", "interviewed_on": date.today()})
    journal.add("contacts", {"id": "c-ada", "interview_id": "i-acme", "name": "Ada Lind", "company": "Acme"})
    question = {
        "question": "Why us?",
        "answered": "badly",
        "better_answer": "The maps.",
        "next_practice_on": "2026-01-01",
    }
    journal.add("questions", {"id": "q-why", "interview_id": "i-acme"} | question)
    return journal


def test_a_list_is_worked_through(chromium, address, journal):
    with lab.open_notebook(chromium, address, "4_next_steps.ipynb") as page:
        panel = page.locator(".ik-panel")
        panel.get_by_role("heading", name="The one thing").wait_for()
        panel.get_by_role("button", name="Draft a note").click()
        draft = panel.get_by_label("Your draft")
        draft.wait_for()
        assert "Thank you for taking the time to talk with me today." in draft.input_value()
        panel.get_by_label("Tone").select_option(label="formal")
        page.wait_for_function(
            "[...document.querySelectorAll('textarea')].some(t => t.value.includes('Dear Ada Lind,'))"
        )
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()

        panel.get_by_role("button", name="Put these into my calendar").click()
        panel.get_by_role("link", name="Download to_do.ics").wait_for()
        assert (journal.folder / "exports" / "to_do.ics").is_file()

        done = panel.get_by_role("button", name="Done")
        done.focus()
        page.keyboard.press("Enter")
        panel.get_by_text("Done: Thank Ada Lind at Acme.").wait_for()
        panel.get_by_role("button", name="Undo", exact=True).click()
        panel.get_by_text("Took back the tick at “Thank Ada Lind at Acme”.").wait_for()
        panel.get_by_role("button", name="Not needed").click()
        panel.get_by_text("Nothing is due.").wait_for()

        assert not panel.get_by_text("The maps.").is_visible()
        panel.get_by_role("button", name="Show my better answer").click()
        panel.get_by_text("The maps.").wait_for()
        panel.get_by_role("button", name="It went well").click()
        panel.get_by_text("Noted: well. It comes back on").wait_for()
        assert (page.left, page.errors) == ([], [])
    assert journal.questions()["answered"].tolist() == ["well"]
    assert journal.dismissed() == ["thank-you:i-acme"]


@pytest.mark.full
def test_in_a_small_window_what_happened_is_in_sight_and_has_the_keyboard(chromium, address, journal):
    for number in range(6):
        plan = {"kind": "stay in touch", "due_on": date.today(), "note": f"No {number}"}
        journal.add("follow_ups", {"id": f"f-{number}", "contact_id": "c-ada"} | plan)
    with lab.open_notebook(chromium, address, "4_next_steps.ipynb") as page:
        panel = page.locator(".ik-panel")
        panel.get_by_role("heading", name="The one thing").wait_for()
        page.set_viewport_size({"width": 1000, "height": 750})
        for name, place, said in (("Done", 4, "Done: "), ("Undo", 0, "Took back"), ("Not needed", 5, "Taken off")):
            panel.get_by_role("button", name=name, exact=True).nth(place).focus()
            page.keyboard.press("Enter")
            panel.locator(".ik-message:focus", has_text=said).wait_for()
            top = page.evaluate("document.activeElement.getBoundingClientRect().top")
            assert 90 < top < 700, f"{said} is {top} pixels from the top"

        panel.get_by_role("button", name="Move", exact=True).first.click()
        panel.get_by_label("New date").fill("2020-01-01")
        panel.get_by_role("button", name="Move it").click()
        panel.get_by_text("1 Jan 2020 is past. Choose today or a later day.").wait_for()

        panel.get_by_role("button", name="Draft a note").nth(1).click()
        panel.get_by_label("Your draft").fill("My own words")
        panel.get_by_label("Tone").select_option(label="formal")
        panel.get_by_role("button", name="Rewrite the draft").wait_for()
        assert panel.get_by_label("Your draft").input_value() == "My own words"
        assert (page.left, page.errors) == ([], [])


@pytest.mark.full
def test_the_sample_in_the_dark_is_readable(chromium, address):
    with lab.open_notebook(chromium, address, "4_next_steps.ipynb", dark=True) as page:
        panel = page.locator(".ik-panel")
        panel.get_by_role("heading", name="The one thing").wait_for()
        panel.get_by_label("Write to").select_option(index=3)
        panel.get_by_label("Your draft").wait_for()
        page.set_viewport_size({"width": 800, "height": 4300})
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate(
            "document.querySelector('.ik-panel').scrollWidth <= document.querySelector('.ik-panel').clientWidth"
        )
        assert page.left == []

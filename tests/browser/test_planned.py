"""An interview from the invitation to the debrief: planned on Home, asked for once it is over, written down."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from interview_kit import Journal
from tests.browser import lab
from tests.make_screens import open_page

pytestmark = pytest.mark.browser

LAPTOP = (1280, 800)
TOMORROW, YESTERDAY = date.today() + timedelta(days=1), date.today() - timedelta(days=1)


def is_in_view(locator) -> bool:
    """Say whether the whole of what a locator finds is on the screen."""
    return locator.evaluate(
        "node => { const at = node.getBoundingClientRect();"
        " return at.top >= 0 && at.bottom <= innerHeight && at.left >= 0 && at.right <= innerWidth }"
    )


@pytest.mark.full
@pytest.mark.parametrize("keys", ["Enter", "Control+Enter"])
def test_an_invitation_is_planned_with_the_keyboard_and_taken_back(chromium, address, folder, keys):
    with lab.open_notebook(chromium, address, "0_home.ipynb", size=LAPTOP) as page:
        panel = page.locator(".ik-panel")
        plan = panel.get_by_role("button", name="Plan an interview")
        plan.focus()
        page.keyboard.press("Enter")
        company = panel.get_by_label("Company")
        company.wait_for()
        page.wait_for_function("document.activeElement.closest('.ik-column-company') !== null")
        page.keyboard.type("Acme")
        page.keyboard.press("Tab")
        page.keyboard.type(f"{TOMORROW:%m%d%Y}")
        panel.get_by_label("It starts at").fill("14:30")
        panel.get_by_label("Place or link").fill("https://meet.example/x")
        if keys == "Enter":
            panel.get_by_role("button", name="Plan it").focus()
        page.keyboard.press(keys)
        done = panel.get_by_text("Planned: Acme, ")
        done.wait_for()
        assert is_in_view(done)
        page.wait_for_function("document.activeElement.closest('.ik-planned-message') !== null")
        page.wait_for_timeout(1500)  # all is drawn by now, since Home is no longer empty
        assert page.evaluate("document.activeElement.closest('.ik-planned-message') !== null")
        row = panel.get_by_text("tomorrow, ")
        assert is_in_view(row)
        assert panel.get_by_role("link", name="https://meet.example/x").get_attribute("rel") == "noopener noreferrer"
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()
        panel.get_by_role("button", name="Undo", exact=True).click()
        panel.get_by_text("No interview is planned.").wait_for()
    assert Journal(folder / "mine").interviews().empty


@pytest.mark.full
def test_a_plan_that_is_half_typed_is_on_the_disk_within_half_a_second_and_comes_back(chromium, address, folder):
    for _ in range(2):
        with open_page(chromium, address, "0_home.ipynb", dark=False, size=LAPTOP) as page:
            company = page.get_by_label("Company")
            if not Journal(folder / "mine").drafts():
                page.get_by_role("button", name="Plan an interview").click()
                page.wait_for_function("document.activeElement.closest('.ik-column-company') !== null")
                page.keyboard.type("Acme")
                page.wait_for_timeout(500)
            company.wait_for()
            assert company.input_value() == "Acme"
        [draft] = Journal(folder / "mine").drafts()
        assert draft["values"] == {"company": "Acme"}


@pytest.mark.full
@pytest.mark.parametrize("face", ["lab", "page"])
def test_the_way_to_all_interviews_leads_to_their_list(chromium, address, folder, face):
    many = [{"company": f"Acme {number}", "interviewed_on": YESTERDAY} for number in range(12)]
    Journal(folder / "mine").add_all("interviews", many)
    opened = lab.open_notebook if face == "lab" else open_page
    with opened(chromium, address, "0_home.ipynb", dark=False, size=LAPTOP) as page:
        page.get_by_role("link", name="All interviews").click()
        title = page.get_by_role("heading", name="Your interviews")
        title.wait_for()
        page.wait_for_timeout(2500)
        assert title.evaluate("node => node.getBoundingClientRect().top") < LAPTOP[1] / 4


@pytest.mark.full
@pytest.mark.parametrize("face", ["lab", "page"])
def test_the_way_to_what_to_read_before_the_next_one_leads_there_unfolded(chromium, address, folder, face):
    journal, later = Journal(folder / "mine"), date.today() + timedelta(days=6)
    journal.add("interviews", {"company": "Acme", "interviewed_on": later, "outcome": "planned"})
    opened = lab.open_notebook if face == "lab" else open_page
    with opened(chromium, address, "0_home.ipynb", dark=False, size=LAPTOP) as page:
        page.get_by_role("link", name="Read up on the next one").click()
        title = page.get_by_role("button", name="Before Acme")
        title.wait_for()
        expect(title).to_have_attribute("aria-expanded", "true", timeout=45_000)
        expect(title).to_be_in_viewport(ratio=0.9, timeout=45_000)
        page.wait_for_timeout(2500)
        expect(title).to_be_in_viewport(ratio=0.9)  # and stays there
        assert page.locator(".ik-brief").get_by_role("heading").first.is_visible()


def test_what_is_over_is_asked_for_first_and_its_entry_becomes_the_debrief(chromium, address, folder):
    journal = Journal(folder / "mine")
    planned = {"company": "Acme", "stage": "onsite", "interviewed_on": YESTERDAY, "starts_at": "14:30"}
    key = journal.add("interviews", planned | {"outcome": "planned"})
    with lab.open_notebook(chromium, address, "0_home.ipynb", size=LAPTOP) as page:
        first = page.locator(".ik-planned").get_by_role("link", name="Write it down")
        first.wait_for()
        assert is_in_view(first)
        first.click()
        page.get_by_role("heading", name="Write down Acme, onsite").wait_for()
        form = page.locator(".ik-panel:has(.ik-column-issues)")
        assert form.get_by_label("Company").input_value() == "Acme"
        form.get_by_label("Issues that came up").fill("They were late")
        save = form.get_by_role("button", name="Save", exact=True)
        assert is_in_view(save)
        save.click()
        form.get_by_text("Saved: Acme, onsite, 1 day after the interview").wait_for()
    [row] = Journal(folder / "mine").interviews().to_dict("records")
    assert (row["id"], row["outcome"], row["issues"]) == (key, "pending", "They were late")


@pytest.mark.full
def test_a_form_that_was_open_already_asks_for_what_is_over_when_it_is_shown_again(chromium, address, folder):
    with lab.open_notebook(chromium, address, "1_debrief.ipynb", size=LAPTOP) as page:
        page.get_by_role("heading", name="Write it down while it is fresh").wait_for()
        page.locator("a[data-notebook='0_home']").first.click()
        page.get_by_role("heading", name="Welcome").wait_for()
        Journal(folder / "mine").add(
            "interviews", {"company": "Acme", "interviewed_on": YESTERDAY, "outcome": "planned"}
        )
        page.get_by_role("tab", name="1_debrief").click()
        page.get_by_role("heading", name="Write down Acme").wait_for()


@pytest.mark.full
@pytest.mark.parametrize("size", [(390, 844), (800, 900)])
def test_what_is_planned_fits_where_there_is_little_room(chromium, address, folder, size):
    journal = Journal(folder / "mine")
    for on in (YESTERDAY, TOMORROW):
        place = {"place": "https://meet.example/a-long-address-without-any-space-in-it-that-goes-on-and-on/abc-defg"}
        journal.add("interviews", {"company": "Acme", "interviewed_on": on, "outcome": "planned"} | place)
    with open_page(chromium, address, "0_home.ipynb", dark=True, size=size) as page:
        page.get_by_role("button", name="Plan an interview").click()
        page.get_by_role("button", name="Plan it").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()

"""Your records at the foot of Home: back to a backup and forth again, and the ZIP in hand, by keyboard and by link."""

import shutil
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import interview_kit as ik
from tests.browser import lab
from tests.browser.test_pages import SIDEWAYS, is_in_view, visit, visiting

pytestmark = pytest.mark.browser
TITLE = "Your records: where they are, going back, taking them along, erasing them"
CUT = """() => [...document.querySelectorAll(".ik-panel :is(p, button, a, label, .ik-message)")]
    .filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map((it) => it.textContent)"""


@pytest.fixture
def journal(folder):
    """The sample, of which one interview was deleted."""
    shutil.copytree(lab.ROOT / "data" / "sample", folder / "mine")
    kept = ik.Journal(folder / "mine")
    kept.delete("interviews", kept.interviews()["id"][0])
    return kept


def press(page, name):
    """Press a button by the keyboard, once it can be pressed."""
    button = page.get_by_role("button", name=name, exact=True).first
    expect(button).to_be_enabled(timeout=45_000)
    button.focus()
    page.keyboard.press("Enter")


def wait_for_keyboard_at(page, text):
    page.wait_for_function("text => document.activeElement?.textContent.includes(text)", arg=text)


def files_of_download(page, name):
    with page.expect_download() as downloading:
        page.get_by_role("link", name=name).click()
    with zipfile.ZipFile(downloading.value.path()) as held:
        return set(held.namelist())


@pytest.mark.full
@lab.in_both_themes
def test_by_keyboard_back_to_a_backup_forth_again_and_the_zip_by_its_link(chromium, address, journal, dark):
    with lab.open_notebook(chromium, address, "0_home.ipynb", size=(1280, 800), dark=dark) as page:
        title = page.get_by_role("button", name=TITLE)
        title.wait_for()
        assert title.get_attribute("aria-expanded") == "false"
        title.focus()
        page.keyboard.press("Enter")
        page.get_by_text("In it: 75 interviews").wait_for()
        assert title.get_attribute("aria-expanded") == "true"
        press(page, "Go back to this")
        wait_for_keyboard_at(page, "1 record that went since would be back.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        wait_for_keyboard_at(page, "Interviews: as on ")
        page.get_by_text("In it: 76 interviews").wait_for()
        assert is_in_view(page, page.locator(":focus"))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        wait_for_keyboard_at(page, "Took back the restoring of interviews.csv as of ")
        page.get_by_text("In it: 75 interviews").wait_for()
        press(page, "Make the ZIP")
        wait_for_keyboard_at(page, "Made: interview-kit-")
        assert is_in_view(page, page.get_by_role("link", name="Download interview-kit-"))
        held = files_of_download(page, "Download interview-kit-")
        assert {"interviews.csv", "questions.csv", "contacts.csv", "follow_ups.csv"} <= held
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()
        assert (page.errors, page.left) == ([], [])


@pytest.mark.full
def test_on_a_phone_it_fits_and_all_of_it_can_be_erased(chromium, address, journal):
    with visiting(chromium, "phone") as page:
        visit(page, address)
        page.locator("#ik-progress").wait_for(state="hidden")
        page.get_by_role("button", name=TITLE).focus()
        page.keyboard.press("Space")
        press(page, "Go back to this")
        press(page, "Make the ZIP")
        wait_for_keyboard_at(page, "Made: interview-kit-")
        assert "interviews.csv" in files_of_download(page, "Download interview-kit-")
        press(page, "Erase everything …")
        page.get_by_text("This would be gone: 75 interviews").wait_for()
        assert page.evaluate(CUT) == []
        assert not page.evaluate(SIDEWAYS)
        assert Axe().run(page).violations_count == 0
        page.get_by_label("Type erase if you mean it").fill("erase")
        press(page, "Erase it for good")
        wait_for_keyboard_at(page, "Erased. Copies elsewhere stay")
        page.get_by_text("Write the first one down").wait_for()
        assert (page.errors, page.left) == ([], [])
    assert {path.name for path in journal.folder.iterdir()} == {"README.md", "make_sample.py"}


def test_the_calendar_and_the_contact_cards_can_be_downloaded(chromium, address, journal):
    with visiting(chromium) as page:
        visit(page, address, "4_next_steps")
        for button, file in (("Put these into my calendar", "to_do.ics"), ("Save as contact cards", "people.vcf")):
            page.get_by_role("button", name=button).click()
            with page.expect_download() as downloading:
                page.get_by_role("link", name=f"Download {file}").click()
            assert downloading.value.suggested_filename == file
        assert page.errors == []


@pytest.fixture
def elsewhere(chromium, tmp_path):
    """The address of a server in whose folder the records do not lie, and these records."""
    kept = ik.Journal(tmp_path / "kept elsewhere")
    shutil.copytree(lab.ROOT / "data" / "sample", kept.folder)
    (tmp_path / "shown").mkdir()
    with lab.running_lab(tmp_path / "shown", kept.folder) as address:
        lab.make_new(tmp_path / "shown", address)
        yield address, kept


@pytest.mark.full
def test_where_the_server_does_not_show_the_records_what_was_made_is_handed_out_all_the_same(chromium, elsewhere):
    address, kept = elsewhere
    with visiting(chromium) as page:
        visit(page, address)
        page.get_by_role("button", name=TITLE).focus()
        page.keyboard.press("Enter")
        press(page, "Make the ZIP")
        assert "interviews.csv" in files_of_download(page, "Download interview-kit-")
        (kept.folder / "exports" / "to_do.ics").write_text("first")
        way, known = f"{address}/interview-kit/exports/to_do.ics", {"Authorization": f"token {lab.TOKEN}"}
        assert page.request.get(way, headers=known).text() == "first"
        (kept.folder / "exports" / "to_do.ics").write_text("other")
        assert page.request.get(way, headers=known).text() == "other"
        assert "sandbox" in page.request.get(way, headers=known).headers["content-security-policy"]
        for other in ("../interviews.csv", "%2e%2e/interviews.csv", "..%2finterviews.csv", "", "nothing.ics"):
            refused = page.request.get(f"{address}/interview-kit/exports/{other}", headers=known)
            assert refused.status in (403, 404), other
        assert (page.errors, page.left) == ([], [])
    with lab.open_notebook(chromium, address, "5_share.ipynb", size=(1280, 800)) as page:
        press(page, "Make the report")
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Open report.html").click()
        opened.value.locator(".js-plotly-plot").first.wait_for()
        assert page.errors == []
    with visiting(chromium) as page:
        page.goto(way)
        page.wait_for_url("**/login?next=*")

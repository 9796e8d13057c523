"""A coach's thirty clients, as a laptop shows them."""

import shutil
from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe

from interview_kit.journal import SAMPLE
from tests.browser import lab
from tests.test_people import row, write

pytestmark = pytest.mark.browser
LAPTOP = (1280, 800)


@pytest.fixture(scope="module")
def coachs(chromium, tmp_path_factory):
    """A JupyterLab of someone who has clients: its folder and address."""
    folder = tmp_path_factory.mktemp("coach")
    with ExitStack() as running:
        with pytest.MonkeyPatch.context() as patch:  # for this one alone: another may be started later
            patch.setenv("INTERVIEW_KIT_CLIENTS", str(folder / "clients"))
            address = running.enter_context(lab.running_lab(folder))
        yield folder, address


@pytest.fixture
def clients(coachs):
    """The folder of thirty clients: the sample as a CSV and as a folder of records, the others small, one broken."""
    folder, address = coachs
    lab.make_new(folder, address)
    shutil.rmtree(folder / "clients", ignore_errors=True)
    shutil.copytree(SAMPLE.parent, folder / "clients" / "client01")
    (folder / "clients" / "client02.csv").write_bytes(SAMPLE.read_bytes())
    for number in range(3, 30):
        rows = (row(f"{number}-{at}", outcome=("callback", "rejected")[at % 2]) for at in range(number))
        write(folder / "clients" / f"client{number:02d}.csv", *rows)
    write(folder / "clients" / "client30.csv", 'i-x,"open')
    return folder / "clients"


@pytest.mark.full
@lab.in_both_themes
def test_one_table_one_client_and_every_panel_of_theirs(chromium, coachs, clients, dark):
    before = {path: path.read_bytes() for path in clients.rglob("*.csv")}
    with lab.open_notebook(chromium, coachs[1], "7_clients.ipynb", dark=dark, size=LAPTOP) as page:
        page.get_by_role("status").filter(has_text="client30.csv is left out, since it cannot be read").wait_for()
        page.get_by_text("29 people,").wait_for()
        assert page.get_by_text("Traceback").count() == 0
        page.get_by_role("searchbox", name="Search:").fill("client01")
        page.locator("table.dataTable tbody tr").nth(1).wait_for(state="detached")
        page.locator("table.dataTable tbody").get_by_text("client01").click()
        page.get_by_role("heading", name="client01", exact=True).wait_for()
        assert is_in_view(page.get_by_label("What to see"))
        for what, seen in (
            ("Patterns", "What lines up with callbacks?"),
            ("Trends", "Are they getting better?"),
            ("Next steps", "Practice two questions"),
            ("Interviews", "The interviews of client01"),
            ("A report", "This is what it will say"),
        ):
            page.get_by_label("What to see").select_option(what)
            page.get_by_role("heading", name=seen).wait_for()
            page.wait_for_timeout(700)
            found = Axe().run(page, context={"include": [[".ik-panel"]]})
            assert found.violations_count == 0, f"{what}: {found.generate_report()}"
        assert page.left == []
        assert page.errors == []
    assert {path: path.read_bytes() for path in clients.rglob("*.csv")} == before


def test_the_table_and_what_chooses_a_client_are_in_view_and_the_keyboard_alone_is_enough(chromium, coachs, clients):
    with lab.open_notebook(chromium, coachs[1], "7_clients.ipynb", size=LAPTOP) as page:
        page.get_by_text("29 people,").wait_for()
        page.locator(".ik-people tbody tr").nth(7).wait_for()
        assert is_in_view(page.locator(".ik-people tbody tr").nth(7))
        assert is_in_view(page.get_by_label("Whose records?"))
        page.get_by_role("searchbox", name="Search:").focus()
        for _ in range(25):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.tagName") == "SELECT":
                break
        page.keyboard.type("client02")
        page.get_by_role("heading", name="client02", exact=True).wait_for()
        page.keyboard.press("Tab")
        page.keyboard.type("Next")
        page.get_by_role("heading", name="Practice two questions").wait_for()
        assert page.errors == []


@pytest.mark.full
def test_on_a_phone_the_rate_and_what_is_overdue_are_seen_and_nothing_scrolls_sideways(chromium, coachs, clients):
    with lab.open_notebook(chromium, coachs[1], "7_clients.ipynb", size=(390, 844)) as page:
        page.get_by_text("29 people,").wait_for()
        for name, is_seen in (("Called back (range)", True), ("Overdue", True), ("Works on", False)):
            assert page.locator(".ik-people th").filter(has_text=name).first.is_visible() == is_seen
        box = "(box) => box.scrollWidth <= box.clientWidth"
        assert page.locator(".ik-clients").first.evaluate(box)


@pytest.mark.full
def test_a_page_for_each_is_made_and_opens(chromium, coachs, clients):
    for number in range(4, 30):
        (clients / f"client{number:02d}.csv").unlink()
    write(clients / "client04.csv")
    with lab.open_notebook(chromium, coachs[1], "7_clients.ipynb", size=LAPTOP) as page:
        page.get_by_role("button", name="A page for each, to read before a meeting").click()
        page.get_by_text("3 pages are made, one for each.").wait_for()
        assert is_in_view(page.get_by_text("3 pages are made, one for each."))
        assert page.get_by_text("client04 has no interview yet.").is_visible()
        with page.context.expect_page() as opened:
            page.locator(".ik-each").get_by_text("client02").click()
        opened.value.get_by_role("heading", name="What the interviews of client02 say").wait_for()
        assert page.left == []


@pytest.mark.full
def test_everyone_together_is_compared_within_the_person_and_filtered(chromium, coachs, clients):
    with lab.open_notebook(chromium, coachs[1], "7_clients.ipynb", size=LAPTOP) as page:
        page.get_by_label("What to see").select_option("Patterns")
        page.get_by_label("Person", exact=True).select_option("client02")
        page.get_by_text("asking questions at the end").first.wait_for()
        page.get_by_label("What to see").select_option("Next steps")
        page.get_by_text("to do this week").wait_for()
        page.get_by_label("Person", exact=True).select_option("client01")
        page.get_by_role("heading", name="Practice two questions").wait_for()
        assert page.get_by_role("button", name="Done", exact=True).count() == 0
        assert page.errors == []


@pytest.mark.slow
def test_a_client_who_comes_later_is_offered_and_shown(chromium, coachs, clients):
    with lab.open_notebook(chromium, coachs[1], "7_clients.ipynb", size=LAPTOP) as page:
        page.get_by_text("29 people,").wait_for()
        write(clients / "client31.csv", row("new"))
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        page.get_by_role("button", name="Show it").click()
        page.get_by_text("30 people,").wait_for()


@pytest.mark.full
def test_the_line_of_notebooks_names_clients_only_where_there_are_some(chromium, coachs, clients, address, folder):
    for where, count in ((coachs[1], 1), (address, 0)):
        with lab.open_notebook(chromium, where, "2_patterns.ipynb", size=LAPTOP) as page:
            page.locator(".ik-nav").first.wait_for()
            assert page.locator(".ik-nav").get_by_text("Clients").count() == count


def is_in_view(place) -> bool:
    """Say whether something stands within the screen."""
    box = place.bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= LAPTOP[1]

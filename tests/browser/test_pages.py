"""The notebooks as pages without code, on the same server as JupyterLab, in real Chromium."""

import json
import time
from contextlib import contextmanager

import nbformat
import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import lab
from tests.browser.test_debrief import FORM, answer, field, rows, wait_for_text

pytestmark = pytest.mark.browser
SCREENS = {"laptop": (1280, 800), "half": (800, 900), "phone": (390, 844)}
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"


@contextmanager
def visiting(browser, screen="laptop", *, dark=False):
    """Yield a page of nothing yet, with what went wrong in it in `page.errors` and what left in `page.left`."""
    with browser.page(SCREENS[screen], dark=dark) as page:
        page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
        yield page


def visit(page, address, name="0_home", token=f"?token={lab.TOKEN}"):
    """Open a page and wait for its panel; return how many seconds that took."""
    start = time.perf_counter()
    page.goto(f"{address}/voila/render/notebooks/{name}.ipynb{token}", wait_until="commit")
    page.locator(".ik-panel .ik-nav").first.wait_for()
    return time.perf_counter() - start


def kernels(address):
    return {kernel["id"] for kernel in json.loads(lab.request(f"{address}/api/kernels"))}


def wait_until(holds):
    for _ in range(450):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about in 45 seconds")


def put_notebook(path, source):
    """Write a notebook of someone else's, with one cell."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cell = nbformat.v4.new_code_cell(source)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel}), path)


@pytest.mark.parametrize("screen", SCREENS)
def test_home_stands_whole_without_code_and_asks_nobody(chromium, address, screen):
    with visiting(chromium, screen) as page:
        seconds = visit(page, address)
        print(f"\nHome at {SCREENS[screen]}: its panel stood after {seconds:.1f} s")
        assert page.title() == "Home · Interview Kit"
        assert "token" not in page.url
        page.locator(".ik-doors").wait_for()
        page.locator("#ik-progress").wait_for(state="hidden")
        assert page.get_by_text("Run All Cells").filter(visible=True).count() == 0
        assert page.locator("main").inner_text().count("import interview_kit") == 0
        assert not page.evaluate(SIDEWAYS)
        assert (page.errors, page.left) == ([], [])


@pytest.mark.full
@pytest.mark.parametrize(
    "name", ["2_patterns", *(pytest.param(one, marks=pytest.mark.slow) for one in ("0_home", "1_debrief"))]
)
def test_where_the_system_is_dark_a_page_is_dark(chromium, address, name):
    with visiting(chromium, dark=True) as page:
        visit(page, address, name)
        page.wait_for_timeout(1000)
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(map(int, background[4:-1].split(","))) < 60
        assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
        assert Axe().run(page).violations_count == 0


def test_the_form_is_filled_and_saved_on_a_phone(chromium, address, folder):
    with visiting(chromium, "phone") as page:
        visit(page, address, "1_debrief")
        save = page.locator(f"{FORM} .ik-primary")
        page.locator(f"{FORM} [role=radiogroup]").first.wait_for()
        assert is_in_view(page, save)
        field(page, "company").fill("Acme")
        page.get_by_role("button", name="Today", exact=True).click()
        for _ in range(12):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
            hidden_from = page.evaluate("document.querySelector('.ik-stick').getBoundingClientRect().top")
            in_bar = page.evaluate("document.activeElement.closest('.ik-stick') !== null")
            assert in_bar or focused <= hidden_from
        answer(page, "Prepared", "yes").click()
        assert is_in_view(page, save)
        save.click()
        wait_for_text(page, "Saved: Acme")
        page.wait_for_timeout(1000)
        assert is_in_view(page, page.locator(f"{FORM} .ik-stick .ik-message"))
        assert (page.errors, page.left) == ([], [])
    (row,) = rows(folder)
    assert (row["company"], row["did_prepare"]) == ("Acme", "yes")


def is_in_view(page, part):
    box = part.bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"]


@pytest.mark.full
def test_the_form_and_save_are_in_view_on_a_laptop(chromium, address):
    with visiting(chromium) as page:
        visit(page, address, "1_debrief")
        page.locator(f"{FORM} [role=radiogroup]").first.wait_for()
        page.wait_for_timeout(300)
        assert is_in_view(page, page.locator(FORM))


@pytest.mark.full
def test_the_navigation_leads_from_page_to_page_and_the_kernel_ends_with_its_page(chromium, address):
    with visiting(chromium) as page:
        visit(page, address)
        (first,) = kernels(address)
        page.locator(".ik-nav").get_by_text("Patterns").click()
        page.wait_for_url("**/voila/render/notebooks/2_patterns.ipynb")
        page.locator(".ik-nav").get_by_text("Patterns").wait_for()
        wait_until(lambda: first not in kernels(address))
        assert len(kernels(address)) == 1
        assert page.errors == []
        page.close(run_before_unload=True)
        wait_until(lambda: not kernels(address))


def test_what_is_typed_right_before_a_page_is_left_is_there_again(chromium, address):
    with visiting(chromium) as page:
        visit(page, address, "1_debrief")
        field(page, "company").fill("Acme")
        page.locator(".ik-nav").get_by_text("Home").click()
        page.locator(".ik-nav").get_by_text("Write it down").click()
        page.wait_for_url("**/1_debrief.ipynb")
        page.locator(f"{FORM} [role=radiogroup]").first.wait_for()
        assert field(page, "company").input_value() == "Acme"


@pytest.mark.full
def test_a_page_leads_to_its_notebook_and_a_notebook_to_its_page(chromium, address):
    with visiting(chromium) as page:
        visit(page, address, "2_patterns")
        page.get_by_role("link", name="Open as a notebook").click()
        page.wait_for_url("**/lab/tree/notebooks/2_patterns.ipynb")
        page.locator(".jp-NotebookPanel").wait_for()
    with lab.open_notebook(chromium, address, "2_patterns.ipynb") as page:
        link = page.get_by_role("link", name="Open as a page")
        with page.context.expect_page() as opened:
            link.click()
        opened.value.locator(".ik-panel .ik-nav").wait_for()
        assert opened.value.url == f"{address}/voila/render/notebooks/2_patterns.ipynb"
        assert page.errors == []


@pytest.mark.parametrize("where", ["notebooks/theirs.ipynb", "theirs.ipynb", "notebooks/deeper/1_debrief.ipynb"])
def test_a_foreign_notebook_is_refused_and_not_run(chromium, address, folder, where):
    ran = folder / "ran.txt"
    (folder / where).parent.mkdir(exist_ok=True)
    put_notebook(folder / where, f"open({str(ran)!r}, 'w').close()")
    with visiting(chromium) as page:
        answered = page.goto(f"{address}/voila/render/{where}?token={lab.TOKEN}")
        assert answered.status == 403
        name = where.rpartition("/")[2]
        seen = page.locator("main").inner_text()
        assert "was not run" in seen if name == "theirs.ipynb" else "none of Interview Kit's own" in seen
        assert Axe().run(page).violations_count == 0
        assert page.get_by_role("link", name="Open as a notebook").get_attribute("href") == f"/lab/tree/{where}"
        assert page.left == []
    assert kernels(address) == set()
    assert not ran.exists()
    (folder / where).unlink()


@pytest.mark.full
def test_a_true_copy_elsewhere_is_not_run_since_what_it_imports_may_lie_beside_it(chromium, address, folder):
    (folder / "sent").mkdir(exist_ok=True)
    (folder / "sent" / "0_home.ipynb").write_bytes((lab.ROOT / "notebooks" / "0_home.ipynb").read_bytes())
    with visiting(chromium) as page:
        assert page.goto(f"{address}/voila/render/sent/0_home.ipynb?token={lab.TOKEN}").status == 403
    assert kernels(address) == set()


@pytest.mark.full
def test_a_notebook_of_the_kit_that_was_changed_is_not_run_and_says_how_to_open_it(chromium, address, folder):
    path = folder / "notebooks" / "0_home.ipynb"
    changed = nbformat.read(path, as_version=4)
    changed.cells[1].source += "\nprint(1)"
    nbformat.write(changed, path)
    with visiting(chromium) as page:
        assert page.goto(f"{address}/voila/render/notebooks/0_home.ipynb?token={lab.TOKEN}").status == 403
        wait_for_text(page, "0_home.ipynb was changed, so it is not run as a page. Open it as a notebook to run it.")
        page.get_by_role("link", name="Open as a notebook").click()
        page.wait_for_url("**/lab/tree/notebooks/0_home.ipynb")
    assert kernels(address) == set()


@pytest.mark.parametrize("token", ["?token=wrong", pytest.param("", marks=pytest.mark.slow)])
def test_without_the_token_one_is_sent_to_the_login_and_nothing_is_run(chromium, address, token):
    with visiting(chromium) as page:
        page.goto(f"{address}/voila/render/notebooks/0_home.ipynb{token}")
        page.wait_for_url("**/login?next=*")
        assert page.locator(".ik-panel").count() == 0
    assert kernels(address) == set()


def test_voilas_own_ways_to_files_and_folders_are_shut(chromium, address, folder):
    (folder / "private.png").write_bytes(b"\x89PNG")
    with visiting(chromium) as page:
        for way in ("voila/files/private.png", "voila/tree", "voila", "voila/api/contents/"):
            assert page.request.get(f"{address}/{way}").status in (403, 404), way


def kill(_address, kernel):
    (process,) = [it for it in psutil.process_iter(["cmdline"]) if kernel in " ".join(it.info["cmdline"] or [])]
    process.kill()


def end(address, kernel):
    lab.request(f"{address}/api/kernels/{kernel}", "DELETE")


@pytest.mark.full
@pytest.mark.parametrize("how", [kill, pytest.param(end, marks=pytest.mark.slow)])
def test_a_page_whose_kernel_stops_says_what_to_do(chromium, address, how):
    with visiting(chromium) as page:
        visit(page, address, "1_debrief")
        page.locator("#ik-progress").wait_for(state="hidden")
        assert page.locator("#ik-asleep").is_hidden()
        page.wait_for_timeout(1000)
        (kernel,) = kernels(address)
        how(address, kernel)
        page.locator("#ik-asleep").wait_for()
        wait_for_text(page, "This page is asleep: the kit behind it has stopped, and Save does nothing.")
        assert Axe().run(page, context={"include": [["#ik-asleep"]]}).violations_count == 0
        page.get_by_role("link", name="Open the page anew").click()
        page.locator(f"{FORM} .ik-primary").wait_for()
        assert page.locator("#ik-asleep").is_hidden()


@pytest.mark.full
def test_a_page_whose_kernel_stops_before_it_stands_says_what_to_do(chromium, address):
    with visiting(chromium) as page:
        page.goto(f"{address}/voila/render/notebooks/2_patterns.ipynb?token={lab.TOKEN}", wait_until="commit")
        page.get_by_role("heading", name="What lines up").wait_for(state="attached")  # the first cell, so it runs
        for kernel in kernels(address):
            end(address, kernel)
        wait_for_text(page, "This could not be shown: something went wrong")
        page.locator("#ik-progress").wait_for(state="hidden")

"""What people do with the first notebook, in real JupyterLab in real Chromium."""

import csv

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from interview_kit import Journal
from tests.browser import lab

pytestmark = pytest.mark.browser
FORM = ".ik-panel:has(.ik-column-company)"
LIST = ".ik-panel:has(table.dataTable)"


def rows(folder):
    with (folder / "mine" / "interviews.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def field(page, name, kind="input"):
    return page.locator(f".ik-column-{name} {kind}").first


def wait_for_text(page, text):
    page.get_by_text(text).first.wait_for()


def tab_to(page, label):
    """Press Tab until the field with this label has the focus, as someone without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const at = document.activeElement;
                const group = at.closest('[role=radiogroup]')?.getAttribute('aria-labelledby');
                return document.getElementById(group)?.textContent || at.labels?.[0]?.textContent || at.textContent;
            }"""
        )
        if focused.strip() == label:
            return
    raise AssertionError(f"Tab does not reach {label!r}; last: {focused!r}")


def ready(page):
    page.locator(f"{FORM} .ik-primary").wait_for()
    page.locator(f"{FORM} [role=radiogroup]").first.wait_for()


def answer(page, question, text):
    """Return the button that gives an answer in the grid."""
    return page.get_by_role("radiogroup", name=question).get_by_role("radio", name=text, exact=True)


def test_fill_and_save_by_keyboard_alone(chromium, address, folder):
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        page.wait_for_function("document.activeElement.closest('.ik-column-company') !== null")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.type("Acme")
        tab_to(page, "Stage")
        page.keyboard.type("onsite")
        tab_to(page, "Date of the interview")
        page.keyboard.type("05012026")
        tab_to(page, "Issues that came up")
        page.keyboard.type("dd x m: the projector, the door")
        tab_to(page, "Prepared")
        page.keyboard.press("y")  # and on to the next one
        for _ in range(6):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("n")
        tab_to(page, "Save")
        page.keyboard.press("Enter")
        wait_for_text(page, "Saved: Acme, onsite")
        assert page.locator(".Toastify__toast, .jp-Dialog").count() == 0
        page.locator(f"{LIST} td", has_text="Acme").wait_for()
        assert page.left == []
        assert page.errors == []
    (row,) = rows(folder)
    assert (row["company"], row["stage"], row["interviewed_on"]) == ("Acme", "onsite", "2026-05-01")
    assert row["issues"] == "dd x m: the projector, the door"
    assert (row["did_prepare"], row["did_ask_questions_at_end"]) == ("yes", "no")


@pytest.mark.full
def test_a_kernel_restart_in_mid_typing_loses_nothing(chromium, address, folder):
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        field(page, "company").fill("Acme")
        page.get_by_role("button", name="More").click()
        field(page, "notes", "textarea").fill("half a thou")
        page.wait_for_timeout(500)
        lab.restart_kernel(page)
        page.get_by_text("This form is asleep").first.wait_for()
        wait_for_text(page, "it is not saved yet")
        assert field(page, "company").input_value() == "Acme"
        assert field(page, "notes", "textarea").input_value() == "half a thou"
        field(page, "interviewed_on").fill("2026-05-01")
        page.keyboard.press("Control+Enter")
        wait_for_text(page, "Saved: Acme")
    assert [row["notes"] for row in rows(folder)] == ["half a thou"]


def test_edit_set_an_outcome_and_undo(chromium, address, folder):
    journal = Journal(folder / "mine")
    journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01", "notes": "a wrod"})
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        page.locator(f"{LIST} td", has_text="Acme").click()
        page.get_by_role("button", name="✓ callback").click()
        wait_for_text(page, "Acme: callback, heard on")
        assert rows(folder)[0]["outcome"] == "callback"
        page.get_by_role("button", name="Open in the form").click()
        wait_for_text(page, "Change Acme")
        expect(field(page, "notes", "textarea")).to_have_value("a wrod")  # nobody types before they are shown
        field(page, "notes", "textarea").fill("a word")
        page.locator(f"{FORM} .ik-primary").click()
        wait_for_text(page, "Saved: Acme")
        assert rows(folder)[0]["notes"] == "a word"
        page.get_by_role("button", name="Undo the last change").click()
        wait_for_text(page, "Took back")
        assert (rows(folder)[0]["notes"], rows(folder)[0]["outcome"]) == ("a wrod", "callback")
        assert page.left == []


def press(page, button):
    page.get_by_role("button", name=button, exact=True).focus()
    page.keyboard.press("Enter")


def wait_for_focus(page, label):
    """Wait until the keyboard is on the control or message with these words."""
    page.wait_for_function(
        """label => {
            const at = document.activeElement;
            return at !== document.body && (at.labels?.[0]?.textContent || at.textContent).trim() === label;
        }""",
        arg=label,
    )


@pytest.mark.full
def test_the_keyboard_keeps_its_place(chromium, address, folder):
    journal = Journal(folder / "mine")
    for name in ("Acme", "Beta"):
        journal.add("interviews", {"company": name, "interviewed_on": "2026-05-01"})
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        press(page, "Add a person")
        wait_for_focus(page, "Name")
        page.keyboard.type("Ada Lind")
        press(page, "Add another person")
        wait_for_focus(page, "Name")
        assert page.locator(f"{FORM} .ik-column-name input").count() == 2
        press(page, "Add a question")
        wait_for_focus(page, "Their question")
        page.get_by_role("button", name="Remove").nth(1).press("Enter")
        wait_for_focus(page, "Add another person")
        assert field(page, "name").input_value() == "Ada Lind"
        assert page.locator(f"{FORM} [role=radio][tabindex='0']").count() == 1
        assert page.locator(f"{FORM} [role=radiogroup]").count() == 12
        page.get_by_label("Selected interview").press("End")
        page.get_by_text("The answer from Acme").wait_for()
        page.get_by_label("Selected interview").press("ArrowUp")
        page.get_by_text("The answer from Beta").wait_for()
        wait_for_focus(page, "Selected interview")
        press(page, "✓ callback")
        wait_for_text(page, "Beta: callback, heard on")
        wait_for_focus(page, "✓ callback")
        press(page, "Delete")
        wait_for_focus(page, "Deleted: Beta")
        page.keyboard.press("Tab")
        wait_for_focus(page, "Undo")
        assert page.errors == []


@pytest.mark.full
def test_what_was_deleted_elsewhere_is_saved_as_new_by_keyboard(chromium, address, folder):
    journal = Journal(folder / "mine")
    key = journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01"})
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        page.locator(f"{LIST} td", has_text="Acme").click()
        press(page, "Open in the form")
        wait_for_text(page, "Change Acme")
        field(page, "role").fill("Cook")
        journal.delete("interviews", key)
        page.keyboard.press("Control+Enter")
        wait_for_focus(page, "Not saved. Your draft is kept.\nThe interview was deleted elsewhere in the meantime.")
        page.keyboard.press("Tab")
        wait_for_focus(page, "Save as new")
        page.keyboard.press("Enter")
        wait_for_focus(page, "Saved: Acme")
        assert [row["role"] for row in rows(folder)] == ["Cook"]
        assert page.errors == []


@pytest.mark.full
def test_shortcuts_of_the_notebook_leave_the_form_alone(chromium, address):
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        controls = (
            field(page, "stage", "select"),
            answer(page, "Prepared", "yes"),
            page.locator(f"{FORM} .ik-primary"),
        )
        for control in controls:
            control.focus()
            for key in ("d", "d", "x", "m", "a", "Shift+M", "j"):
                page.keyboard.press(key)
        page.wait_for_timeout(500)
        cells = page.evaluate("jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.type)")
        assert cells == ["markdown", "code", "code", "code", "markdown"]
        assert page.locator(FORM).count() == 1


def wears_the_colors_of_the_page(page):
    """Check that the table of the list brings neither a ground nor a blue of its own, also under the mouse."""
    page.locator(f"{LIST} tr.selected").hover()
    ground, inner, as_the_panel, picked = page.evaluate(
        """() => {
            const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
            return [of('.itables_anywidget', 'backgroundColor'), of('.dt-container', 'backgroundColor'),
                of('tr.selected td', 'color') === of('.ik-panel', 'color'), of('tr.selected td', 'boxShadow')];
        }"""
    )
    assert (ground, inner, as_the_panel) == ("rgba(0, 0, 0, 0)", "rgba(0, 0, 0, 0)", True)
    assert "color(srgb" in picked
    assert "13, 110, 253" not in picked


@lab.in_both_themes
def test_the_form_and_the_list_have_no_accessibility_violation(chromium, address, folder, dark):
    Journal(folder / "mine").add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01"})
    with lab.open_notebook(chromium, address, dark=dark) as page:
        ready(page)
        for number, button in enumerate(("Add a person", "Add a question", "Add a follow-up")):
            page.get_by_role("button", name=button).click()
            page.get_by_role("button", name="Remove").nth(number).wait_for()  # what is below has moved by then
        page.locator(f"{LIST} td", has_text="Acme").click()
        page.get_by_text("The answer from Acme").wait_for()
        wears_the_colors_of_the_page(page)
        page.locator(f"{FORM} .ik-primary").click()
        wait_for_text(page, "Nothing is typed yet")
        page.wait_for_timeout(300)
        found = Axe().run(page, context={"include": [[".ik-panel"]]})
        assert found.violations_count == 0, found.generate_report()
        assert page.left == []

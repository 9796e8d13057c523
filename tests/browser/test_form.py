"""The form on the screens that people have: what matters is in view, and Save is where the hands are."""

from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

from interview_kit import Journal
from tests.browser import lab
from tests.browser.test_debrief import FORM, answer, field, ready, rows, wait_for_text
from tests.browser.test_pages import visit, visiting

pytestmark = pytest.mark.browser
SCREENS = {"laptop": (1280, 800), "large": (1440, 900)}


@contextmanager
def written(browser, address):
    """Yield the form as a page, which stands sooner than JupyterLab."""
    with visiting(browser) as page:
        visit(page, address, "1_debrief")
        yield page


def seen(page, selector):
    """Say whether all of what a selector names lies in the window, below the bars of JupyterLab."""
    page.wait_for_timeout(300)
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return (
        box["y"] >= 85 and box["y"] + box["height"] <= size["height"] - 24 and box["x"] + box["width"] <= size["width"]
    )


def at(page, screen):
    page.set_viewport_size({"width": SCREENS[screen][0], "height": SCREENS[screen][1]})
    page.evaluate(f"document.querySelector('{FORM}').scrollIntoView({{block: 'start'}})")


@pytest.mark.parametrize("screen", ["laptop", pytest.param("large", marks=pytest.mark.slow)])
def test_the_whole_form_is_on_one_screen(chromium, address, screen):
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        at(page, screen)
        page.wait_for_timeout(300)
        form = page.locator(FORM).bounding_box()
        assert form["height"] <= SCREENS[screen][1] - 121  # the bars of JupyterLab above and below
        for selector in (".ik-column-company input", ".ik-column-chance select", f"{FORM} .ik-primary"):
            assert seen(page, selector), selector
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.full
def test_in_half_a_window_nothing_is_cut_and_save_stays_in_view(chromium, address):
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        page.set_viewport_size({"width": 800, "height": 900})
        page.evaluate(f"document.querySelector('{FORM}').scrollIntoView({{block: 'start'}})")
        assert seen(page, f"{FORM} .ik-primary")
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.ik-panel *')].filter(it => {
                const box = it.getBoundingClientRect();
                return box.width && box.right > window.innerWidth + 1;
            }).length"""
        )
        assert cut == 0


def test_from_company_to_save_it_is_at_most_twenty_tabs(chromium, address):
    with written(chromium, address) as page:
        ready(page)
        field(page, "company").focus()
        tabs = 0
        while page.evaluate("document.activeElement.textContent") != "Save":
            page.keyboard.press("Tab")
            tabs += 1
            assert tabs <= 20


def test_after_saving_two_people_and_three_questions_saved_is_in_view_with_the_keyboard(chromium, address, folder):
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        at(page, "laptop")
        field(page, "company").fill("Acme")
        page.get_by_role("button", name="Today", exact=True).click()
        for noun, name, texts in (
            ("a person", "name", ("Ada", "Bo")),
            ("a question", "question", ("Why?", "How?", "When?")),
        ):
            for place, text in enumerate(texts):
                page.get_by_role("button", name=f"Add {'another' if place else 'a'} {noun.split()[1]}").click()
                inputs = page.locator(f"{FORM} .ik-column-{name} :is(input, textarea)")
                inputs.nth(place).fill(text)
        page.locator(f"{FORM} .ik-primary").click()
        wait_for_text(page, "Saved: Acme")
        page.wait_for_timeout(1000)
        assert seen(page, f"{FORM} .ik-stick .ik-message")
        assert page.evaluate("document.activeElement.textContent").startswith("Saved: Acme")
        assert Axe().run(page, context={"include": [[FORM]]}).violations_count == 0
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        wait_for_text(page, "Took back the debrief of Acme")
        assert page.errors == []
    kept = Journal(folder / "mine")
    assert (len(kept.interviews()), len(kept.contacts()), len(kept.questions())) == (0, 0, 0)


@pytest.mark.full
@pytest.mark.parametrize(
    "where",
    [
        *("issues", "answer"),
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("company", "stage", "interviewed_on", "name", "own")),
    ],
)
def test_control_and_enter_saves_from_every_kind_of_field_with_the_last_letter(chromium, address, folder, where):
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        at(page, "laptop")
        field(page, "company").fill("Acme")
        page.get_by_role("button", name="Yesterday").click()
        if where == "name":
            page.get_by_role("button", name="Add a person").click()
        spots = {
            "company": field(page, "company"),
            "issues": field(page, "issues", "textarea"),
            "stage": field(page, "stage", "select"),
            "interviewed_on": field(page, "interviewed_on"),
            "answer": answer(page, "Gave examples", "yes"),
            "own": page.get_by_label("Something else you did"),
            "name": page.locator(f"{FORM} .ik-column-name input"),
        }
        spots[where].focus()
        if where in ("issues", "own", "name"):
            page.keyboard.type("delta two")
        page.keyboard.press("Control+Enter")
        wait_for_text(page, "Saved: Acme")
        assert page.locator(".jp-Cell").count() == 5  # no cell was run into a new one
    (row,) = rows(folder)
    assert row["company"] == "Acme"
    if where == "issues":
        assert row["issues"] == "delta two"
    if where == "own":
        assert row["did_delta_two"] == "yes"
    if where == "name":
        assert Journal(folder / "mine").contacts()["name"].tolist() == ["delta two"]


@pytest.mark.full
def test_what_is_missing_is_a_click_away(chromium, address):
    with written(chromium, address) as page:
        ready(page)
        at(page, "laptop")
        field(page, "issues", "textarea").fill("the door")
        page.keyboard.press("Control+Enter")
        wait_for_text(page, "Not saved yet: the company and date of the interview are missing")
        page.get_by_role("button", name="Company", exact=True).click()
        page.wait_for_function("document.activeElement.closest('.ik-column-company') !== null")
        page.keyboard.type("Acme", delay=150)  # for as long as the message could call the keyboard back
        page.wait_for_function("document.querySelector('.ik-column-company input').value === 'Acme'", timeout=5000)


@pytest.mark.full
def test_letters_typed_in_a_row_answer_one_question_after_the_other(chromium, address):
    with written(chromium, address) as page:
        ready(page)
        answer(page, "Prepared", "yes").focus()
        page.keyboard.type("ynnyy")
        checked = page.locator(f"{FORM} [role=radio][aria-checked=true]")
        assert checked.all_text_contents() == ["yes", "no", "no", "yes", "yes"]
        page.keyboard.press("ArrowUp")  # back to the last one, which was wrong
        page.keyboard.press("n")
        assert checked.all_text_contents() == ["yes", "no", "no", "yes", "no"]


@pytest.mark.full
def test_the_grid_is_one_stop_and_takes_letters_numbers_and_taps(chromium, address):
    with written(chromium, address) as page:
        ready(page)
        answer(page, "Prepared", "yes").focus()
        page.keyboard.press("y")
        page.keyboard.press("End")
        page.keyboard.press("4")
        checked = page.locator(f"{FORM} [role=radio][aria-checked=true]")
        page.wait_for_function("document.querySelectorAll('.ik-panel [role=radio][aria-checked=true]').length === 2")
        assert checked.all_text_contents() == ["yes", "4"]
        page.keyboard.press("Backspace")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        assert checked.all_text_contents() == ["no"]
        page.locator(".ik-question", has_text="Drank coffee").click()
        assert checked.all_text_contents() == ["no", "yes"]
        page.locator(".ik-question", has_text="Drank coffee").click()
        page.locator(".ik-question", has_text="Drank coffee").click()
        assert checked.all_text_contents() == ["no"]
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.ik-answers')") is None
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.closest('.ik-answers') !== null")

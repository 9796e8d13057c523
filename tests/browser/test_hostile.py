"""Text that is a script, in every field there is: shown as text, run nowhere, sent nowhere, saved in no notebook."""

import csv
import json

import pytest

from interview_kit import Journal, schema
from tests.browser import lab
from tests.browser.test_debrief import FORM, LIST, ready, wait_for_text

pytestmark = pytest.mark.browser
LEAK = "http://203.0.113.9/leak"
HOSTILE = (
    f"<img src='{LEAK}' onerror=window.ran=1><script>window.ran=1</script>\"'><svg onload=window.ran=1>"
    "$\\href{javascript:window.ran=1}{x}$ <a href=javascript:window.ran=1>sentinel</a> {{7*7}} ${window.ran=1}"
)
SHORT = "<b onmouseover=window.ran=1><img src=x onerror=window.ran=1>sentinel"


def fill_folder(folder):
    """Write interviews with script-like text wherever a text can stand, column names included."""
    journal = Journal(folder)
    texts = [column.name for column in schema.INTERVIEWS.columns if column.kind in ("text", "stage", "focus")]
    rows = [
        {
            **dict.fromkeys(texts, f"{HOSTILE} {at % 2}"),
            "interviewed_on": f"2026-03-{at + 1:02}",
            "outcome": ("callback", "rejected", "pending")[at % 3],
            f"did_{SHORT}": at % 2 == 0,
            f"rated_{SHORT}": 1 + at % 5,
            "did_prepare": at % 3 == 0,
            "chance": 10 * (at % 10),
        }
        for at in range(24)
    ]
    key = journal.add_all("interviews", rows).added[0]
    contact = journal.add(
        "contacts", {"interview_id": key, **dict.fromkeys(("name", "role", "email", "notes"), HOSTILE)}
    )
    with (folder / "interviews.csv").open("a", newline="") as file:  # as no form would: it shows in what is reported
        csv.writer(file).writerow([HOSTILE] * len(journal.interviews().columns))
    journal.add("questions", {"interview_id": key, "question": HOSTILE, "topic": HOSTILE, "better_answer": HOSTILE})
    journal.add("follow_ups", {"interview_id": key, "contact_id": contact, "kind": "thank-you", "note": HOSTILE})


def prove_silence(page, folder, name):
    """Save the notebook, and look that no script ran, no request left, and no word of the records was saved."""
    page.wait_for_timeout(300)
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    assert page.evaluate("window.ran") is None
    assert page.left == []
    assert page.errors == []
    saved = (folder / "notebooks" / name).read_text()
    assert any(cell.get("outputs") for cell in json.loads(saved)["cells"])
    assert "sentinel" not in saved


def test_what_looks_like_a_script_is_shown_as_text_and_nothing_runs(chromium, address, folder):
    fill_folder(folder / "mine")
    with lab.open_notebook(chromium, address) as page:
        ready(page)
        for button in ("Add a person", "Add a question", "Add a follow-up"):
            page.get_by_role("button", name=button).click()
        fields = page.locator(f"{FORM} :is(input[type=text], textarea):visible")
        fields.nth(17).wait_for()
        for at in range(fields.count()):
            fields.nth(at).fill(f"{HOSTILE} typed")
        page.locator(f"{FORM} .ik-column-interviewed_on input").first.fill("2026-05-01")
        page.locator(f"{FORM} .ik-primary").click()
        wait_for_text(page, "Saved: <img")
        page.locator(f"{LIST} td", has_text="sentinel").first.click()
        page.get_by_role("button", name="Open in the form").click()
        wait_for_text(page, "Change <img")
        prove_silence(page, folder, "1_debrief.ipynb")
    kept = Journal(folder / "mine")
    assert len(kept.interviews()) == 26
    assert [len(table()) for table in (kept.contacts, kept.questions, kept.follow_ups)] == [2, 2, 2]
    assert "sentinel</a> {{7*7}} ${window.ran=1} typed" in kept.contacts()["name"].iloc[-1]
    with lab.open_notebook(chromium, address, "2_patterns.ipynb") as page:
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
        offered = page.get_by_label("Tell me more about").locator("option", has_text="sentinel")
        page.get_by_label("Tell me more about").select_option(offered.first.get_attribute("value"))
        page.get_by_text("The interviews behind it").wait_for()
        page.get_by_text("The numbers as a table").click()
        page.get_by_label("Stage", exact=True).select_option(index=1)
        page.locator(".ik-story").get_by_text("sentinel").first.wait_for()
        prove_silence(page, folder, "2_patterns.ipynb")
    with lab.open_notebook(chromium, address, "3_trends.ipynb") as page:
        page.locator(".js-plotly-plot .main-svg").nth(4).wait_for()
        for table in page.get_by_text("The numbers as a table").all():
            table.click()
        page.locator(".ik-table td", has_text="sentinel").first.wait_for()
        prove_silence(page, folder, "3_trends.ipynb")

"""Text that is a script, in every field there is: shown as text, run nowhere, sent nowhere, saved in no notebook."""

import csv
import json
import re

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
    asked = {"question": HOSTILE, "topic": HOSTILE, "better_answer": HOSTILE}
    journal.add("questions", {"interview_id": key, "answered": "badly", "next_practice_on": "2026-05-03", **asked})
    plan = {"interview_id": key, "contact_id": contact, "kind": "send information", "due_on": "2026-05-02"}
    journal.add("follow_ups", {**plan, "note": HOSTILE})
    journal.choose_focus(f"did_{SHORT}")


def tracker_file(folder):
    """Write a tracker's spreadsheet with script-like text in its cells, its columns' names and its own name."""
    path = folder / f"{SHORT}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["Company", "Position", "Status", "Date", HOSTILE, f"Notes {SHORT}"])
        rows.writerows([[HOSTILE, HOSTILE, HOSTILE, f"2026-06-{at + 1:02}", HOSTILE, HOSTILE] for at in range(3)])
        rows.writerow([HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE])
    return path


def prove_that_none_ran(page):
    """Look that no script ran, once one of our own, begun in the same way, did or was refused."""
    page.evaluate(
        """() => new Promise(go => {
            const picture = new Image();
            picture.addEventListener('error', () => setTimeout(go));
            picture.setAttribute('onerror', 'window.could = 1');
            document.body.append(picture);
            picture.src = 'data:,';
        })"""
    )
    assert page.evaluate("window.ran") is None


def prove_silence(page, folder, name):
    """Save the notebook, and look that no script ran, no request left, and no word of the records was saved."""
    page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save') }")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    prove_that_none_ran(page)
    assert page.left == []
    assert page.errors == []
    saved = (folder / "notebooks" / name).read_text()
    assert any(cell.get("outputs") for cell in json.loads(saved)["cells"])
    assert "sentinel" not in saved


def turn_to(page, name):
    """Close the notebook that is open, and open another one in its place, which runs by itself."""
    page.evaluate(
        """async path => {
            const shown = jupyterapp.shell.currentWidget, id = shown.sessionContext.session.id;
            shown.close();
            await jupyterapp.serviceManager.sessions.shutdown(id);
            await jupyterapp.commands.execute('docmanager:open', {path});
        }""",
        f"notebooks/{name}",
    )
    lab.wait_for_run(page)


def write_it_down(page, folder):
    ready(page)
    for button in ("Add a person", "Add a question", "Add a follow-up", "More: the answer, notes …"):
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
    kept = Journal(folder / "mine")
    assert len(kept.interviews()) == 26
    assert [len(table()) for table in (kept.contacts, kept.questions, kept.follow_ups)] == [2, 2, 2]
    assert "sentinel</a> {{7*7}} ${window.ran=1} typed" in kept.contacts()["name"].iloc[-1]


def look_at_patterns(page, _folder):
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    offered = page.get_by_label("Tell me more about").locator("option", has_text="sentinel")
    page.get_by_label("Tell me more about").select_option(offered.first.get_attribute("value"))
    page.get_by_text("The interviews behind it").wait_for()
    page.get_by_text("The numbers as a table").click()
    page.get_by_label("Stage", exact=True).select_option(index=1)
    page.locator(".ik-story").get_by_text("sentinel").first.wait_for()


def look_at_trends(page, _folder):
    page.locator(".js-plotly-plot .main-svg").nth(4).wait_for()
    for table in page.get_by_text("The numbers as a table").filter(visible=True).all():
        table.click()
    page.locator(".ik-table td", has_text="sentinel").first.wait_for()


def do_what_is_next(page, folder):
    panel = page.locator(".ik-panel")
    panel.get_by_role("button", name="Draft a note").first.click()
    panel.get_by_label("Write to").select_option(index=1)
    page.wait_for_function(
        "[...document.querySelectorAll('textarea')].filter(area => area.value.includes('sentinel')).length === 2"
    )
    for button, file in {"Put these into my calendar": "to_do.ics", "Save as contact cards": "people.vcf"}.items():
        panel.get_by_role("button", name=button).click()
        panel.get_by_role("link", name=f"Download {file}").wait_for()
        assert "sentinel" in (folder / "mine" / "exports" / file).read_text().replace("\n ", "")
    panel.get_by_role("button", name="Show my better answer").click()
    panel.get_by_role("button", name="It went well").click()
    panel.get_by_text("Noted: well. It comes back on").wait_for()
    panel.get_by_role("button", name="Done").first.click()
    panel.get_by_text("Done: Send information to <img").wait_for()


def hand_it_on(page, folder):
    page.get_by_label("From", exact=True).fill("2026-01-01")
    page.get_by_label("My notes, questions and contacts too").check()
    page.get_by_label("Name of its folder").fill(HOSTILE)
    page.get_by_text("notes on 26 interviews").wait_for()
    page.get_by_role("button", name="Make the report").click()
    page.context.on("weberror", lambda found: page.errors.append(str(found.error)))
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open report.html").click()
    shown = opened.value
    shown.locator(".js-plotly-plot").nth(5).wait_for()
    assert shown.get_by_text("sentinel</a> {{7*7}} ${window.ran=1}").count() > 26
    prove_that_none_ran(shown)
    shown.close()


def bring_along(page, folder):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files(tracker_file(folder))
    page.get_by_text("4 rows: 1 skipped, 3 waiting for your word.").wait_for()
    page.get_by_label(re.compile(r"mean\? \(3 rows\)")).select_option("an application, with the word in the notes")
    page.get_by_text("4 rows: 3 to import, 1 skipped.").wait_for()
    page.get_by_text("What becomes of each line").click()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("Imported 3 records.").wait_for()
    assert Journal(folder / "mine").interviews()["company"].tolist()[-3:] == [HOSTILE] * 3


JOURNEY = {
    "1_debrief.ipynb": write_it_down,
    "2_patterns.ipynb": look_at_patterns,
    "3_trends.ipynb": look_at_trends,
    "4_next_steps.ipynb": do_what_is_next,
    "5_share.ipynb": hand_it_on,
    "6_import.ipynb": bring_along,
}


@pytest.mark.full
def test_what_looks_like_a_script_is_shown_as_text_and_nothing_runs(chromium, address, folder):
    fill_folder(folder / "mine")
    first, *_ = JOURNEY
    with lab.open_notebook(chromium, address, first) as page:
        for name, work in JOURNEY.items():
            if name != first:
                turn_to(page, name)
            work(page, folder)
            prove_silence(page, folder, name)

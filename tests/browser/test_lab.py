"""JupyterLab as people find it: a notebook of the kit runs by itself, and only such a one; nothing else is changed."""

import json
import time

import pytest

from tests.browser import lab
from tests.browser.test_debrief import FORM, field, ready

pytestmark = pytest.mark.browser
SCREEN = (1280, 800)
CHANGED = "This notebook was changed, so it does not run by itself"
WRITES_A_FILE = "from pathlib import Path\nPath('ran').touch()"


def in_front(page, words: str):
    """Return what JupyterLab says of the notebook in front, such as "context.model.dirty"."""
    return page.evaluate(f"jupyterapp.shell.currentWidget.{words}")


def stands(page) -> None:
    """Wait until the form is there and alive."""
    page.locator(f"{FORM}:not(.jupyter-widgets-disconnected) .ik-primary").wait_for()
    assert page.locator(".jp-Dialog").count() == 0


def write(path, *sources, like=lab.ROOT / "notebooks" / "1_debrief.ipynb", metadata=None):
    """Write a notebook with these code cells and the metadata of another."""
    notebook = json.loads(like.read_text())
    notebook["metadata"] = notebook["metadata"] if metadata is None else metadata
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    notebook["cells"] = [{**cell, "id": f"own-{at}", "source": text} for at, text in enumerate(sources)]
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(notebook))


def does_not_run(page, folder) -> None:
    """Look that no cell runs within a time in which the kit's own would have."""
    lab.wait_for_kernel(page)
    page.wait_for_timeout(3000)
    assert in_front(page, "content.widgets.every(cell => !cell.model.executionCount)")
    assert page.locator(".ik-panel, .jp-Dialog").count() == 0
    assert not list(folder.rglob("ran"))


def kill_kernel(page) -> None:
    """End the process of the kernel of the notebook in front, as a system does that is out of memory."""
    page.evaluate(
        """() => {
            const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
            const code = 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)';
            kernel.requestExecute({ code }).done.catch(() => {});
        }"""
    )


def close(page) -> None:
    """Close the notebook in front, and look that nothing is asked."""
    page.evaluate("() => { jupyterapp.commands.execute('application:close') }")
    page.wait_for_function("!jupyterapp.shell.currentWidget?.context")
    assert page.locator(".jp-Dialog").count() == 0


def test_the_form_stands_near_the_top_without_a_click_and_again_after_a_reload(chromium, address):
    started = time.perf_counter()
    with lab.open_notebook(chromium, address, size=SCREEN) as page:
        stands(page)
        print(f"\nthe form stood {time.perf_counter() - started:.1f} s after the page was asked for,")
        assert page.locator(FORM).bounding_box()["y"] < 130
        assert field(page, "company").is_visible()
        assert page.evaluate("jupyterapp.shell.leftCollapsed")
        assert not page.locator(".ik-manual").is_visible()
        started = time.perf_counter()
        page.reload()
        stands(page)
        print(f"and {time.perf_counter() - started:.1f} s after it was loaded again")
        assert page.left == []
        assert page.errors == []


@pytest.mark.full
def test_the_code_is_one_click_away_and_the_other_notebooks_too(chromium, address):
    with lab.open_notebook(chromium, address, size=SCREEN) as page:
        stands(page)
        code = page.locator(".jp-CodeCell .cm-content", has_text="import interview_kit as ik")
        assert not code.is_visible()
        assert not page.locator(".jp-InputPlaceholder").first.is_visible()
        page.get_by_role("button", name="Show the code").click()
        code.wait_for()
        assert page.locator(".jp-NotebookPanel-toolbar").is_visible()
        page.get_by_role("button", name="Hide the code").click()
        code.wait_for(state="hidden")
        page.get_by_role("tab", name="File Browser").click()
        listed = page.locator(".jp-DirListing-itemName")
        listed.first.wait_for()
        assert listed.first.text_content() == "0_home.ipynb"
        listed.filter(has_text="2_patterns.ipynb").dblclick()
        page.locator(".ik-panel").get_by_text("Of 12 behaviors").first.wait_for()
        assert not in_front(page, "context.model.dirty")


def test_what_someone_else_sent_never_runs_by_itself(chromium, address, folder):
    write(folder / "notebooks" / "1_debrief_sent.ipynb", WRITES_A_FILE)
    with lab.open_notebook(chromium, address, "1_debrief_sent.ipynb", run=False, size=SCREEN) as page:
        page.get_by_text(CHANGED).wait_for()
        does_not_run(page, folder)


@pytest.mark.full
def test_a_true_copy_in_another_folder_does_not_run_what_lies_beside_it(chromium, address, folder):
    sent = folder / "notebooks" / "sent"
    sent.mkdir()
    (sent / "1_debrief.ipynb").write_bytes((folder / "notebooks" / "1_debrief.ipynb").read_bytes())
    (sent / "interview_kit.py").write_text(WRITES_A_FILE)
    with lab.open_notebook(chromium, address, folder="notebooks/sent", run=False, size=SCREEN) as page:
        does_not_run(page, folder)


@pytest.mark.full
def test_one_that_was_changed_says_so_runs_when_asked_and_is_saved_as_ever(chromium, address, folder):
    path = folder / "notebooks" / "1_debrief.ipynb"
    changed = json.loads(path.read_text())
    changed["cells"][1]["source"].append("\nown = 1")
    path.write_text(json.dumps(changed))
    with lab.open_notebook(chromium, address, run=False, size=SCREEN) as page:
        page.get_by_text(CHANGED).wait_for()
        does_not_run(page, folder)
        page.get_by_role("button", name="Run it").click()
        stands(page)
        assert page.get_by_text(CHANGED).count() == 0
        assert in_front(page, "context.model.dirty")
        page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save') }")
        assert json.loads(path.read_text())["cells"][1]["execution_count"] == 1


@pytest.mark.full
def test_as_shipped_it_is_never_unsaved_whatever_becomes_of_its_kernel(chromium, address, folder):
    path = folder / "notebooks" / "1_debrief.ipynb"
    before = path.read_bytes()
    with lab.open_notebook(chromium, address, size=SCREEN) as page:
        stands(page)
        for end_kernel in (lab.restart_kernel, kill_kernel):
            end_kernel(page)
            page.locator(FORM).and_(page.locator(".jupyter-widgets-disconnected")).wait_for()
            stands(page)
            assert not in_front(page, "context.model.dirty")
        close(page)
        assert path.read_bytes() == before
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.close(run_before_unload=True)
        assert page.left == []
        assert page.errors == []


@pytest.mark.full
def test_a_kernel_that_was_shut_down_is_started_again_by_one_click(chromium, address):
    with lab.open_notebook(chromium, address, size=SCREEN) as page:
        stands(page)
        key = in_front(page, "sessionContext.session.kernel.id")
        lab.request(f"{address}/api/kernels/{key}", "DELETE")
        page.get_by_text("Python has stopped").wait_for()
        page.get_by_role("button", name="Start it again").click()
        page.get_by_text("Python has stopped").wait_for(state="detached")
        page.wait_for_function("jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")
        stands(page)
        assert not in_front(page, "context.model.dirty")


@pytest.mark.full
def test_a_cell_that_the_person_adds_is_not_lost(chromium, address, folder):
    path = folder / "notebooks" / "1_debrief.ipynb"
    with lab.open_notebook(chromium, address, size=SCREEN) as page:
        stands(page)
        page.evaluate("async () => { await jupyterapp.commands.execute('notebook:insert-cell-below') }")
        page.wait_for_function("jupyterapp.shell.currentWidget.context.model.dirty")
        page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save') }")
        page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
        assert len(json.loads(path.read_text())["cells"]) == 6
        page.evaluate("async () => { await jupyterapp.commands.execute('notebook:undo-cell-action') }")
        page.wait_for_function("jupyterapp.shell.currentWidget.content.widgets.length === 5")
        page.wait_for_timeout(300)
        assert in_front(page, "context.model.dirty")


@pytest.mark.full
def test_a_kernel_that_is_not_there_is_replaced_without_a_question(chromium, address, folder):
    path = folder / "notebooks" / "1_debrief.ipynb"
    other = json.loads(path.read_text())
    other["metadata"]["kernelspec"] = {"name": "gone", "display_name": "Gone", "language": "python"}
    path.write_text(json.dumps(other))
    with lab.open_notebook(chromium, address, size=SCREEN) as page:
        ready(page)
        stands(page)


@pytest.mark.slow
def test_an_ordinary_notebook_is_as_ever(chromium, address, folder):
    write(folder / "notebooks" / "own.ipynb", WRITES_A_FILE, metadata={})
    with lab.open_notebook(chromium, address, "own.ipynb", run=False, size=SCREEN) as page:
        does_not_run(page, folder)
        assert page.locator(".ik-line, .ik-code-button").count() == 0
        assert page.locator(".jp-NotebookPanel-toolbar").is_visible()
        page.evaluate("async () => { await jupyterapp.commands.execute('notebook:run-all-cells') }")
        page.wait_for_function("jupyterapp.shell.currentWidget.context.model.dirty")
        page.evaluate("() => { jupyterapp.commands.execute('application:close') }")
        page.locator(".jp-Dialog").wait_for()

"""Which notebooks are shown as pages, and what becomes of their kernels; the journeys are in tests/browser."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import nbformat
import pytest

from interview_kit.pages.shipped import refusal, without_hints
from interview_kit.places import NOTEBOOKS

NAMES = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))


def shipped(name):
    return nbformat.read(NOTEBOOKS / name, as_version=4)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_of_the_kit_is_run_as_a_page(name):
    assert refusal(f"notebooks/{name}", shipped(name)) == ""


def test_outputs_and_settings_of_a_notebook_change_nothing():
    notebook = shipped("0_home.ipynb")
    notebook.cells[2].outputs = [nbformat.v4.new_output("stream", text="seen before")]
    notebook.metadata["mine"] = 1
    assert refusal("/notebooks/0_home.ipynb", notebook) == ""


def test_what_was_put_beside_a_changed_one_is_the_kits_own():
    assert refusal("notebooks/0_home_new.ipynb", shipped("0_home.ipynb")) == ""


@pytest.mark.parametrize("place", range(4))
def test_one_that_was_changed_says_how_to_open_it(place):
    notebook = shipped("0_home.ipynb")
    notebook.cells[place].source += " "
    said = "0_home.ipynb was changed, so it is not run as a page. Open it as a notebook to run it."
    assert refusal("notebooks/0_home.ipynb", notebook) == said


def test_a_cell_of_another_kind_is_a_change():
    notebook = shipped("0_home.ipynb")
    notebook.cells[0] = nbformat.v4.new_code_cell(notebook.cells[0].source)
    assert "was changed" in refusal("notebooks/0_home.ipynb", notebook)


@pytest.mark.parametrize("path", ["0_home.ipynb", "sent/0_home.ipynb", "notebooks/deep/0_home.ipynb"])
def test_a_true_copy_in_another_folder_is_refused(path):
    said = refusal(path, shipped("0_home.ipynb"))
    assert said.startswith("0_home.ipynb is none of Interview Kit's own notebooks, so it was not run.")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_begins_with_its_title_alone_and_has_no_word_on_running_it(name):
    before, page = shipped(name), without_hints(shipped(name))
    assert page.cells[0].source == before.cells[0].source.splitlines()[0]
    assert page.cells[0].source.startswith("# ")
    assert page.cells[1:] == before.cells[1:]


class Kernels(dict):
    """Kernels by their id, each with how many look at it and for how many minutes nothing was done."""

    def list_kernel_ids(self):
        return list(self)

    def kernel_model(self, kernel_id):
        connections, minutes = self[kernel_id]
        return {
            "connections": connections,
            "last_activity": (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(),
        }

    async def shutdown_kernel(self, kernel_id):
        del self[kernel_id]


class Server:
    """A server with kernels of pages, and one that JupyterLab has for a notebook."""

    def __init__(self, **kernels):
        self.kernel_manager, self.session_manager = Kernels(kernels), self

    async def list_sessions(self):
        return [{"kernel": {"id": "notebook"}}]


def test_kernels_of_pages_that_are_gone_end_and_no_other():
    from interview_kit.pages.server import end_kernels_of_lost_pages

    server = Server(open=(1, 60), new=(0, 1), gone=(0, 60), notebook=(0, 60))
    with ThreadPoolExecutor(1) as pool:  # a browser of another test may have a loop running in this thread
        pool.submit(asyncio.run, end_kernels_of_lost_pages(server)).result()
    assert set(server.kernel_manager) == {"open", "new", "notebook"}


def test_nobodys_own_settings_switch_the_gate_off(tmp_path, monkeypatch):
    from interview_kit.pages.server import admit, voila_configuration

    (tmp_path / "voila.json").write_text('{"VoilaConfiguration": {"prelaunch_hook": null, "preheat_kernel": true}}')
    monkeypatch.chdir(tmp_path)
    configuration = voila_configuration({})
    assert configuration.prelaunch_hook is admit
    assert configuration.preheat_kernel is False


STARTS = """
import sys
from types import SimpleNamespace
from tornado.web import Application
from interview_kit.pages import _load_jupyter_server_extension

web = Application([], base_url="/")
_load_jupyter_server_extension(SimpleNamespace(web_app=web))
print([name for name in ("voila", "nbclient", "nbconvert") if name in sys.modules])
"""


def test_a_server_starts_without_what_only_pages_need(tmp_path):
    program = [sys.executable, "-c", STARTS]
    told = subprocess.run(program, capture_output=True, text=True, check=True, env=os.environ | {"HOME": str(tmp_path)})
    assert told.stdout.strip() == "[]"

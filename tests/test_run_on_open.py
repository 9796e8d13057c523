"""Which notebooks run by themselves, and what JupyterLab is told for it; the browser's journeys show that they do."""

import json

import pytest

from interview_kit import app
from tests import make_digests

NOTEBOOKS = sorted((make_digests.ROOT / "notebooks").glob("*.ipynb"))
EXTENSION = make_digests.PACKAGE.parent
MAKE_ANEW = "run `uv run python -m tests.make_digests`"


def told(name: str) -> dict:
    """Return what JupyterLab is told in a file of ours."""
    return json.loads((app.QUIET_LAB / "labconfig" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_shipped_notebook_runs_when_it_is_opened(path):
    assert json.loads(path.read_text(encoding="utf-8"))["metadata"]["interview_kit"] == {"run_on_open": True}
    assert make_digests.digest_of(path) in told("page_config.json")["interviewKitDigests"], MAKE_ANEW


def test_no_other_notebook_does():
    assert told("page_config.json") == make_digests.page_config(), MAKE_ANEW


def test_any_other_cell_makes_another_digest(tmp_path):
    notebook = json.loads(NOTEBOOKS[0].read_text(encoding="utf-8"))
    copy = tmp_path / "copy.ipynb"
    copy.write_text(json.dumps(notebook))
    assert make_digests.digest_of(copy) == make_digests.digest_of(NOTEBOOKS[0])
    first = notebook["cells"][1]
    for change in ({"cell_type": "markdown"}, {"source": [*first["source"], "\n"]}):
        notebook["cells"][1] = first | change
        copy.write_text(json.dumps(notebook))
        assert make_digests.digest_of(copy) != make_digests.digest_of(NOTEBOOKS[0])


def test_a_browser_never_keeps_an_older_extension():
    assert json.loads(make_digests.PACKAGE.read_text(encoding="utf-8")) == make_digests.package(), MAKE_ANEW


def test_jupyterlab_is_shown_the_extension_and_keeps_its_layout_apart(tmp_path):
    command = app.lab_command([], tmp_path)
    assert f"--LabApp.extra_labextensions_path={EXTENSION.parent}" in command
    assert any(part.startswith("--LabApp.workspaces_dir=") and "interview-kit" in part for part in command)


def test_the_kernel_is_chosen_without_a_question_and_documents_are_saved_as_ever():
    settings = told("default_setting_overrides.json")
    assert settings["@jupyterlab/notebook-extension:tracker"]["autoStartDefaultKernel"] is True
    assert not [name for name in settings if "docmanager" in name]


def test_the_extension_names_no_other_machine():
    texts = {path.name: path.read_text(encoding="utf-8") for path in (EXTENSION / "static").iterdir()}
    assert sorted(texts) == ["plugin.js", "remoteEntry.js", "style.css"]
    assert [name for name, text in texts.items() if "://" in text] == []

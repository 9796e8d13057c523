"""The notebooks: what they may hold, and that each runs from top to bottom."""

import ast
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.If, ast.For, ast.While, ast.Try, ast.Lambda, ast.With)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def test_there_are_notebooks():
    assert NOTEBOOKS


def test_it_is_valid_and_names_its_kernel(notebook):
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"


def test_it_holds_no_output_and_no_widget_state(notebook):
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)
    assert "widgets" not in notebook.metadata


def test_no_key_can_delete_or_change_a_cell(notebook):
    assert all(cell.metadata.get("deletable") is False for cell in notebook.cells)
    assert all(cell.metadata.get("editable") is False for cell in notebook.cells)


def test_cells_are_short_readable_and_define_nothing(notebook):
    for cell in notebook.cells:
        assert cell.id.replace("-", "").isalpha(), cell.id
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 5
            assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, FORBIDDEN)]


def test_it_runs_quickly_and_saves_nothing_private(notebook, tmp_path, monkeypatch):
    from interview_kit import Journal

    Journal(tmp_path / "mine").add("interviews", {"company": "Sentinel Corp", "notes": "sentinel"})
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path / "mine"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    client = NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}})
    with client.setup_kernel():
        client.execute_cell(nbformat.v4.new_code_cell("'warm'"), 0, execution_count=1, store_history=False)
        started = time.perf_counter()
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        print(f"{time.perf_counter() - started:.1f} s")
    notebook.metadata.pop("widgets", None)
    assert "sentinel" not in nbformat.writes(notebook).lower()

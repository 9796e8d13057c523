"""The wheel, built, installed into an empty environment, and used where there is no checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from tests.test_app import get, wait_for_address

ROOT = Path(__file__).resolve().parent.parent
MOST_MEGABYTES = 540
INSIDE = "interview_kit/shipped/"


def uv(*arguments, cwd=ROOT):
    """Run uv with what is on this machine already, else with the package registry."""
    program = os.environ.get("UV") or shutil.which("uv") or pytest.skip("uv is not on this machine")
    offline = subprocess.run([program, *arguments, "--offline"], cwd=cwd, capture_output=True, text=True, check=False)
    if offline.returncode:
        subprocess.run([program, *arguments], cwd=cwd, check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    uv("build", "--quiet", "--wheel", f"--out-dir={folder}", ".")
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel, tmp_path_factory):
    """The programs of an environment that holds nothing but the wheel and what it asks for."""
    environment = tmp_path_factory.mktemp("installed") / "environment"
    uv("venv", "--quiet", f"--python={sys.executable}", str(environment))
    folder = environment / ("Scripts" if os.name == "nt" else "bin")
    uv("pip", "install", "--quiet", f"--python={folder / 'python'}", str(wheel))
    return folder


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A person's home, with nothing of theirs or of a checkout in it."""
    for name in [name for name in os.environ if name.startswith(("INTERVIEW_KIT", "JUPYTER", "JPY", "PYTHON"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    (tmp_path / "anywhere").mkdir()
    monkeypatch.chdir(tmp_path / "anywhere")
    return tmp_path


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr


def tracked(folder, *endings):
    return {path.name for path in (ROOT / folder).iterdir() if path.name.endswith(endings) and path.is_file()}


def test_it_holds_the_notebooks_and_the_sample_and_nothing_private(wheel):
    inside = [name.removeprefix(INSIDE) for name in zipfile.ZipFile(wheel).namelist() if name.startswith(INSIDE)]
    expected = {f"notebooks/{name}" for name in tracked("notebooks", ".ipynb")}
    expected |= {f"data/sample/{name}" for name in tracked("data/sample", ".csv", ".md")}
    assert set(inside) == expected


def test_it_holds_every_file_of_the_package(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "interview_kit").rglob("*") if path.is_file()}
    assert {name for name in files if "__pycache__" not in name} <= inside


def test_it_is_light(programs):
    sizes = [path.lstat().st_size for path in programs.parent.rglob("*") if "__pycache__" not in path.parts]
    assert sum(sizes) / 1e6 <= MOST_MEGABYTES


@pytest.mark.full
def test_every_command_works_where_there_is_no_checkout(programs, home):
    kit = programs / "interview-kit"
    mine = home / "data" / "interview-kit" / "mine"
    assert run(kit, "check")[0] == 0
    assert run(kit, "check")[1].startswith("Nothing is written down yet, so there is nothing to check.\n")
    assert run(kit, "tody")[0] == 2
    assert run(kit, "today")[1].startswith("Nothing is written down yet.")
    (home / "jobs.csv").write_text("Company,Role,Date applied,Status\nAcme,Cook,2026-03-04,Rejected\n")
    assert "Imported 1 record." in run(kit, "import", str(home / "jobs.csv"), "--yes")[1]
    assert run(kit, "check")[1].startswith("No problems in 1 interview\n")
    assert run(kit, "today", "--as-of", "2026-03-05")[0] == 0
    assert f"Written: {mine / 'exports' / 'report' / 'report.html'}" in run(kit, "report")[1]
    assert (mine / "exports" / "report" / "report.html").is_file()
    assert run(kit, "standardize") == (0, "interviews.csv is in the kit's form.\n")
    assert run(kit, "undo") == (0, "Took back the import.\n")
    assert run(kit, "undo") == (0, "Brought back the import.\n")
    assert run(kit, "restore", "2", "--yes")[0] == 0
    assert run(kit, "restore")[1].startswith(f"Backups in {mine}, newest first:\n1  ")
    assert run(kit, "pack", "kit.zip", "--with-backups")[1].startswith("Packed: kit.zip\n  interviews.csv: ")
    assert run(kit, "erase", "--yes")[1].endswith("There is no way back.\nErased.\n")
    assert list(mine.iterdir()) == []
    unpacked = f"Unpacked into {mine}:\n  interviews.csv: 1 added\n  3 other files added\n"
    assert run(kit, "unpack", "kit.zip") == (0, unpacked)
    assert run(kit, "check")[1].startswith("No problems in 1 interview\n")


@pytest.mark.full
def test_the_notebooks_are_put_into_a_folder_of_the_users_and_run_there(programs, home, monkeypatch):
    notebooks = home / "data" / "interview-kit" / "notebooks"
    log = home / "lab.txt"
    with (
        log.open("w") as output,
        subprocess.Popen([programs / "interview-kit", "--no-browser"], stdout=output, stderr=output) as lab,
    ):
        try:
            address = wait_for_address(lab, log)
            assert get(address.replace("lab/tree", "api/contents"))[0] == 200
            status, page = get(address.replace("lab/tree", "voila/render"))
            assert status == 200
            assert "<title>Home · Interview Kit</title>" in page
            assert "application/vnd.jupyter.widget-view+json" in page
        finally:
            lab.terminate()
            lab.wait(20)
    assert log.read_text().startswith(
        f"Your notebooks are in {notebooks}, your records go to {notebooks.parent}/mine.\n"
    )
    assert {path.name for path in notebooks.glob("*.ipynb")} == tracked("notebooks", ".ipynb")
    (notebooks / "1_debrief.ipynb").write_text(with_a_cell(notebooks / "1_debrief.ipynb", SAVE_AND_COMPARE))
    monkeypatch.chdir(notebooks)
    status, said = run(programs / "jupyter-execute", "1_debrief.ipynb")
    assert status == 0, said
    assert run(programs / "interview-kit", "check")[1].startswith("No problems in 1 interview\n")


SAVE_AND_COMPARE = """
import datetime

form.fields["company"].value = "Acme"
form.fields["interviewed_on"].value = datetime.date(2026, 4, 3)
form.save_button.click()
sample = ik.journal.sample_interviews()
assert len(ik.compare_behaviors(sample)) == 12
assert ik.Journal().interviews()["company"].tolist() == ["Acme"]
"""


def with_a_cell(path, source):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(source))
    return nbformat.writes(notebook)

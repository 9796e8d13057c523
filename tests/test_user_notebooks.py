"""Copies of the kit's notebooks in a folder of the user's: a changed one is never lost, a newer one is offered."""

import json

import pytest

from interview_kit import RecordsError
from interview_kit.user_notebooks import place_notebooks

OFFERED = "You changed 1_debrief.ipynb, so it stays as it is; the one of this version is beside it: {}."


def notebook(*cells, outputs=()):
    """Return the bytes of a notebook."""
    cells = [{"cell_type": "code", "source": [text], "outputs": list(outputs)} for text in cells]
    return json.dumps({"cells": cells}).encode()


@pytest.fixture
def shipped(tmp_path):
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "1_debrief.ipynb").write_bytes(notebook("form"))
    (folder / "2_patterns.ipynb").write_bytes(notebook("patterns"))
    return folder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mine" / "notebooks"


def names(folder):
    return sorted(path.name for path in folder.glob("*.ipynb"))


def test_they_are_put_into_a_private_folder(shipped, folder):
    assert place_notebooks(shipped, folder) == []
    assert names(folder) == ["1_debrief.ipynb", "2_patterns.ipynb"]
    assert (folder / "1_debrief.ipynb").read_bytes() == notebook("form")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_copy_that_was_run_and_saved_is_renewed(shipped, folder):
    place_notebooks(shipped, folder)
    (folder / "1_debrief.ipynb").write_bytes(notebook("form", outputs=["run"]))
    assert place_notebooks(shipped, folder) == []
    assert (folder / "1_debrief.ipynb").read_bytes() == notebook("form", outputs=["run"])
    (shipped / "1_debrief.ipynb").write_bytes(notebook("newer"))
    assert place_notebooks(shipped, folder) == []
    assert (folder / "1_debrief.ipynb").read_bytes() == notebook("newer")


def test_a_changed_copy_stays_and_each_newer_one_is_offered_once_beside_it(shipped, folder):
    place_notebooks(shipped, folder)
    (folder / "1_debrief.ipynb").write_bytes(notebook("form", "my own"))
    assert place_notebooks(shipped, folder) == []
    for number, text in enumerate(["newer", "newest"], start=1):
        (shipped / "1_debrief.ipynb").write_bytes(notebook(text))
        beside = "1_debrief_new.ipynb" if number == 1 else "1_debrief_new2.ipynb"
        assert place_notebooks(shipped, folder) == [OFFERED.format(beside)]
        assert place_notebooks(shipped, folder) == []
        assert (folder / beside).read_bytes() == notebook(text)
    assert (folder / "1_debrief.ipynb").read_bytes() == notebook("form", "my own")


@pytest.mark.parametrize("own", [notebook("my own"), b"no notebook", b"{}", b"[" * 100_000])
def test_a_file_of_that_name_that_was_there_before_stays(shipped, folder, own):
    folder.mkdir(parents=True)
    (folder / "1_debrief.ipynb").write_bytes(own)
    (folder / ".placed.json").write_bytes(b"[")
    assert place_notebooks(shipped, folder) == [OFFERED.format("1_debrief_new.ipynb")]
    assert (folder / "1_debrief.ipynb").read_bytes() == own


def test_a_deleted_copy_comes_back(shipped, folder):
    place_notebooks(shipped, folder)
    (folder / "2_patterns.ipynb").unlink()
    assert place_notebooks(shipped, folder) == []
    assert names(folder) == ["1_debrief.ipynb", "2_patterns.ipynb"]


def test_a_folder_that_cannot_be_made_is_named(shipped, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RecordsError) as refused:
        place_notebooks(shipped, tmp_path / "file" / "notebooks")
    start = f"the notebooks cannot be put into {tmp_path / 'file' / 'notebooks'}: "
    end = "; name another folder with --notebook-dir FOLDER, and one for your records by INTERVIEW_KIT_DATA=FOLDER"
    assert str(refused.value) == f"{start}Not a directory{end}"

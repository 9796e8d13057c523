"""An external editor and the kit save the same file again and again: no save of the editor is overwritten unseen."""

import os
import re
import threading
import time

import pytest

from interview_kit import Journal, RecordsError

MARK = re.compile(rb"edit \d+")
MOMENT = 0.05  # seconds


def in_place(path, raw):
    path.write_bytes(raw)


def by_renaming(path, raw):
    path.with_name("editor").write_bytes(raw)
    os.replace(path.with_name("editor"), path)


class Saving(threading.Thread):
    """Goes on changing one record until it is told to stop."""

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.kept, self.saves, self.is_over = Journal(folder), 0, threading.Event()

    def run(self):
        while not self.is_over.is_set():
            try:
                self.kept.update("interviews", "i-2", {"role": f"save {self.saves}"})
                self.saves += 1
            except RecordsError:  # as where the editor has written half of the file: nothing was saved
                self.kept = Journal(self.kept.folder)
            time.sleep(MOMENT / 10)


@pytest.mark.parametrize("save", [by_renaming, in_place])
def test_no_save_of_an_editor_is_overwritten_unseen(quick_path, long, counted, save):
    folder = quick_path / "mine"
    kept, path = Journal(folder), folder / "interviews.csv"
    kept.add("interviews", {"id": "i-1", "company": "Acme", "notes": "edit 0"})
    kept.add("interviews", {"id": "i-2", "company": "Bolt", "role": "none"})
    saving, lost = Saving(folder), []
    saving.start()
    for number in range(1, (300 if long else 40) + 1):
        raw = path.read_bytes()
        save(path, MARK.sub(f"edit {number}".encode(), raw))
        time.sleep(MOMENT / 2)
        found = MARK.findall(path.read_bytes())
        if found != [f"edit {number}".encode()] and not any(
            f"edit {number}".encode() in one for one in backups(folder)
        ):
            lost.append((number, found))
        counted["saves of an external editor beside the kit's"] += 1
    saving.is_over.set()
    saving.join(10)
    assert lost == []
    assert saving.saves > 10


def backups(folder):
    return [path.read_bytes() for path in (folder / ".backups").glob("interviews.*.csv")]

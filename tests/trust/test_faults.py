"""A disk that fails at the Nth call, for every N: the file is whole, and what was said to be saved is."""

import errno
import os
import re
from contextlib import suppress
from itertools import product

import pytest

from interview_kit import Journal, RecordsError, csv_file

CALLS = ("open", "write", "fsync", "replace", "unlink", "chmod", "close")
FAULTS = {
    **{name: OSError(getattr(errno, name), os.strerror(getattr(errno, name))) for name in ("EIO", "ENOSPC", "EACCES")},
    "EDQUOT": OSError(getattr(errno, "EDQUOT", errno.ENOSPC), "Disk quota exceeded"),
    "stopped": KeyboardInterrupt(),
}
OPERATIONS = {
    "add": lambda kept: kept.add("interviews", {"id": "i-3", "company": "Corp", "notes": "two\nlines"}),
    "add a column": lambda kept: kept.add("interviews", {"id": "i-3", "company": "Corp", "did_sing": True}),
    "add many": lambda kept: kept.add_all("interviews", [{"id": f"i-{n}", "company": "Corp"} for n in range(3, 30)]),
    "update": lambda kept: kept.update("interviews", "i-1", {"outcome": "offer"}),
    "delete": lambda kept: kept.delete("interviews", "i-1"),
    "undo": lambda kept: kept.undo(),
    "restore": lambda kept: kept.restore(kept.backups()["name"].iloc[-1]),
    "draft": lambda kept: kept.save_draft("i-1", {"notes": "half a word more"}),
    "focus": lambda kept: kept.choose_focus("did_prepare"),
}
SHORT = [("EIO", "once"), ("EACCES", "once"), ("stopped", "once"), ("stopped", "after"), ("ENOSPC", "from then on")]
FAILURES = [
    pytest.param(failure, marks=[] if failure in SHORT else pytest.mark.long)
    for failure in product(FAULTS, ["once", "after", "from then on"])
]
KEPT_FIRST = ("update", "delete", "undo", "restore")
SENTENCE = re.compile(
    r"nothing can be saved in .*"
    r"|.* could not be (saved|kept|made|written): .*"
    r"|no backup of .* could be kept: .*; nothing was saved"
    r"|the note for undo could not be written: .*; nothing was saved"
    r"|.* was written, but the disk does not confirm it: .*; look at it before you go on"
)
UNCONFIRMED = "was written, but the disk does not confirm it"


class Disk:
    """Counts the calls that reach the disk, and fails the Nth: once, once after having done it, or from then on."""

    def __init__(self, monkeypatch, nth, fault, how):
        self.nth, self.fault, self.how, self.calls, self.failed_at = nth, fault, how, 0, ""
        for name in CALLS:
            monkeypatch.setattr(os, name, self.faulty(name, getattr(os, name)))

    def faulty(self, name, real):
        def call(*arguments, **options):
            self.calls += 1
            if not self.fails(name):
                return real(*arguments, **options)
            self.failed_at = self.failed_at or name
            if name == "close" or self.how == "after":
                done = real(*arguments, **options)
                if name == "open":
                    real_close(done)
            raise self.fault

        return call

    def fails(self, name):
        # A disk that stays full or broken still closes files and lets go of them.
        onward = self.how == "from then on" and self.calls > self.nth and name not in ("close", "unlink")
        return self.calls == self.nth or onward


real_close = os.close


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lay(folder, files):
    for path in list(folder.rglob("*")):
        if path.is_file():
            path.unlink()
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)


@pytest.fixture
def folder(quick_path):
    kept = Journal(quick_path / "mine")
    kept.add("interviews", {"id": "i-1", "company": "Acme", "notes": 'a "quote",\nand é'})
    kept.add("interviews", {"id": "i-2", "company": "Bolt"})
    kept.update("interviews", "i-2", {"outcome": "rejected"})
    kept.save_draft("i-1", {"notes": "half a word"})
    return kept.folder


def check(folder, before, expected, error, said):
    """Say what is wrong with a folder after an operation failed or not."""
    after = files_of(folder)
    assert [name for name in after if name.endswith(".tmp")] == [], said
    changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
    for name in ("interviews.csv", ".drafts/i-1.json", ".settings.json"):
        assert whole(after.get(name)) in (whole(before.get(name)), whole(expected.get(name))), (said, name)
    csv_changed = "interviews.csv" in changed
    if error is None:
        assert after["interviews.csv"] == expected["interviews.csv"], said
        assert whole(after.get(".settings.json")) == whole(expected.get(".settings.json")), said
        assert whole(after[".drafts/i-1.json"]) == whole(expected[".drafts/i-1.json"]), said
    elif isinstance(error, RecordsError):
        assert SENTENCE.fullmatch(str(error)), (said, str(error))
        assert csv_changed == (UNCONFIRMED in str(error)), (said, str(error))
    else:
        assert isinstance(error, KeyboardInterrupt), (said, error)
    if csv_changed and said.startswith(KEPT_FIRST):
        kept = [raw for name, raw in after.items() if name.startswith(".backups/interviews.")]
        assert before["interviews.csv"] in kept, said


def whole(raw):
    """Return bytes without the moment of saving that a draft holds."""
    return raw and re.sub(rb'"saved_at": "[^"]*"', b"", raw)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("failure", FAILURES, ids=" ".join)
def test_whichever_call_fails_nothing_is_lost(folder, monkeypatch, counted, operation, failure):
    fault, how = failure
    monkeypatch.setattr(csv_file.time, "sleep", lambda seconds: None)
    before = files_of(folder)
    OPERATIONS[operation](Journal(folder))
    expected = files_of(folder)
    for nth in range(1, 200):
        lay(folder, before)
        error = None
        with monkeypatch.context() as patched:
            disk = Disk(patched, nth, FAULTS[fault], how)
            try:
                OPERATIONS[operation](Journal(folder))
            except (RecordsError, KeyboardInterrupt, OSError) as raised:
                error = raised
        if disk.calls < nth:
            break
        counted["faults injected"] += 1
        check(folder, before, expected, error, f"{operation}, call {nth} ({disk.failed_at}) {how}: {error!r}")
        go_on(folder)
    assert nth > 4
    assert error is None
    assert files_of(folder)["interviews.csv"] == expected["interviews.csv"]


def go_on(folder):
    """Save and take back once more, as people do after an error."""
    now = (folder / "interviews.csv").read_bytes()
    kept = Journal(folder)
    kept.add("interviews", {"company": "Next"})
    assert kept.undo() == "Took back the new record Next."
    assert (folder / "interviews.csv").read_bytes() == now
    with suppress(RecordsError):
        kept.undo()

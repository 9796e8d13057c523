"""A disk that fails at the Nth call, for every N: the file is whole, and what was said to be saved is."""

import re
import shutil
from contextlib import suppress

import pytest

from interview_kit import Journal, RecordsError
from interview_kit.files import disk
from tests.trust.disk import failing, failures, files_of, lay

PLAN = {"outcome": "planned", "interviewed_on": "2026-04-03", "starts_at": "14:30", "place": "=Room; 3"}
OPERATIONS = {
    "add": lambda kept: kept.add("interviews", {"id": "i-3", "company": "Corp", "notes": "two\nlines"}),
    "add a column": lambda kept: kept.add("interviews", {"id": "i-3", "company": "Corp", "did_sing": True}),
    "add many": lambda kept: kept.add_all("interviews", [{"id": f"i-{n}", "company": "Corp"} for n in range(3, 30)]),
    "plan": lambda kept: kept.add("interviews", {"id": "i-3", "company": "Corp"} | PLAN),
    "update": lambda kept: kept.update("interviews", "i-1", {"outcome": "offer"}),
    "delete": lambda kept: kept.delete("interviews", "i-1"),
    "undo": lambda kept: kept.undo(),
    "restore": lambda kept: kept.restore(kept.backups()["name"].iloc[-1]),
    "draft": lambda kept: kept.save_draft("i-1", {"notes": "half a word more"}),
    "focus": lambda kept: kept.choose_focus("did_prepare"),
    "dismissal": lambda kept: kept.dismiss("thank-you:i-1"),
}
KEPT_FIRST = ("update", "delete", "undo", "restore")
SENTENCE = re.compile(
    r"nothing can be saved in .*"
    r"|the folder .* cannot be made: .*; nothing was saved"
    r"|.* could not be (saved|kept|made|written): .*"
    r"|no backup of .* could be kept: .*; nothing was saved"
    r"|the note for undo could not be written: .*; nothing was saved"
    r"|.* was written, but the disk does not confirm it: .*; look at it before you go on"
)
UNCONFIRMED = "was written, but the disk does not confirm it"


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
@pytest.mark.parametrize("failure", failures(), ids=" ".join)
def test_whichever_call_fails_nothing_is_lost(folder, monkeypatch, counted, operation, failure):
    monkeypatch.setattr(disk.time, "sleep", lambda seconds: None)
    before = files_of(folder)
    OPERATIONS[operation](Journal(folder))
    expected = files_of(folder)
    run, reset = (lambda: OPERATIONS[operation](Journal(folder))), (lambda: lay(folder, before))
    for error, said in failing(monkeypatch, failure, run, reset):
        counted["faults injected"] += 1
        check(folder, before, expected, error, f"{operation}, {said}")
        go_on(folder)
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


BEGINNINGS = ("add", "add many", "draft", "focus", "dismissal")


@pytest.mark.parametrize("operation", BEGINNINGS)
@pytest.mark.parametrize("failure", failures(), ids=" ".join)
def test_whichever_call_fails_in_a_new_folder_it_can_be_begun_again(
    quick_path, monkeypatch, counted, operation, failure
):
    place, name = quick_path / "new", {"draft": ".drafts/i-1.json", "add": "interviews.csv"}
    name = name.get(operation.split()[0], ".settings.json")
    OPERATIONS[operation](Journal(place / "mine"))
    expected = files_of(place / "mine")[name]
    run, reset = (lambda: OPERATIONS[operation](Journal(place / "mine"))), (lambda: shutil.rmtree(place))
    for error, said in failing(monkeypatch, failure, run, reset):
        counted["faults injected"] += 1
        after = files_of(place)
        assert not any(path.endswith(".tmp") for path in after), said
        assert whole(after.get(f"mine/{name}")) in (None, whole(expected)), said
        assert isinstance(error, (RecordsError, KeyboardInterrupt, type(None))), said
        assert not isinstance(error, RecordsError) or SENTENCE.fullmatch(str(error)), said
        run()
        assert whole(files_of(place / "mine")[name]) == whole(expected), said

"""A disk that fails while a whole folder is packed, unpacked or erased: all of it is done, or nothing is lost."""

import pytest

from interview_kit import Journal, RecordsError
from interview_kit.files import disk
from interview_kit.journal import archive
from tests.trust.disk import failing, failures, files_of, lay


@pytest.fixture
def journal(quick_path, monkeypatch):
    """Records, a draft and a choice."""
    monkeypatch.setattr(disk.time, "sleep", lambda seconds: None)
    kept = Journal(quick_path / "mine")
    kept.add("interviews", {"id": "i-aaaaaaaaaa", "company": "Acme"})
    kept.add("questions", {"id": "q-aaaaaaaaaa", "interview_id": "i-aaaaaaaaaa", "question": "Why?"})
    kept.save_draft("i-bbbbbbbbbb", {"company": "Bo"})
    kept.choose_focus("did_sing")
    return kept


def tables(files):
    """Return the files of records among others."""
    return {name: raw for name, raw in files.items() if name.endswith(".csv") and "/" not in name}


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("failure", failures(), ids=" ".join)
def test_a_zip_is_there_whole_or_not_at_all(journal, monkeypatch, counted, failure, earlier):
    place = journal.folder.parent / "out"
    place.mkdir()
    before = {"kit.zip": b"an earlier one"} if earlier else {}
    run, reset = (lambda: journal.pack(place / "kit.zip", overwrite=earlier)), (lambda: lay(place, before))
    for error, said in failing(monkeypatch, failure, run, reset):
        counted["faults injected into packing"] += 1
        after = files_of(place)
        assert after.keys() <= {"kit.zip"}, said
        assert isinstance(error, (RecordsError, KeyboardInterrupt, type(None))), said
        if after != before:
            with archive.opened(place / "kit.zip") as made:
                assert made.names("records") == ["interviews.csv", "questions.csv"], said
        else:
            assert error is not None, said


@pytest.mark.parametrize("filled", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("failure", failures(), ids=" ".join)
def test_all_records_come_out_of_a_zip_or_none(journal, monkeypatch, counted, failure, filled):
    path, folder = journal.pack(journal.folder.parent / "kit.zip").path, journal.folder.parent / "other"
    if filled:
        Journal(folder).add("interviews", {"id": "i-cccccccccc", "company": "Corp"})
    before = files_of(folder)
    Journal(folder).unpack(path)
    expected = files_of(folder)
    run, reset = (lambda: Journal(folder).unpack(path)), (lambda: lay(folder, before))
    for error, said in failing(monkeypatch, failure, run, reset):
        counted["faults injected into unpacking"] += 1
        assert [name for name in files_of(folder) if name.endswith(".tmp")] == [], said
        Journal(folder).interviews()  # takes back what was begun, as the next session does
        after = tables(files_of(folder))
        assert isinstance(error, (RecordsError, KeyboardInterrupt, type(None))), said
        assert after in ((tables(expected),) if error is None else (tables(before), tables(expected))), said
        run()
        assert tables(files_of(folder)) == tables(expected), said
        assert files_of(folder)[".drafts/i-bbbbbbbbbb.json"] == expected[".drafts/i-bbbbbbbbbb.json"], said


@pytest.mark.parametrize("failure", failures(), ids=" ".join)
def test_what_could_not_be_erased_is_named_and_goes_the_next_time(journal, monkeypatch, counted, failure):
    folder = journal.folder
    (folder / "cv.pdf").write_bytes(b"me")
    before = files_of(folder)

    def run():
        kept = Journal(folder)
        names = [name for listed in kept.contents().own.values() for name in listed]
        failed.append(kept.erase(names))

    failed = []
    for error, said in failing(monkeypatch, failure, run, lambda: lay(folder, before)):
        counted["faults injected into erasing"] += 1
        left = files_of(folder).keys() - {"cv.pdf"}
        assert isinstance(error, (RecordsError, KeyboardInterrupt, type(None))), said
        if error is None:
            assert {name.partition(":")[0] for name in failed[-1]} == left, said
        run()
        assert files_of(folder) == {"cv.pdf": b"me"}, said

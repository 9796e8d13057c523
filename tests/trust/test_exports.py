"""A disk that fails at the Nth call of an export, for every N: it is whole or not there, and an earlier one stays."""

import shutil

import pandas as pd
import pytest

from interview_kit import calendar_file, contact_cards, load_interviews, report, save_chart, save_report
from interview_kit.journal import SAMPLE
from interview_kit.report import contents, page
from tests.trust.disk import FAULTS, failing, failures

TODAY = "2026-11-20"
DUE = pd.DataFrame({"follow_up_id": ["f-1"], "what": ["Thank Ada"], "due_on": [TODAY], "why": ["She was kind."]})
PEOPLE = {"contacts": pd.DataFrame([{"id": "c-1", "name": "Ada"}])}
REPORT = ("report/report.html", "report/tables/trend.csv")
# What is made, and what is there before it is.
EXPORTS = {
    "a report": (lambda place: save_report(None, place / "report"), ()),
    "a report in a new folder": (lambda place: save_report(None, place / "for" / "Ada" / "report"), ()),
    "a report in an empty folder": (lambda place: save_report(None, place / "report"), ("report/",)),
    "a report beside an earlier one": (lambda place: save_report(None, place / "report"), REPORT),
    "a chart": (lambda place: save_chart(None, place / "chart.html"), ()),
    "a chart over another": (lambda place: save_chart(None, place / "chart.html", overwrite=True), ("chart.html",)),
    "a calendar": (lambda place: calendar_file(DUE, place / "to_do.ics", as_of=TODAY), ()),
    "a calendar over another": (lambda place: calendar_file(DUE, place / "to_do.ics", as_of=TODAY), ("to_do.ics",)),
    "cards over others": (lambda place: contact_cards(PEOPLE, place / "people.vcf", as_of=TODAY), ("people.vcf",)),
}
SENTENCES = (
    "The report cannot be written to {path}/report{number}: {reason}; nothing was written.",
    "The report cannot be written to {path}/for/Ada/report: {reason}; nothing was written.",
    "The chart cannot be written to {path}/chart.html: {reason}; nothing was changed.",
    "[Errno {errno}] {reason}; nothing was written, and an earlier file is as it was: '{path}/to_do.ics'",
    "[Errno {errno}] {reason}; nothing was written, and an earlier file is as it was: '{path}/people.vcf'",
)


@pytest.fixture(scope="module")
def composed():
    return contents.compose(load_interviews(SAMPLE).tail(40), as_of=TODAY, charts=["trend", "stages"])


@pytest.fixture
def place(quick_path, monkeypatch, composed):
    """A folder for exports; what takes long and reaches no disk is made once."""
    monkeypatch.setattr(contents, "compose", lambda frame, **options: composed)
    monkeypatch.setattr(page, "page", lambda report: "<!DOCTYPE html>" * 100)
    monkeypatch.setattr(report, "chart_bytes", lambda fig, kind, title: b"<!DOCTYPE html>" * 100)
    return quick_path / "exports"


def lay(place, names):
    """Begin anew, with some files and folders."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name in names:
        (place / name).parent.mkdir(exist_ok=True, parents=True)
        if name.endswith("/"):
            (place / name).mkdir()
        else:
            (place / name).write_bytes(b"as it was")


def tree(place):
    """Return every file with its bytes, and every folder that an export may not leave behind."""
    kept = {place / "for", place / "for" / "Ada"}  # empty, and where the next try goes
    found = {path: path.read_bytes() if path.is_file() else None for path in place.rglob("*") if path not in kept}
    assert not any(path.stat().st_mode & 0o077 for path, raw in found.items() if raw not in (None, b"as it was"))
    return found


def sentences(place, error):
    """Return the sentences that may say of an export what the disk did."""
    reason = error.strerror if hasattr(error, "strerror") else error.__context__.strerror
    words = {"path": place, "reason": reason.split(";")[0], "errno": getattr(error, "errno", "")}
    assert words["reason"] in {fault.strerror for fault in FAULTS.values() if isinstance(fault, OSError)}
    return [sentence.format(**words, number=number) for sentence in SENTENCES for number in ("", "-2")]


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("failure", failures(("EIO", "after")), ids=" ".join)
def test_an_export_is_there_whole_or_not_at_all(place, monkeypatch, counted, export, failure):
    make, names = EXPORTS[export]
    lay(place, names)
    before = tree(place)
    make(place)
    expected = tree(place)
    assert len(expected) > len(before) or any(expected[path] != before[path] for path in before)
    for error, said in failing(monkeypatch, failure, lambda: make(place), lambda: lay(place, names)):
        counted["faults injected into exports"] += 1
        after = tree(place)
        if isinstance(error, KeyboardInterrupt):
            assert after in (before, expected), (export, said)
        elif error:
            assert after == before, (export, said)
            assert str(error) in sentences(place, error), (export, said)
        else:
            assert after == expected, (export, said)

"""What the kit says of the sample and of some strange records is what it said before."""

import json
import re

import pytest

from tests import golden


@pytest.mark.parametrize("name", golden.RECORDS)
def test_what_is_said_is_what_was_said(name):
    kept = json.loads((golden.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    said = golden.said_of(name)
    assert list(said) == list(kept)
    for key, held in said.items():
        assert held == kept[key], key


@pytest.mark.parametrize("name", golden.RECORDS)
def test_a_report_which_may_be_on_someone_else_never_says_you(name):
    kept = json.loads((golden.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    said = json.dumps([kept["report"], [held for key, held in kept.items() if key.endswith(("light", "dark"))]])
    assert not re.search(r"\byour?s?\b", said, re.IGNORECASE)


def test_a_change_is_seen(monkeypatch):
    monkeypatch.setitem(golden.RECORDS, "sample", lambda frame: frame.assign(outcome="rejected"))
    kept = json.loads((golden.FOLDER / "sample.json").read_text(encoding="utf-8"))
    assert golden.said_of("sample") != kept

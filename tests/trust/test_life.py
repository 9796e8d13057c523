"""The life of a file: two windows of the kit, a spreadsheet, Git, a sync folder and crashes, in any order.

What the file must hold is known from outside: a plain list of rows, and Python's own CSV reader.
"""

import csv
import io
import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from interview_kit import ConflictError, Journal, RecordsError

WORDS = st.text(st.sampled_from("ab,;\"'=+\n\r é€\u2028\x00"), max_size=6)
COMPANIES = st.sampled_from(["Acme", "Bolt & Co", '"quoted"', "=1+1", "two\nlines", "NA", "007"])
WINDOWS = st.sampled_from([0, 1])
CALLS = ("open", "write", "fsync", "replace", "unlink", "chmod")


class CrashError(BaseException):
    """The machine stopped: nothing that the program would still do reaches the disk."""


@contextmanager
def crash_at(nth):
    """Stop the disk at the Nth call; yields a list that is filled once that happened."""
    real, calls, happened = {name: getattr(os, name) for name in CALLS}, [], []

    def counting(name):
        def call(*arguments, **options):
            calls.append(name)
            if len(calls) >= nth:
                happened.append(name)
                raise CrashError
            return real[name](*arguments, **options)

        return call

    for name in CALLS:
        setattr(os, name, counting(name))
    try:
        yield happened
    finally:
        for name in CALLS:
            setattr(os, name, real[name])


def parsed(raw):
    """Return the rows by Python's own reader, or None for bytes that it cannot read."""
    try:
        text = raw.decode("utf-8-sig")
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    except (csv.Error, ValueError):
        return None


def shown(text):
    """Return a cell as the kit shows it: what a spreadsheet would run or rewrite is kept behind an apostrophe."""
    plain = text.lstrip("'")
    text = text[1:] if text[:1] == "'" and (plain[:1] in tuple("=+-@\t\r") or plain == "007") else text
    return re.sub(r"""([;,|\r])'(?=["']*[=+\-@])|(\n)'(?=["']*([=+@]|-(?! )))""", r"\1\2", text)


def split(raw):
    """Return the bytes of each record, by the quotes alone."""
    found, at, quoted = [], 0, False
    for place, byte in enumerate(raw):
        quoted ^= byte == ord('"')
        if byte in b"\r\n" and not quoted:
            found += [raw[at:place]] if place > at else []
            at = place + 1
    return found + ([raw[at:]] if at < len(raw) else [])


class Life(RuleBasedStateMachine):
    counted: ClassVar[dict] = {}

    def __init__(self):
        super().__init__()
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
        self.folder = Path(tempfile.mkdtemp(dir=memory))
        self.csv = self.folder / "interviews.csv"
        self.windows = [Journal(self.folder), Journal(self.folder)]
        self.seen = [None, None]  # how many records each window last saw; None for no file
        self.rows = None  # what the file must hold; None for no file
        self.history, self.put_away, self.broken, self.last = [], None, False, 0

    def teardown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def bytes(self):
        return self.csv.read_bytes() if self.csv.exists() else None

    def operate(self, window, operation, expected, *, touched, keeps=False):
        """Carry out an operation in a window; what it says decides what the file must hold."""
        before = self.bytes()
        self.counted["operations"] = self.counted.get("operations", 0) + 1
        refused = self.must_refuse(window)
        try:
            operation(self.windows[window])
        except RecordsError as error:
            if not refused and not isinstance(error, ConflictError):
                raise
            assert self.bytes() == before
            self.counted["refusals"] = self.counted.get("refusals", 0) + 1
            return False
        assert not refused
        self.rows, self.seen[window] = expected, len(expected)
        self.nothing_else_touched(before, touched)
        if keeps:
            assert before in self.backups()
        self.history.append(self.bytes())
        return True

    def must_refuse(self, window):
        """Say whether a window may not write: records have gone missing since it looked, or the file is broken."""
        if self.broken:
            return True
        seen = self.seen[window]
        if self.rows is None:
            return seen is not None or self.is_lost()
        return seen is not None and len(self.rows) < seen

    def is_lost(self):
        """Say whether the file is gone while a backup holds records, which is asked about in a new session too."""
        return not self.csv.exists() and any(parsed(raw) for raw in self.backups())

    def nothing_else_touched(self, before, touched):
        """Each record but those touched is there with the very same bytes, in the same order."""
        old = [record for at, record in enumerate(split(before or b"")[1:]) if at not in touched]
        new = split(self.bytes())[1:]
        assert [record for record in new if record in old] == [record for record in old if record in new]
        assert len([record for record in new if record in old]) >= len(old)

    def backups(self):
        return [path.read_bytes() for path in (self.folder / ".backups").glob("interviews.*.csv")]

    def row(self, key, company, notes):
        return {"id": key, "company": company, "notes": notes}

    # What people do in the kit.

    @rule(window=WINDOWS, company=COMPANIES, notes=WORDS)
    def add(self, window, company, notes):
        self.last += 1
        row = self.row(f"i-{self.last:010}", company, notes)
        self.operate(window, lambda kept: kept.add("interviews", row), [*(self.rows or []), row], touched=())

    @rule(window=WINDOWS, at=st.integers(0, 9), notes=WORDS, stale=st.booleans())
    def update(self, window, at, notes, stale):
        if not self.rows or self.broken:
            return
        at %= len(self.rows)
        old = self.rows[at]
        seen = {**old, "notes": old["notes"] + "x"} if stale else old
        expected = [*self.rows[:at], {**old, "notes": notes}, *self.rows[at + 1 :]]
        change = {"notes": notes}
        done = self.operate(
            window,
            lambda kept: kept.update("interviews", old["id"], change, seen=seen),
            expected,
            touched=(at,),
            keeps=notes != old["notes"],
        )
        assert not (done and stale)

    @rule(window=WINDOWS, at=st.integers(0, 9))
    def delete(self, window, at):
        if not self.rows or self.broken:
            return
        at %= len(self.rows)
        old = self.rows[at]
        self.operate(
            window,
            lambda kept: kept.delete("interviews", old["id"], seen=old),
            [*self.rows[:at], *self.rows[at + 1 :]],
            touched=(at,),
            keeps=True,
        )

    @rule(window=WINDOWS)
    def undo(self, window):
        """Take back and bring back: the records are those of before."""
        before, refused = self.bytes(), self.must_refuse(window)
        try:
            said = self.windows[window].undo()
            after = self.bytes()
            rows = None if after is None else self.independent(after)
        except RecordsError:
            assert self.bytes() == before
            return
        if said == "There is nothing to take back yet.":
            assert after == before
            return
        assert not refused or "the restoring of" in said
        self.rows, self.broken, self.seen[window] = rows, False, len(rows)
        assert before in (None, *self.backups())
        if before is None or parsed(before) is None:
            return
        with suppress(ConflictError):
            self.windows[window].undo()
            self.rows = self.independent(before)
            self.seen[window] = len(self.rows)

    @rule(window=WINDOWS, which=st.integers(0, 30))
    def restore(self, window, which):
        names = list(self.windows[window].backups()["name"])
        if not names:
            return
        name = names[which % len(names)]
        raw, before = (self.folder / ".backups" / name).read_bytes(), self.bytes()
        if parsed(raw) is None:
            with pytest.raises(RecordsError, match="line "):
                self.windows[window].restore(name)
            assert self.bytes() == before
            return
        self.windows[window].restore(name)
        assert self.bytes() == raw
        assert before is None or before == b"" or before in self.backups()
        self.rows, self.broken = self.independent(raw), False
        self.seen[window] = len(self.rows)

    @rule(window=WINDOWS)
    def read(self, window):
        """Look at the table, as after a message that records went missing: it is seen as it is now."""
        try:
            frame = self.windows[window].interviews()
        except RecordsError:
            assert self.broken or (self.rows is None and (self.seen[window] is not None or self.is_lost()))
            return
        assert not self.broken
        self.seen[window] = None if self.rows is None else len(self.rows)
        assert frame["id"].tolist() == [row["id"] for row in self.rows or []]
        assert frame["notes"].tolist() == [row["notes"] for row in self.rows or []]

    @rule(window=WINDOWS, nth=st.integers(1, 25), company=COMPANIES)
    def crash(self, window, nth, company):
        """Stop the machine in the middle of a save, and start both windows anew."""
        self.last += 1
        before, row = self.bytes(), self.row(f"i-{self.last:010}", company, "crash")
        if self.must_refuse(window):
            return
        with crash_at(nth) as happened, suppress(CrashError):
            self.windows[window].add("interviews", row)
        self.counted["crashes"] = self.counted.get("crashes", 0) + bool(happened)
        if self.bytes() != before or not happened:
            self.rows = [*(self.rows or []), row]
            self.history.append(self.bytes())
        self.windows, self.seen = [Journal(self.folder), Journal(self.folder)], [None, None]

    # What the world does to the file.

    def independent(self, raw):
        """Return the rows that Python's own reader finds."""
        rows = parsed(raw)
        return [self.row(row["id"], shown(row["company"]), shown(row["notes"])) for row in rows]

    @precondition(lambda self: self.rows is not None and not self.broken)
    @rule(notes=st.text("abc =é", max_size=5), newline=st.sampled_from(["\n", "\r\n"]), quoting=st.sampled_from([0, 1]))
    def spreadsheet(self, notes, newline, quoting):
        """Write the whole table anew, as spreadsheets do, with a change in the last row."""
        rows = list(csv.reader(io.StringIO(self.bytes().decode("utf-8-sig"), newline=""), strict=True))
        if len(rows) > 1:
            rows[-1][rows[0].index("notes")] = notes
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator=newline, quoting=quoting)
        writer.writerows([[cell.replace("\r", " ").replace("\0", "") for cell in row] for row in rows])
        self.csv.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())
        self.rows = self.independent(self.bytes())

    @precondition(lambda self: len(self.history) > 1)
    @rule(which=st.integers(0, 30))
    def git_revert(self, which):
        self.csv.write_bytes(self.history[which % len(self.history)])
        self.rows, self.broken = self.independent(self.bytes()), False

    @precondition(lambda self: self.rows and not self.broken)
    @rule(part=st.floats(0.01, 0.99))
    def truncate(self, part):
        """Cut the file off somewhere after its header, as a full disk does to other programs."""
        raw = self.bytes()
        head = raw.index(b"\n") + 1
        self.csv.write_bytes(raw[: head + int((len(raw) - head) * part)])
        self.broken = parsed(self.bytes()) is None
        self.rows = self.rows if self.broken else self.independent(self.bytes())

    @precondition(lambda self: self.broken and self.history)
    @rule()
    def mend(self):
        """Put the newest whole version back by hand."""
        self.csv.write_bytes(self.history[-1])
        self.rows, self.broken = self.independent(self.bytes()), False

    @precondition(lambda self: self.csv.exists() and not self.broken)
    @rule()
    def sync_takes_away(self):
        self.put_away = self.bytes()
        self.csv.unlink()
        self.rows = None

    @precondition(lambda self: self.put_away is not None and not self.csv.exists())
    @rule()
    def sync_brings_back(self):
        self.csv.write_bytes(self.put_away)
        self.rows, self.put_away = self.independent(self.put_away), None

    @precondition(lambda self: self.csv.exists())
    @rule()
    def conflicted_copy(self):
        (self.folder / "interviews (conflicted copy 2026-11-23).csv").write_bytes(self.bytes())

    @invariant()
    def the_file_holds_what_was_acknowledged(self):
        if self.broken:
            return
        raw = self.bytes()
        assert (raw is None) == (self.rows is None)
        if raw is not None:
            assert self.independent(raw) == self.rows

    @invariant()
    def ids_are_unique(self):
        ids = [row["id"] for row in self.rows or []]
        assert len(set(ids)) == len(ids)


def test_no_order_of_events_loses_an_acknowledged_record(long, counted):
    Life.counted = {}
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=1000 if long else 100,
            stateful_step_count=40 if long else 20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Life.counted["operations"] > 0
    assert not long or min(Life.counted["refusals"], Life.counted["crashes"]) > 100
    for name, count in Life.counted.items():
        counted[f"{name} in lives of a file"] += count

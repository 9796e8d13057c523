"""Each gate and guard that keeps records safe, taken out one by one: each time a test must fail.

A guard that no test misses would be lost with the next change; the list says which test holds which.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALONE = {"PYTEST_ADDOPTS": "-n 0"}  # the tests inside run one by one, however those around them do


class Guard(NamedTuple):
    """A guard: what it is for, where it stands, what stands there without it, and the test that misses it."""

    what: str
    file: str
    there: str
    without: str
    test: str


FILE, JOURNAL, SCHEMA = "csv_file.py", "journal/__init__.py", "schema/__init__.py"
T_FILE, T_JOURNAL, T_WIDGETS = "tests/test_csv_file.py", "tests/test_journal.py", "tests/test_widgets.py"
CALLS, T_EXPORTS = "tests/trust/test_system_calls.py", "tests/trust/test_exports.py"
EXPORT, FILES = "report/export.py", "next_steps/files.py"
FORM = "widgets/form.py"
READING = "journal/reading.py"
GUARDS = [
    Guard(
        "a file that vanished is not begun anew",
        FILE,
        "        if self.rows_seen is not None:\n            raise self.vanished()\n",
        "",
        f"{T_FILE} -k vanished",
    ),
    Guard(
        "a file with fewer records is not written to",
        FILE,
        "if document is not None and len(document) < (self.rows_seen or 0):",
        "if False:",
        f"{T_FILE} -k fewer",
    ),
    Guard(
        "nothing but the planned change is written",
        FILE,
        "        check_gates(document, splices, after, self.path.name)\n",
        "",
        f"{T_FILE} -k touch_more",
    ),
    Guard(
        "a file in which a cell is missing is refused",
        FILE,
        "    refuse_ragged(content, spans",
        "    (content, spans",
        f"{T_FILE} -k refused",
    ),
    Guard(
        "a file with marks of a merge is refused",
        FILE,
        "    refuse_markers(content, starts, name)\n",
        "",
        f"{T_FILE} -k refused",
    ),
    Guard(
        "a line without end is refused",
        FILE,
        "    refuse_endless(raw, name)\n",
        "",
        "tests/trust/test_hostile_files.py -k endless",
    ),
    Guard(
        "a header without end is refused",
        FILE,
        "if len(cells) > MOST_COLUMNS:",
        "if False:",
        "tests/trust/test_hostile_files.py -k thousand",
    ),
    Guard(
        "what is no regular file is refused unread",
        FILE,
        "        if stat.S_ISREG(mode):\n",
        "        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):\n",
        f"{T_FILE} -k refused_unread",
    ),
    Guard(
        "a lone carriage return is quoted",
        FILE,
        """(delimiter, '"', "\\n", "\\r")""",
        """(delimiter, '"', "\\n")""",
        f"{T_FILE} -k lone",
    ),
    Guard(
        "bytes are kept before they are replaced",
        FILE,
        "            self.back_up(current.raw, backup)\n",
        "            pass\n",
        f"{T_FILE} -k backups_are_kept",
    ),
    Guard(
        "bytes are kept before a backup replaces them",
        FILE,
        'self.back_up(current, "before-restore") if current else ""',
        '""',
        f"{T_FILE} -k put_back",
    ),
    Guard(
        "a file is on the disk before it is in place",
        FILE,
        "            os.fsync(descriptor)\n    finally:\n        os.close(descriptor)\n\n\ndef replace",
        "            pass\n    finally:\n        os.close(descriptor)\n\n\ndef replace",
        f"{T_FILE} -k on_the_disk",
    ),
    Guard(
        "a renaming is on the disk before it is acknowledged",
        FILE,
        "            sync_folder(self.path.parent)\n",
        "            pass\n",
        f"{T_FILE} -k on_the_disk",
    ),
    Guard(
        "a backup is on the disk before its file is replaced",
        FILE,
        "            sync_folder(self.backups)\n",
        "",
        CALLS,
    ),
    Guard(
        "what was written is read back",
        FILE,
        "        if read_bytes(self.path) != document.raw:\n            raise RecordsError",
        "        if False:\n            raise RecordsError",
        f"{T_FILE} -k read_back",
    ),
    Guard(
        "a save reported as failed is looked at",
        FILE,
        "if read_bytes(self.path) != document.raw:  # some",
        "if True:  # some",
        f"{T_FILE} -k reported_as_failed",
    ),
    Guard(
        "a save that failed leaves nothing beside the file",
        FILE,
        "        unlink_surely(temporary)\n",
        "        pass\n",
        f"{T_FILE} -k nothing_else",
    ),
    Guard(
        "what a killed program left is cleared",
        JOURNAL,
        "        file.clear_leftovers()\n",
        "",
        f"{T_JOURNAL} -k killed_program",
    ),
    Guard(
        "one program at a time writes",
        FILE,
        "                lock.acquire()\n",
        "                pass\n",
        "tests/trust/test_writers.py -k eight",
    ),
    Guard(
        "files are private",
        FILE,
        'getattr(os, "O_BINARY", 0), 0o600)',
        'getattr(os, "O_BINARY", 0), 0o644)',
        f"{T_FILE} -k private",
    ),
    Guard("folders are private", FILE, "folder.mkdir(mode=0o700", "folder.mkdir(mode=0o755", f"{T_JOURNAL} -k private"),
    Guard(
        "a file keeps its mode",
        FILE,
        "            os.chmod(temporary, stat.S_IMODE(before.st_mode))\n",
        "            pass\n",
        f"{T_FILE} -k mode",
    ),
    Guard(
        "a file that a scanner holds is tried again",
        FILE,
        "REPLACE_TRIES = 5",
        "REPLACE_TRIES = 1",
        f"{T_FILE} -k scanner",
    ),
    Guard(
        "a link stays a link",
        FILE,
        "self.path = Path(os.path.realpath(path))",
        "self.path = Path(path)",
        f"{T_FILE} -k link",
    ),
    Guard("the last twenty backups stay", FILE, "*list(stamps)[-KEEP_LAST:], ", "", f"{T_FILE} -k last_twenty"),
    Guard(
        "what a spreadsheet runs or changes is kept behind an apostrophe",
        SCHEMA,
        """return "'" + text if FORMULA.match(text) else text""",
        "return text",
        "tests/test_schema.py",
    ),
    Guard(
        "a change to what somebody else changed is refused",
        JOURNAL,
        "            refuse_conflict(listed, seen, row_of(document, at), changes)\n",
        "",
        f"{T_JOURNAL} -k somebody_else",
    ),
    Guard(
        "a deletion of what somebody else changed is refused",
        JOURNAL,
        "            refuse_conflict(listed, seen, row_of(document, at), {})\n",
        "",
        T_JOURNAL,
    ),
    Guard(
        "an id that is there with other values is refused",
        JOURNAL,
        "                refuse_other_values(listed, texts, row_of(document, at))\n",
        "",
        f"{T_JOURNAL} -k tried_again",
    ),
    Guard(
        "a failed operation keeps the note of the one before",
        JOURNAL,
        "                    self.write(before)\n",
        "                    pass\n",
        f"{T_JOURNAL} -k whichever_call",
    ),
    Guard(
        "undo looks whether the record is as it left it",
        JOURNAL,
        "            at = place_of(document, after, index + shift)\n",
        "            at = index + shift\n",
        f"{T_JOURNAL} -k undo",
    ),
    Guard(
        "a transaction that cannot be written whole is put back",
        JOURNAL,
        "                self.put_back(name)\n",
        "                pass\n",
        f"{T_JOURNAL} -k all_or_nothing",
    ),
    Guard(
        "an id that stands twice is not guessed",
        JOURNAL,
        "    if len(places) > 1:\n",
        "    if False:\n",
        f"{T_JOURNAL} -k twice",
    ),
    Guard(
        "a hostile key stays in the folder of drafts",
        JOURNAL,
        'f"{key if plain else digest}.json"',
        'f"{key}.json"',
        f"{T_JOURNAL} -k hostile_keys",
    ),
    Guard(
        "those who show a table cannot make a save fail",
        JOURNAL,
        "            except Exception as error:",
        "            except ZeroDivisionError as error:",
        T_WIDGETS,
    ),
    Guard(
        "a draft goes only when it is saved",
        FORM,
        "        name = title_of(interview)\n",
        "        name = title_of(interview)\n        self.journal.discard_draft(self.key)\n",
        f"{T_WIDGETS} -k fails_keeps_the_draft",
    ),
    Guard(
        "a report that is stopped halfway into an empty folder leaves nothing there",
        EXPORT,
        "    except BaseException:\n",
        "    except OSError:\n",
        T_EXPORTS,
    ),
    Guard(
        "the unfinished folder of a report goes, whatever happened",
        EXPORT,
        "    finally:\n        discard(temporary)\n",
        "    finally:\n        pass\n",
        T_EXPORTS,
    ),
    Guard(
        "what goes is tried again where it was stopped",
        EXPORT,
        "    finally:\n        with suppress(OSError):\n            shutil.rmtree(folder, ignore_errors=True)\n",
        "    finally:\n        pass\n",
        T_EXPORTS,
    ),
    Guard(
        "an export that a drive calls failed and has done is not called failed",
        FILES,
        "        if source.exists() or not target.exists():\n            raise\n",
        "        raise\n",
        T_EXPORTS,
    ),
    Guard(
        "an export is written beside the earlier one",
        FILES,
        "        write_new(temporary, content)\n        move(temporary, target)\n",
        "        target.unlink(missing_ok=True)\n        write_new(target, content)\n",
        T_EXPORTS,
    ),
    Guard(
        "an unfinished export goes, whatever happened",
        FILES,
        "        with suppress(OSError):\n            temporary.unlink()\n",
        "        pass\n",
        T_EXPORTS,
    ),
    Guard(
        "a byte order mark that became text is named",
        READING,
        "problems = [] if marked == cells.header[0] else [saved_mark(cells.header[0], marked)]",
        "problems = []",
        f"{T_JOURNAL} -k byte_order_mark",
    ),
    Guard(
        "text is escaped where HTML is shown",
        "widgets/panel.py",
        "html.escape(str(word))",
        "str(word)",
        f"{T_WIDGETS} -k escape",
    ),
    Guard("text is escaped in pictures", "charts.py", '"<": "&lt;", ', "", "tests/test_charts.py"),
    Guard(
        "a saved notebook holds nothing typed",
        "widgets/panel.py",
        'return f"<{type(self).__name__}>"',
        "return super().__repr__()",
        f"{T_WIDGETS} -k holds_nothing_typed",
    ),
]
ALWAYS = ("nothing but the planned change is written", "a file with fewer records is not written to")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the project that a test may break."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__", "mine", ".*")
    for name in ("interview_kit", "tests", "data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def run_tests(folder, selected):
    """Run some tests of a copy, and return what pytest printed and its exit status."""
    own = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder), "INTERVIEW_KIT_TRUST": ""}
    options = ["-x", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header"]
    words = selected.split(" -k ")
    command = [sys.executable, "-m", "pytest", *options, words[0], *(f"-k={word}" for word in words[1:])]
    done = subprocess.run(
        command, check=False, cwd=folder, env={**os.environ, **own, **ALONE}, capture_output=True, text=True
    )
    return done.stdout, done.returncode


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.what)
def test_each_guard_stands_where_the_list_says(guard):
    assert (ROOT / "interview_kit" / guard.file).read_text().count(guard.there) == 1


@pytest.mark.parametrize(
    "guard",
    [pytest.param(guard, marks=[] if guard.what in ALWAYS else pytest.mark.long, id=guard.what) for guard in GUARDS],
)
def test_without_a_guard_a_test_fails(copy, counted, guard):
    path = copy / "interview_kit" / guard.file
    whole = path.read_text()
    path.write_text(whole.replace(guard.there, guard.without))
    try:
        said, status = run_tests(copy, guard.test)
    finally:
        path.write_text(whole)
    if status == 0 and "skipped" in said and "passed" not in said:
        pytest.skip("what would miss it cannot run on this machine")
    assert status == 1, said
    counted["guards taken out, each missed by a test"] += 1


@pytest.mark.long
def test_with_every_guard_the_same_tests_pass(copy):
    for selected in sorted({guard.test for guard in GUARDS}):
        said, status = run_tests(copy, selected)
        assert status == 0, said

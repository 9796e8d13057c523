"""Copies of the project in which a function has a fault, and the tests that are to miss what it takes away."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.trust.mutants import PACKAGE, ROOT, Mutant, path_of

KILLED, SURVIVED = "killed", "survived"
PASSED, NO_TESTS = 0, (4, 5)  # as pytest numbers how it ended: it ran none; all others say that one has failed


class Copy:
    """A copy of the project in a folder of its own, in which one function at a time has a fault."""

    def __init__(self, folder: Path):
        self.folder = folder / "copy"
        self.seen, self.chosen = folder / "seen.json", folder / "chosen.json"
        ignored = shutil.ignore_patterns("__pycache__", "mine", ".*")
        for name in (PACKAGE, "tests", "data", "notebooks"):
            shutil.copytree(ROOT / name, self.folder / name, ignore=ignored)
        for name in ("pyproject.toml", "README.md", "CHANGELOG.md"):
            shutil.copy(ROOT / name, self.folder / name)

    def coming_by(self, files: Sequence[str]) -> dict[str, dict]:
        """Run all tests of some files, which pass, and return which functions each comes by, and its seconds."""
        said, status = self.run(files, 1200, INTERVIEW_KIT_SEEN=str(self.seen))
        if status != PASSED:
            raise AssertionError(said)
        return json.loads(self.seen.read_text())

    def tried(self, mutant: Mutant, tests: Sequence[str], seconds: float) -> str:
        """Say whether one of some tests misses what a fault took away; where they do not end, they miss it too."""
        path = path_of(mutant.module, self.folder)
        whole = path.read_text(encoding="utf-8")
        path.write_text(mutant.source, encoding="utf-8")
        self.chosen.write_text(json.dumps(list(tests)))
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        try:
            said, status = self.run(files, seconds, INTERVIEW_KIT_CHOSEN=str(self.chosen))
        finally:
            path.write_text(whole, encoding="utf-8")
        if status in NO_TESTS:
            raise AssertionError(f"{mutant}\nno test ran ({status}): {said}")
        return SURVIVED if status == PASSED else KILLED

    def run(self, files: Sequence[str], seconds: float, **more: str) -> tuple[str, int]:
        """Run tests, and return what pytest printed and how it ended."""
        own = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(self.folder), "INTERVIEW_KIT_TRUST": ""}
        options = ["-x", "-q", "--no-header", "--tb=short", f"--basetemp={self.folder.parent / 'tests'}"]
        plugins = ["-p", "no:randomly", "-p", "no:cacheprovider", "-p", "tests.trust.plugin"]
        with subprocess.Popen(
            [sys.executable, "-m", "pytest", *options, *plugins, *files],
            cwd=self.folder,
            env={**os.environ, **own, **more, "PYTEST_ADDOPTS": "-n 0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        ) as child:
            try:
                said, _ = child.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                said = "the tests did not end"
            finally:
                stop(child)
        return said, child.returncode


def stop(child: subprocess.Popen) -> None:
    """Stop a program and those that it started, if they still run."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    elif child.poll() is None:
        child.kill()
    child.wait()

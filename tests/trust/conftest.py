"""How far the trust suite goes: a short version by default, the long one with INTERVIEW_KIT_TRUST=long; what it counted
stands at the end of the run."""

import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest

COUNTED: Counter[str] = Counter()
NOTED: dict[str, str] = {}
LONG = os.environ.get("INTERVIEW_KIT_TRUST") == "long"


def pytest_collection_modifyitems(items):
    skip = pytest.mark.skip(reason="long; set INTERVIEW_KIT_TRUST=long to run it")
    for item in items:
        if "long" in item.keywords and not LONG:
            item.add_marker(skip)


@pytest.fixture
def long():
    return LONG


@pytest.fixture
def counted():
    """Count what was tried, by name; the sums are printed when all is done."""
    return COUNTED


@pytest.fixture
def noted():
    """Keep what was measured, to be printed when all is done."""
    return NOTED


@pytest.fixture
def quick_path(tmp_path):
    """Return a folder in memory where there is such a thing: thousands of saves then need not wait for the disk."""
    memory = Path("/dev/shm")  # noqa: S108
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def pytest_terminal_summary(terminalreporter):
    for name, count in sorted(COUNTED.items()):
        terminalreporter.write_line(f"trust: {count:,} {name}")
    for name, value in sorted(NOTED.items()):
        terminalreporter.write_line(f"trust: {name}: {value}")

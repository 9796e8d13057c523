"""How pytest runs where functions have faults: it fails soon, and runs only the tests that come by a function.

`INTERVIEW_KIT_SEEN` names the file in which to note which functions each test comes by, and how long it takes;
`INTERVIEW_KIT_CHOSEN` names one with the tests to run, in this order.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

# A test that fails need not look for the smallest example of it, and one that is slow has not failed.
settings.register_profile(
    "mutants",
    phases=[Phase.explicit, Phase.generate],
    database=None,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")

KIT = str(Path(__file__).resolve().parents[2] / "interview_kit") + os.sep
SEEN: dict[str, dict] = {}


def pytest_collection_modifyitems(config, items):
    """Keep the tests that were chosen, the quickest first."""
    if listed := os.environ.get("INTERVIEW_KIT_CHOSEN"):
        order = {name: place for place, name in enumerate(json.loads(Path(listed).read_text()))}
        items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Note what a test comes by."""
    if "INTERVIEW_KIT_SEEN" not in os.environ:
        return (yield)
    codes, started = set(), time.perf_counter()

    def note(frame, event, argument):
        codes.add(frame.f_code)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        return (yield)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        functions = sorted({name_of(code) for code in codes if code.co_filename.startswith(KIT)})
        SEEN[item.nodeid] = {"seconds": time.perf_counter() - started, "functions": functions}


def pytest_sessionfinish():
    if noted := os.environ.get("INTERVIEW_KIT_SEEN"):
        Path(noted).write_text(json.dumps(SEEN))


def name_of(code):
    """Return the name of a function with its module, as in "files.lock.Lock.held"."""
    module = ".".join(Path(code.co_filename.removeprefix(KIT)).with_suffix("").parts).removesuffix(".__init__")
    return f"{module}.{code.co_qualname.partition('.<locals>')[0]}"

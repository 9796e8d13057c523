"""What holds for all tests: how many run at once and which repetitions; nobody's own records are touched."""

import os
import tempfile

import pytest


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="also run what repeats a test in another theme or engine")


def pytest_collection_modifyitems(config, items):
    """Leave out the repetitions unless they are asked for."""
    if config.getoption("--slow"):
        return
    left_out = [item for item in items if "slow" in item.keywords]
    if left_out:
        items[:] = [item for item in items if "slow" not in item.keywords]
        config.hook.pytest_deselected(items=left_out)


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run at once: one more than there are processors, since journeys mostly wait for pages."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder():
    """Let the platform's folder for data be an empty one, for the programs that tests start as well."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", folder)
        patched.setenv("LOCALAPPDATA", folder) if os.name == "nt" else None
        yield

"""What holds for all tests: nobody's own records and notebooks are touched."""

import os
import tempfile

import pytest


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

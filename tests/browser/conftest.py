"""One JupyterLab and one Chromium for all journeys; a machine without a browser skips them, and says so."""

import os
import warnings

import pytest

from tests.browser import lab

REASON = "no Chromium on this machine; install the system's chromium package to run the journeys"


@pytest.fixture(scope="session")
def chromium():
    if lab.find_chromium() is None:
        if os.environ.get("INTERVIEW_KIT_BROWSER") == "required":
            pytest.fail(REASON)
        pytest.skip(REASON)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with lab.open_browser() as browser:
            yield browser


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def address(chromium, folder):
    with lab.running_lab(folder) as address:
        yield address

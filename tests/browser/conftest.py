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


@pytest.fixture(scope="session")
def running(chromium, tmp_path_factory):
    """A JupyterLab's folder and address."""
    folder = tmp_path_factory.mktemp("lab")
    with lab.running_lab(folder) as address:
        yield folder, address


@pytest.fixture
def folder(running):
    folder, address = running
    lab.make_new(folder, address)
    return folder


@pytest.fixture
def address(running, folder):
    return running[1]

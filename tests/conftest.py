"""What holds for all tests: how many run at once and which repetitions; nobody's own records are touched."""

import os
import tempfile

import pytest

TAKES_LONG = ("trust", "benchmarks")  # folders


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="also run what takes long, as .ci/run does")
    parser.addoption("--slow", action="store_true", help="also run what repeats a test in another theme or engine")


def pytest_configure(config):
    """Take a file or a test that is named as asked for, whatever it takes."""
    if hasattr(config, "workerinput"):
        config.option.full = config.workerinput["full"]
    elif config.args_source is pytest.Config.ArgsSource.ARGS:
        config.option.full = True


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell a worker what its controller has found out."""
    node.workerinput["full"] = node.config.option.full


def pytest_collection_modifyitems(config, items):
    """Leave out what takes long and the repetitions, unless they are asked for."""
    for item in items:
        if item.path.parent.name in TAKES_LONG:
            item.add_marker("full")
    unasked = {name for name in ("full", "slow") if not config.getoption(f"--{name}")}
    left_out = [item for item in items if unasked & set(item.keywords)]
    if left_out:
        items[:] = [item for item in items if not unasked & set(item.keywords)]
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


@pytest.fixture
def journal(tmp_path):
    """A folder of one's own, in which nothing is written down yet."""
    from interview_kit import Journal

    return Journal(tmp_path / "mine")


@pytest.fixture
def own(journal):
    """A journal with the sample's records as one's own."""
    from interview_kit.places import SAMPLE

    journal.folder.mkdir()
    for name in ("interviews", "questions", "contacts", "follow_ups"):
        (journal.folder / f"{name}.csv").write_bytes((SAMPLE.parent / f"{name}.csv").read_bytes())
    return journal


@pytest.fixture
def previewed(tmp_path):
    """Return a function that writes a tracker and previews it."""
    from interview_kit.importing import preview_import
    from tests.test_import_cases import TODAY

    def preview(text, **said):
        path = tmp_path / "tracker.csv"
        path.write_text(text, encoding="utf-8")
        return preview_import(path, as_of=TODAY, **said)

    return preview

"""A real JupyterLab on loopback and a real Chromium that looks at it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "journey"  # noqa: S105
CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--force-prefers-reduced-motion"),
    *("--proxy-server=127.0.0.1:1", "--proxy-bypass-list=127.0.0.1;localhost"),  # what leaves this machine gets nowhere
]


in_both_themes = pytest.mark.parametrize(
    "dark", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["light", "dark"]
)


def find_chromium() -> str | None:
    """Return the browser of this machine, if it has one."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("INTERVIEW_KIT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_lab(folder: Path, records: Path | None = None):
    """Start JupyterLab in `folder`, with every setting of its own; yield its address.

    `records` is the folder of the records, one in `folder` if left out.
    """
    port = free_port()
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},  # a slow start else
        **own,
        "INTERVIEW_KIT_DATA": str(records or folder / "mine"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    command = [
        *(Path(sys.executable).with_name("interview-kit"), "lab", "--no-browser", f"--port={port}"),
        *(f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}", "--ServerApp.port_retries=0"),
        *("--LabApp.expose_app_in_browser=True", f"--LabApp.workspaces_dir={folder}/config/lab/workspaces"),
    ]
    log = (folder / "lab.log").open("wb")
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, server, folder / "lab.log")
        yield address
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(10)
        server.kill()
        server.wait()
        log.close()


def make_new(folder: Path, address: str) -> None:
    """Stop what runs, and leave only copies of the notebooks: no records, and no setting that someone made."""
    for kernel in json.loads(request(f"{address}/api/kernels")):
        with suppress(urllib.error.HTTPError):  # that of a page that was closed has ended by itself
            request(f"{address}/api/kernels/{kernel['id']}", "DELETE")
    for leftover in ("mine", "notebooks", "config/lab"):
        shutil.rmtree(folder / leftover, ignore_errors=True)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*", "images"))


def request(address: str, method: str = "GET") -> bytes:
    """Return what the server answers to someone with the token."""
    asked = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"}, method=method)  # noqa: S310
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
        return answer.read()


def wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        with suppress(OSError), urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=2):  # noqa: S310
            return
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-3000:]}")


class Chromium:
    """A Chromium whose pages find again what an earlier one fetched and compiled, and one that gives fresh contexts."""

    def __init__(self, launcher, closing: ExitStack):
        self.launcher, self.closing = launcher, closing
        self.options = {"executable_path": find_chromium(), "args": CHROMIUM_FLAGS}

    @cached_property
    def with_cache(self):
        """The context of all pages of the kit: half of the work of opening JupyterLab is to read its scripts."""
        profile = self.closing.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        context = self.launcher.launch_persistent_context(profile, **self.options)
        self.closing.callback(context.close)
        context.set_default_timeout(45_000)
        return context

    @cached_property
    def without_cache(self):
        browser = self.launcher.launch(**self.options)
        self.closing.callback(browser.close)
        return browser

    def new_context(self, **options):
        """Return a context of its own, for what a page alone cannot be told."""
        return self.without_cache.new_context(**options)

    @contextmanager
    def page(self, size: tuple[int, int], *, dark: bool = False):
        """Yield a page of nothing yet, with what went wrong in it in `page.errors` and what left in `page.left`.

        Afterwards it is closed with all that it opened, and what it kept in the browser is gone.
        """
        context = self.with_cache
        others = [*context.pages]
        page = context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.left, page.errors = [], []
        page.on("pageerror", lambda error: page.errors.append(error.stack or str(error)))
        hear = lambda request: note_if_it_leaves(request.url, page.left)  # noqa: E731
        context.on("request", hear)
        try:
            yield page
        finally:
            context.remove_listener("request", hear)
            self.close([one for one in context.pages if one not in others])

    def close(self, pages) -> None:
        """Close pages; once none is left but the first, which is blank, what they kept goes too."""
        origins = {urlsplit(one.url)._replace(path="", query="", fragment="").geturl() for one in pages}
        for one in pages:
            one.close()
        blank, *left = self.with_cache.pages
        if not left:
            self.with_cache.clear_cookies()
            storage = self.with_cache.new_cdp_session(blank)
            for origin in origins:
                storage.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
            storage.detach()


@contextmanager
def open_browser():
    """Yield a Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, ExitStack() as closing:
        yield Chromium(playwright.chromium, closing)


@contextmanager
def open_notebook(
    browser,
    address: str,
    name: str = "1_debrief.ipynb",
    *,
    dark: bool = False,
    run: bool = True,
    folder: str = "notebooks",
    size: tuple[int, int] = (1000, 5200),
):
    """Yield a page with a notebook that has run by itself, unless `run` says that it will not."""
    with browser.page(size, dark=dark) as page:
        page.goto(f"{address}/lab/tree/{folder}/{name}?token={TOKEN}&reset")
        page.wait_for_function("window.jupyterapp !== undefined")
        page.evaluate("async () => { await jupyterapp.restored }")
        if dark:
            # While its splash screen fades, JupyterLab would take away twice the one that a new theme shows.
            page.locator("#jupyterlab-splash").wait_for(state="detached")
            page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
            page.wait_for_selector("[data-jp-theme-light='false']", state="attached")
        if run:
            wait_for_run(page)
        yield page


def note_if_it_leaves(address: str, left: list) -> None:
    """Note a request that would leave this machine; the browser's own proxy, which is none, stops it."""
    if urlsplit(address).hostname not in ("127.0.0.1", "localhost", None):
        left.append(address)


def wait_for_run(page) -> None:
    """Wait until each cell of the notebook in front has run by itself."""
    page.wait_for_function(
        """() => {
            const cells = jupyterapp.shell.currentWidget?.content?.widgets?.filter(cell => cell.model.type === 'code');
            return cells?.length && cells.every(cell => cell.model.executionCount !== null);
        }"""
    )


def wait_for_kernel(page) -> None:
    """Wait until the kernel of the notebook in front has answered."""
    page.wait_for_function("jupyterapp.shell.currentWidget?.sessionContext?.isReady === true")
    page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.session.kernel.info }")


def restart_kernel(page) -> None:
    """Restart the kernel, as from the menu, without the question."""
    page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart() }")

"""The extension of the server that shows notebooks as pages: Voila's way of running them, behind the kit's own gate.

Voila's own extension stays off. It takes settings from the folder that one happens to be in, runs any notebook, and
hands pictures to anyone without the token.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import HTTPError, RequestHandler, authenticated
from traitlets.config import Config
from voila.configuration import VoilaConfiguration
from voila.paths import collect_static_paths, collect_template_paths
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.utils import get_server_root_dir, get_voila_labextensions_path

from interview_kit.pages.shipped import refusal, without_hints

TEMPLATES = Path(__file__).parent / "templates"
WIDGETS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]
LAST_WORDS = 2  # seconds in which a page that was closed may still have its drafts kept
LEFT_ALONE = timedelta(minutes=10)  # after which a page that did not say goodbye counts as closed
EVERY_MINUTE = 60_000


def add_pages(server: Any, told: dict[str, str]) -> None:
    """Add the pages to a server; `told` is what a page is told of it besides."""
    from jinja2 import Environment, FileSystemLoader

    web, configuration = server.web_app, voila_configuration(told)
    paths = [str(TEMPLATES), *collect_template_paths(["voila", "nbconvert"], "lab")]
    web.settings["voila_jinja2_env"] = Environment(loader=FileSystemLoader(paths), autoescape=True)
    render = {"voila_configuration": configuration, "template_paths": paths, "config": Config(), "notebook_path": ""}
    routes: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
        (r"render/(.+\.ipynb)", Page, render),
        (r"templates/(.*)", TemplateStaticFileHandler, {}),
        (r"static/(.*)", MultiStaticFileHandler, {"paths": collect_static_paths(["voila", "nbconvert"], "lab")}),
        (r"labextensions/(.*)", FileFindHandler, {"path": get_voila_labextensions_path(), "no_cache_paths": ["/"]}),
        (r"api/shutdown/(.*)", Goodbye, {}),
    ]
    base = url_path_join(web.settings["base_url"], "voila")
    web.add_handlers(".*$", [(url_path_join(base, route), handler, given) for route, handler, given in routes])
    PeriodicCallback(lambda: end_kernels_of_lost_pages(server), EVERY_MINUTE).start()


def voila_configuration(told: dict[str, str]) -> VoilaConfiguration:
    """Return how notebooks are shown: nobody's own settings count here, since they could switch the gate off.

    `told` is what a page is told of the server besides.
    """
    return VoilaConfiguration(
        allow_template_override="NO",
        allow_theme_override="NO",
        extension_allowlist=WIDGETS,
        extension_denylist=[],
        preheat_kernel=False,
        prelaunch_hook=admit,
        page_config_hook=partial(page_config, told),
    )


def admit(request: RequestHandler, notebook: Any, cwd: str) -> Any:
    """Return what is run of a notebook that was asked for, before any kernel starts; refuse what is not the kit's."""
    if why := refusal(request.path_args[0], notebook):
        raise HTTPError(403, why.replace("%", "%%"))
    return without_hints(notebook)


def page_config(
    told: dict[str, str], config: dict[str, Any], *, settings: dict[str, Any], notebook_path: str, **_: Any
) -> dict[str, Any]:
    """Return what a page is told: where the server's files lie, and to fetch no MathJax from anywhere."""
    told = {**told, "serverRoot": get_server_root_dir(settings), "notebookPath": notebook_path.strip("/")}
    return {**config, **told, "interviewKitPages": True, "fullMathjaxUrl": None, "mathjaxConfig": None}


class Page(TornadoVoilaHandler):
    """A notebook of the kit as a page."""

    async def prepare(self, **given: Any) -> None:
        """Give the browser the mark by which the page is known when it says goodbye."""
        await super().prepare(**given)
        _ = self.xsrf_token

    @property
    def content_security_policy(self) -> str:
        """Let a page ask nobody but this server."""
        own = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; form-action 'self'; base-uri 'none'"
        return f"{super().content_security_policy}; {own}"

    @property
    def template_namespace(self) -> dict[str, Any]:
        """Add the notebook's path to what the page of an error can show."""
        return {**super().template_namespace, "notebook_path": self.path_args[0].strip("/")}


class Goodbye(VoilaShutdownKernelHandler):
    """Hears that a page was closed."""

    @authenticated
    async def post(self, kernel_id: str) -> None:
        """End its kernel, once what was typed last has been kept."""
        IOLoop.current().call_later(LAST_WORDS, end_kernel, self.kernel_manager, kernel_id)
        self.set_status(204)
        self.finish()


async def end_kernel(kernels: Any, kernel_id: str) -> None:
    """End a kernel that still runs."""
    if kernel_id in kernels:
        await ensure_async(kernels.shutdown_kernel(kernel_id))


async def end_kernels_of_lost_pages(server: Any) -> None:
    """End the kernels of pages that were closed without a word; JupyterLab's own are known by their sessions."""
    sessions = {session["kernel"]["id"] for session in await ensure_async(server.session_manager.list_sessions())}
    latest = datetime.now(UTC) - LEFT_ALONE
    for kernel_id in set(server.kernel_manager.list_kernel_ids()) - sessions:
        model = server.kernel_manager.kernel_model(kernel_id)
        if not model["connections"] and datetime.fromisoformat(model["last_activity"]) < latest:
            await end_kernel(server.kernel_manager, kernel_id)

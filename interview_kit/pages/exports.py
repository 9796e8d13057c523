"""The files that were made of the records, for a browser that cannot reach them through the server's own folder.

Records may lie anywhere; a link in a message must lead to its file all the same.
"""

from typing import Any

from jupyter_server.base.handlers import AuthenticatedFileHandler
from jupyter_server.utils import url_path_join

from interview_kit.places import EXPORTS, default_folder

ROUTE = "interview-kit/exports"


def add_exports(server: Any) -> dict[str, str]:
    """Add the way to the exports to a server; return what a page is told of it."""
    web, folder = server.web_app, default_folder().absolute() / EXPORTS
    route = url_path_join(web.settings["base_url"], ROUTE, "(.*)")
    web.add_handlers(".*$", [(route, Exports, {"path": str(folder)})])
    told = {"interviewKitExports": folder.as_posix()}
    web.settings.setdefault("page_config_data", {}).update(told)
    return told


class Exports(AuthenticatedFileHandler):
    """Hands a file of the exports to whoever has the token, as it is now: the next one may have the same name."""

    def set_extra_headers(self, path: str) -> None:
        """Let no browser keep it."""
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> None:
        """Have no mark by which tornado takes a file that was made anew for the earlier one."""

    def should_return_304(self) -> bool:
        """Never say that it is the one that the browser has."""
        return False

"""The first page that is asked for: only then is imported what pages need, which takes half a second."""

import warnings
from collections.abc import Callable
from typing import Any

from jupyter_server.utils import url_path_join
from tornado.web import RequestHandler


def add_when_asked(server: Any, told: dict[str, str]) -> None:
    """Let a server have pages from the first request on that asks for one; `told` is what a page is told of it."""
    web = server.web_app
    route = url_path_join(web.settings["base_url"], "voila", "(.*)")

    def add_now() -> None:
        web.default_router.rules.remove(rule)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Voila's, of no use to those who see the terminal
            from interview_kit.pages.server import add_pages
        add_pages(server, told)

    web.add_handlers(".*$", [(route, FirstPage, {"add_now": add_now})])
    rule = web.default_router.rules[-2]  # the last one, before that for all that nobody else answers


class FirstPage(RequestHandler):
    """Adds the pages, and sends the browser there once more; who has no token is turned away there."""

    def initialize(self, add_now: Callable[[], None]) -> None:
        """Take what adds the pages."""
        self.add_now = add_now

    def prepare(self) -> None:
        """Add the pages, and have them answer."""
        self.add_now()
        self.redirect(self.request.uri or "")

"""The kit's notebooks as plain pages without code: an extension of the server that shows them in JupyterLab, too."""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell the server what to load."""
    return [{"module": "interview_kit.pages"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the way to the exports to the server, and that to the pages, which are made ready once one is asked for."""
    from interview_kit.pages.exports import add_exports
    from interview_kit.pages.first import add_when_asked

    add_when_asked(server, add_exports(server))

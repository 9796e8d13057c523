"""The kit's notebooks as plain pages without code: an extension of the server that shows them in JupyterLab, too."""

import warnings
from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell the server what to load."""
    return [{"module": "interview_kit.pages"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the pages to the server."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Voila's, which say nothing to those who see the terminal
        from interview_kit.pages.server import add_pages
    add_pages(server)

"""Writing a file to take along, and saying where it is."""

from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets

from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes


def export(message: Changes, name: str, write: Callable[[Path], object], text: str) -> None:
    """Write a file into the journal's folder for exports, and say so in `message`."""
    if message.refusal:
        message.say(message.refusal, "plain")
        return
    try:
        path = message.journal.exports() / name
        write(path)
    except (OSError, ValueError) as error:
        message.say(f"The file could not be written: {error}", "bad")
        return
    message.say(f"Written: {path}\n{text}", "good", widgets.HTML(panel.download_link(path)))

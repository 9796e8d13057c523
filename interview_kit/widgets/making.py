"""The making of files at the press of a button: how far it is, and what became of it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import ipywidgets as widgets

from interview_kit.widgets import panel


class Making(panel.Stack):
    """Says how far the making of files is, in `progress`, and in `message` what became of it.

    `buttons` cannot be pressed meanwhile; `focus_message` brings the message into view at the end.
    """

    def __init__(self, label: str, focus_message: Callable[[panel.Message], object], *buttons: widgets.Button):
        self.focus_message, self.buttons = focus_message, buttons
        self.progress, self.message = widgets.IntProgress(description=label), panel.Message()
        super().__init__(self.progress, self.message)
        panel.set_visible(self.progress, False)

    @contextmanager
    def at_work(self) -> Generator[None]:
        """Show the progress while files are made."""
        self._set_working(True)
        try:
            yield
        finally:
            self._set_working(False)

    def _set_working(self, is_working: bool) -> None:
        self.progress.value = 0
        panel.set_visible(self.progress, is_working)
        for button in self.buttons:
            button.disabled = is_working

    def telling(self, what: str) -> Callable[[int, int, str], None]:
        """Return a function that says how many are done, how many there are, and which is next."""

        def tell(done: int, total: int, name: str) -> None:
            self.progress.max, self.progress.value = total, done
            self.message.say(f"Making the {what} … {done} of {total}: {name}", "plain")

        return tell

    def say(self, text: str, mood: str, *ways: str) -> None:
        """Say what became of it, with the HTML of ways to the files, and bring that into view."""
        self.message.say(text, mood, *map(widgets.HTML, ways))
        self.focus_message(self.message)

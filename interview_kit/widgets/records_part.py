"""A part of what is said of the records themselves, under its heading."""

from collections.abc import Callable

from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes


class RecordsPart(panel.Stack):
    """A part about the records of `page` under its heading; its `message` carries out what its buttons say.

    `read_again` shows all parts anew.
    """

    title: str
    below: str

    def __init__(self, page: panel.RecordsPanel, read_again: Callable[[], object]):
        self.journal, self.focus_message, self.read_again = page.journal, page.focus_message, read_again
        self.message = Changes(page.journal, read_again)
        self.head = panel.heading(self.title, self.below)
        super().__init__(look="ik-records-part")

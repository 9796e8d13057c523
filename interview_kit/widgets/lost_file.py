"""What can be done about a file that cannot be read, or that is gone while its backups are there."""

from collections.abc import Callable
from typing import NamedTuple

import ipywidgets as widgets

from interview_kit.journal import Journal, LostFileError, RecordsError
from interview_kit.widgets import panel


class Recovery(NamedTuple):
    """The buttons for what can be done: what they are called, and what follows.

    `go_on` is called once it is done, `refuse` with the error where it cannot be.
    """

    journal: Journal
    go_on: Callable[[], object]
    refuse: Callable[[RecordsError], object]
    again_text: str = "Read it again"
    put_back_text: str = "Put the newest backup back"
    anew_text: str = "Begin anew"

    def buttons(self, error: RecordsError) -> list[widgets.Button]:
        """Return a button for each thing that can be done about an error."""
        if not isinstance(error, LostFileError) or not error.can_begin_anew:
            return [panel.button(self.again_text, self.read_again)]
        put_back, begin_anew = self.journal.restore, self.journal.begin_anew
        put_back_button = panel.button(self.put_back_text, lambda: self._do(lambda: put_back(error.backup)))
        anew_button = panel.button(self.anew_text, lambda: self._do(lambda: begin_anew(error.table)))
        return [put_back_button, anew_button] if error.backup else [anew_button]

    def read_again(self) -> None:
        """Read the file as it is now."""
        self._do(self.journal.interviews)

    def _do(self, action: Callable[[], object]) -> None:
        try:
            action()
        except RecordsError as error:
            self.refuse(error)
        else:
            self.go_on()

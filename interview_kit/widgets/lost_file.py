"""What can be done about a file that cannot be read, or that is gone while its backups are there."""

from collections.abc import Callable
from typing import NamedTuple

import ipywidgets as widgets

from interview_kit.journal import Journal, LostFileError, RecordsError
from interview_kit.widgets import panel


class Ways(NamedTuple):
    """What the buttons are called."""

    again: str
    put_back: str
    begin_anew: str


def ways_on(
    error: RecordsError, journal: Journal, ways: Ways, go_on: Callable[[Callable[[], object]], None]
) -> list[widgets.Button]:
    """Return a button for each thing that can be done; `go_on` is called with what to do first, and carries it out."""
    if not isinstance(error, LostFileError) or not error.can_begin_anew:
        return [panel.button(ways.again, lambda: go_on(journal.interviews))]
    put_back = panel.button(ways.put_back, lambda: go_on(lambda: journal.restore(error.backup)))
    begin = panel.button(ways.begin_anew, lambda: go_on(lambda: journal.begin_anew(error.table)))
    return [put_back, begin] if error.backup else [begin]

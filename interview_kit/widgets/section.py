"""A part of a page that shows what follows from the records, and changes them."""

from collections.abc import Callable
from typing import Any

from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.snapshot import Snapshot
from interview_kit.widgets.values import records_of


class Section(panel.Stack):
    """A part of `page`, a panel of the records of `journal`; `message` says what became of each change made here.

    `shown` are the records that it was drawn from.
    """

    shown: Snapshot
    is_being_drawn = False

    def __init__(self, page: panel.RecordsPanel, look: str = "ik-section"):
        self.page, self.journal = page, page.journal
        self.message = Changes(page.journal, page.reload)
        super().__init__(look=look)

    def refresh(self, shown: Snapshot) -> None:
        """Show what follows from the records as they are now."""
        self.shown, self.message.refusal = shown, shown.refusal
        self.is_being_drawn = True  # what is chosen now, nobody chose
        try:
            self.draw()
        finally:
            self.is_being_drawn = False

    def draw(self) -> None:
        """Show what follows from `shown`."""
        raise NotImplementedError

    def record(self, table: str, key: str) -> dict:
        """Return a record of a table as the file held it when this was drawn."""
        return records_of(self.shown.records.frames[table], "id", key)[0]


def cards_of(rows: list[dict], key: str, shown: dict[str, Any], make: Callable[[dict], Any]) -> dict[str, Any]:
    """Return a card for each row, by its key: the one that is `shown` where it still says the same, else a new one."""
    found = [(row, shown.get(row[key])) for row in rows]
    return {row[key]: card if is_current(card, row) else make(row) for row, card in found}


def is_current(card: Any, row: dict) -> bool:
    """Say whether a card shows just this row."""
    return card is not None and all(str(card.row[name]) == str(value) for name, value in row.items())

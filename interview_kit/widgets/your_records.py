"""Your records: where they are, with the parts about them, unfolded when they are wanted."""

from functools import cached_property

import ipywidgets as widgets

from interview_kit.journal import wording
from interview_kit.widgets import panel
from interview_kit.widgets.erasing import Erasing
from interview_kit.widgets.going_back import GoingBack
from interview_kit.widgets.taking_along import TakingAlong

TITLE = "Your records: where they are, going back, taking them along, erasing them"
WHERE = "They are plain files in this folder, on this machine; any spreadsheet opens them."
NOTHING_YET = (
    "Nothing of yours is written down yet. Once it is, it lies in this folder, on this machine alone, and here you can "
    "go back to how it was before, take it along, or erase it."
)
LOOKING = "Looking through them …"


class YourRecords(panel.Stack):
    """Where the records of `page` are, the way back to a backup, a ZIP to take along, and how to erase them.

    `going_back`, `along` and `erasing` are its parts. Nothing is read or made before it is unfolded.
    """

    def __init__(self, page: panel.RecordsPanel):
        self.page, self.journal = page, page.journal
        self.where, self.parts = panel.line(LOOKING), widgets.VBox()
        self.folded = panel.folded(TITLE, self.where, self.parts)
        self.folded.observe(lambda _: self.refresh(), "selected_index")
        super().__init__(self.folded, look="ik-your-records")

    @cached_property
    def going_back(self) -> GoingBack:
        """The backups."""
        return GoingBack(self.page, self.refresh)

    @cached_property
    def along(self) -> TakingAlong:
        """The ZIP to take along, and the way in for one."""
        return TakingAlong(self.page, self.refresh)

    @cached_property
    def erasing(self) -> Erasing:
        """The way to erase everything."""
        return Erasing(self.page, self.refresh)

    @property
    def is_open(self) -> bool:
        """Whether it is unfolded."""
        return self.folded.selected_index is not None

    def refresh(self) -> None:
        """Read again what is shown, where anything is."""
        if not self.is_open:
            return
        contents = self.journal.contents()
        why_nothing = wording.why_not_erased(self.journal.folder, contents)
        counts = [] if why_nothing else wording.records_in_words(self.journal.counts())
        held = f" In it: {', '.join(counts)}." if counts else ""
        place = panel.markup("<p><code>{place}</code></p>", place=self.journal.place)
        self.where.value = panel.paragraph((NOTHING_YET if why_nothing else WHERE) + held) + place
        if why_nothing:
            self.parts.children = [self.erasing.message, self.along.bringing_in]
            return
        self.going_back.refresh()
        self.erasing.refresh()
        self.parts.children = [self.going_back, self.along, self.erasing]

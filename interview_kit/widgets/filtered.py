"""What the explorers share: whose records are studied, and which of them."""

from collections.abc import Sequence
from datetime import date

import ipywidgets as widgets
import numpy as np
import pandas as pd

from interview_kit.frame.held import held
from interview_kit.frame.parts import counted_columns, sample_companies
from interview_kit.journal import SAMPLE_DAY, Journal, RecordsError, sample_interviews
from interview_kit.widgets import panel
from interview_kit.widgets.filters import Filters
from interview_kit.widgets.period import period_controls, period_problem

SAMPLE_NOTICE = (
    "You have no records of your own here yet, so this shows the invented sample. "
    "Write an interview down, and this becomes yours."
)
UNTIL = "Until it can be read, what is shown below is"
MEANWHILE, AS_BEFORE = f"{UNTIL} the invented sample, not yours.", f"{UNTIL} what was read before."
MOST_DRAWN = 100_000  # interviews; a change of a filter is then drawn at once
EXTENT = (
    "Shown is a sample: all {shown:,} interviews at some of the companies, drawn at random from {chosen:,}. A filter "
    "narrows them down; as a library the kit counts every one."
)


def studied_interviews(journal: Journal):
    """Return the interviews to study, the sample where there are none, and a line that says so."""
    frame = held(journal.interviews())
    if not frame.empty:
        return frame, ""
    return sample_interviews(), SAMPLE_NOTICE


class FilteredPanel(panel.RecordsPanel):
    """A panel that studies the interviews of `journal`, or a part of them, and follows each change of the records.

    `records` holds what counts of all interviews, `frame` those that the filters leave; of very many it is a sample of
    companies, as `extent` then says.
    """

    records: pd.DataFrame
    frame: pd.DataFrame
    note = SAMPLE_NOTICE  # the sample is what is shown until something of one's own was read
    error: RecordsError | None = None  # why the records cannot be read
    unread: Sequence[str] = ()
    is_reversed = False  # From is after To
    is_filtered = False  # the filters leave a part

    @property
    def as_of(self) -> date | None:
        """The day that counts as today: a day of the sample's own where that is shown."""
        return SAMPLE_DAY if self.note else None

    def __init__(self, journal: Journal):
        super().__init__(journal)
        self.news, self.extent = panel.Message(), widgets.HTML()
        self.filters = Filters(("person", "stage", "role", "format"), self.refresh)
        self.first_day, self.last_day = period_controls()
        panel.on_change(self.refresh, self.first_day, self.last_day)

    def draw(self) -> None:
        """Show what the chosen interviews say."""
        raise NotImplementedError

    def filter_bar(self, *more: widgets.Widget) -> widgets.Box:
        """Return the controls that choose interviews, more beside them, and how many of very many are drawn."""
        row = panel.pair(*self.filters.values(), self.first_day, self.last_day, *more)
        return panel.Stack(panel.classed(row, "ik-filters"), self.extent)

    def begin(self) -> None:
        """Read the records for the first time; where they cannot be read, the sample is shown."""
        with panel.show_loading(self.journal):
            if not self.read():
                self.take(counted_columns(sample_interviews()), SAMPLE_NOTICE)
            self.refresh()

    def reload(self) -> None:
        """Read the records again and show what they say; where they cannot be read, what was read before stays."""
        if self.read():
            self.refresh()

    def read(self) -> bool:
        """Return whether the records could be read, which are then taken; say what stands in the way where not."""
        try:
            whole, note = studied_interviews(self.journal)
            records = counted_columns(whole)
        except RecordsError as error:
            self.error, self.is_read = error, False
            self.say_news()
            return False
        self.error, self.is_read = None, True
        self.unread = whole.attrs.get("unread", [])
        self.take(records, f"{note} It is shown as of {SAMPLE_DAY.day} {SAMPLE_DAY:%b %Y}." if note else "")
        self.say_news()
        return True

    def take(self, records: pd.DataFrame, note: str) -> None:
        """Let these be the interviews that the filters choose from; the note is that of the sample."""
        self.records, self.note = records, note
        self.filters.offer(records)

    def say_news(self) -> None:
        """Say that this is the sample, and what cannot be read."""
        if self.error is not None:
            meanwhile = MEANWHILE if self.note else AS_BEFORE
            self.news.say_unread(f"{self.error}\n{meanwhile}", panel.again_button(self.reload))
            return
        self.news.say("\n".join([self.note, *([] if self.is_embedded else self.unread)]).strip(), "plain")

    def chosen(self):
        """Return the interviews that the filters leave."""
        records, days = self.records, self.records["interviewed_on"]
        wanted = self.filters.masks(records)
        wanted += [days >= str(self.first_day.value)] if self.first_day.value else []
        wanted += [days <= str(self.last_day.value)] if self.last_day.value else []
        return records[np.logical_and.reduce(wanted)] if wanted else records

    def refresh(self) -> None:
        """Show what the chosen interviews say, or what is wrong with the choice."""
        wrong = period_problem(self.first_day.value, self.last_day.value)
        was_reversed, self.is_reversed = self.is_reversed, bool(wrong)
        if wrong:
            self.news.say(wrong, "bad")
            return
        if was_reversed:
            self.say_news()
        frame = self.chosen()
        self.is_filtered = len(frame) < len(self.records)
        self.frame = sample_companies(frame, MOST_DRAWN)
        is_sample = len(self.frame) < len(frame)
        text = EXTENT.format(shown=len(self.frame), chosen=len(frame)) if is_sample else ""
        self.extent.value = panel.paragraph(text)
        self.draw()

    def _changed(self, what: str) -> None:
        if what == "interviews":
            self.reload()

"""What the explorers share: whose records are studied, and which of them."""

from datetime import date
from typing import TYPE_CHECKING

import ipywidgets as widgets
import numpy as np

from interview_kit import schema
from interview_kit.clients import Clients
from interview_kit.frame.held import held
from interview_kit.frame.parts import counted_columns, sample_companies
from interview_kit.journal import SAMPLE_DAY, Journal, RecordsError, sample_interviews
from interview_kit.widgets import panel

if TYPE_CHECKING:
    import pandas as pd

ALL = "all"
SAMPLE_NOTICE = (
    "You have no records of your own here yet, so this shows the invented sample. "
    "Write an interview down, and this becomes yours."
)
MEANWHILE = "Until it can be read, what is shown below is the invented sample, not yours."
MOST_DRAWN = 100_000  # interviews; a change of a filter is then drawn at once
CHANGED_ON_DISK = "The file was changed outside this notebook."


def studied_interviews(journal: Journal):
    """Return the interviews to study, the sample where there are none, and a line that says so."""
    frame = held(journal.interviews())
    if not frame.empty:
        return frame, ""
    return sample_interviews(), SAMPLE_NOTICE


def is_only_read(journal: Journal) -> bool:
    """Say whether the records are clients', which are read here and never changed."""
    return isinstance(journal, Clients)


def focus_of(journal: Journal) -> str:
    """Return the behavior that is worked on, none where the records cannot be read."""
    try:
        return journal.focus()
    except RecordsError:
        return ""


def in_order(name: str, values: set[str]) -> list[str]:
    """Return the values of a column as the kit lists them, then others by name."""
    listed = schema.CHOICES.get(name, ())
    return [*(value for value in listed if value in values), *sorted(values.difference(listed))]


def turned_days(first: date | None, last: date | None) -> str:
    """Return what is wrong where the first day comes after the last; empty where nothing is."""
    if first and last and first > last:
        return f"From is {first}, which is after To, {last}. Choose another day."
    return ""


class FilteredPanel(panel.Panel):
    """A panel that studies the interviews of `journal`, or a part of them, and follows each change of the records.

    `records` holds what counts of all interviews, `frame` those that the filters leave; of very many it is a sample of
    companies, as `extent` then says.
    """

    records: "pd.DataFrame"
    frame: "pd.DataFrame"
    note: str
    note_unread = ""
    is_turned = False  # From is after To
    is_filtered = False  # the filters leave a part

    @property
    def as_of(self) -> date | None:
        """The day that counts as today: a day of the sample's own where that is shown."""
        return SAMPLE_DAY if self.note else None

    def __init__(self, journal: Journal):
        panel.checked_journal(journal, type(self).__name__)
        super().__init__()
        self.add_class("ik-wide")
        self.journal = journal
        self.news, self.extent = panel.Message(), widgets.HTML()
        self.filters = {
            "person": widgets.Dropdown(description="Person", options=[ALL]),
            "stage": widgets.Dropdown(description="Stage", options=[ALL]),
            "role": widgets.Dropdown(description="Role", options=[ALL]),
            "format": widgets.Dropdown(description="Format", options=[ALL]),
        }
        self.first_day = widgets.DatePicker(description="From")
        self.last_day = widgets.DatePicker(description="To")
        for control in (*self.filters.values(), self.first_day, self.last_day):
            control.observe(lambda _: self._refresh(), "value")
        journal.subscribe(self._changed)

    def draw(self) -> None:
        """Show what the chosen interviews say."""
        raise NotImplementedError

    def filter_bar(self, *more: widgets.Widget) -> widgets.Box:
        """Return the controls that choose interviews, more beside them, and how many of very many are drawn."""
        row = panel.pair(*self.filters.values(), self.first_day, self.last_day, *more)
        row.add_class("ik-filters")
        return widgets.VBox([row, self.extent])

    def reload(self) -> bool:
        """Read the records again; say what stands in the way where they cannot be read."""
        try:
            whole, note = studied_interviews(self.journal)
            self.records = counted_columns(whole)
        except RecordsError as error:
            again = panel.button("Read it again", self._reread)
            self.news.say_unread(f"{error}\n{MEANWHILE}", again)
            self.records, self.note = counted_columns(sample_interviews()), SAMPLE_NOTICE
            return False
        self.note = f"{note} It is shown as of {SAMPLE_DAY.day} {SAMPLE_DAY:%b %Y}." if note else ""
        self.note_unread = "\n".join(whole.attrs.get("unread", ()))
        self._say_note()
        with self.hold_trait_notifications():
            for name, control in self.filters.items():
                values = in_order(name, set(self.records[name].dropna().unique()) - {""})
                panel.offer(control, [(value, value) for value in (ALL, *values[:500])], ALL)
        panel.set_visible(self.filters["person"], self.has_several)
        return True

    def _say_note(self) -> None:
        """Say that this is the sample, and which files cannot be read."""
        self.news.say("\n".join(filter(None, (self.note, self.note_unread))), "plain")

    @property
    def has_several(self) -> bool:
        """Whether the records are of several people."""
        return len(self.filters["person"].options) > 2

    def chosen(self):
        """Return the interviews that the filters leave."""
        records, days = self.records, self.records["interviewed_on"]
        wanted = [records[name] == control.value for name, control in self.filters.items() if control.value != ALL]
        wanted += [days >= str(self.first_day.value)] if self.first_day.value else []
        wanted += [days <= str(self.last_day.value)] if self.last_day.value else []
        return records[np.logical_and.reduce(wanted)] if wanted else records

    def _refresh(self) -> None:
        wrong = turned_days(self.first_day.value, self.last_day.value)
        was_turned, self.is_turned = self.is_turned, bool(wrong)
        if wrong:
            self.news.say(wrong, "bad")
            return
        if was_turned:
            self._say_note()
        frame = self.chosen()
        self.is_filtered = len(frame) < len(self.records)
        self.frame = sample_companies(frame, MOST_DRAWN) if len(frame) > MOST_DRAWN else frame
        self._say_extent(len(frame))
        self.draw()

    def _say_extent(self, chosen: int) -> None:
        """Say that a sample is shown, where it is."""
        text = (
            f"Shown is a sample: all {len(self.frame):,} interviews at some of the companies, drawn at random from "
            f"{chosen:,}. A filter narrows them down; as a library the kit counts every one."
        )
        self.extent.value = panel.markup("<p>{text}</p>", text=text) if len(self.frame) < chosen else ""

    def _reread(self) -> None:
        if self.reload():
            self._refresh()

    def _changed(self, what: str) -> None:
        if what == "interviews":
            self._reread()

    def on_return(self) -> None:
        """Offer to read the file again where something else has changed it."""
        if self.journal.changed_outside():
            self.news.say(CHANGED_ON_DISK, "plain", panel.button("Show it", self._reread))

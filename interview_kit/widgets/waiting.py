"""The interviews that wait for an answer, each beside what was promised and what one's own records say."""

from collections.abc import Mapping
from datetime import date

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.widgets import panel
from interview_kit.widgets.interview_words import title_of
from interview_kit.widgets.navigation import link
from interview_kit.widgets.section import Section
from interview_kit.widgets.snapshot import Snapshot
from interview_kit.words import near, percent

SOON_DAYS = 5  # of silence; of fewer one's own records say little
FEWEST_FOLLOWED = 8  # of one's own that were answered later; of fewer a range says next to nothing
MOST_SHOWN = 8
TITLE = "Waiting for an answer"


class Waiting(Section):
    """Who still has to answer, the newest first; nothing where nobody does."""

    def __init__(self, page: panel.RecordsPanel):
        super().__init__(page)
        self.list = widgets.VBox()
        self.children = [panel.heading_with_link(TITLE, link("0_home", "Note the answer on Home")), self.list]

    def draw(self) -> None:
        """Show who still has to answer."""
        rows = self.shown.waiting
        self.list.children = panel.shortened(rows, MOST_SHOWN, lambda row: waiting_line(row, self.shown))
        panel.set_visible(self, bool(rows))


def waiting_line(row: Mapping, shown: Snapshot) -> widgets.HTML:
    """Return an interview that waits, how long, what they promised and what one's own records say."""
    known = own_words(shown.chance_of.get(row["id"]))
    template = "<span>{name} <span class='ik-when'>{when}</span></span>"
    template += "<br><span class='ik-known'>{known}</span>" if known else ""
    when = f"{ago(row, shown.day)}{promised_words(row, shown.day)}"
    return panel.words(template, name=title_of(row), when=when, known=known)


def ago(row: Mapping, today: date) -> str:
    """Return how long ago an interview was."""
    if schema.is_missing(row["interviewed_on"]):
        return "no date"
    return near((row["interviewed_on"].date() - today).days)


def promised_words(row: Mapping, today: date) -> str:
    """Return by when they said that they would answer, nothing where they did not."""
    promised = row["answer_by"]
    return "" if schema.is_missing(promised) else f"; they {next_steps.promise_words(promised.date(), today)}"


def own_words(chance: Mapping | None) -> str:
    """Return what one's own records say of a silence as long, a row of `pending_chances`; else nothing."""
    if chance is None or schema.is_missing(chance["chance"]) or chance["days_silent"] < SOON_DAYS:
        return ""
    if chance["followed"] < FEWEST_FOLLOWED:
        return ""
    low, high = percent(chance["ci_low"]), percent(chance["ci_high"])
    return f"after so long, {low} to {high} of yours still got a call"

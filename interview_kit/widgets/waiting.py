"""The interviews that wait for an answer, each beside what was promised and what one's own records say."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import ipywidgets as widgets

from interview_kit import next_steps, schema, trends
from interview_kit.widgets import panel
from interview_kit.widgets.interview_words import title_of
from interview_kit.widgets.markup import markup
from interview_kit.widgets.navigation import link
from interview_kit.widgets.panel import classed, set_visible
from interview_kit.widgets.shown import Shown
from interview_kit.words import near, percent

if TYPE_CHECKING:
    import pandas as pd

SOON_DAYS = 5  # of silence; of fewer one's own records say little
MOST_SHOWN = 8
NOTE_IT = "Note the answer on Home"


class Waiting(widgets.VBox):
    """Who still has to answer, the newest first; nothing where nobody does."""

    def __init__(self):
        self.list = widgets.VBox()
        head = classed(widgets.HTML(f"<h3>Waiting for an answer</h3>{link('0_home', NOTE_IT)}"), "ik-home-head")
        super().__init__([head, self.list])
        self.add_class("ik-section")

    def draw(self, shown: Shown) -> None:
        """Show who still has to answer by the records as they are now."""
        interviews = shown.records.interviews()
        chances = trends.pending_chances(interviews, as_of=shown.day)
        known = {row["id"]: row for row in chances.to_dict("records")}
        rows = waiting_interviews(interviews, shown.day).to_dict("records")
        lines = [widgets.HTML(waiting_markup(row, known.get(row["id"]), shown.day)) for row in rows[:MOST_SHOWN]]
        more = [panel.words("<p>and {more} more</p>", more=len(rows) - MOST_SHOWN)] if len(rows) > MOST_SHOWN else []
        self.list.children = [*lines, *more]
        set_visible(self, bool(rows))


def waiting_interviews(interviews: "pd.DataFrame", today: date) -> "pd.DataFrame":
    """Return the interviews without an answer, the newest first; applications and days to come wait for none yet."""
    is_open = (interviews["outcome"] == "pending") & (interviews["stage"] != "applied")
    is_past = ~(interviews["interviewed_on"] > str(today))
    return interviews[is_open & is_past].sort_values(
        "interviewed_on", ascending=False, na_position="last", kind="stable"
    )


def waiting_markup(row: Mapping, chance: Mapping | None, today: date) -> str:
    """Return an interview that waits, how long, what they promised and what one's own records say, as HTML."""
    known = own_words(chance)
    template = "<span>{name} <span class='ik-when'>{when}</span></span>"
    template += "<br><span class='ik-known'>{known}</span>" if known else ""
    return markup(template, name=title_of(row), when=f"{ago(row, today)}{promised_words(row, today)}", known=known)


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
    low, high = percent(chance["ci_low"]), percent(chance["ci_high"])
    return f"after so long, {low} to {high} of yours still call"

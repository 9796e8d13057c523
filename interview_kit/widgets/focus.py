"""The one behavior that is worked on: how it went before and since, and whether callbacks go with it."""

from collections.abc import Callable

import ipywidgets as widgets

from interview_kit import next_steps, schema, studies
from interview_kit.journal import Journal
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.panel import set_visible
from interview_kit.widgets.shown import Shown
from interview_kit.words import percent, span

HELD = 5  # interviews in a row, after which the next one may be chosen
NO_FOCUS = "Nothing is chosen. Open Patterns, look at one behavior, and press “Work on this one next”."
COLUMNS = ("When", "Interviews", "Did it", "Rate", "Plausible range")


class Focus(widgets.VBox):
    """The behavior that the next debrief asks about first."""

    def __init__(self, journal: Journal, read_again: Callable[[], object]):
        self.journal, self.message = journal, Changes(journal, read_again)
        self.answer, self.table, self.question = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.finish_button = panel.button("Finish it", self.finish)
        title = panel.heading("The one thing", "The next debrief asks about it first.")
        super().__init__([title, self.answer, self.table, self.question, panel.bar(self.finish_button), self.message])
        self.add_class("ik-section")

    def draw(self, shown: Shown) -> None:
        """Show how the behavior goes by the records as they are now."""
        self.message.refusal = shown.refusal
        focus, frame = shown.records.focus(), shown.records.interviews()
        self.chosen = focus
        known = focus in frame or focus in set(frame["focus"])
        table = next_steps.focus_progress(frame, focus, as_of=shown.day) if focus and known else None
        streak = next_steps.focus_streak(frame, focus, as_of=shown.day) if table is not None else 0
        text = NO_FOCUS if not focus else f"{schema.label(focus)}: not noted in an interview yet."
        text = text if table is None else table.attrs["sentence"]
        more = f"It has held for {streak} interviews in a row. Time to finish it, and choose the next one?"
        template = '<p class="ik-answer">{text}</p><p>{more}</p>' if streak >= HELD else "<p>{text}</p>"
        self.answer.value = panel.markup(template, text=text, more=more)
        rows = [] if table is None else [row_words(row) for row in table.to_dict("records")]
        self.table.value = panel.html_table(COLUMNS, rows) if rows else ""
        asked = studies.question(frame, focus, shown.records.focus_since(), shown.day)
        self.question.value = panel.markup("<p>{text}</p>", text=asked) if asked else ""
        set_visible(self.finish_button, streak >= HELD)

    def finish(self) -> None:
        """Let the behavior go that was worked on."""
        focus, since = self.chosen, self.journal.focus_since()
        text = f"Finished: {schema.label(focus).lower()}. Well done. Choose the next one in Patterns."
        back = lambda: self.journal.choose_focus(focus, since=since)  # noqa: E731
        self.message.do(lambda: self.journal.choose_focus(""), text, back=back)


def row_words(row: dict) -> tuple:
    """Return how the focus went before or since, in words."""
    limits = span(percent(row["ci_low"]), percent(row["ci_high"]))
    return row["period"], row["n"], row["done"], percent(row["rate"]), limits

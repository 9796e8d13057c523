"""The one behavior that is worked on: how it went before and since, and whether callbacks go with it."""

from operator import itemgetter

import ipywidgets as widgets

from interview_kit import next_steps, schema, studies
from interview_kit.widgets import panel
from interview_kit.widgets.section import Section

HELD = 5  # interviews in a row, after which the next one may be chosen
NO_FOCUS = "Nothing is chosen. Open Patterns, look at one behavior, and press “Work on this one next”."
HAS_HELD = "It has held for {streak} interviews in a row. Time to finish it, and choose the next one?"
CELLS = {"When": itemgetter("period"), "Interviews": studies.count("n"), "Did it": studies.count("done")} | studies.RATE


class Focus(Section):
    """The behavior that the next debrief asks about first."""

    def __init__(self, page: panel.RecordsPanel):
        super().__init__(page)
        self.answer, self.table, self.question = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.finish_button = panel.button("Finish it", self.finish)
        title = panel.heading("The one thing to work on", "The next debrief asks about it first.")
        self.children = [title, self.answer, self.table, self.question, panel.bar(self.finish_button), self.message]

    def draw(self) -> None:
        """Show how the behavior goes."""
        records, today = self.shown.records, self.shown.day
        self.chosen = focus = records.focus()
        frame, since = self.shown.studied, records.focus_since()
        text, table = next_steps.focus_so_far(frame, focus, since=since, as_of=today) if focus else (NO_FOCUS, None)
        streak = next_steps.focus_streak(frame, focus, since=since, as_of=today) if table is not None else 0
        more, look = (HAS_HELD.format(streak=streak), "ik-answer") if streak >= HELD else ("", "")
        self.answer.value = panel.paragraph(text, look) + panel.paragraph(more)
        rows = [] if table is None else table.to_dict("records")
        self.table.value = panel.html_table(*studies.Rows.of(CELLS, rows)) if rows else ""
        self.question.value = panel.paragraph(studies.question(frame, focus, since, today))
        panel.set_visible(self.finish_button, streak >= HELD)

    def finish(self) -> None:
        """Let the behavior go that was worked on."""
        focus, since = self.chosen, self.journal.focus_since()
        text = f"Finished: {schema.label(focus).lower()}. Well done. Choose the next one in Patterns."
        back = lambda: self.journal.choose_focus(focus, since=since)  # noqa: E731
        self.message.do(lambda: self.journal.choose_focus(""), text, back=back)

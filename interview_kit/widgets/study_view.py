"""A study on screen: its answer in a sentence, its picture, its remarks, and its table to unfold."""

from collections.abc import Callable

import ipywidgets as widgets

from interview_kit.studies import Study, without_sentence
from interview_kit.widgets import panel
from interview_kit.widgets.picture import Picture


class StudyView:
    """What is shown of a study; where there is not enough to draw, its table stands `in_full` in the picture's place.

    `clicked` is called with the trace and the point that someone clicks in the picture.
    """

    def __init__(self, clicked: Callable | None = None):
        self.answer, self.in_full, self.remarks, self.table = (widgets.HTML() for _ in range(4))
        self.picture, self.folded = Picture(clicked), panel.folded("The numbers as a table", self.table)
        self.study: Study | None = None

    def parts(self) -> tuple[widgets.DOMWidget, ...]:
        """Return what is shown, in order."""
        return self.answer, self.in_full, self.picture, self.remarks, self.folded

    def show(self, study: Study, *, dark: bool) -> None:
        """Show a study."""
        self.study = study
        self.answer.value = panel.paragraph(study.sentence, "ik-answer")
        numbers = panel.html_table(study.columns, study.rows) if study.rows or study.plot else ""
        numbers = panel.paragraph(study.note) + numbers
        drawn = study.plot is not None
        for part in (self.picture, self.folded):
            panel.set_visible(part, drawn)
        panel.set_visible(self.in_full, not drawn)
        last = None if drawn else 1
        self.table.value = numbers if drawn else ""
        self.in_full.value = "" if drawn else numbers + panel.paragraphs(study.remarks[1:])
        self.remarks.value = panel.paragraphs(study.remarks[:last])
        self.draw(dark=dark)

    def draw(self, *, dark: bool) -> None:
        """Draw the picture in the colors of the page."""
        if self.study and self.study.plot:
            self.picture.show(self.study.plot, without_sentence(self.study.table), dark=dark)

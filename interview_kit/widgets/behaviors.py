"""The part of the form about behavior: a grid of questions, and a behavior in one's own words."""

from collections.abc import Callable, Iterable

import ipywidgets as widgets

from interview_kit import schema
from interview_kit.widgets import panel
from interview_kit.widgets.answers import Answer, AnswersGrid
from interview_kit.widgets.fields import Field
from interview_kit.widgets.interview_words import focus_words


def is_behavior(name: str) -> bool:
    """Say whether a column holds a behavior or a rating."""
    return name.startswith(("did_", "rated_"))


class Behaviors(panel.Stack):
    """The behaviors among the `fields` of a form, the one that is worked on first, and a way to add another.

    `watch` is called at each change of an answer, and of what is typed in `own`.
    """

    def __init__(self, fields: dict[str, Field | Answer], watch: Callable[[], None]):
        self.fields, self.watch, self.asked = fields, watch, ""
        self.grid, self.errors = AnswersGrid(), widgets.VBox()
        placeholder = "such as: smiled, took notes; then Enter"
        self.own = widgets.Text(description="Something else you did", placeholder=placeholder)
        panel.on_change(watch, self.own)
        panel.on_enter(self.add_own, self.own)
        self.own_button = panel.button("Add it", self.add_own)
        self.own_button.tabbable = False  # Enter adds it, so that the way to Save is shorter
        self.own_error = panel.classed(widgets.Label(""), "ik-error")
        own = panel.box(self.own, self.own_button, look="ik-own")
        super().__init__(self.grid, self.errors, own, self.own_error, look="ik-column")

    def know(self, names: Iterable[str]) -> None:
        """Ask about the behaviors among some columns, too."""
        for name in names:
            if is_behavior(name) and name not in self.fields:
                self.fields[name] = Answer(schema.INTERVIEWS.column(name), self.grid)
                self.fields[name].watch(self.watch)
        answers = [field for field in self.fields.values() if isinstance(field, Answer)]
        words = focus_words(self.asked) if self.asked else ""
        self.grid.show([field.column for field in answers], first=self.asked, words=words)
        self.errors.children = [field.error for field in answers]

    def ask_first(self, focus: str) -> None:
        """Ask first about the behavior that is worked on, in the words of the choice; about none for ""."""
        self.asked = focus
        self.know([focus])

    def add_own(self) -> bool:
        """Add a behavior in the user's own words, which becomes a column when the form is saved; say whether it could.

        Nothing is added where nothing is typed.
        """
        self.own_error.value = ""
        if not self.own.value.strip():
            return True
        try:
            name = schema.behavior_name(self.own.value)
        except ValueError as error:
            self.own_error.value = str(error)
            return False
        self.know([name])
        self.fields[name].value = True
        self.own.value = ""
        return True

"""One field of a form: a control for a column's kind, with its error beside it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import ipywidgets as widgets

from interview_kit import schema
from interview_kit.widgets import panel

LONG_TEXTS = frozenset(
    [
        *("documents_given", "issues", "answer_better", "still_needed", "went_well", "notes"),
        *("question", "better_answer", "note", "situation", "task", "action", "result"),
    ]
)
NOT_NOTED = "not noted"
NONE, GONE = "none", "one that is gone"  # of a choice among the records of another table
Control = widgets.Text | widgets.Textarea | widgets.Dropdown | widgets.DatePicker | widgets.TimePicker
TYPED_KINDS = ("yes/no", "rating", "chance", "date", "time")  # whose values are no text
CHOICE_KINDS = (*schema.CHOICES, "focus", "id")


class Field(panel.Stack):
    """A control with its label above and its error below; `value` is None where nothing was noted."""

    def __init__(self, column: schema.Column, *, options=()):
        self.column = column
        self.control = make_control(column, options)
        self.error = panel.classed(widgets.Label(""), "ik-error")
        super().__init__(self.control, self.error, look=f"ik-field ik-column-{column.name.replace(' ', '-')}")

    @property
    def value(self):
        """What the control holds: text, bool, int, date or time; None for nothing."""
        value = self.control.value
        return None if value == "" else value

    @value.setter
    def value(self, value) -> None:
        self.control.value = self._fitting(as_typed(self.column.kind, value))

    def _fitting(self, value):
        """Return a record's value as the control takes it; an option that is not offered yet is added."""
        if isinstance(self.control, (widgets.DatePicker, widgets.TimePicker)):
            return value
        if isinstance(self.control, widgets.Dropdown):
            value = "" if value is None else value
            if value not in [option for _, option in self.control.options]:
                self.control.options = (*self.control.options, (self._words_of(value), value))
            return value
        return "" if value is None else str(value)

    def _words_of(self, value) -> str:
        """Return the words for an option that is not among those offered."""
        if self.column.kind == "id":
            return GONE
        return schema.label(value) if self.column.kind == "focus" else str(value)

    @property
    def words(self) -> str:
        """What the control shows, as plain text; empty for nothing."""
        if self.value is None:
            return ""
        is_choice = self.column.kind == "id" and isinstance(self.control, widgets.Dropdown)
        return str(self.control.label) if is_choice else schema.plain_text(self.value)

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer these choices of another table's records, as words and id; what is chosen stays so."""
        if not isinstance(self.control, widgets.Dropdown):
            raise TypeError(f"{self.column.name} is not chosen from a list")
        chosen = self.control.value
        self.control.options = [(NONE, ""), *options]
        self.control.value = self._fitting(chosen)

    def refuse(self, problem: str) -> None:
        """Say what is wrong, beside the field; nothing clears it."""
        self.error.value = problem

    def watch(self, action: Callable[[], None]) -> None:
        """Call `action` at each change of the value."""
        panel.on_change(action, self.control)


def as_typed(kind: str, value: object) -> Any:
    """Return a value of a frame, or the text that a draft holds for it, as a form has it; None for nothing."""
    if schema.is_missing(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    return schema.parse(kind, value) if isinstance(value, str) and kind in TYPED_KINDS else value


def make_control(column: schema.Column, options) -> Control:
    """Return the control for a column's kind."""
    label = column.label or column.name
    if column.kind in ("chance", *CHOICE_KINDS):
        return choices(column, label, options)
    if column.kind == "date":
        return widgets.DatePicker(description=label)
    if column.kind == "time":
        return widgets.TimePicker(description=label, step=60)
    shown = {"description": label, "placeholder": column.prompt}
    if column.name in LONG_TEXTS:
        return widgets.Textarea(**shown, rows=2)
    return widgets.Combobox(**shown, options=list(options)) if options else widgets.Text(**shown)


def choices(column: schema.Column, label: str, options) -> widgets.Dropdown:
    """Return a choice of one, nothing chosen at first."""
    if column.kind == "chance":
        options = [(f"{guess} in 100", float(guess)) for guess in range(0, 101, 5)]
        label = column.prompt
    options = options or [(choice, choice) for choice in schema.CHOICES.get(column.kind, ())]
    nothing = NONE if column.kind == "id" else NOT_NOTED
    return widgets.Dropdown(description=label, options=[(nothing, ""), *options], value="")

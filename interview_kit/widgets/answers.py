"""The questions about behavior with their few answers, all in one grid."""

from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

from interview_kit import schema
from interview_kit.widgets import panel
from interview_kit.widgets.fields import as_typed


class AnswersGrid(anywidget.AnyWidget):
    """A line for each question with its answers to tap, and one stop of the Tab key for all of them.

    `rows` holds what is asked, in order: `name`, `label`, `prompt`, `kind` and whether it is `asked` about first;
    `values` the answers by name, None or nothing where none is given.
    """

    _esm = panel.HERE / "answers.js"
    label = traitlets.Unicode("How you behaved").tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)

    def show(self, columns: Sequence[schema.Column], *, first: str = "", words: str = "") -> None:
        """Ask about these columns, about one of them first and in other words."""
        ordered = sorted(columns, key=lambda column: column.name != first)
        rows = [row_of(column, words if column.name == first else "") for column in ordered]
        if rows != self.rows:
            self.rows = rows


def row_of(column: schema.Column, words: str) -> dict:
    """Return how the grid asks about a column, in its own words or in others."""
    label = words or column.label or column.name
    return {
        "name": column.name,
        "label": label,
        "prompt": column.prompt,
        "kind": column.kind,
        "asked": bool(words),
    }


class Answer:
    """The answer to one question of a grid; it is read and written like a `Field`."""

    def __init__(self, column: schema.Column, grid: AnswersGrid):
        self.column, self.grid = column, grid
        self.error = panel.classed(widgets.Label(""), "ik-error")

    @property
    def value(self) -> Any:
        """The answer, True or False or a whole number, None for none."""
        return self.grid.values.get(self.column.name)

    @value.setter
    def value(self, value) -> None:
        given = as_typed(self.column.kind, value)
        if given is not None:
            given = int(given) if self.column.kind == "rating" else bool(given)
        if given != self.value or type(given) is not type(self.value):
            self.grid.values = {**self.grid.values, self.column.name: given}

    def refuse(self, problem: str) -> None:
        """Say what is wrong with it, below the grid; nothing clears it."""
        self.error.value = f"{self.column.label or self.column.name}: {problem}" if problem else ""

    def watch(self, action: Callable[[], None]) -> None:
        """Call `action` at each change of the answer."""

        def changed(change: dict) -> None:
            name = self.column.name
            if change["new"].get(name) != change["old"].get(name):
                action()

        self.grid.observe(changed, "values")

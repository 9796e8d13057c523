"""The controls that narrow interviews down by what some columns hold."""

from collections.abc import Callable, Iterable

import ipywidgets as widgets
import pandas as pd

from interview_kit import schema
from interview_kit.widgets import panel

ALL = "all"
MOST_OFFERED = 500


class Filters(dict[str, widgets.Dropdown]):
    """A dropdown for each of some columns, in which `ALL` leaves everything; `changed` is called at each change."""

    def __init__(self, names: Iterable[str], changed: Callable[[], object]):
        super().__init__({name: widgets.Dropdown(description=schema.label(name), options=[ALL]) for name in names})
        panel.on_change(changed, *self.values())

    def offer(self, frame: pd.DataFrame, *names: str) -> None:
        """Offer what these columns hold, all for none; that for the person is there where there are several."""
        for name in names or self:
            values = in_listed_order(name, set(frame[name].dropna().unique()) - {""})
            panel.offer(self[name], [(value, value) for value in (ALL, *values[:MOST_OFFERED])], ALL)
        panel.set_visible(self["person"], self.has_several)

    @property
    def has_several(self) -> bool:
        """Whether the interviews are of several people."""
        return len(self["person"].options) > 2

    def masks(self, frame: pd.DataFrame) -> list[pd.Series]:
        """Return a mask of the interviews that fit for each control that leaves a part."""
        return [frame[name] == control.value for name, control in self.items() if control.value != ALL]


def in_listed_order(name: str, values: set[str]) -> list[str]:
    """Return the values of a column as the kit lists them, then others by name."""
    listed = schema.CHOICES.get(name, ())
    others = values.difference(listed)
    return [*(value for value in listed if value in values), *sorted(others, key=str.casefold)]

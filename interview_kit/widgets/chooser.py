"""A choice of one, or of nothing, that stays when its options change."""

from collections.abc import Callable, Iterable

import ipywidgets as widgets

from interview_kit.widgets import panel


class Chooser(widgets.Dropdown):
    """A choice whose first option, `nothing`, has the value ""; `changed` is called whenever the choice is another."""

    def __init__(self, label: str, nothing: str, changed: Callable[[], object]):
        self.nothing, self.changed, self.is_offering = (nothing, ""), changed, False
        super().__init__(description=label, options=[self.nothing])
        self.observe(lambda _: self.is_offering or self.changed(), "value")

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer words with their values; what is chosen stays so where it is among them, else nothing is."""
        before, self.is_offering = self.value, True
        try:
            panel.offer(self, [self.nothing, *options])
        finally:
            self.is_offering = False
        if self.value != before:
            self.changed()

    def offer_names(self, names: Iterable[str]) -> None:
        """Offer names, in their order."""
        self.offer((name, name) for name in sorted(names, key=str.casefold))

"""What a test sees of a panel, and how it presses its buttons."""

from collections.abc import Iterator

import ipywidgets

HOSTILE = "<script>bad()</script>$\\href{x}{y}$"  # which a page must show as it is


def all_widgets(widget) -> Iterator[ipywidgets.Widget]:
    """Yield a widget, and all that are shown in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from all_widgets(child)


def words_on(widget) -> str:
    """Return the HTML of everything in a widget."""
    return " ".join(found.value for found in all_widgets(widget) if isinstance(found, ipywidgets.HTML))


def buttons(widget, text: str) -> list[ipywidgets.Button]:
    """Return the buttons with these words."""
    return [one for one in all_widgets(widget) if isinstance(one, ipywidgets.Button) and one.description == text]


def click(widget, text: str) -> None:
    """Press the only button with these words."""
    (button,) = buttons(widget, text)
    button.click()

"""What every panel is made of: its frame, its words and its messages."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anywidget
import ipywidgets as widgets
from IPython import get_ipython
from IPython.display import HTML, display

from interview_kit.clients import Clients
from interview_kit.journal import Journal
from interview_kit.widgets.markup import markup
from interview_kit.widgets.navigation import navigation

HERE = Path(__file__).parent
DISCONNECTED = (
    "This form is asleep: the kernel behind it has stopped, and Save does nothing. What you typed is kept. "
    "Choose Run, then Run All Cells, to go on."
)
CHANGED_ON_DISK = "The file was changed outside this notebook."
Styled = TypeVar("Styled", bound=widgets.DOMWidget)
AT_ONCE_BYTES = 8_000_000  # of interviews, which are opened in less than a second


class Guard(anywidget.AnyWidget):
    """Carries the stylesheet, keeps shortcuts out of a panel and the keyboard in it, and says when it is seen again."""

    _esm = HERE / "guard.js"
    _css = HERE / "style.css"


class Panel(widgets.VBox):
    """A column of widgets that looks like the others, and whose saved output holds nothing that was typed.

    `notebook` is the one that it is the main thing of, where there is one.
    """

    notebook = ""

    def __init__(self):
        self.guard = Guard()
        self.guard.on_msg(self._hear)
        self.dark = self.is_embedded = False
        self.always = [self.guard, asleep_banner(), *([navigation(self.notebook)] if self.notebook else [])]
        super().__init__(self.always)
        self.add_class("ik-panel")

    def show(self, *children) -> None:
        """Show these widgets, in this order."""
        self.children = (*self.always, *children)

    def embed(self) -> None:
        """Leave the line of all notebooks to the panel that this one is shown in."""
        shown = self.children[len(self.always) :]
        self.always, self.is_embedded = [self.guard], True
        self.show(*shown)

    def focus_field(self, where: str) -> None:
        """Put the keyboard into the first field of what a CSS selector names, as soon as that is shown."""
        self.guard.send({"kind": "come to", "where": where})

    def focus_message(self, message: "Message") -> None:
        """Bring a message into view with all that belongs to it, and put the keyboard there."""
        name = f"ik-at-{message.model_id}"
        message.add_class(name)
        self.guard.send({"kind": "come to message", "where": f".{name}"})

    def on_shown(self) -> None:
        """Do what was put off until the page shows the panel."""

    def when_left(self, where: str) -> None:
        """Call `on_left` once nobody types, or searches, in what a CSS selector names."""
        self.guard.send({"kind": "when left", "where": where})

    def on_left(self) -> None:
        """Draw again what would have disturbed the one who was there."""

    def on_return(self) -> None:
        """Do what is due when someone comes back to the window; panels that show a file look whether it changed."""

    def theme_changed(self) -> None:
        """Draw again what does not follow the page's colors by itself."""

    def _hear(self, _widget, content: dict, _buffers) -> None:
        if content.get("kind") == "look" and not self.is_embedded:  # else the panel around it looks
            self.on_return()
        if content.get("kind") == "flush":  # what was typed before it has arrived by now
            self.guard.send({"kind": "flushed", "id": content.get("id")})
        if content.get("kind") == "left":
            self.on_left()
        if content.get("kind") == "theme":  # which comes as soon as the page shows the panel
            was_dark, self.dark = self.dark, bool(content.get("dark"))
            if was_dark != self.dark:
                self.theme_changed()
            self.on_shown()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def _repr_mimebundle_(self, **options) -> dict:
        bundle = super()._repr_mimebundle_(**options) or {}
        return {**bundle, "text/plain": repr(self)}


class RecordsPanel(Panel):
    """A panel of the records of `journal`, which it reads again with each change of them."""

    look = "ik-wide"
    writes = False  # in one's own records, which clients' are not
    is_read = False  # whether the records could be read

    def __init__(self, journal: Any):
        check_journal(journal, type(self).__name__, writes=self.writes)
        super().__init__()
        classed(self, self.look)
        self.journal = journal
        journal.subscribe(self._changed)

    def begin(self) -> None:
        """Read the records for the first time, and say so where that takes a while."""
        with show_loading(self.journal):
            self.reload()

    def reload(self) -> object:
        """Read the records again and show them."""
        raise NotImplementedError

    def say_news(self) -> None:
        """Say what is to be said of the files that were read, but nothing that a panel around this one says."""

    def embed(self) -> None:
        """Leave what is said of all files to the panel that this one is shown in."""
        super().embed()
        if self.is_read:
            self.say_news()

    def on_return(self) -> None:
        """Show what something else has changed."""
        if self.journal.changed_outside():
            self.reload()

    def _changed(self, what: str) -> None:
        self.reload()


class Stack(widgets.VBox):
    """Widgets below each other; `look` is what the stylesheet knows them by, one name or several."""

    def __init__(self, *children: widgets.Widget, look: str = ""):
        super().__init__(children)
        classed(self, look)


def classed(widget: Styled, look: str) -> Styled:
    """Return a widget that the stylesheet knows by these names."""
    for name in look.split():
        widget.add_class(name)
    return widget


def words(template: str, **values: object) -> widgets.HTML:
    """Return a widget that shows a template of ours with anyone's words in it."""
    return widgets.HTML(markup(template, **values))


def paragraph(text: object, look: str = "") -> str:
    """Return anyone's words as a paragraph of HTML; nothing for none."""
    template = '<p class="{look}">{text}</p>' if look else "<p>{text}</p>"
    return markup(template, text=text, look=look) if text else ""


def paragraphs(lines: Iterable[object]) -> str:
    """Return anyone's lines as paragraphs of HTML."""
    return "".join(map(paragraph, lines))


def line(text: object, look: str = "") -> widgets.HTML:
    """Return a widget that shows anyone's words as a paragraph."""
    return widgets.HTML(paragraph(text, look))


def heading(text: str, below: str = "", level: int = 3) -> widgets.HTML:
    """Return a heading with a line below it."""
    return words(f"<h{level}>{{text}}</h{level}>" + ("<p>{below}</p>" if below else ""), text=text, below=below)


def asleep_banner() -> widgets.HTML:
    """Return the banner that only a panel without its kernel shows."""
    return classed(words('<div class="ik-message" role="alert">{text}</div>', text=DISCONNECTED), "ik-dead")


def file_link(path: Path, text: str, *, download: bool = False) -> str:
    """Return HTML that opens or downloads a file, which the browser makes work where the server can show it."""
    how = 'download="{name}"' if download else 'target="_blank" rel="noopener"'
    return markup(
        f'<a class="ik-file" {how} data-path="{{path}}" data-home="{{home}}">{{text}}</a>',
        name=path.name,
        path=path.absolute().as_posix(),
        home=Path.home().as_posix(),
        text=text,
    )


def download_link(path: Path) -> str:
    """Return HTML that downloads a file, for what is made to be handed on or taken along."""
    return file_link(path, f"Download {path.name}", download=True)


def heading_with_link(title: str, way: str) -> widgets.HTML:
    """Return a heading with the HTML of a way on beside it."""
    return classed(widgets.HTML(markup("<h3>{title}</h3>", title=title) + way), "ik-home-head")


def section(title: str, *children: widgets.Widget, below: str = "") -> Stack:
    """Return a group of related things under a heading."""
    return Stack(heading(title, below), *children, look="ik-section")


def box(*children: widgets.Widget, look: str) -> widgets.Box:
    """Return widgets beside each other, as the stylesheet lays them out."""
    return classed(widgets.Box(children), look)


def pair(*children: widgets.Widget) -> widgets.Box:
    """Return widgets side by side where there is room, below each other where there is not."""
    return box(*children, look="ik-pair")


def bar(*children: widgets.Widget) -> widgets.Box:
    """Return widgets in a row that wraps."""
    return box(*children, look="ik-bar")


def folded(title: str, *children: widgets.Widget) -> widgets.Accordion:
    """Return widgets that are shown when their title is clicked."""
    return classed(widgets.Accordion([Stack(*children)], titles=(title,), selected_index=None), "ik-folded")


def shortened(rows: list[dict], most: int, show: Callable[[dict], widgets.Widget]) -> list[widgets.Widget]:
    """Return the widgets that show the first rows, and how many more there are."""
    more = len(rows) - most
    return [*map(show, rows[:most]), *([line(f"and {more} more")] if more > 0 else [])]


def html_table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table as HTML, each cell made safe; each knows its column, which stands beside it on a phone."""
    names = list(columns)
    head = "".join(markup('<th scope="col">{text}</th>', text=name) for name in names)
    cell = '<td data-name="{name}">{text}</td>'
    lines = (zip(names, row, strict=True) for row in rows)
    body = "".join(f"<tr>{''.join(markup(cell, name=name, text=text) for name, text in line)}</tr>" for line in lines)
    return f'<table class="ik-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def button(text: str, action: Callable[[], object], *, look: str = "", tooltip: str = "") -> widgets.Button:
    """Return a button; `look` is "primary" for the one that a screen is for, or "quiet"."""
    made = classed(widgets.Button(description=text, tooltip=tooltip), look and f"ik-{look}")
    made.on_click(lambda _: action())
    return made


def again_button(read_again: Callable[[], object]) -> widgets.Button:
    """Return the button that reads a file again which was refused, or which changed in the meantime."""
    return button("Read it again", read_again)


def on_change(action: Callable[[], object], *controls: widgets.Widget) -> None:
    """Call an action whenever the value of a control changes."""
    for control in controls:
        control.observe(lambda _: action(), "value")


def on_enter(action: Callable[[], object], *controls: widgets.Widget) -> None:
    """Call an action whenever Enter is pressed in a control."""
    for control in controls:
        control.on_msg(lambda _widget, content, _buffers: action() if content.get("event") == "submit" else None)


def is_typed_in(widget: widgets.Widget) -> bool:
    """Say whether a field that is shown in a widget holds a text, a day or a time."""
    if isinstance(widget, (widgets.Text, widgets.Textarea, widgets.DatePicker, widgets.TimePicker)):
        return widget.value not in (None, "")
    return any(map(is_typed_in, getattr(widget, "children", ())))


def set_visible(widget: widgets.DOMWidget, is_shown: bool) -> None:
    """Show a widget or take it off the screen."""
    widget.layout.display = "" if is_shown else "none"


@contextmanager
def show_loading(journal: Journal) -> Generator[None]:
    """Show that a panel is being opened, above it, where there are so many interviews that this takes a while."""
    if not are_very_many(journal) or get_ipython() is None:
        yield
        return
    line = f"Opening {journal.interviews_size / 1e6:,.0f} MB of interviews takes a few seconds"
    shown = display(HTML(markup('<p role="status">{line} <progress></progress></p>', line=line)), display_id=True)
    try:
        yield
    finally:
        shown.update(HTML(""))


def check_journal(journal: object, name: str, *, writes: bool = False) -> None:
    """Raise `TypeError` that says what a panel takes, where it was given something else.

    One that `writes` does so in one's own records, and takes no clients'.
    """
    if writes and isinstance(journal, Clients):
        instead = f"of clients ik.ClientsPanel({str(journal.folder)!r}) shows all, and every panel for one"
        raise TypeError(f"{name} is for your own records, in which it writes; {instead}")
    if hasattr(journal, "subscribe"):
        return
    given, own, clients = type(journal).__name__, f"ik.{name}(ik.Journal())", f'ik.{name}(ik.Clients("data/clients"))'
    if writes:
        raise TypeError(f"{name} takes a Journal, not a {given}: {own}")
    raise TypeError(f"{name} takes a Journal, or the Clients of a folder, not a {given}: {own}, {clients}")


def is_only_read(journal: Journal) -> bool:
    """Say whether the records are clients', which are read here and never changed."""
    return isinstance(journal, Clients)


def are_very_many(journal: Journal) -> bool:
    """Say whether there are so many interviews that reading or saving them takes a while."""
    return journal.interviews_size >= AT_ONCE_BYTES


def offer(control: widgets.Dropdown, options: Iterable[tuple[str, str]], otherwise: str | None = "") -> None:
    """Offer labels with their values; what is chosen stays so where it is among them, and else is `otherwise`.

    A list that is on screen already stays there untouched.
    """
    offered = tuple(options)
    if offered != tuple(control.options):
        kept = control.value if control.value in [value for _, value in offered] else otherwise
        control.options, control.value = offered, kept


class Message(Stack):
    """A line that says what happened, read aloud by screen readers, with buttons for what to do about it."""

    def __init__(self):
        self.line = widgets.HTML()
        self.buttons = bar()
        self.text = ""
        super().__init__(self.line, self.buttons, look="ik-message-box")

    def say(self, text: str, mood: str = "good", *buttons: widgets.Widget) -> None:
        """Show a text; the mood is "good", "bad" or "plain"."""
        self.text = text
        role = "alert" if mood == "bad" else "status"
        line = f'<div class="ik-message ik-{mood}" role="{role}">{{text}}</div>'
        self.line.value = markup(line, text=text) if text else ""
        self.buttons.children = buttons

    def say_changed(self, show: Callable[[], object]) -> None:
        """Say that the files are others by now, with a button that shows them."""
        self.say(CHANGED_ON_DISK, "plain", button("Show it", show))

    def say_unread(self, why: object, *buttons: widgets.Widget, records: str = "file") -> None:
        """Say why a file, a "folder" or all "records" cannot be read, with what can be done about it."""
        it = "them was" if records == "records" else "it was"
        self.say(f"The {records} cannot be read. Nothing in {it} changed.\n{why}", "bad", *buttons)

    def clear(self) -> None:
        """Show nothing."""
        self.say("")

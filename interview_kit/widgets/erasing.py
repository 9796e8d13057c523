"""All records gone for good: first what would go, then a word to type, then a button."""

from collections.abc import Callable

import ipywidgets as widgets

from interview_kit.journal import wording
from interview_kit.widgets import panel
from interview_kit.widgets.records_part import RecordsPart

ERASE = "erase"
BESIDE = ("backups", "drafts", "settings", "exports", "templates")  # what goes beside the records
ERASING = "All that the kit keeps in this folder, for good. You see first what would go."


class Erasing(RecordsPart):
    """All of it gone for good: first what would go, then a word to type, then a button."""

    title, below = "Erase everything", ERASING

    def __init__(self, page: panel.RecordsPanel, read_again: Callable[[], object]):
        super().__init__(page, read_again)
        self.begin = panel.button("Erase everything …", self.ask)
        self.listed = widgets.HTML()
        self.templates = widgets.Checkbox(description="My own templates too", indent=False)
        panel.on_change(self._list, self.templates)
        self.word = widgets.Text(description=f"Type {ERASE} if you mean it")
        panel.on_change(self._typed, self.word)
        self.erase_button = panel.button("Erase it for good", self.erase)
        leave = panel.button("Leave it", self.refresh, look="quiet")
        asked = (self.listed, self.templates, self.word, panel.bar(self.erase_button, leave))
        self.question, self.drawer = panel.Stack(*asked, look="ik-card"), panel.Stack(look="ik-drawer")
        self.children = [self.head, self.drawer, self.message]
        self.refresh()

    def refresh(self) -> None:
        """Show the button that begins it."""
        self.drawer.children = [panel.bar(self.begin)]

    def ask(self) -> None:
        """Say what would go and what would stay, and ask for the word."""
        self.message.clear()
        self.word.value, self.templates.value = "", False
        panel.set_visible(self.templates, bool(self.journal.contents().own["templates"]))
        self._list()
        self._typed()
        self.drawer.children = [self.question]

    def _typed(self) -> None:
        """Let the button be pressed once the word stands there."""
        self.erase_button.disabled = self.word.value.strip().casefold() != ERASE

    def _list(self) -> None:
        """Say what would go and what would stay."""
        contents = self.journal.contents()
        going, stays = contents.to_erase(templates=self.templates.value), contents.others
        gone = wording.records_in_words(self.journal.counts())
        gone += [wording.plural_kind(kind, len(going[kind])) for kind in BESIDE if kind in going]
        lines = [f"This would be gone: {', '.join(gone)}."]
        lines += [f"What the kit did not make stays: {wording.shortened(stays)}."] if stays else []
        lines += wording.links(self.journal.folder, [name for names in going.values() for name in names])
        self.listed.value = panel.paragraphs([*lines, wording.ELSEWHERE, wording.NO_WAY_BACK])

    def erase(self) -> None:
        """Erase what was listed, and say so."""
        if self.erase_button.disabled:
            return
        going = self.journal.contents().to_erase(templates=self.templates.value)
        kept: list[str] = []
        erase = lambda: kept.extend(self.journal.erase([name for names in going.values() for name in names]))  # noqa: E731
        if self.message.do(erase, f"Erased. {wording.ELSEWHERE}") and kept:
            self.message.say("\n".join(["Not everything could be erased:", *kept]), "bad")
        self.message.buttons.children = []

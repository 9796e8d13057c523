"""One ZIP of all records, to take along or brought from another computer."""

from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets

from interview_kit.journal import wording
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.records_part import RecordsPart

ALONG = "One ZIP with your records, drafts, settings and templates, to bring in on another computer."
NOT_ENCRYPTED = "It is not encrypted: who can read it can read your records."
PACKED = (
    f"Made: {{name}}, with {{held}}. {NOT_ENCRYPTED}\n"
    "On the other computer press “Bring in a ZIP” here on Home, or run: interview-kit unpack {name}"
)
BRING_IN = (
    "From another computer: a record that is here already stays as it is. Over 10 MB, or in a terminal: "
    "interview-kit unpack FILE."
)


class TakingAlong(RecordsPart):
    """One ZIP of all records to take along, and the way in for one from another computer."""

    title, below = "Take it all along, bring it in", ALONG

    def __init__(self, page: panel.RecordsPanel, read_again: Callable[[], object]):
        super().__init__(page, read_again)
        self.brought = Changes(self.journal, read_again)
        self.with_backups = widgets.Checkbox(description="The backups too", indent=False)
        self.button = panel.button("Make the ZIP", self.pack)
        self.upload = widgets.FileUpload(accept=".zip", multiple=False, description="Bring in a ZIP")
        panel.on_change(self._uploaded, self.upload)
        hint = panel.line(BRING_IN, "ik-hint")
        self.bringing_in = panel.Stack(panel.bar(self.upload), hint, self.brought, look="ik-bringing-in")
        self.children = [self.head, self.with_backups, panel.bar(self.button), self.message, self.bringing_in]

    def pack(self) -> None:
        """Make the ZIP and say where it is, what is in it, and how it is read elsewhere."""
        made: list[Path] = []

        def pack() -> str:
            packed = self.journal.pack(backups=self.with_backups.value)
            made.append(packed.path)
            held = [*wording.records_in_words(packed.records), *wording.files_packed(packed.files)]
            name = packed.path.name
            return PACKED.format(name=name, held=", ".join(held))

        if self.message.do(pack):
            self.message.buttons.children = [widgets.HTML(panel.download_link(path)) for path in made]
        self.focus_message(self.message)

    def _uploaded(self) -> None:
        """Bring in what was chosen; the same file can be chosen again."""
        for file in self.upload.value:
            self.bring_in(file["name"], bytes(file["content"]))
        if self.upload.value:
            self.upload.value = ()

    def bring_in(self, name: str, raw: bytes) -> None:
        """Bring in a ZIP and say what became of it, with the way back where there is one."""

        def unpack() -> str:
            return "\n".join([f"Brought in from {name}:", *wording.unpacked(self.journal.unpack(raw, name=name))])

        self.brought.do(unpack)
        self.focus_message(self.brought)

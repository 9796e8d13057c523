"""Your records: where they are, the way back, the ZIP to take along, and erasing; unfolded when they are wanted."""

from functools import cached_property
from pathlib import Path

import ipywidgets as widgets

from interview_kit.files.problems import RecordsError
from interview_kit.journal import Journal, wording
from interview_kit.journal.copies import Differences
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.words import plural

TITLE = "Your records: where they are, going back, taking them along, erasing them"
WHERE = "They are plain files in this folder, on this machine; any spreadsheet opens them."
NOTHING_YET = (
    "Nothing of yours is written down yet. Once it is, it lies in this folder, on this machine alone, and here you can "
    "go back to how it was before, take it along, or erase it."
)
LOOKING = "Looking through them …"
SHOWN = 5
TABLE_WORDS = {
    "interviews": "Interviews",
    "questions": "Questions they asked",
    "contacts": "People you met",
    "follow_ups": "Things to do",
    "stories": "Stories you tell",
}
GO_BACK = (
    "A backup is kept before the first change of a day, and before each change or deletion. Going back keeps one of "
    "what is there now, too."
)
NO_BACKUPS = "There is none yet; the first is kept before the first change of another day."
CANNOT_COMPARE = "cannot be compared with what is there now"
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
ERASE = "erase"
BESIDE = ("backups", "drafts", "settings", "exports", "templates")  # what goes beside the records
ERASING = "All that the kit keeps in this folder, for good. You see first what would go."


class YourRecords(panel.Stack):
    """Where the records of `page` are, the way back to a backup, a ZIP to take along, and how to erase them.

    `going_back`, `along` and `erasing` are its parts. Nothing is read or made before it is unfolded.
    """

    def __init__(self, page: panel.RecordsPanel):
        self.journal, self.focus_message = page.journal, page.focus_message
        self.where, self.parts = panel.line(LOOKING), widgets.VBox()
        self.folded = panel.folded(TITLE, self.where, self.parts)
        self.folded.observe(lambda _: self.refresh(), "selected_index")
        super().__init__(self.folded, look="ik-your-records")

    @cached_property
    def going_back(self) -> "GoingBack":
        """The backups."""
        return GoingBack(self)

    @cached_property
    def along(self) -> "TakingAlong":
        """The ZIP to take along, and the way in for one."""
        return TakingAlong(self)

    @cached_property
    def erasing(self) -> "Erasing":
        """The way to erase everything."""
        return Erasing(self)

    @property
    def is_open(self) -> bool:
        """Whether it is unfolded."""
        return self.folded.selected_index is not None

    def refresh(self) -> None:
        """Read again what is shown, where anything is."""
        if not self.is_open:
            return
        contents = self.journal.contents()
        why_nothing = wording.why_not_erased(self.journal.folder, contents)
        counts = [] if why_nothing else wording.records_in_words(self.journal.counts())
        held = f" In it: {', '.join(counts)}." if counts else ""
        place = panel.markup("<p><code>{place}</code></p>", place=self.journal.place)
        self.where.value = panel.paragraph((NOTHING_YET if why_nothing else WHERE) + held) + place
        if why_nothing:
            self.parts.children = [self.erasing.message, self.along.bringing_in]
            return
        self.going_back.refresh()
        self.erasing.refresh()
        self.parts.children = [self.going_back, self.along, self.erasing]


class RecordsPart(panel.Stack):
    """A part of `whole` under its heading; its `message` carries out what its buttons say."""

    def __init__(self, whole: YourRecords, title: str, below: str):
        self.whole, self.journal = whole, whole.journal
        self.message = Changes(whole.journal, whole.refresh)
        self.head = panel.heading(title, below)
        super().__init__(look="ik-records-part")


class GoingBack(RecordsPart):
    """The backups of one table, newest first, each with what became of its records since and the way back to it."""

    def __init__(self, whole: YourRecords):
        super().__init__(whole, "Go back", GO_BACK)
        self.shown_count, self.list = SHOWN, panel.Stack(look="ik-backups")
        self.table = widgets.Dropdown(description="Backups of", options=[(TABLE_WORDS["interviews"], "interviews")])
        panel.on_change(self._list, self.table)
        self.more = panel.button("Show older ones", self.show_more, look="quiet")
        self.children = [self.head, self.table, self.message, self.list, panel.bar(self.more)]

    def refresh(self) -> None:
        """Show the tables that have backups, and those of the one that is chosen."""
        newest = self.journal.backups(newest=1)["table"].tolist()
        options = [(words, name) for name, words in TABLE_WORDS.items() if name in newest or name == "interviews"]
        panel.offer(self.table, options, "interviews")
        panel.set_visible(self.table, len(options) > 1)
        self._list()

    def show_more(self) -> None:
        """Show all backups."""
        self.shown_count = len(self.journal.backups(self.table.value))
        self._list()

    def _list(self) -> None:
        backups = self.journal.backups(self.table.value, newest=self.shown_count + 1).to_dict("records")
        rows = [BackupRow(self, row) for row in backups[: self.shown_count]]
        self.list.children = rows or [panel.line(NO_BACKUPS)]
        panel.set_visible(self.more, len(backups) > self.shown_count)

    def go_back(self, row: dict) -> None:
        """Put a backup in the place of its table, and say so with the way back."""
        text = f"{TABLE_WORDS[row['table']]}: as on {wording.when(row)} again."
        self.message.do(lambda: self.journal.restore(row["name"]), text)


class BackupRow(panel.Stack):
    """One backup in a line, and the question before going back to it."""

    def __init__(self, part: GoingBack, row: dict):
        self.part, self.row = part, row
        self.since = since(part.journal, row["name"])
        told = wording.since_then(self.since) if self.since else CANNOT_COMPARE
        about = f"{plural(row['rows'], 'record')}, {wording.why(row)}; {told}"
        template = "<span><span class='ik-on'>{when}</span> <span class='ik-about'>{about}</span></span>"
        self.words = panel.words(template, when=wording.when(row), about=about)
        self.button = panel.button("Go back to this", self.ask, tooltip=f"Go back to {wording.when(row)}")
        self.question = panel.Message()
        self.is_now = self.since is not None and not any(self.since)
        self.line = panel.box(look="ik-waiting")
        super().__init__(self.line, self.question)
        self.leave()

    def ask(self) -> None:
        """Say what would change, and ask."""
        changes = wording.going_back(self.since) if self.since else f"this backup {CANNOT_COMPARE}"
        yes = panel.button("Go back", lambda: self.part.go_back(self.row))
        no = panel.button("Leave it", self.leave, look="quiet")
        self.line.children = [self.words]
        self.question.say(f"Back to {wording.when(self.row)}: {changes}.", "plain", yes, no)

    def leave(self) -> None:
        """Show the button that asks, where there is anything to go back to, and no question."""
        self.line.children = [self.words] if self.is_now else [self.words, self.button]
        self.question.clear()


class TakingAlong(RecordsPart):
    """One ZIP of all records to take along, and the way in for one from another computer."""

    def __init__(self, whole: YourRecords):
        super().__init__(whole, "Take it all along, bring it in", ALONG)
        self.brought = Changes(whole.journal, whole.refresh)
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
        self.whole.focus_message(self.message)

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
        self.whole.focus_message(self.brought)


class Erasing(RecordsPart):
    """All of it gone for good: first what would go, then a word to type, then a button."""

    def __init__(self, whole: YourRecords):
        super().__init__(whole, "Erase everything", ERASING)
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


def since(journal: Journal, name: str) -> Differences | None:
    """Return what became of a backup's records since, None where that cannot be told."""
    try:
        return journal.compare_backup(name)
    except RecordsError:
        return None

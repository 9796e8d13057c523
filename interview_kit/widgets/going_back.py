"""The backups of one table, each with the way back to it."""

from collections.abc import Callable

import ipywidgets as widgets

from interview_kit.files.problems import RecordsError
from interview_kit.journal import Journal, wording
from interview_kit.journal.copies import Differences
from interview_kit.widgets import panel
from interview_kit.widgets.records_part import RecordsPart
from interview_kit.words import plural

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


class GoingBack(RecordsPart):
    """The backups of one table, newest first, each with what became of its records since and the way back to it."""

    title, below = "Go back", GO_BACK

    def __init__(self, page: panel.RecordsPanel, read_again: Callable[[], object]):
        super().__init__(page, read_again)
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


def since(journal: Journal, name: str) -> Differences | None:
    """Return what became of a backup's records since, None where that cannot be told."""
    try:
        return journal.compare_backup(name)
    except RecordsError:
        return None

"""What is to be said of the files themselves: what cannot be read, what was read with help, copies beside them."""

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from interview_kit import schema
from interview_kit.files.problems import Problem, RecordsError
from interview_kit.journal import Journal
from interview_kit.schema.spreadsheets import both_days
from interview_kit.widgets import panel
from interview_kit.widgets.lost_file import Recovery
from interview_kit.words import long_day

SHOWN = 4  # problems, and notes
REWRITE = "Write this file in the kit's form again"
REWRITE_TIP = "One change, which Undo takes back; nothing that can be read is lost"


class FileNews(panel.Message):
    """What is to be said of a journal's files, with a button for each thing that can be done about it.

    `done` is called with a sentence after something was done.
    """

    def __init__(self, journal: Journal, done: Callable[[str], None]):
        super().__init__()
        self.journal, self.done = journal, done

    def say_unreadable(self, error: RecordsError, reload: Callable[[], object], *, records: str = "file") -> None:
        """Say why a file, or all "records", cannot be read, with what can be done; `reload` reads them again."""
        again = lambda error: self.say_unreadable(error, reload, records=records)  # noqa: E731
        self.say_unread(error, *Recovery(self.journal, reload, again).buttons(error), records=records)

    def show_findings(self, problems: Mapping[str, list[Problem]], notes: Mapping[str, list[str]]) -> None:
        """Say what stands in the way in some tables, and what was read with help; nothing where there is neither."""
        found = finding_lines(problems)
        unread = ["Some values cannot be read; the files keep them as they are.", *found] if found else []
        lines = unread + finding_lines(notes)
        if lines:
            tables = [name for name in notes if notes[name] or problems[name]]
            self.say("\n".join([*lines, *self._questions(tables)]), "plain", *self._ways_on(tables))
        else:
            self.clear()

    def _questions(self, tables: list[str]) -> list[str]:
        """Return what only a person can tell of some tables' dates; the answer holds for the whole file."""
        dates = [self.journal.deviations(name).open_date for name in tables]
        return [f"Which day is {text}? All dates of the file are then read like it." for text in dates if text]

    def _ways_on(self, tables: list[str]) -> list[widgets.Button]:
        """Return a button for each thing that can be done about the files of some tables."""
        return [button for name in tables for button in (*self._rewriting(name), *self._bringing_in(name))]

    def _rewriting(self, name: str) -> list[widgets.Button]:
        """Return the buttons that write a file in the kit's form; a date that can be two days is asked about."""
        found = self.journal.deviations(name)
        file = "" if name == "interviews" else f" ({name})"
        if found.renamed:
            labels = {cell: schema.table(name).column(column).label for cell, column in found.renamed.items()}
            return [
                panel.button(f"{cell!r} is: {label}{file}", self._act(name, renamed={cell: found.renamed[cell]}))
                for cell, label in labels.items()
            ]
        if found.open_date:
            days = zip((True, False), both_days(found.open_date), strict=True)
            return [
                panel.button(f"{found.open_date} is {long_day(when)}{file}", self._act(name, day_first=day_first))
                for day_first, when in days
            ]
        return [panel.button(REWRITE + file, self._act(name), tooltip=REWRITE_TIP)] if found else []

    def _bringing_in(self, name: str) -> list[widgets.Button]:
        """Return the buttons that add the records of copies beside a file."""
        copies = [copy for copy in self.journal.copies(name) if copy.new]
        words = {copy.name: f"Bring in the {copy.new} of {copy.name!r}" for copy in copies}
        return [panel.button(text, self._bring_in(copy, name)) for copy, text in words.items()]

    def _act(self, name: str, **known) -> Callable[[], None]:
        return lambda: self._do(lambda: self.journal.standardize(name, **known))

    def _bring_in(self, copy: str, name: str) -> Callable[[], None]:
        def bring_in() -> str:
            made = self.journal.bring_in(copy, name)
            return f"{len(made.added)} brought in from {copy!r}, which stays where it is."

        return lambda: self._do(bring_in)

    def _do(self, action: Callable[[], str]) -> None:
        """Carry out what a button says, and tell of it; where that cannot be, say why, and leave the buttons."""
        try:
            made = action()
        except RecordsError as error:
            self.say(f"{self.text}\n{error}", "bad", *self.buttons.children)
        else:
            self.done(made)


def finding_lines(found: Mapping[str, list]) -> list[str]:
    """Return the first things found in some tables, those in other files than the interviews with the file's name."""
    lines = [
        str(one) if name == "interviews" else f"{name}.csv, {one}" for name, several in found.items() for one in several
    ]
    more = [f"and {len(lines) - SHOWN} more; interview-kit check lists them"] if len(lines) > SHOWN + 1 else []
    return [*lines[: SHOWN if more else None], *more]

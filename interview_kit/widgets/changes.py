"""A message that carries out changes of the records, says what became of them, and takes them back."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import ipywidgets as widgets

from interview_kit.journal import Journal
from interview_kit.widgets import panel
from interview_kit.widgets.interview_words import title_of

NAMED_NOW = "The button now says what it would do."
IT_TAKES_A_WHILE = "Saving … Among so many records this takes a while."


class Changes(panel.Message):
    """Says what became of each change of `journal`, with the way back as long as nothing else has been changed.

    `read_again` reads the records again, which is offered where a change is refused. While `refusal` holds a sentence,
    nothing is changed, and it is said instead.
    """

    def __init__(self, journal: Journal, read_again: Callable[[], object]):
        super().__init__()
        self.journal, self.read_again = journal, read_again
        self.refusal, self.is_at_work = "", False
        self.undo_button: widgets.Button | None = None
        self.named: object = None  # what the button for the last change says that it would take back
        journal.subscribe(self._changed)

    def do(
        self,
        action: Callable[[], object],
        text: str = "",
        title: str = "",
        *,
        back: Callable[[], object] | None = None,
    ) -> bool:
        """Carry out a change and say so, or say why not; return whether it was done.

        Without a text, what the action returns is said. The change is one step for Undo under its title, where it has
        one; `back` takes back what the journal does not undo.
        """
        if self._refuses():
            return False

        def change() -> str:
            with self.journal.transaction(title) if title else nullcontext():
                said = action()
            return text or str(said)

        return self._attempt(change, back)

    def note_answer(self, interview: Mapping, outcome: str, on: date | None, when: str) -> None:
        """Note the answer to an interview, heard on a day, and say `when`."""
        changes, key = {"outcome": outcome, "outcome_on": on}, interview["id"]
        seen = {name: interview[name] for name in changes if name in interview}
        update = lambda: self.journal.update("interviews", key, changes, seen=seen)  # noqa: E731
        self.do(update, f"{title_of(interview)}: {outcome}{when}")

    def export(self, name: str, write: Callable[[Path], object], text: str) -> None:
        """Write a file into the journal's folder for exports, and say where it is."""
        if self._refuses():
            return
        try:
            path = self.journal.exports() / name
            write(path)
        except (OSError, ValueError) as error:
            self.say(f"The file could not be written: {error}", "bad")
        else:
            self.say(f"Written: {path}\n{text}", "good", widgets.HTML(panel.download_link(path)))

    def _refuses(self) -> bool:
        """Say why nothing is changed, where nothing is."""
        if self.refusal:
            self.say(self.refusal, "plain")
        return bool(self.refusal)

    def undo(self) -> bool:
        """Take the last change back, or bring it back again; return whether that was done."""
        return self._attempt(self.journal.undo)

    def undo_named(self, button: widgets.Button) -> bool:
        """Take back the change that a button names; where another is the last one by now, name that and wait."""
        if self.journal.undo_step() == self.named:
            return self.undo()
        self.name_undo(button)
        self.say(f"Something else was changed in the meantime, so nothing was taken back. {NAMED_NOW}", "plain")
        return False

    def name_undo(self, button: widgets.Button) -> None:
        """Let the button for the last change say what it would do, in at most a line."""
        self.named = self.journal.undo_step()
        words = f"Undo the last change: {self.named}" if self.named else "Undo the last change"
        button.description = words if len(words) <= 70 else f"{words[:69]}…"
        button.tooltip = str(self.named or "")

    def done(self, text: str) -> None:
        """Say what was done, with the way back."""
        self._say_done(text, has_way_back=True)

    def _attempt(self, change: Callable[[], str], back: Callable[[], object] | None = None) -> bool:
        """Make a change, and say so before it is drawn: the keyboard goes from what is gone to the new message."""
        if panel.are_very_many(self.journal):
            self.say(IT_TAKES_A_WHILE, "plain")
        self.is_at_work = True
        try:
            with self.journal.told_at_the_end():
                before = self.journal.last_change
                text = change()
                can_undo = self.journal.last_change is not before and self.journal.undo_step()
                self._say_done(text, back, has_way_back=bool(can_undo or back))
        except (ValueError, OSError) as error:  # a RecordsError is a ValueError
            self.say(str(error), "bad", panel.again_button(self.read_again))
            return False
        finally:
            self.is_at_work = False
        return True

    def _say_done(self, text: str, back: Callable[[], object] | None = None, *, has_way_back: bool) -> None:
        action = self.undo if back is None else lambda: self.do(back, "Taken back.")
        step = self.journal.undo_step() if back is None else None
        word = "Redo" if step and step.brings_back else "Undo"
        self.undo_button = panel.button(word, action, tooltip=str(step or ""))
        self.say(self.with_notes(text), "good", *([self.undo_button] if has_way_back else []))

    def with_notes(self, text: str) -> str:
        """Return the text on a change, with what is to be said besides of the files that it was saved in."""
        notes = [self.journal.notes.pop(table) for table in [*self.journal.notes]]
        return "\n".join([text, *notes])

    def _changed(self, _what: str) -> None:
        """Take an Undo away that would take back something else."""
        if not self.is_at_work:
            self.buttons.children = [one for one in self.buttons.children if one is not self.undo_button]

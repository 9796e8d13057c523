"""A message that carries out changes of the records, says what became of them, and takes them back."""

from collections.abc import Callable
from contextlib import nullcontext

from interview_kit.journal import Journal
from interview_kit.widgets import panel

IT_TAKES_A_WHILE = "Saving … Among so many records this takes a while."


class Changes(panel.Message):
    """Says what became of each change of `journal`, with the way back.

    `read_again` reads the records again, which is offered where a change is refused. While `refusal` holds a sentence,
    nothing is changed, and it is said instead.
    """

    def __init__(self, journal: Journal, read_again: Callable[[], object]):
        super().__init__()
        self.journal, self.read_again = journal, read_again
        self.refusal = ""

    def do(
        self,
        action: Callable[[], object],
        text: str,
        title: str = "",
        *,
        back: Callable[[], object] | None = None,
    ) -> bool:
        """Carry out a change and say so, or say why not; return whether it was done.

        It is one step for Undo under its title, where it has one; `back` takes back what the journal does not undo.
        """
        if self.refusal:
            self.say(self.refusal, "plain")
            return False

        def change() -> str:
            with self.journal.transaction(title) if title else nullcontext():
                action()
            return text

        undo = self.undo if back is None else lambda: self._take_back(back)
        return self._attempt(change, "Undo", undo)

    def undo(self) -> bool:
        """Take the last change back, or bring it back again; return whether that was done."""
        return self._attempt(self.journal.undo, "Redo", self.undo)

    def done(self, text: str) -> None:
        """Say what was done, with the way back."""
        self._say_done(text, "Undo", self.undo)

    def _take_back(self, back: Callable[[], object]) -> None:
        with self.journal.told_at_the_end():
            back()
            self.say("Taken back.")

    def _attempt(self, change: Callable[[], str], undo_text: str, undo: Callable[[], object]) -> bool:
        """Make a change, and say so before it is drawn: the keyboard goes from what is gone to the new message."""
        if panel.are_very_many(self.journal.folder):
            self.say(IT_TAKES_A_WHILE, "plain")
        try:
            with self.journal.told_at_the_end():
                self._say_done(change(), undo_text, undo)
        except ValueError as error:  # a RecordsError is one, too
            self.say(str(error), "bad", panel.button("Read it again", self.read_again))
            return False
        return True

    def _say_done(self, text: str, undo_text: str, undo: Callable[[], object]) -> None:
        tooltip = self.journal.next_undo() if undo == self.undo else ""
        self.say(text, "good", panel.button(undo_text, undo, tooltip=tooltip))

"""The drafts of notes to people, each with what was typed in it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import ipywidgets as widgets

from interview_kit import next_steps
from interview_kit.next_steps.records import RecordsLike
from interview_kit.widgets import panel

TONES = ("warm", "plain", "formal")
CHANGED = "You changed this draft, so your words stay as they are. Rewriting it replaces them."
FILL_IN = "Copy it into your mail. What stands in square brackets is for you to fill in or take out."
COPY = "Copy"
NOTES = {
    "thank-you": next_steps.thank_you_note,
    "send information": next_steps.information_note,
    "ask status": next_steps.status_note,
}  # all others keep in touch, and ask a question


class Draft(widgets.VBox):
    """A note to copy: its tone, the question that it asks where it asks one, and its text.

    What its reader typed is never replaced unasked.
    """

    def __init__(self, write: Callable[[str, str], str], ask: Callable[[], Sequence[str]] | None = None):
        self.write, self.written = write, ""
        self.tone = widgets.Dropdown(description="Tone", options=TONES)
        self.question = widgets.Dropdown(description="What to ask", options=possible(ask))
        self.text = widgets.Textarea(description="Your draft", rows=14)
        self.error = panel.classed(widgets.Label(""), "ik-error")
        asked = [self.question] if self.question.options else []
        for control in (self.tone, *asked):
            control.observe(lambda _: self.refresh(), "value")
        hint = panel.words('<p class="ik-hint">{text}</p>', text=FILL_IN)
        self.message, self.anew = panel.Message(), panel.button("Rewrite the draft", self.draw)
        self.copy = panel.classed(panel.button(COPY, lambda: setattr(self.copy, "description", "Copied")), "ik-copy")
        self.text.observe(lambda _: setattr(self.copy, "description", COPY), "value")
        super().__init__([self.tone, *asked, self.message, self.text, panel.bar(self.copy), self.error, hint])
        self.add_class("ik-copied")
        self.add_class("ik-stack")
        self.draw()

    def refresh(self) -> None:
        """Write the note anew, or offer to where its text was changed."""
        if self.is_changed:
            self.message.say(CHANGED, "plain", self.anew)
        else:
            self.draw()

    @property
    def is_changed(self) -> bool:
        """Say whether the text is not the one that was written."""
        return self.text.value != self.written

    def draw(self) -> None:
        """Write the note anew."""
        self.message.clear()
        try:
            self.text.value, self.error.value = self.write(self.tone.value, self.question.value or ""), ""
        except ValueError as error:
            self.error.value = str(error)
        self.written = self.text.value


def possible(ask: Callable[[], Sequence[str]] | None) -> Sequence[str]:
    """Return the questions to choose from, none where the template cannot be used: the draft then says why."""
    with suppress(ValueError):
        return ask() if ask else ()
    return ()


class Drafts:
    """The draft of each note, by what it is for; the same one as before, with what was typed in it.

    `records` and `day` are those that a note is written from, as they are when it is written.
    """

    def __init__(self, records: Callable[[], RecordsLike], day: Callable[[], date]):
        self.records, self.day = records, day
        self.made: dict[str, Draft] = {}

    def get(self, key: str, kind: str, *, interview_id: str = "", contact_id: str = "") -> Draft:
        """Return the draft of a note of a kind, about an interview or to a person."""
        if key not in self.made:
            about = {"interview_id": interview_id, "contact_id": contact_id}
            ask = None if kind in NOTES else lambda: next_steps.industry_questions(self.records(), **about)
            self.made[key] = Draft(self._writer(kind, about), ask)
        elif not self.made[key].is_changed:
            self.made[key].draw()
        return self.made[key]

    def _writer(self, kind: str, about: dict) -> Callable[[str, str], str]:
        """Return what writes a note of a kind in a tone, with a question where it asks one."""

        def write(tone: str, question: str) -> str:
            said: dict[str, Any] = {"tone": tone, "as_of": self.day(), **about}
            if kind in NOTES:
                return NOTES[kind](self.records(), **said)
            return next_steps.keep_in_touch_note(self.records(), question=question, **said)

        return write

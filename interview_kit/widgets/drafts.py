"""The drafts of notes to people, each with what was typed in it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

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


class Draft(panel.Stack):
    """A note of a kind to copy, about an interview or to a person: its tone, the question that it asks, and its text.

    What its reader typed is never replaced unasked.
    """

    def __init__(self, drafts: "Drafts", kind: str, about: dict[str, str]):
        self.drafts, self.kind, self.about, self.written = drafts, kind, about, ""
        self.tone = widgets.Dropdown(description="Tone", options=TONES)
        self.question = widgets.Dropdown(description="What to ask", options=self._questions())
        self.text = widgets.Textarea(description="Your draft", rows=14)
        self.error = panel.classed(widgets.Label(""), "ik-error")
        asked = [self.tone, *([self.question] if self.question.options else [])]
        panel.on_change(self.refresh, *asked)
        self.message, self.anew = panel.Message(), panel.button("Rewrite the draft", self.draw)
        self.copy = panel.button(COPY, lambda: setattr(self.copy, "description", "Copied"), look="copy")
        panel.on_change(lambda: setattr(self.copy, "description", COPY), self.text)
        parts = (self.message, self.text, panel.bar(self.copy), self.error, panel.line(FILL_IN, "ik-hint"))
        super().__init__(*asked, *parts, look="ik-copied ik-stack")
        self.draw()

    def _questions(self) -> Sequence[str]:
        """Return the questions to choose from, none where the template cannot be used: the draft then says why."""
        with suppress(ValueError):
            return () if self.kind in NOTES else next_steps.industry_questions(self.drafts.records(), **self.about)
        return ()

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
            self.text.value, self.error.value = self._note(), ""
        except ValueError as error:
            self.error.value = str(error)
        self.written = self.text.value

    def _note(self) -> str:
        """Return the note by the records as they are now."""
        records, tone, today = self.drafts.records(), self.tone.value, self.drafts.day()
        if self.kind in NOTES:
            return NOTES[self.kind](records, tone=tone, as_of=today, **self.about)
        question = self.question.value or ""
        return next_steps.keep_in_touch_note(records, tone=tone, as_of=today, question=question, **self.about)


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
            self.made[key] = Draft(self, kind, {"interview_id": interview_id, "contact_id": contact_id})
        elif not self.made[key].is_changed:
            self.made[key].draw()
        return self.made[key]

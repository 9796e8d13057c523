"""The cards of the next steps: one thing to do, one draft, one question to practice."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.widgets import panel
from interview_kit.widgets.browser import day

if TYPE_CHECKING:
    from interview_kit.widgets.next_steps import NextSteps

TONES = ("warm", "plain", "formal")
CHANGED = "You changed this draft, so your words stay as they are. Writing it anew replaces them."
FILL_IN = "Copy it into your mail. What stands in square brackets is for you to fill in or take out."
GRADES = (("It went well", "well"), ("Okay", "okay"), ("Badly", "badly"))


class ToDoCard(widgets.VBox):
    """One thing to do: what and why, and what can be done about it."""

    def __init__(self, steps: "NextSteps", row: dict):
        self.steps, self.row = steps, row
        self.drawer = widgets.VBox()
        self.drawer.add_class("ik-drawer")
        self.drawer.layout.grid_gap = "0.5rem"
        self.new_date = widgets.DatePicker(description="New date")
        what = row["what"]
        self.done = panel.button("Done", lambda: steps.tick(row), tooltip=f"Done: {what}")
        self.draft = panel.button("Draft a note", self.toggle_draft, tooltip=f"Draft a note: {what}")
        self.move = panel.button("Move", self.toggle_move, tooltip=f"Move: {what}")
        self.drop = panel.button("Not needed", lambda: steps.drop(row), look="quiet", tooltip=f"Not needed: {what}")
        self.move_it, self.message = panel.button("Move it", self.move_there), panel.Message()
        can_write = bool(row["interview_id"] or row["contact_id"])
        actions = panel.bar(self.done, *([self.draft] if can_write else []), self.move, self.drop)
        super().__init__(
            [
                panel.words(TO_DO_TEMPLATE, what=what, when=next_steps.when_words(row), why=row["why"]),
                actions,
                self.drawer,
            ]
        )
        self.add_class("ik-card")

    def toggle_draft(self) -> None:
        """Show a draft of the note, or put it away."""
        if any(isinstance(child, Draft) for child in self.drawer.children):
            self.drawer.children = []
            return
        about = {"interview_id": self.row["interview_id"], "contact_id": self.row["contact_id"]}
        self.drawer.children = [self.steps.draft(self.row["follow_up_id"], self.row["kind"], **about)]

    def toggle_move(self) -> None:
        """Ask for another date, or put the question away."""
        asked = self.new_date in self.drawer.children
        self.message.clear()
        self.drawer.children = [] if asked else [self.new_date, panel.bar(self.move_it), self.message]

    def move_there(self) -> None:
        """Move it to the date that is chosen."""
        problem = day_problem(self.new_date.value, self.steps.today)
        if problem:
            self.message.say(problem, "plain")
        else:
            self.steps.move(self.row, self.new_date.value)


def day_problem(chosen: date | None, today: date) -> str:
    """Return why nothing can be planned for a day, nothing where it can."""
    if chosen is None:
        return "On which day? Choose a date above."
    return f"{day(chosen)} is past. Choose today or a later day." if chosen < today else ""


COPY = "Copy"


class Draft(widgets.VBox):
    """A note to copy: its tone, the question that it asks where it asks one, and its text.

    What its reader typed is never replaced unasked.
    """

    def __init__(self, write: Callable[[str, str], str], ask: Callable[[], Sequence[str]] | None = None):
        self.write, self.written = write, ""
        self.tone = widgets.Dropdown(description="Tone", options=TONES)
        self.question = widgets.Dropdown(description="What to ask", options=possible(ask))
        self.text = widgets.Textarea(description="Your draft", rows=14)
        self.error = widgets.Label("")
        self.error.add_class("ik-error")
        asked = [self.question] if self.question.options else []
        for control in (self.tone, *asked):
            control.observe(lambda _: self.refresh(), "value")
        hint = panel.words('<p class="ik-hint">{text}</p>', text=FILL_IN)
        self.message, self.anew = panel.Message(), panel.button("Write it anew", self.draw)
        self.copy = panel.button(COPY, lambda: setattr(self.copy, "description", "Copied"))
        self.copy.add_class("ik-copy")
        self.text.observe(lambda _: setattr(self.copy, "description", COPY), "value")
        super().__init__([self.tone, *asked, self.message, self.text, panel.bar(self.copy), self.error, hint])
        self.add_class("ik-copied")
        self.layout.grid_gap = "0.5rem"
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


class QuestionCard(widgets.VBox):
    """One question to practice, its better answer hidden until asked for."""

    def __init__(self, steps: "NextSteps", row: dict):
        self.row = row
        self.answer = widgets.VBox()
        self.answer.add_class("ik-drawer")
        self.answer.layout.grid_gap = "0.5rem"
        self.written = widgets.Textarea(description="A better answer", placeholder="What would you say now?", rows=3)
        self.keep_button = panel.button("Keep it", lambda: steps.keep_answer(row, self.written.value))
        self.show_button = panel.button(self.show_words, self.toggle)
        self.grades = {
            grade: panel.button(text, lambda grade=grade: steps.grade(row, grade), tooltip=f"{text}: {row['question']}")
            for text, grade in GRADES
        }
        where = ", ".join(word for word in (row["company"], row["topic"]) if word)
        asked = "" if schema.is_missing(row["asked_on"]) else f", asked on {day(row['asked_on'])}"
        last = f"Last answered {row['answered']}." if row["answered"] else ""
        about = f"{where}{asked}. {last}" if where or asked else last
        question = panel.words(QUESTION_TEMPLATE, question=row["question"], about=about.removeprefix(", "))
        super().__init__([question, panel.bar(self.show_button), self.answer, panel.bar(*self.grades.values())])
        self.add_class("ik-card")

    def toggle(self) -> None:
        """Show the better answer, or where to write one, or hide it again."""
        shown, noted = bool(self.answer.children), self.row["better_answer"]
        answer = [panel.words('<p class="ik-better">{text}</p>', text=noted)]
        self.answer.children = [] if shown else answer if noted else [self.written, panel.bar(self.keep_button)]
        self.show_button.description = self.show_words if shown else "Hide it"

    @property
    def show_words(self) -> str:
        """What the button promises."""
        return "Show my better answer" if self.row["better_answer"] else "Write a better answer"


TO_DO_TEMPLATE = '<p class="ik-what"><strong>{what}</strong> <span class="ik-when">{when}</span></p><p>{why}</p>'
QUESTION_TEMPLATE = '<p class="ik-what"><strong>{question}</strong></p><p>{about}</p>'


def says(card: ToDoCard | QuestionCard, row: dict) -> bool:
    """Say whether a card shows just this."""
    return all(str(card.row[name]) == str(value) for name, value in row.items())

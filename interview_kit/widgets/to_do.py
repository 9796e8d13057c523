"""The cards of the next steps: one thing to do, one draft, one question to practice."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.widgets import panel
from interview_kit.widgets.browser import day

if TYPE_CHECKING:
    from interview_kit.widgets.next_steps import NextSteps

TONES = ("warm", "plain", "formal")
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
        self.move_it = panel.button("Move it", self.move_there)
        can_write = bool(row["interview_id"] or row["contact_id"])
        actions = panel.bar(self.done, *([self.draft] if can_write else []), self.move, self.drop)
        super().__init__(
            [panel.words(TO_DO_TEMPLATE, what=what, when=when_words(row), why=row["why"]), actions, self.drawer]
        )
        self.add_class("ik-card")

    def toggle_draft(self) -> None:
        """Show a draft of the note, or put it away."""
        if any(isinstance(child, Draft) for child in self.drawer.children):
            self.drawer.children = []
            return
        about = {"interview_id": self.row["interview_id"], "contact_id": self.row["contact_id"]}
        write = self.steps.writer(self.row["kind"], **about)
        asks = self.row["kind"] not in ("thank-you", "send information", "ask status")
        ask = (lambda: next_steps.industry_questions(self.steps.records, **about)) if asks else None
        self.drawer.children = [Draft(write, ask)]

    def toggle_move(self) -> None:
        """Ask for another date, or put the question away."""
        asked = self.new_date in self.drawer.children
        self.drawer.children = [] if asked else [self.new_date, panel.bar(self.move_it)]

    def move_there(self) -> None:
        """Move it to the date that is chosen."""
        if self.new_date.value is not None:
            self.steps.move(self.row, self.new_date.value)


class Draft(widgets.VBox):
    """A note to copy: its tone, the question that it asks where it asks one, and its text."""

    def __init__(self, write: Callable[[str, str], str], ask: Callable[[], Sequence[str]] | None = None):
        self.write = write
        self.tone = widgets.Dropdown(description="Tone", options=TONES)
        self.question = widgets.Dropdown(description="What to ask", options=possible(ask))
        self.text = widgets.Textarea(description="Your draft", rows=14)
        self.error = widgets.Label("")
        self.error.add_class("ik-error")
        asked = [self.question] if self.question.options else []
        for control in (self.tone, *asked):
            control.observe(lambda _: self.draw(), "value")
        hint = panel.words('<p class="ik-hint">{text}</p>', text=FILL_IN)
        super().__init__([self.tone, *asked, self.text, self.error, hint])
        self.layout.grid_gap = "0.5rem"
        self.draw()

    def draw(self) -> None:
        """Write the note anew."""
        try:
            self.text.value, self.error.value = self.write(self.tone.value, self.question.value or ""), ""
        except ValueError as error:
            self.error.value = str(error)


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


def when_words(row: dict) -> str:
    """Return when a thing is due, and whether nobody planned it."""
    when = next_steps.due_words(row["days_overdue"])
    return f"{when}, suggested" if row["suggested"] else when

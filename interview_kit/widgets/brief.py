"""What to read before the next interview."""

import re
from collections.abc import Callable
from datetime import datetime

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.journal import Journal
from interview_kit.next_steps.outline import Page
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.exports import export
from interview_kit.widgets.interview_words import title_of
from interview_kit.widgets.outline import lines_markup, part_markup
from interview_kit.widgets.panel import classed, set_visible
from interview_kit.widgets.shown import Shown
from interview_kit.words import number

OPEN_DAYS = 2  # before an interview, from when on its brief is open
TITLE = "Before {name}: all that your own records know"
WRITTEN = "It is plain text (Markdown), to print or to read on the way."


class Brief(widgets.VBox):
    """The brief of an interview that is coming, chosen among those that are planned; nothing where none is.

    `text` shows it, once `folded` is open; `choice` says of which interview it is.
    """

    def __init__(self, journal: Journal, read_again: Callable[[], object]):
        self.journal, self.message = journal, Changes(journal, read_again)
        self.choice = classed(widgets.Dropdown(description="Which interview", options=[]), "ik-long")
        self.choice.observe(lambda _: self._choose(), "value")
        self.next: str | None = None  # the id of the one that comes next
        self.facts, self.text = widgets.HTML(), classed(widgets.HTML(), "ik-brief")
        self.save_button = panel.button("Save it to print", self.save)
        parts = (self.choice, self.facts, self.text, panel.bar(self.save_button), self.message)
        self.folded = panel.folded("", *parts)
        self.folded.observe(lambda _: self._show(), "selected_index")
        super().__init__([self.folded])

    def draw(self, shown: Shown, now: datetime | None) -> None:
        """Show the interviews that are coming, seen from a moment, and the brief of the one that is chosen."""
        self.shown, self.now, self.message.refusal = shown, now, shown.refusal
        self.rows = {row["id"]: row for row in coming(shown, now)}
        first = next(iter(self.rows), None)
        names = [(f"{title_of(row)}, {next_steps.planned_words(row)}", key) for key, row in self.rows.items()]
        panel.offer(self.choice, names, first)
        set_visible(self, bool(self.rows))
        set_visible(self.choice, len(self.rows) > 1)
        if first != self.next:
            self.next = first
            self._unfold()
        self._show()

    def _unfold(self) -> None:
        """Open the brief at once, where the interview is near."""
        days = number(self.rows[self.next]["days_until"]) if self.next else None
        self.folded.selected_index = 0 if days is not None and days <= OPEN_DAYS else None

    def _choose(self) -> None:
        """Show the brief of another interview."""
        self.message.clear()
        self._show()

    def _show(self) -> None:
        """Show what is known; all of it where it is open."""
        if self.choice.value not in self.rows:
            return
        try:
            page = next_steps.brief_page(self.shown.records, self.choice.value, as_of=self.now)
        except ValueError as error:  # as of a template of one's own that cannot be used
            self.message.say(str(error), "bad")
            return
        self.folded.titles = (TITLE.format(name=title_of(self.rows[self.choice.value])),)
        is_open = self.folded.selected_index is not None
        self.facts.value = facts_markup(page) if is_open else ""
        self.text.value = "".join(map(part_markup, page.parts)) if is_open else ""

    def save(self) -> None:
        """Write the brief into a file to take along, and say where it is."""
        key = self.choice.value
        write = lambda path: next_steps.save_brief(self.shown.records, key, path, as_of=self.now)  # noqa: E731
        export(self.message, file_name(self.rows[key]), write, WRITTEN)


def coming(shown: Shown, now: datetime | None) -> list[dict]:
    """Return the interviews that are coming, the next one first."""
    table = next_steps.upcoming(shown.whole, as_of=now)
    return table[~table["overdue_debrief"]].to_dict("records")


def facts_markup(page: Page) -> str:
    """Return what is known of the interview itself."""
    return panel.markup('<p class="ik-answer">{title}</p>', title=page.title) + lines_markup(page.facts)


def file_name(row: dict) -> str:
    """Return the name of the file for a brief: the company and the day."""
    company = re.sub(r"[\W_]+", "-", row["company"].casefold()).strip("-")[:40]
    on = "" if schema.is_missing(row["interviewed_on"]) else f"{row['interviewed_on']:%Y-%m-%d}"
    return f"{'-'.join(filter(None, ['brief', company, on]))}.md"

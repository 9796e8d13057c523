"""What to read before the next interview."""

import re

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.next_steps.outline import Page
from interview_kit.widgets import panel
from interview_kit.widgets.interview_words import title_of
from interview_kit.widgets.outline import lines_markup, part_markup
from interview_kit.widgets.section import Section
from interview_kit.words import number

BRIEF_PART = "ik-read-up"  # to which Home leads
OPEN_DAYS = 2  # before an interview, from when on its brief is open
TITLE = "Before {name}: all that your own records know"
WRITTEN = "It is plain text (Markdown), to print or to read on the way."


class Brief(Section):
    """The brief of an interview that is coming, chosen among those that are planned; nothing where none is.

    `text` shows it, once `folded` is open; `choice` says of which interview it is.
    """

    def __init__(self, page: panel.RecordsPanel):
        super().__init__(page, "")
        self.choice = panel.classed(widgets.Dropdown(description="Which interview", options=[]), "ik-long")
        panel.on_change(self._choose, self.choice)
        self.next: str | None = None  # the id of the one that comes next
        self.facts, self.text = widgets.HTML(), panel.classed(widgets.HTML(), "ik-brief")
        self.save_button = panel.button("Save it to print", self.save)
        parts = (self.choice, self.facts, self.text, panel.bar(self.save_button), self.message)
        self.folded = panel.classed(panel.folded("", *parts), BRIEF_PART)
        self.folded.observe(lambda _: self._show(), "selected_index")
        self.children = [self.folded]

    def draw(self) -> None:
        """Show the interviews that are coming, and the brief of the one that is chosen."""
        self.rows = {row["id"]: row for row in self.shown.coming}
        first = next(iter(self.rows), None)
        names = [(f"{title_of(row)}, {next_steps.planned_words(row)}", key) for key, row in self.rows.items()]
        panel.offer(self.choice, names, first)
        panel.set_visible(self, bool(self.rows))
        panel.set_visible(self.choice, len(self.rows) > 1)
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
            page = next_steps.brief_page(self.shown.records, self.choice.value, as_of=self.shown.now)
        except ValueError as error:  # as of a template of one's own that cannot be used
            self.message.say(str(error), "bad")
            return
        self.folded.titles = (TITLE.format(name=title_of(self.rows[self.choice.value])),)
        is_open = self.folded.selected_index is not None
        self.facts.value = facts_markup(page) if is_open else ""
        self.text.value = "".join(map(part_markup, page.parts)) if is_open else ""

    def save(self) -> None:
        """Write the brief into a file to take along, and say where it is."""
        key, shown = self.choice.value, self.shown
        write = lambda path: next_steps.save_brief(shown.records, key, path, as_of=shown.now)  # noqa: E731
        self.message.export(file_name(self.rows[key]), write, WRITTEN)


def facts_markup(page: Page) -> str:
    """Return what is known of the interview itself."""
    return panel.paragraph(page.title, "ik-answer") + lines_markup(page.facts)


def file_name(row: dict) -> str:
    """Return the name of the file for a brief: the company and the day."""
    company = re.sub(r"[\W_]+", "-", row["company"].casefold()).strip("-")[:40]
    on = "" if schema.is_missing(row["interviewed_on"]) else f"{row['interviewed_on']:%Y-%m-%d}"
    return f"{'-'.join(filter(None, ['brief', company, on]))}.md"

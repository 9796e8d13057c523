"""The stories that one tells of one's work: written here, and how each one landed."""

from collections.abc import Mapping
from typing import ClassVar

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.widgets import panel
from interview_kit.widgets.chooser import Chooser
from interview_kit.widgets.record_form import RecordForm
from interview_kit.widgets.section import Section
from interview_kit.words import day, one_line, plausible, unbroken

BELOW = "What you tell when they say: give us an example. Written once, then chosen at a question in the debrief."
WHAT_FOR = (
    "No story yet. A story is one thing that you did, in four short parts: where it was, what was yours to do, what "
    "you did, and what came of it. Begin with one that you have told before. Choose it at a question in the debrief, "
    "and you see here how it lands, and who has heard it."
)
WRITE, WRITE_FIRST, WRITE_NEW = "Write another story", "Write your first story", "A new story"
COLUMNS = ("Story", "Topics", "Told", "Went well", "Last told")


class Stories(Section):
    """The stories in a plain table, and a form to write, change and delete one.

    `message` says what was done, with the way back; `form` is the form, whose fields are in `form.fields`.
    """

    def __init__(self, page: panel.RecordsPanel):
        super().__init__(page)
        self.answer, self.table = widgets.HTML(), widgets.HTML()
        self.choice = Chooser("Change a story", "choose a story", self._chosen)
        self.form = StoryForm(self, WRITE)
        self.write_button, self.place = self.form.open_button, self.form.place
        title, buttons = panel.heading("Your stories", BELOW), panel.bar(self.write_button)
        self.children = [title, self.answer, self.table, buttons, self.choice, self.place, self.message]

    # What it looks like.

    def draw(self) -> None:
        """Show the stories; what is being typed stays."""
        shown = self.shown
        self.stories = {row["id"]: row for row in shown.whole.stories}
        results = next_steps.story_results(shown.whole, as_of=shown.day)
        self.answer.value = panel.paragraph(results.attrs["sentence"] if self.stories else WHAT_FOR)
        self.table.value = self._table(results.to_dict("records")) if self.stories else ""
        self.write_button.description = WRITE if self.stories else WRITE_FIRST
        self.choice.offer((one_line(row["title"]), key) for key, row in self.stories.items())
        panel.set_visible(self.choice, bool(self.stories))
        self.form.refresh(self.stories)

    def _table(self, results: list[dict]) -> str:
        """Return how each story landed, with whether the company that is next has heard it, as a table."""
        company = one_line(self.shown.coming[0]["company"]) if self.shown.coming else ""
        told = next_steps.stories_for(self.shown.whole, company=company, as_of=self.shown.day)
        heard = {row["id"]: row for row in told.to_dict("records")}
        rows = [
            (*result_row(story, result), *([heard_words(heard[story["id"]])] if company else []))
            for story, result in zip(self.shown.whole.stories, results, strict=True)
        ]
        return panel.html_table([*COLUMNS, *([f"At {company}, next"] if company else [])], rows)

    def _chosen(self) -> None:
        """Show the story that is chosen in the form."""
        key, shown = self.choice.value, (self.form.seen or {}).get("id", "")
        if key == shown or self.is_being_drawn:
            return
        if key:
            self.form.show_record(self.record("stories", key))
        else:
            self.form.put_away()

    def delete(self, seen: Mapping) -> None:
        """Delete a story; the questions at which it was told stay."""
        title = one_line(seen["title"])
        delete = lambda: self.journal.delete("stories", seen["id"], seen=seen)  # noqa: E731
        text = f"Deleted: “{title}”. The questions at which you told it stay as they are."
        if self.message.do(delete, text, f"the deletion of the story “{title}”"):
            self.form.discard()


class StoryForm(RecordForm):
    """The parts of a story."""

    section: Stories
    table = schema.STORIES
    names = tuple(column.name for column in schema.STORIES.columns if column.kind == "text")
    missing: ClassVar = {"title": "Give it a title by which you know it."}
    save_words = ("Keep it", "Keep it")
    look = "ik-story"

    def __init__(self, section: Stories, open_text: str):
        super().__init__(section, open_text)
        self.delete_button = panel.button("Delete it", lambda: section.delete(self.seen or {}), look="quiet")
        title, topics, *parts = self.fields.values()
        texts = panel.classed(panel.pair(*parts), "ik-parts")
        buttons = panel.bar(self.save_button, self.delete_button, self.close_button)
        self.children = [self.title, self.kept, panel.pair(title, topics), texts, buttons]

    def begin(self, record: Mapping | None, draft: Mapping | None = None) -> None:
        """Show a story, or none; only one that is there can be deleted."""
        super().begin(record, draft)
        self.section.choice.value = record["id"] if record else ""
        panel.set_visible(self.delete_button, record is not None)

    def hide(self) -> None:
        """Take the form away, and choose no story."""
        super().hide()
        self.section.choice.value = ""

    def heading_of(self, record: Mapping | None) -> str:
        """Return which story it is."""
        title = f"Change “{one_line(record['title'])}”" if record else WRITE_NEW
        return panel.markup("<h4>{title}</h4>", title=title)

    def saved_words(self, values: Mapping) -> tuple[str, str]:
        """Return that the story is kept, and what can be done with it."""
        title = one_line(values["title"])
        return f"Kept: “{title}”. Choose it at a question in the debrief.", f"the story “{title}”"


def result_row(story: dict, result: dict) -> tuple:
    """Return how a story landed, in words."""
    noted = result["well"] + result["okay"] + result["badly"]
    well = f"{result['well']} of {noted}, plausibly {plausible(result)}" if noted else ""
    on = "" if schema.is_missing(result["last_told_on"]) else unbroken(day(result["last_told_on"]))
    last = ", ".join(filter(None, [result["last_company"], on]))
    told = unbroken(next_steps.times_words(result["told"]))
    return one_line(story["title"]), one_line(story["topics"]), told, well, last


def heard_words(row: dict) -> str:
    """Return whether a company has heard a story."""
    if not row["told_here"]:
        return "not told yet"
    on = row["last_told_here_on"]
    return "told" if schema.is_missing(on) else f"told on {unbroken(day(on))}"

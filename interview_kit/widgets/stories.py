"""The stories that one tells of one's work: written here, and how each one landed."""

from collections.abc import Callable

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.journal import Journal
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.fields import Field
from interview_kit.widgets.markup import markup
from interview_kit.widgets.panel import classed, set_visible
from interview_kit.widgets.rows import changed, dropped_none
from interview_kit.widgets.shown import Shown
from interview_kit.widgets.values import records_of
from interview_kit.words import day, one_line, percent, span, unbroken

BELOW = "What you tell when they say: give us an example. Written once, then chosen at a question in the debrief."
WHAT_FOR = (
    "No story yet. A story is one thing that you did, in four short parts: where it was, what was yours to do, what "
    "you did, and what came of it. Begin with one that you have told before. Choose it at a question in the debrief, "
    "and you see here how it lands, and who has heard it."
)
WRITE, WRITE_FIRST, WRITE_NEW = "Write another story", "Write your first story", "A new story"
NOTHING_CHOSEN = ("choose a story", "")
COLUMNS = ("Story", "Topics", "Told", "Went well", "Last told")


class Stories(widgets.VBox):
    """The stories in a plain table, and a form to write, change and delete one.

    `message` says what was done, with the way back; `form` is the form, whose fields are in `form.fields`.
    """

    def __init__(
        self, journal: Journal, read_again: Callable[[], object], focus_field: Callable[[str], None] = lambda _: None
    ):
        self.journal, self.read_again, self.focus_field = journal, read_again, focus_field
        self.message = Changes(journal, self._read_again)
        self.answer, self.table = widgets.HTML(), widgets.HTML()
        self.write_button = panel.button(WRITE, lambda: self.open_form(None))
        self.choice = widgets.Dropdown(description="Change a story", options=[NOTHING_CHOSEN])
        self.choice.observe(lambda _: self._chosen(), "value")
        self.form = StoryForm(self._save, self._delete, self.close_form)
        self.place = widgets.VBox()  # of the form, which goes with its controls, so that the keyboard finds back
        parts = (self.answer, self.table, panel.bar(self.write_button), self.choice, self.place, self.message)
        super().__init__([panel.heading("Your stories", BELOW), *parts])
        self.add_class("ik-section")

    # What it looks like.

    def draw(self, shown: Shown) -> None:
        """Show the stories of the records as they are now; what is being typed stays."""
        self.shown, self.message.refusal = shown, shown.refusal
        self.stories = {row["id"]: row for row in shown.whole.stories}
        results = next_steps.story_results(shown.whole, as_of=shown.day)
        text = results.attrs["sentence"] if self.stories else WHAT_FOR
        self.answer.value = panel.markup("<p>{text}</p>", text=text)
        self.table.value = self._table(results.to_dict("records")) if self.stories else ""
        self.write_button.description = WRITE if self.stories else WRITE_FIRST
        titles = [(one_line(row["title"]), key) for key, row in self.stories.items()]
        panel.offer(self.choice, [NOTHING_CHOSEN, *titles])
        set_visible(self.choice, bool(self.stories))

    def _table(self, results: list[dict]) -> str:
        """Return how each story landed, with whether the company that is next has heard it, as a table."""
        company = next_company(self.shown)
        told = next_steps.stories_for(self.shown.whole, company=company, as_of=self.shown.day)
        heard = {row["id"]: row for row in told.to_dict("records")}
        rows = [
            (*result_row(story, result), *([heard_words(heard[story["id"]])] if company else []))
            for story, result in zip(self.shown.whole.stories, results, strict=True)
        ]
        return panel.html_table([*COLUMNS, *([f"At {company}, next"] if company else [])], rows)

    def _read_again(self) -> None:
        """Read the records again; what is typed stays, and goes over what the file holds by now once it is kept."""
        self.read_again()
        if self.form.seen is not None and self.form.seen["id"] in self.stories:
            self.form.seen = self._record(self.form.seen["id"])

    def _record(self, key: str) -> dict:
        """Return a story as the file holds it."""
        return records_of(self.shown.records.stories(), "id", key)[0]

    # The form.

    def _chosen(self) -> None:
        """Show the story that is chosen in the form."""
        if self.choice.value in self.stories:
            self.open_form(self._record(self.choice.value))
        elif self.form.seen is not None:
            self.close_form()

    def open_form(self, story: dict | None) -> None:
        """Show a story in the form, or an empty form for None."""
        self.message.clear()
        self.form.begin(story)
        if story is None:
            self.choice.value = ""
        self.place.children = [self.form]
        set_visible(self.write_button, False)
        self.focus_field(".ik-story .ik-column-title")

    def close_form(self) -> None:
        """Put the form away."""
        self.form.seen = None
        self.choice.value = ""
        self.place.children = []
        set_visible(self.write_button, True)

    # What can be done.

    def _save(self, values: dict, seen: dict | None) -> None:
        """Keep a new story, or what is new of one."""
        title = one_line(values["title"])

        def write() -> None:
            if seen is None:
                self.journal.add("stories", dropped_none(values))
            else:
                changes = changed(schema.STORIES, values, seen)
                if changes:
                    self.journal.update("stories", seen["id"], changes, seen=seen)

        if self.message.do(write, f"Kept: “{title}”. Choose it at a question in the debrief.", f"the story “{title}”"):
            self.close_form()

    def _delete(self, seen: dict) -> None:
        """Delete a story; the questions at which it was told stay."""
        title = one_line(seen["title"])
        delete = lambda: self.journal.delete("stories", seen["id"], seen=seen)  # noqa: E731
        text = f"Deleted: “{title}”. The questions at which you told it stay as they are."
        if self.message.do(delete, text, f"the deletion of the story “{title}”"):
            self.close_form()


class StoryForm(widgets.VBox):
    """The parts of a story: `fields` by column; `begin` empties them, or fills them in; `seen` is what was there."""

    def __init__(self, save: Callable[[dict, dict | None], None], delete: Callable[[dict], None], close: Callable):
        self.save, self.seen = save, None
        columns = [column for column in schema.STORIES.columns if column.kind == "text"]
        self.fields = {column.name: Field(column) for column in columns}
        self.title, self.save_button = widgets.HTML(), panel.button("Keep it", self.try_to_save, look="primary")
        self.delete_button = panel.button("Delete it", lambda: delete(self.seen or {}), look="quiet")
        buttons = panel.bar(self.save_button, self.delete_button, panel.button("Close", close, look="quiet"))
        first, rest = [*self.fields.values()][:2], [*self.fields.values()][2:]
        super().__init__([self.title, panel.pair(*first), classed(panel.pair(*rest), "ik-parts"), buttons])
        self.add_class("ik-card")
        self.add_class("ik-story")

    def begin(self, story: dict | None) -> None:
        """Show what is noted of a story, nothing for a new one."""
        self.seen = story
        for name, field in self.fields.items():
            field.value = (story or {}).get(name)
            field.refuse("")
        title = f"Change “{one_line(story['title'])}”" if story else WRITE_NEW
        self.title.value = markup("<h4>{title}</h4>", title=title)
        set_visible(self.delete_button, story is not None)

    def try_to_save(self) -> None:
        """Keep what is typed, or say that the title is missing."""
        title = self.fields["title"]
        title.refuse("" if (title.value or "").strip() else "Give it a title by which you know it.")
        if not title.error.value:
            self.save({name: field.value for name, field in self.fields.items()}, self.seen)


def next_company(shown: Shown) -> str:
    """Return the company of the interview that comes next, empty where none does."""
    table = next_steps.upcoming(shown.whole, as_of=shown.now)
    coming = table[~table["overdue_debrief"]]
    return "" if coming.empty else one_line(coming["company"].iloc[0])


def result_row(story: dict, result: dict) -> tuple:
    """Return how a story landed, in words."""
    noted = result["well"] + result["okay"] + result["badly"]
    plausible = span(percent(result["ci_low"]), percent(result["ci_high"]))
    well = f"{result['well']} of {noted}, plausibly {plausible}" if noted else ""
    on = "" if schema.is_missing(result["last_told_on"]) else unbroken(day(result["last_told_on"]))
    last = ", ".join(filter(None, [result["last_company"], on]))
    return one_line(story["title"]), one_line(story["topics"]), unbroken(next_steps.times(result["told"])), well, last


def heard_words(row: dict) -> str:
    """Return whether a company has heard a story."""
    if not row["told_here"]:
        return "not told yet"
    on = row["last_told_here_on"]
    return "told" if schema.is_missing(on) else f"told on {unbroken(day(on))}"

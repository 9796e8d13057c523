"""The fields of one interview on one screen: what must not fade first, all else folded below."""

from collections.abc import Mapping
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

import ipywidgets as widgets

from interview_kit import schema
from interview_kit.journal import Journal, RecordsError
from interview_kit.widgets import panel, planning
from interview_kit.widgets.answers import Answer
from interview_kit.widgets.behaviors import Behaviors, is_behavior
from interview_kit.widgets.fields import Field
from interview_kit.widgets.interview_words import focus_words
from interview_kit.widgets.rows import RowsEditor
from interview_kit.widgets.values import without_none
from interview_kit.words import one_line

PROMPTS = ("documents_given", "issues", "answer_better", "still_needed")  # of the article; all else folds out
FOLDED = ("format", "ended_at", "outcome", "outcome_on", "answer_by", "source", "went_well", "notes", "link", "focus")
WHAT_FOR = "Those you answered badly or okay come back to practice, in Next steps."
ROWS = {
    "contacts": (("name", "role", "email", "phone", "notes"), "a person", ""),
    "questions": (("question", "topic", "answered", "story_id", "better_answer"), "a question", WHAT_FOR),
    "follow_ups": (("kind", "due_on", "note"), "a follow-up", ""),
}
MORE, LESS = "More: the answer, notes …", "Less"


class InterviewFields(panel.Panel):
    """A panel with the fields of one interview, and of what belongs to it.

    `fields` holds a `Field` or an `Answer` by column, `rows` an editor for each table; `behaviors` is the part with
    the answers. `columns` and `extras` are what is shown, with `more` in it, which is folded away.
    """

    def __init__(self, journal: Journal):
        super().__init__()
        self.add_class("ik-wide")
        self.journal = journal
        self.fields: dict[str, Field | Answer] = {}
        self._is_loading = False
        self.delay, self.focus_box = widgets.HTML(), widgets.HTML()
        self.behaviors, self.more = Behaviors(self.fields, self._changed), panel.Stack(look="ik-card")
        self.answers, self.own_behavior = self.behaviors.grid, self.behaviors.own
        self.own_button, self.own_error = self.behaviors.own_button, self.behaviors.own_error
        self.rows = {
            name: RowsEditor(name, *shown, on_change=self._changed, focus_field=self.focus_field)
            for name, shown in ROWS.items()
        }
        self.more_button = panel.button(MORE, lambda: self.unfold(self.more.layout.display == "none"), look="quiet")
        self.day_buttons = [
            panel.button(text, lambda ago=ago: self._set_day(ago)) for ago, text in enumerate(("Today", "Yesterday"))
        ]
        self._make_fields()
        self.columns, self.extras = self._columns(), self._extras()
        self.unfold(False)

    def typed(self) -> None:
        """Do what is due when someone has typed or chosen something."""
        raise NotImplementedError

    def show_delay(self) -> None:
        """Say below the date how long ago the interview was, or that it is still to come."""
        raise NotImplementedError

    def _changed(self) -> None:
        if not self._is_loading:
            self.typed()

    # What it looks like.

    def _make_fields(self) -> None:
        """Make a field for each column; earlier interviews suggest companies and behaviors, where they can be read."""
        interviews: Any = {}
        with suppress(RecordsError):
            interviews = self.journal.interviews()
        for column in schema.INTERVIEWS.columns:
            if column.name not in ("id", "person", "debriefed_at") and not is_behavior(column.name):
                self.fields[column.name] = Field(column, options=suggested(column, interviews))
                self.fields[column.name].watch(self._changed)
        self.behaviors.know([*(column.name for column in schema.INTERVIEWS.columns), *interviews])

    def _columns(self) -> widgets.Box:
        """Return what is asked of everyone, in two columns where there is room."""
        get = self._field
        get("interviewed_on").children += (self.delay,)
        on = panel.box(get("interviewed_on"), *self.day_buttons, look="ik-day")
        facts = (panel.pair(get("company"), get("role")), panel.box(get("stage"), on, look="ik-stage-day"))
        self.plan = panel.Stack(panel.pair(*map(get, planning.PLAN)))
        memory = panel.Stack(*facts, self.plan, *map(get, PROMPTS), look="ik-column")
        self.behaviors.children += (get("chance"),)
        return panel.box(memory, self.behaviors, look="ik-columns")

    def _field(self, name: str) -> Field:
        """Return a field that stands alone, as all do but the answers in the grid."""
        field = self.fields[name]
        if not isinstance(field, Field):
            raise TypeError(f"{name} is answered in the grid")
        return field

    def _extras(self) -> panel.Stack:
        """Return what folds out in place: people, questions, things to do, and the rest."""
        get = self._field
        self.more.children = [panel.pair(*map(get, pair)) for pair in zip(FOLDED[::2], FOLDED[1::2], strict=True)]
        return panel.Stack(panel.box(*self.rows.values(), self.more_button, look="ik-extras"), self.more)

    def unfold(self, is_open: bool) -> None:
        """Show what few need, or fold it away."""
        panel.set_visible(self.more, is_open)
        self.more_button.description = LESS if is_open else MORE

    def _set_day(self, ago: int) -> None:
        """Set the day of the interview to today, or to so many days ago."""
        self.fields["interviewed_on"].value = date.today() - timedelta(days=ago)

    def ask_about(self, focus: str) -> None:
        """Ask first about what is worked on: in the grid, or in a line of its own where that is no behavior."""
        self.behaviors.ask_first(focus)
        alone = focus_words(focus) if focus and not is_behavior(focus) else ""
        self.focus_box.value = panel.paragraph(alone, "ik-answer")

    # What it holds.

    def values(self) -> dict:
        """Return what is noted in the fields, by column."""
        return without_none({name: field.value for name, field in self.fields.items()})

    @property
    def on(self) -> date | None:
        """The day of the interview."""
        return self.fields["interviewed_on"].value

    def is_blank(self) -> bool:
        """Say whether nothing is noted at all."""
        rows = [editor.values() for editor in self.rows.values()]
        return not (planning.noted(self.values()) - {"focus"} or self.own_behavior.value.strip() or any(rows))

    def is_more_noted(self) -> bool:
        """Say whether something is noted in the fields that are folded away."""
        return not planning.noted(self.values()).isdisjoint(set(FOLDED) - {"focus"})

    @contextmanager
    def _untyped(self):
        """Change what the fields hold without taking that for typing."""
        before, self._is_loading = self._is_loading, True
        try:
            yield
        finally:
            self._is_loading = before

    def load(
        self, values: Mapping, rows: Mapping | None = None, saved: Mapping | None = None, own_behavior: str = ""
    ) -> None:
        """Put values into the fields."""
        with self._untyped():
            self.offer_stories()
            self.own_behavior.value, self.own_error.value = own_behavior, ""
            self.behaviors.know(values)
            for name, field in self.fields.items():
                field.value = values.get(name)
                field.refuse("")
            for name, editor in self.rows.items():
                editor.load((rows or {}).get(name, []), (saved or {}).get(name, []))
        self.show_delay()

    def offer_stories(self) -> None:
        """Offer the stories that can have been told; where their file cannot be read, those offered before."""
        with suppress(RecordsError), self._untyped():
            stories = self.journal.stories()
            titles = [(one_line(title), key) for title, key in zip(stories["title"], stories["id"], strict=True)]
            self.rows["questions"].offer("story_id", titles)


def suggested(column: schema.Column, interviews: Any) -> list:
    """Return what earlier records suggest for a column: companies and roles, or the behaviors to work on."""
    if column.name in ("company", "role") and column.name in interviews:
        return [name for name in interviews[column.name].unique() if name][:300]
    if column.kind == "focus":
        return [(schema.label(behavior.name), behavior.name) for behavior in schema.BEHAVIORS]
    return []

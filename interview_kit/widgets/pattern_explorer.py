"""Which behaviors line up with callbacks: the picture, and the story of one behavior."""

import ipywidgets as widgets
import pandas as pd

from interview_kit import next_steps, patterns, schema, studies
from interview_kit.journal import Journal
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.chooser import Chooser
from interview_kit.widgets.filtered import FilteredPanel
from interview_kit.widgets.study_view import StudyView
from interview_kit.widgets.values import focus_of

STARTS = "Your one question starts {anew}today: only interviews from now on count for it."


class PatternExplorer(FilteredPanel):
    """The pattern study of a journal: filters, the answer in a sentence, the picture, its table and one story.

    Parameters
    ----------
    journal : Journal
        Whose interviews are compared.

    Attributes
    ----------
    table : pandas.DataFrame
        The comparison that is shown.
    behavior : Dropdown
        The dropdown whose story is told.

    Examples
    --------
    In a notebook::

        ik.PatternExplorer(ik.Journal())
    """

    notebook = "2_patterns"

    def __init__(self, journal: Journal):
        super().__init__(journal)
        self.within = Chooser("Compare", "all together", self.refresh)
        self.with_late = widgets.Checkbox(indent=False)
        self.late: str | None = None  # until someone ticks it, late debriefs are shown where there is nothing else
        self.with_late.observe(self._choose_late, "value")
        self.view = StudyView(self._clicked)
        self.behavior = Chooser("Tell me more about", "choose a behavior", self._choose)
        self.question = widgets.HTML()
        self.question_section = panel.section("Your one question", self.question)
        self.story = panel.classed(widgets.HTML(), "ik-story")
        self.message = Changes(journal, self.reload)
        self.focus_button = panel.button("Work on this one next", self.choose_focus, look="primary")
        self.show(
            panel.heading("What lines up with callbacks?", level=2),
            self.news,
            self.filter_bar(self.within),
            self.with_late,
            *self.view.parts(),
            self.question_section,
            panel.section("One behavior", self.behavior, panel.bar(self.focus_button), self.message, self.story),
        )
        self.begin()

    def take(self, records: pd.DataFrame, note: str) -> None:
        """Let these be the interviews to choose from, and offer the groups within which one can compare."""
        super().take(records, note)
        self.within.offer((f"within a {name}", name) for name in studies.groups_offered(self.records))

    def draw(self) -> None:
        """Compare the behaviors of the chosen interviews and show the answer."""
        by = self.within.value or None
        study = studies.behaviors(self.frame, self.as_of, by, late=self.late, is_part=self.is_filtered)
        self.table = study.table
        self._offer_late()
        self.view.show(study._replace(plot=None) if self.table.empty else study, dark=self.dark)
        self._show_question()
        self._offer_behaviors()

    def _show_question(self) -> None:
        """Show what is known of the one question that was chosen beforehand, by all interviews since."""
        text = studies.question(self.records, focus_of(self.journal), self.journal.focus_since(), self.as_of)
        self.question.value = panel.paragraph(text)
        panel.set_visible(self.question_section, bool(text))

    def _offer_late(self) -> None:
        """Offer to bring in what was written down after its answer, where there is some."""
        attrs = self.table.attrs
        count = attrs["late_included"] + attrs["left_out"]["late"]
        panel.set_visible(self.with_late, count > 0)
        self.with_late.description = f"Bring in the {count:,} written down after the answer came"
        if self.late is None:
            self.with_late.value = attrs["late_included"] > 0

    def _choose_late(self, change: dict) -> None:
        """Bring in late debriefs or leave them out, where that is not what is shown already."""
        if change["new"] != (self.table.attrs["late_included"] > 0):
            self.late = patterns.INCLUDE if change["new"] else patterns.LEAVE_OUT
            self.refresh()

    @property
    def shown_late(self) -> str:
        """What becomes of late debriefs in the table that is shown."""
        return patterns.INCLUDE if self.table.attrs["late_included"] else patterns.LEAVE_OUT

    def theme_changed(self) -> None:
        """Draw the picture in the colors of the page."""
        self.view.draw(dark=self.dark)

    def _offer_behaviors(self) -> None:
        """Offer the behaviors of the table, and show the story of the one that is chosen."""
        self.behavior.offer((schema.label(name), name) for name in self.table["behavior"])
        self._show_story()

    def _clicked(self, trace, point: int) -> None:
        if trace.mode == "markers":
            self.behavior.value = self.table["behavior"].iloc[point]

    # The story of one behavior.

    def _choose(self) -> None:
        self.message.clear()
        self._show_story()

    def _show_story(self) -> None:
        """Show the story of the behavior that is chosen."""
        name = self.behavior.value
        focus = focus_of(self.journal) if name.startswith("did_") else ""
        can_choose = name.startswith("did_") and name != focus and not panel.is_only_read(self.journal)
        panel.set_visible(self.focus_button, can_choose)
        if not name:
            click = ", or click it in the picture" if self.view.picture.layout.display != "none" else ""
            self.story.value = panel.paragraph(f"Choose one above{click}.")
            return
        details = studies.behavior_details(self.frame, self.table, name, self.as_of, late=self.shown_late)
        progress = self._progress(name) if name == focus else ""
        self.story.value = panel.paragraphs(details.sentences) + progress + chapters(details)

    def _progress(self, name: str) -> str:
        """Return how it goes since it was chosen to be worked on."""
        since = self.journal.focus_since()
        text, _ = next_steps.focus_so_far(self.frame, name, since=since, as_of=self.as_of)
        return chapter("This is what you work on", text)

    def choose_focus(self) -> None:
        """Make the behavior the focus that the next debrief asks about."""
        name, before, since = self.behavior.value, focus_of(self.journal), self.journal.focus_since()
        starts = STARTS.format(anew="anew " if before else "")
        text = f"The next debrief asks about it first: {schema.label(name).lower()}. {starts}"
        back = lambda: self.journal.choose_focus(before, since=since)  # noqa: E731
        self.message.do(lambda: self.journal.choose_focus(name), text, back=back)
        self.focus_message(self.message)

    def _changed(self, what: str) -> None:
        super()._changed(what)
        if what == "settings":
            self._show_question()
            self._show_story()


def chapters(details: studies.Details) -> str:
    """Return the groups of a behavior, its pairs, and the interviews behind it; the last alone where none counts."""
    table = panel.html_table(*details.interviews) if details.interviews.rows else ""
    behind = chapter("The interviews behind it", details.noted) + table
    if not details.groups.rows:
        return behind
    group = details.groups.columns[0]
    told = [
        chapter(f"{group} by {group.lower()}"),
        panel.html_table(*details.groups),
        chapter("What travels with it", details.pairs),
        behind,
    ]
    return "".join(told)


def chapter(title: str, below: str = "") -> str:
    """Return a heading inside a story, with a line below it."""
    return panel.markup("<h4>{title}</h4>", title=title) + panel.paragraph(below)

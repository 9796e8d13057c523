"""What to do now: what is planned, the list to tick off, the people met, the questions to practice, the one thing."""

from datetime import date

import ipywidgets as widgets

from interview_kit import schema
from interview_kit.clients import Clients
from interview_kit.journal import Journal, RecordsError
from interview_kit.widgets import panel
from interview_kit.widgets.brief import Brief
from interview_kit.widgets.drafts import Drafts
from interview_kit.widgets.everyones_steps import EveryonesSteps
from interview_kit.widgets.file_news import FileNews
from interview_kit.widgets.filtered import SAMPLE_NOTICE
from interview_kit.widgets.focus import Focus
from interview_kit.widgets.people import People
from interview_kit.widgets.planned import Planned
from interview_kit.widgets.practice import Practice, QuestionCard
from interview_kit.widgets.snapshot import Snapshot
from interview_kit.widgets.stories import Stories
from interview_kit.widgets.to_do import ToDo, ToDoCard
from interview_kit.widgets.waiting import Waiting
from interview_kit.words import day

EXTENT = (
    "Listed is what follows from the newest {most:,} interviews, people and follow-ups of very many ({total:,} "
    "interviews). As a library the kit goes through all of them."
)


class NextSteps(panel.RecordsPanel):
    """What to do, from the records of a journal: to do, people, practice and the focus.

    With no records of one's own they show the invented sample, and save nothing.

    Parameters
    ----------
    journal : Journal
        Whose next steps are shown.
    as_of : date, optional
        The day that counts as today; by default today.

    Attributes
    ----------
    planned_section, to_do_section, people_section : Planned, ToDo, People
        A section of its own for each.
    practice_section, focus_section : Practice, Focus
        A section of its own for each.

    Examples
    --------
    In a notebook::

        ik.NextSteps(ik.Journal())
    """

    notebook = "4_next_steps"
    shown: Snapshot

    def __init__(self, journal: Journal, *, as_of: date | None = None):
        super().__init__(journal)
        self.as_of = as_of
        self.everyones: EveryonesSteps | None = None
        if isinstance(journal, Clients) and not journal.person:
            self.everyones = EveryonesSteps(journal, as_of, NextSteps)
            self.show(self.everyones)
            return
        if panel.is_only_read(journal):
            self.add_class("ik-only-read")
        self.title, self.extent = widgets.HTML(), widgets.HTML()
        drafts = Drafts(lambda: self.shown.records, lambda: self.shown.day)
        self.planned_section, self.brief_section, self.to_do_section = Planned(self), Brief(self), ToDo(self, drafts)
        self.practice_section, self.stories_section, self.focus_section = Practice(self), Stories(self), Focus(self)
        self.people_section = People(self, drafts)
        self.sections = (
            *(self.planned_section, self.brief_section, self.to_do_section, Waiting(self)),
            *(self.practice_section, self.stories_section, self.focus_section, self.people_section),
        )
        self.news = FileNews(journal, self.to_do_section.say_on_top)
        self.begin()

    @property
    def cards(self) -> dict[str, ToDoCard]:
        """A card for each thing to do that is shown."""
        return self.to_do_section.cards

    @property
    def questions(self) -> dict[str, QuestionCard]:
        """A card for each question to practice that is shown."""
        return self.practice_section.questions

    def embed(self) -> None:
        """Leave what is said of all files to the panel that this one is shown in."""
        super().embed()
        if self.everyones is not None:
            self.everyones.embed()

    def reload(self) -> None:
        """Read the records again and show what to do."""
        if self.everyones is not None:
            self.everyones.reload()
            return
        try:
            self._draw(Snapshot.of(self.journal, self.as_of))
        except RecordsError as error:
            self.is_read = False
            self.news.say_unreadable(error, self.reload, records="records")
            self.show(panel.heading("What to do now", level=2), self.news)

    def _draw(self, shown: Snapshot) -> None:
        self.shown, self.is_read = shown, True
        for section in self.sections:
            section.refresh(shown)
        self.title.value = panel.heading(f"Today, {day(shown.day)}", level=2).value
        self.say_news()
        text = EXTENT.format(most=shown.records.most, total=shown.records.total) if shown.records.is_part else ""
        self.extent.value = panel.paragraph(text)
        self.show(self.title, self.news, *([self.extent] if text else []), *self.sections)

    def say_news(self) -> None:
        """Say that this is the sample, or what could not be read or only with help."""
        if self.shown.is_sample:
            when = f"It is shown as of {day(self.shown.day)}; nothing you do here is saved."
            self.news.say(f"{SAMPLE_NOTICE} {when}", "plain")
        else:
            own = self.shown.own
            self.news.show_findings(own.problems, {name: [] for name in own.notes} if self.is_embedded else own.notes)

    def on_return(self) -> None:
        """Show the new day where one has begun, and what something else has changed; where something is typed, ask."""
        if self.everyones is not None:
            return
        if hasattr(self, "shown") and self.shown.is_of_yesterday:
            self.reload()
        if not any(map(self.journal.changed_outside, schema.TABLES)):
            return
        if any(map(panel.is_typed_in, self.sections)):
            self.news.say_changed(self.reload)
        else:
            self.reload()

"""Getting better, getting stuck, still waiting: how outcomes change over time."""

import ipywidgets as widgets

from interview_kit import schema, studies, trends
from interview_kit.journal import Journal
from interview_kit.studies import Study
from interview_kit.widgets import panel
from interview_kit.widgets.filtered import FilteredPanel
from interview_kit.widgets.study_view import StudyView
from interview_kit.widgets.values import focus_of

SHOWN_WAITING = 12
QUESTIONS = ("trend", "stages", "paths", "waiting", "habit", "calibration")
PERIODS = (("equal parts", "equal"), ("months", "MS"), ("quarters", "QS"), ("weeks", "W"))
TITLES = (
    "Am I getting better?",
    "Where do I get stuck?",
    "Who may still call?",
    "Is my habit changing?",
    "Do my guesses come true?",
    "How soon do I write it down?",
)
THEIR_TITLES = (
    "Are they getting better?",
    "Where do they get stuck?",
    "Who may still call?",
    "Is their habit changing?",
    "Do their guesses come true?",
    "How soon do they write it down?",
)


class TrendExplorer(FilteredPanel):
    """The trends of a journal: filters, and for each question a sentence, a picture and a table.

    Parameters
    ----------
    journal : Journal
        Whose interviews are shown.

    Attributes
    ----------
    views : dict
        A `StudyView` for each question: trend, stages, paths, waiting, habit and calibration.

    Examples
    --------
    In a notebook::

        ik.TrendExplorer(ik.Journal())
    """

    notebook = "3_trends"

    def __init__(self, journal: Journal):
        super().__init__(journal)
        self.period = widgets.Dropdown(description="Over time, in", options=PERIODS)
        self.habit = widgets.Dropdown(description="Habit", options=[])
        self.views = {name: StudyView() for name in QUESTIONS}
        self.waiting_list, self.delay = widgets.HTML(), widgets.HTML()
        panel.on_change(self._draw_over_time, self.period)
        panel.on_change(self._draw_habit, self.habit)
        better, stuck, calling, habit, guesses, soon = THEIR_TITLES if panel.is_only_read(journal) else TITLES
        self.show(
            panel.heading("Outcome trends", level=2),
            self.news,
            self.filter_bar(),
            panel.section(better, self.period, *self.views["trend"].parts()),
            panel.section(stuck, *self.views["stages"].parts(), *self.views["paths"].parts()),
            panel.section(calling, self.waiting_list, *self.views["waiting"].parts()),
            panel.section(habit, self.habit, *self.views["habit"].parts()),
            panel.section(guesses, *self.views["calibration"].parts()),
            panel.section(soon, self.delay),
        )
        self.begin()

    def draw(self) -> None:
        """Show what the chosen interviews say, from the top of the page down, where it is looked at first."""
        frame, as_of = self.frame, self.as_of
        self._draw_trend()
        conversion = trends.stage_conversion(frame, as_of=as_of)
        self._show("stages", studies.stages_of(conversion))
        self._show("paths", studies.paths_of(conversion))
        self._list_waiting()
        self._show("waiting", studies.waiting(frame, as_of))
        self._offer_habits()
        self._draw_habit()
        self._show("calibration", studies.calibration(frame, as_of))
        self.delay.value = panel.paragraph(trends.debrief_delay(frame).attrs["sentence"])

    def _draw_over_time(self) -> None:
        """Show what goes by the chosen period."""
        self._draw_trend()
        self._draw_habit()

    def _draw_trend(self) -> None:
        self._show("trend", studies.trend(self.frame, self.as_of, self._freq()))

    def _freq(self) -> str | None:
        """Return the calendar period that is chosen, None for parts of equal counts."""
        return None if self.period.value == PERIODS[0][1] else self.period.value

    def _show(self, name: str, study: Study) -> None:
        self.views[name].show(study, dark=self.dark)

    def _list_waiting(self) -> None:
        """List the interviews without an answer, the likeliest first."""
        waiting = studies.open_interviews(self.frame, self.as_of, SHOWN_WAITING)
        nothing = panel.paragraph("No answer is outstanding.")
        self.waiting_list.value = panel.html_table(*waiting) if waiting.rows else nothing

    def _offer_habits(self) -> None:
        """Offer the behaviors, at first the one that is worked on, else the first."""
        names, focus = [name for name in self.frame if name.startswith("did_")], focus_of(self.journal)
        first = focus if focus in names else next(iter(names), None)
        panel.offer(self.habit, [(schema.label(name), name) for name in names], first)

    def _draw_habit(self) -> None:
        if self.habit.value:
            self._show("habit", studies.habit(self.frame, self.habit.value, self._freq()))

    def theme_changed(self) -> None:
        """Draw the pictures in the colors of the page."""
        for view in self.views.values():
            view.draw(dark=self.dark)

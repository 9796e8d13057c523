"""Getting better, getting stuck, still waiting: how outcomes change over time."""

import ipywidgets as widgets

from interview_kit import schema, studies, trends
from interview_kit.journal import Journal
from interview_kit.studies import Study, without_sentence
from interview_kit.widgets import panel
from interview_kit.widgets.filtered import FilteredPanel, focus_of, is_only_read
from interview_kit.widgets.picture import Picture

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
WAITING = ("Company", "Stage", "Days of silence", "What your records say")


class View:
    """One question of the explorer: the answer in a sentence, a picture, and its table to unfold."""

    def __init__(self):
        self.answer, self.table, self.remarks = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.picture = Picture()
        self.study: Study | None = None

    def parts(self) -> tuple:
        """Return what is shown, in order."""
        return self.answer, self.picture, self.remarks, panel.folded("The numbers as a table", self.table)

    def show(self, study: Study, *, dark: bool) -> None:
        """Show a study as its sentence, its picture and its numbers."""
        self.study = study
        self.answer.value = panel.paragraph(study.sentence, "ik-answer")
        self.table.value = panel.html_table(study.columns, study.rows)
        self.remarks.value = panel.paragraphs(study.remarks)
        self.draw(dark=dark)

    def draw(self, *, dark: bool) -> None:
        """Draw the picture in the colors of the page."""
        if self.study and self.study.plot:
            self.picture.show(self.study.plot, without_sentence(self.study.table), dark=dark)


class TrendExplorer(FilteredPanel):
    """The trends of a journal: filters, and for each question a sentence, a picture and a table.

    Parameters
    ----------
    journal : Journal
        Whose interviews are shown.

    Attributes
    ----------
    views : dict
        A `View` for each question: trend, stages, paths, waiting, habit and calibration.

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
        self.views = {name: View() for name in QUESTIONS}
        self.waiting_list, self.delay = widgets.HTML(), widgets.HTML()
        panel.on_change(self._draw_over_time, self.period)
        panel.on_change(self._draw_habit, self.habit)
        better, stuck, calling, habit, guesses, soon = THEIR_TITLES if is_only_read(journal) else TITLES
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
        waiting = trends.pending_chances(self.frame, as_of=self.as_of)
        if waiting.empty:
            self.waiting_list.value = panel.paragraph("No answer is outstanding.")
            return
        rows = waiting.sort_values(["chance", "days_silent"], ascending=[False, True], kind="stable")[:SHOWN_WAITING]
        whose = dict(zip(self.frame["id"], self.frame["person"], strict=True)) if self.has_several else {}
        cells = [(*([whose[row["id"]]] if whose else []), *waiting_row(row)) for row in rows.to_dict("records")]
        self.waiting_list.value = panel.html_table((*(["Person"] if whose else []), *WAITING), cells)

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


def waiting_row(row: dict) -> tuple:
    """Return an interview that waits for an answer, in words."""
    days = "" if schema.is_missing(row["days_silent"]) else f"{row['days_silent']:,}"
    return row["company"], row["stage"], days, row["sentence"]

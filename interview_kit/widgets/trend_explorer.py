"""Getting better, getting stuck, still waiting: how outcomes change over time."""

import ipywidgets as widgets

from interview_kit import charts, schema, trends
from interview_kit.journal import Journal
from interview_kit.widgets import panel
from interview_kit.widgets.picture import Picture
from interview_kit.widgets.study import Study, focus_of

SHOWN_WAITING = 12
COUNTED = trends.what_counts(30)
PERIODS = (("equal parts", "equal"), ("months", "MS"), ("quarters", "QS"), ("weeks", "W"))
NAMES = {
    "start": "From",
    "end": "To",
    "stage": "Stage",
    "n": "Interviews",
    "callbacks": "Called back",
    "not_called_back": "Not called back",
    "pending": "Pending",
    "rate": "Rate",
    "ci_low": "Plausibly from",
    "ci_high": "to",
    "done": "Done",
    "low": "Guess from",
    "high": "to",
    "said": "You said",
    "company": "Company",
    "days_silent": "Days of silence",
    "sentence": "What your records say",
}
SHARES = ("rate", "ci_low", "ci_high")


class View:
    """One question of the explorer: the answer in a sentence, a picture, and its table to unfold."""

    def __init__(self):
        self.answer, self.table = widgets.HTML(), widgets.HTML()
        self.picture = Picture()
        self.drawn = None

    def parts(self) -> tuple:
        """Return what is shown, in order."""
        return self.answer, self.picture, panel.folded("The numbers as a table", self.table)

    def show(self, table, plot, sentence: str, *, dark: bool) -> None:
        """Show a table as its sentence, its picture and its numbers."""
        self.drawn = without_sentence(table), plot
        self.answer.value = panel.markup('<p class="ik-answer">{text}</p>', text=sentence)
        columns = [name for name in table.columns if name in NAMES]
        rows = table[columns].to_dict("records")
        cells = [[cell(name, row[name]) for name in columns] for row in rows]
        self.table.value = panel.html_table([NAMES[name] for name in columns], cells)
        self.draw(dark=dark)

    def draw(self, *, dark: bool) -> None:
        """Draw the picture in the colors of the page."""
        if self.drawn:
            table, plot = self.drawn
            self.picture.show(plot, table, dark=dark)


class TrendExplorer(Study):
    """The trends of `journal`: filters, and for each question a sentence, a picture and a table.

    `views` holds a `View` for each question: trend, stages, waiting, habit and calibration.
    """

    notebook = "3_trends"

    def __init__(self, journal: Journal):
        super().__init__(journal)
        self.period = widgets.Dropdown(description="Over time, in", options=PERIODS)
        self.habit = widgets.Dropdown(description="Habit", options=[])
        self.views = {name: View() for name in ("trend", "stages", "waiting", "habit", "calibration")}
        self.paths = Picture()
        self.waiting_list, self.delay = widgets.HTML(), widgets.HTML()
        self.period.observe(lambda _: self._draw_over_time(), "value")
        self.habit.observe(lambda _: self._draw_habit(), "value")
        self.show(
            panel.heading("Outcome trends", level=2),
            self.news,
            self.filter_bar(),
            panel.section(
                "Am I getting better?",
                self.period,
                *self.views["trend"].parts(),
                panel.words("<p>{text}</p>", text=COUNTED),
            ),
            panel.section(
                "Where do I get stuck?",
                *self.views["stages"].parts(),
                panel.words("<p>{text}</p>", text=COUNTED),
                panel.heading("The paths they took", "Rounds at one company for one role are one path.", level=4),
                self.paths,
            ),
            panel.section("Who may still call?", self.waiting_list, *self.views["waiting"].parts()),
            panel.section("Is my habit changing?", self.habit, *self.views["habit"].parts()),
            panel.section("Do my guesses come true?", *self.views["calibration"].parts()),
            panel.section("How soon do I write it down?", self.delay),
        )
        with panel.opening(journal.folder):
            self.reload()
            self._refresh()

    def draw(self) -> None:
        """Show what the chosen interviews say, from the top of the page down, where it is looked at first."""
        frame = self.frame
        self._draw_trend()
        self.stages = trends.stage_conversion(frame, as_of=self.as_of)
        self._show("stages", self.stages, charts.plot_stages, self.stages.attrs["sentence"])
        self._draw_paths()
        self._list_waiting()
        waiting = trends.waiting_curve(frame, as_of=self.as_of)
        self._show("waiting", waiting, charts.plot_waiting, waiting.attrs["sentence"])
        self._offer_habits()
        self._draw_habit()
        calibration = trends.chance_calibration(frame)
        self._show("calibration", calibration, charts.plot_calibration, calibration.attrs["sentence"])
        self.delay.value = panel.markup("<p>{text}</p>", text=trends.debrief_delay(frame).attrs["sentence"])

    def _draw_over_time(self) -> None:
        """Show what goes by the chosen period."""
        self._draw_trend()
        self._draw_habit()

    def _draw_trend(self) -> None:
        trend = trends.outcome_trend(self.frame, freq=self._freq(), as_of=self.as_of)
        self._show("trend", trend, charts.plot_trend, trend.attrs["trend"]["sentence"])

    def _freq(self) -> str | None:
        """Return the calendar period that is chosen, None for parts of equal counts."""
        return None if self.period.value == PERIODS[0][1] else self.period.value

    def _show(self, name: str, table, plot, sentence: str) -> None:
        self.views[name].show(table, plot, sentence, dark=self.dark)

    def _list_waiting(self) -> None:
        """List the interviews without an answer, the likeliest first."""
        waiting = trends.pending_chances(self.frame, as_of=self.as_of)
        if waiting.empty:
            self.waiting_list.value = panel.markup("<p>{text}</p>", text="No answer is outstanding.")
            return
        rows = waiting.sort_values(["chance", "days_silent"], ascending=[False, True], kind="stable")[:SHOWN_WAITING]
        columns = ("company", "stage", "days_silent", "sentence")
        cells = [[cell(name, row[name]) for name in columns] for row in rows.to_dict("records")]
        self.waiting_list.value = panel.html_table([NAMES[name] for name in columns], cells)

    def _offer_habits(self) -> None:
        names = [name for name in self.frame if name.startswith("did_")]
        options = tuple((schema.label(name), name) for name in names)
        if options != tuple(self.habit.options):
            kept = self.habit.value if self.habit.value in names else self._first_habit(names)
            self.habit.options, self.habit.value = options, kept

    def _first_habit(self, names: list[str]) -> str | None:
        """Return the behavior that is worked on, else the first."""
        focus = focus_of(self.journal)
        return focus if focus in names else next(iter(names), None)

    def _draw_habit(self) -> None:
        if self.habit.value:
            table = trends.habit_trend(self.frame, self.habit.value, freq=self._freq())
            self._show("habit", table, charts.plot_habit, table.attrs["trend"]["sentence"])

    def theme_changed(self) -> None:
        """Draw the pictures in the colors of the page."""
        for view in self.views.values():
            view.draw(dark=self.dark)
        self._draw_paths()

    def _draw_paths(self) -> None:
        self.paths.show(charts.plot_paths, self.stages, dark=self.dark)


def without_sentence(table):
    """Return a table for a picture below its sentence, which need not say it again."""
    copy = table.copy()
    copy.attrs = {name: value for name, value in table.attrs.items() if name not in ("sentence", "trend")}
    return copy


def cell(name: str, value) -> str:
    """Return a value of a table in words."""
    if schema.is_missing(value):
        return ""
    if name in SHARES:
        return f"{100 * value:.0f}%"
    if name in ("start", "end"):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str(value)

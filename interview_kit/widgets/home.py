"""Home: what to write down, what is coming, what is due, who still has to answer, what to practice."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import ipywidgets as widgets

from interview_kit import next_steps, schema, studies, trends
from interview_kit.files.problems import RecordsError
from interview_kit.frame.parts import counted_columns
from interview_kit.journal import Journal
from interview_kit.journal.recent import Recent
from interview_kit.next_steps.records import read_records
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.file_news import FileNews
from interview_kit.widgets.interview_words import title_of
from interview_kit.widgets.markup import markup
from interview_kit.widgets.navigation import link
from interview_kit.widgets.panel import classed
from interview_kit.widgets.planned import Planned
from interview_kit.widgets.shown import MOST_READ
from interview_kit.widgets.values import records_of
from interview_kit.widgets.waiting import waiting_interviews, waiting_markup
from interview_kit.widgets.your_records import YourRecords

if TYPE_CHECKING:
    import pandas as pd

ANSWERS = ("callback", "offer", "rejected", "no reply")
SHOWN_WAITING, SHOWN_DUE = 6, 5
DOORS = (
    ("1_debrief", "Write the first one down", "Just had an interview? A few minutes now, while it is fresh."),
    ("6_import", "Bring a spreadsheet", "You keep a list elsewhere? See how it would come in, then import it."),
    ("2_patterns", "Look around in the sample", "What it looks like after 72 interviews, all of them invented."),
)


class Home(panel.Panel):
    """What to do first, from the records of a journal.

    Parameters
    ----------
    journal : Journal
        Whose records are shown.
    as_of : date, optional
        The day that counts as today; by default today.

    Attributes
    ----------
    waiting : list of str
        The ids of the interviews shown that wait for an answer; each has a button for each answer.

    Examples
    --------
    In a notebook::

        ik.Home(ik.Journal())
    """

    notebook = "0_home"

    def __init__(self, journal: Journal, *, as_of: date | None = None):
        panel.checked_own(journal, type(self).__name__)
        super().__init__()
        self.journal, self.as_of = journal, as_of
        self.waiting: list[str] = []
        self.message = Changes(journal, self.reload)
        self.news = FileNews(journal, self.message.done)
        self.planned = Planned(journal, self.reload, self.focus_field, leads_on=True)
        self.shown_on: date | None = None
        self.body, self.your_records = classed(widgets.VBox(), "ik-body"), YourRecords(journal, self.focus_message)
        super().show(self.body, self.your_records)
        self.add_class("ik-wide")
        journal.subscribe(self._changed)
        with panel.show_loading(journal.folder):
            self.reload()

    @property
    def today(self) -> date:
        """The day that is shown."""
        return self.as_of or date.today()

    @property
    def _moment(self) -> datetime | None:
        """The moment from which planned interviews are seen, None for now."""
        return datetime.combine(self.as_of, time()) if self.as_of else None

    # Reading.

    def show(self, *children) -> None:
        """Show these widgets above the part that is unfolded when wanted, which stays as it is."""
        self.body.children = children

    def reload(self) -> None:
        """Read the records again and show what is to be done."""
        try:
            records = self.journal.recent(MOST_READ)
        except RecordsError as error:
            again = panel.button("Read it again", self.reload)
            self.news.say_unread(error, again, records="records")
            self.show(self._top(), self.news)
            return
        self.shown_on = self.today
        self.news.tell(records.problems, records.notes)
        interviews = records.interviews()
        self.planned.draw(read_records(records), self._moment)
        if interviews.empty:
            self.show(self.message, self.news, *doors(), self.planned)
            return
        chances = trends.pending_chances(interviews, as_of=self.today)
        waiting = self._waiting(interviews, chances)
        left = classed(widgets.VBox([self.planned, self._due(records, chances)]), "ik-column")
        rest = [self._practice(records), self._finding(records)]
        right = classed(widgets.VBox([waiting, self.message, *rest]), "ik-column")
        self.show(self._top(), self.news, classed(widgets.Box([left, right]), "ik-columns"))

    def _top(self) -> widgets.Box:
        """Return the day, and the way to the form."""
        day = panel.words("<h2>{day}</h2>", day=f"{self.today:%A}, {self.today.day} {self.today:%B}")
        return classed(
            widgets.Box([day, widgets.HTML(link("1_debrief", "Write it down", "ik-door ik-first"))]), "ik-home-top"
        )

    # The parts.

    def _waiting(self, interviews: "pd.DataFrame", chances: "pd.DataFrame") -> widgets.VBox:
        """Return the interviews that wait for an answer, the newest first, with a button for each answer."""
        open_ones = waiting_interviews(interviews, self.today)
        shown = open_ones.head(SHOWN_WAITING)
        self.shown, self.waiting = shown, shown["id"].tolist()
        known = {row["id"]: row for row in chances.to_dict("records")}
        rows = [self._waiting_row(row, known.get(row["id"])) for row in shown.to_dict("records")]
        more = len(open_ones) - len(shown)
        below = f"{more} more wait; they are in the list." if more else ""
        return part(
            "Waiting for an answer", rows or ["Nobody owes you an answer."], below, ("1_debrief", "All interviews")
        )

    def _waiting_row(self, row: dict, chance: Mapping | None) -> widgets.Box:
        name, words = title_of(row), widgets.HTML(waiting_markup(row, chance, self.today))
        buttons = [
            panel.button(answer, lambda answer=answer: self.set_outcome(row["id"], answer), tooltip=f"{name}: {answer}")
            for answer in ANSWERS
        ]
        return classed(widgets.Box([words, panel.bar(*buttons)]), "ik-waiting")

    def _due(self, records: Recent, chances: "pd.DataFrame") -> widgets.VBox:
        """Return what is due by tomorrow, the overdue first."""
        table = next_steps.due_follow_ups(records, as_of=self.today, within_days=1, chances=chances)
        rows = [due_line(row) for row in table.head(SHOWN_DUE).to_dict("records")]
        more = len(table) - len(rows)
        below = f"and {more} more" if more > 0 else ""
        return part("To do", rows or ["Nothing is due by tomorrow."], below, ("4_next_steps", "Next steps"))

    def _practice(self, records: Recent) -> widgets.VBox:
        """Return how many questions come back to practice."""
        queue = next_steps.practice_queue(records, as_of=self.today)
        return part("Practice", [queue.attrs["sentence"]], "", ("4_next_steps", "Practice two"))

    def _finding(self, records: Recent) -> widgets.VBox:
        """Return what the records say of behaviors, in a sentence, and the habit that is worked on."""
        interviews = records.interviews()
        counted = counted_columns(interviews)
        lines = [studies.behaviors_sentence(counted, self.today)]
        if focus := records.focus():
            progress = next_steps.focus_progress(interviews, focus, as_of=self.today)
            lines.append(f"Working on: {progress.attrs['sentence']}")
        return part("So far", lines, "", ("2_patterns", "Patterns"))

    # What can be done.

    def set_outcome(self, key: str, outcome: str) -> None:
        """Note the answer to an interview, heard today."""
        changes, record = {"outcome": outcome, "outcome_on": self.today}, records_of(self.shown, "id", key)[0]
        seen, name = {column: record[column] for column in changes}, title_of(record)
        update = lambda: self.journal.update("interviews", key, changes, seen=seen)  # noqa: E731
        self.message.do(update, f"{name}: {outcome}, heard today")

    def _changed(self, _what: str) -> None:
        self.reload()

    def on_return(self) -> None:
        """Show the new day where one has begun, what has ended since, and what something else has changed."""
        if self.shown_on != self.today or any(map(self.journal.changed_outside, schema.TABLES)):
            self.reload()
            self.your_records.refresh()
        elif self.planned.is_outdated(self._moment):
            self.reload()


def due_line(row: dict) -> str:
    """Return one thing to do, and when."""
    return f"{row['what']}: {next_steps.when_words(row)}"


def part(title: str, lines: list, below: str, leads_to: tuple[str, str]) -> widgets.VBox:
    """Return a part of Home: a heading with a way on, and its lines."""
    head = f"<h3>{markup('{title}', title=title)}</h3>{link(*leads_to)}"
    shown = [panel.words("<p>{line}</p>", line=line) if isinstance(line, str) else line for line in lines]
    end = [panel.words("<p>{below}</p>", below=below)] if below else []
    return classed(widgets.VBox([classed(widgets.HTML(head), "ik-home-head"), *shown, *end]), "ik-home-part")


def doors() -> list[widgets.Widget]:
    """Return what someone can begin with who has no records yet."""
    shown = []
    for place, (notebook, text, below) in enumerate(DOORS):
        look = "ik-door ik-first" if place == 0 else "ik-door"
        shown.append(widgets.HTML(link(notebook, text, look) + markup("<p>{below}</p>", below=below)))
    welcome = panel.heading("Welcome", "Nothing is written down yet. Your records will stay on this machine.", level=2)
    return [welcome, classed(widgets.Box(shown), "ik-doors")]

"""Home: what to write down, what is coming, what is due, who still has to answer, what to practice."""

from datetime import date

import ipywidgets as widgets

from interview_kit import next_steps, schema, studies
from interview_kit.files.problems import RecordsError
from interview_kit.journal import Journal
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.file_news import FileNews
from interview_kit.widgets.interview_words import title_of
from interview_kit.widgets.navigation import link
from interview_kit.widgets.planned import Planned
from interview_kit.widgets.planning import ANSWERS
from interview_kit.widgets.snapshot import Snapshot
from interview_kit.widgets.waiting import TITLE, waiting_line
from interview_kit.widgets.your_records import YourRecords

SHOWN_WAITING, SHOWN_DUE = 6, 5
DOORS = (
    ("1_debrief", "Write the first one down", "Just had an interview? A few minutes now, while it is fresh."),
    ("6_import", "Bring a spreadsheet", "You keep a list elsewhere? See how it would come in, then import it."),
    ("2_patterns", "Look around in the sample", "What it looks like after 72 interviews, all of them invented."),
)


class Home(panel.RecordsPanel):
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
    writes = True

    def __init__(self, journal: Journal, *, as_of: date | None = None):
        super().__init__(journal)
        self.as_of = as_of
        self.waiting: list[str] = []
        self.message = Changes(journal, self.reload)
        self.news = FileNews(journal, self.message.done)
        self.planned = Planned(self, leads_on=True)
        self.body, self.your_records = panel.Stack(look="ik-body"), YourRecords(self)
        self.show(self.body, self.your_records)
        self.begin()

    # Reading.

    def reload(self) -> None:
        """Read the records again and show what is to be done."""
        self.your_records.refresh()
        try:
            self.shown = shown = Snapshot.of(self.journal, self.as_of, or_sample=False)
        except RecordsError as error:
            self.news.say_unreadable(error, self.reload, records="records")
            self.body.children = [top(self.as_of or date.today()), self.news]
            return
        self.news.show_findings(shown.own.problems, shown.own.notes)
        self.planned.refresh(shown)
        if shown.own.interviews().empty:
            self.waiting = []
            self.body.children = [self.message, self.news, *doors(), self.planned]
            return
        left = panel.Stack(self.planned, due(shown), look="ik-column")
        parts = (self._waiting(), self.message, practice(shown), finding(shown))
        columns = panel.box(left, panel.Stack(*parts, look="ik-column"), look="ik-columns")
        self.body.children = [top(shown.day), self.news, columns]

    def _waiting(self) -> panel.Stack:
        """Return the interviews that wait for an answer, the newest first, with a button for each answer."""
        rows = self.shown.waiting
        self.waiting = [row["id"] for row in rows[:SHOWN_WAITING]]
        more = len(rows) - len(self.waiting)
        below = f"{more} more wait; they are in the list." if more else ""
        lines = [self._waiting_row(row) for row in rows[:SHOWN_WAITING]]
        to_list = link("1_debrief", "All interviews", part="ik-records")
        return part(TITLE, to_list, *(lines or ["Nobody owes you an answer."]), below)

    def _waiting_row(self, row: dict) -> widgets.Box:
        note = lambda answer: self.message.note_answer(row, answer, self.shown.day, ", heard today")  # noqa: E731
        buttons = [
            panel.button(answer, lambda answer=answer: note(answer), tooltip=f"{title_of(row)}: {answer}")
            for answer in ANSWERS
        ]
        return panel.box(waiting_line(row, self.shown), panel.bar(*buttons), look="ik-waiting")

    def on_return(self) -> None:
        """Show the new day where one has begun, what has ended since, and what something else has changed."""
        shown = getattr(self, "shown", None)
        is_old = shown is None or shown.is_of_yesterday or self.planned.is_outdated()
        if is_old or any(map(self.journal.changed_outside, schema.TABLES)):
            self.reload()


# The parts.


def top(today: date) -> widgets.Box:
    """Return the day, and the way to the form."""
    to_form = widgets.HTML(link("1_debrief", "Write it down", "ik-door ik-first"))
    day = panel.words("<h2>{day}</h2>", day=f"{today:%A}, {today.day} {today:%B}")
    return panel.box(day, to_form, look="ik-home-top")


def due(shown: Snapshot) -> panel.Stack:
    """Return what is due by tomorrow, the overdue first."""
    table = next_steps.due_follow_ups(shown.records, as_of=shown.day, within_days=1, chances=shown.chances)
    say = lambda row: panel.line(f"{row['what']}: {next_steps.when_words(row)}")  # noqa: E731
    lines = panel.shortened(table.to_dict("records"), SHOWN_DUE, say)
    nothing = f"Nothing {'else ' if shown.to_write_down else ''}is due by tomorrow."
    return part("To do", link("4_next_steps", "Next steps"), *(lines or [nothing]))


def practice(shown: Snapshot) -> panel.Stack:
    """Return how many questions come back to practice."""
    queue = next_steps.practice_queue(shown.records, as_of=shown.day)
    return part("Practice", link("4_next_steps", "Practice two"), queue.attrs["sentence"])


def finding(shown: Snapshot) -> panel.Stack:
    """Return what the records say of behaviors, in a sentence, and the habit that is worked on, as Patterns does."""
    interviews, focus = shown.studied, shown.records.focus()
    lines = [studies.behaviors_sentence(interviews, shown.day)]
    if focus:
        since = shown.records.focus_since()
        lines.append(f"Working on: {next_steps.focus_so_far(interviews, focus, since=since, as_of=shown.day)[0]}")
    return part("So far", link("2_patterns", "Patterns"), *lines)


def part(title: str, way: str, *lines: str | widgets.Widget) -> panel.Stack:
    """Return a part of Home: a heading with a way on, and its lines, less those that say nothing."""
    shown = [panel.line(line) if isinstance(line, str) else line for line in lines if line]
    return panel.Stack(panel.heading_with_link(title, way), *shown, look="ik-home-part")


def doors() -> list[widgets.Widget]:
    """Return what someone can begin with who has no records yet."""
    looks = ("ik-door ik-first", "ik-door", "ik-door")
    shown = [
        widgets.HTML(link(notebook, text, look) + panel.paragraph(below))
        for look, (notebook, text, below) in zip(looks, DOORS, strict=True)
    ]
    return [panel.heading("Welcome", "Nothing is written down yet.", level=2), panel.box(*shown, look="ik-doors")]

"""What is to be done for each of many people, and the next steps of the one who is chosen."""

from collections.abc import Callable
from datetime import date

import ipywidgets as widgets

from interview_kit import next_steps
from interview_kit.clients import Clients
from interview_kit.widgets import panel
from interview_kit.widgets.chooser import Chooser
from interview_kit.words import plural

SHOWN_DUE = 40  # things to do of all people; more are counted
COLUMNS = ("Person", "What", "When", "Why")


class EveryonesSteps(panel.Stack):
    """What is due for each of many people, worked out for each alone; `whose` chooses one, whose next steps follow."""

    def __init__(self, clients: Clients, as_of: date | None, panel_of_one: Callable[..., panel.Panel]):
        self.clients, self.as_of, self.panel_of_one, self.is_embedded = clients, as_of, panel_of_one, False
        self.news, self.answer, self.table = panel.Message(), widgets.HTML(), widgets.HTML()
        self.whose = Chooser("Person", "everyone", self._draw)
        self.shown = panel.Stack(look="ik-stack")
        super().__init__(panel.heading("What to do now", level=2), self.news, self.whose, self.shown)
        self.reload()

    def reload(self) -> None:
        """Read the records again and show what is due."""
        self.whose.offer_names(self.clients.people)
        self._draw()
        self.news.say("" if self.is_embedded else "\n".join(self.clients.unread()), "plain")

    def embed(self) -> None:
        """Leave what is said of all files to the panel that this is shown in."""
        self.is_embedded = True
        self.news.clear()

    def _draw(self) -> None:
        """Show what is due for everyone, or the next steps of the one who is chosen."""
        if self.whose.value:
            one = self.panel_of_one(self.clients.of(self.whose.value), as_of=self.as_of)
            one.embed()
            self.shown.children = [one]
            return
        rows = self._due()
        more = f" The first {SHOWN_DUE} are listed." if len(rows) > SHOWN_DUE else ""
        text = f"{plural(len(rows), 'thing')} to do this week.{more}" if rows else "Nothing is due this week."
        self.answer.value = panel.paragraph(text, "ik-answer")
        self.table.value = panel.html_table(COLUMNS, rows[:SHOWN_DUE]) if rows else ""
        self.shown.children = [self.answer, self.table]

    def _due(self) -> list[tuple[str, str, str, str]]:
        """Return what is due of each person alone, the overdue first."""
        rows = next_steps.overdue_first(next_steps.due_follow_ups(self.clients, as_of=self.as_of))
        return [(row["person"], row["what"], next_steps.when_words(row), row["why"]) for row in rows]

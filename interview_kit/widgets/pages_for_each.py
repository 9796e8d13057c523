"""A page or a report for each of many people, made at the press of a button."""

from datetime import date
from typing import Any

import ipywidgets as widgets

from interview_kit import next_steps
from interview_kit.clients import Clients, client_overview
from interview_kit.report import each
from interview_kit.widgets import panel
from interview_kit.widgets.making import Making
from interview_kit.words import plural

MOST_FAILED = 3  # of more, how many could not be written is said
SENT_NOWHERE = "Nothing was sent anywhere."
LOOK_THROUGH = "Look them through before you hand them on."


class PagesForEach(widgets.VBox):
    """Two buttons: a page for each person with all notes, and a report for each to hand on; and where they are."""

    def __init__(self, clients: Clients, as_of: date | None, focus_message):
        self.clients, self.as_of = clients, as_of
        self.pages_button = panel.button("A page for each, to read before a meeting", self.make_pages)
        self.reports_button = panel.button("A report for each, to hand on", self.make_reports)
        self.making = Making("", focus_message, self.pages_button, self.reports_button)
        super().__init__([panel.bar(self.pages_button, self.reports_button), self.making])

    def make_pages(self) -> None:
        """Write a page for each person: at the top how it goes and what is due, at the end all of their notes."""
        linked = {name: self.clients.read(name) for name in ("questions", "contacts", "follow_ups")}
        due = next_steps.due_follow_ups(self.clients, as_of=self.as_of)
        remarks = each.before_meeting(client_overview(self.clients, as_of=self.as_of), due)
        self._make("page", SENT_NOWHERE, with_notes=True, remarks=remarks, **linked)

    def make_reports(self) -> None:
        """Write a report for each person, with their name and without their notes."""
        self._make("report", f"{LOOK_THROUGH} {SENT_NOWHERE}")

    def _make(self, kind: str, advice: str, **options: Any) -> None:
        """Write a report for each person, say how far it is, and at the end where they are."""
        folder = self.clients.exports() / f"{kind}s"
        told: dict[str, Any] = {"as_of": self.as_of, "progress": self.making.telling(f"{kind}s")}
        with self.making.at_work():
            made = each.save_reports(self.clients.interviews(), folder, **told, **options)
        self._say_made(made, kind, advice)

    def _say_made(self, made: each.Each, kind: str, advice: str) -> None:
        """Say what was made and what was not, with a way to each, and bring that into view."""
        count, missing = len(made.files), len(made.failed) - MOST_FAILED
        without = each.none_yet([name for name in self.clients.people if name not in made.called])
        done = f"{plural(count, kind)} {'is' if count == 1 else 'are'} made, one for each. {advice}"
        lines = [f"{done if count else f'No {kind} is made.'} {without}".strip(), *made.failed[:MOST_FAILED]]
        lines += [f"and {plural(missing, f'more {kind}')} could not be written"] if missing > 0 else []
        self.making.say("\n".join(lines), "bad" if made.failed else "good", *([ways_to(made)] if count else []))


def ways_to(made: each.Each) -> str:
    """Return a link to each person's page, where the browser can open it, and where they all are, as HTML."""
    links = "".join(f"<li>{panel.file_link(files[0], name)}</li>" for name, files in made.files.items())
    place = panel.markup("<p>In the folder <code>{folder}</code>.</p>", folder=made.folder.absolute())
    return f'{place}<ul class="ik-files ik-each">{links}</ul>'

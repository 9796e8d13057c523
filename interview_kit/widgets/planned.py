"""The interviews that are planned: what is to be written down, what is coming, and a short form to plan one."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.widgets import panel
from interview_kit.widgets.brief import BRIEF_PART
from interview_kit.widgets.fields import Field
from interview_kit.widgets.interview_words import title_of
from interview_kit.widgets.navigation import link
from interview_kit.widgets.record_form import RecordForm
from interview_kit.widgets.section import Section

TO_WRITE_DOWN, COMING = "Write these down first", "Coming up"
NOT_PLANNED = "No interview is planned."
MOST_SHOWN = 5  # of those to be written down, and of those to come


class Planned(Section):
    """What is to be written down and what is coming, each with what can be done about it; `rows` holds one for each.

    `message` says what was done; `form` plans one, or moves one. `leads_on` shows the way to the page with what to
    read before the next one.
    """

    def __init__(self, page: panel.RecordsPanel, *, leads_on: bool = False):
        super().__init__(page, "ik-planned")
        self.leads_on = leads_on
        self.overdue, self.coming = (panel.Stack(look="ik-home-part") for _ in range(2))
        self.rows: dict[str, widgets.Box] = {}
        self.form = PlanForm(self, "Plan an interview")
        place = panel.classed(self.form.place, "ik-drawer")
        foot = (panel.bar(self.form.open_button), place, panel.classed(self.message, "ik-planned-message"))
        self.children = [self.overdue, self.coming, panel.Stack(*foot, look="ik-home-part")]

    # What it looks like.

    def draw(self) -> None:
        """Show what is planned."""
        late, coming = self.shown.to_write_down, self.shown.coming
        first = late[0]["id"] if late else ""
        self.rows = {row["id"]: self._row(row, is_first=row["id"] == first) for row in (*late, *coming)}
        self.form.suggest(row["company"] for row in self.shown.whole.interviews)
        self.overdue.children = [panel.heading(TO_WRITE_DOWN), *self._first(late)] if late else []
        way = link("4_next_steps", "Read up on the next one", part=BRIEF_PART) if self.leads_on and coming else ""
        rows = self._first(coming) or [panel.line(NOT_PLANNED)]
        self.coming.children = [panel.heading_with_link(COMING, way), *rows]
        self.form.refresh(self.rows)

    def _first(self, rows: list[dict]) -> list[widgets.Widget]:
        return panel.shortened(rows, MOST_SHOWN, lambda row: self.rows[row["id"]])

    def is_outdated(self) -> bool:
        """Say whether an interview has ended since what is shown was drawn."""
        now = next_steps.upcoming(self.shown.whole, as_of=self.shown.now)
        return now.attrs["overdue"] != self.shown.planned.attrs["overdue"]

    def _row(self, row: dict, *, is_first: bool) -> widgets.Box:
        """Return a planned interview with what can be done about it; the first is the one that the form opens with."""
        name, when = title_of(row), next_steps.planned_words(row)
        shown = panel.words("<span>{name} <span class='ik-when'>{when}</span></span>", name=name, when=when)
        shown.value += place_markup(row["place"])
        off = f"{name}: it does not take place"
        cancel = panel.button("Cancel it", lambda: self.cancel(row), look="quiet", tooltip=off)
        move = panel.button("Move", lambda: self.move(row["id"]), tooltip=f"Move {name}")
        to_form = widgets.HTML(link("1_debrief", "Write it down", "ik-door ik-first ik-small"))
        first = [to_form] if is_first else []
        return panel.box(shown, panel.bar(*first, move, cancel), look="ik-waiting")

    # What can be done.

    def move(self, key: str) -> None:
        """Show the short form with a planned interview in it."""
        self.form.show_record(self.record("interviews", key), at="interviewed_on")

    def cancel(self, row: Mapping) -> None:
        """Note that a planned interview does not take place."""
        record = self.record("interviews", row["id"])  # as it was drawn: an answer that came since is not overwritten
        seen = {name: record[name] for name in ("interviewed_on", "outcome")}
        update = lambda: self.journal.update("interviews", row["id"], {"outcome": "cancelled"}, seen=seen)  # noqa: E731
        self.message.do(update, f"Cancelled: {title_of(row)}. It stays in your records and counts nowhere.")
        self.page.focus_message(self.message)


class PlanForm(RecordForm):
    """A few fields for an interview to come."""

    table = schema.INTERVIEWS
    names = ("company", "interviewed_on", "starts_at", "place", "stage", "role")
    missing: ClassVar = {"company": "Which company is it?", "interviewed_on": "On which day is it?"}
    fixed: ClassVar = {"outcome": "planned"}
    save_words = ("Plan it", "Save changes")
    look = "ik-plan"

    def __init__(self, section: Section, open_text: str):
        super().__init__(section, open_text)
        panel.on_enter(self.try_to_save, *(field.control for field in self.fields.values()))
        buttons = panel.bar(self.save_button, self.close_button)
        self.children = [self.title, self.kept, panel.pair(*self.fields.values()), buttons]

    def field_of(self, column: schema.Column) -> Field:
        """Return the field of a column; companies are suggested."""
        return Field(column, options=[""] if column.name == "company" else ())

    def heading_of(self, record: Mapping | None) -> str:
        """Return what is planned or moved."""
        return panel.markup("<h3>{title}</h3>", title=f"Move {title_of(record)}" if record else "Plan an interview")

    def saved_words(self, values: Mapping) -> tuple[str, str]:
        """Return which interview was planned or changed, and when it is."""
        when = next_steps.moment_words(values["interviewed_on"], values["starts_at"])
        return f"{'Changed' if self.seen else 'Planned'}: {title_of(values)}, {when}", ""

    def suggest(self, companies: Iterable[str]) -> None:
        """Offer the companies that there are."""
        control: Any = self.fields["company"].control
        control.options = [*dict.fromkeys(filter(None, companies))][:300]


def place_markup(place: object) -> str:
    """Return where an interview is, as HTML: a link where it is an address of the web."""
    text = "" if schema.is_missing(place) else str(place).strip()
    if text.startswith(("https://", "http://")) and " " not in text:
        link_to_it = '<br><a class="ik-place" href="{text}" target="_blank" rel="noopener noreferrer">{text}</a>'
        return panel.markup(link_to_it, text=text)
    return panel.markup('<br><span class="ik-place">{text}</span>', text=text) if text else ""

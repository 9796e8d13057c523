"""The interviews that are planned: what is to be written down, what is coming, and a short form to plan one."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.journal import Journal
from interview_kit.next_steps.records import Records
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.fields import Field
from interview_kit.widgets.interview_words import title_of
from interview_kit.widgets.markup import markup
from interview_kit.widgets.navigation import link
from interview_kit.widgets.panel import classed
from interview_kit.widgets.rows import dropped_none

ASKED = ("company", "interviewed_on", "starts_at", "place", "stage", "role")
TO_WRITE_DOWN, COMING = "Write these down first", "Coming up"
NOT_PLANNED = "No interview is planned."
MOST_SHOWN = 5  # of those to be written down, and of those to come


class Planned(widgets.VBox):
    """What is to be written down and what is coming, each with what can be done about it; `rows` holds one for each.

    `message` says what was done; `form` plans one, or moves one. `focus_field` puts the keyboard into a field;
    `leads_on` shows the way to the page with what to read before the next one.
    """

    def __init__(
        self,
        journal: Journal,
        read_again: Callable[[], object],
        focus_field: Callable[[str], None],
        *,
        leads_on: bool = False,
    ):
        self.journal, self.message, self.focus_field = journal, Changes(journal, read_again), focus_field
        self.leads_on = leads_on
        self.overdue, self.coming = (classed(widgets.VBox(), "ik-home-part") for _ in range(2))
        self.records: Records | None = None
        self.rows: dict[str, widgets.Box] = {}
        self.plan_button = panel.button("Plan an interview", self.open_form)
        self.form = PlanForm(self._save, self.close_form)
        self.message.add_class("ik-planned-message")
        self.foot = classed(widgets.VBox([panel.bar(self.plan_button), self.form, self.message]), "ik-home-part")
        super().__init__([self.overdue, self.coming, self.foot])
        self.add_class("ik-planned")
        self.close_form()

    # What it looks like.

    def draw(self, records: Records, now: datetime | None) -> None:
        """Show what the records plan, seen from a moment; from now for None."""
        self.records, self.table = records, next_steps.upcoming(records, as_of=now)
        rows = self.table.to_dict("records")
        self.rows = {row["id"]: self._row(row) for row in rows}
        late = [self.rows[row["id"]] for row in rows if row["overdue_debrief"]]
        next_ones = [self.rows[row["id"]] for row in rows if not row["overdue_debrief"]]
        self.form.suggest(row["company"] for row in records.interviews)
        self.overdue.children = [panel.heading(TO_WRITE_DOWN), *shortened(late)] if late else []
        nothing = [panel.words("<p>{text}</p>", text=NOT_PLANNED)]
        self.coming.children = [self._coming_head(bool(next_ones)), *(shortened(next_ones) or nothing)]

    def _coming_head(self, leads_on: bool) -> widgets.HTML:
        """Return the heading of what is coming, which leads to what to read before the next one."""
        way = link("4_next_steps", "Read up on the next one") if self.leads_on and leads_on else ""
        return classed(widgets.HTML(markup("<h3>{title}</h3>", title=COMING) + way), "ik-home-head")

    def is_outdated(self, now: datetime | None) -> bool:
        """Say whether an interview has ended since what is shown was drawn."""
        if self.records is None:  # they could not be read
            return False
        return next_steps.upcoming(self.records, as_of=now).attrs["overdue"] != self.table.attrs["overdue"]

    def _row(self, row: dict) -> widgets.Box:
        """Return a planned interview with what can be done about it."""
        name, when = title_of(row), next_steps.planned_words(row)
        shown = panel.words("<span>{name} <span class='ik-when'>{when}</span></span>", name=name, when=when)
        shown.value += place_markup(row["place"])
        off = f"{name}: it does not take place"
        cancel = panel.button("Cancel it", lambda: self.cancel(row), look="quiet", tooltip=off)
        move = panel.button("Move", lambda: self.move(row), tooltip=f"Move {name}")
        to_form = widgets.HTML(link("1_debrief", "Write it down", "ik-door ik-first ik-small"))
        first = [to_form] if row["overdue_debrief"] else []
        return classed(widgets.Box([shown, panel.bar(*first, move, cancel)]), "ik-waiting")

    def open_form(self) -> None:
        """Show the short form for a new one."""
        self._open_form(None)

    def close_form(self) -> None:
        """Put the short form away."""
        panel.set_visible(self.form, False)
        panel.set_visible(self.plan_button, True)

    def move(self, row: dict) -> None:
        """Show the short form with a planned interview in it."""
        self._open_form(row | self._outcome_of(row))

    def _open_form(self, row: dict | None) -> None:
        self.form.begin(row)
        self.message.clear()
        panel.set_visible(self.form, True)
        panel.set_visible(self.plan_button, False)
        self.focus_field(f".ik-plan .ik-column-{'company' if row is None else 'interviewed_on'}")

    # What can be done.

    def _save(self, values: dict, moving: dict | None) -> None:
        """Note a planned interview, or what is new of one."""
        name = title_of(values)
        when = next_steps.moment_words(values["interviewed_on"], values["starts_at"])

        def write() -> None:
            if moving is None:
                self.journal.add("interviews", dropped_none(values) | {"outcome": "planned"})
            else:
                seen = {column: moving[column] for column in (*values, "outcome")}
                self.journal.update("interviews", moving["id"], values | {"outcome": "planned"}, seen=seen)

        if self.message.do(write, f"{'Planned' if moving is None else 'Changed'}: {name}, {when}"):
            self.close_form()
        self.focus_field(".ik-planned-message")

    def _outcome_of(self, row: Mapping) -> dict:
        """Return the outcome that an interview had when it was drawn: an answer that came since is not overwritten."""
        return {"outcome": self.records.interview(row["id"])["outcome"]} if self.records else {}

    def cancel(self, row: Mapping) -> None:
        """Note that a planned interview does not take place."""
        seen = {"interviewed_on": row["interviewed_on"]} | self._outcome_of(row)
        update = lambda: self.journal.update("interviews", row["id"], {"outcome": "cancelled"}, seen=seen)  # noqa: E731
        self.message.do(update, f"Cancelled: {title_of(row)}. It stays in your records and counts nowhere.")
        self.focus_field(".ik-planned-message")


class PlanForm(widgets.VBox):
    """A few fields for an interview to come: `fields` by column; `begin` empties them, or fills them in."""

    def __init__(self, save: Callable[[dict, dict | None], None], close: Callable[[], None]):
        self.save, self.moving = save, None
        names = {"company": [""]}  # filled in by `suggest`
        self.fields = {name: Field(schema.INTERVIEWS.column(name), options=names.get(name, ())) for name in ASKED}
        for field in self.fields.values():
            field.control.on_msg(self._heard)
        self.title, self.save_button = widgets.HTML(), panel.button("Plan it", self.try_to_save, look="primary")
        fields = panel.pair(*self.fields.values())
        super().__init__([self.title, fields, panel.bar(self.save_button, panel.button("Close", close, look="quiet"))])
        self.add_class("ik-card")
        self.add_class("ik-plan")

    def begin(self, row: dict | None = None) -> None:
        """Show what is noted of a planned interview, nothing for a new one."""
        self.moving = row
        for name, field in self.fields.items():
            field.value = (row or {}).get(name)
            field.refuse("")
        title = f"Move {title_of(row)}" if row else "Plan an interview"
        self.title.value = markup("<h3>{title}</h3>", title=title)
        self.save_button.description = "Save changes" if row else "Plan it"

    def _heard(self, _widget, content: dict, _buffers) -> None:
        """Save where Enter was pressed in a field."""
        if content.get("event") == "submit":
            self.try_to_save()

    def suggest(self, companies: Iterable[str]) -> None:
        """Offer the companies that there are."""
        control: Any = self.fields["company"].control
        control.options = [*dict.fromkeys(filter(None, companies))][:300]

    def try_to_save(self) -> None:
        """Save what is noted, or say beside each field what is missing."""
        missing = {"company": "Which company is it?", "interviewed_on": "On which day is it?"}
        for name, field in self.fields.items():
            field.refuse(missing[name] if name in missing and not field.value else "")
        if all(self.fields[name].value for name in missing):
            self.save({name: field.value for name, field in self.fields.items()}, self.moving)


def shortened(rows: list[widgets.Box]) -> list[widgets.Widget]:
    """Return the first rows, and how many more there are."""
    more = len(rows) - MOST_SHOWN
    return [*rows[:MOST_SHOWN], *([panel.words("<p>and {more} more</p>", more=more)] if more > 0 else [])]


def place_markup(place: object) -> str:
    """Return where an interview is, as HTML: a link where it is an address of the web."""
    if schema.is_missing(place) or not str(place).strip():
        return ""
    text = str(place).strip()
    if text.startswith(("https://", "http://")) and " " not in text:
        link_to_it = '<br><a class="ik-place" href="{text}" target="_blank" rel="noopener noreferrer">{text}</a>'
        return markup(link_to_it, text=text)
    return markup('<br><span class="ik-place">{text}</span>', text=text)

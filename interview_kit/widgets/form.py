"""The debrief form: one interview, written down while it is fresh or corrected later."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import ipywidgets as widgets

from interview_kit import schema
from interview_kit.journal import Journal, RecordsError, new_id
from interview_kit.widgets import panel, planning
from interview_kit.widgets.interview_fields import ROWS
from interview_kit.widgets.saving import SavedFields
from interview_kit.widgets.values import (
    as_texts,
    draft_error,
    draft_notice,
    focus_of,
    records_of,
    unsaved_drafts,
)

WHY_SOON = f"Only the company and the date are needed. {planning.KEYS}"


class DebriefForm(SavedFields):
    """The form for one interview, saved into a journal; only the company and the date must be filled in.

    What is typed is kept as a draft at once, comes back when a form is opened again, and goes when it is saved.

    Parameters
    ----------
    journal : Journal
        Where the interview is saved.

    Attributes
    ----------
    fields : dict
        A `Field` per column.
    rows : dict
        An editor for contacts, questions and follow-ups.

    Examples
    --------
    In a notebook::

        ik.DebriefForm(ik.Journal())
    """

    notebook = "1_debrief"

    def __init__(self, journal: Journal):
        panel.check_journal(journal, type(self).__name__, writes=True)
        with panel.show_loading(journal):
            super().__init__(journal)
            self.title, self.banner = widgets.HTML(), panel.Message()
            self.save_button = panel.button("Save", self.save, look="primary", tooltip="Ctrl+Enter saves too")
            self.clear_button = panel.button("Start over", self.start_over, look="quiet")
            self.show(self.title, self.banner, self.focus_box, self.columns, self.extras, self._foot())
            self._open_latest()

    def _foot(self) -> panel.Stack:
        """Return the bar that stays in sight: what happened, Save, and whether the draft is kept."""
        to_list = widgets.HTML('<a href="#" data-part="ik-records">Your interviews</a>')
        keys = panel.bar(self.save_button, self.clear_button, self.kept, panel.classed(to_list, "ik-at-the-end"))
        return panel.Stack(self.message, keys, look="ik-stick")

    # What it shows.

    def _begin(self) -> None:
        """Show an empty form for a new interview."""
        self.hold(new_id(schema.INTERVIEWS.letter))
        self.unfold(False)
        self.kept.value = ""
        focus = focus_of(self.journal)
        self.load({"focus": focus} if focus else {})
        self.ask_about(focus)
        self._show_title("Write it down while it is fresh", WHY_SOON, "Save")

    def _show_title(self, title: str, below: str, save: str) -> None:
        self.title.value = panel.heading(title, below, level=2).value
        self.save_button.description = save
        self.clear_button.description = "Start over" if self.seen is None else "Leave it as it was"

    def edit(self, key: str) -> None:
        """Open a record that is there already, with what belongs to it; what was typed before stays a draft."""
        self.message.clear()
        record = records_of(self.journal.interviews(), "id", key)[0]
        is_set_aside = not self.is_blank() and self.key != key
        rows = {name: records_of(self.journal.read(name), "interview_id", key) for name in ROWS}
        self.hold(key, record)
        is_debrief = planning.is_to_be_written_down(record)
        focus = (record.get("focus") or focus_of(self.journal)) if is_debrief else ""
        self.ask_about(focus)
        blank = {"focus": focus, "outcome": ""} if focus or self.was_planned else {}
        self.load(record | blank, rows=rows, saved=rows)
        self.agreed = self.on
        self._show_title(*planning.title_words(record))
        self.unfold(self.is_more_noted() and not is_debrief)
        self._offer_drafts("What you had typed is kept as a draft; it is not saved yet." if is_set_aside else "")
        self.guard.send({"kind": "come"})

    def on_shown(self) -> None:
        """Let the keyboard begin in the first field, unless it is somewhere already."""
        self.guard.send({"kind": "begin"})

    # An interview that was planned.

    def _offer_overdue(self) -> None:
        """Offer the planned interviews that are over and not written down, where nothing else is said."""
        others = [row for row in planning.overdue(self.journal) if row["id"] != self.key][:5]
        if others and not self.banner.text:
            way = lambda row: panel.button(planning.overdue_words(row), lambda: self.edit(row["id"]))  # noqa: E731
            self.banner.say("Also over and not written down yet:", "plain", *map(way, others))

    def _open_overdue(self) -> None:
        """Open the planned interview that ended last, where one is not written down, and offer the others."""
        for row in planning.overdue(self.journal)[:1]:
            self.edit(row["id"])
        self._offer_overdue()

    def on_return(self) -> None:
        """Offer stories written in the meantime, and ask for the interview that is over by now where all is empty."""
        self.offer_stories()
        if self.is_blank() and self.seen is None:
            self._open_overdue()

    # Drafts.

    def typed(self) -> None:
        """Keep what is typed."""
        self.show_delay()
        self.see_what_came()
        try:
            if self.is_blank() and self.seen is None:
                self.journal.discard_draft(self.key)
            else:
                self.journal.save_draft(self.key, self._draft())
                text = f"Draft kept {datetime.now():%H:%M}"
                self.kept.value = panel.markup('<span class="ik-hint">{text}</span>', text=text)
        except (RecordsError, OSError) as error:
            self.message.say(draft_error(error), "bad")

    def _draft(self) -> dict:
        """Return everything that a form needs to go on later, as text."""
        as_text = as_texts(self.values())
        rows = {name: [as_texts(row) for row in editor.values()] for name, editor in self.rows.items()}
        draft = {"editing": self.seen is not None, "values": as_text, "rows": rows, "written_at": self.written_at}
        return {**draft, "own_behavior": self.own_behavior.value}

    def _ways_to_drafts(self) -> list[widgets.Button]:
        """Return a button for each draft beside what is shown, which goes on with it."""
        others = [other for other in unsaved_drafts(self.journal) if other["key"] != self.key][:5]
        return [
            panel.button(f"Go on with {company[:40]}", lambda draft=draft: self.resume(draft), look="quiet")
            for draft, company in ((other, other["values"].get("company") or "no company yet") for other in others)
        ]

    def _offer_drafts(self, text: str) -> None:
        """Say that there are drafts beside what is shown, with a button that goes on with each; nothing for ""."""
        ways = self._ways_to_drafts() if text else []
        self.banner.say(text if ways else "", "plain", *ways)

    def _open_latest(self) -> None:
        """Go on with the newest draft, else with a planned interview that is over, or begin anew."""
        drafts = unsaved_drafts(self.journal)
        self._begin()
        if drafts:
            self.resume(drafts[0])
        else:
            self._open_overdue()

    def resume(self, draft: Mapping[str, Any]) -> None:
        """Go on with a draft; a change of a record that is gone by now goes on as a new one."""
        self._begin()
        if draft.get("editing"):
            with suppress(IndexError, RecordsError):
                self.edit(draft["key"])
        self.key, self.written_at = draft["key"], draft.get("written_at")
        saved = {name: list(editor.saved.values()) for name, editor in self.rows.items()}
        self.load(draft["values"], rows=draft["rows"], saved=saved, own_behavior=str(draft.get("own_behavior", "")))
        self.unfold(self.is_more_noted())
        self.banner.say(draft_notice(draft), "plain", *self._ways_to_drafts())

    def start_over(self) -> None:
        """Set what is typed aside and show an empty form; one click brings it back."""
        aside = None if self.is_blank() else {**self._draft(), "key": self.key, "saved_at": datetime.now().isoformat()}
        self.journal.discard_draft(self.key)
        self._begin()
        self.banner.clear()
        self.message.clear()
        if aside:
            bring_back = panel.button("Bring it back", lambda: self._bring_back(aside))
            self.message.say("The form is empty again.", "plain", bring_back)

    def _bring_back(self, draft: Mapping[str, Any]) -> None:
        self.resume(draft)
        self.message.clear()
        self.typed()

    def saved(self, text: str) -> None:
        """Say what was saved, let the draft go, and show an empty form."""
        self.journal.discard_draft(self.key)
        self._begin()
        self._offer_drafts("There is still a draft that is not saved.")
        self._offer_overdue()
        self.message.done(text)

    def show_delay(self) -> None:
        """Say below the date how long ago the interview was, or that it is still to come."""
        values, is_to_come = self.values(), planning.is_to_come(self.on)
        is_noted = not values.keys().isdisjoint(planning.PLAN)
        panel.set_visible(self.plan, is_to_come or (is_noted and not self.is_debrief))
        late = planning.delay(values) if self.on and self.is_debrief else ""
        text = planning.TO_COME if is_to_come else late
        self.delay.value = panel.markup('<p class="ik-hint" role="status">{text}</p>', text=text) if text else ""

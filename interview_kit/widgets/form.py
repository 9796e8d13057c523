"""The debrief form: one interview, written down while it is fresh or corrected later."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.journal import ConflictError, Journal, RecordsError, new_id
from interview_kit.widgets import panel, planning
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.interview_fields import ROWS, InterviewFields
from interview_kit.widgets.interview_words import delay_words, lies_before, title_of
from interview_kit.widgets.lost_file import Recovery
from interview_kit.widgets.values import (
    as_texts,
    changed_values,
    differences,
    draft_error,
    draft_notice,
    draft_values,
    focus_of,
    records_of,
    unsaved_drafts,
    without_none,
)
from interview_kit.words import listed, long_day

WHY_SOON = f"Only the company and the date are needed. {planning.KEYS}"
REQUIRED = {"company": "Which company was it?", "interviewed_on": "On which day was the interview?"}
LACKING = "Not saved yet: the {names} {are} missing, at the top. Your draft is kept."
ASK_TO_COME = (
    "The interview is on {day}, which is still to come. Save it as planned? If not, set the date right, at the top."
)
IS_DELETED = "The interview was deleted elsewhere in the meantime."
PART_IS_DELETED = "A part of it was deleted elsewhere in the meantime."
WAYS = ("Read the file again, then save", "Put the backup back, then save", "Begin anew, and save")


class DebriefForm(InterviewFields):
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
            self.recovery = Recovery(journal, self.save, self._show_problems, *WAYS)
            self.message, self.banner = Changes(journal, self.recovery.read_again), panel.Message()
            self.title, self.kept = widgets.HTML(), widgets.HTML()
            self.save_button = panel.button("Save", self.save, look="primary", tooltip="Ctrl+Enter saves too")
            self.clear_button = panel.button("Start over", self.start_over, look="quiet")
            self.missing: dict[str, str] = {}  # what Save lacked, and the question beside it
            self.key: str = ""
            self.seen: dict | None = None
            self.was_planned = False  # whether what is seen is a planned interview
            self.is_deleted = False  # whether what is seen is not in the file any more, and is added anew
            self.written_at: str | None = None
            self.agreed: date | None = None
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
        self.key, self.seen, self.written_at = new_id(schema.INTERVIEWS.letter), None, None
        self.was_planned, self.agreed, self.is_deleted = False, None, False
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
        self.key, self.seen, self.written_at = key, record, None
        self.was_planned, self.is_deleted = record.get("outcome") == "planned", False
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

    @property
    def is_debrief(self) -> bool:
        """Say whether Save writes an interview down: a new one, or one that was planned and has taken place."""
        if self.seen is None or not self.was_planned:
            return self.seen is None
        is_to_come = planning.is_to_come(self.on)
        return planning.is_over(self.values()) or (not is_to_come and self._is_known_afterwards())

    def _is_known_afterwards(self) -> bool:
        """Say whether something is noted that is only known after an interview."""
        return planning.is_known_afterwards(self.values()) or bool(self.rows["questions"].values())

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
        self._see_what_came()
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
        values = {**draft["values"], **draft_values(draft["values"])}
        self.load(values, rows=draft["rows"], saved=saved, own_behavior=str(draft.get("own_behavior", "")))
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
        self.journal.save_draft(draft["key"], draft)
        self.resume(draft)
        self.message.clear()

    # Saving.

    def save(self) -> None:
        """Save what is noted, or say beside each field what is missing; a second click on the same form saves once."""
        self._try_to_save()
        self.guard.send({"kind": "come to message"})

    def _try_to_save(self) -> None:
        if self.is_blank() and self.seen is None:
            if not self.message.text:
                self.message.say("Nothing is typed yet. Begin with the company and the date.", "plain")
            return
        self.missing = {}
        for field in self.fields.values():
            field.refuse("")
        if not self._took_own_behavior() or not self._is_complete() or not self._is_agreed():
            return
        try:
            text = self._write()
        except ConflictError as error:
            self._show_conflict(error)
        except RecordsError as error:
            self._show_problems(error)
        else:
            self._saved(text)

    def _took_own_behavior(self) -> bool:
        """Take what is typed and not added yet as a behavior; where that cannot be, say so beside it."""
        if self.behaviors.add_own():
            return True
        label = self.own_behavior.description
        self.message.say(f"Not saved yet: “{label}”: {self.own_error.value}. Your draft is kept.", "bad")
        return False

    def _lacks(self, name: str) -> bool:
        return not str(self.fields[name].value or "").strip()

    def _is_complete(self) -> bool:
        """Say whether company and date are there, and where not, say it beside the field."""
        self.missing = {name: text for name, text in REQUIRED.items() if self._lacks(name)}
        self._say_missing()
        return not self.missing

    def _say_missing(self) -> None:
        """Say what is missing: beside the fields, and in the bar, with a button that leads to each."""
        for name, text in self.missing.items():
            self.fields[name].refuse(text)
        if self.missing:
            text = LACKING.format(
                names=listed(schema.label(name).lower() for name in self.missing),
                are="is" if len(self.missing) == 1 else "are",
            )
            ways = [
                panel.button(schema.label(name), lambda name=name: self.focus_field(f".ik-column-{name}"))
                for name in self.missing
            ]
            self.message.say(text, "bad", *ways)

    def _see_what_came(self) -> None:
        """Take away what is said of a missing field once it is filled in."""
        came = [name for name in self.missing if not self._lacks(name)]
        for name in came:
            self.fields[name].refuse("")
            del self.missing[name]
        if came:
            self.message.clear()
            self._say_missing()

    def _is_agreed(self) -> bool:
        """Say whether the day may be saved; a day to come is asked about, once, where more than a plan is noted."""
        on = self.on
        if on is None or not planning.is_to_come(on) or on == self.agreed or not self._is_known_afterwards():
            return True
        save = panel.button("Save it as planned", lambda: self._agree(on))
        self.message.say(ASK_TO_COME.format(day=long_day(on)), "plain", save)
        return False

    def _agree(self, on: date) -> None:
        """Save with this day, though it is still to come."""
        self.agreed = on
        self.save()

    def _write(self) -> str:
        """Write the interview and what belongs to it as one operation; return the words for it."""
        if self.is_debrief and self.written_at is None:
            self.written_at = datetime.now().isoformat(sep=" ", timespec="seconds")
            self.typed()
        self._note_whether_planned()
        interview, on = {**self.values(), "id": self.key}, self.fields["interviewed_on"].value
        if self.is_debrief and not lies_before(self.written_at, on):
            interview["debriefed_at"] = self.written_at
        name, is_plan = title_of(interview), interview.get("outcome") == "planned"
        what = "plan" if is_plan else "debrief" if self.is_debrief else "change"
        with self.journal.transaction(f"the {what} of {name}"):
            if self.seen is None:
                self._add(interview)
            else:
                self._update(interview)
            for editor in self.rows.values():
                editor.save(self.journal, interview)
        if is_plan:
            return f"Planned: {name}, {next_steps.moment_words(on, interview.get('starts_at'))}"
        return f"Saved: {name}" + (f", {delay_words(interview)}" if "debriefed_at" in interview else "")

    def _note_whether_planned(self) -> None:
        """Let an interview of a day to come be planned, and one that was planned and is over wait for its answer."""
        outcome, is_to_come = self.fields["outcome"], planning.is_to_come(self.on)
        if (outcome.value or "") in planning.BLANK_OUTCOMES and (is_to_come or self.was_planned):
            with self._untyped():
                outcome.value = "pending" if self.is_debrief and not is_to_come else "planned"

    def _add(self, interview: dict) -> None:
        """Add the interview; where another window saved the same draft a moment ago, that is the same interview."""
        try:
            self.journal.add("interviews", interview)
        except ConflictError as error:
            self.journal.add("interviews", {**interview, "debriefed_at": error.theirs.get("debriefed_at")})

    def _update(self, interview: Mapping) -> None:
        values = {name: field.value for name, field in self.fields.items()}
        changes = changed_values(schema.INTERVIEWS, values, self.seen or {})
        if "debriefed_at" in interview:
            changes["debriefed_at"] = interview["debriefed_at"]
        if lies_before((self.seen or {}).get("debriefed_at"), changes.get("interviewed_on")):
            changes["debriefed_at"] = None
        if self.is_deleted:
            self._add_anew(changes)
        elif changes:
            self.journal.update("interviews", self.key, changes, seen=self.seen)
        elif self.key not in set(self.journal.interviews()["id"]):
            raise RecordsError(IS_DELETED)

    def _add_anew(self, changes: Mapping) -> None:
        """Add the interview that was deleted elsewhere, with what was not asked for here as it was."""
        known = self.journal.interviews().columns
        noted = without_none({**(self.seen or {}), **changes})
        self.journal.add("interviews", {name: noted[name] for name in noted if name in known or name in changes})

    def _saved(self, text: str) -> None:
        """Say what was saved, let the draft go, and show an empty form."""
        self.journal.discard_draft(self.key)
        self._begin()
        self._offer_drafts("There is still a draft that is not saved.")
        self._offer_overdue()
        note = self.journal.notes.pop("interviews", "")
        self.message.done(text + (f". {note}" if note else ""))

    def _show_problems(self, error: RecordsError) -> None:
        """Say what is wrong beside each field, and above the button."""
        for problem in error.problems:
            if problem.column in self.fields:
                self.fields[problem.column].refuse(str(problem))
        ways = [] if error.problems else self.recovery.buttons(error)
        if deleted := "" if error.problems else self._what_is_deleted():
            ways = [panel.button("Save as new", self.save_as_new)]
        self.message.say(f"Not saved. Your draft is kept.\n{deleted or error}", "bad", *ways)

    def _what_is_deleted(self) -> str:
        """Return what is changed here and is not in the files any more, in words; "" where all of it is."""
        with suppress(RecordsError):
            if self.seen is not None and self.key not in set(self.journal.interviews()["id"]):
                return "" if self.is_deleted else IS_DELETED
            for name, editor in self.rows.items():
                if (editor.saved.keys() & editor.kept()).difference(self.journal.read(name)["id"]):
                    return PART_IS_DELETED
        return ""

    def _show_conflict(self, error: ConflictError) -> None:
        """Show both versions and let the user choose."""
        rows = [
            f"{schema.label(name)}: here {mine!r}, in the file {theirs!r}" for name, mine, theirs in differences(error)
        ]
        keep = panel.button("Save mine", self.save_mine)
        take = panel.button("Take what is in the file", self._take_theirs)
        self.message.say("\n".join([str(error), *rows]), "bad", keep, take)

    def save_mine(self) -> None:
        """Save what is typed, also over what was changed elsewhere."""
        self._save_again(overwrites=True)

    def save_as_new(self) -> None:
        """Save what is typed, as new what was deleted elsewhere."""
        self._save_again(overwrites=False)

    def _save_again(self, *, overwrites: bool) -> None:
        """Save what is typed, with an eye on what the files hold by now."""
        try:
            found = records_of(self.journal.interviews(), "id", self.key)
            rows = {name: records_of(self.journal.read(name), "interview_id", self.key) for name in ROWS}
        except RecordsError as error:
            self._show_problems(error)
            return
        self.is_deleted = not found
        if found and overwrites:
            self.seen = found[0]
        for name, editor in self.rows.items():
            editor.see_again(rows[name], overwrites=overwrites)
        self.save()

    def _take_theirs(self) -> None:
        """Show what the file holds by now, and let go what was typed; not where it holds nothing any more."""
        try:
            self.edit(self.key)
        except (IndexError, RecordsError) as error:
            self._show_problems(error if isinstance(error, RecordsError) else RecordsError(IS_DELETED))
            self.guard.send({"kind": "come to message"})
        else:
            self.journal.discard_draft(self.key)
            self.kept.value = ""

    def show_delay(self) -> None:
        """Say below the date how long ago the interview was, or that it is still to come."""
        values, is_to_come = self.values(), planning.is_to_come(self.on)
        is_noted = not values.keys().isdisjoint(planning.PLAN)
        panel.set_visible(self.plan, is_to_come or (is_noted and not self.is_debrief))
        late = planning.delay(values) if self.on and self.is_debrief else ""
        text = planning.TO_COME if is_to_come else late
        self.delay.value = panel.markup('<p class="ik-hint" role="status">{text}</p>', text=text) if text else ""

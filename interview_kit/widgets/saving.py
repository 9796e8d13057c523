"""The saving of one interview: what is lacking, what Save writes, and what else was changed in the meantime."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.journal import ConflictError, Journal, RecordsError
from interview_kit.widgets import panel, planning
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.interview_fields import ROWS, InterviewFields
from interview_kit.widgets.interview_words import delay_words, lies_before, title_of
from interview_kit.widgets.lost_file import Recovery
from interview_kit.widgets.values import changed_values, differences, records_of, without_none
from interview_kit.words import listed, long_day

REQUIRED = {"company": "Which company was it?", "interviewed_on": "On which day was the interview?"}
LACKING = "Not saved yet: the {names} {are} missing, at the top. Your draft is kept."
ASK_TO_COME = (
    "The interview is on {day}, which is still to come. Save it as planned? If not, set the date right, at the top."
)
IS_DELETED = "The interview was deleted elsewhere in the meantime."
PART_IS_DELETED = "A part of it was deleted elsewhere in the meantime."
WAYS = ("Read the file again, then save", "Put the backup back, then save", "Begin anew, and save")


class SavedFields(InterviewFields):
    """The fields of one interview with its id, `key`, and what was `seen` of it in the file, None for a new one.

    `message` says what became of saving it, or what stands in the way.
    """

    key: str
    seen: dict | None
    was_planned: bool  # whether what is seen is a planned interview
    is_deleted: bool  # whether what is seen is not in the file any more, and is added anew
    written_at: str | None
    agreed: date | None  # the day to come that may be saved

    def __init__(self, journal: Journal):
        super().__init__(journal)
        self.recovery = Recovery(journal, self.save, self._show_problems, *WAYS)
        self.message = Changes(journal, self.recovery.read_again)
        self.kept = widgets.HTML()  # whether the draft is
        self.missing: dict[str, str] = {}  # what Save lacked, and the question beside it

    def hold(self, key: str, seen: dict | None = None) -> None:
        """Let the fields be those of an interview that is there already, or of a new one."""
        self.key, self.seen, self.written_at, self.agreed = key, seen, None, None
        self.was_planned, self.is_deleted = (seen or {}).get("outcome") == "planned", False

    def edit(self, key: str) -> None:
        """Show an interview as the file holds it."""
        raise NotImplementedError

    def saved(self, text: str) -> None:
        """Do what follows once an interview is saved; `text` says so."""
        raise NotImplementedError

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
            self.saved(text)

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
        self._say_missing({name: text for name, text in REQUIRED.items() if self._lacks(name)})
        return not self.missing

    def _say_missing(self, missing: dict[str, str]) -> None:
        """Say what is missing, if anything: beside the fields, and in the bar, with a button that leads to each."""
        self.missing = missing
        for name in REQUIRED:
            self.fields[name].refuse(missing.get(name, ""))
        labels = [schema.label(name) for name in missing]
        text = LACKING.format(names=listed(map(str.lower, labels)), are="is" if len(labels) == 1 else "are")
        ways = [
            panel.button(label, lambda name=name: self.focus_field(f".ik-column-{name}"))
            for name, label in zip(missing, labels, strict=True)
        ]
        self.message.say(text if missing else "", "bad", *ways)

    def see_what_came(self) -> None:
        """Take away what is said of a missing field once it is filled in."""
        still = {name: text for name, text in self.missing.items() if self._lacks(name)}
        if still != self.missing:
            self._say_missing(still)

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

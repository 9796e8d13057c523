"""The debrief form: one interview, written down while it is fresh or corrected later."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.journal import ConflictError, Journal, LostFileError, RecordsError, new_id
from interview_kit.widgets import panel
from interview_kit.widgets.answers import KINDS as ANSWER_KINDS, Answer, AnswersGrid
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.fields import Field
from interview_kit.widgets.filtered import focus_of
from interview_kit.widgets.interview_words import delay_words, focus_words, lies_before, title_of
from interview_kit.widgets.panel import classed
from interview_kit.widgets.rows import RowsEditor, changed, dropped_none
from interview_kit.widgets.values import differences, records_of, texts, typed
from interview_kit.words import day, long_day, one_line

PROMPTS = ("documents_given", "issues", "answer_better", "still_needed")  # of the article; all else folds out
TIMES = ("interviewed_on", "starts_at", "ended_at")
PLAN = ("starts_at", "place")  # shown where the day is still to come, or something of it is noted
FOLDED = ("format", "ended_at", "outcome", "outcome_on", "answer_by", "source", "went_well", "notes", "link", "focus")
# What may be noted of an interview before it takes place.
KNOWN_BEFORE = ("company", "role", "stage", "format", "source", "link", *TIMES, *PLAN, "notes", "focus")
WHAT_FOR = "Those you answered badly or okay come back to practice, in Next steps."
ROWS = {
    "contacts": (("name", "role", "email", "phone", "notes"), "a person", ""),
    "questions": (("question", "topic", "answered", "story_id", "better_answer"), "a question", WHAT_FOR),
    "follow_ups": (("kind", "due_on", "note"), "a follow-up", ""),
}
KEYS = "Arrows move, y, n and 1 to 5 answer; Ctrl+Enter saves."
WHY_SOON = f"Only the company and the date are needed. {KEYS}"
TO_COME = "That day is still to come: Save notes a plan."
WRITTEN_LATE = " Written after the answer: it is left out of Patterns unless you tick it in."
MORE, LESS = "More: the answer, notes …", "Less"
ANSWERS = ("callback", "offer", "rejected", "no reply")
BLANK_OUTCOMES = ("", "pending", "planned")


class DebriefForm(panel.Panel):
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
        panel.checked_own(journal, type(self).__name__)
        super().__init__()
        self.journal = journal
        self.fields: dict[str, Field | Answer] = {}
        self.message, self.banner = Changes(journal, self._read_and_save), panel.Message()
        self.title, self.delay, self.focus_line = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.answers, self.answer_errors = AnswersGrid(), widgets.VBox()
        self.focus_box, self.more, self.kept = widgets.VBox(), widgets.VBox(), widgets.HTML()
        self.rows = {
            name: RowsEditor(name, *shown, on_change=self._typed, focus_field=self.focus_field)
            for name, shown in ROWS.items()
        }
        self.save_button = panel.button("Save", self.save, look="primary", tooltip="Ctrl+Enter saves too")
        self.clear_button = panel.button("Start over", self.start_over, look="quiet")
        self.more_button = panel.button(MORE, lambda: self.unfold(self.more.layout.display == "none"), look="quiet")
        self.day_buttons = [
            panel.button(text, lambda ago=ago: self._set_day(ago)) for ago, text in enumerate(("Today", "Yesterday"))
        ]
        self.own_behavior = widgets.Text(
            description="Something else you did", placeholder="such as: smiled, took notes; then Enter"
        )
        self.own_behavior.observe(lambda _: self._typed(), names="value")
        self.own_behavior.on_msg(self._own_behavior_heard)
        self.own_button = panel.button("Add it", self.add_own_behavior)
        self.own_button.tabbable = False  # Enter adds it, so that the way to Save is shorter
        self.own_error = widgets.Label("")
        self.own_error.add_class("ik-error")
        self._loading = False
        self.asked = ""
        self.missing: dict[str, str] = {}  # what Save lacked, and the question beside it
        self.key: str = ""
        self.seen: dict | None = None
        self.was_planned = False  # whether what is seen is a planned interview
        self.written_at: str | None = None
        self.agreed: date | None = None
        with panel.show_loading(journal.folder):
            self._build()
            self._open_latest()

    # What it looks like.

    def _build(self) -> None:
        """Lay the form out on one screen: what must not fade first, all else folded below, Save at the foot."""
        interviews = self._read()
        for column in schema.INTERVIEWS.columns:
            if column.name not in ("id", "person", "debriefed_at"):
                self._add_field(column, self._choices(column, interviews))
        for name in [name for name in interviews if name.startswith(("did_", "rated_")) and name not in self.fields]:
            self._add_field(schema.INTERVIEWS.column(name))
        self._list_behaviors()
        self.add_class("ik-wide")
        self.unfold(False)
        self.show(self.title, self.banner, self.focus_box, self._columns(), self._extras(), self._foot())

    def _columns(self) -> widgets.Box:
        """Return what is asked of everyone, in two columns where there is room."""
        get = self._field
        get("interviewed_on").children += (self.delay,)
        on = classed(widgets.Box([get("interviewed_on"), *self.day_buttons]), "ik-day")
        facts = [panel.pair(get("company"), get("role")), classed(widgets.Box([get("stage"), on]), "ik-stage-day")]
        self.plan = widgets.VBox([panel.pair(*map(get, PLAN))])
        memory = classed(widgets.VBox([*facts, self.plan, *map(get, PROMPTS)]), "ik-column")
        own = classed(widgets.Box([self.own_behavior, self.own_button]), "ik-own")
        behavior = [self.answers, self.answer_errors, own, self.own_error, get("chance")]
        return classed(widgets.Box([memory, classed(widgets.VBox(behavior), "ik-column")]), "ik-columns")

    def _field(self, name: str) -> Field:
        """Return a field that stands alone, as all do but the answers in the grid."""
        field = self.fields[name]
        if not isinstance(field, Field):
            raise TypeError(f"{name} is answered in the grid")
        return field

    def _extras(self) -> widgets.VBox:
        """Return what folds out in place: people, questions, things to do, and the rest."""
        get = self._field
        self.more.children = [panel.pair(*map(get, pair)) for pair in zip(FOLDED[::2], FOLDED[1::2], strict=True)]
        self.more.add_class("ik-card")
        adding = classed(widgets.Box([*self.rows.values(), self.more_button]), "ik-extras")
        return widgets.VBox([adding, self.more])

    def _foot(self) -> widgets.VBox:
        """Return the bar that stays in sight: what happened, Save, and whether the draft is kept."""
        to_list = widgets.HTML('<a href="#" data-scroll=".ik-records">Your interviews</a>')
        keys = panel.bar(self.save_button, self.clear_button, self.kept, classed(to_list, "ik-at-the-end"))
        return classed(widgets.VBox([self.message, keys]), "ik-stick")

    def unfold(self, is_open: bool) -> None:
        """Show what few need, or fold it away."""
        self.more.layout.display = "" if is_open else "none"
        self.more_button.description = LESS if is_open else MORE

    def _set_day(self, ago: int) -> None:
        """Set the day of the interview to today, or to so many days ago."""
        self.fields["interviewed_on"].value = date.today() - timedelta(days=ago)

    def _read(self):
        """Return the interviews that suggest companies and behaviors; none where the file cannot be read."""
        try:
            return self.journal.interviews()
        except RecordsError:
            return {}

    def _add_field(self, column: schema.Column, options=()) -> None:
        is_answer = column.kind in ANSWER_KINDS
        field = Answer(column, self.answers) if is_answer else Field(column, options=options)
        self.fields[column.name] = field
        field.watch(self._typed)

    def _choices(self, column: schema.Column, interviews) -> list:
        """Return what earlier records suggest for a column: companies and roles, or the behaviors to work on."""
        if column.name in ("company", "role") and column.name in interviews:
            return [name for name in interviews[column.name].unique() if name][:300]
        if column.kind == "focus":
            return [(schema.label(behavior.name), behavior.name) for behavior in schema.BEHAVIORS]
        return []

    def _list_behaviors(self) -> None:
        """Show the behaviors and ratings there are, the one that is worked on first."""
        answers = [field for field in self.fields.values() if isinstance(field, Answer)]
        words = focus_words(self.asked) if self.asked else ""
        self.answers.show([field.column for field in answers], first=self.asked, words=words)
        self.answer_errors.children = [field.error for field in answers]

    def _ask_about(self, focus: str) -> None:
        """Ask first about the behavior that is worked on, in the words of the choice; about none for ""."""
        is_answer = focus.startswith(("did_", "rated_"))
        if is_answer and focus not in self.fields:
            self._add_field(schema.INTERVIEWS.column(focus))
        self.asked = focus
        alone = focus_words(focus) if focus and not is_answer else ""
        self.focus_line.value = panel.markup('<p class="ik-answer">{text}</p>', text=alone) if alone else ""
        self.focus_box.children = [self.focus_line] if alone else []
        self._list_behaviors()

    def _own_behavior_heard(self, _widget, content: dict, _buffers) -> None:
        """Add the behavior in the field where Enter was pressed in it."""
        if content.get("event") == "submit":
            self.add_own_behavior()

    def add_own_behavior(self) -> bool:
        """Add a behavior in the user's own words, which becomes a column when the form is saved; say whether it could.

        Nothing is added where nothing is typed.
        """
        self.own_error.value = ""
        if not self.own_behavior.value.strip():
            return True
        try:
            name = schema.behavior_name(self.own_behavior.value)
        except ValueError as error:
            self.own_error.value = str(error)
            return False
        if name not in self.fields:
            self._add_field(schema.INTERVIEWS.column(name))
            self._list_behaviors()
        self.fields[name].value = True
        self.own_behavior.value = ""
        return True

    # What it holds.

    def values(self) -> dict:
        """Return what is noted in the fields, by column."""
        return dropped_none({name: field.value for name, field in self.fields.items()})

    def is_blank(self) -> bool:
        """Say whether nothing is noted at all."""
        noted = {name: value for name, value in self.values().items() if name != "focus"}
        if noted.get("outcome") in BLANK_OUTCOMES:
            del noted["outcome"]
        typed_own = self.own_behavior.value.strip()
        return not noted and not typed_own and not any(editor.values() for editor in self.rows.values())

    def _load(
        self, values: Mapping, rows: Mapping | None = None, saved: Mapping | None = None, own_behavior: str = ""
    ) -> None:
        """Put values into the fields without taking that for typing."""
        self._loading = True
        try:
            self._offer_stories()
            self.own_behavior.value, self.own_error.value = own_behavior, ""
            for name in [name for name in values if name.startswith(("did_", "rated_")) and name not in self.fields]:
                self._add_field(schema.INTERVIEWS.column(name))
            self._list_behaviors()
            for name, field in self.fields.items():
                field.value = values.get(name)
                field.refuse("")
            for name, editor in self.rows.items():
                editor.load((rows or {}).get(name, []), (saved or {}).get(name, []))
        finally:
            self._loading = False
        self._show_delay()

    def _offer_stories(self) -> None:
        """Offer the stories that can have been told; where their file cannot be read, those offered before."""
        with suppress(RecordsError):
            stories = self.journal.stories()
            titles = [(one_line(title), key) for title, key in zip(stories["title"], stories["id"], strict=True)]
            is_loading, self._loading = self._loading, True  # a new list of choices is nothing that was typed
            try:
                self.rows["questions"].offer("story_id", titles)
            finally:
                self._loading = is_loading

    def _begin(self) -> None:
        """Show an empty form for a new interview."""
        self.key, self.seen, self.written_at = new_id(schema.INTERVIEWS.letter), None, None
        self.was_planned = False
        self.agreed = None
        self.unfold(False)
        self._say_kept("")
        focus = focus_of(self.journal)
        self._load({"focus": focus} if focus else {})
        self._ask_about(focus)
        self._show_title("Write it down while it is fresh", WHY_SOON, "Save")

    def _show_title(self, title: str, below: str, save: str) -> None:
        self.title.value = panel.markup("<h2>{title}</h2><p>{below}</p>", title=title, below=below)
        self.save_button.description = save
        self.clear_button.description = "Start over" if self.seen is None else "Leave it as it was"

    def edit(self, key: str) -> None:
        """Open a record that is there already, with what belongs to it; what was typed before stays a draft."""
        self.message.clear()
        record = records_of(self.journal.interviews(), "id", key)[0]
        aside = "" if self.is_blank() or self.key == key else self.key
        rows = {name: records_of(self.journal.read(name), "interview_id", key) for name in ROWS}
        self.key, self.seen, self.written_at = key, record, None
        self.was_planned = record.get("outcome") == "planned"
        focus = (record.get("focus") or focus_of(self.journal)) if self._is_to_be_written_down(record) else ""
        self._ask_about(focus)
        self._load(record | ({"focus": focus, "outcome": ""} if focus or self.was_planned else {}), rows, rows)
        self.agreed = self.fields["interviewed_on"].value
        self._show_title(*self._words_for(record))
        is_more_noted = any(record.get(name) not in (None, *BLANK_OUTCOMES) for name in FOLDED[:-1] if name in record)
        self.unfold(is_more_noted and not self._is_to_be_written_down(record))
        self._offer_drafts("What you had typed is kept as a draft; it is not saved yet." if aside else "")
        self.guard.send({"kind": "come"})

    # An interview that was planned.

    @property
    def is_debrief(self) -> bool:
        """Say whether Save writes an interview down: a new one, or one that was planned and has taken place."""
        if self.seen is None or not self.was_planned:
            return self.seen is None
        is_over = next_steps.is_over({name: self.fields[name].value for name in TIMES}, datetime.now())
        return is_over or (not self._is_to_come() and self._noted_afterwards())

    def _is_to_come(self) -> bool:
        """Say whether the day that is noted is still to come."""
        on = self.fields["interviewed_on"].value
        return on is not None and on > date.today()

    def _is_to_be_written_down(self, record: Mapping) -> bool:
        """Say whether a record is a planned interview that is over."""
        if record.get("outcome") != "planned" or record.get("interviewed_on") is None:
            return False
        times = {name: record.get(name) for name in TIMES} | {"interviewed_on": record["interviewed_on"].date()}
        return next_steps.is_over(times, datetime.now())

    def _words_for(self, record: Mapping) -> tuple[str, str, str]:
        """Return the title for a record that is there already, the line below it, and what Save is called."""
        if not self._is_to_be_written_down(record):
            return f"Change {title_of(record)}", "Save writes just what you changed.", "Save changes"
        when = next_steps.moment_words(record["interviewed_on"], record.get("starts_at"))
        below = f"Planned for {when}; what was known then is filled in. {KEYS}"
        return f"Write down {title_of(record)}", below, "Save"

    def _overdue(self) -> list[dict]:
        """Return the planned interviews that are over, the latest first; none where the file cannot be read."""
        try:
            table = next_steps.upcoming({"interviews": self.journal.interviews()})
        except (RecordsError, ValueError):
            return []
        return table[table["overdue_debrief"]].to_dict("records")

    def _offer_overdue(self) -> None:
        """Offer the planned interviews that are over and not written down, where nothing else is said."""
        others = [row for row in self._overdue() if row["id"] != self.key][:5]
        if others and not self.banner.text:
            buttons = [panel.button(overdue_words(row), lambda key=row["id"]: self.edit(key)) for row in others]
            self.banner.say("Also over and not written down yet:", "plain", *buttons)

    def _open_overdue(self) -> None:
        """Open the planned interview that ended last, where one is not written down, and offer the others."""
        for row in self._overdue()[:1]:
            self.edit(row["id"])
        self._offer_overdue()

    def on_return(self) -> None:
        """Offer stories written in the meantime, and ask for the interview that is over by now where all is empty."""
        self._offer_stories()
        if self.is_blank() and self.seen is None:
            self._open_overdue()

    # Drafts.

    def _typed(self) -> None:
        """Keep what is typed."""
        if self._loading:
            return
        self._show_delay()
        self._see_what_came()
        try:
            if self.is_blank() and self.seen is None:
                self.journal.discard_draft(self.key)
            else:
                self.journal.save_draft(self.key, self._draft())
                self._say_kept(f"Draft kept {datetime.now():%H:%M}")
        except (RecordsError, OSError) as error:
            self.message.say(f"The draft cannot be kept: {error}. Leave this page open until you have saved.", "bad")

    def _say_kept(self, text: str) -> None:
        """Say beside Save that the draft is kept; nothing for ""."""
        line = panel.markup('<span class="ik-hint">{text}</span>', text=text) if text else ""
        if self.kept.value != line:
            self.kept.value = line

    def _offer_drafts(self, text: str) -> None:
        """Say that there are drafts beside what is shown, with a button that goes on with each; nothing for ""."""
        others = [other for other in self.journal.drafts() if other["key"] != self.key] if text else []
        if others:
            self.banner.say(text, "plain", *map(self._draft_button, others[:5]))
        else:
            self.banner.clear()

    def _draft(self) -> dict:
        """Return everything that a form needs to go on later, as text."""
        as_text = texts(self.values())
        rows = {name: [texts(row) for row in editor.values()] for name, editor in self.rows.items()}
        draft = {"editing": self.seen is not None, "values": as_text, "rows": rows, "written_at": self.written_at}
        return {**draft, "own_behavior": self.own_behavior.value}

    def _open_latest(self) -> None:
        """Go on with the newest draft, else with a planned interview that is over, or begin anew."""
        drafts = self.journal.drafts()
        self._begin()
        if drafts:
            self.resume(drafts[0])
        else:
            self._open_overdue()

    def resume(self, draft: Mapping[str, Any]) -> None:
        """Go on with a draft; a change of a record that is gone by now goes on as a new one."""
        if draft.get("editing"):
            with suppress(IndexError, RecordsError):
                self.edit(draft["key"])
        self.key, self.written_at = draft["key"], draft.get("written_at")
        saved = {name: list(editor.saved.values()) for name, editor in self.rows.items()}
        values = {**draft["values"], **typed(draft["values"])}
        self._load(values, draft["rows"], saved, str(draft.get("own_behavior", "")))
        self.unfold(any(values.get(name) not in (None, "", "pending") for name in FOLDED if name != "focus"))
        when = f"{datetime.fromisoformat(draft['saved_at']):%d %b, %H:%M}"
        others = [other for other in self.journal.drafts() if other["key"] != self.key]
        go_on = [self._draft_button(other) for other in others[:5]]
        self.banner.say(f"Here is what you had typed on {when}; it is not saved yet.", "plain", *go_on)

    def _draft_button(self, draft: Mapping[str, Any]) -> widgets.Button:
        company = draft["values"].get("company") or "no company yet"
        return panel.button(f"Go on with {company[:40]}", lambda: self.resume(draft), look="quiet")

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
        if self.add_own_behavior():
            return True
        label = self.own_behavior.description
        self.message.say(f"Not saved yet: “{label}”: {self.own_error.value}. Your draft is kept.", "bad")
        return False

    def _is_complete(self) -> bool:
        """Say whether company and date are there, and where not, say it beside the field."""
        missing = {"company": "Which company was it?", "interviewed_on": "On which day was the interview?"}
        missing = {name: text for name, text in missing.items() if not str(self.fields[name].value or "").strip()}
        self.missing = missing
        self._say_missing()
        return not missing

    def _say_missing(self) -> None:
        """Say what is missing, beside the fields and in the bar."""
        missing = self.missing
        for name, text in missing.items():
            self.fields[name].refuse(text)
        if missing:
            names = " and ".join(schema.label(name).lower() for name in missing)
            lacking = "is" if len(missing) == 1 else "are"
            self.message.say(
                f"Not saved yet: the {names} {lacking} missing, at the top. Your draft is kept.",
                "bad",
                *self._ways_to(missing),
            )

    def _see_what_came(self) -> None:
        """Take away what is said of a missing field once it is filled in."""
        came = [name for name in self.missing if str(self.fields[name].value or "").strip()]
        if not came:
            return
        for name in came:
            self.fields[name].refuse("")
            del self.missing[name]
        self.message.clear()
        self._say_missing()

    def _ways_to(self, names: Iterable[str]) -> list[widgets.Button]:
        """Return a button for each field that is missing, which leads to it."""
        return [
            panel.button(schema.label(name), lambda name=name: self.focus_field(f".ik-column-{name}")) for name in names
        ]

    def _is_agreed(self) -> bool:
        """Say whether the day may be saved; a day to come is asked about, once, where more than a plan is noted."""
        on = self.fields["interviewed_on"].value
        if on <= date.today() or on == self.agreed or not self._noted_afterwards():
            return True
        which = f"The interview is on {long_day(on)}, which is still to come."
        save = panel.button("Save it as planned", lambda: self._agree(on))
        self.message.say(f"{which} Save it as planned? If not, set the date right, at the top.", "plain", save)
        return False

    def _noted_afterwards(self) -> bool:
        """Say whether something is noted that is only known after an interview."""
        noted = {name for name, value in self.values().items() if not (name == "outcome" and value in BLANK_OUTCOMES)}
        return bool(noted - set(KNOWN_BEFORE)) or bool(self.rows["questions"].values())

    def _agree(self, on: date) -> None:
        """Save with this day, though it is still to come."""
        self.agreed = on
        self.save()

    def _write(self) -> str:
        """Write the interview and what belongs to it as one operation; return the words for it."""
        if self.is_debrief and self.written_at is None:
            self.written_at = datetime.now().isoformat(sep=" ", timespec="seconds")
            self._typed()
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
        outcome, on = self.fields["outcome"], self.fields["interviewed_on"].value
        if (outcome.value or "") in BLANK_OUTCOMES and (on > date.today() or self.was_planned):
            self._loading = True
            outcome.value = "pending" if self.is_debrief and on <= date.today() else "planned"
            self._loading = False

    def _add(self, interview: dict) -> None:
        """Add the interview; where another window saved the same draft a moment ago, that is the same interview."""
        try:
            self.journal.add("interviews", interview)
        except ConflictError as error:
            self.journal.add("interviews", {**interview, "debriefed_at": error.theirs.get("debriefed_at")})

    def _update(self, interview: Mapping) -> None:
        values = {name: field.value for name, field in self.fields.items()}
        changes = changed(schema.INTERVIEWS, values, self.seen or {})
        if "debriefed_at" in interview:
            changes["debriefed_at"] = interview["debriefed_at"]
        if lies_before((self.seen or {}).get("debriefed_at"), changes.get("interviewed_on")):
            changes["debriefed_at"] = None
        if changes:
            self.journal.update("interviews", self.key, changes, seen=self.seen)

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
        self.message.say(f"Not saved. Your draft is kept.\n{error}", "bad", *self._ways_on(error))

    def _ways_on(self, error: RecordsError) -> list[widgets.Button]:
        """Return the buttons for what can be done about a file that cannot be saved to."""
        if error.problems:
            return []
        if not isinstance(error, LostFileError) or not error.backup:
            return [panel.button("Read the file again, then save", self._read_and_save)]
        return [
            panel.button("Put the backup back, then save", lambda: self._go_on(self.journal.restore, error.backup)),
            panel.button("Begin anew, and save", lambda: self._go_on(self.journal.begin_anew, error.table)),
        ]

    def _go_on(self, do: Callable[[str], object], name: str) -> None:
        """Do what was chosen about a file that is gone, and save what is typed."""
        try:
            do(name)
        except RecordsError as error:
            self._show_problems(error)
        else:
            self.save()

    def _read_and_save(self) -> None:
        """Take the file as it is now, and save what is typed."""
        try:
            self.journal.interviews()
        except RecordsError as error:
            self._show_problems(error)
        else:
            self.save()

    def _show_conflict(self, error: ConflictError) -> None:
        """Show both versions and let the user choose."""
        rows = [
            f"{schema.label(name)}: here {mine!r}, in the file {theirs!r}" for name, mine, theirs in differences(error)
        ]
        keep = panel.button("Save mine", lambda: self._settle(error, mine=True))
        take = panel.button("Take what is in the file", lambda: self._settle(error, mine=False))
        self.message.say("\n".join([str(error), *rows]), "bad", keep, take)

    def _settle(self, error: ConflictError, *, mine: bool) -> None:
        """Go on after a conflict with the version that was chosen."""
        if not mine:
            self.journal.discard_draft(self.key)
            self.edit(self.key)
            return
        self.seen = records_of(self.journal.interviews(), "id", self.key)[0]
        self.save()

    def _show_delay(self) -> None:
        """Say below the date how long ago the interview was, or that it is still to come."""
        on = self.fields["interviewed_on"].value if "interviewed_on" in self.fields else None
        now = datetime.now().replace(microsecond=0)
        text = ""
        is_to_come = on is not None and on > now.date()
        if "interviewed_on" in self.fields:
            is_noted = any(self.fields[name].value for name in PLAN)
            panel.set_visible(self.plan, is_to_come or (is_noted and not self.is_debrief))
        if is_to_come:
            text = TO_COME
        elif on and self.is_debrief:
            text = f"You write this {delay_words({**self.values(), 'debriefed_at': now.isoformat(sep=' ')})}."
            text += WRITTEN_LATE if self._is_answered_before(now.date()) else ""
        self.delay.value = panel.markup('<p class="ik-hint" role="status">{text}</p>', text=text) if text else ""

    def _is_answered_before(self, day: date) -> bool:
        """Say whether the answer was known before a day, which bends what is written down from then on."""
        answered = self.fields["outcome_on"].value
        return self.fields["outcome"].value in ANSWERS and answered is not None and answered < day


def overdue_words(row: Mapping) -> str:
    """Return a planned interview that is over, and of which day it is."""
    return f"{title_of(row)}, {day(row['interviewed_on'])}"

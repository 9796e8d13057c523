"""A short form for one record: what is typed in it is kept as a draft until it is saved, or put away."""

from collections.abc import Container, Mapping
from contextlib import suppress
from typing import Any, ClassVar

import ipywidgets as widgets

from interview_kit import schema
from interview_kit.journal import RecordsError, new_id
from interview_kit.widgets import panel
from interview_kit.widgets.fields import Field
from interview_kit.widgets.section import Section
from interview_kit.widgets.values import (
    as_texts,
    changed_values,
    draft_error,
    draft_notice,
    unsaved_drafts,
    without_none,
)

IS_DELETED = "Not saved: it was deleted elsewhere in the meantime. What you typed is kept."


class RecordForm(panel.Stack):
    """The fields of one record, in a `section`: `open_button` opens it in `place`.

    `fields` holds them by column; `seen` is the record that is changed, as the file held it, None for a new one.
    """

    table: schema.Table
    names: tuple[str, ...]  # of the columns that are asked for
    missing: ClassVar[dict[str, str]]  # what is asked beside a column that is empty and must not be
    fixed: ClassVar[dict[str, str]] = {}  # what is noted of each record besides
    save_words: tuple[str, str]  # on the button: for a new record, and for one that is changed
    look: str

    def __init__(self, section: Section, open_text: str):
        self.section, self.journal, self.message = section, section.journal, section.message
        self.fields = {name: self.field_of(self.table.column(name)) for name in self.names}
        for field in self.fields.values():
            field.watch(self._typed)
        self.seen: dict | None = None
        self.whole: dict = {}  # the record with the columns that are not asked for, too
        self.known: Container[str] = ()  # the ids of the records that can be changed here
        self.key = self.draft_key = ""
        self._is_loading = self._has_looked = False
        self.message.read_again = self.read_again
        self.title, self.kept = widgets.HTML(), panel.Message()
        self.open_button = panel.button(open_text, self.show_record)
        self.save_button = panel.button("", self.try_to_save, look="primary")
        self.close_button = panel.button("Close", self.put_away, look="quiet")
        self.place = widgets.VBox()  # the form goes with its controls, so that the keyboard finds back
        super().__init__(look=f"ik-card {self.look}")

    # What a form says of its records.

    def field_of(self, column: schema.Column) -> Field:
        """Return the field of a column."""
        return Field(column)

    def heading_of(self, record: Mapping | None) -> str:
        """Return the HTML above the fields of a record, of a new one for None."""
        raise NotImplementedError

    def saved_words(self, values: Mapping) -> tuple[str, str]:
        """Return what is said once a record is saved, and what Undo calls that, empty where it has its own words."""
        raise NotImplementedError

    # Opening it.

    def show_record(self, record: Mapping | None = None, *, at: str = "") -> None:
        """Show a record, an empty form for None, with the keyboard in a column: the first, unless one is named."""
        self.message.clear()
        if self.place.children:
            self.put_away()
        self.begin(record)
        self.section.page.focus_field(f".{self.look} .ik-column-{at or self.names[0]}")

    def begin(self, record: Mapping | None, draft: Mapping[str, Any] | None = None) -> None:
        """Show a record, or none, and over it what was typed before, where there is a draft."""
        self.whole = dict(record or {})
        self.seen = self._part_seen(record) if record else None
        is_new = draft is not None and not draft["editing"]
        self.key = record["id"] if record else draft["id"] if draft and is_new else new_id(self.table.letter)
        self.draft_key = draft["key"] if draft else f"{self.look}-{self.key}"
        values = draft["values"] if draft else self.seen or {}
        self._is_loading = True
        for name, field in self.fields.items():
            field.value = values.get(name)
            field.refuse("")
        self._is_loading = False
        self.title.value = self.heading_of(record)
        self.save_button.description = self.save_words[record is not None]
        self.kept.say(draft_notice(draft) if draft else "", "plain")
        self.place.children = [self]
        panel.set_visible(self.open_button, False)

    def hide(self) -> None:
        """Take the form away."""
        self.seen = None
        self.place.children = []
        panel.set_visible(self.open_button, True)

    def discard(self) -> None:
        """Take the form away, and let its draft go."""
        if not self.message.refusal:
            self.journal.discard_draft(self.draft_key)
        self.hide()

    def put_away(self) -> None:
        """Take the form away with what is typed in it; one click brings that back."""
        record, values = self.seen, self.values()
        is_typed = self._is_typed()
        self.discard()
        if is_typed:
            bring_back = panel.button("Bring it back", lambda: self._bring_back(record, values))
            self.message.say("What you had typed is put away.", "plain", bring_back)

    def _bring_back(self, record: Mapping | None, values: Mapping) -> None:
        self.show_record(record)
        for name, value in values.items():
            self.fields[name].value = value

    def refresh(self, known: Container[str]) -> None:
        """Take note of the records that can be changed by now; at first go on with what was typed before.

        A change of a record that is gone goes on as a new one.
        """
        self.known = known
        if self._has_looked or self.message.refusal:
            return
        self._has_looked = True
        for draft in unsaved_drafts(self.journal, self.look)[:1]:
            self.begin(self._record(draft["id"]), draft)

    def read_again(self) -> None:
        """Read the records again; what is typed stays, and goes over what the file holds by now."""
        self.section.page.reload()
        record = self._record(self.key)
        if self.place.children and record:
            self.seen = self._part_seen(record)

    def _part_seen(self, record: Mapping) -> dict:
        """Return of a record what is asked for here, by which it is noticed whether that was changed elsewhere."""
        return {name: record[name] for name in ("id", *self.names, *self.fixed)}

    def _record(self, key: str) -> dict | None:
        return self.section.record(self.table.name, key) if key in self.known else None

    # What is typed.

    def values(self) -> dict:
        """Return what is noted in the fields, by column."""
        return {name: field.value for name, field in self.fields.items()}

    def _is_typed(self) -> bool:
        return bool(changed_values(self.table, self.values(), self.seen or {}))

    def _typed(self) -> None:
        """Keep what is typed."""
        if self._is_loading or self.message.refusal:
            return
        try:
            if self._is_typed():
                draft = {"form": self.look, "id": self.key, "editing": self.seen is not None}
                self.journal.save_draft(self.draft_key, {**draft, "values": as_texts(self.values())})
            else:
                self.journal.discard_draft(self.draft_key)
        except (RecordsError, OSError) as error:
            self.kept.say(draft_error(error), "bad")

    # Saving.

    def try_to_save(self) -> None:
        """Save what is noted, or say beside each field what is missing."""
        values = self.values()
        for name, field in self.fields.items():
            is_empty = not str(values[name] or "").strip()
            field.refuse(self.missing.get(name, "") if is_empty else "")
        if any(field.error.value for field in self.fields.values()):
            return
        if self.message.do(lambda: self._write(values), *self.saved_words(values)):
            self.discard()
        elif self._is_deleted():
            self.message.say(IS_DELETED, "bad", panel.button("Save as new", self.save_as_new))
        self.section.page.focus_message(self.message)

    def _is_deleted(self) -> bool:
        """Say whether the record that is changed is not in the file any more."""
        with suppress(RecordsError):
            return self.seen is not None and self.key not in set(self.journal.read(self.table.name)["id"])
        return False

    def save_as_new(self) -> None:
        """Save what is typed as a new record, with what was not asked for here as it was."""
        self.seen = None
        self.try_to_save()

    def _write(self, values: Mapping) -> None:
        if self.seen is None:
            noted = without_none({**self.whole, **values})
            self.journal.add(self.table.name, {**noted, "id": self.key, **self.fixed})
        else:
            changes = changed_values(self.table, values, self.seen) | self.fixed
            self.journal.update(self.table.name, self.key, changes, seen=self.seen)

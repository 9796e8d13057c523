"""The list of what to do, each thing with what can be done about it."""

from collections.abc import Callable
from datetime import date

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.journal import Journal, is_derived_id
from interview_kit.next_steps.contacts import SAME_PERSON
from interview_kit.next_steps.follow_ups import NOTHING_ELSE
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.drafts import Draft, Drafts
from interview_kit.widgets.panel import set_visible
from interview_kit.widgets.section import Section, cards_of
from interview_kit.words import day

SHOWN_FIRST, SHOWN_MORE = 8, 100
TO_DO_TEMPLATE = '<p class="ik-what"><strong>{what}</strong> <span class="ik-when">{when}</span></p><p>{why}</p>'
CALENDAR = "Open it to take the dates into your calendar; the same file later updates them."


class ToDo(Section):
    """What is due and what is suggested; `cards` holds a `ToDoCard` for each thing that is shown.

    What happened is said where the card was, in `message`; what the buttons below the list did, in `foot_message`.
    """

    def __init__(self, page: panel.RecordsPanel, drafts: Drafts):
        super().__init__(page, "ik-stack")
        self.drafts, self.foot_message = drafts, Changes(page.journal, page.reload)
        self.cards: dict[str, ToDoCard] = {}
        self.shown_count, self.above = SHOWN_FIRST, ""
        self.answer, self.list = widgets.HTML(), panel.Stack(look="ik-stack")
        self.calendar_button = panel.button("Put these into my calendar", self.save_calendar, look="primary")
        self.more_button = panel.button("Show all", self.show_more, look="reads")
        self.undo_button = panel.button("Undo the last change", self.undo_last, look="quiet")
        self.again_button = panel.button("", self.suggest_again, look="quiet")
        foot = panel.bar(self.calendar_button, self.more_button, self.undo_button, self.again_button)
        self.children = [self.answer, self.list, foot, self.foot_message]

    # What it looks like.

    def draw(self) -> None:
        """Show what is to be done."""
        shown = self.shown
        self.foot_message.refusal = shown.refusal
        unwanted = shown.records.dismissed()
        self.table = next_steps.due_follow_ups(shown.whole, as_of=shown.day, chances=shown.chances, dismissed=unwanted)
        self.coming = next_steps.coming_interviews(shown.whole, as_of=shown.day)
        is_all = self.table.empty and shown.to_write_down and not shown.whole.ids_are_lost
        sentence = NOTHING_ELSE if is_all else self.table.attrs["sentence"]
        self.answer.value = panel.paragraph(sentence, "ik-answer")
        self._list()

    def _list(self) -> None:
        rows = self.table.head(self.shown_count).to_dict("records")
        self.cards = cards_of(rows, "key", self.cards, lambda row: ToDoCard(self, row))
        self._arrange()
        self._offer(len(self.table) - len(rows), self.table.attrs["left_out"]["dismissed"])

    def _arrange(self) -> None:
        """Show the cards, and the message below the one that it was above it."""
        at = list(self.cards).index(self.above) + 1 if self.above in self.cards else 0
        cards = list(self.cards.values())
        self.list.children = [*cards[:at], self.message, *cards[at:]]

    def _offer(self, hidden: int, dismissed: int) -> None:
        """Show the buttons below the list for which there is something to do."""
        self.again_button.description = f"Suggest {dismissed} dismissed again"
        set_visible(self.again_button, dismissed > 0)
        of_all = f" of {hidden:,}" if hidden > SHOWN_MORE else ""
        self.more_button.description = f"Show {min(hidden, SHOWN_MORE)} more{of_all}"
        set_visible(self.more_button, hidden > 0)
        set_visible(self.calendar_button, bool(self.table["due_on"].notna().any()) or not self.coming.empty)
        set_visible(self.undo_button, self.journal.has_backups)
        self.foot_message.name_undo(self.undo_button)

    def show_more(self) -> None:
        """Show what else there is to do, a hundred at a time."""
        self.shown_count += SHOWN_MORE
        self._list()

    # What can be done about a thing.

    def tick(self, row: dict) -> None:
        """Tick a thing off; a suggestion that was done is noted as a follow-up."""
        title = f"the tick at “{row['what']}”"
        self._note(row, {"done_on": self.shown.day}, {"done_on": None}, title, f"Done: {row['what']}.")

    def move(self, row: dict, to: date | None) -> str:
        """Give a thing another date, or return why not; a suggestion becomes a plan of one's own."""
        if problem := day_problem(to, self.shown.day):
            return problem
        title, seen = f"the new date of “{row['what']}”", {"due_on": row["due_on"]}
        self._note(row, {"due_on": to}, seen, title, f"Moved to {day(to)}: {row['what']}.")
        return ""

    def _note(self, row: dict, changes: dict, seen: dict, title: str, text: str) -> None:
        def note() -> None:
            if row["suggested"]:
                write_ids(self.journal, row)
                self.journal.add("follow_ups", as_follow_up(row) | changes)
            else:
                self.journal.update("follow_ups", row["key"], changes, seen=seen)

        self._do(row, note, text, title)

    def drop(self, row: dict) -> None:
        """Take a plan off the list, or do not suggest a thing again."""
        text, key = f"Taken off the list: {row['what']}.", row["key"]
        if row["suggested"]:
            self._do(row, lambda: self._dismiss(row), text, back=lambda: self.journal.undismiss(key))
        else:
            title = f"the removal of “{row['what']}”"
            self._do(row, lambda: self.journal.delete("follow_ups", key), text, title)

    def _dismiss(self, row: dict) -> None:
        write_ids(self.journal, row)
        self.journal.dismiss(row["key"])

    def say_on_top(self, text: str) -> None:
        """Say what was done above the list, with the way back."""
        self.above = ""
        self.foot_message.clear()
        self.message.done(text)
        self._arrange()

    def _do(self, row: dict, action: Callable[[], None], text: str, title: str = "", **options) -> None:
        """Carry out a change of a thing, and say what became of it where its card is now."""
        keys = ["", *self.cards]
        self.above = keys[keys.index(row["key"]) - 1]
        self.message.clear()
        self.foot_message.clear()
        self._arrange()
        self.message.do(action, text, title, **options)

    # What can be done below the list.

    def undo_last(self) -> None:
        """Take the last change back, and say so beside the button for it."""
        self.message.clear()
        self.foot_message.undo_named(self.undo_button)

    def suggest_again(self) -> None:
        """Suggest again what was dismissed."""
        keys = [key for key in self.journal.dismissed() if not key.startswith(SAME_PERSON)]
        again, back = (lambda: self.journal.undismiss(*keys)), (lambda: self.journal.dismiss(*keys))
        self.message.clear()
        self.foot_message.do(again, "Suggested again.", back=back)

    def save_calendar(self) -> None:
        """Write what is shown and the interviews to come into a calendar file, and say where it is."""
        self.message.clear()
        shown = self.table.head(self.shown_count)
        write = lambda path: next_steps.calendar_file(shown, path, interviews=self.coming)  # noqa: E731
        self.foot_message.export("to_do.ics", write, CALENDAR)


class ToDoCard(panel.Stack):
    """One thing to do: what and why, and what can be done about it."""

    def __init__(self, to_do: ToDo, row: dict):
        self.to_do, self.row = to_do, row
        self.drawer = panel.Stack(look="ik-drawer")
        self.new_date = widgets.DatePicker(description="New date")
        what = row["what"]
        self.done = panel.button("Done", lambda: to_do.tick(row), tooltip=f"Done: {what}")
        self.draft = panel.button("Draft a note", self.toggle_draft, tooltip=f"Draft a note: {what}")
        self.move = panel.button("Move", self.toggle_move, tooltip=f"Move: {what}")
        self.drop = panel.button("Not needed", lambda: to_do.drop(row), look="quiet", tooltip=f"Not needed: {what}")
        self.move_it, self.message = panel.button("Move it", self.move_there), panel.Message()
        can_write = bool(row["interview_id"] or row["contact_id"])
        actions = panel.bar(self.done, *([self.draft] if can_write else []), self.move, self.drop)
        words = panel.words(TO_DO_TEMPLATE, what=what, when=next_steps.when_words(row), why=row["why"])
        super().__init__(words, actions, self.drawer, look="ik-card ik-todo")

    def toggle_draft(self) -> None:
        """Show a draft of the note, or put it away."""
        if any(isinstance(child, Draft) for child in self.drawer.children):
            self.drawer.children = []
            return
        about = {"interview_id": self.row["interview_id"], "contact_id": self.row["contact_id"]}
        self.drawer.children = [self.to_do.drafts.get(self.row["follow_up_id"], self.row["kind"], **about)]

    def toggle_move(self) -> None:
        """Ask for another date, or put the question away."""
        asked = self.new_date in self.drawer.children
        self.message.clear()
        self.drawer.children = [] if asked else [self.new_date, panel.bar(self.move_it), self.message]

    def move_there(self) -> None:
        """Move it to the date that is chosen."""
        self.message.say(self.to_do.move(self.row, self.new_date.value), "plain")


def day_problem(chosen: date | None, today: date) -> str:
    """Return why nothing can be planned for a day, nothing where it can."""
    if chosen is None:
        return "On which day? Choose a date above."
    return f"{day(chosen)} is past. Choose today or a later day." if chosen < today else ""


def write_ids(journal: Journal, row: dict) -> None:
    """Write down the ids that a thing refers to, where records made by hand have none yet: they stay the same."""
    for table, key in (("interviews", row["interview_id"]), ("contacts", row["contact_id"])):
        if is_derived_id(key, schema.table(table)):
            journal.update(table, key, {})


def as_follow_up(row: dict) -> dict:
    """Return a suggestion as a follow-up."""
    values = {"id": row["follow_up_id"], "interview_id": row["interview_id"], "contact_id": row["contact_id"]}
    values |= {"kind": row["kind"], "due_on": row["due_on"]}
    return {name: value for name, value in values.items() if not schema.is_missing(value) and value != ""}

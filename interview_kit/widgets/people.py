"""The people met: everyone by company, who stands there twice, a note to one of them."""

import ipywidgets as widgets

from interview_kit import next_steps
from interview_kit.widgets import panel
from interview_kit.widgets.chooser import Chooser
from interview_kit.widgets.drafts import Drafts
from interview_kit.widgets.section import Section
from interview_kit.widgets.to_do import day_problem, write_ids
from interview_kit.words import day, unbroken

SHOWN_OPEN = 12  # people; more are folded away
SHOWN_TWICE = 3
NO_PEOPLE = "Nobody is noted yet. Write down whom you met in the debrief; a connection can pay off later."
COLUMNS = ("Company", "Who", "Last contact", "Next step")
BELOW = "A connection pays off later, even where this job does not."


class People(Section):
    """The people met, with the way to keep the contact."""

    def __init__(self, page: panel.RecordsPanel, drafts: Drafts):
        super().__init__(page)
        self.drafts, self.table = drafts, widgets.HTML()
        self.everyone = panel.folded("Everyone you met, by company", self.table)
        self.twice, self.note, self.box = (panel.Stack(look="ik-drawer") for _ in range(3))
        self.person = Chooser("Write to", "choose a person", self._show_person)
        self.remind_on = widgets.DatePicker(description="Remind me to write on")
        self.remind_button = panel.button("Plan it", self.plan)
        self.cards_button = panel.button("Save as contact cards", self.save_cards)
        self.parts = (self.everyone, panel.bar(self.cards_button), self.twice, self.person, self.note)
        self.children = [panel.heading("Keep the contact", BELOW), self.box, self.message]

    def draw(self) -> None:
        """Show the people."""
        shown = self.shown
        self.people = next_steps.contact_list(shown.whole, as_of=shown.day)
        if self.people.empty:
            self.box.children = [panel.line(NO_PEOPLE)]
            return
        self.table.value = panel.html_table(COLUMNS, rows(self.people.to_dict("records")))
        if not self.box.children:
            self.everyone.selected_index = 0 if len(self.people) <= SHOWN_OPEN else None
        twice = next_steps.same_people(shown.whole, dismissed=shown.records.dismissed())
        self.twice.children = [self._question(row) for row in twice.head(SHOWN_TWICE).to_dict("records")]
        named = self.people[self.people["name"] != ""]
        self.person.offer((person_words(row), row["id"]) for row in named.to_dict("records"))
        panel.set_visible(self.cards_button, not named.empty)
        self.box.children = self.parts

    # Two records of one person.

    def _question(self, row: dict) -> panel.Stack:
        """Return the question whether two records are one person."""
        text = f"{row['name'] or row['company']} is listed twice: {row['why']}. Same person?"
        one = panel.button("Merge", lambda: self.merge(row))
        two = panel.button("Keep both", lambda: self.keep_apart(row))
        return panel.Stack(panel.line(text), panel.bar(one, two), look="ik-card")

    def merge(self, row: dict) -> None:
        """Merge two records of one person, as a step that Undo takes back."""
        merge = lambda: next_steps.merge_contacts(self.journal, row["keep"], row["other"])  # noqa: E731
        self.message.do(merge, f"{row['name']} stands here once now; nothing that was noted is lost.")

    def keep_apart(self, row: dict) -> None:
        """Do not ask again whether two records are one person."""
        key = row["key"]
        back = lambda: self.journal.undismiss(key)  # noqa: E731
        self.message.do(lambda: self.journal.dismiss(key), f"{row['name']}: two people.", back=back)

    # A note to one of them.

    def _show_person(self) -> None:
        """Show a draft to the person who is chosen, and a way to be reminded."""
        key = self.person.value
        self.message.clear()
        draft = [self.drafts.get(key, "stay in touch", contact_id=key)] if key else []
        self.note.children = [*draft, panel.bar(self.remind_on, self.remind_button)] if key else []

    def plan(self) -> None:
        """Plan a note to the person who is chosen."""
        key, due = self.person.value, self.remind_on.value
        if problem := day_problem(due, self.shown.day):
            self.message.say(problem, "plain")
            return
        name = self.people[self.people["id"] == key].iloc[0]["name"]

        def plan() -> None:
            write_ids(self.journal, {"interview_id": "", "contact_id": key})
            self.journal.add("follow_ups", {"contact_id": key, "kind": "stay in touch", "due_on": due})

        self.message.do(plan, f"Planned for {day(due)}: write to {name}.", f"the plan to write to {name}")

    def save_cards(self) -> None:
        """Write everyone into a file of contact cards, and say where it is."""
        write = lambda path: next_steps.contact_cards(self.shown.records, path)  # noqa: E731
        self.message.export("people.vcf", write, "Your notes on them are not in it.")


def rows(people: list[dict]) -> list[tuple]:
    """Return the people by company, each company named once."""
    found, before = [], None
    for row in people:
        who = ", ".join(word for word in (row["name"] or "name not noted", row["role"]) if word)
        following = f"{row['next_step']}, {unbroken(day(row['next_on']))}" if row["next_step"] else ""
        company = row["company"] if row["company"] != before else ""
        found.append((company, who, unbroken(day(row["last_contact_on"])), following))
        before = row["company"]
    return found


def person_words(row: dict) -> str:
    """Return a person as a choice."""
    return ", ".join(word for word in (row["name"], row["company"]) if word)

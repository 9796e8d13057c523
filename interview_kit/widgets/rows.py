"""A list of small records inside a form: the people met, the questions asked, the things to do."""

from collections.abc import Callable, Mapping

from interview_kit import schema
from interview_kit.journal import Journal, RecordsError, new_id
from interview_kit.widgets import panel
from interview_kit.widgets.fields import Field
from interview_kit.widgets.values import changed_values, without_none


class RowsEditor(panel.Stack):
    """Cards for the records of one table that belong to one interview; cards are added and removed on the spot."""

    def __init__(
        self,
        table: str,
        shown: tuple[str, ...],
        noun: str,
        what_for: str,
        *,
        on_change: Callable[[], None],
        focus_field: Callable[[str], None],
    ):
        self.table, self.shown = schema.table(table), shown
        self.article, _, self.noun = noun.partition(" ")
        self.on_change, self.focus_field = on_change, focus_field
        self.cards: list[Card] = []
        self.saved: dict[str, dict] = {}
        self.deleted: dict[str, dict] = {}  # what was saved before, and was deleted elsewhere
        self.options: dict[str, list[tuple[str, str]]] = {}
        self.list, self.hint = panel.Stack(look="ik-rows"), panel.line(what_for)
        self.add_button = panel.button(f"Add {noun}", self._add_clicked)
        super().__init__(self.hint, self.list, panel.bar(self.add_button), look="ik-rows")

    def add_card(self, values: Mapping | None = None) -> "Card":
        """Show one more card, empty or with a record in it."""
        card = Card(self, dict(values or {}))
        self.cards.append(card)
        self._arrange()
        return card

    def _add_clicked(self) -> None:
        """Show an empty card, ready to type in."""
        card = self.add_card()
        card.add_class(f"ik-at-{card.key}")
        self.focus_field(f".ik-at-{card.key}")

    def offer(self, name: str, options: list[tuple[str, str]]) -> None:
        """Offer the records of another table in a column, as words and id; without any, it is not asked for."""
        if options == self.options.get(name, []):
            return
        self.options[name] = options
        for card in self.cards:
            card.offer(name, options)

    def remove(self, card: "Card") -> None:
        """Take a card away; a record that was saved before is deleted when the form is saved."""
        self.cards.remove(card)
        self._arrange()

    def load(self, records: list[dict], saved: list[dict]) -> None:
        """Show these records; `saved` are those that the file holds, to tell later what has changed."""
        self.saved, self.deleted = {record["id"]: record for record in saved}, {}
        self.cards = [Card(self, record) for record in records]
        self._arrange(tell=False)

    def values(self) -> list[dict]:
        """Return what the cards hold, without the empty ones."""
        return [card.values() for card in self.cards if card.is_filled()]

    def save(self, journal: Journal, interview: Mapping) -> None:
        """Add, change and delete so that the file holds what the cards show."""
        for card in self.cards:
            if card.is_filled():
                card.save(journal, interview)
        if removed := self.saved.keys() - self.kept():
            for key in removed.intersection(journal.read(self.table.name)["id"]):
                journal.delete(self.table.name, key, seen=self.saved[key])

    def kept(self) -> set[str]:
        """Return the ids of the cards on which something is noted."""
        return {card.key for card in self.cards if card.is_filled()}

    def see_again(self, records: list[dict], *, overwrites: bool) -> None:
        """Take note of what the file holds by now; what was deleted from it is added anew when the form is saved.

        `overwrites` says whether a change that was made elsewhere may be overwritten then.
        """
        there, known = {record["id"]: record for record in records}, self.deleted | self.saved
        self.deleted = {key: record for key, record in known.items() if key not in there}
        self.saved = {key: there[key] if overwrites else known[key] for key in known if key in there}

    def _arrange(self, *, tell: bool = True) -> None:
        self.list.children = tuple(self.cards)
        panel.set_visible(self.hint, bool(self.cards and self.hint.value))
        self.add_button.description = f"Add {'another' if self.cards else self.article} {self.noun}"
        if tell:
            self.on_change()


class Card(panel.Stack):
    """One small record: its fields, and a button that takes it away."""

    def __init__(self, editor: RowsEditor, values: dict):
        self.editor = editor
        self.key = values.get("id") or new_id(editor.table.letter)
        offered = editor.options
        self.fields = {name: Field(editor.table.column(name), options=offered.get(name, ())) for name in editor.shown}
        for name, field in self.fields.items():
            field.value = values.get(name)
            field.watch(editor.on_change)
        tip = f"Remove this {editor.noun}"
        self.remove_button = panel.button("Remove", lambda: editor.remove(self), look="quiet", tooltip=tip)
        super().__init__(look="ik-card")
        if self.key in editor.saved:
            self.fold()
        else:
            self.unfold()

    def fold(self) -> None:
        """Show the card as one line, with a button that opens it."""
        self.is_open = False
        change = panel.button("Change", self.unfold, look="quiet")
        self.children = [panel.bar(panel.words("<span>{text}</span>", text=self.summary()), change, self.remove_button)]

    def unfold(self) -> None:
        """Show all fields of the card."""
        self.children = [panel.pair(*self._shown_fields()), panel.bar(self.remove_button)]
        self.is_open = True

    def _shown_fields(self) -> list[Field]:
        """Return the fields less those that choose among records of which there are none."""
        fields, options = self.fields, self.editor.options
        return [fields[name] for name in fields if fields[name].column.kind != "id" or options.get(name)]

    def offer(self, name: str, options: list[tuple[str, str]]) -> None:
        """Offer the records of another table in a column."""
        self.fields[name].offer(options)
        if self.is_open:
            self.unfold()

    def summary(self) -> str:
        """Return what is noted on the card, in a line."""
        noted = [" ".join(field.words.split()) for field in self.fields.values()]
        line = " · ".join(filter(None, noted))
        return line if len(line) <= 90 else f"{line[:89]}…"

    def is_filled(self) -> bool:
        """Say whether anything is noted on this card."""
        return any(field.value not in (None, "") for field in self.fields.values())

    def values(self) -> dict:
        """Return the id and what is noted."""
        return {"id": self.key, **{name: field.value for name, field in self.fields.items()}}

    def save(self, journal: Journal, interview: Mapping) -> None:
        """Write this card; problems appear beside its fields too."""
        values = self.values()
        before = self.editor.saved.get(self.key)
        table = self.editor.table
        try:
            if before is None:
                noted = without_none({**self.editor.deleted.get(self.key, {}), **values})
                journal.add(table.name, {**inherited_values(interview, table), **noted})
            elif changes := changed_values(table, values, before):
                journal.update(table.name, self.key, changes, seen=before)
        except RecordsError as error:
            self._show(error)
            raise

    def _show(self, error: RecordsError) -> None:
        for problem in error.problems:
            if problem.column in self.fields:
                self.unfold()
                self.fields[problem.column].refuse(str(problem))


def inherited_values(interview: Mapping, table: schema.Table) -> dict:
    """Return what a small record takes over from its interview."""
    taken = {"interview_id": interview["id"]}
    if table is schema.CONTACTS:
        met_on = None if interview.get("outcome") in schema.NOT_HELD else interview.get("interviewed_on")
        taken |= {"company": interview.get("company"), "met_on": met_on}
    return without_none(taken)

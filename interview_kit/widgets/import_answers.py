"""What a person tells of a file that is to be imported, by a field for each column, word, event and kind of date."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

import ipywidgets as widgets

from interview_kit import schema
from interview_kit.importing import ImportPreview, aliases
from interview_kit.importing.problems import BLANK, Kind
from interview_kit.importing.remedies import About, kinds_about
from interview_kit.importing.sources import Sheet
from interview_kit.importing.words import ANSWERS, SURE
from interview_kit.widgets import panel
from interview_kit.widgets.import_tables import problem_words
from interview_kit.words import capitalized, plural

SHOWN_COLUMNS, SHOWN_WORDS, SHOWN_EVENTS, ASKED_AT_ONCE, SHOWN_CELLS = 60, 60, 300, 6, 3
UNTOLD = [("not told yet", "")]
LEFT_OUT = ("not told yet: left out", "")
ORDERS = {"day": True, "month": False, "": None}
ONLY_YOU = "Only you can tell. A row that waits for an answer is left out until you give one."
MEANINGS = [(answer, answer) for answer in ANSWERS if answer != "nothing"]
MEANINGS.append(("an application, with the word in the notes", "nothing"))
FIELD_LABELS = {
    **{"status": "How it goes (status)", "stage": "Stage or round", "outcome": "Outcome", "role": "Role"},
    **{"applied_on": "Date of the application", "interviewed_on": "Date of the interview", "date": "A date"},
    **{"history": "History of stages", "interviews": "Number of interviews", "round": "One round: whether, or when"},
    **{"from_stage": "Step: from this stage", "to_stage": "Step: to this stage", "notes": "Keep in the notes"},
    **{"extra": "Keep as a column of its own", "ignore": "Leave out"},
}


class Explained(widgets.DOMWidget):
    """A field that says below it why the file was understood so, or where the question comes from."""

    def __init__(self, **options):
        super().__init__(**options)
        self.why = widgets.HTML()
        self.box = panel.Stack(self, self.why)

    def explain(self, text: str) -> None:
        """Say a sentence below the field."""
        self.why.value = panel.markup('<span class="ik-hint">{text}</span>', text=text) if text else ""


class CompanyField(Explained, widgets.Text):
    """The company of an event."""


class Understood(Explained, widgets.Dropdown):
    """A dropdown that knows how the file was understood before anyone changed it."""

    understood = ""
    needs_no_look, is_asked = False, False

    def understand(self, field: str, *, needs_no_look: bool, behaviors: Sequence[str] = ()) -> None:
        """Show what a column is taken for, with the behaviors that it may be instead."""
        self.understood, self.needs_no_look = field, needs_no_look
        targets = dict.fromkeys([*(target for target in aliases.TARGETS if target != "date"), *behaviors, field])
        self.options = [(target_label(target), target) for target in targets]
        self.value = field


def target_label(target: str) -> str:
    """Return what a column can be, in words."""
    if schema.kind_by_prefix(target) != "text":
        return f"Behavior: {schema.label(target)}"
    return FIELD_LABELS.get(target) or schema.label(target)


def behaviors_for(name: str, example: str) -> list[str]:
    """Return the behaviors that a column with such a value can be: those of the kit, and one of its own name."""
    known = [column for column in (*schema.BEHAVIORS, *schema.RATINGS) if schema.is_value(column.kind, example)]
    with suppress(ValueError):
        own = schema.behavior_name(name, "did_" if known and known[0].kind == "yes/no" else "rated_")
        return [*(column.name for column in known), *([own] if known else [])]
    return [column.name for column in known]


class Answers:
    """The fields by which a person sets right how a file is understood.

    `changed` is called at each answer, and `focus_field` puts the keyboard into the field that a selector names.
    """

    def __init__(self, changed: Callable[[], None], focus_field: Callable[[str], None]):
        self.changed, self.focus_field, self.is_drawing = changed, focus_field, False
        self.mapping: dict[str, Understood] = {}
        self.words: dict[str, Understood] = {}
        self.companies: dict[str, CompanyField] = {}
        self.doubted: set[str] = set()  # the columns that are asked about
        self.said: dict[str, str] = {}  # of the columns that were understood wrongly
        self.day_order = widgets.RadioButtons(options=UNTOLD, value="")
        self.year = widgets.Text(
            description="The year of dates that have none", placeholder="2025", continuous_update=False
        )
        self.other_event = widgets.Dropdown(description="An event that is left out and was an interview")
        panel.on_change(self._answered, self.day_order, self.year)
        panel.on_change(self._bring_in_event, self.other_event)
        # They stay on screen while others come and go, since the keyboard is in one of them.
        self.asked_columns, self.asked_words, self.more_words, self.events = (Fields() for _ in range(4))
        self.open_columns, self.sure_columns, self.sure_words = (Fields() for _ in range(3))
        self.other_events = panel.folded("", self.other_event)
        asked = (self.asked_columns, self.asked_words, self.more_words.fold, self.events, self.other_events)
        self.questions = panel.section("Questions", self.day_order, self.year, *asked, below=ONLY_YOU)
        shown = (self.open_columns, self.sure_columns.fold, self.sure_words.fold)
        self.columns = panel.section("How columns and words are understood", *shown)

    def forget(self) -> None:
        """Forget what was said of the file before."""
        self.is_drawing = True
        for told in (self.mapping, self.words, self.companies, self.doubted):
            told.clear()
        self.day_order.options, self.day_order.value, self.year.value = UNTOLD, "", ""
        self.is_drawing = False

    def given(self) -> dict:
        """Return what was said, as `preview_sheets` takes it; `ValueError` for a year that is none."""
        year = self.year.value.strip()
        if year and not (year.isdecimal() and len(year) == 4):
            raise ValueError(f"The year is {year!r}; write it with four digits, such as 2025.")
        self.said = {name: field.value for name, field in self.mapping.items() if field.value != field.understood}
        return {
            "mapping": self.said,
            "words": {word: field.value for word, field in self.words.items() if field.value},
            "companies": {title: field.value for title, field in self.companies.items() if field.value.strip()},
            "day_first": ORDERS[self.day_order.value],
            "year": int(year) if year else None,
        }

    def recall(self, said: Mapping) -> bool:
        """Fill in what was said of the same tracker before, where it is asked again; return whether anything was."""
        before, self.is_drawing = self.given(), True
        for fields, kept in ((self.mapping, said.get("mapping")), (self.words, said.get("words"))):
            for name, value in kept.items() if isinstance(kept, dict) else ():
                if name in fields and value in dict(fields[name].options).values():
                    fields[name].value = value
        order = {value: key for key, value in ORDERS.items()}.get(said.get("day_first"), "")
        if order in dict(self.day_order.options).values():
            self.day_order.value = order
        self.year.value = str(said.get("year") or "")
        self.is_drawing = False
        return self.given() != before

    def offer(self, preview: ImportPreview, sheets: Sequence[Sheet]) -> None:
        """Offer a field for whatever a preview asks, and for whatever it may have understood wrongly."""
        self.is_drawing = True
        self._offer_columns(preview, {sheet.name for sheet in sheets if sheet.fields or not sheet.rows})
        self._offer_words(preview, sheets)
        self._offer_companies(preview, sheets)
        self._offer_orders(preview)
        self._arrange(preview)
        self.is_drawing = False

    def _answered(self) -> None:
        if not self.is_drawing:
            self.changed()

    def _offer_columns(self, preview: ImportPreview, others: set[str]) -> None:
        """Offer a dropdown for each column, set to how it is understood, but for tables in which nothing can be wrong.

        A column that is one day throughout is kept in the notes, whatever its name says, until it is told otherwise.
        """
        doubts = preview.problems[preview.problems["kind"].isin(kinds_about(About.COLUMN))].to_dict("records")
        noted = {row["column"] for row in doubts if row["kind"] == Kind.SAME_DATE}
        rows = preview.mapping[~preview.mapping["file"].isin(others)].drop_duplicates("source")
        for row in rows[:SHOWN_COLUMNS].to_dict("records"):
            name, is_sure = row["source"], row["sure"] == SURE or not row["example"]
            if name not in self.mapping:
                self.mapping[name] = Understood(description=column_label(name))
                panel.on_change(self._answered, self.mapping[name])
            if name not in self.said:
                self.mapping[name].understand(
                    "notes" if name in noted else row["field"],
                    needs_no_look=is_sure,
                    behaviors=behaviors_for(name, row["example"]),
                )
            self.mapping[name].explain(why_words(row))
        for row in doubts:
            if row["column"] in self.mapping:
                self.doubted.add(row["column"])
                text = problem_words({**row, "column": ""})
                self.mapping[row["column"]].explain(f"{capitalized(text)}.")

    def _offer_words(self, preview: ImportPreview, sheets: Sequence[Sheet]) -> None:
        """Offer a dropdown for each word of a status, those not understood first, with the row where each stands."""
        meanings = dict(zip(preview.words["word"], preview.words["meaning"], strict=True))
        asked = preview.problems[preview.problems["kind"].isin(kinds_about(About.WORD))]
        for row in asked.sort_values("rows", ascending=False, kind="stable")[:SHOWN_WORDS].to_dict("records"):
            word = BLANK if row["kind"] == Kind.NOT_TOLD else row["value"]
            if word not in self.words:
                guess = meanings.get(word, "") if row["kind"] == Kind.GUESSED_WORD else ""
                self._offer_word(word, row["rows"], guess, is_asked=True)
            self.words[word].explain(where_words(row, sheets))
        for row in preview.words[preview.words["sure"] != ""].to_dict("records"):
            if row["word"] not in self.words and len(self.words) < SHOWN_WORDS:
                self._offer_word(row["word"], row["rows"], row["meaning"])

    def _offer_word(self, word: str, count: int, meaning: str, *, is_asked: bool = False) -> None:
        """Offer the dropdown of a word, or of the rows that say nothing: what it is taken for, or what it can mean."""
        rows = plural(count, "row")
        first = (f"{meaning} (a guess)" if is_asked else meaning, "") if meaning else LEFT_OUT
        label = f"What does “{word[:60]}” mean? ({rows})" if is_asked else f"{word[:60]} ({rows})"
        field = self.words[word] = Understood(description=label, options=[first, *MEANINGS], value="")
        field.is_asked = is_asked
        if word == BLANK:
            field.description = f"Did you apply? The file says neither when nor whether ({rows})"
            field.options = [first, ("Yes, I applied", "applied"), ("No, I did not apply", "not applied")]
        panel.on_change(self._answered, field)

    def _offer_companies(self, preview: ImportPreview, sheets: Sequence[Sheet]) -> None:
        """Offer a field for the company of each event that names none for sure, and the titles of all other events."""
        guesses = {(sheet.name, line): guess for sheet in sheets for line, guess in sheet.guesses.items()}
        asked = preview.problems[preview.problems["kind"] == Kind.COMPANY]
        for row in asked[:SHOWN_WORDS].to_dict("records"):
            self._ask_company(row["value"], guesses.get((row["file"], row["line"]), ""))
            self.companies[row["value"]].explain(where_words(row, sheets))
        titles = dict.fromkeys(title for sheet in sheets for title in sheet.others if title)
        left = [title for title in titles if title not in self.companies][:SHOWN_EVENTS]
        self.other_event.options = [("none", ""), *((title[:80], title) for title in left)]
        self.other_event.value = ""

    def _ask_company(self, title: str, guess: str) -> None:
        """Offer a field for the company of an event, with what may be meant as a hint."""
        if title not in self.companies:
            label, hint = f"Which company is “{title[:60]}” at?", f"Perhaps {guess}" if guess else ""
            self.companies[title] = CompanyField(description=label, placeholder=hint, continuous_update=False)
            panel.on_change(self._answered, self.companies[title])

    def _bring_in_event(self) -> None:
        """Ask for the company of an event that is left out, with the keyboard there; once told, the event comes in."""
        title = self.other_event.value
        if self.is_drawing or not title:
            return
        self._ask_company(title, "")
        box = self.companies[title].box
        box.add_class(f"ik-at-{box.model_id}")
        self.changed()
        self.focus_field(f".ik-at-{box.model_id}")

    def _offer_orders(self, preview: ImportPreview) -> None:
        """Offer both readings of a date that can be read two ways, in its own numbers."""
        if len(self.day_order.options) > 1 or not preview.asks_day_order:
            return
        asked = preview.problems[preview.problems["kind"] == Kind.DAY_ORDER].iloc[0]
        self.day_order.description = f"In {asked['value']!r}, which number is the day?"
        self.day_order.options = [("the first", "day"), ("the second", "month"), *UNTOLD]
        self.day_order.value = ""

    def _arrange(self, preview: ImportPreview) -> None:
        """Show each field where it belongs: what is asked, what may be wrong, and folded what is in no doubt."""
        panel.set_visible(self.day_order, len(self.day_order.options) > 1)
        panel.set_visible(self.year, bool(self.year.value) or (preview.problems["kind"] == Kind.NO_YEAR).any())
        self.asked_columns.hold([field.box for name, field in self.mapping.items() if name in self.doubted])
        others = [field for name, field in self.mapping.items() if name not in self.doubted]
        self.open_columns.hold([field.box for field in others if not field.needs_no_look])
        sure = [field.box for field in others if field.needs_no_look]
        self.sure_columns.hold(sure, f"{plural(len(sure), 'column')} in no doubt")
        unknown = [field.box for field in self.words.values() if field.is_asked]
        self.asked_words.hold(unknown[:ASKED_AT_ONCE])
        rest = unknown[ASKED_AT_ONCE:]
        self.more_words.hold(rest, plural(len(rest), "more word"))
        known = [field.box for field in self.words.values() if not field.is_asked]
        self.sure_words.hold(known, f"What {len(known)} words mean" if len(known) > 1 else "What one word means")
        self.events.hold([field.box for field in self.companies.values()])
        left = len(self.other_event.options) - 1
        self.other_events.titles = (f"{plural(left, 'event')} of other titles left out",)
        panel.set_visible(self.other_events, left > 0)
        for section in (self.questions, self.columns):
            panel.set_visible(section, any(one.layout.display != "none" for one in section.children[1:]))


class Fields(widgets.Box):
    """Fields side by side, also in a fold, which are drawn anew only where they are others."""

    def __init__(self):
        super().__init__()
        panel.classed(self, "ik-pair")
        self.fold = panel.folded("", self)

    def hold(self, fields: Sequence[widgets.Widget], title: str = "") -> None:
        """Show these fields, their fold under a title; nothing where there are none."""
        if self.children != tuple(fields):
            self.children = fields
        self.fold.titles = (title,)
        for box in (self, self.fold):
            panel.set_visible(box, bool(fields))


def column_label(name: str) -> str:
    """Return how a column is called, which has no name of its own where it is called by its place."""
    return name.capitalize() if re.fullmatch(r"column \d+", name) else f"Column “{name[:70]}”"


def why_words(row: Mapping) -> str:
    """Return why a column is understood so, with a value of it."""
    example = f"Such as {row['example'][:60]!r}" if row["example"] else "Empty"
    sure = {"likely": "likely, ", "a guess": "a guess, "}.get(row["sure"], "")
    return f"{example}: {sure}{row['why']}."


def where_words(row: Mapping, sheets: Iterable[Sheet]) -> str:
    """Return other cells of the row in which a word stands first, and its line; nothing where it was put aside."""
    for sheet in sheets:
        if sheet.name == row["file"] and row["line"] in sheet.lines:
            cells = sheet.rows[sheet.lines.index(row["line"])]
            others = ", ".join([cell[:40] for cell in cells if cell and cell != row["value"]][:SHOWN_CELLS])
            where = f"{'First in line' if row['rows'] > 1 else 'Line'} {row['line']}"
            return f"{capitalized(others)}." if sheet.fields else f"{where}: {others}."
    return ""

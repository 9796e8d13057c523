"""The list of interviews: find one, set its outcome, change it, take a change back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import ipywidgets as widgets
import numpy as np
import pandas as pd

from interview_kit import schema
from interview_kit.journal import Journal, RecordsError
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.chooser import Chooser
from interview_kit.widgets.file_news import FileNews
from interview_kit.widgets.filters import ALL, Filters
from interview_kit.widgets.form import DebriefForm
from interview_kit.widgets.interview_words import title_of
from interview_kit.widgets.navigation import link
from interview_kit.widgets.table_look import table_look
from interview_kit.widgets.values import records_of
from interview_kit.words import day, plural

QUICK_OUTCOMES = ("callback", "offer", "rejected", "no reply", "withdrawn", "pending")
MARKS = {"callback": "✓", "offer": "★", "rejected": "✗", "no reply": "–", "withdrawn": "↩", "pending": "…"}
MARKS |= {"planned": "◷", "cancelled": "⊘"}
LISTED = 2_000  # rows; more would keep the page waiting
AT_ONCE = 100_000  # interviews; more are searched once the word is finished
FIND = "any word, such as a company or a note"
DETAILS = (
    *("outcome", "outcome_on", "answer_by", "documents_given", "issues", "answer_better", "still_needed", "went_well"),
    *("notes", "chance", "rated_calm", "rated_clarity", "rated_rapport"),
)
DATED = [{"targets": 0, "className": "ik-date dt-left"}]
SHOWN_COLUMNS = ("Date", "Company", "Role", "Stage", "Outcome")
EMPTY = "Nothing is written down yet. Fill in the form and press Save; each interview is then listed here."


class RecordsBrowser(panel.RecordsPanel):
    """The interviews of a journal, newest first.

    Parameters
    ----------
    journal : Journal
        Whose interviews are shown.
    form : DebriefForm, optional
        The form in which one is changed; by default a new one.

    Attributes
    ----------
    selected : str
        The id of the interview that is picked.
    frame : pandas.DataFrame
        The rows shown.

    Examples
    --------
    In a notebook::

        ik.RecordsBrowser(ik.Journal())
    """

    look = "ik-wide ik-records"

    def __init__(self, journal: Journal, *, form: DebriefForm | None = None):
        from itables.widget import ITable

        super().__init__(journal)
        self.form, self._form_shown = form, form is not None
        self.message = Changes(journal, self.reload)
        self.news = FileNews(journal, self.message.done)
        self.search = widgets.Text(description="Find", placeholder=FIND)
        self.filters = Filters(("person", "stage", "outcome"), self._filter)
        self.filters["outcome"].options = [ALL, *schema.OUTCOMES]  # also those that no interview has yet
        self.count = widgets.HTML()
        self.table = ITable(pd.DataFrame(columns=SHOWN_COLUMNS), **table_look(DATED))
        self.pick = Chooser("Selected interview", "none yet: click a row", self._show_picked)
        self.heard_on = widgets.DatePicker(description="Heard back on (today, if left empty)")
        self.outcome_buttons = {
            name: panel.button(f"{MARKS[name]} {name}", lambda name=name: self.set_outcome(name))
            for name in QUICK_OUTCOMES
        }
        self.edit_button = panel.button("Open in the form", self.edit)
        self.delete_button = panel.button("Delete", self.delete)
        self.undo_button = panel.button("Undo the last change", self.undo_last, look="quiet")
        self._build()
        panel.on_change(self._filter, self.search)
        self.table.observe(self._row_clicked, "selected_rows")
        self.begin()

    def _build(self) -> None:
        """Make the parts that stay, so that the keyboard keeps its place in them."""
        self.title = panel.heading(self._title(), level=2)
        self.filter_bar = panel.classed(panel.pair(self.search, *self.filters.values()), "ik-filters")
        self.whose, self.details = widgets.HTML(), widgets.HTML()
        answers, what = panel.bar(*self.outcome_buttons.values()), panel.bar(self.edit_button, self.delete_button)
        can_change = [what, self.heard_on, answers]
        self.card = panel.Stack(
            self.whose, *([self.details] if panel.is_only_read(self.journal) else can_change), look="ik-card"
        )
        self.drawer = panel.Stack(look="ik-drawer")
        self.undo_bar = panel.bar(self.undo_button)
        where = "Your records stay on this machine, in {folder}; any spreadsheet opens them."
        home = link("0_home", "Go back, take them along, erase them: at the foot of Home")
        self.where = panel.words(f"<p class='ik-hint'>{where} {home}</p>", folder=self.journal.folder)

    def _title(self) -> str:
        """Return what the list is called."""
        if not panel.is_only_read(self.journal):
            return "Your interviews"
        return f"The interviews of {getattr(self.journal, 'person', '') or 'all'}"

    # What is shown.

    def reload(self) -> None:
        """Read the file again and show it."""
        try:
            self.records = self.journal.interviews()
        except RecordsError as error:
            self.is_read = False
            self.news.say_unreadable(error, self.reload)
            self.show(self.title, self.news)
            return
        self.order, self.is_read = newest_first(self.records), True
        self.message.name_undo(self.undo_button)
        self.say_news()
        self._search_when_typed()
        self.filters.offer(self.records, "person", "stage")
        self._filter()

    def say_news(self) -> None:
        """Say what cannot be read, and what was read with help."""
        attrs = self.records.attrs
        notes = [] if self.is_embedded else attrs["notes"]
        self.news.show_findings({"interviews": attrs["problems"]}, {"interviews": notes})

    def _filter(self) -> None:
        """Show the interviews that fit the filters."""
        records, fits = self.records, np.ones(len(self.records), bool)
        for mask in self.filters.masks(records):
            fits &= mask.to_numpy()
        fits[fits] = containing(records if fits.all() else records[fits], self.search.value)
        fitting = self.order[fits[self.order]]
        self.frame = records.take(fitting[:LISTED]).reset_index(drop=True)
        self._show_rows(fitting.size)

    def _search_when_typed(self) -> None:
        """Search at each letter, or of very many interviews once Enter is pressed."""
        few = len(self.records) <= AT_ONCE
        self.search.continuous_update = few
        self.search.placeholder = FIND if few else f"{FIND}; then press Enter"

    def _show_rows(self, fitting: int) -> None:
        self.table.update(self._shown(self.frame), **table_look(DATED))
        rows = self.frame[["id", "interviewed_on", "company", "role", "stage"]].to_dict("records")
        self.pick.offer((f"{day(row['interviewed_on'])} {title_of(row)}", row["id"]) for row in rows)
        self.count.value = panel.paragraph(count_words(fitting, len(self.records)))
        self._arrange()

    def _arrange(self) -> None:
        """Show the list, or what to do where there is none yet."""
        if self.records.empty:
            undo = self.undo_bar if self.journal.has_backups else panel.bar()
            self.show(self.title, self.news, panel.line(EMPTY), self.message, undo, self.where)
            return
        if self.selected and panel.is_only_read(self.journal):
            self.whose.value = panel.markup("<h3>{name}</h3>", name=self._name())
            self.details.value = details(self._record())
        elif self.selected:
            self.whose.value = panel.markup("<h3>The answer from {name}</h3>", name=self._name())
        self.drawer.children = [self.card] if self.selected else []
        parts = [self.filter_bar, self.count, self.table, self.pick, self.drawer, self.message]
        parts += [] if panel.is_only_read(self.journal) else [self.undo_bar, self.where]
        below = [] if self._form_shown or self.form is None else [self.form]
        self.show(self.title, self.news, *parts, *below)

    def _shown(self, frame):
        """Return the few columns that the table shows, as text."""
        outcome = frame["outcome"].fillna("")
        columns = [
            frame["interviewed_on"].dt.strftime("%Y-%m-%d").fillna(""),
            frame["company"],
            frame["role"],
            frame["stage"].fillna(""),
            outcome.map(MARKS).fillna("") + " " + outcome,
        ]
        shown = pd.DataFrame(dict(zip(SHOWN_COLUMNS, columns, strict=True)))
        if self.filters.has_several:
            shown["Person"] = frame["person"]
        return shown

    # What is picked.

    @property
    def selected(self) -> str:
        """The id of the interview that is picked, empty for none."""
        return self.pick.value or ""

    def select(self, key: str) -> None:
        """Pick an interview."""
        self.pick.value = key

    def _row_clicked(self, change: dict) -> None:
        if change["new"]:
            self.pick.value = self.frame["id"].iat[change["new"][0]]

    def _show_picked(self) -> None:
        self.heard_on.value = None
        self._arrange()

    def _record(self) -> dict:
        return records_of(self.records, "id", self.selected)[0]

    def _name(self) -> str:
        return title_of(self._record())

    # What can be done.

    def set_outcome(self, outcome: str) -> None:
        """Set the picked interview's outcome, heard on the day given or today."""
        heard = None if outcome == "pending" else (self.heard_on.value or date.today())
        self.message.note_answer(self._record(), outcome, heard, f", heard on {day(heard)}" if heard else "")

    def delete(self) -> None:
        """Delete the picked interview; Undo brings it back."""
        record, name = self._record(), self._name()
        self.message.do(lambda: self.journal.delete("interviews", record["id"], seen=record), f"Deleted: {name}")

    def edit(self) -> None:
        """Open the picked interview in the form."""
        key = self.selected
        if self.form is None:
            self.form = DebriefForm(self.journal)
        try:
            self.form.edit(key)
        except (RecordsError, IndexError) as error:
            self.message.say(str(error) or "It is not there any more.", "bad", panel.again_button(self.reload))
            return
        where = "above" if self._form_shown else "below"
        self.message.say(f"{self._name()} is open in the form {where}.", "plain")
        self._arrange()

    def undo_last(self) -> None:
        """Take back the change that the button names."""
        self.message.undo_named(self.undo_button)

    def _changed(self, what: str) -> None:
        self.message.name_undo(self.undo_button)
        if what == "interviews":
            self.reload()


def details(record: dict) -> str:
    """Return what is noted of an interview, as HTML."""
    columns = (*DETAILS, *(name for name in record if name not in DETAILS and schema.kind_by_prefix(name) == "yes/no"))
    rows = [(schema.label(name), words_of(name, record.get(name))) for name in columns]
    return panel.html_table(("What", "Noted"), [row for row in rows if row[1]])


def words_of(name: str, value: object) -> str:
    """Return a noted value as people write it, empty where there is none."""
    if value is None or value == "":
        return ""
    if name in ("outcome_on", "answer_by"):
        return day(value)
    return f"{schema.plain_text(value)}{'%' if name == 'chance' else ''}"


def newest_first(frame) -> np.ndarray:
    """Return the places of the interviews: the newest on top, of one day the last written, those without a day last."""
    days = frame["interviewed_on"].reset_index(drop=True)[::-1]
    return days.sort_values(ascending=False, na_position="last", kind="stable").index.to_numpy()


def containing(frame, search: str) -> np.ndarray:
    """Return in which interviews every word of a search stands somewhere."""
    found = np.ones(len(frame), bool)
    for word in search.split():
        found[found] = anywhere(frame if found.all() else frame[found], word)
    return found


def anywhere(frame, word: str) -> np.ndarray:
    """Return in which interviews a word stands; the columns are gone through side by side."""
    texts = [column for _, column in frame.select_dtypes("str").items()]
    with ThreadPoolExecutor() as threads:
        hits = threads.map(lambda column: column.str.contains(word, case=False, regex=False, na=False), texts)
        return np.logical_or.reduce([np.asarray(hit, bool) for hit in hits])


def count_words(fitting: int, total: int) -> str:
    """Return how many interviews fit, and how many of them are listed."""
    if not fitting:
        return "No matches. Clear the fields above to see all."
    every = plural(total, "interview")
    words = f"{every}, the newest first." if fitting == total else f"{fitting:,} of {every} fit."
    if fitting > LISTED:
        words += f" The newest {LISTED:,} are listed; find others with the fields above."
    return words

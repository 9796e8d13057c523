"""Any tracker's spreadsheet, or a calendar, into the records: how each column and row comes in, then one button."""

from collections.abc import Callable

import ipywidgets as widgets

from interview_kit import schema
from interview_kit.importing import ImportPreview, aliases, preview_sheets, read_sheets, said, sheets_of
from interview_kit.importing.again import Since
from interview_kit.importing.sources import Sheet
from interview_kit.importing.unread import BLANK, Kind
from interview_kit.importing.words import ANSWERS, SURE
from interview_kit.journal import Journal, RecordsError
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.words import plural

SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_WORDS, MANY_RECORDS = 40, 60, 60, 5_000
ASKED_AT_ONCE, FIRST_ROWS, SHOWN_CHANGES, SHOWN_EVENTS = 6, 3, 40, 300
ROW_COLUMNS = ("Company", "Role", "Stage", "Date", "Outcome", "Where")
LOOK_COLUMNS = ("Line", "What to look at", "Rows")
FATE_COLUMNS = ("Line", "What became of it", "Why")
CHANGE_COLUMNS = ("Company", "Role", "Before and now")
COLUMN_KINDS = (Kind.COLUMN, Kind.DATE_COLUMN, Kind.ROUND_COLUMN, Kind.NO_ROUND, Kind.SECOND_STATUS)
WORD_KINDS = (Kind.WORD, Kind.GUESSED_WORD)
ASKED_KINDS = (
    *COLUMN_KINDS,
    *WORD_KINDS,
    Kind.OTHER_EVENTS,
    Kind.DAY_ORDER,
    Kind.NOT_TOLD,
    Kind.NO_YEAR,
    Kind.COMPANY,
)  # as questions
REMEDIES = {
    **dict.fromkeys([Kind.NO_DATE, Kind.BOUND], "To have a day, write one as 2026-03-09 in the file."),
    Kind.SAME_DATE: "If these were interviews, choose so for the column below.",
    Kind.DATE_COLUMN: "If it is the day of an interview, choose so",
    Kind.ROUND_COLUMN: "If it tells of a round or an outcome, choose so",
    Kind.NO_ROUND: "If it is none, keep it in the notes",
    Kind.PASSED: 'If it is still to be written down, say below that the word means "planned".',
}
NEWER_HERE = "tick what changed since, above, and press the button once more"
BEGIN = (
    "Choose the CSV or XLSX of your tracker, or the .ics of your calendar. You see first how it would come in; nothing "
    "is written before you say so."
)
LARGE = "A file over 10 MB does not fit through this button: enter its path."
UNTOLD = [("not told yet", "")]
ORDERS = {"day": True, "month": False, "": None}
FIELD_LABELS = {
    **{"status": "How it goes (status)", "stage": "Stage or round", "outcome": "Outcome", "role": "Role"},
    **{"applied_on": "Date of the application", "interviewed_on": "Date of the interview", "date": "A date"},
    **{"history": "History of stages", "interviews": "Number of interviews", "round": "One round: whether, or when"},
    **{"from_stage": "Step: from this stage", "to_stage": "Step: to this stage", "notes": "Keep in the notes"},
    **{"extra": "Keep as a column of its own", "ignore": "Leave out"},
}


class ImportPanel(panel.Panel):
    """Import a spreadsheet or a calendar into a journal: choose it, set right what is wrong, press Import.

    Parameters
    ----------
    journal : Journal
        Where the interviews go.

    Attributes
    ----------
    preview : ImportPreview or None
        How the file comes in.
    mapping : dict
        The dropdown of each column.
    words : dict
        The dropdown of each word.
    companies : dict
        The field for the company of each event of a calendar whose title names none for sure.

    Examples
    --------
    In a notebook::

        ik.ImportPanel(ik.Journal())
    """

    notebook = "6_import"

    def __init__(self, journal: Journal):
        super().__init__()
        self.journal, self.drawing = journal, False
        self.preview: ImportPreview | None = None
        self.since: Since | None = None
        self.newer = widgets.Checkbox(indent=False)
        self.sheets: list[Sheet] = []
        self.asked_columns: set[str] = set()
        self.said: dict[str, str] = {}  # of the columns that were understood wrongly
        self.upload = widgets.FileUpload(
            accept=".csv,.tsv,.txt,.md,.json,.jsonl,.xlsx,.ics", multiple=True, description="Choose a file"
        )
        self.upload.observe(lambda _: self._uploaded(), "value")
        self.path = widgets.Text(description="Or enter its path", placeholder="Downloads/jobs.csv")
        self.path.on_msg(lambda _widget, content, _buffers: self.look() if content.get("event") == "submit" else None)
        self.progress = widgets.FloatProgress(min=0, max=1, description="Reading")
        self.progress.layout.display = "none"
        self.news, self.message = panel.Message(), Changes(journal, self._changed)
        self.mapping: dict[str, Understood] = {}
        self.words: dict[str, Understood] = {}
        self.companies: dict[str, widgets.Text] = {}
        self.other_event = widgets.Dropdown(description="An event that is left out and was an interview")
        self.other_event.observe(lambda _: self._bring_in_event(), "value")
        self.day_order = widgets.RadioButtons(options=UNTOLD, value="")
        self.day_order.observe(lambda _: self._changed(), "value")
        self.year = widgets.Text(
            description="The year of dates that have none", placeholder="2025", continuous_update=False
        )
        self.year.observe(lambda _: self._changed(), "value")
        self.import_button = panel.button("Import", self.bring, look="primary")
        self.found = widgets.VBox()
        self.show(
            panel.heading("Bring your records along", BEGIN, level=2),
            panel.section(
                "Your file",
                panel.bar(self.upload, panel.words('<span class="ik-hint">{text}</span>', text=LARGE)),
                self.path,
                panel.bar(panel.button("Show how it comes in", self.look)),
            ),
            self.progress,
            self.news,
            self.found,
        )

    # The file.

    def _uploaded(self) -> None:
        """Read what was chosen."""
        chosen = [(file["name"], bytes(file["content"])) for file in self.upload.value]
        if chosen:
            self.path.value = ""
            self._read(lambda: [sheet for name, raw in chosen for sheet in sheets_of(name, raw)])

    def look(self) -> None:
        """Read the file whose path was typed; several paths are separated by a vertical line."""
        paths = [part.strip().strip("\"'") for part in self.path.value.split("|") if part.strip()]
        if not paths:
            self.news.say("Choose a file, or enter its path.", "bad")
            return
        self.upload.value = ()
        self._read(lambda: [sheet for path in paths for sheet in read_sheets(path)])

    def _read(self, read: Callable[[], list]) -> None:
        """Read a file and show how it comes in, or why it cannot."""
        self.found.children, self.preview, self.since = (), None, None
        self.message.clear()
        self.news.clear()
        self._advance(0.05)
        try:
            self.sheets = read()
            self._forget()
            self._preview()
        except ValueError as error:
            self.news.say(str(error), "bad")
        finally:
            self._advance(None)

    def _advance(self, share: float | None, doing: str = "Reading") -> None:
        """Show how far something is; nothing once it is done."""
        self.progress.layout.display = "none" if share is None else ""
        self.progress.description = doing
        self.progress.value = share or 0

    def _forget(self) -> None:
        """Forget what was said of the file before."""
        self.drawing = True
        self.mapping, self.words, self.companies, self.asked_columns = {}, {}, {}, set()
        self.day_order.options, self.day_order.value, self.year.value = UNTOLD, "", ""
        self.newer.value = False
        self.drawing = False

    # What it becomes.

    def _changed(self) -> None:
        """Look at the file again with what was said of it."""
        if self.drawing or not self.sheets:
            return
        self.message.clear()
        try:
            self._preview()
        except ValueError as error:
            self.news.say(str(error), "bad")
        finally:
            self._advance(None)

    def _preview(self) -> None:
        year = self.year.value.strip()
        if year and not (year.isdecimal() and len(year) == 4):
            raise ValueError(f"The year is {year!r}; write it with four digits, such as 2025.")
        self.said = {name: field.value for name, field in self.mapping.items() if field.value != field.understood}
        before = self.preview
        self.preview = preview_sheets(
            self.sheets,
            mapping=self.said,
            words={word: field.value for word, field in self.words.items() if field.value},
            companies={title: field.value for title, field in self.companies.items() if field.value.strip()},
            day_first=ORDERS[self.day_order.value],
            year=int(year) if year else None,
            progress=lambda share: self._advance(0.1 + 0.9 * share),
        )
        self.since = self.preview.since(self.journal.interviews())
        self.news.clear()
        self._draw(self.preview, effect(before, self.preview))

    def _draw(self, preview: ImportPreview, effect: str) -> None:
        """Show the preview: what is asked, how columns and words are understood, how rows come in.

        `effect` says what the last answer changed.
        """
        self.drawing = True
        self._offer_columns(preview)
        self._offer_words(preview)
        self._offer_companies(preview)
        self._offer_other_events()
        self._offer_orders(preview)
        self.drawing = False
        names = " and ".join(dict.fromkeys(sheet.name for sheet in self.sheets))
        answer = panel.words('<p class="ik-answer">{text}</p>', text=preview)
        of_what = panel.words("<p>This is how {names} would come in.</p>", names=names)
        changed = [panel.words('<p class="ik-hint">Your answer: {text}.</p>', text=effect)] if effect else []
        shown = [of_what, answer, *changed, *self._questions(preview), *self._rows(preview), *self._newer()]
        shown.append(self._columns())
        self.import_button.description = "Import"
        self.import_button.disabled = preview.asks_day_order or preview.records.empty
        ready = panel.section("Import", panel.bar(self.import_button), self.message, below=readiness(preview))
        self.found.children = [*shown, ready]

    def _offer_columns(self, preview: ImportPreview) -> None:
        """Offer a dropdown for each column, set to how it is understood."""
        for row in preview.mapping.drop_duplicates("source")[:SHOWN_COLUMNS].to_dict("records"):
            field = self.mapping.get(row["source"])
            if field is None:
                field = self.mapping[row["source"]] = column_field(row)
                field.observe(lambda _: self._changed(), "value")
            if row["source"] not in self.said:
                field.understood, field.is_sure = row["field"], row["sure"] == SURE
                offer(field, row["field"])
            field.why.value = panel.markup('<span class="ik-hint">{text}</span>', text=why_words(row))
        for row in preview.problems.to_dict("records"):
            if row["kind"] in COLUMN_KINDS and row["column"] in self.mapping:
                text = problem_words({**row, "column": ""})
                self.mapping[row["column"]].why.value = panel.markup(
                    '<span class="ik-hint">{text}.</span>', text=text[:1].upper() + text[1:]
                )

    def _offer_words(self, preview: ImportPreview) -> None:
        """Offer a dropdown for each word of a status, those not understood first."""
        unknown = preview.problems[preview.problems["kind"].isin(WORD_KINDS)].sort_values(
            "rows", ascending=False, kind="stable"
        )
        untold = preview.problems.loc[preview.problems["kind"] == Kind.NOT_TOLD, "rows"].sum()
        if untold and BLANK not in self.words:
            self.words[BLANK] = blank_field(int(untold))
            self.words[BLANK].observe(lambda _: self._changed(), "value")
        taken_for = dict(zip(preview.words["word"], preview.words["meaning"], strict=True))
        rows = [
            (row["value"], row["rows"], taken_for.get(row["value"], "") if row["kind"] == Kind.GUESSED_WORD else "")
            for row in unknown.to_dict("records")
        ]
        rows += [(row["word"], row["rows"], row["meaning"]) for row in preview.words.to_dict("records") if row["sure"]]
        for word, count, meaning in rows[:SHOWN_WORDS]:
            if word not in self.words:
                self.words[word] = word_field(word, count, meaning, is_asked=word in set(unknown["value"]))
                self.words[word].observe(lambda _: self._changed(), "value")

    def _offer_companies(self, preview: ImportPreview) -> None:
        """Offer a field for the company of each event that names none for sure, with what may be meant as a hint."""
        guesses = {(sheet.name, line): guess for sheet in self.sheets for line, guess in sheet.guesses.items()}
        asked = preview.problems[preview.problems["kind"] == Kind.COMPANY]
        for row in asked[:SHOWN_WORDS].to_dict("records"):
            if row["value"] not in self.companies:
                self._ask_company(row["value"], guesses.get((row["file"], row["line"]), ""))

    def _offer_other_events(self) -> None:
        """Offer the titles of the events that read like no interview."""
        titles = list(dict.fromkeys(title for sheet in self.sheets for title in sheet.others if title))
        left = [title for title in titles if title not in self.companies][:SHOWN_EVENTS]
        self.other_event.options = [("none", ""), *((title[:80], title) for title in left)]
        self.other_event.value = ""

    def _bring_in_event(self) -> None:
        """Ask for the company of an event that is left out; once it is told, the event comes in."""
        if self.drawing or not self.other_event.value or self.preview is None:
            return
        self._ask_company(self.other_event.value, "")
        self._draw(self.preview, "")

    def _ask_company(self, title: str, guess: str) -> None:
        """Offer a field for the company of an event."""
        self.companies[title] = company_field(title, guess)
        self.companies[title].observe(lambda _: self._changed(), "value")

    def _offer_orders(self, preview: ImportPreview) -> None:
        """Offer both readings of a date that can be read two ways, in its own numbers."""
        if len(self.day_order.options) > 1 or not preview.asks_day_order:
            return
        asked = preview.problems[preview.problems["kind"] == Kind.DAY_ORDER].iloc[0]
        self.day_order.description = f"In {asked['value']!r}, which number is the day?"
        self.day_order.options = [("the first", "day"), ("the second", "month"), *UNTOLD]
        self.day_order.value = ""

    def _questions(self, preview: ImportPreview) -> list[widgets.Widget]:
        """Return what only a person can tell."""
        asked: list[widgets.Widget] = []
        if len(self.day_order.options) > 1:
            asked.append(self.day_order)
        if self.year.value or (preview.problems["kind"] == Kind.NO_YEAR).any():
            asked.append(self.year)
        if doubtful := [field for name, field in self.mapping.items() if name in self._asked_columns(preview)]:
            asked.append(panel.pair(*(widgets.VBox([field, field.why]) for field in doubtful)))
        unknown = [field for field in self.words.values() if field.is_asked]
        if unknown:
            asked.append(panel.pair(*unknown[:ASKED_AT_ONCE]))
        if rest := unknown[ASKED_AT_ONCE:]:
            asked.append(panel.folded(f"{plural(len(rest), 'more word')}", panel.pair(*rest)))
        if self.companies:
            asked.append(panel.pair(*self.companies.values()))
        if len(self.other_event.options) > 1:
            title = f"{plural(len(self.other_event.options) - 1, 'event')} of other titles left out"
            asked.append(panel.folded(title, self.other_event))
        below = "Only you can tell. A row that waits for an answer is left out until you give one."
        return [panel.section("Questions", *asked, below=below)] if asked else []

    def _asked_columns(self, preview: ImportPreview) -> set[str]:
        """Return the columns that are asked about, those that were answered among them."""
        problems = preview.problems[preview.problems["kind"].isin(COLUMN_KINDS)]
        self.asked_columns |= set(problems["column"])
        return self.asked_columns

    def _columns(self) -> widgets.Widget:
        """Return the dropdowns of the columns that may be wrong; those that are sure, and the words, folded."""
        rest = [(name, field) for name, field in self.mapping.items() if name not in self.asked_columns]
        fields = {True: [], False: []}
        for name, field in rest:
            fields[field.is_sure and name not in self.said].append(widgets.VBox([field, field.why]))
        known = [field for field in self.words.values() if not field.is_asked]
        title = f"What {len(known)} words mean" if len(known) > 1 else "What one word means"
        folded = [panel.folded(title, panel.pair(*known))] if known else []
        if fields[True]:
            title = f"{plural(len(fields[True]), 'column')} known by name"
            folded.insert(0, panel.folded(title, panel.pair(*fields[True])))
        all_of = "All others are" if self.asked_columns else "Each column is"
        below = "" if fields[False] else f"{all_of} known by {'their' if self.asked_columns else 'its'} name."
        doubtful = [panel.pair(*fields[False])] if fields[False] else []
        return panel.section("How the columns are understood", *doubtful, *folded, below=below)

    def _newer(self) -> list[widgets.Widget]:
        """Return what has changed since an earlier import, with the box by which it is taken over."""
        if self.since is None or not self.since.changes:
            return []
        self.newer.description = f"Take over what changed: {self.since.counts}"
        rows = [(one.company, one.role, one.what) for one in self.since.changes[:SHOWN_CHANGES]]
        below = f"{plural(len(self.since.changes), 'record')} came in before with other values. Unticked, they stay so."
        return [panel.section("Changed since", table(CHANGE_COLUMNS, rows), self.newer, below=below)]

    def _rows(self, preview: ImportPreview) -> list[widgets.Widget]:
        """Return how the rows come in, and which need a look."""
        records, look = preview.records, preview.problems[~preview.problems["kind"].isin(ASKED_KINDS)]
        rows = [record_row(row) for row in records[:SHOWN_ROWS].to_dict("records")]
        names = ROW_COLUMNS if any(row[-1] for row in rows) else ROW_COLUMNS[:-1]  # where it is, if that is told
        whole = [panel.folded(first_of(len(records), "record"), table(names, rows))] if len(rows) > FIRST_ROWS else []
        shown: list[widgets.Widget] = [panel.section("How the rows come in", table(names, rows[:FIRST_ROWS]), *whole)]
        several = preview.report["file"].nunique() > 1
        if len(look):
            rows = [
                (row["line"] or "", problem_words(row, named=several), row["rows"] or "")
                for row in look[:SHOWN_ROWS].to_dict("records")
            ]
            shown.append(panel.section("To look at", table(LOOK_COLUMNS, rows), below=first_of(len(look), "thing")))
        fates = preview.report[:400]
        every = [
            (f"{row['file']}, {row['line']}" if several else row["line"], row["what"], row["why"])
            for row in fates.to_dict("records")
        ]
        title = f"What became of each row ({first_of(len(preview.report), 'row', 400)})"
        shown.append(panel.folded(title, table(FATE_COLUMNS, every)))
        return shown

    # The import.

    def bring(self) -> None:
        """Put the records into the journal, and offer to take them back."""
        if self.preview is None:
            return
        self.import_button.disabled = True
        since = self.since or self.preview.since(self.journal.interviews())
        if len(since.new) > MANY_RECORDS:
            self.message.say(f"Importing {len(since.new):,} records. This takes a few seconds.", "plain")
            self._advance(0.5, "Importing")
        try:
            brought = self.preview.since(self.journal.interviews()).bring(self.journal, take=self.newer.value)
        except RecordsError as error:
            self.import_button.disabled = False
            self.message.say(f"Nothing was imported.\n{error}", "bad")
            return
        finally:
            self._advance(None)
        done = bool(brought.added or brought.taken)
        self.import_button.description = "Already imported" if done else "Already there"
        self.import_button.disabled = not brought.left
        undo = [panel.button("Undo the import", self.undo)] if done else []
        self.message.say(self.preview.outcome(brought, NEWER_HERE), "good", *undo)

    def undo(self) -> None:
        """Take the import back."""
        if self.message.undo():
            self.import_button.disabled, self.import_button.description = False, "Import"


class Understood(widgets.Dropdown):
    """A dropdown that knows how the file was understood before anyone changed it, and says why."""

    understood = ""
    is_sure, is_asked = False, False

    def __init__(self, **options):
        super().__init__(**options)
        self.why = widgets.HTML()


def column_field(row) -> Understood:
    """Return the dropdown of a column."""
    options = [(label_of(name), name) for name in aliases.TARGETS if name != "date"]
    field = Understood(description=row["source"][:80], options=options, value="notes")
    field.understood = row["field"]
    return field


def offer(field: Understood, value: str) -> None:
    """Set a dropdown, with the value among its options."""
    if value not in [option for _, option in field.options]:
        field.options = (*field.options, (label_of(value), value))
    field.value = value


def label_of(field: str) -> str:
    """Return the words for where a column goes."""
    return FIELD_LABELS.get(field) or schema.label(field)


def word_field(word: str, count: int, meaning: str, *, is_asked: bool) -> Understood:
    """Return the dropdown of a word: what it is taken for, or what it can mean."""
    answers = [(answer, answer) for answer in ANSWERS if answer != "nothing"]
    answers.append(("an application, with the word in the notes", "nothing"))
    first = meaning or "not told yet: left out"
    first = f"{first} (a guess)" if meaning and is_asked else first
    rows = plural(count, "row")
    label = f"What does “{word[:60]}” mean? ({rows})" if is_asked else f"{word[:60]} ({rows})"
    field = Understood(description=label, options=[(first, ""), *answers], value="")
    field.understood, field.is_asked = meaning, is_asked
    return field


def blank_field(count: int) -> Understood:
    """Return the dropdown of the rows that say neither when nor whether they were applied for."""
    options = [("not told yet: left out", ""), ("applied for", "applied"), ("not applied for", "not applied")]
    said_of = "It says neither when nor whether it was applied for"
    field = Understood(description=f"{said_of} ({plural(count, 'row')})", options=options, value="")
    field.is_asked = True
    return field


def effect(before: ImportPreview | None, after: ImportPreview) -> str:
    """Return what an answer changed in the sum, nothing for the first preview."""
    if before is None:
        return ""
    counts = [said.counts_of(preview.report) for preview in (before, after)]
    moved = [
        f"{plural(counts[1].get(what, 0), 'row')} {words} instead of {counts[0].get(what, 0):,}"
        for what, words in said.FATES.items()
        if counts[0].get(what, 0) != counts[1].get(what, 0)
    ]
    same = said.came_of(before.records) == said.came_of(after.records)
    return ", ".join([*moved, *([] if same else ["what came of them changed"])])


def company_field(title: str, guess: str) -> widgets.Text:
    """Return the field for the company of an event."""
    placeholder = f"Perhaps {guess}" if guess else ""
    return widgets.Text(
        description=f"Which company is “{title[:60]}” at?", placeholder=placeholder, continuous_update=False
    )


def why_words(row) -> str:
    """Return why a column is understood so, with a value of it."""
    example = f"Such as {row['example'][:60]!r}" if row["example"] else "Empty"
    sure = {"likely": "likely, ", "a guess": "a guess, "}.get(row["sure"], "")
    return f"{example}: {sure}{row['why']}."


def readiness(preview: ImportPreview) -> str:
    """Return what the button will do, or what has to be told before."""
    if preview.asks_day_order:
        return "Say first which number of your dates is the day: it is asked above."
    if preview.records.empty and preview.waiting:
        return "All rows wait for your answers to the questions above."
    if preview.records.empty:
        return "No row has what an interview or an application needs. Is the right column the company?"
    return "Until you press the button, nothing is written. Undo takes all of it back."


def record_row(record: dict) -> tuple:
    """Return a record's row of the table, in words."""
    when = " ".join(filter(None, said.when_words(record)))
    return record["company"], record["role"], record["stage"], when, record["outcome"] or "pending", record["place"]


def problem_words(row, *, named: bool = False) -> str:
    """Return a problem in words: of several files its file, its column, what was found, what to do."""
    found = f"{row['value'][:80]!r} {row['problem']}" if row["value"] else row["problem"]
    helps = REMEDIES.get(row["kind"], "")
    where = ", ".join(filter(None, [row["file"] if named else "", row["column"]]))
    return ". ".join(filter(None, [f"{where}: {found}" if where else found, helps]))


def first_of(count: int, noun: str, shown: int = SHOWN_ROWS) -> str:
    """Return how many there are, and that only the first are shown where there are many."""
    whole = plural(count, noun)
    return f"{whole}; the first {shown} are shown" if count > shown else whole


def table(columns, rows) -> widgets.HTML:
    """Return a table as a widget."""
    return widgets.HTML(panel.html_table(columns, [row[: len(columns)] for row in rows]))

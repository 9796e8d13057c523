"""Any tracker's spreadsheet, or a calendar, into the records: how each column and row comes in, then one button."""

from collections.abc import Callable
from contextlib import suppress

import ipywidgets as widgets

from interview_kit.importing import ImportPreview, preview_sheets, preview_text, read_sheets, sheets_of
from interview_kit.importing.choices import key_of
from interview_kit.importing.readiness import Lack, lack_of
from interview_kit.importing.reimport import Since
from interview_kit.importing.sources import Fate, Sheet, as_spreadsheet_error
from interview_kit.journal import Journal
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.import_answers import Answers
from interview_kit.widgets.import_tables import changes_section, preview_tables
from interview_kit.words import plural

BEGIN = (
    "Choose the CSV or XLSX of your tracker, or the .ics of your calendar. You see first how it would come in; nothing "
    "is written before you say so."
)
LARGE = "For a file over 10 MB, which does not fit through this button, enter its path."
UNREAD_FILE = "This file cannot be read, and nothing was imported. Save its table as CSV, and choose that."
UNREAD_ANSWER = "With this answer the file cannot be read. Take it back, or choose another."
RECALLED = "Your answers from the last time are filled in; look whether they still hold."
NEWER_HERE = "tick what changed since, above, and press the button once more"
LACKS = {
    Lack.DAY_ORDER: "Say first which number of your dates is the day: it is asked above.",
    Lack.ANSWERS: "Nothing can come in before you answer the questions above.",
    Lack.RECORDS: "No row can come in as it is: see above what is asked, and what to look at.",
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
        self.journal, self.sheets = journal, list[Sheet]()
        self.preview: ImportPreview | None = None
        self.since: Since | None = None
        self.answers = Answers(self._changed, self.focus_field)
        self.mapping, self.words, self.companies = self.answers.mapping, self.answers.words, self.answers.companies
        self.upload = widgets.FileUpload(
            accept=".csv,.tsv,.txt,.md,.json,.jsonl,.xlsx,.ics", multiple=True, description="Choose a file"
        )
        self.path = widgets.Text(description="Or enter its path", placeholder="Downloads/jobs.csv")
        self.progress = widgets.FloatProgress(min=0, max=1, description="Reading")
        self.newer = widgets.Checkbox(indent=False)
        self.news, self.message = panel.Message(), Changes(journal, self._changed)
        self.ready = panel.classed(widgets.HTML(), "ik-ready")
        self.import_button = panel.button("Import", self.bring, look="primary")
        journal.subscribe(self._records_changed)
        panel.on_change(self._uploaded, self.upload)
        panel.on_change(self._show_ready, self.newer)
        panel.on_enter(self.look, self.path)
        self.sum, self.tables, self.found = widgets.HTML(), panel.Stack(), panel.Stack()
        self.foot = panel.Stack(self.message, panel.bar(self.import_button, self.ready), look="ik-stick")
        panel.set_visible(self.foot, False)
        self._advance(None)
        self.show(
            panel.heading("Bring your records along", BEGIN, level=2),
            panel.bar(self.upload, panel.words('<span class="ik-hint">{text}</span>', text=LARGE)),
            self.path,
            panel.bar(panel.button("Show how it comes in", self.look)),
            self.progress,
            self.news,
            self.found,
            self.foot,
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

    def _read(self, read: Callable[[], list[Sheet]]) -> None:
        """Read a file and show how it comes in, or why it cannot."""
        self.found.children, self.preview, self.sheets = (), None, []
        panel.set_visible(self.foot, False)
        self._advance(0.05)
        self.answers.forget()
        self.newer.value = False
        self._try(lambda: self._preview(read()), self.news)
        self._recall()

    def _recall(self) -> None:
        """Fill in what was answered when the same tracker came in before, and say so."""
        said = self.journal.answers_for(key_of(self.sheets)) if self.sheets else {}
        if said and self.answers.recall(said):
            self._changed()
            self.news.say(RECALLED, "plain")

    def _changed(self) -> None:
        """Look at the file again with what was said of it."""
        if self.sheets:
            self._try(lambda: self._preview(self.sheets), self.message)

    def _try(self, preview: Callable[[], None], where: panel.Message) -> None:
        """Show a preview, or say where the hand is why there is none; what was shown before then stays."""
        self.message.clear()
        self.news.clear()
        before = self.sheets, self.preview, self.since, self.found.children
        try:
            with as_spreadsheet_error(UNREAD_FILE if where is self.news else UNREAD_ANSWER):
                preview()
        except ValueError as error:
            self.sheets, self.preview, self.since, self.found.children = before
            self.answers.is_drawing = False
            panel.set_visible(self.foot, self.preview is not None)
            where.say(str(error), "bad")
        finally:
            self._advance(None)

    def _advance(self, share: float | None) -> None:
        """Show how far the reading is; nothing once it is done."""
        panel.set_visible(self.progress, share is not None)
        self.progress.value = share or 0

    # What it becomes.

    def _preview(self, sheets: list[Sheet]) -> None:
        """Show how tables come in, with what was said of them."""
        before, given = self.preview, self.answers.given()
        preview = preview_sheets(sheets, **given, progress=lambda share: self._advance(0.1 + 0.9 * share))
        self.sheets, self.preview = sheets, preview
        self.since = preview.since(self.journal.interviews())
        self.answers.offer(preview, sheets)
        self.sum.value = summary(preview, sheets)
        self.tables.children = [*changes_section(self.since, self.newer), *preview_tables(preview)]
        self.found.children = (self.sum, self.answers.questions, self.tables, self.answers.columns)
        panel.set_visible(self.foot, True)
        self._show_ready(effect=effect(before, preview))

    def _show_ready(self, *, effect: str = "", otherwise: str = "Already there") -> None:
        """Say beside the button what it would do, or what the last answer changed."""
        preview, since = self.preview, self.since
        if preview is None or since is None:
            return
        is_new, is_taken = len(since.new) > 0, bool(since.changes) and self.newer.value
        doing = "Take over what changed" if since.changes else otherwise
        self.import_button.description = "Import" if is_new or preview.records.empty else doing
        self.import_button.disabled = lack_of(preview) is not None or not (is_new or is_taken)
        told = f"Your answer: {effect}." if effect and not self.import_button.disabled else ""
        text = told or readiness(preview, since, take=self.newer.value)
        self.ready.value = panel.markup('<span class="ik-hint" role="status">{text}</span>', text=text)

    # The import.

    def bring(self) -> None:
        """Put the records into the journal, and offer to take them back."""
        if self.preview is None or self.since is None:
            return
        self.import_button.disabled = True
        self.message.say("Importing …", "plain")
        try:
            brought = self.preview.since(self.journal.interviews()).bring(self.journal, take=self.newer.value)
        except (ValueError, OSError) as error:  # a RecordsError is a ValueError
            self.import_button.disabled = False
            self.message.say(f"Nothing was imported.\n{error}", "bad")
            return
        self._keep_answers()
        undo = [panel.button("Undo the import", self.message.undo)] if brought.added or brought.taken else []
        self._look_again("Already imported" if undo else "Already there")
        self.message.say(self.message.with_notes(self.preview.outcome(brought, NEWER_HERE)), "good", *undo)
        self.focus_message(self.message)

    def _keep_answers(self) -> None:
        """Keep what was answered for the next import of the same tracker; without, it is only asked again."""
        said = {name: answer for name, answer in self.answers.given().items() if answer not in ({}, None)}
        said.pop("companies", None)  # all calendars have the same columns, and a title may be of another company there
        with suppress(ValueError, OSError):
            if said:
                self.journal.keep_answers(key_of(self.sheets), said)

    def _records_changed(self, what: str) -> None:
        if what == "interviews":
            self._look_again()

    def _look_again(self, otherwise: str = "Already there") -> None:
        """Say what the button would do beside the records as they are now; `otherwise` where that is nothing."""
        if self.preview is not None:
            self.since = self.preview.since(self.journal.interviews())
            self._show_ready(otherwise=otherwise)


def summary(preview: ImportPreview, sheets: list[Sheet]) -> str:
    """Return how a file comes in as a whole, and which sheets of a workbook do not, as HTML."""
    names = " and ".join(dict.fromkeys(sheet.book or sheet.name for sheet in sheets))
    aside = preview.report.loc[preview.report["fate"] == Fate.ASIDE, "file"].unique()
    left = [f"The sheet {name!r} lists no applications, and is left out." for name in aside]
    text = panel.paragraph(f"This is how {names} would come in.") + panel.paragraph(preview, "ik-answer")
    return f'<div role="status">{text}{panel.paragraphs(left)}</div>'


def effect(before: ImportPreview | None, after: ImportPreview) -> str:
    """Return what an answer changed in the sum, nothing for the first preview."""
    if before is None:
        return ""
    counts = [preview_text.counts_of(preview.report) for preview in (before, after)]
    moved = [
        f"{plural(counts[1].get(what, 0), 'row')} {words} instead of {counts[0].get(what, 0):,}"
        for what, words in preview_text.FATES.items()
        if counts[0].get(what, 0) != counts[1].get(what, 0)
    ]
    same = preview_text.came_of(before.records) == preview_text.came_of(after.records)
    return ", ".join([*moved, *([] if same else ["what came of them changed"])])


def readiness(preview: ImportPreview, since: Since, *, take: bool) -> str:
    """Return what the button will do, or what has to be told before."""
    if lack := lack_of(preview):
        return LACKS[lack]
    parts = [f"{plural(len(since.new), 'record')} will come in."] if len(since.new) else []
    if there := len(since.unchanged):
        parts.append(f"{there:,} {'is' if there == 1 else 'are'} there already.")
    if changed := len(since.changes):
        one, several = ("is taken over", "are taken over") if take else ("stays as it is", "stay as they are")
        parts.append(f"{changed:,} that changed {one if changed == 1 else several}.")
    if waiting := preview.waiting:
        parts.append(f"{plural(waiting, 'row')} {'waits' if waiting == 1 else 'wait'} for your answer.")
    return " ".join(parts)

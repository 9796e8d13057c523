"""A report to hand on: what goes into it, a preview, and where it is."""

from collections.abc import Sequence
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from interview_kit import next_steps, report, studies
from interview_kit.clients import Clients
from interview_kit.frame.parts import counted_columns
from interview_kit.journal import SAMPLE_DAY, Journal, RecordsError
from interview_kit.report import contents, export, page
from interview_kit.widgets import panel
from interview_kit.widgets.chooser import Chooser
from interview_kit.widgets.filtered import MOST_DRAWN, studied_interviews
from interview_kit.widgets.making import Making
from interview_kit.widgets.period import period_controls, period_problem
from interview_kit.words import plural

FORMATS = {
    "html": "A page that any browser opens (.html)",
    "png": "The charts as pictures (.png)",
    "svg": "The charts for drawing programs (.svg)",
    "pdf": "The charts for print (.pdf)",
}
PERIOD = (
    "Choose a first day, a last day or both, and the report lists the activities of these days, as a benefit office "
    "asks for. The charts and notes are of all interviews all the same, unless you check the box."
)
ONLY_PERIOD = "Charts and notes of these days only"
REDACT = "Codes for names; roles, notes and all other text left out"
WITH_INTERVIEWS = "The interviews themselves in codes, for a coach who reads them with this kit"
WITH_NOTES = "My notes, questions and contacts too"
VERY_MANY = (
    "These are {count:,} interviews, and the report counts every one. Of more than {most:,} there is no preview: what "
    "it says is worked out once you press the button, which takes a while."
)
MOST_NOTED = 10_000
COUNTING = "Going through {count:,} interviews …"
DONE = "The report is made. Look it through before you hand it on. Nothing was sent anywhere."


class SharePanel(panel.RecordsPanel):
    """Makes a report of the interviews in a journal: period, charts, formats and redaction, a preview, and its place.

    Parameters
    ----------
    journal : Journal
        Whose interviews are reported.

    Attributes
    ----------
    composed : Report or None
        The contents that the preview shows, None where they cannot be made, or are not made before the button is
        pressed because there are very many interviews.

    Examples
    --------
    In a notebook::

        ik.SharePanel(ik.Journal())
    """

    composed: contents.Report | None
    everyone: pd.DataFrame
    whole: pd.DataFrame
    counted: pd.DataFrame

    notebook = "5_share"
    named = ""  # the folder, after the person who is chosen

    def __init__(self, journal: Journal):
        super().__init__(journal)
        self.news, self.trouble, self.font_note = (panel.Message() for _ in range(3))
        self.first_day, self.last_day = period_controls()
        self.only_period = check(ONLY_PERIOD)
        self.charts = {name: check(label, chosen=True) for name, label in studies.LABELS.items()}
        self.formats = {name: check(label, chosen=name == "html") for name, label in FORMATS.items()}
        self.redact, self.with_notes = check(REDACT), check(WITH_NOTES)
        self.with_interviews = check(WITH_INTERVIEWS)
        self.name = widgets.Text(description="Name of its folder", value="report")
        self.whose = Chooser("Whose interviews?", "everyone's", self._choose_whose)
        self.preview = widgets.HTML()
        self.button = panel.button("Make the report", self.make, look="primary")
        self.making = Making("Making the report", self.focus_message, self.button)
        self.message = self.making.message
        self._lay_out()
        chosen = (self.first_day, self.last_day, self.only_period, self.redact, self.with_notes, self.with_interviews)
        panel.on_change(self._choose, *chosen, *self.charts.values())
        panel.on_change(self._show_preview, self.name, *self.formats.values())
        self.begin()

    def _lay_out(self) -> None:
        """Show what is chosen on the left, and on the right what comes of it, with the button in view."""
        days = (panel.pair(self.first_day, self.last_day), self.only_period)
        chosen = [
            panel.section(
                "What goes in?",
                self.whose,
                panel.pair(*self.charts.values()),
                panel.Stack(self.redact, self.with_interviews, self.with_notes),
            ),
            panel.section("As what?", panel.Stack(*self.formats.values()), self.font_note, self.name),
            panel.section("A list of activities?", *days, below=PERIOD),
        ]
        said = (self.trouble, self.preview, panel.bar(self.button), self.making)
        made = [panel.section("This is what it will say", *said)]
        columns = [panel.Stack(*parts, look="ik-column") for parts in (chosen, made)]
        title = panel.heading("A report to hand on", "It is made here, as files; nothing is sent.", level=2)
        self.show(title, self.news, panel.box(*columns, look="ik-columns"))

    # The preview.

    def reload(self) -> None:
        """Read the records and show what the report would say."""
        try:
            self.everyone, self.note = studied_interviews(self.journal)
        except RecordsError as error:
            self.composed, self.is_read = None, False
            self.trouble.say_unread(error, panel.again_button(self.reload))
            self._show_preview()
            return
        self.is_read = True
        self.say_news()
        names = next_steps.named_people(self.everyone)
        self.whose.offer_names(names)
        panel.set_visible(self.whose, len(names) > 1)
        self._choose_whose()

    def say_news(self) -> None:
        """Say that this is the sample, and which files cannot be read."""
        unread = [] if self.is_embedded else self.everyone.attrs.get("unread", [])
        self.news.say("\n".join([self.note, *unread]).strip(), "plain")

    def _choose_whose(self) -> None:
        """Take the interviews of the person who is chosen, and name the folder after them."""
        whose, person = self.whose.value, self._person()
        self.whole = self.everyone[self.everyone["person"] == whose] if whose else self.everyone
        self.whole.attrs = self.everyone.attrs
        self.counted = counted_columns(self.whole)
        self._choose()
        if self.name.value in ("report", self.named):
            self.named = self.name.value = export.slug(f"report {person}") if person else "report"

    def _person(self) -> str:
        """Return whose report it is, nothing where it is everyone's or one's own."""
        return self.whose.value or (self.journal.person if isinstance(self.journal, Clients) else "")

    def _title(self) -> str | None:
        """Return the title with the name, where it is one person's of several and names are not hidden."""
        person = self._person()
        return contents.title_of("Client A" if self.redact.value else person) if person else None

    def _choose(self) -> None:
        """Show what the report would say by what is chosen now."""
        self.with_notes.disabled, self.redact.disabled = self.redact.value, self.with_notes.value
        self.only_period.disabled = not self._has_period()
        panel.set_visible(self.with_interviews, self.redact.value)
        if self.is_read and not self._is_large():
            self._compose()
        self._show_preview()

    def _limit(self) -> int:
        """Return how many interviews can be gone through at each change; notes are read one by one."""
        return MOST_NOTED if self.with_notes.value else MOST_DRAWN

    def _is_large(self) -> bool:
        """Say whether there are more than that."""
        return self.is_read and len(self.whole) > self._limit()

    def _compose(self) -> None:
        """Work out what the report says; say what stands in the way."""
        self.composed = None
        if wrong := period_problem(self.first_day.value, self.last_day.value):
            self.trouble.say(wrong, "bad")
            return
        said = {"remark": contents.INVENTED, "as_of": SAMPLE_DAY} if self.note else {}
        frame = self.whole if self.with_notes.value else self.counted
        try:
            is_own = self.whole["person"].nunique() < 2 and not self.whose.value
            chosen = (
                {"focus": self.journal.focus() or None, "focus_since": self.journal.focus_since()} if is_own else {}
            )
            self.composed = contents.compose(frame, **self._options(), **chosen, **said)
            self.trouble.clear()
        except RecordsError as error:
            self.trouble.say_unread(error, panel.again_button(self.reload))
        except ValueError as error:
            self.trouble.say(str(error), "bad")

    def _options(self) -> dict:
        """Return what is chosen, as `compose` takes it, with the tables that go with the notes."""
        linked = ("questions", "contacts", "follow_ups") if self.with_notes.value else ()
        return {
            "start": self.first_day.value,
            "end": self.last_day.value,
            "only_period": self.only_period.value and self._has_period(),
            "charts": [name for name, box in self.charts.items() if box.value],
            "redact": self.redact.value,
            "with_notes": self.with_notes.value,
            "with_interviews": self.with_interviews.value and self.redact.value,
            "linked": {name: self.journal.read(name) for name in linked},
            "title": self._title(),
        }

    def _has_period(self) -> bool:
        """Say whether a first or a last day is chosen."""
        return bool(self.first_day.value or self.last_day.value)

    def _show_preview(self) -> None:
        """Show what is chosen in words; say what is missing."""
        self.preview.value = ""
        self.font_note.clear()
        if self._is_large():
            self.composed = None
            self.preview.value = panel.paragraph(VERY_MANY.format(count=len(self.whole), most=self._limit()))
        elif self.composed:
            lacking = self._lacking()
            self.trouble.say(lacking, "plain")
            self.font_note.say(report.font_warning(self.composed, self._formats()), "plain")
            self.preview.value = "" if lacking else preview(self.composed, self._formats())
        self.button.disabled = not self.preview.value

    def _formats(self) -> list[str]:
        return [name for name, box in self.formats.items() if box.value]

    def _lacking(self) -> str:
        """Return what is to be chosen before there is anything to make."""
        made = self.composed
        if made and not made.sections and made.activities is None and made.open is None:
            return "Choose a chart, a first or last day or your notes, so that there is something in it."
        return "" if self._formats() else "Choose at least one of the kinds of file above."

    # The files.

    def make(self) -> None:
        """Write the report and say where it is."""
        if self._is_large():
            self.message.say(COUNTING.format(count=len(self.whole)), "plain")
            self._compose()
            self.message.clear()
        if self.composed and self._lacking():
            self.trouble.say(self._lacking(), "plain")
            return
        if not self.composed:
            return
        self.font_note.say(report.font_warning(self.composed, self._formats()), "plain")
        self.message.say("Making the report …", "plain")
        with self.making.at_work():
            self._write(self.composed)

    def _write(self, composed: contents.Report) -> None:
        """Write the files, and say what became of them, with the ways to those that there are."""
        try:
            folder = self.journal.exports() / export.slug(self.name.value)
            written = report.write_report(composed, folder, self._formats(), self.making.telling("report"))
            self.making.say(DONE, "good", place(written))
        except report.ReportError as error:
            self.making.say(str(error), "bad", *([place(error.written)] if error.written else []))
        except ValueError as error:
            self.making.say(str(error), "bad")


def check(label: str, *, chosen: bool = False) -> widgets.Checkbox:
    """Return a box to check."""
    return widgets.Checkbox(description=label, value=chosen, indent=False)


def preview(made: contents.Report, formats: Sequence[str]) -> str:
    """Return what a report says, and as which files, as HTML."""
    lines = panel.paragraphs(page.about(made))
    said = "".join(panel.markup("<li>{said}</li>", said=section.sentence) for section in made.sections)
    files = panel.paragraph(f"It will be {files_to_make(made, formats)}.")
    return f'{lines}<ul class="ik-said">{said}</ul>{files}' if said else lines + files


def files_to_make(made: contents.Report, formats: Sequence[str]) -> str:
    """Return which files there will be, and which lists are in them."""
    images = len(made.sections) * len([name for name in formats if name != "html"])
    lists = (made.activities, made.open, made.handed_over)
    tables = len(made.sections) + sum(table is not None for table in lists)
    files = ["one page"] if "html" in formats else []
    files += [plural(images, "picture")] if images else []
    return " and ".join([", ".join(files), f"{plural(tables, 'table')} for a spreadsheet{within(made)}"])


def within(made: contents.Report) -> str:
    """Return which lists there are in a report."""
    count = 0 if made.activities is None else len(made.activities)
    lists = [f"a list of {plural(count, 'activity', 'activities')}"] if made.activities is not None else []
    lists += ["the interviews in codes"] if made.handed_over is not None else []
    lists += [f"notes on {plural(len(made.notes), 'interview')}"] if made.open is not None else []
    return f", with {' and '.join(lists)}" if lists else ""


def place(written: Sequence[Path]) -> str:
    """Return the ways to the files of a report, the page or the first picture before all, and where they are.

    The browser makes the links work where the server can show the files.
    """
    top = next((path for path in written if path.suffix != ".csv"), written[0])
    folder = top.parent if top.name == "report.html" else top.parent.parent
    open_it = panel.file_link(top, f"Open {top.name}") if top.suffix != ".csv" else ""
    names = {path: path.relative_to(folder).as_posix() for path in written}
    files = "".join(f"<li>{panel.file_link(path, name, download=True)}</li>" for path, name in names.items())
    count, template = plural(len(written), "file"), "<p>In the folder <code>{folder}</code>: {count}.</p>"
    place = panel.markup(template, folder=folder.absolute(), count=count)
    all_files = f"<details class='ik-files'><summary>Download one of the files</summary><ul>{files}</ul></details>"
    return f"<p class='ik-ways'>{open_it} {panel.download_link(top)}</p>{place}{all_files}"

"""The people whom a coach helps, and every panel for one of them, or for all."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets

from interview_kit import patterns, studies
from interview_kit.clients import Clients, client_overview
from interview_kit.frame.held import held
from interview_kit.frame.parts import counted_columns
from interview_kit.journal import RecordsError
from interview_kit.widgets import panel
from interview_kit.widgets.browser import RecordsBrowser
from interview_kit.widgets.chooser import Chooser
from interview_kit.widgets.next_steps import NextSteps
from interview_kit.widgets.pages_for_each import PagesForEach
from interview_kit.widgets.pattern_explorer import PatternExplorer
from interview_kit.widgets.people_table import PeopleTable, works_on_words
from interview_kit.widgets.share_panel import SharePanel
from interview_kit.widgets.trend_explorer import TrendExplorer
from interview_kit.words import plural

if TYPE_CHECKING:
    import pandas as pd

MOST_UNREAD = 3  # files that are named above the table
MOST_BETS = 100  # people; of more, the best bet of the one who is chosen is worked out
PANELS: dict[str, Callable[[Clients], panel.Panel]] = {
    "Patterns": PatternExplorer,
    "Trends": TrendExplorer,
    "Next steps": NextSteps,
    "Interviews": RecordsBrowser,
    "A report": SharePanel,
}
READ_ONLY = "Everything here is read; none of their files is ever changed."
OWN_SPREADSHEET = "A client's own spreadsheet comes in by Import, into a folder of records that is named as the client."
BELOW = (
    "Called back: of those that are decided or 30 days old, with the range in which the true rate plausibly lies. "
    "Sorted by it, people with few interviews stand near the average, where luck would put them."
)
HOW_TO_BEGIN = (
    "No client is here yet. Put each client's CSV of interviews into the folder below, named as the client, or the "
    "folder of records that they gave you. Then press “Look again”."
)


class ClientsPanel(panel.Panel):
    """A table of people, and for the one who is chosen, or for all, every panel.

    Parameters
    ----------
    folder : str, path or Clients, optional
        The folder of the people's CSVs and folders of records; by default `places.clients_folder()`.
    as_of : date, optional
        The day that counts as today in the table; by default today.

    Attributes
    ----------
    whose, what : Dropdown
        The person who is chosen, and the panel that is shown below.
    overview : pandas.DataFrame
        What `client_overview` says of them.

    Examples
    --------
    In a notebook::

        ik.ClientsPanel("data/clients")
    """

    notebook = "7_clients"
    overview: "pd.DataFrame"
    bets: list[str] | None  # the best bet of each person, None while that is still to be worked out

    def __init__(self, folder: str | os.PathLike | Clients | None = None, *, as_of: date | None = None):
        if folder is not None and not isinstance(folder, (str, os.PathLike, Clients)):
            given = type(folder).__name__
            raise TypeError(
                f'ClientsPanel takes a folder, or its Clients, not a {given}: ik.ClientsPanel("data/clients")'
            )
        super().__init__()
        self.clients, self.as_of = folder if isinstance(folder, Clients) else Clients(folder), as_of
        self.news, self.answer, self.card = panel.Message(), widgets.HTML(), widgets.HTML()
        self.title = panel.heading("Your clients", READ_ONLY, level=2)
        self.again = panel.button("Look again", self.reload)
        self.table, self.is_shown = PeopleTable(), False
        self.for_each = PagesForEach(self.clients, as_of, self.focus_message)
        self.notes = widgets.HTML()
        self.files = panel.folded("Their files", self.notes)
        self.whose = Chooser("Whose records?", "everyone", self._choose)
        self.what = Chooser("What to see", "choose what to see", self._show_panel)
        self.what.offer((name, name) for name in PANELS)
        self.below = panel.classed(widgets.VBox(), "ik-drawer")
        self.table.observe(self._row_clicked, "selected_rows")
        panel.classed(self, "ik-wide ik-clients")
        self.clients.subscribe(self._changed)
        self.reload()

    # The table.

    def reload(self) -> None:
        """Read the files again and show who is there."""
        self.bets = []
        try:
            self.interviews = self.clients.interviews()
        except RecordsError as error:
            self.news.say_unread(error, self.again, records="folder")
            self.show(self.title, self.news)
            return
        self.counted = counted_columns(held(self.interviews))
        self.overview = client_overview(self.clients, as_of=self.as_of)
        self._say_files()
        if self.overview.empty:
            where = panel.words("<p><code>{folder}</code></p>", folder=self.clients.folder.absolute())
            self.show(self.title, self.news, panel.line(HOW_TO_BEGIN), where, panel.bar(self.again), self.files)
        else:
            self._show_people()

    def _show_people(self) -> None:
        """Show who is there, and whose records can be chosen."""
        self.answer.value = panel.paragraph(self.overview.attrs["sentence"], "ik-answer")
        self.bets, self.table.selected_rows = None, []
        self.table.show(self.overview, self.bets)
        self.whose.offer_names(self.overview["person"])
        chosen = panel.classed(panel.pair(self.whose, self.what), "ik-clients-chosen")
        for_all = panel.section("For everyone", self.for_each, self.files)
        parts = (self.answer, self.table, chosen, self.card, self.below, panel.line(BELOW, "ik-hint"), for_all)
        self.show(self.title, self.news, *parts)
        self._choose()
        if self.is_shown:
            self._work_out_bets()

    def _say_files(self) -> None:
        """Name the files that cannot be read, and list all that is to be said of their files below."""
        attrs, unread = self.interviews.attrs, self.clients.unread()
        more = len(unread) - MOST_UNREAD
        rest = [f"{plural(more, 'more file')} cannot be read; see “Their files” below."] if more > 0 else []
        said = [*unread[:MOST_UNREAD], *rest, *import_words(self.clients.other_tables()), *self.clients.lacking()]
        self.news.say("\n".join(said), "plain")
        values = sum(problem.kind != "missing_column" for problem in attrs["problems"])
        notes = [*dict.fromkeys([*unread, *attrs["notes"]]), *unread_values(values)]
        place = panel.markup("<p>They are in <code>{folder}</code>.</p>", folder=self.clients.folder.absolute())
        lines = "".join(panel.markup("<li>{note}</li>", note=note) for note in notes)
        self.notes.value = f"{place}<ul>{lines}</ul>" if lines else place
        self.files.titles = (f"Their files, and {plural(len(notes), 'note')} on them" if notes else "Their files",)

    def on_shown(self) -> None:
        """Work out the best bets, once the table is on screen without them."""
        self.is_shown = True
        self._work_out_bets()

    def _work_out_bets(self) -> None:
        """Work out the best bet of each person, and fill them in as soon as that disturbs nobody."""
        if self.bets is None:
            people = self.overview["person"]
            few = len(people) <= MOST_BETS
            self.bets = [patterns.short_bet(self._behaviors(name)) if few else "" for name in people]
            self.when_left(".ik-people")

    def on_left(self) -> None:
        """Fill in the best bets."""
        self.table.show(self.overview, self.bets)

    def _behaviors(self, person: str) -> "pd.DataFrame":
        """Return how the behaviors of one person line up with callbacks."""
        return studies.behaviors_so_far(self.counted[self.counted["person"] == person], self.as_of)

    def _row_clicked(self, change: dict) -> None:
        if change["new"]:
            self.focus_field(".ik-clients-chosen")
            self.whose.value = self.overview["person"].iat[change["new"][0]]

    # Whose records, and which panel.

    def _choose(self) -> None:
        """Show what is known of the person who is chosen, and their panel where one is open."""
        name = self.whose.value
        self.card.value = self._told(name) if name else ""
        self._show_panel()

    def _told(self, name: str) -> str:
        """Return what is said of one person: how it goes, what they work on, their best bet."""
        row = self.overview[self.overview["person"] == name].iloc[0]
        works_on = f"Works on {works_on_words(row['focus'])}." if row["focus"] else "No focus is chosen."
        bet = [self._behaviors(name).attrs["sentence"]] if row["interviews"] else []
        return panel.markup("<h3>{name}</h3>", name=name) + panel.paragraphs([row["sentence"], works_on, *bet])

    def _show_panel(self) -> None:
        """Show the panel that is chosen, of the person who is chosen or of all."""
        whose, kind = self.whose.value, PANELS.get(self.what.value)
        if kind is None:
            self.below.children = []
        elif whose and whose not in set(self.interviews["person"]):
            self.below.children = [panel.line(f"{whose} has no interview yet, so there is nothing to see here.")]
        else:
            self.below.children = [self._panel_of(whose, kind)]
            self._say_files()  # since it may have read more of them

    def _panel_of(self, whose: str, kind: Callable[[Clients], panel.Panel]) -> widgets.DOMWidget:
        """Return a panel of someone's records, or of all, or why there is none."""
        try:
            shown = kind(self.clients.of(whose) if whose else self.clients)
        except (RecordsError, ValueError) as error:
            return panel.line(error)
        shown.embed()
        return shown

    # Changes.

    def _changed(self, _what: str) -> None:
        self.reload()

    def on_return(self) -> None:
        """Offer to read the files again where something has changed them, or one came or went."""
        if self.clients.changed_outside():
            self.news.say_changed(self.reload)


def import_words(files: Sequence[Path]) -> list[str]:
    """Return what helps where files are people's own spreadsheets; nothing where there is none."""
    if not files:
        return []
    first = files[0]
    command = f'interview-kit import "{first.absolute()}" --records "{first.with_suffix("").absolute()}"'
    return [f"{OWN_SPREADSHEET} In a terminal: {command}. Then take {first.name} out of this folder, and look again."]


def unread_values(count: int) -> list[str]:
    """Return how many values cannot be read, and what lists them; nothing where all can."""
    are = "is" if count == 1 else "are"
    said = f"{plural(count, 'value')} cannot be read and {are} left out; interview-kit check lists them."
    return [said] if count else []

"""The people whom a coach helps: one table of them, and every panel for one, or for all."""

import os
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import ipywidgets as widgets

from interview_kit import schema, studies
from interview_kit.clients import Clients, client_overview
from interview_kit.frame.held import held
from interview_kit.frame.parts import counted_columns
from interview_kit.journal import RecordsError
from interview_kit.patterns.bets import bet_row, odds_to_one
from interview_kit.patterns.words import as_gerund, as_leaving_out
from interview_kit.widgets import panel
from interview_kit.widgets.browser import RecordsBrowser
from interview_kit.widgets.next_steps import NextSteps
from interview_kit.widgets.pages_for_each import PagesForEach
from interview_kit.widgets.panel import classed
from interview_kit.widgets.pattern_explorer import PatternExplorer
from interview_kit.widgets.share_panel import SharePanel
from interview_kit.widgets.table_look import table_look
from interview_kit.widgets.trend_explorer import TrendExplorer
from interview_kit.words import percent, plural, span, unbroken

if TYPE_CHECKING:
    import pandas as pd

EVERYONE = ("everyone", "")
NOTHING = ("choose what to see", "")
RATE, LAST, ORDER = "Called back (range)", "Last interview", "order"
COLUMNS = ["Person", "Interviews", RATE, "Waiting", "Overdue", LAST, "Works on", "Best bet so far", ORDER]
MOST_UNREAD = 3  # files that are named above the table
COLUMN_LOOKS = [
    {"targets": COLUMNS.index(RATE), "orderData": [COLUMNS.index(ORDER)], "className": "ik-date"},
    {"targets": COLUMNS.index(ORDER), "visible": False, "searchable": False},
    {"targets": COLUMNS.index(LAST), "className": "ik-date dt-left"},
]
MOST_BETS = 100  # people; of more, the best bet of the one who is chosen is worked out
PANELS: dict[str, Callable[[Clients], panel.Panel]] = {
    "Patterns": PatternExplorer,
    "Trends": TrendExplorer,
    "Next steps": NextSteps,
    "Interviews": RecordsBrowser,
    "A report": SharePanel,
}
READ_ONLY = "Everything here is read; none of their files is ever changed."
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

    def __init__(self, folder: str | os.PathLike | Clients | None = None, *, as_of: date | None = None):
        from itables.widget import ITable

        if folder is not None and not isinstance(folder, (str, os.PathLike, Clients)):
            given = type(folder).__name__
            raise TypeError(
                f'ClientsPanel takes a folder, or its Clients, not a {given}: ik.ClientsPanel("data/clients")'
            )
        super().__init__()
        self.clients, self.as_of = folder if isinstance(folder, Clients) else Clients(folder), as_of
        self.news, self.answer, self.card = panel.Message(), widgets.HTML(), widgets.HTML()
        self.table = classed(ITable(shown_rows(None, []), **table_look(COLUMN_LOOKS, search=True, rows=8)), "ik-people")
        self.for_each = PagesForEach(self.clients, as_of, self.focus_message)
        self.files = panel.folded("Their files")
        self.whose = widgets.Dropdown(description="Whose records?", options=[EVERYONE])
        self.what = widgets.Dropdown(description="What to see", options=[NOTHING, *((name, name) for name in PANELS)])
        self.below = classed(widgets.VBox(), "ik-drawer")
        self.table.observe(self._row_clicked, "selected_rows")
        self.whose.observe(lambda _: self._choose(), "value")
        self.what.observe(lambda _: self._show_panel(), "value")
        self.add_class("ik-wide")
        self.add_class("ik-clients")
        self.clients.subscribe(self._changed)
        self.reload()

    # The table.

    def reload(self) -> None:
        """Read the files again and show who is there."""
        title = panel.heading("Your clients", READ_ONLY, level=2)
        again = panel.button("Look again", self.reload)
        try:
            self.interviews = self.clients.interviews()
        except RecordsError as error:
            self.news.say_unread(error, again, records="folder")
            self.show(title, self.news)
            return
        self._say_files()
        self.overview = client_overview(self.clients, as_of=self.as_of)
        if self.overview.empty:
            where = panel.words("<p><code>{folder}</code></p>", folder=self.clients.folder.absolute())
            how = panel.words("<p>{text}</p>", text=HOW_TO_BEGIN)
            self.show(title, self.news, how, where, panel.bar(again), self.files)
            return
        self.answer.value = panel.markup('<p class="ik-answer">{text}</p>', text=self.overview.attrs["sentence"])
        self.table.update(shown_rows(self.overview, self._bets()), **table_look(COLUMN_LOOKS, search=True, rows=8))
        names = sorted(self.overview["person"], key=str.casefold)
        panel.offer(self.whose, [EVERYONE, *((name, name) for name in names)])
        chosen = classed(panel.pair(self.whose, self.what), "ik-clients-chosen")
        hint = panel.words('<p class="ik-hint">{text}</p>', text=BELOW)
        self.show(
            *(title, self.news, self.answer, self.table, chosen, self.card, self.below),
            *(hint, panel.section("For everyone", self.for_each, self.files)),
        )
        self._choose()

    def _say_files(self) -> None:
        """Name the files that cannot be read, and list all that is to be said of their files below."""
        attrs, late = self.interviews.attrs, self.clients.follow_ups().attrs["unread"]
        unread = attrs["unread"] + late
        more = len(unread) - MOST_UNREAD
        rest = [f"{plural(more, 'more file')} cannot be read; see “Their files” below."] if more > 0 else []
        self.news.say("\n".join([*unread[:MOST_UNREAD], *rest]), "plain")
        notes = [*late, *attrs["notes"], *unread_values(len(attrs["problems"]))]
        place = panel.markup("<p>They are in <code>{folder}</code>.</p>", folder=self.clients.folder.absolute())
        lines = "".join(panel.markup("<li>{note}</li>", note=note) for note in notes)
        self.files.children = [widgets.HTML(f"{place}<ul>{lines}</ul>" if lines else place)]
        self.files.titles = (f"Their files, and {plural(len(notes), 'note')} on them" if notes else "Their files",)

    def _bets(self) -> list[str]:
        """Return the best bet of each person, of their own interviews alone."""
        if len(self.overview) > MOST_BETS:
            return [""] * len(self.overview)
        return [bet_words(self._behaviors(name)) for name in self.overview["person"]]

    def _behaviors(self, person: str) -> "pd.DataFrame":
        """Return how the behaviors of one person line up with callbacks."""
        own = self.interviews[self.interviews["person"] == person]
        return studies.behaviors_so_far(counted_columns(held(own)), self.as_of)

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
        works_on = f"Works on {focus_words(row['focus'])}." if row["focus"] else "No focus is chosen."
        lines = [row["sentence"], works_on]
        lines += [self._behaviors(name).attrs["sentence"]] if row["interviews"] else []
        said = "".join(panel.markup("<p>{line}</p>", line=line) for line in lines)
        return panel.markup("<h3>{name}</h3>", name=name) + said

    def _show_panel(self) -> None:
        """Show the panel that is chosen, of the person who is chosen or of all."""
        if not self.what.value:
            self.below.children = []
            return
        if self.whose.value and self.whose.value not in set(self.interviews["person"]):
            self.below.children = [
                panel.words("<p>{who} has no interview yet, so there is nothing to see here.</p>", who=self.whose.value)
            ]
            return
        records = self.clients.of(self.whose.value) if self.whose.value else self.clients
        try:
            shown = PANELS[self.what.value](records)
        except (RecordsError, ValueError) as error:
            self.below.children = [panel.words("<p>{text}</p>", text=error)]
            return
        shown.embed()
        self.below.children = [shown]

    # Changes.

    def _changed(self, _what: str) -> None:
        self.reload()

    def on_return(self) -> None:
        """Offer to read the files again where something has changed them, or one came or went."""
        if self.clients.changed_outside():
            self.news.say_changed(self.reload)


def unread_values(count: int) -> list[str]:
    """Return how many values cannot be read, and what lists them; nothing where all can."""
    are = "is" if count == 1 else "are"
    said = f"{plural(count, 'value')} cannot be read and {are} left out; interview-kit check lists them."
    return [said] if count else []


def focus_words(focus: str) -> str:
    """Return what someone works on in the middle of a sentence; nothing where no focus is chosen."""
    return as_gerund(focus, schema.kind_by_prefix(focus)) if focus else ""


def bet_words(table: "pd.DataFrame") -> str:
    """Return the best bet of a table of behaviors in a few words: which way, and with what odds."""
    row = bet_row(table)
    if row is None:
        return ""
    chance = row["probability"]
    doing = as_gerund if chance > 0.5 else as_leaving_out
    return f"{doing(row['behavior'], row['kind'])}, {odds_to_one(max(chance, 1 - chance))} to 1"


def shown_rows(overview: "pd.DataFrame | None", bets: list[str]) -> "pd.DataFrame":
    """Return the table of people as it is shown, with the hidden column that rates are sorted by."""
    import pandas as pd

    if overview is None:
        return pd.DataFrame(columns=COLUMNS)
    rows = [
        (
            row["person"] or "no name",
            row["interviews"],
            rate_words(row, counted),
            row["waiting"],
            row["overdue"],
            "" if schema.is_missing(row["last_on"]) else f"{row['last_on']:%Y-%m-%d}",
            focus_words(row["focus"]),
            bet,
            round(order, 4),
        )
        for row, bet, counted, order in zip(
            overview.to_dict("records"), bets, overview.attrs["counted"], overview.attrs["shrunken"], strict=True
        )
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def rate_words(row: dict, counted: int) -> str:
    """Return how many were called back, of how many, and the rate with its range; nothing where none is decided."""
    if not counted:
        return ""
    rate = unbroken(f"{row['callbacks']} of {counted}: {percent(row['rate'])}")
    limits = span(percent(row["ci_low"]), percent(row["ci_high"]))
    return f"{rate} {unbroken(f'({limits})')}"

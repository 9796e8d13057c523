"""The table of the people whom a coach helps: one row each, in words."""

from typing import TYPE_CHECKING, Any

from itables.widget import ITable

from interview_kit import schema
from interview_kit.clients.overview import is_undated
from interview_kit.patterns.words import as_gerund
from interview_kit.widgets.table_look import table_look
from interview_kit.words import percent, plausible, unbroken

if TYPE_CHECKING:
    import pandas as pd

RATE, LAST, ORDER = "Called back (range)", "Last interview", "order"
COLUMNS = ["Person", "Interviews", RATE, "Waiting", "Overdue", LAST, "Works on", "Best bet so far", ORDER]
COLUMN_LOOKS = [
    {"targets": COLUMNS.index(RATE), "orderData": [COLUMNS.index(ORDER)], "className": "ik-date"},
    {"targets": COLUMNS.index(ORDER), "visible": False, "searchable": False},
    {"targets": COLUMNS.index(LAST), "className": "ik-date dt-left"},
]
TO_COME = "…"  # in the place of a best bet that is still worked out


class PeopleTable(ITable):
    """What `client_overview` says of people, with the best bet of each where it is known."""

    def __init__(self):
        super().__init__(shown_rows(None, []), **table_look(COLUMN_LOOKS, search=True, rows=8))
        self.add_class("ik-people")

    def show(self, overview: "pd.DataFrame", bets: list[str] | None) -> None:
        """Show people, whoever is picked among them; without bets these are still to come."""
        bets = [TO_COME] * len(overview) if bets is None else bets
        look: Any = table_look(COLUMN_LOOKS, search=True, rows=8) | {"selected_rows": self.selected_rows}
        self.update(shown_rows(overview, bets), **look)


def shown_rows(overview: "pd.DataFrame | None", bets: list[str]) -> "pd.DataFrame":
    """Return the table of people as it is shown, with the hidden column that rates are sorted by."""
    import pandas as pd

    if overview is None:
        return pd.DataFrame(columns=COLUMNS)
    blank = is_undated(overview) & (overview["overdue"] == 0)  # a 0 would say that all is well
    hidden = (bets, overview.attrs["counted"], overview.attrs["shrunken"])
    rows = [
        (
            row["person"] or "no name",
            row["interviews"],
            rate_words(row, counted),
            row["waiting"],
            "" if is_blank else row["overdue"],
            last_words(row),
            works_on_words(row["focus"]),
            bet,
            round(order, 4),
        )
        for row, is_blank, bet, counted, order in zip(overview.to_dict("records"), blank, *hidden, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def last_words(row: dict) -> str:
    """Return the day of someone's last interview, or that none of them has a date; nothing where there is none."""
    if schema.is_missing(row["last_on"]):
        return "no dates" if row["interviews"] else ""
    return f"{row['last_on']:%Y-%m-%d}"


def rate_words(row: dict, counted: int) -> str:
    """Return how many were called back, of how many, and the rate with its range; nothing where none is decided."""
    if not counted:
        return ""
    rate = unbroken(f"{row['callbacks']} of {counted}: {percent(row['rate'])}")
    return f"{rate} {unbroken(f'({plausible(row)})')}"


def works_on_words(focus: str) -> str:
    """Return what someone works on in the middle of a sentence; nothing where no focus is chosen."""
    return as_gerund(focus, schema.kind_by_prefix(focus)) if focus else ""

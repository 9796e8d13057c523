"""The newest records of very many, with what belongs to them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interview_kit import schema
from interview_kit.journal.by_table import ByTable

if TYPE_CHECKING:
    import pandas as pd

NEWEST_BY = {"interviews": "interviewed_on", "contacts": "met_on", "follow_ups": "due_on"}


class Choices(NamedTuple):
    """What a Journal knows beside its tables: its folder, what not to suggest again, what is worked on since when."""

    folder: Path
    dismissed: Callable[[], list[str]]
    focus: Callable[[], str]
    focus_since: Callable[[], date | None]


class Recent(ByTable):
    """The newest records of a folder, at most so many a table, with what belongs to them; read like a Journal.

    What is due follows from what is recent, and very many records are not gone through one by one. Of the follow-ups
    those to be done come first. `is_part` says whether there are more, `total` how many interviews there are in all,
    `problems` what could not be read in any of them, by table, `notes` what was read with help. `all_interviews` is for
    what is said of them all.
    """

    def __init__(self, frames: "Mapping[str, pd.DataFrame]", most: int, choices: Choices):
        self.folder, self.dismissed, self.focus, self.focus_since, self.most = *choices, most
        self.all_interviews = frames["interviews"]
        self.total = len(self.all_interviews)
        self.problems = {name: frame.attrs.get("problems", []) for name, frame in frames.items()}
        self.notes = {name: frame.attrs.get("notes", []) for name, frame in frames.items()}
        self.is_part = max(map(len, frames.values())) > most
        self.frames = newest(frames, most) if self.is_part else frames

    def read(self, table: str) -> "pd.DataFrame":
        """Return one table."""
        return self.frames[table]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is noted in any table."""
        return all(frame.empty for frame in self.frames.values())


def newest(frames: "Mapping[str, pd.DataFrame]", most: int) -> "dict[str, pd.DataFrame]":
    """Return the newest rows of each table, and those that they refer to or that refer to them."""
    waiting = frames["follow_ups"]["done_on"].isna()
    first = {name: latest(frames[name], day, most) for name, day in NEWEST_BY.items()}
    first["follow_ups"] = latest(frames["follow_ups"][waiting], "due_on", most)
    recent = frames["interviews"]["id"].isin(first["interviews"]["id"])
    named = [first[name]["interview_id"] for name in ("contacts", "follow_ups")]
    found = {"interviews": frames["interviews"][recent | frames["interviews"]["id"].isin(concatenated(named))]}
    for name in ("questions", "contacts", "follow_ups"):
        table = frames[name]
        kept = table["interview_id"].isin(first["interviews"]["id"])
        if name in first:
            kept |= table.index.isin(first[name].index)
        if name == "contacts":
            kept |= table["id"].isin(first["follow_ups"]["contact_id"])
        found[name] = table[kept]
    return {name: found.get(name, frames[name]) for name in schema.TABLES}


def concatenated(columns: "Iterable[pd.Series]") -> "pd.Series":
    """Return columns one below the other."""
    import pandas as pd

    return pd.concat(columns)


def latest(frame: "pd.DataFrame", day: str, most: int) -> "pd.DataFrame":
    """Return the rows with the latest days, those without one last."""
    return frame.loc[frame[day].sort_values(ascending=False, kind="stable").index[:most]]

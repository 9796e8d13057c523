"""How files would come in: their columns, words and rows as understood, and the records that they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field as dataclass_field
from typing import TYPE_CHECKING

from interview_kit.importing import preview_text
from interview_kit.importing.frames import records_frame
from interview_kit.importing.questions import Finding, findings
from interview_kit.importing.reading import Reading
from interview_kit.importing.reimport import Brought, Since, since
from interview_kit.importing.sources import Fate
from interview_kit.words import plural

if TYPE_CHECKING:
    import pandas as pd


SHOWN_REASONS = 3


@dataclass(frozen=True, repr=False)
class ImportPreview:
    """A preview of how a file comes in; nothing is written before `journal.add_all("interviews", preview.records)`.

    Attributes
    ----------
    mapping : pandas.DataFrame
        A row for each column of the source: `file, source, field, sure, why, example`.
    records : pandas.DataFrame
        The interviews in our columns.
    report : pandas.DataFrame
        A row for each row of the source: `file, line, what, why, fate`; `what` is imported, split into n, skipped or
        needs attention.
    problems : pandas.DataFrame
        What could not be read or needs an answer: `file, line, column, value, problem, rows, kind`.
    words : pandas.DataFrame
        What each word of a status was taken for: `word, column, rows, meaning, sure`.
    asks_day_order : bool
        Whether only you can tell which comes first in the file's dates, the day or the month.
    day_order : str
        What told it.
    alike : mapping
        What rows say of who, where, what and when, and how many of them say the same.
    """

    mapping: "pd.DataFrame"
    records: "pd.DataFrame"
    report: "pd.DataFrame"
    problems: "pd.DataFrame"
    words: "pd.DataFrame"
    asks_day_order: bool = False
    day_order: str = ""
    alike: Mapping[str, int] = dataclass_field(default_factory=dict)

    def __str__(self) -> str:
        """Return what becomes of the rows, what they make, and what came of it."""
        return preview_text.total(self.report, self.records)

    @property
    def waiting(self) -> int:
        """How many rows wait for your word: they come in once it is told what they mean."""
        return int((self.report["fate"] == Fate.WAITING).sum())

    def lines(self) -> list[str]:
        """Return the preview as lines of text: what to look at, the columns, the words, three records, and the sum."""
        found = preview_text.lines(self.mapping, self.words, self.problems, several=self.report["file"].nunique() > 1)
        shown = preview_text.examples(self.records)
        return [*found, *(["Such records come in:", *shown] if shown else []), str(self)]

    def since(self, there: "pd.DataFrame") -> Since:
        """Return what the file brings beside the interviews that are there, as `Journal.interviews` returns them."""
        return since(self.records, self.alike, there)

    def outcome(self, brought: Brought, newer: str = "bring them again with take=True") -> str:
        """Return what `Since.bring` did, in words; `newer` says how to take over what has changed."""
        parts = [f"Imported {plural(len(brought.added), 'record')}."]
        if brought.taken:
            parts.append(f"Took over what changed in {plural(len(brought.taken), 'record')}.")
        if there := len(brought.unchanged):
            parts.append(f"{plural(there, 'record')} {'was' if there == 1 else 'were'} there already.")
        if left := len(brought.left):
            stays = "has changed since and stays" if left == 1 else "have changed since and stay"
            parts.append(f"{plural(left, 'record')} {stays} as before: to take over the newer values, {newer}.")
        left_out = self.report[self.report["fate"] == Fate.ATTENTION]
        if len(left_out):
            first = left_out.drop_duplicates("why")[:SHOWN_REASONS]
            reasons = [
                f"line {line}: {why.partition(';')[0]}" for line, why in zip(first["line"], first["why"], strict=True)
            ]
            parts.append(f"{plural(len(left_out), 'row')} left out ({'; '.join(reasons)}).")
        if self.waiting:
            waits = "row waits" if self.waiting == 1 else "rows wait"
            parts.append(f"{self.waiting:,} {waits} for your word, and did not come in.")
        return " ".join(parts)


def assembled(parts: Sequence[Reading], seen: Mapping[str, int]) -> ImportPreview:
    """Return the preview of all tables; `seen` counts the rows that say the same."""
    import pandas as pd

    def frame(rows: Iterable[tuple], columns: str) -> pd.DataFrame:
        return pd.DataFrame(list(rows), columns=columns.split())

    shown = [part for part in parts if not part.is_aside]
    orders = [part.calendar.order for part in shown]
    filled = [part for part in shown if part.sheet.rows] or shown  # what another table looked up is told there
    mapped = [row for part in filled for row in part.mapping_rows()]
    return ImportPreview(
        mapping=frame(mapped, "file source field sure why example"),
        records=records_frame(shown),
        report=frame((row for part in parts for row in part.report_rows()), "file line what why fate"),
        problems=frame((row for part in parts for row in findings(part)), " ".join(Finding._fields)),
        words=frame((row for part in shown for row in part.word_rows()), "word column rows meaning sure"),
        asks_day_order=any(part.calendar.asks_order for part in shown),
        day_order=next((order.why for order in orders if order.day_first is not None), ""),
        alike=seen,
    )

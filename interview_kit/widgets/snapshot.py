"""The records that the next steps are drawn from, read once."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

import pandas as pd

from interview_kit import next_steps, trends
from interview_kit.frame import outcomes
from interview_kit.frame.held import held
from interview_kit.frame.parts import counted_columns, sample_companies
from interview_kit.frame.unanswered import unanswered
from interview_kit.journal import SAMPLE, SAMPLE_DAY, Journal
from interview_kit.journal.recent import Recent
from interview_kit.next_steps.records import Records, read_records
from interview_kit.widgets.filtered import MOST_DRAWN

MOST_READ = 2_000  # records of a table; what is due follows from the recent ones
NOT_SAVED = "These records are the invented sample, so nothing is saved. In your own, this would be done now."


@dataclass(frozen=True)
class Snapshot:
    """The newest records of a journal, or those of the sample where it has none, and the day that counts as today.

    `whole` holds the same as plain records; `own` what was read of the journal itself.
    """

    own: Recent
    records: Recent
    whole: Records
    day: date
    is_sample: bool
    follows_clock: bool
    kept_from: str = ""  # why nothing is changed in these records

    @classmethod
    def of(cls, journal: Journal, as_of: date | None, *, or_sample: bool = True) -> "Snapshot":
        """Return what is shown of a journal on a day; today, where none is given."""
        own = journal.recent(MOST_READ)
        is_sample = own.is_empty and or_sample
        records = Journal(SAMPLE.parent).recent(MOST_READ) if is_sample else own
        day = as_of or (SAMPLE_DAY if is_sample else date.today())
        follows_clock, refusal = not (as_of or is_sample), getattr(journal, "refusal", "")
        return cls(own, records, read_records(records), day, is_sample, follows_clock, refusal)

    @property
    def now(self) -> datetime | None:
        """The moment from which what is planned is seen; None is that of the clock."""
        return None if self.follows_clock else datetime.combine(self.day, time())

    @property
    def refusal(self) -> str:
        """Why nothing can be saved, nothing where it can."""
        return NOT_SAVED if self.is_sample else self.kept_from

    @property
    def is_of_yesterday(self) -> bool:
        """Whether another day has begun since."""
        return self.follows_clock and self.day != date.today()

    @cached_property
    def studied(self) -> pd.DataFrame:
        """The interviews that Patterns studies, not only the newest."""
        return sample_companies(counted_columns(held(self.records.all_interviews)), MOST_DRAWN)

    @cached_property
    def planned(self) -> pd.DataFrame:
        """The interviews that were planned when this was read: those to be written down, then those to come."""
        return next_steps.upcoming(self.whole, as_of=self.now)

    @cached_property
    def waiting(self) -> list[dict]:
        """The interviews that wait for an answer, the newest first."""
        frame = self.records.interviews()
        waiting = frame[unanswered(frame, outcomes.read_records(frame, self.day))[0]]
        return waiting.sort_values("interviewed_on", ascending=False, kind="stable").to_dict("records")

    @cached_property
    def chances(self) -> pd.DataFrame:
        """The chances that who waits is called all the same."""
        return trends.pending_chances(self.records.interviews(), as_of=self.day)

    @cached_property
    def chance_of(self) -> dict[str, dict]:
        """The chance of each interview that waits for an answer, by its id."""
        return {row["id"]: row for row in self.chances.to_dict("records")}

    @property
    def to_write_down(self) -> list[dict]:
        """The planned interviews that are over, the latest first."""
        return self.planned[self.planned["overdue_debrief"]].to_dict("records")

    @property
    def coming(self) -> list[dict]:
        """The interviews to come, the next one first."""
        return self.planned[~self.planned["overdue_debrief"]].to_dict("records")

"""The records that the next steps are drawn from, read once."""

from dataclasses import dataclass
from datetime import date, datetime, time

from interview_kit.journal import SAMPLE, SAMPLE_DAY, Journal
from interview_kit.journal.recent import Recent
from interview_kit.next_steps.records import Records, read_records

MOST_READ = 2_000  # records of a table; what is due follows from the recent ones
NOT_SAVED = "These records are the invented sample, so nothing is saved. In your own, this would be done now."


@dataclass(frozen=True)
class Shown:
    """The newest records of a journal, or those of the sample where it has none, and the day that counts as today.

    `whole` holds the same as plain records; `own` what was read of the journal itself.
    """

    own: Recent
    records: Recent
    whole: Records
    day: date
    is_sample: bool
    kept_from: str = ""  # why nothing is changed in these records
    now: datetime | None = None  # the moment from which what is planned is seen; None is that of the clock

    @classmethod
    def of(cls, journal: Journal, as_of: date | None) -> "Shown":
        """Return what is shown of a journal on a day; today, where none is given."""
        own = journal.recent(MOST_READ)
        is_sample = own.is_empty
        records = Journal(SAMPLE.parent).recent(MOST_READ) if is_sample else own
        day = as_of or (SAMPLE_DAY if is_sample else date.today())
        now = datetime.combine(day, time()) if as_of or is_sample else None
        return cls(own, records, read_records(records), day, is_sample, getattr(journal, "refusal", ""), now)

    @property
    def refusal(self) -> str:
        """Why nothing can be saved, nothing where it can."""
        return NOT_SAVED if self.is_sample else self.kept_from

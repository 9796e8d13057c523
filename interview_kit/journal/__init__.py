"""The user's folder of records: typed frames out, one change at a time in, undo and drafts."""

from interview_kit.files.problems import (
    ConflictError as ConflictError,
    LostFileError as LostFileError,
    Problem as Problem,
    RecordsError as RecordsError,
)
from interview_kit.journal.checks import new_id as new_id
from interview_kit.journal.folder import Journal as Journal, sample_interviews as sample_interviews
from interview_kit.journal.loading import (
    RecordsWarning as RecordsWarning,
    check_interviews as check_interviews,
    load_interviews as load_interviews,
)
from interview_kit.places import SAMPLE as SAMPLE, SAMPLE_DAY as SAMPLE_DAY

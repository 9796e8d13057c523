"""The user's folder of records: typed frames out, one change at a time in, undo and drafts."""

from interview_kit.files.problems import ConflictError, LostFileError, Problem, RecordsError
from interview_kit.journal.checks import new_id
from interview_kit.journal.folder import Journal, sample_interviews
from interview_kit.journal.loading import RecordsWarning, check_interviews, load_interviews
from interview_kit.journal.records import is_derived_id
from interview_kit.places import SAMPLE, SAMPLE_DAY

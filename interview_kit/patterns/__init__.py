"""Which behaviors line up with callbacks, as a tidy table."""

from interview_kit.frame.outcomes import INCLUDE, LEAVE_OUT
from interview_kit.patterns.answers import (
    fine_print,
    first_look,
    headline,
    never_noted,
    short_bet,
    still_missing,
    too_few,
    which_count,
)
from interview_kit.patterns.comparison import called_back, compare_behaviors
from interview_kit.patterns.groups import by_group
from interview_kit.patterns.looks import LOOKS
from interview_kit.patterns.pairs import behavior_pairs
from interview_kit.patterns.power import interviews_needed
from interview_kit.patterns.question import focus_question
from interview_kit.patterns.repeats import repeats_sentence
from interview_kit.patterns.verdicts import LINING_UP

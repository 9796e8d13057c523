"""How outcomes change over time, by stage, and while waiting, as tidy tables."""

from interview_kit.trends.changes import is_clear, what_counts
from interview_kit.trends.conversion import stage_conversion
from interview_kit.trends.debriefs import debrief_delay
from interview_kit.trends.guesses import chance_calibration
from interview_kit.trends.over_time import habit_trend, outcome_trend
from interview_kit.trends.waiting import pending_chances, shows_little, waiting_curve

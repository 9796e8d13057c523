"""The tidy tables as Plotly figures, for a page or a phone; draws, never computes."""

from interview_kit.charts.behaviors import label, plot_behaviors
from interview_kit.charts.guesses import plot_calibration
from interview_kit.charts.paths import plot_paths
from interview_kit.charts.periods import plot_habit, plot_trend
from interview_kit.charts.stages import plot_stages
from interview_kit.charts.theme import NARROW_BELOW, wrapped
from interview_kit.charts.waiting import plot_waiting

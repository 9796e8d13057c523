"""The tidy tables as Plotly figures, for a page or a phone; draws, never computes."""

from interview_kit.charts.behaviors import label, plot_behaviors, scale
from interview_kit.charts.guesses import plot_calibration
from interview_kit.charts.paths import plot_paths
from interview_kit.charts.periods import plot_habit, plot_trend
from interview_kit.charts.stages import plot_stages
from interview_kit.charts.theme import (
    DARK,
    LIGHT,
    NARROW_BELOW,
    Look,
    base_axis,
    base_layout,
    escape,
    quickly_wrapped,
    wrapped,
)
from interview_kit.charts.waiting import day_ticks, plot_waiting, spread

__all__ = [
    "DARK",
    "LIGHT",
    "NARROW_BELOW",
    "Look",
    "base_axis",
    "base_layout",
    "day_ticks",
    "escape",
    "label",
    "plot_behaviors",
    "plot_calibration",
    "plot_habit",
    "plot_paths",
    "plot_stages",
    "plot_trend",
    "plot_waiting",
    "quickly_wrapped",
    "scale",
    "spread",
    "wrapped",
]

"""The forms and explorers of the notebooks; collect and show, never compute or touch a file."""

from interview_kit.widgets.browser import RecordsBrowser
from interview_kit.widgets.form import DebriefForm
from interview_kit.widgets.import_panel import ImportPanel
from interview_kit.widgets.next_steps import NextSteps
from interview_kit.widgets.pattern_explorer import PatternExplorer
from interview_kit.widgets.share_panel import SharePanel
from interview_kit.widgets.trend_explorer import TrendExplorer

__all__ = [
    "DebriefForm",
    "ImportPanel",
    "NextSteps",
    "PatternExplorer",
    "RecordsBrowser",
    "SharePanel",
    "TrendExplorer",
]

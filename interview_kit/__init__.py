"""Learn from job interviews: write them down while they are fresh, and see honestly what lines up with callbacks."""

from importlib import import_module

_HOMES = {
    "interview_kit.journal": (
        *("load_interviews", "check_interviews", "Journal"),
        *("RecordsError", "ConflictError", "RecordsWarning"),
    ),
    "interview_kit.importing": ("preview_import", "ImportPreview"),
    "interview_kit.patterns": ("compare_behaviors", "travel_together", "interviews_needed"),
    "interview_kit.trends": (
        *("outcome_trend", "habit_trend", "stage_conversion", "waiting_curve"),
        *("pending_chances", "chance_calibration", "debrief_delay"),
    ),
    "interview_kit.next_steps": (
        *("due_follow_ups", "calendar_file", "contact_list", "same_people", "merged_contact", "contact_cards"),
        *("thank_you_note", "status_note", "information_note", "keep_in_touch_note", "industry_questions"),
        *("practice_queue", "grade_practice", "weak_topics", "focus_progress", "focus_streak"),
    ),
    "interview_kit.charts": (
        *("plot_behaviors", "plot_trend", "plot_stages"),
        *("plot_waiting", "plot_calibration", "plot_habit"),
    ),
    "interview_kit.report": ("save_chart", "save_report"),
    "interview_kit.widgets.form": ("DebriefForm",),
    "interview_kit.widgets.browser": ("RecordsBrowser",),
    "interview_kit.widgets.pattern_explorer": ("PatternExplorer",),
    "interview_kit.widgets.trend_explorer": ("TrendExplorer",),
    "interview_kit.widgets.import_panel": ("ImportPanel",),
    "interview_kit.widgets.next_steps": ("NextSteps",),
    "interview_kit.widgets.share_panel": ("SharePanel",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME_OF)  # noqa: PLE0605


def __getattr__(name: str):
    """Import a public name when it is first asked for, so that `import interview_kit` costs next to nothing."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'interview_kit' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

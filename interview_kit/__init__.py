"""Learn from job interviews: write them down while they are fresh, and see honestly what lines up with callbacks."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what an editor and a type checker see of the names below; a test holds the two together
    from interview_kit.charts import (
        plot_behaviors as plot_behaviors,
        plot_calibration as plot_calibration,
        plot_habit as plot_habit,
        plot_paths as plot_paths,
        plot_stages as plot_stages,
        plot_trend as plot_trend,
        plot_waiting as plot_waiting,
    )
    from interview_kit.importing import (
        ImportPreview as ImportPreview,
        preview_import as preview_import,
    )
    from interview_kit.journal import (
        ConflictError as ConflictError,
        Journal as Journal,
        RecordsError as RecordsError,
        RecordsWarning as RecordsWarning,
        check_interviews as check_interviews,
        load_interviews as load_interviews,
    )
    from interview_kit.next_steps import (
        brief as brief,
        calendar_file as calendar_file,
        contact_cards as contact_cards,
        contact_list as contact_list,
        due_follow_ups as due_follow_ups,
        focus_progress as focus_progress,
        focus_streak as focus_streak,
        industry_questions as industry_questions,
        information_note as information_note,
        keep_in_touch_note as keep_in_touch_note,
        merge_contacts as merge_contacts,
        practice_queue as practice_queue,
        record_practice as record_practice,
        same_people as same_people,
        status_note as status_note,
        story_results as story_results,
        thank_you_note as thank_you_note,
        upcoming as upcoming,
        weak_topics as weak_topics,
    )
    from interview_kit.patterns import (
        behavior_pairs as behavior_pairs,
        by_group as by_group,
        compare_behaviors as compare_behaviors,
        interviews_needed as interviews_needed,
    )
    from interview_kit.report import (
        ReportError as ReportError,
        save_chart as save_chart,
        save_report as save_report,
    )
    from interview_kit.trends import (
        chance_calibration as chance_calibration,
        debrief_delay as debrief_delay,
        habit_trend as habit_trend,
        outcome_trend as outcome_trend,
        pending_chances as pending_chances,
        stage_conversion as stage_conversion,
        waiting_curve as waiting_curve,
    )
    from interview_kit.widgets.browser import RecordsBrowser as RecordsBrowser
    from interview_kit.widgets.form import DebriefForm as DebriefForm
    from interview_kit.widgets.home import Home as Home
    from interview_kit.widgets.import_panel import ImportPanel as ImportPanel
    from interview_kit.widgets.next_steps import NextSteps as NextSteps
    from interview_kit.widgets.pattern_explorer import PatternExplorer as PatternExplorer
    from interview_kit.widgets.share_panel import SharePanel as SharePanel
    from interview_kit.widgets.trend_explorer import TrendExplorer as TrendExplorer

_HOMES = {
    "interview_kit.journal": (
        *("load_interviews", "check_interviews", "Journal"),
        *("RecordsError", "ConflictError", "RecordsWarning"),
    ),
    "interview_kit.importing": ("preview_import", "ImportPreview"),
    "interview_kit.patterns": ("compare_behaviors", "by_group", "behavior_pairs", "interviews_needed"),
    "interview_kit.trends": (
        *("outcome_trend", "habit_trend", "stage_conversion", "waiting_curve"),
        *("pending_chances", "chance_calibration", "debrief_delay"),
    ),
    "interview_kit.next_steps": (
        *("due_follow_ups", "calendar_file", "contact_list", "same_people", "merge_contacts", "contact_cards"),
        *("thank_you_note", "status_note", "information_note", "keep_in_touch_note", "industry_questions"),
        *("practice_queue", "record_practice", "weak_topics", "focus_progress", "focus_streak", "upcoming"),
        *("story_results", "brief"),
    ),
    "interview_kit.charts": (
        *("plot_behaviors", "plot_trend", "plot_stages", "plot_paths"),
        *("plot_waiting", "plot_calibration", "plot_habit"),
    ),
    "interview_kit.report": ("save_chart", "save_report", "ReportError"),
    "interview_kit.widgets.home": ("Home",),
    "interview_kit.widgets.form": ("DebriefForm",),
    "interview_kit.widgets.browser": ("RecordsBrowser",),
    "interview_kit.widgets.pattern_explorer": ("PatternExplorer",),
    "interview_kit.widgets.trend_explorer": ("TrendExplorer",),
    "interview_kit.widgets.import_panel": ("ImportPanel",),
    "interview_kit.widgets.next_steps": ("NextSteps",),
    "interview_kit.widgets.share_panel": ("SharePanel",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_FORMER_NAMES = {  # for one release: where they are, and what to call now
    "travel_together": ("interview_kit.patterns.behavior_pairs", "is called behavior_pairs now"),
    "merged_contact": ("interview_kit.next_steps.contacts.merged_contact", "goes; merge_contacts does it all"),
    "grade_practice": ("interview_kit.next_steps.practice.grade_practice", "goes; record_practice does it all"),
}
__all__ = sorted(_HOME_OF)  # noqa: PLE0605


def __getattr__(name: str):
    """Import a public name when it is first asked for, so that `import interview_kit` costs next to nothing."""
    if name in _FORMER_NAMES:
        import warnings

        place, now = _FORMER_NAMES[name]
        warnings.warn(f"{name} {now}", DeprecationWarning, stacklevel=2)
        home, _, former = place.rpartition(".")
        return getattr(import_module(home), former)
    if name not in _HOME_OF:
        raise AttributeError(f"module 'interview_kit' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

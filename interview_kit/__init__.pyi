"""The public names, and the room that each is in: said once, for editors, type checkers and the package itself."""

from interview_kit.charts import (
    plot_behaviors as plot_behaviors,
    plot_calibration as plot_calibration,
    plot_habit as plot_habit,
    plot_paths as plot_paths,
    plot_stages as plot_stages,
    plot_trend as plot_trend,
    plot_waiting as plot_waiting,
)
from interview_kit.clients import (
    Clients as Clients,
    client_overview as client_overview,
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
    focus_question as focus_question,
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
from interview_kit.widgets.clients_panel import ClientsPanel as ClientsPanel
from interview_kit.widgets.form import DebriefForm as DebriefForm
from interview_kit.widgets.home import Home as Home
from interview_kit.widgets.import_panel import ImportPanel as ImportPanel
from interview_kit.widgets.next_steps import NextSteps as NextSteps
from interview_kit.widgets.pattern_explorer import PatternExplorer as PatternExplorer
from interview_kit.widgets.share_panel import SharePanel as SharePanel
from interview_kit.widgets.trend_explorer import TrendExplorer as TrendExplorer

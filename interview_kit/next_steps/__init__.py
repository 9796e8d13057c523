"""What to do now: follow-ups, contacts, practice."""

from interview_kit.next_steps.brief import brief, brief_page, save_brief, story_line
from interview_kit.next_steps.calendar import calendar_file, coming_interviews
from interview_kit.next_steps.contacts import contact_cards, contact_list, merge_contacts, same_people
from interview_kit.next_steps.focus import focus_progress, focus_so_far, focus_streak
from interview_kit.next_steps.follow_ups import due_follow_ups, overdue_first, promise_words
from interview_kit.next_steps.notes import (
    industry_questions,
    information_note,
    keep_in_touch_note,
    status_note,
    thank_you_note,
)
from interview_kit.next_steps.practice import practice_queue, record_practice, weak_topics
from interview_kit.next_steps.records import named_people
from interview_kit.next_steps.stories import stories_for, story_results, times_words
from interview_kit.next_steps.today import today_lines, when_words
from interview_kit.next_steps.upcoming import is_over, moment_words, planned_words, upcoming

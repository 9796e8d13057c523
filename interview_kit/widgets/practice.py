"""The questions to practice: two a day, and the topics that are answered badly more often."""

import ipywidgets as widgets

from interview_kit import next_steps, schema
from interview_kit.widgets import panel
from interview_kit.widgets.outline import lines_markup
from interview_kit.widgets.section import Section, cards_of
from interview_kit.words import day, plausible

QUESTIONS_A_DAY, SHOWN_STORIES = 2, 2
GRADES = (("It went well", "well"), ("Okay", "okay"), ("Badly", "badly"))
TOPIC_COLUMNS = ("Topic", "Answered badly", "Plausible range", "All other topics")
QUESTION_TEMPLATE = '<p class="ik-what"><strong>{question}</strong></p><p>{about}</p>'
SHOW_STORY, HIDE_STORY = "A story that fits", "Hide the story"
BELOW = "Say the answer aloud first, then look at your better one."


class Practice(Section):
    """Two questions to practice; `questions` holds a `QuestionCard` for each one that is shown."""

    def __init__(self, page: panel.RecordsPanel):
        super().__init__(page)
        self.questions: dict[str, QuestionCard] = {}
        self.count = QUESTIONS_A_DAY
        self.answer, self.list = widgets.HTML(), panel.Stack(look="ik-stack")
        self.two_more = panel.button("Two more", self.more, look="reads")
        self.topics_answer, self.topics_table = widgets.HTML(), widgets.HTML()
        self.topics = panel.folded("Topic by topic", self.topics_table)
        parts = (self.answer, self.message, self.list, panel.bar(self.two_more), self.topics_answer, self.topics)
        self.children = [panel.heading("Practice two questions", BELOW), *parts]

    def draw(self) -> None:
        """Show the questions and topics."""
        self._draw_questions()
        topics = next_steps.weak_topics(self.shown.whole)
        self.topics_answer.value = panel.paragraph(topics.attrs["sentence"])
        self.topics_table.value = panel.html_table(TOPIC_COLUMNS, map(topic_row, topics.to_dict("records")))
        panel.set_visible(self.topics, not topics.empty)

    def _draw_questions(self) -> None:
        queue = next_steps.practice_queue(self.shown.whole, as_of=self.shown.day)
        due = queue.head(max(self.count - queue.attrs["practiced"], 0)).to_dict("records")
        rows: list[dict] = [{**row, "stories": self._stories(row["topic"])} for row in due]
        enough = not queue.empty and not rows
        text = f"{queue.attrs['practiced']} practiced today. That is enough for one day." if enough else ""
        self.answer.value = panel.paragraph(text or queue.attrs["sentence"])
        self.questions = cards_of(rows, "id", self.questions, lambda row: QuestionCard(self, row))
        self.list.children = tuple(self.questions.values())
        panel.set_visible(self.two_more, enough)

    def _stories(self, topic: str) -> list[dict]:
        """Return the stories that can help with a topic, those with most of it first."""
        table = next_steps.stories_for(self.shown.whole, topics=topic, as_of=self.shown.day)
        return table[table["fits"] != ""].head(SHOWN_STORIES).to_dict("records")

    def more(self) -> None:
        """Show two more questions."""
        self.count += QUESTIONS_A_DAY
        self._draw_questions()

    def grade(self, row: dict, answered: str) -> None:
        """Keep how a question went; it comes back the later, the better it went."""

        def grade() -> str:
            comes_back = next_steps.record_practice(self.journal, row["id"], answered, as_of=self.shown.day)
            return f"Noted: {answered}. It comes back on {day(comes_back)}."

        self.message.do(grade)

    def keep_answer(self, row: dict, answer: str) -> None:
        """Keep a better answer to a question."""
        title = f"the better answer to “{row['question']}”"
        seen = {"better_answer": row["better_answer"]}
        change = lambda: self.journal.update("questions", row["id"], {"better_answer": answer}, seen=seen)  # noqa: E731
        self.message.do(change, "Your better answer is kept.", title)


class QuestionCard(panel.Stack):
    """One question to practice, its better answer hidden until asked for."""

    def __init__(self, practice: Practice, row: dict):
        self.row, asked = row, row["question"]
        self.answer = panel.Stack(look="ik-drawer")
        self.written = widgets.Textarea(description="A better answer", placeholder="What would you say now?", rows=3)
        self.keep_button = panel.button("Keep it", lambda: practice.keep_answer(row, self.written.value))
        self.show_button = panel.button(self.show_words, self.toggle, look="reads" if row["better_answer"] else "")
        self.grades = {
            grade: panel.button(text, lambda grade=grade: practice.grade(row, grade), tooltip=f"{text}: {asked}")
            for text, grade in GRADES
        }
        self.story = panel.classed(widgets.HTML(), "ik-drawer")
        tip = f"{SHOW_STORY}: {asked}"
        self.story_button = panel.button(SHOW_STORY, self.toggle_story, look="reads", tooltip=tip)
        question = panel.words(QUESTION_TEMPLATE, question=asked, about=about(row))
        buttons = panel.bar(self.show_button, *([self.story_button] if row["stories"] else []))
        super().__init__(
            *(question, buttons, self.answer, self.story), panel.bar(*self.grades.values()), look="ik-card"
        )
        panel.set_visible(self.story, False)

    def toggle(self) -> None:
        """Show the better answer, or where to write one, or hide it again."""
        shown, noted = bool(self.answer.children), self.row["better_answer"]
        answer = [panel.line(noted, "ik-better")]
        self.answer.children = [] if shown else answer if noted else [self.written, panel.bar(self.keep_button)]
        self.show_button.description = self.show_words if shown else "Hide it"

    def toggle_story(self) -> None:
        """Show the stories that fit, or hide them again."""
        is_shown = bool(self.story.value)
        self.story.value = "" if is_shown else lines_markup(map(next_steps.story_line, self.row["stories"]))
        panel.set_visible(self.story, not is_shown)
        self.story_button.description = SHOW_STORY if is_shown else HIDE_STORY

    @property
    def show_words(self) -> str:
        """What the button promises."""
        return "Show my better answer" if self.row["better_answer"] else "Write a better answer"


def about(row: dict) -> str:
    """Return where and when a question was asked, and how it was answered last."""
    asked = "" if schema.is_missing(row["asked_on"]) else f"asked on {day(row['asked_on'])}"
    where = ", ".join(word for word in (row["company"], row["topic"], asked) if word)
    last = f"Last answered {row['answered']}." if row["answered"] else ""
    return f"{where}. {last}" if where else last


def topic_row(row: dict) -> tuple:
    """Return one topic in words."""
    topic = f"{row['topic']} (more often than the others)" if row["flagged"] else row["topic"]
    return topic, f"{row['badly']} of {row['n']}", plausible(row), f"{row['others_badly']} of {row['others_n']}"

"""What to do now: the list to tick off, the people met, the questions to practice, the one thing."""

import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

import ipywidgets as widgets

from interview_kit import next_steps, schema, trends
from interview_kit.journal import SAMPLE, SAMPLE_DAY, Journal, RecordsError
from interview_kit.next_steps.records import Newest, read_records
from interview_kit.widgets import panel
from interview_kit.widgets.browser import day
from interview_kit.widgets.file_news import FileNews
from interview_kit.widgets.study import INVENTED, OUTSIDE
from interview_kit.widgets.to_do import Draft, QuestionCard, ToDoCard, day_problem, says

NOT_SAVED = "These records are the invented sample, so nothing is saved. In your own, this would be done now."
SHOWN_TO_DO, SHOWN_MORE, SHOWN_PEOPLE, QUESTIONS_A_DAY, HELD = 8, 100, 12, 2, 5
MOST_READ = 2_000  # records of a table; what is due follows from the recent ones
AT_THE_FOOT = sys.maxsize
NO_PEOPLE = "Nobody is noted yet. Write down whom you met in the debrief; a connection can pay off later."
NO_FOCUS = "Nothing is chosen. Open 2_patterns, look at one behavior, and press “Work on this one next”."
PEOPLE_COLUMNS = ("Company", "Who", "Last contact", "Next step")
TOPIC_COLUMNS = ("Topic", "Answered badly", "Plausible range", "All other topics")
FOCUS_COLUMNS = ("When", "Interviews", "Did it", "Rate", "Plausible range")


class NextSteps(panel.Panel):
    """What to do on `as_of` (today), from the records of `journal`: to do, people, practice and the focus.

    `cards` holds a `ToDoCard` for each thing to do that is shown, `questions` a `QuestionCard` for each question. With
    no records of one's own it shows the invented sample, and saves nothing.
    """

    notebook = "4_next_steps"

    def __init__(self, journal: Journal, *, as_of: date | None = None):
        super().__init__()
        self.journal, self.as_of = journal, as_of
        self.shown_on: date | None = None
        self.title, self.extent = widgets.HTML(), widgets.HTML()
        self.news = FileNews(journal, self._file_done)
        self.answer, self.list = widgets.HTML(), widgets.VBox()
        self.messages = {name: panel.Message() for name in ("to do", "people", "practice", "focus")}
        self.cards: dict[str, ToDoCard] = {}
        self.questions: dict[str, QuestionCard] = {}
        self.drafts: dict[str, Draft] = {}
        self.shown_count, self.question_count = SHOWN_TO_DO, QUESTIONS_A_DAY
        self._busy, self._spot = False, 0
        self.list.layout.grid_gap = "0.7rem"
        self._make_to_do()
        self._make_people()
        self._make_practice()
        self._make_focus()
        journal.subscribe(self._changed)
        with panel.opening(journal.folder):
            self.reload()

    # What it looks like.

    def _make_to_do(self) -> None:
        self.calendar_button = panel.button("Put these into my calendar", self.save_calendar, look="primary")
        self.more_button = panel.button("Show all", self.show_more)
        self.undo_button = panel.button("Undo the last change", self.undo_last, look="quiet")
        self.again_button = panel.button("", self.suggest_again, look="quiet")
        foot = panel.bar(self.calendar_button, self.more_button, self.undo_button, self.again_button)
        self.to_do_section = widgets.VBox([self.answer, self.list, foot])
        self.to_do_section.layout.grid_gap = "0.7rem"

    def _make_people(self) -> None:
        self.people_table, self.twice = widgets.HTML(), widgets.VBox()
        self.people_folded = panel.folded("Everyone you met, by company", self.people_table)
        self.person = widgets.Dropdown(description="Write to", options=[("choose a person", "")])
        self.person.observe(lambda _: self._show_person(), "value")
        self.person_box = widgets.VBox()
        self.remind_on = widgets.DatePicker(description="Remind me to write on")
        self.remind_button = panel.button("Plan it", self.plan_contact)
        self.cards_button = panel.button("Save as contact cards", self.save_cards)
        self.people_parts = (self.people_folded, panel.bar(self.cards_button), self.twice, self.person, self.person_box)
        self.people_box = widgets.VBox()
        for box in (self.people_box, self.person_box, self.twice):
            box.layout.grid_gap = "0.7rem"
            box.add_class("ik-drawer")
        below = "A connection pays off later, even where this job does not."
        self.people_section = panel.section("Keep the contact", self.people_box, self.messages["people"], below=below)

    def _make_practice(self) -> None:
        self.practice_answer, self.question_list = widgets.HTML(), widgets.VBox()
        self.question_list.layout.grid_gap = "0.7rem"
        self.two_more = panel.button("Two more", self.practice_more)
        self.topics_answer, self.topics_table = widgets.HTML(), widgets.HTML()
        self.topics_folded = panel.folded("Topic by topic", self.topics_table)
        self.practice_section = panel.section(
            "Practice two questions",
            self.practice_answer,
            self.messages["practice"],
            self.question_list,
            panel.bar(self.two_more),
            self.topics_answer,
            self.topics_folded,
            below="Say the answer aloud first, then look at your better one.",
        )

    def _make_focus(self) -> None:
        self.focus_answer, self.focus_table = widgets.HTML(), widgets.HTML()
        self.finish_button = panel.button("Finish it", self.finish_focus)
        self.focus_section = panel.section(
            "The one thing",
            self.focus_answer,
            self.focus_table,
            panel.bar(self.finish_button),
            self.messages["focus"],
            below="The next debrief asks about it first.",
        )

    # Reading.

    @property
    def today(self) -> date:
        """The day that the list is for."""
        return self.as_of or (SAMPLE_DAY if self.is_sample else date.today())

    def reload(self) -> None:
        """Read the records again and show what to do."""
        try:
            own = Newest(self.journal, MOST_READ)
            self.is_sample = all(frame.empty for frame in own.frames.values())
            self.records = Newest(Journal(SAMPLE.parent), MOST_READ) if self.is_sample else own
            self._say_news(own)
            self._say_extent()
            self.draw()
        except RecordsError as error:
            self.news.say(
                f"The records cannot be read. Nothing in them was changed.\n{error}",
                "bad",
                self._again("Read it again"),
            )
            self.show(panel.heading("What to do now", level=2), self.news)
            return
        self.shown_on = self.today
        self.title.value = panel.heading(f"Today, {day(self.today)}", level=2).value
        top = self.title, self.news, *([self.extent] if self.extent.value else [])
        self.show(*top, self.to_do_section, self.people_section, self.practice_section, self.focus_section)

    def _say_news(self, own: Newest) -> None:
        """Say that this is the sample, or what could not be read or only with help."""
        if self.is_sample:
            self.news.say(f"{INVENTED} It is shown as of {day(self.today)}; nothing you do here is saved.", "plain")
        else:
            self.news.tell(own.problems, own.notes)

    def _file_done(self, sentence: str) -> None:
        """Say what was done about a file, with the way back."""
        self._tell("to do", sentence, panel.button("Undo", lambda: self.undo("to do")))

    def _say_extent(self) -> None:
        """Say that the newest records are shown, where these are not all."""
        text = (
            f"Listed is what follows from the newest {MOST_READ:,} interviews, people and follow-ups of very many "
            f"({self.records.total:,} interviews). As a library the kit goes through all of them."
        )
        self.extent.value = panel.markup("<p>{text}</p>", text=text) if self.records.is_part else ""

    def draw(self) -> None:
        """Show all four parts, by the records as they are now."""
        self.whole = read_records(self.records)
        self._draw_to_do()
        self._draw_people()
        self._draw_practice()
        self._draw_focus()

    # To do.

    def _draw_to_do(self) -> None:
        chances = trends.pending_chances(self.records.interviews(), as_of=self.today)
        unwanted = self.records.dismissed()
        self.table = next_steps.due_follow_ups(self.whole, as_of=self.today, chances=chances, dismissed=unwanted)
        self.answer.value = panel.markup('<p class="ik-answer">{text}</p>', text=self.table.attrs["sentence"])
        rows = self.table.head(self.shown_count).to_dict("records")
        self.cards = {row["key"]: self._card(row) for row in rows}
        self._arrange()
        hidden, dismissed = len(self.table) - len(rows), self.table.attrs["left_out"]["dismissed"]
        self.again_button.description = f"Suggest {dismissed} dismissed again"
        shown_if(self.again_button, dismissed > 0)
        self.more_button.description = f"Show {min(hidden, SHOWN_MORE)} more" + (
            f" of {hidden:,}" if hidden > SHOWN_MORE else ""
        )
        shown_if(self.more_button, hidden > 0)
        shown_if(self.calendar_button, bool(self.table["due_on"].notna().any()))
        shown_if(self.undo_button, (self.journal.folder / ".backups").exists())
        panel.name_undo(self.undo_button, self.journal.next_undo())

    def _stay_at(self, row: dict) -> None:
        """Say what happens where the card of a thing is now, in a message that shows up as the card goes."""
        self.messages["to do"] = panel.Message()
        self._spot = [*self.cards, row["key"]].index(row["key"])

    def _arrange(self) -> None:
        children: list = list(self.cards.values())
        children.insert(self._spot, self.messages["to do"])
        self.list.children = children

    def _card(self, row: dict) -> ToDoCard:
        """Return the card of a thing to do: the one on screen, where it still says the same."""
        shown = self.cards.get(row["key"])
        return shown if shown is not None and says(shown, row) else ToDoCard(self, row)

    def show_more(self) -> None:
        """Show what else there is to do, a hundred at a time."""
        self.shown_count += SHOWN_MORE
        self._draw_to_do()

    def tick(self, row: dict) -> None:
        """Tick a thing off; a suggestion that was done is noted as a follow-up."""
        title = f"the tick at “{row['what']}”"
        self._note(row, {"done_on": self.today}, {"done_on": None}, title, f"Done: {row['what']}.")

    def move(self, row: dict, to: date) -> None:
        """Give a thing another date; a suggestion becomes a plan of one's own."""
        title, seen = f"the new date of “{row['what']}”", {"due_on": row["due_on"]}
        self._note(row, {"due_on": to}, seen, title, f"Moved to {day(to)}: {row['what']}.")

    def _note(self, row: dict, changes: dict, seen: dict, title: str, text: str) -> None:
        self._stay_at(row)

        def note() -> None:
            if row["suggested"]:
                self._keep_ids(row)
                self.journal.add("follow_ups", noted(row) | changes)
            else:
                self.journal.update("follow_ups", row["key"], changes, seen=seen)

        self._do("to do", note, text, title)

    def drop(self, row: dict) -> None:
        """Take a plan off the list, or do not suggest a thing again."""
        self._stay_at(row)
        text, key = f"Taken off the list: {row['what']}.", row["key"]
        if row["suggested"]:

            def dismiss() -> None:
                self._keep_ids(row)
                self.journal.dismiss(key)

            self._do("to do", dismiss, text, back=lambda: self.journal.undismiss(key))
        else:
            title = f"the removal of “{row['what']}”"
            self._do("to do", lambda: self.journal.delete("follow_ups", key), text, title)

    def _keep_ids(self, row: dict) -> None:
        """Write down the ids that a thing refers to, where records made by hand have none yet: they stay the same."""
        for table, key in (("interviews", row["interview_id"]), ("contacts", row["contact_id"])):
            if "-row-" in key:
                self.journal.update(table, key, {})

    def suggest_again(self) -> None:
        """Suggest again what was dismissed."""
        keys = [key for key in self.journal.dismissed() if not key.startswith("same:")]

        def each(change: Callable[[str], None]) -> None:
            for key in keys:
                change(key)

        self._spot = AT_THE_FOOT
        back = lambda: each(self.journal.dismiss)  # noqa: E731
        self._do("to do", lambda: each(self.journal.undismiss), "Suggested again.", back=back)

    def save_calendar(self) -> None:
        """Write what is shown into a calendar file, and say where it is."""
        self._spot = AT_THE_FOOT
        self._arrange()
        shown = self.table.head(self.shown_count)
        words = "Open it to take the dates into your calendar; the same file later updates them."
        self._export("to do", "to_do.ics", lambda path: next_steps.calendar_file(shown, path), words)

    # People.

    def _draw_people(self) -> None:
        self.people = next_steps.contact_list(self.whole, as_of=self.today)
        if self.people.empty:
            self.people_box.children = [panel.words("<p>{text}</p>", text=NO_PEOPLE)]
            return
        self.people_table.value = panel.html_table(PEOPLE_COLUMNS, people_rows(self.people))
        if not self.people_box.children:
            self.people_folded.selected_index = 0 if len(self.people) <= SHOWN_PEOPLE else None
        twice = next_steps.same_people(self.whole, dismissed=self.records.dismissed())
        self.twice.children = [self._offer(row) for row in twice.head(3).to_dict("records")]
        named = self.people[self.people["name"] != ""]
        options = [("choose a person", ""), *((person_words(row), row["id"]) for row in named.to_dict("records"))]
        if tuple(options) != tuple(self.person.options):
            kept = self.person.value if self.person.value in dict(map(reversed, options)) else ""
            self.person.options, self.person.value = options, kept
        shown_if(self.cards_button, not named.empty)
        self.people_box.children = self.people_parts

    def _offer(self, row: dict) -> widgets.VBox:
        """Return the question whether two records are one person."""
        text = f"{row['name'] or row['company']} stands here twice: {row['why']}. Is it one person?"
        one = panel.button("Make them one", lambda: self.merge(row))
        two = panel.button("They are two", lambda: self.keep_apart(row))
        box = widgets.VBox([panel.words("<p>{text}</p>", text=text), panel.bar(one, two)])
        box.add_class("ik-card")
        return box

    def merge(self, row: dict) -> None:
        """Make two records of one person one, as a step that Undo takes back as a whole."""

        def merge() -> None:
            changes = next_steps.merged_contact(self.journal, row["keep"], row["other"])
            for table, records in changes.items():
                for key, changed in records.items():
                    self.journal.update(table, key, changed)
            self.journal.delete("contacts", row["other"])

        text = f"{row['name']} stands here once now; nothing that was noted is lost."
        self._do("people", merge, text, f"the merging of {row['name']}")

    def keep_apart(self, row: dict) -> None:
        """Do not ask again whether two records are one person."""
        key = row["key"]
        back = lambda: self.journal.undismiss(key)  # noqa: E731
        self._do("people", lambda: self.journal.dismiss(key), f"{row['name']}: two people.", back=back)

    def _show_person(self) -> None:
        """Show a draft to the person who is chosen, and a way to be reminded."""
        key = self.person.value
        self.messages["people"].clear()
        if not key:
            self.person_box.children = []
            return
        plan = panel.bar(self.remind_on, self.remind_button)
        self.person_box.children = [self.draft(key, "stay in touch", contact_id=key), plan]

    def plan_contact(self) -> None:
        """Plan a note to the person who is chosen."""
        key, due = self.person.value, self.remind_on.value
        problem = day_problem(due, self.today)
        if problem:
            self.messages["people"].say(problem, "plain")
            return
        person = self.people[self.people["id"] == key].iloc[0]
        values = {"contact_id": key, "kind": "stay in touch", "due_on": due}
        text = f"Planned for {day(due)}: write to {person['name']}."
        title = f"the plan to write to {person['name']}"

        def plan() -> None:
            self._keep_ids({"interview_id": "", "contact_id": key})
            self.journal.add("follow_ups", values)

        self._do("people", plan, text, title)

    def save_cards(self) -> None:
        """Write everyone into a file of contact cards, and say where it is."""
        words = "Your notes on them are not in it."
        self._export("people", "people.vcf", lambda path: next_steps.contact_cards(self.records, path), words)

    def draft(self, key: str, kind: str, interview_id: str = "", contact_id: str = "") -> Draft:
        """Return the draft of a note, the same one as before, with what was typed in it."""
        if key in self.drafts:
            if not self.drafts[key].is_changed:
                self.drafts[key].draw()
            return self.drafts[key]
        about = {"interview_id": interview_id, "contact_id": contact_id}
        asks = kind not in ("thank-you", "send information", "ask status")
        ask = (lambda: next_steps.industry_questions(self.records, **about)) if asks else None
        self.drafts[key] = Draft(self.writer(kind, **about), ask)
        return self.drafts[key]

    def writer(self, kind: str, interview_id: str = "", contact_id: str = "") -> Callable[[str, str], str]:
        """Return what writes a note of a kind in a tone, with a question where it asks one."""
        about: dict = {"interview_id": interview_id, "contact_id": contact_id}
        asking = next_steps.keep_in_touch_note
        notes = {
            "thank-you": next_steps.thank_you_note,
            "send information": next_steps.information_note,
            "ask status": next_steps.status_note,
        }
        if kind in notes:
            return lambda tone, _: notes[kind](self.records, tone=tone, as_of=self.today, **about)
        return lambda tone, question: asking(self.records, tone=tone, question=question, as_of=self.today, **about)

    # Practice.

    def _draw_practice(self) -> None:
        queue = next_steps.practice_queue(self.whole, as_of=self.today)
        left = max(self.question_count - queue.attrs["practiced"], 0)
        rows = queue.head(left).to_dict("records")
        enough = not queue.empty and not rows
        text = f"{queue.attrs['practiced']} practiced today. That is enough for one day." if enough else ""
        self.practice_answer.value = panel.markup("<p>{text}</p>", text=text or queue.attrs["sentence"])
        self.questions = {row["id"]: self._question(row) for row in rows}
        self.question_list.children = tuple(self.questions.values())
        shown_if(self.two_more, enough)
        topics = next_steps.weak_topics(self.whole)
        self.topics_answer.value = panel.markup("<p>{text}</p>", text=topics.attrs["sentence"])
        self.topics_table.value = panel.html_table(TOPIC_COLUMNS, map(topic_row, topics.to_dict("records")))
        shown_if(self.topics_folded, not topics.empty)

    def _question(self, row: dict) -> QuestionCard:
        """Return the card of a question: the one on screen, where it still says the same."""
        shown = self.questions.get(row["id"])
        return shown if shown is not None and says(shown, row) else QuestionCard(self, row)

    def practice_more(self) -> None:
        """Show two more questions."""
        self.question_count += QUESTIONS_A_DAY
        self._draw_practice()

    def grade(self, row: dict, answered: str) -> None:
        """Keep how a question went; it comes back the later, the better it went."""
        changes = next_steps.grade_practice(row, answered, as_of=self.today)
        text = f"Noted: {answered}. It comes back on {day(changes['next_practice_on'])}."
        title = f"the practice of “{row['question']}”"
        self._do("practice", lambda: self.journal.update("questions", row["id"], changes), text, title)

    def keep_answer(self, row: dict, answer: str) -> None:
        """Keep a better answer to a question."""
        title = f"the better answer to “{row['question']}”"
        seen = {"better_answer": row["better_answer"]}
        change = lambda: self.journal.update("questions", row["id"], {"better_answer": answer}, seen=seen)  # noqa: E731
        self._do("practice", change, "Your better answer is kept.", title)

    # The focus.

    def _draw_focus(self) -> None:
        focus, frame = self.records.focus(), self.records.interviews()
        known = focus in frame or focus in set(frame["focus"])
        table = next_steps.focus_progress(frame, focus, as_of=self.today) if focus and known else None
        streak = next_steps.focus_streak(frame, focus, as_of=self.today) if table is not None else 0
        text = NO_FOCUS if not focus else f"{schema.label(focus)}: not noted in an interview yet."
        text = text if table is None else table.attrs["sentence"]
        more = f"It has held for {streak} interviews in a row. Time to finish it, and choose the next one?"
        markup = '<p class="ik-answer">{text}</p><p>{more}</p>' if streak >= HELD else "<p>{text}</p>"
        self.focus_answer.value = panel.markup(markup, text=text, more=more)
        rows = [] if table is None else [focus_row(row) for row in table.to_dict("records")]
        self.focus_table.value = panel.html_table(FOCUS_COLUMNS, rows) if rows else ""
        shown_if(self.finish_button, streak >= HELD)

    def finish_focus(self) -> None:
        """Let the behavior go that was worked on."""
        focus = self.records.focus()
        text = f"Finished: {schema.label(focus).lower()}. Well done. Choose the next one in 2_patterns."
        back = lambda: self.journal.choose_focus(focus)  # noqa: E731
        self._do("focus", lambda: self.journal.choose_focus(""), text, back=back)

    # Doing, and taking back.

    def _do(
        self, where: str, action: Callable[[], object], text: str, title: str = "", *, back: Callable | None = None
    ) -> None:
        """Carry out a change, one step for Undo under its title; `back` takes back what the journal does not undo."""
        if self.is_sample:
            self._refuse(where, NOT_SAVED, "plain")
            return
        if self.records.is_part:
            self.messages[where].say("Saving … Among so many records this takes a while.", "plain")
        self._busy = True
        try:
            with self.journal.transaction(title) if title else nullcontext():
                action()
        except ValueError as error:  # a RecordsError is one, too
            self._refuse(where, str(error), "bad", self._again("Read the files again"))
            return
        finally:
            self._busy = False
        undo = (lambda: self.undo(where)) if back is None else (lambda: self._take_back(where, back))
        self._tell(where, text, panel.button("Undo", undo))

    def _tell(self, where: str, text: str, *buttons: widgets.Button) -> None:
        """Say what was done, and only then draw it: the keyboard goes from a card that is gone to the new message."""
        self.messages[where].say(text, "good", *buttons)
        self.reload()

    def _refuse(self, where: str, text: str, mood: str, *buttons: widgets.Button) -> None:
        """Say why nothing was done."""
        self.messages[where].say(text, mood, *buttons)
        self._arrange()

    def undo(self, where: str) -> None:
        """Take the last change back, or bring it back again."""
        self._busy = True
        try:
            text = self.journal.undo()
        except RecordsError as error:
            self._refuse(where, str(error), "bad")
            return
        finally:
            self._busy = False
        self._tell(where, text, panel.button("Undo that", lambda: self.undo(where)))

    def undo_last(self) -> None:
        """Take the last change back, and say so beside the button for it."""
        self._spot = AT_THE_FOOT
        self.undo("to do")

    def _take_back(self, where: str, back: Callable) -> None:
        back()
        self._tell(where, "Taken back.")

    def _export(self, where: str, name: str, write: Callable, words: str) -> None:
        """Write a file into the folder for exports."""
        message = self.messages[where]
        if self.is_sample:
            message.say(NOT_SAVED, "plain")
            return
        try:
            path = self.journal.exports() / name
            write(path)
        except (OSError, ValueError) as error:
            message.say(f"The file could not be written: {error}", "bad")
            return
        message.say(f"Written: {path}\n{words}", "good", widgets.HTML(panel.download_link(path)))

    def _again(self, text: str) -> widgets.Button:
        return panel.button(text, self.reload)

    def _changed(self, _table: str) -> None:
        if not self._busy:
            self.reload()

    def looked_at(self) -> None:
        """Show the new day where one has begun, and offer to read the files again where something has changed them."""
        if self.shown_on and self.shown_on != self.today:
            self.reload()
        if any(map(self.journal.changed_outside, schema.TABLES)):
            self.news.say(OUTSIDE, "plain", self._again("Show it"))


def shown_if(widget: widgets.DOMWidget, is_shown: bool) -> None:
    """Show a widget or take it off the screen."""
    widget.layout.display = "" if is_shown else "none"


def noted(row: dict) -> dict:
    """Return a suggestion as a follow-up."""
    values = {"id": row["follow_up_id"], "interview_id": row["interview_id"], "contact_id": row["contact_id"]}
    values |= {"kind": row["kind"], "due_on": row["due_on"]}
    return {name: value for name, value in values.items() if not schema.is_missing(value) and value != ""}


def people_rows(people) -> list[tuple]:
    """Return the people by company, each company named once."""
    rows, before = [], None
    for row in people.to_dict("records"):
        who = ", ".join(word for word in (row["name"] or "name not noted", row["role"]) if word)
        following = f"{row['next_step']}, {unbroken(row['next_on'])}" if row["next_step"] else ""
        company = row["company"] if row["company"] != before else ""
        rows.append((company, who, unbroken(row["last_contact_on"]), following))
        before = row["company"]
    return rows


def unbroken(when) -> str:
    """Return a day in words that stay on one line."""
    return day(when).replace(" ", "\N{NO-BREAK SPACE}")


def person_words(row: dict) -> str:
    """Return a person as a choice."""
    return ", ".join(word for word in (row["name"], row["company"]) if word)


def percent(share: float) -> str:
    """Return a share as people say it, nothing for none."""
    return "" if schema.is_missing(share) else f"{100 * share:.0f}%"


def topic_row(row: dict) -> tuple:
    """Return one topic in words."""
    limits = f"{percent(row['ci_low'])} to {percent(row['ci_high'])}"
    topic = f"{row['topic']} (more often than the others)" if row["flagged"] else row["topic"]
    return topic, f"{row['badly']} of {row['n']}", limits, f"{row['others_badly']} of {row['others_n']}"


def focus_row(row: dict) -> tuple:
    """Return how the focus went before or since, in words."""
    limits = f"{percent(row['ci_low'])} to {percent(row['ci_high'])}" if row["n"] else ""
    return row["period"], row["n"], row["done"], percent(row["rate"]), limits

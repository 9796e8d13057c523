"""Which behaviors line up with callbacks: the picture, and the story of one behavior."""

import ipywidgets as widgets

from interview_kit import charts, next_steps, patterns, schema, studies
from interview_kit.journal import Journal
from interview_kit.widgets import panel
from interview_kit.widgets.changes import Changes
from interview_kit.widgets.filtered import FilteredPanel, focus_of, is_only_read
from interview_kit.widgets.picture import Picture

SHOWN_INTERVIEWS = 12
ALL_TOGETHER = ("all together", "")
STARTS = "Your one question starts {anew}today: only interviews from now on count for it."
WITH_WITHOUT = {"yes/no": ("With it", "Without it", "Did it"), "rating": ("Rated 4 or 5", "Rated 1 to 3", "Rated")}


class PatternExplorer(FilteredPanel):
    """The pattern study of a journal: filters, the answer in a sentence, the picture, its table and one story.

    Parameters
    ----------
    journal : Journal
        Whose interviews are compared.

    Attributes
    ----------
    table : pandas.DataFrame
        The comparison that is shown.
    behavior : Dropdown
        The dropdown whose story is told.

    Examples
    --------
    In a notebook::

        ik.PatternExplorer(ik.Journal())
    """

    notebook = "2_patterns"

    def __init__(self, journal: Journal):
        super().__init__(journal)
        self.within = widgets.Dropdown(description="Compare", options=[ALL_TOGETHER])
        panel.on_change(self.refresh, self.within)
        self.with_late = widgets.Checkbox(indent=False)
        self.late: str | None = None  # until someone ticks it, late debriefs are shown where there is nothing else
        self.with_late.observe(self._choose_late, "value")
        self.answer, self.fine_print = widgets.HTML(), widgets.HTML()
        self.picture, self.missing = Picture(self._clicked), widgets.HTML()
        self.table_view = widgets.HTML()
        self.whole_table = panel.folded("The numbers as a table", self.table_view)
        self.behavior = widgets.Dropdown(description="Tell me more about", options=[("choose a behavior", "")])
        panel.on_change(self._choose, self.behavior)
        self.question = widgets.HTML()
        self.question_section = panel.section("Your one question", self.question)
        self.story = panel.classed(widgets.HTML(), "ik-story")
        self.message = Changes(journal, self.reload)
        self.focus_button = panel.button("Work on this one next", self.choose_focus, look="primary")
        self.show(
            panel.heading("What lines up with callbacks?", level=2),
            self.news,
            self.filter_bar(self.within),
            self.with_late,
            self.answer,
            self.missing,
            self.picture,
            self.fine_print,
            self.whole_table,
            self.question_section,
            panel.section("One behavior", self.behavior, self.story, panel.bar(self.focus_button), self.message),
        )
        self.begin()

    def read(self) -> bool:
        """Read the records, and offer the groups within which one can compare."""
        done = super().read()
        groups = [(f"within a {name}", name) for name in studies.groups_offered(self.records)]
        panel.offer(self.within, [ALL_TOGETHER, *groups])
        return done

    def draw(self) -> None:
        """Compare the behaviors of the chosen interviews and show the answer."""
        self.study = studies.behaviors(
            self.frame, self.as_of, self.within.value or None, late=self.late, is_part=self.is_filtered
        )
        self.table = self.study.table
        self._offer_late()
        self.answer.value = panel.paragraph(self.study.sentence, "ik-answer")
        numbers = panel.html_table(self.study.columns, self.study.rows) if self.study.rows else ""
        noted = panel.paragraph(self.study.note) + numbers
        few = self.study.plot is None or self.table.empty
        for whole in (self.picture, self.whole_table):
            panel.set_visible(whole, not few)
        self.table_view.value = "" if few else noted
        counted, *more = self.study.remarks
        self.missing.value = noted + panel.paragraphs(more) if few else ""
        self.fine_print.value = panel.paragraphs([counted] if few else self.study.remarks)
        self.theme_changed()
        self._show_question()
        self._offer_behaviors()

    def _show_question(self) -> None:
        """Show what is known of the one question that was chosen beforehand, by all interviews since."""
        text = studies.question(self.records, focus_of(self.journal), self.journal.focus_since(), self.as_of)
        self.question.value = panel.paragraph(text)
        panel.set_visible(self.question_section, bool(text))

    def _offer_late(self) -> None:
        """Offer to bring in what was written down after its answer, where there is some."""
        attrs = self.table.attrs
        count = attrs["late_included"] + attrs["left_out"]["late"]
        panel.set_visible(self.with_late, count > 0)
        self.with_late.description = f"Bring in the {count:,} written down after the answer came"
        if self.late is None:
            self.with_late.value = attrs["late_included"] > 0

    def _choose_late(self, change: dict) -> None:
        """Bring in late debriefs or leave them out, where that is not what is shown already."""
        if change["new"] != (self.table.attrs["late_included"] > 0):
            self.late = patterns.INCLUDE if change["new"] else patterns.LEAVE_OUT
            self.refresh()

    @property
    def shown_late(self) -> str:
        """What becomes of late debriefs in the table that is shown."""
        return patterns.INCLUDE if self.table.attrs["late_included"] else patterns.LEAVE_OUT

    def theme_changed(self) -> None:
        """Draw the picture in the colors of the page."""
        self.picture.show(charts.plot_behaviors, self.table, dark=self.dark)

    def _offer_behaviors(self) -> None:
        """Offer the behaviors of the table, and show the story of the one that is chosen."""
        names = ((schema.label(name), name) for name in self.table["behavior"])
        panel.offer(self.behavior, [("choose a behavior", ""), *names])
        self._show_story()

    def _clicked(self, trace, point: int) -> None:
        if trace.mode == "markers":
            self.behavior.value = self.table["behavior"].iloc[point]

    # The story of one behavior.

    def _choose(self) -> None:
        self.message.clear()
        self._show_story()

    def _show_story(self) -> None:
        """Show the story of the behavior that is chosen."""
        name = self.behavior.value
        focus = focus_of(self.journal) if name.startswith("did_") else ""
        can_choose = name.startswith("did_") and name != focus and not is_only_read(self.journal)
        panel.set_visible(self.focus_button, can_choose)
        if not name:
            click = ", or click it in the picture" if self.picture.layout.display != "none" else ""
            self.story.value = panel.paragraph(f"Choose one above{click}.")
            return
        row = self.table[self.table["behavior"] == name].iloc[0]
        column = "person" if "person" in self.table.attrs["by"] else "stage"  # people are never mixed within a stage
        groups = patterns.by_group(self.frame, name, column, as_of=self.as_of, late=self.shown_late)
        yes, no, done = WITH_WITHOUT[row["kind"]]
        group_columns = (column.capitalize(), yes, no, "Difference", "Plausible range")
        self.story.value = "".join(
            [
                panel.paragraphs([row["sentence"], needed_words(row, self.table.attrs["compared"])]),
                self._progress(name) if name == focus else "",
                chapter(f"{column.capitalize()} by {column}"),
                panel.html_table(group_columns, map(group_row, groups.to_dict("records"))),
                chapter("What travels with it", travel_words(self.frame, list(self.table["behavior"]), name)),
                chapter("The interviews behind it", behind_words(self.frame, name)),
                panel.html_table(
                    (*["Person"] * self.has_several, "Date", "Company", "Stage", done, "Called back"),
                    self._interviews_behind(name),
                ),
            ]
        )

    def _interviews_behind(self, name: str) -> list[tuple]:
        """Return the newest interviews in which the behavior was noted."""
        days = self.frame["interviewed_on"][self.frame[name].notna()]
        newest = days.sort_values(ascending=False, kind="stable").index[:SHOWN_INTERVIEWS]
        called = patterns.called_back(self.frame, as_of=self.as_of, late=self.shown_late)
        rows = self.frame.loc[newest].iterrows()
        return [(*[row["person"]] * self.has_several, *interview_row(row, name, called.loc[at])) for at, row in rows]

    def _progress(self, name: str) -> str:
        """Return how it goes since it was chosen to be worked on."""
        progress = next_steps.focus_progress(self.frame, name, as_of=self.as_of)
        return chapter("This is what you work on", progress.attrs.get("sentence", ""))

    def choose_focus(self) -> None:
        """Make the behavior the focus that the next debrief asks about."""
        name, before, since = self.behavior.value, focus_of(self.journal), self.journal.focus_since()
        starts = STARTS.format(anew="anew " if before else "")
        text = f"The next debrief asks about it first: {schema.label(name).lower()}. {starts}"
        back = lambda: self.journal.choose_focus(before, since=since)  # noqa: E731
        self.message.do(lambda: self.journal.choose_focus(name), text, back=back)

    def _changed(self, what: str) -> None:
        super()._changed(what)
        if what == "settings":
            self._show_question()
            self._show_story()


def chapter(title: str, below: str = "") -> str:
    """Return a heading inside a story, with a line below it."""
    return panel.markup("<h4>{title}</h4>", title=title) + panel.paragraph(below)


def group_row(row: dict) -> tuple:
    """Return a group's row, in words."""
    return (row["group"], *studies.counts_with_and_without(row), *studies.difference(row))


def needed_words(row, compared: int) -> str:
    """Return how many interviews it would take to tell."""
    if schema.is_missing(row["needed"]):
        return ""
    one, noted = patterns.interviews_needed(0.2), int(row["n_with"] + row["n_without"])
    among = f"about {int(row['needed']):,} interviews among {compared:,} behaviors, {one:,} for one question"
    return f"A difference of 20 points shows in {among}; {noted:,} are noted so far."


def travel_words(frame, behaviors: list[str], name: str) -> str:
    """Return which behaviors cannot be told apart from this one."""
    pairs = patterns.behavior_pairs(frame, behaviors=behaviors)
    sentences = pairs["sentence"][(pairs["behavior"] == name) | (pairs["other"] == name)]
    return " ".join(sentences) if len(sentences) else "No other behavior mostly comes or stays away with it."


def behind_words(frame, name: str) -> str:
    """Return how many interviews have the behavior noted."""
    noted = int(frame[name].notna().sum())
    shown = f"; the newest {SHOWN_INTERVIEWS} are shown" if noted > SHOWN_INTERVIEWS else ""
    return f"It is noted in {noted:,} of {len(frame):,}{shown}."


def interview_row(row, name: str, called) -> tuple:
    """Return one interview of a story, in words."""
    did = row[name]
    done = str(did) if name.startswith("rated_") else "yes" if did else "no"
    date = "no date" if schema.is_missing(row["interviewed_on"]) else f"{row['interviewed_on']:%Y-%m-%d}"
    stage = "" if schema.is_missing(row["stage"]) else row["stage"]
    return (date, row["company"], stage, done, "left out" if schema.is_missing(called) else "yes" if called else "no")

"""What the kit says to each question: title, sentence, tidy table, its rows in words, chart.

The panels and the report ask here, so that they say the same.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

import pandas as pd

from interview_kit import charts, next_steps, patterns, trends
from interview_kit.words import listed, percent, plausible, plural, points, span

DASH = "\N{EN DASH}"
SHOWN_DAYS = 12
SHOWN_PAIRS = 5
SHOWN_INTERVIEWS = 12
YES_NO = ("no", "yes")
WITH_WITHOUT = {"yes/no": ("With it", "Without it", "Did it"), "rating": ("Rated 4 or 5", "Rated 1 to 3", "Rated")}
Cells = dict[str, Callable[[dict], str]]  # what a table in words says of each row, by the names of its columns
WITHIN = (
    "The differences are within the same {by}: only interviews of the same {by} are compared with each other. "
    "So they need not be what the counts beside them give, which are of all interviews together."
)


class Rows(NamedTuple):
    """A table in words: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]

    @classmethod
    def of(cls, cells: Cells, rows: Iterable[dict]) -> "Rows":
        """Return some rows of a table in words."""
        return cls(tuple(cells), [tuple(cell(row) for cell in cells.values()) for row in rows])


class Study(NamedTuple):
    """One question: its name (also of its files), its title, its answer, the tidy table, its rows in words, its chart.

    The remarks stand between chart and table, the note right above the table's first row. There is no chart where
    there is not enough to draw.
    """

    name: str
    title: str
    sentence: str
    table: pd.DataFrame
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    remarks: tuple[str, ...]
    plot: Callable | None
    note: str = ""

    @property
    def label(self) -> str:
        """What it is about, in two or three words."""
        return SHOWN[self.name][0]

    @classmethod
    def of(
        cls, name: str, table: pd.DataFrame, cells: Cells, shown: Iterable[dict] | None = None, **more: Any
    ) -> "Study":
        """Return a study of all rows of a table, or those `shown`, as it usually is where `more` says nothing else."""
        _, title, plot = SHOWN[name]
        columns, rows = Rows.of(cells, table.to_dict("records") if shown is None else shown)
        usual: dict[str, Any] = {"title": title, "sentence": table.attrs.get("sentence"), "remarks": (), "plot": plot}
        return cls(name=name, table=table, columns=columns, rows=rows, **usual | more)


def studies(
    frame: pd.DataFrame, as_of: date | None, names: Iterable[str], focus: str | None = None, since: date | None = None
) -> list[Study]:
    """Return the studies of these names, in the order of `QUESTIONS`; one without a subject is left out.

    `focus` is the behavior that is worked on, `since` the day on which it was chosen; by default as the interviews say.
    """
    wanted = set(names)
    questions = QUESTIONS | {"habit": partial(worked_on, behavior=focus, since=since)}
    conversion: Any = trends.stage_conversion(frame, as_of=as_of) if wanted & {*OF_CONVERSION} else None
    found = [
        OF_CONVERSION[name](conversion) if name in OF_CONVERSION else question(frame, as_of)
        for name, question in questions.items()
        if name in wanted
    ]
    return [study for study in found if study]


def without_sentence(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table for a chart below its sentence, which need not say it again."""
    copy = table.copy()
    copy.attrs = {name: value for name, value in table.attrs.items() if name not in ("sentence", "trend")}
    return copy


def behaviors_so_far(
    frame: pd.DataFrame,
    as_of: date | None,
    by: str | None = None,
    *,
    late: str | None = None,
    is_part: bool = False,
) -> pd.DataFrame:
    """Return the table of `compare_behaviors` as panels, Home and reports show it, looked at again and again.

    What was written down after its answer is left out or included as `late` says; where that is None it is included
    only where there is nothing else to show. A part of the interviews, chosen while looking, is not judged.
    """
    looks: tuple[int, ...] = () if is_part else patterns.LOOKS
    options: dict[str, Any] = {"by": by, "as_of": as_of, "looks": looks}
    table = patterns.compare_behaviors(frame, late=late or patterns.LEAVE_OUT, **options)
    if late is None and patterns.too_few(table) and table.attrs["left_out"]["late"]:
        return patterns.compare_behaviors(frame, late=patterns.INCLUDE, **options)
    return table


def behaviors_sentence(frame: pd.DataFrame, as_of: date | None) -> str:
    """Return the sentences about behaviors so far, the best bet first."""
    return behaviors_so_far(frame, as_of).attrs["sentence"]


def behaviors(frame: pd.DataFrame, as_of: date | None, by: str | None = None, **options: Any) -> Study:
    """Return the study of which behaviors line up with callbacks, or what it still takes to say so."""
    table = behaviors_so_far(frame, as_of, by, **options)
    fine_print = " ".join(filter(None, (patterns.fine_print(table), patterns.repeats_sentence(frame))))
    if patterns.too_few(table):
        return first_behaviors(table, fine_print)
    by = " and ".join(str(name) for name in table.attrs["by"])
    cells = {"Behavior": charts.label} | with_and_without() | difference(by) | {"Verdict": itemgetter("verdict")}
    remarks = tuple(filter(None, (fine_print, patterns.never_noted(table), *other_explanations(frame, table, as_of))))
    return Study.of("behaviors", table, cells, remarks=remarks, note=WITHIN.format(by=by) if by else "")


def other_explanations(frame: pd.DataFrame, table: pd.DataFrame, as_of: date | None) -> Iterator[str]:
    """Yield what else could explain what lines up, where nothing was compared within groups: stage, source, time."""
    flagged = table[table["verdict"].isin(patterns.LINING_UP)]["behavior"].tolist()
    if not flagged or table.attrs["by"]:
        return
    for group in groups_offered(frame):
        within = behaviors_so_far(frame, as_of, group)
        left = set(within[within["verdict"].isin(patterns.LINING_UP)]["behavior"])
        gone = [behavior for behavior in flagged if behavior not in left]
        yield from named(f"Within the same {group} it no longer stands out: {{}}.", gone)
    if "interviewed_on" in frame.columns and trends.is_clear(trends.outcome_trend(frame, as_of=as_of)):
        moved = [name for name in flagged if trends.is_clear(trends.habit_trend(frame, name))]
        yield from named("Both callbacks and this changed over time, which may explain it: {}.", moved)


def groups_offered(frame: pd.DataFrame) -> list[str]:
    """Return within which groups one can compare: the stage, and the source where two kinds of it are noted."""
    noted = {name: set(frame[name].dropna().unique()) - {""} for name in ("stage", "source") if name in frame.columns}
    return [name for name, kinds in noted.items() if name == "stage" or len(kinds) > 1]


def named(sentence: str, behaviors: list[str]) -> Iterator[str]:
    """Yield a sentence with the labels of some behaviors, where there are any."""
    if behaviors:
        yield sentence.format(listed(charts.label({"behavior": name}).lower() for name in behaviors))


def behaviors_and_pairs(frame: pd.DataFrame, as_of: date | None) -> Study:
    """Return the study of behaviors for a report, with those that mostly come together."""
    study = behaviors(frame, as_of)
    if study.plot is None:
        return study
    together = list(patterns.behavior_pairs(frame, behaviors=list(study.table["behavior"]))["sentence"])
    more = len(together) - SHOWN_PAIRS
    together[SHOWN_PAIRS:] = [f"{plural(more, 'more pair')} like these."] if more > 0 else []
    return study._replace(remarks=(*study.remarks, *together))


def first_behaviors(table: pd.DataFrame, fine_print: str) -> Study:
    """Return the study of what was noted so far and what is missing, without a chart of nothing."""
    noted = table[(table["n_with"] + table["n_without"]) > 0].to_dict("records")
    cells = {"Behavior": charts.label} | with_and_without() | {"Still missing": patterns.still_missing}
    remarks = tuple(filter(None, (fine_print, patterns.never_noted(table))))
    note = called_back_words(table) if noted else ""
    return Study.of("behaviors", table, cells, noted, remarks=remarks, plot=None, note=note)


def called_back_words(table: pd.DataFrame) -> str:
    """Return the note that says what a table of behaviors counts."""
    rated = " A rating of 4 or 5 counts as with it." if (table["kind"] == "rating").any() else ""
    return f"Called back within {table.attrs['within_days']} days, of the interviews with it and without it.{rated}"


def with_and_without(with_it: str = "With it", without: str = "Without it") -> Cells:
    """Return the counts of callbacks with a behavior and without it."""
    return {
        with_it: lambda row: f"{row['callbacks_with']:,} of {row['n_with']:,}",
        without: lambda row: f"{row['callbacks_without']:,} of {row['n_without']:,}",
    }


def difference(within: str = "") -> Cells:
    """Return a difference in points, and its range; those within groups where these are named."""
    names = ("adjusted_difference", "adjusted_low", "adjusted_high") if within else ("difference", "ci_low", "ci_high")
    found, low, high = names
    return {
        f"Difference within {within}" if within else "Difference": lambda row: points(row[found]),
        "Plausible range": lambda row: span(points(row[low]), points(row[high])),
    }


# One behavior


class Details(NamedTuple):
    """What there is to say of one behavior: sentences, the groups one by one, its pairs, the interviews behind it."""

    sentences: list[str]
    groups: Rows
    pairs: str
    noted: str
    interviews: Rows


def behavior_details(
    frame: pd.DataFrame, table: pd.DataFrame, behavior: str, as_of: date | None, *, late: str = patterns.LEAVE_OUT
) -> Details:
    """Return the details of a behavior in a table of `compare_behaviors`, from the interviews that the table is of."""
    row = table[table["behavior"] == behavior].iloc[0]
    with_it, without, done = WITH_WITHOUT[row["kind"]]
    called = patterns.called_back(frame, as_of=as_of, late=late)
    noted, behind = noted_words(frame, behavior), interviews_behind(frame, behavior, done, called)
    if not row["n_with"] + row["n_without"]:
        return Details([row["sentence"], patterns.first_look(row)], Rows((), []), "", noted, behind)
    group = "person" if "person" in table.attrs["by"] else "stage"  # people are never mixed within a stage
    groups = patterns.by_group(frame, behavior, group, as_of=as_of, late=late)
    cells = {group.capitalize(): itemgetter("group")} | with_and_without(with_it, without) | difference()
    return Details(
        [row["sentence"], needed_words(row, table.attrs["compared"])],
        Rows.of(cells, groups.to_dict("records")),
        pair_words(frame, list(table["behavior"]), behavior),
        noted,
        behind,
    )


def needed_words(row: pd.Series, compared: int) -> str:
    """Return how many interviews it would take to tell; nothing where that is not asked."""
    if pd.isna(row["needed"]):
        return ""
    one, noted = patterns.interviews_needed(0.2), int(row["n_with"] + row["n_without"])
    among = f"about {int(row['needed']):,} interviews among {compared:,} behaviors, {one:,} for one question"
    return f"A difference of 20 points shows in {among}; {noted:,} are noted so far."


def pair_words(frame: pd.DataFrame, behaviors: list[str], behavior: str) -> str:
    """Return which behaviors cannot be told apart from one."""
    pairs = patterns.behavior_pairs(frame, behaviors=behaviors)
    sentences = pairs["sentence"][(pairs["behavior"] == behavior) | (pairs["other"] == behavior)]
    return " ".join(sentences) if len(sentences) else "No other behavior mostly comes or stays away with it."


def noted_words(frame: pd.DataFrame, behavior: str) -> str:
    """Return in how many interviews a behavior is noted."""
    noted = int(frame[behavior].notna().sum())
    shown = f"; the newest {SHOWN_INTERVIEWS} are shown" if noted > SHOWN_INTERVIEWS else ""
    return f"It is noted in {noted:,} of {len(frame):,}{shown}."


def interviews_behind(frame: pd.DataFrame, behavior: str, done: str, called: pd.Series) -> Rows:
    """Return the newest interviews in which a behavior is noted, with whether it was `done` and whether they called."""
    several = len(next_steps.named_people(frame)) > 1
    days = frame["interviewed_on"][frame[behavior].notna()]
    newest = days.sort_values(ascending=False, kind="stable").index[:SHOWN_INTERVIEWS]
    columns = (*["Person"] * several, "Date", "Company", "Stage", done, "Called back")
    rows = frame.loc[newest].iterrows()
    return Rows(columns, [(*[row["person"]] * several, *noted_row(row, behavior, called.loc[at])) for at, row in rows])


def noted_row(row: pd.Series, behavior: str, called: Any) -> tuple[str, ...]:
    """Return an interview in which a behavior is noted, in words."""
    noted = row[behavior]
    done = str(noted) if behavior.startswith("rated_") else YES_NO[bool(noted)]
    on = "no date" if pd.isna(row["interviewed_on"]) else f"{row['interviewed_on']:%Y-%m-%d}"
    stage = "" if pd.isna(row["stage"]) else row["stage"]
    return on, row["company"], stage, done, "left out" if pd.isna(called) else YES_NO[bool(called)]


def trend(frame: pd.DataFrame, as_of: date | None, freq: str | None = None) -> Study:
    """Return the study of callbacks over time."""
    table = trends.outcome_trend(frame, freq=freq, as_of=as_of)
    cells = PERIOD | {"Called back": count("callbacks")} | RATE | {"Pending": count("pending")}
    sentence, remarks = table.attrs["trend"]["sentence"], (trends.what_counts(table.attrs["within_days"]),)
    return Study.of("trend", table, cells, sentence=sentence, remarks=remarks)


def stages_of(table: pd.DataFrame) -> Study:
    """Return the study of who goes on from each stage, of a table of `stage_conversion`."""
    moved = {"Moved on": count("callbacks"), "Did not": count("not_called_back")}
    cells = {"Stage": itemgetter("stage"), "Interviews": count("n")} | moved | RATE | {"Pending": count("pending")}
    return Study.of("stages", table, cells, remarks=(trends.what_counts(table.attrs["within_days"]),))


def paths_of(table: pd.DataFrame) -> Study:
    """Return the ways from stage to stage, of a table of `stage_conversion`."""
    found = pd.DataFrame(table.attrs["paths"], columns=["source", "target", "count"])
    found.attrs = dict(table.attrs)
    chains, reached = (table.attrs["applications"][name] for name in ("chains", "reached_interview"))
    jobs = f"Of {plural(chains, 'job')} applied for, {reached:,} led to an interview."
    cells = {"From": itemgetter("source"), "To": itemgetter("target"), "Interviews": count("count")}
    sentence = jobs if chains else "There is no path to show yet."
    remarks = ("Rounds at one company for one role are one path.",)
    return Study.of("paths", found, cells, sentence=sentence, remarks=remarks)


def waiting(frame: pd.DataFrame, as_of: date | None) -> Study:
    """Return the study of how long answers take, and whether one may still come."""
    table = trends.waiting_curve(frame, as_of=as_of)
    rows = [] if trends.shows_little(table) else table.to_dict("records")
    step = -(-len(rows) // SHOWN_DAYS) or 1
    shown = rows[::step] + (rows[-1:] if (len(rows) - 1) % step else [])
    cells = {"Days after": count("day"), "Still open": count("at_risk"), "Called back": share("callback")}
    cells |= {"Closed": share("closed"), "Waiting": share("waiting"), "May still call": share("still_possible")}
    skipped = ("The table shows some of the days.",) if step > 1 else ()
    without_chart: dict[str, Any] = {} if rows else {"plot": None}
    return Study.of("waiting", table, cells, shown, remarks=skipped, **without_chart)


def open_interviews(frame: pd.DataFrame, as_of: date | None, most: int) -> Rows:
    """Return the interviews without an answer in words, the likeliest first, at most so many."""
    table = trends.pending_chances(frame, as_of=as_of)
    found = table.sort_values(["chance", "days_silent"], ascending=[False, True], kind="stable")[:most]
    several = len(next_steps.named_people(frame)) > 1
    whose = dict(zip(frame["id"], frame["person"], strict=True)) if several else {}
    cells: Cells = {"Person": lambda row: whose[row["id"]]} if several else {}
    cells |= {"Company": itemgetter("company"), "Stage": itemgetter("stage")}
    cells |= {"Days of silence": silence, "What the records say": itemgetter("sentence")}
    return Rows.of(cells, found.to_dict("records"))


def silence(row: dict) -> str:
    """Return how many days an interview has waited for an answer."""
    return "" if pd.isna(row["days_silent"]) else f"{row['days_silent']:,}"


def waiting_and_open(frame: pd.DataFrame, as_of: date | None) -> Study:
    """Return the study of waiting for a report, with the open interviews, and where the days are that it leaves out."""
    study = waiting(frame, as_of)
    still_open = trends.pending_chances(frame, as_of=as_of).attrs["sentence"]
    left_out = ("The table shows some of the days; all of them are in the file tables/waiting.csv.",)
    return study._replace(remarks=(still_open, *(left_out if study.remarks else ())))


def worked_on(
    frame: pd.DataFrame, as_of: date | None, behavior: str | None = None, since: date | None = None
) -> Study | None:
    """Return how often the behavior that is worked on was done; None where nothing is, or nothing has a day."""
    if "interviewed_on" not in frame.columns:
        return None
    is_named = "focus" in frame.columns and behavior in set(frame["focus"])
    is_known = behavior in frame.columns and bool(is_named or since)
    chosen = (behavior, since) if is_known else (None, None)
    progress = next_steps.focus_progress(frame, chosen[0], since=chosen[1], as_of=as_of)
    behavior = progress.attrs["behavior"]
    if behavior not in frame.columns:
        return None
    asked = "" if progress.attrs["people"] > 1 else question(frame, behavior, since if is_known else None, as_of)
    return habit(frame, behavior)._replace(remarks=tuple(filter(None, (progress.attrs["sentence"], asked))))


def question(frame: pd.DataFrame, behavior: str, since: date | None, as_of: date | None) -> str:
    """Return the sentences about the one question that was chosen beforehand; empty where none can be asked yet.

    Where the day is not known on which it was chosen, the interviews that name it as their focus say it.
    """
    if behavior not in frame.columns or not behavior.startswith(("did_", "rated_")):
        return ""
    table = patterns.focus_question(frame, behavior, since=since, as_of=as_of, looks=patterns.LOOKS)
    return table.attrs["sentence"] if table.attrs["since"] else ""


def habit(frame: pd.DataFrame, behavior: str, freq: str | None = None) -> Study:
    """Return the study of a behavior over time."""
    table = trends.habit_trend(frame, behavior, freq=freq)
    return Study.of("habit", table, PERIOD | {"Did it": count("done")} | RATE)


def calibration(frame: pd.DataFrame, as_of: date | None) -> Study:
    """Return the study of whether guesses of a callback come true."""
    table = trends.chance_calibration(frame, as_of=as_of)
    cells = {
        "Guess": lambda row: f"{row['low']:.0f} to {row['high']:.0f}",
        "Interviews": count("n"),
        "Said on average": lambda row: f"{row['mean_guess']:.0f}",
        "Called back": count("callbacks"),
    }
    return Study.of("calibration", table, cells | RATE, remarks=(patterns.which_count(table.attrs),))


OF_CONVERSION = {"stages": stages_of, "paths": paths_of}  # both of one table of `stage_conversion`
QUESTIONS: dict[str, Callable[..., Study | None]] = {
    "behaviors": behaviors_and_pairs,
    "trend": trend,
    **OF_CONVERSION,
    "waiting": waiting_and_open,
    "habit": worked_on,
    "calibration": calibration,
}
SHOWN: dict[str, tuple[str, str, Callable]] = {  # label, title and chart
    "behaviors": ("Behaviors and callbacks", "Which behaviors line up with callbacks?", charts.plot_behaviors),
    "trend": ("Callbacks over time", "Do callbacks come more often?", charts.plot_trend),
    "stages": ("Stages", "Where do interviews get stuck?", charts.plot_stages),
    "paths": ("Paths from stage to stage", "Which paths did they take?", charts.plot_paths),
    "waiting": ("Waiting for answers", "How long do answers take?", charts.plot_waiting),
    "habit": ("The habit worked on", "Is the habit changing?", charts.plot_habit),
    "calibration": ("Guesses", "Do guesses come true?", charts.plot_calibration),
}
LABELS = {name: label for name, (label, *_) in SHOWN.items()}


# Values in words


def count(name: str) -> Callable[[dict], str]:
    """Return the cell that says a count of a row."""
    return lambda row: f"{int(row[name]):,}"


def share(name: str) -> Callable[[dict], str]:
    """Return the cell that says a fraction of a row in percent."""
    return lambda row: percent(row[name])


def period(row: dict) -> str:
    """Return the first and the last day of a period."""
    first, last = (f"{row[name]:%Y-%m-%d}" for name in ("start", "end"))
    return first if first == last else f"{first} {DASH} {last}"


PERIOD: Cells = {"Period": period, "Interviews": count("n")}
RATE: Cells = {"Rate": share("rate"), "Plausible range": plausible}

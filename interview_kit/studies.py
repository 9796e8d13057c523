"""What the kit says to each question: title, sentence, tidy table, its rows in words, chart.

The panels and the report ask here, so that they say the same.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
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
PERIOD = ("Period", "Interviews")
RATE = ("Rate", "Plausible range")
WITHIN = (
    "The differences are within the same {by}: only interviews of the same {by} are compared with each other. "
    "So they need not be what the counts beside them give, which are of all interviews together."
)


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
        cls, name: str, table: pd.DataFrame, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], **more: Any
    ) -> "Study":
        """Return a study with the title, the sentence and the chart that it has where `more` names no others."""
        _, title, plot = SHOWN[name]
        usual: dict[str, Any] = {"title": title, "sentence": table.attrs.get("sentence"), "remarks": (), "plot": plot}
        return cls(name=name, table=table, columns=columns, rows=[*rows], **usual | more)


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
    difference = f"Difference within {by}" if by else "Difference"
    columns = ("Behavior", "With it", "Without it", difference, "Plausible range", "Verdict")
    remarks = tuple(filter(None, (fine_print, patterns.never_noted(table), *other_explanations(frame, table, as_of))))
    note = WITHIN.format(by=by) if by else ""
    rows = (behavior_row(row, within=bool(by)) for row in table.to_dict("records"))
    return Study.of("behaviors", table, columns, rows, remarks=remarks, note=note)


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
    rows = [(charts.label(row), *with_and_without(row), patterns.still_missing(row)) for row in noted]
    remarks = tuple(filter(None, (fine_print, patterns.never_noted(table))))
    columns, note = ("Behavior", "With it", "Without it", "Still missing"), called_back_words(table) if noted else ""
    return Study.of("behaviors", table, columns, rows, remarks=remarks, plot=None, note=note)


def called_back_words(table: pd.DataFrame) -> str:
    """Return the note that says what a table of behaviors counts."""
    rated = " A rating of 4 or 5 counts as with it." if (table["kind"] == "rating").any() else ""
    return f"Called back within {table.attrs['within_days']} days, of the interviews with it and without it.{rated}"


def behavior_row(row: dict, *, within: bool) -> tuple[str, ...]:
    """Return a behavior in words: what is called back with it and without, and the difference in points.

    Where it was compared `within` the same person, stage or source, the difference is that one, empty where there is
    none to compare.
    """
    names = ("adjusted_difference", "adjusted_low", "adjusted_high") if within else ("difference", "ci_low", "ci_high")
    return charts.label(row), *with_and_without(row), *difference(row, names), row["verdict"]


def with_and_without(row: dict) -> tuple[str, str]:
    """Return the counts of callbacks with a behavior and without it, in words."""
    with_it, without = (f"{row[f'callbacks_{group}']:,} of {row[f'n_{group}']:,}" for group in ("with", "without"))
    return with_it, without


def difference(row: dict, names: tuple[str, str, str] = ("difference", "ci_low", "ci_high")) -> tuple[str, str]:
    """Return a difference in points, and its range."""
    found, low, high = (points(row[name]) for name in names)
    return found, span(low, high)


# One behavior


class Rows(NamedTuple):
    """A table in words: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


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
    columns = (group.capitalize(), with_it, without, "Difference", "Plausible range")
    return Details(
        [row["sentence"], needed_words(row, table.attrs["compared"])],
        Rows(columns, [(row["group"], *with_and_without(row), *difference(row)) for row in groups.to_dict("records")]),
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
    several = are_several(frame)
    days = frame["interviewed_on"][frame[behavior].notna()]
    newest = days.sort_values(ascending=False, kind="stable").index[:SHOWN_INTERVIEWS]
    columns = (*["Person"] * several, "Date", "Company", "Stage", done, "Called back")
    rows = frame.loc[newest].iterrows()
    return Rows(columns, [(*[row["person"]] * several, *noted_row(row, behavior, called.loc[at])) for at, row in rows])


def are_several(frame: pd.DataFrame) -> bool:
    """Say whether interviews are of several people, by their names."""
    return len(set(frame["person"].dropna().unique()) - {""}) > 1


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
    columns = (*PERIOD, "Called back", *RATE, "Pending")
    rows = (
        (period(row), *counts(row, "n", "callbacks"), *rate(row), *counts(row, "pending"))
        for row in table.to_dict("records")
    )
    sentence, remarks = table.attrs["trend"]["sentence"], (trends.what_counts(table.attrs["within_days"]),)
    return Study.of("trend", table, columns, rows, sentence=sentence, remarks=remarks)


def stages_of(table: pd.DataFrame) -> Study:
    """Return the study of who goes on from each stage, of a table of `stage_conversion`."""
    columns = ("Stage", "Interviews", "Moved on", "Did not", *RATE, "Pending")
    rows = (
        (row["stage"], *counts(row, "n", "callbacks", "not_called_back"), *rate(row), *counts(row, "pending"))
        for row in table.to_dict("records")
    )
    return Study.of("stages", table, columns, rows, remarks=(trends.what_counts(table.attrs["within_days"]),))


def paths_of(table: pd.DataFrame) -> Study:
    """Return the ways from stage to stage, of a table of `stage_conversion`."""
    found = pd.DataFrame(table.attrs["paths"], columns=["source", "target", "count"])
    found.attrs = dict(table.attrs)
    chains, reached = (table.attrs["applications"][name] for name in ("chains", "reached_interview"))
    jobs = f"Of {plural(chains, 'job')} applied for, {reached:,} led to an interview."
    rows = ((path["source"], path["target"], *counts(path, "count")) for path in table.attrs["paths"])
    sentence = jobs if chains else "There is no path to show yet."
    remarks = ("Rounds at one company for one role are one path.",)
    return Study.of("paths", found, ("From", "To", "Interviews"), rows, sentence=sentence, remarks=remarks)


def waiting(frame: pd.DataFrame, as_of: date | None) -> Study:
    """Return the study of how long answers take, and whether one may still come."""
    table = trends.waiting_curve(frame, as_of=as_of)
    rows = [] if trends.shows_little(table) else table.to_dict("records")
    step = -(-len(rows) // SHOWN_DAYS) or 1
    shown = rows[::step] + (rows[-1:] if (len(rows) - 1) % step else [])
    names = ("callback", "closed", "waiting", "still_possible")
    columns = ("Days after", "Still open", "Called back", "Closed", "Waiting", "May still call")
    told = ((*counts(row, "day", "at_risk"), *(percent(row[name]) for name in names)) for row in shown)
    skipped = ("The table shows some of the days.",) if step > 1 else ()
    without_chart: dict[str, Any] = {} if rows else {"plot": None}
    return Study.of("waiting", table, columns, told, remarks=skipped, **without_chart)


def open_interviews(frame: pd.DataFrame, as_of: date | None, most: int) -> Rows:
    """Return the interviews without an answer in words, the likeliest first, at most so many."""
    table = trends.pending_chances(frame, as_of=as_of)
    found = table.sort_values(["chance", "days_silent"], ascending=[False, True], kind="stable")[:most]
    several = are_several(frame)
    whose = dict(zip(frame["id"], frame["person"], strict=True)) if several else {}
    rows = [(*([whose[row["id"]]] if several else ()), *open_row(row)) for row in found.to_dict("records")]
    return Rows((*["Person"] * several, "Company", "Stage", "Days of silence", "What the records say"), rows)


def open_row(row: dict) -> tuple[str, ...]:
    """Return an interview that waits for an answer, in words."""
    days = "" if pd.isna(row["days_silent"]) else f"{row['days_silent']:,}"
    return row["company"], row["stage"], days, row["sentence"]


def waiting_and_open(frame: pd.DataFrame, as_of: date | None) -> Study:
    """Return the study of waiting for a report, with the open interviews, and where the days are that it leaves out."""
    study = waiting(frame, as_of)
    still_open = trends.pending_chances(frame, as_of=as_of).attrs["sentence"]
    left_out = ("The table shows some of the days; all of them are in the file tables/waiting.csv.",)
    return study._replace(remarks=(still_open, *(left_out if study.remarks else ())))


def worked_on(
    frame: pd.DataFrame, as_of: date | None, behavior: str | None = None, since: date | None = None
) -> Study | None:
    """Return how often the behavior that is worked on was done; None where nothing is worked on."""
    is_named = "focus" in frame.columns and behavior in set(frame["focus"])
    is_known = behavior in frame.columns and bool(is_named or since)
    chosen = (behavior, None if is_named else since) if is_known else (None, None)
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
    rows = ((period(row), *counts(row, "n", "done"), *rate(row)) for row in table.to_dict("records"))
    return Study.of("habit", table, (*PERIOD, "Did it", *RATE), rows)


def calibration(frame: pd.DataFrame, as_of: date | None) -> Study:
    """Return the study of whether guesses of a callback come true."""
    table = trends.chance_calibration(frame, as_of=as_of)
    columns = ("Guess", "Interviews", "Said on average", "Called back", *RATE)
    rows = (
        (guess(row), *counts(row, "n"), f"{row['mean_guess']:.0f}", *counts(row, "callbacks"), *rate(row))
        for row in table.to_dict("records")
    )
    return Study.of("calibration", table, columns, rows, remarks=(patterns.which_count(table.attrs),))


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


def counts(row: dict, *names: str) -> Iterator[str]:
    """Yield some of a row's counts."""
    return (f"{int(row[name]):,}" for name in names)


def guess(row: dict) -> str:
    """Return a range of guesses."""
    return f"{row['low']:.0f} to {row['high']:.0f}"


def rate(row: dict) -> tuple[str, str]:
    """Return a rate and its plausible range."""
    return percent(row["rate"]), plausible(row)


def period(row: dict) -> str:
    """Return the first and the last day of a period."""
    first, last = (f"{row[name]:%Y-%m-%d}" for name in ("start", "end"))
    return first if first == last else f"{first} {DASH} {last}"

"""What a report says: for each question a sentence, a chart and a table."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from interview_kit import charts, next_steps, patterns, trends

if TYPE_CHECKING:
    import pandas as pd

MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
SHOWN_DAYS = 12
SHOWN_PAIRS = 5
PERIOD = ("Period", "Interviews")
RATE = ("Rate", "Plausible range")
BEHAVIORS = "Which behaviors line up with callbacks?"
WITHIN = (
    "The differences are within the same {by}: only interviews of the same {by} are compared with each other. "
    "So they need not be what the counts beside them give, which are of all interviews together."
)


class Section(NamedTuple):
    """One question: its name (also of its files), its answer, the tidy table, its rows in words, its chart.

    The remarks stand between chart and table, the note right above the table's first row. There is no chart where
    there is not enough to draw.
    """

    name: str
    title: str
    sentence: str
    table: "pd.DataFrame"
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    remarks: tuple[str, ...]
    plot: Callable | None
    note: str = ""

    @property
    def label(self) -> str:
        """What it is about, in two or three words."""
        return LABELS[self.name]


def sections(frame: "pd.DataFrame", as_of: date, names: Iterable[str]) -> list[Section]:
    """Return the sections of these names, in the order of `QUESTIONS`; one without a subject is left out."""
    wanted = set(names)
    found = [question(frame, as_of) for name, question in QUESTIONS.items() if name in wanted]
    return [section for section in found if section]


def behaviors(frame: "pd.DataFrame", as_of: date) -> Section:
    """Return which behaviors line up with callbacks, or what it still takes to say so."""
    table = patterns.compare_behaviors(frame, as_of=as_of)
    if len(table) and patterns.too_few(table):
        return first_behaviors(table)
    by = " and ".join(str(name) for name in table.attrs["by"])
    difference = f"Difference within {by}" if by else "Difference"
    columns = ("Behavior", "With it", "Without it", difference, "Plausible range", "Verdict")
    together = list(patterns.travel_together(frame, behaviors=list(table["behavior"]))["sentence"])
    more = len(together) - SHOWN_PAIRS
    together[SHOWN_PAIRS:] = [f"{more:,} more pair{'' if more == 1 else 's'} like these."] if more > 0 else []
    return Section(
        "behaviors",
        BEHAVIORS,
        patterns.headline(table),
        table,
        columns,
        [behavior_row(row, within=bool(by)) for row in table.to_dict("records")],
        (patterns.fine_print(table), *together),
        charts.plot_behaviors,
        WITHIN.format(by=by) if by else "",
    )


def first_behaviors(table: "pd.DataFrame") -> Section:
    """Return what was noted so far and what is missing, without a chart of nothing."""
    noted = table[(table["n_with"] + table["n_without"]) > 0].to_dict("records")
    return Section(
        "behaviors",
        BEHAVIORS,
        patterns.headline(table),
        table,
        ("Behavior", "With it", "Without it", "Still missing"),
        [(*behavior_row(row, within=False)[:3], patterns.still_missing(row)) for row in noted],
        (patterns.fine_print(table), patterns.never_noted(table)),
        None,
    )


def behavior_row(row: dict, *, within: bool) -> tuple[str, ...]:
    """Return a behavior in words: what is called back with it and without, and the difference in points.

    `within` is for several people: the difference within them, empty where there is none to compare.
    """
    with_it, without = (f"{row[f'callbacks_{group}']:,} of {row[f'n_{group}']:,}" for group in ("with", "without"))
    adjusted, seen = ("adjusted_difference", "adjusted_low", "adjusted_high"), ("difference", "ci_low", "ci_high")
    difference, low, high = (signed(row[name]) for name in (adjusted if within else seen))
    return charts.label(row), with_it, without, difference, low and f"{low} to {high}", row["verdict"]


def trend(frame: "pd.DataFrame", as_of: date) -> Section:
    """Return how callbacks change over time."""
    table = trends.outcome_trend(frame, as_of=as_of)
    return Section(
        "trend",
        "Do callbacks come more often?",
        table.attrs["trend"]["sentence"],
        table,
        (*PERIOD, "Called back", *RATE, "Pending"),
        [
            (period(row), *counts(row, "n", "callbacks"), *rate(row), *counts(row, "pending"))
            for row in table.to_dict("records")
        ],
        (trends.what_counts(table.attrs["within_days"]),),
        charts.plot_trend,
    )


def stages(frame: "pd.DataFrame", as_of: date) -> Section:
    """Return how many go on from each stage."""
    table = trends.stage_conversion(frame, as_of=as_of)
    return Section(
        "stages",
        "Where do interviews get stuck?",
        table.attrs["sentence"],
        table,
        ("Stage", "Interviews", "Moved on", "Did not", *RATE, "Pending"),
        [
            (row["stage"], *counts(row, "n", "callbacks", "not_called_back"), *rate(row), *counts(row, "pending"))
            for row in table.to_dict("records")
        ],
        (trends.what_counts(table.attrs["within_days"]),),
        charts.plot_stages,
    )


def paths(frame: "pd.DataFrame", as_of: date) -> Section | None:
    """Return the ways from stage to stage."""
    import pandas as pd

    table = trends.stage_conversion(frame, as_of=as_of)
    found = pd.DataFrame(table.attrs["paths"], columns=["source", "target", "count"])
    found.attrs = dict(table.attrs)
    chains, reached = (table.attrs["applications"][name] for name in ("chains", "reached_interview"))
    jobs = f"{chains:,} job{'' if chains == 1 else 's'}"
    return Section(
        "paths",
        "Which paths did they take?",
        f"Of {jobs} applied for, {reached:,} led to an interview." if chains else "There is no path to show yet.",
        found,
        ("From", "To", "Interviews"),
        [(path["source"], path["target"], *counts(path, "count")) for path in table.attrs["paths"]],
        ("Rounds at one company for one role are one path.",),
        charts.plot_paths,
    )


def waiting(frame: "pd.DataFrame", as_of: date) -> Section:
    """Return how long answers take, and whether one may still come."""
    table = trends.waiting_curve(frame, as_of=as_of)
    rows = table.to_dict("records")
    step = -(-len(rows) // SHOWN_DAYS) or 1
    shown = rows[::step] + (rows[-1:] if (len(rows) - 1) % step else [])
    names = ("callback", "closed", "waiting", "still_possible")
    skipped = ("The table shows some of the days; all of them are in the file tables/waiting.csv.",) if step > 1 else ()
    return Section(
        "waiting",
        "How long do answers take?",
        table.attrs["sentence"],
        table,
        ("Days after", "Still open", "Called back", "Closed", "Waiting", "May still call"),
        [(*counts(row, "day", "at_risk"), *(percent(row[name]) for name in names)) for row in shown],
        (trends.pending_chances(frame, as_of=as_of).attrs["sentence"], *skipped),
        charts.plot_waiting,
    )


def habit(frame: "pd.DataFrame", as_of: date) -> Section | None:
    """Return how often the behavior that is worked on was done; None where nothing is worked on."""
    progress = next_steps.focus_progress(frame, as_of=as_of)
    behavior = progress.attrs["behavior"]
    if behavior not in frame.columns:
        return None
    table = trends.habit_trend(frame, behavior)
    return Section(
        "habit",
        "Is the habit changing?",
        table.attrs["sentence"],
        table,
        (*PERIOD, "Did it", *RATE),
        [(period(row), *counts(row, "n", "done"), *rate(row)) for row in table.to_dict("records")],
        (progress.attrs["sentence"],),
        charts.plot_habit,
    )


def calibration(frame: "pd.DataFrame", as_of: date) -> Section:
    """Return whether guesses of a callback come true."""
    table = trends.chance_calibration(frame)
    return Section(
        "calibration",
        "Do guesses come true?",
        table.attrs["sentence"],
        table,
        ("Guess", "Interviews", "Said on average", "Called back", *RATE),
        [
            (guess(row), *counts(row, "n"), f"{row['said']:.0f}", *counts(row, "callbacks"), *rate(row))
            for row in table.to_dict("records")
        ],
        (),
        charts.plot_calibration,
    )


QUESTIONS: dict[str, Callable[[Any, date], Section | None]] = {
    "behaviors": behaviors,
    "trend": trend,
    "stages": stages,
    "paths": paths,
    "waiting": waiting,
    "habit": habit,
    "calibration": calibration,
}
LABELS = {
    "behaviors": "Behaviors and callbacks",
    "trend": "Callbacks over time",
    "stages": "Stages",
    "paths": "Paths from stage to stage",
    "waiting": "Waiting for answers",
    "habit": "The habit worked on",
    "calibration": "Guesses",
}


# Values in words


def number(value: Any) -> float | None:
    """Return a number, None where it is missing in any way."""
    try:
        return None if value != value else float(value)  # noqa: PLR0124 - only NaN differs from itself
    except TypeError:  # pandas.NA
        return None


def counts(row: dict, *names: str) -> Iterator[str]:
    """Yield some of a row's counts."""
    return (f"{int(row[name]):,}" for name in names)


def guess(row: dict) -> str:
    """Return a range of guesses."""
    return f"{row['low']:.0f} to {row['high']:.0f}"


def percent(value: Any) -> str:
    """Return a fraction in percent, empty where it is missing."""
    fraction = number(value)
    return "" if fraction is None else f"{100 * fraction:.0f}%"


def signed(value: Any) -> str:
    """Return a difference in points with its sign, empty where it is missing."""
    fraction = number(value)
    points = None if fraction is None else round(100 * fraction)
    return "" if points is None else f"{points:+d}".replace("-", MINUS) if points else "0"


def rate(row: dict) -> tuple[str, str]:
    """Return a rate and its plausible range."""
    low, high = percent(row["ci_low"]), percent(row["ci_high"])
    return percent(row["rate"]), low and f"{low} to {high}"


def period(row: dict) -> str:
    """Return the first and the last day of a period."""
    first, last = (f"{row[name]:%Y-%m-%d}" for name in ("start", "end"))
    return first if first == last else f"{first} {DASH} {last}"

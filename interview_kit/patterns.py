"""Which behaviors line up with callbacks, as a tidy table."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from interview_kit import schema, stats

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Levels = NDArray[np.uint8]

FLAG_AT = 0.05  # adjusted p-value
SIZEABLE = 0.15  # points of callback rate, as a fraction
SMALLEST_GROUP, SMALLEST_OUTCOME, SMALLEST_EXPECTED = 5, 3, 1
TOGETHER = 5  # interviews in which both of a pair were noted
RATES_WITH = 4  # a rating of 4 or 5 is "with"

# A column's answers as one byte each: 0 no, 1 yes, or the rating from 1 to 5; then what is missing.
LEVELS, NOT_NOTED = np.arange(6), 6
KINDS = ("yes/no", "rating")
ACCEPTED = {
    "yes/no": "a yes/no column may hold yes and no, True and False, 1 and 0, or nothing",
    "rating": "a rating may be a whole number from 1 to 5, or nothing",
    "text": "a behavior may hold yes and no, True and False, 1 and 0, ratings from 1 to 5, or nothing",
}
PENDING, CALLED, NOT_CALLED, WITHDRAWN = range(4)
BLOCK_CELLS = 2**20  # counts held at once: 8 MB

NOT_ENOUGH, TOO_EARLY, NOT_SIZEABLE = "not enough to compare", "too early to tell", "no sizeable difference"
LINES_UP, LINES_UP_WITH_NONE = "lines up with callbacks", "lines up with no callback"
EXPLAINED = "mostly explained by stage"

# Every word that a sentence about a behavior is made of.
WORDS = {
    "both": (
        "{label}: {rate_with} called back {with_it} ({callbacks_with} of {n_with}), {rate_without} {without_it}"
        " ({callbacks_without} of {n_without}), {difference} points, plausibly {ci_low} to {ci_high}."
    ),
    "only with": "{label}: {rate_with} called back {with_it} ({callbacks_with} of {n_with}); {none_without} yet.",
    "only without": (
        "{label}: {rate_without} called back {alone_without} ({callbacks_without} of {n_without}); {none_with} yet."
    ),
    "neither": "{label}: not noted in any interview that counts.",
    "yes/no": {
        "with_it": "with it",
        "without_it": "without",
        "alone_without": "without it",
        "none_with": "no interview with it",
        "none_without": "no interview without it",
    },
    "rating": {
        "with_it": "when rated 4 or 5",
        "without_it": "when rated 1 to 3",
        "alone_without": "when rated 1 to 3",
        "none_with": "no interview rated 4 or 5",
        "none_without": "no interview rated 1 to 3",
    },
    "within": "Within the same {by}: {adjusted} points, plausibly {adjusted_low} to {adjusted_high}.",
    "within nothing": "Within the same {by} there is nothing to compare.",
    "whole scale": "Over the whole scale, higher ratings go with {more_or_fewer} callbacks.",
    NOT_ENOUGH: "That is not enough to compare yet.",
    TOO_EARLY: "It is too early to tell.",
    NOT_SIZEABLE: "If there is a difference, it is likely smaller than 15 points.",
    LINES_UP: "This does not show that it causes callbacks.",
    LINES_UP_WITH_NONE: "This does not show that it prevents callbacks.",
    EXPLAINED: "Most of the difference is explained by the {by}.",
}

# How a behavior is called in the middle of a sentence: by the first word of its label.
DOING = {
    "Prepared": "preparing",
    "Arrived": "arriving",
    "Drank": "drinking",
    "Kept": "keeping",
    "Made": "making",
    "Listened": "listening",
    "Gave": "giving",
    "Asked": "asking",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LEFT_OUT = {
    "applied": ("is an application without an interview", "are applications without an interview"),
    "withdrawn": ("was withdrawn", "were withdrawn"),
    "too_young": ("is less than {within_days} days old", "are less than {within_days} days old"),
    "undecided": ("has neither a date nor an answer", "have neither a date nor an answer"),
    "no_outcome": ("has no outcome", "have no outcome"),
}


# The questions


def compare_behaviors(
    frame: "pd.DataFrame",
    *,
    outcome: str | None = None,
    behaviors: Iterable[str] | str | None = None,
    by: Iterable[str] | str | None = None,
    within_days: int = 30,
    as_of: object = None,
    confidence: float = 0.95,
) -> "pd.DataFrame":
    """Return one row per behavior, best guess first: how often a callback came with it and without it.

    Columns: `behavior`, `kind` (yes/no or rating), the counts `n_with, n_without, n_not_noted, callbacks_with,
    callbacks_without`, the rates and differences as fractions `rate_with, rate_without, difference, ci_low, ci_high`
    (Miettinen & Nurminen 1985), `p_value` (Campbell 2007; for a rating the trend over the whole scale, Mantel 1963),
    `p_adjusted` (Benjamini & Hochberg 1995, over all rows with a p-value), `best_guess` (shrunk, Efron & Morris 1975),
    `auc` (how often a callback's answer is higher than another's, ties half; yes counts above no), `adjusted_difference,
    adjusted_low, adjusted_high` (Sato, Greenland & Robins 1989) and `p_stratified` (Mantel & Haenszel 1959) within the
    groups of `by`, missing without them, `needed`, `verdict`, `sentence`. A rating of 4 or 5 is "with", 1 to 3
    "without". `needed` is how many interviews in all, split as now, show a difference as large as the observed one at
    80% power and a level of 0.05 divided by the behaviors compared; missing where flagged already or nothing differs.

    `outcome=None` takes the kit's own `outcome` (empty is pending): a callback counts where it came within
    `within_days` of the interview, or on no known day; of dated interviews those count that are at least that old
    on `as_of` (today), of the others those decided by then. Else `outcome` names any column of yes and no. `behaviors`
    are by default all columns that begin with did_ or rated_. `by` names one or more columns; a missing value is a
    group of its own. Where the interviews are of several people, `person` is always among them, and `p_value`,
    `p_adjusted` and `verdict` are the stratified ones, judged by the groups in which behavior and outcome both vary.

    `attrs`: `interviews` in the frame, `used` and `callbacks` among them, `left_out` (why: how many), `compared` (rows
    with a p-value), `flagged`, `by_luck` (how many p-values of at most 0.05 luck alone would give), `by`,
    `within_days`, `as_of` and `confidence`. Raises ValueError for arguments and values that cannot be read.
    """
    names = behavior_columns(frame, behaviors, outcome)
    outcomes = read_outcomes(frame, outcome, within_days, as_of)
    by, several = strata_columns(frame, by, outcomes)
    counted = count_all(frame, names, outcomes, by, confidence)
    columns = crude_columns(counted, confidence) | within_columns(counted)
    if several:
        columns["p_value"] = columns["p_stratified"]
    columns |= judged_columns(counted, columns, several=several, by=by)
    attrs = {**outcomes.attrs(), **luck(columns), "by": by, "confidence": confidence}
    return tidy(columns, attrs)


def by_group(
    frame: "pd.DataFrame",
    behavior: str,
    column: str = "stage",
    *,
    outcome: str | None = None,
    within_days: int = 30,
    as_of: object = None,
    confidence: float = 0.95,
) -> "pd.DataFrame":
    """Return one behavior group by group: one row for each value of `column`, such as each stage.

    Columns: `group`, then `n_with` to `ci_high` as in `compare_behaviors`. Stages and formats in their own order, other
    groups by how many interviews they have; the interviews without a value come last, as "not noted". `attrs` as in
    `compare_behaviors`. Raises ValueError as `compare_behaviors` does.
    """
    [behavior] = behavior_columns(frame, behavior, outcome)
    [column] = checked_columns(frame, "column", [column])
    outcomes = read_outcomes(frame, outcome, within_days, as_of)
    codes, groups = grouped(frame[column][outcomes.known])
    levels, kind = read_levels(frame[behavior], behavior)
    cells = stratified_cells(levels, outcomes, codes, len(groups))
    columns = {"group": np.array(groups, object)} | crude_counts(cells[:, None], np.full(len(groups), kind == "rating"))
    columns |= crude_rates(columns, confidence)
    shown = ordered_groups(column, groups, cells.sum(axis=(1, 2)))
    return framed({name: values[shown] for name, values in columns.items()}, outcomes.attrs())


def called_back(
    frame: "pd.DataFrame", *, outcome: str | None = None, within_days: int = 30, as_of: object = None
) -> "pd.Series":
    """Return whether each interview counts as called back in `compare_behaviors`; missing where it is left out."""
    import pandas as pd

    outcomes = read_outcomes(frame, outcome, within_days, as_of)
    return pd.Series(pd.arrays.BooleanArray(outcomes.called, ~outcomes.known), index=frame.index, name="called_back")


def travel_together(
    frame: "pd.DataFrame", *, behaviors: Iterable[str] | str | None = None, at_least: float = 0.5
) -> "pd.DataFrame":
    """Return the pairs of behaviors that mostly come together or mostly apart, the closest first.

    Columns: `behavior, other`, `n` (interviews where both were noted, at least 5), `both, only_behavior, only_other,
    neither` (a rating of 4 or 5 is "with"), `correlation` (Pearson, for yes and no the same as phi), `sentence`. A pair
    is listed where the correlation is at least `at_least` either way. What travels together cannot be told apart from
    these records. Raises ValueError as `compare_behaviors` does.
    """
    if not 0 <= at_least <= 1:
        raise ValueError(f"at_least is {at_least:g}; it must lie between 0 and 1, such as 0.5")
    names = behavior_columns(frame, behaviors, None)
    levels = np.array([read_levels(frame[name], name) for name in names], object)[:, :1] if False else None
    del levels
    read = [read_levels(frame[name], name) for name in names]
    n, both, only, correlation = pair_counts(read, len(frame))
    first, second = np.triu_indices(len(names), 1)
    shown = (n[first, second] >= TOGETHER) & (np.abs(np.nan_to_num(correlation[first, second])) >= at_least)
    shown &= ~np.isnan(correlation[first, second])
    first, second = first[shown], second[shown]
    order = np.argsort(-np.abs(correlation[first, second]).round(12), kind="stable")
    first, second = first[order], second[order]
    columns = {
        "behavior": np.array(names, object)[first],
        "other": np.array(names, object)[second],
        "n": n[first, second],
        "both": both[first, second],
        "only_behavior": only[first, second],
        "only_other": only[second, first],
        "neither": (n - both - only - only.T)[first, second],
        "correlation": correlation[first, second],
    }
    return framed(columns | {"sentence": pair_sentences(columns)}, {})


def interviews_needed(
    difference: float, *, rate: float = 0.25, share_with: float = 0.5, behaviors: int = 1, power: float = 0.8
) -> int:
    """Return how many interviews in all show a difference of callback rates, if it is there.

    `difference` is a fraction (0.2 is 20 points), `rate` the callback rate without the behavior, `share_with` the part
    of the interviews with it, `behaviors` how many are compared at once: the level is 0.05 divided by it. Raises
    ValueError where these cannot be. Normal approximation: Fleiss, Levin & Paik (2003).
    """
    if not -1 < difference < 1 or difference == 0:
        raise ValueError(f"difference is {difference:g}; it must lie between -1 and 1 and not be 0: 0.2 for 20 points")
    if behaviors < 1 or behaviors != int(behaviors):
        raise ValueError(f"behaviors is {behaviors:g}; it must be a whole number, 1 or more")
    if not 0 < share_with < 1:
        raise ValueError(f"share_with is {share_with:g}; it must lie between 0 and 1, such as 0.5")
    return int(stats.sample_size(difference, rate, share_with, power, FLAG_AT / behaviors))


# The arguments


def behavior_columns(frame: "pd.DataFrame", behaviors: Iterable[str] | str | None, outcome: str | None) -> list[str]:
    """Return the columns to compare; by default those that begin with did_ or rated_."""
    if not hasattr(frame, "columns"):
        raise ValueError(f"frame is a {type(frame).__name__}; it must be a pandas DataFrame, one row per interview")
    if behaviors is not None:
        names = checked_columns(frame, "behaviors", [behaviors] if isinstance(behaviors, str) else behaviors)
    else:
        found = [name for name in frame.columns if schema.kind_by_prefix(str(name)) != "text" and name != outcome]
        names = checked_columns(frame, "behaviors", found)
    if outcome is not None and behaviors is None and not names:
        raise ValueError("no column begins with did_ or rated_; name the behaviors, such as behaviors=['smiled']")
    if outcome is not None and outcome in names:
        raise ValueError(f"behaviors names {outcome!r}, which is the outcome; a behavior must be another column")
    return names


def checked_columns(frame: "pd.DataFrame", argument: str, names: Iterable[str]) -> list[str]:
    """Return the names, each once; ValueError where one is not exactly one column of the frame."""
    names, columns = list(dict.fromkeys(names)), frame.columns
    for name in names:
        if name not in columns:
            raise ValueError(f"{argument} names {name!r}, but the frame has no such column; {suggestion(name, columns)}")
        if not columns.is_unique and list(columns).count(name) > 1:
            raise ValueError(f"{argument} names {name!r}, but the frame has it twice; each column needs its own name")
    return names


def suggestion(name: object, columns: Iterable) -> str:
    """Return the words that offer the closest column, or the first few."""
    columns = [str(column) for column in columns]
    close = difflib.get_close_matches(str(name), columns, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    more = f" and {len(columns) - 8} more" if len(columns) > 8 else ""
    return f"it has {', '.join(columns[:8])}{more}" if columns else "it has none"


def strata_columns(
    frame: "pd.DataFrame", by: Iterable[str] | str | None, outcomes: "Outcomes"
) -> tuple[list[str], bool]:
    """Return the columns within whose groups to compare, and whether the interviews are of several people."""
    names = checked_columns(frame, "by", [by] if isinstance(by, str) else by or ())
    several = "person" in frame.columns and has_several(frame["person"], outcomes)
    if several and "person" not in names:
        names.append("person")
    return names, several


def has_several(people: "pd.Series", outcomes: "Outcomes") -> bool:
    """Say whether the interviews that count are of more than one person; nobody named is one of them."""
    if not len(people) or bool((people == people.iloc[0]).fillna(False).all()):
        return False
    return len(grouped(people[outcomes.known])[1]) > 1


def checked_days(within_days: int) -> int:
    """Return the window; ValueError where it is no number of days."""
    if isinstance(within_days, bool) or not isinstance(within_days, (int, np.integer)) or within_days < 0:
        raise ValueError(f"within_days is {within_days!r}; it must be a whole number of days, 0 or more, such as 30")
    return int(within_days)


def checked_date(as_of: object) -> date:
    """Return the day that counts as today; ValueError where it is none."""
    if as_of is None:
        return date.today()
    try:
        return schema.parse_date(schema.plain_text(as_of)[:10])
    except ValueError:
        message = f"as_of is {as_of!r}; it must be a date, such as datetime.date(2026, 4, 3) or '2026-04-03'"
        raise ValueError(message) from None


# Reading outcomes


class Outcomes(NamedTuple):
    """Which interviews count, and which of them were called back."""

    known: Flags
    called: Flags
    left_out: dict[str, int]
    within_days: int | None = None
    as_of: date | None = None

    def attrs(self) -> dict:
        """Return what a table says about the interviews behind it."""
        return {
            "interviews": int(self.known.size),
            "used": int(np.count_nonzero(self.known)),
            "callbacks": int(np.count_nonzero(self.called)),
            "left_out": self.left_out,
            "within_days": self.within_days,
            "as_of": self.as_of,
        }


def read_outcomes(frame: "pd.DataFrame", outcome: str | None, within_days: int, as_of: object) -> Outcomes:
    """Return the outcomes by the window rule, or of a column of yes and no."""
    within_days, as_of = checked_days(within_days), checked_date(as_of)
    if outcome is None:
        return own_outcomes(frame, within_days, as_of)
    [name] = checked_columns(frame, "outcome", [outcome])
    levels = yes_no_levels(frame[name], name)
    known = levels != NOT_NOTED
    return Outcomes(known, levels == 1, {"no_outcome": int(levels.size - np.count_nonzero(known))})


def yes_no_levels(values: "pd.Series", name: str) -> Levels:
    """Return the levels of an outcome column; ValueError where it is not one of yes and no."""
    try:
        return read_as(values, ["yes/no"])[0]
    except ValueError:
        found = shown_values(values)
    hint = "leave outcome out for the kit's own outcomes" if name == "outcome" else ""
    hint = hint or "it must hold yes and no, True and False, or 1 and 0, and nothing where it is not known"
    raise ValueError(f"the outcome column {name!r} holds {found}; {hint}")


def own_outcomes(frame: "pd.DataFrame", within_days: int, as_of: date) -> Outcomes:
    """Return which interviews count on a day, and which of them were called back within the window."""
    checked_columns(frame, "outcome=None", ["outcome"] if len(frame.columns) else [])
    status = coded(frame, "outcome", outcome_status, PENDING)
    interviewed, answered = dates(frame, "interviewed_on"), dates(frame, "outcome_on")
    today, window = np.datetime64(as_of, "D"), np.timedelta64(within_days, "D")
    undated = np.isnat(interviewed)
    reasons = {
        "applied": coded(frame, "stage", is_applied, 0) == 1,
        "withdrawn": status == WITHDRAWN,
        "too_young": interviewed >= today - window + 1,  # the time of day does not matter
        "undecided": undated & ((status == PENDING) | (answered > today)),
    }
    known, left_out = np.ones(len(frame), bool), {}
    for reason, applies in reasons.items():
        left_out[reason] = int(np.count_nonzero(applies & known))
        known &= ~applies
    called = known & (status == CALLED)
    at = np.flatnonzero(called & ~np.isnat(answered))
    called[at] = ~(answered[at].astype("M8[D]") - interviewed[at].astype("M8[D]") > window)
    return Outcomes(known, called, left_out, within_days, as_of)


def outcome_status(value: object) -> int:
    """Return what an outcome means for a comparison."""
    outcome = schema.parse("outcome", schema.plain_text(value))
    if outcome in schema.CALLBACK_OUTCOMES:
        return CALLED
    return {"pending": PENDING, "withdrawn": WITHDRAWN}.get(outcome, NOT_CALLED)


def is_applied(value: object) -> int:
    """Return 1 for an application that led to no interview."""
    return int(schema.parse("stage", schema.plain_text(value)) == "applied")


def coded(frame: "pd.DataFrame", name: str, code: Callable[[object], int], missing: int) -> Levels:
    """Return a small number for each value of a column; each distinct value is read once."""
    import pandas as pd

    if name not in frame.columns:
        return np.full(len(frame), missing, np.uint8)
    places, distinct = pd.factorize(frame[name])
    codes = [*(read_value(code, name, value) for value in distinct), missing]
    return np.array(codes, np.uint8)[places]  # a missing value is at place -1


def read_value(read: Callable, name: str, value: object):
    """Return a value as it is read; ValueError names the column."""
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"{name} holds {shown_value(value)}, which {error}") from None


def dates(frame: "pd.DataFrame", name: str) -> NDArray[np.datetime64]:
    """Return a column of dates, NaT where there is none."""
    import pandas as pd

    if name not in frame.columns:
        return np.full(len(frame), "NaT", "M8[D]")
    values = frame[name]
    if values.dtype.kind == "M":
        return (values.dt.tz_localize(None) if values.dt.tz is not None else values).to_numpy()
    places, distinct = pd.factorize(values)
    days = [read_value(lambda value: schema.parse("date", schema.plain_text(value)), name, day) for day in distinct]
    return np.array([*days, None], "M8[D]")[places]


# Reading behaviors


def read_levels(values: "pd.Series", name: str) -> tuple[Levels, str]:
    """Return a behavior's answers as levels, and its kind; ValueError says what it holds instead.

    The prefix says the kind where there is one, else the values do.
    """
    prefixed = schema.kind_by_prefix(str(name))
    try:
        return read_as(values, KINDS if prefixed == "text" else [prefixed])
    except ValueError as error:
        found = shown_values(values) if prefixed == "text" else error
        raise ValueError(f"{name} holds {found}; {ACCEPTED[prefixed]}") from None


def read_as(values: "pd.Series", kinds: Sequence[str]) -> tuple[Levels, str]:
    """Return the levels by the first of the kinds that fits; ValueError shows a value that does not."""
    levels = number_levels(values) if values.dtype.kind in "biuf" else None
    fits = () if levels is None else fitting_kinds(levels, is_bool=values.dtype.kind == "b")
    for kind in kinds:
        if levels is not None and kind in fits:
            return levels, kind
    return text_levels(values, kinds)


def number_levels(values: "pd.Series") -> Levels | None:
    """Return the levels of a column of numbers or of True and False; None where they are others."""
    if values.dtype.kind == "b":
        levels = values.to_numpy(bool, na_value=False).astype(np.uint8)
        if values.dtype != bool:
            levels[values.isna().to_numpy()] = NOT_NOTED
        return levels
    numbers = values.to_numpy(float, na_value=np.nan)
    levels = np.full(numbers.size, NOT_NOTED, np.uint8)
    for level in LEVELS:
        levels[numbers == level] = level
    other = (levels == NOT_NOTED) & ~np.isnan(numbers)
    return None if other.any() else levels


def fitting_kinds(levels: Levels, *, is_bool: bool) -> list[str]:
    """Return the kinds that levels can be: without a 0 ratings, without a 2 to 5 yes and no."""
    if is_bool:
        return ["yes/no"]
    fits = {"yes/no": not ((levels > 1) & (levels < NOT_NOTED)).any(), "rating": not (levels == 0).any()}
    return [kind for kind in KINDS if fits[kind]]


def text_levels(values: "pd.Series", kinds: Sequence[str]) -> tuple[Levels, str]:
    """Return the levels of any column, each distinct value read once; ValueError shows the first that is no answer."""
    import pandas as pd

    places, distinct = pd.factorize(values.astype(object) if values.dtype.kind in "biuf" else values)
    wrong: list[object] = []
    for kind in kinds:
        answers = [level(value, kind) for value in distinct]
        if None not in answers:
            return np.array([*answers, NOT_NOTED], np.uint8)[places], kind
        wrong.append(distinct[answers.index(None)])
    raise ValueError(shown_value(wrong[0]))


def level(value: object, kind: str) -> int | None:
    """Return one answer's level, None where it is no answer."""
    try:
        answer = schema.parse(kind, schema.plain_text(value))
    except ValueError:
        return None
    return NOT_NOTED if answer is None else int(answer)


def shown_values(values: "pd.Series") -> str:
    """Return the distinct values of a column in words, no more than three."""
    distinct = values.dropna().unique()
    words = [shown_value(value) for value in distinct[:3]]
    return listed(words, len(distinct))


def shown_value(value: object) -> str:
    """Return a value as an error shows it."""
    text = repr(value) if isinstance(value, str) else schema.plain_text(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


# Groups


def grouped(values: "pd.Series") -> tuple[Counts, list]:
    """Return a code for each value and the distinct values; what is empty or missing is one group, None."""
    import pandas as pd

    places, distinct = pd.factorize(values)
    blank = np.array([isinstance(value, str) and not value.strip() for value in distinct] + [True])
    groups = [value for value, is_blank in zip(distinct, blank[:-1], strict=True) if not is_blank]
    codes = np.where(blank, len(groups), np.cumsum(~blank) - 1)[places]
    return codes, [*groups, *([None] if (codes == len(groups)).any() else [])]


def strata(frame: "pd.DataFrame", by: Sequence[str], known: Flags) -> tuple[Counts, int]:
    """Return each known interview's stratum, its groups in all columns together, and how many strata there are."""
    import pandas as pd

    codes, size = np.zeros(np.count_nonzero(known), np.int64), 1
    for name in by:
        finer, groups = grouped(frame[name][known])
        codes, found = pd.factorize(codes * max(len(groups), 1) + finer)
        size = len(found)
    return codes, max(size, 1)


def ordered_groups(column: str, groups: Sequence, sizes: Counts) -> list[int]:
    """Return the order of groups: as the schema lists them, else the largest first; None last."""
    choices = list(schema.CHOICES.get(column, ()))
    ranks = [choices.index(group) if group in choices else len(choices) for group in groups]
    return sorted(range(len(groups)), key=lambda at: (groups[at] is None, ranks[at], -sizes[at]))


# Counting: cells are interviews by level (6 for not noted) and outcome (1 for called back).


class Counted(NamedTuple):
    """All that is known of the behaviors: cells over all interviews, and numbers within strata."""

    names: list[str]
    rating: Flags
    cells: Counts
    within: dict[str, Floats]


def count_all(
    frame: "pd.DataFrame", names: Sequence[str], outcomes: Outcomes, by: Sequence[str], confidence: float
) -> Counted:
    """Count every behavior, a block of them at a time so that many strata fit."""
    codes, size = strata(frame, by, outcomes.known) if by else (None, 1)
    block = max(1, BLOCK_CELLS // (size * 14))
    cells, rating, within = [], [], []
    for start in range(0, len(names), block):
        read = [read_levels(frame[name], name) for name in names[start : start + block]]
        rated = np.array([kind == "rating" for _, kind in read])
        if codes is None:
            found = np.array([crude_cells(levels, outcomes) for levels, _ in read])
        else:
            strata_cells = np.array([stratified_cells(levels, outcomes, codes, size) for levels, _ in read])
            within.append(within_strata(strata_cells, rated, confidence))
            found = strata_cells.sum(axis=1)
        cells.append(found)
        rating.append(rated)
    together = {name: np.concatenate([one[name] for one in within]) for name in (within[0] if within else ())}
    return Counted(
        list(names), np.concatenate([[], *rating]).astype(bool), np.concatenate([np.zeros((0, 7, 2), int), *cells]), together
    )


def crude_cells(levels: Levels, outcomes: Outcomes) -> Counts:
    """Return one behavior's cells."""
    cells = np.zeros((7, 2), np.int64)
    for answer in range(7):
        here = levels == answer
        cells[answer] = np.count_nonzero(here & outcomes.known), np.count_nonzero(here & outcomes.called)
    cells[:, 0] -= cells[:, 1]
    return cells


def stratified_cells(levels: Levels, outcomes: Outcomes, codes: Counts, size: int) -> Counts:
    """Return one behavior's cells in each stratum."""
    places = codes * 14 + outcomes.called[outcomes.known] + 2 * levels[outcomes.known]
    return np.bincount(places, minlength=size * 14).reshape(size, 7, 2)

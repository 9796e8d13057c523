"""Which behaviors line up with callbacks, as a tidy table."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from interview_kit import schema, stats
from interview_kit.schema import frames
from interview_kit.schema.frames import checked_date, checked_days, dates, framed, objects, shown_value, suggestion
from interview_kit.schema.tally import is_elsewhere

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Levels = NDArray[np.uint8]

FLAG_AT = 0.05  # adjusted p-value
SIZEABLE = 0.15  # points of callback rate, as a fraction
SMALLEST_GROUP, SMALLEST_OUTCOME, SMALLEST_EXPECTED = 5, 3, 1
SKEWED_BELOW = 10  # expected count
TOGETHER = 5  # interviews in which both of a pair were noted
RATES_WITH = 4  # a rating of 4 or 5 is "with"

# A column's answers as one byte each: 0 no, 1 yes, or the rating from 1 to 5; then what is missing.
LEVELS, NOT_NOTED = np.arange(6), 6
NONE_MISSING = np.zeros(1, bool)  # stands for as many as there are numbers
KINDS = ("yes/no", "rating")
ACCEPTED = {
    "yes/no": "a yes/no column may hold yes and no, True and False, 1 and 0, or nothing",
    "rating": "a rating may be a whole number from 1 to 5, or nothing",
    "text": "a behavior may hold yes and no, True and False, 1 and 0, ratings from 1 to 5, or nothing",
}
BLOCK_CELLS = 2**20  # counts held at once: 8 MB

NOT_ENOUGH, TOO_EARLY, NOT_SIZEABLE = "not enough to compare", "too early to tell", "no sizeable difference"
LINES_UP, LINES_UP_WITH_NONE = "lines up with callbacks", "lines up with no callback"
EXPLAINED = "mostly explained by stage"

# Every word that a sentence about a behavior is made of.
WORDS: dict[str, Any] = {
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
    "within": "Within the same {by}: {adjusted_difference} points, plausibly {adjusted_low} to {adjusted_high}.",
    "within nothing": "Within the same {by} there is nothing to compare.",
    "whole scale": "Over the whole scale, higher ratings go with {more_or_fewer} callbacks.",
    NOT_ENOUGH: "That is not enough to compare yet.",
    TOO_EARLY: "It is too early to tell.",
    NOT_SIZEABLE: "If there is a difference, it is likely smaller than 15 points.",
    LINES_UP: "This does not show that it causes callbacks.",
    LINES_UP_WITH_NONE: "This does not show that it prevents callbacks.",
    EXPLAINED: "Most of the difference is explained by the {by}.",
    "together": (
        "{behavior} and {other} go together: both in {both} of {n} interviews, neither in {neither}, only one in {one}."
    ),
    "apart": (
        "{behavior} and {other} replace each other: only one in {one} of {n} interviews, both in {both}, neither in"
        " {neither}."
    ),
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
    `auc` (how often a callback's answer is higher than another's, ties half; yes is higher than no),
    `adjusted_difference, adjusted_low, adjusted_high` (Sato, Greenland & Robins 1989) and `p_stratified` (Mantel &
    Haenszel 1959) within the groups of `by`, missing without them, `needed`, `verdict`, `sentence`. A rating of 4 or 5
    is "with", 1 to 3 "without". `needed` is how many interviews in all, split as now, show a difference as large as the
    observed one at 80% power and a level of 0.05 divided by the behaviors compared; missing where flagged already or
    nothing differs.

    `outcome=None` takes the kit's own `outcome` (empty is pending): a callback counts where it came within
    `within_days` of the interview, or on no known day; of dated interviews those count that are at least that old
    on `as_of` (today), of the others those decided by then. Else `outcome` names any column of yes and no. `behaviors`
    are by default all columns that begin with did_ or rated_. `by` names one or more columns; a missing value is a
    group of its own. Where the interviews are of several people, `person` is always among them, and `p_value`,
    `p_adjusted` and `verdict` are the stratified ones, judged by the groups in which behavior and outcome both vary.

    A behavior lines up where `p_adjusted` is at most 0.05 and there is enough to compare. Where several are compared,
    that must also hold with the exact mid-p in place of the p-values of tables with an expected count below 10.

    `frame` may also be a table of another engine that narwhals knows, such as polars, DuckDB or Dask: it is counted
    where it is, by the same rules, and the result is the same pandas frame.

    `attrs`: `interviews` in the frame, `used` and `callbacks` among them, `left_out` (why: how many), `compared` (rows
    with a p-value), `flagged`, `by_luck` (how many p-values of at most 0.05 luck alone would give), `by`,
    `within_days`, `as_of` and `confidence`. Raises ValueError for arguments and values that cannot be read.
    """
    asked = Asked(outcome, behaviors, by, within_days, as_of, confidence)
    counted, about, by, several = (counted_elsewhere if is_elsewhere(frame) else counted_here)(frame, asked)
    columns = crude_columns(counted, confidence) | within_columns(counted)
    if several:
        columns["p_value"] = columns["p_stratified"]
    columns |= judged_columns(counted, columns, several=several)
    columns["sentence"] = sentences(columns, by)
    attrs = {**about, **luck(columns), "by": by, "confidence": confidence}
    return framed(best_first(columns), attrs)


def counted_here(frame: "pd.DataFrame", asked: "Asked") -> tuple["Counted", dict, list[str], bool]:
    """Return the counts of a frame, what they were counted from, the strata, and whether of several people."""
    names = behavior_columns(frame, asked.behaviors, asked.outcome)
    outcomes = read_outcomes(frame, asked.outcome, asked.within_days, asked.as_of)
    by, several = strata_columns(frame, asked.by, outcomes)
    return count_all(frame, names, outcomes, by, asked.confidence), outcomes.attrs(), by, several


def counted_elsewhere(frame: object, asked: "Asked") -> tuple["Counted", dict, list[str], bool]:
    """Return the same of a table that another engine holds."""
    from interview_kit.patterns.elsewhere import count_elsewhere

    return count_elsewhere(frame, asked)


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
    strata = Strata.of(codes, len(groups), outcomes)
    cells = strata.cells(levels)[: len(groups)]
    counts = counts_with_and_without(cells, np.full(len(groups), kind == "rating"))
    columns = {"group": group_names(groups), **counts, **rates_with_and_without(counts, confidence)}
    shown = ordered_groups(column, groups, cells.sum(axis=(1, 2)))
    shown_columns = {name: values[shown] for name, values in columns.items()}
    return framed(shown_columns, outcomes.attrs(), as_they_are=["group"])


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
    pairs = count_pairs([read_levels(frame[name], name) for name in names], len(frame))
    pair = closest_pairs(pairs, at_least)
    columns = {
        "behavior": objects(names)[pair[0]],
        "other": objects(names)[pair[1]],
        "n": pairs.n[pair],
        "both": pairs.both[pair],
        "only_behavior": pairs.only[pair],
        "only_other": pairs.only.T[pair],
        "neither": (pairs.n - pairs.both - pairs.only - pairs.only.T)[pair],
        "correlation": pairs.correlation[pair],
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


class Asked(NamedTuple):
    """What `compare_behaviors` is asked, as it was given."""

    outcome: str | None
    behaviors: Iterable[str] | str | None
    by: Iterable[str] | str | None
    within_days: int
    as_of: object
    confidence: float


def behavior_columns(frame: "pd.DataFrame", behaviors: Iterable[str] | str | None, outcome: str | None) -> list[str]:
    """Return the columns to compare; by default those that begin with did_ or rated_."""
    frames.check_frame(frame)
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
            raise ValueError(
                f"{argument} names {name!r}, but the frame has no such column; {suggestion(name, columns)}"
            )
        if not columns.is_unique and list(columns).count(name) > 1:
            raise ValueError(f"{argument} names {name!r}, but the frame has it twice; each column needs its own name")
    return names


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
    if "outcome" not in frame.columns and len(frame.columns):
        close = suggestion("outcome", frame.columns)
        raise ValueError(f"the frame has no column 'outcome', and outcome names no other; {close}")
    status = frames.outcomes(frame)
    interviewed, answered = dates(frame, "interviewed_on"), dates(frame, "outcome_on")
    today, window = np.datetime64(as_of, "D"), np.timedelta64(within_days, "D")
    undated = np.isnat(interviewed)
    undecided = undated & (status == frames.PENDING)
    undecided[undated] |= answered[undated] > today
    reasons = {
        "applied": frames.applications(frame),
        "withdrawn": status == frames.WITHDRAWN,
        "too_young": interviewed > today - window,
        "undecided": undecided,
    }
    known, left_out = np.ones(len(frame), bool), {}
    for reason, applies in reasons.items():
        left_out[reason] = int(np.count_nonzero(applies & known))
        known &= ~applies
    called = known & (status == frames.CALLED) & ~(answered - interviewed > window)
    return Outcomes(known, called, left_out, within_days, as_of)


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
    numbers, missing = numbers_and_missing(values)
    with np.errstate(invalid="ignore"):
        levels = numbers.view(np.uint8) if numbers.dtype == bool else numbers.astype(np.uint8)
    if not are_levels(numbers) and not ((levels == numbers) & (levels < NOT_NOTED) | missing).all():
        return None
    if missing is NONE_MISSING or not missing.any():
        return levels
    missing = missing.view(np.uint8)
    return levels * (1 - missing) | NOT_NOTED * missing  # faster than `where`


def are_levels(numbers: NDArray) -> bool:
    """Say whether all numbers are levels, those under a gap too; False where only a closer look can tell."""
    if numbers.dtype.kind == "f" or not numbers.size:
        return False
    return numbers.dtype == bool or bool(numbers.min() >= 0 and numbers.max() < NOT_NOTED)


def numbers_and_missing(values: "pd.Series") -> tuple[NDArray, Flags]:
    """Return a column's numbers or truths, and which of them are missing."""
    nullable: Any = values.array
    if hasattr(nullable, "_mask"):  # its own parts: filling the gaps would take most of the time
        return nullable._data, nullable._mask
    numbers = values.to_numpy() if isinstance(values.dtype, np.dtype) else values.to_numpy(float, na_value=np.nan)
    return numbers, np.isnan(numbers) if numbers.dtype.kind == "f" else NONE_MISSING


def fitting_kinds(levels: Levels, *, is_bool: bool) -> list[str]:
    """Return the kinds that levels can be: without a 0 ratings, without a 2 to 5 yes and no."""
    if is_bool:
        return ["yes/no"]
    fits = {"yes/no": not ((levels > 1) & (levels < NOT_NOTED)).any(), "rating": not (levels == 0).any()}
    return [kind for kind in KINDS if fits[kind]]


def text_levels(values: "pd.Series", kinds: Sequence[str]) -> tuple[Levels, str]:
    """Return the levels of any column, each distinct value read once; ValueError shows the first that is no answer."""
    import pandas as pd

    places, distinct = pd.factorize(values)
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


# Groups


def grouped(values: "pd.Series") -> tuple[Counts, list]:
    """Return a code for each value and the distinct values; what is empty or missing is one group, None."""
    import pandas as pd

    places, distinct = pd.factorize(values)
    blank = np.array([isinstance(value, str) and not value.strip() for value in distinct] + [True])
    groups = [value for value, is_blank in zip(distinct, blank[:-1], strict=True) if not is_blank]
    codes = np.where(blank, len(groups), np.cumsum(~blank) - 1)[places]
    return codes, [*groups, *([None] if (codes == len(groups)).any() else [])]


def joint_groups(frame: "pd.DataFrame", by: Sequence[str], known: Flags) -> tuple[Counts, int]:
    """Return a code for each known interview's groups in all columns together, and how many codes there are.

    Codes are in the order of the groups' names, so that sums over them do not depend on the order of the rows.
    """
    import pandas as pd

    codes, size = np.zeros(np.count_nonzero(known), np.int64), 1
    for name in by:
        finer, groups = grouped(frame[name][known])
        finer = ranks([str(group) for group in groups])[finer]
        codes, found = pd.factorize(codes * max(len(groups), 1) + finer)
        codes, size = ranks(found)[codes], len(found)
    return codes, size


def ranks(values: ArrayLike) -> Counts:
    """Return the place of each value among them all in order."""
    return np.argsort(np.argsort(np.asarray(values), kind="stable"), kind="stable")


def group_names(groups: Sequence) -> NDArray[np.object_]:
    """Return the names of groups as a table shows them."""
    return objects(["not noted" if group is None else group for group in groups])


def ordered_groups(column: str, groups: Sequence, sizes: Counts) -> list[int]:
    """Return the order of groups: as the schema lists them, else the largest first; None last."""
    choices = list(schema.CHOICES.get(column, ()))
    ranks = [choices.index(group) if group in choices else len(choices) for group in groups]
    return sorted(range(len(groups)), key=lambda at: (groups[at] is None, ranks[at], -sizes[at]))


# Counting: cells are interviews by level (6 for not noted) and by outcome (1 for called back).


class Strata(NamedTuple):
    """Where each known interview is counted: the first cell of its stratum, plus 1 where it was called back."""

    rows: Flags | slice
    places: Counts
    size: int

    @classmethod
    def of(cls, codes: Counts, size: int, outcomes: Outcomes) -> "Strata":
        """Return the strata of these codes."""
        rows = slice(None) if outcomes.known.all() else outcomes.known
        return cls(rows, codes * 14 + outcomes.called[rows], max(size, 1))

    def cells(self, levels: Levels) -> Counts:
        """Return one behavior's cells in each stratum."""
        places = self.places + 2 * levels[self.rows]
        return np.bincount(places, minlength=self.size * 14).reshape(self.size, 7, 2)


class Counted(NamedTuple):
    """All that is known of the behaviors: cells over all interviews, and numbers within strata."""

    names: Sequence[str]
    rating: Flags
    cells: Counts
    within: dict[str, Floats]


def count_all(
    frame: "pd.DataFrame", names: Sequence[str], outcomes: Outcomes, by: Sequence[str], confidence: float
) -> Counted:
    """Count every behavior, of strata a block of behaviors at a time so that many fit."""
    strata = Strata.of(*joint_groups(frame, by, outcomes.known), outcomes) if by else None
    block = max(1, BLOCK_CELLS // (14 * strata.size)) if strata else max(1, len(names))
    blocks = [
        count_block(frame, names[start : start + block], outcomes, strata, confidence)
        for start in range(0, max(1, len(names)), block)
    ]
    within = {name: np.concatenate([one.within[name] for one in blocks]) for name in blocks[0].within}
    rating, cells = (np.concatenate([getattr(one, part) for one in blocks]) for part in ("rating", "cells"))
    return Counted(names, rating, cells, within)


def count_block(
    frame: "pd.DataFrame", names: Sequence[str], outcomes: Outcomes, strata: Strata | None, confidence: float
) -> Counted:
    """Count some behaviors."""
    rating, size = np.zeros(len(names), bool), strata.size if strata else 1
    totals = np.array([np.count_nonzero(outcomes.known), np.count_nonzero(outcomes.called)])
    cells = np.zeros((len(names), size, 7, 2), np.int64)
    for at, name in enumerate(names):
        levels, kind = read_levels(frame[name], name)
        rating[at] = kind == "rating"
        cells[at] = strata.cells(levels) if strata else crude_cells(levels, kind, outcomes, totals)
    within = numbers_within(cells, rating, confidence) if strata else {}
    return Counted(names, rating, cells.sum(axis=1), within)


def crude_cells(levels: Levels, kind: str, outcomes: Outcomes, totals: Counts) -> Counts:
    """Return one behavior's cells: all levels but one are counted, and that one is what is left of the totals."""
    *counted, rest = (NOT_NOTED, 1, 0) if kind == "yes/no" else (1, 2, 3, 4, 5, NOT_NOTED)
    all_known = totals[0] == levels.size
    cells = np.zeros((7, 2), np.int64)
    for answer in counted:
        here = levels == answer
        cells[answer, 0] = np.count_nonzero(here if all_known else here & outcomes.known)
        if cells[answer, 0]:
            cells[answer, 1] = np.count_nonzero(here & outcomes.called)
    cells[rest] = totals - cells.sum(axis=0)
    cells[:, 0] -= cells[:, 1]
    return cells


# Numbers: one array per column, a value per behavior


def counts_with_and_without(cells: Counts, rating: Flags) -> dict[str, Counts]:
    """Return the counts of each behavior; the last axes of the cells are level and outcome."""
    lowest = np.where(rating, RATES_WITH, 1).reshape(-1, *(1,) * (cells.ndim - 2))
    is_with = lowest <= LEVELS
    n, callbacks = cells[..., :NOT_NOTED, :].sum(axis=-1), cells[..., :NOT_NOTED, 1]
    return {
        "n_with": (n * is_with).sum(axis=-1),
        "n_without": (n * ~is_with).sum(axis=-1),
        "n_not_noted": cells[..., NOT_NOTED, :].sum(axis=-1),
        "callbacks_with": (callbacks * is_with).sum(axis=-1),
        "callbacks_without": (callbacks * ~is_with).sum(axis=-1),
    }


def two_by_two(counts: Mapping[str, Any]) -> tuple[Counts, Counts, Counts, Counts]:
    """Return the counts in the order in which `stats` takes them."""
    return counts["callbacks_with"], counts["n_with"], counts["callbacks_without"], counts["n_without"]


def rates_with_and_without(counts: dict[str, NDArray], confidence: float) -> dict[str, Floats]:
    """Return the two rates and their difference with its interval."""
    x1, n1, x2, n2 = two_by_two(counts)
    low, high = stats.miettinen_nurminen(x1, n1, x2, n2, confidence)
    rate_with, rate_without = fraction(x1, n1), fraction(x2, n2)
    difference = rate_with - rate_without
    return {
        **{"rate_with": rate_with, "rate_without": rate_without},
        **{"difference": difference, "ci_low": low, "ci_high": high},
    }


def fraction(part: Counts, whole: Counts) -> Floats:
    """Return part by whole, NaN of nothing."""
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)


def crude_columns(counted: Counted, confidence: float) -> dict[str, NDArray]:
    """Return the columns that look at all interviews together."""
    counts = counts_with_and_without(counted.cells, counted.rating)
    table, callbacks = two_by_two(counts), counted.cells[:, :NOT_NOTED, 1]
    p = np.asarray(stats.trend(**trend_sums(counted.cells))[1])
    yes_no = ~counted.rating
    p[yes_no] = stats.two_by_two_p(*(count[yes_no] for count in table))
    return {
        "behavior": objects(counted.names),
        "kind": np.where(counted.rating, "rating", "yes/no").astype(object),
        **counts,
        **rates_with_and_without(counts, confidence),
        "p_value": p,
        "best_guess": stats.best_guess(*table),
        "auc": stats.auc(callbacks, counted.cells[:, :NOT_NOTED, 0]),
    }


def trend_sums(cells: Counts) -> dict[str, Counts]:
    """Return the sums over answers (x) and callbacks (y) that a trend is made of."""
    n, callbacks = cells[..., :NOT_NOTED, :].sum(axis=-1), cells[..., :NOT_NOTED, 1]
    called = callbacks.sum(axis=-1)
    return {
        **{"n": n.sum(axis=-1), "sum_x": n @ LEVELS, "sum_xx": n @ LEVELS**2},
        **{"sum_y": called, "sum_yy": called, "sum_xy": callbacks @ LEVELS},
    }


def direction(sums: dict[str, Counts]) -> Floats:
    """Return the sign of the trend over strata: 1 where higher answers come with more callbacks."""
    surplus = sums["sum_xy"] - sums["sum_x"] * sums["sum_y"] / np.maximum(sums["n"], 1)
    return np.sign(surplus.sum(axis=-1))


def numbers_within(cells: Counts, rating: Flags, confidence: float) -> dict[str, Floats]:
    """Return the numbers within strata, and the evidence they rest on: strata where answer and outcome both vary."""
    counts, sums = counts_with_and_without(cells, rating), trend_sums(cells)
    x1, n1, x2, n2 = table = two_by_two(counts)
    difference, low, high = stats.mantel_haenszel_difference(*table, confidence)
    speaks = (n1 > 0) & (n2 > 0) & (x1 + x2 > 0) & (x1 + x2 < n1 + n2)
    return {
        **{"adjusted_difference": difference, "adjusted_low": low, "adjusted_high": high},
        **{"p_stratified": stats.stratified_trend(**sums)[1], "direction": direction(sums)},
        **{name: (count * speaks).sum(axis=-1) for name, count in counts.items()},
        "smallest_expected": smallest_expected(*(count * speaks for count in table)),
    }


def smallest_expected(x1: Counts, n1: Counts, x2: Counts, n2: Counts) -> Floats:
    """Return the smallest of the four counts expected over all strata together where the groups do not differ."""
    called, total = x1 + x2, np.maximum(n1 + n2, 1)
    cells = [n * part / total for n in (n1, n2) for part in (called, n1 + n2 - called)]
    return np.min([cell.sum(axis=-1) for cell in cells], axis=0)


def within_columns(counted: Counted) -> dict[str, Floats]:
    """Return the columns that look within strata, missing where there are none."""
    nothing = np.full(len(counted.names), np.nan)
    names = ("adjusted_difference", "adjusted_low", "adjusted_high", "p_stratified")
    return {name: counted.within.get(name, nothing) for name in names}


# Verdicts


def judged_columns(counted: Counted, columns: dict[str, NDArray], *, several: bool) -> dict[str, Any]:
    """Return what is made of the numbers: adjusted p-values, verdicts, interviews needed."""
    adjusted = stats.benjamini_hochberg(columns["p_value"])
    enough = enough_evidence(counted.within if several else columns)
    flagged = enough & at_most(adjusted, FLAG_AT) & (several | beyond_skew(columns, counted.rating))
    way = counted.within["direction"] if several else direction(trend_sums(counted.cells[:, None]))
    small = within_sizeable(columns, "adjusted_low", "adjusted_high") if several else within_sizeable(columns)
    explained = flagged & mostly_explained(columns) & (not several)
    verdicts = np.select(
        [~enough, explained, flagged & (way > 0), flagged & (way < 0), small],
        [NOT_ENOUGH, EXPLAINED, LINES_UP, LINES_UP_WITH_NONE, NOT_SIZEABLE],
        TOO_EARLY,
    )
    needed = needed_column(columns, flagged)
    return {"p_adjusted": adjusted, "needed": needed, "verdict": verdicts.astype(object), "direction": way}


def at_most(p: Floats, level: float) -> Flags:
    """Say which p-values are there and at most this large."""
    return np.nan_to_num(p, nan=1) <= level


def beyond_skew(columns: dict[str, NDArray], rating: Flags) -> Flags:
    """Say which small p-values stay small where rare behaviors and callbacks are tested exactly.

    Far out in a skewed table the chi-square p-value is too small: of 12 behaviors done in 3 to 10% of interviews, with
    callbacks in 5 to 15%, luck alone would single out one in up to 10 of 100 records; so, in at most 5.
    """
    p, table = columns["p_value"].copy(), two_by_two(columns)
    skewed = ~rating & (stats.smallest_expected(*table) < SKEWED_BELOW) & at_most(p, FLAG_AT)
    if np.count_nonzero(~np.isnan(p)) == 1 or not skewed.any():
        return np.ones(p.size, bool)
    p[skewed] = stats.mid_p(*(count[skewed] for count in table))
    return at_most(stats.benjamini_hochberg(p), FLAG_AT)


def enough_evidence(counts: dict[str, NDArray]) -> Flags:
    """Say which comparisons have enough in every group and outcome."""
    x1, n1, x2, n2 = two_by_two(counts)
    expected = counts.get("smallest_expected")
    expected = stats.smallest_expected(x1, n1, x2, n2) if expected is None else expected
    called, others = x1 + x2, n1 + n2 - x1 - x2
    return (
        (np.minimum(n1, n2) >= SMALLEST_GROUP)
        & (np.minimum(called, others) >= SMALLEST_OUTCOME)
        & (expected >= SMALLEST_EXPECTED)
    )


def within_sizeable(columns: dict[str, NDArray], low: str = "ci_low", high: str = "ci_high") -> Flags:
    """Say which intervals hold no sizeable difference."""
    return (columns[low] >= -SIZEABLE) & (columns[high] <= SIZEABLE)


def mostly_explained(columns: dict[str, NDArray]) -> Flags:
    """Say which differences are less than half as large within strata, and no longer stand out there."""
    silent = columns["p_stratified"] > FLAG_AT
    return silent & (np.abs(columns["adjusted_difference"]) < np.abs(columns["difference"]) / 2)


def needed_column(columns: dict[str, NDArray], flagged: Flags) -> "pd.arrays.IntegerArray":
    """Return how many interviews in all show a difference as large as the observed one."""
    import pandas as pd

    compared = max(1, np.count_nonzero(~np.isnan(columns["p_value"])))
    share = fraction(columns["n_with"], columns["n_with"] + columns["n_without"])
    needed = stats.sample_size(columns["difference"], columns["rate_without"], share, alpha=FLAG_AT / compared)
    known = np.isfinite(needed) & ~flagged
    return pd.arrays.IntegerArray(np.where(known, needed, 0).astype(np.int64), ~known)


def luck(columns: dict[str, NDArray]) -> dict[str, float]:
    """Return how many behaviors were compared, how many stand out, and how many p-values luck alone makes small."""
    compared = int(np.count_nonzero(~np.isnan(columns["p_value"])))
    flagged = np.isin(columns["verdict"], (LINES_UP, LINES_UP_WITH_NONE, EXPLAINED))
    return {"compared": compared, "flagged": int(np.count_nonzero(flagged)), "by_luck": FLAG_AT * compared}


# Tables

COLUMNS = (
    *("behavior", "kind", "n_with", "n_without", "n_not_noted", "callbacks_with", "callbacks_without"),
    *("rate_with", "rate_without", "difference", "ci_low", "ci_high", "p_value", "p_adjusted", "best_guess", "auc"),
    *("adjusted_difference", "adjusted_low", "adjusted_high", "p_stratified", "needed", "verdict", "sentence"),
)


def best_first(columns: dict[str, NDArray]) -> dict[str, NDArray]:
    """Return the columns of a finished table, rows by best guess, what cannot be guessed last."""
    order = np.argsort(-columns["best_guess"], kind="stable")
    return {name: columns[name][order] for name in COLUMNS}


# Pairs


class Pairs(NamedTuple):
    """Counts of every behavior (rows) against every other (columns) where both were noted."""

    n: Counts
    both: Counts
    only: Counts
    correlation: Floats


def count_pairs(read: Sequence[tuple[Levels, str]], rows: int) -> Pairs:
    """Count all pairs by matrix products over slices of rows, in which single precision is exact."""
    sums = np.zeros((6, len(read), len(read)))
    lowest = np.array([RATES_WITH if kind == "rating" else 1 for _, kind in read]).reshape(-1, 1)
    for start in range(0, rows if read else 0, 2**16):
        levels = np.array([one[start : start + 2**16] for one, _ in read])
        noted = (levels != NOT_NOTED).astype(np.float32)
        x = levels * noted
        done = ((levels >= lowest) & (levels != NOT_NOTED)).astype(np.float32)
        pairs = ((noted, noted), (done, done), (done, noted), (x, noted), (x**2, noted), (x, x))
        sums += [left @ right.T for left, right in pairs]
    n, both, done, x, xx, xy = sums
    correlation = pearson(n, x, xx, xy)
    return Pairs(n.astype(np.int64), both.astype(np.int64), (done - both).astype(np.int64), correlation)


def pearson(n: Floats, x: Floats, xx: Floats, xy: Floats) -> Floats:
    """Return the correlations of all pairs, NaN where one of them does not vary."""
    spread = n * xx - x**2
    both = spread * spread.T
    return np.where(both > 0, (n * xy - x * x.T) / np.sqrt(np.where(both > 0, both, 1)), np.nan)


def closest_pairs(pairs: Pairs, at_least: float) -> tuple[Counts, Counts]:
    """Return the places of the pairs to show, the closest first."""
    first, second = np.triu_indices(len(pairs.n), 1)
    closeness = np.abs(pairs.correlation[first, second]).round(12)
    shown = np.flatnonzero((pairs.n[first, second] >= TOGETHER) & (closeness >= at_least))
    shown = shown[np.argsort(-closeness[shown], kind="stable")]
    return first[shown], second[shown]


def pair_sentences(columns: dict[str, NDArray]) -> NDArray[np.object_]:
    """Return the sentence about each pair."""
    rows = zip(*(values.tolist() for values in columns.values()), strict=True)
    return objects([pair_sentence(dict(zip(columns, row, strict=True))) for row in rows])


def pair_sentence(pair: dict) -> str:
    """Return what the numbers say about one pair."""
    counts = {name: f"{pair[name]:,}" for name in ("n", "both", "neither")}
    names = {name: schema.label(str(pair[name])) for name in ("behavior", "other")}
    one = f"{pair['only_behavior'] + pair['only_other']:,}"
    return WORDS["together" if pair["correlation"] > 0 else "apart"].format(**names, **counts, one=one)


# Sentences about one behavior


def sentences(columns: dict[str, NDArray], by: Sequence[str]) -> NDArray[np.object_]:
    """Return a sentence or a few for each behavior."""
    rows = zip(*(values.tolist() for values in columns.values()), strict=True)
    return objects([sentence(dict(zip(columns, row, strict=True)), by) for row in rows])


def sentence(row: dict, by: Sequence[str]) -> str:
    """Return what the numbers say about one behavior: rates, then the difference within groups, then the verdict."""
    n_with, n_without = row["n_with"], row["n_without"]
    rates = "both" if n_with and n_without else "only with" if n_with else "only without" if n_without else "neither"
    parts = [rates]
    if by and rates == "both":
        parts.append("within nothing" if np.isnan(row["adjusted_difference"]) else "within")
    if goes_another_way(row):
        parts.append("whole scale")
    if rates != "neither":
        parts.append(row["verdict"])
    return " ".join(WORDS[part] for part in parts).format(**words_of(row, by))


def goes_another_way(row: dict) -> bool:
    """Say whether a rating stands out that the difference between high and low ratings does not show."""
    stands_out = row["verdict"] in (LINES_UP, LINES_UP_WITH_NONE)
    return stands_out and row["kind"] == "rating" and row["difference"] * row["direction"] <= 0


def words_of(row: dict, by: Sequence[str]) -> dict[str, str]:
    """Return a row's numbers as a sentence shows them: the wider the range, the fewer digits."""
    reach = row["ci_high"] - row["ci_low"]
    digits = 2 if reach < 0.01 else 1 if reach < 0.1 else 0
    counts = ("n_with", "n_without", "callbacks_with", "callbacks_without")
    points = ("difference", "ci_low", "ci_high", "adjusted_difference", "adjusted_low", "adjusted_high")
    return {
        **WORDS[row["kind"]],
        "label": schema.label(str(row["behavior"])),
        "by": listed([str(name).replace("_", " ") for name in by]),
        "more_or_fewer": "more" if row["direction"] > 0 else "fewer",
        **{name: f"{row[name]:,}" for name in counts},
        **{name: f"{100 * row[name]:.{digits}f}%" for name in ("rate_with", "rate_without")},
        **{name: signed(row[name], digits) for name in points},
    }


def signed(difference: float, digits: int) -> str:
    """Return a difference in points with its sign; no difference has none."""
    points = round(100 * min(1, max(-1, difference)), digits)
    return f"{points:+.{digits}f}" if points else "0"


def listed(words: Sequence[str], total: int | None = None) -> str:
    """Return words as a list in a sentence, and how many more there are."""
    more = (total or len(words)) - len(words)
    words = [*words, *([f"{more:,} more"] if more else [])]
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def number(count: int) -> str:
    """Return a small number as a word, a large one in digits."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


# Sentences about a table


def headline(table: "pd.DataFrame") -> str:
    """Return the answer of a table of `compare_behaviors` in a sentence or two: which behaviors line up, and the rest.

    Of a single behavior it is the behavior's own sentence; where nothing can be compared yet, what a first comparison
    takes.
    """
    if not len(table):
        return "There is no behavior to compare yet."
    if table.attrs.get("used") == 0:
        return "There is nothing to compare yet: no interview counts so far."
    verdicts = table["verdict"].to_numpy(object)
    if (verdicts == NOT_ENOUGH).all():
        return f"There is not enough to compare yet: {first_comparison(table)}."
    if len(table) == 1:
        return table["sentence"].iloc[0]
    return f"{standing_out(table, verdicts)} {the_others(verdicts)}".strip()


def first_comparison(table: "pd.DataFrame") -> str:
    """Return what a first comparison takes, and how many more interviews that is at least."""
    x1, n1, x2, n2 = two_by_two({str(name): column.to_numpy() for name, column in table.items()})
    groups = np.maximum(SMALLEST_GROUP - n1, 0) + np.maximum(SMALLEST_GROUP - n2, 0)
    called, others = x1 + x2, n1 + n2 - x1 - x2
    outcomes = np.maximum(SMALLEST_OUTCOME - called, 0) + np.maximum(SMALLEST_OUTCOME - others, 0)
    more = int(np.maximum(groups, outcomes).min())
    takes = "it takes 5 interviews with a behavior and 5 without it, 3 callbacks and 3 interviews without one"
    return f"{takes}, at least {number(more)} more interview{'s' if more > 1 else ''}" if more else takes


def standing_out(table: "pd.DataFrame", verdicts: NDArray) -> str:
    """Return which behaviors stand out, the strongest first."""
    phrases = []
    for verdict in (LINES_UP, LINES_UP_WITH_NONE, EXPLAINED):
        rows = table[verdicts == verdict]
        if len(rows):
            phrases.append(f"{number(len(rows))} {predicate(verdict, len(rows), table)}: {named(rows)}")
    return f"Of {number(len(table))} behaviors, {'; '.join(phrases) or 'none lines up with callbacks so far'}."


def predicate(verdict: str, count: int, table: "pd.DataFrame") -> str:
    """Return a verdict as the end of a sentence about so many behaviors."""
    if verdict == EXPLAINED:
        by = listed([str(name).replace("_", " ") for name in table.attrs.get("by", ["stage"])])
        return f"{'is' if count == 1 else 'are'} mostly explained by the {by}"
    return verdict if count == 1 else verdict.replace("lines", "line")


def named(rows: "pd.DataFrame") -> str:
    """Return the behaviors of a few rows as words in a sentence, the strongest first."""
    strongest = rows.iloc[np.argsort(-rows["best_guess"].abs().to_numpy(), kind="stable")]
    words = [doing(name, kind) for name, kind in zip(strongest["behavior"], strongest["kind"], strict=True)]
    return listed(words[:5], len(words))


def doing(name: str, kind: str = "yes/no") -> str:
    """Return a behavior in the middle of a sentence: "asking questions at the end", or its own words in quotes."""
    label = schema.label(name)
    if kind == "rating":
        return f"high ratings for {label.lower() if name in schema.LABELS else f'“{label}”'}"
    first, _, rest = label.partition(" ")
    return f"{DOING[first]} {rest}".strip() if first in DOING else f"“{label}”"


def the_others(verdicts: NDArray) -> str:
    """Return what can be said of the behaviors that do not stand out."""
    small = int(np.count_nonzero(verdicts == NOT_SIZEABLE))
    early = int(np.count_nonzero(np.isin(verdicts, (TOO_EARLY, NOT_ENOUGH))))
    count = small + early
    others = f"all {number(count)}" if count == len(verdicts) else f"the other {number(count)}"
    if small and early:
        of = "them" if count == len(verdicts) else others
        show = "shows" if small == 1 else "show"
        return f"Of {of}, {number(small)} {show} no sizeable difference; for {number(early)} it is too early to tell."
    if small:
        return f"{others[0].upper()}{others[1:]} {'shows' if count == 1 else 'show'} no sizeable difference."
    return f"For {others} it is too early to tell." if early else ""


def fine_print(table: "pd.DataFrame") -> str:
    """Return what goes with every table: which interviews count and why others do not, and what luck alone does."""
    return f"{which_count(table.attrs)} {what_luck_does(table.attrs)}".strip()


def which_count(attrs: dict) -> str:
    """Return how many interviews count, and why the others do not."""
    used, interviews = attrs["used"], attrs["interviews"]
    reasons = [(LEFT_OUT[reason], count) for reason, count in attrs["left_out"].items() if count]
    why = [f"{count:,} {words[count > 1].format(**attrs)}" for words, count in reasons]
    subject = f"{used:,} of {interviews:,} interview{'' if interviews == 1 else 's'}"
    return f"{subject} count{'s' if used == 1 else ''}{': ' if why else ''}{listed(why)}."


def what_luck_does(attrs: dict) -> str:
    """Return how many behaviors were compared, and how many luck alone would single out."""
    compared = attrs["compared"]
    if compared == 0:
        return ""
    if compared == 1:
        return (
            "One behavior was compared; if it did not matter, luck alone would single it out in 5 of 100 such records."
        )
    one_by_one = f"luck alone would single out about {attrs['by_luck']:.2g} of them taken one by one"
    together = "taken together, as here, it singles out any in at most 5 of 100 such records"
    return f"{number(compared).capitalize()} behaviors were compared. If none mattered, {one_by_one}; {together}."

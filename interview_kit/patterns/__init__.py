"""Which behaviors line up with callbacks, as a tidy table."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from interview_kit import stats
from interview_kit.engines import is_non_pandas
from interview_kit.frame.answers import read_levels
from interview_kit.frame.arguments import checked_columns
from interview_kit.frame.groups import group_names, grouped, ordered_groups
from interview_kit.frame.outcomes import read_outcomes
from interview_kit.frame.tables import framed, objects
from interview_kit.patterns.asked import Asked, behavior_columns
from interview_kit.patterns.counting import Strata, count_engine, count_pandas
from interview_kit.patterns.numbers import (
    counts_with_and_without,
    rates_with_and_without,
    unadjusted_columns,
    within_columns,
)
from interview_kit.patterns.pairs import closest_pairs, count_pairs, pair_sentences
from interview_kit.patterns.verdicts import judged_columns, luck
from interview_kit.patterns.words import fine_print, headline, never_noted, sentences, still_missing, too_few

if TYPE_CHECKING:
    import pandas as pd

    from interview_kit.engines.table import AnyFrame

__all__ = [
    "behavior_pairs",
    "by_group",
    "called_back",
    "compare_behaviors",
    "fine_print",
    "headline",
    "interviews_needed",
    "never_noted",
    "still_missing",
    "too_few",
]


def compare_behaviors(
    frame: "AnyFrame",
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

    `frame` may also be a table of another engine, in memory or elsewhere: polars, pyarrow, DuckDB, Dask, PySpark, Ibis
    or any other that narwhals knows. It is counted where it is, by the same rules, and the result is the same pandas
    frame. One row for each group of `by`, person and state is all that leaves the engine, besides the distinct values
    of columns whose values have a meaning, up to 1,000 of each. Dates must be dates there.

    For example, `compare_behaviors(interviews, by="stage")["sentence"]` says each behavior's difference in callbacks,
    crude and within the same stage; `by` never gives a row for each group, which `by_group` does for one behavior.

    `attrs`: `interviews` in the frame, `used` and `callbacks` among them, `left_out` (why: how many), `compared` (rows
    with a p-value), `flagged`, `by_luck` (how many p-values of at most 0.05 luck alone would give), `by`,
    `within_days`, `as_of` and `confidence`. Raises ValueError for arguments and values that cannot be read.
    """
    asked = Asked(outcome, behaviors, by, within_days, as_of, confidence)
    counted, about, by, several = (count_engine if is_non_pandas(frame) else count_pandas)(cast("Any", frame), asked)
    columns = unadjusted_columns(counted, confidence) | within_columns(counted)
    if several:
        columns["p_value"] = columns["p_stratified"]
    columns |= judged_columns(counted, columns, several=several)
    columns["sentence"] = sentences(columns, by)
    attrs = {**about, **luck(columns), "by": by, "confidence": confidence}
    return framed(best_first(columns), attrs)


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

    Columns: `group` as text, then `n_with` to `ci_high` as in `compare_behaviors`. Stages and formats in their own
    order, other groups by how many interviews they have; the interviews without a value come last, as "not noted".
    `attrs` as in `compare_behaviors`. Raises ValueError as `compare_behaviors` does.
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
    return framed(shown_columns, outcomes.attrs())


def called_back(
    frame: "pd.DataFrame", *, outcome: str | None = None, within_days: int = 30, as_of: object = None
) -> "pd.Series":
    """Return whether each interview counts as called back in `compare_behaviors`; missing where it is left out."""
    import pandas as pd

    outcomes = read_outcomes(frame, outcome, within_days, as_of)
    return pd.Series(pd.arrays.BooleanArray(outcomes.called, ~outcomes.known), index=frame.index, name="called_back")


def behavior_pairs(
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
    return int(stats.sample_size(difference, rate, share_with, power, stats.LEVEL / behaviors))


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

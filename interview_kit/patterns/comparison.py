"""All behaviors of a frame compared: how often a callback came with each of them and without it."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit import stats
from interview_kit.engines import AnyFrame, is_non_pandas
from interview_kit.frame.arguments import DayLike
from interview_kit.frame.held import held
from interview_kit.frame.outcomes import LEAVE_OUT, read_outcomes
from interview_kit.frame.tables import framed
from interview_kit.patterns.answers import headline, ratings_sentence
from interview_kit.patterns.asked import Asked
from interview_kit.patterns.bets import best_bet
from interview_kit.patterns.counting import Counting, count_pandas
from interview_kit.patterns.numbers import Counted, doubtful_ratings, guess_columns, unadjusted_columns, within_columns
from interview_kit.patterns.verdicts import flags_of, judged_columns, luck, way_of
from interview_kit.patterns.words import sentences

COLUMNS = (
    *("behavior", "kind", "n_with", "n_without", "n_not_noted", "callbacks_with", "callbacks_without"),
    *("rate_with", "rate_without", "difference", "ci_low", "ci_high", "p_value", "p_adjusted"),
    *("best_guess", "probability", "auc"),
    *("adjusted_difference", "adjusted_low", "adjusted_high", "p_stratified", "design_effect", "needed", "verdict"),
    "sentence",
)


def compare_behaviors(
    frame: AnyFrame,
    *,
    outcome: str | None = None,
    behaviors: Iterable[str] | str | None = None,
    by: Iterable[str] | str | None = None,
    within_days: int = 30,
    as_of: DayLike = None,
    confidence: float = 0.95,
    looks: Iterable[int] | None = None,
    late: str = LEAVE_OUT,
) -> pd.DataFrame:
    """Return the callback rates with each behavior and without it, one row per behavior, best guess first.

    Parameters
    ----------
    frame : pandas.DataFrame, or a table of another engine
        Interviews, as `load_interviews` returns them. polars, pyarrow, DuckDB, Dask, PySpark, Ibis or any other that
        narwhals knows will do, in memory or elsewhere; dates must be dates there.
    outcome : str, optional
        A column of yes and no. By default the kit's own `outcome`, in which empty is pending: a callback counts where
        it came within `within_days` of the interview, or on no known day; of dated interviews those count that are at
        least that old on `as_of`, of the others those decided by then.
    behaviors : str or iterable of str, optional
        Columns to compare, by default all did_ and rated_ columns. A rating of 4 or 5 is "with", 1 to 3 "without".
    by : str or iterable of str, optional
        Columns to compare within; a missing value is a group of its own. Where the interviews are of several people,
        `person` is always among them. It never gives a row for each group: `by_group` does so for one behavior.
    within_days : int, default 30
        Days within which a callback must come.
    as_of : date or str, optional
        The day that counts as today; by default today.
    confidence : float, default 0.95
        Coverage of the intervals, a fraction.
    looks : iterable of int, optional
        For a table that is looked at again and again: verdicts are those of the last of these numbers that is reached,
        over the interviews that counted first. None judges all of them at once, as for a table analysed once; no number
        at all, `()`, flags nothing, as for a part of the interviews that was chosen while looking.
    late : {"leave out", "include"}, default "leave out"
        What becomes of interviews written down (`debriefed_at`) on a day after that of the answer (`outcome_on`). Where
        some are included, nothing is flagged and no bet is named. A missing day is unknown, and counts.

    Returns
    -------
    pandas.DataFrame
        Always pandas. Rates, differences and their intervals are fractions (0.2 is 20 points):

        - `behavior`, `kind`: the column, and "yes/no" or "rating"
        - `n_with`, `n_without`, `n_not_noted`, `callbacks_with`, `callbacks_without`: counts of interviews
        - `rate_with`, `rate_without`, `difference`, `ci_low`, `ci_high`: callback rates, with minus without, its range
        - `p_value`, `p_adjusted`: for a rating the trend over the whole scale; adjusted over all rows with a p-value,
          with `by` from `p_stratified`
        - `best_guess`: the difference, shrunk toward 0; of strata the one within them
        - `probability`: the chance that more callbacks come with it than without, if habits matter at all
        - `auc`: how often a callback's answer is higher than another's, ties half; yes is higher than no
        - `adjusted_difference`, `adjusted_low`, `adjusted_high`, `p_stratified`: within groups of `by`, else missing
        - `design_effect`: by what counts were divided for ranges, tests and guesses, since rounds of one application
          (person, company, role) share its luck; at least 1
        - `needed`: a yardstick, how many interviews show a difference of 20 points among as many behaviors, as
          `interviews_needed` says; missing where flagged already
        - `verdict`, `sentence`: in words; the sentence gives the difference unadjusted, with `by` also in a group

        `attrs`: `interviews` in the frame, `used` and `callbacks` among them, `left_out` (why: how many),
        `late_included`, `compared` (rows with a p-value), `flagged`, `by_luck` (how many p-values of at most 0.05
        luck alone would give), `by`, `within_days`, `as_of`, `confidence`, `looks`, `judged_at` and `next_look` (the
        last one reached, and the next), `not_judged` (why nothing is flagged: "late", "part", "early" before the first
        look, else None), `best_bet` (the behavior with the greatest odds either way, None before there is one),
        `read_as_ratings` (columns of nothing but 1 and 2 whose name does not say that they are ratings) and `sentence`
        (the answer in words, the best bet first).

    Raises
    ------
    ValueError
        For arguments and values that cannot be read.

    Notes
    -----
    A behavior lines up where `p_adjusted` is at most 0.05 and there is enough to compare. Where several are compared,
    that must also hold with the exact mid-p in place of the p-values of tables with an expected count below 10. With
    `by`, and of several people, `p_adjusted` and `verdict` are those within groups, judged by the groups in which
    behavior and outcome both vary; of several people, `p_value` is `p_stratified`. A verdict does not depend on
    `confidence`.

    Intervals: Miettinen & Nurminen (1985). `p_value`: Campbell (2007), of a rating Mantel (1963). `p_adjusted`:
    Benjamini & Hochberg (1995). `best_guess`, `probability`: Efron & Morris (1975), with the variance of the pooled
    rate. `adjusted_difference`: Klingenberg (2014). `p_stratified`: Mantel & Haenszel (1959).

    `design_effect`: Moulton (1986) by the intraclass correlation of callbacks; counts divided as in Rao & Scott (1992),
    exact p-values by way of the chi-square that they stand for.

    With `looks` the level is 0.02 at each, of a single behavior 0.017, as in Pocock (1977): of those who look after
    every interview few ever see a false flag. A best bet takes 8 interviews that count, of the behavior 3 on each side,
    2 callbacks and 2 others, and odds of at least 2 to 1.

    A table of another engine is counted where it is, by the same rules: one row for each group of `by`, person and
    state is all that leaves it, besides the distinct values of columns whose values have a meaning, up to 1,000 of
    each.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.compare_behaviors(ik.load_interviews(SAMPLE), by="stage", as_of="2026-11-20")
    >>> shown = table[["behavior", "n_with", "n_without", "difference", "verdict"]].head(3)
    >>> print(shown.to_string(index=False, float_format="%.2f"))
                    behavior  n_with  n_without  difference                 verdict
    did_ask_questions_at_end      34         26        0.43 lines up with callbacks
                  rated_calm      20         38        0.31       too early to tell
           did_give_examples      25         29        0.17       too early to tell
    >>> table.attrs["used"], table.attrs["callbacks"]
    (61, 24)
    """
    behaviors = behaviors if behaviors is None or isinstance(behaviors, str) else list(behaviors)
    asked, frame = Asked(outcome, behaviors, by, within_days, as_of, confidence, looks, late), held(frame)
    found = count_frame(frame, asked)
    columns, evidence = numbers_of(found.counted, found), found.counted.within
    flags = np.full(len(found.counted.names), "", object)
    if found.judged:
        judged = columns if found.judged is found.counted else numbers_of(found.judged, found)
        flags = flags_of(found.judged, judged, found.level, several=found.several, by=found.by)
    columns |= judged_columns(columns, evidence or columns, flags)
    attrs: dict = found.attrs | luck(columns) | {"by": found.by, "confidence": confidence}
    attrs["read_as_ratings"] = doubtful_ratings(found.counted)
    attrs["best_bet"] = None if attrs["late_included"] else best_bet(columns, evidence or columns, attrs["used"])
    columns["sentence"] = sentences(columns | {"direction": way_of(found.judged or found.counted)}, attrs)
    table = framed(best_first(columns), attrs)
    table.attrs["sentence"] = f"{headline(table)} {ratings_sentence(attrs['read_as_ratings'])}".strip()
    return table


def count_frame(frame: Any, asked: Asked) -> Counting:
    """Return the counts of a frame, or of a table that another engine holds."""
    if not is_non_pandas(frame):
        return count_pandas(frame, asked)
    from interview_kit.patterns.engine_counts import count_engine

    return count_engine(frame, asked)


def numbers_of(counted: Counted, found: Counting) -> dict[str, NDArray]:
    """Return the columns that are numbers; of several people p-values are those within each."""
    columns = unadjusted_columns(counted, found.confidence) | within_columns(counted)
    columns |= guess_columns(counted, columns)
    if found.several:
        columns["p_value"] = columns["p_stratified"]
    p = columns["p_stratified" if found.by else "p_value"]
    return columns | {"p_adjusted": stats.benjamini_hochberg(p)}


def best_first(columns: dict[str, NDArray]) -> dict[str, NDArray]:
    """Return the columns of a finished table, rows by best guess, what cannot be guessed last."""
    order = np.argsort(-columns["best_guess"], kind="stable")
    return {name: columns[name][order] for name in COLUMNS}


def called_back(
    frame: pd.DataFrame,
    *,
    outcome: str | None = None,
    within_days: int = 30,
    as_of: DayLike = None,
    late: str = LEAVE_OUT,
) -> pd.Series:
    """Return a series of which interviews count as called back in `compare_behaviors`; missing where left out."""
    outcomes = read_outcomes(frame, outcome, within_days, as_of, late)
    return pd.Series(pd.arrays.BooleanArray(outcomes.called, ~outcomes.known), index=frame.index, name="called_back")

"""One behavior, group by group."""

import numpy as np
import pandas as pd

from interview_kit.frame.answers import read_levels
from interview_kit.frame.arguments import DayLike, checked_columns
from interview_kit.frame.groups import group_names, grouped, ordered_groups
from interview_kit.frame.held import held
from interview_kit.frame.outcomes import LEAVE_OUT, read_outcomes
from interview_kit.frame.tables import framed
from interview_kit.patterns.asked import behavior_columns
from interview_kit.patterns.counting import Strata
from interview_kit.patterns.numbers import counts_with_and_without, rates_with_and_without


def by_group(
    frame: pd.DataFrame,
    behavior: str,
    column: str = "stage",
    *,
    outcome: str | None = None,
    within_days: int = 30,
    as_of: DayLike = None,
    confidence: float = 0.95,
    late: str = LEAVE_OUT,
) -> pd.DataFrame:
    """Return one behavior group by group: one row for each value of `column`, such as each stage.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    behavior, column : str
        The column of the behavior, and the one whose values are the groups, by default "stage".
    outcome, late : str, optional
        A column of yes and no, and what becomes of interviews written down after their answer, as in
        `compare_behaviors`.
    within_days, as_of, confidence : int, date or str, float; optional
        The window (30 days), today, and the coverage of the intervals (0.95), as there.

    Returns
    -------
    pandas.DataFrame
        Stages and formats in their own order, other groups by how many interviews they have; the interviews without a
        value come last, as "not noted". All but `group` are as in `compare_behaviors`:

        - `group`: the value, as text
        - `n_with`, `n_without`, `n_not_noted`, `callbacks_with`, `callbacks_without`: counts
        - `rate_with`, `rate_without`, `difference`, `ci_low`, `ci_high`: as fractions

        `attrs`: `interviews`, `used`, `callbacks`, `left_out`, `late_included`, `within_days` and `as_of`, as in
        `compare_behaviors`.

    Raises
    ------
    ValueError
        For a column that the frame lacks, and whatever `compare_behaviors` refuses.

    Notes
    -----
    Intervals: Miettinen & Nurminen (1985).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.by_group(ik.load_interviews(SAMPLE), "did_ask_questions_at_end", as_of="2026-11-20")
    >>> print(table[["group", "n_with", "n_without", "callbacks_with", "callbacks_without"]].to_string(index=False))
        group  n_with  n_without  callbacks_with  callbacks_without
       screen      20         20              10                  4
    technical       8          2               4                  0
    take-home       1          0               1                  0
       onsite       3          2               3                  0
        final       2          1               2                  0
        other       0          1               0                  0
    """
    [behavior] = behavior_columns(frame, behavior, outcome)
    [column] = checked_columns(frame, "column", [column])
    frame = held(frame)
    outcomes = read_outcomes(frame, outcome, within_days, as_of, late)
    codes, groups = grouped(frame[column][outcomes.known])
    levels, kind = read_levels(frame[behavior], behavior)
    strata = Strata.of(codes, len(groups), outcomes)
    cells = strata.cells(levels)[: len(groups)]
    counts = counts_with_and_without(cells, np.full(len(groups), kind == "rating"))
    columns = {"group": group_names(groups), **counts, **rates_with_and_without(counts, confidence)}
    order = ordered_groups(column, groups, cells.sum(axis=(1, 2)))
    return framed({name: values[order] for name, values in columns.items()}, outcomes.attrs())

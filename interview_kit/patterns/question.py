"""One question, chosen before the interviews that answer it: which ones they are, and what they say."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from interview_kit import schema
from interview_kit.frame.arguments import DayLike, checked_columns, checked_date, checked_day
from interview_kit.frame.arrays import Flags
from interview_kit.frame.chosen import NO_DAY, chosen_on, focuses
from interview_kit.frame.columns import dates
from interview_kit.frame.held import held
from interview_kit.frame.tables import with_attrs
from interview_kit.patterns.comparison import compare_behaviors
from interview_kit.patterns.verdicts import LINING_UP
from interview_kit.words import day

ASKED = "The one question since {since}."
NEVER_ASKED = "{label}: no interview names it as what was to be worked on, so there is no question yet."
NONE_YET = "{label}: not noted yet in an interview since then that counts."
BEFOREHAND = "Asked beforehand and judged by itself, luck alone would say so in at most 5 of 100 such records."
JUDGED = "Judged next at {next_look:,} interviews; {used:,} so far."
MORE = "A difference of 20 points takes about {more:,} more to show."


def focus_question(
    frame: pd.DataFrame,
    behavior: str,
    *,
    since: DayLike = None,
    within_days: int = 30,
    as_of: DayLike = None,
    looks: Iterable[int] | None = None,
) -> pd.DataFrame:
    """Return the row of one behavior, chosen beforehand: whether it lines up with callbacks since it was chosen.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    behavior : str
        The column of the behavior that was chosen.
    since : date or str, optional
        The day on which it was chosen. By default the first interview whose `focus` names it, after the last one that
        names another: who chooses another question begins anew.
    within_days, as_of, looks : int, date or str, iterable of int; optional
        The window, today, and when a question that is looked at again and again is judged, as in `compare_behaviors`.

    Returns
    -------
    pandas.DataFrame
        One row of `compare_behaviors`, of the interviews since that day alone:

        - `behavior`, `kind`, `n_with`, `n_without`, `n_not_noted`, `callbacks_with`, `callbacks_without`, `rate_with`,
          `rate_without`, `difference`, `ci_low`, `ci_high`, `best_guess`, `probability`, `auc`, `design_effect`,
          `needed`, `verdict`: as there
        - `p_value`, `p_adjusted`: the same, since there is one question
        - `adjusted_difference`, `adjusted_low`, `adjusted_high`, `p_stratified`: of several people within each of them
        - `sentence`: the row in words

        `attrs` as there, and `since`, `more` (how many more interviews it takes until a difference of 20 points shows,
        None where it is flagged already) and `sentence`.

    Raises
    ------
    ValueError
        For a behavior that is no column, and whatever `compare_behaviors` refuses.

    Notes
    -----
    A question that was fixed before its interviews took place is not one of many: its p-value needs no adjustment.
    Interviews without a day do not count. Where no interview names it and no day is given, none counts.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> table = ik.focus_question(ik.load_interviews(SAMPLE), "did_ask_questions_at_end", as_of="2026-11-20")
    >>> print(table[["n_with", "n_without", "callbacks_with", "callbacks_without", "verdict"]].to_string(index=False))
     n_with  n_without  callbacks_with  callbacks_without               verdict
          3          1               3                  0 not enough to compare
    >>> table.attrs["since"], table.attrs["more"]
    ('2026-10-06', 173)
    """
    [behavior] = checked_columns(frame, "behavior", [behavior])
    frame, today = held(frame), checked_date(as_of)
    chosen, inside = asked_since(frame, behavior, checked_day("since", since), today)
    table = compare_behaviors(frame[inside], behaviors=[behavior], within_days=within_days, as_of=today, looks=looks)
    attrs = table.attrs | {"since": chosen, "more": still_to_come(table)}
    return with_attrs(table, attrs | {"sentence": question_sentence(table, chosen)})


def asked_since(frame: pd.DataFrame, behavior: str, since: date | None, today: date) -> tuple[date | None, Flags]:
    """Return the day on which a question was chosen, and which interviews it is asked of; None where it never was.

    Where no day is given, it is that of the first interview whose focus is this one, after the last with another.
    """
    checked_columns(frame, "since", ["interviewed_on"])
    held_on = dates(frame, "interviewed_on")
    if since is None:
        past = np.where(held_on <= np.datetime64(today), held_on, NO_DAY)
        chosen = chosen_on(behavior, focuses(frame), past, np.zeros(past.size, int))
        since = np.fmin.reduce(chosen, initial=NO_DAY).item()
    inside = np.zeros(held_on.size, bool) if since is None else held_on >= np.datetime64(since)
    return since, inside


def still_to_come(table: pd.DataFrame) -> int | None:
    """Return the number of interviews to come until a difference of 20 points shows; None where one shows already."""
    row = table.iloc[0]
    if schema.is_missing(row["needed"]):
        return None
    return max(0, int(row["needed"]) - int(row["n_with"] + row["n_without"]))


def question_sentence(table: pd.DataFrame, since: date | None) -> str:
    """Return the question with its answer so far, and what it still takes."""
    row, attrs = table.iloc[0], {str(name): value for name, value in table.attrs.items()}
    label, more = schema.label(row["behavior"]), still_to_come(table)
    if since is None:
        return NEVER_ASKED.format(label=label)
    is_noted = row["n_with"] + row["n_without"] > 0
    parts = [ASKED.format(since=day(since)), row["sentence"] if is_noted else NONE_YET.format(label=label)]
    if row["verdict"] in LINING_UP:
        return " ".join([*parts, BEFOREHAND])
    parts += [JUDGED.format(**attrs)] if attrs["next_look"] else []
    parts += [MORE.format(more=more)] if more else []
    return " ".join(parts)

"""How the behavior that was chosen goes since it was chosen."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit import schema, stats
from interview_kit.frame.answers import RATED_WELL, behavior_levels, is_rating
from interview_kit.frame.arguments import DayLike, check_column, check_frame, checked_date, checked_day, suggestion
from interview_kit.frame.arrays import Days, Flags
from interview_kit.frame.chosen import NO_DAY, chosen_on, focuses
from interview_kit.frame.columns import dates
from interview_kit.frame.groups import people
from interview_kit.frame.held import held
from interview_kit.frame.outcomes import applications, keep
from interview_kit.frame.tables import framed, objects
from interview_kit.words import day, points, span

PERIODS = ("before", "since")


def focus_progress(
    frame: pd.DataFrame,
    behavior: str | None = None,
    *,
    since: DayLike = None,
    as_of: DayLike = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return the rates of a behavior before and since it was chosen to be practiced, one row for each period.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    behavior : str, optional
        The column of the behavior; by default the latest one that an interview's `focus` names.
    since : date or str, optional
        The day on which it was chosen; by default the first interview whose `focus` names it, after the last one that
        names another. That interview counts as since.
    as_of, confidence : date or str, float; optional
        The day that counts as today, and the coverage of the intervals (0.95), as in `compare_behaviors`.

    Returns
    -------
    pandas.DataFrame
        One row per period, none where nothing is chosen; the sentence then says what to do.

        - `behavior`, `period`: the column, and "before" or "since"
        - `start`, `end`: days of the period's first and last interview
        - `n`, `done`: interviews in which it was noted, and in how many it was done (yes, or rated 4 or 5)
        - `rate`, `ci_low`, `ci_high`: done / n and its interval, as fractions

        `attrs`: `difference, low, high` as fractions, since minus before, `sentence`, `behavior`, `since`, `as_of`,
        `confidence`, `people`, and `left_out` (why: how many interviews).

    Raises
    ------
    ValueError
        For a behavior that neither a column nor a focus names, and for values that cannot be read.

    Notes
    -----
    Interviews after `as_of`, those without a date and mere applications do not count. A behavior is often chosen after
    a bad run, and some of what follows it would have come anyway.

    Rates: Wilson (1927). Difference: Miettinen & Nurminen (1985). Where the interviews are of several people, each
    one's own choice divides theirs, those who never made it are left out, and the difference is the one within the same
    person (Klingenberg 2014).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> progress = ik.focus_progress(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> print(progress[["period", "start", "end", "n", "done"]].to_string(index=False))
    period      start        end  n  done
    before 2026-01-07 2026-09-29 58    32
     since 2026-10-06 2026-10-30  7     5
    """
    stats.wilson(0, 0, confidence)  # the confidence is checked also where there is nothing to count
    today, since, frame = checked_date(as_of), checked_day("since", since), held(frame)
    history = read_history(frame, np.datetime64(today, "D"))
    name = history.latest_focus() if behavior is None else checked_behavior(frame, history, behavior)
    attrs = {"behavior": name, "since": since, "as_of": today, "confidence": confidence, "people": 0}
    nothing = attrs | {"left_out": history.left_out, "sentence": nothing_chosen(name)}
    if name is None:
        return progress_table([], nothing)
    done, chosen = read_done(frame, name)[history.counted], history.chosen_on(name, since)
    if since is None and np.isnat(chosen).all():
        return progress_table([], nothing)
    periods = [Period.of(part, history, done) for part in (history.day < chosen, history.day >= chosen)]
    attrs["people"] = int(np.count_nonzero(sum(part.n for part in periods)))
    attrs["since"] = since or np.min(chosen[~np.isnat(chosen)]).item()
    left_out = {"never_chosen": int(np.isnat(chosen).sum()), "not_noted": sum(part.silent for part in periods)}
    attrs |= {"left_out": history.left_out | left_out} | difference(*periods, confidence)
    attrs["sentence"] = progress_sentence(periods, attrs, given=since)
    return progress_table(periods, attrs)


def focus_so_far(
    frame: pd.DataFrame | None, focus: str, *, since: DayLike = None, as_of: DayLike = None
) -> tuple[str, pd.DataFrame | None]:
    """Return how what is worked on goes, in a sentence, and its `focus_progress`; None where no interview knows it.

    `since` is the day on which it was chosen, where that was kept.
    """
    if frame is None or not (focus in frame or ("focus" in frame and focus in set(frame["focus"]))):
        return f"{schema.label(focus)}: not noted in an interview yet.", None
    table = focus_progress(frame, focus, since=since, as_of=as_of)
    return table.attrs["sentence"], table


def focus_streak(frame: pd.DataFrame, behavior: str, *, since: DayLike = None, as_of: DayLike = None) -> int:
    """Return in how many of the latest interviews in a row a behavior was done, since it was chosen.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    behavior : str
        The column of the behavior.
    since, as_of : date or str, optional
        As in `focus_progress`.

    Returns
    -------
    int
        The number of interviews. Those in which the behavior was not noted are passed over, and so are those that
        `focus_progress` leaves out. A streak never goes on from one person to another: of several people it is the
        shortest, which all of those who chose the behavior have held.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> ik.focus_streak(interviews, "did_ask_questions_at_end", as_of="2026-10-28")
    5
    >>> ik.focus_streak(interviews, "did_ask_questions_at_end", as_of="2026-11-20")
    0
    """
    frame = held(frame)
    history = read_history(frame, np.datetime64(checked_date(as_of), "D"))
    chosen = history.chosen_on(behavior, checked_day("since", since))
    done = read_done(frame, behavior)[history.counted]
    kept = (done >= 0) & (history.day >= chosen)
    each_persons = (kept & (history.person == code) for code in np.unique(history.person[kept]))
    return min((streak_of(done[own], history.day[own]) for own in each_persons), default=0)


def streak_of(done: NDArray[np.int8], day: Days) -> int:
    """Return the number of one person's latest interviews in a row in which a behavior was done."""
    latest_first = done[np.argsort(day, kind="stable")][::-1]
    broken = np.flatnonzero(latest_first == 0)
    return int(broken[0]) if broken.size else latest_first.size


class History(NamedTuple):
    """The interviews that count, one entry each, and which rows of the frame they are."""

    counted: Flags
    day: Days
    focus: NDArray[np.object_]
    person: NDArray[np.int64]
    left_out: dict[str, int]

    def latest_focus(self) -> str | None:
        """Return the behavior that the latest interview with a focus names; of one day, the last in the frame."""
        named = np.flatnonzero(self.focus != "")
        return self.focus[named[np.lexsort((named, self.day[named]))[-1]]] if named.size else None

    def chosen_on(self, behavior: str, since: date | None) -> Days:
        """Return for each interview the day on which its person chose a behavior, NaT where never."""
        if since is not None:
            return np.full(self.day.size, np.datetime64(since, "D"))
        return chosen_on(behavior, self.focus, self.day, self.person)


class Period(NamedTuple):
    """One period: its first and last day, and how often the behavior was noted and done, in all and by person."""

    start: np.datetime64
    end: np.datetime64
    n: NDArray[np.int64]
    done: NDArray[np.int64]
    silent: int

    @classmethod
    def of(cls, part: Flags, history: History, done: NDArray[np.int8]) -> "Period":
        """Return the period of a part of the interviews."""
        day, size = history.day[part], int(history.person.max(initial=-1)) + 1
        by_person = [np.bincount(history.person[part & chosen], minlength=size) for chosen in (done >= 0, done == 1)]
        ends = (day.min(), day.max()) if day.size else (NO_DAY, NO_DAY)
        return cls(*ends, *by_person, int(np.count_nonzero(part & (done < 0))))


def difference(before: Period, since: Period, confidence: float) -> dict[str, float]:
    """Return the difference of two periods with its limits: of one person's, or within each of several people's."""
    counts = (since.done, since.n, before.done, before.n)
    if np.count_nonzero(before.n + since.n) > 1:  # people
        found, *limits = stats.mantel_haenszel_difference(*counts, confidence)
    else:
        x1, n1, x2, n2 = (int(count.sum()) for count in counts)
        found = x1 / n1 - x2 / n2 if n1 and n2 else np.nan
        limits = stats.miettinen_nurminen(x1, n1, x2, n2, confidence)
    return {"difference": float(found), "low": float(limits[0]), "high": float(limits[1])}


def progress_table(periods: Sequence[Period], attrs: dict) -> pd.DataFrame:
    """Return the periods as a tidy table."""
    n, done = (np.array([getattr(part, name).sum() for part in periods], np.int64) for name in ("n", "done"))
    columns: dict = {
        "behavior": objects([attrs["behavior"]] * len(periods)),
        "period": objects(PERIODS[: len(periods)]),
        "start": np.array([part.start for part in periods], "M8[D]"),
        "end": np.array([part.end for part in periods], "M8[D]"),
        "n": n,
        "done": done,
    }
    columns |= stats.rates(done, n, attrs["confidence"])
    return framed(columns, {"difference": np.nan, "low": np.nan, "high": np.nan} | attrs)


# What it says


def nothing_chosen(behavior: str | None) -> str:
    """Return the sentence for where no interview names a focus, or not this one."""
    asked = f"“{schema.label('focus')}”"
    if behavior is None:
        return f"No behavior is chosen to practice yet. Choose one from the patterns, or under {asked} in a debrief."
    return (
        f"{schema.label(behavior)}: no dated interview names it as what to practice yet. Choose it under {asked} in "
        "the next debrief, and from there on it is compared with before."
    )


def progress_sentence(periods: Sequence[Period], attrs: dict, *, given: date | None) -> str:
    """Return both counts in words, with the difference where there is one."""
    several = attrs["people"] > 1
    since = f"since {day(given)}" if given else "since it was chosen"
    begin = schema.label(attrs["behavior"]) + (f", {attrs['people']} people: " if several else ": ")
    before_n, since_n = (int(part.n.sum()) for part in periods)
    before, after = (f"{part.done.sum():,} of {part.n.sum():,}" for part in periods)
    begin += "rated 4 or 5 in " if attrs["behavior"].startswith("rated_") and before_n + since_n else ""
    if before_n and since_n:
        return f"{begin}{before} before, {after} {since}{in_points(attrs, several=several)}."
    if before_n:
        return f"{begin}{before} before; not noted in an interview {since} yet."
    return f"{begin}{after} {since}; not noted before." if since_n else f"{begin}not noted before or {since} yet."


def in_points(attrs: dict, *, several: bool) -> str:
    """Return the difference and its limits in brackets; nothing where there is none."""
    if np.isnan(attrs["difference"]):
        return ""
    is_one = abs(round(100 * attrs["difference"])) == 1
    words = f"{points(attrs['difference'])} point{'' if is_one else 's'}{' within the same person' if several else ''}"
    limits = "" if np.isnan(attrs["low"]) else f", plausibly {span(points(attrs['low']), points(attrs['high']))}"
    return f" ({words}{limits})"


# Reading the frame


def read_history(frame: pd.DataFrame, today: np.datetime64) -> History:
    """Return the interviews that count on a day; ValueError where the frame does not say when they were."""
    check_frame(frame)
    check_column(frame, "interviewed_on", "what was before and what since")
    day = dates(frame, "interviewed_on")
    reasons = {"applied": applications(frame), "undated": np.isnat(day), "later": day > today}
    counted, left_out = keep(len(frame), reasons)
    return History(counted, day[counted], focuses(frame)[counted], people(frame)[counted], left_out)


def read_done(frame: pd.DataFrame, behavior: str) -> NDArray[np.int8]:
    """Return 1 for done (yes, or rated 4 or 5), 0 for not done, -1 for not noted; ValueError shows what is neither."""
    if behavior not in frame.columns:
        return np.full(len(frame), -1, np.int8)
    level = behavior_levels(frame, behavior)
    done = level >= (RATED_WELL if is_rating(behavior) else 1)
    return np.where(np.isnan(level), -1, done).astype(np.int8)


# The arguments


def checked_behavior(frame: pd.DataFrame, history: History, behavior: str) -> str:
    """Return a behavior that a column or a focus names; ValueError offers the closest one."""
    if behavior in frame.columns or (behavior and behavior in history.focus):
        return behavior
    known = [name for name in map(str, frame.columns) if schema.kind_by_prefix(name) != "text"]
    raise ValueError(f"behavior is {behavior!r}, but the frame has no such column; {suggestion(behavior, known)}")

"""How long answers take, and the chance that one still comes."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from interview_kit import schema, stats
from interview_kit.frame.arguments import DayLike
from interview_kit.frame.arrays import Counts, Flags, Floats
from interview_kit.frame.columns import text_column
from interview_kit.frame.outcomes import Records, keep, read_records
from interview_kit.frame.tables import framed, objects, whole_numbers
from interview_kit.frame.unanswered import unanswered
from interview_kit.frame.window import PENDING
from interview_kit.trends.dated import held_in_memory
from interview_kit.words import percent, plural

FEW_FOLLOWED = 5
FEWEST_DRAWN = 8  # waits; a chart or table of fewer shows next to nothing
START = {"waiting": 1}  # on day 0 everyone waits


def waiting_curve(frame: pd.DataFrame, *, as_of: DayLike = None, confidence: float = 0.95) -> pd.DataFrame:
    """Return the curve of how the wait for an answer ended, day by day after the interview, from day 0.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    as_of, confidence : date or str, float; optional
        The day that counts as today, and the coverage of the interval, as in `compare_behaviors`.

    Returns
    -------
    pandas.DataFrame
        From day 0 on, one row per day on which someone stopped waiting. `callback`, `closed` and `waiting` are
        fractions of all at the end of the day, together 1.

        - `day`: whole days since the interview
        - `at_risk`: interviews still without an answer as the day begins
        - `callback`, `closed`, `waiting`: called back; rejected or no reply; still without an answer
        - `callback_low`, `callback_high`: the interval of `callback`
        - `still_possible`: the chance that a callback still comes after so many silent days, a fraction, missing where
          nobody was answered later

        `attrs`: `sentence`, `interviews`, `used`, `left_out` (`applied`; `not_yet`: after `as_of`; `undated`: a date is
        missing; `backwards`: the outcome before the interview), `callbacks_without_day` (how many lack it), `as_of`,
        `confidence`.

    Raises
    ------
    ValueError
        For an `as_of` that is no day, and for values that cannot be read.

    Notes
    -----
    Aalen & Johansen (1978), a callback and an end without one ending the wait for each other. What is pending on
    `as_of` is observed until then, a withdrawn one until the day of withdrawal. Answers without a day are not dropped
    while those who still wait are kept: dated answers of the same kind weigh as much more as there are. The interval is
    log-log, Choudhury (2002).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> curve = ik.waiting_curve(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> shown = curve[["day", "at_risk", "callback", "closed", "waiting"]].head(3)
    >>> print(shown.to_string(index=False, float_format="%.2f"))
     day  at_risk  callback  closed  waiting
       0       66      0.00    0.00     1.00
       3       66      0.02    0.03     0.95
       4       62      0.02    0.05     0.94
    """
    frame = held_in_memory("waiting_curve", frame)
    records = read_records(frame, as_of)
    waits = Waits.of(records)
    curve, (after, _, _) = waits.curve, chances_after(waits)
    low, high = stats.log_log_interval(curve.incidence[0], curve.variance[0], confidence)
    columns: dict = {"day": curve.days, "at_risk": waits.at_risk, "callback": curve.incidence[0]}
    columns |= {"closed": curve.incidence[1], "waiting": curve.survival, "callback_low": low, "callback_high": high}
    if waits.used and (not curve.days.size or curve.days[0] > 0):
        columns = {name: np.concatenate(([START.get(name, 0)], values)) for name, values in columns.items()}
        columns["at_risk"][0] = waits.used
    else:
        after = after[1:]
    columns["still_possible"] = after[: columns["day"].size]
    attrs: dict = {"sentence": waiting_sentence(waits), "interviews": len(frame), "used": waits.used}
    attrs |= {"left_out": waits.left_out, "callbacks_without_day": waits.callbacks_without_day}
    return framed(columns, attrs | {"as_of": records.today, "confidence": confidence})


def shows_little(curve: pd.DataFrame) -> bool:
    """Say whether a table of `waiting_curve` is of too few waits to be shown, or of none of the callbacks there are."""
    has_missed = curve.attrs["callbacks_without_day"] > 0 and not curve["callback"].any()
    return curve.attrs["used"] < FEWEST_DRAWN or has_missed


def pending_chances(frame: pd.DataFrame, *, as_of: DayLike = None, confidence: float = 0.95) -> pd.DataFrame:
    """Return the chances of a callback still to come, one row per interview open on `as_of`, in the frame's order.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    as_of, confidence : date or str, float; optional
        The day that counts as today, and the coverage of the interval, as in `waiting_curve`.

    Returns
    -------
    pandas.DataFrame
        One row per open interview:

        - `id`, `company`, `stage`: of the interview
        - `days_silent`: whole days since the interview, missing without a date
        - `chance`: in how many of those in the same records that were silent as long a callback still came, a fraction:
          the `still_possible` of `waiting_curve`
        - `ci_low`, `ci_high`: its interval, as fractions
        - `followed`: how many in the same records were answered after as long a silence
        - `sentence`: the same in words

        Chance and interval are missing where nobody in the records was answered later.

        `attrs`: `sentence`, `interviews`, `left_out` (`applied`, `not_yet`: after `as_of`; `went_on`: a later round at
        the company followed), `as_of`, `confidence`.

    Raises
    ------
    ValueError
        For the same as in `waiting_curve`.

    Notes
    -----
    The interval is log-log, Choudhury (2002); where the chance is 0 or 1 it is that of Wilson (1927) over those that
    were answered later; who only waits on is no trial that failed.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> chances = ik.pending_chances(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> print(chances[["company", "stage", "days_silent"]].head(3).to_string(index=False, float_format="%.2f"))
              company     stage  days_silent
       Ashlark Relief    screen           45
       Tarnwick Bikes technical           29
    Orsolane Textiles    screen           24
    >>> print(chances.attrs["sentence"])
    4 interviews are waiting for an answer, the longest for 45 days.
    """
    frame = held_in_memory("pending_chances", frame)
    records = read_records(frame, as_of)
    open_rows, left_out = unanswered(frame, records)
    waits = Waits.of(records)
    silent = records.spans(records.today)[open_rows]
    lengths, place = np.unique(silent, return_inverse=True)  # those silent as long are told the same
    told = chances_on(waits, lengths, confidence)
    chance, low, high, followed = (values[place] for values in told)
    named = frame[[name for name in ("id", "company", "stage") if name in frame.columns]][open_rows]
    columns: dict = {name: text_column(named, name) for name in ("id", "company", "stage")}
    columns |= {"days_silent": whole_numbers(silent), "chance": chance, "ci_low": low, "ci_high": high}
    columns["followed"] = followed
    answers = bool(waits.answered.any())
    sentences = [chance_sentence(*row, answers=answers) for row in zip(lengths, *told, strict=True)]
    columns["sentence"] = objects(sentences)[place]
    attrs: dict = {"sentence": open_sentence(silent), "interviews": len(frame), "left_out": left_out}
    return framed(columns, attrs | {"as_of": records.today, "confidence": confidence})


class Waits(NamedTuple):
    """How waits ended: their incidence, how many there are, with and without an answer by day, and who is not in it.

    `answers_without_day` and `callbacks_without_day` are how many have been answered, and called back, on no known day.
    """

    curve: stats.Incidence
    length: Floats
    answered: Flags
    left_out: dict[str, int]
    answers_without_day: int
    callbacks_without_day: int

    @classmethod
    def of(cls, records: Records) -> "Waits":
        """Return the waits of records."""
        waiting = records.status == PENDING
        length = records.spans(np.where(waiting, np.datetime64(records.today, "D"), records.answered))
        reasons = {"applied": records.applied, "not_yet": records.not_yet, "undated": np.isnan(length)}
        kept, left_out = keep(length.size, reasons | {"backwards": length < 0})
        cause = np.array([0, 1, 2, 0])[records.status]
        without_day = np.isnat(records.answered) & ~(np.isnat(records.day) | records.applied | records.not_yet)
        weights = answers_without_day(cause[kept], cause[without_day])
        unknown = without_day & ~waiting
        counts = (int(np.count_nonzero(found)) for found in (unknown, unknown & (cause == 1)))
        curve = stats.aalen_johansen(length[kept], cause[kept], weights)
        return cls(curve, length[kept], cause[kept] > 0, left_out, *counts)

    @property
    def used(self) -> int:
        """How many there are."""
        return self.length.size

    @property
    def at_risk(self) -> Counts:
        """How many still waited as each day of the curve began."""
        return self.used - np.searchsorted(np.sort(self.length), self.curve.days)

    @property
    def followed(self) -> Counts:
        """How many were answered after each day of the curve; first for before day 0."""
        answered = np.sort(self.length[self.answered])
        return answered.size - np.searchsorted(answered, np.append(-1, self.curve.days), side="right")


def answers_without_day(dated: Counts, undated: Counts) -> Floats:
    """Return weights by which dated answers stand for those of their kind without a day, given the causes of both.

    Dropped, they would make answers look rarer than they are, since those who still wait are all there. The weights
    leave the sum as it is, so that the range is that of as many as are dated.
    """
    n, more = np.bincount(dated, minlength=3), np.bincount(undated, minlength=3)
    weights = np.array([1, *(1 + more[1:] / np.maximum(n[1:], 1))])
    return weights * n.sum() / max((weights * n).sum(), 1)


def chances_after(waits: Waits) -> tuple[Floats, Floats, Counts]:
    """Return the chance of a callback after each day, its variance, how many were followed; first for before day 0.

    Missing where nobody was answered later: who only waits on tells of no end.
    """
    curve, followed = waits.curve, waits.followed
    chance, variance = stats.incidence_after(curve)
    whole, its_variance = (one[0, -1:] for one in (curve.incidence, curve.variance))
    chance, variance = stats.snapped(np.append(whole, chance[0])), np.append(its_variance, variance[0])
    return np.where(followed[: chance.size] > 0, chance, np.nan), variance, followed


def chances_on(waits: Waits, silent: Floats, confidence: float) -> tuple[Floats, Floats, Floats, Counts]:
    """Return the chance after so many silent days, its low and high, and how many were followed until an answer."""
    chance, variance, followed = chances_after(waits)
    chance, variance = np.append(chance, np.nan), np.append(variance, np.nan)  # the last for an unknown wait
    followed = np.append(followed, 0)
    place = np.searchsorted(waits.curve.days, np.where(np.isnan(silent), 0, silent), side="right")
    place = np.where(np.isnan(silent) | (chance.size == 1), -1, place)
    chance, variance, followed = chance[place], variance[place], followed[place]
    low, high = stats.log_log_interval(np.nan_to_num(chance), np.nan_to_num(variance), confidence)
    sure = np.isin(chance, (0, 1))
    called = np.where(sure, chance * followed, 0)
    rough_low, rough_high = stats.wilson(called, followed, confidence)
    low, high = np.where(sure, rough_low, low), np.where(sure, rough_high, high)
    unknown = np.isnan(chance)
    return chance, np.where(unknown, np.nan, low), np.where(unknown, np.nan, high), followed


def waiting_sentence(waits: Waits) -> str:
    """Return the sentences about how waits ended, how soon the callbacks came, and which interviews are not counted."""
    curve, used = waits.curve, waits.used
    if not used:
        return f"There is no wait to show yet: no interview has the dates it takes.{uncounted_words(waits)}"
    callback = curve.incidence[0, -1] if curve.events.any() else 0
    if waits.callbacks_without_day and not callback:
        have = "interview has" if used == 1 else "interviews have"
        no_callback = "no callback is among them, so how long answers take cannot be told yet"
        return f"Only {used:,} {have} the days it takes, and {no_callback}.{uncounted_words(waits)}"
    if not curve.events.any():
        return f"None of these interviews has an answer yet.{uncounted_words(waits)}"
    return f"{ended_words(waits)}.{uncounted_words(waits, 'so those that have one stand for them')}"


def ended_words(waits: Waits) -> str:
    """Return how waits ended, and how soon the callbacks came, without a full stop."""
    curve, used = waits.curve, waits.used
    callback, closed = curve.incidence[:, -1]
    which = "the" if waits.answers_without_day else "all"
    whole = f"{which} {used:,} interviews" if used > 1 else "one interview"
    with_days = " with the days it takes" if waits.answers_without_day else ""
    words = f"Of {whole}{with_days}, each counted for as long as it waited, {percent(callback)} led to a callback"
    days = f"{curve.days[-1]:,} day{'' if curve.days[-1] == 1 else 's'}"
    words += f" and {percent(closed)} ended without one within {days}"
    if not callback:
        return words
    half = int(curve.days[np.searchsorted(curve.incidence[0], callback / 2 * (1 - 1e-12))])
    return f"{words}; half of the callbacks came by day {half:,}"


def uncounted_words(waits: Waits, so: str = "") -> str:
    """Return how many answers have no day, with what to do about it, behind a space; nothing where all have one."""
    count = waits.answers_without_day
    if not count:
        return ""
    others = "1 other has no day of its answer" if count == 1 else f"{count:,} others have no day of their answer"
    so = so or f"so {'it' if count == 1 else 'they'} cannot be counted here"
    return f" {others}, {so}; note it as “{schema.label('outcome_on')}”."


def chance_sentence(silent: float, chance: float, low: float, high: float, followed: int, *, answers: bool) -> str:
    """Return the sentence about one open interview."""
    if np.isnan(silent):
        return "It has no date, so the days of silence are not known."
    after = f"After {plural(int(silent), 'day')} of silence"
    if not answers:
        return f"{after}: no answer with its day is in these records, so there is nothing to go by."
    if np.isnan(chance):
        return f"{after}: the records do not reach that far, so there is nothing to go by."
    later = f"{followed:,} {'was' if followed == 1 else 'were'} answered later"
    if chance == 0:
        return f"{after} no callback came in these records so far; {later}, {up_to(high)}."
    words = f"{after}, a callback still came in {percent(chance)}, plausibly {100 * low:.0f} to {percent(high)}"
    return f"{words}; {later}{'' if followed >= FEW_FOLLOWED else ', so take it lightly'}."


def up_to(high: float) -> str:
    """Return the upper end of a range that begins at nothing."""
    return f"so it may still come in {f'up to {percent(high)}' if high >= 0.005 else 'less than 1%'}"


def open_sentence(silent: Floats) -> str:
    """Return the sentence that counts the open interviews."""
    if not silent.size:
        return "No interview is waiting for an answer."
    known = silent[~np.isnan(silent)]
    words = "One interview is" if silent.size == 1 else f"{silent.size:,} interviews are"
    longest = f", the longest for {plural(int(known.max()), 'day')}" if known.size else ""
    return f"{words} waiting for an answer{longest}."

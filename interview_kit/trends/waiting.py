"""How long answers take, and the chance that one still comes."""

from typing import TYPE_CHECKING

import numpy as np

from interview_kit import stats
from interview_kit.frame.outcomes import Records, keep
from interview_kit.frame.window import PENDING
from interview_kit.trends.conversion import Chains, chain_keys, stages, tie_break_rank
from interview_kit.trends.tables import Counts, Flags, Floats
from interview_kit.words import percent, plural

if TYPE_CHECKING:
    import pandas as pd

FEW_WAITED = 5


def waits(records: Records) -> tuple[stats.Incidence, int, dict[str, int]]:
    """Return the cumulative incidence of callbacks and of ends without one, how many it rests on, and who is not."""
    waiting = records.status == PENDING
    length = records.spans(np.where(waiting, np.datetime64(records.today, "D"), records.answered))
    reasons = {"applied": records.applied, "not_yet": records.not_yet, "undated": np.isnan(length)}
    kept, left_out = keep(length.size, reasons | {"backwards": length < 0})
    cause = np.array([0, 1, 2, 0])[records.status]
    return stats.aalen_johansen(length[kept], cause[kept]), int(np.count_nonzero(kept)), left_out


def chances_after(curve: stats.Incidence) -> tuple[Floats, Floats, Counts]:
    """Return the chance of a callback after each day, its variance, how many waited longer; first for before day 0."""
    chance, variance = stats.incidence_after(curve)
    whole, its_variance = (one[0, -1:] for one in (curve.incidence, curve.variance))
    chance, variance = np.concatenate((whole, chance[0])), np.concatenate((its_variance, variance[0]))
    waited = np.append(curve.at_risk, 0).astype(np.int64)
    if not curve.events.any():
        chance = np.full_like(chance, np.nan)
    return chance, variance, waited


def chances_on(curve: stats.Incidence, silent: Floats, confidence: float) -> tuple[Floats, Floats, Floats, Counts]:
    """Return the chance after so many silent days, its low and high, and how many waited longer."""
    chance, variance, waited = chances_after(curve)
    chance, variance = np.append(chance, np.nan), np.append(variance, np.nan)  # the last for an unknown wait
    waited = np.append(waited, 0)
    place = np.searchsorted(curve.days, np.where(np.isnan(silent), 0, silent), side="right")
    place = np.where(np.isnan(silent) | (chance.size == 1), -1, place)
    chance, variance, waited = chance[place], variance[place], waited[place]
    chance = np.where(waited > 0, chance, np.nan)
    low, high = stats.log_log_interval(np.nan_to_num(chance), np.nan_to_num(variance), confidence)
    sure = np.isin(chance, (0, 1))
    called = np.where(sure, chance * waited, 0)
    rough_low, rough_high = stats.wilson(called, waited, confidence)
    low, high = np.where(sure, rough_low, low), np.where(sure, rough_high, high)
    unknown = np.isnan(chance)
    return chance, np.where(unknown, np.nan, low), np.where(unknown, np.nan, high), waited


def still_open(frame: "pd.DataFrame", records: Records) -> tuple[Flags, dict[str, int]]:
    """Return which interviews are still open, and which open rows are not shown."""
    waits, later = records.status == PENDING, np.zeros(len(frame), bool)
    key, linked = chain_keys(frame, records)
    near = np.isin(key, key[waits])  # only the rounds that were for the same job as an open one
    rounds = records.of(near)
    stage, turn = stages(frame)[0][near], tie_break_rank(frame, records)[near]
    later[near] = Chains.linked(key[near], linked[near], rounds, stage, turn).later
    reasons = {"closed": ~waits, "applied": records.applied, "not_yet": records.not_yet}
    kept, left_out = keep(len(frame), reasons | {"went_on": later})
    return kept, {reason: count for reason, count in left_out.items() if reason != "closed"}


def waiting_sentence(curve: stats.Incidence, used: int) -> str:
    """Return what became of the interviews, and how soon the callbacks came."""
    if not used:
        return "There is no wait to show yet: no interview has the dates it takes."
    if not curve.events.any():
        return "None of these interviews has an answer yet."
    callback, closed = curve.incidence[:, -1]
    whole = f"all {used:,} interviews" if used > 1 else "one interview"
    words = f"Of {whole}, each counted for as long as it waited, {percent(callback)} led to a callback"
    days = f"{curve.days[-1]:,} day{'' if curve.days[-1] == 1 else 's'}"
    words += f" and {percent(closed)} ended without one within {days}"
    if not callback:
        return f"{words}."
    half = int(curve.days[np.searchsorted(curve.incidence[0], callback / 2 * (1 - 1e-12))])
    return f"{words}; half of the callbacks came by day {half:,}."


def chance_sentence(silent: float, chance: float, low: float, high: float, waited: int, *, answers: bool) -> str:
    """Return what the records say about one open interview."""
    if np.isnan(silent):
        return "It has no date, so the days of silence are not known."
    after = f"After {plural(int(silent), 'day')} of silence"
    if not answers:
        return f"{after}: none of your interviews has an answer yet, so there is nothing to go by."
    if np.isnan(chance):
        return f"{after}: your records do not reach that far, so there is nothing to go by."
    if chance == 0:
        return f"{after} no callback came in your records so far; {waited:,} waited longer, {up_to(high)}."
    words = f"{after}, a callback still came in {100 * chance:.0f} of 100 like it"
    words += f", plausibly {100 * low:.0f} to {100 * high:.0f}"
    return f"{words}." if waited >= FEW_WAITED else f"{words}; only {waited:,} waited longer, so take it lightly."


def up_to(high: float) -> str:
    """Return the upper end of a range that begins at nothing."""
    return f"so it may still come in {f'up to {100 * high:.0f}' if high >= 0.005 else 'less than 1'} of 100"


def open_sentence(silent: Floats) -> str:
    """Return how many interviews are open."""
    if not silent.size:
        return "No interview is waiting for an answer."
    known = silent[~np.isnan(silent)]
    words = "One interview is" if silent.size == 1 else f"{silent.size:,} interviews are"
    longest = f", the longest for {plural(int(known.max()), 'day')}" if known.size else ""
    return f"{words} waiting for an answer{longest}."

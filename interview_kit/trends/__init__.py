"""How outcomes change over time, by stage, and while waiting, as tidy tables."""

import difflib
from collections.abc import Callable, Iterable
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from interview_kit import schema, stats
from interview_kit.schema import frames, window
from interview_kit.schema.frames import (
    CALLED,
    NOT_CALLED,
    PENDING,
    WITHDRAWN,
    Days,
    casefolded,
    check_frame,
    checked_date,
    checked_days,
    coded,
    dates,
    framed,
    moments,
    objects,
)
from interview_kit.schema.tally import Table, is_elsewhere
from interview_kit.trends.elsewhere import CLOSED, NOT_YET, OFFER, OPEN, STATE_CODES, WENT_ON, over_time
from interview_kit.trends.elsewhere import WITHDRAWN as LEFT
from interview_kit.trends.elsewhere import steps as count_steps

if TYPE_CHECKING:
    import pandas as pd

    from interview_kit.schema.tally import AnyFrame

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

SMALLEST_BIN, MOST_BINS = 8, 12
CLEAR_AT = 0.05  # p-value
SMALLEST_OUTCOME = 3  # of each kind, before a trend is called clear
SMALLEST_STAGE = 5  # interviews, before a stage is compared
FEW_WAITED = 5
RATES_WITH = 4  # a rating of 4 or 5 is "done"
PERIODS = {"MS": "months", "QS": "quarters", "W": "weeks"}
OFFERED = 4  # among the ends of a chain
ENDS = ("pending", "callback", "no callback", "withdrawn", "offer")
NOT_NOTED = "not noted"
DAY_0 = date(1970, 1, 1).toordinal()
TURN_OF_STATUS = np.array([OPEN, WENT_ON, CLOSED, LEFT])  # pending, called, not called, withdrawn
START = {"waiting": 1}  # on day 0 everyone waits


# The questions


def outcome_trend(
    frame: "AnyFrame",
    *,
    freq: str | None = None,
    within_days: int = 30,
    as_of: object = None,
    confidence: float = 0.95,
) -> "pd.DataFrame":
    """Return the callback rate over time, one row per period, the earliest first.

    Columns: `start`, `end` (days), `n` (interviews that count), `callbacks` among them, `pending` (interviews besides
    that are less than `within_days` days old on `as_of`, today by default), `rate` = callbacks / n and its Wilson
    (1927) range `ci_low, ci_high` as fractions, missing where n is 0. A callback counts where it came within
    `within_days` of the interview, or on no known day. By default up to 12 periods of equal counts, at least 8
    interviews that count in each, days never split, from the first interview in it to the last; `freq` "MS", "QS" or
    "W" makes them months, quarters or weeks from Monday, without a row where there was no interview.

    The frame may also be a table of another engine, as in `compare_behaviors`. One row for each day and state, and one
    for each person where there are people, is all that leaves the engine.

    `attrs`: `trend` (`statistic` and `p_value` of the trend test with the date as score, Mantel 1963, within people
    where there are several; `sentence`), `interviews`, `used`, `callbacks`, `pending`, `left_out` (why: how many),
    `within_days`, `as_of`, `confidence`. Raises ValueError for arguments and values that cannot be read.
    """
    check_freq(freq)
    within_days, today = checked_days(within_days), checked_date(as_of)
    dated = (dated_elsewhere if is_elsewhere(frame) else dated_here)(cast("Any", frame), within_days, today)
    days, n = dated.days, dated.called + dated.not_called
    periods = Periods.of(days, n, freq)
    columns: dict = periods.columns() | {"n": periods.sums(n), "callbacks": periods.sums(dated.called)}
    columns |= {"pending": periods.sums(dated.pending)} | rates(columns["callbacks"], columns["n"], confidence)
    trend = trend_of(dated.sums)
    attrs: dict = {"trend": trend.attrs(rate_sentence(trend, days, dated.called, n)), **dated.attrs}
    return framed(columns, attrs | {"within_days": within_days, "as_of": today, "confidence": confidence})


def habit_trend(
    frame: "pd.DataFrame", behavior: str, *, freq: str | None = None, confidence: float = 0.95
) -> "pd.DataFrame":
    """Return how often a behavior was done over time, one row per period, the earliest first.

    Columns: `start`, `end` (days), `n` (dated interviews in which it was noted), `done`, `rate` = done / n and its
    Wilson (1927) range `ci_low, ci_high` as fractions. Periods as in `outcome_trend`. A rating is "done" at 4 or 5.

    `attrs`: `behavior`, `trend` (`statistic` and `p_value`, Mantel 1963, for a rating over the whole scale, within
    people where there are several; `sentence`), `sentence` (the same), `interviews`, `used`, `left_out`, `confidence`.
    Raises ValueError for arguments and values that cannot be read.
    """
    check_freq(freq)
    check_frame(frame)
    level = behavior_levels(frame, behavior)
    day, applied = dates(frame, "interviewed_on"), frames.applications(frame)
    reasons = {"applied": applied, "undated": np.isnat(day), "not_noted": np.isnan(level)}
    kept, left_out = keep(len(frame), reasons)
    day, level = day[kept], level[kept]
    done = level >= (RATES_WITH if is_rating(behavior) else 1)
    days, (n, times_done) = by_day(day, np.ones(day.size, np.int64), done)
    periods = Periods.of(days, n, freq)
    columns: dict = periods.columns() | {"n": periods.sums(n), "done": periods.sums(times_done)}
    columns |= rates(columns["done"], columns["n"], confidence)
    trend = measured(day, level, people(frame)[kept])
    sentence = habit_sentence(behavior, trend, days, times_done, n)
    attrs: dict = {"behavior": behavior, "trend": trend.attrs(sentence), "sentence": sentence}
    attrs |= {"interviews": len(frame), "used": day.size, "left_out": left_out, "confidence": confidence}
    return framed(columns, attrs)


def stage_conversion(
    frame: "AnyFrame", *, within_days: int = 30, as_of: object = None, confidence: float = 0.95
) -> "pd.DataFrame":
    """Return how many go on from each stage: one row per stage that occurs, in order, then unknown ones by name.

    Columns: `stage`, `n` (interviews that count) = `callbacks` + `not_called_back`, `pending` (besides: too young, or
    neither dated nor decided), `rate` = callbacks / n and its Wilson (1927) range `ci_low, ci_high` as fractions. The
    rule for what counts is that of `outcome_trend`; interviews without a date count once decided. Applications that led
    to no interview are the row `applied`; withdrawn ones are left out and counted.

    Rounds of one person at one company for one role, upper and lower case alike, are a chain in the order of their
    dates; after a no or a withdrawal the next round begins another. Of one day they come by stage, then those that went
    on before those that ended, then by the day of the answer. A round noted as pending that a later one follows was
    called back. `attrs`: `sentence`, `paths` (a list of `source, target, count`: each interview leads once, to the
    round after it or to "offer", "callback", "no callback", "pending" or "withdrawn"; a stage that comes again in a
    chain is "technical 2"), `applications` (`chains`, and how many of them `reached_interview`), `interviews`, `used`,
    `callbacks`, `pending`, `left_out`, `within_days`, `as_of`, `confidence`.

    The frame may also be a table of another engine, as in `compare_behaviors`: it puts the rounds in order itself, and
    one row for each kind of step in a chain is all that leaves it, besides the letters of names whose lower case is
    not the same everywhere. Raises ValueError for arguments and values that cannot be read.
    """
    within_days, today = checked_days(within_days), checked_date(as_of)
    steps = (steps_elsewhere if is_elsewhere(frame) else steps_here)(cast("Any", frame), within_days, today)
    counts = {code: steps.of_stages(steps.state == code) for code in (CALLED, NOT_CALLED, PENDING)}
    n = counts[CALLED] + counts[NOT_CALLED]
    columns: dict = {
        "stage": objects(steps.names),
        "n": n,
        "callbacks": counts[CALLED],
        "not_called_back": counts[NOT_CALLED],
    }
    columns |= {"pending": counts[PENDING]} | rates(counts[CALLED], n, confidence)
    occurs = n + counts[PENDING] > 0
    columns = {name: values[occurs] for name, values in columns.items()}
    attrs: dict = {"sentence": stage_sentence(columns), "paths": paths(steps), "applications": steps.applications}
    attrs |= counts_of(steps.state, steps.n, steps.left_out)
    return framed(columns, attrs | {"within_days": within_days, "as_of": today, "confidence": confidence})


def waiting_curve(frame: "pd.DataFrame", *, as_of: object = None, confidence: float = 0.95) -> "pd.DataFrame":
    """Return what became of the wait, day by day after the interview, from day 0.

    Columns: `day` (whole days since the interview; a row where someone stopped waiting), `at_risk` (still without an
    answer as the day begins), then fractions of all at the end of the day: `callback`, `closed` (rejected or no reply)
    and `waiting`, together 1; `callback_low, callback_high` (log-log range, Choudhury 2002); `still_possible`, the
    chance that a callback still comes after so many silent days, missing where nobody waited longer or nobody was
    answered. Aalen & Johansen (1978), a callback and an end without one ending the wait for each other. What is
    pending on `as_of` (today) is observed until then, a withdrawn one until the day of withdrawal.

    `attrs`: `sentence`, `interviews`, `used`, `left_out` (`applied`; `not_yet`: after `as_of`; `undated`: a date is
    missing; `backwards`: the outcome before the interview), `as_of`, `confidence`. Raises ValueError for arguments and
    values that cannot be read.
    """
    records = read_records(frame, as_of)
    curve, used, left_out = waits(records)
    after, _, _ = chances_after(curve)
    low, high = stats.log_log_interval(curve.incidence[0], curve.variance[0], confidence)
    columns: dict = {"day": curve.days, "at_risk": curve.at_risk.astype(np.int64), "callback": curve.incidence[0]}
    columns |= {"closed": curve.incidence[1], "waiting": curve.survival, "callback_low": low, "callback_high": high}
    if used and (not curve.days.size or curve.days[0] > 0):
        columns = {name: np.concatenate(([START.get(name, 0)], values)) for name, values in columns.items()}
        columns["at_risk"][0] = used
    else:
        after = after[1:]
    attrs: dict = {
        "sentence": waiting_sentence(curve, used),
        "interviews": len(frame),
        "used": used,
        "left_out": left_out,
    }
    return framed(
        columns | {"still_possible": after[: columns["day"].size]},
        attrs | {"as_of": records.today, "confidence": confidence},
    )


def pending_chances(frame: "pd.DataFrame", *, as_of: object = None, confidence: float = 0.95) -> "pd.DataFrame":
    """Return one row per interview still open on `as_of` (today), in the frame's order: may a callback still come?

    Columns: `id`, `company`, `stage`, `days_silent` (whole days since the interview, missing without a date), `chance`
    (in how many of those in the same records that were silent as long a callback still came, a fraction: the
    `still_possible` of `waiting_curve`), `ci_low, ci_high`, `sentence`. The range is log-log (Choudhury 2002); where
    the chance is 0 or 1 it is the Wilson (1927) range over those that waited longer. Missing where the records hold
    no answer yet, or nobody in them waited longer.

    `attrs`: `sentence`, `interviews`, `left_out` (`applied`, `not_yet`: after `as_of`; `went_on`: a later round at
    the company followed), `as_of`, `confidence`. Raises ValueError for arguments and values that cannot be read.
    """
    records = read_records(frame, as_of)
    open_rows, left_out = still_open(frame, records)
    curve, _, _ = waits(records)
    silent = records.spans(records.today)[open_rows]
    lengths, place = np.unique(silent, return_inverse=True)  # those silent as long are told the same
    told = chances_on(curve, lengths, confidence)
    chance, low, high, _ = (values[place] for values in told)
    named = frame[[name for name in ("id", "company", "stage") if name in frame.columns]][open_rows]
    columns: dict = {name: text_column(named, name) for name in ("id", "company", "stage")}
    columns |= {"days_silent": whole_numbers(silent), "chance": chance, "ci_low": low, "ci_high": high}
    answers = bool(curve.events.any())
    sentences = [chance_sentence(*row, answers=answers) for row in zip(lengths, *told, strict=True)]
    columns["sentence"] = objects(sentences)[place]
    attrs: dict = {"sentence": open_sentence(silent), "interviews": len(frame), "left_out": left_out}
    return framed(columns, attrs | {"as_of": records.today, "confidence": confidence})


def chance_calibration(frame: "pd.DataFrame", *, bins: int = 5, confidence: float = 0.95) -> "pd.DataFrame":
    """Return whether one's guesses of a callback come true, one row per range of guesses, the lowest first.

    Columns: `low`, `high` (guesses in percent, from low up to but without high; 100 is in the last), `n` (interviews
    with a guess and an answer), `said` (mean guess, percent), `callbacks`, `rate` = callbacks / n and its Wilson
    (1927) range `ci_low, ci_high` as fractions. Of `bins` ranges of equal width those with a guess have a row. A
    callback or an offer is a callback; rejected and no reply are none; pending and withdrawn are left out.

    `attrs`: `brier` (mean squared distance of guess and outcome, 0 is best and 0.25 is always saying 50; Brier 1950;
    missing without a guess), `sentence`, `interviews`, `used`, `left_out`, `confidence`. Raises ValueError for
    arguments and values that cannot be read.
    """
    if isinstance(bins, bool) or not isinstance(bins, (int, np.integer)) or not 1 <= bins <= 100:
        raise ValueError(f"bins is {bins!r}; it must be a whole number from 1 to 100, such as 5")
    records = read_records(frame, date.max)
    said = coded(frame, "chance", read_chance, np.nan)
    reasons = {"applied": records.applied, "no_guess": np.isnan(said), "withdrawn": records.status == WITHDRAWN}
    kept, left_out = keep(len(frame), reasons | {"pending": records.status == PENDING})
    said, called = said[kept], records.status[kept] == CALLED
    place = np.minimum((said * bins / 100 + 1e-9).astype(np.int64), bins - 1)
    n, callbacks = count(place, bins), count(place[called], bins)
    edges = 100 * np.arange(bins + 1) / bins
    mean = np.bincount(place, said, bins) / np.maximum(n, 1)
    columns: dict = {"low": edges[:-1], "high": edges[1:], "n": n, "said": mean, "callbacks": callbacks}
    columns |= rates(callbacks, n, confidence)
    columns = {name: values[n > 0] for name, values in columns.items()}
    attrs: dict = {"brier": float(((said / 100 - called) ** 2).mean()) if said.size else np.nan}
    attrs |= {"sentence": guess_sentence(said, called), "interviews": len(frame), "used": said.size}
    return framed(columns, attrs | {"left_out": left_out, "confidence": confidence})


def debrief_delay(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return how long after each interview it was written down: one row per interview, in the frame's order.

    Columns: `id`, `interviewed_on`, `debriefed_at`, `hours` (since the end of the interview where `ended_at` is noted,
    else 24 times the days), `days` (calendar days, whole). Both are missing where a date is, or where it was written
    down before the interview; only `hours` where before its end. Applications without an interview have no row.

    `attrs`: `sentence`, `better` (True where it clearly comes sooner now, False where later, None where it is not
    clear), `median_hours`, `trend` (`statistic` and `p_value` of the logarithm of 1 + hours over the date, Mantel 1963,
    within people where there are several; `sentence`), `interviews`, `used`, `left_out`. Raises ValueError for values
    that cannot be read.
    """
    check_frame(frame)
    kept = ~frames.applications(frame)
    day, written = dates(frame, "interviewed_on")[kept], moments(frame, "debriefed_at")[kept].astype("M8[s]")
    ended = coded(frame, "ended_at", seconds_of_day, np.nan)[kept]
    days = span(day, written.astype("M8[D]"))
    hours = np.where(np.isnan(ended), days * 24, span(day.astype("M8[s]"), written) / 3600 - ended / 3600)
    backwards = (days < 0) | (hours < 0)
    hours, days = np.where(backwards, np.nan, hours), np.where(days < 0, np.nan, days)
    known = ~np.isnan(hours)
    trend = measured(day[known], np.log1p(hours[known]), people(frame)[kept][known])
    sentence = delay_sentence(trend, day[known], hours[known])
    left_out = {"applied": int(np.count_nonzero(~kept)), "undated": int(np.count_nonzero(~known & ~backwards))}
    attrs: dict = {"sentence": sentence, "better": trend.direction < 0 if trend.clear else None}
    attrs |= {"median_hours": float(np.median(hours[known])) if known.any() else np.nan}
    attrs |= {"trend": trend.attrs(sentence), "interviews": len(frame), "used": int(np.count_nonzero(known))}
    columns: dict = {"id": text_column(frame, "id")[kept], "interviewed_on": day.astype("M8[us]")}
    columns |= {"debriefed_at": written.astype("M8[us]"), "hours": hours, "days": whole_numbers(days)}
    return framed(columns, attrs | {"left_out": left_out | {"backwards": int(np.count_nonzero(backwards))}})


# The arguments


def check_freq(freq: str | None) -> None:
    """Raise ValueError where the period is none of ours."""
    if freq is not None and freq not in PERIODS:
        accepted = ", ".join(f"{name!r} ({words})" for name, words in PERIODS.items())
        raise ValueError(f"freq is {freq!r}; it must be one of {accepted}, or None for periods of equal counts")


def check_column(frame: "pd.DataFrame", argument: str, name: str) -> None:
    """Raise ValueError with the closest name where the frame lacks a column."""
    if name in frame.columns:
        return
    columns = [str(column) for column in frame.columns]
    behaviors = [column for column in columns if schema.kind_by_prefix(column) != "text"]
    close = difflib.get_close_matches(str(name), columns, n=1)
    offered = f"did you mean {close[0]!r}?" if close else f"it has {', '.join(behaviors[:8] or columns[:8]) or 'none'}"
    raise ValueError(f"{argument} names {name!r}, but the frame has no such column; {offered}")


# Reading records


class Records(NamedTuple):
    """The outcome of each row, when it was, and when it became known."""

    status: NDArray[np.uint8]
    applied: Flags
    day: Days
    answered: Days
    today: date

    @property
    def not_yet(self) -> Flags:
        """Which interviews are still to come on the day that counts as today."""
        return self.day > np.datetime64(self.today, "D")

    def of(self, rows: Flags) -> "Records":
        """Return the records of some rows."""
        return Records(self.status[rows], self.applied[rows], self.day[rows], self.answered[rows], self.today)

    def spans(self, until: "Days | date") -> Floats:
        """Return whole days from each interview to a day; NaN where one is missing."""
        return span(self.day, np.asarray(until, "M8[D]"))


def read_records(frame: "pd.DataFrame", as_of: object) -> Records:
    """Return the outcomes of a frame and their days."""
    check_frame(frame)
    if len(frame.columns):
        check_column(frame, "outcome", "outcome")
    today, answered = checked_date(as_of), dates(frame, "outcome_on")
    status = frames.outcomes(frame)
    status[answered > np.datetime64(today, "D")] = PENDING  # on that day it was not known yet
    applied = frames.applications(frame)
    return Records(status, applied, dates(frame, "interviewed_on"), answered, today)


def read_chance(value: object) -> float:
    """Return a guess in percent."""
    chance = schema.parse("chance", schema.plain_text(value))
    return np.nan if chance is None else chance


def seconds_of_day(value: object) -> float:
    """Return a time of day in seconds."""
    moment = value if isinstance(value, time) else schema.parse("time", schema.plain_text(value))
    return np.nan if moment is None else 3600 * moment.hour + 60 * moment.minute + moment.second


def is_rating(behavior: str) -> bool:
    """Say whether a behavior is rated from 1 to 5."""
    return schema.kind_by_prefix(str(behavior)) == "rating"


def behavior_levels(frame: "pd.DataFrame", behavior: str) -> Floats:
    """Return a behavior's answers, 0 and 1 or 1 to 5, NaN where it was not noted."""
    check_column(frame, "behavior", behavior)
    kind = "rating" if is_rating(behavior) else "yes/no"

    def level(value: object) -> float:
        answer = schema.parse(kind, schema.plain_text(value))
        return np.nan if answer is None else answer

    return coded(frame, behavior, level, np.nan)


def span(start: Days, end: Days) -> Floats:
    """Return the time from start to end in their finer unit, NaN where one is missing."""
    length = end - start
    return np.where(np.isnat(length), np.nan, length.astype(np.int64))


def people(frame: "pd.DataFrame") -> Counts:
    """Return a number for each row's person, in the order of their names; nobody named is one of them.

    Sums over people then do not depend on the order of the rows.
    """
    import pandas as pd

    if "person" not in frame.columns:
        return np.zeros(len(frame), np.int64)
    places, distinct = pd.factorize(frame["person"])
    words = objects([*map(casefolded, distinct), ""])  # a missing value is at place -1
    return np.unique(words, return_inverse=True)[1][places]


def folded(frame: "pd.DataFrame", name: str) -> tuple[Counts, int]:
    """Return a code for each value, upper and lower case alike, and the code of nothing, which is the largest."""
    import pandas as pd

    if name not in frame.columns:
        return np.zeros(len(frame), np.int64), 0
    places, distinct = pd.factorize(frame[name])
    codes, nothing = folded_words(tuple(map(str, np.asarray(distinct, object))))
    return codes[places], nothing  # a missing value is at place -1


@lru_cache(maxsize=4)  # several questions are asked of the same companies
def folded_words(words: tuple[str, ...]) -> tuple[Counts, int]:
    """Return a code for each word, then that of nothing, which is the largest."""
    found = [*map(casefolded, words)]
    code = {word: place for place, word in enumerate(dict.fromkeys(filter(None, found)))}
    code[""] = len(code)
    return np.array([*map(code.__getitem__, found), code[""]]), code[""]


def texts(frame: "pd.DataFrame", name: str) -> NDArray[np.object_]:
    """Return a column as text, empty where there is nothing."""
    return np.asarray(text_column(frame, name), object)


def text_column(frame: "pd.DataFrame", name: str) -> Any:
    """Return the same as a frame holds it, without an object for each row."""
    import pandas as pd

    if name not in frame.columns:
        return objects([""] * len(frame))
    kind = frame[name].dtype
    if isinstance(kind, pd.CategoricalDtype) and kind.categories.dtype == "str":
        return frame[name].astype("str").fillna("").array
    if isinstance(kind, pd.StringDtype):
        return frame[name].fillna("").array
    return objects(["" if schema.is_missing(value) else str(value) for value in frame[name]])


def keep(size: int, reasons: dict[str, Flags]) -> tuple[Flags, dict[str, int]]:
    """Return which rows no reason takes away, and how many each does; a row counts for the first."""
    kept, left_out = np.ones(size, bool), {}
    for reason, applies in reasons.items():
        left_out[reason] = int(np.count_nonzero(applies & kept))
        kept &= ~applies
    return kept, left_out


# The window rule


def states(records: Records, within_days: int) -> NDArray[np.int64]:
    """Return what each row counts as: pending where too young, or neither dated nor decided."""
    facts = window.facts(records.status, records.day, records.answered, within_days, records.today)
    rule = window.window_rule_as_told(facts)
    return np.select([*rule.values()], [STATE_CODES[name] for name in rule], NOT_CALLED)


class Dated(NamedTuple):
    """Dated interviews: how many of each day are in which state, the sums of the trend, and what the table says."""

    days: Days
    pending: Counts
    called: Counts
    not_called: Counts
    sums: "Sums"
    attrs: dict


def dated_here(frame: "pd.DataFrame", within_days: int, today: date) -> Dated:
    """Return the interviews that are shown over time."""
    records = read_records(frame, today)
    state = states(records, within_days)
    undated, not_yet = np.isnat(records.day), records.not_yet
    reasons = {"applied": records.applied, "withdrawn": state == WITHDRAWN, "undated": undated, "not_yet": not_yet}
    kept, left_out = keep(state.size, reasons)
    state, day, person = state[kept], records.day[kept], people(frame)[kept]
    days, counts = by_day(day, *(state == code for code in (PENDING, CALLED, NOT_CALLED)))
    counted = state != PENDING
    sums = sums_of(day[counted], state[counted] == CALLED, person[counted])
    return Dated(days, *counts, sums, counts_of(state, np.ones(state.size, np.int64), left_out))


def dated_elsewhere(frame: object, within_days: int, today: date) -> Dated:
    """Return the same of a table that another engine holds."""
    table = Table(frame)
    check_column(table.shape, "outcome", "outcome")
    counts, by_person = over_time(table, within_days, today)
    total = counts.groupby("state")["n"].sum()
    left_out = {reason: int(total.get(reason, 0)) for reason in ("applied", "withdrawn", "undated", "not_yet")}
    counts = counts[~counts["state"].isin(left_out)]
    state, n = counts["state"].map(STATE_CODES).to_numpy(np.int64), counts["n"].to_numpy(np.int64)
    day = (counts["day"].to_numpy(np.int64) - DAY_0).astype("M8[D]")
    days, by_state = by_day(day, *(n * (state == code) for code in (PENDING, CALLED, NOT_CALLED)))
    place = np.unique(people(by_person), return_inverse=True)[1]
    n, x, xx, y, xy = (np.bincount(place, by_person[name], minlength=1) for name in ("counted", "x", "xx", "y", "xy"))
    return Dated(days, *by_state, Sums(n, x, xx, y, y, xy), counts_of(state, counts["n"].to_numpy(), left_out))


def counts_of(state: NDArray[np.int64], n: Counts, left_out: dict[str, int]) -> dict:
    """Return what a table says about the interviews behind it, and those left out."""
    called, not_called, pending = (int(n[state == code].sum()) for code in (CALLED, NOT_CALLED, PENDING))
    counts = {"interviews": called + not_called + pending + sum(left_out.values()), "used": called + not_called}
    return counts | {"callbacks": called, "pending": pending, "left_out": left_out}


# Periods


class Periods(NamedTuple):
    """The period of each day, and each period's first and last day."""

    place: Counts
    start: Days
    end: Days

    @classmethod
    def of(cls, day: Days, n: Counts, freq: str | None) -> "Periods":
        """Return calendar periods, or periods in which equally many count; the days are in order, each once."""
        if freq is None:
            return cls.of_equal_counts(day, n)
        first = PERIOD_STARTS[freq](day)
        start, place = np.unique(first, return_inverse=True)
        return cls(place, start, PERIOD_STARTS[freq](start + PERIOD_REACH[freq]) - np.timedelta64(1, "D"))

    @classmethod
    def of_equal_counts(cls, day: Days, n: Counts) -> "Periods":
        """Return periods in which equally many count; what does not count yet goes with its neighbors."""
        cuts = equal_cuts(day, n, MOST_BINS)
        place = np.searchsorted(cuts, day, side="right")
        edges = np.searchsorted(place, np.arange(cuts.size + 1)) if day.size else np.array([], int)
        ends = np.append(edges[1:], day.size)[: edges.size] - 1
        return cls(place, day[edges], day[ends])

    def columns(self) -> dict[str, NDArray]:
        """Return the first and last days as a frame holds them."""
        return {"start": self.start.astype("M8[us]"), "end": self.end.astype("M8[us]")}

    def sums(self, counts: Counts) -> Counts:
        """Return the sum of the days' counts in each period."""
        return summed(self.place, counts, self.start.size)


def by_day(day: Days, *counts: NDArray) -> tuple[Days, list[Counts]]:
    """Return the days that occur, in order, and the sums of their rows' counts."""
    if not day.size:
        return day, [np.zeros(0, np.int64) for _ in counts]
    place = (day - day.min()).astype(np.int64)
    occurs = np.flatnonzero(np.bincount(place))
    return day.min() + occurs, [summed(place, values, occurs[-1] + 1)[occurs] for values in counts]


def equal_cuts(day: Days, n: Counts, most: int) -> Days:
    """Return the days that begin a new period: equal counts, no day split, at least 8 in each."""
    until = np.cumsum(n)
    size = int(n.sum())
    parts = min(most, size // SMALLEST_BIN)
    cuts, last = [], 0
    for part in range(1, parts):
        at = np.searchsorted(until, part * size // parts, side="right")
        cut = int(until[at] - n[at])
        if min(cut - last, size - cut) >= SMALLEST_BIN:
            cuts.append(day[at])
            last = cut
    return np.array(cuts, "M8[D]")


def month_start(day: Days) -> Days:
    """Return the first day of the month."""
    return day.astype("M8[M]").astype("M8[D]")


def quarter_start(day: Days) -> Days:
    """Return the first day of the quarter."""
    month = day.astype("M8[M]")
    return (month - month.astype(np.int64) % 3).astype("M8[D]")


def week_start(day: Days) -> Days:
    """Return the Monday of the week."""
    return day - (day.astype(np.int64) + 3) % 7  # day 0, 1970-01-01, was a Thursday


PERIOD_STARTS: dict[str, Callable[[Days], Days]] = {"MS": month_start, "QS": quarter_start, "W": week_start}
PERIOD_REACH = {"MS": np.timedelta64(31, "D"), "QS": np.timedelta64(92, "D"), "W": np.timedelta64(7, "D")}


# Trends


class Trend(NamedTuple):
    """The trend test, which way it goes, and whether there is enough to call it clear."""

    statistic: float
    p_value: float
    direction: float
    n: int
    enough: bool
    several: bool

    @property
    def clear(self) -> bool:
        """Whether the trend stands out from luck."""
        return self.enough and self.p_value <= CLEAR_AT

    @property
    def note(self) -> str:
        """What to add where there are several people."""
        return " Each person is compared only with themselves." if self.several else ""

    def attrs(self, sentence: str) -> dict:
        """Return what a table says about the trend."""
        return {"statistic": self.statistic, "p_value": self.p_value, "sentence": sentence}


class Sums(NamedTuple):
    """Of each person, how many interviews there are and the sums of x, of y, of their squares and products."""

    n: NDArray
    x: NDArray
    xx: NDArray
    y: NDArray
    yy: NDArray
    xy: NDArray


def sums_of(day: Days, y: ArrayLike, person: Counts) -> Sums:
    """Return the sums of each person, of days since the first of all as x."""
    y = np.asarray(y, float)
    place = np.unique(person, return_inverse=True)[1] if person.size else np.zeros(0, np.int64)
    x = span(day.min(), day) if day.size else np.zeros(0)  # small numbers keep the sums exact
    ones = np.ones(x.size)
    return Sums(*(np.bincount(place, values, minlength=1) for values in (ones, x, x * x, y, y * y, x * y)))


def measured(day: Days, y: ArrayLike, person: Counts) -> Trend:
    """Return the trend of y over the date, within people."""
    return trend_of(sums_of(day, y, person))


def trend_of(sums: Sums) -> Trend:
    """Return the trend that the sums of each person make."""
    n, x, xx, y, yy, xy = sums
    m2, p = stats.stratified_trend(n, sum_x=x, sum_xx=xx, sum_y=y, sum_yy=yy, sum_xy=xy)
    direction = (xy - x * y / np.maximum(n, 1)).sum()
    size = int(n.sum())
    enough = size >= 2 * SMALLEST_BIN and not np.isnan(p)
    return Trend(float(m2), float(p), float(direction), size, enough, n.size > 1)


def thirds(day: Days, n: Counts) -> tuple[Flags, Flags, str]:
    """Return which rows are the first third and the last; they are "part" where a day that counts much shifts them."""
    days, (counts,) = by_day(day, n)
    until, size = np.cumsum(counts), int(counts.sum())
    cuts = np.unique(days[np.searchsorted(until, [size // 3, 2 * size // 3], side="right")])
    cuts = cuts[cuts > days[counts > 0][0]]
    if not cuts.size:
        return np.ones(day.size, bool), np.ones(day.size, bool), "part"
    return day < cuts[0], day >= cuts[-1], "third" if cuts.size == 2 else "part"


def enough_of_both(yes: Counts, n: Counts) -> bool:
    """Say whether there are enough of both kinds to call a trend clear."""
    return min(yes.sum(), n.sum() - yes.sum()) >= SMALLEST_OUTCOME


def rate_sentence(trend: Trend, day: Days, called: Counts, n: Counts) -> str:
    """Return what the numbers say about callbacks over time, day by day."""
    if not trend.n:
        return "There is no trend to see yet: no dated interview counts so far."
    if not trend.enough:
        return f"It is too early for a trend: {called.sum():,} of {trend.n:,} called back so far."
    words = "No clear trend"
    if trend.clear and enough_of_both(called, n):
        words = f"Callbacks come {'more' if trend.direction > 0 else 'less'} often than before"
    return f"{words}: {first_and_last(day, called, n)}.{trend.note}"


def first_and_last(day: Days, yes: Counts, n: Counts) -> str:
    """Return the rates of the first third and the last in words."""
    first, last, part = thirds(day, n)
    shares = [share_in_words(int(yes[third].sum()), int(n[third].sum())) for third in (first, last)]
    return f"{shares[0]} in the first {part}, {shares[1]} in the last"


def share_in_words(yes: int, n: int) -> str:
    """Return a rate with its counts."""
    return f"{percent(yes / n)} ({yes:,} of {n:,})"


def habit_sentence(behavior: str, trend: Trend, day: Days, done: Counts, n: Counts) -> str:
    """Return what the numbers say about a habit over time, day by day."""
    label = schema.label(str(behavior)) + (", rated 4 or 5" if is_rating(behavior) else "")
    if not trend.n:
        return f"{label}: not noted in any dated interview yet."
    if not trend.enough:
        return f"{label}: {done.sum():,} of {trend.n:,} so far; it is too early for a trend."
    words = "no clear trend"
    if trend.clear and (enough_of_both(done, n) or is_rating(behavior)):
        more, less = ("higher", "lower") if is_rating(behavior) else ("more often", "less often")
        words = f"{more if trend.direction > 0 else less} than before"
    return f"{label}: {words}, {first_and_last(day, done, n)}.{trend.note}"


def delay_sentence(trend: Trend, day: Days, hours: Floats) -> str:
    """Return what the numbers say about writing interviews down."""
    if not trend.n:
        return "No interview has both its date and the time it was written down yet."
    half = f"Half of your interviews were written down within {duration(float(np.median(hours)))}."
    if not trend.enough:
        return f"{half} It is too early for a trend."
    first_third, last_third, part = thirds(day, np.ones(day.size, np.int64))
    first, last = (float(np.median(hours[third])) for third in (first_third, last_third))
    words = ("Sooner than before" if trend.direction < 0 else "Later than before") if trend.clear else "No clear trend"
    compared = f"typically {duration(first)} in the first {part}, {duration(last)} in the last"
    return f"{half} {words}: {compared}.{trend.note}"


def duration(hours: float) -> str:
    """Return hours in words, as days from two days on."""
    count, unit = (hours / 24, "day") if hours >= 48 else (hours, "hour")
    if round(hours) < 1:
        return "the same day" if hours == 0 else "an hour"
    return f"{count:.0f} {unit}{'' if round(count) == 1 else 's'}"


# Stages


def stages(frame: "pd.DataFrame") -> tuple[Counts, list[str]]:
    """Return each row's stage as a place among the names."""
    import pandas as pd

    if "stage" not in frame.columns:
        return np.full(len(frame), len(schema.STAGES)), [*schema.STAGES, NOT_NOTED]
    values, distinct = pd.factorize(frame["stage"])
    names, places = stage_places(distinct)
    return np.array([*places, len(names) - 1])[values], names


def stage_places(values: Iterable) -> tuple[list[str], list[int]]:
    """Return the names of stages, the kit's in order, then others by name, then not noted; and each value's place."""
    read = [schema.parse("stage", schema.plain_text(value)) or NOT_NOTED for value in values]
    others = sorted(set(read) - {*schema.STAGES, NOT_NOTED})
    names = [*schema.STAGES, *others, NOT_NOTED]
    place = {name: at for at, name in enumerate(names)}
    return names, [place[name] for name in read]


class Steps(NamedTuple):
    """From each stage to the next in its chain (-1 for none), the nth time there, and how many interviews do so."""

    names: list[str]
    stage: Counts
    nth: Counts
    next_stage: Counts
    next_nth: Counts
    state: Counts
    offered: Flags
    n: Counts
    applications: dict[str, int]
    left_out: dict[str, int]

    def of_stages(self, which: Flags) -> Counts:
        """Return how many interviews of each stage are among these."""
        return summed(self.stage[which], self.n[which], len(self.names))


def steps_here(frame: "pd.DataFrame", within_days: int, today: date) -> Steps:
    """Return the step of each interview."""
    records = read_records(frame, today)
    not_yet = records.not_yet
    if not_yet.any():
        frame = frame[~not_yet]
        records = read_records(frame, today)
    stage, names = stages(frame)
    chains = Chains.of(frame, records, stage)
    state = states(chains.went_on_called(records), within_days)
    offered = (state == CALLED) & offers(frame)
    nth, ends = chains.times(stage), chains.after < 0
    next_stage, next_nth = (np.where(ends, -1, values[chains.after] if ends.size else -1) for values in (stage, nth))
    left_out = {"withdrawn": int(np.count_nonzero(state == WITHDRAWN)), "not_yet": int(np.count_nonzero(not_yet))}
    n, applications = np.ones(stage.size, np.int64), chains.applications(records)
    return Steps(names, stage, nth, next_stage, next_nth, state, offered, n, applications, left_out)


def steps_elsewhere(frame: object, within_days: int, today: date) -> Steps:
    """Return the steps of the interviews that another engine holds."""
    table = Table(frame)
    check_column(table.shape, "outcome", "outcome")
    values = table.distinct("stage").tolist()
    names, places = stage_places(values)
    found = count_steps(table, dict(zip(values, places, strict=True)), len(names) - 1, within_days, today)
    not_yet = found["state"] == NOT_YET
    left_out = {"withdrawn": found["n"][found["state"] == WITHDRAWN].sum(), "not_yet": found["n"][not_yet].sum()}
    found = found[~not_yet]
    chains, reached = found["n"][found["next_stage"] < 0].sum(), found["first"].sum()
    applications = {"chains": int(chains), "reached_interview": int(reached)}
    columns = (found[name].to_numpy() for name in Steps._fields[1:8])
    return Steps(names, *columns, applications, {reason: int(size) for reason, size in left_out.items()})


def offers(frame: "pd.DataFrame") -> Flags:
    """Return which outcomes are offers."""
    return coded(frame, "outcome", frames.is_offer, 0, bool)


def turns(frame: "pd.DataFrame", records: Records) -> Counts:
    """Return whose turn it is among rounds of one day and stage."""
    return np.where(offers(frame) & (records.status == CALLED), OFFER, TURN_OF_STATUS[records.status])


class Chains(NamedTuple):
    """The chain of each row, its rows in order, the row that follows each (-1 for none), and who may be followed."""

    chain: Counts
    order: Counts
    after: Counts
    later: Flags

    @classmethod
    def of(cls, frame: "pd.DataFrame", records: Records, stage: Counts) -> "Chains":
        """Return the rounds of one person at one company for one role, in the order of their dates."""
        return cls.linked(*chain_keys(frame, records), records, stage, turns(frame, records))

    @classmethod
    def linked(cls, key: Counts, linked: Flags, records: Records, stage: Counts, turn: Counts) -> "Chains":
        """Return the same by a number for each person, company and role, and by which rows can be linked at all."""
        order = np.lexsort((records.answered, turn, stage, records.day, key))
        this, following = order[:-1], order[1:]
        goes_on = np.isin(records.status[this], (CALLED, PENDING))
        follows = (key[this] == key[following]) & linked[this] & linked[following] & goes_on
        chain, after, later = np.zeros(order.size, int), np.full(order.size, -1), np.zeros(order.size, bool)
        chain[order] = np.concatenate(([0], np.cumsum(~follows)))[: order.size]
        after[this[follows]] = following[follows]
        later[this] = follows & (records.day[following] > records.day[this])
        return cls(chain, order, after, later)

    def went_on_called(self, records: Records) -> Records:
        """Return the records with a pending round that a later one follows as called back, on no known day."""
        found = self.later & (records.status == PENDING)
        answered = np.where(found, np.datetime64("NaT"), records.answered).astype("M8[D]")
        return records._replace(status=np.where(found, np.uint8(CALLED), records.status), answered=answered)

    def times(self, stage: Counts) -> Counts:
        """Return how often each row's stage came in its chain before."""
        import pandas as pd

        rows, before = pd.DataFrame({"chain": self.chain[self.order], "stage": stage[self.order]}), stage.copy()
        before[self.order] = rows.groupby(["chain", "stage"]).cumcount().to_numpy()
        return before

    def applications(self, records: Records) -> dict[str, int]:
        """Return how many chains there are, and how many reached an interview."""
        reached = np.count_nonzero(np.bincount(self.chain[~records.applied]))
        return {"chains": int(self.chain.max(initial=-1)) + 1, "reached_interview": int(reached)}


def chain_keys(frame: "pd.DataFrame", records: Records) -> tuple[Counts, Flags]:
    """Return a number for each person, company and role, and which rows can be linked at all."""
    import pandas as pd

    (person, _), (company, nowhere), (role, _) = (folded(frame, name) for name in ("person", "company", "role"))
    key = pd.factorize(person * (company.max(initial=0) + 1) + company)[0]
    key = pd.factorize(key * (role.max(initial=0) + 1) + role)[0]
    linked = (company != nowhere) & ~np.isnat(records.day) & ~records.not_yet
    return key, linked


def paths(steps: Steps) -> list[dict]:
    """Return how many interviews lead from each stage to the next or to their end; each leads once."""
    names = steps.names
    node, next_node = (
        at + nth * len(names) for at, nth in ((steps.stage, steps.nth), (steps.next_stage, steps.next_nth))
    )
    target = np.where(steps.next_stage >= 0, next_node, -1 - np.where(steps.offered, OFFERED, steps.state))
    width = node.max(initial=0) + 6
    pairs, place = np.unique(node * width + target + 5, return_inverse=True)
    sources, targets = np.divmod(pairs, width)

    def name(code: int) -> str:
        again, place = divmod(code, len(names))
        return ENDS[-1 - code] if code < 0 else names[place] + (f" {again + 1}" if again else "")

    sizes = summed(place, steps.n, pairs.size)
    edges = zip(sources.tolist(), (targets - 5).tolist(), sizes.tolist(), strict=True)
    return [{"source": name(source), "target": name(target), "count": size} for source, target, size in edges]


def stage_sentence(columns: dict[str, NDArray]) -> str:
    """Return where fewest go on, if that is clear."""
    interviews = columns["stage"] != "applied"
    stage, n, x = (columns[name][interviews] for name in ("stage", "n", "callbacks"))
    if not n.sum():
        return "There is nothing to compare yet: no interview counts so far."
    total = f"{x.sum():,} of {n.sum():,} interviews led on"
    compared = np.flatnonzero(n >= SMALLEST_STAGE)
    if compared.size < 2:
        return f"It is too early to compare stages: {total} so far."
    lowest = compared[np.argmin(x[compared] / n[compared])]
    others = np.setdiff1d(compared, [lowest])
    p = stats.two_by_two_p(x[lowest], n[lowest], x[others].sum(), n[others].sum()) * compared.size
    shown = [f"{stage[at]} {percent(x[at] / n[at])} ({x[at]:,} of {n[at]:,})" for at in compared]
    if p > CLEAR_AT:
        return f"No stage clearly stands out; led on: {', '.join(shown)}."
    rest = f"{percent(x[others].sum() / n[others].sum())} from the other stages"
    return f"Fewest go on from {shown[np.flatnonzero(compared == lowest)[0]]}; {rest}."


# Waiting


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
    stage, turn = stages(frame)[0][near], turns(frame, records)[near]
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
    words = f"Of {used:,} interview{'' if used == 1 else 's'}, {percent(callback)} led to a callback"
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
    after = f"After {silent:,.0f} day{'' if silent == 1 else 's'} of silence"
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
    longest = f", the longest for {known.max():,.0f} day{'' if known.max() == 1 else 's'}" if known.size else ""
    return f"{words} waiting for an answer{longest}."


# Guesses


def guess_sentence(said: Floats, called: Flags) -> str:
    """Return guess and outcome side by side."""
    if not said.size:
        return "There is no guess to check yet: it takes an interview with a guess and an answer."
    return f"You said {said.mean():.0f}% on average; {share_in_words(int(called.sum()), called.size)} called back."


# Tables


def count(places: Counts, size: int) -> Counts:
    """Return how often each place occurs."""
    return np.bincount(places, minlength=size)


def summed(places: Counts, values: NDArray, size: int) -> Counts:
    """Return the sum of the whole numbers at each place."""
    return np.bincount(places, values, minlength=size).astype(np.int64)


def rates(x: Counts, n: Counts, confidence: float) -> dict[str, Floats]:
    """Return x / n and its range."""
    low, high = stats.wilson(x, n, confidence)
    return {"rate": np.where(n > 0, x / np.maximum(n, 1), np.nan), "ci_low": low, "ci_high": high}


def percent(rate: float) -> str:
    """Return a fraction in percent."""
    return f"{100 * rate:.0f}%"


def whole_numbers(values: Floats) -> "pd.arrays.IntegerArray":
    """Return whole numbers, some of them missing."""
    import pandas as pd

    missing = np.isnan(values)
    return pd.arrays.IntegerArray(np.where(missing, 0, values).astype(np.int64), missing)

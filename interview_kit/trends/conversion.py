"""Who goes on from stage to stage, and by which path."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from interview_kit import schema, stats
from interview_kit.frame.arguments import DayLike, checked_date, checked_days
from interview_kit.frame.arrays import Counts, Flags
from interview_kit.frame.columns import coded
from interview_kit.frame.groups import application_keys
from interview_kit.frame.outcomes import Records, is_offer, read_records, states
from interview_kit.frame.tables import framed, objects
from interview_kit.frame.window import CALLED, NOT_CALLED, PENDING, WITHDRAWN
from interview_kit.trends.changes import share_in_words, those_over
from interview_kit.trends.dated import counts_of, held_in_memory
from interview_kit.words import percent

ENDS = ("pending", "callback", "no callback", "withdrawn", "offer")
NOT_NOTED = "not noted"
OFFERED = 4  # among the ends of a chain
SMALLEST_STAGE = 5  # interviews, before a stage is compared
# Whose turn it is among rounds of one day and stage: those that went on come before those that ended a chain.
WENT_ON, OFFER, OPEN, CLOSED, LEFT = range(5)
TURN_OF_STATUS = np.array([OPEN, WENT_ON, CLOSED, LEFT])  # pending, called, not called, withdrawn


def stage_conversion(
    frame: pd.DataFrame, *, within_days: int = 30, as_of: DayLike = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Return the rates of going on from each stage: one row per stage that occurs, in order, then unknown ones by name.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    within_days, as_of, confidence : int, date or str, float; optional
        The window (30 days), today, and the coverage of the intervals (0.95), as in `outcome_trend`.

    Returns
    -------
    pandas.DataFrame
        One row per stage. Applications that led to no interview are the row `applied`; withdrawn ones are left out and
        counted.

        - `stage`: its name
        - `n`: interviews that count, `callbacks` + `not_called_back`
        - `callbacks`, `not_called_back`: how many of them were called back, and how many were not
        - `pending`: interviews besides that are too young, or neither dated nor decided
        - `rate`, `ci_low`, `ci_high`: callbacks / n and its interval, as fractions

        `attrs`: `sentence`, `paths` (a list of `source, target, count`: each interview leads once, to the round after
        it or to "offer", "callback", "no callback", "pending" or "withdrawn"; a stage that comes again in a chain is
        "technical 2"), `applications` (`chains`, and how many of them `reached_interview`), `interviews`, `used`,
        `callbacks`, `pending`, `left_out`, `within_days`, `as_of`, `confidence`.

    Raises
    ------
    ValueError
        For arguments and values that cannot be read, and for a table of another engine, which cannot put rounds in
        order where it is: the error says which columns to take into memory first.

    Notes
    -----
    The rule for what counts is that of `outcome_trend`; interviews without a date count once decided. Interval: Wilson
    (1927).

    Rounds of one person at one company for one role, upper and lower case alike, are a chain in the order of their
    dates; after a no or a withdrawal the next round begins another. Of one day they come by stage, then those that went
    on before those that ended, then by the day of the answer. A round noted as pending that a later one follows was
    called back.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> stages = ik.stage_conversion(ik.load_interviews(SAMPLE), as_of="2026-11-20")
    >>> shown = stages[["stage", "n", "callbacks", "pending", "rate"]].head(3)
    >>> print(shown.to_string(index=False, float_format="%.2f"))
        stage  n  callbacks  pending  rate
      applied  6          0        0  0.00
       screen 41         14        2  0.34
    technical 10          4        1  0.40
    >>> stages.attrs["applications"]
    {'chains': 51, 'reached_interview': 45}
    """
    frame = held_in_memory("stage_conversion", frame)
    within_days, today = checked_days(within_days), checked_date(as_of)
    steps = steps_of(frame, within_days, today)
    pending, called, not_called = (steps.of_stages(steps.state == code) for code in (PENDING, CALLED, NOT_CALLED))
    n = called + not_called
    columns: dict = {"stage": objects(steps.names), "n": n, "callbacks": called, "not_called_back": not_called}
    columns |= {"pending": pending} | stats.rates(called, n, confidence)
    occurs = n + pending > 0
    columns = {name: values[occurs] for name, values in columns.items()}
    sentence = stage_sentence(columns, within_days)
    attrs: dict = {"sentence": sentence, "paths": paths(steps), "applications": steps.applications}
    attrs |= counts_of(pending, called, not_called, steps.left_out)
    return framed(columns, attrs | {"within_days": within_days, "as_of": today, "confidence": confidence})


def stages(frame: pd.DataFrame) -> tuple[Counts, list[str]]:
    """Return each row's stage as a place among the names: the kit's in order, then others by name, then not noted."""
    if "stage" not in frame.columns:
        return np.full(len(frame), len(schema.STAGES)), [*schema.STAGES, NOT_NOTED]
    values, distinct = pd.factorize(frame["stage"])
    read = [schema.parse_value("stage", value) or NOT_NOTED for value in distinct]
    names = [*schema.STAGES, *sorted(set(read) - {*schema.STAGES, NOT_NOTED}), NOT_NOTED]
    places = {name: at for at, name in enumerate(names)}
    return np.array([*(places[name] for name in read), len(names) - 1])[values], names


class Steps(NamedTuple):
    """Of each interview its stage and state, and where it leads from and to: a stage for the nth time, or an end."""

    names: list[str]
    stage: Counts
    state: Counts
    source: Counts  # the place of the stage, and as many more as there are names for each time that it came before
    target: Counts  # the same, or below zero what it ended with
    applications: dict[str, int]
    left_out: dict[str, int]

    def of_stages(self, which: Flags) -> Counts:
        """Return the number of interviews of each stage among these."""
        return np.bincount(self.stage[which], minlength=len(self.names))


def steps_of(frame: pd.DataFrame, within_days: int, today: date) -> Steps:
    """Return the step of each interview."""
    records = read_records(frame, today)
    not_yet = records.not_yet
    if not_yet.any():
        frame = frame[~not_yet]
        records = read_records(frame, today)
    stage, names = stages(frame)
    chains = Chains.of(frame, records, stage)
    state = states(chains.went_on_called(records), within_days)
    source = stage + chains.times(stage) * len(names)
    end = np.where((state == CALLED) & offers(frame), OFFERED, state)
    target = np.where(chains.after >= 0, source[chains.after], -1 - end)
    left_out = {"withdrawn": int(np.count_nonzero(state == WITHDRAWN)), "not_yet": int(np.count_nonzero(not_yet))}
    return Steps(names, stage, state, source, target, chains.applications(records), left_out)


def offers(frame: pd.DataFrame) -> Flags:
    """Return the mask of outcomes that are offers."""
    return coded(frame, "outcome", is_offer, 0, bool)


def tie_break_rank(frame: pd.DataFrame, records: Records) -> Counts:
    """Return whose turn it is among rounds of one day and stage."""
    return np.where(offers(frame) & (records.status == CALLED), OFFER, TURN_OF_STATUS[records.status])


class Chains(NamedTuple):
    """The chain of each row, its rows in order, the row that follows each (-1 for none), and who may be followed."""

    chain: Counts
    order: Counts
    after: Counts
    later: Flags

    @classmethod
    def of(cls, frame: pd.DataFrame, records: Records, stage: Counts) -> "Chains":
        """Return the rounds of one person at one company for one role, in the order of their dates."""
        key, is_named = application_keys(frame)
        linked = is_named & ~np.isnat(records.day) & ~records.not_yet
        order = np.lexsort((records.answered, tie_break_rank(frame, records), stage, records.day, key))
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
        answered = np.where(found, np.datetime64("NaT", "D"), records.answered)
        return records._replace(status=np.where(found, np.uint8(CALLED), records.status), answered=answered)

    def times(self, stage: Counts) -> Counts:
        """Return the number of times that each row's stage came in its chain before."""
        rows, before = pd.DataFrame({"chain": self.chain[self.order], "stage": stage[self.order]}), stage.copy()
        before[self.order] = rows.groupby(["chain", "stage"]).cumcount().to_numpy()
        return before

    def applications(self, records: Records) -> dict[str, int]:
        """Return the number of chains, and of those that reached an interview."""
        reached = np.count_nonzero(np.bincount(self.chain[~records.applied]))
        return {"chains": int(self.chain.max(initial=-1)) + 1, "reached_interview": int(reached)}


def paths(steps: Steps) -> list[dict]:
    """Return the steps from each stage to the next or to an end, with how many interviews take them; each takes one."""
    names = steps.names
    width = steps.source.max(initial=0) + 6
    pairs, sizes = np.unique(steps.source * width + steps.target + 5, return_counts=True)
    sources, targets = np.divmod(pairs, width)

    def name(code: int) -> str:
        again, place = divmod(code, len(names))
        return ENDS[-1 - code] if code < 0 else names[place] + (f" {again + 1}" if again else "")

    edges = zip(sources.tolist(), (targets - 5).tolist(), sizes.tolist(), strict=True)
    return [{"source": name(source), "target": name(target), "count": size} for source, target, size in edges]


def stage_sentence(columns: dict, within_days: int) -> str:
    """Return the sentence that names the stage from which fewest go on, if that is clear."""
    interviews = columns["stage"] != "applied"
    stage, n, x = (columns[name][interviews] for name in ("stage", "n", "callbacks"))
    if not n.sum():
        return "There is nothing to compare yet: no interview counts so far."
    compared = np.flatnonzero(n >= SMALLEST_STAGE)
    if compared.size < 2:
        total = f"of {those_over(n.sum(), within_days)}, {x.sum():,} moved on within them"
        return f"It is too early to compare stages: {total}; it takes {SMALLEST_STAGE} at each of two stages."
    lowest = compared[np.argmin(x[compared] / n[compared])]
    others = np.setdiff1d(compared, [lowest])
    p = stats.two_by_two_p(x[lowest], n[lowest], x[others].sum(), n[others].sum()) * compared.size
    shown = [f"{stage[at]} {share_in_words(x[at], n[at])}" for at in compared]
    if p > stats.LEVEL:
        return f"No stage clearly stands out; moved on within {within_days} days: {', '.join(shown)}."
    rest = f"{percent(x[others].sum() / n[others].sum())} from the other stages"
    return f"Fewest go on within {within_days} days from {shown[np.flatnonzero(compared == lowest)[0]]}; {rest}."

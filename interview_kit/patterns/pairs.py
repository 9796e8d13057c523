"""Which behaviors go together, or replace each other."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from interview_kit import schema
from interview_kit.frame.answers import NOT_NOTED, RATED_WELL, read_levels
from interview_kit.frame.arrays import Counts, Floats, Levels
from interview_kit.frame.held import held
from interview_kit.frame.tables import framed, objects, row_dicts
from interview_kit.patterns.asked import behavior_columns
from interview_kit.patterns.words import WORDS

TOGETHER = 5  # interviews in which both of a pair were noted


def behavior_pairs(
    frame: pd.DataFrame, *, behaviors: Iterable[str] | str | None = None, at_least: float = 0.5
) -> pd.DataFrame:
    """Return the pairs of behaviors that mostly come together or mostly apart, the closest first.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    behaviors : str or iterable of str, optional
        Columns to pair; by default all that begin with did_ or rated_. A rating of 4 or 5 is "with".
    at_least : float, default 0.5
        A pair is listed where the correlation is at least this large either way; from 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row per pair:

        - `behavior`, `other`: the two columns
        - `n`: interviews where both were noted, at least 5
        - `both`, `only_behavior`, `only_other`, `neither`: how many of these interviews had which
        - `correlation`: from -1 to 1
        - `sentence`: the same in words

    Raises
    ------
    ValueError
        For a column that the frame lacks, and for values that are no answers.

    Notes
    -----
    The correlation is Pearson's, for yes and no the same as phi. What travels together cannot be told apart from these
    records.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> pairs = ik.behavior_pairs(ik.load_interviews(SAMPLE), at_least=0.2)
    >>> shown = pairs[["behavior", "other", "n", "both", "correlation"]].head(2)
    >>> print(shown.to_string(index=False, float_format="%.2f"))
                behavior                       other  n  both  correlation
        did_drink_coffee    did_ask_questions_at_end 63    15        -0.24
    did_make_eye_contact did_listen_before_answering 35    17         0.24
    """
    if not 0 <= at_least <= 1:
        raise ValueError(f"at_least is {at_least:g}; it must lie between 0 and 1, such as 0.5")
    frame = held(frame)
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
    return framed(columns | {"sentence": objects(map(pair_sentence, row_dicts(columns)))}, {})


class Pairs(NamedTuple):
    """Counts of every behavior (rows) against every other (columns) where both were noted."""

    n: Counts
    both: Counts
    only: Counts
    correlation: Floats


def count_pairs(read: Sequence[tuple[Levels, str]], rows: int) -> Pairs:
    """Count all pairs by matrix products over slices of rows, in which single precision is exact."""
    sums = np.zeros((6, len(read), len(read)))
    lowest = np.array([RATED_WELL if kind == "rating" else 1 for _, kind in read]).reshape(-1, 1)
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


def pair_sentence(pair: dict) -> str:
    """Return the sentence about one pair."""
    counts = {name: f"{pair[name]:,}" for name in ("n", "both", "neither")}
    names = {name: schema.label(str(pair[name])) for name in ("behavior", "other")}
    one = f"{pair['only_behavior'] + pair['only_other']:,}"
    return WORDS["together" if pair["correlation"] > 0 else "apart"].format(**names, **counts, one=one)

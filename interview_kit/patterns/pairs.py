"""Which behaviors go together, or replace each other."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from interview_kit import schema
from interview_kit.frame.answers import NOT_NOTED, RATED_WELL
from interview_kit.frame.arrays import Counts, Floats, Levels
from interview_kit.frame.tables import objects
from interview_kit.patterns.words import WORDS

TOGETHER = 5  # interviews in which both of a pair were noted


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


def pair_sentences(columns: dict[str, NDArray]) -> NDArray[np.object_]:
    """Return the sentence about each pair."""
    rows = zip(*(values.tolist() for values in columns.values()), strict=True)
    return objects([pair_sentence(dict(zip(columns, row, strict=True))) for row in rows])


def pair_sentence(pair: dict) -> str:
    """Return what the numbers say about one pair."""
    counts = {name: f"{pair[name]:,}" for name in ("n", "both", "neither")}
    names = {name: schema.label(str(pair[name])) for name in ("behavior", "other")}
    one = f"{pair['only_behavior'] + pair['only_other']:,}"
    return WORDS["together" if pair["correlation"] > 0 else "apart"].format(**names, **counts, one=one)

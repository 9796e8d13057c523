"""The pattern study beside other ways: `uv run python -m tests.benchmarks.beside_others [ROWS ...]`.

For each size it compares 12 behaviors of the same invented interviews by the kit, by a loop of pandas.crosstab and
SciPy, and by counts written by hand in DuckDB and in Polars, in the same run, and prints how many times as long each
takes.
The kit's time is that of the whole table, sentences included; DuckDB and Polars only count.
"""

import sys
import time
from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import polars
from scipy.stats import chi2_contingency

import interview_kit as ik

NAMES = [f"did_{at}" for at in range(12)]


def records(rows: int) -> pd.DataFrame:
    """Return invented interviews, the same each time."""
    rng = np.random.default_rng(12)
    frame = pd.DataFrame({name: rng.random(rows) < 0.2 + 0.05 * at for at, name in enumerate(NAMES)})
    return frame.assign(call=rng.random(rows) < 0.25)


def by_the_kit(frame: pd.DataFrame) -> list[int]:
    """Return the callbacks with each behavior."""
    return ik.compare_behaviors(frame, outcome="call").set_index("behavior")["callbacks_with"][NAMES].tolist()


def by_crosstab(frame: pd.DataFrame) -> list[int]:
    """Return the same by a table and a test for each behavior."""
    tables = [pd.crosstab(frame[name], frame["call"]) for name in NAMES]
    for table in tables:
        chi2_contingency(table)
    return [int(table.loc[True, True]) for table in tables]


def by_duckdb(frame: pd.DataFrame) -> list[int]:
    """Return the same by one query."""
    counts = ", ".join(f"count(*) filter ({name}), count(*) filter ({name} and call)" for name in NAMES)
    [row] = duckdb.sql(f"select {counts} from frame").fetchall()  # noqa: S608
    return [int(count) for count in row[1::2]]


def by_polars(frame: pd.DataFrame) -> list[int]:
    """Return the same by one selection; the frame is handed over as part of it, as it is to DuckDB."""
    both = [(polars.col(name) & polars.col("call")).sum().alias(f"{name} and call") for name in NAMES]
    row = polars.from_pandas(frame).lazy().select(*(polars.col(name).sum() for name in NAMES), *both).collect()
    return [int(count) for count in row.row(0)[len(NAMES) :]]


WAYS = {
    "the kit": by_the_kit,
    "crosstab + SciPy": by_crosstab,
    "DuckDB by hand": by_duckdb,
    "Polars by hand": by_polars,
}


def seconds(way: Callable, frame: pd.DataFrame, rounds: int) -> float:
    """Return the median time of a few calls, after one to warm up."""
    taken = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        way(frame)
        taken.append(time.perf_counter() - start)
    return float(np.median(taken[1:]))


def main(sizes: list[int]) -> None:
    """Print the table; SystemExit where two ways count differently."""
    print(f"{'interviews':>12}  {'the kit':>10}  " + "  ".join(f"{name:>16}" for name in list(WAYS)[1:]))
    for rows in sizes:
        frame = records(rows)
        if len({tuple(way(frame)) for way in WAYS.values()}) > 1:
            raise SystemExit(f"the ways differ at {rows:,} interviews")
        own, *others = (seconds(way, frame, 5 if rows <= 10**6 else 2) for way in WAYS.values())
        print(f"{rows:>12,}  {1000 * own:>7.1f} ms  " + "  ".join(f"{other / own:>10.1f} times" for other in others))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10**power for power in range(3, 8)])

"""How long studies over a folder of Parquet files take: `uv run python -m tests.benchmarks.parquet_study [ROWS]`.

It writes invented interviews (12 behaviors, one of which matters, and whether a callback came; and rounds of 100
interviews a person at companies of many spellings, with stage, outcome and dates) to a temporary folder. Through
DuckDB, which may use 4 GB of memory and then the disk, it compares the behaviors, follows the outcomes over time and
from stage to stage, each in a process of its own, and prints the time, the memory and the first rows.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

import interview_kit as ik

FILES = 10
DAY = "2026-06-30"
MEMORY = "4GB"


def write(folder: Path, rows: int) -> None:
    """Write the invented interviews, the same each time on one thread."""
    behaviors = ", ".join(f"random() < {0.2 + 0.05 * at} as did_{at}" for at in range(12))
    stages = "['applied', 'Phone screen', 'technical', 'onsite', 'final', 'chat']"
    outcomes = "['pending', 'callback', 'offer', 'rejected', 'no reply', 'ghosted', 'withdrawn']"
    rounds = f"""
        'person ' || (range % {max(1, rows // 100)}) as person,
        ['Acme ', 'ACME ', 'acme '][1 + floor(random() * 3)::int % 3] || floor(random() * 40)::int as company,
        {stages}[1 + floor(random() * 6)::int % 6] as stage,
        {outcomes}[1 + floor(random() * 7)::int % 7] as outcome,
        date '2026-06-30' - floor(random() * 700)::int as interviewed_on,
        case when random() < 0.8 then floor(random() * 50)::int end as days"""
    with duckdb.connect(config={"threads": 1}) as connection:
        for number in range(FILES):
            connection.sql(f"select setseed({number / FILES})").fetchall()
            connection.sql(
                f"copy (select * exclude (days), interviewed_on + days as outcome_on,"  # noqa: S608
                f" random() < 0.2 + 0.05 * did_3::int as called_back"
                f" from (select {behaviors}, {rounds} from range({rows // FILES})))"
                f" to '{folder / f'{number}.parquet'}'"
            )


def behaviors(folder: Path) -> pd.DataFrame:
    """Compare the behaviors."""
    columns = ", ".join(f"did_{at}" for at in range(12))
    interviews = duckdb.sql(f"select {columns}, called_back from '{folder}/*.parquet'")  # noqa: S608
    return ik.compare_behaviors(interviews, outcome="called_back")[["behavior", "n_with", "difference", "verdict"]]


def trend(folder: Path) -> pd.DataFrame:
    """Follow the outcomes over time, within people."""
    return ik.outcome_trend(duckdb.sql(f"from '{folder}/*.parquet'"), as_of=DAY)[["start", "n", "rate"]]


def measure(study: Callable, folder: Path) -> tuple[float, int, int, pd.DataFrame]:
    """Return how long a study takes, the memory in MB before it and at most, and its first rows."""
    duckdb.sql("set enable_progress_bar = false")
    duckdb.sql(f"set memory_limit = '{MEMORY}'")
    duckdb.sql(f"set temp_directory = '{folder / 'spilled'}'")
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    table = study(folder)
    seconds, peak = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, before // 1024, peak // 1024, table.head(3)


def main(rows: int = 100_000_000) -> None:
    """Write, study, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), rows)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        print(f"{rows:,} interviews in {size / 1e6:,.0f} MB of Parquet", flush=True)
        for study in (behaviors, trend):
            with multiprocessing.get_context("spawn").Pool(1) as alone:
                seconds, before, peak, table = alone.apply(measure, (study, Path(folder)))
            print(f"{study.__name__}: {seconds:.1f} s, peak memory {peak:,} MB ({before:,} MB before the study)")
            print(table.to_string(index=False), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""How long a study over a folder of Parquet files takes: `uv run python -m tests.benchmarks.parquet_study [ROWS]`.

It writes invented interviews (12 behaviors, one of which matters, and whether a callback came) to a temporary folder,
compares the behaviors through DuckDB, and prints the time, the memory and the first rows.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

import interview_kit as ik

FILES = 10


def write(folder: Path, rows: int) -> None:
    """Write the invented interviews, the same each time on one thread."""
    behaviors = ", ".join(f"random() < {0.2 + 0.05 * at} as did_{at}" for at in range(12))
    with duckdb.connect(config={"threads": 1}) as connection:
        for number in range(FILES):
            connection.sql(f"select setseed({number / FILES})").fetchall()
            connection.sql(
                f"copy (select *, random() < 0.2 + 0.05 * did_3::int as called_back from"  # noqa: S608
                f" (select {behaviors} from range({rows // FILES}))) to '{folder / f'{number}.parquet'}'"
            )


def main(rows: int = 100_000_000) -> None:
    """Write, study, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), rows)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        interviews = duckdb.sql(f"from '{folder}/*.parquet'")
        table = ik.compare_behaviors(interviews, outcome="called_back")
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{rows:,} interviews x 12 behaviors in {size / 1e6:,.0f} MB of Parquet: {seconds:.1f} s,")
    print(f"peak memory {peak / 1024:,.0f} MB ({before / 1024:,.0f} MB before the study)")
    print(table[["behavior", "n_with", "difference", "verdict"]].head(3).to_string(index=False))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

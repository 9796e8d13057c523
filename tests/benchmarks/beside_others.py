"""The pattern study beside other ways: `uv run --group benchmarks python -m tests.benchmarks.beside_others [ROWS ...]`.

For each size it compares 12 behaviors of the same invented interviews by the kit, by a loop of pandas.crosstab and
SciPy, by pingouin, by tableone, and by counts written by hand in DuckDB and in Polars, in the same run, and prints how
many times as long each takes. The kit's time is that of the whole table, sentences included; DuckDB and Polars only
count. Of all the sizes together it draws `notebooks/images/growth.png`.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd
import polars
from scipy.stats import chi2_contingency

import interview_kit as ik
from interview_kit import charts

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAMES = [f"did_{at}" for at in range(12)]
SIZES = [10**power for power in range(3, 8)]
PICTURE = Path(__file__).resolve().parents[2] / "notebooks" / "images" / "growth.png"
LARGEST = {"tableone": 100_000}  # interviews; a million take it over half a minute
SENTENCE = "How long each way takes, from a thousand interviews to ten million."


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


def by_pingouin(frame: pd.DataFrame) -> list[int]:
    """Return the same by a chi-square test of independence for each behavior."""
    import pingouin

    tables = [pingouin.chi2_independence(frame, x=name, y="call", correction=False)[1] for name in NAMES]
    return [int(table.loc[True, True]) for table in tables]


def by_tableone(frame: pd.DataFrame) -> list[int]:
    """Return the same by the table that a paper would begin with."""
    from tableone import TableOne

    table = TableOne(frame, columns=NAMES, categorical=NAMES, groupby="call", pval=True).cat_table
    called = table.set_axis([str(column) for column in table.columns], axis=1)["True"]
    return [int(called[name, "True"].split()[0]) for name in NAMES]


WAYS = {
    "the kit": by_the_kit,
    "crosstab + SciPy": by_crosstab,
    "pingouin": by_pingouin,
    "tableone": by_tableone,
    "DuckDB by hand": by_duckdb,
    "Polars by hand": by_polars,
}


def seconds(way: Callable, frame: pd.DataFrame, rounds: int) -> float:
    """Return the median time of a few calls."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        way(frame)
        taken.append(time.perf_counter() - start)
    return float(np.median(taken))


def times_of(rows: int) -> dict[str, float]:
    """Return the seconds that each way takes; SystemExit where two ways count differently."""
    frame, ways = records(rows), {name: way for name, way in WAYS.items() if rows <= LARGEST.get(name, rows)}
    if len({tuple(way(frame)) for way in ways.values()}) > 1:
        raise SystemExit(f"the ways differ at {rows:,} interviews")
    rounds = 5 if rows <= 10**5 else 3 if rows <= 10**6 else 1  # each way has been warmed up above
    return {name: seconds(way, frame, rounds) for name, way in ways.items()}


def growth(times: dict[int, dict[str, float]], *, dark: bool = False) -> "go.Figure":
    """Return the milliseconds of each way by the number of interviews, both in powers of ten."""
    import plotly.graph_objects as go

    look, last = charts.theme.Look(dark), {}
    theme, figure = look.theme, go.Figure(layout=look.layout(440))
    for name in WAYS:
        own = name == "the kit"
        sizes = [size for size in times if name in times[size]]
        taken = [1000 * times[size][name] for size in sizes]
        line = {"color": theme.callback if own else theme.undecided, "width": 4 if own else 1.5}
        figure.add_scatter(x=sizes, y=taken, mode="lines+markers", line=line, showlegend=False)
        last[name] = float(np.log10(sizes[-1])), float(np.log10(taken[-1]))
    for (name, (size, _)), place in zip(*in_order(last), strict=True):
        words = {"text": f"<b>{name}</b>" if name == "the kit" else name, "font": {"color": theme.ink, "size": 13}}
        figure.add_annotation(x=size, y=place, xanchor="left", xshift=8, showarrow=False, **words)
    every_ten = look.axis(type="log", dtick=1, tickformat=",") | {"showgrid": True}
    ends = np.log10([min(times) * 0.8, max(times) * 1.2])
    figure.update_xaxes(**every_ten, title={"text": "interviews", "font": {"size": 13}}, range=ends)
    figure.update_yaxes(**every_ten, title={"text": "milliseconds", "font": {"size": 13}})
    return figure.update_layout(margin={"l": 8, "r": 150, "t": 20, "b": 8})


def in_order(last: dict[str, tuple[float, float]], gap: float = 0.3) -> tuple[list, list[float]]:
    """Return the ends of the lines, and heights for their names, apart from each other where they end together."""
    ends = sorted(last.items(), key=lambda end: end[1])
    places: list[float] = []
    for at, (_, (size, height)) in enumerate(ends):
        is_above_another = at > 0 and ends[at - 1][1][0] == size
        places.append(max(height, places[-1] + gap) if is_above_another else height)
    return ends, places


def main(sizes: list[int]) -> None:
    """Print the table, and draw the picture where the sizes are the usual ones."""
    print(f"{'interviews':>12}  {'the kit':>10}  " + "  ".join(f"{name:>16}" for name in list(WAYS)[1:]))
    times = {}
    for rows in sizes or SIZES:
        times[rows] = times_of(rows)
        own = times[rows]["the kit"]
        others = (times[rows].get(name) for name in list(WAYS)[1:])
        ratios = "  ".join(f"{other / own:>10.1f} times" if other else f"{'-':>16}" for other in others)
        print(f"{rows:>12,}  {1000 * own:>7.1f} ms  {ratios}", flush=True)
    if not sizes:
        ik.save_chart(growth(times), PICTURE, overwrite=True, title="12 behaviors compared", sentence=SENTENCE)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])

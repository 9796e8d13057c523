"""Each way to compare 12 behaviors counts the same; with `--benchmark-enable` each is timed on a million interviews."""

import importlib

import pytest

from tests.benchmarks.beside_others import LARGEST, WAYS, by_the_kit, records


@pytest.mark.filterwarnings("ignore:Setting a new row")  # tableone's own, with pandas 3
@pytest.mark.parametrize("name", WAYS)
def test_each_way_counts_the_same(benchmark, name):
    if name in ("pingouin", "tableone"):
        try:
            importlib.import_module(name)
        except ImportError:
            pytest.skip(f"{name} is not installed: uv run --group benchmarks pytest")
    frame = records(500 if benchmark.disabled else LARGEST.get(name, 1_000_000))
    found = benchmark.pedantic(WAYS[name], (frame,), rounds=3, warmup_rounds=1)
    assert found == by_the_kit(frame)

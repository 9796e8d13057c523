"""Any engine's table gives the table that pandas gives, to the last digit."""

import shutil

import dask.dataframe
import duckdb
import numpy as np
import pandas as pd
import polars
import pyarrow
import pytest

from interview_kit import compare_behaviors, load_interviews, outcome_trend
from interview_kit.journal import SAMPLE

ENGINES = {
    "polars": polars.from_pandas,
    "polars, lazy": lambda frame: polars.from_pandas(frame).lazy(),
    "pyarrow": pyarrow.Table.from_pandas,
    "DuckDB": lambda frame: duckdb.from_arrow(pyarrow.Table.from_pandas(frame, preserve_index=False)),
    "Dask": lambda frame: dask.dataframe.from_pandas(frame, npartitions=3),
}
TODAY = "2026-06-01"


def by_spark(frame):
    """Return the frame as a local PySpark holds it; skip where PySpark or Java is not there."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: uv run --group spark pytest")
    if not shutil.which("java"):
        pytest.skip("PySpark needs Java")
    session = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    return session.createDataFrame(pyarrow.Table.from_pandas(frame, preserve_index=False))


pytestmark = pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning")


# PySpark warns of pandas 3 at every turn.
SPARK = pytest.param(by_spark, id="PySpark", marks=pytest.mark.filterwarnings("ignore"))


@pytest.fixture(params=[*(pytest.param(engine, id=name) for name, engine in ENGINES.items()), SPARK])
def engine(request):
    return request.param


@pytest.fixture(scope="module")
def interviews():
    """Return the sample several times over, of three people, with every odd outcome and date."""
    sample = load_interviews(SAMPLE, on_problem="ignore").drop(columns="ended_at")
    many = pd.concat([sample.assign(person=person) for person in ("Ada", "Ben", "")], ignore_index=True)
    rng = np.random.default_rng(4)
    many["stage"] = np.where(rng.random(len(many)) < 0.1, "Application", many["stage"])
    many["outcome"] = np.where(rng.random(len(many)) < 0.2, "withdrew", many["outcome"])
    many["interviewed_on"] = many["interviewed_on"].mask(rng.random(len(many)) < 0.1)
    many["outcome_on"] = many["outcome_on"] + pd.to_timedelta(rng.integers(0, 60, len(many)), unit="D")
    return many


def same(found, expected):
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
    assert found.attrs == expected.attrs


@pytest.mark.parametrize("by", [None, "stage", ["format", "stage"]])
def test_the_kits_own_outcomes(engine, interviews, by):
    same(compare_behaviors(engine(interviews), by=by, as_of=TODAY), compare_behaviors(interviews, by=by, as_of=TODAY))


@pytest.mark.parametrize("answers", ["boolean", "text", "numbers"])
def test_an_outcome_column_of_its_own(engine, answers):
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({name: rng.random(300) < 0.4 for name in ("did_a", "did_b", "call")}).astype("boolean")
    frame = frame.mask(rng.random(frame.shape) < 0.1)
    if answers == "text":
        frame = frame.apply(lambda values: values.map({True: "yes", False: "n"}).astype("str"))
        frame = frame.replace("nan", None)
    if answers == "numbers":
        frame = frame.astype("Int64")
    frame["rated_c"] = pd.array(rng.integers(1, 6, 300), "Int64")
    same(compare_behaviors(engine(frame), outcome="call"), compare_behaviors(frame, outcome="call"))


def test_one_person_alone_is_not_stratified(engine, interviews):
    one = interviews[interviews["person"] == "Ada"].reset_index(drop=True)
    found = compare_behaviors(engine(one), as_of=TODAY)
    assert found.attrs["by"] == []
    same(found, compare_behaviors(one, as_of=TODAY))


def test_the_errors_are_those_of_a_frame(engine, interviews):
    with pytest.raises(ValueError, match="by names 'stge', but the frame has no such column; did you mean 'stage'"):
        compare_behaviors(engine(interviews), by="stge")
    with pytest.raises(ValueError, match="outcome holds 'callbck', which is not one of pending, callback"):
        compare_behaviors(engine(interviews.assign(outcome="callbck")))


def test_text_that_should_be_dates_is_named(engine, interviews):
    text = interviews.assign(outcome_on="2026-01-01")
    with pytest.raises(ValueError, match=r"outcome_on holds String; cast it to a date where the table is"):
        compare_behaviors(engine(text), as_of=TODAY)


@pytest.mark.parametrize("freq", [None, "MS", "W"])
def test_the_trend_of_outcomes(engine, interviews, freq):
    options = {"freq": freq, "as_of": TODAY, "within_days": 20}
    found, expected = outcome_trend(engine(interviews), **options), outcome_trend(interviews, **options)
    assert expected.attrs["left_out"].keys() == {"applied", "withdrawn", "undated", "not_yet"}
    assert all(expected.attrs["left_out"][reason] for reason in ("applied", "withdrawn", "undated"))
    same(found, expected)


def test_the_trend_where_some_interviews_are_still_to_come(engine, interviews):
    day = interviews["interviewed_on"].dropna().sort_values().iloc[40].date()
    expected = outcome_trend(interviews, as_of=day)
    assert expected.attrs["left_out"]["not_yet"]
    assert expected.attrs["pending"]
    same(outcome_trend(engine(interviews), as_of=day), expected)


def test_the_trend_of_moments_and_of_nothing(engine, interviews):
    moments = interviews.assign(interviewed_on=interviews["interviewed_on"] + pd.Timedelta(hours=15))
    same(outcome_trend(engine(moments), as_of=TODAY), outcome_trend(moments, as_of=TODAY))
    few = moments.iloc[:3].drop(columns="person")
    same(outcome_trend(engine(few), as_of=TODAY), outcome_trend(few, as_of=TODAY))


def test_a_trend_of_dates_as_text_says_what_to_do(engine, interviews):
    written = interviews.assign(interviewed_on="2026-04-03")
    with pytest.raises(ValueError, match=r"^interviewed_on holds String; cast it to a date where the table is$"):
        outcome_trend(engine(written))
    with pytest.raises(ValueError, match=r"^outcome names 'outcome', but the frame has no such column"):
        outcome_trend(engine(interviews.drop(columns="outcome")))

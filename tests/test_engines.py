"""Any engine's table gives the table that pandas gives, to the last digit."""

import ast
import os
import shutil
from pathlib import Path

import dask.dataframe
import duckdb
import ibis
import numpy as np
import pandas as pd
import polars
import pyarrow
import pytest

import interview_kit
from interview_kit import compare_behaviors, load_interviews, outcome_trend, stage_conversion
from interview_kit.engines import table as tally
from interview_kit.journal import SAMPLE

ENGINES = {
    "polars": polars.from_pandas,
    "polars, lazy": lambda frame: polars.from_pandas(frame).lazy(),
    "pyarrow": pyarrow.Table.from_pandas,
    "DuckDB": lambda frame: duckdb.from_arrow(pyarrow.Table.from_pandas(frame, preserve_index=False)),
    "Dask": lambda frame: dask.dataframe.from_pandas(frame, npartitions=3),
    "Ibis": lambda frame: ibis.memtable(pyarrow.Table.from_pandas(frame, preserve_index=False)),
}
ZONE = "America/New_York"
STUDIES = [compare_behaviors, outcome_trend]
TODAY = "2026-06-01"


def by_spark(frame):
    """Return the frame as a local PySpark holds it; skip where PySpark or Java is not there."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: uv run --group spark pytest")
    if not shutil.which("java"):
        pytest.skip("PySpark needs Java")
    session = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = session.config("spark.sql.shuffle.partitions", 2).config("spark.sql.session.timeZone", ZONE).getOrCreate()
    return session.createDataFrame(pyarrow.Table.from_pandas(frame, preserve_index=False))


pytestmark = [
    pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),  # Ibis sets it
]


# PySpark warns of pandas 3 at every turn.
SPARK = pytest.param(by_spark, id="PySpark", marks=pytest.mark.filterwarnings("ignore"))


@pytest.fixture(params=[*(pytest.param(engine, id=name) for name, engine in ENGINES.items()), SPARK])
def engine(request):
    return request.param


# A query takes these a second or more to plan; what the others show in every case, they show in the widest one, with
# --slow in the three widest, and where the long tests run in every case.
SLOW_ENGINES = ("Dask", "Ibis")
WIDEST = ["test_many_interviews_of_every_spelling"]
WIDE = [*WIDEST, "test_the_kits_own_outcomes", "test_the_trend_of_outcomes"]


@pytest.fixture(autouse=True)
def _slow_engines_show_the_widest_cases(request):
    is_slow = any(name in request.node.name for name in SLOW_ENGINES)
    shown = WIDE if request.config.getoption("--slow") else WIDEST
    if is_slow and request.node.originalname not in shown and os.environ.get("INTERVIEW_KIT_TRUST") != "long":
        pytest.skip("takes minutes; runs with --slow or with INTERVIEW_KIT_TRUST=long")


@pytest.fixture(params=STUDIES, ids=lambda study: study.__name__)
def study(request):
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
    assert repr(found.attrs) == repr(expected.attrs)  # a missing number differs from itself, its words do not


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
    with pytest.raises(ValueError, match=r"^the frame has no column 'outcome', which says what came of each interview"):
        outcome_trend(engine(interviews.drop(columns="outcome")))


def messy(size, seed):
    """Return interviews with names, stages, outcomes and answers in every spelling, and gaps everywhere."""
    rng = np.random.default_rng(seed)

    def one_of(*values):
        return pd.Series(rng.choice(np.array(values, object), size)).astype("str").where(rng.random(size) > 0.05)

    day = pd.Series(np.datetime64("2025-12-01") + rng.integers(0, 200, size)).astype("M8[us]")
    answered = day + pd.to_timedelta(rng.integers(-2, 60, size), unit="D")
    frame = {
        "person": one_of("Ada", "ADA ", "Weiß", "WEISS", "Σίσυφος", "ΣΊΣΥΦΟΣ", "", *(f"p{at}" for at in range(9))),
        "company": one_of(
            "Acme", "acme ", " ACME\tX", "acme\xa0x", "", "Groß", "GROSS", *(f"c{at}" for at in range(30))
        ),
        "role": one_of("Engineer", "engineer", "", "ﬁnance", "FINANCE"),
        "stage": one_of(
            "applied", "Phone screen", "screen", "TECH", "take-home", "On-site", "final", "chat", "Chat", ""
        ),
        "outcome": one_of("pending", "callback", "Offer", "rejected", "ghosted", "withdrew", "no", "waiting", ""),
        "interviewed_on": day.where(rng.random(size) > 0.1),
        "outcome_on": answered.astype("M8[us]").where(rng.random(size) > 0.3),
        "did_a": pd.array(rng.integers(0, 2, size), "Int64"),
        "did_b": one_of("yes", "no", "Y", "n", "0", "1", ""),
        "did_c": pd.array(rng.random(size) < 0.4, "boolean"),
        "rated_d": pd.array(rng.integers(1, 6, size), "Int64"),
    }
    frame = pd.DataFrame(frame)
    for name in ("did_a", "did_c", "rated_d"):
        frame[name] = frame[name].mask(rng.random(size) < 0.1)
    return frame


@pytest.fixture(scope="module")
def many():
    return messy(20_000, 5)


def test_many_interviews_of_every_spelling(engine, study, many):
    same(study(engine(many), as_of=TODAY), study(many, as_of=TODAY))


@pytest.mark.full
@pytest.mark.parametrize("seed", range(3))
def test_few_interviews_on_a_day_in_their_midst(engine, study, seed):
    few = messy(40, seed)
    options = {"as_of": "2026-03-01", "within_days": 7}
    same(study(engine(few), **options), study(few, **options))


@pytest.mark.parametrize("study", [*STUDIES, stage_conversion])
def test_the_order_of_the_rows_says_nothing(study, many):
    shuffled = many.sample(frac=1, random_state=1).reset_index(drop=True)
    same(study(shuffled, as_of=TODAY), study(many, as_of=TODAY))


def test_no_interview_at_all(engine, study):
    none = messy(5, 0).iloc[:0]
    same(study(engine(none), as_of=TODAY), study(none, as_of=TODAY))


@pytest.mark.full
@pytest.mark.parametrize(
    "missing", [["company"], ["person", "role"], ["stage"], ["interviewed_on"], ["outcome_on"], ["person", "company"]]
)
def test_columns_that_are_not_there(engine, study, missing):
    fewer = messy(200, 7).drop(columns=missing)
    same(study(engine(fewer), as_of=TODAY), study(fewer, as_of=TODAY))


def test_columns_in_which_nothing_is_noted(engine, study):
    blank = messy(50, 2)
    for name in ("person", "company", "role", "stage", "outcome"):
        blank[name] = pd.Series([None] * len(blank), dtype="str")
    for name in ("interviewed_on", "outcome_on"):
        blank[name] = pd.Series([pd.NaT] * len(blank), dtype="M8[us]")
    same(study(engine(blank), as_of=TODAY), study(blank, as_of=TODAY))


def test_moments_with_a_time_zone_are_the_days_of_that_place(engine, study):
    duckdb.sql(f"set timezone = '{ZONE}'")  # the place of its moments, as of Spark's, is that of the session
    ibis.get_backend().raw_sql(f"set timezone = '{ZONE}'")
    there = messy(200, 3)
    for name in ("interviewed_on", "outcome_on"):
        there[name] = (there[name] + pd.Timedelta(hours=23)).dt.tz_localize(ZONE)
    same(study(engine(there), as_of=TODAY), study(there, as_of=TODAY))


def test_days_without_a_time(engine, study):
    moments = messy(200, 4)
    days = moments.copy()
    for name in ("interviewed_on", "outcome_on"):
        as_arrow = (
            moments[name].copy().astype(pd.ArrowDtype(pyarrow.timestamp("us")))
        )  # pandas 3.0 changes the original
        days[name] = as_arrow.astype(pd.ArrowDtype(pyarrow.date32()))
    same(study(engine(days), as_of=TODAY), study(moments, as_of=TODAY))


def test_text_that_should_be_dates_is_named_by_each_study(engine, study):
    written = messy(20, 1).assign(interviewed_on="2026-04-03")
    with pytest.raises(ValueError, match=r"^interviewed_on holds String; cast it to a date where the table is$"):
        study(engine(written), as_of=TODAY)


def test_words_that_cannot_be_read_are_named_by_each_study(engine, study):
    with pytest.raises(ValueError, match=r"^outcome holds 'callbck', which is not one of pending, callback"):
        study(engine(messy(20, 1).assign(outcome="callbck")), as_of=TODAY)


def test_the_number_of_each_day():
    days = pd.date_range("1600-01-01", "2400-12-31", unit="us").to_series(name="interviewed_on").reset_index(drop=True)
    table = tally.Table(polars.from_pandas(days.to_frame())).with_days()
    found = table.counts({"day": table.day("interviewed_on")}, {})["day"]
    assert sorted(found) == [day.toordinal() for day in days]


@pytest.mark.parametrize("name", ENGINES)
def test_what_comes_back_is_small(name, monkeypatch):
    """However many interviews there are, only as many rows leave the engine as there are kinds of them."""
    seen = []
    counts = tally.Table.counts

    def watched(*args):
        seen.append(counts(*args))
        return seen[-1]

    monkeypatch.setattr(tally.Table, "counts", watched)
    few = messy(300, 6)[lambda frame: frame["company"].str.isdecimal()].drop_duplicates(["person", "company"])
    several = pd.concat([few.assign(company=few["company"] + f" {at}") for at in range(20)], ignore_index=True)
    for study in STUDIES:
        sizes = []
        for frame in (few, several):
            seen.clear()
            study(ENGINES[name](frame), as_of=TODAY)
            sizes.append([len(table) for table in seen])
        assert sizes[0] == sizes[1]


def test_rounds_are_put_in_order_in_memory_only(engine):
    with pytest.raises(ValueError, match="must be in this computer's memory; take the columns person, company, role"):
        stage_conversion(engine(messy(20, 1)), as_of=TODAY)


KIT = Path(interview_kit.__file__).parent
NAMES = ("narwhals", "polars", "duckdb", "dask", "pyspark", "ibis")


@pytest.mark.parametrize("path", sorted(KIT.rglob("*.py")), ids=lambda path: path.relative_to(KIT).as_posix())
def test_only_one_module_knows_of_narwhals(path):
    source = path.read_text(encoding="utf-8").lower()
    named = any(name in source for name in NAMES) and any(name in without_docstrings(source) for name in NAMES)
    assert named == (path == KIT / "engines" / "table.py")


def without_docstrings(source):
    """Return code without its docstrings, which may say which tables a function takes."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    return ast.unparse(tree)

"""Invent histories whose truth is known, and count how often the pattern study says what is true.

Run `uv run python -m tests.benchmarks.simulate`: it prints the table of docs/statistics.md, the same each time.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from interview_kit import patterns, stats
from interview_kit.patterns import numbers, verdicts

SEED = 20260401
SIZES = (20, 40, 80, 200)
RATES = (0.1, 0.15, 0.25, 0.5)  # called back
BEHAVIORS = 12
TABLES = 200_000  # tables for a coverage
HISTORIES = 20_000  # histories for a share of false alarms
GUESSED = 2_000  # histories for an error of the best guess
CHUNK = 250  # histories held at once
PEOPLE = ((5, 40), (20, 20), (50, 8), (200, 5))  # people, interviews each

PATTERNS = np.arange(2**BEHAVIORS)[:, None] >> np.arange(BEHAVIORS) & 1  # every way to do some of the behaviors


def generator(*place: int) -> np.random.Generator:
    """Return random numbers that depend on nothing but the seed and the place in the table."""
    return np.random.default_rng((SEED, *place))


# How often the plausible range holds the true difference


def coverage(n: int, lowest: float, highest: float) -> tuple[float, float]:
    """Return the coverage over true rates drawn evenly, on average and for the least favorable share of doing it."""
    rng = generator(1, n, round(100 * highest))
    share = rng.choice(np.arange(20, 81, 10), TABLES)
    n_with = share * n // 100
    rates = rng.uniform(lowest, highest, (2, TABLES))
    groups = np.array([n_with, n - n_with])
    called = rng.binomial(groups, rates)
    tables, places = np.unique(np.stack([called[0], groups[0], called[1], groups[1]]), axis=1, return_inverse=True)
    low, high = (limit[places.ravel()] for limit in stats.miettinen_nurminen(*tables))
    covered = (low <= rates[0] - rates[1]) & (rates[0] - rates[1] <= high)
    return covered.mean(), min(covered[share == one].mean() for one in np.unique(share))


# How often anything is flagged where nothing matters


def null_cells(rng: np.random.Generator, shape: tuple[int, int], rate: float, shares, ratings: int):
    """Return the cells of histories in which no behavior matters, and which behaviors are ratings.

    `shape` is histories by interviews. For a rating, the share is that of 4 and 5.
    """
    histories = shape[0]
    called = rng.random(shape) < rate
    cells = np.zeros((histories, BEHAVIORS, 7, 2), np.int64)
    rating = np.arange(BEHAVIORS) >= BEHAVIORS - ratings
    for behavior, is_rating in enumerate(rating):
        share = rng.uniform(*shares, (histories, 1))
        levels = (rng.random(shape) < share).astype(int)
        if is_rating:
            levels = np.where(levels, rng.integers(4, 6, levels.shape), rng.integers(1, 4, levels.shape))
        places = (np.arange(histories)[:, None] * 7 + levels) * 2 + called
        cells[:, behavior] = np.bincount(places.ravel(), minlength=histories * 14).reshape(histories, 7, 2)
    return cells, rating


def any_flag(
    cells: np.ndarray, rating: np.ndarray, *, effect: np.ndarray | None = None, level: float = stats.LEVEL
) -> np.ndarray:
    """Say which histories have a flagged behavior, by the kit's numbers, its adjustment and its verdicts' rules.

    `cells` are histories by behaviors, by strata where there are some, by levels and outcomes; `effect` is the design
    effect of each behavior.
    """
    (histories, behaviors), ratings = cells.shape[:2], np.tile(rating, len(cells))
    flat = cells.reshape(-1, *cells.shape[2:])
    effects = np.ones(len(flat)) if effect is None else effect.ravel()
    within = numbers.numbers_within(flat, ratings, effects, 0.95) if flat.ndim == 4 else {}
    counted = numbers.Counted(ratings, ratings, flat.sum(axis=1) if within else flat, effects, within)
    columns = numbers.unadjusted_columns(counted, 0.95) | numbers.within_columns(counted)
    p = columns["p_stratified" if within else "p_value"].reshape(histories, behaviors)
    flagged = np.zeros(histories, bool)
    for at in np.flatnonzero((p <= level).any(axis=1)):  # an adjusted p is never below p
        part = slice(at * behaviors, (at + 1) * behaviors)
        one = numbers.Counted(*(column[part] for column in counted[:4]), {name: v[part] for name, v in within.items()})
        its = {name: values[part] for name, values in columns.items()}
        its["p_adjusted"] = stats.benjamini_hochberg(p[at])
        found = verdicts.flags_of(one, its, level, several=False)
        flagged[at] = np.isin(found, (verdicts.LINES_UP, verdicts.LINES_UP_WITH_NONE)).any()
    return flagged


def false_flags(n: int, rate: float, shares: tuple[float, float], ratings: int) -> float:
    """Return the share of histories with any flag where no behavior matters."""
    rng = generator(2, n, round(100 * rate), round(100 * shares[1]), ratings)
    flags = [any_flag(*null_cells(rng, (1000, n), rate, shares, ratings)) for _ in range(HISTORIES // 1000)]
    return float(np.mean(flags))


# How far the best guess is from the truth


def some_matter(rng: np.random.Generator, shape: tuple[int, int]):
    """Return effects of which two in three are none and the others anything up to 25 points either way."""
    return rng.uniform(-0.25, 0.25, shape) * (rng.random(shape) < 1 / 3)


def all_matter(rng: np.random.Generator, shape: tuple[int, int]):
    """Return effects of anything up to 25 points either way, none of them nothing."""
    return rng.uniform(-0.25, 0.25, shape)


def one_matters(rng: np.random.Generator, shape: tuple[int, int]):
    """Return effects of which the first is 40 points and all others are none: the worst for shrinking together."""
    return np.where(np.arange(shape[1]) == 0, 0.4, 0.0) * rng.choice((-1, 1), (shape[0], 1))


def guesses(n: int, effects, place: int) -> Iterator[tuple]:
    """Yield, a chunk of histories at a time, true differences, raw differences and best guesses."""
    rng = generator(3, n, place)
    for _ in range(GUESSED // CHUNK):
        shape = (CHUNK, BEHAVIORS)
        share, rate, effect = rng.uniform(0.2, 0.8, shape), rng.uniform(0.15, 0.5, (CHUNK, 1)), effects(rng, shape)
        # The chance of a callback after each of the 4,096 patterns, and how common the pattern is: the truth is exact.
        chance = np.clip(rate + effect @ PATTERNS.T - (effect * share).sum(axis=1, keepdims=True), 0.02, 0.98)
        log_odds = np.log(share / (1 - share))
        common = np.exp(log_odds @ PATTERNS.T + np.log(1 - share).sum(axis=1, keepdims=True))
        called = common * chance
        with_it = called @ PATTERNS
        truth = with_it / share - (called.sum(axis=1, keepdims=True) - with_it) / (1 - share)

        did = rng.random((CHUNK, n, BEHAVIORS)) < share[:, None]
        pattern = did @ (1 << np.arange(BEHAVIORS))
        success = rng.random((CHUNK, n)) < np.take_along_axis(chance, pattern, axis=1)
        n_with, called_with = did.sum(axis=1), (did & success[..., None]).sum(axis=1)
        n_without, called_without = n - n_with, success.sum(axis=1)[:, None] - called_with
        tables = np.stack([called_with, n_with, called_without, n_without], axis=1)
        with np.errstate(invalid="ignore"):
            raw = called_with / n_with - called_without / n_without
        variance = stats.pooled_variance(*np.moveaxis(tables, 1, 0)[..., None])
        yield truth, raw, np.array([stats.best_guess(*table)[0] for table in zip(raw, variance, strict=True)])


def error_ratio(n: int, effects, place: int) -> tuple[float, float]:
    """Return the root mean squared error of the raw difference, and the best guess's as a part of it."""
    truth, raw, guess = (np.concatenate(part).ravel() for part in zip(*guesses(n, effects, place), strict=True))
    known = ~np.isnan(raw)
    of_raw, of_guess = (np.sqrt(np.mean((values - truth)[known] ** 2)) for values in (raw, guess))
    return of_raw, of_guess / of_raw


# Several people


def people_alarms(people: int, each: int, *, together: bool) -> tuple[float, float]:
    """Return how often a behavior that does not matter has p <= 0.05: within people, and ignoring who is who.

    Habits (how often someone does it) and luck (how often someone is called back) differ from person to person;
    `together` says that whoever does it more often is luckier, too, for other reasons.
    """
    rng = generator(4, people, together)
    habit = rng.uniform(0.05, 0.95, (HISTORIES, people))
    luck = 0.05 + 0.55 * (habit if together else rng.random(habit.shape))
    n_with = rng.binomial(each, habit)
    tables = [rng.binomial(n_with, luck), n_with, rng.binomial(each - n_with, luck), each - n_with]
    within = stats.cochran_mantel_haenszel(*tables)[1]
    ignoring = stats.two_by_two_p(*(counts.sum(axis=1) for counts in tables))
    return alarms(within), alarms(ignoring)


def alarms(p: np.ndarray) -> float:
    """Return the share of p-values of at most 0.05 among those that exist."""
    return float(np.mean(p[~np.isnan(p)] <= stats.LEVEL))


# A new habit, while answers are still to come


def waiting_alarms(n: int, as_of: int) -> dict[str, float]:
    """Return how often a habit that does not matter has p <= 0.05, by how unanswered interviews count.

    `n` interviews over 120 days, seen on day `as_of`. In the last 30 the habit comes with nine in ten, before with two
    in ten. A quarter are called back (half of them within 10 days, one in eight after 30), two in five rejected (later:
    half within 25 days), the others never hear.
    """
    rng, shape = generator(5, n), (HISTORIES, n)
    day = rng.integers(0, 120, shape)
    did = rng.random(shape) < np.where(day >= 90, 0.9, 0.2)
    fate = rng.choice(3, shape, p=(0.25, 0.4, 0.35))
    wait = np.ceil(np.exp(rng.normal(np.log(np.where(fate == 0, 10, 25)), 0.95)))
    answered = (fate < 2) & (day + wait <= as_of)
    start = np.datetime64("2026-01-01")
    answered_on = np.where(answered, start + (day + wait).astype(int), np.datetime64("NaT", "D"))
    frame = pd.DataFrame(
        {
            "interviewed_on": (start + day).ravel().astype("M8[us]"),
            "outcome": pd.Categorical.from_codes(
                np.where(answered, fate, 2).ravel(), ["callback", "rejected", "pending"]
            ),
            "outcome_on": answered_on.ravel().astype("M8[us]"),
        }
    )
    window = patterns.called_back(frame, as_of=(start + as_of).astype(object))
    known = window.notna().to_numpy().reshape(shape)
    called = window.fillna(False).to_numpy(bool).reshape(shape)
    so_far = answered & (fate == 0)
    counted = {
        "window of 30 days": (known, called),
        "waiting counts as no": (np.ones(shape, bool), so_far),
        "only answers count": (answered, so_far),
    }
    return {name: alarms(stats.two_by_two_p(*by_habit(did, *rows))) for name, rows in counted.items()}


def by_habit(did: np.ndarray, known: np.ndarray, called: np.ndarray) -> list[np.ndarray]:
    """Return the tables of callbacks with and without, one for each history."""
    with_it, without = known & did, known & ~did
    return [rows.sum(axis=1) for rows in (with_it & called, with_it, without & called, without)]


# The table


def percent(*found, at) -> list[str]:
    """Return one number of each result, as people read it."""
    return [f"{100 * result[at]:.1f}%" for result in found]


def rows() -> Iterator[tuple[str, str, list[str]]]:
    """Yield what is measured, what should hold, and the numbers for 20, 40, 80 and 200 interviews."""
    yield from coverage_rows()
    yield from flag_rows()
    yield from guess_rows()
    yield from waiting_rows()


def coverage_rows() -> Iterator[tuple[str, str, list[str]]]:
    for words, limits in (("0 to 100%", (0, 1)), ("5 to 50%", (0.05, 0.5))):
        found = [coverage(n, *limits) for n in SIZES]
        yield f"**Range** holds the true difference; true callback rates {words}", "≥ 94.5%", percent(*found, at=0)
        yield "… with the least favorable share doing it", "", percent(*found, at=1)


def flag_rows() -> Iterator[tuple[str, str, list[str]]]:
    kinds = (
        ("9 yes/no and 3 ratings, done in 20 to 80%", (0.2, 0.8), 3),
        ("12 yes/no, done in 3 to 10%", (0.03, 0.1), 0),
        ("9 yes/no and 3 ratings, done (or 4 or 5) in 3 to 10%", (0.03, 0.1), 3),
    )
    for words, shares, ratings in kinds:
        found = [[false_flags(n, rate, shares, ratings) for rate in RATES] for n in SIZES]
        worst = [(max(flags), flags[RATES.index(0.25)]) for flags in found]
        yield f"**Anything flagged** where nothing matters: {words}; 25% called back", "≤ 5%", percent(*worst, at=1)
        yield f"… the worst of {', '.join(f'{rate:.0%}' for rate in RATES)} called back", "≤ 5%", percent(*worst, at=0)


def guess_rows() -> Iterator[tuple[str, str, list[str]]]:
    worlds = (
        ("of 12, two in three do nothing, the others up to ±25 points", some_matter, "≤ 0.50, 0.60, 0.75, 0.90"),
        ("harsher: all 12 matter, up to ±25 points", all_matter, ""),
        ("harsher: one is worth ±40 points, 11 do nothing", one_matters, ""),
    )
    for place, (words, effects, limit) in enumerate(worlds):
        found = [error_ratio(n, effects, place) for n in SIZES]
        yield (
            f"**Best guess**, its error by the raw difference's; {words}",
            limit,
            [f"{ratio:.2f}" for _, ratio in found],
        )
        if place == 0:
            yield "… the raw difference's own error, in points", "", [f"{100 * raw:.0f}" for raw, _ in found]


def waiting_rows() -> Iterator[tuple[str, str, list[str]]]:
    today, later = ([waiting_alarms(n, as_of) for n in SIZES] for as_of in (120, 150))
    rule, new = "window of 30 days", "**New habit** that does not matter, p ≤ 0.05"
    yield f"{new}: {rule}, on day 120", "≤ 5.5%", percent(*today, at=rule)
    yield f"… {rule}, on day 150", "≤ 5.5%", percent(*later, at=rule)
    for other in ("waiting counts as no", "only answers count"):
        yield f"… if {other}, on day 120", "", percent(*today, at=other)


def people_rows() -> Iterator[tuple[str, str, list[str]]]:
    """Yield the same for several people."""
    for words, together in (("habits and luck unrelated", False), ("who does it more is luckier anyway", True)):
        found = [people_alarms(*size, together=together) for size in PEOPLE]
        yield f"**Several people**, p ≤ 0.05 where nothing matters; {words}", "≤ 7%", percent(*found, at=0)
        yield "… if all were taken for one person", "", percent(*found, at=1)


def markdown(heads: list[str], lines: Iterator[tuple[str, str, list[str]]]) -> str:
    """Return a Markdown table."""
    table = [["what is measured", "should be", *heads], ["---", "---", *["---:"] * len(heads)]]
    table += [[words, limit, *numbers] for words, limit, numbers in lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in table)


if __name__ == "__main__":
    print(markdown([f"{n} interviews" for n in SIZES], rows()))
    print()
    print(markdown([f"{people} people × {each}" for people, each in PEOPLE], people_rows()))

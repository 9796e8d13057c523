"""Invent histories whose truth is known, and count how often what is said of few interviews is true.

Run `uv run python -m tests.benchmarks.simulate_few`: it prints the second table of docs/statistics.md, the same each
time.
"""

from collections.abc import Callable, Iterator

import numpy as np

from interview_kit import stats
from interview_kit.patterns import bets, numbers, verdicts
from interview_kit.patterns.looks import LOOK_LEVEL, LOOK_LEVEL_ALONE
from tests.benchmarks.simulate import BEHAVIORS, any_flag, generator, markdown

HISTORIES = 4_000
RANGES = 40_000  # histories for a coverage
LOOKING = 400  # histories that are looked at after every interview
SIZES = (20, 40, 80, 160)
ALL_YES_NO = np.zeros(BEHAVIORS, bool)
SAID = ((0.7, 0.85), (0.85, 0.95), (0.95, 1.01))
ROUNDS, THEIR_SHARE = (1, 2, 3, 4), (0.4, 0.3, 0.2, 0.1)


# Histories


def did_and_called(rng: np.random.Generator, n: int, effect: np.ndarray, rate: np.ndarray, done=(0.2, 0.8)):
    """Return what was done in `n` interviews of each history, and which were called back; effects are in points.

    `done` is the lowest and the highest share of the interviews in which a behavior is done.
    """
    share = rng.uniform(*done, effect.shape)
    did = rng.random((len(effect), n, BEHAVIORS)) < share[:, None]
    chance = rate + ((did - share[:, None]) * effect[:, None]).sum(axis=2)
    return did, rng.random(chance.shape) < np.clip(chance, 0.02, 0.98)


def cells_of(did: np.ndarray, called: np.ndarray, stratum: np.ndarray | None = None, strata: int = 1) -> np.ndarray:
    """Return the kit's cells of histories, by behavior and stratum."""
    histories = len(did)
    place = np.arange(histories)[:, None] * strata + (0 if stratum is None else stratum)
    places = ((place[..., None] * 7 + did) * 2 + called[..., None]).transpose(2, 0, 1).reshape(BEHAVIORS, -1)
    counts = [np.bincount(one, minlength=histories * strata * 14) for one in places]
    cells = np.stack(counts, axis=1).reshape(histories, strata, 7, 2, BEHAVIORS).transpose(0, 4, 1, 2, 3)
    return cells if stratum is not None else cells[:, :, 0]


# What is said of few interviews: the best guess, and the odds of the best bet


def two_of_twelve(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the case of two behaviors that are worth 25 points, and 25% callbacks."""
    return np.tile(np.where(np.arange(BEHAVIORS) < 2, 0.25, 0.0), (HISTORIES, 1)), np.full((HISTORIES, 1), 0.25)


def normal_effects(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return effects that are normal, with a standard deviation of 12 points."""
    return rng.normal(0, 0.12, (HISTORIES, BEHAVIORS)), rng.uniform(0.15, 0.5, (HISTORIES, 1))


def mostly_none(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return effects of which five in six are none and the others 25 points either way."""
    effect = rng.choice((-0.25, 0.25), (HISTORIES, BEHAVIORS)) * (rng.random((HISTORIES, BEHAVIORS)) < 1 / 6)
    return effect, rng.uniform(0.15, 0.5, (HISTORIES, 1))


def said(n: int, world: Callable, place: int) -> dict[str, np.ndarray]:
    """Return what is said of each behavior of each history, whether it is true, and whether it is the named bet."""
    rng = generator(11, n, place)
    effect, rate = world(rng)
    cells = cells_of(*did_and_called(rng, n, effect, rate))
    counts = numbers.counts_with_and_without(cells.reshape(-1, 7, 2), np.tile(ALL_YES_NO, HISTORIES))
    counts = {name: values.reshape(HISTORIES, BEHAVIORS) for name, values in counts.items()}
    x1, n1, x2, n2 = numbers.two_by_two(counts)
    difference = stats.ratio(x1, n1) - stats.ratio(x2, n2)
    variance = stats.pooled_variance(*(count[..., None] for count in (x1, n1, x2, n2)))
    guess, chance = np.array([stats.best_guess(*one) for one in zip(difference, variance, strict=True)]).swapaxes(0, 1)
    named = np.zeros(effect.shape, bool)
    for at in range(HISTORIES):
        columns = {"behavior": np.arange(BEHAVIORS), "probability": chance[at]}
        bet = bets.best_bet(columns, {name: values[at] for name, values in counts.items()}, n)
        if bet is not None:
            named[at, int(bet)] = True
    top = np.nanargmax(guess, axis=1)
    return {
        **{"said": bets.sure(chance), "true": np.where(chance > 0.5, effect > 0, effect < 0), "named": named},
        "top matters": effect[np.arange(HISTORIES), top] > 0,
    }


def calibrated(found: dict[str, np.ndarray], low: float, high: float, rows: np.ndarray) -> str:
    """Return what is said on average of some rows, and how many of them are true."""
    rows = rows & (found["said"] >= low) & (found["said"] < high)
    if rows.sum() < 50:
        return "few"
    return f"{100 * found['said'][rows].mean():.0f} → {100 * found['true'][rows].mean():.0f}%"


def bet_rows() -> Iterator[tuple[str, str, list[str]]]:
    """Yield how often the best guess matters, and how often what is said with odds is true."""
    cases = [said(n, two_of_twelve, 0)["top matters"].mean() for n in (20, 40, 60)]
    limit = "≥ 57, 74, 84%"
    yield (
        "**Top best guess** truly matters, two of 12 being worth 25 points (20, 40, 60)",
        limit,
        percent([*cases, None]),
    )
    worlds = (("effects normal, sd 12 points", normal_effects), ("five in six behaviors do nothing", mostly_none))
    for place, (words, world) in enumerate(worlds, 1):
        found = [said(n, world, place) for n in SIZES]
        for which in ("all rows", "the named bet"):
            for low, high in SAID:
                chosen = [one["named"] if which == "the named bet" else ~np.isnan(one["said"]) for one in found]
                cells = [calibrated(one, low, high, rows) for one, rows in zip(found, chosen, strict=True)]
                limit = {"all rows": "within 5", "the named bet": "within 10, or more"}[which] if place == 1 else ""
                yield f"**Said → true**, {words}; {which}, said {low:.2f} to {min(high, 1):.2f}", limit, cells


# Ranges within strata


def coverage_within(sizes: np.ndarray, place: int) -> float:
    """Return how often the range within strata of these sizes holds the true difference, where there is a range."""
    rng = generator(12, place)
    shape = (RANGES, sizes.size)
    share = np.clip(rng.uniform(0.2, 0.8, (RANGES, 1)) + rng.uniform(-0.2, 0.2, shape), 0.05, 0.95)
    n1 = rng.binomial(sizes, share)
    truth = rng.uniform(-0.4, 0.4, (RANGES, 1))
    rate = np.clip(rng.uniform(0.1, 0.6, shape), np.maximum(-truth, 0) + 0.01, 0.99 - np.maximum(truth, 0))
    tables = rng.binomial(n1, rate + truth), n1, rng.binomial(sizes - n1, rate), sizes - n1
    _, low, high = stats.mantel_haenszel_difference(*tables)
    known = ~np.isnan(low)
    return ((low <= truth[:, 0]) & (truth[:, 0] <= high))[known].mean()


def three_stages(n: int) -> np.ndarray:
    """Return the sizes of three stages."""
    return np.array([n // 2, n - n // 2 - n // 5, n // 5])


def range_rows() -> Iterator[tuple[str, str, list[str]]]:
    """Yield how often ranges within strata hold the truth."""
    found = [coverage_within(three_stages(n), n) for n in SIZES]
    yield "**Range within strata** holds the true difference, 3 stages", "≥ 94.5%", percent(found)
    people = [coverage_within(np.full(each, 4), 1000 + each) for each in (5, 10, 20, 40)]
    yield "… n / 4 people with 4 interviews each", "≥ 94.5%", percent(people)


# Flags where nothing matters


def confounded(n: int) -> tuple[float, float]:
    """Return how often anything is flagged where only the stage matters: within stages, and of all together."""
    rng = generator(13, n)
    stage = rng.choice(3, (HISTORIES, n), p=(0.5, 0.3, 0.2))
    habit = rng.uniform(0.1, 0.9, (HISTORIES, 3, BEHAVIORS))
    did = rng.random((HISTORIES, n, BEHAVIORS)) < np.take_along_axis(habit, stage[..., None], axis=1)
    called = rng.random(stage.shape) < np.array([0.15, 0.35, 0.7])[stage]
    cells = cells_of(did, called, stage, 3)
    return any_flag(cells, ALL_YES_NO).mean(), any_flag(cells.sum(axis=2), ALL_YES_NO).mean()


def with_rounds(n: int, alike: float, sticks: float) -> tuple[float, float]:
    """Return how often anything is flagged where rounds of one application share its luck: divided, and as they are.

    `alike` is the correlation of callbacks within an application, `sticks` how often its habit is that of its first
    round.
    """
    rng = generator(14, n, round(100 * alike), round(100 * sticks))
    application = applications(rng, n)
    luck = rng.beta(0.3 * (1 - alike) / alike, 0.7 * (1 - alike) / alike, (HISTORIES, n))
    called = rng.random((HISTORIES, n)) < np.take_along_axis(luck, application, axis=1)
    share = rng.uniform(0.2, 0.8, (HISTORIES, 1, BEHAVIORS))
    own, first = (rng.random((HISTORIES, n, BEHAVIORS)) < share for _ in range(2))
    first = np.take_along_axis(first, application[..., None], axis=1)
    did = np.where(rng.random(own.shape) < sticks, first, own)
    cells = cells_of(did, called)
    effect = np.array([effects(*one) for one in zip(application, did, called, strict=True)])
    return any_flag(cells, ALL_YES_NO, effect=effect).mean(), any_flag(cells, ALL_YES_NO).mean()


def applications(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return the application that each interview of each history is a round of."""
    rounds = rng.choice(ROUNDS, (HISTORIES, n), p=THEIR_SHARE)
    begins = np.zeros((HISTORIES, n + max(ROUNDS)), int)
    np.put_along_axis(begins, np.minimum(np.cumsum(rounds, axis=1), n), 1, axis=1)
    return np.cumsum(begins[:, :n], axis=1)


def effects(application: np.ndarray, did: np.ndarray, called: np.ndarray) -> list[float]:
    """Return the kit's design effect of each behavior of one history."""
    size = np.bincount(application)
    alike = stats.intraclass_correlation(np.bincount(application, called), size)
    if alike <= 0:
        return [1.0] * BEHAVIORS
    cluster, stratum = np.arange(size.size), np.zeros(size.size, int)
    return [
        stats.design_effect(alike, cluster, stratum, np.bincount(application, one), size) for one in did.T.astype(float)
    ]


def ever_flagged(sizes: tuple[int, ...], histories: int, level: float, place: int) -> list[float]:
    """Return how often anything was flagged at any look so far, at each of these sizes."""
    rng = generator(15, place)
    shape = (histories, max(sizes), BEHAVIORS)
    did = rng.random(shape) < rng.uniform(0.2, 0.8, (histories, 1, BEHAVIORS))
    called = rng.random(shape[:2]) < 0.25
    ever, found = np.zeros(histories, bool), []
    for n in sizes:
        ever |= any_flag(cells_of(did[:, :n], called[:, :n]), ALL_YES_NO, level=level)
        found.append(ever.mean())
    return found


def flag_rows() -> Iterator[tuple[str, str, list[str]]]:
    """Yield how often anything is flagged where nothing matters."""
    found = [confounded(n) for n in SIZES]
    yield (
        "**Anything flagged** where only the stage matters; within the same stage",
        "≤ 5%",
        percent(f[0] for f in found),
    )
    yield "… of all stages together", "", percent(f[1] for f in found)
    for words, alike, sticks in (
        ("habits change from round to round", 0.5, 0.0),
        ("habits mostly stay with the application", 0.2, 0.6),
        ("habits mostly stay with the application, luck more so", 0.5, 0.6),
        ("habits stay with the application", 0.5, 1.0),
    ):
        found = [with_rounds(n, alike, sticks) for n in SIZES]
        yield f"**Anything flagged** where rounds share luck; {words}", "≤ 6%", percent(f[0] for f in found)
        yield "… if rounds were taken as independent", "", percent(f[1] for f in found)
    found = ever_flagged(SIZES, HISTORIES * 2, LOOK_LEVEL, 0)
    yield "**Ever anything flagged** by then where nothing matters, judged at 20, 40, 80, 160", "≤ 5%", percent(found)
    every = ever_flagged(tuple(range(8, 161)), LOOKING, stats.LEVEL, 1)
    yield "… if judged at 5% after every interview", "", percent(every[n - 8] for n in SIZES)
    further = ever_flagged((*SIZES, 320, 640), HISTORIES // 2, LOOK_LEVEL, 2)[-2:]
    yield "… judged on and on, at 320 and 640 as well", "", ["", "", *percent(further)]


# One question fixed beforehand


def answers(sizes: tuple[int, ...], *, alone: bool, level: float | None = None, done=(0.2, 0.8)) -> list[float]:
    """Return how often one behavior worth 25 points was flagged: at each size anew, or where `level` is given so far.

    It is the first of the twelve of which two are worth that; it is compared alone or among all.
    """
    rng = generator(16)
    did, called = did_and_called(rng, max(sizes), *two_of_twelve(rng), done)
    ever, found = np.zeros(HISTORIES, bool), []
    for n in sizes:
        cells = cells_of(did[:, :n], called[:, :n])
        flags = flags_up(cells[:, :1] if alone else cells, level or stats.LEVEL)
        ever = ever | flags if level else flags
        found.append(ever.mean())
    return found


def flags_up(cells: np.ndarray, level: float) -> np.ndarray:
    """Say in which histories the first behavior is said to line up with callbacks."""
    found = np.zeros(len(cells), bool)
    rating = ALL_YES_NO[: cells.shape[1]]
    for at, one in enumerate(cells):
        counted = numbers.Counted(rating, rating, one, np.ones(rating.size), {})
        columns = numbers.unadjusted_columns(counted, 0.95)
        columns["p_adjusted"] = stats.benjamini_hochberg(columns["p_value"])
        found[at] = verdicts.flags_of(counted, columns, level, several=False)[0] == verdicts.LINES_UP
    return found


def false_answers(rate: float) -> list[float]:
    """Return how often one question about a behavior that does nothing was answered by a flag at any look so far."""
    rng = generator(17, round(100 * rate))
    shape = (HISTORIES * 10, max(SIZES))
    did = rng.random(shape) < rng.uniform(0.2, 0.8, (shape[0], 1))
    called = rng.random(shape) < rate
    ever, found = np.zeros(len(did), bool), []
    for n in SIZES:
        places = (np.arange(len(did))[:, None] * 7 + did[:, :n]) * 2 + called[:, :n]
        cells = np.bincount(places.ravel(), minlength=len(did) * 14).reshape(-1, 1, 7, 2)
        ever |= any_flag(cells, ALL_YES_NO[:1], level=LOOK_LEVEL_ALONE)
        found.append(ever.mean())
    return found


def question_rows() -> Iterator[tuple[str, str, list[str]]]:
    """Yield how often one question that was fixed beforehand is answered truly, and how often falsely."""
    at, few = (20, 40, 60), "two of 12 being worth 25 points"
    once = [*answers(at, alone=True), None]
    yield f"**One question** truly answered, {few}; judged once, at 5% (20, 40, 60)", "", percent(once)
    in_half = [*answers(at, alone=True, done=(0.5, 0.5)), None]
    yield "… the same, done in half of the interviews (20, 40, 60)", "", percent(in_half)
    yield "… among all 12 that are compared (20, 40, 60)", "", percent([*answers(at, alone=False), None])
    yield "… judged at 20, 40, 80, 160; by then", "", percent(answers(SIZES, alone=True, level=LOOK_LEVEL_ALONE))
    yield "… among all 12, judged as often; by then", "", percent(answers(SIZES, alone=False, level=LOOK_LEVEL))
    for rate in (0.25, 0.5):
        words = f"**One question** about what does nothing, {100 * rate:.0f}% called back; ever flagged by then"
        yield words, "≤ 5%", percent(false_answers(rate))


def percent(found) -> list[str]:
    """Return shares as people read them, empty where there is none."""
    return ["" if share is None else f"{100 * share:.1f}%" for share in found]


def rows() -> Iterator[tuple[str, str, list[str]]]:
    """Yield what is measured, what should hold, and the numbers for 20, 40, 80 and 160 interviews."""
    yield from bet_rows()
    yield from range_rows()
    yield from flag_rows()
    yield from question_rows()


if __name__ == "__main__":
    print(markdown([f"{n} interviews" for n in SIZES], rows()), flush=True)

"""What is said about one behavior: its name in a sentence, and its numbers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_kit import schema
from interview_kit.frame.tables import objects, row_dicts
from interview_kit.patterns import verdicts
from interview_kit.words import listed, points

RATES = (
    "{rate_with} called back{in_time} {with_it} ({callbacks_with} of {n_with}), {rate_without} {without_it}"
    " ({callbacks_without} of {n_without}), {difference} points, plausibly {ci_low} to {ci_high}."
)
# Every word that a sentence about a behavior is made of.
WORDS: dict[str, Any] = {
    "both": "{label}: " + RATES,
    "guess first": (
        "{label}: perhaps {best_guess} points; it looks like {looks_like} now, and what first stands out usually looks"
        " too large. " + RATES
    ),
    "only with": (
        "{label}: {rate_with} called back{in_time} {with_it} ({callbacks_with} of {n_with}); {none_without} yet."
    ),
    "only without": (
        "{label}: {rate_without} called back{in_time} {alone_without} ({callbacks_without} of {n_without});"
        " {none_with} yet."
    ),
    "neither": "{label}: not noted in any interview that counts.",
    "yes/no": {
        "with_it": "with it",
        "without_it": "without",
        "alone_without": "without it",
        "none_with": "no interview with it",
        "none_without": "no interview without it",
    },
    "rating": {
        "with_it": "when rated 4 or 5",
        "without_it": "when rated 1 to 3",
        "alone_without": "when rated 1 to 3",
        "none_with": "no interview rated 4 or 5",
        "none_without": "no interview rated 1 to 3",
    },
    "within": "Within the same {by}: {adjusted_difference} points, plausibly {adjusted_low} to {adjusted_high}.",
    "within alike": ("Within the same {by} either all were called back or none: there is nothing to compare."),
    "within nothing": "Within the same {by} there is nothing to compare.",
    "whole scale": "Over the whole scale, higher ratings go with {more_or_fewer} callbacks.",
    verdicts.NOT_ENOUGH: "That is not enough to compare yet.",
    verdicts.TOO_EARLY: "It is too early to tell.",
    "clear": "It is close, but too early to tell.",
    "clear, among many": (
        "{compared} were compared, and among so many one looks like this by luck alone: it is too early to tell."
    ),
    "clear, late": "What is written down after the answer is bent by it: it is too early to tell.",
    "clear, part": "In a part that is chosen while looking, this may well be luck: it is too early to tell.",
    "clear, early": "It is judged next at {next_look} interviews; until then it is too early to tell.",
    verdicts.NOT_SIZEABLE: "If there is a difference, it is likely smaller than 15 points.",
    verdicts.LINES_UP: "This does not show that it causes callbacks.",
    verdicts.LINES_UP_WITH_NONE: "This does not show that it prevents callbacks.",
    **dict.fromkeys(verdicts.EXPLAINING, "Most of the difference is explained by the {by}."),
    "together": (
        "“{behavior}” and “{other}” go together: both in {both} of {n} interviews, neither in {neither}, only one in"
        " {one}."
    ),
    "apart": (
        "“{behavior}” and “{other}” replace each other: only one in {one} of {n} interviews, both in {both}, neither in"
        " {neither}."
    ),
}

LEAVING_OUT = {"did_drink_coffee": "leaving out the coffee"}
# How a behavior is called in the middle of a sentence: by the first word of its label.
DOING = {
    "Prepared": "preparing",
    "Arrived": "arriving",
    "Drank": "drinking",
    "Kept": "keeping",
    "Made": "making",
    "Listened": "listening",
    "Gave": "giving",
    "Asked": "asking",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def sentences(columns: dict[str, NDArray], attrs: dict) -> NDArray[np.object_]:
    """Return a sentence or a few for each behavior."""
    return objects([sentence(row, attrs) for row in row_dicts(columns)])


def sentence(row: dict, attrs: dict) -> str:
    """Return the sentences about one behavior: rates, then the difference within groups, then the verdict."""
    words, by = words_of(row, attrs), attrs["by"]
    n_with, n_without = row["n_with"], row["n_without"]
    rates = "both" if n_with and n_without else "only with" if n_with else "only without" if n_without else "neither"
    parts = ["guess first" if looks_too_large(row, attrs) else rates]
    if by and rates == "both":
        parts.append(within_part(row))
    if goes_another_way(row):
        parts.append("whole scale")
    if rates != "neither":
        parts.append(why_early(row, attrs) if row["verdict"] == verdicts.TOO_EARLY else row["verdict"])
    return " ".join(WORDS[part] for part in parts).format(**words)


def looks_too_large(row: dict, attrs: dict) -> bool:
    """Say whether a behavior is flagged, and the best guess clearly smaller than what is seen."""
    is_flagged = row["verdict"] in verdicts.LINING_UP
    return is_flagged and abs(row["best_guess"]) < 0.9 * abs(seen_difference(row, attrs))


def seen_difference(row: dict, attrs: dict) -> float:
    """Return the difference that is looked at, within strata where there are some."""
    return row["adjusted_difference" if attrs["by"] else "difference"]


def why_early(row: dict, attrs: dict) -> str:
    """Return the key of the words for why it is too early, also where the plausible range seems to say more."""
    low, high = ("adjusted_low", "adjusted_high") if attrs["by"] else ("ci_low", "ci_high")
    if not (row[low] > 0 or row[high] < 0):
        return verdicts.TOO_EARLY
    reason = attrs["not_judged"] or ("early" if attrs["next_look"] else "among many" if attrs["compared"] > 1 else "")
    return f"clear, {reason}" if reason else "clear"


def within_part(row: dict) -> str:
    """Return the key of the words for what is left within groups."""
    if np.isnan(row["adjusted_difference"]):
        return "within nothing"
    return "within alike" if np.isnan(row["adjusted_low"]) else "within"


def goes_another_way(row: dict) -> bool:
    """Say whether a rating stands out that the difference between high and low ratings does not show."""
    stands_out = row["verdict"] in verdicts.LINING_UP
    return stands_out and row["kind"] == "rating" and row["difference"] * row["direction"] <= 0


def words_of(row: dict, attrs: dict) -> dict[str, str]:
    """Return a row's numbers as a sentence shows them: the wider the range, the fewer digits."""
    by, within_days = attrs["by"], attrs["within_days"]
    reach = row["ci_high"] - row["ci_low"]
    digits = 2 if reach < 0.01 else 1 if reach < 0.1 else 0
    counts = ("n_with", "n_without", "callbacks_with", "callbacks_without")
    differences = (
        "best_guess",
        "difference",
        "ci_low",
        "ci_high",
        "adjusted_difference",
        "adjusted_low",
        "adjusted_high",
    )
    return {
        **WORDS[row["kind"]],
        "label": schema.label(str(row["behavior"])),
        "by": listed([str(name).replace("_", " ") for name in by]),
        "in_time": "" if within_days is None else f" within {within_days} days",
        "compared": number(attrs["compared"]).capitalize(),
        "next_look": f"{attrs['next_look'] or 0:,}",
        "looks_like": points(seen_difference(row, attrs), digits),
        "more_or_fewer": "more" if row["direction"] > 0 else "fewer",
        **{name: f"{row[name]:,}" for name in counts},
        **{name: f"{100 * row[name]:.{digits}f}%" for name in ("rate_with", "rate_without")},
        **{name: points(row[name], digits) for name in differences},
    }


def number(count: int) -> str:
    """Return a small number as a word, a large one in digits."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def as_gerund(name: str, kind: str = "yes/no", ratings: str = "high") -> str:
    """Return a behavior in the middle of a sentence: "asking questions at the end", or its own words in quotes."""
    label = schema.label(name)
    if kind == "rating":
        return f"{ratings} ratings for {label.lower() if name in schema.LABELS else f'“{label}”'}"
    first, _, rest = label.partition(" ")
    return f"{DOING[first]} {rest}".strip() if first in DOING else f"“{label}”"


def as_leaving_out(name: str, kind: str = "yes/no") -> str:
    """Return the contrary of a behavior in the middle of a sentence."""
    if kind == "rating":
        return as_gerund(name, kind, "low")
    return LEAVING_OUT.get(name) or f"not {as_gerund(name)}"

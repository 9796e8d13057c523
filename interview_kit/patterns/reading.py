"""A frame's columns as what a comparison counts: outcomes by the window rule, answers as levels, groups as codes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from interview_kit import schema
from interview_kit.schema import frames
from interview_kit.schema.frames import checked_date, checked_days, dates, objects, shown_value, suggestion
from interview_kit.schema.window import facts, window_rule

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Levels = NDArray[np.uint8]

# A column's answers as one byte each: 0 no, 1 yes, or the rating from 1 to 5; then what is missing.
LEVELS, NOT_NOTED = np.arange(6), 6
NONE_MISSING = np.zeros(1, bool)  # stands for as many as there are numbers
KINDS = ("yes/no", "rating")
ACCEPTED = {
    "yes/no": "a yes/no column may hold yes and no, True and False, 1 and 0, or nothing",
    "rating": "a rating may be a whole number from 1 to 5, or nothing",
    "text": "a behavior may hold yes and no, True and False, 1 and 0, ratings from 1 to 5, or nothing",
}


# The arguments


class Asked(NamedTuple):
    """What `compare_behaviors` is asked, as it was given."""

    outcome: str | None
    behaviors: Iterable[str] | str | None
    by: Iterable[str] | str | None
    within_days: int
    as_of: object
    confidence: float


def behavior_columns(frame: "pd.DataFrame", behaviors: Iterable[str] | str | None, outcome: str | None) -> list[str]:
    """Return the columns to compare; by default those that begin with did_ or rated_."""
    frames.check_frame(frame)
    if behaviors is not None:
        names = checked_columns(frame, "behaviors", [behaviors] if isinstance(behaviors, str) else behaviors)
    else:
        found = [name for name in frame.columns if schema.kind_by_prefix(str(name)) != "text" and name != outcome]
        names = checked_columns(frame, "behaviors", found)
    if outcome is not None and behaviors is None and not names:
        raise ValueError("no column begins with did_ or rated_; name the behaviors, such as behaviors=['smiled']")
    if outcome is not None and outcome in names:
        raise ValueError(f"behaviors names {outcome!r}, which is the outcome; a behavior must be another column")
    return names


def checked_columns(frame: "pd.DataFrame", argument: str, names: Iterable[str]) -> list[str]:
    """Return the names, each once; ValueError where one is not exactly one column of the frame."""
    names, columns = list(dict.fromkeys(names)), frame.columns
    for name in names:
        if name not in columns:
            raise ValueError(
                f"{argument} names {name!r}, but the frame has no such column; {suggestion(name, columns)}"
            )
        if not columns.is_unique and list(columns).count(name) > 1:
            raise ValueError(f"{argument} names {name!r}, but the frame has it twice; each column needs its own name")
    return names


def strata_columns(
    frame: "pd.DataFrame", by: Iterable[str] | str | None, outcomes: "Outcomes"
) -> tuple[list[str], bool]:
    """Return the columns within whose groups to compare, and whether the interviews are of several people."""
    names = checked_columns(frame, "by", [by] if isinstance(by, str) else by or ())
    several = "person" in frame.columns and has_several(frame["person"], outcomes)
    if several and "person" not in names:
        names.append("person")
    return names, several


def has_several(people: "pd.Series", outcomes: "Outcomes") -> bool:
    """Say whether the interviews that count are of more than one person; nobody named is one of them."""
    if not len(people) or bool((people == people.iloc[0]).fillna(False).all()):
        return False
    return len(grouped(people[outcomes.known])[1]) > 1


# Reading outcomes


class Outcomes(NamedTuple):
    """Which interviews count, and which of them were called back."""

    known: Flags
    called: Flags
    left_out: dict[str, int]
    within_days: int | None = None
    as_of: date | None = None

    def attrs(self) -> dict:
        """Return what a table says about the interviews behind it."""
        return {
            "interviews": int(self.known.size),
            "used": int(np.count_nonzero(self.known)),
            "callbacks": int(np.count_nonzero(self.called)),
            "left_out": self.left_out,
            "within_days": self.within_days,
            "as_of": self.as_of,
        }


def read_outcomes(frame: "pd.DataFrame", outcome: str | None, within_days: int, as_of: object) -> Outcomes:
    """Return the outcomes by the window rule, or of a column of yes and no."""
    within_days, as_of = checked_days(within_days), checked_date(as_of)
    if outcome is None:
        return own_outcomes(frame, within_days, as_of)
    [name] = checked_columns(frame, "outcome", [outcome])
    levels = yes_no_levels(frame[name], name)
    known = levels != NOT_NOTED
    return Outcomes(known, levels == 1, {"no_outcome": int(levels.size - np.count_nonzero(known))})


def yes_no_levels(values: "pd.Series", name: str) -> Levels:
    """Return the levels of an outcome column; ValueError where it is not one of yes and no."""
    try:
        return read_as(values, ["yes/no"])[0]
    except ValueError:
        found = shown_values(values)
    hint = "leave outcome out for the kit's own outcomes" if name == "outcome" else ""
    hint = hint or "it must hold yes and no, True and False, or 1 and 0, and nothing where it is not known"
    raise ValueError(f"the outcome column {name!r} holds {found}; {hint}")


def own_outcomes(frame: "pd.DataFrame", within_days: int, as_of: date) -> Outcomes:
    """Return which interviews count on a day, and which of them were called back within the window."""
    if "outcome" not in frame.columns and len(frame.columns):
        close = suggestion("outcome", frame.columns)
        raise ValueError(f"the frame has no column 'outcome', and outcome names no other; {close}")
    status, days = frames.outcomes(frame), (dates(frame, name) for name in ("interviewed_on", "outcome_on"))
    rule = {"applied": frames.applications(frame)} | window_rule(facts(status, *days, within_days, as_of))
    called, known, left_out = rule.pop("called"), np.ones(len(frame), bool), {}
    for reason, applies in rule.items():
        left_out[reason] = int(np.count_nonzero(applies & known))
        known &= ~applies
    return Outcomes(known, known & called, left_out, within_days, as_of)


# Reading behaviors


def read_levels(values: "pd.Series", name: str) -> tuple[Levels, str]:
    """Return a behavior's answers as levels, and its kind; ValueError says what it holds instead.

    The prefix says the kind where there is one, else the values do.
    """
    prefixed = schema.kind_by_prefix(str(name))
    try:
        return read_as(values, KINDS if prefixed == "text" else [prefixed])
    except ValueError as error:
        found = shown_values(values) if prefixed == "text" else error
        raise ValueError(f"{name} holds {found}; {ACCEPTED[prefixed]}") from None


def read_as(values: "pd.Series", kinds: Sequence[str]) -> tuple[Levels, str]:
    """Return the levels by the first of the kinds that fits; ValueError shows a value that does not."""
    levels = number_levels(values) if values.dtype.kind in "biuf" else None
    for kind in kinds:
        if levels is not None and fits(levels, kind, is_bool=values.dtype.kind == "b"):
            return levels, kind
    return text_levels(values, kinds)


def number_levels(values: "pd.Series") -> Levels | None:
    """Return the levels of a column of numbers or of True and False; None where they are others."""
    numbers, missing = numbers_and_missing(values)
    with np.errstate(invalid="ignore"):
        levels = numbers.view(np.uint8) if numbers.dtype == bool else numbers.astype(np.uint8)
    if not are_levels(numbers) and not ((levels == numbers) & (levels < NOT_NOTED) | missing).all():
        return None
    if missing is NONE_MISSING or not missing.any():
        return levels
    missing = missing.view(np.uint8)
    return levels * (1 - missing) | NOT_NOTED * missing  # faster than `where`


def are_levels(numbers: NDArray) -> bool:
    """Say whether all numbers are levels, those under a gap too; False where only a closer look can tell."""
    if numbers.dtype.kind == "f" or not numbers.size:
        return False
    unsigned = numbers.view(f"u{numbers.itemsize}")  # what is below zero becomes very large
    return numbers.dtype == bool or bool((unsigned < NOT_NOTED).all())


def numbers_and_missing(values: "pd.Series") -> tuple[NDArray, Flags]:
    """Return a column's numbers or truths, and which of them are missing."""
    nullable: Any = values.array
    if hasattr(nullable, "_mask"):  # its own parts: filling the gaps would take most of the time
        return nullable._data, nullable._mask
    numbers = values.to_numpy() if isinstance(values.dtype, np.dtype) else values.to_numpy(float, na_value=np.nan)
    return numbers, np.isnan(numbers) if numbers.dtype.kind == "f" else NONE_MISSING


def fits(levels: Levels, kind: str, *, is_bool: bool) -> bool:
    """Say whether levels can be of a kind: without a 0 ratings, without a 2 to 5 yes and no."""
    if kind == "rating":
        return not is_bool and not (levels == 0).any()
    return is_bool or not (levels - np.uint8(2) < NOT_NOTED - 2).any()  # 0 and 1 wrap around to 254 and 255


def text_levels(values: "pd.Series", kinds: Sequence[str]) -> tuple[Levels, str]:
    """Return the levels of any column, each distinct value read once; ValueError shows the first that is no answer."""
    import pandas as pd

    places, distinct = pd.factorize(values)
    wrong: list[object] = []
    for kind in kinds:
        answers = [level(value, kind) for value in distinct]
        if None not in answers:
            return np.array([*answers, NOT_NOTED], np.uint8)[places], kind
        wrong.append(distinct[answers.index(None)])
    raise ValueError(shown_value(wrong[0]))


def level(value: object, kind: str) -> int | None:
    """Return one answer's level, None where it is no answer."""
    try:
        answer = schema.parse(kind, schema.plain_text(value))
    except ValueError:
        return None
    return NOT_NOTED if answer is None else int(answer)


def shown_values(values: "pd.Series") -> str:
    """Return the distinct values of a column in words, no more than three."""
    distinct = values.dropna().unique()
    words = [shown_value(value) for value in distinct[:3]]
    return listed(words, len(distinct))


def listed(words: Sequence[str], total: int | None = None) -> str:
    """Return words as a list in a sentence, and how many more there are."""
    more = (total or len(words)) - len(words)
    words = [*words, *([f"{more:,} more"] if more else [])]
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


# Groups


def grouped(values: "pd.Series") -> tuple[Counts, list]:
    """Return a code for each value and the distinct values; what is empty or missing is one group, None."""
    import pandas as pd

    places, distinct = pd.factorize(values)
    blank = np.array([isinstance(value, str) and not value.strip() for value in distinct] + [True])
    groups = [value for value, is_blank in zip(distinct, blank[:-1], strict=True) if not is_blank]
    codes = np.where(blank, len(groups), np.cumsum(~blank) - 1)[places]
    return codes, [*groups, *([None] if (codes == len(groups)).any() else [])]


def joint_groups(frame: "pd.DataFrame", by: Sequence[str], known: Flags) -> tuple[Counts, int]:
    """Return a code for each known interview's groups in all columns together, and how many codes there are.

    Codes are in the order of the groups' names, so that sums over them do not depend on the order of the rows.
    """
    import pandas as pd

    codes, size = np.zeros(np.count_nonzero(known), np.int64), 1
    for name in by:
        finer, groups = grouped(frame[name][known])
        finer = ranks([str(group) for group in groups])[finer]
        codes, found = pd.factorize(codes * max(len(groups), 1) + finer)
        codes, size = ranks(found)[codes], len(found)
    return codes, size


def ranks(values: ArrayLike) -> Counts:
    """Return the place of each value among them all in order."""
    return np.argsort(np.argsort(np.asarray(values), kind="stable"), kind="stable")


def group_names(groups: Sequence) -> NDArray[np.object_]:
    """Return the names of groups as a table shows them."""
    return objects(["not noted" if group is None else schema.plain_text(group) for group in groups])


def ordered_groups(column: str, groups: Sequence, sizes: Counts) -> list[int]:
    """Return the order of groups: as the schema lists them, else the largest first; None last."""
    choices = list(schema.CHOICES.get(column, ()))
    ranks = [choices.index(group) if group in choices else len(choices) for group in groups]
    return sorted(range(len(groups)), key=lambda at: (groups[at] is None, ranks[at], -sizes[at]))

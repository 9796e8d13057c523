"""Groups as codes: stages, people, several columns together."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from interview_kit import schema
from interview_kit.frame.arrays import Counts, Flags
from interview_kit.frame.columns import folded
from interview_kit.frame.tables import objects
from interview_kit.words import casefolded

APPLICATION = ("person", "company", "role")  # interviews that have these alike are rounds of one application


def grouped(values: pd.Series) -> tuple[Counts, list]:
    """Return a code for each value and the distinct values; what is empty or missing is one group, None."""
    places, distinct = pd.factorize(values)
    blank = np.array([isinstance(value, str) and not value.strip() for value in distinct] + [True])
    groups = [value for value, is_blank in zip(distinct, blank[:-1], strict=True) if not is_blank]
    codes = np.where(blank, len(groups), np.cumsum(~blank) - 1)[places]
    return codes, [*groups, *([None] if (codes == len(groups)).any() else [])]


def joint_groups(frame: pd.DataFrame, by: Sequence[str], known: Flags) -> tuple[Counts, int]:
    """Return a code for each known interview's groups in all columns together, and how many codes there are.

    Codes are in the order of the groups' names, so that sums over them do not depend on the order of the rows.
    """
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


def application_keys(frame: pd.DataFrame) -> tuple[Counts, Flags]:
    """Return a number for each row's person, company and role, and which rows name a company.

    Rows of one number are rounds of one application, where they name a company; `folded` says which names are alike.
    """
    (person, _), (company, nowhere), (role, _) = (folded(frame, name) for name in APPLICATION)
    key = pd.factorize(person * (company.max(initial=0) + 1) + company)[0]
    key = pd.factorize(key * (role.max(initial=0) + 1) + role)[0]
    return key, company != nowhere


def people(frame: pd.DataFrame) -> Counts:
    """Return a number for each row's person, in the order of their names; nobody named is one of them.

    Sums over people then do not depend on the order of the rows.
    """
    if "person" not in frame.columns:
        return np.zeros(len(frame), np.int64)
    places, distinct = pd.factorize(frame["person"])
    words = objects([*map(casefolded, distinct), ""])  # a missing value is at place -1
    return np.unique(words, return_inverse=True)[1][places]

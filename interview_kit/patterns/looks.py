"""Looking again and again: how many interviews a verdict goes by, and when it is judged next."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from interview_kit.frame.outcomes import Outcomes

LOOK_LEVEL = 0.02  # of each look, so that of those who look after every interview few ever see a false flag
LOOK_LEVEL_ALONE = 0.017  # the same of a single behavior, of which no others take a part of the level
LOOKS = tuple(20 * 2**doubled for doubled in range(14))  # what panels, Home and reports go by


class Look(NamedTuple):
    """The last look that is reached and the next one; None where there is none, or all are judged at once."""

    looks: tuple[int, ...] | None
    reached: int | None
    following: int | None

    @classmethod
    def at(cls, looks: tuple[int, ...] | None, used: int) -> "Look":
        """Return the look of so many interviews that count."""
        before, after = ([look for look in looks or () if (look <= used) is is_reached] for is_reached in (True, False))
        return cls(looks, max(before, default=None), min(after, default=None))

    def attrs(self) -> dict:
        """Return the attributes of a table that say when it is judged."""
        return {"looks": self.looks, "judged_at": self.reached, "next_look": self.following}


def checked_looks(looks: Iterable[int] | None) -> tuple[int, ...] | None:
    """Return the looks; ValueError where they are no rising whole numbers."""
    if looks is None:
        return None
    found = tuple(looks) if isinstance(looks, Iterable) else ("",)
    whole = all(isinstance(look, (int, np.integer)) and not isinstance(look, bool) and look > 0 for look in found)
    if not whole or sorted(set(found)) != list(found):
        raise ValueError(f"looks is {looks!r}; it must be rising whole numbers, such as (20, 40, 80, 160), or None")
    return tuple(map(int, found))


def first_to_close(outcomes: Outcomes, size: int) -> Outcomes:
    """Return the outcomes of the first so many interviews whose window closed; those of one day stay together."""
    closed = np.where(np.isnat(outcomes.closed), np.datetime64("9999-12-31"), outcomes.closed)
    last = np.sort(closed[outcomes.known])[size - 1]
    known = outcomes.known & (closed <= last)
    return outcomes._replace(known=known, called=outcomes.called & known)

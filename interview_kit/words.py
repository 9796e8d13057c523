"""Numbers, days, lists and plurals in words."""

from collections.abc import Iterable
from datetime import date


def day(when: object) -> str:
    """Return a day as people write it, "no date" for none.

    Examples
    --------
    >>> day(date(2026, 5, 3))
    '3 May 2026'
    """
    is_noted = isinstance(when, date) and when == when  # noqa: PLR0124 (NaT is not)
    return f"{when.day} {when:%b %Y}" if is_noted else "no date"


def unbroken(text: str) -> str:
    """Return a text that stays on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def plural(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(words: Iterable[str]) -> str:
    """Return words as a list: "A, B and C"."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def one_line(text: str) -> str:
    """Return a text without line breaks or doubled spaces."""
    return " ".join(text.split())

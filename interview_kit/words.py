"""Numbers, days, lists and plurals in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

MINUS = "\N{MINUS SIGN}"


def day(when: object) -> str:
    """Return a day as people write it, "no date" for none.

    Examples
    --------
    >>> day(date(2026, 5, 3))
    '3 May 2026'
    """
    is_noted = isinstance(when, date) and when == when  # noqa: PLR0124 (NaT is not)
    return f"{when.day} {when:%b %Y}" if is_noted else "no date"


def long_day(when: date) -> str:
    """Return a day whose month nobody takes for its day.

    Examples
    --------
    >>> long_day(date(2026, 4, 3))
    '3 April 2026'
    """
    return f"{when.day} {when:%B %Y}"


def near(days: int) -> str:
    """Return the words for how far a day is from today, negative for one that is past.

    Examples
    --------
    >>> near(1), near(-3)
    ('tomorrow', '3 days ago')
    """
    far = f"in {days} days" if days > 0 else f"{-days} days ago"
    return {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days, far)


def unbroken(text: str) -> str:
    """Return a text that stays on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return a count with its noun, whose plural ends in s where it is not given.

    Examples
    --------
    >>> plural(1, "day"), plural(1200, "day"), plural(2, "story", "stories")
    ('1 day', '1,200 days', '2 stories')
    """
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"


def listed(words: Iterable[str], total: int = 0) -> str:
    """Return words as a list; where they are the first of a `total`, with how many more there are.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a", "b"], 6)
    ('a, b and c', 'a, b and 4 more')
    """
    shown = [*words]
    more = [f"{total - len(shown):,} more"] if total > len(shown) else []
    *most, last = [*shown, *more] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def capitalized(text: str) -> str:
    """Return a text that begins a sentence, with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def one_line(text: str) -> str:
    """Return a text without line breaks or doubled spaces."""
    return " ".join(text.split())


def casefolded(name: object) -> str:
    """Return a name as names are compared: upper and lower case alike, words apart by one space."""
    return one_line(str(name).casefold())


def number(value: Any) -> float | None:
    """Return a number, None where it is missing in any way."""
    try:
        return None if value != value else float(value)  # noqa: PLR0124 (only NaN differs from itself)
    except TypeError:  # None, or what pandas has for missing
        return None


def percent(fraction: Any) -> str:
    """Return a fraction in percent, empty where it is missing.

    Examples
    --------
    >>> percent(0.374)
    '37%'
    """
    found = number(fraction)
    return "" if found is None else f"{100 * found:.0f}%"


def points(fraction: Any, digits: int = 0) -> str:
    """Return a difference in percentage points with its sign, empty where it is missing; zero has no sign.

    Examples
    --------
    >>> points(0.304), points(-0.002)
    ('+30', '0')
    """
    found = number(fraction)
    if found is None:
        return ""
    rounded = round(100 * found, digits)
    return f"{rounded:+.{digits}f}".replace("-", MINUS) if rounded else "0"


def span(low: str, high: str) -> str:
    """Return two limits as a range, one of them where both read alike, and nothing where there is none.

    Examples
    --------
    >>> span("26%", "50%"), span("100%", "100%")
    ('26% to 50%', '100%')
    """
    return low if low == high else low and f"{low} to {high}"


def plausible(row: Any) -> str:
    """Return the interval of a row's rate as a range in percent, empty where there is none.

    Examples
    --------
    >>> plausible({"ci_low": 0.26, "ci_high": 0.5})
    '26% to 50%'
    """
    return span(percent(row["ci_low"]), percent(row["ci_high"]))

"""Values as spreadsheet programs rewrite them, where these have one meaning."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time
from functools import partial
from typing import NamedTuple

from interview_kit import schema
from interview_kit.schema import values

# What programs and people in other languages write for yes and no, in lower case.
YES = frozenset(
    [
        *("wahr", "ja", "vrai", "oui", "verdadero", "verdadeiro", "sí", "si", "sim", "vero", "sì", "waar", "sant"),
        *("sand", "sann", "tosi", "kyllä", "prawda", "tak", "pravda", "ano", "igaz", "igen", "doğru", "evet"),
        *("истина", "да", "真", "是", "はい", "예", "☑", "✅", "🗹"),
    ]
)
NO = frozenset(
    [
        *("falsch", "nein", "faux", "non", "falso", "não", "nao", "onwaar", "nee", "falskt", "falsk", "nej", "usann"),
        *("nei", "epätosi", "ei", "fałsz", "nie", "nepravda", "ne", "hamis", "nem", "yanlış", "hayır"),
        *("ложь", "нет", "假", "否", "いいえ", "아니요", "☐", "❌", "🗷"),
    ]
)
TIME_OF_DAY = re.compile(r"(\d{1,2})(?::(\d\d))?(?::(\d\d)(?:[.,]0+)?)?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)
NUMBERED_DAY = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d\d)(?:[T,\s]\s*(\d.*))?")
DAY_AND_TIME = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T,]?\s*(\d.*)")


class Order(NamedTuple):
    """Whether the day comes first in a column's dates, by the sign between the numbers, and a date that shows it."""

    day_first: dict[str, bool]
    shown_by: dict[str, str]


def order_of(texts: Iterable[str]) -> Order:
    """Return the order that a column's dates show, none for a sign of which they show none or both.

    A year of two digits may stand first: 13/1/26 can be a day of 2013.
    """
    shown: dict[tuple[str, bool], str] = {}
    for text in texts:
        if match := NUMBERED_DAY.fullmatch(text.strip()):
            first, second = int(match[1]), int(match[3])
            if second > 12 >= first > 0 or (first > 12 >= second > 0 and len(match[4]) > 2):
                shown.setdefault((match[2], first > 12), text.strip())
    order = Order({}, {})
    for (sign, day_first), text in shown.items():
        if (sign, not day_first) not in shown:
            order.day_first[sign], order.shown_by[sign] = day_first, text
    return order


def is_open(text: str, order: Order) -> bool:
    """Say whether a text is a date that can be two days, in a column that does not show which comes first."""
    match = NUMBERED_DAY.fullmatch(text.strip())
    if not match or match[2] in order.day_first:
        return False
    first, second = int(match[1]), int(match[3])
    return first != second and 0 < first <= 12 and 0 < second <= 12


def time_beside(text: str) -> time | None:
    """Return the time of day beside a date, None for none and for midnight, which programs add by themselves."""
    match = NUMBERED_DAY.fullmatch(text.strip()) or DAY_AND_TIME.fullmatch(text.strip())
    clock = match and match.groups()[-1]
    return time_of_day(clock) if clock and time_of_day(clock) != time() else None


def both_days(text: str) -> tuple[date, date]:
    """Return the two days that an open date can be: with the day first, and with the month first."""
    first, second, year = re.findall(r"\d+", text)[:3]
    return numbered_day(int(first), int(second), year, True), numbered_day(int(first), int(second), year, False)


def parse(kind: str, text: str, order: Order, day_first: bool | None = None):
    """Return the value of a text that `schema.parse` does not read; its `ValueError` where this cannot either.

    `order` is that of the text's column; `day_first` is what a person said of the dates of which it tells nothing.
    """
    stripped = text.strip()
    if kind in READERS:
        with suppress(ValueError):
            return READERS[kind](stripped)
    if kind in ("date", "datetime"):
        day, clock = day_and_time(stripped, order, day_first)
        if day and kind == "date":
            return day
        if day and clock is not None:
            return datetime.combine(day, clock)
    return schema.parse(kind, text)


def time_of_day(text: str) -> time:
    """Return a time of day with AM or PM."""
    match = TIME_OF_DAY.fullmatch(text)
    if not match or not (match[2] or match[4]):
        raise ValueError(text)
    hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3))
    if match[4]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + 12 * (match[4].lower() == "p")
    return time(hour, minute, second)


def with_point(kind: str):
    """Return a reader of numbers of a kind in which a comma stands for the point."""

    def read(text: str):
        if not re.fullmatch(r"\d+,\d+\s*%?", text):
            raise ValueError(text)
        return schema.parse(kind, text.replace(",", "."))

    return read


READERS = {
    "yes/no": partial(values.parse_yes_no, yes=YES, no=NO),
    "time": time_of_day,
    "rating": with_point("rating"),
    "chance": with_point("chance"),
}


def day_and_time(text: str, order: Order, day_first: bool | None) -> tuple[date | None, time | None]:
    """Return the day of a text, and the time where it has one; None where it is not certain."""
    with suppress(ValueError):
        if match := NUMBERED_DAY.fullmatch(text):
            first, sign, second, year, clock = match.groups()
            day_comes_first = order.day_first.get(sign, day_first)
            found = numbered_day(int(first), int(second), year, day_comes_first)
        elif match := DAY_AND_TIME.fullmatch(text):
            found, clock = schema.parse_date(match[1]), match[2]
        else:
            return None, None
        return found, time_of_day(clock) if clock else None
    return None, None


def numbered_day(first: int, second: int, year: str, day_first: bool | None) -> date:
    """Return the day of three numbers; `ValueError` where it can be two, or none.

    A year of two digits is one from 1969 to 2068, as POSIX has it, and only where the order is known.
    """
    day, month = (first, second) if day_first else (second, first)
    if len(year) == 2:
        if day_first is None:
            raise ValueError(year)
        return datetime.strptime(f"{year}-{month}-{day}", "%y-%m-%d").date()
    if day_first is None or max(first, second) > 12:
        return values.day_and_month(first, second, int(year))
    return date(int(year), month, day)

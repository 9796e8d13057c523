"""Dates as people write them, day-month order and missing years settled by the file they stand in."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing.tables import either, keyed, members, table

DATES = table("dates")
# Months in some languages, beside the English ones of `schema.MONTHS`; accents are taken off before the look-up.
MONTHS = keyed((name, at) for at, names in enumerate(DATES["months"], 1) for name in names)
WEEKDAYS, JOINING = members(DATES["weekdays"]), members(DATES["joining"])
ROUGHLY = members(DATES["roughly"])  # words that make a date a rough one: it is read, and the words are kept
BOUND = either(DATES["bounds"], r"(?i)(?<![^\W\d_])({})\s*(the\s+)?$")
FIRST_YEAR, LAST_YEAR = 1990, 2079
LAST_COUNTED = 2049  # of a bare number, which is more often a sum than a day to come

TIME = re.compile(
    r"(?:(?<=\d)T|\bat\s+|,\s*)?(?<![\d/.-])\d{1,2}(?::\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?\s?m\b\.?)?|\s*[ap]\.?m\b\.?)"
    r"(?:\s*(?:Z|UTC|GMT)\b)?(?:\s*[+-]\d{2}:?\d{2}\b)?(?:\s*\([A-Z][\w ]{1,30}\))?|(?<=\d)T(?=\d)",
    re.IGNORECASE,
)
ANY_NAME = r"(?<![^\W\d_])(?:{})(?![^\W\d_])\.?".format(
    "|".join(sorted([*schema.MONTHS, *MONTHS], key=len, reverse=True))
)
NAME = ANY_NAME.replace("(?:", "(?P<{0}>", 1)
# Days of one month: "5-7 March 2026", "5.-7.3.2026", "March 5-7, 2026".
ORDINAL, TO = r"(?:st|nd|rd|th|\.)?", r"(?:\s*[-–—]\s*|\s+(?:to|until|till|bis|au|al)\s+)"
SPANS = re.compile(
    rf"(?P<before>{ANY_NAME}\s{{0,3}})(?P<d1>\d{{1,2}}){ORDINAL}{TO}(?P<e1>\d{{1,2}}){ORDINAL}(?!\d|\s*{ANY_NAME}|[-/.]\d)"
    rf"|(?<![\w/.-])(?P<d2>\d{{1,2}}){ORDINAL}{TO}(?P<e2>\d{{1,2}}){ORDINAL}(?=\s*(?:of\s|de\s)?{ANY_NAME})"
    rf"|(?<![\w/.-])(?P<d3>\d{{1,2}})\.?{TO}(?P<e3>\d{{1,2}})[./](?P<month>\d{{1,2}})[./](?=\d{{2}}(?!\d)|\d{{4}})",
    re.IGNORECASE,
)
SHAPES = re.compile(
    "|".join(
        [
            r"(?P<y1>\d{4})\s?[-/.年]\s?(?P<m1>\d{1,2})\s?[-/.月]\s?(?P<d1>\d{1,2})(?![\d/])日?",
            r"(?<!\d)(?P<y2>(?:19|20)\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)",
            r"(?<!\d)(?P<a3>\d{1,2})\s?(?P<s3>[-/.])\s?(?P<b3>\d{1,2})\s?(?P=s3)\s?(?P<y3>\d{4}|\d{2})(?!\d)",
            r"(?<!\d)(?P<a4>\d{1,2})/(?P<b4>\d{1,2})(?P<y4>20\d\d)(?!\d)",
            r"(?<!\d)(?P<d5>\d{1,2})(?:st|nd|rd|th|\.|er)?[\s/,-]*(?:of\s|de\s)?"
            + NAME.replace("{0}", "m5")
            + rf"(?:[\s/,.-]*(?:de\s)?(?P<y5>\d{{4}}|'?\d{{2}}(?!\d|{ORDINAL}\s*{ANY_NAME})))?",
            NAME.replace("{0}", "m6")
            + r"\s{0,3}(?P<d6>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:\s?,?\s*(?P<y6>\d{4}|'\d{2}(?!\d)))?",
            NAME.replace("{0}", "m8") + r"-(?P<d8>\d{1,2})-(?P<y8>\d{4}|\d{2})(?!\d)",
            r"(?<![\d/.-])(?P<a7>\d{1,2})(?P<s7>/)(?P<b7>\d{1,2})(?![\d/.-])",
            r"^(?P<a9>\d{1,2})(?P<s9>-)(?P<b9>\d{1,2})$",
        ]
    ),
    re.IGNORECASE,
)


class Day(NamedTuple):
    """One date as written: `month` and `day` settled, or `order` "?" where the two numbers may be swapped."""

    year: int | None
    month: int
    day: int
    order: str = ""


class Written(NamedTuple):
    """What a cell says in dates: the dates, whether they are only rough, and the words beside them.

    `is_bound` says that a date stands there which the day was before or after, so that the day is not told.
    """

    days: tuple[Day, ...] = ()
    rough: bool = False
    words: str = ""
    is_bound: bool = False


def read(text: str) -> Written:
    """Return the dates that a text holds; none where it holds none, or only a bare number."""
    stripped = text.strip()
    if iso := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[T ][\d:.]{4,15}Z?)?", stripped):
        found = settled(int(iso[1]), int(iso[2]), int(iso[3]))
        return Written((found,)) if found else Written(words=stripped)
    timeless, ends = without_ends(TIME.sub(" ", without_accents(stripped[:2000])))
    days, left, end = [], [], 0
    for match in SHAPES.finditer(timeless):
        if found := as_written(match):
            if BOUND.search(between := timeless[end : match.start()]):
                return Written(words=stripped, is_bound=True)
            left.append(between)
            days.append(found)
            end = match.end()
    left.append(timeless[end:])
    if len(days) == 2 and re.fullmatch(r"\s*(?:→|–|—|-+>?|to|until)\s*", left[1]):
        days = [first_of(*days)]  # a span: it began on the first
    return with_words(days, " ".join([*left, *ends]))


def without_ends(text: str) -> tuple[str, list[str]]:
    """Return a text whose spans of days of one month are their first days, and the last days, in words."""
    ends: list[str] = []

    def first(match: re.Match) -> str:
        found = {name[0]: value for name, value in match.groupdict().items() if value is not None}
        before = re.findall(r"[^\W\d_]+", text[max(match.start() - 40, 0) : match.start()].casefold())
        is_apart = match["d2"] and re.search(r"\s+[-–—]", match[0]) and not WEEKDAYS.union(JOINING).issuperset(before)
        if is_apart or int(found["d"]) >= int(found["e"]):  # as in "Round 2 - 5 March"
            return match[0]
        ends.append(found["e"])
        if "m" in found:
            return f"{found['d']}.{found['m']}."
        return f"{found.get('b', '')}{found['d']}"

    return SPANS.sub(first, text), ends


def first_of(first: Day, last: Day) -> Day:
    """Return the first day of a span; its year is that of the last day where only that one has one."""
    if first.year is not None or last.year is None:
        return first
    earliest = min(first.month, first.day) if first.order else first.month
    latest = max(last.month, last.day) if last.order else last.month
    return first._replace(year=last.year - (earliest > latest))


def read_of_days(text: str) -> Written:
    """Return the dates that a cell holds in a column that is known to hold dates, where a bare number can be one."""
    counted = counted_day(text.strip())
    return Written((counted,)) if counted else read(text)


def with_words(days: list[Day], left: str) -> Written:
    """Return the dates with what stands beside them."""
    tokens = [word for word in re.findall(r"[^\W_]+|[~?]", left) if word.casefold() not in JOINING]
    tokens = [word for word in tokens if word.casefold() not in WEEKDAYS]
    rough = [word for word in tokens if word.casefold() in ROUGHLY or word in "~?"]
    words = " ".join(word for word in tokens if word not in rough)
    return Written(tuple(days), bool(rough), words)


def counted_day(text: str) -> Day | None:
    """Return the day that a spreadsheet's serial number or a computer's clock stands for, None for any other number."""
    if re.fullmatch(r"[2-7]\d{4}(\.\d+)?", text):
        found = date(1899, 12, 30) + timedelta(days=int(float(text)))
    elif re.fullmatch(r"1\d{12}", text):
        found = date(1970, 1, 1) + timedelta(seconds=int(text[:10]))
    else:
        return None
    return settled(found.year, found.month, found.day) if found.year <= LAST_COUNTED else None


def spelled(text: str) -> str:
    """Return a bare number that stands for a day as that day in ISO, any other text as it is."""
    found = counted_day(text.strip())
    return f"{found.year}-{found.month:02}-{found.day:02}" if found else text


def as_written(match: re.Match) -> Day | None:
    """Return a match as a day, or None where the calendar has no such day."""
    found = {name[0]: value for name, value in match.groupdict().items() if value is not None}
    year, sign = full_year(found.get("y")), found.get("s", "/")
    if "a" not in found:
        month = found["m"].casefold()
        number = int(month) if month.isdecimal() else schema.MONTHS.get(month) or MONTHS.get(month)
        return settled(year, number, int(found["d"])) if number else None
    first, second = int(found["a"]), int(found["b"])
    if sign == "-" and len(found.get("y", "")) == 2 and first > 14 > int(found["y"]):
        return settled(2000 + first, second, int(found["y"]))  # 24-01-09: nobody's tracker is of 2009
    return numbers(first, second, year, sign)


def full_year(text: str | None) -> int | None:
    """Return a year of four digits."""
    if text is None:
        return None
    number = int(text.strip("'"))
    return number if number > 99 else 2000 + number


def numbers(first: int, second: int, year: int | None, sign: str) -> Day | None:
    """Return the day that two numbers stand for; with dots between them the day comes first."""
    as_month_first, as_day_first = settled(year, first, second), settled(year, second, first)
    if as_month_first and as_day_first and first != second:
        return as_day_first if sign == "." else Day(year, first, second, "?")
    return as_month_first or as_day_first


def settled(year: int | None, month: int, day: int) -> Day | None:
    """Return a day that the calendar has in a year that an application can be of."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Day(year, month, day) if day_or_none(year or 2024, month, day) else None


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the date, None where that year has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def without_accents(text: str) -> str:
    """Return a text with plain letters instead of accented ones."""
    if text.isascii():
        return text
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)


# What only the whole file can settle.


class Order(NamedTuple):
    """Whether the day comes first in a file's dates: None where nothing tells; `why` says what told."""

    day_first: bool | None
    why: str


def order_of(texts: Iterable[str]) -> Order:
    """Return the order of day and month that a file's unambiguous dates show."""
    day, month = set(), set()
    for text in texts:
        told = without_ends(without_accents(text))[0]
        for match in re.finditer(r"(?<![\d/.-])(\d{1,2})([-/])(\d{1,2})(?:\2(?:\d{4}|\d\d))?(?![\d/-])", told):
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second > 0:
                day.add(match[0])
            elif second > 12 >= first > 0:
                month.add(match[0])
    return decided(day, month)


def decided(day: set[str], month: set[str]) -> Order:
    """Return what two piles of unambiguous dates say; a few slips in a large pile do not count."""
    for mine, other, first in ((day, month, True), (month, day, False)):
        if mine and len(mine) >= 10 * len(other):
            return Order(first, f"{min(mine)!r} can only have the {'day' if first else 'month'} first")
    if day and month:
        return Order(None, f"{min(day)!r} has the day first and {min(month)!r} the month")
    return Order(None, "no date tells which comes first")


class Calendar:
    """What a file says about its own dates: the order of day and month, and the years it is about.

    `texts` are the cells of columns that are known to hold dates, `others` those of columns that may hold some.
    """

    def __init__(
        self,
        texts: Iterable[str],
        *,
        others: Iterable[str] = (),
        order: Order | None = None,
        year: int | None = None,
        hint: int | None = None,
    ):
        self.seen: dict[str, Written] = {text: read(text) for text in others}
        self.seen.update((text, read_of_days(text)) for text in texts)
        self.said_year = year
        self.order = order or order_of(self.seen)
        days = [day for written in self.seen.values() for day in written.days]
        years = {found.year for day in days if day.year and (found := self.settle(day))}
        self.year = year or (years.pop() if len(years) == 1 else None if years else hint)
        self.asks_order = self.order.day_first is None and any(day.order == "?" for day in days)

    def read(self, text: str) -> Written:
        """Return what a cell says in dates."""
        if text not in self.seen:
            self.seen[text] = read(text)
        return self.seen[text]

    def settle(self, day: Day, near: date | None = None, *, after: bool = False) -> date | None:
        """Return the date, None where it can be two; a missing year is the one that was given, else that of `near`.

        Without either it is that of the file. With `after` the date is the first such day that is not before `near`.
        """
        if day.order == "?" and self.order.day_first is None:
            return None
        month, number = (day.day, day.month) if day.order == "?" and self.order.day_first else (day.month, day.day)
        if day.year:
            return day_or_none(day.year, month, number)
        if self.said_year:
            given = day_or_none(self.said_year, month, number)
            if not (given and near and after and given < near):
                return given
        if near and after:
            found = (day_or_none(year, month, number) for year in range(near.year, near.year + 5))
            return next((day for day in found if day and day >= near), None)
        if near:
            found = (day_or_none(year, month, number) for year in (near.year - 1, near.year, near.year + 1))
            return min(filter(None, found), key=lambda day: abs(day - near), default=None)
        return day_or_none(self.year, month, number) if self.year else None

    def days(self, text: str, near: date | None = None, *, after: bool = False) -> list[date]:
        """Return every date of a cell, none where one of them cannot be settled."""
        found = [self.settle(day, near, after=after) for day in self.read(text).days]
        return [day for day in found if day] if all(found) else []

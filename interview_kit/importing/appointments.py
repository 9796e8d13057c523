"""When and where an interview is to be, and where the lead and the posting came from, as cells of trackers say it."""

import re
from collections.abc import Sequence
from datetime import time
from functools import lru_cache

from interview_kit import schema
from interview_kit.importing import words
from interview_kit.importing.days import TIME, without_accents

ONE_TIME = r"\d{1,2}(?:[:.h]\d{2}(?::\d{2})?)?\s*(?:[ap]\.?\s?m\b\.?)?"
CLOCK = re.compile(
    r"(?:at\s+)?(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?)?\s*(?:(?P<half>[ap])\.?\s?m\b\.?)?"
    rf"\s*(?:uhr|hrs?|h)?(?:\s*(?:-|–|—|to|until)\s*(?P<end>{ONE_TIME})\s*(?:uhr|hrs?|h)?)?",
    re.IGNORECASE,
)
ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ](\d\d:\d\d(?::\d\d)?)(?:\.0+)?")
SPAN = re.compile(r"\s*(?:→|—|–|->|\s-\s)\s*")
ZONE_BEHIND = re.compile(r"\s*\(?(?:Z|UTC|GMT|[A-Z]{2,4}T|BST|[+-]\d)", re.IGNORECASE)
STAMPS = re.compile(r"\b(creat|add|log|timestamp|entry|updat|modif)")  # a moment of typing, not of an interview
ADDRESS = re.compile(r"https?://[^\s\"'<>()\[\]]+|www\.[^\s\"'<>()\[\]]+", re.IGNORECASE)
ARRANGED = re.compile(r"\b(re ?)?scheduled\b|\bupcoming\b|\bbooked\b|\barranged\b")
NOT_ARRANGED = re.compile(r"\b(to be|not|not yet|un) ?(re ?)?(scheduled|booked|arranged)\b")
CALLED_OFF = frozenset(["cancelled", *schema.SPELLINGS["outcome"]["cancelled"].split("|")])
MAX_SOURCE = 80


@lru_cache(maxsize=5_000)
def read_time(text: str) -> time | None:
    """Return the time of day at which something begins, None where a cell does not tell it for sure.

    "2:30" alone is not sure, since it is said of the afternoon; nor is a time to the second, which a program stamped.
    """
    match = CLOCK.fullmatch(text.strip())
    if match is None or not (match["minute"] or match["half"]) or int(match["second"] or 0):
        return None
    if match["half"] is None and (is_of_two_halves(match["hour"]) or has_half(match["end"] or "")):
        return None
    return clock_time(int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").lower())


def is_of_two_halves(hour: str) -> bool:
    """Say whether an hour may be one of the night or of the afternoon: "2" is, "02" and "14" are not."""
    return len(hour) == 1 and 1 <= int(hour) <= 6


def has_half(text: str) -> bool:
    """Say whether a time says that it is before or after noon."""
    return bool(re.search(r"[ap]\.?\s?m\b", text, re.IGNORECASE))


def clock_time(hour: int, minute: int, half: str) -> time | None:
    """Return the time of day, None where no clock shows it."""
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)


@lru_cache(maxsize=50_000)
def time_beside(text: str) -> time | None:
    """Return the time of day beside the date of a cell, of a span the first.

    Midnight is what a spreadsheet puts there, and no time.
    """
    parts = SPAN.split(text)
    if len(parts) == 2 and (has_half(parts[0]) or not has_half(parts[1])):
        text = parts[0]
    if iso := ISO_MOMENT.fullmatch(text.strip()):
        at = read_time(iso[1])
    else:
        plain = without_accents(text[:2000])
        found = list(TIME.finditer(plain))
        alone = len(found) == 1 and not ZONE_BEHIND.match(plain[found[0].end() :])
        at = read_time(found[0][0].strip("T, ")) if alone else None
    return None if at == time() else at


@lru_cache(maxsize=50_000)
def has_unread_time(text: str) -> bool:
    """Say whether a cell holds a time of day that `time_beside` cannot tell for sure, midnight aside."""
    return time_beside(text) is None and bool(re.search(r"[1-9]", "".join(TIME.findall(without_accents(text[:2000])))))


@lru_cache(maxsize=50_000)
def tells_end(text: str) -> bool:
    """Say whether a cell holds when something ends, too."""
    match = CLOCK.fullmatch(text.strip())
    return bool(match and match["end"]) or len(TIME.findall(without_accents(text[:2000]))) > 1


def is_time(value: str) -> bool:
    """Say whether a cell holds a time of day and nothing else."""
    return len(value) <= 40 and CLOCK.fullmatch(value.strip()) is not None and bool(re.search(r"\D", value.strip()))


def is_stamp(name: str) -> bool:
    """Say whether a column's name is that of the moment at which a row was typed."""
    return bool(STAMPS.search(name))


@lru_cache(maxsize=5_000)
def is_arranged(text: str) -> bool:
    """Say whether words say that a day was agreed on: "interview scheduled"; not "to be scheduled"."""
    said = words.plain(text)
    return bool(ARRANGED.search(said)) and not NOT_ARRANGED.search(said)


def is_address(value: str) -> bool:
    """Say whether a cell holds an address of the web."""
    return bool(ADDRESS.search(value))


@lru_cache(maxsize=5_000)
def address_in(text: str) -> str:
    """Return the one address of the web that a cell holds, also within a formula or a link; nothing for several."""
    found = dict.fromkeys(ADDRESS.findall(text))
    return next(iter(found)) if len(found) == 1 else ""


@lru_cache(maxsize=5_000)
def lead(text: str, *, asks_whether: bool) -> str | None:
    """Return where a lead came from; None where a cell tells none, as "no" does where a column asks for a referral."""
    did = words.happened(text)
    if did is not None:
        return "referral" if did and asks_whether else None
    return schema.parse("source", text) if len(text) <= MAX_SOURCE else None


def appointment(records: Sequence[dict]) -> dict | None:
    """Return which of a row's records its one time and place are of, None where that cannot be told.

    It is the only interview, else the only one that is still to come.
    """
    interviews = [record for record in records if record["stage"] != words.APPLIED]
    planned = [record for record in interviews if record["outcome"] == "planned"]
    return next((found[0] for found in (interviews, planned) if len(found) == 1), None)

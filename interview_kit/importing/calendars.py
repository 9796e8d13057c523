"""Calendar files of any program: the interviews among their events, as a table whose columns have one meaning."""

import hashlib
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property, partial
from typing import Any

from interview_kit.importing import titles, words
from interview_kit.importing.encodings import decoded
from interview_kit.importing.ids import made_id
from interview_kit.importing.limits import MEGABYTE, refuse_large
from interview_kit.importing.sources import Fate, RowOutcome, Sheet, SpreadsheetError
from interview_kit.words import plural

MAX_CALENDAR, MAX_RULES, MAX_TEXT = 32 * MEGABYTE, 20_000, 20_000
OWN_IDS = "@interview-kit"
FIELDS = {
    **{"Title": "notes", "Company": "company", "Role": "role", "Stage": "stage", "Date": "interviewed_on"},
    **{"Starts": "starts_at", "Ends": "ended_at", "Place": "place", "Interview status": "status"},
    **{"Invited by": "notes", "Description": "notes", "Address": "notes", "id": "id"},
}
PROPERTY = re.compile(r'(?P<name>[A-Za-z0-9-]+)(?:;(?:[^":]|"[^"]*")*)?:(?P<value>.*)', re.DOTALL)
JOIN = re.compile(
    r"https?://[^\s\"'<>]{0,300}(?:zoom\.us|zoomgov\.com|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com|webex\.com"
    r"|whereby\.com|gotomeeting\.com|chime\.aws|skype\.com|jit\.si)[^\s\"'<>]{0,2000}",
    re.IGNORECASE,
)
SOMEWHERE = re.compile(
    r"((microsoft )?teams|zoom|google meet|meet|webex|skype|video|phone|online|virtual|remote)?( (meeting|call))?|tbd"
)
PAGES = re.compile(r"https?://(www\.)?(calendar\.google|outlook|google\.com/calendar)", re.IGNORECASE)
LINKS = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE")
AGAIN = "export the calendar as .ics again, and import that"
REPEATED = "another day of an event that repeats; only the first is taken"


@dataclass(frozen=True)
class Block:
    """An entry as it stands in a file: the line at which it begins, and its lines with continued ones joined."""

    line: int
    lines: list[str]
    is_cancelled: bool = False  # by its calendar as a whole

    @cached_property
    def values(self) -> dict[str, str]:
        """Its own values as they are written, by name, the first of several; not those of reminders within it."""
        found: dict[str, str] = {}
        depth = 0
        for line in self.lines[1:-1]:
            match = PROPERTY.match(line)
            name = match["name"].upper() if match else ""
            depth += name == "BEGIN"
            if match and not depth:
                found.setdefault(name, match["value"])
            depth -= name == "END"
        return found

    def value(self, name: str) -> str:
        """Return one of its own values as text, blank where it has none."""
        return unescaped(self.values.get(name, ""))


@dataclass(frozen=True)
class Found:
    """What a calendar file holds: its events, the rules of its time zones by name, and what else there is."""

    events: list[Block]
    zones: dict[str, str]
    others: int = 0  # to-dos and the like


def is_calendar(name: str, raw: bytes) -> bool:
    """Say whether a file is a calendar: by its first line, else by its name."""
    starts = re.match(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", raw[:1000], re.IGNORECASE)
    return bool(starts) or name.lower().endswith((".ics", ".ical"))


def calendar_sheet(name: str, raw: bytes) -> Sheet:
    """Return a calendar's interviews as a table, every other event left out with its reason."""
    refuse_large(name, len(raw), MAX_CALENDAR, "a calendar of ")
    text, notes = decoded(raw, name)
    found = events_of(text, name)
    made = Sheet(name, list(FIELDS), 0, [], [], notes=notes, fields=dict(FIELDS))
    if found.others:
        kept = plural(found.others, "to-do")
        made.notes.append(f"{name} also holds {kept} or the like; only its events are looked at")
    versions = newest(found.events)
    others: dict[str, list[Block]] = {}
    for block in found.events:
        if reason := why_never(block, versions):
            made.left.append(RowOutcome(block.line, Fate.SKIPPED, reason))
        elif titles.is_interview(title_of(block)):
            add(made, block, found)
        else:
            others.setdefault(title_of(block), []).append(block)
    for title, blocks in others.items():
        reason = f"{title[:80]!r} reads like no interview of yours" if title else "has no title that says what it is"
        made.others[title] = [RowOutcome(block.line, Fate.SKIPPED, reason) for block in blocks]
        made.left += made.others[title]
    made.bring_in = partial(bring_in, found, others)
    return made


def bring_in(found: Found, others: Mapping[str, Sequence[Block]], sheet: Sheet, title: str) -> None:
    """Put the events of a title among the rows of a table that left them out by it."""
    sheet.left[:] = [one for one in sheet.left if one not in sheet.others[title]]
    for block in others[title]:
        add(sheet, block, found)


# The lines of the file.


def events_of(text: str, name: str) -> Found:
    """Return the events of a calendar file, which may hold several calendars; `SpreadsheetError` where it has none."""
    found, zones, others, first = [], {}, 0, 0
    for kind, block in entries(text, name):
        if kind == "VEVENT":
            found.append(block)
        elif kind == "VTIMEZONE":
            zones[block.value("TZID")] = "\r\n".join(block.lines)
        elif kind != "VCALENDAR":
            others += 1
        elif block.value("METHOD").strip().upper() == "CANCEL":
            found[first:] = [replace(event, is_cancelled=True) for event in found[first:]]
        first = len(found) if kind == "VCALENDAR" else first
    if not found:
        raise SpreadsheetError(f"{name} holds no event; {AGAIN}")
    return Found(found, zones, others)


def entries(text: str, name: str) -> Iterator[tuple[str, Block]]:
    """Yield the entries of each calendar with their kinds, and behind them the calendar, its own lines alone.

    `SpreadsheetError` says where the file is broken off.
    """
    inside: list[str] = []
    blocks: list[Block] = []  # the calendar, and the entry in it, with all that the entry holds
    for number, line in unfolded(text):
        begins, ends = line[:6].upper() == "BEGIN:", line[:4].upper() == "END:"
        kind = line.partition(":")[2].strip().upper()
        if not inside and line.strip() and not (begins and kind == "VCALENDAR"):
            raise SpreadsheetError(f"{name} is no calendar: line {number} stands outside of one; {AGAIN}")
        if begins:
            inside.append(kind)
            if len(inside) > 8 or (len(inside) > 2 and kind == "VEVENT"):
                raise SpreadsheetError(f"{name} line {number} begins within another entry; {AGAIN}")
            blocks += [Block(number, [])] if len(inside) <= 2 else []
        if blocks:
            blocks[-1].lines.append(line)
        if ends and (not inside or inside.pop() != kind):
            raise SpreadsheetError(f"{name} line {number} ends what does not begin before it; {AGAIN}")
        if ends and len(inside) < len(blocks):
            yield kind, blocks.pop()
    if inside:
        where = f"within what begins in line {blocks[1].line}" if len(blocks) > 1 else "before its last line"
        raise SpreadsheetError(f"{name} breaks off {where}, as where a download stops early; {AGAIN}")


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers; one that begins with a blank continues the one before."""
    first, parts = 0, []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if parts:
            yield first, "".join(parts)
        first, parts = number, [line]
    yield first, "".join(parts)


def unescaped(text: str) -> str:
    """Return a text value as it is read."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text, flags=re.DOTALL)


# Which of them are interviews.


def newest(events: Sequence[Block]) -> dict[tuple[str, str], Block]:
    """Return the newest version of each event, by its UID and, of one day of an event that repeats, by that day."""
    found: dict[tuple[str, str], Block] = {}
    for block in events:
        key = block.value("UID"), block.value("RECURRENCE-ID")
        if key[0] and (key not in found or sequence(block) >= sequence(found[key])):
            found[key] = block
    return found


def sequence(block: Block) -> int:
    """Return the number of an event's version."""
    text = block.value("SEQUENCE").strip()
    return int(text) if re.fullmatch(r"\d{1,12}", text) else 0


def title_of(block: Block) -> str:
    """Return an event's title on one line."""
    return " ".join(block.value("SUMMARY").split())


def why_never(block: Block, versions: Mapping[tuple[str, str], Block]) -> str:
    """Return why an event is left out whatever its title says, nothing where only that decides."""
    uid, day = block.value("UID"), block.value("RECURRENCE-ID")
    if uid.endswith(OWN_IDS):
        return "an entry of the kit's own calendar"
    if uid and versions[uid, day] is not block:
        return f"an older version of the event in line {versions[uid, day].line}"
    return REPEATED if uid and day and (uid, "") in versions else ""


# An event as a row.


def add(made: Sheet, block: Block, found: Found) -> None:
    """Put an event among the rows of a table, or aside with the reason why it cannot be read."""
    try:
        event = parsed(block)
        begin, remark = local_time(event, "DTSTART", found.zones)
        if not isinstance(begin, date):
            made.left.append(RowOutcome(block.line, Fate.ATTENTION, f"has no day that can be read; {AGAIN}"))
            return
        row = as_row(block, event, begin, found)
        guess = "" if row["Company"] else titles.company_of(block.value("SUMMARY"), addresses(event)).company
    except Exception:  # whatever a broken event makes the library raise, be it only once its end is asked for
        why = f"cannot be read; enter it by hand, or {AGAIN}"
        made.left.append(RowOutcome(block.line, Fate.ATTENTION, why))
        return
    if not isinstance(begin, datetime):
        row["Starts"], remark = remark, ""  # which is no time of day that can be read, and is said to be none
    if block.value("RRULE") or block.value("RDATE"):
        remark = "; ".join(filter(None, [remark, "it repeats; only the first day is taken"]))
    if remark:
        made.remarks[block.line] = remark
    if guess:
        made.guesses[block.line] = guess
    made.rows.append([row.get(name, "") for name in FIELDS])
    made.lines.append(block.line)


def leave_out_doubles(calendars: Sequence[Sheet]) -> None:
    """Leave out the rows whose id an earlier one has: an event of two calendars, or one without a UID told twice."""
    first: dict[str, tuple[Sheet, int]] = {}
    for made in calendars:
        at, rows, lines = made.header.index("id"), made.rows, made.lines
        made.rows, made.lines = [], []
        for row, line in zip(rows, lines, strict=True):
            of, there = first.setdefault(row[at], (made, line))
            if of is made and there == line:
                made.rows.append(row)
                made.lines.append(line)
                continue
            where = f"line {there}" if of is made else f"line {there} of {of.name}"
            made.left.append(RowOutcome(line, Fate.SKIPPED, f"the event in {where} again"))


def parsed(block: Block) -> Any:
    """Return an event as icalendar reads it, without the zones of its file, which are looked at only where needed."""
    from icalendar import Event

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the name of a time zone that has a maker's name before it
        return Event.from_ical("\r\n".join([*block.lines, ""]))


def as_row(block: Block, event: Any, begin: date, found: Found) -> dict[str, str]:
    """Return an event as the cells of a row by the names of the columns."""
    title, text = title_of(block), block.value("DESCRIPTION").strip()
    named = titles.company_of(title, addresses(event))
    company = named.company if named.sure else ""
    row = {"Title": title, "Company": company, "Stage": titles.stage_of(title, company), "Description": text}
    row["Date"] = f"{begin.year:04}-{begin.month:02}-{begin.day:02}"
    if isinstance(begin, datetime):
        row |= {"Starts": f"{begin:%H:%M}", "Ends": end_after(event, begin, found.zones)}
    row["Place"], row["Address"] = places(event, text)
    row["Invited by"] = organizer(event)
    off = block.is_cancelled or block.value("STATUS").strip().upper() == "CANCELLED"
    row["Interview status"] = "Cancelled" if off else "Scheduled"
    of_what = block.value("UID") or "\x1f".join([title, row["Date"], row.get("Starts", "")])
    return row | {"id": made_id(f"uid\x1f{of_what}\x1f{block.value('RECURRENCE-ID')}")}


def local_time(event: Any, name: str, zones: Mapping[str, str]) -> tuple[date | datetime | None, str]:
    """Return a day, or a moment by this machine's clock, and what to say where the event has another clock.

    Of a moment in a time zone whose rules nothing tells, the day is returned; its time and its zone are what to say.
    """
    property_ = event.get(name)
    if property_ is None:
        return None, ""
    found, zone = property_.dt, property_.params.get("TZID", "")
    if not isinstance(found, datetime):
        return found, ""
    if found.tzinfo is None and zone:
        rules = zone_of(zones.get(zone, ""))
        if rules is None:
            return found.date(), f"{found:%H:%M} in {zone[:60]}"
        found = found.replace(tzinfo=rules)
    if found.tzinfo is None:
        return found, ""
    here = found.astimezone().replace(tzinfo=None)
    shown = f"{found:%H:%M} in {zone[:60]}" if zone else f"{found:%H:%M} {found.tzname()}"
    day = "" if here.date() == found.date() else f" on {here:%Y-%m-%d}"
    return here, "" if here == found.replace(tzinfo=None) else f"{shown} is {here:%H:%M}{day} here"


def zone_of(rules: str) -> tzinfo | None:
    """Return the time zone that a file's own rules describe; None for none, and for rules that would never end."""
    if not rules or len(rules) > MAX_RULES or re.search(r"FREQ=(?!YEARLY)", rules, re.IGNORECASE):
        return None
    from icalendar import Timezone

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # The library keeps each zone by its name, for all files: this one has a name that only the same rules have.
        name = f"rules-{hashlib.sha256(rules.encode()).hexdigest()}"
        found = Timezone.from_ical(re.sub(r"(?im)^TZID[^\r\n]*", f"TZID:{name}", rules, count=1) + "\r\n")
        return found.to_tz() if isinstance(found, Timezone) else None


def end_after(event: Any, begin: datetime, zones: Mapping[str, str]) -> str:
    """Return the time at which an event ends, blank where it ends on a later day or not after it begins."""
    lasts = event.get("DURATION")
    end = begin + lasts.dt if lasts is not None else local_time(event, "DTEND", zones)[0]
    if not isinstance(end, datetime) or not timedelta() < end - begin < timedelta(days=1):
        return ""
    return f"{end.time():%H:%M}" if end.time() != time() or end.date() > begin.date() else ""


def addresses(event: Any) -> list[str]:
    """Return the addresses of those who invited and were invited."""
    found = [event.get(name, []) for name in ("ORGANIZER", "ATTENDEE")]
    several = [one for value in found for one in (value if isinstance(value, list) else [value])]
    return [str(one)[:200] for one in several if "@" in str(one)][:50]


def organizer(event: Any) -> str:
    """Return who invited, as name and address."""
    value = event.get("ORGANIZER")
    if value is None or isinstance(value, list):
        return ""
    name, address = str(value.params.get("CN", "")), re.sub(r"(?i)^mailto:", "", str(value))
    return address if name in ("", address) else f"{name}, {address}"


def places(event: Any, text: str) -> tuple[str, str]:
    """Return where an event is, and a link or place besides: a call's link where the place names none."""
    location = one_value(event, "LOCATION").strip()
    calls = [link for name in LINKS if (link := one_value(event, name)).startswith("http")]
    calls += [match[0].rstrip(".,;)") for match in JOIN.finditer(text[:MAX_TEXT])][:1]
    page = one_value(event, "URL").strip()
    calls += [page] if page.startswith("http") and not PAGES.match(page) else []
    link = calls[0] if calls else ""
    if not location or SOMEWHERE.fullmatch(words.plain(location)):
        return link or location, location if link else ""
    return location, "" if link in location else link


def one_value(event: Any, name: str) -> str:
    """Return a value of an event as text, the first of several."""
    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return "" if value is None else str(value)

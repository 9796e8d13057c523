"""The time zone of this machine: its name, the moments that its clock shows, and its rules for a calendar file."""

import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

NO_NAMES = ("local", "localtime", "posixrules", "Factory")  # files of one system, which mean nothing on another
NAMES_OF_UTC = ("UTC", "UCT", "Zulu", "Universal")  # a calendar file writes such times as UTC, without a zone


class Clock(NamedTuple):
    """The clock of a place: `zone` is None where its time zone has no name, or where it is UTC."""

    zone: ZoneInfo | None

    def moment(self, shown: datetime) -> datetime:
        """Return the moment, in UTC, at which the clock shows a day and time.

        A time that the clock leaves out in spring is read as if it had not been put forward yet; of a time that it
        shows twice in autumn, the first is meant.
        """
        return (shown.replace(tzinfo=self.zone) if self.zone else shown).astimezone(UTC)

    def written(self, moment: datetime) -> datetime:
        """Return a moment as a calendar file has it: by this clock, or in UTC where that is not the only such time."""
        local = moment.astimezone(self.zone) if self.zone else moment
        return moment if local.fold else local


def local_clock() -> Clock:
    """Return the clock of this machine, by the environment variable TZ or else by the system's own setting."""
    zone = local_zone()
    return Clock(None if zone is None or zone.key.rpartition("/")[2] in NAMES_OF_UTC else zone)


def local_zone() -> ZoneInfo | None:
    """Return the time zone of this machine, None where it has no name that other programs know."""
    import tzlocal

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of settings that contradict each other, which no one can mend here
        try:
            zone = tzlocal.reload_localzone()  # of a notebook that is open for days, the machine may have moved
            return None if zone.key in NO_NAMES else ZoneInfo(zone.key)
        except (LookupError, ValueError, OSError, AttributeError):
            return None


def zone_rules(zone: ZoneInfo, first: date, last: date):
    """Return the rules of a time zone between two days, as a calendar file has them."""
    from icalendar import Timezone

    begin = datetime(first.year, 1, 1, tzinfo=UTC)
    rules = Timezone()
    rules.add("tzid", zone.key)
    rules.add_component(rule(begin, zone, before=begin))
    for moment in changes(zone, begin, datetime(last.year + 1, 1, 1, tzinfo=UTC)):
        rules.add_component(rule(moment, zone, before=moment - timedelta(seconds=1)))
    return rules


def rule(moment: datetime, zone: ZoneInfo, *, before: datetime):
    """Return the rule of a zone from a moment on, which it names by the clock as it went before."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    now, earlier = moment.astimezone(zone), before.astimezone(zone)
    made = TimezoneDaylight() if now.dst() else TimezoneStandard()
    made.add("dtstart", (moment + offset(earlier)).replace(tzinfo=None))
    made.add("tzoffsetfrom", offset(earlier))
    made.add("tzoffsetto", offset(now))
    made.add("tzname", now.tzname() or "")
    return made


def changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moments between two others at which a zone's clocks are changed, to the second."""
    while begin < end:
        after = begin + timedelta(days=1)
        if offset(begin.astimezone(zone)) != offset(after.astimezone(zone)):
            yield change_between(zone, begin, after)
        begin = after


def change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the first second of another offset between two moments."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        changed = offset(middle.astimezone(zone)) != offset(before.astimezone(zone))
        before, after = (before, middle) if changed else (middle, after)
    return after


def offset(local: datetime) -> timedelta:
    """Return the offset of a zone's clock from UTC."""
    return local.utcoffset() or timedelta()

"""Tables of several files that belong together by an id, as one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from interview_kit.importing.aliases import by_name, folded
from interview_kit.importing.days import Calendar
from interview_kit.importing.sources import Fate, RowOutcome, Sheet

NEXT = "next round"


class Link(NamedTuple):
    """The column of one table that names the rows of another: places of tables and of their columns."""

    child: int
    key: int
    parent: int
    own: int


def joined(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the tables with those that belong together joined: what is referred to is written beside each row.

    A row that something refers to is accounted for as joined; an application that no interview refers to stays a row.
    """
    links = one_way([link for child in range(len(sheets)) for link in links_of(sheets, child)], sheets)
    if not links:
        return list(sheets)
    parents = {link.parent for link in links}
    wide = {at: widened(sheets, at, links, ()) for at in range(len(sheets))}
    made = [last_keeps_status(sheets, at, links, wide[at]) for at in range(len(sheets)) if at not in parents]
    return made + [left_over(sheets, at, links, wide[at]) for at in sorted(parents)]


def one_way(links: Sequence[Link], sheets: Sequence[Sheet]) -> list[Link]:
    """Return the links, of two tables that name each other's rows only that from interviews to applications."""
    pairs = {(link.child, link.parent) for link in links}
    ranks = [(tells_interviews(sheet), at) for at, sheet in enumerate(sheets)]
    return [link for link in links if (link.parent, link.child) not in pairs or ranks[link.child] > ranks[link.parent]]


def tells_interviews(sheet: Sheet) -> bool:
    """Say whether a table tells of interviews: a day of each, or its stage."""
    return not {"interviewed_on", "stage"}.isdisjoint(by_name(name).field for name in sheet.header)


def links_of(sheets: Sequence[Sheet], child: int) -> list[Link]:
    """Return the columns of a table that name rows of others; one for each other table."""
    found: dict[int, Link] = {}
    for key, name in enumerate(sheets[child].header):
        match = re.fullmatch(r"(?:(.+) )?id", folded(name))
        for parent in range(len(sheets)) if match else ():
            own = own_key(sheets[parent], folded(name), match[1] or "") if parent != child and match else None
            if own is not None and refers(sheets[child], key, sheets[parent], own):
                found.setdefault(parent, Link(child, key, parent, own))
    return list(found.values()) or by_company(sheets, child)


def by_company(sheets: Sequence[Sheet], child: int) -> list[Link]:
    """Return the link from a table of interviews to one of applications in which each of its companies stands once."""
    if not tells_interviews(sheets[child]):
        return []
    fields = [[by_name(name).field for name in one.header] for one in sheets]
    places = [names.index("company") if "company" in names else None for names in fields]
    key = places[child]
    for parent, own in enumerate(places):
        is_other = parent != child and own is not None and not tells_interviews(sheets[parent])
        if key is not None and is_other and refers(sheets[child], key, sheets[parent], own):
            return [Link(child, key, parent, own)]
    return []


def own_key(sheet: Sheet, name: str, stem: str) -> int | None:
    """Return the column that holds a table's own ids, if `name` in another table can refer to it."""
    names = [folded(column) for column in sheet.header]
    if name in names and name != "id":
        return names.index(name)
    about = folded(sheet.name)
    if "id" in names and stem and stem.rsplit(maxsplit=1)[-1].rstrip("sy") in about:
        return names.index("id")
    return None


def refers(child: Sheet, key: int, parent: Sheet, own: int) -> bool:
    """Say whether one column names rows of another table: its values stand there, each once."""
    ids = [row[own] for row in parent.rows if row[own]]
    named = {row[key] for row in child.rows if row[key]}
    if not named or len(set(ids)) < len(ids):
        return False
    return len(named & set(ids)) >= 0.8 * len(named) and folded(child.header[key]) != "id"


def widened(sheets: Sequence[Sheet], at: int, links: Sequence[Link], under: tuple[int, ...]) -> Sheet:
    """Return a table with what each row refers to written beside it."""
    wide = sheets[at]
    for link in [link for link in links if link.child == at and link.parent not in (*under, at)]:
        other = widened(sheets, link.parent, links, (*under, at))
        kept = [place for place, name in enumerate(other.header) if place != link.own]
        names = [
            name if name not in wide.header else f"{name} ({sheets[link.parent].name})"
            for name in (other.header[place] for place in kept)
        ]
        rows_by_id = {row[link.own]: row for row in other.rows}
        empty = [""] * len(other.header)
        beside = [rows_by_id.get(row[link.key], empty) for row in wide.rows]
        rows = [[*row, *(more[place] for place in kept)] for row, more in zip(wide.rows, beside, strict=True)]
        wide = replace(wide, header=[*wide.header, *names], rows=rows)
    return wide


def last_keeps_status(sheets: Sequence[Sheet], at: int, links: Sequence[Link], wide: Sheet) -> Sheet:
    """Return a table of interviews in which the application's status speaks of its last one only.

    The ones before it led to another: "next round", where no column of their own says how they went.
    """
    fields = [by_name(name).field for name in wide.header]
    own = set(range(len(sheets[at].header)))
    told = [place for place, field in enumerate(fields) if field in ("status", "outcome") and place not in own]
    key = next((link.key for link in links if link.child == at), None)
    if not told or key is None:
        return wide
    has_result = any(fields[place] == "outcome" for place in own)
    held_on = next((place for place in own if fields[place] == "interviewed_on"), None)
    days = days_of(wide, held_on) if held_on is not None else [None] * len(wide.rows)
    places: dict[str, list[int]] = {}
    for place, row in enumerate(wide.rows):
        places.setdefault(row[key], []).append(place)
    places.pop("", None)
    for group in places.values():
        in_order = all(days[place] for place in group)
        last = max(group, key=lambda place: (days[place], place)) if in_order else group[-1]
        for place in group:
            for column in told if place != last else ():
                wide.rows[place][column] = "" if has_result else NEXT
    return wide


def days_of(sheet: Sheet, at: int) -> list[date | None]:
    """Return the day that each row has in a column, None where it tells none for sure."""
    calendar = Calendar({row[at] for row in sheet.rows})
    return [next(iter(calendar.days(row[at])), None) for row in sheet.rows]


def left_over(sheets: Sequence[Sheet], at: int, links: Sequence[Link], wide: Sheet) -> Sheet:
    """Return the rows of a table that nothing refers to, and what became of the others."""
    pointing = [link for link in links if link.parent == at]
    named = {row[link.key] for link in pointing for row in sheets[link.child].rows}
    own = pointing[0].own
    is_applications = {"role", "status", "applied_on", "outcome"} & {by_name(name).field for name in sheets[at].header}
    to = sheets[pointing[0].child].name
    left, rows, lines = list(wide.left), [], []
    for row, line in zip(wide.rows, wide.lines, strict=True):
        if row[own] in named:
            left.append(RowOutcome(line, Fate.IMPORTED, f"joined with what refers to it in {to}"))
        elif is_applications:
            rows.append(row)
            lines.append(line)
        else:
            left.append(RowOutcome(line, Fate.SKIPPED, f"nothing in {to} refers to it"))
    return replace(wide, rows=rows, lines=lines, left=left)

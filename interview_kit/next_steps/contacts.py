"""The people met: who they are, when they were last written to, and who stands there twice."""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from interview_kit import schema, words
from interview_kit.frame.arguments import checked_date
from interview_kit.next_steps.files import clean, escaped, moment, write_whole
from interview_kit.next_steps.follow_ups import what_words
from interview_kit.next_steps.records import Records, Row, dismissed_keys, empty, read_records
from interview_kit.words import one_line

if TYPE_CHECKING:
    import pandas as pd

TEXTS = ("id", "company", "name", "role", "email", "phone")
DATES = ("met_on", "last_contact_on", "next_on")
FILLED = ("interview_id", "name", "role", "company", "email", "phone")


def contact_list(records: object, *, as_of: object = None) -> "pd.DataFrame":
    """Return the people met, one row for each record, by company and name.

    Columns: `id`, `company`, `name`, `role`, `email`, `phone`, `met_on` (the interview's day where it is not noted),
    `last_contact_on` (the latest day, up to `as_of` (today), on which they met or something was done for them),
    `next_step` and `next_on` (their first open follow-up; empty where there is none), `notes`. A company that is not
    noted is the interview's. Raises ValueError for records that cannot be read.
    """
    whole, today = read_records(records), checked_date(as_of)
    by_contact: dict[str, list[Row]] = {}
    for row in whole.follow_ups:
        by_contact.setdefault(row["contact_id"], []).append(row)
    interviews = {row["id"]: row for row in whole.interviews}
    people = [described(person, interviews, by_contact.get(person["id"], []), today) for person in whole.contacts]
    return as_table(sorted(people, key=lambda row: (row["company"].casefold(), row["name"].casefold())))


def described(person: Row, interviews: dict[str, Row], follow_ups: list[Row], today: date) -> dict:
    """Return one person with what was done for them and what is next."""
    interview = interviews.get(person["interview_id"]) or empty("interviews")
    company, met = person["company"] or interview["company"], person["met_on"] or interview["interviewed_on"]
    days = [day for day in (met, *(row["done_on"] for row in follow_ups)) if day and day <= today]
    waiting = [row for row in follow_ups if row["done_on"] is None]
    following = min(waiting, key=lambda row: row["due_on"] or date.max, default=None)
    row = {name: one_line(person[name]) for name in TEXTS} | {"company": one_line(company), "met_on": met}
    row |= {"last_contact_on": max(days, default=None), "next_step": "", "next_on": None, "notes": person["notes"]}
    if following:
        row |= {"next_step": what_words(following["kind"], row["name"], ""), "next_on": following["due_on"]}
    return row


def as_table(people: list[dict]) -> "pd.DataFrame":
    """Return people as a tidy table."""
    import numpy as np
    import pandas as pd

    columns = [*TEXTS, "met_on", "last_contact_on", "next_step", "next_on", "notes"]
    table = pd.DataFrame(people, columns=columns)
    for name in DATES:
        table[name] = np.array([row[name] for row in people], "M8[D]").astype("M8[us]")
    return table.astype({name: "str" for name in columns if name not in DATES})


# The same person twice


def same_people(records: object, *, dismissed: Iterable[str] | None = None) -> "pd.DataFrame":
    """Return pairs of records that seem to be one person, one row for each pair to decide on.

    The same mail address, or the same name at the same company; small and capital letters do not matter. Columns:
    `key`, `keep` and `other` (ids; the one met last is kept), `name`, `company`, `why`. `dismissed` holds keys of pairs
    that are two people, by default those that a Journal was told. Raises ValueError for records that cannot be read.
    """
    import pandas as pd

    known, rows, paired = dismissed_keys(records) if dismissed is None else set(dismissed), [], set()
    for why, group in alike(read_records(records)):
        newest, *others = sorted(group, key=lambda person: person["met_on"] or date.min, reverse=True)
        for other in others:
            key = "same:" + ":".join(sorted((newest["id"], other["id"])))
            if other["id"] not in paired and key not in known:
                paired.add(other["id"])
                rows.append((key, newest["id"], other["id"], newest["name"], newest["company"], why))
    return pd.DataFrame(rows, columns=["key", "keep", "other", "name", "company", "why"]).astype("str")


def alike(records: Records) -> Iterator[tuple[str, list[Row]]]:
    """Yield the groups of records that seem to be one person, and why."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for person in records.contacts:
        name, company = schema.fold(person["name"]), schema.fold(person["company"])
        if person["email"]:
            groups.setdefault(("the same mail address", person["email"].casefold()), []).append(person)
        if name and company:
            groups.setdefault(("the same name at the same company", name, company), []).append(person)
    yield from ((key[0], group) for key, group in groups.items() if len(group) > 1)


def merged_contact(records: object, keep: str, other: str) -> dict[str, dict]:
    """Return what to change so that two records of one person become one; the other is deleted afterwards.

    `contacts` holds the changes of the record `keep`: its gaps filled from `other`, and both notes. `follow_ups` holds
    the changes of each follow-up of `other`, by id: they now are for `keep`. Raises ValueError for an id that no
    contact has.
    """
    whole = read_records(records)
    mine, theirs = (known_contact(whole, key) for key in (keep, other))
    changes: dict = {name: theirs[name] for name in FILLED if not mine[name] and theirs[name]}
    met = [row["met_on"] for row in (mine, theirs) if row["met_on"]]
    if met and mine["met_on"] != max(met):
        changes["met_on"] = max(met)
    notes = both_notes(mine, theirs)
    changes |= {"notes": notes} if notes != mine["notes"] else {}
    moved = [row["id"] for row in whole.follow_ups if row["contact_id"] == other]
    return {"contacts": {keep: changes}, "follow_ups": {key: {"contact_id": keep} for key in moved}}


def known_contact(records: Records, key: str) -> Row:
    """Return a contact that must be there."""
    found = records.contact(key)
    if not found["id"]:
        raise ValueError(f"no contact has the id {key!r}; contact_list shows the ids there are")
    return found


def both_notes(mine: Row, theirs: Row) -> str:
    """Return both notes, the day of the earlier meeting before its own."""
    met = f"Also met on {words.day(theirs['met_on'])}." if theirs["met_on"] not in (None, mine["met_on"]) else ""
    earlier = " ".join(word for word in (met, theirs["notes"] if theirs["notes"] != mine["notes"] else "") if word)
    return "\n".join(word for word in (mine["notes"], earlier) if word)


# Contact cards


def contact_cards(
    records: object, path: str | os.PathLike | None = None, *, notes: bool = False, as_of: object = None
) -> bytes:
    """Return the people met as contact cards (vCard 3.0, RFC 2426), written to `path` where one is given.

    Each card has the name, company, role, mail address and phone number, and says when they met; what was noted about
    them stays out unless `notes`. Its UID comes from the record's id, so that taking it in again updates it. A record
    without a name is left out. Raises ValueError for records that cannot be read, or where nobody has a name; OSError
    where the file cannot be written, an earlier one then being as it was.
    """
    people = contact_list(records, as_of=as_of).to_dict("records")
    cards = [
        card(person, moment(as_of).strftime("%Y%m%dT%H%M%SZ"), notes) for person in people if clean(person["name"])
    ]
    if not cards:
        raise ValueError("nobody here has a name; contact cards need at least one person with a name")
    content = "".join(cards).encode()
    if path is not None:
        write_whole(path, content)
    return content


def card(person: dict, made: str, notes: bool) -> str:
    """Return one contact card, long lines folded."""
    from icalendar.parser import Contentline

    met = f"Met on {words.day(person['met_on'])}." if not schema.is_missing(person["met_on"]) else ""
    about = "\n".join(word for word in (met, person["notes"] if notes else "") if word)
    values = {
        "FN": text(person["name"]),
        "N": ";".join(text(part) for part in parts_of_name(person["name"])),
        "ORG": text(person["company"]),
        "TITLE": text(person["role"]),
        "EMAIL;TYPE=INTERNET": text(person["email"]),
        "TEL;TYPE=WORK": text(person["phone"]),
        "NOTE": text(about),
        "UID": text(f"{person['id']}@interview-kit"),
        "REV": made,
    }
    lines = ["BEGIN:VCARD", "VERSION:3.0", *(f"{name}:{value}" for name, value in values.items() if value), "END:VCARD"]
    return "".join(f"{Contentline(line).to_ical().decode()}\r\n" for line in lines)


def text(value: str) -> str:
    """Return a text as a value of a card."""
    return escaped(clean(value))


def parts_of_name(name: str) -> tuple[str, str, str, str, str]:
    """Return a name as family name, given name and three parts that nobody noted."""
    family, comma, given = name.partition(",")
    if not comma:
        *others, family = name.split()
        given = " ".join(others)
    return (family.strip(), given.strip(), "", "", "") if given.strip() else ("", family.strip(), "", "", "")

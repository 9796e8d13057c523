"""The people met: who they are, when they were last written to, and who stands there twice."""

import os
from collections.abc import Iterable, Iterator
from datetime import date

import pandas as pd

from interview_kit import schema, words
from interview_kit.frame.arguments import DayLike, checked_date
from interview_kit.next_steps.files import escape_value, moment, printable, write_whole
from interview_kit.next_steps.follow_ups import what_words
from interview_kit.next_steps.records import (
    JournalLike,
    Records,
    RecordsLike,
    Row,
    dismissed_keys,
    held_on,
    read_records,
    table_of,
)
from interview_kit.words import one_line

TEXTS = ("id", "company", "name", "role", "email", "phone")
DATES = ("met_on", "last_contact_on", "next_on")
COLUMNS = (*TEXTS, "met_on", "last_contact_on", "next_step", "next_on", "notes")
SAME_PERSON = "same:"  # begins the key of a pair, among the keys of what is not to be suggested again
FILLED = ("interview_id", "name", "role", "company", "email", "phone")


def contact_list(records: RecordsLike, *, as_of: DayLike = None) -> pd.DataFrame:
    """Return the people met, one row for each record, by company and name.

    Parameters
    ----------
    records, as_of : Journal or mapping of str to pandas.DataFrame, date or str
        A Journal, or frames by name, and the day that counts as today, as in `due_follow_ups`.

    Returns
    -------
    pandas.DataFrame
        One row per record of a person:

        - `id`, `company`, `name`, `role`, `email`, `phone`, `notes`: as noted; a company that is not noted is the
          interview's
        - `met_on`: the interview's day where it is not noted
        - `last_contact_on`: the latest day, up to `as_of`, on which they met or something was done for them
        - `next_step`, `next_on`: their first open follow-up; empty where there is none

    Raises
    ------
    ValueError
        For records that cannot be read.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> people = ik.contact_list(ik.Journal(SAMPLE.parent), as_of="2026-11-20")
    >>> print(people[["company", "name", "met_on", "last_contact_on"]].head(3).to_string(index=False))
               company             name     met_on last_contact_on
       Arbelos Freight   Samir Khoudari 2026-04-24      2026-04-24
        Ashlark Relief   Pavel Dostálek 2026-10-06      2026-10-09
    Brindlecove Travel Mara Ellingworth 2026-01-13      2026-01-27
    """
    whole, today = read_records(records), checked_date(as_of)
    people = [described(person, whole, today) for person in whole.contacts]
    rows = sorted(people, key=lambda row: (row["company"].casefold(), row["name"].casefold()))
    return table_of(rows, COLUMNS, DATES)


def described(person: Row, records: Records, today: date) -> dict:
    """Return one person with what was done for them and what is next."""
    interview, follow_ups = records.interview(person["interview_id"]), records.planned_with.get(person["id"], [])
    company, met = person["company"] or interview["company"], person["met_on"] or held_on(interview)
    days = [day for day in (met, *(row["done_on"] for row in follow_ups)) if day and day <= today]
    waiting = [row for row in follow_ups if row["done_on"] is None]
    following = min(waiting, key=lambda row: row["due_on"] or date.max, default=None)
    row: dict = {name: one_line(person[name]) for name in TEXTS} | {"company": one_line(company), "met_on": met}
    row |= {"last_contact_on": max(days, default=None), "next_step": "", "next_on": None, "notes": person["notes"]}
    if following:
        row |= {"next_step": what_words(following["kind"], row["name"], ""), "next_on": following["due_on"]}
    return row


# The same person twice


def same_people(records: RecordsLike, *, dismissed: Iterable[str] | None = None) -> pd.DataFrame:
    """Return pairs of records that seem to be one person, one row for each pair to decide on.

    Parameters
    ----------
    records : Journal or mapping of str to pandas.DataFrame
        A Journal, or frames by name, as in `due_follow_ups`.
    dismissed : iterable of str, optional
        Keys of pairs that are two people; by default those that a Journal was told.

    Returns
    -------
    pandas.DataFrame
        One row per pair:

        - `key`: what `dismissed` takes
        - `keep`, `other`: the two ids; the one met last is kept
        - `name`, `company`: who it seems to be
        - `why`: what they have in common

    Raises
    ------
    ValueError
        For records that cannot be read.

    Notes
    -----
    A pair has the same mail address, or the same name at the same company; small and capital letters do not matter.

    Examples
    --------
    >>> import interview_kit as ik
    >>> import pandas as pd
    >>> contacts = pd.DataFrame({"id": ["c-1", "c-2"], "name": ["Ada Lark", "ADA LARK"], "company": ["Acme", "Acme"]})
    >>> print(ik.same_people({"contacts": contacts})[["keep", "other", "why"]].to_string(index=False))
    keep other                               why
     c-1   c-2 the same name at the same company
    """
    known, rows, paired = dismissed_keys(records) if dismissed is None else set(dismissed), [], set()
    for why, group in same_person_groups(read_records(records)):
        newest, *others = sorted(group, key=lambda person: person["met_on"] or date.min, reverse=True)
        for other in others:
            key = SAME_PERSON + ":".join(sorted((newest["id"], other["id"])))
            if other["id"] not in paired and key not in known:
                paired.add(other["id"])
                rows.append((key, newest["id"], other["id"], newest["name"], newest["company"], why))
    return pd.DataFrame(rows, columns=["key", "keep", "other", "name", "company", "why"]).astype("str")


def same_person_groups(records: Records) -> Iterator[tuple[str, list[Row]]]:
    """Yield the groups of records that seem to be one person, and why."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for person in records.contacts:
        name, company = schema.fold(person["name"]), schema.fold(person["company"])
        if person["email"]:
            groups.setdefault(("the same mail address", person["email"].casefold()), []).append(person)
        if name and company:
            groups.setdefault(("the same name at the same company", name, company), []).append(person)
    yield from ((key[0], group) for key, group in groups.items() if len(group) > 1)


def merge_contacts(journal: JournalLike, keep: str, other: str) -> int:
    """Merge two records of one person: one undo brings both back.

    Parameters
    ----------
    journal : Journal
        The records that are changed.
    keep : str
        The id of the record that stays. Its gaps are filled from `other`, it has both notes and the later day they met,
        and the follow-ups of `other` are for it.
    other : str
        The id of the record that is deleted.

    Returns
    -------
    int
        How many follow-ups of `other` are for `keep` now.

    Raises
    ------
    ValueError
        For an id that no contact has, or that is given twice.
    RecordsError
        Where the files cannot be changed; nothing is changed then.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from tempfile import mkdtemp
    >>> journal = ik.Journal(mkdtemp())
    >>> first = journal.add("contacts", {"name": "Ada Lark", "company": "Acme"})
    >>> second = journal.add("contacts", {"name": "Ada Lark", "phone": "415-555-0100"})
    >>> ik.merge_contacts(journal, first, second)
    0
    >>> print(journal.contacts()[["name", "company", "phone"]].to_string(index=False))
        name company        phone
    Ada Lark    Acme 415-555-0100
    >>> print(journal.undo())
    Took back the merging of Ada Lark.
    """
    name = known_contact(read_records({"contacts": journal.contacts()}), keep)["name"]
    with journal.transaction(f"the merging of {name or 'two records'}"):
        changes = merged_contact(journal, keep, other)
        for table, records in changes.items():
            for key, changed in records.items():
                journal.update(table, key, changed)
        journal.delete("contacts", other)
    return len(changes["follow_ups"])


def merged_contact(records: RecordsLike, keep: str, other: str) -> dict[str, dict]:
    """Return the changes that merge two records of one person, by table and id; ValueError for an unknown id."""
    if keep == other:
        raise ValueError(f"{keep!r} is given twice; two records are merged, each with an id of its own")
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
    records: RecordsLike, path: str | os.PathLike | None = None, *, notes: bool = False, as_of: DayLike = None
) -> bytes:
    """Return the people met as contact cards.

    Parameters
    ----------
    records : Journal or mapping of str to pandas.DataFrame
        As in `contact_list`.
    path : str or path, optional
        Where to write the file; by default it is not written.
    notes : bool, default False
        Whether what was noted about the people is in the cards too.
    as_of : datetime, date or str, optional
        The moment that counts as now; by default now.

    Returns
    -------
    bytes
        The cards, as they are written to `path` where one is given.

    Raises
    ------
    ValueError
        For records that cannot be read, or where nobody has a name.
    OSError
        Where the file cannot be written, an earlier one then being as it was.

    Notes
    -----
    The format is vCard 3.0, RFC 2426. Each card has the name, company, role, mail address and phone number, and says
    when they met. Its UID comes from the record's id, so that taking it in again updates it. A record without a name is
    left out.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> cards = ik.contact_cards(ik.Journal(SAMPLE.parent), as_of="2026-11-20")
    >>> cards.count(b"BEGIN:VCARD")
    27
    """
    people = contact_list(records, as_of=as_of).to_dict("records")
    made = moment(as_of).strftime("%Y%m%dT%H%M%SZ")
    cards = [card(person, made, notes) for person in people if printable(person["name"])]
    if not cards:
        raise ValueError("nobody here has a name; contact cards need at least one person with a name")
    return write_whole(path, "".join(cards).encode())


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
    return escape_value(printable(value))


def parts_of_name(name: str) -> tuple[str, str, str, str, str]:
    """Return a name as family name, given name and three parts that nobody noted."""
    family, comma, given = name.partition(",")
    if not comma:
        *others, family = name.split()
        given = " ".join(others)
    return (family.strip(), given.strip(), "", "", "") if given.strip() else ("", family.strip(), "", "", "")

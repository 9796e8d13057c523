"""What to do now: what was planned and what is missing, one row for each."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from interview_kit import schema, words
from interview_kit.frame.arguments import DayLike, checked_date, day_after
from interview_kit.frame.tables import with_attrs
from interview_kit.next_steps.records import (
    Records,
    RecordsLike,
    Row,
    days_since,
    derived_id,
    dismissed_keys,
    each_person,
    held_on,
    read_records,
    table_of,
)
from interview_kit.words import listed, one_line, percent, plural, span

THANKS_DAYS, THANKS_UNTIL = 2, 7  # a thank-you is due two days after the interview; after a week it is too late to nag
SEND_DAYS, SEND_UNTIL = 2, 30
SILENCE_DAYS, SILENCE_UNTIL = 10, 60
SOON_DAYS, LATE_DAYS = 5, 21  # however quick or slow the own records are, the status question comes in between
UNLIKELY, WIDE = 0.2, 0.5
NONE = 0.005  # shown as 0%
THANKS, SEND, ASK, TOUCH = schema.FOLLOW_UP_KINDS
OVER = ("rejected", "no reply")
LEFT_OUT = ("later", "answered", "dismissed")
STATES = ("overdue", "due today", "coming up", "without a date", "suggested")
Silences = dict[str, "Silence"]


class Item(NamedTuple):
    """One thing to do; a suggestion's `follow_up_id` is the id that it gets when it is noted."""

    key: str
    what: str
    kind: str
    company: str
    contact: str
    due_on: date | None
    why: str
    since: date | None
    suggested: bool
    follow_up_id: str
    interview_id: str
    contact_id: str


class Silence(NamedTuple):
    """What the own records say about an interview that is open: may a callback still come?"""

    chance: float
    low: float
    high: float

    def is_known(self) -> bool:
        """Say whether the records hold enough answers to go by; a missing number is not at most anything."""
        return self.high - self.low <= WIDE

    def is_final(self) -> bool:
        """Say whether nobody who was silent as long still called, among enough of them to go by."""
        return self.chance < NONE and self.high <= UNLIKELY

    def words(self) -> str:
        """Return it as a sentence."""
        plausible, chance = span(percent(self.low), percent(self.high)), percent(self.chance)
        if self.chance < NONE:
            return f" In your records no callback came after so long, but they are few (plausibly {plausible})."
        limits = "" if plausible == chance else f" ({plausible})"
        return f" In your records a callback still came in {chance} of such cases{limits}."


NOTHING_ELSE = "Nothing else is due."  # where interviews are planned or to be written down, which is said before
NOT_JOINED = " Nothing else is suggested: the interviews have lost their ids, so it is unknown what was done for them."


def due_follow_ups(
    records: RecordsLike,
    *,
    as_of: DayLike = None,
    within_days: int = 7,
    chances: pd.DataFrame | None = None,
    dismissed: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the follow-ups to do on `as_of` and in the `within_days` after it, one row for each, the first due on top.

    Parameters
    ----------
    records : Journal or mapping of str to pandas.DataFrame
        A Journal, or frames by name: "interviews", "follow_ups", "contacts", "questions"; any may be left out. Of
        several people, as `Clients` and frames with a column `person` hold them, each is looked at alone.
    as_of : date or str, optional
        The day that counts as today; by default today.
    within_days : int, default 7
        How many days to look ahead.
    chances : pandas.DataFrame, optional
        The table of `pending_chances` on the same day; their own records then say when to ask where things stand.
    dismissed : iterable of str, optional
        Keys of suggestions not to make again; by default those of the Journal.

    Returns
    -------
    pandas.DataFrame
        One row per thing to do:

        - `person`: whose it is, first of all columns; only where the records are of several people
        - `key`: stays the same from day to day
        - `what`, `kind`: in words, and what sort of follow-up it is
        - `company`, `contact`: whom it is for
        - `due_on`, `days_overdue`: the day, and whole days since (0 today, negative before)
        - `why`, `since`: the reason, and the day of the interview or of the last word
        - `suggested`: whether it is a suggestion, not planned
        - `follow_up_id`: the record's; of a suggestion, the one to note it with
        - `interview_id`, `contact_id`: the records that it belongs to

        `attrs`: `sentence`, `as_of`, `within_days` and `left_out` (`later`, `answered`, `dismissed`).

    Raises
    ------
    ValueError
        For records of several people, a `within_days` that is none, and values that cannot be read.

    Notes
    -----
    Planned is each follow-up that is not done, one without a due date too; a status question whose answer is known is
    left out. Suggested is, where nothing of the kind was planned or done for an interview: a thank-you (due 2 days
    after it, until 7 days after), the information that `still_needed` names (due after 2 days, until 30, unless they
    said no), and a status question after 10 days of silence, until 60.

    Where `answer_by` says when they would answer, the question is due the day after, and not before.

    With `chances`, the question is due otherwise once fewer than 20% of those who were silent as long still called, 5
    days at the soonest and 21 at the latest, where the range is at most 50 points wide. Asking is not suggested any
    more where none of them called (0%) and the range ends at 20% or less, which takes 16 of them: in practice no
    callback comes after so long.

    Applications, withdrawn interviews and those without a date bring no suggestions; nor do interviews that have lost
    their ids, since it is unknown what was done for them.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> due = ik.due_follow_ups(ik.Journal(SAMPLE.parent), as_of="2026-11-20")
    >>> print(due.attrs["sentence"])
    9 things to do: 7 overdue and 2 suggested.
    >>> print(due[["what", "due_on", "days_overdue"]].head(3).to_string(index=False))
                                                    what     due_on  days_overdue
    Stay in touch with Yuki Tanemori at Perrigold Sports 2026-10-25            26
              Thank Bram Osterhoudt at Orsolane Textiles 2026-10-28            23
                            Thank Plinth & Heron Museums 2026-11-02            18
    """
    today = checked_date(as_of)
    people, last = each_person(records), day_after(today, within_days)
    found = {
        name: due_of_one(one, today, last, silences(chances), dismissed)
        for name, one in ({"": records} if people is None else people).items()
    }
    rows = sorted(
        ((due_order(item), name, item) for name, due in found.items() for item in due.items), key=itemgetter(0, 1)
    )
    items = [item for _, _, item in rows]
    table = as_table(items, today)
    if people is not None:
        table.insert(0, "person", pd.array([name for _, name, _ in rows], dtype="str"))
    said = sentence(items, today) + (NOT_JOINED if any(due.ids_are_lost for due in found.values()) else "")
    left_out = {name: sum(due.left_out[name] for due in found.values()) for name in LEFT_OUT}
    attrs = {"sentence": said, "as_of": today, "within_days": int(within_days), "left_out": left_out}
    return with_attrs(table, attrs)


class Due(NamedTuple):
    """What is due of one person, how many things to do are left out and why, and whether the ids are lost."""

    items: list[Item]
    left_out: dict[str, int]
    ids_are_lost: bool


def due_of_one(
    records: RecordsLike, today: date, last: date, known: Silences | None, dismissed: Iterable[str] | None
) -> Due:
    """Return what is due of one person until a day."""
    whole = read_records(records)
    unwanted = set(dismissed_keys(records) if dismissed is None else dismissed)
    planned = [(row, planned_item(row, whole)) for row in whole.follow_ups if row["done_on"] is None]
    answered = {item.key for row, item in planned if is_answered(row, whole)}
    items = [item for _, item in planned if item.key not in answered]
    suggested = [] if whole.ids_are_lost else [*suggestions(whole, today, known)]
    items += [item for item in suggested if item.key not in unwanted]
    shown = [item for item in items if item.due_on is None or item.due_on <= last]
    counts = (len(items) - len(shown), len(answered), sum(item.key in unwanted for item in suggested))
    return Due(shown, dict(zip(LEFT_OUT, counts, strict=True)), whole.ids_are_lost)


def silences(chances: pd.DataFrame | None) -> Silences | None:
    """Return the silence of each interview by its id; None where the table names none of them."""
    if chances is None or not any(chances["id"]):
        return None
    numbers = chances[["chance", "ci_low", "ci_high"]].to_numpy(float, na_value=float("nan"))
    return {key: Silence(*found) for key, found in zip(chances["id"], numbers.tolist(), strict=True)}


# What was planned


def planned_item(row: Row, records: Records) -> Item:
    """Return a follow-up as a thing to do."""
    person = records.contact(row["contact_id"])
    interview = records.interview(row["interview_id"] or person["interview_id"])
    if not (interview["id"] or person["id"]):
        interview = records.last_interview(row["company"])
    company = row["company"] or interview["company"] or person["company"]
    met = held_on(interview) or person["met_on"]
    why = one_line(row["note"]) or (f"Planned after the interview on {words.day(met)}." if met else "You planned it.")
    what = what_words(row["kind"], person["name"], company)
    places = (row["id"], interview["id"], person["id"])
    return Item(row["id"], what, row["kind"], company, person["name"], row["due_on"], why, met, False, *places)


def is_answered(row: Row, records: Records) -> bool:
    """Say whether a status question has its answer already."""
    return row["kind"] == ASK and records.interview(row["interview_id"])["outcome"] != "pending"


def what_words(kind: str, contact: str, company: str) -> str:
    """Return the words for what to do."""
    who = " at ".join(one_line(word) for word in (contact, company) if word) or "them"
    return {
        THANKS: f"Thank {who}",
        SEND: f"Send information to {who}",
        ASK: f"Ask {who} where things stand",
        TOUCH: f"Stay in touch with {who}",
    }.get(kind, f"Follow up with {who}")


# What is missing


def suggestions(records: Records, today: date, known: Silences | None) -> Iterator[Item]:
    """Yield what nobody planned and the records call for."""
    for interview in records.held:
        day, stage = interview["interviewed_on"], schema.fold(interview["stage"])
        if day is None or day > today or stage == "applied" or interview["outcome"] == "withdrawn":
            continue
        if (today - day).days <= SILENCE_UNTIL:
            yield from thank_you(interview, records, today)
            yield from information_owed(interview, records, today)
            yield from status_question(interview, records, today, known)


def thank_you(interview: Row, records: Records, today: date) -> Iterator[Item]:
    """Yield the thank-you that nobody wrote yet."""
    day = interview["interviewed_on"]
    if (today - day).days <= THANKS_UNTIL and not records.follow_ups_of(interview, THANKS):
        why = f"No thank-you is noted for the interview on {words.day(day)}."
        met = records.people_at(interview)
        yield suggestion(THANKS, interview, met, day + timedelta(days=THANKS_DAYS), why)


def information_owed(interview: Row, records: Records, today: date) -> Iterator[Item]:
    """Yield the information that they still wait for."""
    day, needed = interview["interviewed_on"], one_line(interview["still_needed"])
    late = (today - day).days > SEND_UNTIL or interview["outcome"] in OVER
    if needed and not late and not records.follow_ups_of(interview, SEND):
        met = records.last_people(interview)
        yield suggestion(SEND, interview, met, day + timedelta(days=SEND_DAYS), f"They still need: {needed}")


def status_question(interview: Row, records: Records, today: date, known: Silences | None) -> Iterator[Item]:
    """Yield the status question, once the silence is longer than usual."""
    day = interview["interviewed_on"]
    if interview["outcome"] != "pending" or records.follow_ups_of(interview, ASK):
        return
    if (known is not None and interview["id"] not in known) or has_later_round(interview, records):
        return
    found, promised = (known or {}).get(interview["id"]), interview["answer_by"]
    if found and found.is_final():
        return
    silent = (today - day).days
    due = promised + timedelta(days=1) if promised else day + timedelta(days=silence_days(found, silent))
    if due <= today:
        met = records.last_people(interview)
        begin = f"{plural(silent, 'day')} of silence since the interview on {words.day(day)}"
        fair = f"they {promise_words(promised, today)}" if promised else f"after {(due - day).days} it is fair to ask"
        own = found.words() if found and found.is_known() else ""
        yield suggestion(ASK, interview, met, due, f"{begin}; {fair}.{own}")


def promise_words(answer_by: date, today: date) -> str:
    """Return the words for what they promised, and how long that is gone: "said by 3 Apr 2026, 2 days ago"."""
    return f"said by {words.day(answer_by)}, {words.near((answer_by - today).days)}"


def silence_days(found: Silence | None, silent: int) -> int:
    """Return after how many days of silence to ask."""
    if found is None or not found.is_known():
        return SILENCE_DAYS
    if found.chance < UNLIKELY:
        return min(max(silent, SOON_DAYS), SILENCE_DAYS)
    return LATE_DAYS


def has_later_round(interview: Row, records: Records) -> bool:
    """Say whether a later round of the same application followed, or is planned."""
    whose = lambda row: (row["person"], schema.fold(row["role"]))  # noqa: E731
    day, rounds = interview["interviewed_on"], records.rounds_at(interview["company"])
    return any((other["interviewed_on"] or day) > day for other in rounds if whose(other) == whose(interview))


def suggestion(kind: str, interview: Row, people: list[Row], due: date, why: str) -> Item:
    """Return a suggestion; its key is the same whenever it is made."""
    names, company = listed(one_line(person["name"]) for person in people if person["name"]), interview["company"]
    key = f"{kind}:{interview['id']}"
    places = (derived_id("f-", key), interview["id"], people[0]["id"] if len(people) == 1 else "")
    since = interview["interviewed_on"]
    return Item(key, what_words(kind, names, company), kind, company, names, due, why, since, True, *places)


# The table


def due_order(item: Item) -> tuple:
    """Return the sort key of the list: the due date, then what was planned before what is suggested."""
    return item.due_on is None, item.due_on or date.max, item.suggested, item.company.casefold(), item.key


def as_table(items: list[Item], today: date) -> pd.DataFrame:
    """Return the things to do as a tidy table."""
    rows = [item._asdict() for item in items]
    table = table_of(rows, Item._fields, ("due_on", "since"), suggested="bool")
    table.insert(Item._fields.index("due_on") + 1, "days_overdue", days_since((item.due_on for item in items), today))
    return table


def overdue_first(table: pd.DataFrame) -> list[dict]:
    """Return the rows of `due_follow_ups`, the longest overdue first; what nobody planned comes after what is due."""
    planned = table["days_overdue"].astype(float).where(~table["suggested"])
    return table.loc[planned.sort_values(ascending=False, kind="stable").index].to_dict("records")


def sentence(items: list[Item], today: date) -> str:
    """Return the sentence about how much there is to do; what nobody planned is not called overdue."""
    if not items:
        return "Nothing is due."
    states = [state(item, today) for item in items]
    found = {words: states.count(words) for words in STATES if words in states}
    if len(found) == 1:
        return f"{plural(len(items), 'thing')} to do, {'all ' if len(items) > 1 else ''}{next(iter(found))}."
    named = listed(f"{count:,} {words}" for words, count in found.items())
    return f"{plural(len(items), 'thing')} to do: {named}."


def state(item: Item, today: date) -> str:
    """Return the state that a thing to do is in."""
    overdue, due_today, later, undated, suggested = STATES
    if item.suggested:
        return suggested
    if item.due_on is None:
        return undated
    return later if item.due_on > today else due_today if item.due_on == today else overdue

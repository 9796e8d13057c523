"""Which questions to practice today, when each comes back, and which topics go badly."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pandas as pd

from interview_kit import schema, stats
from interview_kit.frame.arguments import DayLike, checked_date, day_after
from interview_kit.frame.tables import framed, objects, row_dicts, with_attrs
from interview_kit.next_steps.records import (
    JournalLike,
    Records,
    RecordsLike,
    Row,
    days_since,
    read_cell,
    read_records,
    record_with_id,
    rows_of,
    table_of,
)
from interview_kit.words import listed, percent, plausible, plural

LONGEST_DAYS = 180  # a search for work seldom lasts longer
DATES = ("asked_on", "last_practiced_on", "due_on")
COLUMNS = ("id", "question", "topic", "answered", "better_answer", "company", *DATES)
FEWEST_QUESTIONS, FEWEST_BADLY = 5, 3
TESTED_AT = 0.05


def practice_queue(records: RecordsLike, *, as_of: DayLike = None, within_days: int = 0) -> pd.DataFrame:
    """Return the questions to practice on `as_of` or up to `within_days` later, the most pressing first.

    Parameters
    ----------
    records, as_of : Journal or mapping of str to pandas.DataFrame, date or str
        A Journal, or frames by name, and the day that counts as today, as in `due_follow_ups`.
    within_days : int, default 0
        How many days to look ahead from there.

    Returns
    -------
    pandas.DataFrame
        One row per question; those answered badly come first, then those overdue longest.

        - `id`, `question`, `topic`, `answered`, `better_answer`, `company`: as noted
        - `asked_on`: the day of the interview
        - `last_practiced_on`, `due_on`: days
        - `days_overdue`: whole days since `due_on`, 0 today; missing without a date, which is due now

        `attrs`: `sentence`, `as_of`, `later` (how many come back after that), `next_on` (when the next one does) and
        `practiced` (how many were practiced on the day already).

    Raises
    ------
    ValueError
        For what cannot be read.

    Notes
    -----
    A question answered badly or okay is due a day after the interview, until it is practiced; then, however it went, on
    its `next_practice_on`.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> queue = ik.practice_queue(ik.Journal(SAMPLE.parent), as_of="2026-11-20")
    >>> print(queue.attrs["sentence"])
    56 questions to practice, 15 of them answered badly.
    >>> print(queue[["question", "answered", "due_on"]].head(2).to_string(index=False))
                                                  question answered     due_on
                   Why are you looking for a new position?    badly 2026-01-08
    How do you know that the change was real and not luck?    badly 2026-02-18
    """
    today, whole = checked_date(as_of), read_records(records)
    interviews = {row["id"]: row for row in whole.interviews}
    known = filter(is_to_practice, whole.questions)
    waiting = [with_due_day(row, interviews.get(row["interview_id"], {})) for row in known]
    last = day_after(today, within_days)
    due = [row for row in waiting if row["due_on"] is None or row["due_on"] <= last]
    rows = sorted(due, key=urgency)
    table = table_of(rows, COLUMNS, DATES).assign(days_overdue=days_since((row["due_on"] for row in rows), today))
    later = [row["due_on"] for row in waiting if row["due_on"] and row["due_on"] > last]
    unsaid = sum(not row["answered"] for row in whole.questions)
    attrs = {"sentence": queue_sentence(due, later, unsaid), "as_of": today, "later": len(later)}
    practiced = sum(row["last_practiced_on"] == today for row in whole.questions)
    return with_attrs(table, attrs | {"next_on": min(later, default=None), "practiced": practiced})


def record_practice(journal: JournalLike, id: str, answered: str, *, as_of: DayLike = None) -> date:
    """Note how the practice of a question went, and return the day on which it comes back; one undo takes it back.

    Parameters
    ----------
    journal : Journal
        The records that are changed.
    id : str
        The id of the question, as in `practice_queue`.
    answered : {"well", "okay", "badly"}
        How it went.
    as_of : date or str, optional
        The day of the practice; by default today.

    Returns
    -------
    date
        The day on which they will still know it with a chance of 90%, at most 180 days away, nothing random in it. It
        is the question's `next_practice_on` now; `answered` and `last_practiced_on` are noted, too.

    Raises
    ------
    ValueError
        For arguments that cannot be read, and for an id that no question has.
    RecordsError
        Where the file cannot be changed.

    Notes
    -----
    The day is that of the FSRS scheduler with its published weights. The columns are all it goes by: the days from the
    last practice to the next are how well it is remembered (FSRS's stability), and a question is as difficult as one
    that is answered for the first time as it was answered last. Before any practice, the interview counts as the first
    answer.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from tempfile import mkdtemp
    >>> journal = ik.Journal(mkdtemp())
    >>> question = journal.add("questions", {"question": "Why do you want to leave?", "answered": "badly"})
    >>> print(ik.record_practice(journal, question, "well", as_of="2026-11-20"))
    2026-11-22
    >>> print(journal.undo())
    Took back the practice of “Why do you want to leave?”.
    """
    title = record_with_id("questions", journal.questions(), id)["question"]
    with journal.transaction(f"the practice of “{title}”"):
        row = record_with_id("questions", journal.questions(), id)
        interviews = journal.interviews()
        interview = rows_of("interviews", interviews[interviews["id"] == row["interview_id"]])
        asked = interview[0]["interviewed_on"] if interview else None
        changes = grade_practice({**row, "asked_on": asked}, answered, as_of=as_of)
        journal.update("questions", id, changes)
    return changes["next_practice_on"]


def grade_practice(question: Mapping, answered: str, *, as_of: DayLike = None) -> dict[str, Any]:
    """Return the changes to a question's record, now that it went "well", "okay" or "badly" in practice."""
    today, grade = checked_date(as_of), read_cell("answered", "answered", answered)
    if not grade:
        raise ValueError(f"answered is {answered!r}; it must be 'well', 'okay' or 'badly'")
    reviewed, _ = scheduler().review_card(remembered_card(question), rating(grade), noon(today))
    return {"answered": grade, "last_practiced_on": today, "next_practice_on": reviewed.due.date()}


def is_to_practice(row: Row) -> bool:
    """Say whether a question is to be practiced at all: it went badly or okay, or has been practiced."""
    return row["answered"] in ("badly", "okay") or row["next_practice_on"] is not None


def with_due_day(row: Row, interview: Mapping) -> Row:
    """Return a question with the day on which it comes back."""
    asked = interview.get("interviewed_on")
    after = row["last_practiced_on"] or asked
    due = row["next_practice_on"] or (after and after + timedelta(days=1))
    return {**row, "company": interview.get("company", ""), "asked_on": asked, "due_on": due}


def urgency(row: Row) -> tuple:
    """Return the sort key of the queue."""
    return row["answered"] != "badly", row["due_on"] or date.min, row["id"]


def queue_sentence(due: list[Row], later: list[date], unsaid: int) -> str:
    """Return the sentence about how much there is to practice; of nothing, of how many it is `unsaid` how they went."""
    if unsaid and not due and not later:
        return f"Nothing to practice today. Of {plural(unsaid, 'question')} it is not noted how you answered."
    comes = f"; the next comes back on {min(later):%d %b %Y}".replace(" 0", " ") if later and not due else ""
    if not due:
        return f"Nothing to practice today{comes}."
    if len(due) == 1:
        return "1 question to practice."
    badly = sum(row["answered"] == "badly" for row in due)
    return f"{plural(len(due), 'question')} to practice, {badly:,} of them answered badly."


# The scheduler


def scheduler():
    """Return the scheduler: whole days only, and nothing left to chance."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)


def rating(answered: str):
    """Return the scheduler's rating of an answer."""
    from fsrs import Rating

    return {"badly": Rating.Again, "okay": Rating.Hard, "well": Rating.Good}[answered]


def remembered_card(question: Mapping):
    """Return the card that the columns of a question make; a new one where there was no answer yet."""
    from fsrs import Card, State

    answered = read_cell("answered", "answered", question.get("answered"))
    days = ("last_practiced_on", "next_practice_on", "asked_on")
    practiced, following, asked = (read_cell(name, "date", question.get(name)) for name in days)
    before = practiced or asked
    if not answered or before is None:
        return Card(card_id=1)
    card, _ = scheduler().review_card(Card(card_id=1), rating(answered), noon(before))
    if practiced and following:
        days = max((following - practiced).days, 1)
        card = Card(1, State.Review, None, float(days), card.difficulty, noon(following), noon(practiced))
    return card


def noon(day: date) -> datetime:
    """Return a moment of a day, as the scheduler counts."""
    return datetime.combine(day, time(12), UTC)


# Topics


def weak_topics(records: RecordsLike, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return the rates at which topics were answered badly, one row for each, the worst first.

    Parameters
    ----------
    records : Journal or mapping of str to pandas.DataFrame
        A Journal, or frames by name, as in `due_follow_ups`.
    confidence : float, default 0.95
        Coverage of the intervals, as in `compare_behaviors`.

    Returns
    -------
    pandas.DataFrame
        One row per topic; rates and differences are fractions (0.2 is 20 points).

        - `topic`: its name
        - `n`, `badly`: questions whose answer is noted, and how many of them were answered badly
        - `rate`, `ci_low`, `ci_high`: badly / n and its interval
        - `others_n`, `others_badly`: the same counts of all other topics
        - `difference`, `low`, `high`: its rate minus that of the others, and its interval
        - `p_value`, `p_adjusted`: adjusted over all topics
        - `flagged`: adjusted p at most 0.05, more often than the others, at least 5 questions and 3 of them badly
        - `sentence`: the same in words

        `attrs`: `sentence`, `confidence`, `left_out`.

    Raises
    ------
    ValueError
        For a `confidence` that is none, and values that cannot be read.

    Notes
    -----
    The answers are the latest ones: practice that went well counts. Questions without a topic or an answer do not.

    `ci_low`, `ci_high`: Wilson (1927). `low`, `high`: Miettinen & Nurminen (1985). `p_value`: N-1 chi-square, Fisher's
    where sparse. `p_adjusted`: Benjamini & Hochberg (1995).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> topics = ik.weak_topics(ik.Journal(SAMPLE.parent))
    >>> print(topics[["topic", "n", "badly", "others_n", "others_badly", "flagged"]].head(3).to_string(index=False))
         topic  n  badly  others_n  others_badly  flagged
      conflict  4      2        80            13    False
          case  2      1        82            14    False
    statistics  8      3        76            12    False
    """
    whole = read_records(records)
    names, n, badly = counted_topics(whole)
    others_n, others_badly = n.sum() - n, badly.sum() - badly
    diff_low, diff_high = stats.miettinen_nurminen(badly, n, others_badly, others_n, confidence)
    p = stats.two_by_two_p(badly, n, others_badly, others_n)
    adjusted = stats.benjamini_hochberg(p)
    difference = stats.ratio(badly, n) - stats.ratio(others_badly, others_n)
    enough = (n >= FEWEST_QUESTIONS) & (badly >= FEWEST_BADLY)
    columns = {"topic": objects(names), "n": n, "badly": badly} | stats.rates(badly, n, confidence)
    columns |= {"others_n": others_n, "others_badly": others_badly}
    columns |= {"difference": difference, "low": diff_low, "high": diff_high, "p_value": p, "p_adjusted": adjusted}
    columns["flagged"] = enough & (difference > 0) & (np.nan_to_num(adjusted, nan=1.0) <= TESTED_AT)
    columns["sentence"] = objects(map(topic_sentence, row_dicts(columns)))
    table = framed(columns, {})
    table = table.sort_values(["flagged", "rate", "n"], ascending=False, kind="stable", ignore_index=True)
    left_out = len(whole.questions) - int(n.sum())
    attrs = {"sentence": topics_sentence(table), "confidence": confidence, "left_out": left_out}
    return with_attrs(table, attrs)


def counted_topics(records: Records) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return the topics as they were first written, how often each was asked and how often answered badly."""
    asked = [row for row in records.questions if row["topic"] and row["answered"]]
    found = pd.DataFrame(
        {"topic": [row["topic"] for row in asked], "badly": [row["answered"] == "badly" for row in asked]}
    )
    counts = found.groupby(found["topic"].map(schema.fold), sort=False)
    return [*counts["topic"].first()], counts.size().to_numpy(np.int64), counts["badly"].sum().to_numpy(np.int64)


def topic_sentence(row: Mapping) -> str:
    """Return one topic's counts in words."""
    rate = f"{percent(row['rate'])}, plausibly {plausible(row)}"
    begin = f"{row['topic']}: {row['badly']:,} of {row['n']:,} answered badly ({rate})"
    return f"{begin}; all other topics {row['others_badly']:,} of {row['others_n']:,}."


def topics_sentence(table: pd.DataFrame) -> str:
    """Return the sentence that names the topics that go badly more often than others, if any."""
    if table.empty:
        return "No topics yet. Note one for each question in a debrief, and this counts which of them go badly."
    flagged = list(table["topic"][table["flagged"]])
    if flagged:
        return f"Answered badly more often than the others: {listed(flagged)}."
    if not ((table["n"] >= FEWEST_QUESTIONS) & (table["badly"] >= FEWEST_BADLY)).any():
        return "Too few answers of any topic went badly to say that one goes worse than the others."
    return "No topic goes badly more often than the others, beyond what luck does."

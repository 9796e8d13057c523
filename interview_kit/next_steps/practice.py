"""Which questions to practice today, when each comes back, and which topics go badly."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from interview_kit import schema, stats
from interview_kit.frame.arguments import checked_date
from interview_kit.frame.tables import with_attrs
from interview_kit.next_steps.records import Records, Row, read_cell, read_records
from interview_kit.words import listed, plural

if TYPE_CHECKING:
    import pandas as pd
    from fsrs import Card, Scheduler

LONGEST_DAYS = 180  # a search for work seldom lasts longer
DATES = ("asked_on", "last_practiced_on", "due_on")
COLUMNS = ("id", "question", "topic", "answered", "better_answer", "company", *DATES)
FEWEST_QUESTIONS, FEWEST_BADLY = 5, 3
TESTED_AT = 0.05


def practice_queue(records: object, *, as_of: object = None, within_days: int = 0) -> "pd.DataFrame":
    """Return the questions to practice on `as_of` (today) or up to `within_days` later, the most pressing first.

    `records` is a Journal, or frames by name. A question answered badly or okay is due a day after the interview, until
    it is practiced; then, however it went, on its `next_practice_on`. Those answered badly come first, then those
    overdue longest. Columns: `id`, `question`, `topic`, `answered`, `better_answer`, `company`, `asked_on` (the day of
    the interview), `last_practiced_on`, `due_on`, `days_overdue` (0 today; missing without a date, which is due now).
    `attrs`: `sentence`, `as_of`, `later` (how many come back after that), `next_on` (when the next one does) and
    `practiced` (how many were practiced on the day already). Raises ValueError for what cannot be read.
    """
    today, whole = checked_date(as_of), read_records(records)
    interviews = {row["id"]: row for row in whole.interviews}
    waiting = [scheduled(row, interviews.get(row["interview_id"], {})) for row in whole.questions if comes_back(row)]
    last = today + timedelta(days=within_days)
    due = [row for row in waiting if row["due_on"] is None or row["due_on"] <= last]
    table = as_table(sorted(due, key=pressing), today)
    later = [row["due_on"] for row in waiting if row["due_on"] and row["due_on"] > last]
    attrs = {"sentence": queue_sentence(due, later), "as_of": today, "later": len(later)}
    practiced = sum(row["last_practiced_on"] == today for row in whole.questions)
    return with_attrs(table, attrs | {"next_on": min(later, default=None), "practiced": practiced})


def grade_practice(question: Mapping, answered: str, *, as_of: object = None) -> dict[str, object]:
    """Return what to change in a question's record, now that it went "well", "okay" or "badly" in practice.

    `question` is a row of `practice_queue`, or a record with its columns. The changes are `answered`,
    `last_practiced_on` (`as_of`, today) and `next_practice_on`, by the FSRS scheduler with its published weights: the
    day on which they will still know it with a chance of 90%, at most 180 days away, nothing random in it. The columns
    are all it goes by: the days from the last practice to the next are how well it is remembered (FSRS's stability),
    and a question is as difficult as one that is answered for the first time as it was answered last. Before any
    practice, the interview counts as the first answer. Raises ValueError for arguments that cannot be read.
    """
    today, grade = checked_date(as_of), read_cell("answered", "answered", answered)
    if not grade:
        raise ValueError(f"answered is {answered!r}; it must be 'well', 'okay' or 'badly'")
    reviewed, _ = scheduler().review_card(remembered_card(question), rating(grade), noon(today))
    return {"answered": grade, "last_practiced_on": today, "next_practice_on": reviewed.due.date()}


def comes_back(row: Row) -> bool:
    """Say whether a question is to be practiced at all: it went badly or okay, or has been practiced."""
    return row["answered"] in ("badly", "okay") or row["next_practice_on"] is not None


def scheduled(row: Row, interview: Mapping) -> Row:
    """Return a question with the day on which it comes back."""
    asked = interview.get("interviewed_on")
    after = row["last_practiced_on"] or asked
    due = row["next_practice_on"] or (after and after + timedelta(days=1))
    return {**row, "company": interview.get("company", ""), "asked_on": asked, "due_on": due}


def pressing(row: Row) -> tuple:
    """Return what the queue is sorted by."""
    return row["answered"] != "badly", row["due_on"] or date.min, row["id"]


def as_table(rows: list[Row], today: date) -> "pd.DataFrame":
    """Return questions as a tidy table."""
    import pandas as pd

    table = pd.DataFrame([{name: row[name] for name in COLUMNS} for row in rows], columns=list(COLUMNS))
    for name in DATES:
        table[name] = np.array([row[name] for row in rows], "M8[D]").astype("M8[us]")
    table = table.astype({name: "str" for name in COLUMNS if name not in DATES})
    overdue = [None if row["due_on"] is None else (today - row["due_on"]).days for row in rows]
    return table.assign(days_overdue=pd.array(overdue, dtype="Int64"))


def queue_sentence(due: list[Row], later: list[date]) -> str:
    """Return how much there is to practice."""
    comes = f"; the next comes back on {min(later):%d %b %Y}".replace(" 0", " ") if later and not due else ""
    if not due:
        return f"Nothing to practice today{comes}."
    if len(due) == 1:
        return "1 question to practice."
    badly = sum(row["answered"] == "badly" for row in due)
    return f"{plural(len(due), 'question')} to practice, {badly:,} of them answered badly."


# The scheduler


def scheduler() -> "Scheduler":
    """Return the scheduler: whole days only, and nothing left to chance."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)


def rating(answered: str):
    """Return what the scheduler calls an answer."""
    from fsrs import Rating

    return {"badly": Rating.Again, "okay": Rating.Hard, "well": Rating.Good}[answered]


def remembered_card(question: Mapping) -> "Card":
    """Return what the columns of a question tell the scheduler; nothing where there was no answer yet."""
    from fsrs import Card, State

    columns = ("answered", "last_practiced_on", "next_practice_on", "asked_on")
    kinds = ("answered", "date", "date", "date")
    answered, practiced, following, asked = (
        read_cell(name, kind, question.get(name)) for name, kind in zip(columns, kinds, strict=True)
    )
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


def weak_topics(records: object, *, confidence: float = 0.95) -> "pd.DataFrame":
    """Return how often each topic was answered badly, one row for each, the worst first.

    Columns: `topic`, `n` (questions whose answer is noted), `badly`, `rate`, `ci_low, ci_high` (Wilson 1927),
    `others_n` and `others_badly` (all other topics), `difference` as a fraction with `low, high` (Miettinen & Nurminen
    1985), `p_value` (N-1 chi-square, Fisher's where sparse), `p_adjusted` over all topics (Benjamini & Hochberg 1995),
    `flagged` (adjusted p at most 0.05, more often than the others, at least 5 questions and 3 of them badly),
    `sentence`. The answers are the latest ones: practice that went well counts. Questions without a topic or an answer
    do not. `attrs`: `sentence`, `confidence`, `left_out`. Raises ValueError for values that cannot be read.
    """
    import pandas as pd

    whole = read_records(records)
    names, n, badly = counted_topics(whole)
    others_n, others_badly = n.sum() - n, badly.sum() - badly
    low, high = stats.wilson(badly, n, confidence)
    diff_low, diff_high = stats.miettinen_nurminen(badly, n, others_badly, others_n, confidence)
    p = stats.two_by_two_p(badly, n, others_badly, others_n)
    adjusted = stats.benjamini_hochberg(p)
    rate = badly / np.maximum(n, 1)
    difference = np.where(others_n > 0, rate - others_badly / np.maximum(others_n, 1), np.nan)
    enough = (n >= FEWEST_QUESTIONS) & (badly >= FEWEST_BADLY)
    columns = {"topic": pd.Series(names, dtype="str"), "n": n, "badly": badly, "rate": rate}
    columns |= {"ci_low": low, "ci_high": high, "others_n": others_n, "others_badly": others_badly}
    columns |= {"difference": difference, "low": diff_low, "high": diff_high, "p_value": p, "p_adjusted": adjusted}
    columns["flagged"] = enough & (difference > 0) & (np.nan_to_num(adjusted, nan=1.0) <= TESTED_AT)
    table = pd.DataFrame(columns)
    table["sentence"] = pd.Series([topic_sentence(row) for row in table.to_dict("records")], dtype="str")
    table = table.sort_values(["flagged", "rate", "n"], ascending=False, kind="stable", ignore_index=True)
    left_out = len(whole.questions) - int(n.sum())
    attrs = {"sentence": topics_sentence(table), "confidence": confidence, "left_out": left_out}
    return with_attrs(table, attrs)


def counted_topics(records: Records) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return the topics as they were first written, how often each was asked and how often answered badly."""
    written: dict[str, str] = {}
    counts: dict[str, list[int]] = {}
    for row in records.questions:
        if row["topic"] and row["answered"]:
            key = schema.fold(row["topic"])
            written.setdefault(key, row["topic"])
            count = counts.setdefault(key, [0, 0])
            count[0] += 1
            count[1] += row["answered"] == "badly"
    n, badly = np.array([*counts.values()], np.int64).reshape(-1, 2).T
    return [written[key] for key in counts], n, badly


def topic_sentence(row: Mapping) -> str:
    """Return one topic's counts in words."""
    limits = f"plausibly {100 * row['ci_low']:.0f}% to {100 * row['ci_high']:.0f}%"
    begin = f"{row['topic']}: {row['badly']:,} of {row['n']:,} answered badly ({100 * row['rate']:.0f}%, {limits})"
    return f"{begin}; all other topics {row['others_badly']:,} of {row['others_n']:,}."


def topics_sentence(table: "pd.DataFrame") -> str:
    """Return which topics go badly more often than others, if any."""
    if table.empty:
        return "No topics yet. Note one for each question in a debrief, and this counts which of them go badly."
    flagged = list(table["topic"][table["flagged"]])
    if flagged:
        return f"Answered badly more often than the others: {listed(flagged)}."
    if not ((table["n"] >= FEWEST_QUESTIONS) & (table["badly"] >= FEWEST_BADLY)).any():
        return "Too few answers of any topic went badly to say that one goes worse than the others."
    return "No topic goes badly more often than the others, beyond what luck does."

"""The stories that someone tells of their work: how each one landed, and which to tell where."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from interview_kit import schema, stats
from interview_kit.frame.arguments import DayLike, checked_date
from interview_kit.frame.tables import framed, objects, with_attrs
from interview_kit.next_steps.records import Records, RecordsLike, Row, read_records, same_text, table_of
from interview_kit.words import listed, one_line, plural

FEW = 5  # noted answers of a story, below which its rate says little
NAMED = 3  # stories that a sentence names
NO_STORIES = "No stories yet. Write down one that you tell of your work, and choose it at the question it answered."
WORDS = ("id", "title", "topics", "situation", "task", "action", "result")


class Telling(NamedTuple):
    """One time that a story was told: when, where, and how the answer went; "" where that is not noted."""

    day: date | None
    company: str
    answered: str


class Told(NamedTuple):
    """A story, and the times that it was told up to a day, in the order of the questions."""

    story: Row
    tellings: list[Telling]

    def count(self, answered: str) -> int:
        """Return the number of answers that went so."""
        return sum(telling.answered == answered for telling in self.tellings)

    @property
    def last(self) -> Telling:
        """The latest telling; of one day the last in the file, and one without a day only where all are so."""
        # `max` takes the first of equal ones, so the order is turned round.
        return max(reversed(self.tellings), key=lambda one: one.day or date.min, default=Telling(None, "", ""))

    def at(self, company: str) -> list[Telling]:
        """Return the times that it was told at a company, in any round."""
        return [telling for telling in self.tellings if same_text(telling.company, company)]


def story_results(records: RecordsLike, *, as_of: DayLike = None) -> pd.DataFrame:
    """Return the results of each story, how often it was told and how it landed, also of one that was never told.

    Parameters
    ----------
    records : Journal or mapping of str to pandas.DataFrame
        A Journal, or frames by name: "stories", "questions" and "interviews".
    as_of : date or str, optional
        The day that counts as today, by default today; what was told later does not count yet.

    Returns
    -------
    pandas.DataFrame
        One row per story, in the order of the stories; two of one title stay two.

        - `title`: as noted
        - `told`: questions that name it as the story that was told
        - `well`, `okay`, `badly`: how these were answered; where that is not noted, they count in `told` alone
        - `rate_well`, `ci_low`, `ci_high`: well / (well + okay + badly) and its 95% interval, as fractions; missing
          where no answer is noted
        - `last_told_on`: the day of the latest interview in which it was told; missing where no day is noted
        - `last_company`: where that was; of several on one day, the last in the file

        `attrs`: `sentence`, `as_of`, and `left_out`: questions that name a story that is not there (`unknown`), those
        of an interview that is planned or cancelled (`not_held`), and those of a later day (`later`).

    Raises
    ------
    ValueError
        For days and choices that cannot be read.

    Notes
    -----
    A question names its story by `story_id`; its interview says when and where. An answer is the latest one: practice
    that went well counts.

    `ci_low`, `ci_high`: Wilson (1927).

    Examples
    --------
    >>> import pandas as pd
    >>> import interview_kit as ik
    >>> stories = pd.DataFrame({"id": ["s-1", "s-2"], "title": ["The bike counters", "The late forecast"]})
    >>> asked = {"interview_id": ["i-1"], "question": ["What are you proud of?"], "answered": "well", "story_id": "s-1"}
    >>> held = pd.DataFrame({"id": ["i-1"], "company": ["Acme"], "interviewed_on": ["2026-04-03"]})
    >>> records = {"stories": stories, "questions": pd.DataFrame(asked), "interviews": held}
    >>> table = ik.story_results(records, as_of="2026-05-01")
    >>> print(table[["title", "last_company", "told", "well", "ci_low"]].round(2).to_string(index=False))
                title last_company  told  well  ci_low
    The bike counters         Acme     1     1    0.21
    The late forecast                  0     0     NaN
    >>> print(table.attrs["sentence"])
    2 stories, told once in all. Never told yet: “The late forecast”. Too few answers of each to say which lands best.
    """
    today, whole = checked_date(as_of), read_records(records)
    told, left_out = tellings(whole, today)
    counts = {name: np.array([one.count(name) for one in told], np.int64) for name in schema.ANSWERED}
    noted = sum(counts.values(), np.zeros(len(told), np.int64))
    rate, low, high = stats.rates(counts["well"], noted).values()
    columns: dict = {
        "title": objects(one_line(one.story["title"]) for one in told),
        "told": np.array([len(one.tellings) for one in told], np.int64),
        **counts,
        **{"rate_well": rate, "ci_low": low, "ci_high": high},
        "last_told_on": np.array([one.last.day for one in told], "M8[D]"),
        "last_company": objects(one.last.company for one in told),
    }
    return framed(columns, {"sentence": results_sentence(told), "as_of": today, "left_out": left_out})


def tellings(records: Records, today: date) -> tuple[list[Told], dict[str, int]]:
    """Return each story with the times that it was told up to a day, and how many questions do not count, and why."""
    known = {row["id"] for row in records.stories}
    left_out = {"unknown": 0, "not_held": 0, "later": 0}
    by_story: dict[str, list[Telling]] = {}
    for question in (row for row in records.questions if row["story_id"]):
        interview = records.interview(question["interview_id"])
        day = interview["interviewed_on"]
        if question["story_id"] not in known:
            left_out["unknown"] += 1
        elif interview["outcome"] in schema.NOT_HELD:
            left_out["not_held"] += 1
        elif day is not None and day > today:
            left_out["later"] += 1
        else:
            telling = Telling(day, one_line(interview["company"]), question["answered"])
            by_story.setdefault(question["story_id"], []).append(telling)
    # Of two stories with one id, which only a file made by hand has, the first has been told.
    told = [Told(row, by_story.pop(row["id"], [])) for row in records.stories]
    return told, left_out


def results_sentence(told: list[Told]) -> str:
    """Return the sentences about how often stories were told, which never were, and which lands best."""
    if not told:
        return NO_STORIES
    stories = plural(len(told), "story", "stories")
    never = [f"“{one_line(one.story['title'])}”" for one in told if not one.tellings]
    if len(never) == len(told):
        return f"{stories}, none of them told yet." if len(told) > 1 else "1 story, not told yet."
    often = times_words(sum(len(one.tellings) for one in told))
    begin = f"{stories}, told {often}{' in all' if len(told) > 1 else ''}."
    parts = [begin, f"Never told yet: {listed(never[:NAMED], len(never))}." if never else ""]
    noted = [sum(map(one.count, schema.ANSWERED)) for one in told]
    if len(told) > 1 and sum(count >= FEW for count in noted) < 2:
        parts.append("Too few answers of each to say which lands best.")
    return " ".join(filter(None, parts))


def times_words(count: int) -> str:
    """Return the words for how often: "never", "once", "twice", "4 times"."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count:,} times")


# Which to tell where


def stories_for(
    records: RecordsLike, *, company: str = "", topics: str | Iterable[str] = "", as_of: DayLike = None
) -> pd.DataFrame:
    """Return the stories in the order in which they fit a company and topics; those it has heard already come last.

    Parameters
    ----------
    records : Journal or mapping of str to pandas.DataFrame
        A Journal, or frames by name, as in `story_results`.
    company : str, optional
        The company that they would be told at.
    topics : str or iterable of str, optional
        What it would be about: words with commas or semicolons between them. Small and capital letters, hyphens and
        underscores do not matter.
    as_of : date or str, optional
        As in `story_results`.

    Returns
    -------
    pandas.DataFrame
        One row per story: first those never told at the company, and among these the ones with most of the topics.

        - `id`, `title`, `topics`, `situation`, `task`, `action`, `result`: as noted
        - `fits`: those of the topics that it has, as the story spells them; empty where none
        - `told`, `well`: how often it was told in all, and how often that went well
        - `told_here`: how often at the company, in any round
        - `last_told_here_on`: the latest day of these; missing where there is none
        - `sentence`: how often it was told, how that went, and whether the company has heard it

        `attrs`: `sentence`, `as_of`.

    Raises
    ------
    ValueError
        For values that cannot be read.

    Examples
    --------
    >>> import pandas as pd
    >>> from interview_kit.next_steps import stories_for
    >>> stories = pd.DataFrame({"title": ["The late forecast", "The old report"], "topics": ["SQL", "conflict; team"]})
    >>> table = stories_for({"stories": stories}, topics="Conflict, failure")
    >>> table["title"].tolist()
    ['The old report', 'The late forecast']
    >>> print(table["fits"].iloc[0], table.attrs["sentence"], sep="; ")
    conflict; 1 story fits.
    """
    today, whole = checked_date(as_of), read_records(records)
    asked = topics_in(topics)
    told, _ = tellings(whole, today)
    rows = [fit_row(one, company, asked) for one in told]
    rows.sort(key=lambda row: (row["told_here"] > 0, -len(row["fits"])))
    shown = [row | {"fits": ", ".join(row["fits"])} for row in rows]
    counts = dict.fromkeys(("told", "well", "told_here"), "int64")
    columns = (*WORDS, "fits", "last_told_here_on", "sentence", *counts)
    table = table_of(shown, columns, ("last_told_here_on",), **counts)
    return with_attrs(table, {"sentence": fitting_sentence(rows, bool(asked)), "as_of": today})


def fit_row(one: Told, company: str, asked: Mapping[str, str]) -> dict:
    """Return a story with what of it fits, and whether a company has heard it."""
    own, here = topics_in(one.story["topics"]), one.at(company)
    return {
        **{name: one.story[name] for name in WORDS},
        "fits": [written for folded, written in own.items() if folded in asked],
        "told": len(one.tellings),
        "well": one.count("well"),
        "told_here": len(here),
        "last_told_here_on": max((telling.day for telling in here if telling.day), default=None),
        "sentence": told_sentence(one, one_line(company)),
    }


def told_sentence(one: Told, company: str = "") -> str:
    """Return the sentence about how often a story was told and how that went, and whether a company has heard it."""
    if not one.tellings:
        return "Never told yet."
    noted = [f"{one.count(name):,} {name}" for name in schema.ANSWERED if one.count(name)]
    begin = f"Told {times_words(len(one.tellings))}" + (f", {', '.join(noted)}" if noted else "")
    if not company:
        return f"{begin}."
    return f"{begin}; {'already' if one.at(company) else 'never'} at {company}."


def fitting_sentence(rows: list[dict], is_about: bool) -> str:
    """Return the sentence that counts the stories that fit, and those of them that the company has heard."""
    fit = [row for row in rows if row["fits"] or not is_about]
    if not rows:
        return NO_STORIES
    if not fit:
        return "None of the stories has these topics."
    begin = f"{plural(len(fit), 'story', 'stories')} {'fits' if len(fit) == 1 else 'fit'}"
    heard = sum(row["told_here"] > 0 for row in fit)
    return f"{begin}; {heard:,} of them told there already." if heard else f"{begin}."


def topics_in(text: str | Iterable[str]) -> dict[str, str]:
    """Return the topics that texts name, as they were first written by how they are compared."""
    texts = [text] if isinstance(text, str) else text
    written: dict[str, str] = {}
    for part in (part for one in texts for part in re.split(r"[,;\n]", one)):
        if folded := schema.fold(part):
            written.setdefault(folded, one_line(part))
    return written

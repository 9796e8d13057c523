"""A preview in plain sentences: what it makes, what it asks with the option to type, what is sure, three examples."""

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from interview_kit import schema
from interview_kit.importing.problems import Kind
from interview_kit.importing.remedies import REMEDIES
from interview_kit.importing.sources import Fate
from interview_kit.importing.words import ANSWERS, APPLIED, SURE
from interview_kit.words import capitalized, plural

if TYPE_CHECKING:
    import pandas as pd

SHOWN_LINES, SHOWN_RECORDS, SHOWN_WORDS, MAX_TYPED = 60, 3, 12, 60
FATES = {
    **{"imported": "to import", "split": "to split into rounds", "skipped": "skipped"},
    **{"waits for your word": "waiting for your word", "needs attention": "to look at"},
}
CAME_OF_IT = {
    **{"offer": "offer", "callback": "callback", "rejected": "rejected", "withdrawn": "withdrawn"},
    **{"no reply": "without a reply", "planned": "planned", "cancelled": "cancelled", "": "open"},
}
COUNTED = ("offer", "callback")  # with an s where there are several
IN_THE_FILE = "set it right in the file, and import it again"


# The sum.


def counts_of(report: "pd.DataFrame") -> dict[str, int]:
    """Return how many rows of a file have each fate, in the order in which they are told."""
    found = report["fate"].value_counts()
    return {what: int(found[what]) for what in FATES if what in found}


def total(report: "pd.DataFrame", records: "pd.DataFrame") -> str:
    """Return what becomes of the rows, what they make and what came of it, in three sentences at the most."""
    rows = report[~report["fate"].isin([Fate.HEADER, Fate.ASIDE])]
    parts = [f"{count:,} {FATES[what]}" for what, count in counts_of(rows).items()]
    interviews = int((records["stage"] != APPLIED).sum())
    made = f"{plural(interviews, 'interview')} and {plural(len(records) - interviews, 'application')}"
    sums = f"{plural(len(rows), 'row')}: {', '.join(parts) or 'none'}. They make {made} without an interview."
    return " ".join(filter(None, [sums, came_of(records), doubt(records)]))


def came_of(records: "pd.DataFrame") -> str:
    """Return what came of the records, counted: a wrong column shows here."""
    found = records["outcome"].replace("pending", "").value_counts()
    counts = [(name, words, int(found[name])) for name, words in CAME_OF_IT.items() if name in found]
    parts = [plural(count, words) if name in COUNTED else f"{count:,} {words}" for name, words, count in counts]
    return f"What came of them: {', '.join(parts)}." if parts else ""


def doubt(records: "pd.DataFrame") -> str:
    """Return the doubt that the sum itself raises: callbacks, and not one interview."""
    callbacks = int((records["outcome"] == "callback").sum())
    if not callbacks or (records["stage"] != APPLIED).any():
        return ""
    return "Callbacks without one interview: is a column or a word taken for what it is not?"


# The preview, line by line.


def lines(mapping: "pd.DataFrame", words: "pd.DataFrame", problems: "pd.DataFrame", *, several: bool) -> list[str]:
    """Return what a preview asks and how it understands columns and words: the doubtful first, the sure in a line."""
    asked = [f"  {problem_line(row, named=several)}" for row in problems.to_dict("records")]
    if (problems["kind"] == Kind.WORD).any():
        can_mean = f"  A word can mean {', '.join(ANSWERS[:-1])}, or {ANSWERS[-1]} (then it is only kept)."
        asked = [*shortened(asked), can_mean]
    parts = {
        **{"To look at:": asked, "How the columns are understood:": column_lines(mapping)},
        "What the words mean:": word_lines(words),
    }
    return [line for title, found in parts.items() if found for line in (title, *shortened(found))]


def column_lines(mapping: "pd.DataFrame") -> list[str]:
    """Return a line for each column that may be taken for another, and one for all others."""
    rows = mapping.to_dict("records")
    unsure = [f"  {row['source']} -> {row['field']} ({row['sure']}: {row['why']})" for row in rows if is_unsure(row)]
    sure = [f"{row['source']} -> {row['field']}" for row in rows if row["sure"] == SURE and row["field"] != "notes"]
    kept = [str(row["source"]) for row in rows if row["field"] == "notes" and not is_unsure(row)]
    told = {"sure": dict.fromkeys(sure), "kept in the notes": dict.fromkeys(kept)}  # sheets have the same columns
    folded = [f"  {what}: {', '.join(found)}" for what, found in told.items() if found]
    return [*unsure, *folded]


def is_unsure(row: Mapping) -> bool:
    """Say whether a column or a word is likely or a guess."""
    return row["sure"] not in (SURE, "")


def word_lines(words: "pd.DataFrame") -> list[str]:
    """Return a line for each word whose meaning is likely or a guess, and one for those that are sure."""
    rows = words.to_dict("records")
    means = [f"{row['word']!r} -> {row['meaning']}" for row in rows]
    pairs = list(zip(means, rows, strict=True))
    unsure = [f"  {said} ({row['sure']}, {plural(row['rows'], 'row')})" for said, row in pairs if is_unsure(row)]
    sure = list(dict.fromkeys(said for said, row in pairs if row["sure"] == SURE))
    more = f" and {len(sure) - SHOWN_WORDS:,} more" if len(sure) > SHOWN_WORDS else ""
    return [*unsure, *[f"  sure: {', '.join(sure[:SHOWN_WORDS])}{more}"] * bool(sure)]


def problem_line(row: Mapping, *, named: bool = False) -> str:
    """Return a problem as one line: where it stands, what was found, what to do; of several files with its name."""
    at = f"line {row['line']}" if row["line"] else ""
    where = ", ".join(filter(None, (row["file"] if named else "", at, row["column"])))
    found = " ".join(filter(None, (repr(row["value"][:80]) if row["value"] else "", row["problem"])))
    more = f" ({plural(row['rows'], 'row')})" if row["rows"] > 1 else ""
    said = f"{where}: {found}{more}" if where else f"{found}{more}"
    helps = remedy(row["kind"], row["column"], row["value"])
    return f"{said}. {capitalized(helps)}." if helps else said


def remedy(kind: str, column: str, value: str) -> str:
    """Return what helps with a problem, nothing where its own sentence says it already."""
    found = REMEDIES.get(Kind(kind))
    text = found.typed if found else ""
    if year := re.search(r"(?<!\d)(19|20)\d\d(?!\d)", value):
        text = text.replace("{year}", year[0])
    text = text.replace("{year}", "2026")
    match = re.search(r"\{(column|value)\}=([\w-]+)", text)
    if match is None:
        return text
    name = column if match[1] == "column" else value
    if not name or len(name) > MAX_TYPED or "\n" in name:
        return IN_THE_FILE
    return text.replace(match[0], typed_option(f"{name}={match[2]}"))


def typed_option(text: str) -> str:
    """Return a text as it is typed behind an option."""
    return shlex.quote(text) if re.search(r"[\"$`\\!]", text) else f'"{text}"'


def examples(records: "pd.DataFrame") -> list[str]:
    """Return three records as they would come in, of different stages and outcomes where there are such."""
    differ = records.drop_duplicates(["stage", "outcome"])[:SHOWN_RECORDS]
    chosen = differ if len(differ) >= min(SHOWN_RECORDS, len(records)) else records[:SHOWN_RECORDS]
    return [f"  {record_words(row)}" for row in chosen.to_dict("records")]


def record_words(row: Mapping) -> str:
    """Return a record in words: who, the stage, when and where, what came of it."""
    who = ", ".join(filter(None, (row["company"], row["role"])))
    when = " ".join(filter(None, when_words(row)))
    where = f", {row['place']}" if row["place"] else ""
    return f"{who}: {row['stage']}{' on ' * bool(when)}{when}{where}, {CAME_OF_IT.get(row['outcome'], 'open')}"


def when_words(row: Mapping) -> tuple[str, str]:
    """Return the day of a record and its time, blank where they are not known."""
    day = "" if schema.is_missing(row["interviewed_on"]) else f"{row['interviewed_on']:%Y-%m-%d}"
    return day, "" if schema.is_missing(row["starts_at"]) else f"{row['starts_at']:%H:%M}"


def shortened(found: Sequence[str]) -> list[str]:
    """Return lines, the first of many with how many more there are."""
    more = len(found) - SHOWN_LINES
    return [*found[:SHOWN_LINES], f"  and {more:,} more"] if more > 0 else list(found)

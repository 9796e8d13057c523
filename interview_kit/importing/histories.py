"""The steps of an application that share one cell, as people and programs write them: a packed history taken apart."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from interview_kit.importing import days, words
from interview_kit.importing.tables import table

MAX_HISTORY, MAX_STEPS = 20_000, 40
STEP_SIGNS = re.compile(r"\s*(?:→|->|=>|»|⇒|>|;|\n|\||,\s+|\s\+\s|\s[-–—]\s|\s/\s)\s*")
LISTED = re.compile(r",\s+|\s\+\s")
PIECE_SIGNS = re.compile(r"\s*(?:;|\n)\s*")
ARROWS = re.compile(r"→|->|=>|»|⇒|>|;|\n|\s[-–—]\s.*\s[-–—]\s")
PACKED = re.compile(rf"{ARROWS.pattern}|\|")
MOSTLY = 0.6  # of the steps are understood, where a text is taken for a history
STEPS: dict[str, list[str]] = table("columns")["steps"]


@lru_cache(maxsize=50_000)
def has_arrows(text: str) -> bool:
    """Say whether a text holds signs that stand between the steps of a history."""
    return bool(ARROWS.search(text))


@lru_cache(maxsize=50_000)
def lists_rounds(text: str) -> bool:
    """Say whether a text names two rounds or more side by side, and nothing else than how it goes."""
    said = [words.read(part) for part in LISTED.split(text) if part]
    rounds = {meaning.stage for meaning in said if meaning.is_interview}
    return len(rounds) > 1 and all(meaning.known for meaning in said)


def splits(text: str) -> Iterator[list[str]]:
    """Yield the ways in which a text may be several steps, and it as a whole where it is no sentence."""
    for signs in (PIECE_SIGNS, STEP_SIGNS):
        if len(parts := signs.split(text)) > 1:
            yield [part for part in parts[:MAX_STEPS] if part]
    if len(text.split()) <= words.MOST_WORDS:
        yield [text]


@lru_cache(maxsize=50_000)
def is_history(text: str) -> bool:
    """Say whether a cell holds several steps of an application, most of them understood."""
    if len(text) > MAX_HISTORY:
        return False
    if steps := steps_of_list(text):
        return any(words.read(name).known for name, _ in steps)
    if not PACKED.search(text):
        return False
    parts = next(splits(text), [])
    known = [part for part in parts if words.read(days.read(part).words or part).known]
    return len(parts) > 1 and len(known) >= MOSTLY * len(parts)


def steps_of_list(text: str) -> list[tuple[str, str]]:
    """Return the names and dates of a list as programs write it, read as data and never run."""
    if text.lstrip()[:1] not in ("[", "(", "{"):
        return []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        try:
            found = ast.literal_eval(text)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return []
    items = list(found) if isinstance(found, (list, tuple)) else [found]
    return [named for item in items[:MAX_STEPS] if (named := name_and_date(item))[0]]


def name_and_date(item: object) -> tuple[str, str]:
    """Return the name of a step and its date, from whatever a program wrote for it."""
    if isinstance(item, Mapping):
        folded = {str(key).casefold().replace(" ", "_"): value for key, value in item.items()}
        name = next((folded[key] for key in STEPS["names"] if folded.get(key)), "")
        return str(name), days.spelled(str(next((folded[key] for key in STEPS["dates"] if folded.get(key)), "")))
    if isinstance(item, (list, tuple)):
        return (str(item[0]), str(item[1]) if len(item) > 1 else "") if item else ("", "")
    return str(item), ""

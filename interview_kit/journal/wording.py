"""Backups, ZIPs and what a folder holds in words, for the terminal and the panels alike."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interview_kit.files.backups import stamp_of
from interview_kit.places import SAMPLE
from interview_kit.words import plural

if TYPE_CHECKING:
    from interview_kit.journal.archive import Unpacked
    from interview_kit.journal.checks import Added
    from interview_kit.journal.contents import Contents
    from interview_kit.journal.copies import Differences

REASONS = {
    "first-of-day": "before the first change of that day",
    "before-update": "before a change",
    "before-delete": "before a deletion",
    "before-undo": "before an undo",
    "before-restore": "before a restoring",
    "before-standardize": "before it was written in the kit's form",
    "changed-meanwhile": "another program's version",
}
KINDS = {
    "records": "file of records",
    "backups": "backup",
    "undo": "note of the last change",
    "drafts": "draft",
    "settings": "file of settings",
    "exports": "file made to hand on or take along",
    "templates": "template",
}
ELSEWHERE = "Copies elsewhere stay: in a sync folder, in ZIPs of interview-kit pack, in reports that you handed on."
NO_WAY_BACK = "There is no way back."
NOUNS = {
    "interviews": ("interview", "interviews"),
    "questions": ("question", "questions"),
    "contacts": ("person", "people"),
    "follow_ups": ("thing to do", "things to do"),
    "stories": ("story", "stories"),
}


# Backups.


def when(row: Mapping) -> str:
    """Return the day and the time of a backup, as a row of `Journal.backups` has it."""
    made = row["made_at"]
    return f"{made.day} {made:%b %Y, %H:%M:%S}"


def why(row: Mapping) -> str:
    """Return why a backup was made."""
    return REASONS.get(row["reason"], row["reason"].replace("-", " "))


def restoring(name: str, table: str) -> str:
    """Return the title of going back to a backup: "the restoring of interviews.csv as of 3 Apr 2026, 10:15:00"."""
    return f"the restoring of {table}.csv as of {when({'made_at': stamp_of(name)})}"


def differing(since: "Differences") -> str:
    """Return how a backup differs from what is there now: "2 records fewer, 1 changed"."""
    counts = {"fewer": since.added, "more": since.removed, "changed": since.changed}
    told = [(len(keys), word) for word, keys in counts.items() if keys]
    words = [f"{plural(count, 'record') if not at else f'{count:,}'} {word}" for at, (count, word) in enumerate(told)]
    return ", ".join(words) or "as it is now"


def since_then(since: "Differences") -> str:
    """Return what became of a backup's records since: "since then 2 added, 1 changed"."""
    counts = {"added": since.added, "removed": since.removed, "changed": since.changed}
    told = [f"{len(keys):,} {word}" for word, keys in counts.items() if keys]
    return f"since then {', '.join(told)}" if told else "just as now"


def going_back(since: "Differences") -> str:
    """Return what going back to a backup would do: "2 records that came since would go, 1 would be as it was"."""
    added, removed, changed = map(len, since)
    came = [f"{plural(added, 'record')} that came since would go"] if added else []
    went = [f"{plural(removed, 'record')} that went since would be back"] if removed else []
    other = [f"{plural(changed, 'record')} would be as {'it was' if changed == 1 else 'they were'} then"]
    return ", ".join([*came, *went, *(other if changed else [])]) or "nothing would change"


# ZIPs.


def records_packed(records: Mapping[str, int | None]) -> list[str]:
    """Return a line for each table in a ZIP."""
    cannot = "cannot be read, and is packed as it is; interview-kit check says more"
    return [f"{name}.csv: {cannot if count is None else plural(count, 'record')}" for name, count in records.items()]


def files_packed(files: Mapping[str, int]) -> list[str]:
    """Return a line that counts the other files in a ZIP, none where there are none."""
    told = [plural_kind(kind, count) for kind, count in files.items() if count]
    return [", ".join(told)] if told else []


def unpacked(done: "Unpacked") -> list[str]:
    """Return what became of the records of each table of a ZIP, and of its other files."""
    told = [f"{name}.csv: {', '.join(counts(added))}" for name, added in done.records.items()]
    cannot = "is there as it was packed, and cannot be read; interview-kit check says more"
    came = [f"{plural(len(done.added), 'other file')} added"] if done.added else []
    left = f"{plural(len(done.left), 'backup')} left in the ZIP, since the records here have backups of their own"
    return [
        *told,
        *(f"{name}.csv {cannot}" for name in done.unreadable),
        *came,
        *(f"{name} is here already with other contents, and is left as it is" for name in done.kept),
        *([left] if done.left else []),
    ]


def counts(added: "Added") -> list[str]:
    """Return how many records of a table came in, were there already, and differ from those that are here."""
    many = len(added.conflicting)
    differ = f"{many:,} different here and left as {'it is' if many == 1 else 'they are'}"
    there = [f"{len(added.unchanged):,} already there"] if added.unchanged else []
    return [f"{len(added.added):,} added", *there, *([differ] if many else [])]


# What a folder holds.


def records_in_words(counts: Mapping[str, int | None]) -> list[str]:
    """Return how many records each table has, as `Journal.counts` does: "72 interviews"; not one that is empty."""
    return [
        f"{NOUNS[name][1]} whose file cannot be read" if count is None else records_of(name, count)
        for name, count in counts.items()
        if count != 0
    ]


def records_of(table: str, count: int) -> str:
    """Return how many records of a table: "72 interviews"."""
    return f"{count:,} {NOUNS[table][count != 1]}"


def shortened(names: Sequence[str], most: int = 5) -> str:
    """Return the first of some names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")


def plural_kind(kind: str, count: int) -> str:
    """Return how many files of a kind there are: "2 files of records"."""
    words = KINDS[kind]
    return f"{count:,} {words.replace(' ', 's ', 1)}" if " " in words and count > 1 else plural(count, words)


def why_not_erased(folder: Path, contents: "Contents") -> str:
    """Return why nothing of a folder is erased, empty where it is the kit's."""
    if not folder.is_dir():
        return f"{folder} is not there; there is nothing to erase."
    if folder.resolve() == SAMPLE.parent.resolve():
        return f"{folder} holds the invented records that come with Interview Kit; nothing is erased."
    if not contents.is_of_the_kit:
        return f"{folder} holds no records of Interview Kit; nothing is erased."
    return ""


def links(folder: Path, names: Sequence[str]) -> list[str]:
    """Return a line for each file that is a link, whose other end stays when it is erased."""
    linked = [name for name in names if (folder / name).is_symlink()]
    return [f"{name} is a link, and {os.path.realpath(folder / name)}, where it leads, stays." for name in linked]

"""Many people's files in one folder: whose each is, which are copies of another, and what cannot be told."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interview_kit.files.problems import RecordsError, as_records_error
from interview_kit.journal.copies import copies_among
from interview_kit.places import EXPORTS
from interview_kit.schema import TABLES
from interview_kit.words import casefolded, listed, one_line

if TYPE_CHECKING:
    import pandas as pd

INTERVIEWS = "interviews.csv"
IN_A_REPORT = "tables/interviews.csv"  # handed over in codes
OTHER_TABLES = {f"{name}.csv" for name in TABLES} - {INTERVIEWS}
TRACES = {*OTHER_TABLES, ".backups", ".journal.lock"}  # what shows that a folder is one person's
NOT_OURS = {EXPORTS}  # folders beside those of people
CODE = re.compile(r"(?:Client|Person) (?:[A-Z]{1,3}|\d{1,4})")  # what a report writes in the place of a name


class Owned(NamedTuple):
    """A CSV of interviews, whose it is, and the folder of records that it lies in, if it is one."""

    person: str
    path: Path
    folder: Path | None


class People(NamedTuple):
    """The files of people in a folder, and what is to be said of other files in it."""

    owned: list[Owned]
    notes: list[str]

    @property
    def is_one(self) -> bool:
        """Say whether the folder is that of one person's records, and of nobody else's."""
        return len(self.owned) == 1 and self.owned[0].path.name == INTERVIEWS and self.owned[0].folder is not None

    @property
    def are_several(self) -> bool:
        """Say whether they are people whose records are read together, be it one alone."""
        return bool(self.owned) and not self.is_one


def people_in(folder: Path) -> People:
    """Return whose CSVs lie in a folder, and whose folders; `RecordsError` where it cannot be looked into."""
    with as_records_error(f"{folder} cannot be looked into"), os.scandir(folder) as entries:
        found = sorted((entry.name, is_folder(entry)) for entry in entries)
    names = {name for name, _ in found}
    if INTERVIEWS in names and names & TRACES:
        return People([owned_file(folder, INTERVIEWS)], [])
    seen = [(name, is_one) for name, is_one in found if not name.startswith(".")]
    files = [name for name, is_one in seen if not is_one and name.lower().endswith(".csv")]
    files = [name for name in files if name not in OTHER_TABLES]
    copy_of = {copy: f"{Path(name).stem}.csv" for name in files for copy in copies_among(files, Path(name).stem)}
    notes = [
        f"{copy} is named like a copy of {name}, so it is left out; if it is another person's, give it another name"
        for copy, name in copy_of.items()
    ]
    owned = [owned_file(folder, name) for name in files if name not in copy_of]
    for name in (name for name, is_one in seen if is_one and name not in NOT_OURS):
        inner = folder / name
        try:
            if (inner / INTERVIEWS).is_file():
                owned.append(Owned(name, inner / INTERVIEWS, inner))
            elif (inner / IN_A_REPORT).is_file():
                owned.append(Owned(name, inner / IN_A_REPORT, None))
            else:
                notes += said_of_folder(inner)
        except OSError as error:
            notes.append(f"{name} is left out, since this folder cannot be looked into: {error.strerror or error}")
    return told_apart(owned, notes)


def is_folder(entry: os.DirEntry) -> bool:
    """Say whether an entry is a folder; a link that leads nowhere is none, and is named when it is read."""
    with suppress(OSError):
        return entry.is_dir()
    return False


def owned_file(folder: Path, name: str) -> Owned:
    """Return whose a CSV is: its name's, or where it is a table of the folder itself, the folder's."""
    if name == INTERVIEWS:
        return Owned(folder.resolve().name, folder / name, folder)
    return Owned(Path(name).stem, folder / name, None)


def said_of_folder(folder: Path) -> Iterator[str]:
    """Yield what is to be said of a folder without interviews, nothing of one that is no person's."""
    if (folder / ".backups").is_dir():
        yield f"{folder.name}: {INTERVIEWS} is gone, but there are backups; open this folder alone to put one back"
    elif any(found.suffix.lower() == ".csv" for found in folder.iterdir()):
        yield f"{folder.name}: there is no {INTERVIEWS} in this folder; put the CSV beside it, named as the person"


def told_apart(owned: Sequence[Owned], notes: list[str]) -> People:
    """Return the files, those of one name, as a CSV and a folder, told apart and named."""
    kept: dict[str, Owned] = {}
    for one in owned:
        kind = "folder" if one.folder else "file"
        name = casefolded(one.person)
        if name in kept:
            both = f"{kept[name].path.name} and the {kind} {one.person}"
            notes.append(f"{both} have one name; they are shown as two people: take one away where they are one")
            kept[f"{name} ({kind})"] = one._replace(person=f"{one.person} ({kind})")
        else:
            kept[name] = one
    return People(sorted(kept.values(), key=lambda one: one.person.casefold()), notes)


def with_person(frame: "pd.DataFrame", person: str) -> "pd.DataFrame":
    """Return the interviews of a file in which each has a person: the one noted, else whose file it is.

    Codes in the place of names, as a report has them, say nothing of who it is: many files call somebody "Client A".
    """
    noted = frame["person"].astype("str").fillna("")
    person = unicodedata.normalize("NFC", person)  # other systems write a letter and its mark apart
    names = {name: named(one_line(unicodedata.normalize("NFC", name)), person) for name in noted.unique()}
    if sum(CODE.fullmatch(name) is not None for name in names) == 1:
        names = {name: person if CODE.fullmatch(name) else called for name, called in names.items()}
    return frame.assign(person=noted.map(names).astype("str"))


def spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """Return for each spelling of a name the one that is shown: of those that differ in case, the most frequent.

    Examples
    --------
    >>> spellings({"client one": 1, "Client One": 2})
    {'client one': 'Client One', 'Client One': 'Client One'}
    """
    shown: dict[str, str] = {}
    for name, _ in Counter(counts).most_common():
        shown.setdefault(casefolded(name), name)
    return {name: shown[casefolded(name)] for name in counts}


def spelling_notes(shown: dict[str, str]) -> list[str]:
    """Return a sentence for each name of which several spellings were found."""
    others: dict[str, list[str]] = {}
    for name, one in shown.items():
        if name != one:
            others.setdefault(one, []).append(name)
    return [
        f"{listed(map(repr, [one, *found]))} are read as one person, {one!r}; give two people two names"
        for one, found in others.items()
    ]


def named(noted: str, person: str) -> str:
    """Return what someone is called who is noted so in a person's file."""
    if not noted:
        return person
    return f"{person}, {noted}" if CODE.fullmatch(noted) else noted


def no_interviews(folder: Path) -> RecordsError:
    """Return the error for a folder in which nobody's interviews are."""
    return RecordsError(
        f"no interviews are in {folder}; put each person's CSV into it, named as the person, or their folder of records"
    )

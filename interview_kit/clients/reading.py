"""A folder of many people's files, read like a journal; no record in it is ever changed."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

from interview_kit import schema
from interview_kit.files.disk import Version, size_of, version_of
from interview_kit.files.edits import new_document
from interview_kit.files.lock import Lock
from interview_kit.files.problems import RecordsError
from interview_kit.journal.contents import LOCK
from interview_kit.journal.copies import Copy
from interview_kit.journal.focus import noted_focus
from interview_kit.journal.folder import Journal
from interview_kit.journal.inspection import OtherTableError, lacking
from interview_kit.journal.listeners import Listeners
from interview_kit.journal.loading import pooled, unread_words, with_name
from interview_kit.journal.people import Owned, People, people_in, spelling_notes, spellings, with_person
from interview_kit.journal.reading import Problems, parsed_file
from interview_kit.journal.settings import Settings
from interview_kit.journal.standard_form import Deviations
from interview_kit.journal.tables import identified_frame
from interview_kit.places import EXPORTS, clients_folder
from interview_kit.words import casefolded, listed

if TYPE_CHECKING:
    import pandas as pd

INTERVIEWS = schema.INTERVIEWS.name
Made = TypeVar("Made")
REFUSED = (  # the methods of a Journal that change a record, or show what only its own folder has
    *("add", "add_all", "update", "update_all", "delete", "transaction", "as_one", "undo"),
    *("begin_anew", "standardize", "bring_in", "backups", "restore", "compare_backup", "counts", "contents"),
    *("pack", "unpack", "erase", "save_draft", "discard_draft", "choose_focus", "dismiss", "undismiss"),
    *("answers_for", "keep_answers"),
)


class FilePart(NamedTuple):
    """One file of a person's: its table, or why it cannot be read."""

    version: Version | None
    frame: "pd.DataFrame | None"
    why: str = ""
    lacks: Sequence[str] = ()  # notes on columns of interviews that are not there
    is_other: bool = False  # it has none of the table's columns


class Names(NamedTuple):
    """The spelling that is shown of each name, and who is named in each file."""

    shown: dict[str, str]
    of_file: dict[Path, list[str]]


def reading_only(made: "type[Made]") -> "type[Made]":
    """Return a class whose methods that change a record, or show what only one's own folder has, all refuse."""
    for name in REFUSED:
        setattr(made, name, vars(made)["_refuse"])
    return made


@reading_only
class Clients(Journal):
    """A folder of many people's records, read like one Journal with a column `person`; no record is ever changed.

    In the folder lie the people's CSVs of interviews, named as the people, or the folders of records that the kit made
    for each of them. A file that cannot be read is named in `attrs["unread"]` of the tables, and the others are read.
    Whatever would change a record raises `RecordsError`; `journal` opens the folder of one person, to write in it.
    All that is written here are the pages and reports on people, into the folder `exports` beside their files.

    Parameters
    ----------
    folder : str or path, optional
        The folder; by default `places.clients_folder()`, which INTERVIEW_KIT_CLIENTS names.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for client in ("client01", "client02"):
    ...         journal = ik.Journal(f"{folder}/{client}")
    ...         key = journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-03-02"})
    ...     clients = ik.Clients(folder)
    ...     print(clients.interviews()[["person", "company"]].to_string(index=False))
    ...     print(clients.people, len(clients.of("client02").interviews()))
      person company
    client01    Acme
    client02    Acme
    ['client01', 'client02'] 1
    """

    def __init__(self, folder: str | os.PathLike | None = None):
        self.folder = clients_folder() if folder is None else Path(folder).expanduser()
        self.notes: dict[str, str] = {}
        self.person = ""
        self._parts: dict[tuple[Path, str], FilePart] = {}
        self._worked_out: dict[tuple[str, str], tuple[object, Any]] = {}
        self._seen: dict[str, object] = {}
        self._listeners = Listeners()

    def __repr__(self) -> str:
        return f"Clients({str(self.folder)!r}){f'.of({self.person!r})' if self.person else ''}"

    # Whose records.

    @property
    def people(self) -> list[str]:
        """The names of the people, in their order."""
        found = {name for names in self._names().of_file.values() for name in names}
        return [self.person] if self.person else sorted(found, key=str.casefold)

    def of(self, person: str) -> "Clients":
        """Return the records of one person, read like a Journal; `RecordsError` names the people there are."""
        one = Clients(self.folder)
        one.person, one._parts, one._worked_out = self._name_of(person), self._parts, self._worked_out
        return one

    def journal(self, person: str) -> Journal:
        """Return the Journal of one person's own folder, to write in it; `RecordsError` where they have a CSV only."""
        name = self._name_of(person)
        files = self._files_of(name)
        if len(files) > 1 or files[0].folder is None:
            names, into = listed(one.path.name for one in files), f"{Path(name).name}/interviews.csv"
            raise RecordsError(f"{name} has no folder of records but {names}; to write in it, make it {into}")
        journal = Journal(files[0].folder)
        journal.subscribe(self._listeners.tell)
        return journal

    def _name_of(self, person: str) -> str:
        """Return how someone's name is written here; `RecordsError` names the people there are."""
        people = self.people
        name = next((name for name in people if casefolded(name) == casefolded(person)), None)
        if name is None:
            raise RecordsError(f"nobody is called {person!r} in {self.folder}; there are {listed(people)}")
        return name

    def _people(self) -> People:
        """Return the files of people that are there now, nobody's where there is no folder."""
        return people_in(self.folder) if self.folder.is_dir() else People([], [])

    def _files_of(self, person: str) -> list[Owned]:
        """Return the files in which one's interviews are."""
        names = self._names()
        return [one for one in self._people().owned if person in names.of_file.get(one.path, ())]

    def _own_folder(self) -> Path | None:
        """Return the folder of records of the one whose these are, where they have one and share it with nobody."""
        files, names = self._files_of(self.person), self._names()
        alone = len(files) == 1 and names.of_file[files[0].path] == [self.person]
        return files[0].folder if alone else None

    def _names(self) -> Names:
        """Return who is named in each file, and how each name is written."""
        return self._work_out("names", INTERVIEWS, names_in)

    def _work_out(self, what: str, table: str, work: "Callable[[list[tuple[Owned, pd.DataFrame]]], Any]") -> Any:
        """Return what follows from one table of all people, worked out anew only where a file has changed."""
        people = self._people()
        versions = self._versions(table, people)
        known = self._worked_out.get((what, table))
        if known is None or known[0] != versions:
            frames = [(one, part.frame) for one in people.owned if (part := self._part(one, table)).frame is not None]
            known = self._worked_out[what, table] = versions, work(frames)
        return known[1]

    # Reading.

    def read(self, table: str) -> "pd.DataFrame":
        """Return one table of all people, or of the one whose records these are, as a typed frame."""
        name, people = schema.table(table).name, self._people()
        self._seen[name] = self._versions(name, people)
        mine = self._files_of(self.person) if self.person else people.owned
        parts = [(one, self._part(one, name)) for one in mine]
        frame = self._combined([part.frame for _, part in parts if part.frame is not None], name)
        unread = [part.why for _, part in parts if part.why]
        if self.person:
            attrs, frame = frame.attrs, frame[frame["person"] == self.person].reset_index(drop=True)
            frame.attrs = attrs
        elif name == INTERVIEWS:
            frame.attrs["notes"] = people.notes + spelling_notes(self._names().shown) + frame.attrs["notes"]
        frame.attrs["unread"], frame.attrs["notes"] = unread, unread + frame.attrs["notes"]
        return frame

    def unread(self) -> list[str]:
        """Return why each file is left out that was looked at and cannot be read, those of interviews first."""
        owned = self._people().owned
        parts = [self._part(one, table) for table in schema.TABLES for one in owned if (one.path, table) in self._parts]
        return [part.why for part in parts if part.why]

    def lacking(self) -> list[str]:
        """Return a note on each column that files of interviews lack, with the names of these files."""
        files: dict[str, list[str]] = {}
        for one in self._people().owned:
            for note in self._part(one, INTERVIEWS).lacks:
                files.setdefault(note, []).append(one.path.relative_to(self.folder).as_posix())
        return [f"{listed(names)}: {note}" for note, names in files.items()]

    def other_tables(self) -> list[Path]:
        """Return the files in which no column is one of the interviews, as in someone's own spreadsheet."""
        return [one.path for one in self._people().owned if self._part(one, INTERVIEWS).is_other]

    def _combined(self, frames: "list[pd.DataFrame]", table: str) -> "pd.DataFrame":
        """Return the frames of some files as one, in which no two people have a record of one id."""
        if not frames:
            empty = identified_frame(schema.table(table), new_document(schema.table(table).names))
            return empty if table == INTERVIEWS else empty.assign(person="")
        whole = pooled(frames, schema.table(table))
        shown = self._names().shown
        whole["person"] = whole["person"].map(lambda name: shown.get(name, name)).astype("str")
        whole.attrs["problems"] = Problems(problem for frame in frames for problem in frame.attrs["problems"])
        for column in ("id", *(name for name in schema.REFERENCES if name in whole.columns)):
            names = table if column == "id" else schema.REFERENCES[column].name
            shared = whole[column].isin(self._work_out("shared ids", names, shared_ids))
            if shared.any():
                whole.loc[shared, column] = whole["person"][shared] + "/" + whole[column][shared]
        return whole

    def _part(self, one: Owned, table: str) -> FilePart:
        """Return one table of a file's person, read again only where the file has changed."""
        path = self._path(one, table)
        version = None if path is None else version_of(path)
        known = self._parts.get((one.path, table))
        if known is None or known.version != version:
            known = self._parts[one.path, table] = self._read_part(one, table, path, version)
        return known

    def _read_part(self, one: Owned, table: str, path: Path | None, version: Version | None) -> FilePart:
        if path is None or (version is None and table != INTERVIEWS):
            return FilePart(version, None)
        name = path.relative_to(self.folder).as_posix()
        try:
            document = parsed_file(path, schema.table(table), name)
            frame = identified_frame(schema.table(table), document, name)
        except OtherTableError as error:
            return FilePart(version, None, unread_words(name, error), is_other=True)
        except RecordsError as error:
            return FilePart(version, None, unread_words(name, error))
        lacks = lacking(frame, document.written_header, schema.table(table)) if table == INTERVIEWS else []
        problems, notes = with_name(name, frame.attrs["problems"], frame.attrs["notes"])
        frame = with_person(frame, one.person) if table == INTERVIEWS else frame.assign(person=self._whose(one, frame))
        frame.attrs = {"problems": Problems(problems), "notes": notes}
        return FilePart(version, frame, lacks=lacks)

    def _path(self, one: Owned, table: str) -> Path | None:
        """Return where a table of a file's person lies, None where there can be none."""
        if table == INTERVIEWS:
            return one.path
        return one.folder / f"{table}.csv" if one.folder else None

    def _whose(self, one: Owned, frame: "pd.DataFrame") -> Any:
        """Return whose each record of another table is: that of its interview, else the only one of the file."""
        interviews = self._part(one, INTERVIEWS).frame
        persons = [] if interviews is None else interviews["person"].unique()
        otherwise = persons[0] if len(persons) == 1 else one.person
        if interviews is None or "interview_id" not in frame.columns or len(persons) < 2:
            return otherwise
        of_interview = dict(zip(interviews["id"], interviews["person"], strict=True))
        return frame["interview_id"].map(of_interview).fillna(otherwise)

    # What has changed.

    def changed_outside(self, table: str = INTERVIEWS) -> bool:
        """Say whether a file of a table is other than when it was last read here, or came, or went."""
        return table in self._seen and self._seen[table] != self._versions(table, self._people())

    def _versions(self, table: str, people: People) -> object:
        paths = [path for one in people.owned if (path := self._path(one, table))]
        return [(str(path), version_of(path)) for path in paths], people.notes

    def deviations(self, table: str = INTERVIEWS) -> Deviations:
        """Return nothing: a file is written in the kit's form in its own folder."""
        return Deviations([], "", {})

    def copies(self, table: str = INTERVIEWS) -> list[Copy]:
        """Return nothing: a copy is brought in in its own folder."""
        return []

    @property
    def has_backups(self) -> bool:
        """Whether there are backups; there are none: nothing is changed here."""
        return False

    @property
    def interviews_size(self) -> int:
        """How many bytes the interviews of all people have."""
        return sum(size_of(one.path) for one in self._people().owned)

    def exports(self) -> Path:
        """Return the folder for files made from the records, which is made with the first of them."""
        return self.folder / EXPORTS

    # What was chosen.

    def chosen_focuses(self) -> dict[str, str]:
        """Return what each person chose to work on in their own folder, "" where they chose nothing any more."""
        names = self._names().of_file
        own = {one.folder: names.get(one.path, ()) for one in self._people().owned if one.folder}
        chosen = {persons[0]: settings_in(folder).get("focus") for folder, persons in own.items() if len(persons) == 1}
        return {person: focus for person, focus in chosen.items() if isinstance(focus, str)}

    def focus(self) -> str:
        """Return what the person works on whose records these are; nothing for many people."""
        if not self.person:
            return ""
        chosen = self.chosen_focuses().get(self.person)
        return noted_focus(self.interviews()) if chosen is None else chosen

    def _choices(self) -> dict:
        """Return what was chosen in the person's own folder; nothing where there is none."""
        own = self._own_folder()
        return settings_in(own) if own else {}

    def undo_step(self) -> None:
        """Return nothing: nothing is changed here."""

    @property
    def last_change(self) -> object:
        """Nothing: nothing is changed here."""
        return None

    def drafts(self) -> list[dict]:
        """Return nothing: nobody's form is open here."""
        return []

    # Changing.

    @property
    def refusal(self) -> str:
        """Why nothing is changed here, and what to do to change something."""
        if not self.person:
            return (
                "These are many people's records, and nothing is changed in them here. Open one's own folder instead."
            )
        own = self._own_folder()
        if own:
            return f"Nothing is changed here. Open {self.person}'s own folder instead: {own}."
        names = listed(one.path.name for one in self._files_of(self.person))
        return f"Nothing is changed here. {self.person}'s records stay as they are in {names}."

    def _refuse(self, *_given: object, **_options: object) -> NoReturn:
        """Raise `RecordsError`: these records are only read here."""
        raise RecordsError(self.refusal)


def names_in(frames: "list[tuple[Owned, pd.DataFrame]]") -> Names:
    """Return who is named in files of interviews; one in which nothing is written down yet is its owner's."""
    counts: Counter[str] = Counter()
    for _, frame in frames:
        counts.update(frame["person"].value_counts(sort=False).to_dict())
    shown = spellings(counts)
    of_file = {one.path: [*dict.fromkeys(map(shown.__getitem__, frame["person"].unique()))] for one, frame in frames}
    return Names(shown, {one.path: of_file[one.path] or [one.person] for one, _ in frames})


def shared_ids(frames: "list[tuple[Owned, pd.DataFrame]]") -> set[str]:
    """Return the ids that records of several people have: what one copied from another, or has without ids."""
    import pandas as pd

    if not frames:
        return set()
    pairs = pd.concat([frame[["id", "person"]] for _, frame in frames], ignore_index=True).drop_duplicates()
    return set(pairs["id"][pairs["id"].duplicated()])


def settings_in(folder: Path) -> dict:
    """Return what was chosen in a folder of records."""
    return Settings(folder, Lock(folder / LOCK)).read()

"""The user's folder of records: its tables, one ZIP of it all, drafts, and choices that are no records."""

import os
from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from interview_kit import schema
from interview_kit.files.disk import make_private_folder
from interview_kit.files.edits import new_document
from interview_kit.files.problems import RecordsError
from interview_kit.journal import archive
from interview_kit.journal.contents import LOCK, Contents, contents_of, erase, exports_in
from interview_kit.journal.focus import TODAY, chosen_focus, day_of_focus, noted_focus
from interview_kit.journal.loading import load_interviews
from interview_kit.journal.reading import typed_frame
from interview_kit.journal.recent import Choices, Recent
from interview_kit.journal.standard_form import in_standard_form
from interview_kit.journal.versions import Versions
from interview_kit.places import SAMPLE

if TYPE_CHECKING:
    import pandas as pd

TRACKERS = 10  # whose answers are kept


class Journal(Versions):
    """A folder of records: the tables as typed frames, and one operation at a time that changes one of them.

    Every operation is on the disk when it returns, and can be taken back with `undo`.

    Parameters
    ----------
    folder : str or path, optional
        The folder, which is made at the first save; by default `places.default_folder()`.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     journal = ik.Journal(folder)
    ...     key = journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-03-02"})
    ...     journal.update("interviews", key, {"outcome": "callback"})
    ...     print(journal.interviews()[["company", "outcome"]].to_string(index=False))
    company  outcome
       Acme callback
    """

    def recent(self, most: int) -> Recent:
        """Return the newest records, at most so many a table, with what belongs to them; read like a Journal."""
        frames = {name: self.read(name) for name in schema.TABLES}
        return Recent(frames, most, Choices(self.folder, self.dismissed, self.focus, self.focus_since))

    # The folder as a whole.

    @property
    def place(self) -> Path:
        """Where the folder really lies, every link followed."""
        return self.folder.resolve()

    def counts(self) -> dict[str, int | None]:
        """Return how many records each table has whose file is there, None for one that cannot be read."""
        found: dict[str, int | None] = {}
        for name, file in self._files.items():
            if os.path.lexists(file.path):
                found[name] = None
                with suppress(RecordsError):
                    found[name] = len(self.read(name))
        return found

    def pack(
        self, path: str | os.PathLike | None = None, *, backups: bool = False, overwrite: bool = False
    ) -> archive.Packed:
        """Put the records, drafts, settings and templates, and `backups` where asked for, into one ZIP to take along.

        Without a `path` it goes into the folder for exports, named by the day, beside those that are there.
        The ZIP is there whole or not at all, for its owner alone to read. Raises `RecordsError` where there are no
        records, where a file of that name is there and `overwrite` is not given, or where the disk refuses.
        """
        self._recover()
        alone = self._lock.held("The folder of the records") if os.access(self.folder, os.W_OK) else nullcontext()
        with alone:
            target = Path(path).expanduser() if path else None
            return archive.pack(self.folder, target, backups=backups, overwrite=overwrite)

    def unpack(self, path: str | os.PathLike | bytes, *, name: str = "") -> archive.Unpacked:
        """Bring in what `pack` put into a ZIP, with no record overwritten.

        `path` is where it lies, or all of its bytes; `name` is then what it is called.

        A folder without records gets the files as they are, all or none. Where there are records already, those that
        are not here come in by their ids, in one operation that one `undo` takes back; one that is here with other
        values stays as it is. Drafts, templates and settings that are here already stay, too, and the backups in the
        ZIP are left there. Raises `RecordsError`, with nothing changed, for a ZIP that is not the kit's, is damaged,
        or holds a table that cannot be read.
        """
        source = path if isinstance(path, bytes) else Path(path).expanduser()
        with archive.opened(source, name) as packed:
            self._recover()
            with self._lock.held("The folder of the records"):
                if not any(os.path.lexists(file.path) for file in self._files.values()):
                    for file in self._files.values():
                        file.refuse_if_lost()
                    done = archive.put_in_place(packed, self.folder)
                    self._tell_all()
                    return done
                found = [(table, in_standard_form(text, table)) for table, text in packed.documents().items()]
                with self.transaction(f"the unpacking of {packed.name}"):
                    made = {table.name: self._add_those_of(text, table, f"{table.name}.csv") for table, text in found}
                return archive.put_beside(packed, self.folder, made)

    def contents(self) -> Contents:
        """Return the kit's files in the folder by kind, and the files of others."""
        return contents_of(self.folder)

    def erase(self, names: Collection[str]) -> list[str]:
        """Delete files of the folder for good, those that `contents` names; return what could not be deleted, and why.

        There is no way back, and copies that were made elsewhere stay.
        """
        with self._lock.held("The folder of the records"):
            kept = erase(self.folder, [name for name in names if name != LOCK])
            for file in self._files.values():
                file.begin_anew()
                file.last = None
        self._own_last = {}
        kept += erase(self.folder, [LOCK])
        self._tell_all()
        return kept

    # Drafts: what is typed and not saved yet.

    def save_draft(self, key: str, values: Mapping) -> None:
        """Keep what is typed in a form, under the id of its record, until `discard_draft`."""
        make_private_folder(self.folder)
        self._drafts.save(key, values)

    def drafts(self) -> list[dict]:
        """Return the drafts, newest first, each with its `key` and when it was `saved_at`."""
        return self._drafts.all()

    def discard_draft(self, key: str) -> None:
        """Let a draft go, once its record is saved."""
        self._drafts.discard(key)

    # What to work on next, and other choices that are no records.

    def focus(self) -> str:
        """Return the behavior that the next debrief asks about: the one chosen, else the latest one noted, else "".

        The latest one noted is that of the latest interview with a day.
        """
        chosen = self._choices().get("focus")
        return chosen if isinstance(chosen, str) else noted_focus(self.interviews())

    def choose_focus(self, behavior: str, *, since: date | str | None = TODAY) -> None:
        """Keep the behavior that the next debrief asks about, with the day on which it was chosen; "" for none.

        Choosing another one begins anew today; choosing the same again keeps its day. `since` brings back another day,
        None that it is not known.
        """
        self._choose(lambda settings: chosen_focus(settings, behavior, since))

    def focus_since(self) -> date | None:
        """Return the day on which the behavior was chosen that is worked on; None where it is not known."""
        return day_of_focus(self._choices())

    def dismissed(self) -> list[str]:
        """Return the keys of the suggestions that are not to be made again."""
        kept = self._choices().get("dismissed")
        return [str(key) for key in kept] if isinstance(kept, list) else []

    def dismiss(self, *keys: str) -> None:
        """Keep that suggestions are not to be made again."""
        self._choose(lambda _: {"dismissed": [*self._dismissed_but(keys), *keys]})

    def undismiss(self, *keys: str) -> None:
        """Let suggestions be made again."""
        self._choose(lambda _: {"dismissed": self._dismissed_but(keys)})

    def answers_for(self, tracker: str) -> dict:
        """Return what was said of a tracker when it was imported before, by the key of its columns."""
        kept = self._choices().get("imports")
        answers = kept.get(tracker) if isinstance(kept, dict) else None
        return answers if isinstance(answers, dict) else {}

    def keep_answers(self, tracker: str, answers: Mapping[str, object]) -> None:
        """Keep what was said of a tracker for its next import; of the last few trackers."""

        def change(settings: dict) -> dict:
            kept = settings.get("imports")
            others = {key: said for key, said in kept.items() if key != tracker} if isinstance(kept, dict) else {}
            return {"imports": dict([*others.items(), (tracker, dict(answers))][-TRACKERS:])}

        self._choose(change)

    def _choices(self) -> dict:
        """Return what was chosen."""
        return self._settings.read()

    def _choose(self, change: Callable[[dict], dict]) -> None:
        self._settings.change(change)
        self._listeners.tell("settings")

    def _dismissed_but(self, keys: Collection[str]) -> list[str]:
        return [other for other in self.dismissed() if other not in keys]

    def exports(self) -> Path:
        """Return the folder for files made from the records, which is made where it is missing."""
        make_private_folder(self.folder)
        return exports_in(self.folder)


def sample_interviews() -> "pd.DataFrame":
    """Return the invented interviews that come with the project, none where they were left behind."""
    if SAMPLE.is_file():
        return load_interviews(SAMPLE)
    return typed_frame(new_document(schema.INTERVIEWS.names), schema.INTERVIEWS)[0]

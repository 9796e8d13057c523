"""A CSV of interviews, or many, as one frame with every problem."""

import difflib
import os
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from interview_kit import schema
from interview_kit.files.problems import Problem, RecordsError
from interview_kit.journal.columns import PANDAS_TYPES
from interview_kit.journal.copies import copies_beside, copy_names, copy_notes
from interview_kit.journal.people import Owned, no_interviews, people_in, spelling_notes, spellings, with_person
from interview_kit.journal.reading import EVERY_COLUMN, ColumnSelector, Problems, parsed_file, read_table
from interview_kit.words import plural

if TYPE_CHECKING:
    import pandas as pd


SHOWN_PROBLEMS = 20


class RecordsWarning(UserWarning):
    """Values of a file that became missing, each named with its line, or an encoding that had to be guessed."""


def load_interviews(
    path_or_paths: str | os.PathLike | Iterable,
    *,
    columns: Iterable[str] | None = None,
    on_problem: str = "warn",
) -> "pd.DataFrame":
    """Return the interviews of one CSV, or of many as one frame.

    Parameters
    ----------
    path_or_paths : str, path or iterable of these
        The file, or the files, or a folder of many people's: their CSVs, and the folders that the kit made for them.
        Of many, an empty `person` is filled with the file's name, or with its folder's where the files have one name.
        Of a folder, a file that cannot be read is named, and the others are read; so is one that is called as a copy
        of another, and it is left out.
    columns : iterable of str, optional
        The columns that are wanted, also by a pattern such as "did_*"; of the others nothing is read, and nothing said.
        By default all. With `["did_*", "interviewed_on", "outcome", "outcome_on"]` a large file takes less time and
        much less memory.
    on_problem : {"warn", "raise", "ignore"}, default "warn"
        What happens where a value cannot be read: a `RecordsWarning`, a `RecordsError`, or nothing.

    Returns
    -------
    pandas.DataFrame
        One row per interview, with the columns of `interviews.csv`, typed, then the file's own further columns as text:

        - `interviewed_on`, `outcome_on` and other dates: datetime64
        - `did_*`: nullable booleans
        - `rated_*`: nullable integers from 1 to 5
        - `chance`: from 0 to 100
        - `outcome`: an empty one is "pending"
        - all else: text

        A value that cannot be read is missing in the frame and stays in the file. `attrs["problems"]` lists these,
        whatever `on_problem` is; `attrs["notes"]` says what was read with help. Of a folder, `attrs["unread"]` names
        each file that cannot be read, with why.

    Raises
    ------
    RecordsError
        For a file that cannot be parsed: an unclosed quote, a record of too few cells, the marks of a merge, each with
        its line; of a folder only where no file can be read. With `on_problem="raise"` also for values, and files of a
        folder, that cannot be read.
    ValueError
        Where no file has a column called as in `columns`.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> len(interviews), interviews.attrs["problems"]
    (76, [])
    >>> few = ik.load_interviews(SAMPLE, columns=["company", "interviewed_on", "rated_*"])
    >>> print(few.head(2).to_string())
                  company interviewed_on  rated_calm  rated_clarity  rated_rapport
    0   Tallowfield Foods     2026-01-07           1              3              4
    1  Brindlecove Travel     2026-01-13           3              2              5
    """
    if on_problem not in ("warn", "raise", "ignore"):
        raise ValueError(f"on_problem is {on_problem!r}; it must be 'warn', 'raise' or 'ignore'")
    wanted = checked_patterns(columns)
    if isinstance(path_or_paths, (str, os.PathLike)) and Path(path_or_paths).is_dir():
        frame, problems = read_folder(Path(path_or_paths), wanted)
        refuse_unread(frame, on_problem)
    elif isinstance(path_or_paths, (str, os.PathLike)):
        frame, problems = read_table(Path(path_or_paths), schema.INTERVIEWS, wanted=wanted)
    else:
        frame, problems = read_many([Path(path) for path in path_or_paths], wanted)
    refuse_unknown(wanted, frame)
    if on_problem != "ignore" and frame.attrs["notes"]:
        warnings.warn("\n".join(frame.attrs["notes"]), RecordsWarning, stacklevel=2)
    report(problems, on_problem)
    frame.attrs["problems"] = Problems(problems)
    return frame


def checked_patterns(columns: Iterable[str] | None) -> ColumnSelector:
    """Return the names and patterns of the columns that are wanted."""
    if isinstance(columns, str):
        raise ValueError(f"columns is {columns!r}; it must be a list of names, such as [{columns!r}]")
    return EVERY_COLUMN if columns is None else ColumnSelector(map(str, columns))


def refuse_unknown(wanted: ColumnSelector, frame: "pd.DataFrame") -> None:
    """Raise ValueError for the names that no column has."""
    for pattern in wanted:
        if not any(name in ColumnSelector([pattern]) for name in frame.columns):
            close = difflib.get_close_matches(pattern, schema.INTERVIEWS.names, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise ValueError(f"columns names {pattern!r}, but the file has no such column{hint}")


def check_interviews(path: str | os.PathLike) -> "pd.DataFrame":
    r"""Return every problem of a CSV of interviews, one row each.

    Parameters
    ----------
    path : str or path
        The file.

    Returns
    -------
    pandas.DataFrame
        One row per problem, none where all can be read:

        - `line`: where it stands in the file
        - `column`, `value`: what was found there
        - `problem`: what is wrong with it
        - `kind`: "bad_value" (a value that its column does not take), "missing" (an empty cell of a column that is
          needed), "duplicate_id", "lost_id" (the ids were taken out, and other tables point to them), "date_order"
          (known before the interview), "missing_column" or "structure" (the file cannot be taken apart)

        What could be read with help is no problem; `attrs["notes"]` says it, and names copies beside the file that hold
        other records.

    Raises
    ------
    RecordsError
        Only for a file that cannot be opened; one that cannot be parsed gives the problems that stand in the way.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> len(ik.check_interviews(SAMPLE))
    0

    One that has a problem:

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "interviews.csv")
    ...     _ = path.write_text("company,interviewed_on,rated_calm\nAcme,2026-03-02,7\n", encoding="utf-8")
    ...     problems = ik.check_interviews(path)
    >>> print(problems[["line", "column", "value", "kind"]].to_string(index=False))
     line     column value      kind
        2 rated_calm     7 bad_value
    """
    return check_table(Path(path), schema.INTERVIEWS)


def check_table(path: Path, table: schema.Table) -> "pd.DataFrame":
    """Return every problem of a table's CSV as `check_interviews` does; `attrs["records"]` counts what can be read."""
    import pandas as pd

    notes, count = [], 0
    try:
        frame, problems = read_table(path, table)
        notes, count = frame.attrs["notes"] + copy_notes_of(path, table), len(frame)
    except RecordsError as error:
        problems = error.problems
        if not problems:
            raise
    checked = pd.DataFrame(problems, columns=list(Problem._fields)).astype({"line": "int64"})
    checked.attrs.update(notes=notes, records=count)
    return checked


def copy_notes_of(path: Path, table: schema.Table) -> list[str]:
    """Return a sentence for each copy beside a table's CSV that holds something it does not."""
    if not copy_names(path):
        return []
    return copy_notes(copies_beside(path, parsed_file(path, table, path.name), table))


def report(problems: Sequence[Problem], on_problem: str) -> None:
    """Warn of problems or raise them, all at once."""
    if not problems or on_problem == "ignore":
        return
    lines = [str(problem) for problem in problems[:SHOWN_PROBLEMS]]
    more = len(problems) - len(lines)
    message = "\n".join(lines + ([f"and {plural(more, 'problem')} more"] if more else []))
    if on_problem == "raise":
        raise RecordsError(message, problems)
    warnings.warn(message, RecordsWarning, stacklevel=3)


def read_folder(folder: Path, wanted: ColumnSelector) -> tuple["pd.DataFrame", list[Problem]]:
    """Return the interviews of each person in a folder as one frame; those that cannot be read are named in `attrs`."""
    people = people_in(folder)
    if people.is_one:
        return read_table(people.owned[0].path, schema.INTERVIEWS, wanted=wanted)
    read, unread, problems = [], [], []
    for one in people.owned:
        name = one.path.relative_to(folder).as_posix()
        try:
            frame, found = read_one(one, name, wanted)
        except RecordsError as error:
            unread.append(unread_words(name, error))
            continue
        read.append(frame)
        problems += found
    if not read:
        raise RecordsError("\n".join(unread)) if unread else no_interviews(folder)
    whole = one_spelling(pooled(read))
    whole.attrs["notes"] = unread + people.notes + whole.attrs["notes"]
    whole.attrs["unread"] = unread
    return whole, problems


def unread_words(name: str, error: RecordsError) -> str:
    """Return which file cannot be read, and why: the first of its problems, and how many more there are."""
    more = len(error.problems) - 1
    others = f" (and {plural(more, 'more problem')}; interview-kit check lists them)" if more > 0 else ""
    first = str(error).partition("\n")[0].removeprefix(f"{name}: ")
    return f"{name} is left out, since it cannot be read: {first}{others}"


def refuse_unread(frame: "pd.DataFrame", on_problem: str) -> None:
    """Raise the files that cannot be read, where that is asked for."""
    if on_problem == "raise" and frame.attrs.get("unread"):
        raise RecordsError("\n".join(frame.attrs["unread"]))


def read_many(paths: list[Path], wanted: ColumnSelector) -> tuple["pd.DataFrame", list[Problem]]:
    """Return the interviews of many files as one frame, each row with a person."""
    if not paths:
        raise RecordsError("no file was named; name at least one CSV of interviews")
    refuse_twice(paths)
    told_apart_by_name = len({path.name for path in paths}) == len(paths)
    frames, problems = [], []
    for path, person in zip(paths, person_names(paths), strict=True):
        frame, found = read_one(Owned(person, path, None), path.name if told_apart_by_name else str(path), wanted)
        frames.append(frame)
        problems += found
    return one_spelling(pooled(frames)), problems


def read_one(one: Owned, name: str, wanted: ColumnSelector) -> tuple["pd.DataFrame", list[Problem]]:
    """Return the interviews of one of many files, each row with a person, and its problems by the file's name."""
    frame, found = read_table(one.path, schema.INTERVIEWS, name, ColumnSelector([*wanted, "person"]))
    problems, notes = with_name(name, found, frame.attrs["notes"])
    frame = with_person(frame, one.person)
    frame.attrs["notes"] = notes
    return frame, problems


def with_name(name: str, problems: Iterable[Problem], notes: Iterable[str]) -> tuple[list[Problem], list[str]]:
    """Return the problems and the notes of one of many files with its name."""
    named = [problem._replace(column=f"{name}, {problem.column}") for problem in problems]
    return named, [note if note.startswith(name) else f"{name}: {note}" for note in notes]


def pooled(frames: "list[pd.DataFrame]", table: schema.Table = schema.INTERVIEWS) -> "pd.DataFrame":
    """Return the frames of many files as one, with all of their notes."""
    import pandas as pd

    whole = fill_text(pd.concat(frames, ignore_index=True), table)
    whole.attrs["notes"] = [note for frame in frames for note in frame.attrs["notes"]]
    return whole


def one_spelling(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return interviews in which a name that is written in two cases is one person, and a note of it."""
    shown = spellings(frame["person"].value_counts(sort=False).to_dict())
    named = frame.assign(person=frame["person"].map(shown).astype("str"))
    named.attrs = {**frame.attrs, "notes": spelling_notes(shown) + frame.attrs["notes"]}
    return named


def refuse_twice(paths: list[Path]) -> None:
    """Refuse a file that is named twice, by whatever way."""
    seen = set()
    for path in paths:
        here = file_identity(path)
        if here in seen:
            raise RecordsError(f"{path} is named twice; its interviews would count double")
        seen.add(here)


def file_identity(path: Path) -> tuple[object, ...]:
    """Return a file's device and inode, the same by whatever name; its path where it is not there."""
    with suppress(OSError, ValueError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return (path,)


def person_names(paths: list[Path]) -> list[str]:
    """Return one name per file: its own, with as many folders before it as tell the files apart."""
    resolved = [path.resolve().with_suffix("") for path in paths]
    for depth in range(1, max(len(path.parts) for path in resolved) + 1):
        names = ["/".join(path.parts[-depth:]) for path in resolved]
        if len(set(names)) == len(names):
            return [name.removesuffix("/interviews") for name in names]
    return [str(path) for path in paths]


def fill_text(frame: "pd.DataFrame", table: schema.Table) -> "pd.DataFrame":
    """Return the frame with text that one of several files lacks as empty text, as in a single file."""
    texts = [name for name in frame.columns if table.column(name).kind not in (*PANDAS_TYPES, *schema.CHOICES)]
    return frame.fillna(dict.fromkeys(texts, ""))

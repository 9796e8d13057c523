"""A report for each of several people, in one go."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from interview_kit.next_steps import named_people, when_words
from interview_kit.report import ReportError, export, redaction, save_report
from interview_kit.report.contents import title_of
from interview_kit.words import casefolded, listed

if TYPE_CHECKING:
    import pandas as pd


MOST_DUE = 6  # things to do that are named at the top of a page


class Each(NamedTuple):
    """The reports on several people: their folder, the files of each, what each is called, and what went wrong."""

    folder: Path
    files: dict[str, list[Path]]
    called: dict[str, str]
    failed: list[str]


def of_person(frame: "pd.DataFrame", person: str) -> "pd.DataFrame":
    """Return the interviews of one of several people, upper and lower case alike; none where nobody is called so."""
    names = [name for name in named_people(frame) if casefolded(name) == casefolded(person)]
    found = frame[frame["person"].isin(names)]
    found.attrs = frame.attrs
    return found


def save_reports(
    frame: "pd.DataFrame",
    folder: Path,
    *,
    redact: bool = False,
    remarks: Mapping[str, str] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    **options: Any,
) -> Each:
    """Write a report for each person in a frame of interviews, in a folder of their own with the name on it.

    The options are those of `save_report`; `remarks` holds what is said of a person at the top, and `progress` is
    called with how many are done, how many there are, and whose is next. With `redact` they are "Client A" and so on.
    """
    people, place = named_people(frame), free_folder(folder)
    called = {name: f"Client {redaction.letters(at)}" if redact else name for at, name in enumerate(people)}
    each = Each(place, {}, called, [])
    for done, name in enumerate(people):
        if progress:
            progress(done, len(people), name)
        own: dict[str, Any] = options | {"redact": redact, "title": title_of(called[name])}
        own |= {"remark": remarks[name]} if remarks and name in remarks else {}
        try:
            each.files[name] = save_report(of_person(frame, name), place / export.slug(called[name]), **own)
        except ReportError as error:
            each.failed.append(f"{name}: {error}")
    return each


def before_meeting(overview: "pd.DataFrame", due: "pd.DataFrame") -> dict[str, str]:
    """Return what to know of each person before a meeting: how it goes, and what is to be done, the overdue first.

    From the tables of `client_overview` and of `due_follow_ups`.
    """
    to_do: dict[str, list[str]] = {}
    for row in due.to_dict("records"):
        to_do.setdefault(row["person"], []).append(f"{row['what']} ({when_words(row)})")
    said = {}
    for row in overview.to_dict("records"):
        own = to_do.get(row["person"], [])
        todo = f" To do: {'; '.join(own[:MOST_DUE])}{f'; and {len(own) - MOST_DUE} more' * (len(own) > MOST_DUE)}."
        said[row["person"]] = row["sentence"] + (todo if own else " Nothing is due.")
    return said


def none_yet(people: Sequence[str]) -> str:
    """Return of whom there is no report, and why; empty where there is nobody such."""
    return f"{listed(people)} {'has' if len(people) == 1 else 'have'} no interview yet." if people else ""


def free_folder(folder: Path) -> Path:
    """Return where reports on several people go: `folder`, or the next number beside one that holds earlier ones."""
    places = [folder, *(folder.with_name(f"{folder.name}-{number}") for number in range(2, 10_000))]
    return next(place for place in places if not any(place.glob("*/report.html")))

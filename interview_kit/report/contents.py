"""Everything that goes into one report, before a file is written."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from interview_kit import studies, trends
from interview_kit.frame.arguments import DayLike, check_frame, checked_date, checked_day
from interview_kit.frame.columns import dates, folded, texts
from interview_kit.frame.held import held
from interview_kit.frame.outcomes import read_records
from interview_kit.frame.window import PENDING
from interview_kit.report import redaction
from interview_kit.schema import is_missing, plain_text
from interview_kit.studies import Study
from interview_kit.trends import conversion

if TYPE_CHECKING:
    import pandas as pd

OWN_COLUMNS = {
    *("id", "person", "company", "role", "stage", "format", "interviewed_on", "ended_at", "debriefed_at"),
    *("starts_at", "place", "link", "source", "answer_by", "chance", "focus", "outcome", "outcome_on"),
}
LABELS = {
    "documents_given": "Documents given",
    "issues": "Issues that came up",
    "answer_better": "Questions to answer better",
    "still_needed": "Information still needed",
    "went_well": "What went well",
    "notes": "Anything else",
}
INVENTED = "These are the invented records that come with Interview Kit, nobody's own."
# What is told of the other tables, by the words before it.
LINKED = {
    "questions": ("Asked", ("question", "answered", "better_answer")),
    "contacts": ("Met", ("name", "role", "company", "email", "phone", "notes")),
    "follow_ups": ("To do", ("kind", "due_on", "done_on", "note")),
}
WHICH_DAY = {"due_on": "due ", "done_on": "done "}


class Notes(NamedTuple):
    """What was written down about one interview."""

    title: str
    entries: list[tuple[str, str]]


class Report(NamedTuple):
    """The contents of one report: whose numbers they are, its sections, and lists where they were asked for."""

    as_of: date
    start: date | None
    end: date | None
    only_period: bool
    redacted: bool
    interviews: int
    applications: int
    people: int
    nameless: int
    days: tuple[date, ...]
    undated: int
    sections: list[Study]
    activities: "pd.DataFrame | None" = None
    open: "pd.DataFrame | None" = None
    notes: tuple[Notes, ...] = ()
    remark: str = ""
    title: str = ""
    handed_over: "pd.DataFrame | None" = None


def title_of(person: str) -> str:
    """Return what a report on one of several people is called."""
    return f"What the interviews of {person} say"


def compose(
    frame: "pd.DataFrame",
    *,
    redact: bool = False,
    as_of: DayLike = None,
    start: DayLike = None,
    end: DayLike = None,
    only_period: bool = False,
    charts: Iterable[str] | None = None,
    with_notes: bool = False,
    linked: "Mapping[str, pd.DataFrame | None] | None" = None,
    remark: str = "",
    title: str | None = None,
    with_interviews: bool = False,
    focus: str | None = None,
    focus_since: DayLike = None,
) -> Report:
    """Return what a report on the interviews of a frame says; nothing is written.

    `linked` holds the questions, contacts and follow-ups for the notes; the other arguments are those of
    `save_report`. A report that is a list of activities and nothing else is always of its period alone.
    """
    today, names = checked_date(as_of), chosen_charts(charts)
    start, end = checked_day("start", start or None), checked_day("end", end or None)
    chosen_on = checked_day("focus_since", focus_since)
    check_period(start, end, only_period=only_period)
    if redact and with_notes:
        raise ValueError("redact leaves notes and contacts out, with_notes asks for them; choose one of the two")
    if with_interviews and not redact:
        raise ValueError("with_interviews hands the interviews themselves over in codes; add redact=True")
    only_period = bool(start or end) and (only_period or not (names or with_notes))
    frame = held(complete(frame)).reset_index(drop=True)
    inside, undated = in_period(frame, start, end)
    frame = inside if only_period else frame
    shown = redaction.redacted(frame) if redact else frame
    focus = redaction.behavior_codes(frame.columns).get(focus) if redact else focus
    people, nameless = count_people(shown)
    records = read_records(shown, today)
    known = np.sort(records.day[~np.isnat(records.day) & ~records.not_yet])
    return Report(
        *(today, start, end, only_period, redact),
        *(int(np.count_nonzero(~records.applied)), int(np.count_nonzero(records.applied))),
        *(people, nameless),
        tuple(known[[0, -1]].tolist()) if known.size else (),
        undated,
        studies.studies(shown, today, names, focus, chosen_on),
        activities(in_period(shown, start, end)[0], today, redact=redact) if start or end else None,
        trends.pending_chances(shown, as_of=today).drop(columns="id") if with_notes else None,
        tuple(notes(shown, linked or {})) if with_notes else (),
        remark,
        title or "",
        as_written(shown) if with_interviews else None,
    )


def as_written(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return a frame of interviews with the texts that a CSV of interviews holds, which the kit reads again."""
    import pandas as pd

    cells = {name: ["" if is_missing(value) else plain_text(value) for value in frame[name]] for name in frame.columns}
    days = {name: [text[:10] for text in cells[name]] for name in redaction.DATES if name in cells}
    return pd.DataFrame(cells | days)


# The arguments


def chosen_charts(charts: Iterable[str] | None) -> list[str]:
    """Return the names of the sections; ValueError names one that there is not."""
    if charts is None:
        return list(studies.QUESTIONS)
    names = [charts] if isinstance(charts, str) else list(charts)
    for name in names:
        if name not in studies.QUESTIONS:
            raise ValueError(f"charts names {name!r}; a report has {', '.join(studies.QUESTIONS)}")
    return names


def check_period(start: date | None, end: date | None, *, only_period: bool) -> None:
    """Raise ValueError where the first day comes after the last, or no day is given and one is asked for."""
    if only_period and not (start or end):
        raise ValueError("only_period keeps to the days of a period; name its first day, its last day or both as well")
    if start and end and start > end:
        raise ValueError(f"start is {start}, which is after the end, {end}; the first day must not come after the last")


def complete(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return a frame that has outcomes, pending where there is no such column; ValueError where it is no interviews."""
    check_frame(frame)
    if len(frame.columns) and not {"company", "interviewed_on", "outcome"} & set(frame.columns):
        columns = ", ".join(str(name) for name in list(frame.columns)[:8])
        raise ValueError(
            "the frame has none of the columns company, interviewed_on and outcome, so these are no interviews; "
            f"it has {columns}"
        )
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise ValueError(f"the frame has the column {twice[0]!r} twice; each column needs its own name")
    return frame if "outcome" in frame.columns else frame.assign(outcome="pending")


def in_period(frame: "pd.DataFrame", start: date | None, end: date | None) -> tuple["pd.DataFrame", int]:
    """Return the interviews from the first day to the last, and how many have no date and so are not among them."""
    if not (start or end):
        return frame, 0
    day = dates(frame, "interviewed_on")
    kept = (day >= np.datetime64(start or date.min)) & (day <= np.datetime64(end or date.max))
    return frame[kept].reset_index(drop=True), int(np.isnat(day).sum())


def count_people(frame: "pd.DataFrame") -> tuple[int, int]:
    """Return how many people a frame names, and how many of its rows name nobody."""
    codes, nobody = folded(frame, "person")
    return nobody, int(np.count_nonzero(codes == nobody))


# The lists


def activities(frame: "pd.DataFrame", as_of: date, *, redact: bool = False) -> "pd.DataFrame":
    """Return applications and interviews until a day, the earliest first, as a benefit office asks for them.

    Columns: `date, what, company, role, format, outcome`, and `person` where several are named. To `redact` is to
    leave the role out; the frame itself must be redacted already.
    """
    import pandas as pd

    records = read_records(frame, as_of)
    stage, names = conversion.stages(frame)
    outcome = np.where(records.status == PENDING, "pending", texts(frame, "outcome"))
    columns = {
        "date": records.day.astype("M8[us]"),
        "what": [activity_label(names[place]) for place in stage],
        **{name: texts(frame, name) for name in ("company", "role", "format", "person")},
        "outcome": np.where(records.applied & (outcome == "pending"), "applied", outcome),
    }
    table = pd.DataFrame(columns)[["person", "date", "what", "company", "role", "format", "outcome"]]
    table = table[~(np.isnat(records.day) | records.not_yet)].sort_values("date", kind="stable")
    unsaid = [*(["role"] if redact else []), *(["person"] if table["person"].nunique() < 2 else [])]
    return table.drop(columns=unsaid).reset_index(drop=True)


def activity_label(stage: str) -> str:
    """Return what was done, by the stage it was at."""
    if stage == "applied":
        return "application"
    return "interview" if stage == conversion.NOT_NOTED else f"interview, {stage}"


def notes(frame: "pd.DataFrame", linked: "Mapping[str, pd.DataFrame | None]") -> list[Notes]:
    """Return what was written down about each interview, the newest first."""
    own = [name for name in frame.columns if str(name) not in OWN_COLUMNS and not redaction.is_behavior(name)]
    told = {name: texts(frame, name) for name in own}
    keys, days = texts(frame, "id"), dates(frame, "interviewed_on")
    belonging = {name: by_interview(name, table) for name, table in linked.items() if table is not None}
    company, stage = texts(frame, "company"), texts(frame, "stage")
    found = []
    for row in np.argsort(days, kind="stable")[::-1]:  # without a date last, and so first in reverse
        day = "no date" if np.isnat(days[row]) else str(days[row])
        entries = [(LABELS.get(name, str(name)), texts[row]) for name, texts in told.items() if texts[row].strip()]
        entries += [entry for table in belonging.values() for entry in table.get(keys[row], [])]
        title = ", ".join(word for word in (day, company[row], stage[row]) if word)
        found += [Notes(title, entries)] if entries else []
    return found


def by_interview(name: str, table: "pd.DataFrame") -> dict[str, list[tuple[str, str]]]:
    """Return the entries of a table by the interview they belong to."""
    label, columns = LINKED[name]
    told: dict[str, list[tuple[str, str]]] = {}
    cells = [texts(table, column) for column in columns]
    for key, *values in zip(texts(table, "interview_id"), *cells, strict=True):
        noted = [
            f"{WHICH_DAY.get(name, '')}{value}" for name, value in zip(columns, values, strict=True) if value.strip()
        ]
        told.setdefault(key, []).append((label, " · ".join(noted)))
    return told

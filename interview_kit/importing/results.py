"""The rows of a whole table as records, and the outcome of each row."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

from interview_kit.importing.applications import Application, application_of
from interview_kit.importing.companies import NO_COMPANY_COLUMN, is_placeholder, rows_of_companies
from interview_kit.importing.problems import Kind, Unread
from interview_kit.importing.records import records_of
from interview_kit.importing.rows import Layout, Row
from interview_kit.importing.sources import Fate, RowOutcome
from interview_kit.importing.states import compare_notes, is_sentence, without_names
from interview_kit.importing.transitions import application_of_steps, chains_of

PROGRESS_ROWS = 5_000
MISFITS = (Kind.NO_DATE, Kind.BAD_VALUE)


class Result(NamedTuple):
    """What the rows of a table become: records, the outcome of each row, and the values that stay in the notes.

    `said` has the states that were read without the names of the company and the role.
    """

    records: list[dict]
    fates: list[RowOutcome]
    unread: list[Unread]
    said: dict[tuple[str, str], str]


class Memo:
    """What the rows of a table say, worked out once for rows whose cells that tell it are the same."""

    def __init__(self, layout: Layout):
        self.layout, self.known, self.said = layout, {}, {}
        self.of_telling = itemgetter(*layout.telling) if layout.telling else len
        self.sentences = {
            field: {text for text in {row[layout.at[field]] for row in layout.sheet.rows} if is_sentence(layout, text)}
            for field in ("status", "outcome")
            if field in layout.at
        }
        self.applied, read = layout.at.get("applied_on", 0), layout.calendar.read
        texts = dict.fromkeys(row[self.applied] for row in layout.sheet.rows) if "applied_on" in layout.at else {}
        self.yearless = {text for text in texts if any(day.year is None for day in read(text).days)}
        whole = (days for text in texts if text not in self.yearless and (days := layout.calendar.days(text)))
        self.near = next((days[0] for days in whole), None)

    def application_of(self, cells: list[str]) -> Application:
        """Return what a row says; a day without a year is of the one in the row before."""
        said = {}
        for field, sentences in self.sentences.items():
            text = cells[self.layout.at[field]]
            if text in sentences and (bare := without_names(self.layout, cells, text)) != text:
                said[field] = self.said[field, text] = bare
        near = self.near if cells[self.applied] in self.yearless else None
        key = self.of_telling(cells), near, *said.items()
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = application_of(Row(self.layout, 0, cells, [], []), said, self.near)
        self.near = found.applied or self.near
        return found


def result_of(layout: Layout, seen: dict[str, int], progress: Callable[[int], None] = lambda _: None) -> Result:
    """Return what every row of a table becomes; `progress` hears now and then how many are done.

    `seen` counts the rows that say the same, over all tables.
    """
    memo = Memo(layout)
    result = Result([], list(layout.sheet.left), [], memo.said)
    if "company" not in layout.at:
        result.fates.extend(RowOutcome(line, *NO_COMPANY_COLUMN) for line in layout.sheet.lines)
    elif "to_stage" in layout.at:
        for chain in chains_of(list(rows_of_companies(layout, result.fates))):
            take_chain(result, chain, seen)
    else:
        for done, row in enumerate(rows_of_companies(layout, result.fates)):
            if done % PROGRESS_ROWS == 0:
                progress(done)
            take(result, row, memo.application_of(row.cells), seen)
    result.fates.sort(key=lambda fate: fate.line)
    return result


def take(result: Result, row: Row, application: Application, seen: dict[str, int]) -> None:
    """Put a row's interviews among the records, and note its outcome."""
    row.notes.extend(application.notes)
    row.unread.extend(one._replace(line=row.line) for one in application.unread)
    made = records_of(row, application, seen) if application.fate is not Fate.SKIPPED else []
    if made:
        compare_notes(row, application.final)
    fate, why = application.fate, application.why
    if aside := why_aside(row, fate):
        fate, why, made = Fate.ATTENTION, aside, []
    elif fate is Fate.WAITING:
        asked = [one for one in row.unread if one.kind in (Kind.WORD, Kind.NOT_TOLD)]
        result.unread.extend(asked)
        why = "; ".join(dict.fromkeys(f"{one.value!r} is not understood" for one in asked if one.value)) or why
    else:
        unread = row.unread if made else []
        result.unread.extend(unread)
        why = with_remarks(row, why, unread)
    result.records.extend(made)
    result.fates.append(RowOutcome(row.line, fate, why, len(made)))


def why_aside(row: Row, fate: Fate) -> str:
    """Return why a row needs attention, nothing where it does not."""
    odd, company = row.layout.sheet.odd.get(row.line, ""), row.value("company")
    if odd and any(one.kind in MISFITS for one in row.unread):
        return f"{odd}, and what it holds does not fit"
    if fate is not Fate.SKIPPED and is_placeholder(company):
        return f"{company!r} is the name of no company; write one, or a name of your own, and import it again"
    return ""


def with_remarks(row: Row, why: str, unread: Sequence[Unread]) -> str:
    """Return what there is to say of a row: its rounds, what could not be read, what is left out."""
    remark = row.layout.sheet.remarks.get(row.line, "")
    ignored = [f"leaves out {name!r}, as you said" for at, name in row.layout.named("ignore") if row.cells[at]]
    if not (unread or remark or ignored):
        return why
    said = [why, remark, *(f"{one.value!r} {one.problem}" for one in unread), *ignored]
    return "; ".join(dict.fromkeys(filter(None, said)))


def take_chain(result: Result, chain: Sequence[Row], seen: dict[str, int]) -> None:
    """Put the interviews of one application's steps among the records; every row of it is accounted for."""
    first, application = chain[0], application_of_steps(chain)
    made = records_of(first, application, seen)
    result.records.extend(made)
    result.fates.append(RowOutcome(first.line, application.fate, application.why, len(made)))
    part = f"a step of the application in line {first.line}" if made else application.why
    result.fates.extend(RowOutcome(row.line, Fate.IMPORTED if made else application.fate, part) for row in chain[1:])
    result.unread.extend(one for row in chain for one in row.unread)

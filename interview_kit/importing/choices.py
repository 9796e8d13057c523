"""What a person says of a file that is to be imported, checked beside what the file holds."""

from collections.abc import Mapping, Sequence
from datetime import date

from interview_kit import schema
from interview_kit.importing import aliases, words as meanings
from interview_kit.importing.ids import made_id
from interview_kit.importing.matching import MANY
from interview_kit.importing.reading import titles_without_company
from interview_kit.importing.sources import Sheet

KEEP_ONE = "keep one of them in the notes, or as a column of its own"


class ChoiceError(ValueError):
    """A choice that cannot be: `parameter` says of which mapping, and `key` which of its choices."""

    def __init__(self, message: str, parameter: str, key: str):
        super().__init__(message)
        self.parameter, self.key = parameter, key


def key_of(sheets: Sequence[Sheet]) -> str:
    """Return the key of a tracker: the same for a later version of it, which has the same columns."""
    return made_id("\x1f".join(sorted({name for sheet in sheets for name in sheet.header})))


def checked_answer(word: str, answer: str) -> meanings.Meaning:
    """Return the meaning that was chosen for a word; `ChoiceError` says what there is."""
    try:
        return meanings.answered(answer)
    except ValueError as error:
        raise ChoiceError(str(error), "words", word) from None


def checked_today(as_of: date | str | None) -> date:
    """Return the day that counts as today; `ValueError` where it is none."""
    if as_of is None:
        return date.today()
    if isinstance(as_of, date):  # a moment is one, too
        return date(as_of.year, as_of.month, as_of.day)
    try:
        return schema.parse_date(as_of)
    except (ValueError, TypeError):
        raise ValueError(f"as_of is {as_of!r}; it must be a date, such as '2026-04-03'") from None


def checked_mapping(mapping: Mapping[str, str], sheets: Sequence[Sheet]) -> dict[str, str]:
    """Return the mapping with its columns named as the files name them; `ChoiceError` says what there is."""
    names = [name for sheet in sheets for name in sheet.header]
    alike = {aliases.folded(name): name for name in names}
    chosen = {}
    for source, field in mapping.items():
        known = source if source in names else alike.get(aliases.folded(source))
        if known is None:
            there = ", ".join(dict.fromkeys(names))
            raise ChoiceError(f"{source!r} is no column of the file; its columns are {there}", "mapping", source)
        if not aliases.can_be(field):
            there = ", ".join(aliases.TARGETS)
            raise ChoiceError(f"{field!r} is nothing that a column can be; it can be {there}", "mapping", source)
        chosen[known] = field
    for sheet in sheets:
        refuse_twice_said(sheet, chosen)
    return chosen


def refuse_twice_said(sheet: Sheet, chosen: Mapping[str, str]) -> None:
    """Refuse two columns of a table that were said to be the same, of which one would go unseen."""
    said: dict[str, str] = {}
    for name in sheet.header:
        field = chosen.get(name, "notes")
        other = name if field in MANY else said.setdefault(field, name)
        if other != name:
            keep = "say of each that it is a round" if field == "interviewed_on" else KEEP_ONE
            raise ChoiceError(f"{other!r} and {name!r} cannot both be {field}; {keep}", "mapping", name)


def name_companies(calendars: Sequence[Sheet], companies: Mapping[str, str]) -> None:
    """Write the companies that were said beside the titles of events; `ChoiceError` for one that no event has.

    An event that was left out, since its title reads like no interview, comes in once its company is said.
    """
    asked = {title for sheet in calendars for title, _ in titles_without_company(sheet)}
    others = {title for sheet in calendars for title in sheet.others}
    if unknown := [title for title in companies if title not in asked | others]:
        accepted = ", ".join(map(repr, sorted(asked))) or "of none"
        message = f"{unknown[0]!r} is no event whose company is asked for; it is asked for {accepted}"
        raise ChoiceError(message, "companies", unknown[0])
    for sheet in calendars:
        for title in companies:
            if sheet.bring_in and title in sheet.others and companies[title].strip():
                sheet.bring_in(sheet, title)
        title, company = sheet.header.index("Title"), sheet.header.index("Company")
        for row in sheet.rows:
            row[company] = row[company] or companies.get(row[title], "").strip()

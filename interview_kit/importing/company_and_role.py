"""A company and a role that share a cell, as on the cards of a board, into a column each."""

import re
from collections.abc import Mapping, Sequence

from interview_kit.importing import aliases
from interview_kit.importing.sources import Sheet

FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<role>[^@]+?)\s+(?:at|bei|chez)\s+(?P<company>.+)|(?P<role_>[^@]+?)\s*@\s*(?P<company_>[^@]+)",
        r"(?P<company>[^()]+?)\s*\((?P<role>[^()]+)\)",
        r"(?P<company>.+?)(?:\s+[-–—|/]|:)\s+(?P<role>.+)",
        r"(?P<role>.+?)(?:\s+[-–—|/]|:)\s+(?P<company>.+)",
    )
)


def with_roles_apart(sheet: Sheet, mapping: Mapping[str, str]) -> Sheet:
    """Return a table with its roles in a column of their own, where one column holds companies and roles alike."""
    fields = [mapping.get(name) or aliases.by_name(name).field for name in sheet.header]
    places = [at for at, name in enumerate(sheet.header) if aliases.folded(name) in aliases.WHOLE["called"]]
    places = [at for at, field in enumerate(fields) if field == "company"] or places
    if len(places) == 1 and "role" not in fields and (form := form_of(sheet.sample(places[0]))):
        sheet.header.append("Role")
        for row in sheet.rows:
            company, role = parted(form, row[places[0]])
            row[places[0]] = company
            row.append(role)
    return sheet


def form_of(values: Sequence[str]) -> re.Pattern | None:
    """Return the form in which nearly all values hold a company and a trade, if there is one."""
    for form in FORMS:
        parts = [parted(form, value) for value in values]
        roles = [role for _, role in parts if role]
        trades = sum(bool(aliases.TRADES.search(role)) for role in roles)
        astray = sum(bool(aliases.TRADES.search(company)) for company, _ in parts)
        if len(roles) >= 0.8 * max(len(values), 2) and trades >= 0.4 * len(roles) and trades > 2 * astray:
            return form
    return None


def parted(form: re.Pattern, value: str) -> tuple[str, str]:
    """Return the company and the role of a cell; all of it as the company where it has another form."""
    match = form.fullmatch(value)
    if not match:
        return value, ""
    found = {name.rstrip("_"): text for name, text in match.groupdict().items() if text}
    return found["company"].strip(), found["role"].strip()

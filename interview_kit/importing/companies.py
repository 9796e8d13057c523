"""The company of each row: what a cell shows, what a ditto sign stands for, and which rows name none."""

import re
from collections.abc import Iterator
from functools import lru_cache

from interview_kit.importing import words
from interview_kit.importing.rows import Layout, Row
from interview_kit.importing.sources import Fate, RowOutcome

UNFILLED = re.compile(r"\d{1,6}[.)]?|false|falsch|faux|falso|☐|\[ ?\]|[-–—.]|n/?a", re.IGNORECASE)
SIGNS = frozenset("=[\"'“„«‘`")  # with which a linked or a quoted name begins
QUOTES = ('""', "''", "“”", "„“", "„”", "«»", "‘’", "``")
EXAMPLE = re.compile(
    r"(example|sample|beispiel|muster|exemple|ejemplo|exemplo|esempio|voorbeeld)\s*[:–—-]\s*\S.*", re.IGNORECASE
)
UNSHOWN = re.compile(r"=[\d\s.+*/()-]+|#[A-Z/0]{3,6}[!?]?")  # a sum, or the error of a formula
TEMPLATE = re.compile(r"[\[<({]+ ?(?P<inside>[^\[\]<>(){}]*)[\])>}]+|\W+")
DITTO = frozenset(["↳", "〃", '"', "''", ",,", "^", "ditto", "Ditto", "same", "Same", "same as above", "⤷", "└"])
LINKED = re.compile(
    r"""=\s*HYPERLINK\(\s*"[^"]*"\s*[,;]\s*"(?P<formula>[^"]+)"\s*\)|\[(?P<mark>[^\[\]]+)\]\([^)\s]*\)"""
    r"""|\[\[(?:[^\[\]|]*\|)?(?P<wiki>[^\[\]|]+)\]\]""",
    re.IGNORECASE,
)
NO_COMPANY = (Fate.ATTENTION, "has no company; fill it in and import the file again")
NO_COMPANY_NAMED = (Fate.ATTENTION, "names no company for sure; say which")
NO_COMPANY_COLUMN = (Fate.ATTENTION, "no column is the company; say which one is")


def rows_of_companies(layout: Layout, fates: list[RowOutcome]) -> Iterator[Row]:
    """Yield the rows that have a company; the fate of the others is noted. A ditto sign stands for the one above."""
    sheet, at, before = layout.sheet, layout.at["company"], ""
    names = [(*one, shown_names(layout, one[0])) for field in ("company", "role") for one in layout.named(field)]
    names = [(place, source, shown) for place, source, shown in names if shown]
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        row = Row(layout, line, cells, [], [])
        for place, source, shown in names:
            if (text := cells[place]) in shown:
                row.note(source, text if shown_text(text) != text else "")
                cells[place] = shown[text]
        if cells[at] in DITTO and before:
            sheet.remarks[line] = f"{cells[at]!r} stands for the company above"
            cells[at] = before
        if cells[at].strip("-–— ."):
            before = cells[at]
            yield row
        else:
            fates.append(RowOutcome(line, *no_company(layout, [cell for cell in cells if cell])))


def shown_names(layout: Layout, at: int) -> dict[str, str]:
    """Return the cells of a column that show something else than they hold, with what they show."""
    cells = dict.fromkeys(row[at] for row in layout.sheet.rows)
    shown = {text: without_quotes(shown_text(text)) for text in cells if text[:1] in SIGNS}
    return {text: name for text, name in shown.items() if name != text}


def no_company(layout: Layout, told: list[str]) -> tuple[Fate, str]:
    """Return the fate of a row without a company, by the cells in which it has something."""
    if layout.sheet.fields:
        return NO_COMPANY_NAMED
    if all(map(UNFILLED.fullmatch, told)):  # a template's row that was numbered, and never used
        return Fate.SKIPPED, f"nothing is filled in but {', '.join(map(repr, told[:4]))}"
    return NO_COMPANY


def shown_text(text: str) -> str:
    """Return what a linked cell shows: a spreadsheet's HYPERLINK, a link as Markdown or a wiki writes it."""
    match = LINKED.fullmatch(text)
    return (match["formula"] or match["mark"] or match["wiki"]).strip() if match else text


def without_quotes(text: str) -> str:
    """Return a name without the quotation marks around it."""
    return text[1:-1].strip() if len(text) > 2 and text[0] + text[-1] in QUOTES else text


@lru_cache(maxsize=50_000)
def is_placeholder(text: str) -> bool:
    """Say whether a cell stands for a company and names none: "N/A", "Confidential", "[company]", "#REF!"."""
    if EXAMPLE.fullmatch(text) or UNSHOWN.fullmatch(text):
        return True
    match = None if text[0].isalnum() else TEMPLATE.fullmatch(text)
    return words.plain((match["inside"] or "") if match else text) in words.NO_COMPANIES

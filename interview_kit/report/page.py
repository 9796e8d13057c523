"""The report as one page that stands alone: nothing is fetched, and nothing of anyone's text can run."""

import base64
import functools
import hashlib
import itertools
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from interview_kit import charts
from interview_kit.report.contents import Report
from interview_kit.studies import Study, without_sentence
from interview_kit.words import long_day, plural

if TYPE_CHECKING:
    import jinja2
    import pandas as pd
    import plotly.graph_objects as go

TEMPLATE = "report.html.jinja"
MOST_ACTIVITIES = 2000
SHORT, PHONE_WIDTH = 16, 40  # characters: of a cell that stays in one line, and of a line on a phone
LOOKS = {
    f"{'dark' if dark else 'light'} {'narrow' if narrow else 'wide'}": {"dark": dark, "narrow": narrow}
    for dark, narrow in itertools.product((False, True), repeat=2)
}
OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
SCRIPT = Path(__file__).with_name("charts.js")


def page(report: Report) -> str:
    """Return the report as HTML."""
    import plotly.offline

    library, script = plotly.offline.get_plotlyjs(), SCRIPT.read_text(encoding="utf-8")
    pictures = {section.name: chart(section) for section in report.sections if section.plot}
    return template().render(
        report=report,
        title=title(report),
        about=about(report),
        period=period(report) if report.start or report.end else "",
        several=bool(whose(report)),
        library=library if pictures else "",
        script=script if pictures else "",
        policy=policy(library, script),
        charts=pictures,
        activities=rows(report.activities),
        open=rows(report.open),
        most=MOST_ACTIVITIES,
        fits_a_phone=fits_a_phone,
    )


@functools.cache
def template() -> "jinja2.Template":
    """Return the template; what is put into it is made safe by it."""
    import jinja2

    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=without_overrides,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return found.get_template(TEMPLATE)


def without_overrides(value: object) -> object:
    """Return text without the marks that would turn around the words after it; letters keep their own direction."""
    return value.translate(OVERRIDES) if isinstance(value, str) else value


def policy(*scripts: str) -> str:
    """Return what the page may do: run exactly these scripts, and reach nothing at all."""
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{found}'" for found in hashes)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"


def chart(section: Study) -> dict:
    """Return a section's chart as JSON, for each look of a page, and how high it is in pixels."""
    looks = {name: drawn(section, **look) for name, look in LOOKS.items()}
    figures = ", ".join(f'"{name}": {figure.to_json()}' for name, figure in looks.items())
    json = f'{{"below": {charts.NARROW_BELOW}, {figures}}}'
    return {"json": harmless(json), "height": int(looks["light wide"].layout.height or 450)}


def drawn(section: Study, **look: bool) -> "go.Figure":
    """Return the chart of a section that has one, below whose sentence it stands."""
    if section.plot is None:
        raise ValueError(f"the section {section.name} has no chart; ask for those with a plot")
    return section.plot(without_sentence(section.table), **look)


def harmless(json: str) -> str:
    """Return JSON without a character that ends a script or begins a tag."""
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def fits_a_phone(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bool:
    """Say whether a table has room side by side on a phone: the longest of what each column keeps in one line."""
    longest = [max(map(len, name.split())) for name in columns]
    for row in rows:
        parts = ([cell] if len(cell) < SHORT else cell.split() for cell in row)
        longest = [max([widest, *map(len, words)]) for widest, words in zip(longest, parts, strict=True)]
    return sum(longest) + 2 * len(longest) <= PHONE_WIDTH


def title(report: Report) -> str:
    """Return what the page is called."""
    return report.title or f"What {'these' if report.redacted else 'the'} interviews say"


def about(report: Report) -> list[str]:
    """Return from how many interviews this is, from when, and when it was made."""
    what = [plural(report.interviews, "interview")]
    what += [plural(report.applications, "application")] if report.applications else []
    days = f", {between(report.days)}" if report.days else ""
    lines = [report.remark] if report.remark else []
    lines.append(f"From {' and '.join(what)}{whose(report)}{days}. As known on {long_day(report.as_of)}.")
    lines += about_period(report)
    if report.redacted:
        lines.append("Names are replaced by codes; roles and all free text are left out.")
    return lines


def whose(report: Report) -> str:
    """Return of how many people the interviews are, nothing where they are one person's."""
    if not report.people or report.people + bool(report.nameless) < 2:
        return ""
    people = "1 person" if report.people == 1 else f"{report.people:,} people"
    return f" of {people}{f', {report.nameless:,} of them without a name' if report.nameless else ''}"


def about_period(report: Report) -> list[str]:
    """Return what the chosen period holds for, and what has no date to be in it."""
    if not (report.start or report.end):
        return []
    rest = "charts and the notes" if report.open is not None else "charts"
    known = f"The list of activities at the end holds those {period(report)}; the {rest} are of all interviews."
    lines = [f"Only interviews {period(report)}." if report.only_period else known]
    if report.undated:
        has = "has no date and is" if report.undated == 1 else "have no date and are"
        where = "left out" if report.only_period else "not in that list"
        lines.append(f"{plural(report.undated, 'interview')} {has} {where}.")
    return lines


def between(days: tuple[date, ...]) -> str:
    """Return the first day and the last in words."""
    first, last = long_day(days[0]), long_day(days[-1])
    return f"on {first}" if first == last else f"{first} to {last}"


def period(report: Report) -> str:
    """Return the chosen period in words."""
    if report.start and report.end:
        return f"between {long_day(report.start)} and {long_day(report.end)}"
    if report.start:
        return f"on or after {long_day(report.start)}"
    return f"on or before {long_day(report.end or date.max)}"


def rows(table: "pd.DataFrame | None") -> tuple[list[str], list[list[str]]]:
    """Return a list's column names and its values in words; more than fit a page are in its file only."""
    if table is None:
        return [], []
    words = {"days_silent": "days of silence", "sentence": "what the records say"}
    kept = [name for name in table.columns if name not in ("chance", "ci_low", "ci_high")]
    shown = table[kept][:MOST_ACTIVITIES]
    return [words.get(name, name).capitalize() for name in kept], [
        ["" if value != value else f"{value:%Y-%m-%d}" if name == "date" else str(value) for name, value in row.items()]  # noqa: PLR0124
        for row in shown.astype(object).where(shown.notna(), "").to_dict("records")
    ]

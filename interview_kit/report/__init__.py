"""Tables and charts into files a person can share."""

import os
import warnings
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from interview_kit import charts
from interview_kit.frame.arguments import DayLike
from interview_kit.report import contents, export, fonts, images, page
from interview_kit.report.contents import Report
from interview_kit.studies import Study
from interview_kit.words import capitalized

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

FORMATS = ("html", "png", "svg", "pdf")
DRAWN_HERE = {"png", "pdf"}  # with the fonts of this computer; the others with those where they are opened
TITLE_WIDTH, SENTENCE_WIDTH = 70, 100  # characters a line, as wide as a chart is made for
HEIGHT, LINE = 450, 22  # px


class ReportError(RuntimeError):
    """What could not be written, and what to do about it; `written` lists the files that are there all the same."""

    def __init__(self, message: str, written: Iterable[Path] = ()):
        super().__init__(message)
        self.written = list(written)


class FontWarning(UserWarning):
    """The letters of a picture that no font on this computer has."""


def save_chart(
    fig: "go.Figure", path: str | os.PathLike, *, title: str = "", sentence: str = "", overwrite: bool = False
) -> Path:
    """Write one figure to a file and return its path.

    Parameters
    ----------
    fig : plotly.graph_objects.Figure
        The figure, such as one of `plot_behaviors`.
    path : str or path
        The file, whose ending says how it is written: .html, .png, .svg or .pdf. An .html stands alone and needs no
        network. The others need Chrome or Chromium; a .png has 3 times the pixels of the screen, enough for paper.
    title, sentence : str, optional
        What stands above the chart, so that it says by itself what it shows.
    overwrite : bool, default False
        Whether a file that is there already is replaced.

    Returns
    -------
    pathlib.Path
        The file, which is written whole or not at all.

    Raises
    ------
    ValueError
        For another ending and, but with `overwrite`, for a file that is there already.
    ReportError
        Where there is no browser or the disk refuses.

    Warns
    -----
    FontWarning
        Where no font on this computer has the letters of a .png or .pdf, as may be with Chinese.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> figure = ik.plot_habit(ik.habit_trend(ik.load_interviews(SAMPLE), "did_prepare"))
    >>> with TemporaryDirectory() as folder:
    ...     print(ik.save_chart(figure, Path(folder, "prepared.html"), title="Prepared").name)
    prepared.html
    """
    target = Path(path).expanduser()
    kind = target.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise ValueError(f"{target.name} ends in {target.suffix!r}; a chart can be .html, .png, .svg or .pdf")
    if target.exists() and not overwrite:
        raise ValueError(f"{target} is there already; choose another name, or give overwrite=True")
    whole = titled(fig, title, sentence)
    warn_of_fonts(fonts.texts_of(whole) if kind in DRAWN_HERE else ())
    raw = chart_bytes(whole, kind, title or target.stem)
    with disk_errors(f"the chart cannot be written to {target}", "nothing was changed"):
        export.replace(target, raw)
    return target


def titled(fig: "go.Figure", title: str, sentence: str = "") -> "go.Figure":
    """Return a figure with a title and a sentence above it, so much higher; the figure itself where there are none."""
    import plotly.graph_objects as go

    lines = [f"<b>{line}</b>" for line in charts.wrapped(title, TITLE_WIDTH).split("<br>") if line]
    said = [line for line in charts.wrapped(sentence, SENTENCE_WIDTH).split("<br>") if line]
    lines += [f'<span style="font-size:13px">{line}</span>' for line in said]
    if not lines:
        return fig
    found, more = go.Figure(fig), 16 + LINE * len(lines)
    height, top = (found.layout.height or HEIGHT) + more, found.layout.margin.t
    words = {"text": "<br>".join(lines), "font": {"size": 16}, "automargin": False}
    across = {"xref": "container", "x": 0, "xanchor": "left", "pad": {"l": 8}}
    down = {"yref": "container", "y": 1 - 20 / height, "yanchor": "top"}
    return found.update_layout(
        height=height, margin_t=(100 if top is None else top) + more, title=words | across | down
    )


def chart_page(fig: "go.Figure", title: str) -> str:
    """Return one figure as a page that stands alone: without MathJax, and without the button that would upload it."""
    from html import escape

    config = {"typesetMath": False, "displaylogo": False, "modeBarButtonsToRemove": ["sendChartToCloud"]}
    chart = fig.to_html(full_html=False, include_plotlyjs=True, include_mathjax=False, config=config)
    head = f'<meta charset="utf-8">\n<link rel="icon" href="data:,">\n<title>{escape(title)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n<main>{chart}</main>\n</body>\n</html>\n'
    )


def chart_bytes(fig: "go.Figure", kind: str, title: str) -> bytes:
    """Return one figure as a file's content."""
    if kind == "html":
        return chart_page(fig, title).encode("utf-8", "replace")
    try:
        [raw] = images.images([(fig, kind)])
    except images.ImageError as error:
        raise ReportError(sentence(str(error))) from None
    return raw


def save_report(
    frame: "pd.DataFrame",
    folder: str | os.PathLike,
    *,
    formats: Iterable[str] | str = ("html",),
    redact: bool = False,
    as_of: DayLike = None,
    start: DayLike = None,
    end: DayLike = None,
    only_period: bool = False,
    charts: Iterable[str] | str | None = None,
    with_notes: bool = False,
    questions: "pd.DataFrame | None" = None,
    contacts: "pd.DataFrame | None" = None,
    follow_ups: "pd.DataFrame | None" = None,
    remark: str = "",
    title: str | None = None,
    with_interviews: bool = False,
    focus: str | None = None,
    focus_since: DayLike = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> list[Path]:
    """Write what the interviews of a frame say into a folder, and return the paths of the files.

    Parameters
    ----------
    frame : pandas.DataFrame
        Interviews, as `load_interviews` returns them.
    folder : str or path
        Where the report goes. It is written whole or not at all and never over anything: where the folder holds an
        earlier report, the new one is in "folder-2", where it holds other things in "folder/report".
    formats : str or iterable of str, default ("html",)
        "html" (`report.html`: one page that needs no network) and "png", "svg", "pdf" (each chart in `charts/`, drawn
        by Chrome or Chromium); the tables are always there as CSV, in `tables/`.
    redact : bool, default False
        Whether companies, people and own behaviors become codes and roles and free text are left out, so that every
        number stays as it is.
    as_of : date or str, optional
        The day that counts as today; by default today.
    start, end : date or str, optional
        Add the list of activities between two days, one of which can be left out. Charts and notes are of all
        interviews all the same, but with `only_period`.
    only_period : bool, default False
        Whether charts and notes are of the days from `start` to `end` alone.
    charts : str or iterable of str, optional
        The sections, by default all: behaviors, trend, stages, paths, waiting, habit, calibration.
    with_notes : bool, default False
        Whether the notes and open interviews are added.
    questions, contacts, follow_ups : pandas.DataFrame, optional
        Further tables for `with_notes`, as a journal has them.
    remark : str, optional
        What is said at the top.
    title : str, optional
        What the report is called, such as the name of whose it is; also where `redact` hides names.
    with_interviews : bool, default False
        Whether the interviews themselves are added, as `tables/interviews.csv`, so that a coach's kit reads them like
        any other; only with `redact`.
    focus, focus_since : str and date or str, optional
        The behavior that is worked on and the day on which it was chosen, as `Journal.focus` and `Journal.focus_since`
        keep them; by default as the interviews' column `focus` says.
    progress : callable, optional
        Called with how many steps are done, how many there are, and what was done.

    Returns
    -------
    list of pathlib.Path
        The files of the report.

    Raises
    ------
    ValueError
        For arguments and values that cannot be read.
    ReportError
        Where the disk refuses, or where images cannot be made and all else was written.

    Warns
    -----
    FontWarning
        Names letters of the pictures that no font on this computer has.

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> with TemporaryDirectory() as folder:
    ...     files = ik.save_report(interviews, Path(folder, "report"), charts="trend", as_of="2026-11-20")
    >>> [file.name for file in files]
    ['report.html', 'trend.csv']
    """
    kinds = checked_formats(formats)
    report = contents.compose(
        frame,
        redact=redact,
        as_of=as_of,
        start=start,
        end=end,
        only_period=only_period,
        charts=charts,
        with_notes=with_notes,
        linked={"questions": questions, "contacts": contacts, "follow_ups": follow_ups},
        remark=remark,
        title=title,
        with_interviews=with_interviews,
        focus=focus,
        focus_since=focus_since,
    )
    warn_of_fonts(drawn_texts(report, kinds))
    return write_report(report, folder, kinds, progress or (lambda done, total, what: None))


def warn_of_fonts(texts: Iterable[str]) -> None:
    """Warn whoever called the kit of letters in a picture that cannot be drawn here."""
    if said := fonts.warning(texts):
        warnings.warn(said, FontWarning, stacklevel=3)


def font_warning(report: Report, formats: Iterable[str]) -> str:
    """Return a warning of letters in a report's pictures before they are made, empty where all can be drawn."""
    return fonts.warning(drawn_texts(report, formats))


def drawn_texts(report: Report, formats: Iterable[str]) -> list[str]:
    """Return the texts in a report's pictures that are drawn with the fonts of this computer."""
    sections = report.sections if DRAWN_HERE & set(formats) else ()
    return [text for section in sections for text in fonts.texts_of(picture(section))]


def checked_formats(formats: Iterable[str] | str) -> list[str]:
    """Return the formats, each once; ValueError names one that there is not."""
    kinds = list(dict.fromkeys([formats] if isinstance(formats, str) else formats))
    for kind in kinds:
        if kind not in FORMATS:
            raise ValueError(f"formats names {kind!r}; a report can be {', '.join(FORMATS)}")
    if not kinds:
        raise ValueError(f"formats is empty; name at least one of {', '.join(FORMATS)}")
    return kinds


def write_report(report: Report, folder: str | os.PathLike, formats: list[str], progress: Callable) -> list[Path]:
    """Write a composed report and return the paths; `ReportError` at the end where the images could not be made."""
    with disk_errors(f"the folder {folder} cannot be looked into"):
        place, failed = export.free_place(Path(folder).expanduser()), ""
    with_plot = [section for section in report.sections if section.plot]
    wanted = [(section, kind) for section in with_plot for kind in formats if kind in images.FORMATS]
    total = len(wanted) + 1
    with disk_errors(f"the report cannot be written to {place}"), export.atomic_folder(place) as temporary:
        write_words(report, temporary, formats)
        progress(1, total, "the tables" if "html" not in formats else "the page and the tables")
        try:
            write_images(wanted, temporary, lambda done, what: progress(done + 1, total, what))
        except images.ImageError as error:
            failed = str(error)
    written = sorted((path for path in place.rglob("*") if path.is_file()), key=lambda path: (len(path.parts), path))
    if failed:
        raise ReportError(f"{sentence(failed)} Everything else is in {place}.", written)
    return written


def write_words(report: Report, folder: Path, formats: list[str]) -> None:
    """Write the page, where it is wanted, and the tables."""
    if "html" in formats:
        export.write(folder / "report.html", page.page(report).encode("utf-8", "replace"))
    lists = {"activities": report.activities, "still_open": report.open, "interviews": report.handed_over}
    for name, table in ({section.name: section.table for section in report.sections} | lists).items():
        if table is not None:
            export.write(folder / "tables" / f"{name}.csv", export.csv_bytes(table))


def write_images(wanted: list, folder: Path, tell: Callable[[int, str], None]) -> None:
    """Write each section's chart in each format, once all of them are drawn."""
    figures = [(picture(section), kind) for section, kind in wanted]
    drawn = []
    for (section, kind), raw in zip(wanted, images.images(figures), strict=True):
        drawn.append((folder / "charts" / f"{section.name}.{kind}", raw))
        tell(len(drawn), f"{section.name}.{kind}")
    for path, raw in drawn:
        export.write(path, raw)


def picture(section: Study) -> "go.Figure":
    """Return a section's chart as it stands alone: below its title and its sentence."""
    return titled(page.drawn(section), section.title, section.sentence)


@contextmanager
def disk_errors(what: str, end: str = "nothing was written") -> Generator[None]:
    """Raise what the disk refuses as a `ReportError`."""
    try:
        yield
    except OSError as error:
        raise ReportError(sentence(f"{what}: {error.strerror or error}; {end}")) from None


def sentence(text: str) -> str:
    """Return words as a sentence of its own."""
    return f"{capitalized(text)}."

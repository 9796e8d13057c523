"""What helps with each kind of problem: the option to type in a terminal, and what to do on screen."""

from enum import StrEnum
from typing import NamedTuple

from interview_kit.importing.problems import BLANK, Kind


class About(StrEnum):
    """What is asked about; `NOTHING` where there is only something to look at."""

    COLUMN = "column"
    WORD = "word"
    EVENT = "event"
    DATES = "dates"
    NOTHING = "nothing"


class Remedy(NamedTuple):
    """What is asked about, when an answer is called for, the option that gives it, and how it is given on screen."""

    about: About
    when: str
    option: str = ""
    on_screen: str = ""

    @property
    def typed(self) -> str:
        """What to do in a terminal."""
        return ", ".join(filter(None, [self.when, self.option and f"add {self.option}"]))

    @property
    def shown(self) -> str:
        """What to do on screen, nothing where the question itself asks for it."""
        return ", ".join(filter(None, [self.when, self.on_screen])) if self.on_screen or not self.option else ""


def of_column(when: str, field: str, column: str = "{column}", on_screen: str = "choose so") -> Remedy:
    """Return the remedy of a column that may be a field."""
    return Remedy(About.COLUMN, when, f"--map {column}={field}", on_screen)


# In braces: what is taken from the problem.
REMEDIES = {
    Kind.DAY_ORDER: Remedy(About.DATES, "", "--day-first or --month-first"),
    Kind.NO_YEAR: Remedy(About.DATES, "", "--year {year}"),
    Kind.COLUMN: Remedy(
        About.COLUMN,
        "if it is",
        "--map {column}=company; if another column is, name that one instead",
        "have “Company” here; if another column is, have it there",
    ),
    Kind.SECOND_STATUS: of_column("if it is the one", "status"),
    Kind.DATE_COLUMN: of_column("if it is the day of an interview", "interviewed_on"),
    Kind.SAME_DATE: of_column("if these were interviews", "interviewed_on"),
    Kind.ROUND_COLUMN: of_column("if it tells of a round or an outcome", "round"),
    Kind.NO_ROUND: of_column("if it is none", "notes", on_screen="keep it in the notes"),
    Kind.WORD: Remedy(About.WORD, "", "--word {value}=rejected, or another meaning"),
    Kind.GUESSED_WORD: Remedy(About.WORD, "if it means something else", "--word {value}=nothing, or another meaning"),
    Kind.NOT_TOLD: Remedy(
        About.WORD, "if it was", f'--word "{BLANK}=applied"; if it was not, add --word "{BLANK}=not applied"'
    ),
    Kind.COMPANY: Remedy(About.EVENT, "", "--company {value}=Acme"),
    Kind.OTHER_EVENTS: Remedy(About.EVENT, "if one was", '--company "TITLE=Acme"'),
    Kind.PASSED: Remedy(
        About.NOTHING,
        "if it is still to be written down",
        "--word {value}=planned",
        'say below, where the words are, that it means "planned"',
    ),
    Kind.NO_DATE: Remedy(About.NOTHING, "to have a day, write one as 2026-03-09 in the file"),
    Kind.BOUND: Remedy(About.NOTHING, "to have a day, write one as 2026-03-09 in the file"),
    Kind.CONTRADICTS: Remedy(About.NOTHING, "correct whichever of the two is wrong, and import the file again"),
}


def kinds_about(*about: About) -> list[Kind]:
    """Return the kinds of problems that ask about some things."""
    return [kind for kind, remedy in REMEDIES.items() if remedy.about in about]

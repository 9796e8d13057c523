"""What the kit says of the sample and of some strange records: `uv run python -m tests.golden` writes it down anew.

Tables, sentences and figures stand in `tests/golden/`, a file for each kind of records, so that a change of the code
that is meant to change nothing is seen to change nothing, and one that is meant to is read as a difference.
"""

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

import interview_kit as ik
from interview_kit.frame.held import held
from interview_kit.patterns import LOOKS, fine_print, headline
from interview_kit.report.contents import compose

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "golden"
TODAY = "2026-11-20"
DIGITS = 9  # of a number; the last ones are the processor's
HABIT = "did_ask_questions_at_end"


def sample() -> pd.DataFrame:
    """Return the invented sample, with what is planned in it."""
    return ik.load_interviews(ROOT / "data" / "sample" / "interviews.csv")


def three_answers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what someone has after some weeks: three answers, and two that are to come."""
    answered = frame[frame["outcome"].isin(["callback", "offer", "rejected"]) & (frame["stage"] != "applied")]
    return pd.concat([answered.head(3), frame[frame["outcome"] == "pending"].head(2)])


def several_people(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the sample as that of three people, one of them without a name."""
    return frame.assign(person=[("Ada", "Bo", "")[at % 3] for at in range(len(frame))])


def without_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the sample with every other day missing, of the interview and of the answer."""
    every_other = [at % 2 == 0 for at in range(len(frame))]
    return frame.assign(**{name: frame[name].mask(every_other) for name in ("interviewed_on", "outcome_on")})


RECORDS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "sample": lambda frame: frame,
    "none": lambda frame: frame.head(0),
    "three_answers": three_answers,
    "several_people": several_people,
    "without_days": without_days,
    "all_pending": lambda frame: frame.assign(outcome="pending", outcome_on=pd.NaT),
    "all_called_back": lambda frame: frame.assign(outcome="callback"),
    "applications": lambda frame: frame.assign(stage="applied"),
    "own_stages": lambda frame: frame.assign(stage=frame["stage"].replace({"screen": "coffee chat", "onsite": "=1+1"})),
    "one_behavior": lambda frame: frame[[*frame.columns[:15], HABIT]].assign(outcome=frame["outcome"]),
}
STUDIES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "compare_behaviors": lambda frame: ik.compare_behaviors(frame, as_of=TODAY),
    "compare_behaviors by stage": lambda frame: ik.compare_behaviors(frame, by="stage", as_of=TODAY),
    "compare_behaviors to the outcome offer": lambda frame: ik.compare_behaviors(frame, outcome="offer", as_of=TODAY),
    "focus_question": lambda frame: ik.focus_question(frame, HABIT, as_of=TODAY, looks=LOOKS),
    "by_group": lambda frame: ik.by_group(frame, HABIT, as_of=TODAY),
    "behavior_pairs": ik.behavior_pairs,
    "outcome_trend": lambda frame: ik.outcome_trend(frame, as_of=TODAY),
    "habit_trend": lambda frame: ik.habit_trend(frame, HABIT),
    "stage_conversion": lambda frame: ik.stage_conversion(frame, as_of=TODAY),
    "waiting_curve": lambda frame: ik.waiting_curve(frame, as_of=TODAY),
    "pending_chances": lambda frame: ik.pending_chances(frame, as_of=TODAY),
    "chance_calibration": lambda frame: ik.chance_calibration(frame, as_of=TODAY),
    "debrief_delay": ik.debrief_delay,
    "focus_progress": lambda frame: ik.focus_progress(frame, HABIT, as_of=TODAY),
}
CHARTS = {
    "compare_behaviors": ik.plot_behaviors,
    "outcome_trend": ik.plot_trend,
    "habit_trend": ik.plot_habit,
    "stage_conversion": ik.plot_stages,
    "waiting_curve": ik.plot_waiting,
    "chance_calibration": ik.plot_calibration,
}


def said_of(name: str) -> dict:
    """Return all that is said of some records, as JSON can hold it."""
    themes = ("light", "dark") if name == "sample" else ("light",)
    frame = sample() if name == "sample" else held(sample())  # an outcome that is set would make them take place
    return plain(dict(everything(RECORDS[name](frame), themes)))


def everything(frame: pd.DataFrame, themes: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    """Yield each study's table with what it says, its figure in some themes, and what a report says."""
    for name, study in STUDIES.items():
        table = answer(study, frame)
        yield name, table if isinstance(table, str) else told(table)
        if name in CHARTS and not isinstance(table, str):
            for theme in themes:
                figure = answer(lambda table=table, name=name: CHARTS[name](table, dark=theme == "dark"))  # noqa: B023
                yield f"{name}, {theme}", figure if isinstance(figure, str) else drawn(figure)
    yield "report", answer(lambda: reported(frame))


def answer(ask: Callable, *given: object):
    """Return what is answered, or the sentence of the refusal."""
    try:
        return ask(*given)
    except ValueError as error:
        return f"{type(error).__name__}: {error}"


def told(table: pd.DataFrame) -> dict:
    """Return a table with what hangs on it."""
    said = {"columns": list(table.columns), "rows": table.to_dict("records"), "attrs": table.attrs}
    if "best_guess" in table and "behavior" in table:
        said |= {"headline": headline(table), "fine print": fine_print(table)}
    return said


def drawn(figure) -> dict:
    """Return a figure without what Plotly's release brings along."""
    found = json.loads(figure.to_json())
    found["layout"].pop("template", None)
    return found


def reported(frame: pd.DataFrame) -> list:
    """Return what the sections of a report say."""
    made = compose(frame, as_of=TODAY)
    return [
        [part.name, part.title, part.sentence, part.columns, part.rows, part.remarks, part.note]
        for part in made.sections
    ]


def plain(value: object):
    """Return a value as JSON holds it, its numbers to some digits."""
    if isinstance(value, dict):
        return {str(key): plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(held) for held in value]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return rounded(value)
    return value if value is None or isinstance(value, (str, int)) else str(value)


def rounded(number: float) -> float | str:
    """Return a number to some digits; what JSON has no word for, as a word."""
    return float(f"{number:.{DIGITS}g}") + 0.0 if math.isfinite(number) else str(number)


def written(name: str) -> str:
    """Return the text of a file of `tests/golden/`: a line for each thing that is said."""
    lines = (f" {json.dumps(key)}: {json.dumps(held, ensure_ascii=False)}" for key, held in said_of(name).items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Write down anew what is said of each kind of records."""
    FOLDER.mkdir(exist_ok=True)
    for name in RECORDS:
        (FOLDER / f"{name}.json").write_text(written(name), encoding="utf-8")


if __name__ == "__main__":
    main()

"""One row for each person: how it goes, what waits, what is late."""

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from interview_kit import schema, stats
from interview_kit.clients.reading import Clients
from interview_kit.frame.arguments import DayLike, checked_date
from interview_kit.frame.columns import coded, dates, texts
from interview_kit.frame.groups import people
from interview_kit.frame.held import is_not_held
from interview_kit.frame.outcomes import INCLUDE, read_outcomes, read_records
from interview_kit.frame.tables import framed, with_attrs
from interview_kit.frame.unanswered import unanswered
from interview_kit.journal.focus import latest_focus
from interview_kit.words import day, listed, percent, plausible, plural

if TYPE_CHECKING:
    import pandas as pd

WITHIN_DAYS = 30
FEWEST_UNANSWERED = 5  # interviews of which none has an answer, from which on that is strange
UNDATED = "No interview of {names} has a date, so what is overdue there cannot be told, and a rate says little."
UNANSWERED = "No answer is noted for {names}, so a rate of 0% there may only mean that nobody wrote the answers down."
COLUMNS = {  # with what each holds
    "person": object,
    "interviews": np.int64,
    "callbacks": np.int64,
    **{"rate": float, "ci_low": float, "ci_high": float},
    "last_on": "M8[D]",
    "waiting": np.int64,
    "overdue": np.int64,
    "focus": object,
    "sentence": object,
}


def client_overview(frame: "pd.DataFrame | Clients", *, as_of: DayLike = None) -> "pd.DataFrame":
    """Return one row for each person, those with most that is overdue first.

    Parameters
    ----------
    frame : pandas.DataFrame or Clients
        Interviews with a column `person`, as `load_interviews` returns them of a folder; or the `Clients`, whose
        follow-ups and chosen focuses then count, too.
    as_of : date or str, optional
        The day that counts as today; by default today.

    Returns
    -------
    pandas.DataFrame
        One row for each person:

        - `person`: the name
        - `interviews`: how many took place until `as_of`; mere applications are none
        - `callbacks`: of how many the answer was yes within 30 days
        - `rate`, `ci_low`, `ci_high`: of those that were held 30 days ago or are decided, the fraction called back, and
          its interval at 95%; missing where there is none
        - `last_on`: the day of the latest interview
        - `waiting`: how many have no answer yet, as in `pending_chances`
        - `overdue`: answers that were promised for an earlier day, planned interviews whose day is past, and follow-ups
          that were to be done on an earlier day
        - `focus`: the behavior that they work on, "" for none
        - `sentence`: the same in words

        `attrs`: `sentence`; `counted`, of how many interviews each row's rate is; `differ`, whether the rates differ by
        more than luck explains; `shrunken`, for each row the rate pulled toward that of all, by which people can be put
        into an order; `as_of`.

    Raises
    ------
    ValueError
        For values that cannot be read.

    Notes
    -----
    Rates: Wilson (1927). Of thirty people with the same chance some will have three times the rate of others, by luck
    alone. Whether the rates differ by more is tested exactly, given how many interviews each has and how many callbacks
    there are in all: chi-square among 1,999 random tables, at 5% (Hope 1968). Shrunken rates are those of a
    beta-binomial whose spread is the intraclass correlation (Donner 1986).

    Examples
    --------
    >>> import interview_kit as ik
    >>> from interview_kit.places import SAMPLE
    >>> interviews = ik.load_interviews(SAMPLE)
    >>> several = interviews.assign(person=["client01", "client02"] * (len(interviews) // 2))
    >>> overview = ik.client_overview(several, as_of="2026-11-03")
    >>> print(overview[["person", "interviews", "callbacks", "waiting", "overdue"]].to_string(index=False))
      person  interviews  callbacks  waiting  overdue
    client01          35         10        2        0
    client02          31         11        2        0
    """

    today = checked_date(as_of)
    interviews = frame.interviews() if isinstance(frame, Clients) else frame
    rows = rows_of(interviews, today)
    if isinstance(frame, Clients):
        named = {row["person"] for row in rows}
        rows = with_plans(rows + [no_interviews(name) for name in frame.people if name not in named], frame, today)
    rows.sort(key=lambda row: (-row["overdue"], -row["waiting"], row["person"].casefold()))
    called, counted = (np.array([row[name] for row in rows], int) for name in ("callbacks", "counted"))
    for row, *rate in zip(rows, *stats.rates(called, counted).values(), strict=True):
        row.update(zip(("rate", "ci_low", "ci_high"), rate, strict=True))
        row["sentence"] = row_sentence(row)
    table = framed({name: np.array([row[name] for row in rows], dtype) for name, dtype in COLUMNS.items()}, {})
    differ = bool(stats.homogeneity_p(called, counted) <= 0.05)
    attrs: dict = {"sentence": overview_sentence(table, called, counted, differ=differ), "differ": differ}
    attrs |= {"counted": counted.tolist(), "shrunken": shrunken(called, counted), "as_of": today}
    return with_attrs(table, attrs)


def rows_of(frame: "pd.DataFrame", today: date) -> list[dict[str, Any]]:
    """Return what the interviews of each person come to, one after the other."""
    if frame.empty:
        return []
    records, judged = read_records(frame, today), read_outcomes(frame, None, WITHIN_DAYS, today, INCLUDE)
    absent = coded(frame, "outcome", is_not_held, 0, bool)
    held = ~(absent | records.applied | records.not_yet)
    waiting = unanswered(frame, records)[0]
    now = np.datetime64(today, "D")
    planned = coded(frame, "outcome", lambda value: schema.parse_value("outcome", value) == "planned", 0, bool)
    overdue = (waiting & (dates(frame, "answer_by") < now)) | (planned & (records.day < now))
    who, names, focus = people(frame), texts(frame, "person"), texts(frame, "focus")
    rows = []
    for code in np.unique(who):
        mine = who == code
        days = records.day[mine & held & ~np.isnat(records.day)]
        rows.append(
            {
                "person": str(names[mine][0]),
                "interviews": int(np.count_nonzero(mine & held)),
                "callbacks": int(np.count_nonzero(judged.called & mine & ~absent)),
                "counted": int(np.count_nonzero(judged.known & mine & ~absent)),
                "last_on": days.max() if days.size else np.datetime64("NaT", "D"),
                "waiting": int(np.count_nonzero(mine & waiting)),
                "overdue": int(np.count_nonzero(mine & overdue)),
                "focus": latest_focus(focus[mine], records.day[mine]),
            }
        )
    return rows


def no_interviews(person: str) -> dict[str, Any]:
    """Return the row of someone whose file holds no interview yet."""
    nothing = dict.fromkeys(("interviews", "callbacks", "counted", "waiting", "overdue"), 0)
    return {"person": person, **nothing, "last_on": np.datetime64("NaT", "D"), "focus": ""}


def with_plans(rows: list[dict[str, Any]], clients: Clients, today: date) -> list[dict[str, Any]]:
    """Return people's rows with the follow-ups that were to be done by now, and the focus that each of them chose."""
    follow_ups, chosen = clients.follow_ups(), clients.chosen_focuses()
    is_late = follow_ups["done_on"].isna() & (follow_ups["due_on"] < str(today))
    late = follow_ups["person"][is_late].value_counts().to_dict()
    return [
        row
        | {
            "overdue": row["overdue"] + late.get(row["person"], 0),
            "focus": chosen.get(row["person"], row["focus"]),
        }
        for row in rows
    ]


def shrunken(called: np.ndarray, counted: np.ndarray) -> list[float]:
    """Return each person's rate pulled toward that of all, the more the fewer interviews there are."""
    if not counted.sum():
        return [0.0] * counted.size
    alike, mean = stats.intraclass_correlation(called, counted), called.sum() / counted.sum()
    if alike <= 0:
        return [float(mean)] * counted.size
    weight = (1 - alike) / alike
    return [float((x + weight * mean) / (n + weight)) for x, n in zip(called, counted, strict=True)]


def row_sentence(row: dict[str, Any]) -> str:
    """Return a person's row in words."""
    if not row["interviews"]:
        return "No interview yet."
    if row["counted"]:
        rate = (
            f"{row['callbacks']} of {row['counted']} called back: {percent(row['rate'])}, plausibly {plausible(row)}."
        )
    else:
        rate = f"{plural(row['interviews'], 'interview')}, none decided yet."
    waits = "1 waits for an answer" if row["waiting"] == 1 else f"{row['waiting']} wait for an answer"
    more = [waits] * bool(row["waiting"]) + [f"{row['overdue']} overdue"] * bool(row["overdue"])
    is_dated = not np.isnat(row["last_on"])
    last = f"Last interview on {day(row['last_on'].item())}." if is_dated else "No interview has a date."
    return " ".join(filter(None, [rate, f"{', '.join(more)}." if more else "", last]))


def overview_sentence(table: "pd.DataFrame", called: np.ndarray, counted: np.ndarray, *, differ: bool) -> str:
    """Return what the table says of all."""
    if table.empty:
        return "Nobody's interviews are here yet."
    many = plural(len(table), "person", "people")
    late = table[table["overdue"] > 0]
    undated = table[is_undated(table)]
    overdue = "" if len(undated) else "Nothing is overdue."
    if len(late):
        overdue = f"Overdue: {listed(late['person'][:3], len(late))}."
    parts = [f"{many}, {plural(int(table['interviews'].sum()), 'interview')}.", *filter(None, [overdue])]
    if len(undated):
        parts.append(UNDATED.format(names=listed(undated["person"][:3], len(undated))))
    unanswered = table[(counted >= FEWEST_UNANSWERED) & (table["waiting"] == table["interviews"])]
    if len(unanswered):
        parts.append(UNANSWERED.format(names=listed(unanswered["person"][:3], len(unanswered))))
    if np.count_nonzero(counted) > 1:
        parts.append(differ_words(int(called.sum()), int(counted.sum()), differ=differ))
    return " ".join(parts)


def is_undated(table: "pd.DataFrame") -> "pd.Series":
    """Return the mask of people who have interviews, of which none has a date."""
    return (table["interviews"] > 0) & table["last_on"].isna()


def differ_words(called: int, counted: int, *, differ: bool) -> str:
    """Return whether the rates of several people differ by more than luck."""
    all_of_them = f"{called:,} of {counted:,} were called back"
    if differ:
        return f"{all_of_them}. The rates differ by more than luck explains; those of few interviews still say little."
    return f"{all_of_them}. Luck alone can explain why the rates differ: they do not say who does better."

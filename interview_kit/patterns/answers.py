"""What a table of behaviors says: its answer, and what goes with it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit import schema
from interview_kit.patterns import verdicts
from interview_kit.patterns.bets import FEWEST_INTERVIEWS, FEWEST_OF_AN_OUTCOME, bet_row, odds_to_one
from interview_kit.patterns.looks import LOOKS
from interview_kit.patterns.numbers import two_by_two
from interview_kit.patterns.words import as_gerund, as_leaving_out, number
from interview_kit.words import listed, plural, points

# What leads the answer of a table: the best bet, and which way it goes.
BET = "{lead}: {doing}, about {odds} to 1 that it goes with more callbacks, perhaps {gain} points."
BET_LEADS = {True: "Best bet so far", False: "Too early to be sure. Best bet so far, if habits matter at all"}
FIRST_LOOK = (
    "Note it in the next debriefs: once {group} interviews with it and {group} without it count, {outcome} of them "
    "called back and {outcome} not, it can be looked at.{rated}"
)
AS_GOOD = "Just as good in these records: {names}."
SAME = 1e-9
NO_BET = {
    "few": "There is not enough to compare yet. A first best bet takes {fewest} interviews that count; so far {used}.",
    "one-sided": "No best bet yet: it takes {least} callbacks and {least} interviews without one.",
    "even": "No best bet yet: nothing stands out so far.",
}
# Why nothing is flagged: the reasons of `attrs["not_judged"]`.
NOT_JUDGED = {
    "late": (
        "Nothing is singled out, since these include {late_included} written down after the answer came, which bends"
        " what one remembers."
    ),
    "part": "Nothing is singled out in a part of the interviews that is chosen while looking.",
    "early": "Behaviors are first judged at {next_look} interviews; {used} so far.",
}
LEFT_OUT = {
    "applied": ("is an application without an interview", "are applications without an interview"),
    "withdrawn": ("was withdrawn", "were withdrawn"),
    "not_yet": ("is still to come", "are still to come"),
    "too_young": ("is less than {within_days} days old", "are less than {within_days} days old"),
    "no_guess": ("has no guess", "have no guess"),
    "late": ("was written down after its answer came", "were written down after their answer came"),
    "undecided": ("has neither a date nor an answer", "have neither a date nor an answer"),
    "no_outcome": ("has no outcome", "have no outcome"),
}


def headline(table: pd.DataFrame) -> str:
    """Return the answer of a table of `compare_behaviors` in a few sentences: the best bet, and what lines up."""
    return f"{bet_sentence(table) or no_bet_sentence(table)} {comparison_sentence(table)}".strip()


def no_bet_sentence(table: pd.DataFrame) -> str:
    """Return why there is no best bet yet, nothing where it is clear or never will be."""
    used, found = table.attrs.get("used", 0), table["verdict"]
    is_open = used and table.attrs.get("not_judged") != "late" and not found.isin(verdicts.LINING_UP).any()
    if len(table) < 2 or not is_open or not found.isin((verdicts.TOO_EARLY, verdicts.NOT_ENOUGH)).any():
        return ""
    callbacks = table.attrs["callbacks"]
    is_one_sided = min(callbacks, used - callbacks) < FEWEST_OF_AN_OUTCOME
    why = "few" if used < FEWEST_INTERVIEWS else "one-sided" if is_one_sided else "even"
    return NO_BET[why].format(fewest=FEWEST_INTERVIEWS, least=FEWEST_OF_AN_OUTCOME, used=used)


def ratings_sentence(names: Sequence[str]) -> str:
    """Return the sentence that names the columns of 1 and 2 that are read as ratings; empty of none."""
    if not names:
        return ""
    columns = f"{listed([f'“{schema.label(name)}”' for name in names])} hold{'s' if len(names) == 1 else ''}"
    return f"{columns} nothing but 1 and 2, which are read as ratings; yes and no are 1 and 0."


def bet_sentence(table: pd.DataFrame) -> str:
    """Return the best bet of a table with its odds, nothing where there is none."""
    row = bet_row(table)
    if row is None:
        return ""
    gain, same = abs(row["best_guess"]), as_good(table, row)
    bet = BET.format(
        lead=BET_LEADS[table.attrs["flagged"] > 0],
        doing=bet_on(row),
        odds=odds_of(row),
        gain=points(gain, 0 if gain >= 0.01 else 1 if gain >= 0.001 else 2),
    )
    return f"{bet} {AS_GOOD.format(names=listed(map(quoted, same)))}" if same else bet


def short_bet(table: pd.DataFrame) -> str:
    """Return the best bet of a table in a few words, nothing where there is none: "leaving out the coffee, 3 to 1"."""
    row = bet_row(table)
    return "" if row is None else f"{bet_on(row)}, {odds_of(row)} to 1"


def bet_on(row: dict) -> str:
    """Return the words for what the best bet is on: doing it, or leaving it out."""
    doing = as_gerund if row["probability"] > 0.5 else as_leaving_out
    return doing(row["behavior"], row["kind"])


def odds_of(row: dict) -> int:
    """Return the odds of the best bet, to 1."""
    return odds_to_one(max(row["probability"], 1 - row["probability"]))


def as_good(table: pd.DataFrame, row: dict) -> list[str]:
    """Return the other behaviors that come out just like the best bet: the records cannot tell them apart."""
    alike = (table[["probability", "best_guess"]] - [row["probability"], row["best_guess"]]).abs().max(axis=1) < SAME
    return [name for name in table["behavior"][alike] if name != row["behavior"]]


def quoted(name: str) -> str:
    """Return a behavior's label in quotation marks."""
    return f"“{schema.label(name)}”"


def comparison_sentence(table: pd.DataFrame) -> str:
    """Return the sentences that name the behaviors that line up, and say what there is to say of the rest.

    Of a single behavior it is the behavior's own sentence; where nothing can be compared yet, what a first comparison
    takes.
    """
    if not len(table):
        return "There is no behavior to compare yet."
    if table.attrs.get("used") == 0:
        return "There is nothing to compare yet: no interview counts so far."
    found = table["verdict"].to_numpy(object)
    if too_few(table):
        has_begun = bet_sentence(table) or no_bet_sentence(table)
        lead = "A first verdict" if has_begun else "There is not enough to compare yet: it"
        return f"{lead} {first_comparison(table)}."
    if reason := table.attrs.get("not_judged"):
        return NOT_JUDGED[reason].format(**{str(name): value for name, value in table.attrs.items()})
    if len(table) == 1:
        return table["sentence"].iloc[0]
    rest = next_judged(table.attrs) or remaining_sentence(found)
    return f"{standing_out(table, found)} {rest}".strip()


def next_judged(attrs: dict) -> str:
    """Return the sentence of when a table in which nothing stands out is judged next; empty where it is not."""
    if attrs.get("flagged") or not attrs.get("next_look"):
        return ""
    return f"Next judged at {attrs['next_look']:,} interviews; {attrs['used']:,} so far."


def first_comparison(table: pd.DataFrame) -> str:
    """Return the words for what a first comparison takes, and how many more interviews that is at least."""
    x1, n1, x2, n2 = two_by_two({str(name): column.to_numpy() for name, column in table.items()})
    groups = np.maximum(verdicts.SMALLEST_GROUP - n1, 0) + np.maximum(verdicts.SMALLEST_GROUP - n2, 0)
    called, others = x1 + x2, n1 + n2 - x1 - x2
    outcomes = np.maximum(verdicts.SMALLEST_OUTCOME - called, 0) + np.maximum(verdicts.SMALLEST_OUTCOME - others, 0)
    more = int(np.maximum(groups, outcomes).min())
    takes = "takes 5 interviews with a behavior and 5 without it, 3 of them called back and 3 not"
    return f"{takes}: at least {number(more)} more interview{'s' if more > 1 else ''}" if more else takes


def standing_out(table: pd.DataFrame, found: NDArray) -> str:
    """Return the sentence that names the behaviors that stand out, the strongest first."""
    phrases = []
    for verdict in (verdicts.LINES_UP, verdicts.LINES_UP_WITH_NONE, *verdicts.EXPLAINING):
        rows = table[found == verdict]
        if len(rows):
            phrases.append(f"{number(len(rows))} {predicate(verdict, len(rows), table)}: {strongest_in_words(rows)}")
    return f"Of {number(len(table))} behaviors, {'; '.join(phrases) or 'none lines up with callbacks so far'}."


def predicate(verdict: str, count: int, table: pd.DataFrame) -> str:
    """Return a verdict as the end of a sentence about so many behaviors."""
    if verdict in verdicts.EXPLAINING:
        by = listed([str(name).replace("_", " ") for name in table.attrs.get("by", ["stage"])])
        return f"{'is' if count == 1 else 'are'} mostly explained by the {by}"
    return verdict if count == 1 else verdict.replace("lines", "line")


def strongest_in_words(rows: pd.DataFrame) -> str:
    """Return the behaviors of a few rows as words in a sentence, the strongest first."""
    strongest = rows.iloc[np.argsort(-rows["best_guess"].abs().to_numpy(), kind="stable")]
    words = [as_gerund(name, kind) for name, kind in zip(strongest["behavior"], strongest["kind"], strict=True)]
    return listed(words[:5], len(words))


def remaining_sentence(found: NDArray) -> str:
    """Return the sentence about the behaviors that do not stand out."""
    small = int(np.count_nonzero(found == verdicts.NOT_SIZEABLE))
    early = int(np.count_nonzero(np.isin(found, (verdicts.TOO_EARLY, verdicts.NOT_ENOUGH))))
    count = small + early
    others = f"all {number(count)}" if count == len(found) else f"the other {number(count)}"
    if small and early:
        of = "them" if count == len(found) else others
        show = "shows" if small == 1 else "show"
        return f"Of {of}, {number(small)} {show} no sizeable difference; for {number(early)} it is too early to tell."
    if small:
        return f"{others[0].upper()}{others[1:]} {'shows' if count == 1 else 'show'} no sizeable difference."
    return f"For {others} it is too early to tell." if early else ""


def fine_print(table: pd.DataFrame) -> str:
    """Return the fine print of a table: which interviews count and why others do not, and what luck alone does."""
    parts = [which_count(table.attrs), what_silence_means(table.attrs)]
    if not too_few(table):
        parts += [what_rounds_count(table), what_luck_does(table.attrs), when_judged(table.attrs)]
    return " ".join(filter(None, parts))


def too_few(table: pd.DataFrame) -> bool:
    """Say whether no behavior of a table can be compared yet."""
    return len(table) > 0 and bool((table["verdict"] == verdicts.NOT_ENOUGH).all())


def still_missing(row: dict) -> str:
    """Return the words for what a first comparison of a behavior still lacks, given its row of the table."""
    counts = {"with it": row["n_with"], "without it": row["n_without"]}
    lacking = {which: verdicts.SMALLEST_GROUP - count for which, count in counts.items()}
    words = [f"{count} {which}" for which, count in lacking.items() if count > 0]
    return " and ".join(words) or "callbacks, or interviews without one"


def first_look(row: dict | pd.Series) -> str:
    """Return what to do about a behavior that is not noted yet, and after how many interviews it can be looked at."""
    rated = " A rating of 4 or 5 counts as with it." if row["kind"] == "rating" else ""
    return FIRST_LOOK.format(group=verdicts.SMALLEST_GROUP, outcome=verdicts.SMALLEST_OUTCOME, rated=rated)


def never_noted(table: pd.DataFrame) -> str:
    """Return the sentence that names behaviors that no interview that counts has noted, empty of none."""
    silent = table[(table["n_with"] + table["n_without"]) == 0]
    names = ", ".join(schema.label(str(name)).lower() for name in silent["behavior"])
    return f"Not noted yet in an interview that counts: {names}." if names else ""


def which_count(attrs: dict) -> str:
    """Return the sentence that counts the interviews that count, and says why the others do not."""
    used, interviews = attrs["used"], attrs["interviews"]
    reasons = [(LEFT_OUT[reason], count) for reason, count in attrs["left_out"].items() if count]
    why = [f"{count:,} {words[count > 1].format(**attrs)}" for words, count in reasons]
    subject = f"{used:,} of {plural(interviews, 'interview')}"
    return f"{subject} count{'s' if used == 1 else ''}{': ' if why else ''}{listed(why)}."


def what_silence_means(attrs: dict) -> str:
    """Return the sentence about interviews that nobody has answered."""
    if attrs["within_days"] is None or not attrs["used"]:
        return ""
    return f"No answer within {attrs['within_days']} days counts as not called back."


def what_rounds_count(table: pd.DataFrame) -> str:
    """Return why several rounds of one application weigh less than as many single ones, where they do."""
    weigh_less = "design_effect" in table and (table["design_effect"] > 1).any()
    return "Rounds of one application share its luck, so they count for less." if weigh_less else ""


def what_luck_does(attrs: dict) -> str:
    """Return the sentence that counts the behaviors compared, and those that luck alone would single out."""
    compared = attrs["compared"]
    if compared == 0:
        return ""
    if compared == 1:
        return (
            "One behavior was compared; if it did not matter, luck alone would single it out in 5 of 100 such records."
        )
    begin = f"{number(compared).capitalize()} behaviors were compared."
    if attrs["looks"] is not None or attrs["not_judged"]:
        often = (
            "However often one looks, up to 160 interviews luck alone singles out any in at most 5 of 100 such records."
        )
        return f"{begin} {often}" if attrs["next_look"] in LOOKS[:4] else begin
    one_by_one = f"luck alone would single out about {attrs['by_luck']:.2g} of them taken one by one"
    together = "taken together, as here, it singles out any in at most 5 of 100 such records"
    return f"{begin} If none mattered, {one_by_one}; {together}."


def when_judged(attrs: dict) -> str:
    """Return at how many interviews it was judged, and when it is next; before that the answer says when."""
    if not attrs["judged_at"] or attrs["not_judged"] == "late":
        return ""
    following = f"next at {attrs['next_look']:,}" if attrs["next_look"] else "which was the last time"
    return f"Judged at {attrs['judged_at']:,}, {following}; {attrs['used']:,} interviews so far."

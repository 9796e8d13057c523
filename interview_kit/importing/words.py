"""What people write about how an application goes, by its meaning: the stage it is at, and what came of it."""

import difflib
import re
from functools import lru_cache
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing.days import without_accents
from interview_kit.importing.tables import either, keyed, members, table

APPLIED, NOT_APPLIED, INTERVIEW = "applied", "not applied", "interview"
SURE, LIKELY, GUESS = "sure", "likely", "a guess"
# What may be said of a word that is not understood.
ANSWERS = (*schema.OUTCOMES, *schema.STAGES, INTERVIEW, NOT_APPLIED, "nothing")


class Meaning(NamedTuple):
    """What a word says: a stage, an outcome, or both; `sure` how well it is known; neither where it is unknown."""

    stage: str = ""
    outcome: str = ""
    sure: str = ""

    @property
    def known(self) -> bool:
        """Whether the word is understood at all."""
        return bool(self.sure)

    @property
    def is_interview(self) -> bool:
        """Whether the word speaks of a round in which someone talked to the applicant, or tested them."""
        return self.stage not in ("", APPLIED, NOT_APPLIED)

    def __str__(self) -> str:
        """Return it in words: "screen, rejected"."""
        return ", ".join(filter(None, (self.stage, self.outcome))) or ("nothing" if self.sure else "not understood")


UNKNOWN = Meaning()
NOTHING = Meaning("", "", SURE)
MEANINGS = table("meanings")
BLANKS = members(MEANINGS["blanks"])
# Tried in this order on a text as `plain` returns it.
OUTCOMES = [(row["means"], either(row["patterns"])) for row in MEANINGS["outcomes"]]
CANCELLED = dict(OUTCOMES)["cancelled"]
STAGES = [(row["means"], either(row["patterns"])) for row in MEANINGS["stages"]]
# Of an interview that goes by its own name, the name is kept: "panel interview" tells more than "interview".
PLAIN_INTERVIEW = either(MEANINGS["plain_interview"])
VOCABULARY: list[str] = MEANINGS["vocabulary"]
FORMATS: dict[str, list[str]] = MEANINGS["formats"]
WHOLE_FORMATS = members(FORMATS["whole"])
TALKS_FORMAT = [(name, either(FORMATS[name])) for name in ("phone", "video", "in person")]
HAPPENED: dict[str, list[str]] = MEANINGS["happened"]
TICKS, CROSSES = members(HAPPENED["ticks"]), members(HAPPENED["crosses"])
DID = members(HAPPENED["did"])
SIGNS = keyed(MEANINGS["signs"].items())
POSTPONED, UNCLEAR = either(MEANINGS["postponed"]["patterns"]), members(MEANINGS["unclear"])
NEVER_APPLIED, TITLES = either(MEANINGS["never_applied"]["patterns"]), either(MEANINGS["titles"])
ENDS_IN_NOTES = [(row["means"], either(row["patterns"])) for row in MEANINGS["ends_in_notes"]]
DECLINED = either(MEANINGS["declined"]["patterns"])
APPLICATION, SENT = either(MEANINGS["sent"]["nouns"]), members(MEANINGS["sent"]["verbs"])
VERB = re.compile(r"(ed|[ae]t|[ae]n|ee|ise|[aiu][dt][ao])$")
PROGRAMS_BLANKS = members(MEANINGS["programs_blanks"])
NO_COMPANIES = members([*MEANINGS["no_companies"], *MEANINGS["blanks"]])
NEGATION = either(MEANINGS["negations"], r"\b({})\b")
DENIED = either(MEANINGS["negations"], r"\b({})( (been|yet|be|a|an|any))* $")  # what follows at once
NUMBERS: list[str] = MEANINGS["numbers"]
COUNT = re.compile(
    rf"\b(?P<number>\d{{1,2}}|{'|'.join(NUMBERS)}) (\w+ )?({'|'.join(MEANINGS['interviews'])})\b"
    rf"|\b(?P<rounds>\d{{1,2}}|{'|'.join(NUMBERS[1:])}) (interview )?rounds\b|\b(?P<alone>[01]) interview\b"
)
MAX_COUNT, MOST_WORDS = 15, 10
GOOD = ("callback", "offer")
NO_LETTERS, DRAWN_OUT = re.compile(r"[\W_]+"), re.compile(r"([^\W\d_])\1{2,}")
ENDS = frozenset(["offer", "rejected", "withdrawn", "no reply"])
DECIDED = ENDS | {"callback"}
DID_NOT, MISSED = members(HAPPENED["did_not"]), either(HAPPENED["missed"], r"\b({})")


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return a text as words are compared: lower case, no accents, no signs, no letter drawn out."""
    for sign in SIGNS if not text.isascii() else ():
        if sign in text:
            text = text.replace(sign, f" {SIGNS[sign]} ")
    if mark(text) in TICKS:
        return "yes"
    return DRAWN_OUT.sub(r"\1", NO_LETTERS.sub(" ", without_accents(text.casefold())).strip())


def mark(text: str) -> str:
    """Return a text that may be a tick or a cross alone, without how it is to be drawn."""
    return text.strip(" \ufe0e\ufe0f")


def is_blank(text: str) -> bool:
    """Say whether a cell holds nothing, or a sign for nothing."""
    return not text or (len(text) <= 14 and plain(text) in BLANKS)


TABLE = keyed(
    (plain(word), Meaning(cell.get("stage", ""), cell.get("outcome", ""), SURE))
    for cell in MEANINGS["cells"]
    for word in cell["words"]
)
KNOWN_WORDS = frozenset(word for words in TABLE for word in words.split())


@lru_cache(maxsize=50_000)
def read(text: str) -> Meaning:
    """Return what a status, stage or result says; `UNKNOWN` where nothing in it is understood."""
    words = plain(text)
    if words in BLANKS:
        return NOTHING
    if words in UNCLEAR:
        return UNKNOWN
    return TABLE.get(words) or read_sentence(text, words)


def read_sentence(text: str, words: str) -> Meaning:
    """Return what a text says that is none of the whole cells: `words` are its plain ones."""
    by_spelling = spelling(words)
    if by_spelling.known and by_spelling.outcome not in schema.NOT_HELD:  # of what is not told: a job, a talk
        return by_spelling
    if (count := count_of(text)) is not None:
        return counted(words, count)
    return in_other_words(text, " ".join(TITLES.sub(" ", words).split()))


def in_other_words(text: str, words: str) -> Meaning:
    """Return what words say by the patterns in them, or by those in them once they are spelled right."""
    found = by_pattern(words)
    if len(words.split()) > MOST_WORDS and found.outcome not in ENDS:
        return UNKNOWN  # prose, in which "call" or "interview" may be anyone's, and still to come
    if found.stage and found.stage == words:
        return found._replace(stage=spelled(text, words))
    if (found.stage and found.outcome) or len(words.split()) > 8:
        return found
    mended = " ".join(fix_spelling(word) for word in words.split())
    better = UNKNOWN if mended == words else TABLE.get(mended) or by_pattern(mended)
    if better.known and (not found.known or (better.stage and better.outcome)):
        return better._replace(sure=GUESS)
    return found


def spelled(text: str, name: str) -> str:
    """Return a name that was made plain as a text spells it, with its accents: "zweitgespräch"."""
    tokens, plain_ones = re.findall(r"[^\W_]+", text.casefold()), name.split()
    size = len(plain_ones)
    starts = (at for at in range(len(tokens) - size + 1) if [*map(plain, tokens[at : at + size])] == plain_ones)
    at = next(starts, None)
    return name if at is None else " ".join(tokens[at : at + size])


@lru_cache(maxsize=50_000)
def count_of(text: str) -> int | None:
    """Return how many interviews a text says that there were: "Offer, 4 interviews"; None where it says no number."""
    match = COUNT.search(plain(text))
    if match is None:
        return None
    said = match["number"] or match["rounds"] or match["alone"]
    count = NUMBERS.index(said) if said in NUMBERS else int(said)
    return count if count <= MAX_COUNT else None


def counted(words: str, count: int) -> Meaning:
    """Return what a text says beside its count of interviews."""
    rest = re.sub(r"^(after|with|and|had)\b|\b(after|with|and|had)$", "", COUNT.sub("", words, count=1).strip()).strip()
    said = read(rest) if rest else Meaning("", "", LIKELY)
    if not said.known:
        return by_pattern(words)
    stage = said.stage if said.is_interview else INTERVIEW if count else said.stage or APPLIED
    return Meaning(stage, said.outcome, LIKELY)


@lru_cache(maxsize=50_000)
def spelling(words: str) -> Meaning:
    """Return the meaning of a spelling that the records themselves take."""
    for kind in ("outcome", "stage"):
        try:
            value = schema.one_of(kind)(words)
        except ValueError:
            continue
        return Meaning(outcome=value, sure=SURE) if kind == "outcome" else Meaning(stage=value, sure=SURE)
    return UNKNOWN


def by_pattern(words: str) -> Meaning:
    """Return what the words of a longer text say together: "rejected after phone screen" says two things."""
    found = next(((outcome, match) for outcome, pattern in OUTCOMES if (match := pattern.search(words))), None)
    outcome = found[0] if found else None
    if outcome != "offer" and NEVER_APPLIED.search(words):
        return Meaning(NOT_APPLIED, "", LIKELY)
    if POSTPONED.search(words):
        return Meaning("", "pending", LIKELY)
    if outcome == "cancelled":
        return called_off(words)
    if found and is_denied(found[0], words[: found[1].start()]):
        return UNKNOWN  # the contrary may be anything
    stage = next((stage for stage, pattern in STAGES if pattern.search(words)), None)
    if outcome is None and stage is None:
        return UNKNOWN
    if stage == NOT_APPLIED and outcome not in (None, "pending"):
        stage = None
    meaning = Meaning(stage or "", outcome or "", LIKELY)
    is_guess = (outcome in GOOD or (not outcome and meaning.is_interview)) and unexplained(words)
    is_guess = is_guess or (not outcome and stage == APPLIED and has_other_verb(words))
    return with_own_name(words, meaning._replace(sure=GUESS) if is_guess else meaning)


def is_denied(outcome: str, before: str) -> bool:
    """Say whether the words before an outcome deny it: what is good wherever they do so, an end right before it."""
    if outcome in GOOD:
        return bool(NEGATION.search(before))
    return outcome in ("rejected", "withdrawn") and bool(DENIED.search(before))


@lru_cache(maxsize=5_000)
def is_doubtful(text: str) -> bool:
    """Say whether a text is understood by some of its words while others may say the contrary."""
    words = plain(text)
    return words not in TABLE and by_pattern(words).sure == GUESS


def unexplained(text: str) -> list[str]:
    """Return the longer words of a name that are part of nothing that tells a stage or an outcome."""
    words = re.sub(r"\bwith\b.*", "", plain(text))  # with whom is no matter
    spans = [match.span() for _, pattern in (*OUTCOMES, *STAGES, *TALKS_FORMAT) for match in pattern.finditer(words)]
    return [
        match[0]
        for match in re.finditer(r"[^\W\d_]{5,}", words)
        if match[0] not in KNOWN_WORDS
        and match[0] not in VOCABULARY
        and not any(begin < match.end() and match.start() < end for begin, end in spans)
    ]


def has_other_verb(words: str) -> bool:
    """Say whether a verb stands beside the word for an application that may say how it ended."""
    verbs = [word for word in unexplained(words) if VERB.search(word) and word not in SENT]
    return bool(verbs and APPLICATION.search(words))


def called_off(words: str) -> Meaning:
    """Return which interview was called off, by the words without those that say so."""
    left = CANCELLED.sub(lambda match: match["before"] or match["after"], words)
    stage = next((stage for stage, pattern in STAGES if pattern.search(left)), INTERVIEW)
    return Meaning(INTERVIEW if stage in (APPLIED, NOT_APPLIED) else stage, "cancelled", LIKELY)


def with_own_name(words: str, meaning: Meaning) -> Meaning:
    """Return the meaning with an interview's own name, where it has a short one."""
    if meaning.stage != INTERVIEW or PLAIN_INTERVIEW.match(words) or len(words.split()) > 4 or meaning.outcome:
        return meaning
    return meaning._replace(stage=words)


@lru_cache(maxsize=5_000)
def fix_spelling(word: str) -> str:
    """Return the word that a misspelled or cut one stands for."""
    if len(word) < 4 or word in VOCABULARY or word in KNOWN_WORDS:
        return word
    begun = [known for known in VOCABULARY if len(word) > 4 and known.startswith(word)]
    if begun:
        return min(begun, key=len)
    squeezed = re.sub(r"([^\W\d_])\1+", r"\1", word)
    close = difflib.get_close_matches(word, VOCABULARY, n=1, cutoff=0.8)
    close = close or difflib.get_close_matches(squeezed, VOCABULARY, n=1, cutoff=0.85)
    return close[0] if close else word


@lru_cache(maxsize=50_000)
def end_in_note(text: str) -> str:
    """Return the end of an application that a note tells in so many words, else nothing."""
    said = plain(text)
    return next((outcome for outcome, pattern in ENDS_IN_NOTES if pattern.search(said)), "")


def answered(answer: str) -> Meaning:
    """Return what someone said that a word means; `ValueError` names what can be said."""
    if answer not in ANSWERS:
        raise ValueError(f"{answer!r} is no meaning; a word can mean one of {', '.join(ANSWERS)}")
    if answer == "nothing":
        return NOTHING
    if answer in schema.NOT_HELD:
        return Meaning(INTERVIEW, answer, SURE)
    return Meaning(outcome=answer, sure=SURE) if answer in schema.OUTCOMES else Meaning(stage=answer, sure=SURE)


@lru_cache(maxsize=5_000)
def is_declined(text: str) -> bool:
    """Say whether a text beside an offer says that the applicant did not take it."""
    return bool(DECLINED.search(plain(text)))


# The cell of a column that stands for one round or one outcome: did it happen?


@lru_cache(maxsize=50_000)
def happened(text: str) -> bool | None:
    """Return whether a round's cell says that it took place: True, False, or None where it says something else."""
    words, alone = plain(text), mark(text)
    if alone in TICKS or words in DID:
        return True
    if alone in CROSSES or words in BLANKS or words in DID_NOT or MISSED.search(words):
        return False
    return None


@lru_cache(maxsize=5_000)
def read_format(text: str, *, strictly: bool = False) -> str:
    """Return the format that a text names: phone, video, in person, or nothing.

    `strictly` takes only words that name a format and nothing else: an onsite round may well be held by video.
    """
    words = plain(text)
    found = next((name for name, pattern in TALKS_FORMAT if pattern.search(words)), "")
    loose = re.search(r"\b(virtual|online|remote|on ?site|office|in house)\b", words)
    return "" if strictly and loose else found

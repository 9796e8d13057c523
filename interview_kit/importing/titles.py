"""What the title of a calendar's event says: whether it is an interview of one's own, which stage, at which company."""

# ruff: noqa: SIM905 - a table of words reads best as text

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing import words
from interview_kit.importing.aliases import TRADES

# Both on the plain text of `words.plain`: small letters, no accents, no signs.
INTERVIEWS = re.compile(
    r"\binterview(s|ing)?\b|\b(vorstellungs|bewerbungs|kennenlern|job)gesprach"
    r"|\bentretien (d embauche|technique|telephonique|rh)"
    r"|\bentrevista\b|\bcolloquio (di lavoro|tecnico|conoscitivo)|\bsollicitatiegesprek|\b(jobb|anstallnings)?intervju"
    r"|\brozmowa kwalifikacyjna|面试|面接"
    r"|\b(phone|recruiter|technical|tech|hr|initial|first|coding|video) screen(ing)?\b|\bscreening (call|chat)\b"
    r"|\bscreen(ing)? (with|at)\b|\bonsite\b|\bon site (visit|day|round|loop|with|at)\b|\bhiring manager\b"
    r"|\b(call|chat|meeting|conversation|talk|phone|zoom|coffee) (with|w) (\w+ ){0,3}(recruiter|talent|hr)\b"
    r"|\b(recruiter|recruiting|hr|talent acquisition) (call|chat|meeting|conversation|round)\b"
    r"|\b(final|first|second|third|1st|2nd|3rd|last|panel|technical) round\b"
    r"|\bassessment (centre|center|day)\b|\bsuper ?day\b|\bcoding (challenge|test|assessment)\b"
)
# What is done about an interview, and what others call one: phrases, since "Health Data Analyst at Visa" is a job.
OF_OTHERS = re.compile(
    r"\b(prep|prepare|preparing|preparation|practi[cs]e|practi[cs]ing|mock|rehears\w*|follow ?up|thank\w*|debrief\w*"
    r"|interviewees?|podcast|journalis\w*|newspaper|movie|film|cinema|webinar|tips|tutorial|deadline|write down"
    r"|cancel(led)? my)\b"
    r"|^(apply|study|read|watch|book)\b|\binterview(ing)? (with |of |the )?(a )?candidates?\b|\bcandidates? interview"
    r"|\binterviewer\b|\binterview(ing)? (skills?|techniques?|coaching|workshop|course|book|session)\b"
    r"|\b(workshop|course|training) (on|about|for) "
    r"|\b(radio|tv|television|press|media|users?|customers?|usability|research|exit|visa|school|parents?|health|medical"
    r"|cancer|blood|eye|dental) (study |research )?(interview|screen|screening|chat|call)s?\b"
)
STAGE_WORDS = re.compile(
    r"(?i)\b(interview(s|ing)?|phone|video|zoom|teams|call|chat|screen(ing)?|recruiter|technical|tech|coding|onsite|on-site"
    r"|final|first|second|third|1st|2nd|3rd|last|round|panel|hiring|manager|hr|with|virtual|meeting|job|test|challenge"
    r"|assessment|cent(er|re)|day|online|intro|initial|behaviou?ral|culture|fit|system|design|part|stage|upcoming|\d+)\b"
)
AFTER_AT = re.compile(r"(?:\bat|@|\bbei|\bchez|\bwith\s+[^,@]{1,40}?\s+(?:from|at|of))\s+(?P<name>[^\W\d_a-z].{0,80})")
AFTER_WITH = re.compile(r"\b(?:with|mit|avec|con)\s+(?P<name>[^\W\d_a-z].{0,80})")
# Behind "at" and "from" these stand too: where one meets, and with whom of a company that is not named.
PLACES = re.compile(
    r"(?i)\b(coffee|lunch|dinner|breakfast|caf[eé]|restaurant|hotel|office|building|campus|station|library|street|road|avenue"
    r"|floor|room|airport|cent(er|re)|hq|home|noon)\b|^(the|your|their|our|zoom|teams|google meet|meet|skype|webex)\b"
    r"|^(hr|talent|people|team|engineering|recruiting|recruitment|sales|marketing|product|data|design|finance|legal|it)$"
)
MEALS = re.compile(r"(?i)\b(coffee|lunch|dinner|breakfast)\b")
ENDS = re.compile(r"\s[-–—|/]\s|[(,|:;<>\n]|\s(?:for|with|about|re|via|on|to)\s")
PARTS = re.compile(r"\s+[-–—/]\s+|\s*[|:]\s+|\s*<>\s*|\s*[|]\s*|\s*[()]\s*")
LEGAL = re.compile(
    r"(?i)[\s,]+(inc|ltd|llc|gmbh|corp|corporation|ag|s\.?a|bv|plc|oy|ab|srl|s\.?p\.?a|pty|kg|limited|university|bank"
    r"|hospital|group|labs?)\.?$"
)
MAIL_OF_ANYONE = frozenset(
    "gmail googlemail google outlook hotmail live msn yahoo icloud me mac proton protonmail gmx web aol calendly zoom"
    " greenhouse lever ashbyhq goodtime workday myworkday smartrecruiters icims linkedin microsoft fastmail hey".split()
)


MAX_TITLE = 300  # letters that are looked at


class Named(NamedTuple):
    """The company that a title names, and whether that is sure; no name where it names none."""

    company: str = ""
    sure: bool = False


def is_interview(title: str) -> bool:
    """Say whether a title is that of an interview of one's own, and not of preparing one, or of something else."""
    plain = words.plain(title[:MAX_TITLE])
    return bool(INTERVIEWS.search(plain)) and not OF_OTHERS.search(plain)


def stage_of(title: str, company: str) -> str:
    """Return the stage that a title tells beside the company's name."""
    title = title[:MAX_TITLE]
    meaning = words.read(" ".join(title.replace(company, " ").split()) if company else title)
    known = meaning.is_interview and meaning.stage in schema.STAGES and meaning.stage != words.APPLIED
    return meaning.stage if known else words.INTERVIEW


def company_of(title: str, addresses: Sequence[str]) -> Named:
    """Return the company of an interview, by its title and by the addresses of those who invited.

    Sure is what stands behind "at", what ends as companies do, and what an address confirms.
    """
    title = title[:MAX_TITLE]
    owners = {owner for address in addresses if (owner := owner_of(address))}
    found = list(candidates(title))
    sure = next((name for name, at in found if at or LEGAL.search(name) or compact(name) in owners), "")
    word = next((word for word in re.findall(r"\w[\w&.-]*\w", title) if compact(word) in owners), "")
    if sure or word:
        return Named(sure or word, sure=True)
    return Named(found[0][0] if found else "")


def candidates(title: str) -> Iterator[tuple[str, bool]]:
    """Yield what may be the company of a title, each with whether "at" stands before it."""
    for pattern, at in ((AFTER_AT, True), (AFTER_WITH, False)):
        for match in pattern.finditer(title):
            if name := trimmed(match["name"]):
                yield name, at and not PLACES.search(name) and not MEALS.search(title)
    parts = [part for part in PARTS.split(title) if part and STAGE_WORDS.sub("", part).strip(" -,.&#")]
    left = STAGE_WORDS.sub(" ", parts[0]).strip(" -,.&#") if len(parts) == 1 else ""
    if left and (name := trimmed(" ".join(left.split()))):
        yield name, False


def trimmed(text: str) -> str:
    """Return a name up to where something else begins; nothing for a trade, which is a role."""
    name = re.split(r"\s(?:at|@)\s", ENDS.split(text, maxsplit=1)[0])[-1].strip(" -.,")
    return "" if TRADES.search(name) or len(name) < 2 else name


def owner_of(address: str) -> str:
    """Return whose an address of mail is: the name of its domain, nothing where anyone can have such an address."""
    host = address.rpartition("@")[2].strip(" >").lower().split(".")
    at = -3 if len(host) > 2 and host[-2] in ("co", "com", "org", "ac", "net", "gov") else -2
    owner = host[at] if len(host) >= -at else ""
    return "" if owner in MAIL_OF_ANYONE else compact(owner)


def compact(name: str) -> str:
    """Return a company's name as its domain spells it."""
    return re.sub(r"[\W_]", "", LEGAL.sub("", name).casefold())

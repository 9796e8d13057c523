"""What the title of a calendar's event says: whether it is an interview of one's own, which stage, at which company."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing import words
from interview_kit.importing.aliases import TRADES
from interview_kit.importing.tables import either, members, table

TITLES = table("titles")
INTERVIEWS, OF_OTHERS = either(TITLES["interviews"]), either(TITLES["of_others"])
MAIL_OF_ANYONE = members(TITLES["mail_of_anyone"])
WRITTEN: dict[str, list[str]] = TITLES["written"]
STAGE_WORDS, MEALS = (either(WRITTEN[name], r"(?i)\b({})\b") for name in ("stages", "meals"))
PLACES, LEGAL = either(WRITTEN["places"], "(?i){}"), either(WRITTEN["legal"], r"(?i)[\s,]+({})\.?$")
AFTER_AT = re.compile(r"(?:\bat|@|\bbei|\bchez|\bwith\s+[^,@]{1,40}?\s+(?:from|at|of))\s+(?P<name>[^\W\d_a-z].{0,80})")
AFTER_WITH = re.compile(r"\b(?:with|mit|avec|con)\s+(?P<name>[^\W\d_a-z].{0,80})")
ENDS = re.compile(r"\s[-–—|/]\s|[(,|:;<>\n]|\s(?:for|with|about|re|via|on|to)\s")
PARTS = re.compile(r"\s+[-–—/]\s+|\s*[|:]\s+|\s*<>\s*|\s*[|]\s*|\s*[()]\s*")
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

"""What people write about how an application goes, by its meaning: the stage it is at, and what came of it."""

# ruff: noqa: E501, SIM905 - tables of words read best with one meaning a line

import difflib
import re
from functools import lru_cache
from typing import NamedTuple

from interview_kit import schema
from interview_kit.importing.days import without_accents

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
BLANKS = frozenset(
    "|n a|na|none|null|nan|nil|unknown|not available|not applicable|tbd|undefined|nat|not provided|not specified"
    "|not stated|unspecified|not provided in the email|not specified in the email".split("|")
)

# Whole cells, in lower case without accents or signs. More are understood by the patterns below.
CELLS = {
    (NOT_APPLIED, ""): (
        "inte sokt|da inviare|a enviar|saved|watching|watchlist|not complete|not completed|incomplete|applying|preparing|prospect|drafted|to be applied|bookmarked|bookmark|wishlist|wish list|to apply|not applied|not yet applied|not started|draft|drafting"
        "|interested|researching|research|ready to apply|planned|planning to apply|will apply|considering|lead|found"
        "|working on|in preparation|todo|to do|merkliste|geplant|a postuler|por aplicar|backlog|target|shortlist me"
    ),
    (APPLIED, ""): (
        "applied|application|application sent|application submitted|submitted|sent|apply|emailed|easy applied|easy apply"
        "|cv sent|resume sent|auto applied|already applied|appl|beworben|bewerbung|bewerbung verschickt|gesendet"
        "|candidature envoyee|postule|postulado|aplicado|enviado|enviada|candidatura inviata|inviata|gesolliciteerd|sokt"
        "|aplicada|inscrito|candidatado|candidatei me|cv wysłane|wysłano|aplikowano|verstuurd|skickad|skickat|wyslano|已投递|投递|已申请|応募済み|応募"
    ),
    (APPLIED, "pending"): (
        "application viewed|viewed|resume viewed|application received|acknowledged|application acknowledged|received"
        "|application in review|application under review|recruiter contacted|contacted|contacted by recruiter"
        "|recruiter inquiry|recruiter reached out|reached out|recruiter outreach|outreach|networking|referred|referral"
        "|in arbeit|eingangsbestatigung"
    ),
    ("", "pending"): (
        "pending|live|waiting|open|active|ongoing|in progress|in process|in review|under review|under consideration|reviewing"
        "|reviewed|awaiting|awaiting response|waiting for response|waiting to hear back|awaiting reply|awaiting decision"
        "|decision pending|no response yet|no reply yet|not yet|still waiting|follow up|followed up|following up|on hold"
        "|hold|paused|waitlisted|waitlist|tbd|scheduled|current|processing|shortlisting|evaluating|offen|laufend|wartend"
        "|relance|relancee|vantar|vantande|in afwachting|oczekuje|czekam|aguardando|esperando|選考中|結果待ち|en attente|en cours|en proceso|pendiente|pendente|em andamento|in attesa|in corso|w trakcie|in behandeling"
        "|待定|进行中|选考中"
    ),
    ("", "rejected"): (
        "rejected|rejection|negative|descartado|descartada|no seleccionado|eliminado|nicht ausgewahlt|non retenu|no longer available|filled internally|internal hire|eliminated|reject|rej|denied|declined|turned down|not selected|unsuccessful|closed|application closed"
        "|position filled|filled|position closed|job closed|role closed|fail|failed|not a fit|not moving forward|lost"
        "|no longer under consideration|no longer considered|no offer|not hired|not accepted|not shortlisted|dead|nope"
        "|archived rejected|absage|abgelehnt|abgesagt|refus|refuse|refusee|rechazado|rechazada|rejeitado|recusado"
        "|rifiutato|respinta|scartato|scartata|chiusa|chiuso|reprovado|reprovada|nao aprovado|nao selecionado|encerrado|encerrada|odmowa|odrzucona|nej|nej tack|nee|不採用|書類落ち|お見送り|見送り|落選|不合格通知|rifiutata|respinto|afgewezen|avslag|odrzucone|odrzucony|拒绝|已拒绝|已拒|简历挂|挂|不合格|no"
    ),
    (
        APPLIED,
        "rejected",
    ): "auto rejected|auto reject|auto rejection|automatic rejection|instant rejection|resume rejected|rejected cv|cv rejected|application rejected|no interview",
    ("", "no reply"): (
        "ghosted|nr|n r|ghost|no reply|no response|no answer|never heard back|no news|silence|unresponsive|no feedback|crickets"
        "|didnt hear back|not answered|no callback|no call back|stale|keine antwort|keine ruckmeldung|sans reponse"
        "|pas de reponse|sin respuesta|sem resposta|sem retorno|brak odpowiedzi|nessun riscontro|inga svar|返信なし|連絡なし|nessuna risposta|geen reactie|inget svar|无回复"
    ),
    ("", "withdrawn"): (
        "withdrawn|abandoned|gave up|dropped|withdrew|withdraw|i withdrew|application withdrawn|self withdrawn|not interested|no longer interested"
        "|declined by me|i declined|passed on it|opted out|cancelled by me|zuruckgezogen|retire|retirado|ritirata"
    ),
    ("", "offer"): (
        "offer|offered|job offer|offer received|offer extended|offer made|verbal offer|written offer|offer accepted"
        "|accepted|accepted offer|hired|offer declined|declined offer|offer rejected|rejected offer|negotiating"
        "|negotiation|offer negotiation|signed|got the job|employed|success|successful|zusage|angebot|offre|embauche"
        "|oferta|contratado|aangenomen|aprovado|aprovada|aceptado|aceptada|contratada|fick jobbet|anstalld|zatrudniony|przyjęty|przyjęta|採用|offerta|assunto|aanbod|erbjudande|oferta pracy|录用|内定|joined|onboarding|placed"
    ),
    ("", "callback"): (
        "callback|call back|called back|next round|next stage|advanced|moved on|moved forward|moving forward|passed|pass"
        "|shortlisted|selected|progressed|invited|positive|proceed|proceeding|qualified|promoted|cleared|响应"
    ),
    (APPLIED, "withdrawn"): "declined interview|declined to interview|interview declined|declined the interview",
    (INTERVIEW, ""): (
        "einladung|eingeladen|uitgenodigd|invitato|convocado|kallad|zaproszenie|interview|interviewing|interviewed|interviews|interview scheduled|interview stage|interview completed"
        "|interview done|in interview|interview process|vorstellungsgesprach|gesprach|interviewphase|entretien|entrevista"
        "|colloquio|gesprek|intervju|rozmowa|面试|面接|一面|二面|三面|speaking|in talks"
    ),
    (
        "screen",
        "",
    ): "rozmowa telefoniczna|colloquio telefonico|entretien telephonique|entrevista telefonica|entrevista rh|entrevista con rh|telefonintervju|書類選考|screen|screening|phone screen|phone interview|phone|recruiter call|recruiter screen|hr|hr call|hr interview|intro call|telefoninterview|telefonat|initial call|phone call",
    (
        "technical",
        "",
    ): "technical|tech|technical interview|tech screen|coding interview|live coding|system design|fachgesprach|entretien technique|entrevista tecnica|rozmowa techniczna|colloquio tecnico|teknisk intervju|technisch gesprek",
    (
        "take-home",
        "",
    ): "assessment|online assessment|oa|coding challenge|coding test|take home|assignment|case study|test|aptitude test|hackerrank|test task|skills test|code challenge|challenge|笔试",
    (
        "onsite",
        "",
    ): "onsite|on site|on campus|super day|superday|assessment center|assessment centre|in person interview|virtual onsite|loop|onsite interview",
    ("final", ""): "final|final round|final interview|finals|last round|endrunde|终面",
}

ROUNDS = r"(interview|screen|screening|call|onsite|meeting|round)s?"
CANCELLED = re.compile(
    rf"\b(?P<before>{ROUNDS}) (was |got |is |has been )?(cancel+ed|called off)\b|\b(cancel+ed|called off) (the |my |an |our )?(?P<after>(\w+ )?{ROUNDS})\b"
)
# Patterns on the same plain text, tried in this order; `?` after a stage or outcome would be a question, so none has it.
OUTCOME_PATTERNS = (
    ("withdrawn", r"\b(offer|job|position|role|work) elsewhere|took another|accepted another"),
    (
        "pending",
        r"\b(no|not)( \w+){0,2} (response|reply|answer|news|decision|heard)( \w+)? yet\b|\b(a?wait\w*|pending) (\w+ ){0,3}(response|reply|feedback|decision|answer|result|offer|to hear)",
    ),
    ("rejected", r"\b(no|without an?|not?) offer|offer (was )?(rescind|revok|withdr|cancel)|(rescinded|revoked) offer"),
    (
        "offer",
        r"\boffers?\b.*\b(declin|reject|turned|refus|accept)|\b(declin|reject|refus|accept)\w* (\w+ ){0,2}offer|turned down (\w+ ){0,2}offer",
    ),
    (
        "withdrawn",
        r"(offer|job|position|role|work) elsewhere|took another|accepted another|(cancel+ed|retracted|pulled|revoked) (my |the )?application|application (was )?(cancel|retract|pulled|revok)|\bretracted|(invite|invitation) declined|declined (the |an |their )?(interview|invit)|withdr[ae]w|\bi (declin|reject|turned|pass|cancel|quit|said no|stopp|dropp|decided)|\b(backed|dropped|opted|pulled|bowed) out|no longer interested|not interested|not pursuing|decided (not to|against)|by me\b|self reject|passed on (it|this|them)",
    ),
    (
        "no reply",
        r"ghost(ed|ing|s)?\b(?! job)|\b(no|without|zero) (\w+ )?(reply|response|answer|news|update|feedback|contact|word|callback)s?\b|never (heard|replied|responded|answered|got)|not? heard|(didn t|did not|haven t|have not|hasn t) (\w+ )?(hear|reply|repl|respond|answer|get back|got)|radio silence|unresponsive|didnt (hear|reply|respond)|nothing heard",
    ),
    (
        "rejected",
        r"rejec|rejct|screened out|filtered out|weeded out|ruled out|passed on (me|my)|overqualified|underqualified|dismissed|hard no\b|no longer (accepting|hiring|recruiting|available|open)|(job|posting|listing|role|position|ad|advert) (was |has been )?(removed|taken down|deleted|gone|pulled)|not? an? (good|great|right|perfect) (fit|match)|\bdenied|unsuccess|\bnot? (being )?(select|mov|proceed|progress|chosen|hired|accept|shortlist|consider|success|continu|advanc|pursu|qualif|going|a fit|a match|fit|match|the right|suitable|pass)|turned (me |us )?down|declin|\bfail|regret|unfortunately|other candidate|another candidate|someone else|(position|role|job|vacancy|req|application|process|posting|it) (\w+ )?(filled|closed|cancel|eliminated|frozen|pulled|terminated)|hiring freeze|eliminated|passed over|they passed|knocked out|\brej\b|no longer (being )?consider|closed (after|by (the )?(company|employer|recruiter|them))|(didn t|did not|didnt|could not|couldn t) (pass|make|get|clear|qualify|crack)|said no|no go\b|absage|abgelehnt|refuse|rechaz",
    ),
    ("cancelled", CANCELLED.pattern),
    (
        "",
        r"interview.{0,20}\b(offer|invit|accept)|\b(offer|invit|accept|select)\w*( \w+){0,4} (interview|round|screen|call|test|assessment)|invit\w* to",
    ),
    (
        "offer",
        r"\boffer(ed|s)?\b|verbal yes|\bhired\b|\baccepted\b|g[eo]t (the )?job|\bsigned\b|congrat|negotiat|contract (sent|received)|zusage",
    ),
    (
        "callback",
        r"\b(moved?|moving|went|going) (on|forward|ahead)|next (round|stage|step)|advanc|progressed|\bpass(ed)?\b|shortlisted|\bselected\b|called back|call ?back|\bcleared\b|made it",
    ),
    (
        "pending",
        r"wait|pending|review|\bunder (?!qual)\w+|\byet\b|(reference|background) check|in progress|ongoing|in process|consider|schedul|on hold|follow(ed|ing)? ?up|upcoming|to be (held|scheduled)|tbc|booked|invited|in attesa",
    ),
)
STAGE_PATTERNS = (
    (
        NOT_APPLIED,
        r"\b(not|never|haven t|didn t|did not|havent|didnt) (yet )?appl|\b(to|will|should|must|need to|want to|plan to|going to) apply|apply (soon|later|by|asap|before)|not started|wish ?list|bookmark|\bsaved\b",
    ),
    (
        APPLIED,
        r"interviews? (was )?cancel|cancel+ed interview|(invite|invitation) declined|declined (the |an |their )?(interview|invit)|screened out|\b(no|without|before|w o) (an? |any )?(interview|screen)|(resume|cv|application|ats|auto\w*) (screen|review|filter|stage)",
    ),
    (
        APPLIED,
        r"recruiter (wrote|contact|reach|inquir|enquir|outreach|messag|e ?mail|approach|sourc|ping)|(approached|contacted|sourced|headhunted|messaged) by",
    ),
    ("technical", r"tech\w* (phone )?(interview|screen|round)"),
    (
        "take-home",
        r"take ?home|assignment|home ?work|case study|\boas?\b|\b(online|coding|code|skills?|technical|written|aptitude|personality|pymetrics|video) ?(assess|challenge|test|task|exam|quiz)|hacker ?rank|codility|code ?signal|leet ?code|assessment(?! cent)|\bchallenge\b|test task|\btests?\b|\bquiz\b|\bexam\b|work sample",
    ),
    (
        "final",
        r"\bfinals?\b|last (round|interview|stage)|\bexecutive\b|hiring committee|endrunde",
    ),
    (
        "screen",
        r"screen|\bhr\b|recruiter|telephon|\bphone|talent (acq|team)|intro\w* (call|chat|interview|meeting)|initial (call|chat|interview|contact)|prelim|first call|discovery call|human resources|hire ?vue|one way",
    ),
    (
        "technical",
        r"tech|coding|whiteboard|system design|pair program|algorithm|\bdsa\b|engineering interview|live cod",
    ),
    (
        "onsite",
        r"on ?site|on ?campus|super ?day|in person|in office|office visit|\bloop\b|assessment cent|face to face|f2f",
    ),
    (
        INTERVIEW,
        r"interv|\bint\b|invitation received|\brounds?\b|\br ?[1-9]\b|\b(1st|2nd|3rd|4th|5th|first|second|third|fourth) (stage|meeting|chat|talk)|\bpanel\b|hiring manager|\bmanager\b|behaviou?r|culture|meeting with|\bcall with|\bchat with|presentation|team (fit|match|meet)|meet the team|\bmet with|\bcall\b|spoke (with|to)|talked (with|to)|entretien|entrevist|gesprach|gesprek|kennismaking|colloqui|intervju|rozmow|面",
    ),
    (APPLIED, r"\bappl(y|ied|ication)|submi|\bsent\b|e ?mailed|resume|\bcv\b|candidatur|bewerb|postul|referr|inquir"),
)
OUTCOMES = tuple((outcome, re.compile(pattern)) for outcome, pattern in OUTCOME_PATTERNS)
STAGES = tuple((stage, re.compile(pattern)) for stage, pattern in STAGE_PATTERNS)
# Said of an interview by its own name, which is kept: "panel interview" tells more than "interview".
PLAIN_INTERVIEW = re.compile(
    r"^(in )?interv\w*( (stage|completed|done|process|phase|set))?$|schedul|invit|select|offer|accept|request|booked|met with|(meeting|call|chat|interview|spoke|talked) (with|to)\b"
)
SIGNS = {
    "❌": " rejected ",
    "🚫": " rejected ",
    "✗": " rejected ",
    "✘": " rejected ",
    "👻": " ghosted ",
    "🎉": " offer ",
    "⏳": " pending ",
    "⌛": " pending ",
    "🟡": " pending ",
    "📞": " phone ",
    "🏆": " offer ",
    "💔": " rejected ",
}
VOCABULARY = tuple(
    "rejected rejection accepted interview interviewing interviewed offer offered ghosted withdrawn withdrew applied"
    " application submitted pending waiting response screening technical onsite assessment declined unsuccessful"
    " shortlisted recruiter scheduled hired received phone screen coding final challenge review rejecting closed first second third fourth with after before from stage round team call chat manager online email done sent website company portal".split()
)
TALKS_FORMAT = (
    ("phone", re.compile(r"\b(tele)?phone|\btelefon")),
    ("video", re.compile(r"\b(video|zoom|teams|skype|webex|google meet|g ?meet|hangouts?|virtual|online|remote)\b")),
    ("in person", re.compile(r"in ?person|face to face|\bf2f\b|\bon ?site\b|\boffice\b|\bin house\b")),
)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return a text as words are compared: lower case, no accents, no signs, no letter drawn out."""
    for sign, word in SIGNS.items() if not text.isascii() else ():
        text = text.replace(sign, word)
    folded = re.sub(r"[\W_]+", " ", without_accents(text.casefold())).strip()
    return re.sub(r"([^\W\d_])\1{2,}", r"\1", folded)


TABLE = {
    plain(cell): Meaning(stage, outcome, SURE) for (stage, outcome), cells in CELLS.items() for cell in cells.split("|")
}


@lru_cache(maxsize=50_000)
def read(text: str) -> Meaning:
    """Return what a status, stage or result says; `UNKNOWN` where nothing in it is understood."""
    words = plain(text)
    if words in BLANKS:
        return NOTHING
    if words in TABLE:
        return TABLE[words]
    spelled = spelling(words)
    if spelled.known and spelled.outcome not in schema.NOT_HELD:  # of what, an application or a job, is not told
        return spelled
    found = by_pattern(words)
    if (found.stage and found.outcome) or len(words.split()) > 8:
        return found
    mended = " ".join(fix_spelling(word) for word in words.split())
    better = UNKNOWN if mended == words else TABLE.get(mended) or by_pattern(mended)
    if better.known and (not found.known or (better.stage and better.outcome)):
        return better._replace(sure=GUESS)
    return found


def spelling(words: str) -> Meaning:
    """Return the meaning of a spelling that the records themselves take."""
    for kind in ("outcome", "stage"):
        try:
            value = schema.one_of(kind, schema.CHOICES[kind])(words)
        except ValueError:
            continue
        return Meaning(outcome=value, sure=SURE) if kind == "outcome" else Meaning(stage=value, sure=SURE)
    return UNKNOWN


def by_pattern(words: str) -> Meaning:
    """Return what the words of a longer text say together: "rejected after phone screen" says two things."""
    outcome = next((outcome for outcome, pattern in OUTCOMES if pattern.search(words)), None)
    if outcome == "cancelled":
        return called_off(words)
    stage = next((stage for stage, pattern in STAGES if pattern.search(words)), None)
    if outcome is None and stage is None:
        return UNKNOWN
    if stage == NOT_APPLIED and outcome not in (None, "pending"):
        stage = None
    return named(words, Meaning(stage or "", outcome or "", LIKELY))


def called_off(words: str) -> Meaning:
    """Return which interview was called off, by the words without those that say so."""
    left = CANCELLED.sub(lambda match: match["before"] or match["after"], words)
    stage = next((stage for stage, pattern in STAGES if pattern.search(left)), INTERVIEW)
    return Meaning(INTERVIEW if stage in (APPLIED, NOT_APPLIED) else stage, "cancelled", LIKELY)


def named(words: str, meaning: Meaning) -> Meaning:
    """Return the meaning with an interview's own name, where it has a short one."""
    if meaning.stage != INTERVIEW or PLAIN_INTERVIEW.match(words) or len(words.split()) > 4 or meaning.outcome:
        return meaning
    return meaning._replace(stage=words)


@lru_cache(maxsize=5_000)
def fix_spelling(word: str) -> str:
    """Return the word that a misspelled or cut one stands for."""
    if len(word) < 4 or word in VOCABULARY:
        return word
    begun = [known for known in VOCABULARY if len(word) > 4 and known.startswith(word)]
    if begun:
        return min(begun, key=len)
    squeezed = re.sub(r"([^\W\d_])\1+", r"\1", word)
    close = difflib.get_close_matches(word, VOCABULARY, n=1, cutoff=0.8)
    close = close or difflib.get_close_matches(squeezed, VOCABULARY, n=1, cutoff=0.85)
    return close[0] if close else word


def answered(answer: str) -> Meaning:
    """Return what someone said that a word means; `ValueError` names what can be said."""
    if answer not in ANSWERS:
        raise ValueError(f"{answer!r} is no meaning; a word can mean one of {', '.join(ANSWERS)}")
    if answer == "nothing":
        return NOTHING
    if answer in schema.NOT_HELD:
        return Meaning(INTERVIEW, answer, SURE)
    return Meaning(outcome=answer, sure=SURE) if answer in schema.OUTCOMES else Meaning(stage=answer, sure=SURE)


# The cell of a column that stands for one round or one outcome: did it happen?

DID = frozenset("checked yes y true t 1 x done completed complete ok si oui ja sim tak took held attended finished happened taken received".split())  # fmt: skip
DID_NOT = frozenset("unchecked no n false f 0 nope never none nein non not".split())
MISSED = re.compile(r"\b(expired?|missed|skipped|cancel|n ?a|not (done|taken|held|attended|applicable)|no show|didn t)")
TICKS = {"✓", "✔", "✅", "☑", "✔️", "☑️"}


@lru_cache(maxsize=50_000)
def happened(text: str) -> bool | None:
    """Return whether a round's cell says that it took place: True, False, or None where it says something else."""
    words = plain(text)
    if text.strip() in TICKS or words in DID:
        return True
    if words in BLANKS or words in DID_NOT or MISSED.search(words):
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

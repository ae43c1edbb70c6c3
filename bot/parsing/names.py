"""What a person's name looks like in print, and which labels name a part instead of a person.

Patterns here are linear: one class or one bounded repeat a token, no nesting, on heads of at most 120 characters.
"""

import re
import unicodedata
from functools import lru_cache

from bot.kind import Kind
from bot.parsing.word_set import word_set

PARTICLES = word_set(
    "de del della der den di da dos das do du la le van von zu zum zur ter ten bin ibn binti al el y e af av st"
)
SUFFIXES = word_set("jr sr ii iii iv phd md cfa cpa esq dr mba")
HONOURS = word_set("mr mrs ms miss dr sir prof professor mx madam shri smt hon")
# Words that open ordinary lines and headings in capitals: a label that holds one is no person.
ORDINARY = word_set("""
    a an and or but so if as at by for from in into of off on onto out over per than that the then there these this
    those to under up was were is are be been am will would can could should may might must has have had do does did
    not no yes yeah okay ok well sure right great good fine nice hello hi hey thanks thank you your our we us i it its
    he she they them their his her my me who what when where why how which just now also next first second third fourth
    last final another other both each all any some more most much many very too only again here welcome please sorry
    question questions answer answers session prepared remarks presentation presenter executives analysts participants
    conference call calls earnings transcript transcripts results quarter quarterly fiscal year annual report contents
    copyright disclaimer definitions source image date company ticker url duration summary takeaways risks glossary
    slide page note notes table figure appendix total revenue revenues net income gross margin operating adjusted
    outlook guidance highlights overview introduction conclusion closing opening statement statements forward looking
    safe instructions technical difficulty management discussion section call-in industry consensus currency
    january february march july september october november december monday tuesday wednesday thursday friday saturday
    sunday yesterday today tomorrow because while since until before after about morning afternoon evening day everyone
    everybody gentlemen ladies
    """)
# Surnames all the same, when something that is no ordinary word stands before them: Joyce He, An Do, Gary So.
SURNAMES = word_set(
    "an as so do does to in he she you his her my no us on long good fine nice sure right well first"
) | {
    "march",
    "be",
    "has",
    "own",
    "than",
    "may",
    "will",
    "call",
    "page",
    "slide",
    "just",
    "now",
    "day",
    "welcome",
    "figure",
    "note",
}
GIVEN = word_set("will may")  # given names all the same, before a word that is no ordinary one: Will Brandt
INITIALS = word_set("am as is an be by me my if do")  # two initials that make a word: AM Lind
PARTS = word_set("""
    unidentified unknown unnamed unverified undefined unspecified company corporate conference call analyst analysts
    speaker speakers participant participants representative executive executives management male female man woman
    voice moderator operator operators coordinator host caller shareholder shareholders investor attendee attendees
    interpreter translator multiple various audience member questioner reporter journalist media webcast editor
    presenter facilitator person party recording automated telephone chorus event video mod-erator the instruction
    """)
# One of these makes a label of parts; the others only accompany ("Company", "Media", "Call" alone are headings).
PART_HEADS = PARTS - word_set(
    "company corporate conference call media webcast event various multiple video the instruction"
)
OPERATORS = word_set("operator operators coordinator moderator facilitator telephone")
EXECUTIVES = word_set("executive executives company corporate management")
ASKERS = word_set("analyst analysts questioner shareholder shareholders reporter journalist caller investor")
TOKEN = re.compile(r"[^\W\d_][\w.'’`´&-]{0,30}\Z")
NICK = re.compile(r"[(\[\"“'‘][^\W\d_][\w.'’ -]{0,20}[)\]\"”'’]\Z")
LONGEST = 60
MOST_TOKENS = 7


@lru_cache(maxsize=8192)
def is_part(text: str) -> bool:
    """Tell whether a label names a part ("Operator", "Unidentified Analyst", "Speaker 3") and not a person."""
    tokens = text.lower().replace("-", " ").replace("/", " ").replace("_", " ").strip(" .").split()
    if not 1 <= len(tokens) <= MOST_TOKENS or "--" in text:
        return False
    words = tokens[:-1] if len(tokens) > 1 and _is_number(tokens[-1]) else tokens
    words = [word.strip("#.,").rstrip("0123456789") for word in words if word != "#"]
    return bool(words) and all(word in PARTS for word in words) and any(word in PART_HEADS for word in words)


def _is_number(token: str) -> bool:
    token = token.strip("#.,")
    return token.isdecimal() or (len(token) == 1 and token.isalpha())


NOBODY = frozenset("QA")  # stand in the place of names before colons


NUMBERED = re.compile(
    r"(?:speaker|spk|participant|voice|person|caller|unknown speaker|male|female)[ _#-]{0,2}(?:\d{1,3}|[a-z])\Z",
    re.IGNORECASE,
)


def is_numbered(text: str) -> bool:
    """Tell whether a label numbers one speaker throughout a call: "Speaker 3", "SPEAKER_02"."""
    return NUMBERED.match(text.strip()) is not None


def part_kind(text: str) -> Kind:
    """Tell the kind that a part's label states; UNKNOWN where it states none (a "Speaker")."""
    tokens = {token.rstrip("0123456789") for token in text.lower().replace("-", " ").split()}
    if tokens & OPERATORS:
        return Kind.OPERATOR
    if tokens & ASKERS:
        return Kind.ANALYST
    if tokens & EXECUTIVES:
        return Kind.EXECUTIVE
    return Kind.UNKNOWN


@lru_cache(maxsize=16384)
def is_name(text: str) -> bool:  # noqa: C901  # one branch a shape that is met
    """Tell whether a text has the shape of a person's printed name: capitalised words, initials, particles."""
    if not 2 <= len(text) <= LONGEST or not (text[0].isupper() or text[0] == "d" or text[:3].lower() in _LOWER_STARTS):  # noqa: PLR2004  # a figure that its name says
        return False
    tokens = _uncommaed(text).split()
    if not 1 <= len(tokens) <= MOST_TOKENS or "--" in text or "—" in text:
        return False
    named = 0
    for token in tokens:
        plain = token.strip(".").lower()
        if len(plain) == 1 and token[0].isupper() and (named or token[1:2] == "."):
            continue
        if plain in ORDINARY:
            if plain in INITIALS and token.isupper() and token is tokens[0] and tokens[1:] and not tokens[-1].isupper():
                continue
            if plain in GIVEN and token is tokens[0] and _named(tokens[1:]):
                named += 1
            elif not (named and plain in SURNAMES and token is tokens[-1]):
                return False
            continue
        if plain in PARTICLES or plain in SUFFIXES or plain in HONOURS:
            continue
        if token is not tokens[-1] and NICK.match(token):
            continue
        if not TOKEN.match(token) or not _capital(token):
            return False
        if len(plain) > 1 or token.endswith("."):
            named += 1
    return named > 0


def _named(tokens: list[str]) -> bool:
    """Tell whether one to three words that are no ordinary ones follow a given name."""
    return 1 <= len(tokens) <= 3 and all(  # noqa: PLR2004  # a middle name, a family name, a suffix
        token[0].isupper() and token.strip(".").lower() not in ORDINARY for token in tokens
    )


_LOWER_STARTS = frozenset(("de ", "del", "van", "von", "di ", "da ", "al-", "el-"))


def _uncommaed(text: str) -> str:
    """Take the comma before a suffix off ("John Doe, Jr."); any other comma is not a name's."""
    head, comma, tail = text.rpartition(",")
    if comma and tail.strip().strip(".").replace(".", "").lower() in SUFFIXES:
        return f"{head} {tail}"
    return text


def _capital(token: str) -> bool:
    if token[0].isupper():
        return True
    # d'Amico, al-Rashid, de-facto compounds: a capital after the first mark
    for mark in ("'", "’", "-"):
        head, found, tail = token.partition(mark)
        if found and len(head) <= 3 and tail[:1].isupper():  # noqa: PLR2004  # "al", "el", "d", "von"
            return True
    return False


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Fold a name for comparison: no case, accents or marks, single spaces; honours and suffixes stay."""
    if text.isascii():
        low = text.lower()
    else:
        low = "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
        low = low.replace("ø", "o").replace("ł", "l").replace("ß", "ss").replace("đ", "d").replace("æ", "ae")
    return " ".join("".join(c if c.isalnum() else (" " if c in " -.,\t\u00a0" else "") for c in low).split())


GLUED = re.compile(r"[A-Z][a-zà-ÿ]{1,20}(?:[A-Z]\.?)?(?:[A-Z][a-zà-ÿ’'-]{1,20}|[A-Z]['’][A-Z][a-z]{1,20}){1,2}\Z")


def is_glued(text: str) -> bool:
    """Tell whether a word is given and family name without the space between: JenniferPiepszak."""
    return GLUED.match(text) is not None and not text.startswith(("Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz"))


def unglued(text: str) -> str:
    """Put the space back into a glued name."""
    return re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", text, count=1) if is_glued(text) else text


def is_single(text: str) -> bool:
    """Tell whether a name is one word only."""
    return len(text.split()) == 1

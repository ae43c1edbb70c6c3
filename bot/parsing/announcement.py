"""How a call's opening words announce it: "welcome to FIRM's third quarter 2012 earnings conference call"."""

import re
from collections.abc import Sequence

from bot.parsing import periods
from bot.parsing.company_name import AROUND, PERIOD_WORD, capital, opens, proper
from bot.parsing.lowered import lowered
from bot.parsing.word_set import word_set
from bot.parsing.word_start import Behind

SPEECHES = 3  # in which the call is announced
HEAD = 1500  # characters of each
CALLED = ("call", "webcast", "teleconference", "meeting", "session", "webinar")
POSTS = ("director", "head", "vice president", "president", "officer", "chairman", "vp", "manager")
WELCOME = Behind(  # meets lowered text with a blank more in front
    *("welcome,?(?: you)?,?(?: all)?,?(?: everyone| everybody)?,? to", "standing by for", "go to the"),
    "joining(?: us)?(?: today)?,?(?: for| to| on)",
    *(f"{what} (?:for|of|hosted by)" for what in CALLED),
    *(f"{who} of investor relations (?:for|at|of)" for who in POSTS),
    *(f"{who} (?:of|for|at)" for who in ("ceo", "cfo", "chief (?:executive|financial) officer")),
    "investor relations (?:of|for|at)",
    then=r"(?=\s)",
)
SENTENCE = re.compile(r"(?<=[.!?])\s")
ANNOUNCING = re.compile(
    r"\b(?:(?:tele|web|net)?(?:conference|cast)s?|calls?|webinars?|discuss\w{0,4}|presentations?|meetings?|welcome"
    r"|(?:financial|operating|quarterly|our|preliminary) (?:results|earnings|performance)"
    r"|(?:results|earnings|performance) for"
    r"|(?:earnings|results) releases?)\b|\Aturning (?:now )?to\b",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"\bcompar\w{1,5}\b.{0,40}\Z|\b(?:(?:relative|prior) (?:to|with)|versus|vs\.?|over|since|than(?: in)?|into|until"
    r"|through|against|by|(?:close|closed|begin|complete\w?|expected) (?:in|by|during)"
    r"|(?:outlook|guidance|expectations?|forecasts?|plans) (?:for|in))(?: the| our)? ?\Z"
    r"|(?:\b(?:up|down|growth|grew|gr(?:ew|own)|rose|fell|flat|increase\w{0,2}|decrease\w{0,2}|declin\w{1,3}"
    r"|improve\w{0,4}|change\w{0,2}|points)|%) from(?: the| our)? ?\Z"
)
CALLS = r"(?: \w{1,12}){0,2} (?:conference|calls?|meeting)\b"
ANOTHER = re.compile(  # a call of before, or to come
    rf"\b(?:our|my|your|the|on the) (?:previous|prior){CALLS}.{{0,30}}\Z"
    rf"|\b(?:our|my|your|(?:on|in|during|at|since|from) the) last{CALLS}(?! of the year).{{0,30}}\Z"
    rf"|\b(?:our|the) (?:next|upcoming)(?:{CALLS}|(?: \w{{1,12}}){{0,2}} release\b)"
    r"|\b(?:as|what) (?:we |i )?(?:\w{1,12} )?(?:announced|discussed|mentioned|said|noted|outlined|shared"
    r"|told|described)(?: you)? (?:on|during|in|at) (?:our|the|my)? ?\Z"
)
SUBJECT = re.compile(r"\A(?:(?:[Oo]ur|[Tt]he|[A-Z][\w.&-]{0,30}['’]s?)\s)?\Z")  # whose quarter a sentence is about
SAID_OF = re.compile(r"\A,? (?:results|earnings|sales|revenues?|performance)\b(?!.{0,20}\bwill\b)", re.IGNORECASE)
SOON = 3  # sentences of a speech that begin it
KINDS = word_set(
    """
    results result performance conference earnings update review year call calls report reports highlights and operating
    webcast presentation statements release quarter
    """
)
INITIALS = re.compile(r"[a-z](?:\.[a-z])*")


def company(texts: Sequence[str]) -> str | None:
    """Read the company that the first speeches welcome to; None where they name none."""
    for text in texts[:SPEECHES]:
        head = text[:HEAD]
        for match in WELCOME.finditer(f" {lowered(head)}"):
            name = _spoken(head[match.end() : match.end() + 200])
            if name is not None and proper(name):
                return _whole(name, texts)
    return None


def period(texts: Sequence[str]) -> periods.Found | None:
    """Read the period that the call is announced for: of a welcome before that of others.

    A quarter that is compared with, that is to come, or that was another call's is none.
    """
    announcing = [sentence for text in texts for sentence in _sentences(text) if ANNOUNCING.search(sentence)]
    said = (_own(sentence) for sentence in (*(each for each in announcing if _welcomes(each)), *announcing))
    return next((found for found in said if found is not None), None)


def reported(texts: Sequence[str]) -> periods.Found | None:
    """Read the period that a speech begins with reporting, to be believed where nothing else names one.

    `Welcome to Larch. First quarter 2024 sales were strong.`
    """
    begun = [sentence for text in texts for sentence in _sentences(text)[:SOON]]
    return next((found for each in begun if (found := _own(each, subject=True)) is not None), None)


def _sentences(text: str) -> list[str]:
    return SENTENCE.split(text[:HEAD])


def _welcomes(sentence: str) -> bool:
    return "welcome" in sentence.lower()


def _own(sentence: str, *, subject: bool = False) -> periods.Found | None:
    """Find the first period of a sentence that is the call's own; `subject`: only what the sentence is about."""
    at = 0
    others: set[tuple[int, int]] = set()
    while (found := periods.period(sentence[at:])) is not None:
        before = sentence[: at + found.start]
        low = before.lower()
        its = found.year, found.quarter
        if (
            its not in others
            and COMPARED.search(low) is None
            and ANOTHER.search(low) is None
            and (not subject or (SUBJECT.match(before) and SAID_OF.match(sentence[at + found.end :])))
        ):
            return found
        others.add(its)  # and spoken of again
        at += found.end
    return None


def _spoken(text: str) -> str | None:
    """Read a company's name from what follows a welcome; the period and what kind of call it is are not its name."""
    words: list[str] = []
    tokens = text.split()[:16]
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        word = token.rstrip(",;:?!").replace("’", "'")
        bare = word.lower().rstrip(".").removesuffix("'s").rstrip("'")
        around = not _of_name(word, following, named=bool(words)) and (
            bare in AROUND or bare[:1].isdigit() or bare.split("-")[0] in AROUND or PERIOD_WORD.match(bare) is not None
        )
        if not words and (around or bare in {"the", "our", "today", "this", "a"}):
            if token[-1] in ".;?!":
                return None  # it was the call, and of no company
            continue
        if bare == "conference" and not _a_call(text, token):
            return None  # somebody else's, at which the company speaks
        if around or opens(word) or not (capital(word) or (words and bare in {"of", "and", "&", "de"})):
            break
        words.append(word)
        if bare in {"inc", "corp", "ltd", "plc", "llc"}:
            break
        ended = (
            token[-1] in ".;:?!,"
            and bare not in {"inc", "corp", "co", "ltd", "st"}
            and INITIALS.fullmatch(bare) is None
        )
        if ended or word.endswith(("'s", "s'")):
            break
    while words and words[-1].lower() in {"of", "and", "&", "de"}:
        words.pop()
    name = " ".join(words)
    name = name.removesuffix("'s")
    name = name.removesuffix("'")
    return name if name.endswith(("Inc.", "Corp.", "Co.", "Ltd.", "N.V.", "S.A.")) else name.rstrip(".,") or None


def _of_name(word: str, following: str, *, named: bool) -> bool:
    """Tell whether a word that stands around names is one's part: First Solar, Full House, Larch Financial."""
    behind = following.lower().rstrip(".,;:?!").split("-")[0].replace("’", "'").removesuffix("'s")
    if word in {"First", "Second", "Third", "Fourth", "Full"} and not named:
        return following[:1].isupper() and (behind == "financial" or behind not in AROUND)
    return word in {"Financial", "Financial's"} and named and behind not in KINDS


def _whole(name: str, texts: Sequence[str]) -> str:
    """Give a name the 's that is its own: Lowe's is one where it is said of nothing (`Lowe's is`, `at Lowe's.`)."""
    own = re.compile(rf"\b{re.escape(name)}['’]s(?:\s(?:is|are|has|have|was|will|Companies|Inc)\b|\.)")
    return f"{name}'s" if " " not in name and any(map(own.search, texts[:SPEECHES])) else name


def _a_call(text: str, word: str) -> bool:
    """Tell whether a conference is a call, as `conference call` is: the word behind it says so."""
    behind = text.partition(word)[2].split(maxsplit=1)
    return bool(behind) and behind[0].lower().startswith(("call", "webcast"))

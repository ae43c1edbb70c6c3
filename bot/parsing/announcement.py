"""How a call's opening words announce it: "welcome to FIRM's third quarter 2012 earnings conference call"."""

import re
from collections.abc import Sequence

from bot.parsing import periods
from bot.parsing.company_name import AROUND, capital, opens, proper
from bot.parsing.lowered import lowered
from bot.parsing.word_start import Behind

SPEECHES = 3  # in which the call is announced
HEAD = 1500  # characters of each
CALLED = ("call", "webcast", "teleconference", "meeting", "session", "webinar")
POSTS = ("director", "head", "vice president", "president", "officer", "chairman", "vp", "manager")
WELCOME = Behind(  # meets lowered text with a blank more in front
    *("welcome(?: you)?(?: all)?(?: everyone)? to", "standing by for", "go to the"),
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
    r"\bcompar\w{1,5}\b.{0,40}\Z|\b(?:(?:relative|prior) (?:to|with)|versus|vs\.?|over|since|than|into|until|through"
    r"|against|by|up from|down from|(?:close|closed|begin|complete\w?|expected) (?:in|by|during))(?: the| our)? ?\Z"
)
INITIALS = re.compile(r"[a-z](?:\.[a-z])*")
PERIOD_WORD = re.compile(r"f?y'?\d{2,4}\Z|[qh][1-4](?:fy)?\d{0,4}\Z")
PERIOD_WORD = re.compile(r"f?y'?\d{2,4}\Z|[qh][1-4](?:fy)?\d{0,4}\Z")


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
    """Read the period of a sentence that announces the call; in others a quarter is compared with, or to come."""
    for text in texts[:SPEECHES]:
        for sentence in SENTENCE.split(text[:HEAD]):
            said = periods.period(sentence) if ANNOUNCING.search(sentence) is not None else None
            if said is not None and COMPARED.search(sentence[: said.start].lower()) is None:
                return said
    return None


def _spoken(text: str) -> str | None:
    """Read a company's name from what follows a welcome; the period and what kind of call it is are not its name."""
    words: list[str] = []
    for token in text.split()[:16]:
        word = token.rstrip(",;:?!").replace("’", "'")
        bare = word.lower().rstrip(".").removesuffix("'s").rstrip("'")
        around = (
            bare in AROUND or bare[:1].isdigit() or bare.split("-")[0] in AROUND or PERIOD_WORD.match(bare) is not None
        )
        if not words and (around or bare in {"the", "our", "today", "this", "a"}):
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


def _whole(name: str, texts: Sequence[str]) -> str:
    """Give a name the 's that is its own: Lowe's is one where it is said of nothing (`Lowe's is`, `at Lowe's.`)."""
    own = re.compile(rf"\b{re.escape(name)}['’]s(?:\s(?:is|are|has|have|was|will|Companies|Inc)\b|\.)")
    return f"{name}'s" if " " not in name and any(map(own.search, texts[:SPEECHES])) else name


def _a_call(text: str, word: str) -> bool:
    """Tell whether a conference is a call, as `conference call` is: the word behind it says so."""
    behind = text.partition(word)[2].split(maxsplit=1)
    return bool(behind) and behind[0].lower().startswith(("call", "webcast"))

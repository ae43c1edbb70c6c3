"""Whether a turn says something, or only greets, thanks and hands over."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from bot.call import Call
from bot.parsing.asking import asks
from bot.query.keywords import courteous_words
from bot.search.findings import Findings
from bot.search.words import WORD, key
from bot.turn import Turn

FEWEST = 4
"""Telling words below which a turn is a courtesy; one will do in a question."""
FIGURE = 2
"""Telling words that a figure counts for beside itself."""
BRIEF = 35
"""Words up to which a turn may be no more than a hand-over to a colleague."""

LONGEST_PARTING = 100
"""Characters up to which a turn may be no more than thanks and a parting word."""
_THANKS = frozenset({"thank", "thanks"})
_THANKING = _THANKS | {"great", "perfect", "excellent", "wonderful", "awesome", "understood", "okay", "ok"}
_ASKING = frozenset(
    "can could would should will how what why when where which who is are do does did any".split()  # noqa: SIM905 - one string wraps as prose
)
# The words of handing over: "I'll ask Dax to take that", "let me turn it over to", "you go first".
_HANDS_OVER = re.compile(
    r"\b(?:(?:i['’]?ll|i will|let me|going to|want to|would you|can you|could you|why don['’]?t you|maybe)\s+"
    r"(?:\w+\s+){0,3}?(?:ask|turn|hand|pass|take|answer|start|address|handle|comment|cover|weigh|jump|give it|speak)\b"
    r"|turn (?:it|that|this) over|you (?:go|want to|take|start)|go ahead|take (?:that|this|it)\b|over to you)",
    re.IGNORECASE,
)


def substantial(turn: Turn) -> bool:
    """Whether a turn asks or tells something: a question with telling words, or several of them."""
    return _substantial(turn.text)


@lru_cache(65_536)  # an entry holds the turn's own string, which is there anyway; turns are found again
def _substantial(text: str) -> bool:
    courteous, asks = courteous_words(), "?" in text
    told = figures = 0
    # Word by word, as the first few decide: a long turn is not read to its end.
    for match in WORD.finditer(text):
        word = key(match[0])
        if word in courteous:
            continue
        told += 1
        figures = figures or FIGURE * word[0].isdigit()
        # "And John?" asks a colleague: a question needs a word that is nobody's name.
        if told + figures >= FEWEST or (asks and word in text):
            return True
    return False


def asking(turn: Turn) -> bool:
    """Whether a question turn asks something: no mere thanks, and no parting word without a question.

    What has no question mark may ask as well ("And you aren't counting on price."), but not where it thanks.
    """
    return substantial(turn) and not _parting(turn.text)


@lru_cache(65_536)  # as above
def _parting(text: str) -> bool:
    words = [key(match[0]) for match in WORD.finditer(text[:LONGEST_PARTING])]
    if "?" in text or len(text) > LONGEST_PARTING or not words or asks(text) or not _ASKING.isdisjoint(words):
        return False
    return words[0] in _THANKING or not _THANKS.isdisjoint(words)


def telling(found: Findings, calls: Mapping[str, Call]) -> Findings:
    """Keep the turns that ask something: where no topic is looked for, thanks would count as questions."""
    kept = tuple(match for match in found.matches if asking(calls[match.call].turns[match.turn]))
    return replace(found, matches=kept, total=len(kept))


def hands_over(turn: Turn, following: Turn | None) -> bool:
    """Whether an answering turn only gives the question to the colleague who speaks next."""
    if following is None or following.person == turn.person or len(turn.text) > BRIEF * 12:
        return False
    return len(turn.text.split()) <= BRIEF and bool(_HANDS_OVER.search(turn.text))

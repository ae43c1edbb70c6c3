"""Companies that a question names by where the name stands, though nobody knows them: no call of theirs is loaded."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.query.small_words import ARTICLES, COVERS
from bot.query.spoken import LEADING
from bot.query.tokens import Token
from bot.search.english import plain

NAME = 4
"""Words that the name may have."""
_CALLS = frozenset({"call", "calls", "transcript", "transcripts"})
_WHO = frozenset({"who", "which"})
_COVERERS = frozenset({"analyst", "analysts", "bank", "banks", "broker", "brokers", "firm", "firms", "house", "houses"})

Found = tuple[tuple[Token, ...], set[int]]
"""The tokens of a name, and the places of all that only lead to it, its own included; none for none."""


def stranger(tokens: Sequence[Token], words: Sequence[str], dropped: AbstractSet[int]) -> Found:
    """Find the name of a company that no filter took: `dropped` are the places of those they took.

    `words` are those of the tokens, "" where one is no plain word.
    """
    return _before_a_call(tokens, words, dropped) or _covered(tokens, words, dropped) or ((), set())


def _before_a_call(tokens: Sequence[Token], words: Sequence[str], dropped: AbstractSet[int]) -> Found | None:
    """`in each Acme Widgets call`."""
    for at, word in enumerate(words):
        if word not in _CALLS or at in dropped:
            continue
        start = at
        while start and tokens[start - 1].capital and start - 1 not in dropped and words[start - 1]:
            start -= 1
        before = words[start - 1] if start else ""
        lead = (words[start - 2] if start > 1 else "") if before in ARTICLES else before
        if start < at and start and at - start <= NAME and lead in LEADING:
            return tuple(tokens[start:at]), set(range(start - 1 - (lead != before), at + 1))
    return None


def _covered(tokens: Sequence[Token], words: Sequence[str], dropped: AbstractSet[int]) -> Found | None:
    """`who covers velmere`, `which banks follow Acme Widgets`: plain English is a name by its capital only."""
    if not words or words[0] not in _WHO or COVERS.isdisjoint(words):
        return None
    at = next(at for at, word in enumerate(words) if word in COVERS) + 1
    asks = words[0] == "who" or not _COVERERS.isdisjoint(words[:at])
    name = range(at, len(words))
    if not asks or not 0 < len(name) <= NAME or not dropped.isdisjoint(name):
        return None
    if any(not words[place] or (plain(words[place]) and not _capital(tokens[place])) for place in name):
        return None
    return tuple(tokens[at:]), set(name)


def _capital(token: Token) -> bool:
    """Whether a capital begins a word, and is not all there is: CAPEX is no name for that."""
    return token.capital and not token.text.isupper()

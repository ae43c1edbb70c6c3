"""What may be dropped around the words that matter: courtesies, auxiliaries, articles."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, takewhile, zip_longest

from bot.directory import Directory
from bot.query.keywords import contractions, courtesies, stop_words
from bot.query.tokens import Shape, Token, holds
from bot.search.english import plain

_ARTICLES = frozenset({"the", "a", "an", "any", "their", "its", "our", "his", "her", "some", "about", "of"})
_ADVERBS = frozenset({"else", "exactly", "precisely", "specifically", "actually", "even"})
_BEFORE_ADVERBS = frozenset(
    {"anybody", "anyone", "what", "who", "how", "when", "where", "did", "does", "do", "has", "have", "they"}
)
_AUXILIARIES = frozenset(
    {"did", "do", "does", "is", "are", "was", "were", "will", "would", "can", "could", "have", "has", "had"}
)
_BEING = _AUXILIARIES - {"will", "can", "do"}  # these are names, too
_PRONOUNS = frozenset({"they", "we", "it", "he", "she", "management", "anyone", "there"})


_BUT = frozenset({"not", "but", "except"})
_EXCHANGES = frozenset(
    "nasdaq nyse nysearca amex lse tsx tsxv asx hkex hkg sgx nse bse epa fra etr xetra ams swx otc otcmkts".split()  # noqa: SIM905 - one string wraps as prose
)
_ASKING = frozenset({"what", "how", "where", "when", "why"})
# How something is, and no thing: by the ends of such words, and some that have none of these.
_QUALITY = re.compile(
    r"(?:ed|ing|ive|al|ly|ful|ous|able|ible|ic)$|^(?:yet|least|out|enough|there|so|great|good|bad|sure)$"
)
_ANYTHING_BUT = [[every, but] for every in ("anything", "everything", "something") for but in ("but", "except")]
_WHOSE = frozenset({"from", "by", "of", "at"})
_DEGREES = frozenset(
    "long far soon fast quickly big large small bad good well strong weak high low serious severe important likely "  # noqa: SIM905 - one string wraps as prose
    "confident comfortable sure certain concerned worried optimistic hard difficult".split()
)
_OF_DEGREES = frozenset({"in", "about", "with", "on", "of", "for"})  # confident in, worried about, comfortable with
_LEADS = (
    _ASKING | _AUXILIARIES | _PRONOUNS | {*"many much often come not if the their our its you on".split()}  # noqa: SIM905 - one string wraps as prose
)


def spelt_out(cut: Sequence[Token]) -> list[Token]:
    """Part words run together: `what's`, `whatd`; the second takes no characters of its own."""
    if not holds(cut, _parted()):
        return list(cut)
    parted: list[Token] = []
    for token in cut:
        bare = token.shape is Shape.WORD and token.field is None and not token.minus
        pair = contractions().get(token.word) if bare else None
        if bare and token.possessive and token.word in _ASKING | {"who"}:
            pair = (token.word, "is")
        if pair is None:
            parted.append(token)
            continue
        first, second = pair
        parted.append(replace(token, text=first, word=first, possessive=False))
        parted.append(Token(Shape.WORD, second, second, token.end, token.end))
    return parted


@cache
def _parted() -> frozenset[str]:
    """Return the words that may be two."""
    return _ASKING.union({"who"}, contractions())


def excluding(cut: Sequence[Token]) -> list[Token]:
    """Write `but not` as the one word `without`: what stands behind it is left out.

    Where that is a thing: `expected but not guaranteed` says how something is. `anything but X` is minus X. With
    fields, words are taken as typed.
    """
    if not holds(cut, _BUT) or any(token.field for token in cut):
        return list(cut)
    joined: list[Token] = []
    thing = bool(cut) and not (_QUALITY.search(cut[-1].word) and plain(cut[-1].word))
    for token, after in zip_longest(cut, cut[1:]):
        plain_word = token.shape is Shape.WORD and token.field is None and not token.minus
        whose = after is not None and after.word in _WHOSE
        but = plain_word and token.word == "not" and len(joined) > 1 and joined[-1].word == "but"
        if plain_word and [each.word for each in joined[-2:]] in _ANYTHING_BUT:
            del joined[-2:]
            joined.append(replace(token, minus=True))
            continue
        if but and (thing or whose):
            start = joined.pop().start
            joined.append(Token(Shape.WORD, "without", "without", start, token.end))
        else:
            joined.append(token)
    return joined


def without_adverbs(cut: Sequence[Token]) -> list[Token]:
    """Drop `exactly` and the like where it stands among the words of asking: `what exactly did she say`."""
    if not holds(cut, _ADVERBS):
        return list(cut)
    kept: list[Token] = []
    for token in cut:
        bare = token.shape is Shape.WORD and token.word in _ADVERBS and not token.minus
        if not (bare and kept and kept[-1].word in _BEFORE_ADVERBS and kept[-1].shape is Shape.WORD):
            kept.append(token)
    return kept


def without_exchange(cut: Sequence[Token], directory: Directory) -> Sequence[Token]:
    """Return the tokens without the exchange that leads a ticker: `NASDAQ:VLMR`, `(NYSE: VLMR)`."""
    led = [
        at
        for at, (token, ticker) in enumerate(pairwise(cut))
        if token.word in _EXCHANGES and token.heading and directory.company((ticker.word,))
    ]
    return [token for at, token in enumerate(cut) if at not in led] if led else cut


def without_courtesy(cut: Sequence[Token]) -> list[Token]:
    """Drop `please can you tell me` before and `thanks` after."""
    left = list(cut)
    before, after = courtesies("before"), courtesies("after")
    changed = True
    while changed and len(left) > 1:
        changed = False
        for words in before.get(left[0].word, ()):
            if len(words) < len(left) and _are(left[: len(words)], words):
                left = left[len(words) :]
                changed = True
                break
        for words in after.get(left[-1].word, ()):
            if len(words) < len(left) and _are(left[-len(words) :], words):
                left = left[: -len(words)]
                changed = True
                break
    return left


def without_asides(cut: Sequence[Token]) -> list[Token]:
    """Drop `in her own words`, `if anything` and the like from the middle of a question."""
    within = courtesies("within")
    if not holds(cut, within.keys()):
        return list(cut)
    left: list[Token] = []
    at = 0
    while at < len(cut):
        runs = within.get(cut[at].word, ()) if left else ()
        length = next((len(run) for run in runs if _are(cut[at : at + len(run)], run)), 0)
        if not length:
            left.append(cut[at])
        at += length or 1
    return left


def without_verb(typed: Sequence[Token]) -> list[Token]:
    """Drop `did they`, `is it`, `why did`, `how many` before the words of a question that no form reads."""
    left = list(typed)
    if left and left[0].shape is Shape.WORD and left[0].word in _ASKING:
        leads = _LEADS
        if _asks_how_far(left):
            del left[1]
            leads = leads | _OF_DEGREES
        lead = sum(1 for _ in takewhile(lambda token: token.shape is Shape.WORD and token.word in leads, left))
        if any(token.word not in stop_words() for token in left[lead:]):
            return left[lead:]
    if len(left) > 2 and left[0].word in _AUXILIARIES and left[1].word in _PRONOUNS:  # noqa: PLR2004 - a small figure that its line explains
        return left[2:]
    return left


def without_be(typed: Sequence[Token]) -> list[Token]:
    """Drop the verb and the article that open a question of no form: `is the recall late`, `was annika confident`."""
    opened = len(typed) > 1 and typed[0].shape is Shape.WORD and typed[0].word in _BEING and not typed[0].minus
    left = without_articles(typed[1:]) if opened else list(typed)
    if opened and left[0].word in _PRONOUNS and len(left) > 1:
        left = left[1:]
    return left if any(token.word not in stop_words() for token in left) else list(typed)


def without_articles(typed: Sequence[Token]) -> list[Token]:
    """Drop `the` and the like before a topic."""
    left = list(typed)
    while len(left) > 1 and left[0].shape is Shape.WORD and left[0].word in _ARTICLES and not left[0].minus:
        left.pop(0)
    return left


def all_plain(typed: Sequence[Token]) -> bool:
    """Whether every word of a name is plain English."""
    return all(plain(token.word) or not token.word.isalpha() for token in typed)


def counted(number: int, noun: str) -> str:
    """Return a figure with its noun: `1 loaded call`, `2,400 loaded calls`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _are(held: Sequence[Token], words: Sequence[str]) -> bool:
    if len(held) != len(words):
        return False
    for token, word in zip(held, words, strict=True):
        if token.word != word or token.shape is not Shape.WORD or token.minus or token.cash:
            return False
    return True


def _asks_how_far(typed: Sequence[Token]) -> bool:
    """Whether words ask how far something goes (`how long will it take`, `how bad was the recall`).

    Elsewhere such a word belongs to the next one: long-term, bad debt.
    """
    words = [token.word for token in typed[:3] if token.shape is Shape.WORD]
    return len(words) == 3 and words[0] == "how" and words[1] in _DEGREES and words[2] in _AUXILIARIES  # noqa: PLR2004 - a small figure that its line explains

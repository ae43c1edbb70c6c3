"""Words as search compares them: lower case, accents folded, numbers and hyphens written one way."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# 2,500 and 3.5 are one word each, everything else a run of letters and digits; % is the word percent, which it is read
# as and often written. Possessive, hence linear.
WORD = re.compile(r"\d{1,3}(?:,\d{3})++(?:\.\d++)?(?![^\W_])|\d++\.\d++(?![^\W_])|[^\W_]++|%")
# Two runs of letters joined by a hyphen: e-commerce, buy-back. Longer chains (year-over-year) are plain words.
COMPOUND = re.compile(r"(?<![^\W_])(?<![^\W_]-)([^\W\d_]++)[-\u2010\u2011]([^\W\d_]++)(?![^\W_])(?!-[^\W_])")
# Letters that don't decompose into a base and an accent.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})


PERCENT = "percent"
CAPITALS = frozenset({"IT", "US"})
"""Names in capitals that in lower case are words of every turn."""
NAMELIKE = {"%": PERCENT, **{name: name for name in CAPITALS}}
"""What is no key by its letters in lower case."""


class Token(NamedTuple):
    """A word of a text: its key, and its half-open character span."""

    key: str
    start: int
    end: int


@lru_cache(200_000)
def key(word: str) -> str:
    """Return a word as search compares it: `Nestlé` nestle, `2,500` 2500."""
    if word in NAMELIKE:
        return NAMELIKE[word]
    lowered = word.lower()
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFKD", lowered.translate(LETTERS))
        lowered = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
    return lowered.replace(",", "") if "," in lowered else lowered


def keys(text: str) -> list[str]:
    """Return the keys of all words of a text, in order."""
    return [key(word) for word in WORD.findall(text)]


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text with their spans."""
    for match in WORD.finditer(text):
        yield Token(key(match[0]), match.start(), match.end())


def compounds(text: str) -> list[str]:
    """Return the keys of hyphenated words written as one: `e-commerce` ecommerce."""
    if "-" not in text and "\u2010" not in text and "\u2011" not in text:
        return []
    return [key(left + right) for left, right in COMPOUND.findall(text)]


# Words beside a subject that ask for a side of it: where no turn holds both, one that holds the subject will do.
BESIDE = frozenset(
    "assumption assumptions backdrop best biggest cadence colour concern concerns count counts detail details "  # noqa: SIM905 - one string wraps as prose
    "dynamic dynamics effect effects environment exact expectation expectations expected figure figures forecast "
    "forecasts guidance guide guiding high impact impacts issue issues key largest level levels low main number "
    "numbers outlook performance picture plan plans problem problems progress qoq question questions quick "
    "roadmap situation spend spending state status strategy thinking timeline timing top topic toughest "
    "trajectory trend trends update updates view views yoy".split()
)
# What is asked of a subject, as little in need of being said beside it: is demand slowing, are margins sustainable.
ASKED_OF_IT = frozenset(
    "accelerate accelerated accelerating affordable bad better bottoming climbing coming competitive concerning "  # noqa: SIM905 - as above
    "conservative continue continuing contracting covered decelerate decelerated decelerating declining "
    "decreasing deteriorating developing disappointing dropping easing eroding evolving expanding exposed fading "
    "fair falling fully good growing healthier healthy holding hurt hurting improve improved improving increasing "
    "intact keep keeping lagging looking lower manageable normal normalising normalizing ok okay open opening "
    "opens optimistic overdone peaked peaking performing pessimistic picking plateauing pressured progressing "
    "pulling ramping ready realistic rebounding recover recovered recovering resilient rising risky running safe "
    "safer secure selling shaping shrinking slow slowed slower slowing soft softening solid squeezed stabilised "
    "stabilising stabilized stabilizing stable starting sticking sticky strengthening strong stronger struggling "
    "suffering sustainable tailing temporary threatened tracking trending turning vulnerable weak weakening "
    "weaker worrying worse worsen worsening worst worth".split()
)
# Of these, what is asked of a deed, before it: can they keep cutting costs.
GOING_ON = frozenset({"continue", "continuing", "keep", "keeping", "starting"})
# Words that say how a question is put, not what it is about.
STOP = frozenset(
    "a about after all also am an and any are as at be been being but by can could did do does doing done for from "  # noqa: SIM905 - one string wraps as prose
    "get getting go going got had has have having he her him his how i if in into is it its just ll may me might "
    "more most much my no not of off on or our out over re s she should so some such t than that the their "
    "them then there these they this those to too up very was we were what when where which while who whom whose "
    "why will with would you your yours ve d m don didn doesn isn aren wasn weren said say saying says talk talked "
    "talking tell told ask asked asking mention mentioned mentions comment comments discuss discussed".split()
)

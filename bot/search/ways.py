"""How else the same thing is written, where calls write one and people type another: an amount, a quarter, a name."""

import re

from bot.search import amounts, quarters, years

_JOINED = re.compile(r"([^\W_]++)&([^\W_]++)")
_MODEL = re.compile(r"([A-Za-z]{2,6})(\d{1,4})")
"""A model or a version: MD11 is also MD-11. With one letter (`S3`) the other way would be any figure behind an 's."""
_WRITTEN = {"ecommerce": "e-commerce", "e-commerce": "ecommerce"}
_SPELT = {"US": "U.S."}
"""Names in capitals that calls also write with points."""


def other_ways(text: str) -> tuple[str, ...]:
    """Return the other ways to write the amount, part of a year, year or name that a text is or holds, as told."""
    return amounts.other_ways(text) or quarters.other_ways(text) or years.fiscal_ways(text) or _named(text)


def _named(text: str) -> tuple[str, ...]:
    """Return how else a name is written: `see&spray`, `US`, `US market`, `MD11`, `ecommerce`."""
    if (other := _WRITTEN.get(text.lower())) is not None:
        return (other,)
    if model := _MODEL.fullmatch(text):
        return (f"{model[1]} {model[2]}",)
    if joined := _JOINED.fullmatch(text):
        return (f"{joined[1]} and {joined[2]}",)
    spelt = " ".join(_SPELT.get(word, word) for word in text.split())
    return (spelt,) if spelt != " ".join(text.split()) else ()


def spelt(word: str) -> str | None:
    """Return a name in capitals as calls also write it: US is U.S."""
    return _SPELT.get(word)


def initials(text: str) -> str | None:
    """Return letters with points between them as one word: `A.I.` AI, `U.S.` US."""
    joined = text.replace(".", "")
    spelt = len(joined) > 1 and "." in text and joined.isalpha() and set(map(len, text.strip(".").split("."))) == {1}
    return joined.upper() if spelt else None

"""How else the same thing is written, where calls write one and people type another: an amount, a quarter, a name."""

import re

from bot.search import amounts, quarters

_JOINED = re.compile(r"([^\W_]++)&([^\W_]++)")
_SPELT = {"us": ("U.S.",), "u.s": ("US",), "u.s.": ("US",)}
"""Names in capitals, and in letters with points: of these alone the letters are a word, too."""


def other_ways(text: str) -> tuple[str, ...]:
    """Return the other ways to write the amount, quarter, half or name that a text is, as they are told."""
    return amounts.other_ways(text) or quarters.other_ways(text) or _named(text)


def _named(text: str) -> tuple[str, ...]:
    """Return how else a name of letters is written: `see&spray`, `US`."""
    if joined := _JOINED.fullmatch(text):
        return (f"{joined[1]} and {joined[2]}",)
    return _SPELT.get(text.lower(), ()) if text.isupper() else ()


def initials(text: str) -> str | None:
    """Return letters with points between them as one word: `A.I.` AI; None where that is a word of every turn."""
    joined = text.replace(".", "")
    spelt = len(joined) > 1 and "." in text and joined.isalpha() and set(map(len, text.strip(".").split("."))) == {1}
    return joined.upper() if spelt and text.lower() not in _SPELT else None

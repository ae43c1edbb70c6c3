"""How else a part of a year is written: `q4`, `4q`, `4th quarter`, `fourth quarter`; `h2`, `2h`, `second half`."""

from functools import cache

_NAMES = (("quarter", "q", 4), ("half", "h", 2))
_ORDINALS = (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"))
ORDINALS = frozenset(word for pair in _ORDINALS for word in pair)
PARTS = frozenset(name for name, _, _ in _NAMES)


def other_ways(text: str) -> tuple[str, ...]:
    """Return the other ways to write the part of a year that a text is, the one in words first; none for no part."""
    return _ways().get(text.lower(), ())


@cache
def _ways() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, letter, parts in _NAMES:
        for number, (word, figure) in enumerate(_ORDINALS[:parts], 1):
            ways = (f"{word} {name}", f"{letter}{number}", f"{number}{letter}", f"{figure} {name}")
            found |= {way: tuple(other for other in ways if other != way) for way in ways}
    return found

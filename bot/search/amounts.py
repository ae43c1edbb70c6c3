"""How else an amount is written: `1.7bn`, `$1.7 billion`, `1.7B`; `50bps`, `50 basis points`. Calls say one of them."""

import re

_WAYS = (
    ("trillion", "tn", "t"),
    ("billion", "bn", "b"),
    ("million", "mn", "mm", "m"),
    ("thousand", "k"),
    ("basis points", "bps", "bp"),
)
"""Ways to write a unit: the word first, apart from the figure, then what is written close to it."""
_BY_UNIT = {way: ways for ways in _WAYS for way in ways}
_AMOUNT = re.compile(r"(\d++(?:[.,]\d++)*+) ?([a-z]++(?: [a-z]++)?)")
UNITS = frozenset(_BY_UNIT)
FIGURE = re.compile(r"\d++(?:[.,]\d++)*+")


def other_ways(text: str) -> tuple[str, ...]:
    """Return the other ways to write the amount that a text is, in the order they are told; none for no amount."""
    match = _AMOUNT.fullmatch(text.lower())
    ways = _BY_UNIT.get(match[2]) if match else None
    if match is None or ways is None:
        return ()
    word, *close = ways
    written = (f"{match[1]} {word}", *(f"{match[1]}{each}" for each in close))
    return tuple(way for way in written if way != text.lower())

"""How else an amount is written: `1.7bn`, `$1.7 billion`, `1.7B`; `50bps`, `50 basis points`. Calls say one of them."""

import re

_WAYS = (
    ("trillion", "tn", "t"),
    ("billion", "bn", "b"),
    ("million", "mn", "mm", "m"),
    ("thousand", "k"),
    ("basis points", "bps", "bp"),
    ("percent", "%", "per cent"),
)
"""Ways to write a unit: words apart from the figure, all else close to it."""
_WORDS = frozenset({"trillion", "billion", "million", "thousand", "basis points", "percent", "per cent"})
_BY_UNIT = {way: ways for ways in _WAYS for way in ways}
_AMOUNT = re.compile(r"(\d++(?:[.,]\d++)*+) ?(%|[a-z]++(?: [a-z]++)?)")
UNITS = frozenset(_BY_UNIT)
FIGURE = re.compile(r"\d++(?:[.,]\d++)*+%?")


def other_ways(text: str) -> tuple[str, ...]:
    """Return the other ways to write the amount that a text is, in the order they are told; none for no amount."""
    match = _AMOUNT.fullmatch(text.lower())
    ways = _BY_UNIT.get(match[2]) if match else None
    if match is None or ways is None:
        return ()
    written = (f"{match[1]}{' ' if each in _WORDS else ''}{each}" for each in ways)
    return tuple(way for way in written if way != text.lower())

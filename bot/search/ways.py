"""How else the same thing is written, where calls write one and people type another: an amount, a part of a year."""

from bot.search import amounts, quarters


def other_ways(text: str) -> tuple[str, ...]:
    """Return the other ways to write the amount, quarter or half that a text is, as they are told; none for others."""
    return amounts.other_ways(text) or quarters.other_ways(text)

"""A given file read in a child, as the bot reads it."""

from bot.confined import Limits, outcome_of, packed_given
from bot.outcome import Outcome


def read_given(data: bytes, name: str, limits: Limits | None = None) -> Outcome:
    """Give what a file holds, and what of it failed and why. Raises ConfinedError."""
    return outcome_of(packed_given(data, name, limits), name)

"""The formats, found by walking this package: a new one is one module here with a `reader`."""

from functools import cache

from bot.family import members
from bot.reading.reader import Reader


@cache
def readers() -> tuple[Reader, ...]:
    """Every format's reader, in the order of their names."""
    return members(__name__, "reader", Reader)

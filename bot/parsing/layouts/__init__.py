"""The layouts, found by walking this package: a new one is one module here with a `layout`."""

from functools import cache

from bot.family import members
from bot.parsing.layout import Evidence, Layout
from bot.parsing.sheet import Sheet


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout, in the order of their names."""
    return members(__name__, "layout", Layout)


def choose(sheet: Sheet) -> tuple[Layout, Evidence]:
    """Take the layout with the best evidence; of equals the first by name."""
    judged = ((each, each.recognise(sheet)) for each in layouts())
    return max(judged, key=lambda pair: pair[1].score)

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
    """Take the layout with the best evidence; of equals the first by name.

    Whoever can give more evidence is asked first, and nobody who could not give more than what is found.
    """
    found: dict[str, tuple[Layout, Evidence]] = {}
    best = 0.0
    for each in sorted(layouts(), key=lambda each: -each.most):
        if best > each.most:
            break
        evidence = each.recognise(sheet)
        found[each.name] = each, evidence
        best = max(best, evidence.score)
    return max((found[each.name] for each in layouts() if each.name in found), key=lambda pair: pair[1].score)

"""The layouts, found by walking this package: a new one is one module here with a `layout`."""

import importlib
import pkgutil
from functools import cache

from bot.parsing.layout import Evidence, Layout
from bot.parsing.sheet import Sheet


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout, in the order of their names."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(module.layout for module in modules)


def choose(sheet: Sheet) -> tuple[Layout, Evidence]:
    """Take the layout with the best evidence; of equals the first by name."""
    judged = ((each, each.recognise(sheet)) for each in layouts())
    return max(judged, key=lambda pair: pair[1].score)

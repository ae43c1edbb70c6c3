"""The formats, found by walking this package: a new one is one module here with a `reader`."""

import importlib
import pkgutil
from functools import cache

from bot.reading.reader import Reader


@cache
def readers() -> tuple[Reader, ...]:
    """Every format's reader, in the order of their names."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(module.reader for module in modules)

"""The slash command: sub-commands are found in this folder, anything else is a question."""

import importlib
import pkgutil
from functools import cache

from handlers.call._subcommand import Subcommand


@cache
def subcommands() -> dict[str, Subcommand]:
    """Return every sub-command of this folder by name, in the order of their names."""
    found: dict[str, Subcommand] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if module.name.startswith("_"):
            continue
        subcommand = importlib.import_module(f"{__name__}.{module.name}").subcommand
        if not isinstance(subcommand, Subcommand):
            raise TypeError(f"{module.name}.subcommand is no Subcommand")
        found[subcommand.name] = subcommand
    return found

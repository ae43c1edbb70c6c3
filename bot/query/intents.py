"""The intents, found by walking `bot/answers`: a new one is a new file there, and nothing else is edited."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    # Only for types: answers import queries, so that queries may not import answers.
    from bot.answers.intent import Intent

FAMILY = "bot.answers"


@cache
def intents() -> "Mapping[str, Intent]":
    """Return every intent by its name."""
    package = import_module(FAMILY)
    modules = (import_module(f"{FAMILY}.{module.name}") for module in iter_modules(package.__path__))
    found = (getattr(module, "intent", None) for module in modules)
    return {intent.name: intent for intent in found if intent is not None and hasattr(intent, "forms")}

"""The Web API's methods, one module a family; a new family is a new file with a tuple `methods`."""

import importlib
import pkgutil
from functools import cache

from playground.method import Method


@cache
def methods() -> dict[str, Method]:
    """Return every method by name, found by walking this package."""
    return {
        method.name: method
        for found in pkgutil.iter_modules(__path__)
        for method in importlib.import_module(f"{__name__}.{found.name}").methods
    }

"""Families: members are modules of one package, found by walking it, so that a new one is one new file."""

import importlib
import pkgutil
from typing import TypeVar

Member = TypeVar("Member")


def members(package: str, name: str, kind: type[Member]) -> tuple[Member, ...]:
    """Return what the modules of `package` hold under `name`, in the order of the modules' names.

    Modules that begin with an underscore are the family's own tools. Raises TypeError for a module without a member.
    """
    walked = pkgutil.iter_modules(importlib.import_module(package).__path__)
    modules = sorted(found.name for found in walked if not found.name.startswith("_"))
    return tuple(_member(f"{package}.{module}", name, kind) for module in modules)


def _member(module: str, name: str, kind: type[Member]) -> Member:
    found = getattr(importlib.import_module(module), name, None)
    if not isinstance(found, kind):
        raise TypeError(f"{module} holds no {name}: {kind.__name__}")
    return found

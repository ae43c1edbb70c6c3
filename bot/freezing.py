"""Many of one frozen dataclass, made fast.

A frozen dataclass with slots sets each of its fields through `object.__setattr__`, which takes four times as long as
setting them plainly. So a draft of it is made, with the same slots and not frozen, which then becomes one.
"""

from collections.abc import Iterable
from dataclasses import field, fields, make_dataclass
from typing import Any, TypeVar

Drafts = TypeVar("Drafts", bound=Iterable[Any])


def draft_of(kind: type) -> type:
    """Give the class of a dataclass's drafts: the same fields, which can be set, with the same defaults."""
    drafted = [(each.name, each.type, field(default=each.default)) for each in fields(kind)]
    return make_dataclass(f"_{kind.__name__}", drafted, slots=True)


def frozen(drafts: Drafts, kind: type) -> Drafts:
    """Make drafts what they are drafts of, each where it is."""
    for each in drafts:
        each.__class__ = kind
    return drafts

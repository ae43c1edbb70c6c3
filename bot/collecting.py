"""Python's garbage collector, held off where very much is made that all stays: it would walk all of it time and again.

Calls, their directory and their index hold no cycles: they are freed by count as ever.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.call import Call

MANY = 2_000
"""Turns above which calls are taken out of what the collector walks."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hold the collector off while hundreds of thousands of objects are made that all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def are_many(calls: Iterable[Call]) -> bool:
    """Tell whether calls have so many turns that it is worth holding the collector off."""
    return sum(len(call.turns) for call in calls) >= MANY


def keep(calls: Iterable[Call]) -> None:
    """Take what is loaded out of what the collector walks, if it is much: 0.3 s each time at 200,000 turns."""
    if are_many(calls):
        gc.freeze()

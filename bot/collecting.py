"""Python's garbage collector, held off where it would walk much for nothing, or hold everybody up.

Calls, their directory and their index hold no cycles: they are freed by count as ever. Where very much is made that all
stays, the collector would walk all of it time and again. And where answers are given it would stop in the middle of
one, by a count that says little about how much there is to walk: 5 ms as a rule of ten, 14 now and then, measured with
twenty callers. There it looks after every few answers at what those made (under 1 ms), and at everything else when
nobody waits.
"""

import gc
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from bot.call import Call

FEW = 16
"""Answers after which it looks at what they made: half the time of looking after each, as what they share is gone."""
MANY = 2_000
"""Turns above which calls are taken out of what the collector walks."""


class Collector:
    """The one collector of this process, and who holds it off."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._was = False
        self.making = 0  # those who make very much
        self.serving = 0  # those who collect between answers
        self.answers = 0  # since it looked at what they made

    def hold(self) -> None:
        """Hold it off until everybody who did lets go."""
        with self._lock:
            if not self._holders:
                self._was = gc.isenabled()
                gc.disable()
            self._holders += 1

    def let_go(self) -> None:
        """Let it work again, if it did, when nobody holds it off any more."""
        with self._lock:
            self._holders -= 1
            if not self._holders and self._was:
                gc.enable()


@cache
def collector() -> Collector:
    """Return the one of this process."""
    return Collector()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hold the collector off while hundreds of thousands of objects are made that all stay."""
    held = collector()
    held.hold()
    held.making += 1
    try:
        yield
    finally:
        held.making -= 1
        held.let_go()


def after_answer() -> None:
    """Collect what the last few answers made, where that is done between answers."""
    held = collector()
    if not held.serving or held.making:
        return
    held.answers += 1
    if held.answers >= FEW:
        held.answers = 0
        gc.collect(0)


def are_many(calls: Iterable[Call]) -> bool:
    """Tell whether calls have so many turns that it is worth holding the collector off."""
    return sum(len(call.turns) for call in calls) >= MANY


def keep(calls: Iterable[Call]) -> None:
    """Take what is loaded out of what the collector walks, if it is much: 0.3 s each time at 200,000 turns."""
    if are_many(calls):
        gc.freeze()

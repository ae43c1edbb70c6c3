"""One turn of the event loop, in which only one works for long: a request that comes in, or a step of an answer."""

import asyncio
from functools import cache

MOST = 3
"""Hasty ones in a row that go before one who waits: requests without end, forged ones too, would let nobody answer."""


class Beat:
    """Lets one work in a turn of the loop. Two in one turn would hold it for as long as both take.

    Who is hasty goes first: a request wants its acknowledgement. A step of an answer takes the turn after it.
    """

    def __init__(self) -> None:
        self._begin(None)

    def _begin(self, loop: asyncio.AbstractEventLoop | None) -> None:
        self._loop = loop
        self._taken = False
        self._waiting = {True: 0, False: 0}  # by whether they are hasty
        self._in_a_row = 0  # hasty ones that went before somebody who waits

    async def claim(self, *, hasty: bool = False) -> None:
        """Take a turn that nobody works in: this one, or one of the next."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:  # a new one: whoever worked in the old one went with it
            self._begin(loop)
        self._waiting[hasty] += 1
        try:
            while self._taken or self._waits(hasty=hasty):  # noqa: ASYNC110 - an event would take a turn more each time
                await asyncio.sleep(0)
        finally:
            if self._loop is loop:
                self._waiting[hasty] -= 1
        self._in_a_row = self._in_a_row + 1 if hasty and self._waiting[False] else 0
        self._taken = True
        loop.call_soon(self._over)

    def _waits(self, *, hasty: bool) -> bool:
        """Whether the others go first."""
        hasty_first = self._in_a_row < MOST
        return self._waiting[not hasty] > 0 and hasty != hasty_first

    def _over(self) -> None:
        self._taken = False


@cache
def beat() -> Beat:
    """Return the one of this process: all that is answered shares one event loop."""
    return Beat()

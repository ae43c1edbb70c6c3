"""One turn of the event loop, in which only one works for long: a request that comes in, or a step of an answer."""

import asyncio
from functools import cache


class Beat:
    """Lets one work in a turn of the loop. Two in one turn would hold it for as long as both take.

    Who is hasty goes first: a request wants its acknowledgement. A step of an answer takes the turn after it.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._taken = False
        self._hasty = 0

    async def claim(self, *, hasty: bool = False) -> None:
        """Take a turn that nobody works in: this one, or one of the next."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:  # a new one: whoever worked in the old one went with it
            self._loop, self._taken, self._hasty = loop, False, 0
        self._hasty += hasty
        try:
            while self._taken or (self._hasty and not hasty):  # noqa: ASYNC110 - an event would take a turn more each time
                await asyncio.sleep(0)
        finally:
            if self._loop is loop:
                self._hasty -= hasty
        self._taken = True
        loop.call_soon(self._over)

    def _over(self) -> None:
        self._taken = False


@cache
def beat() -> Beat:
    """Return the one of this process: all that is answered shares one event loop."""
    return Beat()

"""One answer's processor work at a time, in short steps, so that the event loop is nobody's for long."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from types import TracebackType

from bot.beat import beat

BREATH = 0.0005
"""Seconds of work after which the loop gets its turn: a tenth of what it may be held for. A step goes on until somebody
breathes."""


class Turnstile:
    """Lets those who work on the event loop through one by one, first come first served.

    Twenty callers who are ready at once all run in one turn of asyncio's loop: twenty steps of 2 ms hold it for 40.
    Behind a turnstile one works a turn, in which nobody behind another one works either; `hasty` ones go first. Who
    finds it open goes through at once. `breathe` between two steps lets the loop have its turn, where it has waited for
    `BREATH`; nobody overtakes meanwhile. A task may enter it again within.
    """

    def __init__(self, *, hasty: bool = False) -> None:
        self._hasty = hasty
        self._loop: asyncio.AbstractEventLoop | None = None
        self._inside: asyncio.Task[object] | None = None
        self._depth = 0
        self._busy = False
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._since = 0.0

    async def __aenter__(self) -> None:
        """Go through, when it is one's turn."""
        task = asyncio.current_task()
        if self._depth and self._inside is task:
            self._depth += 1
            return
        await self._pass()
        self._inside, self._depth, self._since = task, 1, time.perf_counter()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the next one through, in the loop's next turn."""
        if self._inside is not asyncio.current_task():  # it left, and gave up before it was its turn again
            return
        self._depth -= 1
        if not self._depth:
            self._leave()

    @property
    def free(self) -> bool:
        """Whether nobody is inside, and nobody waits."""
        return not (self._busy or self.waiting)

    @property
    def waiting(self) -> int:
        """How many stand before it."""
        return sum(not one.done() for one in self._waiting)

    @property
    def crowd(self) -> int:
        """How many stand before it, those included who have just given up: told at once, however many there are."""
        return len(self._waiting)

    async def breathe(self) -> None:
        """Let the loop have its turn if it has waited for long; whoever holds the turnstile keeps it."""
        if time.perf_counter() - self._since > BREATH:
            await asyncio.sleep(0)
            await beat().claim(hasty=self._hasty)
            self._since = time.perf_counter()

    @asynccontextmanager
    async def left(self) -> AsyncIterator[None]:
        """Let others through while one waits for a thread; then go before who came later. Only for who is inside."""
        depth = self._depth
        self._leave()
        try:
            yield
        finally:
            await self._pass(first=True)
            self._inside, self._depth, self._since = asyncio.current_task(), depth, time.perf_counter()

    async def _pass(self, *, first: bool = False) -> None:
        await self._queue(first=first)
        try:
            await beat().claim(hasty=self._hasty)
        except asyncio.CancelledError:
            self._leave()
            raise

    async def _queue(self, *, first: bool) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:  # a new one: whoever stood here went with the old one
            self._loop, self._busy = loop, False
            self._waiting.clear()
        if not self._busy:
            self._busy = True
            return
        mine: asyncio.Future[None] = loop.create_future()
        if first:
            self._waiting.appendleft(mine)
        else:
            self._waiting.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():  # it was called in, and given up in the same turn
                self._next()
            raise

    def _leave(self) -> None:
        """Open it in the next turn; behind an answer in the one after that, as in the next the answer is sent.

        In this one, all who are ready would go through after each other.
        """
        self._inside, self._depth = None, 0
        if self._loop is None:
            return
        if not self._hasty:
            self._loop.call_soon(self._loop.call_soon, self._next)
        elif self._waiting:
            self._next()  # who is called in now comes in the next turn
        else:
            self._loop.call_soon(self._next)

    def _next(self) -> None:
        while self._waiting:
            one = self._waiting.popleft()
            if not one.done():
                one.set_result(None)
                return
        self._busy = False


@cache
def turnstile() -> Turnstile:
    """Return the one of this process: all its answers share one event loop."""
    return Turnstile()

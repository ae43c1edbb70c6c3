"""The collector between answers: who gives a file waits for no event loop, so what runs on one stands here."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from bot.collecting import collector

_log = logging.getLogger(__name__)
LOOK = 60.0
"""Seconds between two looks at everything, some 30 ms each; what waits for one is what refers to itself."""
LONGEST = 10
"""Looks that are put off in a row since somebody waits; then one is taken all the same."""


@asynccontextmanager
async def collecting_between_answers(free: Callable[[], bool], *, every: float = LOOK) -> AsyncIterator[None]:
    """Collect after a few answers what they made (`after_answer`), and all when nobody waits: `free` says so.

    `every` so many seconds a look is due.
    """
    held = collector()
    held.hold()
    held.serving += 1
    looking = asyncio.create_task(_look(free, every), name="the collector")
    try:
        yield
    finally:
        held.serving -= 1
        held.let_go()
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def _look(free: Callable[[], bool], every: float) -> None:
    put_off = 0
    while True:
        await asyncio.sleep(every)
        try:
            put_off = 0 if free() else put_off + 1
        except Exception:  # noqa: BLE001  # nothing else would ever look again: the collector is held off
            _log.exception("it can't be told whether anybody waits; the next look tries again")
            put_off += 1
        if not put_off or put_off > LONGEST:
            put_off = 0
            gc.collect()

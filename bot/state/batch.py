"""Several small writes in one commit: what comes in while a commit is under way goes with the next one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

LARGEST = 500  # items a batch: a statement's parameters are limited on every database
T = TypeVar("T")
R = TypeVar("R")


class Batch(Generic[T, R]):
    """Hands items to `work` in batches, in the order they came; one batch at a time.

    `work` returns one result an item. What it raises, everybody of that batch gets.
    """

    def __init__(self, work: Callable[[list[T]], Awaitable[list[R]]]) -> None:
        self._work = work
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._running: asyncio.Task[None] | None = None

    async def do(self, item: T) -> R:
        """Return the result of an item, once its batch is done."""
        result: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, result))
        if self._running is None:
            # A task of its own: a caller who goes away must not take the batch with it.
            self._running = asyncio.create_task(self._run(), name="write a batch")
        return await result

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
                try:
                    results = await self._work([item for item, _ in batch])
                except Exception as error:  # noqa: BLE001  # it is given to everybody who waits for it
                    for _, waiting in batch:
                        if not waiting.done():
                            waiting.set_exception(error)
                else:
                    for (_, waiting), result in zip(batch, results, strict=True):
                        if not waiting.done():
                            waiting.set_result(result)
        finally:
            self._running = None

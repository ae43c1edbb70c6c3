"""Work that goes on after Slack has its acknowledgement: held on to, and awaited before the process ends."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from bot.errors import EarshotError

T = TypeVar("T")
Work = list["asyncio.Task[object]"]

_work: ContextVar[Work | None] = ContextVar("work of the request at hand", default=None)
_log = logging.getLogger(__name__)


class Errands:
    """Running tasks. The event loop holds tasks weakly, so somebody has to hold them."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[object]] = set()

    def __len__(self) -> int:
        return len(self._running)

    def start(self, work: Coroutine[object, object, T], name: str) -> "asyncio.Task[T]":
        """Run `work` in the background; what it raises is logged, never lost."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        group = _work.get()
        if group is not None:
            group.append(task)
        return task

    @contextmanager
    def group(self, tasks: Work) -> Iterator[None]:
        """Collect in `tasks` what is started for one request."""
        token = _work.set(tasks)
        try:
            yield
        finally:
            _work.reset(token)

    async def drain(self, seconds: float) -> int:
        """Wait until nothing runs, at most `seconds`. Return how many tasks were given up."""
        until = asyncio.get_running_loop().time() + seconds
        while self._running:
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                break
            await asyncio.wait(self._running, timeout=left)
        given_up = len(self._running)
        for task in list(self._running):
            task.cancel()
        return given_up

    def _ended(self, task: "asyncio.Task[T]") -> None:
        self._running.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, EarshotError):  # foreseen: its sentence says it all
            _log.warning("%s failed: %s", task.get_name(), error.sentence)
        else:
            _log.error("%s failed", task.get_name(), exc_info=error)

"""What was looked up in the store lately: kept for a while, and looked up once for all who ask at the same moment."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(slots=True)
class Known(Generic[K, V]):
    """Values for `fresh` seconds each, at most `most` of them; the one used longest ago gives way."""

    fresh: float
    most: int
    _held: "OrderedDict[K, tuple[float, V]]" = field(default_factory=OrderedDict)
    _looking: "dict[K, asyncio.Task[V]]" = field(default_factory=dict)

    async def of(self, key: K, look: Callable[[], Awaitable[V]]) -> V:
        """Return the value of a key: at hand, or as `look` finds it now. Raises what `look` raises."""
        held = self._held.get(key)
        if held is not None and asyncio.get_running_loop().time() < held[0]:
            self._held.move_to_end(key)
            return held[1]
        task = self._looking.get(key)
        if task is None or task.done():
            task = self._looking[key] = asyncio.create_task(self._look(key, look), name="look something up")
        # Who gives up must not take the others' look with them.
        return await asyncio.shield(task)

    async def _look(self, key: K, look: Callable[[], Awaitable[V]]) -> V:
        mine = asyncio.current_task()
        now = asyncio.get_running_loop().time()
        try:
            value = await look()
            if self._looking.get(key) is mine:  # else it was forgotten while we looked: what we saw may be no more
                self._held[key] = (now + self.fresh, value)
                self._held.move_to_end(key)
                while len(self._held) > self.most:
                    self._held.popitem(last=False)
            return value
        finally:
            if self._looking.get(key) is mine:
                del self._looking[key]

    def forget(self, wanted: Callable[[K], bool] = lambda _: True) -> None:
        """Look the wanted keys up anew next time: they have changed. Who is looking now sees what was."""
        for kept in (self._held, self._looking):
            for key in [key for key in kept if wanted(key)]:
                del kept[key]

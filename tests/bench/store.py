"""The store: how long an event takes to be written down, and a digest to be claimed, on SQLite as it is shipped."""

import asyncio
import datetime as dt
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.state.run import Planned
from bot.state.store import Store
from handlers.serve import utc_now

NOW = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_all(f"sqlite:///{Path(folder) / 'state.db'}"))


async def _all(url: str) -> None:
    began = time.perf_counter()
    store = await Store.open(url, clock=utc_now)
    print(f"open and make the tables: {(time.perf_counter() - began) * 1000:.0f} ms")
    body = "x" * 1500
    await _timed("inbox, one at a time", lambda n: store.receive("T1", f"a{n}", body), 300, 0.0)
    await _timed("inbox, 100 a second", lambda n: store.receive("T1", f"b{n}", body), 500, 0.01)
    await _timed("inbox and done, 100 a second", lambda n: _whole(store, f"c{n}", body), 500, 0.01)
    await _timed("inbox, 500 at once", lambda n: store.receive("T1", f"d{n}", body), 500, None)
    await _timed("read a thread", lambda n: store.thread("T1", "C1", str(n)), 500, 0.0)
    await store.plan_runs("T1", "C1", [Planned(NOW.date() - dt.timedelta(days=n), NOW) for n in range(300)])
    lease = dt.timedelta(minutes=1)
    await _timed("claim a digest", lambda _: store.claim_run("T1", "one", NOW, due_by=NOW, lease=lease), 300, 0.0)
    await store.close()


async def _whole(store: Store, event: str, body: str) -> None:
    await store.receive("T1", event, body)
    await store.done("T1", event)


async def _timed(name: str, work: Callable[[int], Awaitable[object]], times: int, gap: float | None) -> None:
    """Do `work` so many times: one after the other (gap 0), one every `gap` seconds, or all at once (None)."""
    took: list[float] = []

    async def one(number: int) -> None:
        began = time.perf_counter()
        await work(number)
        took.append((time.perf_counter() - began) * 1000)

    if gap == 0.0:
        for number in range(times):
            await one(number)
    else:
        async with asyncio.TaskGroup() as group:
            for number in range(times):
                group.create_task(one(number))
                if gap is not None:
                    await asyncio.sleep(gap)
    took.sort()
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    print(f"{name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {took[-1]:.1f} ms ({times} times)")

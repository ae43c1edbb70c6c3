"""Batches: one at a time, in order, each caller with its own result; and the inbox over them."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.state.batch import Batch
from bot.state.inbox import LEASE
from bot.state.store import Store
from handlers.serve import utc_now


class Work:
    """Work that remembers its batches, and takes a moment for each."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.open = asyncio.Event()

    async def __call__(self, items: list[int]) -> list[int]:
        self.batches.append(items)
        await self.open.wait()
        if 13 in items:
            raise RuntimeError("unlucky")
        return [item * 10 for item in items]


async def test_what_comes_meanwhile_shares_the_next_batch() -> None:
    work = Work()
    batch = Batch(work)
    callers = [asyncio.create_task(batch.do(number)) for number in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    callers += [asyncio.create_task(batch.do(number)) for number in range(5, 8)]
    await asyncio.sleep(0)
    work.open.set()
    assert await asyncio.gather(*callers) == [number * 10 for number in range(8)]
    assert list(itertools.chain(*work.batches)) == list(range(8))
    assert len(work.batches) == 2


async def test_an_error_is_everybodys_of_that_batch_and_nobodys_after() -> None:
    work = Work()
    work.open.set()
    batch = Batch(work)
    found = await asyncio.gather(batch.do(1), batch.do(13), return_exceptions=True)
    assert [type(one) for one in found] == [RuntimeError, RuntimeError]
    assert await batch.do(2) == 20


async def test_a_caller_who_goes_away_takes_nothing_with_them() -> None:
    work = Work()
    batch = Batch(work)
    gone, stays = asyncio.create_task(batch.do(1)), asyncio.create_task(batch.do(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    work.open.set()
    assert await stays == 20
    assert gone.cancelled()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite:///{tmp_path / 'state.db'}", clock=utc_now)
    yield store
    await store.close()


async def test_a_thousand_events_repeated_over_two_replicas_are_each_received_once(
    store: Store, tmp_path: Path
) -> None:
    other = await Store.open(f"sqlite:///{tmp_path / 'state.db'}", clock=utc_now)
    received = await asyncio.gather(
        *(
            (store, other)[turn % 2].receive("T1", f"Ev{number}", "{}")
            for number in range(1000)
            for turn in range(1 + number % 4)
        )
    )
    assert sum(received) == 1000
    assert len(received) == 2500
    await asyncio.gather(*(store.done("T1", f"Ev{number}") for number in range(1000)))
    assert await store.tenants_with_undone(store.clock() + LEASE, store.clock().replace(year=2000)) == ()
    await other.close()

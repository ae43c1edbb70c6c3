"""What is looked up in the store: once for all who ask at once, kept for a while, and not past a change."""

import asyncio

import pytest

from handlers.known import Known


class Store:
    """A store that counts its looks, and answers once `open` is set."""

    def __init__(self) -> None:
        self.looks = 0
        self.value = "old"
        self.open = asyncio.Event()

    async def look(self) -> str:
        """Return what is there at the beginning of a look."""
        self.looks += 1
        seen = self.value
        await self.open.wait()
        return seen


async def test_all_who_ask_at_once_share_one_look_and_those_after_them_need_none() -> None:
    store, known = Store(), Known[str, str](60.0, 10)
    asking = [asyncio.create_task(known.of("T1", store.look)) for _ in range(20)]
    await asyncio.sleep(0)
    store.open.set()
    assert await asyncio.gather(*asking) == ["old"] * 20
    assert await known.of("T1", store.look) == "old"
    assert store.looks == 1


async def test_what_was_forgotten_during_a_look_is_looked_up_anew_and_never_kept() -> None:
    store, known = Store(), Known[str, str](60.0, 10)
    before = asyncio.create_task(known.of("T1", store.look))
    await asyncio.sleep(0.001)
    store.value = "new"
    known.forget(lambda key: key == "T1")
    after = asyncio.create_task(known.of("T1", store.look))
    await asyncio.sleep(0.001)
    store.open.set()
    assert (await before, await after) == ("old", "new")
    assert await known.of("T1", store.look) == "new"
    assert store.looks == 2


async def test_who_gives_up_does_not_take_the_others_look_along() -> None:
    store, known = Store(), Known[str, str](60.0, 10)
    first, second = (asyncio.create_task(known.of("T1", store.look)) for _ in range(2))
    await asyncio.sleep(0.001)
    first.cancel()
    await asyncio.sleep(0)
    store.open.set()
    assert await second == "old"
    assert first.cancelled()


async def test_a_look_that_fails_is_told_to_all_and_not_kept() -> None:
    known = Known[str, str](60.0, 10)

    async def broken() -> str:
        raise OSError("no disk")

    for each in await asyncio.gather(*(known.of("T1", broken) for _ in range(3)), return_exceptions=True):
        assert isinstance(each, OSError)
    with pytest.raises(OSError, match="no disk"):
        await known.of("T1", broken)


async def test_at_most_so_many_are_kept_and_stale_ones_are_looked_up_again() -> None:
    store, known = Store(), Known[str, str](60.0, 2)
    store.open.set()
    for key in ("T1", "T2", "T1", "T3", "T1"):
        await known.of(key, store.look)
    assert store.looks == 3
    await known.of("T2", store.look)  # gave way to T3
    assert store.looks == 4
    stale = Known[str, str](0.0, 2)
    await stale.of("T1", store.look)
    await stale.of("T1", store.look)
    assert store.looks == 6

"""The turnstile: one at a time, in order, and nobody is locked out."""

import asyncio

import pytest

from bot import turnstile as module
from bot.turnstile import Turnstile, turnstile


@pytest.fixture(autouse=True)
def breathless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BREATH", -1.0)  # every breath is due


async def test_who_are_ready_at_once_go_through_in_different_turns_of_the_loop_in_order() -> None:
    gate, turns, passed = Turnstile(), 0, list[tuple[int, int]]()

    def tick() -> None:
        nonlocal turns
        turns += 1
        if len(passed) < 5:
            asyncio.get_running_loop().call_soon(tick)

    async def caller(number: int) -> None:
        async with gate:
            passed.append((number, turns))

    tick()
    await asyncio.gather(*(caller(number) for number in range(5)))
    assert [number for number, _ in passed] == [0, 1, 2, 3, 4]
    assert len({turn for _, turn in passed}) == len(passed)


async def test_nobody_overtakes_while_one_breathes() -> None:
    gate, said = Turnstile(), list[str]()

    async def caller(name: str) -> None:
        async with gate:
            said.append(f"{name} in")
            await gate.breathe()
            said.append(f"{name} out")

    await asyncio.gather(caller("a"), caller("b"))
    assert said == ["a in", "a out", "b in", "b out"]


async def test_a_breath_lets_the_loop_have_its_turn() -> None:
    gate, had = Turnstile(), list[str]()
    async with gate:
        asyncio.get_running_loop().call_soon(had.append, "turn")
        await gate.breathe()
        assert had == ["turn"]


async def test_who_is_inside_may_enter_again() -> None:
    gate = Turnstile()
    async with gate, gate:
        pass
    async with asyncio.timeout(5), gate:
        pass


async def test_others_go_through_while_one_has_left_for_a_thread() -> None:
    gate, said = Turnstile(), list[str]()
    away = asyncio.Event()

    async def long() -> None:
        async with gate:
            async with gate.left():
                await away.wait()
            said.append("long")

    async def short() -> None:
        async with gate:
            said.append("short")
        away.set()

    async with asyncio.timeout(5):
        await asyncio.gather(long(), short())
    assert said == ["short", "long"]


async def test_one_who_comes_back_from_a_thread_goes_before_those_who_came_later() -> None:
    gate, order = Turnstile(), list[str]()
    back = asyncio.Event()

    async def first() -> None:
        async with gate, gate.left():
            await back.wait()
        order.append("first")

    async def later(name: str) -> None:
        async with gate:
            await asyncio.sleep(0.01)  # the next one queues meanwhile
            back.set()
            await asyncio.sleep(0.01)
            order.append(name)

    async with asyncio.TaskGroup() as group:
        group.create_task(first())
        for name in ("second", "third"):
            await asyncio.sleep(0)
            group.create_task(later(name))
    assert order == ["second", "first", "third"]


async def test_one_who_gives_up_waiting_is_passed_over() -> None:
    gate, said = Turnstile(), list[str]()

    async def caller(name: str) -> None:
        async with gate:
            said.append(name)

    async with asyncio.timeout(5):
        async with gate:
            first, second = (asyncio.create_task(caller(name)) for name in ("given up", "next"))
            await asyncio.sleep(0)
            first.cancel()
        await asyncio.wait({first, second})
        async with gate:
            said.append("last")
    assert said == ["next", "last"]


@pytest.mark.parametrize("hasty", [True, False])
async def test_one_who_is_called_in_and_gives_up_in_the_same_turn_lets_the_next_one_in(hasty: bool) -> None:
    gate, said = Turnstile(hasty=hasty), list[str]()

    async def caller(name: str) -> None:
        async with gate:
            said.append(name)

    async with asyncio.timeout(5):
        async with gate:
            first, second = (asyncio.create_task(caller(name)) for name in ("given up", "next"))
            await asyncio.sleep(0)
        first.cancel()  # a hasty one was called in on the way out; the other is called in by the loop
        await asyncio.wait({first, second})
    assert said == ["next"]
    assert gate.waiting == 0


async def test_one_who_left_and_gives_up_before_its_turn_takes_nobody_elses() -> None:
    gate, said, away = Turnstile(), list[str](), asyncio.Event()

    async def long() -> None:
        async with gate, gate.left():
            await away.wait()

    async with asyncio.timeout(5):
        gone = asyncio.create_task(long())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        async with gate:
            away.set()
            await asyncio.sleep(0)  # it waits for its turn again
            gone.cancel()
            await asyncio.wait({gone})
            last = asyncio.create_task(through(gate, said))
            await asyncio.sleep(0)
            assert said == []
        await last


async def through(gate: Turnstile, said: list[str]) -> None:
    async with gate:
        said.append("through")


async def test_an_error_inside_lets_the_next_one_in() -> None:
    gate = Turnstile()
    with pytest.raises(ValueError, match="inside"):
        async with gate:
            raise ValueError("inside")
    async with asyncio.timeout(5), gate:
        pass


def test_a_new_loop_finds_it_open() -> None:
    async def left_standing() -> None:
        await turnstile().__aenter__()

    async def through() -> str:
        async with asyncio.timeout(5), turnstile():
            return "through"

    asyncio.run(left_standing())
    assert asyncio.run(through()) == "through"

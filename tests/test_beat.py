"""A turn of the loop belongs to one who works for long."""

import asyncio
from collections import Counter

import pytest

from bot.beat import Beat
from bot.turnstile import Turnstile


@pytest.fixture(name="turns")
async def _turns() -> "Turns":
    return Turns()


class Turns:
    """Counts the turns of the loop."""

    def __init__(self) -> None:
        self.now = 0
        self._tick()

    def _tick(self) -> None:
        self.now += 1
        asyncio.get_running_loop().call_soon(self._tick)


async def test_two_who_are_ready_at_once_work_in_different_turns(turns: Turns) -> None:
    beat, worked = Beat(), Counter[int]()

    async def work() -> None:
        for _ in range(3):
            await beat.claim()
            worked[turns.now] += 1
            await asyncio.sleep(0)

    async with asyncio.timeout(5):
        await asyncio.gather(work(), work(), work())
    assert worked.total() == 9
    assert set(worked.values()) == {1}


async def test_the_hasty_one_goes_before_the_next_step_of_an_answer(turns: Turns) -> None:
    beat, order = Beat(), list[str]()

    async def answer() -> None:
        for step in range(3):
            await beat.claim()
            order.append(f"step {step}")
            await asyncio.sleep(0)

    async def request() -> None:
        await beat.claim(hasty=True)
        order.append("request")

    async with asyncio.timeout(5):
        await asyncio.gather(answer(), request())
    assert order == ["step 0", "request", "step 1", "step 2"]
    assert turns.now


async def test_hasty_ones_without_end_hold_no_answer_up(turns: Turns) -> None:
    beat, done = Beat(), list[str]()

    async def requests() -> None:
        while "answer" not in done:
            await beat.claim(hasty=True)
            done.append("request")
            await asyncio.sleep(0)

    async def answer() -> None:
        for _ in range(3):
            await beat.claim()
            await asyncio.sleep(0)
        done.append("answer")

    async with asyncio.timeout(5):
        await asyncio.gather(*(requests() for _ in range(20)), answer())
    assert done.count("request") >= 3
    assert turns.now


async def test_who_gives_up_waiting_holds_nobody_up() -> None:
    beat = Beat()
    gone = asyncio.create_task(beat.claim(hasty=True))
    await beat.claim()  # before it
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait({gone})
    assert gone.cancelled()
    async with asyncio.timeout(5):
        await beat.claim()


def test_a_new_loop_begins_anew() -> None:
    beat = Beat()

    async def work() -> str:
        await asyncio.wait_for(beat.claim(), 5)
        return "worked"

    assert [asyncio.run(work()) for _ in range(2)] == ["worked"] * 2  # each ends before its turn is over


async def test_two_turnstiles_let_none_work_in_the_others_turn(turns: Turns) -> None:
    gates, worked = (Turnstile(hasty=True), Turnstile()), Counter[int]()

    async def caller(gate: Turnstile) -> None:
        async with gate:
            worked[turns.now] += 1

    async with asyncio.timeout(5):
        await asyncio.gather(*(caller(gate) for gate in gates * 5))
    assert worked.total() == 10
    assert set(worked.values()) == {1}


async def test_one_who_gives_up_at_the_beat_leaves_the_turnstile_open(monkeypatch: pytest.MonkeyPatch) -> None:
    beat = Beat()
    monkeypatch.setattr("bot.turnstile.beat", lambda: beat)
    gate, through = Turnstile(), list[str]()

    async def caller(name: str) -> None:
        async with gate:
            through.append(name)

    gone = asyncio.create_task(caller("gone"))
    await beat.claim()  # before it
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait({gone})
    async with asyncio.timeout(5):
        await caller("next")
    assert through == ["next"]

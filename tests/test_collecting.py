"""Python's collector is held off while calls are loaded, and comes back; it walks none of many calls."""

import asyncio
import datetime as dt
import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.ask import ask
from bot.attribution import Attribution
from bot.between_answers import LONGEST, collecting_between_answers
from bot.call import Call
from bot.collecting import FEW, MANY, after_answer, are_many, keep, without_collecting
from bot.errors import QuestionError
from bot.kind import Kind
from bot.library import Library
from bot.section import Section
from bot.turn import Turn

TURN = Turn(0, 1, None, "line 1", Section.QA, None, None, Kind.UNKNOWN, None, None, Attribution.UNLABELLED, "Words.")


def call(turns: int) -> Call:
    return Call("a", None, None, None, None, None, None, {}, (), (TURN,) * turns, (), ())


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_is_held_off_and_comes_back() -> None:
    with pytest.raises(ValueError, match="in the middle"), without_collecting():  # noqa: PT012  # what is held off, too
        assert not gc.isenabled()
        with without_collecting():
            pass
        assert not gc.isenabled()
        raise ValueError("in the middle")
    assert gc.isenabled()


def test_who_held_it_off_before_keeps_it_held_off() -> None:
    gc.disable()
    with without_collecting():
        pass
    assert not gc.isenabled()


@pytest.mark.parametrize(("turns", "many"), [((0,), False), ((MANY - 1,), False), ((MANY,), True), ((MANY, 1), True)])
def test_only_many_calls_are_taken_out(turns: tuple[int, ...], many: bool) -> None:  # a column of the table
    calls = [call(each) for each in turns]
    new: list[list[object]] = [[] for _ in range(1000)]  # what the collector has to walk otherwise
    before = gc.get_freeze_count()
    keep(calls)
    assert are_many(calls) is many
    assert (gc.get_freeze_count() - before >= len(new)) is many


class Knot:
    """What refers to itself: only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


def knot() -> "weakref.ref[Knot]":
    return weakref.ref(Knot())


def old_knot(freed: asyncio.Event) -> "weakref.ref[Knot]":
    """Tie a knot that outlives one look at what is new; `freed` is set when it goes."""
    kept = Knot()
    tied = weakref.ref(kept, lambda _: freed.set())
    gc.collect(0)
    return tied


async def test_between_answers_it_collects_what_a_few_made() -> None:
    gc.collect()
    async with collecting_between_answers(lambda: False):
        assert not gc.isenabled()
        tied = knot()
        with without_collecting():  # calls come in meanwhile: to walk them all would take long
            after_answer()
            assert tied() is not None
        for _ in range(FEW - 1):
            after_answer()
            assert tied() is not None
        after_answer()
        assert tied() is None
    assert gc.isenabled()
    tied = knot()
    after_answer()  # nobody holds it off: it works by itself
    assert tied() is not None


async def test_everything_is_looked_at_when_nobody_waits() -> None:
    free, freed = False, asyncio.Event()
    tied = old_knot(freed)
    async with asyncio.timeout(10), collecting_between_answers(lambda: free, every=0.001):
        for _ in range(FEW):
            after_answer()
        assert tied() is not None, "what an answer made is all that is looked at"
        free = True
        await freed.wait()


async def test_it_is_put_off_while_somebody_waits_and_not_for_ever() -> None:
    asked: list[bool] = []
    freed = asyncio.Event()
    tied = old_knot(freed)

    def free() -> bool:
        asked.append(tied() is not None)
        return False

    async with asyncio.timeout(10), collecting_between_answers(free, every=0.001):
        await freed.wait()
    assert sum(asked) == LONGEST + 1


async def test_several_servers_hold_it_off_until_the_last_one_ends() -> None:
    async with collecting_between_answers(lambda: True):
        async with collecting_between_answers(lambda: True):
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


async def test_it_collects_after_what_could_not_be_answered() -> None:
    library = await Library.of(())
    gc.collect()
    async with collecting_between_answers(lambda: False):
        tied = knot()
        for _ in range(FEW):
            with pytest.raises(QuestionError):
                await ask(library, "", today=dt.date(2026, 1, 1))
        assert tied() is None


async def test_it_goes_on_looking_where_it_cannot_be_told_whether_anybody_waits() -> None:
    told = iter((False,))
    freed = asyncio.Event()
    async with collecting_between_answers(lambda: next(told), every=0.001):
        tied = old_knot(freed)
        await asyncio.wait_for(freed.wait(), 30)
        assert tied() is None
    assert gc.isenabled()

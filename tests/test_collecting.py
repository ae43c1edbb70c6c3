"""Python's collector is held off while calls are loaded, and comes back; it walks none of many calls."""

import gc
from collections.abc import Iterator

import pytest

from bot.attribution import Attribution
from bot.call import Call
from bot.collecting import MANY, are_many, keep, without_collecting
from bot.kind import Kind
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

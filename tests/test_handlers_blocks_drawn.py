"""Turns as they are drawn: kept for whoever finds the same words of them, and of no other turn."""

import dataclasses

import pytest

from bot.answers.answer import Quote
from bot.call import Call
from bot.search.findings import Why
from handlers.blocks import drawn
from handlers.blocks.drawn import Drawings
from tests.desk import call


def quote(held: Call, index: int, spans: tuple[tuple[int, int], ...] = ((0, 3),)) -> Quote:
    turn = held.turns[index]
    return Quote(held, turn, 0, len(turn.text), spans)


def test_the_same_words_of_a_turn_are_drawn_once() -> None:
    held, drawings = call(), Drawings()
    first = drawings.of(quote(held, 1), Why.MATCHED, 900)
    assert drawings.of(quote(held, 1), Why.MATCHED, 900) is first


@pytest.mark.parametrize(
    ("index", "spans", "why", "room"),
    [
        (2, ((0, 3),), Why.MATCHED, 900),
        (1, ((0, 4),), Why.MATCHED, 900),
        (1, ((0, 3),), Why.SYNONYM, 900),
        (1, ((0, 3),), Why.MATCHED, 40),
    ],
)
def test_another_turn_other_words_another_reason_and_less_room_are_drawn_anew(
    index: int, spans: tuple[tuple[int, int], ...], why: Why, room: int
) -> None:
    held, drawings = call(), Drawings()
    first = drawings.of(quote(held, 1), Why.MATCHED, 900)
    other = drawings.of(quote(held, index, spans), why, room)
    assert other != first
    assert other == Drawings().of(quote(held, index, spans), why, room)


def test_a_call_that_changed_is_drawn_as_it_is_now() -> None:
    held, drawings = call(), Drawings()
    drawings.of(quote(held, 1), Why.MATCHED, 900)
    turns = [dataclasses.replace(turn, text="Now it says something else.") for turn in held.turns]
    changed = dataclasses.replace(held, turns=tuple(turns))
    now = drawings.of(quote(changed, 1), Why.MATCHED, 900)
    assert now.shown.text == "Now it says something else."
    assert "something else" in now.spoken


def test_those_drawn_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "KEPT", 2)
    held, drawings = call(), Drawings()
    first, second = (drawings.of(quote(held, index), Why.MATCHED, 900) for index in (1, 2))
    assert drawings.of(quote(held, 1), Why.MATCHED, 900) is first
    drawings.of(quote(held, 3), Why.MATCHED, 900)
    assert drawings.of(quote(held, 1), Why.MATCHED, 900) is first
    assert drawings.of(quote(held, 2), Why.MATCHED, 900) is not second

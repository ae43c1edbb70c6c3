"""Turns as they are drawn: kept for whoever finds the same words of them, and of no other turn."""

import dataclasses
import datetime as dt

import pytest

from bot.answers.answer import Quote
from bot.ask import ask
from bot.call import Call
from bot.library import Library
from bot.search.findings import Why
from handlers.answering import Answers
from handlers.blocks import drawn
from handlers.blocks.drawn import Drawings
from handlers.blocks.page import render
from handlers.blocks.view import View
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
    """As many characters, and the same marks: only the turn is another."""
    held, drawings = call(), Drawings()
    before = drawings.of(quote(held, 1), Why.MATCHED, 900)
    turns = [dataclasses.replace(turn, text=turn.text.swapcase()) for turn in held.turns]
    changed = dataclasses.replace(held, turns=tuple(turns))
    now = drawings.of(quote(changed, 1), Why.MATCHED, 900)
    assert now.shown.text == changed.turns[1].text[now.shown.start : now.shown.end]
    assert now.words != before.words
    assert now.spoken != before.spoken


def test_a_turn_of_a_call_that_is_called_otherwise_now_says_so() -> None:
    held, drawings = call(), Drawings()
    drawings.of(quote(held, 1), Why.MATCHED, 900)
    renamed = dataclasses.replace(held, company="Another Name, Inc.")
    assert "Another Name, Inc." in drawings.of(quote(renamed, 1), Why.MATCHED, 900).spoken


def test_another_part_of_a_turn_with_the_same_marks_is_drawn_anew() -> None:
    held, drawings = call(), Drawings()
    turn = held.turns[1]
    first, second = (Quote(held, turn, start, start + 20, ((0, 3),)) for start in (0, 5))
    drawings.of(first, Why.MATCHED, 900)
    assert drawings.of(second, Why.MATCHED, 900).shown == second


async def test_a_page_is_the_same_where_its_turns_were_drawn_before() -> None:
    library, drawings = await Library.of((call(),)), Drawings()
    for question in ("quote margin", "who said margin", "margin"):
        answer = await ask(library, question, today=dt.date(2026, 11, 22))
        view = View(offset=0)
        assert answer.hits
        assert render(answer, view, library.calls, drawings=drawings) == render(answer, view, library.calls)


async def test_each_library_has_its_own() -> None:
    answers, today = Answers(), dt.date(2026, 11, 22)
    first, second = await Library.of((call(),)), await Library.of((call("another"),))
    for library in (first, second):
        await answers.shown(library, "quote margin", View(), today)
    kept = [answers._held_of(library, today).drawings._kept for library in (first, second)]
    assert all(kept)
    assert kept[0].keys().isdisjoint(kept[1])


def test_those_drawn_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "KEPT", 2)
    held, drawings = call(), Drawings()
    first, second = (drawings.of(quote(held, index), Why.MATCHED, 900) for index in (1, 2))
    assert drawings.of(quote(held, 1), Why.MATCHED, 900) is first
    drawings.of(quote(held, 3), Why.MATCHED, 900)
    assert drawings.of(quote(held, 1), Why.MATCHED, 900) is first
    assert drawings.of(quote(held, 2), Why.MATCHED, 900) is not second

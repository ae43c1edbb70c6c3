"""Answers at hand: the same as asked anew, and forgotten when a call comes, changes or goes, or the day does."""

import asyncio
import datetime as dt
import gc

import pytest

from bot.between_answers import collecting_between_answers
from bot.collecting import FEW
from bot.errors import QuestionError
from bot.library import Library
from handlers import answering
from handlers.answering import Answers
from handlers.blocks.view import View
from tests.desk import SPOKEN, call

TODAY = dt.date(2026, 11, 22)


async def test_an_answer_at_hand_is_the_one_that_was_given() -> None:
    library, answers = await Library.of((call(),)), Answers()
    first = await answers.of(library, "quote margin", 0, TODAY)
    assert await answers.of(library, "quote margin", 0, TODAY) is first
    assert await answers.of(library, "quote margin", 3, TODAY) is not first
    assert await answers.of(library, "quote margin", 0, TODAY + dt.timedelta(days=1)) is not first


async def test_what_many_ask_at_once_is_drawn_once() -> None:
    library, answers = await Library.of((call(),)), Answers()
    shown = await asyncio.gather(*(answers.shown(library, "quote margin", View(), TODAY) for _ in range(5)))
    assert all(page is shown[0] for page in shown)


async def test_a_library_that_changes_is_asked_anew() -> None:
    library, answers = await Library.of((call(),)), Answers()
    before = await answers.of(library, "quote superchargers", 0, TODAY)
    rows = [(*row[:6], row[6].replace("superchargers", "chargers")) for row in SPOKEN]
    await library.add((call(rows=rows),))
    after = await answers.of(library, "quote superchargers", 0, TODAY)
    assert before.total > 0
    assert "superchargers" not in "".join(hit.quote.text for hit in after.hits)
    await library.remove(("quillon-2026-q1",))
    assert (await answers.of(library, "quote superchargers", 0, TODAY)).total == 0


async def test_no_more_than_the_last_answers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "KEPT", 3)
    library, answers = await Library.of((call(),)), Answers()
    first = await answers.of(library, "calls", 0, TODAY)
    for offset in range(1, 4):
        await answers.of(library, "quote margin", offset, TODAY)
    assert await answers.of(library, "calls", 0, TODAY) is not first


async def test_an_error_is_not_kept_as_an_answer() -> None:
    library, answers = await Library.of((call(),)), Answers()
    for _ in range(2):
        with pytest.raises(QuestionError):
            await answers.of(library, "", 0, TODAY)


async def test_what_was_made_is_looked_at_behind_a_page_whose_answer_was_at_hand() -> None:
    library, answers = await Library.of((call(),)), Answers()
    looks: list[int] = []

    def look(phase: str, told: dict[str, int]) -> None:
        if phase == "start":
            looks.append(told["generation"])

    async with collecting_between_answers(lambda: False):
        await answers.shown(library, "quote margin", View(), TODAY)
        gc.callbacks.append(look)
        try:
            await answers.shown(library, "quote margin", View(), TODAY)
            assert not looks, "the page itself is at hand"
            for number in range(FEW):
                await answers.shown(library, "quote margin", View(command=f"/earshot{number}"), TODAY)
        finally:
            gc.callbacks.remove(look)
    assert looks == [0]


async def test_a_further_page_of_an_answer_with_lines_and_hits_has_its_own_hits() -> None:
    library, answers = await Library.of((call(),)), Answers()
    question = "which call mentioned margin"
    first, further = [await answers.of(library, question, offset, TODAY) for offset in (0, 3)]
    assert further.body
    assert further.hits
    assert {hit.quote.turn.index for hit in first.hits}.isdisjoint(hit.quote.turn.index for hit in further.hits)

"""The turns that took the most words."""

import asyncio

import pytest

from bot.ask import ask
from bot.kind import Kind
from bot.library import Library
from bot.section import Section
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


@pytest.mark.parametrize(
    "question", ["longest turn", "longest answer", "longest question", "longest answer on freight"]
)
async def test_the_longest_comes_first(library: Library, question: str) -> None:
    answer = await ask(library, question, today=TODAY, limit=100)
    words = [len(hit.quote.turn.text.split()) for hit in answer.hits]
    assert words == sorted(words, reverse=True) != []
    assert answer.headline.startswith(f"{words[0]:,} words by {answer.hits[0].quote.turn.speaker}, of ")
    assert answer.total == len(words)


async def test_all_turns_but_the_operators_are_looked_at(library: Library) -> None:
    answer = await ask(library, "longest turn", today=TODAY, limit=1_000)
    assert answer.total == sum(turn.kind is not Kind.OPERATOR for call in CALLS for turn in call.turns)


async def test_an_answer_is_managements_in_the_questions_and_answers(library: Library) -> None:
    answer = await ask(library, "longest answer", today=TODAY, limit=100)
    assert {hit.quote.turn.kind for hit in answer.hits} == {Kind.EXECUTIVE}
    assert {hit.quote.turn.section for hit in answer.hits} == {Section.QA}


async def test_nothing_found_says_what_was_searched(library: Library) -> None:
    answer = await ask(library, "longest answer on zeppelins", today=TODAY)
    assert not answer.hits
    assert any(note.text.startswith("nothing found: searched") for note in answer.notes)

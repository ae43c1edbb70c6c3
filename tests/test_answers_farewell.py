"""Closing remarks: the last words that say more than a goodbye."""

import asyncio

import pytest

from bot.answers.farewell import BRIEFEST
from bot.ask import ask
from bot.kind import Kind
from bot.library import Library
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


async def test_each_calls_last_turn_of_management_is_shown(library: Library) -> None:
    answer = await ask(library, "closing remarks", today=TODAY, limit=100)
    assert answer.headline.startswith(f"the closing remarks of {len(answer.hits)} call")
    for hit in answer.hits:
        shown, behind = hit.quote.turn, hit.quote.call.turns[hit.quote.turn.index + 1 :]
        assert shown.kind is Kind.EXECUTIVE
        assert len(shown.text.split()) >= BRIEFEST
        assert not [each for each in behind if each.kind is Kind.EXECUTIVE and len(each.text.split()) >= BRIEFEST]
    long_enough = [
        call.id
        for call in CALLS
        if any(t.kind is Kind.EXECUTIVE and len(t.text.split()) >= BRIEFEST for t in call.turns)
    ]
    assert sorted(hit.quote.call.id for hit in answer.hits) == sorted(long_enough)


async def test_somebodys_are_their_own(library: Library) -> None:
    answer = await ask(library, "closing remarks by the cfo", today=TODAY, limit=100)
    assert answer.hits
    assert all("Chief Financial Officer" in (hit.quote.turn.title or "") for hit in answer.hits)


async def test_what_is_last_is_told(library: Library) -> None:
    answer = await ask(library, "how did they end the call", today=TODAY)
    assert any(f"the last turn of {BRIEFEST} words or more" in note.text for note in answer.notes)


async def test_none_says_what_was_searched(library: Library) -> None:
    answer = await ask(library, "closing remarks by the cfo in the prepared remarks of 1999", today=TODAY)
    assert not answer.hits
    assert any(note.text.startswith("searched 0 calls") for note in answer.notes)

"""Who asked on each of the calls that are searched."""

import asyncio

import pytest

from bot.answers.substance import asking
from bot.ask import ask
from bot.kind import Kind
from bot.library import Library
from tests.desk import samples, shelved
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


async def test_each_of_them_asked_on_every_call_and_nobody_else_did() -> None:
    library = await shelved(samples())
    answer = await ask(library, "which analysts asked on every velmere call", today=TODAY, limit=200)
    shown = library.directory.shown
    calls = [call for call in library.calls.values() if call.ticker == "VLMR"]
    asked = [
        {shown.get(turn.person) for turn in call.turns if turn.kind is Kind.ANALYST and turn.person and asking(turn)}
        for call in calls
    ]
    every = set.intersection(*asked)
    assert every
    assert every == {each.name for each in answer.facts.askers}
    assert f"asked on each of the {len(calls)} calls" in answer.headline


async def test_where_nobody_did_it_says_what_was_searched(library: Library) -> None:
    answer = await ask(library, "who asked on every call", today=TODAY)
    assert answer.headline.startswith("nobody asked on each of the 4 calls searched")
    assert not answer.hits
    assert answer.body[0].endswith("of 4 calls")


async def test_one_call_alone_is_told(library: Library) -> None:
    answer = await ask(library, "who asked on every voltera call in q3", today=TODAY)
    assert answer.hits
    assert any("only one call" in note.text for note in answer.notes)

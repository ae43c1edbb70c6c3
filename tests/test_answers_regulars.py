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
    answer = await ask(library, "who asked on every northlake call", today=TODAY)
    assert answer.headline.startswith("nobody asked on each of the 2 calls searched")
    assert not answer.hits
    assert answer.body[0].endswith("of 2 calls")


async def test_of_several_companies_each_call_of_one_is_meant(library: Library) -> None:
    answer = await ask(library, "who asks every quarter", today=TODAY, limit=50)
    assert answer.headline.startswith("1 person asked on each call of a company: Robert Grant")
    assert {hit.quote.call.ticker for hit in answer.hits} == {"VLTR"}
    assert answer.body[0] == "Robert Grant: 2 of 2 calls of Voltera Motors"


async def test_a_company_with_one_call_tells_nothing_of_regulars() -> None:
    library = await Library.of((*CALLS[2:], CALLS[0]))
    answer = await ask(library, "who asks every quarter", today=TODAY)
    assert [each.name for each in answer.facts.askers] == ["Robert Grant"]
    assert "left out: 1 call of companies with no other call" in [note.text for note in answer.notes]


async def test_one_call_alone_is_told(library: Library) -> None:
    answer = await ask(library, "who asked on every voltera call in q3", today=TODAY)
    assert answer.hits
    assert any("only one call" in note.text for note in answer.notes)

"""Who speaks the most: a ranking by words, the operator aside."""

import asyncio

import pytest

from bot.ask import ask
from bot.kind import Kind
from bot.library import Library
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


def said(name: str, company: str | None = None) -> int:
    """Count a person's words, as the calls print the name."""
    return sum(
        len(turn.text.split())
        for call in CALLS
        for turn in call.turns
        if turn.person == name and company in (None, call.ticker)
    )


async def test_people_are_ranked_by_their_words(library: Library) -> None:
    answer = await ask(library, "who speaks the most", today=TODAY, limit=50)
    figures = [int(line.split(": ")[1].split(" words")[0].replace(",", "")) for line in answer.body if ": " in line]
    assert figures == sorted(figures, reverse=True)
    first = answer.body[0].removeprefix("1. ").split(":")[0]
    assert figures[0] == said(first)
    assert answer.headline.startswith(f"{first}: {figures[0]:,} of ")
    assert {hit.quote.turn.person for hit in answer.hits} == {first}
    assert answer.total == len(answer.hits)
    assert not any("Operator" in line for line in answer.body)


async def test_only_those_asked_for(library: Library) -> None:
    answer = await ask(library, "which analyst talks the most at northlake", today=TODAY, limit=50)
    assert {hit.quote.call.ticker for hit in answer.hits} == {"NLF"}
    assert {hit.quote.turn.kind for hit in answer.hits} == {Kind.ANALYST}


async def test_where_nobody_spoke_it_says_what_was_searched(library: Library) -> None:
    answer = await ask(library, "who speaks the most in q1 1999", today=TODAY)
    assert answer.total == 0
    assert answer.notes

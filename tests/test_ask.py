"""Whole questions over two invented companies: who answers, in which words, with what told."""

import asyncio

import pytest

from bot.ask import ask
from bot.errors import QuestionError
from bot.library import Library
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


ASKERS = [
    ("who asked about superchargers", {"Robert Grant"}),
    ("who asked about freight costs", {"Priya Raman", "John Okafor"}),
    ("who askd about tariffs?", {"Michael Price"}),
    ("what did Morgan Stanley ask", {"Michael Price"}),
    ("harbor & lane", {"Priya Raman"}),
    ("galliers", {"George Galliers"}),
]


@pytest.mark.parametrize(("question", "names"), ASKERS, ids=[question for question, _ in ASKERS])
async def test_askers_are_found(library: Library, question: str, names: set[str]) -> None:
    answer = await ask(library, question, today=TODAY, limit=10)
    assert names <= {hit.quote.turn.person for hit in answer.hits}
    assert {asker.name for asker in answer.facts.askers} >= names
    assert all(hit.quote.turn.kind.value == "analyst" for hit in answer.hits)
    assert all(context.relation.value == "answer" for context in answer.context)


async def test_a_quote_is_managements(library: Library) -> None:
    answer = await ask(library, "quote margin", today=TODAY, limit=10)
    assert {hit.quote.turn.kind.value for hit in answer.hits} == {"executive"}
    assert any(context.relation.value == "also_said" for context in answer.context)
    for hit in answer.hits:
        assert any("margin" in hit.quote.text[start:end].lower() for start, end in hit.quote.spans)


@pytest.mark.parametrize("question", ["", "   ", ":rocket:", "🚀🚀", "x" * 4000, "should i buy voltera", "summarise"])
async def test_odd_input_gets_a_sentence(library: Library, question: str) -> None:
    with pytest.raises(QuestionError) as caught:
        await ask(library, question, today=TODAY)
    assert len(caught.value.sentence) > 20


async def test_calls_and_help_have_lines(library: Library) -> None:
    assert len((await ask(library, "calls", today=TODAY)).body) == 4
    assert any("who asked about" in line for line in (await ask(library, "help", today=TODAY)).body)

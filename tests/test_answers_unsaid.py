"""Nothing found: which of the words no loaded call holds."""

import asyncio

import pytest

from bot.ask import ask
from bot.library import Library
from tests.desk import samples, shelved
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


def _told(notes: tuple, start: str) -> list[str]:  # type: ignore[type-arg]
    return [note.text for note in notes if note.text.startswith(start)]


@pytest.mark.parametrize("question", ["quote margin at globex", "who asked about margin at globex", "globex"])
async def test_a_company_that_is_not_loaded_is_told(library: Library, question: str) -> None:
    answer = await ask(library, question, today=TODAY)
    assert not answer.hits
    (told,) = _told(answer.notes, "no turn of ")
    assert told.startswith(f"no turn of {len(CALLS)} loaded calls holds ‹globex›")
    assert told.endswith("no company, firm or speaker of that name is loaded")


async def test_an_english_word_is_nobodys_name(library: Library) -> None:
    (told,) = _told((await ask(library, "quote transitory", today=TODAY)).notes, "no turn of ")
    assert told.endswith("holds ‹transitory›")


async def test_words_that_are_said_are_not_told(library: Library) -> None:
    answer = await ask(library, "quote freight by the cfo in the prepared remarks of q1 1999", today=TODAY)
    assert not answer.hits
    assert not _told(answer.notes, "no turn of ")


async def test_an_everyday_name_that_was_taken_for_a_word_is_offered() -> None:
    answer = await ask(await shelved(samples()), "bill on chicken", today=TODAY)
    assert not answer.hits
    choice = answer.next_questions[0]
    assert choice.text == "William Ostergaard on chicken"
    offered = await ask(await shelved(samples()), choice.question, today=TODAY)
    assert {hit.quote.turn.person for hit in offered.hits} <= {"William Ostergaard", "Bill Ostergaard"}


@pytest.mark.parametrize("topic", ["velmere", "q4", "fourth quarter", "annika", "crestmoor", "tariffs"])
async def test_what_is_suggested_keeps_what_is_spoken_of(topic: str) -> None:
    library = await shelved(samples())
    answer = await ask(library, f"how often was {topic} mentioned", today=TODAY)
    assert answer.query.topic.text == topic
    assert answer.next_questions
    for choice in answer.next_questions:
        assert (await ask(library, choice.question, today=TODAY)).query.topic.text == topic


async def test_what_the_operator_alone_says_is_told(library: Library) -> None:
    answer = await ask(library, 'who said "our first question"', today=TODAY)
    assert not answer.hits
    assert "elsewhere in these calls: 1 turn by Operator" in [note.text for note in answer.notes]


async def test_answers_that_do_not_name_it_are_told_as_such(library: Library) -> None:
    answer = await ask(library, "did solheim mention the decline", today=TODAY)
    assert answer.headline.startswith("not said in these words; 1 turn answers questions about it")
    assert [hit.quote.text for hit in answer.hits] == ["Freight is mostly contract rates, so we see it as structural."]
    said = await ask(library, "did solheim mention freight", today=TODAY)
    assert said.headline.startswith("3 turns by 1 speaker")


async def test_a_second_question_is_told_and_offered(library: Library) -> None:
    answer = await ask(library, "who asked about freight and what did the cfo say about tariffs", today=TODAY)
    (note,) = [note for note in answer.notes if note.text.startswith("one question at a time")]
    assert note.text == "one question at a time: ‹what did the cfo say about tariffs› is left out"
    assert note.undo == 'who said topic:(tariffs) title:"CFO"'

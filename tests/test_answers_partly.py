"""What says only part of a topic is shown after what says all of it, told, and counted nowhere."""

import asyncio
from dataclasses import replace

import pytest

from bot.answers.answer import Answer
from bot.ask import ask
from bot.kind import Kind
from bot.library import Library
from bot.search.findings import Why
from tests.desk import samples, shelved
from tests.invented_calls import CALLS, TODAY

TOPIC = "steel costs"
ALL, PART = "How do steel costs look, and what is steel worth to costs?", "What are costs of freight?"


def _library() -> Library:
    """Give a library in which one question says both words, and two only one of them."""
    call, at = CALLS[0], 0
    turns = []
    for turn in call.turns:
        text = turn.text
        if turn.kind is Kind.ANALYST:
            text, at = (ALL if at == 1 else PART), at + 1
        turns.append(replace(turn, text=text))
    return asyncio.run(Library.of((replace(call, turns=tuple(turns)), *CALLS[1:])))


@pytest.fixture(scope="module", name="library")
def _shelf() -> Library:
    return _library()


def told(answer: Answer) -> list[str]:
    return [note.text for note in answer.notes if "only part of" in note.text]


@pytest.mark.parametrize("form", ["who asked about {}", "questions on {} by analysts"])
async def test_questions_are_counted_whole_and_shown_first(library: Library, form: str) -> None:
    answer = await ask(library, form.format(TOPIC), today=TODAY, limit=20)
    assert answer.headline.startswith("1 analyst, 1 question ")
    assert answer.hits[0].quote.turn.text == ALL
    partly = [hit for hit in answer.hits if hit.quote.turn.text != ALL]
    assert partly
    assert told(answer) == [
        f"not counted: {len(partly)} that {'say' if len(partly) > 1 else 'says'} only part of “{TOPIC}”"
    ]
    assert sum(asker.questions for asker in answer.facts.askers) == 1


@pytest.mark.parametrize("form", ["{}", "who said {}", "quote {} by analysts"])
async def test_turns_are_counted_whole(library: Library, form: str) -> None:
    answer = await ask(library, form.format(TOPIC), today=TODAY, limit=20)
    assert "1 turn" in answer.headline
    assert told(answer)


@pytest.mark.parametrize("question", ["which call had the most questions about {}", "who asks the most about {}"])
async def test_rankings_have_what_says_all_of_it_alone(library: Library, question: str) -> None:
    answer = await ask(library, question.format(TOPIC), today=TODAY, limit=20)
    assert {hit.quote.turn.text for hit in answer.hits} == {ALL}
    assert not told(answer)


async def test_what_is_found_by_its_exchange_alone_is_told() -> None:
    answer = await ask(await shelved(samples()), "what did management say about margin", today=TODAY, limit=50)
    followed = sum(hit.why is Why.FOLLOW_UP for hit in answer.hits)
    assert followed
    goes = "goes" if followed == 1 else "go"
    told = f"{followed} of these {goes} on with the topic in the same exchange, without its words"
    assert told in [note.text for note in answer.notes]


async def test_one_word_has_no_part(library: Library) -> None:
    assert not told(await ask(library, "who asked about freight", today=TODAY))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("235 basis points", "“235 basis points” (with “235”, and at least 1 of the others)"),
        ("cost of goods sold", "“cost of goods sold” (at least 2 of its words)"),
        ("labor costs", "“labor costs”"),
    ],
)
async def test_what_a_turn_need_not_hold_to_count_is_told(question: str, told: str) -> None:
    answer = await ask(await shelved(samples()), question, today=TODAY)
    assert f"searched: {told} in 6 calls" in " ".join(note.text for note in answer.notes)


async def test_a_figure_must_be_there() -> None:
    answer = await ask(await shelved(samples()), "235 basis points", today=TODAY, limit=50)
    assert sum(answer.facts.counts.values()) == 1
    assert ["235" in hit.quote.turn.text for hit in answer.hits] == [True] + [False] * (answer.total - 1)

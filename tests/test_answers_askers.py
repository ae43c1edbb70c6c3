"""Who asks the most: a ranking of those who ask, and of their firms."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from bot.answers.participants import LINE, broken
from bot.ask import ask
from bot.library import Library
from bot.query import follow_up, understand
from bot.query.errors import NotUnderstoodError
from tests.desk import samples, shelved
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(shelved(CALLS))


async def test_who_asks_most_leads_with_their_questions(library: Library) -> None:
    answer = await ask(library, "who asks the most", today=TODAY, limit=20)
    assert answer.headline.startswith("Robert Grant, George Galliers and Priya Raman: 2 questions each")
    assert answer.body[1] == "2. George Galliers (Kestrel Point Securities): 2 questions in 2 calls"
    assert answer.body[-2].startswith("By firm: ")
    assert answer.body[-1].startswith("By call: ")
    numbers = [int(part.rsplit(" ", 1)[1]) for part in answer.body[-1].removeprefix("By call: ").split(" · ")]
    assert sum(numbers) == answer.total
    assert numbers == sorted(numbers, reverse=True)
    asked = [hit.quote.turn.person for hit in answer.hits]
    assert asked == sorted(asked, key=asked.index), "each asker's questions stand together"
    assert [asker.questions for asker in answer.facts.askers] == [2, 2, 2, 1, 1, 1]


async def test_about_a_topic(library: Library) -> None:
    answer = await ask(library, "who asks most about freight at northlake", today=TODAY)
    assert answer.query.intent == "askers"
    assert {hit.quote.turn.person for hit in answer.hits} == {"Priya Raman", "John Okafor"}
    assert all("question" in line for line in answer.body[:2])


async def test_who_asked_once_is_left_out_where_more_than_once_was_asked_for(library: Library) -> None:
    everybody = await ask(library, "who asks the most", today=TODAY, limit=20)
    answer = await ask(library, "who asked more than once", today=TODAY, limit=20)
    assert answer.query.intent == "repeaters"
    assert answer.facts.askers == tuple(each for each in everybody.facts.askers if each.questions > 1)
    assert answer.headline.startswith("3 people asked 2 questions or more · Robert Grant, George Galliers")
    assert answer.total == len(answer.hits) == 6
    nobody = await ask(library, "who asked more than once about superchargers", today=TODAY)
    assert nobody.headline.startswith("no one found who asked 2 questions or more")
    assert not nobody.hits
    assert any("searched" in note.text for note in nobody.notes)


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("who asked three questions", 3),
        ("who asked at least four questions", 4),
        ("who asked more than twice", 3),
        ("which analysts asked more than five questions", 6),
        ("who asked 7 or more questions", 7),
        ("who asked nine questions or more", 9),
        ("who asked more than once", 2),
    ],
)
async def test_who_asked_fewer_than_so_many_is_left_out(question: str, least: int) -> None:
    library = await shelved(samples())
    everybody = await ask(library, "who asks the most", today=TODAY)
    answer = await ask(library, question, today=TODAY)
    assert answer.query.intent == "repeaters"
    left = tuple(each for each in everybody.facts.askers if each.name and each.questions >= least)
    assert answer.facts.askers == left
    assert len(left) < len(everybody.facts.askers)
    assert f"asked {least} questions or more" in answer.headline
    again = await ask(library, answer.query.restated, today=TODAY)
    assert again.headline == answer.headline


def test_a_follow_up_keeps_the_number(library: Library) -> None:
    before = understand("who asked more than three questions", library.directory, today=TODAY).restated
    followed = follow_up(before, "about freight", library.directory, today=TODAY).question
    query = understand(followed, library.directory, today=TODAY)
    assert (query.intent, query.topic.text, query.least) == ("repeaters", "freight", 4)


@pytest.mark.parametrize("number", ["x", "0", "100"])
def test_a_number_of_questions_is_one(library: Library, number: str) -> None:
    with pytest.raises(NotUnderstoodError, match=f"the least ‹{number}›"):
        understand(f"who asked more than once least:{number}", library.directory, today=TODAY)


async def test_the_call_with_most_questions_leads(library: Library) -> None:
    answer = await ask(library, "which call had the most questions", today=TODAY, limit=20)
    assert answer.query.intent == "busiest"
    asked = Counter(hit.quote.call.id for hit in answer.hits)
    assert [hit.quote.call.id for hit in answer.hits] == [
        id_ for id_, number in asked.most_common() for _ in range(number)
    ]
    assert len(answer.body) == len(asked)
    for line, (id_, number) in zip(answer.body, asked.most_common(), strict=True):
        people = {hit.quote.turn.person for hit in answer.hits if hit.quote.call.id == id_}
        assert f": {number} question" in line
        assert line.endswith(f"by {len(people)} {'person' if len(people) == 1 else 'people'}")
    assert (await ask(library, "which call had the most questions about zeppelins", today=TODAY)).total == 0
    about = await ask(library, "which calls drew the most questions about freight", today=TODAY)
    assert about.query.understood == "which call had the most questions about freight"


async def test_long_lines_are_broken_between_names() -> None:
    firms = [f"The Very Long Name Of Research House Number {number}" for number in range(1, 9)]
    lines = list(broken("By firm: ", firms))
    assert len(lines) > 1
    assert all(len(line) <= LINE + 2 for line in lines)
    assert " ".join(lines).removeprefix("By firm: ").split(" · ") == firms


async def test_whoever_reads_a_question_out_did_not_ask_it() -> None:
    answer = await ask(await shelved(samples()), "who asks the most", today=TODAY, limit=300)
    assert not any(hit.quote.turn.relayed for hit in answer.hits)
    relayed = sum(turn.relayed for call in samples() for turn in call.turns)
    assert relayed
    assert f"not counted: {relayed} questions that were read out for somebody else" in [n.text for n in answer.notes]


async def test_where_all_questions_were_read_out_it_is_said_and_they_are_shown() -> None:
    calls = [replace(call, turns=tuple(replace(turn, relayed=True) for turn in call.turns)) for call in CALLS]
    answer = await ask(await Library.of(calls), "who asks the most", today=TODAY)
    assert answer.hits
    assert any(note.text.startswith("every question found was read out for somebody else") for note in answer.notes)


async def test_an_unidentified_analyst_is_nobody_who_asks_most() -> None:
    turns = tuple(
        replace(turn, speaker="Unidentified Analyst", person=None) if turn.person == "Robert Grant" else turn
        for call in CALLS
        for turn in call.turns
        if call is CALLS[2]
    )
    answer = await ask(await Library.of([replace(CALLS[2], turns=turns), CALLS[0]]), "who asks the most", today=TODAY)
    assert "Unidentified" not in answer.headline
    assert "not counted: 1 question whose asker the source does not name" in [note.text for note in answer.notes]

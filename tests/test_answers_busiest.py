"""Which call, company or quarter drew the most questions."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from bot.answers.telling import few
from bot.ask import ask
from bot.call import Call
from bot.library import Library
from tests.desk import samples, shelved
from tests.invented_calls import CALLS, TODAY


def copies(call: Call, number: int) -> tuple[Call, ...]:
    """Return a call under many ids, a quarter each; what is said outside of its exchanges is left out."""
    turns = tuple(turn if turn.exchange is not None else replace(turn, text="Good day.") for turn in call.turns)
    quick = replace(call, turns=turns)
    return tuple(
        replace(quick, id=f"c{at}-q", year=1900 + at // 4, quarter=at % 4 + 1, date=None) for at in range(number)
    )


@pytest.fixture(scope="module", name="many")
def _many() -> Library:
    freight = next(call for call in samples() if call.id == "fsrl-2026-q2")  # one person asks twice about freight
    return asyncio.run(Library.of(copies(freight, 120)))


@pytest.mark.parametrize(
    "question",
    [
        "which call had the most questions about freight",
        "who asks most about freight",
        "who asked more than once about freight",
    ],
)
async def test_every_question_about_a_topic_is_counted_not_the_best_alone(many: Library, question: str) -> None:
    answer = await ask(many, question, today=TODAY)
    assert answer.total == 240
    assert sum(asker.questions for asker in answer.facts.askers) == 240


async def test_of_many_equals_three_are_named_newest_first(many: Library) -> None:
    newest = [many.directory.call_names[call.id] for call in many.directory.newest[:10]]
    for question, number in (
        ("which call had the most questions", 0),
        ("which call had the most questions about freight", 2),
    ):
        answer = await ask(many, question, today=TODAY)
        assert answer.headline.startswith(f"{newest[0]}, {newest[1]}, {newest[2]} and 117 others: {number or ''}")
        assert [line.partition(". ")[2].partition(":")[0] for line in answer.body[:10]] == newest
        assert answer.body[10:] == ("and 110 other calls",)
        assert answer.hits[0].quote.call.id == many.directory.newest[0].id


async def test_names_are_joined_for_a_line() -> None:
    assert few(["A"]) == "A"
    assert few(["A", "B"]) == "A and B"
    assert few(["A", "B", "C"]) == "A, B and C"
    assert few(["A", "B", "C", "D"]) == "A, B, C and 1 other"


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("which company got the most questions", "busiest_company"),
        ("which quarter got the most questions", "busiest_quarter"),
        ("which company got the most questions about tariffs", "busiest_company"),
    ],
)
async def test_companies_and_quarters_are_counted_over_all_their_calls(question: str, intent: str) -> None:
    library = await shelved(samples())
    answer = await ask(library, question, today=TODAY, limit=50)
    assert answer.query.intent == intent
    company = library.directory.company_by_call

    def name(call: Call) -> str:
        return company[call.id].name if intent == "busiest_company" else str(call.period)

    by_call = {call.id: call for call in samples()}
    asked: Counter[str] = Counter()
    for id_, number in answer.facts.counts.items():
        asked[name(by_call[id_])] += number
    ranked = [(line.partition(". ")[2].partition(": ")[0], line.partition(": ")[2]) for line in answer.body]
    assert {said: int(rest.split()[0]) for said, rest in ranked} == +asked
    assert [asked[said] for said, _ in ranked] == sorted(asked.values(), reverse=True)
    assert answer.headline.startswith(ranked[0][0])
    assert name(answer.hits[0].quote.call) == ranked[0][0]
    again = await ask(library, answer.query.restated, today=TODAY, limit=50)
    assert again.headline == answer.headline


async def test_who_is_not_named_is_no_person() -> None:
    call = CALLS[0]
    asking = {index for exchange in call.exchanges for index in exchange.question_turns}
    turns = tuple(replace(turn, speaker=None, person=None) if turn.index in asking else turn for turn in call.turns)
    answer = await ask(await Library.of((replace(call, turns=turns),)), "questions per call", today=TODAY)
    assert answer.total > 1
    assert answer.body[0].endswith(f": {answer.total} questions, {answer.total} unlabelled")
    assert any(f"{answer.total} questions of nobody named" in note.text for note in answer.notes)
    named = await ask(await Library.of((call,)), "questions per call", today=TODAY)
    assert "unlabelled" not in named.body[0]
    assert not any("nobody named" in note.text for note in named.notes)


async def test_of_a_firm_its_own_are_counted() -> None:
    library = await shelved(samples())
    answer = await ask(library, "which call had the most questions by crestmoor", today=TODAY, limit=50)
    assert {hit.quote.turn.firm for hit in answer.hits} == {"Crestmoor Securities"}
    assert "questions by Crestmoor Securities" in answer.headline

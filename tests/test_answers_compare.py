"""A comparison of very many calls: a line a company beside the newest calls, and what has none is told."""

from dataclasses import replace

import pytest

from bot.answers.compare import MOST_LINES
from bot.ask import ask
from bot.library import Library
from bot.section import Section
from tests.invented_calls import CALLS, TODAY


async def test_of_many_calls_each_company_has_a_line_and_the_rest_is_told() -> None:
    many = [
        replace(CALLS[at % 4], id=f"call-{at}", year=2000 + at, company=CALLS[at % 4].company)
        for at in range(MOST_LINES * 3)
    ]
    answer = await ask(await Library.of(many), "compare freight", today=TODAY)
    assert any(line.startswith("Northlake Foods, Inc.: ") and "calls" in line for line in answer.body)
    said = sum(1 for number in answer.facts.counts.values() if number)
    assert said > MOST_LINES
    assert any(f"of {said} calls the newest {MOST_LINES} have a line" in note.text for note in answer.notes)
    assert answer.body[-1] == f"0 times in {len(many) - said} other calls"


async def test_the_rate_of_a_part_is_by_the_words_of_that_part() -> None:
    library = await Library.of(CALLS)
    answer = await ask(library, "compare freight q&a only", today=TODAY)
    call = next(call for call in CALLS if answer.facts.counts[call.id])
    number = answer.facts.counts[call.id]
    words = sum(len(turn.text.split()) for turn in call.turns if turn.section is Section.QA)
    assert any(f"{number} ({number / words * 1000:.2f} per 1,000 words)" in line for line in answer.body)
    assert any("every turn of the questions and answers searched" in note.text for note in answer.notes)


async def test_of_few_calls_there_is_nothing_to_tell() -> None:
    answer = await ask(await Library.of(CALLS), "compare freight", today=TODAY)
    assert not any("have a line" in note.text for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("compare freight", "“freight” in 2 calls: 6 times"),
        ("compare capex", "“capex” in 1 call: 3 times"),  # another spells it out
        ("compare margins", "“margins” in 3 calls: 0 times"),  # margin is, which is found, and not counted
        ("compare headwinds", "“headwinds” in 1 call: 0 times"),
    ],
)
async def test_the_calls_that_say_the_words_are_counted_or_where_none_does_those_that_were_found(
    question: str, told: str
) -> None:
    answer = await ask(await Library.of(CALLS), question, today=TODAY)
    assert answer.headline.split(" · ")[0] == told

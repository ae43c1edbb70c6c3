"""A comparison of very many calls: a line a company beside the newest calls, and what has none is told."""

from dataclasses import replace

from bot.answers.compare import MOST_LINES
from bot.ask import ask
from bot.library import Library
from tests.invented_calls import CALLS, TODAY


async def test_of_many_calls_each_company_has_a_line_and_the_rest_is_told() -> None:
    many = [
        replace(CALLS[at % 4], id=f"call-{at}", year=2000 + at, company=CALLS[at % 4].company)
        for at in range(MOST_LINES + 4)
    ]
    answer = await ask(await Library.of(many), "compare freight", today=TODAY)
    assert any(line.startswith("Northlake Foods, Inc.: ") and "calls" in line for line in answer.body)
    assert any(f"of {len(many)} calls the newest {MOST_LINES} have a line" in note.text for note in answer.notes)


async def test_of_few_calls_there_is_nothing_to_tell() -> None:
    answer = await ask(await Library.of(CALLS), "compare freight", today=TODAY)
    assert not any("have a line" in note.text for note in answer.notes)

"""Of more turns than are looked at, no figure of a part is told as one of all."""

import asyncio
import datetime as dt

import pytest

from bot.answers.intent import ELSEWHERE, SHOWN
from bot.ask import ask
from bot.library import Library
from tests.invented_calls import CALLS, TODAY, call

ASKED = SHOWN + 50
ROWS = tuple(
    row
    for number in range(ASKED)
    for row in (
        ("Priya Raman" if number % 2 else "George Galliers", f"How much is freight in region {number}?", number),
        ("Ingrid Solheim", f"Freight in region {number} is a tenth of what we spend.", number),
    )
)


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of([call("many", "Northlake Foods", "NLF", (2026, 2), dt.date(2026, 8, 4), ROWS)]))


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("who asked about freight", f"2 analysts or more, {ASKED} questions"),
        ("freight", f"{2 * ASKED} turns by 2 speakers or more"),
        ("quote freight", f"{ASKED} turns by 1 speaker or more"),
        ("who said freight", f"2 speakers or more, {2 * ASKED} turns"),
    ],
)
async def test_people_of_a_part_are_that_many_or_more(library: Library, question: str, headline: str) -> None:
    answer = await ask(library, question, today=TODAY)
    assert answer.headline.startswith(headline)
    assert f"people and calls are counted over the {SHOWN} best of these" in [note.text for note in answer.notes]


async def test_a_page_beyond_what_is_looked_at_is_there(library: Library) -> None:
    answer = await ask(library, "who asked about freight", today=TODAY, offset=SHOWN + 10, limit=30)
    assert len(answer.hits) == 30
    assert answer.total == ASKED


async def test_elsewhere_is_that_many_or_more(library: Library) -> None:
    answer = await ask(library, "freight in the prepared remarks", today=TODAY)
    assert not answer.hits
    assert any(f"elsewhere in these calls: {ELSEWHERE} turns or more by" in note.text for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("gross margin vs freight costs", {"gross margin": 5, "freight costs": 3}),
        ("compare gross margin and freight costs", {"gross margin": 5, "freight costs": 3}),
        ("compare capex to freight", {"capex": 3, "freight": 6}),
        ("compare profit and loss", {}),
        ("margen or freight", {"margin": 5, "freight": 6}),
        ("margen vs freight", {"margin": 5, "freight": 6}),
    ],
)
async def test_each_side_is_one_thing(question: str, words: dict[str, int]) -> None:
    answer = await ask(
        await Library.of(CALLS), question if "or" not in question.split() else f"how often {question}", today=TODAY
    )
    assert answer.facts.words == words

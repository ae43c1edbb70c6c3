"""How else a part of a year is written."""

import asyncio
from dataclasses import replace

import pytest

from bot.ask import ask
from bot.library import Library
from bot.search.quarters import other_ways
from tests.invented_calls import CALLS, TODAY

WAYS = ("q4", "4q", "4th quarter", "fourth quarter")


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("q4", ("fourth quarter", "4q", "4th quarter")),
        ("4Q", ("fourth quarter", "q4", "4th quarter")),
        ("Fourth quarter", ("q4", "4q", "4th quarter")),
        ("h2", ("second half", "2h", "2nd half")),
        ("first half", ("h1", "1h", "1st half")),
        ("q5", ()),
        ("h3", ()),
        ("third half", ()),
        ("quarter", ()),
        ("margin", ()),
    ],
)
def test_it_goes_by_all_its_ways(text: str, others: tuple[str, ...]) -> None:
    assert other_ways(text) == others


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    """Give a library in whose first call the outlook is for the fourth quarter, and nowhere else."""
    first = CALLS[0]
    turns = list(first.turns)
    said = "We expect freight to ease in the fourth quarter, and no sooner than that."
    turns[2] = replace(turns[2], text=said)
    return asyncio.run(Library.of((replace(first, turns=tuple(turns)), *CALLS[1:])))


@pytest.mark.parametrize("way", WAYS)
async def test_a_turn_that_writes_it_otherwise_is_found_and_marked(library: Library, way: str) -> None:
    answer = await ask(library, f"what do they expect for {way}", today=TODAY)
    quote = answer.hits[0].quote
    assert "fourth quarter" in [quote.turn.text[start:end] for start, end in quote.marks]


@pytest.mark.parametrize("way", WAYS)
async def test_it_is_counted_in_all_its_ways_and_the_rule_tells_them(library: Library, way: str) -> None:
    counts = {
        call.id: sum(turn.text.lower().count("fourth quarter") for turn in call.turns)
        for call in library.calls.values()
    }
    answer = await ask(library, f"count {way}", today=TODAY)
    assert answer.headline.startswith(f"{sum(counts.values())} time")
    assert any("also written" in note.text and "4q" in f"{note.text} {way}" for note in answer.notes)

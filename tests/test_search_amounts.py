"""How else an amount is written."""

import asyncio

import pytest

from bot.ask import ask
from bot.search.amounts import other_ways
from tests.invented_calls import TODAY
from tests.test_search_years import library_saying


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("1.7bn", ("1.7 billion", "1.7b")),
        ("1.7B", ("1.7 billion", "1.7bn")),
        ("1.7 bn", ("1.7 billion", "1.7bn", "1.7b")),
        ("1.7 billion", ("1.7bn", "1.7b")),
        ("1,700m", ("1,700 million", "1,700mn", "1,700mm")),
        ("50bps", ("50 basis points", "50bp")),
        ("50 basis points", ("50bps", "50bp")),
        ("10k", ("10 thousand",)),
        ("billion", ()),
        ("1.7", ()),
        ("3d", ()),
        ("q3", ()),
        ("5g", ()),
        ("model 3", ()),
    ],
)
def test_an_amount_goes_by_all_its_ways(text: str, others: tuple[str, ...]) -> None:
    assert other_ways(text) == others


@pytest.mark.parametrize("asked", ["1.7bn", "$1.7B", "$1.7 billion", "$1.7 bn", "1.7bn capex", "capex of $1.7 billion"])
@pytest.mark.parametrize("said", ["$1.7 billion", "$1.7bn", "$1.7B"])
def test_it_is_found_as_the_calls_say_it(asked: str, said: str) -> None:
    others = ("Our capex is high.", "We sold 7 billion.", *("Nothing else.",) * 10)
    library = library_saying("We have 1.7 of these.", f"Our capex was {said} in the year.", *others)
    answer = asyncio.run(ask(library, f"quote {asked}", today=TODAY))
    assert answer.hits[0].quote.turn.index == 1
    quote = answer.hits[0].quote
    assert any(quote.text[start:end] == said.removeprefix("$") for start, end in quote.spans)


def test_it_is_told_how_else_it_was_looked_for() -> None:
    library = library_saying("Sales were $1.7 billion.", *("Nothing else.",) * 10)
    answer = asyncio.run(ask(library, "quote 1.7bn", today=TODAY))
    assert [note.text for note in answer.notes if "also searched" in note.text] == [
        "also searched: 1.7 billion (for 1.7bn)"
    ]


def test_the_unit_alone_is_not_the_amount() -> None:
    library = library_saying("Sales were $2.4 billion.", "Sales were $1.7 billion.", *("Nothing else.",) * 10)
    answer = asyncio.run(ask(library, "1.7bn", today=TODAY))
    assert [hit.quote.turn.index for hit in answer.hits] == [1]

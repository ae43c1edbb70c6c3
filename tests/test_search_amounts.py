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
        ("20%", ("20 percent", "20 per cent")),
        ("12.5 percent", ("12.5%", "12.5 per cent")),
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


SHARES = (
    "Margin was 20%.",
    "We are in 20 states.",
    "It grew 20 percent, to 120%.",
    "20% and 20 per cent.",
    "A 20-year lease.",
)


@pytest.mark.parametrize(
    ("asked", "turns"), [("20%", {0, 2, 3}), ("20 percent", {0, 2, 3}), ("120%", {2}), ('"20%"', {0, 2, 3})]
)
def test_a_share_is_no_bare_figure(asked: str, turns: set[int]) -> None:
    answer = asyncio.run(ask(library_saying(*SHARES, *("Nothing else.",) * 10), f"quote {asked}", today=TODAY, limit=9))
    assert {hit.quote.turn.index for hit in answer.hits} == turns
    assert all(hit.quote.text[end - 1] in "%t" for hit in answer.hits for _, end in hit.quote.spans)


@pytest.mark.parametrize(
    ("asked", "times"), [("20%", 4), ("20 percent", 4), ("20 per cent", 4), ("120%", 1), ('"20%"', 2)]
)
def test_a_share_is_counted_however_it_is_written(asked: str, times: int) -> None:
    answer = asyncio.run(ask(library_saying(*SHARES, *("Nothing else.",) * 10), f"how often {asked}", today=TODAY))
    assert sum(answer.facts.words.values()) == times


NAMED = (
    "Our IT budget is up.",
    "It is up; we like it.",
    "The US grew.",
    "It suits us.",
    "U.S. sales.",
    "A.I., and AI.",
    "And AI, I think.",
)


@pytest.mark.parametrize(
    ("asked", "turns", "times"),
    [
        ("IT", {0}, 1),
        ("US", {2, 4}, 2),
        ("U.S.", {2, 4}, 2),
        ("A.I.", {5, 6}, 2),
        ("AI", {5, 6}, 2),
        ("IT budget", {0}, 1),
    ],
)
def test_a_name_in_capitals_is_no_word_of_every_turn(asked: str, turns: set[int], times: int) -> None:
    library = library_saying(*NAMED, *("Nothing else.",) * 20)
    answer = asyncio.run(ask(library, f"who said {asked}", today=TODAY, limit=9))
    assert {hit.quote.turn.index for hit in answer.hits} == turns
    counted = asyncio.run(ask(library, f"how often {asked}", today=TODAY))
    assert sum(counted.facts.words.values()) == times


def test_a_name_joined_by_its_sign_is_found_as_the_calls_spell_it() -> None:
    library = library_saying("See and Spray is new.", "We see it.", *("Nothing else.",) * 20)
    answer = asyncio.run(ask(library, "quote see&spray", today=TODAY))
    assert [hit.quote.turn.index for hit in answer.hits] == [0]
    assert any("see and spray" in note.text for note in answer.notes)


@pytest.mark.parametrize(
    ("asked", "times"),
    [("us", 1), ("US sales", 2), ("U.S. sales", 2), ("it", 2), ("5", 1), ("2.5", 1), ("5%", 1)],
)
def test_what_is_counted_is_neither_part_nor_case_of_another(asked: str, times: int) -> None:
    texts = ("US sales and U.S. sales.", "It suits us: it is IT.", "Up 2.5, and 5 of 15.", "Up 7.5% and 5%.")
    library = library_saying(*(text.replace("5 of 15", "4 of 15") if asked == "5" else text for text in texts))
    counted = asyncio.run(ask(library, f"how often {asked}", today=TODAY))
    assert sum(counted.facts.words.values()) == times


@pytest.mark.parametrize(
    ("asked", "found"), [("US NEAR/2 sales", {0, 1}), ("sales AND U.S.", {0, 1}), ("sales -US", {2})]
)
def test_operators_know_a_name_in_capitals(asked: str, found: set[int]) -> None:
    library = library_saying("US sales grew.", "Sales in the U.S. grew.", "Our sales suit us.", *("Nothing else.",) * 9)
    answer = asyncio.run(ask(library, f"who said {asked}", today=TODAY, limit=9))
    assert {hit.quote.turn.index for hit in answer.hits} >= ({0} if "NEAR" in asked else found)
    assert {hit.quote.turn.index for hit in answer.hits} <= found

"""How else a fiscal year is written."""

import asyncio
from dataclasses import replace

import pytest

from bot.ask import ask
from bot.kind import Kind
from bot.library import Library
from bot.search.thesaurus import Thesaurus
from bot.search.years import other_ways
from tests.invented_calls import CALLS, TODAY


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("fy26", ("2026", "fy2026")),
        ("fy2026", ("2026", "fy26")),
        ("2026", ("fy26", "fy2026")),
        ("cy05", ("2005", "fy05", "fy2005")),
        ("fy98", ("1998", "fy1998")),
        ("1998", ("fy98", "fy1998")),
        ("fy2000", ("2000", "fy00")),
        ("2000", ()),  # stores
        ("1950", ()),  # people
        ("26", ()),
        ("2126", ()),
        ("fy6", ()),
        ("q3", ()),
        ("20265", ()),
        ("margin", ()),
    ],
)
def test_a_year_goes_by_all_its_ways(word: str, others: tuple[str, ...]) -> None:
    assert other_ways(word) == others
    assert Thesaurus.shipped().knows(word) or not others


def library_saying(*texts: str) -> Library:
    call = CALLS[0]
    spoken = next(turn for turn in call.turns if turn.kind is Kind.EXECUTIVE)
    turns = tuple(replace(spoken, index=place, text=text, exchange=None) for place, text in enumerate(texts))
    return asyncio.run(Library.of([replace(call, turns=turns, exchanges=())]))


@pytest.mark.parametrize("asked", ["capex guidance for fy26", "capex guidance for FY2026", "guidance for 2026 capex"])
def test_it_is_found_as_the_calls_say_it(asked: str) -> None:
    library = library_saying("Our capex is high.", "Our capex guidance for 2026 is lower.", "We like 2026.")
    answer = asyncio.run(ask(library, f"quote {asked}", today=TODAY))
    assert answer.hits[0].quote.turn.index == 1


def test_a_part_of_a_year_is_found_without_its_year_and_that_is_told() -> None:
    library = library_saying("The second half is lower.", "We like 2026.", *("Nothing else.",) * 10)
    answer = asyncio.run(ask(library, "about the second half of 2026", today=TODAY))
    assert [hit.quote.turn.index for hit in answer.hits] == [0]
    assert any("2026" in note.text and "second half" in note.text for note in answer.notes)


def test_where_no_turn_names_the_year_the_subject_is_shown_and_that_is_told() -> None:
    library = library_saying("Our guidance is lower.", "We like 2026.", *("Nothing else.",) * 10)
    answer = asyncio.run(ask(library, "guidance for fy26", today=TODAY))
    assert [hit.quote.turn.index for hit in answer.hits] == [0]
    assert any("fy26" in note.text and "guidance" in note.text for note in answer.notes)

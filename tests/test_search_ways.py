"""How else a name, a model or a fiscal year is written: found and counted in each way, and told."""

import asyncio

import pytest

from bot.answers.answer import About
from bot.ask import ask
from bot.search.ways import other_ways
from tests.invented_calls import TODAY
from tests.test_search_years import library_saying


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("fy26", ("fy2026", "fy 26", "fy 2026", "fiscal 26", "fiscal 2026", "fiscal year 26", "fiscal year 2026")),
        ("FY2026", ("fy26", "fy 26", "fy 2026", "fiscal 26", "fiscal 2026", "fiscal year 26", "fiscal year 2026")),
        ("MD11", ("MD 11",)),
        ("gpt4", ("gpt 4",)),
        ("ecommerce", ("e-commerce",)),
        ("s3", ()),  # any figure behind an 's
        ("margin", ()),
    ],
)
def test_a_name_goes_by_all_its_ways(text: str, others: tuple[str, ...]) -> None:
    assert other_ways(text) == others


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("fy26", "We raise our outlook for FY '26."),
        ("fy26", "In fiscal year '26 we grew, and in fiscal 2026 we spent."),
        ("md11", "The MD-11 fleet is grounded."),
        ("ecommerce", "Our e-commerce grew by a fifth."),
    ],
)
def test_what_is_written_otherwise_is_counted_and_told(asked: str, said: str) -> None:
    library = library_saying(said, "Nothing of it here.")
    answer = asyncio.run(ask(library, f"how often was {asked} mentioned", today=TODAY))
    assert answer.total == 1
    assert any("also written" in note.text for note in answer.notes if note.about is About.COUNTED)
    assert asyncio.run(ask(library, f"quote {asked}", today=TODAY)).hits

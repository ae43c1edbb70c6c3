"""A word that is rare, of a stem that is said everywhere, is looked for as it is written; an inflected one is not."""

import asyncio
from dataclasses import replace

import pytest

from bot.ask import ask
from bot.kind import Kind
from bot.library import Library
from tests.invented_calls import CALLS, TODAY

COMMON = (
    "Our products sell.",
    "A product sold well.",
    "Increase it. Prices increase.",
    "The market is good. Market it.",
)
RARE = ("Productivity is up.", "Increasing costs.", "Marketing costs more.", "Wells are deep.", "It's marketable.")


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    call = CALLS[0]
    spoken = next(turn for turn in call.turns if turn.kind is Kind.EXECUTIVE)
    turns = tuple(
        replace(spoken, index=place, text=text, exchange=None) for place, text in enumerate((*COMMON * 8, *RARE))
    )
    return asyncio.run(Library.of([replace(call, turns=turns, exchanges=())]))


@pytest.mark.parametrize(
    ("word", "number", "told"),
    [
        ("productivity", 1, False),  # of another family of its stem (families.toml)
        ("marketing", 1, False),
        ("wells", 1, False),
        ("marketable", 1, True),
        ("increasing", 9, False),  # inflected: the same word
        ("products", 16, False),
        ("product", 16, False),
        ("increase", 9, False),  # said everywhere itself, with all of its stem
    ],
)
async def test_a_rare_word_is_no_common_one(library: Library, word: str, number: int, told: bool) -> None:
    answer = await ask(library, f"who said {word}", today=TODAY, limit=100)
    note = f"‹{word}› is searched for exactly as typed: related words are said everywhere"
    assert (note in [each.text for each in answer.notes]) == told
    assert answer.total == number
    for hit in answer.hits:
        assert hit.quote.spans

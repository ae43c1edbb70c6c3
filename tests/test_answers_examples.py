"""Examples are in words that the loaded calls hold."""

import asyncio
from dataclasses import replace

import pytest

from bot.answers.examples import fitting
from bot.ask import ask
from bot.directory import Directory
from bot.kind import Kind
from bot.library import Library
from bot.query.intents import intents
from tests.invented_calls import CALLS, TODAY

BARE = replace(
    CALLS[3],
    turns=tuple(
        replace(turn, text="Our revenue grew." if turn.kind is Kind.EXECUTIVE else "What of revenue?")
        for turn in CALLS[3].turns
    ),
)


@pytest.mark.parametrize("example", [intent.example for intent in intents().values()])
def test_an_example_is_left_as_it_is_where_the_calls_hold_its_words(example: str) -> None:
    assert fitting(example, Directory.of(CALLS)) == example


@pytest.mark.parametrize(
    ("example", "becomes"),
    [
        ("who asked about superchargers", "who asked about revenue"),
        ("what did Morgan Stanley ask", "what did J.P. Morgan ask"),
        ("answer to Galliers' question about cold storage", "answer to Robert Grant's question about revenue"),
        ("calls", "calls"),
    ],
)
def test_else_it_is_of_what_they_hold(example: str, becomes: str) -> None:
    assert fitting(example, Directory.of([BARE])) == becomes


async def test_the_help_gives_them_and_tells_how_it_was_read() -> None:
    answer = await ask(await Library.of([BARE]), "hlep", today=TODAY)
    assert any("who asked about revenue" in line for line in answer.body)
    assert not any("Morgan Stanley" in line for line in answer.body)
    assert [note.text for note in answer.notes] == ["read as: help (typed: hlep)"]


def test_nothing_loaded_leaves_them_as_they_are() -> None:
    answer = asyncio.run(_helped())
    assert any("who asked about superchargers" in line for line in answer)


async def _helped() -> tuple[str, ...]:
    return (await ask(await Library.of([]), "help", today=TODAY)).body

"""Which company, call, quarter or speaker said something most often."""

import asyncio
from collections import Counter

import pytest

from bot.ask import ask
from bot.library import Library
from tests.invented_calls import CALLS, TODAY

SAID = Counter({call.id: sum(turn.text.lower().count("freight") for turn in call.turns) for call in CALLS})


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


async def test_a_call_is_ranked_by_its_own_figure(library: Library) -> None:
    answer = await ask(library, "which call mentioned freight most", today=TODAY)
    most = max(SAID.values())
    first = [library.directory.call_names[name] for name, number in SAID.items() if number == most]
    assert answer.headline.startswith("most often: ")
    assert all(name in answer.headline for name in first)
    assert f", {most} times{' each' if len(first) > 1 else ''} " in answer.headline
    assert answer.body[0] in {f"1. {name}: {most} times" for name in first}


async def test_a_quarter_is_ranked_by_all_its_calls(library: Library) -> None:
    answer = await ask(library, "which quarter mentioned freight most", today=TODAY)
    quarters: Counter[str] = Counter()
    for call in CALLS:
        quarters[str(call.period)] += SAID[call.id]
    most = max(quarters.values())
    assert all(name in answer.headline for name, number in quarters.items() if number == most)
    assert f", {most} times" in answer.headline


async def test_who_is_a_speaker(library: Library) -> None:
    answer = await ask(library, "who mentioned freight most", today=TODAY)
    said = Counter(
        name
        for call in CALLS
        for turn in call.turns
        for name in [turn.person or turn.speaker or ""] * turn.text.lower().count("freight")
    )
    best = max(said.values())
    assert answer.headline.startswith("most often: ")
    assert f", {best} times" in answer.headline
    assert any(name in answer.headline for name, number in said.items() if number == best)


async def test_a_party_is_counted_alone_and_the_rule_says_so(library: Library) -> None:
    answer = await ask(library, "how often was freight mentioned by analysts", today=TODAY)
    assert any("in the turns of analysts" in note.text for note in answer.notes)
    assert not any("the operator's included" in note.text for note in answer.notes)

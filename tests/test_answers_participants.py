"""Who was on the call: everybody who is listed or heard, by kind, call by call."""

import asyncio
from dataclasses import replace

import pytest

from bot.answers import participants
from bot.ask import ask
from bot.library import Library
from tests.invented_calls import CALLS, TODAY

NAMES = {"George Galliers": "George R. Galliers"}


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


async def test_a_calls_people_stand_by_kind_with_title_or_firm(library: Library) -> None:
    answer = await ask(library, "who was on the voltera q3 call", today=TODAY)
    assert answer.body == (
        "Voltera Motors Q3 2026, 3 November 2026",
        "Management:",
        "• Marta Quill (CEO)",
        "• Owen Achterberg (CFO)",
        "Analysts:",
        "• Robert Grant (J.P. Morgan)",
        "• George Galliers (Kestrel Point Securities)",
    )
    assert answer.headline.startswith("2 from management, 2 analysts · Voltera Motors Q3 2026")
    assert answer.facts.by_speaker["Owen Achterberg"] == 3


async def test_of_one_kind_or_firm_alone(library: Library) -> None:
    answer = await ask(library, "which analysts were on the call", today=TODAY)
    assert not any("Management" in line for line in answer.body)
    answer = await ask(library, "who from harbor & lane was on the call", today=TODAY)
    assert [line for line in answer.body if "Analysts" in line] == ["Analysts: Priya Raman (Harbor & Lane)"]


async def test_a_person_of_two_names_is_counted_once() -> None:
    renamed = [
        replace(
            call, turns=tuple(replace(turn, person=NAMES.get(turn.person or "", turn.person)) for turn in call.turns)
        )
        for call in CALLS
        if call.id == "voltera-2026-q3"
    ]
    library = await Library.of([*(call for call in CALLS if call.id != "voltera-2026-q3"), *renamed])
    answer = await ask(library, "who works at kestrel point", today=TODAY)
    assert answer.headline.startswith("1 analyst ·")


@pytest.mark.parametrize("question", ["which coo was on the voltera q3 call", "participants title:treasurer"])
async def test_a_position_that_nobody_is_known_to_hold_names_nobody(library: Library, question: str) -> None:
    answer = await ask(library, question, today=TODAY)
    said = " ".join((answer.headline, *answer.body))
    assert not any(name in said for name in ("Marta Quill", "Owen Achterberg", "Robert Grant", "George Galliers"))
    assert "from management" not in answer.headline


async def test_of_many_calls_the_newest_are_listed_and_that_is_told(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(participants, "MOST", 1)
    answer = await ask(library, "participants", today=TODAY)
    assert answer.body[0].startswith("Voltera Motors Q3 2026")
    assert answer.body[1] == "Management: Marta Quill (CEO) · Owen Achterberg (CFO)"
    assert not any("Northlake" in line for line in answer.body)
    assert any(note.text.startswith("the 1 newest of 4 calls") for note in answer.notes)


async def test_a_position_that_nobody_holds_is_named(library: Library) -> None:
    answer = await ask(library, "which coo was on the call", today=TODAY)
    assert any(line.startswith("nobody is named as the COO") for line in answer.body), answer.body

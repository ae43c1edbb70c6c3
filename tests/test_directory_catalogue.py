"""The loaded calls by company, and their questions."""

from dataclasses import replace

import pytest

from bot.directory import Directory
from bot.kind import Kind
from tests.invented_calls import CALLS

DIRECTORY = Directory.of(CALLS)


@pytest.mark.parametrize(
    ("companies", "ids"),
    [
        ((), ["voltera-2026-q3", "voltera-2026-q2", "northlake-2026-q2", "northlake-2026-q1"]),
        (("VLTR",), ["voltera-2026-q3", "voltera-2026-q2"]),
        (("NLF", "VLTR"), ["voltera-2026-q3", "voltera-2026-q2", "northlake-2026-q2", "northlake-2026-q1"]),
        (("nobody's",), []),
    ],
)
def test_a_companys_calls_are_its_own_newest_first(companies: tuple[str, ...], ids: list[str]) -> None:
    assert [call.id for call in DIRECTORY.calls_of(companies)] == ids


def test_questions_are_those_of_the_exchanges_else_what_analysts_said() -> None:
    call = next(call for call in CALLS if call.exchanges)
    asked = sorted({at for each in call.exchanges for at in each.question_turns})
    bare = replace(call, exchanges=())
    for loaded, places in (
        (call, asked),
        (bare, [turn.index for turn in call.turns if turn.kind is Kind.ANALYST]),
    ):
        catalogue = Directory.of([loaded]).catalogue
        for _ in range(2):  # the second time they are at hand
            assert [turn.index for turn in catalogue.questions_of(loaded)] == places
